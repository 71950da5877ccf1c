/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "deliver/access.h"
#include "deliver/driver.h"
#include "deliver/endpoints.h"
#include "deliver/said.h"

#define AT_ONCE 16
#define ANSWER_MS 30000
/* More than that makes signatures and expiry go wrong. */
#define SKEW_S 300

/* One endpoint that is being asked. */
struct probe {
	const struct copl_chosen *one; /* NULL: nobody */
	struct copl_line *line;
	struct copl_net_access access;
	struct copl_target target;
	struct copl_ask ask;
	struct copl_asking asking;
	struct copl_net_answer answer;
	bool options; /* the manifest was asked for already */
	bool token; /* and what it takes as well */
	char holds[64];
};

/* How an endpoint is. */
struct outcome {
	const char *state; /* NULL: not known yet */
	const char *holds;
	const char *allow;
	const char *peer;
};

struct probing {
	struct copl_choice *c;
	struct copl_secrets *secrets;
	struct copl_engine *engine;
	struct probe *probes;
	struct copl_set_file manifest;
	size_t next; /* of the choice */
	struct outcome *outcomes; /* one an endpoint of the choice */
	size_t told; /* so many of them */
	enum copl_status worst;
};

/* ---- what came out ---- */

static void tell(
    struct probing *p, const struct outcome *out, const struct copl_chosen *one)
{
	const struct copl_field fields[] = {{"endpoint", one->e->id},
	    {"recipient", one->to->id},
	    {"driver", copl_driver_name(one->e->driver)}, {"state", out->state},
	    {"holds", out->holds}, {"allow", out->allow}, {"peer", out->peer},
	    {"url", one->e->url}};

	copl_tell(p->c->r, "checked", fields, COPL_COUNT(fields), "%s %s",
	    one->e->id, out->state);
}

static const char *keep(struct probing *p, const char *s)
{
	const char *copy = copl_arena_strdup(p->c->arena, s);

	if (copy == NULL)
		p->c->r->nomem = true;
	return copy;
}

/* Told in the order of the project, whoever answers first. */
static void done(struct probing *p, const struct copl_chosen *one,
    const char *state, const struct probe *b)
{
	p->outcomes[one - p->c->list] = (struct outcome){.state = state,
	    .holds = b == NULL ? "" : keep(p, b->holds),
	    .allow = b == NULL ? "" : keep(p, b->answer.allow),
	    .peer = b == NULL ? "" : keep(p, b->answer.peer)};
	while (!p->c->r->nomem && p->told < p->c->n &&
	       p->outcomes[p->told].state != NULL) {
		tell(p, &p->outcomes[p->told], &p->c->list[p->told]);
		p->told++;
	}
}

/* What somebody must look into outweighs what time may heal. */
static void note(struct probing *p, enum copl_status st)
{
	if (p->worst == COPL_OK || st == COPL_E_REFUSED)
		p->worst = st;
}

static void wrong(struct probing *p, const struct copl_chosen *one,
    const char *code, const char *text)
{
	copl_report(p->c->r, COPL_ERROR, code, one->e->at, "%s", text);
}

struct fault {
	const char *state;
	const char *code;
	bool heals; /* with time, or by what is done here */
};

static const struct fault faults[] = {
    [COPL_TRY_DONE] = {"refused", "endpoint-refused", false},
    [COPL_TRY_REFUSED] = {"refused", "endpoint-refused", false},
    [COPL_TRY_AUTH] = {"auth", "endpoint-auth", false},
    [COPL_TRY_CONFLICT] = {"refused", "endpoint-refused", false},
    [COPL_TRY_GONE] = {"gone", "endpoint-gone", false},
    [COPL_TRY_MOVED] = {"moved", "endpoint-moved", false},
    [COPL_TRY_BUSY] = {"busy", "endpoint-busy", true},
    [COPL_TRY_UNREACHABLE] = {"unreachable", "endpoint-unreachable", true},
    [COPL_TRY_UNSAFE] = {"unsafe", "endpoint-tls", true},
    [COPL_TRY_LOCAL] = {"local", "endpoint-local", true},
};

/* What a sentence says of an address that gave no answer. */
static int put_silent(enum copl_attempt how, const char *url, const char *said,
    char *out, size_t room)
{
	if (how == COPL_TRY_UNSAFE)
		return snprintf(out, room,
		    _("%s cannot prove who it is (%s): a push would send "
		      "nothing there"),
		    url, said);
	if (how == COPL_TRY_LOCAL)
		return snprintf(out, room,
		    _("%s was not asked, because this computer lacks "
		      "something for it (%s)"),
		    url, said);
	return snprintf(out, room, _("%s cannot be reached (%s)"), url, said);
}

/* The sentence about an address and what is said there. */
static int put_fault(enum copl_attempt how, const char *url, const char *said,
    char *out, size_t room)
{
	switch (how) {
	case COPL_TRY_AUTH:
		return snprintf(out, room,
		    _("%s does not accept who we say we are (%s): look "
		      "whether its user and its secret are still the right "
		      "ones"),
		    url, said);
	case COPL_TRY_MOVED:
		return snprintf(out, room,
		    _("%s answers that it has moved (%s): ask whoever runs it "
		      "and correct the address in the project"),
		    url, said);
	case COPL_TRY_GONE:
		return snprintf(out, room,
		    _("%s says that it is given up for good (%s): ask the "
		      "recipient where the forms should go"),
		    url, said);
	case COPL_TRY_BUSY:
		return snprintf(out, room,
		    _("%s is not able to answer now (%s): try again later"),
		    url, said);
	case COPL_TRY_UNREACHABLE:
	case COPL_TRY_UNSAFE:
	case COPL_TRY_LOCAL:
		return put_silent(how, url, said, out, room);
	case COPL_TRY_REFUSED:
	case COPL_TRY_CONFLICT:
	case COPL_TRY_DONE:
		break;
	}
	return snprintf(
	    out, room, _("%s refuses (%s): ask whoever runs it"), url, said);
}

/* The status and what the other side says, or what the transport says. */
static void say(const struct probe *b, char *out, size_t room)
{
	char said[COPL_SAID_SIZE];

	if (b->answer.status == 0) {
		snprintf(out, room, "%s", b->answer.error);
		return;
	}
	copl_said(&b->answer, said);
	snprintf(out, room, _("status %ld%s"), b->answer.status, said);
}

static void fail(struct probing *p, struct probe *b, enum copl_attempt how)
{
	const struct fault *f = &faults[how];
	char text[2048], said[512];

	say(b, said, sizeof(said));
	put_fault(how, b->one->e->url, said, text, sizeof(text));
	wrong(p, b->one, f->code, text);
	done(p, b->one, f->state, b);
	note(p, f->heals ? COPL_E_INCOMPLETE : COPL_E_REFUSED);
}

static void check_clock(struct probing *p, const struct probe *b)
{
	int64_t skew = b->answer.date - p->c->o->now;
	char theirs[COPL_INSTANT_SIZE], ours[COPL_INSTANT_SIZE];

	if (b->answer.date == 0 || (skew < SKEW_S && skew > -SKEW_S))
		return;
	copl_instant_format(b->answer.date, theirs);
	copl_instant_format(p->c->o->now, ours);
	copl_report(p->c->r, COPL_WARNING, "endpoint-clock", b->one->e->at,
	    _("the clock of %s says %s and ours %s: one of the two is wrong"),
	    b->one->e->url, theirs, ours);
}

/* ---- folders ---- */

static void check_folder(struct probing *p, const struct copl_chosen *one)
{
	const char *folder = one->e->folder;
	char text[1200];

	if (copl_path_exists(folder) && access(folder, W_OK | X_OK) == 0) {
		done(p, one, "ok", NULL);
		return;
	}
	if (copl_path_exists(folder))
		snprintf(text, sizeof(text),
		    _("nothing can be written to the folder %s: give its "
		      "rights to whoever pushes"),
		    folder);
	else
		snprintf(text, sizeof(text),
		    _("the folder %s is not there: make it, or connect the "
		      "drive on which it is"),
		    folder);
	wrong(p, one, "endpoint-no-folder", text);
	done(p, one, "no-folder", NULL);
	note(p, COPL_E_INCOMPLETE);
}

/* ---- asking ---- */

/* Which release it shows. */
static void read_manifest(struct probing *p, struct probe *b)
{
	struct copl_manifest *m = NULL;
	struct copl_reporter quiet;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	st = copl_manifest_read(copl_strbuf_text(&b->answer.body),
	    b->answer.body.len, NULL, &quiet, &m);
	if (st == COPL_OK && strcmp(m->project, p->c->project->id) == 0)
		snprintf(b->holds, sizeof(b->holds), "%" PRIu64, m->version);
	else
		snprintf(b->holds, sizeof(b->holds), "%s", "other");
	copl_manifest_free(m);
	copl_reporter_drop(&quiet);
}

static enum copl_status ask_manifest(struct probing *p, struct probe *b)
{
	memset(&b->asking, 0, sizeof(b->asking));
	b->ask = (struct copl_ask){.kind = COPL_ASK_LOOK, .file = &p->manifest};
	b->asking.q.access = &b->access;
	b->asking.q.answer_ms = ANSWER_MS;
	return copl_driver_of(b->one->e)->ask(&b->target, &b->ask, &b->asking);
}

/* What it takes, and whether it takes it from us. */
static void ask_options(struct probe *b)
{
	memset(&b->asking, 0, sizeof(b->asking));
	b->options = true;
	b->asking.q = (struct copl_net_request){.method = "OPTIONS",
	    .url = b->target.url,
	    .max_answer = COPL_HEARING_MAX,
	    .deadline_ms = ANSWER_MS,
	    .answer_ms = ANSWER_MS,
	    .last = true,
	    .access = &b->access};
}

/*
 * cop-l10n serve asks who we are when something is put.  This is put nowhere:
 * nothing has that ETag, and nothing is no file of a set.
 */
static void ask_token(struct probe *b)
{
	b->token = true;
	snprintf(
	    b->asking.url, sizeof(b->asking.url), "%scheck", b->target.url);
	b->asking.headers[0] = (struct copl_net_header){"If-Match", "\"none\""};
	b->asking.q.headers = b->asking.headers;
	b->asking.q.nheaders = 1;
	b->asking.q.method = "PUT";
	b->asking.q.url = b->asking.url;
	b->asking.q.body = "";
}

static bool is_office(const struct probe *b)
{
	const struct copl_net_answer *a = &b->answer;

	return b->one->e->driver == COPL_DRIVER_OFFICE && a->status == 405 &&
	       strstr(a->allow, "PUT") != NULL &&
	       strncmp(a->content_type, "application/problem+json", 24) == 0;
}

/* false: the answer to the manifest says that there is trouble. */
static bool hear_manifest(
    struct probing *p, struct probe *b, enum copl_status st)
{
	struct copl_hearing h = copl_driver_of(b->one->e)->hear(
	    &b->target, &b->ask, st, &b->answer);

	if (h.means == COPL_MEANS_FAILED && st == COPL_OK &&
	    h.attempt == COPL_TRY_REFUSED &&
	    b->one->e->driver != COPL_DRIVER_S3)
		return true; /* it may show nothing and still take things */
	if (h.means == COPL_MEANS_FAILED) {
		fail(p, b, h.attempt);
		return false;
	}
	if (h.means != COPL_MEANS_ABSENT && b->answer.status == 200)
		read_manifest(p, b);
	check_clock(p, b);
	return true;
}

/* Servers that know no OPTIONS say so only to whom they would let in. */
static void hear_options(
    struct probing *p, struct probe *b, enum copl_status st)
{
	enum copl_attempt how = copl_net_attempt(st, &b->answer);

	if (st == COPL_OK && b->answer.status == 403)
		how = COPL_TRY_AUTH;
	if (st == COPL_OK &&
	    (how == COPL_TRY_REFUSED || how == COPL_TRY_CONFLICT ||
		b->answer.status == 501))
		how = COPL_TRY_DONE;
	if (how == COPL_TRY_DONE)
		done(p, b->one, "ok", b);
	else
		fail(p, b, how);
}

/* The next step of this endpoint; false: there is none. */
static bool go_on(struct probing *p, struct probe *b, enum copl_status st)
{
	if (b->options && !b->token && st == COPL_OK && is_office(b) &&
	    b->access.auth != COPL_AUTH_NONE) {
		ask_token(b);
		return true;
	}
	if (b->options) {
		hear_options(p, b, st);
		return false;
	}
	if (!hear_manifest(p, b, st))
		return false;
	if (b->one->e->driver == COPL_DRIVER_S3) {
		done(p, b->one, "ok", b);
		return false;
	}
	ask_options(b);
	return true;
}

static enum copl_status start(struct probe *b)
{
	return copl_line_start(b->line, &b->asking.q, &b->answer, b);
}

/* Begins with one; *begun false: it was done without a request. */
static enum copl_status begin(struct probing *p, struct probe *b, bool *begun)
{
	const struct copl_chosen *one = &p->c->list[p->next++];
	enum copl_status st;

	*begun = false;
	if (p->c->o->nids == 0 &&
	    strcmp(copl_chosen_state(one), "disabled") == 0) {
		done(p, one, "disabled", NULL);
		return COPL_OK;
	}
	if (one->e->driver == COPL_DRIVER_DIR) {
		check_folder(p, one);
		return COPL_OK;
	}
	st = copl_access_make(p->secrets, one->e, false, p->c->r, &b->access);
	if (st == COPL_E_INVALID) {
		done(p, one, "secret", NULL);
		note(p, COPL_E_REFUSED);
		return COPL_OK;
	}
	if (st != COPL_OK)
		return st;
	b->one = one;
	b->options = b->token = false;
	b->holds[0] = '\0';
	b->target = (struct copl_target){.endpoint = one->e,
	    .url = one->e->url,
	    .access = &b->access,
	    .now = p->c->o->now};
	st = ask_manifest(p, b);
	if (st == COPL_OK)
		st = copl_line_open(p->engine, &b->line);
	if (st == COPL_OK)
		st = start(b);
	*begun = st == COPL_OK;
	return st;
}

static enum copl_status fill(struct probing *p, struct probe *b, bool *begun)
{
	enum copl_status st = COPL_OK;

	*begun = false;
	while (st == COPL_OK && !*begun && p->next < p->c->n)
		st = begin(p, b, begun);
	return st;
}

static enum copl_status run(struct probing *p)
{
	enum copl_status st = COPL_OK, result;
	struct copl_line *line = NULL;
	size_t busy = 0, i;
	bool begun;

	for (i = 0; st == COPL_OK && i < AT_ONCE; i++) {
		st = fill(p, &p->probes[i], &begun);
		busy += begun;
	}
	while (st == COPL_OK && busy > 0) {
		struct probe *b;

		st =
		    copl_engine_wait(p->engine, UINT64_MAX, -1, &line, &result);
		if (st != COPL_OK || line == NULL)
			continue;
		if (result == COPL_E_NOMEM)
			return result;
		b = copl_line_arg(line);
		if (go_on(p, b, result)) {
			st = start(b);
			continue;
		}
		copl_line_close(b->line);
		b->line = NULL;
		busy--;
		st = fill(p, b, &begun);
		busy += begun;
	}
	return st;
}

enum copl_status copl_probe(struct copl_choice *c, enum copl_status *worst)
{
	struct probing p = {.c = c,
	    .manifest = {.path = COPL_MANIFEST,
		.type = "application/xml",
		.length = COPL_MANIFEST_MAX - 1}};
	enum copl_status st = copl_secrets_new(&p.secrets);
	size_t i;

	p.probes = copl_arena_alloc(c->arena, AT_ONCE * sizeof(*p.probes));
	p.outcomes =
	    copl_arena_alloc(c->arena, (c->n + 1) * sizeof(*p.outcomes));
	if (p.probes == NULL || p.outcomes == NULL)
		st = COPL_E_NOMEM;
	if (st == COPL_OK)
		st = copl_engine_open(AT_ONCE, &p.engine);
	if (st == COPL_OK)
		st = run(&p);
	copl_engine_close(p.engine);
	for (i = 0; p.probes != NULL && i < AT_ONCE; i++)
		copl_net_answer_clear(&p.probes[i].answer);
	copl_secrets_free(p.secrets);
	*worst = p.worst;
	return st;
}
