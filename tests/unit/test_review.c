/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "help_catalog.h"
#include "review/review.h"

#define FIRST "cop-l10n-review 1\n"
#define HASH_A "00112233445566778899aabbccddeeff"
#define HASH_B "ffeeddccbbaa99887766554433221100"

static enum copl_status read_review(const char *text, struct copl_review **rv)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	st = copl_review_read(text, strlen(text), "fr.review", &r, rv);
	assert_int_equal(st == COPL_OK, *rv != NULL);
	return copl_reporter_end(&r, st);
}

static struct copl_review *good(const char *text)
{
	struct copl_review *rv = NULL;

	assert_int_equal(read_review(text, &rv), COPL_OK);
	assert_int_equal(seen.n, 0);
	return rv;
}

static void assert_written(const struct copl_review *rv, const char *want)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_REVIEW_MAX);

	copl_review_write(rv, &out);
	assert_string_equal(copl_strbuf_text(&out), want);
	copl_strbuf_clear(&out);
}

static void a_hash_is_what_sha256sum_says_of_the_text(void **state)
{
	char hash[COPL_REVIEW_HASH_SIZE];

	(void)state;
	/* FIPS 180-4, "abc" and the empty string, first 16 bytes. */
	copl_review_hash("abc", 3, hash);
	assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223");
	copl_review_hash("", 0, hash);
	assert_string_equal(hash, "e3b0c44298fc1c149afbf4c8996fb924");
}

static void a_pair_is_hashed_with_all_its_forms(void **state)
{
	struct copl_review_pair a, b, one;
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(
	    read_po(HEADER "msgid \"abc\"\nmsgstr \"\"\n\n"
			   "msgid \"ab\"\nmsgid_plural \"c\"\n"
			   "msgstr[0] \"يوم\"\nmsgstr[1] \"أيام\"\n\n"
			   "msgid \"a\"\nmsgid_plural \"bc\"\n"
			   "msgstr[0] \"يومأ\"\nmsgstr[1] \"يام\"\n",
		&c),
	    COPL_OK);
	copl_review_pair_of(&c->messages[0], &one);
	copl_review_pair_of(&c->messages[1], &a);
	copl_review_pair_of(&c->messages[2], &b);
	assert_string_equal(one.source, "ba7816bf8f01cfea414140de5dae2223");
	assert_string_not_equal(a.source, b.source);
	assert_string_not_equal(a.source, one.source);
	assert_string_not_equal(a.translation, b.translation);
	copl_catalog_free(c);
}

static const char sorted[] = FIRST
    "@signoff\t" HASH_A "\t-\tapproved\thuman\t2027-01-15\tofficial\t王小明\n"
    "# see the letter of May\n"
    "\\#odd\\tid\\\\\\n\t" HASH_A "\t" HASH_B
    "\tdraft\tmachine\t2027-01-10\t-\t-\n"
    "consent/text\t" HASH_A "\t" HASH_B
    "\treviewed\thuman\t2027-01-11\treviewer\tأحمد\n"
    "q1/label\t" HASH_A "\t" HASH_B
    "\ttranslated\treuse\t2027-01-11\ttranslator\t-\n"
    "# the end\n";

static void what_is_written_is_read_again_byte_for_byte(void **state)
{
	struct copl_review *rv = good(sorted);

	(void)state;
	assert_int_equal(rv->nrows, 3);
	assert_string_equal(rv->rows[0].id, "#odd\tid\\\n");
	assert_string_equal(rv->rows[0].who, "");
	assert_string_equal(rv->rows[0].comment, "# see the letter of May");
	assert_string_equal(rv->rows[1].who, "أحمد");
	assert_int_equal(rv->rows[1].state, COPL_REVIEW_REVIEWED);
	assert_int_equal(rv->nsignoffs, 1);
	assert_string_equal(rv->signoffs[0].who, "王小明");
	assert_written(rv, sorted);
	copl_review_free(rv);
}

static void what_git_union_makes_of_two_reviewers_is_put_in_order(void **state)
{
	struct copl_review *rv =
	    good("\xef\xbb\xbf" FIRST "q1/label\t" HASH_A "\t" HASH_B
		 "\ttranslated\treuse\t2027-01-11\ttranslator\r\n"
		 "\r\n"
		 "consent/text\t" HASH_A "\t" HASH_B
		 "\tdraft\thuman\t2027-01-10\treviewer\tأحمد\n" FIRST
		 "# see the letter of May\n"
		 "\\#odd\\tid\\\\\\n\t" HASH_A "\t" HASH_B
		 "\tdraft\tmachine\t2027-01-10\n"
		 "\\#odd\\tid\\\\\\n\t" HASH_A "\t" HASH_B
		 "\tdraft\tmachine\t2027-01-10\t\t\n"
		 "consent/text\t" HASH_A "\t" HASH_B
		 "\treviewed\thuman\t2027-01-11\treviewer\tأحمد\n"
		 "@signoff\t" HASH_A
		 "\t-\tapproved\thuman\t2027-01-15\tofficial\t王小明\n"
		 "# the end");

	(void)state;
	assert_written(rv, sorted);
	copl_review_free(rv);
}

static void who_reviewed_an_older_version_is_remembered(void **state)
{
	struct copl_review *rv = good(sorted);

	(void)state;
	assert_true(copl_review_was_reviewed(rv, "consent/text"));
	assert_false(copl_review_was_reviewed(rv, "consent/tex"));
	assert_false(copl_review_was_reviewed(rv, "q1/label"));
	assert_false(copl_review_was_reviewed(rv, "z"));
	copl_review_free(rv);
	rv = good(FIRST);
	assert_false(copl_review_was_reviewed(rv, "consent/text"));
	copl_review_free(rv);
}

static void of_two_rows_the_later_counts_then_the_higher(void **state)
{
	struct copl_review *rv = good(
	    FIRST "a\t" HASH_A "\t" HASH_B "\tapproved\thuman\t2027-01-10\n"
		  "a\t" HASH_A "\t" HASH_B "\tdraft\thuman\t2027-01-11\n"
		  "b\t" HASH_A "\t" HASH_B "\treviewed\thuman\t2027-01-11\n"
		  "b\t" HASH_A "\t" HASH_B "\tapproved\thuman\t2027-01-11\n"
		  "b\t" HASH_A "\t" HASH_B "\tdraft\thuman\t2027-01-11\n");

	(void)state;
	assert_int_equal(rv->nrows, 2);
	assert_int_equal(rv->rows[0].state, COPL_REVIEW_DRAFT);
	assert_int_equal(rv->rows[1].state, COPL_REVIEW_APPROVED);
	copl_review_free(rv);
}

static void assert_finding(
    size_t i, const char *code, size_t line, size_t column)
{
	assert_true(i < seen.n);
	assert_string_equal(seen.list[i].code, code);
	assert_int_equal(seen.list[i].line, line);
	assert_int_equal(seen.list[i].column, column);
}

static void every_bad_row_is_told_with_its_place(void **state)
{
	struct copl_review *rv = NULL;

	(void)state;
	assert_int_equal(
	    read_review(FIRST
		"q1\t" HASH_A "\t" HASH_B "\tdone\thuman\t2027-01-10\n"
		"问\t" HASH_A "\tabc\treviewed\tHuman\t2027-02-30\n"
		"q2\t" HASH_A "\n"
		"<<<<<<< HEAD\n"
		"q\\3\t" HASH_A "\t" HASH_B "\tdraft\thuman\t2027-01-10\n"
		"@sign\t" HASH_A "\t-\tapproved\thuman\t2027-01-15\n"
		"q4\t" HASH_A "\t" HASH_B
		"\tdraft\thuman\t2027-01-10\ta\tb\tc\n"
		"q5\t" HASH_A "\t" HASH_B
		"\tdraft\thuman\t2027-01-10\ta\tb\x01\n",
		&rv),
	    COPL_E_PARSE);
	assert_int_equal(seen.n, 10);
	assert_finding(0, "review-syntax", 2, 70);
	assert_finding(1, "review-syntax", 3, 36);
	assert_finding(2, "review-syntax", 3, 49);
	assert_finding(3, "review-syntax", 3, 55);
	assert_finding(4, "review-syntax", 4, 36);
	assert_finding(5, "review-conflict", 5, 1);
	assert_finding(6, "review-syntax", 6, 1);
	assert_finding(7, "review-syntax", 7, 1);
	assert_finding(8, "review-syntax", 8, 97);
	assert_finding(9, "review-syntax", 9, 95);
}

static void a_version_that_is_not_known_is_refused(void **state)
{
	struct copl_review *rv = NULL;

	(void)state;
	assert_int_equal(read_review("cop-l10n-review 2\n", &rv), COPL_E_PARSE);
	assert_finding(0, "review-version", 1, 1);
	assert_int_equal(
	    read_review("q1\t" HASH_A "\t" HASH_B "\tdraft\n", &rv),
	    COPL_E_PARSE);
	assert_finding(0, "review-version", 1, 1);
	assert_int_equal(read_review(FIRST "caf\xe9\n", &rv), COPL_E_PARSE);
	assert_finding(0, "review-syntax", 2, 4);
}

static void an_empty_file_is_an_empty_record(void **state)
{
	struct copl_review *rv = good("");

	(void)state;
	assert_int_equal(rv->nrows, 0);
	assert_written(rv, FIRST);
	copl_review_free(rv);
}

/* ---- judging ---- */

static const char before[] =
    HEADER "msgctxt \"consent/text\"\n"
	   "msgid \"Under 16 you need consent.\"\n"
	   "msgstr \"Moins de 16 ans : il faut un accord.\"\n\n"
	   "msgctxt \"other/text\"\n"
	   "msgid \"Under 16 you need consent.\"\n"
	   "msgstr \"Moins de 16 ans : il faut un accord.\"\n";
/* The source became another, the translation did not. */
static const char after[] =
    HEADER "msgctxt \"consent/text\"\n"
	   "msgid \"Under 13 you must not take part, even with consent.\"\n"
	   "msgstr \"Moins de 16 ans : il faut un accord.\"\n\n"
	   "#, fuzzy\n"
	   "msgctxt \"other/text\"\n"
	   "msgid \"Under 13 you must not take part, even with consent.\"\n"
	   "msgstr \"Moins de 16 ans : il faut un accord.\"\n";

static void mark(struct copl_review *rv, const struct copl_message *m,
    enum copl_review_state state, const char *date)
{
	struct copl_review_pair pair;

	copl_review_pair_of(m, &pair);
	assert_int_equal(copl_review_set(rv,
			     &(struct copl_review_row){.id = copl_review_id(m),
				 .source = pair.source,
				 .translation = pair.translation,
				 .state = state,
				 .origin = "human",
				 .date = date,
				 .role = "reviewer",
				 .who = "Анна"}),
	    COPL_OK);
}

static void what_nobody_vouched_for_is_translated_at_most(void **state)
{
	struct copl_review *rv = good(FIRST);
	struct copl_review_verdict v;
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_po(before, &c), COPL_OK);
	copl_review_judge(rv, &c->messages[0], &v);
	assert_int_equal(v.state, COPL_REVIEW_TRANSLATED);
	assert_null(v.row);
	assert_null(v.stale);
	mark(rv, &c->messages[0], COPL_REVIEW_APPROVED, "2027-01-11");
	copl_review_judge(rv, &c->messages[0], &v);
	assert_int_equal(v.state, COPL_REVIEW_APPROVED);
	assert_string_equal(v.row->who, "Анна");
	/* The same pair of texts under another id is another question. */
	copl_review_judge(rv, &c->messages[1], &v);
	assert_int_equal(v.state, COPL_REVIEW_TRANSLATED);
	copl_catalog_free(c);
	copl_review_free(rv);
}

static void a_text_approved_for_another_source_is_stale(void **state)
{
	struct copl_review *rv = good(FIRST);
	struct copl_catalog *was = NULL, *now = NULL;
	struct copl_review_verdict v;

	(void)state;
	assert_int_equal(read_po(before, &was), COPL_OK);
	assert_int_equal(read_po(after, &now), COPL_OK);
	mark(rv, &was->messages[0], COPL_REVIEW_TRANSLATED, "2027-01-11");
	copl_review_judge(rv, &now->messages[0], &v);
	assert_null(v.stale);
	mark(rv, &was->messages[0], COPL_REVIEW_REVIEWED, "2027-01-11");
	mark(rv, &was->messages[1], COPL_REVIEW_REVIEWED, "2027-01-11");
	copl_review_judge(rv, &now->messages[0], &v);
	assert_non_null(v.stale);
	assert_string_equal(v.stale->date, "2027-01-11");
	assert_int_equal(v.state, COPL_REVIEW_TRANSLATED);
	/* Fuzzy says itself that somebody must look. */
	copl_review_judge(rv, &now->messages[1], &v);
	assert_null(v.stale);
	assert_int_equal(v.state, COPL_REVIEW_NONE);
	/* A machine's draft is no person's word; a translator's is. */
	mark(rv, &now->messages[0], COPL_REVIEW_DRAFT, "2027-01-12");
	copl_review_judge(rv, &now->messages[0], &v);
	assert_non_null(v.stale);
	mark(rv, &now->messages[0], COPL_REVIEW_TRANSLATED, "2027-01-12");
	copl_review_judge(rv, &now->messages[0], &v);
	assert_null(v.stale);
	copl_catalog_free(was);
	copl_catalog_free(now);
	copl_review_free(rv);
}

/* ---- merging ---- */

#define ROW(id, st, date) id "\t" HASH_A "\t" HASH_B "\t" st "\thuman\t" date
#define END "\treviewer\t-\n"

static void two_reviewers_are_merged_row_by_row(void **state)
{
	struct copl_review *base = good(FIRST ROW("a", "draft", "2027-01-01")
		END ROW("b", "draft", "2027-01-01")
		    END ROW("c", "draft", "2027-01-01") END);
	struct copl_review *ours = good(FIRST ROW("a", "reviewed", "2027-01-02")
		END ROW("b", "draft", "2027-01-01")
		    END ROW("d", "reviewed", "2027-01-02") END);
	struct copl_review *theirs = good(FIRST ROW("a", "approved",
	    "2027-01-03") END ROW("b", "translated", "2027-01-01")
		END ROW("c", "draft", "2027-01-01") END "# new\n");
	struct copl_review *out = NULL;

	(void)state;
	assert_int_equal(copl_review_merge(base, ours, theirs, &out), COPL_OK);
	copl_review_free(base);
	copl_review_free(ours);
	copl_review_free(theirs);
	assert_written(out,
	    FIRST ROW("a", "approved", "2027-01-03")
		END ROW("b", "translated", "2027-01-01")
		    END ROW("d", "reviewed", "2027-01-02") END "# new\n");
	copl_review_free(out);
}

static void setting_keeps_order_and_comments(void **state)
{
	struct copl_review *rv =
	    good(FIRST "# why\n" ROW("b", "draft", "2027-01-05") END);
	struct copl_review_row row = {.source = HASH_A,
	    .translation = HASH_B,
	    .state = COPL_REVIEW_REVIEWED,
	    .origin = "human",
	    .date = "2027-01-02",
	    .role = "reviewer"};
	static const char *const ids[] = {"c", "a", "b"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(ids); i++) {
		row.id = ids[i];
		assert_int_equal(copl_review_set(rv, &row), COPL_OK);
	}
	assert_written(rv, FIRST ROW("a", "reviewed", "2027-01-02") END
	    "# why\n" ROW("b", "reviewed", "2027-01-02")
		END ROW("c", "reviewed", "2027-01-02") END);
	copl_review_free(rv);
}

static void names_that_would_break_the_file_are_known(void **state)
{
	(void)state;
	assert_true(copl_review_text_is_good("Нурлан Ибраев"));
	assert_true(copl_review_text_is_good(""));
	assert_false(copl_review_text_is_good("-"));
	assert_false(copl_review_text_is_good("a\tb"));
	assert_false(copl_review_text_is_good("a\nb"));
	assert_false(copl_review_text_is_good("a\xc2\x85"));
	assert_false(copl_review_text_is_good("\xff"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_hash_is_what_sha256sum_says_of_the_text),
	    cmocka_unit_test(a_pair_is_hashed_with_all_its_forms),
	    cmocka_unit_test(what_is_written_is_read_again_byte_for_byte),
	    cmocka_unit_test(
		what_git_union_makes_of_two_reviewers_is_put_in_order),
	    cmocka_unit_test(who_reviewed_an_older_version_is_remembered),
	    cmocka_unit_test(of_two_rows_the_later_counts_then_the_higher),
	    cmocka_unit_test(every_bad_row_is_told_with_its_place),
	    cmocka_unit_test(a_version_that_is_not_known_is_refused),
	    cmocka_unit_test(an_empty_file_is_an_empty_record),
	    cmocka_unit_test(what_nobody_vouched_for_is_translated_at_most),
	    cmocka_unit_test(a_text_approved_for_another_source_is_stale),
	    cmocka_unit_test(two_reviewers_are_merged_row_by_row),
	    cmocka_unit_test(setting_keeps_order_and_comments),
	    cmocka_unit_test(names_that_would_break_the_file_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
