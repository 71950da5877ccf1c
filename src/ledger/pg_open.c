/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <time.h>
#include "base/i18n.h"
#include "ledger/pg_priv.h"
#include "ledger/sql.h"

#define OLDEST 110000 /* EXECUTE FUNCTION */
/* A server that restarts is back within this time, in quarters of a second. */
#define RETURNS 60

#define KEY " COLLATE \"C\""
static const char tables[] = COPL_DDL_ENDPOINT(KEY, "")
    COPL_DDL_DUE COPL_DDL_FACT(KEY, "") COPL_DDL_AUDIT(KEY,
	"") "CREATE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS"
	    " $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$;"
	    "CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE ON audit"
	    " FOR EACH ROW EXECUTE FUNCTION audit_keeps();"
	    "CREATE TRIGGER audit_keeps_all BEFORE TRUNCATE ON audit"
	    " FOR EACH STATEMENT EXECUTE FUNCTION audit_keeps();"
	    "CREATE TABLE ledger (program TEXT NOT NULL PRIMARY KEY,"
	    " version BIGINT NOT NULL);"
	    "INSERT INTO ledger VALUES ('cop-l10n', 2);";

/* Where nobody has set a limit: no statement and no lock for ever. */
static const char limits[] =
    "SELECT set_config(name, value, false) FROM (VALUES"
    " ('statement_timeout', '60000'), ('lock_timeout', '15000'),"
    " ('idle_in_transaction_session_timeout', '60000'))"
    " AS s (name, value) WHERE current_setting(name) = '0'";

/* ---- the address, and what may be shown of it ---- */

static const char *part(const PQconninfoOption *list, const char *keyword)
{
	for (; list->keyword != NULL; list++)
		if (strcmp(list->keyword, keyword) == 0)
			return list->val != NULL && *list->val != '\0'
				   ? list->val
				   : NULL;
	return NULL;
}

static void put_part(
    struct copl_strbuf *b, const char *before, const char *value)
{
	if (value == NULL)
		return;
	copl_strbuf_puts(b, before);
	copl_strbuf_puts(b, value);
}

/* Rebuilt from its parts: what is not named here is not shown. */
static char *shown(const PQconninfoOption *list)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(4096);
	const char *user = part(list, "user"), *host = part(list, "host");
	char *name = NULL;

	copl_strbuf_puts(&b, "postgresql://");
	put_part(&b, "", user);
	put_part(&b, user == NULL ? "" : "@", host == NULL ? "" : host);
	put_part(&b, ":", part(list, "port"));
	put_part(&b, "/", part(list, "dbname"));
	put_part(&b, "?service=", part(list, "service"));
	if (b.st == COPL_OK)
		name = strdup(copl_strbuf_text(&b));
	copl_strbuf_clear(&b);
	return name;
}

/* libpq's own words about a wrong address may quote the password. */
static enum copl_status read_address(struct copl_ledger *l, const char *where,
    struct copl_reporter *r, PQconninfoOption **out)
{
	char *said = NULL;

	*out = PQconninfoParse(where, &said);
	PQfreemem(said);
	l->name = *out == NULL ? strdup("postgresql:") : shown(*out);
	if (l->name == NULL)
		return COPL_E_NOMEM;
	if (*out == NULL) {
		copl_report(r, COPL_ERROR, "ledger-address",
		    copl_ledger_place(l),
		    _("this is not an address of a database: it looks like "
		      "postgresql://USER@HOST/DATABASE, special characters "
		      "written as %%40 for @"));
		return COPL_E_INVALID;
	}
	if (part(*out, "password") != NULL)
		copl_report(r, COPL_WARNING, "ledger-password",
		    copl_ledger_place(l),
		    _("a password in an address is seen by everybody who can "
		      "list programs: put it into ~/.pgpass instead"));
	return COPL_OK;
}

/* ---- the connection ---- */

static void be_quiet(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

/* Ours come before the address, so that what it says counts. */
static PGconn *connect_to(const char *where, const PQconninfoOption *said)
{
	PQconninfoOption *defaults = PQconndefaults();
	const char *keys[12], *values[12];
	size_t n = 0;
	PGconn *c;
#define PUT(key, value) (keys[n] = (key), values[n++] = (value))
	if (part(said, "connect_timeout") == NULL &&
	    (defaults == NULL || part(defaults, "connect_timeout") == NULL))
		PUT("connect_timeout", "10");
	PUT("tcp_user_timeout", "30000");
	PUT("keepalives_idle", "30");
	PUT("keepalives_interval", "10");
	PUT("keepalives_count", "3");
	PUT("fallback_application_name", "cop-l10n");
	PUT("dbname", where);
	PUT("client_encoding", "UTF8");
	PUT(NULL, NULL);
#undef PUT
	c = PQconnectdbParams(keys, values, 1);
	PQconninfoFree(defaults);
	return c;
}

static enum copl_status set_up(struct copl_ledger *l)
{
	struct server *s = l->db;

	memset(s->prepared, 0, sizeof(s->prepared));
	PQsetNoticeProcessor(s->c, be_quiet, NULL);
	return copl_pg_execute(l, limits);
}

enum copl_status copl_pg_again(struct copl_ledger *l)
{
	const struct timespec t = {0, 250000000};
	struct server *s = l->db;
	int i;

	for (i = 0; i < RETURNS; i++) {
		PQreset(s->c);
		if (PQstatus(s->c) == CONNECTION_OK)
			return set_up(l);
		nanosleep(&t, NULL);
	}
	return copl_pg_trouble(l, NULL);
}

/* ---- tables ---- */

/*
 * *version 0: there are none.  Tables of others are left alone.  Another pusher
 * may make ours between two questions, all at one time: so the one that tells
 * that they are ours comes last, or they would pass for another program's.
 */
static enum copl_status look_at(
    struct copl_ledger *l, struct copl_reporter *r, int64_t *version)
{
	int64_t ours = 0, tables_there = 0;
	enum copl_status st;

	*version = 0;
	st = copl_pg_number(l,
	    "SELECT (to_regclass('endpoint') IS NOT NULL OR"
	    " to_regclass('fact') IS NOT NULL OR"
	    " to_regclass('audit') IS NOT NULL)::int",
	    &tables_there);
	if (st == COPL_OK)
		st = copl_pg_number(l,
		    "SELECT (to_regclass('ledger') IS NOT NULL)::int", &ours);
	if (st != COPL_OK)
		return copl_ledger_say(l, st, r);
	if (ours != 0 &&
	    copl_pg_number(l,
		"SELECT version FROM ledger WHERE program = 'cop-l10n'",
		version) != COPL_OK)
		*version = 0;
	if (*version == 0 && (ours != 0 || tables_there != 0)) {
		copl_report(r, COPL_ERROR, "ledger-foreign",
		    copl_ledger_place(l),
		    _("this database has tables of another program: give the "
		      "ledger a database or a schema of its own"));
		return COPL_E_INVALID;
	}
	return copl_ledger_check_version(l, *version, r);
}

static enum copl_status make_tables(struct copl_ledger *l)
{
	enum copl_status st = copl_pg_execute(l, "BEGIN");

	if (st == COPL_OK)
		st = copl_pg_execute(l, tables);
	if (st == COPL_OK)
		return copl_pg_execute(l, "COMMIT");
	PQclear(PQexec(((struct server *)l->db)->c, "ROLLBACK"));
	return st;
}

/* Another pusher may be making them at this moment: then they are there. */
static enum copl_status bring_up(
    struct copl_ledger *l, bool to_read, struct copl_reporter *r)
{
	const struct timespec t = {0, 100000000};
	enum copl_status st = COPL_OK;
	int64_t version = 0;
	int i;

	for (i = 0; i < 10; i++) {
		enum copl_status seen = look_at(l, r, &version);

		if (seen != COPL_OK || version == COPL_LEDGER_SCHEMA)
			return seen;
		if (to_read) {
			copl_report(r, COPL_ERROR, "ledger-missing",
			    copl_ledger_place(l),
			    _("there is no ledger here: cop-l10n push makes "
			      "one"));
			return COPL_E_IO;
		}
		st = make_tables(l);
		if (st != COPL_OK && l->trouble != COPL_TROUBLE_IO)
			break;
		if (st != COPL_OK)
			nanosleep(&t, NULL);
	}
	return copl_ledger_say(l, st, r);
}

static enum copl_status check_server(
    struct copl_ledger *l, struct copl_reporter *r)
{
	struct server *s = l->db;

	if (PQstatus(s->c) != CONNECTION_OK) {
		const char *said = PQerrorMessage(s->c);

		copl_report(r, COPL_ERROR, "ledger-open", copl_ledger_place(l),
		    _("cannot open the ledger: %.*s"), (int)strcspn(said, "\n"),
		    said);
		return COPL_E_IO;
	}
	if (PQserverVersion(s->c) >= OLDEST)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "ledger-open", copl_ledger_place(l),
	    _("the ledger needs PostgreSQL 11 or newer"));
	return COPL_E_INVALID;
}

enum copl_status copl_pg_open(struct copl_ledger *l, const char *where,
    bool to_read, struct copl_reporter *r)
{
	struct server *s = calloc(1, sizeof(*s));
	PQconninfoOption *said = NULL;
	enum copl_status st;

	l->db = s;
	if (s == NULL)
		return COPL_E_NOMEM;
	st = read_address(l, where, r, &said);
	if (st == COPL_OK) {
		s->c = connect_to(where, said);
		st = s->c == NULL ? COPL_E_NOMEM : check_server(l, r);
	}
	PQconninfoFree(said);
	if (st == COPL_OK)
		st = copl_ledger_say(l, set_up(l), r);
	return st == COPL_OK ? bring_up(l, to_read, r) : st;
}
