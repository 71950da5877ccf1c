/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "project/project_priv.h"

size_t copl_project_each_word(struct copl_project_reader *rd, const xmlNode *n,
    const char *attr, copl_project_word *fn, void *arg)
{
	const char *text = copl_strbuf_text(&rd->p->xml->text);
	const xmlAttr *a = xmlHasNsProp(n, (const xmlChar *)attr, NULL);
	const struct copl_xml_attr *source =
	    a == NULL ? NULL : copl_xml_attr_source(rd->p->xml, a);
	size_t at, end, words = 0;

	if (source == NULL)
		return 0;
	end = source->value + source->value_len;
	for (at = source->value; at < end;) {
		size_t len = 0;
		char *word;

		while (at + len < end && !copl_is_space(text[at + len]))
			len++;
		if (len > 0) {
			word = copl_arena_strndup(rd->p->arena, text + at, len);
			if (word == NULL) {
				rd->r->nomem = true;
				return words;
			}
			fn(rd, word, copl_xml_at(rd->p->xml, at), arg);
			words++;
		}
		at += len + 1;
	}
	return words;
}
