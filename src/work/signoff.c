/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n/review.h>
#include "base/i18n.h"
#include "page/report_page.h"
#include "work/signoff.h"

bool signoff_is_ready(const struct copl_desk_text *t)
{
	return t->trouble == COPL_DESK_NONE && t->verdict.stale == NULL;
}

const char *signoff_pair(struct copl_arena *a, const struct copl_desk_text *t)
{
	struct copl_review_pair pair;

	copl_review_pair_of(t->msg, &pair);
	return copl_arena_printf(a, "%s\t%s\t%s\t%s", t->master->id, t->id,
	    pair.source, pair.translation);
}

static int line_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * The digest of all texts that are ready, whatever their order; n of them.
 * sha256sum makes the same of the lines of docs/review.md.
 */
static enum copl_status digest_of(
    const struct copl_desk *d, char out[COPL_REVIEW_HASH_SIZE], size_t *n)
{
	struct copl_strbuf all = COPL_STRBUF_INIT(COPL_REVIEW_MAX);
	const char **lines = calloc(d->n + 1, sizeof(*lines));
	enum copl_status st;
	size_t i;

	*n = 0;
	if (lines == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < d->n; i++) {
		if (!signoff_is_ready(&d->list[i]))
			continue;
		lines[*n] = signoff_pair(d->w->arena, &d->list[i]);
		if (lines[(*n)++] == NULL) {
			free(lines);
			return COPL_E_NOMEM;
		}
	}
	qsort(lines, *n, sizeof(*lines), line_order);
	for (i = 0; i < *n; i++)
		copl_strbuf_printf(
		    &all, "%s\t%s\n", d->language->tag, lines[i]);
	st = all.st;
	copl_review_hash(copl_strbuf_text(&all), all.len, out);
	copl_strbuf_clear(&all);
	free(lines);
	return st;
}

static enum copl_status open_desk(struct copl_desk *d,
    const struct copl_signoff_options *o, struct copl_reporter *r,
    char digest[COPL_REVIEW_HASH_SIZE], size_t *n)
{
	const struct copl_place nowhere = {NULL, 0, 0};
	enum copl_status st = copl_desk_open(d, o->dir, o->lang, o->form, r);

	if (st == COPL_OK)
		st = digest_of(d, digest, n);
	if (st != COPL_OK || *n > 0)
		return st;
	copl_report(r, COPL_ERROR, "signoff-empty", nowhere,
	    _("no text in \"%s\" is ready to be signed: cop-l10n check says "
	      "what is missing"),
	    o->lang);
	return COPL_E_INVALID;
}

/* ---- the sheet ---- */

static enum copl_status write_sheet(const struct copl_signoff_options *o,
    struct signoff_sheet *s, struct copl_reporter *r)
{
	struct copl_strbuf page = COPL_STRBUF_INIT((size_t)256 << 20);
	enum copl_status st, quiet;

	st = copl_report_page_speak(s->desk->language, &s->lang);
	if (st == COPL_OK)
		st = signoff_put_sheet(s, &page);
	quiet = copl_speak(NULL);
	if (st == COPL_OK)
		st = quiet;
	if (st == COPL_OK)
		st = copl_file_output(o->output, copl_strbuf_text(&page),
		    page.len, 0666, r, NULL);
	copl_strbuf_clear(&page);
	return st;
}

enum copl_status copl_signoff_sheet(
    const struct copl_signoff_options *options, const struct copl_sink *sink)
{
	char digest[COPL_REVIEW_HASH_SIZE], texts[24], left[24];
	struct copl_desk d = {0};
	struct signoff_sheet s = {
	    .desk = &d, .now = options->now, .digest = digest};
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = open_desk(&d, options, &r, digest, &s.n);
	if (st == COPL_OK)
		st = write_sheet(options, &s, &r);
	if (st == COPL_OK) {
		const struct copl_field fields[] = {
		    {"file", options->output},
		    {"language", d.language->tag},
		    {"texts", texts},
		    {"left-out", left},
		    {"digest", digest},
		};

		snprintf(texts, sizeof(texts), "%zu", s.n);
		snprintf(left, sizeof(left), "%zu", d.n - s.n);
		copl_tell(&r, "sheet", fields, COPL_COUNT(fields),
		    _("%s: texts to sign %zu, not ready %zu, digest %s"),
		    options->output, s.n, d.n - s.n, digest);
	}
	copl_desk_close(&d);
	return copl_reporter_end(&r, st);
}

/* ---- the signature ---- */

/* A digest as it was typed from paper. */
static bool same_digest(const char *typed, const char *digest)
{
	for (; *typed != '\0'; typed++) {
		char c = *typed;

		if (c == ' ' || c == '-')
			continue;
		if (copl_is_upper(c))
			c = (char)(c - 'A' + 'a');
		if (c != *digest)
			return false;
		digest++;
	}
	return *digest == '\0';
}

/* A value of a sheet without its character references, in place. */
static void unescape(char *s)
{
	static const struct {
		const char *name;
		char c;
	} list[] = {{"&#9;", '\t'}, {"&amp;", '&'}, {"&lt;", '<'},
	    {"&gt;", '>'}, {"&quot;", '"'}};
	char *out = s;
	size_t i;

	while (*s != '\0') {
		for (i = 0; i < COPL_COUNT(list); i++)
			if (strncmp(s, list[i].name, strlen(list[i].name)) == 0)
				break;
		if (i < COPL_COUNT(list)) {
			*out++ = list[i].c;
			s += strlen(list[i].name);
		} else {
			*out++ = *s++;
		}
	}
	*out = '\0';
}

/* All pairs of a sheet as keys; the text belongs to the arena. */
static enum copl_status read_sheet(struct copl_desk *d, const char *path,
    struct copl_map *pairs, const char **digest)
{
	struct copl_strbuf page = COPL_STRBUF_INIT((size_t)256 << 20);
	enum copl_status st = copl_file_read(path, page.max, d->r, &page);
	char *text, *at, *end;

	*digest = "";
	text = copl_arena_strdup(d->w->arena, copl_strbuf_text(&page));
	copl_strbuf_clear(&page);
	if (st != COPL_OK || text == NULL)
		return st != COPL_OK ? st : COPL_E_NOMEM;
	at = strstr(text, SIGNOFF_DIGEST);
	if (at != NULL && (end = strchr(at + strlen(SIGNOFF_DIGEST), '"'))) {
		*digest = at + strlen(SIGNOFF_DIGEST);
		*end = '\0';
		text = end + 1;
	}
	while ((at = strstr(text, SIGNOFF_PAIR)) != NULL) {
		at += strlen(SIGNOFF_PAIR);
		end = strchr(at, '"');
		if (end == NULL)
			break;
		*end = '\0';
		text = end + 1;
		unescape(at);
		if (!copl_map_put(pairs, at, 0, NULL))
			return COPL_E_NOMEM;
	}
	return COPL_OK;
}

static enum copl_status report_changes(
    struct copl_desk *d, const struct copl_map *pairs)
{
	size_t i, at;

	for (i = 0; i < d->n; i++) {
		const struct copl_desk_text *t = &d->list[i];
		const char *pair;
		struct copl_place place;

		if (t->msg == NULL)
			continue;
		pair = signoff_pair(d->w->arena, t);
		if (pair == NULL)
			return COPL_E_NOMEM;
		if (copl_map_get(pairs, pair, &at) == signoff_is_ready(t))
			continue;
		place = copl_message_str_at(t->mc->catalog, t->msg);
		copl_report(d->r, COPL_ERROR, "signoff-changed", place,
		    _("\"%s\": source or translation is not the one on the "
		      "sheet"),
		    t->id);
	}
	return COPL_OK;
}

static enum copl_status refuse(struct copl_desk *d,
    const struct copl_signoff_options *o, const char *digest)
{
	const struct copl_place nowhere = {NULL, 0, 0};
	struct copl_map pairs = {0};
	const char *on_sheet = "";
	enum copl_status st = COPL_OK;

	copl_report(d->r, COPL_ERROR, "signoff-digest", nowhere,
	    _("what was signed is not what the catalogs hold now: the digest "
	      "of the texts is %s, not %s; make a new sheet, and have it "
	      "signed"),
	    digest, o->digest);
	if (o->sheet != NULL)
		st = read_sheet(d, o->sheet, &pairs, &on_sheet);
	if (st == COPL_OK && o->sheet != NULL &&
	    !same_digest(o->digest, on_sheet))
		copl_report(d->r, COPL_ERROR, "signoff-sheet",
		    (struct copl_place){o->sheet, 0, 0},
		    _("this sheet has the digest \"%s\": it is not the one "
		      "that was signed"),
		    on_sheet);
	else if (st == COPL_OK && o->sheet != NULL)
		st = report_changes(d, &pairs);
	copl_map_free(&pairs);
	return st == COPL_OK ? COPL_E_TRUST : st;
}

static enum copl_status approve(struct copl_desk *d,
    const struct copl_signoff_options *o, const char *digest, bool *touched)
{
	char day[COPL_DAY_SIZE];
	struct copl_review_row row = {.state = COPL_REVIEW_APPROVED,
	    .date = day,
	    .role = o->role,
	    .who = o->who};
	const struct copl_review_signoff signature = {
	    .digest = digest, .date = day, .role = o->role, .who = o->who};
	enum copl_status st = COPL_OK;
	size_t i, at;

	copl_desk_day(o->now, day);
	for (i = 0; i < d->n && st == COPL_OK; i++) {
		struct copl_desk_text *t = &d->list[i];

		if (!signoff_is_ready(t))
			continue;
		at = (size_t)(t->master - d->w->masters);
		if (!touched[at])
			st = copl_review_sign(t->mc->review, &signature);
		touched[at] = true;
		/* Where a text comes from stays true when it is approved. */
		copl_review_judge(t->mc->review, t->msg, &t->verdict);
		row.origin =
		    t->verdict.row == NULL ? "human" : t->verdict.row->origin;
		if (st == COPL_OK)
			st = copl_desk_set(t, &row);
	}
	return st == COPL_OK ? copl_desk_save(d, touched) : st;
}

static void tell_signed(struct copl_desk *d, const char *digest, size_t n)
{
	char texts[24];
	const struct copl_field fields[] = {
	    {"language", d->language->tag},
	    {"texts", texts},
	    {"digest", digest},
	};

	snprintf(texts, sizeof(texts), "%zu", n);
	copl_tell(d->r, "signed", fields, COPL_COUNT(fields),
	    _("%s: texts approved %zu, signature kept with digest %s"),
	    d->language->tag, n, digest);
}

enum copl_status copl_signoff_record(
    const struct copl_signoff_options *options, const struct copl_sink *sink)
{
	char digest[COPL_REVIEW_HASH_SIZE];
	struct copl_desk d = {0};
	struct copl_reporter r;
	enum copl_status st = COPL_E_INVALID;
	bool *touched;
	size_t n;

	copl_reporter_init(&r, sink);
	if (copl_desk_person(options->who, options->role, true, &r))
		st = open_desk(&d, options, &r, digest, &n);
	if (st == COPL_OK && !same_digest(options->digest, digest))
		st = refuse(&d, options, digest);
	if (st == COPL_OK) {
		touched = copl_arena_alloc(d.w->arena, d.w->nmasters);
		st = touched == NULL ? COPL_E_NOMEM
				     : approve(&d, options, digest, touched);
	}
	if (st == COPL_OK)
		tell_signed(&d, digest, n);
	copl_desk_close(&d);
	return copl_reporter_end(&r, st);
}
