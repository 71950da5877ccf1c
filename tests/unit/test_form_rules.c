/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "form_sample.h"
#include "help_left_out.h"

/*
 * The good form with one place changed.  "¦" in the new text is where the
 * finding must stand; it is left out of the form.
 */
static char *changed(
    const char *from, const char *to, size_t *line, size_t *column)
{
	const char *at = strstr(good, from), *mark = strstr(to, "¦"), *p;
	size_t before = (size_t)(at - good), len;
	char *s = NULL, *place;

	assert_non_null(at);
	assert_non_null(mark);
	assert_true(
	    asprintf(&s, "%.*s%.*s%s%s", (int)before, good, (int)(mark - to),
		to, mark + strlen("¦"), at + strlen(from)) > 0);
	place = s + before + (mark - to);
	len = (size_t)(place - s);
	*line = 1;
	for (p = s; p < s + len; p++)
		*line += *p == '\n';
	while (place > s && place[-1] != '\n')
		place--;
	*column = copl_utf8_count(place, (size_t)(s + len - place)) + 1;
	return s;
}

struct variant {
	const char *from;
	const char *to;
	const char *code;
	size_t total; /* findings in all */
	bool grammar; /* the schema must refuse it as well */
};

static void run_variant(const struct variant *v, enum copl_severity severity)
{
	size_t line, column, i;
	char *s = changed(v->from, v->to, &line, &column);
	struct seen seen;
	bool found = false;

	assert_int_equal(check_bytes(s, &seen),
	    severity == COPL_ERROR ? COPL_E_INVALID : COPL_OK);
	for (i = 0; i < seen.n; i++)
		found = found ||
			(strcmp(seen.code[i], v->code) == 0 &&
			    seen.line[i] == line && seen.column[i] == column &&
			    seen.severity[i] == severity);
	if (!found || seen.n != v->total) {
		print_message("# want %s at %zu:%zu, %zu in all: %s\n", v->code,
		    line, column, v->total, v->to);
		print_seen(&seen);
		fail();
	}
	free(s);
}

static void run_variants(
    const struct variant *v, size_t n, enum copl_severity severity)
{
	size_t i;

	for (i = 0; i < n; i++)
		run_variant(&v[i], severity);
}

/* ---- what the grammar says ---- */

static const struct variant grammar[] = {
    {"<hint>Без имён.</hint>", "¦<hnt>Без имён.</hnt>", "form-unknown-element",
	1, true},
    {"<hint>Без имён.</hint>", "¦<x:hint xmlns:x='urn:x'>Без</x:hint>",
	"form-unknown-element", 1, true},
    {"<hint>Без имён.</hint>", "¦<row id='a'>Пиши без имён.</row>",
	"form-misplaced-element", 1, true},
    {"<p>Начнём.</p>", "<p>¦<p>Начнём.</p></p>", "form-misplaced-element", 1,
	true},
    {"<strong>не</strong>", "<term>не ¦<em>так</em></term>",
	"form-misplaced-element", 1, true},
    {"<label>Что нужно изменить?</label><hint>Без имён.</hint>",
	"<hint>Без имён.</hint>¦<label>Что нужно изменить?</label>",
	"form-order", 1, true},
    {"<label>Кому это известно?</label>",
	"<label>Кому это известно?</label>¦<label>Кому это известно?</label>",
	"form-repeated-element", 1, true},
    {"<text id='idea' lines='6' maxlength='1000'><label>Что нужно "
     "изменить?</label>",
	"¦<text id='idea'>", "form-missing-element", 1, true},
    {"<about>\n<title>Цифровые навыки</title>", "¦<about>\n",
	"form-missing-element", 1, true},
    {"<intro><p>Начнём.</p></intro>", "¦<intro/>", "form-missing-element", 1,
	true},
    {"<thanks><p>شكراً لك.</p></thanks>", "<thanks>¦شكراً<p>لك</p></thanks>",
	"form-text", 1, true},
    {"<thanks><p>شكراً لك.</p></thanks>",
	"<thanks><p>لك</p><!-- «شكراً» --> ¦شكراً</thanks>", "form-text", 1,
	true},
    {"<opens at='2027-01-11T08:00:00Z'/>",
	"<opens at='2027-01-11T08:00:00Z'>¦&#x43d;</opens>", "form-text", 1,
	true},
    {"<label>Что нужно изменить?</label>",
	"<label ¦nota='x'>Что нужно изменить?</label>",
	"form-unknown-attribute", 1, true},
    {"<label>Что нужно изменить?</label>",
	"<label xmlns:x='urn:x' ¦x:note='x'>Что нужно изменить?</label>",
	"form-unknown-attribute", 1, true},
    {"<section id='start'>", "<section id='start' ¦note='x'>",
	"form-unknown-attribute", 1, true},
    {"<row id='block' note", "¦<row note", "form-missing-attribute", 1, true},
    {"<closes at='2027-03-31T12:00:00+02:00'/>", "¦<closes/>",
	"form-missing-attribute", 1, true},
    {"id='idea'", "id='¦Idea'", "form-bad-value", 1, true},
    {"id='idea'", "id='¦ä'", "form-bad-value", 1, true},
    {"id='idea'", "id='¦a23456789012345678901234567890123'", "form-bad-value",
	1, true},
    {"value='schools'", "value='¦all schools'", "form-bad-value", 1, true},
    {"value='schools'", "value='¦'", "form-bad-value", 1, true},
    {"xml:lang='ru'", "xml:lang='¦русский'", "form-bad-value", 1, true},
    {"sensitive='yes'", "sensitive='¦true'", "form-bad-value", 1, true},
    {"at='2027-03-31T12:00:00+02:00'", "at='¦2027-03-31T12:00:00'",
	"form-bad-value", 1, true},
    {"at='2027-03-31T12:00:00+02:00'", "at='¦2027-02-30T12:00:00Z'",
	"form-bad-value", 1, true},
    {"<param name='keep_until' type='date'/>",
	"<param name='keep_until' type='¦day'/>", "form-bad-value", 1, true},
    {"<privacy keep-until='2027-12-31'>", "<privacy keep-until='¦31.12.2027'>",
	"form-bad-value", 1, true},
    {"max-age='24'", "max-age='¦many'", "form-bad-value", 1, true},
    {"lines='6'", "lines='¦0'", "form-bad-value", 1, true},
    {"max='24'", "max='¦1e3'", "form-bad-value", 1, true},
    {"max='today'", "max='¦tomorrow'", "form-bad-value", 1, true},
    {"from='0'", "from='¦zero'", "form-bad-value", 1, true},
    {"maxchars='20'", "maxchars='¦-1'", "form-bad-value", 1, true},
    {"when='age lt guardian-age'", "when='¦'", "form-bad-value", 1, true},
    {"precision='month'", "precision='¦week'", "form-bad-value", 1, true},
    {"<choose-one id='seen' use='yes_no' sensitive='yes'>",
	"¦<choose-one id='seen'>", "form-options", 1, true},
    {"<choose-many id='told' max='2' shuffle='yes'>",
	"<choose-many id='told' use='¦yes_no' max='2' shuffle='yes'>",
	"form-options", 2, true},
};

static void each_rule_of_the_grammar_is_checked_at_its_place(void **state)
{
	(void)state;
	run_variants(grammar, COPL_COUNT(grammar), COPL_ERROR);
}

/* ---- what only our own checker says ---- */

static const struct variant errors[] = {
    {"id='idea'", "id='¦seen'", "form-duplicate", 1, false},
    {"id='idea'", "id='¦yes_no'", "form-duplicate", 1, false},
    {"id='care'", "id='¦start'", "form-duplicate", 1, false},
    {"value='states'", "value='¦schools'", "form-duplicate", 1, false},
    {"<row id='block' note",
	"<row id='block'>Да, это так.</row><row id='¦block' note",
	"form-duplicate", 1, false},
    {"<param name='keep_until' type='date'/>",
	"<param name='keep_until' type='date'/>\n"
	"<param name='¦office' type='text'/>",
	"form-duplicate", 2, false},
    {"recipient='helpline'/>\n",
	"recipient='helpline'/>\n"
	"<link id='¦help_page' href='tel:112'/>\n",
	"form-duplicate", 2, false},
    {"id='idea'", "id='¦help'", "form-reserved", 1, false},
    {"value='states'", "value='¦label'", "form-reserved", 1, false},
    {"id='block'", "id='¦error'", "form-reserved", 1, false},
    {"id='proba'", "id='¦interface'", "form-reserved", 1, false},
    {"<grid id='tools' use='yes_no'>", "<grid id='tools' use='¦yesno'>",
	"form-unknown-choices", 1, false},
    {"<opens at='2027-01-11T08:00:00Z'/>\n<closes at='",
	"<opens at='2027-03-31T10:00:00Z'/>\n<closes at='¦", "form-closes", 1,
	false},
    {"keep-until='2027-12-31'", "keep-until='¦2027-03-30'", "form-keep-until",
	1, false},
    {"max-age='24'", "max-age='¦9'", "form-bounds", 1, false},
    {"<param name='year' type='number' value='2027'/>",
	"¦<param name='year' type='number'/>", "form-param-source", 1, false},
    {"value='2027'", "value='¦二千'", "form-param-value", 1, false},
    {"<param name='year' type='number' value='2027'/>",
	"<param name='year' type='email' value='¦a@b'/>", "form-param-value", 1,
	false},
    {"<param name='year' type='number' value='2027'/>",
	"<param name='year' type='url' value='¦javascript:x'/>",
	"form-param-value", 1, false},
    {"name='office' type='text'", "name='office' type='¦date'",
	"form-param-type", 1, false},
    {"name='office' type='text'", "name='office' type='text' value='¦Бюро'",
	"form-param-source", 1, false},
    {"href='https://example.org/'", "href='¦javascript:x'", "form-bad-value", 1,
	false},
    {"<consent id='my_ok' by='participant' required='yes'>",
	"¦<consent id='my_ok' by='participant'>", "form-consent", 1, false},
    {"<option value='schools'>", "<option value='schools' exclusive='¦yes'>",
	"form-option", 1, false},
    {"<option value='schools'>", "<option value='schools' other='¦yes'>",
	"form-option", 1, false},
    {"<option value='nobody' exclusive='yes'>",
	"<option value='nobody' other='¦yes'>", "form-option", 1, false},
    {"<option value='yes'>", "<option value='yes' exclusive='¦yes'>",
	"form-option", 1, false},
    {"from-age='13'", "from-age='¦10'", "form-age-order", 1, false},
    {"<rank id='who' top='2'><label>Кто может помочь?</label>"
     "<option value='schools'>Все школы</option>",
	"<rank id='who'><label>Кто может помочь?</label>¦", "form-few-options",
	1, false},
    {"max='2' shuffle", "max='¦4' shuffle", "form-bounds", 1, false},
    {"max='2' shuffle", "min='¦3' max='2' shuffle", "form-bounds", 1, false},
    {"from='0' to='10'", "from='10' to='¦10'", "form-bounds", 1, false},
    {"from='0' to='10'", "from='0' to='¦101'", "form-bounds", 1, false},
    {"top='2'", "top='¦3'", "form-bounds", 1, false},
    {"min='0' max='24' step='0.5'", "min='¦24.5' max='24' step='0.5'",
	"form-bounds", 1, false},
    {"step='0.5'", "step='¦0'", "form-bounds", 1, false},
    {"min='opens' max='today'", "min='¦2027-02-02' max='2027-02-01'",
	"form-bounds", 1, false},
    {"<choose-many id='told'", "<choose-many sensitive='¦yes' id='told'",
	"form-sensitive", 1, false},
    {"<text id='idea'", "<text sensitive='yes' required='¦yes' id='idea'",
	"form-sensitive", 2, false},
    {"{office}", "¦{ofice}", "form-unknown-param", 1, false},
    {"{office}", "{office} &lt;¦{бюро}", "form-brace", 1, false},
    {"{office}", "{office} ¦&#123;", "form-brace", 1, false},
    {"{office}", "{office} <!-- { -->¦}", "form-brace", 1, false},
    {"{office}", "¦{off<em>ice</em>} {office", "form-brace", 3, false},
    {"{office}", "{office} <![CDATA[Ответ: ¦{nobody}]]>", "form-unknown-param",
	1, false},
    {"to='help_page'", "to='¦help_pages'", "form-unknown-link", 1, false},
    {"<option value='states'>Все страны<",
	"¦<option value='states'>Все  <em>школы</em>\n<",
	"form-duplicate-label", 1, false},
    {"<option value='skip'>Не хочу отвечать<",
	"¦<option value='skip'>Да<!-- --><", "form-duplicate-label", 1, false},
    {"<row id='block' note",
	"<row id='a' note='x'>Я умею.</row>¦<row id='block' note",
	"form-duplicate-label", 1, false},
    {"<label>Что нужно изменить?</label>", "¦<label> \n </label>",
	"form-empty-text", 1, false},
    {"<label>Что нужно изменить?</label>",
	"<label>Что нужно изменить?¦<em/></label>", "form-empty-text", 1,
	false},
};

static void each_rule_of_the_whole_form_is_checked_at_its_place(void **state)
{
	(void)state;
	run_variants(errors, COPL_COUNT(errors), COPL_ERROR);
}

static void a_finding_is_one_line_whatever_it_shows(void **state)
{
	struct seen seen;

	(void)state;
	replaced("maxchars='20'", "maxchars='2&#10;0&#13;'", &seen);
	only(&seen, "form-bad-value", 24, 112, "\"2 0 \" cannot be");
}

static const struct variant conditions[] = {
    {"\"13_24\"", "\"¦13-24\"", "form-when-value", 1, false},
    {"age = \"13_24\"", "¦agee = \"13_24\"", "form-when-unknown", 1, false},
    {"age = \"13_24\"", "¦told includes \"other\"", "form-when-cycle", 1,
	false},
    {"age lt guardian-age", "¦seen = \"yes\"", "form-when-later", 1, false},
    {"<rating id='safe'", "<rating when='¦hours = \"1\"' id='safe'",
	"form-when-later", 2, false},
    {"<choose-one id='seen'",
	"<choose-one when='¦told includes \"other\"' id='seen'",
	"form-when-later", 1, false},
    {"<choose-one id='seen'", "<choose-one when='¦seen = \"yes\"' id='seen'",
	"form-when-cycle", 1, false},
    {"age = \"13_24\"", "¦more = \"x\"", "form-when-kind", 1, false},
    {"age = \"13_24\"", "¦my_ok = \"yes\"", "form-when-kind", 1, false},
    {"age = \"13_24\"", "¦age includes \"13_24\"", "form-when-operator", 1,
	false},
    {"told includes", "¦told =", "form-when-operator", 1, false},
    {"told includes \"nobody\"", "¦told lt guardian-age", "form-when-age", 1,
	false},
    {"told includes \"nobody\"", "¦seen lt guardian-age", "form-when-age", 1,
	false},
    {"age lt guardian-age", "age lt ¦16", "form-when-number", 1, false},
    {"age lt guardian-age", "age ¦&lt; 16", "form-when-number", 1, false},
    {"age lt guardian-age", "age ¦ge 16", "form-when-number", 1, false},
    {"age = \"13_24\"", "age = ¦13_24", "form-when-syntax", 1, false},
    {"age = \"13_24\"", "age = &apos;10_12&apos; and ¦", "form-when-syntax", 1,
	false},
    {"age = \"13_24\"",
	"age = &apos;10_12&apos;\nor (age != &#x22;10_12&#x22; ¦age",
	"form-when-syntax", 1, false},
    {"<date id='last'",
	"<date when='age = \"10_12\" or ¦safe = \"3\"' id='last'",
	"form-when-number", 1, false},
    {"<date id='last'",
	"<date when='age = \"x\" and seen = \"¦n\" and nix = \"n\"' id='last'",
	"form-when-value", 3, false},
};

static void each_rule_of_conditions_is_checked_at_its_place(void **state)
{
	(void)state;
	run_variants(conditions, COPL_COUNT(conditions), COPL_ERROR);
}

static const struct variant advice[] = {
    {"name='office' type='text' example='Бюро' note='Имя'/>\n",
	"name='office' type='text'/>\n¦<param name='contact' type='email'/>\n",
	"form-unused", 1, false},
    {"<choices id='yes_no'",
	"¦<choices id='ja_nein'><option value='j' note='x'>Ja</option>"
	"<option value='n' note='x'>Nein</option></choices><choices "
	"id='yes_no'",
	"form-unused", 1, false},
    {"<label>Что нужно изменить?</label>",
	"¦<label>Скажи нам. Мы <em>слушаем!</em> Что нужно изменить?</label>",
	"form-long-label", 1, false},
    {"<label>Что нужно изменить?</label>",
	"¦<label>Это верно <strong>для тебя?</strong></label>",
	"form-duplicate-label", 1, false},
    {"<label>Что нужно изменить?</label>", "¦<label>Что дальше?</label>",
	"form-short-label", 1, false},
    {"<row id='block' note='В приложении'>", "¦<row id='block'>",
	"form-short-label", 1, false},
    {"<unit note='часы'>", "¦<unit>", "form-short-label", 1, false},
    {"<low note='край'>", "¦<low>", "form-short-label", 1, false},
    {"<title note='Часть'>", "¦<title>", "form-short-label", 1, false},
    {"<option value='friend' maxchars='20'>Моему другу<",
	"¦<option value='friend' maxchars='20'>Другу<", "form-short-label", 1,
	false},
    {"<label>Что нужно изменить?</label>", "¦<label>Как тебя зовут?</label>",
	"form-personal-data", 1, false},
    {"<hint>Без имён.</hint>", "¦<hint>Имя и фамилия полностью.</hint>",
	"form-personal-data", 1, false},
    {"<text id='idea'", "<text id='¦email'", "form-personal-data", 1, false},
    {"<label>Когда это было?</label>",
	"¦<label>Твоя дата рождения, пожалуйста:</label>", "form-personal-data",
	1, false},
    {"<p>Начнём.</p>", "<p>Читай ¦www.itu.int и думай.</p>", "form-raw-address",
	1, false},
    {"<p>Начнём.</p>", "<p>Читай (¦https://www.itu.int).</p>",
	"form-raw-address", 1, false},
    {"<label>Что нужно изменить?</label>",
	"¦<label>а б в г д е ж з и к л м н <em>о п</em> р с т у ф ц</label>",
	"form-long-label", 1, false},
};

static void advice_is_a_warning_and_the_form_is_read(void **state)
{
	(void)state;
	run_variants(advice, COPL_COUNT(advice), COPL_WARNING);
}

/* ---- our checker and the schema say the same ---- */

/* 0: accepted, 1: refused, -1: xmllint is not installed. */
static int ask_schema(const char *bytes)
{
	const char *top = getenv("top_srcdir");
	char command[1200];
	FILE *fp;
	int rc;

	if (system("command -v xmllint >/dev/null 2>&1") != 0)
		return -1;
	snprintf(command, sizeof(command),
	    "xmllint --noout --relaxng '%s/forms/schema/cop-form.rng' - "
	    ">/dev/null 2>&1",
	    top == NULL ? "." : top);
	fp = popen(command, "w");
	assert_non_null(fp);
	fputs(bytes, fp);
	rc = pclose(fp);
	return rc == 0 ? 0 : 1;
}

static void agree(const struct variant *v, size_t n)
{
	size_t line, column, i;

	for (i = 0; i < n; i++) {
		char *s;
		int rc;

		s = changed(v[i].from, v[i].to, &line, &column);
		rc = ask_schema(s);
		if (rc != (v[i].grammar ? 1 : 0))
			print_message(
			    "# the schema thinks otherwise of %s\n", v[i].to);
		assert_int_equal(rc, v[i].grammar ? 1 : 0);
		free(s);
	}
}

static void the_schema_agrees_about_every_variant(void **state)
{
	int rc = ask_schema(good);

	(void)state;
	if (rc < 0) {
		not_installed("xmllint");
		return;
	}
	assert_int_equal(rc, 0);
	agree(grammar, COPL_COUNT(grammar));
	agree(errors, COPL_COUNT(errors));
	agree(conditions, COPL_COUNT(conditions));
	agree(advice, COPL_COUNT(advice));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_rule_of_the_grammar_is_checked_at_its_place),
	    cmocka_unit_test(
		each_rule_of_the_whole_form_is_checked_at_its_place),
	    cmocka_unit_test(a_finding_is_one_line_whatever_it_shows),
	    cmocka_unit_test(each_rule_of_conditions_is_checked_at_its_place),
	    cmocka_unit_test(advice_is_a_warning_and_the_form_is_read),
	    cmocka_unit_test(the_schema_agrees_about_every_variant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
