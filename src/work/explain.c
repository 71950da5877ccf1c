/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <copl10n/explain.h>
#include "base/i18n.h"
#include "lint/explain.h"
#include "work/seen.h"

#define TEXT_MAX (1 << 16)

const char *copl_explain_code(size_t index)
{
	const struct copl_lint_explanation *e = copl_lint_explanation_at(index);

	return e == NULL ? NULL : e->code;
}

static const char *severity_word(enum copl_severity severity)
{
	return severity == COPL_ERROR     ? "error"
	       : severity == COPL_WARNING ? "warning"
					  : "info";
}

/* The same in the reader's language. */
static const char *severity_name(enum copl_severity severity)
{
	return severity == COPL_ERROR     ? _("error")
	       : severity == COPL_WARNING ? _("warning")
					  : _("info");
}

/* May one text be right all the same?  Not where a build refuses it. */
static bool can_be_silenced(const char *code)
{
	static const char *const whole[] = {"bom", "crlf", "duplicate-entry",
	    "encoding", "fuzzy", "header-boilerplate", "header-charset",
	    "header-language", "header-missing", "ignore-unknown",
	    "ignore-without-reason", "missing-in-po", "obsolete",
	    "plural-count", "plural-empty", "plural-rule", "stale-translation",
	    "syntax", "untranslated"};
	size_t i;

	for (i = 0; i < COPL_COUNT(whole); i++)
		if (strcmp(whole[i], code) == 0)
			return false;
	return true;
}

/* One text: on its line when it has one, else lines below. */
static void put_text(struct copl_strbuf *b, const char *head, const char *text)
{
	copl_strbuf_printf(b, "\n    %s", head);
	if (strchr(text, '\n') == NULL) {
		copl_strbuf_puts(b, " ");
		work_put_seen(b, text, strlen(text));
		return;
	}
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		copl_strbuf_puts(b, n == 0 ? "\n" : "\n      ");
		work_put_seen(b, text, n);
		text += n + (text[n] == '\n');
	}
}

/* The text with bytes that are no UTF-8, which no terminal shows, by number. */
static void put_valid(struct copl_strbuf *b, const char *text)
{
	while (*text != '\0') {
		size_t n = copl_utf8_valid(text, strlen(text));

		copl_strbuf_add(b, text, n);
		text += n;
		if (*text != '\0')
			copl_strbuf_printf(
			    b, "<0x%02X>", (unsigned)(unsigned char)*text++);
	}
}

static void tell_example(struct copl_reporter *r,
    const struct copl_lint_example *x, struct copl_strbuf *b)
{
	struct copl_strbuf wrong = COPL_STRBUF_INIT(TEXT_MAX);

	put_valid(&wrong, x->wrong);
	copl_strbuf_reset(b);
	copl_strbuf_printf(b, "  %s", x->lang);
	if (x->source != NULL)
		put_text(b, _("source:"), x->source);
	put_text(b, _("wrong:"), copl_strbuf_text(&wrong));
	put_text(b, _("right:"), x->right);
	{
		const struct copl_field fields[] = {{"language", x->lang},
		    {"source", x->source == NULL ? "" : x->source},
		    {"wrong", copl_strbuf_text(&wrong)}, {"right", x->right}};

		copl_tell(r, "example", fields, COPL_COUNT(fields), "%s",
		    copl_strbuf_text(b));
	}
	r->nomem |= wrong.st == COPL_E_NOMEM || b->st == COPL_E_NOMEM;
	copl_strbuf_clear(&wrong);
}

static void tell_check(struct copl_reporter *r,
    const struct copl_lint_explanation *e, struct copl_strbuf *b)
{
	bool silent = can_be_silenced(e->code);
	const char *looks = _(e->looks), *why = _(e->why);
	const char *write = _(e->write);

	copl_strbuf_reset(b);
	if (silent)
		copl_strbuf_printf(b, "# cop-ignore: %s ", e->code);
	if (silent)
		copl_strbuf_puts(b, _("REASON"));
	{
		const struct copl_field fields[] = {{"check", e->code},
		    {"severity", severity_word(e->severity)}, {"looks", looks},
		    {"why", why}, {"write", write},
		    {"ignore", copl_strbuf_text(b)}};

		copl_tell(r, "check", fields, COPL_COUNT(fields),
		    silent ? _("%s (%s)\n  Looks at: %s.\n  Why: %s\n  What to "
			       "do: %s\n  Where a text is right all the same, "
			       "write in a comment of the message: %s")
			   : _("%s (%s)\n  Looks at: %s.\n  Why: %s\n  What to "
			       "do: %s%s"),
		    e->code, severity_name(e->severity), looks, why, write,
		    copl_strbuf_text(b));
	}
	r->nomem |= b->st == COPL_E_NOMEM;
}

static void tell_line(
    struct copl_reporter *r, const struct copl_lint_explanation *e)
{
	const struct copl_field fields[] = {{"check", e->code},
	    {"severity", severity_word(e->severity)}, {"looks", _(e->looks)},
	    {"why", _(e->why)}, {"write", _(e->write)}};

	copl_tell(r, "check", fields, COPL_COUNT(fields), "%-24s %s", e->code,
	    _(e->looks));
}

enum copl_status copl_explain_check(
    const char *code, const struct copl_sink *sink)
{
	struct copl_strbuf b = COPL_STRBUF_INIT(TEXT_MAX);
	const struct copl_lint_explanation *e;
	const struct copl_lint_example *x;
	enum copl_status st = COPL_OK;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, sink);
	if (code == NULL)
		for (i = 0; (e = copl_lint_explanation_at(i)) != NULL; i++)
			tell_line(&r, e);
	e = code == NULL ? NULL : copl_lint_explain(code);
	if (code != NULL && e == NULL)
		st = COPL_E_NOTFOUND;
	if (e != NULL)
		tell_check(&r, e, &b);
	for (i = 0; e != NULL && (x = copl_lint_example_at(i)) != NULL; i++)
		if (strcmp(x->code, e->code) == 0)
			tell_example(&r, x, &b);
	copl_strbuf_clear(&b);
	return copl_reporter_end(&r, st);
}
