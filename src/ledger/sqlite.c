/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sqlite3.h>
#include "base/i18n.h"
#include "ledger/ledger_priv.h"
#include "ledger/sql.h"

#define APPLICATION_ID 0x636f706c /* "copl" */
#define BUSY_MS 5000
#define PAUSE_MS 5
#define COLUMNS_MAX 32

static const char tables[] = COPL_DDL_ENDPOINT(
    "", " WITHOUT ROWID") COPL_DDL_DUE COPL_DDL_FACT("",
    " WITHOUT ROWID") COPL_DDL_AUDIT("",
    " WITHOUT ROWID") "CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN"
		      " SELECT RAISE(ABORT, 'the audit log only grows'); END;"
		      "CREATE TRIGGER audit_keeps_all BEFORE DELETE ON audit "
		      "BEGIN"
		      " SELECT RAISE(ABORT, 'the audit log only grows'); END;"
		      "PRAGMA application_id = 1668247660;"
		      "PRAGMA user_version = 2;";

/* The first version had no states, no claims and no audit log. */
static const char set_aside[] = "ALTER TABLE fact RENAME TO fact_1;"
				"ALTER TABLE endpoint RENAME TO endpoint_1;";
static const char take_over[] =
    "INSERT INTO endpoint (" COPL_ROW_COLUMNS ")"
    " SELECT e.endpoint, e.url, '', e.status, e.reason, e.version,"
    " CASE WHEN e.status = 'delivered' THEN coalesce(f.sha256, '')"
    "  ELSE '' END,"
    " e.version, e.at, coalesce(f.version, 0), coalesce(f.sha256, ''),"
    " coalesce(f.at, 0), e.status <> 'delivered',"
    " CASE WHEN e.status = 'delivered' THEN 0 ELSE e.at END,"
    " 0, 1, '', 0, '', '', 0, ''"
    " FROM endpoint_1 e LEFT JOIN fact_1 f"
    " ON f.endpoint = e.endpoint AND f.path = 'manifest.xml';"
    "INSERT INTO fact (endpoint, path, sha256, version, at)"
    " SELECT endpoint, path, sha256, version, at FROM fact_1;"
    "DROP TABLE fact_1;"
    "DROP TABLE endpoint_1;";

struct file {
	sqlite3 *db;
	sqlite3_stmt *statements[COPL_SQL_COUNT];
};

/* What SQLite says, as trouble of ours. */
static enum copl_status trouble(struct copl_ledger *l)
{
	struct file *f = l->db;
	int rc = f->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(f->db);
	enum copl_trouble t = COPL_TROUBLE_IO;

	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return COPL_E_NOMEM;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		t = COPL_TROUBLE_DAMAGED;
		break;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		t = COPL_TROUBLE_LOCKED;
		break;
	case SQLITE_FULL:
		t = COPL_TROUBLE_FULL;
		break;
	case SQLITE_READONLY:
		t = COPL_TROUBLE_READ_ONLY;
		break;
	default:
		break;
	}
	return copl_ledger_trouble(l, t, "%s", sqlite3_errmsg(f->db));
}

static enum copl_status execute(struct copl_ledger *l, const char *sql)
{
	struct file *f = l->db;

	if (sqlite3_exec(f->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return COPL_OK;
	return trouble(l);
}

/* ---- statements ---- */

static enum copl_status prepare(
    struct copl_ledger *l, enum copl_sql sql, sqlite3_stmt **out)
{
	struct file *f = l->db;
	char *text, *p;
	int rc = SQLITE_OK;

	if (f->statements[sql] == NULL) {
		text = strdup(copl_sql_text(copl_sql_sqlite, sql)->text);
		if (text == NULL)
			return COPL_E_NOMEM;
		/* Here $1 would be a name, not a number. */
		for (p = text; (p = strchr(p, '$')) != NULL;)
			*p = '?';
		rc = sqlite3_prepare_v3(f->db, text, -1,
		    SQLITE_PREPARE_PERSISTENT, &f->statements[sql], NULL);
		free(text);
	}
	*out = f->statements[sql];
	return rc == SQLITE_OK ? COPL_OK : trouble(l);
}

static bool bind_all(sqlite3_stmt *q, const struct copl_cell *cells, int n)
{
	int i, rc = SQLITE_OK;

	for (i = 0; rc == SQLITE_OK && i < n; i++)
		rc = cells[i].is_text
			 ? sqlite3_bind_text(
			       q, i + 1, cells[i].text, -1, SQLITE_STATIC)
			 : sqlite3_bind_int64(q, i + 1, cells[i].number);
	return rc == SQLITE_OK;
}

static bool read_row(sqlite3_stmt *q, struct copl_cell cells[COLUMNS_MAX])
{
	int i, n = sqlite3_column_count(q);

	for (i = 0; i < n && i < COLUMNS_MAX; i++) {
		cells[i] = copl_cell_number(0);
		if (sqlite3_column_type(q, i) == SQLITE_INTEGER) {
			cells[i].number = sqlite3_column_int64(q, i);
			continue;
		}
		cells[i].is_text = true;
		cells[i].text = (const char *)sqlite3_column_text(q, i);
		if (cells[i].text == NULL &&
		    sqlite3_column_type(q, i) != SQLITE_NULL)
			return false;
	}
	return true;
}

static enum copl_status step(struct copl_ledger *l, sqlite3_stmt *q,
    size_t item, copl_row_fn *row, void *arg)
{
	struct copl_cell cells[COLUMNS_MAX];
	enum copl_status st = COPL_OK;
	int rc;

	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		if (row == NULL || st != COPL_OK)
			continue;
		st = read_row(q, cells) ? row(arg, item, cells) : COPL_E_NOMEM;
	}
	if (rc != SQLITE_DONE)
		st = trouble(l);
	sqlite3_reset(q);
	return st;
}

static enum copl_status run(struct copl_ledger *l, enum copl_sql sql,
    const struct copl_cell *params, size_t n, copl_row_fn *row, void *arg)
{
	const int each = copl_sql_text(copl_sql_sqlite, sql)->nparams;
	sqlite3_stmt *q = NULL;
	enum copl_status st = prepare(l, sql, &q);
	size_t i;

	for (i = 0; st == COPL_OK && i < n; i++) {
		if (each > 0 && !bind_all(q, params + i * (size_t)each, each))
			st = trouble(l);
		else
			st = step(l, q, i, row, arg);
	}
	if (q != NULL)
		sqlite3_clear_bindings(q);
	return st;
}

/* ---- opening ---- */

static enum copl_status number(
    struct copl_ledger *l, const char *sql, int64_t *out)
{
	struct file *f = l->db;
	sqlite3_stmt *q = NULL;
	enum copl_status st = COPL_OK;

	if (sqlite3_prepare_v2(f->db, sql, -1, &q, NULL) != SQLITE_OK ||
	    sqlite3_step(q) != SQLITE_ROW)
		st = trouble(l);
	else
		*out = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return st;
}

/*
 * A file of something else, or of a later version, is left alone.  Another
 * pusher may make the tables between two questions: whether there are any is
 * asked first, or what is ours would pass for another program's.
 */
static enum copl_status look_at(
    struct copl_ledger *l, struct copl_reporter *r, int64_t *version)
{
	int64_t id = 0, n = 0;
	enum copl_status st =
	    number(l, "SELECT count(*) FROM sqlite_schema", &n);

	if (st == COPL_OK)
		st = number(l, "PRAGMA application_id", &id);
	if (st == COPL_OK)
		st = number(l, "PRAGMA user_version", version);
	if (st != COPL_OK)
		return copl_ledger_say(l, st, r);
	if (n == 0 && id == 0) {
		*version = 0;
		return COPL_OK;
	}
	if (id != APPLICATION_ID || *version < 1) {
		copl_report(r, COPL_ERROR, "ledger-foreign",
		    copl_ledger_place(l),
		    _("this is a database of another program: name another "
		      "file for the ledger"));
		return COPL_E_INVALID;
	}
	return copl_ledger_check_version(l, *version, r);
}

static enum copl_status make_tables(struct copl_ledger *l, int64_t version)
{
	enum copl_status st = COPL_OK;

	if (version == 1)
		st = execute(l, set_aside);
	if (st == COPL_OK)
		st = execute(l, tables);
	if (st == COPL_OK && version == 1)
		st = execute(l, take_over);
	if (st == COPL_OK && version == 1)
		st = copl_ledger_adopt(l);
	return st;
}

/* Another program may be doing the same at this moment. */
static enum copl_status bring_up(struct copl_ledger *l, struct copl_reporter *r)
{
	int64_t version = 0;
	enum copl_status st = execute(l, "BEGIN IMMEDIATE");

	if (st != COPL_OK)
		return copl_ledger_say(l, st, r);
	st = look_at(l, r, &version);
	if (st == COPL_OK && version != COPL_LEDGER_SCHEMA)
		st = copl_ledger_say(l, make_tables(l, version), r);
	if (st == COPL_OK)
		st = copl_ledger_say(l, execute(l, "COMMIT"), r);
	if (st != COPL_OK)
		(void)execute(l, "ROLLBACK");
	return st;
}

/*
 * Of two connections that leave the old kind of journal at one time SQLite
 * turns one away at once, whatever it was told of waiting: each holds what the
 * other waits for.
 */
static enum copl_status keep_wal(struct copl_ledger *l)
{
	const struct timespec pause = {0, PAUSE_MS * 1000000L};
	struct file *f = l->db;
	enum copl_status st;
	int waited = 0;

	sqlite3_busy_timeout(f->db, 0);
	while (
	    (st = execute(l, "PRAGMA journal_mode = WAL")) == COPL_E_LOCKED &&
	    waited < BUSY_MS) {
		l->trouble = COPL_TROUBLE_NONE;
		nanosleep(&pause, NULL);
		waited += PAUSE_MS;
	}
	sqlite3_busy_timeout(f->db, BUSY_MS);
	return st;
}

static enum copl_status settle(
    struct copl_ledger *l, const char *where, struct copl_reporter *r)
{
	struct file *f = l->db;
	int64_t version = 0;
	enum copl_status st = look_at(l, r, &version);

	if (st != COPL_OK)
		return st;
	if (sqlite3_db_readonly(f->db, "main") == 1 &&
	    (!l->to_read || version != COPL_LEDGER_SCHEMA)) {
		copl_report(r, COPL_ERROR,
		    version == 1 ? "ledger-older" : "ledger-read-only",
		    copl_ledger_place(l),
		    version == 1
			? _("this ledger is of an older version and cannot be "
			    "brought up to date, because it cannot be written")
			: _("this ledger cannot be written: see who owns the "
			    "file and its folder"));
		return COPL_E_IO;
	}
	if (l->to_read && version == COPL_LEDGER_SCHEMA)
		return COPL_OK;
	st = execute(l, "PRAGMA synchronous = FULL");
	if (st == COPL_OK && where != NULL)
		st = keep_wal(l);
	if (st != COPL_OK)
		return copl_ledger_say(l, st, r);
	return version == COPL_LEDGER_SCHEMA ? COPL_OK : bring_up(l, r);
}

static enum copl_status make_folder(const char *path, struct copl_reporter *r)
{
	const char *slash = strrchr(path, '/');
	enum copl_status st;
	char *folder;

	if (slash == NULL || slash == path)
		return COPL_OK;
	folder = strndup(path, (size_t)(slash - path));
	if (folder == NULL)
		return COPL_E_NOMEM;
	st = copl_dir_make(folder, r);
	free(folder);
	return st;
}

static void put_escaped(struct copl_strbuf *b, const char *path)
{
	for (; *path != '\0'; path++)
		if (strchr("?#%", *path) != NULL)
			copl_strbuf_printf(b, "%%%02X", (unsigned char)*path);
		else
			copl_strbuf_add(b, path, 1);
}

/*
 * A file in a folder where nothing can be written, and which nobody is writing
 * to: SQLite must be told, or it looks for files beside it.  false: it is
 * not of that kind.
 */
static bool is_still(const char *where, struct copl_strbuf *uri)
{
	const char *name = copl_path_name(where);
	struct copl_strbuf b = COPL_STRBUF_INIT(8192);
	bool still;

	copl_strbuf_add(&b, where, (size_t)(name - where));
	copl_strbuf_puts(&b, ".");
	still = b.st == COPL_OK && access(b.s, W_OK) != 0;
	copl_strbuf_reset(&b);
	copl_strbuf_printf(&b, "%s-wal", where);
	still = still && b.st == COPL_OK && !copl_path_exists(b.s);
	copl_strbuf_clear(&b);
	copl_strbuf_puts(uri, "file:");
	put_escaped(uri, where);
	copl_strbuf_puts(uri, "?immutable=1");
	return still && uri->st == COPL_OK;
}

static int open_database(struct copl_ledger *l, const char *where)
{
	struct copl_strbuf uri = COPL_STRBUF_INIT(16384);
	struct file *f = l->db;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE |
		    SQLITE_OPEN_NOMUTEX;
	int rc;

	if (where == NULL)
		where = ":memory:";
	else if (l->to_read && is_still(where, &uri)) {
		where = uri.s;
		flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI |
			SQLITE_OPEN_NOMUTEX;
	}
	if (!l->to_read)
		flags |= SQLITE_OPEN_CREATE;
	rc = sqlite3_open_v2(where, &f->db, flags, NULL);
	copl_strbuf_clear(&uri);
	return rc;
}

static enum copl_status open_file(
    struct copl_ledger *l, const char *where, struct copl_reporter *r)
{
	struct file *f = l->db;
	int rc = open_database(l, where);

	if (f->db == NULL)
		return COPL_E_NOMEM;
	if (rc != SQLITE_OK) {
		copl_report(r, COPL_ERROR, "ledger-open", copl_ledger_place(l),
		    _("cannot open the ledger: %s"), sqlite3_errmsg(f->db));
		return COPL_E_IO;
	}
	sqlite3_extended_result_codes(f->db, 1);
	sqlite3_busy_timeout(f->db, BUSY_MS);
	return settle(l, where, r);
}

static enum copl_status open_store(struct copl_ledger *l, const char *where,
    bool to_read, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;

	l->name = strdup(where == NULL ? "" : where);
	l->db = calloc(1, sizeof(struct file));
	if (l->name == NULL || l->db == NULL)
		return COPL_E_NOMEM;
	if (to_read && where != NULL && !copl_path_exists(where)) {
		copl_report(r, COPL_ERROR, "ledger-missing",
		    copl_ledger_place(l),
		    _("there is no ledger here: cop-l10n push makes one"));
		return COPL_E_IO;
	}
	if (where != NULL && !to_read)
		st = make_folder(where, r);
	return st == COPL_OK ? open_file(l, where, r) : st;
}

static void close_store(struct copl_ledger *l)
{
	struct file *f = l->db;
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < COPL_SQL_COUNT; i++)
		sqlite3_finalize(f->statements[i]);
	sqlite3_close(f->db);
	free(f);
}

static enum copl_status check_once(struct copl_ledger *l)
{
	struct file *f = l->db;
	sqlite3_stmt *q = NULL;
	enum copl_status st = COPL_OK;
	const char *text;

	if (sqlite3_prepare_v2(f->db, "PRAGMA integrity_check(1)", -1, &q,
		NULL) != SQLITE_OK ||
	    sqlite3_step(q) != SQLITE_ROW)
		st = trouble(l);
	else if ((text = (const char *)sqlite3_column_text(q, 0)) == NULL)
		st = COPL_E_NOMEM;
	else if (strcmp(text, "ok") != 0)
		st = copl_ledger_trouble(l, COPL_TROUBLE_DAMAGED, "%s", text);
	sqlite3_finalize(q);
	return st;
}

/*
 * The structure of the file; what stands in it is not its business.  SQLite
 * calls a page that could not be read damaged, too: what a second look does
 * not find was the disk's.
 */
static enum copl_status check(struct copl_ledger *l)
{
	const enum copl_status st = check_once(l);

	if (st == COPL_OK || !l->damaged)
		return st;
	l->damaged = false;
	l->trouble = COPL_TROUBLE_NONE;
	return check_once(l);
}

const struct copl_ledger_store copl_ledger_sqlite = {
    open_store, close_store, run, NULL, check};
