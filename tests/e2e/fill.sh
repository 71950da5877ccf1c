#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An incomplete form comes back in its language with the answers kept: both
# forms that ship, in six languages, with answers at random, read by a reader
# of HTML that is not ours.
. "${top_srcdir:?}/tests/e2e/lib.sh"
filler=${top_builddir:?}/tests/e2e/fill/filler
check=$top_srcdir/tests/e2e/fill/fill.py
mkdir p && cd p || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .
cop keygen >/dev/null || exit 99
approve || exit 99
cop build >/dev/null || exit 99
set=releases/latest/example_partner

for form in digital_skills online_bullying; do
	for lang in ar zh-Hans en fr ru es; do
		ok "$form comes back in $lang with what was answered" \
			"$python" "$check" "$filler" $set $form $lang "${FILL_ROUNDS:-12}"
	done
done

# post FORM LANG NAME VALUE...: what comes back, in $work/back; faults in $work/faults
post() {
	base=$set/$1.$2
	shift 2
	printf '%s\0' "$@" | "$filler" "$base.html" "$base.slots.xml" "$base.xml" $banner >"$work/back" 2>"$work/faults"
}
banner=
own_words() {
	post digital_skills ru devices phone devices none && grep -q '^fault exclusive devices' "$work/faults" &&
		grep -q '<p>Выбирай «Ничего из этого», только если не выбираешь другие ответы.</p>' "$work/back"
}
ok 'a question is told of in the words of the form' own_words
room() {
	post digital_skills ar devices other devices.other "$(printf '%0201d' 0)" &&
		grep -q '^fault long devices' "$work/faults" &&
		grep -q 'يُرجى كتابة <bdi>200</bdi> حرف على الأكثر' "$work/back" &&
		grep -q 'name="devices.other"[^>]*value="0*" aria-invalid="true"' "$work/back"
}
ok 'of room for words the form says nothing, so the page does' room
not_stored() {
	banner=not-stored
	post digital_skills zh-Hans idea '我想学编程' && grep -q '<title>没能保存你的回答 – ' "$work/back" &&
		grep -q '<h2 id="told-title">没能保存你的回答</h2>' "$work/back" &&
		grep -q '>我想学编程</textarea>' "$work/back" &&
		sed '/<header>/q' "$work/back" >"$work/top" && ! grep -q '<a href="#q-' "$work/top"
}
ok 'when nothing could be stored, the page says so and keeps the answers' not_stored

other_page() {
	banner=
	base=$set/digital_skills
	printf '' | "$filler" $base.ru.html $base.es.slots.xml $base.ru.xml >"$work/back" 2>/dev/null
	[ $? = 4 ] && ! [ -s "$work/back" ]
}
ok 'places of another page are refused' other_page

# Six languages of one form with what a collector needs, as they travel.
small() {
	total=0
	for f in "$set"/digital_skills.*; do
		total=$((total + $(gzip -9 <"$f" | wc -c)))
	done
	echo "bytes, each file compressed: $total"
	slots=$(cat $set/digital_skills.*.slots.xml | wc -c)
	echo "bytes of places: $slots"
	[ "$total" -lt 300000 ]
}
ok 'all files of a form in six languages stay under 300 kB compressed' small
sed 's/^/# /' "$work/out"
