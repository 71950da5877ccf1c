/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A message is a fragment of XML: tags, the five predefined references,
 * character references, references to entities of the document's DTD.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "inline/inline_priv.h"

static bool is_name(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '_' || c == '-' ||
	       c == '.' || c == ':' || ((unsigned char)c & 0x80) != 0;
}

static bool begins_name(char c)
{
	return is_name(c) && !copl_is_digit(c) && c != '-' && c != '.';
}

static size_t name_length(const char *s)
{
	size_t n = 0;

	if (!begins_name(*s))
		return 0;
	while (is_name(s[n]))
		n++;
	return n;
}

static struct token bad(const char *code, const char *why, const char *s)
{
	struct token t = {TOKEN_BAD, s, strcspn(s, " \t\n"), why, code};

	if (t.len > 24)
		t.len = 24;
	t.len = copl_utf8_valid(s, t.len);
	return t;
}

/* Bytes from s on that hold neither control characters nor 0xef. */
static size_t skip_common(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	size_t i = 0;

	for (; len - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word, ef;

		memcpy(&word, s + i, sizeof(word));
		ef = word ^ ones * 0xef;
		if ((((word - ones * 0x20) & ~word) | ((ef - ones) & ~ef)) &
		    high)
			break;
	}
	return i;
}

const char *inline_odd_character(const char *s, size_t len)
{
	const char *end = s + len;

	for (; s < end; s++) {
		unsigned char c;

		s += skip_common(s, (size_t)(end - s));
		if (s == end)
			break;
		c = (unsigned char)*s;
		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			return s;
		if (c == 0xef && end - s >= 3 && (unsigned char)s[1] == 0xbf &&
		    (unsigned char)s[2] >= 0xbe)
			return s;
	}
	return NULL;
}

static struct token bad_reference(const char *s)
{
	if (s[1] == '#')
		return bad("xml-malformed",
		    N_("this reference stands for no character of XML"), s);
	return bad("xml-malformed",
	    N_("\"&\" begins a reference: write &amp; for the sign itself"), s);
}

size_t copl_tag_name(const char *tag, size_t len)
{
	size_t n = name_length(tag);

	return n < len ? n : len;
}

static const char *skip_space(const char *s, const char *end)
{
	while (s < end && copl_is_space(*s))
		s++;
	return s;
}

bool copl_tag_attr_next(
    const char **at, const char *end, struct copl_tag_attr *out)
{
	const char *s = skip_space(*at, end), *close;

	out->name = s;
	out->name_len = s < end ? name_length(s) : 0;
	s = skip_space(s + out->name_len, end);
	if (out->name_len == 0 || s >= end || *s != '=')
		return false;
	s = skip_space(s + 1, end);
	if (s >= end || (*s != '"' && *s != '\''))
		return false;
	close = memchr(s + 1, *s, (size_t)(end - s - 1));
	if (close == NULL)
		return false;
	out->value = s + 1;
	out->value_len = (size_t)(close - s - 1);
	*at = close + 1;
	return true;
}

/* Where a value holds what no value may; NULL: it does not. */
static const char *odd_in_value(const struct copl_tag_attr *a)
{
	const char *s = a->value, *end = s + a->value_len;

	for (; s < end; s++)
		if (*s == '<' || (*s == '&' && copl_xml_reference(s) == 0))
			return s;
	return NULL;
}

/* Where a tag ends that began before s: its ">", or what cannot be in one. */
static const char *tag_end(const char *s)
{
	for (; *s != '\0' && *s != '>' && *s != '<'; s++) {
		const char *close =
		    *s == '"' || *s == '\'' ? strchr(s + 1, *s) : s;

		if (close == NULL)
			return s + strlen(s);
		s = close;
	}
	return s;
}

/* Behind the attributes of a tag, at its ">", "/" or what is wrong. */
static const char *skip_attrs(const char *s)
{
	const char *end = tag_end(s);
	struct copl_tag_attr a;

	while (copl_is_space(*s) && copl_tag_attr_next(&s, end, &a)) {
		const char *odd = odd_in_value(&a);

		if (odd != NULL)
			return odd;
	}
	return skip_space(s, end);
}

static struct token broken_tag(const char *s, const char *stop)
{
	if (*stop == '\0' || *stop == '<')
		return bad("xml-malformed", N_("this tag has no \">\""), s);
	if (*stop == '&')
		return bad_reference(stop);
	return bad("tag-attribute",
	    N_("the attributes of this tag are not written as name=\"value\": "
	       "copy the tag from the source"),
	    s);
}

static struct token tag_token(const char **at)
{
	const char *s = *at + 1, *name, *stop;
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
	s += name_length(s);
	if (s == name)
		return bad("xml-malformed",
		    N_("\"<\" begins a tag: write &lt; for the sign itself"),
		    *at);
	stop = t.kind == TOKEN_OPEN ? skip_attrs(s) : s + strspn(s, " \t\r\n");
	t.s = name;
	t.len = (size_t)(stop - name);
	while (t.len > 0 && copl_is_space(name[t.len - 1]))
		t.len--;
	if (*stop == '/' && t.kind == TOKEN_OPEN) {
		t.kind = TOKEN_WHOLE;
		stop++;
	}
	if (*stop != '>')
		return broken_tag(*at, stop);
	*at = stop + 1;
	return t;
}

static struct token entity_token(const char **at)
{
	const char *s = *at + 1;
	struct token t = {.kind = TOKEN_ENTITY, .s = s};

	t.len = name_length(s);
	if (t.len == 0 || s[t.len] != ';')
		return bad_reference(*at);
	*at = s + t.len + 1;
	return t;
}

struct token inline_token(const char **at)
{
	const char *s = *at;
	struct token t = {.kind = TOKEN_TEXT, .s = s};

	if (*s == '\0') {
		t.kind = TOKEN_END;
		return t;
	}
	if (*s == '<')
		return tag_token(at);
	for (;;) {
		size_t n;

		s += strcspn(s, "<&");
		n = copl_xml_reference(s);
		if (n == 0)
			break;
		s += n;
	}
	if (s == *at)
		return entity_token(at);
	t.len = (size_t)(s - t.s);
	*at = s;
	return t;
}

/* ---- all tags of a message ---- */

static enum copl_status add(
    struct tag_list *out, const struct token *t, uint32_t parent)
{
	struct tag *list =
	    copl_grow(out->list, out->n, &out->room, sizeof(*list));

	if (list == NULL)
		return COPL_E_NOMEM;
	out->list = list;
	list[out->n++] = (struct tag){t->kind, t->s, t->len, parent, false};
	out->nested |= parent != 0;
	return COPL_OK;
}

/* An end tag repeats the name only. */
static bool closes(const struct tag *open, const struct token *t)
{
	return copl_tag_name(open->s, open->len) == t->len &&
	       memcmp(open->s, t->s, t->len) == 0;
}

static struct token wrong_end(const struct token *t)
{
	return bad("xml-malformed",
	    N_("this end tag does not close the tag that is open"), t->s - 2);
}

enum copl_status inline_tags(
    const char *msg, struct tag_list *out, struct token *why)
{
	uint32_t open[COPL_INLINE_DEPTH];
	size_t depth = 0;

	out->n = 0;
	out->nested = false;
	for (;;) {
		struct token t = inline_token(&msg);

		*why = t;
		if (t.kind == TOKEN_BAD)
			return COPL_E_INVALID;
		if (t.kind == TOKEN_END)
			break;
		if (t.kind == TOKEN_TEXT)
			continue;
		if (t.kind == TOKEN_CLOSE) {
			if (depth > 0 &&
			    closes(&out->list[open[--depth] - 1], &t))
				continue;
			*why = wrong_end(&t);
			return COPL_E_INVALID;
		}
		if (add(out, &t, depth == 0 ? 0 : open[depth - 1]) != COPL_OK)
			return COPL_E_NOMEM;
		if (t.kind != TOKEN_OPEN)
			continue;
		if (depth == COPL_INLINE_DEPTH) {
			*why = bad("xml-malformed",
			    N_("tags are nested too deep"), t.s - 1);
			return COPL_E_INVALID;
		}
		open[depth++] = (uint32_t)out->n;
	}
	if (depth == 0)
		return COPL_OK;
	*why = bad("xml-malformed", N_("this tag is not closed"),
	    out->list[open[depth - 1] - 1].s - 1);
	return COPL_E_INVALID;
}

static bool has_attr(
    const char *s, const char *end, const struct copl_tag_attr *want)
{
	struct copl_tag_attr a;

	while (copl_tag_attr_next(&s, end, &a))
		if (a.name_len == want->name_len &&
		    memcmp(a.name, want->name, a.name_len) == 0)
			return a.value_len == want->value_len &&
			       memcmp(a.value, want->value, a.value_len) == 0;
	return false;
}

static size_t count_attrs(const char *s, const char *end)
{
	struct copl_tag_attr a;
	size_t n = 0;

	while (copl_tag_attr_next(&s, end, &a))
		n++;
	return n;
}

bool inline_tag_equal(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t n = copl_tag_name(a, alen);
	const char *s = a + n;
	struct copl_tag_attr attr;

	if (alen == blen && memcmp(a, b, alen) == 0)
		return true;
	if (copl_tag_name(b, blen) != n || memcmp(a, b, n) != 0 ||
	    count_attrs(s, a + alen) != count_attrs(b + n, b + blen))
		return false;
	while (copl_tag_attr_next(&s, a + alen, &attr))
		if (!has_attr(b + n, b + blen, &attr))
			return false;
	return true;
}
