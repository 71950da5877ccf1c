# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh: what serve costs, beside nginx; what fetch sends and gets.

# start_serve FOLDER OPTION...: $url, $serve
start_serve() {
	dir=$1
	shift
	mkdir -p "$dir"
	# shellcheck disable=SC2086
	env $cop_set "$cop" serve "$dir" --listen 127.0.0.1:0 --max-seconds 600 --now="$now" \
		--format=json "$@" >"$dir.said" 2>&1 &
	serve=$!
	pids="$pids $serve"
	i=0 url=
	while [ -z "$url" ] && [ $i -lt 200 ]; do
		i=$((i + 1))
		sleep 0.05
		url=$(sed -n 's|.*"address":"\([^"]*\)".*|http://\1/|p' "$dir.said" | head -n 1)
	done
	[ -n "$url" ] && return
	head -n 3 "$dir.said" >&2
	stop "$serve"
	return 1
}

# fill_serve: the release of $work is there
fill_serve() {
	printf 'recipient\tid\turl\npartner\tserve\t%s\n' "$url" >"$work/offices.tsv"
	new_ledger
	quiet "$cop" -C "$work" push --draft --now="$now" --ledger="$runs/ledger.sqlite"
}

# start_static: nginx with the same files; $static, $nginx
start_static() {
	site=$sites/static
	mkdir -p "$site/temp"
	port=$("$peer" port 127.0.0.1) || return
	{
		echo "daemon off; pid $site/pid; error_log $site/err warn; worker_processes auto;"
		[ "$(id -u)" != 0 ] || echo "user $(id -un) $(id -gn);"
		echo "worker_rlimit_nofile $files; events { worker_connections 8192; }"
		echo 'http { access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on;'
		for temp in client_body proxy fastcgi uwsgi scgi; do
			echo "${temp}_temp_path $site/temp/$temp;"
		done
		echo 'types { application/xml xml; text/html html; }'
		echo "server { listen 127.0.0.1:$port backlog=4096; root $set_dir;"
		echo "location /cached/ { alias $set_dir/; open_file_cache max=100; } } }"
	} >"$site/conf"
	nginx -p "$site" -e "$site/err" -c "$site/conf" >/dev/null 2>"$site/said" &
	nginx=$!
	pids="$pids $nginx"
	static=http://127.0.0.1:$port/
	"$peer" wait 127.0.0.1 "$port"
}

# ticks PID: CPU of it and its children, in hundredths of a second or so
ticks() {
	for pid in $1 $(cat "/proc/$1/task/$1/children"); do
		cat "/proc/$pid/stat"
	done 2>/dev/null | awk '{ sub(/.*\) /, ""); sum += $12 + $13 } END { print sum + 0 }'
}

# load PID URL [FIELD]: wrk for some seconds; leaves rate and us, microseconds of CPU a request
load() {
	before=$(ticks "$1")
	wrk -t1 -c64 "-d${seconds}s" ${3:+-H "$3"} "$2" >"$runs/wrk" 2>&1
	after=$(ticks "$1")
	rate=$(sed -n 's/^Requests\/sec: *//p' "$runs/wrk")
	us=$(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" \
		'/requests in/ { print $1 ? t / hz * 1e6 / $1 : 0 }' "$runs/wrk")
	! grep -q 'Non-2xx\|Socket errors' "$runs/wrk" || {
		tell "$2: $(grep 'Non-2xx\|Socket errors' "$runs/wrk")"
		rate=0
	}
}

# etag URL: of the file there; nothing when a second request does not give 304
etag() {
	tag=$(curl -q -s -o /dev/null -D - "$1" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: *//p')
	[ "$(curl -q -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$1")" = 304 ] && echo "$tag"
}

# load_both GET|304: ours, nginx as most run it, and nginx that keeps files open
load_both() {
	load "$serve" "$url$file" ${ours_if:+"$ours_if"}
	note run "$1" cop-l10n "$rate" "$us"
	load "$nginx" "$static$file" ${theirs_if:+"$theirs_if"}
	note run "$1" nginx "$rate" "$us"
	load "$nginx" "${static}cached/$file" ${theirs_if:+"$theirs_if"}
	note run "$1" 'nginx, open_file_cache' "$rate" "$us"
}

# part_serve: GET and 304 against nginx, in turn
part_serve() {
	needs wrk 'serve against nginx' && needs curl 'serve against nginx' || return 0
	start_serve "$sites/office" --key="$work/keys/release.pub" && fill_serve && start_static || return
	file=form.fr.xml
	ours=$(etag "$url$file")
	theirs=$(etag "$static$file")
	if [ -z "$ours" ] || [ -z "$theirs" ]; then
		tell 'no ETag, or no 304 for it'
		return 1
	fi
	round=0
	while [ $round -lt "$rounds" ]; do
		round=$((round + 1))
		tell "serve and nginx, round $round"
		ours_if='' theirs_if=''
		load_both GET
		ours_if="If-None-Match: $ours" theirs_if="If-None-Match: $theirs"
		load_both 304
	done
	stop "$nginx"
	stop "$serve"
}

# part_idle: many who asked once and stay
part_idle() {
	start_serve "$sites/idle" --key="$work/keys/release.pub" && fill_serve || return
	tell "serve, $idle idle connections"
	# shellcheck disable=SC2046
	note run idle cop-l10n $("$peer" idle "$serve" 127.0.0.1 "$(echo "$url" | sed 's/.*:\([0-9]*\).*/\1/')" \
		/form.fr.xml "$idle")
	stop "$serve"
}

# through_relay NAME OPTION...: fetches, and what went over the wire
through_relay() {
	name=$1
	shift
	: >"$sites/office.log"
	"$peer" relay "$relay_port" 127.0.0.1 "$serve_port" >"$runs/wire" &
	relay=$!
	pids="$pids $relay"
	"$peer" wait 127.0.0.1 "$relay_port" || return
	once "$cop" fetch "http://127.0.0.1:$relay_port/" "$sites/desk" --now="$now" --draft "$@"
	[ "$status" = 0 ] || head -n 5 "$runs/said" >&2
	sleep 0.2
	stop "$relay"
	asked=$(wc -l <"$sites/office.log" | tr -d ' ')
	came=$(awk '$1 == 1 { n += $2 } END { print n + 0 }' "$runs/wire")
	gone=$(awk '$1 == 0 { n += $2 } END { print n + 0 }' "$runs/wire")
	same=no
	diff -r "$fetched/releases/draft/$who" "$sites/desk/current" >"$runs/diff" 2>&1 && same=yes
	note run fetch "$name" "$cpu" "$wall" "$peak" "$status" "$asked" "$came" "$gone" "$same"
}

# bodies: how many files came with the last fetch
bodies() { grep '"GET"' "$sites/office.log" | grep -c '"status":"*200'; }

# real_project: what cop-l10n init makes, its partner with all six languages
real_project() {
	fetched=$runs/real who=example_partner
	quiet "$cop" init "$fetched" --now="$now" &&
		quiet "$cop" -C "$fetched" keygen || return
	sed "/id=\"$who\"/,/<\/recipient>/s|<pickup[^>]*>|<endpoint url=\"$url\"/>|" \
		"$fetched/consultation.xml" >"$fetched/new.xml"
	mv "$fetched/new.xml" "$fetched/consultation.xml"
}

# release: the project as it is, built and pushed
release() {
	quiet "$cop" -C "$fetched" build --draft --now="$now" &&
		quiet "$cop" -C "$fetched" push --draft --now="$now"
}

# part_fetch: a first time, again, and after one text of one language changed
part_fetch() {
	tell 'fetch'
	serve_port=$("$peer" port 127.0.0.1) && relay_port=$("$peer" port 127.0.0.1) || return
	url=http://127.0.0.1:$serve_port/
	real_project || return
	serve_real "$serve_port" || return
	release || return
	note fetched "$(find "$fetched/releases/draft/$who/" -type f | wc -l | tr -d ' ')" \
		"$(cat "$fetched/releases/draft/$who"/* | wc -c | tr -d ' ')"
	through_relay first --key="$fetched/keys/release.pub"
	through_relay again
	cp -R "$fetched/releases/draft/$who" "$runs/before"
	sed -i '0,/^msgid "[^"]\{9,\}"/{/^msgid "[^"]/{n;s/^msgstr "/&À /}}' "$fetched/po/online_life/fr.po"
	release || return
	note changed "$(diff -rq "$runs/before" "$fetched/releases/draft/$who/" | wc -l | tr -d ' ')"
	through_relay changed
	note bodies "$(bodies)"
	stop "$serve"
}

# serve_real PORT: an office of that project
serve_real() {
	# shellcheck disable=SC2086
	env $cop_set "$cop" serve "$sites/real" --listen "127.0.0.1:$1" --max-seconds 600 \
		--now="$now" --key="$fetched/keys/release.pub" --access-log="$sites/office.log" \
		>"$sites/real.said" 2>&1 &
	serve=$!
	pids="$pids $serve"
	"$peer" wait 127.0.0.1 "$1"
}
