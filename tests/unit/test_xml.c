/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "xml/xml.h"

struct seen {
	size_t n;
	char code[40];
	size_t line;
	size_t column;
	size_t errors;
};

static void remember(void *arg, const struct copl_diag *d)
{
	struct seen *s = arg;

	s->n++;
	s->errors += d->severity == COPL_ERROR;
	s->line = d->line;
	s->column = d->column;
	snprintf(s->code, sizeof(s->code), "%s", d->code);
}

static enum copl_status read_bytes(const char *bytes, size_t len,
    enum copl_xml_profile profile, struct seen *s, struct copl_xml **out)
{
	struct copl_sink sink = {remember, NULL, s};
	struct copl_reporter r;
	enum copl_status st;

	memset(s, 0, sizeof(*s));
	copl_reporter_init(&r, &sink);
	st = copl_xml_read(bytes, len, "t.xml", profile, &r, out);
	return copl_reporter_end(&r, st);
}

static enum copl_status read_text(const char *text,
    enum copl_xml_profile profile, struct seen *s, struct copl_xml **out)
{
	return read_bytes(text, strlen(text), profile, s, out);
}

/* The source between two offsets is this text. */
static void assert_source(
    const struct copl_xml *x, size_t from, size_t to, const char *want)
{
	assert_int_equal(to - from, strlen(want));
	assert_memory_equal(x->text.s + from, want, to - from);
}

static void every_element_knows_its_bytes(void **state)
{
	const char *text = "<?xml version='1.0'?>\n<!-- <no/> -->\n"
			   "<a x='1>2' p:y=\"в\" xmlns:p='u'>سؤال<b/>"
			   "<![CDATA[<c>]]><d  z = '3' >问题</d ></a>\n";
	const struct copl_xml_element *e;
	struct copl_xml *x;
	struct seen s;
	xmlNode *d;

	(void)state;
	assert_int_equal(read_text(text, COPL_XML_STRICT, &s, &x), COPL_OK);
	assert_int_equal(x->nelements, 3);
	e = &x->elements[0];
	assert_source(
	    x, e->start, e->content, "<a x='1>2' p:y=\"в\" xmlns:p='u'>");
	assert_source(x, e->close, e->end, "</a>");
	assert_int_equal(e->nattr, 3);
	assert_source(x, x->attrs[1].value,
	    x->attrs[1].value + x->attrs[1].value_len, "в");
	e = &x->elements[1];
	assert_true(e->empty);
	assert_source(x, e->start, e->end, "<b/>");
	d = copl_xml_next(copl_xml_first(x->doc->children->next));
	assert_string_equal(d->name, "d");
	e = copl_xml_source(x, d);
	assert_source(x, e->content, e->close, "问题");
	assert_source(x, e->close, e->end, "</d >");
	copl_xml_free(x);
}

static void places_count_characters_not_bytes(void **state)
{
	struct copl_place at;
	struct copl_xml *x;
	struct seen s;

	(void)state;
	assert_int_equal(
	    read_text("<a>\nответ <b id='x'/></a>", COPL_XML_STRICT, &s, &x),
	    COPL_OK);
	at = copl_xml_place(x, copl_xml_first(xmlDocGetRootElement(x->doc)));
	assert_int_equal(at.line, 2);
	assert_int_equal(at.column, 7);
	at = copl_xml_attr_place(
	    x, copl_xml_first(xmlDocGetRootElement(x->doc)), "id");
	assert_int_equal(at.column, 14);
	copl_xml_free(x);
}

static void columns_are_right_on_very_long_lines(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100000);
	struct copl_place at;
	struct copl_xml *x;
	struct seen s;
	int i;

	(void)state;
	copl_strbuf_puts(&b, "<a>\n");
	for (i = 0; i < 5000; i++)
		copl_strbuf_puts(&b, "я");
	copl_strbuf_puts(&b, "<b/></a>");
	assert_int_equal(read_text(b.s, COPL_XML_STRICT, &s, &x), COPL_OK);
	at = copl_xml_place(x, copl_xml_first(xmlDocGetRootElement(x->doc)));
	assert_int_equal(at.line, 2);
	assert_int_equal(at.column, 5001);
	copl_xml_free(x);
	copl_strbuf_clear(&b);
}

static void attributes_are_found_by_prefixed_name(void **state)
{
	const struct copl_xml_attr *a;
	struct copl_xml *x;
	struct seen s;
	xmlAttr *attr;

	(void)state;
	assert_int_equal(read_text("<a p:lang='1' xml:lang='ar' lang='3' "
				   "xmlns:p='u'/>",
			     COPL_XML_STRICT, &s, &x),
	    COPL_OK);
	attr = xmlDocGetRootElement(x->doc)->properties;
	a = copl_xml_attr_source(x, attr);
	assert_memory_equal(x->text.s + a->value, "1", 1);
	a = copl_xml_attr_source(x, attr->next);
	assert_memory_equal(x->text.s + a->value, "ar", 2);
	a = copl_xml_attr_source(x, attr->next->next);
	assert_memory_equal(x->text.s + a->value, "3", 1);
	copl_xml_free(x);
}

static void a_dtd_is_refused_where_it_stands(void **state)
{
	struct copl_xml *x = NULL;
	struct seen s;

	(void)state;
	assert_int_equal(read_text("<?xml version='1.0'?>\n"
				   "<!DOCTYPE f [<!ENTITY a 'b'>]><f>&a;</f>",
			     COPL_XML_STRICT, &s, &x),
	    COPL_E_INVALID);
	assert_null(x);
	assert_int_equal(s.n, 1);
	assert_string_equal(s.code, "xml-dtd");
	assert_int_equal(s.line, 2);
}

static void a_document_keeps_its_dtd_unread(void **state)
{
	struct copl_xml *x;
	struct seen s;

	(void)state;
	assert_int_equal(
	    read_text("<!DOCTYPE f SYSTEM 'http://127.0.0.1:1/x' [\n"
		      "<!-- ]> --> <!ENTITY e '<b>x</b>'>]><f>&e;<c/></f>",
		COPL_XML_DOCUMENT, &s, &x),
	    COPL_OK);
	assert_int_equal(x->nelements, 2);
	copl_xml_free(x);
}

static void entities_of_a_dtd_outside_are_no_mistake(void **state)
{
	struct copl_xml *x;
	struct seen s;

	(void)state;
	assert_int_equal(read_text("<!DOCTYPE f SYSTEM 'http://127.0.0.1:1/x'>"
				   "<f t='a&nbsp;b'>\u4e16&nbsp;\u754c</f>",
			     COPL_XML_DOCUMENT, &s, &x),
	    COPL_OK);
	assert_int_equal(s.n, 0);
	copl_xml_free(x);
	assert_int_equal(read_text("<f>&nbsp;</f>", COPL_XML_DOCUMENT, &s, &x),
	    COPL_E_PARSE);
}

static void broken_xml_says_where(void **state)
{
	struct copl_xml *x;
	struct seen s;

	(void)state;
	assert_int_equal(read_text("<a>\n  <b>\n</a>", COPL_XML_STRICT, &s, &x),
	    COPL_E_PARSE);
	assert_string_equal(s.code, "xml-syntax");
	assert_int_equal(s.line, 3);
	assert_int_equal(read_text("", COPL_XML_STRICT, &s, &x), COPL_E_PARSE);
	assert_true(s.n > 0);
	assert_int_equal(read_text("<a>\n я\xff</a>", COPL_XML_STRICT, &s, &x),
	    COPL_E_PARSE);
	assert_string_equal(s.code, "xml-encoding");
	assert_int_equal(s.line, 2);
	assert_int_equal(s.column, 3);
}

/* A warning about the same place does not stand for it. */
static void broken_xml_is_an_error_behind_a_warning(void **state)
{
	struct copl_xml *x;
	struct seen s;

	(void)state;
	assert_int_equal(
	    read_text("<a xmlns=\"b=\"c\"?>\n<a>", COPL_XML_STRICT, &s, &x),
	    COPL_E_PARSE);
	assert_int_equal(s.errors, 1);
}

static void other_encodings_become_utf8(void **state)
{
	static const char utf16[] = "\xff\xfe<\0a\0>\0\x1f\x04<\0/\0a\0>\0";
	struct copl_xml *x;
	struct seen s;

	(void)state;
	assert_int_equal(read_text("<?xml version='1.0' "
				   "encoding='windows-1251'?><a>\xcf</a>",
			     COPL_XML_DOCUMENT, &s, &x),
	    COPL_OK);
	assert_string_equal(
	    x->text.s, "<?xml version='1.0' encoding='UTF-8'?><a>П</a>");
	copl_xml_free(x);
	assert_int_equal(
	    read_bytes(utf16, sizeof(utf16) - 1, COPL_XML_DOCUMENT, &s, &x),
	    COPL_OK);
	assert_string_equal(x->text.s, "<a>П</a>");
	copl_xml_free(x);
	assert_int_equal(
	    read_text("\xef\xbb\xbf<a/>", COPL_XML_STRICT, &s, &x), COPL_OK);
	assert_string_equal(x->text.s, "<a/>");
	copl_xml_free(x);
	assert_int_equal(read_text("<?xml version='1.0' encoding='x-none'?>"
				   "<a/>",
			     COPL_XML_DOCUMENT, &s, &x),
	    COPL_E_PARSE);
	assert_string_equal(s.code, "xml-encoding");
}

static void deep_nesting_is_bounded(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(100000);
	struct copl_xml *x;
	struct seen s;
	int i;

	(void)state;
	for (i = 0; i < 5000; i++)
		copl_strbuf_puts(&b, "<a>");
	assert_int_equal(
	    read_text(b.s, COPL_XML_DOCUMENT, &s, &x), COPL_E_PARSE);
	assert_string_equal(s.code, "xml-depth");
	copl_strbuf_clear(&b);
}

static void text_is_read_collapsed(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_reporter r;
	struct copl_xml *x;
	struct seen s;

	(void)state;
	copl_reporter_init(&r, NULL);
	assert_int_equal(read_text("<a>\n  один <b>два</b>\t\u00a0 три </a>",
			     COPL_XML_STRICT, &s, &x),
	    COPL_OK);
	assert_string_equal(
	    copl_xml_get_text(xmlDocGetRootElement(x->doc), a, &r),
	    "один два \u00a0 три");
	copl_xml_free(x);
	copl_arena_free(a);
}

/* Reads a document of which nothing is said. */
static struct copl_xml *document(const char *s)
{
	struct copl_reporter r;
	struct copl_xml *x;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_xml_read(s, strlen(s), "t.xml", COPL_XML_DOCUMENT, &r, &x),
	    COPL_OK);
	(void)copl_reporter_end(&r, COPL_OK);
	return x;
}

static void content_comes_in_pieces(void **state)
{
	static const struct {
		enum copl_xml_piece_kind kind;
		const char *s; /* NULL: not asked */
	} want[] = {{COPL_XML_TEXT, "да "}, {COPL_XML_CHARACTER, "&"},
	    {COPL_XML_CHARACTER, "\xe2\x80\xaf"}, {COPL_XML_REFERENCE, "e"},
	    {COPL_XML_CDATA, "<&]"}, {COPL_XML_COMMENT, NULL},
	    {COPL_XML_PI, "пи"}, {COPL_XML_TAG, NULL},
	    {COPL_XML_CHARACTER, "你"}};
	struct copl_xml *x = document(
	    "<!DOCTYPE a [<!ENTITY e 'نص'><!ENTITY m '<b/>'>]>"
	    "<a>да &amp;&#x202F;&e;<![CDATA[<&]]]><!-- > --><?пи x?><b/>"
	    "&#20320;</a>");
	struct copl_strbuf b = COPL_STRBUF_INIT(1 << 10);
	uint32_t at = x->elements[0].content;
	struct copl_xml_piece p;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(want); i++) {
		copl_xml_piece(x, at, x->elements[0].close, &p);
		assert_int_equal(p.kind, want[i].kind);
		assert_int_equal(p.start, at);
		if (want[i].s != NULL) {
			assert_int_equal(p.len, strlen(want[i].s));
			assert_memory_equal(p.s, want[i].s, p.len);
		}
		at = p.kind == COPL_XML_TAG ? x->elements[1].end : p.end;
	}
	copl_xml_piece(x, at, x->elements[0].close, &p);
	assert_int_equal(p.kind, COPL_XML_END);
	copl_xml_put_content(x, 0, &b);
	assert_string_equal(b.s, "да &\xe2\x80\xafنص<&]你");
	assert_string_equal(copl_xml_entity(x, "e", 1), "نص");
	assert_null(copl_xml_entity(x, "m", 1));
	assert_null(copl_xml_entity(x, "none", 4));
	copl_strbuf_clear(&b);
	copl_xml_free(x);
}

static void values_are_what_a_parser_hands_on(void **state)
{
	static const char *const want[] = {"1\n2 3", "نص \"'&", "дано", ""};
	struct copl_xml *x = document(
	    "<!DOCTYPE a [<!ENTITY e 'نص'><!ATTLIST a d CDATA 'дано'>]>"
	    "<a a='1&#10;2\t3' b='&e; &quot;&apos;&#38;' c=''/>");
	static const char *const names[] = {"a", "b", "d", "c"};
	size_t i, len;

	(void)state;
	for (i = 0; i < COPL_COUNT(names); i++) {
		uint32_t at = copl_xml_find_attr(x, 0, NULL, names[i]);
		const char *s;

		assert_int_not_equal(at, COPL_XML_NONE);
		s = copl_xml_value(x, &x->attrs[at], &len);
		assert_int_equal(len, strlen(want[i]));
		assert_memory_equal(s, want[i], len);
	}
	assert_int_equal(copl_xml_find_attr(x, 0, "urn:x", "a"), COPL_XML_NONE);
	copl_xml_free(x);
}

static void a_prefix_is_bound_to_a_namespace(void **state)
{
	static const char *const bad[] = {"<a><н:b/></a>", "<a н:b='x'/>",
	    "<!DOCTYPE a [<!ATTLIST a н:b CDATA 'x'>]><a/>", "<a xmlns:b=''/>",
	    "<a :b='x'/>"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		struct copl_reporter r;
		struct copl_xml *x;

		copl_reporter_init(&r, NULL);
		assert_int_equal(copl_xml_read(bad[i], strlen(bad[i]), "t.xml",
				     COPL_XML_DOCUMENT, &r, &x),
		    COPL_E_PARSE);
		assert_int_equal(r.errors, 1);
		(void)copl_reporter_end(&r, COPL_OK);
	}
}

/* before, n attributes, behind: what was found, "" if nothing. */
static const char *crowd(const char *before, int n, const char *behind)
{
	static char text[40000];
	static struct seen s;
	struct copl_xml *x;
	size_t at;
	int i;

	at = (size_t)snprintf(text, sizeof(text), "%s", before);
	for (i = 0; i < n; i++)
		at += (size_t)snprintf(
		    text + at, sizeof(text) - at, " и%d='\"я>'", i);
	snprintf(text + at, sizeof(text) - at, "%s", behind);
	if (read_text(text, COPL_XML_DOCUMENT, &s, &x) == COPL_OK)
		copl_xml_free(x);
	return s.code;
}

/* libxml2 compares each with each: 300 000 would take a minute. */
static void attributes_of_an_element_are_bounded(void **state)
{
	const char *entity = "<!DOCTYPE a [<!ENTITY e \"&#60;b";

	(void)state;
	assert_string_equal(crowd("<r>\n<a", 1000, "/></r>"), "");
	assert_string_equal(crowd("<r>\n<a", 1001, "/></r>"), "xml-attributes");
	assert_string_equal(crowd("<r>\n<a", 2000, ""), "xml-attributes");
	assert_string_equal(crowd("<r><!--<a", 2000, "--></r>"), "");
	assert_string_equal(crowd("<r><![CDATA[<a", 2000, "]]></r>"), "");
	assert_string_equal(crowd("<r><?p <a", 2000, "?></r>"), "");
	assert_string_equal(crowd("<r>", 2000, "</r>"), "");
	assert_string_equal(crowd("<!DOCTYPE a [<!ATTLIST a", 1001, ">]><a/>"),
	    "xml-attributes");
	assert_string_equal(
	    crowd(entity, 2000, "/>\">]><a>&e;</a>"), "xml-attributes");
}

/* What a DTD multiplies is bounded: defaults of attributes, entities. */
static void a_dtd_does_not_multiply_without_end(void **state)
{
	static char text[200000];
	struct copl_xml *x = NULL;
	struct seen s;
	size_t at = 0;
	int i;

	(void)state;
	at += (size_t)snprintf(text + at, sizeof(text) - at, "<!DOCTYPE r [");
	for (i = 0; i < 1001; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at,
		    "<!ATTLIST а а%d CDATA 'я'>", i);
	snprintf(text + at, sizeof(text) - at, "]><r><а/></r>");
	assert_int_equal(
	    read_text(text, COPL_XML_DOCUMENT, &s, &x), COPL_E_INVALID);
	assert_string_equal(s.code, "xml-attributes");
	at = (size_t)snprintf(text, sizeof(text),
	    "<!DOCTYPE r [<!ATTLIST а б CDATA 'я' в CDATA 'я' г CDATA 'я' "
	    "д CDATA 'я' е CDATA 'я' ж CDATA 'я'>]><r>");
	for (i = 0; i < 1000; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "<а/>");
	snprintf(text + at, sizeof(text) - at, "</r>");
	assert_int_equal(
	    read_text(text, COPL_XML_DOCUMENT, &s, &x), COPL_E_LIMIT);
	assert_string_equal(s.code, "xml-attributes");
	at = (size_t)snprintf(
	    text, sizeof(text), "<!DOCTYPE r [<!ENTITY e '%099999d'>]><r>", 0);
	for (i = 0; i < 700; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "&e;");
	snprintf(text + at, sizeof(text) - at, "</r>");
	assert_int_equal(
	    read_text(text, COPL_XML_DOCUMENT, &s, &x), COPL_E_INVALID);
	assert_string_equal(s.code, "xml-dtd");
}

static void references_name_characters_of_xml_only(void **state)
{
	static const char *const none[] = {"#0", "#x1F", "#xD800", "#xFFFE",
	    "#xFFFF", "#x110000", "#99999999", "#x1050000"};
	char out[8];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(none); i++)
		assert_int_equal(
		    copl_xml_character(none[i], strlen(none[i]), out), 0);
	assert_int_equal(copl_xml_character("#x10FFFF", 8, out), 4);
	assert_memory_equal(out, "\xf4\x8f\xbf\xbf", 4);
	assert_int_equal(copl_xml_character("#9", 2, out), 1);
}

static void a_reference_is_told_from_an_ampersand(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} rows[] = {{"&amp;", 5}, {"&apos; и", 6}, {"&#8239;", 7},
	    {"&#x202f;说", 8}, {"&#xA0;", 6}, {"&#x00000041;", 12}, {"& ", 0},
	    {"&", 0}, {"", 0}, {"amp;", 0}, {"&amp", 0}, {"&AMP;", 0},
	    {"&nbsp;", 0}, {"&#;", 0}, {"&#x;", 0}, {"&#xx;", 0}, {"&#a0;", 0},
	    {"&#0;", 0}, {"&#xD800;", 0}, {"&#99999999999999999999;", 0},
	    {"&\xd9\x85;", 0}};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		if (copl_xml_reference(rows[i].text) != rows[i].len)
			fail_msg("%s", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(content_comes_in_pieces),
	    cmocka_unit_test(values_are_what_a_parser_hands_on),
	    cmocka_unit_test(a_prefix_is_bound_to_a_namespace),
	    cmocka_unit_test(attributes_of_an_element_are_bounded),
	    cmocka_unit_test(a_dtd_does_not_multiply_without_end),
	    cmocka_unit_test(references_name_characters_of_xml_only),
	    cmocka_unit_test(a_reference_is_told_from_an_ampersand),
	    cmocka_unit_test(every_element_knows_its_bytes),
	    cmocka_unit_test(places_count_characters_not_bytes),
	    cmocka_unit_test(columns_are_right_on_very_long_lines),
	    cmocka_unit_test(attributes_are_found_by_prefixed_name),
	    cmocka_unit_test(a_dtd_is_refused_where_it_stands),
	    cmocka_unit_test(a_document_keeps_its_dtd_unread),
	    cmocka_unit_test(entities_of_a_dtd_outside_are_no_mistake),
	    cmocka_unit_test(broken_xml_says_where),
	    cmocka_unit_test(broken_xml_is_an_error_behind_a_warning),
	    cmocka_unit_test(other_encodings_become_utf8),
	    cmocka_unit_test(deep_nesting_is_bounded),
	    cmocka_unit_test(text_is_read_collapsed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
