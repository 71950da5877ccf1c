src_libcoplnet_la_SOURCES += \
	%D%/address.c \
	%D%/answer.c \
	%D%/breaker.c \
	%D%/breaker.h \
	%D%/ca_files.c \
	%D%/callbacks.c \
	%D%/check.c \
	%D%/date.c \
	%D%/engine.c \
	%D%/exchange.c \
	%D%/failure.c \
	%D%/head.c \
	%D%/net.h \
	%D%/net_priv.h \
	%D%/options.c \
	%D%/pipe.c \
	%D%/retry.c \
	%D%/retry.h \
	%D%/secret.c \
	%D%/secret.h \
	%D%/single.c \
	%D%/url.c \
	%D%/watch.c \
	%D%/world.c
