/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include "deliver/job.h"
#include "deliver/said.h"

/* A set of four files: two with content, what seals it, the manifest. */
static struct copl_set_file list[] = {
    {.path = "index.html", .length = 10, .sha256 = "a"},
    {.path = "youth/ar/youth.html", .length = 20, .sha256 = "b"},
    {.path = "SHA256SUMS", .length = 30, .sha256 = "c"},
    {.path = "manifest.xml", .length = 40, .sha256 = "d"}};
#define N (sizeof(list) / sizeof(list[0]))
static struct copl_set set = {.files = list, .nfiles = N, .ncontent = 2};
static struct copl_driver office = {.name = "office", .vouches = true};
static struct copl_driver plain = {.name = "put"};
static unsigned char files[N];
static struct copl_job job;

static void begin(const struct copl_driver *d, const char *planned)
{
	size_t i;

	for (i = 0; i < N; i++)
		files[i] = planned[i] == 'x' ? COPL_FILE_PLANNED : 0;
	job = (struct copl_job){
	    .driver = d, .target = {.set = &set}, .files = files};
}

static const char *asked(void)
{
	static const char *const kinds[] = {[COPL_ASK_LOOK] = "look",
	    [COPL_ASK_FOLDER] = "folder",
	    [COPL_ASK_PUT] = "put",
	    [COPL_ASK_PROVE] = "prove"};
	static char text[100];
	struct copl_ask ask;

	if (!copl_job_next(&job, &ask))
		return "end";
	snprintf(text, sizeof(text), "%s %s%s%s%s", kinds[ask.kind],
	    ask.file->path, ask.last ? " last" : "",
	    ask.etag == NULL ? "" : " if ", ask.etag == NULL ? "" : ask.etag);
	if (ask.kind == COPL_ASK_FOLDER)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    " %u", ask.folder);
	return text;
}

static void step(const char *want, enum copl_meaning means)
{
	assert_string_equal(asked(), want);
	/* To ask twice what is next changes nothing. */
	assert_string_equal(asked(), want);
	copl_job_hear(&job, (struct copl_hearing){.means = means});
}

static void fails(const char *want, enum copl_attempt how)
{
	assert_string_equal(asked(), want);
	copl_job_hear(&job,
	    (struct copl_hearing){.means = COPL_MEANS_FAILED, .attempt = how});
}

static void ends(enum copl_job_end how)
{
	assert_string_equal(asked(), "end");
	assert_int_equal(job.end, how);
}

static void files_go_first_the_manifest_last_then_comes_the_proof(void **state)
{
	(void)state;
	begin(&office, "x.xx");
	step("put index.html", COPL_MEANS_TAKEN);
	step("put SHA256SUMS", COPL_MEANS_TAKEN);
	step("put manifest.xml", COPL_MEANS_TAKEN);
	step("prove manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	assert_int_equal(job.sent, 3);
	assert_int_equal(job.bytes, 80);
	assert_false(copl_job_unproven(&job));
}

static void a_receipt_saves_the_way_back(void **state)
{
	(void)state;
	begin(&office, "xxxx");
	step("put index.html", COPL_MEANS_TAKEN);
	step("put youth/ar/youth.html", COPL_MEANS_PROVEN);
	step("put SHA256SUMS", COPL_MEANS_TAKEN);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* Unless nobody believes receipts. */
	begin(&office, "...x");
	job.read_back = true;
	step("put manifest.xml", COPL_MEANS_PROVEN);
	step("prove manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
}

/* The connection need not stay for an answer that can be foretold. */
static void who_gave_receipts_gives_the_last_one_too(void **state)
{
	(void)state;
	begin(&plain, "xx.x");
	step("put index.html", COPL_MEANS_PROVEN);
	step("put youth/ar/youth.html", COPL_MEANS_PROVEN);
	step("put manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* Foretold wrongly: the proof is asked for all the same. */
	begin(&plain, "x..x");
	step("put index.html", COPL_MEANS_PROVEN);
	step("put manifest.xml last", COPL_MEANS_TAKEN);
	step("prove manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* One file without a receipt, and something will follow. */
	begin(&plain, "xx.x");
	step("put index.html", COPL_MEANS_PROVEN);
	step("put youth/ar/youth.html", COPL_MEANS_TAKEN);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	step("prove youth/ar/youth.html last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* Where nobody believes receipts, what was read back says nothing. */
	begin(&plain, "x..x");
	job.read_back = true;
	step("put index.html", COPL_MEANS_PROVEN);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	step("prove index.html", COPL_MEANS_PROVEN);
	step("prove manifest.xml last", COPL_MEANS_OTHER);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	step("prove manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
}

static void where_nobody_vouches_each_file_is_proven(void **state)
{
	(void)state;
	begin(&plain, "xx.x");
	step("put index.html", COPL_MEANS_PROVEN);
	step("put youth/ar/youth.html", COPL_MEANS_TAKEN);
	step("put manifest.xml", COPL_MEANS_TAKEN);
	step("prove youth/ar/youth.html", COPL_MEANS_PROVEN);
	step("prove manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
}

static void missing_folders_are_made_from_the_top(void **state)
{
	(void)state;
	begin(&plain, ".x.x");
	step("put youth/ar/youth.html", COPL_MEANS_FOLDER);
	step("folder youth/ar/youth.html 1", COPL_MEANS_TAKEN);
	step("folder youth/ar/youth.html 2", COPL_MEANS_TAKEN);
	step("put youth/ar/youth.html", COPL_MEANS_PROVEN);
	step("put manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* A server that goes on wanting them is not asked for ever. */
	begin(&plain, ".x.x");
	step("put youth/ar/youth.html", COPL_MEANS_FOLDER);
	step("folder youth/ar/youth.html 1", COPL_MEANS_TAKEN);
	step("folder youth/ar/youth.html 2", COPL_MEANS_TAKEN);
	step("put youth/ar/youth.html", COPL_MEANS_FOLDER);
	ends(COPL_JOB_FAILED);
	assert_int_equal(job.attempt, COPL_TRY_REFUSED);
	begin(&plain, "x..x");
	step("put index.html", COPL_MEANS_FOLDER);
	ends(COPL_JOB_FAILED);
}

static void other_bytes_are_sent_once_more_and_then_given_up(void **state)
{
	(void)state;
	begin(&plain, "x..x");
	step("put index.html", COPL_MEANS_TAKEN);
	step("put manifest.xml", COPL_MEANS_TAKEN);
	step("prove index.html", COPL_MEANS_OTHER);
	step("put index.html", COPL_MEANS_TAKEN);
	step("prove index.html", COPL_MEANS_PROVEN);
	step("prove manifest.xml last", COPL_MEANS_OTHER);
	ends(COPL_JOB_WRONG);
	assert_true(copl_job_unproven(&job));
	begin(&office, "...x");
	step("put manifest.xml", COPL_MEANS_OTHER);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	begin(&office, "...x");
	step("put manifest.xml", COPL_MEANS_TAKEN);
	step("prove manifest.xml last", COPL_MEANS_ABSENT);
	ends(COPL_JOB_MISSING);
}

static void what_the_endpoint_lost_goes_once_more(void **state)
{
	(void)state;
	begin(&office, "..xx");
	step("put SHA256SUMS", COPL_MEANS_TAKEN);
	step("put manifest.xml", COPL_MEANS_LOST);
	step("put index.html", COPL_MEANS_TAKEN);
	step("put youth/ar/youth.html", COPL_MEANS_TAKEN);
	step("put SHA256SUMS", COPL_MEANS_TAKEN);
	step("put manifest.xml", COPL_MEANS_LOST);
	ends(COPL_JOB_INCOMPLETE);
}

static void what_may_be_there_is_looked_at_first(void **state)
{
	(void)state;
	begin(&office, "xxxx");
	job.look = true;
	step("look manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	assert_int_equal(job.sent, 0);
	/* Where nobody vouches each file is looked at. */
	begin(&plain, "x..x");
	job.look = true;
	step("look manifest.xml", COPL_MEANS_PROVEN);
	step("prove index.html last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	begin(&office, "...x");
	job.look = true;
	step("look manifest.xml", COPL_MEANS_ABSENT);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* A server that shows nothing to anybody may still take it. */
	begin(&office, "...x");
	job.look = true;
	fails("look manifest.xml", COPL_TRY_REFUSED);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
}

static void after_silence_nobody_knows_what_is_there(void **state)
{
	(void)state;
	begin(&office, "x..x");
	fails("put index.html", COPL_TRY_UNREACHABLE);
	ends(COPL_JOB_FAILED);
	assert_false(copl_job_unproven(&job));
	begin(&office, "...x");
	fails("put manifest.xml", COPL_TRY_UNREACHABLE);
	ends(COPL_JOB_FAILED);
	assert_true(copl_job_unproven(&job));
	begin(&office, "...x");
	fails("put manifest.xml", COPL_TRY_BUSY);
	ends(COPL_JOB_FAILED);
	assert_false(copl_job_unproven(&job));
}

static void what_somebody_else_put_there_is_not_overwritten(void **state)
{
	(void)state;
	begin(&office, "x..x");
	job.etag = "\"v1\"";
	step("put index.html", COPL_MEANS_TAKEN);
	step("put manifest.xml if \"v1\"", COPL_MEANS_CHANGED);
	step("look manifest.xml", COPL_MEANS_OTHER);
	ends(COPL_JOB_CONFLICT);
	assert_false(copl_job_unproven(&job));
	/* It is ours already: somebody was faster. */
	begin(&office, "...x");
	job.etag = "\"v1\"";
	step("put manifest.xml if \"v1\"", COPL_MEANS_CHANGED);
	step("look manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* Nothing is there: nothing can be overwritten. */
	begin(&office, "...x");
	job.etag = "\"v1\"";
	step("put manifest.xml if \"v1\"", COPL_MEANS_CHANGED);
	step("look manifest.xml", COPL_MEANS_ABSENT);
	step("put manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* Whoever says so overwrites it. */
	begin(&office, "...x");
	job.etag = "\"v1\"";
	job.force = true;
	step("put manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
}

static void sees(const char *want, enum copl_meaning means, const char *etag)
{
	assert_string_equal(asked(), want);
	copl_job_hear(
	    &job, (struct copl_hearing){.means = means, .etag = etag});
}

/* A server that came back from a backup gives what is ours another ETag. */
static void what_is_an_older_one_of_ours_is_replaced(void **state)
{
	(void)state;
	begin(&plain, "x..x");
	job.etag = "\"v1\"";
	step("put index.html", COPL_MEANS_PROVEN);
	step("put manifest.xml last if \"v1\"", COPL_MEANS_CHANGED);
	sees("look manifest.xml", COPL_MEANS_KNOWN, "\"backup\"");
	step("put manifest.xml last if \"backup\"", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	assert_int_equal(job.sent, 2);
	/* An older one than the ledger knows: nothing else is believed. */
	begin(&plain, "x..x");
	job.etag = "\"v1\"";
	step("put index.html", COPL_MEANS_PROVEN);
	step("put manifest.xml last if \"v1\"", COPL_MEANS_CHANGED);
	sees("look manifest.xml", COPL_MEANS_OLDER, "\"backup\"");
	step("put youth/ar/youth.html", COPL_MEANS_PROVEN);
	step("put SHA256SUMS", COPL_MEANS_PROVEN);
	step("put manifest.xml last if \"backup\"", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* Without an ETag there is nothing to hold on to. */
	begin(&office, "...x");
	job.etag = "\"v1\"";
	step("put manifest.xml if \"v1\"", COPL_MEANS_CHANGED);
	sees("look manifest.xml", COPL_MEANS_KNOWN, "");
	step("put manifest.xml", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	/* It changes under our hands: somebody else is there. */
	begin(&office, "...x");
	job.etag = "\"v1\"";
	step("put manifest.xml if \"v1\"", COPL_MEANS_CHANGED);
	sees("look manifest.xml", COPL_MEANS_KNOWN, "\"a\"");
	step("put manifest.xml if \"a\"", COPL_MEANS_CHANGED);
	ends(COPL_JOB_CONFLICT);
}

static void conflicts(const char *want, enum copl_meaning means)
{
	assert_string_equal(asked(), want);
	copl_job_hear(&job, (struct copl_hearing){
				.means = means, .attempt = COPL_TRY_CONFLICT});
}

/* 409 at a file: what is there is looked at before anybody is blamed. */
static void a_file_in_the_way_is_looked_at(void **state)
{
	(void)state;
	begin(&office, "x..x");
	conflicts("put index.html", COPL_MEANS_CHANGED);
	step("look index.html", COPL_MEANS_PROVEN);
	step("put manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
	begin(&office, "x..x");
	conflicts("put index.html", COPL_MEANS_CHANGED);
	step("look index.html", COPL_MEANS_OTHER);
	ends(COPL_JOB_CONFLICT);
	/* Nothing is there, and it is not taken. */
	begin(&office, "x..x");
	conflicts("put index.html", COPL_MEANS_CHANGED);
	step("look index.html", COPL_MEANS_ABSENT);
	conflicts("put index.html", COPL_MEANS_CHANGED);
	ends(COPL_JOB_FAILED);
	assert_int_equal(job.attempt, COPL_TRY_CONFLICT);
	/* Its folders are there, so it is the file. */
	begin(&plain, ".x.x");
	conflicts("put youth/ar/youth.html", COPL_MEANS_FOLDER);
	step("folder youth/ar/youth.html 1", COPL_MEANS_TAKEN);
	step("folder youth/ar/youth.html 2", COPL_MEANS_TAKEN);
	conflicts("put youth/ar/youth.html", COPL_MEANS_FOLDER);
	step("look youth/ar/youth.html", COPL_MEANS_OTHER);
	ends(COPL_JOB_CONFLICT);
	/* One file says nothing of the others. */
	begin(&plain, "xx.x");
	conflicts("put index.html", COPL_MEANS_CHANGED);
	step("look index.html", COPL_MEANS_PROVEN);
	conflicts("put youth/ar/youth.html", COPL_MEANS_CHANGED);
	step("look youth/ar/youth.html", COPL_MEANS_PROVEN);
	step("put manifest.xml last", COPL_MEANS_PROVEN);
	ends(COPL_JOB_DELIVERED);
}

/* Whatever is answered, a job comes to an end after so many questions. */
static void any_answers_come_to_an_end(void **state)
{
	uint32_t seed;

	(void)state;
	for (seed = 1; seed <= 20000; seed++) {
		uint32_t x = seed * 2654435761u;
		unsigned n;

		begin(seed % 2 == 0 ? &office : &plain,
		    seed % 3 == 0 ? "xxxx" : "x.xx");
		job.look = seed % 5 == 0;
		job.etag = seed % 7 == 0 ? "\"e\"" : NULL;
		for (n = 0; n < 60; n++) {
			struct copl_hearing h = {.etag = NULL};
			struct copl_ask ask;

			if (!copl_job_next(&job, &ask))
				break;
			x = x * 1664525u + 1013904223u;
			h.means = (x >> 24) % 4 != 0
				      ? (enum copl_meaning)((x >> 16) % 2)
				      : (enum copl_meaning)((x >> 16) % 10);
			h.attempt = (enum copl_attempt)((x >> 8) % 9);
			copl_job_hear(&job, h);
		}
		assert_true(n < 60);
		assert_int_not_equal(job.end, COPL_JOB_GOES_ON);
		if (job.end == COPL_JOB_DELIVERED)
			assert_true(files[N - 1] & COPL_FILE_PROVEN);
	}
}

static void a_plan_takes_only_what_is_not_there(void **state)
{
	struct copl_ledger_fact facts[] = {{"SHA256SUMS", "c", 1, 0},
	    {"index.html", "a", 1, 0}, {"manifest.xml", "d", 1, 0},
	    {"youth/ar/youth.html", "b", 1, 0}};

	(void)state;
	assert_int_equal(copl_plan(&set, NULL, 0, files), 4);
	assert_int_equal(copl_plan(&set, facts, 4, files), 0);
	facts[1].sha256 = "other";
	assert_int_equal(copl_plan(&set, facts, 4, files), 3);
	assert_int_equal(files[0], COPL_FILE_PLANNED);
	assert_int_equal(files[1], 0);
	/* What seals the set goes whenever anything goes. */
	assert_int_equal(files[2], COPL_FILE_PLANNED);
	assert_int_equal(files[3], COPL_FILE_PLANNED);
}

static void said_is(const char *body, const char *want)
{
	struct copl_net_answer a = {.body = COPL_STRBUF_INIT(65536)};
	char out[COPL_SAID_SIZE];

	copl_strbuf_puts(&a.body, body);
	copl_said(&a, out);
	assert_string_equal(out, want);
	copl_strbuf_clear(&a.body);
}

static void what_the_other_side_says_is_made_harmless(void **state)
{
	char longer[3000];

	(void)state;
	said_is("", "");
	said_is("<html>", "");
	said_is("{\"title\":\"No\"}", ": No");
	said_is("{\"title\":\"No\",\"detail\":\"\"}", ": No");
	said_is("{\"detail\" : \"a\\\"b\\nc\\u0041\"}", ": a\"b cA");
	said_is("{\"detail\":\"\\u041a\\u0432\\ud83d\\ude00\"}", ": Кв😀");
	said_is("{\"detail\":\"\\ud83d x\\u00\"}", ":  x00");
	said_is("{\"detail\":\"\033[31mالحصة\"}", ":  [31mالحصة");
	said_is("{\"detail\":\"\\u001b[2J!\"}", ":  [2J!");
	/* No mark turns what follows around. */
	said_is("{\"detail\":\"\\u202egnp.exe\\u2066\"}", ": gnp.exe");
	said_is("{\"detail\":\"\xff\"}", "");
	said_is("{\"detail\":\"open", ": open");
	memset(longer, 'x', sizeof(longer));
	memcpy(longer, "{\"detail\":\"", 11);
	longer[sizeof(longer) - 1] = '\0';
	{
		struct copl_net_answer a = {.body = COPL_STRBUF_INIT(65536)};
		char out[COPL_SAID_SIZE];

		copl_strbuf_puts(&a.body, longer);
		copl_said(&a, out);
		assert_true(strlen(out) > 200 && strlen(out) < 320);
		copl_strbuf_clear(&a.body);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		files_go_first_the_manifest_last_then_comes_the_proof),
	    cmocka_unit_test(a_receipt_saves_the_way_back),
	    cmocka_unit_test(who_gave_receipts_gives_the_last_one_too),
	    cmocka_unit_test(where_nobody_vouches_each_file_is_proven),
	    cmocka_unit_test(missing_folders_are_made_from_the_top),
	    cmocka_unit_test(other_bytes_are_sent_once_more_and_then_given_up),
	    cmocka_unit_test(what_the_endpoint_lost_goes_once_more),
	    cmocka_unit_test(what_may_be_there_is_looked_at_first),
	    cmocka_unit_test(after_silence_nobody_knows_what_is_there),
	    cmocka_unit_test(what_somebody_else_put_there_is_not_overwritten),
	    cmocka_unit_test(what_is_an_older_one_of_ours_is_replaced),
	    cmocka_unit_test(a_file_in_the_way_is_looked_at),
	    cmocka_unit_test(any_answers_come_to_an_end),
	    cmocka_unit_test(a_plan_takes_only_what_is_not_there),
	    cmocka_unit_test(what_the_other_side_says_is_made_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
