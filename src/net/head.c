/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "net/net_priv.h"

#define HEAD_MAX ((size_t)1 << 20)

void copl_head_begin(struct copl_head *h)
{
	copl_strbuf_reset(&h->text);
	h->text.max = HEAD_MAX;
	h->n = 0;
}

bool copl_head_add(struct copl_head *h, const char *name, const char *between,
    const char *value)
{
	struct copl_head_line *lines =
	    copl_grow(h->lines, h->n, &h->room, sizeof(*lines));

	if (lines == NULL)
		return false;
	h->lines = lines;
	lines[h->n++].at = h->text.len;
	copl_strbuf_add(&h->text, name, strlen(name));
	copl_strbuf_add(&h->text, between, strlen(between));
	copl_strbuf_add(&h->text, value, strlen(value));
	copl_strbuf_add(&h->text, "", 1);
	return h->text.st == COPL_OK;
}

/* The text may have moved while it grew: only now its places are known. */
struct curl_slist *copl_head_list(struct copl_head *h)
{
	size_t i;

	for (i = 0; i < h->n; i++) {
		h->lines[i].node.data = h->text.s + h->lines[i].at;
		h->lines[i].node.next =
		    i + 1 < h->n ? &h->lines[i + 1].node : NULL;
	}
	return h->n == 0 ? NULL : &h->lines[0].node;
}

void copl_head_clear(struct copl_head *h)
{
	copl_strbuf_clear(&h->text);
	free(h->lines);
	h->lines = NULL;
	h->n = h->room = 0;
}
