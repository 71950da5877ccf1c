/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of a pack but for its first page. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "page/report_page.h"
#include "work/pack_priv.h"

/* Lines from s up to end, but those that name an older pack. */
static void put_lines(struct copl_strbuf *out, const char *s, const char *end)
{
	static const char name[] = "\"X-COP-Pack:";

	while (s < end) {
		const char *next = memchr(s, '\n', (size_t)(end - s));

		next = next == NULL ? end : next + 1;
		if (strncmp(s, name, sizeof(name) - 1) != 0)
			copl_strbuf_add(out, s, (size_t)(next - s));
		s = next;
	}
}

void pack_put_po(
    struct pack *p, const struct pack_form *f, struct copl_strbuf *out)
{
	struct copl_strbuf all = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const struct copl_catalog *c = f->mc->catalog;
	const struct copl_message_edit **none =
	    copl_arena_alloc(p->arena, (c->nmessages + 1) * sizeof(*none));
	size_t head = c->header == NULL ? 0 : c->header->end;

	/* The bytes as they were read. */
	if (none == NULL || copl_catalog_edit(c, none, &all) != COPL_OK) {
		out->st = COPL_E_NOMEM;
	} else if (head == 0) {
		copl_strbuf_add(out, all.s, all.len);
	} else {
		put_lines(out, all.s, all.s + head);
		copl_strbuf_printf(out, "\"X-COP-Pack: %s\\n\"%s", p->id,
		    c->crlf ? "\r\n" : "\n");
		copl_strbuf_add(out, all.s + head, all.len - head);
	}
	copl_strbuf_clear(&all);
}

/* ---- XLIFF ---- */

static void about(
    void *arg, const struct copl_message *m, struct copl_about *out)
{
	struct pack_form *f = arg;
	struct copl_review_verdict verdict = {.state = COPL_REVIEW_NONE};
	struct copl_context c;

	copl_context_of(&f->contexts, m->ctxt, &c);
	if (f->mc->review != NULL)
		copl_review_judge(f->mc->review, m, &verdict);
	*out = (struct copl_about){c.group, c.title != NULL ? c.title : c.part,
	    c.maxchars, verdict.state};
}

void pack_put_xliff(
    struct pack *p, struct pack_form *f, struct copl_strbuf *out)
{
	const struct copl_xliff_how how = {
	    .original = f->po,
	    .source_lang = f->m->units->lang == NULL ? "en" : f->m->units->lang,
	    .target_lang = p->lang->tag,
	    .pack = p->id,
	    .version = PACKAGE_VERSION,
	    .about = about,
	    .arg = f,
	};

	copl_xliff_put(f->mc->catalog, &how, out);
}

/* ---- the table for reviewers ---- */

/* The question, and for a plural form the numbers that it is for. */
static void put_question(struct pack *p, struct pack_form *f,
    const struct copl_message *m, int form, struct copl_strbuf *out)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_context c;

	copl_context_of(&f->contexts, m->ctxt, &c);
	if (c.title == NULL)
		c.title = c.part == NULL ? f->title.text : c.part;
	copl_strbuf_puts(&b, c.title);
	if (form >= 0) {
		copl_strbuf_puts(&b, " (");
		copl_plural_examples(&f->plural, (unsigned)form, &b);
		copl_strbuf_puts(&b, ")");
	}
	copl_table_cell(out, copl_strbuf_text(&b));
	p->r->nomem |= b.st != COPL_OK;
	copl_strbuf_clear(&b);
}

static void put_row(struct pack *p, struct pack_form *f,
    const struct copl_message *m, int form, struct copl_strbuf *out)
{
	unsigned i = form < 0 ? 0 : (unsigned)form;
	const char *key =
	    copl_table_key(p->arena, p->lang->tag, f->m->id, m->ctxt, form);

	p->r->nomem |= key == NULL;
	copl_table_cell(out, key == NULL ? "" : key);
	put_question(p, f, m, form, out);
	copl_table_cell(out, copl_source_of_form(&f->plural, m, i));
	copl_table_cell(out, m->str[i]);
	copl_table_cell(out, "");
	copl_table_cell(out, "");
	copl_table_end_row(out);
}

static void put_rows(
    struct pack *p, struct pack_form *f, struct copl_strbuf *out)
{
	const struct copl_catalog *c = f->mc->catalog;
	size_t i;
	int form;

	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];

		if (m->obsolete || m->ctxt == NULL)
			continue;
		if (m->plural == NULL)
			put_row(p, f, m, -1, out);
		for (form = 0; m->plural != NULL && form < m->nstr; form++)
			put_row(p, f, m, form, out);
	}
}

void pack_put_table(struct pack *p, struct copl_strbuf *out)
{
	const char *const head[] = {_("Id (leave it as it is)"), _("Question"),
	    _("Source"), _("Translation"), _("Good?"), _("Remark")};
	size_t i;

	/* Excel takes a table for UTF-8 only when it begins like this. */
	copl_strbuf_puts(out, "\xef\xbb\xbf");
	for (i = 0; i < COPL_COUNT(head); i++) {
		if (i == 0)
			copl_strbuf_printf(out, "\"%s\"", head[i]);
		else
			copl_table_cell(out, head[i]);
	}
	copl_table_end_row(out);
	for (i = 0; i < p->nforms; i++)
		put_rows(p, &p->forms[i], out);
}

/* ---- the glossary as a page ---- */

static void put_words(struct copl_strbuf *out, const char *lang,
    const char *class, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		copl_strbuf_puts(out, i == 0 ? "" : "<br>");
		copl_report_page_foreign(out, "span", class, lang, words[i]);
	}
}

static void put_term(struct pack *p, const struct copl_term *t,
    const char *source, const char *source_lang, struct copl_strbuf *out)
{
	copl_strbuf_puts(out, "<tr>");
	copl_report_page_foreign(out, "td", NULL, source_lang, source);
	copl_report_page_foreign(
	    out, "td", NULL, p->lang->tag, t->keep ? source : t->preferred);
	copl_strbuf_puts(out, "<td>");
	put_words(out, p->lang->tag, "error", t->rejected, t->nrejected);
	copl_strbuf_puts(out, "</td>");
	/* The glossary's authors write in the language of the sources. */
	copl_report_page_foreign(
	    out, "td", NULL, source_lang, t->note == NULL ? "" : t->note);
	copl_strbuf_puts(out, "</tr>\n");
}

static void put_glossary_head(struct pack *p, struct copl_strbuf *out)
{
	const struct copl_report_page page = {
	    .title = _("Terms"), .lang = p->spoken};
	const char *const head[] = {
	    _("Term"), _("Write"), _("Do not write"), _("Remark")};
	size_t i;

	copl_report_page_begin(out, &page);
	copl_strbuf_puts(out, "<h1>");
	copl_report_page_text(out, _("Terms"));
	copl_strbuf_puts(out, "</h1>\n<table>\n<thead><tr>");
	for (i = 0; i < COPL_COUNT(head); i++) {
		copl_strbuf_puts(out, "<th scope=\"col\">");
		copl_report_page_text(out, head[i]);
		copl_strbuf_puts(out, "</th>");
	}
	copl_strbuf_puts(out, "</tr></thead>\n<tbody>\n");
}

bool pack_put_glossary(struct pack *p, struct copl_strbuf *out)
{
	const struct copl_glossary *g = p->w->glossary;
	const char *from = p->w->project->lang;
	size_t n = g == NULL ? 0 : copl_glossary_count(g), i, said = 0;

	for (i = 0; i < n; i++) {
		const struct copl_term *t =
		    copl_glossary_term(g, i, p->lang->tag);
		const struct copl_term *s = copl_glossary_term(g, i, from);

		if (t == NULL || s == NULL || s->preferred == NULL ||
		    (t->preferred == NULL && !t->keep))
			continue;
		if (said++ == 0)
			put_glossary_head(p, out);
		put_term(p, t, s->preferred, from, out);
	}
	if (said == 0)
		return false;
	copl_strbuf_puts(out, "</tbody>\n</table>\n");
	copl_report_page_end(out);
	return true;
}
