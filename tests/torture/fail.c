/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into cop-l10n: one call that allocates or changes files fails, or
 * the process is killed there.
 *
 *   COPL_FAIL=write:17           the 17th write to a file fails, once
 *   COPL_FAIL=write:17:EIO       with this error (default: ENOSPC, or ENOMEM)
 *   COPL_FAIL=write:17:short     writes half; the next write fails
 *   COPL_FAIL=write:17:before    killed (SIGKILL) before the call,
 *                   :half        in the middle of a write,
 *                   :after       or after it
 *   COPL_FAIL_IN=cop-l10n-net    counts in this program (default: cop-l10n)
 *   COPL_FAIL_PAGE=FILE          counts are kept there, see point.h
 *   COPL_FAIL_STACKS=1           the stack of each allocation as well
 *
 * Counted is from the start of main() to its end: what the loader and the
 * libraries do before is not the program's.
 */
#include "config.h"
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "point.h"

#define DEPTH 48
#define OPEN_FOR_WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)

enum how { FAIL, SHORT, KILL_BEFORE, KILL_HALF, KILL_AFTER };

static _Atomic bool counting;
static bool stacks;
static enum point_kind wanted_kind = POINT_KINDS;
static uint32_t wanted;
static int wanted_error;
static enum how how;
static _Atomic bool short_of_room;
static struct point_page none, *page = &none;
static _Thread_local bool inside;

/* ---- what was asked for ---- */

static int error_of(const char *name, enum point_kind kind)
{
	if (strcmp(name, "EIO") == 0)
		return EIO;
	if (strcmp(name, "ENOSPC") == 0)
		return ENOSPC;
	if (kind == POINT_READ)
		return EIO;
	return kind == POINT_ALLOC ? ENOMEM : ENOSPC;
}

static enum how how_of(const char *name)
{
	static const char *const names[] = {
	    "", "short", "before", "half", "after"};
	size_t i;

	for (i = 1; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return (enum how)i;
	return FAIL;
}

static void read_wish(const char *wish)
{
	static const char *const names[] = POINT_NAMES;
	char kind[16] = "", last[16] = "";
	unsigned n = 0;
	size_t i;

	if (wish == NULL ||
	    sscanf(wish, "%15[a-z]:%u:%15s", kind, &n, last) < 2)
		return;
	for (i = 0; i < POINT_KINDS; i++)
		if (strcmp(kind, names[i]) == 0)
			wanted_kind = (enum point_kind)i;
	wanted = n;
	how = how_of(last);
	wanted_error = error_of(last, wanted_kind);
}

static void map_page(const char *path)
{
	int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
	void *p;

	if (fd < 0)
		return;
	p = mmap(
	    NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p != MAP_FAILED)
		page = p;
	close(fd);
}

/* By the name of its file: cop-l10n-net is started as cop-l10n. */
static bool is_program(const char *wanted_name)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	const char *name;

	if (n <= 0)
		return false;
	path[n] = '\0';
	name = strrchr(path, '/');
	return name != NULL && strcmp(name + 1, wanted_name) == 0;
}

static void prepare(void)
{
	const char *in = getenv("COPL_FAIL_IN");
	const char *list = getenv("COPL_FAIL_STACKS");
	void *warm[2];

	if (!is_program(in == NULL ? "cop-l10n" : in))
		return;
	read_wish(getenv("COPL_FAIL"));
	map_page(getenv("COPL_FAIL_PAGE"));
	stacks = list != NULL && strcmp(list, "1") == 0;
	(void)backtrace(warm, 2); /* it loads what it needs, now */
	counting = true;
}

/* ---- a call is made ---- */

static uint32_t stack_hash(void)
{
	void *at[DEPTH];
	int n = backtrace(at, DEPTH);
	uint32_t h = 2166136261U;
	int i;

	for (i = 2; i < n; i++)
		h = (h ^ (uint32_t)(uintptr_t)at[i] ^
			(uint32_t)((uintptr_t)at[i] >> 32)) *
		    16777619U;
	return h == 0 ? 1 : h;
}

/* The stack as text: "library+offset symbol", as addr2line takes it. */
static void note_where(void)
{
	void *at[DEPTH];
	int n = backtrace(at, DEPTH);
	size_t len = 0;
	int i;

	for (i = 2; i < n && len < POINT_WHERE - 300; i++) {
		Dl_info info = {0};
		const char *name;

		if (dladdr(at[i], &info) == 0 || info.dli_fname == NULL)
			continue;
		name = strrchr(info.dli_fname, '/');
		name = name == NULL ? info.dli_fname : name + 1;
		len += (size_t)snprintf(page->where + len, POINT_WHERE - len,
		    "%.99s+0x%lx %.99s\n", name,
		    (unsigned long)((char *)at[i] - (char *)info.dli_fbase),
		    info.dli_sname == NULL ? "?" : info.dli_sname);
	}
}

/* Is this the call that was asked for? */
static bool reached(enum point_kind kind)
{
	uint32_t n;

	if (!counting || inside)
		return false;
	n = atomic_fetch_add(&page->count[kind], 1) + 1;
	if (kind == POINT_ALLOC && stacks && n <= POINT_STACKS) {
		inside = true;
		page->stack[n - 1] = stack_hash();
		inside = false;
	}
	if (kind != wanted_kind || n != wanted)
		return false;
	inside = true;
	note_where();
	inside = false;
	page->hit = 1;
	if (how == KILL_BEFORE)
		kill(getpid(), SIGKILL);
	return true;
}

/* Does this call fail?  A kill after it is the caller's to do. */
static bool fails(bool hit)
{
	if (!hit || how != FAIL)
		return false;
	errno = wanted_error;
	return true;
}

static void done(bool hit)
{
	if (hit && how >= KILL_HALF)
		kill(getpid(), SIGKILL);
}

static bool is_file(int fd)
{
	struct stat sb;

	return fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode);
}

static bool is_written(int fd)
{
	int flags;

	if (!counting || inside || !is_file(fd))
		return false;
	flags = fcntl(fd, F_GETFL);
	return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

/* The function of this name that would be called without us. */
#define NEXT(name)                                                             \
	static __typeof__(name) *next;                                         \
	if (next == NULL)                                                      \
	next = (__typeof__(name) *)next_of(#name)

static void *next_of(const char *name)
{
	void *p;

	inside = true;
	p = dlsym(RTLD_NEXT, name);
	inside = false;
	if (p == NULL)
		abort();
	return p;
}

/* ---- allocations ---- */

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t a, size_t b);
void *__libc_realloc(void *p, size_t n);

/* Until main() there is nobody to ask but the C library itself, unless a
 * library that looks for leaks is there: then every block must be its own. */
static __typeof__(malloc) *next_malloc;
static __typeof__(calloc) *next_calloc;
static __typeof__(realloc) *next_realloc;
static __typeof__(free) *next_free;
static _Thread_local bool asking;
static char early[16384];
static size_t early_used;

/* dlsym() itself may allocate: from a place that is never given back. */
static void *early_alloc(size_t n)
{
	size_t need = (n + 31) & ~(size_t)15;
	char *p = early + early_used;

	if (need > sizeof(early) - early_used)
		abort();
	early_used += need;
	*(size_t *)(void *)p = n;
	return p + 16;
}

static bool is_early(const void *p)
{
	return (const char *)p >= early &&
	       (const char *)p < early + sizeof(early);
}

static bool find_allocators(void)
{
	if (next_realloc != NULL)
		return true;
	if (asking)
		return false;
	asking = true;
	next_free = (__typeof__(free) *)dlsym(RTLD_NEXT, "free");
	next_malloc = (__typeof__(malloc) *)dlsym(RTLD_NEXT, "malloc");
	next_calloc = (__typeof__(calloc) *)dlsym(RTLD_NEXT, "calloc");
	next_realloc = (__typeof__(realloc) *)dlsym(RTLD_NEXT, "realloc");
	asking = false;
	return next_realloc != NULL;
}

void *malloc(size_t n)
{
	if (!find_allocators())
		return early_alloc(n);
	return fails(reached(POINT_ALLOC)) ? NULL : next_malloc(n);
}

void *calloc(size_t a, size_t b)
{
	if (!find_allocators())
		return early_alloc(a * b);
	return fails(reached(POINT_ALLOC)) ? NULL : next_calloc(a, b);
}

void *realloc(void *p, size_t n)
{
	void *moved;

	if (!find_allocators())
		abort();
	if (!is_early(p))
		return fails(reached(POINT_ALLOC)) ? NULL : next_realloc(p, n);
	moved = next_malloc(n);
	if (moved != NULL) {
		size_t old = *(size_t *)(void *)((char *)p - 16);

		memcpy(moved, p, old < n ? old : n);
	}
	return moved;
}

void *reallocarray(void *p, size_t a, size_t b)
{
	size_t n;

	if (__builtin_mul_overflow(a, b, &n)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(p, n);
}

void *aligned_alloc(size_t align, size_t n)
{
	NEXT(aligned_alloc);
	return fails(reached(POINT_ALLOC)) ? NULL : next(align, n);
}

int posix_memalign(void **p, size_t align, size_t n)
{
	NEXT(posix_memalign);
	return fails(reached(POINT_ALLOC)) ? ENOMEM : next(p, align, n);
}

/* What is freed while we look for free() is lost: a message of dlsym(). */
void free(void *p)
{
	if (!is_early(p) && find_allocators())
		next_free(p);
}

/* ---- files: opened, written, flushed, closed ---- */

#define OPEN(name, params, args)                                               \
	int name params                                                        \
	{                                                                      \
		bool hit = false;                                              \
		mode_t mode = 0;                                               \
		va_list ap;                                                    \
		int fd;                                                        \
		NEXT(name);                                                    \
		if ((flags & (O_CREAT | O_TMPFILE)) != 0) {                    \
			va_start(ap, flags);                                   \
			mode = va_arg(ap, mode_t);                             \
			va_end(ap);                                            \
		}                                                              \
		if ((flags & OPEN_FOR_WRITING) != 0)                           \
			hit = reached(POINT_OPEN);                             \
		if (fails(hit))                                                \
			return -1;                                             \
		fd = next args;                                                \
		done(hit);                                                     \
		return fd;                                                     \
	}

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(
    openat, (int at, const char *path, int flags, ...), (at, path, flags, mode))
OPEN(openat64, (int at, const char *path, int flags, ...),
    (at, path, flags, mode))

int mkostemp(char *name, int flags)
{
	bool hit = reached(POINT_OPEN);
	int fd;

	NEXT(mkostemp);
	if (fails(hit))
		return -1;
	fd = next(name, flags);
	done(hit);
	return fd;
}

/* How much of these bytes is written: all, half, or none with an error. */
static bool may_write(bool hit, size_t *len)
{
	if (short_of_room) {
		short_of_room = false;
		errno = ENOSPC;
		return false;
	}
	if (fails(hit))
		return false;
	if (hit && (how == SHORT || how == KILL_HALF) && *len > 1)
		*len /= 2;
	if (hit && how == SHORT)
		short_of_room = true;
	return true;
}

#define WRITE(name, params, args)                                              \
	ssize_t name params                                                    \
	{                                                                      \
		bool file = is_written(fd);                                    \
		bool hit = file && reached(POINT_WRITE);                       \
		ssize_t n;                                                     \
		NEXT(name);                                                    \
		if (file && !may_write(hit, &len))                             \
			return -1;                                             \
		n = next args;                                                 \
		done(hit);                                                     \
		return n;                                                      \
	}

WRITE(write, (int fd, const void *bytes, size_t len), (fd, bytes, len))
WRITE(pwrite, (int fd, const void *bytes, size_t len, off_t at),
    (fd, bytes, len, at))
WRITE(pwrite64, (int fd, const void *bytes, size_t len, off64_t at),
    (fd, bytes, len, at))

#define READ(name, params, args)                                               \
	ssize_t name params                                                    \
	{                                                                      \
		bool hit =                                                     \
		    counting && !inside && is_file(fd) && reached(POINT_READ); \
		NEXT(name);                                                    \
		if (fails(hit))                                                \
			return -1;                                             \
		return next args;                                              \
	}

READ(read, (int fd, void *bytes, size_t len), (fd, bytes, len))
READ(pread, (int fd, void *bytes, size_t len, off_t at), (fd, bytes, len, at))
READ(pread64, (int fd, void *bytes, size_t len, off64_t at),
    (fd, bytes, len, at))

struct dirent *readdir(DIR *dir)
{
	NEXT(readdir);
	return fails(reached(POINT_READ)) ? NULL : next(dir);
}

struct dirent64 *readdir64(DIR *dir)
{
	NEXT(readdir64);
	return fails(reached(POINT_READ)) ? NULL : next(dir);
}

/* Calls that give 0 or -1. */
#define CALL(kind, name, params, args)                                         \
	int name params                                                        \
	{                                                                      \
		bool hit = reached(kind);                                      \
		int rc;                                                        \
		NEXT(name);                                                    \
		if (fails(hit))                                                \
			return -1;                                             \
		rc = next args;                                                \
		done(hit);                                                     \
		return rc;                                                     \
	}

CALL(POINT_FSYNC, fsync, (int fd), (fd))
CALL(POINT_FSYNC, fdatasync, (int fd), (fd))
CALL(POINT_FSYNC, syncfs, (int fd), (fd))
CALL(POINT_RENAME, rename, (const char *a, const char *b), (a, b))
CALL(POINT_RENAME, renameat, (int x, const char *a, int y, const char *b),
    (x, a, y, b))
CALL(POINT_RENAME, renameat2,
    (int x, const char *a, int y, const char *b, unsigned flags),
    (x, a, y, b, flags))
CALL(POINT_LINK, link, (const char *a, const char *b), (a, b))
CALL(POINT_LINK, linkat,
    (int x, const char *a, int y, const char *b, int flags),
    (x, a, y, b, flags))
CALL(POINT_LINK, symlink, (const char *a, const char *b), (a, b))
CALL(POINT_LINK, symlinkat, (const char *a, int y, const char *b), (a, y, b))
CALL(POINT_MKDIR, mkdir, (const char *path, mode_t mode), (path, mode))
CALL(POINT_MKDIR, mkdirat, (int at, const char *path, mode_t mode),
    (at, path, mode))
CALL(POINT_TRUNCATE, ftruncate, (int fd, off_t len), (fd, len))
CALL(POINT_TRUNCATE, ftruncate64, (int fd, off64_t len), (fd, len))
CALL(POINT_UNLINK, unlink, (const char *path), (path))
CALL(POINT_UNLINK, unlinkat, (int at, const char *path, int flags),
    (at, path, flags))
CALL(POINT_UNLINK, rmdir, (const char *path), (path))

/* What fails to close is closed all the same, as on Linux. */
int close(int fd)
{
	bool hit = is_written(fd) && reached(POINT_CLOSE);
	int rc;

	NEXT(close);
	rc = next(fd);
	done(hit);
	return fails(hit) ? -1 : rc;
}

/* ---- main() ---- */

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void),
    void (*)(void), void (*)(void), void *);

static main_function *real_main;

static int counted_main(int argc, char **argv, char **envp)
{
	int rc;

	prepare();
	rc = real_main(argc, argv, envp);
	counting = false;
	return rc;
}

int __libc_start_main(main_function *program, int argc, char **argv,
    void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
    void *stack_end);
int __libc_start_main(main_function *program, int argc, char **argv,
    void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
    void *stack_end)
{
	start_function *next =
	    (start_function *)dlsym(RTLD_NEXT, "__libc_start_main");

	real_main = program;
	return next(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}
