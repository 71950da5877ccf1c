/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "render/render_priv.h"

/* Every text that some page may need; docs and translators know them all. */
static const char *const ids[] = {
    "skip_link",
    "other_languages",
    "ages",
    "ages_from",
    "open_until",
    "open_from",
    "progress",
    "privacy_title",
    "help_title",
    "contact_title",
    "needed",
    "choose_one",
    "choose_many",
    "choose_up_to",
    "choose_between",
    "choose_from",
    "rank_all",
    "rank_top",
    "rank_pick",
    "rating_ends",
    "number_range",
    "text_room",
    "date_day",
    "date_month",
    "date_year",
    "pick",
    "other_text",
    "error_required",
    "error_default",
    "error_too_many",
    "error_too_few",
    "error_exclusive",
    "error_rank",
    "error_long",
    "error_number",
    "error_range",
    "error_from",
    "error_up_to",
    "error_whole",
    "error_date",
    "incomplete_title",
    "incomplete_text",
    "not_stored_title",
    "not_stored_text",
    "if_answered",
    "if_not_answered",
    "if_any",
    "if_all",
    "send",
    "send_once",
    "no_sending_title",
    "no_sending",
    "prevails",
    "end_of_form",
    "index_title",
    "index_choose",
    "index_recipients",
    "index_office",
    "index_member_state",
    "index_partner",
    "index_forms",
    "index_check",
    "nobody_reads",
    "sent_title",
    "sent_text",
    "soon_title",
    "closed_title",
    "closed_text",
    "fallback_note",
    "agree",
    "index_without",
    "draft_title",
    "draft_text",
    "invite_sms",
    "invite_social",
    "invite_sms_title",
    "invite_social_title",
    "poster_call",
    "poster_scan",
    "poster_code",
    "index_invite",
};

/* A text that depends on a number: one form for each kind of number. */
struct plural {
	const char *count; /* the placeholder that is the number; NULL: none */
	const char *forms[COPL_PLURALS_MAX];
	unsigned n;
};

struct copl_interface {
	struct copl_arena *arena;
	const char *texts[COPL_COUNT(ids)]; /* of a plural its last form */
	struct plural plurals[COPL_COUNT(ids)];
	struct copl_plural rule; /* of the language */
	struct copl_calendar calendar;
};

/* Index of an id, or the number of ids when it is none of ours. */
static size_t find(const char *id)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(ids); i++)
		if (strcmp(ids[i], id) == 0)
			break;
	return i;
}

static bool has_number(const char *text, const char *name)
{
	size_t len, want = strlen(name);

	for (; (text = strchr(text, '{')) != NULL; text++) {
		const char *p = copl_placeholder(text, &len);

		if (p != NULL && len == want && memcmp(p, name, len) == 0)
			return true;
	}
	return false;
}

static void check_plural(const struct copl_interface *w,
    const struct copl_xml *x, const xmlNode *n, const struct plural *p,
    struct copl_reporter *r)
{
	if (w->rule.n > 0 && p->n != w->rule.n)
		copl_report(r, COPL_ERROR, "interface-plural",
		    copl_xml_place(x, n),
		    _("this language has %u plural forms, but %u <form> "
		      "elements stand here"),
		    w->rule.n, p->n);
	if (p->n > 0 && !has_number(p->forms[p->n - 1], p->count))
		copl_report(r, COPL_ERROR, "interface-plural",
		    copl_xml_attr_place(x, n, "count"),
		    _("the last form must show the number: write {%s} in it, "
		      "or correct \"count\""),
		    p->count);
}

/* The last form, which serves where no number is known; NULL: none. */
static const char *take_plural(struct copl_interface *w,
    const struct copl_xml *x, const xmlNode *n, struct plural *p,
    struct copl_reporter *r)
{
	const xmlNode *form;

	p->count = copl_xml_get(n, "count", w->arena, r);
	for (form = copl_xml_first(n); form != NULL && p->count != NULL;
	     form = copl_xml_next(form)) {
		if (!copl_xml_is(form, COPL_INTERFACE_NS, "form") ||
		    p->n == COPL_PLURALS_MAX)
			continue;
		p->forms[p->n] = copl_xml_get_text(form, w->arena, r);
		if (p->forms[p->n] == NULL)
			return NULL;
		p->n++;
	}
	if (p->count == NULL)
		return NULL;
	check_plural(w, x, n, p, r);
	return p->n == 0 ? NULL : p->forms[p->n - 1];
}

/* Takes one text in.  Ids of a newer house are left alone. */
static void take(struct copl_interface *w, const struct copl_xml *x,
    const xmlNode *n, struct copl_reporter *r)
{
	const char *id = copl_xml_get(n, "id", w->arena, r);
	size_t i;

	if (id == NULL)
		return;
	i = find(id);
	if (i == COPL_COUNT(ids))
		return;
	if (w->texts[i] != NULL) {
		copl_report(r, COPL_ERROR, "interface-duplicate",
		    copl_xml_attr_place(x, n, "id"),
		    _("the text \"%s\" stands here twice; remove one"), id);
		return;
	}
	if (xmlHasProp(n, (const xmlChar *)"count") != NULL)
		w->texts[i] = take_plural(w, x, n, &w->plurals[i], r);
	else
		w->texts[i] = copl_xml_get_text(n, w->arena, r);
	if (w->texts[i] != NULL && *w->texts[i] == '\0')
		w->texts[i] = NULL;
}

static void report_missing(const struct copl_interface *w,
    const struct copl_xml *x, const xmlNode *root, struct copl_reporter *r)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(ids); i++)
		if (w->texts[i] == NULL)
			copl_report(r, COPL_ERROR, "interface-missing",
			    copl_xml_place(x, root),
			    _("the text \"%s\" is missing; pages need it: add "
			      "<text id=\"%s\">"),
			    ids[i], ids[i]);
}

static enum copl_status read_all(
    struct copl_interface *w, const struct copl_xml *x, struct copl_reporter *r)
{
	const xmlNode *root = xmlDocGetRootElement(x->doc);
	size_t before = r->errors;
	enum copl_status st;
	const char *lang;
	const xmlNode *n;

	if (!copl_xml_is(root, COPL_INTERFACE_NS, "interface")) {
		copl_report(r, COPL_ERROR, "interface-root",
		    copl_xml_place(x, root),
		    _("this is not an interface document; its first element "
		      "must be <interface xmlns=\"%s\">"),
		    COPL_INTERFACE_NS);
		return COPL_E_INVALID;
	}
	lang = copl_xml_get_lang(root, w->arena, r);
	if (lang == NULL || !copl_plural_of(lang, &w->rule))
		w->rule.n = 0;
	for (n = copl_xml_first(root); n != NULL; n = copl_xml_next(n))
		if (copl_xml_is(n, COPL_INTERFACE_NS, "text"))
			take(w, x, n, r);
	if (r->nomem)
		return COPL_E_NOMEM;
	report_missing(w, x, root, r);
	st = copl_locale_calendar(
	    lang == NULL ? "" : lang, w->arena, &w->calendar);
	if (st == COPL_E_NOTFOUND)
		copl_report(r, COPL_ERROR, "interface-language",
		    copl_xml_attr_place(x, root, "xml:lang"),
		    _("\"%s\" is not a language tag that is known; write "
		      "xml:lang=\"en\", for example"),
		    lang == NULL ? "" : lang);
	else if (st != COPL_OK)
		return st;
	return r->errors > before ? COPL_E_INVALID : COPL_OK;
}

static enum copl_status read_as(const struct copl_xml *x, bool unfinished,
    struct copl_reporter *r, struct copl_interface **out)
{
	struct copl_interface *w = NULL;
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	w = calloc(1, sizeof(*w));
	if (w == NULL)
		goto out;
	w->arena = copl_arena_new();
	if (w->arena == NULL)
		goto out;
	st = read_all(w, x, r);
	if (st == COPL_E_INVALID && unfinished)
		st = COPL_OK;
	if (st != COPL_OK)
		goto out;
	*out = w;
	w = NULL;
out:
	copl_interface_free(w);
	return st;
}

enum copl_status copl_interface_read(const struct copl_xml *x,
    struct copl_reporter *r, struct copl_interface **out)
{
	return read_as(x, false, r, out);
}

enum copl_status copl_interface_read_unfinished(const struct copl_xml *x,
    struct copl_reporter *r, struct copl_interface **out)
{
	return read_as(x, true, r, out);
}

void copl_interface_free(struct copl_interface *i)
{
	if (i == NULL)
		return;
	copl_arena_free(i->arena);
	free(i);
}

const char *copl_interface_text(const struct copl_interface *i, const char *id)
{
	size_t k = find(id);

	return k == COPL_COUNT(ids) || i->texts[k] == NULL ? "" : i->texts[k];
}

const char *render_count(const struct copl_interface *i, const char *id)
{
	size_t k = find(id);

	return k == COPL_COUNT(ids) ? NULL : i->plurals[k].count;
}

const char *render_form_for(
    const struct copl_interface *i, const char *id, unsigned long number)
{
	size_t k = find(id);
	unsigned form;

	if (k == COPL_COUNT(ids) || i->plurals[k].n == 0)
		return copl_interface_text(i, id);
	if (i->rule.n == i->plurals[k].n &&
	    copl_plural_form(&i->rule, number, &form))
		return i->plurals[k].forms[form];
	return number == 1 ? i->plurals[k].forms[0]
			   : copl_interface_text(i, id);
}

const struct copl_calendar *render_calendar(const struct copl_interface *i)
{
	return &i->calendar;
}
