/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "inline/inline_priv.h"

/* Room without asking for memory: most texts have fewer. */
#define FEW 32

struct placeholder {
	const char *name;
	size_t len;
	bool used;
	size_t expected; /* how often the name is in the source */
	size_t found; /* and in the translation */
};
struct placeholders {
	struct placeholder few[FEW];
	struct placeholder *list; /* few, or memory of its own */
	size_t n;
	size_t room;
	const char *odd; /* the first brace that begins none; NULL */
};

static bool add(struct placeholders *out, const char *name, size_t len)
{
	bool own = out->list != out->few;
	struct placeholder *list;

	if (out->n == out->room) {
		list = reallocarray(
		    own ? out->list : NULL, 2 * out->room, sizeof(*list));
		if (list == NULL)
			return false;
		if (!own)
			memcpy(list, out->few, sizeof(out->few));
		out->list = list;
		out->room *= 2;
	}
	out->list[out->n++] = (struct placeholder){.name = name, .len = len};
	return true;
}

static void clear(struct placeholders *p)
{
	if (p->list != p->few)
		free(p->list);
}

/* U+FF5B and U+FF5D: full-width braces */
static bool is_brace(const char *s)
{
	return *s == '{' || *s == '}' || strncmp(s, "\xef\xbd\x9b", 3) == 0 ||
	       strncmp(s, "\xef\xbd\x9d", 3) == 0;
}

/* False: no memory. */
static bool collect(const char *s, struct placeholders *out)
{
	size_t len;

	out->list = out->few;
	out->room = FEW;
	out->n = 0;
	out->odd = NULL;
	for (; *s != '\0'; s++) {
		const char *name;

		s += strcspn(s, "{}\xef");
		if (*s == '\0')
			break;
		if (strncmp(s, "{{", 2) == 0 || strncmp(s, "}}", 2) == 0) {
			s++;
			continue;
		}
		name = copl_placeholder(s, &len);
		if (name == NULL) {
			if (out->odd == NULL && is_brace(s))
				out->odd = s;
			continue;
		}
		if (!add(out, name, len))
			return false;
		s = name + len;
	}
	return true;
}

static int by_name(const struct placeholder *x, const struct placeholder *y)
{
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return memcmp(x->name, y->name, x->len);
}

static int by_place(const void *a, const void *b)
{
	const struct placeholder *x = a, *y = b;

	return x->name < y->name ? -1 : x->name > y->name;
}

static int by_name_and_place(const void *a, const void *b)
{
	int c = by_name(a, b);

	return c != 0 ? c : by_place(a, b);
}

/* How many of a sorted list, from the one at i on, have this name. */
static size_t run(
    const struct placeholders *p, size_t i, const struct placeholder *name)
{
	size_t n = 0;

	while (i + n < p->n && by_name(&p->list[i + n], name) == 0)
		n++;
	return n;
}

/* Most translations keep the order of the source. */
static bool same_in_order(
    const struct placeholders *a, const struct placeholders *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && by_name(&a->list[i], &b->list[i]) == 0)
		i++;
	return i == a->n && i == b->n;
}

static void mark(
    struct placeholders *p, size_t i, size_t n, size_t expected, size_t found)
{
	size_t both = expected < found ? expected : found, k;

	for (k = 0; k < n; k++) {
		p->list[i + k].used = k < both;
		p->list[i + k].expected = expected;
		p->list[i + k].found = found;
	}
}

/* The first of a name in one is the first of that name in the other. */
static void pair(struct placeholders *a, struct placeholders *b)
{
	size_t i = 0, k = 0;

	qsort(a->list, a->n, sizeof(*a->list), by_name_and_place);
	qsort(b->list, b->n, sizeof(*b->list), by_name_and_place);
	while (i < a->n || k < b->n) {
		const struct placeholder *next =
		    k == b->n ||
			    (i < a->n && by_name(&a->list[i], &b->list[k]) < 0)
			? &a->list[i]
			: &b->list[k];
		size_t expected = run(a, i, next), found = run(b, k, next);

		mark(a, i, expected, expected, found);
		mark(b, k, found, expected, found);
		i += expected;
		k += found;
	}
	qsort(a->list, a->n, sizeof(*a->list), by_place);
	qsort(b->list, b->n, sizeof(*b->list), by_place);
}

static void report(struct copl_inline_check *c, const char *msgstr,
    const struct placeholders *source, const struct placeholders *target)
{
	size_t i, said;

	for (i = said = 0; i < source->n && said < LEFTOVERS_MAX; i++) {
		const struct placeholder *p = &source->list[i];

		if (!p->used && !c->one && ++said)
			copl_inline_report(c, "placeholder-missing", 0,
			    _("the placeholder {%.*s} of the source is "
			      "missing: expected %zu, found %zu"),
			    (int)p->len, p->name, p->expected, p->found);
	}
	for (i = said = 0; i < target->n && said < LEFTOVERS_MAX; i++) {
		const struct placeholder *p = &target->list[i];

		if (!p->used && ++said)
			copl_inline_report(c, "placeholder-extra",
			    (size_t)(p->name - 1 - msgstr),
			    _("the placeholder {%.*s} is not in the source, "
			      "or not so often: expected %zu, found %zu"),
			    (int)p->len, p->name, p->expected, p->found);
	}
}

enum copl_status inline_placeholders(
    struct copl_inline_check *c, const char *msgid, const char *msgstr)
{
	struct placeholders source, target;
	bool room = collect(msgid, &source);

	room &= collect(msgstr, &target);
	if (room && !same_in_order(&source, &target)) {
		pair(&source, &target);
		report(c, msgstr, &source, &target);
	}
	/* A source with odd braces of its own is no template. */
	if (room && target.odd != NULL && source.odd == NULL)
		copl_inline_report(c, "placeholder-malformed",
		    (size_t)(target.odd - msgstr),
		    _("there is a brace that belongs to no placeholder: copy "
		      "{name} from the source, or write {{ for a brace"));
	clear(&source);
	clear(&target);
	return room ? COPL_OK : COPL_E_NOMEM;
}
