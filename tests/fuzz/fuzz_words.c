/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two texts, with a line "--" between them: what was changed, word by word,
 * gives both again; and each of them in a language that nobody speaks is
 * still a translation of itself, without a letter of its own.
 */
#include "config.h"
#include "base/worddiff.h"
#include "fuzz.h"
#include "inline/inline.h"
#include "lint/lint.h"
#include "work/pseudo.h"

static void check_diff(const char *before, const char *after)
{
	struct copl_arena *a = copl_arena_new();
	struct copl_word_diff d = {NULL, 0};
	const char *old = before, *new = after;
	size_t i;

	must(a != NULL && copl_word_diff(a, before, after, &d) == COPL_OK);
	for (i = 0; i < d.n; i++) {
		const struct copl_word_span *s = &d.spans[i];

		must(s->len > 0);
		if (s->kind != COPL_WORD_ADDED) {
			must(strncmp(old, s->s, s->len) == 0);
			old += s->len;
		}
		if (s->kind != COPL_WORD_REMOVED) {
			must(strncmp(new, s->s, s->len) == 0);
			new += s->len;
		}
	}
	must(*old == '\0' && *new == '\0');
	copl_arena_free(a);
}

static struct copl_place place(void *arg, size_t offset)
{
	(void)arg;
	return (struct copl_place){"f", 1, offset + 1};
}

static bool is_translation(const char *id, const char *str)
{
	struct fuzz_heard h;
	struct copl_inline_check c = {.r = fuzz_listen(&h), .place = place};
	enum copl_status st = copl_inline_compare(&c, id, str);

	copl_inline_check_clear(&c);
	st = fuzz_end(&h, st);
	if (fuzz_tells() && st != COPL_OK)
		fprintf(stderr, "%s\n%s\n", id, str);
	return st == COPL_OK;
}

/* "&" or "<" before what may be a letter or a blank: one reader takes it for a
 * name.
 */
static bool has_odd_name(const char *s)
{
	for (; (s = strpbrk(s, "&<")) != NULL; s++)
		if (((unsigned char)s[s[1] == '/' ? 2 : 1] & 0x80) != 0)
			return true;
	return false;
}

static void check_pseudo(const char *text)
{
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)1 << 22);
	struct copl_pseudo_how how = {.kind = COPL_PSEUDO_ACCENTS};
	size_t i;

	for (i = 0; i < 4; i++) {
		how.kind = i & 1 ? COPL_PSEUDO_ARABIC : COPL_PSEUDO_ACCENTS;
		how.directives = (i & 2) != 0;
		copl_strbuf_reset(&out);
		copl_pseudo_text(&how, text, &out);
		must(out.st == COPL_OK);
		must(copl_utf8_valid(copl_strbuf_text(&out), out.len) ==
		     out.len);
		if (!has_odd_name(text) && is_translation(text, text))
			must(is_translation(text, copl_strbuf_text(&out)));
	}
	must(copl_lint_length(text) <= strlen(text));
	copl_strbuf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct fuzz_part before, after;

	if (size > 1 << 13)
		return 0;
	before = fuzz_cut(&rest, end, "\n--\n");
	after = fuzz_cut(&rest, end, "\n--\n");
	fuzz_as_text(&before);
	fuzz_as_text(&after);
	check_diff(before.s, after.s);
	check_pseudo(before.s);
	free(before.s);
	free(after.s);
	return 0;
}
