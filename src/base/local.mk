src_libcopl_la_SOURCES += \
	%D%/arena.c \
	%D%/base.h \
	%D%/bidi.h \
	%D%/clock.c \
	%D%/dir.c \
	%D%/file.c \
	%D%/findings.c \
	%D%/i18n.c \
	%D%/i18n.h \
	%D%/language.c \
	%D%/language.h \
	%D%/map.c \
	%D%/plural.c \
	%D%/plural_forms.c \
	%D%/plural_map.c \
	%D%/report.c \
	%D%/shape.c \
	%D%/strbuf.c \
	%D%/text.c \
	%D%/worddiff.c \
	%D%/worddiff.h \
	%D%/words.c
