/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "review/review_priv.h"

enum {
	ID,
	SOURCE,
	TRANSLATION,
	STATE,
	ORIGIN,
	DATE,
	ROLE,
	WHO,
	COLUMNS,
	NEEDED = ROLE /* an editor may have cut what is empty at the end */
};

#define MAX_COMMENT 65536

struct reader {
	struct copl_review *rv;
	struct copl_reporter *r;
	size_t line;
	bool bad;
	char *start; /* of the line */
	char *cell[COLUMNS];
	size_t ncells;
	struct copl_strbuf comment; /* what waits for its row */
};

static struct copl_place place(const struct reader *rd, const char *at)
{
	size_t column =
	    1 + copl_utf8_count(rd->start, (size_t)(at - rd->start));

	return (struct copl_place){rd->rv->file, rd->line, column};
}

#define BAD(rd, at, ...)                                                       \
	do {                                                                   \
		(rd)->bad = true;                                              \
		copl_report((rd)->r, COPL_ERROR, "review-syntax",              \
		    place(rd, at), __VA_ARGS__);                               \
	} while (0)

/* ---- cells ---- */

/* Undoes what the writer did to an id, in place. */
static bool unescape(char *s)
{
	static const char from[] = "\\tnr#@", to[] = "\\\t\n\r#@";
	const char *known;
	char *out = s;

	for (; *s != '\0'; s++) {
		if (*s != '\\') {
			*out++ = *s;
			continue;
		}
		s++;
		known = *s == '\0' ? NULL : strchr(from, *s);
		if (known == NULL)
			return false;
		*out++ = to[known - from];
	}
	*out = '\0';
	return true;
}

static bool is_hash(const char *s)
{
	size_t i;

	for (i = 0; copl_is_digit(s[i]) || (s[i] >= 'a' && s[i] <= 'f'); i++)
		;
	return s[i] == '\0' && i == COPL_REVIEW_HASH_SIZE - 1;
}

static void check_hash(struct reader *rd, size_t i)
{
	if (!is_hash(rd->cell[i]))
		BAD(rd, rd->cell[i],
		    _("\"%s\" is not a hash: 32 characters of 0-9 and a-f "
		      "stand here; cop-l10n review writes such rows"),
		    rd->cell[i]);
}

static void check_date(struct reader *rd)
{
	int64_t seconds;

	if (!copl_date_parse(rd->cell[DATE], &seconds))
		BAD(rd, rd->cell[DATE],
		    _("\"%s\" is not a date: write it as 2027-01-31"),
		    rd->cell[DATE]);
}

/* A role or a name; what was not said becomes "". */
static const char *read_text(struct reader *rd, size_t i)
{
	if (i >= rd->ncells || strcmp(rd->cell[i], REVIEW_NOT_SAID) == 0)
		return "";
	if (!copl_review_text_is_good(rd->cell[i]))
		BAD(rd, rd->cell[i],
		    _("the role and the name are one line of at most 200 "
		      "bytes each, without control characters"));
	return rd->cell[i];
}

static enum copl_review_state read_state(struct reader *rd)
{
	enum copl_review_state state = COPL_REVIEW_NONE;

	if (!copl_review_state_parse(rd->cell[STATE], &state))
		BAD(rd, rd->cell[STATE],
		    _("\"%s\" is not a state: write draft, translated, "
		      "reviewed or approved"),
		    rd->cell[STATE]);
	return state;
}

/* ---- rows ---- */

static const char *take_comment(struct reader *rd)
{
	const char *s = NULL;

	if (rd->comment.len == 0)
		return NULL;
	s = copl_arena_strdup(rd->rv->arena, copl_strbuf_text(&rd->comment));
	copl_strbuf_reset(&rd->comment);
	rd->r->nomem |= s == NULL;
	return s;
}

static void read_signoff(struct reader *rd)
{
	struct copl_review_signoff s = {.line = rd->line};

	check_hash(rd, SOURCE);
	check_date(rd);
	s.digest = rd->cell[SOURCE];
	s.date = rd->cell[DATE];
	s.role = read_text(rd, ROLE);
	s.who = read_text(rd, WHO);
	s.comment = take_comment(rd);
	rd->r->nomem |= !review_append_signoff(rd->rv, &s);
}

static void read_pair(struct reader *rd)
{
	struct copl_review_row row = {.line = rd->line};

	if (!unescape(rd->cell[ID]))
		BAD(rd, rd->cell[ID],
		    _("a backslash stands only before another one, t, n, r, # "
		      "or @: write \\\\ for a backslash"));
	check_hash(rd, SOURCE);
	check_hash(rd, TRANSLATION);
	row.state = read_state(rd);
	if (!copl_review_origin_is_good(rd->cell[ORIGIN]))
		BAD(rd, rd->cell[ORIGIN],
		    _("\"%s\" is not an origin: write a word of a-z, such as "
		      "human, machine or reuse"),
		    rd->cell[ORIGIN]);
	check_date(rd);
	row.id = rd->cell[ID];
	row.source = rd->cell[SOURCE];
	row.translation = rd->cell[TRANSLATION];
	row.origin = rd->cell[ORIGIN];
	row.date = rd->cell[DATE];
	row.role = read_text(rd, ROLE);
	row.who = read_text(rd, WHO);
	row.comment = take_comment(rd);
	rd->r->nomem |= !review_append(rd->rv, &row);
}

/* The cells of a row; the line is cut into them. */
static bool split(struct reader *rd, char *s)
{
	char *tab;

	rd->ncells = 0;
	for (;;) {
		if (rd->ncells == COLUMNS) {
			BAD(rd, s,
			    _("this row has more than 8 columns: each TAB "
			      "begins a new one"));
			return false;
		}
		rd->cell[rd->ncells++] = s;
		tab = strchr(s, '\t');
		if (tab == NULL)
			break;
		*tab = '\0';
		s = tab + 1;
	}
	if (rd->ncells >= NEEDED)
		return true;
	BAD(rd, s + strlen(s),
	    _("this row has %zu of its 8 columns: id, two hashes, state, "
	      "origin, date, role and name, with a TAB between them"),
	    rd->ncells);
	return false;
}

static void read_row(struct reader *rd, char *s)
{
	if (!split(rd, s))
		return;
	if (strcmp(rd->cell[ID], REVIEW_SIGNOFF) == 0)
		read_signoff(rd);
	else if (rd->cell[ID][0] == '@')
		BAD(rd, s,
		    _("\"%s\" is not known here: an id that begins with @ is "
		      "written with \\ before it"),
		    rd->cell[ID]);
	else
		read_pair(rd);
}

/* ---- lines ---- */

static void read_first_line(struct reader *rd, const char *s)
{
	static const char name[] = "cop-l10n-review ";

	if (strcmp(s, REVIEW_FIRST_LINE) == 0)
		return;
	rd->bad = true;
	if (strncmp(s, name, sizeof(name) - 1) == 0)
		copl_report(rd->r, COPL_ERROR, "review-version", place(rd, s),
		    _("this record is of version \"%s\", and this program "
		      "knows version 1: use a newer cop-l10n"),
		    s + sizeof(name) - 1);
	else
		copl_report(rd->r, COPL_ERROR, "review-version", place(rd, s),
		    _("the first line of a review record is \"%s\""),
		    REVIEW_FIRST_LINE);
}

static bool is_conflict(const char *s)
{
	static const char marks[] = "<>=|";
	const char *mark = *s == '\0' ? NULL : strchr(marks, *s);
	size_t n = 0;

	while (mark != NULL && s[n] == *mark)
		n++;
	return n == 7 && (s[n] == '\0' || s[n] == ' ');
}

static void keep_comment(struct reader *rd, const char *s)
{
	if (rd->comment.len > 0)
		copl_strbuf_puts(&rd->comment, "\n");
	copl_strbuf_puts(&rd->comment, s);
	if (rd->comment.st == COPL_E_LIMIT) {
		BAD(rd, s,
		    _("this comment is longer than %d bytes: shorten it"),
		    MAX_COMMENT);
		copl_strbuf_reset(&rd->comment);
	}
}

static void read_line(struct reader *rd, char *s)
{
	rd->start = s;
	rd->line++;
	/* Two sides that both began the record have two first lines. */
	if (rd->line == 1)
		read_first_line(rd, s);
	else if (*s == '#')
		keep_comment(rd, s);
	else if (is_conflict(s)) {
		rd->bad = true;
		copl_report(rd->r, COPL_ERROR, "review-conflict", place(rd, s),
		    _("git left a conflict here: delete this line and keep "
		      "the rows of both sides"));
	} else if (*s != '\0' && strcmp(s, REVIEW_FIRST_LINE) != 0)
		read_row(rd, s);
}

static void read_lines(struct reader *rd, char *s, size_t len)
{
	char *end = s + len, *lf;

	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	while (s < end) {
		lf = memchr(s, '\n', (size_t)(end - s));
		if (lf == NULL)
			lf = end;
		*lf = '\0';
		if (lf > s && lf[-1] == '\r')
			lf[-1] = '\0';
		read_line(rd, s);
		s = lf + 1;
	}
	rd->rv->tail = take_comment(rd);
}

/* Where bytes are that no line of text has. */
static bool is_text(struct reader *rd, char *s, size_t len)
{
	size_t good = copl_utf8_valid(s, len), i;
	const char *nul = memchr(s, '\0', len);

	if (nul != NULL && (size_t)(nul - s) < good)
		good = (size_t)(nul - s);
	if (good == len)
		return true;
	rd->line = 1;
	rd->start = s;
	for (i = 0; i < good; i++)
		if (s[i] == '\n') {
			rd->line++;
			rd->start = s + i + 1;
		}
	BAD(rd, s + good,
	    _("this byte is not UTF-8 text: save the record as UTF-8"));
	return false;
}

enum copl_status copl_review_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_review **out)
{
	struct reader rd = {.r = r, .comment = COPL_STRBUF_INIT(MAX_COMMENT)};
	enum copl_status st = COPL_E_NOMEM;
	char *text;

	*out = NULL;
	rd.rv = review_new(file);
	if (rd.rv == NULL)
		return COPL_E_NOMEM;
	text = copl_arena_strndup(rd.rv->arena, bytes, len);
	if (text == NULL)
		goto out;
	if (is_text(&rd, text, len))
		read_lines(&rd, text, len);
	if (r->nomem || rd.comment.st == COPL_E_NOMEM)
		goto out;
	st = rd.bad ? COPL_E_PARSE : COPL_OK;
	if (st != COPL_OK)
		goto out;
	review_settle(rd.rv);
	*out = rd.rv;
	rd.rv = NULL;
out:
	copl_strbuf_clear(&rd.comment);
	copl_review_free(rd.rv);
	return st;
}

enum copl_status copl_review_load(
    const char *path, struct copl_reporter *r, struct copl_review **out)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_REVIEW_MAX);
	enum copl_status st;

	*out = NULL;
	if (!copl_path_exists(path))
		return copl_review_read("", 0, path, r, out);
	st = copl_file_read(path, COPL_REVIEW_MAX, r, &bytes);
	if (st == COPL_OK)
		st = copl_review_read(
		    copl_strbuf_text(&bytes), bytes.len, path, r, out);
	copl_strbuf_clear(&bytes);
	return st;
}
