/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "review/review.h"

/* The first row of an id. */
static size_t first_of(const struct copl_review *rv, const char *id)
{
	size_t low = 0, high = rv->nrows, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(rv->rows[mid].id, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool copl_review_was_reviewed(const struct copl_review *rv, const char *id)
{
	size_t i;

	for (i = first_of(rv, id);
	     i < rv->nrows && strcmp(rv->rows[i].id, id) == 0; i++)
		if (rv->rows[i].state >= COPL_REVIEW_REVIEWED)
			return true;
	return false;
}

void copl_review_judge(const struct copl_review *rv,
    const struct copl_message *m, struct copl_review_verdict *out)
{
	const char *id = copl_review_id(m);
	struct copl_review_pair pair;
	size_t i;

	memset(out, 0, sizeof(*out));
	if (m->fuzzy || m->obsolete || !copl_message_is_whole(m))
		return;
	out->state = COPL_REVIEW_TRANSLATED;
	i = first_of(rv, id);
	if (i == rv->nrows || strcmp(rv->rows[i].id, id) != 0)
		return;
	copl_review_pair_of(m, &pair);
	for (; i < rv->nrows && strcmp(rv->rows[i].id, id) == 0; i++) {
		const struct copl_review_row *row = &rv->rows[i];

		if (strcmp(row->translation, pair.translation) != 0)
			continue;
		if (strcmp(row->source, pair.source) == 0)
			out->row = row;
		else if (row->state >= COPL_REVIEW_REVIEWED &&
			 (out->stale == NULL ||
			     strcmp(row->date, out->stale->date) > 0))
			out->stale = row;
	}
	if (out->row == NULL)
		return;
	out->state = out->row->state;
	/* A person who said something of this very pair has seen both. */
	if (out->state >= COPL_REVIEW_TRANSLATED)
		out->stale = NULL;
}
