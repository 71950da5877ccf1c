/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One post of a form's page, from its bytes to what is answered. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "serve/collect_priv.h"

#define TOKEN_DIGITS (COLLECT_TOKEN_SIZE - 1)

struct taking {
	struct collect_post *p;
	struct collect_parts parts;
	struct copl_answer_field *fields; /* the same, as answers wants them */
	const struct collect_form *form;
	struct collect_page *page;
	const char *token; /* that came with it; NULL: none */
	bool outdated; /* the page is another version's */
	struct copl_answer answer;
};

static struct collect_text said(const struct taking *t, const char *name)
{
	struct collect_text none = {NULL, 0};
	size_t i;

	for (i = 0; i < t->parts.n; i++) {
		const struct collect_part *part = &t->parts.list[i];

		if (collect_text_is(
			(struct collect_text){part->name, part->namelen}, name))
			return (struct collect_text){part->value, part->len};
	}
	return none;
}

/* ---- storing ---- */

/* What a resend has in common with the first: all but when and under which
 * release it came. */
static enum copl_status write_content(
    const struct copl_answer *a, struct copl_strbuf *out)
{
	struct copl_answer common = *a;

	common.hour = 0;
	common.release = 1;
	return copl_answer_write(&common, out);
}

static enum collect_outcome put(struct collect_post *p,
    const struct collect_form *f, const struct copl_answer *a,
    const struct copl_strbuf *bytes, const struct copl_strbuf *content,
    bool replace)
{
	const struct copl_store_answer put = {.form = a->form,
	    .id = a->id,
	    .id_len = strlen(a->id),
	    .bytes = copl_strbuf_text(bytes),
	    .len = bytes->len,
	    .content = copl_strbuf_text(content),
	    .content_len = content->len,
	    .hour = a->hour,
	    .keep_until = copl_answer_form_typed(f->rules)->keep_until,
	    .replace = replace};
	enum copl_stored how = COPL_STORED_NOT;
	int error = 0;
	enum copl_status st =
	    copl_store_put(p->s->collect->store, &put, &how, &error);

	if (st == COPL_OK && how == COPL_STORED_CONFLICT)
		return COLLECT_CONFLICT;
	if (st == COPL_E_LIMIT)
		return COLLECT_TOO_LARGE;
	collect_failing(p->s, st != COPL_OK, error);
	if (st == COPL_OK)
		return COLLECT_STORED;
	return how == COPL_STORED_FULL ? COLLECT_NO_ROOM : COLLECT_FAILED;
}

enum collect_outcome collect_store(struct collect_post *p,
    const struct collect_form *f, const struct copl_answer *a, bool replace)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_ANSWER_MAX);
	struct copl_strbuf content = COPL_STRBUF_INIT(COPL_ANSWER_MAX);
	enum collect_outcome how = COLLECT_FAILED;

	if (copl_answer_write(a, &bytes) == COPL_OK &&
	    write_content(a, &content) == COPL_OK)
		how = put(p, f, a, &bytes, &content, replace);
	copl_strbuf_clear(&bytes);
	copl_strbuf_clear(&content);
	return how;
}

/* ---- what is answered ---- */

static void give_back(
    struct taking *t, unsigned status, enum copl_fill_banner banner)
{
	const struct copl_fill fill = {.fields = t->fields,
	    .nfields = t->parts.n,
	    .faults = t->answer.faults,
	    .nfaults = t->answer.nfaults,
	    .token = t->token != NULL ? t->token : t->p->token,
	    .banner = banner};

	collect_answer_filled(t->p, status, t->form, t->page, &fill);
}

/* Who came from a page without a token reloads without sending again. */
static void thank(struct taking *t, const struct content *thanks)
{
	struct collect_post *p = t->p;

	if (t->token != NULL) {
		collect_answer_content(p, 200, t->page, thanks);
		return;
	}
	snprintf(p->location, sizeof(p->location), "%s/%s", p->base,
	    t->page->sent.path);
	collect_answer_content(p, 303, t->page, thanks);
	answer_field(&p->answer, "Location", p->location);
}

static void store_and_thank(struct taking *t, const struct content *thanks)
{
	switch (collect_store(t->p, t->form, &t->answer, true)) {
	case COLLECT_STORED:
		thank(t, thanks);
		return;
	case COLLECT_NO_ROOM:
		give_back(t, 507, COPL_FILL_NOT_STORED);
		return;
	case COLLECT_TOO_LARGE:
		give_back(t, 413, COPL_FILL_NOT_STORED);
		return;
	case COLLECT_CONFLICT:
	case COLLECT_FAILED:
		break;
	}
	give_back(t, 503, COPL_FILL_NOT_STORED);
}

/* Nothing is stored that cannot be thanked for: it would be sent again. */
static void store(struct taking *t)
{
	struct content *thanks = content_get(t->p->s, &t->page->sent);

	if (thanks == NULL) {
		give_back(t, 503, COPL_FILL_NOT_STORED);
		return;
	}
	store_and_thank(t, thanks);
	content_drop(thanks);
}

/* ---- judging ---- */

static enum copl_status read_parts(
    struct collect_post *p, struct collect_parts *out)
{
	if (p->kind == COLLECT_BODY_PARTS)
		return collect_body_parts(
		    p->body.s, p->body.len, p->boundary, out);
	return collect_body_fields(p->body.s, p->body.len, out);
}

/* As answers wants them; NULL: no memory, or files, which no form sends. */
static struct copl_answer_field *make_fields(const struct collect_parts *parts)
{
	struct copl_answer_field *fields =
	    calloc(parts->n + 1, sizeof(*fields));
	size_t i;

	for (i = 0; fields != NULL && i < parts->n; i++) {
		const struct collect_part *part = &parts->list[i];

		if (part->file) {
			free(fields);
			return NULL;
		}
		fields[i] = (struct copl_answer_field){
		    part->name, part->namelen, part->value, part->len};
	}
	return fields;
}

static bool find_in(struct taking *t, const struct shelf *shelf)
{
	const struct collect_set *set = shelf->collect;

	if (set == NULL)
		return false;
	t->form =
	    collect_set_find(set, said(t, "_form"), said(t, "_recipient"));
	if (t->form == NULL || collect_set_strays(set, t->p->path, t->form))
		return false;
	t->page = collect_form_page(t->form, said(t, "_lang"));
	t->p->shelf = shelf;
	return t->page != NULL;
}

static bool is_its_version(const struct taking *t)
{
	return collect_text_is(said(t, "_version"),
	    copl_answer_form_typed(t->page->rules)->version);
}

/*
 * Whose page it is: of the set that was shown when the post began, or of the
 * one before, when somebody began to fill in a form that has changed since.
 */
static bool find_page(struct taking *t)
{
	struct collect_post *p = t->p;

	if (find_in(t, p->borrowed) && is_its_version(t))
		return true;
	if (p->before != NULL && find_in(t, p->before) && is_its_version(t))
		return true;
	t->outdated = true;
	return find_in(t, p->borrowed);
}

/* The token as it was given out; anything else is no page of ours. */
static bool read_token(struct taking *t)
{
	struct collect_text id = said(t, "_id");
	size_t i;

	if (id.s == NULL || id.len == 0)
		return true;
	if (id.len != TOKEN_DIGITS)
		return false;
	for (i = 0; i < id.len; i++)
		if (!copl_is_digit(id.s[i]) && (id.s[i] < 'a' || id.s[i] > 'f'))
			return false;
	memcpy(t->p->token, id.s, id.len);
	t->p->token[id.len] = '\0';
	t->token = t->p->token;
	return true;
}

static enum copl_status judge(struct taking *t)
{
	const struct copl_answer_about about = {.id = t->p->token,
	    .release = t->p->shelf->manifest->version,
	    .recipient = t->form->recipient,
	    .now = (time_t)serve_now(t->p->s)};

	return copl_answer_take_fields(
	    t->page->rules, t->fields, t->parts.n, &about, &t->answer);
}

static unsigned status_of(enum copl_status st)
{
	return st == COPL_E_LIMIT ? 413 : 503;
}

/* What fits of an older form is kept, and what it did not ask is missing. */
static void judge_outdated(struct taking *t)
{
	const char *version = copl_answer_form_typed(t->page->rules)->version;
	enum copl_status st;
	size_t i;

	for (i = 0; i < t->parts.n; i++) {
		struct copl_answer_field *f = &t->fields[i];

		if (!collect_text_is(
			(struct collect_text){f->name, f->namelen}, "_version"))
			continue;
		f->value = version;
		f->len = strlen(version);
	}
	st = judge(t);
	if (st == COPL_OK)
		give_back(t, 409, COPL_FILL_INCOMPLETE);
	else
		give_back(t, status_of(st), COPL_FILL_NOT_STORED);
}

static void judge_and_store(struct taking *t)
{
	enum copl_status st = judge(t);

	if (st != COPL_OK)
		give_back(t, status_of(st), COPL_FILL_NOT_STORED);
	else if (t->answer.refused)
		give_back(t, 400, COPL_FILL_NOT_STORED);
	else if (t->answer.nfaults > 0)
		give_back(t, 422, COPL_FILL_INCOMPLETE);
	else
		store(t);
}
static void decide_open(struct taking *t)
{
	if (t->p->over)
		give_back(t, 429, COPL_FILL_NOT_STORED);
	else if (t->outdated)
		judge_outdated(t);
	else
		judge_and_store(t);
}

static void decide(struct taking *t)
{
	switch (collect_time_of(t->form, serve_now(t->p->s))) {
	case COLLECT_SOON:
		collect_answer_file(t->p, 403, t->page, &t->page->soon);
		break;
	case COLLECT_CLOSED:
		collect_answer_file(t->p, 403, t->page, &t->page->closed);
		break;
	case COLLECT_OPEN:
		decide_open(t);
		break;
	}
}

void collect_take_html(struct collect_post *p)
{
	struct taking t = {.p = p};
	struct copl_answer_field *fields = NULL;

	if (read_parts(p, &t.parts) == COPL_OK)
		fields = make_fields(&t.parts);
	t.fields = fields;
	if (fields == NULL || !find_page(&t) || !read_token(&t))
		collect_answer_sorry(p, p->over ? 429 : 400);
	else if (t.token == NULL && !collect_make_token(p->token))
		collect_answer_sorry(p, 503);
	else
		decide(&t);
	copl_answer_free(&t.answer);
	free(fields);
	free(t.parts.list);
}
