/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "its/its_priv.h"

#define XFORMS "http://www.w3.org/2002/xforms"

static const struct embedded {
	const char *name; /* as in findings */
	const char *text;
	size_t len;
} files[] = {
#include "its/rules.inc"
};

/* Several files of one namespace apply in this order. */
static const struct builtin {
	const char *ns; /* of the documents' root element */
	const char *name;
} builtins[] = {
    {"urn:cop-l10n:form:1", "form.its"},
    {"urn:cop-l10n:project:1", "project.its"},
    {"urn:cop-l10n:interface:1", "interface.its"},
    {COPL_XHTML_NS, "xhtml.its"},
    {COPL_XHTML_NS, "xform.its"}, /* ODK: the root of a form is h:html */
    {XFORMS, "xhtml.its"},
    {XFORMS, "xform.its"},
};

/* A name that no file has is a mistake of this table. */
static enum copl_status add_file(
    struct copl_its_rules *rules, const char *name, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(files); i++)
		if (strcmp(files[i].name, name) == 0)
			return its_rules_text(rules, files[i].name,
			    files[i].text, files[i].len, r);
	return COPL_E_BUG;
}

enum copl_status copl_its_rules_builtin(
    struct copl_its_rules *rules, const char *ns, struct copl_reporter *r)
{
	enum copl_status st = COPL_E_NOTFOUND;
	size_t i;

	for (i = 0; i < COPL_COUNT(builtins); i++) {
		if (strcmp(builtins[i].ns, ns) != 0)
			continue;
		st = add_file(rules, builtins[i].name, r);
		if (st != COPL_OK)
			break;
	}
	return st;
}
