/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "tally/tally.h"

/* Counters that one answer may add to. */
#define MARKS_MAX 8192

struct marks {
	struct tally_form *form;
	size_t at[MARKS_MAX];
	size_t n;
};

/* false: this answer has it already, or too many. */
static bool mark(struct marks *m, size_t counter)
{
	if (m->n == MARKS_MAX || m->form->seen[counter] == m->form->serial)
		return false;
	m->form->seen[counter] = m->form->serial;
	m->at[m->n++] = counter;
	return true;
}

/* The codes of one part; false: wrong->code has none. */
static bool mark_codes(struct marks *m, const struct tally_question *q,
    size_t part, const struct copl_answer_pair *p, struct tally_fault *wrong)
{
	const size_t at = q->at + part * (q->ncodes + 1);
	size_t i, code;

	for (i = 0; i < p->n; i++) {
		wrong->code = p->codes[i];
		if (!tally_question_code(q, p->codes[i], &code) ||
		    !mark(m, at + code))
			return false;
	}
	return p->n > 0 && mark(m, at + q->ncodes);
}

/* Each place of a rank is a part of its own. */
static bool mark_rank(struct marks *m, const struct tally_question *q,
    const struct copl_answer_pair *p, struct tally_fault *wrong)
{
	size_t i, k;

	for (i = 0; i < p->n; i++) {
		const struct copl_answer_pair place = {
		    p->question, NULL, &p->codes[i], 1};

		/* A place that was left out says nothing. */
		if (*p->codes[i] == '\0')
			continue;
		wrong->code = p->codes[i];
		for (k = 0; k < i; k++)
			if (strcmp(p->codes[k], p->codes[i]) == 0)
				return false;
		if (i >= q->nparts || !mark_codes(m, q, i, &place, wrong))
			return false;
	}
	return true;
}

static bool is_single(const struct tally_question *q)
{
	return q->kind != COPL_CHOOSE_MANY && q->kind != COPL_RANK;
}

static bool mark_pair(struct marks *m, const struct tally_question *q,
    const struct copl_answer_pair *p, struct tally_fault *wrong)
{
	size_t part;

	wrong->code = NULL;
	/* Words beside "Something else" are not counted, nor are consents. */
	if (q->ncodes == 0)
		return true;
	if (p->part != NULL && q->kind != COPL_GRID)
		return tally_question_code(q, p->part, &part);
	if (q->kind == COPL_RANK)
		return mark_rank(m, q, p, wrong);
	if (!tally_question_part(q, p->part, &part)) {
		wrong->code = p->part;
		return false;
	}
	if (is_single(q) && p->n > 1) {
		wrong->code = p->codes[1];
		return false;
	}
	return mark_codes(m, q, part, p, wrong);
}

static struct tally_edition *edition_of(const struct tally_forms *fs,
    struct tally_form *form, const struct copl_answer_record *record)
{
	size_t i;

	for (i = 0; i < form->neditions; i++)
		if (fs->releases[form->editions[i].release].version ==
		    record->release)
			return &form->editions[i];
	return NULL;
}

/* Begins an answer: nothing of it has been seen. */
static bool start(struct marks *m, struct tally_form *form)
{
	m->form = form;
	if (form->seen == NULL)
		form->seen = calloc(form->ncounters + 1, sizeof(*form->seen));
	if (form->seen == NULL)
		return false;
	if (++form->serial == 0) {
		memset(form->seen, 0, form->ncounters * sizeof(*form->seen));
		form->serial = 1;
	}
	return true;
}

/* ---- the group ---- */

static enum copl_status add_group(struct tally_forms *fs,
    struct tally_form *form, const struct copl_answer_record *record,
    size_t release, char *key)
{
	struct tally_group *g, *grown;

	if (form->ngroups == TALLY_GROUPS_MAX ||
	    (form->ngroups + 1) * form->ncounters > TALLY_COUNTERS_MAX)
		return COPL_E_LIMIT;
	grown = copl_grow(form->groups, form->ngroups, &form->groups_room,
	    sizeof(*form->groups));
	if (grown == NULL)
		return COPL_E_NOMEM;
	form->groups = grown;
	g = &grown[form->ngroups];
	*g = (struct tally_group){.lang = copl_arena_strdup(fs->arena,
				      record->lang == NULL ? "" : record->lang),
	    .recipient = copl_arena_strdup(
		fs->arena, record->recipient == NULL ? "" : record->recipient),
	    .release = release,
	    .counts = calloc(form->ncounters + 1, sizeof(*g->counts))};
	key = copl_arena_strdup(fs->arena, key);
	if (g->lang == NULL || g->recipient == NULL || key == NULL ||
	    g->counts == NULL ||
	    !copl_map_put(&form->group_ids, key, form->ngroups, NULL)) {
		free(g->counts);
		return COPL_E_NOMEM;
	}
	form->ngroups++;
	return COPL_OK;
}

#define KEY_SIZE 256

/* Adds a word and its end; NULL is an empty one.  false: no room. */
static bool put_key(char key[KEY_SIZE], size_t *at, const char *word)
{
	const size_t n = word == NULL ? 0 : strlen(word);

	if (*at + n + 2 > KEY_SIZE)
		return false;
	if (n > 0)
		memcpy(key + *at, word, n);
	*at += n;
	key[(*at)++] = ' ';
	key[*at] = '\0';
	return true;
}

static enum copl_status group_of(struct tally_forms *fs,
    struct tally_form *form, const struct copl_answer_record *record,
    size_t release, struct tally_group **out)
{
	char key[KEY_SIZE];
	size_t i, at = 1;

	key[0] = (char)('A' + (int)release % 64);
	if (!put_key(key, &at, record->lang) ||
	    !put_key(key, &at, record->recipient))
		return COPL_E_INVALID;
	if (!copl_map_get(&form->group_ids, key, &i)) {
		enum copl_status st = add_group(fs, form, record, release, key);

		if (st != COPL_OK)
			return st;
		i = form->ngroups - 1;
	}
	*out = &form->groups[i];
	return COPL_OK;
}

enum copl_status tally_count(struct tally_forms *fs,
    const struct copl_answer_record *record, struct tally_fault *why)
{
	struct tally_form *form = tally_form_find(fs, record->form);
	struct tally_edition *e =
	    form == NULL ? NULL : edition_of(fs, form, record);
	struct tally_group *group = NULL;
	struct marks m;
	enum copl_status st;
	size_t i, index;

	m.n = 0;
	if (e == NULL)
		return COPL_E_NOTFOUND;
	if (!start(&m, form))
		return COPL_E_NOMEM;
	for (i = 0; i < record->npairs; i++) {
		const struct copl_answer_pair *p = &record->pairs[i];

		why->question = p->question;
		why->code = NULL;
		if (!copl_map_get(&e->ids, p->question, &index) ||
		    !mark_pair(&m, &form->questions[index], p, why))
			return COPL_E_INVALID;
	}
	st = group_of(fs, form, record, e->release, &group);
	if (st != COPL_OK)
		return st;
	group->people++;
	for (i = 0; i < m.n; i++)
		group->counts[m.at[i]]++;
	return COPL_OK;
}

/* ---- answers that are alike ---- */

/* Two lanes of a multiplicative hash; nothing secret hangs on it. */
struct digest {
	uint64_t a;
	uint64_t b;
};

static inline void mix_word(struct digest *d, uint64_t word)
{
	d->a = (d->a ^ word) * UINT64_C(0x9fb21c651e98df25);
	d->a ^= d->a >> 35;
	d->b = (d->b + word) * UINT64_C(0x9e3779b97f4a7c15);
	d->b ^= d->b >> 29;
}

/*
 * Eight bytes at a time.  None of them is a NUL, so a full word has something
 * in its first byte; what is left, perhaps nothing, ends it.
 */
static inline void mix(struct digest *d, const char *s)
{
	const unsigned char *p = (const unsigned char *)(s == NULL ? "\1" : s);
	uint64_t word = 0;

	for (; *p != '\0'; p++) {
		word = word << 8 | *p;
		if (word >> 56 != 0) {
			mix_word(d, word);
			word = 0;
		}
	}
	mix_word(d, word);
}

void tally_digest(
    const struct copl_answer_record *record, unsigned char out[16])
{
	struct digest d = {UINT64_C(0xcbf29ce484222325),
	    UINT64_C(0x2545f4914f6cdd1d) + record->release};
	size_t i, k;

	mix(&d, record->form);
	mix(&d, record->version);
	mix(&d, record->lang);
	mix(&d, record->recipient);
	mix(&d, record->draft ? "draft" : "");
	for (i = 0; i < record->npairs; i++) {
		mix(&d, record->pairs[i].question);
		mix(&d, record->pairs[i].part);
		for (k = 0; k < record->pairs[i].n; k++)
			mix(&d, record->pairs[i].codes[k]);
		mix(&d, "\2");
	}
	memcpy(out, &d.a, 8);
	memcpy(out + 8, &d.b, 8);
}
