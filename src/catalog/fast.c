/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape that gettext's tools give an entry: comments of one kind together,
 * keywords at the beginning of their lines, one string on a line, no escapes
 * but \n \t \" \\.  Nearly every entry has it.
 */
#include "config.h"
#include <string.h>
#include "catalog/scan.h"

/* A decoded string that can go back to where it stood in the text. */
struct back {
	const char *first; /* of its bytes in the text */
	const char *decoded; /* in the pool */
	size_t len;
};

/* What was read of an entry and is not taken yet. */
struct fast {
	struct po_scan *s;
	const char *p;
	char *pool;
	uint32_t line; /* of p */
	struct copl_message m;
	const char *str;
	size_t quotes[3]; /* ends of the strings that can stay where they are */
	size_t nquotes;
	struct back backs[3];
	size_t nbacks;
	bool lies; /* the last string is one of them */
};

static bool starts(const char *p, const char *word, size_t len)
{
	return memcmp(p, word, len) == 0;
}
/* The slack behind the text lets this look past its end. */
#define STARTS(p, word) starts((p), (word), sizeof(word) - 1)

/* ---- comments ---- */

/* The text of a comment line to the pool; p is behind its mark. */
static bool copy_comment(struct fast *f, bool blanks)
{
	const char *lf;
	size_t len;

	if (*f->p == ' ')
		f->p++;
	while (blanks && *f->p == ' ')
		f->p++;
	if (blanks && (unsigned char)*f->p < ' ' && *f->p != '\n')
		return false;
	lf = memchr(f->p, '\n', (size_t)(f->s->end - f->p));
	if (lf == NULL)
		return false;
	len = (size_t)(lf - f->p);
	if (len > 0 && lf[-1] == '\r')
		len--;
	memcpy(f->pool, f->p, len);
	f->pool[len] = '\0';
	f->pool += len + 1;
	f->p = lf + 1;
	return true;
}

static bool skip_comment(struct fast *f)
{
	const char *lf = memchr(f->p, '\n', (size_t)(f->s->end - f->p));

	if (lf == NULL)
		return false;
	f->p = lf + 1;
	return true;
}

/*
 * Lines of one kind in a row, from p on, into *to.  Their mark is "#" and the
 * letter; a blank as letter belongs to the text already.
 */
static bool comment_lines(
    struct fast *f, char letter, const char *glue, const char **to)
{
	size_t len = strlen(glue);

	if (*to != NULL)
		return false;
	*to = f->pool;
	for (;;) {
		f->p += letter == ' ' ? 1 : 2;
		if (!copy_comment(f, letter == ','))
			return false;
		f->line++;
		if (f->p[0] != '#' || f->p[1] != letter)
			return true;
		memcpy(f->pool - 1, glue, len);
		f->pool += len - 1;
	}
}

/* False: there is a line that only the general scanner can read. */
static bool comments(struct fast *f)
{
	bool texts = f->s->texts;
	bool good = true;

	while (good && *f->p == '#') {
		char letter = f->p[1];

		if (letter == ',')
			good = comment_lines(f, letter, ", ", &f->m.flags);
		else if (letter != '.' && letter != ':' && letter != ' ')
			return false;
		else if (texts) {
			good = skip_comment(f);
			f->line++;
		} else if (letter == '.')
			good = comment_lines(f, letter, "\n", &f->m.extracted);
		else if (letter == ':')
			good = comment_lines(f, letter, "\n", &f->m.refs);
		else
			good = comment_lines(f, letter, "\n", &f->m.comment);
	}
	if (!good)
		return false;
	f->m.fuzzy =
	    f->m.flags != NULL && copl_message_has_flag(&f->m, "fuzzy");
	if (texts)
		f->m.flags = NULL;
	return true;
}

/* ---- strings ---- */

/*
 * One string, p behind its opening quote, up to its closing quote; *plain
 * when it has no escapes.
 */
static bool copy_string(struct fast *f, bool *plain)
{
	for (*plain = true;; *plain = false) {
		char c;

		f->p = po_copy_plain(f->p, &f->pool);
		if (*f->p == '"')
			return true;
		if (*f->p != '\\')
			return false;
		c = f->p[1];
		if (c == 'n' || c == 't')
			c = c == 'n' ? '\n' : '\t';
		else if (c != '"' && c != '\\')
			return false;
		*f->pool++ = c;
		f->p += 2;
	}
}

/*
 * A string and those on the lines behind it, p behind the first quote in
 * column; the place of its first character in *at.  A string without escapes
 * on one line stays where it is, with a NUL for its closing quote.
 */
static const char *strings(
    struct fast *f, uint32_t column, struct copl_spot *at)
{
	const char *first = f->p;
	char *start = f->pool;

	for (;;) {
		const char *quote;
		bool plain;

		if (f->pool == start)
			*at = (struct copl_spot){f->line, column + 1};
		if (!copy_string(f, &plain))
			return NULL;
		quote = f->p++;
		if (f->p[0] == '\r' && f->p[1] == '\n')
			f->p++;
		if (f->p[0] != '\n')
			return NULL;
		f->p++;
		f->line++;
		if (f->p[0] != '"') {
			if (!plain || quote - first != f->pool - start)
				break;
			f->quotes[f->nquotes++] = (size_t)(quote - f->s->text);
			f->pool = start;
			f->lies = true;
			return first;
		}
		f->p++;
		column = 1;
	}
	f->backs[f->nbacks++] =
	    (struct back){first, start, (size_t)(f->pool - start)};
	*f->pool++ = '\0';
	f->lies = false;
	return start;
}

/* ---- entries ---- */

static bool entry(struct fast *f)
{
	struct copl_message *m = &f->m;
	const char *text = f->s->text;
	struct copl_spot spot;

	m->start = (uint32_t)(f->p - text);
	if (!comments(f))
		return false;
	m->body = (uint32_t)(f->p - text);
	if (STARTS(f->p, "msgctxt \"")) {
		f->p += 9;
		m->ctxt = strings(f, 9, &spot);
		if (m->ctxt == NULL)
			return false;
	}
	if (!STARTS(f->p, "msgid \""))
		return false;
	m->at = (struct copl_spot){f->line, 1};
	f->p += 7;
	m->id = strings(f, 7, &spot);
	if (m->id == NULL || !STARTS(f->p, "msgstr \""))
		return false;
	m->str_start = (uint32_t)(f->p - text);
	f->p += 8;
	f->str = strings(f, 8, &m->str_at);
	m->nstr = 1;
	m->end = (uint32_t)(f->p - text);
	return f->str != NULL;
}

static void put_back(struct po_scan *s, struct fast *f)
{
	size_t i;

	for (i = 0; i < f->nbacks; i++) {
		const struct back *b = &f->backs[i];
		char *to = s->c->text.s + (b->first - s->text);

		memcpy(to, b->decoded, b->len + 1);
		if (f->m.ctxt == b->decoded)
			f->m.ctxt = to;
		if (f->m.id == b->decoded)
			f->m.id = to;
		if (f->str == b->decoded)
			f->str = to;
	}
	f->pool = s->pool;
	f->lies = true;
}

/* The state of the general scanner behind the last line of the entry. */
static void take(struct po_scan *s, struct fast *f)
{
	size_t i;

	for (i = 0; i < f->nquotes; i++)
		s->c->text.s[f->quotes[i]] = '\0';
	/* Half the memory; what the header holds is looked for as it stands. */
	if (s->texts && f->m.id[0] != '\0')
		put_back(s, f);
	s->m = f->m;
	s->str[0] = f->str;
	s->lies = f->lies;
	s->pool = f->pool;
	s->line.next = f->p;
	s->line.no = f->line - 1;
	s->field = FIELD_STR;
	s->open = s->body = s->noted = true;
	s->orphan = false;
}

/* Does an entry begin at p that can be read here? */
static bool begins(const struct po_scan *s, const char *p)
{
	if (s->end - p < 16)
		return false;
	if (*p == '#')
		return p[1] == '.' || p[1] == ':' || p[1] == ',' || p[1] == ' ';
	return STARTS(p, "msgid \"") || STARTS(p, "msgctxt \"");
}

void po_scan_fast(struct po_scan *s)
{
	/* Another entry may begin only behind one that is complete. */
	while (
	    s->conflict == 0 && !s->nomem && s->open == s->body &&
	    (!s->body || (s->m.nstr > 0 && !s->broken && s->want.line == 0))) {
		struct fast f = {.s = s, .p = s->line.next};

		f.line = (uint32_t)s->line.no + 1;
		for (; *f.p == '\n'; f.p++)
			f.line++;
		s->line.next = f.p;
		s->line.no = f.line - 1;
		if (!begins(s, f.p))
			break;
		if (s->body || s->broken)
			po_scan_finish(s);
		f.pool = s->pool;
		if (!entry(&f))
			break;
		take(s, &f);
	}
}
