/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "serve/collect_body.h"
#include "serve/gate.h"

#define WORD_SIZE 48
/* Of one part: more lines, or longer ones, no client writes. */
#define LINES_MAX 8
#define HEAD_LINE_MAX ((size_t)1000)

/* ---- a value with parameters: form-data; name="a" ---- */

static const char *skip_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	return s;
}

static bool is_token(char c)
{
	return copl_is_alpha(c) || copl_is_digit(c) ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

/* A token, and "/" where it is a type; NULL: none, or it is too long. */
static const char *read_word(
    const char *s, const char *end, char out[WORD_SIZE])
{
	size_t n = 0;

	for (; s < end && (is_token(*s) || *s == '/'); s++) {
		if (n + 1 >= WORD_SIZE)
			return NULL;
		out[n++] = *s;
	}
	out[n] = '\0';
	return n == 0 ? NULL : s;
}

struct parameter {
	char name[WORD_SIZE];
	const char *value; /* as it stands, without quotes */
	size_t len;
};

/* Behind the value at s; NULL: malformed. */
static const char *read_value(
    const char *s, const char *end, struct parameter *out)
{
	bool quoted = s < end && *s == '"';

	s += quoted;
	out->value = s;
	for (; s < end; s++) {
		if (quoted ? *s == '"' : !is_token(*s))
			break;
		if (quoted && *s == '\\' && s + 1 < end)
			s++;
	}
	out->len = (size_t)(s - out->value);
	if (quoted)
		return s < end ? s + 1 : NULL;
	return out->len == 0 ? NULL : s;
}

/*
 * The parameter at s, which stands at a ';' or at the end: then the value is
 * NULL.  Returns where the next one is, or NULL when it is malformed.
 */
static const char *next_parameter(
    const char *s, const char *end, struct parameter *out)
{
	out->value = NULL;
	s = skip_blanks(s, end);
	if (s == end)
		return s;
	if (*s != ';')
		return NULL;
	s = skip_blanks(s + 1, end);
	if (s == end) /* "text/plain;" */
		return s;
	s = read_word(s, end, out->name);
	if (s == NULL || s == end || *s != '=')
		return NULL;
	return read_value(s + 1, end, out);
}

/* RFC 2046 5.1.1, without the blank. */
static bool is_boundary(const struct parameter *p)
{
	size_t i;

	if (p->len == 0 || p->len >= COLLECT_BOUNDARY_SIZE)
		return false;
	for (i = 0; i < p->len; i++)
		if (!copl_is_alpha(p->value[i]) &&
		    !copl_is_digit(p->value[i]) &&
		    strchr("'()+_,-./:=?", p->value[i]) == NULL)
			return false;
	return true;
}

static bool is_utf8(const struct parameter *p)
{
	char word[WORD_SIZE] = "";

	memcpy(word, p->value, p->len < WORD_SIZE ? p->len : WORD_SIZE - 1);
	return copl_gate_name_is(word, "utf-8");
}

/* Looks at the parameters of a type of ours. */
static enum collect_body_kind read_parameters(const char *s, const char *end,
    enum collect_body_kind kind, char boundary[COLLECT_BOUNDARY_SIZE])
{
	struct parameter p;

	do {
		s = next_parameter(s, end, &p);
		if (s == NULL)
			return COLLECT_BODY_WRONG;
		if (p.value == NULL)
			continue;
		if (copl_gate_name_is(p.name, "charset") && !is_utf8(&p))
			return COLLECT_BODY_OTHER;
		if (!copl_gate_name_is(p.name, "boundary"))
			continue;
		if (boundary[0] != '\0' || !is_boundary(&p))
			return COLLECT_BODY_WRONG;
		memcpy(boundary, p.value, p.len);
		boundary[p.len] = '\0';
	} while (s < end);
	if (kind == COLLECT_BODY_PARTS && boundary[0] == '\0')
		return COLLECT_BODY_WRONG;
	return kind;
}

enum collect_body_kind collect_body_kind(
    const char *type, char boundary[COLLECT_BOUNDARY_SIZE])
{
	char word[WORD_SIZE];
	const char *end, *s;

	memset(boundary, 0, COLLECT_BOUNDARY_SIZE);
	if (type == NULL)
		return COLLECT_BODY_OTHER;
	end = type + strlen(type);
	s = read_word(skip_blanks(type, end), end, word);
	if (s == NULL)
		return COLLECT_BODY_OTHER;
	if (copl_gate_name_is(word, "application/x-www-form-urlencoded"))
		return read_parameters(s, end, COLLECT_BODY_FIELDS, boundary);
	if (copl_gate_name_is(word, "multipart/form-data"))
		return read_parameters(s, end, COLLECT_BODY_PARTS, boundary);
	return COLLECT_BODY_OTHER;
}

/* ---- parts ---- */

static enum copl_status add(
    struct collect_parts *out, const struct collect_part *p)
{
	struct collect_part *list;

	if (out->n == COLLECT_PARTS_MAX)
		return COPL_E_LIMIT;
	list = copl_grow(out->list, out->n, &out->room, sizeof(*list));
	if (list == NULL)
		return COPL_E_NOMEM;
	out->list = list;
	list[out->n++] = *p;
	return COPL_OK;
}

/* ---- application/x-www-form-urlencoded ---- */

/* Resolves escapes where they stand; false: one is broken. */
static bool unescape(char *s, size_t len, size_t *out)
{
	size_t from = 0, to = 0;

	while (from < len) {
		char c = s[from++];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int byte = len - from < 2
				       ? -1
				       : copl_percent_byte(&s[from - 1]);

			if (byte < 0)
				return false;
			c = (char)byte;
			from += 2;
		}
		s[to++] = c;
	}
	*out = to;
	return true;
}

static enum copl_status add_pair(char *s, size_t len, struct collect_parts *out)
{
	char *equals = memchr(s, '=', len);
	size_t namelen = equals == NULL ? len : (size_t)(equals - s);
	struct collect_part p = {.name = s, .value = s + len};

	if (!unescape(s, namelen, &p.namelen))
		return COPL_E_INVALID;
	if (equals != NULL) {
		p.value = equals + 1;
		if (!unescape(equals + 1, len - namelen - 1, &p.len))
			return COPL_E_INVALID;
	}
	return add(out, &p);
}

enum copl_status collect_body_fields(
    char *bytes, size_t len, struct collect_parts *out)
{
	enum copl_status st = COPL_OK;
	char *s = bytes, *end = bytes + len;

	while (st == COPL_OK && s < end) {
		char *amp = memchr(s, '&', (size_t)(end - s));
		char *stop = amp == NULL ? end : amp;

		if (stop > s)
			st = add_pair(s, (size_t)(stop - s), out);
		s = stop + 1;
	}
	return st;
}

/* ---- multipart/form-data (RFC 7578) ---- */

struct reading {
	const char *s; /* not read yet */
	const char *end;
	char mark[COLLECT_BOUNDARY_SIZE + 4]; /* "\r\n--" and the boundary */
	size_t marklen;
};

/* The line at s without its end, and s behind it; false: it does not end. */
static bool next_line(struct reading *r, const char **line, size_t *len)
{
	size_t left = (size_t)(r->end - r->s);
	const char *stop = memmem(
	    r->s, left > HEAD_LINE_MAX ? HEAD_LINE_MAX : left, "\r\n", 2);

	if (stop == NULL)
		return false;
	*line = r->s;
	*len = (size_t)(stop - r->s);
	r->s = stop + 2;
	return true;
}

/* Behind a mark: is it the last one, and does the line end well? */
static bool end_mark(struct reading *r, bool *last)
{
	const char *line;
	size_t len;

	*last = r->end - r->s >= 2 && memcmp(r->s, "--", 2) == 0;
	if (*last) {
		r->s += 2;
		if (r->s == r->end)
			return true;
	}
	if (!next_line(r, &line, &len))
		return false;
	return skip_blanks(line, line + len) == line + len &&
	       (!*last || r->s == r->end);
}

static bool read_disposition(
    const char *s, const char *end, struct collect_part *out)
{
	struct parameter p;
	char word[WORD_SIZE];

	s = read_word(skip_blanks(s, end), end, word);
	if (s == NULL || !copl_gate_name_is(word, "form-data"))
		return false;
	do {
		s = next_parameter(s, end, &p);
		if (s == NULL)
			return false;
		if (p.value == NULL)
			continue;
		if (copl_gate_name_is(p.name, "filename") ||
		    copl_gate_name_is(p.name, "filename*"))
			out->file = true;
		if (!copl_gate_name_is(p.name, "name"))
			continue;
		/* None of ours needs an escape. */
		if (out->name != NULL || memchr(p.value, '\\', p.len) != NULL)
			return false;
		out->name = p.value;
		out->namelen = p.len;
	} while (s < end);
	return out->name != NULL;
}

/* Bytes as they are, whatever they are called. */
static bool is_plain_coding(const char *s, const char *end)
{
	char word[WORD_SIZE];

	s = read_word(skip_blanks(s, end), end, word);
	return s != NULL && skip_blanks(s, end) == end &&
	       (copl_gate_name_is(word, "binary") ||
		   copl_gate_name_is(word, "8bit") ||
		   copl_gate_name_is(word, "7bit"));
}

static bool read_line(const char *line, size_t len, struct collect_part *out)
{
	const char *end = line + len, *s;
	char word[WORD_SIZE];

	s = read_word(line, end, word);
	if (s == NULL || s == end || *s != ':')
		return false;
	if (copl_gate_name_is(word, "Content-Disposition"))
		return out->name == NULL && read_disposition(s + 1, end, out);
	if (copl_gate_name_is(word, "Content-Transfer-Encoding"))
		return is_plain_coding(s + 1, end);
	return true;
}

static bool read_lines(struct reading *r, struct collect_part *out)
{
	const char *line;
	size_t n, len;

	for (n = 0; n <= LINES_MAX; n++) {
		if (!next_line(r, &line, &len))
			return false;
		if (len == 0)
			return out->name != NULL;
		if (!read_line(line, len, out))
			return false;
	}
	return false;
}

/* An empty value is not followed by a line end of its own. */
static bool read_content(struct reading *r, struct collect_part *out)
{
	const char *start = r->s - 2;
	const char *stop =
	    memmem(start, (size_t)(r->end - start), r->mark, r->marklen);

	if (stop == NULL)
		return false;
	out->value = r->s;
	out->len = stop < r->s ? 0 : (size_t)(stop - r->s);
	r->s = stop + r->marklen;
	return true;
}

enum copl_status collect_body_parts(
    char *bytes, size_t len, const char *boundary, struct collect_parts *out)
{
	struct reading r = {.s = bytes, .end = bytes + len};
	enum copl_status st;
	size_t first;
	bool last;

	memcpy(r.mark, "\r\n--", 4);
	r.marklen = 4 + strlen(boundary);
	memcpy(r.mark + 4, boundary, r.marklen - 4);
	first = r.marklen - 2;
	if (len < first || memcmp(bytes, r.mark + 2, first) != 0)
		return COPL_E_INVALID;
	r.s += first;
	if (!end_mark(&r, &last))
		return COPL_E_INVALID;
	while (!last) {
		struct collect_part p = {.name = NULL};

		if (!read_lines(&r, &p) || !read_content(&r, &p) ||
		    !end_mark(&r, &last))
			return COPL_E_INVALID;
		st = add(out, &p);
		if (st != COPL_OK)
			return st;
	}
	return COPL_OK;
}
