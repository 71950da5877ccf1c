/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever an endpoint does, push says what it came to and loses nothing. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_net.h"
#include "peer.h"

static int set_up(void **state)
{
	alarm(TEST_SECONDS);
	if (scratch_make(state) != 0)
		return -1;
	make_key("k1");
	make_release(&(struct spec){
	    .dir = in("rel"), .recipient = "arab_states", .version = 1});
	return 0;
}

struct row {
	const char *what;
	const char *script;
	unsigned attempts;
	enum copl_status want;
	const char *code; /* NULL: none */
	unsigned least, most; /* requests */
	unsigned least_ms; /* so long it must wait */
};

#define FILES 7 /* of the set, and what vouches for it */
#define WRONG_DIGEST                                                           \
	"Repr-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

#define REFUSES(status)                                                        \
	{                                                                      \
		"a final " status, "on *\n body\n reply " status, 3,           \
		    COPL_E_REFUSED, "endpoint-refused", 1, FILES, 0            \
	}
#define MOVES(status)                                                          \
	{                                                                      \
		"a redirect " status,                                          \
		    "on *\n body\n reply " status " | Location: "              \
		    "http://127.0.0.1:1/elsewhere",                            \
		    3, COPL_E_REFUSED, "endpoint-moved", 1, FILES, 0           \
	}
#define BUSY(status)                                                           \
	{                                                                      \
		"a busy " status, "on *\n body\n reply " status, 2,            \
		    COPL_E_INCOMPLETE, "endpoint-busy", 2, 2 * FILES, 0        \
	}
/* Once not now, and then well. */
#define AFTER(what, field, ms)                                                 \
	{                                                                      \
		"wait " what,                                                  \
		    "on\n body\n reply 429 Slow | Retry-After: " field, 3,     \
		    COPL_OK, NULL, FILES + 1, FILES + 3, ms                    \
	}

static const struct row rows[] = {
    {"who are you", "on *\n body\n reply 401 Who | WWW-Authenticate: Basic", 3,
	COPL_E_REFUSED, "endpoint-auth", 1, FILES, 0},
    {"a proxy asks who we are", "on *\n body\n reply 407 Who", 3,
	COPL_E_REFUSED, "endpoint-auth", 1, FILES, 0},
    {"gone for good", "on *\n body\n reply 410 Gone", 3, COPL_E_REFUSED,
	"endpoint-gone", 1, FILES, 0},
    {"somebody else was there", "on * PUT\n body\n reply 409 Conflict", 3,
	COPL_E_REFUSED, "endpoint-refused", 1, 2 * FILES, 0},
    {"a file of somebody else is in the way",
	"on 1 PUT\n body\n reply 409 Conflict\n"
	"on * GET\n send HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\nabc",
	3, COPL_E_REFUSED, "endpoint-conflict", 2, 2, 0},
    {"the file is ours already, and it says so with 409",
	"on 1 PUT\n keep\n reply 409 Conflict", 3, COPL_OK, NULL, FILES,
	2 * FILES, 0},
    {"it is not what it was", "on * PUT\n body\n reply 412 Changed", 3,
	COPL_E_REFUSED, "endpoint-conflict", 1, 2 * FILES, 0},
    {"it holds ours already, and says so with 412",
	"on 1 PUT /manifest.xml HTTP\n keep\n reply 412 Changed", 3, COPL_OK,
	NULL, FILES, 2 * FILES, 0},
    {"it does not know Expect", "on 1 PUT\n body\n reply 417 Expect", 3,
	COPL_E_REFUSED, "endpoint-refused", 1, FILES, 0},
    {"nothing wrong", "", 1, COPL_OK, NULL, FILES, FILES + 2, 0},
    MOVES("301 Moved"),
    MOVES("302 Found"),
    MOVES("303 Other"),
    MOVES("307 Temporary"),
    MOVES("308 Permanent"),
    REFUSES("400 Bad"),
    REFUSES("403 Forbidden"),
    REFUSES("404 Not Found"),
    REFUSES("405 Not Allowed"),
    REFUSES("411 Length"),
    REFUSES("413 Too Large"),
    REFUSES("415 Type"),
    REFUSES("422 Content"),
    REFUSES("451 Legal"),
    BUSY("408 Timeout"),
    BUSY("423 Locked"),
    BUSY("425 Early"),
    BUSY("429 Slow"),
    BUSY("500 Error"),
    BUSY("502 Gateway"),
    BUSY("503 Busy"),
    BUSY("504 Gateway"),
    BUSY("507 Full"),
    AFTER("a second", "1", 1000),
    AFTER("for garbage", "soon", 0),
    AFTER("for a negative number", "-5", 0),
    AFTER("until a date that is past", "Fri, 31 Dec 1999 23:59:59 GMT", 0),
    AFTER("for half a date", "Fri, 31 Dec", 0),
    {"a day is left to a later run",
	"on\n body\n reply 429 Slow | Retry-After: 86400", 5, COPL_E_INCOMPLETE,
	"endpoint-busy", 1, 1, 0},
    {"more than any day is, too",
	"on\n body\n reply 503 Busy | Retry-After: 99999999999999999999", 5,
	COPL_E_INCOMPLETE, "endpoint-busy", 1, 1, 0},
    {"busy twice, then taken", "on 2 PUT\n body\n reply 503 Busy", 3, COPL_OK,
	NULL, FILES + 2, FILES + 4, 0},
    {"busy more often than is tried", "on 3 PUT\n body\n reply 503 Busy", 3,
	COPL_E_INCOMPLETE, "endpoint-busy", 3, 3, 0},
    {"the go-ahead, and then too large",
	"on * PUT\n send HTTP/1.1 100 Continue\\r\\n\\r\\n\n"
	" reply 413 Too Large | Connection: close\n close",
	3, COPL_E_REFUSED, "endpoint-refused", 1, FILES, 0},
    {"an end before the head of the answer", "on 1 PUT\n body\n close", 3,
	COPL_OK, NULL, FILES + 1, FILES + 3, 0},
    {"torn down in the body", "on 1 PUT\n read 10\n reset", 3, COPL_OK, NULL,
	FILES + 1, FILES + 3, 0},
    {"torn down as it comes", "on 1 connect\n reset", 3, COPL_OK, NULL, FILES,
	FILES + 2, 0},
    {"torn down each time", "on * PUT\n body\n reset", 2, COPL_E_INCOMPLETE,
	"endpoint-unreachable", 2, 4, 0},
    {"taken, but the answer is lost",
	"on 1 PUT /manifest.xml HTTP\n plain\n reset", 3, COPL_OK, NULL, FILES,
	FILES + 4, 0},
    {"no HTTP at all", "on *\n send SSH-2.0-OpenSSH_9\\r\\n\n close", 2,
	COPL_E_INCOMPLETE, "endpoint-unreachable", 1, 4, 0},
    {"an answer without an end",
	"on *\n body\n send HTTP/1.1 400 Bad\\r\\n\\r\\n\n fill 99999999 x", 2,
	COPL_E_REFUSED, "endpoint-refused", 1, FILES, 0},
    {"a field without an end",
	"on *\n body\n send HTTP/1.1 400 Bad\\r\\nETag: \n fill 99999999 x", 2,
	COPL_E_REFUSED, "endpoint-refused", 1, FILES, 0},
    {"a byte now and then",
	"on 1 PUT\n keep\n drip 20 HTTP/1.1 201 "
	"Created\\r\\nContent-Length: 0\\r\\n\\r\\n",
	1, COPL_OK, NULL, FILES, FILES + 3, 0},
    {"a page for everything, as a Wi-Fi has it",
	"on *\n body\n send HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n"
	"Content-Length: 20\\r\\n\\r\\n<html>Sign in</html>",
	1, COPL_E_INCOMPLETE, "receipt-wrong", FILES, FILES + 3, 0},
    {"another digest than the one that was sent",
	"on * PUT\n body\n reply 201 Created | " WRONG_DIGEST, 1,
	COPL_E_INCOMPLETE, "receipt-wrong", 1, FILES + 3, 0},
    {"yes to everything and nothing kept",
	"on * PUT\n body\n reply 204 No Content", 1, COPL_E_INCOMPLETE,
	"receipt-missing", FILES, FILES + 3, 0},
};

static void check_row(const struct row *row)
{
	uint64_t before = peer_ms();
	enum copl_status st;
	struct peer p;
	struct heard h;

	assert_int_equal(run("rm -rf host project ledger.sqlite* && mkdir -p "
			     "host"),
	    0);
	peer_start(&p, row->script, in("host"), 0, TEST_SECONDS);
	make_project(in("project"), p.url, NULL);
	st = push(
	    in("project"), in("rel"), in("ledger.sqlite"), row->attempts, &h);
	peer_stop(&p);
	if (st != row->want || p.requests < row->least ||
	    p.requests > row->most ||
	    (row->code != NULL && !heard_code(&h, row->code)))
		print_error("%s: status %d, %u requests: %s%s%s", row->what,
		    (int)st, p.requests, h.text, h.events, p.seen);
	assert_int_equal(st, row->want);
	assert_in_range(p.requests, row->least, row->most);
	assert_true(row->code == NULL || heard_code(&h, row->code));
	assert_true(heard_told(&h, "delivered", "") == (st == COPL_OK));
	assert_true(peer_ms() - before >= row->least_ms);
	/* No fault holds a run for long, on a busy machine either. */
	assert_true(peer_ms() - before < 60000);
	if (st != COPL_OK)
		return;
	if (run("diff -r host rel/arab_states") != 0)
		print_error("%s: %s", row->what, get(in("out.txt")));
	assert_int_equal(run("diff -r host rel/arab_states"), 0);
}

static void each_fault_has_its_end(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++)
		check_row(&rows[i]);
}

/* A status of success, or a move to nowhere, is no reason that helps anybody.
 */
static void a_refusal_says_what_was_wrong(void **state)
{
	static const struct {
		const char *script;
		enum copl_status want;
		const char *text;
	} answers[] = {
	    {"on *\n body\n send HTTP/1.1 200 OK\\r\\n\n"
	     "many 9000 X-Field: value\\r\\n",
		COPL_E_REFUSED,
		"/index.html is refused: the answer is too large"},
	    {"on *\n body\n reply 302 Found", COPL_E_REFUSED,
		"/index.html is refused with status 302;"},
	    {"on *\n body\n send HTTP/1.1 101 Other\\r\\nUpgrade: "
	     "other\\r\\nConnection: Upgrade\\r\\n\\r\\nxx\n close",
		COPL_E_INCOMPLETE, "cannot be reached (Weird server reply)"},
	};
	struct peer p;
	struct heard h;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(answers); i++) {
		assert_int_equal(run("rm -rf project ledger.sqlite*"), 0);
		peer_start(&p, answers[i].script, NULL, 0, TEST_SECONDS);
		make_project(in("project"), p.url, NULL);
		assert_int_equal(
		    push(in("project"), in("rel"), in("ledger.sqlite"), 1, &h),
		    answers[i].want);
		peer_stop(&p);
		if (strstr(h.text, answers[i].text) == NULL)
			print_error("%s", h.text);
		assert_non_null(strstr(h.text, answers[i].text));
	}
}

static void nobody_there_is_told(void **state)
{
	struct heard h;
	struct peer p;
	char url[64];

	(void)state;
	peer_start(&p, "", NULL, 0, TEST_SECONDS);
	snprintf(url, sizeof(url), "%s", p.url);
	peer_stop(&p);
	make_project(in("gone"), url, NULL);
	assert_int_equal(push(in("gone"), in("rel"), in("g.sqlite"), 2, &h),
	    COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "endpoint-unreachable"));
	make_project(in("name"), "https://no-such-host.invalid/", NULL);
	assert_int_equal(push(in("name"), in("rel"), in("n.sqlite"), 2, &h),
	    COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "endpoint-unreachable"));
	assert_false(heard_told(&h, "delivered", ""));
}

/* One that fails takes nothing from the other. */
static void one_in_trouble_is_no_trouble_to_others(void **state)
{
	struct peer bad, good;
	struct heard h;

	(void)state;
	make_release(&(struct spec){
	    .dir = in("two"), .recipient = "arab_states", .version = 1});
	make_release(&(struct spec){
	    .dir = in("two"), .recipient = "asia", .version = 1});
	assert_int_equal(run("rm -rf host good; mkdir host good"), 0);
	peer_start(&bad, "on *\n body\n reset", in("host"), 0, TEST_SECONDS);
	peer_start(&good, "", in("good"), 0, TEST_SECONDS);
	make_project(in("both"), bad.url, good.url);
	assert_int_equal(push(in("both"), in("two"), in("b.sqlite"), 2, &h),
	    COPL_E_INCOMPLETE);
	assert_true(heard_told(&h, "delivered", good.url));
	assert_true(heard_code(&h, "endpoint-unreachable"));
	assert_int_equal(run("diff -r good two/asia"), 0);
	peer_stop(&good);
	peer_stop(&bad);
}

/* To two endpoints that no proxy and no name leads to. */
static enum copl_status push_through(const char *proxy, struct heard *h)
{
	const struct copl_push_options o = {.dir = in("far"),
	    .release = in("two"),
	    .ledger = in("p.sqlite"),
	    .now = NOW,
	    .proxy = proxy,
	    .attempts = 5};
	struct copl_sink sink = heard_sink(h);

	return copl_push(&o, &sink);
}

static size_t times(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text += strlen(word))
		n++;
	return n;
}

/* Told once, and counted against no endpoint: the next run goes on at once. */
static void a_proxy_in_the_way_is_told_once(void **state)
{
	struct heard h;
	struct peer p;
	char url[64];

	(void)state;
	make_project(in("far"), "https://one.invalid/", "https://two.invalid/");
	assert_int_equal(push_through("proxy.invalid", &h), COPL_E_INVALID);
	peer_start(&p, "on *\n reply 407 Who", NULL, 0, TEST_SECONDS);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u", p.port);
	assert_int_equal(push_through(url, &h), COPL_E_INCOMPLETE);
	assert_int_equal(times(h.codes, " push-proxy "), 1);
	assert_non_null(strstr(h.text, "password"));
	assert_false(heard_code(&h, "endpoint-unreachable"));
	peer_stop(&p);
	assert_int_equal(push_through(url, &h), COPL_E_INCOMPLETE);
	assert_int_equal(times(h.codes, " push-proxy "), 1);
	assert_int_equal(times(h.events, "waiting "), 2);
	assert_false(heard_code(&h, "endpoint-unreachable"));
}

/* What a proxy says of one endpoint is that endpoint's trouble. */
static void a_proxy_that_finds_nobody_is_not_in_the_way(void **state)
{
	struct heard h;
	struct peer p;
	char url[64];

	(void)state;
	assert_int_equal(run("rm -f p.sqlite"), 0);
	peer_start(&p, "on *\n reply 403 Not there", NULL, 0, TEST_SECONDS);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u", p.port);
	assert_int_equal(push_through(url, &h), COPL_E_INCOMPLETE);
	assert_false(heard_code(&h, "push-proxy"));
	assert_int_equal(times(h.codes, " endpoint-unreachable "), 2);
	peer_stop(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_fault_has_its_end),
	    cmocka_unit_test(a_refusal_says_what_was_wrong),
	    cmocka_unit_test(nobody_there_is_told),
	    cmocka_unit_test(one_in_trouble_is_no_trouble_to_others),
	    cmocka_unit_test(a_proxy_in_the_way_is_told_once),
	    cmocka_unit_test(a_proxy_that_finds_nobody_is_not_in_the_way),
	};

	return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
