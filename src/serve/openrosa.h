/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_OPENROSA_H
#define COPL_SERVE_OPENROSA_H

#include "bundle/bundle.h"

/*
 * What ODK Collect and other clients of OpenRosa ask a server for: a list of
 * forms, each form, and what belongs to a form.  Their parsers are strict:
 * one entry without an id, a name or an address makes Collect throw the
 * whole list away, and a form with an id and version that it knows but other
 * content is refused.  Pure: a set in, documents out.
 */
#define COPL_OPENROSA_TYPE "text/xml; charset=utf-8"
#define COPL_OPENROSA_MD5 33

struct copl_openrosa_form {
	const char *path; /* in the set */
	struct copl_odk_about about; /* id and title are there */
	char md5[COPL_OPENROSA_MD5]; /* hex, of the bytes in the set */
};
struct copl_openrosa {
	struct copl_arena *arena;
	struct copl_openrosa_form *forms; /* in the order of the manifest */
	size_t nforms;
};

/*
 * Reads the forms of a set.  A form that a client could not take is left out
 * with warning openrosa-form; where a file cannot be read there is no list at
 * all, because a phone that follows the list would throw the form away.
 * The caller owns *out; where: the folder or address, for findings.
 */
enum copl_status copl_openrosa_load(const struct copl_manifest *m,
    copl_read_fn *read, void *arg, const char *where, struct copl_reporter *r,
    struct copl_openrosa **out) COPL_MUST_CHECK;
void copl_openrosa_free(struct copl_openrosa *o);
const struct copl_openrosa_form *copl_openrosa_find(
    const struct copl_openrosa *o, const char *id);

/* The fields of a request that say how its client reached this server. */
struct copl_openrosa_client {
	const char *origin; /* what the operator said, "https://h/"; NULL */
	const char *host; /* the Host field; NULL: none */
	bool tls; /* the client's connection, as far as we see it */
	bool proxy; /* the next fields are from a proxy that we trust */
	const char *forwarded; /* RFC 7239; the others are not looked at */
	const char *forwarded_proto; /* X-Forwarded-Proto; NULL: none */
	const char *forwarded_host;
	const char *forwarded_prefix;
};
#define COPL_OPENROSA_BASE 600
/*
 * "https://forms.example.org" as the client sees it, without a final "/".
 * False: what the client sent cannot be put into an address.
 */
bool copl_openrosa_base(
    const struct copl_openrosa_client *c, char out[COPL_OPENROSA_BASE]);

struct copl_openrosa_ask {
	const char *base; /* of the addresses in the list */
	const char *accept_language; /* NULL: none */
	const char *id; /* only this form; NULL: all */
	bool verbose;
};
/*
 * The list, and the languages of the names in it for Content-Language, with
 * commas between them; "" when no name says its language.
 */
enum copl_status copl_openrosa_list(const struct copl_openrosa *o,
    const struct copl_openrosa_ask *ask, struct copl_strbuf *out,
    struct copl_strbuf *languages) COPL_MUST_CHECK;
/* What belongs to a form: nothing, ours have no pictures and no sounds. */
enum copl_status copl_openrosa_manifest(struct copl_strbuf *out)
    COPL_MUST_CHECK;

/* What a path asks for. */
enum copl_openrosa_what {
	COPL_OPENROSA_NONE, /* nothing of ours */
	COPL_OPENROSA_LIST, /* formList */
	COPL_OPENROSA_FORM, /* forms/ID.xml */
	COPL_OPENROSA_MANIFEST /* forms/ID/manifest */
};
/* id: room for as many bytes as path has. */
enum copl_openrosa_what copl_openrosa_route(const char *path, char *id);

/* Resolves the escapes of a value of a query; false: it has a wrong one. */
bool copl_openrosa_unescape(const char *s, char *out, size_t room);

/* md5 in hex; false: this machine does not offer it. */
bool copl_openrosa_md5(
    const void *bytes, size_t len, char out[COPL_OPENROSA_MD5]);

#endif
