/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A PO file that came back by e-mail. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "exchange/exchange_priv.h"

/* ---- what a word processor did to the quotes ---- */

/* Length of a typographic quote at s; 0: it is none. */
static size_t word_quote(const char *s, size_t len)
{
	static const char *const quotes[] = {"\xe2\x80\x9c", "\xe2\x80\x9d",
	    "\xe2\x80\x9e", "\xe2\x80\x9f", "\xe2\x80\xb3", "\xef\xbc\x82",
	    "\xc2\xab", "\xc2\xbb"};
	size_t i;

	for (i = 0; i < COPL_COUNT(quotes); i++) {
		size_t n = strlen(quotes[i]);

		if (n <= len && memcmp(s, quotes[i], n) == 0)
			return n;
	}
	return 0;
}

/* Where a line's string should begin; NULL: the line holds none. */
static const char *string_start(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	if (end - s > 5 && memcmp(s, "msg", 3) == 0) {
		while (s < end && (copl_is_lower(*s) || *s == '_'))
			s++;
		if (s < end && *s == '[')
			s = memchr(s, ']', (size_t)(end - s));
		if (s == NULL)
			return NULL;
		s += *s == ']';
		/* Word puts NBSP there, too. */
		while (s < end && (copl_blank(s) > 0))
			s += copl_blank(s);
	}
	return s;
}

/* The inside of such a string, with its straight quotes escaped. */
static void put_inside(struct copl_strbuf *out, const char *s, const char *end)
{
	for (; s < end; s++) {
		if (*s == '\\' && s + 1 < end) {
			copl_strbuf_add(out, s++, 1);
			copl_strbuf_add(out, s, 1);
			continue;
		}
		copl_strbuf_puts(out, *s == '"' ? "\\" : "");
		copl_strbuf_add(out, s, 1);
	}
}

/* Length of the quote that ends a string; 0: there is none. */
static size_t closing_quote(const char *s, const char *last)
{
	size_t n;

	for (n = 2; n <= 3; n++)
		if ((size_t)(last - s) >= n && word_quote(last - n, n) == n)
			return n;
	return last > s && last[-1] == '"' ? 1 : 0;
}

/* One line; true when its quotes were put right. */
static bool put_line(struct copl_strbuf *out, const char *s, const char *end)
{
	const char *start = string_start(s, end), *last = end;
	size_t open, close = 0;

	while (last > s && (last[-1] == '\r' || last[-1] == ' '))
		last--;
	open = start == NULL || start > last
		   ? 0
		   : word_quote(start, (size_t)(last - start));
	if (open > 0)
		close = closing_quote(start + open, last);
	if (open == 0 || close == 0) {
		copl_strbuf_add(out, s, (size_t)(end - s));
		return false;
	}
	copl_strbuf_add(out, s, (size_t)(start - s));
	copl_strbuf_puts(out, "\"");
	put_inside(out, start + open, last - close);
	copl_strbuf_puts(out, "\"");
	return true;
}

static void straighten(const char *s, size_t len, const char *file,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	const char *end = s + len;
	bool any = false;

	while (s < end) {
		const char *line = memchr(s, '\n', (size_t)(end - s));

		line = line == NULL ? end : line;
		any |= put_line(out, s, line);
		if (line < end)
			copl_strbuf_puts(out, "\n");
		s = line + (line < end);
	}
	if (any)
		copl_report(r, COPL_NOTE, "import-repaired",
		    (struct copl_place){file, 0, 0},
		    _("a word processor had changed the quotes around the "
		      "texts, and they have been put right: a translation tool "
		      "such as Poedit leaves them alone"));
}

/* ---- taking over ---- */

static const char *own(struct copl_returns *rs, const char *s, bool *nomem)
{
	char *copy = s == NULL ? NULL : copl_arena_strdup(rs->arena, s);

	*nomem |= s != NULL && copy == NULL;
	return copy;
}

static bool take(struct copl_returns *rs, struct copl_return *one,
    const struct copl_catalog *c, const struct copl_message *m)
{
	struct copl_taken *t = xl_taken_new(rs, one);
	bool nomem = t == NULL || !xl_taken_forms(rs, t, m->nstr);
	size_t i;

	if (nomem)
		return false;
	t->ctxt = own(rs, m->ctxt, &nomem);
	t->id = own(rs, m->id, &nomem);
	t->plural = own(rs, m->plural, &nomem);
	t->comment = own(rs, m->comment == NULL ? "" : m->comment, &nomem);
	t->state_said = true;
	t->fuzzy = m->fuzzy;
	t->line = copl_message_str_at(c, m).line;
	t->column = copl_message_str_at(c, m).column;
	for (i = 0; i < m->nstr; i++)
		t->str[i] = own(rs, m->str[i], &nomem);
	return !nomem;
}

/* The word behind a blank in Project-Id-Version is the form. */
static const char *form_of(
    struct copl_returns *rs, const struct copl_catalog *c)
{
	struct copl_place at;
	const char *s = copl_catalog_field(c, "Project-Id-Version", &at);
	const char *word = s == NULL ? NULL : strchr(s, ' ');

	if (word == NULL)
		return NULL;
	word += strspn(word, " ");
	return copl_arena_strndup(rs->arena, word, strcspn(word, " "));
}

static enum copl_status take_all(
    struct copl_returns *rs, const struct copl_catalog *c, const char *file)
{
	struct copl_return *one = xl_return_new(rs, COPL_RETURN_PO, file);
	struct copl_place at;
	const char *forms;
	bool nomem = false;
	size_t i;

	if (one == NULL)
		return COPL_E_NOMEM;
	one->form = form_of(rs, c);
	one->lang = own(rs, copl_catalog_field(c, "Language", &at), &nomem);
	one->pack = own(rs, copl_catalog_field(c, "X-COP-Pack", &at), &nomem);
	forms = own(rs, copl_catalog_field(c, "Plural-Forms", &at), &nomem);
	if (forms == NULL || !copl_plural_parse(forms, &one->plural))
		one->plural.n = 0;
	if (one->lang != NULL && one->lang[0] == '\0')
		one->lang = NULL;
	for (i = 0; i < c->nmessages && !nomem; i++)
		if (!c->messages[i].obsolete)
			nomem = !take(rs, one, c, &c->messages[i]);
	return nomem ? COPL_E_NOMEM : COPL_OK;
}

enum copl_status xl_read_po(struct copl_returns *rs, const char *bytes,
    size_t len, const char *file, struct copl_reporter *r)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	enum copl_status st;

	straighten(bytes, len, file, r, &text);
	st = text.st;
	if (st == COPL_OK)
		st = copl_catalog_read(
		    copl_strbuf_text(&text), text.len, file, r, &c);
	if (st == COPL_OK)
		st = take_all(rs, c, file);
	copl_catalog_free(c);
	copl_strbuf_clear(&text);
	return st;
}
