# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes hostile files into the current folder: make.py xml|po|zip [MODEL]."""

import struct
import sys
import zipfile


def put(name, *parts):
    with open(name, "wb") as file:
        for part in parts:
            file.write(part.encode() if isinstance(part, str) else part)


def xml():
    entities = "".join('<!ENTITY e%d "%s">' % (i, "&e%d;" % (i - 1) * 10) for i in range(1, 12))
    put("laughs", '<!DOCTYPE d [<!ENTITY e0 "ha">%s]><d>&e11;</d>' % entities)
    put("quadratic", '<!DOCTYPE d [<!ENTITY a "', "a" * 100000, '">]><d>', "&a;" * 50000, "</d>")
    put("parameter", "<!DOCTYPE d [<!ENTITY % a \"<!ENTITY b SYSTEM 'file:///etc/passwd'>\">%a;]><d>&b;</d>")
    put("external", '<!DOCTYPE d SYSTEM "file:///dev/zero" [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>')
    put("xinclude", '<d xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/>x</d>')
    put("deep", "<a>" * 1000000, "x", "</a>" * 1000000)
    put("attributes", "<d", "".join(" a%d='1'" % i for i in range(1000000)), ">x</d>")
    put("same-attribute", "<d", " a='1'" * 1000000, ">x</d>")
    put("namespaces", "<d", "".join(" xmlns:p%d='u:%d'" % (i, i) for i in range(300000)), ">x</d>")
    put("long-name", "<" + "n" * 7000000, ">x</" + "n" * 7000000, ">")
    put("long-value", "<d a='" + "v" * 12000000, "'>x</d>")
    put("long-comment", "<d><!--", "c" * 15000000, "-->x</d>")
    put("long-instruction", "<d><?p ", "c" * 15000000, "?>x</d>")
    put("elements", "<d>", "<a/>" * 3000000, "</d>")
    put("nul", "<d>a\0b</d>")
    put("not-utf-8", b"<d>a\xff\xfe\xc0\x80b</d>")
    put("half-utf-16", "\ufeff<d>x</d>".encode("utf-16-le")[:9])
    put("utf-7", "<?xml version='1.0' encoding='UTF-7'?><d>+ADw-</d>")
    put("empty")


RULE = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
FORMS = 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "раз"\nmsgstr[1] "два"\nmsgstr[2] "три"\n'


def header(rule=RULE, more=""):
    return (
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: %s\\n"\n%s\n' % (rule, more)
    )


def po():
    rules = {
        "conditions": "nplurals=3; plural=" + "n==1?0:" * 100000 + "2;",
        "brackets": "nplurals=3; plural=" + "(" * 100000 + "n" + ")" * 100000 + ";",
        "negations": "nplurals=3; plural=" + "!" * 900 + "n;",
        "great-number": "nplurals=3; plural=n==99999999999999999999999999999 ? 0 : 1;",
        "division": "nplurals=3; plural=1/(n-n);",
        "remainder": "nplurals=3; plural=n%0;",
        "million-forms": "nplurals=1000000; plural=n;",
        "wrapped-forms": "nplurals=18446744073709551617; plural=0;",
    }
    for name, rule in rules.items():
        put(name, header(rule), FORMS)
    one = 'msgid "m"\nmsgstr "н"\n\n'
    put("many-forms", header(), 'msgid "one"\nmsgid_plural "many"\n',
        "".join('msgstr[%d] "x"\n' % i for i in range(1000000)))
    put("great-form", header(), 'msgid "one"\nmsgid_plural "many"\nmsgstr[99999999999999999999] "x"\n')
    put("long-msgid", header(), 'msgid "', "m" * 10000000, '"\nmsgstr "да"\n')
    put("long-msgstr", header(), 'msgid "a"\nmsgstr "', "<b>{x} %d &" * 1000000, '"\n')
    put("long-header", header(more='"X-A: %s\\n"\n' % ("a" * 10000000)), one)
    put("million-headers", header(more='"X-A: a\\n"\n' * 1000000), one)
    put("entries", header(), "".join('msgid "m%d"\nmsgstr "н%d"\n\n' % (i, i) for i in range(1000000)))
    put("same-entry", header(), one * 300000)
    put("comments", header(), "#. c\n" * 3000000, one)
    put("flags", header(), "#, " + "fuzzy, " * 1000000, "\n", one)
    put("nul", header(), b'msgid "m\0"\nmsgstr "n"\n')
    put("nul-escape", header(), 'msgid "m\\000\\x00"\nmsgstr "n\\000"\n')
    put("not-utf-8", header(), b'msgid "m"\nmsgstr "\xff\xfe\xc0\x80\xed\xa0\x80"\n')
    put("bom-crlf", b"\xef\xbb\xbf", (header() + one).replace("\n", "\r\n"))
    put("cr", (header() + one).replace("\n", "\r"))
    put("open-quote", header(), 'msgid "m\nmsgstr "n')
    put("tags", header(), 'msgid "a"\nmsgstr "', "<b>" * 1000000, '"\n')
    put("braces", header(), 'msgid "{a}"\nmsgstr "', "{" * 1000000, '"\n')
    put("bidi", header(), 'msgid "a"\nmsgstr "', "\u202e\u2066" * 500000, '"\n')
    put("accents", header(), 'msgid "a"\nmsgstr "', "я" + "\u0301" * 1000000, '"\n')
    words = ["".join(chr(97 + i // 26**k % 26) for k in range(4)) for i in range(200000)]
    put("words", header(), 'msgid "', " ".join(words), '"\nmsgstr "', " ".join(reversed(words)), '"\n')
    put("names", header(), 'msgid "', " ".join(words), '"\nmsgstr "', "Xxxx " * 200000, '"\n')
    put("formats", header(), '#, c-format\nmsgid "%d"\nmsgstr "', "%9999999999$d %*d " * 200000, '"\n')
    put("charset", header().replace("UTF-8", "ISO-2022-KR"), one)
    put("charset-path", header().replace("UTF-8", "../../x"), one)
    put("terminal", header(), 'msgid "<b>\x1b[2J\u009b\a</b>"\nmsgstr "б"\n')
    put("empty")


def pack(name, entries):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content, *mode in entries:
            info = zipfile.ZipInfo(path)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (mode[0] if mode else 0o100644) << 16
            file.writestr(info, content)


def archives(model):
    catalog = open(model, "rb").read()
    pack("dots", [("../../evil.po", catalog)])
    pack("dots-inside", [("po/../../../evil.po", catalog)])
    pack("absolute", [("/evil.po", catalog)])
    pack("backslash", [("..\\..\\evil.po", catalog)])
    pack("drive", [("C:\\evil.po", catalog)])
    pack("colon", [("evil.po:po", catalog), ("po:evil.po", catalog)])
    pack("newline", [("po/evil\n.po", catalog)])
    pack("terminal", [("po/\x1b[2Jevil.po", b"msgid")])
    pack("case", [("po/ru.po", catalog), ("PO/RU.PO", catalog)])
    pack("unicode", [("po/\u0439.po", catalog), ("po/\u0438\u0306.po", catalog)])
    pack("link", [("po/ru.po", b"/etc/passwd", 0o120777)])
    pack("device", [("po/ru.po", b"", 0o020666)])
    pack("many", [("f%d.po" % i, catalog) for i in range(1100)])
    pack("long", [("a" * 60000 + ".po", catalog)])
    pack("deep", [("a/" * 20000 + "b.po", catalog)])
    pack("nested", [("po/a.zip", open("case", "rb").read())])
    pack("none", [])
    nothing = b"\0" * (1 << 20)
    with zipfile.ZipFile("bomb", "w", zipfile.ZIP_DEFLATED) as file:
        with file.open("po/ru.po", "w", force_zip64=True) as member:
            for _ in range(200):
                member.write(nothing)
    pack("bombs", [("p%d.po" % i, nothing) for i in range(150)])
    whole = open("case", "rb").read()
    put("cut", whole[: len(whole) // 2])
    put("lie", whole[:22] + struct.pack("<I", 1) + whole[26:])
    pack("nul", [("po/ru.poXevil", catalog)])
    put("nul", open("nul", "rb").read().replace(b"ru.poXevil", b"ru.po\0evil"))


if sys.argv[1] == "zip":
    archives(sys.argv[2])
else:
    {"xml": xml, "po": po}[sys.argv[1]]()
