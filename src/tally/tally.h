/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_INTERNAL_H
#define COPL_TALLY_INTERNAL_H

#include <time.h>
#include <copl10n/tally.h>
#include "answers/answers.h"
#include "bundle/bundle.h"
#include "form/form.h"
#include "tally/hide.h"
#include "xml/xml.h"

#define TALLY_ONE INT64_C(1000000)
#define TALLY_RELEASES_MAX 64
#define TALLY_FORMS_MAX 100
#define TALLY_FOLDERS_MAX 512
#define TALLY_GROUPS_MAX 20000
#define TALLY_COUNTERS_MAX ((size_t)32 << 20) /* in all groups of a form */

/* ---- forms.c: what the answers of a release can be ---- */

/* Only who gave certain answers to another question is asked this one. */
enum tally_asked {
	TALLY_ALL, /* everybody is */
	TALLY_SOME, /* who gave one of some answers to "parent" */
	TALLY_OTHER /* a condition of another kind, on "refs" */
};
struct tally_ref {
	const char *question;
	const char *code; /* NULL: any */
};
struct tally_ask {
	enum tally_asked how;
	const char *parent;
	const char *option; /* of choose-many; NULL: "codes" count */
	bool chosen; /* the option must be chosen, or must not */
	/* Of the parent, which may list its codes in another order, or other
	 * ones beside them, in another release. */
	const char **codes;
	size_t ncodes;
	struct tally_ref *refs;
	size_t nrefs;
};

/*
 * A question as it is in one release or in several that ask it in the same
 * way.  Counters of a part: one for each code, and one for all who answered.
 */
struct tally_question {
	const char *id;
	enum copl_question_kind kind;
	const char *shape; /* equal: answers can be added up */
	const char **codes;
	size_t ncodes;
	const char *
	    *parts; /* rows of a grid, places of a rank; else one NULL */
	size_t nparts;
	const char **others; /* options with words of their own */
	size_t nothers;
	bool required;
	bool sensitive;
	bool *alone; /* of choose-many, by code: exclusive options */
	uint64_t most; /* of choose-many, but for exclusive ones; 0: all */
	uint64_t least;
	/* Of numbers and dates, in millionths: classes of `width` from `first`
	 * on. */
	int64_t first;
	int64_t width;
	bool below; /* the first code is all that is less */
	bool above;
	struct tally_ask ask;
	size_t at; /* its first counter */
	uint64_t releases; /* a bit for each */
};

/* One form in one release. */
struct tally_edition {
	size_t release;
	const char *version; /* of the form */
	struct copl_map ids; /* of questions: their index in the form */
};

struct tally_group {
	const char *lang; /* "": not known */
	const char *recipient; /* "": nobody's */
	size_t release;
	int64_t people;
	uint32_t *counts;
};

struct tally_form {
	const char *id;
	struct tally_edition *editions; /* newest release first */
	size_t neditions;
	struct tally_question *questions; /* in the order of the newest */
	size_t nquestions;
	size_t room;
	size_t ncounters;
	struct tally_group *groups; /* sorted before they are shown */
	size_t ngroups;
	size_t groups_room;
	uint32_t *seen; /* by the answer that is being counted */
	uint32_t serial;
	struct copl_map group_ids;
};

struct tally_release {
	const char *dir;
	struct copl_manifest *manifest;
	uint64_t version;
};

struct tally_forms {
	struct copl_arena *arena;
	struct tally_release releases[TALLY_RELEASES_MAX]; /* newest first */
	size_t nreleases;
	struct tally_form forms[TALLY_FORMS_MAX];
	size_t nforms;
};
/* Findings: tally-release, manifest-*, form-*, xml-*, io-*. */
enum copl_status tally_forms_read(struct tally_forms *fs,
    const char *const *dirs, size_t n, struct copl_reporter *r) COPL_MUST_CHECK;
void tally_forms_clear(struct tally_forms *fs);
/* NULL: no release has it. */
struct tally_form *tally_form_find(struct tally_forms *fs, const char *id);
/*
 * The typed form of a release; lang NULL: in any language.  COPL_E_NOTFOUND:
 * there is none in it.  The caller frees both.
 */
enum copl_status tally_form_load(const struct tally_release *release,
    const char *form, const char *lang, struct copl_reporter *r,
    struct copl_xml **xml, struct copl_form **out) COPL_MUST_CHECK;

/* ---- questions.c: a question of a typed form becomes counters ---- */

/* false: memory is out.  A question that is not counted has ncodes 0. */
bool tally_question_make(struct copl_arena *a, const struct copl_form *f,
    const struct copl_section *s, const struct copl_question *q,
    struct tally_question *out) COPL_MUST_CHECK;
/* Index of a code as it is stored; false: there is none. */
bool tally_question_code(const struct tally_question *q, const char *code,
    size_t *out) COPL_MUST_CHECK;
bool tally_question_part(const struct tally_question *q, const char *part,
    size_t *out) COPL_MUST_CHECK;

/* ---- count.c: answers become counts ---- */

/* What is wrong with a stored answer, in words for people. */
struct tally_fault {
	const char *question;
	const char *code;
};
/*
 * Adds an answer to its group.  COPL_E_NOTFOUND: no release has the form;
 * COPL_E_INVALID: the form has no such answer, *why says which;
 * COPL_E_LIMIT: more groups than there may be.
 */
enum copl_status tally_count(struct tally_forms *fs,
    const struct copl_answer_record *record, struct tally_fault *why)
    COPL_MUST_CHECK;
/* Of all the record says but its id and hour: for finding doubles. */
void tally_digest(
    const struct copl_answer_record *record, unsigned char out[16]);

#endif
