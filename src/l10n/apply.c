/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "l10n/apply_priv.h"

/* One localized document may be this much larger than its master. */
#define GROWTH 8
#define ROOM ((size_t)1 << 20)
#define SCRATCH_MAX ((size_t)64 << 20)
#define NO_UNIT UINT32_MAX

/* ---- one unit ---- */

/* The bytes of a code, with the units inside it. */
static void put_source(void *arg, uint32_t from, uint32_t to)
{
	l10n_put_range(arg, from, to, NO_UNIT);
}

/* Codes of elements that are for other languages only. */
static bool is_dropped(void *arg, const struct copl_code *code)
{
	const struct splice *s = arg;

	return s->u->filtered && code->element != COPL_XML_NONE &&
	       s->how->lang != NULL &&
	       !copl_its_locale_keeps(
		   copl_its_element(s->u->its, code->element), s->how->lang);
}

static const struct copl_code *code_named(
    const struct copl_inline *text, const char *tag, size_t len)
{
	size_t i;

	for (i = 0; i < text->ncodes; i++)
		if (strlen(text->codes[i].tag) == len &&
		    memcmp(text->codes[i].tag, tag, len) == 0)
			return &text->codes[i];
	return NULL;
}

static bool is_optional(void *arg, const char *tag, size_t len)
{
	const struct splice *s = arg;
	const struct copl_code *c = code_named(&s->unit->text, tag, len);

	return c != NULL && is_dropped(arg, c);
}

static uint32_t attr_written(
    const struct copl_xml *x, uint32_t element, const struct copl_tag_attr *a)
{
	const struct copl_xml_element *e = &x->elements[element];
	uint32_t i;

	for (i = e->attr; i < e->attr + e->nattr; i++)
		if (x->attrs[i].name_len == a->name_len &&
		    memcmp(x->text.s + x->attrs[i].name, a->name,
			a->name_len) == 0)
			return i;
	return COPL_XML_NONE;
}

static bool value_in(const char *s, const char *end,
    const struct copl_tag_attr *want, bool *equal)
{
	struct copl_tag_attr a;

	while (copl_tag_attr_next(&s, end, &a)) {
		if (a.name_len != want->name_len ||
		    memcmp(a.name, want->name, a.name_len) != 0)
			continue;
		*equal = a.value_len == want->value_len &&
			 memcmp(a.value, want->value, a.value_len) == 0;
		return true;
	}
	return false;
}

/* In full form a translatable attribute is translated inside its tag. */
static bool is_loose(void *arg, const char *source, size_t source_len,
    const char *target, size_t target_len)
{
	const struct splice *s = arg;
	const struct copl_code *c =
	    code_named(&s->unit->text, source, source_len);
	const char *p = source + copl_tag_name(source, source_len);
	const char *q = target + copl_tag_name(target, target_len);
	size_t n = 0, k = 0;
	struct copl_tag_attr a;

	if (!s->u->full || c == NULL || c->element == COPL_XML_NONE)
		return false;
	for (; copl_tag_attr_next(&p, source + source_len, &a); n++) {
		uint32_t i = attr_written(s->u->xml, c->element, &a);
		const struct copl_its_value *v =
		    i == COPL_XML_NONE ? NULL
				       : copl_its_attribute(s->u->its, i);
		bool equal;

		if (!value_in(q, target + target_len, &a, &equal) ||
		    (!equal && (v == NULL || !v->translate)))
			return false;
	}
	while (copl_tag_attr_next(&q, target + target_len, &a))
		k++;
	return k == n;
}

static struct copl_place place(void *arg, size_t offset)
{
	const struct splice *s = arg;

	if (s->message == NULL)
		return copl_unit_place(s->u, s->unit);
	return copl_catalog_str_place(s->c, s->message, s->form, offset);
}

static bool has_placeholder(const char *msgid)
{
	return strchr(msgid, '{') != NULL;
}

bool l10n_in_limits(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m, size_t k)
{
	s->form = k;
	if (unit->value->f[COPL_ITS_F_ALLOWED] == NULL &&
	    unit->value->f[COPL_ITS_F_SIZE] == NULL)
		return true;
	return l10n_limits_check(s->limits, unit, m->str[k], &s->check);
}

static void begin_check(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m, size_t k)
{
	s->unit = unit;
	s->message = m;
	s->form = k;
	s->check.said = 0;
	s->check.one = false;
	s->check.unit = unit->id == NULL ? unit->text.msgid : unit->id;
}

bool l10n_is_good(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m, size_t k, const char *source, bool one)
{
	enum copl_status st;
	bool good;

	begin_check(s, unit, m, k);
	s->check.one = one;
	/* Each of the checks is made: a translator sees all at once. */
	st = copl_inline_compare(&s->check, source, m->str[k]);
	good = copl_inline_characters(&s->check, m->str[k]);
	if (st != COPL_OK && st != COPL_E_INVALID && s->st == COPL_OK)
		s->st = st;
	return st == COPL_OK && good;
}

static bool is_good(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m, bool plain)
{
	bool good = true;

	if (plain)
		begin_check(s, unit, m, 0);
	else
		good = l10n_is_good(s, unit, m, 0, m->id, false);
	return l10n_in_limits(s, unit, m, 0) && good;
}

void l10n_write_text(struct splice *s, const struct copl_inline *source,
    char quote, const char *text)
{
	const struct copl_inline_writer w = {s->out, quote, s->how->param,
	    s->how->param_arg, put_source, is_dropped, s};

	copl_inline_write(s->u->xml, source, text, &w);
}

static struct l10n_target target_of(struct splice *s, uint32_t index)
{
	if (s->c == NULL)
		return (struct l10n_target){NULL, L10N_SOURCE};
	return s->targets != NULL
		   ? s->targets[index]
		   : l10n_look_up(&s->lookup, &s->u->list[index]);
}

static void put_unit(struct splice *s, uint32_t index)
{
	const struct copl_unit *unit = &s->u->list[index];
	struct l10n_target t = target_of(s, index);
	const char *text = unit->text.msgid;
	bool plain = unit->text.plain;

	if (unit->nforms > 0) {
		l10n_put_plural(s, index, &t);
		return;
	}
	if (t.state == L10N_TRANSLATED) {
		text = t.message->str[0];
		plain = plain && copl_inline_is_plain(text);
		if (!is_good(s, unit, t.message, plain))
			return;
	}
	/* A text equal to its source keeps the source's very bytes. */
	if (!s->how->rewrite_all &&
	    (s->how->param == NULL || !has_placeholder(text)) &&
	    strcmp(text, unit->text.msgid) == 0)
		l10n_put_range(s, unit->start, unit->end, index);
	else if (plain)
		copl_strbuf_puts(s->out, text);
	else
		l10n_write_text(s, &unit->text, unit->quote, text);
}

/* ---- the edits ---- */

static bool is_kept(const struct splice *s, uint32_t element)
{
	uint32_t at = s->u->xml->elements[element].content;
	size_t i = l10n_first_unit(s->u, at);

	return s->targets != NULL && i < s->u->n &&
	       s->u->list[i].element == element &&
	       s->u->list[i].attr == COPL_XML_NONE &&
	       s->targets[i].state == L10N_KEPT;
}

static const char *source_lang(const struct splice *s)
{
	return s->u->lang == NULL ? "" : s->u->lang;
}

/* Of a text that is kept: what the document says, or its root. */
static const char *kept_lang(const struct splice *s, uint32_t element)
{
	const char *lang =
	    copl_its_element(s->u->its, element)->f[COPL_ITS_F_LANG];

	return lang == NULL ? source_lang(s) : lang;
}

/* Stands it in the tag?  A default of the DTD gives way to what is written. */
static bool has_attr(const struct copl_xml *x, uint32_t element, const char *ns,
    const char *name)
{
	uint32_t i = copl_xml_find_attr(x, element, ns, name);

	return i != COPL_XML_NONE && x->attrs[i].name_len > 0;
}

/* In XHTML "lang" is what browsers go by. */
static void put_lang(struct splice *s, uint32_t element, const char *lang)
{
	const struct copl_xml *x = s->u->xml;

	if (!has_attr(x, element, COPL_XML_NS, "lang"))
		copl_xml_put_named(s->out, "xml:lang", lang);
	if (copl_units_in_xhtml(x, element) &&
	    !has_attr(x, element, NULL, "lang"))
		copl_xml_put_named(s->out, "lang", lang);
}

static void put_root(struct splice *s)
{
	const struct copl_xml *x = s->u->xml;

	if (s->how->lang != NULL)
		put_lang(s, 0, is_kept(s, 0) ? source_lang(s) : s->how->lang);
	if (s->how->dir != NULL && !has_attr(x, 0, NULL, "dir"))
		copl_xml_put_named(s->out, "dir", s->how->dir);
	if (s->how->draft && !has_attr(x, 0, NULL, "draft"))
		copl_xml_put_named(s->out, "draft", "yes");
	/* What whoever collects answers must know of whose form it is. */
	if (s->how->recipient != NULL)
		copl_xml_put_named(s->out, "recipient", s->how->recipient);
	if (s->how->recipient != NULL && s->how->guardian_age >= 0)
		copl_strbuf_printf(
		    s->out, " guardian-age=\"%d\"", s->how->guardian_age);
}

/* A text in another language than what is around it says so. */
static void put_label(struct splice *s, uint32_t unit)
{
	bool kept = s->targets != NULL && s->targets[unit].state == L10N_KEPT;
	uint32_t element = s->u->list[unit].element;

	put_lang(s, element, kept ? kept_lang(s, element) : s->how->lang);
}

/* The tag, or "Name (tag)" where the source has it like that. */
static void put_new_lang(struct splice *s, const struct copl_edit *e)
{
	const char *old = s->u->xml->text.s + e->start;
	size_t len = e->end - e->start;

	if (s->how->name[0] != '\0' && len > 0 && old[len - 1] == ')' &&
	    memchr(old, '(', len) != NULL)
		copl_strbuf_printf(
		    s->out, "%s (%s)", s->how->name, s->how->lang);
	else
		copl_strbuf_puts(s->out, s->how->lang);
}

/* Puts what stands in the place of an edit; false: nothing changes here. */
static bool put_edit(struct splice *s, const struct copl_edit *e)
{
	const struct copl_its_value *v;

	switch (e->kind) {
	case COPL_EDIT_UNIT:
		put_unit(s, e->index);
		return true;
	case COPL_EDIT_ROOT:
		put_root(s);
		return true;
	case COPL_EDIT_LABEL:
		put_label(s, e->index);
		return true;
	case COPL_EDIT_LANG:
		if (s->how->lang == NULL || is_kept(s, e->index))
			return false;
		put_new_lang(s, e);
		return true;
	case COPL_EDIT_DIR:
		if (s->how->dir == NULL)
			return false;
		copl_strbuf_puts(s->out, s->how->dir);
		return true;
	case COPL_EDIT_COUNT:
		return s->how->count != NULL;
	case COPL_EDIT_FILTER:
	case COPL_EDIT_FILTER_ATTR:
		v = e->kind == COPL_EDIT_FILTER
			? copl_its_element(s->u->its, e->index)
			: copl_its_attribute(s->u->its, e->index);
		return s->how->lang != NULL &&
		       !copl_its_locale_keeps(v, s->how->lang);
	case COPL_EDIT_STRIP:
		return s->how->strip_its;
	case COPL_EDIT_DROP:
	default:
		return true;
	}
}

/* First edit at or behind an offset. */
static size_t first_edit(struct splice *s, uint32_t at)
{
	size_t lo = 0, hi = s->nedits;

	/* Where the last one ended, or a little further on. */
	if (s->next < s->nedits && s->edits[s->next].start >= at &&
	    (s->next == 0 || s->edits[s->next - 1].start < at))
		return s->next;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->edits[mid].start < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/*
 * Source bytes from lo to hi with the edits inside.  The range is the
 * document, a unit's own (self: for what is nested in it) or a code's, whose
 * unit may start where it starts but ends behind it.  The XML parser bounds
 * the depth.
 */
void l10n_put_range(struct splice *s, uint32_t lo, uint32_t hi, uint32_t self)
{
	const char *text = s->u->xml->text.s;
	size_t i = first_edit(s, lo);
	uint32_t at = lo;

	for (; i < s->nedits && s->edits[i].start < hi; i++) {
		const struct copl_edit *e = &s->edits[i];

		if (e->end > hi || e->start < at ||
		    (e->kind == COPL_EDIT_UNIT && e->index == self))
			continue;
		copl_strbuf_add(s->out, text + at, e->start - at);
		at = e->start;
		s->next = i + 1;
		if (put_edit(s, e))
			at = e->end;
		/* A long unit may hold many edits that are done now. */
		if (i + 1 < s->nedits && s->edits[i + 1].start < at)
			i = first_edit(s, at) - 1;
	}
	copl_strbuf_add(s->out, text + at, hi - at);
}

/* ---- what is missing ---- */

static bool needs_label(const struct splice *s, uint32_t index)
{
	const struct copl_unit *unit = &s->u->list[index];
	uint32_t outer = unit->outer;
	bool kept = s->targets[index].state == L10N_KEPT;
	bool around =
	    outer != COPL_XML_NONE && s->targets[outer].state == L10N_KEPT;

	return unit->attr == COPL_XML_NONE && unit->element != 0 &&
	       kept != around &&
	       !has_attr(s->u->xml, unit->element, COPL_XML_NS, "lang");
}

static struct copl_edit drop_of(const struct splice *s, uint32_t index)
{
	const struct copl_unit *unit = &s->u->list[index];
	const struct copl_xml *x = s->u->xml;
	const struct copl_xml_element *e = &x->elements[unit->element];
	struct copl_edit d = {e->start, e->end, index, COPL_EDIT_DROP};

	if (unit->attr != COPL_XML_NONE) {
		d.start = x->attrs[unit->attr].name;
		while (copl_is_space(x->text.s[d.start - 1]))
			d.start--;
		d.end = unit->end + 1;
	} else if (unit->element == 0) { /* a document has a root */
		d.start = e->content;
		d.end = e->close;
	}
	return d;
}

/* The edits of the document and those for what is missing in a language. */
static struct copl_edit *add_missing(struct splice *s)
{
	size_t n = s->u->nedits, extra = 0;
	struct copl_edit *list;
	uint32_t i;

	for (i = 0; i < s->u->n; i++)
		extra +=
		    s->targets[i].state == L10N_DROPPED || needs_label(s, i);
	if (extra == 0)
		return NULL;
	list = calloc(n + extra, sizeof(*list));
	if (list == NULL) {
		s->st = COPL_E_NOMEM;
		return NULL;
	}
	memcpy(list, s->u->edits, n * sizeof(*list));
	for (i = 0; i < s->u->n; i++) {
		uint32_t at =
		    s->u->xml->elements[s->u->list[i].element].name_end;

		if (s->targets[i].state == L10N_DROPPED)
			list[n++] = drop_of(s, i);
		else if (needs_label(s, i))
			list[n++] =
			    (struct copl_edit){at, at, i, COPL_EDIT_LABEL};
	}
	l10n_edits_sort(list, n);
	s->edits = list;
	s->nedits = n;
	return list;
}

/* ---- the document ---- */

/*
 * Where texts may be missing it must be known of all of them before the first
 * byte is written: labels stand before the text.
 */
static enum copl_status look_up_all(struct splice *s)
{
	uint32_t i;

	s->targets = calloc(s->u->n + 1, sizeof(*s->targets));
	if (s->targets == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < s->u->n; i++) {
		s->targets[i] = l10n_look_up(&s->lookup, &s->u->list[i]);
		if (s->how->keep_broken &&
		    s->targets[i].state == L10N_TRANSLATED &&
		    !l10n_is_whole(s, &s->u->list[i], s->targets[i].message))
			s->targets[i].state = L10N_KEPT;
	}
	return COPL_OK;
}

/* One clear word instead of a complaint about each text. */
static bool is_other_document(const struct splice *s)
{
	size_t i;

	if (s->c == NULL || s->lookup.found > 0 || s->u->n == 0 ||
	    s->c->nmessages == 0)
		return false;
	/* What is cut out of this language was not looked up. */
	for (i = 0; i < s->u->n; i++)
		if (copl_catalog_find(s->c, s->u->list[i].id,
			s->u->list[i].text.msgid) != NULL)
			return false;
	return true;
}

static void tell_other_document(struct splice *s, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "po-other-document",
	    (struct copl_place){s->c->file, 0, 0},
	    _("no message of this catalog is a text of %s: it belongs to "
	      "another document, or was made with another --key or --inline"),
	    s->u->xml->file);
}

static enum copl_status verdict(struct splice *s)
{
	if (s->st != COPL_OK)
		return s->st;
	if (s->out->st == COPL_E_LIMIT)
		copl_report(s->r, COPL_ERROR, "document-too-large",
		    (struct copl_place){s->u->xml->file, 0, 0},
		    _("the localized document is more than %d times as long "
		      "as its master"),
		    GROWTH);
	if (s->out->st != COPL_OK)
		return s->out->st;
	if (s->r->nomem)
		return COPL_E_NOMEM;
	return s->r->errors > 0 ? COPL_E_INVALID : COPL_OK;
}

static enum copl_status run(struct splice *s)
{
	const struct copl_xml *x = s->u->xml;
	struct copl_edit *own = NULL;
	enum copl_status st = COPL_OK;

	if (s->c != NULL)
		l10n_read_plural(s);
	s->limits = copl_limits_new();
	if (s->limits == NULL)
		return COPL_E_NOMEM;
	if (s->c != NULL && s->how->missing != COPL_MISSING_FAIL)
		st = look_up_all(s);
	if (s->targets != NULL && st == COPL_OK)
		own = add_missing(s);
	copl_strbuf_reset(s->out);
	s->out->max = x->text.len * GROWTH + ROOM;
	copl_strbuf_room(s->out, x->text.len + x->text.len / 4);
	if (st == COPL_OK)
		l10n_put_range(s, 0, (uint32_t)x->text.len, NO_UNIT);
	copl_inline_check_clear(&s->check);
	copl_strbuf_clear(&s->lookup.scratch);
	copl_limits_free(s->limits);
	free(s->targets);
	free(own);
	return st == COPL_OK ? verdict(s) : st;
}

enum copl_status copl_units_apply(const struct copl_units *u,
    const struct copl_catalog *c, const struct copl_apply *how,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	struct copl_reporter own;
	struct splice s = {.u = u,
	    .c = c,
	    .how = how,
	    .r = &own,
	    .out = out,
	    .edits = u->edits,
	    .nedits = u->nedits};
	enum copl_status st;

	/* Findings wait until it is known that the catalog is the right one. */
	copl_reporter_init(&own, r->sink);
	s.lookup = (struct l10n_lookup){.u = u,
	    .c = c,
	    .how = how,
	    .r = &own,
	    .scratch = COPL_STRBUF_INIT(SCRATCH_MAX)};
	s.check = (struct copl_inline_check){.r = &own,
	    .place = place,
	    .place_arg = &s,
	    .optional = is_optional,
	    .loose = is_loose,
	    .arg = &s};
	st = run(&s);
	if (is_other_document(&s) && st != COPL_E_NOMEM) {
		copl_reporter_drop(&own);
		tell_other_document(&s, r);
		return COPL_E_INVALID;
	}
	copl_reporter_move(r, &own);
	return st;
}
