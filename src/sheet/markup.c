/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The text of a cell as content of an element.  The elements that a form has
 * inside a text are markup; everything else is text, "&" and "<" as well.
 * "&lt;" and its kind stand for their characters, so that any text can be
 * written.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"
#include "xml/xml.h"

#define DEPTH_MAX 32

struct markup {
	struct sheet *sh;
	size_t row;
	size_t column;
	const char *s; /* what is left */
	struct copl_strbuf *out;
	const char *open[DEPTH_MAX];
	bool keep[DEPTH_MAX + 1]; /* white space in the first n elements */
	size_t depth;
	bool told; /* one finding a cell is enough */
	bool failed;
};

static const char *const inline_names[] = {"strong", "em", "a", "term", "form"};

size_t sheet_quote(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (*s == '"' || *s == '\'')
		return 1;
	/* U+2018 to U+201F */
	if (u[0] == 0xe2 && u[1] == 0x80 && u[2] >= 0x98 && u[2] <= 0x9f)
		return 3;
	return u[0] == 0xc2 && (u[1] == 0xab || u[1] == 0xbb) ? 2 : 0;
}

bool sheet_quote_ends(const char *open, const char *s)
{
	if (sheet_quote(open) == 1)
		return *s == *open;
	return sheet_quote(s) > 1;
}

/* Is there a tag of an element that may stand in a text? */
static bool looks_like_tag(const char *s)
{
	const char *end;

	if (s[0] != '<')
		return false;
	s += 1 + (s[1] == '/');
	if (!copl_is_alpha(*s))
		return false;
	end = s + strcspn(s, "<>");
	return *end == '>';
}

/* The inline element whose name begins there; NULL: another or none. */
static const char *inline_name(const char *s)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(inline_names); i++) {
		size_t n = strlen(inline_names[i]);

		if (strncmp(s, inline_names[i], n) == 0 &&
		    (s[n] == '>' || s[n] == '/' || copl_is_space(s[n])))
			return inline_names[i];
	}
	return NULL;
}

static void complain(struct markup *m, const char *name, const char *sentence)
{
	if (!m->told)
		sheet_report(m->sh, COPL_ERROR, "sheet-markup", m->row,
		    m->column, _("<%s> in this cell: %s"), name, sentence);
	m->told = m->failed = true;
}

static size_t attr_name_length(const char *s)
{
	size_t n = 0;

	while (copl_is_alpha(s[n]) || s[n] == ':' || s[n] == '-' || s[n] == '_')
		n++;
	return n;
}

/* Text between two places with its references kept, good for an attribute. */
static void put_value(struct copl_strbuf *out, const char *s, const char *end)
{
	while (s < end) {
		size_t n = copl_xml_reference(s);
		char one[2] = {*s, '\0'};

		if (n > 0 && n <= (size_t)(end - s)) {
			copl_strbuf_add(out, s, n);
			s += n;
		} else {
			copl_xml_put_attr(out, one);
			s++;
		}
	}
}

/* ' to="helplines"'; false: it is no attribute. */
static bool take_attr(struct markup *m)
{
	size_t n = attr_name_length(m->s);
	const char *name = m->s, *open, *end;

	m->s += n;
	while (copl_is_space(*m->s))
		m->s++;
	if (n == 0 || *m->s != '=')
		return false;
	for (m->s++; copl_is_space(*m->s);)
		m->s++;
	open = m->s;
	if (sheet_quote(open) == 0)
		return false;
	for (end = open + sheet_quote(open);
	     *end != '\0' && !sheet_quote_ends(open, end);)
		end++;
	if (*end == '\0')
		return false;
	copl_strbuf_printf(m->out, " %.*s=\"", (int)n, name);
	put_value(m->out, open + sheet_quote(open), end);
	copl_strbuf_puts(m->out, "\"");
	if (n == 9 && strncmp(name, "xml:space", 9) == 0)
		m->keep[m->depth + 1] =
		    strncmp(open + sheet_quote(open), "preserve", 8) == 0;
	m->s = end + sheet_quote(end);
	return true;
}

static void take_start_tag(struct markup *m, const char *name)
{
	if (m->depth == DEPTH_MAX) {
		complain(
		    m, name, _("there are too many of them in one another"));
		m->s++;
		return;
	}
	m->keep[m->depth + 1] = m->keep[m->depth];
	copl_strbuf_printf(m->out, "<%s", name);
	for (m->s += 1 + strlen(name); copl_is_space(*m->s);) {
		while (copl_is_space(*m->s))
			m->s++;
		if (*m->s == '>' || *m->s == '/')
			break;
		if (!take_attr(m)) {
			complain(m, name,
			    _("what stands in the tag cannot be read; write "
			      "it such as <a to=\"helplines\">"));
			return;
		}
	}
	if (m->s[0] == '/' && m->s[1] == '>') {
		copl_strbuf_puts(m->out, "/>");
		m->s += 2;
	} else if (*m->s == '>') {
		copl_strbuf_puts(m->out, ">");
		m->open[m->depth++] = name;
		m->s++;
	} else {
		complain(m, name, _("the tag does not end with >"));
	}
}

static void take_end_tag(struct markup *m, const char *name)
{
	const char *end = m->s + 2 + strlen(name);

	while (copl_is_space(*end))
		end++;
	if (*end != '>' || m->depth == 0 || m->open[m->depth - 1] != name) {
		complain(m, name,
		    _("its beginning and its end do not belong together"));
		m->s++;
		return;
	}
	m->depth--;
	copl_strbuf_printf(m->out, "</%s>", name);
	m->s = end + 1;
}

static void take_less(struct markup *m)
{
	bool closing = m->s[1] == '/';
	const char *name = inline_name(m->s + 1 + closing);

	if (name != NULL && looks_like_tag(m->s)) {
		if (closing)
			take_end_tag(m, name);
		else
			take_start_tag(m, name);
		return;
	}
	if (!m->told && looks_like_tag(m->s)) {
		const char *tag =
		    sheet_copy(m->sh, m->s, strcspn(m->s, ">") + 1);

		sheet_report(m->sh, COPL_WARNING, "sheet-tag", m->row,
		    m->column,
		    _("people will read \"%s\" as it stands: in a text only "
		      "<strong>, <em>, <a to=\"...\">, <term> and <form> are "
		      "markup"),
		    sheet_shown(m->sh, tag == NULL ? "" : tag));
		m->told = true;
	}
	copl_strbuf_puts(m->out, "&lt;");
	m->s++;
}

/* Up to what may be markup or a reference. */
static void take_plain(struct markup *m)
{
	bool keep = m->keep[m->depth];

	while (*m->s != '\0' && *m->s != '<' && *m->s != '&') {
		size_t n = strcspn(m->s, keep ? "<&" : "<& \t\r\n");

		copl_xml_put_text(m->out, m->s, n);
		m->s += n;
		if (keep || !copl_is_space(*m->s))
			continue;
		copl_strbuf_puts(m->out, " ");
		while (copl_is_space(*m->s))
			m->s++;
	}
}

void sheet_put_markup(struct sheet *sh, size_t row, size_t column,
    const char *cell, bool keep, struct copl_strbuf *out)
{
	struct markup m = {
	    .sh = sh, .row = row, .column = column, .s = cell, .out = out};
	size_t start = out->len;

	m.keep[0] = keep;
	while (*m.s != '\0') {
		size_t n;

		take_plain(&m);
		n = copl_xml_reference(m.s);
		if (*m.s == '<') {
			take_less(&m);
		} else if (n > 0) {
			copl_strbuf_add(out, m.s, n);
			m.s += n;
		} else if (*m.s == '&') {
			copl_strbuf_puts(out, "&amp;");
			m.s++;
		}
	}
	if (m.depth > 0)
		complain(&m, m.open[m.depth - 1],
		    _("it does not end: write the same name with a slash "
		      "behind its words, such as </strong>"));
	/* The rules of the form still want to read something. */
	if (m.failed && out->st == COPL_OK) {
		out->len = start;
		copl_xml_put_text(out, cell, strlen(cell));
	}
}
