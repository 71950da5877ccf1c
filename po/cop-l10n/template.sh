#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the template of the program's own messages, from the top folder of
# the sources.  It holds no line numbers and no date, so that it changes only
# when a message does.
set -eu
LC_ALL=C
export LC_ALL
find src -name '*.[ch]' | sort |
	xgettext --files-from=- --from-code=UTF-8 --language=C --output=- \
		--keyword --keyword=_ --keyword=N_ --keyword=P_:1,2 \
		--flag=_:1:pass-c-format --flag=N_:1:pass-c-format \
		--flag=P_:1:pass-c-format --flag=P_:2:pass-c-format \
		--flag=copl_report:5:c-format --flag=copl_tell:5:c-format \
		--flag=copl_strbuf_printf:2:c-format \
		--add-comments=TRANSLATORS: --add-location=file --sort-by-file \
		--package-name=cop-l10n --copyright-holder='the developers of cop-l10n' |
	sed -e '/^"POT-Creation-Date: /d' \
		-e '1s/.*/# SPDX-License-Identifier: GPL-3.0-or-later/' \
		-e '2s/.*/# Messages of the program cop-l10n./' \
		-e '3,5d' -e 's/charset=CHARSET/charset=UTF-8/'
