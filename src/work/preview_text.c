/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "work/preview_priv.h"

/* Characters that leave no ink, with a sign for each. */
struct invisible {
	const char *s; /* the character */
	const char *sign;
	const char *name; /* as Unicode has it */
	bool room; /* it takes room in the line */
};
static const struct invisible list[] = {
    {"\t", "⇥", "TAB", true},
    {"\xc2\xa0", "⍽", "NO-BREAK SPACE U+00A0", true},
    {"\xc2\xad", "-", "SOFT HYPHEN U+00AD", false},
    {"\xd8\x9c", "ALM", "ARABIC LETTER MARK U+061C", false},
    {"\xe2\x80\x80", "␣", "EN QUAD U+2000", true},
    {"\xe2\x80\x81", "␣", "EM QUAD U+2001", true},
    {"\xe2\x80\x82", "␣", "EN SPACE U+2002", true},
    {"\xe2\x80\x83", "␣", "EM SPACE U+2003", true},
    {"\xe2\x80\x87", "⍽", "FIGURE SPACE U+2007", true},
    {"\xe2\x80\x88", "␣", "PUNCTUATION SPACE U+2008", true},
    {"\xe2\x80\x89", "␣", "THIN SPACE U+2009", true},
    {"\xe2\x80\x8a", "␣", "HAIR SPACE U+200A", true},
    {"\xe2\x80\x8b", "ZWSP", "ZERO WIDTH SPACE U+200B", false},
    {"\xe2\x80\x8c", "ZWNJ", "ZERO WIDTH NON-JOINER U+200C", false},
    {"\xe2\x80\x8d", "ZWJ", "ZERO WIDTH JOINER U+200D", false},
    {"\xe2\x80\x8e", "LRM", "LEFT-TO-RIGHT MARK U+200E", false},
    {"\xe2\x80\x8f", "RLM", "RIGHT-TO-LEFT MARK U+200F", false},
    {"\xe2\x80\xa8", "↵", "LINE SEPARATOR U+2028", true},
    {"\xe2\x80\xa9", "¶", "PARAGRAPH SEPARATOR U+2029", true},
    {"\xe2\x80\xaa", "LRE", "LEFT-TO-RIGHT EMBEDDING U+202A", false},
    {"\xe2\x80\xab", "RLE", "RIGHT-TO-LEFT EMBEDDING U+202B", false},
    {"\xe2\x80\xac", "PDF", "POP DIRECTIONAL FORMATTING U+202C", false},
    {"\xe2\x80\xad", "LRO", "LEFT-TO-RIGHT OVERRIDE U+202D", false},
    {"\xe2\x80\xae", "RLO", "RIGHT-TO-LEFT OVERRIDE U+202E", false},
    {"\xe2\x80\xaf", "⍽", "NARROW NO-BREAK SPACE U+202F", true},
    {"\xe2\x81\xa0", "WJ", "WORD JOINER U+2060", false},
    {"\xe2\x81\xa6", "LRI", "LEFT-TO-RIGHT ISOLATE U+2066", false},
    {"\xe2\x81\xa7", "RLI", "RIGHT-TO-LEFT ISOLATE U+2067", false},
    {"\xe2\x81\xa8", "FSI", "FIRST STRONG ISOLATE U+2068", false},
    {"\xe2\x81\xa9", "PDI", "POP DIRECTIONAL ISOLATE U+2069", false},
    {"\xe3\x80\x80", "□", "IDEOGRAPHIC SPACE U+3000", true},
    {"\xef\xbb\xbf", "BOM", "ZERO WIDTH NO-BREAK SPACE U+FEFF", false},
};

static const struct invisible *invisible_at(const char *s)
{
	size_t i, k;

	for (i = 0; i < COPL_COUNT(list); i++) {
		for (k = 0; list[i].s[k] != '\0' && list[i].s[k] == s[k];)
			k++;
		if (list[i].s[k] == '\0')
			return &list[i];
	}
	return NULL;
}

static void put_sign(struct copl_strbuf *out, const char *sign,
    const char *name, bool room, const char *s, size_t len)
{
	copl_strbuf_printf(
	    out, "<span class=\"iv%s\" data-s=\"%s\"", room ? "" : " z", sign);
	if (name != NULL)
		copl_strbuf_printf(out, " title=\"%s\"", name);
	copl_strbuf_puts(out, ">");
	copl_xml_put_text(out, s, len);
	copl_strbuf_puts(out, "</span>");
}

/* A code or a placeholder: Latin letters in any text. */
static void put_code(
    struct copl_strbuf *out, const char *class, const char *s, size_t len)
{
	copl_strbuf_printf(out, "<bdi class=\"%s\" dir=\"ltr\">", class);
	copl_xml_put_text(out, s, len);
	copl_strbuf_puts(out, "</bdi>");
}

/* "<a1>", "</a>", "<br/>"; 0: it is none. */
static size_t tag_length(const char *s)
{
	size_t i = 1;

	if (s[i] == '/')
		i++;
	if (!copl_is_alpha(s[i]) && s[i] != '_')
		return 0;
	i += strcspn(s + i, "<>\n");
	return s[i] == '>' ? i + 1 : 0;
}

/* Text that is being put out. */
struct run {
	const char *start;
	const char *end;
	bool whole; /* its ends are those of the text */
};

/* A blank that is easily overlooked: one of several, or at an end. */
static bool is_odd_blank(const struct run *r, const char *s)
{
	bool first = s == r->start, last = s + 1 == r->end;

	if (*s != ' ')
		return false;
	if ((first || last) && r->whole)
		return true;
	return (!first && (s[-1] == ' ' || s[-1] == '\n')) ||
	       (!last && (s[1] == ' ' || s[1] == '\n'));
}

/* What is at s if it is shown in a way of its own; its length, 0: it is not. */
static size_t put_special(
    struct copl_strbuf *out, const struct run *r, const char *s)
{
	const struct invisible *iv;
	size_t len = 0;

	if (*s == '<' && (len = tag_length(s)) > 0) {
		put_code(out, "tag", s, len);
		return len;
	}
	if (*s == '{' && copl_placeholder(s, &len) != NULL) {
		put_code(out, "ph", s, len + 2);
		return len + 2;
	}
	if (is_odd_blank(r, s)) {
		put_sign(out, "·", NULL, true, s, 1);
		return 1;
	}
	if (*s == '\n') {
		put_sign(out, "↵", NULL, true, s, 1);
		return 1;
	}
	/* Most blanks are just that. */
	iv = *s == ' ' ? NULL : invisible_at(s);
	if (iv == NULL)
		return 0;
	put_sign(out, iv->sign, iv->name, iv->room, s, strlen(iv->s));
	return strlen(iv->s);
}

/* May a character that is shown in a way of its own begin with this byte? */
static bool may_be_special(char c)
{
	return c == '<' || c == '{' || c == ' ' || c == '\n' || c == '\t' ||
	       c == '\xc2' || c == '\xd8' || c == '\xe2' || c == '\xe3' ||
	       c == '\xef';
}

static void put_run(struct copl_strbuf *out, const struct run *r)
{
	const char *plain = r->start, *s = r->start;

	while (s < r->end) {
		const char *at = s;

		if (!may_be_special(*s)) {
			s++;
			continue;
		}
		copl_xml_put_text(out, plain, (size_t)(s - plain));
		plain = s;
		s += put_special(out, r, s);
		if (s == at)
			s++;
		else
			plain = s;
	}
	copl_xml_put_text(out, plain, (size_t)(s - plain));
}

void preview_put_text(struct copl_strbuf *out, const char *s)
{
	put_run(out, &(struct run){s, s + strlen(s), true});
}

void preview_put_part(struct copl_strbuf *out, const char *s, size_t len)
{
	put_run(out, &(struct run){s, s + len, false});
}

void preview_put_change(struct copl_strbuf *out, const struct copl_word_diff *d)
{
	static const char *const tags[] = {[COPL_WORD_SAME] = NULL,
	    [COPL_WORD_REMOVED] = "del",
	    [COPL_WORD_ADDED] = "ins"};
	size_t i;

	for (i = 0; i < d->n; i++) {
		const struct copl_word_span *w = &d->spans[i];
		const struct run run = {w->s, w->s + w->len, d->n == 1};
		const char *tag = tags[w->kind];

		if (tag != NULL)
			copl_strbuf_printf(out, "<%s>", tag);
		put_run(out, &run);
		if (tag != NULL)
			copl_strbuf_printf(out, "</%s>", tag);
	}
}
