/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include "locale/locale.h"
#include "locale/locale_priv.h"

struct copl_collator {
	UCollator *c;
};

/*
 * The order by name, so that another release of CLDR cannot choose another
 * one: Chinese by sound, in traditional characters by strokes.
 */
static const char *order_of(const char *id)
{
	char full[LOCALE_ID_SIZE], part[ULOC_FULLNAME_CAPACITY];
	UErrorCode e = U_ZERO_ERROR;

	uloc_addLikelySubtags(id, full, sizeof(full), &e);
	uloc_getLanguage(full, part, sizeof(part), &e);
	if (U_FAILURE(e) || strcmp(part, "zh") != 0)
		return "standard";
	uloc_getScript(full, part, sizeof(part), &e);
	return U_SUCCESS(e) && strcmp(part, "Hant") == 0 ? "stroke" : "pinyin";
}

static UCollator *open_collator(const char *tag, UErrorCode *e)
{
	char id[LOCALE_ID_SIZE];
	UCollator *c;

	if (copl_locale_id(tag, id) != COPL_OK) {
		*e = U_ILLEGAL_ARGUMENT_ERROR;
		return NULL;
	}
	uloc_setKeywordValue("collation", order_of(id), id, LOCALE_ID_SIZE, e);
	c = ucol_open(id, e);
	if (U_FAILURE(*e))
		return NULL;
	ucol_setAttribute(c, UCOL_STRENGTH, UCOL_TERTIARY, e);
	/* Texts come as they were typed, with marks put together or not. */
	ucol_setAttribute(c, UCOL_NORMALIZATION_MODE, UCOL_ON, e);
	/* "2 hours" before "10 hours". */
	ucol_setAttribute(c, UCOL_NUMERIC_COLLATION, UCOL_ON, e);
	return c;
}

enum copl_status copl_collator_new(const char *tag, struct copl_collator **out)
{
	struct copl_collator *c = calloc(1, sizeof(*c));
	UErrorCode e = U_ZERO_ERROR;

	*out = NULL;
	if (c == NULL)
		return COPL_E_NOMEM;
	c->c = open_collator(tag, &e);
	if (U_FAILURE(e)) {
		copl_collator_free(c);
		return copl_locale_status(e);
	}
	*out = c;
	return COPL_OK;
}

void copl_collator_free(struct copl_collator *c)
{
	if (c == NULL)
		return;
	ucol_close(c->c);
	free(c);
}

int copl_collate(const struct copl_collator *c, const char *a, const char *b)
{
	UErrorCode e = U_ZERO_ERROR;

	return (int)ucol_strcollUTF8(c->c, a, -1, b, -1, &e);
}
