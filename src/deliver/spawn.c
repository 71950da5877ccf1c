/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include "deliver/access.h"

#define LOOK_MS 20

/* Nothing to read, the pipe to write to, a group of its own. */
static int start(char *const *argv, int write_end, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, usual;
	int rc;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGTERM);
	rc = posix_spawn_file_actions_init(&files);
	if (rc != 0)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (rc != 0)
		goto out;
	rc = posix_spawn_file_actions_addopen(
	    &files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (rc == 0)
		rc = posix_spawn_file_actions_adddup2(
		    &files, write_end, STDOUT_FILENO);
	if (rc == 0)
		rc = posix_spawnattr_setflags(
		    &attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
			       POSIX_SPAWN_SETSIGMASK);
	if (rc == 0)
		rc = posix_spawnattr_setsigmask(&attr, &none);
	if (rc == 0)
		rc = posix_spawnattr_setsigdefault(&attr, &usual);
	if (rc == 0)
		rc = posix_spawnp(pid, argv[0], &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
out:
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

/* Reads to the end of what is printed, or until there is no time or room. */
static enum copl_spawn_end take(
    int fd, uint64_t until, char *out, size_t room, size_t *len)
{
	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		uint64_t now = copl_net_clock_ms();
		ssize_t n;

		if (now >= until)
			return COPL_SPAWN_TOO_SLOW;
		if (poll(&p, 1, (int)(until - now)) <= 0)
			continue;
		if (*len == room)
			return COPL_SPAWN_TOO_LONG;
		n = read(fd, out + *len, room - *len);
		if (n == 0 || (n < 0 && errno != EINTR))
			return COPL_SPAWN_DONE;
		if (n > 0)
			*len += (size_t)n;
	}
}

/* Waits for its end; after that time, or at once, with force. */
static enum copl_spawn_end finish(
    pid_t pid, uint64_t until, enum copl_spawn_end so_far, int *status)
{
	int raw = 0;
	pid_t got = 0;

	while (so_far == COPL_SPAWN_DONE &&
	       (got = waitpid(pid, &raw, WNOHANG)) != pid) {
		/* Whoever started us may have said that nobody waits. */
		if (got < 0 && errno == ECHILD)
			return COPL_SPAWN_DONE;
		if (copl_net_clock_ms() >= until)
			so_far = COPL_SPAWN_TOO_SLOW;
		else
			copl_net_wait_ms(LOOK_MS);
	}
	if (so_far != COPL_SPAWN_DONE) {
		kill(-pid, SIGKILL);
		while (waitpid(pid, &raw, 0) < 0 && errno == EINTR)
			;
		return so_far;
	}
	*status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
	return *status == 0 ? COPL_SPAWN_DONE : COPL_SPAWN_FAILED;
}

enum copl_spawn_end copl_spawn_read(char *const *argv, unsigned limit_ms,
    char *out, size_t room, size_t *len, int *status)
{
	uint64_t until = copl_net_clock_ms() + limit_ms;
	enum copl_spawn_end end;
	int ends[2], rc;
	pid_t pid = 0;

	*len = 0;
	*status = 0;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return COPL_SPAWN_NOT_STARTED;
	rc = start(argv, ends[1], &pid);
	close(ends[1]);
	if (rc != 0) {
		close(ends[0]);
		errno = rc;
		return COPL_SPAWN_NOT_STARTED;
	}
	end = take(ends[0], until, out, room, len);
	close(ends[0]);
	return finish(pid, until, end, status);
}
