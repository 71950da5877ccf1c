/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processes that store are killed, again and again, until all is stored: what
 * was acknowledged is there, once, and nothing half written is ever seen.
 * COPL_KILL_ANSWERS says how many answers (1500), COPL_KILL_ROUNDS how often
 * they are killed at most (12).
 */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <setjmp.h>
#include <cmocka.h>
#include "answers/store.h"
#include "help_bundle.h"

#define THREADS 16
#define PROCESSES 2
#define ANSWERS_MAX 100000

static struct copl_reporter quiet;
static unsigned answers, rounds;
static bool acked[ANSWERS_MAX];
static unsigned nacked;

static unsigned setting(const char *name, unsigned otherwise, unsigned max)
{
	const char *s = getenv(name);
	uint64_t n;

	return s != NULL && copl_number_parse(s, max, &n) && n > 0 ? (unsigned)n
								   : otherwise;
}

/* Of different lengths, over several pages at times. */
static void make_text(unsigned number, struct copl_strbuf *out)
{
	unsigned i;

	copl_strbuf_reset(out);
	copl_strbuf_printf(out, "<answer n=\"%u\">", number);
	for (i = 0; i < number % 97; i++)
		copl_strbuf_printf(out, "<v>%u потому что 因为 لأن</v>", i);
	copl_strbuf_puts(out, "</answer>\n");
}

/* ---- the process that is killed ---- */

struct worker {
	struct copl_store *s;
	unsigned step; /* of all processes: each has numbers of its own */
	atomic_uint next;
	int told; /* where acknowledged numbers go */
};

/* Numbers that are not acknowledged, and some that are. */
static bool is_enough(unsigned number)
{
	return acked[number] && number % 29 != 0;
}

static void store_one(struct worker *w, unsigned number)
{
	struct copl_strbuf text = COPL_STRBUF_INIT((size_t)1 << 16);
	struct copl_store_answer a = {.form = number % 3 ? "youth" : "school",
	    .id = (const char *)&number,
	    .id_len = sizeof(number),
	    .hour = 1790000000};
	enum copl_stored how;
	int error;

	make_text(number, &text);
	a.bytes = text.s;
	a.len = text.len;
	if (copl_store_put(w->s, &a, &how, &error) != COPL_OK)
		_exit(3);
	if (how != COPL_STORED_NEW && how != COPL_STORED_SAME)
		_exit(4);
	if (acked[number] && how != COPL_STORED_SAME)
		_exit(5); /* it was lost */
	if (write(w->told, &number, sizeof(number)) != sizeof(number))
		_exit(6);
	copl_strbuf_clear(&text);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	unsigned n;

	while ((n = atomic_fetch_add(&w->next, w->step)) < answers)
		if (!is_enough(n))
			store_one(w, n);
	return NULL;
}

static void be_killed(unsigned which, int told)
{
	struct worker w = {.step = PROCESSES, .next = which, .told = told};
	pthread_t threads[THREADS];
	unsigned i;

	if (copl_store_open(in("a"), NULL, &quiet, &w.s) != COPL_OK)
		_exit(2);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, work, &w) != 0)
			_exit(7);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	_exit(copl_store_close(w.s, &quiet) == COPL_OK ? 0 : 8);
}

/* ---- what is looked at in between ---- */

static void check_file(const char *path, unsigned number)
{
	struct copl_strbuf want = COPL_STRBUF_INIT((size_t)1 << 16);
	char *got = get(path);

	make_text(number, &want);
	assert_memory_equal(got, want.s, want.len);
	assert_int_equal(strlen(got), want.len + 62);
	free(got);
	copl_strbuf_clear(&want);
}

/* Every file that can be seen is whole; how many there are. */
static unsigned check_folder(const char *form)
{
	char path[400];
	struct dirent *e;
	unsigned n = 0;
	DIR *d = opendir(in(form));

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL) {
		char *got;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", in(form), e->d_name);
		got = get(path);
		assert_memory_equal(got, "<answer n=\"", 11);
		check_file(path, (unsigned)strtoul(got + 11, NULL, 10));
		free(got);
		n++;
	}
	closedir(d);
	return n;
}

static void check_acknowledged(void)
{
	char name[COPL_STORE_NAME_SIZE], path[400];
	unsigned n;

	for (n = 0; n < answers; n++) {
		if (!acked[n])
			continue;
		copl_store_name((const char *)&n, sizeof(n), name);
		snprintf(path, sizeof(path), "%s/%s.xml",
		    in(n % 3 ? "a/youth" : "a/school"), name);
		if (access(path, F_OK) != 0)
			fail_msg("%u was acknowledged and is not there", n);
	}
}

/* ---- rounds ---- */

static void hear(int fd)
{
	unsigned heard[256];
	ssize_t n, i;

	n = read(fd, heard, sizeof(heard));
	assert_true(n >= 0 && n % (ssize_t)sizeof(*heard) == 0);
	for (i = 0; i < n / (ssize_t)sizeof(*heard); i++) {
		assert_true(heard[i] < answers);
		nacked += !acked[heard[i]];
		acked[heard[i]] = true;
	}
	if (n == 0)
		errno = EPIPE;
}

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Hears for so long; true: all processes have ended by themselves. */
static bool hear_for(int fd, int ms)
{
	int64_t end = milliseconds() + ms;
	struct pollfd p = {fd, POLLIN, 0};

	for (;;) {
		int64_t left = end - milliseconds();

		if (left <= 0)
			return false;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		errno = 0;
		hear(fd);
		if (errno == EPIPE)
			return true;
	}
}

/* Starts them, kills the one and then the other; true: they were done. */
static bool one_round(unsigned seed, bool to_the_end)
{
	pid_t child[PROCESSES];
	int told[2], status;
	bool done = false, whole = true;
	unsigned i;

	assert_int_equal(pipe(told), 0);
	for (i = 0; i < PROCESSES; i++) {
		child[i] = fork();
		assert_true(child[i] >= 0);
		if (child[i] == 0)
			be_killed(i, told[1]);
	}
	close(told[1]);
	if (to_the_end)
		done = hear_for(told[0], 100000);
	for (i = 0; i < PROCESSES && !done; i++) {
		seed = seed * 1103515245 + 12345;
		done = hear_for(told[0], 3 + (int)(seed >> 16) % 150);
		if (!done)
			kill(child[i], SIGKILL);
	}
	while (hear_for(told[0], 1000) == false)
		continue;
	close(told[0]);
	for (i = 0; i < PROCESSES; i++) {
		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		if (WIFSIGNALED(status))
			whole = false;
		else
			assert_int_equal(WEXITSTATUS(status), 0);
	}
	/* The last one may be done where another one was killed. */
	return whole;
}

static void nothing_acknowledged_is_lost_and_nothing_is_doubled(void **state)
{
	unsigned round, whole;
	bool done = false;

	(void)state;
	for (round = 0; round <= rounds && !done; round++) {
		done = one_round(round + 1, round == rounds);
		/* Before anybody opens it again. */
		check_folder("a/youth");
		check_folder("a/school");
		check_acknowledged();
	}
	assert_true(done);
	assert_true(round > 1);
	assert_int_equal(nacked, answers);
	whole = check_folder("a/youth") + check_folder("a/school");
	assert_int_equal(whole, answers);
	/* And nothing else has stayed. */
	assert_int_equal(run("ls -A a/youth a/school | grep -c '^[.]'"), 1);
	print_message("# %u answers, killed %u times\n", answers, round - 1);
}

static int set_up(void **state)
{
	answers = setting("COPL_KILL_ANSWERS", 1500, ANSWERS_MAX);
	rounds = setting("COPL_KILL_ROUNDS", 12, 100000);
	alarm(120 + answers / 20 + rounds);
	copl_reporter_init(&quiet, NULL);
	return scratch_make(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		nothing_acknowledged_is_lost_and_nothing_is_doubled),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
