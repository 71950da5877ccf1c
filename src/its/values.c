/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values of a node: what it inherits and what is said of it. */
#include "config.h"
#include <string.h>
#include "its/its_priv.h"

#define ANNOTATORS_MAX ((size_t)4 << 10) /* one for each category */

void its_value_derive(struct copl_its_value *v)
{
	const char *within = v->f[COPL_ITS_F_WITHIN];
	const char *translate = v->f[COPL_ITS_F_TRANSLATE];
	const char *space = v->f[COPL_ITS_F_SPACE];
	uint64_t n;

	v->translate = translate != NULL && strcmp(translate, "yes") == 0;
	v->preserve = space != NULL && strcmp(space, "preserve") == 0;
	v->within = COPL_WITHIN_NO;
	if (within != NULL && strcmp(within, "yes") == 0)
		v->within = COPL_WITHIN_YES;
	if (within != NULL && strcmp(within, "nested") == 0)
		v->within = COPL_WITHIN_NESTED;
	v->maxchars = 0;
	if (v->f[COPL_ITS_F_MAX_CHARS] != NULL &&
	    copl_number_parse(v->f[COPL_ITS_F_MAX_CHARS], 100000, &n))
		v->maxchars = (unsigned)n;
}

/*
 * Annotators of this node before those of its ancestors; of one category the
 * innermost counts (5.7).
 */
static const char *merge_annotators(
    struct its_eval *e, const char *own, const char *outer)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(2 * ANNOTATORS_MAX);
	const char *p = outer, *copy;

	/* What is too long to be looked through does not inherit. */
	if (outer == NULL || strlen(own) > ANNOTATORS_MAX ||
	    strlen(outer) > ANNOTATORS_MAX)
		return own;
	copl_strbuf_puts(&b, own);
	while (*p != '\0') {
		size_t n = strcspn(p, " "), key = strcspn(p, "|") + 1;
		const char *q = own;
		bool known = false;

		while (*q != '\0' && !known) {
			known = key <= n && strncmp(q, p, key) == 0;
			q += strcspn(q, " ");
			q += strspn(q, " ");
		}
		if (!known) {
			copl_strbuf_add(&b, " ", 1);
			copl_strbuf_add(&b, p, n);
		}
		p += n;
		p += strspn(p, " ");
	}
	copy = copl_arena_strdup(e->its->arena, copl_strbuf_text(&b));
	if (copy == NULL)
		e->r->nomem = true;
	copl_strbuf_clear(&b);
	return copy;
}

struct copl_its_value *its_value_new(
    struct its_eval *e, const struct copl_its_value *base)
{
	struct copl_its_value *v = copl_arena_alloc(e->its->arena, sizeof(*v));

	if (v == NULL) {
		e->r->nomem = true;
		return NULL;
	}
	*v = *base;
	v->child = NULL;
	return v;
}

void its_value_default(struct copl_its_value *v)
{
	v->f[COPL_ITS_F_WITHIN] = "no";
	v->f[COPL_ITS_F_TERM] = "no";
}

/* What the content of a node inherits. */
const struct copl_its_value *its_value_inherited(
    struct its_eval *e, const struct copl_its_value *from)
{
	struct copl_its_value *v;
	size_t c, i;

	if (from->child != NULL)
		return from->child;
	v = its_value_new(e, from);
	if (v == NULL)
		return from;
	for (c = 0; c < COPL_ITS_CATEGORIES; c++) {
		const struct its_category *k =
		    its_category((enum copl_its_category)c);

		for (i = 0; !k->inherits && i < k->nfields; i++)
			if (k->fields[i] != COPL_ITS_F_ANNOTATORS)
				v->f[k->fields[i]] = NULL;
	}
	its_value_default(v);
	its_value_derive(v);
	v->child = v;
	((struct copl_its_value *)(uintptr_t)from)->child = v;
	return v;
}

void its_value_put(
    struct its_eval *e, const struct its_said *s, struct copl_its_value *v)
{
	size_t c, i;

	for (c = 0; c < COPL_ITS_CATEGORIES; c++) {
		const struct its_category *k =
		    its_category((enum copl_its_category)c);

		for (i = 0; its_is_said(s, c) && i < k->nfields; i++)
			if (k->fields[i] != COPL_ITS_F_ANNOTATORS)
				v->f[k->fields[i]] = s->f[k->fields[i]];
	}
	if (s->annotators != NULL)
		v->f[COPL_ITS_F_ANNOTATORS] = merge_annotators(
		    e, s->annotators, v->f[COPL_ITS_F_ANNOTATORS]);
	its_value_derive(v);
}

static struct its_memo *memo_of(
    struct its_eval *e, const struct copl_its_value *base)
{
	const struct its_said *s = &e->said;
	uint64_t h = (uint64_t)(uintptr_t)base >> 4;
	size_t i;

	if (!s->fixed || s->nrules > ITS_MEMO_RULES)
		return NULL;
	for (i = 0; i < s->nrules; i++)
		h = h * 31 + s->rules[i];
	return &e->memo[(h ^ h >> 17) % ITS_MEMO_SIZE];
}

const struct copl_its_value *its_value_settle(
    struct its_eval *e, const struct copl_its_value *base)
{
	const struct its_said *s = &e->said;
	struct its_memo *memo;
	struct copl_its_value *v;

	if (s->categories == 0 && s->annotators == NULL)
		return base;
	memo = memo_of(e, base);
	if (memo != NULL && memo->base == base && memo->n == s->nrules &&
	    memcmp(memo->rules, s->rules, s->nrules * sizeof(*s->rules)) == 0)
		return memo->value;
	v = its_value_new(e, base);
	if (v == NULL)
		return base;
	its_value_put(e, s, v);
	if (memo != NULL) {
		memo->base = base;
		memo->n = s->nrules;
		memcpy(memo->rules, s->rules, s->nrules * sizeof(*s->rules));
		memo->value = v;
	}
	return v;
}

/* Attributes inherit less than elements do. */
void its_value_attribute(
    const struct copl_its_value *element, struct copl_its_value *v)
{
	size_t c, i;

	*v = *element;
	v->child = NULL;
	for (c = 0; c < COPL_ITS_CATEGORIES; c++) {
		const struct its_category *k =
		    its_category((enum copl_its_category)c);

		for (i = 0; !k->attributes && i < k->nfields; i++)
			if (k->fields[i] != COPL_ITS_F_ANNOTATORS)
				v->f[k->fields[i]] = NULL;
	}
	v->f[COPL_ITS_F_TRANSLATE] = "no";
	v->f[COPL_ITS_F_TERM] = "no";
	its_value_derive(v);
}
