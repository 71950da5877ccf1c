/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "serve/sandbox.h"

/*
 * The numbers of the kernel's interface, which never change.  They are not
 * taken from <linux/landlock.h>: that of a stable distribution knows less
 * than the kernel that the program will run on.
 */
#define CREATE_VERSION 1U
#define RULE_PATH_BENEATH 1

#define FS_EXECUTE (UINT64_C(1) << 0)
#define FS_WRITE_FILE (UINT64_C(1) << 1)
#define FS_READ_FILE (UINT64_C(1) << 2)
#define FS_READ_DIR (UINT64_C(1) << 3)
#define FS_REMOVE_DIR (UINT64_C(1) << 4)
#define FS_REMOVE_FILE (UINT64_C(1) << 5)
#define FS_MAKE_DIR (UINT64_C(1) << 7)
#define FS_MAKE_REG (UINT64_C(1) << 8)
#define FS_MAKE_SYM (UINT64_C(1) << 12)
#define FS_REFER (UINT64_C(1) << 13) /* from version 2 on */
#define FS_TRUNCATE (UINT64_C(1) << 14) /* 3 */
#define FS_IOCTL_DEV (UINT64_C(1) << 15) /* 5 */
#define NET_ALL UINT64_C(3) /* 4: bind and connect of TCP */
#define SCOPE_ALL UINT64_C(3) /* 6: abstract sockets and signals */

#define FILE_RIGHTS (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE)

/* Without REFER no file can be renamed from one folder to another. */
#define OLDEST_VERSION 2

struct ruleset {
	uint64_t fs, net, scope;
};

struct path_beneath {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

#if defined(SYS_landlock_create_ruleset) && !SANDBOX_IN_THE_WAY
static long create(const struct ruleset *set, size_t size, unsigned flags)
{
	return syscall(SYS_landlock_create_ruleset, set, size, flags);
}

static long add_rule(int set, const struct path_beneath *rule)
{
	return syscall(SYS_landlock_add_rule, set, RULE_PATH_BENEATH, rule, 0U);
}

static long restrict_self(int set)
{
	return syscall(SYS_landlock_restrict_self, set, 0U);
}
#else
static long create(const struct ruleset *set, size_t size, unsigned flags)
{
	(void)set;
	(void)size;
	(void)flags;
	errno = ENOSYS;
	return -1;
}

static long add_rule(int set, const struct path_beneath *rule)
{
	(void)set;
	(void)rule;
	errno = ENOSYS;
	return -1;
}

static long restrict_self(int set)
{
	(void)set;
	errno = ENOSYS;
	return -1;
}
#endif

/* All that a kernel of this version can forbid, is forbidden. */
static struct ruleset everything(long version)
{
	struct ruleset all = {.fs = (FS_REFER << 1) - 1};

	if (version >= 3)
		all.fs |= FS_TRUNCATE;
	if (version >= 4)
		all.net = NET_ALL;
	if (version >= 5)
		all.fs |= FS_IOCTL_DEV;
	if (version >= 6)
		all.scope = SCOPE_ALL;
	return all;
}

static size_t size_of(long version)
{
	if (version >= 6)
		return sizeof(struct ruleset);
	return version >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
}

static uint64_t rights_of(enum sandbox_use use)
{
	switch (use) {
	case SANDBOX_READ:
		return FS_READ_FILE;
	case SANDBOX_LOOK:
		return FS_READ_FILE | FS_READ_DIR;
	case SANDBOX_APPEND:
		return FS_WRITE_FILE | FS_MAKE_REG;
	case SANDBOX_ALL:
		break;
	}
	return FS_READ_FILE | FS_READ_DIR | FS_WRITE_FILE | FS_TRUNCATE |
	       FS_REMOVE_DIR | FS_REMOVE_FILE | FS_MAKE_DIR | FS_MAKE_REG |
	       FS_MAKE_SYM | FS_REFER;
}

static int allow(int set, uint64_t known, const struct sandbox_place *p,
    const struct sandbox_place **bad)
{
	struct path_beneath rule = {rights_of(p->use) & known, -1};
	struct stat sb;
	int error = 0;

	rule.fd = open(p->path, O_PATH | O_CLOEXEC);
	if (rule.fd < 0 || fstat(rule.fd, &sb) != 0) {
		error = errno;
		*bad = p;
	} else {
		/* The kernel refuses what can only be done with a folder. */
		if (!S_ISDIR(sb.st_mode))
			rule.allowed &= FILE_RIGHTS;
		if (add_rule(set, &rule) != 0)
			error = errno;
	}
	if (rule.fd >= 0)
		close(rule.fd);
	return error;
}

int sandbox_files(const struct sandbox_place *places, size_t n,
    const struct sandbox_place **bad)
{
	long version = create(NULL, 0, CREATE_VERSION);
	struct ruleset all;
	int set, error = 0;
	size_t i;

	*bad = NULL;
	if (version < OLDEST_VERSION)
		return ENOSYS;
	all = everything(version);
	set = (int)create(&all, size_of(version), 0);
	if (set < 0)
		return errno;
	for (i = 0; error == 0 && i < n; i++)
		error = allow(set, all.fs, &places[i], bad);
	if (error == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		error = errno;
	if (error == 0 && restrict_self(set) != 0)
		error = errno;
	close(set);
	return error;
}
