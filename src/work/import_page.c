/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a translator gets back: good news first, places last. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "page/report_page.h"
#include "work/import_priv.h"
#include "work/preview_priv.h"

static const char style[] =
    "main{max-width:52rem}.news{font-size:1.15rem;border-inline-start:.3rem "
    "solid var(--good);padding-inline-start:.8rem}"
    ".card{border:1px solid var(--line);border-radius:.5rem;padding:.2rem "
    "1rem .8rem;margin:1rem 0}.card h3{font-size:1rem;margin:.6rem 0}"
    ".text{background:var(--tint);padding:.4rem .7rem;margin:.2rem 0 .6rem;"
    "border-radius:.3rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "mark{background:var(--del);color:inherit;outline:2px solid var(--bad);"
    "border-radius:.15rem}mark:empty::after{content:\"\\2009\\2009\"}"
    ".name{font-size:.85rem;color:var(--soft);margin:0}.say{font-weight:600}"
    ".place{font-size:.8rem;color:var(--soft);margin:.4rem 0 0}";

static void put(struct copl_strbuf *out, const char *tag, const char *text)
{
	copl_report_page_element(out, tag, text);
}

static void put_count(
    struct copl_strbuf *out, const char *tag, const char *format, size_t n)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(10000);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	copl_strbuf_printf(&b, format, n);
#pragma GCC diagnostic pop
	put(out, tag, copl_strbuf_text(&b));
	if (b.st != COPL_OK)
		out->st = b.st;
	copl_strbuf_clear(&b);
}

/* ---- one text ---- */

static const char *source_lang(const struct import_target *t)
{
	return t->m->units->lang == NULL ? "en" : t->m->units->lang;
}

static void put_heading(
    struct import_target *t, const char *ctxt, struct copl_strbuf *out)
{
	struct copl_context c;

	copl_context_of(&t->contexts, ctxt, &c);
	copl_strbuf_puts(out, "<div class=\"card\">\n<h3>");
	if (c.title != NULL)
		copl_report_page_foreign(
		    out, "span", NULL, source_lang(t), c.title);
	else
		copl_report_page_text(out, c.part == NULL ? "" : c.part);
	copl_strbuf_puts(out, "</h3>\n<p class=\"name\">");
	copl_report_page_foreign(out, "span", NULL, source_lang(t), t->title);
	if (c.section != NULL) {
		copl_strbuf_puts(out, " · ");
		copl_report_page_foreign(
		    out, "span", NULL, source_lang(t), c.section);
	}
	copl_strbuf_puts(out, "</p>\n");
}

static void put_text_start(
    struct copl_strbuf *out, const char *name, const char *lang)
{
	put(out, "p class=\"name\"", name);
	copl_strbuf_printf(out, "<div class=\"text\" lang=\"%s\" dir=\"%s\">",
	    lang, copl_locale_dir(lang));
}

/* Texts are drawn as in the preview: tags and blanks are often the point. */
static void put_text(struct copl_strbuf *out, const char *name,
    const char *lang, const char *text)
{
	put_text_start(out, name, lang);
	preview_put_text(out, text);
	copl_strbuf_puts(out, "</div>\n");
}

/* How much of a text a finding at its beginning means: a tag, a word. */
static size_t marked(const char *s)
{
	size_t n;

	if (*s == '<' || *s == '{')
		return strcspn(s, *s == '<' ? ">" : "}") +
		       (strchr(s, *s == '<' ? '>' : '}') != NULL);
	n = strcspn(s, " \n\t<{");
	if (n == 0 && *s != '\0')
		n = copl_blank(s) > 0 ? copl_blank(s) : 1;
	return n;
}

/* The translation with the place marked; at 0 the whole is meant. */
static void put_marked(struct copl_strbuf *out, const char *name,
    const char *lang, const char *text, size_t at)
{
	size_t n = marked(text + at);

	if (at == 0) {
		put_text(out, name, lang, text);
		return;
	}
	put_text_start(out, name, lang);
	preview_put_part(out, text, at);
	copl_strbuf_puts(out, "<mark>");
	preview_put_part(out, text + at, n);
	copl_strbuf_puts(out, "</mark>");
	preview_put_part(out, text + at + n, strlen(text + at + n));
	copl_strbuf_puts(out, "</div>\n");
}

/* ---- findings ---- */

/* Form and byte of the translation that a finding is at. */
static void find_place(const struct import_target *t,
    const struct copl_message *m, const struct copl_diag *d, size_t *form,
    size_t *at)
{
	for (*form = 0; *form < m->nstr; ++*form) {
		size_t len = strlen(m->str[*form]);

		/* Long texts: the finding is beside the whole. */
		for (*at = 0; len <= 2000 && *at <= len; ++*at) {
			struct copl_place p;

			if (((unsigned char)m->str[*form][*at] & 0xc0) == 0x80)
				continue;
			p = copl_catalog_str_place(t->now, m, *form, *at);
			if (p.line == d->line && p.column == d->column)
				return;
		}
	}
	*form = 0;
	*at = 0;
}

/* Not done yet, or not the translator's to do: that is no mistake. */
static bool is_open(const struct copl_diag *d)
{
	return strcmp(d->code, "untranslated") == 0 ||
	       strcmp(d->code, "fuzzy") == 0 ||
	       strcmp(d->code, "missing-in-po") == 0;
}

/* A finding's sentence; the card says already which text it is about. */
static const char *sentence(
    const struct copl_message *m, const struct copl_diag *d)
{
	size_t n = m->ctxt == NULL ? 0 : strlen(m->ctxt);

	if (n > 0 && d->text[0] == '"' &&
	    strncmp(d->text + 1, m->ctxt, n) == 0 &&
	    strncmp(d->text + 1 + n, "\": ", 3) == 0)
		return d->text + n + 4;
	return d->text;
}

static void put_finding(struct import *im, struct import_target *t,
    const struct copl_message *m, const struct copl_diag *d,
    struct copl_strbuf *out)
{
	size_t form, at;

	find_place(t, m, d, &form, &at);
	put_heading(t, m->ctxt, out);
	put(out,
	    d->severity == COPL_ERROR ? "p class=\"say error\""
				      : "p class=\"say warning\"",
	    sentence(m, d));
	put_text(out, _("Source"), source_lang(t), m->id);
	put_marked(out, _("Your translation"), im->lang->tag, m->str[form], at);
	copl_strbuf_puts(out, "<p class=\"place\">");
	copl_strbuf_printf(out, "<bdi><code>%s</code></bdi> · ", d->code);
	copl_report_page_text(out, copl_path_name(t->mc->path));
	copl_strbuf_puts(out, " · ");
	copl_strbuf_printf(out, _("line %zu, column %zu"), d->line, d->column);
	copl_strbuf_puts(out, "</p>\n</div>\n");
}

/* Is it about a text that came, and worth a look? */
static const struct copl_message *shown(
    const struct import_target *t, const struct copl_diag *d)
{
	const struct copl_message *m;

	if (d->severity == COPL_NOTE || is_open(d))
		return NULL;
	m = copl_catalog_at_line(t->now, d->line);
	return m == NULL || import_text_of(t, m) == NULL ? NULL : m;
}

static size_t count_findings(const struct import *im)
{
	size_t n = 0, i, k;

	for (i = 0; i < im->ntargets; i++)
		for (k = 0; k < im->targets[i].findings.n; k++)
			n += shown(&im->targets[i],
				 &im->targets[i].findings.list[k]) != NULL;
	return n;
}

static void put_findings(struct import *im, struct copl_strbuf *out)
{
	size_t n = count_findings(im), i, k;

	if (n == 0)
		return;
	put_count(out, "h2",
	    P_("Please look at %zu place again",
		"Please look at %zu places again", n),
	    n);
	for (i = 0; i < im->ntargets; i++) {
		struct import_target *t = &im->targets[i];

		for (k = 0; k < t->findings.n; k++) {
			const struct copl_message *m =
			    shown(t, &t->findings.list[k]);

			if (m != NULL)
				put_finding(
				    im, t, m, &t->findings.list[k], out);
		}
	}
}

/* ---- texts that need another look, or were not taken ---- */

static const char *sentence_of(enum import_outcome outcome)
{
	switch (outcome) {
	case IMPORT_STALE:
		return _("The source has changed while you were at work.  "
			 "Please translate the new one.");
	case IMPORT_BOTH:
		return _("Somebody else changed this translation while you "
			 "were at work.  Please say which one is right.");
	case IMPORT_OLDER:
		return _("The source has changed, and somebody translated the "
			 "new one.  Your text was not taken.");
	case IMPORT_FORMS:
		return _("This text needs one form for each kind of number "
			 "that your language has.  Please use the file of the "
			 "pack.");
	case IMPORT_UNKNOWN:
		return _("The form has no such text any more.  You need not "
			 "do anything.");
	case IMPORT_SAME:
	case IMPORT_TAKEN:
	case IMPORT_OUTCOMES:
		break;
	}
	return NULL;
}

static void put_outcome(struct import *im, struct import_target *t,
    const struct import_text *x, struct copl_strbuf *out)
{
	const struct copl_taken *came = x->taken;
	size_t i;

	put_heading(t, came->ctxt, out);
	put(out, "p class=\"say\"", sentence_of(x->outcome));
	if (x->outcome == IMPORT_STALE || x->outcome == IMPORT_OLDER)
		put_text(out, _("Source that you had"), source_lang(t),
		    came->id == NULL ? "" : came->id);
	if (x->m != NULL)
		put_text(out, _("Source"), source_lang(t), x->m->id);
	for (i = 0; i < came->nstr; i++)
		if (came->str[i] != NULL && came->str[i][0] != '\0')
			put_text(out, _("Your translation"), im->lang->tag,
			    came->str[i]);
	if (x->m != NULL &&
	    (x->outcome == IMPORT_BOTH || x->outcome == IMPORT_OLDER))
		put_text(out, _("The other translation"), im->lang->tag,
		    x->m->str[0]);
	copl_strbuf_puts(out, "</div>\n");
}

static void put_outcomes(struct import *im, struct copl_strbuf *out)
{
	bool any = false;
	size_t i, k;

	for (i = 0; i < im->ntargets; i++)
		for (k = 0; k < im->targets[i].ntexts; k++) {
			struct import_target *t = &im->targets[i];

			if (sentence_of(t->texts[k].outcome) == NULL)
				continue;
			if (!any)
				put(out, "h2", _("What has changed meanwhile"));
			any = true;
			put_outcome(im, t, &t->texts[k], out);
		}
}

/* ---- the page ---- */

/* Some of the file could not be read. */
static bool is_damaged(const struct import *im)
{
	size_t i;

	for (i = 0; i < im->unread.n; i++)
		if (im->unread.list[i].severity == COPL_ERROR)
			return true;
	return false;
}

static void put_taken(struct copl_strbuf *out, size_t taken, size_t same)
{
	put_count(out, "p class=\"news\"",
	    P_("Thank you!  %zu text of yours was taken.",
		"Thank you!  %zu texts of yours were taken.", taken),
	    taken);
	if (same > 0)
		put_count(out, "p",
		    P_("%zu text is as it was before.",
			"%zu texts are as they were before.", same),
		    same);
}

static void put_news(struct import *im, struct copl_strbuf *out)
{
	size_t taken = 0, same = 0, left = 0, good = 0, i;
	bool damaged = is_damaged(im);

	for (i = 0; i < im->ntargets; i++) {
		const size_t *n = im->targets[i].counts;

		taken += n[IMPORT_TAKEN] + n[IMPORT_STALE] + n[IMPORT_BOTH];
		left += n[IMPORT_OLDER] + n[IMPORT_FORMS] + n[IMPORT_UNKNOWN];
		same += n[IMPORT_SAME];
		good += im->targets[i].accepted;
	}
	if (taken > 0 || left > 0 || damaged)
		put_taken(out, taken, same);
	else
		put(out, "p class=\"news\"",
		    _("Thank you!  Your file was read.  All its texts are here "
		      "already."));
	if (good > 0)
		put_count(out, "p",
		    P_("You marked %zu text as good.  It is recorded when it "
		       "is signed off.",
			"You marked %zu texts as good.  They are recorded "
			"when they are signed off.",
			good),
		    good);
	/* Of what could not be read no check can say anything. */
	if (count_findings(im) == 0 && !damaged)
		put(out, "p class=\"good\"",
		    _("All checks found your texts in order."));
}

static void put_unread(struct import *im, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < im->unread.n; i++) {
		const struct copl_diag *d = &im->unread.list[i];

		if (i == 0) {
			put(out, "h2", _("About the file"));
			copl_strbuf_puts(out, "<ul>\n");
		}
		copl_strbuf_puts(out, "<li>");
		copl_report_page_text(out, d->text);
		copl_strbuf_puts(out, " <span class=\"soft\"><bdi>(");
		copl_report_page_text(
		    out, d->file == NULL ? "" : copl_path_name(d->file));
		copl_strbuf_puts(out, ")</bdi></span></li>\n");
	}
	if (im->unread.n > 0)
		copl_strbuf_puts(out, "</ul>\n");
}

static void put_open(struct import *im, struct copl_strbuf *out)
{
	size_t open = 0, i;

	for (i = 0; i < im->ntargets; i++) {
		struct copl_catalog_counts c;

		copl_catalog_count(im->targets[i].now, &c);
		open += c.fuzzy + c.untranslated;
	}
	put(out, "h2", _("What is still to do"));
	if (open == 0)
		put(out, "p class=\"good\"",
		    _("Everything in these forms is translated."));
	else
		put_count(out, "p",
		    P_("%zu text of these forms is not translated yet, or is "
		       "to be looked at again.",
			"%zu texts of these forms are not translated yet, or "
			"are to be looked at again.",
			open),
		    open);
}

static void set_titles(struct import *im)
{
	size_t i;

	for (i = 0; i < im->ntargets; i++) {
		struct import_target *t = &im->targets[i];

		t->title = im->w->project->title;
		if (t->m->form != NULL)
			t->title = copl_xml_get_text(
			    t->m->form->title, im->arena, im->r);
		if (t->title == NULL)
			t->title = "";
	}
}

void import_put_page(struct import *im, struct copl_strbuf *out)
{
	const struct copl_title title = copl_title_in(im->w, im->index);
	struct copl_strbuf look = COPL_STRBUF_INIT(100000);
	struct copl_report_page page = {
	    .title = _("What became of your translation"),
	    .lang = im->spoken,
	};

	set_titles(im);
	copl_strbuf_puts(&look, preview_signs_style);
	copl_strbuf_puts(&look, style);
	page.style = copl_strbuf_text(&look);
	copl_report_page_begin(out, &page);
	put(out, "h1", page.title);
	copl_title_put(out, "p", "soft", &title, im->spoken);
	put_news(im, out);
	put_unread(im, out);
	put_findings(im, out);
	put_outcomes(im, out);
	put_open(im, out);
	copl_report_page_end(out);
	if (look.st != COPL_OK)
		out->st = look.st;
	copl_strbuf_clear(&look);
	if (im->r->nomem && out->st == COPL_OK)
		out->st = COPL_E_NOMEM;
}
