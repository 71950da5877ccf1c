/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_SORT_H
#define COPL_TALLY_SORT_H

#include "base/base.h"

/*
 * Any number of records in the order of their bytes, in memory of one size:
 * what is more than that waits in a file that has no name.  A hundred thousand
 * names of files are 2 MB there.
 */
struct tally_sort;

/* So many records are held; for tests. */
#define TALLY_SORT_HELD 16384
/*
 * Records of size bytes.  scratch is the folder of the file, which is made
 * when it is needed.  NULL: memory is out.
 */
struct tally_sort *tally_sort_new(size_t size, size_t held, const char *scratch)
    COPL_MUST_CHECK;
void tally_sort_free(struct tally_sort *t);
/* Reports tally-scratch: COPL_E_IO. */
enum copl_status tally_sort_add(struct tally_sort *t, const void *record,
    struct copl_reporter *r) COPL_MUST_CHECK;
/* No more will be added. */
enum copl_status tally_sort_end(struct tally_sort *t, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* The next one, COPL_E_NOTFOUND behind the last. */
enum copl_status tally_sort_next(struct tally_sort *t, void *record,
    struct copl_reporter *r) COPL_MUST_CHECK;

#endif
