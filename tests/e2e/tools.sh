#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Tools that translators and agencies have: what we write they accept, and
# what we rely on comes back from them.
. "${top_srcdir:?}/tests/e2e/lib.sh"
# Debian's own Python has polib, others need not.

# have TITLE TOOL...: false, and a line that says so, when one is missing
have() {
	title=$1
	shift
	for tool; do
		case $tool in
		polib) "$python" -c 'import polib' 2>/dev/null && continue ;;
		*) command -v "$tool" >/dev/null && continue ;;
		esac
		n=$((n + 1))
		echo "ok $n - $title # SKIP no $tool"
		return 1
	done
}

# ---- everything we write: shipped, new, begun, updated, compendium ----

cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && rm -rf po/cop-l10n
chmod -R u+w .
cop compendium -o written/tm >/dev/null || exit 99
cop init written/new --languages 'ar zh-Hans en fr ru es pt de ja pl uk' >/dev/null || exit 99
cp -R written/new written/begun
rm -r written/begun/po
for lang in ar zh-Hans fr ru es pt de ja pl uk; do
	cop -C written/begun init $lang >/dev/null || exit 99
done
cp -R written/new written/reused
rm -r written/reused/po
cop -C written/reused update --compendium "$work/written/tm" >/dev/null || exit 99
mkdir written/changed
cp -R consultation.xml forms po written/changed
sed -i 's|<p>\([A-Z]\)|<p>And now: \1|; s|<label>What|<label>What of it|' written/changed/forms/*.xml
cop -C written/changed update >/dev/null || exit 99
find po written -name '*.po' -o -name '*.pot' | sort >list

all_pass_msgfmt() {
	while read -r f; do
		msgfmt -c -o /dev/null "$f" 2>complaints || { echo "$f"; cat complaints; return 1; }
	done <list
	[ "$(wc -l <list)" -ge 140 ] || { wc -l list; return 1; }
}
have 'msgfmt -c accepts every catalog' msgfmt && ok 'msgfmt -c accepts every catalog' all_pass_msgfmt

# Warnings that remain: nobody has translated a new catalog yet, a project file
# has no address for mistakes in texts and no version, a template no language,
# and the clock of the test is ahead.
all_pass_i18nspector() {
	xargs i18nspector <list >tags 2>&1
	grep '^E:' tags && return 1
	! grep -v 'no-report-msgid-bugs-to-header-field\|invalid-last-translator (empty string)\|no-version-in-project-id-version\|no-plural-forms-header-field .nplurals=INTEGER\|date-from-future' tags | grep '^[WPI]:'
}
have 'i18nspector finds no error' i18nspector && ok 'i18nspector finds no error' all_pass_i18nspector

# ---- round trips: what we rely on comes back ----

# A catalog with all that is ours: notes, limits, terms, ids, a fuzzy entry with
# its previous source, a reuse mark, an obsolete entry, a remark, a header of ours.
mkdir trip && cd trip || exit 99
. "$top_srcdir/tests/cli/project.sh"
sed -i '/<glossary/d' consultation.xml
cat >>po/mini/ru.po <<'EOF'

#~ msgctxt "old/label"
#~ msgid "Are you well?"
#~ msgstr "У тебя всё хорошо?"
EOF
sed -i '0,/^msgctxt "idea\/label"/s//# cop-ignore: edge-space a remark of ours\n&/' po/mini/ru.po
sed -i 's|<label>Have you seen|<label note="Asked of all" maxchars="60">ITU asks: have you seen|; s|    <text id="idea"|    <number id="hours" min="0" max="24"><label>What helped?</label><error>A number, please.</error></number>\n&|' forms/mini.xml
sed -i '0,/^$/s//"X-COP-Form: mini\\n"\n/' po/mini/ru.po
cop update >/dev/null 2>&1 || exit 99
po=po/mini/ru.po pot=po/mini/mini.pot

# What must be the same before and after: for every entry id, source, state,
# translation, previous source, notes and remarks; and fields of the header.
facts() {
	msgcat --no-wrap --sort-output --no-location "$1" |
		sed '/^"PO-Revision-Date/d; /^"X-Generator/d; /^"POT-Creation-Date/d; /^#, /{s/python-brace-format//; s/, *$//; /^#,* *$/d}' |
		awk 'BEGIN { RS = ""; FS = "\n" } {
			# Tools put comments of one entry in an order of their own.
			delete c; k = 0; rest = ""
			for (i = 1; i <= NF; i++)
				if ($i ~ /^#[ .]/) c[++k] = $i; else rest = rest "\n" $i
			for (i = 1; i <= k; i++)
				for (j = i + 1; j <= k; j++)
					if (c[j] < c[i]) { t = c[i]; c[i] = c[j]; c[j] = t }
			for (i = 1; i <= k; i++) print c[i]
			print rest "\n"
		}'
}
has_all() {
	for what in '^#\. Asked of all' '^#\. At most 60' '^#\. term: ITU = МСЭ' '^# reuse: same text as idea/label' \
		'^#| msgid "Have you seen online bullying?"' '^#, fuzzy' '^#~ msgctxt "old/label"' \
		'^# cop-ignore: edge-space' 'X-COP-Form: mini'; do
		grep -q "$what" "$1" || { echo "no $what"; return 1; }
	done
}
# kept FILE: it has the same facts, and update has nothing to add to it but its layout
kept() {
	has_all "$1" && facts $po >before && facts "$1" >after && diff before after || return
	cp -R . ../again && cp "$1" ../again/$po &&
		cop -C ../again update >said 2>&1 || { cat said; return 1; }
	facts ../again/$po >after && diff before after
	rc=$?
	rm -rf ../again
	return $rc
}
ok 'the catalog for round trips has all that is ours' has_all $po

by_msgcat() { msgcat --width=60 $po -o out.po && kept out.po; }
have 'msgcat' msgcat && ok 'msgcat, as Poedit runs it at every save' by_msgcat
by_msgattrib() { msgattrib $po -o out.po && kept out.po; }
have 'msgattrib' msgattrib && ok 'msgattrib' by_msgattrib
by_msgmerge() { msgmerge -q --previous -N $po $pot -o out.po && sed -i 's/^#\. term: ITU$/#. term: ITU = МСЭ/' out.po && kept out.po; }
have 'msgmerge' msgmerge && ok 'msgmerge --previous, with our template' by_msgmerge

# msgmerge takes notes from the template, and update brings the terms back.
terms_come_back() {
	msgmerge -q --previous -N $po $pot -o out.po && grep -q '^#\. term: ITU$' out.po || return
	cp -R . ../again && cp out.po ../again/$po && cop -C ../again update >/dev/null 2>&1 &&
		grep -q '^#\. term: ITU = МСЭ$' ../again/$po
	rc=$?
	rm -rf ../again
	return $rc
}
have 'terms' msgmerge && ok 'terms that msgmerge took away are back with the next update' terms_come_back

# polib: a script of an agency that fills in a text and saves.
by_polib() {
	cat >edit.py <<'EOF'
import sys
import polib
po = polib.pofile(sys.argv[1], wrapwidth=78)
po.metadata["X-Agency"] = "yes"
entry = next(e for e in po if e.msgctxt == "hours/error")
assert entry.msgstr == "", entry
entry.msgstr = "Число, пожалуйста."
po.save(sys.argv[2])
EOF
	"$python" edit.py $po out.po && grep -q 'X-Agency: yes' out.po || return
	# Its own edits taken back, nothing else is new.
	sed 's/^msgstr "Число, пожалуйста\."$/msgstr ""/; /^"X-Agency/d' out.po >same.po && has_all same.po || return
	facts $po | grep -v '^"' >before && facts same.po | grep -v '^"' >after && diff before after
}
have 'polib' polib msgcat && ok 'polib edits one entry and nothing else' by_polib

# pot2po (translation agencies): it forgets the previous source and the terms
# of the language; no translation, state, id, remark or reuse mark is lost.
by_pot2po() {
	pot2po --nofuzzymatching --progress=none -t $po $pot out.po >said 2>&1 || { cat said; return 1; }
	for f in $po out.po; do
		facts "$f" | grep -v '^"\|^#|\|^#\. term\|^#~' >"$(basename "$f").facts"
	done
	diff ru.po.facts out.po.facts
}
have 'pot2po' pot2po msgcat && ok 'pot2po keeps ids, states, translations, notes and marks' by_pot2po
