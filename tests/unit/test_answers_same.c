/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * For random answers to the shipped forms: what the browser posts and what a
 * phone sends become the same values, those that were meant; what is stored
 * gives them back; and any single damage is found at its question.
 */
#include "config.h"
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include "answers/mark.h"
#include "answers/read_priv.h"
#include "help_answers_random.h"

#define PEOPLE 400
#define OUT_MAX ((size_t)1 << 20)

static const char *const forms[] = {"forms/digital_skills.xml",
    "forms/online_bullying.xml", "tests/render/every_type.xml"};
static const int guardian_ages[] = {13, 16, 18, -1};
static const struct copl_answer_about about = {.release = 12, .now = NOON};

/* ---- the schema ---- */

struct schema {
	xmlRelaxNGPtr rng;
	xmlRelaxNGValidCtxtPtr valid;
};

static void open_schema(struct schema *s)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(OUT_MAX);
	xmlRelaxNGParserCtxtPtr parser;

	read_source("forms/schema/cop-answer.rng", &text);
	parser = xmlRelaxNGNewMemParserCtxt(text.s, (int)text.len);
	s->rng = xmlRelaxNGParse(parser);
	assert_non_null(s->rng);
	s->valid = xmlRelaxNGNewValidCtxt(s->rng);
	assert_non_null(s->valid);
	xmlRelaxNGFreeParserCtxt(parser);
	copl_strbuf_clear(&text);
}

static void close_schema(struct schema *s)
{
	xmlRelaxNGFreeValidCtxt(s->valid);
	xmlRelaxNGFree(s->rng);
}

static void check_schema(const struct schema *s, const struct copl_strbuf *xml)
{
	xmlDoc *doc =
	    xmlReadMemory(xml->s, (int)xml->len, "answer.xml", NULL, 0);

	assert_non_null(doc);
	assert_int_equal(xmlRelaxNGValidateDoc(s->valid, doc), 0);
	xmlFreeDoc(doc);
}

/* ---- the same from everywhere ---- */

static void check_values(const struct copl_answer *a, const char *expected,
    const struct copl_strbuf *sent)
{
	struct copl_strbuf faults = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_strbuf values = COPL_STRBUF_INIT(OUT_MAX);

	put_faults(a, &faults);
	put_values(a, &values);
	if (faults.len > 0 ||
	    strcmp(copl_strbuf_text(&values), expected) != 0) {
		print_message("# faults: %s\n# got:\n%s\n# want:\n%s\n%s\n",
		    copl_strbuf_text(&faults), copl_strbuf_text(&values),
		    expected, sent == NULL ? "" : copl_strbuf_text(sent));
		fail();
	}
	copl_strbuf_clear(&faults);
	copl_strbuf_clear(&values);
}

/* With the mark of the store it is the same. */
static void check_marked(struct copl_answer_reader *rd, struct copl_strbuf *xml,
    const char *expected)
{
	struct copl_strbuf values = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer_record rec;
	struct copl_reporter r;
	struct copl_mark mark;
	size_t parsed = rd->reads;

	copl_mark_make(&mark, ID, strlen(ID), xml->s, xml->len);
	assert_true(copl_mark_keep(&mark, "2027-12-31"));
	copl_mark_put(&mark, xml);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_answer_read(rd, xml->s, xml->len, "a.xml", &r, &rec), COPL_OK);
	assert_int_equal(rd->reads, parsed);
	put_record(&rec, &values);
	assert_string_equal(copl_strbuf_text(&values), expected);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	copl_strbuf_clear(&values);
}

/* Read by the parser, for what we have not written to the byte, it is the same.
 */
static void check_parsed(struct copl_answer_reader *rd, struct copl_strbuf *xml,
    const char *expected)
{
	struct copl_strbuf values = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer_record rec;
	struct copl_reporter r;
	size_t parsed = rd->reads;

	copl_strbuf_puts(xml, "<!-- конец -->");
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_answer_read(rd, xml->s, xml->len, "a.xml", &r, &rec), COPL_OK);
	assert_int_equal(rd->reads, parsed + 1);
	put_record(&rec, &values);
	assert_string_equal(copl_strbuf_text(&values), expected);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	copl_strbuf_clear(&values);
}

static void check_stored(struct copl_answer_reader *rd,
    const struct schema *schema, const struct copl_answer *a,
    const char *expected)
{
	struct copl_strbuf xml = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_strbuf values = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer_record rec;
	struct copl_reporter r;
	size_t parsed = rd->reads;

	assert_int_equal(copl_answer_write(a, &xml), COPL_OK);
	check_schema(schema, &xml);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_answer_read(rd, xml.s, xml.len, "a.xml", &r, &rec), COPL_OK);
	put_record(&rec, &values);
	assert_string_equal(copl_strbuf_text(&values), expected);
	assert_string_equal(rec.id, a->id);
	assert_string_equal(rec.form, a->form);
	assert_string_equal(rec.version, a->version);
	assert_int_equal(rec.release, 12);
	assert_true(rec.hour == NOON);
	assert_true((rec.lang == NULL) == (a->lang == NULL));
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	assert_int_equal(rd->reads, parsed);
	check_marked(rd, &xml, expected);
	check_parsed(rd, &xml, expected);
	copl_strbuf_clear(&xml);
	copl_strbuf_clear(&values);
}

static void check_person(const struct copl_answer_form *f, struct dice *d,
    struct copl_answer_reader *rd, const struct schema *schema)
{
	struct copl_strbuf expected = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_strbuf odk = COPL_STRBUF_INIT(OUT_MAX);
	struct post p = {.n = 0};
	struct copl_answer a;
	struct person who;

	be_somebody(d, f, &who);
	put_expected(&who, &expected);
	post_person(d, &p, f, &who);
	assert_int_equal(
	    copl_answer_take_fields(f, p.list, p.n, &about, &a), COPL_OK);
	check_values(&a, copl_strbuf_text(&expected), NULL);
	check_stored(rd, schema, &a, copl_strbuf_text(&expected));
	copl_answer_free(&a);
	put_odk(f, &who, &odk);
	assert_int_equal(take_odk(f, odk.s, odk.len, &about, &a), COPL_OK);
	check_values(&a, copl_strbuf_text(&expected), &odk);
	assert_string_equal(a.id, "uuid:" ID);
	check_stored(rd, schema, &a, copl_strbuf_text(&expected));
	copl_answer_free(&a);
	post_free(&p);
	copl_strbuf_clear(&expected);
	copl_strbuf_clear(&odk);
}

static void same_values(void **state)
{
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct dice d = {UINT64_C(0x2027)};
	struct schema schema;
	size_t i, k, n;

	(void)state;
	assert_non_null(rd);
	open_schema(&schema);
	for (i = 0; i < COPL_COUNT(forms); i++)
		for (k = 0; k < COPL_COUNT(guardian_ages); k++) {
			struct copl_answer_form *f =
			    load_form(forms[i], guardian_ages[k]);

			for (n = 0; n < PEOPLE / 4; n++)
				check_person(f, &d, rd, &schema);
			copl_answer_form_free(f);
		}
	close_schema(&schema);
	copl_answer_reader_free(rd);
}

/* ---- one damage ---- */

static void drop(struct post *p, const char *name)
{
	size_t i = 0;

	while (i < p->n)
		if (strcmp(p->list[i].name, name) == 0)
			p->list[i] = p->list[--p->n];
		else
			i++;
}

static void set(struct post *p, const char *name, const char *value)
{
	drop(p, name);
	post(p, name, value);
}

static const char *part(const char *id, const char *name)
{
	static char text[100];

	snprintf(text, sizeof(text), "%s.%s", id, name);
	return text;
}

static bool any_chosen(const struct said *a, bool alone)
{
	size_t i;

	for (i = 0; i < a->q->choices->n; i++)
		if (a->chosen[i] &&
		    a->q->choices->options[i].exclusive == alone)
			return true;
	return false;
}

#define NO_DAMAGE ((enum copl_answer_fault_kind) - 1)

static enum copl_answer_fault_kind damage_one(
    struct dice *d, struct post *p, const struct said *a)
{
	switch (roll(d, 4)) {
	case 0:
		set(p, a->q->id, "другое");
		return COPL_FAULT_OPTION;
	case 1:
		drop(p, a->q->id);
		return a->q->required ? COPL_FAULT_MISSING : NO_DAMAGE;
	case 2:
		set(p, a->q->id, "a\x01");
		return COPL_FAULT_TEXT;
	default:
		post(p, a->q->id, a->q->choices->options[0].value);
		return a->any ? COPL_FAULT_TWICE : NO_DAMAGE;
	}
}

static enum copl_answer_fault_kind damage_many(
    struct dice *d, struct post *p, const struct said *a)
{
	const struct copl_choices *c = a->q->choices;
	unsigned what = roll(d, 4);
	size_t i;

	if (what == 0) {
		post(p, a->q->id, "没有");
		return COPL_FAULT_OPTION;
	}
	for (i = 0; what == 1 && i < c->n; i++)
		if (c->options[i].exclusive && any_chosen(a, false)) {
			post(p, a->q->id, c->options[i].value);
			return COPL_FAULT_EXCLUSIVE;
		}
	for (i = 0; what == 2 && i < c->n; i++)
		if (a->chosen[i]) {
			post(p, a->q->id, c->options[i].value);
			return COPL_FAULT_TWICE;
		}
	if (what != 3 || a->q->max == NULL || any_chosen(a, true))
		return NO_DAMAGE;
	drop(p, a->q->id);
	for (i = 0; i < c->n; i++)
		if (!c->options[i].exclusive)
			post(p, a->q->id, c->options[i].value);
	return COPL_FAULT_TOO_MANY;
}

static enum copl_answer_fault_kind damage_rank(
    struct dice *d, struct post *p, const struct said *a)
{
	const struct copl_choices *c = a->q->choices;

	if (roll(d, 2) == 0) {
		set(p, part(a->q->id, c->options[0].value), "99");
		return COPL_FAULT_OPTION;
	}
	set(p, part(a->q->id, c->options[0].value), "1");
	set(p, part(a->q->id, c->options[1].value), "1");
	return COPL_FAULT_RANK;
}

static enum copl_answer_fault_kind damage_number(
    struct dice *d, struct post *p, const struct said *a)
{
	static const struct {
		const char *value;
		enum copl_answer_fault_kind kind;
	} list[] = {{"много", COPL_FAULT_NUMBER}, {"1 000", COPL_FAULT_NUMBER},
	    {"-7", COPL_FAULT_RANGE}, {"1000", COPL_FAULT_RANGE},
	    {"0.5", COPL_FAULT_RANGE}, {"1e99", COPL_FAULT_RANGE}};
	unsigned i = roll(d, COPL_COUNT(list));

	set(p, a->q->id, list[i].value);
	return list[i].kind;
}

static enum copl_answer_fault_kind damage_text(
    struct dice *d, struct post *p, const struct said *a)
{
	char *large = malloc(2 * ((size_t)a->q->maxlength + 1) + 1);
	enum copl_answer_fault_kind kind = COPL_FAULT_LONG;
	size_t i;

	assert_non_null(large);
	assert_true(a->q->maxlength > 0);
	for (i = 0; i <= a->q->maxlength; i++)
		memcpy(large + 2 * i, "я", 2);
	large[2 * i] = '\0';
	i = roll(d, 3);
	if (i > 0) {
		kind = COPL_FAULT_TEXT;
		memcpy(large, i == 1 ? "\x02" : "\xd0", 2);
	}
	set(p, a->q->id, large);
	free(large);
	return kind;
}

static enum copl_answer_fault_kind damage_date(
    struct dice *d, struct post *p, const struct said *a)
{
	const char *id = a->q->id;
	unsigned what = roll(d, 3);

	set(p, part(id, "year"), "2026");
	if (a->q->precision != COPL_DATE_YEAR)
		set(p, part(id, "month"), "2");
	if (a->q->precision == COPL_DATE_DAY) {
		set(p, part(id, "year"), "2027");
		set(p, part(id, "day"), what == 0 ? "29" : "3");
		if (what == 0)
			return COPL_FAULT_DATE;
	}
	if (what == 2) {
		set(p, part(id, "year"), "2999");
		return a->q->max == NULL ? NO_DAMAGE : COPL_FAULT_RANGE;
	}
	set(p, part(id, a->q->precision == COPL_DATE_YEAR ? "year" : "month"),
	    a->q->precision == COPL_DATE_YEAR ? "0" : "13");
	return COPL_FAULT_DATE;
}

static enum copl_answer_fault_kind damage(
    struct dice *d, struct post *p, const struct said *a)
{
	switch (a->q->kind) {
	case COPL_CHOOSE_ONE:
		return damage_one(d, p, a);
	case COPL_CHOOSE_MANY:
		return damage_many(d, p, a);
	case COPL_GRID:
		set(p, part(a->q->id, a->q->rows[0].id), "дважды");
		return COPL_FAULT_OPTION;
	case COPL_RANK:
		return damage_rank(d, p, a);
	case COPL_RATING:
	case COPL_NUMBER:
		return damage_number(d, p, a);
	case COPL_TEXT:
		return damage_text(d, p, a);
	case COPL_DATE:
		return damage_date(d, p, a);
	case COPL_CONSENT:
		if (roll(d, 2) == 0)
			drop(p, a->q->id);
		else
			set(p, a->q->id, "no");
		return COPL_FAULT_CONSENT;
	case COPL_NOTE_ITEM:
		break;
	}
	return NO_DAMAGE;
}

/*
 * The fault is there, at its question.  Others can only be at questions that
 * are asked because of the answer that is lost.
 */
static void check_found(const struct copl_answer *a, const struct said *said,
    enum copl_answer_fault_kind kind)
{
	bool found = false, elsewhere = false;
	size_t i;

	for (i = 0; i < a->nfaults; i++) {
		const struct copl_answer_fault *t = &a->faults[i];

		if (t->question == said->q)
			found = found || t->kind == kind;
		else
			elsewhere = elsewhere || t->question == NULL ||
				    t->question->when == NULL;
	}
	if (found && !elsewhere)
		return;
	print_message("# %s: %s is not found, or more\n", said->q->id,
	    copl_answer_fault_name(kind));
	for (i = 0; i < a->nfaults; i++)
		print_message(
		    "# %s\n", copl_answer_fault_name(a->faults[i].kind));
	fail();
}

static bool damage_person(
    const struct copl_answer_form *f, struct dice *d, size_t *kinds)
{
	enum copl_answer_fault_kind kind = NO_DAMAGE;
	struct post p = {.n = 0};
	const struct said *said;
	struct copl_answer a;
	struct person who;

	be_somebody(d, f, &who);
	post_person(d, &p, f, &who);
	said = &who.said[roll(d, (unsigned)who.n)];
	/* What hangs on a condition must not hide what is looked at. */
	if (said->asked)
		kind = damage(d, &p, said);
	if (kind != NO_DAMAGE) {
		assert_int_equal(
		    copl_answer_take_fields(f, p.list, p.n, &about, &a),
		    COPL_OK);
		check_found(&a, said, kind);
		kinds[kind]++;
		copl_answer_free(&a);
	}
	post_free(&p);
	return kind != NO_DAMAGE;
}

static void one_damage(void **state)
{
	size_t kinds[COPL_FAULT_TWICE + 1] = {0}, i, n;
	struct dice d = {UINT64_C(0x1986)};

	(void)state;
	for (i = 0; i < COPL_COUNT(forms); i++) {
		struct copl_answer_form *f = load_form(forms[i], 16);

		for (n = 0; n < PEOPLE;)
			n += damage_person(f, &d, kinds);
		copl_answer_form_free(f);
	}
	for (i = 0; i <= COPL_FAULT_TWICE; i++)
		if (i != COPL_FAULT_TOO_FEW && i != COPL_FAULT_FIELD)
			assert_true(kinds[i] > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(same_values), cmocka_unit_test(one_damage)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
