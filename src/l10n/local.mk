src_libcopl_la_SOURCES += \
	%D%/apply.c \
	%D%/entries.c \
	%D%/extract.c \
	%D%/l10n.h \
	%D%/units.c
