#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the ledger tells, and what becomes of it when somebody or something
# changes it behind our back.
. "${top_srcdir:?}/tests/e2e/lib.sh"
start_project
L=.cop-l10n/ledger.sqlite
# flip FILE TEXT OTHER: the same number of bytes, where the text stands first
flip() {
	at=$(grep -abo "$2" "$1" | head -n 1 | cut -d: -f1)
	[ -n "$at" ] && printf '%s' "$3" | dd of="$1" bs=1 seek="$at" conv=notrunc status=none
}
# one file, as it is after a clean end
settle() { [ ! -e "$L-wal" ] || { "$COP_L10N" deliveries >/dev/null 2>&1; }; }

says 'no push, no ledger' 3 ledger-missing cop deliveries
ok 'and none is made by looking' test ! -e .cop-l10n
serve up --fingerprint "$FP"
up=$URL
serve down --fingerprint "$FP"
down=$URL
stop_server
sed -i "s|<endpoint url=\"[^\"]*\"/>|<endpoint url=\"$up\"/><endpoint id=\"second\" url=\"$down\"/>|" consultation.xml
id=north
cop push --attempts 1 >/dev/null 2>&1

cop deliveries >table
ok 'the table says who holds what since when' grep -qE "^$id +delivered +1 +2027-01-12 08:00 " table
ok 'and who waits' grep -qE '^second +(waiting|new) +– +– ' table
ok 'with its trouble' grep -q 'endpoint-unreachable *$' table
cop deliveries --state=delivered >table
ok 'one state only' sh -c '! grep -q second table'
cop deliveries --since=2027-01-13 >table
ok 'nothing since tomorrow' sh -c "! grep -qE '^($id|second)' table"
ok 'as JSON' sh -c '"$COP_L10N" deliveries --format=json | grep -q "\"event\":\"delivery\",.*\"holds\":\"1\""'
cop deliveries --endpoint="$id" >table
ok 'the log of one endpoint' grep -qE "^$id +2027-01-12 08:00 +delivered +1 " table
says 'an endpoint that nobody knows' 3 delivery-unknown cop deliveries --endpoint=mars
says 'a state that is none' 4 delivery-state cop deliveries --state=happy
ok 'a wrong day is a wrong command line' sh -c '"$COP_L10N" deliveries --since=soon 2>/dev/null; test $? = 2'
ok 'what is left of a push that was killed does no harm' sh -c '
	"$COP_L10N" deliveries verify >said && grep -q "problems: 0" said'

# ---- a byte ----
settle
cp $L good
flip $L "$down" "$(echo "$down" | tr 0-9 1-90)"
says 'a flipped byte in a standing' 6 ledger-standing-changed cop deliveries verify
ok 'is named with its endpoint' grep -q 'second: .*(url)' "$work/said"
cp good $L
sum=$(sha256sum releases/1/north/mini.ar.html | cut -c 1-64)
flip $L "$sum" "$(echo "$sum" | tr 0-9a-f 1-9a-f0)"
"$COP_L10N" deliveries verify >said 2>&1
ok 'a flipped byte in a digest is found' test $? = 6
cp good $L
head -c 3000 /dev/zero | dd of=$L bs=1 seek=4096 conv=notrunc status=none
says 'a torn page' 3 ledger-damaged cop deliveries verify
says 'such a ledger is pushed with by nobody' 3 ledger-damaged cop push
before=$(grep -c . up.log)
cop deliveries rebuild >said 2>&1
ok 'rebuild asks the endpoints: one is down' test $? = 5
cat said >>"$work/out"
ok 'the damaged file is kept' sh -c 'ls .cop-l10n/ledger.sqlite.damaged-* >/dev/null'
ok 'the one that is up holds what it holds' grep -q "^$id: holds release 1 whole" said
cop deliveries >table
ok 'which is delivered again' grep -qE "^$id +delivered +1 " table
ok 'and verifies' cop deliveries verify
ok 'nothing was sent' sh -c '! tail -n "+$(($1 + 1))" up.log | grep -q "\"event\":\"\(received\|installed\)\""' sh "$before"
"$COP_L10N" push --attempts 1 --now="$NOW" --format=json >events 2>/dev/null
ok 'nor is by the next push' sh -c 'grep -q "\"event\":\"unchanged\"" events || ! grep -q "\"event\":\"delivered\"" events'
cop deliveries >table
ok 'what each is to get is the release that was pushed' sh -c '
	test "$(grep -cE "^(north|second) +(delivered|waiting) +(1|–) +(2027-01-12 08:00|–) +1 " table)" = 2'

# ---- a folder, a disk ----
mkdir folder.sqlite
says 'a folder is no ledger' 3 ledger-open cop push --ledger folder.sqlite
says 'nor can it be rebuilt' 3 ledger-open cop deliveries rebuild --ledger folder.sqlite
mv releases/1/north/manifest.xml kept.xml
mkdir releases/1/north/manifest.xml
says 'rebuild does not guess what it cannot read' 3 io-open cop deliveries rebuild
rmdir releases/1/north/manifest.xml
mv kept.xml releases/1/north/manifest.xml
says 'no room for a ledger' 3 ledger-io sh -c 'ulimit -f 8; trap "" XFSZ; exec "$COP_L10N" push --attempts 1 --ledger small.sqlite --now='"$NOW"
printf 'Это не база данных, а письмо, и оно достаточно длинное, чтобы быть прочитанным как файл.' >letter.sqlite
says 'a letter is no ledger' 3 ledger-damaged cop push --ledger letter.sqlite
says 'no database behind the address' 3 ledger-open cop deliveries --ledger 'postgresql://desk@127.0.0.1:1/youth'
says 'an address that is none keeps its password' 4 ledger-address cop deliveries --ledger 'postgresql://desk:geheim%zz@127.0.0.1:1/x'
ok 'to itself' sh -c '! grep -q geheim "$1"' sh "$work/said"
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 755 "$work" "$work/p"
	mkdir locked && cp good locked/l.sqlite && chmod 444 locked/l.sqlite && chmod 777 locked
	nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$COP_L10N" "$@" --now="$NOW"; }
	says 'what cannot be written is not pushed with' 3 ledger-read-only nobody push --ledger locked/l.sqlite
	rm -f locked/l.sqlite.lock && chmod 555 locked
	ok 'but can be looked at, in a folder like that too' nobody deliveries --ledger locked/l.sqlite
	ok 'and verified' nobody deliveries verify --ledger locked/l.sqlite
fi
stop_server
