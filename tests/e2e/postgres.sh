#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The ledger in a real PostgreSQL.
set -u
test=${top_builddir:?}/tests/unit/test_ledger_pg
. "${top_srcdir:?}/tests/e2e/pg.sh"
[ -x "$test" ] || skip 'built without libpq or cmocka'
trap stop_cluster EXIT
trap 'exit 99' HUP INT TERM
start_cluster
cat >"$pg/restart.sh" <<END
[ "\$(id -u)" != 0 ] || set -- setpriv --reuid="${user:-}" --regid="$(id -g "${user:-}")" --clear-groups
"\$@" "$bin/pg_ctl" -D "$pg/data" -m fast -w -t 60 restart >"$pg/restart" 2>&1
END
COPL_TEST_POSTGRESQL=$DATABASE
COPL_TEST_RESTART="sh $pg/restart.sh"
export COPL_TEST_POSTGRESQL COPL_TEST_RESTART
timeout 300 "$test"
rc=$?
[ $rc = 0 ] || tail -n 20 "$pg/log" | sed 's/^/# /'
exit $rc
