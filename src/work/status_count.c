/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/worddiff.h"
#include "work/status.h"

unsigned status_percent(size_t part, size_t whole)
{
	return whole == 0 ? 100 : (unsigned)(part * 100 / whole);
}

long status_days(int64_t due, int64_t now)
{
	const int64_t day = INT64_C(86400);
	int64_t left = due - now;

	return (long)(left > 0 ? (left + day - 1) / day : left / day);
}

size_t status_words(const char *text)
{
	size_t n = 0, len;

	for (; (len = copl_word_length(text)) > 0; text += len)
		n += copl_word_is_text(text);
	return n;
}

/* Every form that the text has in the language. */
static bool has_text(const struct copl_unit *u, const struct copl_message *m)
{
	return copl_message_is_whole(m) &&
	       (u->plural == NULL ||
		   (m->plural != NULL && strcmp(m->plural, u->plural) == 0));
}

static void count_state(const struct copl_master_catalog *mc,
    const struct copl_message *msg, struct status_count *n)
{
	struct copl_review_verdict v;

	n->translated++;
	if (mc->review == NULL)
		return;
	copl_review_judge(mc->review, msg, &v);
	n->reviewed += v.state >= COPL_REVIEW_REVIEWED;
	n->approved += v.state == COPL_REVIEW_APPROVED;
}

/* A message that the master has and the catalog has not is missing too. */
static void count_units(const struct copl_master *m,
    const struct copl_master_catalog *mc, struct status_count *n)
{
	size_t i;

	for (i = 0; i < m->units->n; i++) {
		const struct copl_unit *u = &m->units->list[i];
		const struct copl_message *msg =
		    mc->catalog == NULL
			? NULL
			: copl_catalog_find(mc->catalog, u->id, u->text.msgid);
		size_t words = status_words(u->text.msgid);

		n->words += words;
		if (mc->own) {
			n->translated++;
		} else if (msg != NULL && has_text(u, msg) && !msg->fuzzy) {
			count_state(mc, msg, n);
		} else {
			bool fuzzy = msg != NULL && has_text(u, msg);

			n->fuzzy += fuzzy;
			n->missing += !fuzzy;
			n->words_todo += words;
		}
	}
}

/* ---- errors that were found in translations ---- */

struct finder {
	const struct copl_catalog *c;
	const struct copl_message *last; /* findings come in order of lines */
	size_t n;
};

static bool is_about_work_to_do(const char *code)
{
	static const char *const codes[] = {
	    "untranslated", "fuzzy", "missing-in-po", "plural-empty"};
	size_t i;

	for (i = 0; i < COPL_COUNT(codes); i++)
		if (strcmp(code, codes[i]) == 0)
			return true;
	return false;
}

static void on_finding(void *arg, const struct copl_diag *d)
{
	struct finder *f = arg;
	const struct copl_message *m;

	if (d->severity != COPL_ERROR || is_about_work_to_do(d->code))
		return;
	m = copl_catalog_at_line(f->c, d->line);
	if (m == NULL || m == f->last || m->fuzzy || m->obsolete)
		return;
	f->last = m;
	f->n++;
}

static enum copl_status count_invalid(const struct copl_workspace *w,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    struct status_count *n)
{
	struct finder f = {.c = mc->catalog};
	const struct copl_sink sink = {.diag = on_finding, .arg = &f};
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = copl_workspace_lint(w, m, mc, false, &r);
	if (st == COPL_OK || st == COPL_E_INVALID)
		st = copl_record_check(m, mc, &r);
	st = copl_reporter_end(&r, st);
	n->invalid = f.n;
	return st == COPL_E_NOMEM || st == COPL_E_BUG ? st : COPL_OK;
}

enum copl_status status_count(const struct copl_workspace *w,
    const struct copl_master *m, const struct copl_master_catalog *mc,
    struct status_count *out)
{
	struct copl_catalog_counts all = {0};
	struct status_count n = {.texts = m->units->n};
	enum copl_status st = COPL_OK;

	if (mc->catalog != NULL) {
		copl_catalog_count(mc->catalog, &all);
		st = count_invalid(w, m, mc, &n);
	}
	n.obsolete = all.obsolete;
	count_units(m, mc, &n);
	*out = n;
	return st;
}
