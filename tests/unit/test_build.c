/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include <sys/resource.h>
#include <copl10n/build.h>
#include "bundle/install.h"
#include "locale/locale.h"
#include "help_consultation.h"
#include "help_left_out.h"
#include "help_review.h"

#define NOW INT64_C(1796299200) /* 2026-12-03T12:00:00Z */
#define CLOSES INT64_C(1806573599) /* 2027-04-01T09:59:59Z */
#define MONTH (30 * INT64_C(86400))

/* ---- building it ---- */

static int setup(void **state)
{
	if (scratch_make(state) != 0 ||
	    copl_keygen(in("k"), NULL, NULL) != COPL_OK ||
	    copl_keygen(in("next"), NULL, NULL) != COPL_OK)
		return -1;
	return 0;
}

static struct copl_build_options options(void)
{
	static char paths[3][600];

	snprintf(paths[0], sizeof(paths[0]), "%s/p", scratch);
	snprintf(paths[1], sizeof(paths[1]), "%s/p/releases", scratch);
	snprintf(paths[2], sizeof(paths[2]), "%s/k.key", scratch);
	/* Most tests need no address for answers. */
	return (struct copl_build_options){.dir = paths[0],
	    .output = paths[1],
	    .key = paths[2],
	    .now = NOW,
	    .print = true};
}

static enum copl_status build_with(
    const struct copl_build_options *o, struct seen *s)
{
	struct copl_sink sink = seen_sink(s);

	/* What is told of drafts is in test_publish.c. */
	if (!o->draft)
		help_review_project(o->dir, COPL_REVIEW_REVIEWED);
	return copl_build(o, &sink);
}

static enum copl_status build(struct seen *s)
{
	struct copl_build_options o = options();

	return build_with(&o, s);
}

static void built(struct seen *s, const char *event)
{
	enum copl_status st = build(s);

	if (st != COPL_OK)
		print_error("%s", s->text);
	assert_int_equal(st, COPL_OK);
	assert_string_equal(s->event, event);
}

static enum copl_status verify(const char *dir, const char *key, struct seen *s)
{
	struct copl_verify_options o = {in(key), NULL, NOW};
	struct copl_sink sink = seen_sink(s);

	return copl_verify_dir(in(dir), &o, &sink);
}

static bool holds(const char *path, const char *text)
{
	char *all = get(in(path));
	bool found = strstr(all, text) != NULL;

	free(all);
	return found;
}

static void a_release_holds_everything_and_verifies(void **state)
{
	static const char *const files[] = {"index.html", "release.pub",
	    "manifest.xml", "manifest.xml.minisig", "SHA256SUMS",
	    "arab_states/index.html", "arab_states/release.pub",
	    "arab_states/manifest.xml", "arab_states/SHA256SUMS",
	    "arab_states/bullying.ar.html", "arab_states/bullying.ar.xml",
	    "arab_states/bullying.en.html", "arab_states/bullying.fr.xml",
	    "pacific/bullying.fr.poster.html", "pacific/bullying.fr.html",
	    "pacific/manifest.xml.minisig", "pacific.zip"};
	char path[600];
	struct seen s;
	size_t i;

	(void)state;
	make_project("en");
	built(&s, "built");
	assert_string_equal(s.codes, "");
	snprintf(path, sizeof(path),
	    "version=1;path=%s/p/releases/1;files=33;forms=1;languages=3;"
	    "recipients=2;expires=2027-05-01T09:59:59Z;draft=no;",
	    scratch);
	assert_string_equal(s.fields, path);
	for (i = 0; i < COPL_COUNT(files); i++) {
		snprintf(path, sizeof(path), "p/releases/latest/%s", files[i]);
		assert_int_equal(access(in(path), R_OK), 0);
	}
	assert_int_not_equal(
	    access(in("p/releases/1/pacific/bullying.ar.html"), F_OK), 0);
	assert_int_equal(verify("p/releases/latest", "k.pub", &s), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_int_equal(
	    verify("p/releases/1/arab_states", "k.pub", &s), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_non_null(strstr(s.fields, "recipient=arab_states;"));
	assert_int_equal(run("cd p/releases/1 && sha256sum -c --strict "
			     "SHA256SUMS && cd pacific && sha256sum -c "
			     "--strict SHA256SUMS"),
	    0);
}

static void stock_minisign_accepts_the_release(void **state)
{
	struct seen s;

	(void)state;
	if (!have_minisign()) {
		not_installed("minisign");
		return;
	}
	make_project("en");
	built(&s, "built");
	assert_int_equal(run("minisign -V -H -p k.pub -m "
			     "p/releases/latest/manifest.xml && cd "
			     "p/releases/latest/pacific && minisign -V -H -p "
			     "release.pub -m manifest.xml | grep 'release 1 "
			     "project youth recipient pacific created "
			     "2026-12-03T12:00:00Z expires "
			     "2027-05-01T09:59:59Z'"),
	    0);
}

static void each_page_speaks_its_language_for_its_recipient(void **state)
{
	struct seen s;

	(void)state;
	make_project("en");
	built(&s, "built");
	assert_true(holds(
	    "p/releases/1/arab_states/bullying.ar.html", "مكتب الدول العربية"));
	assert_true(
	    holds("p/releases/1/arab_states/bullying.ar.html", "dir=\"rtl\""));
	assert_true(holds("p/releases/1/arab_states/bullying.fr.html",
	    "Bureau pour les États arabes"));
	assert_true(holds(
	    "p/releases/1/pacific/bullying.fr.html", "Amis du Pacifique"));
	assert_false(
	    holds("p/releases/1/pacific/bullying.fr.html", "Friends of the"));
	assert_true(holds(
	    "p/releases/1/pacific/bullying.en.html", "<bdi>16</bdi> or older"));
	assert_true(holds("p/releases/1/arab_states/bullying.en.html",
	    "<bdi>18</bdi> or older"));
	assert_true(holds("p/releases/1/index.html",
	    "href=\"arab_states/bullying.ar.html\""));
	assert_true(holds("p/releases/1/index.html", "التنمر"));
	assert_true(holds(
	    "p/releases/1/pacific/index.html", "href=\"bullying.fr.html\""));
	assert_false(
	    holds("p/releases/1/pacific/index.html", "bullying.ar.html"));
}

/* The form closes on 31 March in Honolulu, which is 1 April in Cairo. */
static void instants_follow_the_zone_and_days_do_not(void **state)
{
	struct seen s;

	(void)state;
	make_project("en");
	built(&s, "built");
	assert_true(
	    holds("p/releases/1/arab_states/bullying.en.xml", "1 April 2027"));
	assert_true(
	    holds("p/releases/1/pacific/bullying.en.xml", "31 March 2027"));
	assert_true(holds("p/releases/1/arab_states/bullying.en.xml",
	    "until: 31 December 2027."));
	assert_true(holds("p/releases/1/pacific/bullying.en.xml",
	    "until: 31 December 2027."));
	assert_true(holds(
	    "p/releases/1/pacific/bullying.fr.xml", "depuis 5 octobre 2026"));
	assert_false(holds("p/releases/1/pacific/bullying.en.xml", "{"));
}

static void values_in_arabic_are_isolated(void **state)
{
	struct seen s;

	(void)state;
	make_project("en");
	built(&s, "built");
	assert_true(holds("p/releases/1/arab_states/bullying.ar.xml",
	    "\xe2\x81\xa8"
	    "arab@example.org\xe2\x81\xa9"));
	assert_true(
	    holds("p/releases/1/arab_states/bullying.ar.xml", "dir=\"rtl\""));
	/* Western digits everywhere. */
	assert_true(holds("p/releases/1/arab_states/bullying.ar.xml", "2027"));
	assert_false(
	    holds("p/releases/1/arab_states/bullying.en.xml", "\xe2\x81\xa8"));
	/* A page has elements for that. */
	assert_false(
	    holds("p/releases/1/arab_states/bullying.ar.html", "\xe2\x81\xa8"));
}

static void a_second_build_writes_nothing(void **state)
{
	struct copl_build_options o;
	struct seen s;

	(void)state;
	make_project("en");
	built(&s, "built");
	assert_int_equal(run("find p/releases -printf '%%p %%i %%T@ %%C@\\n' "
			     "| sort >before"),
	    0);
	o = options();
	o.now = NOW + 5 * 86400;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.event, "unchanged");
	assert_string_equal(s.codes, "");
	assert_non_null(strstr(s.fields, "version=1;"));
	assert_non_null(strstr(s.fields, "files=33;"));
	assert_int_equal(run("find p/releases -printf '%%p %%i %%T@ %%C@\\n' "
			     "| sort | cmp - before"),
	    0);
	/* A week before it expires people are told. */
	o.now = CLOSES + MONTH - 7 * 86400;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.codes, "");
	o.now++;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.codes, "release-expires-soon ");
	assert_string_equal(s.event, "unchanged");
	/* An expired one is still the same, but of no use. */
	o.now = CLOSES + MONTH + 1;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.codes, "release-expired ");
	o.renew = true;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.event, "built");
	assert_non_null(strstr(s.fields, "version=2;"));
	assert_non_null(strstr(s.fields, "expires=2027-05-31T10:00:00Z;"));
}

static void a_change_makes_the_next_number(void **state)
{
	struct seen s;

	(void)state;
	make_project("en");
	built(&s, "built");
	replace_in(
	    in("p/consultation.xml"), "arab@example.org", "beirut@example.org");
	built(&s, "built");
	assert_non_null(strstr(s.fields, "version=2;"));
	assert_true(
	    holds("p/releases/latest/arab_states/bullying.fr.xml", "beirut@"));
	assert_true(holds("p/releases/1/arab_states/bullying.fr.xml", "arab@"));
	/* And back again: a number is never used twice. */
	replace_in(
	    in("p/consultation.xml"), "beirut@example.org", "arab@example.org");
	built(&s, "built");
	assert_non_null(strstr(s.fields, "version=3;"));
}

static void bad_input_writes_nothing(void **state)
{
	struct copl_build_options o;
	struct seen s;

	(void)state;
	make_project("en");
	replace_in(in("p/po/bullying/ar.po"), "msgstr \"نعم\"", "msgstr \"\"");
	replace_in(
	    in("p/po/bullying/fr.po"), "{keep_until}.\"\n\n", "{keep}.\"\n\n");
	replace_in(in("p/po/bullying/fr.po"), "msgctxt \"seen/label\"",
	    "#, fuzzy\nmsgctxt \"seen/label\"");
	assert_int_equal(build(&s), COPL_E_INVALID);
	assert_non_null(strstr(s.codes, "untranslated"));
	assert_non_null(strstr(s.codes, "placeholder-missing"));
	assert_non_null(strstr(s.codes, "fuzzy"));
	assert_string_equal(s.event, "");
	assert_int_not_equal(access(in("p/releases"), F_OK), 0);
	/* A bad key is told together with them. */
	o = options();
	o.key = in("k.pub");
	assert_int_equal(build_with(&o, &s), COPL_E_INVALID);
	assert_non_null(strstr(s.codes, "key-malformed"));
	assert_non_null(strstr(s.codes, "untranslated"));
	make_project("en");
	o.key = in("nowhere.key");
	assert_int_equal(build_with(&o, &s), COPL_E_IO);
	assert_int_not_equal(access(in("p/releases"), F_OK), 0);
}

/* ---- equal footing ---- */

static void nobody_answers_without_a_way_to_send(void **state)
{
	struct copl_build_options o;
	struct seen s;

	(void)state;
	make_project("en");
	o = options();
	o.print = false;
	assert_int_equal(build_with(&o, &s), COPL_E_INVALID);
	assert_string_equal(s.codes, "build-no-responses build-no-responses ");
	assert_int_not_equal(access(in("p/releases"), F_OK), 0);
	replace_in(in("p/consultation.xml"), "<endpoint url",
	    "<responses href=\"https://answers.example.org/in\"/>\n<endpoint "
	    "url");
	assert_int_equal(build_with(&o, &s), COPL_E_INVALID);
	assert_string_equal(s.codes, "build-no-responses ");
	/* Paper for the one, a page that sends for the other. */
	built(&s, "built");
	assert_true(holds("p/releases/1/arab_states/bullying.ar.html",
	    "action=\"https://answers.example.org/in\""));
	assert_true(holds("p/releases/1/arab_states/bullying.ar.sent.html",
	    "شكرا! يغلق الاستبيان في"));
	assert_true(holds("p/releases/1/arab_states/bullying.fr.closed.html",
	    "Tu peux appeler une"));
	assert_false(holds("p/releases/1/pacific/bullying.en.html", "<button"));
	assert_int_not_equal(
	    access(in("p/releases/1/pacific/bullying.en.sent.html"), F_OK), 0);
}

static void a_language_left_out_is_said_aloud(void **state)
{
	static const char *const tags[] = {"fr"};
	static const char *const reasons[] = {"The \"review\" is <late>."};
	struct copl_build_options o = options();
	struct seen s;

	(void)state;
	make_project("en");
	/* What is wrong in it does not matter then. */
	replace_in(
	    in("p/po/bullying/fr.po"), "{keep_until}.\"\n\n", "{keep}.\"\n\n");
	o.without = tags;
	o.reasons = reasons;
	o.nwithout = 1;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_int_not_equal(
	    access(in("p/releases/1/pacific/bullying.fr.html"), F_OK), 0);
	assert_true(holds("p/releases/1/manifest.xml",
	    "<without lang=\"fr\" reason=\"The &quot;review&quot; is "
	    "&lt;late"));
	assert_true(holds("p/releases/1/arab_states/manifest.xml", "<without"));
	assert_true(holds("p/releases/1/index.html",
	    "<span lang=\"en\" dir=\"ltr\">The \"review\" is &lt;late"));
	assert_true(holds("p/releases/1/index.html",
	    "<span lang=\"fr\" dir=\"ltr\">Français</span>"));
	assert_int_equal(verify("p/releases/latest", "k.pub", &s), COPL_OK);
}

static void not_everything_can_be_left_out(void **state)
{
	static const char *const tags[] = {"en", "de", "fr"};
	static const char *const reasons[] = {"late", "late", "  "};
	struct copl_build_options o = options();
	struct seen s;

	(void)state;
	make_project("en");
	o.without = tags;
	o.reasons = reasons;
	o.nwithout = 3;
	assert_int_equal(build_with(&o, &s), COPL_E_INVALID);
	assert_string_equal(s.codes, "without-reason ");
	o.reasons = (const char *const[]){"late", "late", "late"};
	assert_int_equal(build_with(&o, &s), COPL_E_INVALID);
	assert_string_equal(
	    s.codes, "without-unknown without-recipient without-prevails ");
	assert_int_not_equal(access(in("p/releases"), F_OK), 0);
}

static void a_text_that_falls_back_says_so(void **state)
{
	struct copl_build_options o = options();
	struct seen s;

	(void)state;
	make_project("en");
	replace_in(in("p/po/bullying/ar.po"), "msgstr \"نعم\"", "msgstr \"\"");
	o.fallback = true;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.codes, "untranslated ");
	assert_true(holds("p/releases/1/arab_states/bullying.ar.html",
	    "<span lang=\"en\" dir=\"ltr\">Yes</span>"));
	assert_true(holds("p/releases/1/arab_states/bullying.ar.html",
	    "<span lang=\"en\" dir=\"ltr\">English</span></bdi>"));
	assert_false(holds("p/releases/1/arab_states/bullying.fr.html",
	    "<span lang=\"en\" dir=\"ltr\">English</span></bdi>"));
	assert_true(holds(
	    "p/releases/1/arab_states/bullying.ar.xml", "xml:lang=\"en\""));
	assert_true(holds("p/releases/1/manifest.xml",
	    "<fallback form=\"bullying\" lang=\"ar\" texts=\"1\"/>"));
	assert_false(holds("p/releases/1/pacific/manifest.xml", "<fallback"));
}

/* Who does not understand these agrees to something unknown. */
static void some_texts_never_fall_back(void **state)
{
	static const char *const contexts[] = {
	    "privacy/p1", "help/p1", "agree/error", "mine/label"};
	struct copl_build_options o = options();
	char from[80], to[96];
	struct seen s;
	size_t i;

	(void)state;
	o.fallback = true;
	for (i = 0; i < COPL_COUNT(contexts); i++) {
		make_project("en");
		snprintf(from, sizeof(from), "msgctxt \"%s\"", contexts[i]);
		snprintf(to, sizeof(to), "#, fuzzy\n%s", from);
		replace_in(in("p/po/bullying/ar.po"), from, to);
		assert_int_equal(build_with(&o, &s), COPL_E_INVALID);
		assert_string_equal(s.codes, "fuzzy ");
	}
}

static void a_form_that_speaks_of_a_guardian_needs_an_age(void **state)
{
	struct seen s;

	(void)state;
	make_project("en");
	replace_in(in("p/consultation.xml"), "guardian-age=\"16\" ", "");
	assert_int_equal(build(&s), COPL_E_INVALID);
	assert_string_equal(s.codes, "project-guardian-age ");
	assert_int_equal(s.line, 14);
}

static void a_damaged_release_is_not_called_unchanged(void **state)
{
	struct copl_build_options o = options();
	struct seen s;

	(void)state;
	make_project("en");
	built(&s, "built");
	assert_int_equal(
	    unlink(in("p/releases/1/pacific/bullying.fr.html")), 0);
	assert_int_equal(build(&s), COPL_E_TRUST);
	assert_string_equal(s.codes, "release-damaged ");
	assert_non_null(strstr(s.text, "pacific/bullying.fr.html"));
	replace_in(in("p/releases/1/manifest.xml"), "<file", " <file");
	assert_int_equal(build(&s), COPL_E_TRUST);
	assert_string_equal(s.codes, "release-damaged ");
	o.renew = true;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.codes, "release-damaged ");
	assert_non_null(strstr(s.fields, "version=2;"));
	assert_int_equal(verify("p/releases/latest", "k.pub", &s), COPL_OK);
	/* Without the link the numbers go on all the same. */
	assert_int_equal(unlink(in("p/releases/latest")), 0);
	built(&s, "built");
	assert_non_null(strstr(s.fields, "version=3;"));
}

static void what_a_dead_run_left_is_taken_away(void **state)
{
	struct seen s;

	(void)state;
	make_project("en");
	make_dir(in("p/releases/.tmp-1-99/arab_states"));
	put_text(in("p/releases/.tmp-1-99/arab_states/x"), "x");
	assert_int_equal(symlink("1", in("p/releases/.tmp-latest-99")), 0);
	built(&s, "built");
	assert_int_equal(run("ls -A p/releases | tr '\\n' ' ' | grep -x "
			     "'.lock 1 latest '"),
	    0);
}

static void two_builds_do_not_meet(void **state)
{
	struct copl_reporter r;
	struct seen s;
	int lock = -1;

	(void)state;
	copl_reporter_init(&r, NULL);
	make_project("en");
	make_dir(in("p/releases"));
	assert_int_equal(
	    copl_lock_take(in("p/releases/.lock"), &r, &lock), COPL_OK);
	assert_int_equal(build(&s), COPL_E_LOCKED);
	assert_string_equal(s.codes, "locked ");
	copl_lock_release(lock);
	built(&s, "built");
}

static void what_cannot_be_written_leaves_the_old_release(void **state)
{
	struct copl_build_options o = options();
	struct rlimit was, small;
	struct seen s;

	(void)state;
	make_project("en");
	put_text(in("file"), "");
	o.output = in("file/releases");
	assert_int_equal(build_with(&o, &s), COPL_E_IO);
	built(&s, "built");
	replace_in(
	    in("p/consultation.xml"), "arab@example.org", "beirut@example.org");
	/* As a full disk would: some files fit, then no more. */
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	small = was;
	small.rlim_cur = 6000;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(build(&s), COPL_E_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_string_equal(s.codes, "io-write ");
	assert_int_equal(run("ls -A p/releases | tr '\\n' ' ' | grep -x "
			     "'.lock 1 latest '"),
	    0);
	assert_int_equal(verify("p/releases/latest", "k.pub", &s), COPL_OK);
	built(&s, "built");
	assert_non_null(strstr(s.fields, "version=2;"));
}

static void a_latest_that_is_no_link_is_not_touched(void **state)
{
	struct seen s;

	(void)state;
	make_project("en");
	built(&s, "built");
	assert_int_equal(
	    run("cd p/releases && rm latest && cp -r 1 latest"), 0);
	built(&s, "unchanged");
	replace_in(
	    in("p/consultation.xml"), "arab@example.org", "beirut@example.org");
	assert_int_equal(build(&s), COPL_E_IO);
	assert_string_equal(s.codes, "build-latest ");
	assert_int_not_equal(access(in("p/releases/2"), F_OK), 0);
}

static void keys_rotate_with_two_signatures(void **state)
{
	struct copl_build_options o = options();
	char next[600];
	struct seen s;

	(void)state;
	snprintf(next, sizeof(next), "%s", in("next.key"));
	make_project("en");
	built(&s, "built");
	o.next_key = next;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.event, "built");
	assert_int_equal(verify("p/releases/2", "k.pub", &s), COPL_OK);
	assert_string_equal(s.codes, "");
	assert_int_equal(verify("p/releases/2", "next.pub", &s), COPL_OK);
	assert_int_equal(
	    verify("p/releases/2/pacific", "next.pub", &s), COPL_OK);
	assert_int_equal(verify("p/releases/1", "next.pub", &s), COPL_E_TRUST);
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.event, "unchanged");
	o.next_key = NULL;
	o.key = next;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.event, "built");
	assert_string_equal(s.codes, "");
	assert_int_equal(verify("p/releases/3", "k.pub", &s), COPL_E_TRUST);
	/* Whoever trusts the one key has no way to the other. */
	o.key = options().key;
	assert_int_equal(build_with(&o, &s), COPL_OK);
	assert_string_equal(s.event, "built");
	assert_string_equal(s.codes, "build-key-change ");
	o.key = next;
	o.next_key = next;
	assert_int_equal(build_with(&o, &s), COPL_E_INVALID);
	assert_string_equal(s.codes, "build-key-twice ");
}

static void the_master_may_be_french(void **state)
{
	struct seen s;

	(void)state;
	make_project("fr");
	built(&s, "built");
	assert_true(holds("p/releases/1/pacific/bullying.en.html",
	    "Bullying on social media"));
	assert_true(
	    holds("p/releases/1/pacific/bullying.en.xml", "xml:lang=\"en\""));
	assert_true(holds(
	    "p/releases/1/pacific/bullying.en.html", "Friends of the Pacific"));
	assert_true(holds("p/releases/1/pacific/bullying.fr.html",
	    "Le harcèlement sur les réseaux sociaux"));
	assert_true(holds(
	    "p/releases/1/arab_states/bullying.ar.html", "مكتب الدول العربية"));
	assert_true(holds("p/releases/1/index.html", "lang=\"fr\""));
}

/* All of it, as it ships: skipped while its catalogs are not there. */
static void the_shipped_consultation_builds(void **state)
{
	struct copl_build_options o = options();
	char path[600];
	struct seen s;
	enum copl_status st;

	(void)state;
	snprintf(
	    path, sizeof(path), "%s/po/digital_skills/fr.po", source_dir());
	if (access(path, R_OK) != 0) {
		left_out("there are no catalogs beside the sources");
		return;
	}
	o.dir = source_dir();
	o.output = in("shipped");
	o.draft = true; /* its translations await review */
	st = build_with(&o, &s);
	if (st != COPL_OK)
		print_error("%s", s.text);
	assert_int_equal(st, COPL_OK);
	assert_int_equal(verify("shipped/draft", "k.pub", &s), COPL_OK);
	assert_string_equal(s.codes, "release-draft ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_release_holds_everything_and_verifies),
	    cmocka_unit_test(stock_minisign_accepts_the_release),
	    cmocka_unit_test(each_page_speaks_its_language_for_its_recipient),
	    cmocka_unit_test(instants_follow_the_zone_and_days_do_not),
	    cmocka_unit_test(values_in_arabic_are_isolated),
	    cmocka_unit_test(a_second_build_writes_nothing),
	    cmocka_unit_test(a_change_makes_the_next_number),
	    cmocka_unit_test(bad_input_writes_nothing),
	    cmocka_unit_test(nobody_answers_without_a_way_to_send),
	    cmocka_unit_test(a_language_left_out_is_said_aloud),
	    cmocka_unit_test(not_everything_can_be_left_out),
	    cmocka_unit_test(a_text_that_falls_back_says_so),
	    cmocka_unit_test(some_texts_never_fall_back),
	    cmocka_unit_test(a_form_that_speaks_of_a_guardian_needs_an_age),
	    cmocka_unit_test(a_damaged_release_is_not_called_unchanged),
	    cmocka_unit_test(what_a_dead_run_left_is_taken_away),
	    cmocka_unit_test(two_builds_do_not_meet),
	    cmocka_unit_test(what_cannot_be_written_leaves_the_old_release),
	    cmocka_unit_test(a_latest_that_is_no_link_is_not_touched),
	    cmocka_unit_test(keys_rotate_with_two_signatures),
	    cmocka_unit_test(the_master_may_be_french),
	    cmocka_unit_test(the_shipped_consultation_builds),
	};

	return cmocka_run_group_tests(tests, setup, scratch_remove);
}
