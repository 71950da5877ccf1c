src_libcopl_la_SOURCES += \
	%D%/build.c \
	%D%/build_priv.h \
	%D%/draft.c \
	%D%/odk.c \
	%D%/output.c \
	%D%/pages.c \
	%D%/policy.c \
	%D%/prepare.c \
	%D%/previous.c \
	%D%/tree.c
