/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading where a page takes answers back.  What is not understood is an
 * error: a guess would spoil the page. */
#include "config.h"
#include <inttypes.h>
#include <string.h>
#include "base/i18n.h"
#include "xml/xml.h"
#include "answers/fill_priv.h"

struct reading {
	const struct copl_xml *x;
	struct copl_reporter *r;
	struct copl_slots *s;
	size_t last; /* no place lies before it */
};

/* What a slot's element says, and the bytes of the page around it. */
static const struct kind {
	const char *element;
	bool in_question;
	bool value; /* has the attribute */
	const char *before; /* any of these; "": whatever */
	const char *behind;
} kinds[FILL_KINDS] = {
    [FILL_TITLE] = {"title", false, false, ">", ""},
    [FILL_TOLD] = {"told", false, false, "\n", "<"},
    [FILL_LINK] = {"link", false, false, "\"", ""},
    [FILL_TOKEN] = {"token", false, false, "\n", "<"},
    [FILL_MARK] = {"mark", true, false, "\"", ">"},
    [FILL_DESCRIBE] = {"describe", true, false, "\"d", ">"},
    [FILL_DESCRIBED] = {"described", true, false, "\"", ""},
    [FILL_TELL] = {"tell", true, false, "\n", "<"},
    [FILL_CHECKED] = {"checked", true, true, "\"d", ">"},
    [FILL_VALUE] = {"value", true, false, "\"d", ">"},
    [FILL_INVALID] = {"invalid", true, false, "\"d", ">"},
    [FILL_TEXT] = {"text", true, false, ">", "<"},
    [FILL_SELECTED] = {"selected", true, true, "\"", ">"},
    [FILL_ROW] = {"row", true, false, "r", ">"},
    [FILL_NEEDED] = {"needed", true, false, "", "<"},
};

static void bad(struct reading *d, const xmlNode *n, const char *what)
{
	copl_report(d->r, COPL_ERROR, "slots-value", copl_xml_place(d->x, n),
	    _("<%s> has no good %s; build the release again"),
	    (const char *)n->name, what);
}

/* ---- places ---- */

static bool take_number(
    struct reading *d, const xmlNode *n, const char *attr, size_t *out)
{
	const char *s = copl_xml_get(n, attr, d->s->arena, d->r);
	uint64_t v;

	if (s == NULL || !copl_number_parse(s, COPL_XML_DOCUMENT_MAX, &v)) {
		bad(d, n, attr);
		return false;
	}
	*out = (size_t)v;
	return true;
}

static bool take_place(struct reading *d, const xmlNode *n, size_t *at)
{
	if (!take_number(d, n, "at", at))
		return false;
	if (*at >= d->last && *at <= d->s->length) {
		d->last = *at;
		return true;
	}
	copl_report(d->r, COPL_ERROR, "slots-place",
	    copl_xml_attr_place(d->x, n, "at"),
	    _("the place %zu is not between %zu and the end of the page, %zu; "
	      "build the release again"),
	    *at, d->last, d->s->length);
	return false;
}

static struct fill_slot *add_slot(struct reading *d)
{
	struct copl_slots *s = d->s;
	struct fill_slot *list =
	    copl_grow(s->slots, s->nslots, &s->slots_room, sizeof(*list));

	if (list == NULL) {
		d->r->nomem = true;
		return NULL;
	}
	s->slots = list;
	list[s->nslots] = (struct fill_slot){.question = FILL_NO_QUESTION};
	return &list[s->nslots];
}

static bool is_name(const char *s)
{
	return s == NULL ||
	       (*s != '\0' && strspn(s, "abcdefghijklmnopqrstuvwxyz"
					"0123456789_") == strlen(s));
}

/* Which control it is of. */
static void take_control(
    struct reading *d, const xmlNode *n, struct fill_slot *slot)
{
	struct copl_arena *a = d->s->arena;
	const char *part = copl_xml_get(n, "part", a, d->r);
	const char *id = d->s->questions[slot->question].id;

	if (!is_name(part))
		bad(d, n, "part");
	slot->part = part != NULL;
	slot->field =
	    part == NULL ? id : copl_arena_printf(a, "%s.%s", id, part);
	slot->value = copl_xml_get(n, "value", a, d->r);
	if (slot->field == NULL)
		d->r->nomem = true;
	if (kinds[slot->kind].value != (slot->value != NULL))
		bad(d, n, "value");
}

/* question: index of the one it stands in; FILL_NO_QUESTION: none. */
static void take_slot(struct reading *d, const xmlNode *n, size_t question)
{
	struct fill_slot *slot;
	size_t kind, at;

	for (kind = 0; kind < FILL_KINDS; kind++)
		if (strcmp(kinds[kind].element, (const char *)n->name) == 0 &&
		    kinds[kind].in_question == (question != FILL_NO_QUESTION))
			break;
	if (kind == FILL_KINDS) {
		bad(d, n, "place here");
		return;
	}
	slot = take_place(d, n, &at) ? add_slot(d) : NULL;
	if (slot == NULL)
		return;
	slot->kind = (enum fill_slot_kind)kind;
	slot->at = at;
	slot->question = question;
	d->s->nslots++;
	if (question != FILL_NO_QUESTION)
		take_control(d, n, slot);
}

/* ---- questions ---- */

static void take_message(
    struct reading *d, const xmlNode *n, struct fill_question *q)
{
	struct fill_message *m = &q->messages[q->nmessages];

	if (q->nmessages == FILL_MESSAGES_MAX) {
		bad(d, n, "place here");
		return;
	}
	m->kind = copl_xml_get(n, "kind", d->s->arena, d->r);
	m->text = copl_xml_get_text(n, d->s->arena, d->r);
	if (m->text != NULL && *m->text == '\0')
		bad(d, n, "text");
	q->nmessages++;
}

static bool is_one_of(const char *s, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(s, list[i]) == 0)
			return true;
	return false;
}

/* How its controls behave. */
static void take_kind(
    struct reading *d, const xmlNode *n, struct fill_question *q)
{
	static const char *const radios[] = {"one", "rating"};
	static const char *const parts[] = {"grid", "rank", "date"};
	static const char *const others[] = {
	    "many", "text", "number", "consent"};
	const char *kind = copl_xml_get(n, "kind", d->s->arena, d->r);

	if (kind == NULL) {
		bad(d, n, "kind");
		return;
	}
	q->radios = is_one_of(kind, radios, COPL_COUNT(radios));
	q->parts = is_one_of(kind, parts, COPL_COUNT(parts));
	q->one_each = strcmp(kind, "many") != 0;
	if (!q->radios && !q->parts &&
	    !is_one_of(kind, others, COPL_COUNT(others)))
		bad(d, n, "kind");
}

static struct fill_question *add_question(struct reading *d, const xmlNode *n)
{
	struct copl_slots *s = d->s;
	struct fill_question *list = copl_grow(
	    s->questions, s->nquestions, &s->questions_room, sizeof(*list));
	const char *id = copl_xml_get(n, "id", s->arena, d->r);
	size_t at;

	if (list == NULL) {
		d->r->nomem = true;
		return NULL;
	}
	s->questions = list;
	if (id == NULL || !copl_shape_is_name(id)) {
		bad(d, n, "id");
		return NULL;
	}
	if (!copl_map_put(&s->ids, id, s->nquestions, &at)) {
		d->r->nomem = true;
		return NULL;
	}
	if (at != s->nquestions) {
		bad(d, n, "id");
		return NULL;
	}
	list[s->nquestions] = (struct fill_question){.id = id};
	return &list[s->nquestions++];
}

/* Something can be said of it, whatever is wrong. */
static bool can_tell(const struct fill_question *q)
{
	size_t i;

	for (i = 0; i < q->nmessages; i++)
		if (q->messages[i].kind == NULL)
			return q->label != NULL;
	return false;
}

static void take_question(struct reading *d, const xmlNode *n)
{
	struct fill_question *q = add_question(d, n);
	const xmlNode *child;

	if (q == NULL)
		return;
	take_kind(d, n, q);
	for (child = copl_xml_first(n); child != NULL && !d->r->nomem;
	     child = copl_xml_next(child)) {
		if (copl_xml_is(child, COPL_SLOTS_NS, "label"))
			q->label = copl_xml_get_text(child, d->s->arena, d->r);
		else if (copl_xml_is(child, COPL_SLOTS_NS, "message"))
			take_message(d, child, q);
		else if (copl_xml_is(child, COPL_SLOTS_NS, NULL))
			take_slot(d, child, d->s->nquestions - 1);
		else
			bad(d, child, "namespace");
	}
	if (!can_tell(q))
		bad(d, n, "label and message");
}

/* ---- the file ---- */

static void take_words(struct reading *d, const xmlNode *n)
{
	static const char *const ids[FILL_WORDS] = {
	    [FILL_INCOMPLETE_TITLE] = "incomplete_title",
	    [FILL_INCOMPLETE_TEXT] = "incomplete_text",
	    [FILL_NOT_STORED_TITLE] = "not_stored_title",
	    [FILL_NOT_STORED_TEXT] = "not_stored_text",
	    [FILL_NEEDED_WORDS] = "needed"};
	const char *id = copl_xml_get(n, "id", d->s->arena, d->r);
	size_t i;

	for (i = 0; id != NULL && i < FILL_WORDS; i++)
		if (strcmp(id, ids[i]) == 0)
			break;
	if (id == NULL || i == FILL_WORDS) {
		bad(d, n, "id");
		return;
	}
	d->s->words[i] = copl_xml_get_text(n, d->s->arena, d->r);
}

static void take_all(struct reading *d, const xmlNode *root)
{
	const xmlNode *n;
	size_t i;

	if (!take_number(d, root, "length", &d->s->length))
		return;
	for (n = copl_xml_first(root); n != NULL && !d->r->nomem;
	     n = copl_xml_next(n)) {
		if (copl_xml_is(n, COPL_SLOTS_NS, "question"))
			take_question(d, n);
		else if (copl_xml_is(n, COPL_SLOTS_NS, "words"))
			take_words(d, n);
		else if (copl_xml_is(n, COPL_SLOTS_NS, NULL))
			take_slot(d, n, FILL_NO_QUESTION);
		else
			bad(d, n, "namespace");
	}
	for (i = 0; i < FILL_WORDS; i++)
		if (d->s->words[i] == NULL || *d->s->words[i] == '\0') {
			bad(d, root, "words");
			break;
		}
}

static enum copl_status read_tree(struct reading *d)
{
	const xmlNode *root = xmlDocGetRootElement(d->x->doc);
	size_t before = d->r->errors;

	if (!copl_xml_is(root, COPL_SLOTS_NS, "slots"))
		copl_report(d->r, COPL_ERROR, "slots-root",
		    copl_xml_place(d->x, root),
		    _("this does not say where a page takes answers back; its "
		      "first element must be <slots xmlns=\"%s\">"),
		    COPL_SLOTS_NS);
	else
		take_all(d, root);
	if (d->r->nomem)
		return COPL_E_NOMEM;
	return d->r->errors > before ? COPL_E_INVALID : COPL_OK;
}

enum copl_status copl_slots_read(const char *xml, size_t len, const char *name,
    struct copl_reporter *r, struct copl_slots **out)
{
	struct copl_xml *x = NULL;
	struct reading d = {.r = r};
	enum copl_status st;

	*out = NULL;
	st = copl_xml_read(xml, len, name, COPL_XML_STRICT, r, &x);
	if (st != COPL_OK)
		goto out;
	st = COPL_E_NOMEM;
	d.x = x;
	d.s = calloc(1, sizeof(*d.s));
	if (d.s == NULL)
		goto out;
	d.s->arena = copl_arena_new();
	if (d.s->arena == NULL)
		goto out;
	st = read_tree(&d);
	if (st != COPL_OK)
		goto out;
	*out = d.s;
	d.s = NULL;
out:
	copl_slots_free(d.s);
	copl_xml_free(x);
	return st;
}

void copl_slots_free(struct copl_slots *s)
{
	if (s == NULL)
		return;
	copl_map_free(&s->ids);
	free(s->questions);
	free(s->slots);
	copl_arena_free(s->arena);
	free(s);
}

static bool is_any(char c, const char *any)
{
	return *any == '\0' || (c != '\0' && strchr(any, c) != NULL);
}

bool copl_slots_fit(const struct copl_slots *s, const char *page, size_t len)
{
	size_t i;

	if (len != s->length)
		return false;
	for (i = 0; i < s->nslots; i++) {
		const struct kind *k = &kinds[s->slots[i].kind];
		size_t at = s->slots[i].at;

		/* Each stands within something. */
		if (at == 0 || at >= len || !is_any(page[at - 1], k->before) ||
		    !is_any(page[at], k->behind))
			return false;
	}
	return true;
}
