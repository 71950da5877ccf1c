/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "work/document.h"

struct copl_document {
	struct copl_arena *arena;
	struct copl_xml *xml;
	struct copl_units *units;
	struct copl_l10n_options options; /* its lists are in the arena */
	const char *name;
};

bool copl_tag_of_name(
    const char *name, struct copl_reporter *r, char out[COPL_TAG_MAX])
{
	const char *at = strchr(name, '@');
	size_t len = at == NULL ? strlen(name) : (size_t)(at - name), i;
	enum copl_status st;

	if (len == 0 || len + 6 >= COPL_TAG_MAX)
		return false;
	for (i = 0; i < len; i++)
		out[i] = name[i] == '_' ? '-' : name[i];
	out[len] = '\0';
	if (at != NULL && strcmp(at, "@latin") == 0)
		memcpy(out + len, "-Latn", 6);
	else if (at != NULL && strcmp(at, "@cyrillic") == 0)
		memcpy(out + len, "-Cyrl", 6);
	st = copl_locale_known(out);
	r->nomem |= st == COPL_E_NOMEM;
	if (st != COPL_OK)
		out[0] = '\0'; /* nobody takes it for a tag */
	return st == COPL_OK;
}

/* "po/zh_CN.po" speaks of zh_CN. */
static bool tag_of_file(
    const char *path, struct copl_reporter *r, char out[COPL_TAG_MAX])
{
	const char *name = copl_path_name(path);
	size_t len = strcspn(name, ".");
	char stem[COPL_TAG_MAX];

	if (len == 0 || len >= sizeof(stem))
		return false;
	memcpy(stem, name, len);
	stem[len] = '\0';
	return copl_tag_of_name(stem, r, out);
}

bool copl_catalog_tag(const struct copl_catalog *c, struct copl_reporter *r,
    char out[COPL_TAG_MAX])
{
	struct copl_place at = {c->file, 0, 0};
	const char *name = copl_catalog_field(c, "Language", &at);

	if (name != NULL && *name != '\0' && copl_tag_of_name(name, r, out))
		return true;
	if (at.file == NULL)
		at.file = c->file;
	if ((name == NULL || *name == '\0') && tag_of_file(c->file, r, out)) {
		copl_report(r, COPL_NOTE, "header-language", at,
		    _("the header names no language: by the file's name it is "
		      "%s"),
		    out);
		return true;
	}
	if (r->nomem)
		return false;
	copl_report(r, COPL_ERROR, "header-language", at,
	    _("the header must name the catalog's language, for example "
	      "\"Language: fr\""));
	return false;
}

struct copl_apply copl_apply_of(const struct copl_units *u,
    const struct copl_l10n_options *o, const char *tag, struct copl_reporter *r)
{
	struct copl_apply how = {.lang = tag,
	    .missing = o->missing,
	    .use_fuzzy = o->use_fuzzy,
	    .strip_its = o->strip_its};
	struct copl_strbuf name = COPL_STRBUF_INIT(1 << 10);
	enum copl_status st;

	if (copl_units_have_dir(u))
		how.dir = copl_locale_dir(tag);
	st = copl_locale_autonym(tag, &name);
	r->nomem |= st == COPL_E_NOMEM;
	if (st == COPL_OK && name.len < sizeof(how.name))
		memcpy(how.name, name.s, name.len + 1);
	copl_strbuf_clear(&name);
	return how;
}

/* ---- documents ---- */

static const char *const *copy_list(
    struct copl_arena *a, const char *const *list, size_t n)
{
	const char **copy = copl_arena_alloc(a, (n + 1) * sizeof(*copy));
	size_t i;

	for (i = 0; copy != NULL && i < n; i++) {
		copy[i] = copl_arena_strdup(a, list[i]);
		if (copy[i] == NULL)
			return NULL;
	}
	return copy;
}

static struct copl_document *new_document(
    const char *name, const struct copl_l10n_options *options)
{
	struct copl_document *d = calloc(1, sizeof(*d));

	if (d == NULL)
		return NULL;
	d->arena = copl_arena_new();
	if (d->arena == NULL)
		goto fail;
	if (options != NULL)
		d->options = *options;
	d->name = copl_arena_strdup(d->arena, name);
	d->options.its.rules =
	    copy_list(d->arena, d->options.its.rules, d->options.its.nrules);
	d->options.its.params =
	    copy_list(d->arena, d->options.its.params, d->options.its.nparams);
	if (d->name != NULL && d->options.its.rules != NULL &&
	    d->options.its.params != NULL)
		return d;
fail:
	copl_document_free(d);
	return NULL;
}

void copl_document_free(struct copl_document *d)
{
	if (d == NULL)
		return;
	copl_units_free(d->units);
	copl_xml_free(d->xml);
	copl_arena_free(d->arena);
	free(d);
}

static enum copl_status open_document(struct copl_document *d,
    enum copl_status st, struct copl_reporter *r, struct copl_document **out)
{
	if (st == COPL_OK)
		st = copl_units_of(d->xml, &d->options, r, &d->units);
	st = copl_reporter_end(r, st);
	if (st == COPL_OK)
		*out = d;
	else
		copl_document_free(d);
	return st;
}

enum copl_status copl_document_read(const char *bytes, size_t len,
    const char *name, const struct copl_l10n_options *options,
    const struct copl_sink *sink, struct copl_document **out)
{
	struct copl_document *d = new_document(name, options);
	struct copl_reporter r;
	enum copl_status st;

	*out = NULL;
	if (d == NULL)
		return COPL_E_NOMEM;
	copl_reporter_init(&r, sink);
	st = len > COPL_XML_DOCUMENT_MAX ? COPL_E_LIMIT
					 : copl_xml_read(bytes, len, d->name,
					       COPL_XML_DOCUMENT, &r, &d->xml);
	return open_document(d, st, &r, out);
}

enum copl_status copl_document_load(const char *path,
    const struct copl_l10n_options *options, const struct copl_sink *sink,
    struct copl_document **out)
{
	struct copl_document *d = new_document(path, options);
	struct copl_reporter r;
	enum copl_status st;

	*out = NULL;
	if (d == NULL)
		return COPL_E_NOMEM;
	copl_reporter_init(&r, sink);
	st = copl_xml_load(
	    d->name, COPL_XML_DOCUMENT, COPL_XML_DOCUMENT_MAX, &r, &d->xml);
	return open_document(d, st, &r, out);
}

size_t copl_document_count(const struct copl_document *d)
{
	return d->units->n;
}

bool copl_document_text(
    const struct copl_document *d, size_t index, struct copl_text *out)
{
	const struct copl_unit *unit;
	struct copl_place at;

	if (index >= d->units->n)
		return false;
	unit = &d->units->list[index];
	at = copl_unit_place(d->units, unit);
	*out = (struct copl_text){.id = unit->id,
	    .text = unit->text.msgid,
	    .note = unit->value->f[COPL_ITS_F_NOTE],
	    .context = unit->value->f[COPL_ITS_F_CONTEXT],
	    .line = at.line,
	    .column = at.column,
	    .attribute = unit->attr != COPL_XML_NONE,
	    .preserve = unit->text.preserve,
	    .maxchars = unit->value->maxchars};
	return true;
}

const char *copl_document_language(const struct copl_document *d)
{
	return d->units->lang;
}

void copl_bytes_free(struct copl_bytes *bytes)
{
	free(bytes->data);
	bytes->data = NULL;
	bytes->len = 0;
}

/* Hands the bytes of a buffer on to the caller. */
static enum copl_status give(
    struct copl_strbuf *b, enum copl_status st, struct copl_bytes *out)
{
	out->data = NULL;
	out->len = 0;
	if (st != COPL_OK) {
		copl_strbuf_clear(b);
		return st;
	}
	out->data = b->s;
	out->len = b->len;
	return COPL_OK;
}

enum copl_status copl_document_template(
    const struct copl_document *d, const char *created, struct copl_bytes *out)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);

	return give(&b,
	    copl_units_template(d->units, copl_path_name(d->name), created, &b),
	    out);
}

enum copl_status copl_document_localize(const struct copl_document *d,
    const struct copl_po *po, const struct copl_sink *sink,
    struct copl_bytes *out)
{
	const struct copl_catalog *c = (const struct copl_catalog *)po;
	struct copl_strbuf b = COPL_STRBUF_INIT(1);
	enum copl_status st = COPL_E_INVALID;
	char tag[COPL_TAG_MAX];
	struct copl_reporter r;

	copl_reporter_init(&r, sink);
	if (copl_catalog_tag(c, &r, tag)) {
		struct copl_apply how =
		    copl_apply_of(d->units, &d->options, tag, &r);

		st = copl_units_apply(d->units, c, &how, &r, &b);
	}
	return give(&b, copl_reporter_end(&r, st), out);
}
