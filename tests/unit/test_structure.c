/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The second look at a localized document: nothing but texts may differ from
 * the master.  Each damage is done to a document that is right.
 */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include "build/structure.h"
#include "l10n/l10n.h"
#include "locale/locale.h"
#include "work/work.h"
#include "seen.h"

#define OPEN(more)                                                             \
	"<consultation xmlns='urn:cop-l10n:form:1' "                           \
	"xmlns:its='http://www.w3.org/2005/11/its' id='safety' "               \
	"version='1' " more ">\n"
#define HEAD(title, href)                                                      \
	"<about><title note='Heading'>" title "</title>"                       \
	"<param name='office' type='text' example='ITU'/>"                     \
	"<link id='helplines' href='https://example.org/'/>"                   \
	"<link id='guide' href='" href "' per-language='yes'/></about>\n"
#define OPTION(value, text) "<option value='" value "'>" text "</option>"

static const char english[] = OPEN("xml:lang='en'") HEAD("Your safety",
    "https://example.org/en") "<choices id='agree' kind='ordinal'>" OPTION("2",
    "Yes") OPTION("1", "A little") OPTION("0",
    "No") "</choices>\n"
	  "<section id='main'><title>You</title>"
	  "<choose-one id='seen' use='agree' when='age gt 12' required='yes'>"
	  "<label>Have you <em>ever</em> seen <strong>bullying</strong>? Read "
	  "<a to='guide'>this</a> or <a to='helplines'>that</a>.</label>"
	  "<hint its:localeFilterList='fr'>One answer</hint></choose-one>"
	  "<rank id='wishes' top='2'><label>What do you want?</label>"
	  "<option value='ITU' translate='no'>ITU <em>COP</em></option>" OPTION(
	      "law",
	      "Laws") "</rank>"
		      "<note id='soon' when=\"seen = '2'\">"
		      "<p count='n'><form><strong>One</strong> day</form>"
		      "<form>{n} days</form></p></note>"
		      "</section>\n</consultation>\n";

static const char arabic[] = OPEN("xml:lang='ar' dir='rtl'") HEAD("سلامتك",
    "https://example.org/ar") "<choices id='agree' kind='ordinal'>" OPTION("2",
    "نعم") OPTION("1", "قليلا") OPTION("0",
    "لا") "</choices>\n"
	  "<section id='main'><title>معلومات عنك</title>"
	  "<choose-one id='seen' use='agree' when='age gt 12' required='yes'>"
	  "<label>هل شاهدت <strong>تنمرا</strong> <em>من قبل</em>؟ يمكن قراءة "
	  "<a to='helplines'>هذا</a> أو <a to='guide'>ذاك</a>.</label>"
	  "</choose-one>"
	  "<rank id='wishes' top='2'><label>ماذا تريد؟</label>"
	  "<option value='ITU' translate='no'>ITU <em>COP</em></option>" OPTION(
	      "law",
	      "قوانين") "</rank>"
			"<note id='soon' when=\"seen = '2'\">"
			"<p count='n'><form>{n} "
			"يوم</form><form><strong>يوم</strong> واحد</form>"
			"<form>يومان</form><form>{n} أيام</form><form>{n} "
			"يوما</form>"
			"<form>{n} يوم</form></p></note>"
			"</section>\n</consultation>\n";

static const char chinese[] = OPEN("xml:lang='zh-Hans' dir='ltr'") HEAD(
    "你的安全",
    "https://example.org/zh") "<choices id='agree' kind='ordinal'>" OPTION("2",
    "是") OPTION("1", "有一点") OPTION("0",
    "否") "</choices>\n"
	  "<section id='main'><title>关于你</title>"
	  "<choose-one id='seen' use='agree' when='age gt 12' required='yes'>"
	  "<label>你<em>曾经</em>见过<strong>欺凌</strong>吗？请看"
	  "<a to='guide'>这里</a>或<a to='helplines'>那里</a>。</label>"
	  "</choose-one>"
	  "<rank id='wishes' top='2'><label>你想要什么？</label>"
	  "<option value='ITU' translate='no'>ITU <em>COP</em></option>" OPTION(
	      "law", "法律") "</rank>"
			     "<note id='soon' when=\"seen = '2'\">"
			     "<p count='n'><form>{n} 天</form></p></note>"
			     "</section>\n</consultation>\n";

static struct copl_xml *read_xml(const char *text, const char *file)
{
	struct copl_reporter r;
	struct copl_xml *x = NULL;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_xml_read(text, strlen(text), file, COPL_XML_STRICT, &r, &x),
	    COPL_OK);
	return x;
}

static enum copl_status look(struct build_pair pair, struct seen *seen)
{
	const struct copl_sink sink = {.diag = seen_diag, .arg = seen};
	struct copl_reporter r;

	*seen = (struct seen){.n = 0};
	copl_reporter_init(&r, &sink);
	return copl_reporter_end(&r, build_structure_check(&pair, &r));
}

static enum copl_status look_at(const char *master, const char *text,
    const char *lang, bool fallback, struct seen *seen)
{
	bool ar = strcmp(lang, "ar") == 0;
	struct copl_xml *a = read_xml(master, "form.xml");
	struct copl_xml *b = read_xml(text, "form.xml (built)");
	enum copl_status st = look((struct build_pair){.master = a,
				       .localized = b,
				       .lang = lang,
				       .dir = ar ? "rtl" : "ltr",
				       .nplurals = ar ? 6 : 1,
				       .fallback = fallback},
	    seen);

	copl_xml_free(a);
	copl_xml_free(b);
	return st;
}

/* The first "from" becomes "to". */
static char *damaged(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *out = NULL;

	if (at == NULL)
		fail_msg("not in the document: %s", from);
	assert_true(asprintf(&out, "%.*s%s%s", (int)(at - text), text, to,
			at + strlen(from)) > 0);
	return out;
}

struct damage {
	const char *from;
	const char *to;
	const char *said; /* in the only finding */
	size_t line;
};

static void is_seen(
    const char *text, const char *lang, const struct damage *d, bool fallback)
{
	char *bad = damaged(text, d->from, d->to);
	struct seen seen;

	assert_int_equal(
	    look_at(english, bad, lang, fallback, &seen), COPL_E_INVALID);
	if (seen.n != 1 || strstr(seen.list[0].text, d->said) == NULL)
		fail_msg("%zu findings, first: %s; wanted: %s", seen.n,
		    seen.list[0].text, d->said);
	assert_string_equal(seen.list[0].code, "structure-changed");
	assert_int_equal(seen.list[0].severity, COPL_ERROR);
	assert_int_equal(seen.list[0].line, d->line);
	assert_non_null(strstr(seen.list[0].text, lang));
	free(bad);
}

static void what_is_right_is_quiet(void **state)
{
	struct seen seen;

	(void)state;
	assert_int_equal(look_at(english, arabic, "ar", false, &seen), COPL_OK);
	assert_int_equal(seen.n, 0);
	assert_int_equal(
	    look_at(english, chinese, "zh-Hans", false, &seen), COPL_OK);
	assert_int_equal(seen.n, 0);
}

/* What has the same bytes in every language. */
static const struct damage everywhere[] = {
    {" when='age gt 12'", "", "<choose-one> has lost when=\"age gt 12\"", 4},
    {"age gt 12", "age gt 13",
	"in <choose-one>, when=\"age gt 12\" became when=\"age gt 13\"", 4},
    {"seen = '2'", "seen = '0'", "when=\"seen = '0'\"", 4},
    {"id='seen'", "id='seem'", "id=\"seen\" became id=\"seem\"", 4},
    {"id='main'", "id='mein'", "id=\"main\" became id=\"mein\"", 4},
    {"use='agree'", "use='other'", "use=\"agree\" became use=\"other\"", 4},
    {"top='2'", "top='3'", "top=\"2\" became top=\"3\"", 4},
    {" required='yes'", "", "has lost required=\"yes\"", 4},
    {" kind='ordinal'", " kind='ordinal' order='shuffle'",
	"<choices> got order=\"shuffle\"", 3},
    {"value='1'", "value='9'", "value=\"1\" became value=\"9\"", 3},
    {"version='1'", "version='2'", "version=\"1\" became version=\"2\"", 1},
    {" version='1'", "", "<consultation> has lost version=\"1\"", 1},
    {"<param name='office' type='text' example='ITU'/>", "",
	"<param name=\"office\"> is lost", 2},
    {"type='text'", "type='date'", "type=\"text\" became type=\"date\"", 2},
    {"href='https://example.org/'", "href='https://example.com/'",
	"href=\"https://example.org/\" became", 2},
    {"<link id='helplines'", "<link id='more' href='x'/><link id='helplines'",
	"<link id=\"more\"> is added to <about>", 2},
    {"<em>COP</em>", "<em>CO</em>",
	"<option value=\"ITU\"> has lost its text, or has one", 4},
    {">ITU <em>", ">UIT <em>", "<option value=\"ITU\"> has lost its text", 4},
    {"<em>COP</em>", "COP", "<em> is lost", 4},
    {"</rank>", "<error>!</error></rank>",
	"<error> is added to <rank id=\"wishes\">", 4},
    {"<note id='soon'", "stray<note id='soon'",
	"<section id=\"main\"> has lost its text, or has one", 4},
    {"<section id='main'>", "<section id='main' xml:lang='en'>",
	"<section> got xml:lang=\"en\"", 4},
    {"note='Heading'", "note='Другое'", "note=\"Heading\" became", 2},
};

static void each_damage_is_seen(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(everywhere); i++) {
		/* Fallback allows languages, and nothing else. */
		bool lang = strstr(everywhere[i].to, "xml:lang") != NULL;

		is_seen(arabic, "ar", &everywhere[i], !lang && i % 2 == 0);
		is_seen(chinese, "zh-Hans", &everywhere[i], !lang && i % 2);
	}
}

static void damage_to_arabic_is_seen(void **state)
{
	static const struct damage list[] = {
	    {OPTION("1", "قليلا"), "", "<option value=\"1\"> is lost", 3},
	    {OPTION("0", "لا"), "", "<option value=\"0\"> is lost", 3},
	    {OPTION("2", "نعم") OPTION("1", "قليلا"),
		OPTION("1", "قليلا") OPTION("2", "نعم"),
		"<option value=\"2\"> is not in its place", 3},
	    {OPTION("0", "لا"), OPTION("0", "لا") OPTION("x", "ربما"),
		"<option value=\"x\"> is added to <choices id=\"agree\">", 3},
	    {"<em>من قبل</em>", "من قبل", "<em> is lost", 4},
	    {"<em>من قبل</em>", "<em>من</em> <em>قبل</em>",
		"<em> is added to <label>", 4},
	    {"<title>معلومات عنك</title>", "<title/>",
		"<title> has lost its text", 4},
	    {"<title>معلومات عنك</title>", "", "<title> is lost", 4},
	    {"<form>يومان</form>", "", "(found: 5)", 4},
	    {"<form>يومان</form>", "<form><em>يومان</em></form>",
		"<em> is added to <form>", 4},
	    {"<form>يومان</form>", "<form> </form>", "<form> has lost its text",
		4},
	    {"xml:lang='ar'", "xml:lang='fa'",
		"xml:lang=\"en\" became xml:lang=\"fa\"", 1},
	    {" dir='rtl'", "", "<consultation> has lost", 1},
	    {"dir='rtl'", "dir='ltr'", "got dir=\"ltr\"", 1},
	    {"href='https://example.org/ar'", "href=''", "href=\"\"", 2},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++)
		is_seen(arabic, "ar", &list[i], false);
}

static void damage_to_chinese_is_seen(void **state)
{
	static const struct damage list[] = {
	    {OPTION("2", "是"), "", "<option value=\"2\"> is lost", 3},
	    {OPTION("1", "有一点") OPTION("0", "否"),
		OPTION("0", "否") OPTION("1", "有一点"),
		"<option value=\"1\"> is not in its place", 3},
	    {"<form>{n} 天</form>", "", "(found: 0)", 4},
	    {"<form>{n} 天</form>", "<form>{n} 天</form><form>{n} 天</form>",
		"(found: 2)", 4},
	    {"你的安全", "", "<title> has lost", 2},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++)
		is_seen(chinese, "zh-Hans", &list[i], false);
}

/* What is lost and what came are two findings. */
static void one_in_the_place_of_another_is_seen(void **state)
{
	static const struct damage list[] = {
	    {"<strong>欺凌</strong>", "<em>欺凌</em>", "", 4},
	    {"to='guide'", "to='helplines'", "", 4},
	};
	struct seen seen;
	size_t i, lost;
	char *bad;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++) {
		bad = damaged(chinese, list[i].from, list[i].to);
		assert_int_equal(look_at(english, bad, "zh-Hans", false, &seen),
		    COPL_E_INVALID);
		assert_int_equal(seen_count(&seen, "structure-changed"), 2);
		lost = strstr(seen.list[0].text, "> is lost") == NULL;
		assert_non_null(strstr(seen.list[lost].text, "> is lost"));
		assert_non_null(
		    strstr(seen.list[1 - lost].text, "> is added to <label>"));
		free(bad);
	}
}

static void findings_are_limited(void **state)
{
	struct copl_strbuf master = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_strbuf other = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct seen seen;
	int i;

	(void)state;
	copl_strbuf_puts(&master, OPEN("xml:lang='en'"));
	copl_strbuf_puts(&other, OPEN("xml:lang='ar' dir='rtl'"));
	for (i = 0; i < 5000; i++) {
		copl_strbuf_printf(
		    &master, "<row id='r%d'>Вопрос %d</row>", i, i);
		copl_strbuf_printf(&other, "<row id='s%d'>سؤال %d</row>", i, i);
	}
	copl_strbuf_puts(&master, "</consultation>");
	copl_strbuf_puts(&other, "</consultation>");
	assert_int_equal(
	    look_at(master.s, other.s, "ar", false, &seen), COPL_E_INVALID);
	assert_int_equal(seen.n, 20);
	copl_strbuf_clear(&master);
	copl_strbuf_clear(&other);
}

static void another_document_is_seen(void **state)
{
	struct seen seen;

	(void)state;
	assert_int_equal(
	    look_at(english, "<project xmlns='urn:cop-l10n:project:1'/>", "ar",
		false, &seen),
	    COPL_E_INVALID);
	assert_int_equal(seen.n, 2);
}

/* ---- what is made of real catalogs ---- */

static void made_is_right(const struct copl_units *u,
    const struct copl_catalog *c, const char *tag, bool fallback)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_XML_MAX);
	const struct copl_apply how = {.lang = tag,
	    .dir = copl_locale_dir(tag),
	    .missing = fallback ? COPL_MISSING_SOURCE : COPL_MISSING_FAIL};
	struct copl_plural p = {.n = 0};
	struct copl_reporter r;
	struct copl_xml *x;
	struct seen seen;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_units_apply(u, c, &how, &r, &out), COPL_OK);
	if (c != NULL)
		assert_true(copl_plural_parse(
		    copl_catalog_field(c, "Plural-Forms", NULL), &p));
	x = read_xml(out.s, "built");
	if (look((struct build_pair){u->xml, x, tag, how.dir, p.n, fallback},
		&seen) != COPL_OK)
		fail_msg("%s: %s", tag, seen.list[0].text);
	copl_xml_free(x);
	copl_strbuf_clear(&out);
}

/* The catalog without every third message. */
static struct copl_catalog *thinned(const char *path)
{
	struct copl_strbuf all = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_strbuf part = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	const char *at, *end;
	size_t i = 0;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_file_read(path, COPL_CATALOG_MAX, &r, &all), COPL_OK);
	for (at = all.s; *at != '\0'; at = end, i++) {
		end = strstr(at, "\n\n");
		end = end == NULL ? at + strlen(at) : end + 2;
		if (i % 3 != 2)
			copl_strbuf_add(&part, at, (size_t)(end - at));
	}
	assert_true(i > 10);
	assert_int_equal(
	    copl_catalog_read(part.s, part.len, path, &r, &c), COPL_OK);
	copl_strbuf_clear(&all);
	copl_strbuf_clear(&part);
	return c;
}

static void shipped_forms_are_right_in_six_languages(void **state)
{
	const char *dir = getenv("top_srcdir");
	const struct copl_workspace_load how = {.lint = false};
	struct copl_workspace *w = NULL;
	struct copl_reporter r;
	size_t made = 0, i, k;

	(void)state;
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_workspace_load(dir == NULL ? "../.." : dir, &how, &r, &w),
	    COPL_OK);
	for (i = 0; i < w->nmasters; i++) {
		for (k = 0; k < w->project->nlanguages; k++, made++) {
			const struct copl_master *m = &w->masters[i];
			const char *tag = w->project->languages[k].tag;
			struct copl_catalog *c = m->catalogs[k].catalog;

			made_is_right(m->units, c, tag, false);
			if (c == NULL || m->kind == COPL_MASTER_PROJECT)
				continue;
			c = thinned(c->file);
			made_is_right(m->units, c, tag, true);
			copl_catalog_free(c);
		}
	}
	assert_int_equal(made, 6 * w->nmasters);
	assert_true(w->nmasters >= 4);
	copl_workspace_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_right_is_quiet),
	    cmocka_unit_test(each_damage_is_seen),
	    cmocka_unit_test(damage_to_arabic_is_seen),
	    cmocka_unit_test(damage_to_chinese_is_seen),
	    cmocka_unit_test(one_in_the_place_of_another_is_seen),
	    cmocka_unit_test(findings_are_limited),
	    cmocka_unit_test(another_document_is_seen),
	    cmocka_unit_test(shipped_forms_are_right_in_six_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
