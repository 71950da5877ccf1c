/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glob.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>
#include "form/form.h"
#include "seen.h"
#include "sheet/sheet_priv.h"

/* ---- a table, and what becomes of it ---- */

static struct seen seen;
static struct copl_strbuf xml = COPL_STRBUF_INIT(COPL_XML_MAX);
static struct copl_strbuf csv = COPL_STRBUF_INIT(COPL_XML_MAX);
static struct copl_sheet_counts counts;

static enum copl_status import_bytes(const char *bytes, size_t len)
{
	struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_strbuf_reset(&xml);
	copl_reporter_init(&r, &sink);
	st = copl_sheet_to_form(bytes, len, "t.csv", &r, &xml, &counts);
	st = copl_reporter_end(&r, st);
	assert_int_equal(st == COPL_OK, seen.errors == 0);
	assert_int_equal(st == COPL_OK, xml.len > 0);
	return st;
}

static enum copl_status export_bytes(
    const char *bytes, size_t len, char separator)
{
	struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(&seen, 0, sizeof(seen));
	copl_strbuf_reset(&csv);
	copl_reporter_init(&r, &sink);
	st = copl_sheet_from_form(
	    bytes, len, "f.xml", separator, &r, &csv, &counts);
	return copl_reporter_end(&r, st);
}

#define HEAD                                                                   \
	"type,name,label,hint,required,relevant,note,language,value,min,max\n" \
	"form,t,,,,,,ru,,,\n"                                                  \
	"title,,Опрос,,,,,,,,\n"                                          \
	"closes,,,,,,,,2027-03-31T12:00:00Z,,\n"                               \
	"audience,,,,,,,,,18,\n"                                               \
	"privacy,,Имя не нужно.,,,,,,,,\n"                           \
	"begin_group,s,Часть,,,,Первая,,,,\n"                       \
	"select_one,seen,Это видно тебе?,,,,,,,,\n"                \
	"option,yes,Да,,,,,,,,\n"                                            \
	"option,no,Нет,,,,,,,,\n"                                           \
	"select_multiple,told,Кому это рассказать?,,,,,,,,\n" \
	"option,family,Своей семье,,,,,,,,\n"                        \
	"option,nobody,Совсем никому,,,,,,,,\n"
#define TAIL                                                                   \
	"end_group,,,,,,,,,,\n"                                                \
	"help,,Поговори со взрослым.,,,,,,,,\n"              \
	"thanks,,Спасибо!,,,,,,,,\n"

/* The good table with these rows in its section. */
static enum copl_status import_rows(const char *rows)
{
	struct copl_strbuf t = COPL_STRBUF_INIT(1 << 20);
	enum copl_status st;

	copl_strbuf_puts(&t, HEAD);
	copl_strbuf_puts(&t, rows);
	copl_strbuf_puts(&t, TAIL);
	st = import_bytes(copl_strbuf_text(&t), t.len);
	copl_strbuf_clear(&t);
	return st;
}

static void holds(const char *part)
{
	if (strstr(copl_strbuf_text(&xml), part) == NULL) {
		size_t i;

		for (i = 0; i < seen.n && i < 64; i++)
			print_message("# %zu: %s\n", seen.list[i].line,
			    seen.list[i].text);
		print_message("# no %s in\n%s\n", part, copl_strbuf_text(&xml));
		fail();
	}
}

static void only(const char *code, size_t line, const char *part)
{
	size_t i;

	for (i = 0; i < seen.n && (seen.n != 1 || i < 1); i++)
		if (seen.n != 1 || strstr(seen.list[0].text, part) == NULL)
			print_message("# %zu: %s\n", seen.list[i].line,
			    seen.list[i].text);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.list[0].code, code);
	assert_int_equal(seen.list[0].line, line);
	assert_non_null(strstr(seen.list[0].text, part));
}

/* ---- CSV ---- */

static void separators_line_ends_and_marks_are_seen(void **state)
{
	static const char *const ends[] = {"\n", "\r\n", "\r"};
	static const char separators[] = {',', ';', '\t'};
	size_t i, k, m;

	(void)state;
	for (i = 0; i < 18; i++) {
		struct copl_strbuf t = COPL_STRBUF_INIT(1 << 20);
		const char *s = HEAD "text,q,Что?,,,,,,,,\n" TAIL;

		k = i % 3;
		m = i / 3 % 3;
		if (i >= 9)
			copl_strbuf_puts(&t, "\xef\xbb\xbf");
		for (; *s != '\0'; s++) {
			if (*s == ',')
				copl_strbuf_add(&t, &separators[k], 1);
			else if (*s == '\n')
				copl_strbuf_puts(&t, ends[m]);
			else
				copl_strbuf_add(&t, s, 1);
		}
		assert_int_equal(
		    import_bytes(copl_strbuf_text(&t), t.len), COPL_OK);
		holds("<label>Что?</label>");
		copl_strbuf_clear(&t);
	}
	assert_int_equal(
	    import_bytes("sep=;\r\nlabel;type;name\r\n", 23), COPL_E_INVALID);
	assert_int_equal(seen_count(&seen, "sheet-row-missing"), 6);
}

static void quotes_hold_separators_quotes_and_lines(void **state)
{
	(void)state;
	assert_int_equal(
	    import_rows("text,q,\"Что, \"\"вот\"\"\r\nэто?\",,,,,,,,\n"
			"text,w,a\"b,,,,,\"\"  ,,,\n"),
	    COPL_OK);
	holds("<label>Что, \"вот\" это?</label>");
	holds("<label>a\"b</label>");
	/* The file's line and the spreadsheet's row differ from there on. */
	assert_int_equal(
	    import_rows("text,q,\"a\nb c\",,,,,,,,\nx,,,,,,,,,,\n"),
	    COPL_E_INVALID);
	only("sheet-type-unknown", 16, "row 15, column A (type)");
}

static void broken_quotes_say_where_they_begin(void **state)
{
	(void)state;
	assert_int_equal(
	    import_rows("text,q,\"Что?,,,,,,,,\n"), COPL_E_INVALID);
	only("sheet-quote", 14, "row 14, column C (label)");
	assert_int_equal(
	    import_rows("text,q,\"Что\" тут?,,,,,,,,\n"), COPL_E_INVALID);
	only("sheet-quote", 14, "row 14, column C (label)");
	assert_int_equal(import_bytes("type,name,\"label", 16), COPL_E_INVALID);
	only("sheet-quote", 1, "row 1, column C");
}

static void tables_have_limits(void **state)
{
	struct copl_strbuf t = COPL_STRBUF_INIT(8 << 20);
	size_t i;

	(void)state;
	copl_strbuf_puts(&t, "text,q,");
	for (i = 0; i <= COPL_SHEET_CELL_MAX / 3; i++)
		copl_strbuf_puts(&t, "字");
	copl_strbuf_puts(&t, ",,,,,,,,\n");
	assert_int_equal(import_rows(copl_strbuf_text(&t)), COPL_E_INVALID);
	assert_int_equal(seen_count(&seen, "sheet-limit"), 1);
	assert_int_equal(seen.list[0].line, 14);
	copl_strbuf_reset(&t);
	for (i = 0; i <= COPL_SHEET_ROWS_MAX; i++)
		copl_strbuf_puts(&t, "x,,\n");
	assert_int_equal(
	    import_bytes(copl_strbuf_text(&t), t.len), COPL_E_INVALID);
	assert_non_null(strstr(seen.list[0].text, "20000 rows"));
	copl_strbuf_reset(&t);
	for (i = 0; i <= COPL_SHEET_COLUMNS_MAX; i++)
		copl_strbuf_puts(&t, "type,");
	copl_strbuf_puts(&t, "name\n");
	assert_int_equal(
	    import_bytes(copl_strbuf_text(&t), t.len), COPL_E_INVALID);
	assert_non_null(strstr(seen.list[0].text, "200 columns"));
	copl_strbuf_clear(&t);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
	static const char utf16[] = "\xff\xfe\x00\xd8";

	(void)state;
	assert_int_equal(import_bytes("type\nimi\xe9\n", 10), COPL_E_PARSE);
	only("sheet-encoding", 2, "UTF-8");
	assert_int_equal(import_bytes("type\0name", 9), COPL_E_PARSE);
	only("sheet-encoding", 1, "UTF-8");
	assert_int_equal(import_bytes(utf16, 4), COPL_E_PARSE);
	assert_int_equal(import_bytes("PK\003\004x", 5), COPL_E_PARSE);
	only("sheet-workbook", 0, "CSV UTF-8");
	assert_int_equal(import_bytes("", 0), COPL_E_INVALID);
	only("sheet-empty", 0, "nothing");
	assert_int_equal(
	    import_rows("text,q,a\001b,,,,,,,,\n"), COPL_E_INVALID);
	assert_int_equal(seen_count(&seen, "sheet-character"), 1);
}

static const char *unguarded(const char *cell, char separator)
{
	static struct copl_strbuf b = COPL_STRBUF_INIT(1000);

	copl_strbuf_reset(&b);
	sheet_put_cell(&b, cell, separator);
	return copl_strbuf_text(&b);
}

static void formulas_are_guarded_and_the_guard_is_taken_away(void **state)
{
	static const struct {
		const char *text;
		const char *cell;
	} cases[] = {{"=1+1", "'=1+1"}, {"+7 495", "'+7 495"}, {"-a", "'-a"},
	    {"@home", "'@home"}, {"'=x", "''=x"}, {"-5", "-5"},
	    {"+0.5", "+0.5"}, {"", "'"}, {"'", "''"}, {"'tis", "'tis"},
	    {"＝1", "'＝1"}, {"\t1", "'\t1"}, {"=a,b", "\"'=a,b\""},
	    {"文", "文"}, {"a;b", "a;b"}, {"=\"x\"", "\"'=\"\"x\"\"\""},
	    {" x", "' x"}};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++)
		assert_string_equal(
		    unguarded(cases[i].text, ','), cases[i].cell);
	assert_string_equal(unguarded("a;b", ';'), "\"a;b\"");
	assert_string_equal(sheet_unguarded("'=x"), "=x");
	assert_string_equal(sheet_unguarded("''=x"), "'=x");
	assert_string_equal(sheet_unguarded("'"), "");
	assert_string_equal(sheet_unguarded("'tis"), "'tis");
	assert_string_equal(sheet_unguarded("'-5"), "-5");
	assert_int_equal(import_rows("text,q,'=да,,,,,,,,\n"), COPL_OK);
	holds("<label>=да</label>");
}

/* ---- what cells mean ---- */

static void booleans_are_those_of_spreadsheets(void **state)
{
	(void)state;
	assert_int_equal(sheet_yes_no("TRUE"), 1);
	assert_int_equal(sheet_yes_no("Faux"), 0);
	assert_int_equal(sheet_yes_no("ИСТИНА"), 1);
	assert_int_equal(sheet_yes_no("ложь"), 0);
	assert_int_equal(sheet_yes_no("نعم"), 1);
	assert_int_equal(sheet_yes_no("否"), 0);
	assert_int_equal(sheet_yes_no("perhaps"), -1);
	assert_int_equal(sheet_yes_no(""), -1);
}

static void types_are_read_in_both_vocabularies(void **state)
{
	static const struct {
		const char *cell;
		enum sheet_kind kind;
		const char *arg;
	} cases[] = {{"select_one", SHEET_ONE, NULL},
	    {"Select One  agree", SHEET_ONE, "agree"},
	    {"choose-one agree", SHEET_ONE, "agree"},
	    {"select_multiple yes_no", SHEET_MANY, "yes_no"},
	    {"begin group", SHEET_SECTION, NULL},
	    {"end-group", SHEET_END, NULL},
	    {"consent by guardian", SHEET_CONSENT, "guardian"},
	    {"acknowledge", SHEET_CONSENT, "participant"},
	    {"integer", SHEET_NUMBER, NULL}, {"rating", SHEET_RATING, NULL},
	    {"param date", SHEET_PARAM, "date"}, {"note", SHEET_NOTE, NULL}};
	struct copl_arena *a = copl_arena_new();
	struct sheet_type t;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++) {
		assert_int_equal(
		    sheet_type_read(cases[i].cell, a, &t), SHEET_TYPE_OK);
		assert_int_equal(t.kind, cases[i].kind);
		if (cases[i].arg == NULL)
			assert_null(t.arg);
		else
			assert_string_equal(t.arg, cases[i].arg);
	}
	assert_int_equal(
	    sheet_type_read("begin repeat", a, &t), SHEET_TYPE_UNSUPPORTED);
	assert_int_equal(
	    sheet_type_read("geopoint", a, &t), SHEET_TYPE_UNSUPPORTED);
	assert_int_equal(sheet_type_read("imya", a, &t), SHEET_TYPE_UNKNOWN);
	assert_string_equal(sheet_type_near("optoin", a), "option");
	copl_arena_free(a);
}

static void when(const char *cell, const char *want)
{
	struct copl_strbuf row = COPL_STRBUF_INIT(10000);

	copl_strbuf_printf(&row, "note,n,Держись!,,,\"%s\",,,,,\n", cell);
	(void)import_rows(copl_strbuf_text(&row));
	copl_strbuf_clear(&row);
	holds(want);
}

static void conditions_of_xlsform_become_ours(void **state)
{
	(void)state;
	when("seen = 'yes'", "when=\"seen = 'yes'\"");
	when("${seen} = 'yes'", "when=\"seen = 'yes'\"");
	when("${seen}!=‘yes’", "when=\"seen!='yes'\"");
	when("${seen}=\"\"no\"\"", "when=\"seen=&quot;no&quot;\"");
	when("selected(${told}, 'family')", "when=\"told includes 'family'\"");
	when("selected( ${seen} , 'no')and(seen='no')",
	    "when=\"seen = 'no' and(seen='no')\"");
	when("not(selected(${told},'family')) or ${seen} = «no»",
	    "when=\"not(told includes 'family') or seen = 'no'\"");
}

static void what_no_condition_can_say_is_told(void **state)
{
	static const char *const wrong[] = {"${seen = 'yes'", "$seen = 'yes'",
	    "count-selected(${told}) &gt; 1", "${seen} = 'yes",
	    "selected(${told})", "selected ${told}, 'family'", "${seen} + 1",
	    "selected(${told}, 1.5)", "seen = 'yes' & 'no'", "true()", ". = 5",
	    "${seen} = 07"};
	struct copl_strbuf row = COPL_STRBUF_INIT(10000);
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(wrong); i++) {
		copl_strbuf_reset(&row);
		copl_strbuf_printf(
		    &row, "note,n,Да!,,,\"%s\",,,,,\n", wrong[i]);
		assert_int_equal(
		    import_rows(copl_strbuf_text(&row)), COPL_E_INVALID);
		assert_int_equal(seen.n, 1);
		assert_int_equal(seen.list[0].line, 14);
		assert_non_null(
		    strstr(seen.list[0].text, "row 14, column F (relevant)"));
	}
	copl_strbuf_clear(&row);
}

static void markup_is_known_elements_only(void **state)
{
	(void)state;
	assert_int_equal(
	    import_rows("text,q,Вот <strong>это <em>да</em></strong> & **x** "
			"&lt;em> 5 < 6 &#8239;&nbsp;,,,,,,,,\n"),
	    COPL_OK);
	holds("<label>Вот <strong>это <em>да</em></strong> &amp; **x** "
	      "&lt;em&gt; 5 &lt; 6 &#8239;&amp;nbsp;</label>");
	assert_int_equal(
	    import_rows("text,q,<term ref='t' note=“a”>x</term>,,,,,,,,\n"),
	    COPL_OK);
	holds("<term ref=\"t\" note=\"a\">x</term>");
	assert_int_equal(
	    import_rows("text,q,a <b>c</b> d e,,,,,,,,\n"), COPL_OK);
	only("sheet-tag", 14, "\"<b>\"");
	assert_int_equal(
	    import_rows("text,q,a </em> b <em>,,,,,,,,\n"), COPL_E_INVALID);
	only("sheet-markup", 14, "<em>");
	assert_int_equal(
	    import_rows("text,q,<em x>a</em>,,,,,,,,\n"), COPL_E_INVALID);
	only("sheet-markup", 14, "cannot be read");
}

static void rules_of_the_form_speak_of_cells(void **state)
{
	(void)state;
	assert_int_equal(
	    import_rows("integer,n,Сколько?,,,seen = 'maybe',В час,,,9,1\n"),
	    COPL_E_INVALID);
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.list[1].code, "form-when-value");
	assert_non_null(strstr(seen.list[1].text, "column F (relevant)"));
	assert_string_equal(seen.list[0].code, "form-bounds");
	assert_int_equal(seen.list[0].line, 14);
	/* A line of a form that nobody sees is not spoken of. */
	assert_int_equal(
	    import_rows("text,seen,Снова?,,,,Ещё раз,,,,\n"), COPL_E_INVALID);
	only("form-duplicate", 14, "used already in row 8");
}

static void attributes_of_values_have_columns(void **state)
{
	static const char table[] =
	    "Type;Name;Label;Note;Language;Value;Min;Use;Order;Per language;"
	    "Href;Count\n"
	    "form;t;;;fr;;;;;;;\ntitle;;Titre;;;;;;;;;\n"
	    "closes;;;;;2027-03-31T12:00:00Z;;;;;;\naudience;;;;;;18;;;;;\n"
	    "param percent;share;;;;12,5;;;;;;\n"
	    "param number;days;;;;-1,5;;;;;;\n"
	    "param number;n;;;;2;;;;;;\n"
	    "param text;words;;;;1,5;;;;;;\n"
	    "param list;all;;;;;;themes;;;;\n"
	    "link;droits;;;;;;;;VRAI;https://example.org/fr;\n"
	    "privacy;;<a to='droits'>Ici</a> {share} {days} {words} {all};;;;"
	    ";;;FAUX;;\n"
	    "bullet;;<form>{n} jour</form> <form>{n} jours</form>;;;;;;;;;n\n"
	    "choices themes;;;;;;;;collate;;;\n"
	    "option;jeux;Les jeux;;;;;;;;;\noption;art;Les arts;;;;;;;;;\n"
	    "section;s;Ce que tu aimes;;;;;;;;;\n"
	    "select_multiple themes;aime;Qu’est-ce que tu aimes ?;;;;;;;;;\n"
	    "select_one;un;Que choisis-tu, toi ?;;;;;;collate;;;\n"
	    "option;b;Les bulles;;;;;;;;;\noption;a;Les arbres;;;;;;;;;\n"
	    "thanks;;Merci !;;;;;;;;;\n";

	(void)state;
	(void)import_bytes(table, sizeof(table) - 1);
	holds("<param name=\"share\" type=\"percent\" value=\"12.5\"/>");
	holds("<param name=\"days\" type=\"number\" value=\"-1.5\"/>");
	holds("<param name=\"words\" type=\"text\" value=\"1,5\"/>");
	holds("<param name=\"all\" type=\"list\" use=\"themes\"/>");
	holds("<link id=\"droits\" href=\"https://example.org/fr\" "
	      "per-language=\"yes\"/>");
	holds("<choices id=\"themes\" order=\"collate\">");
	holds("<choose-one id=\"un\" order=\"collate\">");
	holds("<item count=\"n\"><form>{n} jour</form> <form>{n} "
	      "jours</form></item>");
	assert_int_equal(seen.n, 0);
}

/* ---- the same form again ---- */

static bool is_inline(const xmlNode *n)
{
	return copl_xml_is(n, COPL_FORM_NS, "strong") ||
	       copl_xml_is(n, COPL_FORM_NS, "em") ||
	       copl_xml_is(n, COPL_FORM_NS, "a") ||
	       copl_xml_is(n, COPL_FORM_NS, "term");
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void dump_attrs(const xmlNode *n, struct copl_strbuf *out)
{
	char *list[64] = {NULL};
	const xmlAttr *attr;
	size_t k = 0, i;

	for (attr = n->properties; attr != NULL; attr = attr->next) {
		xmlChar *v = xmlGetNsProp((xmlNode *)(uintptr_t)n, attr->name,
		    attr->ns == NULL ? NULL : attr->ns->href);

		assert_true(asprintf(&list[k++], " %s%s='%s'",
				attr->ns == NULL ? "" : ":",
				(const char *)attr->name, (char *)v) > 0);
		xmlFree(v);
	}
	qsort(list, k, sizeof(*list), by_text);
	for (i = 0; i < k; i++) {
		copl_strbuf_puts(out, list[i]);
		free(list[i]);
	}
}

static void dump_text(const xmlNode *n, struct copl_strbuf *out)
{
	const char *s = (const char *)n->content;

	for (; *s != '\0'; s++) {
		bool blank = copl_is_space(*s) &&
			     xmlNodeGetSpacePreserve(n->parent) != 1;

		if (!blank)
			copl_strbuf_add(out, s, 1);
		else if (out->len > 0 && out->s[out->len - 1] != ' ')
			copl_strbuf_puts(out, " ");
	}
}

/* All of a form but comments and white space that means nothing. */
static void dump(const xmlNode *n, struct copl_strbuf *out)
{
	struct copl_strbuf in = COPL_STRBUF_INIT(1 << 24);
	bool keep = xmlNodeGetSpacePreserve(n) == 1;
	const xmlNode *c;
	bool holder = false;
	size_t from = 0;

	for (c = n->children; c != NULL; c = c->next)
		holder |= c->type == XML_ELEMENT_NODE && !is_inline(c);
	for (c = n->children; c != NULL; c = c->next) {
		if (c->type == XML_ELEMENT_NODE)
			dump(c, &in);
		else if (!holder && (c->type == XML_TEXT_NODE ||
					c->type == XML_CDATA_SECTION_NODE))
			dump_text(c, &in);
	}
	if (!keep && !is_inline(n)) {
		while (in.len > 0 && in.s[in.len - 1] == ' ')
			in.len--;
		while (from < in.len && in.s[from] == ' ')
			from++;
	}
	copl_strbuf_printf(out, "<%s", (const char *)n->name);
	dump_attrs(n, out);
	copl_strbuf_puts(out, ">");
	copl_strbuf_add(out, copl_strbuf_text(&in) + from, in.len - from);
	copl_strbuf_printf(
	    out, "</%s>%s", (const char *)n->name, is_inline(n) ? "" : "\n");
	copl_strbuf_clear(&in);
}

static bool dump_form(const char *bytes, size_t len, struct copl_strbuf *out)
{
	struct copl_form *form = NULL;
	struct copl_reporter r;
	struct copl_xml *x = NULL;

	copl_reporter_init(&r, NULL);
	copl_strbuf_reset(out);
	if (copl_xml_read(bytes, len, "f.xml", COPL_XML_STRICT, &r, &x) ==
		COPL_OK &&
	    copl_form_read_localized(x, &r, &form) == COPL_OK)
		dump(xmlDocGetRootElement(x->doc), out);
	copl_form_free(form);
	copl_xml_free(x);
	copl_reporter_drop(&r);
	return form != NULL;
}

static void same_again(const char *path, char separator)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_strbuf before = COPL_STRBUF_INIT(1 << 24);
	struct copl_strbuf after = COPL_STRBUF_INIT(1 << 24);
	struct copl_strbuf first = COPL_STRBUF_INIT(1 << 24);
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_file_read(path, COPL_XML_MAX, &r, &bytes), COPL_OK);
	if (dump_form(copl_strbuf_text(&bytes), bytes.len, &before)) {
		assert_int_equal(export_bytes(copl_strbuf_text(&bytes),
				     bytes.len, separator),
		    COPL_OK);
		copl_strbuf_add(&first, csv.s, csv.len);
		assert_int_equal(import_bytes(csv.s, csv.len), COPL_OK);
		assert_true(dump_form(xml.s, xml.len, &after));
		assert_string_equal(before.s, after.s);
		assert_int_equal(
		    export_bytes(xml.s, xml.len, separator), COPL_OK);
		assert_string_equal(first.s, csv.s);
	}
	copl_strbuf_clear(&bytes);
	copl_strbuf_clear(&before);
	copl_strbuf_clear(&after);
	copl_strbuf_clear(&first);
}

static void every_form_comes_back_from_its_table(void **state)
{
	static const char *const patterns[] = {"forms/*.xml",
	    "tests/project*/forms/*.xml", "tests/render/*.xml",
	    "tests/fuzz/seeds/form/*.xml", "tests/sheets/*.xml",
	    "tests/cli/cases/*/*.xml", "tests/cli/cases/*/forms/*.xml"};
	const char *top = getenv("top_srcdir");
	char pattern[4096];
	size_t n = 0, i, k;

	(void)state;
	if (top == NULL)
		top = ".";
	for (i = 0; i < COPL_COUNT(patterns); i++) {
		glob_t found;

		snprintf(pattern, sizeof(pattern), "%s/%s", top, patterns[i]);
		if (glob(pattern, 0, NULL, &found) != 0)
			continue;
		for (k = 0; k < found.gl_pathc; k++, n++)
			same_again(found.gl_pathv[k], ",;\t"[n % 3]);
		globfree(&found);
	}
	assert_true(n > 10);
	/* These must not have been passed over. */
	snprintf(pattern, sizeof(pattern), "%s/tests/sheets/odd.xml", top);
	same_again(pattern, ';');
	assert_true(xml.len > 1000);
	snprintf(pattern, sizeof(pattern),
	    "%s/tests/cli/cases/build-values/forms/values.xml", top);
	same_again(pattern, '\t');
	holds(" order=\"collate\"");
	holds(" per-language=\"yes\"");
	holds(" type=\"list\" use=\"topics\"");
	holds(" count=\"days\"");
	snprintf(pattern, sizeof(pattern), "%s/tests/sheets/kept.xml", top);
	same_again(pattern, ',');
	holds("<hint xml:lang=\"en\" note=\"h\">");
	snprintf(pattern, sizeof(pattern), "%s/forms/digital_skills.xml", top);
	same_again(pattern, ',');
	assert_int_equal(counts.rows, 108);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(separators_line_ends_and_marks_are_seen),
	    cmocka_unit_test(quotes_hold_separators_quotes_and_lines),
	    cmocka_unit_test(broken_quotes_say_where_they_begin),
	    cmocka_unit_test(tables_have_limits),
	    cmocka_unit_test(bytes_that_are_no_text_are_refused),
	    cmocka_unit_test(formulas_are_guarded_and_the_guard_is_taken_away),
	    cmocka_unit_test(booleans_are_those_of_spreadsheets),
	    cmocka_unit_test(types_are_read_in_both_vocabularies),
	    cmocka_unit_test(conditions_of_xlsform_become_ours),
	    cmocka_unit_test(what_no_condition_can_say_is_told),
	    cmocka_unit_test(markup_is_known_elements_only),
	    cmocka_unit_test(rules_of_the_form_speak_of_cells),
	    cmocka_unit_test(attributes_of_values_have_columns),
	    cmocka_unit_test(every_form_comes_back_from_its_table),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	copl_strbuf_clear(&xml);
	copl_strbuf_clear(&csv);
	return rc;
}
