/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One document into the languages of many catalogs, several at a time. */
#include "config.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "work/document.h"

/* Each thread holds a catalog and an output: memory, not time, is short. */
#define THREADS_DEFAULT 2
#define THREAD_WORTH 100000 /* bytes to write: a thread takes longer */
#define THREADS_MAX 64

/* One document on its way into one language. */
struct target {
	const char *path; /* of its catalog */
	char tag[COPL_TAG_MAX];
	struct copl_reporter r; /* what this thread finds */
	struct copl_staged staged;
	enum copl_status st;
};

struct job {
	const char *path; /* of the document */
	const char *outdir;
	const struct copl_l10n_options *options;
	const struct copl_units *units;
	struct target *targets;
	size_t n;
	atomic_size_t next; /* target that nobody has taken yet */
	atomic_bool failed; /* then nothing more is written */
};

/* DIR/NAME.LANG.EXT; NULL: no memory. */
static char *output_path(const char *dir, const char *path, const char *tag)
{
	const char *name = copl_path_name(path);
	const char *dot = strrchr(name, '.');
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 16);

	if (dot == NULL || dot == name)
		dot = name + strlen(name);
	if (strcmp(dir, ".") != 0) {
		copl_strbuf_puts(&b, dir);
		if (b.len > 0 && b.s[b.len - 1] != '/')
			copl_strbuf_add(&b, "/", 1);
	}
	copl_strbuf_add(&b, name, (size_t)(dot - name));
	copl_strbuf_add(&b, ".", 1);
	copl_strbuf_puts(&b, tag);
	copl_strbuf_puts(&b, dot);
	if (b.st == COPL_OK)
		return b.s;
	copl_strbuf_clear(&b);
	return NULL;
}

static enum copl_status stage(
    struct job *job, struct target *t, const struct copl_strbuf *out)
{
	char *file = output_path(job->outdir, job->path, t->tag);
	enum copl_status st;

	if (file == NULL)
		return COPL_E_NOMEM;
	st = copl_file_stage(file, copl_strbuf_text(out), out->len, 0666,
	    (size_t)(t - job->targets), &t->r, &t->staged);
	free(file);
	return st;
}

/* What a thread uses for one target after the other. */
struct bench {
	struct copl_strbuf out;
	struct copl_catalog_room room;
};

static enum copl_status localize(
    struct job *job, struct target *t, struct bench *b)
{
	struct copl_catalog *c = NULL;
	enum copl_status st =
	    copl_catalog_load_texts(t->path, &b->room, &t->r, &c);

	if (st == COPL_OK && !copl_catalog_tag(c, &t->r, t->tag))
		st = COPL_E_INVALID;
	if (st == COPL_OK) {
		struct copl_apply how =
		    copl_apply_of(job->units, job->options, t->tag, &t->r);

		st = copl_units_apply(job->units, c, &how, &t->r, &b->out);
		if (t->r.nomem)
			st = COPL_E_NOMEM;
	}
	copl_catalog_free(c);
	if (st == COPL_OK && !atomic_load(&job->failed))
		st = stage(job, t, &b->out);
	return st;
}

static void *work(void *arg)
{
	struct bench bench = {.out = COPL_STRBUF_INIT(1)};
	struct job *job = arg;

	for (;;) {
		size_t i = atomic_fetch_add(&job->next, 1);
		struct target *t = &job->targets[i];

		if (i >= job->n)
			break;
		t->st = localize(job, t, &bench);
		if (t->st != COPL_OK)
			atomic_store(&job->failed, true);
	}
	copl_strbuf_clear(&bench.out);
	copl_catalog_room_free(&bench.room);
	return NULL;
}

static size_t thread_count(const struct job *job)
{
	size_t n = job->options->threads;

	if (n == 0) {
		long online = sysconf(_SC_NPROCESSORS_ONLN);
		bool small = job->units->xml->text.len * job->n < THREAD_WORTH;

		n = online > 1 && !small ? THREADS_DEFAULT : 1;
	}
	if (n > THREADS_MAX)
		n = THREADS_MAX;
	return n < job->n ? n : job->n;
}

/* A thread that cannot be had is work for this one. */
static void run_threads(struct job *job)
{
	pthread_t threads[THREADS_MAX];
	size_t n = thread_count(job), started = 0;

	while (started + 1 < n &&
	       pthread_create(&threads[started], NULL, work, job) == 0)
		started++;
	(void)work(job);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}

/* Two catalogs of one language would write one file. */
static void check_languages(struct job *job, struct copl_reporter *r)
{
	size_t i, k;

	for (i = 1; i < job->n; i++)
		for (k = 0; k < i; k++) {
			if (job->targets[i].tag[0] == '\0' ||
			    strcmp(job->targets[i].tag, job->targets[k].tag) !=
				0)
				continue;
			copl_report(r, COPL_ERROR, "localize-language-twice",
			    (struct copl_place){job->targets[i].path, 0, 0},
			    _("%s is a catalog of the same language, %s: give "
			      "one of the two"),
			    job->targets[k].path, job->targets[i].tag);
			break;
		}
}

static enum copl_status commit(struct target *t, struct copl_reporter *r)
{
	struct copl_field fields[3];
	enum copl_status st;
	bool changed;

	st = copl_file_commit(&t->staged, r, &changed);
	if (st != COPL_OK)
		return st;
	fields[0] = (struct copl_field){"file", t->staged.path};
	fields[1] = (struct copl_field){"language", t->tag};
	fields[2] = (struct copl_field){"written", changed ? "yes" : "no"};
	copl_tell(r, "localized", fields, 3, "%s", t->staged.path);
	return COPL_OK;
}

/* Every catalog is applied before the first file takes its place. */
static enum copl_status finish(struct job *job, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t errors = r->errors, i;

	check_languages(job, r);
	if (r->errors > errors)
		st = COPL_E_INVALID;
	for (i = 0; i < job->n; i++) {
		struct target *t = &job->targets[i];

		copl_reporter_move(r, &t->r);
		if (t->st != COPL_OK && st != COPL_E_NOMEM)
			st = t->st;
	}
	for (i = 0; i < job->n && st == COPL_OK; i++)
		st = commit(&job->targets[i], r);
	for (i = 0; i < job->n; i++)
		copl_file_abandon(&job->targets[i].staged);
	return st;
}

/* Bytes of the part of a path that is there. */
static size_t part_that_exists(const char *path)
{
	char *p = strdup(path), *slash;
	size_t n;

	if (p == NULL)
		return strlen(path);
	while (*p != '\0' && !copl_path_exists(p)) {
		slash = strrchr(p, '/');
		*(slash == NULL ? p : slash) = '\0';
	}
	n = strlen(p);
	free(p);
	return n;
}

/* Takes folders away again that are not among the first bytes of a path. */
static void unmake(const char *path, size_t there)
{
	char *p = strdup(path), *slash;

	while (p != NULL && strlen(p) > there &&
	       (rmdir(p) == 0 || errno == ENOENT)) {
		slash = strrchr(p, '/');
		*(slash == NULL ? p : slash) = '\0';
	}
	free(p);
}

static enum copl_status run(struct job *job, const char *const *catalogs,
    const struct copl_sink *sink, struct copl_reporter *r)
{
	size_t there = part_that_exists(job->outdir);
	enum copl_status st;
	size_t i;

	job->targets = calloc(job->n + 1, sizeof(*job->targets));
	if (job->targets == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < job->n; i++) {
		job->targets[i].path = catalogs[i];
		copl_reporter_init(&job->targets[i].r, sink);
	}
	st = copl_dir_make(job->outdir, r);
	if (st == COPL_OK) {
		run_threads(job);
		st = finish(job, r);
	}
	if (st != COPL_OK)
		unmake(job->outdir, there);
	free(job->targets);
	return st;
}

enum copl_status copl_localize(const char *path,
    const struct copl_l10n_options *options, const char *const *catalogs,
    size_t n, const char *outdir, const struct copl_sink *sink)
{
	static const struct copl_l10n_options defaults = {.key = COPL_KEY_ID};
	struct job job = {.path = path, .outdir = outdir, .n = n};
	struct copl_units *u = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	enum copl_status st;

	job.options = options == NULL ? &defaults : options;
	copl_reporter_init(&r, sink);
	st = copl_units_load(path, job.options, &r, &x, &u);
	job.units = u;
	if (st == COPL_OK)
		st = run(&job, catalogs, sink, &r);
	copl_units_free(u);
	copl_xml_free(x);
	return copl_reporter_end(&r, st);
}
