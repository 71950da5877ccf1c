/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"
#include "bundle/secret_priv.h"

static uint64_t le64(const unsigned char *p)
{
	uint64_t n = 0;
	int i;

	for (i = 7; i >= 0; i--)
		n = n << 8 | p[i];
	return n;
}

void copl_secret_key_sum(const char *alg, const struct copl_secret_key *k,
    unsigned char out[SECRET_SUM])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, SECRET_SUM);
	crypto_generichash_update(&state, (const unsigned char *)alg, 2);
	crypto_generichash_update(&state, k->id, sizeof(k->id));
	crypto_generichash_update(&state, k->key, sizeof(k->key));
	crypto_generichash_final(&state, out, SECRET_SUM);
	sodium_memzero(&state, sizeof(state));
}

static enum copl_status say_io(const char *path, struct copl_reporter *r,
    const char *code, const char *fmt)
{
	copl_report(r, COPL_ERROR, code, (struct copl_place){path, 0, 0},
	    "%s: %s", fmt, strerror(errno));
	return COPL_E_IO;
}

static bool read_some(int fd, char *text, size_t size)
{
	size_t len = 0;
	ssize_t n = 1;

	while (len < size - 1 && n > 0) {
		n = read(fd, text + len, size - 1 - len);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			len += (size_t)n;
	}
	text[len] = '\0';
	return n >= 0;
}

/*
 * Not copl_file_read: its buffers would keep the secret after they are
 * given back.
 */
static enum copl_status read_text(
    const char *path, struct copl_reporter *r, char *text, size_t size)
{
	enum copl_status st = COPL_OK;
	struct stat sb;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return say_io(path, r, "io-open", _("cannot open"));
	if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    (sb.st_mode & 077) != 0)
		copl_report(r, COPL_WARNING, "key-mode",
		    (struct copl_place){path, 0, 0},
		    _("other users can read this secret key: take the "
		      "permission away with \"chmod 600\""));
	if (!read_some(fd, text, size))
		st = say_io(path, r, "io-read", _("cannot read"));
	close(fd);
	return st;
}

/* The record of a secret key in the text of its file. */
static enum secret_record find_record(const char *text,
    const struct key_kind *kind, unsigned char raw[SECRET_RECORD])
{
	struct line l = {NULL, 0, 0};

	while (copl_line_next(&text, &l)) {
		if (l.len == 0 || copl_line_starts(&l, UNTRUSTED))
			continue;
		if (!copl_b64_read(l.s, l.len, raw, SECRET_RECORD) ||
		    memcmp(raw + AT_SUM_ALG, "B2", 2) != 0)
			return RECORD_NONE;
		return memcmp(raw, kind->alg, 2) == 0 ? RECORD_GOOD
						      : RECORD_OTHER_KIND;
	}
	return RECORD_NONE;
}

enum copl_status copl_secret_key_scramble(
    unsigned char raw[SECRET_RECORD], const char *passphrase)
{
	unsigned char stream[SECRET_RECORD - AT_ID];
	size_t i;

	if (crypto_pwhash_scryptsalsa208sha256(stream, sizeof(stream),
		passphrase, strlen(passphrase), raw + AT_SALT,
		le64(raw + AT_OPS), (size_t)le64(raw + AT_MEM)) != 0)
		return COPL_E_NOMEM;
	for (i = 0; i < sizeof(stream); i++)
		raw[AT_ID + i] ^= stream[i];
	sodium_memzero(stream, sizeof(stream));
	return COPL_OK;
}

static enum copl_status say(struct copl_reporter *r, const char *path,
    const char *code, const char *text)
{
	copl_report(
	    r, COPL_ERROR, code, (struct copl_place){path, 0, 0}, "%s", text);
	return COPL_E_INVALID;
}

/* Takes the passphrase off; *plain tells that there was none. */
static enum copl_status unlock(unsigned char raw[SECRET_RECORD],
    const char *path, const char *passphrase, struct copl_reporter *r,
    bool *plain)
{
	*plain = memcmp(raw + AT_KDF, "\0\0", 2) == 0;
	if (*plain)
		return COPL_OK;
	/* The file must not decide how much memory and time we spend. */
	if (memcmp(raw + AT_KDF, "Sc", 2) != 0 ||
	    le64(raw + AT_OPS) >
		crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE ||
	    le64(raw + AT_MEM) >
		crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE)
		return say(r, path, "key-malformed",
		    _("this secret key is protected in a way that is not "
		      "known here: make a new one with \"cop-l10n keygen\""));
	if (passphrase == NULL)
		return say(r, path, "key-passphrase",
		    _("this secret key has a passphrase, and none was given"));
	return copl_secret_key_scramble(raw, passphrase);
}

static bool is_signing_pair(const struct copl_secret_key *k)
{
	unsigned char seed[crypto_sign_SEEDBYTES];
	unsigned char public[crypto_sign_PUBLICKEYBYTES];
	unsigned char key[crypto_sign_SECRETKEYBYTES];
	bool ok;

	memcpy(seed, k->key, sizeof(seed));
	crypto_sign_seed_keypair(public, key, seed);
	ok = sodium_memcmp(key, k->key, sizeof(key)) == 0;
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(key, sizeof(key));
	return ok;
}

static void make_signing(struct copl_secret_key *k)
{
	unsigned char unused[crypto_sign_PUBLICKEYBYTES];

	crypto_sign_keypair(unused, k->key);
}

const struct key_kind copl_key_signs = {
    "Ed", "minisign", make_signing, is_signing_pair};

/* Do id, key and checksum belong together? */
static enum copl_status check(const unsigned char raw[SECRET_RECORD],
    const struct key_kind *kind, const struct copl_secret_key *k, bool plain,
    const char *path, struct copl_reporter *r)
{
	unsigned char sum[SECRET_SUM];
	bool sum_ok;

	copl_secret_key_sum(kind->alg, k, sum);
	sum_ok = sodium_memcmp(raw + AT_SUM, sum, sizeof(sum)) == 0;
	/* minisign -W leaves the checksum empty. */
	if (plain && sodium_is_zero(raw + AT_SUM, SECRET_SUM))
		sum_ok = true;
	if (!plain && !sum_ok)
		return say(r, path, "key-passphrase",
		    _("the passphrase does not open this secret key"));
	/* Half a key would sign what nobody can verify. */
	if (!sum_ok || !kind->is_pair(k))
		return say(r, path, "key-damaged",
		    _("this secret key is damaged: take it from a backup or "
		      "make a new one with \"cop-l10n keygen\""));
	return COPL_OK;
}

static enum copl_status take(unsigned char raw[SECRET_RECORD],
    const struct key_kind *kind, const char *path, const char *passphrase,
    struct copl_reporter *r, struct copl_secret_key **out)
{
	struct copl_secret_key *k;
	bool plain = false;
	enum copl_status st = unlock(raw, path, passphrase, r, &plain);

	if (st != COPL_OK)
		return st;
	k = calloc(1, sizeof(*k));
	if (k == NULL)
		return COPL_E_NOMEM;
	memcpy(k->id, raw + AT_ID, sizeof(k->id));
	memcpy(k->key, raw + AT_KEY, sizeof(k->key));
	st = check(raw, kind, k, plain, path, r);
	if (st == COPL_OK)
		*out = k;
	else
		copl_secret_key_free(k);
	return st;
}

enum copl_status copl_secret_kind_load(const char *path,
    const struct key_kind *kind, const char *passphrase,
    struct copl_reporter *r, enum secret_record *what,
    struct copl_secret_key **out)
{
	unsigned char raw[SECRET_RECORD];
	char text[KEY_FILE_MAX];
	enum copl_status st;

	*out = NULL;
	*what = RECORD_NONE;
	if (sodium_init() < 0)
		return COPL_E_BUG;
	st = read_text(path, r, text, sizeof(text));
	if (st == COPL_OK) {
		*what = find_record(text, kind, raw);
		st = *what == RECORD_GOOD
			 ? take(raw, kind, path, passphrase, r, out)
			 : COPL_E_NOTFOUND;
	}
	sodium_memzero(text, sizeof(text));
	sodium_memzero(raw, sizeof(raw));
	return st;
}

enum copl_status copl_secret_key_load(const char *path, const char *passphrase,
    struct copl_reporter *r, struct copl_secret_key **out)
{
	enum secret_record what;
	enum copl_status st = copl_secret_kind_load(
	    path, &copl_key_signs, passphrase, r, &what, out);

	if (st == COPL_E_NOTFOUND)
		return say(r, path, "key-malformed",
		    _("this is not a secret key in minisign's format"));
	return st;
}

void copl_secret_key_free(struct copl_secret_key *k)
{
	if (k == NULL)
		return;
	sodium_memzero(k, sizeof(*k));
	free(k);
}

void copl_secret_key_public(
    const struct copl_secret_key *k, struct copl_public_key *out)
{
	memcpy(out->id, k->id, sizeof(out->id));
	crypto_sign_ed25519_sk_to_pk(out->key, k->key);
}
