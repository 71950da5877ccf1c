/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef ENABLE_NLS
#include <libintl.h>
#endif
#include "base/base.h"
#include "base/i18n.h"

/*
 * A catalog as msgfmt writes it, in the byte order of this machine (GNU
 * gettext manual, "The Format of GNU MO Files").
 */
#define MO_MAGIC 0x950412deU
#define MO_MAX ((size_t)16 << 20)
#define MO_HEAD 20 /* bytes: magic, revision, count, two tables */

struct words {
	struct copl_strbuf bytes; /* empty: English */
	uint32_t n;
	uint32_t ids; /* offsets of the two tables */
	uint32_t strs;
	struct copl_plural plural;
};

static _Thread_local struct words *spoken; /* NULL: as the process does */

static uint32_t word_at(const struct words *w, size_t offset)
{
	uint32_t v;

	memcpy(&v, w->bytes.s + offset, sizeof(v));
	return v;
}

/* String i of a table; NULL: the file is damaged. */
static const char *string_at(
    const struct words *w, uint32_t table, uint32_t i, uint32_t *len)
{
	size_t row = (size_t)table + (size_t)i * 8;
	size_t at;

	*len = word_at(w, row);
	at = word_at(w, row + 4);
	if (at > w->bytes.len || *len >= w->bytes.len - at ||
	    w->bytes.s[at + *len] != '\0')
		return NULL;
	return w->bytes.s + at;
}

static bool tables_fit(const struct words *w)
{
	size_t len = w->bytes.len;

	return w->n <= len / 16 && w->ids <= len - (size_t)w->n * 8 &&
	       w->strs <= len - (size_t)w->n * 8;
}

/* The translation of s, all its forms one behind the other; NULL: none. */
static const char *look_up(const struct words *w, const char *s, uint32_t *len)
{
	uint32_t low = 0, high = w->n, mid, idlen;

	while (low < high) {
		const char *id;
		int cmp;

		mid = low + (high - low) / 2;
		id = string_at(w, w->ids, mid, &idlen);
		if (id == NULL)
			return NULL;
		cmp = strcmp(s, id);
		if (cmp == 0)
			return string_at(w, w->strs, mid, len);
		if (cmp < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

const char *copl_text(const char *s)
{
	const char *found;
	uint32_t len;

	if (spoken != NULL) {
		found = look_up(spoken, s, &len);
		return found == NULL || found[0] == '\0' ? s : found;
	}
#ifdef ENABLE_NLS
	return dgettext(PACKAGE, s);
#else
	return s;
#endif
}

/* Form number i of a translation that has len bytes; NULL: there is none. */
static const char *form_of(const char *forms, uint32_t len, unsigned i)
{
	const char *end = forms + len;

	while (i > 0 && forms < end) {
		forms += strlen(forms) + 1;
		i--;
	}
	return forms < end && *forms != '\0' ? forms : NULL;
}

const char *copl_text_plural(const char *one, const char *many, unsigned long n)
{
	const char *found = NULL, *form = NULL;
	uint32_t len = 0;
	unsigned i;

	if (spoken != NULL) {
		found = look_up(spoken, one, &len);
		if (found != NULL && spoken->plural.n > 0 &&
		    copl_plural_form(&spoken->plural, n, &i))
			form = form_of(found, len, i);
		if (form != NULL)
			return form;
		return n == 1 ? one : many;
	}
#ifdef ENABLE_NLS
	return dngettext(PACKAGE, one, many, n);
#else
	return n == 1 ? one : many;
#endif
}

static void read_plural(struct words *w)
{
	static const char name[] = "Plural-Forms:";
	uint32_t len = 0;
	const char *header = look_up(w, "", &len);
	const char *at = header == NULL ? NULL : strstr(header, name);

	if (at == NULL || !copl_plural_parse(at + sizeof(name) - 1, &w->plural))
		w->plural.n = 0;
}

/* What a catalog's header says that it is. */
void copl_spoken(char out[COPL_SPOKEN_SIZE])
{
	static const char name[] = "Language:";
	uint32_t len = 0;
	const char *header = NULL, *at;
	size_t n;

	if (spoken != NULL)
		header = look_up(spoken, "", &len);
#ifdef ENABLE_NLS
	else
		header = dgettext(PACKAGE, "");
#endif
	snprintf(out, COPL_SPOKEN_SIZE, "en");
	at = header == NULL ? NULL : strstr(header, name);
	if (at == NULL)
		return;
	at += sizeof(name) - 1;
	at += strspn(at, " ");
	n = strcspn(at, " \n");
	if (n > 0 && n < COPL_SPOKEN_SIZE)
		snprintf(out, COPL_SPOKEN_SIZE, "%.*s", (int)n, at);
}

static enum copl_status read_words(struct words *w, const char *path)
{
	struct copl_reporter quiet;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	st = copl_file_read(path, MO_MAX, &quiet, &w->bytes);
	st = copl_reporter_end(&quiet, st);
	if (st != COPL_OK)
		return st == COPL_E_NOMEM ? st : COPL_E_NOTFOUND;
	if (w->bytes.len < MO_HEAD || word_at(w, 0) != MO_MAGIC)
		return COPL_E_NOTFOUND;
	w->n = word_at(w, 8);
	w->ids = word_at(w, 12);
	w->strs = word_at(w, 16);
	if (!tables_fit(w)) {
		w->n = 0;
		return COPL_E_NOTFOUND;
	}
	read_plural(w);
	return COPL_OK;
}

static enum copl_status load_words(struct words *w, const char *catalog)
{
#ifdef ENABLE_NLS
	const char *dir = bindtextdomain(PACKAGE, NULL);
	char path[4096];
	int n;

	if (dir == NULL)
		return COPL_E_NOTFOUND;
	n = snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/" PACKAGE ".mo",
	    dir, catalog);
	if (n < 0 || (size_t)n >= sizeof(path))
		return COPL_E_NOTFOUND;
	return read_words(w, path);
#else
	(void)w;
	(void)catalog;
	return COPL_E_NOTFOUND;
#endif
}

enum copl_status copl_speak(const char *catalog)
{
	enum copl_status st = COPL_OK;

	if (spoken != NULL) {
		copl_strbuf_clear(&spoken->bytes);
		free(spoken);
		spoken = NULL;
	}
	if (catalog == NULL)
		return COPL_OK;
	spoken = calloc(1, sizeof(*spoken));
	if (spoken == NULL)
		return COPL_E_NOMEM;
	spoken->bytes.max = MO_MAX;
	if (strncmp(catalog, "en", 2) == 0 &&
	    (catalog[2] == '\0' || catalog[2] == '_'))
		return COPL_OK;
	st = load_words(spoken, catalog);
	if (st != COPL_OK)
		spoken->n = 0;
	return st;
}
