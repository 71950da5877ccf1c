/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The OpenRosa documents as answers of libmicrohttpd. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "answers/answers.h"
#include "base/i18n.h"
#include "serve/openrosa.h"
#include "serve/route.h"

#define OPENROSA_FIELDS 2
#define LIST_MAX ((size_t)8 << 20)
#define LANGUAGES_MAX ((size_t)8 << 10)

struct reply {
	struct serving *s;
	const struct exchange *x;
	const char *languages; /* Content-Language; NULL or "": none */
	bool varies; /* with what languages are asked for */
};

static enum MHD_Result problem(
    const struct reply *y, unsigned status, const char *why)
{
	return answer_refuse(y->s, y->x->c, status, why);
}

/* What each answer to a client of OpenRosa carries; most lives as long. */
static void put_fields(const struct serving *s,
    struct answer_field fields[OPENROSA_FIELDS], char most[24])
{
	snprintf(most, 24, "%zu",
	    s->collect == NULL ? COPL_RELEASE_FILE_MAX : COPL_ANSWER_MAX);
	fields[0] = (struct answer_field){"X-OpenRosa-Version", "1.0"};
	fields[1] =
	    (struct answer_field){"X-OpenRosa-Accept-Content-Length", most};
}

void openrosa_add_fields(
    const struct serving *s, struct answer *a, char most[24])
{
	struct answer_field fields[OPENROSA_FIELDS];
	size_t i;

	put_fields(s, fields, most);
	for (i = 0; i < OPENROSA_FIELDS; i++)
		answer_field(a, fields[i].name, fields[i].value);
}

/* 200 with the document, or 304 for who has it. */
static enum MHD_Result send_document(
    const struct reply *y, const struct copl_strbuf *body)
{
	struct answer a = {.status = 200,
	    .type = COPL_OPENROSA_TYPE,
	    .body = *body,
	    .cache = "no-cache",
	    .keep = true};
	const char *known = y->x->pass->if_none_match;
	char most[24], sha256[COPL_SHA256_HEX];

	openrosa_add_fields(y->s, &a, most);
	if (y->varies)
		answer_field(&a, "Vary", "Accept-Language");
	if (y->languages != NULL && *y->languages != '\0')
		answer_field(&a, "Content-Language", y->languages);
	answer_receipt(&a, body);
	copl_sha256_hex(copl_strbuf_text(body), body->len, sha256);
	if (known != NULL && copl_gate_etag_listed(known, sha256)) {
		a.status = 304;
		a.body.len = 0;
	}
	return answer_send(y->s, y->x->c, &a);
}

/* ---- the list ---- */

bool openrosa_base(const struct serving *s, const struct exchange *x,
    char base[COPL_OPENROSA_BASE])
{
	const union MHD_ConnectionInfo *tls =
	    MHD_get_connection_info(x->c, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	const struct copl_openrosa_client client = {.origin = s->o->origin,
	    .host = exchange_field(x, "Host"),
	    .tls = tls != NULL && tls->tls_session != NULL,
	    .proxy = s->o->behind_proxy,
	    .forwarded = exchange_field(x, "Forwarded"),
	    .forwarded_proto = exchange_field(x, "X-Forwarded-Proto"),
	    .forwarded_host = exchange_field(x, "X-Forwarded-Host"),
	    .forwarded_prefix = exchange_field(x, "X-Forwarded-Prefix")};

	return copl_openrosa_base(&client, base);
}

static const char *query(const struct reply *y, const char *name)
{
	return MHD_lookup_connection_value(
	    y->x->c, MHD_GET_ARGUMENT_KIND, name);
}

static enum MHD_Result send_list(
    struct reply *y, const struct copl_openrosa_ask *ask)
{
	struct copl_strbuf body = COPL_STRBUF_INIT(LIST_MAX);
	struct copl_strbuf languages = COPL_STRBUF_INIT(LANGUAGES_MAX);
	enum copl_status st =
	    copl_openrosa_list(y->x->shelf->openrosa, ask, &body, &languages);
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
	struct copl_openrosa_ask ask = {.base = base,
	    .accept_language = exchange_field(y->x, "Accept-Language")};

	if (!openrosa_base(y->s, y->x, base))
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
	struct answer_field fields[OPENROSA_FIELDS];
	struct shelf_item item;
	char most[24];

	if (!shelf_find(y->x->shelf, f->path, &item))
		return problem(
		    y, 500, _("this file cannot be read where it is kept"));
	item.type = COPL_OPENROSA_TYPE;
	put_fields(y->s, fields, most);
	return answer_item(y->s, y->x, &item, fields, OPENROSA_FIELDS);
}

/* A file of the set by that name is what was signed, and is shown instead. */
static enum MHD_Result answer_openrosa(
    struct serving *s, const struct exchange *x)
{
	struct reply y = {.s = s, .x = x};
	const char *path = x->pass->path;
	const struct copl_openrosa_form *f;
	char id[COPL_GATE_PATH_SIZE];
	enum copl_openrosa_what what = copl_openrosa_route(path, id);
	struct shelf_item item;

	if (what == COPL_OPENROSA_NONE || shelf_find(x->shelf, path, &item))
		return show_path(s, x);
	if (x->shelf->openrosa == NULL)
		return problem(&y, 503,
		    _("there are no forms here now; keep the ones you have"));
	if (what == COPL_OPENROSA_LIST)
		return show_list(&y);
	f = copl_openrosa_find(x->shelf->openrosa, id);
	if (f == NULL)
		return problem(&y, 404, _("the set in place has no such file"));
	return what == COPL_OPENROSA_MANIFEST ? show_manifest(&y)
					      : show_form(&y, f);
}

static const struct route rows[] = {
    {"formList", false, answer_openrosa},
    {"forms/", true, answer_openrosa},
};
const struct route_list openrosa_routes = {rows, COPL_COUNT(rows)};
