/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_net.h"

static int set_up(void **state)
{
	if (keys_set_up(state) != 0)
		return -1;
	make_release(&(struct spec){
	    .dir = in("rel"), .recipient = "arab_states", .version = 1});
	return 0;
}

/* ---- push against servers that misbehave ---- */

/* One push with a new ledger to a stub that answers like this. */
static enum copl_status push_to(
    struct stub *s, stub_fn *fn, unsigned attempts, struct heard *h)
{
	enum copl_status st;

	assert_int_equal(run("rm -rf host project ledger.sqlite*"), 0);
	stub_start(s, fn, in("host"));
	make_project(in("project"), s->url, NULL);
	st = push(in("project"), in("rel"), in("ledger.sqlite"), attempts, h);
	stub_stop(s);
	return st;
}

static void busy_twice(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	if (s->step++ < 2)
		stub_status(reply, s->step == 1 ? "503 Busy" : "429 Slow",
		    "Retry-After: 0\r\n");
	else
		stub_plain(s, request, len, reply);
}

static void what_fails_for_a_moment_is_tried_again(void **state)
{
	struct stub s;
	struct heard h;

	(void)state;
	assert_int_equal(push_to(&s, busy_twice, 3, &h), COPL_OK);
	assert_int_equal(s.requests, 10);
	assert_true(heard_told(&h, "delivered", "requests=10;"));
	assert_int_equal(push_to(&s, busy_twice, 2, &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "endpoint-busy"));
	assert_int_equal(s.requests, 2);
}

static void cut_in_the_middle(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	if (s->step++ != 3)
		stub_plain(s, request, len, reply);
}

static void a_cut_connection_is_tried_again(void **state)
{
	struct stub s;
	struct heard h;

	(void)state;
	assert_int_equal(push_to(&s, cut_in_the_middle, 3, &h), COPL_OK);
	assert_int_equal(
	    push_to(&s, cut_in_the_middle, 1, &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "endpoint-unreachable"));
}

STUB_SAYS(later, "503 Busy", "Retry-After: 3600\r\n")

static void a_server_that_wants_an_hour_gets_it(void **state)
{
	struct stub s;
	struct heard h;

	(void)state;
	assert_int_equal(push_to(&s, later, 5, &h), COPL_E_INCOMPLETE);
	assert_int_equal(s.requests, 1);
}

static void moved(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	(void)request;
	(void)len;
	copl_strbuf_printf(reply,
	    "HTTP/1.1 307 Moved\r\nLocation: %sother/\r\n"
	    "Content-Length: 0\r\nConnection: close\r\n\r\n",
	    s->url);
}

static void content_is_never_sent_after_a_redirect(void **state)
{
	struct stub s;
	struct heard h;

	(void)state;
	assert_int_equal(push_to(&s, moved, 5, &h), COPL_E_REFUSED);
	assert_true(heard_code(&h, "endpoint-moved"));
	assert_non_null(strstr(h.text, "other/"));
	assert_int_equal(s.requests, 1);
}

static void forbidden(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	static const char body[] =
	    "{\"title\":\"No\",\"detail\":\"\033[31mالحصة ممتلئة\"}";

	(void)s;
	(void)request;
	(void)len;
	copl_strbuf_printf(reply,
	    "HTTP/1.1 403 Forbidden\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\n\r\n%s",
	    sizeof(body) - 1, body);
}

static void a_refusal_is_told_in_the_peers_words(void **state)
{
	struct stub s;
	struct heard h;

	(void)state;
	assert_int_equal(push_to(&s, forbidden, 5, &h), COPL_E_REFUSED);
	assert_true(heard_code(&h, "endpoint-refused"));
	assert_non_null(strstr(h.text, "الحصة ممتلئة"));
	assert_null(strchr(h.text, '\033'));
	assert_int_equal(s.requests, 1);
	assert_true(heard_told(&h, "refused", "reason=endpoint-refused;"));
}

/* Says yes to everything and keeps nothing. */
static void liar(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	(void)len;
	if (strncmp(request, "PUT ", 4) == 0)
		stub_status(reply, "204 No Content", "");
	else if (s->step++ < 2)
		copl_strbuf_puts(reply,
		    "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"
		    "Connection: close\r\n\r\nold\n");
	else
		stub_status(reply, "404 Not Found", "");
}

static void without_a_receipt_nothing_is_delivered(void **state)
{
	struct stub s;
	struct heard h;

	(void)state;
	assert_int_equal(push_to(&s, liar, 1, &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "receipt-wrong"));
	/* What has other bytes gets them once more and no oftener. */
	assert_int_equal(s.requests, 10);
	stub_start(&s, liar, in("host"));
	s.step = 2;
	make_project(in("project"), s.url, NULL);
	assert_int_equal(
	    push_on(in("project"), in("rel"), in("ledger.sqlite"), 1, &h),
	    COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "receipt-missing"));
	assert_true(heard_told(&h, "plan", "files=7;"));
	stub_stop(&s);
}

static void what_is_put_is_said_exactly(void **state)
{
	struct stub s;
	struct heard h;

	(void)state;
	assert_int_equal(push_to(&s, forbidden, 1, &h), COPL_E_REFUSED);
	assert_non_null(strstr(s.last, "Content-Digest: sha-256=:"));
	assert_non_null(strstr(s.last, "Content-Type: text/html"));
	assert_null(strcasestr(s.last, "Expect:"));
	assert_null(strcasestr(s.last, "Transfer-Encoding:"));
	assert_int_equal(push_to(&s, stub_plain, 1, &h), COPL_OK);
	/* What vouches for the set comes last. */
	assert_non_null(strstr(s.seen,
	    "PUT /SHA256SUMS HTTP/1.1\nPUT /manifest.xml.minisig HTTP/1.1\n"
	    "PUT /manifest.xml HTTP/1.1\nGET /manifest.xml HTTP/1.1\n"));
}

/* ---- raw requests to an office ---- */

static struct office office;

static void ask(const char *request, const char *want)
{
	char out[70000];

	talk(office.port, request, strlen(request), out, sizeof(out));
	if (strncmp(out, want, strlen(want)) != 0)
		print_error("%s\n-> %s\n", request, out);
	assert_int_equal(strncmp(out, want, strlen(want)), 0);
}

static void hang_up(const char *request)
{
	int fd = dial(office.port);
	size_t len = strlen(request);

	assert_int_equal(send(fd, request, len, MSG_NOSIGNAL), (ssize_t)len);
	close(fd);
}

static void start_office(const char *dir, const char *token_file)
{
	memset(&office, 0, sizeof(office));
	office.options.dir = in(dir);
	office.options.fingerprint = k1_print;
	office.options.token_file = token_file;
	assert_true(office_start(&office));
}

#define H "Host: x\r\n"

static void smuggled_and_twisted_requests_are_refused(void **state)
{
	static const char smuggle[] =
	    "PUT /a.html HTTP/1.1\r\n" H "Content-Length: 5\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
	    "GET /index.html HTTP/1.1\r\n" H "\r\n";
	char out[20000];
	const char *second;

	(void)state;
	start_office("raw", NULL);
	talk(office.port, smuggle, sizeof(smuggle) - 1, out, sizeof(out));
	assert_int_equal(strncmp(out, "HTTP/1.1 400", 12), 0);
	second = strstr(out + 10, "HTTP/1.1");
	if (second != NULL)
		print_error("answered twice: %s\n", out);
	assert_null(second);
	ask("PUT /a HTTP/1.1\r\n" H "Content-Length: 3\r\n"
	    "Content-Length: 4\r\n\r\nabcd",
	    "HTTP/1.1 400");
	ask("PUT /a HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
	    "3\r\nabc\r\n0\r\n\r\n",
	    "HTTP/1.1 411");
	ask("PUT /a HTTP/1.1\r\n" H "Content-Length: 16777217\r\n\r\n",
	    "HTTP/1.1 413");
	ask("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400");
	ask("GET / HTTP/1.1\r\n" H H "\r\n", "HTTP/1.1 400");
	ask("POST /a HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n",
	    "HTTP/1.1 405");
	ask("GET /../rel/x HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400");
	ask("GET /%2e%2e/x HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400");
	ask("GET /a.html%00.xml HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400");
	ask("PUT /.cop-l10n/trust HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\nx",
	    "HTTP/1.1 400");
	ask("PUT /../../k1.pub HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\nx",
	    "HTTP/1.1 400");
	assert_int_equal(run("test -z \"$(ls raw/.cop-l10n/staging)\""), 0);
	assert_int_equal(office_stop(&office), COPL_OK);
}

static void uploads_are_checked_before_they_wait(void **state)
{
	(void)state;
	start_office("up", NULL);
	ask("PUT /a.html HTTP/1.1\r\n" H "Content-Length: 3\r\n"
	    "Content-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3h"
	    "SuFU=:\r\n\r\nabc",
	    "HTTP/1.1 400");
	ask("PUT /a.html HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc",
	    "HTTP/1.1 201");
	ask("PUT /a.html HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabd",
	    "HTTP/1.1 204");
	/* What waits under a name makes way for what comes. */
	ask("PUT /a.html/b HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\nx",
	    "HTTP/1.1 201");
	ask("PUT /a.html HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabd",
	    "HTTP/1.1 201");
	ask("GET /a.html HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 503");
	ask("GET / HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 503");
	ask("PUT /manifest.xml HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\n<a>",
	    "HTTP/1.1 4");
	/* Half an upload leaves nothing behind. */
	hang_up("PUT /b.html HTTP/1.1\r\n" H "Content-Length: 9\r\n\r\nabc");
	assert_int_equal(
	    run("test \"$(ls up/.cop-l10n/staging)\" = a.html"), 0);
	assert_int_equal(office_stop(&office), COPL_OK);
}

static void a_set_signed_by_a_stranger_is_refused(void **state)
{
	struct heard h;

	(void)state;
	start_office("strange", NULL);
	make_project(in("p3"), office.url, NULL);
	assert_int_equal(
	    push(in("p3"), in("rel"), in("l3.sqlite"), 1, &h), COPL_OK);
	make_release(&(struct spec){.dir = in("rel2"),
	    .recipient = "arab_states",
	    .version = 2,
	    .signer = "k2"});
	assert_int_equal(
	    push(in("p3"), in("rel2"), in("l3.sqlite"), 3, &h), COPL_E_REFUSED);
	assert_true(heard_code(&h, "endpoint-refused"));
	assert_true(heard_code(&office.heard, "signature-unknown-key"));
	assert_true(heard_told(
	    &office.heard, "refused", "reason=signature-unknown-key;"));
	ask("GET / HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 200");
	assert_int_equal(
	    run("test \"$(readlink strange/current)\" = sets/1"), 0);
	assert_int_equal(office_stop(&office), COPL_OK);
}

static void what_is_shown_has_the_right_fields(void **state)
{
	char out[20000], request[300], etag[100];
	struct heard h;
	const char *at;

	(void)state;
	start_office("show", NULL);
	make_project(in("p4"), office.url, NULL);
	assert_int_equal(
	    push(in("p4"), in("rel"), in("l4.sqlite"), 1, &h), COPL_OK);
	snprintf(request, sizeof(request), "GET / HTTP/1.1\r\n" H "\r\n");
	talk(office.port, request, strlen(request), out, sizeof(out));
	assert_int_equal(strncmp(out, "HTTP/1.1 200", 12), 0);
	assert_non_null(strstr(out, "Content-Type: text/html; charset=utf-8"));
	assert_non_null(strstr(out, "X-Content-Type-Options: nosniff"));
	assert_non_null(strstr(out, "Formulaires"));
	at = strstr(out, "ETag: ");
	assert_non_null(at);
	snprintf(
	    etag, sizeof(etag), "%.*s", (int)strcspn(at + 6, "\r"), at + 6);
	assert_int_equal(strlen(etag), 66);
	snprintf(request, sizeof(request),
	    "GET /index.html HTTP/1.1\r\n" H "If-None-Match: %s\r\n\r\n", etag);
	ask(request, "HTTP/1.1 304");
	snprintf(request, sizeof(request), "HEAD / HTTP/1.1\r\n" H "\r\n");
	talk(office.port, request, strlen(request), out, sizeof(out));
	assert_int_equal(strncmp(out, "HTTP/1.1 200", 12), 0);
	assert_null(strstr(out, "Formulaires"));
	ask("GET /youth HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 404");
	ask("GET /youth/ HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400");
	ask("GET /manifest.xml HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 200");
	ask("GET /manifest.xml.2.minisig HTTP/1.1\r\n" H "\r\n",
	    "HTTP/1.1 404");
	assert_int_equal(office_stop(&office), COPL_OK);
}

static void a_token_keeps_others_out(void **state)
{
	(void)state;
	put_text(in("token"), "s3cret-كلمة\n");
	start_office("token.d", in("token"));
	ask("PUT /a HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\nx",
	    "HTTP/1.1 401");
	ask("PUT /a HTTP/1.1\r\n" H "Authorization: Bearer s3cret\r\n"
	    "Content-Length: 1\r\n\r\nx",
	    "HTTP/1.1 401");
	ask("PUT /a HTTP/1.1\r\n" H "Authorization: Bearer s3cret-كلمة\r\n"
	    "Content-Length: 1\r\n\r\nx",
	    "HTTP/1.1 201");
	assert_int_equal(office_stop(&office), COPL_OK);
}

static void serve_does_not_start_where_it_should_not(void **state)
{
	static const struct {
		const char *listen;
		bool key;
		enum copl_status want;
		const char *code;
	} rows[] = {{"0.0.0.0:0", true, COPL_E_INVALID, "listen-open"},
	    {"[::]:0", true, COPL_E_INVALID, "listen-open"},
	    {"localhost:0", true, COPL_E_INVALID, "listen-malformed"},
	    {"127.0.0.1", true, COPL_E_INVALID, "listen-malformed"},
	    {"127.0.0.1:70000", true, COPL_E_INVALID, "listen-malformed"},
	    {":80", true, COPL_E_INVALID, "listen-malformed"},
	    {"127.0.0.1:0", false, COPL_E_TRUST, "key-none"}};
	struct copl_serve_options o = {.stop_fd = -1, .max_seconds = 1};
	struct copl_sink sink;
	struct heard h;
	size_t i;

	(void)state;
	o.dir = in("nowhere");
	for (i = 0; i < COPL_COUNT(rows); i++) {
		o.listen = rows[i].listen;
		o.fingerprint = rows[i].key ? k1_print : NULL;
		sink = heard_sink(&h);
		assert_int_equal(copl_serve(&o, &sink), rows[i].want);
		assert_true(heard_code(&h, rows[i].code));
	}
	put_text(in("empty"), "\n");
	o.fingerprint = k1_print;
	o.token_file = in("empty");
	sink = heard_sink(&h);
	assert_int_equal(copl_serve(&o, &sink), COPL_E_INVALID);
	assert_true(heard_code(&h, "token-empty"));
	/* It ends by itself. */
	o.token_file = NULL;
	o.listen = "127.0.0.1:0";
	sink = heard_sink(&h);
	assert_int_equal(copl_serve(&o, &sink), COPL_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_fails_for_a_moment_is_tried_again),
	    cmocka_unit_test(a_cut_connection_is_tried_again),
	    cmocka_unit_test(a_server_that_wants_an_hour_gets_it),
	    cmocka_unit_test(content_is_never_sent_after_a_redirect),
	    cmocka_unit_test(a_refusal_is_told_in_the_peers_words),
	    cmocka_unit_test(without_a_receipt_nothing_is_delivered),
	    cmocka_unit_test(what_is_put_is_said_exactly),
	    cmocka_unit_test(smuggled_and_twisted_requests_are_refused),
	    cmocka_unit_test(uploads_are_checked_before_they_wait),
	    cmocka_unit_test(a_set_signed_by_a_stranger_is_refused),
	    cmocka_unit_test(what_is_shown_has_the_right_fields),
	    cmocka_unit_test(a_token_keeps_others_out),
	    cmocka_unit_test(serve_does_not_start_where_it_should_not),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
