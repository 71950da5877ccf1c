/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Domains of a node: the algorithm of ITS 2.0, 8.8.1. */
#include "config.h"
#include <string.h>
#include <strings.h>
#include "its/its_priv.h"

#define DOMAINS_MAX ((size_t)64 << 10)

struct list {
	struct copl_strbuf text; /* "a, b" */
	const char *mapping;
};

static void trim(const char **s, size_t *len)
{
	while (*len > 0 && copl_is_space(**s)) {
		++*s;
		--*len;
	}
	while (*len > 0 && copl_is_space((*s)[*len - 1]))
		--*len;
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

static void unquote(const char **s, size_t *len)
{
	if (*len > 0 && is_quote(**s)) {
		++*s;
		--*len;
	}
	if (*len > 0 && is_quote((*s)[*len - 1]))
		--*len;
}

/* A word of the mapping, in quotes or up to a blank; moves *s behind it. */
static const char *take_word(const char **s, size_t *len)
{
	const char *start = *s;

	if (is_quote(*start)) {
		const char *end = strchr(start + 1, *start);

		if (end != NULL) {
			*len = (size_t)(end - start - 1);
			*s = end + 1;
			return start + 1;
		}
	}
	*len = strcspn(start, " \t\r\n,");
	*s = start + *len;
	return start;
}

/*
 * What a domain is called by the mapping "automotive auto, 'criminal law'
 * law"; the domain itself when it is not in it.
 */
static const char *mapped(const char *mapping, const char *s, size_t *len)
{
	const char *p = mapping == NULL ? "" : mapping;

	while (*p != '\0') {
		size_t from_len, to_len;
		const char *from, *to;

		p += strspn(p, " \t\r\n,");
		from = take_word(&p, &from_len);
		p += strspn(p, " \t\r\n");
		to = take_word(&p, &to_len);
		if (from_len == *len && strncasecmp(from, s, *len) == 0) {
			*len = to_len;
			return to;
		}
		p += strcspn(p, ",");
	}
	return s;
}

static bool holds(const struct copl_strbuf *b, const char *s, size_t len)
{
	const char *p = copl_strbuf_text(b);

	while (*p != '\0') {
		size_t n = strcspn(p, ",");

		if (n == len && memcmp(p, s, len) == 0)
			return true;
		p += n;
		p += strspn(p, ", ");
	}
	return false;
}

static void add_domain(struct list *l, const char *s, size_t len)
{
	trim(&s, &len);
	unquote(&s, &len);
	if (len == 0 || l->text.st != COPL_OK)
		return;
	s = mapped(l->mapping, s, &len);
	if (holds(&l->text, s, len))
		return;
	if (l->text.len > 0)
		copl_strbuf_puts(&l->text, ", ");
	copl_strbuf_add(&l->text, s, len);
}

static void add_domains(struct list *l, const char *s)
{
	for (;;) {
		size_t len = strcspn(s, ",");

		add_domain(l, s, len);
		if (s[len] == '\0')
			break;
		s += len + 1;
	}
}

static void add_nodes(struct its_match *m, const struct its_rule *rule,
    const struct its_pointer *p, size_t element, uint32_t attr, struct list *l)
{
	xmlXPathObject *o =
	    its_pointer_eval(m, rule, p, (uint32_t)element, attr);
	int i;

	for (i = 0;
	     o != NULL && o->nodesetval != NULL && i < o->nodesetval->nodeNr;
	     i++) {
		xmlChar *s = xmlNodeGetContent(o->nodesetval->nodeTab[i]);

		if (s != NULL)
			add_domains(l, (const char *)s);
		else
			m->r->nomem = true;
		xmlFree(s);
	}
	if (o != NULL && o->stringval != NULL)
		add_domains(l, (const char *)o->stringval);
	xmlXPathFreeObject(o);
}

const char *its_domains(struct its_match *m, const struct its_rule *rule,
    const struct its_pointer *p, size_t element, uint32_t attr,
    struct copl_arena *a)
{
	struct list l = {COPL_STRBUF_INIT(DOMAINS_MAX), rule->mapping};
	const char *copy = NULL, *text;

	if (p->xpath != NULL) {
		add_nodes(m, rule, p, element, attr, &l);
	} else {
		text = its_pointer_text(m, rule, p, element, attr, a);
		if (text != NULL)
			add_domains(&l, text);
	}
	if (l.text.len > 0)
		copy = copl_arena_strdup(a, l.text.s);
	if (l.text.st == COPL_E_NOMEM || (l.text.len > 0 && copy == NULL))
		m->r->nomem = true;
	copl_strbuf_clear(&l.text);
	return copy;
}
