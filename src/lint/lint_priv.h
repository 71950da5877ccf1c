/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LINT_PRIV_H
#define COPL_LINT_PRIV_H

#include <stdlib.h>
#include "lint/language.h"
#include "lint/lint.h"

/* The scripts in which words are looked at. */
enum lint_script {
	LINT_OTHER, /* any other, and what belongs to none */
	LINT_LATIN,
	LINT_CYRILLIC,
	LINT_GREEK,
	LINT_ARABIC,
	LINT_HAN
};

struct lint {
	const struct copl_catalog *c;
	const struct copl_lint *how;
	struct copl_reporter *r;
	struct copl_map by_ctxt; /* units with a context */
	struct copl_map by_msgid; /* units without */
	enum lint_script script; /* of the language; LINT_OTHER: not known */
	const struct lint_language *own; /* rules of the language */
	const struct lint_language *source; /* of the source's */
	bool simplified; /* the language is Simplified Chinese */
	bool contexts; /* some message has one */
	bool fragments; /* messages are XML; else they are a program's */
	struct copl_plural plural; /* as the header says */
	const struct copl_lint_unit *unit; /* of the message; NULL */
	struct copl_strbuf plain_id; /* see struct lint_text */
	struct copl_strbuf plain_str;
	uint64_t address_words; /* see lint_first() of their beginnings */
	struct lint_address_list *addressed; /* texts that say tu or vous */
	struct copl_han *han; /* characters of the other Chinese script */
	enum copl_status st; /* COPL_E_NOMEM, when memory ran out */
	bool failed; /* an error was reported */
	size_t ignored; /* findings that translators silenced */
	struct copl_place first_ignored;
};

/* Which bytes occur in a text, so that most checks need not look. */
struct lint_profile {
	uint64_t ascii[2]; /* a bit for each ASCII character */
	uint64_t lead; /* and for the last six bits of each lead byte */
	size_t len;
};
static inline bool lint_has(const struct lint_profile *p, char c)
{
	return (p->ascii[(unsigned char)c >> 6 & 1] >> ((unsigned char)c & 63) &
		   1) != 0;
}
/* A character whose UTF-8 begins with this byte? */
static inline bool lint_has_lead(const struct lint_profile *p, unsigned char c)
{
	return (p->lead >> (c & 63) & 1) != 0;
}
void lint_profile(struct lint_profile *p, const char *s);

/* One translated text: a message, or one plural form of it. */
struct lint_text {
	const struct copl_message *m;
	size_t form; /* of the msgstr */
	const char *id; /* the source it must agree with */
	const char *str;
	struct lint_profile in_id;
	struct lint_profile in_str;
	bool one; /* a plural form that serves one number only */
	bool formats; /* conversions are no words: "%s" */
	bool code; /* a message of a program, without tags that close */
	/*
	 * Both as they are read: without tags, entities resolved, each
	 * placeholder, conversion, address and e-mail address one U+FFFC.
	 * What has none of it is the text itself.
	 */
	const char *plain_id;
	const char *plain_str;
};

/*
 * Where letters were garbled by a wrong encoding; NULL: nowhere, or in the
 * source, too.
 */
const char *lint_garbled(const struct lint_text *t);

typedef void lint_catalog_fn(struct lint *l);
typedef void lint_message_fn(struct lint *l, const struct copl_message *m);
typedef void lint_text_fn(struct lint *l, const struct lint_text *t);

/* A finding about a message, unless its translator asked for silence. */
void lint_report(struct lint *l, const struct copl_message *m,
    enum copl_severity sev, const char *code, const char *fmt, ...)
    COPL_PRINTF(5, 6);
/*
 * A finding at a character of the translation: where points into str or
 * plain_str.
 */
void lint_report_text(struct lint *l, const struct lint_text *t,
    const char *where, enum copl_severity sev, const char *code,
    const char *fmt, ...) COPL_PRINTF(6, 7);
/* A finding elsewhere. */
void lint_report_at(struct lint *l, struct copl_place at,
    enum copl_severity sev, const char *code, const char *fmt, ...)
    COPL_PRINTF(5, 6);
/* Severity of what may wait until the release; unit NULL: not known. */
enum copl_severity lint_before_release(
    const struct lint *l, const struct copl_lint_unit *unit);
/* Does the message say "cop-ignore: CODE reason"?  It is counted then. */
bool lint_silenced(
    struct lint *l, const struct copl_message *m, const char *code);
/* Says how many findings were silenced, or lists them. */
void lint_tell_ignored(struct lint *l);
/* Is it a message of a program, with conversions such as "%s"? */
bool lint_has_formats(const struct copl_message *m);
/* Code of a row of the table; NULL: there are no more. */
const char *lint_code(size_t i);
/* The master's unit of a message, whatever its text; NULL: none. */
const struct copl_lint_unit *lint_unit(
    const struct lint *l, const char *ctxt, const char *id);

/* ---- text ---- */

#define LINT_OBJECT 0xfffcU /* stands for a placeholder or an address */

/* lint_next() for a character of more than one byte. */
uint32_t lint_next_long(const char **s);
/* One character of valid UTF-8 at s, not at its end; *s is moved on. */
static inline uint32_t lint_next(const char **s)
{
	unsigned char c = (unsigned char)**s;

	if (c >= 0xe0 || (c >= 0x80 && (*s)[1] == '\0'))
		return lint_next_long(s);
	if (c >= 0x80) {
		uint32_t low = (unsigned char)(*s)[1] & 0x3f;

		*s += 2;
		return (c & 0x1fU) << 6 | low;
	}
	(*s)++;
	return c;
}
/* The character before p, which is behind its start; *p is moved there. */
uint32_t lint_before(const char *start, const char **p);
/* Is the character there? */
bool lint_has_char(const char *s, uint32_t wanted);
/*
 * A message's text as it is read, see struct lint_text: in out, or s itself.
 */
const char *lint_plain(struct copl_strbuf *out, const char *s, bool formats);
/* Where in s the byte at of its plain text comes from. */
size_t lint_plain_source(const char *s, bool formats, size_t at);
/*
 * Length of the web or e-mail address at s, without the punctuation of the
 * sentence behind it; 0: there is none.
 */
size_t lint_address_length(const char *s);
/* Is there anything that could be an address?  Most texts have none. */
bool lint_may_hold_address(const char *s);
bool lint_is_letter(uint32_t c);
/* A mark that joins the letter before it. */
bool lint_is_mark(uint32_t c);
bool lint_is_blank(uint32_t c); /* not the end of a line */
int lint_digit(uint32_t c); /* its value, in any script; -1: it is none */
enum lint_script lint_script_of(uint32_t c);
/* The script in which a language is written, from its tag. */
enum lint_script lint_script_of_tag(const char *tag);

/*
 * The next word at or behind *s: letters and marks, with apostrophes and
 * hyphens inside.  Its length, 0: there is none; *s is moved to its start.
 */
size_t lint_word(const char **s);
/* Is the word, letter for letter, one of the text? */
bool lint_has_word(const char *s, const char *word, size_t len);
/* The same word in the list of words, parted by blanks (ASCII, no case)? */
bool lint_in_list(const char *list, const char *word, size_t len);
/* A bit for what a word begins with, so that most need not be looked up. */
static inline uint64_t lint_first(const char *word)
{
	unsigned a = (unsigned char)word[0] | 0x20U;
	unsigned b = word[0] == '\0' ? 0 : (unsigned char)word[1] | 0x20U;

	return UINT64_C(1) << ((a * 7 + b) & 63);
}
/*
 * Is a Latin word one that languages keep: an acronym, a brand with capitals
 * inside, a common term such as Wi-Fi, or a name that the source has too?
 */
bool lint_is_kept(const char *word, size_t len, const char *source);
/*
 * What tells two labels apart: without case, width and punctuation.  The
 * caller frees it; NULL: out of memory.
 */
char *lint_skeleton(const char *s);
/* User-perceived characters. */
size_t lint_graphemes(const char *s);

/* ---- spaces of French, for the check and for what puts them right ---- */

/* Can a phrase end with the character, a mark coming next? */
bool lint_ends_phrase(uint32_t c);
/* May it stand behind a mark that ends a part of a sentence?  0: the end. */
bool lint_parts(uint32_t c);
/* In Canada only the colon and the quotation marks have a space before. */
bool lint_wants_space(const char *tag, uint32_t mark);
/* Is one missing between the character and such a mark? */
bool lint_lacks_space(uint32_t c, uint32_t mark);

/* Is the message an answer of a question, one of several? */
bool lint_is_answer(const struct lint *l, const struct copl_message *m);

/* ---- checks ---- */

lint_catalog_fn lint_header_language;
lint_catalog_fn lint_header_charset;
lint_catalog_fn lint_header_boilerplate;
lint_catalog_fn lint_plural_rule;
lint_catalog_fn lint_po_missing;
lint_catalog_fn lint_duplicate_choice;
lint_catalog_fn lint_inconsistent;
lint_catalog_fn lint_obsolete;
/* When all texts were seen. */
lint_catalog_fn lint_register_end;
lint_catalog_fn lint_register_free;

lint_message_fn lint_ignore_lines;
lint_message_fn lint_not_in_master;
lint_message_fn lint_untranslated;
lint_message_fn lint_fuzzy;
lint_message_fn lint_plural_count;

lint_text_fn lint_blank;
lint_text_fn lint_markup;
lint_text_fn lint_conflict_marker;
lint_text_fn lint_edge_space;
lint_text_fn lint_double_space;
lint_text_fn lint_newline;
lint_text_fn lint_same_as_source;
lint_text_fn lint_wrong_script;
lint_text_fn lint_mixed_script;
lint_text_fn lint_max_length;
lint_text_fn lint_address;
lint_text_fn lint_bidi_balance;
lint_text_fn lint_bidi_override;
lint_text_fn lint_replacement;
lint_text_fn lint_forbidden;
lint_text_fn lint_zero_width;
lint_text_fn lint_not_nfc;
lint_text_fn lint_number;
lint_text_fn lint_end_punctuation;
lint_text_fn lint_local_punctuation;
lint_text_fn lint_glossary;
lint_text_fn lint_kashida;
lint_text_fn lint_exemplar;
lint_text_fn lint_han_variant;
lint_text_fn lint_inverted;
lint_text_fn lint_french_spacing;
lint_text_fn lint_quote_style;
lint_text_fn lint_url;
lint_text_fn lint_duplicate_word;
lint_text_fn lint_length_ratio;
lint_text_fn lint_backslash;
lint_text_fn lint_tag_spacing;
lint_text_fn lint_mojibake;
lint_text_fn lint_format;
lint_text_fn lint_number_order;
lint_text_fn lint_scale_reversed;
lint_text_fn lint_register;
lint_text_fn lint_bidi_embedding;

#endif
