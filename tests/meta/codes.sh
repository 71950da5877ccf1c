#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every code of a diagnostic has a paragraph in cop-l10n-messages(7), and every
# paragraph belongs to a code in the source, and a test in which it comes out; those
# that no test can provoke, or none does yet, stand in not-provoked, with the reason.
. "${top_srcdir:?}/tests/tap.sh"
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "${top_srcdir:?}" || exit 99
echo 1..7

# In the page a code is a tag of its own:  .TP / \fBform\-id\-duplicate\fR
sed -n 's/\\-/-/g; s/^\\fB\([a-z0-9-]*\)\\fR$/\1/p' man/cop-l10n-messages.7 |
	sort >"$work/all"
sort -u "$work/all" >"$work/page"
# All literals shaped like a code, and those that follow a severity.
find src -name '*.c' -exec cat {} + | grep -v '^#include' | tr '\n' ' ' >"$work/src"
grep -oE '"[a-z][a-z0-9]*(-[a-z0-9]+)*"' "$work/src" | tr -d '"' | sort -u >"$work/literals"
grep -oE 'COPL_(NOTE|WARNING|ERROR), *"[a-z][a-z0-9-]*"' "$work/src" |
	sed 's/.*"\(.*\)"/\1/' | sort -u >"$work/reported"
# A family is what stands before the first hyphen of a code that is reported.
sed 's/-.*//' "$work/reported" "$work/page" | sort -u >"$work/families"
awk -F- 'NR == FNR { family[$1] = 1; next } NF > 1 && $1 in family' "$work/families" "$work/literals" |
	sort -u "$work/reported" - | grep -vxF -f tests/meta/not-codes >"$work/source"

bad=$(comm -23 "$work/source" "$work/page" | sed 's/^/# no paragraph: /')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? 'every code has a paragraph'
bad=$(comm -13 "$work/literals" "$work/page" | sed 's/^/# not in the source: /')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? 'every paragraph has a code'
bad=$(uniq -d "$work/all" | sed 's/^/# twice: /')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? 'no code has two paragraphs'

# A heading says for all below it how a run ends and what stays.
bad=$(grep '^\.SH' man/cop-l10n-messages.7 | sort | uniq -d | sed 's/^/# stands twice: /'
	awk '/^\.SH/ { last = "" }
	/^\\fB[a-z0-9\\-]*\\fR$/ {
		gsub(/\\fB|\\fR/, "")
		gsub(/\\-/, "-")
		if ($0 < last) print "# stands behind " last ": " $0
		last = $0
	}' man/cop-l10n-messages.7
	awk '/^\.SH/ { head = $0 }
	/^\\fB[a-z0-9\\-]*\\fR$/ {
		code = $0
		gsub(/\\fB|\\fR/, "", code)
		sub(/\\-.*/, "", code)
		if (code ~ /^(build|tally|review|signoff|manifest|sheet|its|init|import)$/ &&
		    code in of && of[code] != head)
			print "# in two parts: " code
		of[code] = head
	}' man/cop-l10n-messages.7)
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? 'each part has its own codes, in order'

# A test names the code that must come out: in what a golden case prints, behind
# "says" of a script, or in a string of a unit test.
find tests -type f ! -path 'tests/meta/*' ! -path 'tests/fuzz/*' ! -path 'tests/clients/*' \
	-exec cat {} + | grep -aoE '[a-z][a-z0-9]*(-[a-z0-9]+)*' | sort -u >"$work/tested"
grep -v '^#' tests/meta/not-provoked | cut -f1 | sort >"$work/excused"
bad=$(comm -23 "$work/page" "$work/tested" | comm -23 - "$work/excused" | sed 's/^/# in no test: /')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? 'every code comes out in a test'
bad=$(comm -12 "$work/tested" "$work/excused" | sed 's/^/# is in a test: /'
	comm -13 "$work/page" "$work/excused" | sed 's/^/# has no paragraph: /'
	grep -v '^#' tests/meta/not-provoked | awk -F '\t' '$2 == "" { print "# says no reason: " $1 }')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? 'no excuse is out of date'

# What it means and what to do: two sentences or more.
bad=$(awk '
	function close_one() { if (code != "" && said < 2) print "# says less than two things: " code }
	/^\.(SH|TP|PP)/ { close_one(); code = ""; next }
	/^\\fB[a-z0-9\\-]*\\fR$/ { code = $0; said = 0; next }
	code != "" && /[.;?]$/ { said++ }
	END { close_one() }' man/cop-l10n-messages.7)
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? 'every paragraph says what it means and what to do'
