#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints files as rows of C strings, so that the library needs no data files:
# {name, text, length}.  A name is the path without the folder before it.
# usage: embed.sh FOLDER FILE...
set -eu
folder=$1
shift
for f; do
	printf '{"%s",\n' "${f#"$folder"/}"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$f"
	printf ', %d},\n' "$(wc -c <"$f")"
done
