#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What every test is run by (tests/bounded.c) does end, and tells why.
set -u
: "${top_srcdir:?}" "${top_builddir:?}"
. "$top_srcdir/tests/tap.sh"
bounded=$top_builddir/tests/bounded
said=$(mktemp) || exit 99
trap 'rm -f "$said"' EXIT

# ends STATUS TITLE SECONDS COMMAND...
ends() {
	want=$1 title=$2
	shift 2
	"$bounded" "$@" >"$said" 2>&1
	got=$?
	[ $got = "$want" ] || sed "s/^/# $got: /" "$said"
	[ $got = "$want" ]
	verdict $? "$title"
}
tells() { # tells PATTERN TITLE: what was said last has such a line
	grep -Eq "$1" "$said"
	verdict $? "$2"
}
gone() { # gone SECONDS: nobody sleeps so long any more
	! grep -lsxz "$1" /proc/[0-9]*/cmdline
	verdict $? "nobody is left of those that sleep $1 seconds"
}

ends 0 'a good end is a good end' 60 sh -c 'echo 1..0'
tells '^1\.\.0$' 'what a test says is passed on'
ends 3 'a status is passed on' 60 sh -c 'exit 3'
ends 137 'a signal, too' 60 sh -c 'kill -KILL $$'
ends 0 'there is nothing to read' 60 cat
ends 0 'without a limit' 0 sleep 0.1
ends 124 'who hangs is stopped' 1 sh -c 'trap "" TERM; sleep 7001 & sleep 7002'
tells '^Bail out! it did not end in time' 'and the test is an error'
tells '^# running: .*: sleep 7001' 'and it is told what hung'
gone 7001
gone 7002
ends 99 'who leaves a server behind is told so' 60 sh -c 'setsid sleep 7003 & echo 1..0'
tells '^# left behind: .*: sleep 7003' 'by its name'
tells '^Bail out! it left processes behind' 'and the test is an error'
gone 7003
ends 0 'who ends a moment later is waited for' 60 sh -c 'sleep 0.3 & echo 1..0'
ends 127 'a command that is not there' 60 ./not-there
ends 2 'no command' 60
echo "1..$n"
