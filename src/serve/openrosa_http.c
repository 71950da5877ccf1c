/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The OpenRosa documents as answers of libmicrohttpd. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "serve/openrosa.h"
#include "serve/serve_priv.h"

#define LIST_MAX ((size_t)8 << 20)
#define LANGUAGES_MAX ((size_t)8 << 10)

struct reply {
	const struct serving *s;
	struct MHD_Connection *c;
	const struct copl_gate_pass *pass;
	const char *languages; /* Content-Language; NULL or "": none */
	bool varies; /* with what languages are asked for */
};

static const char *field(const struct reply *y, const char *name)
{
	return MHD_lookup_connection_value(y->c, MHD_HEADER_KIND, name);
}

static enum MHD_Result problem(
    const struct reply *y, unsigned status, const char *why)
{
	struct answer a = {.body = COPL_STRBUF_INIT(LANGUAGES_MAX)};
	enum MHD_Result result;

	answer_problem(&a, status, why, NULL);
	result = answer_send(y->s, y->c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

static bool add(struct MHD_Response *r, const char *name, const char *value)
{
	return MHD_add_response_header(r, name, value) == MHD_YES;
}

/* What each answer to a client of OpenRosa carries. */
bool openrosa_fields(struct MHD_Response *r)
{
	char most[24];

	snprintf(most, sizeof(most), "%zu", COPL_RELEASE_FILE_MAX);
	return add(r, "X-OpenRosa-Version", "1.0") &&
	       add(r, "X-OpenRosa-Accept-Content-Length", most);
}

static bool add_fields(
    const struct reply *y, struct MHD_Response *r, const char *etag)
{
	return openrosa_fields(r) &&
	       add(r, "Content-Type", COPL_OPENROSA_TYPE) &&
	       add(r, "X-Content-Type-Options", "nosniff") &&
	       add(r, "ETag", etag) && add(r, "Cache-Control", "no-cache") &&
	       (!y->varies || add(r, "Vary", "Accept-Language")) &&
	       (y->languages == NULL || *y->languages == '\0' ||
		   add(r, "Content-Language", y->languages)) &&
	       answer_add_date(r, serve_now(y->s));
}

/* 200 with the document, or 304 for who has it. */
static enum MHD_Result send_document(
    const struct reply *y, const struct copl_strbuf *body)
{
	char sha256[COPL_SHA256_HEX], etag[COPL_SHA256_HEX + 2];
	enum MHD_Result result = MHD_NO;
	struct MHD_Response *r;
	bool same;

	copl_sha256_hex(copl_strbuf_text(body), body->len, sha256);
	snprintf(etag, sizeof(etag), "\"%s\"", sha256);
	same = y->pass->if_none_match != NULL &&
	       copl_gate_etag_listed(y->pass->if_none_match, sha256);
	r = MHD_create_response_from_buffer(
	    same ? 0 : body->len, same ? NULL : body->s, MHD_RESPMEM_MUST_COPY);
	if (r == NULL)
		return MHD_NO;
	if (add_fields(y, r, etag)) {
		guard_allow(y->c, body->len);
		result = MHD_queue_response(y->c, same ? 304 : 200, r);
	}
	MHD_destroy_response(r);
	return result;
}

/* ---- the list ---- */

static bool find_base(const struct reply *y, char base[COPL_OPENROSA_BASE])
{
	const union MHD_ConnectionInfo *tls =
	    MHD_get_connection_info(y->c, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	const struct copl_openrosa_client client = {.host = field(y, "Host"),
	    .tls = tls != NULL && tls->tls_session != NULL,
	    .proxy = y->s->o->behind_proxy,
	    .forwarded = field(y, "Forwarded"),
	    .forwarded_proto = field(y, "X-Forwarded-Proto"),
	    .forwarded_host = field(y, "X-Forwarded-Host"),
	    .forwarded_prefix = field(y, "X-Forwarded-Prefix")};

	return copl_openrosa_base(&client, base);
}

static const char *query(const struct reply *y, const char *name)
{
	return MHD_lookup_connection_value(y->c, MHD_GET_ARGUMENT_KIND, name);
}

static enum MHD_Result send_list(
    struct reply *y, const struct copl_openrosa_ask *ask)
{
	struct copl_strbuf body = COPL_STRBUF_INIT(LIST_MAX);
	struct copl_strbuf languages = COPL_STRBUF_INIT(LANGUAGES_MAX);
	enum copl_status st =
	    copl_openrosa_list(y->s->shelf.openrosa, ask, &body, &languages);
	enum MHD_Result result;

	y->languages = copl_strbuf_text(&languages);
	y->varies = true;
	result = st == COPL_OK
		     ? send_document(y, &body)
		     : problem(y, 503, _("there is no memory for this now"));
	copl_strbuf_clear(&body);
	copl_strbuf_clear(&languages);
	return result;
}

/* deviceID and whatever else a phone says of itself is not looked at; all
 * versions of a form are the one that is here. */
static enum MHD_Result show_list(struct reply *y)
{
	const char *id = query(y, "formID"), *verbose = query(y, "verbose");
	char base[COPL_OPENROSA_BASE], form[COPL_GATE_PATH_SIZE];
	struct copl_openrosa_ask ask = {
	    .base = base, .accept_language = field(y, "Accept-Language")};

	if (!find_base(y, base))
		return problem(y, 400,
		    _("the host of the request cannot be part of an address"));
	if (id != NULL) {
		if (!copl_openrosa_unescape(id, form, sizeof(form)))
			return problem(
			    y, 400, _("formID is not the id of a form"));
		ask.id = form;
	}
	ask.verbose = verbose != NULL && (strcmp(verbose, "true") == 0 ||
					     strcmp(verbose, "1") == 0);
	return send_list(y, &ask);
}

/* ---- a form and what belongs to it ---- */

static enum MHD_Result show_manifest(struct reply *y)
{
	struct copl_strbuf body = COPL_STRBUF_INIT(LANGUAGES_MAX);
	enum MHD_Result result =
	    copl_openrosa_manifest(&body) == COPL_OK
		? send_document(y, &body)
		: problem(y, 503, _("there is no memory for this now"));

	copl_strbuf_clear(&body);
	return result;
}

static enum MHD_Result show_form(
    struct reply *y, const struct copl_openrosa_form *f)
{
	struct shelf_item item;

	if (!shelf_find(&y->s->shelf, f->path, &item))
		return problem(
		    y, 500, _("this file cannot be read where it is kept"));
	item.type = COPL_OPENROSA_TYPE;
	item.openrosa = true;
	return answer_item(y->s, y->c, &item, y->pass->if_none_match);
}

bool openrosa_answer(const struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_pass *pass, enum MHD_Result *result)
{
	struct reply y = {.s = s, .c = c, .pass = pass};
	const struct copl_openrosa_form *f;
	char id[COPL_GATE_PATH_SIZE];
	enum copl_openrosa_what what = copl_openrosa_route(pass->path, id);
	struct shelf_item item;

	/* A file of the set by that name is what was signed. */
	if (what == COPL_OPENROSA_NONE ||
	    shelf_find(&s->shelf, pass->path, &item))
		return false;
	if (s->shelf.openrosa == NULL) {
		*result = problem(&y, 503,
		    _("there are no forms here now; keep the ones you have"));
		return true;
	}
	f = copl_openrosa_find(s->shelf.openrosa, id);
	if (what == COPL_OPENROSA_LIST)
		*result = show_list(&y);
	else if (f == NULL)
		*result =
		    problem(&y, 404, _("the set in place has no such file"));
	else if (what == COPL_OPENROSA_MANIFEST)
		*result = show_manifest(&y);
	else
		*result = show_form(&y, f);
	return true;
}
