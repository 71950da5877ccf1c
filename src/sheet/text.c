/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The content of an element as the text of a cell; markup.c reads it back. */
#include "config.h"
#include <string.h>
#include "sheet/export_priv.h"
#include "xml/xml.h"

struct text {
	struct copl_strbuf *out;
	bool blank; /* white space waits for what follows it */
};

static void flush_blank(struct text *t)
{
	if (t->blank && t->out->len > 0)
		copl_strbuf_puts(t->out, " ");
	t->blank = false;
}

/* What must not be taken for markup; NULL: the byte itself will do. */
static const char *escaped(const char *s, bool cut)
{
	if (*s == '\r')
		return "&#13;";
	if (*s == '&' && (cut || copl_xml_reference(s) > 0))
		return "&amp;";
	if (*s == '<' && (cut || s[1] == '/' || copl_is_alpha(s[1])))
		return "&lt;";
	return NULL;
}

static void put_text(struct text *t, const xmlNode *n)
{
	const char *s = (const char *)n->content;
	bool keep = xmlNodeGetSpacePreserve(n->parent) == 1;
	/* What follows may go on with what ends here. */
	bool cut = n->next != NULL && n->next->type != XML_ELEMENT_NODE;

	for (; s != NULL && *s != '\0'; s++) {
		const char *reference;

		if (!keep && copl_is_space(*s)) {
			t->blank = true;
			continue;
		}
		flush_blank(t);
		reference = escaped(s, cut);
		if (reference != NULL)
			copl_strbuf_puts(t->out, reference);
		else
			copl_strbuf_add(t->out, s, 1);
	}
}

static void put_attr(struct text *t, const xmlAttr *attr)
{
	xmlChar *value = xmlNodeListGetString(attr->doc, attr->children, 1);

	copl_strbuf_puts(t->out, " ");
	if (attr->ns != NULL)
		copl_strbuf_puts(t->out,
		    xmlStrEqual(attr->ns->href, (const xmlChar *)COPL_XML_NS)
			? "xml:"
			: "its:");
	copl_strbuf_printf(t->out, "%s=\"", (const char *)attr->name);
	if (value != NULL)
		copl_xml_put_attr(t->out, (const char *)value);
	else if (attr->children != NULL && attr->children->content != NULL &&
		 *attr->children->content != '\0')
		t->out->st = COPL_E_NOMEM;
	copl_strbuf_puts(t->out, "\"");
	xmlFree(value);
}

/* Elements in one another are at most as deep as a form allows: 8. */
static void put_content(struct text *t, const xmlNode *element)
{
	const xmlAttr *attr;
	const xmlNode *n;

	for (n = element->children; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE)
			put_text(t, n);
		if (n->type != XML_ELEMENT_NODE)
			continue;
		flush_blank(t);
		copl_strbuf_printf(t->out, "<%s", (const char *)n->name);
		for (attr = n->properties; attr != NULL; attr = attr->next)
			put_attr(t, attr);
		copl_strbuf_puts(t->out, ">");
		put_content(t, n);
		copl_strbuf_printf(t->out, "%s</%s>", t->blank ? " " : "",
		    (const char *)n->name);
		t->blank = false;
	}
}

void sheet_cell_text(const xmlNode *element, struct copl_strbuf *out)
{
	struct text t = {out, false};

	put_content(&t, element);
}
