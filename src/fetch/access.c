/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "fetch/fetch_priv.h"
#include "net/secret.h"

/* The first line of the file, in text. */
static enum copl_status read_secret(
    const char *path, struct copl_reporter *r, struct copl_strbuf *text)
{
	const struct copl_place at = {path, 0, 0};
	struct copl_secret_text s = {.len = 0};
	enum copl_status st = copl_secret_read_file(path, true, at, r, &s);
	char *end;

	if (st == COPL_OK) {
		end = memchr(s.raw, '\n', s.len);
		if (end != NULL)
			s.len = (size_t)(end - s.raw);
		if (!copl_secret_check(&s, at, r))
			st = COPL_E_INVALID;
	}
	if (st == COPL_OK) {
		s.raw[s.len] = '\0';
		copl_strbuf_puts(text, s.raw);
		st = text->st;
	}
	explicit_bzero(&s, sizeof(s));
	return st;
}

enum copl_status copl_fetch_access(const struct copl_fetch_options *o,
    struct copl_reporter *r, struct copl_strbuf *secret,
    struct copl_net_access *out)
{
	const char *path = o->user != NULL ? o->password_file : o->token_file;
	enum copl_status st;
	size_t i;

	memset(out, 0, sizeof(*out));
	out->ca = o->ca;
	out->proxy = o->proxy;
	/* The person who gives an address knows where it leads. */
	out->private_ok = true;
	for (i = 0; i < o->npins && i < COPL_COUNT(out->pins); i++)
		out->pins[i] = o->pins[i];
	if (path == NULL)
		return COPL_OK;
	out->auth = o->user != NULL ? COPL_AUTH_BASIC : COPL_AUTH_BEARER;
	out->user = o->user;
	st = read_secret(path, r, secret);
	out->secret = secret->s;
	return st;
}
