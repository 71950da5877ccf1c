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
	for how in batch append store sealed syncfs each; do
		"$build/bench/answers/store" "$how" "$runs/$how.$round" "$clients" "$seconds" >>"$runs/results" ||
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
		printf "| %s | %d | %.2f | %.1f | %.1f | %d |\n", what, median(how, 3), ratio(how, "batch"), \
			median(how, 4), median(how, 5), count[how]
}
{
	count[$1]++
	for (i = 3; i <= 5; i++)
		got[$1, count[$1], i] = $i
}
END {
	printf "\n**Answers, %d at once**, load %s\n\n", clients, load
	print "| what | a second | x the disk | p50 ms | p99 ms | runs |\n|---|--:|--:|--:|--:|--:|"
	row("batch", "the disk: one file, fdatasync in batches")
	row("append", "the same, a file that grows")
	row("store", "cop-l10n, a file for each answer")
	row("sealed", "cop-l10n, sealed")
	row("syncfs", "files, a syncfs for each batch")
	row("each", "files, an fdatasync for each")
	r = ratio("store", "batch")
	printf "\n| target | figure | limit | verdict |\n|---|--:|--:|---|\n"
	printf "| stored durably, x fdatasync in batches | %.2f | 0.5 | %s |\n", r, (r >= 0.5 ? "met" : "NOT MET")
}' "$runs/results"
