# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by docs.sh and man.sh: what a page shows is what the program does.
# The commands of a page are run in a copy of the shipped project, in the order of
# the page.  Each must succeed, and the lines shown below it are compared with what
# it prints: "…" in a line stands for any text, a line "…" for any lines.  Commands
# that only run elsewhere stand in not-run, with the reason.
#
# In the source of a page, where no reader sees it, a comment may say
#   test: COMMAND   what somebody has done before (it must succeed, too)
#   status: N       how the next command ends, when that is not 0
#   file: NAME      the next block is this file
#
# The example address and fingerprint stand for a real office that is set up here,
# the example digest for what a file "digest" holds, and folders of a machine (/srv, /media) for folders below the project.
set -u
work=$(mktemp -d) || exit 99
server=
finish() {
	[ -z "$server" ] || end "$server"
	rm -rf "$work"
}
trap finish EXIT
cd "${top_srcdir:?}" || exit 99
top_srcdir=$PWD
export top_srcdir
. "$top_srcdir/tests/children.sh"
example_url=https://forms.example.org/africa/
example_print='3F2A 91C0 55D1 0B7E 42A9 C3E8 7710 9AD4 61BC 08F5'
example_digest='6482 ba5b 2ff1 596f c0a3 794c fb71 dc78'
SOURCE_DATE_EPOCH=1799568000
export SOURCE_DATE_EPOCH
n=0

# What would go on for ever ends at once; nobody outside is let in.
mkdir "$work/bin"
cat >"$work/bin/cop-l10n" <<-EOT
	#!/bin/sh
	case " \$* " in
	*' --help '*) ;;
	' serve '*)
		for arg; do
			shift
			case \$arg in
			--listen=* | --open) ;;
			*) set -- "\$@" "\$arg" ;;
			esac
		done
		set -- "\$@" --max-seconds=1 --listen=127.0.0.1:0
		;;
	*' --watch '*) set -- "\$@" --max-seconds=1 ;;
	*' --follow '*) set -- "\$@" --once ;;
	esac
	exec "${COP_L10N:?}" "\$@"
EOT
chmod +x "$work/bin/cop-l10n"
PATH=$work/bin:$PATH
export PATH

new_project() { # new_project FOLDER
	mkdir -p "$1" && cp -R consultation.xml forms po "$1" && chmod -R u+w "$1"
}

# The office of Africa holds a release: its address in $url, the key's
# fingerprint in $print.  The project it comes from is $work/site: a page that
# begins with a published release takes it from there.
start_office() {
	new_project "$work/site"
	(
		cd "$work/site" || exit
		cop-l10n --format=json keygen >../key.json || exit
		for tag in ar zh-Hans fr ru es; do
			cop-l10n review "$tag" approved --all --who Nobody --role tests >/dev/null || exit
		done
		cop-l10n build >/dev/null
	) || return
	print=$(sed -n 's/.*"fingerprint":"\([^"]*\)".*/\1/p' "$work/key.json")
	"$COP_L10N" --format=json serve "$work/office" --listen 127.0.0.1:0 \
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
	SITE=$work/site
	export SITE
}

# steps: reads lines "KIND<TAB>TEXT" and writes each step of the page to $work/doc
#   cmd    begins a command       more   goes on with it
#   want   a line of its output   prep   a command that is not shown
#   rc     status of the next one file   begins a file; TEXT is its name
#   line   a line of that file
steps() {
	awk -F '\t' -v dir="$work/doc" '
	{ text = substr($0, length($1) + 2) }
	$1 == "cmd" || $1 == "prep" || $1 == "file" {
		at = sprintf("%s/%03d", dir, ++k)
		printf "" >(at "." $1)
	}
	$1 == "cmd" {
		printf "" >(at ".want")
		print rc + 0 >(at ".rc")
		rc = 0
	}
	$1 == "cmd" || $1 == "more" { print text >(at ".cmd") }
	$1 == "want" { print text >(at ".want") }
	$1 == "prep" { print text >(at ".prep") }
	$1 == "rc" { rc = text }
	$1 == "file" { print text >(at ".name") }
	$1 == "line" { print text >(at ".file") }'
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

# here FILE: runs a command of the page in its folder; what it prints to $work/got
here() {
	sed -i "s|$example_url|$url|g; s|$example_print|$print|g; s#\([ =]\)/\(srv\|media\)/#\1\2/#g
		s|_build/mine/|${top_builddir:?}/|g; s|faultd -d host -s 60|faultd -d host -s 1|" "$1"
	[ ! -s "$work/here/digest" ] ||
		sed -i "s|$example_digest|$(cat "$work/here/digest")|" "$1"
	(cd "$work/here/$sub" && sh "$1") >"$work/got" 2>&1 </dev/null
	rc=$?
	[ $rc != 0 ] || sub=$sub$(sed -n 's|.*&& cd \([^ ]*\)$|\1/|p' "$1")
	sed -i "s|$url|$example_url|g; s|$print|$example_print|g" "$work/got"
	return $rc
}

# result NAME TITLE [WHY]: what came of a step, $rc being its status
result() {
	n=$((n + 1))
	if [ "$1" = ok ]; then
		echo "ok $n - $2"
	else
		sed 's/^/# /' "$work/got" | tail -n 20
		echo "not ok $n - $2 (exit $rc)"
	fi
}

run_step() { # run_step TITLE STEP
	step=$work/doc/$2
	case $2 in
	*.file)
		mkdir -p "$work/here/$(dirname "$(cat "${step%.file}.name")")" &&
			cp "$step" "$work/here/$(cat "${step%.file}.name")"
		return
		;;
	*.prep)
		command -v "$(sed 's/ .*//; q' "$step")" >/dev/null || return
		here "$step" || result bad "$1: before: $(head -n 1 "$step")"
		return
		;;
	esac
	title="$1: $(head -n 1 "$step")"
	if awk -F '\t' -v cmd="$(head -n 1 "$step")" '$1 == cmd { found = 1 } END { exit !found }' \
		tests/meta/not-run; then
		return
	fi
	if ! command -v "$(sed 's/[ ;].*//; q' "$step")" >/dev/null; then
		n=$((n + 1))
		echo "ok $n - $title # SKIP not installed"
		return
	fi
	here "$step"
	if [ $rc = "$(cat "${step%.cmd}.rc")" ] && { [ ! -s "${step%.cmd}.want" ] ||
		agrees "${step%.cmd}.want" "$work/got"; }; then
		result ok "$title"
	else
		result bad "$title"
	fi
}

run_page() { # run_page FILE SPLITTER
	rm -rf "$work/doc" "$work/here"
	mkdir "$work/doc"
	sub=
	"$2" "$1" | steps
	new_project "$work/here"
	for step in "$work/doc"/*.cmd "$work/doc"/*.file "$work/doc"/*.prep; do
		[ -e "$step" ] && basename "$step"
	done | sort >"$work/steps"
	while read -r step; do
		run_step "$1" "$step"
	done <"$work/steps"
}

# run_pages SPLITTER FILE...
run_pages() {
	if ! start_office; then
		echo 'not ok 1 - the office of the examples'
		echo 1..1
		exit 0
	fi
	splitter=$1
	shift
	for page in "$@"; do
		run_page "$page" "$splitter"
	done
}
