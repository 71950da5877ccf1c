#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A text can never become markup or script: behind every translation of the
# form, the interface and the project stands a hostile text, and no page or
# file has an element, an attribute, a scheme of an address or a rule of CSS
# that it has not without it.  Each text has a number, and wherever that stands,
# all of the text stands behind it as text.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs "$python" curl
"$python" -c 'import polib' 2>/dev/null || { left_out 'polib is not installed'; exit 0; }
texts=$top_srcdir/tests/e2e/hostile/texts.py

# post NAME ANSWERS: what comes of them
post() {
	id=$(curl -s -H 'Accept: text/html' "${URL}mini.ar.html" | sed -n 's/.*name="_id" value="\([0-9a-f]*\)".*/\1/p')
	curl -s -H 'Accept: text/html' -d "_form=mini&_version=1&_lang=ar&_recipient=north&_id=$id&$2" \
		"${URL}north/" >"pages/served/$1.html"
}
# What a server shows of the set of the north: its index, the page that comes
# back with what is wrong and with thanks, and the counts of what was stored.
answered() {
	FP=$(cop verify pages/release/1 2>&1 | grep -oE '([0-9A-F]{4} ){9}[0-9A-F]{4}' | tail -n 1)
	serve office --fingerprint "$FP" --collect answers
	endpoint "$URL"
	cop push --release pages/release/1 --to north >>log 2>&1
	mkdir pages/served
	for page in '' mini.ar.html mini.en.html nowhere.html; do
		curl -s -H 'Accept: text/html' -H 'Accept-Language: ar' "$URL$page" >"pages/served/page-$page.html"
	done
	post wrong 'seen=odd&idea=x'
	post right 'seen=no'
	stop_server
	cop tally answers --release pages/release/1 --labels ar --html pages/served/tally.html >>log 2>&1
}

# made DIR OUTPUT...: all that is made of a project with these outputs
made() {
	mkdir "$1" && cd "$1" || exit 99
	shift
	. "$top_srcdir/tests/cli/project.sh"
	sed -i '/<output /d' consultation.xml
	for kind in "$@"; do
		sed -i "s|<safeguarding|<output kind=\"$kind\"/>\n  &|" consultation.xml
	done
	cp "$top_srcdir/forms/digital_skills.xml" forms/
	mkdir po/digital_skills
	cp "$top_srcdir"/po/digital_skills/ar.po "$top_srcdir"/po/digital_skills/ru.po \
		"$top_srcdir"/po/digital_skills/zh_CN.po po/digital_skills/
	chmod -R u+w forms po
	rm po/interface/es.po po/interface/fr.po
	sed -i 's|<form src="forms/mini.xml"/>|&<form src="forms/digital_skills.xml"/>|' consultation.xml
	sed -i 's|<recipient |&guardian-age="18" |' consultation.xml
	sed -i 's|<pickup by="fetch"/>|<pickup by="zip"/>|' consultation.xml
	cop keygen keys/release >/dev/null || exit 99
	[ -z "$hostile" ] || "$python" "$texts" "${whose:-write}" "$hostile" || exit 99
	approve
	mkdir pages
	cop build -o pages/release >build.log 2>&1
	echo $? >built
	cop preview --output pages/preview >log 2>&1
	cop status --html pages/status.html >>log 2>&1
	cop report --release pages/release/1 --output pages/report.html >>log 2>&1
	[ "$(cat built)" != 0 ] || answered
	for tag in ar ru zh-Hans; do
		cop signoff sheet "$tag" --output "pages/sheet-$tag.html" >>log 2>&1
		cop pack "$tag" --output "$tag.zip" >>log 2>&1
		mkdir "pages/$tag"
		"$python" -m zipfile -e "$tag.zip" "pages/$tag" 2>>log
		cop import "$tag.zip" --output "pages/findings-$tag.html" --dry-run >>log 2>&1
	done
	[ ! -e pages/release/1/east.zip ] ||
		"$python" -m zipfile -e pages/release/1/east.zip pages/release/zip
	"$python" "$texts" pages pages/release | sort >release.list
	[ -z "$hostile" ] || "$python" "$texts" arrived pages "$least" "$hostile" >arrived 2>&1
	echo $? >all
	rm -rf pages/release
	"$python" "$texts" pages pages | sort >pages.list
	cd ..
}

# tried TITLE TEXT: in every place, as a translator can write it
tried() {
	about=$1 hostile=$2
	made hostile html xml
	ok "$about: all is built" sh -c 'grep error: hostile/build.log | head -n 5; grep -qx 0 hostile/built'
	ok "$about: forms, posters and XML have what they had" \
		"$python" "$texts" compare good/release.list hostile/release.list exact
	ok "$about: so have the pages for translators and the secretariat" \
		"$python" "$texts" compare good/pages.list hostile/pages.list
	ok "$about: each text is text wherever it stands" sh -c 'cat hostile/arrived; grep -qx 0 hostile/all'
	tail -n 1 hostile/arrived | sed 's/^/# /'
	case $2 in *'&lt;'*) ok "$about: one that is not would be seen" spoiled ;; esac
	rm -rf hostile
}
spoiled() (
	cd hostile || return 1
	for page in pages/served/wrong.html pages/served/tally.html pages/sheet-ar.html; do
		cp "$page" kept
		"$python" "$texts" spoil "$page" || return 1
		"$python" "$texts" arrived pages 0 "$hostile" | grep "^$page: .* is no text" || return 1
		cp kept "$page"
	done
)

least=600
hostile=
made good html xml
ok 'there is something to compare' test "$(cat good/built)" = 0 -a "$(wc -l <good/release.list)" -gt 20 -a "$(wc -l <good/pages.list)" -gt 5
tried 'a script' ' &lt;script&gt;alert(1)&lt;/script&gt;'
tried 'out of an attribute' " \"'&gt;&lt;img src=x onerror=alert(1)&gt;"
tried 'out of a style' ' &lt;/style&gt;&lt;/title&gt;&lt;/textarea&gt;"}}*{{x:expression(1)}}'
tried 'out of a comment' ' --&gt; --!&gt; ]]&gt; ?&gt; &lt;!-- &lt;![CDATA['
tried 'an address' ' javascript:alert(1) data:text/html,x'
tried 'escaped twice' ' &amp;lt;script&amp;gt; &amp;#60;b&amp;#62;'
tried 'line separators' "$(printf ' \342\200\250\342\200\251x')"
tried 'directions that end' "$(printf ' \342\201\246cba\342\201\251')"

# The same in what the secretariat writes, or somebody in its name.
whose=master least=150
for hostile in ' &lt;script&gt;alert(1)&lt;/script&gt;' " \"'&gt;&lt;img src=x onerror=alert(1)&gt;" \
	' &lt;/style&gt;&lt;/title&gt;&lt;/textarea&gt;"}}*{{x:expression(1)}}' ' --&gt; ]]&gt; &lt;!--'; do
	made hostile html xml
	ok "in the master: $hostile" sh -c 'grep error: hostile/build.log | head -n 5; cat hostile/arrived
		grep -qx 0 hostile/built && grep -qx 0 hostile/all'
	tail -n 1 hostile/arrived | cut -d';' -f1 | sed 's/^/# /'
	rm -rf hostile
done
whose=

# What is markup in a catalog is refused before anything is built, and shown
# as text by the pages that say so.
for hostile in ' <script>alert(1)</script>' ' <img src=x onerror=alert(1)>' \
	' <a href="javascript:alert(1)">x</a>' ' </p><b onclick="x">' \
	"$(printf ' \342\200\256cba')"; do
	made hostile html xml
	ok "refused: $hostile" test "$(cat hostile/built)" = 4 -a ! -s hostile/release.list
	ok 'and its pages have what they had' \
		"$python" "$texts" compare good/pages.list hostile/pages.list
	rm -rf hostile
done

# Forms for phones: what could be taken for a mark there is refused.
hostile=' &lt;b&gt; *x* _x_ #x'
made hostile odk
ok 'phones get no mark' sh -c 'test "$(cat hostile/built)" = 4 && grep -q "\[odk-text\]" hostile/build.log'
