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
#include "help_project.h"

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
    {"tag='ar'", "tag='¦arab_x'", "project-bad-value", 3, true},
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
	check_variants(*state, variants, COPL_COUNT(variants));
}

static void the_schema_agrees_about_every_variant(void **state)
{
	(void)state;
	check_schema(variants, COPL_COUNT(variants));
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
	    "http://127.0.0.1@example.org/", "https://[::1/", "https://[]/",
	    "https://[::ffff:09.0.0.1]/", "https://[1:2:3]/"};
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
	assert_false(arab->to_be_confirmed);
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
	assert_false(pekin->to_be_confirmed);
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
	assert_string_equal(f->code[0], "project-missing");
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
