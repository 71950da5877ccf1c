src_libcoplnet_la_SOURCES += \
	%D%/deliver.h \
	%D%/driver.c \
	%D%/driver.h \
	%D%/driver_office.c \
	%D%/plan.c \
	%D%/push.c \
	%D%/report.c \
	%D%/report.h \
	%D%/report_html.c \
	%D%/report_names.c \
	%D%/report_read.c \
	%D%/report_words.c \
	%D%/send.c \
	%D%/set.c
