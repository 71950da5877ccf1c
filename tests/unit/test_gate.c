/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include "serve/gate.h"

#define HOST                                                                   \
	{                                                                      \
		"Host", "127.0.0.1:8101"                                       \
	}
#define END                                                                    \
	{                                                                      \
		NULL, NULL                                                     \
	}

struct row {
	unsigned want;
	const char *method;
	const char *target;
	struct copl_gate_header headers[6]; /* up to one without a name */
};

static unsigned judge(const struct row *row, struct copl_gate_pass *pass)
{
	struct copl_gate_request q = {.method = row->method,
	    .target = row->target,
	    .version = "HTTP/1.1",
	    .headers = row->headers,
	    .max_body = 1000};
	const char *why = NULL;
	unsigned status;

	while (row->headers[q.nheaders].name != NULL)
		q.nheaders++;
	status = copl_gate_judge(&q, pass, &why);
	assert_non_null(why);
	assert_true((status == 0) == (why[0] == '\0'));
	return status;
}

static void check(const struct row *rows, size_t n)
{
	struct copl_gate_pass pass;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned got = judge(&rows[i], &pass);

		if (got != rows[i].want)
			print_error("row %zu: %s %s\n", i, rows[i].method,
			    rows[i].target);
		assert_int_equal(got, rows[i].want);
	}
}

static void a_message_has_one_reading_or_none(void **state)
{
	static const struct row rows[] = {
	    {0, "PUT", "/a.html", {HOST, {"Content-Length", "5"}, END}},
	    {0, "HEAD", "/", {HOST, END}},
	    {400, "GET", "/", {END}},
	    {400, "GET", "/", {HOST, HOST, END}},
	    {400, "GET", "/", {HOST, {"host", "other"}, END}},
	    {400, "PUT", "/a",
		{HOST, {"Content-Length", "5"},
		    {"Transfer-Encoding", "chunked"}, END}},
	    {411, "PUT", "/a", {HOST, {"transfer-ENCODING", "chunked"}, END}},
	    {501, "GET", "/a", {HOST, {"Transfer-Encoding", "xchunked"}, END}},
	    {400, "PUT", "/a",
		{HOST, {"Transfer-Encoding", "chunked"},
		    {"Transfer-Encoding", "chunked"}, END}},
	    {400, "PUT", "/a",
		{HOST, {"Content-Length", "5"},
		    {"Content-Range", "bytes 0-4/9"}, END}},
	    {415, "PUT", "/a",
		{HOST, {"Content-Length", "5"}, {"Content-Encoding", "gzip"},
		    END}},
	    {0, "PUT", "/a",
		{HOST, {"Content-Length", "5"},
		    {"Content-Encoding", "Identity"}, END}},
	    {415, "PUT", "/a.html",
		{HOST, {"Content-Length", "5"},
		    {"Content-Type", "application/xml"}, END}},
	    {400, "PUT", "/a",
		{HOST, {"Content-Length", "5"}, {"content-length", "5"}, END}},
	    {400, "PUT", "/a",
		{HOST, {"Content-Length", "5"}, {"Content-Length", "6"}, END}},
	    {400, "PUT", "/a", {HOST, {"Content-Length", "-3"}, END}},
	    {400, "PUT", "/a", {HOST, {"Content-Length", "+3"}, END}},
	    {400, "PUT", "/a", {HOST, {"Content-Length", "3, 3"}, END}},
	    {400, "PUT", "/a", {HOST, {"Content-Length", "0x3"}, END}},
	    {400, "PUT", "/a", {HOST, {"Content-Length", ""}, END}},
	    {400, "PUT", "/a",
		{HOST, {"Content-Length", "99999999999999999999"}, END}},
	    {413, "PUT", "/a", {HOST, {"Content-Length", "1001"}, END}},
	    {411, "PUT", "/a", {HOST, END}},
	    {400, "GET", "/a", {HOST, {"Content-Length", "1"}, END}},
	    {0, "GET", "/a", {HOST, {"Content-Length", "0"}, END}},
	    {400, "GET", "/a", {HOST, {"Host ", "x"}, END}},
	    {400, "GET", "/a", {HOST, {"", "x"}, END}},
	    {400, "GET", "/a", {HOST, {"X", "a\r\n b"}, END}},
	    {405, "POST", "/a", {HOST, END}},
	    {405, "DELETE", "/a", {HOST, END}},
	    {405, "get", "/a", {HOST, END}},
	    {405, "MKCOL", "/a", {HOST, END}},
	};

	(void)state;
	check(rows, COPL_COUNT(rows));
}

static void a_path_stays_inside(void **state)
{
	static const struct {
		unsigned want;
		const char *target;
	} rows[] = {{0, "/"}, {0, "/youth/youth.ar.html"}, {0, "/SHA256SUMS"},
	    {0, "/%61.html"}, {0, "/a%2Ehtml"}, {400, ""}, {400, "a.html"},
	    {400, "*"}, {400, "http://127.0.0.1/a.html"}, {400, "/../a"},
	    {400, "/a/../b"}, {400, "/a/./b"}, {400, "/.cop-l10n/trust"},
	    {400, "/%2e%2e/etc/passwd"}, {400, "/%2E./a"}, {400, "/a%2fb"},
	    {400, "/a%5cb"}, {400, "/a\\b"}, {400, "/a.html%00.xml"},
	    {400, "/a%"}, {400, "/a%2"}, {400, "/a%zz"}, {400, "/a%252e"},
	    {400, "//a"}, {400, "/a//b"}, {400, "/a/"}, {400, "/1/2/3/4/5"},
	    {0, "/.well-known/security.txt"}, {400, "/.well-known/../a"},
	    {400, "/.well-known/.a"}, {400, "/.well-known/"},
	    {400, "/a/.well-known/b"}, {400, "/a b"}, {400, "/a;b"},
	    {400, "/a?b"}, {400, "/~root"}, {400, "/%D8%B9.html"},
	    {400, "/ع.html"}};
	struct copl_gate_pass pass;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		struct row row = {
		    rows[i].want, "GET", rows[i].target, {HOST, END}};

		check(&row, 1);
		if (rows[i].want == 0) {
			const char *path = pass.path;

			assert_int_equal(judge(&row, &pass), 0);
			path += *path == '.' ? strlen(".well-known/") : 0;
			assert_true(copl_path_is_safe(path));
		}
	}
}

static void escapes_and_the_root_get_their_names(void **state)
{
	struct row row = {0, "GET", "/%61%2Ehtml", {HOST, END}};
	struct copl_gate_pass pass;
	char longest[300] = "/";

	(void)state;
	assert_int_equal(judge(&row, &pass), 0);
	assert_string_equal(pass.path, "a.html");
	row.target = "/";
	assert_int_equal(judge(&row, &pass), 0);
	assert_string_equal(pass.path, "index.html");
	row.method = "PUT";
	row.headers[1] = (struct copl_gate_header){"Content-Length", "1"};
	assert_int_equal(judge(&row, &pass), 400);
	memset(longest + 1, 'a', 200);
	row.target = longest;
	assert_int_equal(judge(&row, &pass), 0);
	longest[201] = 'a';
	assert_int_equal(judge(&row, &pass), 400);
}

static void too_many_fields_and_strange_versions_are_refused(void **state)
{
	struct copl_gate_header many[65];
	struct copl_gate_request q = {.method = "GET",
	    .target = "/",
	    .version = "HTTP/1.1",
	    .headers = many,
	    .nheaders = 65};
	struct copl_gate_pass pass;
	const char *why;
	size_t i;

	(void)state;
	many[0] = (struct copl_gate_header)HOST;
	for (i = 1; i < 65; i++)
		many[i] = (struct copl_gate_header){"X-Filler", "x"};
	assert_int_equal(copl_gate_judge(&q, &pass, &why), 431);
	q.nheaders = 64;
	assert_int_equal(copl_gate_judge(&q, &pass, &why), 0);
	q.version = "HTTP/2.0";
	assert_int_equal(copl_gate_judge(&q, &pass, &why), 505);
}

static void nothing_is_put_below_well_known(void **state)
{
	struct row row = {0, "PUT", "/.well-known/cop-l10n",
	    {HOST, {"Content-Length", "1"}, END}};
	struct copl_gate_pass pass;

	(void)state;
	assert_int_equal(judge(&row, &pass), 400);
}

#define B64 "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static void a_digest_that_is_sent_must_be_right(void **state)
{
	(void)state;
	assert_true(copl_gate_digest_ok("sha-256=:" B64 ":", B64));
	assert_true(
	    copl_gate_digest_ok("sha-512=:AAAA:, sha-256=:" B64 ":", B64));
	assert_true(copl_gate_digest_ok("sha-512=:AAAA:", B64));
	assert_true(copl_gate_digest_ok("", B64));
	assert_true(copl_gate_digest_ok("x=\"a, sha-256=:AAAA:\"", B64));
	assert_false(copl_gate_digest_ok("sha-256=:AAAA:", B64));
	assert_false(copl_gate_digest_ok("sha-256=" B64, B64));
	assert_false(copl_gate_digest_ok("sha-256=:" B64, B64));
	assert_false(copl_gate_digest_ok("sha-256=", B64));
	assert_false(
	    copl_gate_digest_ok("sha-256=:" B64 ":, sha-256=:AAAA:", B64));
}

static void entity_tags_are_compared_weakly(void **state)
{
	(void)state;
	assert_true(copl_gate_etag_listed("\"abc\"", "abc"));
	assert_true(copl_gate_etag_listed("W/\"abc\"", "abc"));
	assert_true(copl_gate_etag_listed("\"x\", \"abc\"", "abc"));
	assert_true(copl_gate_etag_listed("*", "abc"));
	assert_false(copl_gate_etag_listed("abc", "abc"));
	assert_false(copl_gate_etag_listed("\"abcd\"", "abc"));
	assert_false(copl_gate_etag_listed("\"ab\"", "abc"));
	assert_false(copl_gate_etag_listed("\"x,\\\"abc\"", "abc"));
	assert_false(copl_gate_etag_listed("", "abc"));
}

static void only_the_whole_token_opens(void **state)
{
	(void)state;
	assert_true(copl_gate_token_ok("Bearer s3cret", "s3cret"));
	assert_true(copl_gate_token_ok("bearer s3cret", "s3cret"));
	assert_false(copl_gate_token_ok("Bearer s3cre", "s3cret"));
	assert_false(copl_gate_token_ok("Bearer s3crets", "s3cret"));
	assert_false(copl_gate_token_ok("Bearer ", "s3cret"));
	assert_false(copl_gate_token_ok("Bearer", "s3cret"));
	assert_false(copl_gate_token_ok("Basic s3cret", "s3cret"));
	assert_false(copl_gate_token_ok("", "s3cret"));
	assert_false(copl_gate_token_ok("Bearer ", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_message_has_one_reading_or_none),
	    cmocka_unit_test(a_path_stays_inside),
	    cmocka_unit_test(escapes_and_the_root_get_their_names),
	    cmocka_unit_test(too_many_fields_and_strange_versions_are_refused),
	    cmocka_unit_test(nothing_is_put_below_well_known),
	    cmocka_unit_test(a_digest_that_is_sent_must_be_right),
	    cmocka_unit_test(entity_tags_are_compared_weakly),
	    cmocka_unit_test(only_the_whole_token_opens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
