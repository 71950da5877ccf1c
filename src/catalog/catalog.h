/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_CATALOG_H
#define COPL_CATALOG_H

#include "base/base.h"

/*
 * A gettext catalog (PO or POT) as our own arrays.  The scanner keeps the
 * position of everything, so that findings name line and column and an
 * update rewrites only the entries that it touches, byte for byte.
 */

/* A million messages make about a quarter of a GiB. */
#define COPL_CATALOG_MAX ((size_t)512 << 20)

/* Line and column, both from 1. */
struct copl_spot {
	uint32_t line;
	uint32_t column; /* in characters */
};

/* What a translation was made for: the "#|" lines. */
struct copl_previous {
	const char *ctxt; /* NULL: none */
	const char *id;
	const char *plural;
};

/* There may be a million of these: keep them small. */
struct copl_message {
	const char *ctxt; /* NULL: none */
	const char *id; /* unescaped */
	const char *plural; /* NULL: none */
	const char *const *str; /* nstr of them, unescaped */
	const struct copl_previous *prev; /* NULL: no "#|" lines */
	const char *flags; /* "fuzzy, python-brace-format"; NULL: none */
	const char *extracted; /* "#." lines joined by LF; NULL: none */
	const char *comment; /* "# " lines joined by LF; NULL: none */
	const char *refs; /* "#:" lines joined by LF; NULL: none */
	uint32_t start; /* byte span of the entry, comments included */
	uint32_t end; /* behind its last line; blank lines are nobody's */
	uint32_t body; /* first byte of the line that ends the comments */
	uint32_t str_start; /* first byte of the first msgstr keyword */
	struct copl_spot at; /* the msgid line */
	struct copl_spot str_at; /* first character of the translation */
	uint32_t hash; /* of ctxt EOT msgid */
	uint8_t nstr;
	bool fuzzy;
	bool obsolete;
};

/* Messages by a key of theirs. */
struct copl_catalog_index {
	struct copl_catalog_slot *slots;
	size_t size; /* power of two, or 0 */
};

/*
 * Memory that one catalog after the other uses, so that the system need not
 * find it anew for each.  Begins as zeros.
 */
struct copl_catalog_room {
	struct copl_strbuf text;
	struct copl_message *messages;
	size_t nmessages;
	struct copl_catalog_slot *slots;
	size_t nslots;
	char *pool;
	size_t npool;
};
void copl_catalog_room_free(struct copl_catalog_room *room);

struct copl_catalog {
	struct copl_arena *arena; /* owns what is made once or seldom */
	struct copl_catalog_room *room; /* gets the memory back; NULL: none */
	size_t messages_room;
	size_t pool_room;
	char *pool; /* holds strings that are not in the text as they are */
	struct copl_strbuf text; /* the bytes as read; see po_put_raw() */
	bool texts; /* only texts were asked for, decoded where they stood */
	const char *file; /* borrowed */
	char *own_name; /* what file is, when the catalog owns it; NULL */
	struct copl_message *messages; /* in file order, header not included */
	size_t nmessages;
	struct copl_message *header; /* NULL: there is none */
	char *fields; /* the header's text, each line with a NUL at its end */
	struct copl_catalog_index by_key; /* all, by ctxt EOT msgid */
	struct copl_catalog_contexts *by_ctxt; /* for find_ctxt; see index.c */
	bool bom; /* the file began with a BOM */
	bool crlf; /* lines end with CR LF */
};

/*
 * Findings: syntax, encoding, duplicate-entry, header-missing, io-*;
 * notes bom and crlf.  When a catalog is broken all
 * findings are listed and the status is COPL_E_PARSE.  On success the caller
 * owns *out.  An obsolete entry with the context and source of another entry
 * is a duplicate too: gettext's own tools refuse it.
 *
 * The file is read into memory once and not mapped: nobody who writes to it
 * meanwhile can pull it away from under the scanner.  Nothing is shared
 * between catalogs: several threads may load at once, each with a reporter
 * of its own, and a catalog that is loaded may be read by several threads.
 */
enum copl_status copl_catalog_load(const char *path, struct copl_reporter *r,
    struct copl_catalog **out) COPL_MUST_CHECK;
/*
 * The same file, as strictly and with the same findings, for readers that
 * need only the translations: of the comments only fuzzy is known, flags,
 * extracted, comment and refs are NULL.  Not for merging.  The catalog uses
 * the memory of room (NULL: none): one catalog at a time can do so.
 */
enum copl_status copl_catalog_load_texts(const char *path,
    struct copl_catalog_room *room, struct copl_reporter *r,
    struct copl_catalog **out) COPL_MUST_CHECK;
enum copl_status copl_catalog_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_catalog **out)
    COPL_MUST_CHECK;
void copl_catalog_free(struct copl_catalog *c);

/* Live message by context (NULL: none) and source; NULL: there is none. */
const struct copl_message *copl_catalog_find(
    const struct copl_catalog *c, const char *ctxt, const char *id);
/*
 * The same where messages are looked for in the order of the file, mostly:
 * *near is where to look first, 0 to begin with, and is moved on.
 */
const struct copl_message *copl_catalog_find_near(const struct copl_catalog *c,
    const char *ctxt, const char *id, size_t *near);
/* Live message by context alone; NULL: there is none. */
const struct copl_message *copl_catalog_find_ctxt(
    const struct copl_catalog *c, const char *ctxt);
/* Value of a header field, owned by the catalog; NULL: absent. */
const char *copl_catalog_field(
    const struct copl_catalog *c, const char *name, struct copl_place *at);
/* Its plural rule; false, and out->n is 0: none that can be worked with. */
bool copl_catalog_plural(const struct copl_catalog *c, struct copl_plural *out);
/* The msgid line. */
struct copl_place copl_message_at(
    const struct copl_catalog *c, const struct copl_message *m);
/* The first character of the translation. */
struct copl_place copl_message_str_at(
    const struct copl_catalog *c, const struct copl_message *m);
/*
 * The place in the file of the byte at offset of the unescaped msgstr number
 * form; at or behind its end, of the closing quote of its last line.  For a
 * form that the message has not, the msgid line.  Found by reading the entry
 * again, from the file when only texts were asked for: meant for findings,
 * not for loops.
 */
struct copl_place copl_catalog_str_place(const struct copl_catalog *c,
    const struct copl_message *m, size_t form, size_t offset);
/*
 * The message, obsolete ones too, whose entry holds a line of the file (its
 * comments and blank lines before the next entry included); NULL: the
 * header's line or none.  For findings, which know only their line.
 */
const struct copl_message *copl_catalog_at_line(
    const struct copl_catalog *c, size_t line);
/* Has a flag, e.g. "python-brace-format"? */
bool copl_message_has_flag(const struct copl_message *m, const char *flag);
/* Has each of its forms a text, be it a fuzzy one? */
bool copl_message_is_whole(const struct copl_message *m);

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
	const char *plural; /* msgid_plural; NULL: the text has one form */
	unsigned nplurals; /* empty forms to write; 0: two, as in a template */
};
/* The header of a new POT or, with a language, PO file. */
struct copl_po_header {
	const char *project; /* Project-Id-Version */
	const char *created; /* POT-Creation-Date; NULL: left out */
	const char *language; /* "fr", "zh_CN"; NULL: a POT */
	const char *plural_forms; /* NULL: left out */
	const char *comment; /* lines joined by LF; NULL: none */
	const char *team; /* Language-Team; NULL: empty */
	const char *form; /* X-COP-Form and -Version; NULL: left out */
	const char *version;
};
void copl_po_put_header(
    struct copl_strbuf *out, const struct copl_po_header *h);
void copl_po_put_entry(struct copl_strbuf *out, const struct copl_entry *e);
void copl_po_put_translated(
    struct copl_strbuf *out, const struct copl_entry *e, const char *text);
/* A message as it is, its lines wrapped anew; "#~" lines when obsolete. */
void copl_po_put_message(struct copl_strbuf *out, const struct copl_message *m);

/*
 * The same with a translator's comment (lines joined by LF; NULL: none) and a
 * text for each of n forms: one when the entry has no plural.
 */
void copl_po_put_forms(struct copl_strbuf *out, const char *comment,
    const struct copl_entry *e, const char *const *forms, unsigned n);
/* Only its last lines, "msgstr" or "msgstr[0]" and on. */
void copl_po_put_msgstr(
    struct copl_strbuf *out, bool plural, const char *const *forms, unsigned n);

/* A message of a catalog and what its translation shall be. */
struct copl_revision {
	const struct copl_message *m;
	const char *const *forms;
	unsigned n;
};
/*
 * The catalog's file with these translations, which are in the order of the
 * file, and with another rule for plurals (NULL: its own); without BOM, lines
 * ending with LF.  All other bytes are as they were: flags, comments, order.
 */
enum copl_status copl_catalog_revise(const struct copl_catalog *c,
    const struct copl_revision *list, size_t n, const char *plural_forms,
    struct copl_strbuf *out) COPL_MUST_CHECK;

struct copl_merge_counts {
	size_t kept; /* entries left byte for byte */
	size_t refreshed; /* only notes, references or flags are new */
	size_t added;
	size_t changed; /* same id, new text: fuzzy with the previous one */
	size_t obsoleted; /* kept as "#~", or gone when not translated */
	size_t reused; /* of those that were new or empty: offered as fuzzy */
};
/*
 * Merges a catalog (NULL: start a new one with the header given) with the
 * entries of its form, by context.  Same id, new text: fuzzy, exact previous
 * source as "#|" (a text that gets plural forms brings its translation into
 * each of them); a translation that was fuzzy already keeps the source it
 * was made for.  New id: empty, behind the entry that comes before it in the
 * form.  Gone id: obsolete, at the end.  An obsolete entry whose id comes
 * back is taken up again, as fuzzy unless its text is the same.  Order and
 * bytes of untouched entries stay, line ends stay what they are, and merging
 * twice changes nothing more.
 *
 * An entry that is new or empty is offered the translation of exactly its
 * text that another id of the catalog has, live or obsolete, as fuzzy with a
 * comment: "# reuse: same text as seen/label".  The comment survives all
 * tools; it goes when a person has taken fuzzy away, and when a person
 * emptied the message it stays and nothing is offered again.
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
/*
 * The same with translations of earlier consultations at hand, in the same
 * language (NULL: none): those of the same id are offered first, those of
 * other ids when the catalog itself has none.  Its "#. from:" lines say where
 * they come from.  Forms are taken by what its plural rule says.
 */
enum copl_status copl_catalog_merge_with(const struct copl_catalog *c,
    const struct copl_catalog *earlier, const struct copl_entry *entries,
    size_t n, const struct copl_po_header *h, struct copl_strbuf *out,
    struct copl_merge_counts *counts) COPL_MUST_CHECK;
/* The line that says where a message's translation comes from; or NULL. */
const char *copl_message_reuse(const struct copl_message *m);

struct copl_three_counts {
	size_t taken; /* entries that are theirs, as they stand there */
	size_t merged; /* entries with something of both */
	size_t doubts; /* of these, marked as fuzzy */
	size_t conflicts; /* of these, translated by both, each differently */
	size_t kept; /* taken out by one, changed by the other */
};
/*
 * What two people made of one catalog, entry by entry, into out: our bytes,
 * with what only the other side changed or added.  An entry is known by
 * context and source, or by a context that no other has.  A translation that
 * comes under a source which its translator did not have becomes fuzzy, with
 * the source that it was made for as "#|"; of two translations ours stays, as
 * fuzzy, with theirs in its comment.  Dates of the header: the newer ones.
 *
 * base NULL: both began the file.  name is for findings, which are about out:
 * merge-conflict, merge-doubt, merge-kept, merge-header.
 */
enum copl_status copl_catalog_merge_three(const struct copl_catalog *base,
    const struct copl_catalog *ours, const struct copl_catalog *theirs,
    const char *name, struct copl_reporter *r, struct copl_strbuf *out,
    struct copl_three_counts *counts) COPL_MUST_CHECK;

#endif
