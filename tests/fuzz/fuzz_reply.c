/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a server answers, line by line, an empty line, and its body: what is
 * kept is text of one line, what is shown is harmless, and no secret that
 * it sends back stays in it.
 */
#include "config.h"
#include "deliver/s3_error.h"
#include "deliver/said.h"
#include "fuzz.h"
#include "net/net_priv.h"

static const char secret[] = "s3cret-\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87";
#define BODY_MAX 4096

static void check_text(const char *s, size_t room, bool shown)
{
	static const char *const turns[] = {"\u202e", "\u2028", "\u2066"};
	size_t len = strnlen(s, room), i;

	must(len < room && copl_utf8_valid(s, len) == len);
	for (i = 0; i < len; i++)
		must((unsigned char)s[i] >= ' ' && s[i] != 0x7f);
	for (i = 0; shown && i < COPL_COUNT(turns); i++)
		must(strstr(s, turns[i]) == NULL);
}

static void check_fields(const struct copl_net_answer *a)
{
#define FIELD(name) check_text(a->name, sizeof(a->name), false)
	FIELD(etag);
	FIELD(location);
	FIELD(repr_digest);
	FIELD(content_digest);
	FIELD(content_type);
	FIELD(content_range);
	FIELD(allow);
	FIELD(retry_after);
#undef FIELD
	must(a->status >= 0 && a->status < 1000 && a->date >= 0);
	must(a->body.len <= BODY_MAX);
	must(copl_retry_after_ms(a->retry_after, a->date, 1803038400) <=
	     86400000);
}

/* What a person or a log gets of it. */
static void check_said(const struct copl_net_answer *a)
{
	static const char *const names[] = {"Code", "Message", "ServerTime"};
	char said[COPL_SAID_SIZE], out[40];
	size_t i;

	copl_said(a, said);
	check_text(said, sizeof(said), true);
	copl_said_text(a->location, out, sizeof(out));
	check_text(out, sizeof(out), true);
	for (i = 0; i < COPL_COUNT(names); i++)
		if (copl_s3_error(a, names[i], out, sizeof(out)))
			must(out[0] != '\0' && strlen(out) < sizeof(out));
	copl_s3_said(a, said, sizeof(said));
	must(strlen(said) < sizeof(said));
}

static bool holds(const char *s, size_t len)
{
	return len > 0 && memmem(s, len, secret, sizeof(secret) - 1) != NULL;
}

static void check_secret(struct copl_net_answer *a)
{
	const struct copl_net_access access = {.auth = COPL_AUTH_BASIC,
	    .user = "\u044f",
	    .secret = secret,
	    .cert_pass = "p4ss-\u5bc6\u7801"};

	copl_answer_hide(a, &access, true);
	must(!holds(a->etag, strlen(a->etag)));
	must(!holds(a->location, strlen(a->location)));
	must(!holds(a->body.s, a->body.len));
	check_fields(a);
}

static bool feed_head(struct copl_exchange *x, const char **p, const char *end)
{
	while (*p < end) {
		const char *lf = memchr(*p, '\n', (size_t)(end - *p));
		size_t len = (size_t)((lf == NULL ? end : lf + 1) - *p);
		char *line = malloc(len);
		size_t taken;

		must(line != NULL);
		memcpy(line, *p, len);
		taken = copl_on_header(line, 1, len, x);
		free(line);
		*p += len;
		if (taken != len)
			return false;
		if (len <= 2)
			return true;
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *p = (const char *)data, *end = p + size;
	const struct copl_net_request q = {.method = "PUT"};
	struct copl_net_answer a = {.body = COPL_STRBUF_INIT(BODY_MAX)};
	struct copl_exchange x = {.q = &q, .a = &a};
	bool going = feed_head(&x, &p, end);

	while (going && p < end) {
		size_t len = (size_t)(end - p) < 100 ? (size_t)(end - p) : 100;
		char *part = malloc(len);

		must(part != NULL);
		memcpy(part, p, len);
		going = copl_on_body(part, 1, len, &x) == len;
		free(part);
		p += len;
	}
	must(going || x.too_large);
	check_fields(&a);
	check_said(&a);
	check_secret(&a);
	copl_net_answer_clear(&a);
	return 0;
}
