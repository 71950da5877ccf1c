/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "glossary/load.h"

static const char *const names[FIELDS] = {
    "term", "language", "preferred", "accepted", "rejected", "keep", "note"};

static const struct embedded {
	const char *name;
	const char *text;
	size_t len;
} shipped[] = {
#include "glossary/glossary.inc"
};

/* ---- lines and fields ---- */

struct copl_place glossary_place(const struct reading *d, const char *at)
{
	return (struct copl_place){d->file, d->no,
	    at == NULL ? 0
		       : copl_utf8_count(d->line, (size_t)(at - d->line)) + 1};
}

/* A field in quotes, as spreadsheets write some: without them. */
static void unquote(struct field *f)
{
	char *from = f->s + 1, *to = f->s;
	size_t len = strlen(f->s);

	if (len < 2 || f->s[0] != '"' || f->s[len - 1] != '"')
		return;
	f->s[len - 1] = '\0';
	for (; *from != '\0'; from++) {
		if (from[0] == '"' && from[1] == '"')
			from++;
		*to++ = *from;
	}
	*to = '\0';
}

static bool split(struct reading *d, const char *line, size_t len)
{
	char *copy = copl_arena_strndup(d->g->arena, line, len), *p, *tab;

	d->nfields = 0;
	for (p = copy; p != NULL && d->nfields < FIELDS_MAX; p = tab) {
		struct field *f = &d->fields[d->nfields++];
		size_t n;

		tab = strchr(p, '\t');
		if (tab != NULL)
			*tab++ = '\0';
		f->at = line + (p - copy);
		while (*p == ' ') {
			p++;
			f->at++;
		}
		for (n = strlen(p); n > 0 && p[n - 1] == ' ';)
			p[--n] = '\0';
		f->s = p;
		unquote(f);
	}
	return copy != NULL;
}

const struct field *glossary_field(const struct reading *d, enum field_name n)
{
	static char none[1];
	static const struct field absent = {none, NULL};

	return d->at[n] < d->nfields ? &d->fields[d->at[n]] : &absent;
}

/* ---- the first two lines ---- */

static void read_version(struct reading *d)
{
	const struct field *f = d->fields;

	if (d->nfields < 3 || strcmp(f[0].s, "cop-glossary") != 0 ||
	    !copl_shape_is_tag(f[2].s)) {
		copl_report(d->r, COPL_ERROR, "glossary-version",
		    glossary_place(d, d->line),
		    _("the first line of a glossary says what it is: write "
		      "cop-glossary, a TAB, 1, a TAB, and the language of the "
		      "terms, such as en"));
		d->stop = true;
	} else if (strcmp(f[1].s, "1") != 0) {
		copl_report(d->r, COPL_ERROR, "glossary-version",
		    glossary_place(d, f[1].at),
		    _("this program reads version 1 of the format, not \"%s\": "
		      "use a newer cop-l10n"),
		    f[1].s);
		d->stop = true;
	} else if (!glossary_begin(d, f[2].s)) {
		d->r->nomem = true;
	}
}

static void read_names(struct reading *d)
{
	size_t i, k;

	for (i = 0; i < FIELDS; i++) {
		d->at[i] = SIZE_MAX;
		for (k = 0; k < d->nfields; k++)
			if (strcmp(d->fields[k].s, names[i]) == 0)
				d->at[i] = k;
	}
	for (i = 0; i <= F_PREFERRED; i++) {
		if (d->at[i] != SIZE_MAX)
			continue;
		copl_report(d->r, COPL_ERROR, "glossary-columns",
		    glossary_place(d, d->line),
		    _("the second line names the columns, and \"%s\" is "
		      "missing there: term, language, preferred, accepted, "
		      "rejected, keep, note"),
		    names[i]);
		d->stop = true;
	}
}

/* ---- the file ---- */

/* The next line and where the one behind it begins. */
static const char *next_line(
    struct reading *d, const char *s, const char *end, size_t *len)
{
	const char *lf = memchr(s, '\n', (size_t)(end - s));

	d->line = s;
	*len = (size_t)((lf == NULL ? end : lf) - s);
	if (*len > 0 && s[*len - 1] == '\r')
		--*len;
	return lf == NULL ? end : lf + 1;
}

static bool is_remark(const char *line, size_t len)
{
	size_t i = 0;

	while (i < len && (line[i] == ' ' || line[i] == '\t'))
		i++;
	return i == len || line[0] == '#';
}

/* Line by line, until one says that the rest cannot be understood. */
static void read_lines(struct reading *d, const char *s, const char *end)
{
	size_t content = 0, len;

	for (; s < end && !d->stop && !d->r->nomem; d->no++) {
		s = next_line(d, s, end, &len);
		if (is_remark(d->line, len))
			continue;
		if (!split(d, d->line, len))
			d->r->nomem = true;
		else if (content == 0)
			read_version(d);
		else if (content == 1)
			read_names(d);
		else
			glossary_row(d);
		content++;
	}
	if (content < 2 && !d->stop) {
		d->line = end;
		copl_report(d->r, COPL_ERROR,
		    content == 0 ? "glossary-version" : "glossary-columns",
		    glossary_place(d, NULL),
		    _("this is not a whole glossary: it has no line with the "
		      "names of the columns"));
	}
}

/* Text that is not UTF-8 is told at its first wrong byte. */
static bool is_text(struct reading *d, const char *bytes, size_t len)
{
	size_t good = copl_utf8_valid(bytes, len), i;

	if (memchr(bytes, '\0', good) != NULL)
		good = (size_t)((char *)memchr(bytes, '\0', good) - bytes);
	if (good == len)
		return true;
	d->line = bytes;
	for (i = 0; i < good; i++)
		if (bytes[i] == '\n') {
			d->no++;
			d->line = bytes + i + 1;
		}
	copl_report(d->r, COPL_ERROR, "glossary-encoding",
	    glossary_place(d, bytes + good),
	    _("a glossary is text in UTF-8, and this is not: save it from the "
	      "spreadsheet as text with TABs, with the encoding UTF-8"));
	return false;
}

enum copl_status copl_glossary_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_glossary **out)
{
	struct reading d = {.r = r, .file = file, .no = 1};
	enum copl_status st = COPL_E_NOMEM;
	size_t before = r->errors;

	*out = NULL;
	if (len > 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	d.g = calloc(1, sizeof(*d.g));
	if (d.g != NULL)
		d.g->arena = copl_arena_new();
	if (d.g == NULL || d.g->arena == NULL)
		goto out;
	if (is_text(&d, bytes, len))
		read_lines(&d, bytes, bytes + len);
	if (r->nomem)
		goto out;
	st = r->errors > before ? COPL_E_INVALID : glossary_finish(&d);
out:
	glossary_reading_free(&d);
	if (st == COPL_OK)
		*out = d.g;
	else
		copl_glossary_free(d.g);
	if (st == COPL_E_NOMEM)
		r->nomem = true;
	return st;
}

enum copl_status copl_glossary_load(
    const char *path, struct copl_reporter *r, struct copl_glossary **out)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_GLOSSARY_MAX);
	enum copl_status st = copl_file_read(path, COPL_GLOSSARY_MAX, r, &b);

	*out = NULL;
	if (st == COPL_OK)
		st = copl_glossary_read(
		    copl_strbuf_text(&b), b.len, path, r, out);
	copl_strbuf_clear(&b);
	return st;
}

enum copl_status copl_glossary_shipped(struct copl_glossary **out)
{
	struct copl_reporter quiet;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	st = copl_glossary_read(
	    shipped[0].text, shipped[0].len, shipped[0].name, &quiet, out);
	st = copl_reporter_end(&quiet, st);
	return st == COPL_OK || st == COPL_E_NOMEM ? st : COPL_E_BUG;
}
