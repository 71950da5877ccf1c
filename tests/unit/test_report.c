/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who holds what, told to people who were not there. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#ifdef ENABLE_NLS
#include <libintl.h>
#endif
#include <copl10n/build.h>
#include <copl10n/bundle.h>
#include "base/i18n.h"
#include "deliver/report.h"
#include "help_bundle.h"
#include "help_left_out.h"
#include "help_review.h"

#define NOW INT64_C(1799568000) /* 2027-01-10 */
#define HOUR INT64_C(3600)
#define DIGEST                                                                 \
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ENDPOINTS                                                              \
	"<endpoint url=\"https://north.example.org/secret-folder/\"/>"         \
	"<endpoint id=\"older\" url=\"https://older.example.org/\"/>"          \
	"<endpoint id=\"refused\" url=\"https://refused.example.org/\"/>"      \
	"<endpoint id=\"moved\" url=\"https://moved.example.org/\"/>"          \
	"<endpoint id=\"fresh\" url=\"https://fresh.example.org/\"/>"

/* ---- a project, its second release, and a ledger ---- */

static void build(bool draft)
{
	char paths[2][600];
	const struct copl_build_options o = {.dir = paths[0],
	    .output = paths[1],
	    .key = in("k.key"),
	    .now = NOW - HOUR,
	    .draft = draft,
	    .renew = true};
	struct seen s;
	struct copl_sink sink = seen_sink(&s);
	enum copl_status st;

	snprintf(paths[0], sizeof(paths[0]), "%s", in("p"));
	snprintf(paths[1], sizeof(paths[1]), "%s/releases", in("p"));
	st = copl_build(&o, &sink);
	if (st != COPL_OK)
		print_error("%s", s.text);
	assert_int_equal(st, COPL_OK);
}

static void make_project(void)
{
	const char *top = getenv("top_srcdir");

	if (top == NULL)
		top = ".";
	assert_int_equal(
	    run("rm -rf p && cp -R '%s/tests/project' p && chmod -R u+w p && "
		"cp '%s/forms/interface.xml' p/forms/ && "
		"cp -R '%s/po/interface' p/po/ && chmod -R u+w p && "
		"sed -i 's|<endpoint url=.*|" ENDPOINTS "|' p/consultation.xml",
		top, top, top),
	    0);
	help_review_project(in("p"), COPL_REVIEW_REVIEWED);
}

static void record(const char *endpoint, const char *url, const char *status,
    const char *reason, uint64_t version, int64_t at)
{
	const struct copl_ledger_standing s = {.endpoint = endpoint,
	    .url = url,
	    .status = status,
	    .reason = reason,
	    .version = version,
	    .at = at};
	const struct copl_ledger_fact facts[] = {
	    {"index.html", DIGEST, version, at},
	    {"manifest.xml", DIGEST, version, at}};
	bool good = strcmp(status, "delivered") == 0;
	struct copl_ledger *l = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_ledger_open(in("p/ledger"), &r, &l), COPL_OK);
	assert_int_equal(
	    copl_ledger_record(l, &s, good ? facts : NULL, good ? 2 : 0, &r),
	    COPL_OK);
	copl_ledger_close(l);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
}

/* Release 1, then 2; each endpoint is somewhere else. */
static void make_ledger(void)
{
	make_project();
	build(false);
	build(false);
	record("north", "https://north.example.org/secret-folder/", "delivered",
	    NULL, 2, NOW - 600);
	record("older", "https://older.example.org/", "delivered", NULL, 1,
	    NOW - 86400);
	record("older", "https://older.example.org/", "waiting",
	    "endpoint-unreachable", 2, NOW - 300);
	record("refused", "https://refused.example.org/", "refused",
	    "endpoint-no-such-reason", 2, NOW - 200);
	/* What another address held counts for nothing. */
	record("moved", "https://moved.example.org/old/", "delivered", NULL, 2,
	    NOW - 100);
}

/* ---- what was told ---- */

struct told {
	struct seen seen;
	char rows[4000];
	char last[2000];
};

static void keep_event(void *arg, const struct copl_event *e)
{
	struct told *t = arg;
	char line[1000];
	size_t i, n = 0, used = strlen(t->rows);

	for (i = 0; i < e->nfields && n < sizeof(line); i++)
		n += (size_t)snprintf(line + n, sizeof(line) - n, "%s=%s;",
		    e->fields[i].key, e->fields[i].value);
	if (strcmp(e->kind, "report") == 0)
		snprintf(t->last, sizeof(t->last), "%s", line);
	else
		snprintf(t->rows + used, sizeof(t->rows) - used, "%s: %s\n",
		    e->kind, line);
}

static void keep_diag(void *arg, const struct copl_diag *d)
{
	seen_diag(&((struct told *)arg)->seen, d);
}

static enum copl_status report(const char *lang, const char *output,
    const char *release, const char *ledger, struct told *t)
{
	char paths[4][600];
	const struct copl_report_options o = {.dir = paths[0],
	    .release = paths[1],
	    .ledger = paths[2],
	    .output = output == NULL ? NULL : paths[3],
	    .lang = lang,
	    .now = NOW};
	const struct copl_sink sink = {keep_diag, keep_event, t};

	memset(t, 0, sizeof(*t));
	snprintf(paths[0], sizeof(paths[0]), "%s", in("p"));
	snprintf(paths[1], sizeof(paths[1]), "%s", in(release));
	snprintf(paths[2], sizeof(paths[2]), "%s", in(ledger));
	if (output != NULL)
		snprintf(paths[3], sizeof(paths[3]), "%s", in(output));
	return copl_delivery_report(&o, &sink);
}

static bool page_has(const char *page, const char *text)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 20);
	struct copl_reporter r;
	bool found;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_file_read(in(page), 1 << 20, &r, &out), COPL_OK);
	found = strstr(out.s, text) != NULL;
	copl_strbuf_clear(&out);
	return found;
}

static void every_endpoint_is_told_with_what_it_holds(void **state)
{
	static const char *const rows[] = {
	    "endpoint=north;recipient=north;kind=office;name=Test office, "
	    "north;url=https://north.example.org/secret-folder/;state=holds;"
	    "version=2;since=2027-01-10T07:50:00Z;tried=2027-01-10T07:50:00Z;"
	    "reason=;",
	    "endpoint=older;recipient=north;kind=office;name=Test office, "
	    "north;url=https://older.example.org/;state=waits;version=1;"
	    "since=2027-01-09T08:00:00Z;tried=2027-01-10T07:55:00Z;"
	    "reason=endpoint-unreachable;",
	    "state=refused;version=;since=;tried=2027-01-10T07:56:40Z;"
	    "reason=endpoint-no-such-reason;",
	    "url=https://moved.example.org/;state=not-tried;version=;since=;"
	    "tried=;reason=;",
	    "url=https://fresh.example.org/;state=not-tried;"};
	struct told t;
	size_t i;

	(void)state;
	make_ledger();
	assert_int_equal(
	    report(NULL, NULL, "p/releases/latest", "p/ledger", &t), COPL_OK);
	for (i = 0; i < COPL_COUNT(rows); i++)
		if (strstr(t.rows, rows[i]) == NULL)
			fail_msg("no %s in\n%s", rows[i], t.rows);
	assert_non_null(strstr(t.last, "version=2;draft=no;"));
	assert_non_null(strstr(t.last,
	    "endpoints=5;holds=1;waits=1;refused=1;gone=0;dead=0;"
	    "not-tried=2;file=;"));
	assert_int_equal(t.seen.n, 0);
}

static void a_page_says_all_of_it(void **state)
{
	static const char *const texts[] = {"<html lang=\"en\" dir=\"ltr\">",
	    "Test consultation", "Release 2",
	    "<time datetime=\"2027-01-10T08:00:00Z\">10 January 2027, 08:00 "
	    "UTC</time>",
	    "<li><b>1</b>up to date</li>",
	    "The server did not answer. It is tried again.",
	    "(<bdi><code>endpoint-unreachable</code></bdi>, <time datetime="
	    "\"2027-01-10T07:55:00Z\">",
	    "knows the reason by the word in brackets",
	    "Nobody has sent this release there yet.", "Test office, east",
	    "nothing: every form is there in every "
	    "language"};
	struct told t;
	size_t i;

	(void)state;
	make_ledger();
	assert_int_equal(
	    report("en", "en.html", "p/releases/latest", "p/ledger", &t),
	    COPL_OK);
	for (i = 0; i < COPL_COUNT(texts); i++)
		if (!page_has("en.html", texts[i]))
			fail_msg("no %s", texts[i]);
	/* Nothing that is nobody's business. */
	assert_false(page_has("en.html", "secret-folder"));
	assert_false(page_has("en.html", "@example.org"));
	assert_false(page_has("en.html", "class=\"draft\""));
	assert_non_null(strstr(t.last, "/en.html;"));
}

static void names_are_in_the_language_of_the_page(void **state)
{
	struct told t;

	(void)state;
#ifndef ENABLE_NLS
	left_out("built without messages in other languages");
	return;
#endif
	make_ledger();
	assert_int_equal(
	    report("ar", "ar.html", "p/releases/latest", "p/ledger", &t),
	    COPL_OK);
	assert_true(page_has("ar.html", "<html lang=\"ar\" dir=\"rtl\">"));
	assert_int_equal(
	    report("zh-CN", "zh.html", "p/releases/latest", "p/ledger", &t),
	    COPL_OK);
	assert_true(page_has("zh.html", "<html lang=\"zh-Hans\" dir=\"ltr\">"));
	assert_true(page_has("zh.html", "2027年1月10日"));
	/* The project has no French; the program has. */
	assert_int_equal(
	    report("fr", "fr.html", "p/releases/latest", "p/ledger", &t),
	    COPL_OK);
	assert_true(page_has("fr.html", "<html lang=\"fr\" dir=\"ltr\">"));
	assert_true(page_has("fr.html", "<span lang=\"en\" dir=\"ltr\">Test "
					"office, north</span>"));
	assert_int_equal(
	    report("tlh", "no.html", "p/releases/latest", "p/ledger", &t),
	    COPL_OK);
	assert_string_equal(t.seen.codes, "report-language ");
	assert_true(page_has("no.html", "<html lang=\"en\" dir=\"ltr\">"));
}

static void a_draft_is_marked(void **state)
{
	struct told t;

	(void)state;
	make_ledger();
	build(true);
	record("fresh", "https://fresh.example.org/", "delivered", NULL, 3,
	    NOW - 60);
	assert_int_equal(
	    report("en", "draft.html", "p/releases/draft", "p/ledger", &t),
	    COPL_OK);
	assert_true(page_has("draft.html", "class=\"draft\""));
	assert_non_null(strstr(t.last, "version=3;draft=yes;"));
	/* In a report on what is published it is marked where it is. */
	assert_int_equal(
	    report("en", "latest.html", "p/releases/latest", "p/ledger", &t),
	    COPL_OK);
	assert_true(page_has("latest.html", "release 3, a draft"));
	assert_false(page_has("latest.html", "class=\"draft\""));
}

static void without_a_ledger_nobody_holds_anything(void **state)
{
	struct told t;

	(void)state;
	make_ledger();
	assert_int_equal(
	    report(NULL, NULL, "p/releases/latest", "p/none", &t), COPL_OK);
	assert_non_null(strstr(t.last, "holds=0;"));
	assert_non_null(strstr(t.last, "not-tried=5;"));
	assert_false(copl_path_exists(in("p/none")));
}

static void a_release_that_is_not_one_is_not_reported_on(void **state)
{
	struct told t;

	(void)state;
	make_ledger();
	assert_int_equal(
	    report(NULL, "x.html", "p/releases/9", "p/ledger", &t), COPL_E_IO);
	assert_int_equal(run("chmod u+w p/releases/2/manifest.xml && sed -i "
			     "'s/version=\"2\"/version=\"4\"/' "
			     "p/releases/2/manifest.xml"),
	    0);
	assert_int_equal(
	    report(NULL, "x.html", "p/releases/latest", "p/ledger", &t),
	    COPL_E_TRUST);
	assert_false(copl_path_exists(in("x.html")));
}

static void a_state_follows_from_the_ledger(void **state)
{
	static const struct {
		const char *status;
		uint64_t held;
		enum report_state want;
	} cases[] = {{"delivered", 7, REPORT_HOLDS},
	    {"waiting", 7, REPORT_HOLDS}, {"waiting", 6, REPORT_WAITS},
	    {"refused", 0, REPORT_REFUSED}, {"gone", 6, REPORT_GONE},
	    {"dead", 6, REPORT_DEAD}, {"new", 0, REPORT_NOT_TRIED},
	    {"delivered", 6, REPORT_NOT_TRIED}};
	size_t i;

	(void)state;
	for (i = 0; i < COPL_COUNT(cases); i++) {
		const struct copl_ledger_standing s = {
		    .status = cases[i].status};

		assert_int_equal(
		    report_judge(&s, cases[i].held, 7), cases[i].want);
	}
	assert_int_equal(report_judge(NULL, 0, 7), REPORT_NOT_TRIED);
}

/* The catalogs of the build: nothing is installed yet. */
static void find_words(void)
{
#ifdef ENABLE_NLS
	const char *top = getenv("top_builddir");
	char dir[600];

	snprintf(
	    dir, sizeof(dir), "%s/po/cop-l10n/locale", top == NULL ? "." : top);
	(void)bindtextdomain(PACKAGE, dir);
#endif
}

static int setup(void **state)
{
	find_words();
	return scratch_make(state) != 0 ||
		       copl_keygen(in("k"), NULL, NULL) != COPL_OK
		   ? -1
		   : 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_endpoint_is_told_with_what_it_holds),
	    cmocka_unit_test(a_page_says_all_of_it),
	    cmocka_unit_test(names_are_in_the_language_of_the_page),
	    cmocka_unit_test(a_draft_is_marked),
	    cmocka_unit_test(without_a_ledger_nobody_holds_anything),
	    cmocka_unit_test(a_release_that_is_not_one_is_not_reported_on),
	    cmocka_unit_test(a_state_follows_from_the_ledger),
	};

	return cmocka_run_group_tests(tests, setup, scratch_remove);
}
