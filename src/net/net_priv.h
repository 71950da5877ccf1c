/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_NET_PRIV_H
#define COPL_NET_PRIV_H

#include <signal.h>
#include <sys/socket.h>
#include <curl/curl.h>
#include "net/net.h"

/* ---- url.c ---- */

enum copl_url {
	COPL_URL_HTTPS,
	COPL_URL_LOOPBACK, /* http to this machine */
	COPL_URL_MALFORMED,
	COPL_URL_SCHEME,
	COPL_URL_CLEARTEXT,
	COPL_URL_CREDENTIALS,
	COPL_URL_EXTRA,
	COPL_URL_NOMEM
};
enum copl_url copl_net_url_judge(const char *url);
bool copl_net_url_check_open(const char *url, bool cleartext_ok,
    struct copl_place at, struct copl_reporter *r);

#define COPL_HOST_SIZE 256
#define COPL_ORIGIN_SIZE (COPL_HOST_SIZE + 20)
struct copl_url_parts {
	bool tls;
	bool loopback; /* the host says so itself: localhost, 127.0.0.1, ::1 */
	bool literal; /* an address, no name to look up */
	bool extra; /* has a query or fragment */
	bool fragment;
	char host[COPL_HOST_SIZE]; /* without brackets */
	char origin[COPL_ORIGIN_SIZE];
};
/* COPL_URL_HTTPS or COPL_URL_CLEARTEXT when it could be taken apart. */
enum copl_url copl_url_parts_read(const char *url, struct copl_url_parts *out);

/* An address that was taken apart, so that the next one there need not be. */
struct copl_parted {
	CURLU *parts; /* for libcurl; NULL if the address is none */
	struct copl_url_parts target;
	enum copl_url verdict;
	char base[COPL_ORIGIN_SIZE]; /* up to the slash that begins the path */
	size_t base_len; /* 0: it says nothing of the next one */
};
/* As copl_url_parts_read(), into what p knows of the address before. */
enum copl_url copl_parted_read(struct copl_parted *p, const char *url);
void copl_parted_clear(struct copl_parted *p);

/* ---- watch.c: the sockets that are waited for ---- */

/*
 * libcurl lets go of a socket after each exchange and asks for it again with
 * the next one.  A socket of our own therefore stays watched until something
 * is heard of it that nobody waits for, or until it is closed.
 */
struct copl_watch {
	int epoll; /* the data of its events are the descriptors */
	struct copl_watched *list; /* by descriptor */
	size_t n, room;
};
bool copl_watch_open(struct copl_watch *w);
void copl_watch_close(struct copl_watch *w);
/* It was opened here, and copl_watch_drop() is told of its end. */
bool copl_watch_adopt(struct copl_watch *w, int fd);
/* EPOLLIN, EPOLLOUT; 0: nobody waits for it any more. */
void copl_watch_want(struct copl_watch *w, int fd, uint32_t events);
/* Something happened there: does anybody wait for it? */
bool copl_watch_heard(struct copl_watch *w, int fd);
/* Before it is closed. */
void copl_watch_drop(struct copl_watch *w, int fd);

#define COPL_NET_AGENT PACKAGE "/" PACKAGE_VERSION

/* ---- head.c: the lines of a head, in the form libcurl wants ---- */

struct copl_head_line {
	size_t at; /* in the text */
	struct curl_slist node;
};

/* Made anew for each request, in the memory of the one before. */
struct copl_head {
	struct copl_strbuf text; /* the lines, each with its end */
	struct copl_head_line *lines;
	size_t n, room;
};
void copl_head_begin(struct copl_head *h);
/* "NAME", what stands between, "VALUE". */
bool copl_head_add(struct copl_head *h, const char *name, const char *between,
    const char *value);
/* Until the next one is begun; NULL: there are no lines. */
struct curl_slist *copl_head_list(struct copl_head *h);
void copl_head_clear(struct copl_head *h);

/* ---- address.c: pure ---- */

enum copl_address_scope {
	COPL_SCOPE_PUBLIC,
	COPL_SCOPE_LOOPBACK,
	COPL_SCOPE_PRIVATE, /* private, link-local, shared, unique local */
	COPL_SCOPE_NEVER /* metadata services, groups, nobody's */
};
/* What is inside an IPv6 address that carries one of IPv4 counts. */
enum copl_address_scope copl_address_scope(
    const struct sockaddr *sa, socklen_t len);
/* Of "192.0.2.1" or "2001:db8::1"; NEVER for what is no address. */
enum copl_address_scope copl_address_scope_text(const char *host);
/* May an exchange with this target go there? */
bool copl_address_allowed(enum copl_address_scope scope, bool loopback_target,
    const struct copl_net_access *access);

/* ---- exchange.c and options.c: one exchange on one easy handle ---- */

/* What the three clocks of an exchange allow. */
struct copl_clocks {
	uint32_t connect_ms;
	uint32_t answer_ms; /* where the request says nothing */
	uint32_t slow_ms; /* in each such time ... */
	uint32_t slow_bytes; /* ... so much must move */
};

enum copl_phase {
	COPL_PHASE_LOOKUP, /* of the name; nothing is connected */
	COPL_PHASE_CONNECT,
	COPL_PHASE_SEND,
	COPL_PHASE_ANSWER, /* all is sent: until the first byte */
	COPL_PHASE_RECEIVE
};

struct copl_exchange {
	/* What stays from one exchange to the next. */
	struct copl_watch *watch;
	struct copl_parted url;
	struct copl_strbuf ca; /* a CA file that is handed over as bytes */
	struct copl_head head;
	bool plain; /* the handle has the options of an access without any */
	char error[CURL_ERROR_SIZE];
	/* From here on it is of this one alone. */
	const struct copl_net_request *q;
	struct copl_net_answer *a;
	const struct copl_net_access *access; /* never NULL */
	enum copl_phase phase;
	uint64_t phase_at; /* when the clock of the phase began */
	uint64_t moved; /* bytes since then */
	uint64_t sent; /* of the body, this time */
	size_t header_bytes; /* of one answer */
	size_t all_header_bytes; /* of all of them: redirects, 1xx */
	bool in_body; /* what comes as a header now is a trailer */
	bool too_large;
	bool refused_address; /* one was not allowed */
	bool tried_address; /* one was */
	bool no_sockets;
	bool expect; /* "100-continue" is asked for */
	bool no_expect; /* it was, and the other side cannot */
	bool expired; /* cut by one of our clocks */
	const struct copl_clocks *clocks;
	uint64_t connect_until; /* libcurl's own clock */
};

/* What engines know of the certificate files of this machine. */
struct copl_ca_files {
	char system[256]; /* "" if none was found */
	char kept[1024]; /* the file libcurl keeps the parsed form of */
	int64_t kept_size;
};
void copl_ca_files_init(struct copl_ca_files *t);
/* The file whose parsed form is worth keeping? */
bool copl_ca_files_keep(struct copl_ca_files *t, const char *file);

/* ---- check.c: is what is asked allowed at all? ---- */

/* COPL_OK, or the result, with the answer filled. */
enum copl_status copl_exchange_check(struct copl_exchange *x);

/* ---- exchange.c: one exchange on one handle of libcurl ---- */

bool copl_has_content(const struct copl_net_request *q);
/* So little that it goes out together with the head? */
bool copl_content_at_once(const struct copl_net_request *q);
/* Takes what is asked and empties the answer. */
void copl_exchange_init(struct copl_exchange *x,
    const struct copl_net_request *q, struct copl_net_answer *a);
/* Sets the handle up for it: COPL_OK, or the result. */
enum copl_status copl_exchange_begin(struct copl_exchange *x, CURL *c,
    const struct copl_clocks *clocks, struct copl_ca_files *ca_files);
/* Fills the answer and says what it came to. */
enum copl_status copl_exchange_end(
    struct copl_exchange *x, CURL *c, CURLcode rc);
/* Must it be done once again without "Expect"?  Then it is ready for that. */
bool copl_exchange_again(struct copl_exchange *x, CURL *c);
/*
 * Has its clock run out?  Then it is to be broken off, and ends as a timeout.
 * One that moves gets more time.
 */
bool copl_exchange_expired(
    struct copl_exchange *x, const struct copl_clocks *c, uint64_t now);
/* When to ask that again: whatever happens, its clock runs until then. */
uint64_t copl_exchange_due(
    const struct copl_exchange *x, const struct copl_clocks *c, uint64_t now);
void copl_exchange_clear(struct copl_exchange *x, CURL *c);
/* After the last one, when no handle points there any more. */
void copl_exchange_free(struct copl_exchange *x);

/* ---- options.c ---- */

/* Options that are the same for all exchanges of x on this handle. */
CURLcode copl_options_fixed(CURL *c, struct copl_exchange *x);
CURLcode copl_options_request(
    CURL *c, struct copl_exchange *x, const struct copl_clocks *clocks);
CURLcode copl_options_access(CURL *c, struct copl_exchange *x);
/* The file, or its bytes instead if they are not NULL. */
CURLcode copl_options_trust(
    CURL *c, const char *file, const struct copl_strbuf *bytes);

/* ---- callbacks.c: what libcurl asks while it runs ---- */

size_t copl_on_read(char *out, size_t size, size_t n, void *arg);
int copl_on_seek(void *arg, curl_off_t to, int origin);
curl_socket_t copl_on_socket(
    void *arg, curlsocktype purpose, struct curl_sockaddr *a);
int copl_on_close(void *arg, curl_socket_t fd); /* arg: a copl_watch */
int copl_on_connected(
    void *arg, char *peer, char *own, int peer_port, int own_port);
/* With a proxy: ends what our clocks have ended, whoever keeps libcurl busy. */
int copl_on_progress(void *arg, curl_off_t down_all, curl_off_t down,
    curl_off_t up_all, curl_off_t up);

/* ---- answer.c: what comes ---- */

size_t copl_on_body(char *bytes, size_t size, size_t n, void *arg);
size_t copl_on_header(char *bytes, size_t size, size_t n, void *arg);
void copl_answer_reset(struct copl_net_answer *a, size_t max);
enum copl_status copl_answer_fail(
    struct copl_net_answer *a, enum copl_net_failure why, const char *text);
/*
 * Takes the secret out of every text, as it is and as Basic sends it; out of
 * the body too if it is a text and not the content that was asked for.
 */
void copl_answer_hide(
    struct copl_net_answer *a, const struct copl_net_access *access, bool body);

/* ---- failure.c ---- */

enum copl_net_failure copl_failure_of(
    const struct copl_exchange *x, CURL *c, CURLcode rc);

/* ---- pipe.c: a peer that hangs up must not kill the program ---- */

/* TLS may write without MSG_NOSIGNAL; the caller's handling stays as it is. */
struct copl_pipe_hold {
	sigset_t before;
	bool was_pending;
};
void copl_pipe_hold(struct copl_pipe_hold *h);
void copl_pipe_release(const struct copl_pipe_hold *h);

/* ---- engine.c ---- */

/* For tests, which have no half minutes. */
void copl_engine_clocks(struct copl_engine *e, const struct copl_clocks *c);

#endif
