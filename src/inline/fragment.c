/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A message is a fragment of XML in a narrow form: short tags without
 * attributes, the five predefined references, character references.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "inline/inline_priv.h"

static bool is_name(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '_' || c == '-' ||
	       c == '.' || ((unsigned char)c & 0x80) != 0;
}

static struct token bad(const char *code, const char *why, const char *s)
{
	struct token t = {TOKEN_BAD, s, strcspn(s, " \t\n"), why, code};

	if (t.len > 24)
		t.len = 24;
	t.len = copl_utf8_valid(s, t.len);
	return t;
}

static struct token tag_token(const char **at)
{
	const char *s = *at + 1, *name;
	struct token t = {.kind = TOKEN_OPEN};

	if (*s == '!' || *s == '?')
		return bad("xml-malformed",
		    N_("comments, CDATA and processing instructions do not "
		       "belong here"),
		    *at);
	if (*s == '/') {
		t.kind = TOKEN_CLOSE;
		s++;
	}
	name = s;
	while (is_name(*s))
		s++;
	if (s == name || copl_is_digit(*name))
		return bad("xml-malformed",
		    N_("\"<\" begins a tag: write &lt; for the sign itself"),
		    *at);
	t.s = name;
	t.len = (size_t)(s - name);
	while (copl_is_space(*s))
		s++;
	if (*s == '/' && t.kind == TOKEN_OPEN) {
		t.kind = TOKEN_WHOLE;
		s++;
	}
	if (*s != '>')
		return bad(
		    *s == '\0' || *s == '<' ? "xml-malformed" : "tag-attribute",
		    *s == '\0' || *s == '<'
			? N_("this tag has no \">\"")
			: N_("tags have no attributes here: copy the tag from "
			     "the source"),
		    *at);
	*at = s + 1;
	return t;
}

/* Length of the reference at s, 0: it is none. */
static size_t reference(const char *s)
{
	static const char *const names[] = {
	    "&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
	size_t i, n = 2;

	for (i = 0; i < COPL_COUNT(names); i++)
		if (strncmp(s, names[i], strlen(names[i])) == 0)
			return strlen(names[i]);
	if (s[1] != '#')
		return 0;
	if (s[n] == 'x')
		n++;
	i = n;
	while (copl_is_digit(s[n]) ||
	       (s[2] == 'x' && strchr("abcdefABCDEF", s[n]) != NULL &&
		   s[n] != '\0'))
		n++;
	return n > i && n - i <= 6 && s[n] == ';' ? n + 1 : 0;
}

struct token copl_inline_token(const char **at)
{
	const char *s = *at;
	struct token t = {.kind = TOKEN_TEXT, .s = s};

	if (*s == '\0') {
		t.kind = TOKEN_END;
		return t;
	}
	if (*s == '<')
		return tag_token(at);
	while (*s != '\0' && *s != '<') {
		size_t n = *s == '&' ? reference(s) : 1;

		if (n == 0)
			return bad("xml-malformed",
			    N_("\"&\" begins a reference: write &amp; for the "
			       "sign itself"),
			    s);
		s += n;
	}
	t.len = (size_t)(s - t.s);
	*at = s;
	return t;
}

static bool same(const struct tag *a, const struct token *t)
{
	return a->len == t->len && memcmp(a->name, t->s, t->len) == 0;
}

bool copl_inline_tags(const char *msg, struct tags *out, struct token *why)
{
	const struct tag *open[COPL_INLINE_DEPTH];
	size_t depth = 0;

	out->n = 0;
	for (;;) {
		struct token t = copl_inline_token(&msg);
		struct tag *tag;

		*why = t;
		if (t.kind == TOKEN_BAD)
			return false;
		if (t.kind == TOKEN_END)
			break;
		if (t.kind == TOKEN_TEXT)
			continue;
		if (t.kind == TOKEN_CLOSE) {
			if (depth > 0 && same(open[--depth], &t))
				continue;
			*why = bad("xml-malformed",
			    N_("this end tag does not close the tag that is "
			       "open"),
			    t.s - 2);
			return false;
		}
		if (out->n == COPL_INLINE_TAGS || depth == COPL_INLINE_DEPTH) {
			*why = bad("xml-malformed",
			    N_("there are too many tags"), t.s - 1);
			return false;
		}
		tag = &out->list[out->n++];
		*tag = (struct tag){
		    t.s, t.len, depth == 0 ? NULL : open[depth - 1], false};
		if (t.kind == TOKEN_OPEN)
			open[depth++] = tag;
	}
	if (depth == 0)
		return true;
	*why = bad("xml-malformed", N_("this tag is not closed"),
	    open[depth - 1]->name - 1);
	return false;
}
