/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

static enum copl_param_type param_type(const char *s)
{
	static const char *const names[] = {
	    [COPL_PARAM_TEXT] = "text",
	    [COPL_PARAM_DATE] = "date",
	    [COPL_PARAM_EMAIL] = "email",
	    [COPL_PARAM_URL] = "url",
	    [COPL_PARAM_NUMBER] = "number",
	    [COPL_PARAM_PERCENT] = "percent",
	    [COPL_PARAM_LIST] = "list",
	};
	size_t i;

	for (i = 0; s != NULL && i < COPL_COUNT(names); i++)
		if (strcmp(names[i], s) == 0)
			return (enum copl_param_type)i;
	return COPL_PARAM_TEXT;
}

static void read_params(struct copl_form_reader *rd, const xmlNode *about)
{
	struct copl_form *f = rd->form;
	size_t n = copl_form_count(about, "param");
	const xmlNode *node = copl_form_child(about, "param");

	f->params = copl_form_alloc(rd, n, sizeof(*f->params));
	rd->param_used = copl_form_alloc(rd, n, sizeof(*rd->param_used));
	if (f->params == NULL || rd->param_used == NULL)
		return;
	for (; node != NULL; node = copl_xml_next(node)) {
		struct copl_form_param *p = &f->params[f->nparams];

		if (!copl_xml_is(node, COPL_FORM_NS, "param"))
			continue;
		f->nparams++;
		p->node = node;
		p->name = copl_form_get(rd, node, "name");
		p->type = param_type(copl_form_get(rd, node, "type"));
		p->value = copl_form_get(rd, node, "value");
	}
}

static void read_links(struct copl_form_reader *rd, const xmlNode *about)
{
	struct copl_form *f = rd->form;
	size_t n = copl_form_count(about, "link");
	const xmlNode *node = copl_form_child(about, "link");

	f->links = copl_form_alloc(rd, n, sizeof(*f->links));
	rd->link_used = copl_form_alloc(rd, n, sizeof(*rd->link_used));
	if (f->links == NULL || rd->link_used == NULL)
		return;
	for (; node != NULL; node = copl_xml_next(node)) {
		struct copl_form_link *l = &f->links[f->nlinks];

		if (!copl_xml_is(node, COPL_FORM_NS, "link"))
			continue;
		f->nlinks++;
		l->node = node;
		l->id = copl_form_get(rd, node, "id");
		l->href = copl_form_get(rd, node, "href");
		l->helpline = copl_form_get(rd, node, "recipient") != NULL;
		if (l->helpline && copl_form_get_yes(rd, node, "per-language"))
			copl_report(rd->r, COPL_ERROR, "form-link",
			    copl_form_attr_at(rd, node, "per-language"),
			    _("the address is either the recipient's or the "
			      "language's: remove recipient or "
			      "per-language"));
	}
}

static bool read_instant(
    struct copl_form_reader *rd, const xmlNode *node, struct copl_instant *out)
{
	const char *s = node == NULL ? NULL : copl_form_get(rd, node, "at");

	return s != NULL && copl_instant_parse(s, out);
}

static void read_times(struct copl_form_reader *rd, const xmlNode *about)
{
	struct copl_form *f = rd->form;
	struct copl_instant *opens = copl_form_alloc(rd, 1, sizeof(*opens));

	if (opens != NULL &&
	    read_instant(rd, copl_form_child(about, "opens"), opens))
		f->opens = opens;
	if (!read_instant(rd, copl_form_child(about, "closes"), &f->closes))
		f->closes.seconds = INT64_MAX;
}

void copl_form_read_about(struct copl_form_reader *rd, const xmlNode *about)
{
	struct copl_form *f = rd->form;
	const xmlNode *audience = copl_form_child(about, "audience");

	f->title = copl_form_child(about, "title");
	f->summary = copl_form_child(about, "summary");
	f->contact = copl_form_child(about, "contact");
	f->privacy = copl_form_child(about, "privacy");
	f->help = copl_form_child(about, "help");
	if (f->privacy != NULL)
		f->keep_until = copl_form_get(rd, f->privacy, "keep-until");
	read_times(rd, about);
	if (audience != NULL) {
		f->min_age =
		    (int)copl_form_get_number(rd, audience, "min-age", 0);
		f->max_age = (int)copl_form_get_number(
		    rd, audience, "max-age", (unsigned)-1);
	}
	read_params(rd, about);
	read_links(rd, about);
}
