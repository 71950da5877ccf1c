/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/i18n.h"
#include "net/net_priv.h"

/* Up to here, sending at once is quicker than asking first. */
#define EXPECT_ABOVE ((uint64_t)1 << 20)
/* libcurl sends less than 64 KiB together with the head of a request. */
#define AT_ONCE_MOST ((uint64_t)60000)
#define CA_FILE_MAX ((size_t)1 << 20)
/* Far more than libcurl keeps of one line of an answer. */
#define LINE_ROOM ((size_t)1 << 20)

static const struct copl_net_access strict = {.auth = COPL_AUTH_NONE};

uint32_t copl_net_deadline_ms(uint64_t bytes)
{
	const uint64_t most = UINT64_C(3600000);
	uint64_t ms = bytes < most ? 30000 + bytes * 1000 / 1024 : most;

	return (uint32_t)(ms < most ? ms : most);
}

void copl_exchange_init(struct copl_exchange *x,
    const struct copl_net_request *q, struct copl_net_answer *a)
{
	const size_t kept = offsetof(struct copl_exchange, q);

	memset((char *)x + kept, 0, sizeof(*x) - kept);
	copl_strbuf_reset(&x->ca);
	x->error[0] = '\0';
	x->q = q;
	x->a = a;
	x->access = q->access == NULL ? &strict : q->access;
	x->phase_at = copl_net_clock_ms();
	copl_answer_reset(a, q->max_answer);
}

bool copl_has_content(const struct copl_net_request *q)
{
	return strcmp(q->method, "PUT") == 0 || strcmp(q->method, "POST") == 0;
}

bool copl_content_at_once(const struct copl_net_request *q)
{
	return copl_has_content(q) && q->length > 0 &&
	       q->length <= AT_ONCE_MOST;
}

/* ---- headers ---- */

static bool add_header(struct copl_head *h, const struct copl_net_header *f)
{
	/* A header without a value is written with a semicolon. */
	return copl_head_add(
	    h, f->name, f->value[0] == '\0' ? ";" : ": ", f->value);
}

static bool is_named(const struct copl_net_header *f, const char *name)
{
	return curl_strequal(f->name, name) != 0;
}

static bool build_head(struct copl_exchange *x)
{
	const struct copl_net_request *q = x->q;
	bool at_once = copl_content_at_once(q), typed = !at_once;
	struct copl_head *h = &x->head;
	size_t i;

	copl_head_begin(h);
	/* As an option libcurl would print it twice. */
	if (!copl_head_add(h, "User-Agent", ": ", COPL_NET_AGENT))
		return false;
	x->expect = q->length > EXPECT_ABOVE && !x->no_expect;
	/*
	 * Waiting for "100 Continue" costs a second where it is unknown;
	 * libcurl does not think of it for what goes out with the head.
	 */
	if (!x->expect && !at_once && !copl_head_add(h, "Expect", ":", ""))
		return false;
	for (i = 0; i < q->nheaders; i++) {
		if (!add_header(h, &q->headers[i]))
			return false;
		typed |= !typed && is_named(&q->headers[i], "Content-Type");
	}
	/* Or else libcurl would say that it is a form. */
	return typed || copl_head_add(h, "Content-Type", ":", "");
}

/* ---- whom to trust ---- */

static enum copl_status no_trust(struct copl_exchange *x, const char *file)
{
	char text[sizeof(x->a->error)];

	snprintf(text, sizeof(text), _("cannot read the CA certificates in %s"),
	    file);
	return copl_answer_fail(x->a, COPL_NET_LOCAL, text);
}

/* A small file that takes turns with a large one goes as bytes. */
static enum copl_status read_ca(struct copl_exchange *x, const char *file)
{
	struct copl_reporter quiet;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	st = copl_file_read(file, CA_FILE_MAX, &quiet, &x->ca);
	return copl_reporter_end(&quiet, st);
}

static enum copl_status set_trust(
    struct copl_exchange *x, CURL *c, struct copl_ca_files *ca_files)
{
	const char *file =
	    x->access->ca != NULL ? x->access->ca : ca_files->system;
	const struct copl_strbuf *bytes = NULL;

	if (!x->url.target.tls)
		return COPL_OK;
	if (file[0] == '\0')
		return copl_answer_fail(x->a, COPL_NET_LOCAL,
		    _("this machine has no file of CA certificates: install "
		      "the package ca-certificates"));
	if (!copl_ca_files_keep(ca_files, file)) {
		enum copl_status st = read_ca(x, file);

		if (st == COPL_E_NOMEM)
			return st;
		if (st != COPL_OK || x->ca.len == 0)
			return no_trust(x, file);
		bytes = &x->ca;
	}
	return copl_options_trust(c, file, bytes) == CURLE_OK ? COPL_OK
							      : COPL_E_NOMEM;
}

/* ---- beginning and end ---- */

enum copl_status copl_exchange_begin(struct copl_exchange *x, CURL *c,
    const struct copl_clocks *clocks, struct copl_ca_files *ca_files)
{
	x->error[0] = '\0';
	x->sent = 0;
	x->clocks = clocks;
	x->phase = COPL_PHASE_LOOKUP;
	x->phase_at = copl_net_clock_ms();
	if (!build_head(x) || copl_options_request(c, x, clocks) != CURLE_OK ||
	    copl_options_access(c, x) != CURLE_OK)
		return COPL_E_NOMEM;
	return set_trust(x, c, ca_files);
}

static uint32_t milliseconds(curl_off_t us)
{
	return us > 0 ? (uint32_t)(us / 1000) : 0;
}

static void put_peer(struct copl_net_answer *a, const char *ip, uint64_t port)
{
	bool v6 = strchr(ip, ':') != NULL;
	size_t len = strlen(ip);
	char *p = a->peer;

	if (len + COPL_DECIMAL_SIZE + 4 > sizeof(a->peer))
		return;
	if (v6)
		*p++ = '[';
	p = mempcpy(p, ip, len);
	if (v6)
		*p++ = ']';
	*p++ = ':';
	copl_decimal(port, p);
}

/* What there is to know of the connection, whatever came of it. */
static void take_facts(struct copl_exchange *x, CURL *c)
{
	struct copl_net_answer *a = x->a;
	curl_off_t total = 0, up = 0;
	long made = 0, port = 0;
	char *ip = NULL;

	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &a->status);
	if (a->status < 200)
		a->status = 0; /* "100 Continue" is no answer */
	curl_easy_getinfo(c, CURLINFO_NUM_CONNECTS, &made);
	curl_easy_getinfo(c, CURLINFO_TOTAL_TIME_T, &total);
	curl_easy_getinfo(c, CURLINFO_SIZE_UPLOAD_T, &up);
	curl_easy_getinfo(c, CURLINFO_PRIMARY_PORT, &port);
	curl_easy_getinfo(c, CURLINFO_PRIMARY_IP, &ip);
	a->connects = (uint32_t)made;
	a->total_ms = milliseconds(total);
	a->uploaded = (uint64_t)up;
	if (ip != NULL && ip[0] != '\0')
		put_peer(a, ip, (uint64_t)port);
}

static const char *words_for(
    const struct copl_exchange *x, enum copl_net_failure why, CURLcode rc)
{
	if (why == COPL_NET_POLICY)
		return _("the name leads to a private address, which this "
			 "endpoint may not have");
	if (x->expired && x->phase == COPL_PHASE_ANSWER)
		return _("no answer came in time");
	if (x->expired)
		return _("the connection is too slow");
	/* libcurl leaves the text empty now and then. */
	return x->error[0] != '\0' ? x->error : curl_easy_strerror(rc);
}

/*
 * Is it a line of an answer that is longer than libcurl takes?  It may say the
 * same of that as of memory that has ended; then there is none for a line.
 */
static bool is_long_line(const struct copl_exchange *x, CURLcode rc)
{
	void *volatile room = NULL;

	/* Until then it is of a proxy, or none. */
	if (x->phase == COPL_PHASE_LOOKUP || x->phase == COPL_PHASE_CONNECT)
		return false;
#if LIBCURL_VERSION_NUM >= 0x080600
	if (rc == CURLE_TOO_LARGE)
		return true;
#endif
	if (rc != CURLE_OUT_OF_MEMORY)
		return false;
	room = malloc(LINE_ROOM);
	free(room);
	return room != NULL;
}

static enum copl_status conclude(struct copl_exchange *x, CURL *c, CURLcode rc)
{
	struct copl_net_answer *a = x->a;
	enum copl_net_failure why;

	x->too_large |= is_long_line(x, rc);
	if (a->body.st == COPL_E_NOMEM ||
	    (rc == CURLE_OUT_OF_MEMORY && !x->too_large))
		return COPL_E_NOMEM;
	if (x->too_large)
		return copl_answer_fail(
		    a, COPL_NET_TOO_LARGE, _("the answer is too large"));
	if (rc != CURLE_OK) {
		why = copl_failure_of(x, c, rc);
		return copl_answer_fail(a, why, words_for(x, why, rc));
	}
	/* Another protocol, which nobody asked for, and then no answer. */
	if (a->status == 0)
		return copl_answer_fail(a, COPL_NET_UNREACHABLE,
		    curl_easy_strerror(CURLE_WEIRD_SERVER_REPLY));
	a->retry_after_ms =
	    copl_retry_after_ms(a->retry_after, a->date, (int64_t)time(NULL));
	return COPL_OK;
}

enum copl_status copl_exchange_end(
    struct copl_exchange *x, CURL *c, CURLcode rc)
{
	bool content = strcmp(x->q->method, "GET") == 0;
	enum copl_status st;

	take_facts(x, c);
	st = conclude(x, c, rc);
	/* What was asked for stays as it is: its digest is looked at. */
	content = content && x->a->status >= 200 && x->a->status < 300;
	copl_answer_hide(x->a, x->access, !content);
	return st;
}

/*
 * libcurl asks again itself, but on the connection it has, which the other
 * side may close just then.
 */
bool copl_exchange_again(struct copl_exchange *x, CURL *c)
{
	long status = 0;

	if (!x->expect || x->expired || x->too_large)
		return false;
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	if (status != 417)
		return false;
	x->no_expect = true;
	copl_answer_reset(x->a, x->q->max_answer);
	return true;
}

/* ---- clocks ---- */

static uint64_t clock_end(
    const struct copl_exchange *x, const struct copl_clocks *c, uint64_t now)
{
	uint32_t answer = x->q->answer_ms != 0 ? x->q->answer_ms : c->answer_ms;

	switch (x->phase) {
	case COPL_PHASE_LOOKUP:
	case COPL_PHASE_CONNECT:
		break; /* libcurl's own clock */
	case COPL_PHASE_ANSWER:
		return x->phase_at + answer;
	case COPL_PHASE_SEND:
	case COPL_PHASE_RECEIVE:
		return x->phase_at + c->slow_ms;
	}
	return now + (answer < c->slow_ms ? answer : c->slow_ms);
}

bool copl_exchange_expired(
    struct copl_exchange *x, const struct copl_clocks *c, uint64_t now)
{
	bool moves =
	    x->phase == COPL_PHASE_SEND || x->phase == COPL_PHASE_RECEIVE;

	if (now < clock_end(x, c, now))
		return false;
	if (moves && x->moved >= c->slow_bytes) {
		x->phase_at = now;
		x->moved = 0;
		return false;
	}
	x->expired = true;
	return true;
}

uint64_t copl_exchange_due(
    const struct copl_exchange *x, const struct copl_clocks *c, uint64_t now)
{
	uint32_t answer = x->q->answer_ms != 0 ? x->q->answer_ms : c->answer_ms;
	uint64_t end = clock_end(x, c, now);
	uint64_t soonest = now + (answer < c->slow_ms ? answer : c->slow_ms);

	return end < soonest ? end : soonest;
}

/* The handle must not point to what is gone; what x keeps is there. */
void copl_exchange_clear(struct copl_exchange *x, CURL *c)
{
	if (c != NULL)
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, NULL);
	if (c != NULL && x->url.target.tls)
		curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, NULL);
	x->q = NULL;
	x->a = NULL;
	x->access = NULL;
}

void copl_exchange_free(struct copl_exchange *x)
{
	copl_strbuf_clear(&x->ca);
	copl_head_clear(&x->head);
	copl_parted_clear(&x->url);
}
