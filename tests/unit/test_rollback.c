/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going back to an earlier release, and parts of a set. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_set.h"

static struct peer host; /* shows the folder "host" all the time */

static int set_up(void **state)
{
	if (keys_set_up(state) != 0)
		return -1;
	peer_start(&host, "", in("host"), 0, TEST_SECONDS);
	return 0;
}

static int tear_down(void **state)
{
	peer_stop(&host);
	return scratch_remove(state);
}

static enum copl_status get_set(const char *dir, struct heard *h)
{
	return fetch(host.url, in(dir), k1_print, NOW, h);
}

static enum copl_status go_back(const char *dir, bool draft, struct heard *h)
{
	const struct copl_rollback_options o = {
	    .dir = in(dir), .now = NOW, .draft = draft};
	struct copl_sink sink = heard_sink(h);

	return copl_fetch_rollback(&o, &sink);
}

static enum copl_status verify(const char *dir, struct heard *h)
{
	const struct copl_verify_options o = {.now = NOW};
	struct copl_sink sink = heard_sink(h);

	return copl_verify_dir(in(dir), &o, &sink);
}

static void bring(const char *dir, uint64_t from, uint64_t to)
{
	struct heard h;

	for (; from <= to; from++) {
		make_small("host", from);
		assert_int_equal(get_set(dir, &h), COPL_OK);
	}
}

static void the_last_three_releases_stay(void **state)
{
	(void)state;
	bring("three", 1, 5);
	assert_int_equal(run("test \"$(ls three/sets)\" = '3\n4\n5'"), 0);
	assert_true(stands("three", "5"));
	/* What somebody put there by hand is theirs. */
	assert_int_equal(run("mkdir three/sets/copy-of-mine"), 0);
	bring("three", 6, 6);
	assert_int_equal(
	    run("test \"$(ls three/sets)\" = '4\n5\n6\ncopy-of-mine'"), 0);
}

static void what_was_taken_back_does_not_come_again(void **state)
{
	struct heard h;

	(void)state;
	bring("back", 1, 3);
	assert_int_equal(go_back("back", false, &h), COPL_OK);
	assert_true(heard_told(&h, "rolled-back", "version=2;withdrawn=3;"));
	assert_true(stands("back", "2"));
	assert_int_equal(verify("back", &h), COPL_OK);
	assert_true(heard_told(&h, "verified", "version=2;"));
	/* The next fetch says so, with one request, and leaves it. */
	assert_int_equal(get_set("back", &h), COPL_OK);
	assert_true(heard_code(&h, "release-withdrawn"));
	assert_true(heard_told(&h, "unchanged", "version=2;"));
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
	assert_int_equal(get_set("back", &h), COPL_OK);
	assert_true(heard_code(&h, "release-withdrawn"));
	assert_true(stands("back", "2"));
	/* The server goes back, too: that is what is here. */
	make_small("host", 2);
	assert_int_equal(get_set("back", &h), COPL_OK);
	assert_false(heard_code(&h, "release-withdrawn"));
	assert_true(heard_told(&h, "unchanged", "version=2;"));
	/* A newer one comes, and the mark has done its work. */
	bring("back", 4, 4);
	assert_true(stands("back", "4"));
	assert_int_equal(run("! grep withdrawn back/.cop-l10n/trust"), 0);
	/* The bad one is gone: nobody goes back to it. */
	assert_int_equal(run("test \"$(ls back/sets)\" = '1\n2\n4'"), 0);
	assert_int_equal(go_back("back", false, &h), COPL_OK);
	assert_true(stands("back", "2"));
}

static void the_same_number_with_other_bytes_stays_out_too(void **state)
{
	struct recipe c = {.dir = "host",
	    .version = 2,
	    .expires = NOW + 99,
	    .items = small_items,
	    .n = COPL_COUNT(small_items)};
	struct heard h;

	(void)state;
	bring("other", 1, 2);
	assert_int_equal(go_back("other", false, &h), COPL_OK);
	make_items(&c);
	assert_int_equal(get_set("other", &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-withdrawn"));
	assert_true(stands("other", "1"));
}

static void a_person_can_undo_it(void **state)
{
	struct copl_fetch_options o = {
	    .url = host.url, .now = NOW, .undo_rollback = true};
	struct copl_sink sink;
	struct heard h;

	(void)state;
	bring("undo", 1, 2);
	assert_int_equal(go_back("undo", false, &h), COPL_OK);
	o.dir = in("undo");
	sink = heard_sink(&h);
	assert_int_equal(copl_fetch(&o, &sink), COPL_OK);
	assert_true(heard_told(&h, "fetched", "version=2;"));
	/* All its files were here still. */
	assert_true(heard_told(&h, "fetched", "downloaded=0;"));
	assert_int_equal(run("! grep withdrawn undo/.cop-l10n/trust"), 0);
	assert_int_equal(verify("undo", &h), COPL_OK);
	assert_int_equal(get_set("undo", &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
	/* Nothing to undo is no mistake. */
	o.dir = in("undo");
	sink = heard_sink(&h);
	assert_int_equal(copl_fetch(&o, &sink), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "version=2;"));
}

static void one_can_go_back_twice_and_no_further(void **state)
{
	struct heard h;

	(void)state;
	bring("twice", 1, 3);
	assert_int_equal(go_back("twice", false, &h), COPL_OK);
	assert_int_equal(go_back("twice", false, &h), COPL_OK);
	assert_true(heard_told(&h, "rolled-back", "version=1;withdrawn=2;"));
	assert_true(stands("twice", "1"));
	assert_int_equal(verify("twice", &h), COPL_OK);
	assert_int_equal(go_back("twice", false, &h), COPL_E_INVALID);
	assert_true(heard_code(&h, "rollback-none"));
	assert_true(stands("twice", "1"));
	/* The newest is what must not come, and the one between is older. */
	assert_int_equal(get_set("twice", &h), COPL_OK);
	assert_true(heard_code(&h, "release-withdrawn"));
	make_small("host", 2);
	assert_int_equal(get_set("twice", &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-older"));
	assert_int_equal(go_back("nowhere", false, &h), COPL_E_INVALID);
	assert_true(heard_code(&h, "rollback-none"));
	assert_int_equal(run("test ! -e nowhere"), 0);
}

static void an_earlier_release_that_is_damaged_stays_where_it_is(void **state)
{
	struct heard h;

	(void)state;
	bring("hurt", 1, 2);
	assert_int_equal(run("sed -i s/Школа/Шкода/ "
			     "hurt/sets/1/school.ru.html; rm "
			     "hurt/sets/1/youth.xml"),
	    0);
	assert_int_equal(go_back("hurt", false, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "file-digest"));
	assert_true(heard_code(&h, "file-missing"));
	assert_true(stands("hurt", "2"));
	assert_int_equal(run("! grep withdrawn hurt/.cop-l10n/trust"), 0);
	/* One in place that is damaged is a reason to go back. */
	bring("hurt2", 1, 2);
	assert_int_equal(run("echo x > hurt2/current/manifest.xml"), 0);
	assert_int_equal(go_back("hurt2", false, &h), COPL_OK);
	assert_true(stands("hurt2", "1"));
	assert_int_equal(
	    run("grep -qx 'withdrawn 2' hurt2/.cop-l10n/trust"), 0);
	assert_int_equal(get_set("hurt2", &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-withdrawn"));
}

static void an_old_key_does_not_come_back_with_its_release(void **state)
{
	struct recipe c = {.dir = "host",
	    .version = 2,
	    .signer = "k2",
	    .items = small_items,
	    .n = COPL_COUNT(small_items)};
	struct heard h;

	(void)state;
	bring("oldkey", 1, 1);
	make_items(&c);
	assert_int_equal(
	    fetch(host.url, in("oldkey"), k2_print, NOW, &h), COPL_OK);
	assert_int_equal(go_back("oldkey", false, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "signature-unknown-key"));
	assert_true(stands("oldkey", "2"));
}

static void bring_draft(const char *dir, uint64_t version)
{
	struct copl_fetch_options o = {
	    .url = host.url, .now = NOW, .draft = true};
	struct copl_sink sink;
	struct heard h;

	make_items(&(struct recipe){.dir = "host",
	    .version = version,
	    .draft = true,
	    .items = small_items,
	    .n = COPL_COUNT(small_items)});
	o.dir = in(dir);
	sink = heard_sink(&h);
	assert_int_equal(copl_fetch(&o, &sink), COPL_OK);
}

static void drafts_go_back_to_drafts(void **state)
{
	struct heard h;

	(void)state;
	bring("draft", 1, 1);
	bring_draft("draft", 2);
	bring_draft("draft", 3);
	assert_int_equal(go_back("draft", false, &h), COPL_OK);
	assert_true(stands("draft", "2"));
	assert_int_equal(go_back("draft", false, &h), COPL_OK);
	assert_true(stands("draft", "1"));
	/* Forms that are none do not become a test. */
	bring("draft2", 1, 1);
	bring_draft("draft2", 2);
	bring("draft2", 3, 3);
	assert_int_equal(go_back("draft2", false, &h), COPL_OK);
	assert_true(stands("draft2", "1"));
	bring("draft2", 4, 4);
	assert_int_equal(run("rm -rf draft2/sets/1 draft2/sets/3"), 0);
	assert_int_equal(go_back("draft2", false, &h), COPL_E_INVALID);
	assert_true(heard_code(&h, "rollback-none"));
	assert_int_equal(go_back("draft2", true, &h), COPL_OK);
	assert_true(stands("draft2", "2"));
}

/* ---- parts ---- */

static enum copl_status get_part(const char *dir, const char *const *langs,
    size_t nlangs, const char *form, struct heard *h)
{
	const struct copl_fetch_options o = {.url = host.url,
	    .dir = in(dir),
	    .fingerprint = k1_print,
	    .now = NOW,
	    .langs = langs,
	    .nlangs = nlangs,
	    .forms = &form,
	    .nforms = form == NULL ? 0 : 1};
	struct copl_sink sink = heard_sink(h);

	return copl_fetch(&o, &sink);
}

static bool holds(const char *dir, const char *names)
{
	return run("test \"$(cd %s/current && ls *.html *.xml | tr '\\n' ' ')\""
		   " = '%s '",
		   dir, names) == 0;
}

static void a_part_is_never_taken_for_the_whole(void **state)
{
	static const char *const ru[] = {"ru-RU"};
	static const char *const all[] = {"ru", "ar", "zh"};
	struct heard h;

	(void)state;
	make_small("host", 1);
	assert_int_equal(get_part("part", ru, 1, NULL, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "files=4;"));
	assert_true(heard_told(&h, "fetched", "part=ru;"));
	assert_true(holds("part", "index.html manifest.xml school.ru.html "
				  "youth.ru.html youth.xml"));
	assert_true(stands("part", "1"));
	assert_int_equal(verify("part", &h), COPL_OK);
	assert_true(heard_told(&h, "verified", "part=yes;"));
	assert_non_null(strstr(h.events, "files=4;"));
	/* Asked for again it is all there, asked for more it is not. */
	assert_int_equal(get_part("part", ru, 1, NULL, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
	assert_int_equal(get_part("part", ru, 1, "youth", &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=0;"));
	assert_true(heard_told(&h, "fetched", "part=ru; youth;"));
	assert_true(
	    holds("part", "index.html manifest.xml youth.ru.html youth.xml"));
	assert_int_equal(get_part("part", NULL, 0, NULL, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=3;"));
	assert_true(heard_told(&h, "fetched", "files=6;"));
	assert_int_equal(verify("part", &h), COPL_OK);
	assert_true(heard_told(&h, "verified", "part=no;"));
	assert_int_equal(run("test ! -e part/current/PARTIAL"), 0);
	/* All languages are no part. */
	assert_int_equal(get_part("part", all, 3, NULL, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
}

static void what_a_part_must_hold_is_looked_for(void **state)
{
	static const char *const two[] = {"zh-CN", "ar-EG"};
	struct heard h;

	(void)state;
	make_small("host", 1);
	assert_int_equal(get_part("must", two, 2, NULL, &h), COPL_OK);
	assert_int_equal(run("cp -R must/current/. copied"), 0);
	assert_int_equal(run("rm must/current/youth.ar.html"), 0);
	assert_int_equal(verify("must", &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "file-missing"));
	/* It is put right by the next fetch. */
	assert_int_equal(get_part("must", two, 2, NULL, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=1;"));
	/* A file that need not be there must be right if it is. */
	put_file(in("must"), "current/youth.ru.html", "<html>x</html>", 14);
	assert_int_equal(verify("must", &h), COPL_E_TRUST);
	/* Without the word that it is a part, it is a broken set. */
	assert_int_equal(run("rm must/current/youth.ru.html "
			     "must/current/PARTIAL"),
	    0);
	assert_int_equal(verify("must", &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "file-missing"));
	put_file(in("must"), "current/PARTIAL", "lang ru\nlung ar\n", 16);
	assert_int_equal(verify("must", &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "part-malformed"));
}

static void what_the_release_has_not_is_told(void **state)
{
	static const char *const wrong[] = {"de", "ru", "pt-BR"};
	struct heard h;

	(void)state;
	make_small("host", 1);
	assert_int_equal(
	    get_part("none", wrong, 3, "kids", &h), COPL_E_INVALID);
	assert_true(heard_code(&h, "part-language"));
	assert_true(heard_code(&h, "part-form"));
	assert_non_null(strstr(h.text, "\"pt-BR\""));
	assert_non_null(strstr(h.text, "ru, ar, zh-Hans"));
	assert_non_null(strstr(h.text, "school, youth"));
	assert_int_equal(run("test ! -e none/current"), 0);
}

static void one_can_go_back_to_a_part(void **state)
{
	static const char *const ru[] = {"ru"};
	struct heard h;

	(void)state;
	make_small("host", 1);
	assert_int_equal(get_part("pback", ru, 1, NULL, &h), COPL_OK);
	make_small("host", 2);
	assert_int_equal(get_part("pback", ru, 1, NULL, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=0;"));
	assert_int_equal(go_back("pback", false, &h), COPL_OK);
	assert_int_equal(verify("pback", &h), COPL_OK);
	assert_true(heard_told(&h, "verified", "part=yes;"));
}

#define SCHOOL "GET /school.ru.html HTTP/1.1\r\nHost: x\r\n\r\n"
#define YOUTH "GET /youth.ar.html HTTP/1.1\r\nHost: x\r\n\r\n"

static void a_part_can_be_served(void **state)
{
	static const char *const ru[] = {"ru"};
	static struct office office;
	char out[9000];
	struct heard h;

	(void)state;
	make_small("host", 1);
	assert_int_equal(get_part("pserve", ru, 1, "school", &h), COPL_OK);
	office.options.dir = in("pserve");
	assert_true(office_start(&office));
	talk(office.port, SCHOOL, sizeof(SCHOOL) - 1, out, sizeof(out));
	assert_non_null(strstr(out, "200 OK"));
	assert_non_null(strstr(out, "Школа"));
	talk(office.port, YOUTH, sizeof(YOUTH) - 1, out, sizeof(out));
	assert_non_null(strstr(out, " 404 "));
	assert_int_equal(office_stop(&office), COPL_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_last_three_releases_stay),
	    cmocka_unit_test(what_was_taken_back_does_not_come_again),
	    cmocka_unit_test(the_same_number_with_other_bytes_stays_out_too),
	    cmocka_unit_test(a_person_can_undo_it),
	    cmocka_unit_test(one_can_go_back_twice_and_no_further),
	    cmocka_unit_test(
		an_earlier_release_that_is_damaged_stays_where_it_is),
	    cmocka_unit_test(an_old_key_does_not_come_back_with_its_release),
	    cmocka_unit_test(drafts_go_back_to_drafts),
	    cmocka_unit_test(a_part_is_never_taken_for_the_whole),
	    cmocka_unit_test(what_a_part_must_hold_is_looked_for),
	    cmocka_unit_test(what_the_release_has_not_is_told),
	    cmocka_unit_test(one_can_go_back_to_a_part),
	    cmocka_unit_test(a_part_can_be_served),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
