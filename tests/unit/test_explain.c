/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "lint/explain.h"
#include "l10n/l10n.h"
#include "lint/lint_priv.h"
#include "seen.h"

#define ANSWERS_MAX 4

static struct seen seen;
static struct copl_glossary *glossary;

/* ---- every check is explained ---- */

/* What the comparison of markup reports under names of its own. */
static const char *const markup[] = {"entity-missing", "entity-unknown",
    "placeholder-extra", "placeholder-malformed", "placeholder-missing",
    "tag-attribute", "tag-extra", "tag-missing", "tag-nesting", "tag-unknown",
    "xml-malformed"};
static void every_check_is_explained(void **state)
{
	const char *code;
	size_t i;

	(void)state;
	for (i = 0; (code = lint_code(i)) != NULL; i++)
		if (strcmp(code, "markup") != 0 &&
		    copl_lint_explain(code) == NULL)
			fail_msg("%s is not explained", code);
	for (i = 0; i < COPL_COUNT(markup); i++)
		if (copl_lint_explain(markup[i]) == NULL)
			fail_msg("%s is not explained", markup[i]);
}

static bool ends_sentence(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && s[n - 1] == '.';
}

static void explanations_are_sentences_in_order(void **state)
{
	const struct copl_lint_explanation *e, *last = NULL;
	size_t i;

	(void)state;
	for (i = 0; (e = copl_lint_explanation_at(i)) != NULL; i++) {
		assert_true(last == NULL || strcmp(last->code, e->code) < 0);
		assert_true(ends_sentence(e->why) && ends_sentence(e->write));
		assert_false(ends_sentence(e->looks));
		last = e;
	}
}

/* ---- every example is what it says ---- */

/* The header in order, but for the line of the example. */
static void put_header(struct copl_strbuf *b, const char *lang, const char *own)
{
	char language[40], plural[300];
	const char *const fields[] = {"Project-Id-Version: forms",
	    "PO-Revision-Date: 2027-01-12 08:00+0000",
	    "Last-Translator: ", language, "MIME-Version: 1.0",
	    "Content-Type: text/plain; charset=UTF-8",
	    "Content-Transfer-Encoding: 8bit", plural};
	unsigned n;
	size_t i;

	snprintf(language, sizeof(language), "Language: %s", lang);
	snprintf(plural, sizeof(plural), "Plural-Forms: %s",
	    copl_plural_forms(lang, &n));
	copl_strbuf_puts(b, "msgid \"\"\nmsgstr \"\"\n");
	for (i = 0; i < COPL_COUNT(fields); i++) {
		size_t name = strcspn(fields[i], ":") + 1;
		bool mine = own != NULL && strncmp(own, fields[i], name) == 0;

		copl_strbuf_printf(b, "\"%s\\n\"\n", mine ? own : fields[i]);
	}
}

/* Line number k of a text; false: it has fewer. */
static bool line_of(const char *s, size_t k, char *out, size_t size)
{
	while (k-- > 0) {
		s = strchr(s, '\n');
		if (s == NULL)
			return false;
		s++;
	}
	snprintf(out, size, "%.*s", (int)strcspn(s, "\n"), s);
	return true;
}

struct trial {
	struct copl_strbuf po;
	struct copl_lint_unit units[ANSWERS_MAX];
	char ids[ANSWERS_MAX][20];
	char sources[ANSWERS_MAX][400];
	size_t n;
};

static void put_message(
    struct trial *t, const struct copl_lint_example *x, const char *str)
{
	struct copl_lint_unit *u = &t->units[t->n];
	bool answer = x->sample == COPL_SAMPLE_ANSWERS;
	bool one = !answer && x->sample != COPL_SAMPLE_TEXTS;
	struct copl_entry e = {.id = t->sources[t->n]};

	snprintf(t->ids[t->n], sizeof(t->ids[0]), "q/%zu", t->n);
	if (!one)
		e.ctxt = t->ids[t->n];
	*u = (struct copl_lint_unit){.id = e.ctxt,
	    .msgid = e.id,
	    .maxchars = x->sample == COPL_SAMPLE_SHORT ? 12 : 0,
	    .group = answer ? "q" : NULL,
	    .address = x->sample == COPL_SAMPLE_ADDRESS};
	if (str != NULL)
		copl_po_put_forms(&t->po, NULL, &e, &str, 1);
	t->n++;
}

/* What a source has, one a line; text NULL: it asks and nobody answers. */
static void put_messages(
    struct trial *t, const struct copl_lint_example *x, const char *text)
{
	bool lines = x->sample == COPL_SAMPLE_TEXTS ||
		     x->sample == COPL_SAMPLE_ANSWERS ||
		     x->sample == COPL_SAMPLE_FORM;
	char str[400];

	if (!lines) {
		snprintf(t->sources[0], sizeof(t->sources[0]), "%s", x->source);
		put_message(t, x, text);
		return;
	}
	while (
	    t->n < ANSWERS_MAX &&
	    line_of(x->source, t->n, t->sources[t->n], sizeof(t->sources[0])) &&
	    (text == NULL || line_of(text, t->n, str, sizeof(str))))
		put_message(t, x, text == NULL ? NULL : str);
}

static void make_trial(
    struct trial *t, const struct copl_lint_example *x, const char *text)
{
	bool header = x->sample == COPL_SAMPLE_HEADER;
	bool entry = x->sample == COPL_SAMPLE_ENTRY;
	bool form = x->sample == COPL_SAMPLE_FORM;

	memset(t, 0, sizeof(*t));
	t->po.max = 1 << 16;
	if (x->sample == COPL_SAMPLE_FILE) {
		copl_strbuf_printf(&t->po, "%s\n", text);
		return;
	}
	put_header(&t->po, x->lang, header ? text : NULL);
	if (entry || form)
		copl_strbuf_printf(&t->po, "\n%s\n", text);
	if (x->source != NULL)
		put_messages(t, x, form ? NULL : text);
}

static struct copl_place place(void *arg, size_t offset)
{
	(void)arg;
	return (struct copl_place){"t.xml", 12, offset + 1};
}

/* As localize looks at a translation before it takes it. */
static enum copl_status look_localized(
    struct trial *t, const char *text, struct copl_reporter *r)
{
	struct copl_inline_check check = {
	    .r = r, .unit = t->sources[0], .place = place};
	enum copl_status st;

	st = copl_inline_compare(&check, t->sources[0], text);
	copl_inline_check_clear(&check);
	return st;
}

/* What the document sets a limit to. */
static void limit(
    void *arg, size_t unit, const char *msgstr, struct copl_inline_check *c)
{
	const struct copl_lint_example *x = arg;
	struct copl_its_value value = {.maxchars = 0};
	const struct copl_unit u = {.value = &value};
	struct copl_limits *l = copl_limits_new();

	assert_non_null(l);
	assert_int_equal(unit, 0);
	value.f[COPL_ITS_F_ENCODING] = "UTF-8";
	value.f[COPL_ITS_F_LINE_BREAK] = "lf";
	if (x->sample == COPL_SAMPLE_ALLOWED)
		value.f[COPL_ITS_F_ALLOWED] = "[^*]";
	else
		value.f[COPL_ITS_F_SIZE] = "24";
	copl_limits_check(l, &u, msgstr, c);
	copl_limits_free(l);
}

static enum copl_status look_catalog(
    struct trial *t, const struct copl_lint_example *x, struct copl_reporter *r)
{
	bool limited =
	    x->sample == COPL_SAMPLE_ALLOWED || x->sample == COPL_SAMPLE_STORED;
	struct copl_lint_example own = *x;
	const struct copl_lint how = {
	    .tag = strcmp(x->lang, "zh_CN") == 0 ? "zh-Hans" : x->lang,
	    .name = x->lang,
	    .source_lang = "en",
	    .units = t->n > 0 ? t->units : NULL,
	    .nunits = t->n,
	    .release = true,
	    .limits = limited ? limit : NULL,
	    .limits_arg = &own,
	    .glossary = glossary};
	struct copl_catalog *c = NULL;
	enum copl_status st;

	st = copl_catalog_read(t->po.s, t->po.len, "t.po", r, &c);
	if (st == COPL_OK)
		st = copl_lint_catalog(c, &how, r);
	copl_catalog_free(c);
	return st;
}

/* What the text draws is in "seen". */
static void look(const struct copl_lint_example *x, const char *text)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	enum copl_status st;
	struct trial t;

	memset(&seen, 0, sizeof(seen));
	make_trial(&t, x, text);
	copl_reporter_init(&r, &sink);
	st = x->sample == COPL_SAMPLE_LOCALIZED ? look_localized(&t, text, &r)
						: look_catalog(&t, x, &r);
	(void)copl_reporter_end(&r, st);
	copl_strbuf_clear(&t.po);
}

/* Lines 1 to 10 are the header. */
static bool is_in_place(
    const struct copl_lint_example *x, size_t line, size_t column)
{
	if (strcmp(x->code, "missing-in-po") == 0)
		return line == 0 && column == 0; /* it is nowhere */
	if (x->sample == COPL_SAMPLE_FILE)
		return line > 0 && column > 0;
	return column > 0 &&
	       (x->sample == COPL_SAMPLE_HEADER ? line > 0 && line <= 10
						: line > 11);
}

/* How much is not as the example says. */
static size_t try_wrong(const struct copl_lint_example *x)
{
	size_t bad = 0, k;

	look(x, x->wrong);
	if (seen.n == 0) {
		print_error(
		    "%s %s: nothing about %s\n", x->lang, x->code, x->wrong);
		return 1;
	}
	for (k = 0; k < seen.n && k < COPL_COUNT(seen.list); k++) {
		if (strcmp(seen.list[k].code, x->code) == 0 &&
		    is_in_place(x, seen.list[k].line, seen.list[k].column))
			continue;
		print_error("%s %s: %s: %zu:%zu %s [%s]\n", x->lang, x->code,
		    x->wrong, seen.list[k].line, seen.list[k].column,
		    seen.list[k].text, seen.list[k].code);
		bad++;
	}
	return bad;
}

static size_t try_right(const struct copl_lint_example *x)
{
	look(x, x->right);
	if (seen.n == seen_count(&seen, "ignored"))
		return 0;
	print_error("%s %s: %s: %s [%s]\n", x->lang, x->code, x->right,
	    seen.list[0].text, seen.list[0].code);
	return 1;
}

static void examples_are_what_they_say(void **state)
{
	const struct copl_lint_example *x;
	size_t i, bad = 0;

	(void)state;
	for (i = 0; (x = copl_lint_example_at(i)) != NULL; i++) {
		assert_non_null(copl_lint_explain(x->code));
		bad += try_wrong(x) + try_right(x);
	}
	assert_int_equal(bad, 0);
}

/* ---- no language is left out ---- */

static const char every_language[] = "ar zh_CN fr ru es";

/* Checks that do not look at every language, and those that need more. */
static const struct {
	const char *code;
	const char *langs;
} only[] = {
    /* It needs what was approved before. */
    {"stale-translation", ""},
    /* Chinese has no spaces between words, and one plural form. */
    {"duplicate-word", "ar fr ru es"},
    {"length-ratio", "ar fr ru es"},
    {"plural-empty", "ar fr ru es"},
    {"sentence-count", "ar fr ru es"},
    {"tag-spacing", "ar fr ru es"},
    /* Letters of Latin, Greek and Cyrillic look alike. */
    {"mixed-script-word", "fr ru es"},
    /* Chinese has no accents, Arabic no second way to call a reader. */
    {"not-nfc", "ar fr ru es"},
    {"register", "zh_CN fr ru es"},
    {"end-punctuation-locale", "ar zh_CN"},
    {"french-spacing", "fr"},
    {"inverted-punctuation", "es"},
    {"kashida", "ar"},
    {"wrong-han-variant", "zh_CN"},
};

static const char *languages_of(const char *code)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(only); i++)
		if (strcmp(only[i].code, code) == 0)
			return only[i].langs;
	return every_language;
}

static bool has_example(const char *code, const char *lang, size_t len)
{
	const struct copl_lint_example *x;
	size_t i;

	for (i = 0; (x = copl_lint_example_at(i)) != NULL; i++)
		if (strcmp(x->code, code) == 0 && strlen(x->lang) == len &&
		    strncmp(x->lang, lang, len) == 0)
			return true;
	return false;
}

static void every_language_has_its_examples(void **state)
{
	const struct copl_lint_explanation *e;
	size_t i, bad = 0;

	(void)state;
	for (i = 0; (e = copl_lint_explanation_at(i)) != NULL; i++) {
		const char *langs = languages_of(e->code), *p = every_language;

		while (*p != '\0') {
			size_t n = strcspn(p, " ");
			bool wanted = lint_in_list(langs, p, n);

			if (has_example(e->code, p, n) != wanted) {
				print_error("%s: %.*s %s\n", e->code, (int)n, p,
				    wanted ? "has none" : "has one");
				bad++;
			}
			p += n + (p[n] == ' ');
		}
	}
	assert_int_equal(bad, 0);
}

static void examples_are_in_order(void **state)
{
	const struct copl_lint_example *x, *last = NULL;
	size_t i;

	(void)state;
	for (i = 0; (x = copl_lint_example_at(i)) != NULL; i++) {
		assert_true(last == NULL || strcmp(last->lang, x->lang) != 0 ||
			    strcmp(last->code, x->code) <= 0);
		last = x;
	}
}

static int load_glossary(void **state)
{
	(void)state;
	return copl_glossary_shipped(&glossary) == COPL_OK ? 0 : -1;
}

static int free_glossary(void **state)
{
	(void)state;
	copl_glossary_free(glossary);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_check_is_explained),
	    cmocka_unit_test(explanations_are_sentences_in_order),
	    cmocka_unit_test(examples_are_what_they_say),
	    cmocka_unit_test(every_language_has_its_examples),
	    cmocka_unit_test(examples_are_in_order),
	};

	return cmocka_run_group_tests(tests, load_glossary, free_glossary);
}
