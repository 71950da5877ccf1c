/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "ledger/pg_priv.h"

/* Statements that are under way at once; their answers fit the socket. */
#define FLIGHT 128
#define COLUMNS_MAX 32

/* Types of the server, by their numbers in its catalog. */
enum { TYPE_INT8 = 20, TYPE_INT4 = 23, TYPE_TEXT = 25 };

/* ---- trouble ---- */

static bool begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Two who add the first row of one endpoint: the later one sees it then. */
static bool is_race(const PGresult *res)
{
	const char *table = PQresultErrorField(res, PG_DIAG_TABLE_NAME);

	return table != NULL &&
	       (strcmp(table, "audit") == 0 || strcmp(table, "endpoint") == 0);
}

static const struct {
	const char *state; /* what its SQLSTATE begins with */
	enum copl_trouble trouble;
} troubles[] = {
    {"40001", COPL_TROUBLE_AGAIN}, /* serialization failure */
    {"40P01", COPL_TROUBLE_AGAIN}, /* deadlock */
    {"55P03", COPL_TROUBLE_LOCKED}, /* lock not available in time */
    {"57P0", COPL_TROUBLE_LOST}, /* shut down, crashed, starting */
    {"08", COPL_TROUBLE_LOST},
    {"53100", COPL_TROUBLE_FULL},
    {"25006", COPL_TROUBLE_READ_ONLY}, /* a standby */
    {"42501", COPL_TROUBLE_READ_ONLY}, /* not permitted */
    {"XX001", COPL_TROUBLE_DAMAGED},
    {"XX002", COPL_TROUBLE_DAMAGED},
};

static enum copl_trouble trouble_of(const PGresult *res, const PGconn *c)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	size_t i;

	if (state == NULL || PQstatus(c) == CONNECTION_BAD)
		return PQstatus(c) == CONNECTION_BAD ? COPL_TROUBLE_LOST
						     : COPL_TROUBLE_IO;
	if (strcmp(state, "23505") == 0 && is_race(res))
		return COPL_TROUBLE_AGAIN;
	for (i = 0; i < COPL_COUNT(troubles); i++)
		if (begins(state, troubles[i].state))
			return troubles[i].trouble;
	return COPL_TROUBLE_IO;
}

/* libpq's sentences end with a line break and may have several lines. */
enum copl_status copl_pg_trouble(struct copl_ledger *l, const PGresult *res)
{
	struct server *s = l->db;
	const char *said = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	enum copl_trouble t = trouble_of(res, s->c);

	if (said == NULL)
		said = PQerrorMessage(s->c);
	return copl_ledger_trouble(
	    l, t, "%.*s", (int)strcspn(said, "\n"), said);
}

/* ---- statements ---- */

enum copl_status copl_pg_execute(struct copl_ledger *l, const char *sql)
{
	struct server *s = l->db;
	PGresult *res = PQexec(s->c, sql);
	enum copl_status st = COPL_OK;

	if (PQresultStatus(res) != PGRES_COMMAND_OK &&
	    PQresultStatus(res) != PGRES_TUPLES_OK)
		st = copl_pg_trouble(l, res);
	PQclear(res);
	return st;
}

enum copl_status copl_pg_number(
    struct copl_ledger *l, const char *sql, int64_t *out)
{
	struct server *s = l->db;
	PGresult *res = PQexec(s->c, sql);
	enum copl_status st = COPL_OK;

	*out = 0;
	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		st = copl_pg_trouble(l, res);
	else if (PQntuples(res) > 0)
		*out = strtoll(PQgetvalue(res, 0, 0), NULL, 10);
	PQclear(res);
	return st;
}

static enum copl_status prepare(
    struct copl_ledger *l, enum copl_sql sql, const struct copl_cell *params)
{
	const int n = copl_sql_text(copl_sql_pg, sql)->nparams;
	struct server *s = l->db;
	Oid types[COPL_PARAMS_MAX];
	enum copl_status st = COPL_OK;
	PGresult *res;
	char name[8];
	int i;

	if (s->prepared[sql])
		return COPL_OK;
	for (i = 0; i < n; i++)
		types[i] = params[i].is_text ? TYPE_TEXT : TYPE_INT8;
	snprintf(name, sizeof(name), "q%d", (int)sql);
	res = PQprepare(
	    s->c, name, copl_sql_text(copl_sql_pg, sql)->text, n, types);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		st = copl_pg_trouble(l, res);
	else
		s->prepared[sql] = true;
	PQclear(res);
	return st;
}

static bool send_one(
    struct copl_ledger *l, enum copl_sql sql, const struct copl_cell *params)
{
	const int n = copl_sql_text(copl_sql_pg, sql)->nparams;
	const char *values[COPL_PARAMS_MAX];
	char numbers[COPL_PARAMS_MAX][24];
	struct server *s = l->db;
	char name[8];
	int i;

	for (i = 0; i < n; i++) {
		snprintf(numbers[i], sizeof(numbers[i]), "%lld",
		    (long long)params[i].number);
		values[i] = params[i].is_text ? params[i].text : numbers[i];
	}
	snprintf(name, sizeof(name), "q%d", (int)sql);
	return PQsendQueryPrepared(s->c, name, n, values, NULL, NULL, 0) == 1;
}

static void read_row(
    const PGresult *res, int row, struct copl_cell cells[COLUMNS_MAX])
{
	int i, n = PQnfields(res);

	for (i = 0; i < n && i < COLUMNS_MAX; i++) {
		const char *value =
		    PQgetisnull(res, row, i) ? NULL : PQgetvalue(res, row, i);
		const Oid type = PQftype(res, i);

		cells[i] = copl_cell_text(value);
		if (type == TYPE_INT8 || type == TYPE_INT4)
			cells[i] = copl_cell_number(
			    value == NULL ? 0 : strtoll(value, NULL, 10));
	}
}

/* Where the answers go. */
struct taking {
	struct copl_ledger *l;
	copl_row_fn *row;
	void *arg;
	enum copl_status st; /* the first that is not COPL_OK */
};

static void take(struct taking *t, const PGresult *res, size_t item)
{
	const ExecStatusType status = PQresultStatus(res);
	struct copl_cell cells[COLUMNS_MAX];
	int i, n = PQntuples(res);

	if (status == PGRES_COMMAND_OK || status == PGRES_PIPELINE_SYNC ||
	    status == PGRES_PIPELINE_ABORTED)
		return;
	if (status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE) {
		if (t->st == COPL_OK)
			t->st = copl_pg_trouble(t->l, res);
		return;
	}
	for (i = 0; t->row != NULL && i < n && t->st == COPL_OK; i++) {
		read_row(res, i, cells);
		t->st = t->row(t->arg, item, cells);
	}
}

/* All results of what was sent last. */
static void take_all(struct taking *t, PGconn *c, size_t item)
{
	PGresult *res;

	while ((res = PQgetResult(c)) != NULL) {
		take(t, res, item);
		PQclear(res);
	}
}

/* Row by row, so that a long answer needs no room. */
static enum copl_status run_one(
    struct taking *t, enum copl_sql sql, const struct copl_cell *params)
{
	struct server *s = t->l->db;

	if (!send_one(t->l, sql, params))
		return copl_pg_trouble(t->l, NULL);
	if (copl_sql_text(copl_sql_pg, sql)->nparams == 0)
		(void)PQsetSingleRowMode(s->c);
	take_all(t, s->c, 0);
	return t->st;
}

/* One after the other, without waiting for each answer. */
static enum copl_status run_flight(struct taking *t, enum copl_sql sql,
    const struct copl_cell *params, size_t first, size_t n)
{
	const size_t each = (size_t)copl_sql_text(copl_sql_pg, sql)->nparams;
	struct server *s = t->l->db;
	size_t i;

	if (PQenterPipelineMode(s->c) != 1)
		return copl_pg_trouble(t->l, NULL);
	for (i = 0; i < n; i++)
		if (!send_one(t->l, sql, params + (first + i) * each))
			return copl_pg_trouble(t->l, NULL);
	if (PQpipelineSync(s->c) != 1)
		return copl_pg_trouble(t->l, NULL);
	for (i = 0; i < n && PQstatus(s->c) != CONNECTION_BAD; i++)
		take_all(t, s->c, first + i);
	take_all(t, s->c, 0); /* of the sync */
	if (PQstatus(s->c) == CONNECTION_BAD)
		return t->st != COPL_OK ? t->st : copl_pg_trouble(t->l, NULL);
	if (PQexitPipelineMode(s->c) != 1 && t->st == COPL_OK)
		return copl_pg_trouble(t->l, NULL);
	return t->st;
}

static enum copl_status run(struct copl_ledger *l, enum copl_sql sql,
    const struct copl_cell *params, size_t n, copl_row_fn *row, void *arg)
{
	struct taking t = {l, row, arg, COPL_OK};
	enum copl_status st;
	size_t i;

	if (sql == COPL_SQL_BEGIN || sql == COPL_SQL_COMMIT ||
	    sql == COPL_SQL_ROLLBACK)
		return copl_pg_execute(
		    l, copl_sql_text(copl_sql_pg, sql)->text);
	if (n == 0)
		return COPL_OK;
	st = prepare(l, sql, params);
	if (st != COPL_OK)
		return st;
	if (n == 1)
		return run_one(&t, sql, params);
	for (i = 0; st == COPL_OK && i < n; i += FLIGHT)
		st = run_flight(
		    &t, sql, params, i, n - i < FLIGHT ? n - i : FLIGHT);
	return st;
}

static void close_store(struct copl_ledger *l)
{
	struct server *s = l->db;

	if (s == NULL)
		return;
	PQfinish(s->c);
	free(s);
}

const struct copl_ledger_store copl_ledger_pg = {
    copl_pg_open, close_store, run, copl_pg_again, NULL};
