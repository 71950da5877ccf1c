/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

/* Does the text begin with a blank? */
static bool starts_blank(const char *s)
{
	s += strspn(s, "\n");
	return *s != '\0' && lint_is_blank(lint_next(&s));
}

/* Does it end with one? */
static bool ends_blank(const char *s)
{
	const char *end = s + strlen(s);

	while (end > s && end[-1] == '\n')
		end--;
	return end > s && lint_is_blank(lint_before(s, &end));
}

static bool is_all_blank(const char *s)
{
	while (*s != '\0') {
		uint32_t c = lint_next(&s);

		if (c != '\n' && !lint_is_blank(c))
			return false;
	}
	return true;
}

void lint_edge_space(struct lint *l, const struct lint_text *t)
{
	bool zh = l->own->unspaced;

	/* Nothing but blanks is another mistake, which is told as such. */
	if (is_all_blank(t->str) && !is_all_blank(t->id))
		return;
	if (starts_blank(t->id) != starts_blank(t->str) &&
	    !(zh && !starts_blank(t->str)))
		lint_report(l, t->m, COPL_WARNING, "edge-space",
		    starts_blank(t->str) ? _("the translation begins with a "
					     "space and the source does not")
					 : _("the source begins with a space "
					     "and the translation does not"));
	if (ends_blank(t->id) != ends_blank(t->str) &&
	    !(zh && !ends_blank(t->str)))
		lint_report(l, t->m, COPL_WARNING, "edge-space",
		    ends_blank(t->str) ? _("the translation ends with a space "
					   "and the source does not")
				       : _("the source ends with a space and "
					   "the translation does not"));
}

void lint_double_space(struct lint *l, const struct lint_text *t)
{
	const char *at = strstr(t->str, "  ");

	if (at != NULL && strstr(t->id, "  ") == NULL)
		lint_report_text(l, t, at, COPL_NOTE, "double-space",
		    _("there are two spaces in a row"));
}

static size_t count_lines(const char *s)
{
	size_t n = 0;

	for (; (s = strchr(s, '\n')) != NULL; s++)
		n++;
	return n;
}

static bool ends_line(const char *s)
{
	size_t len = strlen(s);

	return len > 0 && s[len - 1] == '\n';
}

void lint_newline(struct lint *l, const struct lint_text *t)
{
	if ((t->id[0] == '\n') != (t->str[0] == '\n'))
		lint_report(l, t->m, COPL_ERROR, "newline-mismatch",
		    _("source and translation must both begin with \\n or both "
		      "not"));
	else if (ends_line(t->id) != ends_line(t->str))
		lint_report(l, t->m, COPL_ERROR, "newline-mismatch",
		    _("source and translation must both end with \\n or both "
		      "not"));
	/* A program's help is wrapped as the language wants it. */
	else if (l->fragments && count_lines(t->id) != count_lines(t->str))
		lint_report(l, t->m, COPL_ERROR, "newline-mismatch",
		    _("the source has %zu line breaks and the translation %zu"),
		    count_lines(t->id), count_lines(t->str));
}
