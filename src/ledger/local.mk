src_libcoplnet_la_SOURCES += \
	%D%/ledger.h \
	%D%/sqlite.c
