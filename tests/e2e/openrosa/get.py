#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""get.py METHOD ADDRESS ["Field: value"...]

One request.  The status and the fields go to the file fields, a line each,
the content to the file body; the status is printed.
"""
import http.client
import sys
import urllib.parse

method, address, *lines = sys.argv[1:]
url = urllib.parse.urlsplit(address)
fields = dict(line.split(': ', 1) for line in lines)
connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
connection.putrequest(method, url.path + ('?' + url.query if url.query else ''), skip_host='Host' in fields,
                      skip_accept_encoding=True)
for name, value in fields.items():
    connection.putheader(name, value)
connection.endheaders()
answer = connection.getresponse()
with open('body', 'wb') as f:
    f.write(answer.read())
with open('fields', 'w', encoding='utf-8') as f:
    f.write(f'Status: {answer.status}\n')
    f.writelines(f'{name}: {value}\n' for name, value in answer.getheaders())
print(answer.status)
