/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The public door to a catalog: <copl10n/catalog.h>. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <copl10n/catalog.h>
#include "catalog/catalog.h"

/* The file of that name, or its bytes where they are given. */
static enum copl_status open_po(const char *file, const char *bytes, size_t len,
    const struct copl_sink *sink, struct copl_po **out)
{
	struct copl_catalog *c = NULL;
	char *name = strdup(file);
	struct copl_reporter r;
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	copl_reporter_init(&r, sink);
	if (name != NULL)
		st = bytes == NULL
			 ? copl_catalog_load(name, &r, &c)
			 : copl_catalog_read(bytes, len, name, &r, &c);
	st = copl_reporter_end(&r, st);
	if (st != COPL_OK || c == NULL) {
		copl_catalog_free(c);
		free(name);
		return st;
	}
	/* Findings borrow the file's name: the catalog keeps this copy. */
	c->own_name = name;
	*out = (struct copl_po *)c;
	return COPL_OK;
}

enum copl_status copl_po_load(
    const char *path, const struct copl_sink *sink, struct copl_po **out)
{
	return open_po(path, NULL, 0, sink, out);
}

enum copl_status copl_po_read(const char *bytes, size_t len, const char *name,
    const struct copl_sink *sink, struct copl_po **out)
{
	return open_po(name, bytes == NULL ? "" : bytes, len, sink, out);
}

void copl_po_free(struct copl_po *po)
{
	copl_catalog_free((struct copl_catalog *)po);
}

static const struct copl_catalog *catalog_of(const struct copl_po *po)
{
	return (const struct copl_catalog *)po;
}

static void fill(const struct copl_message *m, struct copl_po_message *out)
{
	*out = (struct copl_po_message){.context = m->ctxt,
	    .id = m->id,
	    .plural = m->plural,
	    .text = m->nstr == 0 ? "" : m->str[0],
	    .fuzzy = m->fuzzy,
	    .obsolete = m->obsolete,
	    .line = m->at.line};
}

size_t copl_po_count(const struct copl_po *po)
{
	return catalog_of(po)->nmessages;
}

bool copl_po_message(
    const struct copl_po *po, size_t index, struct copl_po_message *out)
{
	const struct copl_catalog *c = catalog_of(po);

	if (index >= c->nmessages)
		return false;
	fill(&c->messages[index], out);
	return true;
}

bool copl_po_find(const struct copl_po *po, const char *context, const char *id,
    struct copl_po_message *out)
{
	const struct copl_message *m =
	    copl_catalog_find(catalog_of(po), context, id);

	if (m == NULL)
		return false;
	fill(m, out);
	return true;
}

const char *copl_po_field(const struct copl_po *po, const char *name)
{
	return copl_catalog_field(catalog_of(po), name, NULL);
}
