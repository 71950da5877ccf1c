/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "l10n/l10n.h"

enum copl_status copl_extract(const char *path,
    const struct copl_l10n_options *options, const char *created,
    const char *output, const struct copl_sink *sink)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_units *u = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_units_load(path, options, &r, &x, &u);
	if (st == COPL_OK)
		st =
		    copl_units_template(u, copl_path_name(path), created, &out);
	if (st == COPL_OK)
		st = copl_file_output(
		    output, copl_strbuf_text(&out), out.len, 0666, &r, NULL);
	copl_units_free(u);
	copl_xml_free(x);
	copl_strbuf_clear(&out);
	return copl_reporter_end(&r, st);
}
