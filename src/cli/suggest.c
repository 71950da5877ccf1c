/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "cli/cli.h"

#define LONGEST 32
#define FAR (LONGEST + 1)

static size_t least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* Are the last two letters of both the same, the other way round? */
static bool swapped(const char *a, size_t i, const char *b, size_t j)
{
	return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
}

/* Letters to insert, drop, change or swap with the neighbour. */
static size_t distance(const char *a, const char *b)
{
	size_t d[LONGEST + 1][LONGEST + 1];
	size_t na = strlen(a), nb = strlen(b), i, j;

	if (na > LONGEST || nb > LONGEST)
		return FAR;
	for (i = 0; i <= na; i++)
		for (j = 0; j <= nb; j++)
			d[i][j] = i + j; /* right for an empty word */
	for (i = 1; i <= na; i++) {
		for (j = 1; j <= nb; j++) {
			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1,
			    d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (swapped(a, i, b, j) && d[i - 2][j - 2] < d[i][j])
				d[i][j] = d[i - 2][j - 2] + 1;
		}
	}
	return d[na][nb];
}

const char *cli_suggest(const char *typed,
    const char *(*name_at)(const void *, size_t), const void *names, size_t n)
{
	const char *best = NULL;
	size_t near = 3; /* from here on it is another word */
	size_t i;

	for (i = 0; i < n; i++) {
		size_t d = distance(typed, name_at(names, i));

		if (d < near && d < strlen(typed)) {
			near = d;
			best = name_at(names, i);
		}
	}
	return best;
}
