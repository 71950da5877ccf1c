/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_PRIV_H
#define COPL_SERVE_PRIV_H

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

/* ---- listen.c ---- */
/* Findings listen-malformed, listen-open, listen-failed. */
enum copl_status serve_listen(const char *where, bool open,
    struct copl_reporter *r, int *out) COPL_MUST_CHECK;
#define SERVE_ADDRESS_SIZE 80
/* The address that a socket is bound to, as in "127.0.0.1:8101". */
bool serve_address(int fd, char out[SERVE_ADDRESS_SIZE]);

/* ---- guard.c: a connection that drips must not live for ever ---- */
struct guard_connection {
	struct guard_connection *next;
	struct guard_connection **link; /* what points here */
	int fd;
	uint64_t until_ms;
};
struct guard {
	struct guard_connection *first;
};
uint64_t guard_clock_ms(void);
void guard_notify(void *cls, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode what);
/* The request or the answer has so many bytes: time enough for them. */
void guard_allow(struct MHD_Connection *connection, uint64_t bytes);
/* Ends those whose time is over. */
void guard_sweep(struct guard *g);

/* ---- shelf.c: the set that is shown ---- */
struct shelf_item {
	const char *path;
	const char *type;
	const char *lang; /* NULL: none */
	uint64_t length;
	char sha256[COPL_SHA256_HEX];
	bool openrosa; /* asked for by a client of OpenRosa */
};
struct shelf {
	struct copl_arena *arena;
	struct copl_manifest *manifest; /* NULL: no set yet */
	const char *folder;
	struct shelf_item
	    seals[4]; /* the files that the manifest is not about */
	size_t nseals;
	char sha256[COPL_SHA256_HEX]; /* of the manifest */
	struct copl_openrosa *openrosa; /* NULL: no list of forms */
};
/*
 * Takes what is in place in dir, if it still verifies; a damaged set is not
 * shown, with warning set-damaged.
 */
enum copl_status shelf_load(struct shelf *s, const char *dir,
    const struct copl_trust *trust, int64_t now, struct copl_reporter *r)
    COPL_MUST_CHECK;
void shelf_clear(struct shelf *s);
bool shelf_find(
    const struct shelf *s, const char *path, struct shelf_item *out);

struct serving {
	const struct copl_serve_options *o;
	const struct copl_sink *sink;
	struct copl_arena *arena;
	const char *state; /* dir/.cop-l10n */
	const char *staging;
	const char *current;
	char *token; /* NULL: nobody needs one */
	struct copl_trust trust;
	bool choose; /* the fingerprint given is to be found at first */
	struct shelf shelf;
	struct guard guard;
	size_t staged;
	uint64_t staged_bytes;
	uint64_t flying; /* bytes that uploads in progress may hold */
};
int64_t serve_now(const struct serving *s);
/* Events that tell which key is trusted instead of which. */
void serve_tell_pinned(const struct serving *s, const struct copl_trust *before,
    struct copl_reporter *r);

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
};
/* One too many is dropped, and the answer fails. */
void answer_field(struct answer *a, const char *name, const char *value);
enum MHD_Result answer_send(
    const struct serving *s, struct MHD_Connection *c, const struct answer *a);
enum MHD_Result answer_item(const struct serving *s, struct MHD_Connection *c,
    const struct shelf_item *item, const char *if_none_match);
bool answer_add_date(struct MHD_Response *r, int64_t now);
/* An RFC 9457 problem; members are further ones, as JSON, or NULL. */
void answer_problem(
    struct answer *a, unsigned status, const char *detail, const char *members);

/* ---- openrosa_http.c: the list of forms for phones ---- */
/* False: the path is none of OpenRosa's; else *result tells how it went. */
bool openrosa_answer(const struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_pass *pass, enum MHD_Result *result);
/* Adds what each answer to a client of OpenRosa carries. */
bool openrosa_fields(struct MHD_Response *r);

/* ---- stage.c: files that wait ---- */
enum copl_status stage_open(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;
void stage_put(struct serving *s, const struct copl_gate_pass *pass,
    const struct copl_strbuf *body, struct answer *out);
enum copl_status stage_clear(struct serving *s, struct copl_reporter *r)
    COPL_MUST_CHECK;

/* ---- take.c: a manifest arrives ---- */
void take_manifest(
    struct serving *s, const struct copl_strbuf *body, struct answer *out);

/* ---- handler.c: libmicrohttpd's callbacks ---- */
enum MHD_Result handler_access(void *cls, struct MHD_Connection *c,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **request);
void handler_completed(void *cls, struct MHD_Connection *c, void **request,
    enum MHD_RequestTerminationCode why);
/* Leaves escapes alone: the gate resolves them, once and strictly. */
size_t handler_unescape(void *cls, struct MHD_Connection *c, char *s);

#endif
