/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a condition: its tree is bounded, or there is one reason. */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "form/form_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct heard {
	size_t tests;
	size_t wrongs;
	size_t len;
};

static void on_test(void *arg, struct copl_when *test, const char *question,
    size_t question_at, size_t value_at)
{
	struct heard *h = arg;

	h->tests++;
	if (question_at >= h->len || value_at > h->len || *question == '\0' ||
	    (test->value == NULL) != (test->op == COPL_WHEN_MINOR))
		__builtin_trap();
}

static void on_wrong(
    void *arg, const char *code, size_t at, const char *sentence)
{
	struct heard *h = arg;

	h->wrongs++;
	if (at > h->len || code == NULL || sentence == NULL)
		__builtin_trap();
}

/* Comparisons below w; traps when the tree is deeper than it may be. */
static size_t count(const struct copl_when *w, unsigned depth)
{
	if (depth > COPL_WHEN_DEPTH_MAX + COPL_WHEN_TESTS_MAX)
		__builtin_trap();
	if (w->left == NULL)
		return 1;
	return count(w->left, depth + 1) +
	       (w->right == NULL ? 0 : count(w->right, depth + 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_arena *a = copl_arena_new();
	struct heard h = {0, 0, 0};
	const struct copl_when_hooks hooks = {on_test, on_wrong, &h};
	const struct copl_when *w = NULL;
	enum copl_status st;
	char *text;

	if (a == NULL)
		return 0;
	text = copl_arena_strndup(a, (const char *)data, size);
	if (text == NULL)
		goto out;
	h.len = strlen(text);
	st = copl_when_parse(text, a, &hooks, &w);
	if ((st == COPL_OK) != (w != NULL) ||
	    (st == COPL_E_INVALID) != (h.wrongs == 1))
		__builtin_trap();
	if (w != NULL && count(w, 1) != h.tests)
		__builtin_trap();
out:
	copl_arena_free(a);
	return 0;
}
