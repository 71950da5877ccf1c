#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on the small project: build, push, fetch, verify.
. "${top_srcdir:?}/tests/e2e/lib.sh"
start_project

ok 'a second build writes nothing' sh -c '
	find releases | sort >before
	"$COP_L10N" build --now=2027-02-01T00:00:00Z | grep -q "nothing was written" &&
	find releases | sort | cmp - before'
ok 'a release holds every language of its recipients' sh -c '
	for f in north/mini.ar north/mini.en east/mini.zh-Hans east/mini.ru; do
		test -s releases/1/$f.html -a -s releases/1/$f.xml || exit 1
	done'
ok 'Arabic is written from right to left' sh -c '
	grep -q "<html lang=\"ar\" dir=\"rtl\"" releases/1/north/mini.ar.html &&
	grep -q "xml:lang=\"ar\"" releases/1/north/mini.ar.xml &&
	grep -q "dir=\"rtl\"" releases/1/north/mini.ar.xml'
ok 'dates are in the language, with Western digits' sh -c '
	grep -q "31 مارس 2027" releases/1/north/mini.ar.html &&
	grep -q "2027年3月31日" releases/1/east/mini.zh-Hans.html &&
	grep -q "31 марта 2027" releases/1/east/mini.ru.html'
ok 'the office is named in the language' \
	grep -q 'Пробное отделение, восток' releases/1/east/mini.ru.xml
ok 'no placeholder is left' sh -c '! grep -rlE "\{[a-z_]+\}" releases/1'
ok 'no English is left in the Russian page' sh -c '
	! grep -E "Before you start|Have you seen|What helped|Thank you" releases/1/east/mini.ru.html'
ok 'pages carry no script and ask nothing from outside' sh -c '
	! grep -rliE "<script|src=\"http|@import|url\(http" releases/1 --include=*.html'
ok 'localized forms keep to the grammar' sh -c '
	command -v xmllint >/dev/null || exit 0
	for f in releases/1/*/mini.*.xml; do
		case $f in *.odk.xml | *.slots.xml) continue ;; esac
		xmllint --noout --relaxng "$top_srcdir/forms/schema/cop-form.rng" "$f" || exit 1
	done'
ok 'sha256sum agrees' sh -c '
	cd releases/1 && sha256sum --quiet -c SHA256SUMS &&
	cd north && sha256sum --quiet -c SHA256SUMS'
ok 'stock minisign agrees' sh -c '
	command -v minisign >/dev/null || exit 0
	minisign -q -V -p keys/release.pub -m releases/1/manifest.xml &&
	minisign -q -V -p keys/release.pub -m releases/1/north/manifest.xml'

serve office-north --fingerprint "$FP"
endpoint "$URL"
ok 'push delivers' cop push
ok 'a second push has nothing to do' sh -c '
	"$COP_L10N" push --now='"$NOW"' --format=json | grep -q "\"event\":\"unchanged\""'
ok 'the endpoint serves the form' sh -c '
	cmp -s office-north/current/mini.ar.html releases/1/north/mini.ar.html'
ok 'an office fetches it' cop fetch "$URL" desk --fingerprint "$FP"
ok 'and holds what was released' cmp desk/current/mini.ar.html releases/1/north/mini.ar.html
ok 'verify agrees' cop verify desk
ok 'a second fetch has nothing to do' sh -c '
	"$COP_L10N" fetch '"$URL"' desk --now='"$NOW"' --format=json | grep -q "\"event\":\"unchanged\""'
sed -i 's|^msgstr "Спасибо!"|msgstr "Большое спасибо!"|' po/mini/ru.po
sed -i 's|^msgstr "شكراً!"|msgstr "شكراً لك!"|' po/mini/ar.po
ok 'a correction makes release 2' sh -c '
	"$COP_L10N" build --now='"$NOW"' && test "$(readlink releases/latest)" = 2'
ok 'push brings it' cop push
ok 'fetch brings it' cop fetch "$URL" desk
ok 'the office has this week'"'"'s form' grep -q 'شكراً لك!' desk/current/mini.ar.sent.html
stop_server
