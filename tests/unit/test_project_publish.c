/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_project.h"

/* What a project says to translators, and about publishing. */
static const struct variant variants[] = {
    {"src='mémoire'", "src='¦../mémoire'", "project-bad-value", 1, false},
    {"src='termes/glossaire.tsv'", "src='¦C:\\termes.tsv'", "project-bad-value",
	1, false},
    {"due='2028-02-29'", "due='¦2027-02-29'", "project-bad-value", 1, true},
    {"due='2028-02-29'", "due='¦29.02.2028'", "project-bad-value", 1, true},
    {"due='2028-02-29'", "due='¦1969-12-31'", "project-bad-value", 1, false},
    {"tag='ar'", "tag='ar' due='¦soon'", "project-bad-value", 1, true},
    {"tag='ar'", "tag='ar' address='¦kind'", "project-bad-value", 1, true},
    {"state='reviewed'", "state='¦translated'", "project-bad-value", 1, true},
    {"percent='80'", "percent='¦0'", "project-bad-value", 1, true},
    {"percent='80'", "percent='¦101'", "project-bad-value", 1, true},
    {"percent='80'", "percent='¦80%'", "project-bad-value", 1, true},
    {"texts='all'", "texts='¦ '", "project-bad-value", 1, true},
    {"' help  error'", "' help  ¦errors'", "project-bad-value", 1, true},
    {"' help  error'", "' help error ¦help'", "project-duplicate", 1, false},
    {"' help  error'", "' help ¦all'", "project-duplicate", 1, true},
    {"languages='zh-Hans ar'", "languages='zh-Hans ¦ru ar'", "project-language",
	1, false},
    {"languages='zh-Hans ar'", "languages='ar zh-Hans ¦ar'",
	"project-duplicate", 1, false},
    {"languages='zh-Hans ar'", "languages='¦'", "project-bad-value", 1, true},
    {"texts='all' state='reviewed' percent='80'",
	"texts='help consent' state='reviewed' percent='¦99'",
	"project-gate-low", 1, false},
    {"texts='all' state='reviewed' percent='80'",
	"percent='¦99' texts='privacy' state='reviewed'", "project-gate-low", 1,
	false},
    {"<gate texts='all' state='reviewed' percent='80'/>",
	"¦<gate texts='all'/>", "project-missing-attribute", 1, true},
    {"<translation due='2028-02-29'/><publish>",
	"<publish><gate texts='all' state='reviewed'/></publish>"
	"¦<translation due='2028-02-29'/><publish>",
	"project-order", 2, true},
};

static void each_setting_is_checked_at_its_place(void **state)
{
	check_variants(*state, variants, COPL_COUNT(variants));
}

static void the_schema_agrees_about_every_variant(void **state)
{
	(void)state;
	check_schema(variants, COPL_COUNT(variants));
}

static void settings_for_translators_are_read(void **state)
{
	struct folder *f = *state;
	const struct copl_language *l;
	struct copl_project *p = NULL;
	size_t line, column;
	char path[400], *s;

	s = changed("tag='ar'/>",
	    "¦tag='ar' due='2028-01-01' address='formal'/>", &line, &column);
	assert_int_equal(load_text(f, s, &p), COPL_OK);
	snprintf(path, sizeof(path), "%s/termes/glossaire.tsv", f->dir);
	assert_string_equal(p->glossary_path, path);
	snprintf(path, sizeof(path), "%s/mémoire", f->dir);
	assert_string_equal(p->compendium_path, path);
	assert_int_equal(p->translation_due, INT64_C(1835395200));
	l = copl_project_language(p, "ar");
	assert_int_equal(l->address, COPL_ADDRESS_FORMAL);
	assert_int_equal(l->due, INT64_C(1830297600));
	l = copl_project_language(p, "zh-Hans");
	assert_ptr_equal(copl_project_language_named(p, "zh-Hans"), l);
	assert_ptr_equal(copl_project_language_named(p, "zh_CN"), l);
	assert_null(copl_project_language_named(p, "zh"));
	assert_int_equal(l->address, COPL_ADDRESS_NONE);
	assert_int_equal(l->due, INT64_C(1835395200));
	copl_project_free(p);
	free(s);
}

static void a_project_need_not_say_anything_to_translators(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;
	const char *from = strstr(good, "<glossary");
	const char *to = strstr(good, "<safeguarding");
	char *s = NULL;

	assert_true(asprintf(&s, "%.*s%s", (int)(from - good), good, to) > 0);
	assert_int_equal(load_text(f, s, &p), COPL_OK);
	assert_null(p->glossary_path);
	assert_null(p->compendium_path);
	assert_int_equal(p->translation_due, -1);
	assert_int_equal(p->languages[0].due, -1);
	assert_int_equal(p->ngates, 0);
	copl_project_free(p);
	free(s);
}

#define BIT(kind) (1u << COPL_TEXT_##kind)

static void gates_are_read(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;

	assert_int_equal(load_text(f, good, &p), COPL_OK);
	assert_int_equal(p->ngates, 2);
	assert_int_equal(p->gates[0].texts, (1u << COPL_TEXT_KINDS) - 1);
	assert_int_equal(p->gates[0].nlanguages, 0);
	assert_int_equal(p->gates[0].percent, 80);
	assert_false(p->gates[0].approved);
	assert_int_equal(p->gates[1].texts, BIT(HELP) | BIT(ERROR));
	assert_int_equal(p->gates[1].nlanguages, 2);
	assert_string_equal(p->gates[1].languages[0]->tag, "zh-Hans");
	assert_int_equal(p->gates[1].percent, 100);
	assert_true(p->gates[1].approved);
	copl_project_free(p);
}

static void a_gate_of_languages_that_are_left_out_goes_too(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;

	assert_int_equal(load_text(f, good, &p), COPL_OK);
	assert_int_equal(copl_project_leave_out(p, "ar"), COPL_OK);
	assert_int_equal(p->ngates, 2);
	assert_int_equal(p->gates[1].nlanguages, 1);
	assert_ptr_equal(
	    p->gates[1].languages[0], copl_project_language(p, "zh-Hans"));
	assert_int_equal(copl_project_leave_out(p, "zh-Hans"), COPL_OK);
	assert_int_equal(p->ngates, 1);
	assert_int_equal(p->gates[0].percent, 80);
	copl_project_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(settings_for_translators_are_read),
	    IN_FOLDER(a_project_need_not_say_anything_to_translators),
	    IN_FOLDER(gates_are_read),
	    IN_FOLDER(a_gate_of_languages_that_are_left_out_goes_too),
	    IN_FOLDER(each_setting_is_checked_at_its_place),
	    cmocka_unit_test(the_schema_agrees_about_every_variant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
