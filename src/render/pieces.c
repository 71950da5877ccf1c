/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of a form's pages, one at a time, for those who work on it. */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

/* Makes the button appear; nothing is ever sent from a piece. */
#define SOMEWHERE "https://answers.invalid/"

static const enum copl_piece_kind before[] = {
    COPL_PIECE_TOP, COPL_PIECE_PRIVACY, COPL_PIECE_HELP, COPL_PIECE_LANGUAGES};
static const enum copl_piece_kind behind[] = {COPL_PIECE_SENDING,
    COPL_PIECE_CONTACT, COPL_PIECE_SENT, COPL_PIECE_SOON, COPL_PIECE_CLOSED,
    COPL_PIECE_PAPER};

static size_t count(const struct copl_form *form)
{
	size_t n = COPL_COUNT(before) + COPL_COUNT(behind), i;

	for (i = 0; i < form->nsections; i++)
		n += 1 + form->sections[i].nitems;
	return n;
}

enum copl_status copl_render_pieces(const struct copl_form *form,
    struct copl_arena *a, struct copl_piece **out, size_t *n)
{
	struct copl_piece *list =
	    copl_arena_alloc(a, count(form) * sizeof(*list));
	size_t i, k;

	*out = list;
	*n = 0;
	if (list == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < COPL_COUNT(before); i++)
		list[(*n)++].kind = before[i];
	for (i = 0; i < form->nsections; i++) {
		const struct copl_section *s = &form->sections[i];

		list[(*n)++] = (struct copl_piece){COPL_PIECE_SECTION, s, NULL};
		for (k = 0; k < s->nitems; k++)
			list[(*n)++] = (struct copl_piece){
			    COPL_PIECE_ITEM, s, &s->items[k]};
	}
	for (i = 0; i < COPL_COUNT(behind); i++)
		list[(*n)++].kind = behind[i];
	return COPL_OK;
}

static void put_section(struct render_pen *p, const struct copl_section *s)
{
	const struct copl_form *f = p->page->form;

	render_section_head(p, s, (size_t)(s - f->sections) + 1);
	render_put(p, "</section>\n");
}

static void put_paper(struct render_pen *p)
{
	render_sending(p);
	render_block(p, "thanks", "end_of_form", p->page->form->thanks);
}

static void put_piece(struct render_pen *p, const struct copl_piece *piece)
{
	const struct copl_form *f = p->page->form;

	switch (piece->kind) {
	case COPL_PIECE_TOP:
		render_header(p, true);
		break;
	case COPL_PIECE_PRIVACY:
		render_block(p, "privacy", "privacy_title", f->privacy);
		break;
	case COPL_PIECE_HELP:
		render_block(p, "help", "help_title", f->help);
		break;
	case COPL_PIECE_LANGUAGES:
		render_about_languages(p);
		break;
	case COPL_PIECE_SECTION:
		put_section(p, piece->section);
		break;
	case COPL_PIECE_ITEM:
		render_question(p, piece->section, piece->question);
		break;
	case COPL_PIECE_SENDING:
		render_sending(p);
		break;
	case COPL_PIECE_PAPER:
		put_paper(p);
		break;
	case COPL_PIECE_CONTACT:
		render_contact(p);
		break;
	case COPL_PIECE_SOON:
		render_state(p, COPL_PAGE_SOON);
		break;
	case COPL_PIECE_CLOSED:
		render_state(p, COPL_PAGE_CLOSED);
		break;
	case COPL_PIECE_SENT:
		render_state(p, COPL_PAGE_SENT);
		break;
	}
}

void copl_render_piece(const struct copl_page *page,
    const struct copl_piece *piece, struct copl_strbuf *out)
{
	struct copl_page own = *page;
	struct render_pen p = {.out = out, .page = &own, .words = page->words};
	size_t start, empty;

	own.responses = piece->kind == COPL_PIECE_PAPER ? NULL : SOMEWHERE;
	p.rtl = strcmp(copl_locale_dir(page->lang), "rtl") == 0;
	start = out->len;
	render_put(&p, "<div class=\"shown\"><div");
	render_lang(&p, page->lang);
	render_put(&p, ">\n");
	empty = out->len;
	put_piece(&p, piece);
	/* A form without that part. */
	if (out->len == empty && out->st == COPL_OK) {
		out->len = start;
		if (out->s != NULL)
			out->s[start] = '\0';
		return;
	}
	render_put(&p, "</div></div>\n");
}
