/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "review/review_priv.h"

#define MAX_TEXT 200
#define MAX_ORIGIN 32

struct copl_review *review_new(const char *file)
{
	struct copl_review *rv = calloc(1, sizeof(*rv));

	if (rv == NULL)
		return NULL;
	rv->arena = copl_arena_new();
	if (rv->arena != NULL)
		rv->file = copl_arena_strdup(rv->arena, file);
	if (rv->file == NULL) {
		copl_review_free(rv);
		return NULL;
	}
	return rv;
}

void copl_review_free(struct copl_review *rv)
{
	if (rv == NULL)
		return;
	free(rv->rows);
	free(rv->signoffs);
	copl_arena_free(rv->arena);
	free(rv);
}

bool copl_review_text_is_good(const char *s)
{
	size_t len = strlen(s), i;

	if (len > MAX_TEXT || copl_utf8_valid(s, len) != len ||
	    strcmp(s, REVIEW_NOT_SAID) == 0)
		return false;
	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		/* C1 controls are C2 80 to C2 9F. */
		if (c < ' ' || c == 0x7f ||
		    (c == 0xc2 && (unsigned char)s[i + 1] < 0xa0))
			return false;
	}
	return true;
}

bool copl_review_origin_is_good(const char *s)
{
	size_t i;

	for (i = 0; copl_is_lower(s[i]) || copl_is_digit(s[i]) || s[i] == '-';
	     i++)
		;
	return i > 0 && i <= MAX_ORIGIN && s[i] == '\0';
}

/* ---- order ---- */

/* By id, source and translation. */
static int compare_pairs(
    const struct copl_review_row *a, const struct copl_review_row *b)
{
	int c = strcmp(a->id, b->id);

	if (c == 0)
		c = strcmp(a->source, b->source);
	return c != 0 ? c : strcmp(a->translation, b->translation);
}

/* Of two rows for one pair: more than 0, the first counts. */
static int compare_weight(
    const struct copl_review_row *a, const struct copl_review_row *b)
{
	int c = strcmp(a->date, b->date);

	if (c == 0)
		c = (int)a->state - (int)b->state;
	if (c == 0)
		c = strcmp(a->origin, b->origin);
	if (c == 0)
		c = strcmp(a->role, b->role);
	return c != 0 ? c : strcmp(a->who, b->who);
}

bool review_row_same(
    const struct copl_review_row *a, const struct copl_review_row *b)
{
	return compare_pairs(a, b) == 0 && compare_weight(a, b) == 0;
}

/* The row that counts comes first; of two alike, the one with a comment. */
static int row_order(const void *x, const void *y)
{
	const struct copl_review_row *a = x, *b = y;
	int c = compare_pairs(a, b);

	if (c == 0)
		c = compare_weight(b, a);
	if (c == 0)
		c = (a->comment == NULL) - (b->comment == NULL);
	return c != 0 ? c : (a->line > b->line) - (a->line < b->line);
}

int review_signoff_cmp(
    const struct copl_review_signoff *a, const struct copl_review_signoff *b)
{
	int c = strcmp(a->date, b->date);

	if (c == 0)
		c = strcmp(a->digest, b->digest);
	if (c == 0)
		c = strcmp(a->role, b->role);
	return c != 0 ? c : strcmp(a->who, b->who);
}

static int signoff_order(const void *x, const void *y)
{
	const struct copl_review_signoff *a = x, *b = y;
	int c = review_signoff_cmp(a, b);

	if (c == 0)
		c = (a->comment == NULL) - (b->comment == NULL);
	return c != 0 ? c : (a->line > b->line) - (a->line < b->line);
}

bool review_append(struct copl_review *rv, const struct copl_review_row *row)
{
	struct copl_review_row *rows =
	    copl_grow(rv->rows, rv->nrows, &rv->rows_room, sizeof(*rows));

	if (rows == NULL)
		return false;
	rv->rows = rows;
	rows[rv->nrows++] = *row;
	return true;
}

bool review_append_signoff(
    struct copl_review *rv, const struct copl_review_signoff *signoff)
{
	struct copl_review_signoff *list = copl_grow(
	    rv->signoffs, rv->nsignoffs, &rv->signoffs_room, sizeof(*list));

	if (list == NULL)
		return false;
	rv->signoffs = list;
	list[rv->nsignoffs++] = *signoff;
	return true;
}

void review_settle(struct copl_review *rv)
{
	size_t n = 0, i;

	if (rv->nrows > 0)
		qsort(rv->rows, rv->nrows, sizeof(*rv->rows), row_order);
	for (i = 0; i < rv->nrows; i++)
		if (n == 0 ||
		    compare_pairs(&rv->rows[n - 1], &rv->rows[i]) != 0)
			rv->rows[n++] = rv->rows[i];
	rv->nrows = n;
	if (rv->nsignoffs > 0)
		qsort(rv->signoffs, rv->nsignoffs, sizeof(*rv->signoffs),
		    signoff_order);
	for (i = 0, n = 0; i < rv->nsignoffs; i++)
		if (n == 0 || review_signoff_cmp(
				  &rv->signoffs[n - 1], &rv->signoffs[i]) != 0)
			rv->signoffs[n++] = rv->signoffs[i];
	rv->nsignoffs = n;
}

/* ---- changes ---- */

/* Where the row of the pair is or would be. */
static size_t place_of(const struct copl_review *rv,
    const struct copl_review_row *row, bool *found)
{
	size_t low = 0, high = rv->nrows, mid;

	*found = false;
	while (low < high) {
		int c;

		mid = low + (high - low) / 2;
		c = compare_pairs(&rv->rows[mid], row);
		*found |= c == 0;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct copl_review_row *copl_review_find(const struct copl_review *rv,
    const char *id, const struct copl_review_pair *pair)
{
	const struct copl_review_row wanted = {
	    .id = id, .source = pair->source, .translation = pair->translation};
	bool found;
	size_t at = place_of(rv, &wanted, &found);

	return found ? &rv->rows[at] : NULL;
}

static const char *own(struct copl_review *rv, const char *s, bool *ok)
{
	const char *copy = copl_arena_strdup(rv->arena, s == NULL ? "" : s);

	*ok &= copy != NULL;
	return copy;
}

bool review_copy_row(struct copl_review *rv, const struct copl_review_row *row,
    struct copl_review_row *out)
{
	bool ok = true;

	*out = *row;
	out->id = own(rv, row->id, &ok);
	out->source = own(rv, row->source, &ok);
	out->translation = own(rv, row->translation, &ok);
	out->origin = own(rv, row->origin, &ok);
	out->date = own(rv, row->date, &ok);
	out->role = own(rv, row->role, &ok);
	out->who = own(rv, row->who, &ok);
	if (row->comment != NULL)
		out->comment = own(rv, row->comment, &ok);
	return ok;
}

bool review_copy_signoff(struct copl_review *rv,
    const struct copl_review_signoff *signoff, struct copl_review_signoff *out)
{
	bool ok = true;

	*out = *signoff;
	out->digest = own(rv, signoff->digest, &ok);
	out->date = own(rv, signoff->date, &ok);
	out->role = own(rv, signoff->role, &ok);
	out->who = own(rv, signoff->who, &ok);
	if (signoff->comment != NULL)
		out->comment = own(rv, signoff->comment, &ok);
	return ok;
}

enum copl_status copl_review_set(
    struct copl_review *rv, const struct copl_review_row *row)
{
	struct copl_review_row mine;
	bool found;
	size_t at;

	if (!review_copy_row(rv, row, &mine))
		return COPL_E_NOMEM;
	at = place_of(rv, &mine, &found);
	if (found) {
		if (mine.comment == NULL)
			mine.comment = rv->rows[at].comment;
		rv->rows[at] = mine;
		return COPL_OK;
	}
	if (!review_append(rv, &mine))
		return COPL_E_NOMEM;
	memmove(&rv->rows[at + 1], &rv->rows[at],
	    (rv->nrows - 1 - at) * sizeof(*rv->rows));
	rv->rows[at] = mine;
	return COPL_OK;
}

enum copl_status copl_review_sign(
    struct copl_review *rv, const struct copl_review_signoff *signoff)
{
	struct copl_review_signoff mine;

	if (!review_copy_signoff(rv, signoff, &mine) ||
	    !review_append_signoff(rv, &mine))
		return COPL_E_NOMEM;
	review_settle(rv);
	return COPL_OK;
}
