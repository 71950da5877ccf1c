/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FETCH_PRIV_H
#define COPL_FETCH_PRIV_H

#include <copl10n/fetch.h>
#include "bundle/bundle.h"
#include "net/net.h"

/* A set at an address, read file by file; what vouches is read once. */
struct copl_remote {
	struct copl_net *net;
	const char *url; /* ends with a slash */
	struct copl_arena *arena;
	struct copl_net_answer answer;
	int64_t date; /* the server's clock when it last said it; 0: never */
	unsigned requests;
	struct copl_remote_part {
		bool known;
		bool there;
		struct copl_strbuf bytes;
	} parts[3]; /* manifest and signatures */
};

enum copl_status copl_remote_open(const char *url, struct copl_arena *a,
    struct copl_remote *out) COPL_MUST_CHECK;
void copl_remote_close(struct copl_remote *m);

/* A copl_read_fn.  Findings: address-unreachable, address-busy, address-tls,
 * address-refused, address-too-large. */
enum copl_status copl_remote_read(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

/*
 * Asks for the manifest unless it is the one with this digest ("": always).
 * *same: the server says it is.  Findings as above, and address-no-set.
 */
enum copl_status copl_remote_manifest(struct copl_remote *m, const char *sha256,
    struct copl_reporter *r, bool *same) COPL_MUST_CHECK;

/*
 * Asks for what vouches once more.  *changed: it is not what it was, so the
 * set was replaced while it was being read.
 */
enum copl_status copl_remote_again(struct copl_remote *m,
    struct copl_reporter *r, bool *changed) COPL_MUST_CHECK;

const struct copl_strbuf *copl_remote_manifest_bytes(
    const struct copl_remote *m);

#endif
