#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/limits.md says of every ceiling what the source does, and no file is
# read under a ceiling that it does not name.
. "${top_srcdir:?}/tests/tap.sh"
set -u
cd "${top_srcdir:?}" || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
echo 1..4

# "| what | 16 MiB | `code` | `file` `NAME` |" -> file NAME bytes code
sed -n 's/^| .* | \([0-9]*\)\( [A-Za-z]*\)\{0,1\} | `\{0,1\}\([a-z0-9-]*\)`\{0,1\} | `\([a-z0-9_/.]*\)` `\([A-Z_]*\)` |$/\4 \5 \1 \3\2/p' \
	docs/limits.md >"$work/rows"

# value FILE NAME: what the source defines, as a number
value() {
	text=$(sed -n "s|^#define $2 \(.*\)|\1|p" "src/$1" |
		sed -e 's|/\*.*||' -e 's/(size_t)//g' -e 's/(uint64_t)//g' \
			-e 's/[0-9]L\b/&_/g' -e 's/L_//g' -e 's/UINT64_C//g')
	case $text in
	'' | *[!0-9\ \<\>\(\)*+-]*) echo none ;;
	*) # shellcheck disable=SC2004 # what it holds is an expression
		echo $(($text)) ;;
	esac
}

: >"$work/bad"
while read -r file name number code unit; do
	case $unit in
	KiB) number=$((number << 10)) ;;
	MiB) number=$((number << 20)) ;;
	esac
	is=$(value "$file" "$name")
	[ "$is" = "$number" ] ||
		echo "# src/$file: $name is $is, the page says $number" >>"$work/bad"
done <"$work/rows"
cat "$work/bad"
rows=$(wc -l <"$work/rows")
want=$(grep -c '^| .*` |$' docs/limits.md)
[ ! -s "$work/bad" ] && [ "$rows" -gt 60 ]
verdict $? "the numbers of $rows rows are those of the source"
[ "$rows" = "$want" ] || echo "# of $want rows $rows could be read"
[ "$rows" = "$want" ]
verdict $? 'no row is malformed'

: >"$work/bad"
while read -r _ name _ code _; do
	case $code in
	none | [0-9] | [45][0-9][0-9]) continue ;;
	esac
	sed 's/\\-/-/g' man/cop-l10n-messages.7 | grep -qx "\\\\fB$code\\\\fR" ||
		echo "# $name: cop-l10n-messages(7) has no $code" >>"$work/bad"
done <"$work/rows"
cat "$work/bad"
[ ! -s "$work/bad" ]
verdict $? 'every code is one of cop-l10n-messages(7)'

# Whatever reads a whole file names its ceiling.
find src -name '*.c' -exec cat {} + | tr -s '\n\t ' ' ' |
	grep -oE 'copl_(file_read|xml_load)\( ?[^,;]*(, ?COPL_XML_[A-Z]*)?, ?[A-Z_]+,' |
	sed 's/.*[, ]\([A-Z_]*\),$/\1/' | sort -u >"$work/used"
cut -d' ' -f2 "$work/rows" | sort -u >"$work/named"
# Files that only we write and read again, and leave out when they are damaged;
# another name of a ceiling that is there.
printf '%s\n' ETAG_MAX SEEN_MAX FILE_MAX | sort >"$work/aside"
bad=$(grep -vxF -f "$work/named" "$work/used" | grep -vxF -f "$work/aside" | sed 's/^/# not in docs\/limits.md: /')
[ -z "$bad" ] || echo "$bad"
[ -z "$bad" ] && [ "$(wc -l <"$work/used")" -gt 10 ]
verdict $? "the ceilings of $(wc -l <"$work/used") kinds of files are named"
