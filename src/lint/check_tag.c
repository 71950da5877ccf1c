/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word that grew together with a tag. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define SAID_MAX 256 /* findings about one text */

struct mark {
	const char *s; /* at "<" */
	size_t len; /* up to and with ">" */
	size_t name_len; /* with the slash of an end tag */
	bool letter_before;
	bool letter_behind;
	const struct mark *partner; /* the tag of the source; NULL: none */
};
struct marks {
	struct mark *list;
	size_t n;
	size_t room;
};

static bool is_letter_at(const char *p)
{
	return *p != '\0' && lint_is_letter(lint_next(&p));
}

/* False: no memory. */
static bool add(struct marks *out, const char *s, const char *p, size_t len)
{
	struct mark *list =
	    copl_grow(out->list, out->n, &out->room, sizeof(*list));
	const char *back = p, *name = p + 1 + (p[1] == '/');

	if (list == NULL)
		return false;
	out->list = list;
	list[out->n++] = (struct mark){.s = p,
	    .len = len,
	    .name_len = (size_t)(name - p) + strcspn(name, " \t\n/>"),
	    .letter_before = p > s && lint_is_letter(lint_before(s, &back)),
	    .letter_behind = is_letter_at(p + len)};
	return true;
}

/* False: no memory. */
static bool collect(const char *s, struct marks *out)
{
	const char *p = s, *end;

	while ((p = strchr(p, '<')) != NULL) {
		if (!copl_is_alpha(p[1 + (p[1] == '/')])) {
			p++;
			continue;
		}
		end = strchr(p, '>');
		if (end == NULL)
			return true;
		end++;
		if (!add(out, s, p, (size_t)(end - p)))
			return false;
		p = end;
	}
	return true;
}

static int by_name(const struct mark *a, const struct mark *b)
{
	if (a->name_len != b->name_len)
		return a->name_len < b->name_len ? -1 : 1;
	return memcmp(a->s, b->s, a->name_len);
}

static int by_place(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return x->s < y->s ? -1 : x->s > y->s;
}

static int by_name_and_place(const void *a, const void *b)
{
	int c = by_name(a, b);

	return c != 0 ? c : by_place(a, b);
}

/* Each tag of the source that is used like one here, the first for the first.
 */
static void pair(struct marks *source, struct marks *target)
{
	size_t i = 0, k = 0;

	qsort(
	    source->list, source->n, sizeof(*source->list), by_name_and_place);
	qsort(
	    target->list, target->n, sizeof(*target->list), by_name_and_place);
	while (i < source->n && k < target->n) {
		int c = by_name(&source->list[i], &target->list[k]);

		if (c == 0)
			target->list[k].partner = &source->list[i];
		i += c <= 0;
		k += c >= 0;
	}
	qsort(target->list, target->n, sizeof(*target->list), by_place);
}

/* Is the word before the tag one that is written without a space? */
static bool is_prefix(
    const struct lint_language *own, const char *start, const char *tag)
{
	const char *p = tag, *word = tag;

	if (own->prefixes == NULL)
		return false;
	/* A letter that is stretched reaches for what follows. */
	if (tag - start >= 2 && memcmp(tag - 2, "\u0640", 2) == 0)
		return true;
	while (p > start) {
		uint32_t c = lint_before(start, &p);

		if (!lint_is_letter(c) && !lint_is_mark(c))
			break;
		word = p;
	}
	return lint_in_list(own->prefixes, word, (size_t)(tag - word));
}

static bool is_break(const struct mark *m)
{
	return m->name_len == 3 && strncmp(m->s, "<br", 3) == 0;
}

/* Is something told of it? */
static bool check_mark(
    struct lint *l, const struct lint_text *t, const struct mark *m)
{
	const struct mark *o = m->partner;
	bool ends = m->s[1] == '/', whole = m->s[m->len - 2] == '/';

	if (o == NULL || is_break(m))
		return false;
	if ((!ends || whole) && m->letter_before && !o->letter_before &&
	    !is_prefix(l->own, t->str, m->s))
		lint_report_text(l, t, m->s, COPL_WARNING, "tag-spacing",
		    _("there is no space before %.*s, and one in the source: "
		      "put it there"),
		    (int)m->len, m->s);
	/* Only these languages are known to have no endings of their own. */
	else if ((ends || whole) && l->own->nletters > 0 && m->letter_behind &&
		 !o->letter_behind)
		lint_report_text(l, t, m->s + m->len, COPL_WARNING,
		    "tag-spacing",
		    _("there is no space behind %.*s, and one in the source: "
		      "put it there"),
		    (int)m->len, m->s);
	else
		return false;
	return true;
}

void lint_tag_spacing(struct lint *l, const struct lint_text *t)
{
	struct marks a = {.n = 0}, b = {.n = 0};
	size_t k, said = 0;

	if (t->code || l->own->unspaced || !lint_has(&t->in_str, '<') ||
	    !lint_has(&t->in_id, '<'))
		return;
	if (!collect(t->id, &a) || !collect(t->str, &b)) {
		l->st = COPL_E_NOMEM;
	} else if (a.n > 0 && b.n > 0) {
		pair(&a, &b);
		for (k = 0; k < b.n && said < SAID_MAX; k++)
			said += check_mark(l, t, &b.list[k]);
	}
	free(a.list);
	free(b.list);
}
