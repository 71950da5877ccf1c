/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "catalog/scan.h"

/* ---- keywords ---- */

/* A keyword of the comments ("#| msgid") cannot follow the message. */
static void enter_previous(struct po_scan *s, enum po_field field)
{
	if (s->body)
		po_scan_finish(s);
	po_scan_extend(s);
	s->field = field;
	po_scan_restart(s);
}

/* Does the msgid complete what a msgctxt began? */
static bool completes(const struct po_scan *s, enum po_field field)
{
	return field == FIELD_ID && s->m.ctxt != NULL && s->m.id == NULL &&
	       s->m.nstr == 0;
}

/* msgctxt and msgid begin an entry, unless they complete one. */
static void enter_source(struct po_scan *s, enum po_field field)
{
	bool next = s->body && !completes(s, field);

	if (s->broken || next)
		po_scan_finish(s);
	po_scan_extend(s);
	s->orphan = false;
	if (next && s->line_used)
		po_scan_broken(s, po_scan_place(s, s->line.s),
		    _("each message must begin on a line of its own"));
	if (!s->body)
		s->m.body = (uint32_t)(s->line.s - s->text);
	s->body = true;
	s->field = field;
}

/* "[2]" behind msgstr into *n, SIZE_MAX when there is none. */
static const char *scan_index(const char *p, const char *end, size_t *n)
{
	const char *q = po_skip_blanks(p, end);

	*n = SIZE_MAX;
	if (q == end || *q != '[')
		return p;
	q = po_skip_blanks(q + 1, end);
	for (*n = 0; q < end && copl_is_digit(*q); q++)
		if (*n < COPL_PLURALS_MAX)
			*n = *n * 10 + (size_t)(*q - '0');
	q = po_skip_blanks(q, end);
	return q < end && *q == ']' ? q + 1 : NULL;
}

/* What is wrong with msgstr[n]; NULL: nothing. */
static const char *form_fault(const struct po_scan *s, size_t n)
{
	if (s->m.plural == NULL)
		return _("a message with msgstr[0] needs a msgid_plural");
	if (n >= COPL_PLURALS_MAX)
		return _("a message can have 16 plural forms at most");
	if (n != s->m.nstr)
		return _("the plural forms must be numbered 0, 1, 2 and so on");
	return NULL;
}

static const char *str_fault(const struct po_scan *s, size_t n)
{
	if (s->m.id == NULL)
		return _("this msgstr has no msgid before it");
	if (n != SIZE_MAX)
		return form_fault(s, n);
	if (s->m.nstr > 0)
		return _("this message has a second msgstr: keep one");
	if (s->m.plural != NULL)
		return _("a message with msgid_plural needs msgstr[0], "
			 "msgstr[1] and so on");
	return NULL;
}

static const char *enter_str(struct po_scan *s, const char *at, const char *p)
{
	const char *wrong;
	size_t n;

	if (s->orphan && s->m.id == NULL) {
		/* The finding about the msgid has said it. */
		s->broken = true;
		return NULL;
	}
	p = scan_index(p, s->line.end, &n);
	wrong = p == NULL ? _("the number of a plural form is written like "
			      "this: msgstr[0]")
			  : str_fault(s, n);
	if (wrong != NULL) {
		po_scan_extend(s);
		po_scan_broken(s, po_scan_place(s, at), wrong);
		return NULL;
	}
	if (s->m.nstr == 0)
		s->m.str_start = (uint32_t)(at - s->text);
	s->str[s->m.nstr++] = NULL;
	s->field = FIELD_STR;
	return p;
}

static void enter_plural(struct po_scan *s, const char *at)
{
	po_scan_extend(s);
	s->field = FIELD_PLURAL;
	if (s->m.id == NULL || s->m.plural != NULL || s->m.nstr > 0)
		po_scan_broken(s, po_scan_place(s, at),
		    _("a msgid_plural must stand right behind a msgid"));
}

static enum po_field field_of(const char *p, size_t len)
{
	static const struct {
		const char *name;
		enum po_field field;
	} known[] = {{"msgid", FIELD_ID}, {"msgstr", FIELD_STR},
	    {"msgctxt", FIELD_CTXT}, {"msgid_plural", FIELD_PLURAL}};
	size_t i;

	for (i = 0; i < COPL_COUNT(known); i++)
		if (strlen(known[i].name) == len &&
		    memcmp(known[i].name, p, len) == 0)
			return known[i].field;
	return FIELD_NONE;
}

static void unknown_word(struct po_scan *s, const char *at)
{
	if (s->m.nstr > 0)
		po_scan_finish(s);
	po_scan_extend(s);
	po_scan_broken(s, po_scan_place(s, at),
	    _("this is neither a keyword (msgctxt, msgid, msgid_plural, "
	      "msgstr) nor text in quotes nor a comment"));
}

static const char *previous_word(
    struct po_scan *s, enum po_field field, const char *at, const char *p)
{
	if (field == FIELD_ID)
		enter_previous(s, FIELD_PREV_ID);
	else if (field == FIELD_CTXT)
		enter_previous(s, FIELD_PREV_CTXT);
	else if (field == FIELD_PLURAL)
		enter_previous(s, FIELD_PREV_PLURAL);
	else
		unknown_word(s, at);
	return p;
}

/* obsolete entries have "#~" on each of their lines, others on none. */
static void check_obsolete(struct po_scan *s, const char *at, bool obsolete)
{
	if (s->m.obsolete != obsolete)
		po_scan_broken(s, po_scan_place(s, at),
		    _("either all lines of an entry begin with #~ or none"));
}

static const char *enter(struct po_scan *s, enum po_field field, const char *at,
    const char *p, bool obsolete)
{
	if (field == FIELD_CTXT || field == FIELD_ID) {
		bool first;

		enter_source(s, field);
		first = s->m.at.line == 0;
		if (first)
			s->m.obsolete = obsolete;
		if (first || field == FIELD_ID)
			s->m.at = po_scan_spot(s, at);
	} else if (field == FIELD_PLURAL) {
		enter_plural(s, at);
	} else {
		p = enter_str(s, at, p);
	}
	if (p != NULL && s->body)
		check_obsolete(s, at, obsolete);
	return p;
}

/* p is at a word; NULL: nothing more to read on the line. */
static const char *scan_word(
    struct po_scan *s, const char *p, bool obsolete, bool previous)
{
	const char *at = p;
	enum po_field field;

	while (p < s->line.end && (copl_is_lower(*p) || *p == '_'))
		p++;
	field = field_of(at, (size_t)(p - at));
	if (s->want.line != 0)
		po_scan_broken(
		    s, s->want, _("this keyword has no text in quotes"));
	if (field == FIELD_NONE) {
		unknown_word(s, at);
		return NULL;
	}
	p = previous ? previous_word(s, field, at, p)
		     : enter(s, field, at, p, obsolete);
	if (p == NULL || s->broken)
		return NULL;
	s->want = po_scan_place(s, at);
	return p;
}

/* ---- lines ---- */

/* What stands at p; NULL: nothing more to read on the line. */
static const char *scan_token(
    struct po_scan *s, const char *p, bool obsolete, bool previous)
{
	if (*p != '"')
		return scan_word(s, p, obsolete, previous);
	if (s->body && !previous)
		check_obsolete(s, p, obsolete);
	return po_scan_string(s, p);
}

/* A text goes on only on lines of its own kind. */
static void open_line(struct po_scan *s, bool text_first, bool previous)
{
	s->line_used = false;
	/* As any comment a "#|" line may not stand inside a message. */
	if (previous && s->body && s->m.nstr == 0)
		po_scan_finish(s);
	if (text_first && previous != (s->field >= FIELD_PREV_CTXT))
		s->field = FIELD_NONE;
}

static void scan_tokens(
    struct po_scan *s, const char *p, bool obsolete, bool previous)
{
	p = po_skip_blanks(p, s->line.end);
	open_line(s, p < s->line.end && *p == '"', previous);
	while (p < s->line.end) {
		p = scan_token(s, p, obsolete, previous);
		if (p == NULL)
			break;
		p = po_skip_blanks(p, s->line.end);
		s->line_used = true;
	}
	if (s->body && !previous)
		s->m.end = (uint32_t)(s->line.next - s->text);
}

/* A comment begins a new entry when the one before it is under way. */
static void scan_comment(struct po_scan *s)
{
	if (s->body || s->broken)
		po_scan_finish(s);
	po_scan_extend(s);
}

static void scan_obsolete(struct po_scan *s, const char *p)
{
	p = po_skip_blanks(p + 2, s->line.end);
	if (p == s->line.end)
		return;
	if (*p == '|')
		scan_tokens(s, p + 1, true, true);
	else if (*p == '#')
		scan_comment(s);
	else
		scan_tokens(s, p, true, false);
}

static void scan_hash(struct po_scan *s, const char *p)
{
	switch (po_comment_kind(p, s->line.end)) {
	case PO_OBSOLETE:
		scan_obsolete(s, p);
		break;
	case PO_PREVIOUS:
		scan_tokens(s, p + 2, false, true);
		break;
	case PO_TRANSLATOR:
	case PO_EXTRACTED:
	case PO_REFERENCE:
	case PO_FLAGS:
	case PO_STICKY:
	default:
		scan_comment(s);
		break;
	}
}

/* The mark of a version control conflict that the line is, or NUL. */
static char conflict_mark(const struct po_line *l)
{
	size_t len = (size_t)(l->end - l->s);
	size_t i;

	if (len < 7 || strchr("<|=>", l->s[0]) == NULL)
		return '\0';
	for (i = 1; i < 7; i++)
		if (l->s[i] != l->s[0])
			return '\0';
	if (len > 7 && l->s[7] != ' ')
		return '\0';
	return l->s[0];
}

/*
 * Of a conflict the first version is read and the others are passed over, so
 * that one conflict is one finding.
 */
static bool scan_conflict(struct po_scan *s)
{
	char mark = conflict_mark(&s->line);

	if (mark == 0)
		return s->conflict == 2;
	if (mark == '<' || s->conflict == 0)
		po_scan_error(s, "syntax", po_scan_place(s, s->line.s),
		    _("two versions of this file were joined and left a "
		      "conflict here: keep one text and remove the marks"));
	if (mark == '<')
		s->conflict = 1;
	else if (mark == '>')
		s->conflict = 0;
	else if (s->conflict == 1)
		s->conflict = 2;
	return true;
}

static void scan_line(struct po_scan *s)
{
	const char *p;

	if (scan_conflict(s))
		return;
	p = po_skip_blanks(s->line.s, s->line.end);
	if (p == s->line.end)
		return;
	if (*p == '#')
		scan_hash(s, p);
	else
		scan_tokens(s, p, false, false);
}

/* ---- the whole file ---- */

/* One finding for each line that is not UTF-8. */
static void check_encoding(struct po_scan *s)
{
	const char *p = s->text;

	for (;;) {
		p += copl_utf8_valid(p, (size_t)(s->end - p));
		if (p >= s->end)
			break;
		while (s->line.next <= p)
			po_line_next(&s->line, s->end);
		po_scan_error(s, "encoding", po_scan_place(s, p),
		    _("this is not UTF-8: save the file as UTF-8 and look at "
		      "its accented letters again"));
		p = s->line.next;
	}
	s->line.next = s->text;
	s->line.no = 0;
}

static void note(struct po_scan *s, const char *code, const char *text)
{
	struct copl_place at = {s->c->file, 1, 1};

	copl_report(s->r, COPL_NOTE, code, at, "%s", text);
}

static void look_at_form(struct po_scan *s)
{
	const char *lf = memchr(s->text, '\n', (size_t)(s->end - s->text));

	s->c->bom = s->end - s->text >= 3 && memcmp(s->text, PO_BOM, 3) == 0;
	s->c->crlf = lf != NULL && lf > s->text && lf[-1] == '\r';
	if (s->c->bom)
		note(s, "bom",
		    _("the file begins with a byte order mark; it is read, but "
		      "gettext's own tools refuse it"));
	if (s->c->crlf)
		note(s, "crlf",
		    _("the lines end as on Windows; they are kept so"));
}

/* Every line, when the bytes are known to be text. */
static enum copl_status scan_text(struct po_scan *s)
{
	struct copl_place at = {s->c->file, 1, 1};

	if (s->c->bom)
		s->line.next += 3;
	while (!s->nomem) {
		po_scan_fast(s);
		if (!po_line_next(&s->line, s->end))
			break;
		scan_line(s);
	}
	po_scan_finish(s);
	if (s->nomem || !po_scan_index(s))
		return COPL_E_NOMEM;
	if (s->c->header == NULL && !s->failed)
		po_scan_error(s, "header-missing", at,
		    _("the catalog has no header: begin it with msgid \"\" and "
		      "a msgstr that holds Language and Content-Type"));
	return s->failed ? COPL_E_PARSE : COPL_OK;
}

enum copl_status po_scan(
    struct copl_catalog *c, bool texts, struct copl_reporter *r)
{
	struct po_scan s = {.c = c, .r = r, .texts = texts, .text = c->text.s};
	struct copl_place at = {c->file, 1, 1};
	bool clean;

	s.end = s.text + c->text.len;
	s.line.next = s.text;
	clean = po_text_is_clean(s.text, c->text.len);
	if (!clean && memchr(s.text, '\0', c->text.len) != NULL) {
		po_scan_error(&s, "encoding", at,
		    _("the file holds NUL bytes: save it as UTF-8"));
		return COPL_E_PARSE;
	}
	c->texts = texts;
	look_at_form(&s);
	if (!clean)
		check_encoding(&s);
	/* What decoding adds, NULs and commas, is less than it takes away. */
	if (c->pool_room < c->text.len + PO_SLACK) {
		free(c->pool);
		c->pool_room = c->text.len + PO_SLACK;
		c->pool = po_room_alloc(c->pool_room);
	}
	s.pool = c->pool;
	if (s.pool == NULL) {
		c->pool_room = 0;
		return COPL_E_NOMEM;
	}
	return scan_text(&s);
}
