/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "form/form_priv.h"

/* Bytes whose first stands at that offset; spread: each at the next one. */
static bool add(
    struct copl_form_text *t, const char *s, size_t len, size_t at, bool spread)
{
	size_t from = t->s.len, i;

	copl_strbuf_add(&t->s, s, len);
	if (t->s.st != COPL_OK)
		return false;
	while (t->room < t->s.len) {
		size_t *list =
		    copl_grow(t->at, t->room, &t->room, sizeof(*list));

		if (list == NULL)
			return false;
		t->at = list;
	}
	for (i = from; i < t->s.len; i++, at += spread)
		t->at[i] = at;
	return true;
}

/* "&...;" at from; returns the offset behind it, 0 when memory is out. */
static size_t add_reference(
    const char *s, size_t from, size_t to, struct copl_form_text *t)
{
	const char *end = memchr(s + from, ';', to - from);
	size_t len = end == NULL ? 0 : (size_t)(end - (s + from)) - 1, n = 0;
	char utf8[8];

	if (end != NULL)
		n = copl_xml_character(s + from + 1, len, utf8);
	if (n == 0)
		return add(t, "&", 1, from, false) ? from + 1 : 0;
	return add(t, utf8, n, from, false) ? from + len + 2 : 0;
}

/* Behind a mark, or to when it does not come. */
static size_t behind(const char *s, size_t from, size_t to, const char *mark)
{
	size_t n = strlen(mark);
	const char *p = memmem(s + from, to - from, mark, n);

	return p == NULL ? to : (size_t)(p - s) + n;
}

static size_t behind_tag(const char *s, size_t from, size_t to)
{
	char quote = '\0';

	for (; from < to; from++) {
		if (quote != '\0') {
			if (s[from] == quote)
				quote = '\0';
		} else if (s[from] == '"' || s[from] == '\'') {
			quote = s[from];
		} else if (s[from] == '>') {
			return from + 1;
		}
	}
	return to;
}

static bool starts(const char *s, size_t from, size_t to, const char *mark)
{
	size_t n = strlen(mark);

	return to - from >= n && memcmp(s + from, mark, n) == 0;
}

/* Markup at "<"; returns the offset behind it, 0 when memory is out. */
static size_t add_markup(
    const char *s, size_t from, size_t to, struct copl_form_text *t)
{
	static const char tag = COPL_FORM_TAG;
	size_t end;

	if (starts(s, from, to, "<![CDATA[")) {
		end = behind(s, from, to, "]]>");
		return add(t, s + from + 9, end - from - 12, from + 9, true)
			   ? end
			   : 0;
	}
	if (!add(t, &tag, 1, from, false))
		return 0;
	if (starts(s, from, to, "<!--"))
		return behind(s, from + 4, to, "-->");
	if (starts(s, from, to, "<?"))
		return behind(s, from + 2, to, "?>");
	return behind_tag(s, from, to);
}

bool copl_form_text_read(struct copl_form_reader *rd, size_t from, size_t to,
    struct copl_form_text *out)
{
	const char *s = copl_strbuf_text(&rd->xml->text);

	copl_strbuf_reset(&out->s);
	out->end = to;
	while (from < to) {
		size_t plain = from;

		while (plain < to && s[plain] != '<' && s[plain] != '&')
			plain++;
		if (plain > from)
			from = add(out, s + from, plain - from, from, true)
				   ? plain
				   : 0;
		else if (s[from] == '<')
			from = add_markup(s, from, to, out);
		else
			from = add_reference(s, from, to, out);
		if (from == 0) {
			rd->r->nomem = true;
			return false;
		}
	}
	return true;
}

struct copl_place copl_form_text_place(
    const struct copl_form_reader *rd, const struct copl_form_text *t, size_t i)
{
	return copl_xml_at(rd->xml, i < t->s.len ? t->at[i] : t->end);
}

void copl_form_text_clear(struct copl_form_text *t)
{
	copl_strbuf_clear(&t->s);
	free(t->at);
	t->at = NULL;
	t->room = 0;
}
