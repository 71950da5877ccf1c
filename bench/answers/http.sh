#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# http.sh SRCDIR BUILDDIR: answers that `cop-l10n serve --collect` takes over HTTP, judges and stores so that power may fail, beside
# what its disk allows in the same minute.  README.md of bench says what the rows are.
set -u
src=$(cd "$1" && pwd) || exit 99
build=$(cd "$2" && pwd) || exit 99
. "$src/tests/children.sh"
clients=${BENCH_CLIENTS:-64}
crowd=${BENCH_CROWD:-200}
posts=${BENCH_POSTS:-6000}
rounds=${BENCH_ROUNDS:-5}
runs=${BENCH_HTTP_RUNS:-$build/bench/answers/http-runs}
LC_ALL=C.UTF-8
COP_L10N_LIBEXECDIR=$build
export LC_ALL COP_L10N_LIBEXECDIR
now=2027-01-12T08:00:00Z

server=
finish() {
	[ -z "$server" ] || end "$server"
	rm -rf "${runs:?}"
}
rm -rf "${runs:?}"
mkdir -p "$runs" || exit 99
trap finish EXIT
trap 'exit 130' HUP INT TERM
cd "$runs" || exit 99

cop() { "$build/cop-l10n" "$@" --now="$now"; }

# start COLLECT: a server with that folder, at $address
start() {
	: >serve.log
	"$build/cop-l10n" serve office --key keys/release.pub --collect "$1" --collect-rate 0 --listen "${address:-127.0.0.1:0}" \
		--max-seconds 900 --now="$now" --format=json >serve.log 2>&1 &
	server=$!
	tries=0
	until grep -q '"event":"collecting"' serve.log || [ $tries -ge 200 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
	address=$(sed -n 's/.*"address":"\([^"]*\)".*/\1/p' serve.log | head -n 1)
}
# Microseconds that the server has used.
used() {
	awk -v tick="$(getconf CLK_TCK)" '{ print ($14 + $15) * 1000000 / tick }' "/proc/$server/stat"
}
stop() {
	end "$server"
	server=
}

cp -R "$src/consultation.xml" "$src/forms" "$src/po" . && chmod -R u+w . || exit 99
cop keygen keys/release >/dev/null || exit 99
start first
sed -i '/id="example_partner"/,/<\/recipient>/s|<pickup[^>]*/>|<endpoint url="http://'"$address"'/"/>|' consultation.xml
for tag in ar zh-Hans fr ru es; do
	cop review "$tag" approved --all --who Nobody --role bench >/dev/null 2>&1
done
if ! { cop build && cop push --to example_partner; } >build.log 2>&1; then
	cat build.log >&2
	exit 99
fi
stop
# Every question of the form is answered.
printf '%s' '_form=digital_skills&_version=1&_lang=ar&_recipient=example_partner&age=18_24&my_ok=yes' \
	'&devices=phone&devices=tablet&shared=yes&hours=3&skills.password=1&skills.settings=2&skills.report=3&skills.facts=4' \
	'&skills.create=5&ease=7&lessons=no&wishes.safety=1&wishes.ai=2&wishes.media=3&support=courses&support=money' \
	'&voice.asked=2&voice.rules=4&voice.teach=3&voice.change=5&barriers=network&barriers=language' >body

echo "bench: answers over HTTP, $rounds rounds of $posts posts" >&2
round=0
while [ "$round" -lt "$rounds" ]; do
	round=$((round + 1))
	"$build/bench/answers/store" batch "batch.$round" "$clients" 3 >>results || echo 'bench: batch failed' >&2
	for n in "$clients" "$crowd"; do
		start "answers.$n.$round"
		before=$(used)
		"$build/tests/e2e/poster" "${address#*:}" "$n" "$posts" body >poster.log || echo "bench: $(cat poster.log)" >&2
		# WHAT CLIENTS RATE P50 P99 CPU
		each=$((($(used) - before) / posts))
		sed 's/.*persecond=\([0-9.]*\) p50=\([0-9.]*\) p99=\([0-9.]*\) .*/http'"$n $n"' \1 \2 \3 '"$each/" poster.log >>results
		[ "$(find "answers.$n.$round" -name '*.xml' | wc -l)" = "$posts" ] || echo "bench: not all of $posts are stored" >&2
		stop
	done
done

awk -v clients="$clients" -v crowd="$crowd" -v load="$(cut -d' ' -f1 /proc/loadavg)" '
function middle(v, n,   i, j, t) {
	for (i = 1; i <= n; i++)
		for (j = i + 1; j <= n; j++)
			if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
	return n == 0 ? 0 : v[int((n + 1) / 2)]
}
function median(how, field,   v, i) {
	for (i = 1; i <= count[how]; i++)
		v[i] = got[how, i, field] + 0
	return middle(v, count[how])
}
# Of the two in the same round, for the disk is another in each.
function ratio(how,   v, i) {
	for (i = 1; i <= count[how]; i++)
		v[i] = got[how, i, 3] / got["batch", i, 3]
	return middle(v, count[how])
}
function row(how, what) {
	printf "| %s | %d | %.2f | %.1f | %.1f | %s | %d |\n", what, median(how, 3), ratio(how), median(how, 4), \
		median(how, 5), how == "batch" ? "-" : median(how, 6), count[how]
}
function verdict(what, figure, limit, met) {
	printf "| %s | %s | %s | %s |\n", what, figure, limit, met ? "met" : "NOT MET"
}
{
	count[$1]++
	for (i = 3; i <= 6; i++)
		got[$1, count[$1], i] = $i
}
END {
	printf "\n**Answers over HTTP**, load %s\n\n", load
	print "| what | a second | x the disk | p50 ms | p99 ms | server CPU, us each | runs |\n|---|--:|--:|--:|--:|--:|--:|"
	row("batch", "the disk: one file, fdatasync in batches of " clients)
	row("http" clients, "serve --collect, " clients " clients")
	row("http" crowd, "serve --collect, " crowd " clients")
	r = ratio("http" clients)
	p = median("http" crowd, 5)
	printf "\n| target | figure | limit | verdict |\n|---|--:|--:|---|\n"
	verdict("accepted over HTTP, x fdatasync in batches", sprintf("%.2f", r), "0.5", r >= 0.5)
	verdict("p99 with " crowd " clients, ms", sprintf("%.0f", p), "1000", p < 1000)
}' results
