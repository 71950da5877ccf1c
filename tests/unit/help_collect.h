/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HELP_COLLECT_H
#define HELP_COLLECT_H

/*
 * A server that collects: the small project of tests/project, built, its
 * recipient's set in place, and posts to it.
 */
#include <dirent.h>
#include <copl10n/build.h>
#include "help_serve.h"
#include "help_review.h"
#include "serve/collect_priv.h"

/* What tests/project says; it is checked where it matters. */
#define OPENS INT64_C(1799654400) /* 2027-01-11T08:00:00Z */
#define CLOSES INT64_C(1806494400) /* 2027-03-31T12:00:00Z */

static inline void copy_project(void)
{
	const char *from = getenv("top_srcdir");

	if (from == NULL)
		from = "../..";
	need(run("mkdir -p '%s' && cp -R '%s/tests/project/.' '%s' && "
		 "chmod -R u+w '%s'",
		 in("p"), from, in("p"), in("p")) == 0 &&
		 run("cp '%s/forms/interface.xml' '%s' && "
		     "cp -R '%s/po/interface' '%s' && chmod -R u+w '%s'",
		     from, in("p/forms"), from, in("p/po"), in("p")) == 0,
	    "project");
}

/* The next release of the project. */
static inline void build_release(void)
{
	static char dir[600], output[600], key[600];
	const struct copl_build_options o = {.dir = dir,
	    .output = output,
	    .key = key,
	    .now = NOW,
	    .renew = true};

	snprintf(dir, sizeof(dir), "%s", in("p"));
	snprintf(output, sizeof(output), "%s", in("p/releases"));
	snprintf(key, sizeof(key), "%s", in("k1.key"));
	help_review_project(dir, COPL_REVIEW_REVIEWED);
	need(copl_build(&o, NULL) == COPL_OK, "build");
}

/* Puts what is in a folder of the releases in place, as fetch would. */
static inline void install_set(const char *from, const char *dir)
{
	char *folder = strdup(from);
	struct copl_verify how = {.now = NOW,
	    .read = copl_read_dir,
	    .read_arg = folder,
	    .where = from};
	struct copl_manifest *m = NULL;
	struct copl_trust trust = {.nkeys = 1};
	struct copl_install put = {.dir = dir,
	    .trust = &trust,
	    .read = copl_read_dir,
	    .read_arg = folder,
	    .where = from};
	struct copl_secret_key *k = load_key("k1");
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	copl_secret_key_public(k, &trust.keys[0]);
	copl_secret_key_free(k);
	need(copl_verify_manifest(&how, &trust, &r, &m) == COPL_OK, from);
	put.manifest = m;
	need(copl_install(&put, &r, NULL) == COPL_OK, "install");
	copl_reporter_drop(&r);
	copl_manifest_free(m);
	free(folder);
}

/* ---- posts ---- */

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

static inline unsigned post_bytes(const struct desk *d, const char *path,
    const char *fields, const char *body, size_t len, char *out, size_t room)
{
	struct copl_strbuf request = COPL_STRBUF_INIT((size_t)8 << 20);
	unsigned status;

	copl_strbuf_printf(&request,
	    "POST %s HTTP/1.1\r\n" HOST "Accept: text/html\r\n"
	    "Content-Length: %zu\r\n%s\r\n",
	    path, len, fields);
	copl_strbuf_add(&request, body, len);
	need(request.st == COPL_OK, "request");
	status = send_bytes(d, request.s, request.len, out, room);
	copl_strbuf_clear(&request);
	return status;
}

#define URLENCODED "Content-Type: application/x-www-form-urlencoded\r\n"
#define MULTIPART "Content-Type: multipart/form-data; boundary=B\r\n"

/* ---- what is stored ---- */

static inline size_t count_stored(const char *dir)
{
	char path[1300];
	struct dirent *e;
	size_t n = 0;
	DIR *d;

	snprintf(path, sizeof(path), "%s/mini", dir);
	d = opendir(path);
	while (d != NULL && (e = readdir(d)) != NULL) {
		const char *end = strrchr(e->d_name, '.');

		n += end != NULL && strcmp(end, ".xml") == 0;
	}
	if (d != NULL)
		closedir(d);
	return n;
}

/* The file of the answer that was sent with that id; freed by the caller. */
static inline char *stored(const char *dir, const char *id)
{
	char name[COPL_STORE_NAME_SIZE], path[1400];

	copl_store_name(id, strlen(id), name);
	snprintf(path, sizeof(path), "%s/mini/%s.xml", dir, name);
	return copl_path_exists(path) ? get(path) : NULL;
}

#endif
