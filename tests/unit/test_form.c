/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "form_sample.h"

/* ---- findings that stand far from what was changed ---- */

static void a_form_for_minors_needs_both_consents(void **state)
{
	struct seen seen;

	(void)state;
	replaced("by='participant'", "by='guardian'", &seen);
	only(&seen, "form-consent", 6, 20, "by=\"participant\"");
	replaced("by='guardian'", "by='participant'", &seen);
	only(&seen, "form-consent", 6, 20, "by=\"guardian\"");
	replaced("<audience min-age='10' max-age='24'/>",
	    "<audience min-age='18'/>", &seen);
	assert_int_equal(seen.n, 0);
}

static void a_sensitive_question_needs_help_and_a_way_out(void **state)
{
	struct seen seen;

	(void)state;
	replaced("<help><p>Есть <a to='help_page'>помощь</a>.</p></help>", "",
	    &seen);
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.code[0], "form-unused");
	assert_string_equal(seen.code[1], "form-no-help");
	assert_int_equal(seen.line[1], 23);
	assert_int_equal(seen.column[1], 47);
	replaced("value='skip'", "value='no'", &seen);
	only(&seen, "form-sensitive", 23, 47, "skip");
}

static void a_form_with_room_for_words_needs_help(void **state)
{
	struct seen seen;
	char *s = NULL;
	const char *at = strstr(good, "<help>"), *sensitive;

	(void)state;
	sensitive = strstr(at, " sensitive='yes'");
	assert_true(asprintf(&s, "%.*s%.*s%s", (int)(at - good), good,
			(int)(sensitive - strchr(at, '\n')), strchr(at, '\n'),
			sensitive + strlen(" sensitive='yes'")) > 0);
	assert_int_equal(check_bytes(s, &seen), COPL_E_INVALID);
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.code[0], "form-unused");
	assert_string_equal(seen.code[1], "form-no-help");
	assert_int_equal(seen.line[1], 24);
	assert_int_equal(seen.column[1], 1);
	free(s);
}

static void a_form_needs_words_about_privacy(void **state)
{
	struct seen seen;

	(void)state;
	replaced("<privacy keep-until='2027-12-31'><p>Имя <strong>не</strong> "
		 "нужно, до {keep_until}.</p></privacy>",
	    "", &seen);
	assert_int_equal(seen.n, 3);
	assert_string_equal(seen.code[0], "form-no-privacy");
	assert_int_equal(seen.line[0], 2);
	assert_non_null(strstr(seen.text[0], "who reads their answers"));
}

static void a_required_question_needs_an_error_text(void **state)
{
	struct seen seen;

	(void)state;
	replaced("<error>Выбери возраст.</error>", "", &seen);
	only(&seen, "form-no-error-text", 18, 32, "<error>");
}

static void a_date_from_the_opening_needs_an_opening(void **state)
{
	struct seen seen;

	(void)state;
	replaced("<opens at='2027-01-11T08:00:00Z'/>", "", &seen);
	only(&seen, "form-bounds", 31, 40, "<opens");
}

static void an_audience_should_be_named(void **state)
{
	struct seen seen;

	(void)state;
	replaced("<audience min-age='10' max-age='24'/>", "", &seen);
	only(&seen, "form-no-audience", 2, 1, "<audience");
	assert_int_equal(seen.severity[0], COPL_WARNING);
}

static void a_link_that_nobody_follows_is_named(void **state)
{
	struct seen seen;

	(void)state;
	replaced(
	    "<contact>", "<link id='old' href='tel:112'/><contact>", &seen);
	only(&seen, "form-unused", 11, 1, "old");
}

static void a_parameter_of_the_form_needs_its_source(void **state)
{
	struct seen seen;

	(void)state;
	replaced(" keep-until='2027-12-31'", "", &seen);
	only(&seen, "form-param-source", 8, 1, "keep-until");
}

static void a_second_use_names_the_line_of_the_first(void **state)
{
	struct seen seen;

	(void)state;
	replaced("id='idea'", "id='age'", &seen);
	only(&seen, "form-duplicate", 29, 11, "line 18");
}

static void a_slip_of_the_pen_gets_a_suggestion(void **state)
{
	static const char *const slips[][3] = {
	    {"<hint>Без имён.</hint>", "<hnit>Без</hnit>", "\"hint\"?"},
	    {"sensitive='yes'", "sensityve='yes'", "\"sensitive\"?"},
	    {"use='yes_no' sens", "use='yes_mo' sens", "\"yes_no\"?"},
	    {"\"13_24\"", "\"13-24\"", "\"13_24\"?"},
	    {"age lt", "aeg lt", "\"age\"?"},
	    {"{office}", "{offise}", "\"office\"?"},
	    {"to='help_page'", "to='helppage'", "\"help_page\"?"},
	};
	struct seen seen;
	size_t i, j;

	(void)state;
	for (i = 0; i < COPL_COUNT(slips); i++) {
		bool found = false;

		replaced(slips[i][0], slips[i][1], &seen);
		for (j = 0; j < seen.n; j++)
			found =
			    found || strstr(seen.text[j], slips[i][2]) != NULL;
		if (!found)
			print_seen(&seen);
		assert_true(found);
	}
	replaced("<hint>Без имён.</hint>", "<remark>Без</remark>", &seen);
	only(&seen, "form-unknown-element", 29, 78, "<remark>");
	assert_null(strstr(seen.text[0], "did you mean"));
}

static void everything_wrong_is_told_at_once_and_in_order(void **state)
{
	static const char bad[] =
	    "<consultation xmlns='urn:cop-l10n:form:1' id='X' xml:lang='ru'>\n"
	    "<about><title>А {б}</title><closes at='завтра'/></about>\n"
	    "<section id='s'><tytle>Б</tytle>\n"
	    "<text id='s' when='q = 1'><hint/></text>\n"
	    "</section></consultation>";
	static const char *const codes[] = {"form-missing-attribute",
	    "form-missing-element", "form-bad-value", "form-no-privacy",
	    "form-no-audience", "form-brace", "form-bad-value",
	    "form-missing-element", "form-unknown-element",
	    "form-missing-element", "form-no-help", "form-duplicate",
	    "form-when-syntax", "form-empty-text"};
	struct seen seen;
	size_t i;

	(void)state;
	assert_int_equal(check_bytes(bad, &seen), COPL_E_INVALID);
	if (seen.n != COPL_COUNT(codes))
		print_seen(&seen);
	assert_int_equal(seen.n, COPL_COUNT(codes));
	for (i = 0; i < seen.n; i++)
		assert_string_equal(seen.code[i], codes[i]);
	for (i = 1; i < seen.n; i++)
		assert_true(seen.line[i] >= seen.line[i - 1]);
}

static void another_document_is_not_a_form(void **state)
{
	struct seen seen;

	(void)state;
	assert_int_equal(check_bytes("<consultation/>", &seen), COPL_E_INVALID);
	only(&seen, "form-root", 1, 1, "urn:cop-l10n:form:1");
	assert_int_equal(check_bytes("<x xmlns='urn:cop-l10n:form:1'/>", &seen),
	    COPL_E_INVALID);
	only(&seen, "form-root", 1, 1, "<consultation");
	assert_int_equal(check_bytes("<consultation>", &seen), COPL_E_PARSE);
}

/* ---- limits ---- */

/* The good form with text repeated n times in place of another. */
static void repeated(const char *from, const char *before, const char *text,
    size_t n, const char *after, struct seen *seen)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)1 << 20);

	copl_strbuf_puts(&b, before);
	while (n-- > 0)
		copl_strbuf_puts(&b, text);
	copl_strbuf_puts(&b, after);
	assert_int_equal(b.st, COPL_OK);
	replaced(from, copl_strbuf_text(&b), seen);
	copl_strbuf_clear(&b);
}

static void numbers_of_things_have_limits(void **state)
{
	struct seen seen;

	(void)state;
	repeated("<item>一</item>", "", "<item>一</item>", 100, "", &seen);
	assert_int_equal(seen.n, 0);
	repeated("<item>一</item>", "", "<item>一</item>", 105, "", &seen);
	only(&seen, "form-too-many", 25, 1473, "100");
}

static void nested_emphasis_has_a_limit(void **state)
{
	struct seen seen;

	(void)state;
	replaced("Начнём.",
	    "<em><em><em><em><em><em><em><em>а</em></em></em></em></em></em>"
	    "</em></em>",
	    &seen);
	assert_int_equal(seen.n, 0);
	replaced("Начнём.",
	    "<em><em><em><em><em><em><em><em><em>а</em></em></em></em></em>"
	    "</em></em></em></em>",
	    &seen);
	only(&seen, "form-depth", 17, 43, "8");
}

static void a_text_has_a_limit(void **state)
{
	struct seen seen;

	(void)state;
	repeated("Начнём.", "", "年轻", 3333, "", &seen);
	assert_int_equal(seen.n, 0);
	repeated("Начнём.", "", "年轻", 3334, "", &seen);
	only(&seen, "form-long-text", 17, 8, "20000");
}

/* ---- what is read ---- */

static const struct copl_question *item(
    const struct copl_form *f, size_t section, size_t i)
{
	assert_true(section < f->nsections);
	assert_true(i < f->sections[section].nitems);
	return &f->sections[section].items[i];
}

static void check_about(const struct copl_form *f)
{
	char opens[COPL_INSTANT_SIZE], closes[COPL_INSTANT_SIZE];

	assert_string_equal(f->id, "proba");
	assert_string_equal(f->version, "1");
	assert_string_equal(f->lang, "ru");
	assert_string_equal(f->prevails, "ru");
	copl_instant_format(f->opens->seconds, opens);
	copl_instant_format(f->closes.seconds, closes);
	assert_string_equal(opens, "2027-01-11T08:00:00Z");
	assert_string_equal(closes, "2027-03-31T10:00:00Z");
	assert_int_equal(f->closes.offset, 120);
	assert_int_equal(f->min_age, 10);
	assert_int_equal(f->max_age, 24);
	assert_string_equal(f->keep_until, "2027-12-31");
	assert_null(f->summary);
	assert_non_null(f->contact);
	assert_non_null(f->thanks);
	assert_int_equal(f->nquestions, 11);
	assert_string_equal(copl_form_param(f, "year!", 4)->value, "2027");
	assert_null(copl_form_param(f, "yea", 3));
	assert_true(copl_form_link(f, "help_page")->helpline);
	assert_null(copl_form_link(f, "page"));
}

static void check_choices(const struct copl_form *f)
{
	const struct copl_question *age = item(f, 0, 0), *told = item(f, 1, 1);

	assert_int_equal(age->kind, COPL_CHOOSE_ONE);
	assert_true(age->required);
	assert_int_equal(age->choices->n, 2);
	assert_null(age->choices->id);
	assert_true(copl_option_below(&age->choices->options[0], 13));
	assert_false(copl_option_below(&age->choices->options[1], 13));
	assert_true(item(f, 0, 1)->guardian);
	assert_false(item(f, 0, 2)->guardian);
	assert_int_equal(item(f, 0, 1)->when->op, COPL_WHEN_MINOR);
	assert_ptr_equal(item(f, 0, 1)->when->question, age);
	assert_ptr_equal(item(f, 1, 0)->choices, &f->choices[0]);
	assert_ptr_equal(item(f, 1, 4)->choices, &f->choices[0]);
	assert_true(item(f, 1, 0)->sensitive);
	assert_true(told->shuffle);
	assert_string_equal(told->max, "2");
	assert_null(told->min);
	assert_true(told->choices->options[1].other);
	assert_true(told->choices->options[2].exclusive);
	assert_int_equal(told->choices->options[2].from_age, -1);
	assert_false(copl_option_below(&told->choices->options[2], 99));
}

static void check_others(const struct copl_form *f)
{
	const struct copl_when *w = item(f, 1, 2)->when;

	assert_int_equal(item(f, 1, 2)->kind, COPL_NOTE_ITEM);
	assert_int_equal(w->op, COPL_WHEN_NOT);
	assert_int_equal(w->left->op, COPL_WHEN_INCLUDES);
	assert_string_equal(w->left->value, "nobody");
	assert_ptr_equal(w->left->question, item(f, 1, 1));
	assert_int_equal(f->sections[1].when->op, COPL_WHEN_IS);
	assert_int_equal(item(f, 1, 3)->from, 0);
	assert_int_equal(item(f, 1, 3)->to, 10);
	assert_non_null(item(f, 1, 3)->low);
	assert_non_null(item(f, 1, 3)->high);
	assert_int_equal(item(f, 1, 4)->nrows, 1);
	assert_string_equal(item(f, 1, 4)->rows[0].id, "block");
	assert_int_equal(item(f, 1, 5)->top, 2);
	assert_int_equal(item(f, 1, 6)->lines, 6);
	assert_int_equal(item(f, 1, 6)->maxlength, 1000);
	assert_string_equal(item(f, 1, 7)->step, "0.5");
	assert_non_null(item(f, 1, 7)->unit);
	assert_int_equal(item(f, 1, 8)->precision, COPL_DATE_MONTH);
	assert_string_equal(item(f, 1, 8)->min, "opens");
}

static void a_good_form_is_read_in_full(void **state)
{
	struct copl_form *f;
	struct copl_xml *x;
	struct seen seen;

	(void)state;
	assert_int_equal(read_bytes(good, false, &seen, &x, &f), COPL_OK);
	print_seen(&seen);
	assert_int_equal(seen.n, 0);
	check_about(f);
	check_choices(f);
	check_others(f);
	copl_form_free(f);
	copl_xml_free(x);
	copl_form_free(NULL);
}

static void a_localized_form_gets_no_advice(void **state)
{
	static const char from[] = "{office}";
	const char *at = strstr(good, from);
	struct copl_form *f;
	struct copl_xml *x;
	struct seen seen;
	char *s = NULL;

	(void)state;
	assert_true(asprintf(&s, "%.*sالمكتب www.itu.int%s", (int)(at - good),
			good, at + strlen(from)) > 0);
	assert_int_equal(check_bytes(s, &seen), COPL_OK);
	assert_int_equal(seen.n, 2);
	assert_int_equal(read_bytes(s, true, &seen, &x, &f), COPL_OK);
	assert_int_equal(seen.n, 0);
	copl_form_free(f);
	copl_xml_free(x);
	free(s);
}

static void its_markup_and_direction_are_welcome(void **state)
{
	struct seen seen;

	(void)state;
	replaced(" version='1'",
	    " version='1' dir='rtl' its:version='2.0'"
	    " xmlns:its='http://www.w3.org/2005/11/its'",
	    &seen);
	assert_int_equal(seen.n, 0);
	replaced("<label>Что нужно изменить?</label>",
	    "<label xmlns:i='http://www.w3.org/2005/11/its' i:locNote='x'"
	    " xml:space='preserve'>Что?</label>",
	    &seen);
	assert_int_equal(seen.n, 0);
}

/* ---- the forms that ship ---- */

static void the_shipped_forms_keep_every_rule(void **state)
{
	static const char *const names[] = {
	    "digital_skills", "online_bullying"};
	const char *top = getenv("top_srcdir");
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(names); i++) {
		struct seen seen;
		struct copl_sink sink = {on_diag, NULL, &seen};
		struct copl_reporter r;
		struct copl_form *f = NULL;
		struct copl_xml *x = NULL;
		char path[1000];
		enum copl_status st;

		memset(&seen, 0, sizeof(seen));
		snprintf(path, sizeof(path), "%s/forms/%s.xml",
		    top == NULL ? "." : top, names[i]);
		copl_reporter_init(&r, &sink);
		st = copl_xml_load(path, COPL_XML_STRICT, COPL_XML_MAX, &r, &x);
		assert_int_equal(st, COPL_OK);
		st = copl_form_read(x, &r, &f);
		assert_int_equal(copl_reporter_end(&r, st), COPL_OK);
		print_seen(&seen);
		assert_int_equal(seen.n, 0);
		assert_string_equal(f->id, names[i]);
		assert_true(f->nquestions >= 12);
		copl_form_free(f);
		copl_xml_free(x);
	}
}

/* ---- the page that explains it all ---- */

/* docs/form-reference.md in out. */
static void read_page(struct copl_strbuf *out)
{
	const char *top = getenv("top_srcdir");
	struct copl_reporter r;
	char path[1000];

	snprintf(path, sizeof(path), "%s/docs/form-reference.md",
	    top == NULL ? "." : top);
	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_file_read(path, out->max, &r, out), COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
}

static void the_reference_begins_with_a_form_that_works(void **state)
{
	struct copl_strbuf page = COPL_STRBUF_INIT((size_t)1 << 20);
	struct seen seen;
	char *from, *to;

	(void)state;
	read_page(&page);
	from = strstr(page.s, "```xml\n");
	assert_non_null(from);
	from += strlen("```xml\n");
	to = strstr(from, "```");
	assert_non_null(to);
	*to = '\0';
	assert_int_equal(check_bytes(from, &seen), COPL_OK);
	print_seen(&seen);
	assert_int_equal(seen.n, 0);
	copl_strbuf_clear(&page);
}

/* All ```xml blocks of the page as one document. */
static void gather(const char *page, struct copl_strbuf *out)
{
	static const char fence[] = "\n```xml\n";
	const char *from = page, *to;

	copl_strbuf_puts(out, "<all xmlns='urn:cop-l10n:form:1'>");
	while ((from = strstr(from, fence)) != NULL) {
		from += strlen(fence);
		if (strncmp(from, "<?xml", 5) == 0)
			from = strchr(from, '\n');
		to = strstr(from, "\n```");
		assert_non_null(to);
		copl_strbuf_add(out, from, (size_t)(to - from));
		from = to;
	}
	copl_strbuf_puts(out, "</all>");
	assert_int_equal(out->st, COPL_OK);
}

/* "row", "row id" and, for what many elements share, " note". */
static void note_shown(
    struct copl_map *shown, struct copl_arena *a, const xmlNode *n)
{
	const xmlAttr *attr;
	const char *name;

	assert_true(copl_map_put(shown, (const char *)n->name, 0, NULL));
	for (attr = n->properties; attr != NULL; attr = attr->next) {
		const char *prefix =
		    attr->ns == NULL                                 ? ""
		    : xmlStrEqual(attr->ns->href, XML_XML_NAMESPACE) ? "xml:"
								     : "its:";

		name = copl_arena_printf(
		    a, "%s %s%s", n->name, prefix, attr->name);
		assert_non_null(name);
		assert_true(copl_map_put(shown, name, 0, NULL));
		assert_true(copl_map_put(shown, strchr(name, ' '), 0, NULL));
	}
}

static void note_all(
    struct copl_map *shown, struct copl_arena *a, const xmlNode *root)
{
	const xmlNode *n = root;

	while (n != NULL) {
		const xmlNode *next = copl_xml_first(n);

		note_shown(shown, a, n);
		while (next == NULL && n != root) {
			next = copl_xml_next(n);
			n = n->parent;
		}
		n = next;
	}
}

static void is_shown(const struct copl_map *shown, struct copl_arena *a,
    const struct copl_form_element *e, const struct copl_form_attr_rule *rule,
    bool own)
{
	const char *key =
	    copl_arena_printf(a, "%s %s", own ? e->name : "", rule->name);
	size_t i;

	assert_non_null(key);
	/* Only the program writes these; in a master they are errors. */
	if (strcmp(e->name, "consultation") == 0 &&
	    (strcmp(rule->name, "draft") == 0 ||
		strcmp(rule->name, "recipient") == 0 ||
		strcmp(rule->name, "guardian-age") == 0))
		return;
	if (!copl_map_get(shown, key, &i))
		fail_msg("no example shows %s of <%s>", rule->name, e->name);
}

static void the_reference_shows_every_element_and_attribute(void **state)
{
	struct copl_strbuf page = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_strbuf all = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_arena *a = copl_arena_new();
	const struct copl_form_element *e;
	struct copl_map shown = {NULL, 0, 0};
	struct copl_reporter r;
	struct copl_xml *x = NULL;
	size_t i, j;

	(void)state;
	assert_non_null(a);
	read_page(&page);
	gather(page.s, &all);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_xml_read(all.s, all.len, "page", COPL_XML_STRICT, &r, &x),
	    COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	note_all(&shown, a, xmlDocGetRootElement(x->doc));
	for (i = 0; (e = copl_form_element_at(i)) != NULL; i++) {
		const struct copl_form_attr_rule *rule;

		if (!copl_map_get(&shown, e->name, &j))
			fail_msg("no example shows <%s>", e->name);
		for (j = 0; (rule = copl_form_attr_rules(e, j)) != NULL; j++)
			for (; rule->name != NULL; rule++)
				is_shown(&shown, a, e, rule,
				    j == 0 && e->attrs != NULL);
	}
	copl_map_free(&shown);
	copl_xml_free(x);
	copl_arena_free(a);
	copl_strbuf_clear(&all);
	copl_strbuf_clear(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_good_form_is_read_in_full),
	    cmocka_unit_test(a_form_for_minors_needs_both_consents),
	    cmocka_unit_test(a_sensitive_question_needs_help_and_a_way_out),
	    cmocka_unit_test(a_form_with_room_for_words_needs_help),
	    cmocka_unit_test(a_form_needs_words_about_privacy),
	    cmocka_unit_test(a_required_question_needs_an_error_text),
	    cmocka_unit_test(a_date_from_the_opening_needs_an_opening),
	    cmocka_unit_test(an_audience_should_be_named),
	    cmocka_unit_test(a_link_that_nobody_follows_is_named),
	    cmocka_unit_test(a_parameter_of_the_form_needs_its_source),
	    cmocka_unit_test(a_second_use_names_the_line_of_the_first),
	    cmocka_unit_test(a_slip_of_the_pen_gets_a_suggestion),
	    cmocka_unit_test(everything_wrong_is_told_at_once_and_in_order),
	    cmocka_unit_test(another_document_is_not_a_form),
	    cmocka_unit_test(numbers_of_things_have_limits),
	    cmocka_unit_test(nested_emphasis_has_a_limit),
	    cmocka_unit_test(a_text_has_a_limit),
	    cmocka_unit_test(a_localized_form_gets_no_advice),
	    cmocka_unit_test(its_markup_and_direction_are_welcome),
	    cmocka_unit_test(the_shipped_forms_keep_every_rule),
	    cmocka_unit_test(the_reference_begins_with_a_form_that_works),
	    cmocka_unit_test(the_reference_shows_every_element_and_attribute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
