/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "catalog/catalog_priv.h"

/* The letter of the escape that stands for c; NUL: c stands for itself. */
static char escape_letter(char c)
{
	static const char letters[] = "abtnvfr"; /* of 7 and on */

	if (c == '"' || c == '\\')
		return c;
	return c >= '\a' && c <= '\r' ? letters[c - '\a'] : '\0';
}

/* One stretch of text that ends with a line feed or with the string. */
struct portion {
	char *text; /* with its escapes */
	struct po_cell *cells; /* one for each byte */
	size_t len;
};

static void escape_into(struct portion *p, const char *s, size_t n)
{
	size_t i;

	p->len = 0;
	for (i = 0; i < n; i++) {
		char letter = escape_letter(s[i]);

		if (letter != '\0')
			p->text[p->len++] = '\\';
		else
			letter = s[i];
		p->text[p->len++] = letter;
	}
	po_break_cells(p->text, p->len, p->cells);
	/* An escape is never taken apart, and "\n" never stands alone. */
	for (i = 0; i + 1 < p->len; i++) {
		if (p->text[i] != '\\')
			continue;
		p->cells[i + 1].may_break = false;
		if (i + 2 == p->len && p->text[i + 1] == 'n')
			p->cells[i].may_break = false;
		i++;
	}
}

/*
 * Chooses those breaks that a line of the width given needs, the first line
 * beginning at column start; true when there is one.
 */
static bool choose_breaks(struct portion *p, size_t width, size_t start)
{
	size_t column = start, piece = 0, last = SIZE_MAX, i;
	bool any = false;

	for (i = 0; i <= p->len; i++) {
		bool may = i < p->len && p->cells[i].may_break;

		if ((may || i == p->len) && last != SIZE_MAX &&
		    column + piece > width) {
			p->cells[last].breaks = true;
			any = true;
			column = 0;
		}
		if (may) {
			last = i;
			column += piece;
			piece = 0;
		}
		if (i < p->len) {
			p->cells[i].breaks = false;
			piece += p->cells[i].width;
		}
	}
	return any;
}

static void put_portion(
    struct copl_strbuf *out, const char *prefix, const struct portion *p)
{
	size_t from = 0, i;

	copl_strbuf_add(out, "\"", 1);
	for (i = 0; i < p->len; i++) {
		if (!p->cells[i].breaks)
			continue;
		copl_strbuf_add(out, p->text + from, i - from);
		copl_strbuf_puts(out, "\"\n");
		copl_strbuf_puts(out, prefix);
		copl_strbuf_add(out, "\"", 1);
		from = i;
	}
	copl_strbuf_add(out, p->text + from, p->len - from);
	copl_strbuf_puts(out, "\"\n");
}

/* Behind the line feed that ends the portion at s, or the end. */
static const char *portion_end(const char *s)
{
	s = strchrnul(s, '\n');
	return *s == '\n' ? s + 1 : s;
}

static void put_portions(struct copl_strbuf *out, const char *prefix,
    const char *keyword, const char *s, struct portion *p)
{
	size_t width = PO_WIDTH - 2 - strlen(prefix);
	size_t start = strlen(keyword) + 1;
	const char *end = portion_end(s);

	copl_strbuf_puts(out, prefix);
	copl_strbuf_puts(out, keyword);
	copl_strbuf_add(out, " ", 1);
	escape_into(p, s, (size_t)(end - s));
	if (p->len > 0 &&
	    (choose_breaks(p, width, start) || *end != '\0' || start > width)) {
		/* More than one line: the first one stays empty. */
		copl_strbuf_puts(out, "\"\"\n");
		choose_breaks(p, width, 0);
		copl_strbuf_puts(out, prefix);
	}
	for (;;) {
		put_portion(out, prefix, p);
		s = end;
		if (*s == '\0')
			break;
		end = portion_end(s);
		escape_into(p, s, (size_t)(end - s));
		choose_breaks(p, width, 0);
		copl_strbuf_puts(out, prefix);
	}
}

/* Any string; the buffers are there for the usual length. */
static void put_any(struct copl_strbuf *out, const char *prefix,
    const char *keyword, const char *value, size_t len)
{
	char text[1024];
	struct po_cell cells[sizeof(text)];
	size_t room = 2 * len + 1;
	struct portion p = {text, cells, 0};

	if (room <= sizeof(text)) {
		put_portions(out, prefix, keyword, value, &p);
		return;
	}
	p.text = malloc(room);
	p.cells = calloc(room, sizeof(*p.cells));
	if (p.text != NULL && p.cells != NULL)
		put_portions(out, prefix, keyword, value, &p);
	else if (out->st == COPL_OK)
		out->st = COPL_E_NOMEM;
	free(p.text);
	free(p.cells);
}

/* Printable ASCII without quotes and backslashes. */
static bool is_plain(const char *s, size_t len)
{
	uint64_t odd = 0, w;

	for (; len >= 8; s += 8, len -= 8) {
		memcpy(&w, s, 8);
		odd |= po_mark_odd(w);
	}
	w = PO_EACH(' ');
	memcpy(&w, s, len);
	return (odd | po_mark_odd(w)) == 0;
}

static char *append(char *to, const char *s, size_t len)
{
	memcpy(to, s, len);
	return to + len;
}

/* One line of a plain string. */
static void put_line(struct copl_strbuf *out, const char *prefix,
    const char *keyword, const char *s, size_t len)
{
	size_t before = strlen(prefix), word = strlen(keyword);
	const char *open = word == 0 ? "\"" : " \"";
	char line[2 * PO_WIDTH], *p = line;

	if (before + word + len + 4 > sizeof(line)) {
		copl_strbuf_add(out, prefix, before);
		copl_strbuf_add(out, keyword, word);
		copl_strbuf_puts(out, open);
		copl_strbuf_add(out, s, len);
		copl_strbuf_add(out, "\"\n", 2);
		return;
	}
	p = append(p, prefix, before);
	p = append(p, keyword, word);
	p = append(p, open, word == 0 ? 1 : 2);
	p = append(p, s, len);
	p = append(p, "\"\n", 2);
	copl_strbuf_add(out, line, (size_t)(p - line));
}

static void put_plain(struct copl_strbuf *out, const char *prefix,
    const char *keyword, const char *s, size_t len)
{
	size_t width = PO_WIDTH - 2 - strlen(prefix);
	size_t start = strlen(keyword) + 1, from = 0, to;

	/* A string that is too long and cannot be parted stays where it is. */
	if (start + len <= width || po_break_next(s, len, 0, 0) == len) {
		put_line(out, prefix, keyword, s, len);
		return;
	}
	put_line(out, prefix, keyword, "", 0);
	for (; from < len; from = to) {
		to = po_break_next(s, len, from, width);
		put_line(out, prefix, "", s + from, to - from);
	}
}

void po_put_string(struct copl_strbuf *out, const char *prefix,
    const char *keyword, const char *value)
{
	size_t len = strlen(value);

	if (is_plain(value, len))
		put_plain(out, prefix, keyword, value, len);
	else
		put_any(out, prefix, keyword, value, len);
}

void po_put_comment(struct copl_strbuf *out, const char *mark, const char *text)
{
	size_t len = strlen(mark);

	while (text != NULL) {
		const char *end = strchrnul(text, '\n');
		size_t n = (size_t)(end - text);
		char line[2 * PO_WIDTH];

		if (len + n + 2 <= sizeof(line)) {
			char *p = append(line, mark, len);

			p = append(p, " ", n > 0);
			p = append(p, text, n);
			p = append(p, "\n", 1);
			copl_strbuf_add(out, line, (size_t)(p - line));
		} else {
			copl_strbuf_add(out, mark, len);
			copl_strbuf_add(out, " ", n > 0);
			copl_strbuf_add(out, text, n);
			copl_strbuf_add(out, "\n", 1);
		}
		text = *end == '\n' ? end + 1 : NULL;
	}
}

void po_put_source(struct copl_strbuf *out, const struct copl_entry *e)
{
	po_put_comment(out, "#.", e->extracted);
	po_put_comment(out, "#:", e->ref);
	po_put_comment(out, "#,", e->flags);
	if (e->ctxt != NULL)
		po_put_string(out, "", "msgctxt", e->ctxt);
	po_put_string(out, "", "msgid", e->id);
	if (e->plural != NULL)
		po_put_string(out, "", "msgid_plural", e->plural);
}

void po_put_forms(struct copl_strbuf *out, const char *msgstr, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		char keyword[32];

		snprintf(keyword, sizeof(keyword), "msgstr[%u]", i);
		po_put_string(out, "", keyword, msgstr);
	}
}

void copl_po_put_entry(struct copl_strbuf *out, const struct copl_entry *e)
{
	copl_po_put_translated(out, e, "");
}

void copl_po_put_translated(
    struct copl_strbuf *out, const struct copl_entry *e, const char *text)
{
	if (out->len > 0)
		copl_strbuf_add(out, "\n", 1);
	po_put_source(out, e);
	if (e->plural != NULL)
		po_put_forms(out, text, e->nplurals == 0 ? 2 : e->nplurals);
	else
		po_put_string(out, "", "msgstr", text);
}

static void put_field(
    struct copl_strbuf *b, const char *name, const char *value)
{
	if (value == NULL)
		return;
	copl_strbuf_puts(b, name);
	copl_strbuf_puts(b, ": ");
	copl_strbuf_puts(b, value);
	copl_strbuf_add(b, "\n", 1);
}

/* What every header has, with the words that gettext's tools expect. */
static void put_fields(struct copl_strbuf *b, const struct copl_po_header *h)
{
	bool pot = h->language == NULL;

	put_field(b, "Project-Id-Version", h->project);
	put_field(b, "Report-Msgid-Bugs-To", "");
	put_field(b, "POT-Creation-Date", h->created);
	put_field(b, "PO-Revision-Date",
	    pot || h->created == NULL ? "YEAR-MO-DA HO:MI+ZONE" : h->created);
	put_field(b, "Last-Translator", pot ? "FULL NAME <EMAIL@ADDRESS>" : "");
	put_field(b, "Language-Team",
	    pot               ? "LANGUAGE <LL@li.org>"
	    : h->team != NULL ? h->team
			      : "");
	put_field(b, "Language", pot ? "" : h->language);
	put_field(b, "MIME-Version", "1.0");
	put_field(b, "Content-Type", "text/plain; charset=UTF-8");
	put_field(b, "Content-Transfer-Encoding", "8bit");
	put_field(b, "Plural-Forms", h->plural_forms);
	put_field(b, "X-COP-Form", h->form);
	put_field(b, "X-COP-Form-Version", h->version);
}

void copl_po_put_header(struct copl_strbuf *out, const struct copl_po_header *h)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(COPL_CATALOG_MAX);

	put_fields(&b, h);
	po_put_comment(out, "#", h->comment);
	if (h->language == NULL)
		copl_strbuf_puts(out, "#, fuzzy\n");
	copl_strbuf_puts(out, "msgid \"\"\n");
	po_put_string(out, "", "msgstr", copl_strbuf_text(&b));
	if (b.st != COPL_OK && out->st == COPL_OK)
		out->st = b.st;
	copl_strbuf_clear(&b);
}
