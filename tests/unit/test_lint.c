/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "lint/lint_priv.h"
#include "seen.h"

static struct seen seen;

static const char *plural_forms(const char *lang)
{
	if (strcmp(lang, "ar") == 0)
		return "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
		       "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;";
	if (strcmp(lang, "ru") == 0)
		return "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
		       "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : "
		       "2);";
	if (strcmp(lang, "zh_CN") == 0)
		return "nplurals=1; plural=0;";
	return strcmp(lang, "fr") == 0 ? "nplurals=2; plural=(n > 1);"
				       : "nplurals=2; plural=(n != 1);";
}

/* Checks a whole catalog; the status must agree with the findings. */
static void check_po(const char *po, const struct copl_lint *how)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "t.po", &r, &c), COPL_OK);
	st = copl_lint_catalog(c, how, &r);
	assert_int_equal(copl_reporter_end(&r, st), st);
	assert_int_equal(st, seen.errors > 0 ? COPL_E_INVALID : COPL_OK);
	copl_catalog_free(c);
}

/* Checks messages in a catalog whose header is in order. */
static void check(const char *lang, const char *messages,
    const struct copl_lint_unit *units, size_t n)
{
	const struct copl_lint how = {
	    .tag = strcmp(lang, "zh_CN") == 0 ? "zh-Hans" : lang,
	    .name = lang,
	    .source_lang = "en",
	    .units = units,
	    .nunits = n,
	    .release = true};
	char po[4000];

	snprintf(po, sizeof(po),
	    "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Plural-Forms: %s\\n\"\n\n%s",
	    lang, plural_forms(lang), messages);
	check_po(po, &how);
}

static void list_codes(char *out, size_t size)
{
	size_t i, len = 0;

	out[0] = '\0';
	for (i = 0; i < seen.n && i < 64; i++)
		len += (size_t)snprintf(
		    out + len, size - len, "%s ", seen.list[i].code);
}

/* A source, its translation, and what is found. */
struct pair {
	const char *lang;
	const char *id;
	const char *str;
	const char *codes;
};

static void check_pairs(const struct pair *p, size_t n)
{
	char messages[2000], codes[500];
	size_t i;

	for (i = 0; i < n; i++) {
		snprintf(messages, sizeof(messages),
		    "msgid \"%s\"\nmsgstr \"%s\"\n", p[i].id, p[i].str);
		check(p[i].lang, messages, NULL, 0);
		list_codes(codes, sizeof(codes));
		if (strcmp(codes, p[i].codes) != 0)
			print_error("of: %s | %s\n", p[i].id, p[i].str);
		assert_string_equal(codes, p[i].codes);
		if (seen.n > 0)
			assert_int_equal(seen.list[0].line, 8);
	}
}

static void good_translations_are_left_alone(void **state)
{
	static const struct pair pairs[] = {
	    {"fr", "How old are you?", "Quel âge as-tu\xe2\x80\xaf?", ""},
	    {"ar", "Write to {office} by {date}.",
		"اكتب إلى {office} قبل {date}.", ""},
	    {"ar", "Between 15 and 24", "بين ١٥ و٢٤", ""},
	    {"ar", "Write to ITU today.",
		"اكتب إلى \xe2\x81\xa6ITU\xe2\x81\xa9 اليوم.", ""},
	    {"zh_CN", "10–12", "10–12", ""},
	    {"zh_CN", "On 31 March 2027.", "2027年3月31日。", ""},
	    {"zh_CN", "Choose one answer.", "请选择一个答案。", ""},
	    {"zh_CN", "Wi-Fi and YouTube", "Wi-Fi 和 YouTube", ""},
	    {"fr", "Up to 1,500.50 characters",
		"Jusqu’à 1\xc2\xa0"
		"500,50 caractères",
		""},
	    {"es", "Parents", "Parents", ""},
	    {"ru", "We do <strong>not</strong> ask.",
		"Мы <strong>не</strong> спрашиваем.", ""},
	    {"ru", "See https://www.itu.int/cop or cop@itu.int.",
		"См. https://www.itu.int/cop или cop@itu.int.", ""},
	    {"ru", "You have three days.", "У тебя 3 дня.", ""},
	    {"fr", "At 8 p.m.", "À 20 h.", ""},
	    {"fr", "Instagram", "Instagram", "same-as-source "},
	    {"fr", "YouTube", "YouTube", ""},
	    {"zh_CN", "OK", "OK", ""},
	    {"es", "{answer}", "{answer}", ""},
	    {"fr", "You &amp; us", "Toi &amp; nous", ""},
	};

	(void)state;
	check_pairs(pairs, COPL_COUNT(pairs));
}

static void bad_translations_are_found(void **state)
{
	static const struct pair pairs[] = {
	    {"fr", "Your age", " ", "blank "},
	    {"fr", "Your <b>age</b>", "Ton <b>âge", "xml-malformed "},
	    {"fr", "Your <b>age</b>", "Ton âge", "tag-missing "},
	    {"fr", "Before {date}", "Avant {data}",
		"placeholder-missing placeholder-extra "},
	    {"fr", "Your age", " Ton âge", "edge-space "},
	    {"fr", "Your age ", "Ton âge", "edge-space "},
	    {"fr", "Your age", "Ton  âge", "double-space "},
	    {"fr", "Your age\\n", "Ton âge", "newline-mismatch "},
	    {"fr", "\\nYour age", "Ton âge", "newline-mismatch "},
	    {"fr", "One\\ntwo", "Un deux", "newline-mismatch "},
	    {"fr", "How old are you", "how old are you", "same-as-source "},
	    {"ru", "Parents", "Parents", "same-as-source "},
	    {"ar", "Which risks worry you?", "Quels risques vous inquiètent ?",
		"wrong-script "},
	    {"ru", "I use chat apps every day",
		"Каждый день я пользуюсь chat apps и every day",
		"wrong-script "},
	    {"ru", "Password", "Пaроль", "mixed-script-word "},
	    {"ar", "Write to ITU today", "اكتب إلى \xe2\x81\xa6ITU اليوم",
		"bidi-unbalanced "},
	    {"ar", "Write to ITU today", "اكتب إلى ITU\xe2\x81\xa9 اليوم",
		"bidi-unbalanced "},
	    {"ar", "Write to ITU today",
		"اكتب \xe2\x80\xaeITU\xe2\x80\xac اليوم", "bidi-override "},
	    {"es", "Your answer", "Su contestaci\xef\xbf\xbdn",
		"replacement-character "},
	    {"es", "Your city", "Su\\a ciudad", "forbidden-character "},
	    {"es", "Your city", "Su \xee\x80\x80 ciudad",
		"forbidden-character "},
	    {"zh_CN", "Your city", "你的\xe2\x80\x8b城市", "zero-width "},
	    {"fr", "Your school",
		"Votre e\xcc\x81"
		"cole",
		"not-nfc "},
	    {"ar", "Between 15 and 24", "بين ١٥ و٢٥", "number-changed "},
	    {"fr", "Up to 1,500",
		"Jusqu’à 1\xc2\xa0"
		"600",
		"number-changed "},
	    {"fr", "By 31.5 %", "De 3,15 %", "number-changed "},
	    {"fr", "Choose one:", "Choisis", "end-punctuation "},
	    {"fr", "Choose one", "Choisis.", "end-punctuation "},
	    {"fr", "Choose one.", "Choisis\xe2\x80\xaf?", "end-punctuation "},
	    {"zh_CN", "How old are you?", "你多大了?",
		"end-punctuation-locale "},
	    {"ar", "How old are you?", "كم عمرك?", "end-punctuation-locale "},
	    {"fr", "a word", "#-#-#-#-#  a  #-#-#-#-#\\nun mot",
		"conflict-marker newline-mismatch double-space "},
	};

	(void)state;
	check_pairs(pairs, COPL_COUNT(pairs));
}

static void before_a_release_gaps_are_warnings(void **state)
{
	static const char po[] =
	    "msgid \"\"\nmsgstr \"\"\n\"Language: ar\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
	    "msgctxt \"a\"\nmsgid \"Yes\"\nmsgstr \"\"\n\n"
	    "#, fuzzy\nmsgctxt \"b\"\nmsgid \"No\"\nmsgstr \"No.\"\n";
	static const struct copl_lint_unit units[] = {
	    {"a", "Yes", 0, NULL, false, false, NULL},
	    {"b", "No", 0, NULL, false, false, NULL},
	    {"c", "Maybe", 0, NULL, false, false, NULL}};
	struct copl_lint how = {.tag = "ar",
	    .name = "ar",
	    .source_lang = "en",
	    .units = units,
	    .nunits = 3};

	(void)state;
	check_po(po, &how);
	assert_int_equal(seen.errors, 0);
	assert_int_equal(seen_count(&seen, "untranslated"), 1);
	assert_int_equal(seen_count(&seen, "missing-in-po"), 1);
	/* A fuzzy text is not looked at any further. */
	assert_int_equal(seen_count(&seen, "fuzzy"), 1);
	assert_int_equal(seen.n, 3);
	how.release = true;
	check_po(po, &how);
	assert_int_equal(seen.errors, 3);
}

static void the_master_is_compared(void **state)
{
	static const struct copl_lint_unit units[] = {
	    {"q/label", "How old are you now?", 0, NULL, false, false, NULL},
	    {NULL, "Plain", 0, NULL, false, false, NULL}};

	(void)state;
	check("ru",
	    "msgctxt \"q/label\"\nmsgid \"How old are you?\"\n"
	    "msgstr \"Сколько тебе лет?\"\n\n"
	    "msgid \"Plain\"\nmsgstr \"Простой\"\n\n"
	    "msgid \"Other\"\nmsgstr \"Другой\"\n\n"
	    "#~ msgid \"Gone\"\n#~ msgstr \"x\"\n",
	    units, 2);
	assert_int_equal(seen.n, 3);
	assert_string_equal(seen.list[0].code, "missing-in-po");
	assert_int_equal(seen.list[0].line, 8);
	assert_string_equal(seen.list[1].code, "not-in-master");
	assert_int_equal(seen.list[1].severity, COPL_WARNING);
	assert_int_equal(seen.list[1].line, 15);
	assert_string_equal(seen.list[2].code, "obsolete");
	assert_int_equal(seen.list[2].severity, COPL_NOTE);
}

static void lengths_count_what_a_reader_sees(void **state)
{
	static const struct copl_lint_unit units[] = {
	    {"a", "<b>Yes</b> {n}", 4, NULL, false, false, NULL}};

	(void)state;
	check("fr",
	    "msgctxt \"a\"\nmsgid \"<b>Yes</b> {n}\"\n"
	    "msgstr \"<b>Ôu</b> {n}\"\n",
	    units, 1);
	assert_int_equal(seen.n, 0);
	check("ar",
	    "msgctxt \"a\"\nmsgid \"<b>Yes</b> {n}\"\n"
	    "msgstr \"<b>نَعَ</b> {n}\"\n",
	    units, 1);
	assert_int_equal(seen.n, 0);
	check("fr",
	    "msgctxt \"a\"\nmsgid \"<b>Yes</b> {n}\"\n"
	    "msgstr \"<b>Oui</b> {n}\"\n",
	    units, 1);
	assert_int_equal(seen_count(&seen, "max-length"), 1);
}

static void two_answers_may_not_read_alike(void **state)
{
	static const struct copl_lint_unit units[] = {
	    {"q/often", "Often", 0, "q", false, false, NULL},
	    {"q/seldom", "Seldom", 0, "q", false, false, NULL},
	    {"r/often", "Often", 0, "r", false, false, NULL}};
	static const char messages[] =
	    "msgctxt \"q/often\"\nmsgid \"Often\"\nmsgstr \"Souvent\"\n\n"
	    "msgctxt \"q/seldom\"\nmsgid \"Seldom\"\nmsgstr \"souvent !\"\n\n"
	    "msgctxt \"r/often\"\nmsgid \"Often\"\nmsgstr \"Souvent\"\n";

	(void)state;
	check("fr", messages, units, 3);
	assert_int_equal(seen_count(&seen, "duplicate-choice-label"), 1);
	assert_int_equal(seen.list[0].line, 13);
	assert_non_null(strstr(seen.list[0].text, "line 8"));
	/* Without a master the context tells. */
	check("fr", messages, NULL, 0);
	assert_int_equal(seen_count(&seen, "duplicate-choice-label"), 1);
	check("fr",
	    "msgctxt \"q/label\"\nmsgid \"Age\"\nmsgstr \"Âge\"\n\n"
	    "msgctxt \"q/hint\"\nmsgid \"Your age\"\nmsgstr \"Âge\"\n",
	    NULL, 0);
	assert_int_equal(seen_count(&seen, "duplicate-choice-label"), 0);
}

static const char silenced[] = "# cop-ignore: number-changed half past\n"
			       "msgid \"At 7\"\nmsgstr \"À 8\"\n\n"
			       "# cop-ignore: number-changed\n"
			       "msgid \"At 5\"\nmsgstr \"À 6\"\n\n"
			       "# cop-ignore: number-chang why\n"
			       "msgid \"At 3\"\nmsgstr \"À 4\"\n\n"
			       "# first\n#  cop-ignore: edge-space because\n"
			       "msgid \"At 1\"\nmsgstr \"À 2 \"\n";

static void a_translator_can_silence_a_check_with_a_reason(void **state)
{
	(void)state;
	check("fr", silenced, NULL, 0);
	assert_int_equal(seen_count(&seen, "number-changed"), 3);
	assert_int_equal(seen_count(&seen, "edge-space"), 0);
	/* What does not count is said. */
	assert_int_equal(seen_count(&seen, "ignore-without-reason"), 1);
	assert_int_equal(seen_count(&seen, "ignore-unknown"), 1);
	assert_int_equal(seen_count(&seen, "ignored"), 1);
	assert_string_equal(seen.list[0].code, "ignored");
	assert_int_equal(seen.list[0].severity, COPL_NOTE);
	assert_non_null(strstr(seen.list[0].text, "2 findings"));
}

/* What stands in brackets behind a finding can be copied, whatever it is. */
static void every_check_can_be_named(void **state)
{
	static const char *const codes[] = {"allowed-characters",
	    "email-changed", "plural-empty", "sentence-count", "storage-size",
	    "tag-missing"};
	char messages[200];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(codes); i++) {
		snprintf(messages, sizeof(messages),
		    "# cop-ignore: %s it is right here\n"
		    "msgid \"Write to a@itu.int\"\n"
		    "msgstr \"Écris à b@itu.int\"\n",
		    codes[i]);
		check("fr", messages, NULL, 0);
		assert_int_equal(seen_count(&seen, "ignore-unknown"), 0);
		assert_int_equal(seen_count(&seen, "email-changed"),
		    strcmp(codes[i], "email-changed") != 0);
	}
}

static void what_is_silenced_can_be_listed(void **state)
{
	const struct copl_lint how = {
	    .tag = "fr", .name = "fr", .show_ignored = true};
	char po[2000];

	(void)state;
	snprintf(po, sizeof(po),
	    "msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n%s",
	    silenced);
	check_po(po, &how);
	assert_int_equal(seen_count(&seen, "ignored"), 2);
	assert_int_equal(seen.list[0].line, 8);
	assert_non_null(strstr(seen.list[0].text, "number-changed"));
	assert_non_null(strstr(seen.list[0].text, "half past"));
}

/* ---- headers and plurals ---- */

static void check_header(const char *language, const char *type,
    const char *forms, const char *codes)
{
	static const struct copl_lint how = {.tag = "zh-Hans",
	    .name = "zh_CN",
	    .source_lang = "en",
	    .release = true};
	char po[1000], found[200];

	snprintf(po, sizeof(po),
	    "msgid \"\"\nmsgstr \"\"\n\"Last-Translator: 李\\n\"\n%s%s%s\n"
	    "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\n"
	    "msgstr[0] \"{n}天\"\n",
	    language, type, forms);
	check_po(po, &how);
	list_codes(found, sizeof(found));
	assert_string_equal(found, codes);
}

static void headers_must_fit_the_language(void **state)
{
	static const char type[] =
	    "\"Content-Type: text/plain; charset=utf-8\\n\"\n";
	static const char one[] =
	    "\"Plural-Forms: nplurals=1; plural=0;\\n\"\n";

	(void)state;
	check_header("\"Language: zh_CN\\n\"\n", type, one, "");
	check_header("\"Language: zh-hans\\n\"\n", type, one, "");
	check_header("\"Language: fr\\n\"\n", type, one, "header-language ");
	assert_int_equal(seen.list[0].line, 4);
	assert_int_equal(seen.list[0].column, 2);
	check_header("", type, one, "header-language ");
	check_header("\"Language: zh_CN\\n\"\n", "", one, "header-charset ");
	check_header("\"Language: zh_CN\\n\"\n",
	    "\"Content-Type: text/plain; charset=GB18030\\n\"\n", one,
	    "header-charset ");
	check_header("\"Language: zh_CN\\n\"\n", type, "", "plural-rule ");
	check_header("\"Language: zh_CN\\n\"\n", type,
	    "\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n",
	    "plural-rule plural-count ");
	check_header("\"Language: zh_CN\\n\"\n", type,
	    "\"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n\"\n",
	    "plural-rule ");
	check_header("\"Language: zh_CN\\n\"\n\"Language-Team: LANGUAGE "
		     "<LL@li.org>\\n\"\n",
	    type, one, "header-boilerplate ");
}

static void every_plural_form_is_checked(void **state)
{
	(void)state;
	check("ru",
	    "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\n"
	    "msgstr[0] \"день\"\nmsgstr[1] \"{n} дня\"\n"
	    "msgstr[2] \"{n} дней\"\n",
	    NULL, 0);
	/* Form 0 of Russian serves 1, 21, 31: the number must be there. */
	assert_int_equal(seen_count(&seen, "placeholder-missing"), 1);
	check("ar",
	    "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\n"
	    "msgstr[0] \"لا أيام\"\nmsgstr[1] \"يوم واحد\"\n"
	    "msgstr[2] \"يومان\"\nmsgstr[3] \"{n} أيام\"\n"
	    "msgstr[4] \"{n} يوماً\"\nmsgstr[5] \"{n} يوم\"\n",
	    NULL, 0);
	assert_int_equal(seen.n, 0);
	/* Only the form of 1 has the singular as its source. */
	check("ar",
	    "msgid \"{n} day\"\nmsgid_plural \"{n} <b>days</b>\"\n"
	    "msgstr[0] \"لا <b>أيام</b>\"\nmsgstr[1] \"يوم واحد\"\n"
	    "msgstr[2] \"<b>يومان</b>\"\nmsgstr[3] \"{n} <b>أيام</b>\"\n"
	    "msgstr[4] \"{n} <b>يوماً</b>\"\nmsgstr[5] \"{n} <b>يوم</b>\"\n",
	    NULL, 0);
	assert_int_equal(seen.n, 0);
	check("ru",
	    "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\n"
	    "msgstr[0] \"{n} день\"\nmsgstr[1] \"\"\nmsgstr[2] \"{n} дн\"\n",
	    NULL, 0);
	assert_int_equal(seen_count(&seen, "plural-empty"), 1);
	check("ru",
	    "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\n"
	    "msgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\n",
	    NULL, 0);
	assert_int_equal(seen_count(&seen, "plural-count"), 1);
}

static void plural_rules_are_evaluated_like_c(void **state)
{
	static const struct {
		const char *rule;
		unsigned long n;
		int form; /* -1: the rule is wrong */
	} rules[] = {{"n != 1", 1, 0}, {"n != 1", 2, 1}, {"0", 7, 0},
	    {"n%10==1 && n%100!=11 ? 0 : 1", 11, 1},
	    {"n%10==1 && n%100!=11 ? 0 : 1", 21, 0},
	    {"n==0?0:n==1?1:n==2?2:3", 2, 2}, {"(n+3)*2-6-n", 2, 2},
	    {"!n", 0, 1}, {"n/2", 5, 2}, {"1 + 2 * 0", 0, 1},
	    {"n>=2 || n<1", 1, 0}, {"n<=1", 1, 1}, {"n>1;", 2, 1},
	    {"n/0", 1, -1}, {"n%(n-n)", 1, -1}, {"", 1, -1}, {"n n", 1, -1},
	    {"(n", 1, -1}, {"n ? 1", 1, -1}, {"n", 9, -1}, {"m", 1, -1},
	    {"99999999999999999999", 1, -1}, {"n &", 1, -1},
	    {"n == EXPRESSION", 1, -1}};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rules); i++) {
		struct copl_plural p = {.n = 6, .rule = rules[i].rule};
		unsigned form = 99;

		if (copl_plural_form(&p, rules[i].n, &form) !=
		    (rules[i].form >= 0))
			fail_msg("%s", rules[i].rule);
		if (rules[i].form >= 0)
			assert_int_equal(form, rules[i].form);
	}
}

static void a_rule_without_end_is_no_trouble(void **state)
{
	char deep[900], wide[5000];
	struct copl_plural p = {.n = 2, .rule = deep};
	unsigned form;

	(void)state;
	memset(deep, '(', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	assert_false(copl_plural_form(&p, 1, &form));
	memset(deep, '!', sizeof(deep) - 1);
	assert_false(copl_plural_form(&p, 1, &form));
	memset(wide, '1', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	p.rule = wide;
	assert_false(copl_plural_form(&p, 1, &form));
}

static void text_is_read_as_a_reader_sees_it(void **state)
{
	static const char *const texts[][2] = {
	    {"a <b x='1'>b</b> <br/>c", "a b c"}, {"1 < 2", "1 < 2"},
	    {"x &amp; &lt;y&gt; &product;", "x & <y> \xef\xbf\xbc"},
	    {"{name}, {no name} {{", "\xef\xbf\xbc, {no name} {{"},
	    {"see https://a.int/x?y=1. Or me@itu.int!",
		"see \xef\xbf\xbc. Or \xef\xbf\xbc!"},
	    {"你好<strong>世界</strong>", "你好世界"}};
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(texts); i++)
		assert_string_equal(
		    lint_plain(&b, texts[i][0], false), texts[i][1]);
	assert_string_equal(lint_plain(&b, "%2$s: 50 % of %d, %(n)s", true),
	    "\xef\xbf\xbc: 50 % of \xef\xbf\xbc, \xef\xbf\xbc");
	/* And back: the "c" behind two tags, the middle of an object. */
	assert_int_equal(lint_plain_source("a <b>b</b> c", false, 4), 11);
	assert_int_equal(lint_plain_source("a {name} c", false, 3), 2);
	assert_int_equal(lint_plain_source("a {name} c", false, 6), 9);
	assert_int_equal(lint_plain_source("abc", false, 3), 3);
	copl_strbuf_clear(&b);
}

/* The address of a link, as ITS names it; words are not looked for in it. */
static void an_address_gives_way_to_another_address_only(void **state)
{
	static const struct copl_lint_unit unit = {.id = "link/rights",
	    .msgid = "https://example.org/en/rights-2027",
	    .address = true};
	static const struct {
		const char *lang, *str;
		bool good;
	} list[] = {
	    {"fr", "https://example.org/en/rights-2027", true},
	    {"ar", "https://example.org/ar/huquq?year=2026", true},
	    {"zh_CN", "https://example.cn/权利", true},
	    {"ru", "tel:88002000122", true},
	    {"ar", "mailto:help@example.org", true},
	    {"fr", "Les droits de l’enfant", false},
	    {"ar", "حقوق الطفل", false},
	    {"ru", "example.org/ru", false},
	    {"zh_CN", "https://example.cn/ 权利", false},
	    {"fr", "https://example.org/fr\xc2\xa0", false},
	    {"ar", "\xe2\x80\x8fhttps://example.org/ar", false},
	    {"ru", "javascript:alert(1)", false},
	    {"fr", "https://", false},
	};
	char messages[2000];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++) {
		snprintf(messages, sizeof(messages),
		    "msgctxt \"%s\"\nmsgid \"%s\"\nmsgstr \"%s\"\n", unit.id,
		    unit.msgid, list[i].str);
		check(list[i].lang, messages, &unit, 1);
		if (seen.n != (list[i].good ? 0 : 1))
			fail_msg("%s: %zu findings", list[i].str, seen.n);
		if (seen.n == 0)
			continue;
		assert_string_equal(seen.list[0].code, "link-address");
		assert_int_equal(seen.list[0].line, 9);
		assert_int_equal(seen.list[0].column, 9);
	}
	/* Nobody decided yet: that is said as of any text. */
	check("fr",
	    "msgctxt \"link/rights\"\nmsgid "
	    "\"https://example.org/en/rights-2027\"\nmsgstr \"\"\n",
	    &unit, 1);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.list[0].code, "untranslated");
}

static void what_is_left_out_of_a_quoted_source_shows(void **state)
{
	static const char po[] =
	    "msgctxt \"a\"\nmsgid \"Расскажи, что было, если хочешь: мы "
	    "прочитаем\"\nmsgstr \"\"\n\n"
	    "msgctxt \"b\"\nmsgid \"A text that has exactly as many bytes as "
	    "can be quoted of it\"\nmsgstr \"\"\n";

	(void)state;
	check("fr", po, NULL, 0);
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.list[0].text,
	    "\"Расскажи, что было, если хочешь: м…\" is not translated");
	assert_string_equal(seen.list[1].text,
	    "\"A text that has exactly as many bytes as can be quoted of "
	    "it\" is not translated");
}

static void to_utf8(uint32_t c, char out[4])
{
	size_t n = 0;

	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xc0 | c >> 6);
		out[n++] = (char)(0x80 | (c & 0x3f));
	} else {
		out[n++] = (char)(0xe0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
		out[n++] = (char)(0x80 | (c & 0x3f));
	}
	out[n] = '\0';
}

/* A wide space, which is left out, has the text normalized. */
static void assert_same_skeleton(const char *text)
{
	char spaced[32];
	char *quick = lint_skeleton(text), *full;

	snprintf(spaced, sizeof(spaced), "%s\u2003", text);
	full = lint_skeleton(spaced);
	assert_string_equal(quick, full);
	free(quick);
	free(full);
}

static void labels_are_compared_alike_on_both_ways(void **state)
{
	static const char *const others[] = {
	    "é", "Ш", "ل", "中", "\u0301", "\u0653", "\u0651"};
	uint32_t c;
	size_t i;

	(void)state;
	for (c = 1; c < 0x10000; c++) {
		char one[4], two[16];

		if (c >= 0xd800 && c < 0xe000)
			continue;
		to_utf8(c, one);
		assert_same_skeleton(one);
		for (i = 0; i < COPL_COUNT(others) && c < 0x2100; i++) {
			snprintf(two, sizeof(two), "%s%s", one, others[i]);
			assert_same_skeleton(two);
		}
	}
}

static void blanks_at_an_end_are_seen_in_any_script(void **state)
{
	static const struct pair pairs[] = {
	    {"fr", "Yes.", "Oui.\u00a0", "edge-space "},
	    {"ru", "Yes.\u3000", "Да.\u3000", ""},
	    {"ru", "Yes.\\n", "Да.\\n", ""},
	    {"fr", "Yes.\\n", "Oui. \\n", "edge-space "}};

	(void)state;
	check_pairs(pairs, COPL_COUNT(pairs));
}

#define TEN(s) s s s s s s s s s s

/* Terms and names of the shipped glossary. */
static void test_the_glossary_is_kept(void **state)
{
	static const struct {
		const char *lang, *id, *str;
		enum copl_severity severity;
		size_t n;
	} cases[] = {
	    {"fr", "Child online protection matters to me.",
		"La protection en ligne des enfants compte pour moi.", 0, 0},
	    {"fr", "Child online protection matters to me.",
		"La sûreté des mineurs sur le net compte pour moi.",
		COPL_WARNING, 1},
	    {"ru", "UNICEF supports this consultation.",
		"ЮНИСЕФ поддерживает эту консультацию.", 0, 0},
	    {"ru", "UNICEF supports this consultation.",
		"ЮНЕСКО поддерживает эту консультацию.", COPL_ERROR, 1},
	    {"ar", "Write to ITU today.", "اكتب إلى الاتحاد اليوم.",
		COPL_WARNING, 1},
	    {"zh_CN", "Tell us about child online protection.",
		"请和我们谈谈儿童在线保护。", COPL_WARNING, 1},
	    {"zh_CN", "Tell us about child online protection.",
		"请和我们谈谈保护上网儿童。", 0, 0},
	    /* a longer term has a form that is rejected by itself */
	    {"ar",
		"The Council Working Group on Child Online Protection and "
		"child online protection.",
		"فريق العمل المعني بحماية الأطفال على الإنترنت وحماية "
		"الأطفال على الخط.",
		0, 0},
	    /* however many terms stand before it */
	    {"ru",
		TEN("UNICEF UNICEF UNICEF UNICEF ") "on child online "
						    "protection.",
		TEN("ЮНИСЕФ ЮНИСЕФ ЮНИСЕФ ЮНИСЕФ ") "о детях.", COPL_WARNING,
		1},
	    {"fr", "More: https://youtube.com/itu",
		"Plus : "
		"https://youtube.com/itu",
		0, 0},
	};
	struct copl_glossary *g = NULL;
	char po[2000];
	size_t i, k;

	(void)state;
	assert_int_equal(copl_glossary_shipped(&g), COPL_OK);
	for (i = 0; i < COPL_COUNT(cases); i++) {
		const struct copl_lint how = {
		    .tag = strcmp(cases[i].lang, "zh_CN") == 0 ? "zh-Hans"
							       : cases[i].lang,
		    .name = cases[i].lang,
		    .source_lang = "en",
		    .glossary = g};

		snprintf(po, sizeof(po),
		    "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n"
		    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
		    "\"Plural-Forms: %s\\n\"\n\nmsgid \"%s\"\nmsgstr \"%s\"\n",
		    cases[i].lang, plural_forms(cases[i].lang), cases[i].id,
		    cases[i].str);
		check_po(po, &how);
		if (seen_count(&seen, "glossary") != cases[i].n)
			fail_msg("%s", cases[i].str);
		for (k = 0; k < seen.n; k++)
			if (strcmp(seen.list[k].code, "glossary") == 0)
				assert_int_equal(
				    seen.list[k].severity, cases[i].severity);
	}
	copl_glossary_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_left_out_of_a_quoted_source_shows),
	    cmocka_unit_test(good_translations_are_left_alone),
	    cmocka_unit_test(bad_translations_are_found),
	    cmocka_unit_test(before_a_release_gaps_are_warnings),
	    cmocka_unit_test(the_master_is_compared),
	    cmocka_unit_test(lengths_count_what_a_reader_sees),
	    cmocka_unit_test(two_answers_may_not_read_alike),
	    cmocka_unit_test(a_translator_can_silence_a_check_with_a_reason),
	    cmocka_unit_test(what_is_silenced_can_be_listed),
	    cmocka_unit_test(every_check_can_be_named),
	    cmocka_unit_test(headers_must_fit_the_language),
	    cmocka_unit_test(every_plural_form_is_checked),
	    cmocka_unit_test(plural_rules_are_evaluated_like_c),
	    cmocka_unit_test(a_rule_without_end_is_no_trouble),
	    cmocka_unit_test(text_is_read_as_a_reader_sees_it),
	    cmocka_unit_test(an_address_gives_way_to_another_address_only),
	    cmocka_unit_test(labels_are_compared_alike_on_both_ways),
	    cmocka_unit_test(blanks_at_an_end_are_seen_in_any_script),
	    cmocka_unit_test(test_the_glossary_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
