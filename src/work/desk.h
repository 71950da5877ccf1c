/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_WORK_DESK_H
#define COPL_WORK_DESK_H

#include "work/work.h"

/*
 * The texts of one language on a reviewer's desk, in the order of the forms,
 * with what the records say of them.
 */
enum copl_desk_trouble {
	COPL_DESK_NONE,
	COPL_DESK_MISSING, /* not translated */
	COPL_DESK_FUZZY,
	COPL_DESK_ERROR /* a check says that it cannot ship */
};

struct copl_desk_text {
	struct copl_master *master;
	struct copl_master_catalog *mc;
	const struct copl_unit *unit;
	const char *id;
	const struct copl_message *msg; /* NULL: there is none */
	struct copl_review_verdict verdict;
	enum copl_desk_trouble trouble;
	const struct copl_message *approved; /* as last approved; NULL */
	bool before; /* some version of it was reviewed or approved */
};

struct copl_desk {
	struct copl_workspace *w;
	struct copl_reporter *r;
	const struct copl_language *language;
	struct copl_desk_text *list;
	size_t n;
	size_t room;
	struct copl_catalog **approved; /* one per master; NULL: none */
};

/*
 * form NULL: all.  Findings: those of the workspace, review-language,
 * review-form.  Close the desk whatever is returned.
 */
enum copl_status copl_desk_open(struct copl_desk *d, const char *dir,
    const char *lang, const char *form, struct copl_reporter *r)
    COPL_MUST_CHECK;
void copl_desk_close(struct copl_desk *d);

/* Its state as a person would say it, e.g. "reviewed" or "fuzzy". */
const char *copl_desk_state(const struct copl_desk_text *t);

/*
 * Says that a text has a state.  The pointers of all its verdicts are void
 * afterwards.
 */
enum copl_status copl_desk_set(struct copl_desk_text *t,
    const struct copl_review_row *said) COPL_MUST_CHECK;
/*
 * Writes the records and the catalogs of approved texts, all or none;
 * masters whose bit in "touched" is not set are left alone.
 */
enum copl_status copl_desk_save(struct copl_desk *d, const bool *touched)
    COPL_MUST_CHECK;

/* "2027-01-11", the day in UTC. */
#define COPL_DAY_SIZE 11
void copl_desk_day(int64_t now, char out[COPL_DAY_SIZE]);
/*
 * Name and role, as a record can keep them; needed: they must be said.
 * Findings: review-who.
 */
bool copl_desk_person(
    const char *who, const char *role, bool needed, struct copl_reporter *r);

#endif
