/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "bundle/layout.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static const char *name_of(struct copl_arena *a, const char *path)
{
	const struct copl_manifest_file f = {.path = path, .sha256 = ABC};

	return copl_layout_file(&f, a);
}

static void a_name_is_the_digest_and_the_ending(void **state)
{
	struct copl_arena *a = copl_arena_new();

	(void)state;
	assert_string_equal(
	    name_of(a, "online_life.zh-Hans.html"), "by-digest/" ABC ".html");
	assert_string_equal(
	    name_of(a, "online_life.fr.closed.html"), "by-digest/" ABC ".html");
	assert_string_equal(
	    name_of(a, "online_life.odk.xml"), "by-digest/" ABC ".xml");
	assert_string_equal(name_of(a, "release.pub"), "by-digest/" ABC ".pub");
	assert_string_equal(name_of(a, "a.b/README"), "by-digest/" ABC);
	copl_arena_free(a);
}

static void a_signature_is_found_by_the_digest_of_its_manifest(void **state)
{
	struct copl_arena *a = copl_arena_new();

	(void)state;
	assert_string_equal(copl_layout_voucher(ABC, COPL_MANIFEST, a),
	    "by-digest/" ABC ".manifest.xml");
	assert_string_equal(copl_layout_voucher(ABC, COPL_MANIFEST_SIG, a),
	    "by-digest/" ABC ".manifest.xml.minisig");
	assert_string_equal(copl_layout_voucher(ABC, COPL_MANIFEST_SIG2, a),
	    "by-digest/" ABC ".manifest.xml.2.minisig");
	copl_arena_free(a);
}

static void names_are_told_from_others(void **state)
{
	(void)state;
	assert_true(copl_layout_is(ABC ".html", ABC));
	assert_true(copl_layout_is(ABC ".html.gz", ABC));
	assert_true(copl_layout_is(ABC, ABC));
	assert_false(copl_layout_is(ABC "0", ABC));
	assert_false(copl_layout_is("readme.txt", ABC));
	assert_false(copl_layout_is("", ABC));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_is_the_digest_and_the_ending),
	    cmocka_unit_test(
		a_signature_is_found_by_the_digest_of_its_manifest),
	    cmocka_unit_test(names_are_told_from_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
