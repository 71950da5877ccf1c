# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by what reads the version scripts of the libraries.

functions() { # functions <MAP: of all nodes but the private one
	awk '/^[A-Z0-9_.]+ [{]$/ { on = $1 !~ /_PRIVATE$/ }
	on && /^\t[a-z0-9_]+;$/ { gsub(/[\t;]/, ""); print }' | sort
}
pinned() { # pinned MAP...: "MAP NODE FUNCTION" of each, as released-maps has them
	awk '
	$2 == "{" { node = $1 }
	/^}/ { node = "" }
	node != "" && node !~ /_PRIVATE$/ && $1 ~ /^[a-z0-9_]+;$/ {
		sub(/;$/, "", $1)
		print FILENAME, node, $1
	}' "$@" | LC_ALL=C sort
}
# What is not as the list PINS ("-": standard input) has it: a function left its
# node, or a node has one more.  Nodes that are not in PINS are free.
changed() { # changed PINS MAP...
	{
		sed -e '/^#/d' -e 's/^/was /' "$1"
		shift
		pinned "$@" | sed 's/^/is /'
	} | awk '
	{ line = $2 " " $3 " " $4 }
	$1 == "was" {
		was[line] = 1
		nodes[$2 " " $3] = 1
		next
	}
	{ is[line] = 1 }
	!(line in was) && ($2 " " $3) in nodes { print $4 " is new in " $3 " of " $2 }
	END {
		for (line in was)
			if (!(line in is)) {
				split(line, word, " ")
				print word[3] " is gone from " word[2] " of " word[1]
			}
	}' | LC_ALL=C sort
}
