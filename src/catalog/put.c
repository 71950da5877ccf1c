/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "catalog/catalog_priv.h"

/* Flags with fuzzy first, as gettext writes them, or without it. */
static void put_flags(struct copl_strbuf *out, const struct copl_message *m)
{
	const char *s = m->flags == NULL ? "" : m->flags, *sep = "#, ";
	size_t len;

	if (m->fuzzy) {
		copl_strbuf_puts(out, "#, fuzzy");
		sep = ", ";
	}
	for (; *s != '\0'; s += len) {
		s += strspn(s, ", \t\n");
		len = strcspn(s, ",\n");
		if (len == 0 || (len == 5 && memcmp(s, "fuzzy", 5) == 0))
			continue;
		copl_strbuf_puts(out, sep);
		copl_strbuf_add(out, s, len);
		sep = ", ";
	}
	if (*sep == ',')
		copl_strbuf_puts(out, "\n");
}

static void put_previous(
    struct copl_strbuf *out, const char *mark, const struct copl_previous *prev)
{
	if (prev == NULL)
		return;
	if (prev->ctxt != NULL)
		po_put_string(out, mark, "msgctxt", prev->ctxt);
	if (prev->id != NULL)
		po_put_string(out, mark, "msgid", prev->id);
	if (prev->plural != NULL)
		po_put_string(out, mark, "msgid_plural", prev->plural);
}

void copl_po_put_message(struct copl_strbuf *out, const struct copl_message *m)
{
	const char *mark = m->obsolete ? "#~ " : "";
	char keyword[32];
	size_t i;

	po_put_comment(out, "#", m->comment);
	po_put_comment(out, "#.", m->extracted);
	po_put_comment(out, "#:", m->refs);
	put_flags(out, m);
	put_previous(out, m->obsolete ? "#~| " : "#| ", m->prev);
	if (m->ctxt != NULL)
		po_put_string(out, mark, "msgctxt", m->ctxt);
	po_put_string(out, mark, "msgid", m->id);
	if (m->plural != NULL)
		po_put_string(out, mark, "msgid_plural", m->plural);
	for (i = 0; i < m->nstr; i++) {
		if (m->plural == NULL)
			snprintf(keyword, sizeof(keyword), "msgstr");
		else
			snprintf(keyword, sizeof(keyword), "msgstr[%zu]", i);
		po_put_string(out, mark, keyword, m->str[i]);
	}
}
