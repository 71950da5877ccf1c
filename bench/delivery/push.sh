# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh: what push costs, beside curl --parallel and rclone.

# prepare_peers N SCHEME: what they read is written beforehand
prepare_peers() {
	origins "$1" | awk -v d="$set_dir" -v scheme="$2" -v port="$port" '
		BEGIN { while (("ls " d) | getline f) file[++n] = f }
		{ for (i = 1; i <= n; i++)
			printf "upload-file = \"%s/%s\"\nurl = \"%s://%s:%s/%s\"\noutput = /dev/null\n",
				d, file[i], scheme, $1, port, file[i] }' >"$runs/curl.cfg"
	origins "$1" | awk -v d="$set_dir" -v scheme="$2" -v port="$port" -v rc='{rc}' '
		{ printf "%srequest = POST\noutput = /dev/null\nfail\n", (NR > 1 ? "next\n" : "")
		printf "url = \"http://127.0.0.1:%s/sync/copy?srcFs=%s", rc, d
		printf "&dstFs=%%3Awebdav%%2Curl%%3D%%27%s%%3A%%2F%%2F%s%%3A%s%%2F%%27%%3A\"\n", scheme, $1, port }' >"$runs/rclone.cfg"
}

# run_tool TOOL SCHEME: once; the clients are told of our authority only
run_tool() {
	ca=
	[ "$2" = http ] || ca=$sites/ca.pem
	case $1 in
	cop-l10n)
		new_ledger
		push "$runs/ledger.sqlite"
		;;
	'cop-l10n, read back')
		new_ledger
		push "$runs/ledger.sqlite" --verify=readback
		;;
	'curl --parallel')
		once curl -q -sS -Z --parallel-max 50 --parallel-immediate --fail --retry 2 \
			--connect-timeout 10 --max-time 60 -H 'Content-Type: application/xml' \
			${ca:+--cacert "$ca"} -K "$runs/curl.cfg"
		;;
	rclone)
		once sh "$src/rclone.sh" "$("$peer" port 127.0.0.1)" "$runs" ${ca:+"$ca"}
		;;
	esac
}

choose_tools() {
	tools='cop-l10n|cop-l10n, read back'
	needs curl 'push by curl --parallel' && tools="$tools|curl --parallel"
	if needs rclone 'push by rclone' && needs curl 'push by rclone'; then
		if grep -q dav_ext_methods "$site/conf"; then
			tools="$tools|rclone"
		else
			note skipped 'push by rclone' 'nginx here answers no PROPFIND'
		fi
	fi
}

# race N SCHEME: every tool in turn
race() {
	round=0
	while [ $round -lt "$rounds" ]; do
		round=$((round + 1))
		old=$IFS IFS='|'
		for tool in $tools; do
			IFS=$old
			tell "$2, $1 endpoints, round $round: $tool"
			empty_site "$1"
			run_tool "$tool" "$2"
			note run "push $2" "$tool" "$cpu" "$wall" "$peak" "$status" "$(requests)" \
				"$(digests "$1" "$set_dir")"
			[ "$status" = 0 ] || tell "$tool: status $status: $(head -c 300 "$runs/said")"
			# once is enough to know how much slower it is
			if awk "BEGIN { exit !($wall > $slow) }" && [ "$tool" != cop-l10n ]; then
				tools=$(echo "|$tools|" | sed "s/|$tool|/|/; s/^|//; s/|\$//")
			fi
		done
		IFS=$old
	done
}

# part_push: http and https, and a second push over what is there
part_push() {
	for scheme in http https; do
		if [ $scheme = https ]; then
			needs openssl 'push over https' && certificates "$endpoints" || continue
		fi
		start_nginx "$endpoints" $scheme || return
		if [ $scheme = http ]; then
			offices "$endpoints" http "$port" >"$work/offices.tsv"
		else
			offices "$endpoints" https "$port" ca "$sites/ca.pem" >"$work/offices.tsv"
		fi
		prepare_peers "$endpoints" $scheme
		choose_tools
		race "$endpoints" $scheme
		empty_site "$endpoints"
		run_tool cop-l10n $scheme
		: >"$site/log"
		push "$runs/ledger.sqlite"
		note run "second $scheme" cop-l10n "$cpu" "$wall" "$peak" "$status" "$(requests)" \
			"$(digests "$endpoints" "$set_dir")"
		stop "$nginx"
		rm -rf "${site:?}"
	done
}

# part_many: how much memory many endpoints need
part_many() {
	start_nginx "$many" http || return
	offices "$many" http "$port" >"$work/offices.tsv"
	tell "http, $many endpoints"
	empty_site "$many"
	run_tool cop-l10n http
	note run many cop-l10n "$cpu" "$wall" "$peak" "$status" "$(requests)" "$(digests "$many" "$set_dir")"
	stop "$nginx"
	rm -rf "${site:?}"
}

# part_silent: some that take everything and never answer stand first
part_silent() {
	silent_port=$("$peer" port 127.2.0.1 "127.2.0.$silent") || return
	"$peer" silent "$silent_port" "$silent" &
	deaf=$!
	pids="$pids $deaf"
	"$peer" wait "127.2.0.$silent" "$silent_port" && start_nginx "$endpoints" http || return
	{
		offices "$endpoints" http "$port" timeout "$patience" | head -n 1
		awk -v n="$silent" -v port="$silent_port" -v t="$patience" 'BEGIN { for (i = 1; i <= n; i++)
			printf "partner\tsilent%d\thttp://127.2.0.%d:%s/\t%d\n", i, i, port, t }'
		offices "$endpoints" http "$port" timeout "$patience" | tail -n +2
	} >"$work/offices.tsv"
	round=0
	while [ $round -lt "$rounds" ]; do
		round=$((round + 1))
		tell "$silent silent and $endpoints others, round $round"
		empty_site "$endpoints"
		new_ledger
		began=$(date +%s.%N)
		push "$runs/ledger.sqlite"
		served=$(awk -v began="$began" '{ t = $1 } END { print t - began }' "$site/log")
		note run silent cop-l10n "$served" "$wall" "$peak" "$status" "$(requests)" \
			"$(digests "$endpoints" "$set_dir")"
	done
	stop "$deaf"
	stop "$nginx"
	rm -rf "${site:?}"
}

# part_ledger: a whole push, and what the ledger does for it alone, in turn
part_ledger() {
	start_nginx "$endpoints" http || return
	offices "$endpoints" http "$port" >"$work/offices.tsv"
	round=0
	while [ $round -lt "$rounds" ]; do
		round=$((round + 1))
		tell "ledger, round $round"
		empty_site "$endpoints"
		run_tool cop-l10n http
		note run ledger push "$cpu" "$wall" "$peak" "$status" "$(requests)" \
			"$(digests "$endpoints" "$set_dir")"
		new_ledger
		# shellcheck disable=SC2046
		note run ledger alone $(ledger_alone) 0 0/0
	done
	stop "$nginx"
	rm -rf "${site:?}"
}

# ledger_alone: CPU wall peak status, of the work itself without the start
ledger_alone() {
	"$bench/delivery/ledger" "$runs/ledger.sqlite" "$endpoints" "$set_files" 2>"$runs/said" ||
		echo 0 0 0 $?
}

# handshake_alone: what OpenSSL itself needs for one here and now, with nothing
# around it: one context, nothing sent, one authority
handshake_alone() {
	once openssl s_time -connect "127.1.0.1:$port" -new -time 2 -CAfile "$sites/ca.pem"
	sed -n 's/^\([0-9]*\) connections in .*real seconds.*/\1/p' "$runs/said" | awk -v cpu="$cpu" \
		'$1 > 0 { printf "%.6f\n", cpu / $1 * 1000 }' >"$runs/alone"
	[ ! -s "$runs/alone" ] || note run alone openssl "$(cat "$runs/alone")"
}

# part_tls: what a handshake costs where the authorities of the system are
# trusted as well, which is what most endpoints need
part_tls() {
	needs openssl 'handshakes' || return 0
	certificates "$handshakes" || return
	bundle=
	for file in "$(openssl version -d | sed 's/.*"\(.*\)"/\1/')/certs/ca-certificates.crt" \
		/etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
		[ -z "$bundle" ] && [ -r "$file" ] && bundle=$file
	done
	[ -n "$bundle" ] || tell 'no authorities of the system: handshakes trust one only'
	cat ${bundle:+"$bundle"} "$sites/ca.pem" >"$sites/bundle.pem"
	note authorities "$(grep -c BEGIN "$sites/bundle.pem")"
	round=0
	while [ $round -lt "$rounds" ]; do
		round=$((round + 1))
		for scheme in http https; do
			tell "$handshakes origins, $scheme, round $round"
			start_nginx "$handshakes" $scheme || return
			if [ $scheme = http ]; then
				offices "$handshakes" http "$port" >"$work/offices.tsv"
			else
				offices "$handshakes" https "$port" ca "$sites/bundle.pem" >"$work/offices.tsv"
			fi
			empty_site "$handshakes"
			run_tool cop-l10n $scheme
			note run handshakes $scheme "$cpu" "$wall" "$peak" "$status" "$(requests)" \
				"$(digests "$handshakes" "$set_dir")"
			[ $scheme = http ] || handshake_alone
			stop "$nginx"
			rm -rf "${site:?}"
		done
	done
}
