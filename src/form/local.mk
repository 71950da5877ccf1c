src_libcopl_la_SOURCES += \
	%D%/collate.c \
	%D%/conditions.c \
	%D%/cycle.c \
	%D%/form.c \
	%D%/form.h \
	%D%/form_priv.h \
	%D%/ids.c \
	%D%/personal.c \
	%D%/personal.h \
	%D%/personal_words.c \
	%D%/reach.c \
	%D%/reach_search.c \
	%D%/read_about.c \
	%D%/read_choices.c \
	%D%/read_question.c \
	%D%/rules.c \
	%D%/rules_label.c \
	%D%/rules_list.c \
	%D%/rules_question.c \
	%D%/rules_text.c \
	%D%/schema.c \
	%D%/structure.c \
	%D%/suggest.c \
	%D%/text.c \
	%D%/values.c \
	%D%/when.c \
	%D%/words.c
