/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <gettext-po.h>
#include "help_catalog.h"
#include "help_po.h"

/* ---- reading ---- */

static const char full[] =
    HEADER "\"X-Tool: 7\\n\"\n"
	   "\n"
	   "# من المترجم\n"
	   "#  second\n"
	   "#. note\n"
	   "#.\n"
	   "#: forms/a.xml#q1\n"
	   "#: forms/b.xml\n"
	   "#, fuzzy, python-brace-format\n"
	   "#= max-length:40\n"
	   "#| msgctxt \"old/ctxt\"\n"
	   "#| msgid \"\"\n"
	   "#| \"How \"\n"
	   "#| \"old?\"\n"
	   "msgctxt \"q1/label\"\n"
	   "msgid \"How old are you?\"\n"
	   "msgstr \"\"\n"
	   "\"كم \"\n"
	   "\"عمرك؟\"\n"
	   "\n"
	   "\tmsgid \"tab\\tquote\\\"back\\\\ \\101\\x42\" msgstr \"你好\\n\"\n"
	   "msgid \"one\"\n"
	   "msgid_plural \"many\"\n"
	   "msgstr[0] \"один\"\n"
	   "msgstr [1] \"два\"\n"
	   "#~| msgid \"older\"\n"
	   "#~ msgctxt \"q1/label\"\n"
	   "#~ msgid \"gone\"\n"
	   "#~ msgstr \"\"\n"
	   "#~ \"ушло\"\n";

static void reads_everything_that_an_entry_can_hold(void **state)
{
	struct copl_catalog *c = NULL;
	const struct copl_message *m;

	(void)state;
	assert_int_equal(read_po(full, &c), COPL_OK);
	assert_int_equal(seen.n, 0);
	assert_int_equal(c->nmessages, 4);
	m = &c->messages[0];
	assert_string_equal(m->ctxt, "q1/label");
	assert_string_equal(m->id, "How old are you?");
	assert_string_equal(m->str[0], "كم عمرك؟");
	assert_string_equal(m->prev->ctxt, "old/ctxt");
	assert_string_equal(m->prev->id, "How old?");
	assert_string_equal(m->comment, "من المترجم\n second");
	assert_string_equal(m->extracted, "note\n");
	assert_string_equal(m->refs, "forms/a.xml#q1\nforms/b.xml");
	assert_string_equal(
	    m->flags, "fuzzy, python-brace-format, max-length:40");
	assert_true(m->fuzzy);
	assert_true(copl_message_has_flag(m, "max-length:40"));
	assert_false(copl_message_has_flag(m, "max-length"));
	assert_string_equal(c->messages[1].id, "tab\tquote\"back\\ AB");
	assert_string_equal(c->messages[1].str[0], "你好\n");
	assert_int_equal(c->messages[2].nstr, 2);
	assert_string_equal(c->messages[2].plural, "many");
	assert_string_equal(c->messages[2].str[1], "два");
	assert_true(c->messages[3].obsolete);
	assert_string_equal(c->messages[3].prev->id, "older");
	assert_string_equal(c->messages[3].str[0], "ушло");
	copl_catalog_free(c);
}

static void knows_where_everything_stands(void **state)
{
	struct copl_catalog *c = NULL;
	const struct copl_message *m;
	struct copl_place at;

	(void)state;
	assert_int_equal(read_po(full, &c), COPL_OK);
	m = &c->messages[0];
	assert_int_equal(m->at.line, 20);
	assert_int_equal(m->at.column, 1);
	/* The first character of the text, not the empty first line. */
	assert_int_equal(m->str_at.line, 22);
	assert_int_equal(m->str_at.column, 2);
	assert_memory_equal(full + m->start, "# من", 4);
	assert_memory_equal(full + m->body, "msgctxt \"q1", 11);
	assert_memory_equal(full + m->str_start, "msgstr \"\"", 9);
	assert_memory_equal(full + m->end, "\n\tmsgid", 7);
	m = &c->messages[1];
	assert_int_equal(m->at.column, 2);
	assert_int_equal(m->str_at.line, 25);
	assert_int_equal(m->str_at.column, 46);
	assert_string_equal(copl_catalog_field(c, "X-Tool", &at), "7");
	assert_int_equal(at.line, 5);
	assert_int_equal(at.column, 2);
	assert_string_equal(copl_catalog_field(c, "Language", NULL), "ar");
	assert_null(copl_catalog_field(c, "X-Too", &at));
	copl_catalog_free(c);
}

static void finds_live_messages_only(void **state)
{
	struct copl_catalog *c = NULL;
	struct copl_catalog_counts n;

	(void)state;
	assert_int_equal(read_po(full, &c), COPL_OK);
	assert_ptr_equal(copl_catalog_find(c, "q1/label", "How old are you?"),
	    &c->messages[0]);
	assert_null(copl_catalog_find(c, "q1/label", "gone"));
	assert_null(copl_catalog_find(c, NULL, "How old are you?"));
	assert_ptr_equal(copl_catalog_find(c, NULL, "one"), &c->messages[2]);
	assert_ptr_equal(
	    copl_catalog_find_ctxt(c, "q1/label"), &c->messages[0]);
	assert_null(copl_catalog_find_ctxt(c, "q2/label"));
	copl_catalog_count(c, &n);
	assert_int_equal(n.translated, 2);
	assert_int_equal(n.fuzzy, 1);
	assert_int_equal(n.untranslated, 0);
	assert_int_equal(n.obsolete, 1);
	copl_catalog_free(c);
}

static void finds_both_messages_of_one_context(void **state)
{
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_po(HEADER "\nmsgctxt \"a\"\nmsgid \"x\"\n"
					"msgstr \"\"\n\nmsgctxt \"a\"\n"
					"msgid \"y\"\nmsgstr \"1\"\n",
			     &c),
	    COPL_OK);
	assert_ptr_equal(copl_catalog_find(c, "a", "x"), &c->messages[0]);
	assert_ptr_equal(copl_catalog_find(c, "a", "y"), &c->messages[1]);
	assert_null(copl_catalog_find(c, "a", "z"));
	copl_catalog_free(c);
}

static void accepts_bom_and_crlf_and_says_so(void **state)
{
	static const char po[] = "\xef\xbb\xbf"
				 "msgid \"\"\r\nmsgstr \"Language: ar\\n\"\r\n"
				 "\r\n# c\r\nmsgid \"a\"\r\nmsgstr \"ب\"\r\n";
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_po(po, &c), COPL_OK);
	assert_true(c->bom);
	assert_true(c->crlf);
	assert_int_equal(seen_count(&seen, "bom"), 1);
	assert_int_equal(seen_count(&seen, "crlf"), 1);
	assert_int_equal(seen.errors, 0);
	assert_string_equal(c->messages[0].comment, "c");
	assert_string_equal(c->messages[0].str[0], "ب");
	assert_int_equal(c->messages[0].str_at.line, 6);
	copl_catalog_free(c);
}

static void needs_no_line_feed_at_the_end(void **state)
{
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(
	    read_po(HEADER "msgid \"a\"\nmsgstr \"я\"", &c), COPL_OK);
	assert_string_equal(c->messages[0].str[0], "я");
	copl_catalog_free(c);
}

/* ---- what is wrong, all of it, and where ---- */

struct fault {
	const char *po; /* behind the header, from line 5 on */
	const char *found; /* "line:column code", ...; "+": msgfmt takes it */
};

static const struct fault faults[] = {
    {"msgid \"a\\z\"\nmsgstr \"\\0\"\n", "5:9 syntax,6:9 syntax,"},
    {"msgid \"سؤال\nmsgstr \"x\"\n", "5:12 syntax,"},
    {"hello\nworld\nmsgid \"a\"\nmsgstr \"\" junk\n",
	"5:1 syntax,8:11 syntax,"},
    {"msgid \"a\"\n# note\nmsgstr \"b\"\nmsgid \"c\"\nmsgstr \"d\"\n",
	"5:1 syntax,"},
    {"msgstr \"b\"\n", "5:1 syntax,"},
    {"msgctxt \"b\"\nmsgstr \"b\"\n", "6:1 syntax,"},
    {"msgid \"b\"\nmsgctxt \"b\"\n", "5:1 syntax,6:1 syntax,"},
    {"msgid\nmsgstr \"b\"\n", "5:1 syntax,"},
    {"msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n", "7:1 syntax,"},
    {"msgid \"a\"\nmsgstr[0] \"b\"\n", "6:1 syntax,"},
    {"msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"c\"\n", "7:1 syntax,"},
    {"msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n", "7:1 syntax,"},
    {"msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[x] \"c\"\n", "7:1 syntax,"},
    {"msgid_plural \"b\"\nmsgstr[0] \"c\"\n", "5:1 syntax,"},
    {"#~ msgid \"a\"\nmsgstr \"c\"\n", "6:1 syntax,"},
    {"msgid \"a\"\n#~ msgstr \"c\"\n", "6:4 syntax,"},
    {"#~ msgid \"a\"\n#~ msgstr \"c\"\n\"d\"\n", "7:1 syntax,"},
    {"# c\n\"lost\"\n", "6:1 syntax,"},
    {"domain \"x\"\n", "5:1 syntax,"},
    {"#| msgstr \"x\"\nmsgid \"a\"\nmsgstr \"b\"\n", "5:4 syntax,"},
    {"msgid \"a\" msgstr \"b\" msgid \"c\"\nmsgstr \"d\"\n", "+5:1 syntax,"},
    {"msgid \"a\"\nmsgstr \"\xd0\xb8\xd0\"\nmsgid \"\xff\"\nmsgstr \"\"\n",
	"6:10 encoding,7:8 encoding,"},
    {"msgid \"a\"\nmsgstr \"\\303\"\n", "+5:1 encoding,"},
    {"msgid \"a\"\nmsgstr \"b\"\n\n#~ msgid \"a\"\n#~ msgstr \"c\"\n",
	"8:4 duplicate-entry,"},
    {"msgctxt \"k\"\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgctxt \"k\"\n"
     "msgid \"a\"\nmsgstr \"b\"\n",
	"10:1 duplicate-entry,"},
    {"msgid \"\"\nmsgstr \"Language: fr\\n\"\n", "5:1 duplicate-entry,"},
    {"msgid \"a\"\n<<<<<<< HEAD\nmsgstr \"b\"\n||||||| base\nmsgstr \"\"\n"
     "=======\nmsgstr \"c\"\n>>>>>>> theirs\n",
	"6:1 syntax,"},
    {"=======\n", "5:1 syntax,"},
};

static void list_findings(char *out, size_t size)
{
	size_t i, len = 0;

	out[0] = '\0';
	for (i = 0; i < seen.n && i < COPL_COUNT(seen.list); i++)
		len += (size_t)snprintf(out + len, size - len, "%zu:%zu %s,",
		    seen.list[i].line, seen.list[i].column, seen.list[i].code);
}

static void names_every_fault_and_its_place(void **state)
{
	char po[1000], found[1000];
	const char *wanted;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(faults); i++) {
		struct copl_catalog *c = NULL;

		snprintf(po, sizeof(po), "%s%s", HEADER, faults[i].po);
		assert_int_equal(read_po(po, &c), COPL_E_PARSE);
		list_findings(found, sizeof(found));
		wanted = faults[i].found + (faults[i].found[0] == '+');
		if (strcmp(found, wanted) != 0)
			print_error("of: %s\n", faults[i].po);
		assert_string_equal(found, wanted);
	}
}

static void names_the_first_of_two_equal_messages(void **state)
{
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(
	    read_po(HEADER "\nmsgid \"a\"\nmsgstr \"\"\nmsgid \"a\"\n"
			   "msgstr \"\"\n",
		&c),
	    COPL_E_PARSE);
	assert_non_null(strstr(seen.list[0].text, "line 6"));
}

static void a_broken_entry_does_not_hide_the_next_fault(void **state)
{
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_po(HEADER "msgid \"a\\q\"\nmsgstr \"\\y\"\n"
					"msgid \"b\nmsgstr \"\"\n\nfoo\n\n"
					"# c\nbar\nmsgid \"d\"\n",
			     &c),
	    COPL_E_PARSE);
	assert_int_equal(seen_count(&seen, "syntax"), 6);
}

static void a_catalog_needs_a_header(void **state)
{
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_po("", &c), COPL_E_PARSE);
	assert_int_equal(seen_count(&seen, "header-missing"), 1);
	assert_int_equal(
	    read_po("msgctxt \"x\"\nmsgid \"\"\nmsgstr \"\"\n", &c),
	    COPL_E_PARSE);
	assert_int_equal(seen_count(&seen, "header-missing"), 1);
}

static void utf_16_is_one_finding(void **state)
{
	static const char po[] = "m\0s\0g\0i\0d\0";
	struct copl_catalog *c = NULL;

	(void)state;
	assert_int_equal(read_bytes(po, sizeof(po), &c), COPL_E_PARSE);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.list[0].code, "encoding");
}

static void a_missing_file_is_not_a_syntax_error(void **state)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_catalog *c = NULL;
	struct copl_reporter r;

	(void)state;
	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	assert_int_equal(copl_reporter_end(&r,
			     copl_catalog_load("/nonexistent/ar.po", &r, &c)),
	    COPL_E_IO);
	assert_int_equal(seen_count(&seen, "io-open"), 1);
	assert_null(c);
}

static void over_512_mib_is_a_limit(void **state)
{
	size_t len = COPL_CATALOG_MAX + 1;
	char *big = calloc(1, len);
	struct copl_catalog *c = NULL;

	(void)state;
	assert_non_null(big);
	assert_int_equal(read_bytes(big, len, &c), COPL_E_LIMIT);
	assert_int_equal(seen_count(&seen, "file-too-large"), 1);
	free(big);
}

static void a_million_comments_take_linear_time(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	size_t i;

	(void)state;
	copl_strbuf_puts(&b, HEADER);
	for (i = 0; i < 300000; i++)
		copl_strbuf_puts(&b, "# a\n#. b\n#: c\n#, d\n");
	copl_strbuf_puts(&b, "msgid \"x\"\nmsgstr \"\"\n");
	assert_int_equal(read_bytes(b.s, b.len, &c), COPL_OK);
	assert_int_equal(strlen(c->messages[0].comment), 2 * 300000 - 1);
	assert_int_equal(strlen(c->messages[0].flags), 3 * 300000 - 2);
	copl_catalog_free(c);
	copl_strbuf_clear(&b);
}

/* ---- places inside a translation ---- */

static void place_is(const struct copl_catalog *c, const struct copl_message *m,
    size_t form, size_t offset, size_t line, size_t column)
{
	struct copl_place at = copl_catalog_str_place(c, m, form, offset);

	assert_string_equal(at.file, "ar.po");
	assert_int_equal(at.line, line);
	assert_int_equal(at.column, column);
}

static void a_byte_of_a_translation_has_a_place(void **state)
{
	/* As it is, with a BOM, and as Windows writes it. */
	static const char po[] = HEADER "\n"
					"# msgid \"no\"\n"
					"msgctxt \"msgid \"\n"
					"\"more\"\n"
					"msgid \"a\"\n"
					"msgstr \"\"\n"
					"\"كم \\\"عمرك\\\"؟\\n\"\n"
					"\"é=\\303\\251\\\\.\"\n"
					"\n"
					"msgid \"day\"\n"
					"msgid_plural \"days\"\n"
					"msgstr[0] \"天\"\n"
					"msgstr[1] \"\" \"一\" \"天天\"\n"
					"#~ msgid \"gone\"\n"
					"#~ msgstr \"\"\n"
					"#~ \"ушло\"\n";
	struct copl_strbuf b = COPL_STRBUF_INIT(10000);
	int way;

	(void)state;
	for (way = 0; way < 3; way++) {
		struct copl_catalog *c = NULL;
		const struct copl_message *m;
		const char *p;

		copl_strbuf_reset(&b);
		copl_strbuf_puts(&b, way == 1 ? "\xef\xbb\xbf" : "");
		for (p = po; *p != '\0'; p++) {
			if (way == 2 && *p == '\n')
				copl_strbuf_puts(&b, "\r");
			copl_strbuf_add(&b, p, 1);
		}
		assert_int_equal(read_bytes(b.s, b.len, &c), COPL_OK);
		m = &c->messages[0];
		assert_string_equal(m->str[0], "كم \"عمرك\"؟\né=é\\.");
		place_is(c, m, 0, 0, 11, 2);
		place_is(c, m, 0, 3, 11, 3); /* inside a letter */
		place_is(c, m, 0, 5, 11, 5); /* the escaped quote */
		place_is(c, m, 0, 6, 11, 7);
		place_is(c, m, 0, 14, 11, 11); /* the second one */
		place_is(c, m, 0, 15, 11, 13);
		place_is(c, m, 0, 17, 11, 14); /* \n */
		place_is(c, m, 0, 18, 12, 2);
		place_is(c, m, 0, 20, 12, 3);
		place_is(c, m, 0, 21, 12, 4); /* \303 */
		place_is(c, m, 0, 22, 12, 8);
		place_is(c, m, 0, 23, 12, 12);
		place_is(c, m, 0, 24, 12, 14);
		place_is(c, m, 0, 25, 12, 15); /* the closing quote */
		place_is(c, m, 0, 999, 12, 15);
		place_is(c, m, 1, 0, 9, 1); /* there is no such form */
		m = &c->messages[1];
		place_is(c, m, 0, 0, 16, 12);
		place_is(c, m, 0, 3, 16, 13);
		place_is(c, m, 1, 0, 17, 15);
		place_is(c, m, 1, 3, 17, 19);
		place_is(c, m, 1, 6, 17, 20);
		place_is(c, m, 1, 9, 17, 21);
		m = &c->messages[2];
		place_is(c, m, 0, 2, 20, 6);
		place_is(c, m, 0, 8, 20, 9);
		assert_string_equal(
		    copl_catalog_find_ctxt(c, "msgid more")->id, "a");
		copl_catalog_free(c);
	}
	copl_strbuf_clear(&b);
}

/* str_at is the place of the first byte, and of an empty text its quote. */
static void first_bytes_stand_at_str_at(void **state)
{
	static const char *const more[] = {"", "\nmsgid \"x\"\nmsgstr \"\"\n",
	    "\nmsgid \"x\"\nmsgstr \"\"\n\"\"\n",
	    "\nmsgid \"x\"\nmsgstr\n\"y\"\n",
	    "\nmsgid \"x\" msgstr \"\" \"\\n\"\n"};
	char po[4000];
	size_t i, k;

	(void)state;
	for (i = 0; i < COPL_COUNT(more); i++) {
		struct copl_catalog *c = NULL;

		snprintf(po, sizeof(po), "%s%s", full, more[i]);
		assert_int_equal(read_po(po, &c), COPL_OK);
		for (k = 0; k < c->nmessages; k++)
			place_is(c, &c->messages[k], 0, 0,
			    c->messages[k].str_at.line,
			    c->messages[k].str_at.column);
		place_is(c, c->header, 0, 0, 3, 2);
		copl_catalog_free(c);
	}
}

/* ---- ways to load ---- */

/* Catalogs take it one after the other, faulty ones too. */
static struct copl_catalog_room room;

static enum copl_status load(
    const char *path, bool texts, struct copl_catalog **c)
{
	static const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	enum copl_status st;

	*c = NULL;
	memset(&seen, 0, sizeof(seen));
	copl_reporter_init(&r, &sink);
	st = texts ? copl_catalog_load_texts(path, &room, &r, c)
		   : copl_catalog_load(path, &r, c);
	assert_int_equal(st == COPL_OK, *c != NULL);
	return copl_reporter_end(&r, st);
}

static void same_texts(
    const struct copl_message *a, const struct copl_message *b)
{
	size_t k;

	assert_string_equal(a->id, b->id);
	assert_int_equal(a->ctxt == NULL, b->ctxt == NULL);
	assert_int_equal(a->nstr, b->nstr);
	for (k = 0; k < a->nstr; k++)
		assert_string_equal(a->str[k], b->str[k]);
	assert_int_equal(a->fuzzy, b->fuzzy);
	assert_int_equal(a->obsolete, b->obsolete);
	assert_int_equal(a->at.line, b->at.line);
	assert_memory_equal(&a->str_at, &b->str_at, sizeof(a->str_at));
	assert_int_equal(a->start, b->start);
	assert_int_equal(a->end, b->end);
}

static void texts_alone_are_the_same_texts(void **state)
{
	static const char plain[] = HEADER "\n# c\n#. e\n#: r\n"
					   "#, python-brace-format, fuzzy\n"
					   "msgid \"x\"\nmsgstr \"ы\"\n";
	struct copl_catalog *all = NULL, *texts = NULL;
	char path[300];
	size_t i;
	int n;

	(void)state;
	snprintf(path, sizeof(path), "%s/a.po", po_folder);
	for (n = 0; n < 2; n++) {
		po_write(path, n == 0 ? full : plain,
		    n == 0 ? strlen(full) : strlen(plain));
		assert_int_equal(load(path, false, &all), COPL_OK);
		assert_int_equal(load(path, true, &texts), COPL_OK);
		assert_int_equal(all->nmessages, texts->nmessages);
		for (i = 0; i < all->nmessages; i++) {
			const struct copl_message *m = &texts->messages[i];

			same_texts(&all->messages[i], m);
			assert_null(m->comment);
			assert_null(m->extracted);
			assert_null(m->refs);
			assert_null(m->flags);
		}
		same_texts(all->header, texts->header);
		copl_catalog_free(all);
		copl_catalog_free(texts);
	}
	unlink(path);
	copl_catalog_room_free(&room);
}

static void texts_alone_are_read_as_strictly(void **state)
{
	char po[1000], path[300], found[1000];
	struct copl_catalog *c;
	size_t i, n = 0;

	(void)state;
	snprintf(path, sizeof(path), "%s/a.po", po_folder);
	for (i = 0; i < COPL_COUNT(faults); i++) {
		snprintf(po, sizeof(po), "%s%s", HEADER, faults[i].po);
		po_write(path, po, strlen(po));
		assert_int_equal(load(path, true, &c), COPL_E_PARSE);
		list_findings(found, sizeof(found));
		assert_string_equal(
		    found, faults[i].found + (faults[i].found[0] == '+'));
		/* What a faulty one leaves in the room is not read again. */
		po_write(path, full, strlen(full));
		assert_int_equal(load(path, true, &c), COPL_OK);
		if (n == 0)
			n = c->nmessages;
		assert_int_equal(c->nmessages, n);
		copl_catalog_free(c);
	}
	unlink(path);
	copl_catalog_room_free(&room);
}

static void a_pipe_is_read_to_its_end(void **state)
{
	static const char po[] = HEADER "msgid \"a\"\nmsgstr \"я\"\n";
	struct copl_catalog *c;
	char path[40];
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], po, strlen(po)), strlen(po));
	close(fds[1]);
	snprintf(path, sizeof(path), "/dev/fd/%d", fds[0]);
	assert_int_equal(load(path, false, &c), COPL_OK);
	assert_string_equal(c->messages[0].str[0], "я");
	copl_catalog_free(c);
	close(fds[0]);
}

static void the_size_of_a_file_is_looked_at_first(void **state)
{
	struct copl_catalog *c;
	char path[300];

	(void)state;
	snprintf(path, sizeof(path), "%s/a.po", po_folder);
	po_write(path, "", 0);
	assert_int_equal(truncate(path, (off_t)COPL_CATALOG_MAX + 1), 0);
	assert_int_equal(load(path, false, &c), COPL_E_LIMIT);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.list[0].code, "file-too-large");
	unlink(path);
	assert_int_equal(load(po_folder, false, &c), COPL_E_IO);
	assert_string_equal(seen.list[0].code, "io-open");
}

struct loader {
	char path[300];
	size_t findings;
	size_t good;
};

static void count_finding(void *arg, const struct copl_diag *d)
{
	size_t *n = arg;

	(void)d;
	++*n;
}

static void *load_often(void *arg)
{
	struct loader *l = arg;
	const struct copl_sink sink = {count_finding, NULL, &l->findings};
	int i;

	for (i = 0; i < 50; i++) {
		struct copl_catalog *c = NULL;
		struct copl_reporter r;
		enum copl_status st;

		copl_reporter_init(&r, &sink);
		st = copl_catalog_load(l->path, &r, &c);
		(void)copl_reporter_end(&r, st);
		l->good +=
		    c != NULL && copl_catalog_find(c, NULL, "one") != NULL;
		copl_catalog_free(c);
	}
	return NULL;
}

static void two_threads_load_at_once(void **state)
{
	struct loader good = {.good = 0}, bad = {.good = 0};
	pthread_t a, b;

	(void)state;
	snprintf(good.path, sizeof(good.path), "%s/a.po", po_folder);
	snprintf(bad.path, sizeof(bad.path), "%s/b.po", po_folder);
	po_write(good.path, full, strlen(full));
	po_write(bad.path, HEADER "oops\n", strlen(HEADER "oops\n"));
	assert_int_equal(pthread_create(&a, NULL, load_often, &good), 0);
	assert_int_equal(pthread_create(&b, NULL, load_often, &bad), 0);
	assert_int_equal(pthread_join(a, NULL), 0);
	assert_int_equal(pthread_join(b, NULL), 0);
	assert_int_equal(good.good, 50);
	assert_int_equal(good.findings, 0);
	assert_int_equal(bad.good, 0);
	assert_int_equal(bad.findings, 50);
	unlink(good.path);
	unlink(bad.path);
}

/* ---- gettext's own tools as oracles ---- */

static void refuses_what_msgfmt_refuses(void **state)
{
	char po[1000], path[300];
	size_t i;

	(void)state;
	snprintf(path, sizeof(path), "%s/a.po", po_folder);
	for (i = 0; i < COPL_COUNT(faults); i++) {
		bool lax = faults[i].found[0] == '+';
		int rc;

		snprintf(po, sizeof(po), "%s%s", HEADER, faults[i].po);
		po_write(path, po, strlen(po));
		rc = po_tool("msgfmt", "-c", path, "/dev/null");
		if (rc >= 0 && (rc == 0) != lax)
			print_error("msgfmt: %d of: %s\n", rc, faults[i].po);
		assert_true(rc < 0 || (rc == 0) == lax);
	}
	unlink(path);
}

/* What libgettextpo loses is not ours. */
const char *__lsan_default_suppressions(void);
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(
    void)
{
	return "leak:libgettextpo";
}

static void xerror(int severity, po_message_t m, const char *file, size_t line,
    size_t column, int multiline, const char *text)
{
	(void)severity, (void)m, (void)file, (void)line, (void)column;
	(void)multiline, (void)text;
}

static void xerror2(int severity, po_message_t m, const char *file, size_t line,
    size_t column, int multiline, const char *text, po_message_t m2,
    const char *file2, size_t line2, size_t column2, int multiline2,
    const char *text2)
{
	(void)severity, (void)m, (void)file, (void)line, (void)column;
	(void)multiline, (void)text, (void)m2, (void)file2, (void)line2;
	(void)column2, (void)multiline2, (void)text2;
}

static void same(const char *theirs, const char *ours)
{
	if (theirs == NULL || ours == NULL)
		assert_ptr_equal(theirs, ours);
	else
		assert_string_equal(theirs, ours);
}

/* Their comments end each line with LF and are never NULL. */
static void same_comment(const char *theirs, const char *ours)
{
	size_t len = strlen(theirs);

	assert_true((len == 0) == (ours == NULL));
	if (ours == NULL)
		return;
	assert_int_equal(theirs[len - 1], '\n');
	assert_int_equal(strlen(ours), len - 1);
	assert_memory_equal(theirs, ours, len - 1);
}

static void same_message(po_message_t theirs, const struct copl_message *m)
{
	size_t i;

	same(po_message_msgctxt(theirs), m->ctxt);
	same(po_message_msgid(theirs), m->id);
	same(po_message_msgid_plural(theirs), m->plural);
	same(po_message_prev_msgid(theirs),
	    m->prev == NULL ? NULL : m->prev->id);
	same(po_message_prev_msgctxt(theirs),
	    m->prev == NULL ? NULL : m->prev->ctxt);
	same_comment(po_message_comments(theirs), m->comment);
	same_comment(po_message_extracted_comments(theirs), m->extracted);
	assert_int_equal(po_message_is_fuzzy(theirs) != 0, m->fuzzy);
	assert_int_equal(po_message_is_obsolete(theirs) != 0, m->obsolete);
	for (i = 0; m->plural != NULL && i < m->nstr; i++)
		same(po_message_msgstr_plural(theirs, (int)i), m->str[i]);
	if (m->plural == NULL)
		same(po_message_msgstr(theirs), m->str[0]);
}

/* Both readers see the same in the file. */
static void same_catalog(const char *path)
{
	static const struct po_xerror_handler handler = {xerror, xerror2};
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	po_message_iterator_t it;
	po_message_t theirs;
	po_file_t file;
	size_t i = 0;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_catalog_load(path, &r, &c), COPL_OK);
	file = po_file_read(path, &handler);
	assert_non_null(file);
	it = po_message_iterator(file, NULL);
	while ((theirs = po_next_message(it)) != NULL) {
		if (po_message_msgid(theirs)[0] == '\0' &&
		    po_message_msgctxt(theirs) == NULL) {
			same_message(theirs, c->header);
			continue;
		}
		assert_true(i < c->nmessages);
		same_message(theirs, &c->messages[i++]);
	}
	assert_int_equal(i, c->nmessages);
	po_message_iterator_free(it);
	po_file_free(file);
	(void)copl_reporter_end(&r, COPL_OK);
	copl_catalog_free(c);
}

static void reads_what_libgettextpo_reads(void **state)
{
	/* gettext 0.21 takes "#=" for a translator's comment. */
	char po[sizeof(full)], path[300];
	const char *cut = strstr(full, "#=");
	size_t before = (size_t)(cut - full);

	(void)state;
	snprintf(
	    po, sizeof(po), "%.*s%s", (int)before, full, strchr(cut, '\n') + 1);
	snprintf(path, sizeof(path), "%s/a.po", po_folder);
	po_write(path, po, strlen(po));
	same_catalog(path);
	unlink(path);
}

/* Every catalog of a folder: the same for both, and msgfmt takes it. */
static void same_catalogs_of(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char path[1200];

	if (d == NULL) {
		print_message("# no folder %s\n", dir);
		return;
	}
	while ((e = readdir(d)) != NULL) {
		const char *dot = strrchr(e->d_name, '.');

		if (dot == NULL || strcmp(dot, ".po") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		same_catalog(path);
		assert_true(po_tool("msgfmt", "-c", path, "/dev/null") <= 0);
	}
	closedir(d);
}

static void real_catalogs_are_read_alike(void **state)
{
	static const char *const dirs[] = {"po/consultation",
	    "po/digital_skills", "po/interface", "po/online_bullying",
	    "po/cop-l10n", "../shared/po-broken/good"};
	const char *top = getenv("top_srcdir");
	char dir[800];
	size_t i;

	(void)state;
	for (i = 0; top != NULL && i < COPL_COUNT(dirs); i++) {
		snprintf(dir, sizeof(dir), "%s/%s", top, dirs[i]);
		same_catalogs_of(dir);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_everything_that_an_entry_can_hold),
	    cmocka_unit_test(knows_where_everything_stands),
	    cmocka_unit_test(finds_live_messages_only),
	    cmocka_unit_test(finds_both_messages_of_one_context),
	    cmocka_unit_test(accepts_bom_and_crlf_and_says_so),
	    cmocka_unit_test(needs_no_line_feed_at_the_end),
	    cmocka_unit_test(names_every_fault_and_its_place),
	    cmocka_unit_test(names_the_first_of_two_equal_messages),
	    cmocka_unit_test(a_broken_entry_does_not_hide_the_next_fault),
	    cmocka_unit_test(a_catalog_needs_a_header),
	    cmocka_unit_test(utf_16_is_one_finding),
	    cmocka_unit_test(a_missing_file_is_not_a_syntax_error),
	    cmocka_unit_test(over_512_mib_is_a_limit),
	    cmocka_unit_test(a_million_comments_take_linear_time),
	    cmocka_unit_test(a_byte_of_a_translation_has_a_place),
	    cmocka_unit_test(first_bytes_stand_at_str_at),
	    cmocka_unit_test(texts_alone_are_the_same_texts),
	    cmocka_unit_test(texts_alone_are_read_as_strictly),
	    cmocka_unit_test(a_pipe_is_read_to_its_end),
	    cmocka_unit_test(the_size_of_a_file_is_looked_at_first),
	    cmocka_unit_test(two_threads_load_at_once),
	    cmocka_unit_test(refuses_what_msgfmt_refuses),
	    cmocka_unit_test(reads_what_libgettextpo_reads),
	    cmocka_unit_test(real_catalogs_are_read_alike),
	};

	return cmocka_run_group_tests(tests, po_make_folder, po_remove_folder);
}
