#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone with a client of OpenRosa, as strict as ODK Collect is.

phone.py MEMORY ADDRESS [LANGUAGE...]
    Lists the forms at ADDRESS, downloads those that MEMORY (a JSON file) does
    not hold, checks and loads each, and prints "ID VERSION NAME" lines.
    Ends with status 1 and a reason where a phone would show an error.
"""
import hashlib
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET

LIST = '{http://openrosa.org/xforms/xformsList}'
MANIFEST = '{http://openrosa.org/xforms/xformsManifest}'
XFORMS = '{http://www.w3.org/2002/xforms}'
XHTML = '{http://www.w3.org/1999/xhtml}'
JR = '{http://openrosa.org/javarosa}'


class Refused(Exception):
    """What a phone shows instead of its forms."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def ask(url, language=None, method='GET', fields=None):
    """One request; (status, headers, body)."""
    # Twelve hours instead of 24, and no zone a standard knows: real phones do.
    headers = {'X-OpenRosa-Version': '1.0', 'Date': 'Mon, 11 Jan 2027 08:00:00 GMT+03:00',
               'User-Agent': 'org.odk.collect.android/test'}
    if language:
        headers['Accept-Language'] = language
    headers.update(fields or {})
    request = urllib.request.Request(url, method=method, headers=headers)
    try:
        with OPENER.open(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as e:
        with e:
            return e.code, e.headers, e.read()


def get_xml(url, language=None):
    """A document of OpenRosa: its root element and the fields."""
    status, fields, body = ask(url, language)
    if status != 200:
        raise Refused(f'status {status} instead of 200: {url}')
    if 'text/xml' not in (fields['Content-Type'] or ''):
        raise Refused(f'content type {fields["Content-Type"]} instead of text/xml')
    if fields['X-OpenRosa-Version'] != '1.0':
        raise Refused('this is no OpenRosa server')
    try:
        return ET.fromstring(body), fields
    except ET.ParseError as e:
        raise Refused(f'not XML: {e}') from e


def children(element, namespace):
    """Name to text, without blanks around it; what is empty is not there."""
    found = {}
    for child in element:
        text = (child.text or '').strip()
        if child.tag.startswith(namespace) and text:
            name = child.tag[len(namespace):]
            if name in found:
                raise Refused(f'<{name}> twice in one entry')
            found[name] = text
    return found


def digest_of(entry):
    digest = entry.get('hash')
    if digest is None:
        raise Refused('an entry without a hash')
    if not re.fullmatch(r'md5:[0-9a-f]{32}', digest):
        raise Refused(f'a hash that is not md5: {digest}')
    return digest[4:]


def read_list(root):
    """Entries, or nothing at all: one bad entry spoils the list."""
    if root.tag != LIST + 'xforms':
        raise Refused(f'the root is {root.tag}')
    entries, seen = [], set()
    for element in root:
        if element.tag != LIST + 'xform':
            continue
        entry = children(element, LIST)
        for name in ('formID', 'name', 'downloadUrl'):
            if name not in entry:
                raise Refused(f'an entry without <{name}>')
        if element.find(LIST + 'manifestUrl') is not None and 'manifestUrl' not in entry:
            raise Refused('an empty <manifestUrl>')
        if element.find(LIST + 'version') is not None and 'version' not in entry:
            raise Refused('an empty <version>')
        entry['md5'] = digest_of(entry)
        if entry['formID'] in seen:
            raise Refused(f'two forms {entry["formID"]}')
        seen.add(entry['formID'])
        entries.append(entry)
    return entries


def read_manifest(root):
    if root.tag != MANIFEST + 'manifest':
        raise Refused(f'the root is {root.tag}')
    files = []
    for element in root:
        if element.tag != MANIFEST + 'mediaFile':
            continue
        entry = children(element, MANIFEST)
        for name in ('filename', 'hash', 'downloadUrl'):
            if name not in entry:
                raise Refused(f'a media file without <{name}>')
        entry['md5'] = digest_of(entry)
        files.append(entry)
    return files


def download(url, md5):
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ('http', 'https') or not parts.netloc:
        raise Refused(f'not an absolute address: {url}')
    status, _, body = ask(url)
    if status != 200:
        raise Refused(f'status {status} instead of 200: {url}')
    got = hashlib.md5(body, usedforsecurity=False).hexdigest()
    if got != md5:
        raise Refused(f'{url} has md5 {got}, the list says {md5}')
    return body


def check_texts(form, model):
    """Each text that the form shows is there, in every language."""
    languages = model.findall(f'{XFORMS}itext/{XFORMS}translation')
    if not languages:
        raise Refused('no languages')
    texts = [{t.get('id'): ''.join(t.itertext()).strip() for t in tr} for tr in languages]
    wanted = set()
    for element in form.iter():
        for value in (element.get('ref'), element.get(JR + 'constraintMsg'),
                      element.get(JR + 'requiredMsg')):
            wanted.update(re.findall(r"jr:itext\('([^']+)'\)", value or ''))
    if not wanted:
        raise Refused('a form that shows nothing')
    for translation, known in zip(languages, texts):
        for name in sorted(wanted):
            if not known.get(name):
                raise Refused(f'{translation.get("lang")} lacks {name}')
    return [tr.get('lang') for tr in languages]


def load_form(body, entry):
    """What a client does before it shows the first question."""
    try:
        form = ET.fromstring(body)
    except ET.ParseError as e:
        raise Refused(f'not XML: {e}') from e
    model = form.find(f'{XHTML}head/{XFORMS}model')
    if form.tag != XHTML + 'html' or model is None:
        raise Refused('not a form')
    root = model.find(f'{XFORMS}instance')[0]
    if root.get('id') != entry['formID']:
        raise Refused(f'the form calls itself {root.get("id")}, the list {entry["formID"]}')
    if (root.get('version') or None) != entry.get('version'):
        raise Refused(f'the form is version {root.get("version")}, the list says {entry.get("version")}')
    nodes = {'/data'}

    def walk(node, path):
        for child in node:
            here = f'{path}/{child.tag.split("}")[1]}'
            nodes.add(here)
            walk(child, here)
    walk(root, '/data')
    places = [b.get('nodeset') for b in model.findall(f'{XFORMS}bind')]
    places += [e.get('ref') for e in form.find(f'{XHTML}body').iter() if (e.get('ref') or '').startswith('/')]
    for place in places:
        if place not in nodes:
            raise Refused(f'nothing is at {place}')
    return check_texts(form, model)


def visit(memory, address, language=None):
    """Brings the phone up to date; the entries of the list."""
    url = address.rstrip('/') + '/formList?deviceID=collect%3Aabc'
    root, fields = get_xml(url, language)
    entries = read_list(root)
    for entry in entries:
        key = f'{entry["formID"]} {entry.get("version", "")}'
        known = memory.get(key)
        if known == entry['md5']:
            continue
        if known is not None:
            raise Refused(f'another form of {key} is on this phone')
        body = download(entry['downloadUrl'], entry['md5'])
        if 'manifestUrl' in entry:
            for media in read_manifest(get_xml(entry['manifestUrl'])[0]):
                download(media['downloadUrl'], media['md5'])
        load_form(body, entry)
        memory[key] = entry['md5']
    return entries, fields


def main(path, address, *languages):
    memory = {}
    if os.path.exists(path):
        with open(path, encoding='utf-8') as f:
            memory = json.load(f)
    for language in languages or [None]:
        entries, fields = visit(memory, address, language)
        if 'Accept-Language' not in (fields['Vary'] or ''):
            raise Refused('a list in a language that does not say Vary')
        print(f'# {fields["Content-Language"]}')
        for entry in entries:
            print(entry['formID'], entry.get('version', '-'), entry['name'])
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(memory, f)


if __name__ == '__main__':
    try:
        main(*sys.argv[1:])
    except Refused as e:
        print(e, file=sys.stderr)
        sys.exit(1)
