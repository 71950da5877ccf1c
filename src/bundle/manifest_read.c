/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "bundle/manifest_priv.h"
#include "xml/xml.h"

struct reading {
	const struct copl_xml *x;
	struct copl_reporter *r;
	struct copl_manifest *m;
	size_t room;
	struct copl_manifest_file *files; /* growing; moves to the arena */
	size_t nfiles; /* seen so far, good or not */
};

/* What an attribute may hold. */
struct attribute {
	const char *name;
	bool optional;
	bool (*ok)(const char *value);
	const char *code; /* when the value is not allowed */
	const char *want; /* what it should be, for the message */
};

static const struct attribute root_attrs[] = {
    {"version", false, copl_manifest_version_ok, "manifest-value",
	N_("a number from 1")},
    {"project", false, copl_manifest_name_ok, "manifest-value",
	N_("an id such as \"youth_consultation\"")},
    {"recipient", true, copl_manifest_name_ok, "manifest-value",
	N_("the id of a recipient")},
    {"created", false, copl_manifest_instant_ok, "manifest-value",
	N_("a time in UTC such as \"2027-01-11T08:00:00Z\"")},
    {"expires", false, copl_manifest_instant_ok, "manifest-value",
	N_("a time in UTC such as \"2027-04-30T12:00:00Z\"")},
    {"draft", true, copl_manifest_yes_ok, "manifest-value", N_("\"yes\"")},
};

static const struct attribute file_attrs[] = {
    {"path", false, copl_manifest_path_ok, "manifest-path",
	N_("a relative path of at most four names of letters, digits, "
	   "\".\", \"_\" and \"-\"")},
    {"form", true, copl_manifest_name_ok, "manifest-value",
	N_("the id of a form")},
    {"lang", true, copl_manifest_lang_ok, "manifest-value",
	N_("a language tag such as \"zh-Hans\"")},
    {"recipient", true, copl_manifest_name_ok, "manifest-value",
	N_("the id of a recipient")},
    {"type", false, copl_manifest_type_ok, "manifest-value",
	N_("a media type such as \"text/html\"")},
    {"length", false, copl_manifest_length_ok, "manifest-value",
	N_("a number of bytes, at most 16777216")},
    {"sha256", false, copl_manifest_sha256_ok, "manifest-value",
	N_("64 digits, 0-9 and a-f")},
};

static const struct attribute without_attrs[] = {
    {"lang", false, copl_manifest_lang_ok, "manifest-value",
	N_("a language tag such as \"zh-Hans\"")},
    {"reason", false, copl_manifest_reason_ok, "manifest-value",
	N_("a sentence of at most 500 bytes")},
};

static const struct attribute fallback_attrs[] = {
    {"form", false, copl_manifest_name_ok, "manifest-value",
	N_("the id of a form")},
    {"lang", false, copl_manifest_lang_ok, "manifest-value",
	N_("a language tag such as \"zh-Hans\"")},
    {"texts", false, copl_manifest_version_ok, "manifest-value",
	N_("a number from 1")},
};

/* Its value is read, with a finding of its own, by copl_public_key_read. */
static const struct attribute key_attrs[] = {
    {"public", false, NULL, NULL, NULL},
};

static void say(const struct reading *d, const xmlNode *n, const char *code,
    const char *text)
{
	copl_report(
	    d->r, COPL_ERROR, code, copl_xml_place(d->x, n), "%s", text);
}

static bool is_listed(
    const struct attribute *list, size_t n, const xmlAttr *attr)
{
	size_t i;

	if (attr->ns != NULL)
		return false;
	for (i = 0; i < n; i++)
		if (strcmp(list[i].name, (const char *)attr->name) == 0)
			return true;
	return false;
}

static void check_unknown(const struct reading *d, const xmlNode *n,
    const struct attribute *list, size_t count)
{
	const xmlAttr *attr;

	for (attr = n->properties; attr != NULL; attr = attr->next)
		if (!is_listed(list, count, attr))
			copl_report(d->r, COPL_ERROR, "manifest-attribute",
			    copl_xml_attr_place(
				d->x, n, (const char *)attr->name),
			    _("<%s> has no attribute \"%s\""),
			    (const char *)n->name, (const char *)attr->name);
}

/* The value; NULL where there is none or where it was found wrong. */
static const char *read_attr(
    struct reading *d, const xmlNode *n, const struct attribute *attr)
{
	const char *value = copl_xml_get(n, attr->name, d->m->arena, d->r);

	if (value == NULL) {
		if (!attr->optional && !d->r->nomem)
			copl_report(d->r, COPL_ERROR, "manifest-missing-value",
			    copl_xml_place(d->x, n),
			    _("<%s> needs the attribute \"%s\""),
			    (const char *)n->name, attr->name);
		return NULL;
	}
	if (attr->ok == NULL || attr->ok(value))
		return value;
	copl_report(d->r, COPL_ERROR, attr->code,
	    copl_xml_attr_place(d->x, n, attr->name),
	    _("\"%s\" cannot be the \"%s\" here: it should be %s"), value,
	    attr->name, _(attr->want));
	return NULL;
}

/* Values in the order of the list.  True when nothing was found. */
static bool read_attrs(struct reading *d, const xmlNode *n,
    const struct attribute *list, size_t count, const char **values)
{
	size_t before = d->r->errors, i;

	check_unknown(d, n, list, count);
	for (i = 0; i < count; i++)
		values[i] = read_attr(d, n, &list[i]);
	if (n->children != NULL && list != root_attrs)
		say(d, n, "manifest-element",
		    _("nothing can stand inside this element"));
	return d->r->errors == before && !d->r->nomem;
}

static int64_t seconds_of(const char *instant)
{
	struct copl_instant t = {0, 0};

	return copl_instant_parse(instant, &t) ? t.seconds : 0;
}

static void read_root(struct reading *d, const xmlNode *root)
{
	const char *v[COPL_COUNT(root_attrs)] = {NULL};
	struct copl_manifest *m = d->m;

	if (!read_attrs(d, root, root_attrs, COPL_COUNT(root_attrs), v))
		return;
	if (!copl_number_parse(v[0], INT64_MAX, &m->version))
		m->version = 0;
	m->project = v[1];
	m->recipient = v[2];
	m->created = seconds_of(v[3]);
	m->expires = seconds_of(v[4]);
	m->draft = v[5] != NULL;
	if (m->expires <= m->created)
		copl_report(d->r, COPL_ERROR, "manifest-value",
		    copl_xml_attr_place(d->x, root, "expires"),
		    _("a release cannot expire before it is made"));
}

static void read_key(struct reading *d, const xmlNode *n)
{
	const char *v[COPL_COUNT(key_attrs)] = {NULL};
	struct copl_public_key key;
	struct copl_manifest *m = d->m;

	if (!read_attrs(d, n, key_attrs, COPL_COUNT(key_attrs), v))
		return;
	if (m->nkeys == COPL_COUNT(m->keys)) {
		say(d, n, "manifest-key",
		    _("a manifest names at most two keys"));
		return;
	}
	if (copl_public_key_read(v[0], copl_xml_attr_place(d->x, n, "public"),
		d->r, &key) != COPL_OK)
		return;
	if (m->nkeys == 1 && strcmp(m->keys[0], v[0]) == 0) {
		say(d, n, "manifest-key", _("this key is named twice"));
		return;
	}
	m->keys[m->nkeys++] = v[0];
}

/* One spelling of a manifest: by path, and so no path twice. */
static void check_order(const struct reading *d, const xmlNode *n)
{
	const struct copl_manifest_file *last;
	const char *path = d->files[d->m->nfiles - 1].path;
	int order;

	if (d->m->nfiles < 2)
		return;
	last = &d->files[d->m->nfiles - 2];
	order = strcmp(last->path, path);
	if (order == 0)
		copl_report(d->r, COPL_ERROR, "manifest-duplicate",
		    copl_xml_attr_place(d->x, n, "path"),
		    _("the file \"%s\" is named twice"), path);
	else if (order > 0)
		copl_report(d->r, COPL_ERROR, "manifest-order",
		    copl_xml_attr_place(d->x, n, "path"),
		    _("\"%s\" should stand before \"%s\": files are sorted "
		      "by path"),
		    path, last->path);
}

static void read_file(struct reading *d, const xmlNode *n)
{
	const char *v[COPL_COUNT(file_attrs)] = {NULL};
	struct copl_manifest_file *grown, *f;

	if (!read_attrs(d, n, file_attrs, COPL_COUNT(file_attrs), v))
		return;
	grown = copl_grow(d->files, d->m->nfiles, &d->room, sizeof(*d->files));
	if (grown == NULL) {
		d->r->nomem = true;
		return;
	}
	d->files = grown;
	f = &grown[d->m->nfiles++];
	f->path = v[0];
	f->form = v[1];
	f->lang = v[2];
	f->recipient = v[3];
	f->type = v[4];
	if (!copl_number_parse(v[5], COPL_RELEASE_FILE_MAX, &f->length))
		f->length = 0;
	f->sha256 = v[6];
	check_order(d, n);
}

/* Room for all elements of a name at once; NULL: too many, or no memory. */
static void *make_room(struct reading *d, const xmlNode *root, const char *name,
    size_t max, size_t size)
{
	const xmlNode *n;
	size_t k = 0;
	void *room;

	for (n = copl_xml_first(root); n != NULL; n = copl_xml_next(n))
		k += copl_xml_is(n, MANIFEST_NS, name);
	if (k > max) {
		copl_report(d->r, COPL_ERROR, "manifest-limit",
		    copl_xml_place(d->x, root),
		    _("a manifest holds at most %zu elements <%s>"), max, name);
		return NULL;
	}
	room = copl_arena_alloc(d->m->arena, (k + 1) * size);
	if (room == NULL)
		d->r->nomem = true;
	return room;
}

static void read_without(struct reading *d, const xmlNode *n)
{
	const char *v[COPL_COUNT(without_attrs)] = {NULL};
	struct copl_manifest *m = d->m;

	if (!read_attrs(d, n, without_attrs, COPL_COUNT(without_attrs), v))
		return;
	m->without[m->nwithout++] = (struct copl_manifest_without){v[0], v[1]};
}

static void read_fallback(struct reading *d, const xmlNode *n)
{
	const char *v[COPL_COUNT(fallback_attrs)] = {NULL};
	struct copl_manifest_fallback f = {NULL, NULL, 0};
	struct copl_manifest *m = d->m;

	if (!read_attrs(d, n, fallback_attrs, COPL_COUNT(fallback_attrs), v))
		return;
	f.form = v[0];
	f.lang = v[1];
	if (copl_number_parse(v[2], INT64_MAX, &f.texts))
		m->fallback[m->nfallback++] = f;
}

static bool make_rooms(struct reading *d, const xmlNode *root)
{
	struct copl_manifest *m = d->m;

	m->without = make_room(
	    d, root, "without", COPL_MANIFEST_WITHOUT_MAX, sizeof(*m->without));
	m->fallback = make_room(d, root, "fallback", COPL_MANIFEST_FALLBACK_MAX,
	    sizeof(*m->fallback));
	return m->without != NULL && m->fallback != NULL;
}

/* Text between the elements is not ours. */
static void check_text(const struct reading *d, const xmlNode *root)
{
	const xmlNode *n;

	for (n = root->children; n != NULL; n = n->next)
		if ((n->type == XML_TEXT_NODE ||
			n->type == XML_CDATA_SECTION_NODE) &&
		    n->content != NULL &&
		    strspn((const char *)n->content, " \t\r\n") !=
			strlen((const char *)n->content)) {
			say(d, root, "manifest-element",
			    _("a manifest holds no text"));
			return;
		}
}

static void read_child(struct reading *d, const xmlNode *n)
{
	if (copl_xml_is(n, MANIFEST_NS, "key"))
		read_key(d, n);
	else if (copl_xml_is(n, MANIFEST_NS, "without"))
		read_without(d, n);
	else if (copl_xml_is(n, MANIFEST_NS, "fallback"))
		read_fallback(d, n);
	else if (!copl_xml_is(n, MANIFEST_NS, "file"))
		copl_report(d->r, COPL_ERROR, "manifest-element",
		    copl_xml_place(d->x, n),
		    _("<%s> cannot stand in a manifest"),
		    (const char *)n->name);
	else if (++d->nfiles <= COPL_RELEASE_FILES_MAX)
		read_file(d, n);
	else
		copl_report(d->r, COPL_ERROR, "manifest-limit",
		    copl_xml_place(d->x, n),
		    _("a release holds at most %d files"),
		    COPL_RELEASE_FILES_MAX);
}

static void read_children(struct reading *d, const xmlNode *root)
{
	xmlNode *n;

	check_text(d, root);
	if (!make_rooms(d, root))
		return;
	for (n = copl_xml_first(root);
	     n != NULL && !d->r->nomem && d->nfiles <= COPL_RELEASE_FILES_MAX;
	     n = copl_xml_next(n))
		read_child(d, n);
	if (d->m->nkeys == 0 && d->r->errors == 0)
		say(d, root, "manifest-key",
		    _("a manifest names the key that signs it"));
}

static enum copl_status read_document(struct reading *d)
{
	const xmlNode *root = xmlDocGetRootElement(d->x->doc);
	size_t before = d->r->errors;

	if (!copl_xml_is(root, MANIFEST_NS, "manifest")) {
		say(d, root, "manifest-root",
		    _("this is not the manifest of a release, or one of a "
		      "newer kind: then get a newer cop-l10n"));
		return COPL_E_INVALID;
	}
	read_root(d, root);
	read_children(d, root);
	if (d->r->nomem)
		return COPL_E_NOMEM;
	if (d->r->errors > before)
		return COPL_E_INVALID;
	if (d->m->nfiles == 0)
		return COPL_OK;
	d->m->files =
	    copl_arena_alloc(d->m->arena, d->m->nfiles * sizeof(*d->m->files));
	if (d->m->files == NULL)
		return COPL_E_NOMEM;
	memcpy(d->m->files, d->files, d->m->nfiles * sizeof(*d->m->files));
	return COPL_OK;
}

enum copl_status copl_manifest_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_manifest **out)
{
	struct reading d = {.r = r};
	enum copl_status st = COPL_E_NOMEM;
	struct copl_xml *x = NULL;

	*out = NULL;
	if (len > COPL_MANIFEST_MAX) {
		copl_report(r, COPL_ERROR, "manifest-limit",
		    (struct copl_place){file, 0, 0},
		    _("a manifest has at most %zu bytes"), COPL_MANIFEST_MAX);
		return COPL_E_LIMIT;
	}
	d.m = calloc(1, sizeof(*d.m));
	if (d.m == NULL)
		goto out;
	d.m->arena = copl_arena_new();
	if (d.m->arena == NULL)
		goto out;
	st = copl_xml_read(bytes, len, file, COPL_XML_STRICT, r, &x);
	if (st != COPL_OK)
		goto out;
	d.x = x;
	st = read_document(&d);
	if (st != COPL_OK)
		goto out;
	*out = d.m;
	d.m = NULL;
out:
	free(d.files);
	copl_manifest_free(d.m);
	copl_xml_free(x);
	return st;
}
