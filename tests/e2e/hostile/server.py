# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that says to a terminal what it can: in the reason phrase, in
fields, in a problem, in what it calls a receipt and a manifest.  The status it
answers with is the first name of the path; its port stands in the file PORT.

server.py PORT
"""

import os
import socketserver
import sys

# Title of the window, the screen emptied, the same in eight bits, the rest
# turned round, a line that is not ours; in heads also bytes that are no UTF-8,
# which a body must be to be read.
ACTS = b"\x1b]0;owned\x07\x1b[2J\xc2\x9b2J\x7f\x08\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa8"
BYTES = ACTS.replace(b"\x08", b"") + b"\x9b2J"
JSON = rb"\u001b]0;owned\u0007\u001b[2J\u009b2J\u007f\u202e\u2066\u2028\nerror: forged"


class Handler(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self):
        while self.answer():
            pass

    def answer(self):
        line = self.rfile.readline(65536)
        length = 0
        while True:
            field = self.rfile.readline(65536)
            if field in (b"\r\n", b"\n", b""):
                break
            if field.lower().startswith(b"content-length:"):
                length = int(field.split(b":")[1])
        words = line.split()
        if len(words) < 2:
            return False
        self.rfile.read(length)
        status = words[1].split(b"/")[1][:3]
        status = status if status.isdigit() else b"403"
        body = b'{"type":"about:blank","title":"' + JSON + ACTS + b'","detail":"' + JSON + ACTS + b'"}'
        head = [
            b"HTTP/1.1 " + status + b" Forbidden" + BYTES,
            b"Content-Type: application/problem+json",
            b"Content-Length: %d" % len(body),
            b'ETag: "' + BYTES + b'"',
            b"Location: http://127.0.0.1:1/" + BYTES,
            b"Retry-After: " + BYTES,
            b"WWW-Authenticate: Basic realm=" + BYTES,
            b"Server: " + BYTES,
        ]
        self.wfile.write(b"\r\n".join(head) + b"\r\n\r\n" + (b"" if words[0] == b"HEAD" else body))
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(("127.0.0.1", 0), Handler) as server:
    with open(sys.argv[1] + ".tmp", "w", encoding="ascii") as file:
        file.write("%d\n" % server.server_address[1])
    os.rename(sys.argv[1] + ".tmp", sys.argv[1])
    server.serve_forever()
