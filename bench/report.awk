# SPDX-License-Identifier: GPL-3.0-or-later
# Tables and targets from the lines that run.sh leaves.  Ratios are those of
# one run: only what was measured in turn may be compared.
BEGIN {
	FS = "|"
	ONE = "floor|parse + serialise"
	SIX = "floor|parse + six serialisations"
	ALL = "floor|parse form and catalogs"
}

$1 == "size" { sizes[++count] = $2; different[$2] = $3 }
{ key = $3 "|" $4 }
$1 == "row" { order[$2, ++rows[$2]] = key }
$1 == "failed" { failed[$2, key] = $5 }
$1 == "output" { output[$2, key] = $5 }
$1 == "run" {
	i = ++runs[$2, key]
	cpu[$2, key, i] = $5 + 0
	wall[$2, key, i] = $6 + 0
	peak[$2, key, i] = $7 + 0
}

# the value in the middle of the runs; LOW is the least of them
function median(value, size, key,    n, i, j, v, t) {
	n = runs[size, key]
	for (i = 1; i <= n; i++) {
		t = value[size, key, i]
		for (j = i - 1; j >= 1 && v[j] > t; j--)
			v[j + 1] = v[j]
		v[j + 1] = t
	}
	LOW = n ? v[1] : 0
	return n ? (v[int((n + 1) / 2)] + v[int(n / 2) + 1]) / 2 : 0
}

function cpu_of(size, key) { return median(cpu, size, key) }

# sizes of projects are q12 and q1000, of 12 and 1000 questions
function floor_of(size, task) {
	return size ~ /^q/ ? ALL : task == "localize" ? SIX : ONE
}

function row(size, key,    part, c, cl, w, wl, p, floor) {
	split(key, part, "|")
	if ((size, key) in failed) {
		printf "| %-8s | %-26s | failed, status %s |\n", part[1], part[2], failed[size, key]
		return
	}
	c = median(cpu, size, key); cl = LOW
	w = median(wall, size, key); wl = LOW
	p = median(peak, size, key)
	floor = size ~ /^c/ ? 0 : cpu_of(size, floor_of(size, part[1]))
	printf "| %-8s | %-26s | %8.4f | %8.4f | %8.4f | %8.4f | %7.1f | %7.2f | %-20s | %4d |\n",
		part[1], part[2], c, cl, w, wl, p / 1024, floor ? c / floor : 0,
		(size, key) in output ? output[size, key] : "-", runs[size, key]
}

function table(size,    i) {
	if (size ~ /^c/)
		printf "\none catalog of %d entries\n\n", substr(size, 2)
	else if (size ~ /^q/)
		printf "\n%d questions, %d texts, six languages\n\n", substr(size, 2), different[size]
	else
		printf "\n%d strings, %d of them different\n\n", size, different[size]
	printf "| %-8s | %-26s | %8s | %8s | %8s | %8s | %7s | %7s | %-20s | %4s |\n",
		"task", "tool", "CPU s", "min", "wall s", "min", "MiB", "x floor", "output", "runs"
	print "|---|---|--:|--:|--:|--:|--:|--:|---|--:|"
	for (i = 1; i <= rows[size]; i++)
		row(size, order[size, i])
}

function measured(size, key) {
	return runs[size, key] > 0 && !((size, key) in failed)
}

# MOST is what a figure may be at most, and in words what would be better
function verdict(figure, most, right) {
	if (!right)
		return "missed: output wrong"
	if (most == "-")
		return "to compare"
	if (most ~ /below/)
		return figure < 1 ? "met" : "missed"
	if (figure > most + 0)
		return "missed"
	if (match(most, /goal [0-9.]+/))
		return figure <= substr(most, RSTART + 5, RLENGTH - 5) + 0 ? \
			"met, and the goal" : "met"
	return "met"
}

function target(what, figure, most, known, right) {
	printf "| %-54s | %8s | %-14s | %-20s |\n", what,
		known ? sprintf("%.2f", figure) : "-", most,
		known ? verdict(figure, most, right) : "not measured"
}

function is_right(size, key) { return output[size, key] == "right" }

function size_name(size) {
	return size ~ /^q/ ? substr(size, 2) " questions" : \
		size ~ /^c/ ? substr(size, 2) " entries" : size
}

function against(what, size, key, floor, most,    known) {
	known = measured(size, key) && measured(size, floor)
	target(what " at " size_name(size), known ? cpu_of(size, key) / cpu_of(size, floor) : 0,
		most, known, is_right(size, key))
}

function growth(what, size, key,    known) {
	known = measured(size, key) && measured(size * 10, key)
	target(what ", CPU growth from " size " to " size * 10,
		known ? cpu_of(size * 10, key) / cpu_of(size, key) : 0, "11",
		known, is_right(size, key) && is_right(size * 10, key))
}

function projects(    b, n, i, size) {
	b = "build|cop-l10n"
	against("build, CPU of parse form and catalogs", "q12", b, ALL, "3")
	target("build, CPU at 1000 questions, s", cpu_of("q1000", b), "1.5",
		measured("q1000", b), is_right("q1000", b))
	n = split("q12 q1000", size, " ")
	for (i = 1; i <= n; i++)
		against("build, CPU of our own reader", size[i], b,
			"read|cop-l10n status", "-")
	against("build, CPU of the form's own files", "q12", b,
		"floor|parse the form's own files", "-")
}

function catalogs() {
	against("lint, CPU of msgfmt -c", "c50000", "lint|cop-l10n", "lint|msgfmt -c", "below 1")
	# 0.05 is 20 times as fast
	against("update, CPU of msgmerge -N", "c100000", "update|cop-l10n",
		"update|msgmerge -N", "0.05")
}

# The whole command, which starts and reads everything: --watch does less.
function previews(    p, n, i, size) {
	p = "preview|cop-l10n"
	n = split("q12 q1000", size, " ")
	for (i = 1; i <= n; i++)
		target("preview anew, wall at " size_name(size[i]) ", s",
			median(wall, size[i], p), "0.1", measured(size[i], p), is_right(size[i], p))
}

END {
	for (i = 1; i <= count; i++) {
		table(sizes[i])
		asked[sizes[i]] = 1
	}
	e = "extract|cop-l10n"
	l = "localize|cop-l10n"
	print "\ntargets\n"
	printf "| %-54s | %8s | %-14s | %-20s |\n", "what", "figure", "at most", "verdict"
	print "|---|--:|---|---|"
	for (n = 10000; n <= 100000; n *= 10)
		against("extract, CPU of parse + serialise", n, e, ONE, "1.5 (goal 1.2)")
	for (n = 10000; n <= 100000; n *= 10)
		against("localize, CPU of parse + six serialisations", n, l, SIX, "1.5 (goal 1.2)")
	for (n = 10000; n <= 100000; n *= 10)
		target("localize, wall of its CPU at " n,
			cpu_of(n, l) ? median(wall, n, l) / cpu_of(n, l) : 0,
			"below 1", measured(n, l), is_right(n, l))
	for (n = 10000; n < 1000000 && (n == 10000 || (n * 10) in asked); n *= 10) {
		growth("extract", n, e)
		growth("localize", n, l)
	}
	target("localize, peak memory at 100000, MB",
		median(peak, 100000, l) * 1024 / 1e6, "200", measured(100000, l),
		is_right(100000, l))
	against("small form, CPU of parse + six serialisations", 100, l, SIX, "2")
	projects()
	previews()
	catalogs()
}
