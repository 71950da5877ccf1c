src_libcoplnet_la_SOURCES += \
	%D%/answers.h \
	%D%/answers_priv.h \
	%D%/fill.c \
	%D%/fill.h \
	%D%/fill_priv.h \
	%D%/form_rules.c \
	%D%/judge.c \
	%D%/judge_kind.c \
	%D%/judge_value.c \
	%D%/number.c \
	%D%/purge.h \
	%D%/read.c \
	%D%/seal.h \
	%D%/slots.c \
	%D%/store.h \
	%D%/take.c \
	%D%/take_fields.c \
	%D%/take_odk.c \
	%D%/text.c \
	%D%/when.c \
	%D%/write.c
