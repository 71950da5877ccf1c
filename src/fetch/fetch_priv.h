/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FETCH_PRIV_H
#define COPL_FETCH_PRIV_H

#include <copl10n/fetch.h>
#include "bundle/bundle.h"
#include "bundle/part.h"
#include "net/net.h"

/* What has come of large files. */
#define COPL_PARTIALS COPL_STATE_DIR "/partial"

/* A set at an address, read file by file; what vouches is read once. */
struct copl_remote {
	struct copl_net *net;
	const struct copl_net_access *access;
	const char *url; /* ends with a slash */
	const char *dir; /* of the folder that gets the set */
	struct copl_arena *arena;
	const struct copl_manifest *manifest; /* once it is verified; NULL */
	struct copl_net_answer answer;
	int64_t date; /* the server's clock when last it said it; 0: never */
	unsigned requests;
	uint64_t bytes; /* of content that came */
	uint64_t resumed; /* bytes that had come before and were kept */
	bool by_digest; /* the host has names that mean one content */
	struct copl_remote_part {
		bool known;
		bool there;
		struct copl_strbuf bytes;
		char etag[160];
	} parts[3]; /* manifest and signatures */
};

enum copl_status copl_remote_open(const char *url, const char *dir,
    const struct copl_net_access *access, struct copl_arena *a,
    struct copl_remote *out) COPL_MUST_CHECK;
void copl_remote_close(struct copl_remote *m);

/*
 * A copl_read_fn.  Findings: address-unreachable, address-busy, address-tls,
 * address-refused, address-moved, address-too-large, address-pin,
 * address-proxy, address-access, io-write.
 */
enum copl_status copl_remote_read(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

/*
 * Asks for the manifest unless it is one with these entity tags (a list as
 * If-None-Match has it; "": always).  *same: the server says it is one of
 * them.  Findings as above, and address-no-set, address-portal.
 */
enum copl_status copl_remote_manifest(struct copl_remote *m, const char *unless,
    struct copl_reporter *r, bool *same) COPL_MUST_CHECK;

/*
 * Asks for what vouches once more.  *changed: it is not what it was, so the
 * set was replaced while it was being read.
 */
enum copl_status copl_remote_again(struct copl_remote *m,
    struct copl_reporter *r, bool *changed) COPL_MUST_CHECK;

const struct copl_strbuf *copl_remote_manifest_bytes(
    const struct copl_remote *m);

/* ---- ask.c: one request, and what its failure means ---- */

struct copl_remote_get {
	const char *path;
	size_t max; /* bytes of the answer */
	const char *unless; /* of If-None-Match; "" or NULL: none */
	uint64_t from; /* go on from here ... */
	const char *etag; /* ... if it is still this */
	bool gzip;
	copl_net_take_fn *take;
	void *take_arg;
};
/*
 * COPL_OK for 200, 206 and 304, whose answer is in m; COPL_E_NOTFOUND for what
 * is not there, without a finding.
 */
enum copl_status copl_remote_ask(struct copl_remote *m,
    const struct copl_remote_get *q, struct copl_reporter *r) COPL_MUST_CHECK;

/* ---- large.c: files that are worth going on with ---- */

bool copl_remote_is_large(const struct copl_manifest_file *f);
enum copl_status copl_remote_large(struct copl_remote *m, const char *path,
    const struct copl_manifest_file *f, struct copl_reporter *r,
    struct copl_strbuf *out) COPL_MUST_CHECK;
/* Forgets those that the manifest (NULL: none) does not name. */
void copl_remote_tidy(const char *dir, const struct copl_manifest *m);

/* ---- access.c: how the address is spoken to ---- */

/*
 * *out borrows from o, and from secret what the file holds: wipe it
 * afterwards.  Findings secret-readable, secret-shape, io-*.
 */
enum copl_status copl_fetch_access(const struct copl_fetch_options *o,
    struct copl_reporter *r, struct copl_strbuf *secret,
    struct copl_net_access *out) COPL_MUST_CHECK;

/* ---- wanted.c: which part of a set was asked for ---- */

/*
 * The languages of the manifest that the ranges of the options lead to, and
 * the forms of those names.  Findings part-language, part-form;
 * COPL_E_INVALID.
 */
enum copl_status copl_wanted_part(const struct copl_fetch_options *o,
    const struct copl_manifest *m, struct copl_arena *a,
    struct copl_reporter *r, struct copl_part *out) COPL_MUST_CHECK;

#endif
