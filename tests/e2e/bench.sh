#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the bench times is right, and its checker sees what is wrong.
. "${top_srcdir:?}/tests/e2e/lib.sh"
gen=$(cd "${top_builddir:?}" && pwd)/bench/gen
check=${gen%gen}check
phrases=$top_srcdir/bench/phrases.txt
mkdir d again docs
"$gen" "$phrases" 100 d && "$gen" "$phrases" 100 again || exit 99

# wrong COUNT ARG...: the checker says how many are wrong
wrong() {
	count=$1
	shift
	"$check" "$@" >said
	[ $? = 1 ] && grep -qx "WRONG: $count of [0-9]*" said
}
units() { # units COMMAND ARG...: the six documents
	"$@" units d/truth.ar docs/form.ar.xml d/truth.zh docs/form.zh.xml \
		d/truth.fr docs/form.fr.xml d/truth.ru docs/form.ru.xml \
		d/truth.es docs/form.es.xml d/truth.pt docs/form.pt.xml
}

ok 'the generator is deterministic' diff -r d again
ok 'the form is what the truth says' "$check" units d/truth.en d/form.xml
ok 'each catalog has every msgid' sh -c '
	for l in ar zh fr ru es pt; do "$0" ids d/truth.ids d/$l.po || exit; done' "$check"

ok 'the text is extracted' "$COP_L10N" extract --its d/its/form.its --key=text \
	--inline=full d/form.xml -o out.pot
ok 'the template is right' "$check" ids d/truth.ids out.pot
ok 'six languages are localized' "$COP_L10N" localize --its d/its/form.its \
	--key=text --inline=full d/form.xml d/ar.po d/zh.po d/fr.po d/ru.po \
	d/es.po d/pt.po -o docs
ok 'every unit is right' units "$check"
sed -i '0,/<.text>/s//X&/' docs/form.fr.xml
ok 'one altered unit of six hundred is seen' units wrong 1

# One letter, one unit and one message, in what is known to be right.
sed '0,/<.title>/s//x&/' d/form.xml >letter.xml
sed '0,/<choice>Y*[A-Z][a-z ]*<.choice>/s///' d/form.xml >unit.xml
sed '/placeholder=/{s/="[^"]*"/=""/;:a;n;ba}' d/form.xml >attribute.xml
sed '/^msgid "[A-Z]/{s/"/"X/;:a;n;ba}' d/fr.po >message.po
sed '/^<\/enquiry>/d' d/form.xml >cut.xml
ok 'a letter too many is seen' wrong 1 units d/truth.en letter.xml
ok 'a missing unit is seen' wrong '[1-9][0-9]*' units d/truth.en unit.xml
ok 'an empty attribute is seen' wrong 1 units d/truth.en attribute.xml
ok 'a wrong message is missing and unexpected' wrong 2 ids d/truth.ids message.po
ok 'another language is seen' wrong '[1-9][0-9]*' units d/truth.fr d/form.xml
ok 'a file that is not there is seen' wrong 100 units d/truth.fr nothing.xml
ok 'a document that breaks off is seen' wrong '[1-9][0-9]*' units d/truth.en cut.xml

# One catalog, and the template of a later version.
sh "$top_srcdir/bench/catalog.sh" "$top_srcdir" "${gen%/gen}" 300 c300 || exit 99
ok 'the catalog has as many entries as asked for' test "$(cat c300/entries)" = 300
ok 'there is nothing to find in it' sh -c '
	"$COP_L10N" lint c300/fr.po >said 2>&1 && ! grep -E "error:" said'
ok 'msgfmt takes it, and the template' sh -c '
	msgfmt -c -o fr.mo c300/fr.po 2>said && msgfmt -o new.mo c300/new.pot 2>>said'
ok 'every hundredth text is another' sh -c '
	msgmerge -q -N -o merged.po c300/fr.po c300/new.pot &&
	msgfmt --statistics -o merged.mo merged.po 2>&1 | grep -q "^297 translated"'

# A whole project, its outputs, and errors in them.
project=$top_srcdir/bench/project.sh
sh "$project" "$top_srcdir" "${gen%/gen}" 12 q12 &&
	sh "$project" "$top_srcdir" "${gen%/gen}" 12 q12.again || exit 99
forms=q12/releases/1/partner
ok 'the generator of projects is deterministic' diff -r q12 q12.again
ok 'there is nothing to find in the project' sh -c '
	"$COP_L10N" -C q12 check >said 2>&1 && ! grep -E "error:|warning:|note:" said'
ok 'all is translated' sh -c '
	"$COP_L10N" -C q12 status --format=json >said &&
	grep "\"status\"" said | grep -c "\"translated\":\"[1-9]" | grep -qx 18 &&
	! grep -E "\"(fuzzy|untranslated)\":\"[1-9]" said'
ok 'a key is made' "$COP_L10N" -C q12 keygen keys/release
ok 'it is built' cop -C q12 build --draft
ok 'every text is right in every output' "$check" release q12 "$forms"
sed -i '0,/<label>/s//&X/' "$forms/form.ru.xml"
ok 'one altered text of a form is seen' wrong 1 release q12 "$forms"
sed -i '0,/<legend>/s//&X/' "$forms/form.ar.html"
ok 'and one of a page' wrong 2 release q12 "$forms"
cp "$forms/form.es.html" "$forms/form.fr.html"
ok 'a page in another language is seen' wrong '[1-9][0-9]' release q12 "$forms"
rm "$forms/form.zh-Hans.html"
ok 'a page that is not there is seen' wrong '[1-9][0-9]*' release q12 "$forms"
cop -C q12.again update >/dev/null
ok 'the template has every text' "$check" ids q12/truth.ids q12.again/po/form/form.pot
