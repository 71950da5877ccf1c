/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Phones refuse other content under an id and version that they know. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <copl10n/build.h>
#include <copl10n/bundle.h>
#include "help_bundle.h"
#include "help_review.h"

#define NOW INT64_C(1799568000) /* 2027-01-10 */
#define NORTH "north/mini.odk.xml"
#define EAST "east/mini.odk.xml"

static void make_project(void)
{
	const char *top = getenv("top_srcdir");

	if (top == NULL)
		top = ".";
	assert_int_equal(
	    run("rm -rf p && cp -R '%s/tests/project' p && chmod -R u+w p && "
		"cp '%s/forms/interface.xml' p/forms/ && "
		"cp -R '%s/po/interface' p/po/ && chmod -R u+w p",
		top, top, top),
	    0);
	help_review_project(in("p"), COPL_REVIEW_REVIEWED);
}

static void build(bool draft, bool renew, const char *event, struct seen *s)
{
	char paths[2][600];
	const struct copl_build_options o = {.dir = paths[0],
	    .output = paths[1],
	    .key = in("k.key"),
	    .now = NOW,
	    .draft = draft,
	    .renew = renew};
	struct copl_sink sink = seen_sink(s);
	enum copl_status st;

	snprintf(paths[0], sizeof(paths[0]), "%s", in("p"));
	snprintf(paths[1], sizeof(paths[1]), "%s/releases", in("p"));
	st = copl_build(&o, &sink);
	if (st != COPL_OK)
		print_error("%s", s->text);
	assert_int_equal(st, COPL_OK);
	assert_string_equal(s->event, event);
}

static void is_version(const char *path, const char *version)
{
	if (run("grep -q '<data id=\"mini_[a-z]*\" version=\"%s\">' "
		"p/releases/%s",
		version, path) != 0)
		fail_msg("%s is not %s", path, version);
}

static void change(const char *old, const char *new)
{
	assert_int_equal(run("cp p/consultation.xml was && "
			     "sed -i 's/%s/%s/' p/consultation.xml && "
			     "! cmp -s was p/consultation.xml",
			     old, new),
	    0);
}

static void only_new_content_is_a_new_version(void **state)
{
	struct seen s;

	(void)state;
	make_project();
	build(false, false, "built", &s);
	is_version("latest/" NORTH, "1-r1");
	is_version("latest/" EAST, "1-r1");
	assert_int_equal(run("grep -q '<_version>1</_version>' "
			     "p/releases/latest/" NORTH),
	    0);
	build(false, false, "unchanged", &s);
	/* Something of one recipient only. */
	change("north@example.org", "cairo@example.org");
	build(false, false, "built", &s);
	is_version("latest/" NORTH, "1-r2");
	is_version("latest/" EAST, "1-r1");
	assert_int_equal(
	    run("cmp p/releases/1/" EAST " p/releases/2/" EAST), 0);
}

static void what_comes_back_is_new_for_a_phone(void **state)
{
	struct seen s;

	(void)state;
	make_project();
	build(false, false, "built", &s);
	change("north@example.org", "cairo@example.org");
	build(false, false, "built", &s);
	change("cairo@example.org", "north@example.org");
	build(false, false, "built", &s);
	is_version("latest/" NORTH, "1-r3");
	/* A new signature alone makes no new form. */
	build(false, true, "built", &s);
	assert_non_null(strstr(s.fields, "version=4;"));
	is_version("latest/" NORTH, "1-r3");
	/* Nor does it hide a raised version. */
	assert_int_equal(run("sed -i 's/ version=\"1\"/ version=\"1-r3\"/' "
			     "p/forms/mini.xml"),
	    0);
	help_review_project(in("p"), COPL_REVIEW_REVIEWED);
	build(false, false, "built", &s);
	is_version("latest/" NORTH, "1-r3-r5");
}

static void a_draft_has_versions_of_its_own(void **state)
{
	struct seen s;

	(void)state;
	make_project();
	build(false, false, "built", &s);
	build(true, false, "built", &s);
	is_version("draft/" EAST, "1-r2-draft");
	build(true, false, "unchanged", &s);
	change("north@example.org", "cairo@example.org");
	build(true, false, "built", &s);
	is_version("draft/" EAST, "1-r2-draft");
	is_version("draft/" NORTH, "1-r3-draft");
	build(false, false, "built", &s);
	is_version("latest/" EAST, "1-r1");
	is_version("latest/" NORTH, "1-r4");
}

static void without_the_latest_release_all_is_new(void **state)
{
	struct seen s;

	(void)state;
	make_project();
	build(false, false, "built", &s);
	assert_int_equal(run("rm p/releases/latest"), 0);
	build(false, false, "built", &s);
	is_version("latest/" NORTH, "1-r2");
	/* A damaged one is no measure either. */
	assert_int_equal(run("chmod u+w p/releases/2/* && sed -i "
			     "'s/1-r2/1-r9/' p/releases/2/" NORTH),
	    0);
	build(false, true, "built", &s);
	is_version("latest/" NORTH, "1-r3");
	is_version("latest/" EAST, "1-r2");
}

static int setup(void **state)
{
	return scratch_make(state) != 0 ||
		       copl_keygen(in("k"), NULL, NULL) != COPL_OK
		   ? -1
		   : 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_new_content_is_a_new_version),
	    cmocka_unit_test(what_comes_back_is_new_for_a_phone),
	    cmocka_unit_test(a_draft_has_versions_of_its_own),
	    cmocka_unit_test(without_the_latest_release_all_is_new),
	};

	return cmocka_run_group_tests(tests, setup, scratch_remove);
}
