src_libcopl_la_SOURCES += \
	%D%/report_page.c \
	%D%/report_page.h
