/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes back to who sent answers. */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "serve/collect_priv.h"

#define PHONE_MAX ((size_t)32 << 10)

static void begin(struct collect_post *p, unsigned status, const char *type)
{
	struct answer *a = &p->answer;

	copl_strbuf_clear(&a->body);
	*a = (struct answer){.status = status,
	    .type = type,
	    .body = COPL_STRBUF_INIT(COLLECT_PAGE_MAX)};
	if (status != 429)
		return;
	snprintf(p->number, sizeof(p->number), "%u",
	    collect_rate_wait(serve_now(p->s)));
	answer_field(a, "Retry-After", p->number);
}

/* In words for people, and for programs as a problem (RFC 9457). */
static void say(struct collect_post *p, unsigned status, const char *why)
{
	begin(p, status, "text/html; charset=utf-8");
	if (!p->page) {
		answer_problem(&p->answer, status, why, NULL);
		return;
	}
	page_not_stored(&p->answer.body, status, p->lang);
	answer_field(&p->answer, "Content-Language", p->lang);
}

void collect_answer_sorry(struct collect_post *p, unsigned status)
{
	say(p, status, _("these answers were not stored"));
}

/* Many of those who answer are on slow links. */
static void compress(struct collect_post *p)
{
	struct copl_strbuf *body = &p->answer.body;
	size_t len = 0;
	char *small;

	if (!p->gzip || body->st != COPL_OK)
		return;
	small = content_gzip(copl_strbuf_text(body), body->len, 6, &len);
	if (small == NULL)
		return;
	copl_strbuf_reset(body);
	copl_strbuf_add(body, small, len);
	free(small);
	answer_field(&p->answer, "Content-Encoding", "gzip");
}

void collect_answer_content(struct collect_post *p, unsigned status,
    const struct collect_page *page, const struct content *c)
{
	enum content_coding coding = p->gzip && c->bytes[CONTENT_GZIP] != NULL
					 ? CONTENT_GZIP
					 : CONTENT_PLAIN;

	begin(p, status, "text/html; charset=utf-8");
	copl_strbuf_add(&p->answer.body, c->bytes[coding], c->length[coding]);
	if (coding == CONTENT_GZIP)
		answer_field(&p->answer, "Content-Encoding", "gzip");
	p->answer.form = true;
	answer_field(&p->answer, "Content-Language", page->lang);
}

void collect_answer_file(struct collect_post *p, unsigned status,
    const struct collect_page *page, const struct shelf_item *item)
{
	struct content *c = item->path == NULL ? NULL : content_get(p->s, item);

	if (c == NULL)
		collect_answer_sorry(p, status < 300 ? 500 : status);
	else
		collect_answer_content(p, status, page, c);
	content_drop(c);
}

static bool fill_page(struct collect_post *p, struct collect_page *page,
    const struct copl_fill *fill)
{
	const struct copl_slots *slots =
	    collect_page_slots(p->s, p->shelf, page);
	struct content *c =
	    slots == NULL ? NULL : content_get(p->s, &page->page);
	enum copl_status st;

	if (c == NULL)
		return false;
	st = copl_page_fill(c->bytes[CONTENT_PLAIN], c->length[CONTENT_PLAIN],
	    slots, fill, &p->answer.body);
	content_drop(c);
	return st == COPL_OK;
}

void collect_answer_filled(struct collect_post *p, unsigned status,
    const struct collect_form *f, struct collect_page *page,
    const struct copl_fill *fill)
{
	struct copl_fill what = *fill;
	char base[COPL_GATE_PATH_SIZE + 1];

	/* Its links lead to files beside it, wherever it was sent to. */
	snprintf(base, sizeof(base), "/%s", f->folder);
	what.base = base;
	begin(p, status, "text/html; charset=utf-8");
	if (!fill_page(p, page, &what)) {
		collect_answer_sorry(p, status);
		return;
	}
	p->answer.form = true;
	answer_field(&p->answer, "Content-Language", page->lang);
	compress(p);
}

static const char *phone_words(
    const struct collect_words *w, unsigned status, enum collect_time when)
{
	if (status == 201)
		return w->stored;
	if (status == 403)
		return when == COLLECT_SOON ? w->soon : w->closed;
	if (status == 404)
		return w->other_form;
	if (status == 409)
		return w->conflict;
	if (status == 422)
		return w->not_complete;
	return status == 429 ? w->later : w->not_stored;
}

void collect_answer_phone(struct collect_post *p, unsigned status,
    enum collect_time when, const char *detail)
{
	const struct collect_words *w = collect_words_for(p->lang);
	struct copl_strbuf *out = &p->answer.body;
	const char *words = phone_words(w, status, when);

	begin(p, status, COPL_OPENROSA_TYPE);
	out->max = PHONE_MAX;
	copl_strbuf_printf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenRosaResponse "
	    "xmlns=\"http://openrosa.org/http/response\">\n"
	    "  <message nature=\"%s\">",
	    status == 201 ? "submit_success" : "submit_error");
	copl_xml_put_text(out, words, strlen(words));
	if (detail != NULL) {
		copl_strbuf_puts(out, " ");
		copl_xml_put_text(out, detail, strlen(detail));
	}
	copl_strbuf_puts(out, "</message>\n</OpenRosaResponse>\n");
	openrosa_add_fields(p->s, &p->answer, p->most);
	answer_field(&p->answer, "Content-Language", w->tag);
}

enum MHD_Result collect_refuse(
    struct collect_post *p, unsigned status, const char *why)
{
	if (p->phone)
		collect_answer_phone(p, status, COLLECT_OPEN, NULL);
	else
		say(p, status, why);
	return answer_send(p->s, p->connection, &p->answer);
}
