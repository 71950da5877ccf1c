#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh SRCDIR BUILDDIR: times what bench/tools*.txt say, every tool in turn, checks what they wrote, and prints tables.  README.md says
# what to set.
set -u
top=$1
src=$1/bench
build=$(cd "$2" && pwd) || exit 99
bench=$build/bench
sizes=${BENCH_SIZES-100 1000 10000 100000 1000000}
questions=${BENCH_QUESTIONS-12 1000}
entries=${BENCH_ENTRIES-50000 100000}
tools=${BENCH_TOOLS:-$src/tools.txt}
limit=${BENCH_LIMIT:-300}
peers_max=${BENCH_PEERS_MAX:-0}
langs='ar zh fr ru es pt'
results=$bench/runs/results
form='' all='' # of a project
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE
trap 'exit 130' HUP INT TERM

# The program itself: libtool's wrapper would add a shell to every run.
libs=$build/.libs
cop=$libs/cop-l10n
[ -x "$cop" ] || cop=$build/cop-l10n
if [ -n "${BENCH_COP_L10N:-}" ]; then
	cop=$BENCH_COP_L10N libs=
fi

rm -rf "$bench/runs"
mkdir -p "$bench/runs" || exit 99
: >"$results"

# current GENERATOR FILE...: whether what it made in $data is newer than these
current() {
	[ -e "$data/done" ] && [ -z "$(find "$@" -newer "$data/done")" ]
}

# data SIZE: the form and all that belongs to it, unless it is there
data() {
	data=$bench/data/$1
	current "$bench/gen" "$src/phrases.txt" && return
	echo "bench: making a form of $1 strings" >&2
	rm -rf "$data"
	mkdir -p "$data" && "$bench/gen" "$src/phrases.txt" "$1" "$data"
}

# project SIZE: the same for a project; SIZE is q12 for 12 questions
project() {
	data=$bench/data/$1
	if ! current "$bench/gen_project" "$src/project.sh" "$src/phrases.txt" \
		"$top/forms/interface.xml" "$top"/po/interface/*.po; then
		echo "bench: making a project of ${1#q} questions" >&2
		rm -rf "$data"
		sh "$src/project.sh" "$top" "$bench" "${1#q}" "$data" || return
		"$bench/measure" -l "$bench/runs/log" ${libs:+-e LD_LIBRARY_PATH=$libs} \
			"$cop" -C "$data" keygen keys/release >/dev/null || return
	fi
	form=$(echo "$data/forms/form.xml" "$data"/po/form/*.po)
	all=$(echo "$data"/*.xml "$data"/forms/*.xml "$data"/po/*/*.po)
}

# catalog SIZE: the same for one catalog; SIZE is c50000 for 50 000 entries
catalog() {
	data=$bench/data/$1
	current "$bench/gen" "$src/catalog.sh" "$src/phrases.txt" && return
	echo "bench: making a catalog of ${1#c} entries" >&2
	rm -rf "$data"
	sh "$src/catalog.sh" "$top" "$bench" "${1#c}" "$data"
}

# choose SIZE: the lines of the table that apply, as task_1, tool_1, command_1,
# and so on; $rows is their number
choose() {
	rows=0
	while IFS='|' read -r task tool needs most command; do
		case $task in '' | '#'*) continue ;; esac
		if [ -n "$needs" ] && ! command -v "$needs" >/dev/null 2>&1; then
			[ -z "${told_first-}" ] && echo "bench: skipped, no $needs: $task, $tool" >&2
			continue
		fi
		if [ -n "$most" ] && [ "${1#[qc]}" -gt "$most" ] && [ "${1#[qc]}" -gt "$peers_max" ]; then
			echo "bench: skipped at $1, too slow: $task, $tool" >&2
			continue
		fi
		rows=$((rows + 1))
		command=$(echo "$command" | sed "s|{floor}|$bench/floor|g; s|{update}|$bench/update|g; s|{cop}|$cop|g; \
			s|{data}|$data|g; s|{src}|$src|g; s|{form}|$form|g; s|{all}|$all|g; s|{out}|$bench/runs/$1/$rows|g")
		echo "row|$1|$task|$tool" >>"$results"
		eval "task_$rows=\$task tool_$rows=\$tool command_$rows=\$command runs_$rows=31"
	done <"$tools"
	told_first=1
}

# once ROW SIZE: runs it once in a new folder; leaves cpu wall peak status
once() {
	eval "task=\$task_$1 tool=\$tool_$1 command=\$command_$1"
	rm -rf "$bench/runs/$2/$1"
	mkdir -p "$bench/runs/$2/$1"
	env=
	case $command in "$cop "*) env=${libs:+-e LD_LIBRARY_PATH=$libs} ;; esac
	# shellcheck disable=SC2046,SC2086
	set -- $("$bench/measure" -t "$limit" -l "$bench/runs/log" $env $command)
	cpu=${1:-0} wall=${2:-0} peak=${3:-0} status=${4:-99}
}

# warm_up ROW SIZE: one run that does not count, and decides how many do
warm_up() {
	once "$1" "$2"
	if [ "$status" != 0 ]; then
		echo "bench: $task, $tool: status $status" >&2
		head -n 3 "$bench/runs/log" >&2
		echo "failed|$2|$task|$tool|$status" >>"$results"
		eval "runs_$1=0"
		return
	fi
	runs=$(echo "$wall" | awk '{ print $1 < 0.3 ? 31 : $1 < 2 ? 11 : 3 }')
	eval "runs_$1=$runs"
}

timed() { # timed ROW SIZE
	once "$1" "$2"
	if [ "$status" = 0 ]; then
		echo "run|$2|$task|$tool|$cpu|$wall|$peak" >>"$results"
	else
		echo "failed|$2|$task|$tool|$status" >>"$results"
		eval "runs_$1=0"
	fi
}

# verify_catalog: nothing is found in what is right, and one lost tag is; what
# did not change is translated, and nothing else
verify_catalog() {
	if [ "$task" = update ]; then
		have=$(msgfmt -c --statistics -o /dev/null "$out/fr.po" 2>&1 | sed -n 's/ translated.*//p')
		[ "$have" = "$(cat "$data/unchanged")" ] && echo right ||
			echo "WRONG: ${have:-0} of $(cat "$data/unchanged")"
	elif [ "$tool" = cop-l10n ]; then
		awk '/^msgstr "[^"]/ && !done { sub(/"/, "\"<b>"); done = 1 } 1' "$data/fr.po" >"$out/fr.po"
		LD_LIBRARY_PATH=$libs "$cop" lint "$out/fr.po" >/dev/null 2>&1
		[ $? = 4 ] && echo right || echo 'WRONG: 1 of 1'
	fi
}

# verify_preview: the page has a place for each text of the catalog
verify_preview() {
	sed -n 's/^msgctxt "\(.*\)"$/\1/p' "$data/po/form/fr.po" | sort -u >"$out/texts"
	grep -o 'id="[^"]*"' "$out/form.fr.html" | sed 's/id="//; s/"$//' | sort -u >"$out/places"
	lost=$(comm -23 "$out/texts" "$out/places" | wc -l)
	[ "$lost" = 0 ] && echo right || echo "WRONG: $lost of $(wc -l <"$out/texts")"
}

# verify ROW SIZE: whether what its last run left is right
verify() {
	eval "task=\$task_$1 tool=\$tool_$1 runs=\$runs_$1"
	[ "$runs" != 0 ] || return
	out=$bench/runs/$2/$1
	case $task in
	extract) set -- "$1" "$2" ids "$data/truth.ids" "$out/out.pot" ;;
	localize)
		set -- "$1" "$2" units
		for lang in $langs; do
			set -- "$@" "$data/truth.$lang" "$out/form.$lang.xml"
		done
		;;
	build) set -- "$1" "$2" release "$data" "$out/releases/1/partner" ;;
	preview)
		echo "output|$2|$task|$tool|$(verify_preview)" >>"$results"
		return
		;;
	lint | update)
		said=$(verify_catalog)
		[ -z "$said" ] || echo "output|$2|$task|$tool|$said" >>"$results"
		return
		;;
	*) return ;;
	esac
	size=$2
	shift 2
	echo "output|$size|$task|$tool|$("$bench/check" "$@")" >>"$results"
}

each() { # each COMMAND SIZE: for every row that has runs left
	row=1
	while [ $row -le $rows ]; do
		eval "runs=\$runs_$row"
		[ "$round" -gt "$runs" ] || "$1" $row "$2"
		row=$((row + 1))
	done
}

race() { # race SIZE WHAT: times and verifies all rows on what is in $data
	echo "size|$1|$(wc -l <"$data/truth.ids")" >>"$results"
	choose "$1"
	echo "bench: ${1#[qc]} $2, $rows rows" >&2
	round=0
	each warm_up "$1"
	while [ $round -lt 31 ]; do
		round=$((round + 1))
		each timed "$1"
	done
	round=0
	each verify "$1"
	rm -rf "$bench/runs/${1:?}"
}

for size in $sizes; do
	data "$size" || exit 99
	race "$size" strings
done
tools=$src/tools_project.txt
for size in $questions; do
	project "q$size" || exit 99
	race "q$size" questions
done

tools=$src/tools_catalog.txt
for size in $entries; do
	catalog "c$size" || exit 99
	race "c$size" entries
done

echo "processors: $(getconf _NPROCESSORS_ONLN); libxml2: $("$bench/floor" version)"
for tool in itstool xgettext po4a; do
	command -v $tool >/dev/null 2>&1 && $tool --version 2>/dev/null | sed q
done
awk -f "$src/report.awk" "$results"
