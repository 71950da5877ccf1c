/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_PAGE_WORDS_H
#define COPL_SERVE_PAGE_WORDS_H

#include "serve/serve_priv.h"

/* What the server's own pages say, a row a language. */
struct page_words {
	const char *title;
	const char *text;
};
struct page_wording {
	const char *tag;
	const char *dir;
	struct page_words empty;
	struct page_words missing;
	struct page_words busy;
	struct page_words wrong;
	const char *all;
};
#define PAGE_LANGUAGES 6
extern const struct page_wording page_wordings[PAGE_LANGUAGES];

#endif
