/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New consultations in a folder of their own. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <copl10n/work.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/base.h"
#include "seen.h"

#define NOW 1799654400 /* 2027-01-11T08:00:00Z */

static char base[200];
static struct seen seen;
static char said[600]; /* fields of the event, joined by ";" */
static size_t untranslated;

static void on_diag(void *arg, const struct copl_diag *d)
{
	untranslated += strcmp(d->code, "untranslated") == 0;
	seen_diag(arg, d);
}

static void on_event(void *arg, const struct copl_event *e)
{
	size_t i, n = 0;

	(void)arg;
	for (i = 0; i < e->nfields && n < sizeof(said); i++)
		n += (size_t)snprintf(said + n, sizeof(said) - n, "%s=%s;",
		    e->fields[i].key, e->fields[i].value);
}

static const struct copl_sink *sink(void)
{
	static const struct copl_sink s = {on_diag, on_event, &seen};

	memset(&seen, 0, sizeof(seen));
	said[0] = '\0';
	untranslated = 0;
	return &s;
}

static const char *in(const char *name)
{
	static char path[4][300];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", base, name);
	return path[turn];
}

/* How many names are in a folder. */
static size_t names_in(const char *dir)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_reporter r;
	const char **names;
	size_t n = 0;

	assert_non_null(a);
	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_dir_list(dir, a, &r, &names, &n), COPL_OK);
	copl_arena_free(a);
	return n;
}

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(base, sizeof(base), "%s/copl-init-XXXXXX",
	    tmp == NULL ? P_tmpdir : tmp);
	return mkdtemp(base) == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
	struct copl_reporter r;

	(void)state;
	copl_reporter_init(&r, NULL);
	return copl_dir_remove(base, &r) == COPL_OK ? 0 : -1;
}

static void days_are_proposed_from_now(void **state)
{
	static const struct {
		int64_t now;
		const char *opens, *closes, *keep;
		const char *want;
	} rows[] = {
	    {NOW, NULL, NULL, NULL,
		"opens=2027-02-08T08:00:00Z;closes=2027-05-10T12:00:00Z;"
		"keep-until=2027-11-08;"},
	    /* 2027-12-31T23:59:59Z: over the end of a leap year's February */
	    {1830297599, NULL, NULL, NULL,
		"opens=2028-01-28T08:00:00Z;closes=2028-04-28T12:00:00Z;"
		"keep-until=2028-10-27;"},
	    {NOW, "2027-02-01", NULL, NULL,
		"opens=2027-02-01T08:00:00Z;closes=2027-05-03T12:00:00Z;"
		"keep-until=2027-11-01;"},
	    {NOW, "2027-02-01T00:30:00+03:00", "2028-02-29", NULL,
		"opens=2027-01-31T21:30:00Z;closes=2028-02-29T12:00:00Z;"
		"keep-until=2028-08-29;"},
	    /* It may be open already and need not be kept a day longer. */
	    {NOW, "2027-01-01", "2027-01-12T10:00:00Z", "2027-01-12",
		"opens=2027-01-01T08:00:00Z;closes=2027-01-12T10:00:00Z;"
		"keep-until=2027-01-12;"},
	    {INT64_MIN, NULL, NULL, NULL,
		"opens=1970-01-29T08:00:00Z;closes=1970-04-30T12:00:00Z;"
		"keep-until=1970-10-29;"},
	};
	char dir[16];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		struct copl_init_options o = {.now = rows[i].now,
		    .opens = rows[i].opens,
		    .closes = rows[i].closes,
		    .keep_until = rows[i].keep,
		    .languages = "en ru"};

		snprintf(dir, sizeof(dir), "day%zu", i);
		o.dir = in(dir);
		assert_int_equal(copl_init(&o, sink()), COPL_OK);
		if (strstr(said, rows[i].want) == NULL)
			fail_msg("%s\nis not in %s", rows[i].want, said);
		assert_int_equal(copl_check(o.dir, sink()), COPL_OK);
		assert_int_equal(seen.n, 0);
	}
}

static void tags_are_known_however_they_are_written(void **state)
{
	struct copl_init_options o = {.now = NOW,
	    .dir = in("tags"),
	    .languages = ",zh_CN  FR,\tzh-hant",
	    .lang = "ZH-hans"};

	(void)state;
	assert_int_equal(copl_init(&o, sink()), COPL_OK);
	assert_non_null(
	    strstr(said, "language=zh-Hans;languages=zh-Hans fr zh-hant;"));
	assert_true(copl_path_exists(in("tags/po/online_life/zh_hant.po")));
	assert_false(copl_path_exists(in("tags/po/online_life/zh_CN.po")));
	assert_int_equal(copl_check(o.dir, sink()), COPL_E_INVALID);
	/* all that is wrong is what is not translated yet */
	assert_int_equal(seen.n, untranslated);
	assert_true(untranslated > 100);
}

static void wishes_that_cannot_be_are_told(void **state)
{
	static const struct {
		struct copl_init_options o;
		const char *code;
		size_t n;
	} rows[] = {
	    {{.id = "Überblick"}, "init-id", 1},
	    {{.id = ""}, "init-id", 1},
	    {{.id = "../up"}, "init-id", 1},
	    {{.id = "consultation"}, "init-id", 1},
	    {{.id = "abcdefghijabcdefghijabcdefghijabc"}, "init-id", 1},
	    {{.languages = ""}, "init-language", 1},
	    {{.languages = "fr xx fr zh qqq-1"}, "init-language", 4},
	    {{.languages = "fr ../../x"}, "init-language", 1},
	    {{.languages = "fr \xff\xfe"}, "init-language", 1},
	    {{.languages = "sq"}, "init-master", 1},
	    {{.lang = "pt"}, "init-master", 1},
	    {{.lang = "en", .languages = "fr"}, "init-master", 1},
	    {{.closes = "2027-01-11T08:00:00Z"}, "init-day", 1},
	    {{.closes = "2027-02-08T08:00:00Z"}, "init-day", 1},
	    {{.closes = "2027-02-30"}, "init-day", 1},
	    {{.opens = "soon", .closes = "later", .keep_until = "ever"},
		"init-day", 3},
	    {{.keep_until = "2027-12-31T12:00:00Z"}, "init-day", 1},
	    {{.keep_until = "2027-05-09"}, "init-day", 1},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(rows); i++) {
		struct copl_init_options o = rows[i].o;

		o.dir = in("never");
		if (o.now == 0)
			o.now = NOW;
		assert_int_equal(copl_init(&o, sink()), COPL_E_INVALID);
		if (seen.n != rows[i].n ||
		    seen_count(&seen, rows[i].code) != rows[i].n)
			fail_msg("row %zu: %zu findings, first [%s] %s", i,
			    seen.n, seen.list[0].code, seen.list[0].text);
		assert_false(copl_path_exists(o.dir));
	}
}

/* Files up to so many bytes can be written; -1: all. */
static enum copl_status init_on_full_disk(const char *dir, int64_t bytes)
{
	struct copl_init_options o = {.dir = dir, .now = NOW};
	struct rlimit old, now;
	enum copl_status st;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	now = old;
	if (bytes >= 0)
		now.rlim_cur = (rlim_t)bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &now), 0);
	st = copl_init(&o, sink());
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	return st;
}

/* The limit rises, so each time another file is the one that fails. */
static void a_full_disk_leaves_nothing_behind(void **state)
{
	static const int64_t rows[] = {
	    0, 1, 200, 1000, 1500, 2000, 5000, 9000, 12000, 16000, 20000};
	char there[300];
	size_t i;

	(void)state;
	snprintf(there, sizeof(there), "%s", in("full/there"));
	assert_int_equal(mkdir(in("full"), 0777), 0);
	assert_int_equal(mkdir(there, 0777), 0);
	signal(SIGXFSZ, SIG_IGN);
	for (i = 0; i < COPL_COUNT(rows); i++) {
		assert_int_equal(
		    init_on_full_disk(in("full/new"), rows[i]), COPL_E_IO);
		assert_int_equal(seen_count(&seen, "io-write"), 1);
		assert_int_equal(names_in(in("full")), 1);
		assert_int_equal(init_on_full_disk(there, rows[i]), COPL_E_IO);
		assert_int_equal(names_in(there), 0);
	}
	assert_int_equal(init_on_full_disk(there, -1), COPL_OK);
	assert_int_equal(names_in(there), 5);
	assert_int_equal(init_on_full_disk(in("full/new"), -1), COPL_OK);
	assert_int_equal(names_in(in("full")), 2);
}

static void what_is_there_is_never_overwritten(void **state)
{
	static const char *const names[] = {
	    "consultation.xml", "forms", "po", "NEXT-STEPS.md"};
	struct copl_init_options o = {.now = NOW};
	char name[40];
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(names); i++) {
		snprintf(name, sizeof(name), "there%zu", i);
		assert_int_equal(mkdir(in(name), 0777), 0);
		o.dir = in(name);
		snprintf(name, sizeof(name), "there%zu/%s", i, names[i]);
		assert_int_equal(mkdir(in(name), 0777), 0);
		assert_int_equal(copl_init(&o, sink()), COPL_E_INVALID);
		assert_int_equal(seen.n, 1);
		assert_int_equal(seen_count(&seen, "init-exists"), 1);
		assert_int_equal(names_in(o.dir), 1);
		assert_int_equal(names_in(in(name)), 0);
	}
}

/* A link that leads nowhere is something that is there. */
static void a_link_is_followed_only_to_a_folder(void **state)
{
	struct copl_init_options o = {.now = NOW, .dir = in("link")};

	(void)state;
	assert_int_equal(symlink("nowhere", o.dir), 0);
	assert_int_equal(copl_init(&o, sink()), COPL_E_INVALID);
	assert_int_equal(seen_count(&seen, "init-exists"), 1);
	assert_int_equal(mkdir(in("nowhere"), 0777), 0);
	assert_int_equal(copl_init(&o, sink()), COPL_OK);
	assert_true(copl_path_exists(in("nowhere/consultation.xml")));
	assert_int_equal(copl_check(o.dir, sink()), COPL_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_are_proposed_from_now),
	    cmocka_unit_test(tags_are_known_however_they_are_written),
	    cmocka_unit_test(wishes_that_cannot_be_are_told),
	    cmocka_unit_test(a_full_disk_leaves_nothing_behind),
	    cmocka_unit_test(what_is_there_is_never_overwritten),
	    cmocka_unit_test(a_link_is_followed_only_to_a_folder),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
