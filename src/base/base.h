/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BASE_H
#define COPL_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#define COPL_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define COPL_MUST_CHECK __attribute__((warn_unused_result))
#define COPL_COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- arena: many small allocations, one release ---- */

struct copl_arena;

struct copl_arena *copl_arena_new(void) COPL_MUST_CHECK;
void copl_arena_free(struct copl_arena *a);
/* Zeroed, aligned for any type; NULL when memory is out. */
void *copl_arena_alloc(struct copl_arena *a, size_t size) COPL_MUST_CHECK;
char *copl_arena_strdup(struct copl_arena *a, const char *s) COPL_MUST_CHECK;
/* NUL-terminated copy of len bytes. */
char *copl_arena_strndup(struct copl_arena *a, const char *s, size_t len)
    COPL_MUST_CHECK;
char *copl_arena_printf(struct copl_arena *a, const char *fmt, ...)
    COPL_PRINTF(2, 3) COPL_MUST_CHECK;

/*
 * Room for one more item in a growing array: returns the array (moved or
 * not) with *room > used, or NULL when memory is out (the old one stays).
 */
void *copl_grow(void *array, size_t used, size_t *room, size_t item)
    COPL_MUST_CHECK;

/* ---- strbuf: a growing byte string with a ceiling ---- */

struct copl_strbuf {
	char *s; /* always NUL-terminated once anything was added */
	size_t len;
	size_t cap;
	size_t max; /* bytes it may ever hold; going over is COPL_E_LIMIT */
	enum copl_status st; /* first failure sticks; later adds do nothing */
};

#define COPL_STRBUF_INIT(limit)                                                \
	{                                                                      \
		NULL, 0, 0, (limit), COPL_OK                                   \
	}

void copl_strbuf_add(struct copl_strbuf *b, const char *s, size_t len);
void copl_strbuf_puts(struct copl_strbuf *b, const char *s);
void copl_strbuf_printf(struct copl_strbuf *b, const char *fmt, ...)
    COPL_PRINTF(2, 3);
/* Makes room for len bytes in all, so that they come without moving. */
void copl_strbuf_room(struct copl_strbuf *b, size_t len);
/* Forgets the content and the failure, keeps the room. */
void copl_strbuf_reset(struct copl_strbuf *b);
void copl_strbuf_clear(struct copl_strbuf *b);
/* The text, never NULL. */
const char *copl_strbuf_text(const struct copl_strbuf *b);

/* ---- text that goes into other formats ---- */

/* & < > ; a raw CR as &#13; so that parsers give it back. */
void copl_xml_put_text(struct copl_strbuf *b, const char *s, size_t len);
/* The same and " , TAB and LF as character references. */
void copl_xml_put_attr(struct copl_strbuf *b, const char *s);
/* A whole attribute with the blank before it; nothing when s is NULL. */
void copl_xml_put_named(struct copl_strbuf *b, const char *name, const char *s);
/* A JSON string with its quotes.  Input must be UTF-8. */
void copl_json_put_string(struct copl_strbuf *b, const char *s);

/* Bytes before the first one that is not UTF-8; len when all are. */
size_t copl_utf8_valid(const char *s, size_t len);
/* Code points in valid UTF-8. */
size_t copl_utf8_count(const char *s, size_t len);

/* ASCII only: <ctype.h> looks at the locale and is banned. */
static inline bool copl_is_digit(char c)
{
	return c >= '0' && c <= '9';
}
/* What a digit of base 16 is worth, in either case; -1: it is none. */
static inline int copl_hex_digit(char c)
{
	if (copl_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
/* The byte that "%XX" stands for; -1: that is not there. */
static inline int copl_percent_byte(const char *s)
{
	int hi = *s == '%' ? copl_hex_digit(s[1]) : -1;
	int lo = hi < 0 ? -1 : copl_hex_digit(s[2]);

	return lo < 0 ? -1 : hi * 16 + lo;
}
static inline bool copl_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}
static inline bool copl_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}
static inline bool copl_is_alpha(char c)
{
	return copl_is_lower(c) || copl_is_upper(c);
}
/* XML's four white space characters and no others. */
static inline bool copl_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/*
 * The same words, whatever blanks of ASCII part them?  NULL has no words.
 */
bool copl_words_same(const char *a, const char *b);

/*
 * Length of the blank at s: white space in the sense of Unicode, NBSP included
 * (what Python's str.isspace() says).  0: it is none.
 */
size_t copl_blank(const char *s);

/*
 * The name of the placeholder that starts at s ("{name}", s at the brace),
 * its length in *len; NULL if there is none.  "{{" is a brace, not a
 * placeholder.  Names are [a-z][a-z0-9_]*.
 */
const char *copl_placeholder(const char *s, size_t *len);

/* ---- plural.c: which form of a text goes with a number ---- */
#define COPL_PLURALS_MAX 16
struct copl_plural {
	unsigned n; /* 0: not known */
	const char *rule; /* up to a ';' or its end */
	bool tried; /* is "ones" known? */
	uint32_t ones; /* a bit for each form that serves one number only */
};
/* "ones" of a rule that is known by heart; false: it is not. */
bool copl_plural_ones(const struct copl_plural *p, uint32_t *ones);
/* Reads "nplurals=2; plural=(n != 1);"; false when it is not of that form. */
bool copl_plural_parse(const char *forms, struct copl_plural *out);
/* Form of a number; false when the rule cannot be evaluated. */
bool copl_plural_form(
    const struct copl_plural *p, unsigned long number, unsigned *form);
/*
 * Does the form serve one number only?  Then it may name it in words.  The
 * first question tries a thousand numbers and keeps what came out.
 */
bool copl_plural_serves_one(struct copl_plural *p, unsigned form);
/*
 * Does it serve the number 1 alone?  Only that form is a translation of the
 * source's singular: in Arabic those for 0 and 2 serve one number as well, and
 * translators get the plural as their source.
 */
bool copl_plural_is_singular(struct copl_plural *p, unsigned form);
/*
 * gettext's Plural-Forms value for a catalog name ("zh_CN") or tag, e.g.
 * "nplurals=2; plural=(n > 1);".  NULL: not in the table.
 */
const char *copl_plural_forms(const char *name, unsigned *nplurals);
/* The same, read; false: the language is not in the table. */
bool copl_plural_of(const char *language, struct copl_plural *out);
/*
 * Rules of one language differ: French has two forms for gettext and three
 * for CLDR.  map[k] is the form of the one rule that says what form k of the
 * other one needs, found by trying numbers; false: a rule cannot be
 * evaluated.  A form that no whole number has is the last one's.
 */
bool copl_plural_map(const struct copl_plural *from,
    const struct copl_plural *to, unsigned map[COPL_PLURALS_MAX]);
/*
 * The very same words, but for blanks and parentheses around them?  Most
 * catalogs have the rule of the table, and no number need be tried.
 */
bool copl_plural_same(const struct copl_plural *a, const struct copl_plural *b);
/* The same form for every number, whatever the rules look like? */
bool copl_plural_agree(
    const struct copl_plural *a, const struct copl_plural *b);

/* ---- shapes of values that several of our files hold ---- */

/* An id: [a-z][a-z0-9_]*, at most 32 characters. */
bool copl_shape_is_name(const char *s);
/* Only the shape of a BCP 47 tag; locale knows which languages there are. */
bool copl_shape_is_tag(const char *s);
bool copl_shape_is_email(const char *s);
/*
 * An address that a reader's browser may follow: https:, http:, mailto: or
 * tel:, at most 2000 bytes, with nothing in it that is blank or not seen.
 */
bool copl_shape_is_address(const char *s);

/* ---- map from strings to indexes ---- */

struct copl_map {
	struct copl_map_slot *slots;
	size_t used;
	size_t size; /* power of two, or 0 */
};

/*
 * Keys are borrowed and must outlive the map; values are indexes, less than
 * 2^32.  Put returns false when memory
 * is out; a key that is there keeps its first value and *out (may be NULL)
 * gets the value that is in the map afterwards.
 */
bool copl_map_put(struct copl_map *m, const char *key, size_t value,
    size_t *out) COPL_MUST_CHECK;
/* Makes room for n keys at once; false when memory is out. */
bool copl_map_room(struct copl_map *m, size_t n) COPL_MUST_CHECK;
bool copl_map_get(const struct copl_map *m, const char *key, size_t *out);
void copl_map_free(struct copl_map *m);

/* ---- reporter: findings are kept, sorted, then handed over ---- */

struct copl_place {
	const char *file; /* NULL: none */
	size_t line; /* 1-based, 0 unknown */
	size_t column; /* 1-based in characters, 0 unknown */
};

struct copl_reporter {
	const struct copl_sink *sink;
	struct copl_arena *arena;
	struct copl_finding *list;
	size_t n;
	size_t room;
	size_t errors;
	size_t warnings;
	bool nomem; /* a library below reported that memory ran out */
};

/* A NULL sink drops everything but still counts. */
void copl_reporter_init(struct copl_reporter *r, const struct copl_sink *sink);

void copl_report(struct copl_reporter *r, enum copl_severity sev,
    const char *code, struct copl_place at, const char *fmt, ...)
    COPL_PRINTF(5, 6);

/* Tell what was done; goes to the sink at once. */
void copl_tell(struct copl_reporter *r, const char *kind,
    const struct copl_field *fields, size_t nfields, const char *fmt, ...)
    COPL_PRINTF(5, 6);

/* The same, one line of any length: field "path" is what is before a TAB. */
void copl_tell_line(
    struct copl_reporter *r, const char *kind, const char *s, size_t len);

/*
 * Appends the findings of another reporter, which is empty afterwards: work
 * that was done on other threads is told in the order of the caller.
 */
void copl_reporter_move(struct copl_reporter *to, struct copl_reporter *from);

/* Forgets all findings. */
void copl_reporter_drop(struct copl_reporter *r);

/*
 * Sorts and hands over what was found, and frees it.  Returns st, or
 * COPL_E_NOMEM when memory ran out on the way: then findings are dropped,
 * because a lack of memory is nobody's content error.
 */
enum copl_status copl_reporter_end(
    struct copl_reporter *r, enum copl_status st);

/* ---- findings that are shown in a page, not told at once ---- */

/* Begins as zeros; strings belong to it. */
struct copl_findings {
	struct copl_arena *arena;
	struct copl_diag *list; /* in the order in which a sink gets them */
	size_t n;
	size_t room;
	bool nomem; /* some are missing, because memory ran out */
};
/* A sink for a reporter that keeps findings in f, which is emptied. */
struct copl_sink copl_findings_sink(struct copl_findings *f) COPL_MUST_CHECK;
void copl_findings_free(struct copl_findings *f);

/* ---- time: always an argument, never read below the program ---- */

/* RFC 3339 with a zone: "2027-03-31T23:59:59Z" or "+02:00" at the end. */
struct copl_instant {
	int64_t seconds; /* since 1970-01-01T00:00:00Z */
	int offset; /* minutes east of UTC, as written */
};
bool copl_instant_parse(const char *s, struct copl_instant *out);
#define COPL_INSTANT_SIZE 40
/* In UTC: "2027-03-31T23:59:59Z". */
void copl_instant_format(int64_t seconds, char out[COPL_INSTANT_SIZE]);
/* Of the Gregorian calendar; month is 1 to 12. */
int copl_days_in_month(int year, int month);
/* "2027-12-31" as seconds at the start of that day in UTC. */
bool copl_date_parse(const char *s, int64_t *out);

/* ---- numbers ---- */

/* In decimal digits; returns how many.  A printf takes ten times as long. */
#define COPL_DECIMAL_SIZE 21
size_t copl_decimal(uint64_t n, char out[COPL_DECIMAL_SIZE]);

/* Whole decimal number up to max, nothing before or after it. */
bool copl_number_parse(const char *s, uint64_t max, uint64_t *out);

/* ---- files ---- */

/*
 * Whole file into *buf, which is emptied first; at most max bytes.  Reports
 * io-open, io-read or file-too-large at the file.
 */
enum copl_status copl_file_read(const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *buf) COPL_MUST_CHECK;

/*
 * The one door for writing, shut where r ran out of memory.  Writes a
 * temporary file beside path, flushes it, renames it over path; on any failure
 * the old file is untouched and the temporary one is gone; what a killed
 * process left of it is swept.  A file that holds these bytes already is left
 * alone and *changed (may be NULL) is false.  A link is replaced, but not one
 * to a folder, which is refused.  A device or pipe (/dev/full) is written to
 * directly, not through a link, but for those to descriptors (/dev/stdout).
 */
enum copl_status copl_file_replace(const char *path, const char *bytes,
    size_t len, unsigned mode, struct copl_reporter *r, bool *changed)
    COPL_MUST_CHECK;

/* The same, not flushed to the disk: what can be made again. */
enum copl_status copl_file_output(const char *path, const char *bytes,
    size_t len, unsigned mode, struct copl_reporter *r, bool *changed)
    COPL_MUST_CHECK;
/*
 * The same in two steps, for files that must come together or not at all:
 * the bytes are in a temporary file beside path until the commit renames it.
 * number tells apart files that are staged at one time.  Not flushed either.
 * Where it fails there is nothing to abandon.
 */
struct copl_staged {
	char *path;
	char *tmp; /* NULL: the file holds these bytes already */
};
enum copl_status copl_file_stage(const char *path, const char *bytes,
    size_t len, unsigned mode, size_t number, struct copl_reporter *r,
    struct copl_staged *out) COPL_MUST_CHECK;
/* *changed (may be NULL): the file has new bytes. */
enum copl_status copl_file_commit(struct copl_staged *s,
    struct copl_reporter *r, bool *changed) COPL_MUST_CHECK;
/* Removes what was staged and not committed; an empty one is fine. */
void copl_file_abandon(struct copl_staged *s);

/*
 * A new file "NAME.tmp-PID-N", to be renamed; a leftover of a dead process with
 * our number is nobody's any more.  -1 leaves errno.
 */
int copl_temporary_open(const char *tmp, unsigned mode) COPL_MUST_CHECK;

/* A device, a pipe, or a name like /dev/stdout: not to be replaced? */
bool copl_path_is_special(const char *path);
/* To write to one of those, and to nothing else; -1 leaves errno. */
int copl_special_open(const char *path) COPL_MUST_CHECK;

/* All the bytes, however often the system asks; false leaves errno. */
bool copl_write_all(int fd, const char *bytes, size_t len) COPL_MUST_CHECK;

/* Makes path and its parents; existing ones are fine. */
enum copl_status copl_dir_make(const char *path, struct copl_reporter *r)
    COPL_MUST_CHECK;
/* Removes a tree of files and folders (no link is followed, depth <= 16). */
enum copl_status copl_dir_remove(const char *path, struct copl_reporter *r)
    COPL_MUST_CHECK;
/*
 * Removes "path.tmp-PID-N" beside path, files and folders, that a process left
 * which is no more.  Best effort: in a folder of very many names not all of
 * them are looked at.
 */
void copl_path_sweep(const char *path);
/*
 * Names in a folder, sorted by byte, without "." and ".."; at most 100 000.
 * *names and the strings live in the arena.
 */
enum copl_status copl_dir_list(const char *path, struct copl_arena *a,
    struct copl_reporter *r, const char ***names, size_t *n) COPL_MUST_CHECK;
/* Flushes a folder's entries to the disk. */
enum copl_status copl_dir_sync(const char *path, struct copl_reporter *r)
    COPL_MUST_CHECK;

bool copl_path_exists(const char *path);
/* What stands behind the last slash. */
const char *copl_path_name(const char *path);
/* dir "/" name, or name alone when it is absolute or dir is "." or empty. */
char *copl_path_join(struct copl_arena *a, const char *dir, const char *name)
    COPL_MUST_CHECK;
/*
 * A path of a release: relative, at most 4 segments of [A-Za-z0-9._-], none
 * starting with a dot, at most 200 bytes.
 */
bool copl_path_is_safe(const char *path);

#endif
