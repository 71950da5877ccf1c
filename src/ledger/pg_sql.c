/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "ledger/ledger_priv.h"
#include "ledger/sql.h"

/*
 * Nothing here needs a sequence, an advisory lock or a notification, so that
 * databases that only speak PostgreSQL's language can do it too.  Leases go
 * by the clock of the database: "now" of a pusher is not looked at.
 */
#define CLOCK "floor(extract(epoch FROM now()))::bigint"
#define CLAIM(which)                                                           \
	"WITH task AS (SELECT endpoint AS id FROM endpoint"                    \
	"  WHERE target = $4 AND state IN ('new', 'waiting')"                  \
	"  AND lease_until <= " CLOCK " AND next_at <= $5" which               \
	"  FOR UPDATE SKIP LOCKED)"                                            \
	" UPDATE endpoint SET worker = $1, lease_until = " CLOCK " + $3"       \
	" FROM task WHERE endpoint = task.id RETURNING " COPL_ROW_COLUMNS

const struct copl_sql_text copl_sql_pg[COPL_SQL_COUNT] = {
    [COPL_SQL_BEGIN] = {"BEGIN ISOLATION LEVEL READ COMMITTED", 0},
    [COPL_SQL_ROW] = {"SELECT " COPL_ROW_COLUMNS ", (lease_until > " CLOCK
		      ")::int"
		      " FROM endpoint WHERE endpoint = $1 FOR UPDATE",
	2},
    [COPL_SQL_CLAIM] = {CLAIM(" ORDER BY lease_until, next_at LIMIT $6"), 6},
    [COPL_SQL_CLAIM_ONE] = {CLAIM(" AND endpoint = $6"), 6},
    [COPL_SQL_RENEW] = {"UPDATE endpoint SET lease_until = " CLOCK " + $3"
			" WHERE worker = $1 AND lease_until > " CLOCK,
	3},
    [COPL_SQL_LEFT] = {"SELECT"
		       " count(*) FILTER (WHERE lease_until <= " CLOCK
		       "  AND next_at <= $3),"
		       " count(*) FILTER (WHERE lease_until > " CLOCK "),"
		       " count(*) FILTER (WHERE lease_until <= " CLOCK
		       "  AND next_at > $3),"
		       " coalesce(min(CASE WHEN lease_until > " CLOCK
		       "  THEN lease_until WHEN next_at > $3 THEN next_at"
		       "  END), 0)"
		       " FROM endpoint WHERE target = $1"
		       " AND state IN ('new', 'waiting')",
	3},
};
