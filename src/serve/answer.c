/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "serve/negotiate.h"
#include "serve/serve_priv.h"

bool answer_add(struct MHD_Response *r, const char *name, const char *value)
{
	return MHD_add_response_header(r, name, value) == MHD_YES;
}

/*
 * The server's time, as RFC 9110 5.6.7 writes it: the one that its checks
 * use, so that an office is told of a clock that differs from ours.
 */
bool answer_date(const struct serving *s, struct MHD_Response *r)
{
	static const char *const days[] = {
	    "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char iso[COPL_INSTANT_SIZE], date[40];
	int64_t now = serve_now(s);
	int month;

	/* libmicrohttpd knows the time of a clock that is right. */
	if (now < 0 || s->o->now_offset == 0)
		return true;
	copl_instant_format(now, iso);
	month = (iso[5] - '0') * 10 + iso[6] - '0';
	snprintf(date, sizeof(date), "%s, %.2s %s %.4s %.8s GMT",
	    days[now / 86400 % 7], iso + 8, months[month - 1], iso, iso + 11);
	return answer_add(r, "Date", date);
}

void answer_field(struct answer *a, const char *name, const char *value)
{
	if (a->nfields < ANSWER_FIELDS_MAX)
		a->fields[a->nfields] = (struct answer_field){name, value};
	a->nfields++;
}

void answer_receipt(struct answer *a, const struct copl_strbuf *body)
{
	char hex[COPL_SHA256_HEX], b64[COPL_SHA256_B64];

	copl_sha256_hex(copl_strbuf_text(body), body->len, hex);
	copl_sha256_b64(copl_strbuf_text(body), body->len, b64);
	snprintf(a->etag, sizeof(a->etag), "\"%s\"", hex);
	snprintf(a->digest, sizeof(a->digest), "sha-256=:%s:", b64);
}

static bool add_methods(const struct serving *s, struct MHD_Response *r)
{
	char text[40];

	snprintf(text, sizeof(text), "GET, HEAD%s%s",
	    s->o->read_only ? "" : ", PUT", s->collect == NULL ? "" : ", POST");
	return answer_add(r, "Allow", text);
}

static bool add_by_status(
    const struct serving *s, struct MHD_Response *r, unsigned status)
{
	if (status == 405)
		return add_methods(s, r);
	if (status == 401)
		return answer_add(r, "WWW-Authenticate", "Bearer");
	if (status == 503)
		return answer_add(r, "Retry-After", "10");
	if (status == 507)
		return answer_add(r, "Retry-After", "300");
	if (status == 415)
		return answer_add(r, "Accept-Encoding", "identity");
	return true;
}

bool answer_add_all(
    struct MHD_Response *r, const struct answer_field *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i].value != NULL &&
		    !answer_add(r, list[i].name, list[i].value))
			return false;
	return true;
}

/* Unless it says otherwise an answer closes the connection: what follows a
 * request that was not wholly understood must not be taken for the next. */
static bool add_fields(
    const struct serving *s, struct MHD_Response *r, const struct answer *a)
{
	bool page = strncmp(a->type, "text/html", 9) == 0 && !a->form;
	bool stored = a->etag[0] != '\0';
	const struct answer_field own[] = {
	    {"Content-Type", a->type},
	    {"X-Content-Type-Options", a->form ? NULL : "nosniff"},
	    {"Cache-Control", a->cache == NULL ? "no-store" : a->cache},
	    {"Connection", a->keep ? NULL : "close"},
	    {"ETag", stored ? a->etag : NULL},
	    {"Repr-Digest", stored ? a->digest : NULL},
	    {"Content-Security-Policy", page ? page_policy : NULL},
	    {"Vary", page ? "Accept, Accept-Language" : NULL},
	};

	return a->nfields <= ANSWER_FIELDS_MAX &&
	       answer_add_all(r, own, COPL_COUNT(own)) &&
	       answer_add_all(r, a->fields, a->nfields) &&
	       (!a->form || answer_safety(r, true)) &&
	       add_by_status(s, r, a->status);
}

enum MHD_Result answer_queue(const struct serving *s, struct MHD_Connection *c,
    unsigned status, struct MHD_Response *r, uint64_t bytes)
{
	struct guard_connection *g = guard_of(c);

	if (g != NULL) {
		g->status = status;
		g->bytes = bytes;
	}
	guard_allow(&s->guard, c, bytes);
	return MHD_queue_response(c, status, r);
}

static enum MHD_Result send_plain(
    const struct serving *s, struct MHD_Connection *c, const struct answer *a)
{
	enum MHD_Result result = MHD_NO;
	struct MHD_Response *r = MHD_create_response_from_buffer(a->body.len,
	    a->body.len == 0 ? NULL : a->body.s, MHD_RESPMEM_MUST_COPY);

	if (r == NULL)
		return MHD_NO;
	if (a->body.st == COPL_OK && add_fields(s, r, a) && answer_date(s, r))
		result = answer_queue(s, c, a->status, r, a->body.len);
	MHD_destroy_response(r);
	return result;
}

static const char *field(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

/* A person looks at it: in words, in their language. */
static enum MHD_Result send_page(
    const struct serving *s, struct MHD_Connection *c, const struct answer *a)
{
	const char *lang = page_language(field(c, "Accept-Language"));
	struct answer page = *a;
	enum MHD_Result result;

	page.type = "text/html; charset=utf-8";
	page.body = (struct copl_strbuf)COPL_STRBUF_INIT((size_t)16384);
	page_error(&page.body, a->status, lang);
	answer_field(&page, "Content-Language", lang);
	result = send_plain(s, c, &page);
	copl_strbuf_clear(&page.body);
	return result;
}

enum MHD_Result answer_send(
    const struct serving *s, struct MHD_Connection *c, const struct answer *a)
{
	if (a->status >= 400 &&
	    strcmp(a->type, "application/problem+json") == 0 &&
	    negotiate_wants_page(field(c, "Accept")))
		return send_page(s, c, a);
	return send_plain(s, c, a);
}

static const char *title(unsigned status)
{
	switch (status) {
	case 401:
		return _("Authorization is needed");
	case 403:
		return _("The release is not trusted");
	case 404:
		return _("There is no such file");
	case 405:
		return _("This cannot be done here");
	case 409:
		return _("The set is not complete");
	case 412:
		return _("Something else is in place");
	case 413:
		return _("The content is too large");
	case 415:
		return _("The content is of another kind");
	case 416:
		return _("The file is shorter than that");
	case 422:
		return _("The content is not valid");
	case 428:
		return _("A precondition is needed");
	case 429:
		return _("Too many requests");
	case 503:
		return _("Not available now");
	case 507:
		return _("The content cannot be stored");
	default:
		return _("The request is refused");
	}
}

void answer_problem(
    struct answer *a, unsigned status, const char *detail, const char *members)
{
	a->status = status;
	a->type = "application/problem+json";
	copl_strbuf_reset(&a->body);
	copl_strbuf_puts(&a->body, "{\"type\":\"about:blank\",\"title\":");
	copl_json_put_string(&a->body, title(status));
	copl_strbuf_printf(&a->body, ",\"status\":%u,\"detail\":", status);
	copl_json_put_string(&a->body, detail);
	if (members != NULL) {
		copl_strbuf_puts(&a->body, ",");
		copl_strbuf_puts(&a->body, members);
	}
	copl_strbuf_puts(&a->body, "}\n");
}

enum MHD_Result answer_refuse(const struct serving *s, struct MHD_Connection *c,
    unsigned status, const char *why)
{
	struct answer a = {.body = COPL_STRBUF_INIT((size_t)16384)};
	enum MHD_Result result;

	answer_problem(&a, status, why, NULL);
	result = answer_send(s, c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}
