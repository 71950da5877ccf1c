/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "exchange/exchange.h"
#include "publish/publish_priv.h"

#define GZ ".gz"

enum copl_status publish_put(struct publish *p, const char *dir,
    const char *name, const struct copl_strbuf *bytes)
{
	char *path = copl_path_join(p->arena, dir, name);
	enum copl_status st = COPL_OK;
	bool changed = false;
	char *slash;

	if (path == NULL)
		return COPL_E_NOMEM;
	slash = strrchr(path, '/');
	if (slash != NULL && slash != path) {
		*slash = '\0';
		st = copl_dir_make(path, p->r);
		*slash = '/';
	}
	if (st == COPL_OK)
		st = copl_file_output(path, copl_strbuf_text(bytes), bytes->len,
		    0644, p->r, &changed);
	p->written += changed;
	return st;
}

static enum copl_status unlink_quietly(struct publish *p, const char *path)
{
	if (unlink(path) == 0)
		p->removed++;
	else if (errno != ENOENT && errno != ENOTDIR) {
		copl_report(p->r, COPL_ERROR, "io-dir",
		    (struct copl_place){path, 0, 0}, "%s: %s",
		    _("cannot remove"), strerror(errno));
		return COPL_E_IO;
	}
	return COPL_OK;
}

/* Does it shrink?  Pictures and zips do not. */
static bool is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 ||
	       strcmp(type, "application/xml") == 0;
}

enum copl_status publish_put_both(struct publish *p, const char *dir,
    const struct copl_manifest_file *f, const char *name,
    const struct copl_strbuf *bytes)
{
	struct copl_strbuf gz = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX * 2);
	const char *gz_name = copl_arena_printf(p->arena, "%s" GZ, name);
	const char *gz_path =
	    gz_name == NULL ? NULL : copl_path_join(p->arena, dir, gz_name);
	enum copl_status st = COPL_OK;

	if (gz_path == NULL)
		return COPL_E_NOMEM;
	if (is_text(f->type))
		st = copl_gzip_write(copl_strbuf_text(bytes), bytes->len, &gz);
	if (st == COPL_OK && gz.len > 0 && gz.len < bytes->len)
		st = publish_put(p, dir, gz_name, &gz);
	else if (st == COPL_OK)
		st = unlink_quietly(p, gz_path);
	if (st == COPL_OK)
		st = publish_put(p, dir, name, bytes);
	copl_strbuf_clear(&gz);
	return st;
}

enum copl_status publish_remove(
    struct publish *p, const char *dir, const char *name)
{
	char *path = copl_path_join(p->arena, dir, name);
	char *gz =
	    path == NULL ? NULL : copl_arena_printf(p->arena, "%s" GZ, path);
	enum copl_status st;

	if (gz == NULL)
		return COPL_E_NOMEM;
	st = unlink_quietly(p, gz);
	return st == COPL_OK ? unlink_quietly(p, path) : st;
}

enum copl_status publish_flush(struct publish *p)
{
	const char *dir = p->o->dir;
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum copl_status st = COPL_OK;

	if (fd < 0 || syncfs(fd) != 0) {
		copl_report(p->r, COPL_ERROR, "io-write",
		    (struct copl_place){dir, 0, 0}, _("cannot write: %s"),
		    strerror(errno));
		st = COPL_E_IO;
	}
	if (fd >= 0)
		close(fd);
	return st;
}
