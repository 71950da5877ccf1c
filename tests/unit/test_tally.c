/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tally/csv.h"
#include "tally/sort.h"
#include "tally/tell.h"

/* ---- any number of records in memory of one size ---- */

static void sort_so_many(uint32_t n, size_t held)
{
	struct copl_reporter r;
	struct tally_sort *t = tally_sort_new(4, held, P_tmpdir);
	unsigned char last[4] = {0}, record[4];
	uint32_t i, seen = 0;
	uint64_t sum = 0, wanted = 0;

	assert_non_null(t);
	copl_reporter_init(&r, NULL);
	for (i = 0; i < n; i++) {
		const uint32_t x = i * 2654435761u;

		wanted += x;
		record[0] = (unsigned char)(x >> 24);
		record[1] = (unsigned char)(x >> 16);
		record[2] = (unsigned char)(x >> 8);
		record[3] = (unsigned char)x;
		assert_int_equal(tally_sort_add(t, record, &r), COPL_OK);
	}
	assert_int_equal(tally_sort_end(t, &r), COPL_OK);
	while (tally_sort_next(t, record, &r) == COPL_OK) {
		assert_true(memcmp(last, record, 4) <= 0);
		memcpy(last, record, 4);
		sum += (uint64_t)record[0] << 24 | (uint64_t)record[1] << 16 |
		       (uint64_t)record[2] << 8 | record[3];
		seen++;
	}
	assert_int_equal(seen, n);
	assert_true(sum == wanted);
	tally_sort_free(t);
}

static void records_come_in_order_from_memory_and_from_a_file(void **state)
{
	(void)state;
	sort_so_many(0, 8);
	sort_so_many(1, 8);
	sort_so_many(8, 8);
	sort_so_many(9, 8);
	sort_so_many(1000, 64);
	sort_so_many(50000, 1024);
}

static void a_folder_that_cannot_be_written_is_said(void **state)
{
	struct tally_sort *t = tally_sort_new(4, 2, "/nonexistent/folder");
	struct copl_reporter r;
	enum copl_status st = COPL_OK;
	int i;

	(void)state;
	copl_reporter_init(&r, NULL);
	for (i = 0; i < 3 && st == COPL_OK; i++)
		st = tally_sort_add(t, "abcd", &r);
	assert_int_equal(st, COPL_E_IO);
	assert_int_equal(r.errors, 1);
	copl_reporter_drop(&r);
	tally_sort_free(t);
}

/* ---- cells of a table for spreadsheets ---- */

static void cell_is(const char *text, const char *wanted)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1024);

	tally_csv_cell(&out, text);
	assert_string_equal(copl_strbuf_text(&out), wanted);
	copl_strbuf_clear(&out);
}

static void what_a_spreadsheet_would_calculate_stays_a_text(void **state)
{
	(void)state;
	cell_is("=1+2", "\"'=1+2\"");
	cell_is("+49 30", "\"'+49 30\"");
	cell_is("-нет", "\"'-нет\"");
	cell_is("@SUM(A1)", "\"'@SUM(A1)\"");
	cell_is("\t=1", "\"'\t'=1\"");
	cell_is("\r=1", "\"'\r'=1\"");
	cell_is("\nx", "\"'\nx\"");
	cell_is(" =1", "\"' =1\"");
	cell_is("=HYPERLINK(\"https://example.org\")",
	    "\"'=HYPERLINK(\"\"https://example.org\"\")\"");
	/* Numbers are none of that. */
	cell_is("-5", "-5");
	cell_is("-12.5", "-12.5");
	cell_is("-1+cmd", "\"'-1+cmd\"");
}

/* Where cells are parted by ";", as in Excel in French, Russian and Spanish. */
static void nor_is_it_calculated_where_a_text_is_torn_apart(void **state)
{
	(void)state;
	cell_is("ok;=HYPERLINK(A1)", "\"ok;'=HYPERLINK(A1)\"");
	cell_is("да\n=cmd", "\"да\n'=cmd\"");
	cell_is("نعم\r\n@SUM(A1)", "\"نعم\r\n'@SUM(A1)\"");
	cell_is("好\t+1", "\"好\t'+1\"");
	cell_is("a; -1;b", "\"a;' -1;b\"");
	cell_is("a;\"=1", "\"a;'\"\"=1\"");
	cell_is("a;b", "\"a;b\"");
	cell_is("a\tb", "\"a\tb\"");
	cell_is("5-6=?", "5-6=?");
}

/* As docs/tally.md says. */
static void take_away(char *cell)
{
	const char *from = cell, *signs = "=+-@\t\r\n";
	char *to = cell;
	bool begins = true;

	while (*from != '\0') {
		if (begins && *from == '\'' &&
		    strcspn(from, signs) == strspn(from, " '\"") &&
		    strpbrk(from, signs) != NULL)
			from++;
		signs = "=+-@";
		begins = strchr(";\t\r\n", *from) != NULL;
		*to++ = *from++;
	}
	*to = '\0';
}

/* The text that a cell of a CSV file holds. */
static void unquote(char *cell)
{
	char *from = cell, *to = cell;

	if (*from != '"')
		return;
	for (from++; *from != '\0'; from++) {
		if (*from == '"' && *++from != '"')
			break;
		*to++ = *from;
	}
	*to = '\0';
}

static void what_was_written_can_be_had_again(void **state)
{
	static const char signs[] = {
	    ';', '\'', '"', ' ', '=', '-', '\n', '\t', '5', 'a'};
	char text[7], cell[64];
	size_t n, i, k;

	(void)state;
	for (n = 0; n < 1000000; n++) {
		struct copl_strbuf out = COPL_STRBUF_INIT(64);

		for (i = 0, k = n; i < 6; i++, k /= 10)
			text[i] = signs[k % 10];
		text[6 - n % 6] = '\0';
		tally_csv_cell(&out, text);
		snprintf(cell, sizeof(cell), "%s", copl_strbuf_text(&out));
		copl_strbuf_clear(&out);
		unquote(cell);
		take_away(cell);
		assert_string_equal(cell, text);
	}
}

static void cells_are_quoted_as_the_standard_says(void **state)
{
	(void)state;
	cell_is(NULL, "");
	cell_is("", "");
	cell_is("دروس", "دروس");
	cell_is("更多, 更好", "\"更多, 更好\"");
	cell_is("он сказал \"да\"", "\"он сказал \"\"да\"\"\"");
	cell_is("deux\nlignes", "\"deux\nlignes\"");
}

/* ---- percentages ---- */

static void percent_is(int64_t n, int64_t of, const char *wanted)
{
	char text[TALLY_PERCENT_SIZE];

	tally_percent(n, of, text);
	assert_string_equal(text, wanted);
}

static void percentages_are_rounded_to_a_tenth(void **state)
{
	(void)state;
	percent_is(0, 0, "0.0");
	percent_is(1, 3, "33.3");
	percent_is(2, 3, "66.7");
	percent_is(1, 2000, "0.1");
	percent_is(1, 2001, "0.0");
	percent_is(60000, 60000, "100.0");
}

/* ---- codes ---- */

static bool code_of(
    const struct tally_question *q, const char *code, size_t *out)
{
	*out = 99;
	return tally_question_code(q, code, out);
}

static void numbers_and_years_fall_into_classes(void **state)
{
	const char *codes[12] = {"<0", "0–9", "10–19", "≥20"};
	struct tally_question q = {.kind = COPL_NUMBER,
	    .codes = codes,
	    .ncodes = 4,
	    .first = 0,
	    .width = 10 * TALLY_ONE,
	    .below = true,
	    .above = true};
	size_t i;

	(void)state;
	assert_true(code_of(&q, "-0.5", &i) && i == 0);
	assert_true(code_of(&q, "0", &i) && i == 1);
	assert_true(code_of(&q, "9.99", &i) && i == 1);
	assert_true(code_of(&q, "10", &i) && i == 2);
	assert_true(code_of(&q, "20", &i) && i == 3);
	assert_true(code_of(&q, "123456", &i) && i == 3);
	assert_false(code_of(&q, "many", &i));
	assert_false(code_of(&q, "1e3", &i));
	assert_false(code_of(&q, "", &i));
	q.below = q.above = false;
	q.ncodes = 2;
	assert_true(code_of(&q, "19", &i) && i == 1);
	assert_false(code_of(&q, "20", &i));
	assert_false(code_of(&q, "-1", &i));
	q.kind = COPL_DATE;
	q.first = 2018 * TALLY_ONE;
	q.width = TALLY_ONE;
	q.ncodes = 10;
	assert_true(code_of(&q, "2027-03", &i) && i == 9);
	assert_true(code_of(&q, "2018-12-31", &i) && i == 0);
	assert_false(code_of(&q, "2028", &i));
}

/* The line under which an answer is counted; "": none. */
static void counted_as(const char *min, const char *max, const char *step,
    const char *answer, const char *wanted)
{
	struct copl_arena *a = copl_arena_new();
	const struct copl_form form = {.id = "f"};
	const struct copl_section section = {.id = "s"};
	const struct copl_question asked = {.kind = COPL_NUMBER,
	    .id = "hours",
	    .min = min,
	    .max = max,
	    .step = step};
	struct tally_question q;
	size_t i;

	assert_true(tally_question_make(a, &form, &section, &asked, &q));
	if (code_of(&q, answer, &i))
		assert_string_equal(q.codes[i], wanted);
	else
		assert_string_equal("", wanted);
	copl_arena_free(a);
}

static void halves_are_not_counted_as_whole_numbers(void **state)
{
	(void)state;
	counted_as("0", "24", "1", "7", "7");
	counted_as("0", "50", "1", "7", "6–11");
	counted_as("0", "50", "1", "50", "48–50");
	counted_as("-3", "3", "1", "-2", "-2");
	/* A line for each step, */
	counted_as("0", "12", "0.5", "7.5", "7.5");
	counted_as("0", "12", "0.5", "7", "7");
	counted_as("0", "12", "0.5", "12.5", "");
	counted_as("-1", "1", "0.25", "-0.75", "-0.75");
	counted_as("0.5", "9.5", "1", "7.5", "7.5");
	counted_as("0", "50", "2", "50", "50");
	/* or what is between two numbers, where there were too many. */
	counted_as("0", "24", "0.5", "7.5", "7–<8");
	counted_as("0", "24", "0.5", "7", "7–<8");
	counted_as("0", "24", "0.5", "24", "24");
	counted_as("0.5", "24", "0.5", "0.5", "0–<1");
	counted_as("-12", "12", NULL, "-0.125", "-1–<0");
	counted_as("0", "24", NULL, "7.9999999", "7–<8");
	counted_as("0", "100", NULL, "10.5", "0–<11");
	counted_as("0", "1", "0.01", "0.99", "0.9–<1");
	counted_as("0", "1", "0.01", "1", "1");
	counted_as("-0.3", "4", NULL, "-0.0000001", "-0.5–<0");
	counted_as(NULL, NULL, "1", "7", "0–9");
	counted_as(NULL, NULL, "0.1", "9.9", "0–<10");
	counted_as(NULL, NULL, NULL, "-0.1", "<0");
	counted_as("0", NULL, NULL, "100", "≥100");
	counted_as("5", NULL, "10", "15", "10–19");
}

static void answers_that_say_the_same_have_one_digest(void **state)
{
	const char *const codes[] = {"phone", "tablet"};
	const struct copl_answer_pair pairs[] = {
	    {"devices", NULL, codes, 2}, {"age", NULL, codes, 1}};
	struct copl_answer_record a = {.id = "1",
	    .form = "digital_skills",
	    .version = "1",
	    .release = 1,
	    .lang = "ar",
	    .hour = 3600,
	    .pairs = pairs,
	    .npairs = 1};
	struct copl_answer_record b = a;
	unsigned char x[16], y[16];

	(void)state;
	b.id = "2";
	b.hour = 7200;
	tally_digest(&a, x);
	tally_digest(&b, y);
	assert_memory_equal(x, y, 16);
	b.npairs = 2;
	tally_digest(&b, y);
	assert_memory_not_equal(x, y, 16);
	b = a;
	b.lang = NULL;
	tally_digest(&b, y);
	assert_memory_not_equal(x, y, 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(records_come_in_order_from_memory_and_from_a_file),
	    cmocka_unit_test(a_folder_that_cannot_be_written_is_said),
	    cmocka_unit_test(what_a_spreadsheet_would_calculate_stays_a_text),
	    cmocka_unit_test(nor_is_it_calculated_where_a_text_is_torn_apart),
	    cmocka_unit_test(what_was_written_can_be_had_again),
	    cmocka_unit_test(cells_are_quoted_as_the_standard_says),
	    cmocka_unit_test(percentages_are_rounded_to_a_tenth),
	    cmocka_unit_test(numbers_and_years_fall_into_classes),
	    cmocka_unit_test(halves_are_not_counted_as_whole_numbers),
	    cmocka_unit_test(answers_that_say_the_same_have_one_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
