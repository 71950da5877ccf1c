/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "net/net_priv.h"

#define HEADERS_MAX ((size_t)32768) /* of one answer */
#define ALL_HEADERS_MAX (8 * HEADERS_MAX) /* 1xx, challenges, redirects */
#define SECRET_LEAST 4 /* what is shorter would be found everywhere */

/* What is kept of an answer, and where. */
static const struct {
	const char *name;
	size_t len, at, room;
} fields[] = {
#define FIELD(name, member)                                                    \
	{                                                                      \
		name, sizeof(name) - 1,                                        \
		    offsetof(struct copl_net_answer, member),                  \
		    sizeof(((struct copl_net_answer *)NULL)->member)           \
	}
    FIELD("Allow", allow),
    FIELD("Content-Digest", content_digest),
    FIELD("Content-Range", content_range),
    FIELD("Content-Type", content_type),
    FIELD("ETag", etag),
    FIELD("Location", location),
    FIELD("Repr-Digest", repr_digest),
    FIELD("Retry-After", retry_after),
#undef FIELD
};

void copl_answer_reset(struct copl_net_answer *a, size_t max)
{
	struct copl_strbuf body = a->body;

	copl_strbuf_reset(&body);
	body.max = max;
	memset(a, 0, sizeof(*a));
	a->body = body;
}

void copl_net_answer_clear(struct copl_net_answer *a)
{
	copl_strbuf_clear(&a->body);
}

enum copl_status copl_answer_fail(
    struct copl_net_answer *a, enum copl_net_failure why, const char *text)
{
	a->failure = why;
	snprintf(a->error, sizeof(a->error), "%s", text);
	a->error[copl_utf8_valid(a->error, strlen(a->error))] = '\0';
	if (why == COPL_NET_TOO_LARGE)
		return COPL_E_LIMIT;
	return why == COPL_NET_URL ? COPL_E_INVALID : COPL_E_INCOMPLETE;
}

/* A byte came: the other side answers. */
static void receiving(struct copl_exchange *x, size_t len)
{
	if (x->phase != COPL_PHASE_RECEIVE) {
		x->phase = COPL_PHASE_RECEIVE;
		x->phase_at = copl_net_clock_ms();
		x->moved = 0;
	}
	x->moved += len;
}

size_t copl_on_body(char *bytes, size_t size, size_t n, void *arg)
{
	struct copl_exchange *x = arg;
	struct copl_strbuf *body = &x->a->body;

	receiving(x, size * n);
	x->in_body = true;
	copl_strbuf_add(body, bytes, size * n);
	if (body->st == COPL_OK)
		return x->q->take == NULL ||
			       x->q->take(x->q->take_arg, x->a, bytes, size * n)
			   ? size * n
			   : 0;
	x->too_large = body->st == COPL_E_LIMIT;
	return 0;
}

/* The line is the field of that name?  Its colon is at skip. */
static bool is_field(
    const char *line, size_t skip, const char *name, size_t name_len)
{
	return skip == name_len && (line[0] | 32) == (name[0] | 32) &&
	       curl_strnequal(line, name, name_len);
}

/* Keeps a value that fits and has no control characters. */
static void keep(const char *v, size_t vlen, char *out, size_t room)
{
	size_t i;

	if (vlen >= room)
		return;
	for (i = 0; i < vlen; i++)
		if ((unsigned char)v[i] < ' ' || v[i] == 0x7f)
			return;
	if (copl_utf8_valid(v, vlen) != vlen)
		return;
	memcpy(out, v, vlen);
	out[vlen] = '\0';
}

/* What an earlier answer of the same exchange said does not count. */
static void forget(struct copl_exchange *x)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(fields); i++)
		((char *)x->a)[fields[i].at] = '\0';
	x->a->date = 0;
	x->header_bytes = 0;
	x->in_body = false;
}

static void take_field(struct copl_net_answer *a, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len), *v;
	char date[64] = "";
	size_t skip, i;

	if (colon == NULL)
		return;
	skip = (size_t)(colon - line);
	for (v = colon + 1; v < line + len && copl_is_space(*v); v++)
		;
	while (line + len > v && copl_is_space(line[len - 1]))
		len--;
	len -= (size_t)(v - line);
	for (i = 0; i < COPL_COUNT(fields); i++)
		if (is_field(line, skip, fields[i].name, fields[i].len))
			keep(v, len, (char *)a + fields[i].at, fields[i].room);
	if (is_field(line, skip, "Date", sizeof("Date") - 1))
		keep(v, len, date, sizeof(date));
	if (date[0] != '\0' && !copl_http_date(date, &a->date))
		a->date = 0;
}

/* "HTTP/1.1 206 ...": whoever takes the body as it comes must know it. */
static void take_status(struct copl_exchange *x, const char *line, size_t len)
{
	const char *p = memchr(line, ' ', len);

	forget(x);
	x->a->status = 0;
	if (p == NULL)
		return;
	for (p++; p < line + len && copl_is_digit(*p); p++)
		if (x->a->status < 100)
			x->a->status = x->a->status * 10 + (*p - '0');
}

size_t copl_on_header(char *bytes, size_t size, size_t n, void *arg)
{
	struct copl_exchange *x = arg;
	size_t len = size * n;

	receiving(x, len);
	if (len > 5 && memcmp(bytes, "HTTP/", 5) == 0)
		take_status(x, bytes, len);
	x->header_bytes += len;
	x->all_header_bytes += len;
	if (x->header_bytes > HEADERS_MAX ||
	    x->all_header_bytes > ALL_HEADERS_MAX) {
		x->too_large = true;
		return 0;
	}
	if (!x->in_body)
		take_field(x->a, bytes, len);
	return len;
}

/* ---- secrets ---- */

static void blot(char *s, size_t len, const char *secret)
{
	size_t n = strlen(secret);
	char *p = s;

	if (n < SECRET_LEAST)
		return;
	while ((p = memmem(p, len - (size_t)(p - s), secret, n)) != NULL) {
		memset(p, '*', n);
		p += n;
	}
}

static void blot_answer(
    struct copl_net_answer *a, const char *secret, bool body)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(fields); i++) {
		char *s = (char *)a + fields[i].at;

		blot(s, strlen(s), secret);
	}
	blot(a->error, strlen(a->error), secret);
	if (body && a->body.len > 0)
		blot(a->body.s, a->body.len, secret);
}

static void put_base64(struct copl_strbuf *b, const char *s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t len = strlen(s), i, k;

	for (i = 0; i < len; i += 3) {
		uint32_t v = 0;
		char out[4];

		for (k = 0; k < 3; k++)
			v = v << 8 |
			    (i + k < len ? (unsigned char)s[i + k] : 0);
		for (k = 0; k < 4; k++)
			out[k] =
			    i + k > len ? '=' : digits[v >> (18 - 6 * k) & 63];
		copl_strbuf_add(b, out, 4);
	}
}

void copl_answer_hide(
    struct copl_net_answer *a, const struct copl_net_access *access, bool body)
{
	struct copl_strbuf plain = COPL_STRBUF_INIT(65536);
	struct copl_strbuf basic = COPL_STRBUF_INIT(131072);

	if (access->cert_pass != NULL)
		blot_answer(a, access->cert_pass, body);
	if (access->secret == NULL)
		return;
	blot_answer(a, access->secret, body);
	copl_strbuf_printf(&plain, "%s:%s",
	    access->user == NULL ? "" : access->user, access->secret);
	put_base64(&basic, copl_strbuf_text(&plain));
	if (basic.st == COPL_OK && basic.len > 0)
		blot_answer(a, basic.s, body);
	copl_strbuf_clear(&plain);
	copl_strbuf_clear(&basic);
}
