/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "catalog/three.h"

/* One line of a header: "Name: value". */
struct field {
	const char *name; /* NULL: there is none */
	size_t name_len;
	size_t len; /* of the line */
};

static struct field field_at(const char *s)
{
	struct field f = {s, strcspn(s, ":\n"), strcspn(s, "\n")};

	return f;
}

static struct field find_field(
    const struct copl_message *m, const struct field *like)
{
	const char *s = m == NULL ? "" : m->str[0];

	while (*s != '\0') {
		struct field f = field_at(s);

		if (f.name_len == like->name_len &&
		    memcmp(f.name, like->name, f.name_len) == 0)
			return f;
		s += f.len + (s[f.len] == '\n');
	}
	return (struct field){NULL, 0, 0};
}

static bool same_field(const struct field *a, const struct field *b)
{
	if (a->name == NULL || b->name == NULL)
		return a->name == b->name;
	return a->len == b->len && memcmp(a->name, b->name, a->len) == 0;
}

static bool is_named(const struct field *f, const char *name)
{
	return f->name_len == strlen(name) &&
	       memcmp(f->name, name, f->name_len) == 0;
}

/* The number of n digits at *s, which moves behind it; -1: there is none. */
static long long digits(const char **s, size_t n)
{
	long long value = 0;

	for (; n > 0; n--, (*s)++) {
		if (!copl_is_digit(**s))
			return -1;
		value = value * 10 + (**s - '0');
	}
	return value;
}

/* Minutes of "2027-01-11 08:00+0100" on some scale; -1: it is no date. */
static long long minutes_of(const struct field *f)
{
	static const struct {
		size_t digits;
		long long in_next; /* how many make one of the next */
		const char *behind;
	} parts[] = {{4, 0, "-"}, {2, 13, "-"}, {2, 32, " "}, {2, 24, ":"},
	    {2, 60, "+-"}};
	const char *s = f->name == NULL ? "" : f->name + f->name_len;
	long long minutes = 0, hours, rest;
	size_t i;
	char sign = '+';

	s += *s == ':';
	s += strspn(s, " ");
	for (i = 0; i < COPL_COUNT(parts); i++) {
		long long n = digits(&s, parts[i].digits);

		if (n < 0 || *s == '\0' || strchr(parts[i].behind, *s) == NULL)
			return -1;
		minutes = minutes * parts[i].in_next + n;
		sign = *s++;
	}
	hours = digits(&s, 2);
	rest = hours < 0 ? -1 : digits(&s, 2);
	if (rest < 0)
		return -1;
	rest += hours * 60;
	return sign == '+' ? minutes - rest : minutes + rest;
}

/* Is theirs the later one? */
static bool is_newer(const struct field *ours, const struct field *theirs)
{
	return minutes_of(theirs) > minutes_of(ours);
}

static bool theirs_was_saved_later(const struct po_three *t)
{
	static const char name[] = "PO-Revision-Date";
	const struct field like = {name, sizeof(name) - 1, 0};
	struct field a = find_field(t->ours, &like);
	struct field b = find_field(t->theirs, &like);

	return is_newer(&a, &b);
}

static bool is_date(const struct field *f)
{
	return is_named(f, "POT-Creation-Date") ||
	       is_named(f, "PO-Revision-Date");
}

/* Who saved the file last, and with what. */
static bool belongs_to_revision(const struct field *f)
{
	return is_named(f, "Last-Translator") || is_named(f, "X-Generator");
}

static void put_field(struct copl_strbuf *b, const struct field *f)
{
	if (f->name == NULL)
		return;
	copl_strbuf_add(b, f->name, f->len);
	copl_strbuf_puts(b, "\n");
}

/* A field that at least one side has. */
static void merge_field(const struct po_three *t, const struct field *like,
    struct copl_strbuf *b, struct copl_arena *a, const char **conflict)
{
	struct field base = find_field(t->base, like);
	struct field ours = find_field(t->ours, like);
	struct field theirs = find_field(t->theirs, like);
	bool both, take;

	take = po_take_theirs(same_field(&base, &ours),
	    same_field(&base, &theirs), same_field(&ours, &theirs), &both);
	if (both && (ours.name == NULL || theirs.name == NULL))
		take = ours.name == NULL;
	else if (both && is_date(like))
		take = is_newer(&ours, &theirs);
	else if (both && belongs_to_revision(like))
		take = theirs_was_saved_later(t);
	else if (both)
		*conflict = copl_arena_strndup(a, like->name, like->name_len);
	put_field(b, take ? &theirs : &ours);
}

/* Did they leave the header as it was, or change it as we did? */
static bool they_add_nothing(const struct po_three *t)
{
	return strcmp(t->theirs->str[0], t->ours->str[0]) == 0 ||
	       (t->base != NULL &&
		   strcmp(t->theirs->str[0], t->base->str[0]) == 0);
}

enum copl_status po_three_header(const struct po_three *t, struct copl_arena *a,
    struct copl_message *out, const char **conflict)
{
	struct copl_strbuf b = COPL_STRBUF_INIT((size_t)1 << 20);
	const char **str = copl_arena_alloc(a, sizeof(*str));
	enum copl_status st;
	const char *s;

	*conflict = NULL;
	*out = *t->ours;
	if (str == NULL)
		return COPL_E_NOMEM;
	/* A header that is merged has each field once and an end of line. */
	if (they_add_nothing(t))
		return COPL_OK;
	for (s = t->ours->str[0]; *s != '\0';) {
		struct field f = field_at(s);

		merge_field(t, &f, &b, a, conflict);
		s += f.len + (s[f.len] == '\n');
	}
	for (s = t->theirs->str[0]; *s != '\0';) {
		struct field f = field_at(s);

		if (find_field(t->ours, &f).name == NULL)
			merge_field(t, &f, &b, a, conflict);
		s += f.len + (s[f.len] == '\n');
	}
	*str = copl_arena_strdup(a, copl_strbuf_text(&b));
	st = *str == NULL ? COPL_E_NOMEM : b.st;
	copl_strbuf_clear(&b);
	out->str = str;
	return st;
}
