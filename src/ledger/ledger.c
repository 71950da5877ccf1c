/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/i18n.h"
#include "ledger/ledger_priv.h"

/* A transaction that others hinder has this many tries. */
#define TRIES 20

bool copl_ledger_is_shared(const char *where)
{
	return where != NULL && (strncmp(where, "postgresql://", 13) == 0 ||
				    strncmp(where, "postgres://", 11) == 0);
}

void copl_ledger_worker(char out[COPL_LEDGER_WORKER])
{
	char host[64];

	if (gethostname(host, sizeof(host)) != 0)
		snprintf(host, sizeof(host), "localhost");
	host[sizeof(host) - 1] = '\0';
	snprintf(out, COPL_LEDGER_WORKER, "%s:%ld", host, (long)getpid());
}

enum copl_status copl_ledger_trouble(
    struct copl_ledger *l, enum copl_trouble trouble, const char *fmt, ...)
{
	va_list args;

	l->trouble = trouble;
	l->damaged |= trouble == COPL_TROUBLE_DAMAGED;
	va_start(args, fmt);
	vsnprintf(l->said, sizeof(l->said), fmt, args);
	va_end(args);
	l->said[copl_utf8_valid(l->said, strlen(l->said))] = '\0';
	return trouble == COPL_TROUBLE_LOCKED ? COPL_E_LOCKED : COPL_E_IO;
}

static void say_trouble(struct copl_ledger *l, struct copl_reporter *r)
{
	struct copl_place at = copl_ledger_place(l);

	switch (l->trouble) {
	case COPL_TROUBLE_NONE:
		break;
	case COPL_TROUBLE_DAMAGED:
		copl_report(r, COPL_ERROR, "ledger-damaged", at,
		    _("this is not a sound ledger (%s): cop-l10n deliveries "
		      "verify says more, and cop-l10n deliveries rebuild asks "
		      "the endpoints what they hold and makes a new one"),
		    l->said);
		break;
	case COPL_TROUBLE_LOCKED:
	case COPL_TROUBLE_AGAIN:
		copl_report(r, COPL_ERROR, "ledger-locked", at,
		    _("another program is using this ledger: %s"), l->said);
		break;
	case COPL_TROUBLE_FULL:
		copl_report(r, COPL_ERROR, "ledger-full", at,
		    _("there is no room left for the ledger (%s): make room, "
		      "then push again"),
		    l->said);
		break;
	case COPL_TROUBLE_READ_ONLY:
		copl_report(r, COPL_ERROR, "ledger-read-only", at,
		    _("this ledger cannot be written: %s"), l->said);
		break;
	case COPL_TROUBLE_LOST:
		copl_report(r, COPL_ERROR, "ledger-lost", at,
		    _("the connection to the database was lost: %s"), l->said);
		break;
	case COPL_TROUBLE_IO:
		copl_report(r, COPL_ERROR, "ledger-io", at,
		    _("cannot use the ledger: %s"), l->said);
		break;
	}
}

enum copl_status copl_ledger_say(
    struct copl_ledger *l, enum copl_status st, struct copl_reporter *r)
{
	if (st != COPL_OK && st != COPL_E_NOMEM && st != COPL_E_LIMIT)
		say_trouble(l, r);
	l->trouble = COPL_TROUBLE_NONE;
	return st;
}

/* Another transaction was in the way: it needs a moment, each time longer. */
static void wait_a_moment(unsigned try)
{
	const struct timespec t = { 0, 1000000L << (try < 8 ? try : 8) };

	nanosleep(&t, NULL);
}

static bool may_try_again(struct copl_ledger *l, unsigned *tries, bool *anew)
{
	if (l->trouble == COPL_TROUBLE_AGAIN && *tries < TRIES) {
		wait_a_moment((*tries)++);
		return true;
	}
	if (l->trouble != COPL_TROUBLE_LOST || *anew || l->store->again == NULL)
		return false;
	*anew = true;
	return l->store->again(l) == COPL_OK;
}

static enum copl_status try_work(
    struct copl_ledger *l, copl_work_fn *work, void *arg, bool transaction)
{
	enum copl_status st = COPL_OK;

	l->trouble = COPL_TROUBLE_NONE;
	if (!transaction)
		return work(l, arg);
	st = copl_ledger_run(l, COPL_SQL_BEGIN, NULL, 1, NULL, NULL);
	if (st != COPL_OK)
		return st;
	st = work(l, arg);
	if (st == COPL_OK)
		st = copl_ledger_run(l, COPL_SQL_COMMIT, NULL, 1, NULL, NULL);
	if (st != COPL_OK) {
		const enum copl_trouble why = l->trouble;
		char said[sizeof(l->said)];

		/* Whatever comes of it, the first trouble is told. */
		memcpy(said, l->said, sizeof(said));
		(void)copl_ledger_run(
		    l, COPL_SQL_ROLLBACK, NULL, 1, NULL, NULL);
		l->trouble = why;
		memcpy(l->said, said, sizeof(said));
	}
	return st;
}

static enum copl_status do_work(struct copl_ledger *l, copl_work_fn *work,
    void *arg, bool transaction, struct copl_reporter *r)
{
	enum copl_status st;
	unsigned tries = 0;
	bool anew = false;

	do
		st = try_work(l, work, arg, transaction);
	while (st != COPL_OK && may_try_again(l, &tries, &anew));
	return copl_ledger_say(l, st, r);
}

enum copl_status copl_ledger_do(struct copl_ledger *l, copl_work_fn *work,
    void *arg, struct copl_reporter *r)
{
	return do_work(l, work, arg, true, r);
}

enum copl_status copl_ledger_look(struct copl_ledger *l, copl_work_fn *work,
    void *arg, struct copl_reporter *r)
{
	return do_work(l, work, arg, false, r);
}

static const struct copl_ledger_store *store_for(const char *where)
{
	if (!copl_ledger_is_shared(where))
		return &copl_ledger_sqlite;
#ifdef HAVE_LIBPQ
	return &copl_ledger_pg;
#else
	return NULL;
#endif
}

static enum copl_status open_it(const char *where, bool to_read, bool *damaged,
    struct copl_reporter *r, struct copl_ledger **out)
{
	struct copl_ledger *l = calloc(1, sizeof(*l));
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (l == NULL)
		return COPL_E_NOMEM;
	l->to_read = to_read;
	l->store = store_for(where);
	if (l->store == NULL) {
		free(l);
		copl_report(r, COPL_ERROR, "ledger-postgresql",
		    (struct copl_place){NULL, 0, 0},
		    _("this cop-l10n was built without PostgreSQL: name a "
		      "file for the ledger, or install a build that has it"));
		return COPL_E_INVALID;
	}
	st = l->store->open(l, where, to_read, r);
	if (damaged != NULL)
		*damaged = l->damaged;
	if (st != COPL_OK) {
		copl_ledger_close(l);
		return st;
	}
	*out = l;
	return COPL_OK;
}

enum copl_status copl_ledger_check_version(
    const struct copl_ledger *l, int64_t version, struct copl_reporter *r)
{
	if (version <= COPL_LEDGER_SCHEMA)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "ledger-newer", copl_ledger_place(l),
	    _("this ledger was written by a newer version of cop-l10n: use "
	      "that version"));
	return COPL_E_INVALID;
}

enum copl_status copl_ledger_open(
    const char *where, struct copl_reporter *r, struct copl_ledger **out)
{
	return open_it(where, false, NULL, r, out);
}

enum copl_status copl_ledger_open_how(const char *where,
    struct copl_reporter *r, struct copl_ledger **out, bool *damaged)
{
	return open_it(where, false, damaged, r, out);
}

enum copl_status copl_ledger_open_to_read(
    const char *where, struct copl_reporter *r, struct copl_ledger **out)
{
	return open_it(where, true, NULL, r, out);
}

void copl_ledger_close(struct copl_ledger *l)
{
	if (l == NULL)
		return;
	l->store->close(l);
	free(l->name);
	free(l);
}

const char *copl_ledger_name(const struct copl_ledger *l)
{
	return l->name;
}
