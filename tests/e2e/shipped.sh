#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The consultation that ships: in order, complete, and in six languages.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs xmllint
mkdir p && cd p || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .

check_is_silent() {
	cop check >said 2>complaints && ! [ -s complaints ] && grep -q 'no errors' said
}
ok 'check finds nothing, not even a warning' check_is_silent

keep_to_grammar() {
	xmllint --noout --relaxng forms/schema/cop-project.rng consultation.xml &&
		xmllint --noout --relaxng forms/schema/cop-interface.rng forms/interface.xml &&
		xmllint --noout --relaxng forms/schema/cop-form.rng forms/digital_skills.xml forms/online_bullying.xml
}
ok 'master files keep to their grammars' keep_to_grammar

stored_answer_keeps_to_grammar() {
	sed -n '/^```xml$/,/^```$/p' "$top_srcdir/docs/answers.md" | grep -v '^```' >answer.xml
	xmllint --noout --relaxng forms/schema/cop-answer.rng answer.xml || return 1
	sed 's/hour="[^"]*"/hour="2027-02-19T12:34:56Z"/' answer.xml >minute.xml
	! xmllint --noout --relaxng forms/schema/cop-answer.rng minute.xml 2>/dev/null
}
ok 'the stored answer that the documents show keeps to its grammar' stored_answer_keeps_to_grammar

catalogs_are_good() {
	for po in po/*/*.po; do
		msgfmt -c -o /dev/null "$po" || return 1
		grep -q 'await review by professional translators' "$po" || return 1
	done
}
ok 'msgfmt -c agrees, and each catalog says that it awaits review' catalogs_are_good

update_is_idle() {
	cp -R po before && cop update >said || return 1
	diff -r before po && ! grep -v 'nothing changed' said | grep '\.po'
}
ok 'update has nothing to do' update_is_idle

cop keygen >/dev/null
says 'its translations await review, so it is not published' 4 gate-unmet cop build
ok 'and nothing was written' test ! -e releases
ok 'it is built as a draft' cop build --draft
every_page() {
	for lang in ar zh-Hans en fr ru es; do
		for form in digital_skills online_bullying; do
			page=releases/1/example_partner/$form.$lang
			grep -q "<html lang=\"$lang\"" "$page.html" || return 1
			grep -q "xml:lang=\"$lang\"" "$page.xml" || return 1
		done
	done
	[ "$(ls -d releases/1/*/ | wc -l)" = 8 ]
}
ok 'two forms in six languages, eight recipients' every_page

# What a client needs of an ODK form, with the tools that are at hand.
every_odk_form() {
	for lang in ar zh-Hans en fr ru es; do
		for form in digital_skills online_bullying; do
			grep -q "<translation lang=\"[^\"]* ($lang)\"" \
				releases/1/example_partner/$form.odk.xml || return 1
		done
	done
	[ "$(ls releases/1/*/*.odk.xml | wc -l)" = 16 ] || return 1
	grep -q 'path="europe/digital_skills.odk.xml"' releases/1/manifest.xml || return 1
	! grep -l 'odk\.xml' releases/1/index.html releases/1/*/index.html
}
ok 'two ODK forms for each recipient, all languages in one file' every_odk_form

odk_well_formed() {
	xmllint --noout releases/1/*/*.odk.xml
}
ok 'ODK forms are well-formed' odk_well_formed

# Each text once in each translation, each of those that are named there or are
# for lists of forms, and each control on data that is there.
odk_adds_up() {
	for f in releases/1/*/*.odk.xml; do
		langs=$(grep -c '<translation ' "$f")
		sed -n 's/.*<text id="\([^"]*\)">.*/\1/p' "$f" | sort | uniq -c |
			awk -v n="$langs" '$1 != n { print "# " $0; bad = 1 } END { exit bad }' || return 1
		sed -n 's/.*<text id="\([^"]*\)">.*/\1/p' "$f" | sort -u >have
		{
			grep -oE "jr:itext\('[^']*'\)" "$f" | sed "s/.*('\(.*\)')/\1/"
			sed -n 's/.*<itextId>\(.*\)<\/itextId>.*/\1/p' "$f"
			printf '%s\n' about/name about/summary
		} | sort -u >need
		[ -z "$(comm -3 have need)" ] || { comm -3 have need; return 1; }
		for bind in $(grep -oE '<(input|select1?|range|odk:rank) ref="[^"]*"' "$f" | sed 's/.*ref=//'); do
			grep -q "<bind nodeset=$bind " "$f" || { echo "$f $bind"; return 1; }
		done
		! grep -n '<value></value>' "$f" || return 1
	done
}
ok 'their texts, data and controls add up' odk_adds_up

# Sources of 15 characters and more that stand on one line and hold no tag.
no_english() {
	sed -n 's/^msgid "\([^"<{\\]\{15,\}\)"$/\1/p' po/*/*.pot | sort -u >sources
	[ "$(wc -l <sources)" -gt 100 ] || return 1
	! grep -lF -f sources releases/1/*/*.ar.html releases/1/*/*.zh-Hans.html \
		releases/1/*/*.fr.html releases/1/*/*.ru.html releases/1/*/*.es.html &&
		for f in releases/1/*/*.odk.xml; do
			awk '/<translation /{ on = !/\(en\)/ } on' "$f" >others
			! grep -F -f sources others || return 1
		done
}
ok 'no English sentence is left in any other language' no_english
ok 'no placeholder is left' sh -c '! grep -rlE "\{[a-z_]+\}" releases/1/*/*.xml releases/1/*/*.html'
every_question() {
	for form in digital_skills online_bullying; do
		count=$(grep -cE '<(choose-one|choose-many|rating|grid|rank|text|number|date|consent) ' forms/$form.xml)
		[ "$count" -ge 12 ] || return 1
	done
	for kind in choose-one choose-many rating grid rank text number date 'consent [^>]*by="guardian"' 'consent [^>]*by="participant"'; do
		grep -qE "<$kind" forms/digital_skills.xml forms/online_bullying.xml || return 1
	done
}
ok 'every question type is used, twelve questions and more in each' every_question

# ---- a draft says so everywhere, and what is published nowhere ----

# text_of ID LANG: a text of the interface in a language
text_of() {
	if [ "$2" = en ]; then
		sed -n "s|.*<text id=\"$1\"[^>]*>\(.*\)</text>|\1|p" forms/interface.xml
	else
		catalog=$2
		[ "$2" = zh-Hans ] && catalog=zh_CN
		msgattrib --no-wrap po/interface/$catalog.po |
			awk -v id="msgctxt \"$1\"" '$0 == id { on = 1 } on && /^msgstr/ { gsub(/^msgstr "|"$/, ""); print; exit }'
	fi
}

every_page_is_a_draft() {
	for lang in ar zh-Hans en fr ru es; do
		text=$(text_of draft_text $lang) word=$(text_of draft_title $lang)
		[ -n "$text" ] && [ -n "$word" ] || return 1
		for page in releases/1/*/*.$lang.html releases/1/*/*.$lang.*.html; do
			grep -qF "<p>$text</p>" "$page" && grep -qF "<title>$word – " "$page" || { echo "$page"; return 1; }
		done
		grep -qF "*$text*" releases/1/example_partner/digital_skills.odk.xml || return 1
		# Each index in each of its languages.
		grep -qF "$text" releases/1/index.html || return 1
		for page in releases/1/*/index.html; do
			! grep -q "id=\"l-$lang\"" "$page" || grep -qF "$text" "$page" || { echo "$page"; return 1; }
		done
	done
}
ok 'every page says so, each in its language' every_page_is_a_draft
ok 'and every form of every other kind' sh -c '
	for f in releases/1/*/*.odk.xml; do
		grep -q " version=\"[^\"]*-draft\">" $f && grep -q "<_draft>yes</_draft>" $f || exit
	done
	for f in $(ls releases/1/*/*.xml | grep -v "odk.xml$\|slots.xml$\|manifest.xml$"); do
		grep -q "<consultation dir=\"[a-z]*\" draft=\"yes\" " $f || exit
	done'
ok 'and every manifest' sh -c '
	for f in releases/1/manifest.xml releases/1/*/manifest.xml; do
		grep -q "<manifest [^>]* draft=\"yes\">" $f || exit
	done'
ok 'localized drafts keep to the grammar' sh -c '
	xmllint --noout --relaxng forms/schema/cop-form.rng \
		$(ls releases/1/*/*.xml | grep -v "odk.xml$\|slots.xml$\|manifest.xml$")'
ok 'so does what says where answers are put back' sh -c '
	xmllint --noout --relaxng forms/schema/cop-slots.rng releases/1/*/*.slots.xml'
ok 'it is not the latest release' sh -c 'test "$(readlink releases/draft)" = 1 && ! test -e releases/latest'
says 'who verifies it is told' 0 release-draft cop verify releases/draft --key keys/release.pub
says 'push takes it for no release' 3 release-missing cop push
says 'nor by its folder' 4 push-draft cop push --release releases/1 --dry-run

approve || exit 99
ok 'all is reviewed: it can be published' cop build
ok 'that is the latest release' sh -c 'test "$(readlink releases/latest)" = 2 && test "$(readlink releases/draft)" = 1'
no_mark() {
	for lang in ar zh-Hans en fr ru es; do
		text=$(text_of draft_text $lang) word=$(text_of draft_title $lang)
		! grep -rlF -e "$text" -e "$word – " releases/2 || return 1
	done
	! grep -rlE 'class="draft"|draft="yes"|-draft"|_draft|data-draft' releases/2
}
ok 'nothing in it speaks of a draft' no_mark
ok 'nor does who verifies it' sh -c '
	"$COP_L10N" verify releases/latest --key keys/release.pub --now='"$NOW"' >said 2>&1 && ! grep -i draft said'
ok 'the two differ in their marks only' sh -c '
	cd releases && sed "s/ draft=\"yes\"//" 1/africa/online_bullying.ar.xml | cmp - 2/africa/online_bullying.ar.xml'

# A privacy text is changed after the release, in one language.
sed -i '/^msgctxt "privacy\/p1"/,/^$/s/^msgstr "/&… /' po/online_bullying/ru.po
says 'a text that was changed is not reviewed' 4 gate-unmet cop build
ok 'and it is said which' sh -c '
	test "$(grep -c "\[gate-unmet\]" "'"$work"'/said")" = 1 &&
	grep -q "error: ru: texts still to be reviewed: privacy 1 of [0-9]* \[gate-unmet\]" "'"$work"'/said"'
ok 'a draft of it' cop build --draft
ok 'leaves the latest release alone' sh -c 'test "$(readlink releases/latest)" = 2 && test "$(readlink releases/draft)" = 3'
