src_libcopl_la_SOURCES += \
	%D%/check_choice.c \
	%D%/check_glossary.c \
	%D%/check_header.c \
	%D%/check_markup.c \
	%D%/check_number.c \
	%D%/check_punctuation.c \
	%D%/check_script.c \
	%D%/check_space.c \
	%D%/check_state.c \
	%D%/check_unicode.c \
	%D%/ignore.c \
	%D%/lint.c \
	%D%/lint.h \
	%D%/lint_priv.h \
	%D%/text.c
