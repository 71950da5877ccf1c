/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_HIDE_H
#define COPL_TALLY_HIDE_H

#include "base/base.h"

/*
 * Which numbers of a table may be published.  Pure: counts in, marks out.
 *
 * People are counted in groups, each of one language, one recipient and one
 * release.  What is published are sums over groups: a table by language, one
 * by recipient, one by release, and the totals, so one question's tables are
 * linked.  A number under HIDE_SMALL is hidden.  Others are hidden with it
 * until it is proved that the rest does not give it away.  The proof is two
 * other sets of answers, in which people have changed places: both have the
 * very same published numbers, in one the hidden number is at most 1, in
 * the other at least HIDE_SMALL.  They are searched by exchanges of answers
 * between two groups, starting from the real ones, so they are whole numbers
 * and never negative.  Who knows how many people there are in each group, or
 * what one of them answered, learns no more (docs/tally.md).
 */
#define HIDE_SMALL 5
#define HIDE_AXES 3

/* Columns of all tables in one row: axis by axis, and last the total. */
struct hide_space {
	size_t ngroups;
	const uint32_t *column[HIDE_AXES]; /* of each group */
	size_t ncolumns[HIDE_AXES]; /* 0: there is no such table */
	const int64_t *people; /* in each group */
	/* Groups of different eras are never counted together by some
	 * question; NULL: there is one era. */
	const uint32_t *era;
};
/* Columns of all axes, and one. */
size_t hide_places(const struct hide_space *s);
/* Place of a group's column. */
size_t hide_place(const struct hide_space *s, size_t axis, size_t group);

/*
 * Which columns are closed, that is published without any number, because
 * too few people are in them, or because they give such a column away.  closed
 * has hide_places() members, which are set.  false: memory is out.
 */
bool hide_columns(const struct hide_space *s, bool *closed) COPL_MUST_CHECK;

/*
 * What else is known about the people of a group: how many have one of the
 * codes in set is no less than lo and no more than hi.
 */
struct hide_rule {
	const bool *set; /* of each code: is it in it? */
	bool whole; /* of all groups together: lo and hi have one member */
	const int64_t *lo; /* of each group; NULL: 0 */
	const int64_t *hi; /* NULL: all of them */
};

/* Every person has exactly one of the codes. */
struct hide_block {
	const struct hide_space *space;
	size_t ncodes;
	const int64_t *counts; /* [code * ngroups + group] */
	const struct hide_rule *rules;
	size_t nrules;
	/*
	 * The code of those who gave no answer, or ncodes.  Where all others
	 * gave the same answer, that is hidden as well if the question is
	 * sensitive: it would tell what each of them answered.
	 */
	size_t none;
	bool sensitive;
	bool *hidden; /* [code * places + place]; closed columns are set */
};
/*
 * Sets what must be hidden.  *proved false: everything about the question must
 * be.  false: memory is out.
 */
bool hide_block(struct hide_block *b, bool *proved) COPL_MUST_CHECK;

#endif
