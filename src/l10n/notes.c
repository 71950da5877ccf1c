/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ITS says to the translator of a unit, as lines of text. */
#include "config.h"
#include <string.h>
#include "l10n/l10n_priv.h"

#define SHOWN_MAX 60 /* bytes of a hidden code's text */

static void put_line(struct copl_strbuf *b, const char *line)
{
	if (b->len > 0)
		copl_strbuf_add(b, "\n", 1);
	copl_strbuf_puts(b, line);
}

static void put_note(
    struct copl_strbuf *b, const char *name, const struct copl_its_value *v)
{
	const char *type = v->f[COPL_ITS_F_NOTE_TYPE];
	bool alert = type != NULL && strcmp(type, "alert") == 0;

	if (b->len > 0)
		copl_strbuf_add(b, "\n", 1);
	if (name != NULL)
		copl_strbuf_printf(b, "<%s>: ", name);
	if (alert)
		copl_strbuf_puts(b, "Attention: ");
	if (v->f[COPL_ITS_F_NOTE] != NULL)
		copl_strbuf_puts(b, v->f[COPL_ITS_F_NOTE]);
	else
		copl_strbuf_printf(b, "See %s", v->f[COPL_ITS_F_NOTE_REF]);
}

static bool has_note(const struct copl_its_value *v)
{
	return v->f[COPL_ITS_F_NOTE] != NULL ||
	       v->f[COPL_ITS_F_NOTE_REF] != NULL;
}

static bool same_note(
    const struct copl_its_value *a, const struct copl_its_value *b)
{
	return a->f[COPL_ITS_F_NOTE] == b->f[COPL_ITS_F_NOTE] &&
	       a->f[COPL_ITS_F_NOTE_REF] == b->f[COPL_ITS_F_NOTE_REF];
}

static void put_term(const struct copl_units *u, struct copl_strbuf *b,
    uint32_t element, const struct copl_its_value *v)
{
	const char *info = v->f[COPL_ITS_F_TERM_INFO];
	const char *term = v->f[COPL_ITS_F_TERM];

	if (term == NULL || strcmp(term, "yes") != 0)
		return;
	if (info == NULL)
		info = v->f[COPL_ITS_F_TERM_INFO_REF];
	put_line(b, "Term: ");
	copl_xml_put_content(u->xml, element, b);
	if (info != NULL)
		copl_strbuf_printf(b, " (%s)", info);
}

/* A name that stands for what is hidden from the translator. */
static void put_hidden(const struct copl_units *u, struct copl_strbuf *b,
    const struct copl_code *c)
{
	size_t before = b->len, text;

	/* What is translated is a message of its own. */
	if (!c->hidden || c->element == COPL_XML_NONE ||
	    !u->xml->elements[c->element].text ||
	    copl_its_element(u->its, c->element)->translate)
		return;
	if (b->len > 0)
		copl_strbuf_add(b, "\n", 1);
	copl_strbuf_printf(b, "<%s/>: \"", c->tag);
	text = b->len;
	copl_xml_put_content(u->xml, c->element, b);
	if (b->st != COPL_OK)
		return;
	if (memchr(b->s + text, '\n', b->len - text) != NULL) {
		/* Lines of its own are layout, not a word to be shown. */
		b->len = before;
		b->s[before] = '\0';
		return;
	}
	if (b->len - text > SHOWN_MAX) {
		b->len = text + copl_utf8_valid(b->s + text, SHOWN_MAX);
		b->s[b->len] = '\0';
		copl_strbuf_puts(b, "\xe2\x80\xa6");
	}
	copl_strbuf_puts(b, "\"");
}

void copl_unit_notes(const struct copl_units *u, const struct copl_unit *unit,
    struct copl_strbuf *out)
{
	const struct copl_xml *x = u->xml;
	size_t i;

	if (has_note(unit->value))
		put_note(out, NULL, unit->value);
	for (i = 0; i < unit->text.ncodes; i++) {
		const struct copl_code *c = &unit->text.codes[i];
		const struct copl_its_value *v, *up;

		put_hidden(u, out, c);
		if (c->element == COPL_XML_NONE || c->hidden)
			continue;
		v = copl_its_element(u->its, c->element);
		up = copl_its_element(u->its, x->elements[c->element].parent);
		/* An inherited note is not said again. */
		if (has_note(v) && !same_note(v, up))
			put_note(out,
			    u->full
				? copl_xml_element_name(x, c->element)->local
				: c->tag,
			    v);
		put_term(u, out, c->element, v);
	}
}
