/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "serve/serve_priv.h"

static bool add(struct MHD_Response *r, const char *name, const char *value)
{
	return MHD_add_response_header(r, name, value) == MHD_YES;
}

/*
 * The server's time, as RFC 9110 5.6.7 writes it: the one that its checks
 * use, so that an office is told of a clock that differs from ours.
 */
bool answer_add_date(struct MHD_Response *r, int64_t now)
{
	static const char *const days[] = {
	    "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char iso[COPL_INSTANT_SIZE], date[40];
	int month;

	if (now < 0)
		return true;
	copl_instant_format(now, iso);
	month = (iso[5] - '0') * 10 + iso[6] - '0';
	snprintf(date, sizeof(date), "%s, %.2s %s %.4s %.8s GMT",
	    days[now / 86400 % 7], iso + 8, months[month - 1], iso, iso + 11);
	return add(r, "Date", date);
}

void answer_field(struct answer *a, const char *name, const char *value)
{
	if (a->nfields < ANSWER_FIELDS_MAX)
		a->fields[a->nfields] = (struct answer_field){name, value};
	a->nfields++;
}

/* Unless it says otherwise an answer closes the connection: what follows a
 * request that was not wholly understood must not be taken for the next. */
static bool add_fields(struct MHD_Response *r, const struct answer *a)
{
	const char *cache = a->cache == NULL ? "no-store" : a->cache;
	bool ok = a->nfields <= ANSWER_FIELDS_MAX &&
		  add(r, "Content-Type", a->type) &&
		  add(r, "X-Content-Type-Options", "nosniff") &&
		  add(r, "Cache-Control", cache) &&
		  (a->keep || add(r, "Connection", "close"));
	size_t i;

	for (i = 0; ok && i < a->nfields; i++)
		ok = add(r, a->fields[i].name, a->fields[i].value);
	if (ok && a->status == 405)
		ok = add(r, "Allow", "GET, HEAD, PUT");
	if (ok && a->status == 401)
		ok = add(r, "WWW-Authenticate", "Bearer");
	if (ok && a->status == 503)
		ok = add(r, "Retry-After", "10");
	return ok;
}

enum MHD_Result answer_send(
    const struct serving *s, struct MHD_Connection *c, const struct answer *a)
{
	enum MHD_Result result = MHD_NO;
	struct MHD_Response *r = MHD_create_response_from_buffer(a->body.len,
	    a->body.len == 0 ? NULL : a->body.s, MHD_RESPMEM_MUST_COPY);

	if (r == NULL)
		return MHD_NO;
	if (a->body.st == COPL_OK && add_fields(r, a) &&
	    answer_add_date(r, serve_now(s))) {
		guard_allow(c, a->body.len);
		result = MHD_queue_response(c, a->status, r);
	}
	MHD_destroy_response(r);
	return result;
}

static const char *title(unsigned status)
{
	switch (status) {
	case 401:
		return _("Authorization is needed");
	case 403:
		return _("The release is not trusted");
	case 404:
		return _("There is no such file");
	case 409:
		return _("The set is not complete");
	case 422:
		return _("The content is not valid");
	case 503:
		return _("Not available now");
	case 507:
		return _("The content cannot be stored");
	default:
		return _("The request is refused");
	}
}

void answer_problem(
    struct answer *a, unsigned status, const char *detail, const char *members)
{
	a->status = status;
	a->type = "application/problem+json";
	copl_strbuf_reset(&a->body);
	copl_strbuf_puts(&a->body, "{\"type\":\"about:blank\",\"title\":");
	copl_json_put_string(&a->body, title(status));
	copl_strbuf_printf(&a->body, ",\"status\":%u,\"detail\":", status);
	copl_json_put_string(&a->body, detail);
	if (members != NULL) {
		copl_strbuf_puts(&a->body, ",");
		copl_strbuf_puts(&a->body, members);
	}
	copl_strbuf_puts(&a->body, "}\n");
}

/* Text is UTF-8 here, and readers are told so. */
static void put_type(const char *type, char *out, size_t room)
{
	bool text = strncmp(type, "text/", 5) == 0;

	snprintf(out, room, "%s%s", type,
	    text && strstr(type, "charset") == NULL ? "; charset=utf-8" : "");
}

static bool add_item_fields(
    struct MHD_Response *r, const struct shelf_item *item)
{
	char etag[COPL_SHA256_HEX + 2], type[160];

	put_type(item->type, type, sizeof(type));
	snprintf(etag, sizeof(etag), "\"%s\"", item->sha256);
	return add(r, "Content-Type", type) && add(r, "ETag", etag) &&
	       add(r, "X-Content-Type-Options", "nosniff") &&
	       add(r, "Cache-Control", "no-cache") &&
	       (item->lang == NULL || add(r, "Content-Language", item->lang)) &&
	       (!item->openrosa || openrosa_fields(r));
}

static struct MHD_Response *open_item(
    const struct shelf *s, const struct shelf_item *item)
{
	struct MHD_Response *r = NULL;
	char path[4096];
	struct stat sb;
	int n = snprintf(path, sizeof(path), "%s/%s", s->folder, item->path);
	int fd;

	if (n < 0 || (size_t)n >= sizeof(path))
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    (uint64_t)sb.st_size == item->length)
		r = MHD_create_response_from_fd64(item->length, fd);
	if (r == NULL)
		close(fd);
	return r;
}

enum MHD_Result answer_item(const struct serving *s, struct MHD_Connection *c,
    const struct shelf_item *item, const char *if_none_match)
{
	enum MHD_Result result = MHD_NO;
	bool same = if_none_match != NULL &&
		    copl_gate_etag_listed(if_none_match, item->sha256);
	struct MHD_Response *r = same ? MHD_create_response_from_buffer(
					    0, NULL, MHD_RESPMEM_PERSISTENT)
				      : open_item(&s->shelf, item);

	if (r == NULL) {
		struct answer a = {.body = COPL_STRBUF_INIT(4096)};

		answer_problem(&a, 500,
		    _("this file cannot be read where it is kept"), NULL);
		result = answer_send(s, c, &a);
		copl_strbuf_clear(&a.body);
		return result;
	}
	if (add_item_fields(r, item) && answer_add_date(r, serve_now(s))) {
		guard_allow(c, item->length);
		result = MHD_queue_response(c, same ? 304 : 200, r);
	}
	MHD_destroy_response(r);
	return result;
}
