/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as it is read, and where in it a character of that stood. */
#include "config.h"
#include <string.h>
#include "lint/lint_priv.h"

#define OBJECT_UTF8 "\xef\xbf\xbc"

/* What may stand in a text besides words. */
struct kinds {
	bool addresses;
	bool formats; /* conversions: "%s", "%(name)s", "%1" */
};

/* Length of the tag at s, 0: it is a "<" of the text. */
static size_t tag_length(const char *s)
{
	size_t n = 1;

	if (s[n] == '/')
		n++;
	if (!copl_is_alpha(s[n]))
		return 0;
	n += strcspn(s + n, "<>");
	return s[n] == '>' ? n + 1 : 0;
}

/* Length of the entity at s; what it stands for in *text. */
static size_t entity_length(const char *s, const char **text)
{
	static const char *const known[][2] = {{"&amp;", "&"}, {"&lt;", "<"},
	    {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"},
	    {"&#160;", "\u00a0"}, {"&#xa0;", "\u00a0"}, {"&#xA0;", "\u00a0"},
	    {"&#8239;", "\u202f"}, {"&#x202f;", "\u202f"},
	    {"&#x202F;", "\u202f"}, {"&nbsp;", "\u00a0"}};
	size_t i, n;

	for (i = 0; i < COPL_COUNT(known); i++) {
		n = strlen(known[i][0]);
		if (strncmp(s, known[i][0], n) == 0) {
			*text = known[i][1];
			return n;
		}
	}
	for (n = 1; copl_is_alpha(s[n]) || copl_is_digit(s[n]) || s[n] == '#';)
		n++;
	return n > 1 && s[n] == ';' ? n + 1 : 0;
}

static bool is_address_byte(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) ||
	       (c != '\0' && strchr("-._~:/?#@!$&'*+,;=%", c) != NULL);
}

static bool starts_web_address(const char *s)
{
	static const char *const starts[] = {
	    "http://", "https://", "ftp://", "www."};
	size_t i, n;

	for (i = 0; i < COPL_COUNT(starts); i++) {
		n = strlen(starts[i]);
		if (strncmp(s, starts[i], n) == 0)
			return copl_is_alpha(s[n]) || copl_is_digit(s[n]);
	}
	return false;
}

size_t lint_address_length(const char *s)
{
	bool address = starts_web_address(s);
	size_t n, i;

	if (!copl_is_alpha(*s) && !copl_is_digit(*s))
		return 0;
	n = copl_inline_address_bytes(s);
	for (i = 1; i < n && !address; i++)
		address = s[i] == '@' && copl_is_alpha(s[i + 1]);
	return address ? n : 0;
}

bool lint_may_hold_address(const char *s)
{
	return strchr(s, '@') != NULL || strstr(s, "://") != NULL ||
	       strstr(s, "www.") != NULL;
}

/* Length of the conversion at s, a "%"; 0: it is a per cent sign. */
static size_t conversion_length(const char *s)
{
	size_t n = 1;

	if (s[n] == '(') {
		n += strcspn(s + n, ")\n");
		if (s[n] != ')')
			return 0;
		n++;
	}
	/* Not the blank flag: "50 % de" is no conversion. */
	n += strspn(s + n, "-+#0123456789.*$'");
	n += strspn(s + n, "hlLqjzt");
	if (copl_is_alpha(s[n]))
		return n + 1;
	return copl_is_digit(s[n - 1]) ? n : 0;
}

/* Bytes at s that are text as they stand, at least one. */
static size_t text_length(const char *s, const struct kinds *k)
{
	size_t n = 1;

	if (!k->addresses)
		return n + strcspn(s + n, k->formats ? "<&{%" : "<&{");
	/* An address begins where a word does. */
	while (
	    is_address_byte(s[n - 1]) && is_address_byte(s[n]) && s[n] != '&')
		n++;
	return n;
}

/*
 * Bytes at s that are one part of the text, and what a reader sees in their
 * place; *text NULL: themselves.
 */
static size_t part(const char *s, const struct kinds *k, const char **text)
{
	size_t n = 0, name;

	*text = OBJECT_UTF8;
	if (*s == '<' && (n = tag_length(s)) > 0)
		*text = "";
	else if (*s == '&')
		n = entity_length(s, text);
	else if (*s == '{' && copl_placeholder(s, &name) != NULL)
		n = name + 2;
	else if (*s == '%' && k->formats)
		n = conversion_length(s);
	else if (k->addresses)
		n = lint_address_length(s);
	if (n > 0)
		return n;
	*text = NULL;
	return text_length(s, k);
}

static struct kinds kinds_of(const char *s, bool formats)
{
	return (struct kinds){lint_may_hold_address(s), formats};
}

const char *lint_plain(struct copl_strbuf *out, const char *s, bool formats)
{
	struct kinds k = kinds_of(s, formats);

	/* Most texts are nothing but words. */
	if (!k.addresses && s[strcspn(s, formats ? "<&{%" : "<&{")] == '\0')
		return s;
	copl_strbuf_reset(out);
	while (*s != '\0') {
		const char *text;
		size_t n = part(s, &k, &text);

		if (text != NULL)
			copl_strbuf_puts(out, text);
		else
			copl_strbuf_add(out, s, n);
		s += n;
	}
	return copl_strbuf_text(out);
}

size_t lint_plain_source(const char *s, bool formats, size_t at)
{
	struct kinds k = kinds_of(s, formats);
	const char *from = s;

	while (*s != '\0') {
		const char *text;
		size_t n = part(s, &k, &text);
		size_t seen = text == NULL ? n : strlen(text);

		if (at < seen)
			return (size_t)(s - from) + (text == NULL ? at : 0);
		at -= seen;
		s += n;
	}
	return (size_t)(s - from);
}
