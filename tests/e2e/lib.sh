# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the end-to-end tests: a project in a folder of its own, servers
# that are always stopped, TAP on stdout.  All traffic stays on loopback.
set -u
: "${top_srcdir:?}" "${COP_L10N:?}"
top_srcdir=$(cd "$top_srcdir" && pwd)
. "$top_srcdir/tests/children.sh"
work=$(mktemp -d) || exit 99
servers=
n=0
NOW=2027-01-12T08:00:00Z
# The system's own: another one on PATH has not the modules of its packages.
python=$(PATH=$(getconf PATH):$PATH && command -v python3) || python=python3
export python

finish() {
	for pid in $servers; do
		signal TERM "$pid"
	done
	wait
	chmod -R u+w "$work"
	rm -rf "$work"
	echo "1..$n"
}
trap finish EXIT
trap 'exit 99' HUP INT TERM

cd "$work" || exit 99

# ok TITLE COMMAND...: passes when the command does
ok() {
	title=$1
	shift
	n=$((n + 1))
	if "$@" >"$work/out" 2>&1; then
		echo "ok $n - $title"
	else
		echo "# exit $? of: $*"
		sed 's/^/# /' "$work/out"
		echo "not ok $n - $title"
	fi
}

# says TITLE STATUS CODE COMMAND...: ends with this status and this code;
# what it said is in $work/said
says() {
	title=$1 status=$2 code=$3
	shift 3
	n=$((n + 1))
	"$@" >"$work/said" 2>&1
	got=$?
	if [ $got = "$status" ] && grep -q "\[$code\]" "$work/said"; then
		echo "ok $n - $title"
	else
		echo "# exit $got, expected $status and [$code]"
		sed 's/^/# /' "$work/said"
		echo "not ok $n - $title"
	fi
}

# left_out WHY: a line that is skipped; in CI everything is installed, so
# nothing is left out unnoticed
left_out() {
	n=$((n + 1))
	if [ -n "${CI:-}" ]; then
		echo "not ok $n - $1"
	else
		echo "ok $n - left out # SKIP $1"
	fi
}

# needs TOOL...: without one of them the test ends here
needs() {
	for tool in "$@"; do
		command -v "$tool" >/dev/null && continue
		left_out "$tool is not installed"
		exit 0
	done
}

cop() {
	"$COP_L10N" "$@" --now="$NOW"
}

# Every translation of the project in this folder is approved.  A language
# that nothing is translated into is none's error here: build will tell.
approve() {
	for tag in $(sed -n 's/.*<language tag="\([^"]*\)".*/\1/p' consultation.xml); do
		cop review "$tag" approved --all --who Nobody --role tests >/dev/null 2>&1
	done
	return 0
}

# the small project, its keys, and a first release
start_project() {
	mkdir "$work/p" && cd "$work/p" || exit 99
	. "$top_srcdir/tests/cli/project.sh"
	cop keygen keys/release >/dev/null || exit 99
	approve || exit 99
	cop build >/dev/null || exit 99
	FP=$(fingerprint keys/release.pub)
}

# what an office would hear on the telephone
fingerprint() {
	cop verify releases/latest 2>&1 | grep -oE '([0-9A-F]{4} ){9}[0-9A-F]{4}' | tail -n 1
}

# serve DIR ARG...: starts a server; its address is in $URL
serve() {
	dir=$1
	shift
	: >"$dir.log"
	"$COP_L10N" serve "$dir" --listen 127.0.0.1:0 --max-seconds "${serve_seconds:-120}" \
		--now="$NOW" --format=json "$@" >"$dir.log" 2>&1 &
	server=$!
	servers="$servers $server"
	URL=
	i=0
	while [ -z "$URL" ] && [ $i -lt 200 ]; do
		URL=$(sed -n 's|.*"address":"\([^"]*\)".*|http://\1/|p' "$dir.log" | head -n 1)
		i=$((i + 1))
		[ -n "$URL" ] || sleep 0.05
	done
	[ -n "$URL" ] || { sed 's/^/# /' "$dir.log"; exit 99; }
}

# It may have ended by itself, or before.
stop_server() {
	end "$server" || :
}

# endpoint URL: where the project pushes to
endpoint() {
	sed -i "s|<endpoint url=\"[^\"]*\"|<endpoint url=\"$1\"|" consultation.xml
}

free_port() {
	"$python" -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# behind_nginx: in front of the server at $URL stands nginx as our example has
# it, without TLS, at $front; in the folder nginx
behind_nginx() {
	port=${URL##*:}
	port=${port%/}
	front=$(free_port)
	mkdir nginx
	{
		echo "daemon off; master_process off; pid $PWD/nginx/pid; error_log $PWD/nginx/error.log;"
		[ "$(id -u)" != 0 ] || echo 'user root;'
		echo "events { worker_connections 64; } http { access_log off;"
		for part in client_body proxy fastcgi uwsgi scgi; do
			echo "${part}_temp_path $PWD/nginx/$part;"
		done
		sed -e "s|listen 443 ssl;|listen 127.0.0.1:$front;|" -e '/ssl_/d' \
			-e "s|127\.0\.0\.1:8101|127.0.0.1:$port|" "$top_srcdir/contrib/serve/nginx.conf"
		echo '}'
	} >nginx/conf
	nginx -c "$PWD/nginx/conf" -e "$PWD/nginx/error.log" >nginx/log 2>&1 &
	servers="$servers $!"
	i=0
	until curl -s -o /dev/null "http://127.0.0.1:$front/healthz" || [ $i -ge 200 ]; do
		i=$((i + 1))
		sleep 0.05
	done
}
