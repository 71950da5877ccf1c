src_libcoplnet_la_SOURCES += \
	%D%/fetch.c \
	%D%/fetch_priv.h \
	%D%/remote.c
