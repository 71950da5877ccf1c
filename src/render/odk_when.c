/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "render/odk_priv.h"

/* Conditions one within another: more than the parser takes. */
#define WHEN_DEPTH 200

const struct odk_item *odk_item(
    const struct odk *o, const struct copl_question *q)
{
	size_t at = 0;

	return copl_map_get(&o->names, q->id, &at) ? &o->items[at] : NULL;
}

void odk_path(const struct odk_item *item, struct copl_strbuf *out)
{
	copl_strbuf_printf(out, "/data/%s/%s", item->section->id, item->q->id);
}

/* ---- what is asked at all ---- */

static bool below(const struct odk *o, const struct copl_option *option)
{
	return o->in->guardian_age >= 0 &&
	       copl_option_below(option, o->in->guardian_age);
}

static bool nobody_below(const struct odk *o, const struct copl_question *q)
{
	size_t i;

	for (i = 0; q->choices != NULL && i < q->choices->n; i++)
		if (below(o, &q->choices->options[i]))
			return false;
	return true;
}

static bool never_asked(const struct odk *o, const struct copl_question *q)
{
	const struct odk_item *item = odk_item(o, q);

	return item == NULL || item->fate == ODK_NEVER;
}

static enum odk_fate opposite(enum odk_fate f)
{
	if (f == ODK_MAYBE)
		return f;
	return f == ODK_NEVER ? ODK_ALWAYS : ODK_NEVER;
}

static enum odk_fate fate(
    const struct odk *o, const struct copl_when *w, int depth);

/* Of two conditions one is enough to decide, the other never is. */
static enum odk_fate fate_of_two(const struct odk *o, const struct copl_when *w,
    int depth, enum odk_fate deciding)
{
	enum odk_fate left = fate(o, w->left, depth + 1);
	enum odk_fate right = fate(o, w->right, depth + 1);

	if (left == deciding || right == deciding)
		return deciding;
	return left == right ? left : ODK_MAYBE;
}

static enum odk_fate fate(
    const struct odk *o, const struct copl_when *w, int depth)
{
	if (depth >= WHEN_DEPTH)
		return ODK_MAYBE;
	switch (w->op) {
	case COPL_WHEN_IS:
	case COPL_WHEN_INCLUDES:
		return never_asked(o, w->question) ? ODK_NEVER : ODK_MAYBE;
	case COPL_WHEN_IS_NOT:
		return never_asked(o, w->question) ? ODK_ALWAYS : ODK_MAYBE;
	case COPL_WHEN_MINOR:
		return never_asked(o, w->question) ||
			       nobody_below(o, w->question)
			   ? ODK_NEVER
			   : ODK_MAYBE;
	case COPL_WHEN_AND:
		return fate_of_two(o, w, depth, ODK_NEVER);
	case COPL_WHEN_OR:
		return fate_of_two(o, w, depth, ODK_ALWAYS);
	case COPL_WHEN_NOT:
		return opposite(fate(o, w->left, depth + 1));
	}
	return ODK_MAYBE;
}

enum odk_fate odk_fate(const struct odk *o, const struct copl_when *when)
{
	return when == NULL ? ODK_ALWAYS : fate(o, when, 0);
}

void odk_fates(struct odk *o)
{
	size_t i;

	/* Conditions look at earlier questions only. */
	for (i = 0; i < o->nitems; i++) {
		struct odk_item *item = &o->items[i];
		enum odk_fate section = odk_fate(o, item->section->when);
		enum odk_fate own = odk_fate(o, item->q->when);

		if (section == ODK_NEVER || own == ODK_NEVER)
			item->fate = ODK_NEVER;
		else
			item->fate = section == own ? own : ODK_MAYBE;
	}
}

/* ---- as XPath ---- */

struct writer {
	struct odk *o;
	const struct copl_section *in;
	struct copl_strbuf *out;
};

static void put(const struct writer *x, const struct copl_when *w, int depth);

static void put_path(const struct writer *x, const struct copl_question *q)
{
	const struct odk_item *item = odk_item(x->o, q);

	if (item != NULL)
		odk_path(item, x->out);
}

/* A hidden question answers nothing, nor does one hidden by that one ... */
static void put_asked(
    const struct writer *x, const struct copl_when *asked, int depth)
{
	if (asked == NULL)
		return;
	put(x, asked, depth + 1);
	copl_strbuf_puts(x->out, " and ");
}

/* NULL when it is not said: it always holds. */
static const struct copl_when *section_asked(
    const struct writer *x, const struct odk_item *item)
{
	if (item == NULL || item->section == x->in ||
	    odk_fate(x->o, item->section->when) != ODK_MAYBE)
		return NULL;
	return item->section->when;
}

static const struct copl_when *own_asked(
    const struct writer *x, const struct odk_item *item)
{
	if (item == NULL || odk_fate(x->o, item->q->when) != ODK_MAYBE)
		return NULL;
	return item->q->when;
}

static void put_minor(const struct writer *x, const struct copl_question *q)
{
	const char *between = "(";
	size_t i;

	for (i = 0; i < q->choices->n; i++) {
		if (!below(x->o, &q->choices->options[i]))
			continue;
		copl_strbuf_puts(x->out, between);
		put_path(x, q);
		copl_strbuf_printf(
		    x->out, " = '%s'", q->choices->options[i].value);
		between = " or ";
	}
	copl_strbuf_puts(x->out, ")");
}

static void put_test(const struct writer *x, const struct copl_when *w)
{
	if (w->op == COPL_WHEN_MINOR) {
		put_minor(x, w->question);
	} else if (w->op == COPL_WHEN_INCLUDES) {
		copl_strbuf_puts(x->out, "selected(");
		put_path(x, w->question);
		copl_strbuf_printf(x->out, ", '%s')", w->value);
	} else {
		put_path(x, w->question);
		copl_strbuf_printf(x->out, " = '%s'", w->value);
	}
}

static void put_comparison(
    const struct writer *x, const struct copl_when *w, int depth)
{
	const struct odk_item *item = odk_item(x->o, w->question);
	const struct copl_when *section = section_asked(x, item);
	const struct copl_when *own = own_asked(x, item);
	bool not_ = w->op == COPL_WHEN_IS_NOT;
	bool group = not_ || section != NULL || own != NULL;

	copl_strbuf_puts(x->out, not_ ? "not(" : group ? "(" : "");
	put_asked(x, section, depth);
	put_asked(x, own, depth);
	put_test(x, w);
	copl_strbuf_puts(x->out, group ? ")" : "");
}

/* What is decided already is not said. */
static void put_two(
    const struct writer *x, const struct copl_when *w, int depth)
{
	bool left = fate(x->o, w->left, depth + 1) == ODK_MAYBE;
	bool right = fate(x->o, w->right, depth + 1) == ODK_MAYBE;

	copl_strbuf_puts(x->out, "(");
	if (left)
		put(x, w->left, depth + 1);
	if (left && right)
		copl_strbuf_puts(
		    x->out, w->op == COPL_WHEN_AND ? " and " : " or ");
	if (right)
		put(x, w->right, depth + 1);
	copl_strbuf_puts(x->out, ")");
}

/* A condition that depends on answers. */
static void put(const struct writer *x, const struct copl_when *w, int depth)
{
	if (x->out->st == COPL_OK && depth >= WHEN_DEPTH)
		x->out->st = COPL_E_LIMIT;
	if (x->out->st != COPL_OK)
		return;
	switch (w->op) {
	case COPL_WHEN_IS:
	case COPL_WHEN_IS_NOT:
	case COPL_WHEN_INCLUDES:
	case COPL_WHEN_MINOR:
		put_comparison(x, w, depth);
		break;
	case COPL_WHEN_AND:
	case COPL_WHEN_OR:
		put_two(x, w, depth);
		break;
	case COPL_WHEN_NOT:
		copl_strbuf_puts(x->out, "not(");
		put(x, w->left, depth + 1);
		copl_strbuf_puts(x->out, ")");
		break;
	}
}

void odk_when(struct odk *o, const struct copl_when *when,
    const struct copl_section *in, struct copl_strbuf *out)
{
	const struct writer x = {o, in, out};

	put(&x, when, 0);
}
