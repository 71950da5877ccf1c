/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "page/report_page.h"
#include "work/preview_priv.h"

/* ---- which numbers a plural form serves ---- */

/* Numbers that are tried, and ranges that are named of them. */
#define TRIED 200
#define SHOWN 4

void preview_put_numbers(
    struct copl_strbuf *out, const struct copl_plural *rule, unsigned form)
{
	unsigned long n = 0, from;
	unsigned k = 0, shown = 0;

	while (n <= TRIED && copl_plural_form(rule, n, &k)) {
		if (k != form) {
			n++;
			continue;
		}
		from = n;
		while (n <= TRIED && copl_plural_form(rule, n, &k) && k == form)
			n++;
		if (shown++ == SHOWN)
			break;
		copl_strbuf_puts(out, shown > 1 ? ", " : "");
		if (n > TRIED)
			copl_strbuf_printf(out, "%lu…", from);
		else if (n - from > 1)
			copl_strbuf_printf(out, "%lu–%lu", from, n - 1);
		else
			copl_strbuf_printf(out, "%lu", from);
	}
	if (shown > SHOWN)
		copl_strbuf_puts(out, " …");
	/* A form for millions, as some languages have it. */
	if (shown == 0 && copl_plural_form(rule, 1000000, &k) && k == form)
		copl_strbuf_puts(out, "1000000");
}

/* ---- texts ---- */

static void put_term(struct copl_strbuf *out, const char *term)
{
	copl_strbuf_puts(out, "<dt>");
	copl_report_page_text(out, term);
}

static void put_value(struct copl_strbuf *out, const char *lang, const char *s)
{
	copl_strbuf_printf(out,
	    "</dt><dd class=\"text\" lang=\"%s\" dir=\"%s\">", lang,
	    copl_locale_dir(lang));
	preview_put_text(out, s);
	copl_strbuf_puts(out, "</dd>\n");
}

static void put_source(struct preview *p, const struct preview_entry *e)
{
	put_term(p->out, _("Source"));
	put_value(p->out, p->source, e->source->id);
	if (e->source->plural == NULL)
		return;
	put_term(p->out, _("Source, for several"));
	put_value(p->out, p->source, e->source->plural);
}

static void put_change(struct preview *p, const char *old, const char *new)
{
	struct copl_word_diff d;

	if (strcmp(old, new) == 0)
		return;
	if (copl_word_diff(p->arena, old, new, &d) != COPL_OK) {
		p->out->st = COPL_E_NOMEM;
		return;
	}
	put_term(p->out, _("What changed in the source"));
	copl_strbuf_printf(p->out,
	    "</dt><dd class=\"text\" lang=\"%s\" dir=\"%s\">", p->source,
	    copl_locale_dir(p->source));
	preview_put_change(p->out, &d);
	copl_strbuf_puts(p->out, "</dd>\n");
}

/* What the translation was made for. */
static void put_previous(struct preview *p, const struct preview_entry *e)
{
	const struct copl_message *m = e->message;
	const struct copl_entry *source = e->source;

	if (m == NULL)
		return;
	if (strcmp(m->id, source->id) != 0) {
		put_change(p, m->id, source->id);
		return;
	}
	if (m->prev == NULL)
		return;
	if (m->prev->id != NULL)
		put_change(p, m->prev->id, source->id);
	if (m->prev->plural != NULL && source->plural != NULL)
		put_change(p, m->prev->plural, source->plural);
}

static void put_length(
    struct preview *p, const struct preview_entry *e, const char *s)
{
	unsigned most = e->unit == NULL ? 0 : e->unit->value->maxchars;
	size_t n;

	if (most == 0)
		return;
	n = copl_lint_length(s);
	if (n == SIZE_MAX) {
		p->out->st = COPL_E_NOMEM;
		return;
	}
	copl_strbuf_printf(
	    p->out, "<dd class=\"%s\">", n > most ? "error" : "soft");
	copl_strbuf_printf(p->out, _("characters: %zu of %u"), n, most);
	copl_strbuf_puts(p->out, "</dd>\n");
}

static void put_form(struct preview *p, const struct preview_entry *e,
    const struct copl_plural *rule, size_t k)
{
	const char *s = e->message->str[k];

	put_term(p->out, _("Translation"));
	if (e->message->nstr > 1) {
		copl_strbuf_puts(
		    p->out, " <bdi class=\"numbers\" dir=\"ltr\">");
		if (rule->n == e->message->nstr)
			preview_put_numbers(p->out, rule, (unsigned)k);
		else
			copl_strbuf_printf(p->out, "[%zu]", k);
		copl_strbuf_puts(p->out, "</bdi>");
	}
	put_value(p->out, p->tag, s);
	if (*s != '\0')
		put_length(p, e, s);
}

static void put_translation(struct preview *p, const struct preview_entry *e)
{
	struct copl_plural rule = {.n = 0};
	size_t k;

	if (e->state == PREVIEW_SOURCE) {
		put_length(p, e, e->source->id);
		return;
	}
	if (e->message == NULL)
		return;
	if (e->message->nstr > 1)
		(void)copl_catalog_plural(p->mc->catalog, &rule);
	for (k = 0; k < e->message->nstr; k++)
		put_form(p, e, &rule, k);
}

/* ---- what there is to know ---- */

/* Lines joined by LF, each a paragraph. */
static void put_lines(struct copl_strbuf *out, const char *class,
    const char *lang, const char *lines)
{
	if (lines == NULL || *lines == '\0')
		return;
	copl_strbuf_printf(out, "<div class=\"%s\" lang=\"%s\" dir=\"%s\">",
	    class, lang, copl_locale_dir(lang));
	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");

		copl_strbuf_puts(out, "<p>");
		copl_xml_put_text(out, lines, len);
		copl_strbuf_puts(out, "</p>");
		lines += len + (lines[len] == '\n');
	}
	copl_strbuf_puts(out, "</div>\n");
}

static const char *severity_word(enum copl_severity s)
{
	return s == COPL_ERROR     ? _("error")
	       : s == COPL_WARNING ? _("warning")
				   : _("note");
}

static const char *severity_class(enum copl_severity s)
{
	return s == COPL_ERROR     ? "error"
	       : s == COPL_WARNING ? "warning"
				   : "soft";
}

void preview_put_finding(struct copl_strbuf *out, const struct copl_diag *d)
{
	copl_strbuf_printf(out, "<li><strong class=\"%s\">%s</strong> ",
	    severity_class(d->severity), severity_word(d->severity));
	copl_report_page_text(out, d->text);
	copl_strbuf_puts(out, " <bdi class=\"soft\" dir=\"ltr\"><code>[");
	copl_report_page_text(out, d->code);
	copl_strbuf_puts(out, "]</code>");
	if (d->line > 0)
		copl_strbuf_printf(out, " %zu:%zu", d->line, d->column);
	copl_strbuf_puts(out, "</bdi></li>\n");
}

static void put_findings(struct preview *p, const struct preview_entry *e)
{
	uint32_t i;

	if (e->finding == PREVIEW_NONE)
		return;
	copl_strbuf_puts(p->out, "<ul class=\"findings\">\n");
	for (i = e->finding; i != PREVIEW_NONE; i = p->next[i])
		preview_put_finding(p->out, &p->findings.list[i]);
	copl_strbuf_puts(p->out, "</ul>\n");
}

/* ---- the whole ---- */

static const char *state_class(enum preview_state state)
{
	switch (state) {
	case PREVIEW_SOURCE:
		return "source";
	case PREVIEW_MISSING:
		return "missing";
	case PREVIEW_FUZZY:
		return "fuzzy";
	case PREVIEW_DRAFT:
		return "draft";
	case PREVIEW_TRANSLATED:
		return "translated";
	case PREVIEW_REVIEWED:
		return "reviewed";
	case PREVIEW_APPROVED:
		return "approved";
	}
	return "";
}

static const char *state_word(enum preview_state state)
{
	switch (state) {
	case PREVIEW_SOURCE:
		return _("the source itself");
	case PREVIEW_MISSING:
		return _("not translated");
	case PREVIEW_FUZZY:
		return _("to look at again (fuzzy)");
	case PREVIEW_DRAFT:
		return _("a draft");
	case PREVIEW_TRANSLATED:
		return _("translated");
	case PREVIEW_REVIEWED:
		return _("reviewed");
	case PREVIEW_APPROVED:
		return _("approved");
	}
	return "";
}

bool preview_is_todo(const struct preview_entry *e)
{
	return e->state == PREVIEW_MISSING || e->state == PREVIEW_FUZZY ||
	       e->state == PREVIEW_DRAFT;
}

bool preview_is_unseen(const struct preview_entry *e)
{
	return e->state == PREVIEW_DRAFT || e->state == PREVIEW_TRANSLATED;
}

/* Who said so, and when. */
static void put_row(struct copl_strbuf *out, const struct copl_review_row *row)
{
	const char *parts[] = {row->date, row->role, row->who};
	const char *before = "";
	size_t i;

	copl_strbuf_puts(out, "<bdi class=\"soft\">");
	for (i = 0; i < COPL_COUNT(parts); i++) {
		if (parts[i] == NULL || *parts[i] == '\0')
			continue;
		copl_strbuf_puts(out, before);
		copl_report_page_text(out, parts[i]);
		before = ", ";
	}
	copl_strbuf_puts(out, "</bdi>");
}

static void put_review(struct preview *p, const struct preview_entry *e)
{
	if (e->kept) {
		copl_strbuf_puts(p->out, "<p class=\"error\">");
		copl_report_page_text(p->out,
		    _("This translation cannot be shown as it is: the form "
		      "beside it has the source."));
		copl_strbuf_puts(p->out, "</p>\n");
	}
	if (e->stale == NULL)
		return;
	copl_strbuf_puts(p->out, "<p class=\"error\">");
	copl_report_page_text(p->out,
	    _("This translation was reviewed for another source. Read both "
	      "again."));
	copl_strbuf_puts(p->out, " ");
	put_row(p->out, e->stale);
	copl_strbuf_puts(p->out, "</p>\n");
}

static void put_head(struct preview *p, const struct preview_entry *e, size_t i)
{
	const char *id = e->source->ctxt;

	copl_strbuf_printf(p->out,
	    "<h3><bdi dir=\"ltr\"><span class=\"n\">%zu"
	    "</span> ",
	    i + 1);
	if (id != NULL) {
		copl_strbuf_puts(p->out, "<a href=\"#");
		copl_report_page_text(p->out, id);
		copl_strbuf_puts(p->out, "\">");
		copl_report_page_text(p->out, id);
		copl_strbuf_puts(p->out, "</a>");
	}
	copl_strbuf_printf(p->out, "</bdi> <span class=\"state %s\">%s</span>",
	    state_class(e->state), state_word(e->state));
	if (e->row != NULL && e->state > PREVIEW_TRANSLATED)
		put_row(p->out, e->row);
	if (e->piece != PREVIEW_NONE && id != NULL) {
		copl_strbuf_puts(p->out, " <a class=\"see\" href=\"#see:");
		copl_report_page_text(p->out, id);
		copl_strbuf_printf(
		    p->out, "\">%s</a>", _("show it in the form"));
	}
	copl_strbuf_puts(p->out, "</h3>\n");
}

void preview_put_entry(struct preview *p, size_t i)
{
	const struct preview_entry *e = &p->list[i];

	copl_strbuf_printf(p->out, "<article class=\"e %s%s%s%s\"",
	    state_class(e->state), preview_is_todo(e) ? " todo" : "",
	    preview_is_unseen(e) ? " unseen" : "", e->bad ? " bad" : "");
	if (e->source->ctxt != NULL) {
		copl_strbuf_puts(p->out, " id=\"");
		copl_report_page_text(p->out, e->source->ctxt);
		copl_strbuf_puts(p->out, "\"");
	}
	copl_strbuf_puts(p->out, ">\n");
	put_head(p, e, i);
	copl_strbuf_puts(p->out, "<dl>\n");
	put_source(p, e);
	put_previous(p, e);
	put_translation(p, e);
	copl_strbuf_puts(p->out, "</dl>\n");
	put_lines(p->out, "notes", p->source, e->source->extracted);
	if (e->message != NULL)
		put_lines(p->out, "own", p->tag, e->message->comment);
	put_review(p, e);
	put_findings(p, e);
	copl_strbuf_puts(p->out, "</article>\n");
}
