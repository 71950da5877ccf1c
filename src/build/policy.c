/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Equal footing: what a release may lack, and how it says so. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"

enum copl_status build_check_reasons(struct build *b)
{
	size_t before = b->r->errors, i;

	for (i = 0; i < b->o->nwithout; i++)
		if (!copl_manifest_reason_ok(b->o->reasons[i]))
			copl_report(b->r, COPL_ERROR, "without-reason",
			    (struct copl_place){NULL, 0, 0},
			    _("the reason for leaving out \"%s\" is shown to "
			      "people: write it in one line of at most 500 "
			      "bytes"),
			    b->o->without[i]);
	return b->r->errors > before ? COPL_E_INVALID : COPL_OK;
}

/* No child answers for ten minutes without a way to send. */
void build_check_responses(struct build *b, const struct copl_project *p)
{
	size_t i;

	for (i = 0; i < p->nrecipients && p->html_output && !b->o->print; i++)
		if (p->recipients[i].responses == NULL)
			copl_report(b->r, COPL_ERROR, "build-no-responses",
			    p->recipients[i].at,
			    _("nobody could send the answers of \"%s\": add "
			      "<responses href=\"https://...\"/>, or build "
			      "with --print to make forms for paper"),
			    p->recipients[i].id);
}

/* Once the forms are out, another language is another release. */
void build_check_confirmed(struct build *b, const struct copl_project *p)
{
	size_t i;

	for (i = 0; i < p->nrecipients && !b->draft; i++)
		if (p->recipients[i].to_be_confirmed)
			copl_report(b->r, COPL_WARNING, "build-unconfirmed",
			    p->recipients[i].at,
			    _("the languages of \"%s\" are still to be "
			      "confirmed: ask the recipient, and remove "
			      "languages-status when it has agreed"),
			    p->recipients[i].id);
}

/* ---- languages that are left out ---- */

static const char *reason_of(const struct build *b, const char *tag)
{
	size_t i;

	for (i = 0; i < b->o->nwithout; i++)
		if (strcmp(b->o->without[i], tag) == 0)
			return b->o->reasons[i];
	return "";
}

/* Those of the project, or of one recipient. */
static size_t count_without(
    const struct build *b, const struct copl_recipient *to)
{
	return to == NULL ? b->project->nleft_out : to->nleft_out;
}

static const char *without_tag(
    const struct build *b, const struct copl_recipient *to, size_t i)
{
	return to == NULL ? b->project->left_out[i].tag : to->left_out[i]->tag;
}

enum copl_status build_index_without(struct build *b,
    const struct copl_recipient *to, struct copl_index_page *page)
{
	size_t n = count_without(b, to), i;
	struct copl_index_without *list =
	    copl_arena_alloc(b->arena, (n + 1) * sizeof(*list));

	if (list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++) {
		list[i].lang = without_tag(b, to, i);
		list[i].reason = reason_of(b, list[i].lang);
		list[i].reason_lang = b->project->lang;
	}
	page->without = list;
	page->nwithout = n;
	return COPL_OK;
}

static enum copl_status manifest_without(
    struct build *b, const struct copl_recipient *to, struct copl_manifest *m)
{
	size_t n = count_without(b, to), i;

	m->without = copl_arena_alloc(b->arena, (n + 1) * sizeof(*m->without));
	if (m->without == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++) {
		m->without[i].lang = without_tag(b, to, i);
		m->without[i].reason = reason_of(b, m->without[i].lang);
	}
	m->nwithout = n;
	return COPL_OK;
}

/* ---- texts in their source language ---- */

static bool receives(
    const struct copl_recipient *to, const struct copl_language *l)
{
	size_t i;

	for (i = 0; to != NULL && i < to->nlanguages; i++)
		if (to->languages[i] == l)
			return true;
	return to == NULL;
}

static enum copl_status manifest_fallback(
    struct build *b, const struct copl_recipient *to, struct copl_manifest *m)
{
	size_t nlanguages = b->project->nlanguages, i, k;

	m->fallback = copl_arena_alloc(
	    b->arena, (nlanguages * b->nforms + 1) * sizeof(*m->fallback));
	if (m->fallback == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < nlanguages; i++)
		for (k = 0; k < b->nforms; k++) {
			const struct build_language *l = &b->languages[i];

			if (l->forms[k].fallback == 0 ||
			    !receives(to, l->language))
				continue;
			m->fallback[m->nfallback++] =
			    (struct copl_manifest_fallback){b->forms[k]->id,
				l->language->tag, l->forms[k].fallback};
		}
	return COPL_OK;
}

enum copl_status build_manifest_policy(
    struct build *b, const struct copl_recipient *to, struct copl_manifest *m)
{
	enum copl_status st = manifest_without(b, to, m);

	return st == COPL_OK ? manifest_fallback(b, to, m) : st;
}

/* ---- said aloud ---- */

static void tell_without(const struct build *b)
{
	size_t i;

	for (i = 0; i < b->project->nleft_out; i++) {
		const char *tag = b->project->left_out[i].tag;
		const struct copl_field fields[] = {
		    {"language", tag}, {"reason", reason_of(b, tag)}};

		copl_tell(b->r, "without", fields, COPL_COUNT(fields),
		    _("%s is left out, and the index says why: %s"), tag,
		    fields[1].value);
	}
}

static void tell_fallback(
    const struct build *b, const struct build_language *l, size_t form)
{
	char texts[24];
	const struct copl_field fields[] = {{"form", b->forms[form]->id},
	    {"language", l->language->tag}, {"texts", texts}};

	if (l->forms[form].fallback == 0)
		return;
	snprintf(texts, sizeof(texts), "%zu", l->forms[form].fallback);
	copl_tell(b->r, "fallback", fields, COPL_COUNT(fields),
	    _("%s in %s shows %s texts in the language of its master, marked "
	      "as such"),
	    fields[0].value, fields[1].value, texts);
}

void build_tell_policy(const struct build *b)
{
	size_t i, k;

	tell_without(b);
	for (i = 0; i < b->project->nlanguages; i++)
		for (k = 0; k < b->nforms; k++)
			tell_fallback(b, &b->languages[i], k);
}
