/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BLOBS_H
#define COPL_BLOBS_H

#include "deliver/deliver.h"

/*
 * The bytes of a release, one copy of each file however many endpoints get
 * it.  A file is read when it is first needed and its digest is checked then,
 * so that what leaves here is what was signed.  What nobody needs at the
 * moment may be dropped and read again.
 */
struct copl_blobs;

/* At most so many bytes are kept that nobody needs. */
enum copl_status copl_blobs_new(size_t keep, struct copl_blobs **out)
    COPL_MUST_CHECK;
void copl_blobs_free(struct copl_blobs *b);

/* Numbers the files of a set: files[i].blob; the set outlives the blobs. */
enum copl_status copl_blobs_add(struct copl_blobs *b, struct copl_set *set)
    COPL_MUST_CHECK;

/*
 * The bytes of the file, which stay until they are given back.  Findings:
 * io-*, release-damaged; COPL_E_TRUST when it is not the file any more that
 * was verified.
 */
enum copl_status copl_blobs_take(struct copl_blobs *b,
    const struct copl_set_file *f, struct copl_reporter *r, const char **bytes)
    COPL_MUST_CHECK;
void copl_blobs_give_back(struct copl_blobs *b, const struct copl_set_file *f);

#endif
