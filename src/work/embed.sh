#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints files as rows of C strings, so that the library needs no data files:
# {name, text, length}.  A name is the path without "template/" before it.
# usage: embed.sh FILE...
set -eu
for f; do
	printf '{"%s",\n' "${f#template/}"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$f"
	printf ', %d},\n' "$(wc -c <"$f")"
done
