/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <sodium.h>
#include <string.h>
#include "review/review.h"

static const char *const names[] = {
    [COPL_REVIEW_NONE] = "none",
    [COPL_REVIEW_DRAFT] = "draft",
    [COPL_REVIEW_TRANSLATED] = "translated",
    [COPL_REVIEW_REVIEWED] = "reviewed",
    [COPL_REVIEW_APPROVED] = "approved",
};

const char *copl_review_state_name(enum copl_review_state state)
{
	return names[state];
}

bool copl_review_state_parse(const char *name, enum copl_review_state *out)
{
	size_t i;

	/* Nobody can say of a text that there is none. */
	for (i = COPL_REVIEW_DRAFT; i < COPL_COUNT(names); i++)
		if (strcmp(names[i], name) == 0) {
			*out = (enum copl_review_state)i;
			return true;
		}
	return false;
}

static void end_hash(
    crypto_hash_sha256_state *s, char out[COPL_REVIEW_HASH_SIZE])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_final(s, digest);
	sodium_bin2hex(out, COPL_REVIEW_HASH_SIZE, digest,
	    (COPL_REVIEW_HASH_SIZE - 1) / 2);
}

static void add_text(crypto_hash_sha256_state *s, const char *text, bool first)
{
	if (!first)
		crypto_hash_sha256_update(s, (const unsigned char *)"", 1);
	crypto_hash_sha256_update(s, (const unsigned char *)text, strlen(text));
}

void copl_review_hash(
    const char *bytes, size_t len, char out[COPL_REVIEW_HASH_SIZE])
{
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, (const unsigned char *)bytes, len);
	end_hash(&s, out);
}

void copl_review_pair_of(
    const struct copl_message *m, struct copl_review_pair *out)
{
	crypto_hash_sha256_state s;
	size_t i;

	crypto_hash_sha256_init(&s);
	add_text(&s, m->id, true);
	if (m->plural != NULL)
		add_text(&s, m->plural, false);
	end_hash(&s, out->source);
	crypto_hash_sha256_init(&s);
	for (i = 0; i < m->nstr; i++)
		add_text(&s, m->str[i], i == 0);
	end_hash(&s, out->translation);
}

const char *copl_review_id(const struct copl_message *m)
{
	return m->ctxt != NULL ? m->ctxt : m->id;
}
