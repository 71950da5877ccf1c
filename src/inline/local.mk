src_libcopl_la_SOURCES += \
	%D%/apply.c \
	%D%/compare.c \
	%D%/fragment.c \
	%D%/inline.h \
	%D%/inline_priv.h \
	%D%/make.c
