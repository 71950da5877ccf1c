/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the drivers put, s3 and dir ask, and what they make of an answer. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>
#include "deliver/s3_error.h"
#include "deliver/sigv4.h"

static const char content[] = "أمان 安全\n";
#define AT INT64_C(1806537599) /* 2027-03-31T23:59:59Z */
#define SHA "03878e8c800333d432ce452aea9f9619ad147e6a1c38a3a13d9965a08adfc044"
#define B64 "A4eOjIADM9QyzkUq6p+WGa0UfmocOKOhPZlloIrfwEQ="
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define KEY "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

static struct copl_set_file files[] = {
    {.path = "html/youth.ar.html",
	.type = "text/html; charset=utf-8",
	.length = sizeof(content) - 1,
	.sha256 = SHA,
	.sha256_b64 = B64},
    {.path = "manifest.xml",
	.type = "application/xml",
	.length = sizeof(content) - 1,
	.sha256 = SHA,
	.sha256_b64 = B64},
};

static const char *header(const struct copl_asking *q, const char *name)
{
	size_t i;

	for (i = 0; i < q->q.nheaders; i++)
		if (strcmp(q->q.headers[i].name, name) == 0)
			return q->q.headers[i].value;
	return NULL;
}

static enum copl_status ask(const struct copl_driver *d,
    const struct copl_target *t, enum copl_ask_kind kind, size_t file,
    struct copl_asking *out)
{
	struct copl_ask q = {
	    .kind = kind, .file = &files[file], .bytes = content, .folder = 1};

	memset(out, 0, sizeof(*out));
	return d->ask(t, &q, out);
}

/* What driver d makes of an answer with that status and body. */
static struct copl_hearing hear(const struct copl_driver *d,
    enum copl_ask_kind kind, size_t file, long status, const char *body)
{
	struct copl_ask q = {.kind = kind, .file = &files[file]};
	struct copl_net_answer a = {.status = status};
	struct copl_hearing h;

	a.body.max = 10000;
	copl_strbuf_puts(&a.body, body);
	h = d->hear(NULL, &q, COPL_OK, &a);
	copl_net_answer_clear(&a);
	return h;
}

static void means(const struct copl_driver *d, enum copl_ask_kind kind,
    size_t file, long status, enum copl_meaning want)
{
	struct copl_hearing h = hear(d, kind, file, status, content);

	if (h.means != want)
		print_message(
		    "# %s: kind %d, status %ld\n", d->name, kind, status);
	assert_int_equal(h.means, want);
}

static void fails(const struct copl_driver *d, enum copl_ask_kind kind,
    long status, const char *body, enum copl_attempt want)
{
	struct copl_hearing h = hear(d, kind, 0, status, body);

	assert_int_equal(h.means, COPL_MEANS_FAILED);
	assert_int_equal(h.attempt, want);
}

static void a_receipt_is_believed_when_it_fits(const struct copl_driver *d)
{
	struct copl_ask q = {.kind = COPL_ASK_PUT, .file = &files[0]};
	struct copl_net_answer a = {
	    .status = 201, .repr_digest = "sha-256=:" B64 ":"};

	assert_int_equal(
	    d->hear(NULL, &q, COPL_OK, &a).means, COPL_MEANS_PROVEN);
	a.repr_digest[12] ^= 1;
	assert_int_equal(
	    d->hear(NULL, &q, COPL_OK, &a).means, COPL_MEANS_OTHER);
}

/* ---- put ---- */

static void put_asks_as_webdav_wants_it(void **state)
{
	struct copl_target t = {.url = "https://dav.example.org/%D1%8F/"};
	struct copl_asking q;

	(void)state;
	assert_int_equal(
	    ask(&copl_driver_put, &t, COPL_ASK_PUT, 0, &q), COPL_OK);
	assert_string_equal(q.q.method, "PUT");
	assert_string_equal(
	    q.q.url, "https://dav.example.org/%D1%8F/html/youth.ar.html");
	assert_int_equal(q.q.length, sizeof(content) - 1);
	assert_string_equal(
	    header(&q, "Content-Type"), "text/html; charset=utf-8");
	assert_string_equal(header(&q, "Content-Digest"), "sha-256=:" B64 ":");
	assert_int_equal(
	    ask(&copl_driver_put, &t, COPL_ASK_FOLDER, 0, &q), COPL_OK);
	assert_string_equal(q.q.method, "MKCOL");
	assert_string_equal(q.q.url, "https://dav.example.org/%D1%8F/html/");
	assert_null(q.q.body);
	assert_int_equal(
	    ask(&copl_driver_put, &t, COPL_ASK_PROVE, 1, &q), COPL_OK);
	assert_string_equal(q.q.method, "GET");
	assert_string_equal(
	    q.q.url, "https://dav.example.org/%D1%8F/manifest.xml");
	assert_string_equal(header(&q, "Cache-Control"), "no-cache");
	assert_false(copl_driver_put.vouches);
}

static void conditions_are_sent_when_they_can_hold(void **state)
{
	static const struct {
		const char *etag;
		const char *match;
		const char *none_match;
	} cases[] = {{NULL, NULL, NULL}, {"", NULL, "*"},
	    {"\"3-66\"", "\"3-66\"", NULL}, {"W/\"3-66\"", NULL, NULL}};
	struct copl_target t = {.url = "https://dav.example.org/"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++) {
		struct copl_asking q = {.used = 0};
		struct copl_ask a = {.kind = COPL_ASK_PUT,
		    .file = &files[1],
		    .bytes = content,
		    .etag = cases[i].etag};
		const char *match, *none;

		assert_int_equal(copl_driver_put.ask(&t, &a, &q), COPL_OK);
		match = header(&q, "If-Match");
		none = header(&q, "If-None-Match");
		assert_true((match == NULL) == (cases[i].match == NULL));
		assert_true((none == NULL) == (cases[i].none_match == NULL));
		if (match != NULL)
			assert_string_equal(match, cases[i].match);
	}
}

static void put_understands_what_servers_say(void **state)
{
	const struct copl_driver *d = &copl_driver_put;

	(void)state;
	means(d, COPL_ASK_PUT, 0, 201, COPL_MEANS_TAKEN);
	means(d, COPL_ASK_PUT, 0, 204, COPL_MEANS_TAKEN);
	means(d, COPL_ASK_PUT, 0, 412, COPL_MEANS_CHANGED);
	means(d, COPL_ASK_PUT, 0, 409, COPL_MEANS_FOLDER);
	means(d, COPL_ASK_PUT, 0, 404, COPL_MEANS_FOLDER);
	means(d, COPL_ASK_PUT, 1, 409, COPL_MEANS_CHANGED);
	means(d, COPL_ASK_PUT, 0, 302, COPL_MEANS_FAILED);
	means(d, COPL_ASK_FOLDER, 0, 201, COPL_MEANS_TAKEN);
	means(d, COPL_ASK_FOLDER, 0, 405, COPL_MEANS_TAKEN);
	means(d, COPL_ASK_FOLDER, 0, 409, COPL_MEANS_FOLDER);
	means(d, COPL_ASK_PROVE, 0, 200, COPL_MEANS_PROVEN);
	means(d, COPL_ASK_PROVE, 0, 404, COPL_MEANS_ABSENT);
	means(d, COPL_ASK_LOOK, 1, 404, COPL_MEANS_ABSENT);
	fails(d, COPL_ASK_PUT, 401, "", COPL_TRY_AUTH);
	fails(d, COPL_ASK_PUT, 405, "", COPL_TRY_REFUSED);
	fails(d, COPL_ASK_PUT, 410, "", COPL_TRY_GONE);
	/* A full disk: nginx says the one, WebDAV the other. */
	fails(d, COPL_ASK_PUT, 500, "", COPL_TRY_BUSY);
	fails(d, COPL_ASK_PUT, 507, "", COPL_TRY_BUSY);
	assert_int_equal(
	    hear(d, COPL_ASK_PROVE, 0, 200, "أمان").means, COPL_MEANS_OTHER);
	a_receipt_is_believed_when_it_fits(d);
}

/* ---- s3 ---- */

static const struct signing {
	const char *url;
	enum copl_ask_kind kind;
	size_t file;
	const char *user;
	const char *secret;
	const char *region;
	const char *sent_to;
	const char *authorization;
} signings[] = {
    {"https://s3.example.org/cop/africa/", COPL_ASK_PUT, 0, "AKIDEXAMPLE", KEY,
	"us-east-1", "https://s3.example.org/cop/africa/html/youth.ar.html",
	"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20270331/us-east-1/s3/"
	"aws4_request, SignedHeaders=content-type;host;x-amz-checksum-sha256;"
	"x-amz-content-sha256;x-amz-date, Signature="
	"120df6fcc0c5782dadbacea7ccb1f5b069d0fc65e62c92706c6e26ce16f63e30"},
    {"https://S3.Example.ORG:443/cop/africa/", COPL_ASK_PROVE, 1, "AKIDEXAMPLE",
	KEY, "us-east-1", "https://s3.example.org/cop/africa/manifest.xml",
	"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20270331/us-east-1/s3/"
	"aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
	"Signature="
	"3cf2789687c0c049d878f2c30f69bbe898cd85d6480a795518bcf55e8efd1d59"},
    {"http://127.0.0.1:4568/forms/%d1%8f%20&%2B%7E/", COPL_ASK_LOOK, 1, "ASIA1",
	"k\ntok/en+==", "eu-central-1",
	"http://127.0.0.1:4568/forms/%D1%8F%20%26%2B~/manifest.xml",
	"AWS4-HMAC-SHA256 Credential=ASIA1/20270331/eu-central-1/s3/"
	"aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;"
	"x-amz-security-token, Signature="
	"1b9593fe514221d9660edd1741b0427455d0d691d4a6460efb92537a6814ce61"},
};

/* The signatures were made by another program, from the published rules. */
static void s3_signs_what_it_asks(void **state)
{
	struct copl_endpoint e = {.driver = COPL_DRIVER_S3};
	struct copl_net_access access = {.auth = COPL_AUTH_NONE};
	struct copl_target t = {.endpoint = &e, .access = &access, .now = AT};
	struct copl_asking q;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(signings); i++) {
		const struct signing *s = &signings[i];

		e.region = s->region;
		t.url = s->url;
		access.user = s->user;
		access.secret = s->secret;
		assert_int_equal(
		    ask(&copl_driver_s3, &t, s->kind, s->file, &q), COPL_OK);
		assert_string_equal(q.q.url, s->sent_to);
		assert_string_equal(
		    header(&q, "X-Amz-Date"), "20270331T235959Z");
		assert_string_equal(header(&q, "X-Amz-Content-Sha256"),
		    s->kind == COPL_ASK_PUT ? SHA : EMPTY);
		assert_string_equal(
		    header(&q, "Authorization"), s->authorization);
	}
	assert_string_equal(header(&q, "X-Amz-Security-Token"), "tok/en+==");
	assert_null(header(&q, "X-Amz-Checksum-Sha256"));
	assert_int_equal(
	    ask(&copl_driver_s3, &t, COPL_ASK_FOLDER, 0, &q), COPL_E_INVALID);
	access.secret = NULL;
	assert_int_equal(
	    ask(&copl_driver_s3, &t, COPL_ASK_PUT, 0, &q), COPL_E_INVALID);
}

static void what_is_signed_is_written_in_one_way(void **state)
{
	static const struct copl_net_header headers[] = {
	    {"X-Amz-Meta-B", "  a   b\t c  "},
	    {"User-Agent", "x"},
	    {"content-TYPE", "text/xml"},
	    {"X-Amz-Meta-A", ""},
	    {"Content-Type-Of-Mine", "no"},
	};
	struct copl_net_request q = {.method = "PUT",
	    .url = "https://bucket.s3.example.org/a/b.xml",
	    .headers = headers,
	    .nheaders = COPL_COUNT(headers)};
	struct copl_strbuf b = COPL_STRBUF_INIT(10000);

	(void)state;
	assert_int_equal(copl_sigv4_canonical(&q, EMPTY, &b), COPL_OK);
	assert_string_equal(copl_strbuf_text(&b),
	    "PUT\n/a/b.xml\n\n"
	    "content-type:text/xml\n"
	    "host:bucket.s3.example.org\n"
	    "x-amz-meta-a:\n"
	    "x-amz-meta-b:a b c\n"
	    "\ncontent-type;host;x-amz-meta-a;x-amz-meta-b\n" EMPTY);
	copl_strbuf_clear(&b);
}

static void an_address_for_s3_has_limits(void **state)
{
	char out[64];

	(void)state;
	assert_int_equal(
	    copl_sigv4_url("https://b.example/", "a b", out, sizeof(out)),
	    COPL_OK);
	assert_string_equal(out, "https://b.example/a%20b");
	assert_int_equal(
	    copl_sigv4_url("http://b.example:80/%zz%4/", "", out, sizeof(out)),
	    COPL_OK);
	assert_string_equal(out, "http://b.example/%25zz%254/");
	assert_int_equal(copl_sigv4_url("https://b.example/",
			     "0123456789012345678901234567890123456789"
			     "0123456789",
			     out, sizeof(out)),
	    COPL_E_LIMIT);
}

#define ERROR(code)                                                            \
	"<?xml version=\"1.0\"?>\n<Error><Code>" code "</Code>"                \
	"<Message>Say &quot;why&quot; &amp; how</Message></Error>"

static void s3_understands_what_the_store_says(void **state)
{
	const struct copl_driver *d = &copl_driver_s3;

	(void)state;
	means(d, COPL_ASK_PUT, 0, 200, COPL_MEANS_TAKEN);
	means(d, COPL_ASK_PUT, 0, 412, COPL_MEANS_CHANGED);
	means(d, COPL_ASK_PROVE, 0, 200, COPL_MEANS_PROVEN);
	means(d, COPL_ASK_LOOK, 1, 404, COPL_MEANS_ABSENT);
	assert_int_equal(
	    hear(d, COPL_ASK_LOOK, 1, 404, ERROR("NoSuchKey")).means,
	    COPL_MEANS_ABSENT);
	assert_int_equal(
	    hear(d, COPL_ASK_LOOK, 1, 403, ERROR("AccessDenied")).means,
	    COPL_MEANS_ABSENT);
	fails(d, COPL_ASK_PROVE, 404, ERROR("NoSuchBucket"), COPL_TRY_REFUSED);
	fails(d, COPL_ASK_PUT, 404, ERROR("NoSuchBucket"), COPL_TRY_REFUSED);
	fails(d, COPL_ASK_PUT, 403, ERROR("AccessDenied"), COPL_TRY_AUTH);
	fails(d, COPL_ASK_LOOK, 403, ERROR("SignatureDoesNotMatch"),
	    COPL_TRY_AUTH);
	fails(d, COPL_ASK_PUT, 400, ERROR("ExpiredToken"), COPL_TRY_AUTH);
	fails(d, COPL_ASK_PUT, 400, ERROR("RequestTimeout"), COPL_TRY_BUSY);
	fails(d, COPL_ASK_PUT, 409, ERROR("OperationAborted"), COPL_TRY_BUSY);
	fails(d, COPL_ASK_PUT, 503, ERROR("SlowDown"), COPL_TRY_BUSY);
	fails(d, COPL_ASK_PUT, 301, ERROR("PermanentRedirect"), COPL_TRY_MOVED);
	fails(d, COPL_ASK_PUT, 403, "<html>no</html>", COPL_TRY_REFUSED);
	a_receipt_is_believed_when_it_fits(d);
}

static void said(const char *body, const char *want)
{
	struct copl_net_answer a = {.status = 403};
	char out[400];

	a.body.max = 100000;
	copl_strbuf_puts(&a.body, body);
	copl_s3_said(&a, out, sizeof(out));
	assert_string_equal(out, want);
	copl_net_answer_clear(&a);
}

static void errors_of_s3_are_told_in_words(void **state)
{
	(void)state;
	said(ERROR("AccessDenied"), "AccessDenied: Say \"why\" & how");
	said("<Error><Code>NoSuchKey</Code></Error>", "NoSuchKey");
	said("<Error><Code>NoSuch", "");
	said("<Error><Code></Code></Error>", "");
	said("<Code>NoSuchKey</Code>", "");
	said("{}", "");
	said("<Error><Code>RequestTimeTooSkewed</Code><Message>x</Message>"
	     "<RequestTime>20270331T235959Z</RequestTime>"
	     "<ServerTime>2027-04-01T00:30:00Z</ServerTime></Error>",
	    "the clock of this computer says 20270331T235959Z and that of the "
	    "server 2027-04-01T00:30:00Z: set the one that is wrong");
}

static void each_kind_of_endpoint_has_its_driver(void **state)
{
	static const enum copl_driver_kind kinds[] = {COPL_DRIVER_OFFICE,
	    COPL_DRIVER_PUT, COPL_DRIVER_S3, COPL_DRIVER_DIR};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(kinds); i++) {
		struct copl_endpoint e = {.driver = kinds[i]};
		const struct copl_driver *d = copl_driver_of(&e);

		assert_string_equal(d->name, copl_driver_name(kinds[i]));
		assert_true((d->place == NULL) == (d->ask != NULL));
		assert_true((d->place == NULL) == (d->hear != NULL));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(put_asks_as_webdav_wants_it),
	    cmocka_unit_test(conditions_are_sent_when_they_can_hold),
	    cmocka_unit_test(put_understands_what_servers_say),
	    cmocka_unit_test(s3_signs_what_it_asks),
	    cmocka_unit_test(what_is_signed_is_written_in_one_way),
	    cmocka_unit_test(an_address_for_s3_has_limits),
	    cmocka_unit_test(s3_understands_what_the_store_says),
	    cmocka_unit_test(errors_of_s3_are_told_in_words),
	    cmocka_unit_test(each_kind_of_endpoint_has_its_driver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
