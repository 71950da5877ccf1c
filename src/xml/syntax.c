/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "xml/xml_priv.h"

bool xml_tears_tag(int code)
{
	return code == XML_ERR_ATTRIBUTE_NOT_STARTED ||
	       code == XML_ERR_ATTRIBUTE_WITHOUT_VALUE ||
	       code == XML_ERR_ATTRIBUTE_NOT_FINISHED ||
	       code == XML_ERR_LT_IN_ATTRIBUTE ||
	       code == XML_ERR_SPACE_REQUIRED || code == XML_ERR_GT_REQUIRED;
}

bool xml_is_aftermath(int code)
{
	return code == XML_ERR_TAG_NAME_MISMATCH ||
	       code == XML_ERR_TAG_NOT_FINISHED || code == XML_ERR_DOCUMENT_END;
}

/* What to do about an error of this kind; NULL: libxml2 says it best. */
static const char *advice(int code)
{
	switch (code) {
	case XML_ERR_ATTRIBUTE_NOT_STARTED:
		return _("a value needs straight quotes around it, such as "
			 "required=\"yes\"");
	case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
		return _("an attribute needs a value in quotes, such as "
			 "required=\"yes\"");
	case XML_ERR_LT_IN_ATTRIBUTE:
	case XML_ERR_ATTRIBUTE_NOT_FINISHED:
		return _("the quotes of a value are not closed before this "
			 "place: close them, or write &lt; if < is part of it");
	case XML_ERR_NAME_REQUIRED:
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		return _("write &amp; where & is only a sign, and &lt; where < "
			 "is only a sign");
	case XML_ERR_HYPHEN_IN_COMMENT:
		return _("a comment cannot hold two hyphens in a row: write "
			 "one");
	case XML_ERR_GT_REQUIRED:
		return _("this tag does not end: close its quotes, and write > "
			 "at its end");
	case XML_ERR_DOCUMENT_END:
		return _("the document is over before this place: look for a "
			 "tag that closes too early, or remove what follows");
	default:
		return NULL;
	}
}

/* The errors that are clearer with the names in them: was it one of these? */
static bool tell_named(
    struct copl_reporter *r, struct copl_place at, const xmlError *e)
{
	if (e->str1 == NULL)
		return false;
	if (e->code == XML_ERR_UNDECLARED_ENTITY) {
		copl_report(r, COPL_ERROR, "xml-syntax", at,
		    _("this is not well-formed XML: &%s; is not known here: "
		      "type the character itself"),
		    e->str1);
		return true;
	}
	if (e->code == XML_ERR_TAG_NAME_MISMATCH && e->str2 != NULL) {
		copl_report(r, COPL_ERROR, "xml-syntax", at,
		    _("this is not well-formed XML: </%s> stands here, but "
		      "<%s> of line %d is still open: close it with </%s> "
		      "first"),
		    e->str2, e->str1, e->int1, e->str1);
		return true;
	}
	if (e->code == XML_ERR_TAG_NOT_FINISHED) {
		copl_report(r, COPL_ERROR, "xml-syntax", at,
		    _("this is not well-formed XML: the file ends, but <%s> of "
		      "line %d is still open: close it with </%s>"),
		    e->str1, e->int1, e->str1);
		return true;
	}
	return false;
}

void xml_tell_syntax(
    struct copl_reporter *r, struct copl_place at, const xmlError *e)
{
	const char *text = e->message == NULL ? "" : e->message;
	const char *known = advice(e->code);

	if (strncmp(text, "attributes construct", 20) == 0)
		known = _("the attributes of this tag need a blank between "
			  "them and two quotes around each value");
	if (known == NULL && tell_named(r, at, e))
		return;
	if (known == NULL || strstr(text, "too long") != NULL)
		known = text; /* a limit of libxml2, whatever its code is */
	copl_report(r, COPL_ERROR, "xml-syntax", at,
	    _("this is not well-formed XML: %.*s"), (int)strcspn(known, "\n"),
	    known);
}
