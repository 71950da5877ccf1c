/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What git asks when two branches changed one catalog or review record. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n/merge.h>
#include "base/i18n.h"
#include "work/work.h"

struct job {
	const char *path[3]; /* base, ours, theirs */
	struct copl_strbuf bytes[3];
	const char *name;
	struct copl_reporter *r;
	struct copl_strbuf out;
	struct copl_three_counts n;
};

enum { BASE, OURS, THEIRS };

static bool is_record(const struct copl_strbuf *b)
{
	static const char first[] = "cop-l10n-review ";

	return strncmp(copl_strbuf_text(b), first, sizeof(first) - 1) == 0;
}

static enum copl_status merge_records(struct job *j)
{
	struct copl_review *rv[3] = {NULL}, *merged = NULL;
	enum copl_status st = COPL_OK, each;
	size_t i;

	for (i = 0; i < 3 && st != COPL_E_NOMEM; i++) {
		each = copl_review_read(copl_strbuf_text(&j->bytes[i]),
		    j->bytes[i].len, i == OURS ? j->name : j->path[i], j->r,
		    &rv[i]);
		st = each == COPL_OK ? st : each;
	}
	if (st == COPL_OK)
		st = copl_review_merge(rv[BASE], rv[OURS], rv[THEIRS], &merged);
	if (st == COPL_OK)
		copl_review_write(merged, &j->out);
	for (i = 0; i < 3; i++)
		copl_review_free(rv[i]);
	copl_review_free(merged);
	return st == COPL_OK ? j->out.st : st;
}

/* ---- catalogs ---- */

/* The record beside the catalog in the project; an empty one without. */
static enum copl_status load_record(struct job *j, struct copl_review **out)
{
	size_t len = strlen(j->name);
	struct copl_arena *a = copl_arena_new();
	const char *path = NULL;
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (a == NULL)
		return COPL_E_NOMEM;
	if (len > 3 && strcmp(j->name + len - 3, ".po") == 0)
		path =
		    copl_arena_printf(a, "%.*s.review", (int)len - 3, j->name);
	else
		path = copl_arena_strdup(a, "");
	if (path != NULL)
		st = copl_review_load(path, j->r, out);
	copl_arena_free(a);
	return st;
}

/*
 * What the record says of the pairs that came together.  It may be merged
 * after this catalog: check says the last word.
 */
static enum copl_status judge_again(struct job *j)
{
	struct copl_review *rv = NULL;
	struct copl_catalog *c = NULL;
	struct copl_review_verdict v;
	enum copl_status st = load_record(j, &rv);
	size_t i;

	if (st == COPL_OK)
		st = copl_catalog_read(
		    copl_strbuf_text(&j->out), j->out.len, j->name, j->r, &c);
	for (i = 0; st == COPL_OK && i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];

		copl_review_judge(rv, m, &v);
		if (v.stale == NULL)
			continue;
		copl_report(j->r, COPL_WARNING, "stale-translation",
		    copl_message_str_at(c, m),
		    _("\"%s\": this translation was %s on %s for another "
		      "source: translate \"%s\" anew, or say with cop-l10n "
		      "review that it fits"),
		    v.stale->id, copl_review_state_name(v.stale->state),
		    v.stale->date, m->id);
	}
	copl_catalog_free(c);
	copl_review_free(rv);
	return st;
}

/* Two languages in one file would be a form in neither. */
static bool same_language(struct job *j, const struct copl_catalog *ours,
    const struct copl_catalog *theirs)
{
	struct copl_place at = {j->name, 0, 0};
	const char *a = copl_catalog_field(ours, "Language", &at);
	const char *b = copl_catalog_field(theirs, "Language", NULL);

	if (a == NULL || b == NULL || *a == '\0' || *b == '\0' ||
	    strcmp(a, b) == 0)
		return true;
	copl_report(j->r, COPL_ERROR, "header-language", at,
	    _("this catalog is in \"%s\" and the other side's in \"%s\": "
	      "merge two versions of one language"),
	    a, b);
	return false;
}

static enum copl_status merge_catalogs(struct job *j)
{
	struct copl_catalog *c[3] = {NULL};
	enum copl_status st = COPL_OK, each;
	size_t i;

	for (i = 0; i < 3 && st != COPL_E_NOMEM; i++) {
		if (i == BASE && j->bytes[i].len == 0)
			continue;
		each = copl_catalog_read(copl_strbuf_text(&j->bytes[i]),
		    j->bytes[i].len, i == OURS ? j->name : j->path[i], j->r,
		    &c[i]);
		st = each == COPL_OK ? st : each;
	}
	if (st == COPL_OK && !same_language(j, c[OURS], c[THEIRS]))
		st = COPL_E_INVALID;
	if (st == COPL_OK)
		st = copl_catalog_merge_three(
		    c[BASE], c[OURS], c[THEIRS], j->name, j->r, &j->out, &j->n);
	if (st == COPL_OK)
		st = judge_again(j);
	for (i = 0; i < 3; i++)
		copl_catalog_free(c[i]);
	return st;
}

static void tell_merged(struct job *j)
{
	char taken[24], merged[24], doubts[24], conflicts[24], kept[24];
	const struct copl_field fields[] = {
	    {"file", j->name},
	    {"taken", taken},
	    {"merged", merged},
	    {"doubts", doubts},
	    {"conflicts", conflicts},
	    {"kept", kept},
	};

	snprintf(taken, sizeof(taken), "%zu", j->n.taken);
	snprintf(merged, sizeof(merged), "%zu", j->n.merged);
	snprintf(doubts, sizeof(doubts), "%zu", j->n.doubts);
	snprintf(conflicts, sizeof(conflicts), "%zu", j->n.conflicts);
	snprintf(kept, sizeof(kept), "%zu", j->n.kept);
	copl_tell(j->r, "merged", fields, COPL_COUNT(fields),
	    _("%s: merged; texts taken from the other side %zu, put together "
	      "%zu, of these fuzzy %zu and in conflict %zu"),
	    j->name, j->n.taken, j->n.merged, j->n.doubts, j->n.conflicts);
}

enum copl_status copl_merge_po(const char *base, const char *ours,
    const char *theirs, const char *name, const struct copl_sink *sink)
{
	struct job j = {.path = {base, ours, theirs},
	    .name = name == NULL ? ours : name,
	    .out = COPL_STRBUF_INIT(COPL_CATALOG_MAX)};
	struct copl_reporter r;
	enum copl_status st = COPL_OK;
	size_t i;

	copl_reporter_init(&r, sink);
	j.r = &r;
	for (i = 0; i < 3 && st == COPL_OK; i++) {
		j.bytes[i].max = COPL_CATALOG_MAX;
		st = copl_file_read(
		    j.path[i], COPL_CATALOG_MAX, &r, &j.bytes[i]);
	}
	if (st == COPL_OK)
		st = is_record(&j.bytes[OURS]) || is_record(&j.bytes[THEIRS])
			 ? merge_records(&j)
			 : merge_catalogs(&j);
	if (st == COPL_OK)
		st = copl_file_output(
		    ours, copl_strbuf_text(&j.out), j.out.len, 0666, &r, NULL);
	if (st == COPL_OK)
		tell_merged(&j);
	if (st == COPL_OK && j.n.conflicts > 0)
		st = COPL_E_INVALID;
	for (i = 0; i < 3; i++)
		copl_strbuf_clear(&j.bytes[i]);
	copl_strbuf_clear(&j.out);
	return copl_reporter_end(&r, st);
}
