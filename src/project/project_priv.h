/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_PROJECT_PRIV_H
#define COPL_PROJECT_PRIV_H

#include "project/project.h"

/* What reading a project file passes around. */
struct copl_project_reader {
	struct copl_project *p;
	struct copl_reporter *r;
	size_t errors; /* the reporter's when this file began */
	/* Element indexes by what must be there once. */
	struct copl_map recipients;
	/* Where the endpoints of these ids and addresses stand. */
	struct copl_map endpoints;
	struct copl_map urls;
	struct copl_place *places;
	size_t nplaces, places_room;
	const xmlNode *endpoint; /* that is being read */
	bool table_lost; /* a table of endpoints was not read to its end */
};

/* ---- shape.c: which elements and attributes stand where ---- */

/* False: there is too much of something to go on reading. */
bool copl_project_check_shape(
    struct copl_project_reader *rd, const xmlNode *root) COPL_MUST_CHECK;

/* ---- url.c ---- */

/*
 * What is wrong with an address, a translated sentence; NULL: nothing.  An
 * endpoint is a folder: it ends with a slash and has nothing behind it.
 */
const char *copl_project_url_fault(const char *url, bool endpoint);
/* The same for an endpoint that may have http: beyond this computer. */
const char *copl_project_open_url_fault(const char *url);
/* Is what goes there hidden from others: by TLS, or never on a wire? */
bool copl_project_url_is_sealed(const char *url);
/*
 * An address without a fault as the same place is always written: small
 * letters, no port that goes without saying.  NULL: memory is out.
 */
const char *copl_project_url_key(struct copl_arena *a, const char *url);

/* ---- values.c: shapes of single values ---- */

bool copl_project_is_catalog(const char *s);
bool copl_project_is_zone(const char *s);
bool copl_project_is_source(const char *s);
/* Tags and file names are the same in capitals: some file systems think so. */
bool copl_project_same(const char *a, const char *b);

/* ---- list.c: attributes that hold a list separated by blanks ---- */

typedef void copl_project_word(struct copl_project_reader *rd, const char *word,
    struct copl_place at, void *arg);
/*
 * Calls fn for each word with its own place; words stay as long as the
 * project.  Returns how many there are.
 */
size_t copl_project_each_word(struct copl_project_reader *rd, const xmlNode *n,
    const char *attr, copl_project_word *fn, void *arg);
/*
 * The languages that the attribute of this name holds, in its order; each
 * finding stands at its own tag.  false: the attribute is there and empty.
 */
bool copl_project_read_tags(struct copl_project_reader *rd, const xmlNode *n,
    const struct copl_language ***list, size_t *count);
bool copl_project_has_language(const struct copl_language *const *list,
    size_t n, const struct copl_language *l);

/* ---- translation.c: settings for those who translate ---- */

void copl_project_read_language(struct copl_project_reader *rd,
    const xmlNode *n, struct copl_language *out);
/* Before the languages, which take their day from here. */
void copl_project_read_translation(
    struct copl_project_reader *rd, const xmlNode *root);

/* ---- gate.c ---- */

void copl_project_read_gates(
    struct copl_project_reader *rd, const xmlNode *root);

/* ---- project.c, for the readers ---- */

/* In the project's arena, zeroed; NULL when memory is out, which is noted. */
void *copl_project_alloc(struct copl_project_reader *rd, size_t n, size_t size)
    COPL_MUST_CHECK;
const char *copl_project_get(
    struct copl_project_reader *rd, const xmlNode *n, const char *name);
const xmlNode *copl_project_child(const xmlNode *parent, const char *name);
/* The same element among the next siblings; NULL at the end. */
const xmlNode *copl_project_next(const xmlNode *n);
size_t copl_project_count(const xmlNode *parent, const char *name);
struct copl_place copl_project_at(
    const struct copl_project_reader *rd, const xmlNode *n, const char *attr);
/* Bytes of a value to show in a finding: for "%.*s". */
int copl_project_shown(const char *s);
/* Line of the first element with this name; 0: it is n itself. */
size_t copl_project_first_use(struct copl_project_reader *rd,
    struct copl_map *names, const char *name, const xmlNode *n);
/*
 * The attribute src as a path below the project's folder, for opening, and
 * as it is written; NULL: it is not there or cannot be used.
 */
const char *copl_project_read_source(
    struct copl_project_reader *rd, const xmlNode *n, const char **src);
/* A value that cannot be: reported at the attribute with what to write. */
void copl_project_bad_value(struct copl_project_reader *rd, const xmlNode *n,
    const char *attr, const char *value, const char *advice);

/* The <safeguarding> of parent, checked; all NULL when there is none. */
struct copl_safeguarding copl_project_read_safeguarding(
    struct copl_project_reader *rd, const xmlNode *parent);

/* ---- endpoint.c: what is said of an endpoint, wherever it stands ---- */

/* Words of the project file and heads of columns alike. */
enum copl_setting {
	COPL_SET_ID,
	COPL_SET_URL,
	COPL_SET_DRIVER,
	COPL_SET_AUTH,
	COPL_SET_USER,
	COPL_SET_SECRET,
	COPL_SET_CA,
	COPL_SET_CERT,
	COPL_SET_CERT_KEY,
	COPL_SET_CERT_PASS,
	COPL_SET_PINS,
	COPL_SET_PRIVATE,
	COPL_SET_CLEARTEXT,
	COPL_SET_HTTP,
	COPL_SET_REGION,
	COPL_SET_VERIFY,
	COPL_SET_PER_MINUTE,
	COPL_SET_TIMEOUT,
	COPL_SET_DISABLED,
	COPL_SETTINGS
};
const char *copl_setting_name(enum copl_setting which);

struct copl_settings {
	const char *value[COPL_SETTINGS]; /* as long as the project; NULL: not
					   * said */
	struct copl_place at; /* of the endpoint */
	/* Where a setting stands. */
	struct copl_place (*place)(
	    const struct copl_settings *s, enum copl_setting which);
	const void *arg;
};
/*
 * Reads and checks all of them; an id that is not said stays what out has.
 * Values that are wrong in themselves, whether they go together, and whether
 * another endpoint has this id or address already.
 */
void copl_project_read_endpoint(struct copl_project_reader *rd,
    const struct copl_settings *s, struct copl_endpoint *out);

/* ---- endpoint_rules.c: which settings go together ---- */

void copl_project_check_endpoint(struct copl_project_reader *rd,
    const struct copl_settings *s, const struct copl_endpoint *e);

/* ---- endpoint_table.c: very many endpoints ---- */

/* The tables that <endpoints src="..."/> names, behind the recipients. */
void copl_project_read_tables(
    struct copl_project_reader *rd, const xmlNode *root);

/* ---- forms.c: where young people find the forms ---- */

/* The address of <forms>, checked; NULL: none. */
const char *copl_project_read_forms(
    struct copl_project_reader *rd, const xmlNode *recipient);

/* ---- recipient.c ---- */

void copl_project_read_recipient(struct copl_project_reader *rd,
    const xmlNode *n, struct copl_recipient *out);
/* Rules between the recipients. */
void copl_project_check_recipients(struct copl_project_reader *rd);

#endif
