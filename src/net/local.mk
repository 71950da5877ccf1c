src_libcoplnet_la_SOURCES += \
	%D%/engine.c \
	%D%/net.h \
	%D%/net_priv.h \
	%D%/retry.c \
	%D%/retry.h \
	%D%/url.c \
	%D%/world.c
