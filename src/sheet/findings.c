/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of a form, with their findings at the cells they speak of. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "form/form.h"
#include "sheet/sheet_priv.h"

struct finder {
	struct sheet *sh;
	size_t *lines; /* where each line of the XML begins */
	size_t nlines;
	size_t told_before; /* errors of the table itself, those with a row */
	bool any_before;
};

static bool index_lines(struct finder *f)
{
	const char *s = copl_strbuf_text(&f->sh->xml);
	size_t len = f->sh->xml.len, i, n = 1;

	for (i = 0; i < len; i++)
		n += s[i] == '\n';
	f->lines = sheet_alloc(f->sh, n * sizeof(*f->lines));
	if (f->lines == NULL)
		return false;
	for (i = 0, f->nlines = 1; i < len; i++)
		if (s[i] == '\n')
			f->lines[f->nlines++] = i + 1;
	return true;
}

/* Offset of a line and a column, which counts characters. */
static size_t offset_of(const struct finder *f, size_t line, size_t column)
{
	const char *s = copl_strbuf_text(&f->sh->xml);
	size_t at;

	if (line == 0 || line > f->nlines)
		return 0;
	for (at = f->lines[line - 1]; column > 1 && s[at] != '\0'; column--)
		do
			at++;
		while (((unsigned char)s[at] & 0xc0) == 0x80);
	return at;
}

/* Where the bytes at an offset came from. */
static const struct sheet_span *span_of(const struct sheet *sh, size_t at)
{
	size_t low = 0, high = sh->nspans;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (sh->spans[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return &sh->spans[low];
}

/* Was it the consequence of something that the table was told already? */
static bool is_consequence(const struct finder *f,
    const struct sheet_span *span, enum copl_severity severity)
{
	const struct sheet *sh = f->sh;
	size_t type = 0, i;

	if (span->row == SHEET_NOWHERE)
		return f->any_before;
	if (!sh->bad[span->row])
		return false;
	(void)sheet_cell(sh, span->row, SHEET_COL_TYPE, &type);
	if (span->column == type)
		return true;
	for (i = 0; i < f->told_before; i++) {
		const struct sheet_error *e = &sh->errors[i];

		if (e->row == span->row &&
		    (e->column == span->column || e->column == SHEET_NOWHERE))
			return true;
		/* Advice can wait until it is known what the row is. */
		if (e->row == span->row && e->column == type &&
		    severity != COPL_ERROR)
			return true;
	}
	return false;
}

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct finder *f = arg;
	const struct sheet_span *span =
	    span_of(f->sh, offset_of(f, d->line, d->column));

	if (f->sh->repeated && strcmp(d->code, "form-duplicate") == 0)
		return;
	if (!is_consequence(f, span, d->severity))
		sheet_report(f->sh, d->severity, d->code, span->row,
		    span->column, "%s", d->text);
}

enum copl_status sheet_check_form(
    struct sheet *sh, struct copl_sheet_counts *counts)
{
	struct finder f = {
	    .sh = sh, .told_before = sh->nerrors, .any_before = sh->told > 0};
	struct copl_sink sink = {on_diag, NULL, &f};
	struct copl_form *form = NULL;
	struct copl_xml *x = NULL;
	struct copl_reporter r;
	enum copl_status st;

	if (!index_lines(&f))
		return COPL_E_NOMEM;
	copl_reporter_init(&r, &sink);
	st = copl_xml_read(copl_strbuf_text(&sh->xml), sh->xml.len, sh->file,
	    COPL_XML_STRICT, &r, &x);
	if (st == COPL_OK)
		st = copl_form_read(x, &r, &form);
	st = copl_reporter_end(&r, st);
	if (form != NULL) {
		snprintf(counts->form, sizeof(counts->form), "%s", form->id);
		counts->questions = form->nquestions;
		counts->sections = form->nsections;
	}
	copl_form_free(form);
	copl_xml_free(x);
	return st;
}
