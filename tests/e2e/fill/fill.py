#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages given back by a collector, read with a reader of HTML that is not ours.

fill.py FILLER FOLDER FORM LANG ROUNDS: answers at random, of whatever bytes,
are posted; the page that comes back must hold them all, say at each question
what is wrong, be the page that was released but for insertions, and give no
byte of a participant a meaning.
"""
import html.parser
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

WORDS = [
    'أريد أن أتعلم البرمجة', '我想学编程', 'Я хочу учиться программированию', 'Je dis « non »',
    '"><script>alert(1)</script>', "' onfocus='x", '</textarea><h1>x</h1>', '&amp; &lt;', '&#x202e;',
    '<!-- -->', ']]>', '\n\nзачем', '\r\nа\r\nб', '{office}', '\u202eabc\u202c', '😀 👩‍👧', '%00 %3C', 'x' * 70000,
    'tab\tinside', 'а\x01б\x7fв', '\x85\x9b', 'ﷺ', '\ufeffbom',
]
VOID = {'input', 'meta', 'link', 'br', 'hr', 'img'}


class Page(html.parser.HTMLParser):
    """What a browser would send from a page, and who describes what."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.controls = []  # [name, type, value, checked]
        self.ids = []
        self.attrs = {}  # of each id
        self.links = []
        self.texts = {}  # of each id: all text in it
        self.open = []
        self.area = self.select = None
        self.tags = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        names = [a for a, _ in attrs]
        assert len(names) == len(set(names)), (tag, attrs)
        a = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append((tag, a.get('id')))
        if 'id' in a:
            self.ids.append(a['id'])
            self.attrs[a['id']] = a
        if tag == 'a':
            self.links.append(a.get('href', ''))
        if tag == 'input':
            kind = a.get('type')
            if kind in ('radio', 'checkbox'):
                self.controls.append([a['name'], kind, a['value'], 'checked' in a])
            else:
                value = a.get('value', '')
                if kind in ('text', 'number'):
                    value = re.sub('[\r\n]', '', value)
                self.controls.append([a['name'], kind, value, True])
        elif tag == 'textarea':
            self.area = [a['name'], 'textarea', '', True]
            self.controls.append(self.area)
        elif tag == 'select':
            self.select = a['name']
        elif tag == 'option':
            self.controls.append([self.select, 'option', a['value'], 'selected' in a])

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, (tag, self.open[-3:])
        self.open.pop()
        if tag == 'textarea':
            text = self.area[2]
            self.area[2] = text[1:] if text.startswith('\n') else text
            self.area = None

    def handle_data(self, data):
        if self.area is not None:
            self.area[2] += data
        for _, name in self.open:
            if name:
                self.texts[name] = self.texts.get(name, '') + data

    def sent(self):
        return [(n, v) for n, _, v, on in self.controls if on and v != '']


def plain(text, lines):
    """As it may come back: no control characters, line ends as LF or none."""
    text = re.sub('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]', '', text)
    text = text.replace('\r\n', '\n').replace('\r', '\n')
    return text if lines else text.replace('\n', '')


def answer(dice, page):
    """Some of the controls, as names and values."""
    out = []
    seen = {}
    for name, kind, value, _ in page.controls:
        seen.setdefault((name, kind), []).append(value)
    for (name, kind), values in seen.items():
        if kind == 'hidden':
            out.append((name, values[0]))
        elif dice.random() < 0.25:
            continue
        elif kind in ('radio', 'option'):
            out.append((name, dice.choice([v for v in values if v])))
        elif kind == 'checkbox':
            out += [(name, v) for v in values if dice.random() < 0.4]
        elif kind == 'number':
            out.append((name, dice.choice(['12', '-3', '2.5', '99999'])))
        else:
            out.append((name, ' '.join(dice.sample(WORDS, dice.randint(1, 4)))))
    return out


def expected(page, posted):
    """What must stand in the page that comes back."""
    lines = {n for n, kind, _, _ in page.controls if kind == 'textarea'}
    texts = lines | {n for n, kind, _, _ in page.controls if kind == 'text'}
    out = [(n, plain(v, n in lines) if n in texts else v) for n, v in posted]
    return sorted((n, v) for n, v in out if v)


def pieces(page, slots):
    """The page's bytes between the places of insertions."""
    ends = [int(e.get('at')) for e in slots.iter() if e.get('at')]
    assert ends == sorted(ends) and len(page) == int(slots.get('length'))
    starts = [0] + ends
    return [page[a:b] for a, b in zip(starts, ends + [len(page)])]


def is_page_with_insertions(out, parts):
    at = 0
    for i, part in enumerate(parts):
        found = out.find(part, at)
        if found < 0 or (i == 0 and found != 0):
            return False
        at = found + len(part)
    return out.endswith(parts[-1])


def check_told(page, back, wrong, own):
    assert len(back.ids) == len(set(back.ids)), 'an id twice'
    for name, a in back.attrs.items():
        for ref in (a.get('aria-describedby') or '').split():
            assert ref in back.attrs, (name, ref)
    told = [i[2:] for i in back.ids if i.startswith('f-')]
    assert told == wrong, (told, wrong)
    for q in wrong:
        assert 'data-wrong' in back.attrs['q-' + q], q
        assert back.texts['f-' + q].strip(), q
        assert f'#q-{q}' in back.links
        described = [a for n, a in back.attrs.items() if f'f-{q}' in (a.get('aria-describedby') or '').split()]
        assert len(described) == 1, q
    if wrong:
        assert 'autofocus' in back.attrs['told'] and back.ids[0] == 'told'
        assert own in back.texts['told-title']
    # Nothing that a participant wrote has become an element.
    extra = sorted(back.tags)
    for tag in page.tags:
        extra.remove(tag)
    assert set(extra) <= {'section', 'div', 'h2', 'p', 'ul', 'li', 'a', 'em', 'dfn', 'strong', 'bdi', 'input', 'span'}, set(extra)


def main():
    filler, folder, form, lang, rounds = sys.argv[1:6]
    base = f'{folder}/{form}.{lang}'
    page = open(base + '.html', 'rb').read()
    slots = ET.parse(base + '.slots.xml').getroot()
    ns = '{' + slots.tag[1:].split('}')[0] + '}'
    own = [w.text for w in slots.iter(ns + 'words') if w.get('id') == 'incomplete_title'][0]
    questions = [q.get('id') for q in slots.iter(ns + 'question')]
    parts = pieces(page, slots)
    before = Page(page.decode())
    marks = 0
    for seed in range(int(rounds)):
        dice = random.Random(f'{form} {lang} {seed}')
        posted = answer(dice, before) if seed > 0 else []
        data = b''.join(x.encode() + b'\0' for pair in posted for x in pair)
        run = subprocess.run([filler, base + '.html', base + '.slots.xml', base + '.xml'],
                             input=data, capture_output=True, check=True)
        faults = [line.split()[2] for line in run.stderr.decode().splitlines() if line.startswith('fault ')]
        wrong = [q for q in questions if q in faults]
        assert is_page_with_insertions(run.stdout, parts), seed
        assert b'\x00' not in run.stdout
        back = Page(run.stdout.decode())
        sent = [(n, v) for n, v in back.sent() if n != '_id']
        assert ('_id', '00112233445566778899aabbccddeeff') in back.sent()
        if seed == 0:
            sent = [(n, v) for n, v in sent if not n.startswith('_')]
        assert sorted(sent) == expected(before, posted), seed
        check_told(before, back, wrong, own)
        marks += len(wrong)
    assert marks > 0
    print(f'{form} {lang}: {rounds} pages came back, {marks} questions were marked')


main()
