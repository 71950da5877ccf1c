src_libcoplnet_la_SOURCES += \
	%D%/adopt.c \
	%D%/audit.c \
	%D%/claim.c \
	%D%/facts.c \
	%D%/ledger.c \
	%D%/ledger.h \
	%D%/ledger_priv.h \
	%D%/record.c \
	%D%/row.c \
	%D%/sql.h \
	%D%/sqlite.c \
	%D%/sqlite_sql.c
