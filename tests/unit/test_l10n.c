/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include "l10n/l10n.h"
#include "seen.h"

#define FORM                                                                   \
	"<consultation xmlns='urn:cop-l10n:form:1' id='t' "                    \
	"xml:lang=\"en\">\n"
#define END "\n</consultation>\n"

struct fixture {
	struct copl_xml *xml;
	struct copl_units *units;
	struct copl_catalog *catalog;
	struct copl_strbuf out;
	struct seen seen;
};

static const struct copl_l10n_options full = {.key = COPL_KEY_TEXT,
    .inline_form = COPL_INLINE_FULL};

static enum copl_status open_units_as(
    struct fixture *f, const char *xml, const struct copl_l10n_options *options)
{
	struct copl_sink sink = {seen_diag, NULL, &f->seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(f, 0, sizeof(*f));
	copl_reporter_init(&r, &sink);
	st = copl_xml_read(
	    xml, strlen(xml), "t.xml", COPL_XML_DOCUMENT, &r, &f->xml);
	if (st == COPL_OK)
		st = copl_units_of(f->xml, options, &r, &f->units);
	return copl_reporter_end(&r, st);
}

static enum copl_status open_units(struct fixture *f, const char *xml)
{
	return open_units_as(f, xml, NULL);
}

static void drop(struct fixture *f)
{
	copl_units_free(f->units);
	copl_xml_free(f->xml);
	copl_catalog_free(f->catalog);
	copl_strbuf_clear(&f->out);
}

#define HEADER                                                                 \
	"msgid \"\"\nmsgstr \"\"\n"                                            \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

static void open_catalog(struct fixture *f, const char *body)
{
	char po[8192];
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	snprintf(po, sizeof(po), "%s%s", HEADER, body);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "ar.po", &r, &f->catalog),
	    COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
}

static enum copl_status apply(struct fixture *f, const struct copl_apply *how)
{
	struct copl_sink sink = {seen_diag, NULL, &f->seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(&f->seen, 0, sizeof(f->seen));
	copl_reporter_init(&r, &sink);
	st = copl_units_apply(f->units, f->catalog, how, &r, &f->out);
	return copl_reporter_end(&r, st);
}

static void units_of_a_form_have_readable_ids(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f, FORM
		"<about><title>A <em>b</em></title>"
		"<privacy><p>x</p><bullets><item>y</item></bullets>"
		"<p>z</p></privacy></about>"
		"<choices id='agree'><option value='5'>Yes</option></choices>"
		"<section id='s'><title>T</title><intro><p>i</p></intro>"
		"<choose-one id='age'><label note='N'>How old?</label>"
		"<option value='10_12' maxchars='18'>10</option></choose-one>"
		"</section>" END),
	    COPL_OK);
	assert_int_equal(f.units->n, 9);
	assert_string_equal(f.units->list[0].id, "about/title");
	assert_string_equal(f.units->list[0].text.msgid, "A <em>b</em>");
	assert_string_equal(f.units->list[1].id, "privacy/p1");
	assert_string_equal(f.units->list[2].id, "privacy/item1");
	assert_string_equal(f.units->list[3].id, "privacy/p2");
	assert_string_equal(f.units->list[4].id, "agree/5");
	assert_string_equal(f.units->list[5].id, "s/title");
	assert_string_equal(f.units->list[6].id, "s/intro/p1");
	assert_string_equal(f.units->list[7].id, "age/label");
	assert_string_equal(f.units->list[7].value->f[COPL_ITS_F_NOTE], "N");
	assert_string_equal(f.units->list[8].id, "age/10_12");
	assert_int_equal(f.units->list[8].value->maxchars, 18);
	assert_string_equal(
	    f.units->list[8].value->f[COPL_ITS_F_CONTEXT], "How old?");
	drop(&f);
}

static void one_id_cannot_stand_for_two_texts(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(open_units(&f, FORM
			     "<section id='a'><title>x</title></section>\n"
			     "<section id='a'><title>y</title></section>" END),
	    COPL_E_INVALID);
	assert_int_equal(f.seen.n, 1);
	assert_string_equal(f.seen.list[0].code, "unit-duplicate");
	assert_int_equal(f.seen.list[0].line, 3);
	drop(&f);
}

static void no_text_of_any_document_is_lost(void **state)
{
	struct fixture f;

	(void)state;
	/* text beside a withheld child, inside it, and beside an inline one */
	assert_int_equal(
	    open_units(&f,
		"<r xmlns:its='http://www.w3.org/2005/11/its'>"
		"<p>see <q>nested <b its:withinText='yes'>bold</b></q> here"
		"</p><c its:translate='no'>code <e its:translate='yes'>in"
		"</e></c><p><b its:withinText='yes'>only</b></p></r>"),
	    COPL_OK);
	assert_int_equal(f.units->n, 4);
	assert_string_equal(f.units->list[0].text.msgid, "see <q/> here");
	assert_string_equal(f.units->list[1].text.msgid, "nested <b>bold</b>");
	assert_string_equal(f.units->list[2].text.msgid, "in");
	assert_string_equal(f.units->list[3].text.msgid, "<b>only</b>");
	drop(&f);
}

static void an_entity_of_the_dtd_stays_a_reference(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(open_units(&f, "<!DOCTYPE r [<!ENTITY y 'in'>]>\n"
					"<r>see <b>&y;</b> now</r>"),
	    COPL_OK);
	assert_int_equal(f.units->n, 2);
	assert_string_equal(f.units->list[0].text.msgid, "see <b/> now");
	assert_string_equal(f.units->list[1].text.msgid, "&y;");
	open_catalog(&f, "msgid \"see <b/> now\"\nmsgstr \"<b/> да\"\n\n"
			 "msgid \"&y;\"\nmsgstr \"&y; &z;\"\n");
	assert_int_equal(apply(&f, &how), COPL_E_INVALID);
	assert_string_equal(f.seen.list[0].code, "entity-unknown");
	copl_catalog_free(f.catalog);
	open_catalog(&f, "msgid \"see <b/> now\"\nmsgstr \"<b/> да\"\n\n"
			 "msgid \"&y;\"\nmsgstr \"«&y;»\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s, "><b>«&y;»</b> да</r>"));
	drop(&f);
}

static void a_translation_takes_the_place_of_its_source_only(void **state)
{
	const struct copl_apply how = {.lang = "ar", .dir = "rtl"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f, FORM "<!-- kept --><about ><title>  A\n<em>b</em>"
				"</title><x y = '1'/></about>" END),
	    COPL_OK);
	open_catalog(&f, "msgctxt \"about/title\"\nmsgid \"A <em>b</em>\"\n"
			 "msgstr \"<em>ب</em> أ &amp; ج\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_string_equal(f.out.s,
	    "<consultation dir=\"rtl\" xmlns='urn:cop-l10n:form:1' id='t' "
	    "xml:lang=\"ar\">\n<!-- kept --><about ><title><em>ب</em> أ &amp; "
	    "ج</title><x y = '1'/></about>" END);
	drop(&f);
}

static void nested_units_are_translated_inside_their_parent(void **state)
{
	const struct copl_apply how = {
	    .lang = "ru", .missing = COPL_MISSING_SOURCE};
	struct fixture f;

	(void)state;
	assert_int_equal(open_units(&f, "<r>see <q>this</q> now</r>"), COPL_OK);
	open_catalog(&f, "msgid \"see <q/> now\"\nmsgstr \"<q/> сейчас\"\n\n"
			 "msgid \"this\"\nmsgstr \"это\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_string_equal(
	    f.out.s, "<r xml:lang=\"ru\"><q>это</q> сейчас</r>");
	copl_catalog_free(f.catalog);
	open_catalog(&f, "msgid \"this\"\nmsgstr \"это\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_string_equal(
	    f.out.s, "<r xml:lang=\"\">see <q xml:lang=\"ru\">это</q> now</r>");
	drop(&f);
}

static void white_space_alone_is_no_text_but_nbsp_is(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f,
		"<r>&#32;<a>&#160;</a>&#9;<b>\u3000&#x202F;</b>"
		"<![CDATA[ ]]><c>&#13;</c> <d>&#160;да</d>&#xA;</r>"),
	    COPL_OK);
	assert_int_equal(f.units->n, 3);
	assert_string_equal(f.units->list[0].text.msgid, "\u00a0");
	assert_string_equal(f.units->list[1].text.msgid, "\u3000\u202f");
	assert_string_equal(f.units->list[2].text.msgid, "\u00a0да");
	/* Nobody misses the translation of such blanks. */
	open_catalog(&f, "msgid \"\u00a0да\"\nmsgstr \"да\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s, "<a>&#160;</a>"));
	drop(&f);
}

/* In full form nothing but the slash tells them apart. */
static void an_empty_element_is_not_one_with_text(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(open_units_as(&f,
			     "<r xmlns:i='http://www.w3.org/2005/11/its'>one "
			     "<b i:withinText='yes'/><b i:withinText='yes'>"
			     "two</b><b i:withinText='yes'></b></r>",
			     &full),
	    COPL_OK);
	assert_string_equal(f.units->list[0].text.msgid,
	    "one <b i:withinText=\"yes\"/><b i:withinText=\"yes\">two</b>"
	    "<b i:withinText=\"yes\"/>");
	open_catalog(&f,
	    "msgid \"one <b i:withinText=\\\"yes\\\"/>"
	    "<b i:withinText=\\\"yes\\\">two</b>"
	    "<b i:withinText=\\\"yes\\\"/>\"\n"
	    "msgstr \"<b i:withinText=\\\"yes\\\">два</b> один "
	    "<b i:withinText=\\\"yes\\\"/><b i:withinText=\\\"yes\\\"/>\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s,
	    "><b i:withinText='yes'>два</b> один "
	    "<b i:withinText='yes'/><b i:withinText='yes'/></r>"));
	drop(&f);
}

static void tags_that_itstool_changed_find_their_codes(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(open_units_as(&f,
			     "<r xmlns:i='http://www.w3.org/2005/11/its'>"
			     "<i:rules version='2.0'><i:withinTextRule "
			     "selector='//b' withinText='yes'/></i:rules>"
			     "<p>10\u00a0<b t='1\u202f000'/> or "
			     "<b t='2\u202f000'/></p></r>",
			     &full),
	    COPL_OK);
	open_catalog(&f,
	    "msgid \"10 <b t=\\\"1 000\\\"/> or <b t=\\\"2 000\\\"/>\"\n"
	    "msgstr \"<b t=\\\"2 000\\\"/> или <b t=\\\"1 000\\\"/>\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(
	    f.out.s, "<p><b t='2\u202f000'/> или <b t='1\u202f000'/></p>"));
	drop(&f);
}

static void attributes_keep_their_quotes(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f,
		"<r xmlns:i='http://www.w3.org/2005/11/its' xml:lang='en'>"
		"<i:rules version='2.0'><i:translateRule "
		"selector='//b/@t|/r' translate='no'/><i:translateRule "
		"selector='//b/@t' translate='yes'/></i:rules>"
		"<b t='say &quot;x&quot;'/></r>"),
	    COPL_OK);
	assert_int_equal(f.units->n, 1);
	assert_string_equal(f.units->list[0].text.msgid, "say \"x\"");
	open_catalog(
	    &f, "msgid \"say \\\"x\\\"\"\nmsgstr \"'да' \\\"x\\\"\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s, "<b t='&apos;да&apos; \"x\"'/>"));
	drop(&f);
}

static void preserved_space_of_attributes_is_written_as_such(void **state)
{
	const struct copl_apply how = {.lang = "zh"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f,
		"<r xmlns:i='http://www.w3.org/2005/11/its'>"
		"<i:rules version='2.0'><i:translateRule "
		"selector='//@t' translate='yes'/></i:rules>"
		"<b t='a&#9;b&#10;' xml:space='preserve'/><b t='c&#9;d'/></r>"),
	    COPL_OK);
	open_catalog(&f, "msgid \"a\\tb\\n\"\nmsgstr \"一\\t二\\n\"\n\n"
			 "msgid \"c d\"\nmsgstr \"三\\t四\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s, "t='一&#9;二&#10;'"));
	assert_non_null(strstr(f.out.s, "t='三\t四'"));
	drop(&f);
}

static void entities_in_attributes_stay_references(void **state)
{
	const struct copl_apply how = {.lang = "ar"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f, "<!DOCTYPE html SYSTEM 'x' [<!ENTITY y 'да'>]>"
			   "<html xmlns='http://www.w3.org/1999/xhtml'>"
			   "<body title='a&nbsp;\nb &y; &amp;&#9;c'/></html>"),
	    COPL_OK);
	assert_int_equal(f.units->n, 1);
	assert_string_equal(
	    f.units->list[0].text.msgid, "a&nbsp; b &y; &amp; c");
	open_catalog(&f, "msgid \"a&nbsp; b &y; &amp; c\"\n"
			 "msgstr \"&y; أ&nbsp;ب &amp;\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s, "title='&y; أ&nbsp;ب &amp;'"));
	drop(&f);
}

static void what_is_missing_is_said_at_the_catalog(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f, "<r><a>one</a><a>two</a><a>three</a></r>"), COPL_OK);
	open_catalog(&f, "msgid \"one\"\nmsgstr \"\"\n\n"
			 "#, fuzzy\nmsgid \"two\"\nmsgstr \"два\"\n");
	assert_int_equal(apply(&f, &how), COPL_E_INVALID);
	assert_int_equal(f.seen.n, 3);
	assert_int_equal(seen_count(&f.seen, "missing-in-po"), 1);
	assert_int_equal(seen_count(&f.seen, "untranslated"), 1);
	assert_int_equal(seen_count(&f.seen, "fuzzy"), 1);
	assert_int_equal(f.seen.list[1].line, 5);
	drop(&f);
}

static const char *param(void *arg, const char *name, size_t len)
{
	(void)arg;
	return len == 4 && memcmp(name, "date", 4) == 0 ? "1 < 2" : NULL;
}

static void parameters_are_put_in_even_where_nothing_is_translated(void **state)
{
	const struct copl_apply how = {.lang = "en", .param = param};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f, "<r xml:lang='en'>by <b>{date}</b> {x}</r>"),
	    COPL_OK);
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_string_equal(
	    f.out.s, "<r xml:lang='en'>by <b>1 &lt; 2</b> {x}</r>");
	drop(&f);
}

/* ---- the two identity properties of the design, on real content ---- */

static const char *const masters[] = {"forms/digital_skills.xml",
    "forms/online_bullying.xml", "forms/interface.xml", "consultation.xml"};

static void open_master(struct fixture *f, const char *name)
{
	const char *top = getenv("top_srcdir");
	struct copl_reporter r;
	char path[4096];

	memset(f, 0, sizeof(*f));
	copl_reporter_init(&r, NULL);
	snprintf(path, sizeof(path), "%s/%s", top == NULL ? "." : top, name);
	assert_int_equal(
	    copl_xml_load(path, COPL_XML_STRICT, COPL_XML_MAX, &r, &f->xml),
	    COPL_OK);
	assert_int_equal(copl_units_of(f->xml, NULL, &r, &f->units), COPL_OK);
}

static void identity_keeps_every_byte(void **state)
{
	const struct copl_apply how = {.lang = "en"};
	struct fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(masters); i++) {
		open_master(&f, masters[i]);
		assert_true(f.units->n > 5);
		assert_int_equal(apply(&f, &how), COPL_OK);
		assert_string_equal(f.out.s, f.xml->text.s);
		drop(&f);
	}
}

/* A catalog whose translations are their sources. */
static void identity_catalog(struct fixture *f)
{
	struct copl_strbuf po = COPL_STRBUF_INIT(1 << 22);
	struct copl_arena *a = copl_arena_new();
	struct copl_entry *entries;
	struct copl_reporter r;
	size_t n, i;

	copl_reporter_init(&r, NULL);
	copl_strbuf_puts(&po, HEADER);
	assert_int_equal(
	    copl_units_entries(f->units, "x", a, &entries, &n), COPL_OK);
	for (i = 0; i < n; i++) {
		if (entries[i].ctxt != NULL)
			copl_strbuf_printf(
			    &po, "msgctxt \"%s\"\n", entries[i].ctxt);
		copl_strbuf_puts(&po, "msgid ");
		copl_json_put_string(&po, entries[i].id);
		if (entries[i].plural != NULL) {
			copl_strbuf_puts(&po, "\nmsgid_plural ");
			copl_json_put_string(&po, entries[i].plural);
			copl_strbuf_puts(&po, "\nmsgstr[0] ");
			copl_json_put_string(&po, entries[i].id);
			copl_strbuf_puts(&po, "\nmsgstr[1] ");
			copl_json_put_string(&po, entries[i].plural);
		} else {
			copl_strbuf_puts(&po, "\nmsgstr ");
			copl_json_put_string(&po, entries[i].id);
		}
		copl_strbuf_puts(&po, "\n\n");
	}
	assert_int_equal(
	    copl_catalog_read(po.s, po.len, "id.po", &r, &f->catalog), COPL_OK);
	copl_strbuf_clear(&po);
	copl_arena_free(a);
}

/* Canonical enough: events with white space collapsed. */
static void put_canonical(struct copl_strbuf *b, const xmlNode *n)
{
	const xmlAttr *attr;
	const xmlChar *s;

	for (; n != NULL; n = n->next) {
		if (n->type == XML_ELEMENT_NODE) {
			copl_strbuf_printf(b, "<%s", (const char *)n->name);
			for (attr = n->properties; attr != NULL;
			     attr = attr->next)
				copl_strbuf_printf(b, " %s=%s",
				    (const char *)attr->name,
				    (const char *)attr->children->content);
			copl_strbuf_puts(b, ">");
			put_canonical(b, n->children);
			copl_strbuf_puts(b, "</>");
			continue;
		}
		if (n->type != XML_TEXT_NODE)
			continue;
		for (s = n->content; *s != '\0'; s++) {
			if (!copl_is_space((char)*s))
				copl_strbuf_add(b, (const char *)s, 1);
			else if (b->len > 0 && b->s[b->len - 1] != ' ' &&
				 b->s[b->len - 1] != '>')
				copl_strbuf_puts(b, " ");
		}
		while (n->next != NULL && b->s[b->len - 1] == ' ' &&
		       n->next->type == XML_TEXT_NODE)
			b->s[--b->len] = '\0';
	}
	/* blanks before an end tag are layout */
	while (b->len > 0 && b->s[b->len - 1] == ' ')
		b->s[--b->len] = '\0';
}

static void rewriting_every_unit_gives_the_same_document(void **state)
{
	const struct copl_apply how = {.lang = "en", .rewrite_all = true};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(masters); i++) {
		struct copl_strbuf a = COPL_STRBUF_INIT(1 << 22);
		struct copl_strbuf b = COPL_STRBUF_INIT(1 << 22);
		struct copl_xml *again;
		struct copl_reporter r;
		struct fixture f;

		open_master(&f, masters[i]);
		identity_catalog(&f);
		assert_int_equal(apply(&f, &how), COPL_OK);
		copl_reporter_init(&r, NULL);
		assert_int_equal(copl_xml_read(f.out.s, f.out.len, "again",
				     COPL_XML_STRICT, &r, &again),
		    COPL_OK);
		put_canonical(&a, xmlDocGetRootElement(f.xml->doc));
		put_canonical(&b, xmlDocGetRootElement(again->doc));
		assert_string_equal(a.s, b.s);
		copl_strbuf_clear(&a);
		copl_strbuf_clear(&b);
		copl_xml_free(again);
		drop(&f);
	}
}

/* A document in full form, by its text, written anew without a catalog. */
static void rewrite_full(struct fixture *f, const char *xml)
{
	const struct copl_apply how = {.rewrite_all = true};

	assert_int_equal(open_units_as(f, xml, &full), COPL_OK);
	assert_int_equal(apply(f, &how), COPL_OK);
}

#define WITHIN "xmlns:its='http://www.w3.org/2005/11/its' its:withinText='yes'"

static void an_empty_tag_is_not_the_tag_of_an_element_with_text(void **state)
{
	static const char xml[] =
	    "<r>Да<b " WITHIN "/> и <b " WITHIN ">нет</b></r>";
	struct fixture f;

	(void)state;
	rewrite_full(&f, xml);
	assert_string_equal(f.units->list[0].text.msgid,
	    "Да<b its:withinText=\"yes\"/> и <b its:withinText=\"yes\">нет"
	    "</b>");
	assert_string_equal(f.out.s, xml);
	drop(&f);
}

static void white_space_that_a_parser_changes_is_a_reference(void **state)
{
	static const char xml[] =
	    "<r xml:space='preserve' a='1&#10;2&#9;3&#13;4'>你&#13;好"
	    "<x:rules xmlns:x='http://www.w3.org/2005/11/its' version='2.0'>"
	    "<x:translateRule selector='/r/@a' translate='yes'/></x:rules>"
	    "</r>";
	struct fixture f;

	(void)state;
	rewrite_full(&f, xml);
	assert_int_equal(f.units->n, 2);
	assert_string_equal(f.out.s, xml);
	drop(&f);
}

static void equal_elements_keep_translations_of_their_own(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f,
		"<r id='r'><i:rules version='2.0' "
		"xmlns:i='http://www.w3.org/2005/11/its'>"
		"<i:idValueRule selector='//n' "
		"idValue='concat(\"n\", count(preceding::n))'/>"
		"<i:withinTextRule selector='//b' withinText='yes'/>"
		"<i:translateRule selector='//@t' translate='yes'/>"
		"<i:idValueRule selector='//@t' "
		"idValue='concat(\"t\", count(../preceding::b))'/></i:rules>"
		"<p><n>a</n>, <n>a</n> <b t='x'>1</b><b t='x'>2</b></p></r>"),
	    COPL_OK);
	assert_string_equal(
	    f.units->list[0].text.msgid, "<n1/>, <n2/> <b1>1</b1><b2>2</b2>");
	open_catalog(&f, "msgid \"<n1/>, <n2/> <b1>1</b1><b2>2</b2>\"\n"
			 "msgstr \"<b2>二</b2><b1>一</b1> <n2/> <n1/>\"\n\n"
			 "msgctxt \"n0\"\nmsgid \"a\"\nmsgstr \"да\"\n\n"
			 "msgctxt \"n1\"\nmsgid \"a\"\nmsgstr \"нет\"\n\n"
			 "msgctxt \"t0\"\nmsgid \"x\"\nmsgstr \"س\"\n\n"
			 "msgctxt \"t1\"\nmsgid \"x\"\nmsgstr \"ش\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s,
	    "<p><b t='ش'>二</b><b t='س'>一</b> <n>нет</n> <n>да</n></p>"));
	drop(&f);
}

static void what_is_inside_a_dropped_element_is_not_asked_for(void **state)
{
	const struct copl_apply how = {.lang = "ru"};
	struct fixture f;

	(void)state;
	assert_int_equal(
	    open_units(&f,
		"<r xmlns:i='http://www.w3.org/2005/11/its'>"
		"<p i:localeFilterList='fr'>a<q i:localeFilterList='*'>b</q>"
		"</p><p>c</p></r>"),
	    COPL_OK);
	open_catalog(&f, "msgid \"c\"\nmsgstr \"ц\"\n");
	assert_int_equal(apply(&f, &how), COPL_OK);
	assert_non_null(strstr(f.out.s, "its'><p>ц</p></r>"));
	drop(&f);
}

static void a_blank_written_as_a_reference_is_no_text(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(open_units(&f, "<r><b>&#10;<c>да</c>&#x20;<d/></b>"
					"<e>&#xa0;<f/></e></r>"),
	    COPL_OK);
	assert_int_equal(f.units->n, 2);
	assert_string_equal(f.units->list[0].text.msgid, "да");
	assert_string_equal(f.units->list[1].text.msgid, "\xc2\xa0<f/>");
	drop(&f);
}

static void entries_tell_the_translator_what_helps(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_entry *e;
	struct fixture f;
	size_t n;

	(void)state;
	assert_int_equal(
	    open_units(&f, FORM "<about><title>T</title><param name='office' "
				"type='text' note='A name.' example='X'/>"
				"<contact maxchars='40' note='Short'>To "
				"<em note='Soft'>{office}</em>"
				"</contact></about>" END),
	    COPL_OK);
	assert_int_equal(
	    copl_units_entries(f.units, "t.xml", a, &e, &n), COPL_OK);
	assert_int_equal(n, 2);
	assert_null(e[0].flags);
	assert_string_equal(e[1].flags, "python-brace-format");
	assert_string_equal(e[1].ref, "t.xml#about/contact");
	assert_string_equal(e[1].extracted,
	    "Short\n<em>: Soft\nAt most 40 "
	    "characters.\n{office}: A name. Example: X");
	copl_arena_free(a);
	drop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(units_of_a_form_have_readable_ids),
	    cmocka_unit_test(one_id_cannot_stand_for_two_texts),
	    cmocka_unit_test(no_text_of_any_document_is_lost),
	    cmocka_unit_test(an_entity_of_the_dtd_stays_a_reference),
	    cmocka_unit_test(a_translation_takes_the_place_of_its_source_only),
	    cmocka_unit_test(nested_units_are_translated_inside_their_parent),
	    cmocka_unit_test(white_space_alone_is_no_text_but_nbsp_is),
	    cmocka_unit_test(an_empty_element_is_not_one_with_text),
	    cmocka_unit_test(tags_that_itstool_changed_find_their_codes),
	    cmocka_unit_test(attributes_keep_their_quotes),
	    cmocka_unit_test(preserved_space_of_attributes_is_written_as_such),
	    cmocka_unit_test(entities_in_attributes_stay_references),
	    cmocka_unit_test(what_is_missing_is_said_at_the_catalog),
	    cmocka_unit_test(
		parameters_are_put_in_even_where_nothing_is_translated),
	    cmocka_unit_test(identity_keeps_every_byte),
	    cmocka_unit_test(rewriting_every_unit_gives_the_same_document),
	    cmocka_unit_test(
		an_empty_tag_is_not_the_tag_of_an_element_with_text),
	    cmocka_unit_test(white_space_that_a_parser_changes_is_a_reference),
	    cmocka_unit_test(equal_elements_keep_translations_of_their_own),
	    cmocka_unit_test(what_is_inside_a_dropped_element_is_not_asked_for),
	    cmocka_unit_test(a_blank_written_as_a_reference_is_no_text),
	    cmocka_unit_test(entries_tell_the_translator_what_helps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
