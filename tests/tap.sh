# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that count for themselves: TAP, a line a verdict.  The plan,
# 1..N, is theirs.
n=0

verdict() { # verdict STATUS TITLE
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" || echo "not ok $n - $2"
}
same() { # same LEFT RIGHT TITLE: two files, and what differs
	diff -u "$1" "$2" | sed 's/^/# /'
	cmp -s "$1" "$2"
	verdict $? "$3"
}
