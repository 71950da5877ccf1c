#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# serve behind the nginx of contrib/, with https of its own, on a full disk,
# and with the socket of a service manager.
. "${top_srcdir:?}/tests/e2e/lib.sh"
PATH=$PATH:/usr/sbin:/sbin
needs nginx curl openssl "$python"
start_project

# raw PORT FILE: sends the bytes of a file, prints the first line of each answer
raw() {
	$python - "$1" "$2" <<'END'
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
s.sendall(open(sys.argv[2], "rb").read())
s.shutdown(socket.SHUT_WR)
data = b""
while True:
    more = s.recv(65536)
    if not more:
        break
    data += more
for line in data.split(b"\r\n"):
    if line.startswith(b"HTTP/1."):
        print(line.decode())
END
}

# field NAME FILE: its value in the head that curl -D wrote
field() {
	tr -d '\r' <"$2" | sed -n "s/^$1: //Ip" | tail -n 1
}

# ---- behind nginx ----
serve up --fingerprint "$FP" --behind-proxy
behind_nginx
ok 'the example for nginx is right' nginx -t -c "$PWD/nginx/conf" -e "$PWD/nginx/error.log"
endpoint "http://127.0.0.1:$front/"
ok 'a push goes through nginx' cop push
ok 'what nginx shows is what was signed' sh -c '
	curl -sf "http://127.0.0.1:'"$front"'/mini.ar.html" | cmp - releases/1/north/mini.ar.html'
curl -s -D head -o page -H 'Accept-Language: ar' "http://127.0.0.1:$front/mini"
ok 'the language of the visitor passes' test "$(field Content-Language head)" = ar
tag=$(field ETag head)
ok 'what the visitor has is not sent again' test "$(curl -s -o /dev/null -w '%{http_code}' \
	-H "If-None-Match: $tag" "http://127.0.0.1:$front/mini.ar.html")" = 304
ok 'parts pass' test "$(curl -s -r 0-9 "http://127.0.0.1:$front/mini.ar.html" | wc -c)" = 10
ok 'phones get the address that they used' sh -c '
	curl -s -H "Host: forms.example.org" "http://127.0.0.1:'"$front"'/formList" |
	grep -q "<downloadUrl>http://forms.example.org/forms/"'
crlf() { sed 's/$/\r/'; }
crlf >folded <<'END'
GET /healthz HTTP/1.1
Host: forms.example.org
X-Folded: a
 b
Connection: close

END
ok 'folded fields end at nginx' test "$(raw "$front" folded)" = 'HTTP/1.1 400 Bad Request'
printf 'GET /healthz HTTP/1.1\nHost: forms.example.org\nConnection: close\n\n' >bare
ok 'bare line feeds get one answer at most' test "$(raw "$front" bare | wc -l)" -le 1
printf 'GET /healthz HTTP/1.1\r\nHost: forms.example.org\r\nX-Zero: a\0b\r\nConnection: close\r\n\r\n' >zero
ok 'a zero byte ends at nginx' test "$(raw "$front" zero)" = 'HTTP/1.1 400 Bad Request'
printf 'GET /healthz\0/a HTTP/1.1\r\nHost: forms.example.org\r\nConnection: close\r\n\r\n' >zero
ok 'in an address, too' test "$(raw "$front" zero)" = 'HTTP/1.1 400 Bad Request'
crlf >smuggle <<'END'
PUT /a.txt HTTP/1.1
Host: forms.example.org
Content-Length: 5
Transfer-Encoding: chunked

0

GET /healthz HTTP/1.1
Host: forms.example.org

END
ok 'two lengths end at nginx' test "$(raw "$front" smuggle)" = 'HTTP/1.1 400 Bad Request'
ok 'and at serve' test "$(raw "$port" smuggle)" = 'HTTP/1.1 400 Bad Request'
stop_server

# ---- https of its own, and a certificate that is changed ----
certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
		-subj "/CN=$1" -addext 'subjectAltName=IP:127.0.0.1' \
		-keyout key.pem -out cert.pem 2>/dev/null
}
certificate one
cp cert.pem one.pem
serve up --fingerprint "$FP" --tls-cert cert.pem --tls-key key.pem
secure=https${URL#http}
address=${secure#https://}
address=${address%/}
ok 'https is served' sh -c 'curl -sf --cacert one.pem "'"$secure"'mini.ar.html" |
	cmp - releases/1/north/mini.ar.html'
ok 'TLS 1.1 is not' sh -c '! openssl s_client -connect '"$address"' -tls1_1 \
	-cipher DEFAULT@SECLEVEL=0 </dev/null 2>/dev/null | grep -q "Cipher is [A-Z]"'
certificate two
signal HUP "${server:?}"
i=0
until curl -sf -o /dev/null --cacert cert.pem "${secure}healthz" || [ $i -ge 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
ok 'after SIGHUP it has the new certificate' curl -sf --cacert cert.pem "${secure}healthz"
echo nonsense >key.pem
signal HUP "$server"
i=0
until grep -q tls-unusable up.log || [ $i -ge 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
ok 'a key that does not fit changes nothing' curl -sf --cacert cert.pem "${secure}healthz"
stop_server
says 'a certificate needs a key' 4 tls-unusable cop serve up --listen 127.0.0.1:0 \
	--max-seconds 5 --fingerprint "$FP" --tls-cert cert.pem

# ---- no room ----
$python -c 'import sys; sys.stdout.write("x" * 300000)' >large.txt
: >full.log
(
	trap '' XFSZ
	ulimit -f 256
	exec "$COP_L10N" serve full --listen 127.0.0.1:0 --max-seconds 120 --now="$NOW" \
		--fingerprint "$FP" --format=json
) >full.log 2>&1 &
servers="$servers $!"
i=0
while ! grep -q address full.log && [ $i -lt 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
URL=$(sed -n 's|.*"address":"\([^"]*\)".*|http://\1/|p' full.log | head -n 1)
ok 'a file without room is answered with 507' test \
	"$(curl -s -o answer -w '%{http_code}' -T large.txt "${URL}large.txt")" = 507
ok 'nothing of it is left' test -z "$(find full/.cop-l10n/staging -type f)"
ok 'a smaller one is taken' test "$(echo small | curl -s -o answer -w '%{http_code}' \
	-H 'Content-Length: 6' --data-binary @- -X PUT -H 'Content-Type: text/plain' "${URL}small.txt")" = 201

# ---- a socket of a service manager, several addresses ----
cat >activate.py <<'END'
import os, socket, sys
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(10)
print(s.getsockname()[1], flush=True)
os.dup2(s.fileno(), 3)
os.set_inheritable(3, True)
os.environ["LISTEN_FDS"] = "1"
os.environ["LISTEN_PID"] = str(os.getpid())
os.execvp(sys.argv[1], sys.argv[1:])
END
: >socket.log
$python activate.py "$COP_L10N" serve up --fingerprint "$FP" --max-seconds 60 \
	--now="$NOW" --listen '[::1]:0' >socket.log 2>&1 &
servers="$servers $!"
i=0
while [ "$(grep -c listening socket.log)" -lt 2 ] && [ $i -lt 200 ]; do
	i=$((i + 1))
	sleep 0.05
done
ok 'the socket of a service manager is served' \
	curl -sf "http://127.0.0.1:$(head -n 1 socket.log)/healthz"
six=$(sed -n 's/.*\(http:..\[::1\]:[0-9]*\/\).*/\1/p' socket.log)
ok 'and an address of IPv6' curl -sf -g "${six}healthz"
if command -v systemd-analyze >/dev/null; then
	sed "s|/usr/bin/cop-l10n|$COP_L10N|" "$top_srcdir/contrib/serve/cop-l10n-serve.service" >cop-l10n-serve.service
	cp "$top_srcdir/contrib/serve/cop-l10n-serve.socket" .
	ok 'systemd understands the units' systemd-analyze verify --man=no \
		./cop-l10n-serve.service ./cop-l10n-serve.socket
fi
