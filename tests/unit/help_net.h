/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of delivery share: a small signed release, an office that
 * serves in a thread, and a server that answers as a test says.  Everything
 * is on 127.0.0.1 at ports that the kernel chooses.
 */
#ifndef HELP_NET_H
#define HELP_NET_H

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <copl10n/deliver.h>
#include <copl10n/fetch.h>
#include <copl10n/serve.h>
#include "bundle/bundle.h"
#include "bundle/install.h"
#include "help_bundle.h"

#define NOW INT64_C(1800000000) /* 2027-01-15 */
#define YEAR (INT64_C(365) * 86400)
#define TEST_SECONDS 120

/* ---- what was said ---- */

struct heard {
	pthread_mutex_t lock;
	char codes[4000]; /* " code code " */
	char events[100000]; /* "kind key=value;...\n" */
	char text[16000];
};

static inline void heard_diag(void *arg, const struct copl_diag *d)
{
	struct heard *h = arg;
	size_t c, t;

	pthread_mutex_lock(&h->lock);
	c = strlen(h->codes);
	t = strlen(h->text);
	snprintf(h->codes + c, sizeof(h->codes) - c, " %s ", d->code);
	snprintf(h->text + t, sizeof(h->text) - t, "%s: %s [%s]\n",
	    d->file == NULL ? "-" : d->file, d->text, d->code);
	pthread_mutex_unlock(&h->lock);
}

static inline void heard_event(void *arg, const struct copl_event *e)
{
	struct heard *h = arg;
	size_t i, n;

	pthread_mutex_lock(&h->lock);
	n = strlen(h->events);
	n += (size_t)snprintf(
	    h->events + n, sizeof(h->events) - n, "%s ", e->kind);
	for (i = 0; i < e->nfields && n < sizeof(h->events); i++)
		n += (size_t)snprintf(h->events + n, sizeof(h->events) - n,
		    "%s=%s;", e->fields[i].key, e->fields[i].value);
	if (n < sizeof(h->events))
		snprintf(h->events + n, sizeof(h->events) - n, "\n");
	pthread_mutex_unlock(&h->lock);
}

static inline struct copl_sink heard_sink(struct heard *h)
{
	memset(h, 0, sizeof(*h));
	pthread_mutex_init(&h->lock, NULL);
	return (struct copl_sink){heard_diag, heard_event, h};
}

/* What was told so far counts no more; others may be telling meanwhile. */
static inline void heard_forget_events(struct heard *h)
{
	pthread_mutex_lock(&h->lock);
	h->events[0] = '\0';
	pthread_mutex_unlock(&h->lock);
}

/* Is that anywhere in the events told so far?  NULL: no; else the caller frees.
 */
static inline char *heard_from(struct heard *h, const char *text)
{
	const char *at;
	char *copy;

	pthread_mutex_lock(&h->lock);
	at = strstr(h->events, text);
	copy = at == NULL ? NULL : strdup(at);
	pthread_mutex_unlock(&h->lock);
	return copy;
}

static inline bool heard_code(struct heard *h, const char *code)
{
	char word[100];
	bool found;

	snprintf(word, sizeof(word), " %s ", code);
	pthread_mutex_lock(&h->lock);
	found = strstr(h->codes, word) != NULL;
	pthread_mutex_unlock(&h->lock);
	return found;
}

/* Was an event of that kind told, with that "key=value;" in it? */
static inline bool heard_told(
    struct heard *h, const char *kind, const char *field)
{
	size_t len = strlen(kind);
	bool found = false;
	const char *line;

	pthread_mutex_lock(&h->lock);
	for (line = h->events; !found && line != NULL && *line != '\0';
	     line = strchr(line, '\n') + 1) {
		const char *end = strchr(line, '\n');
		const char *at = strstr(line, field);

		if (end == NULL)
			break;
		found = strncmp(line, kind, len) == 0 && line[len] == ' ' &&
			at != NULL && at <= end;
	}
	pthread_mutex_unlock(&h->lock);
	return found;
}

/* ---- keys and releases ---- */

static inline void need(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fixture: %s\n", what);
	abort();
}

static inline void make_key(const char *name)
{
	need(copl_keygen(in(name), NULL, NULL) == COPL_OK, "keygen");
}

static inline struct copl_secret_key *load_key(const char *name)
{
	struct copl_secret_key *k = NULL;
	struct copl_reporter r;
	char path[100];

	copl_reporter_init(&r, NULL);
	snprintf(path, sizeof(path), "%s.key", name);
	need(copl_secret_key_load(in(path), NULL, &r, &k) == COPL_OK, path);
	return k;
}

static inline void key_fingerprint(
    const char *name, char out[COPL_FINGERPRINT_SIZE])
{
	struct copl_secret_key *k = load_key(name);
	struct copl_public_key pub;

	copl_secret_key_public(k, &pub);
	copl_fingerprint(&pub, out);
	copl_secret_key_free(k);
}

/* What an office would hear of the two keys. */
static char k1_print[COPL_FINGERPRINT_SIZE];
static char k2_print[COPL_FINGERPRINT_SIZE];

/* The tests' folder with the keys k1 and k2 in it; nothing hangs for ever. */
static inline int keys_set_up(void **state)
{
	alarm(TEST_SECONDS);
	if (scratch_make(state) != 0)
		return -1;
	make_key("k1");
	make_key("k2");
	key_fingerprint("k1", k1_print);
	key_fingerprint("k2", k2_print);
	return 0;
}

struct spec {
	const char *dir; /* of the release */
	const char *recipient;
	uint64_t version;
	int64_t created; /* 0: a day before NOW */
	int64_t expires; /* 0: thirty days after NOW */
	const char *signer; /* NULL: "k1" */
	const char *second; /* other key while rotating; NULL */
	const char *text; /* in the Arabic form; NULL: a fixed one */
	bool draft;
};

static const char *const set_paths[] = {
    "index.html", "release.pub", "youth/youth.ar.html", "youth/youth.zh.xml"};

static inline char *put_file(
    const char *dir, const char *path, const char *bytes, size_t len)
{
	char full[1200], folder[1200];

	snprintf(full, sizeof(full), "%s/%s", dir, path);
	snprintf(folder, sizeof(folder), "%s", full);
	*strrchr(folder, '/') = '\0';
	make_dir(folder);
	put(full, bytes, len);
	return NULL;
}

static inline const char *set_content(
    const struct spec *s, size_t i, struct copl_strbuf *pub)
{
	switch (i) {
	case 0:
		return "<!DOCTYPE html>\n<html lang=\"fr\"><title>Formulaires"
		       "</title></html>\n";
	case 1:
		return copl_strbuf_text(pub);
	case 2:
		return s->text == NULL ? "<html lang=\"ar\" dir=\"rtl\">كيف "
					 "تشعر بالأمان؟</html>\n"
				       : s->text;
	default:
		return "<form "
		       "xml:lang=\"zh-Hans\">你上网时感到安全吗？</form>\n";
	}
}

static inline void sign_set(const char *dir, const char *key, const char *name,
    const struct copl_manifest *m, const struct copl_strbuf *bytes)
{
	struct copl_strbuf comment = COPL_STRBUF_INIT(4096);
	struct copl_strbuf sig = COPL_STRBUF_INIT(16384);
	struct copl_secret_key *k = load_key(key);

	copl_manifest_comment(m, &comment);
	need(copl_sign(k, bytes->s, bytes->len, copl_strbuf_text(&comment),
		 &sig) == COPL_OK,
	    "sign");
	put_file(dir, name, sig.s, sig.len);
	copl_secret_key_free(k);
	copl_strbuf_clear(&comment);
	copl_strbuf_clear(&sig);
}

/* Makes spec.dir/spec.recipient, complete and signed. */
static inline void make_release(const struct spec *s)
{
	static const char *const types[] = {
	    "text/html", "text/plain", "text/html", "application/xml"};
	struct copl_manifest_file files[COPL_COUNT(set_paths)];
	char digests[COPL_COUNT(set_paths)][COPL_SHA256_HEX];
	char b64[2][COPL_PUBLIC_KEY_B64], dir[1100];
	const char *names[2] = {
	    s->signer == NULL ? "k1" : s->signer, s->second};
	struct copl_strbuf pub = COPL_STRBUF_INIT(4096);
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_manifest m = {.project = "youth",
	    .recipient = s->recipient,
	    .version = s->version,
	    .created = s->created == 0 ? NOW - 86400 : s->created,
	    .expires = s->expires == 0 ? NOW + 30 * 86400 : s->expires,
	    .draft = s->draft,
	    .files = files,
	    .nfiles = COPL_COUNT(files)};
	size_t i;

	memset(files, 0, sizeof(files));
	snprintf(dir, sizeof(dir), "%s/%s", s->dir, s->recipient);
	for (i = 0; i < 2 && names[i] != NULL; i++) {
		struct copl_secret_key *k = load_key(names[i]);
		struct copl_public_key key;

		copl_secret_key_public(k, &key);
		copl_public_key_b64(&key, b64[i]);
		m.keys[m.nkeys++] = b64[i];
		if (i == 0)
			copl_public_key_write(&key, &pub);
		copl_secret_key_free(k);
	}
	for (i = 0; i < COPL_COUNT(files); i++) {
		const char *content = set_content(s, i, &pub);

		files[i].path = set_paths[i];
		files[i].type = types[i];
		files[i].length = strlen(content);
		copl_sha256_hex(content, strlen(content), digests[i]);
		files[i].sha256 = digests[i];
		put_file(dir, set_paths[i], content, strlen(content));
	}
	copl_manifest_sort(&m);
	need(copl_manifest_write(&m, &out) == COPL_OK, "manifest");
	put_file(dir, COPL_MANIFEST, out.s, out.len);
	sign_set(dir, names[0], COPL_MANIFEST_SIG, &m, &out);
	if (names[1] != NULL)
		sign_set(dir, names[1], COPL_MANIFEST_SIG2, &m, &out);
	copl_strbuf_reset(&out);
	need(copl_manifest_sums(&m, &out) == COPL_OK, "sums");
	put_file(dir, COPL_SUMS, out.s, out.len);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&pub);
}

/* A project with two offices; an address that is NULL gets none. */
static inline void make_project(const char *dir, const char *a, const char *b)
{
	char text[4000];

	snprintf(text, sizeof(text),
	    "<project xmlns='urn:cop-l10n:project:1' id='youth' version='1'"
	    " xml:lang='en'>\n<title>Youth</title>\n<languages>"
	    "<language tag='ar'/><language tag='zh-Hans' catalog='zh_CN'/>"
	    "<language tag='en'/></languages>\n"
	    "<interface src='i.xml'/>\n<form src='f.xml'/>\n"
	    "<output kind='html'/>\n"
	    "<recipient id='arab_states' kind='office' languages='ar en'>\n"
	    "<name>المكتب</name><contact email='a@example.org'/>\n"
	    "<endpoint url='%s'/></recipient>\n"
	    "<recipient id='asia' kind='office' languages='zh-Hans'>\n"
	    "<name>亚洲</name><contact email='b@example.org'/>\n"
	    "%s%s%s</recipient>\n</project>\n",
	    a, b == NULL ? "<pickup by='fetch'/>" : "<endpoint url='",
	    b == NULL ? "" : b, b == NULL ? "" : "'/>");
	put_file(dir, "consultation.xml", text, strlen(text));
}

/* ---- an office that serves ---- */

struct office {
	struct copl_serve_options options;
	struct copl_sink sink;
	struct heard heard;
	pthread_t thread;
	int stop[2];
	enum copl_status status;
	char url[100];
	unsigned port;
};

static inline void *office_main(void *arg)
{
	struct office *o = arg;

	o->status = copl_serve(&o->options, &o->sink);
	return NULL;
}

/* Waits until it says where it listens; false: it has ended. */
static inline bool office_listens(struct office *o)
{
	const char *url;
	int i;

	for (i = 0; i < 5000; i++) {
		if (heard_told(&o->heard, "listening", "url=")) {
			pthread_mutex_lock(&o->heard.lock);
			url = strstr(o->heard.events, "url=") + 4;
			snprintf(o->url, sizeof(o->url), "%.*s",
			    (int)strcspn(url, ";"), url);
			pthread_mutex_unlock(&o->heard.lock);
			o->port = (unsigned)strtoul(
			    strrchr(o->url, ':') + 1, NULL, 10);
			return true;
		}
		if (pthread_tryjoin_np(o->thread, NULL) == 0)
			break;
		poll(NULL, 0, 2);
	}
	return false;
}

/* Fills in what is not set; false: it did not come up. */
static inline bool office_start(struct office *o)
{
	o->sink = heard_sink(&o->heard);
	need(pipe(o->stop) == 0, "pipe");
	o->options.stop_fd = o->stop[0];
	o->options.listen = "127.0.0.1:0";
	o->options.max_seconds = TEST_SECONDS;
	o->options.now_offset += NOW - (int64_t)time(NULL);
	need(pthread_create(&o->thread, NULL, office_main, o) == 0, "thread");
	if (office_listens(o))
		return true;
	close(o->stop[0]);
	close(o->stop[1]);
	return false;
}

static inline enum copl_status office_stop(struct office *o)
{
	need(write(o->stop[1], "x", 1) == 1, "stop");
	pthread_join(o->thread, NULL);
	close(o->stop[0]);
	close(o->stop[1]);
	return o->status;
}

/* ---- raw HTTP ---- */

static inline int dial(unsigned port)
{
	const struct timeval patience = {20, 0};
	struct sockaddr_in a = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	need(connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0, "connect");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return fd;
}

/* Sends the bytes, returns all that comes until the other side closes. */
static inline char *talk(
    unsigned port, const char *bytes, size_t len, char *out, size_t room)
{
	int fd = dial(port);
	size_t got = 0;
	ssize_t n;

	if (send(fd, bytes, len, MSG_NOSIGNAL) < 0)
		got = 0;
	shutdown(fd, SHUT_WR);
	while (
	    got + 1 < room && (n = recv(fd, out + got, room - 1 - got, 0)) > 0)
		got += (size_t)n;
	out[got] = '\0';
	close(fd);
	return out;
}

/* ---- a server that answers as it is told ---- */

struct stub;
typedef void stub_fn(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply);
struct stub {
	stub_fn *answer; /* nothing added: the connection is cut */
	const char *dir; /* for the test's use */
	int step;
	unsigned requests;
	int fd;
	bool over;
	pthread_t thread;
	pthread_mutex_t lock; /* of what was seen, while it serves */
	char url[100];
	char seen[8000]; /* request lines */
	char last[2000]; /* head of the last request */
};

static inline void stub_serve(struct stub *s, int fd)
{
	struct copl_strbuf in_bytes = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_strbuf reply = COPL_STRBUF_INIT((size_t)8 << 20);
	char chunk[4096];
	ssize_t n;

	while ((n = recv(fd, chunk, sizeof(chunk), 0)) > 0) {
		const char *head, *field;
		size_t body = 0, seen;

		copl_strbuf_add(&in_bytes, chunk, (size_t)n);
		head = strstr(in_bytes.s, "\r\n\r\n");
		if (head == NULL)
			continue;
		field = strcasestr(in_bytes.s, "Content-Length:");
		if (field != NULL && field < head)
			body = strtoul(field + 15, NULL, 10);
		if (in_bytes.len < (size_t)(head + 4 - in_bytes.s) + body)
			continue;
		pthread_mutex_lock(&s->lock);
		s->requests++;
		seen = strlen(s->seen);
		snprintf(s->seen + seen, sizeof(s->seen) - seen, "%.*s\n",
		    (int)strcspn(in_bytes.s, "\r"), in_bytes.s);
		snprintf(s->last, sizeof(s->last), "%.*s",
		    (int)(head - in_bytes.s), in_bytes.s);
		s->answer(s, in_bytes.s, in_bytes.len, &reply);
		pthread_mutex_unlock(&s->lock);
		break;
	}
	if (reply.len > 0 && send(fd, reply.s, reply.len, MSG_NOSIGNAL) < 0)
		s->step = -1;
	copl_strbuf_clear(&in_bytes);
	copl_strbuf_clear(&reply);
}

static inline void *stub_main(void *arg)
{
	struct stub *s = arg;

	for (;;) {
		const struct timeval patience = {5, 0};
		int fd = accept(s->fd, NULL, NULL);

		if (fd < 0 || __atomic_load_n(&s->over, __ATOMIC_SEQ_CST)) {
			if (fd >= 0)
				close(fd);
			return NULL;
		}
		setsockopt(
		    fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
		stub_serve(s, fd);
		close(fd);
	}
}

static inline void stub_start(struct stub *s, stub_fn *answer, const char *dir)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(a);

	memset(s, 0, sizeof(*s));
	pthread_mutex_init(&s->lock, NULL);
	s->answer = answer;
	s->dir = dir;
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	need(bind(s->fd, (struct sockaddr *)&a, sizeof(a)) == 0 &&
		 listen(s->fd, 20) == 0 &&
		 getsockname(s->fd, (struct sockaddr *)&a, &len) == 0,
	    "stub");
	snprintf(s->url, sizeof(s->url), "http://127.0.0.1:%u/",
	    (unsigned)ntohs(a.sin_port));
	need(pthread_create(&s->thread, NULL, stub_main, s) == 0, "thread");
}

/* What was asked so far counts no more; it goes on serving. */
static inline void stub_forget(struct stub *s)
{
	pthread_mutex_lock(&s->lock);
	s->seen[0] = '\0';
	s->requests = 0;
	pthread_mutex_unlock(&s->lock);
}

static inline void stub_stop(struct stub *s)
{
	__atomic_store_n(&s->over, true, __ATOMIC_SEQ_CST);
	close(dial((unsigned)strtoul(strrchr(s->url, ':') + 1, NULL, 10)));
	pthread_join(s->thread, NULL);
	close(s->fd);
}

static inline void stub_status(
    struct copl_strbuf *reply, const char *status, const char *fields)
{
	copl_strbuf_printf(reply,
	    "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n%s\r\n",
	    status, fields);
}

/* A server that says the same to everything. */
#define STUB_SAYS(name, status, fields)                                        \
	static void name(struct stub *s, const char *request, size_t len,      \
	    struct copl_strbuf *reply)                                         \
	{                                                                      \
		(void)s;                                                       \
		(void)request;                                                 \
		(void)len;                                                     \
		stub_status(reply, status, fields);                            \
	}

/* A plain host: PUT stores below dir, GET gives back. */
static inline void stub_plain(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	const char *path = strchr(request, '/') + 1;
	const char *body = strstr(request, "\r\n\r\n") + 4;
	char name[300], full[1300];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(path, " "), path);
	snprintf(full, sizeof(full), "%s/%s", s->dir, name);
	if (strncmp(request, "PUT ", 4) == 0) {
		put_file(s->dir, name, body, len - (size_t)(body - request));
		stub_status(reply, "201 Created", "");
	} else if (access(full, R_OK) != 0) {
		stub_status(reply, "404 Not Found", "");
	} else {
		char *bytes = get(full);

		copl_strbuf_printf(reply,
		    "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n"
		    "Connection: close\r\n\r\n%s",
		    strlen(bytes), bytes);
		free(bytes);
	}
}

/* ---- the two commands ---- */

static inline enum copl_status push(const char *project, const char *release,
    const char *ledger, unsigned attempts, struct heard *h)
{
	const struct copl_push_options o = {.dir = project,
	    .release = release,
	    .ledger = ledger,
	    .now = NOW,
	    .attempts = attempts};
	struct copl_sink sink = heard_sink(h);

	return copl_push(&o, &sink);
}

/* The same for endpoints whose time has not come as well. */
static inline enum copl_status push_on(const char *project, const char *release,
    const char *ledger, unsigned attempts, struct heard *h)
{
	const struct copl_push_options o = {.dir = project,
	    .release = release,
	    .ledger = ledger,
	    .now = NOW,
	    .retry_now = true,
	    .attempts = attempts};
	struct copl_sink sink = heard_sink(h);

	return copl_push(&o, &sink);
}

static inline enum copl_status fetch(const char *url, const char *dir,
    const char *fingerprint, int64_t now, struct heard *h)
{
	const struct copl_fetch_options o = {
	    .url = url, .dir = dir, .fingerprint = fingerprint, .now = now};
	struct copl_sink sink = heard_sink(h);

	return copl_fetch(&o, &sink);
}

#endif
