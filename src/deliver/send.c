/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/driver.h"

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
	const struct copl_driver *driver;
	struct copl_target target;
	struct copl_net *net;
	struct copl_arena *arena;
	struct copl_retry_policy policy;
	uint32_t failures;
	struct copl_net_answer answer;
	struct copl_strbuf bytes;
};

/* One thing, again and again as the policy allows. */
static enum copl_status ask(
    struct sending *s, const struct copl_ask *what, struct copl_hearing *heard)
{
	struct copl_asking asking = {.q = {.nheaders = 0}};
	enum copl_status st = s->driver->ask(&s->target, what, &asking);

	if (st != COPL_OK)
		return st;
	for (;;) {
		struct copl_retry_step next;
		uint64_t now;

		st = copl_net_do(s->net, &asking.q, &s->answer);
		if (st == COPL_E_NOMEM)
			return st;
		s->out->requests++;
		*heard = s->driver->hear(&s->target, what, st, &s->answer);
		if (heard->means != COPL_MEANS_FAILED)
			return COPL_OK;
		now = copl_net_clock_ms();
		next =
		    copl_retry_next(&s->policy, heard->attempt, ++s->failures,
			now, s->answer.retry_after_ms, copl_net_dice());
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

static enum copl_status put(struct sending *s, const struct copl_set_file *f,
    struct copl_hearing *heard)
{
	struct copl_ask what = {.kind = COPL_ASK_PUT, .file = f};
	enum copl_status st = read_file(s, f);

	if (st != COPL_OK)
		return st;
	what.bytes = copl_strbuf_text(&s->bytes);
	st = ask(s, &what, heard);
	if (st == COPL_OK && heard->means != COPL_MEANS_FAILED &&
	    heard->means != COPL_MEANS_LOST) {
		s->out->files++;
		s->out->bytes += f->length;
	}
	return st;
}

static void end_unproven(struct sending *s)
{
	end(s, COPL_WAITING, "receipt-wrong",
	    _("the endpoint took the set but shows another one: "
	      "delivery is not proven, the next push tries again"));
}

/*
 * Puts what the plan names.  *lost: the endpoint does not hold what the
 * ledger says it holds, and everything must go once more.
 */
static enum copl_status put_all(
    struct sending *s, struct copl_hearing *heard, bool *done)
{
	const struct copl_set *set = s->how->set;
	size_t i;

	*done = false;
	heard->means = COPL_MEANS_TAKEN;
	for (i = 0; i < set->nfiles; i++) {
		const struct copl_set_file *f = &set->files[i];
		enum copl_status st;

		if (!s->how->send[i])
			continue;
		st = put(s, f, heard);
		if (st != COPL_OK)
			return st;
		if (heard->means == COPL_MEANS_TAKEN ||
		    heard->means == COPL_MEANS_PROVEN)
			continue;
		if (heard->means == COPL_MEANS_OTHER)
			end_unproven(s);
		else if (heard->means != COPL_MEANS_LOST)
			end_failed(s, heard->attempt, f->path);
		return COPL_OK;
	}
	*done = true;
	return COPL_OK;
}

/* The receipt: the endpoint gives back the manifest that it was given. */
static enum copl_status prove(struct sending *s)
{
	const struct copl_set *set = s->how->set;
	const struct copl_ask what = {.kind = COPL_ASK_PROVE,
	    .file = &set->files[set->nfiles - 1],
	    .last = true};
	struct copl_hearing heard = {.means = COPL_MEANS_TAKEN};
	enum copl_status st = ask(s, &what, &heard);

	if (st != COPL_OK)
		return st;
	if (heard.means == COPL_MEANS_PROVEN)
		s->out->outcome = COPL_DELIVERED;
	else if (heard.means == COPL_MEANS_OTHER)
		end_unproven(s);
	else if (heard.means == COPL_MEANS_ABSENT ||
		 heard.attempt == COPL_TRY_REFUSED ||
		 heard.attempt == COPL_TRY_GONE)
		end(s, COPL_WAITING, "receipt-missing",
		    _("the endpoint took the set but does not show it: "
		      "delivery is not proven, the next push tries again"));
	else
		end_failed(s, heard.attempt, what.file->path);
	return COPL_OK;
}

static enum copl_status deliver(struct sending *s)
{
	struct copl_hearing heard = {.means = COPL_MEANS_TAKEN};
	enum copl_status st;
	bool done;
	size_t i;

	st = put_all(s, &heard, &done);
	if (st == COPL_OK && heard.means == COPL_MEANS_LOST) {
		for (i = 0; i < s->how->set->nfiles; i++)
			s->how->send[i] = true;
		st = put_all(s, &heard, &done);
		if (st == COPL_OK && heard.means == COPL_MEANS_LOST)
			end(s, COPL_WAITING, "endpoint-incomplete",
			    _("the endpoint says that files are missing "
			      "though all were sent: the next push tries "
			      "again"));
	}
	if (st != COPL_OK || !done)
		return st;
	if (heard.means != COPL_MEANS_PROVEN)
		return prove(s);
	s->out->outcome = COPL_DELIVERED;
	return COPL_OK;
}

enum copl_status copl_send(const struct copl_sending *how,
    struct copl_reporter *r, struct copl_sent *out)
{
	struct sending s = {.how = how,
	    .r = r,
	    .out = out,
	    .driver = copl_driver_of(NULL),
	    .target = {.url = how->url, .set = how->set},
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
