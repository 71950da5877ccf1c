/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the generators; each function ends the program when it cannot. */
#ifndef BENCH_GEN_FILE_H
#define BENCH_GEN_FILE_H
#include <stdio.h>

/* A new file NAME in FOLDER. */
FILE *gen_open(const char *folder, const char *name);
/* Closes FILE, to which all must have been written. */
void gen_close(FILE *file);

/* The folder NAME in FOLDER, unless it is there. */
void gen_folder(const char *folder, const char *name);
#endif
