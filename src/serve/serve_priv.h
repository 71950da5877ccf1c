/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_PRIV_H
#define COPL_SERVE_PRIV_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <microhttpd.h>
#include <copl10n/serve.h>
#include "bundle/bundle.h"
#include "serve/gate.h"
#include "serve/openrosa.h"

/* Files that wait for their manifest, and bytes on their way in. */
#define STAGED_FILES_MAX 10000
#define STAGED_BYTES_MAX ((uint64_t)512 << 20)
#define FLYING_BYTES_MAX ((uint64_t)64 << 20)
#define LISTEN_MAX 8

/*
 * Requests are worked on by the threads of libmicrohttpd, a few for each
 * address; copl_serve()'s own thread watches clocks and signals.  What they
 * share is struct serving: one lock for whatever changes the folder, one for
 * the view of it, which readers take only to borrow a reference.
 */

/* Times and sizes; tests have little time. */
struct serve_limits {
	uint64_t header_ms; /* from accept to the end of the fields */
	uint64_t body_ms; /* and a millisecond for each byte */
	uint64_t tick_ms; /* how often deadlines are looked at */
	uint64_t stop_ms; /* what runs may end in that time */
	uint64_t stale_s; /* what waits longer is removed */
	uint64_t stale_every_ms;
	unsigned silence_s; /* between two requests */
	unsigned connections;
	unsigned per_peer; /* where others than this machine can come */
	unsigned threads; /* for each address */
	unsigned collect_threads; /* that judge and store answers */
	uint64_t cache_max; /* bytes of files kept in memory */
};
extern const struct serve_limits serve_limits_default;
/* copl_serve() with other limits. */
enum copl_status serve_run(const struct copl_serve_options *options,
    const struct serve_limits *limits, const struct copl_sink *sink)
    COPL_MUST_CHECK;

/* ---- listen.c ---- */
/* Findings listen-malformed, listen-open, listen-failed. */
enum copl_status serve_listen(const char *where, bool open,
    struct copl_reporter *r, int *out) COPL_MUST_CHECK;
/* A socket that was handed over: a listening one, made non-blocking. */
enum copl_status serve_adopt(int fd, bool open, struct copl_reporter *r)
    COPL_MUST_CHECK;
#define SERVE_ADDRESS_SIZE 80
/* The address that a socket is bound to, as in "127.0.0.1:8101". */
bool serve_address(int fd, char out[SERVE_ADDRESS_SIZE]);
bool serve_is_loopback(int fd);

/* ---- guard.c: a connection that drips must not live for ever ---- */
struct front;
struct guard_connection {
	struct guard_connection *next;
	struct guard_connection **link; /* what points here */
	int fd;
	struct front *front;
	atomic_uint_fast64_t until_ms;
	/* Of the answer that was queued last; its own thread's. */
	unsigned status;
	uint64_t bytes;
};
struct guard {
	pthread_mutex_t lock;
	struct guard_connection *first;
	const struct serve_limits *limits;
};
uint64_t guard_clock_ms(void);
void guard_notify(void *cls, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode what);
/* NULL when there is no connection. */
struct guard_connection *guard_of(struct MHD_Connection *connection);
/* The request or the answer has so many bytes: time enough for them. */
void guard_allow(
    const struct guard *g, struct MHD_Connection *connection, uint64_t bytes);
/* So many bytes of a content came: as much longer, and never for later. */
void guard_moved(
    const struct guard *g, struct MHD_Connection *connection, uint64_t bytes);
/* An answer went out; another request may come. */
void guard_idle(const struct guard *g, struct MHD_Connection *connection);
/* Ends those whose time is over. */
void guard_sweep(struct guard *g);

/* ---- shelf.c: the set that is shown ---- */
struct content;
struct shelf;
struct shelf_entry { /* what is remembered of a file */
	struct shelf *shelf;
	_Atomic(struct content *) content; /* NULL: not in memory */
};
struct shelf_item {
	const char *path;
	const char *type;
	const char *lang; /* NULL: none */
	const char *form; /* NULL: none */
	uint64_t length;
	char sha256[COPL_SHA256_HEX];
	struct shelf_entry *entry; /* NULL: of no use to anybody else */
};
struct shelf {
	atomic_size_t refs;
	struct copl_arena *arena;
	struct copl_manifest *manifest; /* NULL: no set yet */
	const char *folder;
	struct shelf_item
	    seals[4]; /* the files that the manifest is not about */
	size_t nseals;
	char sha256[COPL_SHA256_HEX]; /* of the manifest */
	struct copl_openrosa *openrosa; /* NULL: no list of forms */
	struct collect_set *collect; /* NULL: nothing is collected */
	struct shelf_entry *entries; /* of the seals, then of the files */
	pthread_mutex_t lock; /* of what is in memory */
	uint64_t cached;
};
/*
 * Takes what is in place in dir, if it still verifies; a damaged set is not
 * shown, with warning set-damaged.  The caller owns *out, which shows
 * nothing when there is nothing.
 */
enum copl_status shelf_load(const char *dir, const struct copl_trust *trust,
    int64_t now, struct copl_reporter *r, struct shelf **out) COPL_MUST_CHECK;
void shelf_drop(struct shelf *s); /* NULL is allowed */
bool shelf_find(
    const struct shelf *s, const char *path, struct shelf_item *out);
/* By number: seals first; false behind the last. */
bool shelf_at(const struct shelf *s, size_t i, struct shelf_item *out);
/* The file whose digest this is. */
bool shelf_by_digest(
    const struct shelf *s, const char *sha256, struct shelf_item *out);
/* The bytes of a file as they are served. */
enum copl_status shelf_read(const struct shelf *s,
    const struct shelf_item *item, struct copl_reporter *r,
    struct copl_strbuf *out) COPL_MUST_CHECK;

/* A socket that is listened at, and the daemon that does. */
struct front {
	struct serving *s;
	struct MHD_Daemon *daemon;
	int fd;
	struct front *next; /* of those that only finish what they have */
	uint64_t from_ms, until_ms; /* ends between them, once it is idle */
	atomic_size_t connections;
	atomic_size_t held; /* of them, suspended or about to go on */
	bool ending; /* no more may be; under the lock of the collector */
};

struct serving {
	const struct copl_serve_options *o;
	const struct serve_limits *limits;
	const struct copl_sink *sink; /* may be used by any thread */
	struct copl_arena *arena;
	const char *state; /* dir/.cop-l10n */
	const char *staging;
	const char *current;

	pthread_mutex_t publish; /* whoever changes the folder */
	struct copl_trust trust;
	bool choose; /* the fingerprint given is to be found at first */
	size_t staged;
	uint64_t staged_bytes;

	pthread_mutex_t view; /* the four below: borrowed or replaced */
	struct shelf *shelf;
	/* What was shown before: who began to fill in one of its forms may
	 * finish.  NULL: none. */
	struct shelf *before;
	char *token; /* NULL: nobody needs one */
	char *security; /* security.txt; NULL: none */
	int log; /* -1: none */

	unsigned sandbox; /* what the system took on: bits of sandbox.h */
	struct collect *collect; /* NULL: answers are not taken */

	struct guard guard;
	atomic_uint_fast64_t flying; /* bytes that uploads may hold */
	atomic_size_t busy; /* requests that are worked on */

	int fds[LISTEN_MAX];
	struct front *fronts[LISTEN_MAX];
	size_t nfds;
	struct front *leaving;
	char *cert; /* PEM; NULL: http */
	char *cert_key;
};
int64_t serve_now(const struct serving *s);
/* The set that is shown now; given back with shelf_drop(). */
struct shelf *serve_shelf(struct serving *s);
/* The one before it, or NULL; given back likewise. */
struct shelf *serve_before(struct serving *s);
void serve_show(struct serving *s, struct shelf *shelf);
/* shelf_load() of what is in place, with what is collected of it. */
enum copl_status serve_load(struct serving *s, struct copl_reporter *r,
    struct shelf **out) COPL_MUST_CHECK;
/* Events that tell which key is trusted instead of which. */
void serve_tell_pinned(const struct serving *s, const struct copl_trust *before,
    struct copl_reporter *r);

/* ---- setting.c: what is read at the start and again on reload ---- */
enum copl_status setting_trust(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Token, certificate, security.txt, log; what was good stays on failure. */
enum copl_status setting_read(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
void setting_clear(struct serving *s);

/* ---- front.c: daemons ---- */
/* New ones for all sockets; those of before finish what they have. */
enum copl_status front_open(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Ends those that have nothing left to do. */
void front_sweep(struct serving *s);
/* Takes nothing new, gives what runs its time, ends. */
void front_close(struct serving *s);

/* ---- answer.c: what goes back ---- */
#define ANSWER_FIELDS_MAX 12
struct answer_field {
	const char *name;
	const char *value;
};
struct answer {
	unsigned status;
	const char *type;
	struct copl_strbuf body;
	/* Further fields; strings live until the answer is queued. */
	struct answer_field fields[ANSWER_FIELDS_MAX];
	size_t nfields;
	const char *cache; /* Cache-Control; NULL: no-store */
	bool keep; /* the connection may stay open */
	bool form; /* a page of the set, which has its own policy */
	char etag[COPL_SHA256_HEX + 2]; /* of what was stored; "": none */
	char digest[COPL_SHA256_B64 + 12];
};
/* One too many is dropped, and the answer fails. */
void answer_field(struct answer *a, const char *name, const char *value);
/* What a PUT is answered with tells what is kept. */
void answer_receipt(struct answer *a, const struct copl_strbuf *body);
/* An error is a page for those who ask for one, else a problem (RFC 9457). */
enum MHD_Result answer_send(
    const struct serving *s, struct MHD_Connection *c, const struct answer *a);
/* A file of the set, of another type if the caller says so, and with more
 * fields. */
struct exchange;
enum MHD_Result answer_item(struct serving *s, const struct exchange *x,
    const struct shelf_item *item, const struct answer_field *more,
    size_t nmore);
/* An RFC 9457 problem; members are further ones, as JSON, or NULL. */
void answer_problem(
    struct answer *a, unsigned status, const char *detail, const char *members);
enum MHD_Result answer_refuse(const struct serving *s, struct MHD_Connection *c,
    unsigned status, const char *why);
/* Queues it, with time to send so many bytes. */
enum MHD_Result answer_queue(const struct serving *s, struct MHD_Connection *c,
    unsigned status, struct MHD_Response *r, uint64_t bytes);
bool answer_add(struct MHD_Response *r, const char *name, const char *value);
/* What each page of a form is shown with, and other files. */
bool answer_safety(struct MHD_Response *r, bool page);
/* Those without a value are left out. */
bool answer_add_all(
    struct MHD_Response *r, const struct answer_field *list, size_t n);
/* The time by a clock that is put right by so many seconds. */
bool answer_date(const struct serving *s, struct MHD_Response *r);

/* ---- page.c: pages of the server's own, in six languages ---- */
/* The best of the six for an Accept-Language field (NULL: none). */
const char *page_language(const char *accept);
void page_error(struct copl_strbuf *out, unsigned status, const char *lang);
/* For who has sent answers that are not stored. */
void page_not_stored(
    struct copl_strbuf *out, unsigned status, const char *lang);
void page_empty(struct copl_strbuf *out, const char *first);
extern const char page_policy[]; /* Content-Security-Policy */

/* ---- content.c: files in memory ---- */
/* The kinds of one file's answers that do not differ from one to the next. */
enum content_coding { CONTENT_PLAIN, CONTENT_GZIP };
struct content {
	atomic_size_t refs;
	char *bytes[2]; /* by coding; gzip NULL: no gain */
	size_t length[2];
	/* [coding][negotiated][not modified]; made when first asked for */
	_Atomic(struct MHD_Response *) shared[2][2][2];
};
/* The bytes compressed, freed by the caller; NULL: no gain, or no memory. */
char *content_gzip(const char *bytes, size_t len, int level, size_t *out_len);
bool content_fits(const struct shelf_item *i);
/*
 * The bytes of a file that fits, as they were signed: given back with
 * content_drop().  NULL: they are not there any more.
 */
struct content *content_get(
    const struct serving *s, const struct shelf_item *i);
/* Will it be there for the next request, too? */
bool content_is_kept(const struct content *c, const struct shelf_item *i);
void content_drop(struct content *c); /* NULL is allowed */
/* The shelf's own reference, and the answers that are kept. */
void content_forget(struct content *c);
/* Some of its bytes as an answer, no copy made. */
struct MHD_Response *content_response(
    struct content *c, enum content_coding coding, size_t from, size_t len);

/* ---- show.c: a file, as the request wants it ---- */
enum MHD_Result show_path(struct serving *s, const struct exchange *x);

/* ---- stage.c: files that wait ---- */
enum copl_status stage_open(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
void stage_put(struct serving *s, const struct copl_gate_pass *pass,
    const struct copl_strbuf *body, struct answer *out);
enum copl_status stage_clear(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Removes what nobody came back for. */
void stage_expire(struct serving *s);

/* ---- take.c: a manifest arrives ---- */
void take_manifest(struct serving *s, const struct copl_gate_pass *pass,
    const struct copl_strbuf *body, struct answer *out);

/* ---- log.c ---- */
enum copl_status log_open(const char *path, struct copl_reporter *r, int *out)
    COPL_MUST_CHECK;
struct log_line {
	const char *method;
	const char *target;
	unsigned status;
	uint64_t bytes;
	uint64_t ms;
	bool whole; /* the answer went out */
	bool discreet; /* nothing of who came, and no more than the hour */
};
void log_write(
    struct serving *s, struct MHD_Connection *c, const struct log_line *l);

/* ---- handler.c: libmicrohttpd's callbacks ---- */
enum MHD_Result handler_access(void *cls, struct MHD_Connection *c,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **request);
void handler_completed(void *cls, struct MHD_Connection *c, void **request,
    enum MHD_RequestTerminationCode why);
/* Leaves escapes alone: the gate resolves them, once and strictly. */
size_t handler_unescape(void *cls, struct MHD_Connection *c, char *s);

#endif
