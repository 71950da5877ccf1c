/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What both stores are asked in the same words. */
#include "config.h"
#include "ledger/ledger_priv.h"
#include "ledger/sql.h"

#define ADD                                                                    \
	"INSERT INTO endpoint (" COPL_ROW_COLUMNS ") VALUES"                   \
	" ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"                 \
	" $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"

static const struct copl_sql_text alike[COPL_SQL_COUNT] = {
    [COPL_SQL_COMMIT] = {"COMMIT", 0},
    [COPL_SQL_ROLLBACK] = {"ROLLBACK", 0},
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
    [COPL_SQL_RELEASE] = {"UPDATE endpoint SET worker = '', lease_until = 0"
			  " WHERE worker = $1",
	1},
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

const struct copl_sql_text *copl_sql_text(
    const struct copl_sql_text *own, enum copl_sql sql)
{
	return own[sql].text != NULL ? &own[sql] : &alike[sql];
}
