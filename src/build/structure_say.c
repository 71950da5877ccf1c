/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "build/structure_priv.h"

/* So much of a value says which one it is. */
#define VALUE_MAX 60

/* ---- names of what changed ---- */

static void put_value(
    struct copl_strbuf *out, const struct copl_xml *x, uint32_t attr)
{
	size_t len, cut = VALUE_MAX;
	const char *value = copl_xml_value(x, &x->attrs[attr], &len);

	if (len <= VALUE_MAX) {
		copl_strbuf_add(out, value, len);
		return;
	}
	while (((unsigned char)value[cut] & 0xc0) == 0x80)
		cut--;
	copl_strbuf_add(out, value, cut);
	copl_strbuf_puts(out, "…");
}

static const char *done(struct structure *s, struct copl_strbuf *out)
{
	if (out->st != COPL_OK)
		s->nomem = true;
	return copl_strbuf_text(out);
}

/* <option value="no">, in room 0 or 1 */
static const char *element(
    struct structure *s, const struct copl_xml *x, uint32_t i, int room)
{
	static const char *const keys[] = {"id", "value", "name", "to"};
	struct copl_strbuf *out = &s->words[room];
	size_t k;

	copl_strbuf_reset(out);
	copl_strbuf_printf(out, "<%s", copl_xml_element_name(x, i)->local);
	for (k = 0; k < COPL_COUNT(keys); k++) {
		uint32_t attr = copl_xml_find_attr(x, i, NULL, keys[k]);

		if (attr == COPL_XML_NONE)
			continue;
		copl_strbuf_printf(out, " %s=\"", keys[k]);
		put_value(out, x, attr);
		copl_strbuf_puts(out, "\"");
	}
	copl_strbuf_puts(out, ">");
	return done(s, out);
}

/* when="age lt 13"; "": the attribute is not there */
static const char *attribute(
    struct structure *s, const struct copl_xml *x, uint32_t i, int room)
{
	struct copl_strbuf *out = &s->words[room];

	copl_strbuf_reset(out);
	if (i != COPL_XML_NONE) {
		const struct copl_xml_name *n = &x->names[x->attrs[i].qname];

		if (n->prefix != NULL)
			copl_strbuf_printf(out, "%s:", n->prefix);
		copl_strbuf_printf(out, "%s=\"", n->local);
		put_value(out, x, i);
		copl_strbuf_puts(out, "\"");
	}
	return done(s, out);
}

/* ---- the finding ---- */

static void say(struct structure *s, uint32_t m, const char *what)
{
	if (structure_enough(s))
		return;
	s->said++;
	copl_report(s->r, COPL_ERROR, "structure-changed",
	    copl_xml_at(s->a, s->a->elements[m].start),
	    _("made ready for %s, this document is not built like its master, "
	      "although only texts may differ: %s; this is a mistake of "
	      "cop-l10n or of a broken catalog, and nothing was built"),
	    s->p->lang, what);
}

static void say_words(struct structure *s, uint32_t m, const char *format, ...)
    COPL_PRINTF(3, 4);

/* Names are short, and values are cut: so is the sentence. */
static void say_words(struct structure *s, uint32_t m, const char *format, ...)
{
	char *what = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&what, format, args) < 0) {
		what = NULL;
		s->nomem = true;
	} else {
		say(s, m, what);
	}
	va_end(args);
	free(what);
}

void structure_lost(struct structure *s, uint32_t m)
{
	say_words(s, m, _("%s is lost"), element(s, s->a, m, 0));
}

void structure_added(struct structure *s, uint32_t m, uint32_t l)
{
	say_words(s, m, _("%s is added to %s"), element(s, s->b, l, 0),
	    element(s, s->a, m, 1));
}

void structure_moved(struct structure *s, uint32_t m)
{
	say_words(s, m, _("%s is not in its place"), element(s, s->a, m, 0));
}

void structure_text(struct structure *s, uint32_t m)
{
	say_words(s, m,
	    _("%s has lost its text, or has one that is not its own"),
	    element(s, s->a, m, 0));
}

void structure_plural(struct structure *s, uint32_t m, size_t n)
{
	say_words(s, m,
	    _("the plural forms of %s are not as many as the language has "
	      "(found: %zu)"),
	    element(s, s->a, m, 0), n);
}

void structure_attr(struct structure *s, uint32_t m, uint32_t am, uint32_t bl)
{
	const char *was = attribute(s, s->a, am, 0);
	const char *is = attribute(s, s->b, bl, 1);
	const char *name = copl_xml_element_name(s->a, m)->local;

	if (bl == COPL_XML_NONE)
		say_words(s, m, _("<%s> has lost %s"), name, was);
	else if (am == COPL_XML_NONE)
		say_words(s, m, _("<%s> got %s"), name, is);
	else
		say_words(s, m, _("in <%s>, %s became %s"), name, was, is);
}
