/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every ledger must keep, whatever it is stored in; one table of tests. */
#ifndef HELP_LEDGER_H
#define HELP_LEDGER_H

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "help_bundle.h"
#include "ledger/ledger_priv.h"

#define A "1111111111111111111111111111111111111111111111111111111111111111"
#define B "2222222222222222222222222222222222222222222222222222222222222222"
#define C "3333333333333333333333333333333333333333333333333333333333333333"
#define URL "http://127.0.0.1:8101/"
#define NOW 1800000000

/* A place for a ledger that nobody has used yet. */
static const char *fresh_place(void);

static struct copl_ledger *open_ledger(const char *where)
{
	struct copl_ledger *l = NULL;
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;
	enum copl_status st;

	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	st = copl_reporter_end(&r, copl_ledger_open(where, &r, &l));
	assert_string_equal(seen.text, "");
	assert_int_equal(st, COPL_OK);
	return l;
}

static struct copl_ledger *open_fresh(void)
{
	return open_ledger(fresh_place());
}

/* Everything in these tests goes well or says nothing. */
#define OK(call)                                                               \
	do {                                                                   \
		struct copl_reporter r;                                        \
		copl_reporter_init(&r, NULL);                                  \
		assert_int_equal(call, COPL_OK);                               \
		copl_reporter_drop(&r);                                        \
	} while (0)

static struct copl_ledger_standing africa(const char *url, const char *status)
{
	return (struct copl_ledger_standing){.endpoint = "africa",
	    .url = url,
	    .status = status,
	    .version = 3,
	    .at = NOW};
}

/* Number of facts, the digest of the first in *sha256. */
static size_t count_facts(
    struct copl_ledger *l, const char *url, char sha256[65])
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger_fact *facts = NULL;
	size_t n = 99;

	OK(copl_ledger_facts(l, "africa", url, a, &r, &facts, &n));
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
	    {"youth/youth.ar.html", B, 3, NOW},
	    {"manifest.xml", sha256, 3, NOW}};

	OK(copl_ledger_record(l, &s, sha256 == NULL ? NULL : facts, 2, &r));
}

static void enlist(struct copl_ledger *l, uint64_t version, const char *seal,
    const char *const *ids, size_t n)
{
	const struct copl_ledger_enlisting how = {"desk:1", NOW, false};
	struct copl_ledger_task tasks[64] = {0};
	size_t i;

	for (i = 0; i < n; i++)
		tasks[i] = (struct copl_ledger_task){.endpoint = ids[i],
		    .url = URL,
		    .origin = "http://127.0.0.1:8101",
		    .version = version,
		    .seal = seal};
	OK(copl_ledger_enlist(l, &how, tasks, n, &r));
}

static const char *const three[] = {"arab", "asia", "europe"};

/* Ids that the worker gets, "a b c", in *ids. */
static size_t claim(struct copl_ledger *l, const char *worker, uint64_t version,
    int64_t now, size_t most, char ids[200])
{
	struct copl_arena *a = copl_arena_new();
	const struct copl_ledger_claiming how = {.worker = worker,
	    .version = version,
	    .now = now,
	    .due = now,
	    .lease_s = 60,
	    .most = most};
	struct copl_ledger_task *list = NULL;
	size_t n = 99, i, len = 0;

	OK(copl_ledger_claim(l, &how, a, &r, &list, &n));
	ids[0] = '\0';
	for (i = 0; i < n; i++)
		len += (size_t)snprintf(ids + len, 200 - len, "%s%s",
		    i > 0 ? " " : "", list[i].endpoint);
	copl_arena_free(a);
	return n;
}

static struct copl_ledger_entry entry(
    const char *id, const char *status, uint64_t version, const char *seal)
{
	return (struct copl_ledger_entry){.standing = {.endpoint = id,
					      .url = URL,
					      .status = status,
					      .version = version,
					      .seal = seal,
					      .at = NOW + 5}};
}

/* A standing, in an arena that lives as long as the program. */
static struct copl_ledger_standing standing(
    struct copl_ledger *l, const char *id, struct copl_arena *a)
{
	struct copl_ledger_standing *list = NULL;
	size_t n = 0, i;

	OK(copl_ledger_standings(l, a, &r, &list, &n));
	for (i = 0; i < n; i++)
		if (strcmp(list[i].endpoint, id) == 0)
			return list[i];
	fail_msg("no standing of %s", id);
	return (struct copl_ledger_standing){0};
}

/* ---- facts and standings ---- */

static void facts_outlive_the_program(void **state)
{
	const char *where = fresh_place();
	struct copl_ledger *l = open_ledger(where);
	char sha256[65];

	(void)state;
	assert_int_equal(count_facts(l, URL, sha256), 0);
	record(l, URL, "delivered", A);
	copl_ledger_close(l);
	l = open_ledger(where);
	assert_int_equal(count_facts(l, URL, sha256), 2);
	assert_string_equal(sha256, A);
	copl_ledger_close(l);
}

static void a_delivery_replaces_all_that_was_known(void **state)
{
	struct copl_ledger *l = open_fresh();
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
	struct copl_ledger *l = open_fresh();
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
	struct copl_ledger *l = open_fresh();
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
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_standing asia = africa(URL, "waiting"), *list = NULL;
	size_t n = 0;

	(void)state;
	asia.endpoint = "asia";
	asia.reason = "endpoint-busy";
	asia.failures = 2;
	asia.since = NOW - 300;
	asia.next_at = NOW + 1800;
	OK(copl_ledger_record(l, &asia, NULL, 0, &r));
	record(l, URL, "delivered", A);
	/* By bytes, in every store: capitals and "_" stand before letters. */
	asia.endpoint = "arab_states";
	OK(copl_ledger_record(l, &asia, NULL, 0, &r));
	asia.endpoint = "Zone";
	OK(copl_ledger_record(l, &asia, NULL, 0, &r));
	OK(copl_ledger_standings(l, a, &r, &list, &n));
	assert_int_equal(n, 4);
	assert_string_equal(list[0].endpoint, "Zone");
	assert_string_equal(list[1].endpoint, "africa");
	assert_null(list[1].reason);
	assert_string_equal(list[1].status, "delivered");
	assert_int_equal(list[1].held, 3);
	assert_string_equal(list[1].held_seal, A);
	assert_int_equal(list[1].held_since, NOW);
	assert_string_equal(list[3].endpoint, "asia");
	assert_string_equal(list[3].reason, "endpoint-busy");
	assert_int_equal(list[3].version, 3);
	assert_int_equal(list[3].at, NOW);
	assert_int_equal(list[3].failures, 2);
	assert_int_equal(list[3].since, NOW - 300);
	assert_int_equal(list[3].next_at, NOW + 1800);
	assert_int_equal(list[3].held, 0);
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void a_record_is_all_or_nothing(void **state)
{
	const struct copl_ledger_standing s = africa(URL, "delivered");
	const struct copl_ledger_fact bad[] = {
	    {"a.html", A, 4, 0}, {"b.html", "short", 4, 0}};
	struct copl_ledger *l = open_fresh();
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

static void facts_of_many_come_at_once(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_holding list[] = {{.endpoint = "nobody", .url = URL},
	    {.endpoint = "africa", .url = URL},
	    {.endpoint = "africa", .url = "https://elsewhere.example/"}};

	(void)state;
	record(l, URL, "delivered", A);
	OK(copl_ledger_holdings(l, list, 3, a, &r));
	assert_int_equal(list[0].nfacts, 0);
	assert_int_equal(list[1].nfacts, 2);
	assert_string_equal(list[1].facts[1].path, "youth/youth.ar.html");
	assert_int_equal(list[1].facts[1].version, 3);
	assert_int_equal(list[2].nfacts, 0);
	copl_ledger_close(l);
	copl_arena_free(a);
}

/* ---- tasks ---- */

static void a_task_goes_to_one_worker(void **state)
{
	struct copl_ledger *l = open_fresh();
	char ids[200];

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 2, ids), 2);
	assert_int_equal(claim(l, "desk:2", 4, NOW, 9, ids), 1);
	assert_int_equal(claim(l, "desk:3", 4, NOW, 9, ids), 0);
	/* Another release's tasks are none of this one's. */
	assert_int_equal(claim(l, "desk:3", 5, NOW + 100, 9, ids), 0);
	OK(copl_ledger_release(l, "desk:2", &r));
	assert_int_equal(claim(l, "desk:3", 4, NOW, 9, ids), 1);
	copl_ledger_close(l);
}

static void only_what_was_asked_for_is_claimed(void **state)
{
	const char *const some[] = {"europe", "nobody", "arab"};
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_claiming how = {.worker = "desk:1",
	    .version = 4,
	    .now = NOW,
	    .due = NOW,
	    .lease_s = 60,
	    .most = 9,
	    .only = some,
	    .nonly = 3};
	struct copl_ledger_task *list = NULL;
	size_t n = 0;

	(void)state;
	enlist(l, 4, A, three, 3);
	OK(copl_ledger_claim(l, &how, a, &r, &list, &n));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].endpoint, "europe");
	assert_string_equal(list[1].endpoint, "arab");
	assert_string_equal(list[1].url, URL);
	assert_string_equal(list[1].origin, "http://127.0.0.1:8101");
	assert_string_equal(list[1].seal, A);
	assert_int_equal(list[1].version, 4);
	OK(copl_ledger_release(l, "desk:1", &r));
	how.most = 1;
	OK(copl_ledger_claim(l, &how, a, &r, &list, &n));
	assert_int_equal(n, 1);
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void who_waits_is_asked_when_it_is_due(void **state)
{
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_entry e = entry("asia", "waiting", 4, A);
	struct copl_ledger_left left;
	char ids[200];

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	e.standing.next_at = NOW + 300;
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	OK(copl_ledger_left(l, 4, NOW, NOW, &r, &left));
	assert_int_equal(left.due, 0);
	assert_int_equal(left.leased, 2);
	assert_int_equal(left.later, 1);
	assert_in_range(left.first, 1, INT64_MAX);
	OK(copl_ledger_release(l, "desk:1", &r));
	assert_int_equal(claim(l, "desk:1", 4, NOW + 299, 9, ids), 2);
	assert_null(strstr(ids, "asia"));
	assert_int_equal(claim(l, "desk:1", 4, NOW + 300, 9, ids), 1);
	assert_string_equal(ids, "asia");
	copl_ledger_close(l);
}

static void who_holds_the_set_is_no_task(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_entry e = entry("asia", "delivered", 4, A);
	char ids[200];

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	OK(copl_ledger_release(l, "desk:1", &r));
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 2);
	assert_null(strstr(ids, "asia"));
	OK(copl_ledger_release(l, "desk:1", &r));
	/* A draft may have the same number: the manifest tells them apart. */
	enlist(l, 4, B, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	assert_int_equal(standing(l, "asia", a).held, 4);
	assert_string_equal(standing(l, "asia", a).worker, "desk:1");
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void gone_and_dead_stay_so_until_somebody_says(void **state)
{
	const struct copl_ledger_enlisting again = {"desk:1", NOW, true};
	const struct copl_ledger_task task = {.endpoint = "asia",
	    .url = URL,
	    .origin = "http://127.0.0.1:8101",
	    .version = 5,
	    .seal = B};
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_entry e[] = {entry("arab", "gone", 4, A),
	    entry("asia", "dead", 4, A), entry("europe", "refused", 4, A)};
	char ids[200];

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	OK(copl_ledger_record_all(l, "desk:1", e, 3, &r));
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 0);
	enlist(l, 5, B, three, 3);
	assert_int_equal(claim(l, "desk:1", 5, NOW, 9, ids), 1);
	assert_string_equal(ids, "europe");
	OK(copl_ledger_enlist(l, &again, &task, 1, &r));
	assert_int_equal(claim(l, "desk:1", 5, NOW, 9, ids), 1);
	assert_string_equal(ids, "asia");
	OK(copl_ledger_switch(l, "desk:1", "arab", true, NULL, NOW, &r));
	assert_int_equal(claim(l, "desk:1", 5, NOW, 9, ids), 1);
	assert_string_equal(ids, "arab");
	{
		struct copl_reporter r;

		copl_reporter_init(&r, NULL);
		assert_int_equal(copl_ledger_switch(
				     l, "desk:1", "mars", true, NULL, NOW, &r),
		    COPL_E_NOTFOUND);
		copl_reporter_drop(&r);
	}
	copl_ledger_close(l);
}

static void a_result_counts_only_for_the_holder_of_the_task(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_entry e = entry("asia", "delivered", 4, A);
	char ids[200];

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	OK(copl_ledger_record_all(l, "desk:2", &e, 1, &r));
	assert_true(e.lost);
	assert_string_equal(standing(l, "asia", a).status, "new");
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	assert_false(e.lost);
	assert_string_equal(standing(l, "asia", a).status, "delivered");
	/* Twice is once: its claim ended with the first. */
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	assert_true(e.lost);
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void what_came_late_does_not_hide_the_next_release(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_entry e = entry("asia", "delivered", 4, A);
	char ids[200];

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	enlist(l, 5, B, three, 3);
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	assert_string_equal(standing(l, "asia", a).status, "new");
	assert_int_equal(standing(l, "asia", a).held, 4);
	assert_int_equal(standing(l, "asia", a).target, 5);
	copl_ledger_close(l);
	copl_arena_free(a);
}

static void a_new_address_begins_from_nothing(void **state)
{
	const struct copl_ledger_enlisting how = {"desk:1", NOW, false};
	const struct copl_ledger_task task = {.endpoint = "africa",
	    .url = "https://new.example/",
	    .version = 3,
	    .seal = A};
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_audit *rows = NULL;
	char sha256[65];
	size_t n = 0;

	(void)state;
	record(l, URL, "delivered", A);
	OK(copl_ledger_enlist(l, &how, &task, 1, &r));
	assert_int_equal(count_facts(l, URL, sha256), 0);
	assert_int_equal(count_facts(l, "https://new.example/", sha256), 0);
	assert_string_equal(standing(l, "africa", a).status, "new");
	assert_int_equal(standing(l, "africa", a).held, 0);
	OK(copl_ledger_history(l, "africa", 0, a, &r, &rows, &n));
	assert_int_equal(n, 2);
	assert_string_equal(rows[1].event, "moved");
	copl_ledger_close(l);
	copl_arena_free(a);
}

/* ---- the audit log ---- */

static void every_change_is_a_link_of_a_chain(void **state)
{
	const struct copl_ledger_receipt receipt = {.status = 201,
	    .etag = "\"a b%c\"",
	    .peer = "203.0.113.7:443",
	    .server_date = "Thu, 14 Jan 2027 08:00:00 GMT",
	    .requests = 9,
	    .bytes = 120000,
	    .ms = 340,
	    .verified_by = "receipt"};
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_entry e = entry("asia", "waiting", 4, A);
	struct copl_ledger_audit *rows = NULL;
	char hash[65], ids[200];
	size_t n = 0, i;

	(void)state;
	enlist(l, 4, A, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	e.standing.reason = "endpoint-busy";
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	OK(copl_ledger_release(l, "desk:1", &r));
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	e = entry("asia", "delivered", 4, A);
	e.receipt = &receipt;
	OK(copl_ledger_record_all(l, "desk:1", &e, 1, &r));
	OK(copl_ledger_switch(
	    l, "desk:7", "asia", false, "Büro geschlossen", NOW + 9, &r));
	OK(copl_ledger_history(l, "asia", 0, a, &r, &rows, &n));
	assert_int_equal(n, 3);
	for (i = 0; i < n; i++) {
		assert_int_equal(rows[i].seq, i + 1);
		assert_string_equal(
		    rows[i].prev, i == 0 ? "" : rows[i - 1].hash);
		assert_int_equal(copl_audit_hash(&rows[i], hash), COPL_OK);
		assert_string_equal(rows[i].hash, hash);
	}
	assert_string_equal(rows[0].event, "waiting");
	assert_string_equal(rows[0].worker, "desk:1");
	assert_string_equal(
	    copl_ledger_value(rows[0].text, "reason", a), "endpoint-busy");
	assert_string_equal(rows[1].event, "delivered");
	assert_string_equal(
	    copl_ledger_value(rows[1].text, "etag", a), "\"a b%c\"");
	assert_string_equal(
	    copl_ledger_value(rows[1].text, "peer", a), "203.0.113.7:443");
	assert_string_equal(copl_ledger_value(rows[1].text, "server-date", a),
	    "Thu, 14 Jan 2027 08:00:00 GMT");
	assert_string_equal(copl_ledger_value(rows[1].text, "holds", a), "4");
	assert_null(copl_ledger_value(rows[1].text, "dig", a));
	assert_string_equal(rows[2].event, "disabled");
	assert_string_equal(rows[2].worker, "desk:7");
	assert_string_equal(
	    copl_ledger_value(rows[2].text, "reason", a), "Büro geschlossen");
	OK(copl_ledger_history(l, "asia", NOW + 9, a, &r, &rows, &n));
	assert_int_equal(n, 1);
	copl_ledger_close(l);
	copl_arena_free(a);
}

/* ---- verifying ---- */

/* Something that a hand other than ours does to the tables. */
static void tamper(const char *where, const char *sql);

static void check_verified(struct copl_ledger *l, enum copl_status want,
    const char *codes, const char *text)
{
	struct copl_ledger_verified v;
	struct copl_sink sink;
	struct copl_reporter r;
	struct seen seen;
	enum copl_status st;

	sink = seen_sink(&seen);
	copl_reporter_init(&r, &sink);
	st = copl_ledger_verify(l, &r, &v);
	assert_int_equal(copl_reporter_end(&r, st), want);
	assert_string_equal(seen.codes, codes);
	if (text != NULL && strstr(seen.text, text) == NULL)
		fail_msg("\"%s\" is not in: %s", text, seen.text);
}

/* Two endpoints with a history of four rows each. */
static void make_history(struct copl_ledger *l)
{
	static const char *const ids[] = {"africa", "asia"};
	const struct copl_ledger_fact facts[] = {
	    {"manifest.xml", A, 3, NOW}, {"youth/youth.ar.html", B, 3, NOW}};
	size_t i, k;

	for (i = 0; i < 4; i++)
		for (k = 0; k < 2; k++) {
			struct copl_ledger_standing s =
			    africa(URL, i == 3 ? "delivered" : "waiting");

			s.endpoint = ids[k];
			s.at = NOW + (int64_t)i;
			s.failures = i == 3 ? 0 : (unsigned)i + 1;
			s.reason = i == 3 ? NULL : "endpoint-busy";
			OK(copl_ledger_record(
			    l, &s, i == 3 ? facts : NULL, 2, &r));
		}
}

static void a_sound_ledger_verifies(void **state)
{
	struct copl_ledger *l = open_fresh();
	struct copl_ledger_verified v;
	char ids[200];

	(void)state;
	make_history(l);
	enlist(l, 4, C, three, 3);
	assert_int_equal(claim(l, "desk:1", 4, NOW, 9, ids), 3);
	OK(copl_ledger_switch(l, "desk:1", "arab", false, "x", NOW, &r));
	OK(copl_ledger_verify(l, &r, &v));
	assert_int_equal(v.endpoints, 4);
	assert_int_equal(v.chains, 3);
	assert_int_equal(v.audits, 9);
	assert_int_equal(v.facts, 4);
	assert_int_equal(v.problems, 0);
	copl_ledger_close(l);
}

/* What is done to a sound ledger, and how it must be called. */
static const struct {
	const char *sql;
	const char *codes;
	const char *text;
} wrongs[] = {
    {"UPDATE audit SET text = replace(text, 'busy', 'bury')"
     " WHERE endpoint = 'asia' AND seq = 2",
	"ledger-audit-changed ", "asia: row 2 "},
    {"UPDATE audit SET at = at + 1 WHERE endpoint = 'africa' AND seq = 4",
	"ledger-audit-changed ", "africa: row 4 "},
    {"DELETE FROM audit WHERE endpoint = 'asia' AND seq = 2",
	"ledger-audit-removed ", "asia: rows 2 to 2 "},
    {"UPDATE audit SET seq = CASE seq WHEN 2 THEN 12 ELSE 13 END"
     " WHERE endpoint = 'asia' AND seq IN (2, 3);"
     "UPDATE audit SET seq = CASE seq WHEN 12 THEN 3 ELSE 2 END"
     " WHERE endpoint = 'asia' AND seq IN (12, 13)",
	"ledger-audit-order ledger-audit-order ", "asia: row 2 "},
    {"DELETE FROM audit WHERE endpoint = 'asia' AND seq = 4",
	"ledger-audit-torn ", "asia: its log ends with row 3, but 4 "},
    {"DELETE FROM audit WHERE endpoint = 'asia'", "ledger-audit-torn ",
	"asia: its log of 4 rows is gone"},
    {"UPDATE fact SET sha256 = '" C "' WHERE endpoint = 'asia'"
     " AND path = 'manifest.xml'",
	"ledger-fact-changed ", "asia: what it holds by the ledger, 2 files"},
    {"DELETE FROM fact WHERE endpoint = 'asia'", "ledger-fact-changed ",
	"asia: what it holds by the ledger was taken out"},
    {"INSERT INTO fact VALUES ('mars', 'a', '" A "', 1, 1)",
	"ledger-fact-changed ", "mars: "},
    {"UPDATE endpoint SET held = 9 WHERE endpoint = 'africa'",
	"ledger-standing-changed ",
	"africa: its standing is not what its log "
	"says (holds)"},
    {"UPDATE endpoint SET state = 'gone' WHERE endpoint = 'africa'",
	"ledger-standing-changed ", "africa: it is \"gone\""},
    {"DELETE FROM endpoint WHERE endpoint = 'africa'",
	"ledger-endpoint-removed ledger-fact-changed ", "africa: it has a log"},
};

static void whatever_is_tampered_with_is_named(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(wrongs); i++) {
		const char *where = fresh_place();
		struct copl_ledger *l = open_ledger(where);

		make_history(l);
		check_verified(l, COPL_OK, "", NULL);
		copl_ledger_close(l);
		tamper(where, wrongs[i].sql);
		l = open_ledger(where);
		check_verified(
		    l, COPL_E_TRUST, wrongs[i].codes, wrongs[i].text);
		copl_ledger_close(l);
	}
}

/* Asia holds a release whole, africa a file of it, europe is silent. */
static enum copl_status say_what_is_held(void *arg,
    const struct copl_ledger_task *t, struct copl_arena *a,
    struct copl_reporter *r, struct copl_ledger_found *out)
{
	static const struct copl_ledger_fact facts[] = {
	    {"youth/youth.zh-Hans.html", B, 5, NOW + 50},
	    {"manifest.xml", C, 5, NOW + 50}};

	(void)a;
	(void)r;
	++*(size_t *)arg;
	out->answered = strcmp(t->endpoint, "europe") != 0;
	out->code = out->answered ? NULL : "endpoint-silent";
	if (!out->answered)
		return COPL_OK;
	out->facts = facts;
	out->nfacts = strcmp(t->endpoint, "asia") == 0 ? 2 : 1;
	out->version = out->nfacts == 2 ? 5 : 0;
	out->seal = C;
	return COPL_OK;
}

static void what_endpoints_say_takes_the_place_of_damage(void **state)
{
	const struct copl_ledger_task tasks[] = {
	    {.endpoint = "asia", .url = URL},
	    {.endpoint = "africa", .url = URL},
	    {.endpoint = "europe", .url = URL}};
	size_t asked = 0, i;

	(void)state;
	for (i = 0; i < COPL_COUNT(wrongs); i++) {
		const struct copl_ledger_rebuilding how = {
		    "desk:9", NOW + 50, say_what_is_held, &asked};
		const char *where = fresh_place();
		struct copl_ledger *l = open_ledger(where);
		struct copl_arena *a = copl_arena_new();
		struct copl_ledger_verified v;
		struct copl_ledger_standing s;

		make_history(l);
		copl_ledger_close(l);
		tamper(where, wrongs[i].sql);
		l = open_ledger(where);
		OK(copl_ledger_rebuild(l, &how, tasks, 3, &r));
		/* Old damage is remembered, and is no problem any more. */
		OK(copl_ledger_verify(l, &r, &v));
		assert_int_equal(v.problems, 0);
		s = standing(l, "asia", a);
		assert_string_equal(s.status, "delivered");
		assert_int_equal(s.held, 5);
		assert_string_equal(s.held_seal, C);
		s = standing(l, "africa", a);
		assert_string_equal(s.status, "new");
		assert_int_equal(s.held, 0);
		s = standing(l, "europe", a);
		assert_string_equal(s.status, "new");
		assert_string_equal(s.reason, "endpoint-silent");
		copl_ledger_close(l);
		copl_arena_free(a);
	}
	assert_int_equal(asked, 3 * COPL_COUNT(wrongs));
}

#include "help_ledger_many.h"

#define LEDGER_CONTRACT                                                        \
	cmocka_unit_test(facts_outlive_the_program),                           \
	    cmocka_unit_test(a_delivery_replaces_all_that_was_known),          \
	    cmocka_unit_test(trouble_takes_no_fact_away),                      \
	    cmocka_unit_test(another_address_holds_nothing),                   \
	    cmocka_unit_test(standings_come_sorted_with_their_reasons),        \
	    cmocka_unit_test(a_record_is_all_or_nothing),                      \
	    cmocka_unit_test(facts_of_many_come_at_once),                      \
	    cmocka_unit_test(a_task_goes_to_one_worker),                       \
	    cmocka_unit_test(only_what_was_asked_for_is_claimed),              \
	    cmocka_unit_test(who_waits_is_asked_when_it_is_due),               \
	    cmocka_unit_test(who_holds_the_set_is_no_task),                    \
	    cmocka_unit_test(gone_and_dead_stay_so_until_somebody_says),       \
	    cmocka_unit_test(a_result_counts_only_for_the_holder_of_the_task), \
	    cmocka_unit_test(what_came_late_does_not_hide_the_next_release),   \
	    cmocka_unit_test(a_new_address_begins_from_nothing),               \
	    cmocka_unit_test(every_change_is_a_link_of_a_chain),               \
	    cmocka_unit_test(a_sound_ledger_verifies),                         \
	    cmocka_unit_test(whatever_is_tampered_with_is_named),              \
	    cmocka_unit_test(what_endpoints_say_takes_the_place_of_damage),    \
	    cmocka_unit_test(a_transaction_in_the_way_is_tried_again),         \
	    cmocka_unit_test(a_lost_answer_doubles_nothing),                   \
	    cmocka_unit_test(a_connection_is_made_anew_once),                  \
	    cmocka_unit_test(each_office_is_served_once_though_a_pusher_dies), \
	    cmocka_unit_test(whoever_enlists_later_undoes_nothing)

#endif
