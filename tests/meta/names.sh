#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Names of C: what one file uses is static, a tag stands for one type, and each
# thing is called by the word of docs/architecture.md.
. "${top_srcdir:?}/tests/tap.sh"
set -u
cd "$top_srcdir" || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
none() { # none FILE TITLE: nothing stands in it
	sed 's/^/# /' "$1"
	[ ! -s "$1" ]
	verdict $? "$2"
}

# ---- what is read: FILE, TAB, a line of code ----

bare() { # bare FILE...: without comments, strings and includes
	awk '
	FNR == 1 { within = 0 }
	!within && /^[ \t]*#[ \t]*include/ { next }
	{
		line = $0
		out = ""
		while (line != "") {
			if (within) {
				at = index(line, "*/")
				line = at == 0 ? "" : substr(line, at + 2)
				within = at == 0
				out = out " "
			} else if (match(line, /"([^"\\]|\\.)*"|\047([^\047\\]|\\.)*\047|\/\*/)) {
				within = substr(line, RSTART, 2) == "/*"
				out = out substr(line, 1, RSTART - 1) (within ? "" : "0")
				line = substr(line, RSTART + RLENGTH)
			} else {
				out = out line
				line = ""
			}
		}
		print FILENAME "\t" out
	}' "$@"
}

# ---- rules, each of the lines of bare ----

# Functions of private headers that only the file calls that defines them; a
# test, a bench or an example is a caller as well.
local_only() {
	awk -F '\t' '
	{
		header = $1 ~ /[.]h$/ && $1 ~ /^src\//
		line = substr($0, length($1) + 2)
		# Inline: there is nothing to hide.
		promises = header && line !~ /^static/
		while (match(line, /[A-Za-z_][A-Za-z_0-9]*/)) {
			name = substr(line, RSTART, RLENGTH)
			line = substr(line, RSTART + RLENGTH)
			if ($1 ~ /^src\/include\//)
				public[name] = 1
			if (promises && line ~ /^\(/ && name ~ /^[a-z].*_/ && name !~ /_fn$/ &&
			    !(name in promise))
				promise[name] = $1
			if (header)
				headers[name]++
			else if (last[name] != $1) {
				last[name] = $1
				files[name]++
			}
		}
	}
	END {
		for (name in promise)
			if (!(name in public) && headers[name] == 1 && files[name] == 1)
				print promise[name] ": only " last[name] " uses " name "(): make it static"
	}' "$@" | sort
}
# In headers, and with the prefix of the library anywhere; macros as well.
two_types() {
	awk -F '\t' '
	$1 ~ /^src\// && match($2, /^# *define +COPL_[A-Z_0-9]+/) {
		tag = word[split(substr($2, 1, RLENGTH), word, " +")]
		if (tag in first && first[tag] != $1)
			print $1 ": " tag " is defined in " first[tag] " as well"
		first[tag] = $1
	}
	$1 ~ /^src\// && match($2, /^(typedef )?(struct|enum|union) [a-z_0-9]+ *[{]/) {
		split($2, word, " ")
		tag = word[word[1] == "typedef" ? 3 : 2]
		if ($1 !~ /[.]h$/ && tag !~ /^copl_/)
			next
		if (tag in first && first[tag] != $1)
			print $1 ": " tag " is another type in " first[tag]
		first[tag] = $1
	}' "$@" | sort
}
# The table of words: WORD, FILE, NAME, what not to say
# shellcheck disable=SC2016
words() {
	sed -n '/^## The words/,/^## Rules/p' docs/architecture.md |
		sed -n 's/^| \([^|]*\) | [^|]* | `\([^`]*\)` `\([^`]*\)` | \([^|]*\) |$/\1\t\2\t\3\t\4/p'
}
missing() { # missing <WORDS: what is not where they say
	while IFS="$(printf '\t')" read -r word file name not; do
		case $name in
		struct\ *) pattern="^$name {" ;;
		*) pattern="\\<$name\\>" ;;
		esac
		[ -n "$not" ] && grep -q -- "$pattern" "$file" 2>/dev/null ||
			echo "docs/architecture.md: $word: no $name in $file"
	done
}
misnamed() { # misnamed NOT BARE: names with a word of the list NOT in them
	grep -v '^#' tests/meta/not-names | cut -f 1 >"$work/allowed"
	grep '^src/' "$2" | cut -f 2- | grep -oE '[A-Za-z_][A-Za-z_0-9]*' | sort -u |
		grep -vxF -f "$work/allowed" | awk -v list="$(cat "$1")" '
		BEGIN {
			n = split(list, word, /[ ,\n]+/)
			for (i = 1; i <= n; i++)
				if (word[i] != "" && word[i] != "–")
					not[word[i]] = 1
		}
		{
			n = split(tolower($0), part, "_")
			for (i = 1; i <= n; i++)
				if (part[i] in not)
					print $0 ": say it with a word of docs/architecture.md, not " part[i]
		}'
}

# shellcheck disable=SC2046
bare $(find src tests ci bench examples -name '*.[ch]') >"$work/bare"
local_only "$work/bare" >"$work/found"
none "$work/found" 'what one file uses is static'
two_types "$work/bare" >"$work/found"
none "$work/found" 'a tag stands for one type, a macro for one value'
words >"$work/words"
[ "$(wc -l <"$work/words")" -ge 20 ]
verdict $? 'the table of words can be read'
missing <"$work/words" >"$work/found"
none "$work/found" 'what it names is there'
cut -f 4 "$work/words" >"$work/not"
misnamed "$work/not" "$work/bare" >"$work/found"
none "$work/found" 'each thing has one word'
cut -f 2- "$work/bare" | grep -oE '[A-Za-z_][A-Za-z_0-9]*' | sort -u >"$work/names"
grep -v '^#' tests/meta/not-names | cut -f 1 | grep -vxF -f "$work/names" >"$work/found"
none "$work/found" 'tests/meta/not-names holds nothing that is gone'

# ---- each of them sees what it is for ----

{
	printf 'src/a/a_priv.h\tint copl_a_one(int x);\n'
	printf 'src/a/a_priv.h\tint copl_a_two(\n'
	printf 'src/a/a_priv.h\tint copl_a_three(void);\n'
	printf 'src/a/a_priv.h\tstruct copl_box {\n'
	printf 'src/a/a.c\tint copl_a_one(int x) { return copl_a_two(x) + copl_a_three(); }\n'
	printf 'src/a/a.c\tint the_Catalogue_at, catalogued;\n'
	printf 'src/b/b.c\tint x = copl_a_two(1);\n'
	printf 'src/b/b.c\tstruct copl_box {\n'
	printf 'src/%s.h\t#define COPL_A_MAX 2\n' a/a b/b
	printf 'tests/unit/test_a.c\tint y = copl_a_three();\n'
} >"$work/bad"
[ "$(local_only "$work/bad")" = 'src/a/a_priv.h: only src/a/a.c uses copl_a_one(): make it static' ]
verdict $? 'a function that nobody else calls would be noticed'
two_types "$work/bad" >"$work/found"
[ "$(wc -l <"$work/found")" = 2 ] &&
	grep -q '^src/b/b.c: copl_box is another type in src/a/a_priv.h$' "$work/found" &&
	grep -q '^src/b/b.h: COPL_A_MAX is defined in src/a/a.h as well$' "$work/found"
verdict $? 'and a second type with the same tag, a second macro with the same name'
misnamed "$work/not" "$work/bad" >"$work/found"
[ "$(cut -d : -f 1 "$work/found")" = the_Catalogue_at ]
verdict $? 'and another word for the same thing'
[ "$(printf 'box\tsrc/base/base.h\tstruct copl_no_box\t–\n' | missing)" != '' ]
verdict $? 'and a word that stands for nothing'
echo "1..$n"
