/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <copl10n/l10n.h>
#include "base/i18n.h"
#include "l10n/l10n.h"
#include "locale/locale.h"

#define TAG_MAX 64

/* One document on its way into one language. */
struct target {
	struct copl_catalog *catalog;
	char tag[TAG_MAX];
	struct copl_strbuf out;
};

/* gettext's "zh_CN", "sr@latin" as BCP 47: "zh-CN", "sr-Latn". */
static bool tag_of(const char *name, char out[TAG_MAX])
{
	const char *at = strchr(name, '@');
	size_t len = at == NULL ? strlen(name) : (size_t)(at - name), i;

	if (len == 0 || len + 6 >= TAG_MAX)
		return false;
	for (i = 0; i < len; i++)
		out[i] = name[i] == '_' ? '-' : name[i];
	out[len] = '\0';
	if (at != NULL && strcmp(at, "@latin") == 0)
		memcpy(out + len, "-Latn", 6);
	else if (at != NULL && strcmp(at, "@cyrillic") == 0)
		memcpy(out + len, "-Cyrl", 6);
	return copl_locale_known(out);
}

static enum copl_status open_catalog(
    const char *path, struct copl_reporter *r, struct target *t)
{
	struct copl_place at = {path, 0, 0};
	enum copl_status st;
	const char *name;

	st = copl_catalog_load(path, r, &t->catalog);
	if (st != COPL_OK)
		return st;
	name = copl_catalog_field(t->catalog, "Language", &at);
	if (name != NULL && tag_of(name, t->tag))
		return COPL_OK;
	if (at.file == NULL)
		at.file = path;
	copl_report(r, COPL_ERROR, "header-language", at,
	    _("the header must name the catalog's language, for example "
	      "\"Language: fr\""));
	return COPL_E_INVALID;
}

/* Vocabularies that know an attribute "dir" on their root. */
static bool has_dir(const xmlNode *root)
{
	return copl_xml_is(root, "http://www.w3.org/1999/xhtml", NULL) ||
	       (root->ns != NULL && strncmp((const char *)root->ns->href,
					"urn:cop-l10n:", 13) == 0);
}

static enum copl_status apply(const struct copl_units *u,
    const struct copl_l10n_options *o, struct copl_reporter *r,
    struct target *t)
{
	struct copl_apply how = {.lang = t->tag,
	    .use_fuzzy = o->use_fuzzy,
	    .keep_missing = o->keep_missing};

	if (has_dir(xmlDocGetRootElement(u->xml->doc)))
		how.dir = copl_locale_dir(t->tag);
	return copl_units_apply(u, t->catalog, &how, r, &t->out);
}

/* DIR/NAME.LANG.EXT */
static char *output_path(
    struct copl_arena *a, const char *dir, const char *path, const char *tag)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	const char *dot = strrchr(name, '.');
	char *file;

	if (dot == NULL || dot == name)
		dot = name + strlen(name);
	file = copl_arena_printf(
	    a, "%.*s.%s%s", (int)(dot - name), name, tag, dot);
	return file == NULL ? NULL : copl_path_join(a, dir, file);
}

static enum copl_status write_target(const char *path, const char *dir,
    const struct target *t, struct copl_arena *a, struct copl_reporter *r)
{
	struct copl_field fields[3];
	enum copl_status st;
	bool changed;
	char *file = output_path(a, dir, path, t->tag);

	if (file == NULL)
		return COPL_E_NOMEM;
	st = copl_file_replace(
	    file, copl_strbuf_text(&t->out), t->out.len, 0666, r, &changed);
	if (st != COPL_OK)
		return st;
	fields[0] = (struct copl_field){"file", file};
	fields[1] = (struct copl_field){"language", t->tag};
	fields[2] = (struct copl_field){"written", changed ? "yes" : "no"};
	copl_tell(r, "localized", fields, 3, "%s", file);
	return COPL_OK;
}

/* Every catalog is read and applied before the first file is written. */
static enum copl_status run(const char *path, const struct copl_l10n_options *o,
    const char *const *catalogs, size_t n, const char *outdir,
    struct target *targets, struct copl_arena *a, struct copl_reporter *r)
{
	enum copl_status st, worst = COPL_OK;
	struct copl_units *u = NULL;
	struct copl_xml *x = NULL;
	size_t i;

	st = copl_xml_load(path, COPL_XML_DOCUMENT, COPL_XML_MAX, r, &x);
	if (st == COPL_OK)
		st = copl_units_of(x, o->rules, o->nrules, r, &u);
	for (i = 0; i < n && st == COPL_OK; i++) {
		enum copl_status one =
		    open_catalog(catalogs[i], r, &targets[i]);

		if (one == COPL_OK)
			one = apply(u, o, r, &targets[i]);
		if (one != COPL_OK)
			worst = one;
		if (one == COPL_E_NOMEM)
			st = one;
	}
	if (st == COPL_OK)
		st = worst;
	if (st == COPL_OK)
		st = copl_dir_make(outdir, r);
	for (i = 0; i < n && st == COPL_OK; i++)
		st = write_target(path, outdir, &targets[i], a, r);
	copl_units_free(u);
	copl_xml_free(x);
	return st;
}

enum copl_status copl_localize(const char *path,
    const struct copl_l10n_options *options, const char *const *catalogs,
    size_t n, const char *outdir, const struct copl_sink *sink)
{
	static const struct copl_l10n_options defaults = {0};
	struct copl_arena *a = copl_arena_new();
	struct target *targets = calloc(n + 1, sizeof(*targets));
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter r;
	size_t i;

	if (options == NULL)
		options = &defaults;
	copl_reporter_init(&r, sink);
	if (a != NULL && targets != NULL)
		st = run(path, options, catalogs, n, outdir, targets, a, &r);
	for (i = 0; targets != NULL && i < n; i++) {
		copl_catalog_free(targets[i].catalog);
		copl_strbuf_clear(&targets[i].out);
	}
	free(targets);
	copl_arena_free(a);
	return copl_reporter_end(&r, st);
}
