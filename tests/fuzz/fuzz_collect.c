/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a form sends: its type in the first line, its bytes behind that. */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "serve/collect_body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TYPE_MAX 300

static void check_inside(
    const char *p, size_t len, const char *body, size_t all)
{
	if (p < body || p > body + all || len > (size_t)(body + all - p))
		__builtin_trap();
}

/* Each part lies within the body, and no two of them share a byte. */
static void check_parts(
    const struct collect_parts *parts, const char *body, size_t len)
{
	const char *behind = body;
	size_t i;

	if (parts->n > COLLECT_PARTS_MAX)
		__builtin_trap();
	for (i = 0; i < parts->n; i++) {
		const struct collect_part *p = &parts->list[i];

		check_inside(p->name, p->namelen, body, len);
		check_inside(p->value, p->len, body, len);
		if (p->name < behind || p->value < p->name + p->namelen)
			__builtin_trap();
		behind = p->value + p->len;
	}
}

static void read_body(const char *type, const char *from, size_t len)
{
	char boundary[COLLECT_BOUNDARY_SIZE];
	enum collect_body_kind kind = collect_body_kind(type, boundary);
	struct collect_parts parts = {.list = NULL};
	char *body = malloc(len == 0 ? 1 : len);
	enum copl_status st = COPL_E_NOMEM;

	if (body == NULL)
		return;
	memcpy(body, from, len);
	if (kind == COLLECT_BODY_FIELDS)
		st = collect_body_fields(body, len, &parts);
	else if (kind == COLLECT_BODY_PARTS)
		st = collect_body_parts(body, len, boundary, &parts);
	if (st == COPL_OK)
		check_parts(&parts, body, len);
	free(parts.list);
	free(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *end = memchr(text, '\n', size);
	char type[TYPE_MAX];

	if (end == NULL || (size_t)(end - text) >= sizeof(type))
		return 0;
	memcpy(type, text, (size_t)(end - text));
	type[end - text] = '\0';
	read_body(type, end + 1, size - (size_t)(end + 1 - text));
	return 0;
}
