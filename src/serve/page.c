/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/language.h"
#include "serve/collect_words.h"
#include "serve/page_words.h"

/*
 * What a visitor sees when there is no form to show.  It must work before
 * anything was delivered, so the words are here and not in a catalog of the
 * set; in the six languages, whatever language the operator reads.
 */

#define STYLE                                                                  \
	"body{font:1.1em/1.6 system-ui,sans-serif;max-width:40em;"             \
	"margin:2em auto;padding:0 1em;color-scheme:light dark}"               \
	"h1,h2{font-size:1.3em;line-height:1.3}"                               \
	"section{margin:2em 0}a{display:inline-block;padding:.6em 0}"

/* The hash is that of STYLE; a test holds them together. */
const char page_policy[] =
    "default-src 'none'; style-src "
    "'sha256-mcXTe1iFRjdP1wmZqBo34EwoVzOIk6s24xSF3N/tcQU='; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

#define ENGLISH 2

static const struct page_wording *find(const char *lang)
{
	size_t i;

	for (i = 0; i < PAGE_LANGUAGES; i++)
		if (strcmp(page_wordings[i].tag, lang) == 0)
			return &page_wordings[i];
	return &page_wordings[ENGLISH];
}

const char *page_language(const char *accept)
{
	struct copl_language_range ranges[COPL_LANGUAGE_RANGES_MAX];
	const char *tags[PAGE_LANGUAGES];
	size_t n = 0, i;

	for (i = 0; i < PAGE_LANGUAGES; i++)
		tags[i] = page_wordings[i].tag;
	if (accept != NULL)
		n = copl_language_ranges(accept, ranges);
	i = copl_language_lookup(ranges, n, tags, COPL_COUNT(tags));
	return i < COPL_COUNT(tags) ? tags[i] : tags[ENGLISH];
}

static void put_head(
    struct copl_strbuf *out, const struct page_wording *l, const char *title)
{
	copl_strbuf_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<title>%s</title>\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n"
	    "<style>" STYLE "</style>\n</head>\n<body>\n<main>\n",
	    l->tag, l->dir, title);
}

void page_error(struct copl_strbuf *out, unsigned status, const char *lang)
{
	const struct page_wording *l = find(lang);
	const struct page_words *w = status == 404  ? &l->missing
				     : status < 500 ? &l->wrong
						    : &l->busy;

	put_head(out, l, w->title);
	copl_strbuf_printf(out,
	    "<h1>%s</h1>\n<p>%s</p>\n<p><a href=\"/\">%s</a></p>\n"
	    "<p><small>%u</small></p>\n</main>\n</body>\n</html>\n",
	    w->title, w->text, l->all, status);
}

void page_not_stored(struct copl_strbuf *out, unsigned status, const char *lang)
{
	const struct page_wording *l = find(lang);
	const struct collect_words *w = collect_words_for(lang);

	put_head(out, l, w->title);
	copl_strbuf_printf(out, "<h1>%s</h1>\n<p>%s</p>\n", w->title,
	    status == 429 ? w->later : w->text);
	copl_strbuf_printf(out,
	    "<p><small>%u</small></p>\n</main>\n</body>\n</html>\n", status);
}

static void put_section(struct copl_strbuf *out, const struct page_wording *l)
{
	copl_strbuf_printf(out,
	    "<section lang=\"%s\" dir=\"%s\">\n<h2>%s</h2>\n<p>%s</p>\n"
	    "</section>\n",
	    l->tag, l->dir, l->empty.title, l->empty.text);
}

void page_empty(struct copl_strbuf *out, const char *first)
{
	const struct page_wording *l = find(first);
	size_t i;

	put_head(out, l, l->empty.title);
	copl_strbuf_printf(
	    out, "<h1>%s</h1>\n<p>%s</p>\n", l->empty.title, l->empty.text);
	for (i = 0; i < PAGE_LANGUAGES; i++)
		if (&page_wordings[i] != l)
			put_section(out, &page_wordings[i]);
	copl_strbuf_puts(out, "</main>\n</body>\n</html>\n");
}
