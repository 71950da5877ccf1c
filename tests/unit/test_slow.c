/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Peers that keep us waiting: all of them at once, since each takes the time
 * that is given to it.
 */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_set.h"

#define PATIENCE_MS 60000

/* One who waits, in a thread of its own; paths are made before. */
struct waiting {
	const char *what;
	const char *script;
	bool push; /* else fetch */
	struct peer peer;
	char dir[300];
	char rel[300];
	char ledger[300];
	struct heard heard;
	enum copl_status st;
	uint64_t ms;
	pthread_t thread;
};

static struct waiting all[] = {
    {.what = "fetch: never an answer", .script = "on *\n hang"},
    {.what = "fetch: nothing is read", .script = "on * connect\n deaf"},
    {.what = "fetch: a byte a second of the head",
	.script = "on *\n drip 1000 HTTP/1.1 200 OK\\r\\nX-A: "
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    {.what = "fetch: a byte a second of the manifest",
	.script = "on *\n send HTTP/1.1 200 OK\\r\\nContent-Length: "
		  "5000\\r\\n\\r\\n\n drip 1000 <?xml version='1.0' "
		  "encoding='UTF-8'?><manifest xmlns='urn:cop-l10n:manifest:1'"
		  "><!-- and so on, and so on, and so on -->"},
    {.what = "push: never an answer", .script = "on *\n hang", .push = true},
    {.what = "push: nothing is read",
	.script = "on * connect\n deaf",
	.push = true},
    {.what = "push: a byte a second of the answer",
	.script = "on *\n body\n drip 1000 HTTP/1.1 201 Created\\r\\nX-A: "
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	.push = true},
};

static struct peer good;

static void *wait_for_it(void *arg)
{
	struct waiting *w = arg;
	uint64_t before = peer_ms();

	if (w->push)
		w->st = push(w->dir, w->rel, w->ledger, 1, &w->heard);
	else
		w->st = fetch(w->peer.url, w->dir, NULL, NOW, &w->heard);
	w->ms = peer_ms() - before;
	return NULL;
}

static void prepare(struct waiting *w, size_t i)
{
	char name[40];
	struct heard h;

	snprintf(name, sizeof(name), "w%zu", i);
	snprintf(w->dir, sizeof(w->dir), "%s", in(name));
	snprintf(w->rel, sizeof(w->rel), "%s", in("rel"));
	snprintf(name, sizeof(name), "w%zu.sqlite", i);
	snprintf(w->ledger, sizeof(w->ledger), "%s", in(name));
	if (!w->push)
		assert_int_equal(
		    fetch(good.url, w->dir, k1_print, NOW, &h), COPL_OK);
	peer_start(&w->peer, w->script, NULL, 0, TEST_SECONDS);
	if (w->push)
		make_project(w->dir, w->peer.url, good.url);
}

static void check(struct waiting *w)
{
	char path[400];

	if (w->st != COPL_E_INCOMPLETE || w->ms > PATIENCE_MS)
		print_error("%s: status %d after %u ms: %s%s", w->what,
		    (int)w->st, (unsigned)w->ms, w->heard.text,
		    w->heard.events);
	assert_int_equal(w->st, COPL_E_INCOMPLETE);
	assert_true(w->ms <= PATIENCE_MS);
	if (w->push) {
		assert_true(heard_told(&w->heard, "delivered", good.url));
		return;
	}
	assert_true(heard_code(&w->heard, "address-unreachable"));
	snprintf(path, sizeof(path), "%s/current", w->dir);
	assert_true(copl_path_exists(path));
}

static void who_is_slow_is_left_and_others_are_served(void **state)
{
	size_t i;

	(void)state;
	make_small("host", 1);
	make_release(&(struct spec){
	    .dir = in("rel"), .recipient = "arab_states", .version = 1});
	make_release(&(struct spec){
	    .dir = in("rel"), .recipient = "asia", .version = 1});
	peer_start(&good, "", in("host"), 0, TEST_SECONDS);
	for (i = 0; i < COPL_COUNT(all); i++)
		prepare(&all[i], i);
	for (i = 0; i < COPL_COUNT(all); i++)
		assert_int_equal(
		    pthread_create(&all[i].thread, NULL, wait_for_it, &all[i]),
		    0);
	for (i = 0; i < COPL_COUNT(all); i++)
		pthread_join(all[i].thread, NULL);
	for (i = 0; i < COPL_COUNT(all); i++) {
		print_message("%s: %u ms\n", all[i].what, (unsigned)all[i].ms);
		peer_stop(&all[i].peer);
	}
	for (i = 0; i < COPL_COUNT(all); i++)
		check(&all[i]);
	peer_stop(&good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_is_slow_is_left_and_others_are_served),
	};

	return cmocka_run_group_tests(tests, keys_set_up, scratch_remove);
}
