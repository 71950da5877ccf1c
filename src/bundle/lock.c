/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/i18n.h"
#include "bundle/install.h"

static enum copl_status say_failed(const char *path, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "io-lock", (struct copl_place){path, 0, 0},
	    _("cannot lock: %s"), strerror(errno));
	return COPL_E_IO;
}

static enum copl_status say_locked(const char *path, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "locked", (struct copl_place){path, 0, 0},
	    _("another run is at work here: wait until it has ended"));
	return COPL_E_LOCKED;
}

enum copl_status copl_lock_take(
    const char *path, struct copl_reporter *r, int *out)
{
	/* Of the open file, not of the process: threads exclude each other. */
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	enum copl_status st;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

	*out = -1;
	if (fd < 0)
		return say_failed(path, r);
	if (fcntl(fd, F_OFD_SETLK, &whole) == 0) {
		*out = fd;
		return COPL_OK;
	}
	st = errno == EAGAIN || errno == EACCES ? say_locked(path, r)
						: say_failed(path, r);
	close(fd);
	return st;
}

void copl_lock_release(int lock)
{
	if (lock >= 0)
		close(lock);
}
