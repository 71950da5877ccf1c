/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The public interface for documents, catalogs and rules in memory. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <copl10n.h>
#include "seen.h"

#define ITS "xmlns:its='http://www.w3.org/2005/11/its'"
#define HEADER(lang)                                                           \
	"msgid \"\"\nmsgstr \"\"\n\"Language: " lang "\\n\"\n"                 \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

static const char sample[] =
    "<doc xml:lang='en' " ITS ">\n"
    "<p xml:id='q1' its:locNote='Вежливо'>How old are you?</p>\n"
    "<p xml:space='preserve'> 你好 <b>now</b></p>\n"
    "</doc>\n";

static struct copl_document *read_sample(
    struct seen *seen, const struct copl_l10n_options *o)
{
	const struct copl_sink sink = {seen_diag, NULL, seen};
	struct copl_document *d;

	memset(seen, 0, sizeof(*seen));
	assert_int_equal(copl_document_read(sample, sizeof(sample) - 1,
			     "sample.xml", o, &sink, &d),
	    COPL_OK);
	assert_non_null(d);
	return d;
}

static struct copl_po *read_po(const char *text)
{
	struct copl_po *po;

	assert_int_equal(
	    copl_po_read(text, strlen(text), "x.po", NULL, &po), COPL_OK);
	return po;
}

static void a_document_tells_its_texts(void **state)
{
	struct seen seen;
	struct copl_document *d = read_sample(&seen, NULL);
	struct copl_text t;

	(void)state;
	assert_int_equal(seen_count(&seen, "unit-no-id"), 1);
	assert_int_equal(copl_document_count(d), 3);
	assert_string_equal(copl_document_language(d), "en");
	assert_true(copl_document_text(d, 0, &t));
	assert_string_equal(t.id, "q1");
	assert_string_equal(t.text, "How old are you?");
	assert_string_equal(t.note, "Вежливо");
	assert_int_equal(t.line, 2);
	assert_int_equal(t.column, 1);
	assert_false(t.attribute || t.preserve);
	assert_true(copl_document_text(d, 1, &t));
	assert_null(t.id);
	assert_string_equal(t.text, " 你好 <b/>");
	assert_true(t.preserve);
	assert_true(copl_document_text(d, 2, &t));
	assert_int_equal(t.column, 29);
	assert_false(copl_document_text(d, 3, &t));
	assert_false(copl_document_text(d, SIZE_MAX, &t));
	copl_document_free(d);
	copl_document_free(NULL);
}

static void options_are_the_documents_own(void **state)
{
	char param[] = "who=yes";
	const char *list[] = {param};
	struct copl_l10n_options o = {
	    .key = COPL_KEY_TEXT, .its = {.params = list, .nparams = 1}};
	struct seen seen;
	struct copl_document *d = read_sample(&seen, &o);
	struct copl_text t;

	(void)state;
	memset(param, 0, sizeof(param));
	memset(&o, 0, sizeof(o));
	assert_int_equal(seen.n, 0);
	assert_true(copl_document_text(d, 0, &t));
	assert_null(t.id);
	copl_document_free(d);
}

static void a_template_has_each_text(void **state)
{
	struct seen seen;
	struct copl_document *d = read_sample(&seen, NULL);
	struct copl_bytes b;
	struct copl_po_message m;
	struct copl_po *po;

	(void)state;
	assert_int_equal(
	    copl_document_template(d, "2027-01-11 08:00+0000", &b), COPL_OK);
	assert_int_equal(b.len, strlen(b.data));
	assert_non_null(strstr(b.data, "2027-01-11 08:00+0000"));
	po = read_po(b.data);
	assert_int_equal(copl_po_count(po), 3);
	assert_true(copl_po_find(po, "q1", "How old are you?", &m));
	assert_string_equal(m.text, "");
	copl_po_free(po);
	copl_bytes_free(&b);
	assert_null(b.data);
	copl_bytes_free(&b);
	copl_document_free(d);
}

static const char russian[] =
    HEADER("ru") "msgctxt \"q1\"\nmsgid \"How old are you?\"\n"
		 "msgstr \"Сколько вам лет?\"\n\n"
		 "msgid \" 你好 <b/>\"\nmsgstr \"<b/> привет\"\n\n"
		 "msgid \"now\"\nmsgstr \"сейчас\"\n";
static const char arabic[] =
    HEADER("ar") "msgctxt \"q1\"\nmsgid \"How old are you?\"\n"
		 "msgstr \"كم عمرك؟\"\n\n"
		 "msgid \" 你好 <b/>\"\nmsgstr \"<b/> مرحبا\"\n\n"
		 "msgid \"now\"\nmsgstr \"الآن\"\n";

static void a_document_is_localized_in_memory(void **state)
{
	struct seen seen;
	struct copl_document *d = read_sample(&seen, NULL);
	struct copl_po *po = read_po(russian);
	struct copl_bytes b;

	(void)state;
	assert_int_equal(copl_document_localize(d, po, NULL, &b), COPL_OK);
	assert_non_null(strstr(b.data, "xml:lang='ru'"));
	assert_non_null(strstr(b.data, ">Сколько вам лет?</p>"));
	assert_non_null(strstr(b.data, "><b>сейчас</b> привет</p>"));
	copl_bytes_free(&b);
	copl_po_free(po);
	copl_document_free(d);
}

static void what_is_wrong_gives_no_bytes(void **state)
{
	struct seen seen;
	const struct copl_sink sink = {seen_diag, NULL, &seen};
	struct copl_document *d = read_sample(&seen, NULL);
	struct copl_po *po = read_po(
	    HEADER("zh_CN") "msgctxt \"q1\"\nmsgid \"How old are you?\"\n"
			    "msgstr \"你<b>几岁\"\n");
	struct copl_bytes b = {NULL, 7};

	(void)state;
	memset(&seen, 0, sizeof(seen));
	assert_int_equal(
	    copl_document_localize(d, po, &sink, &b), COPL_E_INVALID);
	assert_null(b.data);
	assert_int_equal(b.len, 0);
	assert_int_equal(seen_count(&seen, "xml-malformed"), 1);
	assert_int_equal(seen_count(&seen, "missing-in-po"), 2);
	copl_po_free(po);
	po = read_po(HEADER("") "msgid \"now\"\nmsgstr \"x\"\n");
	memset(&seen, 0, sizeof(seen));
	assert_int_equal(
	    copl_document_localize(d, po, &sink, &b), COPL_E_INVALID);
	assert_int_equal(seen_count(&seen, "header-language"), 1);
	copl_po_free(po);
	copl_document_free(d);
}

static void what_cannot_be_read_is_null(void **state)
{
	struct copl_document *d = (struct copl_document *)(uintptr_t)1;
	struct copl_po *po = (struct copl_po *)(uintptr_t)1;
	const char *rules[] = {"/nonexistent.its"};
	const char *params[] = {"nothing"};
	struct copl_l10n_options o = {.its = {.rules = rules, .nrules = 1}};

	(void)state;
	assert_int_equal(copl_document_read("<a>", 3, "a.xml", NULL, NULL, &d),
	    COPL_E_PARSE);
	assert_null(d);
	assert_int_equal(
	    copl_document_load("/nonexistent.xml", NULL, NULL, &d), COPL_E_IO);
	assert_null(d);
	assert_int_equal(
	    copl_document_read("<a/>", 4, "a.xml", &o, NULL, &d), COPL_E_IO);
	assert_null(d);
	o.its = (struct copl_its_options){.params = params, .nparams = 1};
	assert_int_equal(copl_document_read("<a/>", 4, "a.xml", &o, NULL, &d),
	    COPL_E_INVALID);
	assert_null(d);
	assert_int_equal(
	    copl_po_read("msgid", 5, "a.po", NULL, &po), COPL_E_PARSE);
	assert_null(po);
	assert_int_equal(copl_po_load("/nonexistent.po", NULL, &po), COPL_E_IO);
	assert_null(po);
	copl_po_free(NULL);
}

static void a_catalog_tells_its_messages(void **state)
{
	struct copl_po *po = read_po(
	    HEADER("ar") "#, fuzzy\nmsgctxt \"c\"\nmsgid \"One \\\"a\\\"\"\n"
			 "msgstr \"واحد\\n\"\n\n"
			 "msgid \"%d file\"\nmsgid_plural \"%d files\"\n"
			 "msgstr[0] \"ملف\"\nmsgstr[1] \"ملفات\"\n\n"
			 "#~ msgid \"Old\"\n#~ msgstr \"قديم\"\n");
	struct copl_po_message m;

	(void)state;
	assert_int_equal(copl_po_count(po), 3);
	assert_string_equal(copl_po_field(po, "Language"), "ar");
	assert_null(copl_po_field(po, "X-None"));
	assert_true(copl_po_message(po, 0, &m));
	assert_string_equal(m.context, "c");
	assert_string_equal(m.id, "One \"a\"");
	assert_string_equal(m.text, "واحد\n");
	assert_true(m.fuzzy);
	assert_false(m.obsolete);
	assert_int_equal(m.line, 8);
	assert_true(copl_po_message(po, 1, &m));
	assert_string_equal(m.plural, "%d files");
	assert_string_equal(m.text, "ملف");
	assert_true(copl_po_message(po, 2, &m));
	assert_true(m.obsolete);
	assert_false(copl_po_message(po, 3, &m));
	assert_false(copl_po_find(po, NULL, "Old", &m));
	assert_false(copl_po_find(po, NULL, "One \"a\"", &m));
	assert_true(copl_po_find(po, "c", "One \"a\"", &m));
	copl_po_free(po);
}

static void categories_have_names(void **state)
{
	enum copl_its_category c;
	size_t i;

	(void)state;
	for (i = 0; i < 14; i++)
		assert_true(
		    copl_its_category_find(copl_its_category_name(i), &c));
	assert_null(copl_its_category_name(14));
	assert_null(copl_its_category_name(SIZE_MAX));
	assert_false(copl_its_category_find("provenance", &c));
	assert_false(copl_its_category_find("", &c));
	assert_true(copl_its_category_find("storagesize", &c));
	assert_int_equal(c, COPL_ITS_STORAGE_SIZE);
}

/* ---- events ---- */

struct heard {
	size_t n;
	char kinds[16][16];
	char texts[16][120];
};

static void hear(void *arg, const struct copl_event *e)
{
	struct heard *h = arg;

	assert_true(h->n < 16);
	snprintf(h->kinds[h->n], sizeof(h->kinds[0]), "%s", e->kind);
	snprintf(h->texts[h->n++], sizeof(h->texts[0]), "%s",
	    e->text == NULL ? "" : e->text);
}

static void rules_are_printed_and_explained(void **state)
{
	struct heard h = {0};
	const struct copl_sink sink = {NULL, hear, &h};
	char path[] = "/tmp/copl-document-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	dprintf(fd, "%s", sample);
	close(fd);
	assert_int_equal(
	    copl_its_print(path, NULL, COPL_ITS_LOCALIZATION_NOTE, &sink),
	    COPL_OK);
	assert_int_equal(h.n, 8);
	assert_string_equal(h.kinds[0], "its");
	assert_string_equal(h.texts[0], "/doc");
	assert_string_equal(h.texts[2],
	    "/doc/p[1]\tlocNote=\"Вежливо\"\tlocNoteType=\"description\"");
	memset(&h, 0, sizeof(h));
	assert_int_equal(copl_its_explain(path, 3, NULL, &sink), COPL_OK);
	assert_string_equal(h.kinds[0], "explained");
	assert_string_equal(h.kinds[1], "reason");
	assert_int_equal(
	    copl_its_explain(path, 77, NULL, &sink), COPL_E_NOTFOUND);
	assert_int_equal(
	    copl_its_print("/nonexistent", NULL, COPL_ITS_TRANSLATE, NULL),
	    COPL_E_IO);
	unlink(path);
}

/* ---- threads ---- */

struct job {
	const struct copl_document *d;
	const struct copl_po *po;
	const char *expected;
	bool good;
};

static void *localize_often(void *arg)
{
	struct job *job = arg;
	int i;

	job->good = true;
	for (i = 0; i < 300; i++) {
		struct copl_bytes b, pot;

		if (copl_document_localize(job->d, job->po, NULL, &b) !=
			COPL_OK ||
		    strcmp(b.data, job->expected) != 0 ||
		    copl_document_template(job->d, NULL, &pot) != COPL_OK) {
			job->good = false;
			return NULL;
		}
		copl_bytes_free(&b);
		copl_bytes_free(&pot);
	}
	return NULL;
}

static void two_threads_share_a_document(void **state)
{
	struct seen seen;
	struct copl_document *d = read_sample(&seen, NULL);
	struct copl_po *ru = read_po(russian), *ar = read_po(arabic);
	struct copl_bytes want[2];
	struct job jobs[4];
	pthread_t threads[4];
	size_t i;

	(void)state;
	assert_int_equal(
	    copl_document_localize(d, ru, NULL, &want[0]), COPL_OK);
	assert_int_equal(
	    copl_document_localize(d, ar, NULL, &want[1]), COPL_OK);
	for (i = 0; i < 4; i++) {
		jobs[i] = (struct job){
		    d, i % 2 == 0 ? ru : ar, want[i % 2].data, false};
		assert_int_equal(
		    pthread_create(&threads[i], NULL, localize_often, &jobs[i]),
		    0);
	}
	for (i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_true(jobs[i].good);
	}
	copl_bytes_free(&want[0]);
	copl_bytes_free(&want[1]);
	copl_po_free(ru);
	copl_po_free(ar);
	copl_document_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_document_tells_its_texts),
	    cmocka_unit_test(options_are_the_documents_own),
	    cmocka_unit_test(a_template_has_each_text),
	    cmocka_unit_test(a_document_is_localized_in_memory),
	    cmocka_unit_test(what_is_wrong_gives_no_bytes),
	    cmocka_unit_test(what_cannot_be_read_is_null),
	    cmocka_unit_test(a_catalog_tells_its_messages),
	    cmocka_unit_test(categories_have_names),
	    cmocka_unit_test(rules_are_printed_and_explained),
	    cmocka_unit_test(two_threads_share_a_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
