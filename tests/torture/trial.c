/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of the command, and what is held against it. */
#include "config.h"
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "trial.h"

#define SECONDS_MAX 30
#define LEAK_MARK "LeakSanitizer: detected memory leaks"

double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void pause_for(double seconds)
{
	struct timespec t = {
	    (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};

	nanosleep(&t, NULL);
}

char *beside(const char *suffix)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s.%s", opt.dir, suffix);
	return path;
}

char *slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);
	size_t n = 0;

	if (text == NULL)
		err(99, "memory");
	if (f != NULL) {
		n = fread(text, 1, (1 << 20) - 1, f);
		fclose(f);
	}
	text[n] = '\0';
	return text;
}

/* ---- one run ---- */

static void redirect(const char *suffix, int fd)
{
	int to = open(beside(suffix), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (to < 0 || dup2(to, fd) < 0)
		err(99, "%s", beside(suffix));
	close(to);
}

/*
 * Stacks are followed the fast way first, which does not know enough to
 * compare them with the list; what then looks like a leak is run once more.
 * A signal is left alone: caught, it would be that exit code of 0.
 */
#define LEAKS "exitcode=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0"
static void choose_leaks(bool slow)
{
	char text[PATH_MAX + 200] = LEAKS;

	if (slow)
		snprintf(text, sizeof(text),
		    LEAKS ":print_suppressions=0:fast_unwind_on_malloc=0:"
			  "suppressions=%s",
		    opt.leaks_known);
	setenv("LSAN_OPTIONS", text, 1);
}

static void become(const char *wish, const char *more, bool leaks)
{
	struct rlimit none = {0, 0};
	char preload[2 * PATH_MAX];

	snprintf(preload, sizeof(preload), "%s%s%s", opt.fail_so,
	    leaks ? ":" : "", leaks ? opt.leak_so : "");
	redirect("out", 1);
	redirect("err", 2);
	setrlimit(RLIMIT_CORE, &none);
	if (chdir(opt.dir) != 0)
		err(99, "%s", opt.dir);
	setenv("COPL_FAIL", wish, 1);
	setenv(more, "1", 1);
	choose_leaks(strcmp(more, "COPL_FAIL_SLOW") == 0);
	setenv("LD_PRELOAD", preload, 1);
	execvp(opt.argv[0], opt.argv);
	err(99, "%s", opt.argv[0]);
}

int shell(const char *script)
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		redirect("check", 1);
		dup2(1, 2);
		if (chdir(opt.dir) == 0)
			execl("/bin/sh", "sh", "-c", script, (char *)NULL);
		_exit(99);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return status;
}

/*
 * A server has said that it is there: somebody calls, and it may end.  What the
 * caller was told is kept beside the folder, as "told".
 */
static void stop_when_told(pid_t pid, bool *told)
{
	char *out;

	if (opt.stop == NULL || *told)
		return;
	out = slurp(beside("out"));
	if (strstr(out, opt.stop) != NULL) {
		*told = true;
		if (opt.client != NULL)
			shell(opt.client);
		kill(pid, SIGTERM);
	}
	free(out);
}

static void wait_for(pid_t pid, double kill_after, struct outcome *o)
{
	double start = now();
	bool told = false, killed = false;
	double step = 0.0002;

	o->late = false;
	while (waitpid(pid, &o->status, WNOHANG) == 0) {
		double t = now() - start;

		stop_when_told(pid, &told);
		if (kill_after >= 0 && t >= kill_after && !killed) {
			killed = true;
			kill(pid, SIGKILL);
		}
		if (t > SECONDS_MAX && !o->late) {
			o->late = true;
			kill(pid, SIGKILL);
		}
		if (kill_after >= 0 && t < kill_after && kill_after - t < step)
			pause_for(kill_after - t);
		else
			pause_for(step);
		if (step < 0.002)
			step *= 1.2;
	}
}

void run_with(const char *wish, const char *more, bool leaks, double kill_after,
    struct outcome *o)
{
	pid_t pid;

	memset(page, 0, offsetof(struct point_page, stack));
	/* What the run before said must not be taken for what this one says. */
	unlink(beside("out"));
	unlink(beside("err"));
	unlink(beside("told"));
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		err(99, "fork");
	if (pid == 0)
		become(wish, more, leaks);
	wait_for(pid, kill_after, o);
	o->out = slurp(beside("out"));
	o->err = slurp(beside("err"));
	o->leaks = strstr(o->err, LEAK_MARK);
	tree_read(opt.dir, &o->tree);
}

void clear(struct outcome *o)
{
	free(o->out);
	free(o->err);
	tree_clear(&o->tree);
}

/*
 * A server that fails may be told to stop while it is looked through for leaks,
 * when it no longer listens: then it is run once more.
 */
void run(const char *wish, struct outcome *o)
{
	run_with(wish, "COPL_FAIL_", opt.leak_so != NULL, -1, o);
	if (opt.stop == NULL || !WIFSIGNALED(o->status) ||
	    WTERMSIG(o->status) != SIGTERM)
		return;
	tree_restore(opt.dir, &o->tree, &before);
	clear(o);
	run_with(wish, "COPL_FAIL_", opt.leak_so != NULL, -1, o);
}

/* ---- what is to be held against it ---- */

static bool matches(const struct words *list, const char *path)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (fnmatch(list->w[i], path, 0) == 0)
			return true;
	return false;
}

/* Is it the same, or a file of which nothing can be foretold? */
static bool alike(const struct entry *a, const struct entry *b)
{
	const struct entry *e = a != NULL ? a : b;

	return (e != NULL && matches(&opt.vary, e->path)) || entry_same(a, b);
}

/* The first path below (or at) `below` that differs; NULL: none. */
const char *differs(
    const struct tree *a, const struct tree *b, const char *below)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (fnmatch(below, a->list[i].path, 0) == 0 &&
		    !alike(&a->list[i], tree_find(b, a->list[i].path)))
			return a->list[i].path;
	for (i = 0; i < b->n; i++)
		if (fnmatch(below, b->list[i].path, 0) == 0 &&
		    tree_find(a, b->list[i].path) == NULL &&
		    !matches(&opt.vary, b->list[i].path))
			return b->list[i].path;
	return NULL;
}

/* Every file is the old or the new one, whole; NULL: so it is. */
const char *half_done(const struct tree *t)
{
	static char what[PATH_MAX + 64];
	size_t i;

	for (i = 0; i < t->n; i++) {
		const char *path = t->list[i].path;

		if (alike(&t->list[i], tree_find(&before, path)) ||
		    alike(&t->list[i], tree_find(&ref.tree, path)) ||
		    matches(&opt.leftover, path))
			continue;
		snprintf(what, sizeof(what),
		    "%s is neither the old nor the new one", path);
		return what;
	}
	for (i = 0; i < before.n; i++)
		if (tree_find(t, before.list[i].path) == NULL &&
		    tree_find(&ref.tree, before.list[i].path) != NULL) {
			snprintf(what, sizeof(what), "%s is lost",
			    before.list[i].path);
			return what;
		}
	for (i = 0; i < opt.whole.n; i++) {
		const char *path = differs(t, &ref.tree, opt.whole.w[i]);

		if (path == NULL || differs(t, &before, opt.whole.w[i]) == NULL)
			continue;
		snprintf(what, sizeof(what), "%s is half there: see %s",
		    opt.whole.w[i], path);
		return what;
	}
	return NULL;
}

static const char *not_the_result(const struct outcome *o)
{
	static char what[PATH_MAX + 64];
	const char *path = differs(&o->tree, &ref.tree, "*");

	if (path != NULL)
		snprintf(what, sizeof(what), "%s is not the result", path);
	else if (opt.stop == NULL && !matches(&opt.vary, "stdout") &&
		 strcmp(o->out, ref.out) != 0)
		snprintf(what, sizeof(what), "other words on stdout");
	else
		return NULL;
	return what;
}

static bool is_listed(const struct words *list, int status)
{
	char text[16];
	size_t i;

	snprintf(text, sizeof(text), "%d", WEXITSTATUS(status));
	for (i = 0; i < list->n; i++)
		if (strcmp(list->w[i], text) == 0)
			return WIFEXITED(status);
	return false;
}

static bool is_also(int code)
{
	return code == 3 || is_listed(&opt.also, W_EXITCODE(code, 0));
}

/* What is wrong with how it ended, or NULL. */
const char *judge(const struct outcome *o)
{
	static char what[64];
	int code = WEXITSTATUS(o->status);

	if (o->late)
		return "it does not end";
	if (WIFSIGNALED(o->status)) {
		snprintf(what, sizeof(what), "signal %d", WTERMSIG(o->status));
		return what;
	}
	if (o->leaks != NULL)
		return "a leak";
	if (o->status == ref.status && not_the_result(o) == NULL)
		return NULL;
	if (o->status == ref.status && !is_also(code)) {
		static char text[PATH_MAX + 128];

		snprintf(text, sizeof(text), "exit status %d, but %s", code,
		    not_the_result(o));
		return text;
	}
	if (!is_also(code)) {
		snprintf(what, sizeof(what), "exit status %d", code);
		return what;
	}
	if (o->err[0] == '\0' && o->out[0] == '\0')
		return "it does not say why";
	return half_done(&o->tree);
}

/* A line of the list: what is wrong, TAB, part of a stack, TAB, why. */
static bool is_third(const char *problem)
{
	size_t i;

	for (i = 0; i < opt.third.n; i++) {
		char line[512], *stack, *rest;

		snprintf(line, sizeof(line), "%s", opt.third.w[i]);
		stack = strchr(line, '\t');
		if (stack == NULL)
			continue;
		*stack++ = '\0';
		rest = strchr(stack, '\t');
		if (rest != NULL)
			*rest = '\0';
		if (fnmatch(line, problem, 0) == 0 &&
		    strstr(page->where, stack) != NULL)
			return true;
	}
	return false;
}

void tell(const char *problem, const char *wish, const char *err_text)
{
	char where[POINT_WHERE], *p;
	size_t i;

	if (is_third(problem)) {
		seen.third++;
		return;
	}
	seen.findings++;
	printf("# %s: COPL_FAIL=%s", problem, wish);
	for (i = 0; opt.argv[i] != NULL; i++)
		printf(" %s", opt.argv[i]);
	snprintf(where, sizeof(where), "%s", page->where);
	for (p = where; *p != '\0'; p++)
		if (*p == '\n')
			*p = '<';
	printf("\n#   at %s\n#   said ", where);
	for (i = 0; err_text[i] != '\0' && i < 3000; i++) {
		putchar(err_text[i]);
		if (err_text[i] == '\n')
			fputs("#     ", stdout);
	}
	puts(i == 0 ? "nothing" : "");
	fflush(stdout);
}

/* What a second attempt may name otherwise is not compared. */
static const char *differs_again(const struct tree *t)
{
	static char what[PATH_MAX + 64];
	const char *path = NULL;
	size_t i;

	for (i = 0; i < t->n && path == NULL; i++)
		if (!matches(&opt.other, t->list[i].path) &&
		    !alike(&t->list[i], tree_find(&ref.tree, t->list[i].path)))
			path = t->list[i].path;
	for (i = 0; i < ref.tree.n && path == NULL; i++)
		if (!matches(&opt.other, ref.tree.list[i].path) &&
		    !matches(&opt.vary, ref.tree.list[i].path) &&
		    tree_find(t, ref.tree.list[i].path) == NULL)
			path = ref.tree.list[i].path;
	if (path == NULL)
		return NULL;
	snprintf(what, sizeof(what), "%s is not the result", path);
	return what;
}

/* After a kill the same command must do all that was left to do. */
void run_again(const char *wish)
{
	char where[POINT_WHERE];
	struct outcome o;

	memcpy(where, page->where, sizeof(where));
	run("", &o);
	memcpy(page->where, where, sizeof(where));
	if (o.status != ref.status && is_listed(&opt.again, o.status))
		; /* it refuses, and says what to do */
	else if (o.status != ref.status)
		tell("the run after it fails", wish, o.err);
	else if (differs_again(&o.tree) != NULL)
		tell(differs_again(&o.tree), wish, "in the run after it\n");
	clear(&o);
}

void back_to_start(void)
{
	struct tree t;

	tree_read(opt.dir, &t);
	tree_restore(opt.dir, &t, &before);
	tree_clear(&t);
}

/*
 * Is it a leak that is not on the list?  `o` becomes that run.  One run of some
 * ten thousand shows a leak that is none: what is lost is lost each time.
 */
void look_closer(const char *wish, struct outcome *o)
{
	int i;

	for (i = 0; i < 2 && o->leaks != NULL; i++) {
		tree_restore(opt.dir, &o->tree, &before);
		clear(o);
		run_with(wish, "COPL_FAIL_SLOW", true, -1, o);
	}
}
