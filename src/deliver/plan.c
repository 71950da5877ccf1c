/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "deliver/deliver.h"

static int by_path(const void *key, const void *item)
{
	return strcmp(key, ((const struct copl_ledger_fact *)item)->path);
}

static bool holds(const struct copl_ledger_fact *facts, size_t n,
    const struct copl_set_file *f)
{
	const struct copl_ledger_fact *fact =
	    n == 0 ? NULL : bsearch(f->path, facts, n, sizeof(*facts), by_path);

	return fact != NULL && strcmp(fact->sha256, f->sha256) == 0;
}

size_t copl_plan(const struct copl_set *set,
    const struct copl_ledger_fact *facts, size_t nfacts, bool *send)
{
	size_t n = 0, i;

	for (i = 0; i < set->nfiles; i++) {
		send[i] = !holds(facts, nfacts, &set->files[i]);
		n += send[i];
	}
	for (i = set->ncontent; n > 0 && i < set->nfiles; i++) {
		n += !send[i];
		send[i] = true;
	}
	return n;
}
