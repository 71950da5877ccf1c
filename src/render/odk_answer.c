/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "render/odk_priv.h"

#define ROW_OF_NUMBERS 11
#define TOLERANCE "0.000001"

static const char *required_of(const struct copl_question *q)
{
	return q->required ? "true()" : NULL;
}

static struct odk_bind bind_of(const struct odk_item *item, const char *path,
    const char *type, const char *relevant)
{
	return (struct odk_bind){.path = path,
	    .type = type,
	    .required = required_of(item->q),
	    .relevant = relevant,
	    .item = item};
}

/* Conditions that must all be true; NULL: none. */
struct all {
	struct copl_strbuf xpath;
};

static void all_init(struct all *a)
{
	memset(a, 0, sizeof(*a));
	a->xpath.max = ODK_XPATH_MAX;
}

static void all_of(struct all *a)
{
	if (a->xpath.len > 0)
		copl_strbuf_puts(&a->xpath, " and ");
}

static const char *all_text(struct odk *o, const struct all *a)
{
	if (a->xpath.st != COPL_OK)
		odk_fail(o, a->xpath.st);
	return a->xpath.len > 0 ? a->xpath.s : NULL;
}

/* The question's node, its bind, and its control up to the first child. */
static void put_open(struct odk *o, const struct odk_item *item,
    const struct odk_bind *b, const char *control, const char *attrs)
{
	copl_strbuf_printf(&o->data, "<%s/>", item->q->id);
	odk_put_bind(o, b);
	copl_strbuf_printf(
	    &o->body, "      <%s ref=\"%s\"%s>", control, b->path, attrs);
	odk_put_label(o, item);
}

static void put_close(struct odk *o, const char *control)
{
	copl_strbuf_printf(&o->body, "</%s>\n", control);
}

/* ---- lists of answers ---- */

static void say_answer(struct odk_pen *p, const struct odk_what *w)
{
	odk_option(p, odk_answer(p, w));
}

/* Is the list new?  It is then begun. */
static bool list_open(struct odk *o, const char *id)
{
	size_t at;

	if (copl_map_get(&o->listed, id, &at))
		return false;
	if (!copl_map_put(&o->listed, id, 0, NULL)) {
		odk_fail(o, COPL_E_NOMEM);
		return false;
	}
	copl_strbuf_printf(
	    &o->lists, "      <instance id=\"%s\">\n        <list>\n", id);
	return true;
}

static void list_item(struct odk *o, const char *text, const char *value)
{
	copl_strbuf_printf(&o->lists,
	    "          <item><itextId>%s</itextId><name>%s</name></item>\n",
	    text, value);
}

static void list_close(struct odk *o)
{
	copl_strbuf_puts(&o->lists, "        </list>\n      </instance>\n");
}

static void put_itemset(struct odk *o, const char *id, bool shuffle)
{
	copl_strbuf_printf(&o->body,
	    "<itemset nodeset=\"%sinstance('%s')/list/item%s\">"
	    "<value ref=\"name\"/><label ref=\"jr:itext(itextId)\"/>"
	    "</itemset>",
	    shuffle ? "randomize(" : "", id, shuffle ? ", /data/_order)" : "");
}

static const char *list_id(const struct copl_question *q)
{
	return q->choices->id != NULL ? q->choices->id : q->id;
}

void odk_put_choices(struct odk *o, const struct odk_item *item)
{
	const char *id = list_id(item->q);
	struct odk_what w = {.s = item->s, .i = item->i};

	if (list_open(o, id)) {
		for (; w.n < item->q->choices->n; w.n++) {
			const char *value =
			    item->q->choices->options[w.n].value;
			const char *text = odk_printf(o, "%s/%s", id, value);

			odk_itext(o, text, ODK_PLAIN, say_answer, &w);
			list_item(o, text, value);
		}
		list_close(o);
	}
	put_itemset(o, id, item->q->shuffle);
}

static void say_number(struct odk_pen *p, const struct odk_what *w)
{
	copl_strbuf_printf(p->out, "%zu", w->n);
}

void odk_put_numbers(struct odk *o, unsigned first, unsigned last)
{
	const char *id = odk_printf(o, "_%u_to_%u", first, last);
	struct odk_what w = {.n = first};

	if (list_open(o, id)) {
		for (; w.n <= last; w.n++) {
			const char *value = odk_printf(o, "%zu", w.n);
			const char *text = odk_printf(o, "_numbers/%zu", w.n);

			odk_itext(o, text, ODK_PLAIN, say_number, &w);
			list_item(o, text, value);
		}
		list_close(o);
	}
	put_itemset(o, id, false);
}

/* ---- choose one, choose many ---- */

static void count_rules(const struct copl_question *q, struct all *a)
{
	long min = render_number(q->min), max = render_number(q->max);
	size_t i;

	if (min > 0) {
		all_of(a);
		copl_strbuf_printf(&a->xpath, "(count-selected(.) >= %ld", min);
		/* An answer that stands alone is enough by itself. */
		for (i = 0; i < q->choices->n; i++)
			if (q->choices->options[i].exclusive)
				copl_strbuf_printf(&a->xpath,
				    " or selected(., '%s')",
				    q->choices->options[i].value);
		copl_strbuf_puts(&a->xpath, ")");
	}
	if (max > 0) {
		all_of(a);
		copl_strbuf_printf(&a->xpath, "count-selected(.) <= %ld", max);
	}
	for (i = 0; i < q->choices->n; i++) {
		if (!q->choices->options[i].exclusive)
			continue;
		all_of(a);
		copl_strbuf_printf(&a->xpath,
		    "not(selected(., '%s') and count-selected(.) > 1)",
		    q->choices->options[i].value);
	}
}

void odk_put_choose(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	bool one = item->q->kind == COPL_CHOOSE_ONE;
	const char *control = one ? "select1" : "select";
	struct odk_bind b = bind_of(item, path, "string", relevant);
	struct all rules;

	all_init(&rules);
	if (!one)
		count_rules(item->q, &rules);
	b.constraint = all_text(o, &rules);
	put_open(o, item, &b, control, "");
	odk_put_choices(o, item);
	put_close(o, control);
	copl_strbuf_clear(&rules.xpath);
}

/* ---- consent: a tick of the client would not be in our language ---- */

static void say_agree(struct odk_pen *p, const struct odk_what *w)
{
	(void)w;
	odk_words(p, "agree", NULL, 0);
}

void odk_put_consent(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	const struct odk_bind b = bind_of(item, path, "string", relevant);
	const struct odk_what w = {.s = item->s, .i = item->i};

	put_open(o, item, &b, "select1", "");
	odk_itext(o, "_words/agree", ODK_PLAIN, say_agree, &w);
	copl_strbuf_puts(&o->body, "<item>");
	odk_put_ref(o, "label", "_words/agree");
	copl_strbuf_puts(&o->body, "<value>yes</value></item>");
	put_close(o, "select1");
}

/* ---- rating, rank ---- */

/*
 * A slider shows a value before anybody has chosen one, so a scale that fits is
 * a row of numbers.
 */
void odk_put_rating(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	const struct copl_question *q = item->q;
	struct odk_bind b = bind_of(item, path, "string", relevant);

	if (q->from >= 0 && q->to - q->from < ROW_OF_NUMBERS) {
		put_open(
		    o, item, &b, "select1", " appearance=\"columns-pack\"");
		odk_put_numbers(o, (unsigned)q->from, (unsigned)q->to);
		put_close(o, "select1");
		return;
	}
	b.type = "int";
	b.constraint = odk_printf(o, ". >= %ld and . <= %ld", q->from, q->to);
	put_open(o, item, &b, "range",
	    odk_printf(
		o, " start=\"%ld\" end=\"%ld\" step=\"1\"", q->from, q->to));
	put_close(o, "range");
}

void odk_put_rank(struct odk *o, const struct odk_item *item, const char *path,
    const char *relevant)
{
	const struct odk_bind b = bind_of(item, path, "odk:rank", relevant);

	put_open(o, item, &b, "odk:rank", "");
	odk_put_choices(o, item);
	put_close(o, "odk:rank");
}

/* ---- text, number ---- */

void odk_put_textbox(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	const struct copl_question *q = item->q;
	struct odk_bind b = bind_of(item, path, "string", relevant);

	if (q->maxlength > 0)
		b.constraint =
		    odk_printf(o, "string-length(.) <= %u", q->maxlength);
	put_open(o, item, &b, "input",
	    q->lines == 1
		? ""
		: odk_printf(o, " appearance=\"multiline\" rows=\"%u\"",
		      q->lines > 0 ? q->lines : RENDER_LINES_USUAL));
	put_close(o, "input");
}

static bool is_whole(const char *number)
{
	return number == NULL || strchr(number, '.') == NULL;
}

/* Steps count from the least number, or from nought. */
static void step_rule(const struct copl_question *q, bool whole, struct all *a)
{
	const char *from = q->min != NULL ? q->min : "0";

	if (q->step == NULL || (whole && strcmp(q->step, "1") == 0))
		return;
	all_of(a);
	if (whole)
		copl_strbuf_printf(
		    &a->xpath, "(. - %s) mod %s = 0", from, q->step);
	else
		/* A tenth is no number that computers have. */
		copl_strbuf_printf(&a->xpath,
		    "(. - %s) div %s - round((. - %s) div %s) < " TOLERANCE
		    " and round((. - %s) div %s) - (. - %s) div %s "
		    "< " TOLERANCE,
		    from, q->step, from, q->step, from, q->step, from, q->step);
}

void odk_put_number(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant)
{
	const struct copl_question *q = item->q;
	bool whole = q->step != NULL && is_whole(q->step) && is_whole(q->min);
	struct odk_bind b =
	    bind_of(item, path, whole ? "int" : "decimal", relevant);
	struct all rules;

	all_init(&rules);
	if (q->min != NULL)
		copl_strbuf_printf(&rules.xpath, ". >= %s", q->min);
	if (q->max != NULL) {
		all_of(&rules);
		copl_strbuf_printf(&rules.xpath, ". <= %s", q->max);
	}
	step_rule(q, whole, &rules);
	b.constraint = all_text(o, &rules);
	put_open(o, item, &b, "input", "");
	put_close(o, "input");
	copl_strbuf_clear(&rules.xpath);
}

/* ---- date ---- */

/* The day of an instant, where it was written. */
static void day_of(const struct copl_instant *at, char out[COPL_INSTANT_SIZE])
{
	copl_instant_format(at->seconds + (int64_t)at->offset * 60, out);
	out[strcspn(out, "T")] = '\0';
}

/* The day that a limit names; of a month or a year its first day is asked. */
static void limit_day(const struct odk *o, const struct copl_question *q,
    const char *limit, bool first, char day[COPL_INSTANT_SIZE])
{
	day[0] = '\0';
	if (strcmp(limit, "opens") == 0 && o->form->opens != NULL)
		day_of(o->form->opens, day);
	else if (strcmp(limit, "closes") == 0)
		day_of(&o->form->closes, day);
	else if (strlen(limit) < COPL_INSTANT_SIZE)
		memcpy(day, limit, strlen(limit) + 1);
	if (!first || strlen(day) != 10 || q->precision == COPL_DATE_DAY)
		return;
	day[8] = '0';
	day[9] = '1';
	if (q->precision == COPL_DATE_YEAR) {
		day[5] = '0';
		day[6] = '1';
	}
}

static void limit_rule(struct odk *o, const struct copl_question *q,
    const char *limit, const char *compare, struct all *a)
{
	char day[COPL_INSTANT_SIZE];

	if (limit == NULL)
		return;
	all_of(a);
	if (strcmp(limit, "today") == 0) {
		copl_strbuf_printf(&a->xpath, ". %s today()", compare);
		return;
	}
	limit_day(o, q, limit, *compare == '>', day);
	copl_strbuf_printf(&a->xpath, ". %s date('%s')", compare, day);
}

void odk_put_date(struct odk *o, const struct odk_item *item, const char *path,
    const char *relevant)
{
	static const char *const appearances[] = {[COPL_DATE_DAY] = "",
	    [COPL_DATE_MONTH] = " appearance=\"month-year\"",
	    [COPL_DATE_YEAR] = " appearance=\"year\""};
	const struct copl_question *q = item->q;
	struct odk_bind b = bind_of(item, path, "date", relevant);
	struct all rules;

	all_init(&rules);
	limit_rule(o, q, q->min, ">=", &rules);
	limit_rule(o, q, q->max, "<=", &rules);
	b.constraint = all_text(o, &rules);
	put_open(o, item, &b, "input", appearances[q->precision]);
	put_close(o, "input");
	copl_strbuf_clear(&rules.xpath);
}
