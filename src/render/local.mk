src_libcopl_la_SOURCES += \
	%D%/check.c \
	%D%/choice.c \
	%D%/collate.c \
	%D%/field.c \
	%D%/frame.c \
	%D%/head.c \
	%D%/index.c \
	%D%/interface.c \
	%D%/odk.c \
	%D%/odk_answer.c \
	%D%/odk_check.c \
	%D%/odk_grid.c \
	%D%/odk_mark.c \
	%D%/odk_priv.h \
	%D%/odk_question.c \
	%D%/odk_text.c \
	%D%/odk_when.c \
	%D%/page.c \
	%D%/pieces.c \
	%D%/pieces_style.c \
	%D%/question.c \
	%D%/render.h \
	%D%/render_priv.h \
	%D%/skip.c \
	%D%/state.c \
	%D%/style.c \
	%D%/text.c
