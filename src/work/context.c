/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "page/report_page.h"
#include "work/context.h"

bool copl_contexts_begin(struct copl_contexts *c, const struct copl_master *m,
    struct copl_arena *a, struct copl_reporter *r)
{
	size_t i;

	memset(c, 0, sizeof(*c));
	c->m = m;
	c->arena = a;
	c->r = r;
	for (i = 0; i < m->units->n; i++) {
		const char *id = m->units->list[i].id;

		if (id != NULL && !copl_map_put(&c->by_id, id, i, NULL))
			return false;
	}
	return true;
}

void copl_contexts_end(struct copl_contexts *c)
{
	copl_map_free(&c->by_id);
}

static const struct copl_unit *unit_of(
    const struct copl_contexts *c, const char *id)
{
	size_t i;

	if (id == NULL || !copl_map_get(&c->by_id, id, &i))
		return NULL;
	return &c->m->units->list[i];
}

/* A text for people: no tags, references resolved; NULL: no memory. */
static const char *plain_in(struct copl_arena *a, const char *msgid)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_XML_MAX);
	const char *own = NULL;

	copl_inline_plain(msgid, &b);
	if (b.st == COPL_OK)
		own = copl_arena_strdup(a, copl_strbuf_text(&b));
	copl_strbuf_clear(&b);
	return own;
}

static const char *plain(struct copl_contexts *c, const char *msgid)
{
	const char *own = plain_in(c->arena, msgid);

	c->r->nomem |= own == NULL;
	return own;
}

static const char *title_of(struct copl_contexts *c, const char *group)
{
	static const char *const names[] = {"label", "title", "name"};
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++) {
		const char *id =
		    copl_arena_printf(c->arena, "%s/%s", group, names[i]);
		const struct copl_unit *u = unit_of(c, id);

		c->r->nomem |= id == NULL;
		if (u != NULL)
			return plain(c, u->text.msgid);
	}
	return NULL;
}

static const char *section_of(struct copl_contexts *c, const char *group)
{
	const struct copl_form *f = c->m->form;
	size_t i, k;

	for (i = 0; f != NULL && i < f->nsections; i++) {
		const struct copl_section *s = &f->sections[i];
		bool in = strcmp(s->id, group) == 0;

		for (k = 0; k < s->nitems && !in; k++)
			in = s->items[k].id != NULL &&
			     strcmp(s->items[k].id, group) == 0;
		if (in)
			return title_of(c, s->id);
	}
	return NULL;
}

static const char *part_of(const struct copl_master *m, const char *group)
{
	size_t i;

	if (m->form == NULL)
		return _("Words around the forms");
	if (strcmp(group, "about") == 0)
		return _("About the form");
	if (strcmp(group, "privacy") == 0)
		return _("Privacy");
	if (strcmp(group, "help") == 0)
		return _("Where to get help");
	if (strcmp(group, "thanks") == 0)
		return _("After the form was sent");
	for (i = 0; i < m->form->nchoices; i++)
		if (strcmp(m->form->choices[i].id, group) == 0)
			return _("Answers to choose from");
	return _("A part of the form");
}

void copl_context_of(
    struct copl_contexts *c, const char *ctxt, struct copl_context *out)
{
	const struct copl_unit *u = unit_of(c, ctxt);
	const char *slash = ctxt == NULL ? NULL : strchr(ctxt, '/');

	memset(out, 0, sizeof(*out));
	if (u != NULL)
		out->maxchars = u->value->maxchars;
	if (slash == NULL)
		return;
	out->group = copl_arena_strndup(c->arena, ctxt, (size_t)(slash - ctxt));
	if (out->group == NULL) {
		c->r->nomem = true;
		return;
	}
	out->title = title_of(c, out->group);
	if (out->title == NULL || strcmp(out->group, "about") == 0) {
		out->title = NULL;
		out->part = part_of(c->m, out->group);
	}
	out->section = section_of(c, out->group);
}

struct copl_title copl_title_in(const struct copl_workspace *w, size_t language)
{
	struct copl_title title = {w->project->title, w->project->lang};
	size_t i, k;

	for (i = 0; i < w->nmasters; i++) {
		const struct copl_master *m = &w->masters[i];
		const struct copl_catalog *c;

		if (m->kind != COPL_MASTER_PROJECT || m->catalogs == NULL ||
		    m->catalogs[language].catalog == NULL)
			continue;
		c = m->catalogs[language].catalog;
		for (k = 0; k < c->nmessages; k++) {
			const struct copl_message *msg = &c->messages[k];

			if (msg->obsolete || msg->fuzzy ||
			    msg->str[0][0] == '\0' ||
			    strcmp(msg->id, w->project->title) != 0)
				continue;
			title.text = msg->str[0];
			title.lang = m->catalogs[language].language->tag;
			return title;
		}
	}
	return title;
}

struct copl_title copl_form_title_in(const struct copl_workspace *w,
    const struct copl_master *form, size_t language, struct copl_arena *a)
{
	static const char id[] = "about/title";
	const struct copl_master_catalog *mc = &form->catalogs[language];
	struct copl_title title = {form->id, w->project->lang};
	const struct copl_message *m = NULL;
	size_t i;

	for (i = 0; i < form->units->n; i++)
		if (form->units->list[i].id != NULL &&
		    strcmp(form->units->list[i].id, id) == 0)
			title.text = form->units->list[i].text.msgid;
	if (form->units->lang != NULL)
		title.lang = form->units->lang;
	if (mc->catalog != NULL)
		m = copl_catalog_find(mc->catalog, id, title.text);
	if (m != NULL && !m->fuzzy && m->str[0][0] != '\0') {
		title.text = m->str[0];
		title.lang = mc->language->tag;
	}
	title.text = plain_in(a, title.text);
	return title;
}

void copl_title_put(struct copl_strbuf *out, const char *tag, const char *class,
    const struct copl_title *title, const char *page_lang)
{
	if (strcmp(title->lang, page_lang) != 0) {
		copl_report_page_foreign(
		    out, tag, class, title->lang, title->text);
		return;
	}
	copl_strbuf_printf(out, "<%s%s%s%s>", tag,
	    class == NULL ? "" : " class=\"", class == NULL ? "" : class,
	    class == NULL ? "" : "\"");
	copl_report_page_text(out, title->text);
	copl_strbuf_printf(out, "</%s>\n", tag);
}
