/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"

#define HASH_SIZE 64
#define SIG_RECORD (2 + KEY_ID_SIZE + SIG_SIZE)

/* What the second signature of a file covers: the first and the comment. */
struct covered {
	unsigned char bytes[SIG_SIZE + TRUSTED_MAX];
	size_t len;
};

static void cover(struct covered *c, const unsigned char *sig,
    const char *comment, size_t len)
{
	memcpy(c->bytes, sig, SIG_SIZE);
	memcpy(c->bytes + SIG_SIZE, comment, len);
	c->len = SIG_SIZE + len;
}

static void put_b64(
    struct copl_strbuf *out, const unsigned char *bytes, size_t len)
{
	char b64[128];

	sodium_bin2base64(
	    b64, sizeof(b64), bytes, len, sodium_base64_VARIANT_ORIGINAL);
	copl_strbuf_puts(out, b64);
	copl_strbuf_add(out, "\n", 1);
}

static void prehash(
    const char *bytes, size_t len, unsigned char hash[HASH_SIZE])
{
	crypto_generichash(
	    hash, HASH_SIZE, (const unsigned char *)bytes, len, NULL, 0);
}

enum copl_status copl_sign(const struct copl_secret_key *k, const char *bytes,
    size_t len, const char *trusted_comment, struct copl_strbuf *out)
{
	unsigned char record[SIG_RECORD] = {'E', 'D'};
	unsigned char *sig = record + 2 + KEY_ID_SIZE;
	unsigned char hash[HASH_SIZE], global[SIG_SIZE];
	size_t clen = strlen(trusted_comment);
	char name[KEY_NAME_SIZE];
	struct covered c;

	if (clen > TRUSTED_MAX || strchr(trusted_comment, '\n') != NULL)
		return COPL_E_LIMIT;
	if (sodium_init() < 0)
		return COPL_E_BUG;
	memcpy(record + 2, k->id, KEY_ID_SIZE);
	prehash(bytes, len, hash);
	crypto_sign_detached(sig, NULL, hash, sizeof(hash), k->key);
	cover(&c, sig, trusted_comment, clen);
	crypto_sign_detached(global, NULL, c.bytes, c.len, k->key);
	copl_key_name(k->id, name);
	copl_strbuf_printf(
	    out, UNTRUSTED "signature from minisign secret key %s\n", name);
	put_b64(out, record, sizeof(record));
	copl_strbuf_printf(out, TRUSTED "%s\n", trusted_comment);
	put_b64(out, global, sizeof(global));
	return out->st;
}

struct parsed {
	unsigned char record[SIG_RECORD];
	unsigned char global[SIG_SIZE];
	const char *comment;
	size_t len;
};

static bool only_blanks(const char *s)
{
	while (copl_is_space(*s))
		s++;
	return *s == '\0';
}

static bool parse_comment(const struct line *l, struct parsed *p)
{
	const size_t prefix = strlen(TRUSTED);

	/* An empty comment may lose the blank behind its colon. */
	if (l->len == prefix - 1 && memcmp(l->s, TRUSTED, l->len) == 0) {
		p->comment = "";
		p->len = 0;
		return true;
	}
	if (!copl_line_starts(l, TRUSTED) || l->len - prefix > TRUSTED_MAX)
		return false;
	p->comment = l->s + prefix;
	p->len = l->len - prefix;
	return true;
}

static bool parse(const char *sig, struct parsed *p)
{
	struct line l = {NULL, 0, 0};

	if (!copl_line_next(&sig, &l) || !copl_line_starts(&l, UNTRUSTED))
		return false;
	if (!copl_line_next(&sig, &l) ||
	    !copl_b64_read(l.s, l.len, p->record, sizeof(p->record)))
		return false;
	if (!copl_line_next(&sig, &l) || !parse_comment(&l, p))
		return false;
	return copl_line_next(&sig, &l) &&
	       copl_b64_read(l.s, l.len, p->global, sizeof(p->global)) &&
	       only_blanks(sig);
}

static bool verify(const struct parsed *p, const unsigned char hash[HASH_SIZE],
    const unsigned char *key)
{
	const unsigned char *sig = p->record + 2 + KEY_ID_SIZE;
	struct covered c;

	if (crypto_sign_verify_detached(sig, hash, HASH_SIZE, key) != 0)
		return false;
	cover(&c, sig, p->comment, p->len);
	return crypto_sign_verify_detached(p->global, c.bytes, c.len, key) == 0;
}

struct signed_by copl_signature_judge(const char *sig, const char *bytes,
    size_t len, const struct copl_public_key *keys, size_t nkeys)
{
	struct signed_by out = {SIG_MALFORMED, 0, NULL, 0, ""};
	unsigned char hash[HASH_SIZE];
	struct parsed p;
	size_t i;

	if (sodium_init() < 0 || !parse(sig, &p))
		return out;
	copl_key_name(p.record + 2, out.name);
	if (memcmp(p.record, "Ed", 2) == 0)
		out.verdict = SIG_LEGACY;
	if (memcmp(p.record, "ED", 2) != 0)
		return out;
	out.verdict = SIG_UNKNOWN_KEY;
	prehash(bytes, len, hash);
	for (i = 0; i < nkeys; i++) {
		if (memcmp(keys[i].id, p.record + 2, KEY_ID_SIZE) != 0)
			continue;
		if (verify(&p, hash, keys[i].key)) {
			out.verdict = SIG_GOOD;
			out.key = i;
			out.comment = p.comment;
			out.comment_len = p.len;
			return out;
		}
		out.verdict = SIG_WRONG;
	}
	return out;
}

enum copl_status copl_signature_report(
    const struct signed_by *s, const char *sig_file, struct copl_reporter *r)
{
	struct copl_place at = {sig_file, 0, 0};

	switch (s->verdict) {
	case SIG_GOOD:
		return COPL_OK;
	case SIG_MALFORMED:
		copl_report(r, COPL_ERROR, "signature-malformed", at,
		    _("this is not a signature in minisign's format"));
		break;
	case SIG_LEGACY:
		copl_report(r, COPL_ERROR, "signature-legacy", at,
		    _("this signature is in minisign's old format, which is "
		      "not accepted: sign again, without minisign's option "
		      "-l"));
		break;
	case SIG_UNKNOWN_KEY:
		copl_report(r, COPL_ERROR, "signature-unknown-key", at,
		    _("signed with key %s, which is not trusted here: ask the "
		      "sender, by telephone or in person, whether the key has "
		      "changed, and if so for its fingerprint, and give that "
		      "with --fingerprint"),
		    s->name);
		break;
	case SIG_WRONG:
		copl_report(r, COPL_ERROR, "signature-wrong", at,
		    _("the signature does not fit: what it signs was changed "
		      "or damaged on the way, so get it again"));
		break;
	}
	return COPL_E_TRUST;
}

enum copl_status copl_signature_check(const char *sig, const char *sig_file,
    const char *bytes, size_t len, const struct copl_public_key *keys,
    size_t nkeys, struct copl_arena *a, struct copl_reporter *r, size_t *by,
    const char **trusted)
{
	struct signed_by s = copl_signature_judge(sig, bytes, len, keys, nkeys);

	if (trusted != NULL)
		*trusted = NULL;
	if (s.verdict != SIG_GOOD)
		return copl_signature_report(&s, sig_file, r);
	*by = s.key;
	if (trusted != NULL) {
		*trusted = copl_arena_strndup(a, s.comment, s.comment_len);
		if (*trusted == NULL)
			return COPL_E_NOMEM;
	}
	return COPL_OK;
}
