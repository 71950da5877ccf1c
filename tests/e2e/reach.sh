#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What brings young people to the forms: texts that fit where they are sent,
# and posters whose code another program reads.
. "${top_srcdir:?}/tests/e2e/lib.sh"
mkdir "$work/p" && cd "$work/p" || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" .
chmod -R u+w .
cop keygen keys/release >/dev/null || exit 99
cop build --draft >/dev/null || exit 99
set=releases/draft/example_partner
address=https://cop.example.org/yn

# ---- the texts ----
# text FILE NUMBER: the first (SMS) or second (social media) text of a file
text() {
	awk -v want="$2" '/^\[/ { n++; getline; next } n == want' "$1" | sed '/^$/d'
}
ok 'every form has a text and a poster in every language' sh -c '
	for f in digital_skills online_bullying; do
		for l in ar zh-Hans en fr ru es; do
			test -s '$set'/$f.$l.invite.txt && test -s '$set'/$f.$l.poster.html || exit
		done
	done'
ok 'they are in the manifest, in SHA256SUMS and in the zip' sh -c '
	cd '$set' && grep -q "path=\"digital_skills.ar.poster.html\"" manifest.xml &&
	grep -c "\.\(invite.txt\|poster.html\)$" SHA256SUMS | grep -qx 24 && sha256sum --quiet -c SHA256SUMS &&
	"$python" -m zipfile -l ../example_partner.zip | grep -c "\.poster\.html" | grep -qx 12'
ok 'the texts are UTF-8' sh -c 'iconv -f UTF-8 -t UTF-16 '$set'/*.invite.txt >/dev/null'
# Counted a second time, by the letters that each alphabet has.
cat >count.py <<'EOF'
import sys
gsm = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" \
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
text = sys.stdin.read().rstrip("\n")
if all(c in gsm for c in text):
    print("gsm", len(text), 306)
else:
    print("ucs2", len(text.encode("utf-16-le")) // 2, 134)
EOF
for lang in ar zh-Hans en fr ru es; do
	for form in digital_skills online_bullying; do
		file=$set/$form.$lang.invite.txt
		n=$((n + 1))
		# shellcheck disable=SC2046 # three words
		set -- $(text "$file" 1 | "$python" count.py)
		if [ "$2" -le "$3" ] && text "$file" 1 | tail -n 1 | grep -q "$address/$form.$lang.html\$" &&
			text "$file" 2 | tail -n 1 | grep -q "$address/$form.$lang.html\$"; then
			echo "ok $n - $form.$lang: $2 of $3 ($1), the address stands last"
		else
			echo "not ok $n - $form.$lang: $2 of $3 ($1)"
		fi
	done
done
set=releases/draft/example_partner
isolate=$(printf '\342\201\246')
ok 'in Arabic the address stands apart, from left to right' \
	grep -qx "${isolate}https://cop.example.org/yn/digital_skills.ar.html" $set/digital_skills.ar.invite.txt
ok 'in Russian nothing stands before it' \
	grep -qx "https://cop.example.org/yn/digital_skills.ru.html" $set/digital_skills.ru.invite.txt
ok 'the text of a draft begins with a warning' sh -c 'head -n 1 '$set'/digital_skills.fr.invite.txt | grep -q "^Brouillon"'

# ---- the posters ----
ok 'a poster has no script, asks for nothing and has the mark of a draft' sh -c '
	for f in '$set'/*.poster.html; do
		grep -q "default-src .none.; style-src" $f && grep -q "<aside class=\"draft\"" $f || exit
		! grep -qiE "<script|src=|@import|url\(" $f || exit
	done'
ok 'the poster in Arabic runs from right to left, its address does not' sh -c '
	grep -q "<html lang=\"ar\" dir=\"rtl\">" '$set'/digital_skills.ar.poster.html &&
	grep -q "<bdi dir=\"ltr\">https://cop.example.org/<wbr>yn/<wbr>digital_skills.ar.html</bdi>" '$set'/digital_skills.ar.poster.html'
ok 'the index of a recipient leads to them, that of the release does not' sh -c '
	grep -q "href=\"digital_skills.zh-Hans.poster.html\"" '$set'/index.html &&
	! grep -q "poster.html" releases/draft/index.html'
# draw POSTER MORE: its code as a picture, with something drawn over it
draw() {
	{
		sed -n 's/.*\(<svg .*<\/svg>\).*/\1/p' "$1" |
			sed "s|<svg |<svg xmlns=\"http://www.w3.org/2000/svg\" |; s|</svg>|$2</svg>|"
	} >code.svg
	rsvg-convert -w 400 --background-color=white code.svg -o code.png
}
reads() { # reads ADDRESS POSTER MORE
	draw "$2" "$3" && [ "$(zbarimg -q --raw code.png 2>/dev/null)" = "$1" ]
}
if command -v zbarimg >/dev/null && command -v rsvg-convert >/dev/null; then
	for lang in ar zh-Hans en fr ru es; do
		ok "another program reads the code of the poster in $lang" \
			reads $address/online_bullying.$lang.html $set/online_bullying.$lang.poster.html ''
	done
	spot='<circle cx="22" cy="22" r="5" fill="#fff"/>'
	ok 'and reads it when a spot is gone' \
		reads $address/online_bullying.ar.html $set/online_bullying.ar.poster.html "$spot"
	flood='<circle cx="22" cy="22" r="14" fill="#fff"/>'
	draw $set/online_bullying.ar.poster.html "$flood"
	ok 'but not when most of it is' sh -c '[ -z "$(zbarimg -q --raw code.png 2>/dev/null)" ]'
else
	left_out 'zbarimg or rsvg-convert is not installed (Debian: zbar-tools, librsvg2-bin)'
fi

# ---- what is said ----
cp consultation.xml kept.xml
sed -i 's|https://cop.example.org/cis/|https://cop.example.org/sodruzhestvo-nezavisimyh/|' consultation.xml
says 'a message that does not fit is an error of check' 4 invitation-sms-length cop check
ok 'it stands at the text in its catalog, and names form and recipient' grep -q \
	'^po/interface/ru.po:[0-9]*:9: error: .*"online_bullying" of "cis" takes 15[0-9] characters' "$work/said"
ok 'nothing else is wrong' sh -c '[ "$(grep -c "error:" "$0")" = 1 ]' "$work/said"
says 'and it is not built' 4 invitation-sms-length cop build --draft
cp kept.xml consultation.xml
cp forms/digital_skills.xml form.xml
sed -i 's|>Digital skills: [^<]*</title>|>{office}: your ideas</title>|' forms/digital_skills.xml
sed -i 's|>ITU Regional Office for the Commonwealth[^<]*<|>Региональное отделение МСЭ для стран Содружества Независимых Государств<|
	s|>Example administration (Member State)<|>An administration with a long name, whose letters are all in the alphabet of text messages, so that it fits<|' consultation.xml
says 'of two texts the one in more messages is too long, not the one with more letters' 4 invitation-sms-length cop check
ok 'it is named' grep -q ': error: .*"digital_skills" of "cis" takes' "$work/said"
cp form.xml forms/digital_skills.xml
cp kept.xml consultation.xml
long=$(printf 'Хорошо. %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14)
sed -i "/^msgctxt \"invite_social\"/,/^msgstr/ s|^msgstr \"|&$long|" po/interface/ru.po
says 'a translation of more than its own room is an error too' 4 max-length cop check
says 'also for a catalog alone, which its translator has' 4 max-length \
	"$COP_L10N" lint po/interface/ru.po
cp "$top_srcdir/po/interface/ru.po" po/interface/ru.po
sed -i '/<forms .*af/d' consultation.xml
says 'without an address there is a note' 0 build-no-forms cop build --draft
ok 'and no invitation, but all others' sh -c '
	! ls releases/draft/africa | grep -q "invite\|poster" && test -s releases/draft/cis/digital_skills.ru.poster.html &&
	! grep -q poster releases/draft/africa/index.html'
cp kept.xml consultation.xml
sed -i '/<responses /d' consultation.xml
says 'forms for paper' 4 build-no-responses cop build --draft
ok 'are found as well' sh -c '
	"$COP_L10N" build --draft --print --now='"$NOW"' >/dev/null && test -s releases/draft/cis/digital_skills.ru.poster.html'
for bad in 'http://cop.example.org/' 'ftp://cop.example.org/' 'https://cop.example.org/?a/' \
	'https://cop.example.org/ab cd' 'https://me@cop.example.org/' \
	'https://cop.example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; do
	sed "s|https://cop.example.org/af/|$bad|" kept.xml >consultation.xml
	says "no address for young people: $bad" 4 project-url cop check
	ok 'it is said at the attribute' grep -q '^consultation.xml:[0-9]*:[0-9]*: error:' "$work/said"
done
