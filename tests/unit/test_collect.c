/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <cmocka.h>
#include "help_collect.h"

/* ---- the pages ---- */

static void a_page_has_a_token_of_its_own(void **state)
{
	static const char mark[] = "name=\"_id\" value=\"";
	char first[33];
	const char *at;

	(void)state;
	run_it();
	assert_int_equal(ask_for(&desk, "/mini.ar.html",
			     "Accept: text/html\r\n", out, sizeof(out)),
	    200);
	check_answer(200, "ar", mark);
	/* Its policy is that of a form, which may be sent. */
	assert_false(has_name(out, "ETag"));
	assert_null(strstr(out, "form-action 'none'"));
	at = strstr(out, mark) + sizeof(mark) - 1;
	memcpy(first, at, 32);
	first[32] = '\0';
	assert_int_equal(strspn(first, "0123456789abcdef"), 32);
	ask_for(&desk, "/mini", "Accept: text/html\r\nAccept-Language: ar\r\n",
	    out, sizeof(out));
	check_answer(200, "ar", mark);
	assert_null(strstr(out, first));
}

/* Many are on slow links. */
static void pages_come_compressed(void **state)
{
	char file[1100];

	(void)state;
	run_it();
	snprintf(file, sizeof(file), "%s", in("page.gz"));
	ask_for(&desk, "/mini.ar.html",
	    "Accept: text/html\r\nAccept-Encoding: gzip, br\r\n", out,
	    sizeof(out));
	assert_int_equal(status_of(out), 200);
	assert_true(has_field(out, "Content-Encoding", "gzip"));
	assert_int_equal(
	    run("curl -sf -o '%s' -H 'Accept: text/html' "
		"-H 'Accept-Encoding: gzip' '%smini.ar.html' && "
		"gzip -dc '%s' | grep -q 'name=\"_id\" value=\"[0-9a-f]'",
		file, desk.office.url, file),
	    0);
	post_bytes(&desk, "/", URLENCODED "Accept-Encoding: gzip\r\n",
	    WHO "&seen=yes&_id=" ID, strlen(WHO "&seen=yes&_id=" ID), out,
	    sizeof(out));
	assert_int_equal(status_of(out), 200);
	assert_true(has_field(out, "Content-Encoding", "gzip"));
}

static void programs_get_what_was_signed(void **state)
{
	char *page;

	(void)state;
	run_it();
	page = get(in("p/releases/1/north/mini.ar.html"));
	assert_int_equal(
	    ask_for(&desk, "/mini.ar.html", "", out, sizeof(out)), 200);
	assert_string_equal(body_of(out), page);
	assert_true(has_name(out, "ETag"));
	free(page);
}

/* ---- an answer comes home ---- */

static void an_incomplete_answer_comes_back(void **state)
{
	(void)state;
	run_it();
	post(WHO "&idea=" AR "%3Cb%3E&_id=" ID);
	check_answer(422, "ar", "كيف&lt;b");
	assert_null(strstr(out, "كيف<b"));
	assert_non_null(strstr(out, "name=\"_id\" value=\"" ID "\""));
	assert_non_null(strstr(out, "dir=\"rtl\""));
	assert_non_null(strstr(out, "href=\"#q-seen\""));
	assert_int_equal(count_stored(answers), 0);
	/* From a page without a token: it gets one. */
	post("_form=mini&_version=1&_lang=en&_recipient=north");
	check_answer(422, "en", "name=\"_id\" value=\"");
}

static void a_complete_answer_is_thanked_for(void **state)
{
	(void)state;
	run_it();
	post(WHO "&seen=yes&idea=" AR "+%26+more&_id=" ID);
	check_answer(200, "ar", "شكر");
	assert_int_equal(count_stored(answers), 1);
	check_stored(ID, "<value question=\"seen\">yes</value>", NULL);
	check_stored(ID, "كيف &amp; more", NULL);
	check_stored(ID, "lang=\"ar\" recipient=\"north\"", NULL);
	check_stored(ID, "release=\"1\"", "127.0.0.1");
	check_stored(ID, "hour=\"2027-01-15T08:00:00Z\"", "example.org");
}

static void what_was_hidden_is_dropped(void **state)
{
	(void)state;
	run_it();
	post(WHO "&seen=no&idea=secret&_id=" ID);
	check_answer(200, "ar", "شكر");
	check_stored(ID, "<value question=\"seen\">no</value>", "secret");
}

static void sent_twice_is_stored_once(void **state)
{
	(void)state;
	run_it();
	post(WHO "&seen=yes&_id=" ID);
	check_answer(200, "ar", "شكر");
	post(WHO "&seen=yes&_id=" ID);
	check_answer(200, "ar", "شكر");
	assert_int_equal(count_stored(answers), 1);
	/* Going back and thinking again is the person's own right. */
	post(WHO "&seen=skip&_id=" ID);
	check_answer(200, "ar", "شكر");
	assert_int_equal(count_stored(answers), 1);
	check_stored(ID, ">skip<", ">yes<");
}

/* Reloading what comes behind does not send again. */
static void a_page_without_token_is_led_on(void **state)
{
	(void)state;
	run_it();
	assert_int_equal(post(WHO "&seen=yes"), 303);
	assert_true(has_field(out, "Location", "/mini.ar.sent.html"));
	assert_int_equal(count_stored(answers), 1);
	post(WHO "&seen=yes");
	assert_int_equal(count_stored(answers), 2);
}

static void a_proxy_is_led_on_through(void **state)
{
	(void)state;
	desk.office.options.behind_proxy = true;
	run_it();
	assert_int_equal(
	    post_bytes(&desk, "/",
		URLENCODED
		"X-Forwarded-Proto: https\r\nX-Forwarded-Host: "
		"answers.example.org\r\nX-Forwarded-Prefix: /cop\r\n",
		WHO "&seen=yes", strlen(WHO "&seen=yes"), out, sizeof(out)),
	    303);
	assert_true(has_field(out, "Location",
	    "https://answers.example.org/cop/mini.ar.sent.html"));
}

#define PART(name, value)                                                      \
	"--B\r\nContent-Disposition: form-data; name=\"" name                  \
	"\"\r\n\r\n" value "\r\n"

static unsigned post_parts(const char *path, const char *body)
{
	return post_bytes(
	    &desk, path, MULTIPART, body, strlen(body), out, sizeof(out));
}

#define WHO_PARTS                                                              \
	PART("_form", "mini")                                                  \
	PART("_version", "1") PART("_lang", "en") PART("_recipient", "north")

static void parts_are_taken_too(void **state)
{
	(void)state;
	run_it();
	post_parts("/any/where", WHO_PARTS PART("seen", "yes") PART("idea",
				     "你好") PART("_id", ID) "--B--\r\n");
	check_answer(200, "en", "Thank you");
	check_stored(ID, "你好", NULL);
}

/* ---- times ---- */

static const struct collect_form *only_form(struct collect_set *set)
{
	assert_int_equal(set->nforms, 1);
	return &set->forms[0];
}

static void opens_and_closes_to_the_second(void **state)
{
	struct copl_trust trust = {.nkeys = 0};
	struct serving s = {.o = &desk.office.options};
	struct copl_secret_key *k = load_key("k1");
	struct shelf *shelf = NULL;
	const struct collect_form *f;
	struct copl_reporter r;

	(void)state;
	copl_secret_key_public(k, &trust.keys[trust.nkeys++]);
	copl_secret_key_free(k);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    shelf_load(desk.office.options.dir, &trust, NOW, &r, &shelf),
	    COPL_OK);
	assert_int_equal(collect_set_load(&s, shelf, &r), COPL_OK);
	f = only_form(shelf->collect);
	assert_int_equal(collect_time_of(f, OPENS - 1), COLLECT_SOON);
	assert_int_equal(collect_time_of(f, OPENS), COLLECT_OPEN);
	assert_int_equal(collect_time_of(f, CLOSES - 1), COLLECT_OPEN);
	assert_int_equal(collect_time_of(f, CLOSES), COLLECT_CLOSED);
	copl_reporter_drop(&r);
	shelf_drop(shelf);
}

static void too_early_is_said(void **state)
{
	(void)state;
	desk.office.options.now_offset += OPENS - 60 - NOW;
	run_it();
	post(WHO "&seen=yes&_id=" ID);
	check_answer(403, "ar", "11");
	ask_for(
	    &desk, "/mini.en.html", "Accept: text/html\r\n", out, sizeof(out));
	check_answer(200, "en", "11 January 2027");
	assert_null(strstr(out, "name=\"seen\""));
	assert_int_equal(count_stored(answers), 0);
}

/* A server that runs sees the moment pass. */
static void too_late_is_said(void **state)
{
	(void)state;
	desk.office.options.now_offset += CLOSES - 2 - NOW;
	run_it();
	post(WHO "&seen=yes&_id=" ID);
	check_answer(200, "ar", "شكر");
	poll(NULL, 0, 2100);
	post(WHO "&seen=no&_id=" ID);
	check_answer(403, "ar", "31");
	ask_for(
	    &desk, "/mini.en.html", "Accept: text/html\r\n", out, sizeof(out));
	check_answer(200, "en", "31 March 2027");
	check_stored(ID, ">yes<", ">no<");
}

/* ---- what no page of ours sends ---- */

static void other_fields_are_refused(void **state)
{
	static const char *const bodies[] = {WHO
	    "&seen=yes&more=1&_id=" ID, /* a field of no form */
	    WHO "&seen=yes&seen=no&_id=" ID, /* twice */
	    WHO "&seen=yes&idea=%ff%fe&_id=" ID, /* no UTF-8 */
	    WHO "&seen=yes&_more=1&_id=" ID};
	size_t i;

	(void)state;
	run_it();
	for (i = 0; i < COPL_COUNT(bodies); i++) {
		post(bodies[i]);
		check_answer(400, "ar", "lang=\"ar\"");
	}
	/* A code that is none is a wrong answer, not an attack; and so are
	 * characters that nobody sees, which a paste may bring. */
	post(WHO "&seen=yes&idea=a%00b&_id=" ID);
	check_answer(422, "ar", "#q-idea");
	post(WHO "&seen=perhaps&_id=" ID);
	check_answer(422, "ar", "#q-seen");
	assert_int_equal(count_stored(answers), 0);
}

static void other_forms_are_refused(void **state)
{
	static const char *const bodies[] = {"a=1", "%", "_form=mini",
	    "_form=other&_version=1&_lang=ar&_recipient=north&seen=yes",
	    "_form=mini&_version=1&_lang=de&_recipient=north&seen=yes",
	    "_form=mini&_version=1&_lang=ar&_recipient=east&seen=yes",
	    WHO "&seen=yes&_id=../../etc/passwd", WHO "&seen=yes&_id=" ID "0"};
	size_t i;

	(void)state;
	run_it();
	for (i = 0; i < COPL_COUNT(bodies); i++) {
		post(bodies[i]);
		check_answer(400, "en", "not stored");
	}
	assert_int_equal(count_stored(answers), 0);
}

static void programs_get_a_problem(void **state)
{
	static const char request[] =
	    "POST / HTTP/1.1\r\n" HOST URLENCODED "Content-Length: 1\r\n\r\n%";

	(void)state;
	run_it();
	assert_int_equal(
	    send_bytes(&desk, request, sizeof(request) - 1, out, sizeof(out)),
	    400);
	assert_true(has_field(out, "Content-Type", "application/problem+json"));
}

struct refusal {
	unsigned status;
	const char *fields;
	const char *body;
};

static void other_bodies_are_refused(void **state)
{
	static const struct refusal list[] = {{415, "", WHO},
	    {415, "Content-Type: text/plain\r\n", WHO},
	    {415, "Content-Type: application/json\r\n", "{}"},
	    {415,
		"Content-Type: application/x-www-form-urlencoded; "
		"charset=koi8-r\r\n",
		WHO},
	    {415, URLENCODED "Content-Encoding: gzip\r\n", WHO},
	    {400, URLENCODED URLENCODED, WHO},
	    {400, URLENCODED "Content-Range: bytes 0-1/2\r\n", WHO},
	    {400, URLENCODED, ""},
	    {400, "Content-Type: multipart/form-data\r\n", "--B--"},
	    {400, MULTIPART, "--C--"},
	    {400, MULTIPART, WHO_PARTS PART("seen", "yes")},
	    {400, MULTIPART, WHO_PARTS PART("seen", "yes") "--B-"},
	    {400, MULTIPART,
		WHO_PARTS
		"--B\r\nContent-Disposition: form-data; name=\"seen\"; "
		"filename=\"a\"\r\n\r\nyes\r\n--B--"},
	    {400, URLENCODED "Transfer-Encoding: chunked\r\n", WHO}};
	size_t i;

	(void)state;
	run_it();
	for (i = 0; i < COPL_COUNT(list); i++) {
		unsigned status = post_bytes(&desk, "/", list[i].fields,
		    list[i].body, strlen(list[i].body), out, sizeof(out));

		if (status != list[i].status)
			print_error("%zu: %.500s\n", i, out);
		assert_int_equal(status, list[i].status);
		assert_int_equal(answers_in(out), 1);
	}
	assert_int_equal(count_stored(answers), 0);
}

static void too_much_is_refused(void **state)
{
	static const char head[] = "POST / HTTP/1.1\r\n" HOST URLENCODED
				   "Content-Length: 99999999\r\n\r\n";
	struct copl_strbuf chunked = COPL_STRBUF_INIT((size_t)8 << 20);
	char *piece = malloc(65536);
	size_t i;

	(void)state;
	run_it();
	assert_int_equal(
	    send_bytes(&desk, head, sizeof(head) - 1, out, sizeof(out)), 413);
	assert_non_null(piece);
	memset(piece, 'a', 65535);
	piece[65535] = '\0';
	copl_strbuf_puts(&chunked, "POST / HTTP/1.1\r\n" HOST URLENCODED
				   "Transfer-Encoding: chunked\r\n\r\n");
	for (i = 0; i <= COPL_ANSWER_MAX / 65535; i++)
		copl_strbuf_printf(&chunked, "ffff\r\n%s\r\n", piece);
	copl_strbuf_puts(&chunked, "0\r\n\r\n");
	assert_int_equal(chunked.st, COPL_OK);
	assert_int_equal(
	    send_bytes(&desk, chunked.s, chunked.len, out, sizeof(out)), 413);
	copl_strbuf_clear(&chunked);
	free(piece);
}

/* Chunks without an end are not read until the time for a post is over. */
static void what_does_not_end_is_cut(void **state)
{
	static const char head[] = "POST / HTTP/1.1\r\n" HOST URLENCODED
				   "Transfer-Encoding: chunked\r\n\r\n";
	char *chunk = malloc(65536);
	size_t sent = 0;
	int fd;

	(void)state;
	run_it();
	assert_non_null(chunk);
	memset(chunk, 'a', 65536);
	memcpy(chunk, "fff8\r\n", 6);
	memcpy(chunk + 65534, "\r\n", 2);
	fd = dial(desk.office.port);
	assert_true(send(fd, head, sizeof(head) - 1, MSG_NOSIGNAL) > 0);
	while (sent < (size_t)64 << 20 &&
	       send(fd, chunk, 65536, MSG_NOSIGNAL) == 65536)
		sent += 65536;
	assert_in_range(sent, COPL_ANSWER_MAX, (size_t)32 << 20);
	close(fd);
	free(chunk);
	assert_int_equal(count_stored(answers), 0);
}

/* OpenRosa lets phones send so. */
static void chunks_are_put_together(void **state)
{
	static const char request[] =
	    "POST / HTTP/1.1\r\n" HOST URLENCODED
	    "Transfer-Encoding: chunked\r\n\r\n"
	    "2f\r\n" WHO "\r\n2e\r\n&seen=yes&_id=" ID "\r\n0\r\n\r\n";

	(void)state;
	run_it();
	send_bytes(&desk, request, sizeof(request) - 1, out, sizeof(out));
	check_answer(200, "ar", "شكر");
	assert_int_equal(count_stored(answers), 1);
}

/* Half a large post, and one that drips: cut, and nothing of them is kept. */
static void slow_posts_are_cut(void **state)
{
	static const char half[] = "POST / HTTP/1.1\r\n" HOST URLENCODED
				   "Content-Length: 900000\r\n\r\n" WHO;
	uint64_t begin = guard_clock_ms();
	int fds[3], i, k;
	char byte;

	(void)state;
	desk.limits = serve_limits_default;
	desk.limits.header_ms = 600;
	desk.limits.body_ms = 600;
	desk.limits.tick_ms = 50;
	run_it();
	for (i = 0; i < 3; i++) {
		fds[i] = dial(desk.office.port);
		assert_true(
		    send(fds[i], half, sizeof(half) - 1, MSG_NOSIGNAL) > 0);
	}
	for (k = 0; k < 600; k++) {
		if (send(fds[1], "a", 1, MSG_NOSIGNAL) < 0)
			break;
		poll(NULL, 0, 20);
	}
	shutdown(fds[2], SHUT_WR);
	for (i = 0; i < 3; i++) {
		ssize_t n = recv(fds[i], &byte, 1, 0);

		/* An answer to it would be an answer to half a post. */
		assert_true(n <= 0 || byte == 'H');
		close(fds[i]);
	}
	assert_in_range(guard_clock_ms() - begin, 500, 8000);
	assert_int_equal(count_stored(answers), 0);
	/* And others are served meanwhile and afterwards. */
	post(WHO "&seen=yes&_id=" ID);
	check_answer(200, "ar", "شكر");
}

static void nothing_is_posted_where_nothing_is_collected(void **state)
{
	(void)state;
	desk.office.options.collect = NULL;
	run_it();
	assert_int_equal(post(WHO "&seen=yes"), 405);
	assert_true(has_field(out, "Allow", "GET, HEAD, PUT"));
	assert_int_equal(
	    ask_for(&desk, "/submission", "", out, sizeof(out)), 404);
	ask_for(
	    &desk, "/mini.ar.html", "Accept: text/html\r\n", out, sizeof(out));
	assert_null(strstr(out, "name=\"_id\""));
}

static void nothing_is_collected_before_a_set_is_here(void **state)
{
	(void)state;
	prepare(NULL, "empty");
	run_it();
	assert_int_equal(post(WHO "&seen=yes"), 503);
	assert_non_null(strstr(out, "not stored"));
	assert_true(heard_told(&desk.office.heard, "collecting", "forms=;"));
}

/* ---- too many ---- */

static void too_many_are_asked_to_wait(void **state)
{
	int i;

	(void)state;
	desk.office.options.collect_rate = 3;
	run_it();
	for (i = 0; i < 3; i++) {
		post(WHO "&seen=yes");
		assert_int_equal(status_of(out), 303);
	}
	/* Nobody loses what they wrote. */
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(429, "ar", "كيف");
	assert_true(has_name(out, "Retry-After"));
	for (i = 0; i < 11; i++)
		post(WHO "&seen=yes");
	post(WHO "&seen=yes&idea=" AR);
	check_answer(429, "en", "Many answers");
	assert_int_equal(count_stored(answers), 3);
}

static void a_proxy_says_who_came(void **state)
{
	static const char body[] = WHO "&seen=yes";
	char fields[200];
	int i;

	(void)state;
	desk.office.options.collect_rate = 1;
	desk.office.options.behind_proxy = true;
	desk.office.options.origin = "https://forms.example.org/";
	run_it();
	for (i = 0; i < 4; i++) {
		snprintf(fields, sizeof(fields),
		    URLENCODED "X-Forwarded-For: 10.9.9.9, 192.0.2.%d\r\n",
		    i / 2);
		assert_int_equal(post_bytes(&desk, "/", fields, body,
				     sizeof(body) - 1, out, sizeof(out)),
		    i % 2 == 0 ? 303 : 429);
	}
}

/* ---- the disk ---- */

static void a_full_disk_is_said(void **state)
{
	(void)state;
	run_it();
	atomic_store(&disk_error, ENOSPC);
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(507, "ar", "كيف");
	assert_non_null(strstr(out, "name=\"_id\" value=\"" ID "\""));
	assert_true(has_field(out, "Retry-After", "300"));
	assert_null(strstr(out, "شكرًا لك"));
	assert_int_equal(count_stored(answers), 0);
	assert_true(heard_code(&desk.office.heard, "collect-failing"));
	assert_int_equal(ask_for(&desk, "/healthz", "", out, sizeof(out)), 503);
	atomic_store(&disk_error, EIO);
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(503, "ar", "كيف");
	atomic_store(&disk_error, 0);
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(200, "ar", "شكر");
	assert_true(heard_told(&desk.office.heard, "collecting-again", ""));
	assert_int_equal(ask_for(&desk, "/healthz", "", out, sizeof(out)), 200);
}

#define CROWD 40
struct visitor {
	pthread_t thread;
	char id[40];
	unsigned status;
};

static void *visit(void *arg)
{
	struct visitor *v = arg;
	char body[300], page[40000];

	snprintf(body, sizeof(body), WHO "&seen=yes&_id=%s", v->id);
	v->status = post_bytes(
	    &desk, "/", URLENCODED, body, strlen(body), page, sizeof(page));
	return NULL;
}

/* What was being stored when the server was told to stop is answered. */
static void stopping_answers_those_who_wait(void **state)
{
	static struct visitor crowd[CROWD];
	size_t i, thanked = 0;

	(void)state;
	run_it();
	atomic_store(&disk_ms, 700);
	for (i = 0; i < CROWD; i++) {
		snprintf(crowd[i].id, sizeof(crowd[i].id), "%032zx", i);
		need(pthread_create(&crowd[i].thread, NULL, visit, &crowd[i]) ==
			 0,
		    "thread");
	}
	poll(NULL, 0, 350);
	assert_int_equal(desk_stop(&desk), COPL_OK);
	desk.office.port = 0;
	for (i = 0; i < CROWD; i++) {
		char *text;

		pthread_join(crowd[i].thread, NULL);
		text = stored(answers, crowd[i].id);
		/* Thanked for is stored, and stored is thanked for. */
		assert_int_equal(crowd[i].status == 200, text != NULL);
		thanked += crowd[i].status == 200;
		free(text);
	}
	assert_true(thanked > 0);
}

/* ---- phones ---- */

#define INSTANCE(version, answers, id)                                         \
	"<?xml version='1.0'?><data id=\"mini_north\" version=\"1-r1\">"       \
	"<_form>mini</_form><_version>" version "</_version>"                  \
	"<_recipient>north</_recipient><start>" answers "</start>"             \
	"<meta><instanceID>" id "</instanceID></meta></data>"
#define FILE_PART(text)                                                        \
	"--B\r\nContent-Disposition: form-data; "                              \
	"name=\"xml_submission_file\"; "                                       \
	"filename=\"a.xml\"\r\nContent-Type: text/xml\r\n\r\n" text "\r\n"
#define UUID "uuid:7d1a9a3c-0000-4000-8000-000000000001"

static unsigned submit(const char *path, const char *body)
{
	return post_bytes(&desk, path,
	    MULTIPART "X-OpenRosa-Version: 1.0\r\n"
		      "Accept-Language: ru\r\n",
	    body, strlen(body), out, sizeof(out));
}

static void check_phone(unsigned status, const char *nature, const char *words)
{
	if (status_of(out) != status)
		print_error("%.2000s\n", out);
	assert_int_equal(status_of(out), status);
	assert_true(has_field(out, "X-OpenRosa-Version", "1.0"));
	assert_true(has_field(out, "Content-Type", "text/xml; charset=utf-8"));
	assert_true(has_name(out, "X-OpenRosa-Accept-Content-Length"));
	assert_true(has_field(out, "Content-Language", "ru"));
	assert_non_null(strstr(out,
	    "<OpenRosaResponse xmlns=\"http://openrosa.org/http/response\">"));
	assert_non_null(strstr(out, nature));
	assert_non_null(strstr(out, words));
}

static void a_phone_asks_and_sends(void **state)
{
	static const char ask[] =
	    "HEAD /submission HTTP/1.1\r\n" HOST "X-OpenRosa-Version: 1.0\r\n"
	    "Connection: close\r\n\r\n";
	static const char first[] = FILE_PART(
	    INSTANCE("1", "<seen>yes</seen><idea>Идея</idea>", UUID)) "--B--";

	(void)state;
	run_it();
	assert_int_equal(
	    send_bytes(&desk, ask, sizeof(ask) - 1, out, sizeof(out)), 204);
	assert_true(
	    has_field(out, "Location", "http://forms.example.org/submission"));
	assert_true(has_field(out, "X-OpenRosa-Version", "1.0"));
	assert_true(
	    has_field(out, "X-OpenRosa-Accept-Content-Length", "2097152"));
	/* The list and the forms promise no more than is taken. */
	ask_for(&desk, "/formList", "X-OpenRosa-Version: 1.0\r\n", out,
	    sizeof(out));
	assert_int_equal(status_of(out), 200);
	assert_true(
	    has_field(out, "X-OpenRosa-Accept-Content-Length", "2097152"));
	ask_for(&desk, "/forms/mini_north.xml", "", out, sizeof(out));
	assert_int_equal(status_of(out), 200);
	assert_true(
	    has_field(out, "X-OpenRosa-Accept-Content-Length", "2097152"));
	assert_int_equal(
	    ask_for(&desk, "/submission", "", out, sizeof(out)), 405);
	submit("/submission", first);
	check_phone(201, "submit_success", "Спасибо");
	/* The answer was lost on the way, so it sends again. */
	submit("/north/submission", first);
	check_phone(201, "submit_success", "Спасибо");
	assert_int_equal(count_stored(answers), 1);
	check_stored(UUID, "Идея", NULL);
	submit("/submission",
	    FILE_PART(INSTANCE("1", "<seen>no</seen>", UUID)) "--B--");
	check_phone(409, "submit_error", "номером");
	check_stored(UUID, ">yes<", ">no<");
}

static void a_phone_is_told_what_is_wrong(void **state)
{
	(void)state;
	run_it();
	submit(
	    "/submission", FILE_PART(INSTANCE("1", "<seen/>", UUID)) "--B--");
	check_phone(422, "submit_error", "seen: missing");
	submit("/submission",
	    FILE_PART(INSTANCE("7", "<seen>yes</seen>", UUID)) "--B--");
	check_phone(404, "submit_error", "версия");
	submit("/submission", FILE_PART("<data") "--B--");
	check_phone(400, "submit_error", "");
	submit("/submission",
	    FILE_PART("<!DOCTYPE data [<!ENTITY a SYSTEM '/etc/passwd'>]>"
		      "<data>&a;</data>") "--B--");
	check_phone(400, "submit_error", "");
	submit("/submission", PART("other", "1") "--B--");
	check_phone(400, "submit_error", "");
	submit("/submission",
	    FILE_PART(INSTANCE("1", "<seen>yes</seen>",
		UUID)) "--B\r\nContent-Disposition: form-data; "
		       "name=\"photo.jpg\"; "
		       "filename=\"photo.jpg\"\r\n\r\n?\r\n--B--");
	check_phone(400, "submit_error", "");
	assert_int_equal(post_bytes(&desk, "/submission",
			     URLENCODED "Accept-Language: ru\r\n", WHO,
			     strlen(WHO), out, sizeof(out)),
	    415);
	atomic_store(&disk_error, ENOSPC);
	submit("/submission",
	    FILE_PART(INSTANCE("1", "<seen>yes</seen>", UUID)) "--B--");
	check_phone(507, "submit_error", "телефоне");
	assert_int_equal(count_stored(answers), 0);
}

static void a_phone_is_told_the_time(void **state)
{
	(void)state;
	desk.office.options.now_offset += CLOSES - NOW;
	run_it();
	submit("/submission",
	    FILE_PART(INSTANCE("1", "<seen>yes</seen>", UUID)) "--B--");
	check_phone(403, "submit_error", "закрыта");
}

static void submissions_have_their_paths(void **state)
{
	(void)state;
	assert_true(collect_is_submission("submission"));
	assert_true(collect_is_submission("africa/submission"));
	assert_false(collect_is_submission("a/b/submission"));
	assert_false(collect_is_submission("submissions"));
	assert_false(collect_is_submission("submission/a"));
	assert_false(collect_is_submission("asubmission"));
	assert_false(collect_is_submission(""));
}

/* ---- many recipients ---- */

static void one_office_collects_for_others(void **state)
{
	static const char east[] =
	    "_form=mini&_version=1&_lang=zh-Hans&_recipient=east&seen=yes&_id=";
	char body[300];

	(void)state;
	prepare("p/releases/1", "whole");
	run_it();
	assert_true(heard_told(
	    &desk.office.heard, "collecting", "forms=east/mini north/mini;"));
	snprintf(body, sizeof(body), "%s" ID, east);
	post_to("/east/", body);
	check_answer(200, "zh-Hans", "谢");
	check_stored(ID, "recipient=\"east\"", NULL);
	/* A page of the one, sent to the address of the other. */
	post_to("/north/", body);
	check_answer(400, "en", "not stored");
	/* An address of our own choice says nothing. */
	post_to("/answers/here", body);
	check_answer(200, "zh-Hans", "谢");
	submit("/east/submission",
	    FILE_PART(INSTANCE("1", "<seen>yes</seen>", UUID)) "--B--");
	check_phone(404, "submit_error", "");
	submit("/north/submission",
	    FILE_PART(INSTANCE("1", "<seen>yes</seen>", UUID)) "--B--");
	check_phone(201, "submit_success", "");
	ask_for(&desk, "/east/mini.ru.html", "Accept: text/html\r\n", out,
	    sizeof(out));
	check_answer(200, "ru", "name=\"_id\"");
	assert_int_equal(post_to("/", "_form=mini&_version=1&_lang=ru&"
				      "_recipient=east&seen=no"),
	    303);
	assert_true(has_field(out, "Location", "/east/mini.ru.sent.html"));
}

/* ---- the form changes while somebody fills it in ---- */

static void make_second_version(void)
{
	if (copl_path_exists(in("p/releases/2")))
		return;
	need(run("sed -i 's/id=\"mini\" version=\"1\"/id=\"mini\" "
		 "version=\"2\"/' '%s'",
		 in("p/forms/mini.xml")) == 0,
	    "version");
	build_release();
}

static void the_set_may_change_meanwhile(void **state)
{
	static const char body[] = WHO "&seen=yes&_id=" ID;
	char head[300];
	ssize_t n;
	int fd;

	(void)state;
	make_second_version();
	run_it();
	fd = dial(desk.office.port);
	snprintf(head, sizeof(head),
	    "POST / HTTP/1.1\r\n" HOST URLENCODED "Content-Length: %zu\r\n\r\n",
	    sizeof(body) - 1);
	assert_true(send(fd, head, strlen(head), MSG_NOSIGNAL) > 0);
	assert_true(send(fd, body, 20, MSG_NOSIGNAL) > 0);
	poll(NULL, 0, 200);
	install_set(in("p/releases/2/north"), desk.office.options.dir);
	desk_reload(&desk);
	assert_true(send(fd, body + 20, sizeof(body) - 21, MSG_NOSIGNAL) > 0);
	n = recv(fd, out, 200, 0);
	close(fd);
	assert_true(n > 12);
	out[n] = '\0';
	assert_int_equal(status_of(out), 200);
	check_stored(ID, "version=\"1\" release=\"1\"", NULL);
	/* Whoever had the page open may finish. */
	post("_form=mini&_version=1&_lang=en&_recipient=north&seen=no&_id="
	     "1123456789abcdef0123456789abcdef");
	check_answer(200, "en", "Thank you");
	check_stored("1123456789abcdef0123456789abcdef",
	    "version=\"1\" release=\"1\"", NULL);
	post("_form=mini&_version=2&_lang=en&_recipient=north&seen=no&_id="
	     "2123456789abcdef0123456789abcdef");
	check_answer(200, "en", "Thank you");
	check_stored("2123456789abcdef0123456789abcdef",
	    "version=\"2\" release=\"2\"", NULL);
}

/* The older form is not known any more: the newer one, filled in. */
static void an_old_page_is_given_back_as_the_new_one(void **state)
{
	(void)state;
	make_second_version();
	prepare("p/releases/2/north", "second");
	run_it();
	post(WHO "&seen=yes&idea=" AR "&_id=" ID);
	check_answer(409, "ar", "كيف");
	assert_non_null(strstr(out, "name=\"_version\" value=\"2\""));
	assert_int_equal(count_stored(answers), 0);
}

/* ---- where answers lie, and what is told of them ---- */

static void check_place(const char *dir, const char *place)
{
	static char folder[1100], where[1100];

	prepare(NULL, dir);
	snprintf(folder, sizeof(folder), "%s", in(dir));
	snprintf(where, sizeof(where), "%s", in(place));
	desk.office.options.dir = folder;
	desk.office.options.collect = where;
	assert_false(desk_start(&desk));
	assert_true(heard_code(&desk.office.heard, "collect-place"));
	assert_int_equal(desk.office.status, COPL_E_INVALID);
	close(desk.office.stop[0]);
	close(desk.office.stop[1]);
	close(desk.reload[0]);
	close(desk.reload[1]);
}

static void answers_lie_apart(void **state)
{
	(void)state;
	check_place("apart", "apart");
	check_place("apart", "apart/answers");
	check_place("apart", "apart/../apart/new/answers");
	check_place("apart/forms", "apart");
	need(run("ln -s apart '%s'", in("link")) == 0, "link");
	check_place("apart", "link/answers");
}

static void nothing_of_answers_is_shown_or_logged(void **state)
{
	static const char *const never[] = {
	    "127.0.0", "secret", ID, "X-Browser", "08:00:01", "peer\":\"1"};
	static char log[1100];
	char path[400], name[COPL_STORE_NAME_SIZE], *text;
	size_t i;

	(void)state;
	snprintf(log, sizeof(log), "%s", in("access.log"));
	desk.office.options.access_log = log;
	desk.office.options.now_offset += 1;
	run_it();
	post_bytes(&desk, "/?secret=1", URLENCODED "User-Agent: X-Browser\r\n",
	    WHO "&seen=yes&idea=secret&_id=" ID,
	    strlen(WHO "&seen=yes&idea=secret&_id=" ID), out, sizeof(out));
	check_answer(200, "ar", "شكر");
	copl_store_name(ID, strlen(ID), name);
	snprintf(path, sizeof(path), "/mini/%s.xml", name);
	assert_int_equal(ask_for(&desk, path, "", out, sizeof(out)), 404);
	snprintf(path, sizeof(path), "/../%s/mini/%s.xml",
	    copl_path_name(answers), name);
	assert_int_equal(ask_for(&desk, path, "", out, sizeof(out)), 400);
	poll(NULL, 0, 100);
	text = get(log);
	assert_non_null(strstr(text, "\"POST\""));
	for (i = 0; i < COPL_COUNT(never); i++) {
		assert_null(strstr(text, never[i]));
		if (i != 0 && i != 4)
			assert_null(heard_from(&desk.office.heard, never[i]));
	}
	free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_page_has_a_token_of_its_own),
	    TEST(pages_come_compressed),
	    TEST(programs_get_what_was_signed),
	    TEST(an_incomplete_answer_comes_back),
	    TEST(a_complete_answer_is_thanked_for),
	    TEST(what_was_hidden_is_dropped),
	    TEST(sent_twice_is_stored_once),
	    TEST(a_page_without_token_is_led_on),
	    TEST(a_proxy_is_led_on_through),
	    TEST(parts_are_taken_too),
	    TEST(opens_and_closes_to_the_second),
	    TEST(too_early_is_said),
	    TEST(too_late_is_said),
	    TEST(other_fields_are_refused),
	    TEST(other_forms_are_refused),
	    TEST(programs_get_a_problem),
	    TEST(other_bodies_are_refused),
	    TEST(too_much_is_refused),
	    TEST(what_does_not_end_is_cut),
	    TEST(chunks_are_put_together),
	    TEST(slow_posts_are_cut),
	    TEST(nothing_is_posted_where_nothing_is_collected),
	    TEST(nothing_is_collected_before_a_set_is_here),
	    TEST(too_many_are_asked_to_wait),
	    TEST(a_proxy_says_who_came),
	    TEST(a_full_disk_is_said),
	    TEST(stopping_answers_those_who_wait),
	    TEST(a_phone_asks_and_sends),
	    TEST(a_phone_is_told_what_is_wrong),
	    TEST(a_phone_is_told_the_time),
	    TEST(submissions_have_their_paths),
	    TEST(one_office_collects_for_others),
	    TEST(the_set_may_change_meanwhile),
	    TEST(an_old_page_is_given_back_as_the_new_one),
	    TEST(answers_lie_apart),
	    TEST(nothing_of_answers_is_shown_or_logged),
	};

	return cmocka_run_group_tests(tests, set_up_all, scratch_remove);
}
