# SPDX-License-Identifier: GPL-3.0-or-later
# Pages for translators and offices, in the six languages of the Union: the
# program localizes them with its own catalogs.
quick_start_names = translators offices
quickstartdir = $(docdir)/quick-start
dist_quickstart_DATA = %D%/translators.html %D%/offices.html
if ENABLE_NLS
nodist_quickstart_DATA = \
	%D%/translators.ar.html \
	%D%/translators.es.html \
	%D%/translators.fr.html \
	%D%/translators.ru.html \
	%D%/translators.zh-CN.html \
	%D%/offices.ar.html \
	%D%/offices.es.html \
	%D%/offices.fr.html \
	%D%/offices.ru.html \
	%D%/offices.zh-CN.html
CLEANFILES += $(nodist_quickstart_DATA) %D%/pages.stamp
endif

# tests/meta/messages.sh sees to it that nothing is missing.
%D%/pages.stamp: cop-l10n$(EXEEXT) $(dist_quickstart_DATA) $(message_catalogs)
	$(AM_V_GEN)$(MKDIR_P) %D% && for name in $(quick_start_names); do \
		(cd $(srcdir)/po/cop-l10n && ls *.po) | sed 's|^|$(srcdir)/po/cop-l10n/|' | \
		xargs ./cop-l10n$(EXEEXT) localize --key text --missing source \
			-o %D% $(srcdir)/%D%/$$name.html >%D%/pages.log 2>&1 || \
			{ cat %D%/pages.log >&2; exit 1; }; \
	done && rm -f %D%/pages.log && echo done >$@
$(nodist_quickstart_DATA): %D%/pages.stamp
