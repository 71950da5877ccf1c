/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <strings.h>
#include "build/structure_priv.h"

#define FORM_NS "urn:cop-l10n:form:1"

/* ---- names ---- */

static int order_of(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static int order_names(
    const struct copl_xml_name *a, const struct copl_xml_name *b)
{
	int c = strcmp(a->local, b->local);

	return c != 0 ? c : order_of(a->ns, b->ns);
}

bool structure_same_name(
    const struct structure *s, uint32_t m, const struct copl_xml *x, uint32_t l)
{
	return order_names(copl_xml_element_name(s->a, m),
		   copl_xml_element_name(x, l)) == 0;
}

/* ---- values ---- */

static int order_values(const struct copl_xml *x, const struct copl_xml_attr *i,
    const struct copl_xml *y, const struct copl_xml_attr *k)
{
	size_t n, o;
	const char *a = copl_xml_value(x, i, &n);
	const char *b = copl_xml_value(y, k, &o);
	int c = memcmp(a, b, n < o ? n : o);

	return c != 0 || n == o ? c : n < o ? -1 : 1;
}

static bool value_is(const struct copl_xml *x, uint32_t attr, const char *want)
{
	size_t len;
	const char *value = copl_xml_value(x, &x->attrs[attr], &len);

	return strlen(want) == len && strncasecmp(value, want, len) == 0;
}

bool structure_attr_is(const struct copl_xml *x, uint32_t element,
    const char *ns, const char *name, const char *value)
{
	uint32_t i = copl_xml_find_attr(x, element, ns, name);

	return i != COPL_XML_NONE && value_is(x, i, value);
}

bool structure_same_key(
    const struct structure *s, uint32_t m, const struct copl_xml *x, uint32_t l)
{
	static const char *const keys[] = {"id", "value", "name", "to"};
	size_t k;

	if (!structure_same_name(s, m, x, l))
		return false;
	for (k = 0; k < COPL_COUNT(keys); k++) {
		uint32_t i = copl_xml_find_attr(s->a, m, NULL, keys[k]);
		uint32_t j = copl_xml_find_attr(x, l, NULL, keys[k]);

		if ((i == COPL_XML_NONE) != (j == COPL_XML_NONE))
			return false;
		if (i != COPL_XML_NONE &&
		    order_values(s->a, &s->a->attrs[i], x, &x->attrs[j]) != 0)
			return false;
	}
	return true;
}

static bool is_lang(const struct copl_xml *x, uint32_t attr)
{
	const struct copl_xml_name *n = &x->names[x->attrs[attr].qname];

	return n->ns != NULL && strcmp(n->ns, COPL_XML_NS) == 0 &&
	       strcmp(n->local, "lang") == 0;
}

/* Next attribute that is no declaration of a prefix and no xml:lang. */
static uint32_t skip(const struct copl_xml *x, uint32_t i, uint32_t end)
{
	while (i < end && (x->attrs[i].qname == COPL_XML_NONE || is_lang(x, i)))
		i++;
	return i;
}

int structure_order(
    const struct copl_xml *x, uint32_t i, const struct copl_xml *y, uint32_t k)
{
	const struct copl_xml_element *a = &x->elements[i];
	const struct copl_xml_element *b = &y->elements[k];
	uint32_t p = a->attr, q = b->attr;
	int c = order_names(
	    copl_xml_element_name(x, i), copl_xml_element_name(y, k));

	while (c == 0) {
		p = skip(x, p, a->attr + a->nattr);
		q = skip(y, q, b->attr + b->nattr);
		if (p == a->attr + a->nattr || q == b->attr + b->nattr)
			return (p < a->attr + a->nattr) -
			       (q < b->attr + b->nattr);
		c = order_names(
		    &x->names[x->attrs[p].qname], &y->names[y->attrs[q].qname]);
		if (c == 0)
			c = order_values(x, &x->attrs[p], y, &y->attrs[q]);
		p++;
		q++;
	}
	return c;
}

/* ---- what may differ ---- */

/* Below the root a language is told where it is not the one around. */
static bool lang_may_be(const struct structure *s, uint32_t am, uint32_t bl)
{
	if (bl == COPL_XML_NONE)
		return false;
	if (am == COPL_XML_NONE)
		return s->p->fallback && (value_is(s->b, bl, s->source_lang) ||
					     value_is(s->b, bl, s->p->lang));
	return value_is(s->a, am, s->source_lang) &&
	       value_is(s->b, bl, s->p->lang);
}

static bool root_may_be(
    const struct structure *s, const struct copl_xml_name *n, uint32_t bl)
{
	if (bl == COPL_XML_NONE || n->ns != NULL)
		return false;
	return strcmp(n->local, "draft") == 0 && value_is(s->b, bl, "yes");
}

/* An address that each language has its own of. */
static bool is_translated(
    const struct structure *s, uint32_t m, const struct copl_xml_name *n)
{
	return copl_xml_named(s->a, m, FORM_NS, "link") && n->ns == NULL &&
	       strcmp(n->local, "href") == 0 &&
	       structure_attr_is(s->a, m, NULL, "per-language", "yes");
}

static bool may_differ(
    const struct structure *s, uint32_t m, uint32_t am, uint32_t bl)
{
	const struct copl_xml *x = am == COPL_XML_NONE ? s->b : s->a;
	uint32_t i = am == COPL_XML_NONE ? bl : am;
	const struct copl_xml_name *n = &x->names[x->attrs[i].qname];

	if (is_lang(x, i) && m > 0)
		return lang_may_be(s, am, bl);
	if (m == 0)
		return root_may_be(s, n, bl);
	return am != COPL_XML_NONE && bl != COPL_XML_NONE &&
	       is_translated(s, m, n) && s->b->attrs[bl].value_len > 0;
}

/* ---- of one element ---- */

static uint32_t partner(const struct copl_xml *x, uint32_t i,
    const struct copl_xml *y, uint32_t element)
{
	const struct copl_xml_name *n = &x->names[x->attrs[i].qname];

	return copl_xml_find_attr(y, element, n->ns, n->local);
}

/* The root says the language and direction that it is in, whatever it said. */
static bool is_of_root(const struct copl_xml *x, uint32_t i)
{
	const struct copl_xml_name *n = &x->names[x->attrs[i].qname];

	return is_lang(x, i) || (n->ns == NULL && strcmp(n->local, "dir") == 0);
}

static void check_root(struct structure *s)
{
	uint32_t lang = copl_xml_find_attr(s->b, 0, COPL_XML_NS, "lang");
	uint32_t dir = copl_xml_find_attr(s->b, 0, NULL, "dir");

	if (lang == COPL_XML_NONE || !value_is(s->b, lang, s->p->lang))
		structure_attr(s, 0,
		    copl_xml_find_attr(s->a, 0, COPL_XML_NS, "lang"), lang);
	if (dir == COPL_XML_NONE || !value_is(s->b, dir, s->p->dir))
		structure_attr(
		    s, 0, copl_xml_find_attr(s->a, 0, NULL, "dir"), dir);
}

static void check_added(struct structure *s, uint32_t m, uint32_t l)
{
	const struct copl_xml_element *e = &s->b->elements[l];
	uint32_t i;

	for (i = e->attr; i < e->attr + e->nattr; i++) {
		if (s->b->attrs[i].qname == COPL_XML_NONE ||
		    (m == 0 && is_of_root(s->b, i)))
			continue;
		if (partner(s->b, i, s->a, m) == COPL_XML_NONE &&
		    !may_differ(s, m, COPL_XML_NONE, i))
			structure_attr(s, m, COPL_XML_NONE, i);
	}
}

void structure_attrs(struct structure *s, uint32_t m, uint32_t l)
{
	const struct copl_xml_element *e = &s->a->elements[m];
	uint32_t i;

	if (m == 0)
		check_root(s);
	for (i = e->attr; i < e->attr + e->nattr; i++) {
		uint32_t k;

		if (s->a->attrs[i].qname == COPL_XML_NONE ||
		    (m == 0 && is_of_root(s->a, i)))
			continue;
		k = partner(s->a, i, s->b, l);
		if (k != COPL_XML_NONE && order_values(s->a, &s->a->attrs[i],
					      s->b, &s->b->attrs[k]) == 0)
			continue;
		if (!may_differ(s, m, i, k))
			structure_attr(s, m, i, k);
	}
	check_added(s, m, l);
}
