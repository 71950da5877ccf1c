src_libcopl_la_SOURCES += \
	%D%/build.c \
	%D%/build_priv.h \
	%D%/draft.c \
	%D%/odk.c \
	%D%/odk_version.c \
	%D%/output.c \
	%D%/pages.c \
	%D%/policy.c \
	%D%/prepare.c \
	%D%/previous.c \
	%D%/structure.c \
	%D%/structure.h \
	%D%/structure_attr.c \
	%D%/structure_priv.h \
	%D%/structure_say.c \
	%D%/structure_text.c \
	%D%/tree.c
