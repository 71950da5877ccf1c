/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "ledger/ledger_priv.h"
#include "ledger/sql.h"

/* A claim holds the one lock of the file, so no row need be locked. */
#define CLAIM(which)                                                           \
	"UPDATE endpoint SET worker = $1, lease_until = $2 + $3"               \
	" WHERE endpoint IN (SELECT endpoint FROM endpoint"                    \
	"  WHERE target = $4 AND state IN ('new', 'waiting')"                  \
	"  AND lease_until <= $2 AND next_at <= $5" which                      \
	") RETURNING " COPL_ROW_COLUMNS

const struct copl_sql_text copl_sql_sqlite[COPL_SQL_COUNT] = {
    [COPL_SQL_BEGIN] = {"BEGIN IMMEDIATE", 0},
    [COPL_SQL_ROW] = {"SELECT " COPL_ROW_COLUMNS ", lease_until > $2"
		      " FROM endpoint WHERE endpoint = $1",
	2},
    [COPL_SQL_CLAIM] = {CLAIM(" ORDER BY lease_until, next_at LIMIT $6"), 6},
    [COPL_SQL_CLAIM_ONE] = {CLAIM(" AND endpoint = $6"), 6},
    [COPL_SQL_RENEW] = {"UPDATE endpoint SET lease_until = $2 + $3"
			" WHERE worker = $1 AND lease_until > $2",
	3},
    [COPL_SQL_LEFT] = {"SELECT"
		       " count(*) FILTER (WHERE lease_until <= $2"
		       "  AND next_at <= $3),"
		       " count(*) FILTER (WHERE lease_until > $2),"
		       " count(*) FILTER (WHERE lease_until <= $2"
		       "  AND next_at > $3),"
		       " coalesce(min(CASE WHEN lease_until > $2"
		       "  THEN lease_until WHEN next_at > $3 THEN next_at END),"
		       "  0)"
		       " FROM endpoint WHERE target = $1"
		       " AND state IN ('new', 'waiting')",
	3},
};
