/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "bundle/bundle.h"
#include "xml/xml.h"

#define XFORMS "http://www.w3.org/2002/xforms"
#define TEXT_MAX ((size_t)64 << 10)

struct reading {
	const struct copl_xml *x;
	struct copl_arena *arena;
	struct copl_reporter *r;
	struct copl_odk_about *about;
	size_t room;
	struct copl_odk_name *names; /* growing; moves to the arena */
	bool root; /* the instance's has been seen */
};

static bool is_below(
    const struct reading *d, size_t element, const char *ns, const char *parent)
{
	uint32_t up = d->x->elements[element].parent;

	return up != COPL_XML_NONE && copl_xml_named(d->x, up, ns, parent);
}

/* In the arena, white space collapsed; NULL: nothing, or no memory. */
static const char *text_of(struct reading *d, size_t element)
{
	struct copl_strbuf raw = COPL_STRBUF_INIT(TEXT_MAX);
	struct copl_strbuf out = COPL_STRBUF_INIT(TEXT_MAX);
	const char *s, *copy = NULL;

	copl_xml_put_content(d->x, element, &raw);
	for (s = copl_strbuf_text(&raw); *s != '\0'; s++) {
		if (!copl_is_space(*s))
			copl_strbuf_add(&out, s, 1);
		else if (out.len > 0 && s[1] != '\0' && !copl_is_space(s[1]))
			copl_strbuf_puts(&out, " ");
	}
	if (out.len > 0 && out.st == COPL_OK && raw.st == COPL_OK)
		copy = copl_arena_strdup(d->arena, out.s);
	if (raw.st == COPL_E_NOMEM || out.st == COPL_E_NOMEM ||
	    (copy == NULL && out.len > 0 && raw.st == COPL_OK &&
		out.st == COPL_OK))
		d->r->nomem = true;
	copl_strbuf_clear(&raw);
	copl_strbuf_clear(&out);
	return copy;
}

/* An attribute that is not empty, in the arena. */
static const char *attr_of(struct reading *d, size_t element, const char *name)
{
	uint32_t attr = copl_xml_find_attr(d->x, element, NULL, name);
	const char *s = attr == COPL_XML_NONE
			    ? NULL
			    : copl_xml_attr_text(d->x, attr, d->arena, d->r);

	return s == NULL || *s == '\0' ? NULL : s;
}

static bool has_id(const struct reading *d, size_t element, const char *id)
{
	uint32_t attr = copl_xml_find_attr(d->x, element, NULL, "id");
	const char *s;
	size_t len;

	if (attr == COPL_XML_NONE)
		return false;
	s = copl_xml_value(d->x, &d->x->attrs[attr], &len);
	return len == strlen(id) && memcmp(s, id, len) == 0;
}

/* "zh-Hans" of "简体中文 (zh-Hans)"; a name without a tag is one itself. */
static const char *tag_of(struct reading *d, const char *lang)
{
	const char *open = lang == NULL ? NULL : strrchr(lang, '(');
	size_t len = open == NULL ? 0 : strcspn(open + 1, ")");
	char *tag;

	if (len == 0 || open[1 + len] != ')')
		return lang;
	tag = copl_arena_strndup(d->arena, open + 1, len);
	if (tag == NULL)
		d->r->nomem = true;
	return tag;
}

static void begin_language(struct reading *d, size_t element)
{
	struct copl_odk_name *list =
	    copl_grow(d->names, d->about->nnames, &d->room, sizeof(*d->names));

	if (list == NULL) {
		d->r->nomem = true;
		return;
	}
	d->names = list;
	list[d->about->nnames++] = (struct copl_odk_name){
	    .lang = tag_of(d, attr_of(d, element, "lang"))};
}

/* The <value> of a text that lists of forms show. */
static void read_text(struct reading *d, size_t element)
{
	uint32_t text = d->x->elements[element].parent;
	struct copl_odk_name *name;

	if (d->names == NULL)
		return;
	name = &d->names[d->about->nnames - 1];
	if (has_id(d, text, "about/name") && name->name == NULL)
		name->name = text_of(d, element);
	else if (has_id(d, text, "about/summary") && name->summary == NULL)
		name->summary = text_of(d, element);
}

static void read_element(struct reading *d, size_t i)
{
	const struct copl_xml *x = d->x;

	if (copl_xml_named(x, i, COPL_XHTML_NS, "title") &&
	    is_below(d, i, COPL_XHTML_NS, "head") && d->about->title == NULL)
		d->about->title = text_of(d, i);
	else if (copl_xml_named(x, i, XFORMS, "translation"))
		begin_language(d, i);
	else if (copl_xml_named(x, i, XFORMS, "value") &&
		 is_below(d, i, XFORMS, "text"))
		read_text(d, i);
	else if (!d->root && is_below(d, i, XFORMS, "instance")) {
		d->root = true;
		d->about->id = attr_of(d, i, "id");
		d->about->version = attr_of(d, i, "version");
	}
}

static enum copl_status keep_names(struct reading *d)
{
	struct copl_odk_about *about = d->about;
	size_t size = about->nnames * sizeof(*about->names);

	if (d->names == NULL)
		return COPL_OK;
	about->names = copl_arena_alloc(d->arena, size);
	if (about->names == NULL)
		return COPL_E_NOMEM;
	memcpy(about->names, d->names, size);
	return COPL_OK;
}

enum copl_status copl_odk_about_read(const char *bytes, size_t len,
    const char *file, struct copl_arena *a, struct copl_reporter *r,
    struct copl_odk_about *out)
{
	struct reading d = {.arena = a, .r = r, .about = out};
	struct copl_xml *x = NULL;
	enum copl_status st;
	size_t i;

	memset(out, 0, sizeof(*out));
	st = copl_xml_read(bytes, len, file, COPL_XML_STRICT, r, &x);
	if (st != COPL_OK)
		return st;
	d.x = x;
	for (i = 0; i < x->nelements && !r->nomem; i++)
		read_element(&d, i);
	st = keep_names(&d);
	if (r->nomem)
		st = COPL_E_NOMEM;
	copl_xml_free(x);
	free(d.names);
	return st;
}
