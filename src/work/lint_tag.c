/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "work/document.h"
#include "work/lint_tag.h"

/*
 * Is it a name that nobody gives a file for another reason?  Three letters are
 * most words' beginning ("app", "cop"), which are languages too.
 */
static bool is_plainly_language(const char *name)
{
	size_t n = strcspn(name, "-_@");

	return n == 2 || (n == 3 && name[n] != '\0');
}

/* "fr.po", "zh_CN.po", "form.fr.po": the last part of the name. */
static bool by_file(
    const char *path, struct copl_reporter *r, char out[COPL_TAG_MAX])
{
	const char *name = copl_path_name(path), *end = strrchr(name, '.');
	char part[COPL_TAG_MAX];
	size_t n;

	if (end == NULL)
		return false;
	for (n = 0; end - n > name && end[-(ptrdiff_t)n - 1] != '.';)
		n++;
	if (n == 0 || n >= sizeof(part))
		return false;
	memcpy(part, end - n, n);
	part[n] = '\0';
	return is_plainly_language(part) && copl_tag_of_name(part, r, out);
}

/* "plugin-fr_FR.po": asked only where the header is silent. */
static bool by_ending(
    const char *path, struct copl_reporter *r, char out[COPL_TAG_MAX])
{
	const char *name = copl_path_name(path), *end = strrchr(name, '.');
	const char *dash = strrchr(name, '-');
	char part[COPL_TAG_MAX];
	size_t n;

	if (end == NULL || dash == NULL || dash > end)
		return false;
	n = (size_t)(end - dash) - 1;
	if (n == 0 || n >= sizeof(part))
		return false;
	memcpy(part, dash + 1, n);
	part[n] = '\0';
	return is_plainly_language(part) && copl_tag_of_name(part, r, out);
}

void copl_lint_tag(const struct copl_catalog *c, struct copl_reporter *r,
    char out[COPL_TAG_MAX])
{
	char file[COPL_TAG_MAX];
	bool named = by_file(c->file, r, file);
	struct copl_place at = {c->file, 0, 0};
	const char *value = copl_catalog_field(c, "Language", &at);
	bool said =
	    value != NULL && *value != '\0' && copl_tag_of_name(value, r, out);

	if (said && (!named || copl_lint_same_language(out, file)))
		return;
	if (named || (!said && by_ending(c->file, r, file))) {
		memcpy(out, file, sizeof(file));
		return;
	}
	if (!r->nomem)
		copl_report(r, COPL_ERROR, "header-language", at,
		    _("the header must name the catalog's language, for "
		      "example \"Language: fr\""));
	memcpy(out, "und", 4);
}
