/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the texts that came back the project takes.  Pure. */
#include "config.h"
#include <string.h>
#include "work/import_priv.h"

/* The same note, once XML has held it? */
static bool same_note(const char *a, const char *b)
{
	for (;; a++, b++) {
		/* What XML cannot hold came back as U+FFFD. */
		while (copl_is_space(*a) || ((unsigned char)*a < 0x20 && *a))
			a++;
		while (copl_is_space(*b) || strncmp(b, "\xef\xbf\xbd", 3) == 0)
			b += copl_is_space(*b) ? 1 : 3;
		if (*a != *b)
			return false;
		if (*a == '\0')
			return true;
	}
}

/* ---- which message is it? ---- */

bool import_merge_begin(
    struct import_merge *m, const struct copl_catalog *c, struct copl_arena *a)
{
	size_t i;

	memset(m, 0, sizeof(*m));
	m->arena = a;
	m->c = c;
	(void)copl_catalog_plural(c, &m->plural);
	m->ids = copl_xliff_ids(c, a);
	m->edits = copl_arena_alloc(a, (c->nmessages + 1) * sizeof(*m->edits));
	if (m->ids == NULL || m->edits == NULL)
		return false;
	for (i = 0; i < c->nmessages; i++)
		if (!c->messages[i].obsolete &&
		    !copl_map_put(&m->by_id, m->ids[i], i, NULL))
			return false;
	return true;
}

void import_merge_end(struct import_merge *m)
{
	copl_map_free(&m->by_id);
}

static const struct copl_message *find(
    const struct import_merge *m, const struct copl_taken *t)
{
	const struct copl_message *found = NULL;
	size_t i;

	if (t->key != NULL && copl_map_get(&m->by_id, t->key, &i))
		return &m->c->messages[i];
	if (t->id != NULL)
		found = copl_catalog_find(m->c, t->ctxt, t->id);
	if (found == NULL && t->ctxt != NULL)
		found = copl_catalog_find_ctxt(m->c, t->ctxt);
	return found;
}

/* Is this a source of the message, be it the one of its plural? */
static bool is_source(const struct copl_message *m, const char *s)
{
	return s == NULL || copl_words_same(s, m->id) ||
	       (m->plural != NULL && copl_words_same(s, m->plural));
}

static bool source_stays(
    const struct copl_message *m, const struct copl_taken *t)
{
	return is_source(m, t->id) && is_source(m, t->plural);
}

size_t import_merge_score(
    const struct import_merge *m, const struct copl_return *one)
{
	size_t score = 0, i;

	for (i = 0; i < one->n; i++) {
		const struct copl_message *found = find(m, &one->list[i]);

		if (found != NULL)
			score += source_stays(found, &one->list[i]) ? 2 : 1;
	}
	return score;
}

/* ---- texts ---- */

/* The file's form that serves the numbers of a form of ours. */
static bool form_in_file(const struct import_merge *m,
    const struct copl_return *one, unsigned form, size_t *out)
{
	static const unsigned long more[] = {1000, 1000000};
	struct copl_plural theirs = one->plural;
	unsigned long n;
	unsigned f;

	if (theirs.n == 0 || m->plural.n == 0)
		return false;
	for (n = 0; n <= 200 + COPL_COUNT(more); n++) {
		unsigned long k = n <= 200 ? n : more[n - 201];

		if (copl_plural_form(&m->plural, k, &f) && f == form &&
		    copl_plural_form(&theirs, k, &f)) {
			*out = f;
			return true;
		}
	}
	return false;
}

/* The translation of a form, what the project has where none came. */
static const char *form_of(const struct import_merge *m,
    const struct copl_return *one, const struct copl_taken *t,
    const struct copl_message *mine, unsigned form)
{
	size_t from = form;

	if (mine->plural != NULL && one->plural.n > 0 &&
	    !form_in_file(m, one, form, &from))
		from = form;
	if (from >= t->nstr || t->str[from] == NULL)
		return mine->str[form];
	return t->str[from];
}

/* Blanks at the ends that a spreadsheet's user left there. */
static const char *trimmed(
    struct copl_arena *a, const char *s, const char *source)
{
	size_t n = strlen(s), blank;

	if (!copl_is_space(source[0]))
		for (blank = copl_blank(s); blank > 0; blank = copl_blank(s)) {
			s += blank;
			n -= blank;
		}
	if (source[0] != '\0' && copl_is_space(source[strlen(source) - 1]))
		return s;
	while (n > 0 && copl_is_space(s[n - 1]))
		n--;
	return s[n] == '\0' ? s : copl_arena_strndup(a, s, n);
}

static bool same_texts(const char *const *a, const char *const *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(a[i], b[i]) != 0)
			return false;
	return true;
}

static bool is_empty(const char *const *str, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str[i][0] != '\0')
			return false;
	return true;
}

/* ---- one decision ---- */

struct decision {
	const struct copl_taken *t;
	const struct copl_taken *sent; /* NULL: not known */
	const struct copl_message *m;
	const char **str; /* what would be put in */
	const char *comment; /* NULL: stays */
	bool fuzzy;
};

/* Has the project another translation than was sent? */
static bool project_moved(const struct decision *d)
{
	if (d->sent == NULL || d->sent->nstr != d->m->nstr)
		return false;
	return !same_texts(d->m->str, d->sent->str, d->m->nstr);
}

/* Did the translator leave it alone? */
static bool untouched(const struct decision *d)
{
	if (d->sent == NULL || d->sent->nstr != d->m->nstr)
		return same_texts(d->m->str, (const char *const *)d->str,
			   d->m->nstr) &&
		       d->fuzzy == d->m->fuzzy;
	return same_texts(
		   d->sent->str, (const char *const *)d->str, d->m->nstr) &&
	       d->fuzzy == d->sent->fuzzy;
}

static enum import_outcome decide(struct decision *d)
{
	bool stays = source_stays(d->m, d->t);
	bool had = !is_empty(d->m->str, d->m->nstr);

	if (untouched(d)) {
		if (d->comment == NULL)
			return IMPORT_SAME;
		d->fuzzy = d->m->fuzzy;
		d->str = NULL;
		return IMPORT_TAKEN;
	}
	if (same_texts(d->m->str, (const char *const *)d->str, d->m->nstr) &&
	    (!stays || d->fuzzy == d->m->fuzzy) && d->comment == NULL)
		return IMPORT_SAME;
	if (!stays) {
		if (had && !d->m->fuzzy &&
		    (d->sent == NULL || project_moved(d)))
			return IMPORT_OLDER;
		d->fuzzy = true;
		return IMPORT_STALE;
	}
	if (had && project_moved(d)) {
		d->fuzzy = true;
		return IMPORT_BOTH;
	}
	return IMPORT_TAKEN;
}

/* What a reviewer remarked goes behind what stands there.  false: no memory. */
static bool new_comment(struct copl_arena *a, struct decision *d)
{
	const char *old = d->m->comment == NULL ? "" : d->m->comment;
	const char *came = d->t->comment == NULL ? "" : d->t->comment;
	const char *now = NULL;

	if (came[0] != '\0' && !same_note(old, came))
		now = came;
	d->comment = now;
	if (d->t->remark == NULL || strstr(old, d->t->remark) != NULL)
		return true;
	now = now == NULL ? old : now;
	d->comment = copl_arena_printf(
	    a, "%s%s%s", now, now[0] == '\0' ? "" : "\n", d->t->remark);
	return d->comment != NULL;
}

/* What is said where nothing can be put in.  false: no memory. */
static bool only_remark(
    struct import_merge *m, const struct decision *d, struct import_text *text)
{
	const char *came = d->t->comment != NULL ? d->t->comment : d->t->remark;

	return import_remark(m->arena, came,
	    d->m == NULL ? NULL : d->m->comment,
	    d->sent == NULL ? NULL : d->sent->comment, &text->remark);
}

static bool put_edit(struct import_merge *m, const struct decision *d,
    enum import_outcome outcome)
{
	struct copl_message_edit *e = copl_arena_alloc(m->arena, sizeof(*e));
	struct copl_previous *p;

	if (e == NULL)
		return false;
	e->str = (const char *const *)d->str;
	e->fuzzy = d->fuzzy;
	e->comment = d->comment;
	if (outcome == IMPORT_STALE) {
		p = copl_arena_alloc(m->arena, sizeof(*p));
		if (p == NULL)
			return false;
		p->id = d->sent != NULL ? d->sent->id : d->t->id;
		p->plural = d->sent != NULL ? d->sent->plural : d->t->plural;
		e->made_for = p;
	}
	m->edits[d->m - m->c->messages] = e;
	return true;
}

static bool gather(
    struct import_merge *m, const struct copl_return *one, struct decision *d)
{
	bool table = one->kind == COPL_RETURN_TABLE, empty;
	unsigned i;

	d->str = copl_arena_alloc(m->arena, d->m->nstr * sizeof(*d->str));
	if (d->str == NULL)
		return false;
	for (i = 0; i < d->m->nstr; i++) {
		d->str[i] = form_of(m, one, d->t, d->m, i);
		if (table)
			d->str[i] = trimmed(m->arena, d->str[i], d->m->id);
		if (d->str[i] == NULL)
			return false;
	}
	empty = is_empty((const char *const *)d->str, d->m->nstr);
	d->fuzzy = d->t->fuzzy;
	if (!d->t->state_said)
		d->fuzzy = d->m->fuzzy &&
			   same_texts(d->m->str, (const char *const *)d->str,
			       d->m->nstr) &&
			   !d->t->accepted;
	/* Some tools empty what they do not trust: that is no translation. */
	if (empty) {
		d->str = (const char **)(uintptr_t)d->m->str;
		d->fuzzy = d->m->fuzzy;
	}
	return new_comment(m->arena, d);
}

static bool take(struct import_merge *m, const struct copl_return *one,
    const struct copl_taken *sent, struct import_text *text)
{
	struct decision d = {.t = text->taken, .sent = sent};

	text->m = d.m = find(m, text->taken);
	text->outcome = IMPORT_UNKNOWN;
	if (d.m == NULL)
		return only_remark(m, &d, text);
	text->outcome = IMPORT_FORMS;
	if ((d.m->plural == NULL && text->taken->nstr > 1) ||
	    (d.m->plural != NULL && one->plural.n == 0 &&
		text->taken->nstr > d.m->nstr))
		return only_remark(m, &d, text);
	if (!gather(m, one, &d) ||
	    !import_remark(m->arena, d.comment, d.m->comment,
		sent == NULL ? NULL : sent->comment, &text->remark))
		return false;
	text->outcome = decide(&d);
	m->accepted +=
	    text->taken->accepted || text->taken->state >= COPL_REVIEW_REVIEWED;
	if (text->outcome == IMPORT_OLDER) {
		d.str = NULL;
		d.fuzzy = d.m->fuzzy;
	}
	if (text->outcome == IMPORT_SAME ||
	    (text->outcome == IMPORT_OLDER && d.comment == NULL))
		return true;
	return put_edit(m, &d, text->outcome);
}

/* Places of what was sent, by context or source. */
static bool index_sent(const struct copl_return *sent, struct copl_map *out)
{
	size_t i;

	for (i = 0; sent != NULL && i < sent->n; i++) {
		const struct copl_taken *t = &sent->list[i];
		const char *key = t->ctxt != NULL ? t->ctxt : t->id;

		if (key != NULL && !copl_map_put(out, key, i, NULL))
			return false;
	}
	return true;
}

bool import_merge_take(struct import_merge *m, const struct copl_return *one,
    const struct copl_return *sent)
{
	struct copl_map by_key = {NULL, 0, 0};
	bool ok = index_sent(sent, &by_key);
	size_t i, k;

	m->texts = copl_arena_alloc(m->arena, (one->n + 1) * sizeof(*m->texts));
	ok = ok && m->texts != NULL;
	for (i = 0; i < one->n && ok; i++) {
		struct import_text *text = &m->texts[m->ntexts++];
		const struct copl_taken *t = &one->list[i];
		const char *key = t->ctxt != NULL ? t->ctxt : t->id;
		const struct copl_taken *was = NULL;

		if (key != NULL && copl_map_get(&by_key, key, &k))
			was = &sent->list[k];
		text->taken = t;
		ok = take(m, one, was, text);
		m->counts[text->outcome]++;
	}
	copl_map_free(&by_key);
	return ok;
}

bool import_text_is_new(const struct import_text *x)
{
	return x != NULL &&
	       (x->outcome == IMPORT_TAKEN || x->outcome == IMPORT_STALE ||
		   x->outcome == IMPORT_BOTH);
}
