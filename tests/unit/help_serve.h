/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HELP_SERVE_H
#define HELP_SERVE_H

/*
 * A server with short deadlines, and raw requests to it.  What it says is
 * kept whole, so that a test can count answers.
 */
#include "help_net.h"
#include "serve/serve_priv.h"

#define HOST "Host: forms.example.org\r\n"

struct desk {
	struct office office;
	struct serve_limits limits;
	int reload[2];
};

static inline void *desk_main(void *arg)
{
	struct desk *d = arg;

	d->office.status =
	    serve_run(&d->office.options, &d->limits, &d->office.sink);
	return NULL;
}

/* Fills in what is not set; false: it did not come up. */
static inline bool desk_start(struct desk *d)
{
	struct office *o = &d->office;

	if (d->limits.header_ms == 0)
		d->limits = serve_limits_default;
	o->sink = heard_sink(&o->heard);
	need(
	    pipe(o->stop) == 0 && pipe2(d->reload, O_NONBLOCK | O_CLOEXEC) == 0,
	    "pipe");
	o->options.stop_fd = o->stop[0];
	o->options.reload_fd = d->reload[0];
	if (o->options.listen == NULL && o->options.nsockets == 0)
		o->options.listen = "127.0.0.1:0";
	o->options.max_seconds = TEST_SECONDS;
	need(pthread_create(&o->thread, NULL, desk_main, d) == 0, "thread");
	return office_listens(o);
}

static inline enum copl_status desk_stop(struct desk *d)
{
	enum copl_status st = office_stop(&d->office);

	close(d->reload[0]);
	close(d->reload[1]);
	return st;
}

static inline void desk_reload(struct desk *d)
{
	int i;

	heard_forget_events(&d->office.heard);
	need(write(d->reload[1], "x", 1) == 1, "reload");
	for (i = 0; i < 5000; i++) {
		if (heard_told(&d->office.heard, "reloaded", ""))
			return;
		poll(NULL, 0, 2);
	}
	need(false, "reload");
}

/* ---- what came back ---- */

static inline unsigned status_of(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0
		   ? (unsigned)strtoul(answer + 9, NULL, 10)
		   : 0;
}

static inline size_t answers_in(const char *s)
{
	size_t n = 0;

	for (; (s = strstr(s, "HTTP/1.1 ")) != NULL; s += 9)
		n++;
	return n;
}

/* Is "name: value" a field of the head of this answer? */
static inline bool has_field(
    const char *answer, const char *name, const char *value)
{
	const char *end = strstr(answer, "\r\n\r\n");
	char line[600];
	const char *at;

	snprintf(line, sizeof(line), "\r\n%s: %s\r\n", name, value);
	at = strcasestr(answer, line);
	return at != NULL && end != NULL && at < end;
}

static inline bool has_name(const char *answer, const char *name)
{
	const char *end = strstr(answer, "\r\n\r\n");
	char line[200];
	const char *at;

	snprintf(line, sizeof(line), "\r\n%s: ", name);
	at = strcasestr(answer, line);
	return at != NULL && end != NULL && at < end;
}

static inline const char *body_of(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");

	return end == NULL ? "" : end + 4;
}

/* One request on a connection of its own. */
static inline unsigned ask_for(const struct desk *d, const char *path,
    const char *fields, char *out, size_t room)
{
	char request[4000];
	int n = snprintf(request, sizeof(request),
	    "GET %s HTTP/1.1\r\n" HOST "Connection: close\r\n%s\r\n", path,
	    fields);

	talk(d->office.port, request, (size_t)n, out, room);
	return status_of(out);
}

/* All that comes back to these bytes, which the other side ends. */
static inline unsigned send_bytes(
    const struct desk *d, const char *bytes, size_t len, char *out, size_t room)
{
	int fd = dial(d->office.port);
	size_t got = 0;
	ssize_t n;

	if (send(fd, bytes, len, MSG_NOSIGNAL) < 0)
		got = 0;
	while (
	    got + 1 < room && (n = recv(fd, out + got, room - 1 - got, 0)) > 0)
		got += (size_t)n;
	out[got] = '\0';
	close(fd);
	return status_of(out);
}

static inline unsigned put_bytes(const struct desk *d, const char *path,
    const char *fields, const char *body, size_t len, char *out, size_t room)
{
	struct copl_strbuf request = COPL_STRBUF_INIT((size_t)20 << 20);
	unsigned status;

	copl_strbuf_printf(&request,
	    "PUT %s HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n%s\r\n", path,
	    len, fields);
	copl_strbuf_add(&request, body, len);
	need(request.st == COPL_OK, "request");
	status = send_bytes(d, request.s, request.len, out, room);
	copl_strbuf_clear(&request);
	return status;
}

#endif
