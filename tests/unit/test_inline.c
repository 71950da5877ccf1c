/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "inline/inline.h"
#include "seen.h"

struct fixture {
	struct copl_arena *arena;
	struct copl_xml *xml;
	struct copl_inline text;
	struct seen seen;
};

static bool all_but_x(void *arg, uint32_t element)
{
	return strcmp(copl_xml_element_name(arg, element)->local, "x") != 0;
}

/* The message of the root's content. */
static void make(struct fixture *f, const char *xml)
{
	struct copl_inline_how how = {.within = all_but_x};
	struct copl_inline_maker *m;
	struct copl_reporter r;

	memset(f, 0, sizeof(*f));
	copl_reporter_init(&r, NULL);
	f->arena = copl_arena_new();
	assert_non_null(f->arena);
	assert_int_equal(copl_xml_read(xml, strlen(xml), "t.xml",
			     COPL_XML_DOCUMENT, &r, &f->xml),
	    COPL_OK);
	how.arg = f->xml;
	m = copl_inline_maker_new(f->xml, &how, f->arena);
	assert_non_null(m);
	assert_int_equal(copl_inline_make(m, 0, false, &f->text), COPL_OK);
	copl_inline_maker_free(m);
}

static void drop(struct fixture *f)
{
	copl_xml_free(f->xml);
	copl_arena_free(f->arena);
}

static void assert_msgid(const char *xml, const char *want)
{
	struct fixture f;

	make(&f, xml);
	assert_string_equal(f.text.msgid, want);
	drop(&f);
}

/* Columns are bytes of the translation, from 1. */
static struct copl_place at(void *arg, size_t offset)
{
	(void)arg;
	return (struct copl_place){"ar.po", 7, offset + 1};
}

static void put_source(void *arg, uint32_t from, uint32_t to)
{
	struct copl_inline_writer *w = arg;

	copl_strbuf_add(w->out, (const char *)w->param_arg + from, to - from);
}

static enum copl_status compare(
    struct seen *seen, const char *msgid, const char *msgstr)
{
	struct copl_sink sink = {seen_diag, NULL, seen};
	struct copl_reporter r;
	struct copl_inline_check c = {.r = &r, .place = at};
	enum copl_status st;

	memset(seen, 0, sizeof(*seen));
	copl_reporter_init(&r, &sink);
	st = copl_inline_compare(&c, msgid, msgstr);
	copl_inline_check_clear(&c);
	return copl_reporter_end(&r, st);
}

static enum copl_status apply(
    struct fixture *f, const char *msgstr, struct copl_inline_writer *w)
{
	enum copl_status st = compare(&f->seen, f->text.msgid, msgstr);

	if (st != COPL_OK || w == NULL)
		return st;
	w->source = put_source;
	w->source_arg = w;
	w->param_arg = f->xml->text.s;
	copl_inline_write(f->xml, &f->text, msgstr, w);
	return w->out->st;
}

static void assert_applied(
    const char *xml, const char *msgstr, const char *want)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(10000);
	struct copl_inline_writer w = {.out = &out};
	struct fixture f;

	make(&f, xml);
	assert_int_equal(apply(&f, msgstr, &w), COPL_OK);
	assert_string_equal(copl_strbuf_text(&out), want);
	copl_strbuf_clear(&out);
	drop(&f);
}

/* One finding with this code, and nothing is written. */
static void assert_refused(
    const char *xml, const char *msgstr, const char *code)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(10000);
	struct copl_inline_writer w = {.out = &out};
	struct fixture f;

	make(&f, xml);
	assert_int_equal(apply(&f, msgstr, &w), COPL_E_INVALID);
	assert_int_equal(f.seen.errors, 1);
	assert_string_equal(f.seen.list[0].code, code);
	assert_int_equal(f.seen.list[0].line, 7);
	assert_int_equal(out.len, 0);
	copl_strbuf_clear(&out);
	drop(&f);
}

static void tags_are_short_and_closed(void **state)
{
	(void)state;
	assert_msgid("<p>Say <em class='x'>no</em>.</p>", "Say <em>no</em>.");
	assert_msgid("<p xmlns:h='u'>a<h:br/>b</p>", "a<br/>b");
	assert_msgid("<p>see <x>hidden</x> here</p>", "see <x/> here");
}

static void different_codes_of_one_name_are_numbered(void **state)
{
	(void)state;
	assert_msgid(
	    "<p><a to='1'>x</a> <a to='2'>y</a></p>", "<a1>x</a1> <a2>y</a2>");
	assert_msgid("<p><b>x</b> <b>y</b></p>", "<b>x</b> <b>y</b>");
	assert_msgid("<p><a1/><a to='1'>x</a> <a to='2'>y</a></p>",
	    "<a1/><a2>x</a2> <a3>y</a3>");
}

static void only_xml_space_is_collapsed(void **state)
{
	(void)state;
	assert_msgid(
	    "<p>\n\tДа \u00a0 <b> нет</b>\r\n</p>", "Да \u00a0 <b> нет</b>");
	assert_msgid("<p>10\u202f000 شخص</p>", "10\u202f000 شخص");
}

static void text_is_escaped_and_cdata_is_text(void **state)
{
	(void)state;
	assert_msgid(
	    "<p>A &amp; B<![CDATA[ <c> ]]>&#x41;</p>", "A &amp; B &lt;c&gt; A");
	assert_msgid("<p>a<!-- never -->b</p>", "ab");
}

static void a_translation_gets_its_markup_back(void **state)
{
	(void)state;
	assert_applied("<p>See <a to='x' z=\"1\">the rules</a> now.</p>",
	    "<a>规则</a>在这里 &amp; 那里。",
	    "<a to='x' z=\"1\">规则</a>在这里 &amp; 那里。");
	assert_applied("<p>a<br />b <x>hidden</x></p>", "<x/>б<br/>а",
	    "<x>hidden</x>б<br />а");
}

static void siblings_may_change_places(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, "<p><b>one</b> <i>two</i></p>");
	assert_int_equal(apply(&f, "<i>два</i> <b>один</b>", NULL), COPL_OK);
	assert_int_equal(f.seen.n, 0);
	assert_int_equal(apply(&f, "<i><b>один</b> два</i>", NULL), COPL_OK);
	assert_int_equal(f.seen.n, 1);
	assert_string_equal(f.seen.list[0].code, "tag-nesting");
	assert_int_equal(f.seen.list[0].severity, COPL_WARNING);
	drop(&f);
}

static void damaged_markup_is_refused(void **state)
{
	const char *p = "<p>Do <b>not</b> go, {office}.</p>";

	(void)state;
	assert_refused(p, "Не ходи, {office}.", "tag-missing");
	assert_refused(p, "<b>Не</b> <b>ходи</b>, {office}.", "tag-extra");
	assert_refused(p, "<b>Не</b> <i>ходи</i>, {office}.", "tag-unknown");
	assert_refused(p, "<b>Не ходи, {office}.", "xml-malformed");
	assert_refused(p, "<b>Не</i> ходи, {office}.", "xml-malformed");
	assert_refused(p, "<b>Не</b> & ходи, {office}.", "xml-malformed");
	assert_refused(p, "<b>Не</b> &nbsp; {office}.", "entity-unknown");
	assert_refused(p, "<b>Не</b> <!-- --> {office}.", "xml-malformed");
	assert_refused(
	    p, "<b onclick='x'>Не</b> ходи, {office}.", "tag-attribute");
	assert_refused(
	    p, "<b>Не</b> <script>1</script>{office}", "tag-unknown");
}

static void damaged_placeholders_are_refused(void **state)
{
	const char *p = "<p>Write to {office}.</p>";

	(void)state;
	assert_refused(p, "اكتب.", "placeholder-missing");
	assert_refused(p, "اكتب {office} {office}.", "placeholder-extra");
	assert_refused(
	    p, "写给 {office}\uff5b\uff5d。", "placeholder-malformed");
	assert_refused(p, "{office} {Office}", "placeholder-malformed");
}

static const char *office(void *arg, const char *name, size_t len)
{
	(void)arg;
	return len == 6 && memcmp(name, "office", 6) == 0 ? "R&D \"Б\"" : NULL;
}

static void values_are_escaped_for_where_they_go(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(10000);
	struct copl_inline_writer w = {.out = &out, .param = office};
	struct fixture f;

	(void)state;
	make(&f, "<p>To {office}, {{no}} {date}</p>");
	assert_int_equal(apply(&f, "В {office}, {{no}} {date}", &w), COPL_OK);
	assert_string_equal(
	    copl_strbuf_text(&out), "В R&amp;D \"Б\", {{no}} {date}");
	copl_strbuf_reset(&out);
	w.quote = '"';
	assert_int_equal(apply(&f, "{office} \" {date} {{no}}", &w), COPL_OK);
	assert_string_equal(copl_strbuf_text(&out),
	    "R&amp;D &quot;Б&quot; &quot; {date} {{no}}");
	copl_strbuf_clear(&out);
	drop(&f);
}

static void a_program_message_has_no_tags_to_compare(void **state)
{
	struct seen seen;

	(void)state;
	assert_int_equal(compare(&seen, "a < b", "أ < ب"), COPL_OK);
	assert_int_equal(compare(&seen, "{n} < b", "b"), COPL_E_INVALID);
}

static void a_finding_names_the_byte(void **state)
{
	struct seen seen;

	(void)state;
	assert_int_equal(compare(&seen, "a <b>c</b>", "да <b>x</b> <i>y</i>"),
	    COPL_E_INVALID);
	assert_string_equal(seen.list[0].code, "tag-unknown");
	assert_int_equal(seen.list[0].column, 15);
	assert_int_equal(compare(&seen, "{n}", "{n} {m}"), COPL_E_INVALID);
	assert_int_equal(seen.list[0].column, 5);
}

static void deep_markup_is_bounded(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100000);
	struct seen seen;
	int i;

	(void)state;
	for (i = 0; i < 5000; i++)
		copl_strbuf_puts(&b, "<b>");
	assert_int_equal(compare(&seen, "x", b.s), COPL_E_INVALID);
	copl_strbuf_clear(&b);
}

static void a_translation_is_content_of_an_element(void **state)
{
	static const char *const bad[] = {"&#0;", "да &#xFFFF;", "&#xD800;",
	    "&#x110000;", "&#99999999;", "&#;", "&#x;", "&;", "& ", "<a>",
	    "</a>", "<a/", "< a/>", "<!---->", "<?a?>", "<![CDATA[]]>",
	    "<a b='<'/>", "<a b='&'/>", "<a b='&e;'/>", "<a b='&#7;'/>",
	    "<a b=c/>", "<a b/>", "<a b='1'c='2'/>"};
	struct seen seen;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		assert_int_equal(
		    compare(&seen, "你好", bad[i]), COPL_E_INVALID);
		assert_int_equal(seen.n, 1);
	}
	assert_int_equal(
	    compare(&seen, "你好", "]]> &#65; &#x10FFFF; &lt;&gt;&quot;&apos;"),
	    COPL_OK);
	assert_int_equal(compare(&seen, "<:a/>", "<:a/>ب"), COPL_OK);
}

static void characters_are_those_of_xml(void **state)
{
	static const char *const bad[] = {
	    "x\x01", "x\x1f", "x\xef\xbf\xbe", "x\xef\xbf\xbf"};
	struct seen seen;
	const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	struct copl_inline_check c = {.r = &r, .place = at};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		memset(&seen, 0, sizeof(seen));
		copl_reporter_init(&r, &sink);
		assert_false(copl_inline_characters(&c, bad[i]));
		(void)copl_reporter_end(&r, COPL_E_INVALID);
		assert_string_equal(seen.list[0].code, "forbidden-character");
		assert_int_equal(seen.list[0].column, 2);
	}
	copl_reporter_init(&r, &sink);
	assert_true(copl_inline_characters(
	    &c, "\t\n\r\x7f\xef\xbf\xbd\xef\xbb\xbf ﷺ你"));
	(void)copl_reporter_end(&r, COPL_OK);
}

/* n times a piece, with its number for "#"; backwards, perhaps. */
static char *row(size_t n, const char *piece, bool backwards)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100000);
	const char *s;
	size_t i;

	for (i = 0; i < n; i++)
		for (s = piece; *s != '\0'; s++)
			if (*s == '#')
				copl_strbuf_printf(
				    &b, "%zu", backwards ? n - 1 - i : i);
			else
				copl_strbuf_add(&b, s, 1);
	assert_int_equal(b.st, COPL_OK);
	return b.s;
}

static void compare_rows(struct seen *seen, size_t n, const char *source,
    size_t m, const char *target, enum copl_status want)
{
	char *id = row(n, source, false), *str = row(m, target, true);

	assert_int_equal(compare(seen, id, str), want);
	free(id);
	free(str);
}

static void many_placeholders_are_all_compared(void **state)
{
	struct seen seen;

	(void)state;
	compare_rows(&seen, 99, "{a#}{b#}", 99, "{b#}{a#}", COPL_OK);
	compare_rows(&seen, 99, "{a#}", 98, "{a#}", COPL_E_INVALID);
	assert_int_equal(seen.n, 1);
	assert_non_null(strstr(seen.list[0].text, "{a98}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_translation_is_content_of_an_element),
	    cmocka_unit_test(characters_are_those_of_xml),
	    cmocka_unit_test(many_placeholders_are_all_compared),
	    cmocka_unit_test(tags_are_short_and_closed),
	    cmocka_unit_test(different_codes_of_one_name_are_numbered),
	    cmocka_unit_test(only_xml_space_is_collapsed),
	    cmocka_unit_test(text_is_escaped_and_cdata_is_text),
	    cmocka_unit_test(a_translation_gets_its_markup_back),
	    cmocka_unit_test(siblings_may_change_places),
	    cmocka_unit_test(damaged_markup_is_refused),
	    cmocka_unit_test(damaged_placeholders_are_refused),
	    cmocka_unit_test(values_are_escaped_for_where_they_go),
	    cmocka_unit_test(a_program_message_has_no_tags_to_compare),
	    cmocka_unit_test(a_finding_names_the_byte),
	    cmocka_unit_test(deep_markup_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
