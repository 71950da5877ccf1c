/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "deliver/push_priv.h"
#include "net/net.h"

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

static void check_name(const struct pushing *p, const char *id)
{
	const struct copl_endpoint *e = find_endpoint(p->project, id);

	if (e == NULL)
		copl_report(p->r, COPL_ERROR, "endpoint-unknown",
		    (struct copl_place){p->options->dir, 0, 0},
		    _("the project has no endpoint \"%s\""), id);
	else if (e->disabled)
		copl_report(p->r, COPL_ERROR, "endpoint-disabled", e->at,
		    _("the endpoint \"%s\" is switched off in the project: "
		      "take disabled away to send to it"),
		    id);
}

static void check_address(
    const struct pushing *p, const struct copl_endpoint *e)
{
	const struct copl_net_access access = {.private_ok = e->private_ok,
	    .cleartext_ok = e->cleartext_ok,
	    .proxy = p->options->proxy};

	if (e->driver == COPL_DRIVER_DIR ||
	    !copl_net_access_check(e->url, &access, e->at, p->r))
		return;
	if (e->url[strlen(e->url) - 1] != '/')
		copl_report(p->r, COPL_ERROR, "url-no-slash", e->at,
		    _("the address of an endpoint must end with \"/\""));
}

/* Every address and name is looked at before anything is sent. */
static enum copl_status check_endpoints(struct pushing *p)
{
	size_t i, k, before = p->r->errors;

	for (i = 0; i < p->options->nto; i++)
		check_name(p, p->options->to[i]);
	for (i = 0; i < p->project->nrecipients; i++) {
		const struct copl_recipient *to = &p->project->recipients[i];

		for (k = 0; k < to->nendpoints; k++)
			if (push_wants(p->options, &to->endpoints[k]))
				check_address(p, &to->endpoints[k]);
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
			wanted |= push_wants(p->options, &to->endpoints[k]);
		if (!wanted)
			continue;
		one = copl_set_load(p->options->release, project->id, to->id,
		    p->options->now, p->arena, p->r, &p->sets[i]);
		if (one == COPL_E_NOMEM)
			return one;
		if (one != COPL_OK && st != COPL_E_TRUST)
			st = one;
		/* All sets of a release have its number. */
		if (one == COPL_OK)
			p->version = p->sets[i].manifest->version;
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

static enum copl_status open_ledger(struct pushing *p)
{
	const struct copl_push_options *o = p->options;
	const char *where = o->ledger;

	copl_ledger_worker(p->worker);
	if (!o->dry_run)
		return copl_ledger_open(where, p->r, &p->ledger);
	/* A dry run leaves no trace, not even an empty ledger. */
	if (!p->shared && !copl_path_exists(where))
		return copl_ledger_open(NULL, p->r, &p->ledger);
	return copl_ledger_open_to_read(where, p->r, &p->ledger);
}

static enum copl_status outcome(const struct pushing *p)
{
	if (p->count[SPOT_REFUSED] + p->count[SPOT_GONE] > 0)
		return COPL_E_REFUSED;
	return p->count[SPOT_DELIVERED] + p->count[SPOT_UNCHANGED] == p->nspots
		   ? COPL_OK
		   : COPL_E_INCOMPLETE;
}

static enum copl_status push_all(struct pushing *p)
{
	enum copl_status st = roster_sort(p);

	if (st == COPL_OK)
		st = roster_enlist(p);
	if (st == COPL_OK && p->count[SPOT_NEW] > 0)
		st = push_run(p);
	if (st != COPL_OK)
		return st;
	tell_end(p);
	return outcome(p);
}

static enum copl_status push(struct pushing *p)
{
	enum copl_status st = check_endpoints(p);

	if (st == COPL_OK)
		st = load_sets(p);
	if (st == COPL_OK)
		st = check_draft(p);
	if (st == COPL_OK)
		st = open_ledger(p);
	if (st == COPL_OK)
		st = roster_make(p);
	if (st != COPL_OK)
		return st;
	return p->options->dry_run ? push_dry_run(p) : push_all(p);
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

/* copl_push() for a project that is loaded. */
static enum copl_status deliver(const struct copl_project *project,
    const struct copl_push_options *options, struct copl_reporter *r)
{
	struct pushing p = {.project = project, .options = options, .r = r};
	enum copl_status st = COPL_E_NOMEM;
	int held = -1;
	size_t i;

	p.began_ms = copl_net_clock_ms();
	p.shared = copl_ledger_is_shared(options->ledger);
	p.arena = copl_arena_new();
	if (p.arena == NULL)
		goto out;
	st = COPL_OK;
	/* Many share a database; a file is one's own. */
	if (!options->dry_run && !p.shared)
		st = lock(options->ledger, p.arena, r, &held);
	if (st == COPL_OK)
		st = push(&p);
	for (i = 0; p.sets != NULL && i < project->nrecipients; i++)
		copl_set_clear(&p.sets[i]);
out:
	copl_map_free(&p.ids);
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
		st = deliver(project, options, &r);
	copl_project_free(project);
	return copl_reporter_end(&r, st);
}
