/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address at which young people find the forms of a recipient. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

/* It is typed from a poster, and a text message has little room. */
#define FORMS_MAX ((size_t)80)

static const char *forms_fault(const char *href)
{
	const char *fault = copl_project_url_fault(href, false);
	size_t len = strlen(href);

	if (fault != NULL)
		return fault;
	if (strncmp(href, "https://", 8) != 0)
		return _("young people send their answers from here, so "
			 "nobody must be able to read along: write https://");
	if (len > FORMS_MAX)
		return _("people type this address from a poster, and it must "
			 "fit into a text message: use one of at most 80 "
			 "characters");
	if (href[len - 1] == '/' && strpbrk(href, "?#") != NULL)
		return _("the address of a folder cannot have \"?\" or \"#\" "
			 "in it: remove them, or the slash at the end");
	return NULL;
}

const char *copl_project_read_forms(
    struct copl_project_reader *rd, const xmlNode *recipient)
{
	const xmlNode *n = copl_project_child(recipient, "forms");
	const char *href = n == NULL ? NULL : copl_project_get(rd, n, "href");
	const char *fault = href == NULL ? NULL : forms_fault(href);

	if (fault != NULL)
		copl_report(rd->r, COPL_ERROR, "project-url",
		    copl_project_at(rd, n, "href"), "%s", fault);
	return href;
}

const char *copl_recipient_address(const struct copl_recipient *r,
    const char *form, const char *lang, struct copl_arena *a)
{
	size_t len = strlen(r->forms);

	if (len > 0 && r->forms[len - 1] == '/')
		return copl_arena_printf(
		    a, "%s%s.%s.html", r->forms, form, lang);
	return copl_arena_strdup(a, r->forms);
}
