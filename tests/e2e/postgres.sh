#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The ledger in a real PostgreSQL: a cluster of its own in a temporary folder,
# reached by a socket in it, never by a network, and gone at the end.
set -u
skip() {
	# In CI everything is installed, so nothing is left out unnoticed.
	[ -z "${CI:-}" ] || { echo '1..1'; echo "not ok 1 - $1"; exit 1; }
	echo "1..0 # SKIP $1"
	exit 0
}
test=${top_builddir:?}/tests/unit/test_ledger_pg
bin=
for dir in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin; do
	[ -x "$dir/initdb" ] && bin=$dir
done
[ -n "$bin" ] || skip 'no PostgreSQL server (Debian: postgresql)'
[ -x "$test" ] || skip 'built without libpq or cmocka'

# The server refuses to run as root.
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
	user=nobody
	id postgres >/dev/null 2>&1 && user=postgres
	command -v setpriv >/dev/null || skip 'no setpriv, and root may not run a server'
	as() { setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"; }
fi
# Short: the path of a socket has room for 107 bytes.
work=$(mktemp -d /tmp/copl-pg.XXXXXX) || exit 99
finish() {
	as "$bin/pg_ctl" -D "$work/data" -m immediate -w -t 20 stop >/dev/null 2>&1
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 99' HUP INT TERM
[ "$(id -u)" != 0 ] || chown "$user" "$work"
cd "$work" || exit 99
{
	as "$bin/initdb" -D "$work/data" -U copl -A trust -E UTF8 --locale=C.UTF-8 -N &&
		as "$bin/pg_ctl" -D "$work/data" -l "$work/log" -w -t 60 -o "-k $work \
-c listen_addresses= -c max_connections=40 -c shared_buffers=32MB" start &&
		as "$bin/createdb" -h "$work" -U copl youth
} >"$work/start" 2>&1 || {
	sed 's/^/# /' "$work/start" "$work/log" 2>/dev/null
	echo '1..1'
	echo 'not ok 1 - a server starts'
	exit 1
}
COPL_TEST_POSTGRESQL="postgresql:///youth?host=$work&user=copl"
cat >"$work/restart.sh" <<END
[ "\$(id -u)" != 0 ] || set -- setpriv --reuid="${user:-}" --regid="$(id -g "${user:-}")" --clear-groups
"\$@" "$bin/pg_ctl" -D "$work/data" -m fast -w -t 60 restart >"$work/restart" 2>&1
END
COPL_TEST_RESTART="sh $work/restart.sh"
export COPL_TEST_POSTGRESQL COPL_TEST_RESTART
timeout 300 "$test"
rc=$?
[ $rc = 0 ] || tail -n 20 "$work/log" | sed 's/^/# /'
exit $rc
