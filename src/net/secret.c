/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "net/net.h"
#include "net/secret.h"

#define FD_MS 10000
/* Nobody but the owner writes it, and beyond the group nobody reads it. */
#define MODE_TOO_OPEN (S_IWGRP | S_IRWXO)

void copl_secret_missing(const char *prefix, const char *where, int error,
    struct copl_place at, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "secret-missing", at,
	    _("the secret cannot be read from %s%s: %s"), prefix, where,
	    strerror(error));
}

static enum copl_status look_at_file(const char *path, int fd, bool pipe,
    struct copl_place at, struct copl_reporter *r)
{
	struct stat st;

	if (fstat(fd, &st) != 0) {
		copl_secret_missing("", path, errno, at, r);
		return COPL_E_IO;
	}
	/* What is in a pipe nobody else can read. */
	if (pipe && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return COPL_OK;
	if (!S_ISREG(st.st_mode)) {
		copl_report(r, COPL_ERROR, "secret-missing", at,
		    _("%s is no file that could hold a secret"), path);
		return COPL_E_IO;
	}
	if ((st.st_mode & MODE_TOO_OPEN) == 0)
		return COPL_OK;
	copl_report(r, COPL_ERROR, "secret-readable", at,
	    _("others can read or change the secret in %s: take that right "
	      "away, as with chmod 600, and think about a new secret"),
	    path);
	return COPL_E_INVALID;
}

bool copl_secret_read_fd(int fd, struct copl_secret_text *out)
{
	uint64_t until = copl_net_clock_ms() + FD_MS;

	out->len = 0;
	/* One byte more than allowed says that it is too long. */
	while (out->len < sizeof(out->raw)) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		uint64_t now = copl_net_clock_ms();
		ssize_t n;

		errno = ETIMEDOUT;
		if (now >= until)
			return false;
		if (poll(&p, 1, (int)(until - now)) < 0 && errno != EINTR)
			return false;
		if (p.revents == 0)
			continue;
		errno = EBADF;
		if ((p.revents & POLLNVAL) != 0)
			return false;
		n = read(fd, out->raw + out->len, sizeof(out->raw) - out->len);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (n == 0)
			break;
		if (n > 0)
			out->len += (size_t)n;
	}
	return true;
}

enum copl_status copl_secret_read_file(const char *path, bool pipe,
    struct copl_place at, struct copl_reporter *r, struct copl_secret_text *out)
{
	int fd = open(
	    path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (pipe ? 0 : O_NONBLOCK));
	enum copl_status st;

	if (fd < 0) {
		copl_secret_missing("", path, errno, at, r);
		return COPL_E_IO;
	}
	st = look_at_file(path, fd, pipe, at, r);
	if (st == COPL_OK && !copl_secret_read_fd(fd, out)) {
		copl_secret_missing("", path, errno, at, r);
		st = COPL_E_IO;
	}
	close(fd);
	return st;
}

/* Without its last line ends; what is wrong with it, or NULL. */
static const char *fault_of(struct copl_secret_text *t)
{
	const char *s = t->raw;
	size_t i;

	if (t->len > COPL_SECRET_MAX)
		return _("the secret is longer than 16384 bytes: this is the "
			 "wrong file or command");
	while (t->len > 0 && (s[t->len - 1] == '\n' || s[t->len - 1] == '\r'))
		t->len--;
	if (t->len == 0)
		return _("there is no secret: the file or output is empty");
	for (i = 0; i < t->len; i++)
		if (((unsigned char)s[i] < ' ' && s[i] != '\n') || s[i] == 0x7f)
			return _("the secret has control characters in it, "
				 "which cannot be sent: write it anew, as "
				 "plain text");
	return NULL;
}

bool copl_secret_check(
    struct copl_secret_text *s, struct copl_place at, struct copl_reporter *r)
{
	const char *fault = fault_of(s);

	if (fault != NULL)
		copl_report(r, COPL_ERROR, "secret-shape", at, "%s", fault);
	return fault == NULL;
}
