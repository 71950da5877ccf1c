/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A rule for plural forms.  Whatever it looks like, it comes to an end, and
 * gives a number a form that there is or none.
 */
#include "config.h"
#include <limits.h>
#include "fuzz.h"

static void check_forms(struct copl_plural *p)
{
	static const unsigned long far[] = {
	    1000, 1001, 999999999, 4294967296, ULONG_MAX};
	unsigned uses[COPL_PLURALS_MAX] = {0};
	unsigned form = 0;
	unsigned long n;
	size_t i;

	for (n = 0; n <= 200; n++)
		if (copl_plural_form(p, n, &form)) {
			must(form < p->n);
			uses[form]++;
		}
	for (i = 0; i < COPL_COUNT(far); i++)
		must(!copl_plural_form(p, far[i], &form) || form < p->n);
	for (form = 0; form < p->n; form++)
		if (copl_plural_serves_one(p, form))
			must(uses[form] <= 1);
}

/* A rule says what it says. */
static void check_itself(const struct copl_plural *p)
{
	unsigned map[COPL_PLURALS_MAX];
	unsigned form = 0, i;
	unsigned long n;
	bool whole = true;

	for (n = 0; n < 1000 && whole; n++)
		whole = copl_plural_form(p, n, &form);
	must(copl_plural_same(p, p));
	if (!whole)
		return;
	/* Numbers beyond may be too large for it. */
	if (!copl_plural_agree(p, p) || !copl_plural_map(p, p, map))
		return;
	for (n = 0; n < 100; n++)
		must(copl_plural_form(p, n, &form) && map[form] == form);
	for (i = 0; i < p->n; i++)
		must(map[i] < p->n);
}

static void check_others(const struct copl_plural *p)
{
	static const char *const tags[] = {
	    "ar", "zh_CN", "en", "fr", "ru", "es"};
	unsigned map[COPL_PLURALS_MAX], k;
	struct copl_plural other;
	size_t i;

	for (i = 0; i < COPL_COUNT(tags); i++) {
		must(copl_plural_of(tags[i], &other));
		if (copl_plural_map(p, &other, map))
			for (k = 0; k < other.n; k++)
				must(map[k] < p->n);
		if (copl_plural_map(&other, p, map))
			for (k = 0; k < p->n; k++)
				must(map[k] < other.n);
		if (copl_plural_same(p, &other))
			must(copl_plural_agree(p, &other));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct copl_plural p;
	struct fuzz_part text;

	if (size > 1 << 12)
		return 0;
	text = fuzz_cut(&rest, end, "\n");
	if (copl_plural_parse(text.s, &p)) {
		must(p.n > 0 && p.n <= COPL_PLURALS_MAX);
		check_forms(&p);
		check_itself(&p);
		check_others(&p);
	}
	free(text.s);
	return 0;
}
