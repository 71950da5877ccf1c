src_libcopl_la_SOURCES += \
	%D%/format.c \
	%D%/locale.h \
	%D%/locale_priv.h \
	%D%/name.c \
	%D%/plural.c
