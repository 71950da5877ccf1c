/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers in a folder of a disk that loses what it was given. */
#include "config.h"
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/statvfs.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_store.h"

static pthread_mutex_t fault_lock = PTHREAD_MUTEX_INITIALIZER;

/*
 * What the disk lost: each open file description hears of it once, as since
 * Linux 5.8.
 */
static struct {
	bool lost;
	int told[8];
	size_t ntold;
} disk;

static void lose(bool lost)
{
	pthread_mutex_lock(&fault_lock);
	disk.lost = lost;
	disk.ntold = 0;
	pthread_mutex_unlock(&fault_lock);
}

static bool is_told(int fd)
{
	bool tell;
	size_t i;

	pthread_mutex_lock(&fault_lock);
	tell = disk.lost && disk.ntold < COPL_COUNT(disk.told);
	for (i = 0; i < disk.ntold; i++)
		tell = tell && disk.told[i] != fd;
	if (tell)
		disk.told[disk.ntold++] = fd;
	pthread_mutex_unlock(&fault_lock);
	return tell;
}

/* The first that comes to a gate waits there until it is opened. */
enum { GATE_SYNCFS, GATE_FDATASYNC, GATES };
static struct {
	bool shut;
	bool waits;
} gates[GATES];

static bool waits_at(int gate)
{
	bool waits;

	pthread_mutex_lock(&fault_lock);
	waits = gates[gate].waits;
	pthread_mutex_unlock(&fault_lock);
	return waits;
}

static void shut(int gate, bool it)
{
	pthread_mutex_lock(&fault_lock);
	gates[gate].shut = it;
	gates[gate].waits = false;
	pthread_mutex_unlock(&fault_lock);
}

static void pass(int gate)
{
	bool first;

	pthread_mutex_lock(&fault_lock);
	first = gates[gate].shut && !gates[gate].waits;
	if (first)
		gates[gate].waits = true;
	pthread_mutex_unlock(&fault_lock);
	while (first && waits_at(gate))
		usleep(1000);
}

int __real_fdatasync(int fd);
int __real_syncfs(int fd);
int __wrap_fdatasync(int fd);
int __wrap_syncfs(int fd);
int __wrap_fstatvfs(int fd, struct statvfs *fs);

int __wrap_fdatasync(int fd)
{
	pass(GATE_FDATASYNC);
	return __real_fdatasync(fd);
}
int __wrap_syncfs(int fd)
{
	bool bad = is_told(fd);

	pass(GATE_SYNCFS);
	if (bad)
		errno = EIO;
	return bad ? -1 : __real_syncfs(fd);
}
/* Never so much room that the journal may grow. */
int __wrap_fstatvfs(int fd, struct statvfs *fs)
{
	(void)fd;
	memset(fs, 0, sizeof(*fs));
	return 0;
}

static void await_at(int gate)
{
	int i;

	for (i = 0; i < 2000 && !waits_at(gate); i++)
		usleep(10000);
	assert_true(waits_at(gate));
}

static void what_one_flush_was_told_empties_no_journal(void **state)
{
	struct copl_store *s = open_store();
	char *large = calloc(1, COPL_STORE_BYTES_MAX);
	enum copl_stored how = COPL_STORED_NEW;
	char id[20];
	int i;

	(void)state;
	memset(large, ' ', COPL_STORE_BYTES_MAX - 1);
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	lose(true);
	shut(GATE_SYNCFS, true);
	await_at(GATE_SYNCFS);
	/* The thread that settles knows of it; the journal is full soon. */
	for (i = 0; i < 12 && how == COPL_STORED_NEW; i++) {
		snprintf(id, sizeof(id), "large-%d", i);
		how = store(s, id, large, false);
	}
	assert_int_equal(how, COPL_STORED_NOT);
	assert_true(copl_store_is_broken(s));
	shut(GATE_SYNCFS, false);
	lose(false);
	assert_int_equal(copl_store_close(s, &quiet), COPL_E_IO);
	assert_int_equal(truncate(path_of("id"), 0), 0);
	close_store(open_store());
	holds("id", TEXT);
	free(large);
}

struct sending {
	struct copl_store *s;
	enum copl_stored how;
};

static void *send_one(void *arg)
{
	struct sending *one = arg;

	one->how = store(one->s, "late", TEXT, false);
	return NULL;
}

static void what_is_stored_meanwhile_does_not_mend_it(void **state)
{
	struct sending one = {open_store(), COPL_STORED_NOT};
	pthread_t thread;
	int i;

	(void)state;
	lose(true);
	shut(GATE_SYNCFS, true);
	assert_int_equal(store(one.s, "id", TEXT, false), COPL_STORED_NEW);
	await_at(GATE_SYNCFS);
	shut(GATE_FDATASYNC, true);
	assert_int_equal(pthread_create(&thread, NULL, send_one, &one), 0);
	await_at(GATE_FDATASYNC);
	shut(GATE_SYNCFS, false);
	for (i = 0; i < 1000 && !copl_store_is_broken(one.s); i++)
		usleep(10000);
	assert_true(copl_store_is_broken(one.s));
	lose(false);
	shut(GATE_FDATASYNC, false);
	pthread_join(thread, NULL);
	assert_int_equal(one.how, COPL_STORED_NEW);
	assert_true(copl_store_is_broken(one.s));
	assert_int_equal(copl_store_close(one.s, &quiet), COPL_E_IO);
	assert_int_equal(truncate(path_of("id"), 0), 0);
	close_store(open_store());
	holds("id", TEXT);
	holds("late", TEXT);
}

static int set_up(void **state)
{
	alarm(120);
	copl_reporter_init(&quiet, NULL);
	return scratch_make(state);
}

static int empty(void **state)
{
	(void)state;
	lose(false);
	shut(GATE_SYNCFS, false);
	shut(GATE_FDATASYNC, false);
	return run("rm -rf a") == 0 ? 0 : -1;
}

#define CASE(name) cmocka_unit_test_setup(name, empty)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(what_one_flush_was_told_empties_no_journal),
	    CASE(what_is_stored_meanwhile_does_not_mend_it),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
