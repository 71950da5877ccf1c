#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files from somebody who means harm: every command that reads them ends in
# time, within so much memory, with a sentence and one of its statuses.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs "$python" timeout
tools=$top_srcdir/tests/e2e/hostile
# Sanitizers need several times as much of everything.
! grep -qs __asan_init "$COP_L10N" || export BOUNDED_SLACK=12
SECONDS_MOST=10

# bounded MIB ARG...: the program, within these bounds
bounded() {
	mib=$1
	shift
	"$python" "$tools/bounded.py" $SECONDS_MOST "$mib" "$COP_L10N" "$@" </dev/null
}
# refused TITLE MIB STATUS CODE ARG...: ends with both, within these bounds
refused() {
	title=$1 mib=$2 status=$3 code=$4
	shift 4
	says "$title" "$status" "$code" bounded "$mib" "$@"
	tail -n 1 "${work:?}/said" | sed 's/^/# /'
}
# taken TITLE MIB ARG...: done, within these bounds
taken() {
	title=$1 mib=$2
	shift 2
	ok "$title" bounded "$mib" "$@"
	tail -n 1 "$work/out" | sed 's/^/# /'
}
# each TITLE ARG...: of each file of the list on stdin, NAME MIB STATUS CODE
each() {
	title_of=$1
	shift
	while read -r name mib status code; do
		[ -n "$name" ] || continue
		if [ "$status" = 0 ]; then
			taken "$title_of: $name" "$mib" "$@" "$name"
		else
			refused "$title_of: $name" "$mib" "$status" "$code" "$@" "$name"
		fi
	done
}

# ---- XML of any kind ----
mkdir xml && cd xml || exit 99
"$python" "$tools/make.py" xml
truncate -s 1G sparse
ln -s /dev/zero zero
mkfifo pipe
mkdir folder
each 'any XML' extract -o out.pot <<'END'
laughs 40 4 xml-syntax
quadratic 40 4 xml-dtd
parameter 40 0
external 40 0
xinclude 40 0
deep 40 4 xml-depth
attributes 60 4 xml-attributes
same-attribute 60 4 xml-attributes
namespaces 60 4 xml-attributes
long-name 60 4 xml-syntax
long-value 60 4 xml-syntax
long-comment 60 0
long-instruction 80 4 xml-syntax
elements 300 0
nul 40 4 xml-encoding
not-utf-8 40 4 xml-encoding
half-utf-16 40 4 xml-encoding
utf-7 40 4 xml-syntax
empty 40 4 xml-syntax
sparse 40 4 file-too-large
zero 600 4 file-too-large
pipe 40 4 xml-syntax
folder 40 3 io-open
END
for name in external parameter xinclude; do
	bounded 40 extract "$name" -o out.pot >/dev/null 2>&1
	ok "nothing comes from outside: $name" sh -c '! grep -q root: out.pot'
done
cd ..

# ---- the same in the place of our own files ----
mkdir p && cd p || exit 99
. "$top_srcdir/tests/cli/project.sh"
cp consultation.xml good.xml
cp po/mini/ru.po good.po
for name in laughs external deep attributes long-name elements sparse zero pipe folder; do
	case $name in
	laughs | external) code=xml-dtd status=4 mib=40 ;;
	deep) code=xml-depth status=4 mib=60 ;;
	attributes) code=xml-attributes status=4 mib=60 ;;
	long-name) code=xml-syntax status=4 mib=60 ;;
	elements) code=form-root status=4 mib=700 ;;
	sparse | zero) code=file-too-large status=4 mib=60 ;;
	pipe) code=xml-syntax status=4 mib=40 ;;
	folder) code=io-open status=3 mib=40 ;;
	esac
	rm -rf forms/mini.xml
	ln -s "$work/xml/$name" forms/mini.xml
	refused "a form: $name" $mib $status $code check
	[ $name != elements ] || continue
	rm -f forms/mini.xml
	cp "$top_srcdir/tests/project/forms/mini.xml" forms/mini.xml
	case $name in long-name | attributes) code=file-too-large ;; esac
	rm -f consultation.xml
	ln -s "$work/xml/$name" consultation.xml
	[ $name != deep ] || code=file-too-large
	refused "a project: $name" $mib $status $code check
	rm -f consultation.xml
	cp good.xml consultation.xml
done

# ---- catalogs ----
mkdir ../po && cd ../po || exit 99
"$python" "$tools/make.py" po
truncate -s 1G sparse
each 'a catalog' lint <<'END'
conditions 60 4 plural-rule
brackets 60 4 plural-rule
negations 40 4 plural-rule
great-number 40 4 plural-rule
division 40 4 plural-rule
remainder 40 4 plural-rule
million-forms 40 4 plural-rule
wrapped-forms 40 4 plural-rule
many-forms 80 4 syntax
great-form 40 4 syntax
long-msgid 120 0
long-msgstr 200 4 placeholder-extra
long-header 120 0
million-headers 120 0
entries 500 0
same-entry 300 4 duplicate-entry
comments 120 0
flags 80 4 fuzzy
nul 40 4 encoding
nul-escape 40 4 syntax
not-utf-8 40 4 encoding
bom-crlf 40 0
cr 40 4 syntax
open-quote 40 4 syntax
tags 60 4 xml-malformed
braces 60 4 placeholder-missing
bidi 60 4 bidi-unbalanced
accents 200 0
words 60 4 wrong-script
names 60 4 wrong-script
formats 80 4 format-mismatch
charset 40 4 header-charset
charset-path 40 4 header-charset
terminal 40 4 tag-missing
empty 40 4 header-missing
sparse 40 4 file-too-large
END
"$COP_L10N" lint terminal >said 2>&1
ok 'nothing is said that a terminal acts on' sh -c '! tr -d "\n\t" <said | LC_ALL=C grep -q "[[:cntrl:]]"'
cd ../p || exit 99
for name in entries long-msgid; do
	cp "../po/$name" po/mini/ru.po
	for command in check status preview build; do
		"$python" "$tools/bounded.py" $SECONDS_MOST 600 "$COP_L10N" $command >said 2>&1
		status=$?
		ok "$name: $command ends in bounds" test $status = 0 -o $status = 4
	done
done
cp good.po po/mini/ru.po

# ---- what a translator sends back ----
mkdir ../zip && cd ../zip || exit 99
"$python" "$tools/make.py" zip ../p/good.po 2>/dev/null
truncate -s 1G sparse
cd ../p || exit 99
for f in ../zip/*; do
	mv "$f" "$f.zip"
done
before=$(find .. -type f ! -path '../p/findings.html' ! -path ../said ! -path ../out | sort)
while read -r name mib status code; do
	if [ "$status" = 0 ]; then
		taken "a zip: $name" "$mib" import "../zip/$name.zip"
	else
		refused "a zip: $name" "$mib" "$status" "$code" import "../zip/$name.zip"
	fi
	ok "$name: the catalog stays" cmp po/mini/ru.po good.po
done <<'END'
dots 40 0
dots-inside 40 0
absolute 40 0
backslash 40 0
drive 40 0
colon 40 0
newline 40 0
terminal 40 4 syntax
case 40 0
unicode 40 0
link 40 4 import-zip
device 40 4 import-zip
many 60 4 import-limit
long 40 4 import-zip
deep 40 4 import-zip
nested 40 4 import-zip
none 40 4 import-kind
bomb 120 4 import-limit
bombs 160 4 encoding
cut 40 4 import-zip
lie 40 4 import-zip
nul 40 0
sparse 40 4 file-too-large
END
after=$(find .. -type f ! -path '../p/findings.html' ! -path ../said ! -path ../out | sort)
ok 'no file of a zip has become a file' test "$before" = "$after"
