src_libcoplnet_la_SOURCES += \
	%D%/count.c \
	%D%/csv.c \
	%D%/csv.h \
	%D%/folder.c \
	%D%/folder.h \
	%D%/follow.c \
	%D%/forms.c \
	%D%/gather.c \
	%D%/gather.h \
	%D%/hide.c \
	%D%/hide.h \
	%D%/hide_columns.c \
	%D%/labels.c \
	%D%/labels.h \
	%D%/page.c \
	%D%/protect.c \
	%D%/protect_priv.h \
	%D%/questions.c \
	%D%/rules.c \
	%D%/sort.c \
	%D%/sort.h \
	%D%/table.c \
	%D%/table.h \
	%D%/tally.c \
	%D%/tally.h \
	%D%/tell.c \
	%D%/tell.h
