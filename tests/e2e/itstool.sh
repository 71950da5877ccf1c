#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Catalogs of itstool serve us, and the other way round: the same messages,
# and with one catalog the same documents.
if ! command -v itstool >/dev/null || ! command -v msgfilter >/dev/null ||
	! command -v xmllint >/dev/null; then
	echo '1..0 # SKIP itstool, gettext or xmllint is not installed'
	exit 0
fi
. "${top_srcdir:?}/tests/e2e/lib.sh"
data=$top_srcdir/tests/e2e/itstool
compatible="--its=$data/rules.its --key=text --inline=full"

# messages POT: one form for all, the header left out
messages() {
	msgcat --sort-output --no-wrap --no-location "$1" | grep -v '^#' |
		awk 'BEGIN { RS = ""; ORS = "\n\n" } NR > 1'
}
same_messages() {
	itstool -i "$data/rules.its" -o its.pot "$1" || return
	# shellcheck disable=SC2086
	"$COP_L10N" extract $compatible "$1" -o our.pot || return
	messages its.pot >its.msg && messages our.pot >our.msg
	[ -s its.msg ] && diff its.msg our.msg
}

# itstool does not set the language of the root, and drops comments in a text.
canonical() {
	sed -e 's/ xml:lang="ru"//' -e 's/<!--[^>]*-->//' "$1" |
		xmllint --c14n - | tr -s ' \t\n' ' '
}
same_document() {
	sed 's/^"Content-Type/"Language: ru\\n"\n&/' its.pot | msgen - |
		msgfilter --keep-header sed '1s/^/Ъ /' >ru.po || return
	msgfmt -o ru.mo ru.po && mkdir -p its our || return
	itstool -i "$data/rules.its" -m ru.mo -o its "$1" || return
	# shellcheck disable=SC2086
	"$COP_L10N" localize $compatible "$1" ru.po -o our || return
	name=$(basename "$1" .xml)
	canonical "its/$name.xml" >its.c14n && canonical "our/$name.ru.xml" >our.c14n
	diff its.c14n our.c14n
}

for document in "$data"/*.xml; do
	name=$(basename "$document")
	ok "$name: the same messages" same_messages "$document"
	ok "$name: the same document with the same catalog" same_document "$document"
done
