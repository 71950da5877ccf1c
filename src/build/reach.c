/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What brings young people to the forms: texts and posters. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"
#include "render/invite.h"

const char *build_reach_name(struct build *b, const char *form,
    const char *lang, enum build_reach_kind kind)
{
	return copl_arena_printf(b->arena, "%s.%s.%s", form, lang,
	    kind == BUILD_POSTER ? "poster.html" : "invite.txt");
}

/* Takes the bytes over. */
static enum copl_status add(struct build *b, const struct copl_recipient *to,
    const struct copl_page *page, enum build_reach_kind kind,
    struct copl_strbuf *bytes)
{
	const char *name =
	    build_reach_name(b, page->form->id, page->lang, kind);
	struct copl_manifest_file info = {.form = page->form->id,
	    .lang = page->lang,
	    .recipient = to->id,
	    .type = kind == BUILD_POSTER ? "text/html" : "text/plain"};

	if (name != NULL)
		info.path = copl_path_join(b->arena, to->id, name);
	if (info.path == NULL)
		return COPL_E_NOMEM;
	return build_add(b, &info, false, bytes);
}

static const char *value_of(const struct copl_page *page, const char *name)
{
	size_t i;

	for (i = 0; i < page->nparams; i++)
		if (strcmp(page->params[i].name, name) == 0)
			return page->params[i].value;
	return "";
}

static enum copl_status put_invite(struct build *b,
    const struct copl_recipient *to, const struct copl_page *page,
    const struct copl_invite *about)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = copl_render_invite(page, about, &out);

	if (st == COPL_OK)
		st = add(b, to, page, BUILD_INVITE, &out);
	copl_strbuf_clear(&out);
	return st;
}

static enum copl_status put_poster(struct build *b,
    const struct copl_recipient *to, const struct copl_page *page,
    const char *address)
{
	struct copl_strbuf out = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = copl_render_poster(page, address, &out);

	if (st == COPL_E_LIMIT)
		st = build_page_too_large(
		    b, page->form->xml == NULL ? NULL : page->form->xml->file);
	if (st == COPL_OK)
		st = add(b, to, page, BUILD_POSTER, &out);
	copl_strbuf_clear(&out);
	return st;
}

enum copl_status build_reach(struct build *b, const struct copl_recipient *to,
    const struct copl_page *page, const char *title)
{
	struct copl_invite about = {.lang = page->lang,
	    .title = title,
	    .closes = value_of(page, "closes")};
	enum copl_status st;

	if (to->forms == NULL)
		return COPL_OK;
	about.address =
	    copl_recipient_address(to, page->form->id, page->lang, b->arena);
	if (about.address == NULL)
		return COPL_E_NOMEM;
	st = put_invite(b, to, page, &about);
	return st == COPL_OK ? put_poster(b, to, page, about.address) : st;
}

void build_check_forms(struct build *b, const struct copl_project *p)
{
	const struct copl_recipient *first = NULL;
	size_t n = 0, i;

	for (i = 0; i < p->nrecipients && p->html_output; i++) {
		if (p->recipients[i].forms != NULL)
			continue;
		first = first == NULL ? &p->recipients[i] : first;
		n++;
	}
	if (n > 0)
		copl_report(b->r, COPL_NOTE, "build-no-forms", first->at,
		    P_("%zu recipient gets no invitations and posters, "
		       "because nothing says where young people find its "
		       "forms: add <forms href=\"https://...\"/> to \"%s\"",
			"%zu recipients get no invitations and posters, "
			"because nothing says where young people find their "
			"forms: add <forms href=\"https://...\"/> to each, "
			"from \"%s\" on",
			n),
		    n, first->id);
}
