/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include "lint/lint_priv.h"

static const uint8_t *u8(const char *s)
{
	return (const uint8_t *)s;
}

uint32_t lint_next_long(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	size_t n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	uint32_t c = p[0] & (0x7fU >> n);
	size_t i;

	for (i = 1; i < n && p[i] != '\0'; i++)
		c = c << 6 | (p[i] & 0x3f);
	*s += i;
	return c;
}

uint32_t lint_before(const char *start, const char **p)
{
	const char *at = *p - 1;

	while (at > start && ((unsigned char)*at & 0xc0) == 0x80)
		at--;
	*p = at;
	return lint_next(&at);
}

bool lint_has_char(const char *s, uint32_t wanted)
{
	while (*s != '\0')
		if (lint_next(&s) == wanted)
			return true;
	return false;
}

void lint_profile(struct lint_profile *p, const char *s)
{
	const unsigned char *c = (const unsigned char *)s;

	memset(p, 0, sizeof(*p));
	for (; *c != '\0'; c++) {
		if (*c < 0x80)
			p->ascii[*c >> 6] |= UINT64_C(1) << (*c & 63);
		else if (*c >= 0xc0)
			p->lead |= UINT64_C(1) << (*c & 63);
	}
	p->len = (size_t)(c - (const unsigned char *)s);
}

/* ---- characters and words ---- */

bool lint_is_letter(uint32_t c)
{
	if (c < 0x80)
		return copl_is_alpha((char)c);
	/* Blocks that hold nothing else, and one that holds none. */
	if ((c >= 0x4e00 && c <= 0x9fff) || (c >= 0x400 && c <= 0x481) ||
	    (c >= 0x620 && c <= 0x64a) || (c >= 0xc0 && c <= 0x24f))
		return c != 0xd7 && c != 0xf7;
	if (c >= 0x2000 && c <= 0x206f)
		return false;
	return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

bool lint_is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x202f || c == 0x3000;
}

bool lint_is_mark(uint32_t c)
{
	return c >= 0x300 &&
	       uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M);
}

int lint_digit(uint32_t c)
{
	if (c < 0x80)
		return copl_is_digit((char)c) ? (int)(c - '0') : -1;
	if (c < 0x660 || (c >= 0x3000 && c <= 0x9fff))
		return -1;
	return uc_decimal_value(c);
}

/* Scripts of whole blocks, so that most letters need no search. */
static const struct {
	uint32_t first;
	uint32_t last;
	enum lint_script script;
} blocks[] = {
    {0x00c0, 0x00d6, LINT_LATIN},
    {0x00d8, 0x00f6, LINT_LATIN},
    {0x00f8, 0x024f, LINT_LATIN},
    {0x0400, 0x0484, LINT_CYRILLIC},
    {0x048a, 0x052f, LINT_CYRILLIC},
    {0x0620, 0x063f, LINT_ARABIC},
    {0x0641, 0x064a, LINT_ARABIC},
    {0x2000, 0x206f, LINT_OTHER},
    {0x3008, 0x3020, LINT_OTHER},
    {0x4e00, 0x9fff, LINT_HAN},
    {0xff01, 0xff20, LINT_OTHER},
};

static enum lint_script script_by_name(uint32_t c)
{
	static const struct {
		const char *name;
		enum lint_script script;
	} known[] = {{"Latin", LINT_LATIN}, {"Cyrillic", LINT_CYRILLIC},
	    {"Greek", LINT_GREEK}, {"Arabic", LINT_ARABIC}, {"Han", LINT_HAN}};
	const uc_script_t *script = uc_script(c);
	size_t i;

	for (i = 0; script != NULL && i < COPL_COUNT(known); i++)
		if (strcmp(script->name, known[i].name) == 0)
			return known[i].script;
	return LINT_OTHER;
}

enum lint_script lint_script_of(uint32_t c)
{
	size_t i;

	if (c < 0x80)
		return copl_is_alpha((char)c) ? LINT_LATIN : LINT_OTHER;
	for (i = 0; i < COPL_COUNT(blocks); i++)
		if (c >= blocks[i].first && c <= blocks[i].last)
			return blocks[i].script;
	return script_by_name(c);
}

enum lint_script lint_script_of_tag(const char *tag)
{
	static const struct {
		const char *part;
		enum lint_script script;
	} known[] = {{"Latn", LINT_LATIN}, {"Cyrl", LINT_CYRILLIC},
	    {"Arab", LINT_ARABIC}, {"Hans", LINT_HAN}, {"Hant", LINT_HAN},
	    {"ar", LINT_ARABIC}, {"fa", LINT_ARABIC}, {"ur", LINT_ARABIC},
	    {"zh", LINT_HAN}, {"ru", LINT_CYRILLIC}, {"uk", LINT_CYRILLIC},
	    {"bg", LINT_CYRILLIC}, {"be", LINT_CYRILLIC}, {"el", LINT_GREEK},
	    {"en", LINT_LATIN}, {"fr", LINT_LATIN}, {"es", LINT_LATIN},
	    {"pt", LINT_LATIN}, {"de", LINT_LATIN}, {"it", LINT_LATIN},
	    {"sw", LINT_LATIN}, {"tr", LINT_LATIN}, {"pl", LINT_LATIN}};
	size_t i, len = strcspn(tag, "-_");
	const char *sub = tag + len + (tag[len] != '\0');

	for (i = 0; i < COPL_COUNT(known); i++) {
		const char *part = known[i].part;
		size_t n = strlen(part);
		const char *where = n == 4 ? sub : tag;

		if (strcspn(where, "-_") == n && strncmp(where, part, n) == 0)
			return known[i].script;
	}
	return LINT_OTHER;
}

static bool joins_word(uint32_t c)
{
	return c == '\'' || c == '-' || c == 0x2019 || c == 0x2011;
}

size_t lint_word(const char **s)
{
	const char *p = *s, *next = p, *end;

	while (*p != '\0' && !lint_is_letter(lint_next(&next)))
		p = next;
	*s = end = next = p;
	while (*next != '\0') {
		uint32_t c = lint_next(&next);

		if (lint_is_letter(c) || lint_is_mark(c))
			end = next;
		else if (!joins_word(c))
			break;
	}
	return (size_t)(end - p);
}

bool lint_has_word(const char *s, const char *word, size_t len)
{
	size_t n;

	for (; (n = lint_word(&s)) > 0; s += n)
		if (n == len && memcmp(s, word, len) == 0)
			return true;
	return false;
}

static char lower(char c)
{
	if (copl_is_upper(c))
		return (char)(c + ('a' - 'A'));
	return c;
}

bool lint_in_list(const char *list, const char *word, size_t len)
{
	while (*list != '\0') {
		size_t i = 0;

		while (i < len && lower(list[i]) == lower(word[i]))
			i++;
		if (i == len && (list[i] == ' ' || list[i] == '\0'))
			return true;
		for (list += i; *list != ' '; list++)
			if (*list == '\0')
				return false;
		list++;
	}
	return false;
}

/* Terms that many languages write as they are. */
static const char common[] =
    "ok internet e-mail email web website blog chat sms wi-fi wifi url app "
    "apps online emoji selfie bluetooth smartphone spam cookie cookies html "
    "pdf";

bool lint_is_kept(const char *word, size_t len, const char *source)
{
	size_t i;

	if (lint_in_list(common, word, len))
		return true;
	for (i = 1; i < len; i++)
		if (copl_is_upper(word[i]))
			return true;
	return copl_is_upper(word[0]) && lint_has_word(source, word, len);
}

/* ---- comparing labels ---- */

/* Of these, folding case makes what NFKC leaves alone, whatever the order. */
static bool is_settled(const char *s)
{
	static const uint32_t spans[][2] = {{0x0001, 0x007f}, {0x00ab, 0x00ab},
	    {0x00bb, 0x00bb}, {0x00c0, 0x00ff}, {0x0400, 0x0482},
	    {0x060c, 0x060c}, {0x061f, 0x061f}, {0x0621, 0x063a},
	    {0x0641, 0x064a}, {0x2018, 0x201f}, {0x3001, 0x3002},
	    {0x4e00, 0x9fff}, {0xff0c, 0xff0c}, {0xff1f, 0xff1f}};

	while (*s != '\0') {
		uint32_t c = lint_next(&s);
		size_t i = 0;

		while (i < COPL_COUNT(spans) && c > spans[i][1])
			i++;
		if (i == COPL_COUNT(spans) || c < spans[i][0])
			return false;
	}
	return true;
}

/* Normalizing is three quarters of the work and mostly changes nothing. */
char *lint_skeleton(const char *s)
{
	size_t len, from = 0, to = 0;
	uint8_t *folded = u8_casefold(u8(s), strlen(s) + 1, NULL,
	    is_settled(s) ? NULL : UNINORM_NFKC, NULL, &len);

	if (folded == NULL)
		return NULL;
	while (from + 1 < len) {
		ucs4_t c;
		int n = u8_mbtouc_unsafe(&c, folded + from, len - from);
		size_t k = n > 0 ? (size_t)n : 1;

		if (uc_is_general_category_withtable(
			c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
			       UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_S)) {
			memmove(folded + to, folded + from, k);
			to += k;
		}
		from += k;
	}
	folded[to] = '\0';
	return (char *)folded;
}

size_t lint_graphemes(const char *s)
{
	const uint8_t *p = u8(s), *end = p + strlen(s);
	size_t n = 0;

	for (; p != NULL && p < end; n++)
		p = u8_grapheme_next(p, end);
	return n;
}

size_t copl_lint_length(const char *text)
{
	struct copl_strbuf plain = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	const char *s = lint_plain(&plain, text, false);
	size_t n = plain.st == COPL_OK ? lint_graphemes(s) : SIZE_MAX;

	copl_strbuf_clear(&plain);
	return n;
}
