# SPDX-License-Identifier: GPL-3.0-or-later
# What gcov -b -c -t prints becomes a table of rooms; exit 1 below a floor.
function percent(part, whole) { return whole ? 100 * part / whole : 100 }
function row(name, m) {
	printf "%-10s %6d %6.1f %6d %6.1f %6d %6.1f\n", name,
		lines[m], percent(ran[m], lines[m]), functions[m], percent(called[m], functions[m]),
		branches[m], percent(taken[m], branches[m])
}
function add(counter, hit, ran_so_far) {
	counter[room]++
	counter["all"]++
	if (hit) {
		ran_so_far[room]++
		ran_so_far["all"]++
	}
}
function low(what, value, floor) {
	if (value >= floor)
		return
	printf "%s: %.1f %% is under the floor of %d %%\n", what, value, floor
	bad = 1
}

# What a header brings is counted nowhere: it would come once for each user.
/^ *-: +0:Source:/ {
	room = ""
	if (match($0, /src\/[a-z0-9]+\/[a-z0-9_]+\.c$/)) {
		file = substr($0, RSTART)
		split(file, part, "/")
		room = part[2]
		if (!(room in lines))
			name[++n] = room
	}
}
room == "" { next }
/^function / {
	add(functions, $4 > 0, called)
	if ($4 == 0)
		silent[++uncalled] = file ": " $2
	next
}
/^branch / { add(branches, $4 ~ /^[0-9]+$/ && $4 > 0, taken); next }
/^ *[0-9]+\*?: / { add(lines, 1, ran); next }
/^ *(#####|=====): / { add(lines, 0, ran) }

END {
	print "room        lines   run %  func.  run %  bran.  taken %"
	for (i = 1; i <= n; i++)
		row(name[i], name[i])
	row("all", "all")
	for (i = 1; i <= uncalled; i++)
		print "never called: " silent[i]
	for (i = 1; i <= n; i++)
		low("lines of " name[i], percent(ran[name[i]], lines[name[i]]), room_floor)
	low("lines", percent(ran["all"], lines["all"]), lines_floor)
	low("functions", percent(called["all"], functions["all"]), functions_floor)
	if (lines["all"] < 10000) {
		print "gcov said hardly anything: " lines["all"] + 0 " lines"
		bad = 1
	}
	exit bad
}
