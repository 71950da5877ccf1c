/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "its/its_priv.h"

/* "http:", "file:" and the like: a scheme, RFC 3986 3.1 */
static bool has_scheme(const char *s)
{
	if (!copl_is_alpha(*s))
		return false;
	while (copl_is_alpha(*s) || copl_is_digit(*s) || *s == '+' ||
	       *s == '-' || *s == '.')
		s++;
	return *s == ':';
}

static int hex(char c)
{
	if (copl_is_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The path of a reference: fragment cut off, %XX decoded; NULL: memory. */
static char *decoded(const char *href, struct copl_arena *a)
{
	size_t len = strcspn(href, "#?"), i;
	char *path = copl_arena_strndup(a, href, len), *to = path;

	for (i = 0; path != NULL && i < len; i++) {
		if (href[i] == '%' && i + 2 < len && hex(href[i + 1]) >= 0 &&
		    hex(href[i + 2]) >= 0) {
			*to++ =
			    (char)(hex(href[i + 1]) * 16 + hex(href[i + 2]));
			i += 2;
		} else {
			*to++ = href[i];
		}
	}
	if (path != NULL)
		*to = '\0';
	return path;
}

/* Length of the folder in front of a file's name; 0: the current one. */
static size_t folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* Is the file, links resolved, below the folder that root is in? */
static bool inside(const char *file, const char *root, struct copl_arena *a)
{
	char *dir = copl_arena_strndup(a, root, folder(root));
	char *real_dir, *real_file;
	size_t len;
	bool good;

	if (dir == NULL)
		return false;
	real_dir = realpath(*dir == '\0' ? "." : dir, NULL);
	real_file = realpath(file, NULL);
	/* A file that is not there is for the reader to complain about. */
	len = real_dir == NULL ? 0 : strlen(real_dir);
	good = real_dir != NULL &&
	       (real_file == NULL || (strncmp(real_file, real_dir, len) == 0 &&
					 (len == 1 || real_file[len] == '/')));
	free(real_dir);
	free(real_file);
	return good;
}

/* Never above root, however the path winds. */
static bool climbs_out(const char *from, const char *root, const char *path)
{
	size_t skip = folder(root), i, len;
	long depth = 0;

	for (i = skip; i < folder(from); i++)
		depth += from[i] == '/';
	for (; *path != '\0'; path += len + (path[len] == '/')) {
		len = strcspn(path, "/");
		if (len == 2 && path[0] == '.' && path[1] == '.')
			depth--;
		else if (len > 0 && !(len == 1 && path[0] == '.'))
			depth++;
		if (depth < 0)
			return true;
	}
	return false;
}

const char *its_link_path(const char *from, const char *root, const char *href,
    struct copl_place at, struct copl_arena *a, struct copl_reporter *r)
{
	char *path = decoded(href, a), *file;

	if (path == NULL) {
		r->nomem = true;
		return NULL;
	}
	if (has_scheme(href) || *path == '/' || *path == '\0' ||
	    climbs_out(from, root, path)) {
		copl_report(r, COPL_ERROR, "its-link", at,
		    _("rules are linked by a relative path inside the folder "
		      "of the file that begins the chain, not by \"%s\""),
		    href);
		return NULL;
	}
	file = copl_arena_printf(a, "%.*s%s", (int)folder(from), from, path);
	if (file == NULL) {
		r->nomem = true;
		return NULL;
	}
	if (inside(file, root, a))
		return file;
	copl_report(r, COPL_ERROR, "its-link", at,
	    _("\"%s\" leads out of the folder of the file that begins the "
	      "chain"),
	    href);
	return NULL;
}
