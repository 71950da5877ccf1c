/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "deliver/driver.h"

const struct copl_driver *copl_driver_of(const struct copl_endpoint *e)
{
	static const struct copl_driver *const drivers[] = {
	    [COPL_DRIVER_OFFICE] = &copl_driver_office,
	    [COPL_DRIVER_PUT] = &copl_driver_put,
	    [COPL_DRIVER_S3] = &copl_driver_s3,
	    [COPL_DRIVER_DIR] = &copl_driver_dir,
	};

	/* The caller of before knows one kind only. */
	return drivers[e == NULL ? COPL_DRIVER_OFFICE : e->driver];
}

/* ---- requests ---- */

/* The length of the first so many segments with their slashes. */
static size_t segments(const char *path, unsigned n)
{
	size_t len = 0;

	while (n > 0 && path[len] != '\0')
		if (path[len++] == '/')
			n--;
	return len;
}

enum copl_status copl_asking_url(struct copl_asking *out,
    const struct copl_target *t, const struct copl_ask *ask)
{
	const char *path = ask->file->path;
	size_t len = ask->kind == COPL_ASK_FOLDER ? segments(path, ask->folder)
						  : strlen(path);
	size_t base = strlen(t->url);

	out->q.url = out->url;
	out->url[0] = '\0';
	if (base + len == 0 || base >= sizeof(out->url) ||
	    len >= sizeof(out->url) - base)
		return COPL_E_LIMIT;
	memcpy(out->url, t->url, base);
	memcpy(out->url + base, path, len);
	out->url[base + len] = '\0';
	return COPL_OK;
}

/* A value that stays as long as out does, and is not copied. */
static enum copl_status set_header(
    struct copl_asking *out, const char *name, const char *value)
{
	if (out->q.nheaders == COPL_ASKING_HEADERS)
		return COPL_E_LIMIT;
	out->q.headers = out->headers;
	out->headers[out->q.nheaders++] = (struct copl_net_header){name, value};
	return COPL_OK;
}

enum copl_status copl_asking_add(
    struct copl_asking *out, const char *name, const char *fmt, ...)
{
	size_t room = sizeof(out->text) - out->used;
	char *value = out->text + out->used;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(value, room, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= room)
		return COPL_E_LIMIT;
	out->used += (size_t)n + 1;
	return set_header(out, name, value);
}

/* Content-Digest, Repr-Digest and what to answer with; RFC 9530. */
static enum copl_status add_digests(
    struct copl_asking *out, const struct copl_set_file *f)
{
	const char *digest = out->text + out->used;
	enum copl_status st = copl_asking_add(
	    out, "Content-Digest", "sha-256=:%s:", f->sha256_b64);

	if (st == COPL_OK)
		st = set_header(out, "Repr-Digest", digest);
	if (st == COPL_OK)
		st = set_header(out, "Want-Repr-Digest", "sha-256=10");
	return st;
}

/* If-Match or If-None-Match, as the question says. */
static enum copl_status add_condition(
    struct copl_asking *out, const struct copl_ask *ask)
{
	/* A weak one, as Apache gives to what is new, never matches here. */
	if (ask->etag == NULL || strncmp(ask->etag, "W/", 2) == 0)
		return COPL_OK;
	return ask->etag[0] == '\0'
		   ? copl_asking_add(out, "If-None-Match", "*")
		   : copl_asking_add(out, "If-Match", "%s", ask->etag);
}

enum copl_status copl_asking_put(struct copl_asking *out,
    const struct copl_target *t, const struct copl_ask *ask)
{
	const struct copl_set_file *f = ask->file;
	enum copl_status st = copl_asking_url(out, t, ask);

	out->q.method = "PUT";
	out->q.body = ask->bytes;
	out->q.length = (size_t)f->length;
	out->q.max_answer = COPL_HEARING_MAX;
	out->q.deadline_ms = copl_net_deadline_ms(f->length);
	out->q.last = ask->last;
	if (st == COPL_OK)
		st = set_header(out, "Content-Type", f->type);
	if (st == COPL_OK)
		st = add_digests(out, f);
	return st == COPL_OK ? add_condition(out, ask) : st;
}

enum copl_status copl_asking_get(struct copl_asking *out,
    const struct copl_target *t, const struct copl_ask *ask)
{
	const struct copl_set_file *f = ask->file;
	enum copl_status st = copl_asking_url(out, t, ask);

	out->q.method = "GET";
	/* One byte more than it may have says that it is another file. */
	out->q.max_answer = (size_t)f->length + 1;
	if (out->q.max_answer < COPL_HEARING_MAX)
		out->q.max_answer = COPL_HEARING_MAX;
	out->q.deadline_ms = copl_net_deadline_ms(f->length);
	out->q.last = ask->last;
	return st == COPL_OK ? copl_asking_add(out, "Cache-Control", "no-cache")
			     : st;
}

/* ---- answers ---- */

/* Behind the next member of a dictionary of structured fields; RFC 8941. */
static const char *skip_member(const char *p)
{
	bool quoted = false;

	for (; *p != '\0' && (quoted || *p != ','); p++) {
		if (quoted && *p == '\\' && p[1] != '\0')
			p++;
		else if (*p == '"')
			quoted = !quoted;
	}
	if (*p == ',')
		p++;
	while (copl_is_space(*p))
		p++;
	return p;
}

enum copl_digest_says copl_digest_field(
    const char *field, const struct copl_set_file *f)
{
	static const char name[] = "sha-256=:";
	enum copl_digest_says says = COPL_DIGEST_NONE;
	size_t skip = sizeof(name) - 1, len = strlen(f->sha256_b64);
	const char *p = field;

	while (copl_is_space(*p))
		p++;
	/* Of two members with one name the last one counts. */
	for (; *p != '\0'; p = skip_member(p)) {
		if (strncmp(p, name, skip) != 0)
			continue;
		says = strncmp(p + skip, f->sha256_b64, len) == 0 &&
			       p[skip + len] == ':'
			   ? COPL_DIGEST_SAME
			   : COPL_DIGEST_OTHER;
	}
	return says;
}

struct copl_hearing copl_hear_receipt(
    const struct copl_set_file *f, const struct copl_net_answer *a)
{
	switch (copl_digest_field(a->repr_digest, f)) {
	case COPL_DIGEST_SAME:
		return (struct copl_hearing){.means = COPL_MEANS_PROVEN};
	case COPL_DIGEST_OTHER:
		return (struct copl_hearing){.means = COPL_MEANS_OTHER};
	case COPL_DIGEST_NONE:
		break;
	}
	return (struct copl_hearing){.means = COPL_MEANS_TAKEN};
}

static struct copl_hearing failed(enum copl_attempt how)
{
	return (struct copl_hearing){
	    .means = COPL_MEANS_FAILED, .attempt = how};
}

struct copl_hearing copl_hear_in_the_way(void)
{
	return (struct copl_hearing){
	    .means = COPL_MEANS_CHANGED, .attempt = COPL_TRY_CONFLICT};
}

struct copl_hearing copl_hear_failure(
    enum copl_status st, const struct copl_net_answer *a)
{
	enum copl_attempt how;

	if (st == COPL_OK) {
		how = copl_retry_judge(a->status);
		/* A status of success that nobody asked for is no success. */
		return failed(how == COPL_TRY_DONE ? COPL_TRY_REFUSED : how);
	}
	if (a->failure == COPL_NET_TLS)
		return failed(COPL_TRY_UNSAFE);
	if (a->failure == COPL_NET_TOO_LARGE || a->failure == COPL_NET_URL)
		return failed(COPL_TRY_REFUSED);
	return failed(COPL_TRY_UNREACHABLE);
}

struct copl_hearing copl_hear_get(const struct copl_set_file *f,
    enum copl_status st, const struct copl_net_answer *a)
{
	char digest[COPL_SHA256_HEX];

	if (st == COPL_E_LIMIT && a->failure == COPL_NET_TOO_LARGE)
		return (struct copl_hearing){.means = COPL_MEANS_OTHER};
	if (st == COPL_OK && a->status == 404)
		return (struct copl_hearing){.means = COPL_MEANS_ABSENT};
	if (st != COPL_OK || a->status != 200)
		return copl_hear_failure(st, a);
	copl_sha256_hex(copl_strbuf_text(&a->body), a->body.len, digest);
	return (struct copl_hearing){.means = strcmp(digest, f->sha256) == 0
						  ? COPL_MEANS_PROVEN
						  : COPL_MEANS_OTHER};
}
