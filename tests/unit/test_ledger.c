/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <sqlite3.h>
#define LEDGER_MANY 400
#include "help_ledger.h"

static const char *fresh_place(void)
{
	static char name[40];
	static unsigned n;

	snprintf(name, sizeof(name), "new/folder/%u.sqlite", n++);
	return in(name);
}

static void check_refused(
    const char *path, enum copl_status want, const char *code)
{
	struct copl_ledger *l = (void *)1;
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;
	enum copl_status st;

	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	st = copl_ledger_open(path, &r, &l);
	assert_int_equal(copl_reporter_end(&r, st), want);
	assert_null(l);
	assert_string_equal(seen.codes, code);
}

static void change(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void tamper(const char *where, const char *sql)
{
	change(where, "DROP TRIGGER audit_keeps; DROP TRIGGER audit_keeps_all");
	change(where, sql);
}

struct opening {
	pthread_t thread;
	pthread_barrier_t *start;
	const char *path;
	enum copl_status st;
};

static void *open_one(void *arg)
{
	struct opening *o = arg;
	struct copl_ledger *l = NULL;
	struct copl_reporter own;

	copl_reporter_init(&own, NULL);
	pthread_barrier_wait(o->start);
	o->st = copl_reporter_end(&own, copl_ledger_open(o->path, &own, &l));
	copl_ledger_close(l);
	return NULL;
}

/* One makes the tables; to none of the others are they another program's. */
static void a_new_ledger_is_opened_by_many_at_one_time(void **state)
{
	struct opening many[6];
	pthread_barrier_t start;
	size_t i, round;

	(void)state;
	pthread_barrier_init(&start, NULL, COPL_COUNT(many));
	for (round = 0; round < 60; round++) {
		const char *path = fresh_place();

		for (i = 0; i < COPL_COUNT(many); i++) {
			many[i] =
			    (struct opening){.start = &start, .path = path};
			assert_int_equal(pthread_create(&many[i].thread, NULL,
					     open_one, &many[i]),
			    0);
		}
		for (i = 0; i < COPL_COUNT(many); i++)
			pthread_join(many[i].thread, NULL);
		for (i = 0; i < COPL_COUNT(many); i++)
			assert_int_equal(many[i].st, COPL_OK);
	}
	pthread_barrier_destroy(&start);
}

static void what_is_no_ledger_is_left_alone(void **state)
{
	const char *text = in("text.sqlite");
	char *kept;

	(void)state;
	put_text(text, "Привет. This is a letter, not a database at all, and "
		       "it is long enough to be looked at as one by SQLite. ");
	check_refused(text, COPL_E_IO, "ledger-damaged ");
	kept = get(text);
	assert_memory_equal(kept, "Привет", 12);
	free(kept);
	change(in("other.sqlite"), "CREATE TABLE letters (a)");
	check_refused(in("other.sqlite"), COPL_E_INVALID, "ledger-foreign ");
	kept = get(in("other.sqlite"));
	/* Byte 18 would say 2 for a file that was switched to WAL. */
	assert_int_equal(kept[18], 1);
	free(kept);
	make_dir(in("folder.sqlite"));
	check_refused(in("folder.sqlite"), COPL_E_IO, "ledger-open ");
}

static void a_newer_ledger_is_not_touched(void **state)
{
	const char *path = in("newer.sqlite");

	(void)state;
	copl_ledger_close(open_ledger(path));
	change(path, "PRAGMA user_version = 3");
	check_refused(path, COPL_E_INVALID, "ledger-newer ");
}

/* As the first version of the program made it. */
static const char first_version[] =
    "CREATE TABLE endpoint (endpoint TEXT NOT NULL PRIMARY KEY,"
    " url TEXT NOT NULL, status TEXT NOT NULL"
    "  CHECK (status IN ('delivered', 'waiting', 'refused')),"
    " reason TEXT, version INTEGER NOT NULL, at INTEGER NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE fact (endpoint TEXT NOT NULL REFERENCES endpoint (endpoint)"
    "  ON DELETE CASCADE, path TEXT NOT NULL,"
    " sha256 TEXT NOT NULL CHECK (length(sha256) = 64),"
    " version INTEGER NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (endpoint, path)) WITHOUT ROWID;"
    "PRAGMA application_id = 1668247660; PRAGMA user_version = 1;"
    "PRAGMA journal_mode = WAL;"
    "INSERT INTO endpoint VALUES"
    " ('africa', '" URL "', 'delivered', NULL, 3, 1800000000),"
    " ('asia', '" URL "asia/', 'waiting', 'endpoint-busy', 3, 1800000100),"
    " ('europe', '" URL "europe/', 'refused', 'endpoint-refused', 2,"
    "  1700000000);"
    "INSERT INTO fact VALUES"
    " ('africa', 'manifest.xml', '" A "', 3, 1800000000),"
    " ('africa', 'youth/youth.ar.html', '" B "', 3, 1800000000),"
    " ('asia', 'manifest.xml', '" C "', 2, 1790000000);";

static void a_ledger_of_the_first_version_is_taken_over(void **state)
{
	const char *path = in("first.sqlite");
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger_standing s;
	struct copl_ledger_audit *rows = NULL;
	struct copl_ledger *l;
	char sha256[65];
	size_t n = 0;

	(void)state;
	change(path, first_version);
	l = open_ledger(path);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, A);
	s = standing(l, "africa", a);
	assert_string_equal(s.status, "delivered");
	assert_int_equal(s.held, 3);
	assert_string_equal(s.held_seal, A);
	assert_int_equal(s.failures, 0);
	s = standing(l, "asia", a);
	assert_string_equal(s.status, "waiting");
	assert_string_equal(s.reason, "endpoint-busy");
	assert_int_equal(s.version, 3);
	assert_int_equal(s.held, 2);
	assert_int_equal(s.held_since, 1790000000);
	assert_int_equal(s.failures, 1);
	assert_int_equal(s.since, 1800000100);
	assert_int_equal(standing(l, "europe", a).held, 0);
	OK(copl_ledger_history(l, "asia", 0, a, &r, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].event, "adopted");
	record(l, URL, "delivered", B);
	copl_ledger_close(l);
	/* And it is one of this version for good. */
	l = open_ledger(path);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, B);
	copl_ledger_close(l);
	copl_arena_free(a);
}

/* A row that the new tables refuse: the old file must be as it was. */
static void what_cannot_be_taken_over_stays_as_it_was(void **state)
{
	const char *path = in("halfway.sqlite");
	struct copl_ledger *l = NULL;

	(void)state;
	change(path, first_version);
	change(
	    path, "UPDATE endpoint SET version = -1 WHERE endpoint = 'asia'");
	check_refused(path, COPL_E_IO, "ledger-io ");
	change(path, "UPDATE endpoint SET version = 3 WHERE endpoint = 'asia'");
	l = open_ledger(path);
	copl_ledger_close(l);
}

static void the_audit_log_only_grows(void **state)
{
	const char *path = in("grows.sqlite");
	struct copl_ledger *l = open_ledger(path);
	sqlite3 *db = NULL;

	(void)state;
	record(l, URL, "delivered", A);
	copl_ledger_close(l);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, "UPDATE audit SET at = 1", NULL, NULL, NULL),
	    SQLITE_CONSTRAINT);
	assert_int_equal(
	    sqlite3_exec(db, "DELETE FROM audit", NULL, NULL, NULL),
	    SQLITE_CONSTRAINT);
	sqlite3_close(db);
}

static void facts_that_were_changed_are_refused(void **state)
{
	const char *path = in("changed.sqlite");
	struct copl_ledger *l = open_ledger(path);
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger_fact *facts = NULL;
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;
	size_t n = 0;

	(void)state;
	record(l, URL, "delivered", A);
	change(path, "UPDATE fact SET sha256 = '" C "' WHERE path LIKE 'y%'");
	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	assert_int_equal(copl_reporter_end(&r, copl_ledger_facts(l, "africa",
						   URL, a, &r, &facts, &n)),
	    COPL_E_IO);
	assert_string_equal(seen.codes, "ledger-damaged ");
	assert_non_null(strstr(seen.text, "africa"));
	assert_non_null(strstr(seen.text, "deliveries rebuild"));
	assert_int_equal(n, 0);
	copl_ledger_close(l);
	copl_arena_free(a);
}

/* ---- faults ---- */

static void records(struct copl_ledger *l, enum copl_status want,
    const char *code, const char *text)
{
	const struct copl_ledger_standing s = africa(URL, "delivered");
	struct copl_ledger_fact facts[300];
	char paths[300][40];
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;
	enum copl_status st;
	size_t i;

	for (i = 0; i < COPL_COUNT(facts); i++) {
		snprintf(paths[i], sizeof(paths[i]), "молодёжь/%03zu.html", i);
		facts[i] = (struct copl_ledger_fact){paths[i], A, 3, NOW};
	}
	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	st = copl_ledger_record(l, &s, facts, COPL_COUNT(facts), &r);
	assert_int_equal(copl_reporter_end(&r, st), want);
	assert_string_equal(seen.codes, code);
	if (text != NULL)
		assert_non_null(strstr(seen.text, text));
}

static void a_full_disk_loses_nothing(void **state)
{
	const char *path = in("full.sqlite");
	struct copl_ledger *l = open_ledger(path);
	char sha256[65];

	(void)state;
	record(l, URL, "delivered", A);
	/* The store's first member is the connection. */
	assert_int_equal(sqlite3_exec(*(sqlite3 **)l->db,
			     "PRAGMA max_page_count = 12", NULL, NULL, NULL),
	    SQLITE_OK);
	records(l, COPL_E_IO, "ledger-full ", "no room left");
	assert_int_equal(count_facts(l, URL, sha256), 2);
	copl_ledger_close(l);
	/* With room again it goes on, and is sound. */
	l = open_ledger(path);
	records(l, COPL_OK, "", NULL);
	check_verified(l, COPL_OK, "", NULL);
	copl_ledger_close(l);
}

static void another_program_in_the_way_is_named(void **state)
{
	const char *path = in("busy.sqlite");
	struct copl_ledger *l = open_ledger(path);
	sqlite3 *other = NULL;

	(void)state;
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_busy_timeout(*(sqlite3 **)l->db, 50);
	records(l, COPL_E_LOCKED, "ledger-locked ", NULL);
	sqlite3_close(other);
	records(l, COPL_OK, "", NULL);
	copl_ledger_close(l);
}

/* Killed in the middle of a transaction, with all of it in the WAL file. */
static void what_a_killed_pusher_left_is_put_in_order(void **state)
{
	const char *path = in("killed.sqlite");
	struct copl_ledger *l = open_ledger(path);
	struct stat st;
	char sha256[65];
	pid_t pid;
	int status;

	(void)state;
	record(l, URL, "delivered", A);
	copl_ledger_close(l);
	pid = fork();
	if (pid == 0) {
		l = open_ledger(path);
		record(l, URL, "delivered", B);
		sqlite3_exec(*(sqlite3 **)l->db,
		    "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
		    "UPDATE fact SET sha256 = '" C "';"
		    "UPDATE endpoint SET held = 9",
		    NULL, NULL, NULL);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(stat(in("killed.sqlite-wal"), &st), 0);
	assert_true(st.st_size > 0);
	l = open_ledger(path);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, B);
	check_verified(l, COPL_OK, "", NULL);
	copl_ledger_close(l);
}

/* The end of the WAL file is missing: what was not whole never was. */
static void a_torn_end_is_as_if_it_was_not_written(void **state)
{
	const char *path = in("torn.sqlite");
	struct copl_ledger *l = NULL;
	char sha256[65];
	struct stat st;
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		l = open_ledger(path);
		record(l, URL, "delivered", A);
		record(l, URL, "delivered", B);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(stat(in("torn.sqlite-wal"), &st), 0);
	assert_int_equal(truncate(in("torn.sqlite-wal"), st.st_size - 1000), 0);
	l = open_ledger(path);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, A);
	check_verified(l, COPL_OK, "", NULL);
	copl_ledger_close(l);
}

/* Any one byte of the file, anywhere: sound, refused or named, never a crash.
 */
static void no_flipped_byte_goes_unnoticed_where_it_matters(void **state)
{
	const char *path = in("flip.sqlite"), *copy = in("flipped.sqlite");
	struct copl_ledger *l = open_ledger(path);
	struct copl_ledger_verified v;
	size_t len, at, found = 0, tried = 0;
	struct copl_reporter r;
	char *bytes;
	struct stat st;

	(void)state;
	make_history(l);
	copl_ledger_close(l);
	assert_int_equal(stat(path, &st), 0);
	len = (size_t)st.st_size;
	bytes = get(path);
	for (at = 100; at < len; at += 97) {
		char was = bytes[at];
		enum copl_status got;
		int fd;

		if (was == 0)
			continue;
		bytes[at] = (char)(was ^ 4);
		fd = open(copy, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		assert_true(copl_write_all(fd, bytes, len));
		close(fd);
		bytes[at] = was;
		copl_reporter_init(&r, NULL);
		got = copl_ledger_open_to_read(copy, &r, &l);
		if (got == COPL_OK)
			got = copl_ledger_verify(l, &r, &v);
		copl_ledger_close(l);
		copl_reporter_drop(&r);
		assert_true(got == COPL_OK || got == COPL_E_TRUST ||
			    got == COPL_E_IO || got == COPL_E_INVALID);
		found += got != COPL_OK;
		tried++;
	}
	free(bytes);
	/* Plans, leases and what is no longer used may change unseen. */
	assert_true(tried > 50);
	assert_true(found * 10 > tried * 6);
}

static void a_ledger_to_look_at_is_not_made(void **state)
{
	const char *path = in("look/at.sqlite");
	struct copl_ledger *l = NULL;
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;

	(void)state;
	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	assert_int_equal(
	    copl_reporter_end(&r, copl_ledger_open_to_read(path, &r, &l)),
	    COPL_E_IO);
	assert_string_equal(seen.codes, "ledger-missing ");
	assert_false(copl_path_exists(in("look")));
}

/* What is no ledger is kept, with what belongs to it. */
static void a_damaged_file_is_set_aside_to_rebuild(void **state)
{
	const char *path = in("aside.sqlite"), *moved = NULL;
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = NULL;
	char *kept;

	(void)state;
	put_text(path,
	    "这不是数据库。 It is a letter that is long enough to be "
	    "taken for the head of a file of a database, by size.");
	OK(copl_ledger_open_to_rebuild(path, NOW, a, &r, &l, &moved));
	assert_non_null(moved);
	kept = get(moved);
	assert_memory_equal(kept, "这不是", 9);
	free(kept);
	record(l, URL, "delivered", A);
	copl_ledger_close(l);
	OK(copl_ledger_open_to_rebuild(path, NOW, a, &r, &l, &moved));
	assert_null(moved);
	check_verified(l, COPL_OK, "", NULL);
	copl_ledger_close(l);
	copl_arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    LEDGER_CONTRACT,
	    cmocka_unit_test(a_new_ledger_is_opened_by_many_at_one_time),
	    cmocka_unit_test(what_is_no_ledger_is_left_alone),
	    cmocka_unit_test(a_newer_ledger_is_not_touched),
	    cmocka_unit_test(a_ledger_of_the_first_version_is_taken_over),
	    cmocka_unit_test(what_cannot_be_taken_over_stays_as_it_was),
	    cmocka_unit_test(the_audit_log_only_grows),
	    cmocka_unit_test(facts_that_were_changed_are_refused),
	    cmocka_unit_test(a_full_disk_loses_nothing),
	    cmocka_unit_test(another_program_in_the_way_is_named),
	    cmocka_unit_test(what_a_killed_pusher_left_is_put_in_order),
	    cmocka_unit_test(a_torn_end_is_as_if_it_was_not_written),
	    cmocka_unit_test(no_flipped_byte_goes_unnoticed_where_it_matters),
	    cmocka_unit_test(a_ledger_to_look_at_is_not_made),
	    cmocka_unit_test(a_damaged_file_is_set_aside_to_rebuild),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
