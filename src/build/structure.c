/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "build/structure_priv.h"

static void compare(struct structure *s, uint32_t m, uint32_t l);

/* Children of an element, one behind the other. */
struct child {
	const struct copl_xml *x;
	uint32_t i; /* COPL_XML_NONE: no more */
	uint32_t end;
};

static struct child first_child(const struct copl_xml *x, uint32_t element)
{
	uint32_t end = x->elements[element].next;

	return (struct child){
	    x, element + 1 < end ? element + 1 : COPL_XML_NONE, end};
}

static struct child next_child(struct child c)
{
	uint32_t i = c.x->elements[c.i].next;

	c.i = i < c.end ? i : COPL_XML_NONE;
	return c;
}

/* Is the master's element m among the localized ones behind l? */
static bool master_later(const struct structure *s, uint32_t m, struct child l)
{
	while (l.i != COPL_XML_NONE && !structure_same_key(s, m, s->b, l.i))
		l = next_child(l);
	return l.i != COPL_XML_NONE;
}

/* Is the localized element l among the master's from m on? */
static bool localized_later(
    const struct structure *s, struct child m, uint32_t l)
{
	while (m.i != COPL_XML_NONE && !structure_same_key(s, m.i, s->b, l))
		m = next_child(m);
	return m.i != COPL_XML_NONE;
}

/* A text that is not for every language may be left out. */
static bool may_be_lost(const struct structure *s, uint32_t m)
{
	return copl_xml_find_attr(s->a, m, ITS_NS, "localeFilterList") !=
		   COPL_XML_NONE ||
	       copl_xml_find_attr(s->a, m, ITS_NS, "localeFilterType") !=
		   COPL_XML_NONE;
}

static void lost(struct structure *s, uint32_t m)
{
	if (!may_be_lost(s, m))
		structure_lost(s, m);
}

/* Two elements in one place are not one another; false: go no further. */
static bool differ(
    struct structure *s, uint32_t parent, struct child *m, struct child *l)
{
	bool there = master_later(s, m->i, *l);
	bool known = localized_later(s, *m, l->i);

	if (there && known) {
		structure_moved(s, m->i);
		return false;
	}
	if (!there && !known && structure_same_name(s, m->i, s->b, l->i)) {
		compare(s, m->i, l->i); /* says which attribute it is */
		*m = next_child(*m);
		*l = next_child(*l);
		return true;
	}
	if (!there) {
		lost(s, m->i);
		*m = next_child(*m);
	}
	if (!known) {
		structure_added(s, parent, l->i);
		*l = next_child(*l);
	}
	return true;
}

static void compare_children(struct structure *s, uint32_t m, uint32_t l)
{
	struct child a = first_child(s->a, m), b = first_child(s->b, l);

	while (a.i != COPL_XML_NONE && b.i != COPL_XML_NONE &&
	       !structure_enough(s)) {
		if (!structure_same_key(s, a.i, s->b, b.i)) {
			if (!differ(s, m, &a, &b))
				return;
			continue;
		}
		compare(s, a.i, b.i);
		a = next_child(a);
		b = next_child(b);
	}
	for (; a.i != COPL_XML_NONE && !structure_enough(s); a = next_child(a))
		lost(s, a.i);
	for (; b.i != COPL_XML_NONE && !structure_enough(s); b = next_child(b))
		structure_added(s, m, b.i);
}

/* The parser bounds the depth. */
static void compare(struct structure *s, uint32_t m, uint32_t l)
{
	structure_attrs(s, m, l);
	if (structure_is_text(s->a, m)) {
		structure_compare_text(s, m, l);
		return;
	}
	if (s->a->elements[m].text != s->b->elements[l].text)
		structure_text(s, m);
	compare_children(s, m, l);
}

static const char *lang_of(const struct copl_xml *x, struct structure *s)
{
	uint32_t i = copl_xml_find_attr(x, 0, COPL_XML_NS, "lang");
	size_t len = 0;
	const char *value =
	    i == COPL_XML_NONE ? "" : copl_xml_value(x, &x->attrs[i], &len);

	copl_strbuf_add(&s->words[0], value, len);
	return copl_strbuf_text(&s->words[0]);
}

enum copl_status build_structure_check(
    const struct build_pair *pair, struct copl_reporter *r)
{
	struct copl_strbuf lang = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct structure s = {.p = pair,
	    .a = pair->master,
	    .b = pair->localized,
	    .r = r,
	    .words = {COPL_STRBUF_INIT(COPL_XML_MAX),
		COPL_STRBUF_INIT(COPL_XML_MAX)},
	    .text = {COPL_STRBUF_INIT(COPL_XML_MAX),
		COPL_STRBUF_INIT(COPL_XML_MAX)}};
	enum copl_status st = COPL_OK;

	copl_strbuf_puts(&lang, lang_of(s.a, &s));
	s.source_lang = copl_strbuf_text(&lang);
	if (structure_same_name(&s, 0, s.b, 0)) {
		compare(&s, 0, 0);
	} else {
		structure_lost(&s, 0);
		structure_added(&s, 0, 0);
	}
	if (s.nomem || lang.st != COPL_OK || r->nomem)
		st = COPL_E_NOMEM;
	else if (s.said > 0)
		st = COPL_E_INVALID;
	copl_strbuf_clear(&lang);
	copl_strbuf_clear(&s.words[0]);
	copl_strbuf_clear(&s.words[1]);
	copl_strbuf_clear(&s.text[0]);
	copl_strbuf_clear(&s.text[1]);
	return st;
}
