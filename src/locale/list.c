/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/ulistformatter.h>
#include <unicode/ustring.h>
#include "locale/locale.h"
#include "locale/locale_priv.h"

/* What a list adds between two of its items, at most, in any language. */
#define GLUE_MAX_UNITS ((size_t)16)
#define LIST_MAX_BYTES ((size_t)1 << 20)

struct items {
	UChar *text; /* all of them, one behind the other */
	const UChar **at;
	int32_t *len;
	size_t units; /* in text */
};

static void clear_items(struct items *w)
{
	free(w->text);
	free(w->at);
	free(w->len);
}

static enum copl_status widen(
    const char *const *items, size_t n, struct items *w)
{
	size_t bytes = 0, i;

	for (i = 0; i < n; i++)
		bytes += strlen(items[i]);
	if (bytes > LIST_MAX_BYTES)
		return COPL_E_LIMIT;
	w->text = malloc((bytes + 1) * sizeof(*w->text));
	w->at = malloc((n + 1) * sizeof(*w->at));
	w->len = malloc((n + 1) * sizeof(*w->len));
	if (w->text == NULL || w->at == NULL || w->len == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n; i++) {
		UErrorCode e = U_ZERO_ERROR;

		w->at[i] = w->text + w->units;
		u_strFromUTF8(w->text + w->units,
		    (int32_t)(bytes + 1 - w->units), &w->len[i], items[i],
		    (int32_t)strlen(items[i]), &e);
		if (U_FAILURE(e))
			return copl_locale_status(e);
		w->units += (size_t)w->len[i];
	}
	return COPL_OK;
}

/* Like copl_locale_put(), for text of any length. */
static enum copl_status put_long(
    struct copl_strbuf *out, const UChar *s, int32_t len)
{
	UErrorCode e = U_ZERO_ERROR;
	size_t size = (size_t)len * 3 + 1;
	char *utf8 = malloc(size);
	int32_t n = 0;

	if (utf8 == NULL)
		return COPL_E_NOMEM;
	u_strToUTF8(utf8, (int32_t)size, &n, s, len, &e);
	if (U_SUCCESS(e))
		copl_strbuf_add(out, utf8, (size_t)n);
	free(utf8);
	return U_FAILURE(e) ? copl_locale_status(e) : out->st;
}

static enum copl_status join(
    const char *id, const struct items *w, size_t n, struct copl_strbuf *out)
{
	UErrorCode e = U_ZERO_ERROR;
	size_t room = w->units + (n + 1) * GLUE_MAX_UNITS;
	UListFormatter *f = ulistfmt_openForType(
	    id, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, &e);
	UChar *text = NULL;
	enum copl_status st;
	int32_t len;

	if (U_FAILURE(e))
		return copl_locale_status(e);
	st = COPL_E_NOMEM;
	text = malloc(room * sizeof(*text));
	if (text == NULL)
		goto out;
	len = ulistfmt_format(
	    f, w->at, w->len, (int32_t)n, text, (int32_t)room, &e);
	st = copl_locale_status(e);
	if (st == COPL_OK)
		st = put_long(out, text, len);
out:
	free(text);
	ulistfmt_close(f);
	return st;
}

enum copl_status copl_locale_list(const char *tag, const char *const *items,
    size_t n, struct copl_strbuf *out)
{
	struct items w = {NULL, NULL, NULL, 0};
	char id[LOCALE_ID_SIZE];
	enum copl_status st = copl_locale_id(tag, id);

	if (st != COPL_OK)
		return st;
	st = widen(items, n, &w);
	if (st == COPL_OK)
		st = join(id, &w, n, out);
	clear_items(&w);
	return st;
}
