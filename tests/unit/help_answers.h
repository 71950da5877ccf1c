/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HELP_ANSWERS_H
#define HELP_ANSWERS_H

/* Answers for tests: posted, taken, and as a text that is easy to compare. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include "answers/answers.h"

#define FORM_XML_MAX ((size_t)1 << 20)
#define NOON ((time_t)1803038400) /* 2027-02-19T12:00:00Z */
#define ID "0123456789abcdef0123456789abcdef"

static void read_source(const char *name, struct copl_strbuf *out)
{
	const char *top = getenv("top_srcdir");
	char path[4096];
	struct copl_reporter r;

	assert_non_null(top);
	snprintf(path, sizeof(path), "%s/%s", top, name);
	copl_reporter_init(&r, NULL);
	assert_int_equal(copl_file_read(path, FORM_XML_MAX, &r, out), COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
}

static struct copl_answer_form *load_form(const char *name, int guardian_age)
{
	struct copl_strbuf xml = COPL_STRBUF_INIT(FORM_XML_MAX);
	struct copl_answer_form *f = NULL;
	struct copl_reporter r;

	read_source(name, &xml);
	copl_reporter_init(&r, NULL);
	assert_int_equal(
	    copl_answer_form_read(xml.s, xml.len, name, guardian_age, &r, &f),
	    COPL_OK);
	assert_int_equal(copl_reporter_end(&r, COPL_OK), COPL_OK);
	copl_strbuf_clear(&xml);
	return f;
}

/* An instance as a phone sends it, read and judged. */
static inline enum copl_status take_odk(const struct copl_answer_form *f,
    const char *xml, size_t len, const struct copl_answer_about *about,
    struct copl_answer *out)
{
	struct copl_odk_instance *instance;
	enum copl_status st = copl_odk_instance_read(xml, len, &instance);

	memset(out, 0, sizeof(*out));
	if (st == COPL_OK)
		st = copl_answer_take_odk(f, instance, about, out);
	copl_odk_instance_free(instance);
	return st;
}

/* ---- fields, with strings of their own ---- */

#define POST_MAX 4200
struct post {
	struct copl_answer_field list[POST_MAX];
	char *strings[2 * POST_MAX];
	size_t n;
	size_t nstrings;
};

static void post_bytes(
    struct post *p, const char *name, const char *value, size_t len)
{
	char *n = strdup(name), *v = malloc(len + 1);

	assert_true(p->n < POST_MAX);
	assert_non_null(n);
	assert_non_null(v);
	memcpy(v, value, len);
	p->strings[p->nstrings++] = n;
	p->strings[p->nstrings++] = v;
	p->list[p->n++] = (struct copl_answer_field){n, strlen(n), v, len};
}

static inline void post(struct post *p, const char *name, const char *value)
{
	post_bytes(p, name, value, strlen(value));
}

static void post_free(struct post *p)
{
	size_t i;

	for (i = 0; i < p->nstrings; i++)
		free(p->strings[i]);
	memset(p, 0, sizeof(*p));
}

/* What the page says of itself. */
static inline void post_frame(struct post *p, const struct copl_answer_form *f)
{
	const struct copl_form *form = copl_answer_form_typed(f);

	post(p, "_form", form->id);
	post(p, "_version", form->version);
	post(p, "_lang", form->lang);
	post(p, "_id", ID);
}

/* ---- as text ---- */

/* "grid.row=often\nmany=a|b\n" */
static inline void put_values(
    const struct copl_answer *a, struct copl_strbuf *out)
{
	size_t i, k;

	for (i = 0; i < a->nvalues; i++) {
		const struct copl_answer_value *v = &a->values[i];

		assert_true(v->n > 0);
		copl_strbuf_puts(out, v->question->id);
		if (v->part != NULL)
			copl_strbuf_printf(out, ".%s", v->part);
		for (k = 0; k < v->n; k++)
			copl_strbuf_printf(
			    out, "%s%s", k == 0 ? "=" : "|", v->codes[k]);
		copl_strbuf_puts(out, "\n");
	}
	assert_int_equal(out->st, COPL_OK);
}

/* The same of a record. */
static inline void put_record(
    const struct copl_answer_record *rec, struct copl_strbuf *out)
{
	size_t i, k;

	for (i = 0; i < rec->npairs; i++) {
		const struct copl_answer_pair *p = &rec->pairs[i];

		copl_strbuf_puts(out, p->question);
		if (p->part != NULL)
			copl_strbuf_printf(out, ".%s", p->part);
		for (k = 0; k < p->n; k++)
			copl_strbuf_printf(
			    out, "%s%s", k == 0 ? "=" : "|", p->codes[k]);
		copl_strbuf_puts(out, "\n");
	}
	assert_int_equal(out->st, COPL_OK);
}

/* "seen:missing happens:option@happens.lies -:field@x" */
static inline void put_faults(
    const struct copl_answer *a, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < a->nfaults; i++) {
		const struct copl_answer_fault *t = &a->faults[i];

		copl_strbuf_printf(out, "%s%s:%s", i > 0 ? " " : "",
		    t->question == NULL ? "-" : t->question->id,
		    copl_answer_fault_name(t->kind));
		if (t->field != NULL)
			copl_strbuf_printf(out, "@%s", t->field);
	}
	assert_int_equal(out->st, COPL_OK);
}

#endif
