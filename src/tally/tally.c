/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "tally/gather.h"
#include "tally/tell.h"

#define PAGE_MAX ((size_t)64 << 20)
#define MISSING_MAX 200
/* Pairs of answers that look alike and are named; the others are counted. */
#define DOUBLES_TOLD 200

/* Answers of a form that no release has. */
struct missing {
	const char *form;
	uint64_t release;
	size_t n;
};

/* An answer in the list that shows which ones are alike. */
struct alike {
	unsigned char digest[16];
	unsigned char hour[8];
	struct tally_file file;
};

struct counting {
	const struct copl_tally_options *o;
	struct copl_arena *arena;
	struct tally_forms forms;
	struct tally_csv *csv;
	struct tally_sort *alike;
	struct missing missing[MISSING_MAX];
	size_t nmissing;
	size_t drafts; /* left out for being, or not being one */
	size_t others; /* of forms that were not asked for */
	size_t doubles;
	bool invalid;
};

static struct copl_place nowhere(void)
{
	return (struct copl_place){NULL, 0, 0};
}

/* ---- answers ---- */

static bool is_wanted(const struct counting *c, const char *form)
{
	size_t i;

	for (i = 0; i < c->o->nforms; i++)
		if (strcmp(c->o->forms[i], form) == 0)
			return true;
	return c->o->nforms == 0;
}

static enum copl_status miss(
    struct counting *c, const struct copl_answer_record *record)
{
	struct missing *m;
	size_t i;

	for (i = 0; i < c->nmissing; i++)
		if (c->missing[i].release == record->release &&
		    strcmp(c->missing[i].form, record->form) == 0)
			break;
	if (i == MISSING_MAX)
		i--;
	m = &c->missing[i];
	if (i == c->nmissing) {
		*m = (struct missing){copl_arena_strdup(c->arena, record->form),
		    record->release, 0};
		if (m->form == NULL)
			return COPL_E_NOMEM;
		c->nmissing++;
	}
	m->n++;
	return COPL_E_INVALID;
}

static enum copl_status remember(struct counting *c,
    const struct copl_answer_record *record, const struct tally_file *file,
    struct copl_reporter *r)
{
	struct alike a = {.file = *file};
	size_t i;

	tally_digest(record, a.digest);
	for (i = 0; i < sizeof(a.hour); i++)
		a.hour[i] =
		    (unsigned char)((uint64_t)record->hour >> (56 - 8 * i));
	return tally_sort_add(c->alike, &a, r);
}

/* The first part of a word of the file, for people. */
#define WORD_MAX 120
static void quote(const char *word, char out[WORD_MAX])
{
	snprintf(out, WORD_MAX, "%s", word == NULL ? "" : word);
	tally_tame(out);
}

static void report_fault(
    const char *path, const struct tally_fault *why, struct copl_reporter *r)
{
	const struct copl_place at = {path, 0, 0};
	char question[WORD_MAX], code[WORD_MAX];

	quote(why->question, question);
	quote(why->code, code);
	if (why->code == NULL)
		copl_report(r, COPL_ERROR, "tally-answer", at,
		    _("the form of this release has no question \"%s\", so "
		      "this answer was left out"),
		    question);
	else
		copl_report(r, COPL_ERROR, "tally-answer", at,
		    _("the question \"%s\" cannot be answered with \"%s\" in "
		      "this release, so this answer was left out"),
		    question, code);
}

static enum copl_status take(void *arg, const struct copl_answer_record *record,
    const struct tally_file *file, const char *path, struct copl_reporter *r)
{
	struct counting *c = arg;
	struct tally_fault why = {NULL, NULL};
	enum copl_status st;

	if (!is_wanted(c, record->form)) {
		c->others++;
		return COPL_OK;
	}
	if (record->draft != c->o->draft) {
		c->drafts++;
		return COPL_OK;
	}
	st = tally_count(&c->forms, record, &why);
	if (st == COPL_E_NOTFOUND)
		return miss(c, record);
	if (st == COPL_E_INVALID)
		report_fault(path, &why, r);
	if (st == COPL_E_LIMIT)
		copl_report(r, COPL_ERROR, "tally-limit",
		    (struct copl_place){path, 0, 0},
		    _("there are more than %d combinations of language, "
		      "recipient and release"),
		    TALLY_GROUPS_MAX);
	if (st == COPL_OK)
		st = remember(c, record, file, r);
	if (st == COPL_OK && c->csv != NULL)
		st = tally_csv_add(c->csv, record, r);
	return st;
}

/* ---- what was left out, and what looks strange ---- */

static void report_missing(struct counting *c, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < c->nmissing; i++) {
		const struct missing *m = &c->missing[i];
		char release[24], count[24];
		const struct copl_field fields[] = {{"form", m->form},
		    {"release", release}, {"reason", "no-form"},
		    {"count", count}};
		unsigned long n = (unsigned long)m->n;

		snprintf(release, sizeof(release), "%" PRIu64, m->release);
		snprintf(count, sizeof(count), "%zu", m->n);
		copl_tell(
		    r, "tally-left-out", fields, COPL_COUNT(fields), NULL);
		copl_report(r, COPL_ERROR, "tally-no-form", nowhere(),
		    P_("%lu answer to the form \"%s\" of release %s was left "
		       "out: name that release with --release",
			"%lu answers to the form \"%s\" of release %s were "
			"left out: name that release with --release",
			n),
		    n, m->form, release);
	}
}

static bool same_answer(const struct alike *a, const struct alike *b)
{
	return memcmp(a->digest, b->digest, sizeof(a->digest)) == 0 &&
	       memcmp(a->hour, b->hour, sizeof(a->hour)) == 0;
}

static void tell_double(const struct alike *first, const struct alike *second,
    struct copl_reporter *r)
{
	char a[33], b[33];
	const struct copl_field fields[] = {{"id", b}, {"same-as", a}};

	tally_file_id(&first->file, a);
	tally_file_id(&second->file, b);
	copl_tell(r, "tally-double", fields, COPL_COUNT(fields),
	    _("%s: perhaps sent twice, it says the same as %s of the same "
	      "hour; both are counted"),
	    b, a);
}

/* Equal answers of one hour under several ids: a page that was sent twice. */
static enum copl_status find_doubles(
    struct counting *c, struct copl_reporter *r)
{
	struct alike first, next;
	enum copl_status st = tally_sort_end(c->alike, r);
	bool any = false;

	while (st == COPL_OK) {
		st = tally_sort_next(c->alike, &next, r);
		if (st != COPL_OK)
			break;
		if (any && same_answer(&first, &next)) {
			if (c->doubles++ < DOUBLES_TOLD)
				tell_double(&first, &next, r);
			continue;
		}
		first = next;
		any = true;
	}
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

/* ---- what comes of it ---- */

/* On the page and to the sink; words are in the language of each. */
static enum copl_status show_tables(struct counting *c,
    const struct tally_tables *t, struct tally_labels *l,
    struct copl_strbuf *page, struct copl_reporter *r)
{
	struct tally_page how = {.now = c->o->now};
	enum copl_status st;

	tally_tell(t, l, r);
	if (c->o->html == NULL)
		return l->st;
	st = tally_page_speak(&how, l->lang);
	if (st == COPL_OK && page->len == 0)
		tally_page_begin(page, &how);
	if (st == COPL_OK)
		st = tally_page_form(page, &how, t, l);
	if (st == COPL_OK)
		st = l->st;
	if (copl_speak(NULL) == COPL_E_NOMEM)
		st = COPL_E_NOMEM;
	return st;
}

static enum copl_status show_form(struct counting *c, struct tally_form *form,
    const char *lang, struct copl_strbuf *page, struct copl_reporter *r)
{
	struct tally_tables t = {.form = NULL};
	struct tally_labels l;
	enum copl_status st =
	    tally_tables_make(&c->forms, form, c->o->exact, &t);

	if (st == COPL_OK)
		st = tally_labels_open(&c->forms, form, lang, r, &l);
	if (st == COPL_OK) {
		st = show_tables(c, &t, &l, page, r);
		tally_labels_close(&l);
	}
	tally_tables_clear(&t);
	return st;
}

static enum copl_status write_page(
    const struct counting *c, struct copl_strbuf *page, struct copl_reporter *r)
{
	const struct copl_field fields[] = {{"file", c->o->html}};
	enum copl_status st;

	if (page->len == 0) {
		copl_report(r, COPL_ERROR, "tally-empty",
		    (struct copl_place){c->o->html, 0, 0},
		    _("there is no answer to show, so the page was not "
		      "written"));
		return COPL_E_INVALID;
	}
	tally_page_end(page);
	st = page->st;
	if (st == COPL_OK)
		st = copl_file_output(c->o->html, copl_strbuf_text(page),
		    page->len, 0644, r, NULL);
	if (st == COPL_OK)
		copl_tell(r, "written", fields, COPL_COUNT(fields),
		    _("%s: the page to publish"), c->o->html);
	return st;
}

static enum copl_status show(struct counting *c, struct copl_reporter *r)
{
	struct copl_strbuf page = COPL_STRBUF_INIT(PAGE_MAX);
	const char *lang = tally_labels_language(&c->forms, c->o->labels, r);
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < c->forms.nforms && st == COPL_OK; i++)
		if (c->forms.forms[i].ngroups > 0)
			st = show_form(c, &c->forms.forms[i], lang, &page, r);
	if (st == COPL_OK && c->o->html != NULL)
		st = write_page(c, &page, r);
	copl_strbuf_clear(&page);
	return st;
}

static void tell_sum(const struct counting *c, const struct tally_gathered *n,
    struct copl_reporter *r)
{
	const size_t counts[] = {n->answers - c->drafts - c->others,
	    n->duplicates, n->conflicts, c->doubles, c->drafts, c->others,
	    n->invalid};
	const char *const keys[] = {"answers", "duplicates", "conflicts",
	    "doubles", "drafts", "others", "invalid"};
	struct copl_field fields[COPL_COUNT(counts)];
	char text[COPL_COUNT(counts)][24];
	size_t i;

	for (i = 0; i < COPL_COUNT(counts); i++) {
		snprintf(text[i], sizeof(text[i]), "%zu", counts[i]);
		fields[i] = (struct copl_field){keys[i], text[i]};
	}
	copl_tell(r, "tally", fields, COPL_COUNT(fields),
	    c->o->draft
		? _("answers to drafts: %s; not counted: copies %s, replaced "
		    "by later ones %s, files that are no answers %s, answers "
		    "to forms that are no drafts %s")
		: _("answers: %s; not counted: copies %s, replaced by later "
		    "ones %s, files that are no answers %s, answers to drafts "
		    "%s"),
	    text[0], text[1], text[2], text[6], text[4]);
}

static enum copl_status open_all(struct counting *c, struct copl_reporter *r)
{
	enum copl_status st;

	c->arena = copl_arena_new();
	c->alike = tally_sort_new(
	    sizeof(struct alike), TALLY_SORT_HELD, c->o->scratch);
	if (c->arena == NULL || c->alike == NULL)
		return COPL_E_NOMEM;
	st = tally_forms_read(&c->forms, c->o->releases, c->o->nreleases, r);
	if (st == COPL_OK && c->o->csv != NULL)
		st = tally_csv_open(&c->forms, c->o->csv, &c->csv);
	return st;
}

enum copl_status copl_tally(
    const struct copl_tally_options *o, const struct copl_sink *sink)
{
	struct counting c = {.o = o};
	struct tally_gather how = {.dirs = o->dirs,
	    .ndirs = o->ndirs,
	    .key = o->key,
	    .passphrase = o->passphrase,
	    .scratch = o->scratch,
	    .settle = true,
	    .take = take,
	    .arg = &c};
	struct tally_gathered n = {0};
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = open_all(&c, &r);
	if (st == COPL_OK)
		st = tally_gather(&how, &r, &n);
	/* Without an answer that is there the numbers would be wrong. */
	if (st == COPL_OK && n.unread > 0)
		st = COPL_E_IO;
	if (st == COPL_OK && c.csv != NULL)
		st = tally_csv_commit(c.csv, &r);
	if (st == COPL_OK)
		st = find_doubles(&c, &r);
	if (st == COPL_OK)
		st = show(&c, &r);
	if (st == COPL_OK) {
		report_missing(&c, &r);
		tell_sum(&c, &n, &r);
		st = n.invalid > 0 ? COPL_E_INVALID : COPL_OK;
	}
	tally_csv_close(c.csv);
	tally_sort_free(c.alike);
	tally_forms_clear(&c.forms);
	copl_arena_free(c.arena);
	return copl_reporter_end(&r, st);
}
