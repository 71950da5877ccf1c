/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a server can still do once it has locked itself in.  Each test asks a
 * child, which is locked in; the same child without it shows that the question
 * is one.
 */
#include "config.h"
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include "serve/sandbox.h"
#include "help_bundle.h"

static char served[300], state_dir[300], answers[300], token[300],
    log_file[300];

static struct copl_serve_options options_of(enum copl_sandbox how)
{
	return (struct copl_serve_options){.dir = served,
	    .collect = answers,
	    .token_file = token,
	    .access_log = log_file,
	    .sandbox = how};
}

/* What the child's question came to: 0, or the error number. */
static int ask(int (*question)(void), enum copl_sandbox how, bool read_only)
{
	struct copl_serve_options o = options_of(how);
	struct serving s = {.o = &o, .state = state_dir};
	struct copl_reporter r;
	unsigned got = 0;
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		o.read_only = read_only;
		copl_reporter_init(&r, NULL);
		if (sandbox_enter(&s, &r, &got) != COPL_OK)
			_exit(200);
		if (how != COPL_SANDBOX_OFF && got != 3)
			_exit(201);
		_exit(question());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Refused inside, and done outside: so the refusal is the sandbox's. */
static void refused(int (*question)(void), int error)
{
	int inside = ask(question, COPL_SANDBOX_AUTO, false);

	assert_int_equal(ask(question, COPL_SANDBOX_OFF, false), 0);
	assert_int_equal(inside, error);
}

static void done(int (*question)(void))
{
	int inside = ask(question, COPL_SANDBOX_AUTO, false);

	assert_int_equal(ask(question, COPL_SANDBOX_OFF, false), 0);
	assert_int_equal(inside, 0);
}

static int opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* ---- what is refused ---- */

static int read_system(void)
{
	return opens("/etc/passwd", O_RDONLY);
}

static int read_own_memory(void)
{
	return opens("/proc/self/mem", O_RDWR);
}

static int read_neighbour(void)
{
	return opens(in("secret"), O_RDONLY);
}

static int read_by_link(void)
{
	return opens(in("served/link"), O_RDONLY);
}

static int write_neighbour(void)
{
	return opens(in("new"), O_WRONLY | O_CREAT);
}

static int write_token(void)
{
	return opens(token, O_WRONLY);
}

static int list_token_folder(void)
{
	return opens(in("etc"), O_RDONLY | O_DIRECTORY);
}

static int read_log(void)
{
	return opens(log_file, O_RDONLY);
}

static int rename_out(void)
{
	int error = rename(in("answers/a"), in("b")) == 0 ? 0 : errno;

	if (error == 0 && rename(in("b"), in("answers/a")) != 0)
		return 99;
	return error;
}

static int cut_neighbour(void)
{
	return truncate(in("long"), 1) == 0 ? 0 : errno;
}

static int run_program(void)
{
	char name[] = "true", *const argv[] = {name, NULL};
	char *const none[] = {NULL};

	execve("/bin/true", argv, none);
	return errno;
}

static int run_from_served(void)
{
	char name[] = "x", *const argv[] = {name, NULL};
	char *const none[] = {NULL};

	execve(in("served/program"), argv, none);
	return errno;
}

static int run_from_memory(void)
{
	int fd = (int)syscall(SYS_memfd_create, "x", 0U);

	return fd < 0 ? errno : 0;
}

static int connect_out(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd < 0 ? errno : 0;
}

static int hold_other(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : errno;
}

static void *in_thread(void *arg)
{
	int *error = arg;

	*error = read_system();
	return NULL;
}

static int read_in_thread(void)
{
	int error = 99;
	pthread_t t;

	if (pthread_create(&t, NULL, in_thread, &error) != 0)
		return 99;
	pthread_join(t, NULL);
	return error;
}

static void a_file_outside_is_not_read(void **state)
{
	(void)state;
	refused(read_system, EACCES);
	refused(read_neighbour, EACCES);
	refused(read_in_thread, EACCES);
}

static void memory_cannot_be_written_as_a_file(void **state)
{
	(void)state;
	refused(read_own_memory, EACCES);
}

static void a_link_leads_nowhere(void **state)
{
	(void)state;
	refused(read_by_link, EACCES);
}

static void nothing_outside_is_written(void **state)
{
	(void)state;
	refused(write_neighbour, EACCES);
	refused(cut_neighbour, EACCES);
	refused(rename_out, EACCES);
}

static void a_token_is_read_and_no_more(void **state)
{
	(void)state;
	refused(write_token, EACCES);
	refused(list_token_folder, EACCES);
}

static void a_log_is_written_and_no_more(void **state)
{
	(void)state;
	refused(read_log, EACCES);
}

static void no_program_is_run(void **state)
{
	(void)state;
	refused(run_program, EPERM);
	refused(run_from_served, EPERM);
	refused(run_from_memory, EPERM);
}

static void no_connection_is_made(void **state)
{
	(void)state;
	refused(connect_out, EPERM);
}

static void no_process_is_held(void **state)
{
	(void)state;
	refused(hold_other, EPERM);
}

/* ---- what goes on ---- */

static int replace_in_served(void)
{
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	return copl_file_replace(
		   in("served/a/page"), "مرحبا", 10, 0644, &r, NULL) == COPL_OK
		   ? 0
		   : 99;
}

static int move_in_served(void)
{
	if (mkdir(in("served/.cop-l10n/set"), 0755) != 0 ||
	    rename(in("served/.cop-l10n/set"), in("served/set")) != 0 ||
	    symlink("set", in("served/current")) != 0 ||
	    unlink(in("served/current")) != 0 || rmdir(in("served/set")) != 0)
		return errno;
	return 0;
}

static int store_answer(void)
{
	char self[40];
	int error = 0;
	int fd = open(answers, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EOPNOTSUPP ? 0 : errno;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	if (linkat(AT_FDCWD, self, AT_FDCWD, in("answers/linked"),
		AT_SYMLINK_FOLLOW) != 0 ||
	    unlink(in("answers/linked")) != 0)
		error = errno;
	close(fd);
	return error;
}

/* Certificates and tokens are replaced by new files. */
static int read_new_token(void)
{
	return opens(token, O_RDONLY);
}

static int rotate_log(void)
{
	return opens(in("log/new"), O_WRONLY | O_APPEND | O_CREAT);
}

static void a_set_is_received(void **state)
{
	(void)state;
	done(replace_in_served);
	done(move_in_served);
}

static void an_answer_is_stored(void **state)
{
	(void)state;
	done(store_answer);
}

static void what_is_read_again_can_be(void **state)
{
	(void)state;
	assert_int_equal(run("mv etc/token etc/old; echo two >etc/token"), 0);
	done(read_new_token);
	done(rotate_log);
}

static void a_server_that_only_shows_changes_nothing(void **state)
{
	int inside;

	(void)state;
	assert_int_equal(ask(replace_in_served, COPL_SANDBOX_OFF, true), 0);
	assert_int_equal(run("rm served/a/page"), 0);
	inside = ask(replace_in_served, COPL_SANDBOX_AUTO, true);
	assert_int_equal(inside, 99);
}

/* ---- what is said ---- */

static void a_place_that_is_not_there_is_told(void **state)
{
	struct copl_serve_options o = options_of(COPL_SANDBOX_REQUIRE);
	struct serving s = {.o = &o, .state = state_dir};
	struct copl_reporter r;
	struct copl_sink sink;
	struct seen seen;
	enum copl_status st;
	unsigned got;
	int status;
	pid_t pid;

	(void)state;
	o.collect = in("nowhere");
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		sink = seen_sink(&seen);
		copl_reporter_init(&r, &sink);
		st = sandbox_enter(&s, &r, &got);
		(void)!copl_reporter_end(&r, COPL_OK);
		_exit(st != COPL_E_IO || got != 0 ||
		      strcmp(seen.codes, "io-open ") != 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void what_is_off_is_not_asked(void **state)
{
	struct copl_serve_options o = options_of(COPL_SANDBOX_OFF);
	struct serving s = {.o = &o, .state = state_dir};
	struct copl_reporter r;
	unsigned got = 9;

	(void)state;
	copl_reporter_init(&r, NULL);
	assert_int_equal(sandbox_enter(&s, &r, &got), COPL_OK);
	assert_int_equal(got, 0);
	assert_string_equal(sandbox_word(got), "none");
}

static int set_up(void **state)
{
	alarm(120);
	if (scratch_make(state) != 0 ||
	    run("mkdir -p served/.cop-l10n served/a answers etc log;"
		"echo one >etc/token; echo 1 >secret; echo 1234 >long;"
		"echo >answers/a; echo >log/access; ln -s ../secret "
		"served/link;"
		"cp /bin/true served/program") != 0)
		return -1;
	snprintf(served, sizeof(served), "%s", in("served"));
	snprintf(state_dir, sizeof(state_dir), "%s", in("served/.cop-l10n"));
	snprintf(answers, sizeof(answers), "%s", in("answers"));
	snprintf(token, sizeof(token), "%s", in("etc/token"));
	snprintf(log_file, sizeof(log_file), "%s", in("log/access"));
	return 0;
}

static int nothing(void)
{
	return 0;
}

/* cmocka says "not ok" of a test that is skipped. */
static bool is_left_out(void)
{
	void *state = NULL;
	bool out = set_up(&state) == 0 &&
		   ask(nothing, COPL_SANDBOX_AUTO, false) == 201;

	return scratch_remove(&state) != 0 || out;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_file_outside_is_not_read),
	    cmocka_unit_test(memory_cannot_be_written_as_a_file),
	    cmocka_unit_test(a_link_leads_nowhere),
	    cmocka_unit_test(nothing_outside_is_written),
	    cmocka_unit_test(a_token_is_read_and_no_more),
	    cmocka_unit_test(a_log_is_written_and_no_more),
	    cmocka_unit_test(no_program_is_run),
	    cmocka_unit_test(no_connection_is_made),
	    cmocka_unit_test(no_process_is_held),
	    cmocka_unit_test(a_set_is_received),
	    cmocka_unit_test(an_answer_is_stored),
	    cmocka_unit_test(what_is_read_again_can_be),
	    cmocka_unit_test(a_server_that_only_shows_changes_nothing),
	    cmocka_unit_test(a_place_that_is_not_there_is_told),
	    cmocka_unit_test(what_is_off_is_not_asked),
	};

	if (is_left_out()) {
		puts("1..0 # SKIP this kernel, or this build, has no sandbox");
		return 0;
	}
	return cmocka_run_group_tests_name(
	    "sandbox", tests, set_up, scratch_remove);
}
