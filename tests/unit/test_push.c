/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What push does over runs, days and many endpoints. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>
#include <cmocka.h>
#include "help_net.h"

#define MINUTE INT64_C(60)
#define DAY INT64_C(86400)

static int set_up(void **state)
{
	if (keys_set_up(state) != 0)
		return -1;
	make_release(&(struct spec){
	    .dir = in("rel"), .recipient = "arab_states", .version = 1});
	make_release(&(struct spec){.dir = in("rel2"),
	    .recipient = "arab_states",
	    .version = 2,
	    .text = "<html lang=\"ar\">نص جديد</html>\n"});
	return 0;
}

/* A project whose one recipient has these endpoints, as elements. */
static void project_of(const char *dir, const char *endpoints)
{
	struct copl_strbuf text = COPL_STRBUF_INIT((size_t)1 << 20);

	copl_strbuf_printf(&text,
	    "<project xmlns='urn:cop-l10n:project:1' id='youth' version='1'"
	    " xml:lang='en'>\n<title>Youth</title>\n<languages>"
	    "<language tag='ar'/><language tag='en'/></languages>\n"
	    "<interface src='i.xml'/>\n<form src='f.xml'/>\n"
	    "<output kind='html'/>\n"
	    "<recipient id='arab_states' kind='office' languages='ar en'>\n"
	    "<name>المكتب</name><contact email='a@example.org'/>\n"
	    "%s</recipient>\n</project>\n",
	    endpoints);
	put_file(dir, "consultation.xml", text.s, text.len);
	copl_strbuf_clear(&text);
}

/* So many folders of one server, "e0/", "e1/" ... */
static void project_of_folders(const char *dir, const char *url, int n)
{
	struct copl_strbuf list = COPL_STRBUF_INIT((size_t)1 << 20);
	int i;

	for (i = 0; i < n; i++)
		copl_strbuf_printf(
		    &list, "<endpoint id='e%d' url='%se%d/'/>\n", i, url, i);
	project_of(dir, list.s);
	copl_strbuf_clear(&list);
}

/* Names of one test. */
struct names {
	char dir[200], ledger[300], project[300], host[300];
};

static struct names named(const char *test)
{
	struct names n;

	snprintf(n.dir, sizeof(n.dir), "%s", in(test));
	snprintf(n.ledger, sizeof(n.ledger), "%s/ledger.sqlite", n.dir);
	snprintf(n.project, sizeof(n.project), "%s/project", n.dir);
	snprintf(n.host, sizeof(n.host), "%s/host", n.dir);
	return n;
}

static struct copl_push_options options(const struct names *n)
{
	return (struct copl_push_options){.dir = n->project,
	    .release = in("rel"),
	    .ledger = n->ledger,
	    .now = NOW,
	    .attempts = 1};
}

static enum copl_status go(const struct copl_push_options *o, struct heard *h)
{
	struct copl_sink sink = heard_sink(h);

	return copl_push(o, &sink);
}

/* How many events of that kind with that "key=value;" were told. */
static size_t times_told(struct heard *h, const char *kind, const char *field)
{
	size_t n = 0, len = strlen(kind);
	const char *line;

	for (line = h->events; *line != '\0';) {
		const char *at = strstr(line, field);
		const char *end = strchr(line, '\n');

		assert_non_null(end);
		n += strncmp(line, kind, len) == 0 && line[len] == ' ' &&
		     at != NULL && at < end;
		line = end + 1;
	}
	return n;
}

STUB_SAYS(busy, "503 Busy", "")

static void who_failed_has_time_until_the_next_try(void **state)
{
	struct names n = named("later");
	struct copl_push_options o = options(&n);
	const char *const to[] = {"e0"};
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, busy, n.host);
	project_of_folders(n.project, s.url, 1);
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 1);
	assert_true(heard_code(&h, "endpoint-busy"));

	/* Five minutes, more or less, and nothing is asked before. */
	o.now = NOW + 3 * MINUTE;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_true(heard_told(&h, "waiting", "reason=endpoint-busy;"));
	assert_true(heard_told(&h, "waiting", "next=2027-01-15T08:0"));
	assert_int_equal(s.requests, 1);
	assert_int_equal(times_told(&h, "plan", ""), 0);

	/* Unless somebody says so, or names it. */
	o.retry_now = true;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 2);
	o.retry_now = false;
	o.to = to;
	o.nto = 1;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 3);

	/* Then it takes longer each time, and one success is a new start. */
	o.nto = 0;
	o.now = NOW + 60 * MINUTE;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 3);
	o.now = NOW + 3 * 60 * MINUTE;
	s.answer = stub_plain;
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(heard_told(&h, "delivered", "endpoint=e0;"));
	stub_stop(&s);
}

STUB_SAYS(in_two_hours, "429 Slow", "Retry-After: 7200\r\n")

static void a_retry_after_is_kept_over_runs(void **state)
{
	struct names n = named("after");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	o.attempts = 5;
	stub_start(&s, in_two_hours, n.host);
	project_of_folders(n.project, s.url, 1);
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 1);
	o.now = NOW + 119 * MINUTE;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 1);
	o.now = NOW + 121 * MINUTE;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 2);
	stub_stop(&s);
}

STUB_SAYS(gone, "410 Gone", "")

static void who_gave_up_is_left_alone(void **state)
{
	struct names n = named("gone");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, gone, n.host);
	project_of_folders(n.project, s.url, 1);
	assert_int_equal(go(&o, &h), COPL_E_REFUSED);
	assert_true(heard_code(&h, "endpoint-gone"));
	assert_true(heard_told(&h, "gone", "endpoint=e0;"));
	assert_int_equal(s.requests, 1);
	o.now = NOW + 9 * DAY;
	o.retry_now = true;
	o.release = in("rel2");
	assert_int_equal(go(&o, &h), COPL_E_REFUSED);
	assert_true(heard_told(&h, "gone", "endpoint=e0;"));
	assert_int_equal(s.requests, 1);
	stub_stop(&s);
}

static void who_only_fails_for_days_is_reported_not_tried(void **state)
{
	struct names n = named("dead");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;
	int day;

	(void)state;
	stub_start(&s, busy, n.host);
	project_of_folders(n.project, s.url, 1);
	o.retry_now = true;
	for (day = 0; day < 5; day++) {
		o.release = in("rel");
		o.now = NOW + day * DAY;
		assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
		assert_true(heard_told(&h, "waiting", "endpoint=e0;"));
	}
	o.now = NOW + 5 * DAY + 1;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_true(heard_told(&h, "dead", "endpoint=e0;"));
	assert_int_equal(s.requests, 6);
	o.now += DAY;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_true(heard_told(&h, "dead", "endpoint=e0;"));
	assert_true(heard_told(&h, "pushed", "dead=1;"));
	assert_int_equal(s.requests, 6);
	o.retry_dead = true;
	s.answer = stub_plain;
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(heard_told(&h, "delivered", "endpoint=e0;"));
	stub_stop(&s);
}

/* A plain host that knows ETags: the number of its last change. */
static void careful(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	const char *match = strcasestr(request, "\r\nIf-Match:");
	char field[100];

	if (strncmp(request, "PUT ", 4) != 0) {
		stub_plain(s, request, len, reply);
		return;
	}
	snprintf(field, sizeof(field), "\"v%d\"", s->step);
	if (match != NULL && strstr(match, field) == NULL) {
		stub_status(reply, "412 Precondition Failed", "");
		return;
	}
	stub_plain(s, request, len, reply);
	copl_strbuf_reset(reply);
	snprintf(field, sizeof(field), "ETag: \"v%d\"\r\n", s->step);
	stub_status(reply, "204 No Content", field);
}

static void what_somebody_else_put_there_stays(void **state)
{
	struct names n = named("other");
	struct copl_push_options o = options(&n);
	char file[400], *bytes;
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, careful, n.host);
	project_of_folders(n.project, s.url, 1);
	o.verify = COPL_PUSH_RECEIPT;
	assert_int_equal(go(&o, &h), COPL_OK);
	/* Read back without an ETag: nothing to hold on to. */
	snprintf(file, sizeof(file), "%s/e0/manifest.xml", n.host);
	o.release = in("rel2");
	assert_int_equal(go(&o, &h), COPL_OK);
	bytes = get(file);
	assert_non_null(strstr(bytes, "version=\"2\""));
	free(bytes);
	stub_stop(&s);
}

/* The same with a receipt, in which the ETag stands. */
static void with_receipt(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	const char *digest = strcasestr(request, "\r\nRepr-Digest:");
	char fields[300] = "";

	careful(s, request, len, reply);
	if (strstr(reply->s, " 204 ") == NULL || digest == NULL)
		return;
	copl_strbuf_reset(reply);
	snprintf(fields, sizeof(fields), "ETag: \"v%d\"%.*s\r\n", s->step,
	    (int)strcspn(digest + 2, "\r") + 2, digest);
	stub_status(reply, "204 No Content", fields);
}

static void a_conflict_is_refused_until_somebody_insists(void **state)
{
	struct names n = named("conflict");
	struct copl_push_options o = options(&n);
	char file[400], *bytes;
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, with_receipt, n.host);
	project_of_folders(n.project, s.url, 1);
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(heard_told(&h, "delivered", "proof=receipt;"));
	assert_true(heard_told(&h, "delivered", "requests=7;"));
	/* Somebody changes it there. */
	s.step = 5;
	snprintf(file, sizeof(file), "%s/e0/manifest.xml", n.host);
	put_text(file, "<other/>");
	o.release = in("rel2");
	assert_int_equal(go(&o, &h), COPL_E_REFUSED);
	assert_true(heard_code(&h, "endpoint-conflict"));
	bytes = get(file);
	assert_string_equal(bytes, "<other/>");
	free(bytes);
	/* It is still theirs the next day. */
	o.now = NOW + DAY;
	assert_int_equal(go(&o, &h), COPL_E_REFUSED);
	assert_true(heard_code(&h, "endpoint-conflict"));
	o.force = true;
	assert_int_equal(go(&o, &h), COPL_OK);
	bytes = get(file);
	assert_non_null(strstr(bytes, "version=\"2\""));
	free(bytes);
	/* They brought our release there themselves: that is no conflict. */
	stub_stop(&s);
}

/* A server that came back from a backup has ours under another ETag. */
static void what_a_backup_brought_back_is_no_conflict(void **state)
{
	struct names n = named("backup");
	struct copl_push_options o = options(&n);
	char command[2000];
	struct stub s;
	struct heard h;

	(void)state;
	stub_start(&s, with_receipt, n.host);
	project_of_folders(n.project, s.url, 1);
	o.release = in("rel");
	assert_int_equal(go(&o, &h), COPL_OK);
	snprintf(command, sizeof(command), "cp -r %s %s.old", n.host, n.host);
	assert_int_equal(system(command), 0);
	s.step = 5;
	o.release = in("rel2");
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_false(heard_code(&h, "endpoint-conflict"));
	/* The backup is older than what the ledger knows. */
	snprintf(command, sizeof(command), "rm -r %s && mv %s.old %s", n.host,
	    n.host, n.host);
	assert_int_equal(system(command), 0);
	s.step = 9;
	make_release(&(struct spec){
	    .dir = in("rel3"), .recipient = "arab_states", .version = 3});
	o.release = in("rel3");
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(heard_told(&h, "delivered", "version=3;"));
	snprintf(command, sizeof(command), "diff -r %s/e0 %s/arab_states >&2",
	    n.host, in("rel3"));
	assert_int_equal(system(command), 0);
	stub_stop(&s);
}

/* 500 for the second endpoint. */
static void bad_second(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	if (strstr(request, "/e1/") != NULL)
		stub_status(reply, "403 Forbidden", "");
	else
		stub_plain(s, request, len, reply);
}

static void a_few_go_first_and_the_rest_only_if_all_is_well(void **state)
{
	struct names n = named("canary");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, bad_second, n.host);
	project_of_folders(n.project, s.url, 6);
	o.canary = 2;
	assert_int_equal(go(&o, &h), COPL_E_REFUSED);
	assert_true(heard_code(&h, "push-canary"));
	assert_int_equal(times_told(&h, "delivered", ""), 1);
	assert_int_equal(times_told(&h, "refused", ""), 1);
	assert_true(heard_told(&h, "pushed", "waiting=4;"));
	assert_false(copl_path_exists(in("canary/host/e2")));
	s.answer = stub_plain;
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_int_equal(times_told(&h, "delivered", ""), 5);
	stub_stop(&s);
}

static void one_server_with_many_endpoints_is_served(void **state)
{
	struct names n = named("many");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, stub_plain, n.host);
	project_of_folders(n.project, s.url, 40);
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(heard_told(&h, "pushed", "delivered=40;"));
	assert_int_equal(s.requests, 40 * 8);
	assert_int_equal(
	    run("for i in $(seq 0 39); do cmp -s many/host/e$i/manifest.xml "
		"rel/arab_states/manifest.xml || exit 1; done"),
	    0);
	stub_forget(&s);
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(heard_told(&h, "pushed", "unchanged=40;"));
	assert_int_equal(s.requests, 0);
	stub_stop(&s);
}

/* A server that takes connections and never says a word. */
static int silent_listen(char *url, size_t room)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	need(bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 &&
		 listen(fd, 100) == 0 &&
		 getsockname(fd, (struct sockaddr *)&a, &len) == 0,
	    "silent");
	snprintf(
	    url, room, "http://127.0.0.1:%u/", (unsigned)ntohs(a.sin_port));
	return fd;
}

static void the_silent_ones_hold_nobody_up(void **state)
{
	struct names n = named("silent");
	struct copl_push_options o = options(&n);
	struct copl_strbuf list = COPL_STRBUF_INIT(100000);
	char url[100];
	struct stub s;
	struct heard h;
	int fds[5], i;
	time_t began;

	(void)state;
	o.release = in("rel");
	stub_start(&s, stub_plain, n.host);
	for (i = 0; i < 5; i++) {
		fds[i] = silent_listen(url, sizeof(url));
		copl_strbuf_printf(
		    &list, "<endpoint id='s%d' url='%s' timeout='2'/>", i, url);
	}
	for (i = 0; i < 20; i++)
		copl_strbuf_printf(
		    &list, "<endpoint id='e%d' url='%se%d/'/>", i, s.url, i);
	project_of(n.project, list.s);
	began = time(NULL);
	o.attempts = 5;
	o.jobs = 4;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_true(heard_told(&h, "pushed", "delivered=20;"));
	assert_true(heard_told(&h, "pushed", "waiting=5;"));
	assert_true(time(NULL) - began < 60);
	/* All that answer come before the first that does not. */
	assert_true(strstr(h.events, "waiting endpoint=s") >
		    strstr(h.events, "delivered endpoint=e19;"));
	stub_stop(&s);
	for (i = 0; i < 5; i++)
		close(fds[i]);
	copl_strbuf_clear(&list);
}

static void a_stop_ends_it_in_good_order(void **state)
{
	struct names n = named("stop");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;
	int fds[2];

	(void)state;
	o.release = in("rel");
	need(pipe(fds) == 0 && write(fds[1], "x", 1) == 1, "pipe");
	stub_start(&s, stub_plain, n.host);
	project_of_folders(n.project, s.url, 30);
	o.stop_fd = fds[0];
	o.jobs = 2;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "push-unreached"));
	assert_true(heard_told(&h, "waiting", "reason=push-stopped;"));
	assert_true(times_told(&h, "delivered", "") <= 4);
	/* The next one goes on at once, and nothing is sent twice. */
	o.stop_fd = 0;
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(s.requests <= 30 * 8 + 4);
	stub_stop(&s);
	close(fds[0]);
	close(fds[1]);
}

/* Answers the manifest of e3 never, and kills who asks for it. */
static pid_t victim;

static void killing(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	stub_plain(s, request, len, reply);
	if (strncmp(request, "PUT /e3/manifest.xml ", 21) == 0 && victim > 0) {
		kill(victim, SIGKILL);
		victim = 0;
		copl_strbuf_reset(reply);
	}
}

static size_t times_seen(const struct stub *s, const char *line)
{
	size_t n = 0;
	const char *at;

	for (at = s->seen; (at = strstr(at, line)) != NULL; at++)
		n++;
	return n;
}

/* kill -9 in the middle: what was proven is not asked for again. */
static void a_killed_run_loses_and_doubles_nothing(void **state)
{
	struct names n = named("kill");
	struct copl_push_options o = options(&n);
	int way[2], status, i, proven = 0;
	char path[400];
	struct stub s;
	struct heard h;
	char id = 0;

	(void)state;
	o.release = in("rel");
	o.jobs = 1;
	need(pipe(way) == 0, "pipe");
	victim = fork();
	if (victim == 0) {
		/* The address comes when the server is there. */
		if (read(way[0], &id, 1) != 1)
			_exit(1);
		_exit(go(&o, &h) == COPL_OK ? 0 : 2);
	}
	stub_start(&s, killing, n.host);
	project_of_folders(n.project, s.url, 6);
	need(write(way[1], "x", 1) == 1, "go");
	need(waitpid(-1, &status, 0) > 0, "wait");
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

	/* Its lock is gone with it.  It looks first where something is. */
	stub_forget(&s);
	assert_int_equal(go(&o, &h), COPL_OK);
	for (i = 0; i < 6; i++) {
		snprintf(path, sizeof(path), "endpoint=e%d;", i);
		assert_true(heard_told(&h, "delivered", path) ||
			    heard_told(&h, "unchanged", path));
		proven += heard_told(&h, "unchanged", path);
	}
	assert_int_equal(times_seen(&s, "PUT /e3/"), 0);
	assert_int_equal(times_seen(&s, "GET /e3/manifest.xml"), 1);
	assert_true(heard_told(&h, "delivered", "endpoint=e3;"));
	assert_int_equal(times_told(&h, "delivered", ""), 6 - proven);
	stub_stop(&s);
	assert_int_equal(
	    run("for i in $(seq 0 5); do cmp -s kill/host/e$i/manifest.xml "
		"rel/arab_states/manifest.xml || exit 1; done"),
	    0);
	close(way[0]);
	close(way[1]);
}

static void nothing_starts_after_the_deadline(void **state)
{
	struct names n = named("deadline");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, stub_plain, n.host);
	project_of_folders(n.project, s.url, 10);
	o.per_minute = 600;
	o.deadline_s = 1;
	assert_int_equal(go(&o, &h), COPL_E_INCOMPLETE);
	assert_true(heard_told(&h, "waiting", "reason=push-deadline;"));
	stub_stop(&s);
	/*
	 * At least a tenth of a second apart, for a second and five of grace;
	 * a slow machine does less.
	 */
	assert_in_range(s.requests, 1, 62);
}

static void a_dry_run_is_a_table_with_sums(void **state)
{
	struct names n = named("dry");
	struct copl_push_options o = options(&n);
	struct stub s;
	struct heard h;

	(void)state;
	o.release = in("rel");
	stub_start(&s, stub_plain, n.host);
	project_of_folders(n.project, s.url, 3);
	o.dry_run = true;
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_int_equal(times_told(&h, "plan", "why=new;"), 3);
	assert_true(heard_told(&h, "planned", "files=21;"));
	assert_false(copl_path_exists(n.ledger));
	o.dry_run = false;
	assert_int_equal(go(&o, &h), COPL_OK);
	o.dry_run = true;
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_true(heard_told(&h, "planned", "unchanged=3;"));
	o.release = in("rel2");
	assert_int_equal(go(&o, &h), COPL_OK);
	assert_int_equal(times_told(&h, "plan", "why=release;"), 3);
	assert_true(heard_told(&h, "planned", "files=12;"));
	stub_stop(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_failed_has_time_until_the_next_try),
	    cmocka_unit_test(a_retry_after_is_kept_over_runs),
	    cmocka_unit_test(who_gave_up_is_left_alone),
	    cmocka_unit_test(who_only_fails_for_days_is_reported_not_tried),
	    cmocka_unit_test(what_somebody_else_put_there_stays),
	    cmocka_unit_test(a_conflict_is_refused_until_somebody_insists),
	    cmocka_unit_test(what_a_backup_brought_back_is_no_conflict),
	    cmocka_unit_test(a_few_go_first_and_the_rest_only_if_all_is_well),
	    cmocka_unit_test(one_server_with_many_endpoints_is_served),
	    cmocka_unit_test(the_silent_ones_hold_nobody_up),
	    cmocka_unit_test(a_stop_ends_it_in_good_order),
	    cmocka_unit_test(a_killed_run_loses_and_doubles_nothing),
	    cmocka_unit_test(nothing_starts_after_the_deadline),
	    cmocka_unit_test(a_dry_run_is_a_table_with_sums),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
