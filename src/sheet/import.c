/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"
#include "xml/xml.h"

/* ---- bytes become text ---- */

static enum copl_status say_workbook(const char *file, struct copl_reporter *r)
{
	copl_report(r, COPL_ERROR, "sheet-workbook",
	    (struct copl_place){file, 0, 0},
	    _("this is a workbook: in the spreadsheet program save the table "
	      "as \"CSV UTF-8\" and import that file"));
	return COPL_E_PARSE;
}

static enum copl_status check_utf8(
    const struct copl_strbuf *text, const char *file, struct copl_reporter *r)
{
	const char *s = copl_strbuf_text(text);
	size_t valid = copl_utf8_valid(s, text->len), line = 1, i;
	const char *nul = memchr(s, '\0', valid);

	if (nul != NULL)
		valid = (size_t)(nul - s);
	if (valid == text->len)
		return COPL_OK;
	for (i = 0; i < valid; i++)
		line += s[i] == '\n';
	copl_report(r, COPL_ERROR, "sheet-encoding",
	    (struct copl_place){file, line, 0},
	    _("the table is not in UTF-8: in the spreadsheet program save it "
	      "as \"CSV UTF-8\", or choose the character set Unicode "
	      "(UTF-8)"));
	return COPL_E_PARSE;
}

/* UTF-8 without a byte order mark; UTF-16 with one is converted. */
static enum copl_status to_text(const char *bytes, size_t len, const char *file,
    struct copl_reporter *r, struct copl_strbuf *text)
{
	enum copl_status st;

	if (len >= 4 && (memcmp(bytes, "PK\003\004", 4) == 0 ||
			    memcmp(bytes, "\xd0\xcf\x11\xe0", 4) == 0))
		return say_workbook(file, r);
	st = copl_xml_to_utf8(bytes, len, file, r, text);
	return st == COPL_OK ? check_utf8(text, file, r) : st;
}

/* ---- text becomes a form ---- */

static bool mark_bad_rows(struct sheet *sh)
{
	size_t i;

	sh->bad = sheet_alloc(sh, (sh->nrows + 1) * sizeof(*sh->bad));
	for (i = 0; sh->bad != NULL && i < sh->nerrors; i++)
		sh->bad[sh->errors[i].row] = true;
	return sh->bad != NULL;
}

static enum copl_status read_sheet(
    struct sheet *sh, const char *s, size_t len, struct copl_sheet_counts *out)
{
	enum copl_status st = COPL_E_INVALID;

	if (!sheet_read_rows(sh, s, len) || !mark_bad_rows(sh) ||
	    !sheet_read_columns(sh))
		goto out;
	sheet_plan(sh);
	if (!sh->r->nomem)
		sheet_emit(sh);
	if (sh->xml.st != COPL_OK)
		st = sh->xml.st;
	else if (!sh->r->nomem)
		st = sheet_check_form(sh, out);
	if (sh->told > 0 && st != COPL_E_NOMEM)
		st = COPL_E_INVALID;
out:
	return sh->r->nomem ? COPL_E_NOMEM : st;
}

static void clear(struct sheet *sh)
{
	free(sh->rows);
	free(sh->errors);
	free(sh->items);
	free(sh->spans);
	copl_map_free(&sh->names);
	copl_strbuf_clear(&sh->xml);
	copl_arena_free(sh->arena);
}

enum copl_status copl_sheet_to_form(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_strbuf *xml,
    struct copl_sheet_counts *counts)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_SHEET_MAX * 2);
	struct sheet sh = {.file = file, .r = r};
	enum copl_status st = COPL_E_NOMEM;

	memset(counts, 0, sizeof(*counts));
	sh.xml.max = COPL_XML_MAX;
	sh.arena = copl_arena_new();
	if (sh.arena == NULL)
		goto out;
	st = to_text(bytes, len, file, r, &text);
	if (st == COPL_OK)
		st = read_sheet(&sh, copl_strbuf_text(&text), text.len, counts);
	if (st == COPL_OK) {
		copl_strbuf_add(xml, copl_strbuf_text(&sh.xml), sh.xml.len);
		st = xml->st;
	}
out:
	copl_strbuf_clear(&text);
	clear(&sh);
	return st;
}

/* ---- files ---- */

/* A file that is there is replaced only on request, or by the same bytes. */
static enum copl_status check_output(const struct copl_sheet_options *o,
    const struct copl_strbuf *bytes, struct copl_reporter *r)
{
	struct copl_strbuf old = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_reporter quiet;
	enum copl_status st = COPL_OK;
	struct stat sb;

	if (o->force || stat(o->output, &sb) != 0 || !S_ISREG(sb.st_mode))
		return COPL_OK;
	copl_reporter_init(&quiet, NULL);
	if (copl_file_read(o->output, bytes->len + 1, &quiet, &old) !=
		COPL_OK ||
	    old.len != bytes->len ||
	    memcmp(copl_strbuf_text(&old), copl_strbuf_text(bytes), old.len) !=
		0) {
		copl_report(r, COPL_ERROR, "sheet-exists",
		    (struct copl_place){o->output, 0, 0},
		    _("this file is there already and holds something else: "
		      "choose another name, or replace it with --force"));
		st = COPL_E_INVALID;
	}
	copl_reporter_drop(&quiet);
	copl_strbuf_clear(&old);
	return st;
}

static enum copl_status write_output(const struct copl_sheet_options *o,
    const struct copl_strbuf *bytes, struct copl_reporter *r)
{
	enum copl_status st = check_output(o, bytes, r);

	if (st != COPL_OK)
		return st;
	return copl_file_output(
	    o->output, copl_strbuf_text(bytes), bytes->len, 0666, r, NULL);
}

enum copl_status copl_sheet_import(const char *csv,
    const struct copl_sheet_options *options, const struct copl_sink *sink)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_SHEET_MAX);
	struct copl_strbuf xml = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_sheet_counts n;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_file_read(csv, COPL_SHEET_MAX, &r, &bytes);
	if (st == COPL_OK)
		st = copl_sheet_to_form(
		    copl_strbuf_text(&bytes), bytes.len, csv, &r, &xml, &n);
	if (st == COPL_OK)
		st = write_output(options, &xml, &r);
	if (st == COPL_OK) {
		char questions[24], sections[24];
		const struct copl_field fields[] = {{"path", options->output},
		    {"form", n.form}, {"questions", questions},
		    {"sections", sections}};

		snprintf(questions, sizeof(questions), "%zu", n.questions);
		snprintf(sections, sizeof(sections), "%zu", n.sections);
		copl_tell(&r, "imported", fields, COPL_COUNT(fields),
		    _("%s: form \"%s\", sections %s, questions %s"),
		    options->output, n.form, sections, questions);
	}
	copl_strbuf_clear(&bytes);
	copl_strbuf_clear(&xml);
	return copl_reporter_end(&r, st);
}

enum copl_status copl_sheet_export(const char *form,
    const struct copl_sheet_options *options, const struct copl_sink *sink)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_strbuf csv = COPL_STRBUF_INIT(COPL_XML_MAX * 2);
	struct copl_sheet_counts n;
	struct copl_reporter r;
	enum copl_status st;

	copl_reporter_init(&r, sink);
	st = copl_file_read(form, COPL_XML_MAX, &r, &bytes);
	if (st == COPL_OK)
		st = copl_sheet_from_form(copl_strbuf_text(&bytes), bytes.len,
		    form, options->separator == '\0' ? ',' : options->separator,
		    &r, &csv, &n);
	if (st == COPL_OK)
		st = write_output(options, &csv, &r);
	if (st == COPL_OK) {
		char rows[24];
		const struct copl_field fields[] = {{"path", options->output},
		    {"form", n.form}, {"rows", rows}};

		snprintf(rows, sizeof(rows), "%zu", n.rows);
		copl_tell(&r, "exported", fields, COPL_COUNT(fields),
		    _("%s: form \"%s\", rows %s"), options->output, n.form,
		    rows);
	}
	copl_strbuf_clear(&bytes);
	copl_strbuf_clear(&csv);
	return copl_reporter_end(&r, st);
}
