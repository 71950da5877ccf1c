#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A new consultation, in each of the six languages as its master, goes all the
# way to a release; and what init makes is what template/ holds.
. "${top_srcdir:?}/tests/e2e/lib.sh"
schema=$top_srcdir/forms/schema

# quiet COMMAND...: succeeds and says nothing on stderr
quiet() {
	"$@" 2>"$work/quiet" && [ ! -s "$work/quiet" ] || { cat "$work/quiet"; return 1; }
}

# complete FOLDER: every row of its status is at 100 %
complete() {
	cop -C "$1" status >"$work/rows" &&
		awk 'NR > 1 && !/^Everything/ && $1 != "all" { n++; if ($12 != 100) bad = 1 } END { exit bad || n != 18 }' "$work/rows"
}

# unchanged FOLDER: update has nothing to do
unchanged() {
	cop -C "$1" update >"$work/updated" || return
	grep -c 'nothing changed$' "$work/updated" >"$work/same"
	! grep -v 'nothing changed$\|^What is left' "$work/updated"
}

# no_leftovers FOLDER: no temporary file
no_leftovers() {
	! find "$1" . -name '*tmp*' | grep .
}

for tag in ar zh-Hans en fr ru es; do
	ok "$tag: a new consultation" quiet cop init "$tag" --lang="$tag" --id=jeunes_2027
	ok "$tag: nothing is wrong in it" quiet cop -C "$tag" check
	ok "$tag: everything is translated" complete "$tag"
	ok "$tag: update changes nothing" unchanged "$tag"
	ok "$tag: no temporary file is left" no_leftovers "$tag"
	ok "$tag: the master says its language" grep -q \
		"<consultation .*id=\"jeunes_2027\".* xml:lang=\"$tag\">" "$tag/forms/jeunes_2027.xml"
	if command -v xmllint >/dev/null; then
		ok "$tag: the form keeps the schema" xmllint --noout \
			--relaxng "$schema/cop-form.rng" "$tag/forms/jeunes_2027.xml"
		ok "$tag: the project file keeps the schema" xmllint --noout \
			--relaxng "$schema/cop-project.rng" "$tag/consultation.xml"
	fi
	if command -v msgfmt >/dev/null; then
		ok "$tag: msgfmt is content" sh -c 'for po in '"$tag"'/po/*/*.po; do
			msgfmt -c -o /dev/null "$po" || exit; done'
	fi
	ok "$tag: a key" cop -C "$tag" keygen
	says "$tag: nothing is reviewed yet, so nothing is published" 4 gate-unmet cop -C "$tag" build
	ok "$tag: a draft" quiet cop -C "$tag" build --draft
	ok "$tag: the draft verifies" cop -C "$tag" verify releases/draft --key keys/release.pub
done

# What a person reads is the same whichever language was first.
texts() { # texts FILE: a page without what only names its master
	sed 's/<[^>]*>//g' "$1"
}
for tag in ar zh-Hans en fr ru es; do
	texts "en/releases/1/example_partner/jeunes_2027.$tag.html" >"$work/a"
	for master in ar zh-Hans fr ru es; do
		texts "$master/releases/1/example_partner/jeunes_2027.$tag.html" |
			diff "$work/a" - >"$work/diff" || break
	done
	ok "$tag: the page reads the same from every master" test ! -s "$work/diff"
done

# the template: what init makes by itself, but for days
cop init plain >/dev/null
without_days() {
	sed '/^"POT-Creation-Date/d; /^"PO-Revision-Date/d
		s/<opens at="[^"]*"/<opens at=""/; s/<closes at="[^"]*"/<closes at=""/
		s/keep-until="[^"]*"/keep-until=""/' "$1"
}
for f in consultation.xml forms/online_life.xml po/consultation po/online_life; do
	for from in "$top_srcdir/template/$f" "$top_srcdir/template/$f"/*.po; do
		[ -f "$from" ] || continue
		name=${from#"$top_srcdir/template/"}
		without_days "$from" >"$work/a"
		without_days "plain/$name" >"$work/b"
		ok "template/$name is what init makes" diff "$work/a" "$work/b"
	done
done
ok 'the interface is the one that is shipped' cmp "$top_srcdir/forms/interface.xml" plain/forms/interface.xml
for po in "$top_srcdir"/po/interface/*.po; do
	ok "its catalog ${po##*/} too" cmp "$po" "plain/po/interface/${po##*/}"
done
ok 'secret keys are kept out of git' sh -c '
	cd plain && "$COP_L10N" keygen >/dev/null &&
	{ ! command -v git >/dev/null || { git init -q . && git check-ignore -q keys/release.key &&
	! git check-ignore -q keys/release.pub; }; }'

# other languages
ok 'two languages of the six' quiet cop init two --languages='fr,ar'
ok 'their master is the first' grep -q 'xml:lang="fr"' two/forms/online_life.xml
ok 'nothing is wrong in it either' quiet cop -C two check
ok 'and they are built' sh -c 'cd two && "$COP_L10N" keygen >/dev/null && "$COP_L10N" build --draft --now='"$NOW"
ok 'an empty catalog is as update makes it' sh -c '
	"$COP_L10N" init more --now='"$NOW"' --languages="en sq" >/dev/null &&
	cp -R more again && rm again/po/*/sq.po &&
	"$COP_L10N" -C again update --now='"$NOW"' >/dev/null && diff -r more again'
says 'what is not translated is not built' 4 untranslated cop -C more check
ok 'a day of the past year is refused' sh -c '
	"$COP_L10N" init late --now='"$NOW"' --closes=2026-12-31; test $? = 4 && test ! -e late'
