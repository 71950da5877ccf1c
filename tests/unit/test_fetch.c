/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_net.h"

/* Every test has a plain host and a folder of its own. */
struct place {
	char rel[300]; /* the release; its set is what the host shows */
	char host[300];
	char dir[300];
	struct stub stub;
};

static void open_place(struct place *p, const char *name, stub_fn *fn)
{
	memset(p, 0, sizeof(*p));
	snprintf(p->rel, sizeof(p->rel), "%s/%s/rel", scratch, name);
	snprintf(p->host, sizeof(p->host), "%s/%s/rel/africa", scratch, name);
	snprintf(p->dir, sizeof(p->dir), "%s/%s/dir", scratch, name);
	stub_start(&p->stub, fn, p->host);
}

static void publish(struct place *p, struct spec s)
{
	s.dir = p->rel;
	s.recipient = "africa";
	assert_int_equal(run("rm -rf '%s'", p->host), 0);
	make_release(&s);
}

static void check_version(const struct place *p, uint64_t want)
{
	struct copl_reporter r;
	struct copl_trust t;
	char target[100] = "", link[400], name[40];

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_trust_load(p->dir, &r, &t), COPL_OK);
	assert_int_equal(t.version, want);
	snprintf(link, sizeof(link), "%s/current", p->dir);
	snprintf(name, sizeof(name), "sets/%" PRIu64, want);
	if (want == 0) {
		assert_false(copl_path_exists(link));
		return;
	}
	assert_true(readlink(link, target, sizeof(target) - 1) > 0);
	assert_string_equal(target, name);
}

static enum copl_status get_set(
    struct place *p, const char *fingerprint, struct heard *h)
{
	return fetch(p->stub.url, p->dir, fingerprint, NOW, h);
}

static void an_unknown_key_is_shown_but_not_trusted(void **state)
{
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "unknown", stub_plain);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "key-not-pinned"));
	assert_non_null(strstr(h.text, k1_print));
	assert_int_equal(get_set(&p, k2_print, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "key-fingerprint"));
	check_version(&p, 0);
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	check_version(&p, 1);
	stub_stop(&p.stub);
}

static void a_key_from_a_file_is_pinned(void **state)
{
	char pub[300];
	struct copl_fetch_options o = {.now = NOW};
	struct copl_sink sink;
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "keyfile", stub_plain);
	publish(&p, (struct spec){.version = 1});
	snprintf(pub, sizeof(pub), "%s", in("k2.pub"));
	o.url = p.stub.url;
	o.dir = p.dir;
	o.key = pub;
	sink = heard_sink(&h);
	assert_int_equal(copl_fetch(&o, &sink), COPL_E_TRUST);
	assert_true(heard_code(&h, "signature-unknown-key"));
	check_version(&p, 0);
	snprintf(pub, sizeof(pub), "%s", in("k1.pub"));
	sink = heard_sink(&h);
	assert_int_equal(copl_fetch(&o, &sink), COPL_OK);
	assert_true(heard_told(&h, "pinned", "previous=;"));
	/* Said again, it is neither news nor a reason for more requests. */
	sink = heard_sink(&h);
	assert_int_equal(copl_fetch(&o, &sink), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
	assert_false(heard_told(&h, "pinned", ""));
	stub_stop(&p.stub);
}

static void keys_rotate_while_two_of_them_sign(void **state)
{
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "rotate", stub_plain);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	publish(
	    &p, (struct spec){.version = 2, .signer = "k2", .second = "k1"});
	assert_int_equal(get_set(&p, NULL, &h), COPL_OK);
	assert_true(heard_told(&h, "pinned", k2_print));
	publish(&p, (struct spec){.version = 3, .signer = "k2"});
	assert_int_equal(get_set(&p, NULL, &h), COPL_OK);
	check_version(&p, 3);
	/* The old key has had its time. */
	publish(&p, (struct spec){.version = 4});
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "signature-unknown-key"));
	check_version(&p, 3);
	stub_stop(&p.stub);
}

static void a_lost_key_is_replaced_by_word_of_mouth(void **state)
{
	char field[160];
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "lost", stub_plain);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	publish(&p, (struct spec){.version = 2, .signer = "k2"});
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	check_version(&p, 1);
	assert_int_equal(get_set(&p, k2_print, &h), COPL_OK);
	snprintf(field, sizeof(field), "fingerprint=%s;previous=%s;", k2_print,
	    k1_print);
	assert_true(heard_told(&h, "pinned", field));
	check_version(&p, 2);
	stub_stop(&p.stub);
}

static void a_tampered_file_changes_nothing(void **state)
{
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "tamper", stub_plain);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	publish(&p,
	    (struct spec){.version = 2, .text = "<html>الجواب الصحيح</html>"});
	assert_int_equal(run("sed -i 's/الصحيح/الخاطئة/' "
			     "tamper/rel/africa/youth/youth.ar.html; "
			     "echo >> tamper/rel/africa/index.html"),
	    0);
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "file-length") ||
		    heard_code(&h, "address-too-large"));
	check_version(&p, 1);
	assert_int_equal(
	    run("cd tamper/dir/current && sha256sum -c SHA256SUMS"), 0);
	/* Same length, other bytes. */
	publish(&p, (struct spec){.version = 2, .text = "<html>abc</html>"});
	assert_int_equal(
	    run("sed -i s/abc/abd/ tamper/rel/africa/youth/youth.ar.html"), 0);
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "file-digest"));
	/* A manifest that nobody signed. */
	publish(&p, (struct spec){.version = 2});
	assert_int_equal(run("sed -i 's/version=\"2\"/version=\"9\"/' "
			     "tamper/rel/africa/manifest.xml"),
	    0);
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "signature-wrong"));
	check_version(&p, 1);
	stub_stop(&p.stub);
}

static void older_and_foreign_sets_stay_out(void **state)
{
	struct spec other = {.version = 9};
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "older", stub_plain);
	publish(&p, (struct spec){.version = 5});
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	publish(&p, (struct spec){.version = 4});
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-older"));
	other.dir = p.rel;
	other.recipient = "europe";
	make_release(&other);
	p.stub.dir = in("older/rel/europe");
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-recipient"));
	check_version(&p, 5);
	stub_stop(&p.stub);
}

/* A plain host that knows what time it is. */
static void with_date(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	struct copl_strbuf plain = COPL_STRBUF_INIT((size_t)1 << 20);
	const char *rest;

	stub_plain(s, request, len, &plain);
	rest = strchr(plain.s, '\n') + 1;
	copl_strbuf_add(reply, plain.s, (size_t)(rest - plain.s));
	copl_strbuf_puts(reply, "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n");
	copl_strbuf_add(reply, rest, plain.len - (size_t)(rest - plain.s));
	copl_strbuf_clear(&plain);
}

static void a_wrong_clock_is_named_as_what_it_is(void **state)
{
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "clock", with_date);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(
	    fetch(p.stub.url, p.dir, k1_print, NOW + YEAR, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-expired"));
	assert_true(heard_code(&h, "clock-differs"));
	assert_non_null(strstr(h.text, "2027-01-15T08:00:00Z"));
	assert_int_equal(
	    fetch(p.stub.url, p.dir, k1_print, NOW - YEAR, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "clock-implausible"));
	assert_true(heard_code(&h, "clock-differs"));
	check_version(&p, 0);
	/* Here the clock is right and the release is old. */
	publish(&p, (struct spec){.version = 2, .expires = NOW - 60});
	assert_int_equal(
	    fetch(p.stub.url, p.dir, k1_print, NOW, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-expired"));
	assert_false(heard_code(&h, "clock-differs"));
	stub_stop(&p.stub);
}

static void expiry_does_not_take_the_installed_set_away(void **state)
{
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "expiry", stub_plain);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	assert_int_equal(
	    fetch(p.stub.url, p.dir, NULL, NOW + 40 * 86400, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
	assert_true(heard_code(&h, "release-expired"));
	check_version(&p, 1);
	stub_stop(&p.stub);
}

static void what_was_fetched_before_a_kill_is_not_fetched_again(void **state)
{
	struct place p;
	struct heard h;

	(void)state;
	open_place(&p, "killed", stub_plain);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(
	    run("mkdir -p killed/dir/.cop-l10n/incoming/youth && cp "
		"killed/rel/africa/youth/youth.ar.html "
		"killed/dir/.cop-l10n/incoming/youth/ && echo half > "
		"killed/dir/.cop-l10n/incoming/index.html"),
	    0);
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=3;"));
	/* A file that was changed where it lies is put right. */
	assert_int_equal(
	    run("echo x >> killed/dir/current/youth/youth.zh.xml"), 0);
	assert_int_equal(get_set(&p, NULL, &h), COPL_OK);
	assert_int_equal(
	    run("cd killed/dir/current && sha256sum -c SHA256SUMS"), 0);
	stub_stop(&p.stub);
}

/* The set is replaced between the manifest and its signature. */
static void replaced_meanwhile(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	stub_plain(s, request, len, reply);
	if (strncmp(request, "GET /manifest.xml ", 18) == 0)
		s->dir = in("race/rel/europe");
}

static void a_set_that_is_replaced_meanwhile_is_read_again(void **state)
{
	struct place p;
	struct spec next = {.version = 2, .text = "<html>الثانية</html>"};
	struct heard h;

	(void)state;
	open_place(&p, "race", stub_plain);
	publish(&p, (struct spec){.version = 1});
	next.dir = p.rel;
	next.recipient = "africa";
	assert_int_equal(run("mkdir -p race/rel && mv race/rel/africa "
			     "race/rel/first"),
	    0);
	make_release(&next);
	assert_int_equal(run("mv race/rel/africa race/rel/europe && mv "
			     "race/rel/first race/rel/africa"),
	    0);
	p.stub.answer = replaced_meanwhile;
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	assert_string_equal(h.codes, "");
	check_version(&p, 2);
	stub_stop(&p.stub);
}

static void failing(
    struct stub *s, const char *request, size_t len, struct copl_strbuf *reply)
{
	static const char *const statuses[] = {"503 Service Unavailable",
	    "404 Not Found", "403 Forbidden", "302 Found", "304 Not Modified"};
	char big[1000];
	int i;

	(void)request;
	(void)len;
	memset(big, 'x', sizeof(big));
	if (s->step < 5) {
		stub_status(reply, statuses[s->step++],
		    "Location: http://127.0.0.1:1/\r\n");
	} else if (s->step == 5) {
		s->step++;
	} else if (s->step == 6) {
		copl_strbuf_puts(reply, "HTTP/1.1 200 OK\r\n\r\n");
		for (i = 0; i < 5000; i++)
			copl_strbuf_add(reply, big, sizeof(big));
		s->step++;
	} else {
		copl_strbuf_puts(reply,
		    "HTTP/1.1 200 OK\r\nContent-Length: 33\r\n"
		    "Connection: close\r\n\r\n<html>Please pay "
		    "here</html>12345");
	}
}

static void a_server_in_trouble_leaves_the_old_set(void **state)
{
	static const struct {
		enum copl_status want;
		const char *code;
	} rows[] = {{COPL_E_INCOMPLETE, "address-busy"},
	    {COPL_E_INVALID, "address-no-set"},
	    {COPL_E_INVALID, "address-refused"},
	    {COPL_E_INVALID, "address-moved"},
	    {COPL_E_INVALID, "address-refused"},
	    {COPL_E_INCOMPLETE, "address-unreachable"},
	    {COPL_E_TRUST, "address-too-large"}};
	struct place p;
	struct heard h;
	size_t i;

	(void)state;
	open_place(&p, "trouble", stub_plain);
	publish(&p, (struct spec){.version = 1});
	assert_int_equal(get_set(&p, k1_print, &h), COPL_OK);
	p.stub.answer = failing;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		/* The 304 must come to one who did not ask for it. */
		enum copl_status st = get_set(&p, i == 4 ? k2_print : NULL, &h);

		if (!heard_code(&h, rows[i].code))
			print_error("row %zu: %s\n", i, h.text);
		assert_true(heard_code(&h, rows[i].code));
		assert_int_equal(st, rows[i].want);
		check_version(&p, 1);
	}
	/* A hotel's login page is no release. */
	assert_int_not_equal(get_set(&p, NULL, &h), COPL_OK);
	check_version(&p, 1);
	p.stub.answer = stub_plain;
	publish(&p, (struct spec){.version = 2});
	assert_int_equal(run("rm trouble/rel/africa/youth/youth.zh.xml "
			     "trouble/dir/current/youth/youth.zh.xml"),
	    0);
	assert_int_equal(get_set(&p, NULL, &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "file-missing"));
	check_version(&p, 1);
	stub_stop(&p.stub);
}

static void addresses_that_must_not_be_used_are_refused(void **state)
{
	static const struct {
		const char *url;
		const char *code;
	} rows[] = {{"http://example.org/", "url-cleartext"},
	    {"http://127.0.0.1.example.org/", "url-cleartext"},
	    {"http://0.0.0.0/", "url-cleartext"},
	    {"ftp://127.0.0.1/", "url-scheme"}, {"file:///etc/passwd", "url-"},
	    {"https://user:pass@example.org/", "url-credentials"},
	    {"https://example.org/?a=b", "url-extra"},
	    {"https://example.org/#a", "url-extra"},
	    {"https://example.org/\r\nX: y", "url-malformed"},
	    {"https://example.org/a b", "url-malformed"},
	    {"example.org", "url-malformed"}, {"", "url-malformed"}};
	struct heard h;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		assert_int_equal(fetch(rows[i].url, in("urls"), NULL, NOW, &h),
		    COPL_E_INVALID);
		if (strstr(h.codes, rows[i].code) == NULL)
			print_error("%s: %s\n", rows[i].url, h.text);
		assert_non_null(strstr(h.codes, rows[i].code));
		assert_false(copl_path_exists(in("urls")));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_unknown_key_is_shown_but_not_trusted),
	    cmocka_unit_test(a_key_from_a_file_is_pinned),
	    cmocka_unit_test(keys_rotate_while_two_of_them_sign),
	    cmocka_unit_test(a_lost_key_is_replaced_by_word_of_mouth),
	    cmocka_unit_test(a_tampered_file_changes_nothing),
	    cmocka_unit_test(older_and_foreign_sets_stay_out),
	    cmocka_unit_test(a_wrong_clock_is_named_as_what_it_is),
	    cmocka_unit_test(expiry_does_not_take_the_installed_set_away),
	    cmocka_unit_test(
		what_was_fetched_before_a_kill_is_not_fetched_again),
	    cmocka_unit_test(a_set_that_is_replaced_meanwhile_is_read_again),
	    cmocka_unit_test(a_server_in_trouble_leaves_the_old_set),
	    cmocka_unit_test(addresses_that_must_not_be_used_are_refused),
	};

	return cmocka_run_group_tests(tests, keys_set_up, scratch_remove);
}
