/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_PUBLISH_PRIV_H
#define COPL_PUBLISH_PRIV_H

#include <copl10n/publish.h>
#include "bundle/bundle.h"
#include "bundle/layout.h"

/* So many releases stay readable by digest when older ones are forgotten. */
#define PUBLISH_KEPT 3

struct publish {
	const struct copl_publish_options *o;
	struct copl_reporter *r;
	struct copl_arena *arena;
	size_t files; /* named by the manifest that decides */
	size_t written;
	size_t removed;
	uint64_t version;
	bool draft;
};

/* A set, where it is and where it goes. */
struct publish_set {
	const char *from;
	const char *to;
	/* The whole release: its recipients' folders are sets of their own. */
	bool whole;
	struct copl_manifest *manifest;
	char sha256[COPL_SHA256_HEX]; /* of the manifest */
	struct copl_manifest *before; /* that is published; NULL: none */
};

/* ---- set.c ---- */
/*
 * Reads both manifests and judges whether the one may follow the other.
 * Findings: those of verification, and publish-other, publish-number,
 * release-older, release-draft-over, publish-draft.
 */
enum copl_status publish_set_open(struct publish *p, struct publish_set *s)
    COPL_MUST_CHECK;
void publish_set_close(struct publish_set *s);
/* Is every file what its manifest says?  Nothing is written. */
enum copl_status publish_set_check(
    struct publish *p, const struct publish_set *s) COPL_MUST_CHECK;
/* All its files by digest, with what vouches for them. */
enum copl_status publish_set_fill_digests(
    struct publish *p, const struct publish_set *s) COPL_MUST_CHECK;
/* Everything but the manifest by plain names. */
enum copl_status publish_set_fill_plain(
    struct publish *p, const struct publish_set *s) COPL_MUST_CHECK;
/* The manifest: from here on the set is the newest. */
enum copl_status publish_set_switch(
    struct publish *p, const struct publish_set *s) COPL_MUST_CHECK;
/* Plain names that the set before had and this one has not. */
enum copl_status publish_set_tidy(
    struct publish *p, const struct publish_set *s) COPL_MUST_CHECK;

/* ---- put.c ---- */
/* Writes DIR/NAME unless it is there with these bytes, folders included. */
enum copl_status publish_put(struct publish *p, const char *dir,
    const char *name, const struct copl_strbuf *bytes) COPL_MUST_CHECK;
/* The same and a .gz beside it, where that is smaller. */
enum copl_status publish_put_both(struct publish *p, const char *dir,
    const struct copl_manifest_file *f, const char *name,
    const struct copl_strbuf *bytes) COPL_MUST_CHECK;
/* It and its .gz; one that is not there is fine. */
enum copl_status publish_remove(
    struct publish *p, const char *dir, const char *name) COPL_MUST_CHECK;
/* Everything written so far is on the disk before what names it. */
enum copl_status publish_flush(struct publish *p) COPL_MUST_CHECK;

/* ---- prune.c ---- */
/* Removes files by digest that none of the last releases of a set names. */
enum copl_status publish_prune(struct publish *p, const char *dir)
    COPL_MUST_CHECK;

#endif
