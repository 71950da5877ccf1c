/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the generator. */
#ifndef BENCH_GEN_H
#define BENCH_GEN_H
#include <stdio.h>
#include "aid.h"
#include "gen_file.h"
#include "phrases.h"

/* A text of the form that differs from all before it. */
struct string {
	uint64_t seed;
	uint64_t hash;
	enum kind kind;
	uint32_t line;
};

/* Everything about one form. */
struct form {
	const struct phrases *phrases;
	const char *folder;
	struct string *string;
	size_t strings;
	uint32_t *unit; /* for each unit the number of its string */
	size_t units;
	uint32_t *table; /* numbers of strings plus one, by hash */
	size_t slots;
};

/* form.xml with WANT units; fills FORM with what it wrote. */
void gen_form(struct form *form, size_t want);

/* its/form.its, and its/form.loc through which msgfmt finds it. */
void gen_rules(const char *folder);

/* LANG.po of every target language, laid out as msgcat does. */
void gen_catalogs(const struct form *form);

/* truth.ids: each msgid on a line; truth.LANG: the text of each unit, of the
   form itself too (truth.en). */
void gen_truth(const struct form *form);
#endif
