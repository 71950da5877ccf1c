/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "inline/inline_priv.h"

#define MESSAGE_MAX ((size_t)16 << 20)

struct copl_inline_maker *copl_inline_maker_new(const struct copl_xml *x,
    const struct copl_inline_how *how, struct copl_arena *a)
{
	struct copl_inline_maker *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return NULL;
	m->x = x;
	m->how = *how;
	m->a = a;
	m->text.max = m->msgid.max = MESSAGE_MAX;
	return m;
}

void copl_inline_maker_free(struct copl_inline_maker *m)
{
	if (m == NULL)
		return;
	copl_strbuf_clear(&m->text);
	copl_strbuf_clear(&m->msgid);
	copl_map_free(&m->by_key);
	free(m->codes);
	free(m->names);
	free(m->marks);
	free(m->strays);
	free(m);
}

/* ---- text ---- */

/* Text that a parser would hand on: line ends are LF. */
static void put_lines(struct copl_inline_maker *m, const char *s, size_t len)
{
	while (len > 0) {
		const char *cr = memchr(s, '\r', len);
		size_t n = cr == NULL ? len : (size_t)(cr - s);

		copl_xml_put_text(&m->text, s, n);
		if (cr == NULL)
			break;
		copl_strbuf_add(&m->text, "\n", 1);
		n += n + 1 < len && s[n + 1] == '\n' ? 2 : 1;
		s += n;
		len -= n;
	}
}

static void put_reference(
    struct copl_inline_maker *m, const struct copl_xml_piece *piece)
{
	const char *content =
	    m->how.full ? copl_xml_entity(m->x, piece->s, piece->len) : NULL;

	if (content != NULL) {
		copl_xml_put_text(&m->text, content, strlen(content));
		return;
	}
	copl_strbuf_add(&m->text, "&", 1);
	copl_strbuf_add(&m->text, piece->s, piece->len);
	copl_strbuf_add(&m->text, ";", 1);
}

/* ---- collecting ---- */

static void add_mark(
    struct copl_inline_maker *m, uint32_t code, enum token_kind kind)
{
	struct inline_mark *list =
	    copl_grow(m->marks, m->nmarks, &m->marks_room, sizeof(*list));

	if (list == NULL) {
		inline_fail(m, COPL_E_NOMEM);
		return;
	}
	m->marks = list;
	list[m->nmarks++] = (struct inline_mark){m->text.len, code, kind};
}

/* A child: returns whether its content is part of the message. */
static bool put_child(
    struct copl_inline_maker *m, uint32_t element, uint32_t *code)
{
	const struct copl_xml_element *e = &m->x->elements[element];
	struct copl_code c = {.open = e->start, .element = element};
	const char *name;

	c.hidden = !m->how.within(m->how.arg, element);
	c.whole = c.hidden || e->content == e->close;
	c.open_end = c.whole ? e->end : e->content;
	c.close = e->close;
	c.close_end = e->end;
	name = m->how.full ? inline_full_name(m, &c, element)
			   : copl_xml_element_name(m->x, element)->local;
	if (c.whole && !c.hidden)
		c.close = c.close_end = e->end;
	*code = inline_use_code(m, &c, name);
	add_mark(m, *code, c.whole ? TOKEN_WHOLE : TOKEN_OPEN);
	return !c.whole;
}

static void add_stray(
    struct copl_inline_maker *m, const struct copl_xml_piece *piece)
{
	struct copl_stray *list =
	    copl_grow(m->strays, m->nstrays, &m->strays_room, sizeof(*list));

	if (list == NULL) {
		inline_fail(m, COPL_E_NOMEM);
		return;
	}
	m->strays = list;
	list[m->nstrays++] = (struct copl_stray){piece->start, piece->end};
}

/* itstool drops processing instructions from its messages. */
static void put_pi(
    struct copl_inline_maker *m, const struct copl_xml_piece *piece)
{
	struct copl_code c = {.open = piece->start,
	    .open_end = piece->end,
	    .close = piece->end,
	    .close_end = piece->end,
	    .element = COPL_XML_NONE,
	    .whole = true,
	    .hidden = true};
	const char *name;

	if (m->how.full) {
		add_stray(m, piece);
		return;
	}
	name = copl_arena_strndup(m->a, piece->s, piece->len);
	if (name == NULL)
		inline_fail(m, COPL_E_NOMEM);
	else
		add_mark(m, inline_use_code(m, &c, name), TOKEN_WHOLE);
}

static void put_piece(
    struct copl_inline_maker *m, const struct copl_xml_piece *piece)
{
	switch (piece->kind) {
	case COPL_XML_TEXT:
	case COPL_XML_CDATA:
		put_lines(m, piece->s, piece->len);
		break;
	case COPL_XML_CHARACTER:
		copl_xml_put_text(&m->text, piece->s, piece->len);
		break;
	case COPL_XML_REFERENCE:
		put_reference(m, piece);
		break;
	case COPL_XML_COMMENT:
		add_stray(m, piece);
		break;
	case COPL_XML_PI:
		put_pi(m, piece);
		break;
	case COPL_XML_TAG:
	case COPL_XML_END_TAG:
	case COPL_XML_END:
	default:
		break;
	}
}

static void collect(struct copl_inline_maker *m, uint32_t element)
{
	const struct copl_xml_element *list = m->x->elements;
	uint32_t open[COPL_INLINE_DEPTH], at = list[element].content;
	uint32_t next = element + 1, code;
	size_t depth = 0;
	struct copl_xml_piece piece;

	for (;;) {
		copl_xml_piece(m->x, at, list[element].close, &piece);
		at = piece.end;
		if (piece.kind == COPL_XML_END || m->st != COPL_OK)
			break;
		if (piece.kind == COPL_XML_END_TAG) {
			if (depth > 0)
				add_mark(m, open[--depth], TOKEN_CLOSE);
		} else if (piece.kind != COPL_XML_TAG) {
			put_piece(m, &piece);
		} else if (!put_child(m, next, &code)) {
			at = list[next].end;
			next = list[next].next;
		} else if (depth == COPL_INLINE_DEPTH) {
			inline_fail(m, COPL_E_LIMIT);
		} else {
			open[depth++] = code;
			at = list[next++].content;
		}
	}
}

/* ---- the message ---- */

static void put_tag(struct copl_strbuf *b, const char *tag, enum token_kind k)
{
	copl_strbuf_add(
	    b, k == TOKEN_CLOSE ? "</" : "<", k == TOKEN_CLOSE ? 2 : 1);
	/* An end tag repeats the name only. */
	copl_strbuf_add(b, tag,
	    k == TOKEN_CLOSE ? copl_tag_name(tag, strlen(tag)) : strlen(tag));
	copl_strbuf_add(
	    b, k == TOKEN_WHOLE ? "/>" : ">", k == TOKEN_WHOLE ? 2 : 1);
}

static void assemble(struct copl_inline_maker *m)
{
	const char *text = copl_strbuf_text(&m->text);
	size_t at = 0, i;

	copl_strbuf_reset(&m->msgid);
	for (i = 0; i < m->nmarks; i++) {
		const struct inline_mark *k = &m->marks[i];

		copl_strbuf_add(&m->msgid, text + at, k->at - at);
		put_tag(&m->msgid, m->codes[k->code].tag, k->kind);
		at = k->at;
	}
	copl_strbuf_add(&m->msgid, text + at, m->text.len - at);
	if (m->text.st != COPL_OK)
		inline_fail(m, m->text.st);
	if (m->msgid.st != COPL_OK)
		inline_fail(m, m->msgid.st);
}

static const void *keep(
    struct copl_inline_maker *m, const void *list, size_t n, size_t item)
{
	void *copy;

	if (n == 0)
		return NULL;
	copy = copl_arena_alloc(m->a, n * item);
	if (copy == NULL)
		inline_fail(m, COPL_E_NOMEM);
	else
		memcpy(copy, list, n * item);
	return copy;
}

static enum copl_status finish(struct copl_inline_maker *m,
    struct copl_strbuf *msgid, struct copl_inline *out)
{
	out->len = msgid->len;
	if (!out->preserve && msgid->len > 0)
		out->len = inline_collapse(msgid->s, msgid->s, msgid->len);
	out->msgid =
	    copl_arena_strndup(m->a, copl_strbuf_text(msgid), out->len);
	if (out->msgid == NULL)
		inline_fail(m, COPL_E_NOMEM);
	out->codes = keep(m, m->codes, m->ncodes, sizeof(*m->codes));
	out->ncodes = m->ncodes;
	out->strays = keep(m, m->strays, m->nstrays, sizeof(*m->strays));
	out->nstrays = m->nstrays;
	return m->st;
}

static void begin(struct copl_inline_maker *m)
{
	copl_strbuf_reset(&m->text);
	m->ncodes = m->nmarks = m->nstrays = m->nhidden = 0;
	if (m->by_key.used > 0)
		copl_map_free(&m->by_key);
	m->st = COPL_OK;
}

/* Content of plain text needs no buffers: most messages are such. */
static bool make_plain(struct copl_inline_maker *m,
    const struct copl_xml_element *e, struct copl_inline *out)
{
	const char *s = inline_bytes(m, e->content);
	size_t len = e->close - e->content;
	char *copy;

	if (memchr(s, '<', len) != NULL || memchr(s, '&', len) != NULL ||
	    memchr(s, '>', len) != NULL ||
	    (out->preserve && memchr(s, '\r', len) != NULL))
		return false;
	if (len > MESSAGE_MAX) {
		inline_fail(m, COPL_E_LIMIT);
		return true;
	}
	copy = copl_arena_strndup(m->a, s, len);
	out->msgid = copy;
	out->len = len;
	if (copy == NULL) {
		inline_fail(m, COPL_E_NOMEM);
	} else if (!out->preserve) {
		out->len = inline_collapse(copy, copy, len);
		copy[out->len] = '\0';
	}
	return true;
}

enum copl_status copl_inline_make(struct copl_inline_maker *m, uint32_t element,
    bool preserve, struct copl_inline *out)
{
	begin(m);
	memset(out, 0, sizeof(*out));
	m->preserve = out->preserve = preserve;
	if (make_plain(m, &m->x->elements[element], out)) {
		out->plain =
		    m->st == COPL_OK && copl_inline_is_plain(out->msgid);
		return m->st;
	}
	collect(m, element);
	if (m->st == COPL_OK)
		inline_name_codes(m);
	if (m->st == COPL_OK)
		assemble(m);
	return m->st == COPL_OK ? finish(m, &m->msgid, out) : m->st;
}

/* A value is read from its source for entities that only a DTD outside has. */
static bool refers(const struct copl_inline_maker *m, uint32_t at, uint32_t end)
{
	struct copl_xml_piece piece;

	for (; at < end; at = piece.end) {
		copl_xml_piece(m->x, at, end, &piece);
		if (piece.kind == COPL_XML_REFERENCE)
			return true;
		if (piece.kind == COPL_XML_END)
			break;
	}
	return false;
}

/* Raw white space of a value is blanks; written as references it is not. */
static void put_blank_lines(
    struct copl_inline_maker *m, const char *s, size_t len)
{
	size_t i, from = 0;

	for (i = 0; i < len; i++) {
		if (s[i] == ' ' || !copl_is_space(s[i]))
			continue;
		copl_xml_put_text(&m->text, s + from, i - from);
		if (s[i] != '\r' || i + 1 == len || s[i + 1] != '\n')
			copl_strbuf_add(&m->text, " ", 1);
		from = i + 1;
	}
	copl_xml_put_text(&m->text, s + from, len - from);
}

static void collect_value(
    struct copl_inline_maker *m, uint32_t at, uint32_t end)
{
	struct copl_xml_piece piece;

	for (; at < end; at = piece.end) {
		copl_xml_piece(m->x, at, end, &piece);
		if (piece.kind == COPL_XML_END)
			break;
		if (piece.kind == COPL_XML_TEXT)
			put_blank_lines(m, piece.s, piece.len);
		else
			put_piece(m, &piece);
	}
}

enum copl_status copl_inline_make_attr(struct copl_inline_maker *m,
    uint32_t attr, bool preserve, struct copl_inline *out)
{
	const struct copl_xml_attr *a = &m->x->attrs[attr];
	uint32_t end = a->value + a->value_len;
	size_t len;
	const char *s = copl_xml_value(m->x, a, &len);

	begin(m);
	memset(out, 0, sizeof(*out));
	out->preserve = preserve;
	if (a->copy != NULL && refers(m, a->value, end))
		collect_value(m, a->value, end);
	else
		copl_xml_put_text(&m->text, s, len);
	if (m->text.st != COPL_OK)
		return m->text.st;
	return finish(m, &m->text, out);
}
