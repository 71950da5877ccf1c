src_libcoplnet_la_SOURCES += \
	%D%/deliver.h \
	%D%/plan.c \
	%D%/push.c \
	%D%/send.c \
	%D%/set.c
