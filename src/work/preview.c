/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "page/report_page.h"
#include "work/preview_priv.h"

/* ---- head of the page ---- */

static const char *title_of(const struct preview *p)
{
	struct copl_reporter r;
	const char *title = NULL;

	copl_reporter_init(&r, NULL);
	if (p->m->kind == COPL_MASTER_FORM)
		title = copl_xml_get_text(p->m->form->title, p->arena, &r);
	else if (p->m->kind == COPL_MASTER_PROJECT)
		title = p->w->project->title;
	if (r.nomem)
		p->out->st = COPL_E_NOMEM;
	return title == NULL ? p->m->id : title;
}

static void put_heading(struct preview *p, const char *name)
{
	copl_strbuf_puts(p->out, "<h1>");
	copl_report_page_foreign(p->out, "span", NULL, p->source, title_of(p));
	copl_strbuf_puts(p->out, " – ");
	copl_report_page_foreign(p->out, "span", NULL, p->tag, name);
	copl_strbuf_puts(p->out, "</h1>\n<p class=\"soft\"><bdi dir=\"ltr\">");
	copl_report_page_text(p->out, p->mc->path);
	copl_strbuf_puts(p->out, "</bdi></p>\n");
}

static void put_list(
    struct preview *p, const struct copl_findings *f, const char *words)
{
	size_t i;

	copl_strbuf_puts(p->out, "<section class=\"banner\">\n<p>");
	copl_report_page_text(p->out, words);
	copl_strbuf_puts(p->out, "</p>\n<ul class=\"findings\">\n");
	for (i = 0; i < f->n; i++)
		preview_put_finding(p->out, &f->list[i]);
	copl_strbuf_puts(p->out, "</ul>\n</section>\n");
}

/* Findings that are about no text, such as those about the header. */
static void put_rest(struct preview *p)
{
	struct copl_findings rest = {0};
	size_t i;

	rest.list = copl_arena_alloc(
	    p->arena, (p->findings.n + 1) * sizeof(*rest.list));
	if (rest.list == NULL) {
		p->out->st = COPL_E_NOMEM;
		return;
	}
	for (i = 0; i < p->findings.n; i++)
		if (p->loose[i])
			rest.list[rest.n++] = p->findings.list[i];
	if (rest.n > 0)
		put_list(p, &rest, _("About the catalog as a whole:"));
}

static void put_filter(
    struct preview *p, const char *id, const char *words, size_t n)
{
	copl_strbuf_printf(p->out,
	    "<input type=\"radio\" name=\"show\" id=\"f-%s\"%s>"
	    "<label for=\"f-%s\">",
	    id, strcmp(id, "all") == 0 ? " checked" : "", id);
	copl_report_page_text(p->out, words);
	copl_strbuf_printf(p->out, " <b>%zu</b></label>\n", n);
}

static void put_filters(
    struct preview *p, const struct copl_preview_counts *counts)
{
	put_filter(p, "all", _("all texts"), counts->texts);
	put_filter(p, "todo", _("still to do"), counts->todo);
	put_filter(p, "unseen", _("not reviewed"), counts->unseen);
	put_filter(p, "bad", _("with findings"), counts->findings);
}

/* ---- groups: a part of the form and its texts ---- */

static const char *piece_words(enum copl_piece_kind kind)
{
	switch (kind) {
	case COPL_PIECE_TOP:
		return _("The beginning");
	case COPL_PIECE_PRIVACY:
		return _("What happens with the answers");
	case COPL_PIECE_HELP:
		return _("Where there is help");
	case COPL_PIECE_LANGUAGES:
		return _("About the languages");
	case COPL_PIECE_SECTION:
		return _("Part");
	case COPL_PIECE_ITEM:
		return _("Question");
	case COPL_PIECE_SENDING:
		return _("The end");
	case COPL_PIECE_PAPER:
		return _("The end, on paper");
	case COPL_PIECE_CONTACT:
		return _("Whom to ask");
	case COPL_PIECE_SOON:
		return _("Before the first day");
	case COPL_PIECE_CLOSED:
		return _("After the last day");
	case COPL_PIECE_SENT:
		return _("After sending");
	}
	return "";
}

static void put_group_head(struct preview *p, uint32_t piece)
{
	const struct copl_piece *what =
	    piece == PREVIEW_NONE ? NULL : &p->kinds[piece];
	const char *id = NULL;

	if (what != NULL && what->kind == COPL_PIECE_SECTION)
		id = what->section->id;
	if (what != NULL && what->kind == COPL_PIECE_ITEM)
		id = what->question->id;
	copl_strbuf_puts(p->out, "<h2>");
	copl_report_page_text(
	    p->out, what == NULL ? _("Other texts") : piece_words(what->kind));
	if (id != NULL) {
		copl_strbuf_puts(p->out, " <bdi dir=\"ltr\"><code>");
		copl_report_page_text(p->out, id);
		copl_strbuf_puts(p->out, "</code></bdi>");
	}
	copl_strbuf_puts(p->out, "</h2>\n");
}

static void put_group(struct preview *p, uint32_t piece, uint32_t first)
{
	bool todo = false, bad = false, unseen = false;
	uint32_t i;

	if (first == PREVIEW_NONE)
		return;
	for (i = first; i != PREVIEW_NONE; i = p->list[i].next) {
		todo |= preview_is_todo(&p->list[i]);
		unseen |= preview_is_unseen(&p->list[i]);
		bad |= p->list[i].bad;
	}
	copl_strbuf_printf(p->out, "<section class=\"group%s%s%s\">\n",
	    todo ? " todo" : "", unseen ? " unseen" : "", bad ? " bad" : "");
	put_group_head(p, piece);
	copl_strbuf_puts(p->out, "<div class=\"texts\">\n");
	for (i = first; i != PREVIEW_NONE; i = p->list[i].next)
		preview_put_entry(p, i);
	copl_strbuf_puts(p->out, "</div>\n");
	if (piece != PREVIEW_NONE) {
		copl_strbuf_puts(p->out, "<div class=\"look\">\n");
		copl_strbuf_add(p->out,
		    copl_strbuf_text(&p->shown) + p->pieces[piece].start,
		    p->pieces[piece].end - p->pieces[piece].start);
		copl_strbuf_puts(p->out, "</div>\n");
	}
	copl_strbuf_puts(p->out, "</section>\n");
}

/* Texts of a part in the order of the catalog. */
static void put_groups(struct preview *p)
{
	uint32_t other = PREVIEW_NONE;
	size_t i;

	for (i = p->n; i-- > 0;) {
		struct preview_entry *e = &p->list[i];
		uint32_t *first = e->piece == PREVIEW_NONE
				      ? &other
				      : &p->pieces[e->piece].first;

		e->next = *first;
		*first = (uint32_t)i;
	}
	copl_strbuf_puts(p->out, "<div class=\"groups\">\n");
	for (i = 0; i < p->npieces; i++)
		put_group(p, (uint32_t)i, p->pieces[i].first);
	put_group(p, PREVIEW_NONE, other);
	copl_strbuf_puts(p->out, "</div>\n");
}

/* ---- the page ---- */

static struct copl_preview_counts count(const struct preview *p)
{
	struct copl_preview_counts n = {.texts = p->n};
	size_t i;

	for (i = 0; i < p->n; i++) {
		n.todo += preview_is_todo(&p->list[i]);
		n.unseen += preview_is_unseen(&p->list[i]);
		n.findings += p->list[i].bad;
	}
	return n;
}

static enum copl_status put_page(struct preview *p,
    const struct copl_preview_counts *counts, const char *spoken)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);
	struct copl_strbuf style = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_report_page page = {.lang = spoken, .head = p->how->head};
	enum copl_status st = copl_locale_autonym(p->tag, &name);

	if (st == COPL_E_NOMEM)
		goto out;
	if (st != COPL_OK)
		copl_strbuf_puts(&name, p->tag);
	copl_strbuf_puts(&style, preview_style);
	copl_strbuf_puts(&style, preview_signs_style);
	copl_render_pieces_style(&style);
	page.style = copl_strbuf_text(&style);
	page.title = copl_arena_printf(
	    p->arena, "%s – %s", title_of(p), copl_strbuf_text(&name));
	st = page.title == NULL ? COPL_E_NOMEM : style.st;
	if (st != COPL_OK)
		goto out;
	copl_report_page_begin(p->out, &page);
	put_heading(p, copl_strbuf_text(&name));
	if (p->how->broken != NULL)
		put_list(p, p->how->broken,
		    _("What was saved last cannot be read. Below is what it "
		      "was before."));
	put_rest(p);
	put_filters(p, counts);
	put_groups(p);
	copl_report_page_end(p->out);
	st = p->out->st;
out:
	copl_strbuf_clear(&name);
	copl_strbuf_clear(&style);
	return st;
}

static enum copl_status make_page(
    struct preview *p, struct copl_preview_counts *counts)
{
	/* What a translator reads is in the translator's language. */
	const char *spoken;
	enum copl_status st = preview_record(p);

	if (st != COPL_OK)
		return st;
	st = copl_report_page_speak(p->mc->language, &spoken);
	if (st == COPL_OK)
		st = preview_texts(p);
	if (st == COPL_OK)
		st = preview_findings(p);
	if (st == COPL_OK)
		st = preview_form(p);
	if (st == COPL_OK) {
		*counts = count(p);
		st = put_page(p, counts, spoken);
	}
	if (copl_speak(NULL) == COPL_E_NOMEM)
		st = COPL_E_NOMEM;
	return st;
}

enum copl_status copl_preview_page(struct copl_workspace *w,
    const struct copl_master *m, size_t language,
    const struct copl_preview_how *how, struct copl_strbuf *out,
    struct copl_preview_counts *counts)
{
	const struct copl_preview_how none = {0};
	struct copl_preview_counts own;
	struct preview p = {.w = w,
	    .m = m,
	    .how = how == NULL ? &none : how,
	    .record = COPL_STRBUF_INIT(COPL_REVIEW_MAX),
	    .shown = COPL_STRBUF_INIT(COPL_PREVIEW_MAX),
	    .out = out};
	enum copl_status st = COPL_E_NOMEM;

	if (m->units == NULL || m->catalogs == NULL)
		return COPL_E_NOTFOUND;
	p.mc = &m->catalogs[language];
	p.tag = p.mc->language->tag;
	p.source = m->units->lang == NULL ? w->project->lang : m->units->lang;
	p.arena = copl_arena_new();
	if (p.arena != NULL)
		st = make_page(&p, counts == NULL ? &own : counts);
	preview_form_free(&p);
	copl_review_free(p.review);
	copl_strbuf_clear(&p.record);
	copl_findings_free(&p.findings);
	copl_map_free(&p.by_id);
	copl_arena_free(p.arena);
	return st;
}
