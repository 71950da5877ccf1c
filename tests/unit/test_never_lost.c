/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Many random documents, the same ones in every run: what never_lost.h
 * promises holds of each.
 */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include "never_lost.h"
#include "seen.h"

#define DOCUMENTS 1500
#define ITS "http://www.w3.org/2005/11/its"

struct gen {
	uint64_t seed;
	struct copl_strbuf out;
	unsigned left; /* elements that may still be made */
};

/* SplitMix64: the same documents on every machine. */
static unsigned below(struct gen *g, unsigned n)
{
	uint64_t z = (g->seed += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (unsigned)((z ^ (z >> 31)) % n);
}

static const char *one_of(struct gen *g, const char *const *list, size_t n)
{
	return list[below(g, (unsigned)n)];
}

#define PICK(g, list) one_of(g, list, COPL_COUNT(list))

static void put(struct gen *g, const char *s)
{
	copl_strbuf_puts(&g->out, s);
}

static void put_words(struct gen *g)
{
	static const char *const words[] = {"Вопрос", "你好", "السلام عليكم",
	    "word", "&amp;", "&lt;b&gt;", "&#160;", "\xc2\xa0", "\xe2\x80\xaf",
	    "&#x2009;", " ", "\n\t", "  ", "&e;", "&nested;", "&blank;",
	    "{name}", "{", "}}", "]]&gt;", "\"", "'", "&quot;", "&#10;",
	    "&#32;", "&#13;", "&#9;", "<![CDATA[<b>&amp; ]]>", "<![CDATA[ ]]>",
	    "\r\n", "1"};
	unsigned n = below(g, 5);

	while (n-- > 0)
		put(g, PICK(g, words));
}

static void put_attrs(struct gen *g)
{
	static const char *const attrs[] = {" its:translate='no'",
	    " its:translate=\"yes\"", " its:withinText='yes'",
	    " its:withinText='nested'", " its:withinText='no'",
	    " xml:space='preserve'", " xml:lang='en'",
	    " alt='Слово \"&lt;&amp;&#10;'", " alt = \"'你好' &gt; &e;\"",
	    " title=''", " its:locNote='Обратите внимание'",
	    " its:localeFilterList='fr, en-CA'", " its:term='yes'", "",
	    " h:a=\"ب\"", " its:dir='rtl'"};
	bool used[COPL_COUNT(attrs)] = {false};
	unsigned n = below(g, 8) < 5 ? 0 : below(g, 4), i;

	for (; n > 0; n--) {
		i = below(g, COPL_COUNT(attrs));
		/* one of each: an attribute stands once in a tag */
		if (used[i] || (i < 2 && used[1 - i]) ||
		    (i >= 2 && i <= 4 && (used[2] || used[3] || used[4])) ||
		    ((i == 7 || i == 8) && (used[7] || used[8])))
			continue;
		used[i] = true;
		if (*attrs[i] == '\0') /* one id, one element */
			copl_strbuf_printf(&g->out, " xml:id='n%u'", g->left);
		else
			put(g, attrs[i]);
	}
}

static void put_content(struct gen *g, unsigned depth);

static void put_element(struct gen *g, unsigned depth)
{
	static const char *const names[] = {"b", "b", "i", "h:b", "p", "note",
	    "b1", "код", "its:span", "字", "_x-1.y", "code", "note"};
	const char *name = PICK(g, names);
	bool span = strcmp(name, "its:span") == 0;

	if (g->left == 0)
		return;
	g->left--;
	copl_strbuf_printf(&g->out, "<%s", name);
	if (!span)
		put_attrs(g);
	else if (below(g, 2) == 0)
		put(g, " translate='no'");
	if (below(g, 5) == 0) {
		put(g, below(g, 2) == 0 ? "/>" : " />");
		return;
	}
	put(g, ">");
	put_content(g, depth + 1);
	copl_strbuf_printf(&g->out, "</%s%s>", name, below(g, 9) ? "" : " ");
}

static void put_content(struct gen *g, unsigned depth)
{
	static const char *const odd[] = {"<!-- заметка <b> -->", "<?b x > y?>",
	    "<?пи?>", "<!---->", "<its:locNote>не текст</its:locNote>"};
	unsigned n = below(g, 5);

	put_words(g);
	while (n-- > 0) {
		if (below(g, 6) == 0)
			put(g, PICK(g, odd));
		else if (depth < 8)
			put_element(g, depth);
		put_words(g);
	}
}

static void put_document(struct gen *g)
{
	static const char *const within[] = {
	    "//b | //h:b", "//i", "//none", "//b1 | //код", "//字"};

	copl_strbuf_reset(&g->out);
	g->left = 4 + below(g, 30);
	put(g, below(g, 3) == 0 ? "<?xml version='1.0'?>\n" : "");
	put(g, "<!DOCTYPE d [<!-- ' > ] -->\n<!ENTITY e 'Брюссель &#38;amp; "
	       "co'>\n<!ENTITY nested \"в &e; и\">\n"
	       "<!ENTITY blank ' '>\n<!ENTITY % p ''>\n"
	       "<!ATTLIST note alt CDATA 'умолчание'>]>\n");
	put(g, "<d xmlns:its='" ITS "' xmlns:h='urn:h' its:version='2.0'>");
	copl_strbuf_printf(&g->out,
	    "<its:rules version='2.0' xmlns:its='" ITS "'>"
	    "<its:withinTextRule selector='%s' withinText='yes'/>"
	    "<its:translateRule selector=\"%s\" translate='yes'/>"
	    "<its:translateRule selector='//code' translate='no'/>"
	    "</its:rules>",
	    PICK(g, within), below(g, 2) == 0 ? "//@alt" : "//@*[. = 'ب']");
	put_content(g, 0);
	put(g, "</d>\n");
}

static void no_random_document_loses_a_text(void **state)
{
	struct gen g = {.seed = 20270111, .out = COPL_STRBUF_INIT(1 << 20)};
	size_t i, parsed = 0, units = 0;

	(void)state;
	for (i = 0; i < DOCUMENTS; i++) {
		struct seen seen = {0};
		const struct copl_sink sink = {seen_diag, NULL, &seen};
		struct copl_reporter r;
		struct copl_units *u = NULL;
		struct copl_xml *x = NULL;
		const char *why = NULL;
		enum copl_status st;

		put_document(&g);
		copl_reporter_init(&r, &sink);
		st = copl_xml_read(g.out.s, g.out.len, "random.xml",
		    COPL_XML_DOCUMENT, &r, &x);
		if (st == COPL_OK) {
			parsed++;
			st = copl_units_of(x, NULL, &r, &u);
			units += u == NULL ? 0 : u->n;
			copl_units_free(u);
			why = never_lost(x);
		}
		copl_xml_free(x);
		(void)copl_reporter_end(&r, st);
		if (seen.errors > 0)
			why = seen.list[0].text;
		if (why != NULL)
			fail_msg("%s: document %zu:\n%s", why, i, g.out.s);
	}
	/* the generator makes documents, not noise */
	assert_int_equal(parsed, DOCUMENTS);
	assert_true(units > DOCUMENTS);
	copl_strbuf_clear(&g.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_random_document_loses_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
