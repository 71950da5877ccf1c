/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "serve/route.h"

#define FIELDS_MAX 80
#define ANSWER_MAX ((size_t)128 << 10)

/* An upload from its first byte to its answer. */
struct request {
	struct copl_gate_pass pass;
	char *digest; /* the Content-Digest field; NULL: none */
	struct copl_strbuf body;
	uint64_t flying; /* bytes reserved for it */
};

struct fields {
	struct copl_gate_header list[FIELDS_MAX];
	size_t n;
};

static enum MHD_Result on_field(
    void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct fields *f = cls;

	(void)kind;
	/* One too many is enough for the gate to refuse. */
	if (f->n == FIELDS_MAX)
		return MHD_NO;
	f->list[f->n].name = name;
	f->list[f->n].value = value;
	f->n++;
	return MHD_YES;
}

size_t handler_unescape(void *cls, struct MHD_Connection *c, char *s)
{
	(void)cls;
	(void)c;
	return strlen(s);
}

static enum MHD_Result refuse(struct serving *s, struct MHD_Connection *c,
    unsigned status, const char *why)
{
	struct answer a = {.body = COPL_STRBUF_INIT(ANSWER_MAX)};
	enum MHD_Result result;

	answer_problem(&a, status, why, NULL);
	result = answer_send(s, c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

static enum MHD_Result not_yet(struct serving *s, struct MHD_Connection *c)
{
	struct answer a = {.status = 503,
	    .type = "text/html; charset=utf-8",
	    .body = COPL_STRBUF_INIT(ANSWER_MAX)};
	enum MHD_Result result;

	copl_strbuf_puts(&a.body,
	    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	    "<title>cop-l10n</title></head><body><p>");
	copl_strbuf_puts(&a.body, _("Nothing has been delivered here yet."));
	copl_strbuf_puts(&a.body, "</p></body></html>\n");
	result = answer_send(s, c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

static enum MHD_Result show(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_request *q, const struct copl_gate_pass *pass)
{
	struct exchange x = {
	    .c = c, .asked = q, .pass = pass, .shelf = &s->shelf};
	const struct route *route = route_find(pass->path, &x.rest);
	struct shelf_item item;
	enum MHD_Result result;

	if (route != NULL)
		return route->answer(s, &x);
	if (openrosa_answer(s, c, pass, &result))
		return result;
	if (s->shelf.manifest == NULL)
		return not_yet(s, c);
	if (!shelf_find(&s->shelf, pass->path, &item))
		return refuse(
		    s, c, 404, _("the set in place has no such file"));
	return answer_item(s, c, &item, pass->if_none_match);
}

static struct request *new_request(const struct copl_gate_pass *pass)
{
	struct request *q = calloc(1, sizeof(*q));

	if (q == NULL)
		return NULL;
	q->pass = *pass;
	q->body.max = COPL_RELEASE_FILE_MAX;
	/* The fields belong to the connection and may move. */
	q->pass.if_none_match = NULL;
	q->pass.authorization = NULL;
	q->pass.content_digest = NULL;
	if (pass->content_digest == NULL)
		return q;
	q->digest = strdup(pass->content_digest);
	if (q->digest == NULL) {
		free(q);
		return NULL;
	}
	return q;
}

static enum MHD_Result receive(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_pass *pass, void **request)
{
	struct request *q;

	if (s->token != NULL &&
	    (pass->authorization == NULL ||
		!copl_gate_token_ok(pass->authorization, s->token)))
		return refuse(
		    s, c, 401, _("this endpoint asks for its bearer token"));
	if (s->flying + pass->length > FLYING_BYTES_MAX)
		return refuse(s, c, 503,
		    _("too much is being received now, try again soon"));
	q = new_request(pass);
	if (q == NULL)
		return refuse(s, c, 503, _("there is no memory for this now"));
	q->flying = pass->length;
	s->flying += q->flying;
	guard_allow(c, pass->length);
	*request = q;
	return MHD_YES;
}

static enum MHD_Result begin(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_request *q, void **request)
{
	struct copl_gate_pass pass;
	const char *why;
	unsigned status = copl_gate_judge(q, &pass, &why);

	if (status != 0)
		return refuse(s, c, status, why);
	if (pass.method != COPL_GATE_PUT)
		return show(s, c, q, &pass);
	return receive(s, c, &pass, request);
}

static void take(struct serving *s, const struct request *q, struct answer *out)
{
	char b64[COPL_SHA256_B64];

	if (q->body.st != COPL_OK || q->body.len != q->pass.length) {
		answer_problem(
		    out, 400, _("the content is not as long as it says"), NULL);
		return;
	}
	copl_sha256_b64(copl_strbuf_text(&q->body), q->body.len, b64);
	if (q->digest != NULL && !copl_gate_digest_ok(q->digest, b64)) {
		answer_problem(out, 400,
		    _("the content is not what its digest says: it was "
		      "changed on the way"),
		    NULL);
		return;
	}
	if (strcmp(q->pass.path, COPL_MANIFEST) == 0)
		take_manifest(s, &q->body, out);
	else
		stage_put(s, &q->pass, &q->body, out);
}

enum MHD_Result handler_access(void *cls, struct MHD_Connection *c,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **request)
{
	struct serving *s = cls;
	struct request *q = *request;
	struct answer a = {.body = COPL_STRBUF_INIT(ANSWER_MAX)};
	enum MHD_Result result;

	if (q == NULL) {
		struct fields fields = {.n = 0};
		struct copl_gate_request asked = {.method = method,
		    .target = url,
		    .version = version,
		    .max_body = COPL_RELEASE_FILE_MAX};

		MHD_get_connection_values(
		    c, MHD_HEADER_KIND, on_field, &fields);
		asked.headers = fields.list;
		asked.nheaders = fields.n;
		return begin(s, c, &asked, request);
	}
	if (*upload_size > 0) {
		copl_strbuf_add(&q->body, upload, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	take(s, q, &a);
	result = answer_send(s, c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

void handler_completed(void *cls, struct MHD_Connection *c, void **request,
    enum MHD_RequestTerminationCode why)
{
	struct serving *s = cls;
	struct request *q = *request;

	(void)why;
	guard_allow(c, 0);
	if (q == NULL)
		return;
	s->flying -= q->flying;
	copl_strbuf_clear(&q->body);
	free(q->digest);
	free(q);
	*request = NULL;
}
