# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile texts in every translation, and what became of them.

texts.py write TEXT     puts TEXT behind each translation of po/*/*.po
texts.py pages DIR      one line for each page and XML file below DIR that says
                        which elements, attributes, schemes and rules it has
texts.py compare A B    what B has and A has not, of two such lists; with
                        "exact" behind it each page has as much as in A
"""

import collections
import glob
import html.parser
import json
import os
import re
import sys
import xml.etree.ElementTree as tree

URLS = {"href", "src", "action", "formaction", "cite", "data", "poster", "background", "srcset", "xlink:href"}
# What pages and files have of their own for a text that has to be looked at.
FINDINGS = ["%s %s" % (kind, tag) for kind in ("element", "end") for tag in ("code", "li", "mark", "strong", "ul")]
FINDINGS += ["attribute %s" % what for what in ("div dir", "div lang", "strong class", "ul class", "span data-s", "span title")]
PH = "{urn:oasis:names:tc:xliff:document:1.2}ph"
FINDINGS += ["element " + PH, "attribute %s ctype" % PH, "attribute %s id" % PH]
SILENCED = ("wrong-script", "max-length", "length-ratio", "invisible-char", "bidi-unbalanced")


def write(text):
    import polib

    for name in glob.glob("po/*/*.po"):
        catalog = polib.pofile(name, wrapwidth=0)
        for entry in catalog:
            if entry.msgctxt in ("invite_sms", "invite_social"):
                continue  # text messages have little room
            # The test is about what is built, not about these findings.
            entry.tcomment += "".join("\ncop-ignore: %s of a test" % code for code in SILENCED)
            if entry.msgstr:
                entry.msgstr += text
            for form in entry.msgstr_plural:
                entry.msgstr_plural[form] += text
        catalog.save(name)


def scheme(url):
    # As a browser does: it drops tabs and line ends, and blanks before it.
    bare = re.sub(r"[\x00-\x20\u2028\u2029\u202a-\u202e\u2066-\u2069]", "", url)
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    return found.group(1).lower() if found else ""


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.seen = collections.Counter()

    def handle_starttag(self, tag, attrs):
        self.seen["element " + tag] += 1
        for name, value in attrs:
            self.seen["attribute %s %s" % (tag, name)] += 1
            if name in URLS:
                self.seen["scheme " + scheme(value or "")] += 1
            if name == "style":
                self.seen["rules"] += (value or "").count(";")

    def handle_endtag(self, tag):
        self.seen["end " + tag] += 1

    def handle_comment(self, data):
        self.seen["comment"] += 1

    def handle_decl(self, decl):
        self.seen["declaration " + decl] += 1

    def unknown_decl(self, data):
        self.seen["declaration of its own"] += 1

    def handle_pi(self, data):
        self.seen["instruction"] += 1

    def handle_data(self, data):
        if self.lasttag == "style" and self.cdata_elem == "style":
            # What stands in a string of CSS ends with it.
            self.seen["rules"] += re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', data).count("{")


def of_xml(name):
    seen = collections.Counter()
    for event, node in tree.iterparse(name, events=("start", "comment", "pi")):
        if event != "start":
            seen[event] += 1
            continue
        seen["element " + str(node.tag)] += 1
        for attribute, value in node.attrib.items():
            seen["attribute %s %s" % (node.tag, attribute)] += 1
            if attribute.split("}")[-1] in URLS:
                seen["scheme " + scheme(value)] += 1
    return seen


def pages(folder):
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            if name.endswith(".html"):
                page = Page()
                with open(path, encoding="utf-8") as file:
                    page.feed(file.read())
                page.close()
                seen = page.seen
            elif name.endswith((".xml", ".xhtml", ".svg", ".xlf")):
                seen = of_xml(path)
            else:
                continue
            print(json.dumps([os.path.relpath(path, folder), seen], sort_keys=True))


def compare(good, bad, exact):
    def read(name):
        with open(name, encoding="utf-8") as file:
            return dict(json.loads(line) for line in file)

    good, bad = read(good), read(bad)
    anywhere = set(FINDINGS).union(*good.values())
    # What is refused has no pages of a release.
    wrong = ["%s is missing" % name for name in good if exact and name not in bad]
    for name, seen in bad.items():
        for what, n in seen.items():
            was = good.get(name, {}).get(what, 0)
            # Pages about findings have more when there are more.
            if n != was if exact else what not in anywhere:
                wrong.append("%s: %s %d, not %d" % (name, what, n, was))
    print("\n".join(wrong[:20]))
    return 1 if wrong or len(good) < 5 or len(bad) < 5 else 0


if sys.argv[1] == "write":
    write(sys.argv[2])
elif sys.argv[1] == "pages":
    pages(sys.argv[2])
else:
    sys.exit(compare(sys.argv[2], sys.argv[3], sys.argv[4:] == ["exact"]))
