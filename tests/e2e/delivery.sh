#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Endpoints that are down, come back, or are not what they say.
. "${top_srcdir:?}/tests/e2e/lib.sh"
start_project
# two endpoints: one up, one down
serve up --fingerprint "$FP"
up=$URL
serve down --fingerprint "$FP"
down=$URL
stop_server
sed -i "s|<endpoint url=\"[^\"]*\"/>|<endpoint url=\"$up\"/><endpoint id=\"second\" url=\"$down\"/>|" consultation.xml

ok 'a dry run sends nothing' sh -c '
	"$COP_L10N" push --dry-run --now='"$NOW"' && test ! -e up/current'
says 'one endpoint down: the push is incomplete' 5 endpoint-unreachable cop push --attempts 1
ok 'the other endpoint was served' cmp up/current/mini.ar.html releases/1/north/mini.ar.html
says 'nobody listens at all' 5 address-unreachable cop fetch "$down" desk --fingerprint "$FP"
ok 'nothing was installed' test ! -e desk/current
port=${down##*:}
port=${port%/}
"$COP_L10N" serve down --listen "127.0.0.1:$port" --max-seconds 120 --now="$NOW" \
	--fingerprint "$FP" --format=json >down2.log 2>&1 &
servers="$servers $!"
server=$!
i=0
while ! grep -q address down2.log && [ $i -lt 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
ok 'the next push finishes the rest' sh -c '
	"$COP_L10N" push --retry-now --now='"$NOW"' --format=json >events &&
	grep -q "\"event\":\"delivered\"" events && grep -q "\"event\":\"unchanged\"" events'
ok 'both hold the release' cmp down/current/mini.ar.html releases/1/north/mini.ar.html
printf 'x' >>releases/1/north/mini.ar.html
says 'a damaged release is not sent' 6 release-damaged cop push --ledger fresh.sqlite
stop_server
