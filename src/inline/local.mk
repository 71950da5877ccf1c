src_libcopl_la_SOURCES += \
	%D%/code.c \
	%D%/compare.c \
	%D%/inline.h \
	%D%/inline_priv.h \
	%D%/make.c \
	%D%/pieces.c \
	%D%/placeholder.c \
	%D%/plain.c \
	%D%/token.c \
	%D%/write.c
