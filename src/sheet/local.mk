src_libcopl_la_SOURCES += \
	%D%/cells.c \
	%D%/columns.c \
	%D%/condition.c \
	%D%/csv.c \
	%D%/emit.c \
	%D%/export.c \
	%D%/export_priv.h \
	%D%/findings.c \
	%D%/header.c \
	%D%/import.c \
	%D%/markup.c \
	%D%/names.c \
	%D%/plan.c \
	%D%/report.c \
	%D%/rows.c \
	%D%/sheet.h \
	%D%/sheet_priv.h \
	%D%/text.c \
	%D%/write.c
