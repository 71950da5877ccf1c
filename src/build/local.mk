src_libcopl_la_SOURCES += \
	%D%/build.c \
	%D%/build_priv.h \
	%D%/draft.c \
	%D%/handout.c \
	%D%/handout.h \
	%D%/handout_sets.c \
	%D%/handout_start.c \
	%D%/odk.c \
	%D%/odk_version.c \
	%D%/output.c \
	%D%/pages.c \
	%D%/policy.c \
	%D%/prepare.c \
	%D%/previous.c \
	%D%/reach.c \
	%D%/structure.c \
	%D%/structure.h \
	%D%/structure_attr.c \
	%D%/structure_priv.h \
	%D%/structure_say.c \
	%D%/structure_text.c \
	%D%/tree.c

# What a recipient's zip holds beside the forms, as C strings.
handout_scripts = %D%/zip/verify.cmd %D%/zip/verify.sh
EXTRA_DIST += $(handout_scripts)
BUILT_SOURCES += %D%/handout.inc
CLEANFILES += %D%/handout.inc
%D%/handout.inc: $(handout_scripts) src/embed.sh
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && $(SHELL) src/embed.sh \
		src/build/zip $(handout_scripts)) >$@.tmp && mv $@.tmp $@
%D%/handout.lo: %D%/handout.inc
