/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>
#include "its/its.h"
#include "seen.h"

#define ITS "xmlns:its='http://www.w3.org/2005/11/its'"

struct fixture {
	struct copl_its_rules *rules;
	struct copl_xml *xml;
	struct copl_its *its;
	struct seen seen;
};

/* A rule file with this body applied to this document. */
static enum copl_status eval(
    struct fixture *f, const char *rules, const char *xml)
{
	char path[] = "/tmp/copl-its-XXXXXX";
	struct copl_sink sink = {seen_diag, NULL, &f->seen};
	struct copl_reporter r;
	enum copl_status st = COPL_OK;
	int fd;

	memset(f, 0, sizeof(*f));
	copl_reporter_init(&r, &sink);
	f->rules = copl_its_rules_new();
	assert_non_null(f->rules);
	if (rules != NULL) {
		fd = mkstemp(path);
		assert_true(fd >= 0);
		dprintf(fd,
		    "<its:rules version='2.0' " ITS
		    " xmlns:x='urn:cop-l10n:its-extension:1' "
		    "xmlns:d='urn:d'>%s</its:rules>",
		    rules);
		close(fd);
		st = copl_its_rules_load(f->rules, path, &r);
		unlink(path);
	}
	if (st == COPL_OK)
		st = copl_xml_read(
		    xml, strlen(xml), "t.xml", COPL_XML_DOCUMENT, &r, &f->xml);
	if (st == COPL_OK)
		st = copl_its_eval(f->rules, f->xml, NULL, &r, &f->its);
	return copl_reporter_end(&r, st);
}

static void drop(struct fixture *f)
{
	copl_its_free(f->its);
	copl_xml_free(f->xml);
	copl_its_rules_free(f->rules);
}

/* Index of the first element of a name. */
static size_t element(const struct fixture *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->xml->nelements; i++)
		if (strcmp(copl_xml_element_name(f->xml, i)->local, name) == 0)
			return i;
	fail_msg("no element %s", name);
	return 0;
}

static const struct copl_its_value *value(
    const struct fixture *f, const char *name)
{
	return copl_its_element(f->its, element(f, name));
}

static void elements_are_translatable_unless_said(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule selector='//b' "
			     "translate='no'/>"
			     "<its:translateRule selector='//d' "
			     "translate='yes'/>",
			     "<a><b><c/><d/></b></a>"),
	    COPL_OK);
	assert_true(value(&f, "a")->translate);
	assert_false(value(&f, "b")->translate);
	assert_false(value(&f, "c")->translate);
	assert_true(value(&f, "d")->translate);
	drop(&f);
}

static void the_last_rule_wins_and_local_markup_beats_it(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule selector='//b|//c' "
			     "translate='no'/>"
			     "<its:translateRule selector='/a/b' "
			     "translate='yes'/>",
			     "<a " ITS "><b/><c its:translate='yes'/></a>"),
	    COPL_OK);
	assert_true(value(&f, "b")->translate);
	assert_true(value(&f, "c")->translate);
	drop(&f);
}

static void predicates_are_left_to_xpath(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule selector='//*[@k=\"no\"]|"
			     "//d:e[1]' translate='no'/>"
			     "<its:withinTextRule selector='//b[@in]' "
			     "withinText='yes'/>",
			     "<a xmlns:z='urn:d'><b k='no'/><c in=''/>"
			     "<z:e/><f/></a>"),
	    COPL_OK);
	assert_false(value(&f, "b")->translate);
	assert_true(value(&f, "c")->translate);
	assert_false(value(&f, "e")->translate);
	assert_int_equal(value(&f, "b")->within, COPL_WITHIN_NO);
	drop(&f);
}

/* The same whether patterns or XPath find them. */
static void an_attribute_is_selected_by_a_test_of_its_element(void **state)
{
	struct fixture f;
	uint32_t i;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule selector='//b[@k=\"да\"]/@v|"
			     "//c[ @k ]/@v|//b[@k][1]/@x|//none[@k]/../@v|"
			     "//b[@none or @k]/@y|//*[self::d]/@z' "
			     "translate='yes'/>",
			     "<a><b k='да' v='1' x='1' y='1'/><b k='нет' v='0' "
			     "y='1'/><b v='0' x='0' y='0'/><c k='' v='1'/>"
			     "<c v='0'/><d z='1' v='0'/></a>"),
	    COPL_OK);
	for (i = 0; i < f.xml->nattrs; i++) {
		const struct copl_xml_attr *a = &f.xml->attrs[i];
		const struct copl_its_value *v = copl_its_attribute(f.its, i);

		assert_int_equal(
		    v != NULL && v->translate, f.xml->text.s[a->value] == '1');
	}
	drop(&f);
}

static void notes_ids_and_room_come_by_pointer(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(
	    eval(&f,
		"<its:locNoteRule selector='//b' locNoteType='description' "
		"locNotePointer='@note'/>"
		"<its:idValueRule selector='//b' "
		"idValue='concat(../@id,\"/\",local-name())'/>"
		"<x:maxCharsRule selector='//b[@room]' pointer='@room'/>"
		"<x:contextRule selector='//b' pointer='../c'/>",
		"<a id='q'><b note=' Кто  это? ' room='18'>x</b>"
		"<c>\n سؤال   واحد</c></a>"),
	    COPL_OK);
	assert_string_equal(value(&f, "b")->f[COPL_ITS_F_NOTE], "Кто это?");
	assert_string_equal(value(&f, "b")->f[COPL_ITS_F_ID], "q/b");
	assert_int_equal(value(&f, "b")->maxchars, 18);
	assert_string_equal(value(&f, "b")->f[COPL_ITS_F_CONTEXT], "سؤال واحد");
	assert_null(value(&f, "c")->f[COPL_ITS_F_NOTE]);
	drop(&f);
}

static void space_is_inherited(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:preserveSpaceRule selector='//b' "
			     "space='preserve'/>",
			     "<a><b><c/><d xml:space='default'/></b></a>"),
	    COPL_OK);
	assert_false(value(&f, "a")->preserve);
	assert_true(value(&f, "c")->preserve);
	assert_false(value(&f, "d")->preserve);
	drop(&f);
}

static void attributes_need_a_rule(void **state)
{
	struct fixture f;
	const struct copl_xml_element *b;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule selector='//b/@title' "
			     "translate='yes'/>",
			     "<a title='no'><b other='no' title='да'/></a>"),
	    COPL_OK);
	assert_null(copl_its_attribute(f.its, f.xml->elements[0].attr));
	b = &f.xml->elements[element(&f, "b")];
	assert_null(copl_its_attribute(f.its, b->attr));
	assert_true(copl_its_attribute(f.its, b->attr + 1)->translate);
	assert_true(copl_its_has_attributes(f.its));
	drop(&f);
}

static void rules_inside_the_document_apply(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f, NULL,
			     "<a><its:rules " ITS " version='2.0'>"
			     "<its:translateRule selector='//b' "
			     "translate='no'/>"
			     "<its:locNoteRule selector='//c' "
			     "locNoteType='alert'><its:locNote>注意"
			     "</its:locNote></its:locNoteRule>"
			     "</its:rules><b/><c/></a>"),
	    COPL_OK);
	assert_false(value(&f, "b")->translate);
	assert_string_equal(value(&f, "c")->f[COPL_ITS_F_NOTE], "注意");
	drop(&f);
}

static void bad_rules_are_all_reported(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule translate='no'/>"
			     "<its:translateRule selector='//b['"
			     " translate='no'/>"
			     "<its:translateRule selector='//b'/>"
			     "<its:nothingRule selector='//b'/>",
			     "<a/>"),
	    COPL_E_INVALID);
	assert_int_equal(seen_count(&f.seen, "its-rule"), 2);
	assert_int_equal(seen_count(&f.seen, "its-selector"), 1);
	assert_int_equal(seen_count(&f.seen, "its-rule-unknown"), 1);
	drop(&f);
}

static void known_vocabularies_have_rules_built_in(void **state)
{
	struct copl_its_rules *rules = copl_its_rules_new();
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_its_rules_builtin(rules, "urn:cop-l10n:form:1", &r), COPL_OK);
	assert_int_equal(
	    copl_its_rules_builtin(rules, "urn:cop-l10n:project:1", &r),
	    COPL_OK);
	assert_int_equal(
	    copl_its_rules_builtin(rules, "urn:cop-l10n:interface:1", &r),
	    COPL_OK);
	assert_int_equal(
	    copl_its_rules_builtin(rules, "http://www.w3.org/1999/xhtml", &r),
	    COPL_OK);
	assert_int_equal(
	    copl_its_rules_builtin(rules, "http://www.w3.org/2002/xforms", &r),
	    COPL_OK);
	assert_int_equal(
	    copl_its_rules_builtin(rules, "urn:x", &r), COPL_E_NOTFOUND);
	copl_its_rules_free(rules);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
}

static bool keeps(const char *list, const char *type, const char *tag)
{
	struct copl_its_value v = {.f = {NULL}};

	v.f[COPL_ITS_F_LOCALES] = list;
	v.f[COPL_ITS_F_LOCALES_TYPE] = type;
	return copl_its_locale_keeps(&v, tag);
}

/* The examples of RFC 4647, 3.3.2, and more. */
static void locales_are_filtered_as_rfc_4647_says(void **state)
{
	static const char *const yes[] = {"de-DE", "de-de", "de-Latn-DE",
	    "de-Latf-DE", "de-DE-x-goethe", "de-Latn-DE-1996", "de-Deva-DE"};
	static const char *const no[] = {"de", "de-x-DE", "de-Deva"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(yes); i++) {
		assert_true(keeps("de-DE", "include", yes[i]));
		assert_true(keeps("de-*-DE", "include", yes[i]));
		assert_false(keeps("fr, de-DE", "exclude", yes[i]));
	}
	for (i = 0; i < COPL_COUNT(no); i++) {
		assert_false(keeps("de-DE", "include", no[i]));
		assert_true(keeps("de-DE", "exclude", no[i]));
	}
	assert_true(keeps("*", "include", "ar"));
	assert_false(keeps("*", "exclude", "ar"));
	assert_false(keeps("", "include", "ru"));
	assert_true(keeps("", "exclude", "ru"));
	assert_true(keeps("*-CN", "include", "zh-Hans-CN"));
	assert_false(keeps("*-CN", "include", "zh-Hans"));
	assert_true(keeps("en-CA,fr", "include", "fr-BE"));
	assert_false(keeps("en-CA,fr", "include", "en"));
	assert_true(keeps(NULL, NULL, "en"));
}

static void positions_in_a_selector_count(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule selector='/a/*[2] | "
			     "//e[position() = last()] | (//c)[1]' "
			     "translate='no'/>",
			     "<a><b/><c/><d><c/><e/></d><f><e/><g/></f></a>"),
	    COPL_OK);
	assert_true(value(&f, "b")->translate);
	assert_false(value(&f, "c")->translate);
	assert_true(value(&f, "d")->translate);
	assert_false(value(&f, "e")->translate);
	assert_true(copl_its_element(f.its, 4)->translate); /* second c */
	drop(&f);
}

static void domains_are_mapped(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(
	    eval(&f,
		"<its:domainRule selector='//p' domainPointer='//m/@c' "
		"domainMapping=\"'sport news' спорт, LAW law\"/>",
		"<a><m c='Sport News, law'/><m c='&quot;健康&quot;, law'/>"
		"<p/></a>"),
	    COPL_OK);
	assert_string_equal(
	    value(&f, "p")->f[COPL_ITS_F_DOMAINS], "спорт, law, 健康");
	drop(&f);
}

static void pointers_find_other_nodes(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(
	    eval(&f,
		"<its:idValueRule selector='//p' "
		"idValue='concat(../@id, \"-\", "
		"count(preceding-sibling::p))'/>"
		"<its:locNoteRule selector='//p' "
		"locNotePointer='following-sibling::n[1]' "
		"locNoteType='description'/>"
		"<its:storageSizeRule selector='//p' "
		"storageSizePointer='@max'/>",
		"<a id='د'><p max='7'>x</p><p max='нет'>y</p><n>  заметка\n "
		"1 </n><n>2</n></a>"),
	    COPL_OK);
	assert_string_equal(value(&f, "p")->f[COPL_ITS_F_ID], "د-0");
	assert_string_equal(value(&f, "p")->f[COPL_ITS_F_NOTE], "заметка 1");
	assert_string_equal(value(&f, "p")->f[COPL_ITS_F_SIZE], "7");
	assert_string_equal(
	    copl_its_element(f.its, 2)->f[COPL_ITS_F_ID], "د-1");
	drop(&f);
}

static void a_trace_says_what_decided(void **state)
{
	struct copl_its_trace t = {.element = 2, .attr = COPL_XML_NONE};
	struct copl_reporter r;
	struct copl_its *its;
	struct fixture f;

	(void)state;
	assert_int_equal(eval(&f,
			     "\n<its:translateRule selector='//b' "
			     "translate='no'/>",
			     "<a " ITS "><b>\n<c its:locNote='你好'/></b></a>"),
	    COPL_OK);
	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_its_eval(f.rules, f.xml, &t, &r, &its), COPL_OK);
	(void)copl_reporter_end(&r, COPL_OK);
	assert_int_equal(t.reasons[COPL_ITS_TRANSLATE].by, COPL_ITS_BY_RULE);
	assert_int_equal(t.reasons[COPL_ITS_TRANSLATE].element, 1);
	assert_int_equal(t.reasons[COPL_ITS_TRANSLATE].at.line, 2);
	assert_string_equal(t.reasons[COPL_ITS_TRANSLATE].selector, "//b");
	assert_int_equal(
	    t.reasons[COPL_ITS_LOCALIZATION_NOTE].by, COPL_ITS_BY_MARKUP);
	assert_int_equal(t.reasons[COPL_ITS_LOCALIZATION_NOTE].element, 2);
	assert_int_equal(t.reasons[COPL_ITS_LOCALIZATION_NOTE].at.line, 2);
	assert_int_equal(t.reasons[COPL_ITS_DOMAIN].by, COPL_ITS_BY_DEFAULT);
	copl_its_free(its);
	drop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(locales_are_filtered_as_rfc_4647_says),
	    cmocka_unit_test(positions_in_a_selector_count),
	    cmocka_unit_test(domains_are_mapped),
	    cmocka_unit_test(pointers_find_other_nodes),
	    cmocka_unit_test(a_trace_says_what_decided),
	    cmocka_unit_test(elements_are_translatable_unless_said),
	    cmocka_unit_test(the_last_rule_wins_and_local_markup_beats_it),
	    cmocka_unit_test(predicates_are_left_to_xpath),
	    cmocka_unit_test(an_attribute_is_selected_by_a_test_of_its_element),
	    cmocka_unit_test(notes_ids_and_room_come_by_pointer),
	    cmocka_unit_test(space_is_inherited),
	    cmocka_unit_test(attributes_need_a_rule),
	    cmocka_unit_test(rules_inside_the_document_apply),
	    cmocka_unit_test(bad_rules_are_all_reported),
	    cmocka_unit_test(known_vocabularies_have_rules_built_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
