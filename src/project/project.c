/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

#define PROJECT_FILE_MAX ((size_t)4 << 20)
#define PROJECT_VERSION "1"

/* ---- for the readers ---- */

void *copl_project_alloc(struct copl_project_reader *rd, size_t n, size_t size)
{
	void *p = n > SIZE_MAX / size
		      ? NULL
		      : copl_arena_alloc(rd->p->arena, n * size);

	if (p == NULL)
		rd->r->nomem = true;
	return p;
}

const char *copl_project_get(
    struct copl_project_reader *rd, const xmlNode *n, const char *name)
{
	return copl_xml_get(n, name, rd->p->arena, rd->r);
}

const xmlNode *copl_project_child(const xmlNode *parent, const char *name)
{
	const xmlNode *n = copl_xml_first(parent);

	while (n != NULL && !copl_xml_is(n, COPL_PROJECT_NS, name))
		n = copl_xml_next(n);
	return n;
}

const xmlNode *copl_project_next(const xmlNode *n)
{
	const char *name = (const char *)n->name;

	do
		n = copl_xml_next(n);
	while (n != NULL && !copl_xml_is(n, COPL_PROJECT_NS, name));
	return n;
}

size_t copl_project_count(const xmlNode *parent, const char *name)
{
	const xmlNode *n = copl_project_child(parent, name);
	size_t count = 0;

	for (; n != NULL; n = copl_project_next(n))
		count++;
	return count;
}

struct copl_place copl_project_at(
    const struct copl_project_reader *rd, const xmlNode *n, const char *attr)
{
	return copl_xml_attr_place(rd->p->xml, n, attr);
}

int copl_project_shown(const char *s)
{
	return (int)copl_utf8_valid(s, strnlen(s, 60));
}

size_t copl_project_first_use(struct copl_project_reader *rd,
    struct copl_map *names, const char *name, const xmlNode *n)
{
	const struct copl_xml *x = rd->p->xml;
	size_t first = copl_xml_index(n);

	if (!copl_map_put(names, name, first, &first)) {
		rd->r->nomem = true;
		return 0;
	}
	if (first == copl_xml_index(n))
		return 0;
	return copl_xml_at(x, x->elements[first].start).line;
}

void copl_project_bad_value(struct copl_project_reader *rd, const xmlNode *n,
    const char *attr, const char *value, const char *advice)
{
	copl_report(rd->r, COPL_ERROR, "project-bad-value",
	    copl_project_at(rd, n, attr),
	    _("\"%.*s\" cannot be the value of \"%s\": %s"),
	    copl_project_shown(value), value, attr, advice);
}

/* ---- languages ---- */

static void check_language(struct copl_project_reader *rd, const xmlNode *n,
    const struct copl_language *l)
{
	const struct copl_language *other = rd->p->languages;

	if (!copl_shape_is_tag(l->tag))
		copl_project_bad_value(rd, n, "tag", l->tag,
		    _("write a language tag such as \"fr\" or \"zh-Hans\""));
	if (l->catalog != l->tag && !copl_project_is_catalog(l->catalog))
		copl_project_bad_value(rd, n, "catalog", l->catalog,
		    _("use letters, digits, \"_\" and \"@\" only, as in "
		      "\"zh_CN\""));
	for (; other < l; other++) {
		bool tag = copl_project_same(other->tag, l->tag);

		if (tag || copl_project_same(other->catalog, l->catalog))
			copl_report(rd->r, COPL_ERROR, "project-duplicate",
			    copl_project_at(rd, n, tag ? "tag" : "catalog"),
			    _("\"%s\" is used on line %zu already: each "
			      "language stands here once, with its own "
			      "catalog"),
			    tag ? l->tag : l->catalog, other->at.line);
	}
}

static void read_languages(struct copl_project_reader *rd, const xmlNode *root)
{
	struct copl_project *p = rd->p;
	const xmlNode *all = copl_project_child(root, "languages");
	const xmlNode *n =
	    all == NULL ? NULL : copl_project_child(all, "language");

	if (n == NULL)
		return;
	p->languages = copl_project_alloc(
	    rd, copl_project_count(all, "language"), sizeof(*p->languages));
	for (; n != NULL && p->languages != NULL; n = copl_project_next(n)) {
		struct copl_language *l = &p->languages[p->nlanguages];

		l->at = copl_xml_place(p->xml, n);
		l->tag = copl_project_get(rd, n, "tag");
		l->catalog = copl_project_get(rd, n, "catalog");
		if (l->catalog == NULL)
			l->catalog = l->tag;
		copl_project_read_language(rd, n, l);
		if (l->tag == NULL)
			continue;
		check_language(rd, n, l);
		p->nlanguages++;
	}
}

/* ---- files and outputs ---- */

const char *copl_project_read_source(
    struct copl_project_reader *rd, const xmlNode *n, const char **src)
{
	const char *path;

	*src = copl_project_get(rd, n, "src");
	if (*src == NULL)
		return NULL;
	if (!copl_project_is_source(*src)) {
		copl_project_bad_value(rd, n, "src", *src,
		    _("write a path inside the folder of this file, with / "
		      "and without \"..\""));
		return NULL;
	}
	path = copl_path_join(rd->p->arena, rd->p->dir, *src);
	if (path == NULL)
		rd->r->nomem = true;
	return path;
}

static void read_interface(struct copl_project_reader *rd, const xmlNode *root)
{
	const xmlNode *n = copl_project_child(root, "interface");
	const char *src;

	if (n == NULL)
		return;
	rd->p->interface_at = copl_project_at(rd, n, "src");
	rd->p->interface_path = copl_project_read_source(rd, n, &src);
}

static void check_form_once(struct copl_project_reader *rd, const xmlNode *n,
    const struct copl_project_form *f)
{
	const struct copl_project_form *other = rd->p->forms;

	for (; other < f; other++)
		if (strcmp(other->src, f->src) == 0)
			copl_report(rd->r, COPL_ERROR, "project-duplicate",
			    copl_project_at(rd, n, "src"),
			    _("the form \"%s\" is on line %zu already: remove "
			      "one of the two"),
			    f->src, other->at.line);
}

static void read_forms(struct copl_project_reader *rd, const xmlNode *root)
{
	struct copl_project *p = rd->p;
	const xmlNode *n = copl_project_child(root, "form");

	p->forms = copl_project_alloc(
	    rd, copl_project_count(root, "form"), sizeof(*p->forms));
	for (; n != NULL && p->forms != NULL; n = copl_project_next(n)) {
		struct copl_project_form *f = &p->forms[p->nforms];

		f->at = copl_project_at(rd, n, "src");
		f->path = copl_project_read_source(rd, n, &f->src);
		if (f->path == NULL)
			continue;
		check_form_once(rd, n, f);
		p->nforms++;
	}
}

static void read_output(struct copl_project_reader *rd, const xmlNode *n)
{
	const char *kind = copl_project_get(rd, n, "kind");
	bool *wanted = NULL;

	if (kind == NULL)
		return;
	if (strcmp(kind, "xml") == 0)
		wanted = &rd->p->xml_output;
	else if (strcmp(kind, "html") == 0)
		wanted = &rd->p->html_output;
	else if (strcmp(kind, "odk") == 0)
		wanted = &rd->p->odk_output;
	else
		copl_project_bad_value(rd, n, "kind", kind,
		    _("write \"xml\", \"html\" or \"odk\""));
	if (wanted == NULL)
		return;
	if (*wanted)
		copl_report(rd->r, COPL_ERROR, "project-duplicate",
		    copl_project_at(rd, n, "kind"),
		    _("the output \"%s\" is asked for already: remove one of "
		      "the two"),
		    kind);
	*wanted = true;
}

/* ---- safeguarding ---- */

struct copl_safeguarding copl_project_read_safeguarding(
    struct copl_project_reader *rd, const xmlNode *parent)
{
	struct copl_safeguarding s = {NULL, NULL};
	const xmlNode *n = copl_project_child(parent, "safeguarding");

	if (n == NULL)
		return s;
	s.email = copl_project_get(rd, n, "email");
	s.role = copl_project_get(rd, n, "role");
	if (s.email != NULL && !copl_shape_is_email(s.email))
		copl_project_bad_value(rd, n, "email", s.email,
		    _("write an e-mail address such as \"cop@example.org\""));
	if (s.role != NULL && s.role[strspn(s.role, " \t\r\n")] == '\0')
		copl_project_bad_value(rd, n, "role", s.role,
		    _("say what this person does, such as \"child protection "
		      "officer\""));
	return s;
}

/* ---- the whole ---- */

static void read_root(struct copl_project_reader *rd, const xmlNode *root)
{
	struct copl_project *p = rd->p;
	const char *version = copl_project_get(rd, root, "version");
	const xmlNode *title = copl_project_child(root, "title");

	p->id = copl_project_get(rd, root, "id");
	p->lang = copl_xml_get_lang(root, p->arena, rd->r);
	if (title != NULL)
		p->title = copl_xml_get_text(title, p->arena, rd->r);
	if (p->id != NULL && !copl_shape_is_name(p->id))
		copl_project_bad_value(rd, root, "id", p->id,
		    _("use small letters a-z, digits and \"_\", begin with a "
		      "letter, at most 32 characters"));
	if (p->lang != NULL && !copl_shape_is_tag(p->lang))
		copl_project_bad_value(rd, root, "xml:lang", p->lang,
		    _("write a language tag such as \"fr\" or \"zh-Hans\""));
	if (version != NULL && strcmp(version, PROJECT_VERSION) != 0)
		copl_report(rd->r, COPL_ERROR, "project-version",
		    copl_project_at(rd, root, "version"),
		    _("this program reads project files of version %s: get a "
		      "newer program or correct the version"),
		    PROJECT_VERSION);
}

static void read_recipients(struct copl_project_reader *rd, const xmlNode *root)
{
	struct copl_project *p = rd->p;
	const xmlNode *n = copl_project_child(root, "recipient");

	p->recipients = copl_project_alloc(
	    rd, copl_project_count(root, "recipient"), sizeof(*p->recipients));
	for (; n != NULL && p->recipients != NULL; n = copl_project_next(n))
		copl_project_read_recipient(
		    rd, n, &p->recipients[p->nrecipients++]);
	if (p->recipients != NULL)
		copl_project_read_tables(rd, root);
	copl_project_check_recipients(rd);
}

static enum copl_status read_project(struct copl_project_reader *rd)
{
	const xmlNode *root = xmlDocGetRootElement(rd->p->xml->doc), *n;

	if (!copl_xml_is(root, COPL_PROJECT_NS, "project")) {
		copl_report(rd->r, COPL_ERROR, "project-root",
		    copl_xml_place(rd->p->xml, root),
		    _("this is not a project file: it must begin with "
		      "<project xmlns=\"%s\" ...>"),
		    COPL_PROJECT_NS);
		return COPL_E_INVALID;
	}
	if (!copl_project_check_shape(rd, root))
		return COPL_E_INVALID;
	read_root(rd, root);
	copl_project_read_translation(rd, root);
	read_languages(rd, root);
	copl_project_read_gates(rd, root);
	read_interface(rd, root);
	read_forms(rd, root);
	for (n = copl_project_child(root, "output"); n != NULL;
	     n = copl_project_next(n))
		read_output(rd, n);
	rd->p->safeguarding = copl_project_read_safeguarding(rd, root);
	read_recipients(rd, root);
	if (rd->r->nomem)
		return COPL_E_NOMEM;
	return rd->r->errors > rd->errors ? COPL_E_INVALID : COPL_OK;
}

/* Most often the program was started in another folder. */
static enum copl_status no_project(struct copl_reporter *r, const char *path)
{
	copl_report(r, COPL_ERROR, "project-missing",
	    (struct copl_place){path, 0, 0},
	    _("this file of a consultation is not here: go to the folder of "
	      "the consultation first, or name it with -C FOLDER"));
	return COPL_E_IO;
}

static enum copl_status load(struct copl_project_reader *rd, const char *dir)
{
	struct copl_project *p = rd->p;
	const char *path;
	enum copl_status st;

	p->arena = copl_arena_new();
	if (p->arena == NULL)
		return COPL_E_NOMEM;
	p->dir = copl_arena_strdup(p->arena, dir);
	path = copl_path_join(p->arena, dir, COPL_PROJECT_FILE);
	if (p->dir == NULL || path == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(path))
		return no_project(rd->r, path);
	st = copl_xml_load(
	    path, COPL_XML_STRICT, PROJECT_FILE_MAX, rd->r, &p->xml);
	return st == COPL_OK ? read_project(rd) : st;
}

enum copl_status copl_project_load(
    const char *dir, struct copl_reporter *r, struct copl_project **out)
{
	struct copl_project_reader rd = {.r = r, .errors = r->errors};
	enum copl_status st;

	*out = NULL;
	rd.p = calloc(1, sizeof(*rd.p));
	if (rd.p == NULL)
		return COPL_E_NOMEM;
	st = load(&rd, dir);
	copl_map_free(&rd.recipients);
	copl_map_free(&rd.endpoints);
	copl_map_free(&rd.urls);
	free(rd.places);
	if (st != COPL_OK) {
		copl_project_free(rd.p);
		return st;
	}
	*out = rd.p;
	return COPL_OK;
}

void copl_project_free(struct copl_project *p)
{
	if (p == NULL)
		return;
	copl_xml_free(p->xml);
	copl_arena_free(p->arena);
	free(p);
}

const struct copl_language *copl_project_language(
    const struct copl_project *p, const char *tag)
{
	size_t i;

	for (i = 0; i < p->nlanguages; i++)
		if (strcmp(p->languages[i].tag, tag) == 0)
			return &p->languages[i];
	return NULL;
}

const struct copl_language *copl_project_language_named(
    const struct copl_project *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->nlanguages; i++)
		if (strcmp(p->languages[i].tag, name) == 0 ||
		    strcmp(p->languages[i].catalog, name) == 0)
			return &p->languages[i];
	return NULL;
}

const struct copl_recipient *copl_project_recipient(
    const struct copl_project *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->nrecipients; i++)
		if (p->recipients[i].id != NULL &&
		    strcmp(p->recipients[i].id, id) == 0)
			return &p->recipients[i];
	return NULL;
}

bool copl_recipient_speaks(const struct copl_recipient *r, const char *tag)
{
	size_t i;

	for (i = 0; i < r->nlanguages; i++)
		if (strcmp(r->languages[i]->tag, tag) == 0)
			return true;
	return false;
}
