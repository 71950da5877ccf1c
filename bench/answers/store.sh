#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# store.sh SRCDIR BUILDDIR: answers that a folder takes so that power may fail, beside what its disk allows in the same minute.  README.md
# of bench says what the rows are.
set -u
build=$(cd "$2" && pwd) || exit 99
clients=${BENCH_CLIENTS:-64}
seconds=${BENCH_SECONDS:-3}
rounds=${BENCH_ROUNDS:-5}
runs=${BENCH_ANSWERS_RUNS:-$build/bench/answers/runs}
LC_ALL=C.UTF-8
export LC_ALL

rm -rf "${runs:?}"
mkdir -p "$runs" || exit 99
# Folders go at the end only: some file systems are slow to make files where
# many were removed just before.
trap 'rm -rf "${runs:?}"' EXIT
trap 'exit 130' HUP INT TERM

echo "bench: answers, $rounds rounds of $seconds s" >&2
round=0
while [ "$round" -lt "$rounds" ]; do
	round=$((round + 1))
	for how in batch append store sealed syncfs each plain:1 plain:2 second:1 second:2; do
		threads=${how#*:}
		how=${how%:*}
		[ "$threads" != "$how" ] || threads=$clients
		"$build/bench/answers/store" "$how" "$runs/$how.$threads.$round" "$threads" "$seconds" >>"$runs/results" ||
			echo "bench: $how failed" >&2
	done
done

awk -v clients="$clients" -v load="$(cut -d' ' -f1 /proc/loadavg)" '
function median(how, field,   n, i, j, t, v) {
	n = count[how]
	for (i = 1; i <= n; i++)
		v[i] = got[how, i, field] + 0
	for (i = 1; i <= n; i++)
		for (j = i + 1; j <= n; j++)
			if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
	return n == 0 ? 0 : v[int((n + 1) / 2)]
}
# Of the two in the same round, for the disk is another in each.
function part(n) {
	return n > 0 && n < 0.1 ? sprintf("%.3f", n) : sprintf("%.2f", n)
}
function ratio(a, b,   n, i, j, t, v) {
	n = count[a] < count[b] ? count[a] : count[b]
	for (i = 1; i <= n; i++)
		v[i] = got[a, i, 3] / got[b, i, 3]
	for (i = 1; i <= n; i++)
		for (j = i + 1; j <= n; j++)
			if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
	return n == 0 ? 0 : v[int((n + 1) / 2)]
}
function row(how, what) {
	if (count[how])
		printf "| %s | %d | %s | %.1f | %.1f | %d | %d |\n", what, median(how, 3), part(ratio(how, "batch")), \
			median(how, 4), median(how, 5), median(how, 6), count[how]
}
function against(what, floor, limit,   r) {
	r = ratio("store", floor)
	printf "| stored durably, x %s | %s | %s | %s |\n", what, part(r), limit == 0 ? "-" : limit, \
		limit == 0 ? "to compare" : (r >= limit ? "met" : "NOT MET")
}
{
	how = ($1 ~ /^(plain|second)$/) ? ($1 $2) : $1
	count[how]++
	for (i = 3; i <= 6; i++)
		got[how, count[how], i] = $i
}
END {
	printf "\n**Answers, %d at once**, load %s\n\n", clients, load
	print "| what | a second | x the disk | p50 ms | p99 ms | CPU, us each | runs |\n|---|--:|--:|--:|--:|--:|--:|"
	row("batch", "the disk: one file, fdatasync in batches")
	row("append", "the same, a file that grows")
	row("store", "cop-l10n, a file for each answer")
	row("sealed", "cop-l10n, sealed")
	row("syncfs", "files, a syncfs for each batch")
	row("each", "files, an fdatasync for each")
	row("plain1", "not safe: files, 1 thread, never flushed")
	row("plain2", "not safe: files, 2 threads, never flushed")
	row("second1", "not safe: files, 1 thread, a flush each second")
	row("second2", "not safe: files, 2 threads, a flush each second")
	printf "\n| target | figure | limit | verdict |\n|---|--:|--:|---|\n"
	against("fdatasync in batches, one file", "batch", 0.5)
	against("files, a syncfs for each batch", "syncfs", 1)
	against("files that are flushed each second, 2 threads", "second2", 0)
	against("files that are never flushed, 2 threads", "plain2", 0)
}' "$runs/results"
