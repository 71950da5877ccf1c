/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TESTS_NEVER_LOST_H
#define COPL_TESTS_NEVER_LOST_H

/*
 * What holds of every document that parses, for each key and inline form;
 * asked by the fuzz target and by the unit test of random documents.
 *
 * The first broken promise is in what never_lost() returns; NULL: all hold.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "l10n/l10n.h"

#define LOST_MAX ((size_t)64 << 20)

struct lost {
	const struct copl_xml *x;
	const struct copl_units *u;
	uint32_t *unit; /* by element: unit of its text, COPL_XML_NONE */
	bool *its; /* by element: in an element of ITS itself */
	struct copl_strbuf want;
	struct copl_strbuf got;
};

static inline bool lost_is_its(const struct copl_xml *x, uint32_t i)
{
	const struct copl_xml_name *n = copl_xml_element_name(x, i);

	return n->ns != NULL &&
	       strcmp(n->ns, "http://www.w3.org/2005/11/its") == 0 &&
	       strcmp(n->local, "span") != 0;
}

/* The nearest element that is a unit or part of the sentence of one. */
static inline void lost_find_units(struct lost *l)
{
	uint32_t i;
	size_t k;

	for (i = 0; i < l->x->nelements; i++)
		l->unit[i] = COPL_XML_NONE;
	for (k = 0; k < l->u->n; k++)
		if (l->u->list[k].attr == COPL_XML_NONE)
			l->unit[l->u->list[k].element] = (uint32_t)k;
	for (i = 0; i < l->x->nelements; i++) {
		const struct copl_its_value *v = copl_its_element(l->u->its, i);
		uint32_t up = l->x->elements[i].parent;

		l->its[i] =
		    lost_is_its(l->x, i) || (up != COPL_XML_NONE && l->its[up]);
		if (l->unit[i] == COPL_XML_NONE && up != COPL_XML_NONE &&
		    v->translate && v->within == COPL_WITHIN_YES)
			l->unit[i] = l->unit[up];
	}
}

static inline void lost_add(struct copl_strbuf *b, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!copl_is_space(s[i]))
			copl_strbuf_add(b, s + i, 1);
}

/* The text of a piece without white space; false: it is none. */
static inline bool lost_text(const struct lost *l,
    const struct copl_xml_piece *p, struct copl_strbuf *out)
{
	const char *content;

	switch (p->kind) {
	case COPL_XML_TEXT:
	case COPL_XML_CDATA:
	case COPL_XML_CHARACTER:
		lost_add(out, p->s, p->len);
		return true;
	case COPL_XML_REFERENCE:
		content =
		    l->u->full ? copl_xml_entity(l->x, p->s, p->len) : NULL;
		if (content != NULL)
			lost_add(out, content, strlen(content));
		else
			copl_strbuf_printf(out, "&%.*s;", (int)p->len, p->s);
		return true;
	case COPL_XML_COMMENT:
	case COPL_XML_PI:
	case COPL_XML_TAG:
	case COPL_XML_END_TAG:
	case COPL_XML_END:
	default:
		return false;
	}
}

/* Own text of an element: in one unit, or in none because it need not be. */
static inline const char *lost_own(struct lost *l, uint32_t element)
{
	const struct copl_xml_element *e = &l->x->elements[element];
	uint32_t at = e->content, child = element + 1;
	struct copl_xml_piece p;

	for (;;) {
		size_t before = l->want.len;

		copl_xml_piece(l->x, at, e->close, &p);
		if (p.kind == COPL_XML_END)
			return NULL;
		at = p.end;
		if (p.kind == COPL_XML_TAG) {
			if (l->x->elements[child].start != p.start)
				return "a tag is no element";
			at = l->x->elements[child].end;
			child = l->x->elements[child].next;
		} else if (lost_text(l, &p, &l->want) && l->want.len > before &&
			   l->unit[element] == COPL_XML_NONE &&
			   copl_its_element(l->u->its, element)->translate &&
			   !l->its[element]) {
			return "a text is in no unit";
		}
		if (p.kind == COPL_XML_END_TAG)
			return "an end tag is nobody's";
	}
}

static inline const char *lost_loose(struct lost *l)
{
	const char *why = NULL;
	uint32_t i;

	for (i = 0; i < l->x->nelements && why == NULL; i++) {
		copl_strbuf_reset(&l->want);
		why = lost_own(l, i);
	}
	return why;
}

/* All text of a unit in the order of the document. */
static inline void lost_want(struct lost *l, uint32_t unit)
{
	uint32_t top = l->u->list[unit].element, at, next = top + 1;
	struct copl_xml_piece p;

	at = l->x->elements[top].content;
	copl_strbuf_reset(&l->want);
	for (;;) {
		copl_xml_piece(l->x, at, l->x->elements[top].close, &p);
		at = p.end;
		if (p.kind == COPL_XML_END)
			return;
		if (p.kind != COPL_XML_TAG) {
			(void)lost_text(l, &p, &l->want);
		} else if (l->unit[next] != unit) {
			at = l->x->elements[next].end;
			next = l->x->elements[next].next;
		} else {
			at = l->x->elements[next++].content;
		}
	}
}

/* A message without tags, references to entities as they stand. */
static inline void lost_got(struct lost *l, const char *msg)
{
	struct copl_strbuf plain = COPL_STRBUF_INIT(LOST_MAX);

	copl_strbuf_reset(&l->got);
	while (*msg != '\0') {
		size_t n = strcspn(msg, "<&");

		lost_add(&l->got, msg, n);
		msg += n;
		if (*msg == '\0')
			break;
		n = strcspn(msg, *msg == '<' ? ">" : ";") + 1;
		if (*msg == '&') {
			char *one = strndup(msg, n);

			copl_strbuf_reset(&plain);
			copl_inline_plain(one, &plain);
			/* an entity of the DTD has no text of its own */
			if (plain.len == 0)
				lost_add(&l->got, msg, n);
			else
				lost_add(&l->got, plain.s, plain.len);
			free(one);
		}
		msg += n;
	}
	copl_strbuf_clear(&plain);
}

static inline struct copl_place lost_place(void *arg, size_t offset)
{
	(void)arg;
	return (struct copl_place){"lost", 1, offset + 1};
}

static inline const char *lost_units(struct lost *l)
{
	struct copl_reporter r;
	struct copl_inline_check c = {.r = &r, .place = lost_place};
	const char *why = NULL;
	uint32_t i;

	copl_reporter_init(&r, NULL);
	for (i = 0; i < l->u->n && why == NULL; i++) {
		const struct copl_unit *unit = &l->u->list[i];

		if (copl_inline_compare(
			&c, unit->text.msgid, unit->text.msgid) != COPL_OK)
			why = "a message is no translation of itself";
		if (unit->attr != COPL_XML_NONE)
			continue;
		lost_want(l, i);
		lost_got(l, unit->text.msgid);
		if (strcmp(copl_strbuf_text(&l->want),
			copl_strbuf_text(&l->got)) != 0)
			why = "a message is not the text of its unit";
	}
	copl_inline_check_clear(&c);
	(void)copl_reporter_end(&r, COPL_OK);
	return why;
}

static inline enum copl_status lost_apply(const struct copl_units *u,
    const struct copl_catalog *c, const struct copl_apply *how,
    struct copl_strbuf *out, struct copl_xml **again)
{
	struct copl_reporter r;
	enum copl_status st;

	*again = NULL;
	copl_reporter_init(&r, NULL);
	st = copl_units_apply(u, c, how, &r, out);
	if (st == COPL_OK)
		st = copl_xml_read(copl_strbuf_text(out), out->len, "again",
		    COPL_XML_DOCUMENT, &r, again);
	return copl_reporter_end(&r, st);
}

/*
 * The next unit that holds text.  In full form an entity that is blank makes a
 * message of tags alone, which is none any more once it is a plain blank.
 */
static inline size_t lost_next(
    struct lost *l, const struct copl_units *u, size_t i)
{
	while (i < u->n && u->full && u->list[i].attr == COPL_XML_NONE) {
		lost_got(l, u->list[i].text.msgid);
		if (l->got.len > 0)
			break;
		i++;
	}
	return i;
}

/* A comment alone makes "<b></b>"; once it has moved that is "<b/>". */
static inline void lost_close_empty(struct copl_strbuf *out, const char *s)
{
	copl_strbuf_reset(out);
	for (; *s != '\0'; s++) {
		if (s[0] != '>' || s[1] != '<' || s[2] != '/') {
			copl_strbuf_add(out, s, 1);
			continue;
		}
		/* Only when it closes the very tag that ends here. */
		if (out->len > 0 && memrchr(out->s, '<', out->len) != NULL &&
		    ((char *)memrchr(out->s, '<', out->len))[1] != '/' &&
		    out->s[out->len - 1] != '/') {
			copl_strbuf_puts(out, "/>");
			s += strcspn(s + 1, ">") + 1;
		} else {
			copl_strbuf_add(out, s, 1);
		}
	}
}

/*
 * The same message but for the numbers of its tags: hidden elements that
 * differed in white space may be equal now and share one.
 */
static inline bool lost_same(const char *a, const char *b)
{
	bool tag = false;

	for (;; a++, b++) {
		while (tag && copl_is_digit(*a))
			a++;
		while (tag && copl_is_digit(*b))
			b++;
		if (*a != *b)
			return false;
		if (*a == '\0')
			return true;
		tag = *a == '<' || (tag && *a != '>');
	}
}

static inline bool lost_same_message(const char *a, const char *b)
{
	struct copl_strbuf x = COPL_STRBUF_INIT(1 << 22);
	struct copl_strbuf y = COPL_STRBUF_INIT(1 << 22);
	bool same;

	lost_close_empty(&x, a);
	lost_close_empty(&y, b);
	same = lost_same(copl_strbuf_text(&x), copl_strbuf_text(&y));
	copl_strbuf_clear(&x);
	copl_strbuf_clear(&y);
	return same;
}

/*
 * As lost_next() in the rewritten document: the attributes in a message of tags
 * alone were part of it, and are units of their own once it is none.
 */
static inline size_t lost_next_again(
    struct lost *l, const struct copl_units *b, size_t k)
{
	for (k = lost_next(l, b, k); k < b->n; k = lost_next(l, b, k + 1)) {
		uint32_t unit = b->list[k].element < l->x->nelements
				    ? l->unit[b->list[k].element]
				    : COPL_XML_NONE;

		if (b->list[k].attr == COPL_XML_NONE || unit == COPL_XML_NONE)
			break;
		lost_got(l, l->u->list[unit].text.msgid);
		if (l->got.len > 0)
			break;
	}
	return k;
}

static inline const char *lost_compare(
    struct lost *l, const struct copl_xml *x, const struct copl_l10n_options *o)
{
	const struct copl_units *a = l->u;
	struct copl_reporter r;
	struct copl_units *b = NULL;
	const char *why = NULL;
	size_t i, k;

	copl_reporter_init(&r, NULL);
	if (copl_units_of(x, o, &r, &b) != COPL_OK) {
		(void)copl_reporter_end(&r, COPL_OK);
		return "the rewritten document has no units";
	}
	i = lost_next(l, a, 0);
	k = lost_next_again(l, b, 0);
	while (i < a->n && k < b->n && why == NULL) {
		if (!lost_same_message(
			a->list[i].text.msgid, b->list[k].text.msgid))
			why = "a rewritten unit has another message";
		i = lost_next(l, a, i + 1);
		k = lost_next_again(l, b, k + 1);
	}
	if (why == NULL && (i < a->n || k < b->n))
		why = "the rewritten document has other units";
	copl_units_free(b);
	(void)copl_reporter_end(&r, COPL_OK);
	return why;
}

/* Identity, rewriting, and documents of which nothing is translated. */
static inline const char *lost_written(struct lost *l,
    const struct copl_l10n_options *o, const struct copl_catalog *none)
{
	static const struct copl_apply hows[] = {{.lang = NULL},
	    {.rewrite_all = true},
	    {.lang = "ar", .dir = "rtl", .missing = COPL_MISSING_SOURCE},
	    {.lang = "ru", .missing = COPL_MISSING_SOURCE, .strip_its = true},
	    {.lang = "zh-Hans", .missing = COPL_MISSING_DROP}};
	struct copl_strbuf out = COPL_STRBUF_INIT(LOST_MAX);
	const char *why = NULL;
	size_t i;

	for (i = 0; i < COPL_COUNT(hows) && why == NULL; i++) {
		struct copl_xml *again;
		enum copl_status st = lost_apply(
		    l->u, i < 2 ? NULL : none, &hows[i], &out, &again);

		if (st == COPL_E_LIMIT || st == COPL_E_NOMEM)
			why = NULL;
		else if (st != COPL_OK)
			why = i < 2 ? "the rewritten document does not parse"
				    : "the localized document does not parse";
		else if (i == 0 && strcmp(copl_strbuf_text(&out),
				       copl_strbuf_text(&l->x->text)) != 0)
			why = "identity is not the same bytes";
		else if (i == 1)
			why = lost_compare(l, again, o);
		copl_xml_free(again);
	}
	copl_strbuf_clear(&out);
	return why;
}

static inline const char *lost_with(const struct copl_xml *x,
    const struct copl_l10n_options *o, const struct copl_catalog *none)
{
	struct lost l = {.x = x,
	    .want = COPL_STRBUF_INIT(LOST_MAX),
	    .got = COPL_STRBUF_INIT(LOST_MAX)};
	struct copl_units *u = NULL;
	struct copl_reporter r;
	const char *why = NULL;

	copl_reporter_init(&r, NULL);
	if (copl_units_of(x, o, &r, &u) == COPL_OK) {
		l.u = u;
		l.unit = calloc(x->nelements, sizeof(*l.unit));
		l.its = calloc(x->nelements, sizeof(*l.its));
		if (l.unit != NULL && l.its != NULL) {
			lost_find_units(&l);
			why = lost_loose(&l);
			if (why == NULL)
				why = lost_units(&l);
			if (why == NULL)
				why = lost_written(&l, o, none);
		}
	}
	free(l.unit);
	free(l.its);
	copl_strbuf_clear(&l.want);
	copl_strbuf_clear(&l.got);
	copl_units_free(u);
	(void)copl_reporter_end(&r, COPL_OK);
	return why;
}

static inline const char *never_lost(const struct copl_xml *x)
{
	static const char header[] =
	    "msgid \"\"\nmsgstr \"\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n";
	struct copl_catalog *none = NULL;
	struct copl_reporter r;
	const char *why = NULL;
	int i;

	copl_reporter_init(&r, NULL);
	if (copl_catalog_read(
		header, sizeof(header) - 1, "none.po", &r, &none) != COPL_OK)
		why = "no catalog";
	for (i = 0; i < 4 && why == NULL; i++) {
		const struct copl_l10n_options o = {
		    .key = i & 1 ? COPL_KEY_TEXT : COPL_KEY_ID,
		    .inline_form =
			i & 2 ? COPL_INLINE_FULL : COPL_INLINE_SHORT};

		why = lost_with(x, &o, none);
	}
	copl_catalog_free(none);
	(void)copl_reporter_end(&r, COPL_OK);
	return why;
}

#endif
