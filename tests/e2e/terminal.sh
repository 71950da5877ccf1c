#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What others send or are called never acts on a terminal: servers, manifests,
# answers, catalogs, project files and names of files say to it what they can,
# and all that every command prints is looked at, byte by byte.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs "$python"
start_project
esc=$(printf '\033]0;owned\007\033[2J\302\233\2332J\177\342\200\256')

# acts FILE: is there a byte or character that a terminal acts on, or which is
# no UTF-8?
acts() {
	"$python" - "$1" <<'END'
import sys
data = open(sys.argv[1], "rb").read()
text = data.decode("utf-8", "surrogateescape")
bad = [c for c in text if ord(c) < 32 and c not in "\n\t" or 127 <= ord(c) < 160
       or 0xd800 <= ord(c) < 0xe000 or 0x2028 <= ord(c) <= 0x202e or 0x2066 <= ord(c) <= 0x2069]
forged = [line for line in text.split("\n") if line.startswith("error: forged")]
print(ascii(bad[:10]), forged)
sys.exit(0 if bad or forged else 1)
END
}
calm() { ! acts said; }
# harmless TITLE ARG...: the program says something that does nothing, in words
# and in events
harmless() {
	about=$1
	shift
	for format in text json; do
		"$COP_L10N" "$@" --now="$NOW" --format=$format >said 2>&1
		ok "$about: it is told ($format)" test -s said
		ok "$about: it does nothing ($format)" calm
	done
}
printf 'x: %s\n' "$esc" >said
ok 'what acts is seen' acts said
printf 'one\nerror: forged\n' >said
ok 'so is a line that is not ours' acts said
printf 'Ответ, إجابة\342\200\217, 回答\t\357\277\275\n' >said
ok 'and words are no harm' calm

# ---- a server ----
"$python" "$top_srcdir/tests/e2e/hostile/server.py" port 2>server.log &
servers="$servers $!"
i=0
while [ ! -e port ] && [ $i -lt 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
hostile=http://127.0.0.1:$(cat port)
for status in 200 201 301 401 403 404 409 412 429 500 503; do
	endpoint "$hostile/$status/"
	harmless "a push that is answered with $status" push --attempts 1 --ledger "$status.sqlite" --retry-now --force
done
endpoint "$hostile/403/"
cop push --attempts 1 --format=json --ledger 403.sqlite --retry-now --retry-dead --force >said 2>/dev/null
ok 'what it said is there' grep -q 'owned' said
harmless 'deliveries' deliveries --ledger 403.sqlite
harmless 'the report' report --ledger 403.sqlite
harmless 'endpoint check' endpoint check
for status in 200 301 403 503; do
	harmless "a fetch that is answered with $status" fetch "$hostile/$status/" desk --fingerprint "$FP" --attempts 1
done

# ---- files ----
for character in '&#x9b;2J' '&#x202e;x' '&#10;error: forged' '&#x2028;x'; do
	cp -R releases/1/north set && chmod -R u+w set
	sed -i "s|path=\"mini.ar.html\"|path=\"$character\"|" set/manifest.xml
	harmless "a manifest with $character" verify set --key keys/release.pub
	rm -rf set
	cp consultation.xml good.xml
	sed -i "s|<name>Test office, north|<name>$character|; s|<title>|&$character|; s|id=\"north\"|id=\"$character\"|; s|form src=\"|&$character|" consultation.xml
	harmless "a project with $character" check
	mv good.xml consultation.xml
	cp forms/mini.xml good.xml
	sed -i "s|>What helped?|>$character|; s|value=\"no\"|value=\"$character\"|; s|id=\"idea\"|id=\"$character\"|" forms/mini.xml
	harmless "a form with $character" check
	mv good.xml forms/mini.xml
done
cp po/mini/ru.po "$esc.po"
printf '\nmsgid "%s <b>"\nmsgstr "%s"\n' "$esc" "$esc" >>"$esc.po"
harmless 'a catalog, and its name' lint "$esc.po"
printf '\nmsgid "a {b}"\nmsgstr "\\033[2J \\302\\2332J"\n' >>po/mini/ru.po
harmless 'a catalog of the project' check
harmless 'an import' import "$esc.po"

# ---- what is typed ----
for words in "$esc" "check --$esc" "status --format=$esc" "-C $esc check" "lint $esc"; do
	# shellcheck disable=SC2086 # words
	"$COP_L10N" $words >said 2>&1
	ok 'a command that is none: it does nothing' calm
done
