/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets: where they come from, what is refused, and that nobody sees them. */
#include "config.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>
#include "deliver/access.h"
#include "net/secret.h"

#define HIDDEN "pa55-Пароль-密码"

struct world {
	char dir[200];
	char file[300];
	char count[300];
	struct copl_secrets *secrets;
	struct copl_reporter r;
	struct copl_sink sink;
	size_t n;
	char code[40];
	char text[500];
};

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct world *w = arg;

	w->n++;
	snprintf(w->code, sizeof(w->code), "%s", d->code);
	snprintf(w->text, sizeof(w->text), "%s", d->text);
	/* Whatever goes wrong, the secret is not told. */
	assert_null(strstr(d->text, "pa55"));
	assert_null(strstr(d->text, "Пароль"));
}

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	snprintf(w->dir, sizeof(w->dir), "%s/copl-secret-XXXXXX",
	    tmp == NULL ? P_tmpdir : tmp);
	assert_non_null(mkdtemp(w->dir));
	snprintf(w->file, sizeof(w->file), "%s/token", w->dir);
	snprintf(w->count, sizeof(w->count), "%s/count", w->dir);
	w->sink = (struct copl_sink){on_diag, NULL, w};
	copl_reporter_init(&w->r, &w->sink);
	assert_int_equal(copl_secrets_new(&w->secrets), COPL_OK);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	copl_secrets_free(w->secrets);
	copl_secrets_free(NULL);
	unlink(w->file);
	unlink(w->count);
	rmdir(w->dir);
	free(w);
	return 0;
}

static void write_file(struct world *w, const char *s, size_t len, mode_t mode)
{
	int fd = open(w->file, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, s, len), len);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static enum copl_status ask(struct world *w, enum copl_secret_kind kind,
    const char *value, bool anew, const char **out)
{
	struct copl_secret_ref ref = {kind, value, {"consultation.xml", 7, 9}};
	enum copl_status st;

	w->n = 0;
	w->code[0] = '\0';
	st = copl_secret_ask(w->secrets, &ref, anew, &w->r, out);
	return copl_reporter_end(&w->r, st);
}

static void refused(struct world *w, enum copl_secret_kind kind,
    const char *value, const char *code)
{
	const char *got = "";

	assert_int_equal(ask(w, kind, value, false, &got), COPL_E_INVALID);
	assert_null(got);
	assert_int_equal(w->n, 1);
	assert_string_equal(w->code, code);
	/* Asked again it says nothing more. */
	assert_int_equal(ask(w, kind, value, false, &got), COPL_E_INVALID);
	assert_int_equal(w->n, 0);
}

/* ---- files ---- */

static void a_file_gives_its_line(void **state)
{
	struct world *w = *state;
	const char *got, *again;

	write_file(w, HIDDEN "\r\n\n", strlen(HIDDEN) + 3, 0640);
	assert_int_equal(
	    ask(w, COPL_SECRET_FILE, w->file, false, &got), COPL_OK);
	assert_string_equal(got, HIDDEN);
	write_file(w, "new", 3, 0600);
	assert_int_equal(
	    ask(w, COPL_SECRET_FILE, w->file, false, &again), COPL_OK);
	assert_ptr_equal(got, again);
	assert_int_equal(
	    ask(w, COPL_SECRET_FILE, w->file, true, &again), COPL_OK);
	assert_string_equal(again, "new");
	/* Who has the old one may go on with it. */
	assert_string_equal(got, HIDDEN);
}

static void a_file_that_others_can_read_is_refused(void **state)
{
	static const mode_t open_to[] = {0604, 0620, 0602, 0644, 0601};
	struct world *w = *state;
	char name[300];
	size_t i;

	for (i = 0; i < COPL_COUNT(open_to); i++) {
		write_file(w, HIDDEN, strlen(HIDDEN), open_to[i]);
		/* Another way to write it, so that it is asked anew. */
		snprintf(name, sizeof(name), "%s/%.*s/token", w->dir,
		    (int)i * 2, "./././././");
		refused(w, COPL_SECRET_FILE, name, "secret-readable");
	}
}

static void what_is_no_such_file_is_told(void **state)
{
	struct world *w = *state;

	refused(w, COPL_SECRET_FILE, w->file, "secret-missing");
	refused(w, COPL_SECRET_FILE, w->dir, "secret-missing");
	refused(w, COPL_SECRET_FILE, "/dev/zero", "secret-missing");
}

static void a_secret_has_a_shape(void **state)
{
	struct world *w = *state;
	char *big = malloc(COPL_SECRET_MAX + 1);
	char name[4][300];
	const char *got;
	int i;

	for (i = 0; i < 4; i++)
		snprintf(name[i], sizeof(name[i]), "%s/%.*stoken", w->dir,
		    i * 2, "./././");
	assert_non_null(big);
	write_file(w, "\r\n", 2, 0600);
	refused(w, COPL_SECRET_FILE, name[0], "secret-shape");
	write_file(w, "pa55\0word", 9, 0600);
	refused(w, COPL_SECRET_FILE, name[1], "secret-shape");
	memset(big, 'x', COPL_SECRET_MAX + 1);
	write_file(w, big, COPL_SECRET_MAX + 1, 0600);
	refused(w, COPL_SECRET_FILE, name[2], "secret-shape");
	write_file(w, big, COPL_SECRET_MAX, 0600);
	assert_int_equal(
	    ask(w, COPL_SECRET_FILE, name[3], false, &got), COPL_OK);
	assert_int_equal(strlen(got), COPL_SECRET_MAX);
	free(big);
}

/* ---- open files ---- */

static void an_open_file_is_read_once(void **state)
{
	struct world *w = *state;
	char number[16];
	const char *got;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], HIDDEN "\n", strlen(HIDDEN) + 1),
	    strlen(HIDDEN) + 1);
	close(ends[1]);
	snprintf(number, sizeof(number), "%d", ends[0]);
	assert_int_equal(ask(w, COPL_SECRET_FD, number, false, &got), COPL_OK);
	assert_string_equal(got, HIDDEN);
	assert_int_equal(ask(w, COPL_SECRET_FD, number, true, &got), COPL_OK);
	assert_string_equal(got, HIDDEN);
	close(ends[0]);
	refused(w, COPL_SECRET_FD, "250", "secret-missing");
}

/* ---- commands ---- */

static void a_command_is_run_once(void **state)
{
	struct world *w = *state;
	char command[900];
	const char *got;
	struct stat st;

	snprintf(command, sizeof(command),
	    "sh -c 'echo x >>%s; test -z \"$(cat)\" && echo \"%s\"'", w->count,
	    HIDDEN);
	assert_int_equal(
	    ask(w, COPL_SECRET_COMMAND, command, false, &got), COPL_OK);
	assert_string_equal(got, HIDDEN);
	assert_int_equal(
	    ask(w, COPL_SECRET_COMMAND, command, false, &got), COPL_OK);
	assert_int_equal(stat(w->count, &st), 0);
	assert_int_equal(st.st_size, 2);
	assert_int_equal(
	    ask(w, COPL_SECRET_COMMAND, command, true, &got), COPL_OK);
	assert_int_equal(stat(w->count, &st), 0);
	assert_int_equal(st.st_size, 4);
}

static void a_command_that_fails_is_told_and_not_its_output(void **state)
{
	struct world *w = *state;

	refused(w, COPL_SECRET_COMMAND, "sh -c 'echo " HIDDEN "; exit 3'",
	    "secret-command");
	assert_int_equal(w->n, 0);
	refused(w, COPL_SECRET_COMMAND, "sh -c 'kill -9 $$'", "secret-command");
	refused(
	    w, COPL_SECRET_COMMAND, "/nowhere/token-of pa55", "secret-command");
	refused(w, COPL_SECRET_COMMAND, "sh -c 'echo pa55", "secret-command");
	refused(w, COPL_SECRET_COMMAND, "   ", "secret-command");
	refused(w, COPL_SECRET_COMMAND, "true", "secret-shape");
	refused(w, COPL_SECRET_COMMAND, "yes pa55", "secret-command");
}

static void a_command_has_no_endless_time(void **state)
{
	char sh[] = "sh", c[] = "-c", twice[] = "sleep 60 & sleep 60",
	     shut[] = "echo a; exec >&-; sleep 60";
	char *const slow[] = {sh, c, twice, NULL};
	char *const closed[] = {sh, c, shut, NULL};
	char out[100];
	size_t len;
	int status;

	(void)state;
	assert_int_equal(
	    copl_spawn_read(slow, 200, out, sizeof(out), &len, &status),
	    COPL_SPAWN_TOO_SLOW);
	assert_int_equal(
	    copl_spawn_read(closed, 200, out, sizeof(out), &len, &status),
	    COPL_SPAWN_TOO_SLOW);
}

static void words_are_parted_without_a_shell(void **state)
{
	static const struct {
		const char *from;
		const char *words[6];
	} fine[] = {
	    {"pass show cop/africa", {"pass", "show", "cop/africa"}},
	    {"  a   b ", {"a", "b"}},
	    {"a \"b c\" 'd \"e'", {"a", "b c", "d \"e"}},
	    {"a b\"c d\"e", {"a", "bc de"}},
	    {"a '' \"\"", {"a", "", ""}},
	    {"a $HOME `id` \\ * ; |", {"a", "$HOME", "`id`", "\\", "*", ";"}},
	    {"كلمة 密码", {"كلمة", "密码"}},
	};
	static const char *const wrong[] = {
	    "", " ", "'a", "a \"b", "a 'b\"'c'"};
	struct copl_arena *a = copl_arena_new();
	char **argv;
	bool nomem;
	size_t i, k;

	(void)state;
	assert_non_null(a);
	for (i = 0; i < COPL_COUNT(fine); i++) {
		argv = copl_argv_split(a, fine[i].from, &nomem);
		assert_non_null(argv);
		for (k = 0; k < 6 && fine[i].words[k] != NULL; k++)
			assert_string_equal(argv[k], fine[i].words[k]);
		if (k < 6)
			assert_null(argv[k]);
	}
	for (i = 0; i < COPL_COUNT(wrong); i++) {
		assert_null(copl_argv_split(a, wrong[i], &nomem));
		assert_false(nomem);
	}
	copl_arena_free(a);
}

/* ---- how an endpoint is spoken to ---- */

static enum copl_status make(struct world *w, struct copl_endpoint *e,
    const char *content, struct copl_net_access *out)
{
	enum copl_status st;
	static char names[8][300];
	static unsigned i;
	char *name = names[i++ % 8];

	snprintf(name, sizeof(names[0]), "%s/%.*stoken", w->dir,
	    (int)(i % 40) * 2,
	    "././././././././././././././././././././"
	    "././././././././././././././././././././");
	write_file(w, content, strlen(content), 0600);
	e->secret.kind = COPL_SECRET_FILE;
	e->secret.value = name;
	w->n = 0;
	st = copl_access_make(w->secrets, e, false, &w->r, out);
	return copl_reporter_end(&w->r, st);
}

static void an_access_has_what_the_endpoint_says(void **state)
{
	struct world *w = *state;
	struct copl_net_access a;
	struct copl_endpoint e = {.auth = COPL_ENDPOINT_BASIC,
	    .user = "用户",
	    .ca = "ca.pem",
	    .cert = "c.pem",
	    .cert_key = "k.pem",
	    .pins = {"sha256//a", "sha256//b"},
	    .private_ok = true,
	    .http2 = true};

	assert_int_equal(make(w, &e, HIDDEN "\n", &a), COPL_OK);
	assert_int_equal(a.auth, COPL_AUTH_BASIC);
	assert_string_equal(a.user, "用户");
	assert_string_equal(a.secret, HIDDEN);
	assert_string_equal(a.ca, "ca.pem");
	assert_string_equal(a.cert_key, "k.pem");
	assert_string_equal(a.pins[1], "sha256//b");
	assert_true(a.private_ok && a.http2 && !a.cleartext_ok);
	assert_null(a.cert_pass);
	e.auth = COPL_ENDPOINT_BEARER;
	assert_int_equal(
	    make(w, &e, "secret-token:pa55%20word\n", &a), COPL_OK);
	assert_string_equal(a.secret, "secret-token:pa55%20word");
	assert_int_equal(make(w, &e, "pa55 word\n", &a), COPL_E_INVALID);
	assert_string_equal(w->code, "secret-shape");
	assert_int_equal(make(w, &e, "pa55\nword\n", &a), COPL_E_INVALID);
	e = (struct copl_endpoint){.auth = COPL_ENDPOINT_NONE};
	assert_int_equal(
	    copl_access_make(w->secrets, &e, false, &w->r, &a), COPL_OK);
	assert_null(a.secret);
}

static void keys_of_s3_come_together(void **state)
{
	struct world *w = *state;
	struct copl_net_access a;
	struct copl_endpoint e = {.auth = COPL_ENDPOINT_SIGV4, .user = "AKID"};

	assert_int_equal(make(w, &e, "pa55+/==", &a), COPL_OK);
	assert_int_equal(a.auth, COPL_AUTH_NONE);
	assert_string_equal(a.user, "AKID");
	assert_string_equal(a.secret, "pa55+/==");
	assert_int_equal(make(w, &e, "pa55+/==\ntoken\n", &a), COPL_OK);
	assert_string_equal(a.secret, "pa55+/==\ntoken");
	assert_int_equal(make(w, &e, "a\npa55\ntoken", &a), COPL_E_INVALID);
	e.user = NULL;
	assert_int_equal(make(w, &e, "ASIA1\npa55\ntoken", &a), COPL_OK);
	assert_string_equal(a.user, "ASIA1");
	assert_string_equal(a.secret, "pa55\ntoken");
	assert_int_equal(make(w, &e, "ASIA1\npa55", &a), COPL_OK);
	assert_string_equal(a.secret, "pa55");
	assert_int_equal(make(w, &e, "pa55", &a), COPL_E_INVALID);
	assert_string_equal(w->code, "secret-shape");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_WORLD(a_file_gives_its_line),
	    IN_WORLD(a_file_that_others_can_read_is_refused),
	    IN_WORLD(what_is_no_such_file_is_told),
	    IN_WORLD(a_secret_has_a_shape),
	    IN_WORLD(an_open_file_is_read_once),
	    IN_WORLD(a_command_is_run_once),
	    IN_WORLD(a_command_that_fails_is_told_and_not_its_output),
	    IN_WORLD(an_access_has_what_the_endpoint_says),
	    IN_WORLD(keys_of_s3_come_together),
	    cmocka_unit_test(a_command_has_no_endless_time),
	    cmocka_unit_test(words_are_parted_without_a_shell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
