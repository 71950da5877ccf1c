/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include "form/form_priv.h"

/* What the parser tells while it reads. */
struct heard {
	struct copl_strbuf tests; /* "id@1=5 " per comparison */
	struct copl_question question;
	size_t wrongs;
	const char *code;
	size_t at;
};

static void on_test(void *arg, struct copl_when *test, const char *question,
    size_t question_at, size_t value_at)
{
	struct heard *h = arg;

	test->question = &h->question;
	copl_strbuf_printf(
	    &h->tests, "%s@%zu=%zu ", question, question_at, value_at);
}

static void on_wrong(
    void *arg, const char *code, size_t at, const char *sentence)
{
	struct heard *h = arg;

	assert_non_null(sentence);
	h->wrongs++;
	h->code = code;
	h->at = at;
}

/* The tree in prefix form: "(or (= a) (not (inc b)))". */
static void put(struct copl_strbuf *b, const struct copl_when *w)
{
	static const char *const names[] = {[COPL_WHEN_IS] = "=",
	    [COPL_WHEN_IS_NOT] = "!=",
	    [COPL_WHEN_INCLUDES] = "includes",
	    [COPL_WHEN_MINOR] = "minor",
	    [COPL_WHEN_AND] = "and",
	    [COPL_WHEN_OR] = "or",
	    [COPL_WHEN_NOT] = "not"};

	copl_strbuf_printf(b, "(%s", names[w->op]);
	if (w->value != NULL)
		copl_strbuf_printf(b, " %s", w->value);
	if (w->left != NULL) {
		copl_strbuf_puts(b, " ");
		put(b, w->left);
	}
	if (w->right != NULL) {
		copl_strbuf_puts(b, " ");
		put(b, w->right);
	}
	copl_strbuf_puts(b, ")");
}

/* Parses; the tree as text in out, the rest in h. */
static enum copl_status parse(
    const char *text, struct heard *h, struct copl_strbuf *out)
{
	struct copl_arena *a = copl_arena_new();
	const struct copl_when_hooks hooks = {on_test, on_wrong, h};
	const struct copl_when *w = NULL;
	enum copl_status st;

	memset(h, 0, sizeof(*h));
	h->tests.max = 10000;
	assert_non_null(a);
	st = copl_when_parse(text, a, &hooks, &w);
	assert_int_equal(st == COPL_OK, w != NULL);
	assert_int_equal(st == COPL_OK, h->wrongs == 0);
	copl_strbuf_reset(out);
	if (w != NULL)
		put(out, w);
	copl_arena_free(a);
	return st;
}

static void means(const char *text, const char *tree)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(10000);
	struct heard h;

	assert_int_equal(parse(text, &h, &out), COPL_OK);
	assert_string_equal(copl_strbuf_text(&out), tree);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&h.tests);
}

static void refused(const char *text, const char *code, size_t at)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(10000);
	struct heard h;

	assert_int_equal(parse(text, &h, &out), COPL_E_INVALID);
	if (h.at != at || strcmp(h.code, code) != 0)
		print_message("# %s: %s at %zu\n", text, h.code, h.at);
	assert_int_equal(h.wrongs, 1);
	assert_string_equal(h.code, code);
	assert_int_equal(h.at, at);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&h.tests);
}

/* ---- tests ---- */

static void each_comparison_is_understood(void **state)
{
	(void)state;
	means("seen = 'often'", "(= often)");
	means("seen='often'", "(= often)");
	means(" seen\n!=\t\"10-12\" ", "(!= 10-12)");
	means("told includes 'friends'", "(includes friends)");
	means("age lt guardian-age", "(minor)");
	means("seen = 'да'", "(= да)");
}

static void and_binds_more_than_or(void **state)
{
	(void)state;
	means("a = '1' or b = '2' and c = '3'", "(or (= 1) (and (= 2) (= 3)))");
	means(
	    "(a = '1' or b = '2') and c = '3'", "(and (or (= 1) (= 2)) (= 3))");
	means("a = '1' or b = '2' or c = '3'", "(or (or (= 1) (= 2)) (= 3))");
}

static void not_takes_parentheses(void **state)
{
	(void)state;
	means("not(a = '1') and not ( b includes '2' )",
	    "(and (not (= 1)) (not (includes 2)))");
	means("not((a = '1' or not(b = '2')))", "(not (or (= 1) (not (= 2))))");
	refused("not a = '1'", "form-when-syntax", 4);
}

static void words_of_the_language_may_be_ids(void **state)
{
	(void)state;
	means("not = 'x' and and != 'y' or or = 'z'",
	    "(or (and (= x) (!= y)) (= z))");
	means("includes includes 'lt'", "(includes lt)");
	means("not(not = 'x')", "(not (= x))");
}

static void quotes_hold_anything_but_themselves(void **state)
{
	(void)state;
	means("a = \"it's\"", "(= it's)");
	means("a = ''", "(= )");
	refused("a = 'x\"", "form-when-syntax", 4);
	refused("a = x", "form-when-syntax", 4);
	refused("a = “x”", "form-when-syntax", 4);
}

static void places_of_ids_and_values_are_told(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1000);
	struct heard h;

	(void)state;
	assert_int_equal(
	    parse(" seen = 'x' or age lt guardian-age", &h, &out), COPL_OK);
	assert_string_equal(copl_strbuf_text(&h.tests), "seen@1=9 age@15=19 ");
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&h.tests);
}

static void slips_are_refused_where_they_stand(void **state)
{
	(void)state;
	refused("", "form-when-syntax", 0);
	refused("   ", "form-when-syntax", 3);
	refused("seen", "form-when-syntax", 4);
	refused("seen =", "form-when-syntax", 6);
	refused("seen == 'x'", "form-when-syntax", 5);
	refused("seen contains 'x'", "form-when-syntax", 5);
	refused("Seen = 'x'", "form-when-syntax", 0);
	refused("'x' = seen", "form-when-syntax", 0);
	refused("a = '1' b = '2'", "form-when-syntax", 8);
	refused("a = '1' and", "form-when-syntax", 11);
	refused("a = '1' && b = '2'", "form-when-syntax", 8);
	refused("(a = '1'", "form-when-syntax", 8);
	refused("a = '1')", "form-when-syntax", 7);
	refused("()", "form-when-syntax", 1);
	refused("age lt", "form-when-syntax", 6);
}

static void numbers_are_refused_with_their_own_code(void **state)
{
	(void)state;
	refused("age lt 16", "form-when-number", 7);
	refused("age < 16", "form-when-number", 4);
	refused("age >= 16", "form-when-number", 4);
	refused("age gt 16", "form-when-number", 4);
	refused("age le guardian-age", "form-when-number", 4);
}

/* "(((...a = 'x'...)))" */
static void nested(size_t depth, struct copl_strbuf *b)
{
	size_t i;

	for (i = 0; i < depth; i++)
		copl_strbuf_puts(b, i % 2 == 0 ? "(" : "not(");
	copl_strbuf_puts(b, "a = 'x'");
	for (i = 0; i < depth; i++)
		copl_strbuf_puts(b, ")");
}

static void depth_has_a_bound(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(10000);
	struct copl_strbuf out = COPL_STRBUF_INIT(10000);
	struct heard h;

	(void)state;
	nested(COPL_WHEN_DEPTH_MAX, &b);
	assert_int_equal(parse(copl_strbuf_text(&b), &h, &out), COPL_OK);
	copl_strbuf_clear(&h.tests);
	copl_strbuf_reset(&b);
	nested(COPL_WHEN_DEPTH_MAX + 1, &b);
	refused(copl_strbuf_text(&b), "form-when-limit", 32 * 5);
	copl_strbuf_clear(&b);
	copl_strbuf_clear(&out);
}

static void comparisons_have_a_bound(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(10000);
	struct copl_strbuf out = COPL_STRBUF_INIT(10000);
	struct heard h;
	size_t i;

	(void)state;
	copl_strbuf_puts(&b, "a = 'x'");
	for (i = 1; i < COPL_WHEN_TESTS_MAX; i++)
		copl_strbuf_puts(&b, " or a = 'x'");
	assert_int_equal(parse(copl_strbuf_text(&b), &h, &out), COPL_OK);
	copl_strbuf_clear(&h.tests);
	i = b.len + strlen(" or ");
	copl_strbuf_puts(&b, " or a = 'x'");
	refused(copl_strbuf_text(&b), "form-when-limit", i);
	copl_strbuf_clear(&b);
	copl_strbuf_clear(&out);
}

static void length_has_a_bound(void **state)
{
	static char text[COPL_WHEN_LENGTH_MAX + 2];

	(void)state;
	memset(text, ' ', COPL_WHEN_LENGTH_MAX + 1);
	memcpy(text, "a = 'x'", 7);
	refused(text, "form-when-limit", 0);
	text[COPL_WHEN_LENGTH_MAX] = '\0';
	means(text, "(= x)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_comparison_is_understood),
	    cmocka_unit_test(and_binds_more_than_or),
	    cmocka_unit_test(not_takes_parentheses),
	    cmocka_unit_test(words_of_the_language_may_be_ids),
	    cmocka_unit_test(quotes_hold_anything_but_themselves),
	    cmocka_unit_test(places_of_ids_and_values_are_told),
	    cmocka_unit_test(slips_are_refused_where_they_stand),
	    cmocka_unit_test(numbers_are_refused_with_their_own_code),
	    cmocka_unit_test(depth_has_a_bound),
	    cmocka_unit_test(comparisons_have_a_bound),
	    cmocka_unit_test(length_has_a_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
