#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the documents say of the source is true: the table of rooms is that of
# tests/meta/layers.sh, and every file, function and type that is named is there.
. "${top_srcdir:?}/tests/tap.sh"
cd "${top_srcdir:?}" || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
rooms=docs/architecture.md
documents="README.md CONTRIBUTING.md SECURITY.md bench/README.md tests/its/README.md $(echo docs/*.md)"
echo 1..5

# ---- the table of rooms ----
sed -n '/^| module | in one sentence/,/^$/p' "$rooms" | sed 1,2d | grep '^|' >"$work/table"
# name: the modules it may use, as layers.sh has it
sed -n 's/^| \([a-z0-9]*\) | .* | \([^|]*\) | [^|]* |$/\1: \2/p' "$work/table" |
	sed 's/–//; s/ *$//' | sort >"$work/said"
sed -n '/^needs="/,/^"/p' tests/meta/layers.sh | grep '^[a-z0-9]*:' |
	sed -e 's/\$below_work.*/all above/' -e 's/^cli:$/cli: public headers only/' -e 's/ *$//' |
	sort >"$work/held"
same "$work/held" "$work/said" 'the table of rooms is the one that is held'

sed -n "/^walls='/,/^'/p" tests/meta/layers.sh | awk '
	NF == 2 {
		name = "?"
		if ($1 ~ /^libxml/) name = "libxml2"
		if ($1 ~ /^unicode/) name = "ICU"
		if ($1 ~ /^uni\(/) name = "libunistring"
		if ($1 ~ /^gettext/) name = "libgettextpo"
		if ($1 ~ /^sodium/) name = "libsodium"
		if ($1 ~ /^archive/) name = "libarchive"
		if ($1 ~ /^qrencode/) name = "libqrencode"
		if ($1 ~ /^curl/) name = "libcurl"
		if ($1 ~ /^sqlite3/) name = "sqlite3"
		if ($1 ~ /^libpq/) name = "libpq"
		if ($1 ~ /^microhttpd/) name = "libmicrohttpd"
		if ($1 ~ /^gnutls/) name = "GnuTLS"
		if ($1 ~ /^zlib/) name = "zlib"
		n = split($2, module, ",")
		for (i = 1; i <= n; i++)
			print module[i], name
	}' | sort >"$work/walls"
awk -F '|' '{
	gsub(/ /, "", $2)
	gsub(/\([^)]*\)/, "", $5)
	n = split($5, name, ",")
	for (i = 1; i <= n; i++) {
		gsub(/ /, "", name[i])
		if (name[i] != "–")
			print $2, name[i]
	}
}' "$work/table" | sort >"$work/third"
same "$work/walls" "$work/third" 'and so is the table of the libraries of others'

# ---- what stands in backquotes ----
for document in $documents; do
	[ -e "$document" ] || continue
	grep -oE '`[^`]+`' "$document" | tr -d '`' | sort -u | sed "s|^|$document |"
done >"$work/names"

there() { # there PATTERN: something has such a name; <x> stands for any word
	pattern=$(echo "$1" | sed 's/<[a-z]*>/*/g')
	# shellcheck disable=SC2086
	[ -n "$(ls -d $pattern $pattern.c 2>/dev/null | head -n 1)" ]
}
bad=0
while read -r document name; do
	case $name in
	*' '* | *…*) continue ;;
	# What a run leaves, and where an installation puts contrib/serve.
	tests/clients/run.log | bench/data | bench/delivery/runs | examples/serve/) continue ;;
	src/* | tests/* | docs/* | man/* | ci/* | examples/* | template/* | contrib/* | bench/*)
		there "$name" || { echo "# $document: there is no $name"; bad=1; }
		;;
	esac
done <"$work/names"
verdict $bad 'files that are named with their folder are there'

bad=0
find src tests ci bench examples contrib -type f | sed 's|.*/||' | sort -u >"$work/files"
while read -r document name; do
	case $name in
	*/* | *' '* | *'<'* | *'*'* | ctype.h) continue ;;
	*.c | *.h | *.sh | *.mk | *.mjs)
		grep -qxF -e "$name" "$work/files" || { echo "# $document: there is no $name"; bad=1; }
		;;
	esac
done <"$work/names"
verdict $bad 'files that are named without it are somewhere'

bad=0
cat $(find src examples -name '*.[ch]') | grep -oE '[A-Za-z_][A-Za-z_0-9]*' | sort -u >"$work/words"
while read -r document name; do
	case $name in
	*'<'* | *'…'* | 'dlopen()' | 'wait4()') continue ;;
	copl_* | render_* | *'()' | 'enum copl_'* | 'struct copl_'*) ;;
	*) continue ;;
	esac
	for word in $(echo "$name" | grep -oE '[a-z_][a-z_0-9]*'); do
		case $word in enum | struct) continue ;; esac
		grep -qxF -e "$word" "$work/words" || { echo "# $document: there is no $name"; bad=1; }
	done
done <"$work/names"
verdict $bad 'functions and types that are named are there'
