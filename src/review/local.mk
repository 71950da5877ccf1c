src_libcopl_la_SOURCES += \
	%D%/review.h
