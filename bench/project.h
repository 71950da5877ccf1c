/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the generator of projects. */
#ifndef BENCH_PROJECT_H
#define BENCH_PROJECT_H
#include "aid.h"
#include "gen_file.h"
#include "phrases.h"

/* The six languages of ITU are the first of phrases.txt. */
enum { PROJECT_LANGS = 6 };

/* A text that is translated. */
struct unit {
	char *id; /* as in the catalogs: "q7/label" */
	const char *tail; /* stands behind it in every language, may be "" */
	enum kind kind;
	uint64_t seed;
};

/* The texts of one XML file, in its order. */
struct texts {
	const struct phrases *phrases;
	struct unit *unit;
	size_t n;
	uint64_t dice;
};

/* Where a text stands decides how it is written. */
enum shape { SHAPE_MASTER, SHAPE_CATALOG, SHAPE_RESULT };

/* Adds a text, OWNER/PART, or OWNER alone when PART is NULL, which differs
   in English from the last APART texts, and leaves it in OUT as the master
   has it. */
void texts_add(struct texts *texts, const char *owner, const char *part,
    enum kind kind, const char *tail, size_t apart, struct buf *out);

/* Text number I in language LANG. */
void texts_get(const struct texts *texts, size_t i, size_t lang,
    enum shape shape, struct buf *out);

void texts_free(struct texts *texts);

/* The name of the only recipient, and its values in the form. */
#define PARTNER "partner"
#define CONTACT "cop-partner@example.org"
#define GUARDIAN_AGE "16"

/* forms/form.xml in FOLDER with COUNT questions; its texts into TEXTS. */
void project_form(struct texts *texts, const char *folder, size_t count);
#endif
