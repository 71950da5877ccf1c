/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "deliver/push_priv.h"

static bool says(const struct copl_ledger_audit *row, const char *key,
    const char *value, struct copl_arena *a)
{
	const char *said = copl_ledger_value(row->text, key, a);

	return said != NULL && strcmp(said, value) == 0;
}

/*
 * The log tells what each delivery had proved there.  A file server that was
 * set up again from a backup shows one of these under another ETag.
 */
enum copl_status brought_before(const struct pushing *p, const struct spot *s,
    const struct copl_net_answer *a, struct copl_hearing *h)
{
	struct copl_arena *arena = copl_arena_new();
	struct copl_ledger_audit *rows = NULL;
	char sha256[COPL_SHA256_HEX];
	enum copl_status st;
	size_t n = 0, i;

	if (arena == NULL)
		return COPL_E_NOMEM;
	copl_sha256_hex(copl_strbuf_text(&a->body), a->body.len, sha256);
	st = copl_ledger_history(
	    p->ledger, s->endpoint->id, 0, arena, p->r, &rows, &n);
	for (i = n; st == COPL_OK && i > 0; i--) {
		const struct copl_ledger_audit *row = &rows[i - 1];

		if (!says(row, "url", s->endpoint->url, arena))
			break;
		if (!says(row, "seal", sha256, arena))
			continue;
		h->means = i == n ? COPL_MEANS_KNOWN : COPL_MEANS_OLDER;
		h->etag = a->etag;
		break;
	}
	copl_arena_free(arena);
	return st;
}
