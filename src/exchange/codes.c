/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message of a catalog as text with inline codes. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "exchange/exchange_priv.h"

enum piece_kind {
	PIECE_TEXT, /* one character or more, decoded in "text" */
	PIECE_OPEN, /* <tag> */
	PIECE_CLOSE, /* </tag> */
	PIECE_WHOLE, /* <tag/> */
	PIECE_PLACE, /* {name} */
	PIECE_RAW, /* bytes that are shown and stay as they are */
	PIECE_ODD, /* a character that XML cannot hold here */
	PIECE_END
};
struct piece {
	enum piece_kind kind;
	const char *s; /* all its bytes */
	size_t len;
	size_t partner; /* OPEN, CLOSE: index of the other; SIZE_MAX: none */
};

/* ---- cutting a message into pieces ---- */

static bool begins_name(char c)
{
	return copl_is_alpha(c) || c == '_' || ((unsigned char)c & 0x80) != 0;
}

static bool in_name(char c)
{
	return begins_name(c) || copl_is_digit(c) || c == '-' || c == '.' ||
	       c == ':';
}

static size_t name_length(const char *s)
{
	size_t n = 0;

	while (begins_name(s[0]) && in_name(s[n]))
		n++;
	return n;
}

/* Behind the attributes of a tag; NULL: that is no tag. */
static const char *skip_attributes(const char *p)
{
	while (*p != '\0' && *p != '>' && *p != '<') {
		if (*p == '"' || *p == '\'') {
			const char *end = strchr(p + 1, *p);

			if (end == NULL)
				return NULL;
			p = end;
		}
		p++;
	}
	return *p == '>' ? p : NULL;
}

static bool is_tag(const char *s, struct piece *out)
{
	const char *p = s + 1, *end;
	bool close = *p == '/';
	size_t n;

	p += close;
	n = strncmp(p, "_:", 2) == 0 ? 2 : 0; /* a hidden one, in full form */
	n += name_length(p + n);
	if (n == 0 || (p[n] != '>' && p[n] != '/' && !copl_is_space(p[n])))
		return false;
	end = skip_attributes(p + n);
	if (end == NULL || (close && p[n] != '>'))
		return false;
	out->kind = close            ? PIECE_CLOSE
		    : end[-1] == '/' ? PIECE_WHOLE
				     : PIECE_OPEN;
	out->len = (size_t)(end + 1 - s);
	return true;
}

/* "&" and what belongs to it. */
static void reference_piece(const char *s, struct piece *out)
{
	size_t n = 1 + (s[1] == '#');

	while (copl_is_alpha(s[n]) || copl_is_digit(s[n]))
		n++;
	out->kind = PIECE_RAW;
	out->len = s[n] == ';' && n > 1 ? n + 1 : 1;
	if (out->len == 5 && memcmp(s, "&amp;", 5) == 0)
		out->kind = PIECE_TEXT;
	/* What looks like a tag could be taken for one that was typed. */
	if (out->len == 4 && memcmp(s, "&lt;", 4) == 0 && s[4] != '/' &&
	    !begins_name(s[4]))
		out->kind = PIECE_TEXT;
}

size_t xl_odd_character(const char *s)
{
	unsigned char c = (unsigned char)*s;

	if (c < 0x20 && c != '\0' && !copl_is_space(*s))
		return 1;
	if (memcmp(s, "\xef\xbf\xbe", c == 0xef ? 3 : 1) == 0 ||
	    memcmp(s, "\xef\xbf\xbf", c == 0xef ? 3 : 1) == 0)
		return 3;
	return 0;
}

static bool plain_byte(char c)
{
	return (unsigned char)c >= 0x20 && c != '<' && c != '&' && c != '{' &&
	       (unsigned char)c != 0xef;
}

static bool holds_odd(const struct piece *p)
{
	size_t i;

	for (i = 0; i < p->len; i++)
		if (xl_odd_character(p->s + i) > 0)
			return true;
	return false;
}

/* What begins with a byte that is more than itself. */
static void special_piece(
    const struct xl_codes *codes, const char *s, struct piece *p)
{
	size_t n;

	if (*s == '<' && codes->markup) {
		if (!is_tag(s, p))
			p->kind = PIECE_RAW;
	} else if (*s == '&' && codes->markup) {
		reference_piece(s, p);
	} else if (*s == '{' && s[1] == '{') {
		p->len = 2;
	} else if (*s == '{' && copl_placeholder(s, &n) != NULL) {
		p->kind = PIECE_PLACE;
		p->len = n + 2;
	}
	/* A code is written in attributes, where nothing stands for those. */
	if (holds_odd(p)) {
		p->kind = *s == '{' ? PIECE_TEXT : PIECE_RAW;
		p->len = 1;
	}
}

static struct piece next_piece(const struct xl_codes *codes, const char *s)
{
	struct piece p = {PIECE_TEXT, s, 1, SIZE_MAX};

	if (*s == '\0') {
		p.kind = PIECE_END;
	} else if (xl_odd_character(s) > 0) {
		p.kind = PIECE_ODD;
		p.len = xl_odd_character(s);
	} else if (copl_is_space(*s) && *s != ' ') {
		p.kind = codes->lines && *s != '\r' ? PIECE_TEXT : PIECE_ODD;
	} else if (plain_byte(*s)) {
		while (plain_byte(s[p.len]))
			p.len++;
	} else {
		special_piece(codes, s, &p);
	}
	return p;
}

struct pieces {
	struct piece *list;
	size_t n;
	size_t room;
	bool sound; /* each tag has its partner and nothing is raw */
};

static bool same_name(const struct piece *open, const struct piece *close)
{
	size_t n = close->len - 3;

	return open->len > n + 1 && memcmp(open->s + 1, close->s + 2, n) == 0 &&
	       !in_name(open->s[1 + n]);
}

/* Partners are found with a stack that runs through the open tags. */
static void pair_tags(struct pieces *ps)
{
	size_t top = SIZE_MAX, i, k;

	for (i = 0; i < ps->n; i++) {
		struct piece *p = &ps->list[i];

		if (p->kind == PIECE_OPEN) {
			p->partner = top;
			top = i;
		}
		if (p->kind != PIECE_CLOSE)
			continue;
		if (top == SIZE_MAX || !same_name(&ps->list[top], p)) {
			ps->sound = false;
			continue;
		}
		k = ps->list[top].partner;
		ps->list[top].partner = i;
		p->partner = top;
		top = k;
	}
	for (; top != SIZE_MAX; top = k) {
		k = ps->list[top].partner;
		ps->list[top].partner = SIZE_MAX;
		ps->sound = false;
	}
}

static bool cut(const struct xl_codes *codes, const char *s, struct pieces *ps)
{
	ps->n = 0;
	ps->sound = true;
	for (;;) {
		struct piece p = next_piece(codes, s);
		struct piece *list;

		if (p.kind == PIECE_END)
			break;
		list = copl_grow(ps->list, ps->n, &ps->room, sizeof(*list));
		if (list == NULL)
			return false;
		ps->list = list;
		ps->list[ps->n++] = p;
		s += p.len;
		if (p.kind == PIECE_RAW && (p.len == 1))
			ps->sound = false;
	}
	pair_tags(ps);
	return true;
}

/* ---- the codes of a source ---- */

void xl_codes_free(struct xl_codes *codes)
{
	free(codes->list);
	copl_arena_free(codes->arena);
	memset(codes, 0, sizeof(*codes));
}

void xl_codes_begin(struct xl_codes *codes, const char *msgid)
{
	struct pieces ps = {NULL, 0, 0, false};

	copl_arena_free(codes->arena);
	codes->arena = copl_arena_new();
	codes->n = 0;
	codes->markup = true;
	codes->lines = strpbrk(msgid, "\n\t") != NULL;
	codes->nomem |= codes->arena == NULL || !cut(codes, msgid, &ps);
	codes->markup = ps.sound;
	free(ps.list);
}

const struct xl_code *xl_code_find(
    const struct xl_codes *codes, const char *id, size_t len)
{
	size_t i;

	for (i = 0; i < codes->n; i++)
		if (strlen(codes->list[i].id) == len &&
		    memcmp(codes->list[i].id, id, len) == 0)
			return &codes->list[i];
	return NULL;
}

struct xl_code *xl_code_add(struct xl_codes *codes, const char *id,
    size_t id_len, const char *open, size_t open_len, const char *close,
    size_t close_len)
{
	struct xl_code *list, *c;

	list = copl_grow(codes->list, codes->n, &codes->room, sizeof(*list));
	if (list != NULL)
		codes->list = list;
	if (list == NULL || codes->arena == NULL) {
		codes->nomem = true;
		return NULL;
	}
	c = &codes->list[codes->n];
	c->id = copl_arena_strndup(codes->arena, id, id_len);
	c->open = copl_arena_strndup(codes->arena, open, open_len);
	c->close = close == NULL
		       ? NULL
		       : copl_arena_strndup(codes->arena, close, close_len);
	c->used = false;
	if (c->id == NULL || c->open == NULL ||
	    (close != NULL && c->close == NULL)) {
		codes->nomem = true;
		return NULL;
	}
	codes->n++;
	return c;
}

/* The code of a piece that is not used yet, else any, else a new one. */
static struct xl_code *code_of(struct xl_codes *codes, const struct piece *p,
    const struct piece *close, bool source)
{
	struct xl_code *any = NULL;
	char id[24];
	size_t i;

	for (i = 0; !source && i < codes->n; i++) {
		struct xl_code *c = &codes->list[i];

		if (strlen(c->open) != p->len ||
		    memcmp(c->open, p->s, p->len) != 0 ||
		    (c->close == NULL) != (close == NULL))
			continue;
		if (!c->used) {
			any = c;
			break;
		}
		any = any == NULL ? c : any;
	}
	if (any == NULL) {
		snprintf(id, sizeof(id), "%zu", codes->n + 1);
		any = xl_code_add(codes, id, strlen(id), p->s, p->len,
		    close == NULL ? NULL : close->s,
		    close == NULL ? 0 : close->len);
	}
	if (any != NULL)
		any->used = !source;
	return any;
}

/* ---- writing ---- */

static void put_attr(
    struct copl_strbuf *out, const char *name, const char *s, size_t len)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(SIZE_MAX);

	copl_strbuf_add(&b, s, len);
	copl_strbuf_printf(out, " %s=\"", name);
	copl_xml_put_attr(out, copl_strbuf_text(&b));
	copl_strbuf_puts(out, "\"");
	if (b.st != COPL_OK && out->st == COPL_OK)
		out->st = b.st;
	copl_strbuf_clear(&b);
}

/* id and what kind of thing it is, for CAT tools that show it. */
static void put_code_attrs(
    struct copl_strbuf *out, const struct xl_code *c, const struct piece *p)
{
	size_t n = p->kind == PIECE_PLACE ? 0 : name_length(p->s + 1);

	copl_strbuf_printf(out, " id=\"%s\" ctype=\"", c->id);
	if (n == 0)
		copl_strbuf_puts(out, "x-placeholder");
	else if (n == 6 && memcmp(p->s + 1, "strong", n) == 0)
		copl_strbuf_puts(out, "bold");
	else if (n == 2 && memcmp(p->s + 1, "em", n) == 0)
		copl_strbuf_puts(out, "italic");
	else if (p->s[1] == 'a' && (n == 1 || copl_is_digit(p->s[2])))
		copl_strbuf_puts(out, "link");
	else if (n == 2 && memcmp(p->s + 1, "br", n) == 0)
		copl_strbuf_puts(out, "lb");
	else
		copl_strbuf_printf(out, "x-%.*s", (int)n, p->s + 1);
	copl_strbuf_puts(out, "\"");
	put_attr(out, "equiv-text", p->s, p->len);
}

/* Control pictures, so that people see that something is there. */
static void put_odd(
    struct copl_strbuf *out, const struct xl_code *c, const struct piece *p)
{
	unsigned code = p->len == 1             ? (unsigned char)*p->s
			: p->s[2] == (char)0xbe ? 0xfffe
						: 0xffff;

	copl_strbuf_printf(
	    out, "<ph id=\"%s\" ctype=\"x-char-%04x\">", c->id, code);
	if (code < 0x20)
		copl_strbuf_printf(out, "\xe2\x90%c", (char)(0x80 + code));
	else
		copl_strbuf_puts(out, "\xef\xbf\xbd");
	copl_strbuf_puts(out, "</ph>");
}

static void put_piece(struct copl_strbuf *out, struct xl_codes *codes,
    const struct pieces *ps, size_t i, bool source)
{
	const struct piece *p = &ps->list[i];
	const struct piece *close =
	    p->partner == SIZE_MAX ? NULL : &ps->list[p->partner];
	struct xl_code *c;

	if (p->kind == PIECE_TEXT) {
		if (codes->markup && *p->s == '&')
			copl_strbuf_add(out, p->s, p->len);
		else
			copl_xml_put_text(out, p->s, p->len);
		return;
	}
	if (p->kind == PIECE_CLOSE && close != NULL) {
		copl_strbuf_puts(out, "</g>");
		return;
	}
	c = code_of(codes, p, close, source);
	if (c == NULL)
		return;
	if (p->kind == PIECE_ODD) {
		put_odd(out, c, p);
		return;
	}
	if (p->kind == PIECE_RAW || (close == NULL && p->kind != PIECE_WHOLE &&
					p->kind != PIECE_PLACE)) {
		copl_strbuf_printf(
		    out, "<ph id=\"%s\" ctype=\"x-raw\">", c->id);
		copl_xml_put_text(out, p->s, p->len);
		copl_strbuf_puts(out, "</ph>");
		return;
	}
	copl_strbuf_puts(out, close != NULL ? "<g" : "<x");
	put_code_attrs(out, c, p);
	copl_strbuf_puts(out, close != NULL ? ">" : "/>");
}

static void put_message(
    struct copl_strbuf *out, struct xl_codes *codes, const char *s, bool source)
{
	struct pieces ps = {NULL, 0, 0, false};
	size_t i;

	if (!cut(codes, s, &ps))
		codes->nomem = true;
	for (i = 0; i < codes->n; i++)
		codes->list[i].used = false;
	for (i = 0; i < ps.n && !codes->nomem; i++)
		put_piece(out, codes, &ps, i, source);
	if (codes->nomem && out->st == COPL_OK)
		out->st = COPL_E_NOMEM;
	free(ps.list);
}

void xl_put_source(
    struct copl_strbuf *out, struct xl_codes *codes, const char *msgid)
{
	put_message(out, codes, msgid, true);
}

void xl_put_target(
    struct copl_strbuf *out, struct xl_codes *codes, const char *msgstr)
{
	put_message(out, codes, msgstr, false);
}

/* ---- reading ---- */

/* A tag of the source that somebody typed as text; its length, 0: none. */
static size_t typed_tag(const struct xl_codes *codes, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < codes->n; i++) {
		const struct xl_code *c = &codes->list[i];
		size_t n = strlen(c->open);

		if (c->open[0] == '<' && n <= len && memcmp(s, c->open, n) == 0)
			return n;
		n = c->close == NULL ? 0 : strlen(c->close);
		if (n > 0 && n <= len && memcmp(s, c->close, n) == 0)
			return n;
	}
	return 0;
}

void xl_text_to_message(struct copl_strbuf *out, const struct xl_codes *codes,
    const char *s, size_t len)
{
	size_t i, n;

	for (i = 0; i < len; i += n) {
		n = 1;
		if (codes->markup && s[i] == '<')
			n = typed_tag(codes, s + i, len - i);
		if (codes->markup && s[i] == '&') {
			copl_strbuf_puts(out, "&amp;");
		} else if (n == 0) {
			copl_strbuf_puts(out, "&lt;");
			n = 1;
		} else {
			copl_strbuf_add(out, s + i, n);
		}
	}
}

/* ---- ids ---- */

/* Its context where that can be an id, else a name made of its key. */
static const char *unit_id(struct copl_arena *a, const struct copl_message *m)
{
	const char *p = m->ctxt;

	/* Control characters are no part of an id that tools can show. */
	while (p != NULL && *p != '\0' && (unsigned char)*p >= 0x20 &&
	       xl_odd_character(p) == 0)
		p++;
	if (p != NULL && *p == '\0' && p != m->ctxt)
		return m->ctxt;
	return copl_arena_printf(a, "m-%08x", (unsigned)m->hash);
}

const char **copl_xliff_ids(const struct copl_catalog *c, struct copl_arena *a)
{
	const char **ids =
	    copl_arena_alloc(a, (c->nmessages + 1) * sizeof(*ids));
	struct copl_map there = {NULL, 0, 0};
	bool ok = ids != NULL;
	size_t i, first;
	unsigned n;

	for (i = 0; i < c->nmessages && ok; i++) {
		const char *id = unit_id(a, &c->messages[i]);

		ids[i] = id;
		for (n = 2, first = i + 1; ok && first != i; n++) {
			ok = ids[i] != NULL &&
			     copl_map_put(&there, ids[i], i, &first);
			if (ok && first != i)
				ids[i] = copl_arena_printf(a, "%s~%u", id, n);
		}
	}
	copl_map_free(&there);
	return ok ? ids : NULL;
}
