/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing and merging catalogs; reading is in test_catalog.c. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "catalog/catalog.h"
#include "help_po.h"

#define HEADER                                                                 \
	"# переводчик\n"                                             \
	"msgid \"\"\n"                                                         \
	"msgstr \"\"\n"                                                        \
	"\"Project-Id-Version: p 1\\n\"\n"                                     \
	"\"POT-Creation-Date: 2026-01-01 00:00+0000\\n\"\n"                    \
	"\"X-Team-Mood: bright\\n\"\n"                                         \
	"\"Language: ru\\n\"\n"                                                \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
#define RENEWED                                                                \
	"# переводчик\n"                                             \
	"msgid \"\"\n"                                                         \
	"msgstr \"\"\n"                                                        \
	"\"Project-Id-Version: p 2\\n\"\n"                                     \
	"\"POT-Creation-Date: 2027-01-11 08:00+0000\\n\"\n"                    \
	"\"X-Team-Mood: bright\\n\"\n"                                         \
	"\"Language: ru\\n\"\n"                                                \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"

static const struct copl_po_header header = {"p 2", "2027-01-11 08:00+0000",
    "ru", "nplurals=1; plural=0;", NULL, NULL, NULL, NULL};

static struct copl_catalog *open_po(const char *po)
{
	struct copl_catalog *c = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "ru.po", &r, &c), COPL_OK);
	(void)copl_reporter_end(&r, COPL_OK);
	return c;
}

static struct copl_merge_counts merge(const char *po,
    const struct copl_entry *e, size_t n, struct copl_strbuf *out)
{
	struct copl_catalog *c = po == NULL ? NULL : open_po(po);
	struct copl_merge_counts counts;

	out->max = COPL_CATALOG_MAX;
	copl_strbuf_reset(out);
	assert_int_equal(
	    copl_catalog_merge(c, e, n, &header, out, &counts), COPL_OK);
	copl_catalog_free(c);
	return counts;
}

/* Merging gives this, and merging that again changes nothing. */
static struct copl_merge_counts merges_to(
    const char *po, const struct copl_entry *e, size_t n, const char *wanted)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(0);
	struct copl_strbuf again = COPL_STRBUF_INIT(0);
	struct copl_merge_counts counts = merge(po, e, n, &out), second;

	assert_string_equal(out.s, wanted);
	second = merge(out.s, e, n, &again);
	assert_string_equal(again.s, wanted);
	assert_int_equal(second.kept, n);
	assert_int_equal(
	    second.changed + second.added + second.obsoleted + second.refreshed,
	    0);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&again);
	return counts;
}

static const struct copl_entry two[] = {
    {NULL, "f.xml", NULL, "q1/label", "How old are you?", NULL, 0},
    {"note", "f.xml", "python-brace-format", "q2/label", "Write to {office}",
	NULL, 0},
};
#define FIRST                                                                  \
	"\n#: f.xml\nmsgctxt \"q1/label\"\nmsgid \"How old are you?\"\n"       \
	"msgstr \"Сколько тебе лет?\"\n"
#define SECOND                                                                 \
	"\n#. note\n#: f.xml\n#, python-brace-format\nmsgctxt \"q2/label\"\n"  \
	"msgid \"Write to {office}\"\nmsgstr \"Напиши в {office}\"\n"

static void nothing_new_keeps_every_byte(void **state)
{
	struct copl_merge_counts n;

	(void)state;
	/* The second entry has its own layout, flags and order. */
	n = merges_to(HEADER "\n\n# мысль\n#  max-length\n#:   f.xml\n"
			     "#, max-length:40\n#= sticky\n"
			     "  msgctxt   \"q1/label\"\n\nmsgid \"How \"\n"
			     "\"old are you?\"\nmsgstr \"?\"\n" SECOND
			     "\n\n# the end\n",
	    two, 2,
	    HEADER "\n\n# мысль\n#  max-length\n#:   f.xml\n"
		   "#, max-length:40\n#= sticky\n"
		   "  msgctxt   \"q1/label\"\n\nmsgid \"How \"\n"
		   "\"old are you?\"\nmsgstr \"?\"\n" SECOND "\n\n# the end\n");
	assert_int_equal(n.kept, 2);
}

static void new_text_makes_fuzzy_and_keeps_the_old_source(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, "f.xml", NULL, "q1/label", "What is your age?", NULL, 0}};
	struct copl_merge_counts n;

	(void)state;
	n = merges_to(HEADER "\n# мысль\n#: f.xml\n#, max-length:40\n"
			     "#= sticky\nmsgctxt \"q1/label\"\n"
			     "msgid \"How old are you?\"\nmsgstr \"\"\n"
			     "\"Сколько \"\n\"тебе лет?\"\n",
	    e, 1,
	    RENEWED "\n# мысль\n#: f.xml\n#, fuzzy, max-length:40\n"
		    "#= sticky\n#| msgid \"How old are you?\"\n"
		    "msgctxt \"q1/label\"\nmsgid \"What is your age?\"\n"
		    "msgstr \"\"\n\"Сколько \"\n\"тебе лет?\"\n");
	assert_int_equal(n.changed, 1);
	assert_int_equal(n.kept, 0);
}

static void fuzzy_text_keeps_the_source_it_was_made_for(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, NULL, NULL, "a", "three", NULL, 0}};
	static const struct copl_entry back[] = {
	    {NULL, NULL, NULL, "a", "one", NULL, 0}};

	(void)state;
	merges_to(HEADER "\n#, fuzzy\n#| msgid \"one\"\nmsgctxt \"a\"\n"
			 "msgid \"two\"\nmsgstr \"раз\"\n",
	    e, 1,
	    RENEWED "\n#, fuzzy\n#| msgid \"one\"\nmsgctxt \"a\"\n"
		    "msgid \"three\"\nmsgstr \"раз\"\n");
	/* Nothing is ever marked as done. */
	merges_to(HEADER "\n#, fuzzy\n#| msgid \"one\"\nmsgctxt \"a\"\n"
			 "msgid \"two\"\nmsgstr \"раз\"\n",
	    back, 1,
	    RENEWED "\n#, fuzzy\nmsgctxt \"a\"\n"
		    "msgid \"one\"\nmsgstr \"раз\"\n");
}

static void new_text_of_an_empty_message_is_not_fuzzy(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, NULL, NULL, "a", "two", NULL, 0}};

	(void)state;
	merges_to(HEADER "\nmsgctxt \"a\"\nmsgid \"one\"\nmsgstr \"\"\n", e, 1,
	    RENEWED "\nmsgctxt \"a\"\nmsgid \"two\"\nmsgstr \"\"\n");
}

static void never_guesses_across_ids(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, NULL, NULL, "q9/label", "How old are you, then?", NULL, 0},
	    {NULL, NULL, NULL, NULL, "How old are you now?", NULL, 0}};

	(void)state;
	merges_to(HEADER FIRST, e, 2,
	    RENEWED "\nmsgctxt \"q9/label\"\nmsgid \"How old are you, then?\"\n"
		    "msgstr \"\"\n\nmsgid \"How old are you now?\"\n"
		    "msgstr \"\"\n\n#~ msgctxt \"q1/label\"\n"
		    "#~ msgid \"How old are you?\"\n"
		    "#~ msgstr \"Сколько тебе лет?\"\n");
}

static void new_entries_stand_behind_their_neighbour(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, NULL, NULL, "zero", "0", NULL, 0},
	    {NULL, "f.xml", NULL, "q1/label", "How old are you?", NULL, 0},
	    {NULL, NULL, NULL, "between", "1", NULL, 0},
	    {"note", "f.xml", "python-brace-format", "q2/label",
		"Write to {office}", NULL, 0},
	    {NULL, NULL, NULL, "last", "2", NULL, 0},
	};
	struct copl_merge_counts n;

	(void)state;
	n = merges_to(HEADER FIRST SECOND, e, 5,
	    RENEWED "\nmsgctxt \"zero\"\nmsgid \"0\"\nmsgstr \"\"\n" FIRST
		    "\nmsgctxt \"between\"\nmsgid \"1\"\n"
		    "msgstr \"\"\n" SECOND
		    "\nmsgctxt \"last\"\nmsgid \"2\"\nmsgstr \"\"\n");
	assert_int_equal(n.added, 3);
	assert_int_equal(n.kept, 2);
}

static void gone_entries_become_obsolete_at_the_end(void **state)
{
	struct copl_merge_counts n;

	(void)state;
	n = merges_to(HEADER "\n# мысль\n#. note\n#: f.xml\n#, fuzzy\n"
			     "#| msgid \"older\"\nmsgctxt \"gone\"\n"
			     "msgid \"old\"\nmsgstr \"\"\n\"ста\"\n\"рый\"\n"
			     "\nmsgctxt \"empty\"\nmsgid \"x\"\n"
			     "msgstr \"\"\n" FIRST
			     "\n#~ msgctxt \"old\"\n#~ msgid \"o\"\n"
			     "#~ msgstr \"о\"\n",
	    two, 1,
	    RENEWED FIRST "\n#~ msgctxt \"old\"\n#~ msgid \"o\"\n"
			  "#~ msgstr \"о\"\n"
			  "\n# мысль\n#, fuzzy\n#~| msgid \"older\"\n"
			  "#~ msgctxt \"gone\"\n#~ msgid \"old\"\n"
			  "#~ msgstr \"\"\n#~ \"ста\"\n#~ \"рый\"\n");
	assert_int_equal(n.obsoleted, 2);
}

static void an_obsolete_entry_comes_back(void **state)
{
	static const struct copl_entry e[] = {
	    {"note", "f.xml", NULL, "same", "text", NULL, 0},
	    {NULL, NULL, NULL, "other", "new text", NULL, 0},
	};
	struct copl_merge_counts n;

	(void)state;
	n = merges_to(HEADER "\n# мысль\n#~ msgctxt \"same\"\n"
			     "#~ msgid \"text\"\n#~ msgstr \"\"\n"
			     "#~ \"текст\"\n\n#~ msgctxt \"other\"\n"
			     "#~ msgid \"older text\"\n#~ msgstr \"1\"\n\n"
			     "#~ msgctxt \"other\"\n#~ msgid \"old text\"\n"
			     "#~ msgstr \"2\"",
	    e, 2,
	    RENEWED "\n# мысль\n#. note\n#: f.xml\nmsgctxt \"same\"\n"
		    "msgid \"text\"\nmsgstr \"\"\n\"текст\"\n\n"
		    "#, fuzzy\n#| msgid \"old text\"\nmsgctxt \"other\"\n"
		    "msgid \"new text\"\nmsgstr \"2\"\n"
		    "\n#~ msgctxt \"other\"\n#~ msgid \"older text\"\n"
		    "#~ msgstr \"1\"\n");
	assert_int_equal(n.added, 1);
	assert_int_equal(n.changed, 1);
}

static void notes_references_and_formats_are_refreshed(void **state)
{
	struct copl_merge_counts n;

	(void)state;
	n = merges_to(HEADER FIRST
	    "\n# мысль\n#. old note\n#: f.xml:12\n#, c-format, max-length:9\n"
	    "msgctxt \"q2/label\"\nmsgid \"\"\n\"Write to {office}\"\n"
	    "msgstr \"Напиши в {office}\"\n",
	    two, 2,
	    RENEWED FIRST "\n# мысль\n#. note\n#: f.xml\n"
			  "#, python-brace-format, max-length:9\n"
			  "msgctxt \"q2/label\"\nmsgid \"\"\n"
			  "\"Write to {office}\"\n"
			  "msgstr \"Напиши в {office}\"\n");
	assert_int_equal(n.refreshed, 1);
	assert_int_equal(n.kept, 1);
}

static void keeps_windows_line_ends(void **state)
{
	static const struct copl_entry e[] = {
	    {"a\nb", NULL, NULL, "a", "two", NULL, 0},
	    {NULL, NULL, NULL, "n", "new", NULL, 0}};

	(void)state;
	merges_to("\xef\xbb\xbfmsgid \"\"\r\nmsgstr \"Language: ru\\n\"\r\n"
		  "\r\nmsgctxt \"a\"\r\nmsgid \"one\"\r\n"
		  "msgstr \"раз\"\r\n\r\nmsgctxt \"b\"\r\nmsgid \"x\"\r\n"
		  "msgstr \"ы\"\r\n",
	    e, 2,
	    "\xef\xbb\xbfmsgid \"\"\r\nmsgstr \"Language: ru\\n\"\r\n"
	    "\r\n#. a\r\n#. b\r\n#, fuzzy\r\n#| msgid \"one\"\r\n"
	    "msgctxt \"a\"\r\nmsgid \"two\"\r\nmsgstr \"раз\"\r\n"
	    "\r\nmsgctxt \"n\"\r\nmsgid \"new\"\r\nmsgstr \"\"\r\n"
	    "\r\n#~ msgctxt \"b\"\r\n#~ msgid \"x\"\r\n"
	    "#~ msgstr \"ы\"\r\n");
}

static void doubles_are_told_apart(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, NULL, NULL, "a", "two", NULL, 0},
	    {NULL, NULL, NULL, "a", "two", NULL, 0}};
	struct copl_strbuf out = COPL_STRBUF_INIT(0);
	struct copl_merge_counts n;

	(void)state;
	n = merge(HEADER "\nmsgctxt \"a\"\nmsgid \"one\"\nmsgstr \"1\"\n"
			 "\nmsgctxt \"a\"\nmsgid \"two\"\nmsgstr \"2\"\n",
	    e, 2, &out);
	assert_string_equal(out.s,
	    RENEWED "\nmsgctxt \"a\"\nmsgid \"two\"\nmsgstr \"2\"\n"
		    "\n#~ msgctxt \"a\"\n#~ msgid \"one\"\n"
		    "#~ msgstr \"1\"\n");
	assert_int_equal(n.kept, 1);
	n = merge(NULL, e, 2, &out);
	assert_int_equal(n.added, 1);
	copl_strbuf_clear(&out);
}

static void of_a_plural_the_first_form_stays(void **state)
{
	static const struct copl_entry e[] = {
	    {NULL, NULL, NULL, "a", "two", NULL, 0}};

	(void)state;
	merges_to(HEADER "\nmsgctxt \"a\"\nmsgid \"one\"\n"
			 "msgid_plural \"ones\"\nmsgstr[0] \"1\"\n"
			 "msgstr[1] \"2\"\n",
	    e, 1,
	    RENEWED "\n#, fuzzy\n#| msgid \"one\"\n#| msgid_plural \"ones\"\n"
		    "msgctxt \"a\"\nmsgid \"two\"\nmsgstr \"1\"\n");
}

/* ---- layout ---- */

static const char *const pieces[] = {"a", "word ", "l’été ", "Qu'est-ce ",
    "ребёнок ", "безопасность", "في ", "الاتحاد ", "، ", "؟ ", "你好", "，",
    "。", "？", "“", "”", "« ", " »", "{name}", "<strong>", "</strong>", "\"",
    "\\", "\n", "\t", "-", "–", "— ", "…", "/",
    "https://www.itu.int/cop?a=b&c=1", "10–12", "12.5 ", "(", "x) ", "1,500 ",
    "%", "50 % ", "$5 ", "! ", "; ", ": ", ". ", "《", "》", "、", "（", "）",
    "e\xcc\x81", "٣", "№ 5", "&amp; ", "’", "\xc2\xa0", "\xe2\x80\x8f", "🙂",
    "：", "【", "】", "100", "A"};

/* What needs no escapes, for the short way. */
static const char *const ascii[] = {"a", "word ", "Qu'est-ce ", "well-", " ",
    "{name}", "<strong>", "</strong>", "-", "/", "#", "*", "+", "^", "_", "`",
    "|", "~", "@", "=", "https://www.itu.int/cop?a=b&c=1", "12.5 ", "(", "x) ",
    "[1] ", "1,500 ", "%", "50 % ", "$5 ", "! ", "? ", "; ", ": ", ". ",
    "&amp; ", "100", "A", "internationalization", "(a) ", "}-{", "'"};

/* The same sequence on every machine. */
static size_t next_random(uint32_t *state, size_t below)
{
	*state = *state * 1664525U + 1013904223U;
	return (*state >> 8) % below;
}

static void put_random_entries(struct copl_strbuf *po, const char *const *words,
    size_t nwords, size_t from, size_t to)
{
	uint32_t random = 7;
	size_t i, k;

	for (i = from; i < to; i++) {
		struct copl_strbuf text = COPL_STRBUF_INIT(10000);
		struct copl_entry e = {i % 3 == 0 ? "note\n\nmore" : NULL,
		    "forms/x.xml#q", i % 2 == 0 ? "python-brace-format" : NULL,
		    NULL, NULL, NULL, 0};
		char ctxt[30];

		snprintf(ctxt, sizeof(ctxt), "q%zu/label", i);
		for (k = next_random(&random, 60); k > 0; k--)
			copl_strbuf_puts(
			    &text, words[next_random(&random, nwords)]);
		e.ctxt = ctxt;
		e.id = text.len == 0 ? "x" : text.s;
		copl_po_put_entry(po, &e);
		copl_strbuf_clear(&text);
	}
}

static void lays_text_out_as_msgcat_does(void **state)
{
	static const struct copl_po_header h = {"youth 1",
	    "2027-01-11 08:00+0000", "ar",
	    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "
	    "n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
	    "نموذج\n\nthree", NULL, NULL, NULL};
	struct copl_strbuf po = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_strbuf theirs = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	char ours[300], out[300];
	struct copl_reporter r;

	(void)state;
	copl_po_put_header(&po, &h);
	put_random_entries(&po, pieces, COPL_COUNT(pieces), 0, 2000);
	put_random_entries(&po, ascii, COPL_COUNT(ascii), 2000, 5000);
	assert_int_equal(po.st, COPL_OK);
	copl_catalog_free(open_po(po.s));
	snprintf(ours, sizeof(ours), "%s/a.po", po_folder);
	snprintf(out, sizeof(out), "%s/b.po", po_folder);
	po_write(ours, po.s, po.len);
	if (po_tool("msgcat", "--color=no", ours, out) == 0) {
		copl_reporter_init(&r, NULL);
		assert_int_equal(
		    copl_file_read(out, COPL_CATALOG_MAX, &r, &theirs),
		    COPL_OK);
		assert_int_equal(theirs.len, po.len);
		assert_memory_equal(theirs.s, po.s, po.len);
		unlink(out);
	}
	unlink(ours);
	copl_strbuf_clear(&po);
	copl_strbuf_clear(&theirs);
}

static void each_reference_has_a_line(void **state)
{
	const struct copl_entry e = {"a\n\nb", "f.xml#q1\nf.xml#q2\ng.xml",
	    NULL, NULL,
	    "Age of the child, in years that are complete, at the day "
	    "of the second survey",
	    NULL, 0};
	struct copl_strbuf po = COPL_STRBUF_INIT(10000);

	(void)state;
	copl_po_put_entry(&po, &e);
	assert_string_equal(po.s,
	    "#. a\n#.\n#. b\n#: f.xml#q1\n#: f.xml#q2\n#: g.xml\nmsgid \"\"\n"
	    "\"Age of the child, in years that are complete, at the day of "
	    "the second survey\"\nmsgstr \"\"\n");
	copl_strbuf_clear(&po);
}

static void what_is_written_is_read_back(void **state)
{
	static const char text[] = "a\"b\\c\td\ne\a\b\f\r\v{x} 你好";
	const struct copl_entry e = {NULL, NULL, NULL, "c\"\\", text, NULL, 0};
	struct copl_strbuf po = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c;

	(void)state;
	copl_po_put_header(&po, &header);
	copl_po_put_entry(&po, &e);
	c = open_po(po.s);
	assert_string_equal(c->messages[0].id, text);
	assert_string_equal(c->messages[0].ctxt, "c\"\\");
	assert_string_equal(copl_catalog_field(c, "Language", NULL), "ru");
	copl_catalog_free(c);
	copl_strbuf_clear(&po);
}

static void a_ceiling_is_a_limit(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(50);
	struct copl_merge_counts n;

	(void)state;
	assert_int_equal(
	    copl_catalog_merge(NULL, two, 2, &header, &out, &n), COPL_E_LIMIT);
	copl_strbuf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_new_keeps_every_byte),
	    cmocka_unit_test(new_text_makes_fuzzy_and_keeps_the_old_source),
	    cmocka_unit_test(fuzzy_text_keeps_the_source_it_was_made_for),
	    cmocka_unit_test(new_text_of_an_empty_message_is_not_fuzzy),
	    cmocka_unit_test(never_guesses_across_ids),
	    cmocka_unit_test(new_entries_stand_behind_their_neighbour),
	    cmocka_unit_test(gone_entries_become_obsolete_at_the_end),
	    cmocka_unit_test(an_obsolete_entry_comes_back),
	    cmocka_unit_test(notes_references_and_formats_are_refreshed),
	    cmocka_unit_test(keeps_windows_line_ends),
	    cmocka_unit_test(doubles_are_told_apart),
	    cmocka_unit_test(of_a_plural_the_first_form_stays),
	    cmocka_unit_test(lays_text_out_as_msgcat_does),
	    cmocka_unit_test(each_reference_has_a_line),
	    cmocka_unit_test(what_is_written_is_read_back),
	    cmocka_unit_test(a_ceiling_is_a_limit),
	};

	return cmocka_run_group_tests(tests, po_make_folder, po_remove_folder);
}
