#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One command a case (tests/torture/cases): it is run again and again, and in
# each run another allocation, write, fsync, rename, link, mkdir, truncation,
# read, opening or closing fails once.  Asked of each run: a documented exit
# status, no signal, no leak, some word why, every file the old or the new one
# whole, and exit 0 only with the output of an undisturbed run.  Then the same
# with SIGKILL before, within and after each call that changes files, and the
# command once more, which must end with the complete result.
#
#   TORTURE=sample   the default, in "make check": some commands; of the ways that
#                    lead to an allocation each STRIDE-th (307), of other calls
#                    each STRIDE-th/8
#   TORTURE=ways     each way that leads to an allocation, each other call
#   TORTURE=all      each allocation, each other call ("make torture")
#   CASES="build update"   only these
#   KINDS="alloc write"    only these calls
#   MODES="fail kill"      only these
# A finding says how to repeat it: run the case with KEEP=1, go to the folder
# that it names, and start the line with COPL_FAIL= there.
set -u
top_srcdir=$(cd "${top_srcdir:?}" && pwd)
top_builddir=$(cd "${top_builddir:?}" && pwd)
here=$top_srcdir/tests/torture
. "$top_srcdir/tests/children.sh"
program=$top_builddir/.libs/cop-l10n
[ -x "$program" ] || program=$top_builddir/cop-l10n
COP_L10N=$program
COP_L10N_LIBEXECDIR=$(dirname "$program")
LD_LIBRARY_PATH=$COP_L10N_LIBEXECDIR${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export COP_L10N COP_L10N_LIBEXECDIR LD_LIBRARY_PATH top_srcdir
unset LANGUAGE
# In memory, where there is room: each run writes files and flushes them.
free=$(df -kP /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
[ -n "${TMPDIR:-}" ] || [ "${free:-0}" -lt 262144 ] || [ ! -w /dev/shm ] || TMPDIR=/dev/shm
work=$(mktemp -d "${TMPDIR:-/tmp}/torture-XXXXXX") || exit 99
servers=
finish() {
	stop_servers
	[ -n "${KEEP:-}" ] && echo "# kept: $work" && return
	chmod -R u+w "$work"
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 99' HUP INT TERM
fail_so=$(ls "$top_builddir"/tests/torture/.libs/fail.so "$top_builddir/tests/torture/fail.so" 2>/dev/null | head -n 1)
driver=$top_builddir/tests/torture/torture
leak_so=${LEAK_SO-$(gcc -print-file-name=liblsan.so 2>/dev/null)}
[ -e "$leak_so" ] || leak_so=
NOW=2027-01-12T08:00:00Z
n=0
[ -n "$fail_so" ] || {
	echo "1..0 # SKIP it needs shared libraries"
	exit 0
}

cop() {
	"$COP_L10N" "$@" --now=$NOW
}
# shellcheck source=tests/torture/starts.sh
. "$here/starts.sh"

# start NAME: the folder that a case begins with, made once and then copied
start() {
	if [ ! -d "$work/start-$1" ]; then
		mkdir "$work/start-$1"
		(cd "$work/start-$1" && "start_$1") >"$work/start.log" 2>&1 || {
			sed 's/^/# /' "$work/start.log"
			echo "Bail out! the start of a case does not work: $1"
			exit 99
		}
	fi
	cp -R "$work/start-$1/." .
}

# serve_held: a server that shows what was delivered; its address is in $URL
serve_held() {
	"$COP_L10N" push --now=$NOW >"$work/held.log" 2>&1
	mv holder "$work/held"
	"$COP_L10N" serve "$work/held" --key keys/release.pub --listen 127.0.0.1:0 \
		--max-seconds 36000 --read-only --now=$NOW --format=json >"$work/serve.log" 2>&1 &
	servers="$servers $!"
	URL=
	i=0
	while [ -z "$URL" ] && [ $i -lt 200 ]; do
		URL=$(sed -n 's|.*"address":"\([^"]*\)".*|http://\1/|p' "$work/serve.log" | head -n 1)
		i=$((i + 1))
		[ -n "$URL" ] || sleep 0.05
	done
	rm -rf .cop-l10n
}
stop_servers() {
	for pid in $servers; do
		end "$pid"
	done
	servers=
	rm -rf "$work/held"
}

# try MODE KINDS STRIDE: what the case has set is given to the driver
# A process that is killed leaves its temporary files to the next run.
try() {
	left=$leftover
	[ "$1" != kill ] || left="$left *.tmp-*"
	# shellcheck disable=SC2086 # words are meant
	"$driver" -d "$dir" -p "$fail_so" ${leak_so:+-l "$leak_so"} -i "$in" \
		-m "$1" -k "${KINDS:-$2}" -s "$3" -b "$name" -x "$here/third-party" \
		-y "$here/lsan.supp" -a "$also" -r "$again" -q "$other" -w "$whole" -v "$vary" -o "$left" \
		${check:+-c "$check"} ${stop:+-S "$stop"} ${client:+-C "$client"} \
		"$COP_L10N" $args --now=$NOW >"$work/out" 2>&1
	rc=$?
	n=$((n + 1))
	grep '^#' "$work/out"
	[ $rc = 99 ] && sed 's/^/# /' "$work/out"
	if [ $rc = 0 ]; then
		echo "ok $n - $name, $1"
	else
		echo "not ok $n - $name, $1"
	fi
}

files='open write fsync close rename link mkdir truncate unlink'
run_case() {
	args=$name in=cop-l10n also='' again='' other='' whole='' vary='' leftover='' check='' stop='' client=''
	stride=${STRIDE:-307}
	dir=$work/$name
	mkdir "$dir" && cd "$dir" || exit 99
	# shellcheck source=/dev/null
	. "$here/cases/$name"
	case ${TORTURE:-sample} in
	all) set -- "every $files read" 1 ;;
	ways) set -- "alloc $files read" 1 ;;
	*) set -- alloc "$stride" ;;
	esac
	sample=1
	[ "${TORTURE:-sample}" != sample ] || sample=$(((stride + 7) / 8))
	for mode in ${MODES:-fail kill}; do
		case $mode in
		fail)
			try fail "$1" "$2"
			[ $sample = 1 ] || try fail "$files read" $sample
			;;
		kill) try kill "$files" $sample ;;
		esac
	done
	cd "$work" || exit 99
	stop_servers
	[ -n "${KEEP:-}" ] || { chmod -R u+w "$dir" && rm -rf "$dir"; }
}

[ "${TORTURE:-sample}" != sample ] ||
	CASES=${CASES:-build-first import keygen lint publish push update verify}
for file in "$here"/cases/*; do
	name=$(basename "$file")
	case " ${CASES:-$name} " in
	*" $name "*) run_case ;;
	esac
done
echo "1..$n"
