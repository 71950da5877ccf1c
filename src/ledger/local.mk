src_libcoplnet_la_SOURCES += \
	%D%/adopt.c \
	%D%/audit.c \
	%D%/claim.c \
	%D%/deliveries.c \
	%D%/facts.c \
	%D%/ledger.c \
	%D%/ledger.h \
	%D%/ledger_priv.h \
	%D%/rebuild.c \
	%D%/record.c \
	%D%/row.c \
	%D%/sql.c \
	%D%/sql.h \
	%D%/sqlite.c \
	%D%/sqlite_sql.c \
	%D%/verify.c

if HAVE_LIBPQ
src_libcoplnet_la_SOURCES += \
	%D%/pg.c \
	%D%/pg_open.c \
	%D%/pg_priv.h \
	%D%/pg_sql.c
endif
