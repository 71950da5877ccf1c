/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "render/invite.h"
#include "render/render_priv.h"
#include "help_render.h"

#define PAGE_MAX ((size_t)4 << 20)

/* ---- what every test needs ---- */

struct kit {
	struct copl_reporter r;
	struct copl_sink sink;
	char codes[4096]; /* of the findings, each with a blank */
	struct copl_xml *form_xml;
	struct copl_xml *words_xml;
	struct copl_form *form;
	struct copl_interface *words;
	struct copl_strbuf out;
};

static void keep_code(void *arg, const struct copl_diag *d)
{
	struct kit *k = arg;
	size_t used = strlen(k->codes);

	if (d->severity == COPL_ERROR)
		snprintf(
		    k->codes + used, sizeof(k->codes) - used, "%s ", d->code);
}

static void kit_init(struct kit *k)
{
	memset(k, 0, sizeof(*k));
	k->sink.diag = keep_code;
	k->sink.arg = k;
	k->out.max = PAGE_MAX;
	copl_reporter_init(&k->r, &k->sink);
}

static void kit_free(struct kit *k)
{
	(void)copl_reporter_end(&k->r, COPL_OK);
	copl_strbuf_clear(&k->out);
	copl_interface_free(k->words);
	copl_form_free(k->form);
	copl_xml_free(k->words_xml);
	copl_xml_free(k->form_xml);
}

static void load(struct kit *k, const char *form, const char *words)
{
	kit_init(k);
	assert_int_equal(copl_xml_load(path_of(form), COPL_XML_STRICT,
			     COPL_XML_MAX, &k->r, &k->form_xml),
	    COPL_OK);
	assert_int_equal(copl_form_read(k->form_xml, &k->r, &k->form), COPL_OK);
	assert_int_equal(copl_xml_load(path_of(words), COPL_XML_STRICT,
			     COPL_XML_MAX, &k->r, &k->words_xml),
	    COPL_OK);
	assert_int_equal(
	    copl_interface_read(k->words_xml, &k->r, &k->words), COPL_OK);
}

/* As long as a digest and the same for the same bytes; nothing more. */
static void no_digest(const void *bytes, size_t len, char out[45])
{
	const unsigned char *s = bytes;
	uint64_t h = 1469598103934665603U;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ s[i]) * 1099511628211U;
	for (i = 0; i < 44; i++)
		out[i] = (char)('a' + (h >> i) % 26);
	out[44] = '\0';
}

static struct copl_render_digest no_digests = {no_digest, "", "", ""};

static const struct copl_alternate alternates[] = {
    {"ar", "ar.html"}, {"zh-Hans", "zh-Hans.html"}, {"en", "en.html"}};
static const struct copl_param_value params[] = {
    {"office", "ITU <Office> \"A\" & B"}, {"contact", "cop@example.org"},
    {"opens", "11 January 2027"}, {"closes", "31 March 2027"},
    {"guardian_age", "16"}};

static struct copl_page page_of(const struct kit *k)
{
	struct copl_page page = {.form = k->form,
	    .words = k->words,
	    .lang = k->form->lang,
	    .params = params,
	    .nparams = COPL_COUNT(params),
	    .guardian_age = 16,
	    .responses = "https://answers.example.org:8443/in?a=1&b=2",
	    .recipient = "africa",
	    .alternates = alternates,
	    .nalternates = COPL_COUNT(alternates),
	    .digest = &no_digests};

	return page;
}

static void must_have(const struct copl_strbuf *b, const char *text)
{
	if (strstr(copl_strbuf_text(b), text) == NULL)
		fail_msg("the page lacks: %s", text);
}

static void must_not_have(const struct copl_strbuf *b, const char *text)
{
	const char *at = strstr(copl_strbuf_text(b), text);

	if (at != NULL)
		fail_msg("the page has: %.60s", at);
}

/* ---- golden pages ---- */

/* The page with the common style and the digests taken out. */
static void put_bare(struct copl_strbuf *out, const char *page)
{
	const char *style = strstr(page, "<style>"), *hash;
	const char *end = strstr(page, "</style>");

	assert_non_null(style);
	assert_non_null(end);
	while ((hash = strstr(page, "'sha256-")) != NULL && hash < style) {
		copl_strbuf_add(out, page, (size_t)(hash - page));
		copl_strbuf_puts(out, "'sha256-*'");
		page = hash + strlen("'sha256-") + 44 + 1;
	}
	copl_strbuf_add(out, page, (size_t)(style - page));
	copl_strbuf_puts(out, "<style>*");
	copl_strbuf_puts(out, end);
}

static void same_as_file(const struct copl_strbuf *page, const char *name)
{
	struct copl_strbuf got = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_strbuf want = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	put_bare(&got, copl_strbuf_text(page));
	if (getenv("COPL_UPDATE") != NULL)
		assert_int_equal(copl_file_replace(path_of(name), got.s,
				     got.len, 0644, &r, NULL),
		    COPL_OK);
	assert_int_equal(
	    copl_file_read(path_of(name), PAGE_MAX, &r, &want), COPL_OK);
	if (strcmp(got.s, want.s) != 0) {
		size_t i = 0;

		while (got.s[i] == want.s[i])
			i++;
		fail_msg(
		    "%s differs at byte %zu: got %.70s", name, i, got.s + i);
	}
	copl_strbuf_clear(&got);
	copl_strbuf_clear(&want);
	(void)copl_reporter_end(&r, COPL_OK);
}

/* No page may run a program or ask for anything from outside. */
static void is_self_contained(const struct copl_strbuf *page)
{
	static const char *const never[] = {"<script", "javascript:", "<img",
	    "<iframe", "<object", "<embed", "@import", "url(",
	    " src=", " onclick", " style=\"", "<base"};
	static const char *const before[] = {
	    " href=\"", " action=\"", "form-action "};
	const char *text = copl_strbuf_text(page), *at;
	size_t i;

	for (i = 0; i < COPL_COUNT(never); i++)
		must_not_have(page, never[i]);
	for (at = text; (at = strstr(at, "http")) != NULL; at += 4) {
		bool fine = strncmp(at, "http-equiv", 10) == 0 ||
			    strncmp(at, "http]", 5) == 0;

		for (i = 0; i < COPL_COUNT(before); i++) {
			size_t n = strlen(before[i]);

			if ((size_t)(at - text) > n &&
			    memcmp(at - n, before[i], n) == 0)
				fine = true;
		}
		if (!fine)
			fail_msg("an address stands here: %.60s", at - 20);
	}
}

/* A part in another language says in which direction it runs. */
static void each_language_has_a_direction(const struct copl_strbuf *page)
{
	const char *at = copl_strbuf_text(page);

	for (; (at = strstr(at, " lang=\"")) != NULL; at += 7) {
		const char *dir = strchr(at + 7, '"') + 1;
		bool rtl = strncmp(at + 7, "ar\"", 3) == 0;

		if (strncmp(dir, rtl ? " dir=\"rtl\"" : " dir=\"ltr\"", 10) !=
		    0)
			fail_msg("no direction here: %.60s", at);
	}
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text += strlen(word))
		n++;
	return n;
}

static void elements_are_closed(const struct copl_strbuf *page)
{
	static const char *const names[] = {"section", "fieldset", "legend",
	    "label", "select", "option", "textarea", "table", "thead", "tbody",
	    "tr", "td", "th", "ul", "li", "p", "bdi", "span", "div", "nav",
	    "form", "main", "a", "b", "h1", "h2", "em", "strong", "dfn"};
	const char *text = strstr(copl_strbuf_text(page), "<body>");
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++) {
		char open[32], attr[32], close[32];
		size_t opened, closed;

		snprintf(open, sizeof(open), "<%s>", names[i]);
		snprintf(attr, sizeof(attr), "<%s ", names[i]);
		snprintf(close, sizeof(close), "</%s>", names[i]);
		opened = count(text, open) + count(text, attr);
		closed = count(text, close);
		if (opened != closed)
			fail_msg("%zu <%s> but %zu </%s>", opened, names[i],
			    closed, names[i]);
	}
}

static void is_sound(const struct copl_strbuf *page)
{
	is_self_contained(page);
	each_language_has_a_direction(page);
	elements_are_closed(page);
	assert_true(copl_utf8_valid(page->s, page->len) == page->len);
}

static void every_type_is_shown_and_can_be_sent(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	page.helpline = "https://helpline.example.org/?x=\"y\"&z";
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	is_sound(&k.out);
	must_have(&k.out, "form-action https://answers.example.org:8443\">");
	same_as_file(&k.out, "every_type.html");
	kit_free(&k);
}

static void arabic_runs_from_right_to_left(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type_ar.xml", "interface_ar.xml");
	page = page_of(&k);
	page.responses = NULL;
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	is_sound(&k.out);
	must_have(&k.out, "<html lang=\"ar\" dir=\"rtl\">");
	must_have(&k.out, "<bdi dir=\"ltr\">10–15</bdi>");
	must_not_have(&k.out, "<bdi dir=\"ltr\">من");
	must_not_have(&k.out, "<button");
	same_as_file(&k.out, "every_type_ar.html");
	kit_free(&k);
}

/* ---- before, after and behind a form ---- */

static void each_state_has_its_page(void **state)
{
	static const struct {
		enum copl_page_state state;
		const char *form;
		const char *words;
		const char *golden;
	} pages[] = {
	    {COPL_PAGE_SOON, "every_type.xml", "interface_en.xml",
		"state_soon.html"},
	    {COPL_PAGE_CLOSED, "every_type_ar.xml", "interface_ar.xml",
		"state_closed_ar.html"},
	    {COPL_PAGE_SENT, "every_type.xml", "interface_en.xml",
		"state_sent.html"},
	};
	struct copl_page page;
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(pages); i++) {
		load(&k, pages[i].form, pages[i].words);
		page = page_of(&k);
		page.helpline = "https://helpline.example.org/";
		assert_int_equal(
		    copl_render_state(&page, pages[i].state, &k.out), COPL_OK);
		is_sound(&k.out);
		must_have(&k.out, "form-action 'none'");
		if (pages[i].state == COPL_PAGE_SENT)
			must_have(
			    &k.out, "href=\"https://helpline.example.org/\"");
		must_not_have(&k.out, "<form");
		same_as_file(&k.out, pages[i].golden);
		kit_free(&k);
	}
}

static size_t count_of(const struct copl_strbuf *b, const char *text)
{
	const char *at = copl_strbuf_text(b);
	size_t n = 0;

	for (; (at = strstr(at, text)) != NULL; at++)
		n++;
	return n;
}

static void a_poster_leads_to_the_form(void **state)
{
	static const char address[] =
	    "https://cop.example.org/as/every_type.ar.html";
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type_ar.xml", "interface_ar.xml");
	page = page_of(&k);
	page.draft = true;
	assert_int_equal(copl_render_poster(&page, address, &k.out), COPL_OK);
	must_have(&k.out, "<aside class=\"draft\"");
	must_have(&k.out, "form-action 'none'");
	must_not_have(&k.out, "<script");
	must_not_have(&k.out, "src=");
	must_not_have(&k.out, "url(");
	each_language_has_a_direction(&k.out);
	elements_are_closed(&k.out);
	/* One shape, so that a page stays small. */
	assert_int_equal(count_of(&k.out, "<path"), 1);
	same_as_file(&k.out, "poster_ar.html");
	kit_free(&k);
}

static void an_address_becomes_a_code_or_is_refused(void **state)
{
	char address[2000];
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	assert_int_equal(copl_render_poster(
			     &page, "https://a.example/?a=<b>&c=\"d\"", &k.out),
	    COPL_OK);
	must_have(&k.out, ">https://a.example/<wbr>?a=&lt;b&gt;&amp;c=");
	must_not_have(&k.out, "<b>");
	must_not_have(&k.out, "class=\"draft\"");
	copl_strbuf_reset(&k.out);
	/* No code of this kind holds so much. */
	memset(address, 'a', sizeof(address) - 1);
	address[sizeof(address) - 1] = '\0';
	assert_int_equal(
	    copl_render_poster(&page, address, &k.out), COPL_E_LIMIT);
	kit_free(&k);
}

/* Above everything, in the title, at each part on paper, before sending. */
static void a_draft_says_so_wherever_one_looks(void **state)
{
	static const char text[] =
	    "This is a draft for testing. Please do not answer.";
	struct copl_page page;
	char digest[45];
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	page.draft = true;
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	is_sound(&k.out);
	must_have(&k.out, "<title>Draft – ");
	assert_int_equal(count_of(&k.out, text), 2);
	assert_true(strstr(k.out.s, text) < strstr(k.out.s, "<header>"));
	assert_int_equal(
	    count_of(&k.out, " data-draft=\"Draft\""), k.form->nsections);
	must_have(&k.out, "name=\"_draft\" value=\"yes\"");
	/* The policy lets the banner's style through. */
	no_digest(render_draft_style, strlen(render_draft_style), digest);
	must_have(&k.out, digest);
	must_have(&k.out, render_draft_style);
	copl_strbuf_reset(&k.out);
	page.draft = false;
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	must_not_have(&k.out, "raft");
	kit_free(&k);
}

static void so_do_the_pages_around_it(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type_ar.xml", "interface_ar.xml");
	page = page_of(&k);
	page.draft = true;
	assert_int_equal(
	    copl_render_state(&page, COPL_PAGE_SENT, &k.out), COPL_OK);
	is_sound(&k.out);
	must_have(&k.out, "<title>مسودة – ");
	assert_int_equal(
	    count_of(&k.out, "هذه مسودة للتجربة. يُرجى عدم الإجابة."), 1);
	kit_free(&k);
}

/* Whoever chooses a language reads it in that language. */
static void an_index_of_drafts_says_so_in_every_language(void **state)
{
	static const char *const langs[] = {"ar", "en"};
	const struct copl_index_link link = {
	    .lang = "ar", .title = "استبيان", .href = "f.ar.html"};
	const struct copl_index_group group = {.links = &link, .nlinks = 1};
	const struct copl_interface *words[2];
	struct copl_index_page page = {.title = "Consultation",
	    .lang = "en",
	    .words = words,
	    .langs = langs,
	    .nlangs = 2,
	    .groups = &group,
	    .ngroups = 1,
	    .draft = true,
	    .digest = &no_digests};
	struct kit en, ar;

	(void)state;
	load(&en, "every_type.xml", "interface_en.xml");
	load(&ar, "every_type_ar.xml", "interface_ar.xml");
	words[0] = ar.words;
	words[1] = en.words;
	assert_int_equal(copl_render_index(&page, &en.out), COPL_OK);
	is_sound(&en.out);
	must_have(&en.out, "<title>Draft – Consultation</title>");
	must_have(&en.out,
	    "<span lang=\"ar\" dir=\"rtl\">هذه مسودة للتجربة. يُرجى عدم "
	    "الإجابة.</span>");
	must_have(&en.out, "\">\n<p>This is a draft for testing.");
	page.draft = false;
	assert_int_equal(copl_render_index(&page, &ar.out), COPL_OK);
	must_not_have(&ar.out, "raft");
	must_not_have(&ar.out, "مسودة");
	kit_free(&en);
	kit_free(&ar);
}

/* Whoever is sent to these must not think that they have answered. */
static void thanks_come_after_the_answers(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	must_not_have(&k.out, "id=\"thanks\"");
	page.responses = NULL;
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	must_have(&k.out, "id=\"thanks\"");
	kit_free(&k);
}

static void the_same_page_has_the_same_bytes(void **state)
{
	struct copl_strbuf again = COPL_STRBUF_INIT(PAGE_MAX);
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	assert_int_equal(copl_render_html(&page, &again), COPL_OK);
	assert_string_equal(k.out.s, again.s);
	copl_strbuf_clear(&again);
	kit_free(&k);
}

/* ---- what goes in cannot break out ---- */

static void a_value_never_becomes_markup(void **state)
{
	static const struct copl_param_value bad[] = {
	    {"office", "<script>alert(1)</script>"},
	    {"contact", "\"><script>x</script>@example.org"},
	    {"closes", "{office}"}, {"guardian_age", "</title>"}};
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	page.params = bad;
	page.nparams = COPL_COUNT(bad);
	page.helpline = "javascript:alert(1)";
	page.recipient = "\"><script>";
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	is_sound(&k.out);
	must_have(&k.out, "&lt;script&gt;alert(1)&lt;/script&gt;");
	must_have(&k.out, "<bdi>{office}</bdi>");
	must_not_have(&k.out, "mailto:");
	kit_free(&k);
}

static void an_address_no_policy_can_name_sends_nothing(void **state)
{
	static const char *const bad[] = {"https://", "answers",
	    "https://a.example.org;script-src *", "https://u:p@example.org/",
	    "javascript:x", "https://a.example.org'/", "http://a b/"};
	struct copl_page page;
	struct kit k;
	size_t i;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	for (i = 0; i < COPL_COUNT(bad); i++) {
		page.responses = bad[i];
		copl_strbuf_reset(&k.out);
		assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
		must_have(&k.out, "form-action 'none'\">");
		must_not_have(&k.out, " action=");
		must_not_have(&k.out, "<button");
	}
	kit_free(&k);
}

/* ---- who is asked what ---- */

static void where_nobody_needs_a_guardian_nobody_is_asked_for_one(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	page.guardian_age = -1;
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	must_not_have(&k.out, "id=\"q-guardian_ok\"");
	must_not_have(&k.out, "id=\"m-guardian_ok\"");
	must_have(&k.out, "id=\"q-my_ok\"");
	kit_free(&k);
}

static void the_age_of_the_recipient_decides_who_is_a_minor(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	page.guardian_age = 13;
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	must_have(&k.out, "form:not(:has(#o-age-10_12:checked)) "
			  "#q-guardian_ok{display:none}");
	copl_strbuf_reset(&k.out);
	page.guardian_age = 16;
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	must_have(&k.out, "form:not(:has(#o-age-10_12:checked,"
			  "#o-age-13_15:checked)) "
			  "#q-guardian_ok{display:none}");
	kit_free(&k);
}

static void conditions_never_nest_has(void **state)
{
	struct copl_page page;
	struct kit k;
	const char *at;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	for (at = k.out.s; (at = strstr(at, ":has(")) != NULL; at += 5) {
		int depth = 1;
		const char *s;

		for (s = at + 5; depth > 0; s++) {
			depth += (*s == '(') - (*s == ')');
			if (strncmp(s, ":has(", 5) == 0)
				fail_msg("nested: %.80s", at);
		}
	}
	kit_free(&k);
}

static void nothing_is_ticked_before(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	must_not_have(&k.out, " checked");
	must_not_have(&k.out, " selected");
	kit_free(&k);
}

static void privacy_stands_before_the_first_question(void **state)
{
	struct copl_page page;
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	assert_int_equal(copl_render_html(&page, &k.out), COPL_OK);
	assert_true(strstr(k.out.s, "id=\"privacy\"") <
		    strstr(k.out.s, "id=\"q-age\""));
	assert_true(
	    strstr(k.out.s, "id=\"help\"") < strstr(k.out.s, "id=\"q-age\""));
	kit_free(&k);
}

static void a_full_buffer_is_a_limit(void **state)
{
	struct copl_page page;
	struct kit k;
	size_t max;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	page = page_of(&k);
	for (max = 0; max < 30000; max += 997) {
		copl_strbuf_clear(&k.out);
		k.out.max = max;
		assert_int_equal(copl_render_html(&page, &k.out), COPL_E_LIMIT);
	}
	kit_free(&k);
}

/* ---- the words of the pages ---- */

static enum copl_status read_words(struct kit *k, const char *xml)
{
	enum copl_status st;

	kit_init(k);
	assert_int_equal(copl_xml_read(xml, strlen(xml), "interface.xml",
			     COPL_XML_STRICT, &k->r, &k->words_xml),
	    COPL_OK);
	st = copl_interface_read(k->words_xml, &k->r, &k->words);
	st = copl_reporter_end(&k->r, st);
	copl_reporter_init(&k->r, &k->sink);
	return st;
}

static void missing_words_are_all_named(void **state)
{
	struct kit k;

	(void)state;
	assert_int_equal(
	    read_words(&k, "<interface xmlns='urn:cop-l10n:interface:1' "
			   "xml:lang='fr'><text id='send'>Envoyer</text>"
			   "<text id='needed'> </text>"
			   "<text id='send'>Envoyer</text></interface>"),
	    COPL_E_INVALID);
	assert_null(k.words);
	assert_true(count(k.codes, "interface-missing") > 40);
	assert_int_equal(count(k.codes, "interface-duplicate"), 1);
	kit_free(&k);
}

static void another_document_is_no_interface(void **state)
{
	struct kit k;

	(void)state;
	assert_int_equal(
	    read_words(&k, "<interface xml:lang='fr'/>"), COPL_E_INVALID);
	assert_string_equal(k.codes, "interface-root ");
	kit_free(&k);
}

static void words_in_no_known_language_are_refused(void **state)
{
	struct kit k;

	(void)state;
	assert_int_equal(
	    read_words(&k, "<interface xmlns='urn:cop-l10n:interface:1'/>"),
	    COPL_E_INVALID);
	assert_int_equal(count(k.codes, "interface-language"), 1);
	kit_free(&k);
}

static void words_are_found_by_id(void **state)
{
	struct kit k;

	(void)state;
	load(&k, "every_type_ar.xml", "interface_ar.xml");
	assert_string_equal(
	    copl_interface_text(k.words, "privacy_title"), "خصوصيتك");
	assert_string_equal(copl_interface_text(k.words, "no_such"), "");
	kit_free(&k);
}

/* ---- the index ---- */

static const struct copl_index_link links[] = {
    {"en", "Every type & <every> rule", "africa/en.html", NULL, NULL, NULL},
    {"en", "Another form", "africa/en2.html", NULL, NULL, NULL},
    {"ar", "التنمر الإلكتروني", "africa/ar.html", NULL, NULL, NULL}};
static const struct copl_index_link invited[] = {{"ar", "التنمر الإلكتروني",
    "a.ar.html", NULL, "a.ar.invite.txt", "a.ar.poster.html"}};

static void the_index_speaks_every_language(void **state)
{
	static const char *const langs[] = {"ar", "en"};
	const struct copl_index_group groups[] = {
	    {"ITU Regional Office for Africa", "index_office", links, 3},
	    {"Another office", "index_office", links, 2},
	    {"A state", "index_member_state", links + 2, 1}};
	const struct copl_interface *words[2];
	struct copl_index_page page = {.title = "Youth <consultation>",
	    .lang = "en",
	    .words = words,
	    .langs = langs,
	    .nlangs = 2,
	    .groups = groups,
	    .ngroups = COPL_COUNT(groups),
	    .sums = "SHA256SUMS",
	    .digest = &no_digests};
	struct kit en, ar;

	(void)state;
	load(&en, "every_type.xml", "interface_en.xml");
	load(&ar, "every_type_ar.xml", "interface_ar.xml");
	words[0] = ar.words;
	words[1] = en.words;
	assert_int_equal(copl_render_index(&page, &en.out), COPL_OK);
	is_sound(&en.out);
	assert_int_equal(count(en.out.s, ">Regional offices"), 1);
	same_as_file(&en.out, "index.html");
	kit_free(&en);
	kit_free(&ar);
}

static void an_index_for_an_office_ends_with_invitations(void **state)
{
	static const char *const lang = "ar";
	const struct copl_index_group group = {NULL, NULL, invited, 1};
	const struct copl_interface *words;
	struct copl_index_page page = {.title = "مشاورة الشباب",
	    .lang = lang,
	    .words = &words,
	    .langs = &lang,
	    .nlangs = 1,
	    .groups = &group,
	    .ngroups = 1,
	    .sums = "SHA256SUMS",
	    .digest = &no_digests};
	struct kit k;

	(void)state;
	load(&k, "every_type_ar.xml", "interface_ar.xml");
	words = k.words;
	assert_int_equal(copl_render_index(&page, &k.out), COPL_OK);
	is_sound(&k.out);
	must_have(&k.out,
	    "SHA256SUMS</a></bdi>.</p>\n"
	    "<p>يمكن للمكاتب دعوة الشباب بهذه النصوص والملصقات:</p>\n<ul>\n"
	    "<li><a href=\"a.ar.invite.txt\"><bdi>a.ar.invite.txt</bdi></a> "
	    "<a href=\"a.ar.poster.html\"><bdi>a.ar.poster.html</bdi></a>"
	    "</li>\n</ul>\n");
	kit_free(&k);
}

static void a_recipients_own_index_leads_with_languages(void **state)
{
	static const char *const langs[] = {"ar", "en"};
	const struct copl_index_group group = {NULL, NULL, links, 3};
	const struct copl_interface *words[2];
	struct copl_index_page page = {.title = "مشاورة الشباب",
	    .lang = "ar",
	    .words = words,
	    .langs = langs,
	    .nlangs = 2,
	    .groups = &group,
	    .ngroups = 1,
	    .digest = &no_digests};
	struct kit en, ar;

	(void)state;
	load(&en, "every_type.xml", "interface_en.xml");
	load(&ar, "every_type_ar.xml", "interface_ar.xml");
	words[0] = ar.words;
	words[1] = en.words;
	assert_int_equal(copl_render_index(&page, &ar.out), COPL_OK);
	is_sound(&ar.out);
	must_have(&ar.out, "<a href=\"#l-en\" lang=\"en\" dir=\"ltr\">");
	must_not_have(&ar.out, "<footer>");
	same_as_file(&ar.out, "index_own.html");
	page.nlangs = 0;
	assert_int_equal(copl_render_index(&page, &ar.out), COPL_E_INVALID);
	kit_free(&en);
	kit_free(&ar);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_type_is_shown_and_can_be_sent),
	    cmocka_unit_test(arabic_runs_from_right_to_left),
	    cmocka_unit_test(each_state_has_its_page),
	    cmocka_unit_test(a_draft_says_so_wherever_one_looks),
	    cmocka_unit_test(so_do_the_pages_around_it),
	    cmocka_unit_test(an_index_of_drafts_says_so_in_every_language),
	    cmocka_unit_test(a_poster_leads_to_the_form),
	    cmocka_unit_test(an_address_becomes_a_code_or_is_refused),
	    cmocka_unit_test(thanks_come_after_the_answers),
	    cmocka_unit_test(the_same_page_has_the_same_bytes),
	    cmocka_unit_test(a_value_never_becomes_markup),
	    cmocka_unit_test(an_address_no_policy_can_name_sends_nothing),
	    cmocka_unit_test(
		where_nobody_needs_a_guardian_nobody_is_asked_for_one),
	    cmocka_unit_test(the_age_of_the_recipient_decides_who_is_a_minor),
	    cmocka_unit_test(conditions_never_nest_has),
	    cmocka_unit_test(nothing_is_ticked_before),
	    cmocka_unit_test(privacy_stands_before_the_first_question),
	    cmocka_unit_test(a_full_buffer_is_a_limit),
	    cmocka_unit_test(missing_words_are_all_named),
	    cmocka_unit_test(another_document_is_no_interface),
	    cmocka_unit_test(words_in_no_known_language_are_refused),
	    cmocka_unit_test(words_are_found_by_id),
	    cmocka_unit_test(the_index_speaks_every_language),
	    cmocka_unit_test(a_recipients_own_index_leads_with_languages),
	    cmocka_unit_test(an_index_for_an_office_ends_with_invitations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
