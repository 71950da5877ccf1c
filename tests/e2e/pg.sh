# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the tests that need a real PostgreSQL: a cluster of its own in a
# temporary folder, reached by a socket in it, never by a network.
skip() {
	# In CI everything is installed, so nothing is left out unnoticed.
	[ -z "${CI:-}" ] || { echo '1..1'; echo "not ok 1 - $1"; exit 1; }
	echo "1..0 # SKIP $1"
	exit 0
}
bin=
for dir in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin; do
	[ -x "$dir/initdb" ] && bin=$dir
done
[ -n "$bin" ] || skip 'no PostgreSQL server (Debian: postgresql)'

# The server refuses to run as root.
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
	user=nobody
	id postgres >/dev/null 2>&1 && user=postgres
	command -v setpriv >/dev/null || skip 'no setpriv, and root may not run a server'
	as() { setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"; }
fi
# Short: the path of a socket has room for 107 bytes.
pg=$(mktemp -d -t copl-pg.XXXXXX) || exit 99
stop_cluster() {
	as "$bin/pg_ctl" -D "$pg/data" -m immediate -w -t 20 stop >/dev/null 2>&1
	rm -rf "$pg"
}

start_cluster() {
	[ "$(id -u)" != 0 ] || chown "$user" "$pg"
	(
		cd "$pg" || exit 99
		as "$bin/initdb" -D "$pg/data" -U copl -A trust -E UTF8 --locale=C.UTF-8 -N &&
			as "$bin/pg_ctl" -D "$pg/data" -l "$pg/log" -w -t 60 -o "-k $pg \
-c listen_addresses= -c max_connections=40 -c shared_buffers=32MB" start &&
			as "$bin/createdb" -h "$pg" -U copl youth
	) >"$pg/start" 2>&1 || {
		sed 's/^/# /' "$pg/start" "$pg/log" 2>/dev/null
		echo '1..1'
		echo 'not ok 1 - a server starts'
		exit 1
	}
	# shellcheck disable=SC2034 # for whoever sources this
	DATABASE="postgresql:///youth?host=$pg&user=copl"
}
