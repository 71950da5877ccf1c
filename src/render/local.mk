src_libcopl_la_SOURCES += \
	%D%/check.c \
	%D%/choice.c \
	%D%/collate.c \
	%D%/field.c \
	%D%/frame.c \
	%D%/head.c \
	%D%/index.c \
	%D%/interface.c \
	%D%/page.c \
	%D%/question.c \
	%D%/render.h \
	%D%/render_priv.h \
	%D%/skip.c \
	%D%/state.c \
	%D%/style.c \
	%D%/text.c
