src_libcoplnet_la_SOURCES += \
	%D%/access.c \
	%D%/ask.c \
	%D%/fetch.c \
	%D%/fetch_priv.h \
	%D%/fetching.h \
	%D%/folder.c \
	%D%/large.c \
	%D%/partial.c \
	%D%/partial.h \
	%D%/remote.c \
	%D%/rollback.c \
	%D%/seen.c \
	%D%/seen.h \
	%D%/tell.c \
	%D%/wanted.c
