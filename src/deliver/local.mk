src_libcoplnet_la_SOURCES += \
	%D%/deliver.h \
	%D%/driver.c \
	%D%/driver.h \
	%D%/driver_office.c \
	%D%/plan.c \
	%D%/push.c \
	%D%/send.c \
	%D%/set.c
