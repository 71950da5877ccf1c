/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef ENABLE_NLS
#include <libintl.h>
#endif
#include "base/base.h"
#include "base/i18n.h"

#ifdef ENABLE_NLS

/* A catalog of messages as msgfmt writes it: sources sorted by byte. */
struct pair {
	const char *id;
	size_t idlen;
	const char *str;
	size_t strlen;
};
#define PAIR(id, str)                                                          \
	{                                                                      \
		id, sizeof(id) - 1, str, sizeof(str) - 1                       \
	}

static const struct pair arabic[] = {
    PAIR("", "Language: ar\nPlural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 "
	     "? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : "
	     "5;\n"),
    PAIR("%u day\0%u days",
	"لا أيام\0يوم واحد\0يومان\0%u أيام\0%u يومًا\0%u يوم"),
    PAIR("a question", "سؤال"),
    PAIR("empty", ""),
    PAIR("the last", "الأخير"),
};

static void put32(struct copl_strbuf *b, size_t value)
{
	uint32_t v = (uint32_t)value;

	copl_strbuf_add(b, (const char *)&v, sizeof(v));
}

static void put_rows(struct copl_strbuf *b, size_t n, size_t at, bool str)
{
	size_t i;

	for (i = 0; i < n; i++) {
		size_t len = str ? arabic[i].strlen : arabic[i].idlen;

		put32(b, len);
		put32(b, at);
		at += len + 1;
	}
}

static void make(struct copl_strbuf *b, size_t n)
{
	size_t head = 28, ids = head + n * 16, strs = ids, i;

	for (i = 0; i < n; i++)
		strs += arabic[i].idlen + 1;
	put32(b, 0x950412deU);
	put32(b, 0);
	put32(b, n);
	put32(b, head);
	put32(b, head + n * 8);
	put32(b, 0);
	put32(b, 0);
	put_rows(b, n, ids, false);
	put_rows(b, n, strs, true);
	for (i = 0; i < n; i++)
		copl_strbuf_add(b, arabic[i].id, arabic[i].idlen + 1);
	for (i = 0; i < n; i++)
		copl_strbuf_add(b, arabic[i].str, arabic[i].strlen + 1);
}

struct place {
	char dir[64];
	char path[160];
	struct copl_strbuf mo;
	struct copl_reporter r;
};

static void write_words(struct place *p, size_t len)
{
	assert_int_equal(
	    copl_file_output(p->path, p->mo.s, len, 0644, &p->r, NULL),
	    COPL_OK);
}

static int setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	char folder[128];

	assert_non_null(p);
	memcpy(p->dir, "test_i18n.XXXXXX", sizeof("test_i18n.XXXXXX"));
	assert_non_null(mkdtemp(p->dir));
	assert_non_null(bindtextdomain(PACKAGE, p->dir));
	copl_reporter_init(&p->r, NULL);
	snprintf(folder, sizeof(folder), "%s/ar/LC_MESSAGES", p->dir);
	assert_int_equal(copl_dir_make(folder, &p->r), COPL_OK);
	snprintf(p->path, sizeof(p->path), "%s/" PACKAGE ".mo", folder);
	p->mo.max = 1 << 20;
	make(&p->mo, COPL_COUNT(arabic));
	assert_int_equal(p->mo.st, COPL_OK);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	assert_int_equal(copl_speak(NULL), COPL_OK);
	assert_int_equal(copl_dir_remove(p->dir, &p->r), COPL_OK);
	assert_int_equal(copl_reporter_end(&p->r, COPL_OK), COPL_OK);
	copl_strbuf_clear(&p->mo);
	free(p);
	return 0;
}

static void a_thread_speaks_the_language_it_asked_for(void **state)
{
	struct place *p = *state;

	write_words(p, p->mo.len);
	assert_string_equal(copl_text("a question"), "a question");
	assert_int_equal(copl_speak("ar"), COPL_OK);
	assert_string_equal(copl_text("a question"), "سؤال");
	assert_string_equal(copl_text("the last"), "الأخير");
	/* What has no translation is said in English, not left out. */
	assert_string_equal(copl_text("empty"), "empty");
	assert_string_equal(copl_text("unknown"), "unknown");
	assert_int_equal(copl_speak(NULL), COPL_OK);
	assert_string_equal(copl_text("a question"), "a question");
}

static void a_number_chooses_among_six_forms(void **state)
{
	static const struct {
		unsigned long n;
		const char *want;
	} cases[] = {{0, "لا أيام"}, {1, "يوم واحد"}, {2, "يومان"},
	    {7, "%u أيام"}, {11, "%u يومًا"}, {100, "%u يوم"}};
	struct place *p = *state;
	size_t i;

	write_words(p, p->mo.len);
	assert_int_equal(copl_speak("ar"), COPL_OK);
	for (i = 0; i < COPL_COUNT(cases); i++)
		assert_string_equal(
		    copl_text_plural("%u day", "%u days", cases[i].n),
		    cases[i].want);
	assert_int_equal(copl_speak("en"), COPL_OK);
	assert_string_equal(copl_text_plural("%u day", "%u days", 1), "%u day");
	assert_string_equal(
	    copl_text_plural("%u day", "%u days", 0), "%u days");
}

static void what_is_not_there_is_said_in_english(void **state)
{
	(void)state;
	assert_int_equal(copl_speak("ar"), COPL_E_NOTFOUND);
	assert_string_equal(copl_text("a question"), "a question");
	assert_int_equal(copl_speak("xx"), COPL_E_NOTFOUND);
	assert_int_equal(copl_speak("en_GB"), COPL_OK);
	assert_string_equal(copl_text("a question"), "a question");
}

/* Cut anywhere, or with any byte of its tables changed: never a crash. */
static void a_damaged_file_is_no_danger(void **state)
{
	struct place *p = *state;
	size_t tables = 28 + COPL_COUNT(arabic) * 16, i, k;

	for (i = 0; i < p->mo.len; i += 3) {
		write_words(p, i);
		(void)!copl_speak("ar");
		for (k = 0; k < COPL_COUNT(arabic); k++)
			assert_non_null(copl_text(arabic[k].id));
		assert_non_null(copl_text_plural("%u day", "%u days", 7));
	}
	for (i = 0; i < tables; i++) {
		p->mo.s[i] = (char)~p->mo.s[i];
		write_words(p, p->mo.len);
		p->mo.s[i] = (char)~p->mo.s[i];
		(void)!copl_speak("ar");
		for (k = 0; k < COPL_COUNT(arabic); k++)
			assert_non_null(copl_text(arabic[k].id));
		assert_non_null(copl_text_plural("%u day", "%u days", 7));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_thread_speaks_the_language_it_asked_for, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a_number_chooses_among_six_forms, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		what_is_not_there_is_said_in_english, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a_damaged_file_is_no_danger, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
	puts("1..0 # SKIP built without messages in other languages");
	return 0;
}

#endif
