/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_DIAG_H
#define COPL10N_DIAG_H

#include <stddef.h>

enum copl_severity { COPL_NOTE, COPL_WARNING, COPL_ERROR };

/**
 * One finding about one place in one input.
 *
 * Every pointer is borrowed and valid only during the callback; copy what
 * you keep.  All text is UTF-8.
 */
struct copl_diag {
	enum copl_severity severity;
	const char *code; /* stable id, e.g. "form-dup-id"; never translated */
	const char *file; /* as the caller named it; NULL if none */
	size_t line; /* 1-based; 0 when unknown */
	size_t column; /* 1-based, in characters; 0 when unknown */
	const char *text; /* one sentence, translated, no final newline */
};

/**
 * Receives findings, sorted: files in the order in which they were read,
 * then line and column.  Called on the thread that runs the operation.  It
 * must not call back into the library.
 */
typedef void copl_diag_fn(void *arg, const struct copl_diag *diag);

/** A name and a value that belong to an event; both borrowed. */
struct copl_field {
	const char *key;
	const char *value;
};

/**
 * Something that was done, told while the work goes on: a file written, an
 * endpoint served, a table row.  For JSON there are the fields, for people
 * the sentence.  Borrowed like a diagnostic.
 */
struct copl_event {
	const char *kind; /* stable id, e.g. "delivered"; never translated */
	const char *text; /* one sentence, translated; NULL: fields only */
	const struct copl_field *fields;
	size_t nfields;
};

typedef void copl_event_fn(void *arg, const struct copl_event *event);

/** Where an operation tells what it finds and does.  Any member may be NULL. */
struct copl_sink {
	copl_diag_fn *diag;
	copl_event_fn *event;
	void *arg; /* handed to both untouched */
};

#endif
