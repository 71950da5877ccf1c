/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
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

static enum copl_status fail(
    const char *file, struct copl_reporter *r, bool opening)
{
	struct copl_place at = {file, 0, 0};

	if (opening)
		copl_report(r, COPL_ERROR, "io-open", at, _("cannot open: %s"),
		    strerror(errno));
	else
		copl_report(r, COPL_ERROR, "io-read", at, _("cannot read: %s"),
		    strerror(errno));
	return COPL_E_IO;
}

/* Reads to the end, which may be elsewhere than the file's size says. */
static enum copl_status read_all(
    int fd, const char *path, struct copl_reporter *r, struct copl_strbuf *b)
{
	enum copl_status st = COPL_OK;

	while (st == COPL_OK) {
		/* One byte of the slack is asked for, to see the end. */
		size_t want = b->cap - PO_SLACK + 1 - b->len;
		ssize_t n = read(fd, b->s + b->len, want);

		if (n == 0)
			break;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(path, r, false);
		b->len += (size_t)n;
		if (b->len > COPL_CATALOG_MAX)
			return too_large(path, r);
		if (b->len > b->cap - PO_SLACK)
			st = reserve(b, 2 * b->len);
	}
	return st;
}

enum copl_status po_text_load(
    const char *path, struct copl_reporter *r, struct copl_strbuf *text)
{
	/* O_NONBLOCK: opening a FIFO that nobody writes must not hang. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat sb = {0};
	enum copl_status st;
	size_t size = 65536;

	if (fd < 0)
		return fail(path, r, true);
	if (fstat(fd, &sb) == 0 && S_ISDIR(sb.st_mode)) {
		errno = EISDIR;
		st = fail(path, r, true);
		goto out;
	}
	if (S_ISREG(sb.st_mode) && sb.st_size > 0) {
		if ((uint64_t)sb.st_size > COPL_CATALOG_MAX) {
			st = too_large(path, r);
			goto out;
		}
		size = (size_t)sb.st_size;
	}
	/* What a catalog before this one left may be enough. */
	st = text->cap >= size + PO_SLACK ? COPL_OK : reserve(text, size);
	if (st == COPL_OK)
		st = read_all(fd, path, r, text);
	if (st == COPL_OK)
		finish(text);
out:
	close(fd);
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
