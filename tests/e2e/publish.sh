#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A release on a host that only hands out files: its names, what becomes of
# them from release to release, and fetching from real web servers.
. "${top_srcdir:?}/tests/e2e/lib.sh"
mkdir "$work/p" && cd "$work/p" || exit 99
. "$top_srcdir/tests/cli/project.sh"
sed -i 's|<pickup by="fetch"/>|<pickup by="zip"/>|' consultation.xml
cop keygen keys/release >/dev/null || exit 99
approve || exit 99
cop build >/dev/null || exit 99
# release N: a small change, and a new release
release() {
	sed -i "s|^msgstr \"Спасибо[^\"]*\"|msgstr \"Спасибо $1!\"|" po/mini/ru.po
	cop review ru approved --all --who Nobody --role tests >/dev/null 2>&1
	cop build >/dev/null || exit 99
}

# ---- what is written ----
ok 'a release is published' cop publish web
ok 'every plain file is the one of the release' sh -c '
	cd releases/1 && find . -type f | while read -r f; do cmp "$f" "../../web/$f" || exit 1; done'
ok 'each name by digest is the digest of what it names' sh -c '
	cd web/east/by-digest && ls | grep -v "\.gz\$\|\.minisig\$" >../../../digests && [ -s ../../../digests ] &&
	while read -r f; do
		[ "$(sha256sum <"$f" | cut -c 1-64)" = "${f%%.*}" ] || exit 1
	done <../../../digests'
ok 'all files of the manifest are there by digest, with their endings' sh -c '
	sed -n "s/.*path=\"[^\"]*\(\.[a-z]*\)\".*sha256=\"\([0-9a-f]*\)\".*/\2\1/p" web/east/manifest.xml >names &&
	[ "$(grep -c . names)" = "$(grep -c "<file " web/east/manifest.xml)" ] &&
	while read -r f; do [ -f "web/east/by-digest/$f" ] || exit 1; done <names'
ok 'the signature is found by the digest of the manifest' sh -c '
	d=$(sha256sum <web/east/manifest.xml | cut -c 1-64) && cd web/east &&
	cmp manifest.xml "by-digest/$d.manifest.xml" && cmp manifest.xml.minisig "by-digest/$d.manifest.xml.minisig"'
ok 'what is compressed is the same file, and no manifest is compressed' sh -c '
	find web -name "*.gz" >gz && [ -s gz ] && ! grep -q "manifest\|minisig\|zip.gz" gz &&
	while read -r f; do gunzip -c "$f" | cmp - "${f%.gz}" || exit 1; done <gz'
ok 'a second time there is nothing to do' sh -c '
	"$COP_L10N" publish web --now='"$NOW"' --format=json | grep -q "\"event\":\"unchanged\""'
printf x >>web/east/mini.ru.html
rm web/north/by-digest/*.pub web/north/mini.en.html
ok 'what was damaged or taken away is put right' sh -c '
	"$COP_L10N" publish web --now='"$NOW"' --format=json | grep -q "\"written\":\"3\"" &&
	cmp web/east/mini.ru.html releases/1/east/mini.ru.html && cmp web/north/mini.en.html releases/1/north/mini.en.html'
ok 'the set of one recipient fits right into a folder' sh -c '
	"$COP_L10N" publish one --to east --now='"$NOW"' && cmp one/manifest.xml releases/1/east/manifest.xml'
ok 'one run at a time' sh -c '
	"$python" -c "import fcntl, subprocess, sys
f = open(\"web/.lock\", \"a\")
fcntl.lockf(f, fcntl.LOCK_EX)
sys.exit(subprocess.call(sys.argv[1:]) != 8)" "$COP_L10N" publish web --now='"$NOW"

# ---- what is refused, and leaves everything as it was ----
before() { find web one -type f -exec sha256sum {} + | sort >before; }
kept() { ok "$1" sh -c 'find web one -type f -exec sha256sum {} + | sort | cmp - before'; }
before
says 'the set of another is refused' 4 publish-other cop publish one --to north
says 'the whole release does not go into the folder of one' 4 publish-other cop publish one
says 'a recipient that is not there is said' 4 release-no-set cop publish web --to nobody
cp -R releases releases.kept
release one
cp -R releases releases.one
rm -rf releases && cp -R releases.kept releases
release other
cop publish web >/dev/null || exit 99
before
says 'another release with the same number is refused' 4 publish-number \
	cop publish web --release releases.one/2
says 'an older release is refused' 4 release-older cop publish web --release releases/1
mv web/manifest.xml kept.xml && mkdir web/manifest.xml
says 'what cannot be read may be newer' 3 io-open cop publish web --release releases/1
rmdir web/manifest.xml && mv kept.xml web/manifest.xml
cp -R releases/2 damaged
printf x >>damaged/east/mini.ru.html
says 'a damaged release is not published' 6 file-length cop publish web --release damaged
ok 'a draft is built' cop build --draft
says 'a draft is refused without a word' 4 publish-draft cop publish web --release releases/draft
says 'and over forms that are none' 4 release-draft-over cop publish web --draft
ok 'in a folder of its own it may be' cop publish test --draft
NOW=2028-01-12T08:00:00Z
says 'an expired release is not published' 6 release-expired cop publish web
NOW=2027-04-24T12:00:00Z
rm -rf soon
ok 'one that soon expires is, with a warning' sh -c '
	"$COP_L10N" publish soon --now='"$NOW"' 2>&1 | grep -q "\[release-expires-soon\]"'
NOW=2027-01-12T08:00:00Z
kept 'all that changed nothing'

# ---- from release to release ----
old=$(sha256sum <releases/1/east/mini.ru.sent.html | cut -c 1-64)
gone=$(sed -n 's|.*path="\(mini.zh-Hans.html\)".*|\1|p' releases/2/east/manifest.xml)
ok 'old files stay by digest' test -f "web/east/by-digest/$old.html"
release 3 && cop publish web --prune >/dev/null || exit 99
ok 'the files of the last three releases stay when older ones go' test -f "web/east/by-digest/$old.html"
list=$(grep -l "$old" web/east/by-digest/*.manifest.xml)
mv "$list" kept.xml && mkdir "$list"
says 'a list that cannot be read may still be in use' 3 io-open cop publish web --prune
ok 'what it names stays' test -f "web/east/by-digest/$old.html"
rmdir "$list" && mv kept.xml "$list"
echo mine >web/east/by-digest/readme.txt
release 4 && cop publish web --prune >/dev/null || exit 99
ok 'then they go, and their compressed ones' sh -c '
	test ! -e web/east/by-digest/'"$old"'.html && test ! -e web/east/by-digest/'"$old"'.html.gz'
ok 'what has no name by digest is not ours' test -f web/east/by-digest/readme.txt
ok 'three manifests are left' sh -c '[ "$(find web/east/by-digest -name "*.manifest.xml" | grep -c .)" = 3 ]'
ok 'and each file that they name' sh -c '
	sed -n "s/.*<file.*path=\"[^\"]*\(\.[a-z]*\)\".*sha256=\"\([0-9a-f]*\)\".*/\2\1/p" web/east/by-digest/*.manifest.xml >names &&
	[ -s names ] && while read -r f; do [ -f "web/east/by-digest/$f" ] || exit 1; done <names'
cop build --without zh-Hans --reason 'Not yet.' >/dev/null || exit 99
cop publish web >/dev/null || exit 99
ok 'plain names that are no more are removed' sh -c '
	[ -n "'"$gone"'" ] && test ! -e "web/east/'"$gone"'" && test ! -e "web/east/'"$gone"'.gz"'
ok 'a copy that is made in the wrong order is never taken for whole' sh -c '
	mkdir copy && cp -R web/. copy/ && cp releases.kept/1/east/manifest.xml* copy/east/ &&
	"$COP_L10N" verify copy/east --key keys/release.pub --now='"$NOW"'; [ $? = 6 ]'

# ---- in the middle of it ----
cp -R web half
page=half/north/mini.ar.html
mkdir half/north/aside && mv $page half/north/aside/old
mkdir $page && touch $page/x
release 5
says 'what cannot be written ends with 3' 3 io-write cop publish half
ok 'and the whole release is not said to be there' sh -c 'cmp half/manifest.xml web/manifest.xml'
rm -r $page && mv half/north/aside/old $page && rmdir half/north/aside
ok 'the next run ends it' sh -c '
	"$COP_L10N" publish half --now='"$NOW"' &&
	cd releases/latest && find . -type f | while read -r f; do cmp "$f" "../../half/$f" || exit 1; done'
# What readers find between the last file and the manifest: everything is new but that.
cp -R half between
for f in . east north; do
	cp "web/$f/manifest.xml" "between/$f/manifest.xml"
done
for f in web/east/by-digest/*; do
	[ -e "between/east/by-digest/${f##*/}" ] || cp "$f" between/east/by-digest/
done

# ---- web servers ----
# Takes the place of the names and certificates in an example of ours.
wait_for() {
	i=0
	while ! curl -s -o /dev/null "$1" && [ $i -lt 100 ]; do
		i=$((i + 1))
		sleep 0.1
	done
}
field() { # field NAME PATH [ARG...]: a field of the answer's head
	name=$1 path=$2
	shift 2
	curl -s -o /dev/null -D - "$@" "http://127.0.0.1:$port/$path" | tr -d '\r' |
		sed -n "s/^$name: //Ip"
}
# asks SERVER: what must hold of its answers
asks() {
	d=$(sha256sum <web/east/manifest.xml | cut -c 1-64)
	f=$(sha256sum <web/east/mini.ru.html | cut -c 1-64)
	ok "$1: a name by digest may be kept for ever" \
		test "$(field cache-control "east/by-digest/$f.html")" = 'public, max-age=31536000, immutable'
	ok "$1: a manifest by digest as well" \
		test "$(field cache-control "east/by-digest/$d.manifest.xml.minisig")" = 'public, max-age=31536000, immutable'
	ok "$1: the manifest is asked for each time" test "$(field cache-control east/manifest.xml)" = no-cache
	ok "$1: and so is a page" test "$(field cache-control east/mini.ru.html)" = no-cache
	ok "$1: pages go out compressed, as pages" sh -c "
		[ '$(field content-encoding east/mini.ru.html -H 'Accept-Encoding: gzip')' = gzip ] &&
		case '$(field content-type east/mini.ru.html -H 'Accept-Encoding: gzip')' in text/html*) ;; *) exit 1 ;; esac"
	ok "$1: compressed or not, it is the same page" sh -c "
		curl -s --compressed http://127.0.0.1:$port/east/mini.ru.html | cmp - web/east/mini.ru.html &&
		curl -s http://127.0.0.1:$port/east/mini.ru.html | cmp - web/east/mini.ru.html"
	ok "$1: a signature is text" sh -c "
		case '$(field content-type east/manifest.xml.minisig)' in text/plain*) ;; *) exit 1 ;; esac"
	ok "$1: what begins with a dot is not shown" sh -c "
		case '$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/.lock")' in 403 | 404) ;; *) exit 1 ;; esac"
	ok "$1: an office fetches from it" cop fetch "http://127.0.0.1:$port/east/" "desk-$1" --key keys/release.pub
	ok "$1: and has what was released" sh -c "diff -rq releases/6/east desk-$1/current"
}
if command -v nginx >/dev/null && command -v curl >/dev/null; then
	port=$(free_port)
	mkdir -p nginx/logs
	{
		echo "pid $PWD/nginx/pid; error_log $PWD/nginx/logs/error; daemon off;"
		[ "$(id -u)" = 0 ] && echo 'user root;'
		echo "events { } http { access_log $PWD/nginx/access; include /etc/nginx/mime.types;"
		echo "client_body_temp_path $PWD/nginx/a; proxy_temp_path $PWD/nginx/b;"
		echo "fastcgi_temp_path $PWD/nginx/c; uwsgi_temp_path $PWD/nginx/d; scgi_temp_path $PWD/nginx/e;"
		sed -e "s|listen 443 ssl|listen 127.0.0.1:$port|; /ssl_certificate/d; s|/srv/www/forms|$PWD/web|" \
			"$top_srcdir/contrib/publish/nginx.conf"
		echo '}'
	} >nginx/nginx.conf
	nginx -p "$PWD/nginx" -c "$PWD/nginx/nginx.conf" 2>nginx/logs/start &
	servers="$servers $!"
	wait_for "http://127.0.0.1:$port/"
	asks nginx
	ok 'files were taken by digest' grep -q 'GET /east/by-digest/[0-9a-f]*\.html' nginx/access
	: >nginx/access
	ok 'nothing new: one request' sh -c '
		"$COP_L10N" fetch http://127.0.0.1:'"$port"'/east/ desk-nginx --now='"$NOW"' && [ "$(grep -c . nginx/access)" = 1 ]'
	mv web whole && mv between web
	ok 'in the middle of a publication an office gets the set before it, whole' sh -c '
		"$COP_L10N" fetch http://127.0.0.1:'"$port"'/east/ desk-between --key keys/release.pub --now='"$NOW"' &&
		cmp desk-between/current/manifest.xml whole/east/manifest.xml && diff -r desk-between/current desk-nginx/current'
	mv web between && mv whole web
else
	left_out 'nginx is not installed'
fi
if command -v apache2 >/dev/null && command -v curl >/dev/null && [ -d /usr/lib/apache2/modules ]; then
	port=$(free_port)
	mkdir -p apache
	{
		for m in mpm_event authz_core mime dir headers rewrite unixd; do
			[ -e /usr/lib/apache2/modules/mod_$m.so ] &&
				echo "LoadModule ${m}_module /usr/lib/apache2/modules/mod_$m.so"
		done
		echo "Listen 127.0.0.1:$port"
		echo "PidFile $PWD/apache/pid"
		echo "DefaultRuntimeDir $PWD/apache"
		echo "ErrorLog $PWD/apache/error"
		[ "$(id -u)" = 0 ] && printf 'User nobody\nGroup nogroup\n'
		echo 'TypesConfig /etc/mime.types'
		echo 'ServerName localhost'
		sed -e "s|\*:443|127.0.0.1:$port|; /SSL/d; s|/srv/www/forms|$PWD/web|" \
			"$top_srcdir/contrib/publish/apache.conf"
	} >apache/conf
	chmod 755 "$work" "$work/p"
	apache2 -d "$PWD/apache" -f "$PWD/apache/conf" -D FOREGROUND 2>apache/start &
	servers="$servers $!"
	wait_for "http://127.0.0.1:$port/"
	asks apache
else
	left_out 'apache2 is not installed'
fi
if command -v caddy >/dev/null && command -v curl >/dev/null; then
	port=$(free_port)
	mkdir -p caddy
	{
		printf '{\n\tadmin off\n\tauto_https off\n}\n'
		sed -e "s|^forms.example.org|http://127.0.0.1:$port|; s|/srv/www/forms|$PWD/web|" \
			"$top_srcdir/contrib/publish/Caddyfile"
	} >caddy/Caddyfile
	HOME=$PWD/caddy XDG_DATA_HOME=$PWD/caddy XDG_CONFIG_HOME=$PWD/caddy \
		caddy run --config caddy/Caddyfile --adapter caddyfile >caddy/log 2>&1 &
	servers="$servers $!"
	wait_for "http://127.0.0.1:$port/"
	asks caddy
else
	# bootstrap does not install it: its package starts a server.
	n=$((n + 1))
	echo "ok $n - caddy # SKIP not installed"
fi
