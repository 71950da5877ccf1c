/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "aid.h"

void die(const char *why, ...)
{
	va_list args;

	va_start(args, why);
	vfprintf(stderr, why, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

void *grow(void *old, size_t count, size_t size)
{
	void *p = NULL;

	if (count <= SIZE_MAX / size)
		p = realloc(old, count * size);
	if (p == NULL)
		die("out of memory");
	return p;
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->at != NULL)
		buf->at[0] = '\0';
}

void buf_add(struct buf *buf, const char *bytes, size_t len)
{
	if (buf->at == NULL || buf->cap - buf->len <= len) {
		buf->cap = (buf->len + len + 64) * 2;
		buf->at = grow(buf->at, buf->cap, 1);
	}
	memcpy(buf->at + buf->len, bytes, len);
	buf->len += len;
	buf->at[buf->len] = '\0';
}

void buf_str(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_num(struct buf *buf, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, number);
	buf_str(buf, text);
}

void buf_free(struct buf *buf)
{
	free(buf->at);
	memset(buf, 0, sizeof(*buf));
}

void buf_load(struct buf *buf, const char *path)
{
	char part[65536];
	size_t got = 0;
	FILE *file = fopen(path, "rb");

	if (file == NULL)
		die("%s: %s", path, strerror(errno));
	buf_clear(buf);
	buf_add(buf, "", 0);
	while ((got = fread(part, 1, sizeof(part), file)) > 0)
		buf_add(buf, part, got);
	if (ferror(file))
		die("%s: cannot be read", path);
	fclose(file);
}

uint64_t hash_bytes(const char *bytes, size_t len)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash ^ (hash >> 29);
}

uint64_t dice(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}
