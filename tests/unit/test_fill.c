/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages given back: what goes where, and what becomes of hostile bytes. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "answers/answers.h"
#include "answers/fill.h"
#include "render/render.h"
#include "help_render.h"

#define PAGE_MAX ((size_t)8 << 20)
#define FIELDS 32

struct kit {
	struct copl_reporter r;
	struct copl_sink sink;
	char codes[4096]; /* of the findings, each with a blank */
	struct copl_xml *form_xml;
	struct copl_xml *words_xml;
	struct copl_form *form;
	struct copl_interface *words;
	struct copl_strbuf page;
	struct copl_strbuf places;
	struct copl_slots *slots;
	struct copl_answer_field fields[FIELDS];
	struct copl_answer_fault faults[FIELDS];
	struct copl_fill what;
	struct copl_strbuf out;
};

static void keep_code(void *arg, const struct copl_diag *d)
{
	struct kit *k = arg;
	size_t used = strlen(k->codes);

	snprintf(k->codes + used, sizeof(k->codes) - used, "%s ", d->code);
}

static void kit_init(struct kit *k)
{
	memset(k, 0, sizeof(*k));
	k->sink.diag = keep_code;
	k->sink.arg = k;
	k->page.max = k->places.max = k->out.max = PAGE_MAX;
	k->what.fields = k->fields;
	k->what.faults = k->faults;
	copl_reporter_init(&k->r, &k->sink);
}

static void kit_free(struct kit *k)
{
	(void)copl_reporter_end(&k->r, COPL_OK);
	copl_slots_free(k->slots);
	copl_strbuf_clear(&k->page);
	copl_strbuf_clear(&k->places);
	copl_strbuf_clear(&k->out);
	copl_interface_free(k->words);
	copl_form_free(k->form);
	copl_xml_free(k->words_xml);
	copl_xml_free(k->form_xml);
}

static void no_digest(const void *bytes, size_t len, char out[45])
{
	(void)bytes;
	snprintf(out, 45, "%044zu", len);
}

static void load_words(struct kit *k, const char *words)
{
	assert_int_equal(copl_xml_load(path_of(words), COPL_XML_STRICT,
			     COPL_XML_MAX, &k->r, &k->words_xml),
	    COPL_OK);
	assert_int_equal(
	    copl_interface_read(k->words_xml, &k->r, &k->words), COPL_OK);
}

static const struct copl_alternate alternates[] = {
    {"ar", "f.ar.html"}, {"en", "f.en.html"}};
static const struct copl_param_value params[] = {{"office", "ITU <Office> & B"},
    {"contact", "cop@example.org"}, {"opens", "11 January 2027"},
    {"closes", "31 March 2027"}, {"guardian_age", "16"}};

static void render(struct kit *k, const char *responses)
{
	struct copl_render_digest digest = {no_digest, "", "", ""};
	const struct copl_page page = {.form = k->form,
	    .words = k->words,
	    .lang = copl_xml_is(xmlDocGetRootElement(k->words_xml->doc),
			COPL_INTERFACE_NS, "interface") &&
			    strcmp(copl_interface_text(k->words, "date_day"),
				"Day") != 0
			? "ar"
			: "en",
	    .params = params,
	    .nparams = COPL_COUNT(params),
	    .guardian_age = 16,
	    .responses = responses,
	    .recipient = "africa",
	    .alternates = alternates,
	    .nalternates = COPL_COUNT(alternates),
	    .digest = &digest};

	assert_int_equal(
	    copl_render_html_slots(&page, &k->page, &k->places), COPL_OK);
}

static void read_places(struct kit *k)
{
	enum copl_status st = copl_slots_read(copl_strbuf_text(&k->places),
	    k->places.len, "f.slots.xml", &k->r, &k->slots);

	if (st != COPL_OK)
		(void)copl_reporter_end(&k->r, st);
	assert_string_equal(k->codes, "");
	assert_int_equal(st, COPL_OK);
	assert_true(
	    copl_slots_fit(k->slots, copl_strbuf_text(&k->page), k->page.len));
}

/* Every rule; words for mistakes only where a form must have them. */
#define OWN_WORDS "own_words.xml"
#define ACTION "https://answers.example.org/in"

static void load(struct kit *k, const char *form, const char *words)
{
	kit_init(k);
	assert_int_equal(copl_xml_load(path_of(form), COPL_XML_STRICT,
			     COPL_XML_MAX, &k->r, &k->form_xml),
	    COPL_OK);
	assert_int_equal(
	    copl_form_read_localized(k->form_xml, &k->r, &k->form), COPL_OK);
	load_words(k, words);
	render(k, ACTION);
	read_places(k);
}

static void post_bytes(
    struct kit *k, const char *name, const char *value, size_t len)
{
	assert_true(k->what.nfields < FIELDS);
	k->fields[k->what.nfields++] = (struct copl_answer_field){
	    .name = name, .namelen = strlen(name), .value = value, .len = len};
}

static void post(struct kit *k, const char *name, const char *value)
{
	post_bytes(k, name, value, strlen(value));
}

static const struct copl_question *question_of(
    const struct kit *k, const char *id)
{
	size_t i, n;

	for (i = 0; i < k->form->nsections; i++)
		for (n = 0; n < k->form->sections[i].nitems; n++)
			if (strcmp(k->form->sections[i].items[n].id, id) == 0)
				return &k->form->sections[i].items[n];
	fail_msg("no question %s", id);
	return NULL;
}

static void fault(struct kit *k, enum copl_answer_fault_kind kind,
    const char *question, const char *field)
{
	assert_true(k->what.nfaults < FIELDS);
	k->faults[k->what.nfaults++] = (struct copl_answer_fault){.kind = kind,
	    .question = question == NULL ? NULL : question_of(k, question),
	    .field = field};
	k->what.banner = COPL_FILL_INCOMPLETE;
}

/* The page's bytes in their order, whatever stands between the places. */
static void must_be_the_page(const struct kit *k)
{
	const char *at = copl_strbuf_text(&k->out), *end = at + k->out.len;
	const char *page = copl_strbuf_text(&k->page);
	const char *xml = copl_strbuf_text(&k->places);
	size_t done = 0, next;

	while ((xml = strstr(xml, " at=\"")) != NULL) {
		next = strtoul(xml + 5, NULL, 10);
		xml += 5;
		if (next == done)
			continue;
		at = memmem(at, (size_t)(end - at), page + done, next - done);
		assert_non_null(at);
		if (done == 0)
			assert_ptr_equal(at, copl_strbuf_text(&k->out));
		at += next - done;
		done = next;
	}
	next = k->page.len - done;
	assert_true((size_t)(end - at) >= next);
	assert_memory_equal(end - next, page + done, next);
}

static void fill(struct kit *k)
{
	copl_strbuf_reset(&k->out);
	assert_int_equal(copl_page_fill(copl_strbuf_text(&k->page), k->page.len,
			     k->slots, &k->what, &k->out),
	    COPL_OK);
	must_be_the_page(k);
}

static void has(const struct kit *k, const char *text)
{
	if (strstr(copl_strbuf_text(&k->out), text) == NULL)
		fail_msg("the page lacks: %s", text);
}

static void has_not(const struct kit *k, const char *text)
{
	const char *at = strstr(copl_strbuf_text(&k->out), text);

	if (at != NULL)
		fail_msg("the page has: %.80s", at);
}

static size_t count(const struct kit *k, const char *text)
{
	const char *at = copl_strbuf_text(&k->out);
	size_t n = 0;

	for (; (at = strstr(at, text)) != NULL; at += strlen(text))
		n++;
	return n;
}

/* ---- what comes back ---- */

static void nothing_posted_changes_nothing(void **state)
{
	static const char *const samples[][2] = {
	    {OWN_WORDS, "interface_en.xml"},
	    {"every_type.xml", "interface_en.xml"},
	    {"every_type_ar.xml", "interface_ar.xml"}};
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(samples); i++) {
		load(&k, samples[i][0], samples[i][1]);
		fill(&k);
		assert_int_equal(k.out.len, k.page.len);
		assert_memory_equal(copl_strbuf_text(&k.out),
		    copl_strbuf_text(&k.page), k.out.len);
		kit_free(&k);
	}
}

static void every_kind_comes_back(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_ar.xml");
	post(&k, "ok", "yes");
	post(&k, "seen", "daily");
	post(&k, "apps", "chat");
	post(&k, "apps", "other");
	post(&k, "apps.other", "Чат «Друзья»");
	post(&k, "safe", "2");
	post(&k, "rows.lies", "never");
	post(&k, "rows.jokes", "daily");
	post(&k, "all.a", "2");
	post(&k, "few.c", "1");
	post(&k, "hours", "3");
	post(&k, "day.day", "31");
	post(&k, "day.month", "12");
	post(&k, "day.year", "2026");
	post(&k, "idea", "أريد أن أتعلم البرمجة");
	post(&k, "word", "编程");
	fill(&k);
	has(&k, "name=\"ok\" value=\"yes\" required aria-describedby=\"e-ok\" "
		"checked>");
	has(&k, "name=\"seen\" value=\"daily\" required checked>");
	has(&k, "name=\"seen\" value=\"never\" required>");
	has(&k, "name=\"apps\" value=\"chat\" checked>");
	has(&k, "name=\"apps\" value=\"games\">");
	has(&k, "autocomplete=\"off\" value=\"Чат «Друзья»\">");
	has(&k, "name=\"safe\" value=\"2\" required checked>");
	has(&k, "value=\"never\" aria-labelledby=\"r-rows-lies c-rows-never\" "
		"required checked>");
	has(&k, "value=\"never\" aria-labelledby=\"r-rows-jokes "
		"c-rows-never\" required>");
	has(&k, "<option value=\"2\" selected>2</option>");
	has(&k, "<option value=\"31\" selected>31</option>");
	has(&k, "<option value=\"12\" selected>");
	has(&k, "<option value=\"2026\" selected>2026</option>");
	has(&k, " value=\"3\">\n");
	has(&k, ">أريد أن أتعلم البرمجة</textarea>");
	has(&k, " value=\"编程\">");
	assert_int_equal(count(&k, " selected>"), 5);
	assert_int_equal(count(&k, " checked>"), 7);
	kit_free(&k);
}

/* "0012" is what nobody's page sends, and it is no number of the page. */
static void only_what_the_page_offers_is_chosen(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	post(&k, "seen", "daily\" onclick=\"x");
	post(&k, "day.day", "0012");
	post(&k, "nobody", "knows");
	post(&k, "rows", "never");
	post(&k, "", "");
	post(&k, "ok", "no");
	fill(&k);
	assert_int_equal(k.out.len, k.page.len);
	kit_free(&k);
}

/* One button of a set: two would leave it to the browser. */
static void of_a_set_of_buttons_one_is_chosen(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	post(&k, "seen", "");
	post(&k, "seen", "never");
	post(&k, "seen", "daily");
	fill(&k);
	assert_int_equal(count(&k, " checked>"), 1);
	has(&k, "name=\"seen\" value=\"never\" required checked>");
	kit_free(&k);
}

static void answers_of_hidden_questions_come_back(void **state)
{
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	post(&k, "age", "10_12");
	post(&k, "idea", "Only older ones are asked.");
	post(&k, "guardian_ok", "yes");
	fill(&k);
	has(&k, ">Only older ones are asked.</textarea>");
	has(&k, "name=\"guardian_ok\" value=\"yes\"");
	assert_int_equal(count(&k, " checked>"), 2);
	kit_free(&k);
}

/* ---- hostile bytes ---- */

static void bytes_never_become_markup(void **state)
{
	static const struct {
		const char *value;
		size_t len;
		const char *area;
		const char *line;
	} rows[] = {
#define V(s) s, sizeof(s) - 1
	    {V("</textarea><script>alert(1)</script>"),
		">&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;<",
		"\"&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""},
	    {V("\" onfocus='x' \""), ">&quot; onfocus=&#39;x&#39; &quot;<",
		"\"&quot; onfocus=&#39;x&#39; &quot;\""},
	    {V("&lt; &amp;"), ">&amp;lt; &amp;amp;<", "\"&amp;lt; &amp;amp;\""},
	    {V("<!-- привет --!>"), ">&lt;!-- привет --!&gt;<",
		"\"&lt;!-- привет --!&gt;\""},
	    {V("a\0b\x01\x7f\xc2\x85z"), ">abz<", "\"abz\""},
	    {V("中\xff\xfe文\xc3"), ">中��文�<", "\"中��文�\""},
	    {V("\xed\xa0\x80\xc0\xaf\xf5"), ">������<", "\"������\""},
	    {V("مرحبا\xc2"), ">مرحبا�<", "\"مرحبا�\""},
	    {V("\r\nа\rб\nв"), ">\n\nа\nб\nв<", "\"&#10;а&#10;б&#10;в\""},
	    {V("\x01\nа"), ">\n\nа<", "\"&#10;а\""},
	    {V("\xc2\nа"), ">�\nа<", "\"�&#10;а\""},
#undef V
	};
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		load(&k, OWN_WORDS, "interface_en.xml");
		post_bytes(&k, "idea", rows[i].value, rows[i].len);
		post_bytes(&k, "word", rows[i].value, rows[i].len);
		fill(&k);
		has(&k, rows[i].area);
		has(&k, rows[i].line);
		has_not(&k, "<script>");
		assert_int_equal(strlen(copl_strbuf_text(&k.out)), k.out.len);
		kit_free(&k);
	}
}

static void a_very_long_text_comes_back_whole_or_not_at_all(void **state)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(PAGE_MAX);
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < 100000; i++)
		copl_strbuf_puts(&text, "ю\"<");
	load(&k, OWN_WORDS, "interface_en.xml");
	post_bytes(&k, "idea", copl_strbuf_text(&text), text.len);
	fill(&k);
	assert_int_equal(count(&k, "ю&quot;&lt;"), 100000);
	k.out.max = k.page.len + 1000;
	copl_strbuf_clear(&k.out);
	assert_int_equal(copl_page_fill(copl_strbuf_text(&k.page), k.page.len,
			     k.slots, &k.what, &k.out),
	    COPL_E_LIMIT);
	copl_strbuf_clear(&text);
	kit_free(&k);
}

static void the_token_is_escaped_too(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	k.what.token = "ab\"><b>";
	fill(&k);
	has(&k, "<input type=\"hidden\" name=\"_recipient\" "
		"value=\"africa\">\n<input type=\"hidden\" name=\"_id\" "
		"value=\"ab&quot;&gt;&lt;b&gt;\">\n");
	kit_free(&k);
}

static void links_lead_to_the_folder_of_the_page(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	k.what.base = "/africa/\"";
	fill(&k);
	has(&k, "href=\"/africa/&quot;f.ar.html\"");
	has_not(&k, "href=\"f.ar.html\"");
	kit_free(&k);
}

/* ---- what is said ---- */

static void each_fault_has_its_words(void **state)
{
	static const struct {
		enum copl_answer_fault_kind kind;
		const char *question;
		const char *said;
	} rows[] = {
	    {COPL_FAULT_MISSING, "seen", "Please choose one."},
	    {COPL_FAULT_MISSING, "rows",
		"Please choose one answer in each line."},
	    {COPL_FAULT_CONSENT, "ok", "Please tick this box."},
	    {COPL_FAULT_TOO_MANY, "apps",
		"Please choose no more than <bdi>3</bdi> answers."},
	    {COPL_FAULT_TOO_FEW, "apps",
		"Please choose at least <bdi>2</bdi> answers."},
	    {COPL_FAULT_EXCLUSIVE, "apps",
		"One of these answers can only stand alone. Please choose "
		"either that one or the others."},
	    {COPL_FAULT_LONG, "apps",
		"Your text is too long. Please write no more than "
		"<bdi>200</bdi> characters."},
	    {COPL_FAULT_LONG, "idea",
		"Your text is too long. Please write no more than "
		"<bdi>500</bdi> characters."},
	    {COPL_FAULT_LONG, "word", "Please write one word."},
	    {COPL_FAULT_RANK, "few",
		"Please use each number exactly once, beginning with 1."},
	    {COPL_FAULT_NUMBER, "hours", "Please write a number here."},
	    {COPL_FAULT_RANGE, "hours",
		"Please write a number from <bdi>0</bdi> to <bdi>24</bdi>."
		"</p>\n<p>Please write a whole number, such as 3."},
	    {COPL_FAULT_RANGE, "least",
		"Please write <bdi>5</bdi> or a larger number."},
	    {COPL_FAULT_RANGE, "most",
		"Please write <bdi>9</bdi> or a smaller number."},
	    {COPL_FAULT_DATE, "day",
		"This date is not complete or cannot be right. Please look "
		"at it again."},
	    {COPL_FAULT_RANGE, "day",
		"This date is not complete or cannot be right. Please look "
		"at it again."},
	    {COPL_FAULT_OPTION, "safe", "Please choose a number."},
	    {COPL_FAULT_TEXT, "idea", "Please look at this answer again."},
	    {COPL_FAULT_TWICE, "mood", "Please look at this answer again."},
	};
	char want[1024];
	struct kit k;
	size_t i;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	for (i = 0; i < COPL_COUNT(rows); i++) {
		k.what.nfaults = 0;
		fault(&k, rows[i].kind, rows[i].question, NULL);
		fill(&k);
		snprintf(want, sizeof(want),
		    "<div class=\"fault\" id=\"f-%s\">\n<p>%s</p>\n</div>\n",
		    rows[i].question, rows[i].said);
		has(&k, want);
		assert_int_equal(count(&k, "class=\"fault\""), 1);
		/* A grid as a whole is all its rows. */
		assert_int_equal(count(&k, " data-wrong"),
		    strcmp(rows[i].question, "rows") == 0 ? 3 : 1);
	}
	kit_free(&k);
}

static void the_same_words_are_said_once(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_ar.xml");
	fault(&k, COPL_FAULT_MISSING, "rows", "rows.lies");
	fault(&k, COPL_FAULT_MISSING, "rows", "rows.jokes");
	fault(&k, COPL_FAULT_TOO_MANY, "apps", NULL);
	fault(&k, COPL_FAULT_LONG, "apps", "apps.other");
	fault(&k, COPL_FAULT_FIELD, NULL, "_nobody");
	fill(&k);
	has(&k, "<div class=\"fault\" id=\"f-rows\">\n"
		"<p>Please choose one answer in each line.</p>\n</div>\n");
	has(&k, "إجابات على الأكثر.</p>\n");
	has(&k, "حرف على الأكثر.</p>\n");
	assert_int_equal(count(&k, "class=\"fault\""), 2);
	kit_free(&k);
}

static void a_form_has_the_first_word(void **state)
{
	struct kit k;

	(void)state;
	load(&k, "every_type.xml", "interface_en.xml");
	fault(&k, COPL_FAULT_TOO_FEW, "spaces", NULL);
	fault(&k, COPL_FAULT_LONG, "spaces", "spaces.other");
	fault(&k, COPL_FAULT_RANGE, "hours", NULL);
	fill(&k);
	has(&k, "id=\"f-spaces\">\n<p>Please choose two or three.</p>\n"
		"<p>Your text is too long. Please write no more than "
		"<bdi>200</bdi> characters.</p>\n</div>");
	has(&k, "id=\"f-hours\">\n<p>Please type a whole number.</p>\n</div>");
	kit_free(&k);
}

static void fields_say_that_they_are_invalid(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	fault(&k, COPL_FAULT_MISSING, "seen", NULL);
	fault(&k, COPL_FAULT_MISSING, "rows", "rows.jokes");
	fault(&k, COPL_FAULT_RANK, "few", "few.b");
	fault(&k, COPL_FAULT_DATE, "day", NULL);
	fault(&k, COPL_FAULT_NUMBER, "hours", NULL);
	fault(&k, COPL_FAULT_LONG, "idea", "idea");
	fault(&k, COPL_FAULT_LONG, "apps", "apps.other");
	fault(&k, COPL_FAULT_CONSENT, "ok", NULL);
	fill(&k);
	has(&k, "id=\"q-seen\" aria-describedby=\"f-seen e-seen\" data-wrong "
		"role=\"radiogroup\" aria-invalid=\"true\">");
	has(&k, "<tr data-wrong><th scope=\"row\" id=\"r-rows-jokes\">Jokes "
		"<span class=\"needed\">answer needed</span></th>");
	has(&k, "<tr><th scope=\"row\" id=\"r-rows-lies\">Lies</th>");
	has(&k, "name=\"few.b\" aria-invalid=\"true\">");
	has(&k, "name=\"few.a\">");
	has(&k, "name=\"day.year\" aria-invalid=\"true\">");
	has(&k, "name=\"day.day\" aria-invalid=\"true\">");
	has(&k, "aria-describedby=\"f-hours w-hours e-hours\" "
		"aria-invalid=\"true\">");
	has(&k, "aria-describedby=\"f-idea w-idea\" aria-invalid=\"true\">"
		"</textarea>");
	/* The box beside an answer, not the answers. */
	has(&k, "name=\"apps.other\" maxlength=\"200\" dir=\"auto\" "
		"autocomplete=\"off\" aria-invalid=\"true\">");
	has(&k, "name=\"apps\" value=\"other\">");
	has(&k, "aria-describedby=\"f-ok e-ok\" aria-invalid=\"true\">");
	kit_free(&k);
}

/* What is wrong with the answers is no fault of what was written. */
static void the_box_beside_an_answer_stands_for_itself(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	fault(&k, COPL_FAULT_EXCLUSIVE, "apps", NULL);
	fill(&k);
	has(&k, "name=\"apps\" value=\"chat\" aria-invalid=\"true\">");
	has(&k, "name=\"apps.other\" maxlength=\"200\" dir=\"auto\" "
		"autocomplete=\"off\">");
	kit_free(&k);
}

/* Without a hint and a rule there is nothing to describe it yet. */
static void what_was_not_described_is(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_ar.xml");
	fault(&k, COPL_FAULT_OPTION, "mood", NULL);
	fill(&k);
	has(&k, "id=\"q-mood\" aria-describedby=\"f-mood\" data-wrong ");
	kit_free(&k);
}

static void the_page_opens_at_what_is_to_be_looked_at(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	fault(&k, COPL_FAULT_MISSING, "word", NULL);
	fault(&k, COPL_FAULT_MISSING, "seen", NULL);
	fill(&k);
	has(&k,
	    "<title>Your answers have not been sent yet – Own words</title>");
	has(&k,
	    "<section class=\"told\" id=\"told\" role=\"alert\" "
	    "tabindex=\"-1\" autofocus aria-labelledby=\"told-title\">\n"
	    "<div>\n<h2 id=\"told-title\">Your answers have not been sent "
	    "yet</h2>\n<p>Something is missing or does not fit. All that you "
	    "have filled in is still here. Please look at these questions, "
	    "then press the button at the end again:</p>\n<ul>\n"
	    "<li><a href=\"#q-seen\">Seen?</a></li>\n"
	    "<li><a href=\"#q-word\">Word?</a></li>\n"
	    "</ul>\n</div>\n</section>\n<header>");
	assert_int_equal(count(&k, "autofocus"), 1);
	/* Without a question to look at nobody is sent to look for one. */
	k.what.nfaults = 0;
	fault(&k, COPL_FAULT_FIELD, NULL, "_version");
	fill(&k);
	has(&k, "<h2 id=\"told-title\">Your answers could not be stored</h2>");
	has_not(&k, "Please look at these questions");
	k.what.banner = COPL_FILL_NOT_STORED;
	k.what.nfaults = 0;
	fill(&k);
	has(&k, "<title>Your answers could not be stored – Own words</title>");
	has(&k, "Please wait a minute, then press the button at the end "
		"again.</p>\n</div>\n</section>\n<header>");
	kit_free(&k);
}

/* ---- places that cannot be right ---- */

static void paper_takes_nothing_back(void **state)
{
	struct kit k;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	copl_strbuf_reset(&k.page);
	copl_strbuf_reset(&k.places);
	render(&k, NULL);
	assert_int_equal(k.places.len, 0);
	kit_free(&k);
}

static void places_of_another_page_are_refused(void **state)
{
	struct kit k;
	char *page;

	(void)state;
	load(&k, OWN_WORDS, "interface_en.xml");
	assert_int_equal(copl_page_fill(copl_strbuf_text(&k.page),
			     k.page.len - 1, k.slots, &k.what, &k.out),
	    COPL_E_INVALID);
	/* As long, but one byte further. */
	page = malloc(k.page.len);
	assert_non_null(page);
	memcpy(page + 1, copl_strbuf_text(&k.page), k.page.len - 1);
	page[0] = '\n';
	assert_int_equal(
	    copl_page_fill(page, k.page.len, k.slots, &k.what, &k.out),
	    COPL_E_INVALID);
	assert_int_equal(k.out.len, 0);
	free(page);
	kit_free(&k);
}

static void bad_places_are_told_of(void **state)
{
#define HEAD "<slots xmlns='urn:cop-l10n:slots:1' length='100'>"
#define WORDS                                                                  \
	"<words id='incomplete_title'>a</words>"                               \
	"<words id='incomplete_text'>b</words>"                                \
	"<words id='not_stored_title'>c</words>"                               \
	"<words id='not_stored_text'>d</words><words id='needed'>e</words>"
#define Q "<question id='q' kind='one'><label>L</label><message>M</message>"
	static const struct {
		const char *xml;
		const char *codes;
	} rows[] = {
	    {HEAD WORDS "</slots>", ""},
	    {HEAD "<title at='5'/>" Q "<checked at='5' value='a'/>"
		  "<value at='100' part='b'/></question>" WORDS "</slots>",
		""},
	    {"<slots xmlns='urn:x'/>", "slots-root "},
	    {"<slots", "xml-syntax "},
	    {"<!DOCTYPE slots [<!ENTITY a 'b'>]>" HEAD WORDS "</slots>",
		"xml-dtd "},
	    {HEAD "</slots>", "slots-value "},
	    {"<slots xmlns='urn:cop-l10n:slots:1'>" WORDS "</slots>",
		"slots-value "},
	    {HEAD "<title at='101'/>" WORDS "</slots>", "slots-place "},
	    {HEAD "<title at='6'/><told at='5'/>" WORDS "</slots>",
		"slots-place "},
	    {HEAD "<title at='-1'/>" WORDS "</slots>", "slots-value "},
	    {HEAD "<title at='18446744073709551617'/>" WORDS "</slots>",
		"slots-value "},
	    {HEAD "<title/><told at='x'/>" WORDS "</slots>",
		"slots-value slots-value "},
	    {HEAD "<checked at='1' value='a'/>" WORDS "</slots>",
		"slots-value "},
	    {HEAD "<script at='1'/>" WORDS "</slots>", "slots-value "},
	    {HEAD "<x xmlns='urn:y' at='1'/>" WORDS "</slots>", "slots-value "},
	    {HEAD Q "<title at='1'/></question>" WORDS "</slots>",
		"slots-value "},
	    {HEAD Q "<checked at='1'/></question>" WORDS "</slots>",
		"slots-value "},
	    {HEAD Q "<text at='1' part='\"'/></question>" WORDS "</slots>",
		"slots-value "},
	    {HEAD Q "<text at='1' value='v'/></question>" WORDS "</slots>",
		"slots-value "},
	    {HEAD Q "</question>" Q "</question>" WORDS "</slots>",
		"slots-value "},
	    {HEAD "<question id='&lt;' kind='one'/>" WORDS "</slots>",
		"slots-value "},
	    {HEAD "<question id='q' kind='one'><label>L</label>"
		  "<message kind='rank'>M</message></question>" WORDS
		  "</slots>",
		"slots-value "},
	    {HEAD "<question id='q' kind='odd'><label>L</label>"
		  "<message>M</message></question>" WORDS "</slots>",
		"slots-value "},
	    {HEAD WORDS "<words id='more'>f</words></slots>", "slots-value "},
	};
	struct kit k;
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		enum copl_status st;

		kit_init(&k);
		st = copl_slots_read(
		    rows[i].xml, strlen(rows[i].xml), "s.xml", &k.r, &k.slots);
		(void)copl_reporter_end(&k.r, st);
		if (strcmp(k.codes, rows[i].codes) != 0)
			fail_msg("%s: %s", rows[i].xml, k.codes);
		assert_int_equal(st == COPL_OK, *rows[i].codes == '\0');
		assert_int_equal(k.slots != NULL, st == COPL_OK);
		kit_free(&k);
	}
}

static void messages_of_a_question_are_counted(void **state)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(PAGE_MAX);
	struct kit k;
	int i;

	(void)state;
	copl_strbuf_puts(&b, HEAD Q);
	for (i = 0; i < 40; i++)
		copl_strbuf_puts(&b, "<message kind='rank'>x</message>");
	copl_strbuf_puts(&b, "</question>" WORDS "</slots>");
	kit_init(&k);
	assert_int_equal(copl_slots_read(copl_strbuf_text(&b), b.len, "s.xml",
			     &k.r, &k.slots),
	    COPL_E_INVALID);
	(void)copl_reporter_end(&k.r, COPL_OK);
	assert_memory_equal(k.codes, "slots-value ", 12);
	copl_strbuf_clear(&b);
	kit_free(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_posted_changes_nothing),
	    cmocka_unit_test(every_kind_comes_back),
	    cmocka_unit_test(only_what_the_page_offers_is_chosen),
	    cmocka_unit_test(of_a_set_of_buttons_one_is_chosen),
	    cmocka_unit_test(answers_of_hidden_questions_come_back),
	    cmocka_unit_test(bytes_never_become_markup),
	    cmocka_unit_test(a_very_long_text_comes_back_whole_or_not_at_all),
	    cmocka_unit_test(the_token_is_escaped_too),
	    cmocka_unit_test(links_lead_to_the_folder_of_the_page),
	    cmocka_unit_test(each_fault_has_its_words),
	    cmocka_unit_test(the_same_words_are_said_once),
	    cmocka_unit_test(a_form_has_the_first_word),
	    cmocka_unit_test(fields_say_that_they_are_invalid),
	    cmocka_unit_test(the_box_beside_an_answer_stands_for_itself),
	    cmocka_unit_test(what_was_not_described_is),
	    cmocka_unit_test(the_page_opens_at_what_is_to_be_looked_at),
	    cmocka_unit_test(paper_takes_nothing_back),
	    cmocka_unit_test(places_of_another_page_are_refused),
	    cmocka_unit_test(bad_places_are_told_of),
	    cmocka_unit_test(messages_of_a_question_are_counted),
	};

	return cmocka_run_group_tests_name("fill", tests, NULL, NULL);
}
