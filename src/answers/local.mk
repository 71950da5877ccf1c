src_libcoplnet_la_SOURCES += \
	%D%/answers.h \
	%D%/answers_priv.h \
	%D%/form_rules.c
