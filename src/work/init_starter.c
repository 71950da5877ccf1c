/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The consultation that is built in becomes the one that was planned. */
#include "config.h"
#include <string.h>
#include "work/init_priv.h"

#define STARTER_LANG "en"

static const struct starter_file {
	const char *name; /* below the starter's folder */
	const char *text;
	size_t len;
} starter[] = {
#include "work/starter.inc"
};

const struct init_language init_six[INIT_SIX] = {
    {"ar", "ar", true},
    {"zh-Hans", "zh_CN", true},
    {"en", "en", true},
    {"fr", "fr", true},
    {"ru", "ru", true},
    {"es", "es", true},
};

/* One master on its way. */
struct master {
	const char *name; /* of the starter's file */
	const char *folder; /* the starter's folder in po/ */
	const char *path; /* where it is written */
	const char *id; /* its folder in po/ */
	bool planned; /* follows the plan; else it is taken as it is */
	struct copl_strbuf edited, localized;
	struct copl_xml *source, *english, *xml;
	struct copl_units *english_units; /* the starter's own words */
	struct copl_units *units; /* as written: may be the same */
};

static const struct starter_file *starter_find(const char *name)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(starter); i++)
		if (strcmp(starter[i].name, name) == 0)
			return &starter[i];
	return NULL;
}

/* Room for one more file; its bytes are the caller's to fill. */
static struct copl_strbuf *add_file(struct init *in, const char *path)
{
	struct init_file *list =
	    copl_grow(in->files, in->nfiles, &in->room, sizeof(*list));

	if (list == NULL || path == NULL)
		return NULL;
	in->files = list;
	list += in->nfiles++;
	*list = (struct init_file){
	    .path = path, .bytes = COPL_STRBUF_INIT(COPL_CATALOG_MAX)};
	return &list->bytes;
}

static enum copl_status add_bytes(
    struct init *in, const char *path, const char *bytes, size_t len)
{
	struct copl_strbuf *b = add_file(in, path);

	if (b == NULL)
		return COPL_E_NOMEM;
	copl_strbuf_add(b, bytes, len);
	return b->st;
}

static enum copl_status add_copy(
    struct init *in, const char *name, const char *path)
{
	const struct starter_file *f = starter_find(name);

	return f == NULL ? COPL_E_BUG : add_bytes(in, path, f->text, f->len);
}

/* ---- what the plan changes in a master ---- */

struct editor {
	const struct init *in;
	const struct copl_xml *x;
	struct copl_strbuf *out;
	uint32_t at; /* bytes before it are written */
};

static void skip_to(struct editor *e, uint32_t start, uint32_t end)
{
	copl_strbuf_add(e->out, e->x->text.s + e->at, start - e->at);
	e->at = end;
}

/* The value of an attribute gives way to what is put behind; NULL: none. */
static const struct copl_xml_attr *open_attr(
    struct editor *e, size_t element, const char *name)
{
	uint32_t i = copl_xml_find_attr(e->x, element, NULL, name);
	const struct copl_xml_attr *attr;

	if (i == COPL_XML_NONE)
		return NULL;
	attr = &e->x->attrs[i];
	skip_to(e, attr->value, attr->value + attr->value_len);
	return attr;
}

static void set_attr(
    struct editor *e, size_t element, const char *name, const char *value)
{
	if (open_attr(e, element, name) != NULL)
		copl_strbuf_puts(e->out, value);
}

static void put_languages(struct editor *e, size_t element)
{
	const struct copl_xml_element *el = &e->x->elements[element];
	const struct init *in = e->in;
	size_t i;

	skip_to(e, el->content, el->close);
	for (i = 0; i < in->nlanguages; i++) {
		const struct init_language *l = &in->languages[i];

		copl_strbuf_printf(
		    e->out, "\n    <language tag=\"%s\"", l->tag);
		if (strcmp(l->tag, l->catalog) != 0)
			copl_strbuf_printf(
			    e->out, " catalog=\"%s\"", l->catalog);
		copl_strbuf_puts(e->out, "/>");
	}
	copl_strbuf_puts(e->out, "\n  ");
}

/* The next word of a list that ends at end; 0: there is none. */
static size_t next_word(const char **list, const char *end)
{
	const char *p = *list;

	while (p < end && *p == ' ')
		p++;
	*list = p;
	while (p < end && *p != ' ')
		p++;
	return (size_t)(p - *list);
}

static bool has_word(
    const char *list, const char *end, const struct init_language *l)
{
	size_t len;

	for (; (len = next_word(&list, end)) > 0; list += len)
		if (strlen(l->tag) == len && memcmp(l->tag, list, len) == 0)
			return true;
	return false;
}

static void put_tag(struct editor *e, size_t *n, const char *tag)
{
	copl_strbuf_puts(e->out, (*n)++ > 0 ? " " : "");
	copl_strbuf_puts(e->out, tag);
}

/* Those of a list that are planned, in its order; how many they are. */
static size_t put_planned(struct editor *e, const char *list, const char *end)
{
	size_t n = 0, len, i;

	for (; (len = next_word(&list, end)) > 0; list += len)
		for (i = 0; i < e->in->nlanguages; i++)
			if (has_word(list, list + len, &e->in->languages[i]))
				put_tag(e, &n, e->in->languages[i].tag);
	return n;
}

static void put_all(struct editor *e)
{
	size_t n = 0, i;

	for (i = 0; i < e->in->nlanguages; i++)
		put_tag(e, &n, e->in->languages[i].tag);
}

/*
 * A recipient keeps those of its languages that are planned.  One with all of
 * the starter's, or with none that is planned, gets all that are.
 */
static void put_recipient(struct editor *e, size_t element)
{
	const struct copl_xml_attr *attr = open_attr(e, element, "languages");
	const char *list, *end;
	bool all = true;
	size_t i;

	if (attr == NULL)
		return;
	list = e->x->text.s + attr->value;
	end = list + attr->value_len;
	for (i = 0; i < INIT_SIX && all; i++)
		all = has_word(list, end, &init_six[i]);
	if (all || put_planned(e, list, end) == 0)
		put_all(e);
}

static void edit_element(struct editor *e, size_t i)
{
	const char *name = copl_xml_element_name(e->x, i)->local;

	if (i == 0)
		set_attr(e, i, "id", e->in->id);
	else if (strcmp(name, "languages") == 0)
		put_languages(e, i);
	else if (strcmp(name, "form") == 0)
		set_attr(e, i, "src", e->in->form);
	else if (strcmp(name, "recipient") == 0)
		put_recipient(e, i);
	else if (strcmp(name, "opens") == 0)
		set_attr(e, i, "at", e->in->opens);
	else if (strcmp(name, "closes") == 0)
		set_attr(e, i, "at", e->in->closes);
	else if (strcmp(name, "privacy") == 0)
		set_attr(e, i, "keep-until", e->in->keep_until);
}

static enum copl_status edit(
    const struct init *in, const struct copl_xml *x, struct copl_strbuf *out)
{
	struct editor e = {.in = in, .x = x, .out = out};
	uint32_t end = (uint32_t)x->text.len;
	size_t i;

	for (i = 0; i < x->nelements; i++)
		edit_element(&e, i);
	skip_to(&e, end, end);
	return out->st;
}

/* ---- masters ---- */

static enum copl_status read_catalog(struct init *in, const char *folder,
    const char *catalog, struct copl_catalog **out)
{
	const char *name =
	    copl_arena_printf(in->arena, "po/%s/%s.po", folder, catalog);
	const struct starter_file *f;

	if (name == NULL)
		return COPL_E_NOMEM;
	f = starter_find(name);
	if (f == NULL)
		return COPL_E_BUG;
	return copl_catalog_read(f->text, f->len, f->name, in->r, out);
}

static enum copl_status read_master(struct init *in, const char *bytes,
    size_t len, const char *name, struct copl_xml **x, struct copl_units **u)
{
	enum copl_status st =
	    copl_xml_read(bytes, len, name, COPL_XML_STRICT, in->r, x);

	if (st == COPL_OK)
		st = copl_units_of(*x, NULL, in->r, u);
	/* A finding may be a text without its id. */
	return st == COPL_OK && in->r->n > 0 ? COPL_E_NOMEM : st;
}

/* The master in the language of the plan. */
static enum copl_status localize(struct init *in, struct master *m)
{
	struct copl_apply how = {
	    .lang = in->master->tag, .missing = COPL_MISSING_FAIL};
	struct copl_catalog *c = NULL;
	enum copl_status st =
	    read_catalog(in, m->folder, in->master->catalog, &c);

	if (st == COPL_OK)
		st = copl_units_apply(
		    m->english_units, c, &how, in->r, &m->localized);
	copl_catalog_free(c);
	if (st != COPL_OK)
		return st;
	return read_master(
	    in, m->localized.s, m->localized.len, m->path, &m->xml, &m->units);
}

static enum copl_status make_master(struct init *in, struct master *m)
{
	const struct starter_file *f = starter_find(m->name);
	struct copl_strbuf *bytes = &m->edited;
	enum copl_status st;

	if (f == NULL)
		return COPL_E_BUG;
	st = copl_xml_read(
	    f->text, f->len, m->name, COPL_XML_STRICT, in->r, &m->source);
	if (st == COPL_OK && m->planned)
		st = edit(in, m->source, &m->edited);
	else if (st == COPL_OK)
		copl_strbuf_add(&m->edited, f->text, f->len);
	if (st == COPL_OK)
		st = m->edited.st;
	if (st == COPL_OK)
		st = read_master(in, m->edited.s, m->edited.len, m->path,
		    &m->english, &m->english_units);
	m->units = m->english_units;
	if (st == COPL_OK && m->planned &&
	    strcmp(in->master->tag, STARTER_LANG) != 0) {
		bytes = &m->localized;
		m->units = NULL;
		st = localize(in, m);
	}
	if (st != COPL_OK)
		return st;
	return add_bytes(in, m->path, bytes->s, bytes->len);
}

/* ---- catalogs ---- */

/* A text of the starter in English. */
static const char *english(const struct master *m, const char *id)
{
	size_t i;

	for (i = 0; i < m->english_units->n; i++)
		if (strcmp(m->english_units->list[i].id, id) == 0)
			return m->english_units->list[i].text.msgid;
	return "";
}

/* The same in the language of a catalog, NULL: English; "": not there. */
static const char *words_for(
    const struct master *m, const struct copl_catalog *c, const char *id)
{
	const char *source = english(m, id);
	const struct copl_message *message;

	if (c == NULL)
		return source;
	message = copl_catalog_find(c, id, source);
	return message == NULL || message->fuzzy ? "" : message->str[0];
}

static enum copl_status add_template(struct init *in, const struct master *m,
    const struct copl_entry *e, size_t n, const char *project)
{
	const struct copl_po_header h = {
	    .project = project, .created = in->created};
	struct copl_strbuf *b = add_file(
	    in, copl_arena_printf(in->arena, "po/%s/%s.pot", m->id, m->id));
	size_t i;

	if (b == NULL)
		return COPL_E_NOMEM;
	copl_po_put_header(b, &h);
	for (i = 0; i < n; i++)
		copl_po_put_entry(b, &e[i]);
	return b->st;
}

static enum copl_status put_words(struct copl_strbuf *b, const struct master *m,
    const struct copl_catalog *c, const struct copl_entry *e, size_t n,
    const struct copl_po_header *h)
{
	size_t i;

	copl_po_put_header(b, h);
	for (i = 0; i < n; i++)
		copl_po_put_translated(b, &e[i], words_for(m, c, e[i].ctxt));
	return b->st;
}

/* Of the form; NULL: other masters have none. */
static const char *version_of(struct init *in, const struct master *m)
{
	bool is_form = strcmp(m->folder, INIT_STARTER_ID) == 0;
	uint32_t i = is_form
			 ? copl_xml_find_attr(m->english, 0, NULL, "version")
			 : COPL_XML_NONE;

	if (i == COPL_XML_NONE)
		return NULL;
	return copl_xml_attr_text(m->english, i, in->arena, in->r);
}

static enum copl_status add_catalog(struct init *in, const struct master *m,
    const struct init_language *l, const struct copl_entry *e, size_t n,
    const char *project)
{
	struct copl_po_header h = {.project = project, .created = in->created};
	struct copl_merge_counts counts;
	struct copl_catalog *c = NULL;
	struct copl_strbuf *b;
	enum copl_status st;

	b = add_file(
	    in, copl_arena_printf(in->arena, "po/%s/%s.po", m->id, l->catalog));
	if (b == NULL)
		return COPL_E_NOMEM;
	st = copl_heading_put(in->arena,
	    &(const struct copl_heading){.src = m->path,
		.form = m->id,
		.version = version_of(in, m),
		.tag = l->tag,
		.catalog = l->catalog,
		.due = -1},
	    &h);
	if (st == COPL_OK && l->known && strcmp(l->tag, STARTER_LANG) != 0)
		st = read_catalog(in, m->folder, l->catalog, &c);
	if (st != COPL_OK)
		return st;
	/* A language that is new begins as update begins it. */
	if (m->planned && l->known)
		st = put_words(b, m, c, e, n, &h);
	else
		st = copl_catalog_merge(c, e, n, &h, b, &counts);
	copl_catalog_free(c);
	return st;
}

/* Project-Id-Version, as update will write it. */
static const char *project_of(struct init *in, const struct master *m)
{
	return copl_heading_project(
	    in->arena, in->id, m->id, version_of(in, m));
}

/* language NULL: the template. */
static enum copl_status add_one(struct init *in, const struct master *m,
    const struct copl_glossary *g, const struct init_language *l,
    const struct copl_entry *e, size_t n)
{
	const char *project = project_of(in, m);
	struct copl_entry *with_terms;
	enum copl_status st;

	if (project == NULL)
		return COPL_E_NOMEM;
	st = copl_entries_with_terms(g, m->units->lang,
	    l == NULL ? NULL : l->tag, e, n, in->arena, &with_terms);
	if (st != COPL_OK)
		return st;
	return l == NULL ? add_template(in, m, with_terms, n, project)
			 : add_catalog(in, m, l, with_terms, n, project);
}

static enum copl_status add_catalogs(struct init *in, const struct master *m)
{
	struct copl_glossary *g = NULL;
	enum copl_status st = copl_glossary_shipped(&g);
	struct copl_entry *e;
	size_t n = 0, i;

	if (st == COPL_OK)
		st = copl_units_entries(m->units, m->path, in->arena, &e, &n);
	if (st == COPL_OK)
		st = add_one(in, m, g, NULL, e, n);
	for (i = 0; i < in->nlanguages && st == COPL_OK; i++)
		if (strcmp(in->languages[i].tag, m->units->lang) != 0)
			st = add_one(in, m, g, &in->languages[i], e, n);
	copl_glossary_free(g);
	return st;
}

static void clear(struct master *m)
{
	if (m->units != m->english_units)
		copl_units_free(m->units);
	copl_units_free(m->english_units);
	copl_xml_free(m->xml);
	copl_xml_free(m->english);
	copl_xml_free(m->source);
	copl_strbuf_clear(&m->localized);
	copl_strbuf_clear(&m->edited);
}

/*
 * The interface stays in English, so that a newer one can take its place as
 * it is shipped.
 */
enum copl_status init_files(struct init *in)
{
	struct master masters[] = {
	    {.name = COPL_PROJECT_FILE,
		.folder = "consultation",
		.path = COPL_PROJECT_FILE,
		.id = "consultation",
		.planned = true},
	    {.name = "forms/" INIT_STARTER_ID ".xml",
		.folder = INIT_STARTER_ID,
		.path = in->form,
		.id = in->id,
		.planned = true},
	    {.name = "forms/interface.xml",
		.folder = "interface",
		.path = "forms/interface.xml",
		.id = "interface"},
	};
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < COPL_COUNT(masters) && st == COPL_OK; i++) {
		struct master *m = &masters[i];

		m->edited.max = m->localized.max = COPL_XML_MAX;
		st = make_master(in, m);
		if (st == COPL_OK)
			st = add_catalogs(in, m);
		clear(m);
	}
	if (st == COPL_OK)
		st = add_copy(in, "NEXT-STEPS.md", "NEXT-STEPS.md");
	if (st == COPL_OK)
		st = add_copy(in, "gitignore", ".gitignore");
	return st;
}
