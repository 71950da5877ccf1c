/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "lint/fix.h"
#include "lint/lint.h"
#include "seen.h"

static struct seen seen;

static struct copl_catalog *read_po(const char *po)
{
	struct copl_catalog *c = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "t.po", &r, &c), COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	return c;
}

/* A catalog with one message, its header in order. */
static struct copl_catalog *one_message(
    const char *tag, const char *comment, const char *id, const char *str)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 16);
	const struct copl_entry e = {.id = id};
	struct copl_catalog *c;
	unsigned n;

	copl_strbuf_printf(&b,
	    "msgid \"\"\nmsgstr \"\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Language: %s\\n\"\n\"Plural-Forms: %s\\n\"\n",
	    tag, copl_plural_forms(tag, &n));
	copl_po_put_forms(&b, comment, &e, &str, 1);
	c = read_po(copl_strbuf_text(&b));
	copl_strbuf_clear(&b);
	return c;
}

static void look(const char *tag, const char *id, const char *str)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_catalog *c = one_message(tag, NULL, id, str);
	const struct copl_lint how = {
	    .tag = tag, .name = tag, .source_lang = "en", .release = true};
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	st = copl_lint_catalog(c, &how, &r);
	assert_int_equal(copl_reporter_end(&r, st), st);
	copl_catalog_free(c);
}

/* The text put right; false: nothing was done. */
static bool put_right(const char *tag, const char *comment, const char *id,
    const char *str, struct copl_strbuf *out, char *code)
{
	struct copl_catalog *c = one_message(tag, comment, id, str);
	struct copl_lint_fix f = {.tag = tag, .c = c};

	assert_int_equal(
	    copl_lint_fix_text(&f, &c->messages[0], id, str, out), COPL_OK);
	if (code != NULL && f.done[0] != NULL)
		snprintf(code, 40, "%s", f.done[0]);
	copl_catalog_free(c);
	return f.done[0] != NULL;
}

static const struct {
	const char *code;
	const char *tag;
	const char *id;
	const char *wrong;
	const char *right;
} cases[] = {
    {"not-nfc", "fr", "School", "E\u0301cole", "\u00c9cole"},
    {"not-nfc", "ru", "My", "Мои\u0306", "Мой"},
    {"not-nfc", "ar", "They ask", "يسا\u0654لون", "يسأ\u0644ون"},
    {"zero-width", "zh", "At school", "在\u200b学校", "在学校"},
    {"zero-width", "ar", "At home", "\ufeffفي البيت", "في البيت"},
    {"zero-width", "th", "Your age", "\ufeffอายุ\u200bคุณ", "อายุ\u200bคุณ"},
    {"double-space", "ru", "At home", "У  нас   дома", "У нас дома"},
    {"edge-space", "es", "At home", " En casa", "En casa"},
    {"edge-space", "fr", "At home", "Chez toi\u00a0", "Chez toi"},
    {"edge-space", "ru", "Age: ", "Возраст:", "Возраст: "},
    {"edge-space", "es", "At home\n", "En casa \n", "En casa\n"},
    {"french-spacing", "fr", "Who? Me!", "Qui ? Moi !",
	"Qui\u202f? Moi\u202f!"},
    {"french-spacing", "fr", "Your age:", "Ton âge:", "Ton âge\u00a0:"},
    {"french-spacing", "fr", "Say \"no\".", "Dis « non ».",
	"Dis «\u00a0non\u00a0»."},
    {"french-spacing", "fr", "<b>Why</b>?", "<b>Pourquoi</b>?",
	"<b>Pourquoi</b>\u202f?"},
    {"french-spacing", "fr", "Really?!", "Vraiment ?!", "Vraiment\u202f?!"},
    {"end-punctuation-locale", "ar", "Yes, you?", "نعم, أنت?", "نعم، أنت؟"},
    {"french-spacing", "fr", "He said \"no.\"", "« Non.»",
	"«\u00a0Non.\u00a0»"},
    {"french-spacing", "fr", "Which 'word'?", "Quel 'mot' ?",
	"Quel 'mot'\u202f?"},
    {"end-punctuation-locale", "ar", "For example, you", "مثلاً, أنت",
	"مثلاً، أنت"},
    {"end-punctuation-locale", "ar", "One; two", "واحد; اثنان", "واحد؛ اثنان"},
    {"end-punctuation-locale", "zh", "Hello, world!", "你好, 世界!",
	"你好，世界！"},
    {"end-punctuation-locale", "zh", "Age: <b>name</b>.", "年龄: <b>名字</b>.",
	"年龄：<b>名字</b>。"},
    {"xml-malformed", "fr", "Rights &amp; safety", "Droits & sécurité",
	"Droits &amp; sécurité"},
    {"xml-malformed", "es", "Rights &amp; safety", "Derechos &#xx; seguridad",
	"Derechos &amp;#xx; seguridad"},
    {"xml-malformed", "es", "At <b>home</b>", "En&nbsp;<b>casa</b> &amp; más",
	"En\u00a0<b>casa</b> &amp; más"},
};

static void each_fix_does_what_its_check_asks(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++) {
		struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);
		char code[40] = "";

		assert_true(put_right(cases[i].tag, NULL, cases[i].id,
		    cases[i].wrong, &out, code));
		assert_string_equal(code, cases[i].code);
		assert_string_equal(copl_strbuf_text(&out), cases[i].right);
		look(cases[i].tag, cases[i].id, cases[i].right);
		assert_int_equal(seen_count(&seen, cases[i].code), 0);
		copl_strbuf_clear(&out);
	}
}

/* What the translator may have meant, and what is right as it is. */
static void what_is_right_keeps_its_bytes(void **state)
{
	static const struct {
		const char *tag;
		const char *id;
		const char *str;
	} kept[] = {
	    {"fr", "At 10:30, see https://a.int/b?c=d;e",
		"À 10:30, voir https://a.int/b?c=d;e"},
	    {"fr", "Who?", "Qui\u202f?"},
	    {"fr", "a!=b or a::b", "a!=b ou a::b"},
	    {"fr", ": go on", "\u00a0: continue"},
	    {"fr", "{n}: <a>x</a>", "{n}\u00a0: <a>x</a>"},
	    {"es", "Who?", "¿Quién?"},
	    {"zh", "Form.pdf...", "表.pdf..."},
	    {"km", "Your age", "អាយុ\u200bរបស់\u200bអ្នក"},
	    {"zh", "Where? ", "在哪里？"},
	    {"ar", "1,000; a.b@c.int, x", "1,000; a.b@c.int, x"},
	    {"ar", "I do", "می\u200cشود"},
	    {"ru", "a  b", "а  б"},
	    {"ru", "<b>x", "<b>у & х"},
	    {"fr", "a", " "},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(kept); i++) {
		struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);

		assert_false(put_right(
		    kept[i].tag, NULL, kept[i].id, kept[i].str, &out, NULL));
		assert_string_equal(copl_strbuf_text(&out), kept[i].str);
		copl_strbuf_clear(&out);
	}
}

/* "Name: %1" of a program is not put right as a sentence is. */
static void programs_are_known_by_any_format(void **state)
{
	static const char *const flags[] = {
	    "c-format", "qt-format", "objc-format", "fuzzy, java-format"};
	char po[300];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(flags); i++) {
		struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);
		struct copl_lint_fix f = {.tag = "fr"};
		struct copl_catalog *c;

		snprintf(po, sizeof(po),
		    "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n"
		    "#, %s\nmsgid \"Files: %%1\"\nmsgstr \"Fichiers: %%1\"\n",
		    flags[i]);
		f.c = c = read_po(po);
		assert_int_equal(copl_lint_fix_text(&f, &c->messages[0],
				     "Files: %1", "Fichiers: %1", &out),
		    COPL_OK);
		assert_null(f.done[0]);
		copl_strbuf_clear(&out);
		copl_catalog_free(c);
	}
}

static void a_silenced_check_fixes_nothing(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 16);

	(void)state;
	assert_false(put_right("fr",
	    "cop-ignore: french-spacing the sign is part of a name", "Who?",
	    "Qui ?", &out, NULL));
	assert_true(put_right(
	    "fr", "cop-ignore: french-spacing", "Who?", "Qui ?", &out, NULL));
	copl_strbuf_clear(&out);
}

/* ---- whatever the text is ---- */

static uint32_t dice(uint32_t *state, uint32_t sides)
{
	*state = *state * 1664525U + 1013904223U;
	return (*state >> 8) % sides;
}

static void throw_text(uint32_t *state, char *out, size_t size)
{
	static const char *const parts[] = {"a", "é", "e\u0301", " ", "  ",
	    "\u00a0", "\u202f", "\u200b", "\u2060", "?", "!", ":", ";", ",",
	    ".", "«", "»", "<b>", "</b>", "{n}", "&amp;", "&", "&nbsp;", "是",
	    "نعم", "да", "\n", "10", "https://a.int/b", "(", ")", "\""};
	size_t n = 1 + dice(state, 12), len = 0;

	out[0] = '\0';
	while (n-- > 0) {
		const char *p = parts[dice(state, COPL_COUNT(parts))];

		len += (size_t)snprintf(out + len, size - len, "%s", p);
	}
}

/* Twice is as good as once, and the findings are gone. */
static void a_text_is_put_right_once(void **state)
{
	static const char *const tags[] = {"ar", "zh", "fr", "ru", "es"};
	static const char *const gone[] = {
	    "zero-width", "not-nfc", "double-space"};
	uint32_t seed = 20270112;
	size_t i, k, changed = 0;

	(void)state;
	for (i = 0; i < 5000; i++) {
		struct copl_strbuf once = COPL_STRBUF_INIT(1 << 16);
		struct copl_strbuf twice = COPL_STRBUF_INIT(1 << 16);
		const char *tag = tags[i % COPL_COUNT(tags)];
		char text[400];

		throw_text(&seed, text, sizeof(text));
		if (text[0] == '\0')
			continue;
		if (put_right(tag, NULL, "Source", text, &once, NULL))
			changed++;
		if (put_right(tag, NULL, "Source", copl_strbuf_text(&once),
			&twice, NULL))
			fail_msg("%s: %s", tag, text);
		assert_string_equal(
		    copl_strbuf_text(&once), copl_strbuf_text(&twice));
		look(tag, "Source", copl_strbuf_text(&once));
		for (k = 0; k < COPL_COUNT(gone); k++)
			/* A text is not fixed away. */
			if (seen_count(&seen, gone[k]) != 0 &&
			    seen_count(&seen, "blank") == 0)
				fail_msg("%s: %s: %s", gone[k], tag, text);
		copl_strbuf_clear(&once);
		copl_strbuf_clear(&twice);
	}
	assert_true(changed > 2000);
}

/* ---- plural forms ---- */

static const char *plural_of(const char *tag, const char *rule, unsigned n,
    unsigned map[COPL_PLURALS_MAX])
{
	char po[2000];
	struct copl_catalog *c;
	struct copl_lint_fix f = {.tag = tag};
	const char *forms;
	size_t len;
	unsigned i;

	len = (size_t)snprintf(po, sizeof(po),
	    "msgid \"\"\nmsgstr \"\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Plural-Forms: %s\\n\"\n\nmsgid \"day\"\nmsgid_plural \"days\"\n",
	    rule);
	for (i = 0; i < n; i++)
		len += (size_t)snprintf(
		    po + len, sizeof(po) - len, "msgstr[%u] \"%u\"\n", i, i);
	c = read_po(po);
	f.c = c;
	forms = copl_lint_fix_plural(&f, map);
	copl_catalog_free(c);
	return forms;
}

static void other_ways_to_count_are_known(void **state)
{
	unsigned map[COPL_PLURALS_MAX];

	(void)state;
	/* CLDR: "many" for millions. */
	assert_non_null(plural_of("fr",
	    "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 "
	    "== 0 ? 1 : 2;",
	    3, map));
	assert_int_equal(map[0], 0);
	assert_int_equal(map[1], 2);
	assert_non_null(plural_of("es",
	    "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : "
	    "2;",
	    3, map));
	assert_int_equal(map[1], 2);
	/* Transifex: a fourth form, for fractions. */
	assert_non_null(plural_of("ru",
	    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "
	    "&& (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) "
	    "|| (n%100>=11 && n%100<=14)? 2 : 3);",
	    4, map));
	assert_int_equal(map[0], 0);
	assert_int_equal(map[1], 1);
	assert_int_equal(map[2], 2);
}

static void what_is_not_certain_stays(void **state)
{
	unsigned map[COPL_PLURALS_MAX];

	(void)state;
	/* The rule itself, in other words. */
	assert_null(plural_of("fr", "nplurals=2; plural=n>1;", 2, map));
	/* Zero is in another form: whose words are they? */
	assert_null(plural_of("fr", "nplurals=2; plural=(n != 1);", 2, map));
	assert_null(plural_of("zh", "nplurals=2; plural=(n != 1);", 2, map));
	assert_null(plural_of("ar", "nplurals=2; plural=(n != 1);", 2, map));
	/* A message has not the forms that the header says. */
	assert_null(plural_of("fr",
	    "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 "
	    "== 0 ? 1 : 2;",
	    2, map));
	assert_null(plural_of("fr", "nplurals=3; plural=n/0;", 3, map));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_fix_does_what_its_check_asks),
	    cmocka_unit_test(what_is_right_keeps_its_bytes),
	    cmocka_unit_test(programs_are_known_by_any_format),
	    cmocka_unit_test(a_silenced_check_fixes_nothing),
	    cmocka_unit_test(a_text_is_put_right_once),
	    cmocka_unit_test(other_ways_to_count_are_known),
	    cmocka_unit_test(what_is_not_certain_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
