#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the EXAMPLES of the man pages show is what the program does; shown.sh says
# how.  In a block of .nf or .EX with a line "$ ..." those are the commands and what
# is below each is its output; in any other each line is a command, but for comments.
# mandoc finds nothing to complain about.
. "${top_srcdir:?}/tests/meta/shown.sh"

roff() { # roff FILE: its steps
	awk '
	function out(kind, text) { print kind "\t" text }
	function plain(text) {
		gsub(/\\-/, "-", text)
		gsub(/\\f[A-Z]/, "", text)
		gsub(/\\&/, "", text)
		gsub(/\\\(aq/, "\047", text)
		gsub(/\\\(dq/, "\"", text)
		gsub(/\\e/, "\\", text)
		return text == "..." ? "…" : text
	}
	function emit(    i, more, shown, line) {
		for (i = 1; i <= nlines; i++)
			shown = shown || (kinds[i] == "" && lines[i] ~ /^\$ /)
		for (i = 1; i <= nlines; i++) {
			line = lines[i]
			if (kinds[i] != "")
				out(kinds[i], line)
			else if (file != "")
				out("line", line)
			else if (more) {
				out("more", line)
				more = line ~ /\\$/
			} else if (shown && line !~ /^\$ /)
				out("want", line)
			else if (line != "" && line !~ /^#/) {
				sub(/^\$ /, "", line)
				out("cmd", line)
				more = line ~ /\\$/
			}
		}
		nlines = 0
		file = ""
	}
	/^\.SH/ { on = $2 ~ /^EXAMPLES?$/ }
	!on { next }
	/^\.\\" (test|status|file): / {
		text = substr($0, index($0, ": ") + 2)
		if ($2 == "file:")
			file = text
		kinds[++nlines] = $2 == "test:" ? "prep" : $2 == "file:" ? "file" : "rc"
		lines[nlines] = text
		next
	}
	/^\.(nf|EX|ig)/ { block = 1; next }
	/^\.(fi|EE|\.)/ { block = 0; emit(); next }
	block && !/^\.\\"/ { kinds[++nlines] = ""; lines[nlines] = plain($0) }
	END { emit() }' "$1"
}

run_pages roff man/*.[15]

n=$((n + 1))
if ! command -v mandoc >/dev/null; then
	echo "ok $n - mandoc finds nothing # SKIP not installed"
else
	mandoc -Tlint -W warning man/*.[157] >"$work/got" 2>&1 && echo "ok $n - mandoc finds nothing" ||
		{ sed 's/^/# /' "$work/got"; echo "not ok $n - mandoc finds nothing"; }
fi
echo "1..$n"
