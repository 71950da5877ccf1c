/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "base/language.h"
#include "deliver/report.h"
#include "page/report_page.h"

#define PAGE_MAX ((size_t)64 << 20)
#define LANGUAGES_MAX 200

/* ---- the page ---- */

/* "zh_CN", "zh" and "zh-CN" all mean the project's "zh-Hans". */
static const struct copl_language *find_language(
    const struct copl_project *p, const char *asked)
{
	const struct copl_language *l = copl_project_language_named(p, asked);
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	const char *tags[LANGUAGES_MAX];
	size_t n, i;

	if (l != NULL)
		return l;
	for (i = 0; i < p->nlanguages && i < LANGUAGES_MAX; i++)
		tags[i] = p->languages[i].tag;
	n = copl_language_lookup(
	    ranges, copl_language_ranges(asked, ranges), tags, i);
	return n < i ? &p->languages[n] : NULL;
}

/* From here on this thread speaks the page's language. */
static enum copl_status speak(const struct report *rep, struct copl_reporter *r)
{
	const struct copl_language *l;
	enum copl_status st;

	if (rep->o->lang == NULL)
		return COPL_OK;
	l = find_language(rep->project, rep->o->lang);
	st = copl_speak(l == NULL ? rep->o->lang : l->catalog);
	if (st != COPL_E_NOTFOUND)
		return st;
	/* Who called is told in a language of their own. */
	if (copl_speak(NULL) == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	copl_report(r, COPL_WARNING, "report-language",
	    (struct copl_place){rep->o->output, 0, 0},
	    _("there is no page in \"%s\", so this one is in English: choose "
	      "ar, en, es, fr, ru or zh"),
	    rep->o->lang);
	return copl_speak("en");
}

static enum copl_status render(
    const struct report *rep, struct copl_reporter *r, struct copl_strbuf *out)
{
	enum copl_status st = speak(rep, r);
	const char *lang;

	if (st != COPL_OK)
		return st;
	lang = copl_report_page_spoken(rep->arena, rep->project);
	st = lang == NULL ? COPL_E_NOMEM : report_html(rep, lang, out);
	if (rep->o->lang != NULL && copl_speak(NULL) == COPL_E_NOMEM)
		return COPL_E_NOMEM;
	return st;
}

static enum copl_status write_page(
    const struct report *rep, struct copl_reporter *r)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(PAGE_MAX);
	enum copl_status st;

	if (rep->o->output == NULL)
		return COPL_OK;
	st = render(rep, r, &out);
	if (st == COPL_OK)
		st = copl_file_output(rep->o->output, copl_strbuf_text(&out),
		    out.len, 0644, r, NULL);
	copl_strbuf_clear(&out);
	return st;
}

/* ---- for programs ---- */

static const char *kind_name(enum copl_recipient_kind kind)
{
	static const char *const names[] = {
	    "office", "member-state", "partner"};

	return names[kind];
}

static void tell_row(const struct report_row *row, struct copl_reporter *r)
{
	char version[24] = "", since[COPL_INSTANT_SIZE] = "";
	char tried[COPL_INSTANT_SIZE] = "";
	const struct copl_field fields[] = {{"endpoint", row->endpoint->id},
	    {"recipient", row->to->id}, {"kind", kind_name(row->to->kind)},
	    {"name", row->to->name}, {"url", row->endpoint->url},
	    {"state", report_state_name(row->state)}, {"version", version},
	    {"since", since}, {"tried", tried},
	    {"reason", row->reason == NULL ? "" : row->reason}};

	if (row->held > 0) {
		snprintf(version, sizeof(version), "%" PRIu64, row->held);
		copl_instant_format(row->held_since, since);
	}
	if (row->tried_at > 0)
		copl_instant_format(row->tried_at, tried);
	if (row->held > 0)
		copl_tell(r, "report-endpoint", fields, COPL_COUNT(fields),
		    _("%s: release %s since %s (%s)"), row->endpoint->id,
		    version, since, report_state_text(row->state));
	else
		copl_tell(r, "report-endpoint", fields, COPL_COUNT(fields),
		    _("%s: nothing (%s)"), row->endpoint->id,
		    report_state_text(row->state));
}

static void tell_left_out(
    const struct copl_manifest *m, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < m->nwithout; i++) {
		const struct copl_field fields[] = {
		    {"lang", m->without[i].lang},
		    {"reason", m->without[i].reason}};

		copl_tell(r, "report-left-out", fields, COPL_COUNT(fields),
		    _("left out: %s (%s)"), m->without[i].lang,
		    m->without[i].reason);
	}
	for (i = 0; i < m->nfallback; i++) {
		const struct copl_manifest_fallback *f = &m->fallback[i];
		unsigned long n = (unsigned long)f->texts;
		char texts[24];
		const struct copl_field fields[] = {
		    {"form", f->form}, {"lang", f->lang}, {"texts", texts}};

		snprintf(texts, sizeof(texts), "%lu", n);
		copl_tell(r, "report-fallback", fields, COPL_COUNT(fields),
		    P_("%s in %s: %lu text is not translated yet",
			"%s in %s: %lu texts are not translated yet", n),
		    f->form, f->lang, n);
	}
}

static void tell_end(const struct report *rep, struct copl_reporter *r)
{
	const struct copl_manifest *m = rep->release;
	char version[24], created[COPL_INSTANT_SIZE];
	char expires[COPL_INSTANT_SIZE], endpoints[24];
	char counts[REPORT_STATES][24];
	struct copl_field fields[7 + REPORT_STATES + 1] = {{"version", version},
	    {"draft", m->draft ? "yes" : "no"}, {"created", created},
	    {"expires", expires}, {"manifest", rep->seal},
	    {"fingerprint", rep->fingerprint}, {"endpoints", endpoints}};
	size_t i, n = 7;

	snprintf(version, sizeof(version), "%" PRIu64, m->version);
	copl_instant_format(m->created, created);
	copl_instant_format(m->expires, expires);
	snprintf(endpoints, sizeof(endpoints), "%zu", rep->nrows);
	for (i = 0; i < REPORT_STATES; i++) {
		snprintf(counts[i], sizeof(counts[i]), "%zu", rep->counts[i]);
		fields[n++] = (struct copl_field){
		    report_state_name((enum report_state)i), counts[i]};
	}
	fields[n++] = (struct copl_field){
	    "file", rep->o->output == NULL ? "" : rep->o->output};
	copl_tell(r, "report", fields, n,
	    _("%s of %s addresses hold release %s"), counts[REPORT_HOLDS],
	    endpoints, version);
}

enum copl_status copl_delivery_report(
    const struct copl_report_options *options, const struct copl_sink *sink)
{
	struct report rep = {.o = options};
	struct copl_reporter r;
	enum copl_status st;
	size_t i;

	copl_reporter_init(&r, sink);
	rep.sink = sink;
	st = report_read(&rep, &r);
	if (st == COPL_OK)
		st = write_page(&rep, &r);
	if (st == COPL_OK) {
		for (i = 0; i < rep.nrows; i++)
			tell_row(&rep.rows[i], &r);
		tell_left_out(rep.release, &r);
		tell_end(&rep, &r);
	}
	report_clear(&rep);
	return copl_reporter_end(&r, st);
}
