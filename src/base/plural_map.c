/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "base/base.h"

/*
 * Numbers enough to tell every rule of a living language from the next: CLDR
 * has a form of its own for whole millions in French and Spanish.
 */
#define SMALL 200
static const unsigned long large[] = {1000, 1001, 1000000, 1000001};

static unsigned long number(unsigned i)
{
	return i <= SMALL ? i : large[i - SMALL - 1];
}

bool copl_plural_map(const struct copl_plural *from,
    const struct copl_plural *to, unsigned map[COPL_PLURALS_MAX])
{
	bool known[COPL_PLURALS_MAX] = {false};
	unsigned i, a, b;

	for (i = 0; i < COPL_PLURALS_MAX; i++)
		map[i] = from->n - 1;
	for (i = 0; i <= SMALL + COPL_COUNT(large); i++) {
		if (!copl_plural_form(from, number(i), &a) ||
		    !copl_plural_form(to, number(i), &b) ||
		    b >= COPL_PLURALS_MAX)
			return false;
		if (!known[b])
			map[b] = a;
		known[b] = true;
	}
	return true;
}

bool copl_plural_agree(const struct copl_plural *a, const struct copl_plural *b)
{
	unsigned i, x, y;

	if (copl_plural_same(a, b))
		return true;
	if (a->n != b->n)
		return false;
	for (i = 0; i <= SMALL + COPL_COUNT(large); i++)
		if (!copl_plural_form(a, number(i), &x) ||
		    !copl_plural_form(b, number(i), &y) || x != y)
			return false;
	return true;
}
