/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "render/render_priv.h"

/* Length of scheme://host:port; 0 when a policy could not name it. */
static size_t origin_length(const char *action)
{
	static const char *const schemes[] = {"https://", "http://"};
	size_t i, len;

	for (i = 0; i < COPL_COUNT(schemes); i++) {
		size_t start = strlen(schemes[i]);

		if (strncmp(action, schemes[i], start) != 0)
			continue;
		len =
		    start + strspn(action + start, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
						   "abcdefghijklmnopqrstuvwxyz"
						   "0123456789.-:[]");
		if (len > start && (action[len] == '\0' || action[len] == '/'))
			return len;
	}
	return 0;
}

bool render_can_send(const char *action)
{
	return action != NULL && origin_length(action) > 0;
}

/* The common style of pages with questions is the one text behind the other. */
static void hash_form_style(
    struct render_pen *p, struct copl_render_digest *digest)
{
	struct copl_strbuf both = COPL_STRBUF_INIT((size_t)1 << 20);

	copl_strbuf_puts(&both, render_style);
	copl_strbuf_puts(&both, render_form_style);
	if (both.st == COPL_OK)
		digest->b64(
		    copl_strbuf_text(&both), both.len, digest->form_style);
	else if (p->out->st == COPL_OK)
		p->out->st = both.st;
	copl_strbuf_clear(&both);
}

static const char *common_hash(
    struct render_pen *p, struct copl_render_digest *digest, bool form)
{
	if (form && digest->form_style[0] == '\0')
		hash_form_style(p, digest);
	if (!form && digest->style[0] == '\0')
		digest->b64(render_style, strlen(render_style), digest->style);
	return form ? digest->form_style : digest->style;
}

static void put_policy(struct render_pen *p, struct copl_render_digest *digest,
    const char *more, const char *action)
{
	char own[45];

	if (p->draft && digest->draft_style[0] == '\0')
		digest->b64(render_draft_style, strlen(render_draft_style),
		    digest->draft_style);
	copl_strbuf_printf(p->out,
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'sha256-%s'",
	    common_hash(p, digest, more != NULL));
	if (p->draft)
		copl_strbuf_printf(p->out, " 'sha256-%s'", digest->draft_style);
	if (more != NULL) {
		digest->b64(more, strlen(more), own);
		copl_strbuf_printf(p->out, " 'sha256-%s'", own);
	}
	render_put(p, "; img-src data:; base-uri 'none'; form-action ");
	if (render_can_send(action))
		copl_strbuf_add(p->out, action, origin_length(action));
	else
		render_put(p, "'none'");
	render_put(p, "\">\n");
}

void render_head_open(struct render_pen *p, const char *lang)
{
	render_put(p, "<!DOCTYPE html>\n<html");
	render_lang(p, lang);
	render_put(p, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	render_slot(p, "title");
}

static void put_style(struct render_pen *p, const char *style)
{
	render_put(p, "<style>");
	render_put(p, style);
	render_put(p, "</style>\n");
}

void render_head_close(struct render_pen *p, struct copl_render_digest *digest,
    const char *more, const char *action)
{
	render_put(p, "</title>\n");
	put_policy(p, digest, more, action);
	render_put(p, "<meta name=\"viewport\" content=\"width=device-width, "
		      "initial-scale=1\">\n"
		      "<meta name=\"referrer\" content=\"no-referrer\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n"
		      "<link rel=\"icon\" href=\"data:,\">\n"
		      "<style>");
	render_put(p, render_style);
	render_put(p, more != NULL ? render_form_style : "");
	render_put(p, "</style>\n");
	if (p->draft)
		put_style(p, render_draft_style);
	if (more != NULL)
		put_style(p, more);
	render_put(p, "</head>\n<body>\n");
}
