src_libcopl_la_SOURCES += \
	%D%/glossary.h
