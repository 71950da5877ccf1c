src_libcopl_la_SOURCES += \
	%D%/argv.c \
	%D%/endpoint.c \
	%D%/endpoint_rules.c \
	%D%/endpoint_table.c \
	%D%/forms.c \
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
