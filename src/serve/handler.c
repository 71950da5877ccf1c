/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "answers/answers.h"
#include "serve/collect.h"

#define FIELDS_MAX 80
#define TARGET_KEPT 200
#define ANSWER_MAX ((size_t)128 << 10)

/* From its fields to its answer. */
struct request {
	bool receiving; /* an upload that may come in */
	bool showing; /* something is to be shown */
	struct copl_gate_pass pass;
	char *texts[4]; /* fields that outlive their line; NULL: none */
	struct collect_post *post; /* answers; NULL: none */
	struct copl_strbuf body;
	uint64_t flying; /* bytes reserved for it */
	uint64_t began_ms;
	char method[12];
	char target[TARGET_KEPT + 1];
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

static enum MHD_Result show(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_request *q, const struct copl_gate_pass *pass)
{
	struct shelf *shelf = serve_shelf(s);
	struct exchange x = {.c = c, .asked = q, .pass = pass, .shelf = shelf};
	const struct route *route = route_find(pass->path, &x.rest);
	enum MHD_Result result;

	if (s->collect != NULL && collect_is_submission(pass->path))
		result = collect_submission(s, &x);
	else if (route != NULL)
		result = route->answer(s, &x);
	else
		result = show_path(s, &x);
	shelf_drop(shelf);
	return result;
}

static enum MHD_Result post(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_request *asked, const struct copl_gate_pass *pass,
    struct request *q)
{
	struct exchange x = {.c = c, .asked = asked, .pass = pass};

	return collect_begin(s, &x, &q->post);
}

/* The fields belong to the connection and may move. */
static bool keep_fields(struct request *q)
{
	const char **kept[] = {&q->pass.if_match, &q->pass.if_none_match,
	    &q->pass.content_digest, &q->pass.repr_digest};
	size_t i;

	for (i = 0; i < COPL_COUNT(kept); i++) {
		if (*kept[i] == NULL)
			continue;
		q->texts[i] = strdup(*kept[i]);
		if (q->texts[i] == NULL)
			return false;
		*kept[i] = q->texts[i];
	}
	q->pass.authorization = NULL;
	q->pass.content_type = NULL;
	q->pass.content_encoding = NULL;
	return true;
}

static bool token_ok(struct serving *s, const char *authorization)
{
	bool ok;

	pthread_mutex_lock(&s->view);
	ok = s->token == NULL ||
	     (authorization != NULL &&
		 copl_gate_token_ok(authorization, s->token));
	pthread_mutex_unlock(&s->view);
	return ok;
}

/* What is refused before any of the content is sent. */
static unsigned judge_put(
    struct serving *s, const struct copl_gate_pass *pass, const char **why)
{
	struct shelf *shelf;
	struct shelf_item item;
	bool ok;

	if (s->o->read_only) {
		*why = _("nothing is received here");
		return 405;
	}
	if (!token_ok(s, pass->authorization)) {
		*why = _("this endpoint asks for its bearer token");
		return 401;
	}
	/* Of a manifest, when it is here: it may be in place already. */
	if (strcmp(pass->path, COPL_MANIFEST) == 0) {
		*why = _("say with If-Match or If-None-Match what this "
			 "manifest takes the place of");
		ok = !s->o->demand_match || pass->if_match != NULL ||
		     pass->if_none_match != NULL;
		return ok ? 0 : 428;
	}
	shelf = serve_shelf(s);
	ok = copl_gate_match(
	    pass, shelf_find(shelf, pass->path, &item) ? item.sha256 : NULL);
	shelf_drop(shelf);
	*why = _("another file is in place than the request says");
	return ok ? 0 : 412;
}

static enum MHD_Result receive(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_pass *pass, struct request *q)
{
	const char *why;
	unsigned status = judge_put(s, pass, &why);

	if (status != 0)
		return answer_refuse(s, c, status, why);
	q->pass = *pass;
	q->body.max = COPL_RELEASE_FILE_MAX;
	if (!keep_fields(q))
		return answer_refuse(
		    s, c, 503, _("there is no memory for this now"));
	q->flying = pass->length;
	if (atomic_fetch_add(&s->flying, q->flying) + q->flying >
	    FLYING_BYTES_MAX)
		return answer_refuse(s, c, 503,
		    _("too much is being received now, try again soon"));
	guard_allow(&s->guard, c, 0);
	q->receiving = true;
	return MHD_YES;
}

static enum MHD_Result begin(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_request *asked, struct request *q)
{
	struct copl_gate_pass pass;
	const char *why;
	unsigned status = copl_gate_judge(asked, &pass, &why);

	if (status != 0)
		return answer_refuse(s, c, status, why);
	if (pass.method == COPL_GATE_POST)
		return post(s, c, asked, &pass, q);
	if (pass.method == COPL_GATE_PUT)
		return receive(s, c, &pass, q);
	return show(s, c, asked, &pass);
}

static enum MHD_Result judge(struct serving *s, struct MHD_Connection *c,
    const struct copl_gate_request *asked, struct request *q)
{
	struct copl_gate_request whole = *asked;
	struct fields fields = {.n = 0};

	MHD_get_connection_values(c, MHD_HEADER_KIND, on_field, &fields);
	whole.headers = fields.list;
	whole.nheaders = fields.n;
	return begin(s, c, &whole, q);
}

static bool digest_ok(const struct request *q)
{
	char b64[COPL_SHA256_B64];

	copl_sha256_b64(copl_strbuf_text(&q->body), q->body.len, b64);
	return (q->pass.content_digest == NULL ||
		   copl_gate_digest_ok(q->pass.content_digest, b64)) &&
	       (q->pass.repr_digest == NULL ||
		   copl_gate_digest_ok(q->pass.repr_digest, b64));
}

static void take(struct serving *s, const struct request *q, struct answer *out)
{
	if (q->body.st != COPL_OK || q->body.len != q->pass.length)
		answer_problem(
		    out, 400, _("the content is not as long as it says"), NULL);
	else if (!digest_ok(q))
		answer_problem(out, 400,
		    _("the content is not what its digest says: it was "
		      "changed on the way"),
		    NULL);
	else if (strcmp(q->pass.path, COPL_MANIFEST) == 0)
		take_manifest(s, &q->pass, &q->body, out);
	else
		stage_put(s, &q->pass, &q->body, out);
}

/*
 * A reader's request without content is judged in the second call: an answer
 * to the first would end the connection.
 */
static bool may_wait(
    struct MHD_Connection *c, const struct copl_gate_request *asked)
{
	return (strcmp(asked->method, "GET") == 0 ||
		   strcmp(asked->method, "HEAD") == 0) &&
	       MHD_lookup_connection_value(
		   c, MHD_HEADER_KIND, "Content-Length") == NULL &&
	       MHD_lookup_connection_value(
		   c, MHD_HEADER_KIND, "Transfer-Encoding") == NULL;
}

static enum MHD_Result first_call(struct serving *s, struct MHD_Connection *c,
    struct copl_gate_request *asked, void **request)
{
	struct request *q = calloc(1, sizeof(*q));

	if (q == NULL)
		return MHD_NO;
	atomic_fetch_add(&s->busy, 1);
	*request = q;
	if (s->o->access_log != NULL) {
		q->began_ms = guard_clock_ms();
		memcpy(q->method, asked->method,
		    strnlen(asked->method, sizeof(q->method) - 1));
		memcpy(q->target, asked->target,
		    strnlen(asked->target, TARGET_KEPT));
	}
	q->showing = may_wait(c, asked);
	return q->showing ? MHD_YES : judge(s, c, asked, q);
}

enum MHD_Result handler_access(void *cls, struct MHD_Connection *c,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **request)
{
	struct serving *s = cls;
	struct request *q = *request;
	struct answer a = {.body = COPL_STRBUF_INIT(ANSWER_MAX)};
	struct copl_gate_request asked = {.method = method,
	    .target = url,
	    .version = version,
	    .max_body = COPL_RELEASE_FILE_MAX,
	    .max_post = s->collect == NULL ? 0 : COPL_ANSWER_MAX};
	enum MHD_Result result;

	if (q == NULL)
		return first_call(s, c, &asked, request);
	if (q->showing && *upload_size == 0)
		return judge(s, c, &asked, q);
	if (q->post != NULL)
		return collect_more(q->post, upload, upload_size);
	if (*upload_size > 0) {
		copl_strbuf_add(&q->body, upload, *upload_size);
		guard_moved(&s->guard, c, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	if (!q->receiving)
		return MHD_NO;
	guard_allow(&s->guard, c, q->pass.length);
	take(s, q, &a);
	result = answer_send(s, c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

static void note(struct serving *s, struct MHD_Connection *c,
    const struct request *q, bool whole)
{
	const struct guard_connection *g = guard_of(c);
	const struct log_line line = {.method = q->method,
	    .target = q->target,
	    .status = g == NULL ? 0 : g->status,
	    .bytes = g == NULL ? 0 : g->bytes,
	    .ms = guard_clock_ms() - q->began_ms,
	    .whole = whole,
	    .discreet = s->collect != NULL};

	log_write(s, c, &line);
}

void handler_completed(void *cls, struct MHD_Connection *c, void **request,
    enum MHD_RequestTerminationCode why)
{
	struct serving *s = cls;
	struct request *q = *request;
	size_t i;

	guard_idle(&s->guard, c);
	if (q == NULL)
		return;
	if (s->o->access_log != NULL)
		note(s, c, q, why == MHD_REQUEST_TERMINATED_COMPLETED_OK);
	atomic_fetch_sub(&s->flying, q->flying);
	atomic_fetch_sub(&s->busy, 1);
	collect_end(q->post);
	copl_strbuf_clear(&q->body);
	for (i = 0; i < COPL_COUNT(q->texts); i++)
		free(q->texts[i]);
	free(q);
	*request = NULL;
}
