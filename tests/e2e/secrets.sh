#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A token goes to the endpoint and nowhere else: no argument, event,
# finding, ledger, log or core dump has it.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs curl
start_project
secret=pa55-5e1f-7f3a9c
printf '%s\n' "$secret" >keys/token
chmod 600 keys/token
mkdir said
serve office --fingerprint "$FP" --token-file keys/token --access-log said/access
office=$URL

project() {
	sed -i "s|<endpoint [^>]*/>|<endpoint url=\"$office\" auth=\"bearer\" secret=\"$1\"/>|" consultation.xml
}
# Every argument on this machine, again and again.
watch() {
	while :; do
		cat /proc/[0-9]*/cmdline | tr '\0' '\n' | grep -F -f keys/token >>said/arguments
	done 2>/dev/null
}
hidden() { # nothing but the file of the token has it
	! grep -rlF -f keys/token said office/current .cop-l10n ./*.log releases consultation.xml
}

# A pipe that somebody holds open and writes no passphrase to: 30 seconds.
mkfifo keys/pipe
sleep 120 >keys/pipe &
servers="$servers $!"
(
	began=$(date +%s)
	timeout 100 "$COP_L10N" keygen keys/slow --passphrase-file=keys/pipe --now="$NOW" >said/slow 2>&1
	echo "$? $(($(date +%s) - began))" >said/slow.end
) &
slow=$!

watch &
watcher=$!
servers="$servers $watcher"
for way in file:keys/token 'command:cat keys/token' fd:3; do
	project "$way"
	name=${way%%:*}
	cop push --format=json 3<keys/token >"said/$name.events" 2>"said/$name.findings"
	ok "a token comes in by $name" grep -q '"event":"pushed"\|"event":"delivered"\|"event":"installed"\|"event":"unchanged"' "said/$name.events"
	cop endpoint check north 3<keys/token >"said/$name.check" 2>&1
	cop deliveries 3<keys/token >"said/$name.deliveries" 2>&1
	cop build >/dev/null 2>&1
done
printf '%s-wrong\n' "$secret" >keys/other
chmod 600 keys/other
project file:keys/other
cop endpoint check --format=json >said/wrong.events 2>&1
ok 'a wrong one is refused' grep -q endpoint-auth said/wrong.events
project "command:sh -c 'cat keys/token; exit 3'"
cop endpoint check >said/failed 2>&1
ok 'what a command printed that failed is not shown' grep -q secret-command said/failed
signal HUP "${server:?}"
printf 'Authorization: Bearer %s\n' "$secret" >keys/field
curl -s -o /dev/null -H @keys/field -T keys/token "${office}mini.ar.html"
ok 'the server has noted that request' grep -q '"PUT"' said/access
ok 'no argument had it' test ! -s said/arguments
sh -c 'sleep 1' "$secret" # one that has it is seen
ok 'as one that had would have been seen' test -s said/arguments
end "$watcher"
rm said/arguments
ok 'nothing has it' hidden

wait "$slow"
ended() { # with status 3, in time, and nothing made
	read -r status seconds <said/slow.end
	[ "$status" = 3 ] && [ "$seconds" -ge 29 ] && [ "$seconds" -le 60 ] &&
		grep -q '\[io-read\]' said/slow && ! ls keys/slow* 2>/dev/null
}
ok 'a passphrase is waited for, as long as the pages say, and no longer' ended

# ---- what the system keeps of a process that ends badly ----
# Under sanitizers the process must be open to them.
if grep -qs __asan_init "$COP_L10N"; then
	n=$((n + 1))
	echo "ok $n - a process that nobody looks into # SKIP sanitizers look into it"
	exit 0
fi
ok 'its limit for cores is none' sh -c "grep -q '^Max core file size  *0  *0 ' /proc/$server/limits"
mkdir cores
# shellcheck disable=SC3045 # where it is not there, no core is written
ulimit -c unlimited 2>/dev/null
# Root looks into everything by its privileges; without them it is a user.
as=
if [ "$(id -u)" = 0 ]; then
	needs setpriv
	as='setpriv --bounding-set=-all --inh-caps=-all'
fi
(cd cores && exec $as sleep 60) &
other=$!
servers="$servers $other"
(
	cd cores || exit 99
	exec $as "$COP_L10N" serve ../second --fingerprint "$FP" --token-file ../keys/token \
		--listen 127.0.0.1:0 --max-seconds 60 --now="$NOW"
) >second.log 2>&1 &
second=$!
servers="$servers $second"
i=0
until grep -q listening second.log || [ $i -ge 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
looked_into() { # looked_into PID: by the same user
	$as cat "/proc/$1/environ" >/dev/null && $as head -c 0 "/proc/$1/mem"
}
denied() {
	! looked_into "$second" 2>denial && grep -q 'denied' denial
}
ok 'who has the same user can look into another process' looked_into "$other"
ok 'but not into this one' denied
end "$second" SEGV
ok 'a core is not written' test -z "$(ls cores)"
end "$other" SEGV
# Where this system pipes cores elsewhere, the limit and owner above tell.
if [ -n "$(ls cores)" ]; then
	ok 'another process writes one' true
fi
