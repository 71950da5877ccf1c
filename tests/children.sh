# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by scripts that start processes.  The number of one that has ended may
# be anybody's soon after: in a run of all tests the system gives each number
# again every few minutes.  So nobody is signalled by number alone.

# running PID: one that this script started, and that has not ended
running() {
	if [ -d /proc/self ]; then
		awk -v me=$$ '/^State:/ { ended = $2 == "Z" } /^PPid:/ { parent = $2 }
			END { exit !(parent == me && !ended) }' "/proc/$1/status" 2>/dev/null
	else
		kill -0 "$1" 2>/dev/null
	fi
}
# signal SIGNAL PID: if it is running
signal() {
	running "$2" && kill -s "$1" "$2" 2>/dev/null
}
# end PID [SIGNAL]: one that was started here, and waits for it; its status
end() {
	signal "${2:-TERM}" "$1"
	wait "$1" 2>/dev/null
}
