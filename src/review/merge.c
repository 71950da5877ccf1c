/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "review/review_priv.h"

struct three {
	const struct copl_review *base;
	struct copl_review *to;
};

static const struct copl_review_row *row_of_pair(
    const struct copl_review *rv, const struct copl_review_row *row)
{
	struct copl_review_pair pair;

	memcpy(pair.source, row->source, sizeof(pair.source));
	memcpy(pair.translation, row->translation, sizeof(pair.translation));
	return copl_review_find(rv, row->id, &pair);
}

/* Rows of one side that the other neither changed nor took out. */
static enum copl_status take_rows(const struct three *t,
    const struct copl_review *from, const struct copl_review *other)
{
	struct copl_review_row mine;
	size_t i;

	for (i = 0; i < from->nrows; i++) {
		const struct copl_review_row *row = &from->rows[i];
		const struct copl_review_row *was = row_of_pair(t->base, row);
		const struct copl_review_row *his = row_of_pair(other, row);

		if (was != NULL && review_row_same(was, row) &&
		    (his == NULL || !review_row_same(was, his)))
			continue;
		if (!review_copy_row(t->to, row, &mine) ||
		    !review_append(t->to, &mine))
			return COPL_E_NOMEM;
	}
	return COPL_OK;
}

static bool is_signed(
    const struct copl_review *rv, const struct copl_review_signoff *s)
{
	size_t i;

	for (i = 0; i < rv->nsignoffs; i++)
		if (review_signoff_cmp(&rv->signoffs[i], s) == 0)
			return true;
	return false;
}

static enum copl_status take_signoffs(const struct three *t,
    const struct copl_review *from, const struct copl_review *other)
{
	struct copl_review_signoff mine;
	size_t i;

	for (i = 0; i < from->nsignoffs; i++) {
		const struct copl_review_signoff *s = &from->signoffs[i];

		if (is_signed(t->base, s) && !is_signed(other, s))
			continue;
		if (!review_copy_signoff(t->to, s, &mine) ||
		    !review_append_signoff(t->to, &mine))
			return COPL_E_NOMEM;
	}
	return COPL_OK;
}

static bool same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

enum copl_status copl_review_merge(const struct copl_review *base,
    const struct copl_review *ours, const struct copl_review *theirs,
    struct copl_review **out)
{
	struct three t = {.base = base, .to = review_new(ours->file)};
	enum copl_status st = t.to == NULL ? COPL_E_NOMEM : COPL_OK;
	const char *tail;

	*out = NULL;
	if (st == COPL_OK)
		st = take_rows(&t, ours, theirs);
	if (st == COPL_OK)
		st = take_rows(&t, theirs, ours);
	if (st == COPL_OK)
		st = take_signoffs(&t, ours, theirs);
	if (st == COPL_OK)
		st = take_signoffs(&t, theirs, ours);
	if (st == COPL_OK) {
		tail = same_text(ours->tail, base->tail) ? theirs->tail
							 : ours->tail;
		if (tail != NULL) {
			t.to->tail = copl_arena_strdup(t.to->arena, tail);
			st = t.to->tail == NULL ? COPL_E_NOMEM : COPL_OK;
		}
	}
	if (st != COPL_OK) {
		copl_review_free(t.to);
		return st;
	}
	review_settle(t.to);
	*out = t.to;
	return COPL_OK;
}
