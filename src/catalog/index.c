/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <endian.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "catalog/catalog_priv.h"

struct copl_catalog_slot {
	uint32_t hash;
	uint32_t next; /* index of the message, plus one; 0: free */
};

/* ---- keys ---- */

/* A hash of bytes that come in pieces: only their sequence counts. */
struct hash {
	uint64_t value;
	uint64_t rest; /* bytes that do not make a word yet */
	unsigned nrest;
	size_t len;
};

static inline void mix(struct hash *h, uint64_t word)
{
	h->value = (h->value ^ word) * UINT64_C(0x9fb21c651e98df25);
	h->value ^= h->value >> 35;
}

static inline void feed(struct hash *h, uint64_t word)
{
	if (h->nrest == 0) {
		mix(h, word);
		return;
	}
	mix(h, h->rest | word << 8 * h->nrest);
	h->rest = word >> (64 - 8 * h->nrest);
}

static inline void hash_bytes(struct hash *h, const char *s, size_t len)
{
	uint64_t w;

	h->len += len;
	for (; len >= 8; s += 8, len -= 8) {
		memcpy(&w, s, 8);
		feed(h, le64toh(w));
	}
	for (; len > 0; s++, len--) {
		h->rest |= (uint64_t)(unsigned char)*s << 8 * h->nrest;
		if (++h->nrest == 8) {
			mix(h, h->rest);
			h->rest = h->nrest = 0;
		}
	}
}

static uint32_t hash_end(struct hash *h)
{
	mix(h, h->rest);
	mix(h, h->len);
	return (uint32_t)(h->value ^ h->value >> 32);
}

uint32_t po_key_hash(const char *ctxt, const char *id)
{
	struct hash h = {0};

	if (ctxt != NULL) {
		hash_bytes(&h, ctxt, strlen(ctxt));
		hash_bytes(&h, &(const char){PO_EOT}, 1);
	}
	hash_bytes(&h, id, strlen(id));
	return hash_end(&h);
}

/* Compares ctxt EOT id, whatever stands on which side of the EOT. */
static bool same_sequence(
    const char *ac, const char *ai, const char *bc, const char *bi)
{
	const char *a = ac == NULL ? ai : ac, *b = bc == NULL ? bi : bc;

	for (;;) {
		char x = *a++, y = *b++;

		if (x == '\0' && ac != NULL) {
			x = PO_EOT;
			a = ai;
			ac = NULL;
		}
		if (y == '\0' && bc != NULL) {
			y = PO_EOT;
			b = bi;
			bc = NULL;
		}
		if (x != y)
			return false;
		if (x == '\0')
			return true;
	}
}

static bool same_key(
    const struct copl_message *m, const char *ctxt, const char *id)
{
	if (m->ctxt == NULL && ctxt == NULL)
		return strcmp(m->id, id) == 0;
	if (m->ctxt != NULL && ctxt != NULL && strcmp(m->ctxt, ctxt) == 0)
		return strcmp(m->id, id) == 0;
	return same_sequence(m->ctxt, m->id, ctxt, id);
}

/* ---- tables ---- */

#define AHEAD 16 /* messages whose slots are on their way */

/* Three of four slots are used at most. */
static size_t table_size(size_t n)
{
	size_t size = 16;

	while (size - size / 4 < n)
		size *= 2;
	return size;
}

static bool table_new(struct copl_catalog_index *t, size_t n)
{
	size_t size = table_size(n);

	if (t->size >= size) { /* of a catalog that was here before */
		memset(t->slots, 0, t->size * sizeof(*t->slots));
		return true;
	}
	free(t->slots);
	t->slots = calloc(size, sizeof(*t->slots));
	t->size = t->slots == NULL ? 0 : size;
	return t->slots != NULL;
}

static void take(struct copl_catalog_slot *slot, uint32_t hash, size_t at)
{
	slot->hash = hash;
	slot->next = (uint32_t)at + 1;
}

/* The slot of a key: its message's, or the free one where it belongs. */
static struct copl_catalog_slot *key_slot(const struct copl_catalog *c,
    uint32_t hash, const char *ctxt, const char *id)
{
	const struct copl_catalog_index *t = &c->by_key;
	size_t i = hash & (t->size - 1);

	while (t->slots[i].next != 0 &&
	       (t->slots[i].hash != hash ||
		   !same_key(&c->messages[t->slots[i].next - 1], ctxt, id)))
		i = (i + 1) & (t->size - 1);
	return &t->slots[i];
}

bool po_index_make(struct copl_catalog *c,
    void (*again)(void *arg, const struct copl_message *m,
	const struct copl_message *first),
    void *arg)
{
	size_t n = c->nmessages, i;

	if (!table_new(&c->by_key, n))
		return false;
	for (i = 0; i < n; i++) {
		const struct copl_message *m = &c->messages[i];
		struct copl_catalog_slot *slot;

		if (i + AHEAD < n)
			__builtin_prefetch(
			    &c->by_key
				 .slots[m[AHEAD].hash & (c->by_key.size - 1)]);
		slot = key_slot(c, m->hash, m->ctxt, m->id);
		if (slot->next == 0)
			take(slot, m->hash, i);
		else
			again(arg, m, &c->messages[slot->next - 1]);
	}
	return true;
}

const struct copl_message *po_index_find(
    const struct copl_catalog *c, const char *ctxt, const char *id)
{
	const struct copl_catalog_slot *slot;

	if (c->by_key.size == 0)
		return NULL;
	slot = key_slot(c, po_key_hash(ctxt, id), ctxt, id);
	return slot->next == 0 ? NULL : &c->messages[slot->next - 1];
}

const struct copl_message *copl_catalog_find(
    const struct copl_catalog *c, const char *ctxt, const char *id)
{
	const struct copl_message *m = po_index_find(c, ctxt, id);

	return m == NULL || m->obsolete ? NULL : m;
}

const struct copl_message *copl_catalog_find_near(const struct copl_catalog *c,
    const char *ctxt, const char *id, size_t *near)
{
	const struct copl_message *m;

	if (*near < c->nmessages) {
		m = &c->messages[*near];
		if (!m->obsolete && (m->ctxt == NULL) == (ctxt == NULL) &&
		    strcmp(m->id, id) == 0 &&
		    (ctxt == NULL || strcmp(m->ctxt, ctxt) == 0)) {
			++*near;
			return m;
		}
	}
	m = copl_catalog_find(c, ctxt, id);
	/* A text that was there before does not move the place on. */
	if (m != NULL && (size_t)(m - c->messages) >= *near)
		*near = (size_t)(m - c->messages) + 1;
	return m;
}

/* ---- by context alone ---- */

/*
 * Most readers of a catalog never ask for it: made at the first question, by
 * whichever thread asks, and the same whoever made it.
 */
struct copl_catalog_contexts {
	struct copl_catalog_slot *_Atomic slots; /* NULL: not made yet */
};

struct copl_catalog_contexts *po_contexts_new(struct copl_arena *a)
{
	return copl_arena_alloc(a, sizeof(struct copl_catalog_contexts));
}

void po_contexts_free(struct copl_catalog_contexts *t)
{
	if (t != NULL)
		free(atomic_load(&t->slots));
}

static bool has_live_context(const struct copl_message *m)
{
	return m->ctxt != NULL && !m->obsolete;
}

static struct copl_catalog_slot *ctxt_slot(const struct copl_catalog *c,
    struct copl_catalog_slot *slots, uint32_t hash, const char *ctxt)
{
	size_t mask = table_size(c->nmessages) - 1, i = hash & mask;

	while (slots[i].next != 0 &&
	       (slots[i].hash != hash ||
		   strcmp(c->messages[slots[i].next - 1].ctxt, ctxt) != 0))
		i = (i + 1) & mask;
	return &slots[i];
}

/* Contexts of live messages; the first one counts. */
static struct copl_catalog_slot *index_contexts(const struct copl_catalog *c)
{
	struct copl_catalog_slot *slots =
	    calloc(table_size(c->nmessages), sizeof(*slots));
	size_t i;

	for (i = 0; i < c->nmessages && slots != NULL; i++) {
		const struct copl_message *m = &c->messages[i];
		struct copl_catalog_slot *slot;
		uint32_t hash;

		if (!has_live_context(m))
			continue;
		hash = po_key_hash(NULL, m->ctxt);
		slot = ctxt_slot(c, slots, hash, m->ctxt);
		if (slot->next == 0)
			take(slot, hash, i);
	}
	return slots;
}

static struct copl_catalog_slot *contexts_of(const struct copl_catalog *c)
{
	struct copl_catalog_slot *slots = atomic_load(&c->by_ctxt->slots);
	struct copl_catalog_slot *mine;

	if (slots != NULL)
		return slots;
	mine = index_contexts(c);
	if (mine == NULL ||
	    atomic_compare_exchange_strong(&c->by_ctxt->slots, &slots, mine))
		return mine;
	free(mine);
	return slots;
}

const struct copl_message *copl_catalog_find_ctxt(
    const struct copl_catalog *c, const char *ctxt)
{
	struct copl_catalog_slot *slots = contexts_of(c);
	size_t i;

	if (slots != NULL) {
		const struct copl_catalog_slot *slot =
		    ctxt_slot(c, slots, po_key_hash(NULL, ctxt), ctxt);

		return slot->next == 0 ? NULL : &c->messages[slot->next - 1];
	}
	/* No memory for a table: slowly, then. */
	for (i = 0; i < c->nmessages; i++)
		if (has_live_context(&c->messages[i]) &&
		    strcmp(c->messages[i].ctxt, ctxt) == 0)
			return &c->messages[i];
	return NULL;
}
