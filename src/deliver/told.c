/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/push_priv.h"
#include "net/net.h"

#define NUMBER 24

/* "delivered", "waiting" ... as the ledger has it. */
static const char *state_name(enum spot_state state)
{
	static const char *const names[SPOT_STATES] = {[SPOT_NEW] = "new",
	    [SPOT_CLAIMED] = "new",
	    [SPOT_DELIVERED] = "delivered",
	    [SPOT_UNCHANGED] = "unchanged",
	    [SPOT_LATER] = "waiting",
	    [SPOT_WAITING] = "waiting",
	    [SPOT_REFUSED] = "refused",
	    [SPOT_GONE] = "gone",
	    [SPOT_DEAD] = "dead"};

	return names[state];
}

struct numbers {
	char files[NUMBER], bytes[NUMBER], requests[NUMBER], version[NUMBER];
	char when[COPL_INSTANT_SIZE];
};

static void tell(const struct pushing *p, const struct spot *s,
    const char *kind, const struct numbers *n, const char *code,
    const char *proof, const char *sentence)
{
	const struct copl_field fields[] = {{"endpoint", s->endpoint->id},
	    {"recipient", s->set->recipient}, {"url", s->endpoint->url},
	    {"version", n->version}, {"files", n->files}, {"bytes", n->bytes},
	    {"requests", n->requests}, {"reason", code == NULL ? "" : code},
	    {"next", n->when}, {"proof", proof == NULL ? "" : proof}};

	copl_tell(p->r, kind, fields, COPL_COUNT(fields), "%s: %s",
	    s->endpoint->id, sentence);
}

static struct numbers count(
    const struct spot *s, size_t files, uint64_t bytes, unsigned requests)
{
	struct numbers n = {.when = ""};

	snprintf(n.version, sizeof(n.version), "%" PRIu64,
	    s->set->manifest->version);
	snprintf(n.files, sizeof(n.files), "%zu", files);
	snprintf(n.bytes, sizeof(n.bytes), "%" PRIu64, bytes);
	snprintf(n.requests, sizeof(n.requests), "%u", requests);
	return n;
}

void tell_plan(const struct pushing *p, const struct spot *s)
{
	struct numbers n = count(s, s->planned, s->bytes, 0);
	char text[256];

	snprintf(text, sizeof(text),
	    P_("gets %zu file of release %" PRIu64 " (%" PRIu64 " bytes)",
		"gets %zu files of release %" PRIu64 " (%" PRIu64 " bytes)",
		s->planned),
	    s->planned, s->set->manifest->version, s->bytes);
	tell(p, s, "plan", &n, NULL, NULL, text);
}

void tell_at_rest(const struct pushing *p, const struct spot *s)
{
	struct numbers n = count(s, 0, 0, 0);
	char text[512];

	switch (s->state) {
	case SPOT_LATER:
		copl_instant_format(s->next_at, n.when);
		snprintf(text, sizeof(text),
		    _("failed lately and is tried again from %s on; cop-l10n "
		      "push --retry-now does not wait"),
		    n.when);
		break;
	case SPOT_DEAD:
		snprintf(text, sizeof(text),
		    _("has only failed for days and is not tried any more: "
		      "ask the recipient, then cop-l10n push --retry-dead"));
		break;
	case SPOT_GONE:
		snprintf(text, sizeof(text),
		    _("was given up by those who run it, and is not tried: "
		      "cop-l10n endpoint enable %s brings it back"),
		    s->endpoint->id);
		break;
	case SPOT_NEW:
	case SPOT_CLAIMED:
	case SPOT_DELIVERED:
	case SPOT_UNCHANGED:
	case SPOT_WAITING:
	case SPOT_REFUSED:
		snprintf(text, sizeof(text),
		    _("holds release %" PRIu64 " already"),
		    s->set->manifest->version);
		break;
	}
	tell(p, s, state_name(s->state), &n, s->reason, NULL, text);
}

void tell_attempt(const struct pushing *p, const struct spot *s,
    const struct copl_ask *ask, unsigned try, const char *answer)
{
	static const char *const steps[] = {[COPL_ASK_LOOK] = "look",
	    [COPL_ASK_FOLDER] = "folder",
	    [COPL_ASK_PUT] = "put",
	    [COPL_ASK_PROVE] = "prove"};
	char number[NUMBER];
	const struct copl_field fields[] = {{"endpoint", s->endpoint->id},
	    {"path", ask->file->path}, {"step", steps[ask->kind]},
	    {"try", number}, {"answer", answer}};

	if (p->r->sink == NULL || p->r->sink->event == NULL)
		return;
	copl_decimal(try, number);
	copl_tell(p->r, "attempt", fields, COPL_COUNT(fields), NULL);
}

static void put_seconds(uint64_t ms, char out[NUMBER])
{
	snprintf(out, NUMBER, "%" PRIu64 ".%" PRIu64, ms / 1000, ms / 100 % 10);
}

void tell_retry(const struct pushing *p, const struct spot *s, uint64_t ms)
{
	char seconds[NUMBER];
	const struct copl_field fields[] = {
	    {"endpoint", s->endpoint->id}, {"seconds", seconds}};

	put_seconds(ms, seconds);
	copl_tell(p->r, "retry", fields, COPL_COUNT(fields), NULL);
}

void tell_breaker(const struct pushing *p, const struct spot *s, uint64_t ms)
{
	char seconds[NUMBER], origin[300];
	const struct copl_field fields[] = {
	    {"origin", origin}, {"seconds", seconds}};

	if (!copl_net_origin(s->endpoint->url, origin, sizeof(origin)))
		return;
	put_seconds(ms, seconds);
	copl_tell(p->r, "breaker", fields, COPL_COUNT(fields),
	    _("%s fails again and again and is left alone for %s seconds"),
	    origin, seconds);
}

static void put_delivered(
    const struct spot *s, const char *proof, char *out, size_t room)
{
	uint64_t version = s->set->manifest->version;
	size_t files = s->turn->job.sent;

	if (strcmp(proof, PROOF_READBACK) == 0)
		snprintf(out, room,
		    P_("holds release %" PRIu64 " now (%zu file sent, manifest "
		       "read back)",
			"holds release %" PRIu64 " now (%zu files sent, "
			"manifest read back)",
			files),
		    version, files);
	else if (strcmp(proof, PROOF_RECEIPT) == 0)
		snprintf(out, room,
		    P_("holds release %" PRIu64 " now (%zu file sent, with a "
		       "receipt)",
			"holds release %" PRIu64 " now (%zu files sent, with a "
			"receipt)",
			files),
		    version, files);
	else
		snprintf(
		    out, room, _("holds release %" PRIu64 " now"), version);
}

void tell_outcome(const struct pushing *p, const struct spot *s,
    const char *code, const char *proof)
{
	const struct turn *t = s->turn;
	struct numbers n = count(s, t == NULL ? 0 : t->job.sent,
	    t == NULL ? 0 : t->job.bytes, t == NULL ? 0 : t->requests);
	char text[300] = "";

	if (s->state == SPOT_DELIVERED && t != NULL)
		put_delivered(s, proof, text, sizeof(text));
	else if (s->state == SPOT_REFUSED)
		snprintf(text, sizeof(text), _("refuses the release"));
	else if (s->state == SPOT_GONE)
		snprintf(text, sizeof(text), _("is given up"));
	else if (s->state == SPOT_DEAD)
		snprintf(text, sizeof(text),
		    _("has only failed for days: the next push leaves it "
		      "alone"));
	else
		snprintf(text, sizeof(text), _("waits for the next push"));
	tell(p, s, state_name(s->state), &n, code, proof, text);
}

static size_t over(const struct pushing *p)
{
	return p->nspots - p->count[SPOT_NEW] - p->count[SPOT_CLAIMED];
}

void tell_progress(
    const struct pushing *p, const struct spot *slowest, const char *last_code)
{
	size_t done = over(p), rest = p->nspots - done;
	size_t worked = done - p->count[SPOT_UNCHANGED] - p->count[SPOT_LATER] -
			p->count[SPOT_DEAD];
	uint64_t ms = copl_net_clock_ms() - p->began_ms;
	char n[4][NUMBER], eta[NUMBER] = "";
	const struct copl_field fields[] = {{"done", n[0]}, {"total", n[1]},
	    {"rate", n[2]}, {"eta", eta},
	    {"slowest", slowest == NULL ? "" : slowest->endpoint->id},
	    {"errors", n[3]},
	    {"last-error", last_code == NULL ? "" : last_code}};

	snprintf(n[0], NUMBER, "%zu", done);
	snprintf(n[1], NUMBER, "%zu", p->nspots);
	put_seconds(ms == 0 ? 0 : (uint64_t)worked * 1000000 / ms, n[2]);
	if (worked > 0)
		snprintf(eta, NUMBER, "%" PRIu64,
		    ((uint64_t)rest * ms / worked + 999) / 1000);
	snprintf(n[3], NUMBER, "%zu",
	    p->count[SPOT_WAITING] + p->count[SPOT_REFUSED] +
		p->count[SPOT_GONE]);
	copl_tell(p->r, "progress", fields, COPL_COUNT(fields), NULL);
}

/* What has nothing to do with an endpoint and is said once. */
static void tell_rest(const struct pushing *p, size_t n)
{
	if (n > 0)
		copl_report(p->r, COPL_WARNING, "push-unreached",
		    (struct copl_place){p->options->dir, 0, 0},
		    P_("%zu endpoint was not reached before this run ended: "
		       "the next push begins with it",
			"%zu endpoints were not reached before this run "
			"ended: the next push begins with them",
			n),
		    n);
}

void tell_end(const struct pushing *p)
{
	size_t waiting = p->count[SPOT_WAITING] + p->count[SPOT_LATER] +
			 p->count[SPOT_NEW] + p->count[SPOT_CLAIMED];
	char n[7][NUMBER];
	const struct copl_field fields[] = {{"endpoints", n[0]},
	    {"delivered", n[1]}, {"unchanged", n[2]}, {"waiting", n[3]},
	    {"refused", n[4]}, {"gone", n[5]}, {"dead", n[6]}};

	tell_rest(p, p->unreached);
	snprintf(n[0], NUMBER, "%zu", p->nspots);
	snprintf(n[1], NUMBER, "%zu", p->count[SPOT_DELIVERED]);
	snprintf(n[2], NUMBER, "%zu", p->count[SPOT_UNCHANGED]);
	snprintf(n[3], NUMBER, "%zu", waiting);
	snprintf(n[4], NUMBER, "%zu", p->count[SPOT_REFUSED]);
	snprintf(n[5], NUMBER, "%zu", p->count[SPOT_GONE]);
	snprintf(n[6], NUMBER, "%zu", p->count[SPOT_DEAD]);
	if (p->count[SPOT_GONE] + p->count[SPOT_DEAD] == 0)
		copl_tell(p->r, "pushed", fields, COPL_COUNT(fields),
		    _("endpoints: %s; delivered now: %s, held it already: %s, "
		      "wait: %s, refused: %s"),
		    n[0], n[1], n[2], n[3], n[4]);
	else
		copl_tell(p->r, "pushed", fields, COPL_COUNT(fields),
		    _("endpoints: %s; delivered now: %s, held it already: %s, "
		      "wait: %s, refused: %s, given up: %s, dead: %s"),
		    n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
}
