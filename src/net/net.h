/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_NET_H
#define COPL_NET_H

#include "base/base.h"

/*
 * HTTP behind one door.  A handle keeps one connection open between
 * requests to the same server.  Only https, or http to this very machine;
 * no proxy, cookie or netrc of the surroundings is looked at.
 */
struct copl_net;

enum copl_status copl_net_open(struct copl_net **out) COPL_MUST_CHECK;
void copl_net_close(struct copl_net *n);

struct copl_net_header {
	const char *name;
	const char *value; /* without control characters */
};

struct copl_net_request {
	const char *method; /* "GET", "HEAD" or "PUT" */
	const char *url;
	const struct copl_net_header *headers;
	size_t nheaders;
	const char *body; /* of a PUT; borrowed during the call */
	size_t length;
	size_t max_answer; /* bytes of body that are kept; more is an error */
	uint32_t deadline_ms; /* for everything; 0: none */
	bool follow; /* up to 5 redirects, to https only */
	bool last; /* close the connection afterwards */
};

enum copl_net_failure {
	COPL_NET_NONE,
	COPL_NET_UNREACHABLE, /* no complete answer */
	COPL_NET_TLS, /* the certificate or the handshake is wrong */
	COPL_NET_TOO_LARGE, /* body over max_answer, or headers over 32 KiB */
	COPL_NET_URL /* the address or a header must not be used */
};

struct copl_net_answer {
	enum copl_net_failure failure;
	char error[256]; /* what the transport said, in English */
	long status; /* 0: none came */
	char etag[160]; /* fields that were not sent are empty */
	char location[512];
	char repr_digest[160];
	char retry_after[64];
	int64_t date; /* the server's clock, seconds since 1970; 0: not said */
	uint64_t
	    retry_after_ms; /* from now, by the server's clock; 0: not said */
	struct copl_strbuf body;
};

/*
 * One exchange.  COPL_OK when a complete answer came, whatever its status;
 * COPL_E_INCOMPLETE for the transport (see failure), COPL_E_LIMIT for too
 * large, COPL_E_INVALID for an address that must not be used, COPL_E_NOMEM.
 * The answer is filled in any case; its body is reused by the next call and
 * released with copl_net_answer_clear().  Start with a zeroed answer.
 */
enum copl_status copl_net_do(struct copl_net *n,
    const struct copl_net_request *q, struct copl_net_answer *a)
    COPL_MUST_CHECK;
void copl_net_answer_clear(struct copl_net_answer *a);

/* Time that a transfer of so many bytes may take over a poor link. */
uint32_t copl_net_deadline_ms(uint64_t bytes);

/*
 * May this address be used?  Findings: url-malformed, url-scheme,
 * url-cleartext, url-credentials, url-extra.
 */
bool copl_net_url_check(
    const char *url, struct copl_place at, struct copl_reporter *r);

/* The world, for callers whose policy is pure. */
uint64_t copl_net_clock_ms(void); /* never goes back */
void copl_net_wait_ms(uint64_t ms);
uint32_t copl_net_dice(void);

#endif
