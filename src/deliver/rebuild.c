/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <copl10n/deliveries.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "deliver/access.h"
#include "deliver/driver.h"

/* Older releases than so many are nobody's any more. */
#define RELEASES_MAX 200
#define DEADLINE_MS 60000

struct rebuilding {
	const struct copl_rebuild_options *o;
	const struct copl_project *project;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_ledger *ledger;
	struct copl_net *net;
	struct copl_secrets *secrets;
	const struct copl_endpoint **endpoints; /* of tasks, in their order */
	const struct copl_recipient **recipients;
	struct copl_ledger_task *tasks;
	size_t n;
	uint64_t versions[RELEASES_MAX]; /* the newest first */
	size_t nversions;
	size_t whole, part, silent;
};

/* One endpoint that is being asked. */
struct question {
	struct rebuilding *b;
	const struct copl_endpoint *endpoint;
	const char *recipient;
	struct copl_arena *a;
	struct copl_net_access access;
	struct copl_net_answer answer;
	struct copl_set set;
	uint64_t version; /* of the set */
	enum copl_status st; /* of what we read ourselves */
};

/* ---- which releases there are ---- */

static int newest_first(const void *a, const void *b)
{
	const uint64_t *l = a, *r = b;

	return *l < *r ? 1 : *l > *r ? -1 : 0;
}

static enum copl_status list_releases(struct rebuilding *b)
{
	const char **names = NULL;
	uint64_t *all = NULL, version;
	size_t n = 0, i, k = 0;
	enum copl_status st =
	    copl_dir_list(b->o->releases, b->arena, b->r, &names, &n);

	if (st == COPL_OK) {
		all = copl_arena_alloc(b->arena, (n + 1) * sizeof(*all));
		st = all == NULL ? COPL_E_NOMEM : COPL_OK;
	}
	if (st != COPL_OK)
		return st;
	for (i = 0; i < n; i++)
		if (copl_number_parse(names[i], UINT64_MAX, &version))
			all[k++] = version;
	qsort(all, k, sizeof(*all), newest_first);
	b->nversions = k < RELEASES_MAX ? k : RELEASES_MAX;
	memcpy(b->versions, all, b->nversions * sizeof(*all));
	return COPL_OK;
}

/*
 * The digest of a release's manifest for the recipient; false: it has none, or
 * q->st says what is wrong.
 */
static bool manifest_of(
    struct question *q, uint64_t version, struct copl_set_file *out)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	char *path = copl_arena_printf(q->a, "%s/%" PRIu64 "/%s/%s",
	    q->b->o->releases, version, q->recipient, COPL_MANIFEST);
	bool is = false;

	*out = (struct copl_set_file){.path = COPL_MANIFEST};
	if (path == NULL)
		q->st = COPL_E_NOMEM;
	else if (copl_path_exists(path))
		q->st =
		    copl_file_read(path, COPL_MANIFEST_MAX, q->b->r, &bytes);
	if (q->st == COPL_OK && bytes.len > 0) {
		out->length = bytes.len;
		copl_sha256_hex(
		    copl_strbuf_text(&bytes), bytes.len, out->sha256);
		copl_sha256_b64(
		    copl_strbuf_text(&bytes), bytes.len, out->sha256_b64);
		is = true;
	}
	copl_strbuf_clear(&bytes);
	return is;
}

static enum copl_status load_set(struct question *q, uint64_t version)
{
	struct copl_reporter own;
	enum copl_status st;
	char *release =
	    copl_arena_printf(q->a, "%s/%" PRIu64, q->b->o->releases, version);

	if (release == NULL)
		return COPL_E_NOMEM;
	copl_reporter_init(&own, q->b->r->sink);
	st = copl_set_load(release, q->b->project->id, q->recipient,
	    q->b->o->now, q->a, &own, &q->set);
	if (own.nomem)
		st = COPL_E_NOMEM;
	if (st == COPL_E_IO)
		copl_reporter_move(q->b->r, &own);
	copl_reporter_drop(&own);
	q->version = version;
	return st;
}

/* ---- asking ---- */

static void look(struct question *q, const struct copl_set_file *file,
    struct copl_hearing *out)
{
	const struct copl_target target = {.endpoint = q->endpoint,
	    .url = q->endpoint->url,
	    .access = &q->access,
	    .set = &q->set,
	    .now = q->b->o->now};
	const struct copl_ask ask = {.kind = COPL_ASK_LOOK, .file = file};
	const struct copl_driver *d = copl_driver_of(q->endpoint);
	struct copl_asking asking = {.q = {.access = &q->access}};
	enum copl_status st = d->ask(&target, &ask, &asking);

	if (asking.q.deadline_ms == 0)
		asking.q.deadline_ms = DEADLINE_MS;
	if (st == COPL_OK)
		st = copl_net_do(q->b->net, &asking.q, &q->answer);
	if (st == COPL_E_NOMEM)
		q->st = st;
	*out = d->hear(&target, &ask, st, &q->answer);
}

/* A folder of this computer shows its set itself. */
static struct copl_hearing look_at_folder(
    struct question *q, const struct copl_set_file *file)
{
	struct copl_strbuf now = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_hearing h = {.means = COPL_MEANS_ABSENT};
	char digest[COPL_SHA256_HEX];

	q->st = copl_install_intact(q->endpoint->folder, q->b->r, &now);
	/* It is the endpoint that cannot be asked: the others are. */
	if (q->st == COPL_E_IO) {
		q->st = COPL_OK;
		h.means = COPL_MEANS_FAILED;
	} else if (q->st == COPL_OK && now.len > 0) {
		copl_sha256_hex(copl_strbuf_text(&now), now.len, digest);
		h.means = strcmp(digest, file->sha256) == 0 ? COPL_MEANS_PROVEN
							    : COPL_MEANS_OTHER;
	}
	copl_strbuf_clear(&now);
	return h;
}

/* Which release's manifest it shows; 0 in *version: none that we know. */
static bool find_version(struct question *q, uint64_t *version)
{
	const bool folder = copl_driver_of(q->endpoint)->ask == NULL;
	struct copl_set_file file;
	struct copl_hearing h;
	size_t i;

	*version = 0;
	for (i = 0; i < q->b->nversions && q->st == COPL_OK; i++) {
		if (!manifest_of(q, q->b->versions[i], &file))
			continue;
		if (folder)
			h = look_at_folder(q, &file);
		else
			look(q, &file, &h);
		if (h.means == COPL_MEANS_FAILED)
			return false;
		if (h.means == COPL_MEANS_ABSENT)
			return true;
		if (h.means == COPL_MEANS_PROVEN) {
			*version = q->b->versions[i];
			return true;
		}
	}
	return true;
}

/* The files of its release that are there; false: it fell silent. */
static bool find_files(
    struct question *q, struct copl_ledger_fact *facts, size_t *n, bool *whole)
{
	const struct copl_driver *d = copl_driver_of(q->endpoint);
	size_t i;

	*n = 0;
	*whole = true;
	for (i = 0; i < q->set.nfiles; i++) {
		const struct copl_set_file *f = &q->set.files[i];
		struct copl_hearing h = {.means = COPL_MEANS_PROVEN};

		if (d->ask != NULL && !d->vouches)
			look(q, f, &h);
		if (h.means == COPL_MEANS_FAILED)
			return false;
		*whole &= h.means == COPL_MEANS_PROVEN;
		if (h.means == COPL_MEANS_PROVEN)
			facts[(*n)++] = (struct copl_ledger_fact){
			    f->path, f->sha256, q->version, q->b->o->now};
	}
	return true;
}

static void say_silent(struct question *q, struct copl_ledger_found *out)
{
	out->answered = false;
	out->code = "endpoint-silent";
	copl_report(q->b->r, COPL_WARNING, "endpoint-silent", q->endpoint->at,
	    _("the endpoint does not say what it holds (%s): the next push "
	      "sends it everything"),
	    *q->answer.error == '\0' ? _("no usable answer") : q->answer.error);
}

static enum copl_status ask(struct question *q, struct copl_ledger_found *out)
{
	struct copl_ledger_fact *facts;
	uint64_t version;
	bool whole = false;
	enum copl_status st;
	size_t n = 0;

	st = copl_access_make(
	    q->b->secrets, q->endpoint, false, q->b->r, &q->access);
	if (st == COPL_E_NOMEM)
		return st;
	if (st != COPL_OK || !find_version(q, &version))
		goto silent;
	if (q->st != COPL_OK)
		return q->st;
	out->answered = true;
	st = version == 0 ? COPL_E_NOTFOUND : load_set(q, version);
	/* A release that is not sound here proves nothing there. */
	if (st != COPL_OK)
		return st == COPL_E_NOMEM || st == COPL_E_IO ? st : COPL_OK;
	facts = copl_arena_alloc(q->a, (q->set.nfiles + 1) * sizeof(*facts));
	if (facts == NULL)
		return COPL_E_NOMEM;
	if (!find_files(q, facts, &n, &whole))
		goto silent;
	out->facts = facts;
	out->nfacts = n;
	/* Their paths must outlive the set. */
	for (n = 0; n < out->nfacts; n++) {
		facts[n].path = copl_arena_strdup(q->a, facts[n].path);
		if (facts[n].path == NULL)
			return COPL_E_NOMEM;
	}
	if (whole) {
		out->version = version;
		out->seal = q->set.files[q->set.nfiles - 1].sha256;
	}
	return q->st;
silent:
	if (q->st == COPL_OK)
		say_silent(q, out);
	return q->st;
}

static void tell_found(const struct rebuilding *b,
    const struct copl_endpoint *e, const struct copl_ledger_found *f)
{
	char version[24] = "", files[24], text[200];
	const struct copl_field fields[] = {{"endpoint", e->id},
	    {"url", e->url}, {"holds", version}, {"files", files}};

	if (f->version != 0)
		snprintf(version, sizeof(version), "%" PRIu64, f->version);
	snprintf(files, sizeof(files), "%zu", f->nfacts);
	if (f->version != 0)
		snprintf(
		    text, sizeof(text), _("holds release %s whole"), version);
	else if (f->nfacts > 0)
		snprintf(text, sizeof(text),
		    _("holds %zu files of a release, not all"), f->nfacts);
	else
		snprintf(text, sizeof(text), "%s",
		    f->answered ? _("holds no release of this folder")
				: _("does not answer"));
	copl_tell(
	    b->r, "found", fields, COPL_COUNT(fields), "%s: %s", e->id, text);
}

static enum copl_status on_task(void *arg, const struct copl_ledger_task *t,
    struct copl_arena *a, struct copl_reporter *r,
    struct copl_ledger_found *out)
{
	struct rebuilding *b = arg;
	const size_t i = (size_t)(t - b->tasks);
	struct question q = {.b = b,
	    .endpoint = b->endpoints[i],
	    .recipient = b->recipients[i]->id,
	    .a = a};
	enum copl_status st = ask(&q, out);

	(void)r;
	copl_net_answer_clear(&q.answer);
	copl_set_clear(&q.set);
	if (st != COPL_OK)
		return st;
	b->whole += out->version != 0;
	b->part += out->answered && out->version == 0;
	b->silent += !out->answered;
	tell_found(b, q.endpoint, out);
	return COPL_OK;
}

/* ---- the whole ---- */

static enum copl_status list_tasks(struct rebuilding *b)
{
	const struct copl_project *p = b->project;
	size_t n = 0, i, k;

	for (i = 0; i < p->nrecipients; i++)
		n += p->recipients[i].nendpoints;
	b->tasks = copl_arena_alloc(b->arena, (n + 1) * sizeof(*b->tasks));
	b->endpoints =
	    copl_arena_alloc(b->arena, (n + 1) * sizeof(*b->endpoints));
	b->recipients =
	    copl_arena_alloc(b->arena, (n + 1) * sizeof(*b->recipients));
	if (b->tasks == NULL || b->endpoints == NULL || b->recipients == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < p->nrecipients; i++)
		for (k = 0; k < p->recipients[i].nendpoints; k++) {
			/* Switched off: nobody asks it anything. */
			if (p->recipients[i].endpoints[k].disabled)
				continue;
			b->recipients[b->n] = &p->recipients[i];
			b->endpoints[b->n] = &p->recipients[i].endpoints[k];
			b->tasks[b->n].endpoint = b->endpoints[b->n]->id;
			b->tasks[b->n].url = b->endpoints[b->n]->url;
			b->n++;
		}
	return COPL_OK;
}

static void tell_end(const struct rebuilding *b)
{
	char n[4][24];
	const struct copl_field fields[] = {{"endpoints", n[0]},
	    {"whole", n[1]}, {"part", n[2]}, {"silent", n[3]}};

	snprintf(n[0], sizeof(n[0]), "%zu", b->n);
	snprintf(n[1], sizeof(n[1]), "%zu", b->whole);
	snprintf(n[2], sizeof(n[2]), "%zu", b->part);
	snprintf(n[3], sizeof(n[3]), "%zu", b->silent);
	copl_tell(b->r, "rebuilt", fields, COPL_COUNT(fields),
	    _("endpoints: %s; hold a whole release: %s, hold none: %s, do not "
	      "answer: %s; nothing was sent"),
	    n[0], n[1], n[2], n[3]);
}

static enum copl_status open_ledger(struct rebuilding *b)
{
	const char *moved = NULL;
	enum copl_status st = copl_ledger_open_to_rebuild(
	    b->o->ledger, b->o->now, b->arena, b->r, &b->ledger, &moved);
	const struct copl_field fields[] = {
	    {"path", moved == NULL ? "" : moved}};

	if (moved != NULL)
		copl_tell(b->r, "moved", fields, COPL_COUNT(fields),
		    _("the damaged ledger is kept as %s"), moved);
	return st;
}

static enum copl_status rebuild(struct rebuilding *b)
{
	char worker[COPL_LEDGER_WORKER];
	const struct copl_ledger_rebuilding how = {
	    worker, b->o->now, on_task, b};
	enum copl_status st = list_releases(b);

	copl_ledger_worker(worker);
	if (st == COPL_OK)
		st = list_tasks(b);
	if (st == COPL_OK)
		st = copl_net_open(&b->net);
	if (st == COPL_OK)
		st = copl_secrets_new(&b->secrets);
	if (st == COPL_OK)
		st = open_ledger(b);
	if (st == COPL_OK)
		st = copl_ledger_rebuild(b->ledger, &how, b->tasks, b->n, b->r);
	if (st == COPL_OK)
		tell_end(b);
	copl_ledger_close(b->ledger);
	copl_net_close(b->net);
	copl_secrets_free(b->secrets);
	return st == COPL_OK && b->silent > 0 ? COPL_E_INCOMPLETE : st;
}

/* The lock of a push, which must not run meanwhile; a file's only. */
static enum copl_status lock(struct rebuilding *b, int *out)
{
	char *path;

	if (copl_ledger_is_shared(b->o->ledger))
		return COPL_OK;
	path = copl_arena_printf(b->arena, "%s.lock", b->o->ledger);
	return path == NULL ? COPL_E_NOMEM : copl_lock_take(path, b->r, out);
}

enum copl_status copl_deliveries_rebuild(
    const struct copl_rebuild_options *options, const struct copl_sink *sink)
{
	struct copl_project *project = NULL;
	struct copl_reporter r;
	struct rebuilding b = {.o = options, .r = &r};
	enum copl_status st;
	int held = -1;

	copl_reporter_init(&r, sink);
	b.arena = copl_arena_new();
	st = b.arena == NULL ? COPL_E_NOMEM
			     : copl_project_load(options->dir, &r, &project);
	b.project = project;
	if (st == COPL_OK)
		st = lock(&b, &held);
	if (st == COPL_OK)
		st = rebuild(&b);
	copl_lock_release(held);
	copl_project_free(project);
	copl_arena_free(b.arena);
	return copl_reporter_end(&r, st);
}
