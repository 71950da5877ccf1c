/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>
#include "form/form.h"

/* ---- a form that keeps every rule and has every question type ---- */

static const char good[] =
    "<consultation xmlns='urn:cop-l10n:form:1' id='proba' version='1'"
    " xml:lang='ru'>\n"
    "<about>\n"
    "<title>Цифровые навыки</title>\n"
    "<opens at='2027-01-11T08:00:00Z'/>\n"
    "<closes at='2027-03-31T12:00:00+02:00'/>\n"
    "<audience min-age='10' max-age='24'/>\n"
    "<param name='office' type='text' example='Бюро' note='Имя'/>\n"
    "<param name='keep_until' type='date'/>\n"
    "<param name='year' type='number' value='2027'/>\n"
    "<link id='help_page' href='https://example.org/' recipient='helpline'/>\n"
    "<contact>Ответит {office}, {{год}} {year}.</contact>\n"
    "<privacy keep-until='2027-12-31'><p>Имя <strong>не</strong> нужно,"
    " до {keep_until}.</p></privacy>\n"
    "<help><p>Есть <a to='help_page'>помощь</a>.</p></help>\n"
    "</about>\n"
    "<choices id='yes_no' kind='nominal'><option value='yes'>Да</option>"
    "<option value='skip'>Не хочу отвечать</option></choices>\n"
    "<section id='start'><title>Начало</title>\n"
    "<intro><p>Начнём.</p></intro>\n"
    "<choose-one id='age' required='yes'><label>Сколько тебе лет?</label>"
    "<option value='10_12' from-age='10'>10–12</option>"
    "<option value='13_24' from-age='13'>13–24</option>"
    "<error>Выбери возраст.</error></choose-one>\n"
    "<consent id='guardian_ok' by='guardian' required='yes'"
    " when='age lt guardian-age'><label>Мы согласны.</label>"
    "<error>Нужно согласие.</error></consent>\n"
    "<consent id='my_ok' by='participant' required='yes'>"
    "<label>Да, начнём.</label><error>Отметь это поле.</error></consent>\n"
    "</section>\n"
    "<section id='more' when='age = \"13_24\"'><title>Ещё</title>\n"
    "<choose-one id='seen' use='yes_no' sensitive='yes'>"
    "<label>Ты это видишь?</label></choose-one>\n"
    "<choose-many id='told' max='2' shuffle='yes'><label>Кому?</label>"
    "<option value='friend' maxchars='20'>Другу</option>"
    "<option value='other' other='yes'>Другим</option>"
    "<option value='nobody' exclusive='yes'>Никому</option></choose-many>\n"
    "<note id='care' when='not(told includes \"nobody\")'>"
    "<p>你没有错。</p><bullets><item>一</item></bullets></note>\n"
    "<rating id='safe' from='0' to='10'><label>Насколько?</label>"
    "<low>мало</low><high>много</high></rating>\n"
    "<grid id='tools' use='yes_no'><label>Верно?</label>"
    "<row id='block'>Я умею.</row></grid>\n"
    "<rank id='who' top='2'><label>Кто?</label>"
    "<option value='schools'>Школы</option>"
    "<option value='states'>Страны</option></rank>\n"
    "<text id='idea' lines='6' maxlength='1000'><label>Что?</label>"
    "<hint>Без имён.</hint></text>\n"
    "<number id='hours' min='0' max='24' step='0.5'>"
    "<label>Сколько часов?</label><unit>ч</unit></number>\n"
    "<date id='last' precision='month' min='opens' max='today'>"
    "<label>Когда?</label></date>\n"
    "</section>\n"
    "<thanks><p>شكراً لك.</p></thanks>\n"
    "</consultation>\n";

/* ---- reading and what it finds ---- */

#define SEEN_MAX 40
struct seen {
	size_t n;
	enum copl_severity severity[SEEN_MAX];
	char code[SEEN_MAX][40];
	size_t line[SEEN_MAX];
	size_t column[SEEN_MAX];
	char text[SEEN_MAX][300];
};

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct seen *s = arg;

	assert_true(s->n < SEEN_MAX);
	s->severity[s->n] = d->severity;
	snprintf(s->code[s->n], sizeof(s->code[0]), "%s", d->code);
	snprintf(s->text[s->n], sizeof(s->text[0]), "%s", d->text);
	s->line[s->n] = d->line;
	s->column[s->n] = d->column;
	s->n++;
}

static enum copl_status read_bytes(const char *bytes, bool localized,
    struct seen *seen, struct copl_xml **x, struct copl_form **f)
{
	struct copl_sink sink = {on_diag, NULL, seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(seen, 0, sizeof(*seen));
	copl_reporter_init(&r, &sink);
	*f = NULL;
	st = copl_xml_read(
	    bytes, strlen(bytes), "f.xml", COPL_XML_STRICT, &r, x);
	if (st == COPL_OK && localized)
		st = copl_form_read_localized(*x, &r, f);
	else if (st == COPL_OK)
		st = copl_form_read(*x, &r, f);
	st = copl_reporter_end(&r, st);
	assert_int_equal(st == COPL_OK, *f != NULL);
	return st;
}

static enum copl_status check_bytes(const char *bytes, struct seen *seen)
{
	struct copl_form *f;
	struct copl_xml *x;
	enum copl_status st = read_bytes(bytes, false, seen, &x, &f);

	copl_form_free(f);
	copl_xml_free(x);
	return st;
}

static void print_seen(const struct seen *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		print_message("# %zu:%zu %s [%s]\n", s->line[i], s->column[i],
		    s->text[i], s->code[i]);
}

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
    {"<hint>Без имён.</hint>", "¦<row id='a'>Без имён.</row>",
	"form-misplaced-element", 1, true},
    {"<p>Начнём.</p>", "<p>¦<p>Начнём.</p></p>", "form-misplaced-element", 1,
	true},
    {"<strong>не</strong>", "<term>не ¦<em>так</em></term>",
	"form-misplaced-element", 1, true},
    {"<label>Что?</label><hint>Без имён.</hint>",
	"<hint>Без имён.</hint>¦<label>Что?</label>", "form-order", 1, true},
    {"<label>Кому?</label>", "<label>Кому?</label>¦<label>Кому?</label>",
	"form-repeated-element", 1, true},
    {"<text id='idea' lines='6' maxlength='1000'><label>Что?</label>",
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
    {"<label>Что?</label>", "<label ¦nota='x'>Что?</label>",
	"form-unknown-attribute", 1, true},
    {"<label>Что?</label>", "<label xmlns:x='urn:x' ¦x:note='x'>Что?</label>",
	"form-unknown-attribute", 1, true},
    {"<section id='start'>", "<section id='start' ¦note='x'>",
	"form-unknown-attribute", 1, true},
    {"<row id='block'>", "¦<row>", "form-missing-attribute", 1, true},
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
    {"<row id='block'>", "<row id='block'>Да.</row><row id='¦block'>",
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
    {"<rank id='who' top='2'><label>Кто?</label>"
     "<option value='schools'>Школы</option>",
	"<rank id='who'><label>Кто?</label>¦", "form-few-options", 1, false},
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
    {"{office}", "¦{off<em>ice</em>} {office", "form-brace", 4, false},
    {"{office}", "{office} <![CDATA[Ответ: ¦{nobody}]]>", "form-unknown-param",
	1, false},
    {"to='help_page'", "to='¦help_pages'", "form-unknown-link", 1, false},
    {"<label>Что?</label>", "¦<label> \n </label>", "form-empty-text", 1,
	false},
    {"<label>Что?</label>", "<label>Что?¦<em/></label>", "form-empty-text", 1,
	false},
};

static void each_rule_of_the_whole_form_is_checked_at_its_place(void **state)
{
	(void)state;
	run_variants(errors, COPL_COUNT(errors), COPL_ERROR);
}

static const struct variant conditions[] = {
    {"\"13_24\"", "\"¦13-24\"", "form-when-value", 1, false},
    {"age = \"13_24\"", "¦agee = \"13_24\"", "form-when-unknown", 1, false},
    {"age = \"13_24\"", "¦told includes \"other\"", "form-when-later", 1,
	false},
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
	"¦<choices id='ja_nein'><option value='j'>Ja</option>"
	"<option value='n'>Nein</option></choices><choices id='yes_no'",
	"form-unused", 1, false},
    {"<p>Начнём.</p>", "<p>Читай ¦www.itu.int и думай.</p>", "form-raw-address",
	1, false},
    {"<p>Начнём.</p>", "<p>Читай (¦https://www.itu.int).</p>",
	"form-raw-address", 1, false},
    {"<label>Что?</label>",
	"¦<label>а б в г д е ж з и к л м н <em>о п</em> р с т у ф ц</label>",
	"form-long-label", 1, false},
};

static void advice_is_a_warning_and_the_form_is_read(void **state)
{
	(void)state;
	run_variants(advice, COPL_COUNT(advice), COPL_WARNING);
}

/* ---- findings that stand far from what was changed ---- */

static void replaced(const char *from, const char *to, struct seen *seen)
{
	const char *at = strstr(good, from);
	char *s = NULL;

	assert_non_null(at);
	assert_true(asprintf(&s, "%.*s%s%s", (int)(at - good), good, to,
			at + strlen(from)) > 0);
	check_bytes(s, seen);
	free(s);
}

static void only(const struct seen *seen, const char *code, size_t line,
    size_t column, const char *part)
{
	if (seen->n != 1)
		print_seen(seen);
	assert_int_equal(seen->n, 1);
	assert_string_equal(seen->code[0], code);
	assert_int_equal(seen->line[0], line);
	assert_int_equal(seen->column[0], column);
	assert_non_null(strstr(seen->text[0], part));
}

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
	only(&seen, "form-unknown-element", 29, 63, "<remark>");
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
	    "form-missing-element", "form-bad-value", "form-missing-element",
	    "form-no-audience", "form-brace", "form-bad-value",
	    "form-missing-element", "form-unknown-element",
	    "form-missing-element", "form-duplicate", "form-when-syntax",
	    "form-empty-text"};
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
	replaced("<label>Что?</label>",
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
		print_message("# skipped: xmllint is not installed\n");
		skip();
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
	    cmocka_unit_test(a_good_form_is_read_in_full),
	    cmocka_unit_test(each_rule_of_the_grammar_is_checked_at_its_place),
	    cmocka_unit_test(
		each_rule_of_the_whole_form_is_checked_at_its_place),
	    cmocka_unit_test(each_rule_of_conditions_is_checked_at_its_place),
	    cmocka_unit_test(advice_is_a_warning_and_the_form_is_read),
	    cmocka_unit_test(a_form_for_minors_needs_both_consents),
	    cmocka_unit_test(a_sensitive_question_needs_help_and_a_way_out),
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
	    cmocka_unit_test(the_schema_agrees_about_every_variant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
