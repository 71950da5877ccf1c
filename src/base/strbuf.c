/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

/* Room for len more bytes and a NUL; false leaves the failure in b->st. */
static bool reserve(struct copl_strbuf *b, size_t len)
{
	size_t need, cap;
	char *p;

	if (b->st != COPL_OK)
		return false;
	if (len > b->max - b->len) {
		b->st = COPL_E_LIMIT;
		return false;
	}
	need = b->len + len + 1;
	if (need <= b->cap)
		return true;
	cap = b->cap < 64 ? 64 : b->cap * 2;
	if (cap < need)
		cap = need;
	p = realloc(b->s, cap);
	if (p == NULL) {
		b->st = COPL_E_NOMEM;
		return false;
	}
	b->s = p;
	b->cap = cap;
	return true;
}

void copl_strbuf_room(struct copl_strbuf *b, size_t len)
{
	if (len > b->len && len <= b->max)
		(void)reserve(b, len - b->len);
}

void copl_strbuf_add(struct copl_strbuf *b, const char *s, size_t len)
{
	if (!reserve(b, len))
		return;
	if (len > 0)
		memcpy(b->s + b->len, s, len);
	b->len += len;
	b->s[b->len] = '\0';
}

void copl_strbuf_puts(struct copl_strbuf *b, const char *s)
{
	copl_strbuf_add(b, s, strlen(s));
}

void copl_strbuf_printf(struct copl_strbuf *b, const char *fmt, ...)
{
	size_t room = b->cap - b->len;
	va_list ap;
	int n;

	if (b->st != COPL_OK)
		return;
	/* Into the room that is there: mostly that is enough. */
	va_start(ap, fmt);
	n = vsnprintf(room == 0 ? NULL : b->s + b->len, room, fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < room && (size_t)n <= b->max - b->len) {
		b->len += (size_t)n;
		return;
	}
	if (room > 0)
		b->s[b->len] = '\0';
	if (n < 0 || !reserve(b, (size_t)n))
		return;
	va_start(ap, fmt);
	vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void copl_strbuf_reset(struct copl_strbuf *b)
{
	b->len = 0;
	b->st = COPL_OK;
	if (b->s != NULL)
		b->s[0] = '\0';
}

void copl_strbuf_clear(struct copl_strbuf *b)
{
	free(b->s);
	b->s = NULL;
	b->len = b->cap = 0;
	b->st = COPL_OK;
}

const char *copl_strbuf_text(const struct copl_strbuf *b)
{
	return b->s == NULL ? "" : b->s;
}
