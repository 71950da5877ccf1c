/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an exchange may go, and where never. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>
#include "net/net_priv.h"

static const struct {
	const char *address;
	enum copl_address_scope want;
} rows[] = {
    {"192.0.2.1", COPL_SCOPE_PUBLIC},
    {"8.8.8.8", COPL_SCOPE_PUBLIC},
    {"100.63.255.255", COPL_SCOPE_PUBLIC},
    {"100.128.0.0", COPL_SCOPE_PUBLIC},
    {"172.15.255.255", COPL_SCOPE_PUBLIC},
    {"172.32.0.0", COPL_SCOPE_PUBLIC},
    {"169.253.255.255", COPL_SCOPE_PUBLIC},
    {"223.255.255.255", COPL_SCOPE_PUBLIC},
    {"2001:db8::1", COPL_SCOPE_PUBLIC},
    {"2606:4700::1111", COPL_SCOPE_PUBLIC},
    {"127.0.0.1", COPL_SCOPE_LOOPBACK},
    {"127.255.255.254", COPL_SCOPE_LOOPBACK},
    {"::1", COPL_SCOPE_LOOPBACK},
    {"::ffff:127.0.0.1", COPL_SCOPE_LOOPBACK},
    {"::127.0.0.1", COPL_SCOPE_LOOPBACK},
    {"64:ff9b::7f00:1", COPL_SCOPE_LOOPBACK},
    {"2002:7f00:1::", COPL_SCOPE_LOOPBACK},
    {"10.0.0.0", COPL_SCOPE_PRIVATE},
    {"10.255.255.255", COPL_SCOPE_PRIVATE},
    {"172.16.0.1", COPL_SCOPE_PRIVATE},
    {"172.31.255.255", COPL_SCOPE_PRIVATE},
    {"192.168.1.1", COPL_SCOPE_PRIVATE},
    {"169.254.1.1", COPL_SCOPE_PRIVATE},
    {"100.64.0.0", COPL_SCOPE_PRIVATE},
    {"100.127.255.255", COPL_SCOPE_PRIVATE},
    {"198.18.0.1", COPL_SCOPE_PRIVATE},
    {"fc00::1", COPL_SCOPE_PRIVATE},
    {"fdff::1", COPL_SCOPE_PRIVATE},
    {"fe80::1", COPL_SCOPE_PRIVATE},
    {"fe80::1%eth0", COPL_SCOPE_PRIVATE},
    {"febf::1", COPL_SCOPE_PRIVATE},
    {"fec0::1", COPL_SCOPE_PRIVATE},
    {"::ffff:10.1.2.3", COPL_SCOPE_PRIVATE},
    {"::ffff:192.168.0.1", COPL_SCOPE_PRIVATE},
    {"64:ff9b::a00:1", COPL_SCOPE_PRIVATE},
    {"64:ff9b:1::1", COPL_SCOPE_PRIVATE},
    {"2002:c0a8:101::1", COPL_SCOPE_PRIVATE},
    {"2001::1", COPL_SCOPE_PRIVATE},
    {"0.0.0.0", COPL_SCOPE_NEVER},
    {"::", COPL_SCOPE_NEVER},
    {"::ffff:0.0.0.0", COPL_SCOPE_NEVER},
    {"169.254.169.254", COPL_SCOPE_NEVER},
    {"::ffff:169.254.169.254", COPL_SCOPE_NEVER},
    {"64:ff9b::a9fe:a9fe", COPL_SCOPE_NEVER},
    {"2002:a9fe:a9fe::", COPL_SCOPE_NEVER},
    {"169.254.170.2", COPL_SCOPE_NEVER},
    {"100.100.100.200", COPL_SCOPE_NEVER},
    {"fd00:ec2::254", COPL_SCOPE_NEVER},
    {"224.0.0.1", COPL_SCOPE_NEVER},
    {"239.255.255.255", COPL_SCOPE_NEVER},
    {"240.0.0.1", COPL_SCOPE_NEVER},
    {"255.255.255.255", COPL_SCOPE_NEVER},
    {"ff02::1", COPL_SCOPE_NEVER},
    {"office.example.org", COPL_SCOPE_NEVER},
    {"", COPL_SCOPE_NEVER},
};

static void every_block_is_known(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++)
		if (copl_address_scope_text(rows[i].address) != rows[i].want)
			fail_msg("%s is not %d", rows[i].address, rows[i].want);
}

/* What the resolver gives is judged like what is written. */
static void a_resolved_address_is_judged_alike(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		struct sockaddr_in v4 = {.sin_family = AF_INET};
		struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
		enum copl_address_scope got = rows[i].want;

		if (inet_pton(AF_INET, rows[i].address, &v4.sin_addr) == 1)
			got = copl_address_scope(
			    (struct sockaddr *)&v4, sizeof(v4));
		if (inet_pton(AF_INET6, rows[i].address, &v6.sin6_addr) == 1)
			got = copl_address_scope(
			    (struct sockaddr *)&v6, sizeof(v6));
		assert_int_equal(got, rows[i].want);
	}
}

static void other_families_are_not_used(void **state)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "/x"};
	struct sockaddr_in cut = {.sin_family = AF_INET};

	(void)state;
	assert_int_equal(copl_address_scope((struct sockaddr *)&un, sizeof(un)),
	    COPL_SCOPE_NEVER);
	assert_int_equal(
	    copl_address_scope((struct sockaddr *)&cut, 4), COPL_SCOPE_NEVER);
}

static void what_is_allowed_follows_from_the_access(void **state)
{
	const struct copl_net_access strict = {0},
				     inside = {.private_ok = true};

	(void)state;
	assert_true(copl_address_allowed(COPL_SCOPE_PUBLIC, false, &strict));
	assert_false(copl_address_allowed(COPL_SCOPE_PRIVATE, false, &strict));
	assert_false(copl_address_allowed(COPL_SCOPE_LOOPBACK, false, &strict));
	assert_false(copl_address_allowed(COPL_SCOPE_NEVER, false, &strict));
	assert_true(copl_address_allowed(COPL_SCOPE_PRIVATE, false, &inside));
	assert_true(copl_address_allowed(COPL_SCOPE_LOOPBACK, false, &inside));
	assert_false(copl_address_allowed(COPL_SCOPE_NEVER, false, &inside));
	/* "localhost" is this machine, whatever the access allows. */
	assert_true(copl_address_allowed(COPL_SCOPE_LOOPBACK, true, &strict));
	assert_false(copl_address_allowed(COPL_SCOPE_PUBLIC, true, &inside));
	assert_false(copl_address_allowed(COPL_SCOPE_PRIVATE, true, &inside));
}

static void origins_group_what_is_one_server(void **state)
{
	static const struct {
		const char *url, *want;
	} each[] = {
	    {"https://office.example.org/forms/",
		"https://office.example.org:443"},
	    {"https://OFFICE.example.org:443/other/",
		"https://office.example.org:443"},
	    {"https://office.example.org:8443/",
		"https://office.example.org:8443"},
	    {"http://127.0.0.1:8101/x/", "http://127.0.0.1:8101"},
	    {"http://127.1/", "http://127.0.0.1:80"},
	    {"https://[2001:DB8::1]/", "https://[2001:db8::1]:443"},
	    {"https://a.example/?list-type=2", "https://a.example:443"},
	};
	char origin[300], small[10];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(each); i++) {
		assert_true(
		    copl_net_origin(each[i].url, origin, sizeof(origin)));
		assert_string_equal(origin, each[i].want);
	}
	assert_false(
	    copl_net_origin("https://a.example/", small, sizeof(small)));
	assert_false(
	    copl_net_origin("ftp://a.example/", origin, sizeof(origin)));
	assert_false(copl_net_origin("https://a b/", origin, sizeof(origin)));
	assert_false(
	    copl_net_origin("https://u:p@a.example/", origin, sizeof(origin)));
	assert_false(copl_net_origin("", origin, sizeof(origin)));
	assert_int_equal(
	    copl_net_url_judge("https://a.example/#"), COPL_URL_EXTRA);
	assert_int_equal(
	    copl_net_url_judge("https://a.example/?"), COPL_URL_EXTRA);
	/* What "%XX" hides in a host is no name. */
	assert_false(
	    copl_net_origin("https://a%ffb.example/", origin, sizeof(origin)));
	assert_false(
	    copl_net_origin("https://a%1b.example/", origin, sizeof(origin)));
	/* Nor is one that is an address when it is read again. */
	assert_false(copl_net_origin("http://%300/", origin, sizeof(origin)));
	assert_true(copl_net_origin(
	    "https://[fe80::1%25eth0]/a%20b", origin, sizeof(origin)));
}

#define KEY "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static size_t findings(const char *url, const struct copl_net_access *a)
{
	const struct copl_place at = {"offices.tsv", 2, 1};
	struct copl_reporter r;
	size_t errors;
	bool ok;

	copl_reporter_init(&r, NULL);
	ok = copl_net_access_check(url, a, at, &r);
	errors = r.errors;
	copl_reporter_drop(&r);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	assert_int_equal(ok, errors == 0);
	return errors;
}

static void an_access_that_cannot_be_used_is_told(void **state)
{
	static const char office[] = "https://office.example.org/";
	static const char open[] = "http://office.example.org/";
	const struct copl_net_access good[] = {{.auth = COPL_AUTH_NONE},
	    {.auth = COPL_AUTH_BASIC, .user = "مكتب", .secret = "s e"},
	    {.auth = COPL_AUTH_BEARER, .secret = "token"},
	    {.pins = {KEY, KEY}, .proxy = "socks5h://proxy.example:1080"}};
	const struct copl_net_access bad[] = {
	    {.auth = COPL_AUTH_BASIC, .user = "a:b", .secret = "s"},
	    {.auth = COPL_AUTH_BASIC, .user = "a"},
	    {.auth = COPL_AUTH_BASIC, .secret = "s"},
	    {.auth = COPL_AUTH_BEARER, .secret = ""},
	    {.auth = COPL_AUTH_BEARER, .secret = "two\nlines"},
	    {.auth = COPL_AUTH_DIGEST, .user = "a\r", .secret = "s"},
	    {.pins = {"sha256//tooshort", NULL}},
	    {.pins = {KEY, "/etc/passwd"}}, {.proxy = "file:///etc/passwd"}};
	const struct copl_net_access clear = {.cleartext_ok = true},
				     digest = {.auth = COPL_AUTH_DIGEST,
					 .user = "a",
					 .secret = "s",
					 .cleartext_ok = true},
				     basic = {.auth = COPL_AUTH_BASIC,
					 .user = "a",
					 .secret = "s",
					 .cleartext_ok = true};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(good); i++)
		assert_int_equal(findings(office, &good[i]), 0);
	for (i = 0; i < COPL_COUNT(bad); i++)
		assert_int_equal(findings(office, &bad[i]), 1);
	assert_int_equal(findings(open, &good[0]), 1);
	assert_int_equal(findings(open, &clear), 0);
	assert_int_equal(findings(open, &digest), 0);
	assert_int_equal(findings(open, &basic), 1);
	assert_int_equal(findings("http://127.0.0.1/", &good[1]), 0);
	assert_int_equal(findings("https://10.0.0.7/", &good[0]), 1);
	assert_int_equal(findings("https://[fd00::1]/", &good[0]), 1);
	/* All at once. */
	assert_int_equal(findings("ftp://office.example.org/", &bad[0]), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_block_is_known),
	    cmocka_unit_test(a_resolved_address_is_judged_alike),
	    cmocka_unit_test(other_families_are_not_used),
	    cmocka_unit_test(what_is_allowed_follows_from_the_access),
	    cmocka_unit_test(origins_group_what_is_one_server),
	    cmocka_unit_test(an_access_that_cannot_be_used_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
