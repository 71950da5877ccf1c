#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An office fetches from a web server that is not ours: what travels, whom it
# believes, and where it lets itself be led.
. "${top_srcdir:?}/tests/e2e/lib.sh"
needs nginx openssl
mkdir p && cd p || exit 99
cp -R "$top_srcdir/consultation.xml" "$top_srcdir/forms" "$top_srcdir/po" . && chmod -R u+w .
cop keygen >/dev/null && cop build --draft >/dev/null || exit 99
FP=$(cop verify releases/draft 2>&1 | grep -oE '([0-9A-F]{4} ){9}[0-9A-F]{4}' | tail -n 1)

# ---- the host: http for what travels, https for trust ----
mkdir -p host/logs host/www host/ca
cp -R releases/draft/example_partner/. host/www/
find host/www -type f ! -name 'manifest.xml*' -exec gzip -9 -k {} +
cd host/ca || exit 99
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3 \
	-subj /CN=test -keyout ca.key -out ca.pem >/dev/null 2>&1 || exit 99
certificate() { # certificate NAME SAN
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=host \
		-keyout "$1.key" -out "$1.csr" >/dev/null 2>&1 || return 1
	echo "subjectAltName=$2" >"$1.ext"
	openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
		-extfile "$1.ext" -out "$1.pem" >/dev/null 2>&1
}
certificate good 'IP:127.0.0.1,DNS:localhost' && certificate other DNS:elsewhere.example || exit 99
pin_of() {
	openssl pkey -in "$1.key" -pubout -outform DER 2>/dev/null |
		openssl dgst -sha256 -binary | openssl base64
}
PIN=sha256//$(pin_of good)
NOPIN=sha256//$(pin_of other)
cd ../.. || exit 99

configure() { # configure PORT: it and the two behind it
	cat >host/nginx.conf <<EOF
daemon off; master_process off; pid nginx.pid; error_log logs/error.log;
events { worker_connections 64; }
http {
	access_log off;
	log_format sizes '\$bytes_sent \$status \$request_uri';
	log_format secrets '\$host "\$http_authorization"';
	client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;
	uwsgi_temp_path t4; scgi_temp_path t5;
	types { text/html html; text/xml xml; }
	root www; gzip_static on;
	server {
		listen 127.0.0.1:$1;
		access_log logs/sizes.log sizes;
	}
	server {
		listen 127.0.0.1:$(($1 + 1)) ssl;
		ssl_certificate ca/good.pem; ssl_certificate_key ca/good.key;
		access_log logs/secrets.log secrets;
		location /closed/ {
			alias www/;
			if (\$http_authorization !~ "^(Bearer secret-token:1234|Basic b2ZmaWNlOtC60LvRjtGH)\$") { return 401; }
		}
		location /away/ { rewrite ^/away/(.*) https://localhost:$(($1 + 1))/\$1 redirect; }
		location /loop/ { return 302 https://127.0.0.1:$(($1 + 1))\$uri; }
		location /plain/ { rewrite ^/plain/(.*) http://127.0.0.1:$1/\$1 redirect; }
		location ~ ^/([1-9])/(.*)\$ { return 307 https://127.0.0.1:$(($1 + 1))/\$1x/\$2; }
		location ~ ^/[1-9]x/(.*)\$ { return 308 https://127.0.0.1:$(($1 + 1))/\$1; }
	}
	server {
		listen 127.0.0.1:$(($1 + 2)) ssl;
		ssl_certificate ca/other.pem; ssl_certificate_key ca/other.key;
	}
}
EOF
}
port=$((20000 + $$ % 30000)) tries=0 nginx=
while [ -z "$nginx" ]; do
	configure $port
	nginx -p "$work/p/host/" -c nginx.conf >host/logs/out 2>&1 &
	nginx=$!
	i=0
	until [ -s host/nginx.pid ] || ! running $nginx || [ $i -gt 100 ]; do
		i=$((i + 1))
		sleep 0.05
	done
	running $nginx && break
	nginx=""; tries=$((tries + 1)) port=$((port + 7))
	[ $tries -lt 5 ] || { sed 's/^/# /' host/logs/*; exit 99; }
done
servers="$servers $nginx"
PLAIN=http://127.0.0.1:$port/ TLS=https://127.0.0.1:$((port + 1))/ OTHER=https://127.0.0.1:$((port + 2))/

# ---- what travels ----
ok 'one form in six languages is fetched' cop fetch "$PLAIN" desk \
	--fingerprint "$FP" --form online_bullying
travels() {
	sum=$(awk '{ s += $1 } END { print s }' host/logs/sizes.log)
	echo "$sum bytes"
	[ "$(wc -l <host/logs/sizes.log)" -gt 30 ] && [ "$sum" -le 300000 ]
}
ok 'with at most 300 000 bytes, fields of the answers included' travels
ok 'it is a part, and verify says so' sh -c '
	"$COP_L10N" verify desk --now='"$NOW"' | grep -q "a part of release 1 (online_bullying)"'
: >host/logs/sizes.log
ok 'nothing new' cop fetch "$PLAIN" desk --form online_bullying
ok 'is one request, answered with 304' sh -c '
	[ "$(cut -d " " -f 2- host/logs/sizes.log)" = "304 /manifest.xml" ]'
: >host/logs/sizes.log
ok 'the rest comes when it is asked for' cop fetch "$PLAIN" desk
ok 'and nothing of what was there already' sh -c '
	! grep -q online_bullying host/logs/sizes.log && grep -q digital_skills host/logs/sizes.log'
ok 'then it is whole' sh -c '
	"$COP_L10N" verify desk --now='"$NOW"' | grep -q "is complete"'

# ---- a host that was published to ----
cop publish --draft host/www/pub >/dev/null || exit 99
: >host/logs/sizes.log
ok 'a published release is fetched' cop fetch "${PLAIN}pub/example_partner/" named --fingerprint "$FP"
ok 'by its digests, so that nothing can be mixed' sh -c '
	awk "{ print \$3 }" host/logs/sizes.log >asked &&
	[ "$(grep -vc "/by-digest/" asked)" = 1 ] && [ "$(grep -c "/by-digest/" asked)" -gt 60 ]'
: >host/logs/sizes.log
ok 'nothing new there, either' cop fetch "${PLAIN}pub/example_partner/" named
ok 'for one request' sh -c '[ "$(cut -d " " -f 2 host/logs/sizes.log)" = 304 ]'

# ---- whom it believes ----
says 'a certificate of nobody known' 5 address-tls cop fetch "$TLS" t1 --fingerprint "$FP"
ok 'the certificates of the office' cop fetch "$TLS" t1 --fingerprint "$FP" --ca host/ca/ca.pem
says 'another name' 5 address-tls cop fetch "$OTHER" t2 --fingerprint "$FP" --ca host/ca/ca.pem
ok 'the pinned key, or the next' cop fetch "$TLS" t3 --fingerprint "$FP" --ca host/ca/ca.pem \
	--pin "$NOPIN" --pin "$PIN"
says 'another key than the pinned one' 6 address-pin cop fetch "$TLS" t4 --fingerprint "$FP" \
	--ca host/ca/ca.pem --pin "$NOPIN"
says 'a pin that is none' 4 address-access cop fetch "$TLS" t4 --fingerprint "$FP" --pin sha256//x
ok 'and nothing was installed' sh -c '! ls t2/current t4/current'

# ---- secrets ----
umask 077
echo secret-token:1234 >token
echo ключ >password
echo wrong >wrong
umask 022
secret() {
	cop fetch "${TLS}$1" s1 --fingerprint "$FP" --ca host/ca/ca.pem "$2" "$3"
}
says 'a closed address without a secret' 4 address-refused secret closed/ --draft --draft
says 'with a wrong one' 4 address-refused secret closed/ --token-file wrong
ok 'which nobody sees' sh -c '! grep -q wrong "'"$work"'/said"'
ok 'a token from a file' secret closed/ --token-file token
rm -rf s1
ok 'from a descriptor' secret closed/ --token-file /dev/fd/3 3<token
rm -rf s1
ok 'a name and a password' cop fetch "${TLS}closed/" s1 --fingerprint "$FP" --ca host/ca/ca.pem \
	--user office --password-file password
chmod 644 token
says 'a secret that others can read' 4 secret-readable secret closed/ --token-file token
chmod 600 token
printf '\n' >wrong
says 'a secret that is empty' 4 secret-shape secret closed/ --token-file wrong

# ---- where it is led ----
: >host/logs/secrets.log
rm -rf s1
ok 'to another host over https' secret away/ --token-file token
ok 'which does not hear the token' sh -c '
	grep -q "^127.0.0.1 \"Bearer" host/logs/secrets.log && grep -q "^localhost \"-\"" host/logs/secrets.log &&
	! grep "^localhost \"Bearer" host/logs/secrets.log'
rm -rf s1
ok 'three steps on' secret 1/ --token-file token
led() {
	before=$(date +%s)
	says "$1" 4 address-moved secret "$2" --token-file token
	after=$(date +%s)
	[ $((after - before)) -le 3 ] || echo "# it took $((after - before)) seconds"
}
led 'never in a circle' loop/
led 'never away from https' plain/
says 'a proxy that is not there' 5 address-proxy cop fetch https://forms.example.org/x/ px \
	--fingerprint "$FP" --proxy "http://127.0.0.1:$((port + 3))"
says 'a proxy that is none' 4 address-access cop fetch https://forms.example.org/x/ px \
	--fingerprint "$FP" --proxy "ftp://x"
https_proxy=http://127.0.0.1:$((port + 3)) HTTPS_PROXY=$https_proxy
export https_proxy HTTPS_PROXY
rm -rf s1
ok 'the proxy of the environment is nothing to it' secret closed/ --token-file token
