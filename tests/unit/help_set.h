/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of any files for tests of fetch, and the questions they ask. */
#ifndef HELP_SET_H
#define HELP_SET_H

#include "help_net.h"
#include "peer.h"

struct item {
	const char *path;
	const char *form;
	const char *lang;
	const char *type;
	const char *bytes;
	size_t len; /* 0: that of the text */
};

struct recipe {
	const char *dir; /* where the set goes, below the scratch folder */
	uint64_t version;
	const char *signer; /* NULL: "k1" */
	int64_t expires; /* 0: thirty days after NOW */
	bool draft;
	const struct item *items;
	size_t n;
};

/* One form in three languages, an index, and a table for all of them. */
static const struct item small_items[] = {
    {"index.html", NULL, NULL, "text/html", "<html>فهرس 目录</html>", 0},
    {"youth.ar.html", "youth", "ar", "text/html", "<html>كيف حالك؟</html>", 0},
    {"youth.zh-Hans.html", "youth", "zh-Hans", "text/html",
	"<html>你好吗？</html>", 0},
    {"youth.ru.html", "youth", "ru", "text/html", "<html>Как дела?</html>", 0},
    {"youth.xml", "youth", NULL, "application/xml", "<h:html>odk</h:html>", 0},
    {"school.ru.html", "school", "ru", "text/html", "<html>Школа</html>", 0},
};

static inline void sign_manifest(
    const struct recipe *c, const struct copl_manifest *m)
{
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)1 << 20);

	need(copl_manifest_write(m, &out) == COPL_OK, "manifest");
	put_file(in(c->dir), COPL_MANIFEST, out.s, out.len);
	sign_set(in(c->dir), c->signer == NULL ? "k1" : c->signer,
	    COPL_MANIFEST_SIG, m, &out);
	copl_strbuf_reset(&out);
	need(copl_manifest_sums(m, &out) == COPL_OK, "sums");
	put_file(in(c->dir), COPL_SUMS, out.s, out.len);
	copl_strbuf_clear(&out);
}

/* Makes the set anew. */
static inline void make_items(const struct recipe *c)
{
	struct copl_manifest_file files[16];
	char digests[16][COPL_SHA256_HEX], b64[COPL_PUBLIC_KEY_B64];
	struct copl_secret_key *k =
	    load_key(c->signer == NULL ? "k1" : c->signer);
	struct copl_manifest m = {.project = "youth",
	    .recipient = "africa",
	    .version = c->version,
	    .created = NOW - 86400,
	    .expires = c->expires == 0 ? NOW + 30 * 86400 : c->expires,
	    .draft = c->draft,
	    .keys = {b64, NULL},
	    .nkeys = 1,
	    .files = files,
	    .nfiles = c->n};
	struct copl_public_key key;
	size_t i;

	copl_secret_key_public(k, &key);
	copl_public_key_b64(&key, b64);
	copl_secret_key_free(k);
	need(c->n <= 16 && run("rm -rf '%s'", c->dir) == 0, "recipe");
	for (i = 0; i < c->n; i++) {
		const struct item *t = &c->items[i];
		size_t len = t->len == 0 ? strlen(t->bytes) : t->len;

		copl_sha256_hex(t->bytes, len, digests[i]);
		files[i] = (struct copl_manifest_file){.path = t->path,
		    .form = t->form,
		    .lang = t->lang,
		    .type = t->type,
		    .length = len,
		    .sha256 = digests[i]};
		put_file(in(c->dir), t->path, t->bytes, len);
	}
	copl_manifest_sort(&m);
	sign_manifest(c, &m);
}

static inline void make_small(const char *dir, uint64_t version)
{
	make_items(&(struct recipe){.dir = dir,
	    .version = version,
	    .items = small_items,
	    .n = COPL_COUNT(small_items)});
}

/* What will not shrink, the same each time. */
static inline char *noise(size_t len)
{
	char *bytes = malloc(len);
	uint32_t x = 1;
	size_t i;

	need(bytes != NULL, "memory");
	for (i = 0; i < len; i++) {
		x = x * 1664525 + 1013904223;
		bytes[i] = (char)(x >> 24);
	}
	return bytes;
}

/* Does current point there, and is the set all right? */
static inline bool stands(const char *dir, const char *name)
{
	return run("cd '%s' && test \"$(readlink current)\" = sets/%s && "
		   "cd current && sha256sum -c --quiet SHA256SUMS",
		   dir, name) == 0;
}

#endif
