#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Catalogs with one fault each, and catalogs without.  A file in broken/ draws
# the check that index.tsv says, at that severity; a file in good/ draws no
# error and no warning: a false alarm is a fault of ours.
. "${top_srcdir:?}/tests/tap.sh"
set -u
cd "${top_srcdir:?}/tests/catalogs" || exit 99
# Its twin is the master of the case whose source has changed.
lint() { # lint ID FILE
	case $1 in
	72) "$COP_L10N" lint --master good/72-*.po "$2" 2>&1 ;;
	*) "$COP_L10N" lint "$2" 2>&1 ;;
	esac
}
broken() { # broken ID SEVERITY CHECK FILE
	out=$(lint "$1" "$4")
	printf '%s\n' "$out" | grep -q ": $2: .*\[$3\]\$"
	found=$?
	[ $found = 0 ] || printf '%s\n' "$out" | sed 's/^/# /'
	verdict $found "$4: $2 [$3]"
}
good() { # good ID FILE
	out=$(lint "$1" "$2" | grep -E ': (error|warning): ')
	[ -z "$out" ] || printf '%s\n' "$out" | sed 's/^/# /'
	[ -z "$out" ]
	verdict $? "$2: silence"
}

tab=$(printf '\t')
while IFS=$tab read -r id name lang _ severity check _; do
	case $id in '#'*) continue ;; esac
	file=$id-$name.$lang.po
	# What only people can see is in the index, to say so.
	if [ "$severity" = none ]; then
		[ ! -f "broken/$file" ] || good "$id" "broken/$file"
	else
		broken "$id" "$severity" "$check" "broken/$file"
	fi
	good "$id" "good/$file"
done <index.tsv

# A file that the index does not name would be looked at by nobody.
missed=$(for file in broken/*.po good/*.po; do
	file=${file#*/}
	grep -q "^${file%%-*}$tab" index.tsv || echo "$file"
done)
[ -z "$missed" ] || printf '%s\n' "$missed" | sed 's/^/# /'
[ -z "$missed" ]
verdict $? 'each catalog is in the index'
echo "1..$n"
