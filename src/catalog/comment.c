/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "catalog/catalog_priv.h"

bool po_line_next(struct po_line *l, const char *end)
{
	const char *lf;

	if (l->next >= end)
		return false;
	l->s = l->next;
	lf = memchr(l->s, '\n', (size_t)(end - l->s));
	l->end = lf == NULL ? end : lf;
	l->next = lf == NULL ? end : lf + 1;
	if (l->end > l->s && l->end[-1] == '\r')
		l->end--;
	l->no++;
	return true;
}

const char *po_skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		p++;
	return p;
}

enum po_comment po_comment_kind(const char *p, const char *end)
{
	switch (end - p > 1 ? p[1] : ' ') {
	case '.':
		return PO_EXTRACTED;
	case ':':
		return PO_REFERENCE;
	case ',':
		return PO_FLAGS;
	case '=':
		return PO_STICKY;
	case '|':
		return PO_PREVIOUS;
	case '~':
		return PO_OBSOLETE;
	default:
		return PO_TRANSLATOR;
	}
}

/* The comment line behind "#~ ", or the line itself. */
static const char *unwrap(const char *p, const char *end)
{
	p = po_skip_blanks(p, end);
	if (end - p > 1 && p[0] == '#' && p[1] == '~')
		p = po_skip_blanks(p + 2, end);
	return p;
}

/* The text behind a comment's mark; one blank belongs to the mark. */
static const char *text_of(enum po_comment kind, const char *p, const char *end)
{
	p += kind == PO_TRANSLATOR ? 1 : 2;
	if (kind == PO_FLAGS || kind == PO_STICKY)
		return po_skip_blanks(p, end);
	return p < end && *p == ' ' ? p + 1 : p;
}

static char *put(char *out, const char *s, size_t len)
{
	memcpy(out, s, len);
	return out + len;
}

/* All comment lines of the kinds in mask, joined; NULL: there are none. */
static const char *join(const char *from, const char *to, unsigned mask,
    const char *glue, char **pool)
{
	struct po_line l = {NULL, NULL, from, 0};
	char *start = *pool;
	char *out = start;
	bool any = false;

	while (po_line_next(&l, to)) {
		const char *p = unwrap(l.s, l.end);
		enum po_comment kind;

		if (p == l.end || *p != '#')
			continue;
		kind = po_comment_kind(p, l.end);
		if ((mask & (1U << kind)) == 0)
			continue;
		p = text_of(kind, p, l.end);
		if (any)
			out = put(out, glue, strlen(glue));
		out = put(out, p, (size_t)(l.end - p));
		any = true;
	}
	if (!any)
		return NULL;
	*out = '\0';
	*pool = out + 1;
	return start;
}

static unsigned kinds_in(const char *from, const char *to)
{
	struct po_line l = {NULL, NULL, from, 0};
	unsigned mask = 0;

	while (po_line_next(&l, to)) {
		const char *p = unwrap(l.s, l.end);

		if (p < l.end && *p == '#')
			mask |= 1U << po_comment_kind(p, l.end);
	}
	return mask;
}

void po_comments_collect(const char *from, const char *to, bool texts,
    char **pool, struct copl_message *m)
{
	const unsigned flags = 1U << PO_FLAGS | 1U << PO_STICKY;
	unsigned mask = kinds_in(from, to) & (texts ? flags : ~0U);

	if ((mask & 1U << PO_TRANSLATOR) != 0)
		m->comment = join(from, to, 1U << PO_TRANSLATOR, "\n", pool);
	if ((mask & 1U << PO_EXTRACTED) != 0)
		m->extracted = join(from, to, 1U << PO_EXTRACTED, "\n", pool);
	if ((mask & 1U << PO_REFERENCE) != 0)
		m->refs = join(from, to, 1U << PO_REFERENCE, "\n", pool);
	if ((mask & flags) != 0)
		m->flags = join(from, to, flags, ", ", pool);
	m->fuzzy = copl_message_has_flag(m, "fuzzy");
	if (texts)
		m->flags = NULL;
}
