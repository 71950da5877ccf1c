src_libcopl_la_SOURCES += \
	%D%/judge.c \
	%D%/merge.c \
	%D%/pair.c \
	%D%/read.c \
	%D%/record.c \
	%D%/review.h \
	%D%/review_priv.h \
	%D%/write.c
