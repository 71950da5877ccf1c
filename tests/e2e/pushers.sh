#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Four pushers on one new ledger in a real PostgreSQL, one of them killed:
# every office gets the set once.
. "${top_srcdir:?}/tests/e2e/pg.sh"
[ -x "${top_builddir:?}/tests/unit/test_ledger_pg" ] || skip 'built without libpq'
. "$top_srcdir/tests/e2e/lib.sh"
trap 'finish; stop_cluster' EXIT
start_cluster
OFFICES=400
export DATABASE
psql() {
	(cd / && as "$bin/psql" -h "$pg" -U copl -d youth -AtX -c "$1")
}

# A host that keeps what it gets, a little slow, and writes down every request.
start_project
mkdir host
printf 'on * PUT\n wait 2\n plain\n' >script
"$top_builddir/tests/e2e/faultd" -d host -s 200 script >requests 2>&1 &
servers="$servers $!"
i=0
while ! grep -q '^port ' requests && [ $i -lt 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
port=$(sed -n 's/^port //p' requests)
i=0
printf 'recipient\tid\turl\n' >offices.tsv
while [ $i -lt $OFFICES ]; do
	i=$((i + 1))
	printf 'north\to%d\thttp://127.0.0.1:%s/o%d/\n' $i "$port" $i
done >>offices.tsv
sed -i '/<endpoint url=/d; s|</project>|  <endpoints src="offices.tsv"/>\n</project>|' consultation.xml

sent() {
	grep -c 'PUT /o[0-9]*/manifest.xml ' requests
}
pushers=
for k in 1 2 3 4; do
	"$COP_L10N" push --ledger "$DATABASE" --now="$NOW" --format=json >"said$k" 2>&1 &
	pushers="$pushers $!"
done
victim=${pushers##* }
i=0
while [ "$(psql "SELECT count(*) FROM audit WHERE worker LIKE '%:$victim'" 2>/dev/null)" -lt 3 ] 2>/dev/null ||
	[ "$(sent)" -lt 20 ]; do
	i=$((i + 1))
	[ $i -lt 300 ] || break
	sleep 0.02
done
end "$victim" KILL
psql "SELECT endpoint FROM endpoint WHERE worker LIKE '%:$victim' ORDER BY 1" >left
ok 'one was killed in the middle of its work' test -s left -a "$(sent)" -lt $OFFICES
# As if its lease was over.
psql "UPDATE endpoint SET lease_until = 0 WHERE worker LIKE '%:$victim'" >/dev/null
for pid in $pushers; do
	[ "$pid" = "$victim" ] && continue
	ok 'another one ends well' wait "$pid"
done
psql "SELECT endpoint FROM audit WHERE event = 'delivered' GROUP BY 1 HAVING count(*) = 1" >once
ok 'every office has exactly one delivery in its log' test "$(wc -l <once)" = $OFFICES
ok 'and nothing else' test "$(psql 'SELECT count(*) FROM audit')" = $OFFICES
grep -o 'PUT /o[0-9]*/manifest.xml ' requests | sed 's|PUT /||; s|/.*||' | sort >manifests
ok 'every office got a manifest' test "$(sort -u manifests | wc -l)" = $OFFICES
sort -u left >sorted
uniq -d manifests | comm -23 - sorted >twice
ok 'and nobody two, but where the killed one was at work' cmp twice /dev/null
ok 'all hold the release' sh -c '
	for office in host/o*; do cmp "$office/manifest.xml" releases/1/north/manifest.xml || exit 1; done'
ok 'the ledger is sound' cop deliveries verify --ledger "$DATABASE"
