/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "inline/inline_priv.h"

/* A place costs a walk over the entry: later findings stand at the last. */
#define PLACES_MAX 64

static void say(struct copl_inline_check *c, enum copl_severity severity,
    const char *code, size_t offset, const char *text)
{
	if (c->said++ < PLACES_MAX)
		c->at = c->place(c->place_arg, offset);
	if (c->unit == NULL)
		copl_report(c->r, severity, code, c->at, "%s", text);
	else
		copl_report(c->r, severity, code, c->at, "\"%.*s\": %s",
		    (int)copl_utf8_valid(c->unit, strnlen(c->unit, 60)),
		    c->unit, text);
}

void copl_inline_report(struct copl_inline_check *c, const char *code,
    size_t offset, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	say(c, COPL_ERROR, code, offset, text);
}

void copl_inline_check_clear(struct copl_inline_check *c)
{
	if (c->tags == NULL)
		return;
	free(c->tags->source.list);
	free(c->tags->target.list);
	free(c->tags->order);
	free(c->tags);
	c->tags = NULL;
}

/* ---- pairing ---- */

static int by_text(const void *a, const void *b)
{
	const struct tag *x = *(struct tag *const *)a;
	const struct tag *y = *(struct tag *const *)b;
	size_t n = x->len < y->len ? x->len : y->len;
	int c;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	c = memcmp(x->s, y->s, n);
	if (c != 0)
		return c;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return x->s < y->s ? -1 : x->s > y->s;
}

static bool same_text(const struct tag *a, const struct tag *b)
{
	return a->kind == b->kind && a->len == b->len &&
	       memcmp(a->s, b->s, a->len) == 0;
}

/* Most sentences have a few tags, in the order of the source. */
static void pair_few(struct tag_list *source, struct tag_list *target)
{
	size_t i, k;

	for (i = 0; i < source->n; i++)
		for (k = 0; k < target->n && !source->list[i].used; k++)
			if (!target->list[k].used &&
			    same_text(&source->list[i], &target->list[k]))
				source->list[i].used = target->list[k].used =
				    true;
}

static bool pair_many(struct copl_inline_tags *t)
{
	size_t ns = t->source.n, nt = t->target.n, i, k;
	struct tag **list;

	if (ns + nt > t->order_room) {
		list = reallocarray(t->order, ns + nt, sizeof(*list));
		if (list == NULL)
			return false;
		t->order = list;
		t->order_room = ns + nt;
	}
	list = t->order;
	for (i = 0; i < ns; i++)
		list[i] = &t->source.list[i];
	for (k = 0; k < nt; k++)
		list[ns + k] = &t->target.list[k];
	qsort(list, ns, sizeof(*list), by_text);
	qsort(list + ns, nt, sizeof(*list), by_text);
	for (i = 0, k = 0; i < ns && k < nt;) {
		struct tag *s = list[i], *d = list[ns + k];

		if (same_text(s, d)) {
			s->used = d->used = true;
			i++;
			k++;
		} else if (by_text(&s, &d) < 0) {
			i++;
		} else {
			k++;
		}
	}
	return true;
}

static bool same_name(const struct tag *a, const struct tag *b)
{
	size_t n = copl_tag_name(a->s, a->len);

	return a->kind == b->kind && copl_tag_name(b->s, b->len) == n &&
	       memcmp(a->s, b->s, n) == 0;
}

/* Tags whose attributes are written in another way, or differ as they may. */
static bool may_stand_for(const struct copl_inline_check *c,
    const struct tag *source, const struct tag *target)
{
	if (source->kind == TOKEN_ENTITY || !same_name(source, target))
		return false;
	return inline_tag_equal(
		   source->s, source->len, target->s, target->len) ||
	       (c->loose != NULL && c->loose(c->arg, source->s, source->len,
					target->s, target->len));
}

static void pair_leftovers(const struct copl_inline_check *c,
    struct tag_list *source, struct tag_list *target)
{
	size_t i, k, tried = 0;

	for (i = 0; i < source->n && tried < LEFTOVERS_MAX; i++) {
		if (source->list[i].used)
			continue;
		tried++;
		for (k = 0; k < target->n && !source->list[i].used; k++)
			if (!target->list[k].used &&
			    may_stand_for(
				c, &source->list[i], &target->list[k]))
				source->list[i].used = target->list[k].used =
				    true;
	}
}

/* ---- findings ---- */

static size_t count(const struct tag_list *list, const struct tag *one)
{
	size_t n = 0, i;

	for (i = 0; i < list->n; i++)
		n += same_text(&list->list[i], one);
	return n;
}

static void report_missing(struct copl_inline_check *c)
{
	const struct tag_list *source = &c->tags->source;
	size_t i, said = 0;

	for (i = 0; i < source->n && said < LEFTOVERS_MAX; i++) {
		const struct tag *t = &source->list[i];

		if (t->used ||
		    (c->optional != NULL && c->optional(c->arg, t->s, t->len)))
			continue;
		said++;
		if (t->kind == TOKEN_ENTITY)
			copl_inline_report(c, "entity-missing", 0,
			    _("the reference &%.*s; of the source is "
			      "missing"),
			    (int)t->len, t->s);
		else
			copl_inline_report(c, "tag-missing", 0,
			    _("the tag <%.*s%s> of the source is missing: "
			      "expected %zu, found %zu"),
			    (int)t->len, t->s,
			    t->kind == TOKEN_WHOLE ? "/" : "", count(source, t),
			    count(&c->tags->target, t));
	}
}

/* A tag of the source that is used like this or only by its name. */
static const struct tag *relative(
    const struct tag_list *source, const struct tag *t, bool by_name)
{
	size_t i;

	for (i = 0; i < source->n; i++)
		if (by_name ? same_name(&source->list[i], t)
			    : same_text(&source->list[i], t))
			return &source->list[i];
	return NULL;
}

static void report_extra(
    struct copl_inline_check *c, const struct tag *t, size_t offset)
{
	const struct tag_list *source = &c->tags->source;
	const struct tag *like = relative(source, t, true);
	const char *slash = t->kind == TOKEN_WHOLE ? "/" : "";

	if (t->kind == TOKEN_ENTITY)
		copl_inline_report(c, "entity-unknown", offset,
		    _("the source has no reference &%.*s;: write the text "
		      "itself, or &amp; for the sign"),
		    (int)t->len, t->s);
	else if (relative(source, t, false) != NULL)
		copl_inline_report(c, "tag-extra", offset,
		    _("the tag <%.*s%s> is there more often than in the "
		      "source: expected %zu, found %zu"),
		    (int)t->len, t->s, slash, count(source, t),
		    count(&c->tags->target, t));
	else if (like != NULL)
		copl_inline_report(c, "tag-attribute", offset,
		    _("the tag <%.*s%s> is not that of the source: expected "
		      "<%.*s%s>"),
		    (int)t->len, t->s, slash, (int)like->len, like->s, slash);
	else
		copl_inline_report(c, "tag-unknown", offset,
		    _("the source has no tag <%.*s%s>: tags are copied, not "
		      "translated or added"),
		    (int)t->len, t->s, slash);
}

/* A tag with wrong attributes is one mistake, not two. */
static void forgive_source(struct tag_list *source, const struct tag *t)
{
	size_t i;

	for (i = 0; i < source->n; i++)
		if (!source->list[i].used && t->kind != TOKEN_ENTITY &&
		    same_name(&source->list[i], t)) {
			source->list[i].used = true;
			return;
		}
}

static void report_tags(struct copl_inline_check *c, const char *msgstr)
{
	struct tag_list *target = &c->tags->target;
	size_t i, said = 0;

	for (i = 0; i < target->n && said < LEFTOVERS_MAX; i++) {
		const struct tag *t = &target->list[i];

		if (t->used)
			continue;
		said++;
		report_extra(c, t, (size_t)(t->s - 1 - msgstr));
		forgive_source(&c->tags->source, t);
	}
	report_missing(c);
}

/* How many tags of a list stand like this one: itself and its parent. */
static size_t stands(
    const struct tag_list *list, const struct tag *t, const struct tag *parent)
{
	size_t n = 0, i;

	for (i = 0; i < list->n; i++) {
		const struct tag *o = &list->list[i];
		const struct tag *up =
		    o->parent == 0 ? NULL : &list->list[o->parent - 1];

		if (same_name(o, t) &&
		    (up == NULL || parent == NULL ? up == parent
						  : same_name(up, parent)))
			n++;
	}
	return n;
}

/* The same tags in another nesting: emphasis may have moved. */
static void report_nesting(struct copl_inline_check *c, const char *msgstr)
{
	const struct tag_list *source = &c->tags->source;
	const struct tag_list *target = &c->tags->target;
	char text[256];
	size_t i;

	if ((!source->nested && !target->nested) || target->n > LEFTOVERS_MAX)
		return;
	for (i = 0; i < target->n; i++) {
		const struct tag *t = &target->list[i];
		const struct tag *up =
		    t->parent == 0 ? NULL : &target->list[t->parent - 1];

		if (t->kind == TOKEN_ENTITY ||
		    stands(source, t, up) >= stands(target, t, up))
			continue;
		snprintf(text, sizeof(text),
		    _("the tag <%.*s> stands inside another tag than in the "
		      "source"),
		    (int)t->len, t->s);
		say(c, COPL_WARNING, "tag-nesting", (size_t)(t->s - 1 - msgstr),
		    text);
		return;
	}
}

static enum copl_status compare_tags(
    struct copl_inline_check *c, const char *msgstr)
{
	struct copl_inline_tags *t = c->tags;
	size_t errors = c->r->errors;

	if (t->source.n + t->target.n <= 16)
		pair_few(&t->source, &t->target);
	else if (!pair_many(t))
		return COPL_E_NOMEM;
	pair_leftovers(c, &t->source, &t->target);
	report_tags(c, msgstr);
	if (c->r->errors == errors)
		report_nesting(c, msgstr);
	return COPL_OK;
}

static enum copl_status check_tags(
    struct copl_inline_check *c, const char *msgid, const char *msgstr)
{
	struct token why;
	enum copl_status st = inline_tags(msgid, &c->tags->source, &why);

	if (st != COPL_OK) /* a message of a program, not a fragment */
		return st == COPL_E_INVALID ? COPL_OK : st;
	st = inline_tags(msgstr, &c->tags->target, &why);
	if (st == COPL_OK)
		return compare_tags(c, msgstr);
	if (st == COPL_E_INVALID)
		copl_inline_report(c, why.code, (size_t)(why.s - msgstr),
		    "\"%.*s\": %s", (int)why.len, why.s, _(why.why));
	return st == COPL_E_INVALID ? COPL_OK : st;
}

bool copl_inline_characters(struct copl_inline_check *c, const char *msgstr)
{
	const char *odd = inline_odd_character(msgstr, strlen(msgstr));
	unsigned char byte;

	if (odd == NULL)
		return true;
	byte = (unsigned char)*odd;
	copl_inline_report(c, "forbidden-character", (size_t)(odd - msgstr),
	    _("the character U+%04X is none of XML: take it out"),
	    byte < 0x20 ? (unsigned)byte
			: 0xff40 + (unsigned)(unsigned char)odd[2]);
	return false;
}

/* What there is in a text that can be compared. */
enum { LOOK_MARKUP = 1, LOOK_BRACE = 2 };

static unsigned look(const char *s)
{
	unsigned found = 0;

	for (; found != (LOOK_MARKUP | LOOK_BRACE); s++) {
		s += strcspn(s, "<&{}\xef");
		if (*s == '\0')
			break;
		if (*s == '<' || *s == '&')
			found |= LOOK_MARKUP;
		/* U+FF5B and U+FF5D are braces to a careless eye */
		else if (*s != '\xef' || strncmp(s + 1, "\xbd\x9b", 2) == 0 ||
			 strncmp(s + 1, "\xbd\x9d", 2) == 0)
			found |= LOOK_BRACE;
	}
	return found;
}

/* Is any byte a control character, tabs and line ends perhaps among them? */
static bool has_control(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	size_t i = 0;

	for (; len - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word;

		memcpy(&word, s + i, sizeof(word));
		if (((word - ones * 0x20) & ~word & high) != 0)
			return true;
	}
	for (; i < len; i++)
		if ((unsigned char)s[i] < 0x20)
			return true;
	return false;
}

bool copl_inline_is_plain(const char *text)
{
	const char *s = text;

	for (;; s++) {
		s += strcspn(s, "<>&{}\xef");
		if (*s == '\0')
			break;
		/* U+FF5B, U+FF5D, U+FFFE and U+FFFF are not for everybody. */
		if (*s != '\xef' || s[1] == '\xbd' || s[1] == '\xbf')
			return false;
	}
	return !has_control(text, (size_t)(s - text));
}

enum copl_status copl_inline_compare(
    struct copl_inline_check *c, const char *msgid, const char *msgstr)
{
	unsigned found = look(msgid) | look(msgstr);
	size_t errors = c->r->errors;
	enum copl_status st = COPL_OK;

	if ((found & LOOK_MARKUP) != 0) {
		if (c->tags == NULL)
			c->tags = calloc(1, sizeof(*c->tags));
		if (c->tags == NULL)
			return COPL_E_NOMEM;
		st = check_tags(c, msgid, msgstr);
	}
	if (st == COPL_OK && (found & LOOK_BRACE) != 0)
		st = inline_placeholders(c, msgid, msgstr);
	if (st != COPL_OK)
		return st;
	return c->r->errors > errors ? COPL_E_INVALID : COPL_OK;
}
