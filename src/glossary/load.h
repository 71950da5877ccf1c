/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_GLOSSARY_LOAD_H
#define COPL_GLOSSARY_LOAD_H

#include "glossary/glossary_priv.h"

#define FIELDS_MAX 32 /* of one line, those of the user included */

enum field_name {
	F_TERM,
	F_LANGUAGE,
	F_PREFERRED,
	F_ACCEPTED,
	F_REJECTED,
	F_KEEP,
	F_NOTE,
	FIELDS
};

struct field {
	char *s; /* without blanks around it and quotes */
	const char *at; /* in the file; NULL: the line has no such field */
};

/* A glossary file that is being read. */
struct reading {
	struct copl_glossary *g;
	struct copl_reporter *r;
	const char *file;
	size_t no; /* of the line */
	const char *line;
	struct field fields[FIELDS_MAX];
	size_t nfields;
	size_t at[FIELDS]; /* which field is which; SIZE_MAX: not there */
	const char **terms; /* of the concepts */
	size_t terms_room;
	size_t rows_room; /* of each column */
	size_t nrows;
	bool stop; /* what follows would only be misunderstood */
};

struct copl_place glossary_place(const struct reading *d, const char *at);
const struct field *glossary_field(const struct reading *d, enum field_name n);
/* Makes the two columns that every glossary has; false: no memory. */
bool glossary_begin(struct reading *d, const char *lang);
/* Takes the line that is in fields. */
void glossary_row(struct reading *d);
/* When all lines are read: what they say by themselves, and the finders. */
enum copl_status glossary_finish(struct reading *d) COPL_MUST_CHECK;
void glossary_reading_free(struct reading *d);

#endif
