/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <copl10n/deliveries.h>
#include "base/i18n.h"
#include "ledger/ledger.h"

static const char *const states[] = {COPL_LEDGER_NEW, COPL_LEDGER_DELIVERED,
    COPL_LEDGER_WAITING, COPL_LEDGER_REFUSED, COPL_LEDGER_GONE,
    COPL_LEDGER_DEAD};

#define NUMBER_SIZE 24
struct number {
	char text[NUMBER_SIZE];
};

/* Empty for 0: not known. */
static struct number number(uint64_t n)
{
	struct number out = {""};

	if (n != 0)
		snprintf(out.text, sizeof(out.text), "%" PRIu64, n);
	return out;
}

static struct number count(size_t n)
{
	struct number out;

	snprintf(out.text, sizeof(out.text), "%zu", n);
	return out;
}

struct instant {
	char text[COPL_INSTANT_SIZE];
};

static struct instant instant(int64_t at)
{
	struct instant out = {""};

	if (at != 0)
		copl_instant_format(at, out.text);
	return out;
}

static void tell_one(
    const struct copl_ledger_standing *s, struct copl_reporter *r)
{
	const struct number holds = number(s->held),
			    version = number(s->version),
			    target = number(s->target),
			    failures = count(s->failures),
			    runs = count(s->attempts);
	const struct instant since = instant(s->held_since),
			     at = instant(s->at), failing = instant(s->since),
			     next = instant(
				 strcmp(s->status, COPL_LEDGER_WAITING) == 0
				     ? s->next_at
				     : 0);
	const struct copl_field fields[] = {{"endpoint", s->endpoint},
	    {"url", s->url}, {"state", s->status}, {"holds", holds.text},
	    {"since", since.text}, {"version", version.text}, {"at", at.text},
	    {"target", target.text}, {"next", next.text},
	    {"reason", s->reason == NULL ? "" : s->reason},
	    {"failures", failures.text}, {"failing-since", failing.text},
	    {"runs", runs.text}, {"worker", s->worker}};

	copl_tell(r, "delivery", fields, COPL_COUNT(fields), NULL);
}

static bool is_wanted(const struct copl_deliveries_options *o,
    const struct copl_ledger_standing *s)
{
	return (o->state == NULL || strcmp(o->state, s->status) == 0) &&
	       s->at >= o->since;
}

static void tell_counts(
    const size_t n[COPL_COUNT(states)], size_t all, struct copl_reporter *r)
{
	struct number numbers[COPL_COUNT(states)];
	const struct number total = count(all);
	struct copl_field fields[COPL_COUNT(states) + 1];
	size_t i;

	fields[0] = (struct copl_field){"endpoints", total.text};
	for (i = 0; i < COPL_COUNT(states); i++) {
		numbers[i] = count(n[i]);
		fields[i + 1] = (struct copl_field){states[i], numbers[i].text};
	}
	copl_tell(r, "deliveries", fields, COPL_COUNT(fields),
	    _("endpoints: %zu; new: %zu, delivered: %zu, wait: %zu, refused: "
	      "%zu, gone: %zu, dead: %zu"),
	    all, n[0], n[1], n[2], n[3], n[4], n[5]);
}

static enum copl_status tell_all(struct copl_ledger *l,
    const struct copl_deliveries_options *o, struct copl_arena *a,
    struct copl_reporter *r)
{
	struct copl_ledger_standing *list = NULL;
	size_t n = 0, i, k, counts[COPL_COUNT(states)] = {0}, all = 0;
	enum copl_status st = copl_ledger_standings(l, a, r, &list, &n);

	for (i = 0; i < n; i++) {
		if (!is_wanted(o, &list[i]))
			continue;
		tell_one(&list[i], r);
		all++;
		for (k = 0; k < COPL_COUNT(states); k++)
			counts[k] += strcmp(states[k], list[i].status) == 0;
	}
	if (st == COPL_OK)
		tell_counts(counts, all, r);
	return st;
}

static const char *value(
    const struct copl_ledger_audit *row, const char *key, struct copl_arena *a)
{
	const char *text = copl_ledger_value(row->text, key, a);

	return text == NULL ? "" : text;
}

static void tell_row(const struct copl_ledger_audit *row, struct copl_arena *a,
    struct copl_reporter *r)
{
	const struct number seq = number(row->seq);
	const struct instant at = instant(row->at);
	const struct copl_field fields[] = {{"endpoint", row->endpoint},
	    {"seq", seq.text}, {"at", at.text}, {"event", row->event},
	    {"worker", row->worker}, {"holds", value(row, "holds", a)},
	    {"reason", value(row, "reason", a)},
	    {"peer", value(row, "peer", a)}, {"text", row->text},
	    {"hash", row->hash}};

	copl_tell(r, "audit", fields, COPL_COUNT(fields), NULL);
}

static bool is_known(
    const struct copl_ledger_standing *list, size_t n, const char *endpoint)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i].endpoint, endpoint) == 0)
			return true;
	return false;
}

static enum copl_status tell_history(struct copl_ledger *l,
    const struct copl_deliveries_options *o, struct copl_arena *a,
    struct copl_reporter *r)
{
	struct copl_ledger_standing *list = NULL;
	size_t n = 0, i, k, rows = 0;
	enum copl_status st = copl_ledger_standings(l, a, r, &list, &n), one;

	for (i = 0; st == COPL_OK && i < o->nendpoints; i++)
		if (!is_known(list, n, o->endpoints[i])) {
			copl_report(r, COPL_ERROR, "delivery-unknown",
			    (struct copl_place){copl_ledger_name(l), 0, 0},
			    _("the ledger knows no endpoint \"%s\""),
			    o->endpoints[i]);
			st = COPL_E_NOTFOUND;
		}
	for (i = 0; i < o->nendpoints; i++) {
		struct copl_ledger_audit *log = NULL;

		if (!is_known(list, n, o->endpoints[i]))
			continue;
		one = copl_ledger_history(
		    l, o->endpoints[i], o->since, a, r, &log, &rows);
		if (one != COPL_OK)
			return one;
		for (k = 0; k < rows; k++)
			tell_row(&log[k], a, r);
	}
	return st;
}

static bool check_state(
    const struct copl_deliveries_options *o, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; o->state != NULL && i < COPL_COUNT(states); i++)
		if (strcmp(states[i], o->state) == 0)
			return true;
	if (o->state == NULL)
		return true;
	copl_report(r, COPL_ERROR, "delivery-state",
	    (struct copl_place){NULL, 0, 0},
	    _("\"%s\" is not a state: write new, delivered, waiting, refused, "
	      "gone or dead"),
	    o->state);
	return false;
}

enum copl_status copl_deliveries(
    const struct copl_deliveries_options *o, const struct copl_sink *sink)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_ledger *l = NULL;
	struct copl_reporter r;
	enum copl_status st = COPL_OK;

	copl_reporter_init(&r, sink);
	if (a == NULL)
		st = COPL_E_NOMEM;
	else if (!check_state(o, &r))
		st = COPL_E_INVALID;
	if (st == COPL_OK)
		st = copl_ledger_open_to_read(o->ledger, &r, &l);
	if (st == COPL_OK)
		st = o->nendpoints > 0 ? tell_history(l, o, a, &r)
				       : tell_all(l, o, a, &r);
	copl_ledger_close(l);
	copl_arena_free(a);
	return copl_reporter_end(&r, st);
}

static void tell_verified(
    const struct copl_ledger_verified *v, struct copl_reporter *r)
{
	const struct number endpoints = count(v->endpoints),
			    rows = count(v->audits), files = count(v->facts),
			    problems = count(v->problems);
	const struct copl_field fields[] = {{"endpoints", endpoints.text},
	    {"rows", rows.text}, {"files", files.text},
	    {"problems", problems.text}};

	copl_tell(r, "verified", fields, COPL_COUNT(fields),
	    _("endpoints: %zu, rows of their logs: %zu, files they hold: %zu, "
	      "problems: %zu"),
	    v->endpoints, v->audits, v->facts, v->problems);
}

enum copl_status copl_deliveries_verify(
    const char *ledger, const struct copl_sink *sink)
{
	struct copl_ledger_verified verified = {0};
	struct copl_ledger *l = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_ledger_open_to_read(ledger, &r, &l);
	if (st == COPL_OK)
		st = copl_ledger_verify(l, &r, &verified);
	if (st == COPL_OK || st == COPL_E_TRUST)
		tell_verified(&verified, &r);
	copl_ledger_close(l);
	return copl_reporter_end(&r, st);
}
