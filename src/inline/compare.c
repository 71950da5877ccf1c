/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "inline/inline_priv.h"

#define PLACEHOLDERS_MAX 64

struct compare {
	struct copl_place at;
	struct copl_reporter *r;
	size_t errors;
};

static bool same_name(const struct tag *a, const struct tag *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return a->len == b->len && memcmp(a->name, b->name, a->len) == 0;
}

static bool known(const struct tags *tags, const struct tag *t)
{
	size_t i;

	for (i = 0; i < tags->n; i++)
		if (same_name(&tags->list[i], t))
			return true;
	return false;
}

/* Pairs each tag of the source with one of the translation. */
static void match(struct tags *source, struct tags *target, bool by_parent)
{
	size_t i, k;

	for (i = 0; i < source->n; i++)
		for (k = 0; k < target->n && !source->list[i].used; k++) {
			struct tag *s = &source->list[i], *t = &target->list[k];

			if (t->used || !same_name(s, t) ||
			    (by_parent && !same_name(s->parent, t->parent)))
				continue;
			s->used = t->used = true;
		}
}

static void report_tags(
    struct compare *c, struct tags *source, struct tags *target)
{
	size_t i;

	for (i = 0; i < source->n; i++)
		if (!source->list[i].used)
			copl_report(c->r, COPL_ERROR, "tag-missing", c->at,
			    _("the tag <%.*s> of the source is missing"),
			    (int)source->list[i].len, source->list[i].name);
	for (i = 0; i < target->n; i++) {
		const struct tag *t = &target->list[i];

		if (t->used)
			continue;
		if (known(source, t))
			copl_report(c->r, COPL_ERROR, "tag-extra", c->at,
			    _("the tag <%.*s> is there more often than in the "
			      "source"),
			    (int)t->len, t->name);
		else
			copl_report(c->r, COPL_ERROR, "tag-unknown", c->at,
			    _("the source has no tag <%.*s>: tags are copied, "
			      "not translated or added"),
			    (int)t->len, t->name);
	}
}

static void unuse(struct tags *tags)
{
	size_t i;

	for (i = 0; i < tags->n; i++)
		tags->list[i].used = false;
}

/* The same tags in another nesting: emphasis may have moved. */
static void report_nesting(
    struct compare *c, struct tags *source, struct tags *target)
{
	size_t i;

	unuse(source);
	unuse(target);
	match(source, target, true);
	for (i = 0; i < target->n; i++)
		if (!target->list[i].used) {
			copl_report(c->r, COPL_WARNING, "tag-nesting", c->at,
			    _("the tag <%.*s> stands inside another tag than "
			      "in the source"),
			    (int)target->list[i].len, target->list[i].name);
			return;
		}
}

static void compare_tags(
    struct compare *c, struct tags *source, struct tags *target)
{
	size_t errors = c->r->errors;

	match(source, target, false);
	report_tags(c, source, target);
	if (c->r->errors == errors)
		report_nesting(c, source, target);
}

struct placeholder {
	const char *name;
	size_t len;
	bool used;
};

/* Fills list; *odd is the first brace that begins no placeholder. */
static size_t placeholders(
    const char *s, struct placeholder *list, const char **odd)
{
	size_t n = 0, len;

	*odd = NULL;
	for (; *s != '\0'; s++) {
		const char *name;

		if (strncmp(s, "{{", 2) == 0 || strncmp(s, "}}", 2) == 0) {
			s++;
			continue;
		}
		name = copl_placeholder(s, &len);
		if (name == NULL) {
			/* U+FF5B and U+FF5D: full-width braces */
			if ((*s == '{' || *s == '}' ||
				strncmp(s, "\xef\xbd\x9b", 3) == 0 ||
				strncmp(s, "\xef\xbd\x9d", 3) == 0) &&
			    *odd == NULL)
				*odd = s;
			continue;
		}
		if (n < PLACEHOLDERS_MAX)
			list[n++] = (struct placeholder){name, len, false};
		s = name + len;
	}
	return n;
}

static void report_placeholders(struct compare *c,
    const struct placeholder *src, size_t ns, const struct placeholder *dst,
    size_t nd)
{
	size_t i;

	for (i = 0; i < ns; i++)
		if (!src[i].used)
			copl_report(c->r, COPL_ERROR, "placeholder-missing",
			    c->at,
			    _("the placeholder {%.*s} of the source is "
			      "missing"),
			    (int)src[i].len, src[i].name);
	for (i = 0; i < nd; i++)
		if (!dst[i].used)
			copl_report(c->r, COPL_ERROR, "placeholder-extra",
			    c->at,
			    _("the placeholder {%.*s} is not in the source, "
			      "or not so often"),
			    (int)dst[i].len, dst[i].name);
}

static void compare_placeholders(
    struct compare *c, const char *msgid, const char *msgstr)
{
	struct placeholder src[PLACEHOLDERS_MAX], dst[PLACEHOLDERS_MAX];
	const char *odd_src, *odd;
	size_t ns = placeholders(msgid, src, &odd_src), i, k;
	size_t nd = placeholders(msgstr, dst, &odd);

	for (i = 0; i < ns; i++)
		for (k = 0; k < nd && !src[i].used; k++)
			if (!dst[k].used && src[i].len == dst[k].len &&
			    memcmp(src[i].name, dst[k].name, src[i].len) == 0)
				src[i].used = dst[k].used = true;
	report_placeholders(c, src, ns, dst, nd);
	/* A source with odd braces of its own is no template. */
	if (odd != NULL && odd_src == NULL)
		copl_report(c->r, COPL_ERROR, "placeholder-malformed", c->at,
		    _("there is a brace that belongs to no placeholder: copy "
		      "{name} from the source, or write {{ for a brace"));
}

enum copl_status copl_inline_compare(const char *msgid, const char *msgstr,
    struct copl_place at, struct copl_reporter *r)
{
	struct compare c = {at, r, r->errors};
	struct tags *source = malloc(sizeof(*source));
	struct tags *target = malloc(sizeof(*target));
	struct token why;

	if (source == NULL || target == NULL) {
		free(source);
		free(target);
		return COPL_E_NOMEM;
	}
	if (copl_inline_tags(msgid, source, &why)) {
		if (copl_inline_tags(msgstr, target, &why))
			compare_tags(&c, source, target);
		else
			copl_report(r, COPL_ERROR, why.code, at, "\"%.*s\": %s",
			    (int)why.len, why.s, _(why.why));
	}
	compare_placeholders(&c, msgid, msgstr);
	free(source);
	free(target);
	return r->errors > c.errors ? COPL_E_INVALID : COPL_OK;
}
