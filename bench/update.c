/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * update POT PO OUT: what "cop-l10n update" does with one catalog once the
 * form is read, on files that msgmerge takes too: both are read, merged by id
 * and written.
 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "aid.h"
#include "catalog/catalog.h"

static struct copl_catalog *load(const char *path)
{
	struct copl_catalog *c = NULL;
	struct copl_reporter r;
	enum copl_status st = COPL_OK;

	copl_reporter_init(&r, NULL);
	st = copl_catalog_load(path, &r, &c);
	if (copl_reporter_end(&r, st) != COPL_OK)
		die("update: cannot read %s", path);
	return c;
}

static struct copl_entry *entries_of(const struct copl_catalog *pot)
{
	struct copl_entry *list = calloc(pot->nmessages + 1, sizeof(*list));

	if (list == NULL)
		die("update: no memory");
	for (size_t i = 0; i < pot->nmessages; i++) {
		const struct copl_message *m = &pot->messages[i];

		list[i] = (struct copl_entry){.extracted = m->extracted,
		    .ref = m->refs,
		    .flags = m->flags,
		    .ctxt = m->ctxt,
		    .id = m->id,
		    .plural = m->plural};
	}
	return list;
}

int main(int argc, char **argv)
{
	const struct copl_po_header h = {.project = "bench",
	    .created = "2027-01-12 08:00+0000",
	    .language = "fr"};
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_merge_counts counts = {0};
	struct copl_entry *entries = NULL;
	struct copl_catalog *pot = NULL;
	struct copl_catalog *po = NULL;
	struct copl_reporter r;
	enum copl_status st = COPL_OK;

	if (argc != 4)
		die("update: wrong usage");
	pot = load(argv[1]);
	po = load(argv[2]);
	entries = entries_of(pot);
	st = copl_catalog_merge(po, entries, pot->nmessages, &h, &out, &counts);
	copl_reporter_init(&r, NULL);
	if (st == COPL_OK)
		st = copl_file_replace(argv[3], out.s, out.len, 0666, &r, NULL);
	if (copl_reporter_end(&r, st) != COPL_OK)
		die("update: cannot merge");
	copl_strbuf_clear(&out);
	free(entries);
	copl_catalog_free(po);
	copl_catalog_free(pot);
	return 0;
}
