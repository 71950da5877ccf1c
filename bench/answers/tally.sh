#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tally.sh SRCDIR BUILDDIR: CPU and memory of counting stored answers.  README.md of bench says what the rows are.
set -u
src=$(cd "$1" && pwd) || exit 99
build=$(cd "$2" && pwd) || exit 99
sizes=${BENCH_TALLY_SIZES:-10000 100000}
rounds=${BENCH_ROUNDS:-3}
LC_ALL=C.UTF-8
COP_L10N_LIBEXECDIR=$build
export LC_ALL COP_L10N_LIBEXECDIR
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

cd "$work" || exit 99
cp -R "$src/consultation.xml" "$src/forms" "$src/po" . && chmod -R u+w .
"$build/cop-l10n" keygen >/dev/null && "$build/cop-l10n" build --draft >/dev/null 2>&1 || exit 99

echo '| answers | CPU s | a second of CPU | wall s | peak MiB |'
echo '|---|---|---|---|---|'
for n in $sizes; do
	"$build/bench/answers/gen" "a$n" "$n" 1 1 --draft forms/digital_skills.xml forms/online_bullying.xml || exit 99
	round=0
	while [ "$round" -lt "$rounds" ]; do
		round=$((round + 1))
		"$build/bench/measure" -l log "$build/cop-l10n" tally "a$n"/* --draft --html page.html
	done | sort -n | awk -v n="$n" '
		$4 != 0 { bad = 1 }
		{ row[NR] = $0 }
		END {
			split(row[int((NR + 1) / 2)], f, " ")
			if (bad || NR == 0)
				printf "| %d | failed | | | |\n", n
			else
				printf "| %d | %.2f | %d | %.2f | %.1f |\n", n, f[1], n / f[1], f[2], f[3] / 1024
		}'
done
