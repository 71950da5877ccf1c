/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "its/its_priv.h"
#include "its/rules.inc"

#define XHTML "http://www.w3.org/1999/xhtml"
#define XFORMS "http://www.w3.org/2002/xforms"
#define RULES(name) #name ".its", rules_##name, sizeof(rules_##name) - 1

/* Several files of one namespace apply in this order. */
static const struct builtin {
	const char *ns; /* of the documents' root element */
	const char *name; /* for findings */
	const char *text;
	size_t len;
} builtins[] = {
    {"urn:cop-l10n:form:1", RULES(form)},
    {"urn:cop-l10n:project:1", RULES(project)},
    {"urn:cop-l10n:interface:1", RULES(interface)},
    {XHTML, RULES(xhtml)},
    {XHTML, RULES(xform)}, /* ODK: the root of a form is h:html */
    {XFORMS, RULES(xhtml)},
    {XFORMS, RULES(xform)},
};

enum copl_status copl_its_rules_builtin(
    struct copl_its_rules *rules, const char *ns, struct copl_reporter *r)
{
	enum copl_status st = COPL_E_NOTFOUND;
	size_t i;

	for (i = 0; i < COPL_COUNT(builtins); i++) {
		if (strcmp(builtins[i].ns, ns) != 0)
			continue;
		st = its_rules_text(rules, builtins[i].name, builtins[i].text,
		    builtins[i].len, r);
		if (st != COPL_OK)
			break;
	}
	return st;
}
