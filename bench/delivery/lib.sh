# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh: servers that are always stopped, the projects, one timed
# run.  All traffic stays on loopback.
pids=

# stop PID: ends one process that was started here, and waits for it
stop() {
	end "$1"
	left=
	for pid in $pids; do
		[ "$pid" = "$1" ] || left="$left $pid"
	done
	pids=$left
}

finish() {
	for pid in $pids; do
		signal TERM "$pid"
	done
	wait
	rm -rf "${sites:?}"
}

tell() { echo "bench-delivery: $*" >&2; }

note() { # note FIELD...: a line of the results
	(IFS='|' && echo "$*") >>"$results"
}

# needs PROGRAM WHAT: whether it is installed; says once that WHAT is skipped
needs() {
	command -v "$1" >/dev/null 2>&1 && return
	case " ${missing-} " in *" $1 "*) ;; *)
		missing="${missing-} $1"
		tell "skipped, no $1: $2"
		note skipped "$2" "no $1 here"
		;;
	esac
	return 1
}

# origin N: the address of the Nth endpoint, 127.1.0.1 first
origin() { echo "127.1.$((($1 - 1) / 250)).$((($1 - 1) % 250 + 1))"; }

# origins N: all of them, a line each
origins() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "127.1.%d.%d\n", i / 250, i % 250 + 1 }'
}

# ---- nginx ----

# certificates N: $sites/ca.pem, ours alone, and certificates for 50 addresses
# each, for a certificate with a thousand names costs every client time
certificates() {
	tls=$sites/tls
	[ -e "$tls/$1.done" ] && return
	mkdir -p "$tls"
	if [ ! -e "$sites/ca.pem" ]; then
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
			-subj '/CN=bench authority' -addext basicConstraints=critical,CA:TRUE \
			-keyout "$tls/ca.key" -out "$sites/ca.pem" 2>"$tls/log" || return
	fi
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=bench origins' \
		-keyout "$tls/key.pem" -out "$tls/req.pem" 2>>"$tls/log" || return
	rm -f "$tls"/names.*
	origins "$1" | awk -v to="$tls/names." '{
		file = sprintf("%s%03d", to, (NR - 1) / 50)
		printf "%s%s", (NR - 1) % 50 ? ",IP:" : "subjectAltName=IP:", $0 >file
	}'
	for names in "$tls"/names.*; do
		openssl x509 -req -in "$tls/req.pem" -CA "$sites/ca.pem" -CAkey "$tls/ca.key" \
			-days 2 -extfile "$names" -set_serial "1${names##*.}" \
			-out "$tls/${names##*/names.}.pem" 2>>"$tls/log" || return
	done
	: >"$tls/$1.done"
}

# servers N http|https: the server blocks; a receipt is what the client said,
# as cop-l10n serve answers when that is what it has stored
servers() {
	if [ "$2" = http ]; then
		echo 'server {'
		origins "$1" | sed "s/.*/listen &:$port backlog=1024;/"
		echo '}'
		return
	fi
	for names in "$tls"/names.*; do
		echo 'server {'
		sed 's/subjectAltName=//; s/IP://g' "$names" | tr ',' '\n' | head -n "$1" |
			sed "s/\$/:$port/; s/.*/listen & ssl backlog=1024;/"
		echo "ssl_certificate $tls/${names##*/names.}.pem; ssl_certificate_key $tls/key.pem;"
		echo '}'
	done
}

# start_nginx N http|https: N origins that take PUT, each with a folder of its
# own below $site/held; $port, $nginx
start_nginx() {
	site=$sites/$2.$1
	rm -rf "$site"
	mkdir -p "$site/held" "$site/temp"
	port=$("$peer" port 127.1.0.1 "$(origin "$1")") || return
	dav=$(nginx -V 2>&1 | sed -n 's/.*--modules-path=\([^ ]*\).*/\1/p')/ngx_http_dav_ext_module.so
	{
		[ ! -e "$dav" ] || echo "load_module $dav;"
		echo "daemon off; pid $site/pid; error_log $site/err warn; worker_processes 1;"
		echo "worker_rlimit_nofile $files; events { worker_connections $((files - 100)); multi_accept on; }"
		[ "$(id -u)" != 0 ] || echo "user $(id -un) $(id -gn);"
		echo 'http {'
		# shellcheck disable=SC2016
		echo 'log_format short "$msec $server_addr $request_method $uri $status";'
		echo "access_log $site/log short; default_type application/octet-stream;"
		for temp in client_body proxy fastcgi uwsgi scgi; do
			echo "${temp}_temp_path $site/temp/$temp;"
		done
		echo 'client_max_body_size 4m; client_body_buffer_size 128k; keepalive_requests 1000000;'
		# shellcheck disable=SC2016
		echo "root $site/held/\$server_addr; create_full_put_path on; dav_methods PUT MKCOL;"
		[ ! -e "$dav" ] || echo 'dav_ext_methods PROPFIND OPTIONS;'
		# shellcheck disable=SC2016
		echo 'add_header Repr-Digest $http_repr_digest always;'
		servers "$1" "$2"
		echo '}'
	} >"$site/conf"
	nginx -p "$site" -e "$site/err" -c "$site/conf" >/dev/null 2>"$site/said" &
	nginx=$!
	pids="$pids $nginx"
	"$peer" wait "$(origin "$1")" "$port" && return
	head -n 3 "$site/said" "$site/err" >&2
	stop "$nginx"
	return 1
}

# empty_site N: nothing is there, no request was counted
empty_site() {
	rm -rf "${site:?}/held"
	mkdir "$site/held"
	(cd "$site/held" && origins "$1" | xargs mkdir)
	: >"$site/log"
}

# requests: how many the server has seen since; it writes with the answer
requests() {
	sleep 0.2
	wc -l <"$site/log" | tr -d ' '
}

# digests N FOLDER: how many files of N endpoints are exactly those of FOLDER, as OF/WANTED
digests() {
	(cd "$2" && sha256sum -- *) >"$site/sums"
	find "$site/held" -type f -print0 | xargs -0 -r sha256sum | awk -v n="$1" '
		NR == FNR { want[$1 " " $2] = 1; files++; next }
		{ name = $2; sub(/.*\//, "", name); right += (($1 " " name) in want) }
		END { printf "%d/%d\n", right, n * files }' "$site/sums" -
}

# ---- projects ----

# once PROGRAM...: runs it, measured; leaves cpu wall peak status
once() {
	# shellcheck disable=SC2046,SC2086
	set -- $("$measure" -t "$limit" -l "$runs/said" $cop_env "$@")
	cpu=${1:-0} wall=${2:-0} peak=${3:-0} status=${4:-99}
}

# quiet PROGRAM...: the same for what is prepared; tells when it fails
quiet() {
	once "$@"
	[ "$status" = 0 ] && return
	tell "status $status: $*"
	head -n 5 "$runs/said" >&2
	return 1
}

# project: $work, with a release for one recipient: six forms of 20 KB and
# the files that vouch for them
project() {
	work=$runs/project
	tell "making the project"
	rm -rf "$work"
	sed 's/^outputs=.*/outputs=xml/' "$bench_src/project.sh" >"$runs/project.sh"
	sh "$runs/project.sh" "$top" "$bench" 20 "$work" || return
	sed 's|^</project>|<endpoints src="offices.tsv"/>&|; s|<pickup[^>]*>||' \
		"$work/consultation.xml" >"$work/new.xml"
	mv "$work/new.xml" "$work/consultation.xml"
	offices 1 http 9 >"$work/offices.tsv"
	quiet "$cop" -C "$work" keygen keys/release &&
		quiet "$cop" -C "$work" build --draft --now="$now" || return
	set_dir=$work/releases/draft/partner
	set_files=$(find "$set_dir/" -type f | wc -l | tr -d ' ')
	note set "$set_files" "$(cat "$set_dir"/* | wc -c | tr -d ' ')"
}

# offices N SCHEME PORT [SETTING VALUE]: the table of endpoints
offices() {
	origins "$1" | awk -v scheme="$2" -v port="$3" -v name="${4-}" -v value="${5-}" '
		BEGIN { printf "recipient\tid\turl%s\n", name ? "\t" name : "" }
		{ printf "partner\to%05d\t%s://%s:%s/%s\n", NR, scheme, $1, port, name ? "\t" value : "" }'
}

# push LEDGER OPTION...: one measured push of $work
push() {
	ledger=$1
	shift
	once "$cop" -C "$work" push --draft --now="$now" --ledger="$ledger" "$@"
}

new_ledger() {
	rm -f "$runs"/ledger.sqlite* "$runs"/.ledger.sqlite*
}
