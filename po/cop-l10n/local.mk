# SPDX-License-Identifier: GPL-3.0-or-later
# The words of the program itself and of the pages in docs/quick-start, in the
# five other languages of the Union.
# "make update-messages" brings template and catalogs up to date with the
# sources; nothing else rewrites them.  tests/meta/messages.sh holds the
# template to the sources.
message_catalogs = \
	%D%/ar.po \
	%D%/es.po \
	%D%/fr.po \
	%D%/ru.po \
	%D%/zh_CN.po
message_binaries = \
	%D%/locale/ar/LC_MESSAGES/cop-l10n.mo \
	%D%/locale/es/LC_MESSAGES/cop-l10n.mo \
	%D%/locale/fr/LC_MESSAGES/cop-l10n.mo \
	%D%/locale/ru/LC_MESSAGES/cop-l10n.mo \
	%D%/locale/zh_CN/LC_MESSAGES/cop-l10n.mo
EXTRA_DIST += %D%/cop-l10n.pot $(message_catalogs) %D%/template.sh

if ENABLE_NLS
ar_localedir = $(localedir)/ar/LC_MESSAGES
es_localedir = $(localedir)/es/LC_MESSAGES
fr_localedir = $(localedir)/fr/LC_MESSAGES
ru_localedir = $(localedir)/ru/LC_MESSAGES
zh_CN_localedir = $(localedir)/zh_CN/LC_MESSAGES
nodist_ar_locale_DATA = %D%/locale/ar/LC_MESSAGES/cop-l10n.mo
nodist_es_locale_DATA = %D%/locale/es/LC_MESSAGES/cop-l10n.mo
nodist_fr_locale_DATA = %D%/locale/fr/LC_MESSAGES/cop-l10n.mo
nodist_ru_locale_DATA = %D%/locale/ru/LC_MESSAGES/cop-l10n.mo
nodist_zh_CN_locale_DATA = %D%/locale/zh_CN/LC_MESSAGES/cop-l10n.mo
CLEANFILES += $(message_binaries)
message_binaries_made = $(message_binaries)
endif

make_message_binary = $(AM_V_GEN)$(MKDIR_P) $(@D) && \
	$(MSGFMT) --check -o $@.tmp $< && mv $@.tmp $@
%D%/locale/ar/LC_MESSAGES/cop-l10n.mo: %D%/ar.po
	$(make_message_binary)
%D%/locale/es/LC_MESSAGES/cop-l10n.mo: %D%/es.po
	$(make_message_binary)
%D%/locale/fr/LC_MESSAGES/cop-l10n.mo: %D%/fr.po
	$(make_message_binary)
%D%/locale/ru/LC_MESSAGES/cop-l10n.mo: %D%/ru.po
	$(make_message_binary)
%D%/locale/zh_CN/LC_MESSAGES/cop-l10n.mo: %D%/zh_CN.po
	$(make_message_binary)

# No guess across messages: what is new is empty.
update-messages: cop-l10n$(EXEEXT)
	program=$$(pwd)/cop-l10n$(EXEEXT) && cd $(srcdir) && \
		COP_L10N=$$program $(SHELL) %D%/template.sh >%D%/cop-l10n.pot.tmp && \
		mv %D%/cop-l10n.pot.tmp %D%/cop-l10n.pot
	cd $(srcdir) && for po in $(message_catalogs); do \
		msgmerge --quiet --previous --no-fuzzy-matching --no-location \
			--update --backup=none $$po %D%/cop-l10n.pot || exit 1; \
	done
.PHONY: update-messages
