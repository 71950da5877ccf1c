/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <sqlite3.h>
#include "base/i18n.h"
#include "ledger/ledger.h"

#define SCHEMA_VERSION 1
#define APPLICATION_ID 0x636f706c /* "copl" */
#define BUSY_MS 5000
/* More than a release may hold. */
#define FACTS_MAX 20000
#define STANDINGS_MAX 100000

static const char schema[] =
    "CREATE TABLE endpoint ("
    " endpoint TEXT NOT NULL PRIMARY KEY,"
    " url TEXT NOT NULL,"
    " status TEXT NOT NULL"
    "  CHECK (status IN ('delivered', 'waiting', 'refused')),"
    " reason TEXT,"
    " version INTEGER NOT NULL,"
    " at INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE fact ("
    " endpoint TEXT NOT NULL REFERENCES endpoint (endpoint)"
    "  ON DELETE CASCADE,"
    " path TEXT NOT NULL,"
    " sha256 TEXT NOT NULL CHECK (length(sha256) = 64),"
    " version INTEGER NOT NULL,"
    " at INTEGER NOT NULL,"
    " PRIMARY KEY (endpoint, path)"
    ") WITHOUT ROWID;"
    "PRAGMA application_id = 1668247660;"
    "PRAGMA user_version = 1;";

struct copl_ledger {
	sqlite3 *db;
	char *path; /* "" when in memory */
};

static struct copl_place at_ledger(const struct copl_ledger *l)
{
	return (struct copl_place){l->path, 0, 0};
}

/* Puts what SQLite says into our words. */
static enum copl_status say(struct copl_ledger *l, struct copl_reporter *r)
{
	int rc = l->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(l->db);

	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return COPL_E_NOMEM;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		copl_report(r, COPL_ERROR, "ledger-damaged", at_ledger(l),
		    _("this is not a sound ledger: move it away and push "
		      "again, which sends every file once more"));
		return COPL_E_IO;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		copl_report(r, COPL_ERROR, "ledger-locked", at_ledger(l),
		    _("another program is using this ledger"));
		return COPL_E_LOCKED;
	default:
		copl_report(r, COPL_ERROR, "ledger-io", at_ledger(l),
		    _("cannot use the ledger: %s"), sqlite3_errmsg(l->db));
		return COPL_E_IO;
	}
}

static enum copl_status run(
    struct copl_ledger *l, const char *sql, struct copl_reporter *r)
{
	if (sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return COPL_OK;
	return say(l, r);
}

static enum copl_status prepare(struct copl_ledger *l, const char *sql,
    struct copl_reporter *r, sqlite3_stmt **out)
{
	if (sqlite3_prepare_v2(l->db, sql, -1, out, NULL) == SQLITE_OK)
		return COPL_OK;
	return say(l, r);
}

static enum copl_status pragma_number(struct copl_ledger *l, const char *sql,
    struct copl_reporter *r, int64_t *out)
{
	sqlite3_stmt *q = NULL;
	enum copl_status st = prepare(l, sql, r, &q);

	if (st == COPL_OK && sqlite3_step(q) != SQLITE_ROW)
		st = say(l, r);
	if (st == COPL_OK)
		*out = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return st;
}

/* A file of something else, or of a later version, is left alone. */
static enum copl_status check_owner(
    struct copl_ledger *l, struct copl_reporter *r, bool *empty)
{
	int64_t version = 0, id = 0, tables = 0;
	enum copl_status st;

	st = pragma_number(l, "PRAGMA user_version", r, &version);
	if (st == COPL_OK)
		st = pragma_number(l, "PRAGMA application_id", r, &id);
	if (st == COPL_OK)
		st = pragma_number(
		    l, "SELECT count(*) FROM sqlite_schema", r, &tables);
	*empty = tables == 0 && id == 0;
	if (st != COPL_OK || *empty)
		return st;
	if (id != APPLICATION_ID) {
		copl_report(r, COPL_ERROR, "ledger-foreign", at_ledger(l),
		    _("this is a database of another program: name another "
		      "file for the ledger"));
		return COPL_E_INVALID;
	}
	if (version > SCHEMA_VERSION) {
		copl_report(r, COPL_ERROR, "ledger-newer", at_ledger(l),
		    _("this ledger was written by a newer version of "
		      "cop-l10n: use that version"));
		return COPL_E_INVALID;
	}
	return COPL_OK;
}

/* Another program may be doing the same at this moment. */
static enum copl_status make_tables(
    struct copl_ledger *l, struct copl_reporter *r)
{
	enum copl_status st = run(l, "BEGIN IMMEDIATE", r);
	bool empty = false;

	if (st != COPL_OK)
		return st;
	st = check_owner(l, r, &empty);
	if (st == COPL_OK && empty)
		st = run(l, schema, r);
	if (st == COPL_OK)
		st = run(l, "COMMIT", r);
	if (st != COPL_OK)
		sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
	return st;
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

static enum copl_status settle(
    struct copl_ledger *l, bool in_memory, struct copl_reporter *r)
{
	bool empty = false;
	enum copl_status st = check_owner(l, r, &empty);

	if (st == COPL_OK)
		st = run(l,
		    "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL", r);
	if (st == COPL_OK && !in_memory)
		st = run(l, "PRAGMA journal_mode = WAL", r);
	return st == COPL_OK && empty ? make_tables(l, r) : st;
}

static enum copl_status open_file(
    struct copl_ledger *l, const char *path, struct copl_reporter *r)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	enum copl_status st = COPL_OK;
	int rc;

	if (path != NULL)
		st = make_folder(path, r);
	if (st != COPL_OK)
		return st;
	rc = sqlite3_open_v2(path == NULL ? ":memory:" : path, &l->db,
	    flags | SQLITE_OPEN_PRIVATECACHE, NULL);
	if (l->db == NULL)
		return COPL_E_NOMEM;
	if (rc != SQLITE_OK) {
		copl_report(r, COPL_ERROR, "ledger-open", at_ledger(l),
		    _("cannot open the ledger: %s"), sqlite3_errmsg(l->db));
		return COPL_E_IO;
	}
	sqlite3_busy_timeout(l->db, BUSY_MS);
	return settle(l, path == NULL, r);
}

enum copl_status copl_ledger_open(
    const char *path, struct copl_reporter *r, struct copl_ledger **out)
{
	struct copl_ledger *l = calloc(1, sizeof(*l));
	enum copl_status st;

	*out = NULL;
	if (l == NULL)
		return COPL_E_NOMEM;
	l->path = strdup(path == NULL ? "" : path);
	st = l->path == NULL ? COPL_E_NOMEM : open_file(l, path, r);
	if (st != COPL_OK) {
		copl_ledger_close(l);
		return st;
	}
	*out = l;
	return COPL_OK;
}

void copl_ledger_close(struct copl_ledger *l)
{
	if (l == NULL)
		return;
	sqlite3_close(l->db);
	free(l->path);
	free(l);
}

/* A text column in the arena; NULL stays NULL. */
static bool column(
    sqlite3_stmt *q, int i, struct copl_arena *a, const char **out)
{
	const unsigned char *text = sqlite3_column_text(q, i);

	*out = NULL;
	if (text == NULL)
		return sqlite3_column_type(q, i) == SQLITE_NULL;
	*out = copl_arena_strdup(a, (const char *)text);
	return *out != NULL;
}

static bool bind_text(sqlite3_stmt *q, int i, const char *text)
{
	return sqlite3_bind_text(q, i, text, -1, SQLITE_STATIC) == SQLITE_OK;
}

/* Turns a row into the i-th item of the list. */
typedef bool row_fn(sqlite3_stmt *q, struct copl_arena *a, void *item);

static bool fact_row(sqlite3_stmt *q, struct copl_arena *a, void *item)
{
	struct copl_ledger_fact *f = item;

	f->version = (uint64_t)sqlite3_column_int64(q, 2);
	f->at = sqlite3_column_int64(q, 3);
	return column(q, 0, a, &f->path) && column(q, 1, a, &f->sha256);
}

static bool standing_row(sqlite3_stmt *q, struct copl_arena *a, void *item)
{
	struct copl_ledger_standing *s = item;

	s->version = (uint64_t)sqlite3_column_int64(q, 4);
	s->at = sqlite3_column_int64(q, 5);
	return column(q, 0, a, &s->endpoint) && column(q, 1, a, &s->url) &&
	       column(q, 2, a, &s->status) && column(q, 3, a, &s->reason);
}

struct rows {
	row_fn *fn;
	size_t item;
	size_t max;
	char *list;
	size_t n;
};

static enum copl_status collect(struct copl_ledger *l, sqlite3_stmt *q,
    struct copl_arena *a, struct copl_reporter *r, struct rows *rows)
{
	size_t room = 0;
	int rc;

	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		char *list;

		if (rows->n == rows->max)
			return COPL_E_LIMIT;
		list = copl_grow(rows->list, rows->n, &room, rows->item);
		if (list == NULL)
			return COPL_E_NOMEM;
		rows->list = list;
		if (!rows->fn(q, a, list + rows->n * rows->item))
			return COPL_E_NOMEM;
		rows->n++;
	}
	return rc == SQLITE_DONE ? COPL_OK : say(l, r);
}

/* The list moves into the arena. */
static enum copl_status keep_rows(
    struct rows *rows, struct copl_arena *a, void **out, size_t *n)
{
	*out = copl_arena_alloc(a, rows->n * rows->item + 1);
	if (*out == NULL)
		return COPL_E_NOMEM;
	if (rows->n > 0)
		memcpy(*out, rows->list, rows->n * rows->item);
	*n = rows->n;
	return COPL_OK;
}

enum copl_status copl_ledger_facts(struct copl_ledger *l, const char *endpoint,
    const char *url, struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_fact **out, size_t *n)
{
	struct rows rows = {fact_row, sizeof(**out), FACTS_MAX, NULL, 0};
	sqlite3_stmt *q = NULL;
	enum copl_status st;
	void *list = NULL;

	*out = NULL;
	*n = 0;
	st = prepare(l,
	    "SELECT f.path, f.sha256, f.version, f.at FROM fact f"
	    " JOIN endpoint e ON e.endpoint = f.endpoint"
	    " WHERE e.endpoint = ?1 AND e.url = ?2 ORDER BY f.path",
	    r, &q);
	if (st == COPL_OK &&
	    (!bind_text(q, 1, endpoint) || !bind_text(q, 2, url)))
		st = say(l, r);
	if (st == COPL_OK)
		st = collect(l, q, a, r, &rows);
	if (st == COPL_OK)
		st = keep_rows(&rows, a, &list, n);
	*out = list;
	free(rows.list);
	sqlite3_finalize(q);
	return st;
}

enum copl_status copl_ledger_standings(struct copl_ledger *l,
    struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_standing **out, size_t *n)
{
	struct rows rows = {
	    standing_row, sizeof(**out), STANDINGS_MAX, NULL, 0};
	sqlite3_stmt *q = NULL;
	enum copl_status st;
	void *list = NULL;

	*out = NULL;
	*n = 0;
	st = prepare(l,
	    "SELECT endpoint, url, status, reason, version, at"
	    " FROM endpoint ORDER BY endpoint",
	    r, &q);
	if (st == COPL_OK)
		st = collect(l, q, a, r, &rows);
	if (st == COPL_OK)
		st = keep_rows(&rows, a, &list, n);
	*out = list;
	free(rows.list);
	sqlite3_finalize(q);
	return st;
}

static enum copl_status step(
    struct copl_ledger *l, sqlite3_stmt *q, struct copl_reporter *r)
{
	int rc = sqlite3_step(q);

	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		return say(l, r);
	sqlite3_reset(q);
	return COPL_OK;
}

/* Facts about an address that the endpoint has no longer are no facts. */
static enum copl_status forget(struct copl_ledger *l,
    const struct copl_ledger_standing *s, bool all, struct copl_reporter *r)
{
	sqlite3_stmt *q = NULL;
	enum copl_status st = prepare(l,
	    "DELETE FROM fact WHERE endpoint = ?1 AND (?3 OR NOT EXISTS"
	    " (SELECT 1 FROM endpoint WHERE endpoint = ?1 AND url = ?2))",
	    r, &q);

	if (st == COPL_OK &&
	    (!bind_text(q, 1, s->endpoint) || !bind_text(q, 2, s->url) ||
		sqlite3_bind_int(q, 3, all) != SQLITE_OK))
		st = say(l, r);
	if (st == COPL_OK)
		st = step(l, q, r);
	sqlite3_finalize(q);
	return st;
}

static enum copl_status note(struct copl_ledger *l,
    const struct copl_ledger_standing *s, struct copl_reporter *r)
{
	sqlite3_stmt *q = NULL;
	enum copl_status st = prepare(l,
	    "INSERT INTO endpoint (endpoint, url, status, reason, version, at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (endpoint) DO UPDATE"
	    " SET url = ?2, status = ?3, reason = ?4, version = ?5, at = ?6",
	    r, &q);

	if (st == COPL_OK &&
	    (!bind_text(q, 1, s->endpoint) || !bind_text(q, 2, s->url) ||
		!bind_text(q, 3, s->status) || !bind_text(q, 4, s->reason) ||
		sqlite3_bind_int64(q, 5, (int64_t)s->version) != SQLITE_OK ||
		sqlite3_bind_int64(q, 6, s->at) != SQLITE_OK))
		st = say(l, r);
	if (st == COPL_OK)
		st = step(l, q, r);
	sqlite3_finalize(q);
	return st;
}

static enum copl_status add_facts(struct copl_ledger *l, const char *endpoint,
    const struct copl_ledger_fact *facts, size_t n, struct copl_reporter *r)
{
	sqlite3_stmt *q = NULL;
	enum copl_status st = prepare(l,
	    "INSERT INTO fact (endpoint, path, sha256, version, at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)",
	    r, &q);
	size_t i;

	for (i = 0; st == COPL_OK && i < n; i++) {
		const struct copl_ledger_fact *f = &facts[i];

		if (!bind_text(q, 1, endpoint) || !bind_text(q, 2, f->path) ||
		    !bind_text(q, 3, f->sha256) ||
		    sqlite3_bind_int64(q, 4, (int64_t)f->version) !=
			SQLITE_OK ||
		    sqlite3_bind_int64(q, 5, f->at) != SQLITE_OK)
			st = say(l, r);
		else
			st = step(l, q, r);
	}
	sqlite3_finalize(q);
	return st;
}

enum copl_status copl_ledger_record(struct copl_ledger *l,
    const struct copl_ledger_standing *s, const struct copl_ledger_fact *facts,
    size_t n, struct copl_reporter *r)
{
	enum copl_status st = run(l, "BEGIN IMMEDIATE", r);

	if (st != COPL_OK)
		return st;
	st = forget(l, s, facts != NULL, r);
	if (st == COPL_OK)
		st = note(l, s, r);
	if (st == COPL_OK && facts != NULL)
		st = add_facts(l, s->endpoint, facts, n, r);
	if (st == COPL_OK)
		st = run(l, "COMMIT", r);
	if (st != COPL_OK)
		sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
	return st;
}
