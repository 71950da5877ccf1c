/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TALLY_FOLDER_H
#define COPL_TALLY_FOLDER_H

#include "tally/sort.h"
#include "tally/tally.h"

/*
 * Stored answers in any number of folders, in the order of their ids, so that
 * copies of one answer come one after the other.  No link is followed.
 */
struct tally_file {
	unsigned char id[16]; /* as in the name */
	unsigned char folder[2];
	unsigned char sealed;
	unsigned char pad;
};

struct tally_folder {
	const char *path; /* of the folder with the files */
	int fd;
};

struct tally_folders {
	struct copl_arena *arena;
	struct tally_folder list[TALLY_FOLDERS_MAX];
	size_t n;
	struct tally_sort *files;
	size_t nfiles;
	size_t nforeign; /* names that are no stored answer's */
	char *bytes; /* of one file */
};

/*
 * DIR/ID.xml and DIR/FORM/ID.xml of each folder, or ID.sealed.  Findings:
 * tally-foreign, tally-limit, tally-scratch, io-dir; what is foreign is left
 * out.
 */
enum copl_status tally_folders_open(struct tally_folders *f,
    const char *const *dirs, size_t n, const char *scratch,
    struct copl_reporter *r) COPL_MUST_CHECK;
void tally_folders_close(struct tally_folders *f);
/* COPL_E_NOTFOUND behind the last. */
enum copl_status tally_folders_next(struct tally_folders *f,
    struct tally_file *out, struct copl_reporter *r) COPL_MUST_CHECK;
/* "africa/digital_skills/0a1b....xml"; out has room for any. */
#define TALLY_PATH_SIZE 4200
void tally_file_path(const struct tally_folders *f,
    const struct tally_file *file, char out[TALLY_PATH_SIZE]);
/* The 32 digits. */
void tally_file_id(const struct tally_file *file, char out[33]);
/*
 * All of a file, valid until the next call.  COPL_E_IO: it is there and cannot
 * be read (io-open, io-read); COPL_E_INVALID: it is gone (io-open), no regular
 * file (tally-foreign) or too large (file-too-large).
 */
enum copl_status tally_file_read(struct tally_folders *f,
    const struct tally_file *file, const char **bytes, size_t *len,
    struct copl_reporter *r) COPL_MUST_CHECK;

/* What strangers named goes to a terminal as text, or not at all. */
void tally_tame(char *name);

/* Hands over what was found so far, so that it does not grow. */
enum copl_status tally_flush(struct copl_reporter *r) COPL_MUST_CHECK;

#endif
