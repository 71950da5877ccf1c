/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_PARAMS_H
#define COPL_WORK_PARAMS_H

#include "form/form.h"
#include "project/project.h"
#include "render/render.h"

/*
 * What stands for {office}, {closes} and the like on the pages of a
 * recipient, and dates, numbers and lists as the languages write them.
 */

/* Formatted values are kept, see values.c.  Begins as zeros and an arena. */
struct copl_values {
	struct copl_arena *arena; /* borrowed: the values live there */
	struct copl_value *list;
	size_t n;
	size_t room;
};
void copl_values_free(struct copl_values *v);

/*
 * *out lives in the arena.  tag must live as long.  zone NULL: as far east as
 * the instant was written.
 */
enum copl_status copl_values_date(struct copl_values *all, const char *tag,
    struct copl_instant at, const char *zone, const char **out) COPL_MUST_CHECK;
/* A day of the calendar, the same everywhere: no zone may move it. */
enum copl_status copl_values_day(struct copl_values *all, const char *tag,
    const char *day, const char **out) COPL_MUST_CHECK;
/* type: COPL_PARAM_NUMBER or COPL_PARAM_PERCENT. */
enum copl_status copl_values_number(struct copl_values *all, const char *tag,
    enum copl_param_type type, const char *number, const char **out)
    COPL_MUST_CHECK;
enum copl_status copl_values_list(struct copl_values *all, const char *tag,
    const char *const *items, size_t n, const char **out) COPL_MUST_CHECK;

/* Whose page it is. */
struct copl_params_for {
	const struct copl_form *form;
	const struct copl_recipient *recipient;
	const char *office; /* the recipient's name in the language */
	const char *tag;
	int guardian_age; /* -1: nobody needs a guardian */
};
struct copl_params {
	struct copl_param_value *list;
	size_t n;
	const struct copl_form *form;
	int guardian_age;
	bool isolate; /* for XML in a language from right to left */
	struct copl_arena *arena;
	bool nomem;
};
enum copl_status copl_params_make(struct copl_values *v,
    const struct copl_params_for *who, struct copl_params *out) COPL_MUST_CHECK;
/* A copl_param_fn; arg is a struct copl_params. */
const char *copl_params_get(void *arg, const char *name, size_t len);
/* A copl_count_fn; arg is the same. */
bool copl_params_count(void *arg, const char *name, unsigned long *n);
/* Plain text with its placeholders replaced, in the arena; NULL: no memory. */
const char *copl_params_fill(const struct copl_params *p, const char *text);

#endif
