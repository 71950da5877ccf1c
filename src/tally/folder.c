/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "tally/folder.h"

/* A sealed answer is longer than what is in it. */
#define FILE_MAX (COPL_ANSWER_MAX + 65536)
#define FINDINGS_MAX 500

static struct copl_place at(const char *file)
{
	return (struct copl_place){file, 0, 0};
}

enum copl_status tally_flush(struct copl_reporter *r)
{
	const struct copl_sink *sink = r->sink;
	enum copl_status st;

	if (r->n < FINDINGS_MAX && !r->nomem)
		return COPL_OK;
	st = copl_reporter_end(r, COPL_OK);
	copl_reporter_init(r, sink);
	return st;
}

/* ---- names ---- */

/* 32 digits and an ending; false: it is another name. */
static bool read_name(const char *name, struct tally_file *out)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < 32; i++) {
		const int digit = copl_hex_digit(name[i]);

		if (digit < 0 || copl_is_upper(name[i]))
			return false;
		out->id[i / 2] = (unsigned char)(out->id[i / 2] * 16 + digit);
	}
	out->sealed = strcmp(name + 32, ".sealed") == 0;
	return out->sealed != 0 || strcmp(name + 32, ".xml") == 0;
}

void tally_file_id(const struct tally_file *file, char out[33])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < 16; i++) {
		out[2 * i] = digits[file->id[i] >> 4];
		out[2 * i + 1] = digits[file->id[i] & 15];
	}
	out[32] = '\0';
}

static const struct tally_folder *folder_of(
    const struct tally_folders *f, const struct tally_file *file)
{
	return &f->list[file->folder[0] * 256 + file->folder[1]];
}

static void name_of(const struct tally_file *file, char out[48])
{
	tally_file_id(file, out);
	if (file->sealed != 0)
		memcpy(out + 32, ".sealed", sizeof(".sealed"));
	else
		memcpy(out + 32, ".xml", sizeof(".xml"));
}

/* Once for each file, so without a format. */
void tally_file_path(const struct tally_folders *f,
    const struct tally_file *file, char out[TALLY_PATH_SIZE])
{
	const char *dir = folder_of(f, file)->path;
	size_t n = strlen(dir);
	char *end;

	n = n < TALLY_PATH_SIZE - 64 ? n : TALLY_PATH_SIZE - 64;
	end = mempcpy(out, dir, n);
	*end = '/';
	name_of(file, end + 1);
}

/* ---- folders ---- */

void tally_tame(char *name)
{
	size_t valid;
	char *s;

	for (s = name; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f ||
		    (*s == '\xc2' && (unsigned char)s[1] < 0xa0))
			*s = '?';
	do {
		valid = copl_utf8_valid(name, strlen(name));
		if (name[valid] != '\0')
			name[valid] = '?';
	} while (name[valid] != '\0');
}

static void foreign(struct tally_folders *f, const char *dir, const char *name,
    const char *why, struct copl_reporter *r)
{
	char path[TALLY_PATH_SIZE];

	f->nforeign++;
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	tally_tame(path);
	copl_report(r, COPL_ERROR, "tally-foreign", at(path), "%s", why);
}

/* DT_DIR, DT_LNK or another; DT_UNKNOWN: not to be found out. */
static unsigned char type_of(int fd, const struct dirent *e)
{
	struct stat sb;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type;
	if (fstatat(fd, e->d_name, &sb, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT ? DT_REG : DT_UNKNOWN;
	return S_ISDIR(sb.st_mode)   ? DT_DIR
	       : S_ISLNK(sb.st_mode) ? DT_LNK
				     : DT_REG;
}

static enum copl_status add_file(struct tally_folders *f, size_t folder,
    const struct dirent *e, unsigned char type, struct copl_reporter *r)
{
	const struct tally_folder *in = &f->list[folder];
	struct tally_file file;

	if (type == DT_LNK) {
		foreign(f, in->path, e->d_name,
		    _("this is a link, and links are not followed: copy the "
		      "file itself"),
		    r);
		return COPL_OK;
	}
	if (!read_name(e->d_name, &file)) {
		foreign(f, in->path, e->d_name,
		    _("this is not the name of a stored answer, so it was "
		      "left out: a copy must keep the name that it had"),
		    r);
		return COPL_OK;
	}
	file.folder[0] = (unsigned char)(folder / 256);
	file.folder[1] = (unsigned char)(folder % 256);
	f->nfiles++;
	return tally_sort_add(f->files, &file, r);
}

static enum copl_status say_unread(
    const char *folder, int error, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "io-dir", at(folder), "%s: %s",
	    _("cannot read this folder"), strerror(error));
	return COPL_E_IO;
}

static enum copl_status scan(struct tally_folders *f, const char *path, int fd,
    int depth, struct copl_reporter *r);

static enum copl_status open_folder(struct tally_folders *f,
    const struct tally_folder *in, const char *name, struct copl_reporter *r)
{
	char *path = copl_path_join(f->arena, in->path, name);
	int fd;

	if (path == NULL)
		return COPL_E_NOMEM;
	fd = openat(
	    in->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd >= 0 ? scan(f, path, fd, 1, r) : say_unread(path, errno, r);
}

static enum copl_status scan_entry(struct tally_folders *f, size_t folder,
    int depth, const struct dirent *e, struct copl_reporter *r)
{
	const struct tally_folder *in = &f->list[folder];
	unsigned char type;

	/* What a server is writing, and what it keeps for itself. */
	if (e->d_name[0] == '.')
		return COPL_OK;
	type = type_of(in->fd, e);
	if (type == DT_UNKNOWN)
		return say_unread(in->path, errno, r);
	if (type != DT_DIR)
		return add_file(f, folder, e, type, r);
	if (depth == 0 && copl_shape_is_name(e->d_name))
		return open_folder(f, in, e->d_name, r);
	foreign(f, in->path, e->d_name,
	    _("folders here are named like forms, and hold no other ones: "
	      "name this folder as one to count"),
	    r);
	return COPL_OK;
}

/* Takes fd over. */
static enum copl_status scan(struct tally_folders *f, const char *path, int fd,
    int depth, struct copl_reporter *r)
{
	const size_t folder = f->n;
	enum copl_status st = COPL_OK;
	const struct dirent *e;
	DIR *d;

	if (folder == TALLY_FOLDERS_MAX) {
		close(fd);
		copl_report(r, COPL_ERROR, "tally-limit", at(path),
		    _("this is one folder more than the %d that can be "
		      "counted together"),
		    TALLY_FOLDERS_MAX);
		return COPL_E_LIMIT;
	}
	f->list[f->n++] = (struct tally_folder){path, fd};
	fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	d = fd < 0 ? NULL : fdopendir(fd);
	if (d == NULL) {
		if (fd >= 0)
			close(fd);
		return COPL_E_NOMEM;
	}
	errno = 0;
	while (st == COPL_OK && (e = readdir(d)) != NULL) {
		st = scan_entry(f, folder, depth, e, r);
		if (st == COPL_OK)
			st = tally_flush(r);
		errno = 0;
	}
	if (st == COPL_OK && errno != 0)
		st = say_unread(path, errno, r);
	closedir(d);
	return st;
}

enum copl_status tally_folders_open(struct tally_folders *f,
    const char *const *dirs, size_t n, const char *scratch,
    struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t i;

	memset(f, 0, sizeof(*f));
	f->arena = copl_arena_new();
	f->bytes = malloc(FILE_MAX + 1);
	f->files =
	    tally_sort_new(sizeof(struct tally_file), TALLY_SORT_HELD, scratch);
	if (f->arena == NULL || f->bytes == NULL || f->files == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n && st == COPL_OK; i++) {
		const int fd =
		    open(dirs[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		st = fd >= 0 ? scan(f, dirs[i], fd, 0, r)
			     : say_unread(dirs[i], errno, r);
	}
	return st == COPL_OK ? tally_sort_end(f->files, r) : st;
}

void tally_folders_close(struct tally_folders *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		close(f->list[i].fd);
	tally_sort_free(f->files);
	free(f->bytes);
	copl_arena_free(f->arena);
	memset(f, 0, sizeof(*f));
}

enum copl_status tally_folders_next(
    struct tally_folders *f, struct tally_file *out, struct copl_reporter *r)
{
	return tally_sort_next(f->files, out, r);
}

/* ---- files ---- */

static enum copl_status trouble(const struct tally_folders *f,
    const struct tally_file *file, const char *code, const char *what,
    int error, struct copl_reporter *r)
{
	char path[TALLY_PATH_SIZE];

	tally_file_path(f, file, path);
	if (error != 0)
		copl_report(r, COPL_ERROR, code, at(path), "%s: %s", what,
		    strerror(error));
	else
		copl_report(r, COPL_ERROR, code, at(path), "%s", what);
	return error != 0 ? COPL_E_IO : COPL_E_INVALID;
}

static bool read_all(int fd, char *out, size_t want, size_t *len)
{
	*len = 0;
	while (*len < want) {
		const ssize_t n = read(fd, out + *len, want - *len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		*len += (size_t)n;
	}
	return true;
}

enum copl_status tally_file_read(struct tally_folders *f,
    const struct tally_file *file, const char **bytes, size_t *len,
    struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	struct stat sb;
	char name[48];
	bool known;
	int fd;

	name_of(file, name);
	fd = openat(folder_of(f, file)->fd, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		/* Removed, or replaced by a link, since the folder was read:
		 * that is no trouble of this machine. */
		const bool gone = errno == ENOENT || errno == ELOOP;

		st = trouble(
		    f, file, "io-open", _("cannot open this file"), errno, r);
		return gone ? COPL_E_INVALID : st;
	}
	known = fstat(fd, &sb) == 0;
	if (known && !S_ISREG(sb.st_mode))
		st = trouble(f, file, "tally-foreign",
		    _("this is no ordinary file, so it was left out"), 0, r);
	else if (known && (uintmax_t)sb.st_size > FILE_MAX)
		st = trouble(f, file, "file-too-large",
		    _("this file is larger than any answer can be"), 0, r);
	else if (!known || !read_all(fd, f->bytes, (size_t)sb.st_size, len))
		st = trouble(
		    f, file, "io-read", _("cannot read this file"), errno, r);
	close(fd);
	f->bytes[st == COPL_OK ? *len : 0] = '\0';
	*bytes = f->bytes;
	return st;
}
