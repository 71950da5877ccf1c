#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the rule files as C strings, so that the library needs no data files.
# usage: embed.sh FILE.its...
set -eu
for f; do
	name=$(basename "$f" .its)
	printf 'static const char rules_%s[] =\n' "$name"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$f"
	printf ';\n'
done
