/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TEST_HELP_PROJECT_H
#define TEST_HELP_PROJECT_H

/* A good project file, what is said when it is changed, and its schema. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <cmocka.h>
#include "project/project_priv.h"
#include "help_left_out.h"

static const char good[] =
    "<project xmlns='urn:cop-l10n:project:1' id='youth' version='1'"
    " xml:lang='fr'>\n"
    "<title note='Titre'>Consultation des jeunes</title>\n"
    "<languages><language tag='ar'/><language tag='zh-Hans' catalog='zh_CN'/>"
    "<language tag='fr'/></languages>\n"
    "<interface src='forms/interface.xml'/>\n"
    "<form src='forms/a.xml'/>\n"
    "<form src='forms/b.xml'/>\n"
    "<output kind='xml'/><output kind='html'/>"
    "<glossary src='termes/glossaire.tsv'/><compendium src='mémoire'/>"
    "<translation due='2028-02-29'/>"
    "<publish><gate texts='all' state='reviewed' percent='80'/>"
    "<gate texts=' help  error' state='approved' languages='zh-Hans ar'/>"
    "</publish>\n"
    "<safeguarding email='ecoute@example.org' role='Équipe d’écoute'/>\n"
    "<recipient id='arab_states' kind='office' languages='ar fr'"
    " languages-status='confirmed' guardian-age='18' zone='Africa/Cairo'>\n"
    "<name maxchars='80'>المكتب الإقليمي للدول العربية</name>\n"
    "<contact email='cop@example.org'/>\n"
    "<helpline href='https://example.org/aide'/>\n"
    "<responses href='https://example.org/formulaire?a=b'/>\n"
    "<endpoint url='http://127.0.0.1:8101/'/>\n"
    "<endpoint url='https://example.org/cop/'/>\n"
    "<endpoint id='miroir' url='https://[2001:db8::1]:8443/'/>\n"
    "</recipient>\n"
    "<recipient id='pekin' kind='member-state' languages=' zh-Hans\n fr '>\n"
    "<name>中国</name>\n"
    "<contact email='cop@example.net'/>\n"
    "<pickup by='fetch'/>\n"
    "</recipient>\n"
    "<recipient id='reseau' kind='partner' languages='fr'>"
    "<name>Réseau</name><contact email='r@example.org'/>"
    "<safeguarding email='anquan@example.net' role='儿童保护专员'/>"
    "<pickup by='zip'/></recipient>\n"
    "</project>\n";

/* ---- a project folder that lasts as long as a test ---- */

#define SEEN_MAX 30
struct folder {
	char dir[200];
	char file[300];
	size_t n;
	enum copl_severity severity[SEEN_MAX];
	char code[SEEN_MAX][40];
	size_t line[SEEN_MAX];
	size_t column[SEEN_MAX];
	char text[SEEN_MAX][300];
};

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct folder *f = arg;

	assert_true(f->n < SEEN_MAX);
	f->severity[f->n] = d->severity;
	snprintf(f->code[f->n], sizeof(f->code[0]), "%s", d->code);
	snprintf(f->text[f->n], sizeof(f->text[0]), "%s", d->text);
	f->line[f->n] = d->line;
	f->column[f->n] = d->column;
	f->n++;
}

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct folder *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return -1;
	snprintf(f->dir, sizeof(f->dir), "%s/copl-project-XXXXXX",
	    tmp == NULL ? P_tmpdir : tmp);
	if (mkdtemp(f->dir) == NULL) {
		free(f);
		return -1;
	}
	snprintf(f->file, sizeof(f->file), "%s/consultation.xml", f->dir);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *f = *state;

	unlink(f->file);
	rmdir(f->dir);
	free(f);
	return 0;
}

static enum copl_status load_dir(
    struct folder *f, const char *dir, struct copl_project **p)
{
	struct copl_sink sink = {on_diag, NULL, f};
	struct copl_reporter r;
	enum copl_status st;

	f->n = 0;
	copl_reporter_init(&r, &sink);
	st = copl_project_load(dir, &r, p);
	assert_int_equal(st == COPL_OK, *p != NULL);
	return copl_reporter_end(&r, st);
}

static enum copl_status load_text(
    struct folder *f, const char *text, struct copl_project **p)
{
	FILE *fp = fopen(f->file, "wb");

	assert_non_null(fp);
	assert_true(fputs(text, fp) >= 0);
	assert_int_equal(fclose(fp), 0);
	return load_dir(f, f->dir, p);
}

static void print_seen(const struct folder *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		print_message("# %zu:%zu %s [%s]\n", f->line[i], f->column[i],
		    f->text[i], f->code[i]);
}

/* The good file with one place changed; "¦" marks where a finding stands. */
static char *changed(
    const char *from, const char *to, size_t *line, size_t *column)
{
	const char *at = strstr(good, from), *mark = strstr(to, "¦"), *p;
	char *s = NULL, *place;
	size_t before;

	assert_non_null(at);
	assert_non_null(mark);
	before = (size_t)(at - good);
	assert_true(
	    asprintf(&s, "%.*s%.*s%s%s", (int)before, good, (int)(mark - to),
		to, mark + strlen("¦"), at + strlen(from)) > 0);
	place = s + before + (mark - to);
	*line = 1;
	for (p = s; p < place; p++)
		*line += *p == '\n';
	for (p = place; p > s && p[-1] != '\n'; p--)
		;
	*column = copl_utf8_count(p, (size_t)(place - p)) + 1;
	return s;
}

struct variant {
	const char *from;
	const char *to;
	const char *code;
	size_t total; /* findings in all */
	bool grammar; /* the schema must refuse it as well */
};

/* Each variant is refused, with its finding at its place. */
static void check_variants(
    struct folder *f, const struct variant *variants, size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i++) {
		const struct variant *v = &variants[i];
		struct copl_project *p = NULL;
		size_t line, column;
		bool found = false;
		char *s;

		s = changed(v->from, v->to, &line, &column);
		assert_int_equal(load_text(f, s, &p), COPL_E_INVALID);
		for (j = 0; j < f->n; j++)
			found = found || (strcmp(f->code[j], v->code) == 0 &&
					     f->line[j] == line &&
					     f->column[j] == column);
		if (!found || f->n != v->total) {
			print_message("# want %s at %zu:%zu: %s\n", v->code,
			    line, column, v->to);
			print_seen(f);
			fail();
		}
		free(s);
	}
}

/* 0: accepted, 1: refused, -1: xmllint is not installed. */
static int ask_schema(const char *bytes)
{
	const char *top = getenv("top_srcdir");
	char command[1200];
	FILE *fp;

	if (system("command -v xmllint >/dev/null 2>&1") != 0)
		return -1;
	snprintf(command, sizeof(command),
	    "xmllint --noout --relaxng '%s/forms/schema/cop-project.rng' - "
	    ">/dev/null 2>&1",
	    top == NULL ? "." : top);
	fp = popen(command, "w");
	assert_non_null(fp);
	fputs(bytes, fp);
	return pclose(fp) == 0 ? 0 : 1;
}

/* The schema refuses what its grammar can know, and nothing else. */
static void check_schema(const struct variant *variants, size_t n)
{
	int rc = ask_schema(good);
	size_t line, column, i;

	if (rc < 0) {
		not_installed("xmllint");
		return;
	}
	assert_int_equal(rc, 0);
	for (i = 0; i < n; i++) {
		const struct variant *v = &variants[i];
		char *s = changed(v->from, v->to, &line, &column);

		rc = ask_schema(s);
		if (rc != (v->grammar ? 1 : 0))
			print_message(
			    "# the schema thinks otherwise of %s\n", v->to);
		assert_int_equal(rc, v->grammar ? 1 : 0);
		free(s);
	}
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
