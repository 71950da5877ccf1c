/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "its/its_priv.h"

#define ATOMS_MAX 16
#define TEXT_MAX ((size_t)1 << 20)

/* ---- compiling ---- */

struct parse {
	const char *s; /* what is left */
	const struct its_scope *scope;
	struct copl_arena *a;
};

static void skip_space(struct parse *p)
{
	while (copl_is_space(*p->s))
		p->s++;
}

static bool take(struct parse *p, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(p->s, word, n) != 0)
		return false;
	p->s += n;
	return true;
}

static bool is_name(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '_' || c == '-' ||
	       c == '.' || ((unsigned char)c & 0x80) != 0;
}

/* A qualified name; false: there is none, or it calls a function. */
static bool take_qname(struct parse *p, struct its_atom *out)
{
	const char *s = p->s, *start = s;
	size_t n = 0;

	if (copl_is_digit(*s) || *s == '-' || *s == '.')
		return false;
	while (is_name(s[n]))
		n++;
	if (n > 0 && s[n] == ':' && s[n + 1] != ':') {
		out->ns = its_scope_ns(p->scope, s, n);
		if (out->ns == NULL)
			return false;
		start = s + n + 1;
		s = start;
		for (n = 0; is_name(s[n]);)
			n++;
	}
	if (n == 0 || s[n] == '(' || s[n] == ':')
		return false;
	out->text = copl_arena_strndup(p->a, start, n);
	p->s = s + n;
	return out->text != NULL;
}

static bool take_literal(struct parse *p, struct its_atom *out)
{
	const char *end;

	if (*p->s != '"' && *p->s != '\'')
		return false;
	end = strchr(p->s + 1, *p->s);
	if (end == NULL)
		return false;
	out->kind = ITS_ATOM_LITERAL;
	out->text =
	    copl_arena_strndup(p->a, p->s + 1, (size_t)(end - p->s - 1));
	p->s = end + 1;
	return out->text != NULL;
}

static bool take_param(struct parse *p, struct its_atom *out)
{
	size_t n = 0;

	if (*p->s != '$')
		return false;
	while (is_name(p->s[n + 1]))
		n++;
	out->kind = ITS_ATOM_LITERAL;
	out->text = its_scope_param(p->scope, p->s + 1, n);
	p->s += n + 1;
	return out->text != NULL;
}

/* local-name(), local-name(..) and so on, behind the "(" */
static bool take_name_call(struct parse *p, struct its_atom *out)
{
	out->kind = ITS_ATOM_NAME;
	skip_space(p);
	if (take(p, ")"))
		return true;
	while (take(p, "..")) {
		out->up++;
		if (take(p, ")"))
			return true;
		if (!take(p, "/"))
			return false;
	}
	return false;
}

static bool take_path(struct parse *p, struct its_atom *out)
{
	take(p, "./");
	while (take(p, "../"))
		out->up++;
	if (take(p, "@")) {
		out->kind = ITS_ATOM_ATTR;
		return take_qname(p, out);
	}
	if (take(p, "..")) {
		out->kind = ITS_ATOM_TEXT;
		out->up++;
		return true;
	}
	if (take(p, ".")) {
		out->kind = ITS_ATOM_TEXT;
		return true;
	}
	out->kind = ITS_ATOM_CHILD;
	return take_qname(p, out);
}

static bool take_atom(struct parse *p, struct its_atom *out)
{
	memset(out, 0, sizeof(*out));
	skip_space(p);
	if (*p->s == '"' || *p->s == '\'')
		return take_literal(p, out);
	if (*p->s == '$')
		return take_param(p, out);
	if (take(p, "local-name("))
		return take_name_call(p, out);
	return take_path(p, out);
}

static bool take_concat(struct parse *p, struct its_pointer *out)
{
	for (;;) {
		if (out->n == ATOMS_MAX || !take_atom(p, &out->atoms[out->n++]))
			return false;
		skip_space(p);
		if (take(p, ")"))
			return true;
		if (!take(p, ","))
			return false;
	}
}

/* False: this takes XPath. */
static bool parse_atoms(struct parse *p, struct its_pointer *out)
{
	bool good;

	skip_space(p);
	if (take(p, "concat("))
		good = take_concat(p, out);
	else
		good = take_atom(p, &out->atoms[out->n++]);
	skip_space(p);
	return good && *p->s == '\0';
}

enum copl_status its_pointer_compile(const char *text,
    const struct its_scope *scope, struct copl_place at,
    enum copl_severity severity, struct copl_arena *a, struct copl_reporter *r,
    struct its_pointer *out)
{
	struct parse p = {text, scope, a};

	memset(out, 0, sizeof(*out));
	out->text = text;
	out->xpath = its_xpath_compile(text, scope, at, severity, r);
	if (out->xpath == NULL)
		return r->nomem ? COPL_E_NOMEM : COPL_E_INVALID;
	out->atoms = copl_arena_alloc(a, ATOMS_MAX * sizeof(*out->atoms));
	if (out->atoms == NULL)
		return COPL_E_NOMEM;
	if (parse_atoms(&p, out)) {
		xmlXPathFreeCompExpr(out->xpath);
		out->xpath = NULL;
	} else {
		out->atoms = NULL;
	}
	return COPL_OK;
}

void its_pointer_clear(struct its_pointer *p)
{
	xmlXPathFreeCompExpr(p->xpath);
	p->xpath = NULL;
}

/* ---- evaluating ---- */

/* The node that "../../" leads to; false: above the root. */
static bool climb(
    const struct copl_xml *x, unsigned up, uint32_t *element, uint32_t *attr)
{
	if (up > 0 && *attr != COPL_XML_NONE) {
		*attr = COPL_XML_NONE;
		up--;
	}
	for (; up > 0; up--) {
		*element = x->elements[*element].parent;
		if (*element == COPL_XML_NONE)
			return false;
	}
	return true;
}

static uint32_t child_named(const struct copl_xml *x, uint32_t element,
    const char *ns, const char *local)
{
	uint32_t i = element + 1;

	while (i < x->elements[element].next) {
		if (copl_xml_named(x, i, ns, local))
			return i;
		i = x->elements[i].next;
	}
	return COPL_XML_NONE;
}

static bool put_attr(
    const struct copl_xml *x, uint32_t attr, struct copl_strbuf *out)
{
	size_t len;
	const char *s;

	if (attr == COPL_XML_NONE)
		return false;
	s = copl_xml_value(x, &x->attrs[attr], &len);
	copl_strbuf_add(out, s, len);
	return true;
}

/* Siblings ask for the same child one after the other. */
static uint32_t child_of(
    struct its_match *m, uint32_t element, const struct its_atom *atom)
{
	struct its_child *known =
	    &m->children[(element + (uintptr_t)atom / sizeof(*atom)) %
			 ITS_CHILDREN];

	if (known->atom != atom || known->parent != element)
		*known = (struct its_child){atom, element,
		    child_named(m->x, element, atom->ns, atom->text)};
	return known->child;
}

/* Appends an atom's text; false: there is no such node. */
static bool put_atom(struct its_match *m, const struct its_atom *atom,
    uint32_t element, uint32_t attr, struct copl_strbuf *out)
{
	const struct copl_xml *x = m->x;

	if (atom->kind == ITS_ATOM_LITERAL) {
		copl_strbuf_puts(out, atom->text);
		return true;
	}
	if (!climb(x, atom->up, &element, &attr))
		return false;
	if (atom->kind == ITS_ATOM_NAME) {
		copl_strbuf_puts(
		    out, attr == COPL_XML_NONE
			     ? copl_xml_element_name(x, element)->local
			     : x->names[x->attrs[attr].qname].local);
		return true;
	}
	if (atom->kind == ITS_ATOM_TEXT && attr != COPL_XML_NONE)
		return put_attr(x, attr, out);
	if (attr != COPL_XML_NONE)
		return false;
	if (atom->kind == ITS_ATOM_ATTR)
		return put_attr(x,
		    copl_xml_find_attr(x, element, atom->ns, atom->text), out);
	if (atom->kind == ITS_ATOM_CHILD)
		element = child_of(m, element, atom);
	if (element == COPL_XML_NONE)
		return false;
	copl_xml_put_content(x, element, out);
	return true;
}

static const char *keep(struct copl_strbuf *b, bool there, struct copl_arena *a,
    struct copl_reporter *r)
{
	const char *copy = NULL;

	if (there && b->len > 0 && b->st == COPL_OK) {
		copy = copl_arena_strndup(a, b->s, b->len);
		if (copy == NULL)
			r->nomem = true;
	}
	if (b->st == COPL_E_NOMEM)
		r->nomem = true;
	copl_strbuf_clear(b);
	return copy;
}

static const char *eval_atoms(struct its_match *m, const struct its_rule *rule,
    const struct its_pointer *p, uint32_t element, uint32_t attr,
    struct copl_arena *a)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(TEXT_MAX);
	bool there = false;
	size_t i;

	for (i = 0; i < p->n; i++)
		there |= put_atom(m, &p->atoms[i], element, attr, &b);
	there &= its_match_spend(m, rule, b.len);
	return keep(&b, there, a, m->r);
}

xmlXPathObject *its_pointer_eval(struct its_match *m,
    const struct its_rule *rule, const struct its_pointer *p, uint32_t element,
    uint32_t attr)
{
	xmlXPathContext *ctxt =
	    m->over ? NULL : its_match_xpath(m, rule->scope);
	xmlXPathObject *o;

	if (ctxt == NULL)
		return NULL;
	ctxt->node = its_match_node(m, element, attr);
	if (ctxt->node == NULL)
		return NULL;
	ctxt->opCount = 0;
	if (rule->selector.counted) {
		const struct its_hit *hit = its_match_hit(
		    m, element, attr, (uint32_t)(rule - m->rules->rules));

		ctxt->proximityPosition = hit == NULL ? 1 : hit->position;
		ctxt->contextSize = hit == NULL ? 1 : hit->size;
	}
	o = its_xpath_eval(p->xpath, ctxt, m->r);
	if (its_match_spend(m, rule,
		o == NULL && ctxt->opCount == ctxt->opLimit ? UINT64_MAX / 2
							    : ctxt->opCount))
		return o;
	xmlXPathFreeObject(o);
	return NULL;
}

static const char *eval_xpath(struct its_match *m, const struct its_rule *rule,
    const struct its_pointer *p, uint32_t element, uint32_t attr,
    struct copl_arena *a)
{
	xmlXPathObject *o = its_pointer_eval(m, rule, p, element, attr);
	const char *text = NULL;
	xmlChar *s;

	if (o == NULL)
		return NULL;
	s = xmlXPathCastToString(o);
	xmlXPathFreeObject(o);
	if (s == NULL)
		m->r->nomem = true;
	else if (*s != '\0' &&
		 its_match_spend(m, rule, strlen((const char *)s))) {
		text = copl_arena_strdup(a, (const char *)s);
		if (text == NULL)
			m->r->nomem = true;
	}
	xmlFree(s);
	return text;
}

const char *its_pointer_text(struct its_match *m, const struct its_rule *rule,
    const struct its_pointer *p, size_t element, uint32_t attr,
    struct copl_arena *a)
{
	return p->atoms != NULL
		   ? eval_atoms(m, rule, p, (uint32_t)element, attr, a)
		   : eval_xpath(m, rule, p, (uint32_t)element, attr, a);
}

const char *its_collapse(
    const char *s, struct copl_arena *a, struct copl_reporter *r)
{
	char *copy, *to;

	if (s == NULL)
		return NULL;
	copy = to = copl_arena_strdup(a, s);
	if (copy == NULL) {
		r->nomem = true;
		return NULL;
	}
	for (; *s != '\0'; s++) {
		if (!copl_is_space(*s))
			*to++ = *s;
		else if (to > copy && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > copy && to[-1] == ' ')
		to--;
	*to = '\0';
	return copy;
}
