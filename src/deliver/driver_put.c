/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "deliver/driver.h"

/*
 * A server that keeps what it is given by PUT and shows it by GET: WebDAV,
 * nginx, Apache and their kind.  It knows nothing of sets, so every file is
 * proven by its bytes, and whatever it answers to a condition, it may have
 * looked at none.  Nothing is ever deleted: what an older release had and
 * this one has not stays there, and no manifest names it.
 */

static enum copl_status ask_folder(const struct copl_target *t,
    const struct copl_ask *ask, struct copl_asking *out)
{
	enum copl_status st = copl_asking_url(out, t, ask);

	out->q.method = "MKCOL";
	out->q.max_answer = COPL_HEARING_MAX;
	out->q.deadline_ms = copl_net_deadline_ms(0);
	return st;
}

static enum copl_status put_ask(const struct copl_target *t,
    const struct copl_ask *ask, struct copl_asking *out)
{
	switch (ask->kind) {
	case COPL_ASK_FOLDER:
		return ask_folder(t, ask, out);
	case COPL_ASK_PUT:
		return copl_asking_put(out, t, ask);
	case COPL_ASK_LOOK:
	case COPL_ASK_PROVE:
		break;
	}
	return copl_asking_get(out, t, ask);
}

/* Servers say in many ways that the folder of a file is not there. */
static bool may_lack_folder(
    const struct copl_ask *ask, const struct copl_net_answer *a)
{
	return strchr(ask->file->path, '/') != NULL &&
	       (a->status == 409 || a->status == 404 || a->status == 403);
}

/* Made, or there already. */
static struct copl_hearing hear_folder(
    enum copl_status st, const struct copl_net_answer *a)
{
	if (st == COPL_OK && (a->status == 201 || a->status == 405))
		return (struct copl_hearing){.means = COPL_MEANS_TAKEN};
	if (st == COPL_OK && a->status == 409)
		return (struct copl_hearing){.means = COPL_MEANS_FOLDER};
	return copl_hear_failure(st, a);
}

static struct copl_hearing hear_put(const struct copl_ask *ask,
    enum copl_status st, const struct copl_net_answer *a)
{
	if (st != COPL_OK)
		return copl_hear_failure(st, a);
	if (copl_retry_judge(a->status) == COPL_TRY_DONE)
		return copl_hear_receipt(ask->file, a);
	if (a->status == 412)
		return (struct copl_hearing){.means = COPL_MEANS_CHANGED};
	if (may_lack_folder(ask, a))
		return (struct copl_hearing){.means = COPL_MEANS_FOLDER,
		    .attempt = copl_retry_judge(a->status)};
	if (a->status == 409)
		return copl_hear_in_the_way();
	return copl_hear_failure(st, a);
}

static struct copl_hearing put_hear(const struct copl_target *t,
    const struct copl_ask *ask, enum copl_status st,
    const struct copl_net_answer *a)
{
	(void)t;
	switch (ask->kind) {
	case COPL_ASK_FOLDER:
		return hear_folder(st, a);
	case COPL_ASK_PUT:
		return hear_put(ask, st, a);
	case COPL_ASK_LOOK:
	case COPL_ASK_PROVE:
		break;
	}
	return copl_hear_get(ask->file, st, a);
}

const struct copl_driver copl_driver_put = {.name = "put",
    .ask = put_ask,
    .hear = put_hear};
