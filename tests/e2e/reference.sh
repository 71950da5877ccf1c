#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every ```xml block of docs/form-reference.md is put into a small project,
# with what it refers to, and must pass check, without advice, and build.
# (That each element and attribute is shown is looked at in
# tests/unit/test_form.c.)
. "${top_srcdir:?}/tests/e2e/lib.sh"
page=$top_srcdir/docs/form-reference.md

mkdir p blocks && cd p || exit 99
mkdir forms && cp "$top_srcdir/forms/interface.xml" forms/ && chmod -R u+w .
cop keygen >/dev/null || exit 99

# One file a block: NUMBER.xml; its line in the page: NUMBER.line
awk -v dir="$work/blocks" '
/^```xml$/ {
	file = sprintf("%s/%02d", dir, ++n)
	print FNR >(file ".line")
	inside = 1
	next
}
/^```/ { inside = 0 }
inside { print >(file ".xml") }' "$page"

# unless NAME XML: a thing that the block may bring itself
unless() {
	grep -q "\(id\|name\)=\"$1\"" "$block" || printf '%s\n' "$2"
}

# part NAME XML...: the block when it begins with <NAME, or else what is usual
part() {
	if [ "$first" = "$1" ]; then
		cat "$block"
	else
		shift
		printf '%s\n' "$@"
	fi
}

about() {
	[ "$first" != about ] || { cat "$block"; return; }
	echo '<about>'
	part title '<title>Your life online</title>'
	part summary ''
	part opens ''
	part closes '<closes at="2027-03-31T12:00:00Z"/>'
	part audience '<audience min-age="10" max-age="24"/>'
	[ "$first" != param ] || cat "$block"
	unless closes '<param name="closes" type="date"/>'
	unless days '<param name="days" type="number" value="3"/>'
	grep -q 'name="topics"' "$block" || echo '<param name="topics" type="list" use="topics"/>'
	[ "$first" != link ] || cat "$block"
	unless helplines '<link id="helplines" href="https://example.org/"/>'
	part contact ''
	part privacy '<privacy><p>Our team reads your answers.</p></privacy>'
	part help '<help><p>You can talk to an adult you trust.</p></help>'
	echo '</about>'
}

questions() {
	echo '<section id="before_all"><title>Before you start</title>'
	unless age '<choose-one id="age"><label>How old are you?</label><option value="10_15" from-age="10">10–15</option><option value="16_24" from-age="16">16–24</option></choose-one>'
	minors=' when="age lt guardian-age"'
	! grep -q 'id="age"' "$block" || minors=
	unless guardian_ok "<consent id=\"guardian_ok\" by=\"guardian\" required=\"yes\"$minors><label>I am the parent and I agree.</label><error>A parent must agree first.</error></consent>"
	unless my_ok '<consent id="my_ok" by="participant" required="yes"><label>I want to take part.</label><error>Please tick this box.</error></consent>'
	unless seen '<choose-one id="seen"><label>How often do you see that?</label><option value="often">Very often</option><option value="sometimes">Now and then</option><option value="never">Not at all</option></choose-one>'
	unless told '<choose-many id="told"><label>Who knows about that?</label><option value="family">My family</option><option value="friends">My friends</option></choose-many>'
	echo '</section>'
}

# The block between questions, or in a section of its own
place() {
	case $first in
	section) cat "$block" ;;
	intro)
		echo '<section id="around"><title>What you think of it</title>'
		cat "$block"
		echo '<note id="inside"><p>Think of the last month.</p></note></section>'
		;;
	p)
		echo '<section id="around"><title>What you think of it</title><intro>'
		cat "$block"
		echo '</intro><note id="inside"><p>Think of the last month.</p></note></section>'
		;;
	note | choose-* | rating | grid | rank | text | number | date | consent)
		echo '<section id="around"><title>What you think of it</title>'
		cat "$block"
		echo '</section>'
		;;
	esac
}

wrap() {
	printf '<consultation xmlns="urn:cop-l10n:form:1" id="example" version="1" xml:lang="en">'
	about
	[ "$first" != choices ] || cat "$block"
	unless agree '<choices id="agree"><option value="3">Yes</option><option value="1">No</option></choices>'
	grep -q '<choices id="topics"' "$block" || echo '<choices id="topics"><option value="a">two games</option><option value="b">the school</option></choices>'
	questions
	place
	part thanks '<thanks><p>Thank you for your time.</p></thanks>'
	echo '</consultation>'
}

known='about title summary opens closes audience param link contact privacy help choices
section intro thanks p note choose-one choose-many rating grid rank text number date consent'
make_form() {
	first=$(grep -o '^ *<[a-z?-]*' "$block" | head -n 1 | tr -d ' <')
	case $first in
	\?xml | consultation) cp "$block" forms/example.xml ;;
	*)
		case " $(echo $known) " in
		*" $first "*) wrap >forms/example.xml ;;
		*) echo "no place is known for <$first>"; return 1 ;;
		esac
		;;
	esac
}

# The only language is that of the form, so that no catalog is needed.
make_project() {
	lang=$(sed -n 's/.*xml:lang="\([a-z]*\)".*/\1/p' forms/example.xml | head -n 1)
	[ "$lang" = en ] || { mkdir -p po/interface && cp "$top_srcdir/po/interface/$lang.po" po/interface/; }
	cat >consultation.xml <<-END
	<project xmlns="urn:cop-l10n:project:1" id="p" version="1" xml:lang="$lang">
	  <title>Test</title>
	  <languages><language tag="$lang"/></languages>
	  <interface src="forms/interface.xml"/>
	  <form src="forms/example.xml"/>
	  <output kind="xml"/>
	  <output kind="html"/>
	  <safeguarding email="care@example.org" role="Officer"/>
	  <recipient id="office" kind="office" languages="$lang" guardian-age="16">
	    <name>Test office</name>
	    <contact email="office@example.org"/>
	    <responses href="https://forms.example.org/answers"/>
	    <pickup by="zip"/>
	  </recipient>
	</project>
	END
}

# What a small wrapper does not use is no fault of the example.
without_unused() {
	grep -v '\[form-unused\]\|^cop-l10n [a-z]*: errors: 0,' "$1"
}

works() {
	block=$work/blocks/$1.xml
	make_form && make_project || return
	cop check >said 2>&1 || { cat said forms/example.xml; return 1; }
	if without_unused said | grep -v '^checked:'; then
		return 1
	fi
	cop build --draft >said 2>&1 || { cat said; return 1; }
	[ -n "$(find releases/draft/ -name '*.html' -size +1k)" ]
}

for line in "$work"/blocks/*.line; do
	number=$(basename "$line" .line)
	ok "the example on line $(cat "$line")" works "$number"
done
enough() { [ "$n" -ge 20 ]; }
ok 'there are examples' enough
