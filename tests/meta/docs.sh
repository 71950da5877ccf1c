#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What README.md, CONTRIBUTING.md and docs/ show is what the program does; shown.sh
# says how.  Each line "$ ..." of a ```console block (in a list as well) and each line
# of a ```sh block is a command.  A block whose fence names a file behind the language
# (```xml guide.xml) is that file.  Other blocks hold no commands.
. "${top_srcdir:?}/tests/meta/shown.sh"

markdown() { # markdown FILE: its steps
	awk '
	function out(kind, text) { print kind "\t" text }
	block == "" && /^<!-- (test|status): .* -->$/ {
		text = substr($0, index($0, ": ") + 2)
		sub(/ -->$/, "", text)
		out($2 == "test:" ? "prep" : "rc", text)
		next
	}
	block == "" && /^ *```/ {
		indent = index($0, "`")
		block = substr($0, indent + 3)
		kind = block
		sub(/ .*/, "", kind)
		if (block ~ /^[a-z]+ [A-Za-z0-9_.-]+$/) {
			out("file", substr(block, length(kind) + 2))
			kind = "file"
		}
		if (block == "")
			block = kind = "text"
		open = more = 0
		next
	}
	block == "" { next }
	{ line = substr($0, 1, indent - 1) ~ /^ *$/ ? substr($0, indent) : $0 }
	line ~ /^```$/ { block = ""; next }
	kind == "file" { out("line", line); next }
	more { out("more", line); more = line ~ /\\$/; next }
	kind == "console" && line !~ /^\$ / {
		if (open)
			out("want", line)
		next
	}
	kind == "console" { line = substr(line, 3) }
	kind == "console" || (kind == "sh" && line != "" && line !~ /^#/) {
		out("cmd", line)
		more = line ~ /\\$/
		open = 1
	}' "$1"
}

# rule TITLE: holds when nothing is in $bad
rule() {
	n=$((n + 1))
	[ -z "$bad" ] || echo "$bad"
	[ -z "$bad" ] && echo "ok $n - $1" || echo "not ok $n - $1"
}

run_pages markdown README.md CONTRIBUTING.md docs/*.md

# Commands stand in blocks that are run.
bad=$(awk '
	FNR == 1 { block = "" }
	block == "" && /^ *```/ { sub(/^ */, ""); block = $0; next }
	/^ *```$/ { block = ""; next }
	block ~ /^```(text)?$/ && /^ *(\$ |cop-l10n( -[^ ]+)* [a-z-]+( |$)|sudo |\.\/|systemctl |install )/ {
		print "# " FILENAME ":" FNR ": " $0
	}' README.md CONTRIBUTING.md docs/*.md)
rule 'no command stands in a block that is not run'

# What is not run is still there, and says why.
sed 's/\\-/-/g; s/\\e$/\\/' README.md CONTRIBUTING.md docs/*.md man/*.[157] >"$work/pages"
bad=$(grep -v '^#' tests/meta/not-run | while IFS='	' read -r command why; do
	{ grep -qF -e "$command" "$work/pages" && [ -n "$why" ]; } || echo "# $command"
done)
rule 'each line of not-run is in a page, with a reason'
echo "1..$n"
