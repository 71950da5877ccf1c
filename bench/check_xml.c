/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <libxml/xmlreader.h>
#include <string.h>
#include "check.h"

struct reading {
	xmlTextReaderPtr reader;
	struct buf raw;
	struct buf text;
	int depth; /* of the unit being read; -1 for none */
	bool project; /* the form is of a project, not an enquiry */
	take_fn *take;
	void *to;
};

static const char *chars(const xmlChar *text)
{
	return text == NULL ? "" : (const char *)text;
}

/* The elements that hold a unit, in an enquiry and in the form of a project. */
static bool is_unit(bool project, const char *name)
{
	static const char *const unit[2][16] = {
	    {"title", "p", "text", "hint", "choice"},
	    {"title", "p", "label", "hint", "option", "summary", "contact",
		"item", "error", "row", "low", "high", "unit"}};

	for (const char *const *u = unit[project]; *u != NULL; u++)
		if (strcmp(*u, name) == 0)
			return true;
	return false;
}

static void add_escaped(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '&')
			buf_str(out, "&amp;");
		else if (*text == '<')
			buf_str(out, "&lt;");
		else if (*text == '>')
			buf_str(out, "&gt;");
		else
			buf_add(out, text, 1);
}

/* Gives what is in r->raw, with its blanks made one. */
static void give(struct reading *r)
{
	bool blank = false;

	buf_clear(&r->text);
	buf_add(&r->text, "", 0);
	for (size_t i = 0; i < r->raw.len; i++) {
		if (strchr(" \t\r\n", r->raw.at[i]) != NULL) {
			blank = r->text.len > 0;
			continue;
		}
		if (blank)
			buf_str(&r->text, " ");
		blank = false;
		buf_add(&r->text, r->raw.at + i, 1);
	}
	r->take(r->to, r->text.at);
}

static void open_tag(struct reading *r, const char *name)
{
	bool empty = xmlTextReaderIsEmptyElement(r->reader) == 1;

	buf_str(&r->raw, "<");
	buf_str(&r->raw, name);
	while (xmlTextReaderMoveToNextAttribute(r->reader) == 1) {
		buf_str(&r->raw, " ");
		buf_str(&r->raw, chars(xmlTextReaderConstName(r->reader)));
		buf_str(&r->raw, "=\"");
		add_escaped(&r->raw, chars(xmlTextReaderConstValue(r->reader)));
		buf_str(&r->raw, "\"");
	}
	xmlTextReaderMoveToElement(r->reader);
	buf_str(&r->raw, empty ? "/>" : ">");
}

static void element(struct reading *r)
{
	const char *name = chars(xmlTextReaderConstName(r->reader));

	if (r->depth >= 0) {
		open_tag(r, name);
		return;
	}
	if (xmlTextReaderDepth(r->reader) == 0)
		r->project = strcmp(name, "consultation") == 0;
	buf_clear(&r->raw);
	buf_add(&r->raw, "", 0);
	if (is_unit(r->project, name)) {
		if (xmlTextReaderIsEmptyElement(r->reader) == 1)
			give(r);
		else
			r->depth = xmlTextReaderDepth(r->reader);
	} else if (strcmp(name, "open") == 0 &&
		   xmlTextReaderMoveToAttribute(
		       r->reader, (const xmlChar *)"placeholder") == 1) {
		add_escaped(&r->raw, chars(xmlTextReaderConstValue(r->reader)));
		xmlTextReaderMoveToElement(r->reader);
		give(r);
	}
}

static void end_element(struct reading *r)
{
	if (r->depth < 0)
		return;
	if (xmlTextReaderDepth(r->reader) == r->depth) {
		r->depth = -1;
		give(r);
		return;
	}
	buf_str(&r->raw, "</");
	buf_str(&r->raw, chars(xmlTextReaderConstName(r->reader)));
	buf_str(&r->raw, ">");
}

static void node(struct reading *r)
{
	switch (xmlTextReaderNodeType(r->reader)) {
	case XML_READER_TYPE_ELEMENT:
		element(r);
		break;
	case XML_READER_TYPE_END_ELEMENT:
		end_element(r);
		break;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		if (r->depth >= 0)
			add_escaped(
			    &r->raw, chars(xmlTextReaderConstValue(r->reader)));
		break;
	default:
		break;
	}
}

bool units_read(const char *path, take_fn *take, void *to)
{
	struct reading r = {.depth = -1, .take = take, .to = to};
	int more = -1;

	r.reader = xmlReaderForFile(path, NULL,
	    XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR |
		XML_PARSE_NOWARNING);
	if (r.reader == NULL)
		return false;
	while ((more = xmlTextReaderRead(r.reader)) == 1)
		node(&r);
	xmlFreeTextReader(r.reader);
	buf_free(&r.raw);
	buf_free(&r.text);
	return more == 0;
}
