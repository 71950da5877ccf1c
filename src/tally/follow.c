/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many answers came on which day, from whom: while people still answer. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "answers/purge.h"
#include "base/i18n.h"
#include "tally/gather.h"

#define ROWS_MAX 20000
#define DAYS_MAX 31
#define DAY INT64_C(86400)

struct row {
	const char *recipient; /* "": nobody's */
	const char *lang; /* "": not known */
	size_t days[DAYS_MAX]; /* today first */
	size_t all;
};

struct following {
	const struct copl_tally_follow_options *o;
	struct copl_arena *arena;
	struct copl_map keys;
	struct row *rows;
	size_t n;
	size_t room;
	int64_t today; /* its first second */
	size_t answers;
};

static enum copl_status need_row(struct following *f, const char *recipient,
    const char *lang, struct row **out)
{
	struct row *grown;
	char *key = copl_arena_printf(f->arena, "%s %s", recipient, lang);
	size_t i;

	if (key == NULL)
		return COPL_E_NOMEM;
	if (copl_map_get(&f->keys, key, &i)) {
		*out = &f->rows[i];
		return COPL_OK;
	}
	if (f->n == ROWS_MAX)
		return COPL_E_LIMIT;
	grown = copl_grow(f->rows, f->n, &f->room, sizeof(*grown));
	if (grown == NULL || !copl_map_put(&f->keys, key, f->n, NULL))
		return COPL_E_NOMEM;
	f->rows = grown;
	*out = &grown[f->n++];
	**out =
	    (struct row){.recipient = copl_arena_strdup(f->arena, recipient),
		.lang = copl_arena_strdup(f->arena, lang)};
	return (*out)->recipient == NULL || (*out)->lang == NULL ? COPL_E_NOMEM
								 : COPL_OK;
}

/* Who could answer has a row, with nothing in it. */
static enum copl_status add_expected(
    struct following *f, struct copl_reporter *r)
{
	struct tally_forms *forms = calloc(1, sizeof(*forms));
	enum copl_status st = COPL_E_NOMEM;
	struct row *row;
	size_t i, k;

	if (forms != NULL)
		st =
		    tally_forms_read(forms, f->o->releases, f->o->nreleases, r);
	for (i = 0; st == COPL_OK && i < forms->nreleases; i++) {
		const struct copl_manifest *m = forms->releases[i].manifest;

		for (k = 0; st == COPL_OK && k < m->nfiles; k++) {
			const struct copl_manifest_file *file = &m->files[k];
			const char *to = file->recipient == NULL
					     ? m->recipient
					     : file->recipient;

			if (file->form != NULL && file->lang != NULL &&
			    to != NULL)
				st = need_row(f, to, file->lang, &row);
		}
	}
	if (forms != NULL)
		tally_forms_clear(forms);
	free(forms);
	return st;
}

static enum copl_status take(void *arg, const struct copl_answer_record *record,
    const struct tally_file *file, const char *path, struct copl_reporter *r)
{
	struct following *f = arg;
	const int64_t ago = (f->today + DAY - 1 - record->hour) / DAY;
	struct row *row;
	enum copl_status st;

	(void)file;
	(void)path;
	(void)r;
	/* Whoever tests a draft is nobody who answers. */
	if (record->draft)
		return COPL_OK;
	st = need_row(f, record->recipient == NULL ? "" : record->recipient,
	    record->lang == NULL ? "" : record->lang, &row);
	if (st != COPL_OK)
		return st;
	row->all++;
	f->answers++;
	if (ago >= 0 && ago < DAYS_MAX && record->hour < f->today + DAY)
		row->days[ago]++;
	return COPL_OK;
}

static int by_name(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	const int d = strcmp(x->recipient, y->recipient);

	return d != 0 ? d : strcmp(x->lang, y->lang);
}

static void tell_row(
    const struct following *f, const struct row *row, struct copl_reporter *r)
{
	char day[COPL_INSTANT_SIZE], count[24];
	const struct copl_field days[] = {{"recipient", row->recipient},
	    {"lang", row->lang}, {"day", day}, {"count", count}};
	const struct copl_field sum[] = {{"recipient", row->recipient},
	    {"lang", row->lang}, {"count", count}};
	size_t i;

	for (i = f->o->days < DAYS_MAX ? f->o->days : DAYS_MAX; i-- > 0;) {
		copl_instant_format(f->today - (int64_t)i * DAY, day);
		day[10] = '\0';
		snprintf(count, sizeof(count), "%zu", row->days[i]);
		copl_tell(r, "follow-day", days, COPL_COUNT(days), NULL);
	}
	snprintf(count, sizeof(count), "%zu", row->all);
	copl_tell(r, "follow-sum", sum, COPL_COUNT(sum), NULL);
}

static void tell_all(struct following *f, const struct tally_gathered *n,
    struct copl_reporter *r)
{
	char at[COPL_INSTANT_SIZE], answers[24], unread[24];
	const struct copl_field fields[] = {
	    {"at", at}, {"answers", answers}, {"unread", unread}};
	unsigned long all = (unsigned long)f->answers;
	size_t i;

	if (f->n > 0)
		qsort(f->rows, f->n, sizeof(*f->rows), by_name);
	for (i = 0; i < f->n; i++)
		tell_row(f, &f->rows[i], r);
	copl_instant_format(f->o->now, at);
	snprintf(answers, sizeof(answers), "%zu", f->answers);
	snprintf(unread, sizeof(unread), "%zu", n->invalid + n->unread);
	copl_tell(r, "follow", fields, COPL_COUNT(fields),
	    P_("%lu answer until %s; small numbers are shown, so this is "
	       "not to be published",
		"%lu answers until %s; small numbers are shown, so this is "
		"not to be published",
		all),
	    all, at);
}

enum copl_status copl_tally_follow(
    const struct copl_tally_follow_options *o, const struct copl_sink *sink)
{
	struct following f = {.o = o, .today = o->now - o->now % DAY};
	const struct tally_gather how = {.dirs = o->dirs,
	    .ndirs = o->ndirs,
	    .key = o->key,
	    .passphrase = o->passphrase,
	    .scratch = o->scratch,
	    .quiet = true,
	    .take = take,
	    .arg = &f};
	struct tally_gathered n = {0};
	struct copl_reporter r;
	enum copl_status st = COPL_E_NOMEM;

	copl_reporter_init(&r, sink);
	f.arena = copl_arena_new();
	if (f.arena != NULL)
		st = add_expected(&f, &r);
	if (st == COPL_OK)
		st = tally_gather(&how, &r, &n);
	if (st == COPL_OK) {
		tell_all(&f, &n, &r);
		/* Another look may find what cannot be read now. */
		st = n.invalid + n.unread > 0 ? COPL_E_INVALID : COPL_OK;
	}
	copl_map_free(&f.keys);
	free(f.rows);
	copl_arena_free(f.arena);
	return copl_reporter_end(&r, st);
}

enum copl_status copl_tally_purge(const char *const *dirs, size_t ndirs,
    int64_t now, bool dry_run, const struct copl_sink *sink)
{
	enum copl_status st = COPL_OK;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, sink);
	for (i = 0; i < ndirs && st == COPL_OK; i++) {
		struct copl_purged n = {0, 0, 0};
		char due[24], kept[24], unknown[24];
		const struct copl_field fields[] = {{"dir", dirs[i]},
		    {"due", due}, {"kept", kept}, {"unknown", unknown}};

		st = copl_answers_purge(dirs[i], now, dry_run, &r, &n);
		if (st != COPL_OK)
			break;
		snprintf(due, sizeof(due), "%zu", n.due);
		snprintf(kept, sizeof(kept), "%zu", n.kept);
		snprintf(unknown, sizeof(unknown), "%zu", n.unknown);
		copl_tell(&r, "purged", fields, COPL_COUNT(fields), NULL);
	}
	return copl_reporter_end(&r, st);
}
