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

/* ---- numbers in texts of the interface ---- */

/* The interface of a language with forms for choose_up_to. */
static void count_words_of(
    struct kit *k, size_t i, const char *file, const char *from, const char *to)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(FORM_MAX);
	struct copl_strbuf with = COPL_STRBUF_INIT(FORM_MAX);
	struct copl_xml *x = NULL;
	const char *at;

	assert_int_equal(
	    copl_file_read(path_of(file), FORM_MAX, &k->r, &b), COPL_OK);
	at = strstr(b.s, from);
	assert_non_null(at);
	copl_strbuf_add(&with, b.s, (size_t)(at - b.s));
	copl_strbuf_puts(&with, to);
	copl_strbuf_puts(&with, at + strlen(from));
	assert_int_equal(
	    copl_xml_read(with.s, with.len, file, COPL_XML_STRICT, &k->r, &x),
	    COPL_OK);
	copl_interface_free(k->words[i]);
	k->words[i] = NULL;
	assert_int_equal(copl_interface_read(x, &k->r, &k->words[i]), COPL_OK);
	k->languages[i].words = k->words[i];
	copl_xml_free(x);
	copl_strbuf_clear(&with);
	copl_strbuf_clear(&b);
}

static void words_around_a_number_fit_it(void **state)
{
	static const char three[] =
	    "<choose-many id='q' max='3'><label>Q</label>"
	    "<option value='a' note='n'>A</option>"
	    "<option value='b' note='n'>B</option>"
	    "<option value='c' note='n'>C</option>"
	    "<option value='d' note='n'>D</option></choose-many>";
	struct kit k;

	(void)state;
	kit_init(&k);
	add_items(&k, "en", "", three);
	add_items(&k, "ar", "", three);
	count_words_of(&k, 1, "interface_ar.xml",
	    "<text id=\"choose_up_to\">"
	    "الحد الأقصى لعدد الإجابات: {max}.</text>",
	    "<text id=\"choose_up_to\" count=\"max\">"
	    "<form>صفر</form><form>إجابة</form><form>إجابتين</form>"
	    "<form>{max} إجابات</form><form>{max} إجابةً</form>"
	    "<form>{max} إجابة</form></text>");
	render(&k);
	assert_string_equal(
	    text_of(&k, 1, "q/hint"), "Choose up to 3 answers.");
	assert_string_equal(text_of(&k, 2, "q/hint"), "\xe2\x81\xa8"
						      "3"
						      "\xe2\x81\xa9"
						      " إجابات");
	kit_free(&k);
}

/* ---- texts that are not translated yet ---- */

static void texts_in_another_language_are_told(void **state)
{
	static const char q[] = "<number id='q'><label>Q</label></number>";
	struct kit k;

	(void)state;
	kit_init(&k);
	add_items(&k, "en", "", q);
	add_items(&k, "ar", "", q);
	k.languages[1].fallback = "en";
	render(&k);
	assert_null(strstr(text_of(&k, 1, "about/title"), "English"));
	assert_non_null(strstr(text_of(&k, 2, "about/title"), "English"));
	assert_non_null(
	    strstr(text_of(&k, 2, "about/title"), "غير متوفرة بلغتك"));
	kit_free(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_answer_keeps_its_words_in_every_order),
	    cmocka_unit_test(
		a_box_and_a_question_of_its_name_have_their_own_words),
	    cmocka_unit_test(words_around_a_number_fit_it),
	    cmocka_unit_test(texts_in_another_language_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
