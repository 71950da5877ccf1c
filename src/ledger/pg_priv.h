/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LEDGER_PG_PRIV_H
#define COPL_LEDGER_PG_PRIV_H

#include <libpq-fe.h>
#include "ledger/ledger_priv.h"

struct server {
	PGconn *c;
	bool prepared[COPL_SQL_COUNT];
};

/* pg.c: trouble that the result, or NULL the connection, tells. */
enum copl_status copl_pg_trouble(struct copl_ledger *l, const PGresult *res);
/* One statement of ours without parameters or rows. */
enum copl_status copl_pg_execute(struct copl_ledger *l, const char *sql);
/* The first column of the first row as a number; 0: there is none. */
enum copl_status copl_pg_number(
    struct copl_ledger *l, const char *sql, int64_t *out);

/* pg_open.c */
enum copl_status copl_pg_open(struct copl_ledger *l, const char *where,
    bool to_read, struct copl_reporter *r);
enum copl_status copl_pg_again(struct copl_ledger *l);

#endif
