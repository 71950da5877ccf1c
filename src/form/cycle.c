/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Conditions that test what is asked later: a slip in the order, or questions
 * that wait for one another.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

/* Questions looked at in one form; behind that a cycle is called "later". */
#define STEPS_MAX 200000
#define CHAIN_MAX 12

struct walk {
	struct copl_form_reader *rd;
	size_t *from; /* of an item: the item that waits for it */
	size_t *queue;
	bool *seen;
	size_t steps;
};

static size_t add_tests(const struct copl_when *w, const struct copl_when **out,
    size_t n, unsigned depth)
{
	if (w == NULL || n == COPL_WHEN_TESTS_MAX ||
	    depth > COPL_WHEN_DEPTH_MAX + COPL_WHEN_TESTS_MAX)
		return n;
	if (w->left == NULL) {
		out[n] = w;
		return n + 1;
	}
	n = add_tests(w->left, out, n, depth + 1);
	return add_tests(w->right, out, n, depth + 1);
}

size_t copl_when_tests(
    const struct copl_when *w, const struct copl_when *out[COPL_WHEN_TESTS_MAX])
{
	return add_tests(w, out, 0, 0);
}

/* Number of a question among the items; nitems: none. */
static size_t number_of(
    const struct copl_form_reader *rd, const struct copl_question *q)
{
	size_t i;

	if (q == NULL || q->id == NULL || !copl_map_get(&rd->asked, q->id, &i))
		return rd->nitems;
	return i;
}

/* Is the item what the condition stands on, or in it? */
static bool is_goal(
    const struct walk *w, size_t i, const struct copl_form_later *later)
{
	return w->rd->items[i]->node == later->node ||
	       w->rd->section_of[i]->node == later->node;
}

static size_t push_all(
    struct walk *w, const struct copl_when *when, size_t from, size_t end)
{
	const struct copl_when *tests[COPL_WHEN_TESTS_MAX];
	size_t n = copl_when_tests(when, tests), i, k;

	for (i = 0; i < n; i++) {
		k = number_of(w->rd, tests[i]->question);
		w->steps++;
		if (k == w->rd->nitems || w->seen[k])
			continue;
		w->seen[k] = true;
		w->from[k] = from;
		w->queue[end++] = k;
	}
	return end;
}

/*
 * Follows what the tested question waits for; the number of the item in which
 * the circle closes, or nitems.
 */
static size_t close_circle(struct walk *w, const struct copl_form_later *later)
{
	size_t none = w->rd->nitems, begin = 0, end = 0;
	size_t first = number_of(w->rd, later->question);

	if (first == none || w->steps >= STEPS_MAX)
		return none;
	memset(w->seen, 0, none * sizeof(*w->seen));
	w->steps += 1 + none / 64;
	w->seen[first] = true;
	w->from[first] = none;
	w->queue[end++] = first;
	while (begin < end && w->steps < STEPS_MAX) {
		size_t i = w->queue[begin++];

		if (is_goal(w, i, later))
			return i;
		end = push_all(w, w->rd->items[i]->when, i, end);
		end = push_all(w, w->rd->section_of[i]->when, i, end);
	}
	return none;
}

static const char *id_of(struct copl_form_reader *rd, const xmlNode *n)
{
	const char *id = copl_form_get(rd, n, "id");

	return id == NULL ? "?" : id;
}

/* "a → b → c → a", as far as somebody would read. */
static void put_chain(struct walk *w, const struct copl_form_later *later,
    size_t last, struct copl_strbuf *out)
{
	const char *place = id_of(w->rd, later->node);
	size_t chain[CHAIN_MAX], n = 0, i;

	for (i = w->from[last]; i != w->rd->nitems && n < CHAIN_MAX;
	     i = w->from[i])
		chain[n++] = i;
	copl_strbuf_puts(out, place);
	if (n == CHAIN_MAX)
		copl_strbuf_puts(out, " → …");
	while (n-- > 0)
		copl_strbuf_printf(out, " → %s", w->rd->items[chain[n]]->id);
	copl_strbuf_printf(out, " → %s", place);
}

static void tell_circle(
    struct walk *w, const struct copl_form_later *later, size_t last)
{
	struct copl_reporter *r = w->rd->r;
	const char *place = id_of(w->rd, later->node);
	const struct copl_question *q = later->question;
	struct copl_strbuf chain = COPL_STRBUF_INIT(1000);
	bool direct = w->from[last] == w->rd->nitems;

	put_chain(w, later, last, &chain);
	if (direct && q->node == later->node)
		copl_report(r, COPL_ERROR, "form-when-cycle", later->at,
		    _("\"%s\" waits for its own answer, so nobody ever sees "
		      "it: test an earlier question"),
		    place);
	else if (direct)
		copl_report(r, COPL_ERROR, "form-when-cycle", later->at,
		    _("section \"%s\" waits for the answer to \"%s\", which "
		      "stands in it, so nobody ever sees it: test an earlier "
		      "question"),
		    place, q->id);
	else if (w->from[w->from[last]] == w->rd->nitems)
		copl_report(r, COPL_ERROR, "form-when-cycle", later->at,
		    _("\"%s\" waits for \"%s\" and \"%s\" waits for \"%s\", "
		      "so nobody ever sees them: remove one of the two "
		      "conditions"),
		    place, q->id, q->id, place);
	else
		copl_report(r, COPL_ERROR, "form-when-cycle", later->at,
		    _("each of these waits for the next one, so nobody ever "
		      "sees them: %s; remove one of these conditions"),
		    copl_strbuf_text(&chain));
	copl_strbuf_clear(&chain);
}

static void tell(struct walk *w, const struct copl_form_later *later)
{
	size_t last = close_circle(w, later);

	if (last < w->rd->nitems)
		tell_circle(w, later, last);
	else
		copl_report(w->rd->r, COPL_ERROR, "form-when-later", later->at,
		    _("\"%s\" is not asked before this place: move that "
		      "question up, or test an earlier one"),
		    later->question->id);
}

void copl_form_check_later(struct copl_form_reader *rd)
{
	struct walk w = {.rd = rd};
	size_t i;

	if (rd->nlater == 0)
		return;
	w.from = calloc(rd->nitems, sizeof(*w.from));
	w.queue = calloc(rd->nitems, sizeof(*w.queue));
	w.seen = calloc(rd->nitems, sizeof(*w.seen));
	if (w.from == NULL || w.queue == NULL || w.seen == NULL) {
		rd->r->nomem = true;
		goto out;
	}
	for (i = 0; i < rd->nlater; i++)
		tell(&w, &rd->later[i]);
out:
	free(w.from);
	free(w.queue);
	free(w.seen);
}
