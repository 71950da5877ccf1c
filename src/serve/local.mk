src_libcoplnet_la_SOURCES += \
	%D%/about.c \
	%D%/answer.c \
	%D%/field.c \
	%D%/gate.c \
	%D%/gate.h \
	%D%/guard.c \
	%D%/handler.c \
	%D%/listen.c \
	%D%/route.c \
	%D%/route.h \
	%D%/openrosa.c \
	%D%/openrosa.h \
	%D%/openrosa_base.c \
	%D%/openrosa_http.c \
	%D%/openrosa_list.c \
	%D%/openrosa_md5.c \
	%D%/serve.c \
	%D%/serve_priv.h \
	%D%/shelf.c \
	%D%/stage.c \
	%D%/take.c
