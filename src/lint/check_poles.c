/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers whose translation says the opposite: yes for no. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

#define LABEL_MAX ((size_t)80) /* bytes of an answer that is one of a scale */
#define GAP_MAX 24 /* bytes that "*" stands for at most */

enum side { NEITHER, POSITIVE, NEGATIVE };

/*
 * What answers say in one language, as skeletons: small letters without
 * blanks and marks.  Parts are parted by "|"; "*" is a word or two between.
 * whole: the answer is the part and no more.
 */
struct poles {
	const char *lang;
	int scale; /* rows of one scale mean the same */
	bool whole;
	const char *yes;
	const char *no;
};
static const struct poles rows[] = {
    {"en", 1, false, "agree", "disagree|notagree|ntagree|not*agree"},
    {"fr", 1, false, "daccord", "d\u00e9saccord|pasdaccord|pas*daccord"},
    {"es", 1, false, "deacuerdo",
	"desacuerdo|nodeacuerdo|no*deacuerdo|nadadeacuerdo"},
    {"ru", 1, false, "\u0441\u043e\u0433\u043b\u0430\u0441",
	"\u043d\u0435\u0441\u043e\u0433\u043b\u0430\u0441|"
	"\u043d\u0435*\u0441\u043e\u0433\u043b\u0430\u0441"},
    {"ar", 1, false,
	"\u0623\u0648\u0627\u0641\u0642|\u0645\u0648\u0627\u0641\u0642|"
	"\u0623\u062a\u0641\u0642",
	"\u0644\u0627\u0623\u0648\u0627\u0641\u0642|"
	"\u063a\u064a\u0631\u0645\u0648\u0627\u0641\u0642|"
	"\u0644\u0627\u0623\u062a\u0641\u0642|"
	"\u063a\u064a\u0631\u0645\u062a\u0641\u0642"},
    {"zh", 1, false, "\u540c\u610f|\u8d5e\u6210",
	"\u4e0d\u540c\u610f|\u4e0d\u8d5e\u6210|\u4e0d\u592a\u540c\u610f"},
    {"en", 2, true, "yes", "no"},
    {"fr", 2, true, "oui", "non"},
    {"es", 2, true, "s\u00ed", "no"},
    {"ru", 2, true, "\u0434\u0430", "\u043d\u0435\u0442"},
    {"ar", 2, true, "\u0646\u0639\u0645", "\u0644\u0627|\u0643\u0644\u0627"},
    {"zh", 2, true, "\u662f", "\u5426|\u4e0d|\u4e0d\u662f"},
    {"en", 3, true, "always", "never"},
    {"fr", 3, true, "toujours", "jamais"},
    {"es", 3, true, "siempre", "nunca|jam\u00e1s"},
    {"ru", 3, true, "\u0432\u0441\u0435\u0433\u0434\u0430",
	"\u043d\u0438\u043a\u043e\u0433\u0434\u0430"},
    {"ar", 3, true,
	"\u062f\u0627\u0626\u0645\u0627|\u062f\u0627\u0626\u0645\u0627\u064b|"
	"\u062f\u0627\u0626\u0645\u064b\u0627",
	"\u0623\u0628\u062f\u0627|\u0623\u0628\u062f\u0627\u064b|"
	"\u0623\u0628\u062f\u064b\u0627|\u0645\u0637\u0644\u0642\u0627\u064b|"
	"\u0645\u0637\u0644\u0642\u064b\u0627"},
    {"zh", 3, true, "\u603b\u662f|\u4e00\u76f4",
	"\u4ece\u4e0d|\u4ece\u672a|\u4ece\u6765\u4e0d|"
	"\u4ece\u6765\u6ca1\u6709"},
};

/* The first place where a part stands, and its length there; NULL: nowhere. */
static char *find(char *s, const char *part, size_t len, size_t *found)
{
	const char *star = memchr(part, '*', len);
	size_t head = star == NULL ? len : (size_t)(star - part);
	char *p = s, *q;

	while ((p = memmem(p, strlen(p), part, head)) != NULL) {
		*found = head;
		if (star == NULL)
			return p;
		q = memmem(p + head, strnlen(p + head, GAP_MAX + len), star + 1,
		    len - head - 1);
		if (q != NULL) {
			*found = (size_t)(q - p) + len - head - 1;
			return p;
		}
		p += head;
	}
	return NULL;
}

/* Is any of the parts there?  They are blanked out. */
static bool take(char *label, const char *parts, bool whole)
{
	bool any = false;

	while (*parts != '\0') {
		size_t len = strcspn(parts, "|"), n = 0;
		char *p = whole ? NULL : find(label, parts, len, &n);

		if (whole && strlen(label) == len &&
		    memcmp(label, parts, len) == 0)
			return true;
		while (p != NULL) {
			memset(p, ' ', n);
			any = true;
			p = find(label, parts, len, &n);
		}
		parts += len + (parts[len] == '|');
	}
	return any;
}

static const struct poles *row_of(const char *tag, int scale)
{
	size_t i, n = strcspn(tag, "-_");

	for (i = 0; i < COPL_COUNT(rows); i++)
		if (rows[i].scale == scale && strlen(rows[i].lang) == n &&
		    memcmp(rows[i].lang, tag, n) == 0)
			return &rows[i];
	return NULL;
}

/* "Neither agree nor disagree" is on neither side. */
static enum side side_of(
    struct lint *l, const char *text, const char *tag, int scale)
{
	const struct poles *row = row_of(tag, scale);
	enum side side = NEITHER;
	bool yes, no;
	char *label;

	if (row == NULL)
		return NEITHER;
	label = lint_skeleton(text);
	if (label == NULL) {
		l->st = COPL_E_NOMEM;
		return NEITHER;
	}
	no = take(label, row->no, row->whole);
	yes = take(label, row->yes, row->whole);
	if (yes != no)
		side = yes ? POSITIVE : NEGATIVE;
	free(label);
	return side;
}

/* Does anything in the source ask for a second look?  Most answers do not. */
static bool may_be_pole(const char *id)
{
	static const char *const words[] = {
	    "yes", "no", "agree", "always", "never"};
	size_t i;

	for (i = 0; i < COPL_COUNT(words); i++)
		if (strcasestr(id, words[i]) != NULL)
			return true;
	return (unsigned char)id[0] >= 0x80 ||
	       strcasestr(id, "accord") != NULL ||
	       strcasestr(id, "oui") != NULL ||
	       strcasestr(id, "jamais") != NULL;
}

void lint_scale_reversed(struct lint *l, const struct lint_text *t)
{
	const char *source =
	    l->how->source_lang == NULL ? "en" : l->how->source_lang;
	int scale;

	if (t->m->ctxt == NULL || t->in_id.len > LABEL_MAX ||
	    t->in_str.len > 2 * LABEL_MAX || !lint_is_answer(l, t->m) ||
	    !may_be_pole(t->id))
		return;
	for (scale = 1; scale <= 3; scale++) {
		enum side a = side_of(l, t->plain_id, source, scale), b;

		if (a == NEITHER)
			continue;
		b = side_of(l, t->plain_str, l->how->tag, scale);
		if (b == NEITHER || a == b)
			continue;
		lint_report_text(l, t, t->str, COPL_ERROR, "scale-reversed",
		    _("this answer says the opposite of its source, \"%s\": "
		      "is the scale turned round?"),
		    t->plain_id);
		return;
	}
}
