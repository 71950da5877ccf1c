/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Catalogs that are checked on their own, without a project. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <copl10n/lint.h>
#include "base/i18n.h"
#include "work/document.h"
#include "work/lint_tag.h"
#include "work/work.h"

/* What the catalogs are compared with. */
struct master {
	struct copl_arena *arena;
	struct copl_xml *xml; /* one of the two is there, or none */
	struct copl_units *units;
	struct copl_catalog *catalog;
	struct copl_glossary *glossary;
	struct copl_lint how; /* for all catalogs, without their language */
};

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

static enum copl_status take_units(struct master *m)
{
	const struct copl_xml *x = m->xml;
	struct copl_lint_unit *list = NULL;
	const char *ns = copl_xml_element_name(x, 0)->ns;
	bool form = ns != NULL && strcmp(ns, COPL_FORM_NS) == 0;
	enum copl_status st =
	    copl_lint_units_of(m->units, form, m->arena, &list);

	m->how.units = list;
	m->how.nunits = m->units->n;
	m->how.source_lang = m->units->lang;
	return st;
}

static enum copl_status take_messages(struct master *m)
{
	const struct copl_catalog *c = m->catalog;
	struct copl_lint_unit *list =
	    copl_arena_alloc(m->arena, (c->nmessages + 1) * sizeof(*list));
	size_t n = 0, i;

	if (list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *from = &c->messages[i];

		if (from->obsolete)
			continue;
		list[n].id = from->ctxt;
		list[n].msgid = from->id;
		list[n].plural = from->plural;
		n++;
	}
	m->how.units = list;
	m->how.nunits = n;
	return COPL_OK;
}

static enum copl_status load_master(
    struct master *m, const char *path, struct copl_reporter *r)
{
	enum copl_status st;

	if (path == NULL)
		return COPL_OK;
	m->arena = copl_arena_new();
	if (m->arena == NULL)
		return COPL_E_NOMEM;
	if (ends_with(path, ".po") || ends_with(path, ".pot")) {
		st = copl_catalog_load(path, r, &m->catalog);
		return st == COPL_OK ? take_messages(m) : st;
	}
	st = copl_units_load(path, NULL, r, &m->xml, &m->units);
	return st == COPL_OK ? take_units(m) : st;
}

static enum copl_status load_glossary(
    struct master *m, const char *path, struct copl_reporter *r)
{
	enum copl_status st = path == NULL
				  ? copl_glossary_shipped(&m->glossary)
				  : copl_glossary_load(path, r, &m->glossary);

	m->how.glossary = m->glossary;
	return st;
}

static void free_master(struct master *m)
{
	copl_glossary_free(m->glossary);
	copl_catalog_free(m->catalog);
	copl_units_free(m->units);
	copl_xml_free(m->xml);
	copl_arena_free(m->arena);
}

static void tell(struct copl_reporter *r, const struct copl_catalog *c,
    const char *tag, size_t errors, size_t warnings)
{
	char texts[24], bad[24], odd[24];
	const struct copl_field fields[] = {{"file", c->file},
	    {"language", tag}, {"messages", texts}, {"errors", bad},
	    {"warnings", odd}};

	snprintf(texts, sizeof(texts), "%zu", c->nmessages);
	snprintf(bad, sizeof(bad), "%zu", errors);
	snprintf(odd, sizeof(odd), "%zu", warnings);
	copl_tell(r, "linted", fields, COPL_COUNT(fields),
	    _("%s (%s): messages %zu, errors %zu, warnings %zu"), c->file, tag,
	    c->nmessages, errors, warnings);
}

static enum copl_status lint_file(const char *path, const struct master *m,
    bool strict, const struct copl_sink *sink)
{
	struct copl_catalog *c = NULL;
	struct copl_lint how = m->how;
	struct copl_reporter r;
	char tag[COPL_TAG_MAX] = "und";
	size_t errors, warnings;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_catalog_load(path, &r, &c);
	if (st == COPL_OK) {
		copl_lint_tag(c, &r, tag);
		how.tag = tag;
		st = m->units != NULL
			 ? copl_lint_with_units(c, &how, m->units, &r)
			 : copl_lint_catalog(c, &how, &r);
	}
	errors = r.errors;
	warnings = r.warnings;
	if (st == COPL_OK && (errors > 0 || (strict && warnings > 0)))
		st = COPL_E_INVALID;
	st = copl_reporter_end(&r, st);
	if (c != NULL && st != COPL_E_NOMEM)
		tell(&r, c, tag, errors, warnings);
	copl_catalog_free(c);
	return st;
}

/* What cannot be read weighs more than what is wrong. */
static enum copl_status worse(enum copl_status a, enum copl_status b)
{
	if (a == COPL_OK || b == COPL_E_NOMEM || (b == COPL_E_IO))
		return b;
	return a;
}

enum copl_status copl_lint_files(const char *const *catalogs, size_t n,
    const struct copl_lint_options *options, const struct copl_sink *sink)
{
	static const struct copl_lint_options defaults = {.strict = false};
	const struct copl_lint_options *o =
	    options == NULL ? &defaults : options;
	struct master m = {.how = {.release = true,
			       .alone = true,
			       .source_lang = "en",
			       .show_ignored = o->show_ignored}};
	enum copl_status st, terms;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, sink);
	st = load_master(&m, o->master, &r);
	terms = load_glossary(&m, o->glossary, &r);
	st = copl_reporter_end(&r, terms == COPL_OK ? st : worse(st, terms));
	for (i = 0; i < n && st != COPL_E_NOMEM; i++) {
		enum copl_status one =
		    lint_file(catalogs[i], &m, o->strict, sink);

		st = one == COPL_OK ? st : worse(st, one);
	}
	free_master(&m);
	return st;
}
