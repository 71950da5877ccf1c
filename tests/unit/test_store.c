/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers in a folder: what is promised when a call has returned. */
#include "config.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mount.h>
#include <setjmp.h>
#include <cmocka.h>
#include "answers/read_priv.h"
#include "help_left_out.h"
#include "help_store.h"

/* ---- faults: one system call fails, as often as it is called ---- */

static struct {
	const char *call; /* NULL: none fails */
	int error;
	int after; /* so many go well before */
} fault;
static pthread_mutex_t fault_lock = PTHREAD_MUTEX_INITIALIZER;

static void let_fail(const char *call, int error, int after)
{
	pthread_mutex_lock(&fault_lock);
	fault.call = call;
	fault.error = error;
	fault.after = after;
	pthread_mutex_unlock(&fault_lock);
}

static bool fails(const char *call)
{
	bool yes;

	pthread_mutex_lock(&fault_lock);
	yes = fault.call != NULL && strcmp(fault.call, call) == 0 &&
	      fault.after-- <= 0;
	if (yes)
		errno = fault.error;
	pthread_mutex_unlock(&fault_lock);
	return yes;
}

ssize_t __real_write(int fd, const void *bytes, size_t len);
ssize_t __real_pwrite(int fd, const void *bytes, size_t len, off_t at);
int __real_fdatasync(int fd);
int __real_syncfs(int fd);
int __real_linkat(int a, const char *b, int c, const char *d, int flags);
int __real_renameat(int a, const char *b, int c, const char *d);
ssize_t __wrap_write(int fd, const void *bytes, size_t len);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t len, off_t at);
int __wrap_fdatasync(int fd);
int __wrap_syncfs(int fd);
int __wrap_linkat(int a, const char *b, int c, const char *d, int flags);
int __wrap_renameat(int a, const char *b, int c, const char *d);

ssize_t __wrap_write(int fd, const void *bytes, size_t len)
{
	return fails("write") ? -1 : __real_write(fd, bytes, len);
}
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return fails("pwrite") ? -1 : __real_pwrite(fd, bytes, len, at);
}
int __wrap_fdatasync(int fd)
{
	return fails("fdatasync") ? -1 : __real_fdatasync(fd);
}
int __wrap_syncfs(int fd)
{
	return fails("syncfs") ? -1 : __real_syncfs(fd);
}
int __wrap_linkat(int a, const char *b, int c, const char *d, int flags)
{
	return fails("linkat") ? -1 : __real_linkat(a, b, c, d, flags);
}
int __wrap_renameat(int a, const char *b, int c, const char *d)
{
	return fails("renameat") ? -1 : __real_renameat(a, b, c, d);
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
	let_fail(NULL, 0, 0);
	return run("rm -rf a b kept") == 0 ? 0 : -1;
}

/* ---- what is stored ---- */

static void an_answer_has_its_name_mode_and_hour(void **state)
{
	static const mode_t masks[] = {0, 022, 0777};
	struct stat sb;
	size_t i;

	for (i = 0; i < COPL_COUNT(masks); i++) {
		mode_t old = umask(masks[i]);
		struct copl_store *s = open_store();

		assert_int_equal(
		    store(s, "Идентификатор", TEXT, false), COPL_STORED_NEW);
		umask(old);
		holds("Идентификатор", TEXT);
		assert_int_equal(stat(path_of("Идентификатор"), &sb), 0);
		assert_int_equal(sb.st_mode & 07777, 0600);
		assert_int_equal(sb.st_mtime, WHOLE_HOUR);
		assert_int_equal(sb.st_mtim.tv_nsec, 0);
		assert_int_equal(sb.st_nlink, 1);
		assert_int_equal(stat(in("a"), &sb), 0);
		assert_int_equal(sb.st_mode & 07777, 0700);
		assert_int_equal(stat(in("a/.store"), &sb), 0);
		assert_int_equal(sb.st_mode & 07777, 0700);
		assert_int_equal(stat(in("a/.store/journal"), &sb), 0);
		assert_int_equal(sb.st_mode & 07777, 0600);
		assert_int_equal(stat(in("a/youth"), &sb), 0);
		assert_int_equal(sb.st_mode & 07777, 0700);
		assert_int_equal(sb.st_mtime, WHOLE_HOUR);
		close_store(s);
		assert_int_equal(empty(state), 0);
	}
}

static enum copl_status read_answer(
    struct copl_answer_reader *rd, const char *text)
{
	struct copl_answer_record record;

	return copl_answer_read(
	    rd, text, strlen(text), "a.xml", &quiet, &record);
}

static void what_is_stored_needs_no_parser(void **state)
{
	static const char answer[] =
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<answer xmlns=\"" COPL_ANSWER_NS "\" id=\"id\" form=\"youth\" "
	    "version=\"1\" release=\"12\" lang=\"ar\" "
	    "hour=\"2027-02-01T09:00:00Z\">\n"
	    "<value question=\"why\">لأن</value>\n</answer>\n";
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_store *s = open_store();
	char *got;

	(void)state;
	assert_non_null(rd);
	assert_int_equal(store(s, "id", answer, false), COPL_STORED_NEW);
	close_store(s);
	holds("id", answer);
	got = get(path_of("id"));
	assert_int_equal(read_answer(rd, got), COPL_OK);
	assert_int_equal(rd->reads, 0);
	/* It has to be the mark, to the byte. */
	got[strlen(answer) + 16] = 'x';
	assert_int_equal(read_answer(rd, got), COPL_OK);
	assert_int_equal(rd->reads, 1);
	got[strlen(answer)] = 'x';
	assert_int_equal(read_answer(rd, got), COPL_E_PARSE);
	free(got);
	copl_answer_reader_free(rd);
}

static void a_name_is_32_hex_digits_whatever_was_sent(void **state)
{
	char a[COPL_STORE_NAME_SIZE], b[COPL_STORE_NAME_SIZE];

	(void)state;
	/* BLAKE2b with 16 bytes, as "b2sum -l 128" says. */
	copl_store_name("abc", 3, a);
	assert_string_equal(a, "cf4ab791c62b8d2b2109c90275287816");
	copl_store_name("../../etc/passwd", 16, b);
	assert_int_equal(strlen(b), 32);
	assert_int_equal(strspn(b, "0123456789abcdef"), 32);
	copl_store_name("a\0b", 3, a);
	copl_store_name("a\0c", 3, b);
	assert_string_not_equal(a, b);
}

static void sent_twice_it_is_stored_once(void **state)
{
	struct copl_store *s = open_store();
	struct stat before, after;
	int again;

	(void)state;
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	assert_int_equal(stat(path_of("id"), &before), 0);
	for (again = 0; again < 2; again++) {
		assert_int_equal(store(s, "id", TEXT, true), COPL_STORED_SAME);
		assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_SAME);
		assert_int_equal(
		    store(s, "id", "<answer/>\n", false), COPL_STORED_CONFLICT);
		/* The second time by another run. */
		close_store(s);
		s = open_store();
	}
	holds("id", TEXT);
	assert_int_equal(stat(path_of("id"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(
	    store(s, "id", "<answer/>\n", true), COPL_STORED_REPLACED);
	holds("id", "<answer/>\n");
	assert_int_equal(files_in(in("a/youth")), 1);
	close_store(s);
	holds("id", "<answer/>\n");
}

static void the_content_and_not_the_time_makes_it_the_same(void **state)
{
	struct copl_store_answer a = {.form = "youth",
	    .id = "uuid:1",
	    .id_len = 6,
	    .bytes = "<answer hour='1'>yes</answer>\n",
	    .len = 30,
	    .content = "yes",
	    .content_len = 3,
	    .hour = HOUR};
	struct copl_store *s = open_store();
	enum copl_stored how;
	int error;

	(void)state;
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_OK);
	assert_int_equal(how, COPL_STORED_NEW);
	a.bytes = "<answer hour='2'>yes</answer>\n";
	a.hour += 3600;
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_OK);
	assert_int_equal(how, COPL_STORED_SAME);
	holds("uuid:1", "<answer hour='1'>yes</answer>\n");
	a.content = "no";
	a.content_len = 2;
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_OK);
	assert_int_equal(how, COPL_STORED_CONFLICT);
	close_store(s);
}

static void what_is_no_answer_is_refused(void **state)
{
	struct copl_store_answer a = {
	    .form = "../b", .id = "x", .id_len = 1, .bytes = TEXT, .len = 5};
	struct copl_store *s = open_store();
	char *large = calloc(1, COPL_STORE_BYTES_MAX + 1);
	enum copl_stored how;
	int error;

	(void)state;
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_E_INVALID);
	a.form = "";
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_E_INVALID);
	a.form = "youth";
	a.id_len = 0;
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_E_INVALID);
	a.id_len = 1;
	a.keep_until = "2027-02-30";
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_E_INVALID);
	a.keep_until = "2027-02-28";
	a.bytes = large;
	a.len = COPL_STORE_BYTES_MAX + 1;
	assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_E_LIMIT);
	assert_int_equal(how, COPL_STORED_NOT);
	assert_int_not_equal(access(in("a/youth"), F_OK), 0);
	/* As large as it may be, more than the journal has room for at once. */
	for (a.id = "abcdefghij"; *a.id != '\0'; a.id++) {
		a.len = COPL_STORE_BYTES_MAX;
		assert_int_equal(copl_store_put(s, &a, &how, &error), COPL_OK);
		assert_int_equal(how, COPL_STORED_NEW);
	}
	close_store(s);
	assert_int_equal(files_in(in("a/youth")), 10);
	free(large);
}

static void no_link_is_followed(void **state)
{
	struct copl_store *s = open_store();

	(void)state;
	assert_int_equal(run("mkdir b && ln -s ../b a/youth"), 0);
	assert_int_equal(store(s, "id", TEXT, true), COPL_STORED_NOT);
	assert_int_equal(files_in(in("b")), 0);
	assert_int_equal(run("rm a/youth && mkdir a/youth && ln -s "
			     "../../b/x '%s'",
			     path_of("id")),
	    0);
	assert_int_equal(store(s, "id", TEXT, true), COPL_STORED_NOT);
	assert_int_equal(
	    run("rm '%s' && mkdir '%s'", path_of("id"), path_of("id")), 0);
	assert_int_equal(store(s, "id", TEXT, true), COPL_STORED_NOT);
	assert_int_equal(files_in(in("b")), 0);
	/* Others are stored all the same. */
	assert_int_equal(store(s, "another", TEXT, true), COPL_STORED_NEW);
	close_store(s);
	assert_int_equal(run("rm -rf a/.store && ln -s ../b a/.store"), 0);
	assert_int_equal(copl_store_open(in("a"), NULL, &quiet, &s), COPL_E_IO);
	assert_null(s);
	assert_int_equal(files_in(in("b")), 0);
}

static void a_folder_that_was_removed_is_made_again(void **state)
{
	struct copl_store *s = open_store();

	(void)state;
	assert_int_equal(store(s, "one", TEXT, false), COPL_STORED_NEW);
	assert_int_equal(run("rm -r a/youth"), 0);
	assert_int_equal(store(s, "two", TEXT, false), COPL_STORED_NEW);
	holds("two", TEXT);
	close_store(s);
	assert_int_equal(files_in(in("a/youth")), 1);
}

static void a_folder_that_others_can_read_is_told(void **state)
{
	struct copl_store *s = NULL;
	struct copl_reporter r;
	struct seen seen;
	struct copl_sink sink = seen_sink(&seen);

	(void)state;
	make_dir(in("a"));
	assert_int_equal(chmod(in("a"), 0755), 0);
	copl_reporter_init(&r, &sink);
	assert_int_equal(copl_store_open(in("a"), NULL, &r, &s), COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	assert_string_equal(seen.codes, "answers-mode ");
	close_store(s);
}

/* ---- many at once ---- */

#define THREADS 48
#define EACH 40

struct crowd {
	struct copl_store *s;
	unsigned number;
	bool same; /* all send the same ids */
	enum copl_stored how[EACH];
};

static void *send(void *arg)
{
	struct crowd *c = arg;
	unsigned i;
	char id[40];

	for (i = 0; i < EACH; i++) {
		snprintf(id, sizeof(id), "%u-%u", c->same ? 0 : c->number, i);
		c->how[i] = store(c->s, id, TEXT, false);
	}
	return NULL;
}

static void send_all(struct copl_store *s, struct crowd *all, bool same)
{
	pthread_t threads[THREADS];
	unsigned i;

	for (i = 0; i < THREADS; i++) {
		all[i] = (struct crowd){.s = s, .number = i, .same = same};
		assert_int_equal(
		    pthread_create(&threads[i], NULL, send, &all[i]), 0);
	}
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static void many_threads_store_side_by_side(void **state)
{
	struct crowd *all = calloc(THREADS, sizeof(*all));
	struct copl_store *s = open_store();
	unsigned i, k, new = 0;

	(void)state;
	send_all(s, all, false);
	for (i = 0; i < THREADS; i++)
		for (k = 0; k < EACH; k++)
			assert_int_equal(all[i].how[k], COPL_STORED_NEW);
	assert_int_equal(files_in(in("a/youth")), THREADS * EACH);
	/* And of one that many send at once one is new. */
	assert_int_equal(run("rm -r a/youth"), 0);
	send_all(s, all, true);
	for (k = 0; k < EACH; k++)
		for (i = 0; i < THREADS; i++) {
			new += all[i].how[k] == COPL_STORED_NEW;
			assert_true(all[i].how[k] == COPL_STORED_NEW ||
				    all[i].how[k] == COPL_STORED_SAME);
		}
	assert_int_equal(new, EACH);
	assert_int_equal(files_in(in("a/youth")), EACH);
	close_store(s);
	free(all);
}

/* Exit status: how many were new. */
static void be_a_process(unsigned from)
{
	struct copl_store *s = NULL;
	unsigned i, new = 0;
	char id[40];

	if (copl_store_open(in("a"), NULL, &quiet, &s) != COPL_OK)
		_exit(255);
	for (i = 0; i < 60; i++) {
		snprintf(id, sizeof(id), "shared-%u", (from + i) % 60);
		new += store(s, id, TEXT, false) == COPL_STORED_NEW;
	}
	_exit(copl_store_close(s, &quiet) == COPL_OK ? (int)new : 255);
}

static void processes_share_a_folder(void **state)
{
	pid_t child[3];
	int sum = 0, status, i;

	(void)state;
	for (i = 0; i < 3; i++) {
		child[i] = fork();
		assert_true(child[i] >= 0);
		if (child[i] == 0)
			be_a_process((unsigned)i * 20);
	}
	for (i = 0; i < 3; i++) {
		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 255);
		sum += WEXITSTATUS(status);
	}
	assert_int_equal(sum, 60);
	assert_int_equal(files_in(in("a/youth")), 60);
}

#define SHARING 3
#define SHARING_THREADS 6
#define FORMS 60

static void *send_forms(void *arg)
{
	struct crowd *c = arg;
	char form[20], id[40];
	unsigned i;

	for (i = 0; i < FORMS; i++) {
		struct copl_store_answer a = {.form = form,
		    .id = id,
		    .bytes = TEXT,
		    .len = strlen(TEXT),
		    .hour = HOUR};
		int error;

		snprintf(form, sizeof(form), "f%u",
		    (i + c->number * FORMS / SHARING_THREADS) % FORMS);
		a.id_len = (size_t)snprintf(
		    id, sizeof(id), "%d-%u-%u", (int)getpid(), c->number, i);
		if (copl_store_put(c->s, &a, &c->how[0], &error) != COPL_OK)
			_exit(2);
	}
	return NULL;
}

/* Exit status 3: a folder that was opened was lost. */
static void be_a_process_of_threads(void)
{
	struct crowd all[SHARING_THREADS];
	pthread_t threads[SHARING_THREADS];
	size_t before = files_in("/proc/self/fd");
	struct copl_store *s = open_store();
	unsigned i;

	for (i = 0; i < SHARING_THREADS; i++) {
		all[i] = (struct crowd){.s = s, .number = i};
		if (pthread_create(&threads[i], NULL, send_forms, &all[i]) != 0)
			_exit(1);
	}
	for (i = 0; i < SHARING_THREADS; i++)
		pthread_join(threads[i], NULL);
	close_store(s);
	/* Not _exit(): the thread sanitizer speaks at the end. */
	exit(files_in("/proc/self/fd") == before ? 0 : 3);
}

static void processes_of_threads_share_many_folders(void **state)
{
	char form[20];
	pid_t child[SHARING];
	int status;
	unsigned i;

	(void)state;
	for (i = 0; i < SHARING; i++) {
		child[i] = fork();
		assert_true(child[i] >= 0);
		if (child[i] == 0)
			be_a_process_of_threads();
	}
	for (i = 0; i < SHARING; i++) {
		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	for (i = 0; i < FORMS; i++) {
		snprintf(form, sizeof(form), "a/f%u", i);
		assert_int_equal(files_in(in(form)), SHARING * SHARING_THREADS);
	}
}

/* ---- power fails ---- */

/* The journal as it is while answers are not settled. */
static void keep_journal(void)
{
	assert_int_equal(run("cp a/.store/journal kept"), 0);
}

/* As after a power failure: the journal is there, the files are not whole. */
static void give_journal_back(void)
{
	assert_int_equal(run("cp kept a/.store/journal"), 0);
}

static void what_the_disk_lost_comes_from_the_journal(void **state)
{
	struct copl_store *s = open_store();

	(void)state;
	assert_int_equal(store(s, "torn", TEXT, false), COPL_STORED_NEW);
	assert_int_equal(store(s, "gone", TEXT, false), COPL_STORED_NEW);
	assert_int_equal(store(s, "twice", "<old/>\n", false), COPL_STORED_NEW);
	assert_int_equal(store(s, "twice", TEXT, true), COPL_STORED_REPLACED);
	keep_journal();
	close_store(s);
	assert_int_equal(truncate(path_of("torn"), 0), 0);
	assert_int_equal(
	    run("rm '%s' '%s'", path_of("gone"), path_of("twice")), 0);
	give_journal_back();
	/* A reader may ask for it as well as the next run. */
	assert_int_equal(copl_store_settle(in("a"), &quiet), COPL_OK);
	holds("torn", TEXT);
	holds("gone", TEXT);
	holds("twice", TEXT);
	assert_int_equal(files_in(in("a/youth")), 3);
	assert_int_equal(run("rm -r a/youth"), 0);
	give_journal_back();
	s = open_store();
	holds("gone", TEXT);
	assert_int_equal(store(s, "torn", TEXT, false), COPL_STORED_SAME);
	close_store(s);
	assert_int_equal(files_in(in("a/youth")), 3);
}

static void what_is_there_is_not_written_again(void **state)
{
	struct copl_store *s = open_store();
	struct stat before, after;

	(void)state;
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	keep_journal();
	close_store(s);
	assert_int_equal(stat(path_of("id"), &before), 0);
	give_journal_back();
	assert_int_equal(copl_store_settle(in("a"), &quiet), COPL_OK);
	assert_int_equal(stat(path_of("id"), &after), 0);
	assert_int_equal(after.st_ino, before.st_ino);
	assert_int_equal(after.st_ctim.tv_sec, before.st_ctim.tv_sec);
	assert_int_equal(after.st_ctim.tv_nsec, before.st_ctim.tv_nsec);
	/* Its hour and its mode are promised as well. */
	assert_int_equal(run("touch '%s'", path_of("id")), 0);
	give_journal_back();
	assert_int_equal(copl_store_settle(in("a"), &quiet), COPL_OK);
	assert_int_equal(stat(path_of("id"), &after), 0);
	assert_int_equal(after.st_mtime, WHOLE_HOUR);
	assert_int_equal(run("chmod 644 '%s'", path_of("id")), 0);
	give_journal_back();
	assert_int_equal(copl_store_settle(in("a"), &quiet), COPL_OK);
	assert_int_equal(stat(path_of("id"), &after), 0);
	assert_int_equal(after.st_mode & 07777, 0600);
	assert_int_equal(files_in(in("a/youth")), 1);
}

#define SERVICE 64001 /* a user that need not exist */

static void is_of_the_service(const char *path)
{
	struct stat sb;

	assert_int_equal(lstat(path, &sb), 0);
	assert_int_equal(sb.st_uid, SERVICE);
	assert_int_equal(sb.st_gid, SERVICE);
}

/* tally and purge may be run by the administrator beside a service. */
static void what_root_writes_is_the_owners(void **state)
{
	struct copl_store *s;

	(void)state;
	if (geteuid() != 0) {
		left_out("only root writes for others");
		return;
	}
	s = open_store();
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	assert_int_equal(store(s, "gone", TEXT, false), COPL_STORED_NEW);
	keep_journal();
	close_store(s);
	assert_int_equal(run("rm '%s' && chown -R %d:%d a", path_of("gone"),
			     SERVICE, SERVICE),
	    0);
	give_journal_back();
	assert_int_equal(copl_store_settle(in("a"), &quiet), COPL_OK);
	is_of_the_service(path_of("id"));
	is_of_the_service(path_of("gone"));
	/* A whole folder of a form, where files need a name, too. */
	assert_int_equal(run("rm -r a/youth"), 0);
	give_journal_back();
	let_fail("linkat", EPERM, 0);
	assert_int_equal(copl_store_settle(in("a"), &quiet), COPL_OK);
	let_fail(NULL, 0, 0);
	is_of_the_service(in("a/youth"));
	is_of_the_service(path_of("gone"));
	assert_int_equal(run("rm -r a/.store"), 0);
	s = open_store();
	assert_int_equal(store(s, "new", TEXT, false), COPL_STORED_NEW);
	close_store(s);
	is_of_the_service(path_of("new"));
	is_of_the_service(in("a/.store"));
	is_of_the_service(in("a/.store/journal"));
}

static void what_is_settled_does_not_come_back(void **state)
{
	struct copl_store *s = open_store();

	(void)state;
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	close_store(s);
	assert_int_equal(run("test ! -s a/.store/journal && rm a/youth/*"), 0);
	s = open_store();
	close_store(s);
	assert_int_equal(files_in(in("a/youth")), 0);
}

static void half_a_batch_is_no_batch(void **state)
{
	struct copl_store *s = open_store();
	int fd, byte;
	char was;

	(void)state;
	assert_int_equal(store(s, "first", TEXT, false), COPL_STORED_NEW);
	assert_int_equal(store(s, "last", TEXT, false), COPL_STORED_NEW);
	keep_journal();
	close_store(s);
	/* Each byte of the second one's head and record matters. */
	for (byte = 0; byte < 160; byte += 5) {
		assert_int_equal(run("rm -f a/youth/*"), 0);
		give_journal_back();
		fd = open(in("a/.store/journal"), O_RDWR);
		assert_true(fd >= 0);
		assert_int_equal(pread(fd, &was, 1, 4096 + byte), 1);
		was = (char)~was;
		assert_int_equal(pwrite(fd, &was, 1, 4096 + byte), 1);
		close(fd);
		s = open_store();
		close_store(s);
		holds("first", TEXT);
		assert_int_equal(files_in(in("a/youth")), 1);
	}
	/* A journal that is cut, or is none, is an empty one. */
	assert_int_equal(run("rm -f a/youth/* && head -c 4100 kept "
			     ">a/.store/journal"),
	    0);
	close_store(open_store());
	assert_int_equal(files_in(in("a/youth")), 1);
	assert_int_equal(run("rm -f a/youth/* && yes 0123456789 | head -c "
			     "100000 >a/.store/journal"),
	    0);
	close_store(open_store());
	assert_int_equal(files_in(in("a/youth")), 0);
}

static void leftovers_are_swept(void **state)
{
	(void)state;
	close_store(open_store());
	assert_int_equal(run("mkdir a/youth && echo half >a/youth/.new"), 0);
	close_store(open_store());
	assert_int_equal(files_in(in("a/youth")), 0);
}

/* ---- the disk says no ---- */

static void a_full_disk_is_told_apart(void **state)
{
	static const struct {
		const char *call;
		int error;
		enum copl_stored how;
	} all[] = {{"write", ENOSPC, COPL_STORED_FULL},
	    {"write", EDQUOT, COPL_STORED_FULL},
	    {"write", EIO, COPL_STORED_NOT},
	    {"pwrite", ENOSPC, COPL_STORED_FULL},
	    {"pwrite", EIO, COPL_STORED_NOT},
	    {"linkat", ENOSPC, COPL_STORED_FULL}};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(all); i++) {
		struct copl_store *s = open_store();

		assert_int_equal(
		    store(s, "before", TEXT, false), COPL_STORED_NEW);
		let_fail(all[i].call, all[i].error, 0);
		assert_int_equal(store(s, "id", TEXT, false), all[i].how);
		let_fail(NULL, 0, 0);
		holds("before", TEXT);
		assert_int_equal(files_in(in("a/youth")), 1);
		/* There is room again: nothing is broken. */
		assert_false(copl_store_is_broken(s));
		assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
		close_store(s);
		assert_int_equal(files_in(in("a/youth")), 2);
		assert_int_equal(empty(NULL), 0);
	}
}

static bool say_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));

	if (fd >= 0)
		close(fd);
	return n == (ssize_t)strlen(text);
}

/* A name space in which this process may mount, with privileges or without. */
static bool may_mount(void)
{
	char users[40], groups[40];

	snprintf(users, sizeof(users), "0 %u 1", (unsigned)getuid());
	snprintf(groups, sizeof(groups), "0 %u 1", (unsigned)getgid());
	if (unshare(CLONE_NEWNS) != 0 &&
	    (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
		!say_to("/proc/self/setgroups", "deny") ||
		!say_to("/proc/self/uid_map", users) ||
		!say_to("/proc/self/gid_map", groups)))
		return false;
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/*
 * In a file system of its own, of 1 MiB: less than the journal would have.
 * Exit status 77: it cannot be had here.
 */
static void fill_a_disk(void)
{
	struct copl_store *s = NULL;
	unsigned stored = 0, i;
	enum copl_stored how;
	char id[20];

	make_dir(in("a"));
	if (!may_mount() || mount("none", in("a"), "tmpfs", 0, "size=1m") != 0)
		_exit(77);
	if (run("head -c 200000 /dev/zero >a/ballast") != 0)
		_exit(1);
	if (copl_store_open(in("a"), NULL, &quiet, &s) != COPL_OK)
		_exit(2);
	do {
		snprintf(id, sizeof(id), "%u", stored);
		how = store(s, id, TEXT, false);
		stored += how == COPL_STORED_NEW;
	} while (how == COPL_STORED_NEW && stored < 10000);
	if (how != COPL_STORED_FULL || stored == 0 || copl_store_is_broken(s) ||
	    files_in(in("a/youth")) != stored)
		_exit(3);
	for (i = 0; i < stored; i++) {
		snprintf(id, sizeof(id), "%u", i);
		holds(id, TEXT);
	}
	/* Somebody makes room. */
	unlink(in("a/ballast"));
	if (store(s, "later", TEXT, false) != COPL_STORED_NEW ||
	    copl_store_close(s, &quiet) != COPL_OK)
		_exit(4);
	/* And a server that starts on a full disk says so of answers only. */
	if (run("head -c 2000000 /dev/zero >a/ballast") == 0 ||
	    copl_store_open(in("a"), NULL, &quiet, &s) != COPL_OK ||
	    store(s, "full", TEXT, false) != COPL_STORED_FULL ||
	    files_in(in("a/youth")) != stored + 1)
		_exit(5);
	(void)!copl_store_close(s, &quiet);
	_exit(0);
}

static void a_disk_that_is_really_full_is_told_apart(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	assert_true(child >= 0);
	if (child == 0)
		fill_a_disk();
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77) {
		left_out("no disk can be mounted here");
		return;
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_flush_that_failed_is_not_tried_again(void **state)
{
	struct copl_store *s = open_store();

	(void)state;
	assert_int_equal(store(s, "before", TEXT, false), COPL_STORED_NEW);
	let_fail("fdatasync", EIO, 0);
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NOT);
	let_fail(NULL, 0, 0);
	/* The next one would succeed, and mean nothing. */
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NOT);
	assert_int_equal(store(s, "other", TEXT, false), COPL_STORED_NOT);
	assert_true(copl_store_is_broken(s));
	assert_int_equal(copl_store_close(s, &quiet), COPL_E_IO);
	assert_int_equal(truncate(path_of("before"), 0), 0);
	s = open_store();
	holds("before", TEXT);
	assert_int_equal(files_in(in("a/youth")), 1);
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	close_store(s);
}

static void files_that_cannot_be_flushed_stay_in_the_journal(void **state)
{
	struct copl_store *s = open_store();
	int i;

	(void)state;
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	let_fail("syncfs", EIO, 0);
	/* The thread that settles finds out within seconds. */
	for (i = 0; i < 1000 && !copl_store_is_broken(s); i++)
		usleep(10000);
	assert_true(copl_store_is_broken(s));
	let_fail(NULL, 0, 0);
	assert_int_equal(store(s, "other", TEXT, false), COPL_STORED_NOT);
	assert_int_equal(copl_store_close(s, &quiet), COPL_E_IO);
	/* What the system dropped without being able to write it. */
	assert_int_equal(truncate(path_of("id"), 0), 0);
	close_store(open_store());
	holds("id", TEXT);
}

static void it_works_where_files_need_a_name(void **state)
{
	struct copl_store *s = open_store();

	(void)state;
	/* No /proc: the link fails, and a named file takes its place. */
	let_fail("linkat", ENOENT, 0);
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	assert_int_equal(store(s, "id", "<b/>\n", true), COPL_STORED_REPLACED);
	let_fail(NULL, 0, 0);
	holds("id", "<b/>\n");
	assert_int_equal(files_in(in("a/youth")), 1);
	close_store(s);
}

static void what_cannot_be_named_is_not_stored(void **state)
{
	struct copl_store *s = open_store();

	(void)state;
	assert_int_equal(store(s, "id", TEXT, false), COPL_STORED_NEW);
	let_fail("renameat", ENOSPC, 0);
	assert_int_equal(store(s, "id", "<b/>\n", true), COPL_STORED_FULL);
	let_fail(NULL, 0, 0);
	holds("id", TEXT);
	assert_int_equal(files_in(in("a/youth")), 1);
	assert_int_equal(store(s, "id", "<b/>\n", true), COPL_STORED_REPLACED);
	close_store(s);
	holds("id", "<b/>\n");
}

static void a_folder_that_is_none_is_told(void **state)
{
	struct copl_store *s = NULL;
	struct copl_reporter r;
	struct seen seen;
	struct copl_sink sink = seen_sink(&seen);

	(void)state;
	put_text(in("a"), "a file");
	copl_reporter_init(&r, &sink);
	assert_int_equal(copl_store_open(in("a"), NULL, &r, &s), COPL_E_IO);
	assert_null(s);
	assert_int_equal(copl_reporter_end(&r, COPL_E_IO), COPL_E_IO);
	assert_string_equal(seen.codes, "io-dir ");
	/* Nothing to settle is nothing wrong. */
	assert_int_equal(run("rm a && mkdir a"), 0);
	assert_int_equal(copl_store_settle(in("a"), &quiet), COPL_OK);
	assert_int_equal(files_in(in("a")), 0);
}

#define CASE(name) cmocka_unit_test_setup(name, empty)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(an_answer_has_its_name_mode_and_hour),
	    CASE(what_is_stored_needs_no_parser),
	    CASE(a_name_is_32_hex_digits_whatever_was_sent),
	    CASE(sent_twice_it_is_stored_once),
	    CASE(the_content_and_not_the_time_makes_it_the_same),
	    CASE(what_is_no_answer_is_refused),
	    CASE(no_link_is_followed),
	    CASE(a_folder_that_was_removed_is_made_again),
	    CASE(a_folder_that_others_can_read_is_told),
	    CASE(many_threads_store_side_by_side),
	    CASE(processes_share_a_folder),
	    CASE(processes_of_threads_share_many_folders),
	    CASE(what_the_disk_lost_comes_from_the_journal),
	    CASE(what_is_there_is_not_written_again),
	    CASE(what_root_writes_is_the_owners),
	    CASE(what_is_settled_does_not_come_back),
	    CASE(half_a_batch_is_no_batch),
	    CASE(leftovers_are_swept),
	    CASE(a_full_disk_is_told_apart),
	    CASE(a_disk_that_is_really_full_is_told_apart),
	    CASE(a_flush_that_failed_is_not_tried_again),
	    CASE(files_that_cannot_be_flushed_stay_in_the_journal),
	    CASE(it_works_where_files_need_a_name),
	    CASE(what_cannot_be_named_is_not_stored),
	    CASE(a_folder_that_is_none_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
