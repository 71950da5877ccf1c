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
/* What one check reports under a second name. */
static const char *const second[][2] = {{"email-changed", "url-changed"},
    {"sentence-count", "length-ratio"},
    {"ignore-unknown", "ignore-without-reason"}};

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

/* Has this library the check? */
static bool is_built(const char *code)
{
	const char *known;
	size_t i;

	for (i = 0; i < COPL_COUNT(markup); i++)
		if (strcmp(markup[i], code) == 0)
			return true;
	for (i = 0; i < COPL_COUNT(second); i++)
		if (strcmp(second[i][0], code) == 0)
			code = second[i][1];
	for (i = 0; (known = lint_code(i)) != NULL; i++)
		if (strcmp(known, code) == 0)
			return true;
	return false;
}

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

/* The part number k of a text whose parts a "|" parts; false: it has none. */
static bool part(const char *s, size_t k, char *out, size_t size)
{
	while (k-- > 0) {
		s = strchr(s, '|');
		if (s == NULL)
			return false;
		s++;
	}
	snprintf(out, size, "%.*s", (int)strcspn(s, "|"), s);
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
	struct copl_entry e = {.id = t->sources[t->n]};

	snprintf(t->ids[t->n], sizeof(t->ids[0]), "q/%zu", t->n);
	if (answer)
		e.ctxt = t->ids[t->n];
	*u = (struct copl_lint_unit){.id = e.ctxt,
	    .msgid = e.id,
	    .maxchars = x->sample == COPL_SAMPLE_SHORT ? 12 : 0,
	    .group = answer ? "q" : NULL,
	    .address = x->sample == COPL_SAMPLE_ADDRESS};
	copl_po_put_forms(&t->po, NULL, &e, &str, 1);
	t->n++;
}

static void make_trial(
    struct trial *t, const struct copl_lint_example *x, const char *text)
{
	bool header = x->sample == COPL_SAMPLE_HEADER;
	char str[400];

	memset(t, 0, sizeof(*t));
	t->po.max = 1 << 16;
	put_header(&t->po, x->lang, header ? text : NULL);
	if (x->sample == COPL_SAMPLE_ENTRY) {
		copl_strbuf_printf(&t->po, "\n%s\n", text);
		return;
	}
	if (header)
		/* The rule counts where something is counted. */
		return;
	while (t->n < ANSWERS_MAX &&
	       part(x->source, t->n, t->sources[t->n], sizeof(t->sources[0])) &&
	       part(text, t->n, str, sizeof(str)))
		put_message(t, x, str);
}

static void look(struct trial *t, const struct copl_lint_example *x)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	const struct copl_lint how = {
	    .tag = strcmp(x->lang, "zh_CN") == 0 ? "zh-Hans" : x->lang,
	    .name = x->lang,
	    .source_lang = "en",
	    .units = t->n > 0 ? t->units : NULL,
	    .nunits = t->n,
	    .release = true,
	    .glossary = glossary};
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	st = copl_catalog_read(t->po.s, t->po.len, "t.po", &r, &c);
	if (st == COPL_OK)
		st = copl_lint_catalog(c, &how, &r);
	(void)copl_reporter_end(&r, st);
	copl_catalog_free(c);
	copl_strbuf_clear(&t->po);
}

/* Lines 1 to 10 are the header. */
static bool is_in_place(
    const struct copl_lint_example *x, size_t line, size_t column)
{
	bool header = x->sample == COPL_SAMPLE_HEADER;

	return column > 0 && (header ? line > 0 && line <= 10 : line > 11);
}

static void examples_are_what_they_say(void **state)
{
	const struct copl_lint_example *x;
	size_t i, k, tried = 0, bad = 0;
	struct trial t;

	(void)state;
	for (i = 0; (x = copl_lint_example_at(i)) != NULL; i++) {
		assert_non_null(copl_lint_explain(x->code));
		if (!is_built(x->code))
			continue;
		make_trial(&t, x, x->wrong);
		look(&t, x);
		if (seen.n == 0) {
			print_error(
			    "%s: nothing about %s\n", x->code, x->wrong);
			bad++;
		}
		for (k = 0; k < seen.n && k < 64; k++)
			if (strcmp(seen.list[k].code, x->code) != 0 ||
			    !is_in_place(
				x, seen.list[k].line, seen.list[k].column)) {
				print_error("%s: %s: %zu:%zu %s [%s]\n",
				    x->code, x->wrong, seen.list[k].line,
				    seen.list[k].column, seen.list[k].text,
				    seen.list[k].code);
				bad++;
			}
		make_trial(&t, x, x->right);
		look(&t, x);
		if (seen.n > seen_count(&seen, "ignored")) {
			print_error("%s: %s: %s [%s]\n", x->code, x->right,
			    seen.list[0].text, seen.list[0].code);
			bad++;
		}
		tried++;
	}
	assert_int_equal(bad, 0);
	assert_true(tried > 40);
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
	};

	return cmocka_run_group_tests(tests, load_glossary, free_glossary);
}
