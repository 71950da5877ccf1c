/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BUNDLE_PART_H
#define COPL_BUNDLE_PART_H

#include "bundle/bundle.h"

/*
 * A part of a set: only these languages, only these forms.  What belongs to
 * no language or no form (the index, the public key) is in every part.  A set
 * that is a part has a file that says so, so that nobody takes it for the
 * whole: without that file everything that the manifest names must be there.
 */
#define COPL_PARTIAL "PARTIAL"

struct copl_part {
	const char *const *langs; /* tags as the manifest has them */
	size_t nlangs; /* 0: all */
	const char *const *forms;
	size_t nforms; /* 0: all */
};

/* NULL stands for the whole set here and below. */
bool copl_part_is_whole(const struct copl_part *p);
bool copl_part_has(
    const struct copl_part *p, const struct copl_manifest_file *f);
/* The same languages and forms, in whatever order? */
bool copl_part_same(const struct copl_part *a, const struct copl_part *b);
/* Files of the manifest that are in it. */
size_t copl_part_count(
    const struct copl_part *p, const struct copl_manifest *m);
/* Forgets the files of the manifest that are not in it. */
void copl_part_keep(const struct copl_part *p, struct copl_manifest *m);
/* SHA256SUMS of what is there. */
enum copl_status copl_part_sums(const struct copl_part *p,
    const struct copl_manifest *m, struct copl_strbuf *out) COPL_MUST_CHECK;
/* "ar, fr" or "ar, fr; youth": what people read. */
void copl_part_name(const struct copl_part *p, struct copl_strbuf *out);

void copl_part_write(const struct copl_part *p, struct copl_strbuf *out);
/*
 * What the file of a set's folder says; the whole set when there is none.
 * What is said lives in the arena.  Finding part-malformed, COPL_E_TRUST; io-*.
 */
enum copl_status copl_part_load(const char *set, struct copl_arena *a,
    struct copl_reporter *r, struct copl_part *out) COPL_MUST_CHECK;

#endif
