/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include "catalog/catalog_priv.h"

void copl_po_put_msgstr(
    struct copl_strbuf *out, bool plural, const char *const *forms, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		char keyword[32] = "msgstr";

		if (plural)
			snprintf(keyword, sizeof(keyword), "msgstr[%u]", i);
		po_put_string(out, "", keyword, forms[i]);
	}
}

void copl_po_put_forms(struct copl_strbuf *out, const char *comment,
    const struct copl_entry *e, const char *const *forms, unsigned n)
{
	if (out->len > 0)
		copl_strbuf_add(out, "\n", 1);
	po_put_comment(out, "#", comment);
	po_put_source(out, e);
	copl_po_put_msgstr(out, e->plural != NULL, forms, n);
}
