#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Killed (SIGKILL) at moments that dice give: build, update, push, fetch and
# serve.  After each: every file is the old or the new one, whole; what is
# served verifies; the ledger opens; and the same command once more ends well
# with the complete result and without leftovers.
# KILLS=100: so often each (5).  SEED=1: the dice of an earlier run.
top_builddir=$(cd "${top_builddir:?}" && pwd)
. "${top_srcdir:?}/tests/e2e/lib.sh"
kills=${KILLS:-5}
seed=${SEED:-$(date +%s)}
echo "# SEED=$seed KILLS=$kills"
# All fetches are from one server.
serve_seconds=$((120 + 20 * kills))
driver=$top_builddir/tests/torture/torture
fail_so=$top_builddir/tests/torture/.libs/fail.so
start_project
cp -R "$work/p" "$work/fresh"

# ---- build and update: the driver compares byte by byte ----
killed() { # killed DIR WHOLE ARG...
	dir=$1 whole=$2
	shift 2
	"$driver" -m time -t "$kills" -e "$seed" -d "$dir" -p "$fail_so" -w "$whole" \
		-o '*.tmp-*' -b "$1" "$COP_L10N" "$@" --now="$NOW"
}
cp -R "$work/fresh" "$work/build"
sed -i 's|care@example.org|help@example.org|' "$work/build/consultation.xml"
ok 'build' killed "$work/build" 'releases/2 releases/2/*' build
grep '^# build' "$work/out"
cp -R "$work/fresh" "$work/update"
sed -i 's/<p>Thank you!/<p>Thank you very much!/' "$work/update/forms/mini.xml"
ok 'update' killed "$work/update" '' update
grep '^# update' "$work/out"

# ---- push, serve and fetch: over a line, from one program to another ----
# The moments: fractions of the time that an undisturbed run takes.
awk -v seed="$seed" -v n=$((3 * kills)) 'BEGIN { srand(seed); for (i = 0; i < n; i++) print rand() * 1.1 }' >"$work/dice"
roll() { # roll MILLISECONDS: seconds to wait for
	dice=$((dice + 1))
	sed -n "${dice}p" "$work/dice" | awk -v ms="$1" '{ printf "%.4f", $1 * ms / 1000 }'
}
dice=0
ms() { echo $(($(date +%s%N) / 1000000)); }
held() { # held DIR: nothing yet, or a set that verifies
	[ ! -e "$1/current" ] || "$COP_L10N" verify "$1/current" --key "$work/p/keys/release.pub" --now="$NOW"
}
# What a server holds whole, and no set has claimed yet, waits in its staging
# folder for a day: a sender may still go on.
swept() { # swept DIR: nothing is left of what was broken off
	left=$(find "$1" -name '*.tmp*' -o -name '*.part')
	[ -z "$left" ] || { echo "left in $1: $left"; return 1; }
}
ledger_opens() {
	[ ! -e .cop-l10n/ledger.sqlite ] || cop deliveries verify
}
begin() { # a served folder that is empty, and nobody who knows of it
	chmod -R u+w "$work/office" "$work/home" .cop-l10n 2>/dev/null
	rm -rf "${work:?}/office" "${work:?}/home" .cop-l10n/ledger*
	serve "$work/office" --key keys/release.pub
	endpoint "$URL"
}
same_forms() { # same_forms DIR: the forms of the release, and all of them
	(cd releases/latest/north && find . -name '*.html' -o -name '*.xml') >"$work/names"
	while read -r f; do
		cmp "releases/latest/north/$f" "$1/current/$f" || return 1
	done <"$work/names"
}
all_there() {
	cop push || return
	held "$work/office" && same_forms "$work/office" && swept "$work/office" &&
		swept .cop-l10n && cop deliveries verify
}
# In the place of the shell: what is killed is the program.
cop_itself() { exec "$COP_L10N" "$@" --now="$NOW"; }
push_killed() {
	begin
	cop_itself push >/dev/null 2>&1 &
	pid=$!
	sleep "$(roll "$push_ms")"
	end $pid KILL
	held "$work/office" && ledger_opens && all_there
	rc=$?
	stop_server
	return $rc
}
serve_killed() {
	begin
	cop push --attempts 1 >/dev/null 2>&1 &
	pid=$!
	sleep "$(roll "$push_ms")"
	end "$server" KILL
	wait $pid
	held "$work/office" && ledger_opens || return 1
	address=${URL#http://}
	"$COP_L10N" serve "$work/office" --key keys/release.pub --listen "${address%/}" \
		--max-seconds 120 --now="$NOW" --format=json >"$work/again.log" 2>&1 &
	server=$!
	servers="$servers $server"
	i=0
	until grep -q '"address"' "$work/again.log" || [ $i -ge 200 ]; do
		i=$((i + 1))
		sleep 0.05
	done
	cop push --retry-now >/dev/null 2>&1
	all_there
	rc=$?
	stop_server
	return $rc
}
fetch_killed() {
	chmod -R u+w "$work/home" 2>/dev/null
	rm -rf "${work:?}/home"
	cop_itself fetch "$URL" "$work/home" --key keys/release.pub >/dev/null 2>&1 &
	pid=$!
	sleep "$(roll "$fetch_ms")"
	end $pid KILL
	held "$work/home" && cop fetch "$URL" "$work/home" --key keys/release.pub &&
		held "$work/home" && same_forms "$work/home" && swept "$work/home"
}
rounds() { # rounds COMMAND: again and again
	round=0
	while [ $round -lt "$kills" ]; do
		round=$((round + 1))
		"$1" || { echo "kill $round of SEED=$seed"; return 1; }
	done
}
begin
t=$(ms)
ok 'undisturbed, it is all there' all_there
push_ms=$(($(ms) - t))
t=$(ms)
ok 'undisturbed, it comes' cop fetch "$URL" "$work/home" --key keys/release.pub
fetch_ms=$(($(ms) - t))
echo "# push $push_ms ms, fetch $fetch_ms ms"
ok 'fetch' rounds fetch_killed
stop_server
ok 'push' rounds push_killed
ok 'serve' rounds serve_killed
