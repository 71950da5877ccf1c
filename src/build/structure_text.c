/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Texts that people read.  Their words are for a translator to write; what
 * stands inside them may move, but neither go nor come.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/base.h"
#include "build/structure_priv.h"

/* ---- which elements are texts ---- */

struct vocabulary {
	const char *ns;
	const char *texts; /* between bars */
};

bool structure_is_text(const struct copl_xml *x, uint32_t element)
{
	static const struct vocabulary known[] = {
	    {"urn:cop-l10n:form:1",
		"|title|summary|contact|p|item|option|row|label|hint|error|"
		"low|high|unit|"},
	    {"urn:cop-l10n:interface:1", "|text|"},
	    {"urn:cop-l10n:project:1", "|title|name|"},
	};
	const struct copl_xml_name *n = copl_xml_element_name(x, element);
	size_t len = strlen(n->local), i;
	const char *s;

	for (i = 0; i < COPL_COUNT(known); i++)
		if (n->ns != NULL && strcmp(n->ns, known[i].ns) == 0)
			break;
	if (i == COPL_COUNT(known))
		return false;
	for (s = strstr(known[i].texts, n->local); s != NULL;
	     s = strstr(s + 1, n->local))
		if (s > known[i].texts && s[-1] == '|' && s[len] == '|')
			return true;
	return false;
}

static bool is_protected(const struct copl_xml *x, uint32_t element)
{
	return structure_attr_is(x, element, NULL, "translate", "no") ||
	       structure_attr_is(x, element, ITS_NS, "translate", "no");
}

/* Is there a letter to read in it, at any depth? */
static bool has_words(const struct copl_xml *x, uint32_t element)
{
	uint32_t i;

	for (i = element; i < x->elements[element].next; i++)
		if (x->elements[i].text)
			return true;
	return false;
}

/* ---- what stands inside a text ---- */

struct inner {
	const struct copl_xml *x;
	uint32_t i;
};

static int by_order(const void *a, const void *b)
{
	const struct inner *p = a, *q = b;

	return structure_order(p->x, p->i, q->x, q->i);
}

static size_t inner_count(const struct copl_xml *x, uint32_t element)
{
	return x->elements[element].next - element - 1;
}

/* Sorted, because a translator may move it. */
static struct inner *inner_list(
    struct structure *s, const struct copl_xml *x, uint32_t element)
{
	size_t n = inner_count(x, element), i;
	struct inner *list = calloc(n + 1, sizeof(*list));

	if (list == NULL) {
		s->nomem = true;
		return NULL;
	}
	for (i = 0; i < n; i++)
		list[i] = (struct inner){x, element + 1 + (uint32_t)i};
	if (n > 1)
		qsort(list, n, sizeof(*list), by_order);
	return list;
}

/* Most texts keep the order, too. */
static bool same_in_order(const struct structure *s, uint32_t m, uint32_t l)
{
	size_t n = inner_count(s->a, m), i;

	if (inner_count(s->b, l) != n)
		return false;
	for (i = 1; i <= n; i++)
		if (structure_order(
			s->a, m + (uint32_t)i, s->b, l + (uint32_t)i) != 0)
			return false;
	return true;
}

static bool may_be_lost(const struct inner *e)
{
	return copl_xml_find_attr(e->x, e->i, ITS_NS, "localeFilterList") !=
	       COPL_XML_NONE;
}

/* Walks two sorted lists; say: tells what is in one of them only. */
static bool same_lists(struct structure *s, uint32_t m, uint32_t l,
    const struct inner *a, const struct inner *b, bool say)
{
	size_t n = inner_count(s->a, m), o = inner_count(s->b, l), i = 0, k = 0;
	bool same = true;

	while ((i < n || k < o) && !structure_enough(s)) {
		int c = i == n ? 1 : k == o ? -1 : by_order(&a[i], &b[k]);

		if (c < 0 && !may_be_lost(&a[i])) {
			same = false;
			if (say)
				structure_lost(s, a[i].i);
		} else if (c > 0) {
			same = false;
			if (say)
				structure_added(s, m, b[k].i);
		}
		i += c <= 0;
		k += c >= 0;
	}
	return same;
}

static bool same_inner(struct structure *s, uint32_t m, uint32_t l, bool say)
{
	struct inner *a, *b;
	bool same = true;

	if (same_in_order(s, m, l))
		return true;
	a = inner_list(s, s->a, m);
	b = inner_list(s, s->b, l);
	if (a != NULL && b != NULL)
		same = same_lists(s, m, l, a, b, say);
	free(a);
	free(b);
	return same;
}

/* ---- plural forms ---- */

static size_t count_children(const struct copl_xml *x, uint32_t element)
{
	uint32_t i = element + 1, end = x->elements[element].next;
	size_t n = 0;

	for (; i < end; i = x->elements[i].next)
		n++;
	return n;
}

/* As many as the language has, those of the catalog, or the source's own. */
static bool is_number_of_forms(
    const struct structure *s, uint32_t l, size_t n, size_t in_master)
{
	struct copl_plural known;
	const char *lang = s->p->lang;

	if (n == 0)
		return false;
	if (s->p->nplurals == 0 ||
	    (s->p->fallback && structure_attr_is(s->b, l, COPL_XML_NS, "lang",
				   s->source_lang)))
		return n == in_master;
	return n == s->p->nplurals ||
	       (copl_plural_of(lang, &known) && n == known.n);
}

/* One for a single number is a translation of the first, or of the last. */
static void compare_form(
    struct structure *s, uint32_t first, uint32_t last, uint32_t l)
{
	if (!structure_same_name(s, first, s->b, l)) {
		structure_added(s, first, l);
		return;
	}
	if (!same_inner(s, first, l, false))
		same_inner(s, last, l, true);
	if (has_words(s->a, first) && !has_words(s->b, l))
		structure_text(s, first);
}

static void compare_forms(struct structure *s, uint32_t m, uint32_t l)
{
	const struct copl_xml_element *a = s->a->elements, *b = s->b->elements;
	size_t n = count_children(s->b, l);
	uint32_t last = m + 1, i;

	if (!is_number_of_forms(s, l, n, count_children(s->a, m)))
		structure_plural(s, m, n);
	if (last == a[m].next)
		return;
	while (a[last].next < a[m].next)
		last = a[last].next;
	for (i = l + 1; i < b[l].next && !structure_enough(s); i = b[i].next)
		compare_form(s, m + 1, last, i);
}

/* ---- a text ---- */

static void compare_protected(struct structure *s, uint32_t m, uint32_t l)
{
	same_inner(s, m, l, true);
	copl_strbuf_reset(&s->text[0]);
	copl_strbuf_reset(&s->text[1]);
	copl_xml_put_content(s->a, m, &s->text[0]);
	copl_xml_put_content(s->b, l, &s->text[1]);
	if (s->text[0].st != COPL_OK || s->text[1].st != COPL_OK)
		s->nomem = true;
	else if (strcmp(copl_strbuf_text(&s->text[0]),
		     copl_strbuf_text(&s->text[1])) != 0)
		structure_text(s, m);
}

void structure_compare_text(struct structure *s, uint32_t m, uint32_t l)
{
	if (is_protected(s->a, m)) {
		compare_protected(s, m, l);
	} else if (copl_xml_find_attr(s->a, m, NULL, "count") !=
		   COPL_XML_NONE) {
		compare_forms(s, m, l);
	} else {
		same_inner(s, m, l, true);
		if (has_words(s->a, m) != has_words(s->b, l))
			structure_text(s, m);
	}
}
