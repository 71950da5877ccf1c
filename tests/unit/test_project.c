/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>
#include "project/project_priv.h"

static const char good[] =
    "<project xmlns='urn:cop-l10n:project:1' id='youth' version='1'"
    " xml:lang='fr'>\n"
    "<title note='Titre'>Consultation des jeunes</title>\n"
    "<languages><language tag='ar'/><language tag='zh-Hans' catalog='zh_CN'/>"
    "<language tag='fr'/></languages>\n"
    "<interface src='forms/interface.xml'/>\n"
    "<form src='forms/a.xml'/>\n"
    "<form src='forms/b.xml'/>\n"
    "<output kind='xml'/><output kind='html'/>\n"
    "<safeguarding email='ecoute@example.org' role='Équipe d’écoute'/>\n"
    "<recipient id='arab_states' kind='office' languages='ar fr'"
    " languages-status='confirmed' guardian-age='18' zone='Africa/Cairo'>\n"
    "<name maxchars='80'>المكتب الإقليمي للدول العربية</name>\n"
    "<contact email='cop@example.org'/>\n"
    "<helpline href='https://example.org/aide'/>\n"
    "<responses href='https://example.org/formulaire?a=b'/>\n"
    "<endpoint url='http://127.0.0.1:8101/'/>\n"
    "<endpoint url='https://example.org/cop/'/>\n"
    "<endpoint id='miroir' url='https://[2001:db8::1]:8443/'/>\n"
    "</recipient>\n"
    "<recipient id='pekin' kind='member-state' languages=' zh-Hans\n fr '>\n"
    "<name>中国</name>\n"
    "<contact email='cop@example.net'/>\n"
    "<pickup by='fetch'/>\n"
    "</recipient>\n"
    "<recipient id='reseau' kind='partner' languages='fr'>"
    "<name>Réseau</name><contact email='r@example.org'/>"
    "<safeguarding email='anquan@example.net' role='儿童保护专员'/>"
    "<pickup by='zip'/></recipient>\n"
    "</project>\n";

/* ---- a project folder that lasts as long as a test ---- */

#define SEEN_MAX 30
struct folder {
	char dir[200];
	char file[300];
	size_t n;
	enum copl_severity severity[SEEN_MAX];
	char code[SEEN_MAX][40];
	size_t line[SEEN_MAX];
	size_t column[SEEN_MAX];
	char text[SEEN_MAX][300];
};

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct folder *f = arg;

	assert_true(f->n < SEEN_MAX);
	f->severity[f->n] = d->severity;
	snprintf(f->code[f->n], sizeof(f->code[0]), "%s", d->code);
	snprintf(f->text[f->n], sizeof(f->text[0]), "%s", d->text);
	f->line[f->n] = d->line;
	f->column[f->n] = d->column;
	f->n++;
}

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct folder *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return -1;
	snprintf(f->dir, sizeof(f->dir), "%s/copl-project-XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(f->dir) == NULL) {
		free(f);
		return -1;
	}
	snprintf(f->file, sizeof(f->file), "%s/consultation.xml", f->dir);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *f = *state;

	unlink(f->file);
	rmdir(f->dir);
	free(f);
	return 0;
}

static enum copl_status load_dir(
    struct folder *f, const char *dir, struct copl_project **p)
{
	struct copl_sink sink = {on_diag, NULL, f};
	struct copl_reporter r;
	enum copl_status st;

	f->n = 0;
	copl_reporter_init(&r, &sink);
	st = copl_project_load(dir, &r, p);
	assert_int_equal(st == COPL_OK, *p != NULL);
	return copl_reporter_end(&r, st);
}

static enum copl_status load_text(
    struct folder *f, const char *text, struct copl_project **p)
{
	FILE *fp = fopen(f->file, "wb");

	assert_non_null(fp);
	assert_true(fputs(text, fp) >= 0);
	assert_int_equal(fclose(fp), 0);
	return load_dir(f, f->dir, p);
}

static void print_seen(const struct folder *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		print_message("# %zu:%zu %s [%s]\n", f->line[i], f->column[i],
		    f->text[i], f->code[i]);
}

/* The good file with one place changed; "¦" marks where a finding stands. */
static char *changed(
    const char *from, const char *to, size_t *line, size_t *column)
{
	const char *at = strstr(good, from), *mark = strstr(to, "¦"), *p;
	char *s = NULL, *place;
	size_t before;

	assert_non_null(at);
	assert_non_null(mark);
	before = (size_t)(at - good);
	assert_true(
	    asprintf(&s, "%.*s%.*s%s%s", (int)before, good, (int)(mark - to),
		to, mark + strlen("¦"), at + strlen(from)) > 0);
	place = s + before + (mark - to);
	*line = 1;
	for (p = s; p < place; p++)
		*line += *p == '\n';
	for (p = place; p > s && p[-1] != '\n'; p--)
		;
	*column = copl_utf8_count(p, (size_t)(place - p)) + 1;
	return s;
}

struct variant {
	const char *from;
	const char *to;
	const char *code;
	size_t total; /* findings in all */
	bool grammar; /* the schema must refuse it as well */
};

static const struct variant variants[] = {
    {"<output kind='xml'/>", "¦<outputs kind='xml'/>",
	"project-unknown-element", 1, true},
    {"<pickup by='fetch'/>", "¦<pickup xmlns='urn:x' by='fetch'/>",
	"project-unknown-element", 2, true},
    {"<pickup by='fetch'/>", "<pickup by='fetch'>¦<name>名</name></pickup>",
	"project-unknown-element", 1, true},
    {"<language tag='ar'/>", "<language tag='ar' ¦katalog='ar'/>",
	"project-unknown-attribute", 1, true},
    {"<language tag='ar'/>",
	"<language tag='ar' xmlns:x='urn:x' ¦x:catalog='ar'/>",
	"project-unknown-attribute", 1, true},
    {"<form src='forms/b.xml'/>", "¦<form/>", "project-missing-attribute", 1,
	true},
    {"<name>中国</name>\n<contact email='cop@example.net'/>",
	"<contact email='cop@example.net'/>\n¦<name>中国</name>",
	"project-order", 1, true},
    {"<pickup by='fetch'/>", "<pickup by='fetch'/>¦<pickup by='zip'/>",
	"project-repeated-element", 1, true},
    {"<interface src='forms/interface.xml'/>",
	"<interface src='forms/interface.xml'/><!-- -->\n"
	"¦<interface src='forms/interface.xml'/>",
	"project-repeated-element", 1, true},
    {"<recipient id='reseau' kind='partner' languages='fr'><name>Réseau</name>",
	"¦<recipient id='reseau' kind='partner' languages='fr'>",
	"project-missing-element", 1, true},
    {"<languages>", "¦<languages>ar", "project-text", 1, true},
    {"<name>中国</name>", "¦<name> </name>", "project-empty-text", 1, false},
    {"id='youth'", "id='¦Jeunes'", "project-bad-value", 1, true},
    {"version='1'", "version='¦2'", "project-version", 1, true},
    {"xml:lang='fr'", "xml:lang='¦français'", "project-bad-value", 1, true},
    {"id='pekin'", "id='¦北京'", "project-bad-value", 1, true},
    {"kind='partner'", "kind='¦friend'", "project-bad-value", 1, true},
    {"languages-status='confirmed'", "languages-status='¦yes'",
	"project-bad-value", 1, true},
    {"guardian-age='18'", "guardian-age='¦eighteen'", "project-bad-value", 1,
	true},
    {"guardian-age='18'", "guardian-age='¦26'", "project-bad-value", 1, false},
    {"zone='Africa/Cairo'", "zone='¦+02:00'", "project-bad-value", 1, false},
    {"maxchars='80'", "maxchars='¦0'", "project-bad-value", 1, true},
    {"by='zip'", "by='¦post'", "project-bad-value", 1, true},
    {"kind='html'", "kind='¦pdf'", "project-bad-value", 1, true},
    {"kind='html'", "kind='¦xml'", "project-duplicate", 1, false},
    {"tag='ar'", "tag='¦arab_x'", "project-bad-value", 2, true},
    {"<language tag='fr'/>", "<language tag='fr'/><language tag='¦FR'/>",
	"project-duplicate", 1, false},
    {"<language tag='fr'/>",
	"<language tag='fr'/><language tag='zh-Hant' catalog='¦zh_CN'/>",
	"project-duplicate", 1, false},
    {"catalog='zh_CN'", "catalog='¦../zh'", "project-bad-value", 1, false},
    {"src='forms/b.xml'", "src='¦forms/a.xml'", "project-duplicate", 1, false},
    {"src='forms/b.xml'", "src='¦/etc/b.xml'", "project-bad-value", 1, false},
    {"src='forms/b.xml'", "src='¦forms/../../b.xml'", "project-bad-value", 1,
	false},
    {"src='forms/b.xml'", "src='¦forms\\b.xml'", "project-bad-value", 1, false},
    {"src='forms/b.xml'", "src='¦'", "project-bad-value", 1, false},
    {"src='forms/interface.xml'", "src='¦forms//i.xml'", "project-bad-value", 1,
	false},
    {"id='pekin'", "id='¦arab_states'", "project-duplicate", 1, false},
    {"id='miroir'", "id='¦arab_states_2'", "project-duplicate", 1, false},
    {"<pickup by='fetch'/>",
	"<endpoint id='¦miroir' url='https://example.cn/'/>",
	"project-duplicate", 1, false},
    {"<pickup by='fetch'/>", "<endpoint url='¦https://example.org/cop/'/>",
	"project-duplicate", 1, false},
    {"languages='ar fr'", "languages='ar  ¦es fr'", "project-language", 1,
	false},
    {"languages='ar fr'", "languages='ar fr ¦ar'", "project-duplicate", 1,
	false},
    {"languages='ar fr'", "languages='ar\n\tfr\n\t¦zh-hans'",
	"project-language", 1, false},
    {"<recipient id='reseau' kind='partner' languages='fr'>",
	"<recipient id='reseau' kind='partner' languages='¦ '>",
	"project-language", 1, true},
    {"<recipient id='pekin' kind='member-state' languages=' zh-Hans\n fr '>\n"
     "<name>中国</name>\n<contact email='cop@example.net'/>\n"
     "<pickup by='fetch'/>",
	"¦<recipient id='pekin' kind='member-state' languages='zh-Hans'>"
	"<name>中国</name><contact email='cop@example.net'/>",
	"project-unreachable", 1, false},
    {"email='ecoute@example.org'", "email='¦ecoute'", "project-bad-value", 1,
	false},
    {"role='儿童保护专员'", "role='¦ '", "project-bad-value", 1, true},
    {"<safeguarding email='ecoute@example.org' role='Équipe d’écoute'/>",
	"¦<safeguarding email='ecoute@example.org'/>",
	"project-missing-attribute", 1, true},
    {"<safeguarding email='ecoute@example.org' role='Équipe d’écoute'/>",
	"<safeguarding email='ecoute@example.org' role='x'>¦<name>x</name>"
	"</safeguarding>",
	"project-unknown-element", 1, true},
    {"email='cop@example.net'", "email='¦cop at example.net'",
	"project-bad-value", 1, false},
    {"email='cop@example.net'", "email='¦@example.net'", "project-bad-value", 1,
	false},
    {"email='cop@example.net'", "email='¦cop@localhost'", "project-bad-value",
	1, false},
    {"url='https://example.org/cop/'", "url='¦https://example.org/cop'",
	"project-url", 1, false},
    {"url='https://example.org/cop/'", "url='¦http://example.org/cop/'",
	"project-url", 1, false},
    {"href='https://example.org/aide'", "href='¦http://example.org/aide'",
	"project-url", 1, false},
    {"href='https://example.org/formulaire?a=b'",
	"href='¦https://a:b@example.org/'", "project-url", 1, false},
};

static void each_rule_is_checked_at_its_place(void **state)
{
	struct folder *f = *state;
	size_t i, j;

	for (i = 0; i < COPL_COUNT(variants); i++) {
		const struct variant *v = &variants[i];
		struct copl_project *p = NULL;
		size_t line, column;
		bool found = false;
		char *s;

		s = changed(v->from, v->to, &line, &column);
		assert_int_equal(load_text(f, s, &p), COPL_E_INVALID);
		for (j = 0; j < f->n; j++)
			found = found || (strcmp(f->code[j], v->code) == 0 &&
					     f->line[j] == line &&
					     f->column[j] == column);
		if (!found || f->n != v->total) {
			print_message("# want %s at %zu:%zu: %s\n", v->code,
			    line, column, v->to);
			print_seen(f);
			fail();
		}
		free(s);
	}
}

/* 0: accepted, 1: refused, -1: xmllint is not installed. */
static int ask_schema(const char *bytes)
{
	const char *top = getenv("top_srcdir");
	char command[1200];
	FILE *fp;

	if (system("command -v xmllint >/dev/null 2>&1") != 0)
		return -1;
	snprintf(command, sizeof(command),
	    "xmllint --noout --relaxng '%s/forms/schema/cop-project.rng' - "
	    ">/dev/null 2>&1",
	    top == NULL ? "." : top);
	fp = popen(command, "w");
	assert_non_null(fp);
	fputs(bytes, fp);
	return pclose(fp) == 0 ? 0 : 1;
}

static void the_schema_agrees_about_every_variant(void **state)
{
	int rc = ask_schema(good);
	size_t line, column, i;

	(void)state;
	if (rc < 0) {
		print_message("# skipped: xmllint is not installed\n");
		skip();
	}
	assert_int_equal(rc, 0);
	for (i = 0; i < COPL_COUNT(variants); i++) {
		const struct variant *v = &variants[i];
		char *s = changed(v->from, v->to, &line, &column);

		rc = ask_schema(s);
		if (rc != (v->grammar ? 1 : 0))
			print_message(
			    "# the schema thinks otherwise of %s\n", v->to);
		assert_int_equal(rc, v->grammar ? 1 : 0);
		free(s);
	}
}

/* ---- addresses ---- */

static void addresses_of_endpoints_are_folders_on_safe_lines(void **state)
{
	static const char *const fine[] = {"https://example.org/",
	    "https://example.org:8443/a/b/", "http://127.0.0.1/",
	    "http://127.255.3.4:80/", "http://localhost:1/", "http://[::1]:1/",
	    "https://xn--p1ai.example/%D1%8F/"};
	static const char *const wrong[] = {"", "https://", "https:///",
	    "ftp://example.org/", "example.org/", "HTTPS//example.org/",
	    "https://example.org", "https://example.org/a",
	    "https://example.org/?a/", "https://example.org/#/",
	    "https://user@example.org/", "https://u:p@example.org/",
	    "https://example.org:0/", "https://example.org:65536/",
	    "https://example.org:/", "https://example.org:8 0/",
	    "https://exa mple.org/", "https://пример.рф/",
	    "https://example.org/a/../b/", "https://example.org\\/",
	    "http://example.org/", "http://127.0.0.1.example.org/",
	    "http://127.0.0.256/", "http://127.1/", "http://127.0.0.1./",
	    "http://localhost.example.org/", "http://[::2]/", "http://0.0.0.0/",
	    "http://127.0.0.1@example.org/", "https://[::1/", "https://[]/"};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(fine); i++)
		assert_null(copl_project_url_fault(fine[i], true));
	for (i = 0; i < COPL_COUNT(wrong); i++) {
		if (copl_project_url_fault(wrong[i], true) == NULL)
			print_message("# %s\n", wrong[i]);
		assert_non_null(copl_project_url_fault(wrong[i], true));
	}
}

static void other_addresses_may_be_pages(void **state)
{
	(void)state;
	assert_null(copl_project_url_fault("https://example.org", false));
	assert_null(copl_project_url_fault("https://example.org/a?b#c", false));
	assert_null(copl_project_url_fault("http://localhost/a", false));
	assert_non_null(copl_project_url_fault("http://example.org/", false));
	assert_non_null(copl_project_url_fault("javascript:alert(1)", false));
}

static void an_address_has_a_limit(void **state)
{
	static char url[1003] = "https://example.org/";

	(void)state;
	memset(url + 20, 'a', 1001 - 20);
	url[1000] = '/';
	assert_non_null(copl_project_url_fault(url, true));
	url[1000] = '\0';
	url[999] = '/';
	assert_null(copl_project_url_fault(url, true));
}

/* ---- what is read ---- */

static void check_recipients(const struct copl_project *p)
{
	const struct copl_recipient *arab =
	    copl_project_recipient(p, "arab_states");
	const struct copl_recipient *pekin = copl_project_recipient(p, "pekin");

	assert_int_equal(p->nrecipients, 3);
	assert_int_equal(arab->kind, COPL_OFFICE);
	assert_int_equal(arab->nlanguages, 2);
	assert_ptr_equal(arab->languages[0], copl_project_language(p, "ar"));
	assert_true(arab->confirmed);
	assert_int_equal(arab->guardian_age, 18);
	assert_string_equal(arab->zone, "Africa/Cairo");
	assert_string_equal(arab->name, "المكتب الإقليمي للدول العربية");
	assert_string_equal(arab->email, "cop@example.org");
	assert_string_equal(arab->helpline, "https://example.org/aide");
	assert_int_equal(arab->nendpoints, 3);
	assert_string_equal(arab->endpoints[0].id, "arab_states");
	assert_string_equal(arab->endpoints[1].id, "arab_states_2");
	assert_string_equal(arab->endpoints[2].id, "miroir");
	assert_string_equal(arab->endpoints[0].url, "http://127.0.0.1:8101/");
	assert_int_equal(arab->endpoints[0].at.line, 14);
	assert_false(arab->fetches || arab->zip);
	assert_int_equal(pekin->kind, COPL_MEMBER_STATE);
	assert_int_equal(pekin->nlanguages, 2);
	assert_string_equal(pekin->languages[1]->tag, "fr");
	assert_false(pekin->confirmed);
	assert_int_equal(pekin->guardian_age, -1);
	assert_null(pekin->zone);
	assert_null(pekin->responses);
	assert_true(pekin->fetches);
	assert_true(copl_project_recipient(p, "reseau")->zip);
	assert_null(copl_project_recipient(p, "miroir"));
}

static void a_good_project_is_read_in_full(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;
	char path[400];

	assert_int_equal(load_text(f, good, &p), COPL_OK);
	print_seen(f);
	assert_int_equal(f->n, 0);
	assert_string_equal(p->dir, f->dir);
	assert_string_equal(p->id, "youth");
	assert_string_equal(p->lang, "fr");
	assert_string_equal(p->title, "Consultation des jeunes");
	assert_int_equal(p->nlanguages, 3);
	assert_string_equal(p->languages[0].catalog, "ar");
	assert_string_equal(p->languages[1].catalog, "zh_CN");
	assert_null(copl_project_language(p, "zh"));
	assert_int_equal(p->nforms, 2);
	snprintf(path, sizeof(path), "%s/forms/b.xml", f->dir);
	assert_string_equal(p->forms[1].path, path);
	assert_string_equal(p->forms[1].src, "forms/b.xml");
	assert_int_equal(p->forms[1].at.line, 6);
	snprintf(path, sizeof(path), "%s/forms/interface.xml", f->dir);
	assert_string_equal(p->interface_path, path);
	assert_true(p->xml_output && p->html_output);
	assert_string_equal(p->safeguarding.email, "ecoute@example.org");
	assert_string_equal(p->safeguarding.role, "Équipe d’écoute");
	assert_null(p->recipients[0].safeguarding.email);
	assert_string_equal(
	    p->recipients[2].safeguarding.email, "anquan@example.net");
	check_recipients(p);
	copl_project_free(p);
	copl_project_free(NULL);
}

static void a_language_without_readers_is_a_warning(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;
	size_t line, column;
	char *s = changed("<language tag='fr'/>",
	    "<language tag='fr'/>¦<language tag='ru'/>", &line, &column);

	assert_int_equal(load_text(f, s, &p), COPL_OK);
	assert_int_equal(f->n, 1);
	assert_string_equal(f->code[0], "project-unused-language");
	assert_int_equal(f->severity[0], COPL_WARNING);
	assert_int_equal(f->line[0], line);
	assert_int_equal(f->column[0], column);
	copl_project_free(p);
	free(s);
}

static void everything_wrong_is_told_at_once(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;

	assert_int_equal(
	    load_text(f,
		"<project xmlns='urn:cop-l10n:project:1' id='x' version='1'"
		" xml:lang='en'>\n"
		"<tytle>T</tytle>\n"
		"<languages/>\n"
		"<recipient id='a' kind='b' languages='en'/>\n"
		"</project>",
		&p),
	    COPL_E_INVALID);
	print_seen(f);
	/* root: 4 elements; tytle; language; a: 2 elements, kind, language,
	 * nothing reaches it */
	assert_int_equal(f->n, 11);
	assert_string_equal(f->code[10], "project-language");
}

static void other_files_are_told_apart(void **state)
{
	struct folder *f = *state;
	struct copl_project *p = NULL;

	assert_int_equal(load_text(f, "<project/>", &p), COPL_E_INVALID);
	assert_int_equal(f->n, 1);
	assert_string_equal(f->code[0], "project-root");
	assert_int_equal(load_text(f, "<project>", &p), COPL_E_PARSE);
	unlink(f->file);
	assert_int_equal(load_dir(f, f->dir, &p), COPL_E_IO);
	assert_string_equal(f->code[0], "io-open");
}

static void numbers_of_things_have_limits(void **state)
{
	struct folder *f = *state;
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)1 << 20);
	struct copl_project *p = NULL;
	const char *at = strstr(good, "<form ");
	int i;

	copl_strbuf_add(&b, good, (size_t)(at - good));
	for (i = 0; i < 201; i++)
		copl_strbuf_printf(&b, "<form src='f%d.xml'/>", i);
	copl_strbuf_puts(&b, strstr(good, "<output"));
	assert_int_equal(
	    load_text(f, copl_strbuf_text(&b), &p), COPL_E_INVALID);
	assert_int_equal(f->n, 1);
	assert_string_equal(f->code[0], "project-too-many");
	copl_strbuf_clear(&b);
}

static void the_shipped_project_keeps_every_rule(void **state)
{
	struct folder *f = *state;
	const char *top = getenv("top_srcdir");
	struct copl_project *p = NULL;

	assert_int_equal(load_dir(f, top == NULL ? "." : top, &p), COPL_OK);
	print_seen(f);
	assert_int_equal(f->n, 0);
	assert_int_equal(p->nlanguages, 6);
	assert_int_equal(p->nforms, 2);
	assert_true(p->nrecipients >= 8);
	copl_project_free(p);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(a_good_project_is_read_in_full),
	    IN_FOLDER(each_rule_is_checked_at_its_place),
	    IN_FOLDER(a_language_without_readers_is_a_warning),
	    IN_FOLDER(everything_wrong_is_told_at_once),
	    IN_FOLDER(other_files_are_told_apart),
	    IN_FOLDER(numbers_of_things_have_limits),
	    IN_FOLDER(the_shipped_project_keeps_every_rule),
	    cmocka_unit_test(addresses_of_endpoints_are_folders_on_safe_lines),
	    cmocka_unit_test(other_addresses_may_be_pages),
	    cmocka_unit_test(an_address_has_a_limit),
	    cmocka_unit_test(the_schema_agrees_about_every_variant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
