/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/box.h"
#include "bundle/secret_priv.h"

#define ALG "An"
#define SECRET_KEY crypto_box_SECRETKEYBYTES

/* The same record as that of a key that signs: secret and public half. */
struct copl_box_secret {
	struct copl_secret_key k;
};

static void make(struct copl_secret_key *k)
{
	crypto_box_keypair(k->key + SECRET_KEY, k->key);
}

static bool is_pair(const struct copl_secret_key *k)
{
	unsigned char public[crypto_box_PUBLICKEYBYTES];

	return crypto_scalarmult_base(public, k->key) == 0 &&
	       sodium_memcmp(public, k->key + SECRET_KEY, sizeof(public)) == 0;
}

const struct key_kind copl_key_opens = {ALG, "cop-l10n answers", make, is_pair};

static void public_of(
    const struct copl_secret_key *k, struct copl_box_public *out)
{
	memcpy(out->id, k->id, sizeof(out->id));
	memcpy(out->key, k->key + SECRET_KEY, sizeof(out->key));
}

/* ---- public keys ---- */

void copl_box_public_b64(
    const struct copl_box_public *k, char out[COPL_BOX_PUBLIC_B64])
{
	unsigned char raw[PUBLIC_RECORD] = {'A', 'n'};

	memcpy(raw + 2, k->id, sizeof(k->id));
	memcpy(raw + 2 + KEY_ID_SIZE, k->key, sizeof(k->key));
	sodium_bin2base64(out, COPL_BOX_PUBLIC_B64, raw, sizeof(raw),
	    sodium_base64_VARIANT_ORIGINAL);
}

static enum copl_status say(struct copl_reporter *r, struct copl_place at,
    const char *code, const char *text)
{
	copl_report(r, COPL_ERROR, code, at, "%s", text);
	return COPL_E_INVALID;
}

static enum copl_status say_signs(struct copl_reporter *r, struct copl_place at)
{
	return say(r, at, "answers-key-signs",
	    _("this key is for signing releases: answers need a key that "
	      "\"cop-l10n keygen --answers\" made"));
}

/* The last line that is no comment and not blank. */
static void find_line(const char *text, struct line *found)
{
	struct line l = {NULL, 0, 0};

	while (copl_line_next(&text, &l))
		if (strspn(l.s, " \t") < l.len &&
		    !copl_line_starts(&l, UNTRUSTED))
			*found = l;
}

static enum copl_status say_not_public(
    const struct line *l, struct copl_place at, struct copl_reporter *r)
{
	unsigned char raw[SECRET_RECORD];
	bool secret = copl_b64_read(l->s, l->len, raw, SECRET_RECORD);
	bool signs = copl_b64_read(l->s, l->len, raw, PUBLIC_RECORD) &&
		     memcmp(raw, "Ed", 2) == 0;

	sodium_memzero(raw, sizeof(raw));
	if (at.line == 0 && l->number > 0) {
		at.line = l->number;
		at.column = 1;
	}
	if (secret)
		return say(r, at, "answers-key-is-secret",
		    _("this is a secret key, which opens answers and is for "
		      "nobody else: give the public one, the file that ends "
		      "with .pub"));
	if (signs)
		return say_signs(r, at);
	return say(r, at, "answers-key-malformed",
	    _("this is not a public key for answers: it should be one line "
	      "of 56 characters that begins with QW"));
}

enum copl_status copl_box_public_read(const char *text, struct copl_place at,
    struct copl_reporter *r, struct copl_box_public *out)
{
	struct line l = {"", 0, 0};
	unsigned char raw[PUBLIC_RECORD];

	memset(out, 0, sizeof(*out));
	find_line(text, &l);
	if (!copl_b64_read(l.s, l.len, raw, PUBLIC_RECORD) ||
	    memcmp(raw, ALG, 2) != 0)
		return say_not_public(&l, at, r);
	memcpy(out->id, raw + 2, sizeof(out->id));
	memcpy(out->key, raw + 2 + KEY_ID_SIZE, sizeof(out->key));
	return COPL_OK;
}

enum copl_status copl_box_public_load(
    const char *path, struct copl_reporter *r, struct copl_box_public *out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(KEY_FILE_MAX);
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	st = copl_file_read(path, KEY_FILE_MAX, r, &text);
	if (st == COPL_OK)
		st = copl_box_public_read(copl_strbuf_text(&text),
		    (struct copl_place){path, 0, 0}, r, out);
	/* Somebody may have named the secret key. */
	if (text.s != NULL)
		sodium_memzero(text.s, text.cap);
	copl_strbuf_clear(&text);
	return st;
}

/* ---- secret keys ---- */

enum copl_status copl_box_secret_load(const char *path, const char *passphrase,
    struct copl_reporter *r, struct copl_box_secret **out)
{
	struct copl_place at = {path, 0, 0};
	struct copl_secret_key *k = NULL;
	enum secret_record what;
	enum copl_status st = copl_secret_kind_load(
	    path, &copl_key_opens, passphrase, r, &what, &k);

	*out = (struct copl_box_secret *)k;
	if (st != COPL_E_NOTFOUND)
		return st;
	if (what == RECORD_OTHER_KIND)
		return say_signs(r, at);
	return say(r, at, "answers-key-malformed",
	    _("this is not a secret key for answers, the file that ends with "
	      ".key"));
}

void copl_box_secret_free(struct copl_box_secret *k)
{
	if (k != NULL)
		copl_secret_key_free(&k->k);
}

void copl_box_secret_public(
    const struct copl_box_secret *k, struct copl_box_public *out)
{
	public_of(&k->k, out);
}

/* ---- sealing ---- */

enum copl_status copl_box_seal(const struct copl_box_public *k,
    const char *bytes, size_t len, struct copl_strbuf *out)
{
	size_t at = out->len, whole = at + len + crypto_box_SEALBYTES;

	copl_strbuf_room(out, whole);
	if (out->st == COPL_OK && whole > out->max)
		out->st = COPL_E_LIMIT;
	if (out->st != COPL_OK)
		return out->st;
	if (crypto_box_seal((unsigned char *)out->s + at,
		(const unsigned char *)bytes, len, k->key) != 0)
		return COPL_E_INVALID; /* no key that could be opened */
	out->len = whole;
	out->s[whole] = '\0';
	return COPL_OK;
}

enum copl_status copl_box_open(const struct copl_box_secret *k,
    const char *bytes, size_t len, struct copl_strbuf *out)
{
	size_t plain = len - crypto_box_SEALBYTES;

	copl_strbuf_reset(out);
	if (len < crypto_box_SEALBYTES)
		return COPL_E_TRUST;
	copl_strbuf_room(out, plain + 1);
	if (out->st == COPL_OK && plain > out->max)
		out->st = COPL_E_LIMIT;
	if (out->st != COPL_OK)
		return out->st;
	if (crypto_box_seal_open((unsigned char *)out->s,
		(const unsigned char *)bytes, len, k->k.key + SECRET_KEY,
		k->k.key) != 0)
		return COPL_E_TRUST;
	out->len = plain;
	out->s[plain] = '\0';
	return COPL_OK;
}

/* ---- making a pair ---- */

static void public_text(
    const struct copl_secret_key *k, struct copl_strbuf *out)
{
	char b64[COPL_BOX_PUBLIC_B64];
	char name[KEY_NAME_SIZE];
	struct copl_box_public pub;

	public_of(k, &pub);
	copl_box_public_b64(&pub, b64);
	copl_key_name(k->id, name);
	copl_strbuf_printf(
	    out, UNTRUSTED "cop-l10n answers public key %s\n%s\n", name, b64);
}

static void tell(struct copl_reporter *r, const struct copl_secret_key *k,
    const char *public, const char *secret)
{
	char fingerprint[COPL_FINGERPRINT_SIZE];
	struct copl_public_key pub;
	struct copl_field fields[] = {{"public", public}, {"secret", secret},
	    {"fingerprint", fingerprint}};

	memcpy(pub.key, k->key + SECRET_KEY, sizeof(pub.key));
	copl_fingerprint(&pub, fingerprint);
	copl_tell(r, "key", fields, COPL_COUNT(fields),
	    _("%s opens the answers, to be kept safe; %s seals them, is for "
	      "the offices, and its fingerprint is %s"),
	    secret, public, fingerprint);
}

enum copl_status copl_keygen_answers_locked(const char *prefix,
    const struct copl_lock *lock, const struct copl_sink *sink)
{
	return copl_key_pair_make(
	    prefix, &copl_key_opens, lock, public_text, tell, sink);
}

enum copl_status copl_keygen_answers(
    const char *prefix, const char *passphrase, const struct copl_sink *sink)
{
	const struct copl_lock lock = copl_key_lock(passphrase);

	return copl_keygen_answers_locked(prefix, &lock, sink);
}
