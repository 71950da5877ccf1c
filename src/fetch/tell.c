/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include "base/i18n.h"
#include "bundle/install.h"
#include "fetch/fetching.h"

#define DAY INT64_C(86400)

void copl_fetch_look_at_clock(
    const struct copl_fetching *f, struct copl_reporter *r)
{
	char here[COPL_INSTANT_SIZE], there[COPL_INSTANT_SIZE];
	int64_t apart = f->remote.date - f->o->now;

	if (f->remote.date == 0 || (apart <= DAY && apart >= -DAY))
		return;
	copl_instant_format(f->o->now, here);
	copl_instant_format(f->remote.date, there);
	copl_report(r, COPL_NOTE, "clock-differs",
	    (struct copl_place){f->remote.url, 0, 0},
	    _("this machine's clock says %s, but the server's says %s: set "
	      "the clock if the server is right, and try again"),
	    here, there);
}

void copl_fetch_tell_pinned(const struct copl_fetching *f,
    const struct copl_trust *t, struct copl_reporter *r)
{
	char now[COPL_FINGERPRINT_SIZE], before[COPL_FINGERPRINT_SIZE] = "";
	const struct copl_field fields[] = {
	    {"dir", f->o->dir}, {"fingerprint", now}, {"previous", before}};
	size_t i;

	if (f->pinned.nkeys > 0)
		copl_fingerprint(&f->pinned.keys[0], before);
	for (i = 0; i < t->nkeys; i++) {
		if (copl_trust_pins(&f->pinned, &t->keys[i]))
			continue;
		copl_fingerprint(&t->keys[i], now);
		if (before[0] == '\0')
			copl_tell(r, "pinned", fields, COPL_COUNT(fields),
			    _("from now on releases signed by %s are accepted"),
			    now);
		else
			copl_tell(r, "pinned", fields, COPL_COUNT(fields),
			    _("from now on releases signed by %s are "
			      "accepted; until now it was %s"),
			    now, before);
	}
}

/* The numbers of a run as text, and the part that is in place. */
struct numbers {
	char version[24], files[24], taken[24], requests[24];
	char bytes[24], resumed[24];
	char expires[COPL_INSTANT_SIZE];
	struct copl_strbuf part;
};

static void count(const struct copl_fetching *f, const struct copl_round *now,
    struct numbers *n)
{
	const struct copl_manifest *m = now->manifest;

	snprintf(n->version, sizeof(n->version), "%" PRIu64, m->version);
	snprintf(
	    n->files, sizeof(n->files), "%zu", copl_part_count(&now->part, m));
	snprintf(n->taken, sizeof(n->taken), "%zu", now->taken);
	snprintf(n->requests, sizeof(n->requests), "%u", f->remote.requests);
	snprintf(n->bytes, sizeof(n->bytes), "%" PRIu64, f->remote.bytes);
	snprintf(n->resumed, sizeof(n->resumed), "%" PRIu64, f->remote.resumed);
	copl_instant_format(m->expires, n->expires);
	copl_part_name(&now->part, &n->part);
}

static void tell_fetched(const struct copl_round *now, struct copl_reporter *r,
    const struct copl_field *fields, size_t nfields, const struct numbers *n)
{
	if (now->unchanged)
		copl_tell(r, "unchanged", fields, nfields,
		    _("release %s is in place already, nothing is newer"),
		    n->version);
	else if (copl_part_is_whole(&now->part))
		copl_tell(r, "fetched", fields, nfields,
		    _("release %s is in place: %s files, %s of them fetched "
		      "now"),
		    n->version, n->files, n->taken);
	else
		copl_tell(r, "fetched", fields, nfields,
		    _("a part of release %s is in place (%s): %s files, %s "
		      "of them fetched now"),
		    n->version, copl_strbuf_text(&n->part), n->files, n->taken);
}

void copl_fetch_tell(const struct copl_fetching *f,
    const struct copl_round *now, struct copl_reporter *r)
{
	const struct copl_manifest *m = now->manifest;
	const char *current = copl_path_join(f->arena, f->o->dir, COPL_CURRENT);
	struct numbers n = {.part = COPL_STRBUF_INIT(COPL_MANIFEST_MAX)};

	count(f, now, &n);
	{
		const struct copl_field fields[] = {{"version", n.version},
		    {"recipient", m->recipient == NULL ? "" : m->recipient},
		    {"files", n.files}, {"downloaded", n.taken},
		    {"requests", n.requests}, {"bytes", n.bytes},
		    {"resumed", n.resumed}, {"part", copl_strbuf_text(&n.part)},
		    {"expires", n.expires},
		    {"path", current == NULL ? "" : current},
		    {"draft", m->draft ? "yes" : "no"}};

		tell_fetched(now, r, fields, COPL_COUNT(fields), &n);
	}
	copl_strbuf_clear(&n.part);
}
