/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The codes of a message: which uses are of one code, and their tags. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "inline/inline_priv.h"

/* Source bytes of a hidden code that are compared with those of another. */
#define SAME_MAX 256
/* More codes than this are found by a hash. */
#define FEW 8

void inline_fail(struct copl_inline_maker *m, enum copl_status st)
{
	if (m->st == COPL_OK)
		m->st = st;
}

/*
 * Bytes from s on that stay as they are: no white space but single blanks
 * between other characters, no reference.  Eight at a time; may stop too
 * early.
 */
static size_t settled(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t before = 0x80; /* a blank at the start is not settled */
	size_t i = 0;

	for (; len - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word, low, blank, ref;

		memcpy(&word, s + i, sizeof(word));
		/* 0x80 in each byte below 0x20, equal to 0x20, or "&" */
		low = (word - ones * 0x20) & ~word & high;
		blank = word ^ ones * 0x20;
		blank = (blank - ones) & ~blank & high;
		ref = word ^ ones * '&';
		ref = (ref - ones) & ~ref & high;
		if ((low | ref) != 0 || (blank & (blank << 8 | before)) != 0)
			break;
		before = blank >> 56;
	}
	return i;
}

/* Length of the white space at s; 0: there is none. */
static size_t space(const char *s, const char *end)
{
	if (copl_is_space(*s))
		return 1;
	return end - s >= 5 && memcmp(s, "&#13;", 5) == 0 ? 5 : 0;
}

size_t inline_collapse(char *to, const char *s, size_t len)
{
	const char *end = s + len;
	char *start = to;
	size_t n;

	while (s < end) {
		n = space(s, end);
		if (n == 0) {
			n = settled(s, (size_t)(end - s));
			/* A blank at its end may go on behind it. */
			while (n > 0 && copl_is_space(s[n - 1]))
				n--;
			if (n == 0)
				n = 1;
			if (to != s)
				memmove(to, s, n);
			to += n;
			s += n;
			continue;
		}
		for (; n > 0; n = s < end ? space(s, end) : 0)
			s += n;
		if (to > start && s < end)
			*to++ = ' ';
	}
	return (size_t)(to - start);
}

const char *inline_bytes(const struct copl_inline_maker *m, uint32_t at)
{
	return copl_strbuf_text(&m->x->text) + at;
}

static bool same_code(const struct copl_inline_maker *m, size_t i,
    const struct copl_code *c, const char *name)
{
	const struct copl_code *o = &m->codes[i];
	size_t len = c->open_end - c->open;

	return o->whole == c->whole && o->hidden == c->hidden &&
	       o->open_end - o->open == len && len <= SAME_MAX &&
	       memcmp(inline_bytes(m, o->open), inline_bytes(m, c->open),
		   len) == 0 &&
	       strcmp(m->names[i], name) == 0;
}

/* A string that is the same for uses of one code; NULL: it has no other. */
static const char *key_of(
    struct copl_inline_maker *m, const struct copl_code *c, const char *name)
{
	size_t len = c->open_end - c->open;

	if (len > SAME_MAX)
		return NULL;
	return copl_arena_printf(m->a, "%d%d%s\n%.*s", c->whole, c->hidden,
	    name, (int)len, inline_bytes(m, c->open));
}

static bool index_codes(struct copl_inline_maker *m)
{
	size_t i;

	for (i = 0; i < m->ncodes; i++) {
		const char *key = key_of(m, &m->codes[i], m->names[i]);

		if (key != NULL && !copl_map_put(&m->by_key, key, i, NULL))
			return false;
	}
	return true;
}

static bool is_apart(
    const struct copl_inline_maker *m, const struct copl_code *c)
{
	return m->how.apart != NULL && c->element != COPL_XML_NONE &&
	       m->how.apart(m->how.arg, c->element, c->hidden);
}

/* Index of the code that this is a use of; ncodes: a new one. */
static size_t find_code(
    struct copl_inline_maker *m, const struct copl_code *c, const char *name)
{
	const char *key;
	size_t i;

	if (is_apart(m, c))
		return m->ncodes;
	if (m->ncodes < FEW) {
		for (i = 0; i < m->ncodes; i++)
			if (same_code(m, i, c, name))
				break;
		return i;
	}
	key = key_of(m, c, name);
	i = m->ncodes;
	if (key == NULL)
		return i;
	if ((m->by_key.used == 0 && !index_codes(m)) ||
	    !copl_map_put(&m->by_key, key, m->ncodes, &i))
		inline_fail(m, COPL_E_NOMEM);
	return i;
}

uint32_t inline_use_code(
    struct copl_inline_maker *m, const struct copl_code *c, const char *name)
{
	size_t i = find_code(m, c, name);
	struct copl_code *codes;
	const char **names;

	if (i < m->ncodes || m->st != COPL_OK)
		return (uint32_t)i;
	codes = copl_grow(m->codes, i, &m->codes_room, sizeof(*codes));
	if (codes != NULL)
		m->codes = codes;
	names = copl_grow(m->names, i, &m->names_room, sizeof(*names));
	if (names != NULL)
		m->names = names;
	if (codes == NULL || names == NULL) {
		inline_fail(m, COPL_E_NOMEM);
		return 0;
	}
	codes[i] = *c;
	names[i] = name;
	m->ncodes++;
	return (uint32_t)i;
}

/* ---- tags in full ---- */

static void put_qname(struct copl_strbuf *b, const struct copl_xml_name *n)
{
	if (n->prefix != NULL) {
		copl_strbuf_puts(b, n->prefix);
		copl_strbuf_add(b, ":", 1);
	}
	copl_strbuf_puts(b, n->local);
}

static void put_value(struct copl_strbuf *b, const char *s, size_t len)
{
	size_t from = 0, i;

	for (i = 0; i < len; i++) {
		if (s[i] != '"')
			continue;
		copl_xml_put_text(b, s + from, i - from);
		copl_strbuf_puts(b, "&quot;");
		from = i + 1;
	}
	copl_xml_put_text(b, s + from, len - from);
}

/* Name and attributes, as itstool prints a start tag. */
static const char *full_tag(struct copl_inline_maker *m, uint32_t element)
{
	const struct copl_xml *x = m->x;
	const struct copl_xml_element *e = &x->elements[element];
	struct copl_strbuf *b = &m->msgid; /* empty at this time */
	const char *tag;
	uint32_t i;

	copl_strbuf_reset(b);
	put_qname(b, copl_xml_element_name(x, element));
	for (i = e->attr; i < e->attr + e->nattr; i++) {
		const char *s;
		size_t len;

		if (x->attrs[i].qname == COPL_XML_NONE ||
		    x->attrs[i].name_len == 0)
			continue;
		copl_strbuf_add(b, " ", 1);
		put_qname(b, &x->names[x->attrs[i].qname]);
		copl_strbuf_puts(b, "=\"");
		s = copl_xml_value(x, &x->attrs[i], &len);
		put_value(b, s, len);
		copl_strbuf_add(b, "\"", 1);
	}
	/* What stands in a message that is collapsed is collapsed too. */
	if (b->st == COPL_OK && !m->preserve)
		b->len = inline_collapse(b->s, b->s, b->len);
	tag = copl_arena_strndup(m->a, copl_strbuf_text(b), b->len);
	if (tag == NULL || b->st != COPL_OK)
		inline_fail(m, COPL_E_NOMEM);
	return tag == NULL ? "" : tag;
}

const char *inline_full_name(
    struct copl_inline_maker *m, const struct copl_code *c, uint32_t element)
{
	const char *tag;

	if (!c->hidden)
		return full_tag(m, element);
	tag = copl_arena_printf(m->a, "_:%s-%zu",
	    copl_xml_element_name(m->x, element)->local, ++m->nhidden);
	if (tag == NULL)
		inline_fail(m, COPL_E_NOMEM);
	return tag == NULL ? "" : tag;
}

/* ---- names of the short form ---- */

/* How many codes have one name, and the next number to try. */
struct name {
	size_t codes;
	unsigned next;
};

static const char *numbered(struct copl_inline_maker *m, struct copl_map *taken,
    const char *name, struct name *of)
{
	const char *tag = name;
	size_t at, want = 1;

	while (tag != NULL && (of->codes > 1 || of->next > 0 ||
				  copl_map_get(taken, tag, &at))) {
		tag = copl_arena_printf(m->a, "%s%u", name, ++of->next);
		if (tag != NULL && !copl_map_get(taken, tag, &at))
			break;
	}
	if (tag == NULL || !copl_map_put(taken, tag, want, NULL))
		inline_fail(m, COPL_E_NOMEM);
	return tag;
}

/* "a" when it is the only one of its name, else "a1", "a2"... */
void inline_name_codes(struct copl_inline_maker *m)
{
	struct copl_map names = {0}, taken = {0};
	struct name *list;
	size_t i, at;

	if (m->how.full || m->ncodes == 1) {
		for (i = 0; i < m->ncodes; i++)
			m->codes[i].tag = m->names[i];
		return;
	}
	list = calloc(m->ncodes, sizeof(*list));
	if (list == NULL)
		inline_fail(m, COPL_E_NOMEM);
	for (i = 0; i < m->ncodes && m->st == COPL_OK; i++) {
		if (copl_map_put(&names, m->names[i], i, &at))
			list[at].codes++;
		else
			inline_fail(m, COPL_E_NOMEM);
	}
	for (i = 0; i < m->ncodes && m->st == COPL_OK; i++) {
		copl_map_get(&names, m->names[i], &at);
		m->codes[i].tag = numbered(m, &taken, m->names[i], &list[at]);
	}
	copl_map_free(&names);
	copl_map_free(&taken);
	free(list);
}
