/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A server on 127.0.0.1 that misbehaves as a script says; tests/e2e/faultd
 * is the same as a program.  A script has blocks, and a block is what one
 * request gets:
 *
 *   on [TIMES|*] [REQUEST]   for so many requests (default 1) that begin
 *                            with this, such as "PUT /a" or "GET"; "connect"
 *                            instead: for a connection, before it is read
 *
 * The first block that fits and has times left is taken, and its lines are
 * done in order.  A request that no block fits finds a plain host that keeps
 * what is PUT and gives it back.  Afterwards the connection stays open, unless
 * a line has ended it.
 *
 *   body             read the body that the request announced
 *   read N           read N bytes of it
 *   keep             put it where the plain host would, and say nothing
 *   expect TEXT      the head must have this in it: else peer_wrong() says so
 *   reply STATUS | FIELD | FIELD     an answer without content
 *   send TEXT        these bytes; \r \n \t \0 \\ and \xHH mean what they do
 *   drip MS TEXT     the same, a byte every MS milliseconds
 *   file PATH [FROM [TO]]            bytes of a file of the host
 *   fill N CHAR      N times a character
 *   many N TEXT      N times these bytes
 *   wait MS
 *   plain [FIELD | FIELD]            what the plain host does, and with these
 *   fin              no more is sent, and the rest of what comes is read
 *   hang             nothing, until the other side closes
 *   deaf             nothing, and nothing is read
 *   close            the default for what cannot go on
 *   reset            the connection is torn down
 *   hook             the function that the test gave is called
 *
 * Blank lines and lines with "#" are skipped.  Everything ends with the time
 * that was given, whatever the other side does.
 */
#ifndef PEER_H
#define PEER_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PEER_HEAD_MAX 65536
#define PEER_BLOCKS 64
#define PEER_LINES 32
#define PEER_GUESTS 256

struct peer_block {
	long times; /* left; -1: for ever */
	const char *request; /* what it begins with */
	const char *lines[PEER_LINES];
	unsigned nlines;
};

struct peer;
struct peer_guest {
	struct peer *peer;
	pthread_t thread;
	int fd;
	char head[PEER_HEAD_MAX]; /* of the request, and what came with it */
	size_t have; /* bytes in it */
	size_t head_len;
	uint64_t body_left; /* announced and not read yet */
	bool over;
};

struct peer {
	char *script;
	struct peer_block blocks[PEER_BLOCKS];
	unsigned nblocks;
	char dir[1000]; /* of the plain host */
	int fd;
	int stop[2];
	unsigned port;
	char url[64];
	uint64_t end_ms;
	FILE *log; /* a line for each request; NULL: none */
	void (*hook)(struct peer *p);
	void *hook_arg;
	pthread_t thread;
	pthread_mutex_t lock;
	struct peer_guest *guests[PEER_GUESTS];
	unsigned nguests;
	/* What came; read it when the peer has stopped. */
	unsigned requests;
	char seen[16000]; /* request lines */
	char heads[64000]; /* whole heads */
	char wrong[2000]; /* what "expect" missed */
};

static inline void peer_need(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "peer: %s\n", what);
	abort();
}

static inline uint64_t peer_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* ---- the script ---- */

static inline const char *peer_word(char **line)
{
	char *word = *line + strspn(*line, " ");
	size_t len = strcspn(word, " ");

	*line = word + len + (word[len] == ' ' ? 1 : 0);
	word[len] = '\0';
	return word;
}

static inline void peer_begin_block(struct peer *p, char *rest)
{
	struct peer_block *b = &p->blocks[p->nblocks++];
	char *after = rest;
	const char *times;

	peer_need(p->nblocks <= PEER_BLOCKS, "too many blocks");
	b->times = 1;
	b->request = rest;
	if (*rest != '*' && (*rest < '0' || *rest > '9'))
		return;
	times = peer_word(&after);
	b->times = *times == '*' ? -1 : strtol(times, NULL, 10);
	b->request = after;
}

static inline void peer_parse(struct peer *p, const char *script)
{
	char *line, *save = NULL;

	p->script = strdup(script);
	peer_need(p->script != NULL, "memory");
	for (line = strtok_r(p->script, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		line += strspn(line, " \t");
		if (*line == '\0' || *line == '#')
			continue;
		if (strcmp(line, "on") == 0 || strncmp(line, "on ", 3) == 0) {
			peer_begin_block(p, line + (line[2] == ' ' ? 3 : 2));
			continue;
		}
		peer_need(p->nblocks > 0, "a line before the first block");
		peer_need(p->blocks[p->nblocks - 1].nlines < PEER_LINES,
		    "a block is too long");
		p->blocks[p->nblocks - 1]
		    .lines[p->blocks[p->nblocks - 1].nlines++] = line;
	}
}

/* Takes one of its times; NULL: none fits. */
static inline const struct peer_block *peer_take(
    struct peer *p, const char *request)
{
	struct peer_block *found = NULL;
	unsigned i;

	pthread_mutex_lock(&p->lock);
	for (i = 0; i < p->nblocks && found == NULL; i++) {
		struct peer_block *b = &p->blocks[i];
		bool about_connect = strcmp(b->request, "connect") == 0;

		if (b->times == 0 || (request == NULL) != about_connect ||
		    (request != NULL &&
			strncmp(request, b->request, strlen(b->request)) != 0))
			continue;
		if (b->times > 0)
			b->times--;
		found = b;
	}
	pthread_mutex_unlock(&p->lock);
	return found;
}

/* ---- bytes ---- */

/* false: the time is up, or the test is over. */
static inline bool peer_wait(struct peer *p, int fd, short what, uint64_t ms)
{
	uint64_t until = peer_ms() + ms;

	if (until > p->end_ms)
		until = p->end_ms;
	for (;;) {
		struct pollfd f[2] = {{p->stop[0], POLLIN, 0}, {fd, what, 0}};
		uint64_t now = peer_ms();
		int n;

		if (now >= until)
			return fd < 0 && until != p->end_ms;
		n = poll(f, fd < 0 ? 1 : 2, (int)(until - now));
		if (f[0].revents != 0)
			return false;
		if (n > 0 && fd >= 0)
			return true;
	}
}

static inline void peer_send(
    struct peer_guest *g, const char *bytes, size_t len)
{
	while (len > 0 && !g->over) {
		ssize_t n =
		    send(g->fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			g->over = !peer_wait(g->peer, g->fd, POLLOUT, 60000);
		} else {
			g->over = true;
		}
	}
}

/* More bytes behind those in the head's buffer; false: no more come. */
static inline bool peer_more(struct peer_guest *g)
{
	ssize_t n;

	if (g->have + 1 >= sizeof(g->head) ||
	    !peer_wait(g->peer, g->fd, POLLIN, 60000))
		return false;
	n = recv(g->fd, g->head + g->have, sizeof(g->head) - 1 - g->have, 0);
	if (n <= 0)
		return false;
	g->have += (size_t)n;
	g->head[g->have] = '\0';
	return true;
}

/* Reads body, into out if it is not NULL. */
static inline void peer_read_body(
    struct peer_guest *g, uint64_t most, FILE *out)
{
	if (most > g->body_left)
		most = g->body_left;
	while (most > 0 && !g->over) {
		size_t spare = g->have - g->head_len;
		size_t n = spare < most ? spare : (size_t)most;

		if (n == 0) {
			g->over = !peer_more(g);
			continue;
		}
		if (out != NULL)
			peer_need(fwrite(g->head + g->head_len, 1, n, out) == n,
			    "cannot write");
		g->have -= n;
		memmove(g->head + g->head_len, g->head + g->head_len + n,
		    g->have - g->head_len + 1);
		most -= n;
		g->body_left -= n;
	}
}

/* The value of a field of the request, "" if there is none. */
static inline const char *peer_field(
    const struct peer_guest *g, const char *name, char *out, size_t room)
{
	const char *line = g->head;
	size_t len = strlen(name);

	out[0] = '\0';
	while ((line = strstr(line, "\r\n")) != NULL &&
	       line < g->head + g->head_len) {
		line += 2;
		if (strncasecmp(line, name, len) != 0 || line[len] != ':')
			continue;
		line += len + 1 + strspn(line + len + 1, " ");
		snprintf(out, room, "%.*s", (int)strcspn(line, "\r"), line);
		break;
	}
	return out;
}

/* ---- the plain host ---- */

static inline void peer_make_folders(char *path)
{
	char *slash;

	for (slash = strchr(path + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0755);
		*slash = '/';
	}
}

static inline void peer_status(
    struct peer_guest *g, const char *status, const char *fields)
{
	char text[4000];

	snprintf(text, sizeof(text),
	    "HTTP/1.1 %s\r\n%sContent-Length: 0\r\n\r\n", status, fields);
	peer_send(g, text, strlen(text));
}

/* false: it did not come whole, and nothing is kept. */
static inline bool peer_keep(struct peer_guest *g)
{
	const char *target = strchr(g->head, '/');
	char path[1200];
	char part[1300], expects[40];
	FILE *f;

	peer_need(target != NULL && g->peer->dir[0] != '\0', "no host");
	snprintf(path, sizeof(path), "%s%.*s", g->peer->dir,
	    (int)strcspn(target, " ?"), target);
	/* Beside it first: a connection that is cut leaves nothing. */
	snprintf(part, sizeof(part), "%s.part%d", path, g->fd);
	peer_make_folders(part);
	f = fopen(part, "wbe");
	peer_need(f != NULL, "cannot write below the host");
	if (strcasecmp(peer_field(g, "Expect", expects, sizeof(expects)),
		"100-continue") == 0)
		peer_send(g, "HTTP/1.1 100 Continue\r\n\r\n", 25);
	peer_read_body(g, UINT64_MAX, f);
	fclose(f);
	if (g->over) {
		unlink(part);
		return false;
	}
	peer_need(rename(part, path) == 0, "cannot rename below the host");
	return true;
}

/* An opaque tag of the content. */
static inline void peer_etag(FILE *f, char out[24])
{
	uint64_t hash = UINT64_C(14695981039346656037);
	int c;

	rewind(f);
	while ((c = getc(f)) != EOF)
		hash = (hash ^ (unsigned)c) * UINT64_C(1099511628211);
	snprintf(out, 24, "\"%016llx\"", (unsigned long long)hash);
}

static inline void peer_send_file(
    struct peer_guest *g, FILE *f, long from, long to)
{
	char chunk[16384];

	fseek(f, from, SEEK_SET);
	while (from < to && !g->over) {
		size_t want = (size_t)(to - from);
		size_t n = fread(
		    chunk, 1, want < sizeof(chunk) ? want : sizeof(chunk), f);

		if (n == 0)
			break;
		peer_send(g, chunk, n);
		from += (long)n;
	}
}

/* With ETag, If-None-Match, Range and If-Range, as good hosts have them. */
static inline void peer_get(
    struct peer_guest *g, FILE *f, const char *fields, bool gzip)
{
	char etag[24], value[600], text[5000], range[100] = "";
	const char *status = "200 OK";
	long size, from = 0;
	bool head = strncmp(g->head, "HEAD ", 5) == 0;

	peer_etag(f, etag);
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	if (strstr(peer_field(g, "If-None-Match", value, sizeof(value)),
		etag) != NULL) {
		snprintf(text, sizeof(text),
		    "HTTP/1.1 304 Not Modified\r\nETag: %s\r\n%s\r\n", etag,
		    fields);
		peer_send(g, text, strlen(text));
		return;
	}
	peer_field(g, "If-Range", value, sizeof(value));
	if ((value[0] == '\0' || strcmp(value, etag) == 0) &&
	    strncmp(
		peer_field(g, "Range", value, sizeof(value)), "bytes=", 6) == 0)
		from = strtol(value + 6, NULL, 10);
	if (from > 0 && from < size) {
		status = "206 Partial Content";
		snprintf(range, sizeof(range),
		    "Content-Range: bytes %ld-%ld/%ld\r\n", from, size - 1,
		    size);
	} else {
		from = 0;
	}
	snprintf(text, sizeof(text),
	    "HTTP/1.1 %s\r\nETag: %s\r\n%s%s%sContent-Length: %ld\r\n\r\n",
	    status, etag, range, gzip ? "Content-Encoding: gzip\r\n" : "",
	    fields, size - from);
	peer_send(g, text, strlen(text));
	if (!head)
		peer_send_file(g, f, from, size);
}

static inline void peer_plain(struct peer_guest *g, const char *fields)
{
	const char *target = strchr(g->head, '/');
	char path[1200], zipped[1210], accepts[100];
	FILE *f = NULL;
	bool gzip = false;

	if (target == NULL || g->peer->dir[0] == '\0') {
		peer_status(g, "404 Not Found", fields);
		return;
	}
	snprintf(path, sizeof(path), "%s%.*s", g->peer->dir,
	    (int)strcspn(target, " ?"), target);
	if (strncmp(g->head, "PUT ", 4) == 0) {
		if (peer_keep(g))
			peer_status(g, "201 Created", fields);
		return;
	}
	peer_field(g, "Accept-Encoding", accepts, sizeof(accepts));
	snprintf(zipped, sizeof(zipped), "%s.gz", path);
	if (strstr(accepts, "gzip") != NULL)
		f = fopen(zipped, "rbe");
	gzip = f != NULL;
	if (f == NULL)
		f = fopen(path, "rbe");
	if (f == NULL) {
		peer_status(g, "404 Not Found", fields);
		return;
	}
	peer_get(g, f, fields, gzip);
	fclose(f);
}

/* ---- the lines of a block ---- */

/* Decodes the escapes; returns the length. */
static inline size_t peer_unescape(const char *s, char *out, size_t room)
{
	size_t n = 0;

	for (; *s != '\0' && n < room; s++) {
		unsigned hex = 0;

		if (*s != '\\' || s[1] == '\0') {
			out[n++] = *s;
			continue;
		}
		s++;
		switch (*s) {
		case 'r':
			out[n++] = '\r';
			break;
		case 'n':
			out[n++] = '\n';
			break;
		case 't':
			out[n++] = '\t';
			break;
		case '0':
			out[n++] = '\0';
			break;
		case 'x':
			peer_need(
			    sscanf(s + 1, "%2x", &hex) == 1 && s[2] != '\0',
			    "\\x needs two digits");
			out[n++] = (char)hex;
			s += 2;
			break;
		default:
			out[n++] = *s;
		}
	}
	return n;
}

/* "a | b" becomes "a\r\nb\r\n". */
static inline void peer_fields(const char *s, char *out, size_t room)
{
	size_t n = 0;

	out[0] = '\0';
	while (*s != '\0' && n + 4 < room) {
		size_t len = strcspn(s, "|"), keep = len;

		while (keep > 0 && s[keep - 1] == ' ')
			keep--;
		n += (size_t)snprintf(
		    out + n, room - n, "%.*s\r\n", (int)keep, s);
		s += len;
		s += strspn(s, "| ");
	}
}

static inline void peer_do_send(struct peer_guest *g, const char *arg)
{
	char bytes[8000];

	peer_send(g, bytes, peer_unescape(arg, bytes, sizeof(bytes)));
}

static inline void peer_do_drip(struct peer_guest *g, const char *arg)
{
	char bytes[8000], *text = NULL;
	uint64_t ms = strtoul(arg, &text, 10);
	size_t n = peer_unescape(text + 1, bytes, sizeof(bytes)), i;

	for (i = 0; i < n && !g->over; i++) {
		peer_send(g, bytes + i, 1);
		g->over = g->over || !peer_wait(g->peer, -1, 0, ms);
	}
}

static inline void peer_do_fill(struct peer_guest *g, const char *arg)
{
	char chunk[16384], *c = NULL;
	uint64_t left = strtoull(arg, &c, 10);

	memset(chunk, *c == ' ' && c[1] != '\0' ? c[1] : 'x', sizeof(chunk));
	while (left > 0 && !g->over) {
		size_t n = left < sizeof(chunk) ? (size_t)left : sizeof(chunk);

		peer_send(g, chunk, n);
		left -= n;
	}
}

static inline void peer_do_many(struct peer_guest *g, const char *arg)
{
	char bytes[8000], *text = NULL;
	unsigned long left = strtoul(arg, &text, 10);
	size_t n = peer_unescape(text + 1, bytes, sizeof(bytes));

	while (left-- > 0 && !g->over)
		peer_send(g, bytes, n);
}

static inline void peer_do_file(struct peer_guest *g, const char *arg)
{
	char line[1200], path[2300], *rest = line;
	const char *name, *from, *to;
	FILE *f;

	snprintf(line, sizeof(line), "%s", arg);
	name = peer_word(&rest);
	from = peer_word(&rest);
	to = peer_word(&rest);
	snprintf(path, sizeof(path), "%s/%s", g->peer->dir, name);
	f = fopen(path, "rbe");
	peer_need(f != NULL, "no such file");
	fseek(f, 0, SEEK_END);
	peer_send_file(g, f, strtol(from, NULL, 10),
	    *to == '\0' ? ftell(f) : strtol(to, NULL, 10));
	fclose(f);
}

static inline void peer_do_expect(struct peer_guest *g, const char *arg)
{
	struct peer *p = g->peer;
	size_t n;

	if (strcasestr(g->head, arg) != NULL)
		return;
	pthread_mutex_lock(&p->lock);
	n = strlen(p->wrong);
	snprintf(p->wrong + n, sizeof(p->wrong) - n, "no \"%s\" in %.*s\n", arg,
	    (int)strcspn(g->head, "\r"), g->head);
	pthread_mutex_unlock(&p->lock);
}

static inline void peer_do_reply(struct peer_guest *g, const char *arg)
{
	char lines[3000], text[3100];

	peer_fields(arg, lines, sizeof(lines));
	snprintf(text, sizeof(text), "HTTP/1.1 %s%s\r\n", lines,
	    strcasestr(lines, "Content-Length:") == NULL
		? "Content-Length: 0\r\n"
		: "");
	peer_send(g, text, strlen(text));
}

static inline void peer_do_plain(struct peer_guest *g, const char *arg)
{
	char lines[3000];

	peer_fields(arg, lines, sizeof(lines));
	peer_plain(g, lines);
}

/* Reads and forgets until the other side closes. */
static inline void peer_do_hang(struct peer_guest *g, const char *arg)
{
	char chunk[4096];

	(void)arg;
	while (peer_wait(g->peer, g->fd, POLLIN, 600000))
		if (recv(g->fd, chunk, sizeof(chunk), 0) <= 0)
			break;
	g->over = true;
}

static inline void peer_do_fin(struct peer_guest *g, const char *arg)
{
	shutdown(g->fd, SHUT_WR);
	peer_do_hang(g, arg);
}

static inline void peer_do_deaf(struct peer_guest *g, const char *arg)
{
	(void)arg;
	peer_wait(g->peer, -1, 0, 600000);
	g->over = true;
}

static inline void peer_do_wait(struct peer_guest *g, const char *arg)
{
	g->over = !peer_wait(g->peer, -1, 0, strtoul(arg, NULL, 10));
}

static inline void peer_do_body(struct peer_guest *g, const char *arg)
{
	(void)arg;
	peer_read_body(g, UINT64_MAX, NULL);
}

static inline void peer_do_read(struct peer_guest *g, const char *arg)
{
	peer_read_body(g, strtoul(arg, NULL, 10), NULL);
}

static inline void peer_do_keep(struct peer_guest *g, const char *arg)
{
	(void)arg;
	peer_keep(g);
}

static inline void peer_do_close(struct peer_guest *g, const char *arg)
{
	(void)arg;
	g->over = true;
}

static inline void peer_do_reset(struct peer_guest *g, const char *arg)
{
	const struct linger now = {1, 0};

	(void)arg;
	setsockopt(g->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	g->over = true;
}

static inline void peer_do_hook(struct peer_guest *g, const char *arg)
{
	(void)arg;
	peer_need(g->peer->hook != NULL, "no hook was given");
	g->peer->hook(g->peer);
}

static inline void peer_do(struct peer_guest *g, const char *line)
{
	static const struct {
		const char *word;
		void (*fn)(struct peer_guest *g, const char *arg);
	} words[] = {{"send", peer_do_send}, {"reply", peer_do_reply},
	    {"body", peer_do_body}, {"read", peer_do_read},
	    {"keep", peer_do_keep}, {"expect", peer_do_expect},
	    {"drip", peer_do_drip}, {"many", peer_do_many},
	    {"file", peer_do_file}, {"fill", peer_do_fill},
	    {"wait", peer_do_wait}, {"plain", peer_do_plain},
	    {"fin", peer_do_fin}, {"hang", peer_do_hang},
	    {"deaf", peer_do_deaf}, {"close", peer_do_close},
	    {"reset", peer_do_reset}, {"hook", peer_do_hook}};
	size_t len = strcspn(line, " "), i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i].word) != len ||
		    strncmp(words[i].word, line, len) != 0)
			continue;
		words[i].fn(g, line + len + (line[len] == ' ' ? 1 : 0));
		return;
	}
	peer_need(false, line);
}

/* ---- connections ---- */

static inline void peer_note(struct peer_guest *g)
{
	struct peer *p = g->peer;
	size_t n;

	pthread_mutex_lock(&p->lock);
	p->requests++;
	n = strlen(p->seen);
	snprintf(p->seen + n, sizeof(p->seen) - n, "%.*s\n",
	    (int)strcspn(g->head, "\r"), g->head);
	n = strlen(p->heads);
	snprintf(p->heads + n, sizeof(p->heads) - n, "%.*s", (int)g->head_len,
	    g->head);
	if (p->log != NULL) {
		fprintf(p->log, "%.*s\n", (int)strcspn(g->head, "\r"), g->head);
		fflush(p->log);
	}
	pthread_mutex_unlock(&p->lock);
}

/* The head of the next request; false: none comes. */
static inline bool peer_next(struct peer_guest *g)
{
	char value[40];
	const char *end;

	peer_read_body(g, UINT64_MAX, NULL);
	if (g->over)
		return false;
	g->have -= g->head_len;
	memmove(g->head, g->head + g->head_len, g->have + 1);
	g->head_len = 0;
	while ((end = strstr(g->head, "\r\n\r\n")) == NULL)
		if (!peer_more(g))
			return false;
	g->head_len = (size_t)(end - g->head) + 4;
	g->body_left = strtoull(
	    peer_field(g, "Content-Length", value, sizeof(value)), NULL, 10);
	peer_note(g);
	return true;
}

static inline void peer_run(struct peer_guest *g, const struct peer_block *b)
{
	unsigned i;

	for (i = 0; b != NULL && i < b->nlines && !g->over; i++)
		peer_do(g, b->lines[i]);
}

static inline void *peer_guest_main(void *arg)
{
	struct peer_guest *g = arg;

	peer_run(g, peer_take(g->peer, NULL));
	while (!g->over && peer_next(g)) {
		const struct peer_block *b = peer_take(g->peer, g->head);

		if (b == NULL)
			peer_plain(g, "");
		peer_run(g, b);
	}
	close(g->fd);
	return NULL;
}

static inline void peer_welcome(struct peer *p, int fd)
{
	struct peer_guest *g = calloc(1, sizeof(*g));

	peer_need(g != NULL && p->nguests < PEER_GUESTS, "too many guests");
	g->peer = p;
	g->fd = fd;
	p->guests[p->nguests++] = g;
	peer_need(pthread_create(&g->thread, NULL, peer_guest_main, g) == 0,
	    "thread");
}

static inline void *peer_main(void *arg)
{
	struct peer *p = arg;
	unsigned i;

	while (peer_wait(p, p->fd, POLLIN, 600000)) {
		int fd = accept4(p->fd, NULL, NULL, SOCK_CLOEXEC);

		if (fd >= 0)
			peer_welcome(p, fd);
	}
	for (i = 0; i < p->nguests; i++) {
		pthread_join(p->guests[i]->thread, NULL);
		free(p->guests[i]);
	}
	return NULL;
}

/*
 * dir: of the plain host, NULL for none.  A port of 0 is the kernel's choice.
 * What the peer holds is the caller's until peer_stop().
 */
static inline void peer_start(struct peer *p, const char *script,
    const char *dir, unsigned port, unsigned seconds)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr = {htonl(INADDR_LOOPBACK)}};
	const int small = 8192, on = 1;
	socklen_t len = sizeof(a);

	memset(p, 0, sizeof(*p));
	peer_parse(p, script);
	snprintf(p->dir, sizeof(p->dir), "%s", dir == NULL ? "" : dir);
	pthread_mutex_init(&p->lock, NULL);
	p->end_ms = peer_ms() + (uint64_t)seconds * 1000;
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* So that who is not read from notices soon. */
	setsockopt(p->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	setsockopt(p->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	peer_need(pipe2(p->stop, O_CLOEXEC) == 0 &&
		      bind(p->fd, (struct sockaddr *)&a, sizeof(a)) == 0 &&
		      listen(p->fd, 128) == 0 &&
		      getsockname(p->fd, (struct sockaddr *)&a, &len) == 0,
	    "cannot listen");
	p->port = ntohs(a.sin_port);
	snprintf(p->url, sizeof(p->url), "http://127.0.0.1:%u/", p->port);
	peer_need(
	    pthread_create(&p->thread, NULL, peer_main, p) == 0, "thread");
}

static inline void peer_stop(struct peer *p)
{
	peer_need(write(p->stop[1], "x", 1) == 1, "stop");
	pthread_join(p->thread, NULL);
	close(p->fd);
	close(p->stop[0]);
	close(p->stop[1]);
	free(p->script);
	p->script = NULL;
}

/* What the script expected and did not get; "" when all was right. */
static inline const char *peer_wrong(const struct peer *p)
{
	return p->wrong;
}

#endif
