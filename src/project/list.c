/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "base/i18n.h"
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

/* ---- languages ---- */

struct tags {
	const struct copl_language **list;
	size_t n;
};

bool copl_project_has_language(const struct copl_language *const *list,
    size_t n, const struct copl_language *l)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i] == l)
			return true;
	return false;
}

static void add_language(struct copl_project_reader *rd, const char *tag,
    struct copl_place at, void *arg)
{
	const struct copl_language *l = copl_project_language(rd->p, tag);
	struct tags *t = arg;

	if (l == NULL)
		copl_report(rd->r, COPL_ERROR, "project-language", at,
		    _("\"%.*s\" is not a language of this project: add "
		      "<language tag=\"...\"/> to <languages> or correct the "
		      "tag"),
		    copl_project_shown(tag), tag);
	else if (copl_project_has_language(t->list, t->n, l))
		copl_report(rd->r, COPL_ERROR, "project-duplicate", at,
		    _("\"%s\" is in this list already: remove one of the two"),
		    tag);
	else
		t->list[t->n++] = l;
}

bool copl_project_read_tags(struct copl_project_reader *rd, const xmlNode *n,
    const struct copl_language ***list, size_t *count)
{
	struct tags t = {NULL, 0};
	bool any;

	if (xmlHasProp(n, (const xmlChar *)"languages") == NULL)
		return true;
	t.list = copl_project_alloc(rd, rd->p->nlanguages, sizeof(*t.list));
	if (t.list == NULL)
		return true;
	any = copl_project_each_word(rd, n, "languages", add_language, &t) > 0;
	*list = t.list;
	*count = t.n;
	return any;
}
