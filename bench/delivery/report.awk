# SPDX-License-Identifier: GPL-3.0-or-later
# Tables and limits from the lines that run.sh of delivery leaves.  Other work on
# the machine only ever adds, so the least of the runs is taken.
BEGIN { FS = "|" }

$1 == "environment" { processors = $2; files = $3; load = $4 }
$1 == "set" { set_files = $2; set_bytes = $3 }
$1 == "fetched" { fetched_files = $2; fetched_bytes = $3 }
$1 == "changed" { changed = $2 }
$1 == "bodies" { bodies = $2 }
$1 == "authorities" { authorities = $2 }
$1 == "load" { load = load ", " $3 " after " $2 }
$1 == "skipped" { skipped[++skips] = $2 ": " $3 }
$1 == "run" {
	key = $2 SUBSEP $3
	if (!(key in n))
		order[++keys] = key
	n[key]++
	for (i = 4; i <= NF; i++) {
		if (n[key] == 1 || $i + 0 < least[key, i])
			least[key, i] = $i + 0
		if (n[key] == 1 || $i + 0 > most[key, i])
			most[key, i] = $i + 0
		last[key, i] = $i
	}
	if ($2 ~ /^(push|second|many|silent|handshakes)/ || $3 == "push")
		check(key, $7, $9)
}

# a run counts when it ended well and every file is right, byte for byte
function check(key, status, digests,    part) {
	split(digests, part, "/")
	if (part[1] != part[2] || (status != 0 && key !~ /^silent/))
		wrong[key] = "status " status ", " digests
}

function have(what, tool) { return (what, tool) in n }
function cpu(what, tool) { return least[what, tool, 4] }
function wall(what, tool) { return least[what, tool, 5] }
function peak(what, tool) { return most[what, tool, 6] * 1024 / 1e6 }

function row(key,    part) {
	split(key, part, SUBSEP)
	if (part[1] !~ /^(push|second|many|silent|handshakes|ledger)/)
		return
	printf "| %-12s | %-20s | %9.3f | %8.2f | %8.1f | %8d | %-24s | %4d |\n", part[1], part[2], \
		part[1] == "silent" ? 0 : least[key, 4], least[key, 5], most[key, 6] * 1024 / 1e6, \
		last[key, 8], key in wrong ? "WRONG: " wrong[key] : last[key, 9], n[key]
}

# FIGURE may be AT_MOST; LEAST is set where it must be so much instead
function target(what, figure, limit, known, right, at_least,    ok) {
	ok = at_least ? figure >= limit : figure <= limit
	printf "| %-62s | %10s | %-8s | %-12s |\n", what, \
		known ? sprintf(figure == int(figure) ? "%d" : "%.3f", figure) : "-", \
		(at_least ? ">= " : "<= ") limit, !known ? "not measured" : \
		!right ? "output wrong" : ok ? "met" : "MISSED"
}

function right(what, tool) { return !((what, tool) in wrong) }

function against(scheme, limit,    what, known) {
	what = "push " scheme
	known = have(what, "cop-l10n") && have(what, "curl --parallel")
	target(scheme ", CPU of curl --parallel", known ? \
		cpu(what, "cop-l10n") / cpu(what, "curl --parallel") : 0, limit, known, \
		right(what, "cop-l10n") && right(what, "curl --parallel"))
	known = have(what, "cop-l10n") && have(what, "rclone")
	compare(scheme ", CPU of rclone", known ? cpu(what, "cop-l10n") / cpu(what, "rclone") : 0, known)
	known = have(what, "cop-l10n, read back") && have(what, "curl --parallel")
	compare(scheme ", everything read back, CPU of curl --parallel (no proof)", known ? \
		cpu(what, "cop-l10n, read back") / cpu(what, "curl --parallel") : 0, known)
}

function compare(what, figure, known) {
	if (known)
		printf "| %-62s | %10.3f | %-8s | %-12s |\n", what, figure, "-", "to compare"
}

function ledger(    known, alone) {
	known = have("ledger", "push") && have("ledger", "alone")
	alone = cpu("ledger", "alone")
	target("ledger, CPU that it adds to a push, %", known && cpu("ledger", "push") > alone ? \
		100 * alone / (cpu("ledger", "push") - alone) : 0, 15, known, right("ledger", "push"))
}

function tls(    known) {
	known = have("handshakes", "https") && have("handshakes", "http")
	target(handshakes " TLS origins, " authorities " authorities, CPU ms each", known ? \
		1000 * (cpu("handshakes", "https") - cpu("handshakes", "http")) / handshakes : 0, \
		2, known, right("handshakes", "https"))
	if (have("alone", "openssl"))
		compare("one handshake of openssl s_time, which does nothing else, CPU ms", least["alone", "openssl", 4], 1)
}

function served(what,    known) {
	known = have(what, "cop-l10n") && have(what, "nginx") && most[what, "nginx", 4] > 0
	target("serve, " what " a second, of nginx", known ? \
		most[what, "cop-l10n", 4] / most[what, "nginx", 4] : 0, 0.9, known, 1, 1)
	if (!known)
		return
	if (most[what, "nginx, open_file_cache", 4] > 0)
		compare("serve, " what " a second, of nginx with open_file_cache", \
			most[what, "cop-l10n", 4] / most[what, "nginx, open_file_cache", 4], 1)
	# the same limit as the rate, where other work does not come between
	target("serve, " what ", CPU of nginx a request", \
		least[what, "nginx", 5] ? least[what, "cop-l10n", 5] / least[what, "nginx", 5] : 0, 1.11, 1, 1)
}

function fetches(    all) {
	all = last["fetch", "first", 11] == "yes" && last["fetch", "changed", 11] == "yes"
	target("fetch, first, all of " fetched_files " files (" int(fetched_bytes / 1000) " kB), kB over the wire", \
		last["fetch", "first", 9] / 1000, 300, have("fetch", "first"), all)
	target("fetch, again, requests", last["fetch", "again", 8], 1, have("fetch", "again"), all)
	target("fetch, again, bytes over the wire", last["fetch", "again", 9], 1000, have("fetch", "again"), all)
	target("fetch, one text changed, files that came of " changed " that differ", bodies, changed, \
		have("fetch", "changed"), all)
	if (have("fetch", "changed"))
		compare("fetch, one text changed, kB over the wire", last["fetch", "changed", 9] / 1000, 1)
}

function pushes(    s) {
	against("http", 0.45)
	target("http, peak memory, MB", peak("push http", "cop-l10n"), 32, have("push http", "cop-l10n"), \
		right("push http", "cop-l10n"))
	against("https", 0.25)
	target("https, peak memory, MB", peak("push https", "cop-l10n"), 64, have("push https", "cop-l10n"), \
		right("push https", "cop-l10n"))
	target(many " endpoints, peak memory, MB", peak("many", "cop-l10n"), 40, have("many", "cop-l10n"), \
		right("many", "cop-l10n"))
	s = silent " silent first, "
	target(s endpoints " others served after, s", least["silent", "cop-l10n", 4], 3, \
		have("silent", "cop-l10n"), right("silent", "cop-l10n"))
	if (have("push http", "cop-l10n"))
		compare("the same without them, wall, s", wall("push http", "cop-l10n"), 1)
	target(s "the end after, s", wall("silent", "cop-l10n"), 15, have("silent", "cop-l10n"), \
		right("silent", "cop-l10n"))
	target("second push, http, requests", last["second http", "cop-l10n", 8], 0, \
		have("second http", "cop-l10n"), right("second http", "cop-l10n"))
	target("second push, https, requests", last["second https", "cop-l10n", 8], 0, \
		have("second https", "cop-l10n"), right("second https", "cop-l10n"))
}

END {
	printf "processors: %d; open files: %d; load: %s\n", processors, files, load
	printf "a set: %d files, %d bytes; %d endpoints\n\n", set_files, set_bytes, endpoints
	printf "| %-12s | %-20s | %9s | %8s | %8s | %8s | %-24s | %4s |\n", "what", "tool", "CPU s", "wall s", \
		"MB", "requests", "files right", "runs"
	print "|---|---|--:|--:|--:|--:|---|--:|"
	for (i = 1; i <= keys; i++)
		row(order[i])
	for (i = 1; i <= keys; i++)
		if (order[i] ~ /^(GET|304)/) {
			split(order[i], part, SUBSEP)
			printf "\n%s, %s: %d a second, %.1f us of CPU each", part[1], part[2], \
				most[order[i], 4], least[order[i], 5]
		}
	print "\n\nlimits\n"
	if (endpoints != 1000 || many != 10000 || silent != 20 || handshakes != 500 || idle != 5000)
		print "They are meant for the numbers in bench/README.md: with fewer, the start of a program weighs more.\n"
	printf "| %-62s | %10s | %-8s | %-12s |\n", "what", "figure", "limit", "verdict"
	print "|---|--:|---|---|"
	pushes()
	ledger()
	tls()
	served("GET")
	served("304")
	if (have("idle", "cop-l10n"))
		target(last["idle", "cop-l10n", 4] " idle connections, MB", last["idle", "cop-l10n", 6] * 1024 / 1e6, \
			64, 1, last["idle", "cop-l10n", 4] == idle)
	else
		target(idle " idle connections, MB", 0, 64, 0)
	fetches()
	for (i = 1; i <= skips; i++)
		print (i == 1 ? "\n" : "") "skipped: " skipped[i]
}
