src_libcopl_la_SOURCES += \
	%D%/charset.c \
	%D%/crowd.c \
	%D%/index.c \
	%D%/memory.c \
	%D%/node.c \
	%D%/syntax.c \
	%D%/value.c \
	%D%/xml.c \
	%D%/xml.h \
	%D%/xml_priv.h
