/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TESTS_WHOLE_H
#define COPL_TESTS_WHOLE_H

/*
 * A form and its catalog, built from the bytes of a fuzzer, and what a
 * browser would see of its pages.  Every text holds a word of its own,
 * "q12z", that its translation has as "t12z": so it is known what went where.
 */
#include "fuzz.h"
#include "l10n/l10n.h"

#define WHOLE_TEXTS 400
#define WHOLE_FORM_MAX ((size_t)1 << 20)

/* Bytes as dice; when there are none left, every throw is 0. */
struct whole_dice {
	const uint8_t *s;
	size_t left;
};
unsigned whole_roll(struct whole_dice *d, unsigned sides);

struct whole_form {
	const char *lang;
	struct copl_strbuf xml;
	struct copl_strbuf body; /* what follows the head, while it is made */
	unsigned texts; /* their words are numbered from 0 */
	/* Not in every language: one of several forms of a text. */
	bool plural[WHOLE_TEXTS];
	bool plurals; /* some are */
	unsigned ids;
	char choice[16]; /* an earlier question to ask for; "" */
};
extern const char *const whole_langs[6];

/* A form that keeps every rule. */
void whole_make_form(
    struct whole_dice *d, const char *lang, struct whole_form *out);

/* How far a translator goes. */
enum whole_words {
	WHOLE_SAME, /* the source's text */
	WHOLE_KIND, /* words */
	WHOLE_HOSTILE /* words, and all that could be taken for markup */
};
/* A catalog in the language, complete. */
void whole_make_catalog(struct whole_dice *d, const struct copl_units *u,
    const char *name, enum whole_words words, struct copl_strbuf *out);

/* Changes some bytes. */
void whole_damage(struct whole_dice *d, struct copl_strbuf *b);

/*
 * A page as a browser takes it apart: its tags with the names of their
 * attributes, a line each, and all its text, that of attributes included.
 * What is wrong with it; NULL: nothing is script, and nothing leads outside.
 */
const char *whole_html(const struct copl_strbuf *html,
    struct copl_strbuf *shape, struct copl_strbuf *text);

#endif
