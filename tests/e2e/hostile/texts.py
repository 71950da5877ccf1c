# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile texts in every translation, and what became of them.

texts.py write TEXT     puts TEXT behind each translation of po/*/*.po, behind a
                        number of its own, Q0001Q, and lists them in "numbers"
texts.py master TEXT    the same of the texts of the forms and the project, which
                        are written in English and then for English alone
texts.py pages DIR      one line for each page and XML file below DIR that says
                        which elements, attributes, schemes and rules it has
texts.py spoil PAGE     takes back one escape in it
texts.py compare A B    what B has and A has not, of two such lists; with
                        "exact" behind it each page has as much as in A
texts.py arrived DIR N TEXT  in the pages and XML files below DIR each number of
                        "numbers" that is there has TEXT behind it as text or
                        in an attribute, and stands nowhere else; at least N
                        of the numbers are there, and all of the form
"""

import collections
import glob
import html
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
# Each text of these must be somewhere.
FORMS = ("po/mini/", "po/digital_skills/", "forms/mini.xml", "forms/digital_skills.xml")
# With more behind it this title has no room in a text message; the other has.
LONG = "Digital skills: your experience"
SILENCED = ("wrong-script", "max-length", "length-ratio", "invisible-char", "bidi-unbalanced")


def write(text):
    import polib

    numbers = []
    for name in sorted(glob.glob("po/*/*.po")):
        catalog = polib.pofile(name, wrapwidth=0)

        def numbered(entry, was):
            numbers.append("%s %s" % (name, entry.msgctxt or entry.msgid[:40]))
            return "%s Q%04dQ%s" % (was, len(numbers), text)

        for entry in catalog:
            if entry.msgctxt in ("invite_sms", "invite_social") or entry.msgid.startswith(LONG):
                continue  # text messages have little room
            # The test is about what is built, not about these findings.
            entry.tcomment += "".join("\ncop-ignore: %s of a test" % code for code in SILENCED)
            if entry.msgstr:
                entry.msgstr = numbered(entry, entry.msgstr)
            for form in entry.msgstr_plural:
                entry.msgstr_plural[form] = numbered(entry, entry.msgstr_plural[form])
        catalog.save(name)
    with open("numbers", "w", encoding="utf-8") as file:
        file.write("\n".join(numbers) + "\n")


def master(text):
    numbers = []
    for name in ["consultation.xml"] + sorted(glob.glob("forms/*.xml")):
        with open(name, encoding="utf-8") as file:
            content = file.read()

        def numbered(found):
            if found.group(1).startswith(LONG):
                return found.group(0)
            numbers.append("%s %s" % (name, found.group(1)[:40]))
            return ">%s Q%04dQ%s<" % (found.group(1), len(numbers), text)

        # Whatever has a letter, between two tags; comments have tags of their own.
        parts = re.split(r"(<!--.*?-->)", content, flags=re.S)
        parts[::2] = [re.sub(r">([^<>]*[A-Za-z][^<>]*)<", numbered, part) for part in parts[::2]]
        content = re.sub(r' (maxchars|sms)="[^"]*"', "", "".join(parts))
        content = re.sub(r'\n *<language tag="(?!en")[^>]*>', "", content)
        content = re.sub(r' languages="[^"]*"', ' languages="en"', content)
        with open(name, "w", encoding="utf-8") as file:
            file.write(content)
    with open("numbers", "w", encoding="utf-8") as file:
        file.write("\n".join(numbers) + "\n")


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


class Texts(html.parser.HTMLParser):
    """What a reader sees, in one, and what each attribute says."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.attributes, self.raw = [], [], []

    def handle_starttag(self, tag, attrs):
        self.attributes += [value or "" for name, value in attrs]

    def handle_data(self, data):
        # What stands there is no text to a browser.
        (self.raw if self.cdata_elem in ("script", "style") else self.text).append(data)


def texts_of(path, content):
    if path.endswith(".html"):
        page = Texts()
        page.feed(content)
        page.close()
        # A rule of CSS may say a text in a string, which ends with it.
        strings = re.findall(r'"((?:[^"\\\n]|\\.)*)"', "".join(page.raw))
        return ["".join(page.text)] + page.attributes, strings
    nodes = list(tree.fromstring(content.encode()).iter())
    return ["".join(nodes[0].itertext())] + [value for node in nodes for value in node.attrib.values()], []


def arrived_in(path, ways):
    """The numbers in a file, and what is wrong with them."""
    with open(path, encoding="utf-8", newline="") as file:
        content = file.read()
    seen = collections.Counter(re.findall(r"Q(\d{4})Q", content))
    texts, strings = texts_of(path, content)
    if path.endswith(".slots.xml"):  # what holds words for a page, as they stand there
        ways = tuple(html.escape(way, quote) for way in ways for quote in (False, True))
    good = collections.Counter()
    for text in texts:
        for found in re.finditer(r"Q(\d{4})Q", text):
            if text.startswith(ways, found.end()):
                good[found.group(1)] += 1
    for text in strings:
        good.update(re.findall(r"Q(\d{4})Q", text))
    # A comment that nothing ends is text to the reader above, to browsers none.
    begun = re.findall(r"Q(\d{4})Q[^<]*<[!?]", content) if path.endswith(".html") else []
    return seen, begun + [number for number in seen if seen[number] != good[number]]


def arrived(folder, least, text):
    # As it is meant, where braces are doubled, and as the catalog has it, where
    # that is shown.
    meant = html.unescape(text)
    ways = (meant.replace("{{", "{").replace("}}", "}"), meant, text)
    with open("numbers", encoding="utf-8") as file:
        names = file.read().split("\n")[:-1]
    wrong, there = [], collections.Counter()
    for base, _, files in os.walk(folder):
        for name in files:
            if not name.endswith((".html", ".xml", ".xhtml", ".svg")):
                continue
            path = os.path.join(base, name)
            seen, bad = arrived_in(path, ways)
            there.update(seen)
            wrong += ["%s: %s is no text" % (path, names[int(number) - 1]) for number in bad]
    missing = [names[i] for i in range(len(names)) if there["%04d" % (i + 1)] == 0]
    wrong += ["nowhere: " + name for name in missing if name.startswith(FORMS)]
    print("\n".join(wrong[:20]))
    print("%d of %d texts, %d times; not there: %s" % (
        len(there), len(names), sum(there.values()), ", ".join(missing)))
    return 1 if wrong or len(there) < least else 0


def spoil(path):
    """One character of one text is not escaped any more."""
    with open(path, encoding="utf-8", newline="") as file:
        content, n = re.subn(r"(Q\d{4}Q[^<>]*)&(?:lt|quot);", r"\1<", file.read(), count=1)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(content)
    return 0 if n == 1 else 1


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
            # Pages about findings have more when there are more; letters of
            # other scripts between Arabic ones are set apart.
            if n != was if exact and not what.endswith(" bdi") else what not in anywhere:
                wrong.append("%s: %s %d, not %d" % (name, what, n, was))
    print("\n".join(wrong[:20]))
    return 1 if wrong or len(good) < 5 or len(bad) < 5 else 0


if sys.argv[1] == "write":
    write(sys.argv[2])
elif sys.argv[1] == "master":
    master(sys.argv[2])
elif sys.argv[1] == "spoil":
    sys.exit(spoil(sys.argv[2]))
elif sys.argv[1] == "pages":
    pages(sys.argv[2])
elif sys.argv[1] == "arrived":
    sys.exit(arrived(sys.argv[2], int(sys.argv[3]), sys.argv[4]))
else:
    sys.exit(compare(sys.argv[2], sys.argv[3], sys.argv[4:] == ["exact"]))
