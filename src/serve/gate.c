/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "serve/gate.h"

#define HEADERS_MAX 64

static char lower(char c)
{
	/* Upper case differs from lower case in this one bit. */
	if (copl_is_upper(c))
		return (char)((unsigned char)c | 0x20u);
	return c;
}

bool copl_gate_name_is(const char *name, const char *want)
{
	while (*name != '\0' && lower(*name) == lower(*want)) {
		name++;
		want++;
	}
	return *name == *want;
}

/* Header lines that decide how a message is read, and what we look at. */
struct seen {
	size_t host;
	size_t length;
	size_t coding;
	size_t type;
	const char *coding_value;
	const char *length_value;
};

static void note(const struct copl_gate_header *h, struct seen *seen,
    struct copl_gate_pass *out)
{
	if (copl_gate_name_is(h->name, "Host"))
		seen->host++;
	else if (copl_gate_name_is(h->name, "Transfer-Encoding")) {
		seen->coding++;
		seen->coding_value = h->value;
	} else if (copl_gate_name_is(h->name, "If-None-Match"))
		out->if_none_match = h->value;
	else if (copl_gate_name_is(h->name, "If-Match"))
		out->if_match = h->value;
	else if (copl_gate_name_is(h->name, "Content-Digest"))
		out->content_digest = h->value;
	else if (copl_gate_name_is(h->name, "Repr-Digest"))
		out->repr_digest = h->value;
	else if (copl_gate_name_is(h->name, "Content-Type")) {
		seen->type++;
		out->content_type = h->value;
	} else if (copl_gate_name_is(h->name, "Content-Encoding"))
		out->content_encoding = h->value;
	else if (copl_gate_name_is(h->name, "Content-Range"))
		out->partial = true;
	else if (copl_gate_name_is(h->name, "Authorization"))
		out->authorization = h->value;
	else if (copl_gate_name_is(h->name, "Content-Length")) {
		seen->length++;
		seen->length_value = h->value;
	}
}

/* What a folded or smuggled line leaves behind. */
static bool is_clean(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
			return false;
	return true;
}

/* Only letters, digits and "-": "Host " with a blank is another name. */
static bool is_name(const char *s)
{
	const char *p;

	for (p = s; *p != '\0'; p++)
		if (!copl_is_alpha(*p) && !copl_is_digit(*p) && *p != '-' &&
		    *p != '_')
			return false;
	return p > s;
}

static unsigned refuse(unsigned status, const char *text, const char **why)
{
	*why = text;
	return status;
}

/*
 * Two readings are an attack; a coding that is known could be left out, but
 * OpenRosa lets a phone send its answers so.
 */
static unsigned coding_status(
    const struct seen *seen, const struct copl_gate_pass *out)
{
	if (seen->coding == 0)
		return 0;
	if (seen->length > 0 || seen->coding > 1)
		return 400;
	if (seen->coding_value == NULL ||
	    !copl_gate_name_is(seen->coding_value, "chunked"))
		return 501;
	return out->method == COPL_GATE_POST ? 0 : 411;
}

static unsigned judge_headers(const struct copl_gate_request *q,
    struct seen *seen, struct copl_gate_pass *out, const char **why)
{
	size_t i;

	if (q->nheaders > HEADERS_MAX)
		return refuse(431, _("the request has too many fields"), why);
	for (i = 0; i < q->nheaders; i++) {
		const struct copl_gate_header *h = &q->headers[i];

		if (!is_name(h->name) ||
		    (h->value != NULL && !is_clean(h->value)))
			return refuse(
			    400, _("a field of the request is malformed"), why);
		note(h, seen, out);
	}
	if (seen->host != 1)
		return refuse(
		    400, _("a request must name exactly one host"), why);
	if (seen->type > 1)
		return refuse(400,
		    _("the type of the content is given more than once"), why);
	if (seen->length > 1)
		return refuse(400,
		    _("the length of the content is given more than once"),
		    why);
	return 0;
}

static bool takes_content(const struct copl_gate_pass *out)
{
	return out->method == COPL_GATE_PUT || out->method == COPL_GATE_POST;
}

static unsigned judge_length(const struct copl_gate_request *q,
    const struct seen *seen, struct copl_gate_pass *out, const char **why)
{
	unsigned status = coding_status(seen, out);

	if (status != 0)
		return refuse(status,
		    _("send the length of the content, and no transfer "
		      "coding"),
		    why);
	out->chunked = seen->coding > 0;
	if (out->chunked)
		return 0;
	if (seen->length == 0 && takes_content(out))
		return refuse(
		    411, _("the length of the content is not given"), why);
	if (seen->length == 0)
		return 0;
	if (seen->length_value == NULL ||
	    !copl_number_parse(seen->length_value, INT64_MAX, &out->length))
		return refuse(
		    400, _("the length of the content is not a number"), why);
	if (!takes_content(out) && out->length > 0)
		return refuse(400, _("this method does not take content"), why);
	if (out->length >
	    (out->method == COPL_GATE_POST ? q->max_post : q->max_body))
		return refuse(413, _("the content is too large"), why);
	return 0;
}

static unsigned judge_content(
    const struct copl_gate_pass *out, const char **why)
{
	if (!takes_content(out))
		return 0;
	if (out->partial)
		return refuse(
		    400, _("a file is sent whole, not in parts"), why);
	if (out->content_encoding != NULL &&
	    !copl_gate_name_is(out->content_encoding, "identity"))
		return refuse(415,
		    _("send the file as it is, without content coding"), why);
	if (out->method == COPL_GATE_PUT && out->content_type != NULL &&
	    !copl_gate_type_ok(out->path, out->content_type))
		return refuse(415,
		    _("this type does not go with the name of the file"), why);
	return 0;
}

static bool may_be_escaped(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '.' || c == '_' ||
	       c == '-';
}

/*
 * Resolves escapes into out.  Only what may stand in a name can be written
 * as an escape, so that nothing is resolved twice and no "/" is hidden.
 */
static bool decode(const char *s, char *out, size_t room)
{
	size_t n = 0;

	for (; *s != '\0'; s++) {
		char c = *s;

		if (c == '%') {
			int byte = copl_percent_byte(s);

			if (byte < 0)
				return false;
			c = (char)byte;
			if (!may_be_escaped(c))
				return false;
			s += 2;
		}
		if (n + 1 >= room)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return true;
}

/* What must be safe of a path: one folder begins with a dot (RFC 8615), and
 * nothing is put there. */
static const char *inside(const struct copl_gate_pass *pass)
{
	static const char known[] = ".well-known/";
	size_t len = sizeof(known) - 1;

	if (pass->method != COPL_GATE_PUT &&
	    strncmp(pass->path, known, len) == 0)
		return pass->path + len;
	return pass->path;
}

/* "" or "africa/", whose slash is taken off. */
static bool is_folder(char *path)
{
	size_t len = strlen(path);

	if (len == 0)
		return true;
	if (path[len - 1] != '/')
		return false;
	path[len - 1] = '\0';
	return copl_path_is_safe(path);
}

static unsigned judge_path(const struct copl_gate_request *q,
    struct copl_gate_pass *out, const char **why)
{
	if (q->target[0] != '/' ||
	    !decode(q->target + 1, out->path, sizeof(out->path)))
		return refuse(400, _("this cannot be the path of a file"), why);
	if (out->method == COPL_GATE_POST && is_folder(out->path))
		return 0;
	if (out->path[0] == '\0' && out->method != COPL_GATE_PUT)
		memcpy(out->path, "index.html", sizeof("index.html"));
	if (!copl_path_is_safe(inside(out)))
		return refuse(400, _("this cannot be the path of a file"), why);
	return 0;
}

static unsigned judge_method(const struct copl_gate_request *q,
    struct copl_gate_pass *out, const char **why)
{
	if (strcmp(q->version, "HTTP/1.1") != 0 &&
	    strcmp(q->version, "HTTP/1.0") != 0)
		return refuse(505, _("use HTTP/1.1"), why);
	if (strcmp(q->method, "GET") == 0)
		out->method = COPL_GATE_GET;
	else if (strcmp(q->method, "HEAD") == 0)
		out->method = COPL_GATE_HEAD;
	else if (strcmp(q->method, "PUT") == 0)
		out->method = COPL_GATE_PUT;
	else if (strcmp(q->method, "POST") == 0 && q->max_post > 0)
		out->method = COPL_GATE_POST;
	else
		return refuse(405,
		    q->max_post > 0
			? _("only GET, HEAD, PUT and POST are served here")
			: _("only GET, HEAD and PUT are served here"),
		    why);
	return 0;
}

unsigned copl_gate_judge(const struct copl_gate_request *q,
    struct copl_gate_pass *out, const char **why)
{
	struct seen seen = {0};
	unsigned status;

	memset(out, 0, sizeof(*out));
	*why = "";
	status = judge_headers(q, &seen, out, why);
	if (status == 0)
		status = judge_method(q, out, why);
	if (status == 0)
		status = judge_path(q, out, why);
	if (status == 0)
		status = judge_length(q, &seen, out, why);
	if (status == 0)
		status = judge_content(out, why);
	return status;
}
