/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "catalog/merge.h"

void po_out_flush(struct po_out *o)
{
	const char *s = copl_strbuf_text(&o->tmp);

	if (o->tmp.st != COPL_OK && o->out->st == COPL_OK)
		o->out->st = o->tmp.st;
	while (o->c != NULL && o->c->crlf && *s != '\0') {
		size_t n = strcspn(s, "\n");

		copl_strbuf_add(o->out, s, n);
		copl_strbuf_puts(o->out, s[n] == '\n' ? "\r\n" : "");
		s += n + (s[n] == '\n');
	}
	copl_strbuf_puts(o->out, s);
	copl_strbuf_reset(&o->tmp);
}

void po_out_line(struct po_out *o)
{
	if (o->out->len == 0 || o->out->s[o->out->len - 1] == '\n')
		return;
	copl_strbuf_puts(&o->tmp, "\n");
	po_out_flush(o);
}

/* ---- what differs ---- */

#define FLAG_ENDS ", \t\r\n"

/* Steps over a list of flags: the next one, its length in *len, or NULL. */
static const char *next_flag(const char *p, const char *end, size_t *len)
{
	while (p < end && strchr(FLAG_ENDS, *p) != NULL)
		p++;
	for (*len = 0; p + *len < end && strchr(FLAG_ENDS, p[*len]) == NULL;)
		++*len;
	return *len == 0 ? NULL : p;
}

/* Formats belong to the form, other flags to whoever wrote them. */
static bool is_format(const char *flag, size_t len)
{
	static const char end[] = "-format";
	size_t n = sizeof(end) - 1;

	return len > n && memcmp(flag + len - n, end, n) == 0;
}

static bool lists_flag(const char *list, const char *flag, size_t len)
{
	const char *p = list == NULL ? "" : list;
	const char *end = p + strlen(p);
	size_t n;

	for (; (p = next_flag(p, end, &n)) != NULL; p += n)
		if (n == len && memcmp(p, flag, len) == 0)
			return true;
	return false;
}

/* Are all flags of a (or only its formats) in b? */
static bool flags_within(const char *a, const char *b, bool formats)
{
	const char *p = a == NULL ? "" : a;
	const char *end = p + strlen(p);
	size_t n;

	for (; (p = next_flag(p, end, &n)) != NULL; p += n)
		if ((!formats || is_format(p, n)) && !lists_flag(b, p, n))
			return false;
	return true;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static bool same_flags(const struct copl_message *m, const struct copl_entry *e)
{
	if (same_text(m->flags, e->flags))
		return true;
	return flags_within(e->flags, m->flags, false) &&
	       flags_within(m->flags, e->flags, true);
}

/* A person has looked at what was offered, and the mark has done its work. */
static bool has_spent_mark(const struct copl_message *m)
{
	return m->comment != NULL && !m->fuzzy && po_message_has_text(m) &&
	       copl_message_reuse(m) != NULL;
}

bool po_entry_is_stale(const struct copl_message *m, const struct copl_entry *e)
{
	return has_spent_mark(m) || !same_text(m->extracted, e->extracted) ||
	       !copl_words_same(m->refs, e->ref) || !same_flags(m, e);
}

bool po_entry_is_same(const struct copl_message *m, const struct copl_entry *e)
{
	/* "" is no plural: an empty msgid_plural is a text all the same. */
	return strcmp(m->id, e->id) == 0 &&
	       (m->plural == NULL) == (e->plural == NULL) &&
	       same_text(m->plural, e->plural);
}

bool po_message_has_text(const struct copl_message *m)
{
	size_t i;

	for (i = 0; i < m->nstr; i++)
		if (m->str[i][0] != '\0')
			return true;
	return false;
}

/* ---- lines of the entry that is there ---- */

/*
 * Bytes from..to of the catalog.  Lines of an obsolete entry lose their
 * "#~ ".
 */
static void put_raw(
    struct po_out *o, const struct copl_message *m, size_t from, size_t to)
{
	const char *text = copl_strbuf_text(&o->c->text);
	struct po_line l = {NULL, NULL, text + from, 0};

	po_out_flush(o);
	if (!m->obsolete) {
		po_put_raw(o->out, text + from, to - from);
		return;
	}
	while (po_line_next(&l, text + to)) {
		const char *p = po_skip_blanks(l.s, l.end);

		if (l.end - p > 1 && p[0] == '#' && p[1] == '~')
			p += p + 2 < l.end && p[2] == ' ' ? 3 : 2;
		po_put_raw(o->out, p, (size_t)(l.next - p));
	}
}

/* The comment lines of one kind, as they are. */
static void put_comments(
    struct po_out *o, const struct copl_message *m, enum po_comment kind)
{
	const char *text = copl_strbuf_text(&o->c->text);
	struct po_line l = {NULL, NULL, text + m->start, 0};

	po_out_flush(o);
	while (po_line_next(&l, text + m->body)) {
		const char *p = po_skip_blanks(l.s, l.end);

		if (p < l.end && po_comment_kind(p, l.end) == kind)
			po_put_raw(o->out, l.s, (size_t)(l.next - l.s));
	}
}

/* Those of translators, without a mark of reuse that has done its work. */
static void put_remarks(struct po_out *o, const struct copl_message *m)
{
	static const char mark[] = "reuse: ";
	const char *text = copl_strbuf_text(&o->c->text);
	struct po_line l = {NULL, NULL, text + m->start, 0};
	bool spent = has_spent_mark(m);

	po_out_flush(o);
	while (po_line_next(&l, text + m->body)) {
		const char *p = po_skip_blanks(l.s, l.end), *s;

		if (p == l.end || po_comment_kind(p, l.end) != PO_TRANSLATOR)
			continue;
		s = po_skip_blanks(p + 1, l.end);
		if (spent && (size_t)(l.end - s) >= sizeof(mark) - 1 &&
		    memcmp(s, mark, sizeof(mark) - 1) == 0)
			continue;
		po_put_raw(o->out, l.s, (size_t)(l.next - l.s));
	}
}

/* The bar of a "#|" or "#~|" line; NULL: it is another line. */
static const char *previous_bar(const struct po_line *l)
{
	const char *p = po_skip_blanks(l->s, l->end);

	if (l->end - p < 2 || *p != '#')
		return NULL;
	p = p[1] == '~' ? po_skip_blanks(p + 2, l->end) : p + 1;
	return p < l->end && *p == '|' ? p : NULL;
}

/* The "#|" lines, with another mark when the entry changes sides. */
static void put_previous(
    struct po_out *o, const struct copl_message *m, const char *mark)
{
	const char *text = copl_strbuf_text(&o->c->text);
	struct po_line l = {NULL, NULL, text + m->start, 0};

	po_out_flush(o);
	while (po_line_next(&l, text + m->body)) {
		const char *bar = previous_bar(&l);

		if (bar == NULL)
			continue;
		copl_strbuf_puts(o->out, mark);
		copl_strbuf_add(o->out, bar + 1, (size_t)(l.next - bar - 1));
	}
}

/* ---- the entry as it shall be ---- */

static void add_flag(struct copl_strbuf *b, const char *flag, size_t len)
{
	copl_strbuf_puts(b, b->len == 0 ? "#, " : ", ");
	copl_strbuf_add(b, flag, len);
}

/* Flags of the "#," lines that are neither fuzzy nor a format. */
static void add_other_flags(
    struct copl_strbuf *b, const struct po_out *o, const struct copl_message *m)
{
	const char *text = copl_strbuf_text(&o->c->text);
	struct po_line l = {NULL, NULL, text + m->start, 0};

	while (po_line_next(&l, text + m->body)) {
		const char *p = po_skip_blanks(l.s, l.end);
		size_t n;

		if (p == l.end || po_comment_kind(p, l.end) != PO_FLAGS)
			continue;
		for (p += 2; (p = next_flag(p, l.end, &n)) != NULL; p += n)
			if (!is_format(p, n) &&
			    !(n == 5 && memcmp(p, "fuzzy", n) == 0))
				add_flag(b, p, n);
	}
}

static void put_flags(struct po_out *o, const struct copl_message *m,
    const struct copl_entry *e, bool fuzzy)
{
	if (fuzzy == m->fuzzy && same_flags(m, e)) {
		put_comments(o, m, PO_FLAGS);
		put_comments(o, m, PO_STICKY);
		return;
	}
	po_out_flush(o);
	if (fuzzy)
		add_flag(&o->tmp, "fuzzy", 5);
	if (e->flags != NULL && e->flags[0] != '\0')
		add_flag(&o->tmp, e->flags, strlen(e->flags));
	add_other_flags(&o->tmp, o, m);
	if (o->tmp.len > 0)
		copl_strbuf_puts(&o->tmp, "\n");
	put_comments(o, m, PO_STICKY);
}

/* The source that the translation was made for, when it is not the new one. */
static void put_made_for(
    struct po_out *o, const struct copl_message *m, const struct copl_entry *e)
{
	if (m->fuzzy && m->prev != NULL && m->prev->id != NULL) {
		if (strcmp(m->prev->id, e->id) != 0)
			put_previous(o, m, "#|");
		return;
	}
	po_put_string(&o->tmp, "#| ", "msgid", m->id);
	if (m->plural != NULL)
		po_put_string(&o->tmp, "#| ", "msgid_plural", m->plural);
}

/*
 * Of a text that loses its plural forms the first one stays; one that gets
 * them brings its translation into each.
 */
static void put_translation(
    struct po_out *o, const struct copl_message *m, const struct copl_entry *e)
{
	if (m->plural != NULL && e->plural == NULL)
		po_put_string(&o->tmp, "", "msgstr", m->str[0]);
	else if (m->plural == NULL && e->plural != NULL)
		po_put_forms(
		    &o->tmp, m->str[0], o->nplurals == 0 ? 2 : o->nplurals);
	else
		put_raw(o, m, m->str_start, m->end);
}

void po_put_renewed(
    struct po_out *o, const struct copl_message *m, const struct copl_entry *e)
{
	bool new_text = !po_entry_is_same(m, e);
	bool has_text = po_message_has_text(m);

	put_remarks(o, m);
	po_put_comment(&o->tmp, "#.", e->extracted);
	po_put_comment(&o->tmp, "#:", e->ref);
	put_flags(o, m, e, has_text && (m->fuzzy || new_text));
	if (!new_text) {
		put_previous(o, m, "#|");
		put_raw(o, m, m->body, m->end);
		return;
	}
	if (has_text)
		put_made_for(o, m, e);
	if (e->ctxt != NULL)
		po_put_string(&o->tmp, "", "msgctxt", e->ctxt);
	po_put_string(&o->tmp, "", "msgid", e->id);
	if (e->plural != NULL)
		po_put_string(&o->tmp, "", "msgid_plural", e->plural);
	put_translation(o, m, e);
	po_out_flush(o);
}

void po_put_filled(struct po_out *o, const struct copl_message *m,
    const struct copl_entry *e, const struct po_found *f)
{
	struct copl_entry source = *e;

	put_comments(o, m, PO_TRANSLATOR);
	po_put_reuse(&o->tmp, f);
	po_put_comment(&o->tmp, "#.", e->extracted);
	po_put_comment(&o->tmp, "#:", e->ref);
	put_flags(o, m, e, true);
	source.extracted = source.ref = source.flags = NULL;
	po_put_source(&o->tmp, &source);
	po_put_found(o, &o->tmp, e, f);
	po_out_flush(o);
}

void po_put_obsolete(struct po_out *o, const struct copl_message *m)
{
	const char *text = copl_strbuf_text(&o->c->text);
	struct po_line l = {NULL, NULL, text + m->body, 0};

	put_comments(o, m, PO_TRANSLATOR);
	put_comments(o, m, PO_FLAGS);
	put_comments(o, m, PO_STICKY);
	put_previous(o, m, "#~|");
	while (po_line_next(&l, text + m->end)) {
		const char *p = po_skip_blanks(l.s, l.end);

		/* Blank lines, and "#~" with nothing behind it. */
		if (p == l.end || *p == '#')
			continue;
		copl_strbuf_puts(o->out, "#~ ");
		po_put_raw(o->out, p, (size_t)(l.next - p));
	}
	po_out_line(o);
}

/* ---- the header ---- */

/* Is the line the field's?  Then what shall stand in its place. */
static const char *renewed_field(
    const struct po_line *l, const struct copl_po_header *h, const char **name)
{
	static const char *const names[] = {"Project-Id-Version: ",
	    "POT-Creation-Date: ", "X-COP-Form-Version: "};
	const char *const values[] = {h->project, h->created, h->version};
	const char *p = po_skip_blanks(l->s, l->end);
	size_t i;

	for (i = 0; i < COPL_COUNT(names); i++) {
		size_t n = strlen(names[i]);

		if ((size_t)(l->end - p) > n + 1 && *p == '"' &&
		    memcmp(p + 1, names[i], n) == 0) {
			*name = names[i];
			return values[i];
		}
	}
	return NULL;
}

static void put_quoted(struct copl_strbuf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			copl_strbuf_add(b, "\\", 1);
		copl_strbuf_add(b, s, 1);
	}
}

static bool ends_field(const struct po_line *l)
{
	const char *p = l->end;

	while (p > l->s && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	return p - l->s < 3 || memcmp(p - 3, "\\n\"", 3) == 0;
}

void po_put_header_renewed(struct po_out *o, const struct copl_po_header *h)
{
	const char *text = copl_strbuf_text(&o->c->text);
	const struct copl_message *m = o->c->header;
	struct po_line l = {NULL, NULL, text + m->start, 0};

	while (po_line_next(&l, text + m->end)) {
		const char *name = NULL;
		const char *value = renewed_field(&l, h, &name);

		if (value == NULL) {
			po_put_raw(o->out, l.s, (size_t)(l.next - l.s));
			continue;
		}
		copl_strbuf_puts(&o->tmp, "\"");
		copl_strbuf_puts(&o->tmp, name);
		put_quoted(&o->tmp, value);
		copl_strbuf_puts(&o->tmp, "\\n\"\n");
		po_out_flush(o);
		while (!ends_field(&l) && po_line_next(&l, text + m->end))
			continue;
	}
}
