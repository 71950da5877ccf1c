/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The output format of the W3C ITS 2.0 test suite: a line for each element
 * in document order, then one for each of its attributes, sorted by name.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "its/its_priv.h"

#define DUMP_MAX ((size_t)1 << 30)

struct dump {
	const struct copl_xml *x;
	const struct copl_its *its;
	const struct its_category *category;
	struct copl_strbuf *out;
	struct copl_strbuf path; /* of the element at hand */
	size_t ends[1026]; /* of path, before each of its steps */
};

static int by_prefixed(const void *a, const void *b, void *arg)
{
	const struct copl_xml *x = arg;
	const struct copl_xml_name *m =
	    &x->names[x->attrs[*(const uint32_t *)a].qname];
	const struct copl_xml_name *n =
	    &x->names[x->attrs[*(const uint32_t *)b].qname];
	const char *p = m->prefix == NULL ? m->local : m->prefix;
	const char *q = n->prefix == NULL ? n->local : n->prefix;
	int c = strcmp(p, q);

	if (c != 0 || (m->prefix == NULL && n->prefix == NULL))
		return c;
	if (m->prefix == NULL || n->prefix == NULL)
		return m->prefix == NULL ? -1 : 1;
	return strcmp(m->local, n->local);
}

static void put_name(struct copl_strbuf *b, const struct copl_xml_name *n)
{
	if (n->prefix != NULL) {
		copl_strbuf_puts(b, n->prefix);
		copl_strbuf_add(b, ":", 1);
	}
	copl_strbuf_puts(b, n->local);
}

static void put_values(struct dump *d, const struct copl_its_value *v)
{
	size_t i;

	for (i = 0; i < d->category->nfields; i++) {
		enum copl_its_field f = d->category->fields[i];

		if (v->f[f] != NULL)
			copl_strbuf_printf(
			    d->out, "\t%s=\"%s\"", its_field_name(f), v->f[f]);
	}
	copl_strbuf_add(d->out, "\n", 1);
}

/*
 * Which of the siblings of the same name each element is, from 1: a count for
 * each name, begun anew for each parent.
 */
struct counts {
	uint32_t *first; /* by name: the first one that looks the same */
	uint32_t *n; /* by name */
	uint32_t *parent; /* by name: whose children n counts */
};

/* Names that are written alike are counted together, whatever they mean. */
static bool find_first(
    const struct copl_xml *x, struct counts *c, struct copl_arena *a)
{
	struct copl_map seen = {NULL, 0, 0};
	bool good = true;
	size_t i, k = 0;

	for (i = 0; good && i < x->nnames; i++) {
		const struct copl_xml_name *n = &x->names[i];
		const char *key =
		    n->prefix == NULL
			? n->local
			: copl_arena_printf(a, "%s:%s", n->prefix, n->local);

		good = key != NULL && copl_map_put(&seen, key, i, &k);
		c->first[i] = (uint32_t)k;
		c->parent[i] = COPL_XML_NONE;
	}
	copl_map_free(&seen);
	return good;
}

static bool counts_make(const struct copl_xml *x, struct counts *c)
{
	struct copl_arena *a = copl_arena_new();
	bool good;

	c->first = calloc(x->nnames, sizeof(*c->first));
	c->n = calloc(x->nnames, sizeof(*c->n));
	c->parent = calloc(x->nnames, sizeof(*c->parent));
	good = a != NULL && c->first != NULL && c->n != NULL &&
	       c->parent != NULL && find_first(x, c, a);
	copl_arena_free(a);
	return good;
}

static void counts_free(struct counts *c)
{
	free(c->first);
	free(c->n);
	free(c->parent);
}

static void number_children(const struct copl_xml *x, size_t parent,
    struct counts *c, uint32_t *numbers)
{
	size_t i;

	for (i = parent + 1; i < x->elements[parent].next;
	     i = x->elements[i].next) {
		uint32_t name = c->first[x->elements[i].name];

		if (c->parent[name] != parent)
			c->n[name] = 0;
		c->parent[name] = (uint32_t)parent;
		numbers[i] = ++c->n[name];
	}
}

static size_t depth_of(const struct copl_xml *x, size_t element)
{
	size_t n = 0;

	while (x->elements[element].parent != COPL_XML_NONE) {
		element = x->elements[element].parent;
		n++;
	}
	return n;
}

static void enter(struct dump *d, size_t element, uint32_t number)
{
	size_t depth = depth_of(d->x, element);

	d->path.len = d->ends[depth];
	copl_strbuf_add(&d->path, "/", 1);
	put_name(&d->path, copl_xml_element_name(d->x, element));
	if (depth > 0)
		copl_strbuf_printf(&d->path, "[%u]", (unsigned)number);
	d->ends[depth + 1] = d->path.len;
}

static void put_attributes(struct dump *d, size_t element)
{
	const struct copl_xml_element *e = &d->x->elements[element];
	uint32_t *list = calloc(e->nattr + 1, sizeof(*list)), n = 0, i;
	struct copl_its_value v;

	if (list == NULL) {
		d->out->st = COPL_E_NOMEM;
		return;
	}
	for (i = e->attr; i < e->attr + e->nattr; i++)
		if (d->x->attrs[i].qname != COPL_XML_NONE)
			list[n++] = i;
	qsort_r(list, n, sizeof(*list), by_prefixed, (void *)(uintptr_t)d->x);
	for (i = 0; i < n; i++) {
		copl_strbuf_add(d->out, d->path.s, d->path.len);
		copl_strbuf_puts(d->out, "/@");
		put_name(d->out, &d->x->names[d->x->attrs[list[i]].qname]);
		copl_its_attribute_values(d->its, list[i], &v);
		put_values(d, &v);
	}
	free(list);
}

void copl_its_dump(const struct copl_xml *x, const struct copl_its *its,
    enum copl_its_category category, struct copl_strbuf *out)
{
	struct dump d = {.x = x,
	    .its = its,
	    .category = its_category(category),
	    .out = out,
	    .path = COPL_STRBUF_INIT(1 << 20)};
	uint32_t *numbers = calloc(x->nelements, sizeof(*numbers));
	struct counts counts;
	size_t i;

	out->max = DUMP_MAX;
	if (!counts_make(x, &counts) || numbers == NULL)
		out->st = COPL_E_NOMEM;
	for (i = 0; out->st == COPL_OK && i < x->nelements; i++) {
		number_children(x, i, &counts, numbers);
		enter(&d, i, numbers[i]);
		if (d.path.st != COPL_OK) {
			out->st = d.path.st;
			break;
		}
		copl_strbuf_add(out, d.path.s, d.path.len);
		put_values(&d, copl_its_element(its, i));
		put_attributes(&d, i);
	}
	counts_free(&counts);
	copl_strbuf_clear(&d.path);
	free(numbers);
}
