/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PO files laid out as msgcat does, with 79 columns. */
#ifndef BENCH_PO_H
#define BENCH_PO_H
#include <stdio.h>

/* The first entry; NAME is how the catalog calls language LANG. */
void po_header(FILE *file, const char *name, size_t lang);

/* KEY, which is msgid or the like, and TEXT on one line or on several. */
void po_field(FILE *file, const char *key, const char *text);
#endif
