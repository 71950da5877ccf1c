/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What in a message is no text, and stays as it is in every language. */
#include "config.h"
#include <string.h>
#include "inline/inline.h"

#define BRACE_MAX 64 /* bytes of a placeholder */

/* Names are in all scripts, but none begins with a blank or a mark. */
static bool is_letter(const char *s)
{
	static const char *const none[] = {
	    "\xc2", "\xe2\x80", "\xe2\x81", "\xe3\x80", "\xef\xbb\xbf"};
	size_t i;

	for (i = 0; i < COPL_COUNT(none); i++)
		if (strncmp(s, none[i], strlen(none[i])) == 0)
			return false;
	return copl_is_alpha(*s) || ((unsigned char)*s & 0x80) != 0;
}

static bool begins_tag(const char *s)
{
	return is_letter(s) || (*s != '\0' && strchr("/_:!?", *s) != NULL);
}

/* "<b>", "</b>", "<br/>", "<a b=\">\">"; 0: "<" is text. */
static size_t tag_length(const char *s)
{
	const char *p = s, *close;

	if (*s != '<' || !begins_tag(s + 1))
		return 0;
	while (*p != '\0' && *p != '>') {
		close = *p == '"' || *p == '\'' ? strchr(p + 1, *p) : NULL;
		p = close == NULL ? p + 1 : close + 1;
	}
	/* Quotes that are none, as in "<it's>". */
	if (*p == '\0')
		p = s + strcspn(s, ">");
	return *p == '>' ? (size_t)(p - s) + 1 : 0;
}

static bool is_name(const char *s)
{
	return is_letter(s) || copl_is_digit(*s) ||
	       (*s != '\0' && strchr("_-.:", *s) != NULL);
}

/*
 * "&amp;", "&#160;"; behind its first letter a name holds what the checks take
 * for one.
 */
static size_t reference_length(const char *s)
{
	size_t n = 1;

	if (*s != '&')
		return 0;
	n += s[n] == '#';
	if (!is_name(s + n))
		return 0;
	while (is_name(s + n) || ((unsigned char)s[n] & 0x80) != 0)
		n++;
	return n > 1 && s[n] == ';' ? n + 1 : 0;
}

size_t copl_inline_reference(const char *s)
{
	return copl_xml_reference(s);
}

/* "{name}", and the placeholders of other formats, "{0:d}". */
static size_t brace_length(const char *s)
{
	size_t n;

	if (*s != '{')
		return 0;
	/* Of ours, however long its name is. */
	if (copl_placeholder(s, &n) != NULL)
		return n + 2;
	/* A brace that is meant, or "{{name}}" of some programs. */
	if (s[1] == '{') {
		n = 2 + strcspn(s + 2, "{} \n");
		return s[n] == '}' && s[n + 1] == '}' ? n + 2 : 2;
	}
	n = 1 + strcspn(s + 1, "{} \n");
	return n > 1 && n < BRACE_MAX && s[n] == '}' ? n + 1 : 0;
}

/* "%s", "%2$-5zu", "%(name)s" */
static size_t directive_length(const char *s)
{
	size_t n = 1;

	if (*s != '%')
		return 0;
	if (s[n] == '(') {
		n += strcspn(s + n, ")");
		if (s[n] != ')')
			return 0;
		n++;
	}
	n += strspn(s + n, "0123456789$-+ #'.*hlqjzt");
	return copl_is_alpha(s[n]) || s[n] == '%' ? n + 1 : 0;
}

static bool ends_ampersand(const char *s, size_t n)
{
	return n >= 5 && memcmp(s + n - 5, "&amp;", 5) == 0;
}

size_t copl_inline_address_bytes(const char *s)
{
	size_t n = 0;

	while (copl_is_alpha(s[n]) || copl_is_digit(s[n]) ||
	       (s[n] != '\0' && strchr("-._~:/?#@!$&'*+,;=%", s[n]) != NULL)) {
		/* "&gt;" and the like are behind it. */
		if (reference_length(s + n) > 0 &&
		    strncmp(s + n, "&amp;", 5) != 0)
			break;
		n++;
	}
	while (n > 0 && strchr(".,;:!?'*", s[n - 1]) != NULL &&
	       !ends_ampersand(s, n))
		n--;
	return n;
}

/* A web or e-mail address where a word begins; 0: there is none. */
static size_t address_length(const char *s)
{
	bool address = strncmp(s, "www.", 4) == 0;
	size_t n, i;

	if (!copl_is_alpha(*s) && !copl_is_digit(*s))
		return 0;
	n = copl_inline_address_bytes(s);
	for (i = 1; i + 1 < n && !address; i++)
		address = (s[i] == '@' && copl_is_alpha(s[i + 1])) ||
			  (i + 2 < n && memcmp(s + i, "://", 3) == 0);
	return address ? n : 0;
}

size_t copl_inline_piece(
    const char *s, bool word, bool directives, enum copl_inline_kind *what)
{
	size_t n;

	*what = COPL_PIECE_TAG;
	if ((n = tag_length(s)) > 0)
		return n;
	*what = COPL_PIECE_REFERENCE;
	if ((n = reference_length(s)) > 0)
		return n;
	*what = COPL_PIECE_KEPT;
	if ((n = brace_length(s)) > 0)
		return n;
	if (directives && (n = directive_length(s)) > 0)
		return n;
	if (word && (n = address_length(s)) > 0)
		return n;
	*what = COPL_PIECE_TEXT;
	for (n = 1; ((unsigned char)s[n] & 0xc0) == 0x80; n++)
		continue;
	return n;
}
