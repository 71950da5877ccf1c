/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word that grew together with a tag. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define TAGS_MAX 32

struct mark {
	const char *s; /* at "<" */
	size_t len; /* up to and with ">" */
	size_t name_len; /* with the slash of an end tag */
	bool letter_before;
	bool letter_behind;
};
struct marks {
	struct mark list[TAGS_MAX];
	size_t n;
};

static bool is_letter_at(const char *p)
{
	return *p != '\0' && lint_is_letter(lint_next(&p));
}

static void collect(const char *s, struct marks *out)
{
	const char *p = s;

	out->n = 0;
	while ((p = strchr(p, '<')) != NULL && out->n < TAGS_MAX) {
		struct mark *m = &out->list[out->n];
		const char *back = p, *name = p + 1 + (p[1] == '/');

		if (!copl_is_alpha(*name)) {
			p++;
			continue;
		}
		m->s = p;
		m->len = strcspn(p, ">");
		if (p[m->len] == '\0')
			return;
		m->len++;
		m->name_len = (size_t)(name - p) + strcspn(name, " \t\n/>");
		m->letter_before =
		    p > s && lint_is_letter(lint_before(s, &back));
		m->letter_behind = is_letter_at(p + m->len);
		p += m->len;
		out->n++;
	}
}

static bool same_name(const struct mark *a, const struct mark *b)
{
	return a->name_len == b->name_len &&
	       memcmp(a->s, b->s, a->name_len) == 0;
}

/* The tag of the source that is used like this one. */
static const struct mark *partner(
    const struct marks *source, const struct marks *target, size_t k)
{
	size_t nth = 0, i;

	for (i = 0; i < k; i++)
		nth += same_name(&target->list[i], &target->list[k]);
	for (i = 0; i < source->n; i++)
		if (same_name(&source->list[i], &target->list[k]) && nth-- == 0)
			return &source->list[i];
	return NULL;
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

static void check_mark(struct lint *l, const struct lint_text *t,
    const struct mark *m, const struct mark *o)
{
	bool ends = m->s[1] == '/', whole = m->s[m->len - 2] == '/';

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
}

void lint_tag_spacing(struct lint *l, const struct lint_text *t)
{
	struct marks a, b;
	size_t k;

	if (t->code || l->own->unspaced || !lint_has(&t->in_str, '<') ||
	    !lint_has(&t->in_id, '<'))
		return;
	collect(t->id, &a);
	collect(t->str, &b);
	for (k = 0; k < b.n; k++) {
		const struct mark *o = partner(&a, &b, k);

		if (o != NULL && !is_break(&b.list[k]))
			check_mark(l, t, &b.list[k], o);
	}
}
