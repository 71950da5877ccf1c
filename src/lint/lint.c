/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "lint/lint_priv.h"
#include "locale/locale.h"

/*
 * Every check, one row each: for the catalog, for each live message, or for
 * each translated text that is not fuzzy.  Severity is the usual one;
 * lint_markup tells the findings of the inline module as they come.
 */
static const struct {
	const char *id;
	enum copl_severity severity;
	lint_catalog_fn *catalog;
	lint_message_fn *message;
	lint_text_fn *text;
} checks[] = {
    {"header-language", COPL_ERROR, lint_header_language, NULL, NULL},
    {"header-charset", COPL_ERROR, lint_header_charset, NULL, NULL},
    {"header-boilerplate", COPL_WARNING, lint_header_boilerplate, NULL, NULL},
    {"plural-rule", COPL_ERROR, lint_plural_rule, NULL, NULL},
    {"missing-in-po", COPL_ERROR, lint_po_missing, NULL, NULL},
    {"duplicate-choice-label", COPL_ERROR, lint_duplicate_choice, NULL, NULL},
    {"ignore-without-reason", COPL_WARNING, NULL, lint_ignore_lines, NULL},
    {"not-in-master", COPL_WARNING, NULL, lint_not_in_master, NULL},
    {"untranslated", COPL_ERROR, NULL, lint_untranslated, NULL},
    {"fuzzy", COPL_ERROR, NULL, lint_fuzzy, NULL},
    {"plural-count", COPL_ERROR, NULL, lint_plural_count, NULL},
    {"blank", COPL_ERROR, NULL, NULL, lint_blank},
    {"markup", COPL_ERROR, NULL, NULL, lint_markup},
    {"conflict-marker", COPL_ERROR, NULL, NULL, lint_conflict_marker},
    {"edge-space", COPL_WARNING, NULL, NULL, lint_edge_space},
    {"double-space", COPL_NOTE, NULL, NULL, lint_double_space},
    {"newline-mismatch", COPL_ERROR, NULL, NULL, lint_newline},
    {"same-as-source", COPL_ERROR, NULL, NULL, lint_same_as_source},
    {"wrong-script", COPL_ERROR, NULL, NULL, lint_wrong_script},
    {"mixed-script-word", COPL_ERROR, NULL, NULL, lint_mixed_script},
    {"max-length", COPL_ERROR, NULL, NULL, lint_max_length},
    {"link-address", COPL_ERROR, NULL, NULL, lint_address},
    {"bidi-unbalanced", COPL_ERROR, NULL, NULL, lint_bidi_balance},
    {"bidi-override", COPL_ERROR, NULL, NULL, lint_bidi_override},
    {"replacement-character", COPL_ERROR, NULL, NULL, lint_replacement},
    {"forbidden-character", COPL_ERROR, NULL, NULL, lint_forbidden},
    {"zero-width", COPL_WARNING, NULL, NULL, lint_zero_width},
    {"not-nfc", COPL_WARNING, NULL, NULL, lint_not_nfc},
    {"number-changed", COPL_ERROR, NULL, NULL, lint_number},
    {"end-punctuation", COPL_WARNING, NULL, NULL, lint_end_punctuation},
    {"end-punctuation-locale", COPL_WARNING, NULL, NULL,
	lint_local_punctuation},
    {"glossary", COPL_WARNING, NULL, NULL, lint_glossary},
    {"inverted-punctuation", COPL_WARNING, NULL, NULL, lint_inverted},
    {"french-spacing", COPL_WARNING, NULL, NULL, lint_french_spacing},
    {"quote-style", COPL_NOTE, NULL, NULL, lint_quote_style},
    {"tag-spacing", COPL_WARNING, NULL, NULL, lint_tag_spacing},
    {"format-mismatch", COPL_ERROR, NULL, NULL, lint_format},
    {"url-changed", COPL_ERROR, NULL, NULL, lint_url},
    {"number-order", COPL_WARNING, NULL, NULL, lint_number_order},
    {"scale-reversed", COPL_ERROR, NULL, NULL, lint_scale_reversed},
    {"mojibake", COPL_ERROR, NULL, NULL, lint_mojibake},
    {"exemplar-letter", COPL_WARNING, NULL, NULL, lint_exemplar},
    {"wrong-han-variant", COPL_WARNING, NULL, NULL, lint_han_variant},
    {"kashida", COPL_NOTE, NULL, NULL, lint_kashida},
    {"bidi-embedding", COPL_WARNING, NULL, NULL, lint_bidi_embedding},
    {"register", COPL_WARNING, NULL, NULL, lint_register},
    {"duplicate-word", COPL_NOTE, NULL, NULL, lint_duplicate_word},
    {"length-ratio", COPL_WARNING, NULL, NULL, lint_length_ratio},
    {"backslash-n-literal", COPL_WARNING, NULL, NULL, lint_backslash},
    {"inconsistent", COPL_NOTE, lint_inconsistent, NULL, NULL},
    {"obsolete", COPL_NOTE, lint_obsolete, NULL, NULL},
};

const char *lint_code(size_t i)
{
	return i < COPL_COUNT(checks) ? checks[i].id : NULL;
}

/* ---- findings ---- */

static void report(struct lint *l, struct copl_place at, enum copl_severity sev,
    const char *code, const char *fmt, va_list ap) COPL_PRINTF(5, 0);

static void report(struct lint *l, struct copl_place at, enum copl_severity sev,
    const char *code, const char *fmt, va_list ap)
{
	char text[1024];

	vsnprintf(text, sizeof(text), fmt, ap);
	copl_report(l->r, sev, code, at, "%s", text);
	l->failed |= sev == COPL_ERROR;
}

void lint_report(struct lint *l, const struct copl_message *m,
    enum copl_severity sev, const char *code, const char *fmt, ...)
{
	va_list ap;

	if (lint_silenced(l, m, code))
		return;
	va_start(ap, fmt);
	report(l, copl_message_str_at(l->c, m), sev, code, fmt, ap);
	va_end(ap);
}

/* Byte of the translation at which a finding is. */
static size_t offset_of(const struct lint_text *t, const char *where)
{
	size_t plain = strlen(t->plain_str);

	if (t->plain_str != t->str && where >= t->plain_str &&
	    where <= t->plain_str + plain)
		return lint_plain_source(
		    t->str, t->formats, (size_t)(where - t->plain_str));
	return (size_t)(where - t->str);
}

void lint_report_text(struct lint *l, const struct lint_text *t,
    const char *where, enum copl_severity sev, const char *code,
    const char *fmt, ...)
{
	va_list ap;

	if (lint_silenced(l, t->m, code))
		return;
	va_start(ap, fmt);
	report(l,
	    copl_catalog_str_place(l->c, t->m, t->form, offset_of(t, where)),
	    sev, code, fmt, ap);
	va_end(ap);
}

void lint_report_at(struct lint *l, struct copl_place at,
    enum copl_severity sev, const char *code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	report(l, at, sev, code, fmt, ap);
	va_end(ap);
}

enum copl_severity lint_before_release(
    const struct lint *l, const struct copl_lint_unit *unit)
{
	bool optional = unit != NULL && unit->optional;

	return l->how->release && !optional ? COPL_ERROR : COPL_WARNING;
}

/* ---- one catalog ---- */

const struct copl_lint_unit *lint_unit(
    const struct lint *l, const char *ctxt, const char *id)
{
	size_t at;

	if (ctxt != NULL ? copl_map_get(&l->by_ctxt, ctxt, &at)
			 : copl_map_get(&l->by_msgid, id, &at))
		return &l->how->units[at];
	return NULL;
}

static enum copl_status index_units(struct lint *l)
{
	const struct copl_lint *how = l->how;
	size_t i;

	for (i = 0; how->units != NULL && i < how->nunits; i++) {
		const struct copl_lint_unit *u = &how->units[i];

		if (u->id != NULL
			? !copl_map_put(&l->by_ctxt, u->id, i, NULL)
			: !copl_map_put(&l->by_msgid, u->msgid, i, NULL))
			return COPL_E_NOMEM;
	}
	return COPL_OK;
}

static void read_header(struct lint *l)
{
	const char *forms = copl_catalog_field(l->c, "Plural-Forms", NULL);

	if (forms == NULL || !copl_plural_parse(forms, &l->plural))
		l->plural.n = 0;
	l->script = lint_script_of_tag(l->how->tag);
	l->own = lint_language_of(l->how->tag);
	l->source = lint_language_of(
	    l->how->source_lang == NULL ? "" : l->how->source_lang);
}

bool lint_has_formats(const struct copl_message *m)
{
	const char *p = m->flags;

	while (p != NULL && (p = strstr(p, "-format")) != NULL) {
		const char *from = p;

		while (from > m->flags && from[-1] != ' ' && from[-1] != ',')
			from--;
		p += 7;
		if (strncmp(from, "no-", 3) != 0 &&
		    strncmp(from, "python-brace", 12) != 0 &&
		    strncmp(from, "perl-brace", 10) != 0)
			return true;
	}
	return false;
}

/* Has a text what no fragment of XML has: "&Open", "a < b"? */
static bool is_no_fragment(const char *s)
{
	const char *p;

	for (p = strchr(s, '&'); p != NULL; p = strchr(p + 1, '&')) {
		size_t n = strcspn(p + 1, " ;&<");

		if (n == 0 || p[1 + n] != ';')
			return true;
	}
	for (p = strchr(s, '<'); p != NULL; p = strchr(p + 1, '<'))
		if (!copl_is_alpha(p[1]) && p[1] != '/')
			return true;
	return false;
}

/* What the messages are, seen from far. */
static void look_around(struct lint *l)
{
	size_t i;

	l->fragments = true;
	for (i = 0; i < l->c->nmessages; i++) {
		const struct copl_message *m = &l->c->messages[i];

		l->contexts |= m->ctxt != NULL;
		if (l->how->units == NULL && l->fragments)
			l->fragments =
			    !lint_has_formats(m) && !is_no_fragment(m->id);
	}
	/* Simplified is what Chinese is when nothing else is said. */
	l->simplified = l->script == LINT_HAN &&
			copl_lint_same_language(l->how->tag, "zh-Hans");
}

/* "One day" in the source, and the number all the same in its translation? */
static bool adds_placeholder(const char *id, const char *str)
{
	return strchr(id, '{') == NULL && strchr(str, '{') != NULL;
}

const char *copl_lint_source(struct copl_plural *p,
    const struct copl_message *m, unsigned k, const char *str)
{
	if (m->plural == NULL)
		return m->id;
	return p->n > 0 && copl_plural_is_singular(p, k) &&
		       !adds_placeholder(m->id, str)
		   ? m->id
		   : m->plural;
}

static void check_text(struct lint *l, const struct copl_message *m, size_t k)
{
	struct lint_text t = {.m = m, .form = k, .str = m->str[k]};
	size_t i;

	t.id = copl_lint_source(&l->plural, m, (unsigned)k, t.str);
	t.one = m->plural != NULL && l->plural.n > 0 &&
		copl_plural_serves_one(&l->plural, (unsigned)k);
	/* Not every program marks its conversions. */
	t.formats =
	    lint_has_formats(m) || (!l->fragments && strchr(t.id, '%') != NULL);
	t.code = !l->fragments && strstr(t.id, "</") == NULL &&
		 strstr(t.id, "/>") == NULL;
	t.plain_id = lint_plain(&l->plain_id, t.id, t.formats);
	t.plain_str = lint_plain(&l->plain_str, t.str, t.formats);
	lint_profile(&t.in_id, t.id);
	lint_profile(&t.in_str, t.str);
	if (l->plain_id.st != COPL_OK || l->plain_str.st != COPL_OK) {
		l->st = COPL_E_NOMEM;
		return;
	}
	/* An address has no words, script or punctuation to look at. */
	if (l->unit != NULL && l->unit->address) {
		lint_address(l, &t);
		return;
	}
	for (i = 0; i < COPL_COUNT(checks); i++)
		if (checks[i].text != NULL)
			checks[i].text(l, &t);
}

/* Names and addresses of translators, as GNOME and KDE ask for them. */
static bool names_translators(const struct copl_message *m)
{
	return strncmp(m->id, "translator", 10) == 0
		   ? strcspn(m->id, "-_") == 10
		   : m->ctxt != NULL &&
			 strstr(m->ctxt, " OF TRANSLATORS") != NULL;
}

static void check_message(struct lint *l, const struct copl_message *m)
{
	size_t i;

	l->unit = lint_unit(l, m->ctxt, m->id);
	if (l->unit != NULL && strcmp(l->unit->msgid, m->id) != 0)
		l->unit = NULL;
	for (i = 0; i < COPL_COUNT(checks); i++)
		if (checks[i].message != NULL)
			checks[i].message(l, m);
	for (i = 0; i < m->nstr && !names_translators(m); i++)
		if (!m->fuzzy && m->str[i][0] != '\0')
			check_text(l, m, i);
}

enum copl_status copl_lint_catalog(const struct copl_catalog *c,
    const struct copl_lint *how, struct copl_reporter *r)
{
	struct lint l = {.c = c, .how = how, .r = r};
	size_t i;

	l.plain_id.max = l.plain_str.max = COPL_CATALOG_MAX;
	l.st = index_units(&l);
	if (l.st != COPL_OK)
		goto out;
	read_header(&l);
	look_around(&l);
	for (i = 0; i < COPL_COUNT(checks); i++)
		if (checks[i].catalog != NULL)
			checks[i].catalog(&l);
	for (i = 0; i < c->nmessages && l.st == COPL_OK; i++)
		if (!c->messages[i].obsolete)
			check_message(&l, &c->messages[i]);
	lint_register_end(&l);
	lint_tell_ignored(&l);
	if (l.st == COPL_OK && l.failed)
		l.st = COPL_E_INVALID;
out:
	lint_register_free(&l);
	copl_han_free(l.han);
	copl_strbuf_clear(&l.plain_id);
	copl_strbuf_clear(&l.plain_str);
	copl_map_free(&l.by_ctxt);
	copl_map_free(&l.by_msgid);
	if (l.st == COPL_E_NOMEM)
		r->nomem = true;
	return l.st;
}
