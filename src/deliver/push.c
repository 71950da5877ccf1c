/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "deliver/deliver.h"
#include "net/net.h"

struct tally {
	size_t endpoints;
	size_t delivered;
	size_t unchanged;
	size_t waiting;
	size_t refused;
};

struct pushing {
	const struct copl_project *project;
	const struct copl_push_options *options;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_ledger *ledger;
	struct copl_set *sets; /* one a recipient, empty when not needed */
	struct tally n;
};

static bool is_wanted(
    const struct copl_push_options *o, const struct copl_endpoint *e)
{
	size_t i;

	for (i = 0; i < o->nto; i++)
		if (strcmp(o->to[i], e->id) == 0)
			return true;
	return o->nto == 0;
}

static const struct copl_endpoint *find_endpoint(
    const struct copl_project *p, const char *id)
{
	size_t i, k;

	for (i = 0; i < p->nrecipients; i++)
		for (k = 0; k < p->recipients[i].nendpoints; k++)
			if (strcmp(p->recipients[i].endpoints[k].id, id) == 0)
				return &p->recipients[i].endpoints[k];
	return NULL;
}

static void check_names(const struct pushing *p)
{
	size_t i;

	for (i = 0; i < p->options->nto; i++)
		if (find_endpoint(p->project, p->options->to[i]) == NULL)
			copl_report(p->r, COPL_ERROR, "endpoint-unknown",
			    (struct copl_place){p->options->dir, 0, 0},
			    _("the project has no endpoint \"%s\""),
			    p->options->to[i]);
}

/* Every address and name is looked at before anything is sent. */
static enum copl_status check_endpoints(struct pushing *p)
{
	size_t i, k, before = p->r->errors;

	check_names(p);
	for (i = 0; i < p->project->nrecipients; i++) {
		const struct copl_recipient *to = &p->project->recipients[i];

		for (k = 0; k < to->nendpoints; k++) {
			const struct copl_endpoint *e = &to->endpoints[k];

			if (!is_wanted(p->options, e))
				continue;
			p->n.endpoints++;
			if (!copl_net_url_check(e->url, e->at, p->r))
				continue;
			if (e->url[strlen(e->url) - 1] != '/')
				copl_report(p->r, COPL_ERROR, "url-no-slash",
				    e->at,
				    _("the address of an endpoint must end "
				      "with \"/\""));
		}
	}
	return p->r->errors > before ? COPL_E_INVALID : COPL_OK;
}

static enum copl_status check_release(const struct pushing *p)
{
	const char *release = p->options->release;

	if (copl_path_exists(release))
		return COPL_OK;
	copl_report(p->r, COPL_ERROR, "release-missing",
	    (struct copl_place){release, 0, 0},
	    _("there is no such release: cop-l10n build makes one; a draft is "
	      "sent by cop-l10n push --draft"));
	return COPL_E_IO;
}

/* All sets are verified before the first byte goes anywhere. */
static enum copl_status load_sets(struct pushing *p)
{
	const struct copl_project *project = p->project;
	enum copl_status st = check_release(p), one;
	size_t i, k;

	if (st != COPL_OK)
		return st;
	p->sets = copl_arena_alloc(
	    p->arena, (project->nrecipients + 1) * sizeof(*p->sets));
	if (p->sets == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < project->nrecipients; i++) {
		const struct copl_recipient *to = &project->recipients[i];
		bool wanted = false;

		for (k = 0; k < to->nendpoints; k++)
			wanted |= is_wanted(p->options, &to->endpoints[k]);
		if (!wanted)
			continue;
		one = copl_set_load(p->options->release, project->id, to->id,
		    p->options->now, p->arena, p->r, &p->sets[i]);
		if (one == COPL_E_NOMEM)
			return one;
		if (one != COPL_OK && st != COPL_E_TRUST)
			st = one;
	}
	return st;
}

static const struct copl_manifest *find_draft(const struct pushing *p)
{
	size_t i;

	for (i = 0; i < p->project->nrecipients; i++)
		if (p->sets[i].manifest != NULL && p->sets[i].manifest->draft)
			return p->sets[i].manifest;
	return NULL;
}

/* A draft goes nowhere unless somebody says that they mean it. */
static enum copl_status check_draft(const struct pushing *p)
{
	const struct copl_manifest *m = find_draft(p);
	char version[24];
	const struct copl_field fields[] = {{"version", version}};

	if (m == NULL)
		return COPL_OK;
	snprintf(version, sizeof(version), "%" PRIu64, m->version);
	if (p->options->draft) {
		copl_tell(p->r, "draft", fields, COPL_COUNT(fields),
		    _("release %s is a draft for testing: its pages ask "
		      "people not to answer"),
		    version);
		return COPL_OK;
	}
	copl_report(p->r, COPL_ERROR, "push-draft",
	    (struct copl_place){p->options->release, 0, 0},
	    _("release %s is a draft for testing, so it is not sent: cop-l10n "
	      "push --draft sends a draft, to endpoints that are for tests"),
	    version);
	return COPL_E_INVALID;
}

/* One endpoint's turn. */
struct turn {
	const struct copl_set *set;
	const struct copl_endpoint *endpoint;
	bool *send;
	size_t planned;
	uint64_t bytes;
	struct copl_sent sent;
};

static enum copl_status plan(struct pushing *p, struct turn *t)
{
	struct copl_ledger_fact *facts = NULL;
	enum copl_status st;
	size_t n = 0, i;

	t->send = copl_arena_alloc(p->arena, t->set->nfiles + 1);
	if (t->send == NULL)
		return COPL_E_NOMEM;
	st = copl_ledger_facts(p->ledger, t->endpoint->id, t->endpoint->url,
	    p->arena, p->r, &facts, &n);
	if (st != COPL_OK)
		return st;
	t->planned = copl_plan(t->set, facts, n, t->send);
	for (i = 0; i < t->set->nfiles; i++)
		if (t->send[i])
			t->bytes += t->set->files[i].length;
	return COPL_OK;
}

static void tell(const struct pushing *p, const struct turn *t,
    const char *kind, size_t files, uint64_t bytes, const char *sentence)
{
	char version[24], count[24], size[24], requests[24];
	const struct copl_field fields[] = {{"endpoint", t->endpoint->id},
	    {"recipient", t->set->recipient}, {"url", t->endpoint->url},
	    {"version", version}, {"files", count}, {"bytes", size},
	    {"requests", requests},
	    {"reason", t->sent.code == NULL ? "" : t->sent.code}};

	snprintf(
	    version, sizeof(version), "%" PRIu64, t->set->manifest->version);
	snprintf(count, sizeof(count), "%zu", files);
	snprintf(size, sizeof(size), "%" PRIu64, bytes);
	snprintf(requests, sizeof(requests), "%u", t->sent.requests);
	copl_tell(p->r, kind, fields, COPL_COUNT(fields), "%s: %s",
	    t->endpoint->id, sentence);
}

static void tell_outcome(struct pushing *p, const struct turn *t)
{
	char text[256];

	switch (t->sent.outcome) {
	case COPL_DELIVERED:
		p->n.delivered++;
		snprintf(text, sizeof(text),
		    _("holds release %" PRIu64 " now (%zu files sent, manifest "
		      "read back)"),
		    t->set->manifest->version, t->sent.files);
		tell(p, t, "delivered", t->sent.files, t->sent.bytes, text);
		return;
	case COPL_WAITING:
		p->n.waiting++;
		tell(p, t, "waiting", t->sent.files, t->sent.bytes,
		    _("waits for the next push"));
		return;
	case COPL_REFUSED:
		break;
	}
	p->n.refused++;
	tell(p, t, "refused", t->sent.files, t->sent.bytes,
	    _("refuses the release"));
}

static enum copl_status record(struct pushing *p, const struct turn *t)
{
	static const char *const statuses[] = {[COPL_DELIVERED] = "delivered",
	    [COPL_WAITING] = "waiting",
	    [COPL_REFUSED] = "refused"};
	const struct copl_set *set = t->set;
	struct copl_ledger_standing s = {.endpoint = t->endpoint->id,
	    .url = t->endpoint->url,
	    .status = statuses[t->sent.outcome],
	    .reason = t->sent.code,
	    .version = set->manifest->version,
	    .at = p->options->now};
	struct copl_ledger_fact *facts;
	size_t i;

	if (t->sent.outcome != COPL_DELIVERED)
		return copl_ledger_record(p->ledger, &s, NULL, 0, p->r);
	facts = copl_arena_alloc(p->arena, set->nfiles * sizeof(*facts));
	if (facts == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < set->nfiles; i++)
		facts[i] = (struct copl_ledger_fact){
		    set->files[i].path, set->files[i].sha256, s.version, s.at};
	return copl_ledger_record(p->ledger, &s, facts, set->nfiles, p->r);
}

static enum copl_status serve_endpoint(struct pushing *p, struct turn *t)
{
	const struct copl_sending how = {.set = t->set,
	    .url = t->endpoint->url,
	    .at = t->endpoint->at,
	    .attempts = p->options->attempts};
	struct copl_sending sending = how;
	enum copl_status st = plan(p, t);
	char text[256];

	if (st != COPL_OK)
		return st;
	if (t->planned == 0) {
		p->n.unchanged++;
		snprintf(text, sizeof(text),
		    _("holds release %" PRIu64 " already"),
		    t->set->manifest->version);
		tell(p, t, "unchanged", 0, 0, text);
		return COPL_OK;
	}
	snprintf(text, sizeof(text),
	    _("gets %zu files of release %" PRIu64 " (%" PRIu64 " bytes)"),
	    t->planned, t->set->manifest->version, t->bytes);
	tell(p, t, "plan", t->planned, t->bytes, text);
	if (p->options->dry_run)
		return COPL_OK;
	sending.send = t->send;
	st = copl_send(&sending, p->r, &t->sent);
	if (st == COPL_OK)
		st = record(p, t);
	if (st == COPL_OK)
		tell_outcome(p, t);
	return st;
}

static enum copl_status serve_all(struct pushing *p)
{
	size_t i, k;

	for (i = 0; i < p->project->nrecipients; i++) {
		const struct copl_recipient *to = &p->project->recipients[i];

		for (k = 0; k < to->nendpoints; k++) {
			struct turn t = {
			    .set = &p->sets[i], .endpoint = &to->endpoints[k]};
			enum copl_status st;

			if (!is_wanted(p->options, t.endpoint))
				continue;
			st = serve_endpoint(p, &t);
			if (st != COPL_OK)
				return st;
		}
	}
	return COPL_OK;
}

static void tell_end(const struct pushing *p)
{
	char n[5][24];
	const struct copl_field fields[] = {{"endpoints", n[0]},
	    {"delivered", n[1]}, {"unchanged", n[2]}, {"waiting", n[3]},
	    {"refused", n[4]}};

	snprintf(n[0], sizeof(n[0]), "%zu", p->n.endpoints);
	snprintf(n[1], sizeof(n[1]), "%zu", p->n.delivered);
	snprintf(n[2], sizeof(n[2]), "%zu", p->n.unchanged);
	snprintf(n[3], sizeof(n[3]), "%zu", p->n.waiting);
	snprintf(n[4], sizeof(n[4]), "%zu", p->n.refused);
	copl_tell(p->r, "pushed", fields, COPL_COUNT(fields),
	    _("endpoints: %s; delivered now: %s, held it already: %s, wait: "
	      "%s, refused: %s"),
	    n[0], n[1], n[2], n[3], n[4]);
}

static enum copl_status push(struct pushing *p)
{
	const struct copl_push_options *o = p->options;
	enum copl_status st = check_endpoints(p);

	if (st == COPL_OK)
		st = load_sets(p);
	if (st == COPL_OK)
		st = check_draft(p);
	if (st != COPL_OK)
		return st;
	/* A dry run leaves no trace, not even an empty ledger. */
	st = copl_ledger_open(
	    o->dry_run && !copl_path_exists(o->ledger) ? NULL : o->ledger, p->r,
	    &p->ledger);
	if (st == COPL_OK)
		st = serve_all(p);
	if (st != COPL_OK)
		return st;
	if (!o->dry_run)
		tell_end(p);
	if (p->n.refused > 0)
		return COPL_E_REFUSED;
	return p->n.waiting > 0 ? COPL_E_INCOMPLETE : COPL_OK;
}

static enum copl_status lock(
    const char *ledger, struct copl_arena *a, struct copl_reporter *r, int *out)
{
	char *path = copl_arena_strdup(a, ledger);
	enum copl_status st = COPL_OK;
	char *slash;

	if (path == NULL)
		return COPL_E_NOMEM;
	slash = strrchr(path, '/');
	if (slash != NULL && slash != path) {
		*slash = '\0';
		st = copl_dir_make(path, r);
	}
	if (st != COPL_OK)
		return st;
	path = copl_arena_printf(a, "%s.lock", ledger);
	return path == NULL ? COPL_E_NOMEM : copl_lock_take(path, r, out);
}

enum copl_status copl_deliver(const struct copl_project *project,
    const struct copl_push_options *options, struct copl_reporter *r)
{
	struct pushing p = {.project = project, .options = options, .r = r};
	enum copl_status st = COPL_E_NOMEM;
	int held = -1;
	size_t i;

	p.arena = copl_arena_new();
	if (p.arena == NULL)
		goto out;
	st = COPL_OK;
	if (!options->dry_run)
		st = lock(options->ledger, p.arena, r, &held);
	if (st == COPL_OK)
		st = push(&p);
	for (i = 0; p.sets != NULL && i < project->nrecipients; i++)
		copl_set_clear(&p.sets[i]);
out:
	copl_ledger_close(p.ledger);
	copl_lock_release(held);
	copl_arena_free(p.arena);
	return st;
}

enum copl_status copl_push(
    const struct copl_push_options *options, const struct copl_sink *sink)
{
	struct copl_project *project = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_project_load(options->dir, &r, &project);
	if (st == COPL_OK)
		st = copl_deliver(project, options, &r);
	copl_project_free(project);
	return copl_reporter_end(&r, st);
}
