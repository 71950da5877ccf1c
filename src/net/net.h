/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_NET_H
#define COPL_NET_H

#include "base/base.h"
#include "net/retry.h"

/*
 * HTTP behind one door.  Only https, or http to this very machine, unless
 * the access of an endpoint says more; no proxy, cookie, certificate or netrc
 * of the surroundings is looked at.
 */

enum copl_net_auth {
	COPL_AUTH_NONE,
	COPL_AUTH_BASIC, /* over https or to this machine only */
	COPL_AUTH_BEARER, /* the same */
	COPL_AUTH_DIGEST
};

/* How one endpoint is spoken to; borrowed; NULL strings: not said. */
struct copl_net_access {
	enum copl_net_auth auth;
	const char *user;
	const char *secret; /* password or token; in no text that leaves */
	const char *ca; /* PEM file instead of the system's */
	const char *cert, *cert_key, *cert_pass; /* PEM; for mutual TLS */
	const char *pins[2]; /* "sha256//BASE64" of the key, now and next */
	bool private_ok; /* private, link-local and shared addresses too */
	bool cleartext_ok; /* http beyond this machine */
	bool http2;
	const char *proxy; /* "http://host:port", "socks5h://..."; NULL: none */
};

struct copl_net_header {
	const char *name;
	const char *value; /* without control characters */
};

struct copl_net_answer;
/*
 * Gets what comes of a body, as it comes and besides the answer that keeps
 * it; status and fields of the answer are there already.  false: no more.
 */
typedef bool copl_net_take_fn(
    void *arg, const struct copl_net_answer *a, const char *bytes, size_t len);

struct copl_net_request {
	/* "GET", "HEAD", "PUT", "MKCOL", "DELETE", "OPTIONS" or "POST" */
	const char *method;
	const char *url;
	const struct copl_net_header *headers;
	size_t nheaders;
	const char *body; /* of a PUT or POST; borrowed */
	size_t length;
	size_t max_answer; /* bytes of body that are kept; more is an error */
	uint32_t deadline_ms; /* for everything; 0: none */
	uint32_t answer_ms; /* from the request to its answer; 0: 30 seconds */
	bool follow; /* a GET: up to 5 redirects, to https only */
	bool last; /* close the connection afterwards */
	bool gzip; /* may come compressed; max_answer is of what it becomes */
	copl_net_take_fn *take; /* NULL: none */
	void *take_arg;
	const struct copl_net_access *access; /* NULL: the strict default */
};

enum copl_net_failure {
	COPL_NET_NONE,
	COPL_NET_UNREACHABLE, /* no complete answer */
	COPL_NET_TLS, /* the certificate or the handshake is wrong */
	COPL_NET_TOO_LARGE, /* body over max_answer, or headers over 32 KiB */
	COPL_NET_URL, /* the address, a header or the access must not be used */
	COPL_NET_DNS, /* the name leads nowhere */
	COPL_NET_POLICY, /* the name leads to an address that is not allowed */
	COPL_NET_PROXY, /* the proxy cannot be reached, or refuses */
	COPL_NET_PIN, /* the key is another than the pinned ones */
	COPL_NET_TIMEOUT, /* too slow: connecting, answering or in all */
	COPL_NET_LOCAL /* this machine: out of sockets, no CA certificates */
};

/* Fields that were not sent, or do not fit, are empty. */
struct copl_net_answer {
	enum copl_net_failure failure;
	char error[256]; /* what went wrong: libcurl in English, or ours */
	long status; /* 0: none came */
	long proxy_status; /* of COPL_NET_PROXY: what the proxy said to the
			    * tunnel; 0: it was not reached */
	char etag[160];
	char location[512];
	char repr_digest[160];
	char content_digest[160];
	char content_type[128];
	char content_range[64];
	char allow[128];
	char retry_after[64];
	int64_t date; /* the server's clock, seconds since 1970; 0: not said */
	uint64_t
	    retry_after_ms; /* from now, by the server's clock; 0: not said */
	char peer[64]; /* "203.0.113.7:443", "[2001:db8::7]:443" */
	uint32_t connects; /* connections made for it; 0: one was open */
	uint64_t uploaded; /* bytes of body that were sent, repeats included */
	uint32_t total_ms;
	struct copl_strbuf body; /* what came, even if not all did */
};

/* Start with a zeroed answer; it may be used again and again. */
void copl_net_answer_clear(struct copl_net_answer *a);

/* What an exchange came to; st is what copl_net_do() returned. */
enum copl_attempt copl_net_attempt(
    enum copl_status st, const struct copl_net_answer *a);

/* ---- one exchange after the other ---- */

/* A handle keeps its connection open between requests to one server. */
struct copl_net;

enum copl_status copl_net_open(struct copl_net **out) COPL_MUST_CHECK;
void copl_net_close(struct copl_net *n);

/*
 * One exchange.  COPL_OK when a complete answer came, whatever its status;
 * COPL_E_INCOMPLETE for the transport (see failure), COPL_E_LIMIT for too
 * large, COPL_E_INVALID for an address, method, header or access that must
 * not be used, COPL_E_NOMEM.  The answer is filled in any case; its body is
 * reused by the next call.  No text in it holds the secret of the access,
 * even if the other side sends it back.
 */
enum copl_status copl_net_do(struct copl_net *n,
    const struct copl_net_request *q, struct copl_net_answer *a)
    COPL_MUST_CHECK;

/* ---- many at once, in one thread ---- */

struct copl_engine;
struct copl_line; /* one exchange at a time; its connection stays open */

/* For that many lines, each with about one socket. */
enum copl_status copl_engine_open(unsigned most, struct copl_engine **out)
    COPL_MUST_CHECK;
/* Breaks off what runs, and closes the lines; NULL is allowed. */
void copl_engine_close(struct copl_engine *e);

/* COPL_E_LIMIT: all lines are taken. */
enum copl_status copl_line_open(struct copl_engine *e, struct copl_line **out)
    COPL_MUST_CHECK;
/* Breaks off what runs on it; NULL is allowed. */
void copl_line_close(struct copl_line *l);
/* Breaks off what runs on it: no wait will tell of it. */
void copl_line_stop(struct copl_line *l);

/*
 * Begins an exchange on a line that has none.  q, what it borrows, and a
 * stay valid until the line is done, stopped or closed.  What is wrong with
 * q is a result like any other; only COPL_E_NOMEM comes from here, and
 * COPL_E_INVALID for a line that is busy.
 */
enum copl_status copl_line_start(struct copl_line *l,
    const struct copl_net_request *q, struct copl_net_answer *a, void *arg)
    COPL_MUST_CHECK;
void *copl_line_arg(const struct copl_line *l);

/*
 * Waits until a line is done, copl_net_clock_ms() says until_ms (UINT64_MAX:
 * no limit), or stop_fd can be read (-1: none; it stays open as long as the
 * engine).  *done NULL: none is.  *result is what copl_net_do() would have
 * returned.  Returns at once if nothing runs and there is nothing to wait
 * for.
 */
enum copl_status copl_engine_wait(struct copl_engine *e, uint64_t until_ms,
    int stop_fd, struct copl_line **done, enum copl_status *result)
    COPL_MUST_CHECK;

/* ---- addresses ---- */

/* A deadline for content of that size, even on a slow link. */
uint32_t copl_net_deadline_ms(uint64_t bytes);

/*
 * Is it an https address (or http to this machine) without user, query and
 * fragment?  Findings: url-malformed, url-scheme, url-cleartext,
 * url-credentials, url-extra.
 */
bool copl_net_url_check(
    const char *url, struct copl_place at, struct copl_reporter *r);

/* The same for an endpoint and its access; reports endpoint-access, too. */
bool copl_net_access_check(const char *url,
    const struct copl_net_access *access, struct copl_place at,
    struct copl_reporter *r);

/* Scheme, host and port, "https://office.example.org:443"; false: malformed. */
bool copl_net_origin(const char *url, char *out, size_t room);

/* ---- the world, for callers whose policy is pure ---- */

uint64_t copl_net_clock_ms(void); /* never goes back */
void copl_net_wait_ms(uint64_t ms);
uint32_t copl_net_dice(void);

#endif
