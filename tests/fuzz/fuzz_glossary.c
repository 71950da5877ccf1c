/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A table of terms, a line "--", a text in which they are looked for: what is
 * found lies in the text, between characters.
 */
#include "config.h"
#include "fuzz.h"
#include "glossary/glossary.h"

#define HITS 64

static const char *const tags[] = {"ar", "zh-Hans", "en", "fr", "ru", "es"};

static void check_span(const char *text, size_t start, size_t end)
{
	must(start < end && end <= strlen(text));
	must(copl_utf8_valid(text, start) == start);
	must(copl_utf8_valid(text + start, end - start) == end - start);
}

static void check_term(const struct copl_term *t, const char *text)
{
	struct copl_term_span at;
	const char *what = NULL;

	must(t->source != NULL && t->source[0] != '\0');
	if (copl_term_accepted_in(t, text, &at))
		check_span(text, at.start, at.end);
	if (copl_term_rejected_in(t, text, &at, &what)) {
		check_span(text, at.start, at.end);
		must(what != NULL && what[0] != '\0');
	}
}

static void find(const struct copl_glossary *g, const char *from,
    const char *to, const char *text)
{
	struct copl_term_hit hits[HITS];
	size_t n = copl_glossary_find(g, from, to, text, hits, HITS), i;

	for (i = 0; i < n && i < HITS; i++) {
		check_span(text, hits[i].start, hits[i].end);
		must(hits[i].term != NULL && hits[i].source != NULL);
		check_term(hits[i].term, text);
	}
}

static void look(const struct copl_glossary *g, const char *text)
{
	size_t n = copl_glossary_count(g), i, k;

	for (i = 0; i < COPL_COUNT(tags); i++) {
		for (k = 0; k < n && k < HITS; k++) {
			const struct copl_term *t =
			    copl_glossary_term(g, k, tags[i]);

			if (t != NULL)
				check_term(t, text);
		}
		find(g, tags[i], NULL, text);
		for (k = 0; k < COPL_COUNT(tags); k++)
			find(g, tags[i], tags[k], text);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct fuzz_part table, text;
	struct copl_glossary *g = NULL;
	struct fuzz_heard h;
	enum copl_status st;

	if (size > 1 << 14)
		return 0;
	table = fuzz_cut(&rest, end, "\n--\n");
	text = fuzz_cut(&rest, end, "\n--\n");
	fuzz_as_text(&text);
	st = copl_glossary_read(
	    table.s, table.len, "glossary.tsv", fuzz_listen(&h), &g);
	st = fuzz_end(&h, st);
	must((st == COPL_OK) == (g != NULL));
	if (g != NULL)
		look(g, text.s);
	copl_glossary_free(g);
	free(table.s);
	free(text.s);
	return 0;
}
