/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include "glossary/glossary_priv.h"

#define TATWEEL 0x640U
#define SOFT_HYPHEN 0xadU

/* One character of UTF-8; a byte that is none stands for itself. */
static uint32_t decode(const char *s, unsigned *len)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned n = u[0] < 0xc2 ? 1 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4, i;
	uint32_t c;

	if (u[0] < 0x80 || n == 1 || u[0] > 0xf4) {
		*len = 1;
		return u[0] < 0x80 ? u[0] : 0xfffd;
	}
	c = u[0] & (0x7fU >> n);
	for (i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80) {
			*len = 1;
			return 0xfffd;
		}
		c = c << 6 | (u[i] & 0x3fU);
	}
	*len = n;
	return c;
}

/* ---- kinds of characters ---- */

static const struct range {
	uint32_t first;
	uint32_t last;
	enum word_kind kind;
} ranges[] = {
    {0x0041, 0x024f, WORD_LATIN},
    {0x0370, 0x03ff, WORD_GREEK},
    {0x0400, 0x052f, WORD_CYRILLIC},
    {0x0600, 0x06ff, WORD_ARABIC},
    {0x0750, 0x077f, WORD_ARABIC},
    {0x08a0, 0x08ff, WORD_ARABIC},
    {0x0e00, 0x0eff, WORD_SIGN}, /* Thai, Lao */
    {0x1000, 0x109f, WORD_SIGN}, /* Myanmar */
    {0x1780, 0x17ff, WORD_SIGN}, /* Khmer */
    {0x1e00, 0x1eff, WORD_LATIN},
    {0x1f00, 0x1fff, WORD_GREEK},
    {0x3005, 0x3007, WORD_SIGN},
    {0x3041, 0x30ff, WORD_SIGN}, /* kana */
    {0x3400, 0x4dbf, WORD_SIGN},
    {0x4e00, 0x9fff, WORD_SIGN},
    {0xf900, 0xfaff, WORD_SIGN},
    {0xfb50, 0xfdff, WORD_ARABIC},
    {0xfe70, 0xfefc, WORD_ARABIC},
    {0x20000, 0x3fffd, WORD_SIGN},
};

static bool is_mark(uint32_t c)
{
	return c >= 0x300 && uc_is_general_category_withtable(
				 c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Mc);
}

static enum word_kind kind_of(uint32_t c)
{
	size_t i;

	if (c < 0x80)
		return copl_is_alpha((char)c) || copl_is_digit((char)c)
			   ? WORD_LATIN
			   : WORD_NONE;
	if (!uc_is_general_category_withtable(
		c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Nd))
		return WORD_NONE;
	for (i = 0; i < COPL_COUNT(ranges) && c >= ranges[i].first; i++)
		if (c <= ranges[i].last)
			return ranges[i].kind;
	return WORD_OTHER;
}

/* A letter as it is compared; 0: it does not count. */
static uint32_t fold(uint32_t c)
{
	if (c < 0x80)
		return copl_is_upper((char)c) ? c + ('a' - 'A') : c;
	if (c == SOFT_HYPHEN || c == TATWEEL || c == 0x670 ||
	    (c >= 0x64b && c <= 0x65f))
		return 0;
	switch (c) {
	case 0x401: /* Yo and yo are written as Ye in most texts */
	case 0x451:
		return 0x435;
	case 0x622: /* alef with madda or hamza */
	case 0x623:
	case 0x625:
	case 0x671:
		return 0x627;
	case 0x649: /* alef maksura */
		return 0x64a;
	case 0x3c2: /* final sigma */
		return 0x3c3;
	default:
		return uc_tolower(c);
	}
}

/* ---- words ---- */

/* What is not read: a tag, a placeholder, an address.  Its length, or 0. */
static size_t unread(const char *s)
{
	size_t len;

	if (*s == '<' && (s[1] == '/' || copl_is_alpha(s[1]))) {
		len = strcspn(s, ">");
		return s[len] == '>' ? len + 1 : 0;
	}
	if (*s == '{') {
		len = strcspn(s, "}");
		return s[len] == '}' ? len + 1 : 0;
	}
	return 0;
}

/* Is the run of visible ASCII at s an address of the web or of e-mail? */
static size_t address(const char *s)
{
	size_t len = 0;
	bool is = s[0] == 'w' && strncmp(s, "www.", 4) == 0;

	for (; s[len] > ' ' && s[len] != '<' && s[len] != '"'; len++)
		is |= s[len] == '@' ||
		      (s[len] == ':' && s[len + 1] == '/' && s[len + 2] == '/');
	return is ? len : 0;
}

static bool begins(const char *text, size_t at, size_t *skip)
{
	unsigned char c = (unsigned char)text[at];

	*skip = 0;
	if (c == '<' || c == '{')
		*skip = unread(text + at);
	else if (copl_is_alpha((char)c) || copl_is_digit((char)c))
		*skip = at == 0 || !copl_is_alpha(text[at - 1])
			    ? address(text + at)
			    : 0;
	else if (c < 0x80)
		*skip = 1;
	if (*skip == 0 && (c == '<' || c == '{'))
		*skip = 1;
	return *skip == 0;
}

/* Letters and marks that are parted count as the letter they make. */
static bool joins(struct word *w, uint32_t mark)
{
	uint32_t *last = &w->letters[w->n - 1], whole;

	whole = uc_composition(*last, mark);
	if (whole != 0)
		*last = whole;
	return whole != 0;
}

static void add_letter(struct word *w, uint32_t c)
{
	c = fold(c);
	if (c == 0)
		return;
	if (c >= 0x300 && c < 0x370 && w->n > 0 && w->n <= GLOSSARY_LETTERS &&
	    joins(w, c))
		return;
	if (w->n < GLOSSARY_LETTERS)
		w->letters[w->n] = c;
	w->n++;
}

/* Letters and digits of ASCII, of which most words consist. */
static void read_ascii(const char *text, size_t *at, struct word *w)
{
	for (; w->n < GLOSSARY_LETTERS; ++*at) {
		unsigned char c = (unsigned char)text[*at];
		unsigned char low = c | 0x20;

		if (low >= 'a' && low <= 'z')
			w->letters[w->n++] = low;
		else if (c >= '0' && c <= '9')
			w->letters[w->n++] = c;
		else
			break;
	}
}

static void read_word(const char *text, size_t *at, struct word *w)
{
	unsigned len;
	uint32_t c;

	if (w->kind == WORD_LATIN)
		read_ascii(text, at, w);
	while (text[*at] != '\0') {
		c = decode(text + *at, &len);
		if (kind_of(c) != w->kind && !is_mark(c) && c != SOFT_HYPHEN &&
		    !(copl_is_digit((char)c) && c < 0x80))
			break;
		add_letter(w, c);
		*at += len;
		if (w->kind == WORD_SIGN)
			break;
	}
	w->end = *at;
}

bool glossary_word(const char *text, size_t *at, struct word *w)
{
	size_t skip;
	unsigned len;

	for (; text[*at] != '\0'; *at += skip) {
		if (!begins(text, *at, &skip))
			continue;
		w->kind = kind_of(decode(text + *at, &len));
		skip = len;
		if (w->kind == WORD_NONE)
			continue;
		w->start = *at;
		w->n = 0;
		read_word(text, at, w);
		return true;
	}
	return false;
}

/* Characters that part words of one term: not those that end a sentence. */
static bool is_joint(uint32_t c)
{
	if (c < 0x80)
		return strchr(" \t\n\r-'\"", (int)c) != NULL;
	return c == 0xab || c == 0xbb || /* quotes */
	       (c >= 0x2010 && c <= 0x2012) || (c >= 0x2018 && c <= 0x201f) ||
	       uc_is_general_category_withtable(
		   c, UC_CATEGORY_MASK_Zs | UC_CATEGORY_MASK_Cf |
			  UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Mc);
}

bool glossary_is_gap(const char *text, size_t from, size_t to)
{
	unsigned len;
	uint32_t c;

	while (from < to) {
		if (text[from] == '<' && unread(text + from) > 0) {
			from += unread(text + from);
			continue;
		}
		c = decode(text + from, &len);
		if (!is_joint(c))
			return false;
		from += len;
	}
	return true;
}
