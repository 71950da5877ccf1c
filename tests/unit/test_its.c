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
		st = copl_its_eval(f->rules, f->xml, &r, &f->its);
	return copl_reporter_end(&r, st);
}

static void drop(struct fixture *f)
{
	copl_its_free(f->its);
	copl_xml_free(f->xml);
	copl_its_rules_free(f->rules);
}

static const struct copl_its_value *value(
    const struct fixture *f, const char *name)
{
	xmlNode *n = xmlDocGetRootElement(f->xml->doc);

	while (n != NULL && strcmp((const char *)n->name, name) != 0) {
		xmlNode *next = copl_xml_first(n);

		while (
		    next == NULL && n != NULL && n->type == XML_ELEMENT_NODE) {
			next = copl_xml_next(n);
			n = n->parent;
		}
		n = next;
	}
	assert_non_null(n);
	return copl_its_element(f->its, n);
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
	assert_string_equal(value(&f, "b")->note, "Кто это?");
	assert_string_equal(value(&f, "b")->id, "q/b");
	assert_int_equal(value(&f, "b")->maxchars, 18);
	assert_string_equal(value(&f, "b")->context, "سؤال واحد");
	assert_null(value(&f, "c")->note);
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
	xmlAttr *attr;

	(void)state;
	assert_int_equal(eval(&f,
			     "<its:translateRule selector='//b/@title' "
			     "translate='yes'/>",
			     "<a title='no'><b other='no' title='да'/></a>"),
	    COPL_OK);
	attr = xmlDocGetRootElement(f.xml->doc)->properties;
	assert_null(copl_its_attribute(f.its, attr));
	attr = copl_xml_first(xmlDocGetRootElement(f.xml->doc))->properties;
	assert_null(copl_its_attribute(f.its, attr));
	assert_non_null(copl_its_attribute(f.its, attr->next));
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
	assert_string_equal(value(&f, "c")->note, "注意");
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

static void forms_have_rules_built_in(void **state)
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
	    copl_its_rules_builtin(rules, "urn:x", &r), COPL_E_NOTFOUND);
	copl_its_rules_free(rules);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(elements_are_translatable_unless_said),
	    cmocka_unit_test(the_last_rule_wins_and_local_markup_beats_it),
	    cmocka_unit_test(predicates_are_left_to_xpath),
	    cmocka_unit_test(notes_ids_and_room_come_by_pointer),
	    cmocka_unit_test(space_is_inherited),
	    cmocka_unit_test(attributes_need_a_rule),
	    cmocka_unit_test(rules_inside_the_document_apply),
	    cmocka_unit_test(bad_rules_are_all_reported),
	    cmocka_unit_test(forms_have_rules_built_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
