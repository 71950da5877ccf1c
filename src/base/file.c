/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/base.h"
#include "base/i18n.h"

static struct copl_place at_file(const char *path)
{
	return (struct copl_place){path, 0, 0};
}

static enum copl_status say_open(const char *path, struct copl_reporter *r)
{
	if (errno == EISDIR)
		copl_report(r, COPL_ERROR, "io-open", at_file(path),
		    _("this is a folder: name the file in it that is meant"));
	else
		copl_report(r, COPL_ERROR, "io-open", at_file(path),
		    _("cannot open: %s"), strerror(errno));
	return COPL_E_IO;
}

static enum copl_status say_too_large(
    const char *path, struct copl_reporter *r, size_t max)
{
	copl_report(r, COPL_ERROR, "file-too-large", at_file(path),
	    _("file is larger than %zu bytes"), max);
	return COPL_E_LIMIT;
}

/* Into the room that is there; what has none goes by way of the chunk. */
static ssize_t read_some(int fd, struct copl_strbuf *buf)
{
	size_t most = buf->max - buf->len + 1; /* one more: it is too large */
	size_t room = buf->cap > buf->len + 1 ? buf->cap - buf->len - 1 : 0;
	char chunk[65536];
	ssize_t n;

	if (room == 0) {
		n = read(fd, chunk, sizeof(chunk));
		if (n > 0)
			copl_strbuf_add(buf, chunk, (size_t)n);
		return n;
	}
	n = read(fd, buf->s + buf->len, room < most ? room : most);
	if (n > 0) {
		buf->len += (size_t)n;
		buf->s[buf->len] = '\0';
		if (buf->len > buf->max)
			buf->st = COPL_E_LIMIT;
	}
	return n;
}

static enum copl_status read_all(
    int fd, const char *path, struct copl_reporter *r, struct copl_strbuf *buf)
{
	for (;;) {
		ssize_t n = read_some(fd, buf);

		if (n == 0)
			return buf->st;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			copl_report(r, COPL_ERROR, "io-read", at_file(path),
			    _("cannot read: %s"), strerror(errno));
			return COPL_E_IO;
		}
		if (buf->st == COPL_E_LIMIT)
			return say_too_large(path, r, buf->max);
		if (buf->st != COPL_OK)
			return buf->st;
	}
}

enum copl_status copl_file_read(const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *buf)
{
	enum copl_status st;
	struct stat sb = {0};
	int fd;

	copl_strbuf_reset(buf);
	buf->max = max;
	/* O_NONBLOCK: opening a FIFO that nobody writes must not hang. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return say_open(path, r);
	if (fstat(fd, &sb) != 0 || !S_ISREG(sb.st_mode))
		sb.st_size = 0;
	if (S_ISDIR(sb.st_mode)) {
		errno = EISDIR;
		st = say_open(path, r);
	} else if ((uint64_t)sb.st_size > max) {
		st = say_too_large(path, r, max);
	} else {
		copl_strbuf_room(buf, (size_t)sb.st_size);
		st = read_all(fd, path, r, buf);
	}
	close(fd);
	return st;
}

/* Does the file hold exactly these bytes already? */
static bool holds(const char *path, const char *bytes, size_t len)
{
	char chunk[65536];
	bool same = false;
	struct stat sb;
	size_t at = 0;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);

	if (fd < 0)
		return false;
	if (fstat(fd, &sb) != 0 || !S_ISREG(sb.st_mode) ||
	    (uint64_t)sb.st_size != len)
		goto out;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0) {
		if ((size_t)n > len - at ||
		    memcmp(chunk, bytes + at, (size_t)n) != 0)
			goto out;
		at += (size_t)n;
	}
	same = n == 0 && at == len;
out:
	close(fd);
	return same;
}

bool copl_write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static enum copl_status say_write(const char *path, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "io-write", at_file(path),
	    _("cannot write: %s"), strerror(errno));
	return COPL_E_IO;
}

/*
 * Names of what the process has open already: links of the system, which lead
 * where its user sent it, were it a regular file.
 */
static bool is_descriptor(const char *path)
{
	static const char *const names[] = {"/dev/stdout", "/dev/stderr"};
	static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++)
		if (strcmp(path, names[i]) == 0)
			return true;
	for (i = 0; i < COPL_COUNT(folders); i++)
		if (strncmp(path, folders[i], strlen(folders[i])) == 0)
			return true;
	return false;
}

/* Since it was looked at, somebody may have put something else there. */
static bool is_still_special(int fd)
{
	struct stat sb;

	return fstat(fd, &sb) == 0 && !S_ISREG(sb.st_mode);
}

int copl_special_open(const char *path)
{
	bool ours = is_descriptor(path);
	int how = ours ? O_APPEND : O_NOFOLLOW;
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | how);

	if (fd < 0 || ours || is_still_special(fd))
		return fd;
	close(fd);
	errno = EEXIST;
	return -1;
}

/* Devices and pipes cannot be replaced by a rename. */
static enum copl_status write_special(
    const char *path, const char *bytes, size_t len, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	int fd = copl_special_open(path);

	if (fd < 0)
		return say_write(path, r);
	if (!copl_write_all(fd, bytes, len))
		st = say_write(path, r);
	if (close(fd) != 0 && st == COPL_OK)
		st = say_write(path, r);
	return st;
}

static bool write_and_close(
    const char *path, int fd, const char *bytes, size_t len, bool sync)
{
	bool ok =
	    copl_write_all(fd, bytes, len) && (!sync || fdatasync(fd) == 0);
	int saved = errno;

	if (close(fd) != 0 && ok) {
		ok = false;
		saved = errno;
	}
	if (!ok) {
		unlink(path);
		errno = saved;
	}
	return ok;
}

int copl_temporary_open(const char *tmp, unsigned mode)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
	int fd = open(tmp, flags, mode);

	if (fd < 0 && errno == EEXIST && unlink(tmp) == 0)
		fd = open(tmp, flags, mode);
	return fd;
}

/*
 * A new file gets the mode less the umask, as any program's; one that is
 * there keeps the mode that somebody gave it.
 */
static int open_temporary(
    const char *tmp, unsigned mode, const struct stat *old)
{
	int fd = copl_temporary_open(tmp, mode);

	if (fd >= 0 && old != NULL && fchmod(fd, old->st_mode & 0777) != 0) {
		close(fd);
		unlink(tmp);
		return -1;
	}
	return fd;
}

/* Or a link to one: who names it means a file in it. */
static bool is_folder(const char *path)
{
	struct stat sb;

	return stat(path, &sb) == 0 && S_ISDIR(sb.st_mode);
}

static enum copl_status stage(const char *path, const char *bytes, size_t len,
    unsigned mode, bool sync, size_t number, struct copl_reporter *r,
    struct copl_staged *out)
{
	struct stat sb;
	bool there = lstat(path, &sb) == 0 && !S_ISLNK(sb.st_mode);
	int fd;

	out->tmp = NULL;
	out->path = strdup(path);
	if (out->path == NULL || r->nomem)
		return COPL_E_NOMEM;
	if (is_folder(path) || (there && !S_ISREG(sb.st_mode))) {
		errno = is_folder(path) ? EISDIR : EEXIST;
		return say_write(path, r);
	}
	if (there && holds(path, bytes, len))
		return COPL_OK;
	if (asprintf(&out->tmp, "%s.tmp-%ld-%zu", path, (long)getpid(),
		number) < 0) {
		out->tmp = NULL;
		return COPL_E_NOMEM;
	}
	copl_path_sweep(path);
	fd = open_temporary(out->tmp, mode, there ? &sb : NULL);
	if (fd >= 0 && write_and_close(out->tmp, fd, bytes, len, sync))
		return COPL_OK;
	return say_write(path, r);
}

bool copl_path_is_special(const char *path)
{
	struct stat sb;

	return is_descriptor(path) ||
	       (lstat(path, &sb) == 0 && !S_ISREG(sb.st_mode) &&
		   !S_ISDIR(sb.st_mode) && !S_ISLNK(sb.st_mode));
}

static enum copl_status replace(const char *path, const char *bytes, size_t len,
    unsigned mode, bool sync, struct copl_reporter *r, bool *changed)
{
	struct copl_staged s = {NULL, NULL};
	enum copl_status st;

	if (changed != NULL)
		*changed = false;
	if (copl_path_is_special(path) && !r->nomem)
		return write_special(path, bytes, len, r);
	st = stage(path, bytes, len, mode, sync, 0, r, &s);
	if (st == COPL_OK)
		st = copl_file_commit(&s, r, changed);
	copl_file_abandon(&s);
	return st;
}

enum copl_status copl_file_replace(const char *path, const char *bytes,
    size_t len, unsigned mode, struct copl_reporter *r, bool *changed)
{
	return replace(path, bytes, len, mode, true, r, changed);
}

enum copl_status copl_file_output(const char *path, const char *bytes,
    size_t len, unsigned mode, struct copl_reporter *r, bool *changed)
{
	return replace(path, bytes, len, mode, false, r, changed);
}

enum copl_status copl_file_stage(const char *path, const char *bytes,
    size_t len, unsigned mode, size_t number, struct copl_reporter *r,
    struct copl_staged *out)
{
	enum copl_status st =
	    stage(path, bytes, len, mode, false, number, r, out);

	if (st != COPL_OK)
		copl_file_abandon(out);
	return st;
}

enum copl_status copl_file_commit(
    struct copl_staged *s, struct copl_reporter *r, bool *changed)
{
	if (changed != NULL)
		*changed = false;
	if (s->tmp == NULL)
		return COPL_OK;
	if (rename(s->tmp, s->path) != 0)
		return say_write(s->path, r);
	free(s->tmp);
	s->tmp = NULL;
	if (changed != NULL)
		*changed = true;
	return COPL_OK;
}

void copl_file_abandon(struct copl_staged *s)
{
	if (s->tmp != NULL)
		unlink(s->tmp);
	free(s->tmp);
	free(s->path);
	s->tmp = s->path = NULL;
}
