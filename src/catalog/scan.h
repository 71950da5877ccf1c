/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_SCAN_H
#define COPL_CATALOG_SCAN_H

#include "catalog/catalog_priv.h"

/* Where a string in quotes goes. */
enum po_field {
	FIELD_NONE,
	FIELD_CTXT,
	FIELD_ID,
	FIELD_PLURAL,
	FIELD_STR,
	FIELD_PREV_CTXT,
	FIELD_PREV_ID,
	FIELD_PREV_PLURAL
};

/* The scanner between two lines of a catalog. */
struct po_scan {
	struct copl_catalog *c;
	struct copl_reporter *r;
	struct po_line line;
	const char *text;
	const char *end;
	char *pool; /* next free byte for decoded text */
	const char **list; /* room for pointers to msgstr texts */
	size_t nlist;
	struct copl_message m; /* the entry that is being read */
	const char *str[COPL_PLURALS_MAX]; /* its translations */
	struct copl_previous prev; /* its "#|" lines */
	bool texts; /* comments are not collected */
	bool noted; /* its comments are collected already */
	bool lies; /* its first translation is in the text, not in the pool */
	enum po_field field;
	struct copl_place want; /* a keyword that waits for its string */
	bool open; /* a line of the entry was seen */
	bool body; /* a keyword of the entry was seen */
	bool broken; /* its structure is wrong: said once */
	bool high; /* escapes made bytes above 0x7f */
	bool orphan; /* the entry before it had no msgstr */
	bool line_used; /* something of an entry is on this line already */
	bool nomem;
	bool failed; /* the catalog has an error */
	unsigned conflict; /* 1: in the first version, 2: in another */
};

/* Place of a byte of the current line. */
struct copl_place po_scan_place(const struct po_scan *s, const char *at);
struct copl_spot po_scan_spot(const struct po_scan *s, const char *at);
/* An error of the catalog. */
void po_scan_error(struct po_scan *s, const char *code, struct copl_place at,
    const char *text);
/* The entry cannot be understood; told once for each entry. */
void po_scan_broken(struct po_scan *s, struct copl_place at, const char *text);
/* A line belongs to the entry. */
void po_scan_extend(struct po_scan *s);
/* Ends the entry that is open, if any, and makes room for the next. */
void po_scan_finish(struct po_scan *s);
/* When all entries are there; tells of doubles.  False: out of memory. */
bool po_scan_index(struct po_scan *s) COPL_MUST_CHECK;
/*
 * Reads entries that are written as gettext's tools write them, as the
 * general scanner would.  The state is then that behind the last line which
 * was read; at whatever else it stops, with nothing of it taken.
 */
void po_scan_fast(struct po_scan *s);
/* Begins the text of the current field anew. */
void po_scan_restart(struct po_scan *s);
/*
 * A string, p at its opening quote; returns what follows, NULL: nothing more
 * to read on the line.
 */
const char *po_scan_string(struct po_scan *s, const char *p);

#endif
