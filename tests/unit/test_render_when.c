/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One condition, three ways to say who sees a question: the selectors of the
 * HTML page, the XPath of the ODK form, and what the form means.  All three
 * must agree on every set of answers, given and then hidden ones too.
 */
#include "config.h"
#include "help_odk.h"

#define QUESTIONS 9
#define OPTIONS 3
#define SETS 30
#define FORMS 24
#define CHAIN 0 /* the form in which each question waits for the last */

static const char *const values[OPTIONS] = {"a", "b", "c"};

/* ---- a repeatable choice of numbers ---- */

static unsigned next(uint32_t *seed, unsigned below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 16) % below;
}

/* ---- random forms ---- */

static bool is_many(unsigned q)
{
	return q % 3 == 2;
}

static void put_when(
    struct copl_strbuf *b, uint32_t *seed, unsigned q, unsigned depth)
{
	unsigned what = next(seed, depth == 0 ? 2 : 5), on = next(seed, q);

	if (what == 2) {
		copl_strbuf_puts(b, "not (");
		put_when(b, seed, q, depth - 1);
		copl_strbuf_puts(b, ")");
	} else if (what > 2) {
		copl_strbuf_puts(b, "(");
		put_when(b, seed, q, depth - 1);
		copl_strbuf_puts(b, what == 3 ? " and " : " or ");
		put_when(b, seed, q, depth - 1);
		copl_strbuf_puts(b, ")");
	} else if (on == 0 && next(seed, 4) == 0) {
		copl_strbuf_puts(b, "q0 lt guardian-age");
	} else {
		copl_strbuf_printf(b, "q%u %s '%s'", on,
		    is_many(on)          ? "includes"
		    : next(seed, 2) != 0 ? "="
					 : "!=",
		    values[next(seed, OPTIONS)]);
	}
}

static void put_condition(
    struct copl_strbuf *b, uint32_t *seed, unsigned q, bool chain)
{
	if (q > 0 && chain) {
		copl_strbuf_printf(b, " when=\"q%u %s 'a'\"", q - 1,
		    is_many(q - 1) ? "includes" : "=");
	} else if (q > 1 && next(seed, 6) > 0) {
		copl_strbuf_puts(b, " when=\"");
		put_when(b, seed, q, 3);
		copl_strbuf_puts(b, "\"");
	}
}

static void put_question(
    struct copl_strbuf *b, uint32_t *seed, unsigned q, bool chain)
{
	const char *element = is_many(q) ? "choose-many" : "choose-one";
	unsigned i;

	copl_strbuf_printf(b, "<%s id='q%u'", element, q);
	put_condition(b, seed, q, chain);
	copl_strbuf_printf(b, "><label>Вопрос %u</label>", q);
	for (i = 0; i < OPTIONS; i++) {
		copl_strbuf_printf(b, "<option value='%s'", values[i]);
		if (q == 0)
			copl_strbuf_printf(b, " from-age='%u'", 10 + 4 * i);
		copl_strbuf_printf(b, ">%s</option>", values[i]);
	}
	copl_strbuf_printf(b, "</%s>", element);
}

/* Sections of two questions; some have a condition of their own. */
static void put_form(struct copl_strbuf *b, uint32_t seed)
{
	bool chain = seed == CHAIN;
	unsigned q;

	copl_strbuf_puts(b,
	    "<consultation xmlns='urn:cop-l10n:form:1' id='small' version='1' "
	    "xml:lang='en'><about><title>T</title>"
	    "<closes at='2027-03-31T12:00:00Z'/><privacy><p>P</p></privacy>"
	    "</about>");
	for (q = 0; q < QUESTIONS; q++) {
		if (q % 2 == 0) {
			copl_strbuf_printf(b, "<section id='s%u'", q / 2);
			if (q > 0 && !chain && next(&seed, 2) != 0) {
				copl_strbuf_puts(b, " when=\"");
				put_when(b, &seed, q, 2);
				copl_strbuf_puts(b, "\"");
			}
			copl_strbuf_puts(b, "><title>T</title>");
		}
		put_question(b, &seed, q, chain);
		if (q % 2 == 1 || q + 1 == QUESTIONS)
			copl_strbuf_puts(b, "</section>");
	}
	copl_strbuf_puts(b, "<thanks><p>T</p></thanks></consultation>");
}

/* ---- what the form means ---- */

struct answers {
	const struct copl_form *form;
	int guardian_age;
	unsigned ticked[QUESTIONS]; /* a bit for each option */
	bool asked[QUESTIONS];
};

static unsigned index_of(const struct copl_question *q)
{
	return (unsigned)(q->id[1] - '0');
}

static bool is_ticked(const struct answers *a, unsigned q, const char *value)
{
	return (a->ticked[q] >> (value[0] - 'a') & 1) != 0;
}

static bool is_minor(const struct answers *a, const struct copl_question *q)
{
	size_t i;

	for (i = 0; i < q->choices->n; i++)
		if (is_ticked(a, index_of(q), q->choices->options[i].value) &&
		    a->guardian_age >= 0 &&
		    copl_option_below(&q->choices->options[i], a->guardian_age))
			return true;
	return false;
}

static bool holds(const struct answers *a, const struct copl_when *w)
{
	bool asked = w->question != NULL && a->asked[index_of(w->question)];

	switch (w->op) {
	case COPL_WHEN_IS:
	case COPL_WHEN_INCLUDES:
		return asked && is_ticked(a, index_of(w->question), w->value);
	case COPL_WHEN_IS_NOT:
		return !asked || !is_ticked(a, index_of(w->question), w->value);
	case COPL_WHEN_MINOR:
		return asked && is_minor(a, w->question);
	case COPL_WHEN_AND:
		return holds(a, w->left) && holds(a, w->right);
	case COPL_WHEN_OR:
		return holds(a, w->left) || holds(a, w->right);
	case COPL_WHEN_NOT:
		return !holds(a, w->left);
	}
	return false;
}

/* Conditions look at earlier questions only. */
static void ask(struct answers *a)
{
	size_t i, k;

	for (i = 0; i < a->form->nsections; i++) {
		const struct copl_section *s = &a->form->sections[i];
		bool section = s->when == NULL || holds(a, s->when);

		for (k = 0; k < s->nitems; k++)
			a->asked[index_of(&s->items[k])] =
			    section && (s->items[k].when == NULL ||
					   holds(a, s->items[k].when));
	}
}

/* ---- the style sheet ---- */

static bool take(const char **s, const char *token)
{
	size_t len = strlen(token);

	if (strncmp(*s, token, len) != 0)
		return false;
	*s += len;
	return true;
}

/* ":has(#o-q0-a:checked,#o-q0-b:checked)", from behind the parenthesis. */
static bool has_checked(const struct answers *a, const char **s)
{
	bool any = false;

	do {
		assert_true(take(s, "#o-q"));
		any |= is_ticked(a, (unsigned)(**s - '0'), *s + 2);
		*s += 3;
		assert_true(take(s, ":checked"));
	} while (take(s, ","));
	assert_true(take(s, ")"));
	return any;
}

static bool matches(const struct answers *a, const char **s);

static bool matches_any(const struct answers *a, const char **s)
{
	bool any = false;

	if (take(s, "*)"))
		return true;
	do
		any |= matches(a, s);
	while (take(s, ","));
	assert_true(take(s, ")"));
	return any;
}

/* A compound selector: all of its parts. */
static bool matches(const struct answers *a, const char **s)
{
	bool all = true;

	for (;;) {
		if (take(s, ":has("))
			all &= has_checked(a, s);
		else if (take(s, ":not("))
			all &= !matches_any(a, s);
		else if (take(s, ":is("))
			all &= matches_any(a, s);
		else
			return all;
	}
}

/* Does a rule of the page hide the element? */
static bool css_hides(const struct answers *a, const char *html, const char *id)
{
	char end[64];
	const char *s, *rule;

	snprintf(end, sizeof(end), " #%s{display:none}", id);
	for (s = html; (s = strstr(s, "form:not(")) != NULL; s = rule) {
		bool shown;

		s += strlen("form:not(");
		rule = s;
		shown = matches_any(a, &s);
		if (strncmp(s, end, strlen(end)) == 0)
			return !shown;
	}
	return false;
}

static bool css_shows(const struct answers *a, const char *html, unsigned q)
{
	char id[16];

	snprintf(id, sizeof(id), "id=\"q-q%u\"", q);
	if (strstr(html, id) == NULL)
		return false; /* never asked of this recipient */
	snprintf(id, sizeof(id), "q-q%u", q);
	if (css_hides(a, html, id))
		return false;
	snprintf(id, sizeof(id), "s-s%u", q / 2);
	return !css_hides(a, html, id);
}

/* ---- the ODK form ---- */

/* "a c": the options that are ticked. */
static void put_answer(const struct answers *a, unsigned q, char *out)
{
	unsigned i;

	for (i = 0; i < OPTIONS; i++) {
		if (!is_ticked(a, q, values[i]))
			continue;
		*out++ = values[i][0];
		*out++ = ' ';
	}
	*out = '\0';
}

static void give(struct kit *k, const struct answers *a)
{
	unsigned q;

	for (q = 0; q < QUESTIONS; q++) {
		char path[64], value[2 * OPTIONS + 1];

		snprintf(path, sizeof(path), "/data/s%u/q%u", q / 2, q);
		put_answer(a, q, value);
		if (!is_many(q) && value[0] != '\0')
			value[1] = '\0';
		if (has_node(k, path))
			answer(k, path, value);
	}
}

static bool odk_shows(struct kit *k, unsigned q)
{
	char path[64];

	snprintf(path, sizeof(path), "/data/s%u/q%u", q / 2, q);
	return has_node(k, path) && shown(k, path);
}

/* ---- one form ---- */

static void no_digest(const void *bytes, size_t len, char out[45])
{
	(void)bytes;
	(void)len;
	snprintf(out, 45, "x");
}

static void read_form(struct kit *k, uint32_t seed)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(FORM_MAX);
	struct copl_xml *words = NULL;

	put_form(&b, seed);
	assert_int_equal(copl_xml_read(b.s, b.len, "small.xml", COPL_XML_STRICT,
			     &k->r, &k->xml[0]),
	    COPL_OK);
	/* Some of what chance writes can never be seen: that is fine here. */
	if (copl_form_read_localized(k->xml[0], &k->r, &k->forms[0]) != COPL_OK)
		fail_msg("%s\n%s", k->said, b.s);
	assert_int_equal(copl_xml_load(path_of("interface_en.xml"),
			     COPL_XML_STRICT, COPL_XML_MAX, &k->r, &words),
	    COPL_OK);
	assert_int_equal(
	    copl_interface_read(words, &k->r, &k->words[0]), COPL_OK);
	copl_xml_free(words);
	k->languages[0] = (struct copl_odk_language){
	    .tag = "en", .form = k->forms[0], .words = k->words[0]};
	k->odk.nlanguages = 1;
	copl_strbuf_clear(&b);
}

static void tick(struct answers *a, uint32_t *seed, bool chain)
{
	unsigned q;

	for (q = 0; q < QUESTIONS; q++) {
		if (chain && q > 0 && next(seed, 8) > 0)
			a->ticked[q] = 1;
		else if (is_many(q))
			a->ticked[q] = next(seed, 1 << OPTIONS);
		else
			a->ticked[q] = 1U << next(seed, OPTIONS);
	}
}

static void all_say_the_same(uint32_t number)
{
	uint32_t seed = number;
	struct copl_strbuf html = COPL_STRBUF_INIT(FORM_MAX);
	struct copl_render_digest digest = {.b64 = no_digest};
	struct answers a = {.guardian_age = seed % 2 != 0 ? 16 : -1};
	struct copl_page page = {.lang = "en", .digest = &digest};
	unsigned set, q;
	struct kit k;

	kit_init(&k);
	k.odk.guardian_age = page.guardian_age = a.guardian_age;
	read_form(&k, seed);
	a.form = page.form = k.forms[0];
	page.words = k.words[0];
	assert_int_equal(copl_render_html(&page, &html), COPL_OK);
	render(&k);
	for (set = 0; set < SETS; set++) {
		tick(&a, &seed, number == CHAIN);
		ask(&a);
		give(&k, &a);
		for (q = 0; q < QUESTIONS; q++) {
			if (css_shows(&a, html.s, q) != a.asked[q])
				fail_msg("HTML of form %u, set %u: q%u should "
					 "be %s",
				    (unsigned)number, set, q,
				    a.asked[q] ? "shown" : "hidden");
			if (odk_shows(&k, q) != a.asked[q])
				fail_msg("ODK of form %u, set %u: q%u should "
					 "be %s",
				    (unsigned)number, set, q,
				    a.asked[q] ? "shown" : "hidden");
		}
	}
	copl_strbuf_clear(&html);
	kit_free(&k);
}

static void pages_and_odk_show_what_the_form_means(void **state)
{
	uint32_t seed;

	(void)state;
	for (seed = CHAIN; seed <= FORMS; seed++)
		all_say_the_same(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pages_and_odk_show_what_the_form_means),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
