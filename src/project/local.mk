src_libcopl_la_SOURCES += \
	%D%/leave_out.c \
	%D%/project.c \
	%D%/project.h \
	%D%/project_priv.h \
	%D%/recipient.c \
	%D%/shape.c \
	%D%/url.c \
	%D%/values.c
