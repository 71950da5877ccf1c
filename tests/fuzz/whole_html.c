/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A page as a browser reads it, by the states of HTML's tokenizer that our
 * pages need: what it finds in text, in attributes and in raw text.
 */
#include "config.h"
#include <strings.h>
#include "whole.h"

struct page {
	const char *p;
	const char *end;
	struct copl_strbuf *shape;
	struct copl_strbuf *text;
	const char *why;
	char tag[32]; /* the last start tag */
};

static bool is_name(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) || c == '-' || c == ':';
}

static size_t name_at(const struct page *g, const char *s)
{
	size_t n = 0;

	while (s + n < g->end && is_name(s[n]))
		n++;
	return n;
}

static bool starts(const struct page *g, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(g->end - g->p) >= n && strncasecmp(g->p, word, n) == 0;
}

static void wrong(struct page *g, const char *why)
{
	if (g->why == NULL)
		g->why = why;
	g->p = g->end;
}

/* Addresses that a page of ours may have; its icon is the empty one. */
static bool is_address(const struct page *g, const char *s, size_t len)
{
	static const char *const good[] = {
	    "https://", "mailto:", "tel:", "#", "f."};
	size_t i;

	if (strcmp(g->tag, "link") == 0)
		return len == strlen("data:,") && memcmp(s, "data:,", len) == 0;
	for (i = 0; i < COPL_COUNT(good); i++)
		if (len >= strlen(good[i]) &&
		    strncmp(s, good[i], strlen(good[i])) == 0)
			return true;
	return false;
}

static void check_attr(
    struct page *g, const char *name, size_t n, const char *value, size_t len)
{
	static const char *const leads[] = {"href", "src", "action",
	    "formaction", "srcdoc", "data", "poster", "background"};
	size_t i;

	copl_strbuf_puts(g->shape, " ");
	copl_strbuf_add(g->shape, name, n);
	copl_strbuf_add(g->text, value, len);
	copl_strbuf_puts(g->text, "\n");
	if (n > 2 && strncasecmp(name, "on", 2) == 0)
		wrong(g, "an attribute is script");
	for (i = 0; i < COPL_COUNT(leads); i++)
		if (strlen(leads[i]) == n &&
		    strncasecmp(name, leads[i], n) == 0 &&
		    !is_address(g, value, len))
			wrong(g, "an attribute leads astray");
}

/* A value in quotes, which all of ours have. */
static void read_value(struct page *g, const char *name, size_t n)
{
	char quote = *g->p;
	const char *begin = g->p + 1, *end;

	if (quote != '"' && quote != '\'') {
		wrong(g, "a value has no quotes");
		return;
	}
	end = memchr(begin, quote, (size_t)(g->end - begin));
	if (end == NULL) {
		wrong(g, "a value does not end");
		return;
	}
	check_attr(g, name, n, begin, (size_t)(end - begin));
	if (g->p < g->end)
		g->p = end + 1;
}

static void read_attrs(struct page *g)
{
	while (g->p < g->end && *g->p != '>') {
		const char *name;
		size_t n;

		if (copl_is_space(*g->p) || *g->p == '/') {
			g->p++;
			continue;
		}
		name = g->p;
		n = name_at(g, name);
		if (n == 0) {
			wrong(g, "there is something else in a tag");
			return;
		}
		g->p += n;
		if (g->p < g->end && *g->p == '=') {
			g->p++;
			read_value(g, name, n);
		} else {
			check_attr(g, name, n, "", 0);
		}
	}
	if (g->p == g->end)
		wrong(g, "a tag does not end");
	else
		g->p++;
}

static bool is_one_of(const char *name, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcasecmp(name, list[i]) == 0)
			return true;
	return false;
}

/* "<style>" and its like: nothing but their end tag ends them. */
static void skip_raw(struct page *g)
{
	static const char *const raw[] = {"style", "title", "textarea"};
	char close[40];

	if (g->why != NULL || !is_one_of(g->tag, raw, COPL_COUNT(raw)))
		return;
	snprintf(close, sizeof(close), "</%s", g->tag);
	while (g->p < g->end && !starts(g, close))
		copl_strbuf_add(g->text, g->p++, 1);
	if (g->p == g->end)
		wrong(g, "raw text does not end");
}

static void read_tag(struct page *g)
{
	static const char *const known[] = {"a", "aside", "b", "bdi", "body",
	    "button", "dd", "dfn", "div", "dl", "dt", "em", "fieldset",
	    "footer", "form", "h1", "h2", "h3", "head", "header", "html",
	    "input", "label", "legend", "li", "link", "main", "meta", "nav",
	    "ol", "option", "output", "p", "section", "select", "small", "span",
	    "strong", "style", "table", "tbody", "td", "textarea", "th",
	    "thead", "title", "tr", "ul", "wbr"};
	bool end = g->p[1] == '/';
	const char *name = g->p + (end ? 2 : 1);
	size_t n = name_at(g, name);

	if (n == 0 || n >= sizeof(g->tag)) {
		wrong(g, "a tag has no name");
		return;
	}
	memcpy(g->tag, name, n);
	g->tag[n] = '\0';
	copl_strbuf_printf(g->shape, "%s%s", end ? "/" : "", g->tag);
	if (!is_one_of(g->tag, known, COPL_COUNT(known)))
		wrong(g, "an element has no place in a page");
	else
		g->p = name + n;
	read_attrs(g);
	copl_strbuf_puts(g->shape, "\n");
	if (!end)
		skip_raw(g);
}

static void skip_comment(struct page *g)
{
	const char *end = memmem(g->p, (size_t)(g->end - g->p), "-->", 3);

	if (end == NULL)
		wrong(g, "a comment does not end");
	else
		g->p = end + 3;
	copl_strbuf_puts(g->shape, "!\n");
}

const char *whole_html(const struct copl_strbuf *html,
    struct copl_strbuf *shape, struct copl_strbuf *text)
{
	struct page g = {
	    .p = copl_strbuf_text(html), .shape = shape, .text = text};

	g.end = g.p + html->len;
	copl_strbuf_reset(shape);
	copl_strbuf_reset(text);
	if (starts(&g, "<!doctype html>"))
		g.p += strlen("<!doctype html>");
	else
		wrong(&g, "a page begins in another way");
	while (g.p < g.end) {
		if (*g.p != '<')
			copl_strbuf_add(text, g.p++, 1);
		else if (starts(&g, "<!--"))
			skip_comment(&g);
		else if (g.p + 2 < g.end)
			read_tag(&g);
		else
			wrong(&g, "the page ends in a tag");
	}
	return g.why;
}
