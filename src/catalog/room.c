/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "catalog/catalog_priv.h"

#define HUGE_PAGE ((size_t)2 << 20)

void *po_room_alloc(size_t size)
{
	void *p;

	if (size < 2 * HUGE_PAGE || size > SIZE_MAX - HUGE_PAGE)
		return malloc(size);
	size = (size + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	p = aligned_alloc(HUGE_PAGE, size);
#ifdef MADV_HUGEPAGE
	/* Only faster; where it is refused, small pages do. */
	if (p != NULL)
		(void)madvise(p, size, MADV_HUGEPAGE);
#endif
	return p;
}

/* Room for len bytes and the slack, what is there kept. */
static enum copl_status reserve(struct copl_strbuf *b, size_t len)
{
	char *s = po_room_alloc(len + PO_SLACK);

	if (s == NULL)
		return COPL_E_NOMEM;
	if (b->len > 0)
		memcpy(s, b->s, b->len);
	free(b->s);
	b->s = s;
	b->cap = len + PO_SLACK;
	b->max = COPL_CATALOG_MAX;
	return COPL_OK;
}

static void finish(struct copl_strbuf *b)
{
	memset(b->s + b->len, 0, PO_SLACK);
}

static enum copl_status too_large(const char *file, struct copl_reporter *r)
{
	struct copl_place at = {file, 0, 0};

	copl_report(r, COPL_ERROR, "file-too-large", at,
	    _("file is larger than %zu bytes"), COPL_CATALOG_MAX);
	return COPL_E_LIMIT;
}

enum copl_status po_text_load(
    const char *path, struct copl_reporter *r, struct copl_strbuf *text)
{
	enum copl_status st = COPL_OK;
	struct stat sb;

	copl_strbuf_reset(text);
	/* What a catalog before this one left may be enough. */
	if (stat(path, &sb) == 0 && S_ISREG(sb.st_mode) &&
	    (uint64_t)sb.st_size <= COPL_CATALOG_MAX &&
	    text->cap < (size_t)sb.st_size + PO_SLACK)
		st = reserve(text, (size_t)sb.st_size);
	if (st == COPL_OK)
		st = copl_file_read(path, COPL_CATALOG_MAX, r, text);
	if (st == COPL_OK && text->cap < text->len + PO_SLACK)
		st = reserve(text, text->len);
	if (st == COPL_OK)
		finish(text);
	return st;
}

enum copl_status po_text_room(struct copl_strbuf *b, size_t len)
{
	size_t max = b->max;
	enum copl_status st;

	if (b->cap > len || len > max)
		return COPL_OK;
	st = reserve(b, len);
	b->max = max;
	if (st == COPL_OK)
		b->s[b->len] = '\0';
	return st;
}

void po_put_raw(struct copl_strbuf *out, const char *s, size_t len)
{
	size_t at = out->len;
	char *p, *end;

	copl_strbuf_add(out, s, len);
	if (out->st != COPL_OK || len == 0)
		return;
	end = out->s + out->len;
	for (p = out->s + at; p < end; p++) {
		p = memchr(p, '\0', (size_t)(end - p));
		if (p == NULL)
			break;
		*p = '"';
	}
}

enum copl_status po_text_copy(const char *bytes, size_t len, const char *file,
    struct copl_reporter *r, struct copl_strbuf *text)
{
	enum copl_status st;

	if (len > COPL_CATALOG_MAX)
		return too_large(file, r);
	st = reserve(text, len);
	if (st != COPL_OK)
		return st;
	if (len > 0)
		memcpy(text->s, bytes, len);
	text->len = len;
	finish(text);
	return st;
}
