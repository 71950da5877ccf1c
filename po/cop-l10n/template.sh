#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the template of the program's own messages and of the pages in
# docs/quick-start, from the top folder of the sources.  It holds no line
# numbers and no date, so that it changes only when a message does.
# COP_L10N: the program, which extracts the texts of the pages.
set -eu
LC_ALL=C
export LC_ALL
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for page in translators offices; do
	"${COP_L10N:?}" extract --key text -o "$work/$page.pot" \
		"docs/quick-start/$page.html" >"$work/out" 2>&1 || {
		cat "$work/out" >&2
		exit 3
	}
done
find src -name '*.[ch]' | sort |
	xgettext --files-from=- --from-code=UTF-8 --language=C --output=- \
		--keyword --keyword=_ --keyword=N_ --keyword=P_:1,2 \
		--flag=_:1:pass-c-format --flag=N_:1:pass-c-format \
		--flag=P_:1:pass-c-format --flag=P_:2:pass-c-format \
		--flag=copl_report:5:c-format --flag=copl_tell:5:c-format \
		--flag=copl_strbuf_printf:2:c-format \
		--add-comments=TRANSLATORS: --add-location=file --sort-by-file \
		--package-name=cop-l10n --copyright-holder='the developers of cop-l10n' \
		>"$work/program.pot"
msgcat --use-first --add-location=file "$work/program.pot" "$work/translators.pot" \
	"$work/offices.pot" |
	sed -e '/^"POT-Creation-Date: /d' \
		-e '1s/.*/# SPDX-License-Identifier: GPL-3.0-or-later/' \
		-e '2s/.*/# Messages of the program cop-l10n./' \
		-e '3,5d' -e 's/charset=CHARSET/charset=UTF-8/'
