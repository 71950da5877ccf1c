/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two readers of the checker.  Neither knows a line of cop-l10n. */
#ifndef BENCH_CHECK_H
#define BENCH_CHECK_H
#include <stdbool.h>
#include "aid.h"

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
