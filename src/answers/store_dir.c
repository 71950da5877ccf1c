/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "answers/store_priv.h"

/*
 * Under this name a file waits for its own.  Only whoever holds the lock makes
 * one, so one name is enough, and any that is found is of a dead process.
 */
#define STAGED ".new"
#define NOT_FOLLOWED (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)

/* The umask takes away what it likes; the second call puts it back. */
static bool make_folder(int dir, const char *name, bool *made)
{
	/* Another process may be faster. */
	*made = mkdirat(dir, name, 0700) == 0;
	if (!*made)
		return errno == EEXIST;
	return fchmodat(dir, name, 0700, 0) == 0;
}

void copl_store_give(int fd, int folder)
{
	struct stat sb;

	if (geteuid() == 0 && fstat(folder, &sb) == 0 && sb.st_uid != 0)
		(void)!fchown(fd, sb.st_uid, sb.st_gid);
}

int copl_store_dir_at(int dir, const char *name, bool make)
{
	int flags = O_RDONLY | O_DIRECTORY | NOT_FOLLOWED;
	int fd = openat(dir, name, flags);
	bool made = false;

	if (fd >= 0 || errno != ENOENT || !make)
		return fd;
	if (!make_folder(dir, name, &made))
		return -1;
	fd = openat(dir, name, flags);
	if (fd >= 0 && made)
		copl_store_give(fd, dir);
	return fd;
}

int copl_store_dir_open(const char *dir, bool make)
{
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int fd = open(dir, flags); /* a link that the caller named is meant */
	bool unused;

	if (fd >= 0 || errno != ENOENT || !make)
		return fd;
	return make_folder(AT_FDCWD, dir, &unused) ? open(dir, flags) : -1;
}

/* Not removed by somebody meanwhile? */
static bool is_there(const struct store_folder *f)
{
	struct stat sb;

	return fstat(f->fd, &sb) == 0 && sb.st_nlink > 0;
}

struct store_folder *copl_store_folder(struct copl_store *s, const char *form)
{
	struct store_folder *f = s->folders;

	while (f != NULL && strcmp(f->form, form) != 0)
		f = f->next;
	if (f != NULL && is_there(f))
		return f;
	f = calloc(1, sizeof(*f));
	if (f == NULL)
		return NULL;
	snprintf(f->form, sizeof(f->form), "%s", form);
	f->fd = copl_store_dir_at(s->dir, form, true);
	if (f->fd < 0) {
		int saved = errno;

		free(f);
		errno = saved;
		return NULL;
	}
	f->next = s->folders;
	s->folders = f;
	return f;
}

void copl_store_folders_close(struct copl_store *s)
{
	while (s->folders != NULL) {
		struct store_folder *f = s->folders;

		s->folders = f->next;
		close(f->fd);
		free(f);
	}
}

#define STORE_FILE_SIZE (COPL_STORE_NAME_SIZE + 8)
/* NAME.xml or NAME.sealed. */
static void file_name(const char *name, bool sealed, char out[STORE_FILE_SIZE])
{
	snprintf(out, STORE_FILE_SIZE, "%.*s%s", COPL_STORE_NAME_SIZE - 1, name,
	    sealed ? COPL_STORE_SEALED : COPL_STORE_PLAIN);
}

static int look_at(int folder, const char *name, bool sealed, bool *there,
    bool *good, struct copl_mark *mark)
{
	char file[STORE_FILE_SIZE];
	struct stat sb;
	int error = 0;
	int fd;

	file_name(name, sealed, file);
	*there = *good = false;
	fd = openat(folder, file, O_RDONLY | NOT_FOLLOWED);
	if (fd < 0)
		return errno == ENOENT ? 0 : errno;
	*there = true;
	if (fstat(fd, &sb) != 0)
		error = errno;
	else if (!S_ISREG(sb.st_mode))
		error = EEXIST;
	else
		*good = sealed ? copl_mark_of_sealed(fd, mark)
			       : copl_mark_of_plain(fd, mark);
	close(fd);
	return error;
}

int copl_store_look(int folder, const char *name, bool *there, bool *sealed,
    bool *good, struct copl_mark *mark)
{
	int error;

	*sealed = true;
	error = look_at(folder, name, true, there, good, mark);
	if (error != 0 || *there)
		return error;
	*sealed = false;
	return look_at(folder, name, false, there, good, mark);
}

void copl_store_look_ahead(int folder, const char *name)
{
	char file[STORE_FILE_SIZE];
	int sealed;

	for (sealed = 0; sealed < 2; sealed++) {
		file_name(name, sealed != 0, file);
		(void)!faccessat(folder, file, F_OK, AT_SYMLINK_NOFOLLOW);
	}
}

static void sweep(int folder)
{
	unlinkat(folder, STAGED, 0);
}

bool copl_store_each_form(int dir, store_form_fn *fn, void *arg)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	bool ok = d != NULL;

	if (d == NULL && fd >= 0)
		close(fd);
	errno = 0;
	while (ok && (e = readdir(d)) != NULL) {
		if (copl_shape_is_name(e->d_name))
			ok = fn(arg, e->d_name);
		if (ok)
			errno = 0;
	}
	ok = ok && errno == 0;
	if (d != NULL)
		closedir(d);
	return ok;
}

static bool sweep_form(void *arg, const char *form)
{
	int fd = copl_store_dir_at(*(int *)arg, form, false);

	if (fd >= 0) {
		sweep(fd);
		close(fd);
	}
	return true;
}

bool copl_store_sweep(int dir)
{
	return copl_store_each_form(dir, sweep_form, &dir);
}

/* Asking is cheaper than a change that the disk has to learn of. */
static bool set_mode(int fd)
{
	struct stat sb;

	return (fstat(fd, &sb) == 0 && (sb.st_mode & 07777) == 0600) ||
	       fchmod(fd, 0600) == 0;
}

static bool fill(int folder, int fd, const struct store_file *f)
{
	struct timespec hour[2] = {{(time_t)f->hour, 0}, {(time_t)f->hour, 0}};

	if (!copl_write_all(fd, f->bytes, f->len) || !set_mode(fd) ||
	    futimens(fd, hour) != 0)
		return false;
	copl_store_give(fd, folder);
	return true;
}

int copl_store_unnamed(int folder, const struct store_file *f)
{
	int fd = openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	int saved;

	if (fd < 0) {
		/* What systems and file systems say that know none. */
		if (errno == EISDIR || errno == EINVAL || errno == ENOSYS)
			errno = EOPNOTSUPP;
		return -1;
	}
	if (fill(folder, fd, f))
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

/* Under the name that waits.  0, or an errno. */
static int write_named(int folder, const struct store_file *f)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | NOT_FOLLOWED;
	int error = 0;
	int fd;

	sweep(folder);
	fd = openat(folder, STAGED, flags, 0600);
	if (fd < 0)
		return errno;
	if (!fill(folder, fd, f))
		error = errno;
	if (close(fd) != 0 && error == 0)
		error = errno;
	return error;
}

static bool give(int folder, int fd, const char *name)
{
	char self[40];

	/* Before Linux 6.10 it is ENOENT but for the administrator. */
	if (linkat(fd, "", folder, name, AT_EMPTY_PATH) == 0)
		return true;
	if (errno != ENOENT && errno != EPERM)
		return false;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, self, folder, name, AT_SYMLINK_FOLLOW) == 0;
}

bool copl_store_is_full(int error)
{
	return error == ENOSPC || error == EDQUOT;
}

/* The file stands under the name that waits.  0, or an errno. */
static int stage(int folder, int fd, const struct store_file *f)
{
	if (fd >= 0) {
		sweep(folder);
		if (give(folder, fd, STAGED))
			return 0;
		if (copl_store_is_full(errno))
			return errno;
	}
	/* No /proc, perhaps. */
	return write_named(folder, f);
}

int copl_store_name_it(
    int folder, int fd, const struct store_file *f, bool other_too)
{
	char own[STORE_FILE_SIZE];
	char other[STORE_FILE_SIZE];
	int error;

	file_name(f->name, f->sealed, own);
	file_name(f->name, !f->sealed, other);
	if (fd < 0 || !give(folder, fd, own)) {
		if (fd >= 0 && copl_store_is_full(errno))
			return errno;
		error = stage(folder, fd, f);
		if (error == 0 && renameat(folder, STAGED, folder, own) != 0)
			error = errno;
		if (error != 0) {
			sweep(folder);
			return error;
		}
	}
	/* Replaced in a folder that was not sealed before, or is no more. */
	if (other_too && unlinkat(folder, other, 0) != 0 && errno != ENOENT)
		return errno;
	return 0;
}

/* Are these the bytes from here to the end of the file? */
static bool holds(int fd, const char *bytes, size_t len)
{
	char part[4096];
	ssize_t n;

	while ((n = read(fd, part, sizeof(part))) > 0) {
		if ((size_t)n > len || memcmp(part, bytes, (size_t)n) != 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return n == 0 && len == 0;
}

bool copl_store_has(int folder, const struct store_file *f)
{
	char own[STORE_FILE_SIZE];
	char other[STORE_FILE_SIZE];
	struct stat sb;
	bool has;
	int fd;

	file_name(f->name, f->sealed, own);
	file_name(f->name, !f->sealed, other);
	if (faccessat(folder, other, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return false;
	fd = openat(folder, own, O_RDONLY | NOT_FOLLOWED);
	if (fd < 0)
		return false;
	has = fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) &&
	      (sb.st_mode & 07777) == 0600 &&
	      sb.st_mtim.tv_sec == (time_t)f->hour && sb.st_mtim.tv_nsec == 0 &&
	      holds(fd, f->bytes, f->len);
	close(fd);
	return has;
}
