/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner: its quick way and its general one must agree. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "help_catalog.h"

static void what_follows_an_entry_may_belong_to_it(void **state)
{
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_po(HEADER "\nmsgid \"a\"\nmsgstr \"б\"\n\n\"в\"\n"
					"\n\"г\"\nmsgid \"b\"\nmsgstr \"\"\n"
					"\n\"д\"\n",
			     &c),
	    COPL_OK);
	assert_string_equal(c->messages[0].str[0], "бвг");
	assert_string_equal(c->messages[0].id, "a");
	assert_string_equal(c->messages[1].str[0], "д");
	copl_catalog_free(c);
}

static void comments_may_stand_in_any_order(void **state)
{
	struct copl_catalog *c = NULL;
	const struct copl_message *m;

	(void)state;
	assert_int_equal(
	    read_po(HEADER "\n#. a\n#: r\n#. b\n#,\tno-wrap\n#, fuzzy\n# c\n"
			   "#\n# d\nmsgid \"x\"\nmsgstr \"\"\n",
		&c),
	    COPL_OK);
	m = &c->messages[0];
	assert_string_equal(m->extracted, "a\nb");
	assert_string_equal(m->refs, "r");
	assert_string_equal(m->flags, "no-wrap, fuzzy");
	assert_true(m->fuzzy);
	assert_string_equal(m->comment, "c\n\nd");
	copl_catalog_free(c);
}

/* A key is ctxt EOT msgid, as in a compiled catalog. */
static void an_eot_may_stand_on_either_side(void **state)
{
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_po(HEADER "\nmsgid \"a\\004b\"\nmsgstr \"1\"\n\n"
					"msgctxt \"a\"\nmsgid \"b\"\n"
					"msgstr \"2\"\n",
			     &c),
	    COPL_E_PARSE);
	assert_int_equal(seen_count(&seen, "duplicate-entry"), 1);
	assert_int_equal(read_po(HEADER "\nmsgctxt \"a\\004b234567890\"\n"
					"msgid \"c\"\nmsgstr \"1\"\n",
			     &c),
	    COPL_OK);
	assert_non_null(copl_catalog_find(c, "a", "b234567890\004c"));
	assert_null(copl_catalog_find(c, "a", "b234567890\004d"));
	copl_catalog_free(c);
}

static void sixteen_plural_forms_are_the_limit(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(10000);
	struct copl_catalog *c = NULL;
	size_t i;

	(void)state;
	copl_strbuf_puts(&b, HEADER "\nmsgid \"a\"\nmsgid_plural \"b\"\n");
	for (i = 0; i < 16; i++)
		copl_strbuf_printf(&b, "msgstr[%zu] \"%zu\"\n", i, i);
	assert_int_equal(read_po(b.s, &c), COPL_OK);
	assert_int_equal(c->messages[0].nstr, 16);
	assert_string_equal(c->messages[0].str[15], "15");
	copl_catalog_free(c);
	c = NULL;
	copl_strbuf_puts(&b, "msgstr[16] \"\"\n");
	assert_int_equal(read_po(b.s, &c), COPL_E_PARSE);
	assert_int_equal(seen.n, 1);
	copl_strbuf_clear(&b);
}

static void bytes_are_looked_at_wherever_they_stand(void **state)
{
	/* Good and bad sequences, to Unicode table 3-7. */
	static const struct {
		const char *bytes;
		bool good;
	} cases[] = {{"\xd1\x8f", true}, {"\xe0\xa4\x85", true},
	    {"\xed\x95\x9c", true}, {"\xf0\x9f\x98\x80", true},
	    {"\xf4\x8f\xbf\xbf", true}, {"\xd1", false}, {"\x8f", false},
	    {"\xc1\xbf", false}, {"\xe0\x9f\xbf", false},
	    {"\xed\xa0\x80", false}, {"\xe4\xbd", false},
	    {"\xf0\x8f\xbf\xbf", false}, {"\xf0\x9f\x98", false},
	    {"\xf4\x90\x80\x80", false}, {"\xf5\x80\x80\x80", false},
	    {"\xff", false}};
	char po[1000];
	size_t i, k;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++)
		for (k = 0; k < 280; k++) {
			struct copl_catalog *c = NULL;
			int len = snprintf(po, sizeof(po), "%s# %0*d%s", HEADER,
			    (int)k + 1, 0, cases[i].bytes);

			/* At the end, and with a line behind it. */
			assert_int_equal(read_bytes(po, (size_t)len, &c),
			    cases[i].good ? COPL_OK : COPL_E_PARSE);
			copl_catalog_free(c);
			c = NULL;
			snprintf(po + len, sizeof(po) - (size_t)len,
			    "\n# nothing\n");
			assert_int_equal(read_po(po, &c),
			    cases[i].good ? COPL_OK : COPL_E_PARSE);
			copl_catalog_free(c);
			if (cases[i].good)
				continue;
			assert_int_equal(seen.n, 1);
			assert_int_equal(seen.list[0].line, 5);
			assert_int_equal(seen.list[0].column, k + 4);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_follows_an_entry_may_belong_to_it),
	    cmocka_unit_test(comments_may_stand_in_any_order),
	    cmocka_unit_test(an_eot_may_stand_on_either_side),
	    cmocka_unit_test(sixteen_plural_forms_are_the_limit),
	    cmocka_unit_test(bytes_are_looked_at_wherever_they_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
