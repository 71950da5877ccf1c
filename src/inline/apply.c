/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "inline/inline_priv.h"

static const struct copl_code *code_of(
    const struct copl_inline *source, const struct token *t)
{
	size_t i;

	for (i = 0; i < source->ncodes; i++)
		if (strlen(source->codes[i].tag) == t->len &&
		    memcmp(source->codes[i].tag, t->s, t->len) == 0)
			return &source->codes[i];
	return NULL;
}

/* Text for where it goes: in an attribute its quote must not end it. */
static void put_plain(
    const struct copl_inline_writer *w, const char *s, size_t len)
{
	size_t from = 0, i;

	for (i = 0; i < len; i++) {
		if (w->quote == '\0' || s[i] != w->quote)
			continue;
		copl_strbuf_add(w->out, s + from, i - from);
		copl_strbuf_puts(w->out, w->quote == '"' ? "&quot;" : "&apos;");
		from = i + 1;
	}
	copl_strbuf_add(w->out, s + from, len - from);
}

static void put_value(const struct copl_inline_writer *w, const char *value)
{
	if (w->quote == '\0')
		copl_xml_put_text(w->out, value, strlen(value));
	else
		copl_xml_put_attr(w->out, value);
}

static void put_text(
    const struct copl_inline_writer *w, const char *s, size_t len)
{
	size_t from = 0, i, n;

	for (i = 0; i < len && w->param != NULL; i++) {
		const char *name, *value;

		if (s[i] == '{' && i + 1 < len && s[i + 1] == '{') {
			i++;
			continue;
		}
		name = copl_placeholder(s + i, &n);
		value = name == NULL || i + n + 1 >= len
			    ? NULL
			    : w->param(w->param_arg, name, n);
		if (value == NULL)
			continue;
		put_plain(w, s + from, i - from);
		put_value(w, value);
		i += n + 1;
		from = i + 1;
	}
	put_plain(w, s + from, len - from);
}

static void put_source(
    const struct copl_inline_writer *w, const char *bytes, size_t len)
{
	if (w->source != NULL)
		w->source(w->source_arg, bytes, len);
	else
		copl_strbuf_add(w->out, bytes, len);
}

static void put_tag(const struct copl_inline_writer *w,
    const struct copl_code *code, enum token_kind kind)
{
	if (code == NULL)
		return;
	if (kind != TOKEN_CLOSE)
		put_source(w, code->open, code->open_len);
	if (kind != TOKEN_OPEN && !code->whole)
		put_source(w, code->close, code->close_len);
}

enum copl_status copl_inline_apply(const struct copl_inline *source,
    const char *msgstr, struct copl_place at, struct copl_reporter *r,
    const struct copl_inline_writer *w)
{
	enum copl_status st = copl_inline_compare(source->msgid, msgstr, at, r);

	if (st != COPL_OK || w == NULL || w->out == NULL)
		return st;
	for (;;) {
		struct token t = copl_inline_token(&msgstr);

		if (t.kind == TOKEN_END || t.kind == TOKEN_BAD)
			break;
		if (t.kind == TOKEN_TEXT)
			put_text(w, t.s, t.len);
		else
			put_tag(w, code_of(source, &t), t.kind);
	}
	return w->out->st;
}
