/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "answers/store.h"
#include "base/i18n.h"
#include "tally/gather.h"

struct gathering {
	const struct tally_gather *how;
	struct tally_folders folders;
	struct copl_answer_reader *reader;
	struct copl_box_secret *secret;
	struct copl_strbuf opened;
	struct copl_reporter *r;
	struct tally_gathered *n;
	char path[TALLY_PATH_SIZE];
};

/* Copies of one answer: which is the one that counts. */
struct copies {
	struct tally_file file[TALLY_FOLDERS_MAX * 2];
	size_t n;
	struct tally_file best;
	unsigned char digest[16]; /* of the best */
	time_t hour;
	size_t valid;
};

static struct copl_place here(const struct gathering *g)
{
	return (struct copl_place){g->path, 0, 0};
}

/* ---- one file ---- */

static enum copl_status open_seal(
    struct gathering *g, const char **bytes, size_t *len)
{
	enum copl_status st;

	if (g->secret == NULL) {
		g->n->sealed++;
		copl_report(g->r, COPL_ERROR, "tally-sealed", here(g),
		    _("this answer is sealed, so it was left out: give the "
		      "secret key with --key"));
		return COPL_E_INVALID;
	}
	st = copl_seal_open(g->secret, *bytes, *len, g->path, g->r, &g->opened);
	*bytes = copl_strbuf_text(&g->opened);
	*len = g->opened.len;
	return st;
}

/* Does the name of the file belong to the answer in it? */
static enum copl_status check_name(struct gathering *g,
    const struct tally_file *file, const struct copl_answer_record *record)
{
	char name[COPL_STORE_NAME_SIZE], digits[33];

	copl_store_name(record->id, strlen(record->id), name);
	tally_file_id(file, digits);
	if (strcmp(name, digits) == 0)
		return COPL_OK;
	copl_report(g->r, COPL_ERROR, "tally-name", here(g),
	    _("the name of this file is that of another answer, so it was "
	      "left out: somebody has renamed it"));
	return COPL_E_INVALID;
}

/* COPL_E_INVALID: it is no answer; COPL_E_IO: nobody knows; that was said. */
static enum copl_status read_answer(struct gathering *g,
    const struct tally_file *file, struct copl_answer_record *record)
{
	const char *bytes;
	enum copl_status st;
	size_t len;

	tally_file_path(&g->folders, file, g->path);
	st = tally_file_read(&g->folders, file, &bytes, &len, g->r);
	if (st == COPL_OK && file->sealed != 0)
		st = open_seal(g, &bytes, &len);
	if (st == COPL_OK)
		st = copl_answer_read(
		    g->reader, bytes, len, g->path, g->r, record);
	if (st == COPL_OK)
		st = check_name(g, file, record);
	if (st == COPL_OK || st == COPL_E_NOMEM || st == COPL_E_IO)
		return st;
	return COPL_E_INVALID;
}

/* A file that is left out is counted, and the others go on. */
static enum copl_status leave_out(struct gathering *g, enum copl_status st)
{
	if (st == COPL_E_INVALID)
		g->n->invalid++;
	else if (st == COPL_E_IO)
		g->n->unread++;
	else
		return st;
	return COPL_OK;
}

static enum copl_status take(struct gathering *g, const struct tally_file *file)
{
	struct copl_answer_record record;
	enum copl_status st = read_answer(g, file, &record);

	if (st == COPL_E_IO)
		return leave_out(g, st);
	if (st == COPL_OK)
		st = g->how->take(g->how->arg, &record, file, g->path, g->r);
	if (st == COPL_OK)
		g->n->answers++;
	/* What the table is written to may be full, too: that ends it all. */
	return st == COPL_E_INVALID ? leave_out(g, st) : st;
}

/* ---- copies ---- */

static void tell_copy(
    struct gathering *g, const struct tally_file *file, const char *kept)
{
	char path[TALLY_PATH_SIZE];
	const struct copl_field fields[] = {{"file", path}, {"same-as", kept}};

	tally_file_path(&g->folders, file, path);
	g->n->duplicates++;
	if (!g->how->quiet)
		copl_tell(g->r, "tally-duplicate", fields, COPL_COUNT(fields),
		    _("%s: the same answer as %s, counted once"), path, kept);
}

static void report_conflict(
    struct gathering *g, const struct tally_file *file, const char *kept)
{
	tally_file_path(&g->folders, file, g->path);
	g->n->conflicts++;
	copl_report(g->r, COPL_WARNING, "tally-conflict", here(g),
	    _("another answer has the same id: %s was sent later, or its "
	      "folder was named first, and is counted instead"),
	    kept);
}

/* The later one counts; of one hour, that of the folder named first. */
static void judge(struct copies *c, const struct tally_file *file,
    const struct copl_answer_record *record, const unsigned char digest[16])
{
	if (c->valid++ > 0 && record->hour <= c->hour)
		return;
	c->best = *file;
	c->hour = record->hour;
	memcpy(c->digest, digest, 16);
}

static enum copl_status compare(struct gathering *g, struct copies *c)
{
	unsigned char(*digests)[16] = calloc(c->n, sizeof(*digests));
	bool *valid = calloc(c->n, sizeof(*valid));
	char kept[TALLY_PATH_SIZE];
	enum copl_status st =
	    digests == NULL || valid == NULL ? COPL_E_NOMEM : COPL_OK;
	size_t i;

	for (i = 0; i < c->n && st == COPL_OK; i++) {
		struct copl_answer_record record;

		st = read_answer(g, &c->file[i], &record);
		valid[i] = st == COPL_OK;
		if (st != COPL_OK) {
			st = leave_out(g, st);
			continue;
		}
		tally_digest(&record, digests[i]);
		judge(c, &c->file[i], &record, digests[i]);
	}
	tally_file_path(&g->folders, &c->best, kept);
	for (i = 0; i < c->n && st == COPL_OK; i++) {
		if (!valid[i] ||
		    memcmp(&c->file[i], &c->best, sizeof(c->best)) == 0)
			continue;
		if (memcmp(digests[i], c->digest, 16) == 0)
			tell_copy(g, &c->file[i], kept);
		else
			report_conflict(g, &c->file[i], kept);
	}
	free(digests);
	free(valid);
	return st;
}

static enum copl_status take_copies(struct gathering *g, struct copies *c)
{
	enum copl_status st = COPL_OK;

	if (c->n == 1)
		return take(g, &c->file[0]);
	c->valid = 0;
	st = compare(g, c);
	if (st == COPL_OK && c->valid > 0)
		st = take(g, &c->best);
	return st;
}

static enum copl_status run(struct gathering *g, struct copies *c)
{
	enum copl_status st;
	struct tally_file file;

	c->n = 0;
	for (;;) {
		st = tally_folders_next(&g->folders, &file, g->r);
		if (c->n > 0 &&
		    (st == COPL_E_NOTFOUND ||
			(st == COPL_OK &&
			    (memcmp(file.id, c->file[0].id, 16) != 0 ||
				c->n == COPL_COUNT(c->file))))) {
			const enum copl_status taken = take_copies(g, c);

			c->n = 0;
			if (taken != COPL_OK)
				return taken;
		}
		if (st != COPL_OK)
			return st == COPL_E_NOTFOUND ? COPL_OK : st;
		c->file[c->n++] = file;
		st = tally_flush(g->r);
		if (st != COPL_OK)
			return st;
	}
}

/* What a server was killed with is put in place, where we may. */
static enum copl_status settle(
    const struct tally_gather *how, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; how->settle && i < how->ndirs && st == COPL_OK; i++)
		if (copl_path_exists(how->dirs[i]))
			st = copl_store_settle(how->dirs[i], r);
	return st;
}

enum copl_status tally_gather(const struct tally_gather *how,
    struct copl_reporter *r, struct tally_gathered *out)
{
	struct gathering g = {.how = how,
	    .opened = COPL_STRBUF_INIT(COPL_ANSWER_MAX * 2),
	    .r = r,
	    .n = out};
	struct copies *copies = malloc(sizeof(*copies));
	enum copl_status st = COPL_OK;

	memset(out, 0, sizeof(*out));
	g.reader = copl_answer_reader_new();
	if (copies == NULL || g.reader == NULL)
		st = COPL_E_NOMEM;
	if (st == COPL_OK && how->key != NULL)
		st = copl_box_secret_load(
		    how->key, how->passphrase, r, &g.secret);
	if (st == COPL_OK)
		st = settle(how, r);
	if (st == COPL_OK)
		st = tally_folders_open(
		    &g.folders, how->dirs, how->ndirs, how->scratch, r);
	if (st == COPL_OK)
		st = run(&g, copies);
	out->invalid += g.folders.nforeign;
	tally_folders_close(&g.folders);
	copl_box_secret_free(g.secret);
	copl_answer_reader_free(g.reader);
	copl_strbuf_clear(&g.opened);
	free(copies);
	return st;
}
