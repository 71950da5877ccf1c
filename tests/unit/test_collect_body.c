/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <cmocka.h>
#include "base/base.h"
#include "serve/collect_body.h"
#include "serve/collect_rate.h"
#include "serve/collect_words.h"

/* ---- types ---- */

static char mark[COLLECT_BOUNDARY_SIZE];

static enum collect_body_kind kind(const char *type)
{
	return collect_body_kind(type, mark);
}

static void types_of_ours(void **state)
{
	(void)state;
	assert_int_equal(
	    kind("application/x-www-form-urlencoded"), COLLECT_BODY_FIELDS);
	assert_int_equal(
	    kind("Application/X-WWW-Form-Urlencoded; charset=UTF-8"),
	    COLLECT_BODY_FIELDS);
	assert_int_equal(
	    kind("multipart/form-data; boundary=----WebKitFormBoundary7MA4"),
	    COLLECT_BODY_PARTS);
	assert_string_equal(mark, "----WebKitFormBoundary7MA4");
	assert_int_equal(
	    kind("multipart/form-data; boundary=\"a=b\" ; charset=\"utf-8\""),
	    COLLECT_BODY_PARTS);
	assert_string_equal(mark, "a=b");
}

static void types_of_nobody(void **state)
{
	static const char *const other[] = {"", "text/plain",
	    "application/json", "application/x-www-form-urlencoded2",
	    "multipart/mixed; boundary=a",
	    "application/x-www-form-urlencoded; charset=windows-1256", ";"};
	static const char *const wrong[] = {"multipart/form-data",
	    "multipart/form-data; boundary=",
	    "multipart/form-data; boundary=a b",
	    "multipart/form-data; boundary=\"a",
	    "multipart/form-data boundary=a",
	    "multipart/form-data; boundary=a; boundary=b",
	    "multipart/form-data; boundary=\"a\\b\"",
	    "multipart/form-data; boundary=\"\""};
	static const char long_one[] =
	    "multipart/form-data; boundary=12345678901234567890123456789012345"
	    "678901234567890123456789012345678901"; /* 71 characters */
	size_t i;

	(void)state;
	assert_int_equal(kind(NULL), COLLECT_BODY_OTHER);
	assert_int_equal(kind(long_one), COLLECT_BODY_WRONG);
	for (i = 0; i < COPL_COUNT(other); i++)
		assert_int_equal(kind(other[i]), COLLECT_BODY_OTHER);
	for (i = 0; i < COPL_COUNT(wrong); i++) {
		if (kind(wrong[i]) != COLLECT_BODY_WRONG)
			print_error("%s\n", wrong[i]);
		assert_int_equal(kind(wrong[i]), COLLECT_BODY_WRONG);
	}
}

/* ---- what came, as "name=value|name=value|", "@" before a file ---- */

static char shown[100000];

static void show(const struct collect_parts *p)
{
	size_t used = 0, i;

	shown[0] = '\0';
	for (i = 0; i < p->n; i++)
		used += (size_t)snprintf(shown + used, sizeof(shown) - used,
		    "%s%.*s=%.*s|", p->list[i].file ? "@" : "",
		    (int)p->list[i].namelen, p->list[i].name,
		    (int)p->list[i].len, p->list[i].value);
}

/* In memory that ends where the body does, so that no byte more is read. */
static enum copl_status read_body(
    const char *s, size_t len, const char *boundary)
{
	struct collect_parts parts = {.list = NULL};
	char *bytes = malloc(len == 0 ? 1 : len);
	enum copl_status st;

	assert_non_null(bytes);
	memcpy(bytes, s, len);
	st = boundary == NULL
		 ? collect_body_fields(bytes, len, &parts)
		 : collect_body_parts(bytes, len, boundary, &parts);
	show(&parts);
	free(parts.list);
	free(bytes);
	return st;
}

static void check_fields(const char *body, const char *want)
{
	assert_int_equal(read_body(body, strlen(body), NULL), COPL_OK);
	assert_string_equal(shown, want);
}

static void fields_as_browsers_send_them(void **state)
{
	(void)state;
	check_fields("", "");
	check_fields("seen=yes&idea=a+b%21", "seen=yes|idea=a b!|");
	check_fields("idea=%D9%83%D9%8A%D9%81&x=%E4%BD%A0%E5%A5%BD&y=%D0%9F",
	    "idea=كيف|x=你好|y=П|");
	check_fields("a=&b&=c&a=2", "a=|b=|=c|a=2|");
	check_fields("&&a=1&", "a=1|");
	check_fields("grid.row=1&a=b=c", "grid.row=1|a=b=c|");
	check_fields("a=%0D%0Ab", "a=\r\nb|");
}

static void broken_escapes_are_refused(void **state)
{
	static const char *const bodies[] = {
	    "a=%", "a=%4", "a=%zz", "%=1", "a=1&b=%d", "a=%%20"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bodies); i++)
		assert_int_equal(read_body(bodies[i], strlen(bodies[i]), NULL),
		    COPL_E_INVALID);
}

static void fields_have_a_limit(void **state)
{
	static char body[2 * (COLLECT_PARTS_MAX + 1)];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(body); i++)
		body[i] = i % 2 == 0 ? 'a' : '&';
	assert_int_equal(read_body(body, sizeof(body) - 2, NULL), COPL_OK);
	assert_int_equal(read_body(body, sizeof(body), NULL), COPL_E_LIMIT);
}

/* ---- multipart ---- */

#define DISPOSITION(name)                                                      \
	"Content-Disposition: form-data; name=\"" name "\"\r\n"

static void check_parts(const char *body, const char *want)
{
	enum copl_status st = read_body(body, strlen(body), "B");

	if (st != COPL_OK)
		print_error("%s\n", body);
	assert_int_equal(st, COPL_OK);
	assert_string_equal(shown, want);
}

static void parts_as_clients_send_them(void **state)
{
	(void)state;
	check_parts(
	    "--B\r\n" DISPOSITION("seen") "\r\nyes\r\n--B\r\n" DISPOSITION(
		"idea") "\r\nكيف\r\n--B--\r\n",
	    "seen=yes|idea=كيف|");
	/* without the last line end, as OkHttp once did */
	check_parts("--B\r\n" DISPOSITION("a") "\r\n1\r\n--B--", "a=1|");
	check_parts("--B\r\n" DISPOSITION("a") "\r\n\r\n--B--\r\n", "a=|");
	check_parts(
	    "--B\r\nContent-Disposition: form-data; "
	    "name=\"xml_submission_file\"; filename=\"a \\\"1\\\".xml\"\r\n"
	    "Content-Type: text/xml\r\nContent-Transfer-Encoding: binary\r\n"
	    "Content-Length: 3\r\n\r\n<x/\r\n--B--\r\n",
	    "@xml_submission_file=<x/|");
	/* a line that only looks like the end */
	check_parts("--B\r\n" DISPOSITION("a") "\r\n-B\n--B\r\n--b\r\n--B--",
	    "a=-B\n--B\r\n--b|");
	check_parts("--B--", "");
	check_parts(
	    "--B \t\r\n" DISPOSITION("a") "\r\n1\r\n--B-- \r\n", "a=1|");
}

static void other_parts_are_refused(void **state)
{
	static const char *const bodies[] = {"", "--", "--B", "--B\r\n",
	    "--C\r\n",
	    /* not finished */
	    "--B\r\n" DISPOSITION("a") "\r\n1",
	    "--B\r\n" DISPOSITION("a") "\r\n1\r\n--B",
	    "--B\r\n" DISPOSITION("a") "\r\n1\r\n--B\r\n",
	    "--B\r\n" DISPOSITION("a") "\r\n1\r\n--B-",
	    "--B\r\n" DISPOSITION("a"),
	    /* something before the first and behind the last */
	    "x\r\n--B\r\n" DISPOSITION("a") "\r\n1\r\n--B--\r\n",
	    "--B\r\n" DISPOSITION("a") "\r\n1\r\n--B--\r\nmore",
	    /* a mark within */
	    "--B\r\n" DISPOSITION("a") "\r\n--B\n-\r\n--b\r\n--B--\r\n",
	    /* another boundary, or a longer one */
	    "--B\r\n" DISPOSITION("a") "\r\n1\r\n--C--\r\n",
	    "--BB\r\n" DISPOSITION("a") "\r\n1\r\n--BB--\r\n",
	    /* lines that are none */
	    "--B\n" DISPOSITION("a") "\r\n1\r\n--B--\r\n",
	    "--B\r\n\r\n1\r\n--B--\r\n",
	    "--B\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--\r\n",
	    "--B\r\nContent-Disposition: attachment; "
	    "name=\"a\"\r\n\r\n1\r\n--B--",
	    "--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--",
	    "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--B--",
	    "--B\r\nContent-Disposition: form-data; "
	    "name=\"a\\b\"\r\n\r\n1\r\n--B--",
	    "--B\r\nContent-Disposition: form-data; name=\"a\"; "
	    "name=\"b\"\r\n\r\n1"
	    "\r\n--B--",
	    "--B\r\n" DISPOSITION("a") DISPOSITION("b") "\r\n1\r\n--B--",
	    "--B\r\n folded\r\n" DISPOSITION("a") "\r\n1\r\n--B--",
	    "--B\r\n" DISPOSITION(
		"a") "Content-Transfer-Encoding: base64\r\n\r\n1"
		     "\r\n--B--",
	    "--B\r\n" DISPOSITION(
		"a") "a:\r\nb:\r\nc:\r\nd:\r\ne:\r\nf:\r\ng:\r\n"
		     "h:\r\ni:\r\n\r\n1\r\n--B--"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bodies); i++) {
		enum copl_status st =
		    read_body(bodies[i], strlen(bodies[i]), "B");

		if (st != COPL_E_INVALID)
			print_error("%zu: %s\n", i, bodies[i]);
		assert_int_equal(st, COPL_E_INVALID);
	}
}

/* Whatever is cut off a body, it is refused and nothing behind it is read. */
static void every_cut_is_seen(void **state)
{
	static const char body[] = "--B\r\n" DISPOSITION(
	    "seen") "\r\nyes\r\n--B\r\n"
		    "Content-Disposition: form-data; name=\"f\"; "
		    "filename=\"\"\r\n"
		    "Content-Type: text/plain\r\n\r\n\r\n--B--";
	size_t len = sizeof(body) - 1, i;

	(void)state;
	assert_int_equal(read_body(body, len, "B"), COPL_OK);
	assert_string_equal(shown, "seen=yes|@f=|");
	for (i = 0; i < len; i++)
		assert_int_equal(read_body(body, i, "B"), COPL_E_INVALID);
}

/* ---- rate ---- */

#define BEGIN                                                                  \
	(INT64_C(1800000000) / COLLECT_RATE_SECONDS * COLLECT_RATE_SECONDS)

static bool dice(void *arg, unsigned char *out, size_t len)
{
	unsigned char *next = arg;

	memset(out, (*next)++, len);
	return true;
}

static bool no_dice(void *arg, unsigned char *out, size_t len)
{
	(void)arg;
	(void)out;
	(void)len;
	return false;
}

static void one_address_is_counted(void **state)
{
	const unsigned char a[] = {192, 0, 2, 1}, b[] = {192, 0, 2, 2};
	struct collect_rate r;
	unsigned char seed = 1;
	int i;

	(void)state;
	assert_int_equal(collect_rate_open(&r, 5, dice, &seed, BEGIN), COPL_OK);
	for (i = 0; i < 5; i++)
		assert_int_equal(
		    collect_rate_count(&r, a, 4, BEGIN + i), COLLECT_RATE_OK);
	for (i = 0; i < 15; i++)
		assert_int_equal(collect_rate_count(&r, a, 4, BEGIN + 599),
		    COLLECT_RATE_OVER);
	for (i = 0; i < 3; i++)
		collect_rate_count(&r, a, 4, BEGIN + 599);
	assert_int_equal(
	    collect_rate_count(&r, a, 4, BEGIN + 599), COLLECT_RATE_FLOOD);
	assert_int_equal(
	    collect_rate_count(&r, b, 4, BEGIN + 599), COLLECT_RATE_OK);
	assert_int_equal(
	    collect_rate_count(&r, a, 4, BEGIN + 600), COLLECT_RATE_OK);
	collect_rate_close(&r);
}

/* Nothing of an address stands in what is kept, and it moves each time. */
static void an_address_leaves_no_trace(void **state)
{
	const unsigned char a[] = {203, 0, 113, 77};
	struct collect_rate r;
	unsigned char seed = 1;
	size_t at[2] = {0, 0}, i, k;

	(void)state;
	assert_int_equal(collect_rate_open(&r, 5, dice, &seed, BEGIN), COPL_OK);
	for (k = 0; k < 2; k++) {
		collect_rate_count(&r, a, 4, BEGIN + (int64_t)k * 600);
		for (i = 0; i < COLLECT_RATE_CELLS; i++)
			if (r.cells[0][i] != 0)
				at[k] = i;
	}
	assert_int_not_equal(at[0], at[1]);
	assert_int_equal(r.cells[0][at[0]], 0);
	assert_int_equal(r.cells[0][at[1]], 1);
	collect_rate_close(&r);
}

static void no_limit_and_no_dice(void **state)
{
	const unsigned char a[] = {192, 0, 2, 1};
	struct collect_rate r;
	unsigned char seed = 1;
	int i;

	(void)state;
	assert_int_equal(collect_rate_open(&r, 0, dice, &seed, BEGIN), COPL_OK);
	for (i = 0; i < 100; i++)
		assert_int_equal(
		    collect_rate_count(&r, a, 4, BEGIN), COLLECT_RATE_OK);
	collect_rate_close(&r);
	assert_int_equal(
	    collect_rate_open(&r, 5, no_dice, NULL, BEGIN), COPL_E_IO);
	collect_rate_close(&r);
	assert_int_equal(collect_rate_wait(BEGIN), 600);
	assert_int_equal(collect_rate_wait(BEGIN + 599), 1);
}

static void households_and_proxies(void **state)
{
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	unsigned char a[COLLECT_PEER_SIZE], b[COLLECT_PEER_SIZE];

	(void)state;
	inet_pton(AF_INET, "192.0.2.9", &v4.sin_addr);
	assert_int_equal(collect_rate_peer((struct sockaddr *)&v4, a), 4);
	inet_pton(AF_INET6, "::ffff:192.0.2.9", &v6.sin6_addr);
	assert_int_equal(collect_rate_peer((struct sockaddr *)&v6, b), 4);
	assert_memory_equal(a, b, 4);
	assert_int_equal(collect_rate_forwarded("2001:db8::1", a), 8);
	inet_pton(AF_INET6, "2001:db8::2", &v6.sin6_addr);
	assert_int_equal(collect_rate_peer((struct sockaddr *)&v6, b), 8);
	assert_memory_equal(a, b, 8);
	/* What a client wrote itself stands in front. */
	assert_int_equal(
	    collect_rate_forwarded("10.0.0.1, 2001:db8::1,192.0.2.9 ", a), 4);
	assert_int_equal(a[3], 9);
	assert_int_equal(collect_rate_forwarded("", a), 0);
	assert_int_equal(collect_rate_forwarded("unknown", a), 0);
	assert_int_equal(collect_rate_forwarded("192.0.2.9 x", a), 0);
	assert_int_equal(collect_rate_forwarded("192.0.2.9,", a), 0);
	assert_int_equal(collect_rate_peer(NULL, a), 0);
}

/* ---- words ---- */

static void words_in_six_languages(void **state)
{
	static const char *const tags[] = {
	    "ar", "zh-Hans", "en", "fr", "ru", "es"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(tags); i++) {
		const struct collect_words *w = collect_words_for(tags[i]);
		const char *const all[] = {w->title, w->text, w->stored,
		    w->not_stored, w->not_complete, w->soon, w->closed,
		    w->other_form, w->conflict, w->later};
		size_t k;

		assert_string_equal(w->tag, tags[i]);
		for (k = 0; k < COPL_COUNT(all); k++) {
			assert_non_null(all[k]);
			assert_int_equal(
			    copl_utf8_valid(all[k], strlen(all[k])),
			    strlen(all[k]));
		}
	}
	assert_string_equal(collect_words_for("de")->tag, "en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(types_of_ours),
	    cmocka_unit_test(types_of_nobody),
	    cmocka_unit_test(fields_as_browsers_send_them),
	    cmocka_unit_test(broken_escapes_are_refused),
	    cmocka_unit_test(fields_have_a_limit),
	    cmocka_unit_test(parts_as_clients_send_them),
	    cmocka_unit_test(other_parts_are_refused),
	    cmocka_unit_test(every_cut_is_seen),
	    cmocka_unit_test(one_address_is_counted),
	    cmocka_unit_test(an_address_leaves_no_trace),
	    cmocka_unit_test(no_limit_and_no_dice),
	    cmocka_unit_test(households_and_proxies),
	    cmocka_unit_test(words_in_six_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
