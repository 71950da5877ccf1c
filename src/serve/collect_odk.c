/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A submission of OpenRosa: ODK Collect, Enketo, Web Forms. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "serve/collect_priv.h"

/* So many wrong answers are named on the screen of a phone. */
#define NAMED_MAX 10
#define DETAIL_MAX ((size_t)4 << 10)

bool collect_is_submission(const char *path)
{
	const char *name = strchr(path, '/');

	return strcmp(name == NULL ? path : name + 1, "submission") == 0;
}

/* Clients may send these beside the answers; none is looked at. */
static bool is_known(struct collect_text name)
{
	return collect_text_is(name, "Date") ||
	       collect_text_is(name, "*isIncomplete*");
}

/* The one part with the answers; NULL: none, two, or files with it. */
static const struct collect_part *find_instance(
    const struct collect_parts *list)
{
	const struct collect_part *found = NULL;
	size_t i;

	for (i = 0; i < list->n; i++) {
		const struct collect_part *p = &list->list[i];
		struct collect_text name = {p->name, p->namelen};

		if (collect_text_is(name, "xml_submission_file")) {
			if (found != NULL)
				return NULL;
			found = p;
		} else if (p->file || !is_known(name)) {
			return NULL;
		}
	}
	return found;
}

static struct collect_text text_of(const char *s)
{
	return (struct collect_text){s, s == NULL ? 0 : strlen(s)};
}

/* "age: range, seen: missing" */
static void name_faults(const struct copl_answer *a, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < a->nfaults && i < NAMED_MAX; i++) {
		const struct copl_answer_fault *f = &a->faults[i];

		if (f->question == NULL)
			continue;
		copl_strbuf_printf(out, "%s%s: %s", out->len == 0 ? "" : ", ",
		    f->question->id, copl_answer_fault_name(f->kind));
	}
	if (a->nfaults > NAMED_MAX)
		copl_strbuf_puts(out, " …");
}

static void tell_faults(struct collect_post *p, const struct copl_answer *a)
{
	struct copl_strbuf detail = COPL_STRBUF_INIT(DETAIL_MAX);

	name_faults(a, &detail);
	collect_answer_phone(p, 422, COLLECT_OPEN, copl_strbuf_text(&detail));
	copl_strbuf_clear(&detail);
}

static void store(struct collect_post *p, const struct collect_form *f,
    const struct copl_answer *a)
{
	unsigned status = 503;

	switch (collect_store(p, f, a, false)) {
	case COLLECT_STORED:
		status = 201;
		break;
	case COLLECT_CONFLICT:
		status = 409;
		break;
	case COLLECT_NO_ROOM:
		status = 507;
		break;
	case COLLECT_TOO_LARGE:
		status = 413;
		break;
	case COLLECT_FAILED:
		break;
	}
	collect_answer_phone(p, status, COLLECT_OPEN, NULL);
}

static void judge(struct collect_post *p, const struct collect_form *f,
    const struct copl_odk_instance *instance)
{
	const struct copl_answer_about about = {
	    .release = p->shelf->manifest->version,
	    .recipient = f->recipient,
	    .now = (time_t)serve_now(p->s)};
	struct copl_answer a = {.arena = NULL};
	enum copl_status st =
	    copl_answer_take_odk(f->rules, instance, &about, &a);

	if (st == COPL_E_NOMEM)
		collect_answer_phone(p, 503, COLLECT_OPEN, NULL);
	else if (st != COPL_OK || a.refused || a.id == NULL)
		collect_answer_phone(p, 400, COLLECT_OPEN, NULL);
	else if (a.nfaults > 0)
		tell_faults(p, &a);
	else
		store(p, f, &a);
	copl_answer_free(&a);
}

static const struct collect_form *find_in(struct collect_post *p,
    const struct shelf *shelf, const struct copl_odk_claim *claim)
{
	const struct collect_set *set = shelf->collect;
	const struct collect_form *f;

	if (set == NULL || claim->version == NULL)
		return NULL;
	f = collect_set_find(
	    set, text_of(claim->form), text_of(claim->recipient));
	if (f == NULL || collect_set_strays(set, p->path, f) ||
	    strcmp(claim->version, copl_answer_form_typed(f->rules)->version) !=
		0)
		return NULL;
	p->shelf = shelf;
	return f;
}

/* Whose form it is of, in this set or the one before, and is it open? */
static void find_form(struct collect_post *p,
    const struct copl_odk_instance *instance,
    const struct copl_odk_claim *claim)
{
	const struct collect_form *f = find_in(p, p->borrowed, claim);
	enum collect_time when;

	if (f == NULL && p->before != NULL)
		f = find_in(p, p->before, claim);
	if (f == NULL) {
		collect_answer_phone(p, 404, COLLECT_OPEN, NULL);
		return;
	}
	when = collect_time_of(f, serve_now(p->s));
	if (when != COLLECT_OPEN)
		collect_answer_phone(p, 403, when, NULL);
	else
		judge(p, f, instance);
}

static void take(struct collect_post *p, const struct collect_part *xml)
{
	struct copl_odk_instance *instance = NULL;
	struct copl_odk_claim claim;
	struct copl_arena *a = copl_arena_new();
	enum copl_status st = COPL_E_NOMEM;

	if (a != NULL)
		st = copl_odk_instance_read(xml->value, xml->len, &instance);
	if (st == COPL_OK)
		st = copl_odk_instance_claim(instance, a, &claim);
	if (st == COPL_OK)
		find_form(p, instance, &claim);
	else
		collect_answer_phone(
		    p, st == COPL_E_NOMEM ? 503 : 400, COLLECT_OPEN, NULL);
	copl_odk_instance_free(instance);
	copl_arena_free(a);
}

void collect_take_odk(struct collect_post *p)
{
	struct collect_parts parts = {.list = NULL};
	const struct collect_part *xml = NULL;

	if (p->over) {
		collect_answer_phone(p, 429, COLLECT_OPEN, NULL);
		return;
	}
	if (collect_body_parts(p->body.s, p->body.len, p->boundary, &parts) ==
	    COPL_OK)
		xml = find_instance(&parts);
	if (xml != NULL)
		take(p, xml);
	else
		collect_answer_phone(p, 400, COLLECT_OPEN, NULL);
	free(parts.list);
}
