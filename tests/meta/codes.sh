#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every code of a diagnostic has a paragraph in cop-l10n-messages(7), and every
# paragraph belongs to a code in the source.
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "${top_srcdir:?}" || exit 99
verdict() { [ "$1" = 0 ] && echo "ok $2" || echo "not ok $2"; }
echo 1..3

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
verdict $? '1 - every code has a paragraph'
bad=$(comm -13 "$work/literals" "$work/page" | sed 's/^/# not in the source: /')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? '2 - every paragraph has a code'
bad=$(uniq -d "$work/all" | sed 's/^/# twice: /')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ]
verdict $? '3 - no code has two paragraphs'
