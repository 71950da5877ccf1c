/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The column "relevant": our own conditions pass as they stand, those of
 * XLSForm that say the same are written in our words.  Whether a condition is
 * good is not decided here but by the rules of the form.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "sheet/sheet_priv.h"

struct condition {
	struct sheet *sh;
	size_t row;
	size_t column;
	const char *s; /* what is left */
	struct copl_strbuf out;
	char last; /* last byte written that is no blank */
	bool failed;
};

static void fail(struct condition *c, const char *why)
{
	if (!c->failed)
		sheet_report(c->sh, COPL_ERROR, "sheet-condition", c->row,
		    c->column,
		    _("the condition cannot be read from \"%s\" on: %s"),
		    sheet_shown(c->sh, c->s), why);
	c->failed = true;
}

static void put(struct condition *c, const char *s, size_t len)
{
	size_t i;

	copl_strbuf_add(&c->out, s, len);
	for (i = 0; i < len; i++)
		if (!copl_is_space(s[i]))
			c->last = s[i];
}

static void skip_blanks(struct condition *c)
{
	while (copl_is_space(*c->s))
		c->s++;
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (copl_is_alpha(s[n]) || copl_is_digit(s[n]) || s[n] == '_' ||
	       s[n] == '-')
		n++;
	return n;
}

static bool follows(const char *s, char c)
{
	while (copl_is_space(*s))
		s++;
	return *s == c;
}

/* "${seen}" is seen; its length without the braces, 0: it was reported. */
static size_t take_reference(struct condition *c, const char **name)
{
	size_t n;

	*name = c->s + 2;
	n = c->s[1] == '{' ? word_length(c->s + 2) : 0;
	if (n == 0 || c->s[2 + n] != '}') {
		fail(c, _("a question is ${name}, or its name alone"));
		return 0;
	}
	c->s += n + 3;
	return n;
}

/* A value in quotes of any kind, or a whole number, which needs none. */
static bool take_value(
    struct condition *c, const char **value, size_t *len, char *quote)
{
	const char *open = c->s;
	size_t mark = sheet_quote(open), n;

	if (mark == 0) {
		n = word_length(open);
		*value = open;
		*len = n;
		*quote = '\'';
		if (n == 0 || strspn(open, "0123456789") != n ||
		    open[n] == '.' || (*open == '0' && n > 1)) {
			fail(c, _("put the value into straight quotes, such as "
				  "'often'"));
			return false;
		}
		c->s += n;
		return true;
	}
	for (n = mark; open[n] != '\0' && !sheet_quote_ends(open, open + n);)
		n++;
	if (open[n] == '\0' ||
	    (*open != '"' && memchr(open + mark, '\'', n - mark) != NULL)) {
		fail(c, _("the quote that begins here does not end"));
		return false;
	}
	*quote = *open == '"' ? '"' : '\'';
	*value = open + mark;
	*len = n - mark;
	c->s += n + sheet_quote(open + n);
	return true;
}

static void put_value(
    struct condition *c, const char *value, size_t len, char quote)
{
	put(c, &quote, 1);
	put(c, value, len);
	put(c, &quote, 1);
}

static bool has_many_answers(struct condition *c, const char *name, size_t len)
{
	const char *key = sheet_copy(c->sh, name, len);
	size_t i;

	return key != NULL && copl_map_get(&c->sh->names, key, &i) &&
	       c->sh->items[i]->kind == SHEET_MANY;
}

static bool take_char(struct condition *c, char want)
{
	skip_blanks(c);
	if (*c->s != want) {
		fail(c, _("this is written selected(${name}, 'value')"));
		return false;
	}
	c->s++;
	skip_blanks(c);
	return true;
}

/* selected(${told}, 'family') */
static void take_selected(struct condition *c)
{
	const char *name, *value;
	size_t n, len;
	char quote;

	c->s += strlen("selected");
	if (!take_char(c, '('))
		return;
	if (*c->s == '$') {
		n = take_reference(c, &name);
	} else {
		name = c->s;
		n = word_length(name);
		c->s += n;
	}
	if (n == 0 || !take_char(c, ',') ||
	    !take_value(c, &value, &len, &quote) || !take_char(c, ')')) {
		fail(c, _("this is written selected(${name}, 'value')"));
		return;
	}
	put(c, name, n);
	if (has_many_answers(c, name, n))
		copl_strbuf_puts(&c->out, " includes ");
	else
		copl_strbuf_puts(&c->out, " = ");
	put_value(c, value, len, quote);
	if (*c->s != '\0' && *c->s != ')')
		copl_strbuf_puts(&c->out, " ");
}

static void take_word(struct condition *c)
{
	static const char *const joined[] = {"not", "and", "or"};
	size_t n = word_length(c->s), i;
	bool known = false;

	if (n == 8 && strncmp(c->s, "selected", 8) == 0 &&
	    follows(c->s + 8, '(')) {
		take_selected(c);
		return;
	}
	for (i = 0; i < COPL_COUNT(joined); i++)
		known |=
		    strlen(joined[i]) == n && strncmp(c->s, joined[i], n) == 0;
	if (!known && follows(c->s + n, '(')) {
		fail(c, _("a condition can hold selected() and not(), no other "
			  "function"));
		return;
	}
	put(c, c->s, n);
	c->s += n;
}

static void take_next(struct condition *c)
{
	const char *value, *name;
	size_t len;
	char quote;

	if (*c->s == '$') {
		len = take_reference(c, &name);
		put(c, name, len);
	} else if (sheet_quote(c->s) > 0 ||
		   (copl_is_digit(*c->s) && c->last == '=')) {
		if (take_value(c, &value, &len, &quote))
			put_value(c, value, len, quote);
	} else if (word_length(c->s) > 0) {
		take_word(c);
	} else if (copl_is_space(*c->s) || strchr("=!()<>", *c->s) != NULL) {
		put(c, c->s++, 1);
	} else {
		fail(c, _("write it such as ${seen} = 'often', "
			  "selected(${told}, 'family'), not(...), and, or"));
	}
}

const char *sheet_condition(
    struct sheet *sh, size_t row, size_t column, const char *cell)
{
	struct condition c = {
	    .sh = sh, .row = row, .column = column, .s = cell};
	const char *text = NULL;

	c.out.max = COPL_SHEET_CELL_MAX * 2;
	while (*c.s != '\0' && !c.failed)
		take_next(&c);
	if (c.out.st != COPL_OK)
		sh->r->nomem |= c.out.st == COPL_E_NOMEM;
	else if (!c.failed)
		text = sheet_copy(sh, copl_strbuf_text(&c.out), c.out.len);
	copl_strbuf_clear(&c.out);
	return text;
}
