/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "review/review_priv.h"

static void put_comment(struct copl_strbuf *out, const char *lines)
{
	if (lines == NULL)
		return;
	copl_strbuf_puts(out, lines);
	copl_strbuf_puts(out, "\n");
}

static void put_id(struct copl_strbuf *out, const char *id)
{
	if (*id == '#' || *id == '@')
		copl_strbuf_puts(out, "\\");
	for (; *id != '\0'; id++)
		switch (*id) {
		case '\\':
			copl_strbuf_puts(out, "\\\\");
			break;
		case '\t':
			copl_strbuf_puts(out, "\\t");
			break;
		case '\n':
			copl_strbuf_puts(out, "\\n");
			break;
		case '\r':
			copl_strbuf_puts(out, "\\r");
			break;
		default:
			copl_strbuf_add(out, id, 1);
		}
}

/* A column with the TAB before it; an editor may cut a blank end. */
static void put_column(struct copl_strbuf *out, const char *s)
{
	copl_strbuf_printf(out, "\t%s", *s == '\0' ? REVIEW_NOT_SAID : s);
}

void copl_review_write(const struct copl_review *rv, struct copl_strbuf *out)
{
	size_t i;

	copl_strbuf_puts(out, REVIEW_FIRST_LINE "\n");
	for (i = 0; i < rv->nsignoffs; i++) {
		const struct copl_review_signoff *s = &rv->signoffs[i];

		put_comment(out, s->comment);
		copl_strbuf_printf(out,
		    REVIEW_SIGNOFF "\t%s\t" REVIEW_NOT_SAID "\t%s\thuman\t%s",
		    s->digest, copl_review_state_name(COPL_REVIEW_APPROVED),
		    s->date);
		put_column(out, s->role);
		put_column(out, s->who);
		copl_strbuf_puts(out, "\n");
	}
	for (i = 0; i < rv->nrows; i++) {
		const struct copl_review_row *row = &rv->rows[i];

		put_comment(out, row->comment);
		put_id(out, row->id);
		put_column(out, row->source);
		put_column(out, row->translation);
		put_column(out, copl_review_state_name(row->state));
		put_column(out, row->origin);
		put_column(out, row->date);
		put_column(out, row->role);
		put_column(out, row->who);
		copl_strbuf_puts(out, "\n");
	}
	put_comment(out, rv->tail);
}
