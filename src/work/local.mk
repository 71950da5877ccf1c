src_libcopl_la_SOURCES += \
	%D%/check.c \
	%D%/document.c \
	%D%/document.h \
	%D%/fallback.c \
	%D%/localize.c \
	%D%/status.c \
	%D%/update.c \
	%D%/work.h \
	%D%/workspace.c
