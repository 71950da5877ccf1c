src_libcopl_la_SOURCES += \
	%D%/collate.c \
	%D%/format.c \
	%D%/han.c \
	%D%/list.c \
	%D%/locale.h \
	%D%/locale_priv.h \
	%D%/name.c \
	%D%/number.c \
	%D%/width.c
