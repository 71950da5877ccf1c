/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An ODK form says the same in each of its languages. */
#include "config.h"
#include "help_odk.h"

/* One section with these items, for the next language of the kit. */
static void add_items(
    struct kit *k, const char *lang, const char *choices, const char *items)
{
	char sections[8192];

	snprintf(sections, sizeof(sections),
	    "<section id='main'><title>T</title>%s</section>", items);
	add_small(k, lang, choices, sections);
}

/* ---- order="collate" ---- */

static void collate(struct kit *k)
{
	size_t i;

	for (i = 0; i < k->odk.nlanguages; i++)
		assert_int_equal(copl_render_collate(
				     k->forms[i], k->languages[i].tag, &k->r),
		    COPL_OK);
}

#define LIST(a, b, c)                                                          \
	"<choices id='list' order='collate'>"                                  \
	"<option value='art' note='n'>" a "</option>"                          \
	"<option value='games' note='n'>" b "</option>"                        \
	"<option value='music' note='n'>" c "</option></choices>"
#define ITEMS(a, b)                                                            \
	"<choose-one id='q' use='list'><label>Q</label></choose-one>"          \
	"<choose-many id='own' order='collate'><label>O</label>"               \
	"<option value='x' note='n'>" a "</option>"                            \
	"<option value='y' note='n'>" b "</option></choose-many>"

static void each_answer_keeps_its_words_in_every_order(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k);
	add_items(&k, "en", LIST("Art", "Games", "Music"), ITEMS("A", "B"));
	add_items(&k, "ar", LIST("فن", "ألعاب", "موسيقى"), ITEMS("ب", "أ"));
	collate(&k);
	/* The orders differ, or this would show nothing. */
	assert_string_equal(k.forms[1]->choices[0].options[0].value, "games");
	render(&k);
	assert_string_equal(text_of(&k, 1, "list/art"), "Art");
	assert_string_equal(text_of(&k, 2, "list/art"), "فن");
	assert_string_equal(text_of(&k, 2, "list/games"), "ألعاب");
	assert_string_equal(text_of(&k, 2, "list/music"), "موسيقى");
	assert_string_equal(text_of(&k, 2, "own/x"), "ب");
	assert_string_equal(text_of(&k, 2, "own/y"), "أ");
	kit_free(&k);
}

/* ---- names of texts ---- */

static void a_box_and_a_question_of_its_name_have_their_own_words(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k);
	add_small(&k, "en", "",
	    "<section id='one'><title>T</title>"
	    "<choose-one id='x'><label>X</label>"
	    "<option value='a' note='n'>A</option>"
	    "<option value='b' other='yes' note='n'>B</option></choose-one>"
	    "</section>"
	    "<section id='two'><title>T</title>"
	    "<text id='x_other'><label>What else is there?</label>"
	    "<hint>Take your time.</hint></text></section>");
	render(&k);
	assert_true(has_node(&k, "/data/one/x_other"));
	assert_string_equal(
	    text_of(&k, 1, "x_other/label"), "What else is there?");
	assert_non_null(strstr(text_of(&k, 1, "x_other/hint"), "your time"));
	assert_int_equal(
	    number_of(k.doc, "//x:input[@ref = '/data/one/x_other']"
			     "/x:label[@ref = \"jr:itext('_other/x/label')\"]"),
	    1);
	kit_free(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_answer_keeps_its_words_in_every_order),
	    cmocka_unit_test(
		a_box_and_a_question_of_its_name_have_their_own_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
