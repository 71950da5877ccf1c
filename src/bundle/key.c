/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/bundle_priv.h"

bool copl_line_next(const char **text, struct line *l)
{
	const char *s = *text;
	size_t len;

	if (*s == '\0')
		return false;
	len = strcspn(s, "\n");
	*text = s + len + (s[len] == '\n');
	if (len > 0 && s[len - 1] == '\r')
		len--;
	l->s = s;
	l->len = len;
	l->number++;
	return true;
}

bool copl_line_starts(const struct line *l, const char *prefix)
{
	size_t n = strlen(prefix);

	return l->len >= n && memcmp(l->s, prefix, n) == 0;
}

/* libsodium takes some bytes that are no ASCII for digits of base64. */
static bool is_b64(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!copl_is_alpha(s[i]) && !copl_is_digit(s[i]) &&
		    s[i] != '+' && s[i] != '/' && s[i] != '=')
			return false;
	return true;
}

bool copl_b64_read(const char *s, size_t len, unsigned char *out, size_t size)
{
	const char *end = NULL;
	size_t got = 0;

	while (len > 0 && copl_is_space(s[len - 1]))
		len--;
	return is_b64(s, len) &&
	       sodium_base642bin(out, size, s, len, NULL, &got, &end,
		   sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       got == size && end == s + len;
}

void copl_key_name(const unsigned char id[KEY_ID_SIZE], char out[KEY_NAME_SIZE])
{
	size_t i;

	/* minisign writes the id as a little-endian number. */
	for (i = 0; i < KEY_ID_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02X", id[KEY_ID_SIZE - 1 - i]);
}

static bool decode(
    const char *s, size_t len, struct copl_public_key *out, bool *secret)
{
	unsigned char raw[SECRET_RECORD];

	*secret = copl_b64_read(s, len, raw, SECRET_RECORD);
	if (*secret)
		sodium_memzero(raw, sizeof(raw));
	if (!copl_b64_read(s, len, raw, PUBLIC_RECORD) ||
	    memcmp(raw, "Ed", 2) != 0)
		return false;
	memcpy(out->id, raw + 2, sizeof(out->id));
	memcpy(out->key, raw + 2 + KEY_ID_SIZE, sizeof(out->key));
	return true;
}

/* The one line with content; false: none, or more than one. */
static bool find_record(const char *text, struct line *record)
{
	struct line l = {NULL, 0, 0};
	bool found = false;

	while (copl_line_next(&text, &l)) {
		if (strspn(l.s, " \t") >= l.len ||
		    (!found && copl_line_starts(&l, UNTRUSTED)))
			continue;
		if (found)
			return false;
		*record = l;
		found = true;
	}
	return found;
}

enum copl_status copl_public_key_read(const char *text, struct copl_place at,
    struct copl_reporter *r, struct copl_public_key *out)
{
	struct line l = {NULL, 0, 0};
	bool secret = false;

	memset(out, 0, sizeof(*out));
	if (find_record(text, &l)) {
		if (decode(l.s, l.len, out, &secret))
			return COPL_OK;
		if (at.line == 0) {
			at.line = l.number;
			at.column = 1;
		}
	}
	if (secret)
		copl_report(r, COPL_ERROR, "key-is-secret", at,
		    _("this is a secret key: give the public one, the file "
		      "that ends with .pub"));
	else
		copl_report(r, COPL_ERROR, "key-malformed", at,
		    _("this is not a public key in minisign's format: it "
		      "should be one line of 56 characters that begins with "
		      "RW"));
	return COPL_E_INVALID;
}

enum copl_status copl_public_key_load(
    const char *path, struct copl_reporter *r, struct copl_public_key *out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(KEY_FILE_MAX);
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	st = copl_file_read(path, KEY_FILE_MAX, r, &text);
	if (st == COPL_OK)
		st = copl_public_key_read(copl_strbuf_text(&text),
		    (struct copl_place){path, 0, 0}, r, out);
	copl_strbuf_clear(&text);
	return st;
}

void copl_public_key_b64(
    const struct copl_public_key *k, char out[COPL_PUBLIC_KEY_B64])
{
	unsigned char raw[PUBLIC_RECORD] = {'E', 'd'};

	memcpy(raw + 2, k->id, sizeof(k->id));
	memcpy(raw + 2 + KEY_ID_SIZE, k->key, sizeof(k->key));
	sodium_bin2base64(out, COPL_PUBLIC_KEY_B64, raw, sizeof(raw),
	    sodium_base64_VARIANT_ORIGINAL);
}

void copl_public_key_write(
    const struct copl_public_key *k, struct copl_strbuf *out)
{
	char b64[COPL_PUBLIC_KEY_B64];
	char name[KEY_NAME_SIZE];

	copl_public_key_b64(k, b64);
	copl_key_name(k->id, name);
	copl_strbuf_printf(
	    out, UNTRUSTED "minisign public key %s\n%s\n", name, b64);
}

bool copl_public_key_equal(
    const struct copl_public_key *a, const struct copl_public_key *b)
{
	return memcmp(a->id, b->id, sizeof(a->id)) == 0 &&
	       memcmp(a->key, b->key, sizeof(a->key)) == 0;
}

void copl_fingerprint(
    const struct copl_public_key *k, char out[COPL_FINGERPRINT_SIZE])
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	char *p = out;
	int i;

	crypto_hash_sha256(digest, k->key, sizeof(k->key));
	for (i = 0; i < 20; i++) {
		if (i > 0 && i % 2 == 0)
			*p++ = ' ';
		snprintf(p, 3, "%02X", digest[i]);
		p += 2;
	}
}

static bool is_separator(char c)
{
	return copl_is_space(c) || c == ':' || c == '-';
}

static char upper(char c)
{
	if (copl_is_lower(c))
		c = (char)(c - 'a' + 'A');
	return c;
}

bool copl_fingerprint_equal(const char *given, const struct copl_public_key *k)
{
	char want[COPL_FINGERPRINT_SIZE];
	const char *w = want;

	copl_fingerprint(k, want);
	for (;; given++) {
		if (is_separator(*given))
			continue;
		if (*w == ' ')
			w++;
		if (*given == '\0')
			return *w == '\0';
		if (upper(*given) != *w)
			return false;
		w++;
	}
}
