/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "# cop-ignore: CODE reason": a translator who knows better. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "lint/explain.h"
#include "lint/lint_priv.h"

#define REASON_MAX 200

/* What one line of a comment asks for; code NULL: nothing. */
struct request {
	const char *code;
	size_t len;
	const char *reason; /* to the end of the line */
	size_t reason_len;
};

static struct request read_line(const char *p)
{
	static const char mark[] = "cop-ignore:";
	struct request r = {NULL, 0, NULL, 0};

	p += strspn(p, " \t");
	if (strncmp(p, mark, sizeof(mark) - 1) != 0)
		return r;
	p += sizeof(mark) - 1;
	p += strspn(p, " \t");
	r.code = p;
	r.len = strcspn(p, " \t\n");
	p += r.len;
	r.reason = p + strspn(p, " \t");
	r.reason_len = strcspn(r.reason, "\n");
	return r;
}

static const char *next_line(const char *p)
{
	p = strchr(p, '\n');
	return p == NULL ? NULL : p + 1;
}

bool lint_silenced(
    struct lint *l, const struct copl_message *m, const char *code)
{
	size_t len = strlen(code);
	const char *p = m->comment;

	for (; p != NULL; p = next_line(p)) {
		struct request r = read_line(p);

		if (r.code == NULL || r.len != len || r.reason_len == 0 ||
		    memcmp(r.code, code, len) != 0)
			continue;
		if (l->ignored++ == 0)
			l->first_ignored = copl_message_at(l->c, m);
		if (l->how->show_ignored)
			lint_report_at(l, copl_message_str_at(l->c, m),
			    COPL_NOTE, "ignored",
			    _("a finding [%s] is silenced here: %.*s"), code,
			    (int)copl_utf8_valid(r.reason,
				r.reason_len < REASON_MAX ? r.reason_len
							  : REASON_MAX),
			    r.reason);
		return true;
	}
	return false;
}

/* Is there such a check?  What can be explained. */
static bool is_code(const char *code, size_t len)
{
	const struct copl_lint_explanation *x;
	size_t i;

	for (i = 0; (x = copl_lint_explanation_at(i)) != NULL; i++)
		if (strlen(x->code) == len && memcmp(x->code, code, len) == 0)
			return true;
	return false;
}

void lint_ignore_lines(struct lint *l, const struct copl_message *m)
{
	const char *p = m->comment;

	for (; p != NULL; p = next_line(p)) {
		struct request r = read_line(p);

		if (r.code == NULL)
			continue;
		if (!is_code(r.code, r.len))
			lint_report_at(l, copl_message_at(l->c, m),
			    COPL_WARNING, "ignore-unknown",
			    _("\"cop-ignore: %.*s\" names no check: copy what "
			      "stands in brackets behind a finding"),
			    (int)copl_utf8_valid(r.code, r.len), r.code);
		else if (r.reason_len == 0)
			lint_report_at(l, copl_message_at(l->c, m),
			    COPL_WARNING, "ignore-without-reason",
			    _("\"cop-ignore: %.*s\" does not count without a "
			      "reason: write behind it why the translation is "
			      "right"),
			    (int)r.len, r.code);
	}
}

void lint_tell_ignored(struct lint *l)
{
	if (l->ignored > 0 && !l->how->show_ignored)
		lint_report_at(l, l->first_ignored, COPL_NOTE, "ignored",
		    P_("%zu finding is silenced with a reason, the first one "
		       "here: \"cop-l10n lint --show-ignored\" lists it",
			"%zu findings are silenced with a reason, the first "
			"one here: \"cop-l10n lint --show-ignored\" lists "
			"them",
			l->ignored),
		    l->ignored);
}
