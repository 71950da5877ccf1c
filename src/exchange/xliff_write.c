/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A catalog as XLIFF 1.2. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "exchange/exchange_priv.h"

struct writer {
	struct copl_strbuf *out;
	const struct copl_catalog *c;
	const struct copl_xliff_how *how;
	struct copl_arena *arena;
	struct copl_plural plural;
	const char **ids; /* of the messages */
	struct xl_codes codes;
	const char *group; /* that is open; NULL: none */
	size_t ngroups;
};

static void attr(struct writer *w, const char *name, const char *value)
{
	const char *p = value;
	char tmp[4];
	size_t n;

	if (value == NULL)
		return;
	copl_strbuf_printf(w->out, " %s=\"", name);
	while (*p != '\0') {
		n = xl_odd_character(p);
		if (n > 0) {
			copl_strbuf_puts(w->out, "\xef\xbf\xbd");
			p += n;
			continue;
		}
		memcpy(tmp, p, 1);
		tmp[1] = '\0';
		copl_xml_put_attr(w->out, tmp);
		p++;
	}
	copl_strbuf_puts(w->out, "\"");
}

/* Plain text for people: what XML cannot hold becomes U+FFFD. */
static void text(struct writer *w, const char *s)
{
	while (*s != '\0') {
		size_t n = xl_odd_character(s);

		if (n > 0)
			copl_strbuf_puts(w->out, "\xef\xbf\xbd");
		else
			copl_xml_put_text(w->out, s, 1);
		s += n > 0 ? n : 1;
	}
}

static void note(struct writer *w, const char *from, const char *annotates,
    const char *priority, const char *s)
{
	copl_strbuf_puts(w->out, "<note");
	attr(w, "from", from);
	attr(w, "annotates", annotates);
	attr(w, "priority", priority);
	copl_strbuf_puts(w->out, ">");
	text(w, s);
	copl_strbuf_puts(w->out, "</note>\n");
}

/* ---- plural forms ---- */

#define EXAMPLES 4

void copl_plural_examples(
    const struct copl_plural *p, unsigned form, struct copl_strbuf *out)
{
	unsigned long n;
	unsigned f, said = 0;

	for (n = 0; p->n > 0 && n <= 1000 && said <= EXAMPLES; n++) {
		if (!copl_plural_form(p, n, &f) || f != form)
			continue;
		if (said == EXAMPLES)
			copl_strbuf_puts(out, " \xe2\x80\xa6");
		else
			copl_strbuf_printf(out, said == 0 ? "%lu" : ", %lu", n);
		said++;
	}
}

const char *copl_source_of_form(
    const struct copl_plural *p, const struct copl_message *m, unsigned form)
{
	unsigned one = 0;

	if (m->plural == NULL)
		return m->id;
	if (p->n != m->nstr || !copl_plural_form(p, 1, &one))
		return form == 0 ? m->id : m->plural;
	return form == one && m->nstr > 1 ? m->id : m->plural;
}

/* ---- one unit ---- */

static bool has_text(const struct copl_message *m)
{
	size_t i;

	for (i = 0; i < m->nstr; i++)
		if (m->str[i][0] != '\0')
			return true;
	return false;
}

static const char *state_of(const struct copl_message *m,
    const struct copl_about *about, const char **qualifier)
{
	*qualifier = NULL;
	if (!has_text(m))
		return "needs-translation";
	if (m->fuzzy)
		return "needs-review-translation";
	switch (about->state) {
	case COPL_REVIEW_APPROVED:
		return "final";
	case COPL_REVIEW_REVIEWED:
		return "signed-off";
	case COPL_REVIEW_DRAFT:
		*qualifier = "leveraged-mt";
		return "translated";
	case COPL_REVIEW_NONE:
	case COPL_REVIEW_TRANSLATED:
		break;
	}
	return "translated";
}

/* What the translation was made for. */
static void put_previous(
    struct writer *w, const struct copl_message *m, unsigned form)
{
	const struct copl_previous *p = m->prev;
	const char *source = p == NULL ? NULL : p->id;

	if (source != NULL && form > 0 && p->plural != NULL)
		source = p->plural;
	if (source == NULL || source[0] == '\0')
		return;
	copl_strbuf_puts(w->out, "<alt-trans alttranstype=\"previous-version\" "
				 "xml:space=\"preserve\"><source>");
	xl_codes_begin(&w->codes, source);
	xl_put_source(w->out, &w->codes, source);
	copl_strbuf_puts(w->out, "</source><target>");
	xl_put_target(w->out, &w->codes, m->str[form]);
	copl_strbuf_puts(w->out, "</target></alt-trans>\n");
}

static void put_examples(struct writer *w, unsigned form)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	struct copl_strbuf s = COPL_STRBUF_INIT(1000);

	copl_plural_examples(&w->plural, form, &b);
	if (b.len > 0) {
		copl_strbuf_printf(&s, _("Form for these numbers: %s"), b.s);
		note(w, "developer", "target", "1", copl_strbuf_text(&s));
	}
	if (b.st == COPL_E_NOMEM || s.st == COPL_E_NOMEM)
		w->out->st = COPL_E_NOMEM;
	copl_strbuf_clear(&b);
	copl_strbuf_clear(&s);
}

static void put_notes(struct writer *w, const struct copl_message *m)
{
	if (m->extracted != NULL)
		note(w, "developer", "source", "1", m->extracted);
	if (m->comment != NULL)
		note(w, "translator", "target", "2", m->comment);
}

static void put_unit(struct writer *w, const struct copl_message *m,
    const struct copl_about *about, const char *id, unsigned form)
{
	const char *source = copl_source_of_form(&w->plural, m, form),
		   *qualifier;
	const char *state = state_of(m, about, &qualifier);

	copl_strbuf_puts(w->out, "<trans-unit");
	attr(w, "id", id);
	attr(w, "resname", m->ctxt);
	copl_strbuf_printf(w->out, " xml:space=\"preserve\" approved=\"%s\"",
	    about->state == COPL_REVIEW_APPROVED && !m->fuzzy ? "yes" : "no");
	if (about->maxchars > 0)
		copl_strbuf_printf(w->out,
		    " maxwidth=\"%u\" size-unit=\"char\"", about->maxchars);
	xl_codes_begin(&w->codes, source);
	attr(w, "datatype", w->codes.markup ? NULL : "plaintext");
	copl_strbuf_puts(w->out, ">\n<source>");
	xl_put_source(w->out, &w->codes, source);
	copl_strbuf_puts(w->out, "</source>\n<target");
	attr(w, "state", state);
	attr(w, "state-qualifier", qualifier);
	copl_strbuf_puts(w->out, ">");
	xl_put_target(w->out, &w->codes, m->str[form]);
	copl_strbuf_puts(w->out, "</target>\n");
	if (m->plural != NULL)
		put_examples(w, form);
	if (form == 0)
		put_notes(w, m);
	put_previous(w, m, form);
	copl_strbuf_puts(w->out, "</trans-unit>\n");
}

static void put_message(struct writer *w, const struct copl_message *m,
    const struct copl_about *about)
{
	const char *id = w->ids[m - w->c->messages], *one;
	unsigned form;

	if (m->plural == NULL) {
		put_unit(w, m, about, id, 0);
		return;
	}
	copl_strbuf_puts(w->out, "<group");
	attr(w, "id", id);
	attr(w, "resname", m->ctxt);
	copl_strbuf_puts(w->out, " restype=\"x-gettext-plurals\">\n");
	for (form = 0; form < m->nstr; form++) {
		one = copl_arena_printf(w->arena, "%s[%u]", id, form);
		if (one == NULL)
			w->out->st = COPL_E_NOMEM;
		put_unit(w, m, about, one, form);
	}
	copl_strbuf_puts(w->out, "</group>\n");
}

/* ---- the file ---- */

static void close_group(struct writer *w)
{
	if (w->group != NULL)
		copl_strbuf_puts(w->out, "</group>\n");
	w->group = NULL;
}

static void open_group(struct writer *w, const struct copl_about *about)
{
	if (about->group == NULL)
		return;
	w->group = about->group;
	copl_strbuf_printf(w->out, "<group id=\"group-%zu\"", ++w->ngroups);
	attr(w, "resname", about->group);
	copl_strbuf_puts(w->out, " restype=\"x-question\">\n");
	if (about->title != NULL)
		note(w, "developer", "general", "1", about->title);
}

static void put_head(struct writer *w)
{
	const struct copl_xliff_how *how = w->how;

	copl_strbuf_puts(w->out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<xliff version=\"1.2\" xmlns=\"" COPL_XLIFF_NS "\">\n<file");
	attr(w, "original", how->original);
	attr(w, "source-language", how->source_lang);
	attr(w, "target-language", how->target_lang);
	attr(w, "datatype", "xml");
	attr(w, "tool-id", "cop-l10n");
	attr(w, "build-num", how->pack);
	copl_strbuf_puts(w->out, ">\n<header>\n<tool tool-id=\"cop-l10n\" "
				 "tool-name=\"cop-l10n\"");
	attr(w, "tool-version", how->version);
	copl_strbuf_puts(w->out, "/>\n</header>\n<body>\n");
}

static void put_messages(struct writer *w)
{
	size_t i;

	for (i = 0; i < w->c->nmessages; i++) {
		const struct copl_message *m = &w->c->messages[i];
		struct copl_about about = {.state = COPL_REVIEW_NONE};

		if (m->obsolete)
			continue;
		if (w->how->about != NULL)
			w->how->about(w->how->arg, m, &about);
		if (w->group == NULL || about.group == NULL ||
		    strcmp(w->group, about.group) != 0) {
			close_group(w);
			open_group(w, &about);
		}
		put_message(w, m, &about);
	}
	close_group(w);
}

void copl_xliff_put(const struct copl_catalog *c,
    const struct copl_xliff_how *how, struct copl_strbuf *out)
{
	struct writer w = {.out = out, .c = c, .how = how};
	struct copl_place at;
	const char *forms = copl_catalog_field(c, "Plural-Forms", &at);

	w.arena = copl_arena_new();
	w.ids = w.arena == NULL ? NULL : copl_xliff_ids(c, w.arena);
	if (w.ids == NULL) {
		copl_arena_free(w.arena);
		out->st = COPL_E_NOMEM;
		return;
	}
	if (forms == NULL || !copl_plural_parse(forms, &w.plural))
		w.plural.n = 0;
	put_head(&w);
	put_messages(&w);
	copl_strbuf_puts(out, "</body>\n</file>\n</xliff>\n");
	xl_codes_free(&w.codes);
	copl_arena_free(w.arena);
}
