/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "help_odk.h"

#define FSI "\xe2\x81\xa8"
#define LRI "\xe2\x81\xa6"
#define PDI "\xe2\x81\xa9"

static void two_languages(struct kit *k)
{
	kit_init(k);
	load(k, "every_type.xml", "interface_en.xml");
	load(k, "every_type_odk_ar.xml", "interface_ar.xml");
	render(k);
}

/* ---- the whole form ---- */

static void every_type_looks_as_it_did(void **state)
{
	struct copl_strbuf want = COPL_STRBUF_INIT(FORM_MAX);
	const char *name;
	struct kit k;
	size_t i = 0;

	(void)state;
	two_languages(&k);
	name = path_of("every_type.odk.xml");
	if (getenv("COPL_UPDATE") != NULL)
		assert_int_equal(copl_file_replace(name, k.out.s, k.out.len,
				     0644, &k.r, NULL),
		    COPL_OK);
	assert_int_equal(copl_file_read(name, FORM_MAX, &k.r, &want), COPL_OK);
	while (k.out.s[i] != '\0' && k.out.s[i] == want.s[i])
		i++;
	if (k.out.s[i] != want.s[i])
		fail_msg("differs at byte %zu: got %.70s", i, k.out.s + i);
	copl_strbuf_clear(&want);
	kit_free(&k);
}

static void all_translations_have_the_same_texts(void **state)
{
	struct kit k;
	size_t n;

	(void)state;
	two_languages(&k);
	n = number_of(k.doc, "//x:translation[1]/x:text");
	assert_true(n > 60);
	assert_int_equal(number_of(k.doc, "//x:translation"), 2);
	assert_int_equal(number_of(k.doc, "//x:translation[2]/x:text"), n);
	assert_int_equal(number_of(k.doc, "//x:translation[2]/x:text[@id = "
					  "//x:translation[1]/x:text/@id]"),
	    n);
	assert_int_equal(
	    number_of(k.doc, "//x:text[@id = preceding-sibling::*/@id]"), 0);
	assert_int_equal(
	    number_of(k.doc, "//x:text[not(x:value[normalize-space()])]"), 0);
	/* All of it is in the language: no text but numbers is the same. */
	assert_int_equal(
	    number_of(k.doc, "//x:translation[2]/x:text[x:value = "
			     "//x:translation[1]/x:text/x:value]"
			     "[not(starts-with(@id, '_numbers/'))]"),
	    0);
	assert_int_equal(
	    number_of(k.doc, "//x:translation[@lang = 'English (en)']"
			     "[@default = 'true()']"),
	    1);
	assert_int_equal(
	    number_of(k.doc, "//x:translation[@lang = 'العربية (ar)']"
			     "[not(@default)]"),
	    1);
	kit_free(&k);
}

/* Each jr:itext('...') that these attributes hold names a text. */
static void resolve_texts(struct kit *k, const char *expression, size_t least)
{
	xmlXPathObject *o = find(k->doc, expression);
	int i, n = o->nodesetval == NULL ? 0 : o->nodesetval->nodeNr;

	assert_true((size_t)n >= least);
	for (i = 0; i < n; i++) {
		xmlChar *s = xmlNodeGetContent(o->nodesetval->nodeTab[i]);
		char id[256] = "";

		assert_int_equal(
		    sscanf((const char *)s, "jr:itext('%255[^']')", id), 1);
		if (*text_of(k, 1, id) == '\0' || *text_of(k, 2, id) == '\0')
			fail_msg("no text: %s", id);
		xmlFree(s);
	}
	xmlXPathFreeObject(o);
}

static void every_reference_leads_somewhere(void **state)
{
	struct kit k;
	xmlXPathObject *o;
	int i;

	(void)state;
	two_languages(&k);
	resolve_texts(&k,
	    "//@ref[starts-with(., 'jr:itext(') and not(. = "
	    "'jr:itext(itextId)')]",
	    40);
	resolve_texts(&k, "//@jr:requiredMsg | //@jr:constraintMsg", 36);
	o = find(k.doc, "//@nodeset[starts-with(., '/')] | "
			"//@ref[starts-with(., '/')]");
	assert_true(o->nodesetval->nodeNr > 60);
	for (i = 0; i < o->nodesetval->nodeNr; i++) {
		xmlChar *s = xmlNodeGetContent(o->nodesetval->nodeTab[i]);

		if (!has_node(&k, (const char *)s))
			fail_msg("no node: %s", (const char *)s);
		xmlFree(s);
	}
	xmlXPathFreeObject(o);
	/* All lists are there, and their texts. */
	assert_int_equal(
	    number_of(
		k.doc, "//x:itemset[not(contains(@nodeset, 'instance('))]"),
	    0);
	assert_int_equal(
	    number_of(k.doc, "//x:itextId[not(. = //x:text/@id)]"), 0);
	assert_int_equal(
	    number_of(k.doc, "//x:itemset[not(substring-before(substring-after("
			     "@nodeset, \"instance('\"), \"'\") = "
			     "//x:instance/@id)]"),
	    0);
	kit_free(&k);
}

static void every_question_has_both_messages(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	assert_true(number_of(k.doc, "//x:bind[@jr:requiredMsg]") > 17);
	assert_int_equal(
	    number_of(k.doc, "//x:bind[@type][not(@readonly)]"
			     "[not(@jr:requiredMsg and @jr:constraintMsg)]"),
	    0);
	/* Nothing of a place, no upload, nothing beside a hint. */
	assert_null(strstr(k.out.s, "geo"));
	assert_null(strstr(k.out.s, "<upload"));
	assert_null(strstr(k.out.s, "form=\""));
	kit_free(&k);
}

static void answers_say_whose_they_are(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	assert_true(evaluate(&k, "/data", "_form = 'every_type'"));
	assert_true(evaluate(&k, "/data", "_version = '3'"));
	assert_true(evaluate(&k, "/data", "_recipient = 'africa'"));
	assert_true(evaluate(&k, "/data", "@id = 'every_type_africa'"));
	assert_true(evaluate(&k, "/data", "@version = '3'"));
	assert_true(has_node(&k, "/data/meta/instanceID"));
	kit_free(&k);
	two_languages(&k);
	k.odk.recipient = NULL;
	copl_strbuf_reset(&k.out);
	xmlFreeDoc(k.doc);
	xmlFreeDoc(k.data);
	render(&k);
	assert_true(evaluate(&k, "/data", "@id = 'every_type'"));
	assert_false(has_node(&k, "/data/_recipient"));
	kit_free(&k);
}

/* ---- conditions ---- */

static void conditions_of_every_type(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	assert_false(shown(&k, "/data/start/guardian_ok"));
	answer(&k, "/data/start/age", "13_15");
	assert_true(shown(&k, "/data/start/guardian_ok"));
	answer(&k, "/data/start/age", "16_24");
	assert_false(shown(&k, "/data/start/guardian_ok"));
	/* INCLUDES, and OR of two kinds. */
	assert_false(shown(&k, "/data/main/care"));
	assert_false(shown(&k, "/data/after"));
	answer(&k, "/data/main/spaces", "games chat");
	assert_false(shown(&k, "/data/main/care"));
	assert_true(shown(&k, "/data/after/day"));
	answer(&k, "/data/main/spaces", "none");
	assert_true(shown(&k, "/data/main/care"));
	assert_false(shown(&k, "/data/after/day"));
	answer(&k, "/data/main/seen", "often");
	assert_true(shown(&k, "/data/after/day"));
	/* != and !=; NOT of OR. */
	assert_false(shown(&k, "/data/after/month"));
	assert_true(shown(&k, "/data/after/idea"));
	answer(&k, "/data/start/age", "10_12");
	assert_true(shown(&k, "/data/after/month"));
	assert_false(shown(&k, "/data/after/idea"));
	answer(&k, "/data/main/seen", "never");
	answer(&k, "/data/main/spaces", "chat");
	assert_false(shown(&k, "/data/after/month"));
	/* No answer is another answer, too. */
	answer(&k, "/data/main/seen", NULL);
	assert_true(shown(&k, "/data/after/month"));
	kit_free(&k);
}

static void a_hidden_answer_counts_for_nothing(void **state)
{
	static const char items[] =
	    "<choose-one id='a' use='yn'><label>A</label></choose-one>"
	    "<choose-one id='b' use='yn' when='a = \"yes\"'><label>B</label>"
	    "</choose-one>"
	    "<choose-many id='c' use='yn' when='b = \"yes\"'><label>C</label>"
	    "</choose-many>"
	    "<note id='is' when='b = \"yes\"'><p>1</p></note>"
	    "<note id='not' when='b != \"yes\"'><p>2</p></note>"
	    "<note id='has' when='c includes \"yes\"'><p>3</p></note>"
	    "<note id='none' when='not(c includes \"yes\")'><p>4</p></note>"
	    "<note id='or' when='a = \"no\" or c includes \"yes\" and "
	    "a != \"skip\"'><p>5</p></note>";
	struct kit k;

	(void)state;
	small(&k, items);
	render(&k);
	answer(&k, "/data/main/a", "yes");
	answer(&k, "/data/main/b", "yes");
	answer(&k, "/data/main/c", "no yes");
	assert_true(shown(&k, "/data/main/is"));
	assert_false(shown(&k, "/data/main/not"));
	assert_true(shown(&k, "/data/main/has"));
	assert_false(shown(&k, "/data/main/none"));
	assert_true(shown(&k, "/data/main/or"));
	/* Now b and c are hidden, and their answers still there. */
	answer(&k, "/data/main/a", "skip");
	assert_false(shown(&k, "/data/main/b"));
	assert_false(shown(&k, "/data/main/is"));
	assert_true(shown(&k, "/data/main/not"));
	assert_false(shown(&k, "/data/main/has"));
	assert_true(shown(&k, "/data/main/none"));
	assert_false(shown(&k, "/data/main/or"));
	answer(&k, "/data/main/a", "no");
	assert_true(shown(&k, "/data/main/or"));
	kit_free(&k);
}

static void a_hidden_section_answers_nothing(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k);
	add_small(&k, "ru",
	    "<choices id='yn'><option value='yes'>Да</option>"
	    "<option value='no'>Нет</option></choices>",
	    "<section id='one'><title>1</title>"
	    "<choose-one id='a' use='yn'><label>А</label></choose-one>"
	    "</section><section id='two' when='a = \"yes\"'><title>2</title>"
	    "<choose-one id='b' use='yn'><label>Б</label></choose-one>"
	    "<note id='n' when='b = \"yes\"'><p>Н</p></note></section>"
	    "<section id='three' when='b = \"yes\"'><title>3</title>"
	    "<text id='t'><label>В</label></text></section>");
	render(&k);
	answer(&k, "/data/one/a", "yes");
	answer(&k, "/data/two/b", "yes");
	assert_true(shown(&k, "/data/two/n"));
	assert_true(shown(&k, "/data/three/t"));
	answer(&k, "/data/one/a", "no");
	assert_false(shown(&k, "/data/two/n"));
	assert_false(shown(&k, "/data/three/t"));
	kit_free(&k);
}

static void the_guardian_age_is_the_recipients(void **state)
{
	static const struct {
		int age;
		const char *yes;
		const char *no;
	} rows[] = {{13, "10_12", "13_15"}, {16, "13_15", "16_24"},
	    {18, "16_24", ""}, {15, "13_15", "16_24"}};
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		kit_init(&k);
		k.odk.guardian_age = rows[i].age;
		load(&k, "every_type.xml", "interface_en.xml");
		render(&k);
		answer(&k, "/data/start/age", rows[i].yes);
		assert_true(shown(&k, "/data/start/guardian_ok"));
		answer(&k, "/data/start/age", rows[i].no);
		assert_false(shown(&k, "/data/start/guardian_ok"));
		kit_free(&k);
	}
}

static void what_is_never_asked_is_left_out(void **state)
{
	static const char items[] =
	    "<choose-one id='age'><label>A</label>"
	    "<option value='a' from-age='10'>10</option>"
	    "<option value='b' from-age='16'>16</option></choose-one>"
	    "<choose-one id='minor' use='yn' when='age lt guardian-age'>"
	    "<label>M</label></choose-one>"
	    "<note id='after' when='minor = \"yes\"'><p>1</p></note>"
	    "<note id='other' when='minor != \"yes\"'><p>2</p></note>"
	    "<note id='both' when='minor = \"no\" or age = \"b\"'><p>3</p>"
	    "</note>"
	    "<note id='grown' when='not(age lt guardian-age)'><p>4</p></note>";
	struct kit k;

	(void)state;
	small(&k, items);
	k.odk.guardian_age = -1;
	render(&k);
	assert_false(has_node(&k, "/data/main/minor"));
	assert_false(has_node(&k, "/data/main/after"));
	assert_null(strstr(k.out.s, "minor"));
	assert_true(shown(&k, "/data/main/other"));
	assert_true(shown(&k, "/data/main/grown"));
	assert_false(shown(&k, "/data/main/both"));
	answer(&k, "/data/main/age", "b");
	assert_true(shown(&k, "/data/main/both"));
	kit_free(&k);
}

/* ---- rules of answers ---- */

static void answers_are_held_to_their_rules(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	assert_true(required(&k, "/data/start/age"));
	assert_false(required(&k, "/data/main/hours"));
	assert_true(required(&k, "/data/after/word"));
	assert_false(takes(&k, "/data/main/spaces", "chat"));
	assert_true(takes(&k, "/data/main/spaces", "chat games"));
	assert_true(takes(&k, "/data/main/spaces", "chat games other"));
	assert_false(takes(&k, "/data/main/spaces", "chat games other videos"));
	assert_true(takes(&k, "/data/main/spaces", "none"));
	assert_false(takes(&k, "/data/main/spaces", "none chat"));
	assert_true(takes(&k, "/data/main/hours", "0"));
	assert_true(takes(&k, "/data/main/hours", "24"));
	assert_false(takes(&k, "/data/main/hours", "25"));
	assert_false(takes(&k, "/data/main/hours", "-1"));
	assert_true(takes(&k, "/data/after/word", "نعم"));
	assert_false(takes(&k, "/data/after/word",
	    "12345678901234567890123456789012345678901"));
	kit_free(&k);
}

static void dates_have_limits_of_their_precision(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	assert_false(takes(&k, "/data/after/day", "20270110"));
	assert_true(takes(&k, "/data/after/day", "20270111"));
	assert_true(takes(&k, "/data/after/day", "20270331"));
	assert_false(takes(&k, "/data/after/day", "20270401"));
	assert_true(takes(&k, "/data/after/month", "20270101"));
	assert_false(takes(&k, "/data/after/month", "20270201"));
	assert_true(takes(&k, "/data/after/year", "20200101"));
	assert_false(takes(&k, "/data/after/year", "20190101"));
	kit_free(&k);
	small(&k, "<date id='m' precision='month' min='2020-05-15'>"
		  "<label>M</label></date>"
		  "<date id='y' precision='year' min='2020-05-15' max='closes'>"
		  "<label>Y</label></date>");
	render(&k);
	/* A month or year answers with its first day. */
	assert_true(takes(&k, "/data/main/m", "20200501"));
	assert_false(takes(&k, "/data/main/m", "20200401"));
	assert_true(takes(&k, "/data/main/y", "20200101"));
	assert_true(takes(&k, "/data/main/y", "20270331"));
	assert_false(takes(&k, "/data/main/y", "20270401"));
	assert_int_equal(
	    number_of(k.doc, "//x:input[@appearance='month-year']"), 1);
	assert_int_equal(number_of(k.doc, "//x:input[@appearance='year']"), 1);
	kit_free(&k);
}

static void numbers_go_in_steps(void **state)
{
	struct kit k;

	(void)state;
	small(&k, "<number id='a' min='0' max='24' step='0.1'><label>A</label>"
		  "</number>"
		  "<number id='b' min='1' step='5'><label>B</label></number>"
		  "<number id='c'><label>C</label></number>");
	render(&k);
	assert_true(takes(&k, "/data/main/a", "0.3"));
	assert_true(takes(&k, "/data/main/a", "23.9"));
	assert_false(takes(&k, "/data/main/a", "0.35"));
	assert_false(takes(&k, "/data/main/a", "24.1"));
	assert_true(takes(&k, "/data/main/b", "11"));
	assert_false(takes(&k, "/data/main/b", "10"));
	assert_true(takes(&k, "/data/main/c", "-3.25"));
	assert_int_equal(number_of(k.doc, "//x:bind[@type='decimal']"), 2);
	assert_int_equal(number_of(k.doc, "//x:bind[@type='int']"), 1);
	kit_free(&k);
}

static const char ranks[] =
    "<rank id='top' top='2' required='yes'><label>T</label>"
    "<option value='a'>安全</option><option value='b-c'>B</option>"
    "<option value='d'>D</option><error>E</error></rank>"
    "<rank id='all'><label>R</label><option value='x'>X</option>"
    "<option value='y'>Y</option></rank>"
    "<rank id='long'><label>R</label><option value='1'>1</option>"
    "<option value='2'>2</option><option value='3'>3</option>"
    "<option value='4'>4</option><option value='5'>5</option>"
    "<option value='6'>6</option><option value='7'>7</option>"
    "<option value='8'>8</option><option value='9'>9</option>"
    "<option value='10'>10</option></rank>";

static void a_rank_is_asked_in_rows(void **state)
{
	struct kit k;

	(void)state;
	small(&k, ranks);
	render(&k);
	assert_int_equal(
	    number_of(k.doc, "//x:select1[@appearance='list-nolabel']"), 5);
	assert_string_equal(text_of(&k, 1, "top/a"), "安全");
	assert_true(required(&k, "/data/main/top/a"));
	assert_true(takes(&k, "/data/main/top/a", "1"));
	assert_true(required(&k, "/data/main/top/d"));
	assert_false(takes(&k, "/data/main/top/b-c", "1"));
	assert_true(takes(&k, "/data/main/top/b-c", "2"));
	assert_false(required(&k, "/data/main/top/d"));
	assert_int_equal(
	    number_of(k.doc, "//x:instance[@id='_1_to_2']//x:item"), 2);
	assert_non_null(strstr(text_of(&k, 1, "top/hint"), "1 to 2"));
	assert_false(required(&k, "/data/main/all/x"));
	assert_true(takes(&k, "/data/main/all/x", "2"));
	assert_false(takes(&k, "/data/main/all/y", "2"));
	assert_non_null(strstr(text_of(&k, 1, "all/hint"), "each line"));
	/* Where columns would not fit: the client's own way. */
	assert_non_null(strstr(k.out.s, "<odk:rank ref=\"/data/main/long\">"));
	assert_int_equal(number_of(k.doc, "//x:bind[@type='odk:rank']"), 1);
	kit_free(&k);
}

static void a_scale_shows_no_value_before_one_is_chosen(void **state)
{
	struct kit k;

	(void)state;
	small(&k, "<rating id='a' from='0' to='10'><label>A</label>"
		  "<low>низко</low><high>высоко</high></rating>"
		  "<rating id='b' from='1' to='100'><label>B</label>"
		  "<low>L</low><high>H</high></rating>");
	render(&k);
	assert_int_equal(
	    number_of(k.doc, "//x:select1[@ref='/data/main/a']"), 1);
	assert_int_equal(
	    number_of(k.doc, "//x:instance[@id='_0_to_10']//x:item"), 11);
	assert_string_equal(text_of(&k, 1, "_numbers/10"), "10");
	assert_string_equal(
	    text_of(&k, 1, "a/hint"), "0 means “низко”, 10 means “высоко”.");
	assert_true(takes(&k, "/data/main/b", "1"));
	assert_false(takes(&k, "/data/main/b", "101"));
	assert_int_equal(
	    number_of(k.doc, "//x:range[@start='1'][@end='100'][@step='1']"),
	    1);
	kit_free(&k);
}

static void something_else_has_a_box(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	answer(&k, "/data/main/spaces", "games");
	assert_false(shown(&k, "/data/main/spaces_other"));
	answer(&k, "/data/main/spaces", "games other");
	assert_true(shown(&k, "/data/main/spaces_other"));
	assert_string_equal(text_of(&k, 1, "_other/spaces/label"),
	    "**Something else**\nWhat is it?");
	kit_free(&k);
	small(&k, "<choose-one id='q' use='yn'><label>Q</label></choose-one>"
		  "<choose-one id='p' when='q = \"yes\"' required='yes'>"
		  "<label>P</label><option value='a'>A</option>"
		  "<option value='z' other='yes'>其他</option>"
		  "<error>E</error></choose-one>");
	render(&k);
	answer(&k, "/data/main/p", "z");
	assert_false(shown(&k, "/data/main/p_other"));
	answer(&k, "/data/main/q", "yes");
	assert_true(shown(&k, "/data/main/p_other"));
	assert_false(required(&k, "/data/main/p_other"));
	answer(&k, "/data/main/p", "a");
	assert_false(shown(&k, "/data/main/p_other"));
	kit_free(&k);
}

static void shuffled_answers_keep_their_order_for_one_person(void **state)
{
	struct kit k;

	(void)state;
	small(&k, "<choose-many id='q' shuffle='yes'><label>Q</label>"
		  "<option value='a'>A</option><option value='b'>B</option>"
		  "</choose-many>"
		  "<choose-one id='p' use='yn'><label>P</label></choose-one>");
	render(&k);
	assert_non_null(strstr(
	    k.out.s, "\"randomize(instance('q')/list/item, /data/_order)\""));
	assert_non_null(strstr(k.out.s, "\"instance('yn')/list/item\""));
	assert_true(has_node(&k, "/data/_order"));
	kit_free(&k);
	small(&k, "<choose-one id='p' use='yn'><label>P</label></choose-one>");
	render(&k);
	assert_false(has_node(&k, "/data/_order"));
	kit_free(&k);
}

/* ---- texts ---- */

static void help_stands_beside_what_may_hurt(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	assert_non_null(
	    strstr(text_of(&k, 1, "seen/hint"), "**Do you need help now?**"));
	assert_non_null(strstr(text_of(&k, 2, "happens/hint"), "خط مساعدة"));
	assert_string_equal(text_of(&k, 1, "idea/hint"),
	    "Do not write names.\nYou can write up to 500 characters.\n\n"
	    "**Nobody reads this today. If you need help now:**\n\n"
	    "There is a [helpline for *young* people]"
	    "(https://childhelplineinternational.org/).");
	assert_string_equal(text_of(&k, 1, "day/hint"), "");
	/* The ends of a scale can be read in every client. */
	assert_string_equal(text_of(&k, 1, "safe/hint"),
	    "0 means “not safe”, 5 means “very safe”.");
	assert_string_equal(
	    text_of(&k, 1, "hours/label"), "How many hours a day? (h)");
	kit_free(&k);
}

static void the_recipients_helpline_goes_first(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k);
	k.odk.helpline = "tel:+25411611";
	load(&k, "every_type.xml", "interface_en.xml");
	render(&k);
	assert_non_null(strstr(text_of(&k, 1, "about/help"),
	    "helpline for *young* people (+25411611)"));
	assert_null(strstr(k.out.s, "childhelpline"));
	kit_free(&k);
}

static void values_stand_apart_from_right_to_left_text(void **state)
{
	struct kit k;

	(void)state;
	two_languages(&k);
	assert_non_null(strstr(
	    text_of(&k, 2, "about/privacy"), FSI "ITU Office A & B" PDI));
	assert_string_equal(text_of(&k, 2, "age/10_12"), LRI "10–12" PDI);
	assert_string_equal(text_of(&k, 2, "age/16_24"), "من 16 إلى 24");
	assert_string_equal(text_of(&k, 1, "age/10_12"), "10–12");
	assert_non_null(strstr(text_of(&k, 1, "about/contact"),
	    "cop\\_team@example.org. Braces {stay}."));
	kit_free(&k);
}

static void marks_are_shown_where_both_clients_see_them(void **state)
{
	static const struct {
		const char *label;
		const char *want;
	} rows[] = {
	    {"我们<strong>不</strong>问。", "我们**不**问。"},
	    {"Is it <em>really</em>\n  so?", "Is it *really* so?"},
	    {"<strong>Все</strong>", "**Все**"},
	    {"А<strong>«б»</strong>в", "А«б»в"},
	    {"А <strong>«б»</strong>, в", "А **«б»**, в"},
	    {"<strong>a <em>b</em></strong>", "**a b**"},
	    {"<em>a</em><strong>b</strong>", "ab"},
	    {"x<em> b</em>", "x b"},
	    {"2 * 3 * 4, a_b_c, 100 \\ #1",
		"2 \\* 3 \\* 4, a\\_b\\_c, 100 \\\\ \\#1"},
	    {"1. x", "1. x"},
	    {"5 &lt; 6 &amp; 7", "5 < 6 & 7"},
	    {"{{a}} b", "{a} b"},
	    {"<a to='web'>w_w</a>!",
		"[w\\_w](https://example.org/a\\_b\\_c?x=1&y=2)!"},
	    {"See <strong><a to='web'>w</a></strong>.",
		"See **[w](https://example.org/a\\_b\\_c?x=1&y=2)**."},
	    {"[a] <a to='web'>w</a>",
		"[a] w (https://example.org/a\\_b\\_c?x=1&y=2)"},
	    {"<a to='bare'>w</a>", "w (https://example.org/a%20(b))"},
	    {"<a to='call'>w</a>", "w (116111)"},
	};
	char item[1024];
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		snprintf(item, sizeof(item),
		    "<date id='q'><label>%s</label></date>", rows[i].label);
		small(&k, item);
		render(&k);
		assert_string_equal(text_of(&k, 1, "q/label"), rows[i].want);
		kit_free(&k);
	}
}

static void an_answer_has_no_marks(void **state)
{
	struct kit k;

	(void)state;
	small(&k, "<choose-one id='q' required='yes'><label>Q</label>"
		  "<option value='a'>A_<strong>b</strong> * c #1</option>"
		  "<option value='b'>B</option>"
		  "<error>Look <a to='web'>here</a>.</error></choose-one>");
	render(&k);
	assert_string_equal(text_of(&k, 1, "q/a"), "A_b * c #1");
	assert_string_equal(text_of(&k, 1, "q/error"),
	    "Look here (https://example.org/a_b_c?x=1&y=2).");
	kit_free(&k);
}

/* ---- what is refused ---- */

static void texts_that_clients_misread_are_refused(void **state)
{
	static const char *const texts[] = {"a [b](c)", "- a", "+ a", "> a",
	    "&lt;b&gt;y&lt;/b&gt;", "a &lt;!-- b", "use `c`", "a &amp;copy; b",
	    "${{a}}", "---", "=", "[a]: b"};
	char item[1024];
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(texts); i++) {
		snprintf(item, sizeof(item),
		    "<date id='q1'>\n  <label>%s</label></date>", texts[i]);
		small(&k, item);
		refuse(&k);
		assert_string_equal(k.codes, "odk-text ");
		assert_non_null(strstr(k.said, "\"q1/label\" (en)"));
		/* Line and column of the element. */
		assert_non_null(strstr(k.said, "15:3: the ODK form"));
		assert_int_equal(k.out.len, 0);
		kit_free(&k);
	}
}

static void answers_and_messages_are_stricter(void **state)
{
	static const char *const texts[] = {"a*b*c", "a_b_c", "# a", "a \\ b"};
	char item[1024];
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(texts); i++) {
		snprintf(item, sizeof(item),
		    "<choose-one id='q' required='yes'><label>%s</label>"
		    "<option value='a'>%s</option><option value='b'>B</option>"
		    "<error>%s</error></choose-one>",
		    texts[i], texts[i], texts[i]);
		small(&k, item);
		refuse(&k);
		assert_string_equal(k.codes, "odk-text odk-text ");
		assert_non_null(strstr(k.said, "\"q/a\""));
		assert_non_null(strstr(k.said, "\"q/error\""));
		kit_free(&k);
	}
}

static void a_defect_of_one_language_is_found_in_it(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k);
	add_small(&k, "en", "",
	    "<section id='s'><title>T</title><text id='q'>\n"
	    "<label>L</label></text></section>");
	add_small(&k, "ar", "",
	    "<section id='s'><title>T</title><text id='q'>\n"
	    "<label>`كلمة`</label></text></section>");
	refuse(&k);
	assert_string_equal(k.codes, "odk-text ");
	assert_non_null(strstr(k.said, "\"q/label\" (ar)"));
	kit_free(&k);
}

static void all_findings_come_at_once(void **state)
{
	struct kit k;

	(void)state;
	small(&k, "<text id='a'><label>`a`</label><hint>{office}</hint>"
		  "</text><note id='n'><p>x</p><p>- y</p></note>"
		  "<choose-one id='q'><label>Q</label><option value='a'>A"
		  "</option><option value='b' other='yes'>B</option>"
		  "</choose-one><text id='q_other'><label>L</label></text>");
	k.languages[0].nparams = 0;
	refuse(&k);
	assert_string_equal(
	    k.codes, "odk-text odk-placeholder odk-text odk-name ");
	assert_non_null(strstr(k.said, "{office} in \"a/hint\""));
	kit_free(&k);
}

static void names_that_the_form_needs_are_refused(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k);
	add_small(&k, "en", "",
	    "<section id='meta'><title>T</title><text id='q'>"
	    "<label>L</label></text></section>");
	refuse(&k);
	assert_string_equal(k.codes, "odk-name ");
	kit_free(&k);
	small(&k, "<rank id='r' top='2'><label>R</label>"
		  "<option value='1st'>A</option><option value='2-b'>B</option>"
		  "<option value='c'>C</option></rank>");
	refuse(&k);
	assert_string_equal(k.codes, "odk-name odk-name ");
	assert_non_null(strstr(k.said, "1st"));
	kit_free(&k);
}

static void a_condition_that_grows_too_far_is_refused(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(FORM_MAX);
	struct kit k;
	int i, n;

	(void)state;
	copl_strbuf_puts(&b, "<section id='s'><title>T</title>"
			     "<choose-one id='q0' use='yn'><label>L</label>"
			     "</choose-one>");
	for (i = 1; i < 8; i++) {
		copl_strbuf_printf(
		    &b, "<choose-one id='q%d' use='yn' when='", i);
		for (n = 0; n < 60; n++)
			copl_strbuf_printf(
			    &b, "%sq%d = \"yes\"", n > 0 ? " or " : "", i - 1);
		copl_strbuf_puts(&b, "'><label>L</label></choose-one>");
	}
	copl_strbuf_puts(&b, "</section>");
	kit_init(&k);
	add_small(&k, "en",
	    "<choices id='yn'><option value='yes'>Y</option>"
	    "<option value='no'>N</option></choices>",
	    b.s);
	assert_int_equal(copl_render_odk(&k.odk, &k.r, &k.out), COPL_E_LIMIT);
	assert_int_equal(copl_reporter_end(&k.r, COPL_OK), COPL_OK);
	assert_string_equal(k.codes, "odk-too-large ");
	copl_strbuf_clear(&b);
	kit_free(&k);
}

/* ---- values of strangers ---- */

static void values_never_become_marks(void **state)
{
	static const struct {
		const char *value;
		const char *want; /* NULL: refused */
	} rows[] = {{"A & B \"C\" 'D' ]]> 5 < 6", "A & B \"C\" 'D' ]]> 5 < 6"},
	    {"*a* **b** _c_ #d \\e",
		"\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\#d \\\\e"},
	    {"{closes} {{x}}", "{closes} {{x}}"}, {"a\001b\002\005c", "abc"},
	    {"a\n\n- b", "a - b"}, {"<b>x</b>", NULL}, {"<!--", NULL},
	    {"[a](javascript:b)", NULL}, {"`a`", NULL}, {"&lt;b", NULL},
	    {"${a}", NULL}, {"- a", NULL}};
	struct copl_param_value value = {"office", NULL};
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		small(&k, "<date id='q'><label>{office}</label></date>");
		value.value = rows[i].value;
		k.languages[0].params = &value;
		k.languages[0].nparams = 1;
		if (rows[i].want == NULL) {
			refuse(&k);
			assert_string_equal(k.codes, "odk-text ");
		} else {
			render(&k);
			assert_string_equal(
			    text_of(&k, 1, "q/label"), rows[i].want);
			assert_int_equal(number_of(k.doc, "//x:value/*"), 0);
		}
		kit_free(&k);
	}
}

static void names_of_strangers_are_escaped(void **state)
{
	struct kit k;

	(void)state;
	small(&k, "<date id='q'><label>Q</label></date>");
	k.odk.recipient = "a\"><x>&";
	render(&k);
	assert_true(
	    evaluate(&k, "/data", "_recipient = concat('a\"', '><x>&')"));
	assert_int_equal(number_of(k.doc, "//x:x"), 0);
	kit_free(&k);
}

static void forms_of_another_shape_are_our_mistake(void **state)
{
	struct kit k;

	(void)state;
	kit_init(&k);
	load(&k, "every_type.xml", "interface_en.xml");
	load(&k, "every_type_ar.xml", "interface_ar.xml");
	assert_int_equal(copl_render_odk(&k.odk, &k.r, &k.out), COPL_E_BUG);
	kit_free(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_type_looks_as_it_did),
	    cmocka_unit_test(all_translations_have_the_same_texts),
	    cmocka_unit_test(every_reference_leads_somewhere),
	    cmocka_unit_test(every_question_has_both_messages),
	    cmocka_unit_test(answers_say_whose_they_are),
	    cmocka_unit_test(conditions_of_every_type),
	    cmocka_unit_test(a_hidden_answer_counts_for_nothing),
	    cmocka_unit_test(a_hidden_section_answers_nothing),
	    cmocka_unit_test(the_guardian_age_is_the_recipients),
	    cmocka_unit_test(what_is_never_asked_is_left_out),
	    cmocka_unit_test(answers_are_held_to_their_rules),
	    cmocka_unit_test(dates_have_limits_of_their_precision),
	    cmocka_unit_test(numbers_go_in_steps),
	    cmocka_unit_test(a_rank_is_asked_in_rows),
	    cmocka_unit_test(a_scale_shows_no_value_before_one_is_chosen),
	    cmocka_unit_test(something_else_has_a_box),
	    cmocka_unit_test(shuffled_answers_keep_their_order_for_one_person),
	    cmocka_unit_test(help_stands_beside_what_may_hurt),
	    cmocka_unit_test(the_recipients_helpline_goes_first),
	    cmocka_unit_test(values_stand_apart_from_right_to_left_text),
	    cmocka_unit_test(marks_are_shown_where_both_clients_see_them),
	    cmocka_unit_test(an_answer_has_no_marks),
	    cmocka_unit_test(texts_that_clients_misread_are_refused),
	    cmocka_unit_test(answers_and_messages_are_stricter),
	    cmocka_unit_test(a_defect_of_one_language_is_found_in_it),
	    cmocka_unit_test(all_findings_come_at_once),
	    cmocka_unit_test(names_that_the_form_needs_are_refused),
	    cmocka_unit_test(a_condition_that_grows_too_far_is_refused),
	    cmocka_unit_test(values_never_become_marks),
	    cmocka_unit_test(names_of_strangers_are_escaped),
	    cmocka_unit_test(forms_of_another_shape_are_our_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
