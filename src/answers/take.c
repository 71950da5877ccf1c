/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What came, put to the fields of the form, then judged and handed over. */
#include "config.h"
#include <string.h>
#include "answers/answers_priv.h"

#define HOUR 3600
#define NAME_MAX_SHOWN 80

enum copl_status answers_begin(struct answers_judge *j,
    const struct copl_answer_form *f, const struct copl_answer_about *about,
    struct copl_answer *out)
{
	struct copl_arena *arena = copl_arena_new();

	memset(out, 0, sizeof(*out));
	*j = (struct answers_judge){.f = f, .about = about, .a = out};
	if (arena == NULL)
		return COPL_E_NOMEM;
	out->arena = arena;
	out->form = f->form->id;
	out->version = f->form->version;
	out->release = about->release;
	out->hour = about->now - about->now % HOUR;
	j->given = copl_arena_alloc(arena, f->nslots * sizeof(*j->given));
	j->last = copl_arena_alloc(arena, f->nslots * sizeof(*j->last));
	j->kept = copl_arena_alloc(arena, f->nitems * sizeof(*j->kept));
	j->seen = copl_arena_alloc(arena, f->nitems * sizeof(*j->seen));
	out->values = copl_arena_alloc(
	    arena, (f->nslots + f->nitems) * sizeof(*out->values));
	return j->given == NULL || j->last == NULL || j->kept == NULL ||
		       j->seen == NULL || out->values == NULL
		   ? COPL_E_NOMEM
		   : COPL_OK;
}

const char *answers_copy(struct answers_judge *j, const char *s, size_t len)
{
	const char *copy = copl_arena_strndup(j->a->arena, s, len);

	if (copy == NULL)
		j->st = COPL_E_NOMEM;
	return copy == NULL ? "" : copy;
}

/* ---- faults ---- */

void answers_fault(struct answers_judge *j, size_t item,
    enum copl_answer_fault_kind kind, const char *field)
{
	struct answers_found *list;

	if (kind == COPL_FAULT_FIELD || kind == COPL_FAULT_TWICE)
		j->a->refused = true;
	/* Whoever sends so many wants to keep us busy. */
	if (j->nfound >= COPL_ANSWER_FIELDS_MAX)
		return;
	list = copl_grow(j->found, j->nfound, &j->room, sizeof(*list));
	if (list == NULL) {
		j->st = COPL_E_NOMEM;
		return;
	}
	j->found = list;
	list[j->nfound] =
	    (struct answers_found){.fault = {.kind = kind, .field = field},
		.item = item,
		.n = j->nfound};
	if (item != ANSWERS_NO_ITEM)
		list[j->nfound].fault.question = j->f->items[item].q;
	j->nfound++;
}

void answers_refuse(struct answers_judge *j, const char *field)
{
	answers_fault(j, ANSWERS_NO_ITEM, COPL_FAULT_FIELD, field);
}

/* A name that may be shown; NULL: what came is none. */
static const char *shown(struct answers_judge *j, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!copl_is_alpha(s[i]) && !copl_is_digit(s[i]) &&
		    s[i] != '_' && s[i] != '.' && s[i] != '-')
			return NULL;
	if (len == 0 || len > NAME_MAX_SHOWN)
		return NULL;
	return answers_copy(j, s, len);
}

/* ---- giving ---- */

static bool is_text(const struct copl_answer_form *f, size_t slot)
{
	const struct answers_slot *s = &f->slots[slot];

	return s->role == ANSWERS_OTHER ||
	       f->items[s->item].q->kind == COPL_TEXT;
}

/* People can paste anything into a text; the rest are codes of ours. */
static bool can_be(
    const struct answers_judge *j, size_t slot, const char *s, size_t len)
{
	if (copl_utf8_valid(s, len) != len)
		return false;
	return is_text(j->f, slot) || answers_printable(s, len) == len;
}

void answers_give_slot(
    struct answers_judge *j, size_t slot, const char *value, size_t len)
{
	const struct answers_slot *s = &j->f->slots[slot];
	bool many = s->role == ANSWERS_VALUE &&
		    j->f->items[s->item].q->kind == COPL_CHOOSE_MANY;
	struct answers_given *g;

	j->bytes += len;
	if (j->bytes > COPL_ANSWER_TEXT_MAX) {
		j->st = COPL_E_LIMIT;
		return;
	}
	if (!can_be(j, slot, value, len)) {
		j->a->refused = true;
		answers_fault(j, s->item, COPL_FAULT_TEXT, s->name);
		return;
	}
	if (j->given[slot] != NULL && !many) {
		answers_fault(j, s->item, COPL_FAULT_TWICE, s->name);
		return;
	}
	g = copl_arena_alloc(j->a->arena, sizeof(*g));
	if (g == NULL) {
		j->st = COPL_E_NOMEM;
		return;
	}
	*g = (struct answers_given){value, len, NULL};
	if (j->given[slot] == NULL)
		j->given[slot] = g;
	else
		j->last[slot]->next = g;
	j->last[slot] = g;
}

/* The names of fields are at most two ids and a point. */
static bool find_slot(
    const struct answers_judge *j, const char *name, size_t len, size_t *slot)
{
	char key[NAME_MAX_SHOWN + 1];

	if (len == 0 || len > NAME_MAX_SHOWN || memchr(name, '\0', len) != NULL)
		return false;
	memcpy(key, name, len);
	key[len] = '\0';
	return copl_map_get(&j->f->names, key, slot);
}

void answers_give(struct answers_judge *j, const char *name, size_t namelen,
    const char *value, size_t len)
{
	size_t slot;

	if (find_slot(j, name, namelen, &slot))
		answers_give_slot(j, slot, value, len);
	else
		answers_refuse(j, shown(j, name, namelen));
}

/* ---- what is claimed beside the answers ---- */

const char **answers_claim_place(
    struct answers_claim *c, const char *name, size_t len)
{
	const struct {
		const char *name;
		const char **to;
	} places[] = {{"_form", &c->form}, {"_version", &c->version},
	    {"_lang", &c->lang}, {"_recipient", &c->recipient},
	    {"_draft", &c->draft}, {"_id", &c->id}};
	size_t i;

	for (i = 0; i < COPL_COUNT(places); i++)
		if (strlen(places[i].name) == len &&
		    memcmp(places[i].name, name, len) == 0)
			return places[i].to;
	return NULL;
}

bool answers_is_id(const char *s)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++)
		if (!copl_is_alpha(s[i]) && !copl_is_digit(s[i]) &&
		    strchr("-:._", s[i]) == NULL)
			return false;
	return i > 0 && i <= COPL_ANSWER_ID_MAX;
}

static void claim_id(struct answers_judge *j, const char *said)
{
	const char *id = j->about->id != NULL ? j->about->id : said;

	if (id == NULL || *id == '\0')
		return;
	if (answers_is_id(id))
		j->a->id = id;
	else
		answers_refuse(j, "_id");
}

static void claim_recipient(struct answers_judge *j, const char *said)
{
	const char *known =
	    j->about->recipient != NULL ? j->about->recipient : j->f->recipient;

	if (known == NULL && (said == NULL || copl_shape_is_name(said)))
		j->a->recipient = said;
	else if (known != NULL && said != NULL && strcmp(known, said) == 0)
		j->a->recipient = known;
	else
		answers_refuse(j, "_recipient");
}

static void claim_same(struct answers_judge *j, const char *own,
    const char *said, const char *field)
{
	if (said == NULL || strcmp(own, said) != 0)
		answers_refuse(j, field);
}

void answers_claim(struct answers_judge *j, const struct answers_claim *c)
{
	const struct copl_form *f = j->f->form;

	claim_same(j, f->id, c->form, "_form");
	claim_same(j, f->version, c->version, "_version");
	/* ODK does not say in which language somebody answered. */
	if (!j->odk) {
		claim_same(j, f->lang, c->lang, "_lang");
		j->a->lang = f->lang;
	}
	claim_recipient(j, c->recipient);
	j->a->draft = c->draft != NULL && strcmp(c->draft, "yes") == 0;
	if (c->draft != NULL && *c->draft != '\0' && !j->a->draft)
		answers_refuse(j, "_draft");
	claim_id(j, c->id);
}

/* ---- handing over ---- */

static int by_item(const void *a, const void *b)
{
	const struct answers_found *x = a, *y = b;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->n < y->n ? -1 : x->n > y->n;
}

static enum copl_status hand_over(struct answers_judge *j)
{
	struct copl_answer *a = j->a;
	size_t i;

	if (j->nfound == 0)
		return COPL_OK;
	qsort(j->found, j->nfound, sizeof(*j->found), by_item);
	a->faults = copl_arena_alloc(a->arena, j->nfound * sizeof(*a->faults));
	if (a->faults == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < j->nfound; i++)
		a->faults[a->nfaults++] = j->found[i].fault;
	return COPL_OK;
}

enum copl_status answers_end(struct answers_judge *j)
{
	enum copl_status st = j->st;

	if (st == COPL_OK) {
		answers_judge(j);
		st = j->st;
	}
	if (st == COPL_OK)
		st = hand_over(j);
	free(j->found);
	j->found = NULL;
	return st;
}

void copl_answer_free(struct copl_answer *a)
{
	copl_arena_free(a->arena);
	memset(a, 0, sizeof(*a));
}

const char *copl_answer_fault_name(enum copl_answer_fault_kind kind)
{
	static const char *const names[] = {
	    [COPL_FAULT_MISSING] = "missing",
	    [COPL_FAULT_OPTION] = "option",
	    [COPL_FAULT_RANGE] = "range",
	    [COPL_FAULT_TOO_MANY] = "too-many",
	    [COPL_FAULT_TOO_FEW] = "too-few",
	    [COPL_FAULT_EXCLUSIVE] = "exclusive",
	    [COPL_FAULT_RANK] = "rank",
	    [COPL_FAULT_LONG] = "long",
	    [COPL_FAULT_NUMBER] = "number",
	    [COPL_FAULT_DATE] = "date",
	    [COPL_FAULT_CONSENT] = "consent",
	    [COPL_FAULT_TEXT] = "text",
	    [COPL_FAULT_FIELD] = "field",
	    [COPL_FAULT_TWICE] = "twice",
	};

	return names[kind];
}
