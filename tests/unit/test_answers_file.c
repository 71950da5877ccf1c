/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stored answers that were changed, and instances of ODK, good and bad. */
#include "config.h"
#include "help_answers.h"

#define OUT_MAX ((size_t)4 << 20)

/* ---- stored answers ---- */

#define HEAD                                                                   \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                         \
	"<answer xmlns=\"urn:cop-l10n:answer:1\" id=\"uuid:1-a\" form=\"f\" "  \
	"version=\"2027.1\" release=\"3\""
#define HOUR " hour=\"2027-02-19T12:00:00Z\">"

struct seen {
	char code[60];
	char text[300];
	size_t line;
	size_t n;
};

static void keep(void *arg, const struct copl_diag *d)
{
	struct seen *s = arg;

	snprintf(s->code, sizeof(s->code), "%s", d->code);
	snprintf(s->text, sizeof(s->text), "%s", d->text);
	s->line = d->line;
	s->n++;
}

static enum copl_status read_text(struct copl_answer_reader *rd, const char *s,
    size_t len, struct seen *seen, struct copl_answer_record *out)
{
	const struct copl_sink sink = {.diag = keep, .arg = seen};
	struct copl_reporter r;
	enum copl_status st;

	memset(seen, 0, sizeof(*seen));
	copl_reporter_init(&r, &sink);
	st = copl_answer_read(rd, s, len, "a.xml", &r, out);
	return copl_reporter_end(&r, st);
}

static void reads(void **state)
{
	static const char text[] = HEAD
	    " lang=\"ar\" recipient=\"arab_states\" draft=\"yes\"" HOUR
	    "<!-- by hand -->\n"
	    "<value question=\"a\">نعم &amp; &#x644;ا</value>\n"
	    "<value question=\"m\">x</value> <value question=\"m\">y</value>\n"
	    "<value question=\"m\" part=\"y\"><![CDATA[<др>]]>угое</value>\n"
	    "<value question=\"r\"/><value question=\"r\">z</value>\n"
	    "<value question=\"t\">\n 第一行\n\n</value></answer>\n";
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_strbuf values = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer_record rec;
	struct seen seen;
	int i;

	(void)state;
	assert_non_null(rd);
	for (i = 0; i < 3; i++) {
		copl_strbuf_reset(&values);
		assert_int_equal(
		    read_text(rd, text, sizeof(text) - 1, &seen, &rec),
		    COPL_OK);
		put_record(&rec, &values);
		assert_string_equal(copl_strbuf_text(&values),
		    "a=نعم & لا\nm=x|y\nm.y=<др>угое\nr=|z\n"
		    "t=\n 第一行\n\n\n");
		assert_string_equal(rec.id, "uuid:1-a");
		assert_string_equal(rec.version, "2027.1");
		assert_int_equal(rec.release, 3);
		assert_string_equal(rec.lang, "ar");
		assert_string_equal(rec.recipient, "arab_states");
		assert_true(rec.draft);
		assert_true(rec.hour == NOON);
		/* What was wrong in between is forgotten. */
		assert_int_equal(
		    read_text(rd, HEAD, sizeof(HEAD) - 1, &seen, &rec),
		    COPL_E_PARSE);
	}
	copl_strbuf_clear(&values);
	copl_answer_reader_free(rd);
}

static void malformed(void **state)
{
	static const struct {
		const char *xml;
		enum copl_status st;
		const char *code;
		const char *says;
	} rows[] = {
	    {"", COPL_E_PARSE, "xml-syntax", "well-formed"},
	    {"<answer>", COPL_E_INVALID, "answer-malformed",
		"no stored answer"},
	    {"<html/>", COPL_E_INVALID, "answer-malformed", "no stored answer"},
	    {"<answer xmlns='urn:cop-l10n:answer:2'/>", COPL_E_INVALID,
		"answer-malformed", "no stored answer"},
	    {HEAD HOUR, COPL_E_PARSE, "xml-syntax", "well-formed"},
	    {HEAD "/>", COPL_E_INVALID, "answer-malformed", "must say"},
	    {HEAD " hour='2027-02-19T12:30:00Z'/>", COPL_E_INVALID,
		"answer-malformed", "cannot have"},
	    {HEAD " hour='yesterday'/>", COPL_E_INVALID, "answer-malformed",
		"cannot have"},
	    {HEAD " lang='-'" HOUR "</answer>", COPL_E_INVALID,
		"answer-malformed", "cannot have"},
	    {HEAD " recipient='../x'" HOUR "</answer>", COPL_E_INVALID,
		"answer-malformed", "cannot have"},
	    {HEAD " draft='no'" HOUR "</answer>", COPL_E_INVALID,
		"answer-malformed", "cannot have"},
	    {HEAD " ip='192.0.2.1'" HOUR "</answer>", COPL_E_INVALID,
		"answer-malformed", "attribute that is not known"},
	    {HEAD HOUR "<value>x</value></answer>", COPL_E_INVALID,
		"answer-malformed", "which question"},
	    {HEAD HOUR "<value question='a' lang='ar'>x</value></answer>",
		COPL_E_INVALID, "answer-malformed",
		"attribute that is not known"},
	    {HEAD HOUR "<value question='a'><b>x</b></value></answer>",
		COPL_E_INVALID, "answer-malformed", "only <value>"},
	    {HEAD HOUR "<note/></answer>", COPL_E_INVALID, "answer-malformed",
		"only <value>"},
	    {HEAD HOUR "да</answer>", COPL_E_INVALID, "answer-malformed",
		"outside"},
	    {HEAD HOUR "<value question='a'>&x;</value></answer>", COPL_E_PARSE,
		"xml-syntax", "well-formed"},
	    {"<!DOCTYPE answer [<!ENTITY x 'y'>]><answer>&x;</answer>",
		COPL_E_INVALID, "answer-malformed", "<!DOCTYPE"},
	    {HEAD HOUR "<value question='a'>\xff</value></answer>",
		COPL_E_PARSE, "xml-encoding", "UTF-8"},
	    {HEAD HOUR "<value question='a'>x</value></answer><answer/>",
		COPL_E_PARSE, "xml-syntax", "well-formed"},
	};
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_answer_record rec;
	struct seen seen;
	size_t i;

	(void)state;
	assert_non_null(rd);
	for (i = 0; i < COPL_COUNT(rows); i++) {
		enum copl_status st = read_text(
		    rd, rows[i].xml, strlen(rows[i].xml), &seen, &rec);

		if (st != rows[i].st || seen.n != 1 ||
		    strcmp(seen.code, rows[i].code) != 0 ||
		    strstr(seen.text, rows[i].says) == NULL) {
			print_message("# row %zu: %d %s %s\n", i, (int)st,
			    seen.code, seen.text);
			fail();
		}
	}
	assert_int_equal(
	    read_text(rd, HEAD "\0" HOUR "</answer>",
		sizeof(HEAD "\0" HOUR "</answer>") - 1, &seen, &rec),
	    COPL_E_PARSE);
	assert_string_equal(seen.code, "xml-encoding");
	copl_answer_reader_free(rd);
}

/* Neither size nor number nor depth takes more than it may. */
static void ceilings(void **state)
{
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_strbuf xml = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer_record rec;
	struct seen seen;
	size_t i;

	(void)state;
	assert_non_null(rd);
	copl_strbuf_puts(&xml, HEAD HOUR);
	for (i = 0; i <= 20000; i++)
		copl_strbuf_puts(&xml, "<value question=\"a\"/>");
	copl_strbuf_puts(&xml, "</answer>");
	assert_int_equal(
	    read_text(rd, xml.s, xml.len, &seen, &rec), COPL_E_LIMIT);
	assert_string_equal(seen.code, "answer-malformed");
	copl_strbuf_reset(&xml);
	copl_strbuf_puts(&xml, HEAD HOUR);
	while (xml.len < (size_t)2 << 20)
		copl_strbuf_puts(&xml, "<!-- 这很长 -->");
	copl_strbuf_puts(&xml, "</answer>");
	assert_int_equal(
	    read_text(rd, xml.s, xml.len, &seen, &rec), COPL_E_LIMIT);
	copl_strbuf_reset(&xml);
	for (i = 0; i < 100000; i++)
		copl_strbuf_puts(&xml, "<a>");
	assert_int_equal(
	    read_text(rd, xml.s, xml.len, &seen, &rec), COPL_E_INVALID);
	copl_strbuf_clear(&xml);
	copl_answer_reader_free(rd);
}

/* What may not be stored is not written. */
static void not_written(void **state)
{
	struct copl_answer_form *f =
	    load_form("tests/render/every_type.xml", 16);
	const struct copl_answer_about about = {.now = NOON};
	struct copl_strbuf xml = COPL_STRBUF_INIT(OUT_MAX);
	struct post p = {.n = 0};
	struct copl_answer a;

	(void)state;
	post_frame(&p, f);
	assert_int_equal(
	    copl_answer_take_fields(f, p.list, p.n, &about, &a), COPL_OK);
	assert_true(a.nfaults > 0);
	assert_int_equal(copl_answer_write(&a, &xml), COPL_E_BUG);
	assert_int_equal(xml.len, 0);
	copl_answer_free(&a);
	post(&p, "age", "16_24");
	post(&p, "my_ok", "yes");
	post(&p, "seen", "never");
	p.list[3].len = 0; /* _id: a page from a host that knows no ids */
	assert_int_equal(
	    copl_answer_take_fields(f, p.list, p.n, &about, &a), COPL_OK);
	assert_int_equal(a.nfaults, 0);
	assert_null(a.id);
	assert_int_equal(copl_answer_write(&a, &xml), COPL_E_BUG);
	copl_answer_free(&a);
	post_free(&p);
	copl_strbuf_clear(&xml);
	copl_answer_form_free(f);
}

/* ---- instances of ODK ---- */

#define INSTANCE                                                               \
	"<data id='every_type_europe' "                                        \
	"version='3-r1'><_form>every_type</_form>"                             \
	"<_version>3</_version>"
#define START "<start><age>16_24</age><my_ok>yes</my_ok></start>"
#define END                                                                    \
	"<meta><instanceID>uuid:5</instanceID><instanceName>имя</"          \
	"instanceName>"                                                        \
	"</meta></data>"
#define MAIN(s) INSTANCE START "<main>" s "<seen>never</seen></main>" END
#define AFTER(s)                                                               \
	INSTANCE START "<main><seen>often</seen></main><after>" s              \
		       "<word>谢谢</word></after>" END

struct instance {
	const char *xml;
	const char *faults;
	const char *values; /* a line that must be there; NULL */
};

static void check(const struct instance *list, size_t n, bool refused)
{
	const struct copl_answer_about about = {.now = NOON};
	struct copl_answer_form *f =
	    load_form("tests/render/every_type.xml", 16);
	size_t i;

	for (i = 0; i < n; i++) {
		struct copl_strbuf faults = COPL_STRBUF_INIT(OUT_MAX);
		struct copl_strbuf values = COPL_STRBUF_INIT(OUT_MAX);
		struct copl_answer a;

		assert_int_equal(
		    take_odk(f, list[i].xml, strlen(list[i].xml), &about, &a),
		    COPL_OK);
		put_faults(&a, &faults);
		put_values(&a, &values);
		if (strcmp(copl_strbuf_text(&faults), list[i].faults) != 0 ||
		    a.refused != refused ||
		    (list[i].values != NULL && strstr(copl_strbuf_text(&values),
						   list[i].values) == NULL)) {
			print_message("# row %zu: %s\n%s\n", i,
			    copl_strbuf_text(&faults),
			    copl_strbuf_text(&values));
			fail();
		}
		assert_null(a.lang);
		copl_answer_free(&a);
		copl_strbuf_clear(&faults);
		copl_strbuf_clear(&values);
	}
	copl_answer_form_free(f);
}

static void instances(void **state)
{
	static const struct instance rows[] = {
	    {MAIN(""), "", "age=16_24\nmy_ok=yes\nseen=never\n"},
	    {MAIN("<_intro/><care/><spaces/><safe/><hours/>"), "", NULL},
	    {MAIN("<spaces>other games</spaces><spaces_other>论坛"
		  "</spaces_other>"),
		"", "spaces=games|other\nspaces.other=论坛\n"},
	    {MAIN("<spaces>games videos</spaces><spaces_other>x"
		  "</spaces_other>"),
		"", "spaces=games|videos\nseen"},
	    {MAIN("<happens><_question/><_answers/><lies>often</lies><group/>"
		  "</happens>"),
		"", "seen=never\nhappens.lies=often\n"},
	    {MAIN("<wishes><_question/><_answers/><safety>2</safety>"
		  "<truth>1</truth><rights/></wishes>"),
		"", "wishes=truth|safety\n"},
	    {MAIN("<wishes>rights truth</wishes>"), "",
		"wishes=rights|truth\n"},
	    {MAIN("<hours>7.0</hours>"), "", "hours=7\n"},
	    {MAIN("<safe> 3 </safe>"), "", "safe=3\n"},
	    {AFTER("<day>2027-02-01</day><month/><year>2024-01-01</year>"), "",
		"day=2027-02-01\nyear=2024\nword=谢谢\n"},
	    {AFTER("<idea>أ\r\nب</idea>"), "", "idea=أ\nب\n"},
	    /* What phones do not check is not held against who cannot mend. */
	    {MAIN("<wishes><truth>2</truth></wishes>"), "", "wishes=|truth\n"},
	    /* A hidden answer that a client has not cleared. */
	    {INSTANCE START "<main><seen>never</seen></main><after>"
			    "<word>x</word></after>" END,
		"", "seen=never\n"},
	};

	(void)state;
	check(rows, COPL_COUNT(rows), false);
}

static void wrong_instances(void **state)
{
	static const struct instance rows[] = {
	    {INSTANCE "<start><my_ok>yes</my_ok></start><main><seen>never"
		      "</seen></main>" END,
		"age:missing", NULL},
	    {INSTANCE "<start><age>16_24</age></start><main><seen>never"
		      "</seen></main>" END,
		"my_ok:consent", NULL},
	    {INSTANCE "<start><age>10_12</age><my_ok>yes</my_ok></start><main>"
		      "<seen>never</seen></main>" END,
		"guardian_ok:consent", NULL},
	    {MAIN("<spaces>games</spaces>"), "spaces:too-few", NULL},
	    {MAIN("<spaces>games none</spaces>"), "spaces:exclusive", NULL},
	    {MAIN("<spaces>games ничего</spaces>"),
		"spaces:option spaces:too-few", NULL},
	    {MAIN("<safe>6</safe>"), "safe:range", NULL},
	    {MAIN("<hours>два</hours>"), "hours:number", NULL},
	    {MAIN("<happens><lies>x</lies></happens>"),
		"happens:option@happens.lies", NULL},
	    {MAIN("<wishes><truth>1</truth><rights>1</rights></wishes>"),
		"wishes:rank@wishes.rights", NULL},
	    {MAIN("<wishes>truth другое</wishes>"), "wishes:option", NULL},
	    {AFTER("<day>2027-02-30</day>"), "day:date@day.year", NULL},
	    {AFTER("<day>2027-04-01</day>"), "day:range", NULL},
	    {AFTER("<day>tomorrow</day>"), "day:date@day.year", NULL},
	    {AFTER("<year>2030-01-01</year>"), "year:range", NULL},
	};

	(void)state;
	check(rows, COPL_COUNT(rows), false);
}

static void strange_instances(void **state)
{
	static const struct instance rows[] = {
	    {MAIN("<extra>1</extra>"), "-:field", NULL},
	    {MAIN("<age>16_24</age>"), "-:field", NULL},
	    {MAIN("<hours>1</hours><hours>2</hours>"), "hours:twice", NULL},
	    {MAIN("<spaces>games</spaces><spaces>videos</spaces>"),
		"spaces:twice spaces:too-few", NULL},
	    {MAIN("<spaces>games videos games</spaces>"), "spaces:twice@spaces",
		NULL},
	    {MAIN("<hours><b>1</b></hours>"), "-:field@hours", NULL},
	    {MAIN("<happens><других>often</других></happens>"), "-:field",
		NULL},
	    {MAIN("<seen_other>x</seen_other>"), "-:field", NULL},
	    {MAIN("<wishes>truth truth</wishes>"), "wishes:twice@wishes.truth",
		"wishes=truth\n"},
	    {INSTANCE "<outside/>" START "<main><seen>never</seen></main>" END,
		"-:field", NULL},
	    {"<data><_form>every_type</_form><_version>2</_version>" START
	     "<main><seen>never</seen></main>" END,
		"-:field@_version", NULL},
	    {INSTANCE "<_lang>ar</_lang>" START "<main><seen>never</seen>"
		      "</main>" END,
		"-:field", NULL},
	    {INSTANCE START "<main><seen>never</seen></main><meta><instanceID>"
			    "a b</instanceID></meta></data>",
		"-:field@_id", NULL},
	};

	(void)state;
	check(rows, COPL_COUNT(rows), true);
}

static void no_instances(void **state)
{
	static const char *const rows[] = {"", "<data", "<data/>",
	    "<data><_form>other</_form></data>",
	    "<!DOCTYPE data [<!ENTITY x 'y'>]>" MAIN("<hours>&x;</hours>"),
	    MAIN("<hours>\x01</hours>"), MAIN("<hours>\xff</hours>"),
	    "{\"form\": \"every_type\"}"};
	const struct copl_answer_about about = {.now = NOON};
	struct copl_answer_form *f =
	    load_form("tests/render/every_type.xml", 16);
	struct copl_strbuf deep = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer a;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		assert_int_equal(
		    take_odk(f, rows[i], strlen(rows[i]), &about, &a),
		    COPL_E_PARSE);
		copl_answer_free(&a);
	}
	for (i = 0; i < 100000; i++)
		copl_strbuf_puts(&deep, "<a>");
	assert_int_equal(
	    take_odk(f, deep.s, deep.len, &about, &a), COPL_E_PARSE);
	copl_answer_free(&a);
	copl_strbuf_clear(&deep);
	copl_answer_form_free(f);
}

/* What the documents show can be read. */
static void documented(void **state)
{
	struct copl_answer_reader *rd = copl_answer_reader_new();
	struct copl_strbuf page = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer_record rec;
	struct seen seen;
	const char *from, *to;

	(void)state;
	assert_non_null(rd);
	read_source("docs/answers.md", &page);
	from = strstr(page.s, "<?xml");
	to = strstr(page.s, "</answer>\n");
	assert_true(from != NULL && to != NULL && from < to);
	assert_int_equal(
	    read_text(rd, from, (size_t)(to - from) + 10, &seen, &rec),
	    COPL_OK);
	assert_string_equal(rec.recipient, "arab_states");
	assert_int_equal(rec.npairs, 13);
	copl_strbuf_clear(&page);
	copl_answer_reader_free(rd);
}

/* The instance that our own form for ODK begins with, all of it empty. */
static void own_instance(void **state)
{
	const struct copl_answer_about about = {.now = NOON};
	struct copl_answer_form *f =
	    load_form("tests/render/every_type.xml", 16);
	struct copl_strbuf odk = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_strbuf faults = COPL_STRBUF_INIT(OUT_MAX);
	struct copl_answer a;
	const char *from, *to;

	(void)state;
	read_source("tests/render/every_type.odk.xml", &odk);
	from = strstr(odk.s, "<data ");
	to = strstr(odk.s, "</data>");
	assert_true(from != NULL && to != NULL);
	assert_int_equal(
	    take_odk(f, from, (size_t)(to - from) + 7, &about, &a), COPL_OK);
	put_faults(&a, &faults);
	assert_string_equal(copl_strbuf_text(&faults),
	    "age:missing my_ok:consent seen:missing");
	assert_false(a.refused);
	copl_answer_free(&a);
	copl_strbuf_clear(&odk);
	copl_strbuf_clear(&faults);
	copl_answer_form_free(f);
}

static enum copl_status claim_of(
    const char *xml, struct copl_arena *arena, struct copl_odk_claim *c)
{
	struct copl_odk_instance *instance;
	enum copl_status st =
	    copl_odk_instance_read(xml, strlen(xml), &instance);

	if (st == COPL_OK)
		st = copl_odk_instance_claim(instance, arena, c);
	copl_odk_instance_free(instance);
	return st;
}

/* Whatever the namespaces are called. */
static void claims(void **state)
{
	static const char xml[] =
	    "<x:data xmlns:x='urn:x'><x:_form>a</x:_form>"
	    "<_version> 2 </_version><_draft>yes</_draft>"
	    "<_recipient>europe</_recipient><x:meta><x:instanceID>uuid:5"
	    "</x:instanceID></x:meta></x:data>";
	struct copl_arena *arena = copl_arena_new();
	struct copl_odk_claim c;

	(void)state;
	assert_non_null(arena);
	assert_int_equal(claim_of(xml, arena, &c), COPL_OK);
	assert_string_equal(c.form, "a");
	assert_string_equal(c.version, "2");
	assert_string_equal(c.draft, "yes");
	assert_string_equal(c.recipient, "europe");
	assert_string_equal(c.id, "uuid:5");
	assert_int_equal(claim_of("<данные/>", arena, &c), COPL_OK);
	assert_null(c.form);
	assert_int_equal(claim_of("<data>", arena, &c), COPL_E_PARSE);
	copl_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(reads),
	    cmocka_unit_test(malformed), cmocka_unit_test(ceilings),
	    cmocka_unit_test(not_written), cmocka_unit_test(instances),
	    cmocka_unit_test(wrong_instances),
	    cmocka_unit_test(strange_instances), cmocka_unit_test(no_instances),
	    cmocka_unit_test(documented), cmocka_unit_test(own_instance),
	    cmocka_unit_test(claims)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
