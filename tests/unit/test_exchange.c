/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XLIFF, zips and tables: what goes to translators and what comes back. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include "help_catalog.h"
#include "work/import_priv.h"

static const struct copl_sink sink = {seen_diag, NULL, &seen};

static void to_xliff(const struct copl_catalog *c, struct copl_strbuf *out)
{
	const struct copl_xliff_how how = {.original = "po/x/ar.po",
	    .source_lang = "en",
	    .target_lang = "ar",
	    .version = "0"};

	copl_xliff_put(c, &how, out);
	assert_int_equal(out->st, COPL_OK);
}

static enum copl_status take_back(
    const char *bytes, size_t len, const char *name, struct copl_returns *rs)
{
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	st = copl_returns_read(bytes, len, name, &r, rs);
	return copl_reporter_end(&r, st);
}

/* The catalog with the texts of a file; counts may be NULL. */
static void merged(const struct copl_catalog *c, const struct copl_return *one,
    const struct copl_return *sent, struct copl_strbuf *out, size_t *counts)
{
	struct copl_arena *a = copl_arena_new();
	struct import_merge m;

	assert_true(import_merge_begin(&m, c, a));
	assert_true(import_merge_take(&m, one, sent));
	assert_int_equal(copl_catalog_edit(c, m.edits, out), COPL_OK);
	if (counts != NULL)
		memcpy(counts, m.counts, sizeof(m.counts));
	import_merge_end(&m);
	copl_arena_free(a);
}

/* The catalog with nothing translated. */
static void emptied(const struct copl_catalog *c, struct copl_strbuf *out)
{
	static const char *const none[COPL_PLURALS_MAX] = {
	    "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""};
	const struct copl_message_edit edit = {.str = none, .comment = ""};
	const struct copl_message_edit **edits =
	    calloc(c->nmessages + 1, sizeof(*edits));
	size_t i;

	for (i = 0; i < c->nmessages; i++)
		edits[i] = &edit;
	assert_int_equal(copl_catalog_edit(c, edits, out), COPL_OK);
	free(edits);
}

static void assert_same_texts(
    const struct copl_catalog *a, const struct copl_catalog *b)
{
	size_t i, k;

	assert_int_equal(a->nmessages, b->nmessages);
	for (i = 0; i < a->nmessages; i++) {
		const struct copl_message *m = &a->messages[i];
		const struct copl_message *n = &b->messages[i];
		bool any = false;

		assert_int_equal(m->nstr, n->nstr);
		for (k = 0; k < m->nstr; k++) {
			assert_string_equal(m->str[k], n->str[k]);
			any |= m->str[k][0] != '\0';
		}
		if (any)
			assert_int_equal(m->fuzzy, n->fuzzy);
	}
}

/*
 * Out and back changes no byte; and into an empty catalog everything comes.
 */
static void round_trip(const char *po, size_t len, bool layout)
{
	struct copl_strbuf xliff = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_strbuf bare = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_catalog *c = NULL, *empty = NULL, *again = NULL;
	struct copl_returns rs;

	if (read_bytes(po, len, &c) != COPL_OK) {
		print_message(
		    "# %s %zu\n%s\n", seen.list[0].text, seen.list[0].line, po);
		fail();
	}
	to_xliff(c, &xliff);
	assert_int_equal(take_back(xliff.s, xliff.len, "x.xlf", &rs), COPL_OK);
	assert_int_equal(rs.n, 1);
	merged(c, &rs.list[0], NULL, &out, NULL);
	assert_string_equal(copl_strbuf_text(&out), po);
	emptied(c, &bare);
	assert_int_equal(read_bytes(bare.s, bare.len, &empty), COPL_OK);
	copl_strbuf_reset(&out);
	merged(empty, &rs.list[0], NULL, &out, NULL);
	if (layout)
		assert_string_equal(copl_strbuf_text(&out), po);
	assert_int_equal(read_bytes(out.s, out.len, &again), COPL_OK);
	assert_same_texts(c, again);
	copl_catalog_free(again);
	copl_catalog_free(empty);
	copl_catalog_free(c);
	copl_returns_free(&rs);
	copl_strbuf_clear(&xliff);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&bare);
}

static size_t round_trip_of_files(const char *pattern)
{
	char path[1000];
	glob_t g;
	size_t i, n;

	snprintf(path, sizeof(path), "%s/%s", getenv("top_srcdir"), pattern);
	assert_int_equal(glob(path, 0, NULL, &g), 0);
	for (i = 0; i < g.gl_pathc; i++) {
		struct copl_strbuf b = COPL_STRBUF_INIT(SIZE_MAX);
		struct copl_reporter r;

		copl_reporter_init(&r, NULL);
		assert_int_equal(
		    copl_file_read(g.gl_pathv[i], SIZE_MAX / 2, &r, &b),
		    COPL_OK);
		print_message("# %s\n", g.gl_pathv[i]);
		/* msgcat breaks no line inside "%s", in programs' messages. */
		round_trip(
		    b.s, b.len, strstr(g.gl_pathv[i], "/cop-l10n/") == NULL);
		copl_strbuf_clear(&b);
	}
	n = g.gl_pathc;
	globfree(&g);
	return n;
}

static void every_catalog_of_ours_comes_back_from_xliff_as_it_was(void **state)
{
	(void)state;
	assert_true(round_trip_of_files("po/[cdio]*/[aefrz]*.po") >= 20);
	assert_true(round_trip_of_files("template/po/*/*.po") >= 10);
}

/* ---- catalogs made of what is difficult ---- */

static const char *const bits[] = {"<strong>", "</strong>", "<a>", "</a>",
    "<a2>", "</a2>", "<br/>", "{office}", "{guardian_age}", "{{", "}}", "{",
    "}", "&amp;", "&lt;", "&gt;", "&quot;", "&#8239;", "&nbsp;", "&", "<", ">",
    "]]>", "\\\"", "\\\\", "\\n", "\\t", "\\r", "\\a", "\\037", " ", "  ",
    "\xc2\xa0", "\xe2\x80\xaf", "\xef\xbf\xbe", "\xef\xbb\xbf", "\xe2\x80\xab",
    "{a\xef\xbf\xbe}", "<b \xef\xbf\xbf=\\\"\\001\\\">", "الأطفال", "على الخط",
    "未成年人", "дети", "l’été", "niña", "\xf0\x9f\x98\x80", "&lt;strong>",
    "<b", "x=\\\"1\\\"", "<!--", "<?p?>", "a", "z", "0"};

static unsigned dice(uint64_t *seed, unsigned n)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*seed >> 33) % n;
}

static void put_any(
    struct copl_strbuf *b, const char *keyword, uint64_t *seed, unsigned most)
{
	unsigned n = dice(seed, most);

	copl_strbuf_printf(b, "%s \"", keyword);
	while (n-- > 0)
		copl_strbuf_puts(b, bits[dice(seed, COPL_COUNT(bits))]);
	copl_strbuf_puts(b, "\"\n");
}

static void put_message(struct copl_strbuf *b, unsigned i, uint64_t *seed)
{
	const char *mark = dice(seed, 9) == 0 ? "#~ " : "";
	char keyword[60];
	unsigned k;

	copl_strbuf_puts(b, "\n");
	if (dice(seed, 3) == 0)
		copl_strbuf_puts(b, "# переводчик: &<ok> {x}\n");
	if (dice(seed, 3) == 0)
		copl_strbuf_puts(b, "#. note ]]> \x01 & more\n");
	if (dice(seed, 3) == 0)
		copl_strbuf_puts(b, "#, fuzzy, max-length:40\n");
	snprintf(keyword, sizeof(keyword), "%smsgctxt \"q%u/%s\"\n", mark, i,
	    bits[dice(seed, COPL_COUNT(bits))]);
	copl_strbuf_puts(b, keyword);
	snprintf(keyword, sizeof(keyword), "%smsgid \"%u\"\n%s", mark, i, mark);
	copl_strbuf_puts(b, keyword);
	put_any(b, "", seed, 8);
	if (dice(seed, 4) != 0) {
		snprintf(keyword, sizeof(keyword), "%smsgstr", mark);
		put_any(b, keyword, seed, 9);
		return;
	}
	snprintf(keyword, sizeof(keyword), "%smsgid_plural \"p\"", mark);
	put_any(b, keyword, seed, 8);
	for (k = 0; k < 6; k++) {
		snprintf(keyword, sizeof(keyword), "%smsgstr[%u]", mark, k);
		put_any(b, keyword, seed, 6);
	}
}

static void any_catalog_comes_back_from_xliff_as_it_was(void **state)
{
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= 400; seed++) {
		struct copl_strbuf b = COPL_STRBUF_INIT(SIZE_MAX);
		uint64_t s = seed * 7919;
		unsigned i;

		copl_strbuf_puts(&b, HEADER);
		b.len -= 1; /* the header goes on */
		copl_strbuf_puts(&b,
		    "\n\"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 "
		    ": n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : "
		    "5;\\n\"\n");
		for (i = 0; i < 12; i++)
			put_message(&b, i, &s);
		round_trip(b.s, b.len, false);
		copl_strbuf_clear(&b);
	}
}

/* ---- XLIFF as others write it ---- */

#define X_HEAD                                                                 \
	"<?xml version='1.0'?>\n<x:xliff xmlns:x='" COPL_XLIFF_NS              \
	"' version='1.2'><x:file target-language='ar' source-language='en' "   \
	"original='po/x/ar.po' datatype='xml'><x:body>"
#define X_END "</x:body></x:file></x:xliff>"

static const char master[] =
    HEADER "\nmsgctxt \"privacy/p1\"\n"
	   "msgid \"We do <strong>not</strong> ask {office}.\"\n"
	   "msgstr \"\"\n";

/* The translation that comes of a unit in a foreign file. */
static void assert_comes(const char *unit, const char *want)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_catalog *c = NULL, *again = NULL;
	struct copl_returns rs;

	copl_strbuf_puts(&b, X_HEAD);
	copl_strbuf_puts(&b, unit);
	copl_strbuf_puts(&b, X_END);
	assert_int_equal(read_po(master, &c), COPL_OK);
	assert_int_equal(take_back(b.s, b.len, "y.xlf", &rs), COPL_OK);
	merged(c, &rs.list[0], NULL, &out, NULL);
	assert_int_equal(read_bytes(out.s, out.len, &again), COPL_OK);
	assert_string_equal(again->messages[0].str[0], want);
	copl_catalog_free(again);
	copl_catalog_free(c);
	copl_returns_free(&rs);
	copl_strbuf_clear(&b);
	copl_strbuf_clear(&out);
}

#define X_SOURCE                                                               \
	"<x:source>We do <x:g equiv-text='&lt;strong>' id='1' "                \
	"ctype='bold'>not</x:g> ask <x:x equiv-text='{office}' id='2'/>."      \
	"</x:source>"

static void segments_of_cat_tools_are_one_text(void **state)
{
	(void)state;
	assert_comes(
	    "<x:trans-unit id='privacy/p1'>" X_SOURCE
	    "<x:seg-source><x:mrk mtype='seg' mid='0'>We do <x:g id='1'>not"
	    "</x:g> ask <x:x id='2'/>.</x:mrk></x:seg-source>"
	    "<x:target><x:mrk mid='0' mtype='seg'>نحن <x:g id='1'>لا</x:g> "
	    "نسأل</x:mrk> <x:mrk mid='1' mtype='seg'><x:x id='2'/>."
	    "</x:mrk></x:target></x:trans-unit>",
	    "نحن <strong>لا</strong> نسأل {office}.");
}

static void codes_of_other_kinds_are_understood(void **state)
{
	(void)state;
	assert_comes("<x:trans-unit id='privacy/p1'>" X_SOURCE
		     "<x:target>a <x:bx id='1' rid='1'/>b<x:ex id='9' "
		     "rid='1'/> <x:ph id='2'>[2]</x:ph></x:target>"
		     "</x:trans-unit>",
	    "a <strong>b</strong> {office}");
	assert_comes("<x:trans-unit id='privacy/p1'>" X_SOURCE
		     "<x:target>a <x:bpt id='1'>b</x:bpt>b<x:ept id='1'>/b"
		     "</x:ept> <x:ph id='77'>{office}</x:ph></x:target>"
		     "</x:trans-unit>",
	    "a <strong>b</strong> {office}");
	assert_comes("<x:trans-unit id='privacy/p1'>" X_SOURCE
		     "<x:target>a <x:it id='1' pos='open'>x</x:it>b<x:it "
		     "id='1' pos='close'>x</x:it></x:target></x:trans-unit>",
	    "a <strong>b</strong>");
	assert_comes("<x:trans-unit id='privacy/p1'>" X_SOURCE
		     "<x:target>AT&amp;T &lt;strong>&lt;3&lt;/strong> "
		     "{office}</x:target></x:trans-unit>",
	    "AT&amp;T <strong>&lt;3</strong> {office}");
	assert_comes("<x:trans-unit id='privacy/p1'>" X_SOURCE
		     "<x:target><![CDATA[R&D]]><x:g id='zz'>gone</x:g>"
		     "<!-- c --></x:target></x:trans-unit>",
	    "R&amp;Dgone");
}

static void white_space_that_a_tool_added_is_not_text(void **state)
{
	(void)state;
	assert_comes("<x:trans-unit id='privacy/p1'>" X_SOURCE
		     "<x:target>\n\t\tنحن\n\t\t<x:g id='1'>لا</x:g>\n\t"
		     "</x:target></x:trans-unit>",
	    "نحن <strong>لا</strong>");
}

static void other_encodings_of_xliff_are_read(void **state)
{
	static const char text[] = "<?xml version=\"1.0\"?><xliff "
				   "version=\"1.2\"><file "
				   "target-language=\"ru\"><body><trans-unit "
				   "id=\"privacy/p1\"><source>a</source>"
				   "<target>b</target></trans-unit></body>"
				   "</file></xliff>";
	char wide[2 * sizeof(text) + 2], bom[sizeof(text) + 3];
	struct copl_returns rs;
	size_t i, n = 2;

	(void)state;
	memcpy(wide, "\xff\xfe", 2);
	for (i = 0; text[i] != '\0'; i++) {
		wide[n++] = text[i];
		wide[n++] = '\0';
	}
	assert_int_equal(take_back(wide, n, "u.xlf", &rs), COPL_OK);
	assert_string_equal(rs.list[0].list[0].str[0], "b");
	copl_returns_free(&rs);
	memcpy(bom, "\xef\xbb\xbf", 3);
	memcpy(bom + 3, text, sizeof(text));
	assert_int_equal(
	    take_back(bom, sizeof(text) + 2, "u.xlf", &rs), COPL_OK);
	assert_string_equal(rs.list[0].list[0].id, "a");
	copl_returns_free(&rs);
}

static void other_xml_is_refused_kindly(void **state)
{
	static const char *const bad[] = {"<tmx version='1.4'/>",
	    "<xliff version='2.0'><file id='f'/></xliff>",
	    "<xliff version='1.2'/>",
	    "<!DOCTYPE xliff [<!ENTITY a 'aaaa'>]><xliff version='1.2'><file>"
	    "<body><trans-unit id='a'><source>&a;</source></trans-unit></body>"
	    "</file></xliff>"};
	struct copl_returns rs;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(bad); i++) {
		assert_int_equal(
		    take_back(bad[i], strlen(bad[i]), "b.xlf", &rs),
		    COPL_E_INVALID);
		assert_int_not_equal(seen_count(&seen, "import-xliff"), 0);
		copl_returns_free(&rs);
	}
	assert_int_equal(
	    take_back("<xliff><file>", 13, "b.xlf", &rs), COPL_E_PARSE);
	copl_returns_free(&rs);
}

/* ---- PO files that word processors had ---- */

static void quotes_of_word_are_put_right(void **state)
{
	static const char po[] =
	    "msgid “”\nmsgstr “”\n“Language: fr\\n”\n“Content-Type: "
	    "text/plain; charset=UTF-8\\n”\n\nmsgctxt “a/b”\nmsgid "
	    "“Say \"yes\"”\nmsgstr «Dis « oui »»\n";
	struct copl_returns rs;

	(void)state;
	assert_int_equal(take_back(po, strlen(po), "w.po", &rs), COPL_OK);
	assert_int_not_equal(seen_count(&seen, "import-repaired"), 0);
	assert_string_equal(rs.list[0].lang, "fr");
	assert_string_equal(rs.list[0].list[0].id, "Say \"yes\"");
	assert_string_equal(rs.list[0].list[0].str[0], "Dis « oui »");
	copl_returns_free(&rs);
}

static void notepad_saves_utf16(void **state)
{
	static const char po[] = "msgid \"\"\nmsgstr \"Language: fr\\n"
				 "Content-Type: text/plain; charset=UTF-8\\n\""
				 "\n\nmsgid \"x\"\nmsgstr \"";
	char wide[1000] = "\xff\xfe";
	struct copl_returns rs;
	size_t n = 2, i;

	(void)state;
	for (i = 0; po[i] != '\0'; i++) {
		wide[n++] = po[i];
		wide[n++] = '\0';
	}
	memcpy(wide + n, "\x3d\xd8\x00\xde\xe9\x00\"\0\n\0", 10);
	n += 10;
	assert_int_equal(take_back(wide, n, "n.po", &rs), COPL_OK);
	assert_string_equal(
	    rs.list[0].list[0].str[0], "\xf0\x9f\x98\x80\xc3\xa9");
	copl_returns_free(&rs);
}

/* ---- who changed what ---- */

#define ENTRY(id, str) "\nmsgctxt \"q\"\nmsgid \"" id "\"\nmsgstr \"" str "\"\n"
#define FUZZY(id, str) "\n#, fuzzy" ENTRY(id, str)

static void assert_decides(const char *now, const char *back, const char *sent,
    enum import_outcome want, const char *str, bool fuzzy)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_catalog *c = NULL, *again = NULL;
	struct copl_returns rs, was = {0};
	size_t counts[IMPORT_OUTCOMES];

	assert_int_equal(read_po(now, &c), COPL_OK);
	assert_int_equal(take_back(back, strlen(back), "b.po", &rs), COPL_OK);
	if (sent != NULL)
		assert_int_equal(
		    take_back(sent, strlen(sent), "s.po", &was), COPL_OK);
	merged(
	    c, &rs.list[0], sent == NULL ? NULL : &was.list[0], &out, counts);
	assert_int_equal(counts[want], 1);
	assert_int_equal(read_bytes(out.s, out.len, &again), COPL_OK);
	assert_string_equal(again->messages[0].str[0], str);
	assert_int_equal(again->messages[0].fuzzy, fuzzy);
	if (want == IMPORT_STALE)
		assert_string_equal(again->messages[0].prev->id, "I feel safe");
	copl_catalog_free(again);
	copl_catalog_free(c);
	copl_returns_free(&rs);
	copl_returns_free(&was);
	copl_strbuf_clear(&out);
}

static void nothing_is_lost_and_nothing_is_inverted(void **state)
{
	(void)state;
	assert_decides(HEADER ENTRY("I feel safe", ""),
	    HEADER ENTRY("I feel safe", "أشعر بالأمان"), NULL, IMPORT_TAKEN,
	    "أشعر بالأمان", false);
	/* The source says the contrary by now. */
	assert_decides(HEADER ENTRY("I do not feel safe", ""),
	    HEADER ENTRY("I feel safe", "أشعر بالأمان"), NULL, IMPORT_STALE,
	    "أشعر بالأمان", true);
	/* Somebody translated the new source meanwhile. */
	assert_decides(HEADER ENTRY("I do not feel safe", "لا أشعر"),
	    HEADER ENTRY("I feel safe", "أشعر"), NULL, IMPORT_OLDER, "لا أشعر",
	    false);
	/* The translator left it alone, the project did not. */
	assert_decides(HEADER ENTRY("I feel safe", "B"),
	    HEADER ENTRY("I feel safe", "A"), HEADER ENTRY("I feel safe", "A"),
	    IMPORT_SAME, "B", false);
	/* Both did. */
	assert_decides(HEADER ENTRY("I feel safe", "B"),
	    HEADER ENTRY("I feel safe", "C"), HEADER ENTRY("I feel safe", "A"),
	    IMPORT_BOTH, "C", true);
	/* A tool that empties what is fuzzy. */
	assert_decides(HEADER FUZZY("I feel safe", "A"),
	    HEADER ENTRY("I feel safe", ""), NULL, IMPORT_SAME, "A", true);
	/* Looked at and found good. */
	assert_decides(HEADER FUZZY("I feel safe", "A"),
	    HEADER ENTRY("I feel safe", "A"), NULL, IMPORT_TAKEN, "A", false);
}

static void plural_forms_of_another_rule_are_put_in_order(void **state)
{
	static const char ours[] =
	    "msgid \"\"\nmsgstr \"Language: fr\\nContent-Type: text/plain; "
	    "charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n\"\n"
	    "\nmsgctxt \"q\"\nmsgid \"I feel safe\"\nmsgid_plural \"x\"\n"
	    "msgstr[0] \"\"\nmsgstr[1] \"\"\n";
	static const char theirs[] =
	    "msgid \"\"\nmsgstr \"Language: fr\\nContent-Type: text/plain; "
	    "charset=UTF-8\\nPlural-Forms: nplurals=3; plural=n>1 && n%1000000"
	    "==0 ? 0 : n<2 ? 1 : 2;\\n\"\n\nmsgctxt \"q\"\n"
	    "msgid \"I feel safe\"\nmsgid_plural \"x\"\n"
	    "msgstr[0] \"million\"\nmsgstr[1] \"un\"\nmsgstr[2] \"deux\"\n";
	struct copl_strbuf out = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_catalog *c = NULL;
	struct copl_returns rs;

	(void)state;
	assert_int_equal(read_po(ours, &c), COPL_OK);
	assert_int_equal(
	    take_back(theirs, strlen(theirs), "b.po", &rs), COPL_OK);
	merged(c, &rs.list[0], NULL, &out, NULL);
	assert_non_null(strstr(out.s, "msgstr[0] \"un\"\nmsgstr[1] \"deux\""));
	copl_catalog_free(c);
	copl_returns_free(&rs);
	copl_strbuf_clear(&out);
}

/* ---- tables ---- */

static void a_table_comes_back_from_a_spreadsheet(void **state)
{
	static const char *const cells[] = {"=1+1", "'=x", "a \"b\", c", "+7",
	    "line\nline", "", "عربي; نص", ";;;;;;;;;;;;", "'it's", "''=y"};
	struct copl_strbuf b = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_arena *a = copl_arena_new();
	struct copl_table_row *rows = NULL;
	size_t n = 0, line = 0, i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cells); i++)
		copl_table_cell(&b, cells[i]);
	copl_table_end_row(&b);
	assert_int_equal(
	    copl_table_read(b.s, b.len, a, &rows, &n, &line), COPL_OK);
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].n, COPL_COUNT(cells));
	for (i = 0; i < COPL_COUNT(cells); i++)
		assert_string_equal(rows[0].cells[i], cells[i]);
	assert_null(strstr(b.s, "\"=1"));
	copl_strbuf_clear(&b);
	copl_arena_free(a);
}

static void a_review_sheet_with_semicolons_is_read(void **state)
{
	static const char csv[] =
	    "id;frage;a;b;ok;bemerkung\r\n"
	    "ar:x:q;L;I feel safe;\" أشعر بالأمان \";x;\"well; done\"\r\n"
	    "ar:x:years[0];L;{n} years;0;;\r\nar:x:years[1];L;{n} year;1;;\r\n";
	struct copl_returns rs;

	(void)state;
	assert_int_equal(take_back(csv, strlen(csv), "r.csv", &rs), COPL_OK);
	assert_int_equal(rs.n, 1);
	assert_string_equal(rs.list[0].form, "x");
	assert_int_equal(rs.list[0].n, 2);
	assert_true(rs.list[0].list[0].accepted);
	assert_string_equal(rs.list[0].list[0].remark, "well; done");
	assert_int_equal(rs.list[0].list[1].nstr, 2);
	assert_string_equal(rs.list[0].list[1].str[1], "1");
	copl_returns_free(&rs);
	assert_int_equal(take_back("a:b,\"c\n", 7, "r.csv", &rs), COPL_E_PARSE);
	assert_int_not_equal(seen_count(&seen, "import-table"), 0);
	copl_returns_free(&rs);
	assert_int_equal(
	    take_back("a,b\nc,d\n", 8, "r.csv", &rs), COPL_E_INVALID);
	copl_returns_free(&rs);
}

/* ---- zips ---- */

static enum copl_status count(
    void *arg, const char *name, const char *bytes, size_t len)
{
	size_t *n = arg;

	(void)bytes;
	assert_null(strchr(name, '\\'));
	*n += len;
	return COPL_OK;
}

static bool all(void *arg, const char *name)
{
	(void)arg;
	(void)name;
	return true;
}

static enum copl_status unzip(const struct copl_strbuf *zip, size_t *n)
{
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	*n = 0;
	copl_reporter_init(&r, &sink);
	st = copl_zip_read(zip->s, zip->len, "p.zip", &r, all, count, n);
	return copl_reporter_end(&r, st);
}

static void a_zip_has_the_same_bytes_each_time(void **state)
{
	const struct copl_zip_file files[] = {
	    {"START.html", "<p>", 3}, {"form/fr.po", "msgid", 5}};
	struct copl_strbuf one = COPL_STRBUF_INIT(SIZE_MAX);
	struct copl_strbuf two = COPL_STRBUF_INIT(SIZE_MAX);
	size_t n;

	(void)state;
	setenv("TZ", "Asia/Kolkata", 1);
	assert_int_equal(copl_zip_write(files, 2, 1800000000, &one), COPL_OK);
	setenv("TZ", "UTC", 1);
	assert_int_equal(copl_zip_write(files, 2, 1800000000, &two), COPL_OK);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.s, two.s, one.len);
	/* 15 January 2027, 8 o'clock, as DOS writes it. */
	assert_memory_equal(one.s + 10, "\x00\x40\x2f\x5e", 4);
	assert_int_equal(unzip(&one, &n), COPL_OK);
	assert_int_equal(n, 8);
	/* Cut in the middle of a text. */
	one.len = 40;
	assert_int_equal(unzip(&one, &n), COPL_E_PARSE);
	assert_int_equal(seen_count(&seen, "import-zip"), 1);
	/* Cut anywhere, it is said once. */
	for (one.len = two.len; one.len-- > 1;)
		if (unzip(&one, &n) != COPL_OK)
			assert_int_equal(seen_count(&seen, "import-zip"), 1);
	copl_strbuf_clear(&one);
	copl_strbuf_clear(&two);
}

static void a_zip_bomb_is_refused(void **state)
{
	static struct copl_zip_file many[COPL_ZIP_FILES_MAX + 1];
	struct copl_strbuf zip = COPL_STRBUF_INIT(SIZE_MAX);
	size_t len = (size_t)30 << 20, n, i;
	char *zeros = calloc(1, len);
	const struct copl_zip_file bomb = {"a.po", zeros, len};

	(void)state;
	assert_int_equal(copl_zip_write(&bomb, 1, 0, &zip), COPL_OK);
	assert_int_equal(unzip(&zip, &n), COPL_E_LIMIT);
	assert_int_not_equal(seen_count(&seen, "import-limit"), 0);
	copl_strbuf_reset(&zip);
	for (i = 0; i < COPL_COUNT(many); i++)
		many[i] = (struct copl_zip_file){"a.po", "x", 1};
	assert_int_equal(
	    copl_zip_write(many, COPL_COUNT(many), 0, &zip), COPL_OK);
	assert_int_equal(unzip(&zip, &n), COPL_E_LIMIT);
	copl_strbuf_clear(&zip);
	free(zeros);
}

static void examples_of_plural_forms_name_numbers(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(1000);
	struct copl_plural p;

	(void)state;
	assert_true(copl_plural_of("ru", &p));
	copl_plural_examples(&p, 1, &b);
	assert_string_equal(b.s, "2, 3, 4, 22 …");
	assert_true(copl_plural_of("ar", &p));
	copl_strbuf_reset(&b);
	copl_plural_examples(&p, 2, &b);
	assert_string_equal(b.s, "2");
	copl_strbuf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		every_catalog_of_ours_comes_back_from_xliff_as_it_was),
	    cmocka_unit_test(any_catalog_comes_back_from_xliff_as_it_was),
	    cmocka_unit_test(segments_of_cat_tools_are_one_text),
	    cmocka_unit_test(codes_of_other_kinds_are_understood),
	    cmocka_unit_test(white_space_that_a_tool_added_is_not_text),
	    cmocka_unit_test(other_encodings_of_xliff_are_read),
	    cmocka_unit_test(other_xml_is_refused_kindly),
	    cmocka_unit_test(quotes_of_word_are_put_right),
	    cmocka_unit_test(notepad_saves_utf16),
	    cmocka_unit_test(nothing_is_lost_and_nothing_is_inverted),
	    cmocka_unit_test(plural_forms_of_another_rule_are_put_in_order),
	    cmocka_unit_test(a_table_comes_back_from_a_spreadsheet),
	    cmocka_unit_test(a_review_sheet_with_semicolons_is_read),
	    cmocka_unit_test(a_zip_has_the_same_bytes_each_time),
	    cmocka_unit_test(a_zip_bomb_is_refused),
	    cmocka_unit_test(examples_of_plural_forms_name_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
