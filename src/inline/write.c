/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "inline/inline_priv.h"

/* More codes than this are found by a hash. */
#define FEW 16

struct write {
	const struct copl_xml *x;
	const struct copl_inline *source;
	const struct copl_inline_writer *w;
	struct copl_map by_tag; /* once there are many codes */
	struct copl_arena *keys;
	size_t drop_depth; /* open tags of codes that are left out */
};

/* ---- text ---- */

/* "]]>" is no text: a parser takes it for the end of CDATA. */
static bool may_end_cdata(const struct write *w, const char *s, size_t i)
{
	const struct copl_strbuf *out = w->w->out;

	if (w->w->quote != '\0')
		return false;
	return i > 0 ? s[i - 1] == ']'
		     : out->len > 0 && out->s[out->len - 1] == ']';
}

/* What a byte of text is written as where it goes; NULL: as it is. */
static const char *escape_of(const struct write *w, const char *s, size_t i)
{
	char c = s[i];

	char quote = w->w->quote;
	bool kept = quote != '\0' && w->source->preserve;

	if (c == '>')
		return may_end_cdata(w, s, i) ? "&gt;" : NULL;
	if (quote != '\0' && c == quote)
		return quote == '"' ? "&quot;" : "&apos;";
	/* A parser makes LF of it, and a blank of all of them in a value. */
	if (c == '\r')
		return "&#13;";
	if (kept && c == '\n')
		return "&#10;";
	return kept && c == '\t' ? "&#9;" : NULL;
}

static void put_plain(const struct write *w, const char *s, size_t len)
{
	size_t from = 0, i;

	if (w->w->quote == '\0' && memchr(s, '>', len) == NULL &&
	    memchr(s, '\r', len) == NULL) {
		copl_strbuf_add(w->w->out, s, len);
		return;
	}
	for (i = 0; i < len; i++) {
		const char *escape = escape_of(w, s, i);

		if (escape == NULL)
			continue;
		copl_strbuf_add(w->w->out, s + from, i - from);
		copl_strbuf_puts(w->w->out, escape);
		from = i + 1;
	}
	copl_strbuf_add(w->w->out, s + from, len - from);
}

static void put_value(const struct copl_inline_writer *w, const char *value)
{
	if (w->quote == '\0')
		copl_xml_put_text(w->out, value, strlen(value));
	else
		copl_xml_put_attr(w->out, value);
}

static void put_text(const struct write *w, const char *s, size_t len)
{
	const struct copl_inline_writer *out = w->w;
	size_t from = 0, i, n;

	for (i = 0; i < len && out->param != NULL; i++) {
		const char *name, *value;

		if (s[i] == '{' && i + 1 < len && s[i + 1] == '{') {
			i++;
			continue;
		}
		name = copl_placeholder(s + i, &n);
		value = name == NULL || i + n + 1 >= len
			    ? NULL
			    : out->param(out->param_arg, name, n);
		if (value == NULL)
			continue;
		put_plain(w, s + from, i - from);
		put_value(out, value);
		i += n + 1;
		from = i + 1;
	}
	put_plain(w, s + from, len - from);
}

/* ---- codes ---- */

/* In full form "<b/>" and "<b>" are two codes with one tag. */
static bool is_kind(const struct copl_code *c, const struct token *t)
{
	return c->whole == (t->kind == TOKEN_WHOLE);
}

static const char *key_of(
    struct write *w, bool whole, const char *tag, size_t len)
{
	return copl_arena_printf(
	    w->keys, "%s%.*s", whole ? "/" : "", (int)len, tag);
}

/* Index of the code of exactly this tag; false: there is none. */
static bool look_up(struct write *w, const struct token *t, size_t *out)
{
	const struct copl_inline *source = w->source;
	const char *key = key_of(w, t->kind == TOKEN_WHOLE, t->s, t->len);
	size_t i;

	for (i = 0; w->by_tag.used == 0 && i < source->ncodes; i++) {
		const struct copl_code *c = &source->codes[i];
		const char *k = key_of(w, c->whole, c->tag, strlen(c->tag));

		if (k == NULL || !copl_map_put(&w->by_tag, k, i, NULL))
			w->w->out->st = COPL_E_NOMEM;
	}
	if (key == NULL)
		w->w->out->st = COPL_E_NOMEM;
	return key != NULL && copl_map_get(&w->by_tag, key, out);
}

static bool is_tag(const struct copl_code *c, const struct token *t)
{
	return is_kind(c, t) && strncmp(c->tag, t->s, t->len) == 0 &&
	       c->tag[t->len] == '\0';
}

static const char *behind_blanks(const char *s, const char *end)
{
	while (s < end && copl_blank(s) > 0)
		s += copl_blank(s);
	return s;
}

/* Do two tags differ in blanks only, as where itstool has taken NBSP away? */
static bool same_but_blanks(
    const char *a, size_t alen, const char *b, size_t blen)
{
	const char *aend = a + alen, *bend = b + blen;

	while (a < aend && b < bend) {
		bool blank = copl_blank(a) > 0;

		if (blank != (copl_blank(b) > 0) || (!blank && *a != *b))
			return false;
		a = blank ? behind_blanks(a, aend) : a + 1;
		b = blank ? behind_blanks(b, bend) : b + 1;
	}
	return a == aend && b == bend;
}

static bool same_tag(const struct copl_code *c, const struct token *t)
{
	size_t len = strlen(c->tag);

	return inline_tag_equal(c->tag, len, t->s, t->len) ||
	       same_but_blanks(c->tag, len, t->s, t->len);
}

/* How much a code is like a tag: the same, equal, of one name, not at all. */
static unsigned likeness(const struct copl_code *c, const struct token *t)
{
	size_t n = copl_tag_name(t->s, t->len);
	unsigned kind = is_kind(c, t);

	if (copl_tag_name(c->tag, strlen(c->tag)) != n ||
	    memcmp(c->tag, t->s, n) != 0)
		return 0;
	if (is_tag(c, t))
		return 6 + kind;
	if (same_tag(c, t))
		return 4 + kind;
	return 2 + kind;
}

/* The code whose tag is most like this one. */
static const struct copl_code *code_of(struct write *w, const struct token *t)
{
	const struct copl_inline *source = w->source;
	const struct copl_code *best = NULL;
	unsigned most = 0;
	size_t i;

	if (source->ncodes > FEW) {
		if (look_up(w, t, &i))
			return &source->codes[i];
	} else {
		for (i = 0; i < source->ncodes; i++)
			if (is_tag(&source->codes[i], t))
				return &source->codes[i];
	}
	for (i = 0; i < source->ncodes; i++) {
		unsigned like = likeness(&source->codes[i], t);

		if (like > most) {
			most = like;
			best = &source->codes[i];
		}
	}
	return best;
}

/* The value of an attribute in a tag's text; false: it has none. */
static bool find_attr(const struct token *t, const char *name, size_t len,
    struct copl_tag_attr *out)
{
	const char *s = t->s + copl_tag_name(t->s, t->len);

	while (copl_tag_attr_next(&s, t->s + t->len, out))
		if (out->name_len == len && memcmp(out->name, name, len) == 0)
			return true;
	return false;
}

static void put_attr_value(
    struct write *w, const char *s, size_t len, char quote)
{
	struct copl_inline_writer out = *w->w;
	struct write in = *w;

	out.quote = quote;
	in.w = &out;
	put_plain(&in, s, len);
}

/* A start tag whose attributes were translated in the message. */
static void put_loose(
    struct write *w, const struct copl_code *c, const struct token *t)
{
	const struct copl_xml_element *e = &w->x->elements[c->element];
	const char *text = copl_strbuf_text(&w->x->text);
	const struct token own = {.s = c->tag, .len = strlen(c->tag)};
	uint32_t at = c->open, i;

	for (i = e->attr; i < e->attr + e->nattr; i++) {
		const struct copl_xml_attr *a = &w->x->attrs[i];
		struct copl_tag_attr said, was;

		if (a->qname == COPL_XML_NONE || a->name_len == 0 ||
		    !find_attr(t, text + a->name, a->name_len, &said))
			continue;
		/* What is not translated may have edits of its own. */
		if (find_attr(&own, text + a->name, a->name_len, &was) &&
		    was.value_len == said.value_len &&
		    memcmp(was.value, said.value, was.value_len) == 0)
			continue;
		w->w->source(w->w->source_arg, at, a->value);
		put_attr_value(
		    w, said.value, said.value_len, text[a->value - 1]);
		at = a->value + a->value_len;
	}
	w->w->source(w->w->source_arg, at, c->open_end);
}

static void put_start(
    struct write *w, const struct copl_code *c, const struct token *t)
{
	if (c->hidden || is_tag(c, t) || same_tag(c, t))
		w->w->source(w->w->source_arg, c->open, c->open_end);
	else
		put_loose(w, c, t);
}

/* ---- the whole message ---- */

#define DEPTH COPL_INLINE_DEPTH

/* Codes whose tags are open: an end tag belongs to the last of them. */
struct open {
	const struct copl_code *codes[DEPTH]; /* NULL: of no code */
	size_t n;
};

static void put_end(struct write *w, struct open *open)
{
	const struct copl_code *c = open->n > 0 ? open->codes[--open->n] : NULL;

	if (w->drop_depth > 0)
		w->drop_depth--;
	else if (c != NULL)
		w->w->source(w->w->source_arg, c->close, c->close_end);
}

static void put_token(struct write *w, const struct token *t, struct open *open)
{
	const struct copl_code *c;

	if (t->kind == TOKEN_CLOSE) {
		put_end(w, open);
		return;
	}
	c = code_of(w, t);
	if (t->kind == TOKEN_OPEN && open->n < DEPTH)
		open->codes[open->n++] = c;
	if (w->drop_depth > 0 || (c != NULL && w->w->dropped != NULL &&
				     w->w->dropped(w->w->source_arg, c)))
		w->drop_depth += t->kind == TOKEN_OPEN;
	else if (c != NULL)
		put_start(w, c, t);
}

static void put_strays(struct write *w)
{
	const char *text = copl_strbuf_text(&w->x->text);
	size_t i;

	for (i = 0; i < w->source->nstrays; i++)
		copl_strbuf_add(w->w->out, text + w->source->strays[i].start,
		    w->source->strays[i].end - w->source->strays[i].start);
}

static void put_markup(struct write *w, const char *msgstr)
{
	struct open open;

	open.n = 0; /* the rest is not read before it is written */
	for (;;) {
		struct token t = inline_token(&msgstr);

		if (t.kind == TOKEN_END || t.kind == TOKEN_BAD)
			break;
		if (t.kind == TOKEN_ENTITY) {
			t.s--;
			t.len += 2;
			t.kind = TOKEN_TEXT;
		}
		if (t.kind != TOKEN_TEXT)
			put_token(w, &t, &open);
		else if (w->drop_depth == 0)
			put_text(w, t.s, t.len);
	}
}

void copl_inline_write(const struct copl_xml *x,
    const struct copl_inline *source, const char *msgstr,
    const struct copl_inline_writer *out)
{
	struct write w = {.x = x, .source = source, .w = out};

	if (source->ncodes == 0 && source->nstrays == 0) {
		put_text(&w, msgstr, strlen(msgstr));
		return;
	}
	if (source->ncodes > FEW) {
		w.keys = copl_arena_new();
		if (w.keys == NULL) {
			out->out->st = COPL_E_NOMEM;
			return;
		}
	}
	put_markup(&w, msgstr);
	put_strays(&w);
	copl_map_free(&w.by_tag);
	copl_arena_free(w.keys);
}
