/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define WORD_MAX 32
#define ENOUGH_ERRORS 200

static size_t least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* What letter j of b costs at letter i of a, given the rows before. */
static size_t cost(const char *a, const char *b, size_t i, size_t j,
    size_t rows[3][WORD_MAX + 1])
{
	const size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];
	const size_t *before = rows[(i + 1) % 3];
	size_t best = least(row[j - 1] + 1, above[j] + 1,
	    above[j - 1] + (a[i - 1] != b[j - 1]));

	if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
		best = least(best, before[j - 2] + 1, best);
	return best;
}

/* Letters to add, drop, change or swap; words are at most WORD_MAX long. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1], na = strlen(a), nb = strlen(b), i, j;

	for (j = 0; j <= nb; j++)
		rows[0][j] = j;
	for (i = 1; i <= na; i++) {
		rows[i % 3][0] = i;
		for (j = 1; j <= nb; j++)
			rows[i % 3][j] = cost(a, b, i, j, rows);
	}
	return rows[na % 3][nb];
}

struct copl_form_suggest copl_form_suggest_for(
    const struct copl_form_reader *rd, const char *word)
{
	bool enough = rd->r->errors - rd->errors > ENOUGH_ERRORS;

	return (struct copl_form_suggest){enough ? NULL : word, NULL, 0};
}

size_t copl_form_typing_errors(const char *word, const char *candidate)
{
	size_t len = strlen(word), d;

	if (len > WORD_MAX || strlen(candidate) > WORD_MAX)
		return SIZE_MAX;
	d = distance(word, candidate);
	/* Two of three letters wrong is another word. */
	return d > (len <= 3 ? 1 : 2) || d >= len ? SIZE_MAX : d;
}

void copl_form_suggest_offer(struct copl_form_suggest *s, const char *candidate)
{
	size_t d;

	if (s->word == NULL || candidate == NULL)
		return;
	d = copl_form_typing_errors(s->word, candidate);
	if (d == SIZE_MAX || (s->best != NULL && d >= s->distance))
		return;
	s->best = candidate;
	s->distance = d;
}

const char *copl_form_suggest_end(
    struct copl_form_reader *rd, const struct copl_form_suggest *s)
{
	const char *text;

	if (s->best == NULL)
		return "";
	text = copl_arena_printf(
	    rd->form->arena, _("; did you mean \"%s\"?"), s->best);
	if (text != NULL)
		return text;
	rd->r->nomem = true;
	return "";
}
