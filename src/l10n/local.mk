src_libcopl_la_SOURCES += \
	%D%/apply.c \
	%D%/apply_plural.c \
	%D%/apply_priv.h \
	%D%/edits.c \
	%D%/entries.c \
	%D%/explain.c \
	%D%/extract.c \
	%D%/l10n.h \
	%D%/l10n_priv.h \
	%D%/limits.c \
	%D%/notes.c \
	%D%/resolve.c \
	%D%/units.c
