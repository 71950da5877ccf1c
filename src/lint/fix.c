/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "inline/inline.h"
#include "lint/fix_priv.h"

/* One may make work for another, so they go round until nothing changes. */
#define ROUNDS 4

static const struct {
	const char *code;
	fix_fn *fix;
} fixes[] = {
    {"xml-malformed", fix_markup},
    {"zero-width", fix_zero_width},
    {"not-nfc", fix_nfc},
    {"double-space", fix_double_space},
    {"french-spacing", fix_french},
    {"end-punctuation-locale", fix_marks},
    {"edge-space", fix_edge_space},
};

/* ---- editing ---- */

void fix_copy_to(struct fix_text *t, const char *s)
{
	if (s > t->copied)
		copl_strbuf_add(t->out, t->copied, (size_t)(s - t->copied));
	if (s > t->copied)
		t->copied = s;
}

void fix_insert(struct fix_text *t, const char *at, const char *text)
{
	fix_copy_to(t, at);
	copl_strbuf_puts(t->out, text);
}

void fix_replace(struct fix_text *t, const struct fix_char *c, const char *with)
{
	fix_insert(t, c->s, with);
	t->copied = c->s + c->len;
}

/* ---- as it is read ---- */

static uint32_t referred(const char *s)
{
	static const struct {
		const char *name;
		char c;
	} known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
	    {"&quot;", '"'}, {"&apos;", '\''}};
	size_t i;

	for (i = 0; i < COPL_COUNT(known); i++)
		if (strncmp(s, known[i].name, strlen(known[i].name)) == 0)
			return (uint32_t)known[i].c;
	return LINT_OBJECT;
}

static size_t read_chars(const char *s, bool formats, struct fix_char *out)
{
	bool word = true;
	size_t n = 0;

	while (*s != '\0') {
		enum copl_inline_kind what;
		size_t len = copl_inline_piece(s, word, formats, &what);
		const char *p = s;
		uint32_t c = what == COPL_PIECE_TEXT        ? lint_next(&p)
			     : what == COPL_PIECE_REFERENCE ? referred(s)
							    : LINT_OBJECT;

		if (what != COPL_PIECE_TAG)
			out[n++] = (struct fix_char){c, s, len};
		word = what != COPL_PIECE_TEXT || !lint_is_letter(c);
		s += len;
	}
	return n;
}

/* ---- one text ---- */

static bool is_silenced(const struct copl_lint_fix *f,
    const struct copl_message *m, const char *code)
{
	static const struct copl_lint how = {.show_ignored = false};
	struct lint l = {.c = f->c, .how = &how};

	return m->comment != NULL && lint_silenced(&l, m, code);
}

static void note_done(struct copl_lint_fix *f, const char *code)
{
	size_t i = 0;

	while (f->done[i] != NULL && strcmp(f->done[i], code) != 0)
		i++;
	if (i < COPL_LINT_FIXES)
		f->done[i] = code;
}

/* Makes out of from; false: it is the same. */
static enum copl_status apply(const struct copl_lint_fix *f,
    const struct copl_message *m, const char *id,
    const struct copl_strbuf *from, fix_fn *fix, struct copl_strbuf *out,
    bool *changed)
{
	const char *str = copl_strbuf_text(from);
	struct fix_char *chars = malloc((from->len + 1) * sizeof(*chars));
	struct fix_text t = {.tag = f->tag,
	    .id = id,
	    .str = str,
	    .formats = lint_has_formats(m),
	    .chars = chars,
	    .out = out,
	    .copied = str};

	if (chars == NULL)
		return COPL_E_NOMEM;
	copl_strbuf_reset(out);
	t.n = read_chars(str, t.formats, chars);
	fix(&t);
	fix_copy_to(&t, str + from->len);
	free(chars);
	*changed = strcmp(copl_strbuf_text(out), str) != 0;
	return out->st;
}

static enum copl_status round_of_fixes(struct copl_lint_fix *f,
    const struct copl_message *m, const char *id, struct copl_strbuf *text,
    struct copl_strbuf *other, bool *any)
{
	enum copl_status st = COPL_OK;
	size_t i;

	*any = false;
	for (i = 0; i < COPL_COUNT(fixes) && st == COPL_OK; i++) {
		struct copl_strbuf swap = *text;
		bool changed = false;

		if (is_silenced(f, m, fixes[i].code))
			continue;
		st = apply(f, m, id, text, fixes[i].fix, other, &changed);
		/* A text is not fixed away. */
		if (st != COPL_OK || !changed || other->len == 0)
			continue;
		*text = *other;
		*other = swap;
		note_done(f, fixes[i].code);
		*any = true;
	}
	return st;
}

enum copl_status copl_lint_fix_text(struct copl_lint_fix *f,
    const struct copl_message *m, const char *id, const char *str,
    struct copl_strbuf *out)
{
	struct copl_strbuf other = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	enum copl_status st;
	bool any = true;
	size_t i;

	memset(f->done, 0, sizeof(f->done));
	copl_strbuf_reset(out);
	copl_strbuf_puts(out, str);
	st = out->st;
	for (i = 0; i < ROUNDS && any && st == COPL_OK; i++)
		st = round_of_fixes(f, m, id, out, &other, &any);
	copl_strbuf_clear(&other);
	return st;
}
