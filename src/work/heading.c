/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include "locale/locale.h"
#include "work/work.h"

void copl_heading_created(int64_t now, char out[COPL_CREATED_SIZE])
{
	char iso[COPL_INSTANT_SIZE];

	copl_instant_format(now, iso);
	snprintf(out, COPL_CREATED_SIZE, "%.10s %.5s+0000", iso, iso + 11);
}

const char *copl_heading_project(struct copl_arena *a, const char *project,
    const char *master, const char *version)
{
	return version == NULL
		   ? copl_arena_printf(a, "%s %s", project, master)
		   : copl_arena_printf(a, "%s %s %s", project, master, version);
}

/* In the language itself, as the team of a catalog is called. */
static enum copl_status team_of(
    struct copl_arena *a, const char *tag, struct copl_po_header *h)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1024);
	enum copl_status st = copl_locale_autonym(tag, &b);

	if (st == COPL_OK) {
		h->team = copl_arena_strdup(a, copl_strbuf_text(&b));
		if (h->team == NULL)
			st = COPL_E_NOMEM;
	}
	copl_strbuf_clear(&b);
	return st == COPL_E_NOMEM ? st : COPL_OK;
}

static const char *address_of(enum copl_address address)
{
	switch (address) {
	case COPL_ADDRESS_INFORMAL:
		return "\nForm of address: informal, as friends are spoken to.";
	case COPL_ADDRESS_FORMAL:
		return "\nForm of address: formal, as strangers are spoken to.";
	case COPL_ADDRESS_NONE:
		break;
	}
	return "";
}

/* In English, as everything that a catalog says to its translators. */
static const char *comment_of(
    struct copl_arena *a, const struct copl_heading *how)
{
	const char *terms = how->glossary;
	char due[COPL_INSTANT_SIZE] = "";

	if (how->due >= 0)
		copl_instant_format(how->due, due);
	return copl_arena_printf(a,
	    "SPDX-License-Identifier: GPL-3.0-or-later\n"
	    "Texts of %s in this language: %s.\n"
	    "They await review by professional translators."
	    "%s%.10s%s%s\nTerms: \"term:\" above a text says how the "
	    "glossary%s%s translates them.",
	    how->src, how->tag,
	    due[0] == '\0' ? "" : "\nThe translation is due on ", due,
	    due[0] == '\0' ? "" : ".", address_of(how->address),
	    terms == NULL ? "" : " ", terms == NULL ? "" : terms);
}

enum copl_status copl_heading_put(struct copl_arena *a,
    const struct copl_heading *how, struct copl_po_header *h)
{
	unsigned nplurals;

	h->language = how->catalog;
	h->plural_forms = copl_plural_forms(how->catalog, &nplurals);
	h->form = how->form;
	h->version = how->version;
	h->comment = comment_of(a, how);
	return h->comment == NULL ? COPL_E_NOMEM : team_of(a, how->tag, h);
}

enum copl_status copl_heading_fill(struct copl_arena *a,
    const struct copl_project *p, const struct copl_master *m,
    const struct copl_language *l, struct copl_po_header *h)
{
	const struct copl_heading how = {.src = m->src,
	    .form = m->id,
	    .version = m->form == NULL ? NULL : m->form->version,
	    .tag = l->tag,
	    .catalog = l->catalog,
	    .due = l->due,
	    .address = l->address,
	    .glossary = p->glossary_path == NULL
			    ? NULL
			    : copl_path_name(p->glossary_path)};

	return copl_heading_put(a, &how, h);
}
