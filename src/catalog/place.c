/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "catalog/catalog_priv.h"

struct copl_place copl_message_at(
    const struct copl_catalog *c, const struct copl_message *m)
{
	return (struct copl_place){c->file, m->at.line, m->at.column};
}

struct copl_place copl_message_str_at(
    const struct copl_catalog *c, const struct copl_message *m)
{
	return (struct copl_place){c->file, m->str_at.line, m->str_at.column};
}

/* A walk over the bytes of an entry that has no fault. */
struct walk {
	struct po_line line; /* numbered from the entry's first line, from 1 */
	const char *p; /* in the line */
	size_t id_line; /* of the msgid */
	size_t form; /* plus one; 0: no msgstr was seen yet */
	size_t left; /* bytes up to the one that is looked for */
	const char *at; /* the last byte that may be it */
	struct po_line at_line; /* its line */
};

/* Place of a byte of a line; the byte may be inside a character. */
static struct copl_place place_of(
    const char *file, size_t no, const struct po_line *l, const char *at)
{
	struct copl_place p = {file, no, 0};

	while (at > l->s && ((unsigned char)*at & 0xc0) == 0x80)
		at--;
	p.column = copl_utf8_count(l->s, (size_t)(at - l->s)) + 1;
	return p;
}

/* A NUL is the closing quote of a string that is used where it lies. */
static bool at_quote(const struct walk *w)
{
	return w->p < w->line.end && (*w->p == '"' || *w->p == '\0');
}

/* A string, p behind its opening quote; true: the byte is found. */
static bool walk_string(struct walk *w, bool counts)
{
	const char *end = w->line.end;

	for (; w->p < end && !at_quote(w); w->left -= counts) {
		if (counts && w->left == 0)
			break;
		if (*w->p++ == '\\')
			(void)po_escape(&w->p, end);
	}
	if (counts) {
		w->at = w->p;
		w->at_line = w->line;
	}
	if (w->p < end && !at_quote(w))
		return true;
	if (w->p < end)
		w->p++;
	return false;
}

/* A keyword, p at its first letter. */
static void walk_word(struct walk *w)
{
	const char *from = w->p;
	size_t len;

	while (w->p < w->line.end && (copl_is_lower(*w->p) || *w->p == '_'))
		w->p++;
	len = (size_t)(w->p - from);
	if (len == 5 && memcmp(from, "msgid", 5) == 0)
		w->id_line = w->line.no;
	else if (len == 6 && memcmp(from, "msgstr", 6) == 0)
		w->form++;
}

/* True: the byte is on this line. */
static bool walk_line(struct walk *w, size_t form)
{
	w->p = w->line.s;
	while (w->p < w->line.end) {
		if (*w->p == '"') {
			w->p++;
			if (walk_string(w, w->form == form + 1))
				return true;
		} else if (copl_is_lower(*w->p)) {
			walk_word(w);
		} else {
			w->p++;
		}
	}
	return false;
}

/* The place in the entry's bytes, as they stand in the file. */
static struct copl_place look(const struct copl_catalog *c,
    const struct copl_message *m, const char *entry, size_t form, size_t offset)
{
	const char *end = entry + (m->end - m->body);
	struct walk w = {.line = {NULL, NULL, entry, 0}, .left = offset};

	while (w.form <= form + 1 && po_line_next(&w.line, end))
		if (walk_line(&w, form))
			break;
	if (w.at == NULL)
		return copl_message_at(c, m);
	return place_of(
	    c->file, m->at.line + w.at_line.no - w.id_line, &w.at_line, w.at);
}

/* The bytes of an entry from its file; NULL: they cannot be had again. */
static char *read_again(
    const struct copl_catalog *c, const struct copl_message *m)
{
	size_t len = m->end - m->body, got = 0;
	int fd = open(c->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *bytes = fd < 0 ? NULL : malloc(len + 1);

	while (bytes != NULL && got < len) {
		ssize_t n =
		    pread(fd, bytes + got, len - got, (off_t)(m->body + got));

		if (n <= 0)
			break;
		got += (size_t)n;
	}
	if (fd >= 0)
		close(fd);
	if (got == len)
		return bytes;
	free(bytes);
	return NULL;
}

struct copl_place copl_catalog_str_place(const struct copl_catalog *c,
    const struct copl_message *m, size_t form, size_t offset)
{
	struct copl_place at;
	char *bytes;

	if (!c->texts)
		return look(
		    c, m, copl_strbuf_text(&c->text) + m->body, form, offset);
	bytes = read_again(c, m);
	if (bytes == NULL)
		return copl_message_str_at(c, m);
	at = look(c, m, bytes, form, offset);
	free(bytes);
	return at;
}
