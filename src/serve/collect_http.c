/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Posts and pages of the collector, as libmicrohttpd sees them. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "serve/collect_priv.h"
#include "serve/negotiate.h"

/* Who sends more than this in chunks does not mean to end. */
#define CAME_MAX ((uint64_t)8 << 20)

/* ---- a post begins ---- */

static enum collect_rate_verdict count_peer(
    struct serving *s, const struct exchange *x)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(x->c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *said =
	    s->o->behind_proxy ? exchange_field(x, "X-Forwarded-For") : NULL;
	unsigned char peer[COLLECT_PEER_SIZE];
	size_t len = said == NULL ? 0 : collect_rate_forwarded(said, peer);

	if (len == 0 && info != NULL)
		len = collect_rate_peer(info->client_addr, peer);
	return collect_rate_count(&s->collect->rate, peer, len, serve_now(s));
}

/* Where the answer may lead to: from the root, or as people know us. */
static bool find_base(struct collect_post *p, const struct exchange *x)
{
	const struct copl_serve_options *o = p->s->o;

	if (!p->phone && o->origin == NULL && !o->behind_proxy)
		return true;
	return openrosa_base(p->s, x, p->base);
}

static struct collect_post *new_post(
    struct serving *s, const struct exchange *x)
{
	struct collect_post *p = calloc(1, sizeof(*p));
	struct guard_connection *g = guard_of(x->c);

	if (p == NULL || g == NULL) {
		free(p);
		return NULL;
	}
	p->s = s;
	p->connection = x->c;
	p->front = g->front;
	p->body.max = COPL_ANSWER_MAX;
	p->phone = collect_is_submission(x->pass->path);
	p->page = negotiate_wants_page(exchange_field(x, "Accept"));
	p->gzip = negotiate_gzip(exchange_field(x, "Accept-Encoding"));
	p->lang = page_language(exchange_field(x, "Accept-Language"));
	p->kind = collect_body_kind(x->pass->content_type, p->boundary);
	p->chunked = x->pass->chunked;
	p->length = x->pass->length;
	snprintf(p->path, sizeof(p->path), "%s", x->pass->path);
	/* What is shown when it begins is what judges it. */
	p->borrowed = serve_shelf(s);
	p->shelf = p->borrowed;
	p->before = serve_before(s);
	return p;
}

/* What is refused before any of the content is sent; 0: nothing. */
static unsigned judge(
    struct collect_post *p, const struct exchange *x, const char **why)
{
	enum collect_rate_verdict rate = count_peer(p->s, x);

	*why = _("a field of the request is malformed");
	if (!find_base(p, x) || p->kind == COLLECT_BODY_WRONG)
		return 400;
	*why = _("answers are sent as a form");
	if (p->kind == COLLECT_BODY_OTHER ||
	    (p->phone && p->kind != COLLECT_BODY_PARTS))
		return 415;
	*why = _("too many answers come from there, try again later");
	if (rate == COLLECT_RATE_FLOOD)
		return 429;
	p->over = rate == COLLECT_RATE_OVER;
	*why = _("nothing has been delivered here yet");
	return p->shelf->collect == NULL ? 503 : 0;
}

enum MHD_Result collect_begin(
    struct serving *s, const struct exchange *x, struct collect_post **out)
{
	struct collect_post *p = new_post(s, x);
	const char *why;
	unsigned status;

	*out = p;
	if (p == NULL)
		return answer_refuse(
		    s, x->c, 503, _("there is no memory for this now"));
	status = judge(p, x, &why);
	if (status != 0)
		return collect_refuse(p, status, why);
	guard_allow(&s->guard, x->c, 0);
	return MHD_YES;
}

/* ---- its content ---- */

/* Answers of people do not stay in memory that others get. */
static void forget_body(struct collect_post *p)
{
	enum copl_status st = p->body.st;

	atomic_fetch_sub(&p->s->collect->bytes, p->held);
	p->held = 0;
	if (p->body.s != NULL)
		explicit_bzero(p->body.s, p->body.cap);
	copl_strbuf_clear(&p->body);
	p->body.st = st;
}

/* What cannot be kept is thrown away, and said at the end if that comes. */
static void take_in(struct collect_post *p, const char *bytes, size_t len)
{
	struct collect *c = p->s->collect;

	p->came += len;
	guard_moved(&p->s->guard, p->connection, len);
	p->too_large = p->came > COPL_ANSWER_MAX;
	if (!p->too_large && p->body.st == COPL_OK) {
		p->held += len;
		if (atomic_fetch_add(&c->bytes, len) + len > COLLECT_BYTES_MAX)
			p->body.st = COPL_E_LIMIT;
		copl_strbuf_add(&p->body, bytes, len);
	}
	if (p->too_large || p->body.st != COPL_OK)
		forget_body(p);
}

/* All of it is here. */
static enum MHD_Result finish(struct collect_post *p)
{
	if (p->too_large)
		return collect_refuse(p, 413, _("the content is too large"));
	if (!p->chunked && p->came != p->length)
		return collect_refuse(
		    p, 400, _("the content is not as long as it says"));
	if (p->body.st != COPL_OK)
		return collect_refuse(p, 503,
		    _("too much is being received now, try again soon"));
	if (p->body.len == 0)
		return collect_refuse(
		    p, 400, _("these answers were not stored"));
	guard_allow(&p->s->guard, p->connection, COLLECT_PAGE_MAX);
	if (collect_hand_over(p))
		return MHD_YES;
	return collect_refuse(
	    p, 503, _("too much is being received now, try again soon"));
}

enum MHD_Result collect_more(
    struct collect_post *p, const char *bytes, size_t *len)
{
	if (p->state == COLLECT_ANSWERED)
		return answer_send(p->s, p->connection, &p->answer);
	if (p->state != COLLECT_READING)
		return MHD_NO;
	if (*len == 0)
		return finish(p);
	take_in(p, bytes, *len);
	*len = 0;
	return p->came > CAME_MAX ? MHD_NO : MHD_YES;
}

void collect_end(struct collect_post *p)
{
	if (p == NULL)
		return;
	forget_body(p);
	copl_strbuf_clear(&p->answer.body);
	shelf_drop(p->borrowed);
	shelf_drop(p->before);
	free(p);
}

/* ---- HEAD for phones ---- */

enum MHD_Result collect_submission(struct serving *s, const struct exchange *x)
{
	char base[COPL_OPENROSA_BASE], number[24];
	char location[COPL_OPENROSA_BASE + COPL_GATE_PATH_SIZE + 2];
	struct answer a = {.status = 204,
	    .type = COPL_OPENROSA_TYPE,
	    .body = COPL_STRBUF_INIT(64),
	    .keep = true};

	if (x->pass->method != COPL_GATE_HEAD)
		return answer_refuse(s, x->c, 405,
		    _("answers are sent here, and nothing is shown"));
	if (!openrosa_base(s, x, base))
		return answer_refuse(s, x->c, 400,
		    _("the host of the request cannot be part of an address"));
	snprintf(location, sizeof(location), "%s/%s", base, x->pass->path);
	answer_field(&a, "Location", location);
	openrosa_add_fields(s, &a, number);
	return answer_send(s, x->c, &a);
}

/* ---- pages ---- */

bool collect_shows(const struct serving *s, const struct exchange *x,
    const struct shelf_item *item)
{
	const struct collect_form *f;

	/* Programs get the bytes that were signed. */
	return s->collect != NULL && x->shelf->collect != NULL &&
	       negotiate_wants_page(exchange_field(x, "Accept")) &&
	       collect_set_page(x->shelf->collect, item->path, &f) != NULL;
}

/* Without slots, as it was signed: it can be sent all the same. */
static void fill_token(struct collect_post *p, const struct collect_form *f,
    struct collect_page *page)
{
	struct copl_fill fill = {.token = p->token, .banner = COPL_FILL_SILENT};

	if (collect_page_slots(p->s, p->shelf, page) == NULL)
		collect_answer_file(p, 200, page, &page->page);
	else if (collect_make_token(p->token))
		collect_answer_filled(p, 200, f, page, &fill);
}

enum MHD_Result collect_show(
    struct serving *s, const struct exchange *x, const struct shelf_item *item)
{
	/* Not a post, but answered with the same means. */
	struct collect_post p = {.s = s,
	    .shelf = x->shelf,
	    .connection = x->c,
	    .page = true,
	    .gzip = negotiate_gzip(exchange_field(x, "Accept-Encoding")),
	    .lang = page_language(exchange_field(x, "Accept-Language"))};
	const struct collect_form *f = NULL;
	struct collect_page *page =
	    collect_set_page(x->shelf->collect, item->path, &f);
	enum collect_time when = collect_time_of(f, serve_now(s));
	enum MHD_Result result;

	if (when == COLLECT_SOON)
		collect_answer_file(&p, 200, page, &page->soon);
	else if (when == COLLECT_CLOSED)
		collect_answer_file(&p, 200, page, &page->closed);
	else
		fill_token(&p, f, page);
	p.answer.keep = true;
	/* Whoever only looks has sent nothing that could be lost. */
	result = p.answer.form
		     ? answer_send(s, x->c, &p.answer)
		     : answer_refuse(s, x->c, 500,
			   _("this file cannot be read where it is kept"));
	copl_strbuf_clear(&p.answer.body);
	return result;
}
