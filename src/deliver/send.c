/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/deliver.h"
#include "net/net.h"
#include "net/retry.h"

#define ANSWER_MAX ((size_t)64 << 10)
#define FIRST_WAIT_MS 200
#define MOST_WAIT_MS 2000
/* Retries end here; an endpoint that needs longer waits for the next push. */
#define PATIENCE_MS 20000
/* So much of what the other side says goes into a message. */
#define SAID_MAX 300

struct sending {
	const struct copl_sending *how;
	struct copl_reporter *r;
	struct copl_sent *out;
	struct copl_net *net;
	struct copl_arena *arena;
	struct copl_retry_policy policy;
	uint32_t failures;
	struct copl_net_answer answer;
	struct copl_strbuf bytes;
};

static enum copl_attempt judge(
    enum copl_status st, const char *method, const struct copl_net_answer *a)
{
	if (st == COPL_OK && strcmp(method, "GET") == 0)
		return a->status == 200 ? COPL_TRY_DONE
		       : copl_retry_judge(a->status) == COPL_TRY_DONE
			   ? COPL_TRY_REFUSED
			   : copl_retry_judge(a->status);
	if (st == COPL_OK)
		return copl_retry_judge(a->status);
	if (a->failure == COPL_NET_TLS)
		return COPL_TRY_UNSAFE;
	return a->failure == COPL_NET_TOO_LARGE || a->failure == COPL_NET_URL
		   ? COPL_TRY_REFUSED
		   : COPL_TRY_UNREACHABLE;
}

/* One request, again and again as the policy allows. */
static enum copl_status ask(
    struct sending *s, const struct copl_net_request *q, enum copl_attempt *got)
{
	for (;;) {
		struct copl_retry_step next;
		enum copl_status st = copl_net_do(s->net, q, &s->answer);
		uint64_t now;

		if (st == COPL_E_NOMEM)
			return st;
		s->out->requests++;
		*got = judge(st, q->method, &s->answer);
		if (*got == COPL_TRY_DONE)
			return COPL_OK;
		now = copl_net_clock_ms();
		next = copl_retry_next(&s->policy, *got, ++s->failures, now,
		    s->answer.retry_after_ms, copl_net_dice());
		if (!next.again)
			return COPL_OK;
		copl_net_wait_ms(next.at_ms - now);
	}
}

/* Behind the opening quote of a member's value; NULL: no such string. */
static const char *find_value(const char *json, const char *name)
{
	const char *p = strstr(json, name);

	if (p == NULL)
		return NULL;
	p += strlen(name);
	while (copl_is_space(*p) || *p == ':')
		p++;
	return *p == '"' ? p + 1 : NULL;
}

/* The value of a member of a JSON object, without control characters. */
static void find_member(
    const char *json, const char *name, struct copl_strbuf *out)
{
	const char *p = find_value(json, name);

	for (; p != NULL && *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		if ((unsigned char)*p >= ' ' && *p != 0x7f)
			copl_strbuf_add(out, p, 1);
	}
}

/* What the other side says, made harmless, with a colon before it. */
static void put_said(const struct copl_net_answer *a, char *out, size_t room)
{
	struct copl_strbuf said = COPL_STRBUF_INIT(SAID_MAX);
	const char *body = copl_strbuf_text(&a->body);

	out[0] = '\0';
	if (copl_utf8_valid(body, a->body.len) == a->body.len) {
		find_member(body, "\"detail\"", &said);
		if (said.len == 0)
			find_member(body, "\"title\"", &said);
	}
	if (said.len > 0 && said.st != COPL_E_NOMEM) {
		said.s[copl_utf8_valid(said.s, said.len)] = '\0';
		snprintf(out, room, ": %s", said.s);
	}
	copl_strbuf_clear(&said);
}

static void end(struct sending *s, enum copl_outcome outcome, const char *code,
    const char *text)
{
	s->out->outcome = outcome;
	s->out->code = code;
	copl_report(s->r, outcome == COPL_REFUSED ? COPL_ERROR : COPL_WARNING,
	    code, s->how->at, "%s", text);
}

static void end_refused(struct sending *s, const char *path)
{
	char said[SAID_MAX + 8], text[1024];

	if (s->answer.status == 0) {
		snprintf(text, sizeof(text), _("%s%s is refused: %s"),
		    s->how->url, path, s->answer.error);
		end(s, COPL_REFUSED, "endpoint-refused", text);
		return;
	}
	put_said(&s->answer, said, sizeof(said));
	snprintf(text, sizeof(text),
	    _("%s%s is refused with status %ld%s; ask whoever runs this "
	      "endpoint"),
	    s->how->url, path, s->answer.status, said);
	end(s, COPL_REFUSED, "endpoint-refused", text);
}

static void end_moved(struct sending *s)
{
	char text[1024];

	snprintf(text, sizeof(text),
	    _("%s answers that it has moved to \"%s\": ask whoever runs this "
	      "endpoint and correct the address in the project"),
	    s->how->url, s->answer.location);
	end(s, COPL_REFUSED, "endpoint-moved", text);
}

static void end_failed(
    struct sending *s, enum copl_attempt got, const char *path)
{
	char text[1024];

	switch (got) {
	case COPL_TRY_MOVED:
		end_moved(s);
		return;
	case COPL_TRY_BUSY:
		snprintf(text, sizeof(text),
		    _("%s is not able to take it now (status %ld): the next "
		      "push tries again"),
		    s->how->url, s->answer.status);
		end(s, COPL_WAITING, "endpoint-busy", text);
		return;
	case COPL_TRY_LOCAL:
	case COPL_TRY_UNREACHABLE:
		snprintf(text, sizeof(text),
		    _("%s cannot be reached (%s): the next push tries again"),
		    s->how->url, s->answer.error);
		end(s, COPL_WAITING, "endpoint-unreachable", text);
		return;
	case COPL_TRY_UNSAFE:
		snprintf(text, sizeof(text),
		    _("%s cannot prove who it is (%s): nothing was sent"),
		    s->how->url, s->answer.error);
		end(s, COPL_WAITING, "endpoint-tls", text);
		return;
	case COPL_TRY_REFUSED:
	case COPL_TRY_AUTH:
	case COPL_TRY_CONFLICT:
	case COPL_TRY_GONE:
	case COPL_TRY_DONE:
		break;
	}
	end_refused(s, path);
}

static char *address(struct sending *s, const char *path)
{
	return copl_arena_printf(s->arena, "%s%s", s->how->url, path);
}

/* The file's bytes, checked once more: what leaves here is what was signed. */
static enum copl_status read_file(
    struct sending *s, const struct copl_set_file *f)
{
	const char *full =
	    copl_path_join(s->arena, s->how->set->folder, f->path);
	char digest[COPL_SHA256_HEX];
	enum copl_status st;

	if (full == NULL)
		return COPL_E_NOMEM;
	st = copl_file_read(full, COPL_RELEASE_FILE_MAX, s->r, &s->bytes);
	if (st != COPL_OK)
		return st;
	copl_sha256_hex(copl_strbuf_text(&s->bytes), s->bytes.len, digest);
	if (strcmp(digest, f->sha256) == 0)
		return COPL_OK;
	copl_report(s->r, COPL_ERROR, "release-damaged",
	    (struct copl_place){full, 0, 0},
	    _("this file changed while the release was being sent: push "
	      "again when nobody works on it"));
	return COPL_E_TRUST;
}

static enum copl_status put(
    struct sending *s, const struct copl_set_file *f, enum copl_attempt *got)
{
	char b64[COPL_SHA256_B64], digest[COPL_SHA256_B64 + 16];
	struct copl_net_header headers[] = {
	    {"Content-Type", f->type}, {"Content-Digest", digest}};
	struct copl_net_request q = {.method = "PUT",
	    .headers = headers,
	    .nheaders = COPL_COUNT(headers),
	    .max_answer = ANSWER_MAX,
	    .deadline_ms = copl_net_deadline_ms(f->length)};
	enum copl_status st = read_file(s, f);

	if (st != COPL_OK)
		return st;
	copl_sha256_b64(copl_strbuf_text(&s->bytes), s->bytes.len, b64);
	snprintf(digest, sizeof(digest), "sha-256=:%s:", b64);
	q.url = address(s, f->path);
	if (q.url == NULL)
		return COPL_E_NOMEM;
	q.body = copl_strbuf_text(&s->bytes);
	q.length = s->bytes.len;
	st = ask(s, &q, got);
	if (st == COPL_OK && *got == COPL_TRY_DONE) {
		s->out->files++;
		s->out->bytes += f->length;
	}
	return st;
}

/*
 * Puts what the plan names.  *lost: the endpoint does not hold what the
 * ledger says it holds, and everything must go once more.
 */
static enum copl_status put_all(struct sending *s, bool *done, bool *lost)
{
	const struct copl_set *set = s->how->set;
	size_t i;

	*done = *lost = false;
	for (i = 0; i < set->nfiles; i++) {
		const struct copl_set_file *f = &set->files[i];
		enum copl_attempt got = COPL_TRY_DONE;
		enum copl_status st;

		if (!s->how->send[i])
			continue;
		st = put(s, f, &got);
		if (st != COPL_OK)
			return st;
		if (got == COPL_TRY_DONE)
			continue;
		*lost = i + 1 == set->nfiles && s->answer.status == 409;
		if (!*lost)
			end_failed(s, got, f->path);
		return COPL_OK;
	}
	*done = true;
	return COPL_OK;
}

static void check_receipt(struct sending *s, const struct copl_set_file *f)
{
	char digest[COPL_SHA256_HEX];

	copl_sha256_hex(
	    copl_strbuf_text(&s->answer.body), s->answer.body.len, digest);
	if (strcmp(digest, f->sha256) == 0)
		s->out->outcome = COPL_DELIVERED;
	else
		end(s, COPL_WAITING, "receipt-wrong",
		    _("the endpoint took the set but shows another one: "
		      "delivery is not proven, the next push tries again"));
}

/* The receipt: the endpoint gives back the manifest that it was given. */
static enum copl_status read_back(struct sending *s)
{
	const struct copl_set *set = s->how->set;
	const struct copl_set_file *f = &set->files[set->nfiles - 1];
	struct copl_net_header fresh = {"Cache-Control", "no-cache"};
	struct copl_net_request q = {.method = "GET",
	    .url = address(s, f->path),
	    .headers = &fresh,
	    .nheaders = 1,
	    .max_answer = COPL_MANIFEST_MAX,
	    .deadline_ms = copl_net_deadline_ms(f->length),
	    .last = true};
	enum copl_attempt got = COPL_TRY_DONE;
	enum copl_status st;

	if (q.url == NULL)
		return COPL_E_NOMEM;
	st = ask(s, &q, &got);
	if (st != COPL_OK)
		return st;
	if (got == COPL_TRY_DONE)
		check_receipt(s, f);
	else if (got == COPL_TRY_REFUSED || got == COPL_TRY_GONE)
		end(s, COPL_WAITING, "receipt-missing",
		    _("the endpoint took the set but does not show it: "
		      "delivery is not proven, the next push tries again"));
	else
		end_failed(s, got, f->path);
	return COPL_OK;
}

static enum copl_status deliver(struct sending *s)
{
	enum copl_status st;
	bool done, lost;
	size_t i;

	st = put_all(s, &done, &lost);
	if (st == COPL_OK && lost) {
		for (i = 0; i < s->how->set->nfiles; i++)
			s->how->send[i] = true;
		st = put_all(s, &done, &lost);
		if (st == COPL_OK && lost)
			end(s, COPL_WAITING, "endpoint-incomplete",
			    _("the endpoint says that files are missing "
			      "though all were sent: the next push tries "
			      "again"));
	}
	if (st == COPL_OK && done)
		st = read_back(s);
	return st;
}

enum copl_status copl_send(const struct copl_sending *how,
    struct copl_reporter *r, struct copl_sent *out)
{
	struct sending s = {.how = how,
	    .r = r,
	    .out = out,
	    .policy = {.first_ms = FIRST_WAIT_MS,
		.most_ms = MOST_WAIT_MS,
		.attempts = how->attempts > 0 ? how->attempts : 1},
	    .bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX)};
	enum copl_status st = COPL_E_NOMEM;

	memset(out, 0, sizeof(*out));
	out->outcome = COPL_WAITING;
	s.policy.deadline_ms = copl_net_clock_ms() + PATIENCE_MS;
	s.arena = copl_arena_new();
	if (s.arena != NULL)
		st = copl_net_open(&s.net);
	if (st == COPL_OK)
		st = deliver(&s);
	copl_net_close(s.net);
	copl_net_answer_clear(&s.answer);
	copl_strbuf_clear(&s.bytes);
	copl_arena_free(s.arena);
	return st;
}
