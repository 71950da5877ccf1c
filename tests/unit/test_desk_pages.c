/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the pages for translators and the secretariat draw and count. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n/work.h>
#include "base/i18n.h"
#include "page/report_page.h"
#include "work/preview_priv.h"
#include "work/status.h"

/* ---- texts as the preview draws them ---- */

static void assert_drawn(const char *text, const char *want)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);

	preview_put_text(&out, text);
	assert_string_equal(copl_strbuf_text(&out), want);
	copl_strbuf_clear(&out);
}

static void ordinary_text_stays(void **state)
{
	(void)state;
	assert_drawn("", "");
	assert_drawn("سؤال واحد؟", "سؤال واحد؟");
	assert_drawn("你几岁？", "你几岁？");
	assert_drawn("Сколько тебе лет?", "Сколько тебе лет?");
	assert_drawn("a < b & c", "a &lt; b &amp; c");
	/* Signs that share a first byte with one that leaves no ink. */
	assert_drawn("«–…‰、»", "«–…‰、»");
}

#define SIGN(class, sign, name, s)                                             \
	"<span class=\"" class "\" data-s=\"" sign "\" title=\"" name "\">" s  \
			       "</span>"

static void what_leaves_no_ink_is_drawn(void **state)
{
	(void)state;
	assert_drawn("oui\xc2\xa0!",
	    "oui" SIGN("iv", "⍽", "NO-BREAK SPACE U+00A0", "\xc2\xa0") "!");
	assert_drawn("نعم\xe2\x80\x8f!",
	    "نعم" SIGN("iv z", "RLM", "RIGHT-TO-LEFT MARK U+200F",
		"\xe2\x80\x8f") "!");
	assert_drawn(
	    "答\xe3\x80\x80案", "答" SIGN("iv", "□", "IDEOGRAPHIC SPACE U+3000",
				    "\xe3\x80\x80") "案");
	assert_drawn("\xd8\x9c"
		     "2027",
	    SIGN(
		"iv z", "ALM", "ARABIC LETTER MARK U+061C", "\xd8\x9c") "2027");
	assert_drawn("\tx", SIGN("iv", "⇥", "TAB", "\t") "x");
	assert_drawn("x\xef\xbb\xbf",
	    "x" SIGN("iv z", "BOM", "ZERO WIDTH NO-BREAK SPACE U+FEFF",
		"\xef\xbb\xbf"));
}

#define DOT "<span class=\"iv\" data-s=\"·\"> </span>"

static void blanks_are_drawn_where_they_are_overlooked(void **state)
{
	(void)state;
	assert_drawn("one two", "one two");
	assert_drawn(" one", DOT "one");
	assert_drawn("one ", "one" DOT);
	assert_drawn("a  b", "a" DOT DOT "b");
	assert_drawn("a\nb", "a<span class=\"iv\" data-s=\"↵\">\n</span>b");
}

/* The ends of a part are no ends of the text. */
static void a_part_has_no_ends(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);

	(void)state;
	preview_put_part(&out, " one two", 5);
	assert_string_equal(copl_strbuf_text(&out), " one ");
	copl_strbuf_clear(&out);
}

static void codes_stand_apart(void **state)
{
	(void)state;
	assert_drawn("<a1>нет</a1>",
	    "<bdi class=\"tag\" dir=\"ltr\">&lt;a1&gt;</bdi>нет"
	    "<bdi class=\"tag\" dir=\"ltr\">&lt;/a1&gt;</bdi>");
	assert_drawn(
	    "إلى {office}", "إلى <bdi class=\"ph\" dir=\"ltr\">{office}</bdi>");
	assert_drawn("1 <2 {not one}", "1 &lt;2 {not one}");
}

/* ---- which numbers a plural form serves ---- */

static void assert_numbers(const char *forms, unsigned form, const char *want)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 10);
	struct copl_plural rule;

	assert_true(copl_plural_parse(forms, &rule));
	preview_put_numbers(&out, &rule, form);
	assert_string_equal(copl_strbuf_text(&out), want);
	copl_strbuf_clear(&out);
}

static void forms_are_told_by_their_numbers(void **state)
{
	static const char ar[] =
	    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "
	    "n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";
	static const char ru[] =
	    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "
	    "&& (n%100<10 || n%100>=20) ? 1 : 2);";
	static const char es[] =
	    "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : "
	    "2;";

	(void)state;
	assert_numbers(ar, 0, "0");
	assert_numbers(ar, 1, "1");
	assert_numbers(ar, 2, "2");
	assert_numbers(ar, 3, "3–10, 103–110");
	assert_numbers(ar, 4, "11–99, 111–199");
	assert_numbers(ar, 5, "100–102, 200…");
	assert_numbers(ru, 0, "1, 21, 31, 41 …");
	assert_numbers(ru, 1, "2–4, 22–24, 32–34, 42–44 …");
	assert_numbers("nplurals=1; plural=0;", 0, "0…");
	assert_numbers("nplurals=2; plural=(n > 1);", 0, "0–1");
	assert_numbers("nplurals=2; plural=(n > 1);", 1, "2…");
	assert_numbers(es, 1, "1000000");
}

/* ---- counting ---- */

static void words_are_counted(void **state)
{
	(void)state;
	assert_int_equal(status_words(""), 0);
	assert_int_equal(status_words(" – ! "), 0);
	assert_int_equal(status_words("How old are you?"), 4);
	assert_int_equal(status_words("Сколько тебе лет?"), 3);
	assert_int_equal(status_words("كم عمرك؟"), 2);
	/* A tag and a placeholder are none. */
	assert_int_equal(status_words("We do <strong>not</strong> ask."), 4);
	assert_int_equal(status_words("Write to {office}."), 2);
	/* Chinese is written without blanks: each character counts. */
	assert_int_equal(status_words("你几岁？"), 3);
	assert_int_equal(
	    status_words("用 Wi-Fi 上网"), 3 + status_words("Wi-Fi"));
}

static void columns_are_what_a_terminal_draws(void **state)
{
	(void)state;
	assert_int_equal(copl_text_columns(""), 0);
	assert_int_equal(copl_text_columns("français"), 8);
	assert_int_equal(copl_text_columns("c\xcc\xa7"), 1);
	assert_int_equal(copl_text_columns("русский"), 7);
	assert_int_equal(copl_text_columns("简体中文"), 8);
	assert_int_equal(copl_text_columns("ｗ"), 2);
	assert_int_equal(copl_text_columns("العربية"), 7);
	/* Vowel signs stand above the letters. */
	assert_int_equal(copl_text_columns("العَرَبِيَّة"), 7);
	assert_int_equal(copl_text_columns("a\xe2\x80\x8f\xe2\x80\x8b"), 1);
	assert_int_equal(copl_text_columns("a\xff"), 2);
}

#define DAY INT64_C(86400)

static void the_day_itself_is_day_0(void **state)
{
	const int64_t due = 20834 * DAY;

	(void)state;
	assert_int_equal(status_days(due, due - 14 * DAY), 14);
	assert_int_equal(status_days(due, due - DAY - 1), 2);
	assert_int_equal(status_days(due, due - DAY), 1);
	assert_int_equal(status_days(due, due - 1), 1);
	assert_int_equal(status_days(due, due), 0);
	assert_int_equal(status_days(due, due + DAY - 1), 0);
	assert_int_equal(status_days(due, due + DAY), -1);
	assert_int_equal(status_days(due, due + 2 * DAY - 1), -1);
	assert_int_equal(status_days(due, due + 2 * DAY), -2);
}

static void percents_are_rounded_down(void **state)
{
	(void)state;
	assert_int_equal(status_percent(0, 0), 100);
	assert_int_equal(status_percent(199, 200), 99);
	assert_int_equal(status_percent(200, 200), 100);
}

/* ---- the language of a page ---- */

/* English words are not set from right to left. */
static void a_page_says_what_it_speaks(void **state)
{
	struct copl_language urdu = {.tag = "ur", .catalog = "ur"};
	struct copl_language british = {.tag = "en-GB", .catalog = "en_GB"};
	struct copl_project project = {.languages = &british, .nlanguages = 1};
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);
	struct copl_report_page page = {.title = "x"};
	struct copl_arena *a = copl_arena_new();

	(void)state;
	assert_int_equal(copl_report_page_speak(&urdu, &page.lang), COPL_OK);
	assert_string_equal(page.lang, "en");
	assert_string_equal(copl_report_page_spoken(a, &project), "en");
	copl_report_page_begin(&out, &page);
	assert_non_null(
	    strstr(copl_strbuf_text(&out), "<html lang=\"en\" dir=\"ltr\">"));
	assert_int_equal(copl_report_page_speak(&british, &page.lang), COPL_OK);
	assert_string_equal(page.lang, "en-GB");
	assert_int_equal(copl_speak(NULL), COPL_OK);
	copl_strbuf_clear(&out);
	copl_arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ordinary_text_stays),
	    cmocka_unit_test(what_leaves_no_ink_is_drawn),
	    cmocka_unit_test(blanks_are_drawn_where_they_are_overlooked),
	    cmocka_unit_test(a_part_has_no_ends),
	    cmocka_unit_test(codes_stand_apart),
	    cmocka_unit_test(forms_are_told_by_their_numbers),
	    cmocka_unit_test(words_are_counted),
	    cmocka_unit_test(columns_are_what_a_terminal_draws),
	    cmocka_unit_test(the_day_itself_is_day_0),
	    cmocka_unit_test(percents_are_rounded_down),
	    cmocka_unit_test(a_page_says_what_it_speaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
