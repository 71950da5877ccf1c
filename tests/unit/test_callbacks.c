/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libcurl asks of an exchange, in the orders that it was seen to ask. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "net/net_priv.h"

#define PEER "127.0.0.1"

static size_t room_at(struct copl_exchange *x, char out[4])
{
	return copl_on_read(out, 1, 4, x);
}

static enum copl_phase connected(struct copl_exchange *x)
{
	char peer[] = PEER, own[] = PEER;

	assert_int_equal(
	    copl_on_connected(x, peer, own, 80, 1024), CURL_PREREQFUNC_OK);
	return x->phase;
}

/*
 * A connection that ends between the head and the content is replaced by
 * another one, and libcurl 7.88 does not go back for what it had read.
 */
static void content_begins_anew_with_each_request(void **state)
{
	static const struct copl_net_access access = {.private_ok = true};
	/* More than goes along with a head. */
	static char body[1 << 20] = "один";
	const struct copl_net_request q = {
	    .method = "PUT", .body = body, .length = sizeof(body)};
	struct copl_exchange x = {.q = &q, .access = &access};
	char out[4];

	(void)state;
	x.url.target.loopback = true;
	assert_int_equal(connected(&x), COPL_PHASE_SEND);
	assert_int_equal(room_at(&x, out), 4);
	assert_memory_equal(out, "од", 4);
	assert_int_equal(connected(&x), COPL_PHASE_SEND);
	assert_int_equal(x.sent, 0);
	assert_int_equal(room_at(&x, out), 4);
	assert_memory_equal(out, "од", 4);
	assert_int_equal(room_at(&x, out), 4);
	assert_memory_equal(out, "ин", 4);
	/* Where libcurl does go back, it says where to. */
	assert_int_equal(copl_on_seek(&x, 4, SEEK_SET), CURL_SEEKFUNC_OK);
	assert_int_equal(room_at(&x, out), 4);
	assert_memory_equal(out, "ин", 4);
	assert_int_equal(
	    copl_on_seek(&x, sizeof(body) + 1, SEEK_SET), CURL_SEEKFUNC_FAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(content_begins_anew_with_each_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
