src_libcoplnet_la_SOURCES += \
	%D%/answer.c \
	%D%/field.c \
	%D%/gate.c \
	%D%/gate.h \
	%D%/guard.c \
	%D%/handler.c \
	%D%/listen.c \
	%D%/serve.c \
	%D%/serve_priv.h \
	%D%/shelf.c \
	%D%/stage.c \
	%D%/take.c
