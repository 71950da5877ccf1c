/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"
#include "bundle/verify_priv.h"

/* Their fingerprints in one line of a message. */
static void join(const struct copl_trust *o, struct copl_strbuf *text)
{
	char fingerprint[COPL_FINGERPRINT_SIZE];
	size_t i;

	for (i = 0; i < o->nkeys; i++) {
		copl_fingerprint(&o->keys[i], fingerprint);
		copl_strbuf_printf(
		    text, "%s%s", i > 0 ? ", " : "", fingerprint);
	}
}

/* The keys that a set names, and their fingerprints as text. */
static enum copl_status what_is_offered(const struct copl_verify *how,
    struct copl_reporter *r, struct copl_trust *o, struct copl_strbuf *text)
{
	enum copl_status st = copl_verify_offered(how, r, o);

	if (st != COPL_OK)
		return st;
	join(o, text);
	return text->st;
}

static enum copl_status by_fingerprint(const struct copl_verify *how,
    const char *fingerprint, struct copl_trust *t, struct copl_reporter *r)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(256);
	struct copl_trust o = {.nkeys = 0};
	enum copl_status st;
	size_t i;

	st = what_is_offered(how, r, &o, &text);
	if (st != COPL_OK)
		goto out;
	st = COPL_E_TRUST;
	for (i = 0; i < o.nkeys && st != COPL_OK; i++) {
		if (!copl_fingerprint_equal(fingerprint, &o.keys[i]))
			continue;
		copl_trust_name(t, &o.keys[i]);
		st = COPL_OK;
	}
	if (st != COPL_OK)
		copl_report(r, COPL_ERROR, "key-fingerprint",
		    (struct copl_place){how->where, 0, 0},
		    _("no key here has the fingerprint that was given, only "
		      "%s: read it out again with the sender, and trust "
		      "nothing from here until both agree"),
		    copl_strbuf_text(&text));
out:
	copl_strbuf_clear(&text);
	return st;
}

static enum copl_status by_file(const char *path, const char *fingerprint,
    struct copl_trust *t, struct copl_reporter *r)
{
	char got[COPL_FINGERPRINT_SIZE];
	struct copl_public_key key;
	enum copl_status st;

	st = copl_public_key_load(path, r, &key);
	if (st != COPL_OK)
		return st;
	if (fingerprint != NULL && !copl_fingerprint_equal(fingerprint, &key)) {
		copl_fingerprint(&key, got);
		copl_report(r, COPL_ERROR, "key-fingerprint",
		    (struct copl_place){path, 0, 0},
		    _("this key has the fingerprint %s, not the one that was "
		      "given"),
		    got);
		return COPL_E_TRUST;
	}
	copl_trust_name(t, &key);
	return COPL_OK;
}

static enum copl_status not_pinned(
    const struct copl_verify *how, struct copl_reporter *r)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(256);
	struct copl_trust o = {.nkeys = 0};
	enum copl_status st;

	st = what_is_offered(how, r, &o, &text);
	if (st == COPL_OK) {
		copl_report(r, COPL_ERROR, "key-not-pinned",
		    (struct copl_place){how->where, 0, 0},
		    _("nobody has said yet whose signature counts here: ask "
		      "the sender, by telephone or in person, for the "
		      "fingerprint of the key, and give it with "
		      "--fingerprint if it is %s"),
		    copl_strbuf_text(&text));
		st = COPL_E_TRUST;
	}
	copl_strbuf_clear(&text);
	return st;
}

enum copl_status copl_trust_choose(const struct copl_verify *how,
    const char *key, const char *fingerprint, struct copl_trust *t,
    struct copl_reporter *r)
{
	if (key != NULL)
		return by_file(key, fingerprint, t, r);
	if (fingerprint != NULL)
		return by_fingerprint(how, fingerprint, t, r);
	return t->nkeys > 0 ? COPL_OK : not_pinned(how, r);
}
