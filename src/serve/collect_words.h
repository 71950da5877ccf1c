/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_COLLECT_WORDS_H
#define COPL_SERVE_COLLECT_WORDS_H

#include "base/base.h"

/*
 * What the collector itself says to who sends answers, where there is no page
 * of the form to say it; in the six languages, as serve/page_words.h.
 */
struct collect_words {
	const char *tag;
	const char *dir;
	const char *title; /* of the page that says that nothing was stored */
	const char *text;
	/* For the screen of a phone. */
	const char *stored;
	const char *not_stored;
	const char *not_complete;
	const char *soon;
	const char *closed;
	const char *other_form;
	const char *conflict;
	const char *later;
};
/* Of a language of the six; English for all others. */
const struct collect_words *collect_words_for(const char *lang);

#endif
