src_libcopl_la_SOURCES += \
	%D%/gate.c \
	%D%/leave_out.c \
	%D%/list.c \
	%D%/project.c \
	%D%/project.h \
	%D%/project_priv.h \
	%D%/recipient.c \
	%D%/shape.c \
	%D%/translation.c \
	%D%/url.c \
	%D%/values.c
