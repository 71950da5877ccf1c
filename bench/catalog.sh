#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# catalog.sh SRCDIR BENCH ENTRIES FOLDER: writes a French catalog of so many
# entries, each with an id, into a new FOLDER, and the template of a later
# version of its form, in which one text of a hundred is another.
set -eu
form=$4/form
mkdir -p "$form"
# Of the strings of a form about nine of ten are different.
"$2/gen" "$1/bench/phrases.txt" $(($3 + $3 / 5)) "$form"
awk -v entries="$3" -v po="$4/fr.po" -v pot="$4/new.pot" '
function both(line) { print line >po; print line >pot }
BEGIN { RS = ""; FS = "\n" }
NR == 1 {
	print $0 "\n" >po
	sub(/Language: fr/, "Language: ")
	print $0 "\n" >pot
	next
}
n == entries { exit }
{
	n++
	text = 0
	for (i = 1; i <= NF; i++) {
		if ($i ~ /^msgstr/)
			text = 1
		else if ($i ~ /^msgid /) {
			both("msgctxt \"text" n "/label\"")
			print $i >po
			print n % 100 ? $i : "msgid \"\"\n\"Now: \"\n" substr($i, 7) >pot
			continue
		}
		print $i >po
		if (!text)
			print $i >pot
	}
	print "" >po
	print "msgstr \"\"\n" >pot
}' "$form/fr.po"
rm -rf "$form"
grep -c '^msgctxt' "$4/fr.po" >"$4/entries"
[ "$(cat "$4/entries")" = "$3" ]
# The size that the tables show.
grep '^msgctxt' "$4/fr.po" >"$4/truth.ids"
echo $(($3 - $3 / 100)) >"$4/unchanged"
: >"$4/done"
