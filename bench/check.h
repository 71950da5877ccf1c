/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the checker.  None knows a line of cop-l10n. */
#ifndef BENCH_CHECK_H
#define BENCH_CHECK_H
#include <stdbool.h>
#include "aid.h"

struct verdict {
	size_t wrong;
	size_t all;
};

/* With BENCH_SHOW set, says TEXT on stderr, for the first few. */
void show(const char *what, const char *text);

/* Takes the next line off *REST; NULL after the last. */
char *next_line(char **rest);

/* Each unit of the file XML against a line of the file TRUTH. */
void check_units(struct verdict *verdict, const char *truth, const char *xml);

/* The forms of the release in RELEASE against the truth in FOLDER. */
void check_release(
    struct verdict *verdict, const char *folder, const char *release);

typedef void take_fn(void *to, const char *text);

/* Gives TAKE each translatable text of the XML file at PATH: inline elements
   in full, blanks made one.  False when the file cannot be read to its end;
   what came before has been given then. */
bool units_read(const char *path, take_fn *take, void *to);

/* Gives TAKE the msgid of each entry in the catalog at PATH but for the header
   and obsolete ones.  A context comes before its msgid, with byte 4 between
   them.  A file that is not there has none. */
void ids_read(const char *path, take_fn *take, void *to);
#endif
