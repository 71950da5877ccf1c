/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FORM_PERSONAL_H
#define COPL_FORM_PERSONAL_H

#include "form/form_priv.h"

/* What would tell who answered. */
enum copl_personal {
	COPL_PERSONAL_NONE,
	COPL_PERSONAL_NAME,
	COPL_PERSONAL_EMAIL,
	COPL_PERSONAL_PHONE,
	COPL_PERSONAL_ADDRESS,
	COPL_PERSONAL_SCHOOL,
	COPL_PERSONAL_BIRTH,
	COPL_PERSONAL_NUMBER, /* of a passport, of a pupil */
	COPL_PERSONAL_ACCOUNT /* in social media */
};

/* Phrases of one language, see personal_words.c. */
struct copl_personal_words {
	const char *lang;
	enum copl_personal what;
	const char *anywhere;
	const char *alone;
	const char *ids;
};
struct copl_personal_manners {
	const char *lang;
	const char *harmless; /* a sentence with one of these asks nothing */
	const char *polite; /* says nothing of its own */
};

/* By number; NULL behind the last. */
const struct copl_personal_words *copl_personal_words(size_t i);
const struct copl_personal_manners *copl_personal_manners(size_t i);

#endif
