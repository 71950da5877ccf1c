/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/worddiff.h"

/*
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), in
 * linear space: the middle of a shortest way is found from both ends, and both
 * halves are compared in turn.
 */
#define MAX_STEPS 20000000 /* of all searches together: well below a second */

struct word {
	const char *s;
	size_t len;
	uint32_t hash;
};

struct words {
	struct word *list;
	size_t n;
	bool *changed; /* not in the other text */
};

struct diff {
	struct words a, b;
	long *ways[2]; /* how far each diagonal leads, from both ends */
	size_t steps; /* taken so far */
};

/* A part of both texts. */
struct box {
	long a, a_end, b, b_end;
};

static bool same(const struct diff *d, long i, long k)
{
	const struct word *x = &d->a.list[i], *y = &d->b.list[k];

	return x->hash == y->hash && x->len == y->len &&
	       memcmp(x->s, y->s, x->len) == 0;
}

/* Cuts off what both parts begin and end with. */
static void trim(const struct diff *d, struct box *x)
{
	while (x->a < x->a_end && x->b < x->b_end && same(d, x->a, x->b)) {
		x->a++;
		x->b++;
	}
	while (x->a < x->a_end && x->b < x->b_end &&
	       same(d, x->a_end - 1, x->b_end - 1)) {
		x->a_end--;
		x->b_end--;
	}
}

static void replace_all(struct diff *d, const struct box *x)
{
	long i;

	for (i = x->a; i < x->a_end; i++)
		d->a.changed[i] = true;
	for (i = x->b; i < x->b_end; i++)
		d->b.changed[i] = true;
}

/* One of the two searches: from the beginning, or from the end. */
struct search {
	long *way; /* at [k]: position in the old text; -1: nobody was there */
	long low, high; /* diagonals that have left the box, on each side */
};

struct finder {
	const struct box *box;
	long n, m;
	long delta; /* diagonal k of one search is delta - k of the other */
	long limit; /* no diagonal is farther from 0 */
	struct search from[2];
};

static bool same_at(
    const struct diff *d, const struct finder *f, int side, long i, long k)
{
	if (side == 0)
		return same(d, f->box->a + i, f->box->b + k);
	return same(d, f->box->a_end - 1 - i, f->box->b_end - 1 - k);
}

/* As far as diagonal k leads after depth differences. */
static long walk(struct diff *d, struct finder *f, int side, long k, long depth)
{
	long *way = f->from[side].way;
	long i;

	if (k == -depth || (k != depth && way[k - 1] < way[k + 1]))
		i = way[k + 1];
	else
		i = way[k - 1] + 1;
	d->steps++;
	while (i < f->n && i - k < f->m && same_at(d, f, side, i, i - k)) {
		i++;
		d->steps++;
	}
	way[k] = i;
	return i;
}

/* Did the other search come to this point, or beyond? */
static bool meets(const struct finder *f, int side, long k, long i)
{
	long other = f->delta - k;
	long far;

	if (other < -f->limit || other > f->limit)
		return false;
	far = f->from[1 - side].way[other];
	return far != -1 && i + far >= f->n;
}

/* One difference more; true: *a, *b is a point on a shortest way. */
static bool advance(
    struct diff *d, struct finder *f, int side, long depth, long *a, long *b)
{
	struct search *s = &f->from[side];
	bool decides = (f->delta % 2 != 0) == (side == 0);
	long k, i;

	for (k = -depth + s->low; k <= depth - s->high; k += 2) {
		i = walk(d, f, side, k, depth);
		if (i > f->n) {
			s->high += 2;
		} else if (i - k > f->m) {
			s->low += 2;
		} else if (decides && meets(f, side, k, i)) {
			*a = side == 0 ? f->box->a + i : f->box->a_end - i;
			*b = side == 0 ? f->box->b + i - k
				       : f->box->b_end - (i - k);
			return true;
		}
	}
	return false;
}

/* A point where both halves can be compared apart; false: too dear. */
static bool find_middle(struct diff *d, const struct box *box, long *a, long *b)
{
	struct finder f = {
	    .box = box, .n = box->a_end - box->a, .m = box->b_end - box->b};
	long depth, i;
	int side;

	f.delta = f.n - f.m;
	f.limit = (f.n + f.m + 1) / 2 + 1;
	for (side = 0; side < 2; side++) {
		for (i = 0; i <= 2 * f.limit; i++)
			d->ways[side][i] = -1;
		f.from[side].way = d->ways[side] + f.limit;
		f.from[side].way[1] = 0;
	}
	d->steps += (size_t)f.limit;
	for (depth = 0; depth < f.limit && d->steps < MAX_STEPS; depth++)
		for (side = 0; side < 2; side++)
			if (advance(d, &f, side, depth, a, b))
				return true;
	return false;
}

static bool is_corner(const struct box *x, long a, long b)
{
	return (a == x->a && b == x->b) || (a == x->a_end && b == x->b_end);
}

static void compare(struct diff *d)
{
	struct box stack[64] = {{0, (long)d->a.n, 0, (long)d->b.n}};
	size_t n = 1;
	long a, b;

	while (n > 0) {
		struct box x = stack[--n];

		trim(d, &x);
		if (x.a == x.a_end || x.b == x.b_end ||
		    n + 2 > COPL_COUNT(stack) || !find_middle(d, &x, &a, &b) ||
		    is_corner(&x, a, b)) {
			replace_all(d, &x);
			continue;
		}
		stack[n++] = (struct box){x.a, a, x.b, b};
		stack[n++] = (struct box){a, x.a_end, b, x.b_end};
	}
}

/* ---- words ---- */

static bool cut(struct copl_arena *arena, const char *text, struct words *out)
{
	size_t n = 0, len, i;
	const char *s;

	for (s = text; *s != '\0'; s += copl_word_length(s))
		n++;
	out->n = n;
	out->list = copl_arena_alloc(arena, (n + 1) * sizeof(*out->list));
	out->changed = copl_arena_alloc(arena, n + 1);
	if (out->list == NULL || out->changed == NULL)
		return false;
	for (s = text, n = 0; *s != '\0'; s += len, n++) {
		len = copl_word_length(s);
		out->list[n] = (struct word){s, len, 2166136261U};
		for (i = 0; i < len; i++)
			out->list[n].hash =
			    (out->list[n].hash ^ (unsigned char)s[i]) *
			    16777619U;
	}
	return true;
}

static bool is_blank(const struct word *w)
{
	return copl_blank(w->s) == w->len;
}

/*
 * A blank that stayed between two words that did not is easier to read as
 * replaced with them.
 */
static void join_over_blanks(struct diff *d)
{
	size_t i = 0, k = 0;
	bool behind = false; /* a change ends here */

	while (i < d->a.n || k < d->b.n) {
		bool a = i < d->a.n && d->a.changed[i];
		bool b = k < d->b.n && d->b.changed[k];

		if (a || b) {
			behind = true;
			i += a;
			k += b;
			continue;
		}
		if (behind && i + 1 < d->a.n && k + 1 < d->b.n &&
		    is_blank(&d->a.list[i]) && d->a.changed[i + 1] &&
		    d->b.changed[k + 1])
			d->a.changed[i] = d->b.changed[k] = true;
		behind = false;
		i++;
		k++;
	}
}

/* ---- spans ---- */

static void add_span(struct copl_word_diff *out, enum copl_word_kind kind,
    const struct words *from, size_t first, size_t end)
{
	const struct word *last;

	if (first == end)
		return;
	last = &from->list[end - 1];
	out->spans[out->n++] =
	    (struct copl_word_span){kind, from->list[first].s,
		(size_t)(last->s + last->len - from->list[first].s)};
}

static size_t run_of(const struct words *w, size_t at, bool changed)
{
	while (at < w->n && w->changed[at] == changed)
		at++;
	return at;
}

static void list_spans(const struct diff *d, struct copl_word_diff *out)
{
	size_t i = 0, k = 0, i_end, k_end;

	while (i < d->a.n || k < d->b.n) {
		i_end = run_of(&d->a, i, true);
		k_end = run_of(&d->b, k, true);
		add_span(out, COPL_WORD_REMOVED, &d->a, i, i_end);
		add_span(out, COPL_WORD_ADDED, &d->b, k, k_end);
		i = i_end;
		/* What is the same is so in both, until one has a change. */
		while (i_end < d->a.n && k_end < d->b.n &&
		       !d->a.changed[i_end] && !d->b.changed[k_end]) {
			i_end++;
			k_end++;
		}
		add_span(out, COPL_WORD_SAME, &d->a, i, i_end);
		i = i_end;
		k = k_end;
	}
}

enum copl_status copl_word_diff(struct copl_arena *a, const char *before,
    const char *after, struct copl_word_diff *out)
{
	struct diff d = {.steps = 0};
	enum copl_status st = COPL_E_NOMEM;
	size_t room;

	memset(out, 0, sizeof(*out));
	if (!cut(a, before, &d.a) || !cut(a, after, &d.b))
		return COPL_E_NOMEM;
	room = d.a.n + d.b.n + 8;
	d.ways[0] = calloc(room, sizeof(*d.ways[0]));
	d.ways[1] = calloc(room, sizeof(*d.ways[1]));
	out->spans = copl_arena_alloc(a, room * sizeof(*out->spans));
	if (d.ways[0] == NULL || d.ways[1] == NULL || out->spans == NULL)
		goto out;
	compare(&d);
	join_over_blanks(&d);
	list_spans(&d, out);
	st = COPL_OK;
out:
	free(d.ways[0]);
	free(d.ways[1]);
	return st;
}
