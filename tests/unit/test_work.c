/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Works on a copy of the project that is shipped with the source. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <copl10n/work.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "catalog/catalog.h"
#include "seen.h"

#define NOW 1799654400 /* 2027-01-11T08:00:00Z */
#define LATER 1802332800 /* 2027-02-11T08:00:00Z */

static char dir[200];
static struct seen seen;

/* What the events said. */
static struct {
	size_t updated;
	size_t written;
	size_t status; /* rows */
	size_t own; /* rows that are complete */
	size_t empty; /* rows without a translation */
	size_t checked;
	size_t changed;
	size_t added;
	size_t obsoleted;
	size_t alike; /* findings of answers that read alike */
} told;

static const char *field(const struct copl_event *e, const char *key)
{
	size_t i;

	for (i = 0; i < e->nfields; i++)
		if (strcmp(e->fields[i].key, key) == 0)
			return e->fields[i].value;
	fail_msg("event %s has no field %s", e->kind, key);
	return NULL;
}

static size_t number(const struct copl_event *e, const char *key)
{
	uint64_t n = 0;

	assert_true(copl_number_parse(field(e, key), SIZE_MAX, &n));
	return (size_t)n;
}

static void on_event(void *arg, const struct copl_event *e)
{
	(void)arg;
	if (strcmp(e->kind, "updated") == 0) {
		told.updated++;
		told.written += strcmp(field(e, "written"), "yes") == 0;
		told.changed += number(e, "changed");
		told.added += number(e, "added");
		told.obsoleted += number(e, "obsoleted");
	} else if (strcmp(e->kind, "status") == 0) {
		size_t total = number(e, "total");

		told.status++;
		told.own += number(e, "translated") == total;
		told.empty += number(e, "untranslated") == total;
		assert_int_equal(number(e, "translated") + number(e, "fuzzy") +
				     number(e, "untranslated"),
		    total);
	} else if (strcmp(e->kind, "checked") == 0) {
		told.checked += number(e, "messages") > 0 &&
				number(e, "forms") == 2 &&
				number(e, "languages") == 6;
	}
}

/* The list of findings is short; this one is counted apart. */
static void on_diag(void *arg, const struct copl_diag *d)
{
	told.alike += strcmp(d->code, "duplicate-choice-label") == 0;
	seen_diag(arg, d);
}

static const struct copl_sink *sink(void)
{
	static const struct copl_sink s = {on_diag, on_event, &seen};

	memset(&seen, 0, sizeof(seen));
	memset(&told, 0, sizeof(told));
	return &s;
}

/* ---- files ---- */

static void read_file(const char *name, struct copl_strbuf *b)
{
	struct copl_reporter r;
	char path[1000];

	copl_reporter_init(&r, NULL);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(
	    copl_file_read(path, COPL_CATALOG_MAX, &r, b), COPL_OK);
}

static void write_file(const char *name, const char *bytes, size_t len)
{
	struct copl_reporter r;
	char path[1000];

	copl_reporter_init(&r, NULL);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(
	    copl_file_replace(path, bytes, len, 0666, &r, NULL), COPL_OK);
}

/* Puts one text in the place of another, everywhere in a file. */
static void edit(const char *name, const char *old, const char *new)
{
	struct copl_strbuf in = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const char *p, *hit;

	read_file(name, &in);
	assert_non_null(strstr(in.s, old));
	for (p = in.s; (hit = strstr(p, old)) != NULL; p = hit + strlen(old)) {
		copl_strbuf_add(&out, p, (size_t)(hit - p));
		copl_strbuf_puts(&out, new);
	}
	copl_strbuf_puts(&out, p);
	write_file(name, out.s, out.len);
	copl_strbuf_clear(&in);
	copl_strbuf_clear(&out);
}

static bool has(const char *name, const char *text)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	bool found;

	read_file(name, &b);
	found = strstr(b.s, text) != NULL;
	copl_strbuf_clear(&b);
	return found;
}

static bool exists(const char *name)
{
	char path[1000];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return copl_path_exists(path);
}

static void copy_in(const char *name)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_reporter r;
	char path[1000];

	copl_reporter_init(&r, NULL);
	snprintf(path, sizeof(path), "%s/%s", getenv("top_srcdir"), name);
	assert_int_equal(
	    copl_file_read(path, COPL_CATALOG_MAX, &r, &b), COPL_OK);
	write_file(name, b.s, b.len);
	copl_strbuf_clear(&b);
}

static int make_project(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char folder[300];

	(void)state;
	assert_non_null(getenv("top_srcdir"));
	snprintf(dir, sizeof(dir), "%s/copl-work-XXXXXX",
	    tmp == NULL ? P_tmpdir : tmp);
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(folder, sizeof(folder), "%s/forms", dir);
	if (mkdir(folder, 0777) != 0)
		return -1;
	snprintf(folder, sizeof(folder), "%s/po", dir);
	if (mkdir(folder, 0777) != 0)
		return -1;
	copy_in("po/glossary.tsv");
	copy_in("consultation.xml");
	copy_in("forms/interface.xml");
	copy_in("forms/digital_skills.xml");
	copy_in("forms/online_bullying.xml");
	return 0;
}

static int remove_project(void **state)
{
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, NULL);
	return copl_dir_remove(dir, &r) == COPL_OK ? 0 : -1;
}

/* ---- tests ---- */

#define FORM "forms/digital_skills.xml"
#define ARABIC "po/digital_skills/ar.po"
#define RUSSIAN "po/online_bullying/ru.po"
#define TEMPLATE "po/digital_skills/digital_skills.pot"

static void update_starts_every_catalog_but_the_masters(void **state)
{
	(void)state;
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_OK);
	assert_int_equal(seen.errors, 0);
	/* Two forms, interface, project; a template and five languages. */
	assert_int_equal(told.updated, 24);
	assert_int_equal(told.written, 24);
	assert_true(exists("po/consultation/consultation.pot"));
	assert_true(exists("po/interface/zh_CN.po"));
	assert_false(exists("po/digital_skills/en.po"));
	assert_true(has(ARABIC, "\"Language: ar\\n\"\n"));
	assert_true(has(ARABIC, "nplurals=6;"));
	assert_true(has(ARABIC, "SPDX-License-Identifier"));
	assert_true(has(ARABIC, FORM));
	assert_true(has(ARABIC, "review"));
	assert_true(
	    has(ARABIC, "\"POT-Creation-Date: 2027-01-11 08:00+0000\\n\""));
	assert_true(has(ARABIC, "youth_consultation digital_skills 1\\n\"\n"));
	assert_true(has(TEMPLATE, "#, fuzzy\nmsgid \"\"\n"));
}

static void a_second_update_writes_nothing(void **state)
{
	(void)state;
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_OK);
	assert_int_equal(copl_update(dir, LATER, sink()), COPL_OK);
	assert_int_equal(told.updated, 24);
	assert_int_equal(told.written, 0);
	assert_true(has(TEMPLATE, "2027-01-11"));
}

static void a_change_touches_its_own_form_only(void **state)
{
	(void)state;
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_OK);
	edit(ARABIC, "msgid \"How old are you?\"\nmsgstr \"\"",
	    "msgid \"How old are you?\"\nmsgstr \"كم عمرك؟\"");
	edit(FORM, "How old are you?", "What is your age?");
	assert_int_equal(copl_update(dir, LATER, sink()), COPL_OK);
	assert_int_equal(told.written, 6);
	assert_int_equal(told.changed, 5);
	assert_true(has(ARABIC, "#, fuzzy\n#| msgid \"How old are you?\"\n"
				"msgctxt \"age/label\"\n"
				"msgid \"What is your age?\"\n"
				"msgstr \"كم عمرك؟\"\n"));
	assert_true(has(ARABIC, "2027-02-11 08:00+0000"));
	assert_true(has(TEMPLATE, "2027-02-11 08:00+0000"));
	assert_false(has(RUSSIAN, "2027-02-11"));
	assert_int_equal(copl_update(dir, LATER + 86400, sink()), COPL_OK);
	assert_int_equal(told.written, 0);
}

static void nothing_is_written_unless_all_is_good(void **state)
{
	(void)state;
	edit(FORM, "</consultation>", "</consultatio>");
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_E_PARSE);
	assert_true(seen.errors > 0);
	assert_int_equal(told.updated, 0);
	assert_false(exists("po/digital_skills"));
}

static void a_broken_catalog_stops_the_update(void **state)
{
	(void)state;
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_OK);
	edit(FORM, "How old are you?", "What is your age?");
	edit(RUSSIAN, "msgctxt \"age/label\"", "msgcntxt \"age/label\"");
	assert_int_equal(copl_update(dir, LATER, sink()), COPL_E_PARSE);
	assert_int_equal(seen_count(&seen, "syntax"), 1);
	assert_int_equal(told.updated, 0);
	assert_false(has(TEMPLATE, "What is your age?"));
}

static void check_names_every_missing_catalog(void **state)
{
	(void)state;
	assert_int_equal(copl_check(dir, sink()), COPL_E_INVALID);
	assert_int_equal(seen_count(&seen, "catalog-missing"), 20);
	assert_int_equal(seen.errors, 20);
	assert_true(seen.list[0].line > 0);
	assert_non_null(strstr(seen.list[0].text, "cop-l10n update"));
	assert_non_null(strstr(seen.list[0].text, "/po/"));
	assert_int_equal(told.checked, 0);
}

static void check_wants_every_text_translated(void **state)
{
	(void)state;
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_OK);
	assert_int_equal(copl_check(dir, sink()), COPL_E_INVALID);
	assert_true(seen.n > 1000);
	assert_int_equal(seen.n, seen.errors);
	assert_int_equal(seen_count(&seen, "untranslated"), 64);
}

static void the_shipped_project_is_in_order(void **state)
{
	char path[1000];

	(void)state;
	snprintf(path, sizeof(path), "%s/po/online_bullying/es.po",
	    getenv("top_srcdir"));
	if (!copl_path_exists(path)) {
		print_message("# no catalogs in the source: skipped\n");
		return;
	}
	assert_int_equal(copl_check(getenv("top_srcdir"), sink()), COPL_OK);
	assert_int_equal(seen.n, 0);
	assert_int_equal(told.checked, 1);
	assert_int_equal(
	    copl_status_report(getenv("top_srcdir"), NULL, sink()), COPL_OK);
	assert_int_equal(told.own, 24);
}

static void status_counts_what_is_not_there_too(void **state)
{
	(void)state;
	assert_int_equal(copl_status_report(dir, NULL, sink()), COPL_OK);
	assert_int_equal(told.status, 24);
	assert_int_equal(told.own, 4); /* English is the source */
	assert_int_equal(told.empty, 20);
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_OK);
	edit(ARABIC, "msgid \"How old are you?\"\nmsgstr \"\"",
	    "msgid \"How old are you?\"\nmsgstr \"كم عمرك؟\"");
	assert_int_equal(copl_status_report(dir, NULL, sink()), COPL_OK);
	assert_int_equal(told.empty, 19);
}

static void answers_that_read_alike_are_found(void **state)
{
	(void)state;
	assert_int_equal(copl_update(dir, NOW, sink()), COPL_OK);
	edit("po/online_bullying/fr.po", "msgid \"Never\"\nmsgstr \"\"",
	    "msgid \"Never\"\nmsgstr \"Parfois\"");
	edit("po/online_bullying/fr.po", "msgid \"Sometimes\"\nmsgstr \"\"",
	    "msgid \"Sometimes\"\nmsgstr \"parfois\"");
	assert_int_equal(copl_check(dir, sink()), COPL_E_INVALID);
	assert_int_equal(told.alike, 1);
}

static void no_project_is_an_io_error(void **state)
{
	(void)state;
	assert_int_equal(copl_check("/nonexistent", sink()), COPL_E_IO);
	assert_int_equal(copl_update("/nonexistent", NOW, sink()), COPL_E_IO);
	assert_int_equal(
	    copl_status_report("/nonexistent", NULL, sink()), COPL_E_IO);
	assert_int_equal(seen.errors, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_project, remove_project)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(update_starts_every_catalog_but_the_masters),
	    TEST(a_second_update_writes_nothing),
	    TEST(a_change_touches_its_own_form_only),
	    TEST(nothing_is_written_unless_all_is_good),
	    TEST(a_broken_catalog_stops_the_update),
	    TEST(check_names_every_missing_catalog),
	    TEST(check_wants_every_text_translated),
	    TEST(the_shipped_project_is_in_order),
	    TEST(status_counts_what_is_not_there_too),
	    TEST(answers_that_read_alike_are_found),
	    TEST(no_project_is_an_io_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
