/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "xml/xml.h"

static void on_error(void *arg, xmlErrorPtr e)
{
	struct copl_xml_watch *w = arg;

	if (e->code == XML_ERR_NO_MEMORY)
		w->r->nomem = true;
	else if (w->before != NULL)
		w->before(w->arg, e);
}

void copl_xml_watch(struct copl_xml_watch *w, struct copl_reporter *r)
{
	w->r = r;
	w->before = xmlStructuredError;
	w->arg = xmlStructuredErrorContext;
	xmlSetStructuredErrorFunc(w, on_error);
}

void copl_xml_unwatch(const struct copl_xml_watch *w)
{
	xmlSetStructuredErrorFunc(w->arg, w->before);
}
