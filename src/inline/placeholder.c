/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "inline/inline_priv.h"

#define PLACEHOLDERS_MAX 64

struct placeholder {
	const char *name;
	size_t len;
	bool used;
};
struct placeholders {
	struct placeholder list[PLACEHOLDERS_MAX];
	size_t n;
	const char *odd; /* the first brace that begins none; NULL */
};

/* U+FF5B and U+FF5D: full-width braces */
static bool is_brace(const char *s)
{
	return *s == '{' || *s == '}' || strncmp(s, "\xef\xbd\x9b", 3) == 0 ||
	       strncmp(s, "\xef\xbd\x9d", 3) == 0;
}

static void collect(const char *s, struct placeholders *out)
{
	size_t len;

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
		if (out->n < PLACEHOLDERS_MAX)
			out->list[out->n++] =
			    (struct placeholder){name, len, false};
		s = name + len;
	}
}

static bool same(const struct placeholder *a, const struct placeholder *b)
{
	return a->len == b->len && memcmp(a->name, b->name, a->len) == 0;
}

static size_t count(const struct placeholders *p, const struct placeholder *one)
{
	size_t n = 0, i;

	for (i = 0; i < p->n; i++)
		n += same(&p->list[i], one);
	return n;
}

static void pair(struct placeholders *a, struct placeholders *b)
{
	size_t i, k;

	for (i = 0; i < a->n; i++)
		for (k = 0; k < b->n && !a->list[i].used; k++)
			if (!b->list[k].used && same(&a->list[i], &b->list[k]))
				a->list[i].used = b->list[k].used = true;
}

static void report(struct copl_inline_check *c, const char *msgstr,
    const struct placeholders *source, const struct placeholders *target)
{
	size_t i;

	for (i = 0; i < source->n; i++) {
		const struct placeholder *p = &source->list[i];

		if (!p->used && !c->one)
			copl_inline_report(c, "placeholder-missing", 0,
			    _("the placeholder {%.*s} of the source is "
			      "missing: expected %zu, found %zu"),
			    (int)p->len, p->name, count(source, p),
			    count(target, p));
	}
	for (i = 0; i < target->n; i++) {
		const struct placeholder *p = &target->list[i];

		if (!p->used)
			copl_inline_report(c, "placeholder-extra",
			    (size_t)(p->name - 1 - msgstr),
			    _("the placeholder {%.*s} is not in the source, "
			      "or not so often: expected %zu, found %zu"),
			    (int)p->len, p->name, count(source, p),
			    count(target, p));
	}
}

void inline_placeholders(
    struct copl_inline_check *c, const char *msgid, const char *msgstr)
{
	struct placeholders source, target;

	collect(msgid, &source);
	collect(msgstr, &target);
	pair(&source, &target);
	report(c, msgstr, &source, &target);
	/* A source with odd braces of its own is no template. */
	if (target.odd != NULL && source.odd == NULL)
		copl_inline_report(c, "placeholder-malformed",
		    (size_t)(target.odd - msgstr),
		    _("there is a brace that belongs to no placeholder: copy "
		      "{name} from the source, or write {{ for a brace"));
}
