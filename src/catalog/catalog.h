/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_H
#define COPL_CATALOG_H

#include "base/base.h"

/*
 * A gettext catalog (PO or POT) as our own arrays.  The scanner keeps the
 * position of everything, so that findings name line and column and an
 * update rewrites only the entries that it touches, byte for byte.
 */

#define COPL_CATALOG_MAX ((size_t)64 << 20)
#define COPL_PLURALS_MAX 16

struct copl_message {
	const char *ctxt; /* NULL: none */
	const char *id; /* unescaped */
	const char *plural; /* NULL: none */
	const char *str[COPL_PLURALS_MAX]; /* unescaped */
	size_t nstr;
	const char *prev_ctxt; /* "#|" lines, NULL: none */
	const char *prev_id;
	const char *prev_plural;
	const char *flags; /* "fuzzy, python-brace-format"; NULL: none */
	const char *extracted; /* "#." lines joined by LF; NULL: none */
	const char *comment; /* "# " lines joined by LF; NULL: none */
	const char *refs; /* "#:" lines joined by LF; NULL: none */
	bool fuzzy;
	bool obsolete;
	size_t start; /* byte span of the entry, comments included */
	size_t end; /* behind its last line; blank lines are nobody's */
	size_t body; /* first byte of the line that ends the comments */
	size_t str_start; /* first byte of the first msgstr keyword */
	struct copl_place at; /* the msgid line */
	struct copl_place str_at; /* first character of the translation */
};

struct copl_catalog {
	struct copl_arena *arena; /* owns every string below */
	struct copl_strbuf text; /* the bytes as read */
	const char *file; /* borrowed */
	struct copl_message *messages; /* in file order, header not included */
	size_t nmessages;
	struct copl_message *header; /* NULL: there is none */
	char *fields; /* the header's text, each line with a NUL at its end */
	struct copl_map by_key; /* all messages by ctxt EOT msgid */
	struct copl_map by_ctxt; /* live messages that have a context */
	bool ctxt_twice; /* two live messages have one context */
	bool bom; /* the file began with a BOM */
	bool crlf; /* lines end with CR LF */
};

/*
 * Findings: po-syntax, po-encoding, po-duplicate, po-header-missing,
 * po-conflict, io-*; notes po-bom and po-crlf.  When a catalog is broken all
 * findings are listed and the status is COPL_E_PARSE.  On success the caller
 * owns *out.  An obsolete entry with the context and source of another entry
 * is a duplicate too: gettext's own tools refuse it.
 */
enum copl_status copl_catalog_load(const char *path, struct copl_reporter *r,
    struct copl_catalog **out) COPL_MUST_CHECK;
enum copl_status copl_catalog_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_catalog **out)
    COPL_MUST_CHECK;
void copl_catalog_free(struct copl_catalog *c);

/* Live message by context (NULL: none) and source; NULL: there is none. */
const struct copl_message *copl_catalog_find(
    const struct copl_catalog *c, const char *ctxt, const char *id);
/* Live message by context alone; NULL: there is none. */
const struct copl_message *copl_catalog_find_ctxt(
    const struct copl_catalog *c, const char *ctxt);
/* Value of a header field, owned by the catalog; NULL: absent. */
const char *copl_catalog_field(
    const struct copl_catalog *c, const char *name, struct copl_place *at);
/* Has a flag, e.g. "python-brace-format"? */
bool copl_message_has_flag(const struct copl_message *m, const char *flag);

struct copl_catalog_counts {
	size_t translated;
	size_t fuzzy;
	size_t untranslated;
	size_t obsolete;
};
void copl_catalog_count(
    const struct copl_catalog *c, struct copl_catalog_counts *out);

/* ---- writing ---- */

/* What a POT entry holds; every member but id may be NULL. */
struct copl_entry {
	const char *extracted; /* lines joined by LF */
	const char *ref;
	const char *flags;
	const char *ctxt;
	const char *id;
};
/* The header of a new POT or, with a language, PO file. */
struct copl_po_header {
	const char *project; /* Project-Id-Version */
	const char *created; /* POT-Creation-Date; NULL: left out */
	const char *language; /* "fr", "zh_CN"; NULL: a POT */
	const char *plural_forms; /* NULL: left out */
	const char *comment; /* lines joined by LF; NULL: none */
};
void copl_po_put_header(
    struct copl_strbuf *out, const struct copl_po_header *h);
void copl_po_put_entry(struct copl_strbuf *out, const struct copl_entry *e);

struct copl_merge_counts {
	size_t kept; /* entries left byte for byte */
	size_t refreshed; /* only notes, references or flags are new */
	size_t added;
	size_t changed; /* same id, new text: fuzzy with the previous one */
	size_t obsoleted; /* kept as "#~", or gone when not translated */
};
/*
 * Merges a catalog (NULL: start a new one with the header given) with the
 * entries of its form, by context.  Same id, new text: fuzzy, exact previous
 * source as "#|"; a translation that was fuzzy already keeps the source it
 * was made for.  New id: empty, behind the entry that comes before it in the
 * form.  Gone id: obsolete, at the end.  An obsolete entry whose id comes
 * back is taken up again, as fuzzy unless its text is the same.  Order and
 * bytes of untouched entries stay, line ends stay what they are, and merging
 * twice changes nothing more.
 *
 * Of the header only Project-Id-Version and POT-Creation-Date are renewed,
 * and only when an entry changed.
 *
 * Doubles: of entries with one context and text the first counts, and an
 * entry with neither counts not at all: that is the header's place.  When two
 * live messages have one context, the one with the form's text is taken, else
 * the first, and the other becomes obsolete.
 */
enum copl_status copl_catalog_merge(const struct copl_catalog *c,
    const struct copl_entry *entries, size_t n, const struct copl_po_header *h,
    struct copl_strbuf *out, struct copl_merge_counts *counts) COPL_MUST_CHECK;

#endif
