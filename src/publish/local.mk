src_libcopl_la_SOURCES += \
	%D%/prune.c \
	%D%/publish.c \
	%D%/publish_priv.h \
	%D%/put.c \
	%D%/set.c
