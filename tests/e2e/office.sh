#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program for offices, alone: it receives forms, publishes and collects,
# fetches, verifies and counts, and stands on nothing that only the
# secretariat needs.  COP_L10N_OFFICE=PROGRAM: this one, e.g. as it is
# installed.
. "${top_srcdir:?}/tests/e2e/lib.sh"
whole=$COP_L10N
office=${COP_L10N_OFFICE:-$(cd "${top_builddir:?}" && pwd)/cop-l10n-office}
needs curl readelf

# ---- what it is ----
# Libraries that it is linked with, one a line; what they load in turn is theirs.
libraries() {
	# libtool may have put a script in the place of a program
	file=$1
	[ -e "${1%/*}/.libs/${1##*/}" ] && file=${1%/*}/.libs/${1##*/}
	readelf -d "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\.so.*\].*/\1/p' | sort
}
cat >may <<EOF
ld-linux-x86-64
libc
libcurl
libgnutls
libicui18n
libicuuc
libm
libmicrohttpd
libsodium
libunistring
libxml2
libz
EOF
# ASan and its kind bring what they need.
foreign() { libraries "$office" | grep -vE '^lib(asan|ubsan|gcc_s|resolv|dl|rt|pthread|stdc\+\+)$' | grep -vxF -f may; }
foreign >foreign
ok 'it is linked with what an office needs and nothing else' diff /dev/null foreign
libraries "$office" >has
ok 'which was seen' sh -c 'grep -qx libcurl has && grep -qx libsodium has'
libraries "$whole-net" >has
[ -s has ] || libraries "${COP_L10N_LIBEXECDIR:-}/cop-l10n-net" >has
# Without shared libraries of ours it stands on what they would bring.
ok 'the whole program has more' sh -c 'test -s has && grep -qxE "libcopl10n-net|libpq|libsqlite3" has'

"$office" --help >help 2>&1
ok 'help names the four commands, and no other' sh -c '
	test "$(awk "/^  [a-z]/ { print \$1 }" help | sort | tr "\n" " ")" = "fetch serve tally verify "'
ok 'help has no title above nothing' sh -c '! grep -q "Any XML document" help && ! grep -q "in its folder" help'
elsewhere() { # elsewhere COMMAND...: refused with status 2 and a way out
	"$office" "$@" >refused 2>&1
	[ $? = 2 ] && grep -q "\"$1\" is not in the program for offices" refused
}
ok 'build is said to be elsewhere' elsewhere build
ok 'so is push, which other programs start' elsewhere push
# ---- what it does ----
mkdir p && cd p || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . &&
	chmod -R u+w . || exit 99
cop keygen keys/release >/dev/null || exit 99
approve
# From here on "serve" of lib.sh is the one of the office.
COP_L10N=$office
serve received --key keys/release.pub --collect answers
COP_L10N=$whole
sed -i -e '/id="example_partner"/,/<\/recipient>/{' \
	-e "s|<responses href=\"[^\"]*\"|<responses href=\"${URL}example_partner/\"|" \
	-e "s|<pickup[^>]*/>|<endpoint url=\"$URL\"/>|" -e '}' consultation.xml
ok 'the secretariat builds a release' cop build
FP=$(fingerprint keys/release.pub)
ok 'and pushes it to the office, which takes it' cop push --to example_partner

office() {
	"$office" "$@" --now="$NOW"
}
ok 'the office fetches what the other one publishes' office fetch "$URL" forms --fingerprint "$FP"
ok 'all six languages are there' sh -c '
	for l in ar zh-Hans en fr ru es; do test -s forms/current/digital_skills.$l.html || exit 1; done'
ok 'verify says that it is complete' office verify forms
ok 'a second fetch asks and gets nothing' office fetch "$URL" forms
cp -R forms damaged && chmod -R u+w damaged && printf x >>damaged/current/digital_skills.ru.html
damaged() { office verify damaged; [ $? = 6 ]; }
ok 'verify sees one byte too many' damaged

answer() { # answer LANG HOURS
	id=$(curl -s -H 'Accept: text/html' "${URL}digital_skills.$1.html" |
		sed -n 's/.*name="_id" value="\([0-9a-f]*\)".*/\1/p')
	[ "$(curl -s -o answer.html -w '%{http_code}' -H 'Accept: text/html' "${URL}example_partner/" \
		-d "_form=digital_skills&_version=1&_lang=$1&_recipient=example_partner&_id=$id" \
		-d "age=18_24&my_ok=yes&lessons=no&hours=$2&ease=7")" = 200 ]
}
for lang in ar zh-Hans ru; do
	ok "an answer comes in ($lang)" answer $lang 3
done
counted() {
	office tally answers --release received/current --all-cells --format=json >counts || { cat counts; return 1; }
	grep -q '"form":"digital_skills".*"answers":"3"' counts || { head -c 3000 counts; return 1; }
}
ok 'tally counts the three' counted
in_arabic() {
	office tally answers --release received/current --labels ar --all-cells >ar.txt &&
		grep -q 'ما الأجهزة التي تستخدمها؟' ar.txt
}
ok 'with the words of the form, in Arabic too' in_arabic
ok 'and writes a page' office tally answers --release received/current --html page.html
ok 'that anybody can open' grep -q '<!DOCTYPE html>' page.html
stop_server
