#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh SRCDIR BUILDDIR: what push, fetch and serve cost, beside other tools in the same run, and whether the limits hold.  README.md of
# bench says what to set.
set -u
top=$(cd "$1" && pwd) || exit 99
bench_src=$top/bench
src=$bench_src/delivery
build=$(cd "$2" && pwd) || exit 99
bench=$build/bench
parts=${BENCH_PARTS:-push many silent ledger tls serve idle fetch}
endpoints=${BENCH_ENDPOINTS:-1000}
many=${BENCH_MANY:-10000}
silent=${BENCH_SILENT:-20}
patience=${BENCH_PATIENCE:-10}
handshakes=${BENCH_HANDSHAKES:-500}
idle=${BENCH_IDLE:-5000}
rounds=${BENCH_ROUNDS:-3}
seconds=${BENCH_SECONDS:-3}
slow=${BENCH_SLOW:-15}
limit=${BENCH_LIMIT:-300}
now=2027-01-12T08:00:00Z
runs=${BENCH_RUNS:-$bench/delivery/runs}
results=$runs/results
measure=$bench/measure
peer=$bench/delivery/peer
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

# The program itself: libtool's wrapper would add a shell to every run.
libs=$build/.libs
cop=$libs/cop-l10n
cop_set="LD_LIBRARY_PATH=$libs COP_L10N_LIBEXECDIR=$libs"
# Without shared libraries there is no wrapper.
[ -x "$cop" ] || cop=$build/cop-l10n cop_set="COP_L10N_LIBEXECDIR=$build"
if [ -n "${BENCH_COP_L10N:-}" ]; then
	cop=$BENCH_COP_L10N cop_set=
fi
cop_env=
for set in $cop_set; do
	cop_env="$cop_env -e $set"
done

. "$top/tests/children.sh"
. "$src/lib.sh"
. "$src/push.sh"
. "$src/serve.sh"

rm -rf "${runs:?}"
mkdir -p "$runs" || exit 99
# What the servers keep is in memory where that is possible: a disk says
# nothing about any of the programs.
sites=
for disk in $(df --output=avail,target -t tmpfs 2>/dev/null | awk '$1 > 1000000 { print $2 }'); do
	sites=$(mktemp -d -p "$disk" bench.XXXXXX 2>/dev/null) && break
done
[ -n "$sites" ] || sites=$(mktemp -d "$runs/sites.XXXXXX") || exit 99
trap finish EXIT
trap 'exit 130' HUP INT TERM
: >"$results"

# Every connection is an open file, on both sides.
# shellcheck disable=SC3045
ulimit -n "$(ulimit -H -n)" 2>/dev/null
# shellcheck disable=SC3045
files=$(ulimit -n)
[ "$files" != unlimited ] || files=65536
note environment "$(getconf _NPROCESSORS_ONLN)" "$files" "$(cut -d' ' -f1 /proc/loadavg)"

# fits COUNT WHAT: whether so many files may be open
fits() {
	[ "$files" -ge $(($1 + 200)) ] && return
	tell "skipped, $files open files are allowed: $2"
	note skipped "$2" "$files open files are allowed"
	return 1
}

# possible PART: what it takes is here
possible() {
	case $1 in
	fetch | idle) ;;
	*) needs nginx "$1" || return ;;
	esac
	case $1 in
	many) fits "$many" "$many endpoints" ;;
	push | silent | ledger) fits "$endpoints" "$endpoints endpoints" ;;
	idle) fits "$idle" "$idle idle connections" ;;
	esac
}

failed=0
project || exit 99
for part in $parts; do
	possible "$part" || continue
	"part_$part" || {
		tell "$part: could not be measured"
		note skipped "$part" 'it could not be measured'
		failed=99
	}
	note load "$part" "$(cut -d' ' -f1 /proc/loadavg)"
done
for tool in nginx curl rclone wrk; do
	command -v $tool >/dev/null 2>&1 || continue
	case $tool in
	nginx) nginx -v 2>&1 ;;
	curl) curl --version | cut -d' ' -f1-4 | sed q ;;
	rclone) rclone version 2>/dev/null | sed q ;;
	wrk) wrk -v 2>/dev/null | cut -d' ' -f1-2 | sed q ;;
	esac
done
awk -v endpoints="$endpoints" -v many="$many" -v silent="$silent" -v patience="$patience" -v handshakes="$handshakes" \
	-v idle="$idle" -f "$src/report.awk" "$results"
exit $failed
