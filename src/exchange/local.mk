src_libcopl_la_SOURCES += \
	%D%/archive.c \
	%D%/archive.h \
	%D%/codes.c \
	%D%/exchange.h \
	%D%/exchange_priv.h \
	%D%/gzip_write.c \
	%D%/po_read.c \
	%D%/returns.c \
	%D%/table.c \
	%D%/text.c \
	%D%/xliff_read.c \
	%D%/xliff_write.c \
	%D%/zip_read.c \
	%D%/zip_write.c
