#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A translator without git and terminal: a pack goes out, is edited with the
# tools of others, and comes back.
. "${top_srcdir:?}/tests/e2e/lib.sh"
"$python" -c 'import polib' 2>/dev/null && command -v xliff2po >/dev/null || {
	left_out 'python3-polib or translate-toolkit is not installed'
	exit 0
}
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .
cop update >/dev/null
cp -R po before

again() { # the project as it was, an empty folder for what comes back
	rm -rf po back findings.html && cp -R before po && mkdir back
}
unpack() { # unpack LANG: into back/
	again
	(cd back && "$python" -m zipfile -e "../pack-$1.zip" .)
}
edit() { # edit: the program on stdin
	(cd back && "$python" -)
}
# Lines of a catalog that differ from what it was.
changed() {
	diff "before/$1" "po/$1" | grep -c '^[<>]'
}

for lang in ar zh_CN fr ru es; do
	ok "$lang: a pack is written" cop pack "$lang" -o "pack-$lang.zip"
	ok "$lang: its XLIFF keeps the rules of XLIFF 1.2" sh -c '
		mkdir -p x && cd x && "$0" -m zipfile -e "../pack-$1.zip" . &&
		xmllint --noout --relaxng "$2/tests/e2e/xliff.rng" xliff/*."$1".xlf' \
		"$python" "$lang" "$top_srcdir"
done
same_everywhere() {
	TZ=Asia/Tokyo cop pack fr -o again.zip && cmp pack-fr.zip again.zip
}
ok 'equal projects give equal bytes, in every time zone' same_everywhere
zip_is_plain() {
	"$python" - <<-'END'
	import zipfile
	z = zipfile.ZipFile("pack-fr.zip")
	assert z.testzip() is None
	assert z.infolist()[0].filename == "START.html"
	for i in z.infolist():
	    assert i.filename.isascii() and not i.filename.startswith(("/", ".")), i
	    assert i.flag_bits & 0x801 == 0, i
	    assert i.external_attr >> 16 == 0o100644, oct(i.external_attr >> 16)
	    assert i.date_time == (2027, 1, 12, 8, 0, 0), i.date_time
	assert z.read("review.csv").startswith(b"\xef\xbb\xbf") and b"\r\n" in z.read("review.csv")
	END
}
ok 'names, times and permissions are those of a plain zip' zip_is_plain

# ---- PO, by polib ----
unpack fr
ok 'what nobody touched changes nothing' sh -c \
	'"$0" import pack-fr.zip && diff -r before po' "$COP_L10N"
edit <<'END'
import polib
po = polib.pofile("po/online_bullying.fr.po")
po.find("privacy/item2", by="msgctxt").msgstr = "Tu peux t’arrêter quand tu veux."
po.save()
END
ok 'a catalog that polib saved is taken' cop import back/po/online_bullying.fr.po
ok 'and one line of the project changed' [ "$(changed online_bullying/fr.po)" = 2 ]
ok 'the page begins with what was taken' grep -q 'class="news"' findings.html
ok 'the rest of the project did not' [ "$(changed digital_skills/fr.po)" = 0 ]

# ---- XLIFF, by a tool that writes it in its own way ----
unpack ar
edit <<'END'
import xml.etree.ElementTree as E
ns = "{urn:oasis:names:tc:xliff:document:1.2}"
path = "xliff/online_bullying.ar.xlf"
tree = E.parse(path)
for u in tree.iter(ns + "trans-unit"):
    if u.get("id") == "privacy/item1":
        t = u.find(ns + "target")
        t.text = "هذا "
        g = t.find(ns + "g")
        g.text, g.tail = "اختيارك وحدك", "."
tree.write(path, encoding="utf-16", xml_declaration=True)
END
ok 'XLIFF with other prefixes, in UTF-16, is taken' cop import back/xliff/online_bullying.ar.xlf
ok 'its codes are tags again' grep -q '<strong>اختيارك وحدك</strong>' po/online_bullying/ar.po
ok 'and one line of the project changed' [ "$(changed online_bullying/ar.po)" = 2 ]

toolkit_reads() {
	unpack ar
	for f in back/xliff/*.xlf; do
		xliff2po --progress=none "$f" out.po && msgfmt -o /dev/null out.po ||
			return 1
	done
	"$python" - <<-'END'
	import polib
	po = polib.pofile("out.po")
	# What nobody approved is fuzzy to the toolkit.
	said = [e for e in po if e.msgstr]
	assert len(said) > 90, len(said)
	END
}
ok 'translate-toolkit reads every XLIFF file' toolkit_reads

# ---- the whole zip, as a mail program and a spreadsheet leave it ----
unpack ru
edit <<'END'
import csv, polib, zipfile
with open("review.csv", encoding="utf-8-sig", newline="") as f:
    rows = list(csv.reader(f))
for r in rows:
    if r[0] == "ru:digital_skills:privacy/item2":
        r[3], r[4], r[5] = "Остановиться можно когда угодно. ", "x", "так короче; и проще"
with open("review.csv", "w", encoding="utf-16", newline="") as f:
    csv.writer(f, delimiter="\t").writerows(rows)
po = polib.pofile("po/online_bullying.ru.po")
po.find("privacy/item2", by="msgctxt").msgstr = "Закончить можно в любую минуту."
po.save()
with zipfile.ZipFile("../back.zip", "w") as z:
    for name in ("po/online_bullying.ru.po", "xliff/online_bullying.ru.xlf", "review.csv"):
        z.write(name, "../../перевод/" + name)
    z.writestr("__MACOSX/._x.po", b"\0\0")
    z.writestr("../../evil.txt", b"x")
END
ok 'a zip with folders, a table in UTF-16 and a catalog is taken' cop import back.zip
ok 'the catalog counts where the table was left alone' \
	grep -q 'Закончить можно в любую минуту' po/online_bullying/ru.po
ok 'the table counts where it was edited' grep -q '"Остановиться можно когда угодно."' po/digital_skills/ru.po
ok 'a remark is a comment' grep -q '^# так короче; и проще$' po/digital_skills/ru.po
ok 'no file was written by the names in the zip' sh -c \
	'! ls .. ../.. | grep -q "evil.txt\|перевод"'

# ---- meanwhile ----
unpack es
edit <<'END'
import polib
po = polib.pofile("po/online_bullying.es.po")
po.find("privacy/item2", by="msgctxt").msgstr = "Puedes parar cuando quieras, siempre."
po.find("help/p2", by="msgctxt").msgstr = "Sin enlace y con {extra}"
po.save()
END
sed -i 's/You can stop at any time\./You cannot stop./' forms/online_bullying.xml
cop update >/dev/null
cp -R po meanwhile
says 'an error in what was taken is told' 4 placeholder-extra cop import back/po/online_bullying.es.po
ok "what breaks a placeholder waits as fuzzy: gettext's own tools take the catalog" sh -c \
	'msgfmt -c -o /dev/null po/online_bullying/es.po &&
	msgattrib --only-fuzzy --no-wrap po/online_bullying/es.po | grep -q "con {extra}"'
ok 'a text whose source was turned round is fuzzy' sh -c 'msgattrib --only-fuzzy --no-wrap \
	po/online_bullying/es.po | grep -A4 "^#| msgid \"You can stop at any time" |
	grep -q "Puedes parar cuando quieras, siempre"'
ok 'the page says both, in the language of the translator' sh -c \
	'grep -q "lang=\"es\"" findings.html && grep -qE "<mark>(<[^>]*>)?[{]extra[}]" findings.html &&
	grep -q "You cannot stop" findings.html'
ok 'the catalog is still one' msgfmt -c -o /dev/null po/online_bullying/es.po
rm -rf po && cp -R meanwhile po
says 'a dry run tells the same' 4 import-stale cop import back/po/online_bullying.es.po --dry-run
ok 'and changes nothing' diff -r meanwhile po
git_free() { # a fix here that the translator did not know of
	rm -rf po && cp -R meanwhile po
	sed -i 's/Puedes contactar/Podés contactar/; s/También puedes/También podés/' po/online_bullying/es.po
	cp -R po fixed && cop import pack-es.zip >/dev/null && diff -r fixed po
}
ok 'a pack that comes back untouched undoes no fix' git_free

# ---- what cannot be taken ----
again
sed 's/target-language="fr"/target-language="de"/' x/xliff/online_bullying.fr.xlf >de.xlf
says 'another language is refused' 4 import-language cop import de.xlf
says 'a page is no translation' 4 import-kind cop import x/START.html
head -c 3000 pack-fr.zip >cut.zip
says 'half a zip is refused' 4 import-zip cop import cut.zip
head -c "$(($(wc -c <pack-fr.zip) * 9 / 10))" pack-fr.zip >cut.zip
says 'of a zip without its end the rest is read' 4 import-zip cop import cut.zip
ok 'and the page does not call it whole' sh -c \
	'grep -q "class=\"news\"" findings.html && ! grep -q "sont déjà là\|are here already" findings.html &&
	! grep -q "Toutes les vérifications\|All checks found" findings.html'
printf 'msgid "a"\nmsgstr "b\n' >cut.po
says 'half a catalog is refused' 4 syntax cop import cut.po
printf 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "zz"\nmsgstr "yy"\n' >other.po
says 'texts of another project are refused' 4 import-form cop import other.po
ok 'and nothing was written by any of them' diff -r before po
