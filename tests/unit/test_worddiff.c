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
#include <time.h>
#include "base/worddiff.h"

/* "same [-removed-] {+added+}" */
static void draw(struct copl_strbuf *out, const struct copl_word_diff *d)
{
	static const char *const open[] = {"", "[-", "{+"};
	static const char *const close[] = {"", "-]", "+}"};
	size_t i;

	for (i = 0; i < d->n; i++) {
		copl_strbuf_puts(out, open[d->spans[i].kind]);
		copl_strbuf_add(out, d->spans[i].s, d->spans[i].len);
		copl_strbuf_puts(out, close[d->spans[i].kind]);
	}
}

/* One side of a diff put together again. */
static void assert_side(const struct copl_word_diff *d,
    enum copl_word_kind without, const char *want)
{
	size_t at = 0, i;

	for (i = 0; i < d->n; i++) {
		const struct copl_word_span *s = &d->spans[i];

		assert_true(s->len > 0);
		if (s->kind == without)
			continue;
		assert_int_equal(strncmp(want + at, s->s, s->len), 0);
		at += s->len;
	}
	assert_int_equal(at, strlen(want));
}

static void assert_diff(const char *a, const char *b, const char *want)
{
	struct copl_arena *arena = copl_arena_new();
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 20);
	struct copl_word_diff d;

	assert_int_equal(copl_word_diff(arena, a, b, &d), COPL_OK);
	draw(&out, &d);
	assert_string_equal(copl_strbuf_text(&out), want);
	assert_side(&d, COPL_WORD_ADDED, a);
	assert_side(&d, COPL_WORD_REMOVED, b);
	copl_strbuf_clear(&out);
	copl_arena_free(arena);
}

static void a_lost_not_is_seen(void **state)
{
	(void)state;
	assert_diff("I feel safe online.", "I do not feel safe online.",
	    "I {+do not +}feel safe online.");
	assert_diff("Tu peux arrêter.", "Tu peux arrêter.", "Tu peux arrêter.");
	assert_diff("", "Да", "{+Да+}");
	assert_diff("Да", "", "[-Да-]");
	assert_diff("", "", "");
}

static void words_that_were_replaced_are_shown_together(void **state)
{
	(void)state;
	assert_diff("under 16 should not take part",
	    "under 13 must never take part",
	    "under [-16 should not-]{+13 must never+} take part");
	assert_diff("до 31 марта 2027 г.", "до 5 апреля 2027 г.",
	    "до [-31 марта-]{+5 апреля+} 2027 г.");
}

static void chinese_is_compared_by_character(void **state)
{
	(void)state;
	assert_diff("我在网上感到安全。", "我在网上不感到安全。",
	    "我在网上{+不+}感到安全。");
	assert_diff("你多大？", "你几岁？", "你[-多大-]{+几岁+}？");
}

static void arabic_words_keep_their_marks(void **state)
{
	(void)state;
	assert_diff("أشعر بالأمان على الإنترنت.",
	    "لا أشعر بالأمان على الإنترنت.",
	    "{+لا +}أشعر بالأمان على الإنترنت.");
	assert_diff("كَتَبَ الولد", "كُتِبَ الولد", "[-كَتَبَ-]{+كُتِبَ+} الولد");
	assert_diff("كم عمرك؟", "كم عمرك", "كم عمرك[-؟-]");
}

static void codes_are_taken_whole(void **state)
{
	(void)state;
	assert_diff("Write to {office} now", "Write to {offices} now",
	    "Write to [-{office}-]{+{offices}+} now");
	assert_diff("a <b>c</b> &amp; d", "a <i>c</i> &lt; d",
	    "a [-<b>-]{+<i>+}c[-</b> &amp;-]{+</i> &lt;+} d");
	assert_diff("a < b", "a > b", "a [-<-]{+>+} b");
	/* A space that cannot be broken is another one. */
	assert_diff("Vrai ?", "Vrai\xc2\xa0?", "Vrai[- -]{+\xc2\xa0+}?");
}

/* Against the length of a longest common subsequence, by the plain table. */
static size_t common(const char *a, const char *b)
{
	static size_t t[66][66];
	size_t n = strlen(a), m = strlen(b), i, k;

	memset(t, 0, sizeof(t));
	for (i = 1; i <= n; i++)
		for (k = 1; k <= m; k++) {
			t[i][k] = t[i - 1][k] > t[i][k - 1] ? t[i - 1][k]
							    : t[i][k - 1];
			if (a[i - 1] == b[k - 1] &&
			    t[i - 1][k - 1] + 1 > t[i][k])
				t[i][k] = t[i - 1][k - 1] + 1;
		}
	return t[n][m];
}

/* Every ideograph is a word; no blanks, so that nothing is joined. */
static void spell(const char *letters, char *out)
{
	for (; *letters != '\0'; letters++) {
		memcpy(out, "\xe4\xb8\x80", 3);
		out[2] = (char)(0x80 + (*letters - 'a'));
		out += 3;
	}
	*out = '\0';
}

static void what_stays_is_as_long_as_can_be(void **state)
{
	uint32_t seed = 7;
	char a[64], b[64], x[200], y[200];
	struct copl_word_diff d;
	size_t round, i, same;

	(void)state;
	for (round = 0; round < 3000; round++) {
		struct copl_arena *arena = copl_arena_new();
		size_t n = (seed = seed * 1664525 + 1013904223) >> 26;
		size_t m = (seed = seed * 1664525 + 1013904223) >> 26;

		for (i = 0; i < n; i++)
			a[i] = (char)('a' +
				      ((seed = seed * 1664525 + 1013904223) >>
					  30));
		for (i = 0; i < m; i++)
			b[i] = (char)('a' +
				      ((seed = seed * 1664525 + 1013904223) >>
					  30));
		a[n] = b[m] = '\0';
		spell(a, x);
		spell(b, y);
		assert_int_equal(copl_word_diff(arena, x, y, &d), COPL_OK);
		assert_side(&d, COPL_WORD_ADDED, x);
		assert_side(&d, COPL_WORD_REMOVED, y);
		for (i = 0, same = 0; i < d.n; i++)
			if (d.spans[i].kind == COPL_WORD_SAME)
				same += d.spans[i].len / 3;
		assert_int_equal(same, common(a, b));
		copl_arena_free(arena);
	}
}

/* A text of n words, each another; every step-th word is "x". */
static char *long_text(size_t n, size_t step, const char *prefix)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(16 << 20);
	size_t i;

	for (i = 0; i < n; i++)
		if (step > 0 && i % step == 0)
			copl_strbuf_puts(&b, "x ");
		else
			copl_strbuf_printf(&b, "%s%zu ", prefix, i);
	return b.s;
}

static void long_texts_are_compared_in_bounded_time(void **state)
{
	char *a = long_text(60000, 0, "w"), *b = long_text(60000, 20000, "w");
	char *c = long_text(60000, 3, "other");
	struct copl_arena *arena = copl_arena_new();
	struct copl_word_diff d;
	clock_t began = clock();

	(void)state;
	assert_int_equal(copl_word_diff(arena, a, b, &d), COPL_OK);
	/* Three words were replaced, far from one another. */
	assert_int_equal(d.n, 9);
	assert_int_equal(copl_word_diff(arena, a, c, &d), COPL_OK);
	assert_side(&d, COPL_WORD_ADDED, a);
	assert_side(&d, COPL_WORD_REMOVED, c);
	assert_true(clock() - began < 10 * CLOCKS_PER_SEC);
	copl_arena_free(arena);
	free(a);
	free(b);
	free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_lost_not_is_seen),
	    cmocka_unit_test(words_that_were_replaced_are_shown_together),
	    cmocka_unit_test(chinese_is_compared_by_character),
	    cmocka_unit_test(arabic_words_keep_their_marks),
	    cmocka_unit_test(codes_are_taken_whole),
	    cmocka_unit_test(what_stays_is_as_long_as_can_be),
	    cmocka_unit_test(long_texts_are_compared_in_bounded_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
