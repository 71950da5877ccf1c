/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include <string.h>
#include "answers/seal.h"
#include "answers/store.h"
#include "base/i18n.h"

#define MAGIC_LEN (sizeof(COPL_SEAL_MAGIC) - 1)
#define AT_CONTENT (MAGIC_LEN + 8)
#define AT_DAY (AT_CONTENT + COPL_MARK_CONTENT)
#define DAY ((size_t)COPL_MARK_DAY_SIZE - 1)
#define BLOCK 256

enum copl_status copl_seal(const struct copl_box_public *k,
    const struct copl_mark *mark, const char *bytes, size_t len,
    struct copl_strbuf *out)
{
	size_t padded = (len / BLOCK + 1) * BLOCK;
	enum copl_status st = COPL_E_NOMEM;
	char *text;

	if (len > COPL_STORE_BYTES_MAX)
		return COPL_E_LIMIT;
	text = calloc(1, padded);
	if (text == NULL)
		return COPL_E_NOMEM;
	memcpy(text, bytes, len);
	text[len] = (char)0x80;
	copl_strbuf_add(out, COPL_SEAL_MAGIC, MAGIC_LEN);
	copl_strbuf_add(out, (const char *)k->id, sizeof(k->id));
	copl_strbuf_add(
	    out, (const char *)mark->content, sizeof(mark->content));
	copl_strbuf_add(out, mark->keep_until, DAY);
	st = copl_box_seal(k, text, padded, out);
	sodium_memzero(text, padded);
	free(text);
	return st;
}

bool copl_seal_is(const char *bytes, size_t len)
{
	return len >= MAGIC_LEN &&
	       memcmp(bytes, COPL_SEAL_MAGIC, MAGIC_LEN) == 0;
}

bool copl_seal_mark(const char *bytes, size_t len, struct copl_mark *out)
{
	char day[COPL_MARK_DAY_SIZE] = "";

	memset(out, 0, sizeof(*out));
	if (len < COPL_SEAL_HEAD || !copl_seal_is(bytes, len))
		return false;
	memcpy(out->content, bytes + AT_CONTENT, sizeof(out->content));
	memcpy(day, bytes + AT_DAY, DAY);
	return day[0] == '\0' ? sodium_is_zero((unsigned char *)day, DAY)
			      : copl_mark_keep(out, day);
}

static enum copl_status say(struct copl_reporter *r, const char *file,
    const char *code, const char *text)
{
	copl_report(
	    r, COPL_ERROR, code, (struct copl_place){file, 0, 0}, "%s", text);
	return COPL_E_TRUST;
}

/* Takes the padding off; false: there is none. */
static bool unpad(struct copl_strbuf *b)
{
	size_t n = b->len;

	while (n > 0 && b->s[n - 1] == '\0')
		n--;
	if (n == 0 || (unsigned char)b->s[n - 1] != 0x80)
		return false;
	b->len = n - 1;
	b->s[b->len] = '\0';
	return true;
}

enum copl_status copl_seal_open(const struct copl_box_secret *k,
    const char *bytes, size_t len, const char *file, struct copl_reporter *r,
    struct copl_strbuf *out)
{
	struct copl_box_public own;
	struct copl_mark unused;
	enum copl_status st;

	copl_strbuf_reset(out);
	if (!copl_seal_mark(bytes, len, &unused))
		return say(r, file, "answers-seal-damaged",
		    _("this is not a sealed answer, or a damaged one"));
	copl_box_secret_public(k, &own);
	if (memcmp(bytes + MAGIC_LEN, own.id, sizeof(own.id)) != 0)
		return say(r, file, "answers-seal-key",
		    _("this answer is sealed to another key than the one "
		      "given"));
	st =
	    copl_box_open(k, bytes + COPL_SEAL_HEAD, len - COPL_SEAL_HEAD, out);
	if (st == COPL_E_TRUST || (st == COPL_OK && !unpad(out)))
		return say(r, file, "answers-seal-damaged",
		    _("this is not a sealed answer, or a damaged one"));
	return st;
}
