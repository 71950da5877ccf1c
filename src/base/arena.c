/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

#define BLOCK_SIZE 16384

struct block {
	struct block *next;
	size_t used;
	size_t size;
	alignas(max_align_t) unsigned char data[];
};

struct copl_arena {
	struct block *head;
};

struct copl_arena *copl_arena_new(void)
{
	return calloc(1, sizeof(struct copl_arena));
}

void copl_arena_free(struct copl_arena *a)
{
	if (a == NULL)
		return;
	while (a->head != NULL) {
		struct block *next = a->head->next;

		free(a->head);
		a->head = next;
	}
	free(a);
}

static struct block *add_block(struct copl_arena *a, size_t size)
{
	size_t want = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct block *b;

	if (want > SIZE_MAX - sizeof(*b))
		return NULL;
	b = calloc(1, sizeof(*b) + want);
	if (b == NULL)
		return NULL;
	b->size = want;
	b->next = a->head;
	a->head = b;
	return b;
}

/* align is a power of two */
static void *take(struct copl_arena *a, size_t size, size_t align)
{
	struct block *b = a->head;
	size_t at;

	if (size > SIZE_MAX / 2)
		return NULL;
	at = b == NULL ? 0 : (b->used + align - 1) & ~(align - 1);
	if (b == NULL || at > b->size || b->size - at < size) {
		b = add_block(a, size);
		if (b == NULL)
			return NULL;
		at = 0;
	}
	b->used = at + size;
	return b->data + at;
}

void *copl_arena_alloc(struct copl_arena *a, size_t size)
{
	return take(a, size, alignof(max_align_t));
}

char *copl_arena_strndup(struct copl_arena *a, const char *s, size_t len)
{
	char *p = len == SIZE_MAX ? NULL : take(a, len + 1, 1);

	if (p == NULL)
		return NULL;
	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *copl_arena_strdup(struct copl_arena *a, const char *s)
{
	return copl_arena_strndup(a, s, strlen(s));
}

char *copl_arena_printf(struct copl_arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p = NULL;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return NULL;
	p = take(a, (size_t)n + 1, 1);
	if (p == NULL)
		return NULL;
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void *copl_grow(void *array, size_t used, size_t *room, size_t item)
{
	size_t want = *room == 0 ? 16 : *room * 2;
	void *p;

	if (used < *room)
		return array;
	p = reallocarray(array, want, item);
	if (p != NULL)
		*room = want;
	return p;
}
