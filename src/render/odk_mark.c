/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What clients make of a text: *emphasis*, **strong** and [links](address).
 * Measured with Enketo and ODK Web Forms: both read "\*", "\_", "\#" and "\\"
 * as the character itself, and nothing else can be escaped in both.
 */
#include "config.h"
#include <string.h>
#include <libxml/parserInternals.h>
#include "base/bidi.h"
#include "render/odk_priv.h"

/* What a mark may stand beside. */
enum side { SIDE_SPACE, SIDE_WORD, SIDE_SIGN, SIDE_MARK };

struct marker {
	struct odk_pen *p;
	const char *s; /* the flat text, white space collapsed */
	const char *const *urls;
	bool brackets; /* the text has some of its own */
	bool emphasis; /* inside one that is shown */
};

/* ---- white space ---- */

static bool is_mark(char c)
{
	return c >= ODK_STRONG && c <= ODK_LINK_END;
}

static bool is_end(char c)
{
	return c == ODK_STRONG_END || c == ODK_EM_END || c == ODK_LINK_END;
}

/* One blank for each run of them, none at the ends; marks keep their place. */
static void collapse(const char *flat, struct copl_strbuf *out)
{
	bool blank = false, any = false;

	for (; *flat != '\0'; flat++) {
		if (copl_is_space(*flat)) {
			blank = any;
			continue;
		}
		if (blank && !is_end(*flat)) {
			copl_strbuf_puts(out, " ");
			blank = false;
		}
		any |= !is_mark(*flat);
		copl_strbuf_add(out, flat, 1);
	}
}

/* ---- which marks can be shown ---- */

/* Directional marks and isolates are neither blank nor sign. */
static bool is_direction(unsigned c)
{
	return (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
}

static enum side side_of_ascii(char c)
{
	if (c == '\0' || copl_is_space(c))
		return SIDE_SPACE;
	if (is_mark(c))
		return c >= ODK_LINK ? SIDE_SIGN : SIDE_MARK;
	return copl_is_alpha(c) || copl_is_digit(c) ? SIDE_WORD : SIDE_SIGN;
}

static enum side side_of(unsigned c)
{
	if (c < 0x80)
		return side_of_ascii((char)c);
	if (IS_LETTER(c) || IS_DIGIT(c) || IS_COMBINING(c))
		return SIDE_WORD;
	return is_direction(c) ? SIDE_WORD : SIDE_SIGN;
}

static unsigned char_at(const char *s)
{
	int len = 4, c;

	if ((unsigned char)*s < 0x80)
		return (unsigned char)*s;
	c = xmlGetUTF8Char((const unsigned char *)s, &len);
	return c < 0 ? 0 : (unsigned)c;
}

static enum side side_after(const char *s)
{
	return side_of(char_at(s));
}

static enum side side_before(const char *text, const char *s)
{
	if (s == text)
		return SIDE_SPACE;
	do {
		s--;
	} while (s > text && ((unsigned char)*s & 0xc0) == 0x80);
	return side_of(char_at(s));
}

/* Both clients see where it begins, and where it ends. */
static bool can_open(enum side before, enum side first)
{
	return first == SIDE_WORD ? before != SIDE_MARK
				  : first == SIDE_SIGN && before < SIDE_MARK &&
					before != SIDE_WORD;
}

static const char *find_end(const char *s, char open, char close)
{
	size_t depth = 0;

	for (; *s != '\0'; s++) {
		if (*s == open)
			depth++;
		else if (*s == close && --depth == 0)
			return s;
	}
	return NULL;
}

static bool can_emphasize(
    const struct marker *m, const char *start, const char *end)
{
	const char *first = start + 1, *last = end;

	/* What is emphasized inside is not marked a second time. */
	while (first < end && *first < ODK_LINK && is_mark(*first))
		first++;
	while (last > first && last[-1] < ODK_LINK && is_mark(last[-1]))
		last--;
	return !m->emphasis && m->p->room == ODK_RICH && first < last &&
	       can_open(side_before(m->s, start), side_after(first)) &&
	       can_open(side_after(end + 1), side_before(m->s, last));
}

/* An address that no client reads in another way. */
static bool can_link(
    const struct marker *m, const char *url, const char *start, const char *end)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789-._~:/?#@!$&'*+,;=";

	return m->p->room == ODK_RICH && !m->brackets && start + 1 < end &&
	       strncmp(url, "http", 4) == 0 && url[strspn(url, safe)] == '\0';
}

/* ---- writing ---- */

static void put_escaped(struct marker *m, char c)
{
	if (m->p->room == ODK_RICH && strchr("\\*_#", c) != NULL)
		copl_strbuf_puts(m->p->out, "\\");
	copl_strbuf_add(m->p->out, &c, 1);
}

static void put_address(struct marker *m, const char *url)
{
	for (; *url != '\0'; url++)
		put_escaped(m, *url);
}

static void put_range(struct marker *m, const char *s, const char *end);

static void put_emphasis(struct marker *m, const char *start, const char *end)
{
	const char *mark = *start == ODK_STRONG ? "**" : "*";

	if (!can_emphasize(m, start, end)) {
		put_range(m, start + 1, end);
		return;
	}
	copl_strbuf_puts(m->p->out, mark);
	m->emphasis = true;
	put_range(m, start + 1, end);
	m->emphasis = false;
	copl_strbuf_puts(m->p->out, mark);
}

/* "tel:" and "mailto:" are for machines. */
static const char *shown_address(const char *url)
{
	if (strncmp(url, "tel:", 4) == 0)
		return url + 4;
	return strncmp(url, "mailto:", 7) == 0 ? url + 7 : url;
}

static void put_link(
    struct marker *m, const char *url, const char *start, const char *end)
{
	bool link = can_link(m, url, start, end);

	copl_strbuf_puts(m->p->out, link ? "[" : "");
	put_range(m, start + 1, end);
	if (link) {
		copl_strbuf_puts(m->p->out, "](");
		put_address(m, url);
	} else {
		copl_strbuf_puts(m->p->out, m->p->rtl ? " (" COPL_LRI : " (");
		put_address(m, shown_address(url));
		copl_strbuf_puts(m->p->out, m->p->rtl ? COPL_PDI : "");
	}
	copl_strbuf_puts(m->p->out, ")");
}

static void put_range(struct marker *m, const char *s, const char *end)
{
	while (s < end) {
		const char *close = NULL;

		if (*s == ODK_LINK)
			close = find_end(s, ODK_LINK, ODK_LINK_END);
		else if (*s == ODK_STRONG)
			close = find_end(s, ODK_STRONG, ODK_STRONG_END);
		else if (*s == ODK_EM)
			close = find_end(s, ODK_EM, ODK_EM_END);
		if (close == NULL) {
			put_escaped(m, *s++);
			continue;
		}
		if (*s == ODK_LINK)
			put_link(m, *m->urls++, s, close);
		else
			put_emphasis(m, s, close);
		s = close + 1;
	}
}

void odk_mark(struct odk_pen *p, const char *flat, const char *const *urls)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(p->out->max);
	struct marker m = {.p = p, .urls = urls};

	collapse(flat, &text);
	if (text.st != COPL_OK && p->out->st == COPL_OK)
		p->out->st = text.st;
	m.s = copl_strbuf_text(&text);
	m.brackets = strpbrk(m.s, "[]") != NULL;
	put_range(&m, m.s, m.s + text.len);
	copl_strbuf_clear(&text);
}
