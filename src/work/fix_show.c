/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "work/fix_show.h"
#include "work/seen.h"

#define TEXT_MAX (1 << 20)

static void put_line(struct copl_strbuf *b, const char *mark, const char *s)
{
	copl_strbuf_puts(b, b->len > 0 ? "\n" : "");
	copl_strbuf_puts(b, mark);
	work_put_seen(b, s, strlen(s));
	copl_strbuf_puts(b, "\"");
}

/* Both texts as lines; the forms that differ of a text with plurals. */
static void put_diff(struct copl_strbuf *b, const struct copl_revision *v)
{
	unsigned k, old = v->m->nstr;

	for (k = 0; k < v->n || k < old; k++) {
		const char *a = k < old ? v->m->str[k] : NULL;
		const char *z = k < v->n ? v->forms[k] : NULL;

		if (a != NULL && z != NULL && strcmp(a, z) == 0)
			continue;
		if (a != NULL)
			put_line(b, "  - \"", a);
		if (z != NULL)
			put_line(b, "  + \"", z);
	}
}

static void tell(struct copl_reporter *r, const struct copl_catalog *c,
    const char *checks, size_t at, const char *old, const char *new,
    const char *diff, bool written)
{
	char line[24];
	const struct copl_field fields[] = {{"file", c->file}, {"line", line},
	    {"checks", checks}, {"old", old}, {"new", new},
	    {"written", written ? "yes" : "no"}};

	snprintf(line, sizeof(line), "%zu", at);
	copl_tell(r, "fixed", fields, COPL_COUNT(fields),
	    written ? _("%s:%zu: put right [%s]\n%s")
		    : _("%s:%zu: can be put right [%s]\n%s"),
	    c->file, at, checks, diff);
}

/* The first form that differs. */
static unsigned first_change(const struct copl_revision *v)
{
	unsigned k = 0;

	while (k + 1 < v->n && k + 1 < v->m->nstr &&
	       strcmp(v->m->str[k], v->forms[k]) == 0)
		k++;
	return k;
}

void fix_show(struct copl_reporter *r, const struct copl_catalog *c,
    const struct copl_revision *v, const char *checks, bool written)
{
	struct copl_strbuf diff = COPL_STRBUF_INIT(TEXT_MAX);
	unsigned k = first_change(v);

	put_diff(&diff, v);
	if (diff.st == COPL_E_NOMEM)
		r->nomem = true;
	tell(r, c, checks, v->m->str_at.line, v->m->str[k], v->forms[k],
	    copl_strbuf_text(&diff), written);
	copl_strbuf_clear(&diff);
}

void fix_show_header(struct copl_reporter *r, const struct copl_catalog *c,
    const char *forms, bool written)
{
	struct copl_strbuf diff = COPL_STRBUF_INIT(TEXT_MAX);
	struct copl_place at = {c->file, 0, 0};
	const char *old = copl_catalog_field(c, "Plural-Forms", &at);

	put_line(&diff, "  - \"Plural-Forms: ", old == NULL ? "" : old);
	put_line(&diff, "  + \"Plural-Forms: ", forms);
	if (diff.st == COPL_E_NOMEM)
		r->nomem = true;
	tell(r, c, "plural-rule", at.line, old == NULL ? "" : old, forms,
	    copl_strbuf_text(&diff), written);
	copl_strbuf_clear(&diff);
}

void fix_show_file(
    struct copl_reporter *r, const struct copl_catalog *c, bool written)
{
	const char *checks = c->bom && c->crlf ? "bom crlf"
			     : c->bom          ? "bom"
					       : "crlf";
	const char *diff =
	    c->bom && c->crlf ? _("  the file begins with a byte order mark "
				  "and its lines end with CR LF: neither is "
				  "needed")
	    : c->bom          ? _("  the file begins with a byte order mark, "
					   "which is not needed")
			      : _("  lines end with CR LF; LF is enough");

	tell(r, c, checks, 1, "", "", diff, written);
}
