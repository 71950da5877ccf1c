#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the documents show is what the program does.  In a ```console block of
# README.md and docs/ (in a list as well), each line "$ cop-l10n ...", "$ minisign ...",
# "$ sha256sum ...", "$ cat ...", "$ diff ...", "$ msginit ..." or "$ msgmerge ..." is run in a
# copy of the shipped project, in the order of the document, and must succeed; the
# lines below it are compared with what it prints.  "…" in a line stands for any
# text, a line "…" for any lines.  A block whose fence names a file behind the
# language (```xml guide.xml) is written to that file when its turn comes.
# The example address and fingerprint stand for a real office that this test
# sets up.
set -u
work=$(mktemp -d) || exit 99
server=
finish() {
	[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
cd "${top_srcdir:?}" || exit 99
example_url=https://forms.example.org/africa/
example_print='3F2A 91C0 55D1 0B7E 42A9 C3E8 7710 9AD4 61BC 08F5'
SOURCE_DATE_EPOCH=1799568000
export SOURCE_DATE_EPOCH
mkdir "$work/bin"
printf '#!/bin/sh\nexec "%s" "$@"\n' "${COP_L10N:?}" >"$work/bin/cop-l10n"
chmod +x "$work/bin/cop-l10n"
PATH=$work/bin:$PATH
n=0

new_project() { # new_project FOLDER
	mkdir -p "$1" && cp -R consultation.xml forms po "$1" && chmod -R u+w "$1"
}

# The office of Africa holds a release: its address in $url, the key's
# fingerprint in $print.
start_office() {
	new_project "$work/site"
	(
		cd "$work/site" || exit
		cop-l10n --format=json keygen >key.json || exit
		for tag in ar zh-Hans fr ru es; do
			cop-l10n review "$tag" approved --all --who Nobody --role tests >/dev/null || exit
		done
		cop-l10n build >/dev/null
	) || return
	print=$(sed -n 's/.*"fingerprint":"\([^"]*\)".*/\1/p' "$work/site/key.json")
	cop-l10n --format=json serve "$work/office" --listen 127.0.0.1:0 \
		--max-seconds 300 --key "$work/site/keys/release.pub" >"$work/serve.log" 2>&1 &
	server=$!
	url=
	tries=0
	while [ -z "$url" ] && [ $tries -lt 100 ]; do
		url=$(sed -n 's/.*"event":"listening".*"url":"\([^"]*\)".*/\1/p' "$work/serve.log")
		tries=$((tries + 1))
		sleep 0.1
	done
	[ -n "$url" ] || { sed 's/^/# /' "$work/serve.log"; return 1; }
	sed -i "s|http://127.0.0.1:8101/|$url|" "$work/site/consultation.xml"
	cop-l10n -C "$work/site" push --to africa >"$work/push.log" 2>&1 ||
		{ sed 's/^/# /' "$work/push.log"; return 1; }
}

# split FILE: every command of the console blocks into a folder of its own,
# as cmd and want; every file that the document brings as file and name
split() {
	awk -v dir="$work/doc" '
	/^ *```console$/ { indent = index($0, "`") }
	block { $0 = substr($0, 1, indent - 1) ~ /^ *$/ ? substr($0, indent) : $0 }
	/^```[a-z]+ [A-Za-z0-9_.-]+$/ {
		file = sprintf("%s/%03d", dir, ++k)
		print $2 >(file ".name")
		printf "" >(file ".file")
		writing = 1
		next
	}
	/^ *```console$/ { block = 1; next }
	/^```/ { block = 0; open = 0; writing = 0; next }
	writing { print >(file ".file"); next }
	!block { next }
	/^\$ / {
		open = substr($0, 3) ~ /^(cop-l10n|minisign|sha256sum|cat|diff|msginit|msgmerge) /
		if (!open)
			next
		file = sprintf("%s/%03d", dir, ++k)
		print substr($0, 3) >(file ".cmd")
		printf "" >(file ".want")
		more = /\\$/
		next
	}
	more { print >(file ".cmd"); more = /\\$/; next }
	open { print >(file ".want") }' "$1"
}

# agrees WANT GOT: line by line, with "…"
agrees() {
	awk '
	function fits(want, got,    part, count, i, at) {
		count = split(want, part, "…")
		if (count < 2)
			return want == got
		if (index(got, part[1]) != 1)
			return 0
		for (i = 1; i <= count; i++) {
			at = index(got, part[i])
			if (part[i] != "" && at == 0)
				return 0
			got = substr(got, at + length(part[i]))
		}
		return part[count] == "" || got == ""
	}
	NR == FNR { want[++nw] = $0; next }
	{ got[++ng] = $0 }
	END {
		for (i = j = 1; i <= nw; i++) {
			if (want[i] == "…") {
				if (i == nw)
					exit 0
				while (j <= ng && !fits(want[i + 1], got[j]))
					j++
				continue
			}
			if (j > ng || !fits(want[i], got[j])) {
				print "# wanted: " want[i]
				print "# got:    " (j > ng ? "nothing more" : got[j])
				exit 1
			}
			j++
		}
		if (j <= ng) {
			print "# not shown: " got[j]
			exit 1
		}
	}' "$1" "$2"
}

run_doc() {
	rm -rf "$work/doc" "$work/here"
	mkdir "$work/doc"
	split "$1"
	new_project "$work/here"
	for cmd in "$work/doc"/*.cmd "$work/doc"/*.file; do
		[ -e "$cmd" ] && basename "$cmd"
	done | sort >"$work/steps"
	while read -r step; do
		cmd=$work/doc/$step
		if [ "${step%.file}" != "$step" ]; then
			cp "$cmd" "$work/here/$(cat "${cmd%.file}.name")"
			continue
		fi
		n=$((n + 1))
		title="$1: $(head -n 1 "$cmd")"
		if ! command -v "$(cut -d' ' -f1 "$cmd" | head -n 1)" >/dev/null; then
			echo "ok $n - $title # SKIP not installed"
			continue
		fi
		sed -i "s|$example_url|$url|g; s|$example_print|$print|g" "$cmd"
		(cd "$work/here" && sh "$cmd") >"$work/got" 2>&1 </dev/null
		rc=$?
		sed -i "s|$url|$example_url|g; s|$print|$example_print|g" "$work/got"
		[ $rc = 0 ] || sed 's/^/# /' "$work/got"
		if [ $rc = 0 ] && { [ ! -s "${cmd%.cmd}.want" ] || agrees "${cmd%.cmd}.want" "$work/got"; }; then
			echo "ok $n - $title"
		else
			echo "not ok $n - $title (exit $rc)"
		fi
	done <"$work/steps"
}

if ! start_office; then
	echo 'not ok 1 - the office of the examples'
	echo 1..1
	exit 0
fi
for doc in README.md docs/*.md; do
	run_doc "$doc"
done
echo "1..$n"
