#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One contract for every server that takes PUT: cop-l10n serve, nginx and Apache,
# the latter two with the examples of contrib/webdav; and a folder.  One that is
# not installed is skipped, but not where CI is set.
. "${top_srcdir:?}/tests/e2e/lib.sh"
start_project
cp consultation.xml base.xml
printf 'pa55word\n' >secret
printf 'pa56word\n' >wrong
chmod 600 secret wrong
nobody=nobody
group=$(id -gn nobody 2>/dev/null || echo nogroup)

answers() { # answers PORT: waits until somebody listens
	i=0
	until curl -s -k -o /dev/null --max-time 5 "https://127.0.0.1:$1/"; do
		i=$((i + 1))
		[ $i -lt 100 ] || return 1
		sleep 0.1
	done
}
# as_example FILE: one of ours, with the names of this test
as_example() {
	sed -e "s|/etc/ssl/certs/forms.example.org.pem|$work/cert.pem|" \
		-e "s|/etc/ssl/private/forms.example.org.key|$work/key.pem|" \
		-e "s|/etc/[a-z0-9]*/cop-l10n.users|$site/users|" \
		-e "s|/srv/forms-incoming|$site/incoming|" \
		-e "s|/srv/forms|$site/forms|" \
		-e "s|/var/lib/cop-l10n|$site/state|" \
		-e "s|listen 443|listen 127.0.0.1:$port|" \
		-e "s|\\*:443|127.0.0.1:$port|" "$top_srcdir/contrib/webdav/$1"
}
new_site() { # new_site NAME: a folder for a server, in $site; its port in $port
	site=$work/$1
	port=$(free_port)
	mkdir -p "$site/forms" "$site/incoming" "$site/state" "$site/run"
	printf 'cop:%s\n' "$(openssl passwd -apr1 pa55word)" >"$site/users"
	[ "$(id -u)" != 0 ] || chown -R "$nobody" "$site"
}

folder() { # folder NAME: one that the server may write to
	mkdir "$site/forms/$1"
	[ "$(id -u)" != 0 ] || chown "$nobody" "$site/forms/$1"
}

# ---- servers ----

start_nginx() { # start_nginx [LINE]: with one more line in its server
	{
		echo "daemon off; pid $site/run/pid; worker_processes 1;"
		[ "$(id -u)" != 0 ] || echo "user $nobody $group;"
		echo 'events { worker_connections 64; }'
		echo 'http { log_format short "$request_method $uri $status";'
		echo "access_log $site/run/log short;"
		for temp in proxy fastcgi uwsgi scgi client_body; do
			echo "${temp}_temp_path $site/run/$temp;"
		done
		as_example nginx.conf | sed '$d'
		echo "${1:-}"
		echo '} }'
	} >"$site/run/conf"
	nginx -p "$site" -e "$site/run/err" -c "$site/run/conf" 2>/dev/null &
	pid=$!
	servers="$servers $pid"
	answers "$port" || sed 's/^/# /' "$site/run/err"
}
start_apache() { # start_apache [LINE]: with one more line in its server
	{
		echo "ServerRoot $site"
		echo "PidFile $site/run/pid"
		echo "ErrorLog $site/run/err"
		echo "Mutex file:$site/run default"
		echo "ServerName localhost"
		echo "Listen 127.0.0.1:$port"
		[ "$(id -u)" != 0 ] || printf 'User %s\nGroup %s\n' "$nobody" "$group"
		for module in mpm_event authn_core authn_file authz_core authz_user auth_basic \
			auth_digest dav dav_fs dir mime ssl filter substitute; do
			echo "<IfModule !${module}_module>"
			echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
			echo "</IfModule>"
		done
		echo 'TypesConfig /dev/null'
		echo 'LogFormat "%m %U %>s" short'
		echo "CustomLog $site/run/log short"
		as_example apache.conf | sed '$d'
		echo "${1:-}"
		echo '</VirtualHost>'
	} >"$site/run/conf"
	apache2 -f "$site/run/conf" -DFOREGROUND 2>"$site/run/out" &
	pid=$!
	servers="$servers $pid"
	answers "$port" || sed 's/^/# /' "$site/run/out" "$site/run/err"
}

# ---- the project ----

# to SETTING...: north has one endpoint with these
to() {
	sed "s|<endpoint url=\"[^\"]*\"/>|<endpoint $*/>|" base.xml >consultation.xml
}
webdav() { # webdav FOLDER SECRET [SETTING...]
	where=$1 key=$2
	shift 2
	to "driver=\"put\" url=\"https://127.0.0.1:$port/$where\" ca=\"$work/cert.pem\"" \
		"auth=\"basic\" user=\"cop\" secret=\"file:$key\" $*"
}
ledgers=0
fresh() { # nothing is known of anybody
	ledgers=$((ledgers + 1))
	ledger=$work/ledger$ledgers
}
push() {
	cop push --ledger "$ledger" --attempts 2 "$@"
}
same() { # same FOLDER: it holds the newest release and nothing else
	diff -r releases/latest/north "$1"
}
# new_words FROM TO: a new release; pages with these words keep their size
new_words() {
	sed -i "s/$1/$2/" forms/mini.xml
	cop update >/dev/null 2>&1
	sed -i '/^#, fuzzy$/d' po/mini/*.po
	approve
	cop build >/dev/null 2>&1
}
# travelled LOG: what differs from the release before, and no other file
travelled() {
	diff -rq releases/latest/north before | sed -n 's|.* before/\(.*\) differ$|\1|p' | sort >wanted
	sed -n 's|^PUT /\([^ ]*\) .*|\1|p' "$1" | sort >sent
	diff wanted sent
}
# very_long: a draft with a page of more than a megabyte
very_long() {
	cp forms/mini.xml mini.was
	awk '/<thanks>/ { for (k = 1; k <= 10; k++) {
			printf "<section id=\"many%d\"><title>Part %d</title>\n", k, k
			for (i = 1; i <= 150; i++)
				printf "<text id=\"t%d_%d\"><label>What is %d?</label></text>\n", k, i, i
			print "</section>" } }
		{ print }' mini.was >forms/mini.xml
	cop update >/dev/null 2>&1
	cop build --draft --fallback >/dev/null 2>&1
	mv mini.was forms/mini.xml
}

# ---- the contract ----

# contract SERVER: start_SERVER starts it
contract() {
	server=$1
	new_site "$server"
	"start_$server"
	fresh
	webdav '' secret
	ok "$server: every file arrives" push
	ok "$server: as it is in the release" same "$site/forms"
	: >"$site/run/log"
	ok "$server: what is there costs no request" sh -c '"$@" && test ! -s "$0"' \
		"$site/run/log" "$COP_L10N" push --ledger "$ledger" --now="$NOW"
	ok "$server: with the ledger lost everything goes once more" sh -c '
		"$COP_L10N" push --ledger "$1" --now="$2"' sh "$work/lost.$server" "$NOW"
	: >"$site/run/log"
	rm -rf before
	cp -r releases/latest/north before
	new_words 'Thank you!' 'Great job!'
	ok "$server: a new release with pages of the same size" push
	ok "$server: all of it" same "$site/forms"
	ok "$server: only what is new has travelled" travelled "$site/run/log"
	new_words 'Great job!' 'Thank you!'
	folder africa
	folder 'я b'
	fresh
	webdav 'africa/' secret
	ok "$server: into a folder" push
	ok "$server: all of it" same "$site/forms/africa"
	fresh
	webdav '%D1%8F%20b/' secret
	ok "$server: into a folder with a blank and a letter beyond ASCII" push
	ok "$server: all of it" same "$site/forms/я b"
	fresh
	webdav 'africa/' wrong
	says "$server: a wrong password" 7 endpoint-auth push
	webdav 'africa/' secret 'verify="readback"'
	ok "$server: then the right one, everything read back" push
	unwritable "$server"
	damage "$server"
	big "$server"
	full "$server"
	interrupted "$server"
	end "$pid"
}

# Whoever changes what it shows is noticed.
damage() {
	end "$pid"
	case $1 in
	nginx) start_nginx 'sub_filter "</html>" "<!-- --></html>"; sub_filter_once off;' ;;
	apache) start_apache 'SetOutputFilter SUBSTITUTE
Substitute "s|</html>|<!-- --></html>|"' ;;
	esac
	folder plain
	fresh
	webdav 'plain/' secret
	says "$1: a page that is shown with something added" 5 receipt-wrong push
	end "$pid"
	"start_$1"
	ok "$1: when that has ended, the next push goes on" push --retry-now
	ok "$1: all of it" same "$site/forms/plain"
}

# Both say that something is wrong with them, which may pass.
unwritable() {
	folder fixed
	chmod 555 "$site/forms/fixed"
	fresh
	webdav 'fixed/' secret
	says "$1: a folder where nothing can be written" 5 endpoint-busy push
	ok "$1: nothing is there" sh -c 'test -z "$(ls "$1")"' sh "$site/forms/fixed"
}

big() {
	folder big
	fresh
	webdav 'big/' secret
	ok "$1: a page of more than a megabyte" push --draft
	ok "$1: all of it" diff -r releases/draft/north "$site/forms/big"
}

# A disk of 64 KiB, where it can be made.
full() {
	mkdir "$site/forms/small"
	if ! mount -t tmpfs -o size=64k,mode=0777 tmpfs "$site/forms/small" 2>/dev/null; then
		n=$((n + 1))
		echo "ok $n - $1: a full disk # SKIP none can be made here"
		return
	fi
	fresh
	webdav 'small/' secret
	says "$1: a full disk waits" 5 endpoint-busy push
	mount -o remount,size=4m "$site/forms/small"
	ok "$1: with more room the next push goes on" sh -c '
		"$COP_L10N" push --ledger "$1" --now="$2"' sh "$ledger" 2027-01-12T09:00:00Z
	# Of a file that did not fit nginx leaves what it has under another name.
	ok "$1: all of it" diff -r -x '*.0*' releases/latest/north "$site/forms/small"
	umount "$site/forms/small"
}

# Killed in the middle, then started again.
interrupted() {
	folder cut
	fresh
	webdav 'cut/' secret 'per-minute="240"'
	"$COP_L10N" push --ledger "$ledger" --now="$NOW" >/dev/null 2>&1 &
	pusher=$!
	i=0
	until [ "$(find "$site/forms/cut" -type f | wc -l)" -ge 2 ] || [ $i -ge 200 ]; do
		i=$((i + 1))
		sleep 0.05
	done
	end "$pusher" KILL
	ok "$1: a push that was killed had not ended" test ! -e "$site/forms/cut/manifest.xml"
	webdav 'cut/' secret
	ok "$1: the next one goes on" push
	ok "$1: all of it" same "$site/forms/cut"
}

very_long
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" \
	-days 3650 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null ||
	{ left_out 'openssl makes no certificate'; exit 0; }
chmod 711 "$work"
chmod 644 "$work/key.pem"

for server in nginx apache; do
	program=$server
	[ $server = nginx ] || program=apache2
	if command -v $program >/dev/null; then
		contract $server
	else
		left_out "$program is not installed"
	fi
done

# ---- cop-l10n serve ----
serve office --fingerprint "$FP" --token-file secret
fresh
to "url=\"$URL\" auth=\"bearer\" secret=\"file:wrong\""
says 'serve: a wrong token' 7 endpoint-auth push
to "url=\"$URL\" auth=\"bearer\" secret=\"file:secret\""
ok 'serve: every file arrives' push --retry-now
ok 'serve: as it is in the release' same office/current
ok 'serve: what is there costs no request' sh -c '"$@" --format=json >events &&
	grep -q "\"unchanged\"" events' sh "$COP_L10N" push --ledger "$ledger" --now="$NOW"
to "driver=\"put\" url=\"$URL\" auth=\"bearer\" secret=\"file:secret\" verify=\"readback\""
fresh
ok 'serve: spoken to as to any server, everything read back' push
stop_server

# ---- a folder ----
fresh
to 'driver="dir" url="drive/"'
says 'folder: one that is not there is not made' 5 endpoint-no-folder push
mkdir drive
ok 'folder: the set is installed' push --retry-now
ok 'folder: as it is in the release' same drive/current
ok 'folder: what is there stays' sh -c '
	ls -i drive/current/ >a && "$COP_L10N" push --ledger "$1" --now="$2" &&
	ls -i drive/current/ >b && cmp a b' sh "$work/another" "$NOW"
new_words 'Thank you!' 'Great job!'
ok 'folder: a new release takes the place of the old one' push
ok 'folder: all of it' same drive/current
