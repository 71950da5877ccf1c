# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by scripts of this folder.
rc=0
# configure looks for a shell that knows more, and finds bash, which takes twice
# as long as Debian's own for libtool, for what make runs and for the tests.
CONFIG_SHELL=${CONFIG_SHELL:-/bin/sh}
export CONFIG_SHELL

verdict() { # verdict STATUS WHAT: what a script found, on a line
	[ "$1" = 0 ] && echo "ok - $2" || { echo "not ok - $2"; rc=1; }
}

# copy_sources FROM TO: files that git has or would take; in a tarball all
copy_sources() {
	mkdir -p "$2"
	if [ -e "$1/.git" ]; then
		(cd "$1" && git ls-files -z --cached --others --exclude-standard |
			xargs -0 sh -c 'for f; do [ ! -e "$f" ] && [ ! -L "$f" ] || printf "%s\0" "$f"; done' - |
			tar -cf - --null -T -) | tar -C "$2" -xf -
	else
		(cd "$1" && tar -cf - --exclude=./_build .) | tar -C "$2" -xf -
	fi
}

# tests_but LIST PATTERN: of a list of the Makefile that is here (TESTS,
# unit_tests) the names that do not match as a whole
tests_but() {
	printf 'include Makefile\nprint:\n\t@echo $(%s)\n' "$1" | make -s -f - print |
		tr ' ' '\n' | grep -vxE "$2" | tr '\n' ' '
}

# Unit tests that wait by the clock: for deadlines, and to be killed in the middle.
clock_tests='delivery|engine|faults|fetch|fetch_faults|ledger|net_access|net_tls'
clock_tests="$clock_tests|outage|progress|push|push_faults|resume|rollback|serve|serve_gate|slow"
# The collector, and threads that store: posts and flushes have deadlines.
clock_tests="$clock_tests|collect|store|store_kill"
# Searches through thousands of sets of answers.
long_tests='hidden'
