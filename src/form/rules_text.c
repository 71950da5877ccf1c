/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules about what people read. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define TEXT_BYTES_MAX 20000

/* ---- parameters ---- */

static void check_param(struct copl_form_reader *rd,
    const struct copl_form_text *t, size_t at, const char *name, size_t len)
{
	const struct copl_form *f = rd->form;
	const struct copl_form_param *p = copl_form_param(f, name, len);
	struct copl_form_suggest s;
	const char *word;
	size_t i;

	if (p != NULL) {
		rd->param_used[p - f->params] = true;
		return;
	}
	word = copl_arena_strndup(f->arena, name, len);
	if (word == NULL) {
		rd->r->nomem = true;
		return;
	}
	s = copl_form_suggest_for(rd, word);
	for (i = 0; i < f->nparams; i++)
		copl_form_suggest_offer(&s, f->params[i].name);
	rd->unknown = true;
	copl_report(rd->r, COPL_ERROR, "form-unknown-param",
	    copl_form_text_place(rd, t, at),
	    _("{%s} is not declared by a <param> in <about>%s"),
	    copl_form_shown(rd, word),
	    s.best == NULL ? _(": add one with this name")
			   : copl_form_suggest_end(rd, &s));
}

static void bad_brace(
    struct copl_form_reader *rd, const struct copl_form_text *t, size_t at)
{
	/* It may be the one that is missed elsewhere. */
	rd->unknown = true;
	if (t->s.s[at] == '{')
		copl_report(rd->r, COPL_ERROR, "form-brace",
		    copl_form_text_place(rd, t, at),
		    _("this brace does not begin a parameter such as "
		      "{closes}: close it with \"}\", or write \"{{\" for the "
		      "character itself"));
	else
		copl_report(rd->r, COPL_ERROR, "form-brace",
		    copl_form_text_place(rd, t, at),
		    _("this brace does not end a parameter such as {closes}: "
		      "open it with \"{\", or write \"}}\" for the character "
		      "itself"));
}

/* "{x y}" is one mistake: its last byte, or the brace alone. */
static size_t behind_bad_brace(const struct copl_form_text *t, size_t at)
{
	static const char stop[] = {'{', '}', COPL_FORM_TAG, '\0'};
	size_t end = at + 1 + strcspn(t->s.s + at + 1, stop);

	return t->s.s[at] == '{' && t->s.s[end] == '}' ? end : at;
}

static void check_braces(
    struct copl_form_reader *rd, const struct copl_form_text *t)
{
	const char *s = copl_strbuf_text(&t->s);
	size_t i, len;

	for (i = 0; i < t->s.len; i++) {
		const char *name;

		if (s[i] != '{' && s[i] != '}')
			continue;
		if (s[i + 1] == s[i]) {
			i++;
			continue;
		}
		name = copl_placeholder(s + i, &len);
		if (name == NULL) {
			bad_brace(rd, t, i);
			i = behind_bad_brace(t, i);
			continue;
		}
		check_param(rd, t, i, name, len);
		i += len + 1;
	}
}

/* ---- advice about wording ---- */

static void check_addresses(
    struct copl_form_reader *rd, const struct copl_form_text *t)
{
	static const char *const marks[] = {"http://", "https://", "www."};
	const char *s = copl_strbuf_text(&t->s), *p;
	size_t i;

	for (i = 0; i < COPL_COUNT(marks); i++)
		for (p = strstr(s, marks[i]); p != NULL;
		     p = strstr(p + 1, marks[i])) {
			if (p > s && (copl_is_alpha(p[-1]) || p[-1] == '/'))
				continue;
			copl_report(rd->r, COPL_WARNING, "form-raw-address",
			    copl_form_text_place(rd, t, (size_t)(p - s)),
			    _("an address in a text is hard to read and to "
			      "translate: declare a <link> and write <a "
			      "to=\"...\">"));
		}
}

static void give_advice(struct copl_form_reader *rd, const xmlNode *n,
    const struct copl_form_text *t)
{
	if (rd->localized)
		return;
	check_addresses(rd, t);
	copl_form_plain(t, &rd->plain);
	copl_form_check_label(rd, n, copl_strbuf_text(&rd->plain));
}

/* ---- every element with text ---- */

/* Next node in document order below root. */
static const xmlNode *next_node(const xmlNode *n, const xmlNode *root)
{
	if (n->type == XML_ELEMENT_NODE && n->children != NULL)
		return n->children;
	while (n != root && n->next == NULL)
		n = n->parent;
	return n == root ? NULL : n->next;
}

static bool has_text(const xmlNode *element)
{
	const xmlNode *n;

	for (n = element; n != NULL; n = next_node(n, element))
		if ((n->type == XML_TEXT_NODE ||
			n->type == XML_CDATA_SECTION_NODE) &&
		    !xmlIsBlankNode(n))
			return true;
	return false;
}

static void check_link(struct copl_form_reader *rd, const xmlNode *n)
{
	const struct copl_form *f = rd->form;
	const char *to = copl_form_get(rd, n, "to");
	const struct copl_form_link *link =
	    to == NULL ? NULL : copl_form_link(f, to);
	struct copl_form_suggest s = copl_form_suggest_for(rd, to);
	size_t i;

	if (link != NULL)
		rd->link_used[link - f->links] = true;
	if (to == NULL || link != NULL)
		return;
	for (i = 0; i < f->nlinks; i++)
		copl_form_suggest_offer(&s, f->links[i].id);
	rd->unknown = true;
	copl_report(rd->r, COPL_ERROR, "form-unknown-link",
	    copl_form_attr_at(rd, n, "to"),
	    _("there is no <link id=\"%s\"> in <about>%s"),
	    copl_form_shown(rd, to),
	    s.best == NULL ? _(": add one with this id")
			   : copl_form_suggest_end(rd, &s));
}

static void check_text(struct copl_form_reader *rd,
    const struct copl_form_element *e, const xmlNode *n,
    struct copl_form_text *t)
{
	const struct copl_xml_element *source = copl_xml_source(rd->xml, n);

	if (!has_text(n))
		copl_report(rd->r, COPL_ERROR, "form-empty-text",
		    copl_form_at(rd, n),
		    _("<%s> has no text: write it, or remove the element"),
		    e->name);
	/* Inline elements are read with the text around them. */
	if (e->group == GROUP_INLINE)
		return;
	if (source->close - source->content > TEXT_BYTES_MAX) {
		copl_report(rd->r, COPL_ERROR, "form-long-text",
		    copl_form_at(rd, n),
		    _("the text of <%s> has more than %d bytes: split it"),
		    e->name, TEXT_BYTES_MAX);
		return;
	}
	if (!copl_form_text_read(rd, source->content, source->close, t))
		return;
	check_braces(rd, t);
	give_advice(rd, n, t);
}

void copl_form_check_texts(struct copl_form_reader *rd)
{
	const xmlNode *root = xmlDocGetRootElement(rd->xml->doc), *n;
	struct copl_form_text t = COPL_FORM_TEXT_INIT;

	for (n = root; n != NULL; n = next_node(n, root)) {
		const struct copl_form_element *e =
		    copl_xml_is(n, COPL_FORM_NS, NULL)
			? copl_form_element((const char *)n->name)
			: NULL;

		/* The forms of a text are texts themselves. */
		if (e == NULL || copl_form_counts(n) ||
		    (e->content != CONTENT_INLINE &&
			e->content != CONTENT_TEXT))
			continue;
		check_text(rd, e, n, &t);
		if (strcmp(e->name, "a") == 0)
			check_link(rd, n);
	}
	copl_form_text_clear(&t);
}
