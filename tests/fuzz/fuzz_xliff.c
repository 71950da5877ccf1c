/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A catalog goes out as XLIFF 1.2, and what comes back untouched is what went
 * out: every live message with every text.
 */
#include "config.h"
#include "exchange/exchange.h"
#include "fuzz.h"
#include "xml/xml.h"

static const struct copl_taken *find(
    const struct copl_return *one, const char *key)
{
	size_t i;

	for (i = 0; i < one->n; i++)
		if (fuzz_same(one->list[i].key, key))
			return &one->list[i];
	return NULL;
}

/* A character that XML has not is all that may be lost. */
static bool fits_xml(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < ' ' && !copl_is_space(*s)) ||
		    *s == '\r' || strncmp(s, "\xef\xbf\xbe", 3) == 0 ||
		    strncmp(s, "\xef\xbf\xbf", 3) == 0)
			return false;
	return true;
}

static void check_message(
    const struct copl_message *m, const struct copl_taken *t)
{
	size_t k;

	must(t != NULL);
	for (k = 0; k < m->nstr && k < t->nstr; k++)
		if (t->str[k] != NULL && fits_xml(m->str[k]) && fits_xml(m->id))
			must(strcmp(t->str[k], m->str[k]) == 0);
	for (; k < m->nstr; k++)
		must(m->str[k][0] == '\0');
}

static void check_return(
    const struct copl_catalog *c, const struct copl_return *one)
{
	struct copl_arena *a = copl_arena_new();
	const char **ids = a == NULL ? NULL : copl_xliff_ids(c, a);
	size_t i;

	must(ids != NULL && one->kind == COPL_RETURN_XLIFF);
	for (i = 0; i < c->nmessages; i++)
		if (!c->messages[i].obsolete)
			check_message(&c->messages[i], find(one, ids[i]));
	copl_arena_free(a);
}

static void there_and_back(const struct copl_catalog *c)
{
	static const struct copl_xliff_how how = {.original = "po/f/ru.po",
	    .source_lang = "en",
	    .target_lang = "ru",
	    .pack = "pack-1",
	    .version = "1"};
	struct copl_strbuf out = COPL_STRBUF_INIT((size_t)16 << 20);
	struct copl_returns rs;
	struct fuzz_heard h;
	enum copl_status st;

	copl_xliff_put(c, &how, &out);
	must(out.st == COPL_OK);
	st =
	    copl_returns_read(out.s, out.len, "back.xlf", fuzz_listen(&h), &rs);
	must(fuzz_end(&h, st) == COPL_OK && rs.n == 1);
	check_return(c, &rs.list[0]);
	copl_returns_free(&rs);
	copl_strbuf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_catalog *c = NULL;
	struct fuzz_heard h;
	enum copl_status st;

	if (size > 1 << 14)
		return 0;
	st = copl_catalog_read(
	    (const char *)data, size, "f.po", fuzz_listen(&h), &c);
	if (fuzz_end(&h, st) == COPL_OK)
		there_and_back(c);
	copl_catalog_free(c);
	return 0;
}
