/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/base.h"

struct copl_map_slot {
	const char *key; /* NULL: free */
	uint32_t hash;
	uint32_t value;
};

/*
 * In the manner of FNV, eight bytes at a time.  The number of keys is bounded
 * by the ceiling of the input file.
 */
static uint32_t hash_of(const char *s)
{
	const uint64_t prime = UINT64_C(0x9e3779b97f4a7c15);
	size_t len = strlen(s);
	uint64_t h = prime ^ len, word;

	for (; len >= sizeof(word); s += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, s, sizeof(word));
		h = (h ^ word) * prime;
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, s, len);
	h = (h ^ word) * prime;
	return (uint32_t)(h ^ h >> 32);
}

static struct copl_map_slot *slot_of(
    const struct copl_map *m, const char *key, uint32_t hash)
{
	size_t i = hash & (m->size - 1);

	while (m->slots[i].key != NULL &&
	       (m->slots[i].hash != hash || strcmp(m->slots[i].key, key) != 0))
		i = (i + 1) & (m->size - 1);
	return &m->slots[i];
}

static bool rehash(struct copl_map *m, size_t size)
{
	struct copl_map next = {NULL, m->used, size};
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

bool copl_map_room(struct copl_map *m, size_t n)
{
	size_t size = 32;

	while (size / 2 <= n)
		size *= 2;
	return size <= m->size || rehash(m, size);
}

bool copl_map_put(
    struct copl_map *m, const char *key, size_t value, size_t *out)
{
	uint32_t hash = hash_of(key);
	struct copl_map_slot *s;

	if (m->used >= m->size / 2 && !copl_map_room(m, m->used + 1))
		return false;
	s = slot_of(m, key, hash);
	if (s->key == NULL) {
		s->key = key;
		s->hash = hash;
		s->value = (uint32_t)value;
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
