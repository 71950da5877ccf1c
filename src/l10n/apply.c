/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "l10n/l10n.h"

/* One localized document may be this much larger than its master. */
#define GROWTH 8
#define ROOM ((size_t)1 << 20)

struct splice {
	const struct copl_units *u;
	const struct copl_catalog *c;
	const struct copl_apply *how;
	struct copl_reporter *r;
	struct copl_strbuf *out;
	enum copl_status st; /* first failure that is no finding */
};

static void put_range(struct splice *s, size_t lo, size_t hi);

/* First unit that starts at or behind an offset. */
static size_t first_at(const struct copl_units *u, size_t offset)
{
	size_t lo = 0, hi = u->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (u->list[mid].start < offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The bytes of a code, with the units inside it. */
static void put_source(void *arg, const char *bytes, size_t len)
{
	struct splice *s = arg;
	size_t lo = (size_t)(bytes - s->u->xml->text.s);

	put_range(s, lo, lo + len);
}

static struct copl_place catalog_place(const struct splice *s)
{
	return (struct copl_place){s->c->file, 0, 0};
}

static const char *missing(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m)
{
	if (s->how->keep_missing)
		return NULL;
	if (m == NULL)
		copl_report(s->r, COPL_ERROR, "po-missing", catalog_place(s),
		    _("the message \"%s\" is not in this catalog: bring it "
		      "up to date with its document"),
		    unit->id == NULL ? unit->text.msgid : unit->id);
	else if (m->fuzzy && m->nstr > 0 && m->str[0][0] != '\0')
		copl_report(s->r, COPL_ERROR, "fuzzy", m->at,
		    _("this translation is marked fuzzy: review it and take "
		      "the mark away"));
	else
		copl_report(s->r, COPL_ERROR, "untranslated", m->at,
		    _("this message is not translated"));
	return NULL;
}

/* The text that takes a unit's place; NULL: its own source. */
static const char *translation(
    struct splice *s, const struct copl_unit *unit, struct copl_place *at)
{
	const struct copl_message *m;

	*at = unit->at;
	if (s->c == NULL)
		return NULL;
	m = copl_catalog_find(s->c, unit->id, unit->text.msgid);
	if (m == NULL || m->nstr == 0 || m->str[0][0] == '\0' ||
	    (m->fuzzy && !s->how->use_fuzzy))
		return missing(s, unit, m);
	*at = m->str_at;
	return m->str[0];
}

static bool has_placeholder(const char *msgid)
{
	return strchr(msgid, '{') != NULL;
}

static void put_unit(struct splice *s, const struct copl_unit *unit)
{
	struct copl_inline_writer w = {s->out, unit->quote, s->how->param,
	    s->how->param_arg, put_source, s};
	struct copl_place at;
	const char *text = translation(s, unit, &at);
	enum copl_status st;

	if (text == NULL)
		text = unit->text.msgid;
	/* A text equal to its source keeps the source's very bytes. */
	if (strcmp(text, unit->text.msgid) == 0 && !s->how->rewrite_all &&
	    (s->how->param == NULL || !has_placeholder(text))) {
		put_range(s, unit->start, unit->end);
		return;
	}
	st = copl_inline_apply(&unit->text, text, at, s->r, &w);
	if (st == COPL_OK || st == COPL_E_INVALID)
		return;
	if (s->st == COPL_OK)
		s->st = st;
}

/*
 * Source bytes from lo to hi with the units inside replaced.  The range is
 * the document, a unit's own (for the units nested in it) or a code's (whose
 * unit may start where it starts, but ends behind it): so a unit counts when
 * it is smaller than the range.  The XML parser bounds the depth.
 */
static void put_range(struct splice *s, size_t lo, size_t hi)
{
	const char *text = s->u->xml->text.s;
	size_t at = lo, i = first_at(s->u, lo);

	while (i < s->u->n && s->u->list[i].start < hi) {
		const struct copl_unit *unit = &s->u->list[i];

		if (unit->end > hi || (unit->start == lo && unit->end == hi)) {
			i++;
			continue;
		}
		copl_strbuf_add(s->out, text + at, unit->start - at);
		put_unit(s, unit);
		at = unit->end;
		i = first_at(s->u, at);
	}
	copl_strbuf_add(s->out, text + at, hi - at);
}

/* The value of a root attribute, replaced or added behind the name. */
struct root_attr {
	const char *name;
	const char *value; /* NULL: leave as it is */
	const struct copl_xml_attr *old; /* NULL: not there */
};

static const struct copl_xml_attr *root_attr(
    const struct copl_xml *x, const char *name)
{
	const struct copl_xml_element *e = &x->elements[0];
	size_t i;

	for (i = e->attr; i < e->attr + e->nattr; i++)
		if (x->attrs[i].name_len == strlen(name) &&
		    memcmp(x->text.s + x->attrs[i].name, name,
			x->attrs[i].name_len) == 0)
			return &x->attrs[i];
	return NULL;
}

static void put_root_tag(struct splice *s, size_t *at)
{
	const struct copl_xml *x = s->u->xml;
	const struct copl_xml_element *e = &x->elements[0];
	struct root_attr attrs[] = {
	    {"xml:lang", s->how->lang, root_attr(x, "xml:lang")},
	    {"dir", s->how->dir, root_attr(x, "dir")},
	};
	size_t i, k;

	copl_strbuf_add(s->out, x->text.s + *at, e->name_end - *at);
	*at = e->name_end;
	for (i = 0; i < COPL_COUNT(attrs); i++)
		if (attrs[i].value != NULL && attrs[i].old == NULL)
			copl_strbuf_printf(s->out, " %s=\"%s\"", attrs[i].name,
			    attrs[i].value);
	for (k = e->attr; k < e->attr + e->nattr; k++) {
		const struct copl_xml_attr *now = &x->attrs[k];

		for (i = 0; i < COPL_COUNT(attrs); i++) {
			if (attrs[i].value == NULL || attrs[i].old != now)
				continue;
			put_range(s, *at, now->value);
			copl_strbuf_puts(s->out, attrs[i].value);
			*at = now->value + now->value_len;
		}
	}
}

enum copl_status copl_units_apply(const struct copl_units *u,
    const struct copl_catalog *c, const struct copl_apply *how,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct splice s = {u, c, how, r, out, COPL_OK};
	size_t errors = r->errors, at = 0;

	copl_strbuf_reset(out);
	out->max = u->xml->text.len * GROWTH + ROOM;
	put_root_tag(&s, &at);
	put_range(&s, at, u->xml->text.len);
	if (s.st != COPL_OK)
		return s.st;
	if (out->st == COPL_E_LIMIT)
		copl_report(r, COPL_ERROR, "document-too-large",
		    (struct copl_place){u->xml->file, 0, 0},
		    _("the localized document is more than %d times as long "
		      "as its master"),
		    GROWTH);
	if (out->st != COPL_OK)
		return out->st;
	return r->errors > errors ? COPL_E_INVALID : COPL_OK;
}
