/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <zlib.h>
#include "serve/serve_priv.h"

/* A larger file is sent from the disk. */
#define CONTENT_MAX ((uint64_t)2 << 20)
/* A smaller one fits into one packet as it is. */
#define GZIP_MIN ((size_t)300)
#define GZIP_FORMAT (15 + 16)

void content_drop(struct content *c)
{
	if (c == NULL || atomic_fetch_sub(&c->refs, 1) != 1)
		return;
	free(c->bytes[CONTENT_PLAIN]);
	free(c->bytes[CONTENT_GZIP]);
	free(c);
}

static void forget(void *content)
{
	content_drop(content);
}

struct MHD_Response *content_response(
    struct content *c, enum content_coding coding, size_t from, size_t len)
{
	struct MHD_Response *r;

	atomic_fetch_add(&c->refs, 1);
	r = MHD_create_response_from_buffer_with_free_callback_cls(
	    len, c->bytes[coding] + from, forget, c);
	if (r == NULL)
		content_drop(c);
	return r;
}

static bool is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || strstr(type, "xml") != NULL ||
	       strstr(type, "json") != NULL;
}

char *content_gzip(const char *bytes, size_t len, int level, size_t *out_len)
{
	union {
		const char *from;
		Bytef *to;
	} cast = {.from = bytes};
	size_t room = len - len / 8;
	z_stream z = {.next_in = cast.to, .avail_in = (uInt)len};
	char *out = len < GZIP_MIN ? NULL : malloc(room), *fit;

	if (out == NULL)
		return NULL;
	if (deflateInit2(&z, level, Z_DEFLATED, GZIP_FORMAT, 8,
		Z_DEFAULT_STRATEGY) != Z_OK) {
		free(out);
		return NULL;
	}
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
		*out_len = z.total_out;
		fit = realloc(out, z.total_out);
		out = fit == NULL ? out : fit;
	} else {
		free(out);
		out = NULL;
	}
	deflateEnd(&z);
	return out;
}

static struct content *load(const struct serving *s, const struct shelf_item *i)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct content *c = calloc(1, sizeof(*c));
	struct copl_reporter r;
	enum copl_status st;

	if (c == NULL)
		return NULL;
	copl_reporter_init(&r, s->sink);
	st = copl_reporter_end(&r, shelf_read(i->entry->shelf, i, &r, &bytes));
	if (st != COPL_OK || bytes.len == 0) {
		copl_strbuf_clear(&bytes);
		free(c);
		return NULL;
	}
	atomic_init(&c->refs, 1);
	c->bytes[CONTENT_PLAIN] = bytes.s;
	c->length[CONTENT_PLAIN] = bytes.len;
	if (is_text(i->type))
		c->bytes[CONTENT_GZIP] = content_gzip(
		    bytes.s, bytes.len, 9, &c->length[CONTENT_GZIP]);
	return c;
}

bool content_fits(const struct shelf_item *i)
{
	return i->entry != NULL && i->length <= CONTENT_MAX;
}

/* Under the lock of the shelf. */
static struct content *load_once(
    const struct serving *s, const struct shelf_item *i)
{
	struct shelf *shelf = i->entry->shelf;
	struct content *c = atomic_load(&i->entry->content);
	uint64_t size;

	if (c != NULL) {
		atomic_fetch_add(&c->refs, 1);
		return c;
	}
	c = load(s, i);
	if (c == NULL)
		return NULL;
	size = c->length[CONTENT_PLAIN] + c->length[CONTENT_GZIP];
	if (shelf->cached + size > s->limits->cache_max)
		return c;
	shelf->cached += size;
	atomic_fetch_add(&c->refs, 1);
	atomic_store_explicit(&i->entry->content, c, memory_order_release);
	return c;
}

bool content_is_kept(const struct content *c, const struct shelf_item *i)
{
	return atomic_load_explicit(&i->entry->content, memory_order_acquire) ==
	       c;
}

struct content *content_get(const struct serving *s, const struct shelf_item *i)
{
	struct content *c =
	    atomic_load_explicit(&i->entry->content, memory_order_acquire);

	if (c != NULL) {
		atomic_fetch_add(&c->refs, 1);
		return c;
	}
	pthread_mutex_lock(&i->entry->shelf->lock);
	c = load_once(s, i);
	pthread_mutex_unlock(&i->entry->shelf->lock);
	return c;
}

void content_forget(struct content *c)
{
	struct MHD_Response *r;
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < 8; i++) {
		r = atomic_load(&c->shared[i / 4][i / 2 % 2][i % 2]);
		if (r != NULL)
			MHD_destroy_response(r);
	}
	content_drop(c);
}
