/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"
#include "bundle/secret_priv.h"

/*
 * As much work as minisign asks for, in a quarter of its memory: a release
 * may be signed in a small container.
 */
#define KDF_OPS crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE
#define KDF_MEM (UINT64_C(256) << 20)

static void put_le64(unsigned char *p, uint64_t n)
{
	int i;

	for (i = 0; i < 8; i++, n >>= 8)
		p[i] = (unsigned char)(n & 0xff);
}

static enum copl_status protect(
    unsigned char raw[SECRET_RECORD], const struct copl_lock *lock)
{
	raw[AT_KDF] = 'S';
	raw[AT_KDF + 1] = 'c';
	randombytes_buf(raw + AT_SALT, AT_OPS - AT_SALT);
	put_le64(raw + AT_OPS, lock->ops);
	put_le64(raw + AT_MEM, lock->mem);
	return copl_secret_key_scramble(raw, lock->passphrase);
}

/* Text of the secret key's file; the caller wipes it. */
#define SECRET_TEXT 320
static enum copl_status secret_text(const struct key_kind *kind,
    const struct copl_secret_key *k, const struct copl_lock *lock,
    char text[SECRET_TEXT])
{
	unsigned char raw[SECRET_RECORD] = {0, 0, 0, 0, 'B', '2'};
	enum copl_status st = COPL_OK;
	char b64[SECRET_B64];
	char name[KEY_NAME_SIZE];

	memcpy(raw, kind->alg, 2);
	memcpy(raw + AT_ID, k->id, sizeof(k->id));
	memcpy(raw + AT_KEY, k->key, sizeof(k->key));
	copl_secret_key_sum(kind->alg, k, raw + AT_SUM);
	if (lock->passphrase != NULL)
		st = protect(raw, lock);
	sodium_bin2base64(
	    b64, sizeof(b64), raw, sizeof(raw), sodium_base64_VARIANT_ORIGINAL);
	copl_key_name(k->id, name);
	snprintf(text, SECRET_TEXT, UNTRUSTED "%s %ssecret key %s\n%s\n",
	    kind->file, lock->passphrase == NULL ? "" : "encrypted ", name,
	    b64);
	sodium_memzero(raw, sizeof(raw));
	sodium_memzero(b64, sizeof(b64));
	return st;
}

static enum copl_status say_exists(
    const char *path, const struct key_kind *kind, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "key-exists",
	    (struct copl_place){path, 0, 0}, "%s",
	    kind == &copl_key_signs
		? _("there is a key here already: choose another name, "
		    "because without this key nothing more can be signed for "
		    "those who trust it")
		: _("there is a key here already: choose another name, "
		    "because without this key the answers that were sealed "
		    "with it cannot be read"));
	return COPL_E_INVALID;
}

static bool flush(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok = fd >= 0 && fsync(fd) == 0;
	int saved = errno;

	if (fd >= 0)
		close(fd);
	errno = saved;
	return ok;
}

/* A name that nobody has taken; not every file system has a second one. */
static bool give_name(const struct copl_staged *s)
{
	if (s->tmp == NULL) { /* the same bytes are there */
		errno = EEXIST;
		return false;
	}
	if (!flush(s->tmp))
		return false;
	if (link(s->tmp, s->path) == 0)
		return true;
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
		return false;
	if (copl_path_exists(s->path)) {
		errno = EEXIST;
		return false;
	}
	return rename(s->tmp, s->path) == 0;
}

/*
 * Makes a file that was not there: whole, whatever happens meanwhile, or not
 * at all.
 */
static enum copl_status create(const char *path, const char *text,
    unsigned mode, const struct key_kind *kind, struct copl_reporter *r)
{
	struct copl_staged s = {NULL, NULL};
	enum copl_status st =
	    copl_file_stage(path, text, strlen(text), mode, 0, r, &s);

	if (st == COPL_OK && !give_name(&s)) {
		st = COPL_E_IO;
		if (errno == EEXIST)
			st = say_exists(path, kind, r);
		else
			copl_report(r, COPL_ERROR, "io-write",
			    (struct copl_place){path, 0, 0},
			    _("cannot write: %s"), strerror(errno));
	}
	copl_file_abandon(&s);
	return st;
}

static enum copl_status make_parent(
    const char *path, struct copl_arena *a, struct copl_reporter *r)
{
	const char *slash = strrchr(path, '/');
	char *dir;

	if (slash == NULL || slash == path)
		return COPL_OK;
	dir = copl_arena_strndup(a, path, (size_t)(slash - path));
	return dir == NULL ? COPL_E_NOMEM : copl_dir_make(dir, r);
}

static enum copl_status check_free(const char *public, const char *secret,
    const struct key_kind *kind, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;

	if (copl_path_exists(secret))
		st = say_exists(secret, kind, r);
	if (copl_path_exists(public))
		st = say_exists(public, kind, r);
	return st;
}

static enum copl_status write_pair(const struct key_kind *kind,
    const struct copl_secret_key *k, const struct copl_lock *lock,
    key_public_fn *public_text, const char *public, const char *secret,
    struct copl_reporter *r)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(KEY_FILE_MAX);
	char hidden[SECRET_TEXT] = "";
	enum copl_status st;

	public_text(k, &text);
	st = text.st;
	if (st == COPL_OK)
		st = secret_text(kind, k, lock, hidden);
	if (st == COPL_OK)
		st = create(secret, hidden, 0600, kind, r);
	if (st == COPL_OK) {
		st = create(public, text.s, 0644, kind, r);
		if (st != COPL_OK)
			unlink(secret);
	}
	sodium_memzero(hidden, sizeof(hidden));
	copl_strbuf_clear(&text);
	return st;
}

static enum copl_status make_pair(const char *prefix,
    const struct key_kind *kind, const struct copl_lock *lock,
    key_public_fn *public_text, key_tell_fn *tell_made, struct copl_arena *a,
    struct copl_reporter *r)
{
	const char *public = copl_arena_printf(a, "%s.pub", prefix);
	const char *secret = copl_arena_printf(a, "%s.key", prefix);
	struct copl_secret_key k;
	enum copl_status st;

	if (public == NULL || secret == NULL)
		return COPL_E_NOMEM;
	st = check_free(public, secret, kind, r);
	if (st == COPL_OK)
		st = make_parent(secret, a, r);
	if (st != COPL_OK)
		return st;
	randombytes_buf(k.id, sizeof(k.id));
	kind->make(&k);
	st = write_pair(kind, &k, lock, public_text, public, secret, r);
	if (st == COPL_OK)
		tell_made(r, &k, public, secret);
	sodium_memzero(&k, sizeof(k));
	return st;
}

enum copl_status copl_key_pair_make(const char *prefix,
    const struct key_kind *kind, const struct copl_lock *lock,
    key_public_fn *public_text, key_tell_fn *tell_made,
    const struct copl_sink *sink)
{
	enum copl_status st = COPL_E_NOMEM;
	struct copl_arena *a = copl_arena_new();
	struct copl_reporter r;

	copl_reporter_init(&r, sink);
	if (sodium_init() < 0)
		st = COPL_E_BUG;
	else if (a != NULL)
		st = make_pair(
		    prefix, kind, lock, public_text, tell_made, a, &r);
	copl_arena_free(a);
	return copl_reporter_end(&r, st);
}

/* ---- the keys of a release ---- */

static void public_text(
    const struct copl_secret_key *k, struct copl_strbuf *out)
{
	struct copl_public_key pub;

	copl_secret_key_public(k, &pub);
	copl_public_key_write(&pub, out);
}

static void tell(struct copl_reporter *r, const struct copl_secret_key *k,
    const char *public, const char *secret)
{
	char fingerprint[COPL_FINGERPRINT_SIZE];
	struct copl_public_key pub;
	struct copl_field fields[] = {{"public", public}, {"secret", secret},
	    {"fingerprint", fingerprint}};

	copl_secret_key_public(k, &pub);
	copl_fingerprint(&pub, fingerprint);
	copl_tell(r, "key", fields, COPL_COUNT(fields),
	    _("%s is the secret key, to be kept safe; %s is the public one, "
	      "and its fingerprint is %s"),
	    secret, public, fingerprint);
}

struct copl_lock copl_key_lock(const char *passphrase)
{
	return (struct copl_lock){passphrase, KDF_OPS, KDF_MEM};
}

enum copl_status copl_keygen_locked(const char *prefix,
    const struct copl_lock *lock, const struct copl_sink *sink)
{
	return copl_key_pair_make(
	    prefix, &copl_key_signs, lock, public_text, tell, sink);
}

enum copl_status copl_keygen(
    const char *prefix, const char *passphrase, const struct copl_sink *sink)
{
	const struct copl_lock lock = copl_key_lock(passphrase);

	return copl_keygen_locked(prefix, &lock, sink);
}
