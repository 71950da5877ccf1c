/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "its/its_priv.h"

#define WORDS_MAX 4

/* Fields with a closed list of values. */
static const struct {
	enum copl_its_field field;
	const char *words[WORDS_MAX + 1];
} lists[] = {
    {COPL_ITS_F_TRANSLATE, {"yes", "no"}},
    {COPL_ITS_F_NOTE_TYPE, {"description", "alert"}},
    {COPL_ITS_F_WITHIN, {"yes", "no", "nested"}},
    {COPL_ITS_F_SPACE, {"default", "preserve"}},
    {COPL_ITS_F_LOCALES_TYPE, {"include", "exclude"}},
    {COPL_ITS_F_TERM, {"yes", "no"}},
    {COPL_ITS_F_LINE_BREAK, {"lf", "cr", "crlf"}},
    {COPL_ITS_F_DIR, {"ltr", "rtl", "lro", "rlo"}},
};

static void wrong(const char *name, const char *value, const char *good,
    struct copl_place at, enum copl_severity severity, struct copl_reporter *r)
{
	copl_report(r, severity, "its-value", at,
	    _("\"%s\" is no value of %s: write %s"), value, name, good);
}

static bool in_list(const char *const *words, const char *value)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, value) == 0)
			return true;
	return false;
}

bool its_value_check(enum copl_its_field field, const char *value,
    struct copl_place at, enum copl_severity severity, struct copl_reporter *r)
{
	uint64_t n;
	size_t i;

	if (field == COPL_ITS_F_SIZE &&
	    !copl_number_parse(value, UINT32_MAX, &n)) {
		wrong(its_field_name(field), value, _("a number of bytes"), at,
		    severity, r);
		return false;
	}
	for (i = 0; i < COPL_COUNT(lists); i++) {
		const char *const *w = lists[i].words;
		char good[64];

		if (lists[i].field != field || in_list(w, value))
			continue;
		snprintf(good, sizeof(good), "%s, %s%s%s%s%s", w[0], w[1],
		    w[2] == NULL ? "" : ", ", w[2] == NULL ? "" : w[2],
		    w[2] == NULL || w[3] == NULL ? "" : ", ",
		    w[2] == NULL || w[3] == NULL ? "" : w[3]);
		wrong(its_field_name(field), value, good, at, severity, r);
		return false;
	}
	return true;
}
