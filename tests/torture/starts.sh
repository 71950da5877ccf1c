# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh: the folders that cases begin with.

# A small project with a key, everything translated and approved.
start_project() {
	. "$top_srcdir/tests/cli/project.sh"
	sed -i 's|<endpoint url="[^"]*"|<endpoint url="holder/" driver="dir"|' consultation.xml
	mkdir holder
	cop keygen keys/release
	for tag in ar zh-Hans ru; do
		cop review $tag approved --all --who Nobody --role tests || return
	done
}

# Its first release, and then a change: what a second release differs in.
start_released() {
	start project
	cop build
}
start_changed() {
	start released
	sed -i 's|care@example.org|help@example.org|' consultation.xml
}
start_delivered() {
	start released
	cop push
}

# A document of no project, and its catalogs.
start_document() {
	cat >doc.xml <<'END'
<doc xmlns:its="http://www.w3.org/2005/11/its"><its:rules version="2.0"><its:translateRule selector="//code" translate="no"/></its:rules>
<p its:locNote="About fear">How <b its:withinText="yes">safe</b> do you feel?</p><p>One &amp; two</p><code>skip</code></doc>
END
	cop extract doc.xml -o doc.pot || return
	catalog ar 'ما مدى <b>أمانك</b>؟' 'واحد &amp; اثنان' >ar.po
	catalog ru 'Насколько <b>безопасно</b>?' 'Раз &amp; два' >ru.po
	rm doc.pot
}
catalog() {
	awk -v lang="$1" -v one="$2" -v two="$3" '
	/^"Language:/ { print "\"Language: " lang "\\n\""; next }
	/^msgstr ""$/ && n++ > 0 { gsub(/&/, "\\\\&", one); print "msgstr \"" (n == 2 ? one : two) "\""; next }
	{ print }' doc.pot
}
