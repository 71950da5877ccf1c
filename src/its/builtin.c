/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "its/its_priv.h"
#include "its/rules.inc"

static const struct builtin {
	const char *ns; /* of the documents' root element */
	const char *name; /* for findings */
	const char *text;
	size_t len;
} builtins[] = {
    {"urn:cop-l10n:form:1", "form.its", rules_form, sizeof(rules_form) - 1},
    {"urn:cop-l10n:project:1", "project.its", rules_project,
	sizeof(rules_project) - 1},
    {"urn:cop-l10n:interface:1", "interface.its", rules_interface,
	sizeof(rules_interface) - 1},
};

enum copl_status copl_its_rules_builtin(
    struct copl_its_rules *rules, const char *ns, struct copl_reporter *r)
{
	struct copl_xml *x, **docs;
	enum copl_status st;
	size_t i;

	for (i = 0; i < COPL_COUNT(builtins); i++)
		if (strcmp(builtins[i].ns, ns) == 0)
			break;
	if (i == COPL_COUNT(builtins))
		return COPL_E_NOTFOUND;
	docs = copl_grow(
	    rules->docs, rules->ndocs, &rules->docs_room, sizeof(*docs));
	if (docs == NULL)
		return COPL_E_NOMEM;
	rules->docs = docs;
	st = copl_xml_read(builtins[i].text, builtins[i].len, builtins[i].name,
	    COPL_XML_STRICT, r, &x);
	if (st != COPL_OK)
		return st;
	rules->docs[rules->ndocs++] = x;
	return copl_its_rules_add(rules, x, xmlDocGetRootElement(x->doc), r);
}
