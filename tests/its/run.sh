#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every case in tests/its/cases and prints TAP.  A case is a folder:
#   doc.xml          the document; what it links stands beside it
#   args             extra arguments, one a line  (optional)
#   CATEGORY.want    what `its [args] doc.xml CATEGORY` must print, exit 0
#   CATEGORY.open    paths, one a line, of nodes whose values are not compared,
#                    because the standard does not settle them  (optional)
# A test is one CATEGORY.want.  CASES="a b" runs only the cases a and b.
set -u
cases=${top_srcdir:?}/tests/its/cases
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0

# its CASE CATEGORY: the program's answer, made in the case's folder
its() {
	cd "$cases/$1" || exit 99
	category=$2
	set --
	if [ -e args ]; then
		while IFS= read -r arg; do set -- "$@" "$arg"; done <args
	fi
	"${COP_L10N:?}" its "$@" doc.xml "$category" </dev/null
}

# closed OPEN FILE: FILE without the values of the paths in OPEN
closed() {
	if [ -e "$1" ]; then
		awk -F '\t' 'NR == FNR { open[$0]; next } { print ($1 in open) ? $1 : $0 }' "$1" "$2"
	else
		cat "$2"
	fi
}

run_case() { # run_case CASE CATEGORY
	(its "$1" "$2") >"$work/out" 2>"$work/err"
	rc=$?
	closed "$cases/$1/$2.open" "$cases/$1/$2.want" >"$work/want"
	closed "$cases/$1/$2.open" "$work/out" >"$work/got"
	diff -u "$work/want" "$work/got" >"$work/diff" && [ $rc = 0 ] && return 0
	sed 's/^/# /' "$work/diff" "$work/err"
	echo "# exit status $rc"
	return 1
}

for want in "$cases"/*/*.want; do
	name=$(basename "$(dirname "$want")")
	category=$(basename "$want" .want)
	case " ${CASES:-$name} " in
	*" $name "*) ;;
	*) continue ;;
	esac
	n=$((n + 1))
	if run_case "$name" "$category"; then
		echo "ok $n - $name $category"
	else
		echo "not ok $n - $name $category"
	fi
done
echo "1..$n"
