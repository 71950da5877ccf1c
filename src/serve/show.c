/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "serve/collect.h"
#include "serve/negotiate.h"
#include "serve/route.h"
#include "serve/variant.h"

/* What of a file goes out, and how. */
struct showing {
	struct serving *s;
	const struct exchange *x; /* NULL: nothing but the file was said */
	struct MHD_Connection *c;
	const char *known; /* If-None-Match; NULL: none */
	struct shelf_item item;
	bool negotiated; /* found by language at an address without */
	bool own; /* with fields that differ from those of the file */
	const struct answer_field *more;
	size_t nmore;
	bool forever; /* at an address that never means anything else */
	enum content_coding coding;
	bool same; /* the client has it */
	struct content *content; /* NULL: from the disk */
};

static bool is_html(const char *type)
{
	return strncmp(type, "text/html", 9) == 0;
}

/* Text is UTF-8 here, and readers are told so. */
static bool add_type(struct MHD_Response *r, const char *type)
{
	bool text = strncmp(type, "text/", 5) == 0;
	char full[160];

	snprintf(full, sizeof(full), "%s%s", type,
	    text && strstr(type, "charset") == NULL ? "; charset=utf-8" : "");
	return answer_add(r, "Content-Type", full);
}

static void put_etag(const struct showing *w, char *out, size_t room)
{
	snprintf(out, room, "\"%s%s\"", w->item.sha256,
	    w->coding == CONTENT_GZIP ? ".gz" : "");
}

/* Those that "not modified" repeats. */
static bool add_validators(const struct showing *w, struct MHD_Response *r)
{
	char etag[COPL_SHA256_HEX + 8], path[COPL_GATE_PATH_SIZE + 2];
	const struct answer_field fields[] = {
	    {"ETag", etag},
	    {"Cache-Control", w->forever ? "public, max-age=31536000, immutable"
					 : "no-cache"},
	    {"Vary", w->negotiated ? "Accept-Language, Accept-Encoding"
				   : "Accept-Encoding"},
	    {"Content-Location", w->negotiated ? path : NULL},
	};

	put_etag(w, etag, sizeof(etag));
	snprintf(path, sizeof(path), "/%s", w->item.path);
	return answer_add_all(r, fields, COPL_COUNT(fields)) &&
	       answer_add_all(r, w->more, w->nmore);
}

/* A page shows itself and sends its answers; nobody puts it into a frame. */
bool answer_safety(struct MHD_Response *r, bool page)
{
	static const struct answer_field all[] = {
	    {"X-Content-Type-Options", "nosniff"},
	    {"Content-Security-Policy",
		"script-src 'none'; object-src 'none'; base-uri 'none'; "
		"frame-ancestors 'self'"},
	    {"Referrer-Policy", "same-origin"},
	    {"Cross-Origin-Opener-Policy", "same-origin"},
	    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
	};

	return answer_add_all(r, all, page ? COPL_COUNT(all) : 1);
}

/* A browser keeps what it cannot show, under its own name. */
static bool add_disposition(const struct showing *w, struct MHD_Response *r)
{
	const char *name = copl_path_name(w->item.path);
	char text[COPL_GATE_PATH_SIZE + 40];

	if (w->item.form == NULL || is_html(w->item.type))
		return true;
	snprintf(text, sizeof(text), "attachment; filename=\"%s\"", name);
	return answer_add(r, "Content-Disposition", text);
}

static bool add_digest(const struct showing *w, struct MHD_Response *r)
{
	char b64[COPL_SHA256_B64], text[COPL_SHA256_B64 + 12];

	/* Of the content as it is coded; only the plain one is known. */
	if (w->coding != CONTENT_PLAIN)
		return true;
	variant_digest(w->item.sha256, b64);
	snprintf(text, sizeof(text), "sha-256=:%s:", b64);
	return answer_add(r, "Repr-Digest", text);
}

static bool add_links(const struct showing *w, struct MHD_Response *r)
{
	struct copl_strbuf links = COPL_STRBUF_INIT(8192);
	bool ok;

	variant_links(w->item.entry->shelf, &w->item, &links);
	ok =
	    links.st == COPL_OK &&
	    (links.len == 0 || answer_add(r, "Link", copl_strbuf_text(&links)));
	copl_strbuf_clear(&links);
	return ok;
}

static bool add_content(const struct showing *w, struct MHD_Response *r)
{
	const struct answer_field fields[] = {
	    {"Accept-Ranges", "bytes"},
	    {"Content-Language", w->item.lang},
	    {"Content-Encoding", w->coding == CONTENT_GZIP ? "gzip" : NULL},
	};

	return add_type(r, w->item.type) &&
	       answer_add_all(r, fields, COPL_COUNT(fields)) &&
	       answer_safety(r, is_html(w->item.type)) &&
	       add_disposition(w, r) && add_digest(w, r) && add_links(w, r);
}

static bool add_fields(const struct showing *w, struct MHD_Response *r)
{
	return add_validators(w, r) && (w->same || add_content(w, r));
}

static struct MHD_Response *from_disk(
    const struct showing *w, uint64_t from, uint64_t count)
{
	struct MHD_Response *r = NULL;
	char path[4096];
	struct stat sb;
	int n = snprintf(path, sizeof(path), "%s/%s",
	    w->item.entry->shelf->folder, w->item.path);
	int fd;

	if (n < 0 || (size_t)n >= sizeof(path))
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    (uint64_t)sb.st_size == w->item.length)
		r = MHD_create_response_from_fd_at_offset64(count, fd, from);
	if (r == NULL)
		close(fd);
	return r;
}

/* Nothing, or so much of the content; without fields yet. */
static struct MHD_Response *bare(
    const struct showing *w, uint64_t from, uint64_t count)
{
	if (w->same)
		return MHD_create_response_from_buffer(
		    0, NULL, MHD_RESPMEM_PERSISTENT);
	if (w->content != NULL)
		return content_response(
		    w->content, w->coding, (size_t)from, (size_t)count);
	return from_disk(w, from, count);
}

static uint64_t length(const struct showing *w)
{
	return w->content == NULL ? w->item.length
				  : w->content->length[w->coding];
}

static struct MHD_Response *full(const struct showing *w)
{
	struct MHD_Response *r = bare(w, 0, length(w));

	if (r == NULL || (add_fields(w, r) && answer_date(w->s, r)))
		return r;
	MHD_destroy_response(r);
	return NULL;
}

static enum MHD_Result unreadable(const struct showing *w)
{
	return answer_refuse(
	    w->s, w->c, 500, _("this file cannot be read where it is kept"));
}

/*
 * Most answers do not differ from one request to the next, and are made
 * once.  One whose time is put right has the time of its making in it.
 */
static enum MHD_Result send_whole(const struct showing *w)
{
	_Atomic(struct MHD_Response *) *slot = NULL;
	struct MHD_Response *r = NULL, *none = NULL;
	uint64_t bytes = w->same ? 0 : length(w);
	enum MHD_Result result;

	if (w->content != NULL && !w->forever && !w->own &&
	    w->s->o->now_offset == 0)
		slot = &w->content->shared[w->coding][w->negotiated][w->same];
	if (slot != NULL)
		r = atomic_load_explicit(slot, memory_order_acquire);
	if (r != NULL)
		return answer_queue(w->s, w->c, w->same ? 304 : 200, r, bytes);
	r = full(w);
	if (r == NULL)
		return unreadable(w);
	result = answer_queue(w->s, w->c, w->same ? 304 : 200, r, bytes);
	if (slot == NULL || !content_is_kept(w->content, &w->item) ||
	    !atomic_compare_exchange_strong(slot, &none, r))
		MHD_destroy_response(r);
	return result;
}

static enum MHD_Result send_part(
    const struct showing *w, uint64_t from, uint64_t count)
{
	struct MHD_Response *r = bare(w, from, count);
	enum MHD_Result result = MHD_NO;
	char text[100];

	if (r == NULL)
		return unreadable(w);
	snprintf(text, sizeof(text), "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64,
	    from, from + count - 1, length(w));
	if (add_fields(w, r) && answer_date(w->s, r) &&
	    answer_add(r, "Content-Range", text))
		result = answer_queue(w->s, w->c, 206, r, count);
	MHD_destroy_response(r);
	return result;
}

static enum MHD_Result send_outside(const struct showing *w)
{
	struct answer a = {.body = COPL_STRBUF_INIT(4096), .keep = true};
	enum MHD_Result result;
	char text[60];

	snprintf(text, sizeof(text), "bytes */%" PRIu64, length(w));
	answer_problem(&a, 416, _("the file is shorter than that"), NULL);
	answer_field(&a, "Content-Range", text);
	result = answer_send(w->s, w->c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

/* Is the part asked for one of what is here? */
static bool part_is_meant(const struct showing *w)
{
	const char *tag = exchange_field(w->x, "If-Range");
	char etag[COPL_SHA256_HEX + 8];

	if (tag == NULL)
		return true;
	put_etag(w, etag, sizeof(etag));
	return strcmp(tag, etag) == 0;
}

/* Does the client have the file, in a coding that it takes? */
static void compare(struct showing *w, bool gzip)
{
	const char *tags = w->known;
	char name[COPL_SHA256_HEX + 4];

	if (tags == NULL)
		return;
	snprintf(name, sizeof(name), "%s.gz", w->item.sha256);
	if (gzip && copl_gate_etag_listed(tags, name)) {
		w->coding = CONTENT_GZIP;
		w->same = true;
	} else if (copl_gate_etag_listed(tags, w->item.sha256)) {
		w->coding = CONTENT_PLAIN;
		w->same = true;
	}
}

static enum MHD_Result send_it(struct showing *w)
{
	const char *range = w->x->pass->method == COPL_GATE_GET
				? exchange_field(w->x, "Range")
				: NULL;
	bool gzip = w->content != NULL &&
		    w->content->bytes[CONTENT_GZIP] != NULL &&
		    negotiate_gzip(exchange_field(w->x, "Accept-Encoding"));
	uint64_t from = 0, count = 0;

	compare(w, gzip);
	if (w->same)
		return send_whole(w);
	if (range != NULL && part_is_meant(w)) {
		switch (negotiate_range(range, length(w), &from, &count)) {
		case NEGOTIATE_PART:
			return send_part(w, from, count);
		case NEGOTIATE_OUTSIDE:
			return send_outside(w);
		case NEGOTIATE_WHOLE:
			break;
		}
	}
	/* Parts are of the plain file: so is the whole when a part was
	 * asked for. */
	if (gzip && range == NULL)
		w->coding = CONTENT_GZIP;
	return send_whole(w);
}

static enum MHD_Result not_yet(struct serving *s, const struct exchange *x)
{
	const char *lang = page_language(exchange_field(x, "Accept-Language"));
	struct answer a = {.status = 503,
	    .type = "text/html; charset=utf-8",
	    .body = COPL_STRBUF_INIT((size_t)32768)};
	enum MHD_Result result;

	if (!negotiate_wants_page(exchange_field(x, "Accept")))
		return answer_refuse(
		    s, x->c, 503, _("nothing has been delivered here yet"));
	page_empty(&a.body, lang);
	answer_field(&a, "Content-Language", lang);
	result = answer_send(s, x->c, &a);
	copl_strbuf_clear(&a.body);
	return result;
}

/* By its name, by its digest, or by the visitor's language. */
static bool find(struct showing *w)
{
	const struct exchange *x = w->x;

	if (shelf_find(x->shelf, x->pass->path, &w->item))
		return true;
	w->forever = variant_by_digest(x->shelf, x->pass->path, &w->item);
	if (w->forever)
		return true;
	w->negotiated = variant_find(x->shelf, x->pass->path,
	    exchange_field(x, "Accept-Language"), &w->item);
	return w->negotiated;
}

static enum MHD_Result send_item(struct showing *w)
{
	enum MHD_Result result;

	if (content_fits(&w->item)) {
		w->content = content_get(w->s, &w->item);
		if (w->content == NULL)
			return unreadable(w);
	}
	result = send_it(w);
	content_drop(w->content);
	return result;
}

enum MHD_Result show_path(struct serving *s, const struct exchange *x)
{
	struct showing w = {
	    .s = s, .x = x, .c = x->c, .known = x->pass->if_none_match};

	if (x->shelf->manifest == NULL)
		return not_yet(s, x);
	if (!find(&w))
		return answer_refuse(
		    s, x->c, 404, _("the set in place has no such file"));
	if (!w.forever && collect_shows(s, x, &w.item))
		return collect_show(s, x, &w.item);
	return send_item(&w);
}

enum MHD_Result answer_item(struct serving *s, const struct exchange *x,
    const struct shelf_item *item, const struct answer_field *more,
    size_t nmore)
{
	struct showing w = {.s = s,
	    .x = x,
	    .c = x->c,
	    .known = x->pass->if_none_match,
	    .item = *item,
	    .more = more,
	    .nmore = nmore,
	    .own = true};

	return send_item(&w);
}
