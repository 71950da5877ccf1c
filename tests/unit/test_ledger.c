/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <sqlite3.h>
#include "help_bundle.h"
#include "ledger/ledger.h"

#define A "1111111111111111111111111111111111111111111111111111111111111111"
#define B "2222222222222222222222222222222222222222222222222222222222222222"
#define URL "http://127.0.0.1:8101/"

static struct copl_ledger_standing africa(const char *url, const char *status)
{
	return (struct copl_ledger_standing){.endpoint = "africa",
	    .url = url,
	    .status = status,
	    .version = 3,
	    .at = 1800000000};
}

static struct copl_ledger *open_ledger(const char *path)
{
	struct copl_ledger *l = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_ledger_open(path, &r, &l), COPL_OK);
	return l;
}

/* Number of facts, the digest of the first in *sha256. */
static size_t count_facts(
    struct copl_ledger *l, const char *url, char sha256[65])
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger_fact *facts = NULL;
	struct copl_reporter r;
	size_t n = 99;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_ledger_facts(l, "africa", url, a, &r, &facts, &n), COPL_OK);
	if (n > 0)
		snprintf(sha256, 65, "%s", facts[0].sha256);
	copl_arena_free(a);
	return n;
}

static void record(struct copl_ledger *l, const char *url, const char *status,
    const char *sha256)
{
	const struct copl_ledger_standing s = africa(url, status);
	const struct copl_ledger_fact facts[] = {
	    {"manifest.xml", sha256, 3, 1800000000},
	    {"youth/youth.ar.html", B, 3, 1800000000}};
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_ledger_record(l, &s, sha256 == NULL ? NULL : facts, 2, &r),
	    COPL_OK);
}

static void facts_outlive_the_program(void **state)
{
	const char *path = in("new/folder/ledger.sqlite");
	struct copl_ledger *l = open_ledger(path);
	char sha256[65];

	(void)state;
	assert_int_equal(count_facts(l, URL, sha256), 0);
	record(l, URL, "delivered", A);
	copl_ledger_close(l);
	l = open_ledger(path);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, A);
	copl_ledger_close(l);
}

static void a_delivery_replaces_all_that_was_known(void **state)
{
	struct copl_ledger *l = open_ledger(NULL);
	char sha256[65];

	(void)state;
	record(l, URL, "delivered", A);
	record(l, URL, "delivered", B);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, B);
	copl_ledger_close(l);
}

static void trouble_takes_no_fact_away(void **state)
{
	struct copl_ledger *l = open_ledger(NULL);
	char sha256[65];

	(void)state;
	record(l, URL, "delivered", A);
	record(l, URL, "waiting", NULL);
	record(l, URL, "refused", NULL);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	copl_ledger_close(l);
}

static void another_address_holds_nothing(void **state)
{
	struct copl_ledger *l = open_ledger(NULL);
	char sha256[65];

	(void)state;
	record(l, URL, "delivered", A);
	assert_int_equal(count_facts(l, "https://new.example/", sha256), 0);
	/* It fails there; coming back, the old address proves nothing. */
	record(l, "https://new.example/", "waiting", NULL);
	record(l, URL, "waiting", NULL);
	assert_int_equal(count_facts(l, URL, sha256), 0);
	copl_ledger_close(l);
}

static void standings_come_sorted_with_their_reasons(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_ledger(NULL);
	struct copl_ledger_standing asia = africa(URL, "waiting"), *list = NULL;
	struct copl_reporter r;
	size_t n = 0;

	(void)state;
	copl_reporter_init(&r, NULL);
	asia.endpoint = "asia";
	asia.reason = "endpoint-busy";
	assert_int_equal(copl_ledger_record(l, &asia, NULL, 0, &r), COPL_OK);
	record(l, URL, "delivered", A);
	assert_int_equal(copl_ledger_standings(l, a, &r, &list, &n), COPL_OK);
	assert_int_equal(n, 2);
	assert_string_equal(list[0].endpoint, "africa");
	assert_null(list[0].reason);
	assert_string_equal(list[0].status, "delivered");
	assert_string_equal(list[1].endpoint, "asia");
	assert_string_equal(list[1].reason, "endpoint-busy");
	assert_int_equal(list[1].version, 3);
	assert_int_equal(list[1].at, 1800000000);
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void a_record_is_all_or_nothing(void **state)
{
	const struct copl_ledger_standing s = africa(URL, "delivered");
	const struct copl_ledger_fact bad[] = {
	    {"a.html", A, 4, 0}, {"b.html", "short", 4, 0}};
	struct copl_ledger *l = open_ledger(NULL);
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;
	char sha256[65];

	(void)state;
	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	record(l, URL, "delivered", A);
	assert_int_equal(copl_ledger_record(l, &s, bad, 2, &r), COPL_E_IO);
	assert_int_equal(copl_reporter_end(&r, COPL_E_IO), COPL_E_IO);
	assert_string_equal(seen.codes, "ledger-io ");
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, A);
	copl_ledger_close(l);
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
	change(path, "PRAGMA user_version = 2");
	check_refused(path, COPL_E_INVALID, "ledger-newer ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(facts_outlive_the_program),
	    cmocka_unit_test(a_delivery_replaces_all_that_was_known),
	    cmocka_unit_test(trouble_takes_no_fact_away),
	    cmocka_unit_test(another_address_holds_nothing),
	    cmocka_unit_test(standings_come_sorted_with_their_reasons),
	    cmocka_unit_test(a_record_is_all_or_nothing),
	    cmocka_unit_test(what_is_no_ledger_is_left_alone),
	    cmocka_unit_test(a_newer_ledger_is_not_touched),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
