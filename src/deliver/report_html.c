/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One page, to be read by people who were not there, and to be printed. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/report.h"
#include "locale/locale.h"
#include "page/report_page.h"

#define TEXT_MAX ((size_t)64 << 10)

struct writing {
	const struct report *rep;
	struct report_names *names;
	const char *lang; /* of the page */
	struct copl_strbuf *out;
	enum copl_status st; /* the first failure */
};

/* ---- pieces ---- */

static void fail(struct writing *w, enum copl_status st)
{
	if (w->st == COPL_OK)
		w->st = st;
}

static void put(struct writing *w, const char *html)
{
	copl_strbuf_puts(w->out, html);
}

static void text(struct writing *w, const char *s)
{
	copl_report_page_text(w->out, s);
}

/* A name in another language than the page's says so. */
static void put_name(
    struct writing *w, const char *tag, const struct report_name *name)
{
	if (name->lang != NULL && strcmp(name->lang, w->lang) != 0)
		copl_report_page_foreign(
		    w->out, tag, NULL, name->lang, name->text);
	else
		copl_report_page_element(w->out, tag, name->text);
}

/* A line that was put together; the buffer is empty then. */
static void put_line(struct writing *w, struct copl_strbuf *line)
{
	fail(w, line->st);
	text(w, copl_strbuf_text(line));
	copl_strbuf_clear(line);
}

static void put_version(struct writing *w)
{
	struct copl_strbuf line = COPL_STRBUF_INIT(TEXT_MAX);
	char number[24];

	snprintf(number, sizeof(number), "%" PRIu64, w->rep->release->version);
	copl_strbuf_printf(&line, _("Release %s"), number);
	put_line(w, &line);
}

/* "11 January 2027, 08:15 UTC" */
static void put_instant(struct writing *w, int64_t seconds)
{
	struct copl_strbuf date = COPL_STRBUF_INIT(1024);
	struct copl_strbuf line = COPL_STRBUF_INIT(TEXT_MAX);
	char iso[COPL_INSTANT_SIZE], hour[8];
	enum copl_status st = copl_locale_date(
	    w->lang, (struct copl_instant){seconds, 0}, "UTC", COPL_DAY, &date);

	copl_instant_format(seconds, iso);
	if (st == COPL_E_NOMEM)
		fail(w, st);
	memcpy(hour, iso + 11, 5);
	hour[5] = '\0';
	/* Translators: a day and a time of day, "11 January 2027, 08:15". */
	copl_strbuf_printf(&line, _("%s, %s UTC"),
	    st == COPL_OK ? copl_strbuf_text(&date) : "", hour);
	copl_strbuf_printf(w->out, "<time datetime=\"%s\">", iso);
	put_line(w, &line);
	put(w, "</time>");
	copl_strbuf_clear(&date);
}

static void put_language(struct writing *w, const char *tag)
{
	struct copl_strbuf name = COPL_STRBUF_INIT(1024);

	if (copl_locale_autonym(tag, &name) == COPL_E_NOMEM)
		fail(w, COPL_E_NOMEM);
	copl_report_page_foreign(
	    w->out, "span", NULL, tag, name.len > 0 ? name.s : tag);
	copl_strbuf_clear(&name);
}

static bool is_left_out(const struct writing *w, const char *tag)
{
	const struct copl_manifest *m = w->rep->release;
	size_t i;

	for (i = 0; i < m->nwithout; i++)
		if (strcmp(m->without[i].lang, tag) == 0)
			return true;
	return false;
}

/* Those of a recipient; to NULL: of the release. */
static void put_languages(struct writing *w, const struct copl_recipient *to)
{
	const struct copl_project *p = w->rep->project;
	size_t n = to == NULL ? p->nlanguages : to->nlanguages, i;
	bool any = false;

	for (i = 0; i < n; i++) {
		const char *tag =
		    to == NULL ? p->languages[i].tag : to->languages[i]->tag;

		if (is_left_out(w, tag))
			continue;
		put(w, any ? " · " : "");
		put_language(w, tag);
		any = true;
	}
}

static void begin_table(struct writing *w, const char *const *heads, size_t n)
{
	size_t i;

	put(w, "<table class=\"rows\">\n<thead>\n<tr>\n");
	for (i = 0; i < n; i++)
		copl_report_page_element(w->out, "th scope=\"col\"", heads[i]);
	put(w, "</tr>\n</thead>\n<tbody>\n");
}

static void end_table(struct writing *w)
{
	put(w, "</tbody>\n</table>\n");
}

static void begin_cell(struct writing *w, const char *label)
{
	put(w, "<td data-label=\"");
	text(w, label);
	put(w, "\">");
}

/* ---- at the top ---- */

static void put_counts(struct writing *w)
{
	enum report_state s;

	put(w, "<ul class=\"counts\">\n");
	for (s = REPORT_HOLDS; s < REPORT_STATES; s++) {
		if (w->rep->counts[s] == 0 && s != REPORT_HOLDS)
			continue;
		copl_strbuf_printf(w->out, "<li><b>%zu</b>", w->rep->counts[s]);
		text(w, report_state_text(s));
		put(w, "</li>\n");
	}
	put(w, "</ul>\n");
}

static void put_top(struct writing *w)
{
	const struct copl_manifest *m = w->rep->release;
	const struct report_name title = report_project_title(w->names);

	put_name(w, "h1", &title);
	copl_report_page_element(
	    w->out, "p", _("Who holds which forms, since when"));
	if (m->draft)
		copl_report_page_element(w->out, "p class=\"draft\"",
		    _("This release is a draft: it is for tests, and nobody "
		      "should answer its forms."));
	put(w, "<p class=\"soft\">");
	put_version(w);
	put(w, " · ");
	text(w, _("state of"));
	put(w, " ");
	put_instant(w, w->rep->o->now);
	put(w, "</p>\n");
	put_counts(w);
}

/* ---- one line for each address ---- */

static const char *class_of(enum report_state state)
{
	switch (state) {
	case REPORT_HOLDS:
		return "mark good";
	case REPORT_REFUSED:
	case REPORT_GONE:
	case REPORT_DEAD:
		return "mark error";
	case REPORT_WAITS:
	case REPORT_NOT_TRIED:
		return "mark warning";
	}
	return "mark";
}

static const char *kind_text(enum copl_recipient_kind kind)
{
	switch (kind) {
	case COPL_OFFICE:
		return _("office");
	case COPL_MEMBER_STATE:
		return _("Member State");
	case COPL_PARTNER:
		return _("partner");
	}
	return "";
}

static bool is_draft(const struct report *rep, uint64_t version)
{
	size_t i;

	for (i = 0; i < rep->nversions; i++)
		if (rep->versions[i].version == version)
			return rep->versions[i].draft;
	return false;
}

static void put_held(struct writing *w, const struct report_row *row)
{
	struct copl_strbuf line = COPL_STRBUF_INIT(TEXT_MAX);
	char number[24];

	if (row->held == 0) {
		text(w, _("nothing"));
		return;
	}
	snprintf(number, sizeof(number), "%" PRIu64, row->held);
	copl_strbuf_printf(&line,
	    is_draft(w->rep, row->held) ? _("release %s, a draft")
					: _("release %s"),
	    number);
	put_line(w, &line);
}

/* The server, without the rest of the address. */
static void put_host(struct writing *w, const struct copl_endpoint *e)
{
	const char *url = e->url, *s = strstr(url, "://");
	size_t len;
	char *host;

	if (e->driver == COPL_DRIVER_DIR) {
		text(w, _("a folder of the secretariat"));
		return;
	}
	s = s == NULL ? url : s + 3;
	len = strcspn(s, "/");
	host = copl_arena_strndup(w->rep->arena, s, len);
	if (host == NULL) {
		fail(w, COPL_E_NOMEM);
		return;
	}
	put(w, "<bdi dir=\"ltr\"><code>");
	text(w, host);
	put(w, "</code></bdi>");
}

static void put_row(struct writing *w, const struct report_row *row)
{
	const struct report_name name =
	    report_recipient_name(w->names, row->to);

	put(w, "<tr>\n<th scope=\"row\">");
	put_name(w, "span", &name);
	put(w, "<br><span class=\"soft\">");
	text(w, kind_text(row->to->kind));
	put(w, " · ");
	put_host(w, row->endpoint);
	put(w, "</span></th>\n");
	begin_cell(w, _("languages"));
	put_languages(w, row->to);
	put(w, "</td>\n");
	begin_cell(w, _("holds"));
	put_held(w, row);
	put(w, "</td>\n");
	begin_cell(w, _("since"));
	if (row->held > 0)
		put_instant(w, row->held_since);
	else
		put(w, "–");
	put(w, "</td>\n");
	begin_cell(w, _("state"));
	copl_strbuf_printf(w->out, "<span class=\"%s\">", class_of(row->state));
	text(w, report_state_text(row->state));
	put(w, "</span></td>\n</tr>\n");
}

static void put_rows(struct writing *w)
{
	const char *const heads[] = {
	    _("recipient"), _("languages"), _("holds"), _("since"), _("state")};
	size_t i;

	copl_report_page_element(w->out, "h2", _("Who holds what"));
	if (w->rep->nrows == 0) {
		copl_report_page_element(w->out, "p",
		    _("No recipient has an address to which forms are "
		      "sent."));
		return;
	}
	begin_table(w, heads, COPL_COUNT(heads));
	for (i = 0; i < w->rep->nrows; i++)
		put_row(w, &w->rep->rows[i]);
	end_table(w);
}

/* ---- what did not arrive ---- */

/* Who switches an address off may say why in words of their own. */
static void put_reason(struct writing *w, const struct report_row *row)
{
	const char *known =
	    row->reason == NULL ? NULL : report_reason_text(row->reason);

	if (known != NULL)
		text(w, known);
	else if (row->state == REPORT_GONE)
		text(w, report_reason_text("endpoint-disabled"));
	else if (row->reason == NULL)
		text(w, _("Nobody has sent this release there yet."));
	else
		text(w, _("The delivery did not succeed. The secretariat knows "
			  "the reason by the word in brackets."));
	if (row->reason == NULL)
		return;
	put(w, " <span class=\"soft\">(<bdi><code>");
	text(w, row->reason);
	put(w, "</code></bdi>, ");
	put_instant(w, row->tried_at);
	put(w, ")</span>");
}

static void put_trouble(struct writing *w, const struct report_row *row)
{
	const struct report_name name =
	    report_recipient_name(w->names, row->to);

	put(w, "<dt>");
	put_name(w, "span", &name);
	put(w, " <span class=\"soft\">");
	put_host(w, row->endpoint);
	put(w, "</span></dt>\n<dd>");
	put_reason(w, row);
	put(w, "</dd>\n");
}

static void put_troubles(struct writing *w)
{
	const struct report *rep = w->rep;
	size_t i;

	if (rep->counts[REPORT_HOLDS] == rep->nrows)
		return;
	copl_report_page_element(
	    w->out, "h2", _("What has not arrived, and why"));
	put(w, "<dl>\n");
	for (i = 0; i < rep->nrows; i++)
		if (rep->rows[i].state != REPORT_HOLDS)
			put_trouble(w, &rep->rows[i]);
	put(w, "</dl>\n");
}

/* ---- who gets the forms in another way ---- */

static void put_others(struct writing *w)
{
	const struct copl_project *p = w->rep->project;
	bool any = false;
	size_t i;

	for (i = 0; i < p->nrecipients; i++) {
		const struct copl_recipient *to = &p->recipients[i];
		struct report_name name;

		if (to->nendpoints > 0)
			continue;
		if (!any) {
			copl_report_page_element(w->out, "h2",
			    _("Who gets the forms in another way"));
			copl_report_page_element(w->out, "p class=\"soft\"",
			    _("Nothing is sent to these recipients, so what "
			      "they hold is not known here."));
			put(w, "<dl>\n");
		}
		any = true;
		name = report_recipient_name(w->names, to);
		put(w, "<dt>");
		put_name(w, "span", &name);
		put(w, "</dt>\n<dd>");
		text(
		    w, to->zip ? _("gets a zip file") : _("fetches the forms"));
		put(w, " · ");
		put_languages(w, to);
		put(w, "</dd>\n");
	}
	put(w, any ? "</dl>\n" : "");
}

/* ---- the release ---- */

static void put_fact(struct writing *w, const char *term, int64_t seconds)
{
	copl_report_page_element(w->out, "dt", term);
	put(w, "<dd>");
	put_instant(w, seconds);
	put(w, "</dd>\n");
}

/* Each form of the manifest once. */
static void put_forms(struct writing *w)
{
	const struct copl_manifest *m = w->rep->release;
	size_t i, k;

	copl_report_page_element(w->out, "dt", _("Forms"));
	for (i = 0; i < m->nfiles; i++) {
		const char *form = m->files[i].form;
		struct report_name name;

		for (k = 0; form != NULL && k < i; k++)
			if (m->files[k].form != NULL &&
			    strcmp(m->files[k].form, form) == 0)
				break;
		if (form == NULL || k < i)
			continue;
		name = report_form_title(w->names, form);
		put(w, "<dd>");
		put_name(w, "span", &name);
		put(w, "</dd>\n");
	}
}

static void put_left_out(struct writing *w)
{
	const struct copl_manifest *m = w->rep->release;
	size_t i;

	copl_report_page_element(w->out, "dt", _("Left out"));
	if (m->nwithout == 0 && m->nfallback == 0)
		copl_report_page_element(w->out, "dd",
		    _("nothing: every form is there in every language"));
	for (i = 0; i < m->nwithout; i++) {
		put(w, "<dd>");
		put_language(w, m->without[i].lang);
		put(w, ": <bdi>");
		text(w, m->without[i].reason);
		put(w, "</bdi></dd>\n");
	}
	for (i = 0; i < m->nfallback; i++) {
		const struct report_name name =
		    report_form_title(w->names, m->fallback[i].form);
		unsigned long n = (unsigned long)m->fallback[i].texts;

		put(w, "<dd>");
		put_language(w, m->fallback[i].lang);
		put(w, " · ");
		put_name(w, "span", &name);
		put(w, ": ");
		copl_strbuf_printf(w->out,
		    P_("%lu text is not translated yet",
			"%lu texts are not translated yet", n),
		    n);
		put(w, "</dd>\n");
	}
}

static void put_release(struct writing *w)
{
	const struct copl_manifest *m = w->rep->release;

	put(w, "<h2>");
	put_version(w);
	put(w, "</h2>\n");
	put(w, "<dl>\n");
	put_fact(w, _("Made on"), m->created);
	put_fact(w, _("Good until"), m->expires);
	copl_report_page_element(w->out, "dt", _("Languages"));
	put(w, "<dd>");
	put_languages(w, NULL);
	put(w, "</dd>\n");
	put_forms(w);
	put_left_out(w);
	put(w, "</dl>\n");
}

/* ---- versions that are out there ---- */

static void put_versions(struct writing *w)
{
	const char *const heads[] = {
	    _("release"), _("made on"), _("addresses that hold it")};
	size_t i;

	copl_report_page_element(w->out, "h2", _("Releases in use"));
	begin_table(w, heads, COPL_COUNT(heads));
	for (i = 0; i < w->rep->nversions; i++) {
		const struct report_version *v = &w->rep->versions[i];

		copl_strbuf_printf(w->out,
		    "<tr>\n<th scope=\"row\">%" PRIu64 "%s", v->version,
		    v->draft ? " · " : "");
		text(w, v->draft ? _("draft") : "");
		put(w, "</th>\n");
		begin_cell(w, heads[1]);
		if (v->created > 0)
			put_instant(w, v->created);
		else
			put(w, "–");
		put(w, "</td>\n");
		begin_cell(w, heads[2]);
		copl_strbuf_printf(w->out, "%zu</td>\n</tr>\n", v->holders);
	}
	end_table(w);
}

/* ---- why this can be believed ---- */

static void put_proof(struct writing *w)
{
	copl_report_page_element(w->out, "h2", _("How this is known"));
	copl_report_page_element(w->out, "p",
	    _("An address counts as holding a release only after its server "
	      "has proved it: with the digest of what it stored, or by giving "
	      "the signed list of files back. Each recipient can check the "
	      "files without the secretariat: the list is signed, and names "
	      "every file with its digest."));
	put(w, "<dl>\n");
	copl_report_page_element(
	    w->out, "dt", _("Fingerprint of the key that signed the release"));
	put(w, "<dd><bdi dir=\"ltr\"><code>");
	text(w, w->rep->fingerprint);
	put(w, "</code></bdi></dd>\n");
	copl_report_page_element(
	    w->out, "dt", _("SHA-256 of the signed list of files"));
	put(w, "<dd><bdi dir=\"ltr\"><code>");
	text(w, w->rep->seal);
	put(w, "</code></bdi></dd>\n</dl>\n");
}

enum copl_status report_html(
    const struct report *rep, const char *lang, struct copl_strbuf *out)
{
	struct writing w = {.rep = rep, .lang = lang, .out = out};
	struct copl_report_page page = {.lang = lang, .style = report_style};
	struct report_names *names = NULL;
	enum copl_status st = report_names_open(rep, lang, &names);

	if (st != COPL_OK)
		return st;
	w.names = names;
	page.title = report_project_title(names).text;
	copl_report_page_begin(out, &page);
	put_top(&w);
	put_rows(&w);
	put_troubles(&w);
	put_others(&w);
	put_release(&w);
	put_versions(&w);
	put_proof(&w);
	copl_report_page_end(out);
	fail(&w, report_names_close(names));
	return w.st != COPL_OK ? w.st : out->st;
}
