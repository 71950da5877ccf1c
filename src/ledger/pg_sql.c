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

#define ADD                                                                    \
	"INSERT INTO endpoint (" COPL_ROW_COLUMNS ") VALUES"                   \
	" ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"                 \
	" $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"

const struct copl_sql_text copl_sql_pg[COPL_SQL_COUNT] = {
    [COPL_SQL_BEGIN] = {"BEGIN ISOLATION LEVEL READ COMMITTED", 0},
    [COPL_SQL_COMMIT] = {"COMMIT", 0},
    [COPL_SQL_ROLLBACK] = {"ROLLBACK", 0},
    [COPL_SQL_ROW] = {"SELECT " COPL_ROW_COLUMNS ", (lease_until > " CLOCK
		      ")::int"
		      " FROM endpoint WHERE endpoint = $1 FOR UPDATE",
	2},
    [COPL_SQL_ROWS] = {"SELECT " COPL_ROW_COLUMNS
		       " FROM endpoint ORDER BY endpoint",
	0},
    [COPL_SQL_IDS] = {"SELECT endpoint FROM endpoint", 0},
    [COPL_SQL_ADD] = {ADD " ON CONFLICT (endpoint) DO NOTHING", COPL_ROW_CELLS},
    [COPL_SQL_PUT] = {ADD COPL_ROW_UPDATE, COPL_ROW_CELLS},
    [COPL_SQL_FACTS] = {"SELECT e.facts, f.path, f.sha256, f.version, f.at"
			" FROM endpoint e LEFT JOIN fact f"
			" ON f.endpoint = e.endpoint"
			" WHERE e.endpoint = $1 AND e.url = $2"
			" ORDER BY f.path",
	2},
    [COPL_SQL_FACTS_ALL] = {"SELECT endpoint, path, sha256, version, at"
			    " FROM fact ORDER BY endpoint, path",
	0},
    [COPL_SQL_FACTS_DROP] = {"DELETE FROM fact WHERE endpoint = $1", 1},
    [COPL_SQL_FACT_ADD] = {"INSERT INTO fact (endpoint, path, sha256, version,"
			   " at) VALUES ($1, $2, $3, $4, $5)",
	5},
    [COPL_SQL_FACTS_ADD] = {"INSERT INTO fact (endpoint, path, sha256,"
			    " version, at) VALUES "
			    "($1, $2, $3, $4, $5)"
			    ", ($6, $7, $8, $9, $10)"
			    ", ($11, $12, $13, $14, $15)"
			    ", ($16, $17, $18, $19, $20)"
			    ", ($21, $22, $23, $24, $25)"
			    ", ($26, $27, $28, $29, $30)"
			    ", ($31, $32, $33, $34, $35)"
			    ", ($36, $37, $38, $39, $40)",
	COPL_PARAMS_MAX},
    [COPL_SQL_CLAIM] = {CLAIM(" ORDER BY lease_until, next_at LIMIT $6"), 6},
    [COPL_SQL_CLAIM_ONE] = {CLAIM(" AND endpoint = $6"), 6},
    [COPL_SQL_RENEW] = {"UPDATE endpoint SET lease_until = " CLOCK " + $3"
			" WHERE worker = $1 AND lease_until > " CLOCK,
	3},
    [COPL_SQL_RELEASE] = {"UPDATE endpoint SET worker = '', lease_until = 0"
			  " WHERE worker = $1",
	1},
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
    [COPL_SQL_AUDIT_ADD] = {"INSERT INTO audit (" COPL_AUDIT_COLUMNS ") VALUES"
			    " ($1, $2, $3, $4, $5, $6, $7, $8)",
	8},
    [COPL_SQL_AUDIT_OF] = {"SELECT " COPL_AUDIT_COLUMNS
			   " FROM audit WHERE endpoint = $1 AND at >= $2"
			   " ORDER BY seq",
	2},
    [COPL_SQL_AUDIT_ALL] = {"SELECT " COPL_AUDIT_COLUMNS
			    " FROM audit ORDER BY endpoint, seq",
	0},
    [COPL_SQL_STRAYS] =
	{"SELECT endpoint FROM (SELECT endpoint FROM audit"
	 " UNION SELECT endpoint FROM fact) AS s"
	 " WHERE endpoint NOT IN (SELECT endpoint FROM endpoint)"
	 " ORDER BY endpoint",
	    0},
    [COPL_SQL_AUDIT_LAST] = {"SELECT " COPL_AUDIT_COLUMNS
			     " FROM audit WHERE endpoint = $1"
			     " ORDER BY seq DESC LIMIT 1",
	1},
};
