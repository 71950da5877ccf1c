#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The delivery bench, with few endpoints: every part of it runs, what was sent is
# right, what is wrong is seen, and nothing stays behind.  No time is asserted.
. "${top_srcdir:?}/tests/e2e/lib.sh"
build=$(cd "${top_builddir:?}" && pwd)
bench=$top_srcdir/bench/delivery
needs nginx curl openssl

BENCH_RUNS=$work/runs BENCH_ENDPOINTS=6 BENCH_MANY=60 BENCH_SILENT=2 BENCH_HANDSHAKES=6 \
	BENCH_IDLE=40 BENCH_ROUNDS=1 BENCH_SECONDS=1 BENCH_PATIENCE=1 \
	sh "$bench/run.sh" "$top_srcdir" "$build" >"$work/report" 2>"$work/log"
status=$?
[ $status = 0 ] || sed 's/^/# /' "$work/log"
ok 'it runs to its end' test $status = 0
sed 's/^/# /' "$work/report"

# line WHAT: the results have this line, with . for any field
line() {
	grep -qE "^$(echo "$1" | sed 's/|/\\|/g; s/\./[^|]*/g')\$" "$work/runs/results"
}
for scheme in http https; do
	ok "$scheme: every file came, each with one request" line "run|push $scheme|cop-l10n|.|.|.|0|66|66/66"
	ok "$scheme: the other tool is measured on the same" line "run|push $scheme|curl --parallel|.|.|.|0|66|66/66"
	ok "$scheme: a second push asks nothing" line "run|second $scheme|cop-l10n|.|.|.|0|0|66/66"
done
ok 'many endpoints' line 'run|many|cop-l10n|.|.|.|0|660|660/660'
ok 'those who answer get all, those who do not are left for later' line \
	'run|silent|cop-l10n|.|.|.|5|66|66/66'
ok 'the ledger by itself' line 'run|ledger|alone|.|.|.|0|0|0/0'
ok 'handshakes' line 'run|handshakes|https|.|.|.|0|66|66/66'
ok 'idle connections are held' line 'run|idle|cop-l10n|40|.|.'
ok 'a first fetch gets all' line 'run|fetch|first|.|.|.|0|.|.|.|yes'
ok 'a second one costs one request' line 'run|fetch|again|.|.|.|0|1|.|.|yes'
ok 'after a change it is right again' line 'run|fetch|changed|.|.|.|0|.|.|.|yes'
ok 'fewer bytes come then' awk -F '|' '$2 == "fetch" { n[$3] = $9 }
	END { exit !(n["again"] < 1000 && n["again"] < n["changed"] && n["changed"] < n["first"]) }' runs/results
ok 'nothing is said to be wrong' sh -c '! grep -E "WRONG|output wrong" report'

# what is counted as right
cd "$work" || exit 99
site=$work/site
mkdir -p site/held/127.1.0.1 site/held/127.1.0.2
for to in 127.1.0.1 127.1.0.2; do
	cp runs/project/releases/draft/partner/* site/held/$to
done
chmod -R u+w site
same() {
	[ "$(. "$bench/lib.sh" && digests 2 "$work/runs/project/releases/draft/partner")" = "$1" ]
}
ok 'all files are right' same 22/22
echo >>site/held/127.1.0.2/form.ru.xml
ok 'one more byte in one of them is seen' same 21/22
rm site/held/127.1.0.1/manifest.xml
ok 'one that is not there is seen' same 20/22
mv site/held/127.1.0.1/form.ar.xml site/held/127.1.0.1/form.fr.xml
ok 'one in the place of another is seen' same 18/22
