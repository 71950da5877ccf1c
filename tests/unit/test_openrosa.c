/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "serve/openrosa.h"

/* ---- a set of forms in memory ---- */

#define FORM(head, itext, root)                                                \
	"<?xml version=\"1.0\"?>\n"                                            \
	"<h:html xmlns=\"http://www.w3.org/2002/xforms\" "                     \
	"xmlns:h=\"http://www.w3.org/1999/xhtml\">\n"                          \
	"<h:head>" head "<model><itext>" itext "</itext>"                      \
	"<instance>" root "</instance>"                                        \
	"<instance id=\"list\"><root id=\"not_me\"/></instance>"               \
	"</model></h:head><h:body/></h:html>\n"
#define TEXT(id, value) "<text id=\"" id "\"><value>" value "</value></text>"
#define LANG(lang, name, summary)                                              \
	"<translation lang=\"" lang "\">" TEXT("q/label", "?")                 \
	    TEXT("about/name", name)                                           \
		TEXT("about/summary", summary) "</translation>"

static const char skills[] = FORM("<h:title>مهارات رقمية</h:title>",
    LANG("العربية (ar)", "مهارات رقمية", "عن &amp; مع الشباب")
	LANG("简体中文 (zh-Hans)", "数字技能", "年轻人 &lt;24")
	    LANG("Русский (ru)", "Цифровые\n   навыки", "О навыках"),
    "<data id=\"skills_arab\" version=\"2-r7\"><a/></data>");
static const char no_names[] = FORM("<h:title>Safety &amp; trust</h:title>", "",
    "<data id=\"safety\" version=\"\"><a/></data>");

struct file {
	const char *path;
	const char *bytes;
	const char *read; /* what is read instead; NULL: the same */
};
#define FILES_MAX 8
struct kit {
	struct copl_reporter r;
	struct copl_sink sink;
	char said[4096];
	const struct file *files;
	struct copl_manifest_file list[FILES_MAX];
	char sha256[FILES_MAX][COPL_SHA256_HEX];
	struct copl_manifest m;
	struct copl_openrosa *o;
	struct copl_strbuf out;
	struct copl_strbuf languages;
};

static void keep(void *arg, const struct copl_diag *d)
{
	struct kit *k = arg;
	size_t used = strlen(k->said);

	snprintf(k->said + used, sizeof(k->said) - used, "%s: %s: %s\n",
	    d->file == NULL ? "" : d->file, d->code, d->text);
}

static enum copl_status read_file(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct kit *k = arg;
	size_t i;

	(void)r;
	out->max = max;
	copl_strbuf_reset(out);
	for (i = 0; i < k->m.nfiles; i++)
		if (strcmp(k->files[i].path, path) == 0) {
			copl_strbuf_puts(out, k->files[i].read != NULL
						  ? k->files[i].read
						  : k->files[i].bytes);
			return out->st;
		}
	return COPL_E_NOTFOUND;
}

static enum copl_status load(struct kit *k, const struct file *files, size_t n)
{
	enum copl_status st;
	size_t i;

	memset(k, 0, sizeof(*k));
	k->sink = (struct copl_sink){.diag = keep, .arg = k};
	k->out.max = k->languages.max = 1 << 20;
	k->files = files;
	copl_reporter_init(&k->r, &k->sink);
	for (i = 0; i < n; i++) {
		copl_sha256_hex(
		    files[i].bytes, strlen(files[i].bytes), k->sha256[i]);
		k->list[i] = (struct copl_manifest_file){.path = files[i].path,
		    .type = "application/xml",
		    .length = strlen(files[i].bytes),
		    .sha256 = k->sha256[i]};
	}
	k->m.files = k->list;
	k->m.nfiles = n;
	st = copl_openrosa_load(&k->m, read_file, k, "office", &k->r, &k->o);
	return copl_reporter_end(&k->r, st);
}

static void free_kit(struct kit *k)
{
	copl_openrosa_free(k->o);
	copl_strbuf_clear(&k->out);
	copl_strbuf_clear(&k->languages);
}

static const char *list(
    struct kit *k, const char *accept, const char *id, bool verbose)
{
	const struct copl_openrosa_ask ask = {.base = "http://h:1/a&b",
	    .accept_language = accept,
	    .id = id,
	    .verbose = verbose};

	copl_strbuf_reset(&k->out);
	copl_strbuf_reset(&k->languages);
	assert_int_equal(
	    copl_openrosa_list(k->o, &ask, &k->out, &k->languages), COPL_OK);
	return k->out.s;
}

static const struct file good[] = {{"index.html", "<p>", NULL},
    {"arab/skills.ar.xml", skills, NULL}, {"arab/skills.odk.xml", skills, NULL},
    {"safety.odk.xml", no_names, NULL}};

/* ---- the list ---- */

static void a_list_is_what_the_rules_say_to_the_byte(void **state)
{
	char md5[2][COPL_OPENROSA_MD5], want[2048];
	struct kit k;

	(void)state;
	assert_int_equal(load(&k, good, 4), COPL_OK);
	assert_string_equal(k.said, "");
	assert_true(copl_openrosa_md5(skills, strlen(skills), md5[0]));
	assert_true(copl_openrosa_md5(no_names, strlen(no_names), md5[1]));
	snprintf(want, sizeof(want),
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<xforms xmlns=\"http://openrosa.org/xforms/xformsList\">\n"
	    "  <xform>\n"
	    "    <formID>skills_arab</formID>\n"
	    "    <name>مهارات رقمية</name>\n"
	    "    <version>2-r7</version>\n"
	    "    <hash>md5:%s</hash>\n"
	    "    <downloadUrl>http://h:1/a&amp;b/forms/skills_arab.xml"
	    "</downloadUrl>\n"
	    "  </xform>\n"
	    "  <xform>\n"
	    "    <formID>safety</formID>\n"
	    "    <name>Safety &amp; trust</name>\n"
	    "    <hash>md5:%s</hash>\n"
	    "    <downloadUrl>http://h:1/a&amp;b/forms/safety.xml"
	    "</downloadUrl>\n"
	    "  </xform>\n"
	    "</xforms>\n",
	    md5[0], md5[1]);
	assert_string_equal(list(&k, NULL, NULL, false), want);
	assert_string_equal(copl_strbuf_text(&k.languages), "ar");
	/* No manifest, so no address of one, not even an empty one. */
	assert_null(strstr(k.out.s, "manifestUrl"));
	free_kit(&k);
}

static void md5_is_md5(void **state)
{
	char md5[COPL_OPENROSA_MD5];

	(void)state;
	/* RFC 1321, A.5 */
	assert_true(copl_openrosa_md5("", 0, md5));
	assert_string_equal(md5, "d41d8cd98f00b204e9800998ecf8427e");
	assert_true(copl_openrosa_md5("message digest", 14, md5));
	assert_string_equal(md5, "f96b697d7cb7938d525a2f31aaf161d0");
}

static void names_are_in_the_language_asked_for(void **state)
{
	static const struct {
		const char *accept;
		const char *name;
		const char *languages;
	} cases[] = {{"ru", "<name>Цифровые навыки</name>", "ru"},
	    {"zh-CN,zh;q=0.9,en;q=0.8", "<name>数字技能</name>", "zh-Hans"},
	    {"ar-EG", "<name>مهارات رقمية</name>", "ar"},
	    {"fr, ru;q=0.1", "<name>Цифровые навыки</name>", "ru"},
	    {"fr", "<name>مهارات رقمية</name>", "ar"},
	    {"ru;q=0, *", "<name>مهارات رقمية</name>", "ar"},
	    {"\xff;;q=,", "<name>مهارات رقمية</name>", "ar"}};
	struct kit k;
	size_t i;

	(void)state;
	assert_int_equal(load(&k, good, 4), COPL_OK);
	for (i = 0; i < COPL_COUNT(cases); i++) {
		assert_non_null(strstr(
		    list(&k, cases[i].accept, NULL, false), cases[i].name));
		assert_string_equal(
		    copl_strbuf_text(&k.languages), cases[i].languages);
		/* A form without names has its title all the same. */
		assert_non_null(
		    strstr(k.out.s, "<name>Safety &amp; trust</name>"));
	}
	free_kit(&k);
}

static void one_form_and_what_it_is_about(void **state)
{
	struct kit k;

	(void)state;
	assert_int_equal(load(&k, good, 4), COPL_OK);
	assert_null(strstr(list(&k, "zh", "skills_arab", false), "safety"));
	assert_null(strstr(k.out.s, "descriptionText"));
	assert_non_null(strstr(list(&k, "zh", "skills_arab", true),
	    "<descriptionText>年轻人 &lt;24</descriptionText>"));
	assert_null(strstr(list(&k, NULL, "none", true), "<xform>"));
	assert_string_equal(copl_strbuf_text(&k.languages), "");
	assert_string_equal(copl_openrosa_find(k.o, "skills_arab")->path,
	    "arab/skills.odk.xml");
	assert_null(copl_openrosa_find(k.o, "skills"));
	free_kit(&k);
}

static void what_belongs_to_a_form_is_nothing(void **state)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(4096);

	(void)state;
	assert_int_equal(copl_openrosa_manifest(&out), COPL_OK);
	assert_string_equal(out.s,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns="
	    "\"http://openrosa.org/xforms/xformsManifest\"></manifest>\n");
	copl_strbuf_clear(&out);
}

/* ---- forms that clients could not take ---- */

static void an_entry_that_is_not_complete_is_left_out(void **state)
{
	static const struct file files[] = {
	    {"a.odk.xml", FORM("<h:title>A</h:title>", "", "<data/>"), NULL},
	    {"b.odk.xml",
		FORM("<h:title>B</h:title>", "", "<data id=\"../b\"/>"), NULL},
	    {"c.odk.xml", FORM("<h:title>  </h:title>", "", "<data id=\"c\"/>"),
		NULL},
	    {"d.odk.xml", "<h:html", NULL}, {"e.odk.xml", no_names, NULL},
	    {"f.odk.xml", no_names, NULL}};
	struct kit k;

	(void)state;
	assert_int_equal(load(&k, files, COPL_COUNT(files)), COPL_OK);
	assert_int_equal(k.o->nforms, 1);
	assert_non_null(strstr(list(&k, NULL, NULL, false), "safety"));
	assert_string_equal(k.said,
	    "office/a.odk.xml: openrosa-form: phones with ODK cannot get this "
	    "form from here: it has no id of letters, digits, \".\", \"_\" and "
	    "\"-\"\n"
	    "office/b.odk.xml: openrosa-form: phones with ODK cannot get this "
	    "form from here: it has no id of letters, digits, \".\", \"_\" and "
	    "\"-\"\n"
	    "office/c.odk.xml: openrosa-form: phones with ODK cannot get this "
	    "form from here: it has no title\n"
	    "office/d.odk.xml: openrosa-form: phones with ODK cannot get this "
	    "form from here: it is not well-formed XML\n"
	    "office/f.odk.xml: openrosa-form: phones with ODK cannot get this "
	    "form from here: another form of this set has the same id\n");
	free_kit(&k);
}

static void a_file_that_cannot_be_read_leaves_no_list(void **state)
{
	/* Phones that follow the list would throw their form away. */
	static const struct file damaged[] = {
	    {"a.odk.xml", skills, NULL}, {"b.odk.xml", no_names, skills}};
	struct kit k;

	(void)state;
	assert_int_equal(load(&k, damaged, 2), COPL_E_TRUST);
	assert_null(k.o);
	free_kit(&k);
}

/* ---- addresses ---- */

static void an_address_is_the_one_that_the_client_used(void **state)
{
	static const struct {
		struct copl_openrosa_client c;
		const char *want; /* NULL: refused */
	} cases[] = {{{.host = "192.0.2.7:8101"}, "http://192.0.2.7:8101"},
	    {{.host = "[2001:db8::1]:443", .tls = true},
		"https://[2001:db8::1]:443"},
	    {{.host = "forms.example.org"}, "http://forms.example.org"},
	    /* What the operator says counts before all that clients say. */
	    {{.origin = "https://forms.example.org/africa/", .host = "a\"b"},
		"https://forms.example.org/africa"},
	    /* Nobody said that a proxy is to be believed. */
	    {{.host = "a",
		 .forwarded_host = "evil.example",
		 .forwarded_proto = "https",
		 .forwarded = "host=evil.example",
		 .forwarded_prefix = "/x"},
		"http://a"},
	    {{.host = "a",
		 .proxy = true,
		 .forwarded_host = " forms.example.org , inner",
		 .forwarded_proto = "HTTPS, http",
		 .forwarded_prefix = "/africa/"},
		"https://forms.example.org/africa"},
	    {{.host = "a",
		 .proxy = true,
		 .forwarded = "for=192.0.2.60;Proto=https; "
			      "host=\"forms.example.org:8443\", for=x;host=y",
		 .forwarded_host = "not.looked.at"},
		"https://forms.example.org:8443"},
	    {{.host = "a:1", .proxy = true, .forwarded = "for=\"[::1]\""},
		"http://a:1"},
	    {{.host = "a:1", .proxy = true, .forwarded = "for=\"open"},
		"http://a:1"},
	    {{.host = NULL}, NULL}, {{.host = ""}, NULL},
	    {{.host = "a/b"}, NULL}, {{.host = "a:0"}, NULL},
	    {{.host = "a:99999"}, NULL}, {{.host = "u@a"}, NULL},
	    {{.host = "a<b"}, NULL}, {{.host = "a, b"}, NULL},
	    {{.host = "[::1"}, NULL}, {{.host = "[]"}, NULL},
	    {{.host = "-a"}, NULL},
	    {{.host = "a", .proxy = true, .forwarded_host = "b\"c"}, NULL},
	    {{.host = "a", .proxy = true, .forwarded_prefix = "/../x"}, NULL},
	    {{.host = "a", .proxy = true, .forwarded_prefix = "//x"}, NULL},
	    {{.host = "a", .proxy = true, .forwarded_prefix = "x"}, NULL}};
	char base[COPL_OPENROSA_BASE], host[301];
	struct copl_openrosa_client c = {.host = host};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++) {
		bool ok = copl_openrosa_base(&cases[i].c, base);

		if (ok != (cases[i].want != NULL))
			fail_msg("case %zu", i);
		if (ok)
			assert_string_equal(base, cases[i].want);
	}
	memset(host, 'a', 300);
	host[300] = '\0';
	assert_false(copl_openrosa_base(&c, base));
}

static void paths_lead_to_what_they_name(void **state)
{
	static const struct {
		const char *path;
		enum copl_openrosa_what what;
		const char *id;
	} cases[] = {{"formList", COPL_OPENROSA_LIST, ""},
	    {"formlist", COPL_OPENROSA_NONE, NULL},
	    {"formList/x", COPL_OPENROSA_NONE, NULL},
	    {"forms/skills_arab.xml", COPL_OPENROSA_FORM, "skills_arab"},
	    {"forms/a.b.xml", COPL_OPENROSA_FORM, "a.b"},
	    {"forms/skills/manifest", COPL_OPENROSA_MANIFEST, "skills"},
	    {"forms/a/b.xml", COPL_OPENROSA_NONE, NULL},
	    {"forms/a/b/manifest", COPL_OPENROSA_NONE, NULL},
	    {"forms/.xml", COPL_OPENROSA_NONE, NULL},
	    {"forms/manifest", COPL_OPENROSA_NONE, NULL},
	    {"forms/", COPL_OPENROSA_NONE, NULL},
	    {"index.html", COPL_OPENROSA_NONE, NULL}};
	char id[64];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++) {
		if (copl_openrosa_route(cases[i].path, id) != cases[i].what)
			fail_msg("%s", cases[i].path);
		if (cases[i].id != NULL)
			assert_string_equal(id, cases[i].id);
	}
}

static void escapes_of_a_query_are_resolved_once(void **state)
{
	char out[8];

	(void)state;
	assert_true(copl_openrosa_unescape("a%5Fb%25%41", out, sizeof(out)));
	assert_string_equal(out, "a_b%A");
	assert_false(copl_openrosa_unescape("%00", out, sizeof(out)));
	assert_false(copl_openrosa_unescape("%4", out, sizeof(out)));
	assert_false(copl_openrosa_unescape("%zz", out, sizeof(out)));
	assert_true(copl_openrosa_unescape("1234567", out, sizeof(out)));
	assert_false(copl_openrosa_unescape("12345678", out, sizeof(out)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_is_what_the_rules_say_to_the_byte),
	    cmocka_unit_test(md5_is_md5),
	    cmocka_unit_test(names_are_in_the_language_asked_for),
	    cmocka_unit_test(one_form_and_what_it_is_about),
	    cmocka_unit_test(what_belongs_to_a_form_is_nothing),
	    cmocka_unit_test(an_entry_that_is_not_complete_is_left_out),
	    cmocka_unit_test(a_file_that_cannot_be_read_leaves_no_list),
	    cmocka_unit_test(an_address_is_the_one_that_the_client_used),
	    cmocka_unit_test(paths_lead_to_what_they_name),
	    cmocka_unit_test(escapes_of_a_query_are_resolved_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
