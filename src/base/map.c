/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

struct copl_map_slot {
	const char *key; /* NULL: free */
	uint64_t hash;
	size_t value;
};

/* FNV-1a. The number of keys is bounded by the ceiling of the input file. */
static uint64_t hash_of(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h ^ (h >> 29);
}

static struct copl_map_slot *slot_of(
    const struct copl_map *m, const char *key, uint64_t hash)
{
	size_t i = hash & (m->size - 1);

	while (m->slots[i].key != NULL &&
	       (m->slots[i].hash != hash || strcmp(m->slots[i].key, key) != 0))
		i = (i + 1) & (m->size - 1);
	return &m->slots[i];
}

static bool rehash(struct copl_map *m)
{
	struct copl_map next = {NULL, m->used, m->size == 0 ? 32 : m->size * 2};
	size_t i;

	next.slots = calloc(next.size, sizeof(*next.slots));
	if (next.slots == NULL)
		return false;
	for (i = 0; i < m->size; i++)
		if (m->slots[i].key != NULL)
			*slot_of(&next, m->slots[i].key, m->slots[i].hash) =
			    m->slots[i];
	free(m->slots);
	*m = next;
	return true;
}

bool copl_map_put(
    struct copl_map *m, const char *key, size_t value, size_t *out)
{
	uint64_t hash = hash_of(key);
	struct copl_map_slot *s;

	if (m->used >= m->size / 2 && !rehash(m))
		return false;
	s = slot_of(m, key, hash);
	if (s->key == NULL) {
		s->key = key;
		s->hash = hash;
		s->value = value;
		m->used++;
	}
	if (out != NULL)
		*out = s->value;
	return true;
}

bool copl_map_get(const struct copl_map *m, const char *key, size_t *out)
{
	const struct copl_map_slot *s;

	if (m->size == 0)
		return false;
	s = slot_of(m, key, hash_of(key));
	if (s->key == NULL)
		return false;
	*out = s->value;
	return true;
}

void copl_map_free(struct copl_map *m)
{
	free(m->slots);
	m->slots = NULL;
	m->used = m->size = 0;
}
