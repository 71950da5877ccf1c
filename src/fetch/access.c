/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "fetch/fetch_priv.h"

#define SECRET_MAX ((size_t)4096)

/* A secret that others can read is none; a pipe nobody else can read. */
static bool is_private(const char *path, struct copl_reporter *r)
{
	struct stat sb;

	if (stat(path, &sb) != 0 || !S_ISREG(sb.st_mode) ||
	    (sb.st_mode & 077) == 0)
		return true;
	copl_report(r, COPL_ERROR, "secret-readable",
	    (struct copl_place){path, 0, 0},
	    _("other users can read this secret: take the permission away "
	      "with \"chmod 600\", and let the sender change it if others "
	      "use this machine"));
	return false;
}

static bool is_clean(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

/* The first line of the file, in text. */
static enum copl_status read_secret(
    const char *path, struct copl_reporter *r, struct copl_strbuf *text)
{
	enum copl_status st;

	if (!is_private(path, r))
		return COPL_E_INVALID;
	st = copl_file_read(path, SECRET_MAX, r, text);
	if (st != COPL_OK)
		return st;
	if (text->len > 0) {
		text->len = strcspn(text->s, "\r\n");
		text->s[text->len] = '\0';
	}
	if (text->len > 0 && is_clean(text->s))
		return COPL_OK;
	copl_report(r, COPL_ERROR, "secret-shape",
	    (struct copl_place){path, 1, 0},
	    _("the first line must hold the token or password, and nothing "
	      "else"));
	return COPL_E_INVALID;
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
