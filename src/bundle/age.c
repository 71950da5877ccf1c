/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What time says about a release. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "bundle/verify_priv.h"

#define DAY INT64_C(86400)
/* A clock may be this far behind the one that made the release. */
#define CLOCK_SLACK DAY
/* So long after its expiry a wrong clock is likelier than an old release. */
#define LONG_EXPIRED (180 * DAY)

static void check_clock(const struct copl_manifest *m,
    const struct copl_verify *how, struct copl_place at,
    struct copl_reporter *r)
{
	char created[COPL_INSTANT_SIZE], now[COPL_INSTANT_SIZE];

	if (m->created - CLOCK_SLACK <= how->now)
		return;
	copl_instant_format(m->created, created);
	copl_instant_format(how->now, now);
	copl_report(r, how->installed ? COPL_WARNING : COPL_ERROR,
	    "clock-implausible", at,
	    _("this release was made at %s, but here it is only %s: check "
	      "this machine's clock"),
	    created, now);
}

static void check_expiry(const struct copl_manifest *m,
    const struct copl_verify *how, struct copl_place at,
    struct copl_reporter *r)
{
	const enum copl_severity sev =
	    how->installed ? COPL_WARNING : COPL_ERROR;
	char expires[COPL_INSTANT_SIZE], now[COPL_INSTANT_SIZE];

	copl_instant_format(m->expires, expires);
	copl_instant_format(how->now, now);
	if (how->now > m->expires + LONG_EXPIRED)
		copl_report(r, sev, "release-expired", at,
		    _("this release expired at %s and it is %s now: check "
		      "this machine's clock, and if it is right get a newer "
		      "release"),
		    expires, now);
	else if (how->now > m->expires)
		copl_report(r, sev, "release-expired", at,
		    _("this release expired at %s and it is %s now: get a "
		      "newer one"),
		    expires, now);
	else if (how->now > m->expires - COPL_EXPIRY_NEAR)
		copl_report(r, COPL_WARNING, "release-expires-soon", at,
		    _("this release is good until %s and it is %s now: ask "
		      "the sender for a newer one in time"),
		    expires, now);
}

void copl_age_check(const struct copl_manifest *m,
    const struct copl_verify *how, struct copl_place at,
    struct copl_reporter *r)
{
	check_clock(m, how, at, r);
	check_expiry(m, how, at, r);
}

void copl_age_remind(
    int64_t expires, int64_t now, struct copl_place at, struct copl_reporter *r)
{
	char text[COPL_INSTANT_SIZE];

	copl_instant_format(expires, text);
	if (now > expires)
		copl_report(r, COPL_WARNING, "release-expired", at,
		    _("the latest release expired at %s and is not accepted "
		      "any more: build with --renew to make a new one"),
		    text);
	else if (now > expires - COPL_EXPIRY_NEAR)
		copl_report(r, COPL_WARNING, "release-expires-soon", at,
		    _("the latest release is good until %s: build with "
		      "--renew in time to make a new one, and push it"),
		    text);
}

enum copl_status copl_release_remind(
    const char *dir, int64_t now, const struct copl_sink *sink)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct copl_manifest *m = NULL;
	struct copl_reporter r, quiet;
	enum copl_status st;
	char *arg = strdup(dir);

	copl_reporter_init(&r, sink);
	copl_reporter_init(&quiet, NULL);
	st = arg == NULL ? COPL_E_NOMEM
			 : copl_read_dir(arg, COPL_MANIFEST, COPL_MANIFEST_MAX,
			       &quiet, &bytes);
	if (st == COPL_OK)
		st = copl_manifest_read(
		    copl_strbuf_text(&bytes), bytes.len, NULL, &quiet, &m);
	if (st == COPL_OK)
		copl_age_remind(
		    m->expires, now, (struct copl_place){dir, 0, 0}, &r);
	if (quiet.nomem)
		st = COPL_E_NOMEM;
	copl_manifest_free(m);
	copl_strbuf_clear(&bytes);
	free(arg);
	return copl_reporter_end(&r, st == COPL_E_NOMEM ? st : COPL_OK);
}
