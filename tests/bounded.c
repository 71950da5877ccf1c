/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs one test so that it ends, whatever it waits for.
 *
 *   bounded SECONDS COMMAND...        0 seconds: as long as it takes
 *
 * The test gets nothing on standard input and a process group of its own.  One
 * that is not done in time, and processes that a test leaves behind, are
 * listed, stopped, and told in TAP, so that the test is an error by name and
 * nobody who reads what it says waits for ever.
 */
#include "config.h"
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES_MAX 4096
/* What was told to end may need a moment until it has. */
#define LEFT_SECONDS 5

struct process {
	pid_t pid;
	pid_t parent;
	char state;
	bool ours;
};

static struct process all[PROCESSES_MAX];
static sigset_t held; /* signals that are waited for */

/* The first SIZE - 1 bytes of a file of a process; nothing when it is gone. */
static void of_process(pid_t pid, const char *name, char *text, size_t size)
{
	char path[64];
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, text, size - 1);
		close(fd);
	}
	text[n > 0 ? n : 0] = '\0';
	for (ssize_t i = 0; i + 1 < n; i++)
		if (text[i] == '\0' || text[i] == '\n')
			text[i] = ' ';
}

/* proc(5): the name stands in parentheses and may itself have some. */
static bool read_process(pid_t pid, struct process *p)
{
	char stat[512];
	const char *end;
	int parent;

	of_process(pid, "stat", stat, sizeof(stat));
	end = strrchr(stat, ')');
	if (end == NULL || sscanf(end + 1, " %c %d", &p->state, &parent) != 2)
		return false;
	p->pid = pid;
	p->parent = parent;
	p->ours = parent == getpid();
	return true;
}

static size_t read_all(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *e;
	size_t n = 0;

	if (dir == NULL)
		return 0;
	while (n < PROCESSES_MAX && (e = readdir(dir)) != NULL)
		if (e->d_name[0] >= '1' && e->d_name[0] <= '9' &&
		    read_process((pid_t)strtol(e->d_name, NULL, 10), &all[n]))
			n++;
	closedir(dir);
	return n;
}

/* Marks those that descend from this one. */
static size_t find_ours(void)
{
	size_t n = read_all();
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < n && !all[i].ours; k++)
				if (all[k].ours && all[k].pid == all[i].parent)
					more = all[i].ours = true;
	}
	return n;
}

static void tell(const char *what, const struct process *p)
{
	char command[200], where[64];

	of_process(p->pid, "cmdline", command, sizeof(command));
	of_process(p->pid, "wchan", where, sizeof(where));
	printf("# %s: process %d of %d, state %c, in %s: %s\n", what,
	    (int)p->pid, (int)p->parent, p->state, where, command);
}

/* Stops all that descends from this one; the first time it is listed as WHAT.
 */
static void stop_ours(const char *what)
{
	for (int round = 0; round < 100; round++) {
		size_t n = find_ours();

		for (size_t i = 0; i < n; i++) {
			if (!all[i].ours || all[i].state == 'Z')
				continue;
			if (round == 0)
				tell(what, &all[i]);
			kill(all[i].pid, round == 0 ? SIGSTOP : SIGKILL);
		}
		while (waitpid(-1, NULL, WNOHANG) > 0)
			continue;
		if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
			return;
		nanosleep(&(struct timespec){0, 20 * 1000 * 1000}, NULL);
	}
}

/*
 * Waits until PID has ended, with its status in *STATUS, or, with 0, until
 * nobody is left.  False: SECONDS are over (0: they never are), or *SIGNAL
 * came.
 */
static bool wait_for(pid_t pid, long seconds, int *status, int *sig)
{
	struct timespec now, end, left;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += seconds;
	for (;;) {
		int some;
		pid_t ended;

		while ((ended = waitpid(-1, &some, WNOHANG)) > 0)
			if (ended == pid) {
				*status = some;
				return true;
			}
		if (ended < 0 && errno == ECHILD)
			return true;
		clock_gettime(CLOCK_MONOTONIC, &now);
		left = (struct timespec){
		    seconds == 0 ? 3600 : end.tv_sec - now.tv_sec, 0};
		if (left.tv_sec <= 0)
			return false;
		*sig = sigtimedwait(&held, NULL, &left);
		if (*sig > 0 && *sig != SIGCHLD)
			return false;
	}
}

static pid_t start(char **argv)
{
	sigset_t none;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		err(99, "fork");
	if (pid > 0)
		return pid;
	close(STDIN_FILENO);
	if (open("/dev/null", O_RDONLY) != STDIN_FILENO || setpgid(0, 0) != 0)
		err(99, "/dev/null");
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvp(argv[0], argv);
	err(127, "%s", argv[0]);
}

/* Signals wait until they are asked for. */
static void hold_signals(void)
{
	sigemptyset(&held);
	sigaddset(&held, SIGCHLD);
	sigaddset(&held, SIGHUP);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigprocmask(SIG_BLOCK, &held, NULL);
	/* Whoever loses its parent becomes a child of this one. */
	prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
}

int main(int argc, char **argv)
{
	long seconds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	int status = 0, sig = 0;
	pid_t pid;

	if (argc < 3)
		errx(2, "usage: bounded SECONDS COMMAND...");
	hold_signals();
	pid = start(argv + 2);
	if (!wait_for(pid, seconds, &status, &sig)) {
		stop_ours("running");
		printf("Bail out! %s\n",
		    sig > 0 ? "it was interrupted" : "it did not end in time");
		return sig > 0 ? 128 + sig : 124;
	}
	if (!wait_for(0, LEFT_SECONDS, &status, &sig)) {
		stop_ours("left behind");
		printf("Bail out! it left processes behind\n");
		return 99;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
