#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Links, pipes and devices where somebody else can put them: what is written
# takes their place, what is published or received never goes through them.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs curl timeout
start_project
mkdir "${work:?}/away"
echo untouched >"$work/away/file"
untouched() {
	[ "$(cat "$work/away/file")" = untouched ] && [ "$(ls "$work/away")" = file ]
}

# ---- while files are written ----
cop pack ru -o ru.zip >/dev/null
rm ru.zip
ln -s "$work/away/file" ru.zip
ok 'a file that is written takes the place of a link' sh -c '
	"$COP_L10N" pack ru -o ru.zip && test ! -L ru.zip'
ok 'what it led to stays' untouched

# leads TITLE TARGET: what is written takes the place of a link to it
leads() {
	rm -f ru.zip
	ln -s "$2" ru.zip
	ok "so does one that takes the place of a link to $1" sh -c '
		timeout 20 "$COP_L10N" pack ru -o ru.zip && test -f ru.zip -a ! -L ru.zip'
}
mkfifo "$work/pipe"
leads nothing "$work/nothing"
ok 'and nothing was made there' test ! -e "$work/nothing"
leads 'a device' /dev/null
leads 'a pipe' "$work/pipe"
rm -f ru.zip
ln -s "$work/away" ru.zip
says 'a link to a folder is refused' 3 io-write cop pack ru -o ru.zip
ok 'and it stays, and the folder' sh -c 'test -L ru.zip && ! test -e "$0/ru.zip"' "$work/away"
ok 'as does what is in it' untouched

# A pipe or device that somebody names is written, and is one afterwards.
rm -f ru.zip
cop extract forms/mini.xml -o mini.pot >/dev/null
cat "$work/pipe" >got &
servers="$servers $!"
ok 'a pipe is written' timeout 20 "$COP_L10N" extract forms/mini.xml -o "$work/pipe" --now="$NOW"
wait $!
ok 'all of it, and it is one' sh -c 'test -p "$0" && cmp got mini.pot' "$work/pipe"
says 'a device is written, and tells when it is full' 3 io-write cop extract forms/mini.xml -o /dev/full
for name in /dev/stdout /dev/fd/1 /proc/self/fd/1; do
	echo before >got
	ok "$name is where the output goes" sh -c '
		"$COP_L10N" extract forms/mini.xml -o "$0" --now="$1" --format=json >>got &&
		test -L /dev/stdout && head -n 1 got | grep -qx before &&
		grep -v "^before$\|^{" got | cmp - mini.pot' "$name" "$NOW"
done

# Somebody exchanges a target for a link and back, without end, while it is
# written a hundred times.
(
	while :; do
		ln -sfn "$work/away/file" race.pot
		rm -f race.pot
	done
) 2>/dev/null &
racer=$!
servers="$servers $racer"
i=0
while [ $i -lt 100 ]; do
	cop extract forms/mini.xml -o race.pot >/dev/null 2>&1
	i=$((i + 1))
done
end "$racer"
ok 'a race for the target is lost by the link' untouched
ok 'no temporary file is left' sh -c '! ls | grep -q tmp-'

# ---- in a release ----
cp -R releases/1 copy
rm copy/north/mini.ar.html
ln -s ../../releases/1/north/mini.ar.html copy/north/mini.ar.html
ok 'a release is verified where all is a file' cop verify releases/1/north --key keys/release.pub
says 'a link in it is not taken for a file' 6 file-kind cop verify copy/north --key keys/release.pub
rm copy/north/mini.ar.html
mkfifo copy/north/mini.ar.html
says 'nor is a pipe, and nobody waits for it' 6 file-kind timeout 20 "$COP_L10N" verify copy/north --key keys/release.pub --now="$NOW"

# ---- where a server receives ----
serve office --key keys/release.pub --collect answers
endpoint "$URL"
ok 'a set arrives' cop push

# ---- where an office fetches ----
numbers() {
	for number in 4 5 6 7; do
		"$@" "$work/away/$number" || return 1
	done
}
numbers mkdir
for name in sets .cop-l10n/partial .cop-l10n; do
	cop fetch "$URL" desk --fingerprint "$FP" >/dev/null
	rm -rf desk/current "desk/$name"
	ln -s "$work/away" "desk/$name"
	says "a folder of ours that is a link leads nowhere: $name" 3 io-dir cop fetch "$URL" desk --fingerprint "$FP"
	ok 'and nothing there is removed' numbers test -d
	ok 'or written' test -f "$work/away/file" -a ! -e "$work/away/trust"
	rm -rf desk "$work/away"
	mkdir "$work/away"
	numbers mkdir
	echo untouched >"$work/away/file"
done
numbers rmdir

# ---- where it is shown ----
page=$(curl -s "${URL}mini.ar.html" | wc -c)
set_=$(readlink office/current)
ln -s "$work/away/file" "office/$set_/secret.html"
ok 'a link that is not in the manifest is not there' test "$(curl -s -o /dev/null -w '%{http_code}' "${URL}secret.html")" = 404
chmod u+w "office/$set_"
mv "office/$set_/mini.ar.html" "$work/away/page"
sed 's/<body/<body data-strange="yes"/' "$work/away/page" >"$work/away/strange"
ln -s "$work/away/strange" "office/$set_/mini.ar.html"
code=$(curl -s -o got -w '%{http_code}' "${URL}mini.ar.html")
ok 'one that takes the place of a file is not followed' sh -c '
	! grep -q data-strange got && { test "$0" != 200 || test "$(wc -c <got)" = "$1"; }' "$code" "$page"
rm "$work/away/strange" "office/$set_/mini.ar.html"
mv "$work/away/page" "office/$set_/mini.ar.html"
rm "office/$set_/secret.html"
echo new >new.txt
puts() { test "$(curl -s -m 20 -o /dev/null -w '%{http_code}' -T new.txt "${URL}$1")" = 201; }
mkfifo office/.cop-l10n/staging/pipe.txt
ln -s "$work/away/file" office/.cop-l10n/staging/link.txt
ok 'what comes takes the place of a pipe, and waits for nobody' puts pipe.txt
ok 'and of a link' puts link.txt
ok 'they are files' test -f office/.cop-l10n/staging/pipe.txt -a ! -L office/.cop-l10n/staging/link.txt
stop_server
rm -rf office/.cop-l10n/staging
ln -s "$work/away" office/.cop-l10n/staging
touch -d 2001-02-03 "$work/away/file"
says 'a waiting room that is a link leads nowhere' 3 io-dir "$COP_L10N" serve office --sandbox=off \
	--listen 127.0.0.1:0 --max-seconds 5 --now="$NOW"
ok 'and what is old there is not swept' untouched
rm -f office/.cop-l10n/staging
mv office/sets office/real
ln -s "$work/away" office/sets
says 'nor do sets that are a link' 3 io-dir "$COP_L10N" serve office --sandbox=off \
	--listen 127.0.0.1:0 --max-seconds 5 --now="$NOW"
rm office/sets
mv office/real office/sets

# ---- where answers are kept ----
# What is no answer is told where it is found.
answer=$(printf %032d 7).xml
mkdir -p linked real/mini && chmod 700 linked real
cp "$work/away/file" "real/mini/$answer"
cp "$work/away/file" "$work/away/$answer"
ln -s "$work/away" linked/mini
tells() { "$COP_L10N" tally "$1" --now="$NOW" 2>&1 | grep -F "$answer"; }
ok 'what is no answer is told' tells real
tells linked >told
ok 'answers are not looked for through a link' test ! -s told
rm "$work/away/$answer"
ok 'and nothing has changed there' untouched
