/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FORM_H
#define COPL_FORM_H

#include "xml/xml.h"

#define COPL_FORM_NS "urn:cop-l10n:form:1"
/* Where answers are put back into a page: written by render. */
#define COPL_SLOTS_NS "urn:cop-l10n:slots:1"

/*
 * A consultation form as typed values.  Everything lives in the form's
 * arena or in the document it was read from, which must outlive it.
 * Texts are nodes, because they hold inline elements; NULL: absent.
 */
enum copl_question_kind {
	COPL_CHOOSE_ONE,
	COPL_CHOOSE_MANY,
	COPL_RATING,
	COPL_GRID,
	COPL_RANK,
	COPL_TEXT,
	COPL_NUMBER,
	COPL_DATE,
	COPL_CONSENT,
	COPL_NOTE_ITEM /* not a question: a text between questions */
};

struct copl_option {
	const char *value;
	bool exclusive;
	bool other; /* has a small text box */
	int from_age; /* -1: not an age group */
	const xmlNode *label;
};

struct copl_choices {
	const char *id; /* NULL: a question's own options */
	bool ordinal;
	bool collate; /* shown in the order of the language */
	struct copl_option *options;
	size_t n;
	const xmlNode *node; /* <choices>, or the question itself */
};

/* The conditions of "when", see docs/form-reference.md. */
enum copl_when_op {
	COPL_WHEN_IS, /* question = 'value' */
	COPL_WHEN_IS_NOT, /* question != 'value' */
	COPL_WHEN_INCLUDES, /* question includes 'value' */
	COPL_WHEN_MINOR, /* question lt guardian-age */
	COPL_WHEN_AND,
	COPL_WHEN_OR,
	COPL_WHEN_NOT /* left only */
};
struct copl_when {
	enum copl_when_op op;
	const struct copl_question *question; /* of the four comparisons */
	const char *value; /* option value; NULL for MINOR */
	const struct copl_when *left;
	const struct copl_when *right;
};

struct copl_grid_row {
	const char *id;
	const xmlNode *label;
};

enum copl_date_precision { COPL_DATE_DAY, COPL_DATE_MONTH, COPL_DATE_YEAR };

struct copl_question {
	enum copl_question_kind kind;
	const char *id;
	const xmlNode *node; /* the element; a note's text is its children */
	const struct copl_when *when; /* NULL: always asked */
	bool required;
	bool sensitive;
	bool shuffle;
	bool guardian; /* consent: by the guardian, not the participant */
	const xmlNode *label;
	const xmlNode *hint;
	const xmlNode *error;
	const struct copl_choices *choices; /* one, many, grid, rank */
	struct copl_grid_row *rows; /* grid */
	size_t nrows;
	const xmlNode *low; /* rating */
	const xmlNode *high;
	long from; /* rating */
	long to;
	const char *min; /* many, number, date: as written; NULL: none */
	const char *max;
	const char *step; /* number */
	const xmlNode *unit;
	unsigned top; /* rank: 0 all */
	unsigned lines; /* text: 0 not said */
	unsigned maxlength; /* text: 0 not said */
	enum copl_date_precision precision;
};

struct copl_section {
	const char *id;
	const xmlNode *node;
	const struct copl_when *when;
	const xmlNode *title;
	const xmlNode *intro; /* its children are p and bullets */
	struct copl_question *items; /* questions and notes in order */
	size_t nitems;
};

enum copl_param_type {
	COPL_PARAM_TEXT,
	COPL_PARAM_DATE,
	COPL_PARAM_EMAIL,
	COPL_PARAM_URL,
	COPL_PARAM_NUMBER,
	COPL_PARAM_PERCENT,
	COPL_PARAM_LIST
};
struct copl_form_param {
	const char *name;
	enum copl_param_type type;
	const char *value; /* NULL: the project or the form gives it */
	const struct copl_choices *list; /* of a list: what it is made of */
	const xmlNode *node;
};
struct copl_form_link {
	const char *id;
	const char *href;
	bool helpline; /* the recipient's own helpline goes first */
	const xmlNode *node;
};

struct copl_form {
	struct copl_arena *arena;
	const struct copl_xml *xml; /* borrowed */
	const char *id;
	const char *version;
	const char *lang;
	const char *prevails; /* never NULL: default lang */
	const xmlNode *title;
	const xmlNode *summary;
	const struct copl_instant *opens; /* NULL: open at once */
	struct copl_instant closes;
	int min_age; /* -1: not said */
	int max_age;
	struct copl_form_param *params;
	size_t nparams;
	struct copl_form_link *links;
	size_t nlinks;
	const xmlNode *contact;
	const xmlNode *privacy; /* its children are p and bullets */
	const char *keep_until; /* "2027-12-31"; NULL: not said */
	const xmlNode *help;
	struct copl_choices *choices;
	size_t nchoices;
	struct copl_section *sections;
	size_t nsections;
	const xmlNode *thanks;
	size_t nquestions; /* notes not counted */
};

/*
 * Reads the typed form and reports every rule that is not kept, all at once
 * (codes form-*).  COPL_E_INVALID when there was an error.  The caller owns
 * *out and keeps x alive as long.
 */
enum copl_status copl_form_read(const struct copl_xml *x,
    struct copl_reporter *r, struct copl_form **out) COPL_MUST_CHECK;
/*
 * The same for a form that has been localized: parameters may have been
 * replaced, and advice about wording (warnings) is not given again.
 */
enum copl_status copl_form_read_localized(const struct copl_xml *x,
    struct copl_reporter *r, struct copl_form **out) COPL_MUST_CHECK;
/*
 * The same for a translation that is being worked on, of a master that keeps
 * every rule: what the texts say is nobody's error here.
 */
enum copl_status copl_form_read_unfinished(const struct copl_xml *x,
    struct copl_reporter *r, struct copl_form **out) COPL_MUST_CHECK;
void copl_form_free(struct copl_form *form);

/* NULL: there is none. */
const struct copl_form_param *copl_form_param(
    const struct copl_form *f, const char *name, size_t len);
const struct copl_form_link *copl_form_link(
    const struct copl_form *f, const char *id);
/*
 * Letters to add, drop, change or swap; SIZE_MAX: too many for a typing
 * error.
 */
size_t copl_form_typing_errors(const char *word, const char *candidate);
/*
 * The first place where people may tell what hurts: a sensitive question or,
 * if there is none, one with room for words of their own.  NULL: none.
 */
const struct copl_question *copl_form_confides(const struct copl_form *f);
/* Does a condition compare with the age below which guardians must agree? */
bool copl_form_asks_guardian_age(const struct copl_form *f);
/*
 * The node whose children are a text: the element itself, or of a text with
 * plural forms the one for its number.  guardian_age is the recipient's, -1:
 * not known; a number that is not known takes the last form.  text may be
 * NULL.
 */
const xmlNode *copl_form_text(
    const struct copl_form *f, const xmlNode *text, int guardian_age);
/* The number that "count" names; false: the form does not know it. */
bool copl_form_number(const struct copl_form *f, const char *name,
    int guardian_age, unsigned long *n);
/* Is the option an age group that begins below this age? */
bool copl_option_below(const struct copl_option *o, int age);
/*
 * Does it stand apart from the things that the list names: "none of these",
 * "something else", "I do not want to say"?
 */
bool copl_option_apart(const struct copl_option *o);

/* Is there a list with order="collate"? */
bool copl_form_collated(const struct copl_form *f);
/* As strcmp(), in the order of a language. */
typedef int copl_compare_fn(void *arg, const char *a, const char *b);
/*
 * Puts the options of those lists into that order; options that stand apart
 * remain at the end as written, and equal texts as written.  Nothing else
 * of the form changes, its document neither.
 */
enum copl_status copl_form_collate(struct copl_form *f,
    copl_compare_fn *compare, void *arg, struct copl_reporter *r)
    COPL_MUST_CHECK;

#endif
