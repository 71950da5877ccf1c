/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * measure [-t SECONDS] [-l LOG] [-e NAME=VALUE]... COMMAND ARG...
 * Runs COMMAND once, what it says into LOG, NAME set for it alone, and
 * prints four numbers: CPU seconds (user and system, its children's too),
 * wall seconds, peak memory of its largest process in KiB, and the exit
 * status (124 when it took longer than SECONDS and was killed with all it
 * started, 128 and more for a signal).
 */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "aid.h"

struct job {
	const char *log;
	char *set[8];
	size_t sets;
	unsigned limit;
	char **command;
};

static volatile sig_atomic_t child;
static volatile sig_atomic_t late;

/* Too late, or stopped by hand: nothing is left running. */
static void on_alarm(int signal)
{
	(void)signal;
	late = 1;
	if (child > 0)
		kill(-(pid_t)child, SIGKILL);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* In the child: a group of its own, its output in the log. */
static void become(const struct job *job)
{
	int in = open("/dev/null", O_RDONLY);
	int out = open(job->log, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	setpgid(0, 0);
	if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 ||
	    dup2(out, 2) < 0)
		_exit(127);
	close(in);
	close(out);
	for (size_t i = 0; i < job->sets; i++)
		putenv(job->set[i]);
	execvp(job->command[0], job->command);
	_exit(127);
}

static void options(struct job *job, int argc, char **argv)
{
	int c = 0;

	while ((c = getopt(argc, argv, "+t:l:e:")) != -1)
		if (c == 't')
			job->limit = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 'l')
			job->log = optarg;
		else if (c == 'e' && job->sets < 8)
			job->set[job->sets++] = optarg;
		else
			die("measure: wrong usage");
	if (optind >= argc)
		die("measure: no command");
	job->command = argv + optind;
}

int main(int argc, char **argv)
{
	struct job job = {.log = "/dev/null", .limit = 300};
	struct sigaction action = {.sa_handler = on_alarm};
	struct rusage used;
	double start = 0;
	double wall = 0;
	int status = 0;
	pid_t pid = 0;

	options(&job, argc, argv);
	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	start = now();
	pid = fork();
	if (pid < 0)
		die("measure: %s", strerror(errno));
	if (pid == 0)
		become(&job);
	setpgid(pid, pid);
	child = pid;
	alarm(job.limit);
	while (wait4(pid, &status, 0, &used) < 0)
		if (errno != EINTR)
			die("measure: %s", strerror(errno));
	wall = now() - start;
	alarm(0);
	if (late)
		status = 124;
	else if (WIFEXITED(status))
		status = WEXITSTATUS(status);
	else
		status = 128 + WTERMSIG(status);
	printf("%.6f %.6f %ld %d\n",
	    seconds(used.ru_utime) + seconds(used.ru_stime), wall,
	    used.ru_maxrss, status);
	return 0;
}
