src_libcoplnet_la_SOURCES += \
	%D%/access.c \
	%D%/access.h \
	%D%/argv.c \
	%D%/deliver.h \
	%D%/driver.c \
	%D%/driver.h \
	%D%/driver_dir.c \
	%D%/driver_office.c \
	%D%/driver_put.c \
	%D%/driver_s3.c \
	%D%/plan.c \
	%D%/push.c \
	%D%/report.c \
	%D%/report.h \
	%D%/report_html.c \
	%D%/report_names.c \
	%D%/report_read.c \
	%D%/report_words.c \
	%D%/s3_error.c \
	%D%/s3_error.h \
	%D%/secret.c \
	%D%/send.c \
	%D%/set.c \
	%D%/sigv4.c \
	%D%/sigv4.h \
	%D%/spawn.c
