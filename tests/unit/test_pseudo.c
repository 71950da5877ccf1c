/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "inline/inline.h"
#include "lint/lint.h"
#include "seen.h"
#include "work/pseudo.h"

static struct seen seen;

static void becomes(
    enum copl_pseudo_kind kind, const char *text, const char *want)
{
	const struct copl_pseudo_how how = {.kind = kind};
	struct copl_strbuf out = COPL_STRBUF_INIT(4000);

	copl_pseudo_text(&how, text, &out);
	assert_string_equal(copl_strbuf_text(&out), want);
	copl_strbuf_clear(&out);
}

static void words_get_accents_and_a_third_more(void **state)
{
	(void)state;
	becomes(COPL_PSEUDO_ACCENTS, "How old are you?",
	    "[Ḥõẅ õĺď ářê ÿõů õňê ťẅõ]?");
	becomes(COPL_PSEUDO_ACCENTS, "Je me sens en sécurité",
	    "[Ĵê ṁê ŝêňŝ êň ŝéčůřïťé õňê ťẅõ]");
	becomes(COPL_PSEUDO_ACCENTS, "Сколько тебе лет?",
	    "[Сколько тебе лет õňê ťẅõ]?");
}

static void what_is_no_word_stays(void **state)
{
	static const char *const kept[] = {"{office}", "18", "", " ", "<br/>",
	    "https://www.example.int/a?b=c&amp;d={e}", "child@example.int",
	    "2027-01-12", "&amp;"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(kept); i++) {
		becomes(COPL_PSEUDO_ACCENTS, kept[i], kept[i]);
		becomes(COPL_PSEUDO_ARABIC, kept[i], kept[i]);
	}
}

static void codes_and_addresses_stay(void **state)
{
	(void)state;
	becomes(COPL_PSEUDO_ACCENTS,
	    " Write to <b>{office}</b> &amp; a.b@c.int, or see "
	    "https://d.int/e.\n",
	    " [Ẅřïťê ťõ <b>{office}</b> &amp; a.b@c.int, õř ŝêê "
	    "https://d.int/e õňê ťẅõ].\n");
	/* A reference is no part of an address, or a whole one. */
	becomes(COPL_PSEUDO_ARABIC, "so &lt;https://d.int/e&gt;, so",
	    "\u2067[سو &lt;\u2068https://d.int/e\u2069&gt;، سو واحد]\u2069");
	becomes(COPL_PSEUDO_ACCENTS, "https://d.int/?a&amp;b=1&amp; so",
	    "[https://d.int/?a&amp;b=1&amp; ŝõ õňê]");
	becomes(COPL_PSEUDO_ACCENTS, "100 % yes", "[100 % ÿêŝ õňê]");
	becomes(
	    COPL_PSEUDO_ACCENTS, "&my-name.1; yes", "[&my-name.1; ÿêŝ õňê]");
	becomes(
	    COPL_PSEUDO_ACCENTS, "yes &www.\ufeff;", "[ÿêŝ õňê] &www.\ufeff;");
	becomes(COPL_PSEUDO_ARABIC, "{{x} so",
	    "\u2067[\u2068{{\u2069خ} سو واحد]\u2069");
	/* An element of any name, and what its attributes hold. */
	becomes(COPL_PSEUDO_ACCENTS, "so <имя b=\"c>d\">yes</имя>",
	    "[ŝõ <имя b=\"c>d\">ÿêŝ õňê</имя>]");
}

static void arabic_is_closed_again(void **state)
{
	(void)state;
	becomes(COPL_PSEUDO_ARABIC, "Is it you, {name}?",
	    "\u2067[يس يت حوض، \u2068{name}\u2069 واحد]؟\u2069");
	becomes(COPL_PSEUDO_ARABIC, "1,000 <b>days</b>; no",
	    "\u2067[1,000 <b>داحس</b>؛ نو واحد]\u2069");
}

static void a_directive_is_a_placeholder_where_the_format_says_so(void **state)
{
	struct copl_pseudo_how how = {.directives = true};
	struct copl_strbuf out = COPL_STRBUF_INIT(4000);

	(void)state;
	copl_pseudo_text(&how, "%s: %2$-5zu of %d%%", &out);
	assert_string_equal(
	    copl_strbuf_text(&out), "[%s: %2$-5zu õḟ %d%% õňê]");
	copl_strbuf_clear(&out);
}

/* However small the room is, the text is not longer than it, or as it was. */
static void a_limit_is_kept(void **state)
{
	static const char text[] = "I do not feel {how} today";
	unsigned max, kind;

	(void)state;
	for (kind = 0; kind < 2; kind++)
		for (max = sizeof(text) - 1; max < 60; max++) {
			const struct copl_pseudo_how how = {
			    (enum copl_pseudo_kind)kind, false, max};
			struct copl_strbuf out = COPL_STRBUF_INIT(4000);

			copl_pseudo_text(&how, text, &out);
			assert_true(copl_utf8_count(out.s, out.len) <= max);
			copl_strbuf_clear(&out);
		}
}

/* ---- whole catalogs ---- */

/* A line with one mark of direction in it, whatever it is. */
static void count_marks(const char *s, size_t *open, size_t *close)
{
	for (; (s = strstr(s, "\xe2\x81")) != NULL; s += 3) {
		*open += s[2] == '\xa7' || s[2] == '\xa8';
		*close += s[2] == '\xa9';
	}
}

static void is_good(struct copl_catalog *pot, enum copl_pseudo_kind kind)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	bool ar = kind == COPL_PSEUDO_ARABIC;
	const struct copl_lint how = {.tag = ar ? "ar-XB" : "en-XA",
	    .name = ar ? "ar_XB" : "en_XA",
	    .source_lang = "en",
	    .release = true};
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	size_t open = 0, close = 0;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	assert_int_equal(
	    copl_pseudo_catalog(pot, kind, "2027-01-12 08:00+0000", &out),
	    COPL_OK);
	copl_reporter_init(&r, &sink);
	st = copl_catalog_read(out.s, out.len, "t.po", &r, &c);
	if (st == COPL_OK)
		st = copl_lint_catalog(c, &how, &r);
	assert_int_equal(copl_reporter_end(&r, st), COPL_OK);
	/* A text with little room has less filling than the same elsewhere. */
	assert_int_equal(seen.n, seen_count(&seen, "inconsistent"));
	assert_int_equal(c->nmessages, pot->nmessages);
	count_marks(out.s, &open, &close);
	assert_int_equal(open, close);
	assert_true(ar == (open > 0));
	assert_null(strstr(out.s, "\u202e"));
	copl_catalog_free(c);
	copl_strbuf_clear(&out);
}

/* Every template that is shipped passes every check in both languages. */
static void shipped_texts_pass_all_checks(void **state)
{
	static const char *const names[] = {"po/interface/interface.pot",
	    "po/consultation/consultation.pot",
	    "po/digital_skills/digital_skills.pot",
	    "po/online_bullying/online_bullying.pot"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(names); i++) {
		struct copl_catalog *pot = NULL;
		struct copl_reporter r;
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", getenv("top_srcdir"),
		    names[i]);
		copl_reporter_init(&r, NULL);
		assert_int_equal(copl_catalog_load(path, &r, &pot), COPL_OK);
		assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
		is_good(pot, COPL_PSEUDO_ACCENTS);
		is_good(pot, COPL_PSEUDO_ARABIC);
		copl_catalog_free(pot);
	}
}

static const char notes[] =
    "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\n"
    "# Kept for the reviewer.\n"
    "#. {n}: days\n"
    "#: form.xml:3\n"
    "#, fuzzy, python-brace-format, max-length:80\n"
    "msgctxt \"left\"\n"
    "msgid \"One day\"\n"
    "msgid_plural \"{n} days\"\n"
    "msgstr[0] \"يوم\"\n"
    "msgstr[1] \"{n} يوم\"\n"
    "\n"
    "#~ msgid \"Old\"\n"
    "#~ msgstr \"قديم\"\n";

static void notes_flags_and_plurals_are_kept(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_catalog_read(notes, strlen(notes), "t.po", &r, &c), COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	assert_int_equal(
	    copl_pseudo_catalog(c, COPL_PSEUDO_ARABIC, NULL, &out), COPL_OK);
	assert_non_null(strstr(out.s, "# Kept for the reviewer.\n"
				      "#. {n}: days\n"
				      "#: form.xml:3\n"
				      "#, python-brace-format, max-length:80\n"
				      "msgctxt \"left\"\n"
				      "msgid \"One day\"\n"
				      "msgid_plural \"{n} days\"\n"));
	assert_non_null(strstr(out.s, "msgstr[1] \"\u2067[ونع داح واحد]"));
	assert_non_null(strstr(out.s, "msgstr[5] \"\u2067[\u2068{n}\u2069 "));
	assert_null(strstr(out.s, "msgstr[6]"));
	assert_null(strstr(out.s, "fuzzy"));
	assert_null(strstr(out.s, "#~"));
	copl_strbuf_clear(&out);
	copl_catalog_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_get_accents_and_a_third_more),
	    cmocka_unit_test(what_is_no_word_stays),
	    cmocka_unit_test(codes_and_addresses_stay),
	    cmocka_unit_test(arabic_is_closed_again),
	    cmocka_unit_test(
		a_directive_is_a_placeholder_where_the_format_says_so),
	    cmocka_unit_test(a_limit_is_kept),
	    cmocka_unit_test(shipped_texts_pass_all_checks),
	    cmocka_unit_test(notes_flags_and_plurals_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
