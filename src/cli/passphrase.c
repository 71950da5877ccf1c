/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/i18n.h"

/* Time enough to type one; a pipe that nobody writes to must not hang. */
#define WAIT_MS 30000

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Is there something to read, or its end? */
static bool wait_for(int fd, int64_t until)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int n;

	do {
		int64_t left = until - clock_ms();

		n = poll(&p, 1, left < 0 ? 0 : (int)left);
	} while (n < 0 && errno == EINTR);
	if (n == 0)
		errno = ETIMEDOUT;
	return n > 0;
}

/* One line.  Without stdio, whose buffers nobody wipes. */
static bool read_some(int fd, char *text, size_t size, size_t *len)
{
	int64_t until = clock_ms() + WAIT_MS;
	ssize_t n;

	*len = 0;
	while (*len < size) {
		if (!wait_for(fd, until))
			return false;
		n = read(fd, text + *len, size - *len);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		*len += (size_t)n;
		if (memchr(text + *len - n, '\n', (size_t)n) != NULL)
			break;
	}
	return true;
}

enum copl_status cli_passphrase_read(
    struct cli_call *call, const char *option, struct cli_passphrase *out)
{
	const char *path = cli_value(call, option, NULL);
	size_t len = 0;
	bool good;
	int fd;

	out->set = false;
	if (path == NULL)
		return COPL_OK;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	good = fd >= 0 && read_some(fd, out->text, sizeof(out->text) - 1, &len);
	if (!good)
		cli_report(call, "io-read", path,
		    _("the passphrase cannot be read: %s"), strerror(errno));
	if (fd >= 0)
		close(fd);
	if (!good)
		return COPL_E_IO;
	out->text[len] = '\0';
	len = strcspn(out->text, "\r\n");
	if (len == 0 || len == sizeof(out->text) - 1) {
		cli_passphrase_wipe(out);
		cli_report(call, "key-passphrase-file", path,
		    _("the first line must hold a passphrase of 1 to %zu "
		      "bytes"),
		    sizeof(out->text) - 2);
		return COPL_E_INVALID;
	}
	out->text[len] = '\0';
	out->set = true;
	return COPL_OK;
}

const char *cli_passphrase_text(const struct cli_passphrase *p)
{
	return p->set ? p->text : NULL;
}

void cli_passphrase_wipe(struct cli_passphrase *p)
{
	explicit_bzero(p, sizeof(*p));
}
