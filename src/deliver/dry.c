/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/push_priv.h"

/* A column that an id of 32 characters fits in. */
#define ID_MOST 32

static const char *why_word(enum spot_why why)
{
	static const char *const words[] = {[WHY_NEW] = "new",
	    [WHY_RELEASE] = "release",
	    [WHY_MOVED] = "moved",
	    [WHY_FAILED] = "failed",
	    [WHY_UNPROVEN] = "unproven"};

	return words[why];
}

static void put_why(const struct spot *s, char *out, size_t room)
{
	switch (s->why) {
	case WHY_NEW:
		snprintf(out, room, _("nothing is known to be there"));
		return;
	case WHY_RELEASE:
		snprintf(out, room, _("holds release %" PRIu64), s->held);
		return;
	case WHY_MOVED:
		snprintf(out, room, _("has another address than before"));
		return;
	case WHY_FAILED:
		snprintf(out, room, _("failed last time: %s"),
		    s->reason == NULL ? "?" : s->reason);
		return;
	case WHY_UNPROVEN:
		break;
	}
	snprintf(out, room,
	    _("was cut short: what is there is looked at "
	      "first"));
}

static int id_width(const struct pushing *p)
{
	size_t width = 0, i;

	for (i = 0; i < p->nspots; i++) {
		size_t len = strlen(p->spots[i].endpoint->id);

		if (p->spots[i].state == SPOT_NEW && len > width)
			width = len;
	}
	return (int)(width < ID_MOST ? width : ID_MOST);
}

static void tell_row(const struct pushing *p, const struct spot *s, int width)
{
	char version[24], files[24], bytes[24], why[128];
	const struct copl_field fields[] = {{"endpoint", s->endpoint->id},
	    {"recipient", s->set->recipient}, {"url", s->endpoint->url},
	    {"version", version}, {"files", files}, {"bytes", bytes},
	    {"why", why_word(s->why)}};

	snprintf(
	    version, sizeof(version), "%" PRIu64, s->set->manifest->version);
	snprintf(files, sizeof(files), "%zu", s->planned);
	snprintf(bytes, sizeof(bytes), "%" PRIu64, s->bytes);
	put_why(s, why, sizeof(why));
	copl_tell(p->r, "plan", fields, COPL_COUNT(fields),
	    P_("%-*s  %4zu file   %10" PRIu64 " bytes  %s",
		"%-*s  %4zu files  %10" PRIu64 " bytes  %s", s->planned),
	    width, s->endpoint->id, s->planned, s->bytes, why);
}

struct sums {
	size_t endpoints, files;
	uint64_t bytes;
};

static enum copl_status tell_rows(struct pushing *p, struct sums *sums)
{
	struct spot **list = calloc(p->nspots + 1, sizeof(struct spot *));
	enum copl_status st = COPL_E_NOMEM;
	int width = id_width(p);
	size_t i, n = 0;

	for (i = 0; list != NULL && i < p->nspots; i++)
		if (p->spots[i].state == SPOT_NEW)
			list[n++] = &p->spots[i];
	if (list != NULL)
		st = roster_plan(p, list, n);
	for (i = 0; st == COPL_OK && i < n; i++) {
		if (list[i]->planned == 0) {
			push_set_state(p, list[i], SPOT_UNCHANGED);
			tell_at_rest(p, list[i]);
			continue;
		}
		tell_row(p, list[i], width);
		sums->endpoints++;
		sums->files += list[i]->planned;
		sums->bytes += list[i]->bytes;
	}
	free(list);
	return st;
}

enum copl_status push_dry_run(struct pushing *p)
{
	struct sums sums = {0, 0, 0};
	char n[5][24];
	const struct copl_field fields[] = {{"endpoints", n[0]},
	    {"planned", n[1]}, {"files", n[2]}, {"bytes", n[3]},
	    {"unchanged", n[4]}};
	enum copl_status st = roster_sort(p);

	if (st == COPL_OK)
		st = tell_rows(p, &sums);
	if (st != COPL_OK)
		return st;
	snprintf(n[0], sizeof(n[0]), "%zu", p->nspots);
	snprintf(n[1], sizeof(n[1]), "%zu", sums.endpoints);
	snprintf(n[2], sizeof(n[2]), "%zu", sums.files);
	snprintf(n[3], sizeof(n[3]), "%" PRIu64, sums.bytes);
	snprintf(n[4], sizeof(n[4]), "%zu", p->count[SPOT_UNCHANGED]);
	copl_tell(p->r, "planned", fields, COPL_COUNT(fields),
	    P_("%s of %s endpoint would get %s files (%s bytes); nothing was "
	       "sent",
		"%s of %s endpoints would get %s files (%s bytes); nothing "
		"was sent",
		p->nspots),
	    n[1], n[0], n[2], n[3]);
	return COPL_OK;
}
