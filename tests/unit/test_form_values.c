/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a form says about values, lists and their order in each language. */
#include "config.h"
#include "form_sample.h"

#define YEAR "<param name='year' type='number' value='2027'/>"
#define CONTACT "<contact>"
#define SECTION "<section id='start'>"
#define TOPICS                                                                 \
	"<choices id='topics'>"                                                \
	"<option value='games' note='n'>игры</option>"                     \
	"<option value='music'>музыку {year}</option>"                   \
	"<option value='else' note='n' other='yes'>другое "              \
	"{what}</option></choices>\n"
#define WHAT "<param name='what' type='list' use='topics'/>"

/* The good form with up to three places changed. */
static char *with(const char *const pairs[][2], size_t n)
{
	char *s = strdup(good);
	size_t i;

	for (i = 0; i < n && pairs[i][0] != NULL; i++) {
		char *at = strstr(s, pairs[i][0]), *next = NULL;

		assert_non_null(at);
		assert_true(asprintf(&next, "%.*s%s%s", (int)(at - s), s,
				pairs[i][1], at + strlen(pairs[i][0])) > 0);
		free(s);
		s = next;
	}
	assert_non_null(s);
	return s;
}

struct bad {
	const char *changes[3][2];
	const char *code;
	size_t line;
	const char *says;
};

/* One finding, the code and words given, and nothing else. */
static void refused(const struct bad *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		char *s = with(list[i].changes, 3);
		struct seen seen;

		assert_int_equal(check_bytes(s, &seen), COPL_E_INVALID);
		if (seen.n != 1 || strcmp(seen.code[0], list[i].code) != 0 ||
		    seen.line[0] != list[i].line ||
		    strstr(seen.text[0], list[i].says) == NULL) {
			print_message("# row %zu: want %s\n", i, list[i].says);
			print_seen(&seen);
			fail();
		}
		free(s);
	}
}

static void fine(const char *const changes[][2], size_t n, bool localized,
    struct copl_xml **x, struct copl_form **f)
{
	char *s = with(changes, n);
	struct seen seen;

	if (read_bytes(s, localized, &seen, x, f) != COPL_OK || seen.n > 0) {
		print_seen(&seen);
		fail();
	}
	free(s);
}

/* ---- numbers, percentages, lists ---- */

static void percentages_are_numbers_as_people_say_them(void **state)
{
	static const char *const good_one[][2] = {
	    {YEAR, "<param name='year' type='percent' value='12.5'/>"}};
	static const struct bad bad[] = {
	    {{{YEAR, "<param name='year' type='percent' value='12,5'/>"}},
		"form-param-value", 9, "\"12,5\" is not a value"},
	    {{{YEAR, "<param name='year' type='percent' value='12 %'/>"}},
		"form-param-value", 9, "\"12 %\" is not a value"},
	    {{{YEAR, "<param name='year' type='percent' value='١٢'/>"}},
		"form-param-value", 9, "\"١٢\" is not a value"},
	    {{{YEAR, "<param name='year' type='percent'/>"}},
		"form-param-source", 9, "add value"},
	    {{{"name='keep_until' type='date'",
		 "name='keep_until' type='percent'"}},
		"form-param-type", 8, "write type=\"date\""},
	    {{{YEAR, "<param name='year' type='procent' value='1'/>"}},
		"form-bad-value", 9, "number percent list"},
	};
	struct copl_xml *x;
	struct copl_form *f;

	(void)state;
	fine(good_one, 1, false, &x, &f);
	assert_int_equal(f->params[2].type, COPL_PARAM_PERCENT);
	assert_string_equal(f->params[2].value, "12.5");
	copl_form_free(f);
	copl_xml_free(x);
	refused(bad, COPL_COUNT(bad));
}

static void a_list_names_the_choices_it_is_made_of(void **state)
{
	static const char *const good_one[][2] = {
	    {YEAR, YEAR "<param name='what' type='list' use='yes_no'/>"},
	    {CONTACT, CONTACT "{what}: "}};
	struct copl_xml *x;
	struct copl_form *f;

	(void)state;
	fine(good_one, 2, false, &x, &f);
	assert_int_equal(f->params[3].type, COPL_PARAM_LIST);
	assert_ptr_equal(f->params[3].list, &f->choices[0]);
	copl_form_free(f);
	copl_xml_free(x);
}

static void slips_in_a_list_are_named(void **state)
{
	static const struct bad bad[] = {
	    {{{YEAR, YEAR "<param name='what' type='list'/>"},
		 {CONTACT, CONTACT "{what}: "}},
		"form-param-list", 9, "nothing says what {what} lists"},
	    {{{YEAR, YEAR "<param name='what' type='list' use='yes_not'/>"},
		 {CONTACT, CONTACT "{what}: "}},
		"form-unknown-choices", 9, "did you mean \"yes_no\""},
	    {{{YEAR, YEAR "<param name='what' type='text' use='yes_no'"
			  " value='игры'/>"},
		 {CONTACT, CONTACT "{what}: "}},
		"form-param-list", 9, "remove \"use\""},
	    {{{YEAR, YEAR "<param name='what' type='list' use='yes_no'"
			  " value='игры'/>"},
		 {CONTACT, CONTACT "{what}: "}},
		"form-param-list", 9, "remove \"value\""},
	    {{{YEAR, YEAR WHAT}, {SECTION, TOPICS SECTION},
		 {"музыку {year}", "музыку {what}"}},
		"form-param-list", 16, "remove {what}"},
	    {{{YEAR, YEAR WHAT "<param name='more' type='list' use='topics'/>"},
		 {CONTACT, CONTACT "{more}: "},
		 {SECTION,
		     "<choices id='topics'><option value='games' note='n'>"
		     "игры {what}</option><option value='music' note='n'>музыку"
		     "</option></choices>\n" SECTION}},
		"form-param-list", 16, "remove {what}"},
	    {{{YEAR, YEAR WHAT},
		 {SECTION,
		     "<choices id='topics'><option value='skip' note='n'>нет"
		     "</option><option value='x' exclusive='yes'>да "
		     "{what}</option></choices>" SECTION}},
		"form-param-list", 9, "no option of this list"},
	    {{{"name='office' type='text'",
		 "name='office' type='list' use='yes_no'"}},
		"form-param-type", 7, "write type=\"text\""},
	};

	(void)state;
	refused(bad, COPL_COUNT(bad));
}

/* ---- order="collate" ---- */

#define ORDERED                                                                \
	"<choices id='topics' order='collate'>"                                \
	"<option value='e'>яблоко</option>"                              \
	"<option value='n' exclusive='yes'>а ничего</option>"           \
	"<option value='a'>ананас</option>"                              \
	"<option value='o' other='yes'>а другое</option>"               \
	"<option value='skip'>а не скажу</option>"                     \
	"<option value='b'>ананас</option>"                              \
	"<option value='c'>банан</option></choices>\n"

static int by_bytes(void *arg, const char *a, const char *b)
{
	++*(int *)arg;
	return strcmp(a, b);
}

static void in_this_order(const struct copl_choices *list, const char *values)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	size_t i;

	for (i = 0; i < list->n; i++) {
		copl_strbuf_puts(&b, list->options[i].value);
		copl_strbuf_puts(&b, " ");
	}
	assert_string_equal(copl_strbuf_text(&b), values);
	copl_strbuf_clear(&b);
}

static void options_follow_the_alphabet_and_the_last_stay_last(void **state)
{
	static const char *const changes[][2] = {{SECTION, ORDERED SECTION},
	    {"<choose-one id='seen' use='yes_no'",
		"<choose-many id='what' use='topics'><label>Что?</label>"
		"</choose-many><choose-one id='seen' use='yes_no'"},
	    {"<choose-many id='told' max='2' shuffle='yes'>",
		"<choose-many id='told' max='2' order='collate'>"}};
	struct copl_reporter r;
	struct copl_xml *x;
	struct copl_form *f;
	int calls = 0;

	(void)state;
	copl_reporter_init(&r, NULL);
	fine(changes, 3, true, &x, &f);
	assert_true(copl_form_collated(f));
	in_this_order(&f->choices[1], "e n a o skip b c ");
	assert_int_equal(copl_form_collate(f, by_bytes, &calls, &r), COPL_OK);
	assert_true(calls > 0);
	/* Equal texts as written; codes go with their texts. */
	in_this_order(&f->choices[1], "a b c e n o skip ");
	in_this_order(&f->choices[0], "yes skip ");
	/* What the questions point at is the same list. */
	in_this_order(f->sections[1].items[0].choices, "a b c e n o skip ");
	in_this_order(f->sections[1].items[2].choices, "friend other nobody ");
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	copl_form_free(f);
	copl_xml_free(x);
}

static void a_form_without_such_lists_is_left_alone(void **state)
{
	static const char *const changes[][2] = {
	    {"kind='nominal'", "order='written'"}};
	struct copl_reporter r;
	struct copl_xml *x;
	struct copl_form *f;
	int calls = 0;

	(void)state;
	copl_reporter_init(&r, NULL);
	fine(changes, 1, true, &x, &f);
	assert_false(copl_form_collated(f));
	assert_int_equal(copl_form_collate(f, by_bytes, &calls, &r), COPL_OK);
	assert_int_equal(calls, 0);
	copl_form_free(f);
	copl_xml_free(x);
}

static void an_order_that_means_something_stays(void **state)
{
	static const struct bad bad[] = {
	    {{{"kind='nominal'", "kind='ordinal' order='collate'"}},
		"form-collate", 15, "means something"},
	    {{{"<choose-many id='told' max='2'",
		 "<choose-many id='told' max='2' order='collate'"}},
		"form-collate", 24, "remove shuffle"},
	    {{{"id='yes_no' kind='nominal'", "id='yes_no' order='collate'"},
		 {"id='seen' use='yes_no'",
		     "id='seen' use='yes_no' shuffle='yes'"}},
		"form-collate", 23, "remove shuffle"},
	    {{{"<choose-one id='age'", "<choose-one order='collate' id='age'"}},
		"form-collate", 18, "from young to old"},
	    {{{"id='seen' use='yes_no'",
		 "id='seen' use='yes_no' order='collate'"}},
		"form-collate", 23, "at the <choices>"},
	    {{{"kind='nominal'", "order='abc'"}}, "form-bad-value", 15,
		"written collate"},
	    {{{"<rank id='who'", "<rank order='collate' id='who'"}},
		"form-unknown-attribute", 28, "\"order\""},
	};

	(void)state;
	refused(bad, COPL_COUNT(bad));
}

/* ---- links ---- */

static void a_link_is_the_recipients_or_the_languages(void **state)
{
	static const char *const good_one[][2] = {
	    {"recipient='helpline'", "per-language='yes'"}};
	static const struct bad bad[] = {
	    {{{"recipient='helpline'",
		 "per-language='yes' recipient='helpline'"}},
		"form-link", 10, "remove recipient or per-language"},
	    {{{"recipient='helpline'", "per-language='oui'"}}, "form-bad-value",
		10, "\"yes\" or \"no\""},
	    {{{"https://example.org/", "https://example.org/\xc2\xa0"}},
		"form-bad-value", 10, "has no blanks"},
	    {{{"https://example.org/", "https://example.org/\xe2\x80\x8f"}},
		"form-bad-value", 10, "has no blanks"},
	    {{{"id='tools'", "id='link'"}}, "form-reserved", 27, "\"link\""},
	};
	struct copl_xml *x;
	struct copl_form *f;

	(void)state;
	fine(good_one, 1, false, &x, &f);
	copl_form_free(f);
	copl_xml_free(x);
	refused(bad, COPL_COUNT(bad));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(percentages_are_numbers_as_people_say_them),
	    cmocka_unit_test(a_list_names_the_choices_it_is_made_of),
	    cmocka_unit_test(slips_in_a_list_are_named),
	    cmocka_unit_test(
		options_follow_the_alphabet_and_the_last_stay_last),
	    cmocka_unit_test(a_form_without_such_lists_is_left_alone),
	    cmocka_unit_test(an_order_that_means_something_stays),
	    cmocka_unit_test(a_link_is_the_recipients_or_the_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
