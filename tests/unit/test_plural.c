/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts with plural forms, from the form through catalogs to the page. */
#include "config.h"
#include "form_sample.h"
#include "l10n/l10n.h"
#include "locale/locale.h"
#include "render/render_priv.h"

#define AR                                                                     \
	"nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "     \
	"n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
#define RU                                                                     \
	"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "   \
	"&& (n%100<10 || n%100>=20) ? 1 : 2);"
#define ZH "nplurals=1; plural=0;"

static struct copl_catalog *catalog(const char *forms, const char *body)
{
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	char *po = NULL;

	assert_true(asprintf(&po,
			"msgid \"\"\nmsgstr \"\"\n"
			"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
			"\"Plural-Forms: %s\\n\"\n\n%s",
			forms, body) > 0);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_catalog_read(po, strlen(po), "t.po", &r, &c), COPL_OK);
	free(po);
	return c;
}

/* ---- catalogs ---- */

static const struct copl_entry days = {.ref = "f.xml",
    .ctxt = "care/p1",
    .id = "{n} day",
    .plural = "{n} days"};
#define SOURCE                                                                 \
	"#: f.xml\nmsgctxt \"care/p1\"\nmsgid \"{n} day\"\n"                   \
	"msgid_plural \"{n} days\"\n"

/* What merging makes of a catalog; twice is the same as once. */
static void becomes(const char *forms, const char *body, const char *wanted,
    const struct copl_entry *e)
{
	static const struct copl_po_header h = {
	    .project = "p", .language = "ru"};
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_strbuf again = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = catalog(forms, body);
	struct copl_merge_counts n;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_catalog_merge(c, e, 1, &h, &out, &n), COPL_OK);
	copl_catalog_free(c);
	/* An empty catalog has a blank line at its end, which stays. */
	assert_memory_equal(strstr(out.s, "\n\n") + 2, wanted, strlen(wanted));
	assert_int_equal(
	    copl_catalog_read(out.s, out.len, "t.po", &r, &c), COPL_OK);
	assert_int_equal(copl_catalog_merge(c, e, 1, &h, &again, &n), COPL_OK);
	assert_string_equal(again.s, out.s);
	assert_int_equal(n.kept, 1);
	copl_catalog_free(c);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&again);
}

static void a_new_message_has_the_forms_of_its_language(void **state)
{
	(void)state;
	becomes(ZH, "", SOURCE "msgstr[0] \"\"\n", &days);
	becomes(RU, "",
	    SOURCE "msgstr[0] \"\"\nmsgstr[1] \"\"\nmsgstr[2] \"\"\n", &days);
	becomes(AR, "",
	    SOURCE "msgstr[0] \"\"\nmsgstr[1] \"\"\nmsgstr[2] \"\"\n"
		   "msgstr[3] \"\"\nmsgstr[4] \"\"\nmsgstr[5] \"\"\n",
	    &days);
	/* A header without the field, as of an old catalog: as in a POT. */
	becomes("x", "", SOURCE "msgstr[0] \"\"\nmsgstr[1] \"\"\n", &days);
}

static void forms_come_and_go_with_their_translation(void **state)
{
	static const struct copl_entry plain = {
	    .ref = "f.xml", .ctxt = "care/p1", .id = "{n} days"};
	static const struct copl_entry other = {.ref = "f.xml",
	    .ctxt = "care/p1",
	    .id = "{n} day",
	    .plural = "{n} whole days"};

	(void)state;
	becomes(RU,
	    "#: f.xml\nmsgctxt \"care/p1\"\nmsgid \"{n} days\"\n"
	    "msgstr \"{n} дней\"\n",
	    "#: f.xml\n#, fuzzy\n#| msgid \"{n} days\"\n"
	    "msgctxt \"care/p1\"\nmsgid \"{n} day\"\n"
	    "msgid_plural \"{n} days\"\nmsgstr[0] \"{n} дней\"\n"
	    "msgstr[1] \"{n} дней\"\nmsgstr[2] \"{n} дней\"\n",
	    &days);
	becomes(RU,
	    SOURCE "msgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\n"
		   "msgstr[2] \"{n} дней\"\n",
	    "#: f.xml\n#, fuzzy\n#| msgid \"{n} day\"\n"
	    "#| msgid_plural \"{n} days\"\nmsgctxt \"care/p1\"\n"
	    "msgid \"{n} days\"\nmsgstr \"{n} день\"\n",
	    &plain);
	becomes(RU,
	    SOURCE "msgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\n"
		   "msgstr[2] \"{n} дней\"\n",
	    "#: f.xml\n#, fuzzy\n#| msgid \"{n} day\"\n"
	    "#| msgid_plural \"{n} days\"\nmsgctxt \"care/p1\"\n"
	    "msgid \"{n} day\"\nmsgid_plural \"{n} whole days\"\n"
	    "msgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\n"
	    "msgstr[2] \"{n} дней\"\n",
	    &other);
	becomes(RU,
	    SOURCE "msgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\n"
		   "msgstr[2] \"{n} дней\"\n",
	    SOURCE "msgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\n"
		   "msgstr[2] \"{n} дней\"\n",
	    &days);
}

/* ---- documents ---- */

#define DOC                                                                    \
	"<interface xmlns='urn:cop-l10n:interface:1' xml:lang='en'>"           \
	"<text id='a' count='n'>\n <form>{n} day</form>\n "                    \
	"<form>{n} days</form>\n</text><text id='b'>{n}</text></interface>"
#define MESSAGE "msgctxt \"a\"\nmsgid \"{n} day\"\nmsgid_plural \"{n} days\"\n"
#define REST "\nmsgctxt \"b\"\nmsgid \"{n}\"\nmsgstr \"№ {n}\"\n"

struct doc {
	struct copl_xml *xml;
	struct copl_units *units;
	struct copl_strbuf out;
	struct seen seen;
};

static void open_doc(struct doc *d, const char *xml)
{
	struct copl_reporter r;

	memset(d, 0, sizeof(*d));
	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_xml_read(xml, strlen(xml), "t.xml",
			     COPL_XML_DOCUMENT, &r, &d->xml),
	    COPL_OK);
	assert_int_equal(copl_units_of(d->xml, NULL, &r, &d->units), COPL_OK);
}

static void close_doc(struct doc *d)
{
	copl_strbuf_clear(&d->out);
	copl_units_free(d->units);
	copl_xml_free(d->xml);
}

static enum copl_status apply(struct doc *d, const char *forms,
    const char *body, const struct copl_apply *how)
{
	struct copl_catalog *c = body == NULL ? NULL : catalog(forms, body);
	struct copl_sink sink = {on_diag, NULL, &d->seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(&d->seen, 0, sizeof(d->seen));
	copl_reporter_init(&r, &sink);
	st = copl_units_apply(d->units, c, how, &r, &d->out);
	st = copl_reporter_end(&r, st);
	copl_catalog_free(c);
	return st;
}

static bool three(void *arg, const char *name, unsigned long *n)
{
	*n = *(unsigned long *)arg;
	return strcmp(name, "n") == 0 && *n != 99;
}

static const char *shown(void *arg, const char *name, size_t len)
{
	(void)arg;
	return len == 1 && *name == 'n' ? "№" : NULL;
}

static void one_element_is_one_message(void **state)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_entry *e;
	struct doc d;
	size_t n;

	(void)state;
	open_doc(&d, DOC);
	assert_int_equal(copl_units_entries(d.units, "t", a, &e, &n), COPL_OK);
	assert_int_equal(n, 2);
	assert_string_equal(e[0].id, "{n} day");
	assert_string_equal(e[0].plural, "{n} days");
	assert_string_equal(e[0].flags, "python-brace-format");
	assert_null(e[1].plural);
	close_doc(&d);
	copl_arena_free(a);
}

/* Rules may be wrong about a document; its words are not lost for that. */
static void text_between_the_forms_is_not_lost(void **state)
{
	struct copl_strbuf many = COPL_STRBUF_INIT(10000);
	struct doc d;
	size_t i;

	(void)state;
	open_doc(&d,
	    "<interface xmlns='urn:cop-l10n:interface:1' xml:lang='ru'>"
	    "<text id='a' count='n'>Или <form>{n} день</form></text>"
	    "</interface>");
	assert_null(d.units->list[0].plural);
	assert_non_null(strstr(d.units->list[0].text.msgid, "Или"));
	close_doc(&d);
	copl_strbuf_puts(&many,
	    "<interface xmlns='urn:cop-l10n:interface:1' xml:lang='ru'>"
	    "<text id='a' count='n'>");
	for (i = 0; i <= COPL_PLURALS_MAX; i++)
		copl_strbuf_printf(&many, "<form>{n} день %zu</form>", i);
	copl_strbuf_puts(&many, "</text></interface>");
	open_doc(&d, many.s);
	assert_int_equal(d.units->n, COPL_PLURALS_MAX + 1);
	close_doc(&d);
	copl_strbuf_clear(&many);
}

static void a_document_holds_the_forms_of_its_language(void **state)
{
	const struct copl_apply all = {.lang = "ru"}, zh = {.lang = "zh"};
	struct doc d;

	(void)state;
	open_doc(&d, DOC);
	assert_int_equal(
	    apply(&d, RU,
		MESSAGE "msgstr[0] \"{n} день\"\nmsgstr[1] "
			"\"{n} дня\"\nmsgstr[2] \"{n} дней\"\n" REST,
		&all),
	    COPL_OK);
	assert_non_null(strstr(d.out.s,
	    "<text id='a' count='n'>\n <form>{n} день</form>\n "
	    "<form>{n} дня</form>\n <form>{n} дней</form>\n</text>"));
	assert_int_equal(
	    apply(&d, ZH, MESSAGE "msgstr[0] \"{n} 天\"\n" REST, &zh), COPL_OK);
	assert_non_null(strstr(
	    d.out.s, "<text id='a' count='n'>\n <form>{n} 天</form>\n</text>"));
	/* Without a catalog every byte stays. */
	assert_int_equal(
	    apply(&d, NULL, NULL, &(struct copl_apply){.lang = "en"}), COPL_OK);
	assert_string_equal(d.out.s, DOC);
	close_doc(&d);
}

/* CLDR's French and Transifex's Russian have a form that readers have not. */
static void forms_of_other_rules_are_put_in_order(void **state)
{
	const struct copl_apply fr = {.lang = "fr"}, ru = {.lang = "ru"};
	struct doc d;

	(void)state;
	open_doc(&d, DOC);
	assert_int_equal(
	    apply(&d,
		"nplurals=3; plural=n < 2 ? 0 : n % 1000000 == "
		"0 ? 1 : 2;",
		MESSAGE "msgstr[0] \"{n} jour\"\nmsgstr[1] \"{n} de "
			"jours\"\nmsgstr[2] \"{n} jours\"\n" REST,
		&fr),
	    COPL_OK);
	assert_non_null(
	    strstr(d.out.s, "<text id='a' count='n'>\n <form>{n} jour</form>\n "
			    "<form>{n} jours</form>\n</text>"));
	/* "few" first, "one" second, and a fourth for fractions */
	assert_int_equal(
	    apply(&d,
		"nplurals=4; plural=n%10==1 && n%100!=11 ? 1 : "
		"n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 0 : 2;",
		MESSAGE "msgstr[0] \"{n} дня\"\nmsgstr[1] \"{n} день\"\n"
			"msgstr[2] \"{n} дней\"\nmsgstr[3] \"{n} дня\"\n" REST,
		&ru),
	    COPL_OK);
	assert_non_null(strstr(d.out.s,
	    "<text id='a' count='n'>\n <form>{n} день</form>\n "
	    "<form>{n} дня</form>\n <form>{n} дней</form>\n</text>"));
	close_doc(&d);
}

static void a_recipients_document_holds_the_form_that_fits(void **state)
{
	static const struct {
		unsigned long n;
		const char *text;
	} list[] = {{1, "№ день"}, {21, "№ день"}, {3, "№ дня"}, {11, "№ дней"},
	    {0, "№ дней"}, {99, "№ дней"}};
	unsigned long n = 1;
	struct copl_apply how = {
	    .lang = "ru", .param = shown, .count = three, .param_arg = &n};
	char wanted[100];
	struct doc d;
	size_t i;

	(void)state;
	open_doc(&d, DOC);
	for (i = 0; i < COPL_COUNT(list); i++) {
		n = list[i].n;
		assert_int_equal(
		    apply(&d, RU,
			MESSAGE "msgstr[0] \"{n} день\"\nmsgstr[1] "
				"\"{n} дня\"\nmsgstr[2] \"{n} дней\"\n" REST,
			&how),
		    COPL_OK);
		snprintf(wanted, sizeof(wanted), "<text id='a'>%s</text>",
		    list[i].text);
		assert_non_null(strstr(d.out.s, wanted));
	}
	/* The source itself, by the rule of its language. */
	how.lang = "en";
	n = 1;
	assert_int_equal(apply(&d, NULL, NULL, &how), COPL_OK);
	assert_non_null(strstr(d.out.s, "<text id='a'>№ day</text>"));
	n = 2;
	assert_int_equal(apply(&d, NULL, NULL, &how), COPL_OK);
	assert_non_null(strstr(d.out.s, "<text id='a'>№ days</text>"));
	close_doc(&d);
}

static void a_form_for_one_number_may_say_it_in_words(void **state)
{
	const struct copl_apply how = {.lang = "ar"};
	struct doc d;

	(void)state;
	open_doc(&d, DOC);
	assert_int_equal(
	    apply(&d, AR,
		MESSAGE "msgstr[0] \"لا أيام\"\nmsgstr[1] \"يوم واحد\"\n"
			"msgstr[2] \"يومان\"\nmsgstr[3] \"{n} أيام\"\n"
			"msgstr[4] \"{n} يوماً\"\nmsgstr[5] \"{n} يوم\"\n" REST,
		&how),
	    COPL_OK);
	assert_non_null(strstr(d.out.s, "<form>يومان</form>"));
	/* Not so the others: each is looked at, with its own place. */
	assert_int_equal(
	    apply(&d, AR,
		MESSAGE "msgstr[0] \"لا أيام\"\nmsgstr[1] \"يوم واحد\"\n"
			"msgstr[2] \"{m} يومان\"\nmsgstr[3] \"أيام\"\n"
			"msgstr[4] \"{n} يوماً\"\nmsgstr[5] \"{n} يوم\"\n" REST,
		&how),
	    COPL_E_INVALID);
	assert_int_equal(d.seen.n, 2);
	assert_string_equal(d.seen.code[0], "placeholder-extra");
	assert_int_equal(d.seen.line[0], 11);
	assert_string_equal(d.seen.code[1], "placeholder-missing");
	assert_int_equal(d.seen.line[1], 12);
	close_doc(&d);
}

/* In Arabic the forms for 0 and 2 are made from the plural, tags and all. */
static void only_the_form_of_one_is_made_from_the_singular(void **state)
{
	const struct copl_apply how = {.lang = "ar"};
	struct doc d;

	(void)state;
	open_doc(&d,
	    "<interface xmlns='urn:cop-l10n:interface:1' xml:lang='en' "
	    "xmlns:its='http://www.w3.org/2005/11/its' "
	    "its:version='2.0'><text id='a' count='n'><form>{n} day"
	    "</form><form>{n} <strong its:withinText='yes'>days"
	    "</strong></form></text></interface>");
	assert_int_equal(apply(&d, AR,
			     "msgctxt \"a\"\nmsgid \"{n} day\"\n"
			     "msgid_plural \"{n} <strong>days</strong>\"\n"
			     "msgstr[0] \"لا <strong>أيام</strong>\"\n"
			     "msgstr[1] \"يوم واحد\"\n"
			     "msgstr[2] \"<strong>يومان</strong>\"\n"
			     "msgstr[3] \"{n} <strong>أيام</strong>\"\n"
			     "msgstr[4] \"{n} <strong>يوماً</strong>\"\n"
			     "msgstr[5] \"{n} <strong>يوم</strong>\"\n",
			     &how),
	    COPL_OK);
	assert_non_null(strstr(d.out.s, "its:withinText='yes'>يومان</strong>"));
	close_doc(&d);
}

static void a_message_without_the_forms_does_not_serve(void **state)
{
	static const char *const bodies[] = {
	    "msgctxt \"a\"\nmsgid \"{n} day\"\nmsgstr \"{n} день\"\n" REST,
	    "msgctxt \"a\"\nmsgid \"{n} day\"\nmsgid_plural \"days\"\n"
	    "msgstr[0] \"{n} 天\"\n" REST,
	};
	const struct copl_apply how = {.lang = "ru"};
	struct doc d;
	size_t i;

	(void)state;
	open_doc(&d, DOC);
	for (i = 0; i < COPL_COUNT(bodies); i++) {
		assert_int_equal(
		    apply(&d, ZH, bodies[i], &how), COPL_E_INVALID);
		assert_int_equal(d.seen.n, 1);
		assert_string_equal(d.seen.code[0], "missing-in-po");
	}
	assert_int_equal(apply(&d, RU,
			     MESSAGE "msgstr[0] \"{n} день\"\nmsgstr[1] \"\"\n"
				     "msgstr[2] \"{n} дней\"\n" REST,
			     &how),
	    COPL_E_INVALID);
	assert_string_equal(d.seen.code[0], "untranslated");
	close_doc(&d);
}

/* ---- forms ---- */

#define THANKS "<thanks><p>شكراً لك.</p></thanks>"
#define YEARS(count)                                                           \
	"<thanks><p count='" count "'><form>{year} год</form>"              \
	"<form>{year} <strong>года</strong></form>"                        \
	"<form>{year} лет</form></p></thanks>"

static void a_form_picks_the_text_for_its_number(void **state)
{
	static const struct {
		const char *value, *text;
	} list[] = {{"2027", "{year} лет"}, {"1", "{year} год"},
	    {"3", "{year} года"}, {"2021", "{year} год"}};
	struct copl_arena *a = copl_arena_new();
	struct copl_reporter r;
	size_t i;

	(void)state;
	copl_reporter_init(&r, NULL);
	for (i = 0; i < COPL_COUNT(list); i++) {
		const char *at = strstr(good, THANKS);
		struct copl_form *f;
		struct copl_xml *x;
		const xmlNode *p;
		struct seen seen;
		char *s = NULL;

		assert_true(asprintf(&s, "%.*s%s%s", (int)(at - good), good,
				YEARS("year"), at + strlen(THANKS)) > 0);
		assert_int_equal(read_bytes(s, false, &seen, &x, &f), COPL_OK);
		assert_int_equal(seen.n, 0);
		f->params[2].value = list[i].value;
		p = copl_xml_first(f->thanks);
		assert_string_equal(
		    copl_xml_get_text(copl_form_text(f, p, -1), a, &r),
		    list[i].text);
		assert_null(copl_form_text(f, NULL, -1));
		assert_ptr_equal(copl_form_text(f, f->title, -1), f->title);
		copl_form_free(f);
		copl_xml_free(x);
		free(s);
	}
	copl_arena_free(a);
}

static void slips_in_plural_texts_are_named(void **state)
{
	static const struct {
		const char *to, *code, *says;
		size_t n;
	} list[] = {
	    {YEARS("yaer"), "form-unknown-param", "did you mean \"year\"", 1},
	    {YEARS("office"), "form-plural", "type=\"number\"", 1},
	    {"<thanks><p count='year'><form>{year} год</form></p></thanks>",
		"form-plural",
		"3 plural forms, but 1 stand here; the numbers of each: 1. 1, "
		"21, 31 …; 2. 2, 3, 4 …; 3. 0, 5, 6 …",
		1},
	    {"<thanks><p count='year'><form>{year} год</form><form>года"
	     "</form><form>{year} лет</form></p></thanks>",
		"form-plural", "write {year} in it", 1},
	    {"<thanks><p count='year'>{year} лет</p></thanks>", "form-text",
		"text cannot stand directly in <p>", 2},
	    {"<thanks><p count='year'>{year} лет</p></thanks>",
		"form-missing-element",
		"needs the element <form>: the text for one kind of number", 2},
	    {"<thanks><p count='year'><em>{year} лет</em></p></thanks>",
		"form-misplaced-element", "<em> cannot stand in <p>", 2},
	    {"<thanks><p><form>{year} год</form><form>{year} года</form><form>"
	     "{year} лет</form></p></thanks>",
		"form-missing-attribute",
		"<p> needs the attribute \"count\", because it holds a <form>",
		1},
	    {"<thanks><form>{year} лет</form></thanks>",
		"form-misplaced-element", "<form> cannot stand in <thanks>", 2},
	    {"<thanks><p count='year'><form>{year} год</form><form> </form>"
	     "<form>{year} лет</form></p></thanks>",
		"form-empty-text", "<form> has no text", 2},
	    {"<thanks><p>Да, <em count='year'>{year}</em></p></thanks>",
		"form-unknown-attribute", "\"count\"", 1},
	};
	struct seen seen;
	size_t i, k;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++) {
		bool found = false;

		replaced(THANKS, list[i].to, &seen);
		for (k = 0; k < seen.n; k++)
			found = found ||
				(strcmp(seen.code[k], list[i].code) == 0 &&
				    strstr(seen.text[k], list[i].says) != NULL);
		if (!found || seen.n != list[i].n) {
			print_message("# row %zu\n", i);
			print_seen(&seen);
			fail();
		}
	}
	replaced("value='2027'", "value='20.5'", &seen);
	assert_int_equal(seen.n, 0);
}

static void a_count_must_be_whole(void **state)
{
	const char *at = strstr(good, THANKS);
	struct seen seen;
	char *s = NULL, *value;

	(void)state;
	assert_true(asprintf(&s, "%.*s%s%s", (int)(at - good), good,
			YEARS("year"), at + strlen(THANKS)) > 0);
	value = strstr(s, "2027'/>");
	assert_non_null(value);
	memcpy(value, "20.5", 4);
	assert_int_equal(check_bytes(s, &seen), COPL_E_INVALID);
	only(&seen, "form-plural", 33, 19, "{year} is 20.5");
	free(s);
}

/* ---- the words of the pages ---- */

static struct copl_interface *words(const char *tag, const char *name)
{
	const char *top = getenv("top_srcdir");
	struct copl_interface *w = NULL;
	struct copl_catalog *c = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	struct copl_apply how = {.lang = tag};
	char path[4096];
	struct doc d;

	memset(&d, 0, sizeof(d));
	copl_reporter_init(&r, NULL);
	top = top == NULL ? "." : top;
	snprintf(path, sizeof(path), "%s/forms/interface.xml", top);
	assert_int_equal(
	    copl_units_load(path, NULL, &r, &d.xml, &d.units), COPL_OK);
	snprintf(path, sizeof(path), "%s/po/interface/%s.po", top, name);
	if (strcmp(name, "en") != 0)
		assert_int_equal(copl_catalog_load(path, &r, &c), COPL_OK);
	assert_int_equal(
	    copl_units_apply(d.units, c, &how, &r, &d.out), COPL_OK);
	assert_int_equal(
	    copl_xml_read(d.out.s, d.out.len, "i.xml", COPL_XML_STRICT, &r, &x),
	    COPL_OK);
	assert_int_equal(copl_interface_read(x, &r, &w), COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	copl_catalog_free(c);
	copl_xml_free(x);
	close_doc(&d);
	return w;
}

static void pages_count_as_their_language_does(void **state)
{
	static const struct {
		const char *tag, *name, *id;
		long n;
		const char *text;
	} list[] = {
	    {"en", "en", "choose_up_to", 1, "Choose up to 1 answer."},
	    {"en", "en", "choose_up_to", 2, "Choose up to 2 answers."},
	    {"fr", "fr", "choose_from", 1, "Choisis 1 réponse ou plus."},
	    {"es", "es", "text_room", 1, "Puedes escribir hasta 1 carácter."},
	    {"zh-Hans", "zh_CN", "choose_up_to", 3, "最多选择3个答案。"},
	    {"ru", "ru", "choose_from", 1, "Выбери хотя бы 1 ответ."},
	    {"ru", "ru", "choose_from", 2, "Выбери хотя бы 2 ответа."},
	    {"ru", "ru", "choose_from", 5, "Выбери хотя бы 5 ответов."},
	    {"ru", "ru", "text_room", 501, "Можно написать до 501 знака."},
	    {"ar", "ar", "choose_up_to", 2, "يمكن اختيار إجابتين على الأكثر."},
	    {"ar", "ar", "choose_up_to", 3, "يمكن اختيار 3 إجابات على الأكثر."},
	    {"ar", "ar", "text_room", 500, "يمكن كتابة 500 حرف على الأكثر."},
	    {"ar", "ar", "text_room", 150, "يمكن كتابة 150 حرفاً على الأكثر."},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(list); i++) {
		struct copl_interface *w = words(list[i].tag, list[i].name);
		struct copl_strbuf out = COPL_STRBUF_INIT(1000);
		struct render_pen p = {.out = &out, .words = w, .plain = true};

		render_words_number(&p, list[i].id,
		    strcmp(list[i].id, "choose_from") == 0 ? "min" : "max",
		    list[i].n);
		assert_string_equal(copl_strbuf_text(&out), list[i].text);
		copl_strbuf_clear(&out);
		copl_interface_free(w);
	}
}

/* Other texts are missing too, which is not asked here. */
static void on_plural(void *arg, const struct copl_diag *d)
{
	if (strcmp(d->code, "interface-plural") == 0)
		on_diag(arg, d);
}

static void interface_texts_need_all_their_forms(void **state)
{
	static const char xml[] =
	    "<interface xmlns='urn:cop-l10n:interface:1' xml:lang='ru'>"
	    "<text id='choose_up_to' count='max'><form>{max} ответ</form>"
	    "<form>ответы</form></text></interface>";
	struct seen seen = {0};
	struct copl_sink sink = {on_plural, NULL, &seen};
	struct copl_interface *w = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, &sink);
	assert_int_equal(
	    copl_xml_read(xml, strlen(xml), "i.xml", COPL_XML_STRICT, &r, &x),
	    COPL_OK);
	assert_int_equal(copl_interface_read(x, &r, &w), COPL_E_INVALID);
	assert_null(w);
	assert_int_equal(copl_reporter_end(&r, COPL_E_INVALID), COPL_E_INVALID);
	assert_int_equal(seen.n, 2);
	assert_non_null(strstr(seen.text[0], "3 plural forms, but 2"));
	assert_non_null(strstr(seen.text[1], "write {max} in it"));
	copl_xml_free(x);
}

/* What is known by heart is what trying gives: "0+" has it tried. */
static void forms_for_one_number_are_known_by_heart(void **state)
{
	static const char *const tags[] = {
	    "ar", "cs", "en", "fr", "pl", "ro", "ru", "zh"};
	struct copl_plural known, tried;
	char other[300];
	unsigned n, k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(tags); i++) {
		const char *forms = copl_plural_forms(tags[i], &n), *rule;

		rule = strchr(forms, ';') + sizeof("; plural=") - 1;
		snprintf(other, sizeof(other), "nplurals=%u; plural=0+(%.*s);",
		    n, (int)strcspn(rule, ";"), rule);
		assert_true(copl_plural_parse(forms, &known));
		assert_true(copl_plural_parse(other, &tried));
		assert_true(known.tried);
		assert_false(tried.tried);
		for (k = 0; k < n; k++)
			assert_int_equal(copl_plural_serves_one(&known, k),
			    copl_plural_serves_one(&tried, k));
	}
}

static void the_words_of_a_rule_are_the_same_in_parentheses(void **state)
{
	static const struct {
		const char *a;
		const char *b;
		bool same;
	} rows[] = {
	    {AR, AR, true},
	    {"nplurals=2; plural=(n != 1);", "nplurals=2; plural=n != 1", true},
	    {"nplurals=2; plural=(n>1);", "nplurals=3; plural=(n>1);", false},
	    {"nplurals=2; plural=(n)>(1);", "nplurals=2; plural=n)>(1;", false},
	    {"nplurals=2; plural=((n>1));", "nplurals=2; plural=(n>1);", false},
	    {"nplurals=2; plural=(n>1);", "nplurals=2; plural=(n>2);", false},
	    {"nplurals=1; plural=", "nplurals=1; plural=0", false},
	    {"nplurals=1; plural=(", "nplurals=1; plural=)", false},
	};
	struct copl_plural a, b;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		assert_true(copl_plural_parse(rows[i].a, &a));
		assert_true(copl_plural_parse(rows[i].b, &b));
		assert_int_equal(copl_plural_same(&a, &b), rows[i].same);
		assert_int_equal(copl_plural_same(&b, &a), rows[i].same);
	}
	/* Tools write the rule of Arabic so; what is known of it holds. */
	assert_true(copl_plural_parse("nplurals=6; plural=(n==0 ? 0 : n==1 ? "
				      "1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? "
				      "3 : n%100>=11 ? 4 : 5);",
	    &a));
	assert_true(a.tried);
	assert_true(copl_plural_serves_one(&a, 2));
	assert_false(copl_plural_serves_one(&a, 3));
	assert_true(copl_plural_is_singular(&a, 1));
	assert_false(copl_plural_is_singular(&a, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_new_message_has_the_forms_of_its_language),
	    cmocka_unit_test(forms_come_and_go_with_their_translation),
	    cmocka_unit_test(one_element_is_one_message),
	    cmocka_unit_test(text_between_the_forms_is_not_lost),
	    cmocka_unit_test(a_document_holds_the_forms_of_its_language),
	    cmocka_unit_test(forms_of_other_rules_are_put_in_order),
	    cmocka_unit_test(a_recipients_document_holds_the_form_that_fits),
	    cmocka_unit_test(a_form_for_one_number_may_say_it_in_words),
	    cmocka_unit_test(only_the_form_of_one_is_made_from_the_singular),
	    cmocka_unit_test(a_message_without_the_forms_does_not_serve),
	    cmocka_unit_test(a_form_picks_the_text_for_its_number),
	    cmocka_unit_test(slips_in_plural_texts_are_named),
	    cmocka_unit_test(a_count_must_be_whole),
	    cmocka_unit_test(pages_count_as_their_language_does),
	    cmocka_unit_test(interface_texts_need_all_their_forms),
	    cmocka_unit_test(forms_for_one_number_are_known_by_heart),
	    cmocka_unit_test(the_words_of_a_rule_are_the_same_in_parentheses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
