/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "deliver/job.h"

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
    const struct copl_ledger_fact *facts, size_t nfacts, unsigned char *files)
{
	size_t n = 0, i;

	for (i = 0; i < set->nfiles; i++) {
		bool there = holds(facts, nfacts, &set->files[i]);

		files[i] = there ? 0 : COPL_FILE_PLANNED;
		n += !there;
	}
	for (i = set->ncontent; n > 0 && i < set->nfiles; i++) {
		n += files[i] == 0;
		files[i] = COPL_FILE_PLANNED;
	}
	return n;
}
