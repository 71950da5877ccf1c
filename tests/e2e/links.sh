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
kill "$racer"
wait "$racer" 2>/dev/null
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
page=$(curl -s "${URL}mini.ar.html" | wc -c)
set_=$(readlink office/current)
ln -s "$work/away/file" "office/$set_/secret.html"
ok 'a link that is not in the manifest is not there' test "$(curl -s -o /dev/null -w '%{http_code}' "${URL}secret.html")" = 404
chmod u+w "office/$set_"
mv "office/$set_/mini.ar.html" "$work/away/page"
ln -s "$work/away/page" "office/$set_/mini.ar.html"
code=$(curl -s -o got -w '%{http_code}' "${URL}mini.ar.html")
ok 'one that takes the place of a file is not followed' test "$code" != 200 -o "$(wc -c <got)" = "$page"
rm "office/$set_/mini.ar.html"
mv "$work/away/page" "office/$set_/mini.ar.html"
rm "office/$set_/secret.html"
stop_server
rm -rf office/.cop-l10n/staging
ln -s "$work/away" office/.cop-l10n/staging
: >office.log
"$COP_L10N" serve office --listen 127.0.0.1:0 --max-seconds 5 --now="$NOW" >office.log 2>&1
untouched
ok 'a waiting room that is a link leads nowhere' test $? = 0
rm -f office/.cop-l10n/staging

# ---- where answers are kept ----
rm -rf linked
mkdir linked && chmod 700 linked
ln -s "$work/away" linked/mini
mkdir -p linked/.cop-l10n
ln -s "$work/away/file" linked/.cop-l10n/journal
ok 'answers are not counted through a link' sh -c '
	! "$COP_L10N" tally linked --csv all.csv >/dev/null 2>&1 || ! grep -q untouched all.csv'
ok 'and nothing has changed there' untouched
