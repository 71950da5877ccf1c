/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Are there answers that make a condition true?  Questions are answered one
 * after the other, as people do; one that is not asked has no answer.  What
 * answers are possible is rather taken too wide than too narrow ("required"
 * and "min" are not looked at), so that "nobody" is certain.
 */
#include "config.h"
#include <string.h>
#include "form/form_priv.h"

#define NODES_MAX 600
#define OPTIONS_MAX 62 /* bits of an answer */
#define OPTIONS_OF_MANY_MAX 14
#define NO_NODE (-1)

enum truth { NO, YES, OPEN };

/* A condition, compiled. */
struct node {
	enum copl_when_op op;
	int left; /* AND, OR, NOT */
	int right;
	size_t question; /* a comparison */
	size_t option; /* in the question's list of what matters */
};

struct asked {
	const struct copl_question *q;
	size_t item;
	int when[2];
	bool always; /* is asked of everybody */
	bool ages; /* its age groups are looked at */
	size_t options[OPTIONS_MAX]; /* those that conditions name */
	size_t n;
	uint64_t answer; /* one bit an option; bit n: another one */
};

struct search {
	const struct copl_form_reader *rd;
	const struct copl_reach_aim *aim;
	const bool *never;
	struct asked questions[COPL_REACH_QUESTIONS_MAX]; /* in their order */
	size_t n;
	struct node nodes[NODES_MAX];
	int nnodes;
	bool failed; /* too much, or wrong in another way */
	int yes[2];
	int no;
	int guardian_age;
	size_t *work;
};

/* ---- which questions matter ---- */

static bool knows(const struct search *s, size_t item)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->questions[i].item == item)
			return true;
	return false;
}

/* Kept in order, because each is asked or not by the answers before it. */
static void put_question(struct search *s, size_t item)
{
	size_t i = s->n;

	if (s->n == COPL_REACH_QUESTIONS_MAX) {
		s->failed = true;
		return;
	}
	for (; i > 0 && s->questions[i - 1].item > item; i--)
		s->questions[i] = s->questions[i - 1];
	memset(&s->questions[i], 0, sizeof(s->questions[i]));
	s->questions[i].q = s->rd->items[item];
	s->questions[i].item = item;
	s->n++;
}

static bool option_of(const struct copl_when *test, size_t *out)
{
	const struct copl_choices *list = test->question->choices;
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++)
		if (list->options[i].value != NULL && test->value != NULL &&
		    strcmp(list->options[i].value, test->value) == 0) {
			*out = i;
			return true;
		}
	return false;
}

static bool has_ages(const struct copl_choices *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->options[i].from_age < 0)
			return false;
	return list->n <= OPTIONS_MAX;
}

/* Can the comparison be made at all?  If not, that has been reported. */
static bool is_sound(const struct copl_when *test)
{
	const struct copl_question *q = test->question;
	size_t option;

	if (q == NULL || q->choices == NULL)
		return false;
	switch (test->op) {
	case COPL_WHEN_IS:
	case COPL_WHEN_IS_NOT:
		return q->kind == COPL_CHOOSE_ONE && option_of(test, &option);
	case COPL_WHEN_INCLUDES:
		return q->kind == COPL_CHOOSE_MANY && option_of(test, &option);
	case COPL_WHEN_MINOR:
		return q->kind == COPL_CHOOSE_ONE && has_ages(q->choices);
	case COPL_WHEN_AND:
	case COPL_WHEN_OR:
	case COPL_WHEN_NOT:
		break;
	}
	return false;
}

/* Looking for an option is work as well. */
static bool spend(struct search *s, const struct copl_when *test)
{
	const struct copl_question *q = test->question;
	size_t cost =
	    q == NULL || q->choices == NULL ? 1 : 1 + q->choices->n / 4;

	*s->work -= cost < *s->work ? cost : *s->work;
	return *s->work > 0;
}

/* False: the condition cannot be judged. */
static bool collect(struct search *s, const struct copl_when *w, size_t before)
{
	const struct copl_when *tests[COPL_WHEN_TESTS_MAX];
	size_t n = copl_when_tests(w, tests), i, item;

	for (i = 0; i < n; i++)
		if (!spend(s, tests[i]) || !is_sound(tests[i]) ||
		    !copl_map_get(
			&s->rd->asked, tests[i]->question->id, &item) ||
		    item >= before)
			return false;
	for (i = 0; i < n && !s->failed; i++)
		if (copl_map_get(
			&s->rd->asked, tests[i]->question->id, &item) &&
		    !knows(s, item))
			put_question(s, item);
	return true;
}

static bool is_free(const struct search *s, const struct asked *a)
{
	return s->aim->all_asked || s->aim->asked == a->q || s->never[a->item];
}

/* Beginning with the last: what it waits for stands before it. */
static void collect_all(struct search *s)
{
	const struct copl_reach_aim *aim = s->aim;
	size_t i, item;

	if (!collect(s, aim->yes[0], aim->before) ||
	    !collect(s, aim->yes[1], aim->before) ||
	    !collect(s, aim->no, aim->before))
		s->failed = true;
	for (i = s->n; i-- > 0 && !s->failed;) {
		const struct copl_question *q = s->questions[i].q;
		size_t had = s->n;
		bool always;

		item = s->questions[i].item;
		always = is_free(s, &s->questions[i]) ||
			 !collect(s, s->rd->section_of[item]->when, item) ||
			 !collect(s, q->when, item);
		/* New ones stand before it and come next. */
		i += s->n - had;
		s->questions[i].always = always;
	}
}

/* ---- conditions, compiled ---- */

/* NULL: it does not matter, which cannot be. */
static struct asked *find(struct search *s, const struct copl_question *q)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->questions[i].q == q)
			return &s->questions[i];
	s->failed = true;
	return NULL;
}

static void want_option(
    struct search *s, struct asked *a, size_t option, size_t *out)
{
	size_t i = 0;

	while (i < a->n && a->options[i] != option)
		i++;
	*out = i;
	if (i < a->n)
		return;
	if (i == OPTIONS_MAX ||
	    (a->q->kind == COPL_CHOOSE_MANY && i == OPTIONS_OF_MANY_MAX))
		s->failed = true;
	else
		a->options[a->n++] = option;
}

static void compile_test(
    struct search *s, const struct copl_when *w, struct node *n)
{
	struct asked *a = find(s, w->question);
	size_t i, where;

	if (a == NULL)
		return;
	n->question = (size_t)(a - s->questions);
	if (w->op == COPL_WHEN_MINOR) {
		a->ages = true;
		for (i = 0; i < w->question->choices->n; i++)
			want_option(s, a, i, &where);
	} else if (option_of(w, &i)) {
		want_option(s, a, i, &n->option);
	}
}

static int compile(struct search *s, const struct copl_when *w)
{
	int me = s->nnodes;
	int left, right;

	if (w == NULL || s->failed)
		return NO_NODE;
	if (s->nnodes == NODES_MAX) {
		s->failed = true;
		return NO_NODE;
	}
	s->nnodes++;
	s->nodes[me].op = w->op;
	if (w->left == NULL) {
		compile_test(s, w, &s->nodes[me]);
		return me;
	}
	left = compile(s, w->left);
	right = compile(s, w->right);
	s->nodes[me].left = left;
	s->nodes[me].right = right;
	return me;
}

static void compile_all(struct search *s)
{
	size_t i;

	s->yes[0] = compile(s, s->aim->yes[0]);
	s->yes[1] = compile(s, s->aim->yes[1]);
	s->no = compile(s, s->aim->no);
	for (i = 0; i < s->n; i++) {
		struct asked *a = &s->questions[i];

		a->when[0] = a->when[1] = NO_NODE;
		if (a->always)
			continue;
		a->when[0] = compile(s, s->rd->section_of[a->item]->when);
		a->when[1] = compile(s, a->q->when);
	}
}

/* ---- truth, while the first questions have been answered ---- */

static bool holds(const struct search *s, const struct node *n)
{
	const struct asked *a = &s->questions[n->question];
	size_t i;

	if (n->op == COPL_WHEN_IS_NOT)
		return (a->answer >> n->option & 1) == 0;
	if (n->op != COPL_WHEN_MINOR)
		return (a->answer >> n->option & 1) != 0;
	for (i = 0; i < a->n; i++)
		if ((a->answer >> i & 1) != 0)
			return copl_option_below(
			    &a->q->choices->options[a->options[i]],
			    s->guardian_age);
	return false;
}

static enum truth is_true(const struct search *s, int node, size_t answered);

static enum truth is_not_true(
    const struct search *s, const struct node *n, size_t answered)
{
	enum truth left = is_true(s, n->left, answered);

	return left == OPEN ? OPEN : left == YES ? NO : YES;
}

/* "and" is decided by a NO, "or" by a YES, whatever the other side is. */
static enum truth is_joined(
    const struct search *s, const struct node *n, size_t answered)
{
	enum truth decides = n->op == COPL_WHEN_AND ? NO : YES;
	enum truth left = is_true(s, n->left, answered), right;

	if (left == decides)
		return left;
	right = is_true(s, n->right, answered);
	return right == decides || left != OPEN ? right : left;
}

static enum truth is_true(const struct search *s, int node, size_t answered)
{
	const struct node *n;

	if (node == NO_NODE)
		return YES;
	n = &s->nodes[node];
	if (*s->work > 0)
		--*s->work;
	switch (n->op) {
	case COPL_WHEN_NOT:
		return is_not_true(s, n, answered);
	case COPL_WHEN_AND:
	case COPL_WHEN_OR:
		return is_joined(s, n, answered);
	case COPL_WHEN_IS:
	case COPL_WHEN_IS_NOT:
	case COPL_WHEN_INCLUDES:
	case COPL_WHEN_MINOR:
		break;
	}
	if (n->question >= answered)
		return OPEN;
	return holds(s, n) ? YES : NO;
}

static enum truth aim_is_met(const struct search *s, size_t answered)
{
	enum truth first = is_true(s, s->yes[0], answered);
	enum truth second = is_true(s, s->yes[1], answered);
	enum truth against =
	    s->no == NO_NODE ? NO : is_true(s, s->no, answered);

	if (first == NO || second == NO || against == YES)
		return NO;
	return first == OPEN || second == OPEN || against == OPEN ? OPEN : YES;
}

/* ---- all the answers ---- */

static enum copl_reach answer(struct search *s, size_t i);

static bool may_choose(const struct asked *a, uint64_t chosen)
{
	uint64_t most = UINT64_MAX, count = 0;
	bool alone = false;
	size_t i;

	for (i = 0; i < a->n; i++)
		if ((chosen >> i & 1) != 0) {
			count++;
			alone = alone ||
				a->q->choices->options[a->options[i]].exclusive;
		}
	if (a->q->max != NULL &&
	    !copl_number_parse(a->q->max, UINT32_MAX, &most))
		most = UINT64_MAX;
	return count <= most && !(alone && count > 1);
}

/* How many answers there are: no option, one, or several. */
static uint64_t choices_of(const struct asked *a)
{
	if (a->q->kind == COPL_CHOOSE_MANY)
		return (uint64_t)1 << a->n;
	return a->n + 1 + (a->n < a->q->choices->n);
}

static enum copl_reach answer_each(struct search *s, size_t i)
{
	struct asked *a = &s->questions[i];
	uint64_t n = choices_of(a), k;

	for (k = 0; k < n; k++) {
		enum copl_reach reach;

		a->answer = k;
		if (a->q->kind == COPL_CHOOSE_MANY && !may_choose(a, k))
			continue;
		if (a->q->kind == COPL_CHOOSE_ONE)
			a->answer = k == 0 ? 0 : (uint64_t)1 << (k - 1);
		reach = answer(s, i + 1);
		if (reach != COPL_REACH_NOBODY)
			return reach;
	}
	return COPL_REACH_NOBODY;
}

/* i questions have been answered. */
static enum copl_reach answer(struct search *s, size_t i)
{
	struct asked *a = &s->questions[i];
	enum truth met = aim_is_met(s, i);

	if (*s->work == 0)
		return COPL_REACH_UNKNOWN;
	if (met != OPEN)
		return met == YES ? COPL_REACH_SOMEBODY : COPL_REACH_NOBODY;
	if (is_true(s, a->when[0], i) == YES &&
	    is_true(s, a->when[1], i) == YES)
		return answer_each(s, i);
	a->answer = 0;
	return answer(s, i + 1);
}

/* With every age of consent that makes a difference. */
static enum copl_reach answer_all(struct search *s)
{
	enum copl_reach reach;
	size_t i, k;

	s->guardian_age = 0;
	reach = answer(s, 0);
	for (i = 0; i < s->n; i++) {
		const struct asked *a = &s->questions[i];

		for (k = 0; a->ages && k < a->q->choices->n &&
			    reach == COPL_REACH_NOBODY;
		     k++) {
			s->guardian_age =
			    a->q->choices->options[k].from_age + 1;
			reach = answer(s, 0);
		}
	}
	return reach;
}

enum copl_reach copl_reach_search(const struct copl_form_reader *rd,
    const struct copl_reach_aim *aim, const bool *never, size_t *work,
    const struct copl_question *who[COPL_REACH_QUESTIONS_MAX], size_t *n)
{
	struct search s = {.rd = rd, .aim = aim, .never = never, .work = work};
	size_t i;

	collect_all(&s);
	if (!s.failed)
		compile_all(&s);
	if (s.failed)
		return COPL_REACH_UNKNOWN;
	for (i = 0; who != NULL && i < s.n; i++)
		who[i] = s.questions[i].q;
	if (n != NULL)
		*n = s.n;
	return answer_all(&s);
}
