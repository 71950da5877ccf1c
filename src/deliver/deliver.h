/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_DELIVER_INTERNAL_H
#define COPL_DELIVER_INTERNAL_H

#include <copl10n/deliver.h>
#include "bundle/bundle.h"
#include "ledger/ledger.h"
#include "project/project.h"

/* One file of a set, as an endpoint gets it. */
struct copl_set_file {
	const char *path;
	const char *type; /* media type */
	uint64_t length;
	char sha256[COPL_SHA256_HEX];
	char sha256_b64[COPL_SHA256_B64];
	uint32_t blob; /* its number among the bytes of the release */
};

/* The set of one recipient, verified, in the order in which it is sent. */
struct copl_set {
	const char *folder;
	const char *recipient;
	struct copl_manifest *manifest;
	struct copl_set_file *files; /* the manifest is the last */
	size_t nfiles;
	size_t ncontent; /* the first ones; behind them what seals the set */
};

/*
 * Verifies release/recipient against the keys that its manifest names, which
 * finds damage, not forgery: trust is the receiver's business.  Findings:
 * those of copl_verify_manifest, file-*, release-damaged, release-project,
 * release-no-set.  The set lives in the arena but for its manifest, which
 * copl_set_clear() frees.
 */
enum copl_status copl_set_load(const char *release, const char *project,
    const char *recipient, int64_t now, struct copl_arena *a,
    struct copl_reporter *r, struct copl_set *out) COPL_MUST_CHECK;
void copl_set_clear(struct copl_set *set);

/*
 * Which files must go: files[i] is COPL_FILE_PLANNED or 0 for file i of the
 * set.  Facts are sorted by path.  When any file goes, what seals the set
 * goes too.  Pure.
 *
 * @return how many go; 0: the endpoint holds the set
 */
size_t copl_plan(const struct copl_set *set,
    const struct copl_ledger_fact *facts, size_t nfacts, unsigned char *files);

#endif
