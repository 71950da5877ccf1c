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

/* ---- one server, for one test after the other ---- */

static struct desk desk;
static char out[1000000];
static char answers[1200];

/* ---- a disk that is full, or slow, when a test says so ---- */

static atomic_int disk_error;
static atomic_int disk_ms;

enum copl_status __real_copl_store_put(struct copl_store *s,
    const struct copl_store_answer *a, enum copl_stored *how, int *error);
enum copl_status __wrap_copl_store_put(struct copl_store *s,
    const struct copl_store_answer *a, enum copl_stored *how, int *error);

enum copl_status __wrap_copl_store_put(struct copl_store *s,
    const struct copl_store_answer *a, enum copl_stored *how, int *error)
{
	int now = atomic_load(&disk_error);

	if (atomic_load(&disk_ms) > 0)
		poll(NULL, 0, atomic_load(&disk_ms));
	if (now == 0)
		return __real_copl_store_put(s, a, how, error);
	*how = now == ENOSPC ? COPL_STORED_FULL : COPL_STORED_NOT;
	*error = now;
	return COPL_E_IO;
}

/* ---- a server for each test ---- */

static int set_up_all(void **state)
{
	alarm(TEST_SECONDS);
	if (scratch_make(state) != 0)
		return -1;
	make_key("k1");
	copy_project();
	build_release();
	return 0;
}

static void prepare(const char *set, const char *dir)
{
	static char folder[1100], key[1100];

	memset(&desk, 0, sizeof(desk));
	snprintf(folder, sizeof(folder), "%s", in(dir));
	snprintf(answers, sizeof(answers), "%s-answers", folder);
	if (set != NULL)
		install_set(in(set), folder);
	desk.office.options.dir = folder;
	snprintf(key, sizeof(key), "%s", in("k1.pub"));
	desk.office.options.key = key;
	desk.office.options.collect = answers;
	desk.office.options.now_offset = NOW - (int64_t)time(NULL);
}

static int set_up(void **state)
{
	static unsigned number;
	char dir[40];

	(void)state;
	atomic_store(&disk_error, 0);
	atomic_store(&disk_ms, 0);
	snprintf(dir, sizeof(dir), "d%u", number++);
	prepare("p/releases/1/north", dir);
	return 0;
}

static void run_it(void)
{
	if (!desk_start(&desk))
		print_error("%s", desk.office.heard.text);
	assert_true(heard_told(&desk.office.heard, "listening", "url="));
}

static int tear_down(void **state)
{
	enum copl_status st = COPL_OK;

	(void)state;
	if (desk.office.port != 0)
		st = desk_stop(&desk);
	return st == COPL_OK ? 0 : -1;
}

/* ---- posts ---- */

#define ID "0123456789abcdef0123456789abcdef"
#define WHO "_form=mini&_version=1&_lang=ar&_recipient=north"
#define AR "%D9%83%D9%8A%D9%81" /* كيف */

static unsigned post_to(const char *path, const char *body)
{
	return post_bytes(
	    &desk, path, URLENCODED, body, strlen(body), out, sizeof(out));
}

static unsigned post(const char *body)
{
	return post_to("/north/", body);
}

static void check_answer(unsigned status, const char *lang, const char *words)
{
	if (status_of(out) != status || strstr(out, words) == NULL)
		print_error("%.3000s\n", out);
	assert_int_equal(status_of(out), status);
	assert_int_equal(answers_in(out), 1);
	assert_true(has_field(out, "Content-Language", lang));
	assert_true(has_field(out, "Cache-Control", "no-store"));
	assert_true(has_field(out, "X-Content-Type-Options", "nosniff"));
	assert_false(has_name(out, "Set-Cookie"));
	assert_non_null(strstr(out, words));
}

static void check_stored(const char *id, const char *words, const char *none)
{
	char *text = stored(answers, id);

	assert_non_null(text);
	if (strstr(text, words) == NULL)
		print_error("%s\n", text);
	assert_non_null(strstr(text, words));
	if (none != NULL)
		assert_null(strstr(text, none));
	free(text);
}

#endif
