/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What keeps a project from being published, and how a draft is told. */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <copl10n/build.h>
#include "bundle/install.h"
#include "work/gates.h"
#include "help_bundle.h"
#include "help_review.h"

#define NOW INT64_C(1799568000) /* 2027-01-10 */

static struct copl_workspace *load(const char *dir)
{
	const struct copl_workspace_load how = {.lint = false};
	struct copl_workspace *w = NULL;
	struct copl_reporter r;

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_workspace_load(dir, &how, &r, &w), COPL_OK);
	copl_reporter_end(&r, COPL_OK);
	return w;
}

static const char *top(void)
{
	const char *dir = getenv("top_srcdir");

	return dir == NULL ? "." : dir;
}

/* The shipped consultation in a folder of its own. */
static struct copl_workspace *copy(const char *name)
{
	assert_int_equal(
	    run("mkdir '%s' && cp -R '%s/consultation.xml' '%s/forms' "
		"'%s/po' '%s' && chmod -R u+w '%s'",
		name, top(), top(), top(), name, name),
	    0);
	return load(in(name));
}

/* ---- kinds of texts ---- */

static void check_kind(
    const struct copl_master *m, const char *id, enum copl_text_kind kind)
{
	if (copl_text_kind_of(m, id) != kind)
		print_error("%s: %s\n", m->id, id);
	assert_int_equal(copl_text_kind_of(m, id), kind);
}

static void each_text_has_its_kind(void **state)
{
	struct copl_workspace *w = load(top());
	const struct copl_master *form = &w->masters[1];
	const struct copl_master *interface = &w->masters[2];

	(void)state;
	assert_string_equal(form->id, "online_bullying");
	check_kind(form, "privacy/item1", COPL_TEXT_PRIVACY);
	check_kind(form, "help/p1", COPL_TEXT_HELP);
	check_kind(form, "guardian_ok/label", COPL_TEXT_CONSENT);
	check_kind(form, "guardian_ok/error", COPL_TEXT_CONSENT);
	check_kind(form, "my_ok/label", COPL_TEXT_CONSENT);
	check_kind(form, "seen/error", COPL_TEXT_ERROR);
	check_kind(form, "seen/label", COPL_TEXT_QUESTION);
	check_kind(form, "about/title", COPL_TEXT_QUESTION);
	check_kind(form, NULL, COPL_TEXT_QUESTION);
	assert_int_equal(interface->kind, COPL_MASTER_INTERFACE);
	check_kind(interface, "privacy_title", COPL_TEXT_PRIVACY);
	check_kind(interface, "help_title", COPL_TEXT_HELP);
	check_kind(interface, "nobody_reads", COPL_TEXT_HELP);
	check_kind(interface, "error_required", COPL_TEXT_ERROR);
	check_kind(interface, "agree", COPL_TEXT_CONSENT);
	check_kind(interface, "send", COPL_TEXT_INTERFACE);
	check_kind(&w->masters[3], "africa/name", COPL_TEXT_NAME);
	copl_workspace_free(w);
}

/* ---- gates ---- */

struct judged {
	struct copl_arena *arena;
	struct copl_release_lack *list;
	size_t n;
};

static void judge(const struct copl_workspace *w, struct judged *j)
{
	j->arena = copl_arena_new();
	assert_non_null(j->arena);
	assert_int_equal(
	    copl_release_gates_judge(w, j->arena, &j->list, &j->n), COPL_OK);
}

/* The project again, with all its texts in a state. */
static struct copl_workspace *again(
    struct copl_workspace *w, const char *name, enum copl_review_state state)
{
	copl_workspace_free(w);
	help_review_project(in(name), state);
	return load(in(name));
}

/* The lacks of a language and kind; NULL: none of that state. */
static const struct copl_release_lack *find(const struct judged *j,
    const char *tag, enum copl_text_kind kind, bool approved)
{
	size_t i;

	for (i = 0; i < j->n; i++)
		if (strcmp(j->list[i].language->tag, tag) == 0 &&
		    j->list[i].kind == kind && j->list[i].approved == approved)
			return &j->list[i];
	return NULL;
}

/* So many are missing; 0: none of that state. */
static size_t missing(const struct judged *j, const char *tag,
    enum copl_text_kind kind, bool approved)
{
	const struct copl_release_lack *l = find(j, tag, kind, approved);

	return l == NULL ? 0 : l->missing;
}

static size_t total(
    const struct judged *j, const char *tag, enum copl_text_kind kind)
{
	const struct copl_release_lack *l = find(j, tag, kind, false);

	if (l == NULL)
		l = find(j, tag, kind, true);
	return l == NULL ? 0 : l->total;
}

/* Nothing in the file can say that consent may stay unread. */
static void consent_and_privacy_are_always_asked_for(void **state)
{
	struct copl_workspace *w = copy("always");
	struct judged j;
	size_t i;

	(void)state;
	w->project->ngates = 0;
	judge(w, &j);
	assert_int_equal(j.n, 10);
	for (i = 0; i < j.n; i++) {
		assert_false(j.list[i].approved);
		assert_int_equal(j.list[i].missing, j.list[i].total);
		assert_true(j.list[i].total >= 4);
		assert_int_equal(j.list[i].kind,
		    i % 2 == 0 ? COPL_TEXT_CONSENT : COPL_TEXT_PRIVACY);
	}
	assert_string_equal(j.list[0].language->tag, "ar");
	assert_string_equal(j.list[9].language->tag, "es");
	assert_null(find(&j, "en", COPL_TEXT_CONSENT, false));
	copl_arena_free(j.arena);
	w = again(w, "always", COPL_REVIEW_TRANSLATED);
	w->project->ngates = 0;
	judge(w, &j);
	assert_int_equal(j.n, 10);
	copl_arena_free(j.arena);
	w = again(w, "always", COPL_REVIEW_REVIEWED);
	judge(w, &j);
	assert_int_equal(j.n, 0);
	copl_arena_free(j.arena);
	copl_workspace_free(w);
}

#define BIT(kind) (1u << COPL_TEXT_##kind)

static void gates_are_for_languages_kinds_and_parts(void **state)
{
	struct copl_workspace *w =
	    again(copy("parts"), "parts", COPL_REVIEW_REVIEWED);
	const struct copl_language *ru =
	    copl_project_language(w->project, "ru");
	struct copl_release_gate gates[] = {
	    {.texts = BIT(HELP), .approved = true, .percent = 50},
	    {.texts = BIT(HELP) | BIT(NAME),
		.languages = &ru,
		.nlanguages = 1,
		.percent = 100},
	    {.texts = BIT(CONSENT), .approved = true, .percent = 1},
	};
	struct judged j;

	(void)state;
	w->project->gates = gates;
	w->project->ngates = 3;
	judge(w, &j);
	/* Half of them, and of an odd number the greater half. */
	assert_true(total(&j, "fr", COPL_TEXT_HELP) > 0);
	assert_int_equal(missing(&j, "fr", COPL_TEXT_HELP, true),
	    (total(&j, "fr", COPL_TEXT_HELP) + 1) / 2);
	/* One in a hundred of a dozen is one. */
	assert_int_equal(missing(&j, "ar", COPL_TEXT_CONSENT, true), 1);
	assert_null(find(&j, "ar", COPL_TEXT_CONSENT, false));
	assert_int_equal(j.n, 10);
	copl_arena_free(j.arena);
	w = again(w, "parts", COPL_REVIEW_DRAFT);
	ru = copl_project_language(w->project, "ru");
	w->project->gates = gates;
	w->project->ngates = 3;
	judge(w, &j);
	/* The gate for names is for one language only. */
	assert_non_null(find(&j, "ru", COPL_TEXT_NAME, false));
	assert_null(find(&j, "fr", COPL_TEXT_NAME, false));
	assert_null(find(&j, "fr", COPL_TEXT_HELP, false));
	assert_non_null(find(&j, "ru", COPL_TEXT_HELP, false));
	/* All reviewed and one approved: neither gate holds the other. */
	assert_non_null(find(&j, "fr", COPL_TEXT_CONSENT, false));
	assert_non_null(find(&j, "fr", COPL_TEXT_CONSENT, true));
	copl_arena_free(j.arena);
	w->project->ngates = 0;
	copl_workspace_free(w);
}

static void what_is_not_translated_is_not_reviewed(void **state)
{
	struct copl_workspace *w = copy("fuzzy");
	struct judged j;

	(void)state;
	copl_workspace_free(w);
	help_review_project(in("fuzzy"), COPL_REVIEW_APPROVED);
	assert_int_equal(
	    run("sed -i '/msgctxt \"privacy\\/p1\"/i #, fuzzy' "
		"fuzzy/po/*/zh_CN.po && rm fuzzy/po/consultation/zh_CN.po"),
	    0);
	w = load(in("fuzzy"));
	judge(w, &j);
	assert_int_equal(j.n, 2);
	assert_int_equal(missing(&j, "zh-Hans", COPL_TEXT_PRIVACY, false), 2);
	assert_true(total(&j, "zh-Hans", COPL_TEXT_NAME) >= 9);
	assert_int_equal(missing(&j, "zh-Hans", COPL_TEXT_NAME, false),
	    total(&j, "zh-Hans", COPL_TEXT_NAME));
	copl_arena_free(j.arena);
	copl_workspace_free(w);
}

/* ---- releases ---- */

static enum copl_status build(const char *dir, bool draft, struct seen *s)
{
	char paths[2][600];
	const struct copl_build_options o = {.dir = paths[0],
	    .output = paths[1],
	    .key = in("k.key"),
	    .now = NOW,
	    .draft = draft};
	struct copl_sink sink = seen_sink(s);

	snprintf(paths[0], sizeof(paths[0]), "%s", in(dir));
	snprintf(paths[1], sizeof(paths[1]), "%s/releases", in(dir));
	return copl_build(&o, &sink);
}

static void a_draft_is_built_on_demand_and_never_the_latest(void **state)
{
	struct seen s;

	(void)state;
	copl_workspace_free(copy("p"));
	assert_int_equal(build("p", false, &s), COPL_E_INVALID);
	assert_non_null(strstr(s.codes, "build-not-published gate-unmet "));
	assert_false(copl_path_exists(in("p/releases")));
	assert_int_equal(build("p", true, &s), COPL_OK);
	assert_string_equal(s.event, "built");
	assert_non_null(strstr(s.fields, "draft=yes;"));
	assert_int_equal(s.n, 0);
	assert_true(copl_path_exists(in("p/releases/draft/index.html")));
	assert_false(copl_path_exists(in("p/releases/latest")));
	assert_int_equal(build("p", true, &s), COPL_OK);
	assert_string_equal(s.event, "unchanged");
	help_review_project(in("p"), COPL_REVIEW_REVIEWED);
	assert_int_equal(build("p", false, &s), COPL_OK);
	assert_non_null(strstr(s.fields, "version=2;"));
	assert_non_null(strstr(s.fields, "draft=no;"));
	assert_int_equal(run("readlink p/releases/draft | grep -x 1 && "
			     "readlink p/releases/latest | grep -x 2"),
	    0);
	/* Who asks for a draft gets one, reviewed or not. */
	assert_int_equal(
	    run("sed -i 's/Черновик/Проба/' p/po/interface/ru.po"), 0);
	help_review_project(in("p"), COPL_REVIEW_APPROVED);
	assert_int_equal(build("p", true, &s), COPL_OK);
	assert_non_null(strstr(s.fields, "version=3;"));
	assert_int_equal(run("readlink p/releases/draft | grep -x 3 && "
			     "readlink p/releases/latest | grep -x 2 && "
			     "grep -q '<title>Проба – ' "
			     "p/releases/3/cis/*.ru.html && "
			     "! grep -rl 'Проба' p/releases/2"),
	    0);
}

static void a_record_that_cannot_be_read_vouches_for_nothing(void **state)
{
	struct seen s;

	(void)state;
	copl_workspace_free(copy("broken"));
	help_review_project(in("broken"), COPL_REVIEW_APPROVED);
	put_text(in("broken/po/online_bullying/ar.review"), "опечатка\n");
	put_text(in("broken/po/interface/es.review"), "опечатка\n");
	assert_int_not_equal(build("broken", true, &s), COPL_OK);
	assert_non_null(strstr(s.text, "online_bullying/ar.review"));
	assert_non_null(strstr(s.text, "interface/es.review"));
	assert_false(copl_path_exists(in("broken/releases")));
}

static int setup(void **state)
{
	return scratch_make(state) != 0 ||
		       copl_keygen(in("k"), NULL, NULL) != COPL_OK
		   ? -1
		   : 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_text_has_its_kind),
	    cmocka_unit_test(consent_and_privacy_are_always_asked_for),
	    cmocka_unit_test(gates_are_for_languages_kinds_and_parts),
	    cmocka_unit_test(what_is_not_translated_is_not_reviewed),
	    cmocka_unit_test(a_record_that_cannot_be_read_vouches_for_nothing),
	    cmocka_unit_test(a_draft_is_built_on_demand_and_never_the_latest),
	};

	return cmocka_run_group_tests(tests, setup, scratch_remove);
}
