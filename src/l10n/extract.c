/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "l10n/l10n.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static enum copl_status write_template(const struct copl_units *u,
    const char *ref, const char *created, struct copl_strbuf *out)
{
	const struct copl_po_header header = {
	    .project = ref, .created = created};
	struct copl_arena *a = copl_arena_new();
	struct copl_entry *entries;
	enum copl_status st;
	size_t n, i;

	if (a == NULL)
		return COPL_E_NOMEM;
	st = copl_units_entries(u, ref, a, &entries, &n);
	if (st == COPL_OK) {
		copl_po_put_header(out, &header);
		for (i = 0; i < n; i++)
			copl_po_put_entry(out, &entries[i]);
		st = out->st;
	}
	copl_arena_free(a);
	return st;
}

enum copl_status copl_extract(const char *path,
    const struct copl_l10n_options *options, const char *created,
    const char *output, const struct copl_sink *sink)
{
	static const struct copl_l10n_options defaults = {0};
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_units *u = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	enum copl_status st;

	if (options == NULL)
		options = &defaults;
	copl_reporter_init(&r, sink);
	st = copl_xml_load(path, COPL_XML_DOCUMENT, COPL_XML_MAX, &r, &x);
	if (st == COPL_OK)
		st = copl_units_of(x, options->rules, options->nrules, &r, &u);
	if (st == COPL_OK)
		st = write_template(u, base_name(path), created, &out);
	if (st == COPL_OK)
		st = copl_file_replace(
		    output, copl_strbuf_text(&out), out.len, 0666, &r, NULL);
	copl_units_free(u);
	copl_xml_free(x);
	copl_strbuf_clear(&out);
	return copl_reporter_end(&r, st);
}
