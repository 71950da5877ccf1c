src_libcopl_la_SOURCES += \
	%D%/find.c \
	%D%/glossary.h \
	%D%/glossary_priv.h \
	%D%/load.c \
	%D%/load.h \
	%D%/row.c \
	%D%/variant.c \
	%D%/word.c

# The shipped terms are part of the library, and a file to start from.
glossarydir = $(pkgdatadir)
dist_glossary_DATA = po/glossary.tsv
BUILT_SOURCES += %D%/glossary.inc
CLEANFILES += %D%/glossary.inc
%D%/glossary.inc: po/glossary.tsv src/embed.sh
	$(AM_V_GEN)$(MKDIR_P) %D% && (cd $(srcdir) && $(SHELL) src/embed.sh \
		po po/glossary.tsv) >$@.tmp && mv $@.tmp $@
%D%/load.lo: %D%/glossary.inc
