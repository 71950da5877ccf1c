/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ledger on a real server: COPL_TEST_POSTGRESQL is the address of an
 * empty database, COPL_TEST_RESTART a command that restarts the server.
 */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <libpq-fe.h>
#define LEDGER_MANY 2000
#include "help_ledger.h"

static const char *server(void)
{
	const char *where = getenv("COPL_TEST_POSTGRESQL");

	assert_non_null(where);
	return where;
}

static void ask(const char *where, const char *sql)
{
	PGconn *c = PQconnectdb(where);
	PGresult *res = PQexec(c, sql);

	if (PQresultStatus(res) != PGRES_COMMAND_OK &&
	    PQresultStatus(res) != PGRES_TUPLES_OK)
		fail_msg("%s", PQerrorMessage(c));
	PQclear(res);
	PQfinish(c);
}

static long number(const char *where, const char *sql)
{
	PGconn *c = PQconnectdb(where);
	PGresult *res = PQexec(c, sql);
	long n;

	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		fail_msg("%s", PQerrorMessage(c));
	n = strtol(PQgetvalue(res, 0, 0), NULL, 10);
	PQclear(res);
	PQfinish(c);
	return n;
}

/* A schema of its own, which the address names. */
static const char *fresh_place(void)
{
	static char where[1000];
	static unsigned n;
	char sql[60];

	snprintf(sql, sizeof(sql), "CREATE SCHEMA place_%u", ++n);
	ask(server(), sql);
	snprintf(where, sizeof(where), "%s&options=-csearch_path%%3Dplace_%u",
	    server(), n);
	return where;
}

static void tamper(const char *where, const char *sql)
{
	ask(where, "DROP TRIGGER audit_keeps ON audit;"
		   "DROP TRIGGER audit_keeps_all ON audit");
	ask(where, sql);
}

static void finds(const char *where, bool to_read, enum copl_status want,
    const char *codes, struct seen *seen)
{
	struct copl_sink sink = seen_sink(seen);
	struct copl_ledger *l = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = to_read ? copl_ledger_open_to_read(where, &r, &l)
		     : copl_ledger_open(where, &r, &l);
	assert_int_equal(copl_reporter_end(&r, st), want);
	assert_string_equal(seen->codes, codes);
	copl_ledger_close(l);
}

static void what_is_wrong_is_said_without_the_password(void **state)
{
	struct seen seen;

	(void)state;
	finds("postgresql://desk:geheim%zz@127.0.0.1:1/x", false,
	    COPL_E_INVALID, "ledger-address ", &seen);
	assert_null(strstr(seen.text, "geheim"));
	finds("postgresql://desk:geheim@127.0.0.1:1/youth?sslpassword=geheim",
	    false, COPL_E_IO, "ledger-password ledger-open ", &seen);
	assert_null(strstr(seen.text, "geheim"));
	assert_non_null(
	    strstr(seen.text, "postgresql://desk@127.0.0.1:1/youth: "));
}

static void tables_of_others_are_left_alone(void **state)
{
	const char *where = fresh_place();
	struct seen seen;

	(void)state;
	finds(where, true, COPL_E_IO, "ledger-missing ", &seen);
	ask(where, "CREATE TABLE endpoint (letters TEXT)");
	finds(where, false, COPL_E_INVALID, "ledger-foreign ", &seen);
	ask(where, "DROP TABLE endpoint");
	copl_ledger_close(open_ledger(where));
	ask(where, "UPDATE ledger SET version = 3");
	finds(where, false, COPL_E_INVALID, "ledger-newer ", &seen);
}

static void the_audit_log_only_grows(void **state)
{
	static const char *const wrong[] = {
	    "UPDATE audit SET at = 1", "DELETE FROM audit", "TRUNCATE audit"};
	const char *where = fresh_place();
	struct copl_ledger *l = open_ledger(where);
	PGconn *c = PQconnectdb(where);
	size_t i;

	(void)state;
	record(l, URL, "delivered", A);
	for (i = 0; i < COPL_COUNT(wrong); i++) {
		PGresult *res = PQexec(c, wrong[i]);

		assert_int_equal(PQresultStatus(res), PGRES_FATAL_ERROR);
		assert_non_null(
		    strstr(PQresultErrorMessage(res), "only grows"));
		PQclear(res);
	}
	PQfinish(c);
	copl_ledger_close(l);
}

/* What a distributed database says now and then, three times in a row. */
static void serialization_failures_are_tried_again(void **state)
{
	static const char *const states[] = {"40001", "40P01"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(states); i++) {
		const char *where = fresh_place();
		struct copl_ledger *l = open_ledger(where);
		char sql[500], sha256[65];

		snprintf(sql, sizeof(sql),
		    "CREATE SEQUENCE tries; CREATE FUNCTION refuse() RETURNS"
		    " trigger LANGUAGE plpgsql AS $$ BEGIN"
		    " IF nextval('tries') <= 3 THEN RAISE EXCEPTION 'later'"
		    " USING ERRCODE = '%s'; END IF; RETURN NEW; END $$;"
		    "CREATE TRIGGER refuse BEFORE INSERT ON audit"
		    " FOR EACH ROW EXECUTE FUNCTION refuse()",
		    states[i]);
		ask(where, sql);
		record(l, URL, "delivered", A);
		assert_int_equal(count_facts(l, URL, sha256), 2);
		assert_int_equal(
		    number(where, "SELECT last_value FROM tries"), 4);
		assert_int_equal(
		    number(where, "SELECT count(*) FROM audit"), 1);
		copl_ledger_close(l);
	}
}

static void a_server_that_restarted_is_found_again(void **state)
{
	const char *restart = getenv("COPL_TEST_RESTART");
	const char *where = fresh_place();
	struct copl_ledger *l = open_ledger(where);
	char sha256[65];

	(void)state;
	record(l, URL, "delivered", A);
	ask(server(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
		      " WHERE application_name = 'cop-l10n'");
	record(l, URL, "delivered", B);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, B);
	if (restart != NULL) {
		assert_int_equal(system(restart), 0);
		record(l, URL, "delivered", C);
		assert_int_equal(count_facts(l, URL, sha256), 2);
		assert_string_equal(sha256, C);
	}
	copl_ledger_close(l);
}

/* Clocks of pushers are a day apart, and it does not matter. */
static void leases_go_by_the_clock_of_the_database(void **state)
{
	struct copl_ledger *l = open_fresh();
	char ids[200];

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 2, ids), 2);
	assert_int_equal(claim(l, "desk:2", 4, NOW + 86400, 9, ids), 1);
	assert_int_equal(claim(l, "desk:3", 4, NOW + 2 * 86400, 9, ids), 0);
	copl_ledger_close(l);
}

#define ROWS 60000

/* Claims all it gets and writes nothing. */
static void claim_as(const char *where, int who)
{
	struct copl_ledger *l = open_ledger(where);
	struct copl_ledger_claiming how = {
	    .version = 4, .due = NOW, .now = NOW, .lease_s = 600, .most = 64};
	char worker[20], sql[200];
	size_t n = 1, all = 0;

	snprintf(worker, sizeof(worker), "desk:%d", who);
	how.worker = worker;
	while (n > 0) {
		struct copl_arena *a = copl_arena_new();
		struct copl_ledger_task *tasks = NULL;

		OK(copl_ledger_claim(l, &how, a, &r, &tasks, &n));
		all += n;
		copl_arena_free(a);
	}
	copl_ledger_close(l);
	snprintf(
	    sql, sizeof(sql), "INSERT INTO claimed VALUES (%d, %zu)", who, all);
	ask(where, sql);
}

static void sixty_thousand_are_claimed_without_doubles(void **state)
{
	const char *where = strdup(fresh_place());
	struct copl_ledger *l = open_ledger(where);
	struct timespec from, to;
	int status[PUSHERS], i;

	(void)state;
	enlist_many(l, ROWS);
	copl_ledger_close(l);
	ask(where, "CREATE TABLE claimed (who INT, n INT)");
	clock_gettime(CLOCK_MONOTONIC, &from);
	start_pushers(where, claim_as, status);
	clock_gettime(CLOCK_MONOTONIC, &to);
	for (i = 0; i < PUSHERS; i++)
		assert_int_equal(status[i], 0);
	assert_int_equal(number(where, "SELECT sum(n) FROM claimed"), ROWS);
	assert_int_equal(
	    number(where, "SELECT count(*) FROM claimed"), PUSHERS);
	/* What each was told is what stands there: no row was given twice. */
	assert_int_equal(
	    number(where,
		"SELECT count(*) FROM claimed c WHERE n <> (SELECT count(*)"
		" FROM endpoint WHERE worker = 'desk:' || c.who)"),
	    0);
	print_message("# %d tasks claimed by %d in %.2f s\n", ROWS, PUSHERS,
	    (double)(to.tv_sec - from.tv_sec) +
		(double)(to.tv_nsec - from.tv_nsec) / 1e9);
	free((void *)(uintptr_t)where);
}

/* Both find no tables and make them. */
static void open_as(const char *where, int who)
{
	(void)who;
	copl_ledger_close(open_ledger(where));
}

static void many_may_be_the_first(void **state)
{
	const char *where = fresh_place();
	int status[PUSHERS], i;

	(void)state;
	start_pushers(where, open_as, status);
	for (i = 0; i < PUSHERS; i++)
		assert_int_equal(status[i], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    LEDGER_CONTRACT,
	    cmocka_unit_test(what_is_wrong_is_said_without_the_password),
	    cmocka_unit_test(tables_of_others_are_left_alone),
	    cmocka_unit_test(the_audit_log_only_grows),
	    cmocka_unit_test(serialization_failures_are_tried_again),
	    cmocka_unit_test(a_server_that_restarted_is_found_again),
	    cmocka_unit_test(leases_go_by_the_clock_of_the_database),
	    cmocka_unit_test(sixty_thousand_are_claimed_without_doubles),
	    cmocka_unit_test(many_may_be_the_first),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
