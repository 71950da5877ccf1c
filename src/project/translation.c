/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a project says to those who translate it. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

/* The day in an attribute; otherwise when it is not there or no day. */
static int64_t read_day(
    struct copl_project_reader *rd, const xmlNode *n, int64_t otherwise)
{
	const char *s = copl_project_get(rd, n, "due");
	int64_t day;

	if (s == NULL)
		return otherwise;
	/* A day before 1970 would read as "not said". */
	if (copl_date_parse(s, &day) && day >= 0)
		return day;
	copl_project_bad_value(rd, n, "due", s,
	    _("write the day as year, month and day, such as "
	      "\"2027-02-01\""));
	return otherwise;
}

void copl_project_read_language(
    struct copl_project_reader *rd, const xmlNode *n, struct copl_language *out)
{
	const char *address = copl_project_get(rd, n, "address");

	out->due = read_day(rd, n, rd->p->translation_due);
	out->address = COPL_ADDRESS_NONE;
	if (address == NULL)
		return;
	if (strcmp(address, "informal") == 0)
		out->address = COPL_ADDRESS_INFORMAL;
	else if (strcmp(address, "formal") == 0)
		out->address = COPL_ADDRESS_FORMAL;
	else
		copl_project_bad_value(rd, n, "address", address,
		    _("write \"informal\" or \"formal\""));
}

/* A file or folder of the project that a child names; NULL: none. */
static const char *read_path(struct copl_project_reader *rd,
    const xmlNode *root, const char *name, struct copl_place *at)
{
	const xmlNode *n = copl_project_child(root, name);
	const char *src;

	if (n == NULL)
		return NULL;
	*at = copl_project_at(rd, n, "src");
	return copl_project_read_source(rd, n, &src);
}

void copl_project_read_translation(
    struct copl_project_reader *rd, const xmlNode *root)
{
	struct copl_project *p = rd->p;
	const xmlNode *n = copl_project_child(root, "translation");

	p->glossary_path = read_path(rd, root, "glossary", &p->glossary_at);
	p->compendium_path =
	    read_path(rd, root, "compendium", &p->compendium_at);
	p->translation_due = n == NULL ? -1 : read_day(rd, n, -1);
}
