/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_GATE_H
#define COPL_SERVE_GATE_H

#include "bundle/bundle.h"

/*
 * What may come in.  libmicrohttpd's parser lets through more than a server
 * should see, so every request passes here before anything is done for it.
 * Pure: text in, verdict out.
 */
enum copl_gate_method {
	COPL_GATE_GET,
	COPL_GATE_HEAD,
	COPL_GATE_PUT,
	COPL_GATE_POST
};

struct copl_gate_header {
	const char *name;
	const char *value; /* NULL: none */
};

struct copl_gate_request {
	const char *method;
	const char *target; /* the path as sent, escapes not resolved */
	const char *version; /* "HTTP/1.1" */
	const struct copl_gate_header *headers; /* every line as sent */
	size_t nheaders;
	uint64_t max_body;
	/* Answers may be posted, of so many bytes; 0: they may not. */
	uint64_t max_post;
};

#define COPL_GATE_PATH_SIZE 201
struct copl_gate_pass {
	enum copl_gate_method method;
	/* copl_path_is_safe, or such a path below ".well-known"; of a POST
	 * without the slash at its end, and "" for the root */
	char path[COPL_GATE_PATH_SIZE];
	uint64_t length; /* of the body */
	bool chunked; /* a POST whose length is not known */
	const char *if_none_match; /* borrowed from the request; NULL: none */
	const char *if_match;
	const char *content_digest;
	const char *repr_digest;
	const char *content_type;
	const char *content_encoding;
	bool partial; /* a Content-Range */
	const char *authorization;
};

/*
 * 0: the request may come in, *out tells what it is.  Otherwise the HTTP
 * status to refuse it with, and *why a sentence.
 */
unsigned copl_gate_judge(const struct copl_gate_request *q,
    struct copl_gate_pass *out, const char **why);

/*
 * Does a Content-Digest field allow a body with this SHA-256 (in base64)?
 * Without a sha-256 member it says nothing, which is allowed.
 */
bool copl_gate_digest_ok(const char *field, const char *sha256_b64);

/* Does an If-None-Match field name the entity tag of this SHA-256 (hex)? */
bool copl_gate_etag_listed(const char *field, const char *sha256);

/*
 * May a PUT go on, where this digest is in place (NULL: nothing is)?  Tags
 * of If-Match are compared strongly.
 */
bool copl_gate_match(const struct copl_gate_pass *pass, const char *sha256);

/* Does the Content-Type that was sent go with the name of the file? */
bool copl_gate_type_ok(const char *path, const char *type);

/* Is this Authorization field the bearer token?  Takes as long either way. */
bool copl_gate_token_ok(const char *field, const char *token);

/* ASCII letters of either case are the same; what the locale says is not
 * asked. */
bool copl_gate_name_is(const char *name, const char *want);

#endif
