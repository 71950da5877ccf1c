src_libcopl_la_SOURCES += \
	%D%/builtin.c \
	%D%/check.c \
	%D%/costs.c \
	%D%/domain.c \
	%D%/dump.c \
	%D%/eval.c \
	%D%/its.h \
	%D%/its_priv.h \
	%D%/link.c \
	%D%/locale.c \
	%D%/match.c \
	%D%/pointer.c \
	%D%/rules.c \
	%D%/scope.c \
	%D%/select.c \
	%D%/spec.c \
	%D%/trace.c \
	%D%/values.c

its_rules = \
	%D%/rules/form.its \
	%D%/rules/project.its \
	%D%/rules/interface.its \
	%D%/rules/xhtml.its \
	%D%/rules/xform.its
EXTRA_DIST += src/embed.sh $(its_rules)
itsdir = $(pkgdatadir)/its
its_DATA = $(its_rules)

# The rules are part of the library: no data file is needed at run time.
BUILT_SOURCES += %D%/rules.inc
CLEANFILES += %D%/rules.inc
%D%/rules.inc: $(its_rules) src/embed.sh
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && $(SHELL) src/embed.sh \
		%D%/rules $(its_rules)) >$@.tmp && mv $@.tmp $@
%D%/builtin.lo: %D%/rules.inc
