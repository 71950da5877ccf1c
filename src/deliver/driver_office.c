/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "deliver/driver.h"

/*
 * An endpoint of cop-l10n serve: files wait until the manifest comes, which
 * is installed with all that it names or refused.  Any server that keeps
 * what it is given by PUT looks the same from here.
 */

static bool is_manifest(const struct copl_ask *ask)
{
	return strcmp(ask->file->path, COPL_MANIFEST) == 0;
}

static enum copl_status office_ask(const struct copl_target *t,
    const struct copl_ask *ask, struct copl_asking *out)
{
	switch (ask->kind) {
	case COPL_ASK_PUT:
		return copl_asking_put(out, t, ask);
	case COPL_ASK_LOOK:
	case COPL_ASK_PROVE:
		return copl_asking_get(out, t, ask);
	case COPL_ASK_FOLDER:
		break;
	}
	return COPL_E_INVALID;
}

static struct copl_hearing office_hear(const struct copl_target *t,
    const struct copl_ask *ask, enum copl_status st,
    const struct copl_net_answer *a)
{
	(void)t;
	if (ask->kind != COPL_ASK_PUT) {
		struct copl_hearing h = copl_hear_get(ask->file, st, a);

		/* An office without a set says so with a reason of its own. */
		if (ask->kind == COPL_ASK_LOOK && st == COPL_OK &&
		    a->status == 503)
			h.means = COPL_MEANS_ABSENT;
		return h;
	}
	if (st != COPL_OK)
		return copl_hear_failure(st, a);
	if (copl_retry_judge(a->status) == COPL_TRY_DONE)
		return copl_hear_receipt(ask->file, a);
	if (a->status == 409 && is_manifest(ask))
		return (struct copl_hearing){.means = COPL_MEANS_LOST};
	if (a->status == 409)
		return copl_hear_in_the_way();
	if (a->status == 412)
		return (struct copl_hearing){.means = COPL_MEANS_CHANGED};
	return copl_hear_failure(st, a);
}

const struct copl_driver copl_driver_office = {.name = "office",
    .vouches = true,
    .ask = office_ask,
    .hear = office_hear};
