#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does phone.py see what a phone would not take?  One server, many faults."""
import hashlib
import http.server
import sys
import threading
import phone

FORM = '''<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>أسئلة</h:title><model><itext>
<translation lang="العربية (ar)"><text id="a"><value>نعم</value></text></translation>
<translation lang="中文 (zh-Hans)"><text id="a"><value>是</value></text></translation></itext>
<instance><data id="f" version="1-r1"><q/></data></instance><bind nodeset="/data/q"/></model></h:head>
<h:body><input ref="/data/q"><label ref="jr:itext('a')"/></input></h:body></h:html>'''


def md5(text):
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


ENTRY = ('<xform><formID>f</formID><name>أسئلة</name><version>1-r1</version>'
         f'<hash>md5:{md5(FORM)}</hash><downloadUrl>BASE/f.xml</downloadUrl></xform>')
GOOD = f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{ENTRY}</xforms>'
MEDIA = ('<manifest xmlns="http://openrosa.org/xforms/xformsManifest"><mediaFile><filename>a.png</filename>'
         f'<hash>md5:{md5("png")}</hash><downloadUrl>BASE/a.png</downloadUrl></mediaFile></manifest>')
WITH_MEDIA = GOOD.replace('</downloadUrl>', '</downloadUrl><manifestUrl>BASE/manifest</manifestUrl>')


def changed(old, new, text=GOOD):
    assert old in text, old
    return text.replace(old, new)


def served(form):
    """A list that is true of another form."""
    return {'/formList': GOOD.replace(md5(FORM), md5(form)), '/f.xml': form}


# what is wrong -> what is served in place of the good
FAULTS = {
    'another status': {'status': 203},
    'application/xml': {'type': 'application/xml; charset=utf-8'},
    'no content type': {'type': ''},
    'not OpenRosa': {'version': ''},
    'not XML': {'/formList': GOOD[:-2]},
    'another root': {'/formList': changed('xforms', 'forms')},
    'another namespace': {'/formList': changed('xformsList', 'list')},
    'no id': {'/formList': changed('<formID>f</formID>', '')},
    'no name': {'/formList': changed('<name>أسئلة</name>', '<name> </name>')},
    'no address': {'/formList': changed('<downloadUrl>BASE/f.xml</downloadUrl>', '')},
    'one bad entry among good ones': {'/formList': changed('</xforms>', '<xform><formID>g</formID></xform></xforms>')},
    'no hash': {'/formList': changed(f'<hash>md5:{md5(FORM)}</hash>', '')},
    'an empty hash': {'/formList': changed(f'md5:{md5(FORM)}', '')},
    'a hash without prefix': {'/formList': changed('md5:', '')},
    'a hash of other bytes': {'/formList': changed(md5(FORM), md5(FORM + ' '))},
    'an empty version': {'/formList': changed('1-r1', '')},
    'an empty manifest address': {'/formList': changed('<hash>', '<manifestUrl/><hash>')},
    'the same form twice': {'/formList': changed('</xforms>', ENTRY + '</xforms>')},
    'a relative address': {'/formList': changed('BASE/f.xml', '/f.xml')},
    'a form that is not there': {'/formList': changed('f.xml', 'g.xml')},
    'a form of another id': served(FORM.replace('id="f"', 'id="g"')),
    'a form of another version': served(FORM.replace('1-r1', '1-r2')),
    'a text that is missing in one language': served(FORM.replace('<text id="a"><value>是</value></text>', '')),
    'a question without a place': served(FORM.replace('<q/>', '<r/>')),
    'a media file without a hash': {'/formList': WITH_MEDIA, '/manifest': changed(f'<hash>md5:{md5("png")}</hash>', '', MEDIA)},
    'a media file of other bytes': {'/formList': WITH_MEDIA, '/manifest': MEDIA, '/a.png': 'gif'},
    'a manifest of another kind': {'/formList': WITH_MEDIA, '/manifest': GOOD, '/a.png': 'png'},
}


class Handler(http.server.BaseHTTPRequestHandler):
    fault = {}

    def do_GET(self):
        path = self.path.split('?')[0]
        body = self.fault.get(path, {'/formList': GOOD, '/f.xml': FORM}.get(path))
        self.send_response(404 if body is None else self.fault.get('status', 200))
        self.send_header('Content-Type', self.fault.get('type', 'text/xml; charset=utf-8'))
        self.send_header('X-OpenRosa-Version', self.fault.get('version', '1.0'))
        self.end_headers()
        host = f'http://127.0.0.1:{self.server.server_address[1]}'
        self.wfile.write((body or '').replace('BASE', host).encode())

    def log_message(self, *args):
        pass


def verdict(n, title, good):
    print(f'{"ok" if good else "not ok"} {n} - {title}')
    return good


def main():
    server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f'http://127.0.0.1:{server.server_address[1]}'

    def takes(fault, memory=None):
        Handler.fault = fault
        try:
            phone.visit({} if memory is None else memory, url)
            return True
        except phone.Refused:
            return False

    results = [verdict(1, 'a good server is taken', takes({}))]
    results.append(verdict(2, 'media files are taken', takes({'/formList': WITH_MEDIA, '/manifest': MEDIA, '/a.png': 'png'})))
    results.append(verdict(3, 'another form of the same version is refused', not takes({}, {'f 1-r1': md5('old')})))
    for i, (title, fault) in enumerate(FAULTS.items()):
        results.append(verdict(4 + i, f'refused: {title}', not takes(fault)))
    server.shutdown()
    sys.exit(not all(results))


if __name__ == '__main__':
    main()
