/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include "help_net.h"

/* Every test has names of its own below the scratch folder. */
static const char *sub(const char *test, const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", test, name);
	return in(path);
}

static void release(
    const char *dir, uint64_t version, const char *recipient, const char *text)
{
	const struct spec s = {.dir = dir,
	    .recipient = recipient,
	    .version = version,
	    .text = text};

	make_release(&s);
}

static void serve_from(struct office *o, const char *dir)
{
	memset(o, 0, sizeof(*o));
	o->options.dir = dir;
	o->options.fingerprint = k1_print;
	assert_true(office_start(o));
}

/* The file of the set in place in dir. */
static void check_installed(
    const char *dir, const char *path, const char *bytes)
{
	char full[1200], *got;

	snprintf(full, sizeof(full), "%s/current/%s", dir, path);
	got = get(full);
	assert_string_equal(got, bytes);
	free(got);
}

static void check_same(const char *a, const char *b, const char *path)
{
	char full[1200], *bytes;

	snprintf(full, sizeof(full), "%s/%s", a, path);
	bytes = get(full);
	check_installed(b, path, bytes);
	free(bytes);
}

static void a_release_reaches_the_office_and_those_who_fetch(void **state)
{
	char rel[300], dir[300], ledger[300], mirror[300], project[300];
	struct office o;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("flow", "rel"));
	snprintf(dir, sizeof(dir), "%s", sub("flow", "office"));
	snprintf(ledger, sizeof(ledger), "%s", sub("flow", "ledger.sqlite"));
	snprintf(mirror, sizeof(mirror), "%s", sub("flow", "mirror"));
	snprintf(project, sizeof(project), "%s", sub("flow", "project"));
	release(rel, 1, "arab_states", NULL);
	serve_from(&o, dir);
	make_project(project, o.url, NULL);

	assert_int_equal(
	    fetch(o.url, mirror, k1_print, NOW, &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "address-busy"));

	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	assert_true(heard_told(&h, "plan", "files=7;"));
	assert_true(heard_told(&h, "delivered", "files=7;"));
	assert_true(heard_told(&h, "delivered", "requests=7;"));
	assert_true(heard_told(&h, "delivered", "proof=receipt;"));
	assert_true(heard_told(&h, "pushed", "delivered=1;"));
	assert_true(heard_told(&o.heard, "installed", "version=1;"));
	assert_true(heard_told(&o.heard, "pinned", "previous=;"));

	assert_int_equal(fetch(o.url, mirror, k1_print, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "pinned", "previous=;"));
	assert_true(heard_told(&h, "fetched", "downloaded=4;"));
	check_same(sub("flow", "rel/arab_states"), mirror, "index.html");
	check_same(sub("flow", "rel/arab_states"), mirror, "SHA256SUMS");
	check_same(
	    sub("flow", "rel/arab_states"), mirror, "youth/youth.ar.html");
	check_same(sub("flow", "rel/arab_states"), mirror, COPL_MANIFEST);
	check_same(sub("flow", "rel/arab_states"), mirror, COPL_MANIFEST_SIG);

	/* One request when nothing is new, with the pin on the line or not. */
	assert_int_equal(fetch(o.url, mirror, k1_print, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));
	assert_int_equal(fetch(o.url, mirror, NULL, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=1;"));

	/* Not even the server is needed when the ledger knows. */
	assert_int_equal(office_stop(&o), COPL_OK);
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	assert_true(heard_told(&h, "unchanged", "requests=0;"));
	assert_string_equal(h.codes, "");
}

static void stock_tools_agree(void **state)
{
	(void)state;
	assert_int_equal(
	    run("cd flow/mirror/current && sha256sum -c SHA256SUMS"), 0);
	if (!have_minisign())
		return;
	assert_int_equal(run("cd flow/mirror/current && minisign -V -q -m "
			     "manifest.xml -p release.pub"),
	    0);
}

static void a_new_release_costs_only_what_changed(void **state)
{
	char rel[300], dir[300], ledger[300], mirror[300], project[300];
	struct office o;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("delta", "rel"));
	snprintf(dir, sizeof(dir), "%s", sub("delta", "office"));
	snprintf(ledger, sizeof(ledger), "%s", sub("delta", "ledger.sqlite"));
	snprintf(mirror, sizeof(mirror), "%s", sub("delta", "mirror"));
	snprintf(project, sizeof(project), "%s", sub("delta", "project"));
	release(rel, 1, "arab_states", NULL);
	serve_from(&o, dir);
	make_project(project, o.url, NULL);
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	assert_int_equal(fetch(o.url, mirror, k1_print, NOW, &h), COPL_OK);

	release(rel, 2, "arab_states", "<html lang=\"ar\">نص جديد</html>\n");
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	assert_true(heard_told(&h, "delivered", "files=4;"));
	assert_int_equal(fetch(o.url, mirror, NULL, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "downloaded=1;"));
	check_installed(mirror, "youth/youth.ar.html",
	    "<html lang=\"ar\">نص جديد</html>\n");

	/* The set in place and the two before it stay, older ones go. */
	release(rel, 3, "arab_states", "<html lang=\"ar\">٣</html>\n");
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	release(rel, 4, "arab_states", "<html lang=\"ar\">٤</html>\n");
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	assert_int_equal(office_stop(&o), COPL_OK);
	assert_int_equal(
	    run("test \"$(ls delta/office/sets)\" = '2\n3\n4'"), 0);
	assert_int_equal(run("test ! -e delta/office/.cop-l10n/leftover"), 0);
}

static void an_endpoint_that_lost_its_files_gets_all_of_them(void **state)
{
	char rel[300], ledger[300], project[300];
	struct office o;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("lost", "rel"));
	snprintf(ledger, sizeof(ledger), "%s", sub("lost", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("lost", "project"));
	release(rel, 1, "arab_states", NULL);
	serve_from(&o, sub("lost", "office"));
	make_project(project, o.url, NULL);
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	/* Its set is taken away: the plan is wrong, 409 puts it right. */
	assert_int_equal(run("rm lost/office/current/index.html"), 0);
	release(rel, 2, "arab_states", "<html lang=\"ar\">جديد</html>\n");
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_OK);
	assert_true(heard_told(&h, "delivered", "version=2;"));
	assert_true(heard_told(&o.heard, "refused", "reason=set-incomplete;"));
	assert_true(heard_told(&o.heard, "installed", "version=2;"));
	assert_int_equal(office_stop(&o), COPL_OK);
}

static void one_endpoint_in_trouble_does_not_stop_the_others(void **state)
{
	char rel[300], ledger[300], project[300], dead[100];
	struct office o;
	struct stub stub;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("part", "rel"));
	snprintf(ledger, sizeof(ledger), "%s", sub("part", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("part", "project"));
	release(rel, 5, "arab_states", NULL);
	release(rel, 5, "asia", "<html>亚洲</html>\n");
	/* A port that was free a moment ago refuses. */
	stub_start(&stub, stub_plain, rel);
	snprintf(dead, sizeof(dead), "%s", stub.url);
	stub_stop(&stub);
	serve_from(&o, sub("part", "office"));
	make_project(project, dead, o.url);
	assert_int_equal(push(project, rel, ledger, 2, &h), COPL_E_INCOMPLETE);
	assert_true(heard_code(&h, "endpoint-unreachable"));
	assert_true(heard_told(&h, "waiting", "endpoint=arab_states;"));
	assert_true(heard_told(&h, "waiting", "requests=2;"));
	assert_true(heard_told(&h, "delivered", "endpoint=asia;"));
	assert_non_null(strstr(h.text, "consultation.xml"));

	/* The next push finishes the rest and leaves the other alone. */
	assert_true(stub.requests == 0);
	stub_start(&stub, stub_plain, in("part/host"));
	make_project(project, stub.url, o.url);
	assert_int_equal(push_on(project, rel, ledger, 2, &h), COPL_OK);
	assert_true(heard_told(&h, "delivered", "endpoint=arab_states;"));
	assert_true(heard_told(&h, "unchanged", "endpoint=asia;"));
	assert_int_equal(stub.requests, 8);
	stub_stop(&stub);
	assert_int_equal(office_stop(&o), COPL_OK);
}

static void draft(const char *dir, uint64_t version, const char *text)
{
	const struct spec s = {.dir = dir,
	    .recipient = "arab_states",
	    .version = version,
	    .text = text,
	    .draft = true};

	make_release(&s);
}

/* Sent only when asked for, and never over what young people answer. */
static void a_draft_goes_nowhere_by_mistake(void **state)
{
	char rel[300], ledger[300], project[300], desk[300];
	struct copl_push_options o = {.now = NOW, .attempts = 1};
	struct copl_fetch_options f = {.now = NOW, .draft = true};
	struct copl_sink sink;
	struct office office;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("draft", "rel"));
	snprintf(ledger, sizeof(ledger), "%s", sub("draft", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("draft", "project"));
	snprintf(desk, sizeof(desk), "%s", sub("draft", "desk"));
	draft(rel, 1, "<html lang=\"ar\">مسودة</html>\n");
	serve_from(&office, sub("draft", "office"));
	make_project(project, office.url, NULL);
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_E_INVALID);
	assert_true(heard_code(&h, "push-draft"));
	assert_false(copl_path_exists(in("draft/office/current")));
	o.dir = project;
	o.release = rel;
	o.ledger = ledger;
	o.draft = true;
	sink = heard_sink(&h);
	assert_int_equal(copl_push(&o, &sink), COPL_OK);
	assert_true(heard_told(&h, "draft", "version=1;"));
	assert_true(heard_told(&office.heard, "installed", "draft=yes;"));
	assert_int_equal(fetch(office.url, desk, k1_print, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "draft=yes;"));
	assert_true(heard_code(&h, "release-draft"));

	/* A release takes the place of a draft, a draft not of a release. */
	release(rel, 2, "arab_states", NULL);
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_OK);
	assert_int_equal(fetch(office.url, desk, NULL, NOW, &h), COPL_OK);
	assert_true(heard_told(&h, "fetched", "draft=no;"));
	assert_false(heard_code(&h, "release-draft"));
	draft(rel, 3, "<html lang=\"ar\">مسودة أخرى</html>\n");
	sink = heard_sink(&h);
	assert_int_equal(copl_push(&o, &sink), COPL_E_REFUSED);
	assert_true(
	    heard_told(&office.heard, "refused", "reason=release-draft-over;"));
	assert_int_equal(office_stop(&office), COPL_OK);

	/* Nor at an office that fetches, unless it asks for it. */
	serve_from(&office, sub("draft", "other"));
	make_project(project, office.url, NULL);
	sink = heard_sink(&h);
	assert_int_equal(copl_push(&o, &sink), COPL_OK);
	assert_int_equal(fetch(office.url, desk, NULL, NOW, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-draft-over"));
	/* People open what is in place, even when a page of it is damaged. */
	put_text(in("draft/desk/current/youth/youth.ar.html"), "?");
	assert_int_equal(fetch(office.url, desk, NULL, NOW, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-draft-over"));
	f.url = office.url;
	f.dir = desk;
	sink = heard_sink(&h);
	assert_int_equal(copl_fetch(&f, &sink), COPL_OK);
	assert_true(heard_told(&h, "fetched", "version=3;"));
	assert_int_equal(office_stop(&office), COPL_OK);
}

static void nothing_is_pushed_where_there_is_no_release(void **state)
{
	char ledger[300], project[300], rel[300];
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("none", "rel/latest"));
	snprintf(ledger, sizeof(ledger), "%s", sub("none", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("none", "project"));
	make_project(project, "http://127.0.0.1:9/", NULL);
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_E_IO);
	assert_true(heard_code(&h, "release-missing"));
}

static void a_dry_run_tells_the_plan_and_does_nothing(void **state)
{
	const char *const to[] = {"arab_states"}, *const wrong[] = {"mars"};
	struct copl_push_options o = {
	    .to = to, .nto = 1, .now = NOW, .attempts = 1, .dry_run = true};
	char rel[300], ledger[300], project[300];
	struct copl_sink sink;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("dry", "rel"));
	snprintf(ledger, sizeof(ledger), "%s", sub("dry", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("dry", "project"));
	release(rel, 1, "arab_states", NULL);
	make_project(
	    project, "http://127.0.0.1:9/", "http://127.0.0.1:9/asia/");
	o.dir = project;
	o.release = rel;
	o.ledger = ledger;
	sink = heard_sink(&h);
	assert_int_equal(copl_push(&o, &sink), COPL_OK);
	assert_true(heard_told(&h, "plan", "files=7;"));
	assert_false(copl_path_exists(ledger));
	o.to = wrong;
	sink = heard_sink(&h);
	assert_int_equal(copl_push(&o, &sink), COPL_E_INVALID);
	assert_true(heard_code(&h, "endpoint-unknown"));
	/* All endpoints: the release has nothing for the other recipient. */
	o.nto = 0;
	sink = heard_sink(&h);
	assert_int_equal(copl_push(&o, &sink), COPL_E_INVALID);
	assert_true(heard_code(&h, "release-no-set"));
}

static void a_damaged_release_goes_nowhere(void **state)
{
	char rel[300], ledger[300], project[300], file[600];
	struct stub stub;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("bad", "rel"));
	snprintf(ledger, sizeof(ledger), "%s", sub("bad", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("bad", "project"));
	stub_start(&stub, stub_plain, in("bad/host"));
	make_project(project, stub.url, NULL);
	release(rel, 1, "arab_states", NULL);
	snprintf(file, sizeof(file), "%s/arab_states/index.html", rel);
	put_text(file, "<!DOCTYPE html>\nتم التغيير");
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-damaged"));
	assert_true(heard_code(&h, "file-length"));
	release(rel, 1, "arab_states", NULL);
	assert_int_equal(run("sed -i 's/version=\"1\"/version=\"2\"/' "
			     "bad/rel/arab_states/manifest.xml"),
	    0);
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "signature-wrong"));
	/* An expired one would be refused everywhere: it is not even sent. */
	make_release(&(struct spec){.dir = rel,
	    .recipient = "arab_states",
	    .version = 1,
	    .expires = NOW - 1});
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_E_TRUST);
	assert_true(heard_code(&h, "release-expired"));
	assert_int_equal(stub.requests, 0);
	stub_stop(&stub);
}

static void two_runs_do_not_work_in_one_place(void **state)
{
	struct copl_serve_options again = {.listen = "127.0.0.1:0",
	    .fingerprint = k1_print,
	    .stop_fd = -1,
	    .max_seconds = 1};
	char rel[300], ledger[300], project[300], lock[330], dir[300];
	struct copl_reporter r;
	struct copl_sink sink;
	struct office o;
	struct heard h;
	int held;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("lock", "rel"));
	snprintf(dir, sizeof(dir), "%s", sub("lock", "office"));
	snprintf(ledger, sizeof(ledger), "%s", sub("lock", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("lock", "project"));
	snprintf(lock, sizeof(lock), "%s.lock", ledger);
	release(rel, 1, "arab_states", NULL);
	serve_from(&o, dir);
	make_project(project, o.url, NULL);
	again.dir = dir;
	sink = heard_sink(&h);
	assert_int_equal(copl_serve(&again, &sink), COPL_E_LOCKED);
	assert_true(heard_code(&h, "locked"));
	assert_int_equal(fetch(o.url, dir, k1_print, NOW, &h), COPL_E_LOCKED);

	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_lock_take(lock, &r, &held), COPL_OK);
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_E_LOCKED);
	copl_lock_release(held);
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_OK);
	assert_int_equal(office_stop(&o), COPL_OK);
}

static void what_waits_is_used_after_a_restart(void **state)
{
	char rel[300], ledger[300], project[300], dir[300];
	struct office o;
	struct heard h;

	(void)state;
	snprintf(rel, sizeof(rel), "%s", sub("again", "rel"));
	snprintf(dir, sizeof(dir), "%s", sub("again", "office"));
	snprintf(ledger, sizeof(ledger), "%s", sub("again", "ledger.sqlite"));
	snprintf(project, sizeof(project), "%s", sub("again", "project"));
	release(rel, 1, "arab_states", NULL);
	/* As a server leaves it that was killed between two files. */
	assert_int_equal(
	    run("mkdir -p again/office/.cop-l10n/staging/youth "
		"again/office/.cop-l10n/incoming && cp "
		"again/rel/arab_states/youth/youth.ar.html "
		"again/office/.cop-l10n/staging/youth/ && printf 'half' > "
		"again/office/.cop-l10n/incoming/index.html.tmp-a1B2c3"),
	    0);
	serve_from(&o, dir);
	make_project(project, o.url, NULL);
	assert_int_equal(push(project, rel, ledger, 1, &h), COPL_OK);
	assert_int_equal(office_stop(&o), COPL_OK);
	assert_int_equal(run("test -z \"$(ls again/office/.cop-l10n/staging)\" "
			     "&& test $(find again/office/current/ -type f | "
			     "wc -l) = 7"),
	    0);
	/* The set in place is shown again after a restart, pinned. */
	memset(&o, 0, sizeof(o));
	o.options.dir = dir;
	assert_true(office_start(&o));
	assert_true(heard_told(&o.heard, "listening", "version=1;"));
	assert_int_equal(
	    fetch(o.url, sub("again", "mirror"), k1_print, NOW, &h), COPL_OK);
	assert_int_equal(office_stop(&o), COPL_OK);
	/* A set that was changed where it lies is not shown. */
	assert_int_equal(
	    run("echo x >> again/office/current/youth/youth.zh.xml"), 0);
	memset(&o, 0, sizeof(o));
	o.options.dir = dir;
	assert_true(office_start(&o));
	assert_true(heard_code(&o.heard, "set-damaged"));
	assert_int_equal(fetch(o.url, sub("again", "new"), k1_print, NOW, &h),
	    COPL_E_INCOMPLETE);
	assert_int_equal(office_stop(&o), COPL_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_release_reaches_the_office_and_those_who_fetch),
	    cmocka_unit_test(stock_tools_agree),
	    cmocka_unit_test(a_new_release_costs_only_what_changed),
	    cmocka_unit_test(an_endpoint_that_lost_its_files_gets_all_of_them),
	    cmocka_unit_test(one_endpoint_in_trouble_does_not_stop_the_others),
	    cmocka_unit_test(a_draft_goes_nowhere_by_mistake),
	    cmocka_unit_test(nothing_is_pushed_where_there_is_no_release),
	    cmocka_unit_test(a_dry_run_tells_the_plan_and_does_nothing),
	    cmocka_unit_test(a_damaged_release_goes_nowhere),
	    cmocka_unit_test(two_runs_do_not_work_in_one_place),
	    cmocka_unit_test(what_waits_is_used_after_a_restart),
	};

	return cmocka_run_group_tests(tests, keys_set_up, scratch_remove);
}
