/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs one command again and again in one folder: in each run another call
 * fails, or the process is killed there.  After each run every file must be
 * what it was or what an undisturbed run makes of it; see run.sh for what else
 * is asked.  Prints "# ..." for each finding and one line of figures.
 */
#include "config.h"
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "trial.h"

const char *const kind_names[POINT_KINDS] = POINT_NAMES;
struct wishes opt;
struct figures seen;
struct point_page *page;
struct tree before;
struct outcome ref;
static double ref_seconds;

/* One point. */
static void try_at(enum point_kind kind, unsigned long n, const char *how)
{
	bool kills = strcmp(opt.mode, "kill") == 0;
	const char *problem = NULL;
	struct outcome o;
	char wish[64];

	snprintf(wish, sizeof(wish), "%s:%lu%s%s", kind_names[kind], n,
	    how[0] == '\0' ? "" : ":", how);
	run(wish, &o);
	if (o.leaks != NULL)
		look_closer(wish, &o);
	if (page->hit == 0)
		seen.unreached++;
	seen.tried[kind]++;
	if (WIFEXITED(o.status))
		seen.status[WEXITSTATUS(o.status)]++;
	else
		seen.killed++;
	if (kills)
		problem = half_done(&o.tree);
	else
		problem = judge(&o);
	if (problem != NULL)
		tell(problem, wish, o.leaks != NULL ? o.leaks : o.err);
	if (opt.check != NULL && shell(opt.check) != 0) {
		char *text = slurp(beside("check"));

		tell("what was left is broken", wish, text);
		free(text);
	}
	if (kills && page->hit != 0)
		run_again(wish);
	clear(&o);
	back_to_start();
}

/* ---- which points ---- */

static void try_kind(enum point_kind kind, const uint32_t *count)
{
	static const char *const fail_hows[] = {"", "EIO", "short", NULL};
	static const char *const kill_hows[] = {
	    "before", "half", "after", NULL};
	bool kills = strcmp(opt.mode, "kill") == 0;
	const char *const *hows = kills ? kill_hows : fail_hows;
	unsigned long n, k;

	for (n = 1; n <= count[kind]; n += opt.stride)
		for (k = 0; hows[k] != NULL; k++) {
			bool write = kind == POINT_WRITE;

			if (!write && (strcmp(hows[k], "half") == 0 ||
					  strcmp(hows[k], "short") == 0))
				continue;
			if (kind == POINT_READ && (kills || k > 0))
				continue;
			if (kind == POINT_UNLINK && !kills)
				continue;
			try_at(kind, n, hows[k]);
		}
}

/* Of allocations: all (stride 1), or every n-th way that leads to one. */
static void try_alloc(uint32_t count, bool all)
{
	uint32_t *known, i, nknown = 0, j;

	if (all) {
		for (i = 1; i <= count; i++)
			try_at(POINT_ALLOC, i, "");
		return;
	}
	known = calloc(count + 1, sizeof(*known));
	for (i = 0; i < count && i < POINT_STACKS; i++) {
		for (j = 0; j < nknown; j++)
			if (known[j] == page[1].stack[i])
				break;
		if (j < nknown)
			continue;
		known[nknown++] = page[1].stack[i];
		if ((nknown - 1) % opt.stride == 0)
			try_at(POINT_ALLOC, i + 1, "");
	}
	free(known);
}

static bool has_kind(const char *name)
{
	size_t i;

	for (i = 0; i < opt.kinds.n; i++)
		if (strcmp(opt.kinds.w[i], name) == 0)
			return true;
	return opt.kinds.n == 0;
}

static void try_all(void)
{
	uint32_t count[POINT_KINDS];
	struct outcome o;
	size_t k;

	run_with("", "COPL_FAIL_STACKS", false, -1, &o);
	for (k = 0; k < POINT_KINDS; k++)
		count[k] = page->count[k];
	memcpy(page[1].stack, page->stack, sizeof(page->stack));
	clear(&o);
	back_to_start();
	for (k = 0; k < POINT_KINDS; k++) {
		if (k == POINT_ALLOC || !has_kind(kind_names[k]))
			continue;
		try_kind((enum point_kind)k, count);
	}
	if (strcmp(opt.mode, "fail") == 0 && has_kind("alloc"))
		try_alloc(count[POINT_ALLOC], false);
	if (strcmp(opt.mode, "fail") == 0 && has_kind("every"))
		try_alloc(count[POINT_ALLOC], true);
}

/* Killed at moments that dice give, all over the time that a run takes. */
static void try_times(void)
{
	unsigned long i;

	srand48((long)opt.seed);
	for (i = 0; i < opt.times; i++) {
		double at = drand48() * ref_seconds * 1.1;
		const char *problem;
		struct outcome o;
		char wish[64];

		snprintf(wish, sizeof(wish), "(killed after %.6f s)", at);
		run_with("", "COPL_FAIL_", false, at, &o);
		if (WIFSIGNALED(o.status))
			seen.killed++;
		else
			seen.status[WEXITSTATUS(o.status)]++;
		problem = half_done(&o.tree);
		if (problem != NULL)
			tell(problem, wish, o.err);
		if (opt.check != NULL && shell(opt.check) != 0)
			tell("what was left is broken", wish, "");
		run_again(wish);
		clear(&o);
		back_to_start();
	}
}

/* What an undisturbed run does, which must be the same each time. */
static void learn(void)
{
	struct outcome again;
	const char *path;
	double start;

	tree_read(opt.dir, &before);
	run("", &ref);
	if (ref.leaks != NULL || !WIFEXITED(ref.status))
		errx(99, "%s: undisturbed, it fails: %s", opt.label, ref.err);
	back_to_start();
	start = now();
	run_with("", "COPL_FAIL_", false, -1, &again);
	ref_seconds = now() - start;
	path = differs(&again.tree, &ref.tree, "*");
	if (path != NULL)
		errx(99, "%s: %s differs from run to run", opt.label, path);
	clear(&again);
	back_to_start();
}

/* ---- the command line ---- */

static void split(char *text, struct words *list)
{
	char *save = NULL, *w;

	for (w = strtok_r(text, " ,\n", &save); w != NULL && list->n < MANY;
	     w = strtok_r(NULL, " ,\n", &save))
		list->w[list->n++] = w;
}

static void read_third(const char *path)
{
	char *text = slurp(path), *save = NULL, *line;

	for (line = strtok_r(text, "\n", &save);
	     line != NULL && opt.third.n < MANY;
	     line = strtok_r(NULL, "\n", &save))
		if (line[0] != '#')
			opt.third.w[opt.third.n++] = line;
}

static void read_option(int c, char *value)
{
	switch (c) {
	case 'd':
		opt.dir = value;
		break;
	case 'p':
		opt.fail_so = value;
		break;
	case 'l':
		opt.leak_so = value;
		break;
	case 'i':
		opt.in = value;
		break;
	case 'm':
		opt.mode = value;
		break;
	case 'b':
		opt.label = value;
		break;
	case 'k':
		split(value, &opt.kinds);
		break;
	case 'a':
		split(value, &opt.also);
		break;
	case 'q':
		split(value, &opt.other);
		break;
	case 'r':
		split(value, &opt.again);
		break;
	case 'w':
		split(value, &opt.whole);
		break;
	case 'v':
		split(value, &opt.vary);
		break;
	case 'o':
		split(value, &opt.leftover);
		break;
	case 'c':
		opt.check = value;
		break;
	case 'S':
		opt.stop = value;
		break;
	case 'C':
		opt.client = value;
		break;
	case 'x':
		read_third(value);
		break;
	case 'y':
		opt.leaks_known = value;
		break;
	case 's':
		opt.stride = strtoul(value, NULL, 10);
		break;
	case 't':
		opt.times = strtoul(value, NULL, 10);
		break;
	case 'e':
		opt.seed = strtoul(value, NULL, 10);
		break;
	default:
		errx(99, "usage: see tests/torture/run.sh");
	}
}

/* Two pages: the one that is shared, and what the first run left there. */
static void make_page(void)
{
	size_t size = sizeof(*page);
	int fd = open(beside("page"), O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || ftruncate(fd, (off_t)(2 * size)) != 0)
		err(99, "%s", beside("page"));
	page = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		err(99, "mmap");
	close(fd);
	setenv("COPL_FAIL_PAGE", beside("page"), 1);
	setenv("COPL_FAIL_IN", opt.in, 1);
}

static void say_figures(void)
{
	size_t i;

	printf("# %s %s:", opt.label, opt.mode);
	for (i = 0; i < POINT_KINDS; i++)
		if (seen.tried[i] > 0)
			printf(" %s %lu", kind_names[i], seen.tried[i]);
	printf("; undisturbed %d in %.0f ms; exit", WEXITSTATUS(ref.status),
	    ref_seconds * 1e3);
	for (i = 0; i < 256; i++)
		if (seen.status[i] > 0)
			printf(" %zu: %lu", i, seen.status[i]);
	printf("; killed %lu, not reached %lu, third parties %lu, findings "
	       "%lu\n",
	    seen.killed, seen.unreached, seen.third, seen.findings);
}

/* Without the preload all would go well, and mean nothing. */
static bool anything_was_reached(void)
{
	unsigned long tried = 0;
	size_t i;

	for (i = 0; i < POINT_KINDS; i++)
		tried += seen.tried[i];
	if (strcmp(opt.mode, "time") == 0)
		return true;
	/* Some commands only read: there is no place where a kill matters. */
	return tried == 0 ? strcmp(opt.mode, "kill") == 0
			  : tried > seen.unreached;
}

int main(int argc, char **argv)
{
	int c;

	opt.mode = "fail";
	opt.in = "cop-l10n";
	opt.label = "torture";
	opt.stride = 1;
	while ((c = getopt(argc, argv,
		    "+q:r:d:p:l:i:m:b:k:a:w:v:o:c:S:C:x:y:s:t:e:")) != -1)
		read_option(c, optarg);
	opt.argv = argv + optind;
	if (opt.dir == NULL || opt.fail_so == NULL || opt.argv[0] == NULL ||
	    opt.stride == 0)
		errx(99, "usage: see tests/torture/run.sh");
	make_page();
	learn();
	if (strcmp(opt.mode, "time") == 0)
		try_times();
	else
		try_all();
	say_figures();
	if (!anything_was_reached())
		errx(99, "no call failed and nobody was killed");
	return seen.findings == 0 ? 0 : 1;
}
