/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_EXCHANGE_PRIV_H
#define COPL_EXCHANGE_PRIV_H

#include "exchange/exchange.h"

/* ---- codes.c: messages and inline codes ---- */

/* A tag, a placeholder or bytes that stay as they are. */
struct xl_code {
	const char *id; /* in XLIFF */
	const char *open; /* its bytes in a message */
	const char *close; /* NULL: it stands alone */
	bool used; /* by the target, while it is written */
};
/* The codes of a source; strings are the arena's. */
struct xl_codes {
	struct copl_arena *arena;
	struct xl_code *list;
	size_t n;
	size_t room;
	bool markup; /* the message is a fragment with tags and references */
	bool lines; /* its source has line breaks and TABs */
	bool nomem;
};
void xl_codes_free(struct xl_codes *codes);

/* Forgets the codes; says whether the source is a fragment of XML. */
void xl_codes_begin(struct xl_codes *codes, const char *msgid);
/*
 * A message as the content of <source>; its codes are gathered.  For <target>
 * they are looked up, and those that the source has not are added.
 */
void xl_put_source(
    struct copl_strbuf *out, struct xl_codes *codes, const char *msgid);
void xl_put_target(
    struct copl_strbuf *out, struct xl_codes *codes, const char *msgstr);
/* Code by its id; NULL: there is none. */
const struct xl_code *xl_code_find(
    const struct xl_codes *codes, const char *id, size_t len);
struct xl_code *xl_code_add(struct xl_codes *codes, const char *id,
    size_t id_len, const char *open, size_t open_len, const char *close,
    size_t close_len);
/* Text as bytes of a message, in which tags of the codes may be typed. */
void xl_text_to_message(struct copl_strbuf *out, const struct xl_codes *codes,
    const char *s, size_t len);
/* Length of a character that no XML document can hold at s; 0: it is none. */
size_t xl_odd_character(const char *s);

/* ---- readers ---- */

struct copl_return *xl_return_new(
    struct copl_returns *rs, enum copl_return_kind kind, const char *file);
struct copl_taken *xl_taken_new(
    struct copl_returns *rs, struct copl_return *one);
/* Room for n forms, none of which has come; false: no memory. */
bool xl_taken_forms(struct copl_returns *rs, struct copl_taken *t, size_t n)
    COPL_MUST_CHECK;

/* Each takes UTF-8 without a BOM, or the bytes as they are (XLIFF). */
enum copl_status xl_read_xliff(struct copl_returns *rs, const char *bytes,
    size_t len, const char *file, struct copl_reporter *r) COPL_MUST_CHECK;
enum copl_status xl_read_po(struct copl_returns *rs, const char *bytes,
    size_t len, const char *file, struct copl_reporter *r) COPL_MUST_CHECK;
enum copl_status xl_read_table(struct copl_returns *rs, const char *bytes,
    size_t len, const char *file, struct copl_reporter *r) COPL_MUST_CHECK;

/*
 * Text that an editor saved, as UTF-8 without a BOM; a note says what was
 * converted.
 */
enum copl_status xl_plain_text(const char *bytes, size_t len, const char *file,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
