/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Whether the texts that invite young people to the forms fit where they are
 * sent: with the title of each form and the address of each recipient.
 */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "inline/inline.h"
#include "render/invite.h"
#include "work/params.h"
#include "work/pseudo.h"
#include "work/work.h"

/* One text of the interface in one language, and where it was written. */
struct words {
	const char *text; /* NULL: not there yet */
	struct copl_place at;
};

/* What is measured, and the longest of it so far. */
struct reach {
	const struct copl_workspace *w;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_values values;
	size_t language; /* index in the project */
	const struct copl_master *form;
	bool fallback; /* a title may stay in the language of its master */
	enum copl_invite_kind kind;
	const struct copl_recipient *longest;
	size_t units;
	struct copl_sms sms;
};

/* ---- texts as they will be shown ---- */

static const struct copl_unit *find_unit(
    const struct copl_master *m, const char *id)
{
	size_t i;

	for (i = 0; i < m->units->n; i++)
		if (m->units->list[i].id != NULL &&
		    strcmp(m->units->list[i].id, id) == 0)
			return &m->units->list[i];
	return NULL;
}

/* Without tags and references, in the arena; NULL: memory is out. */
static const char *plain(struct reach *x, const char *message)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_XML_MAX);
	const char *copy = NULL;

	copl_inline_plain(message, &text);
	if (text.st == COPL_OK)
		copy = copl_arena_strdup(x->arena, copl_strbuf_text(&text));
	copl_strbuf_clear(&text);
	x->r->nomem |= copy == NULL;
	return copy;
}

/* The longest of the forms of a text is what must fit. */
static const char *longest_of(const char *const *forms, size_t n)
{
	const char *best = n == 0 ? NULL : forms[0];
	size_t i;

	for (i = 1; i < n; i++)
		if (strlen(forms[i]) > strlen(best))
			best = forms[i];
	return best;
}

/* A text of a master in a language; what is not translated is not measured. */
static struct words words_of(
    struct reach *x, const struct copl_master *m, const char *id)
{
	const struct copl_master_catalog *mc = &m->catalogs[x->language];
	const struct copl_unit *u = find_unit(m, id);
	const struct copl_message *msg = NULL;
	struct words out = {NULL, {NULL, 0, 0}};

	if (u == NULL)
		return out;
	if (mc->own) {
		out.at = copl_unit_place(m->units, u);
		out.text = plain(x, u->text.msgid);
		return out;
	}
	if (mc->catalog != NULL)
		msg = copl_catalog_find_ctxt(mc->catalog, id);
	if (msg == NULL || msg->fuzzy || !copl_message_is_whole(msg)) {
		if (x->fallback && m->form != NULL)
			out.text = plain(x, u->text.msgid);
		return out;
	}
	out.at = copl_message_str_at(mc->catalog, msg);
	out.text = plain(x, longest_of(msg->str, msg->nstr));
	return out;
}

/* ---- one text for one recipient ---- */

/* A title seldom has placeholders; ICU is slow, so that it is asked late. */
static enum copl_status fill_title(struct reach *x,
    const struct copl_recipient *to, const char *title, const char **out)
{
	const struct copl_params_for who = {.form = x->form->form,
	    .recipient = to,
	    .office = to->name,
	    .tag = x->w->project->languages[x->language].tag,
	    .guardian_age = to->guardian_age};
	struct copl_params params;
	enum copl_status st;

	*out = title;
	if (strpbrk(title, "{}") == NULL)
		return COPL_OK;
	st = copl_params_make(&x->values, &who, &params);
	if (st == COPL_OK)
		*out = copl_params_fill(&params, title);
	return st == COPL_OK && *out == NULL ? COPL_E_NOMEM : st;
}

static enum copl_status describe(struct reach *x,
    const struct copl_recipient *to, const char *title, const char *words,
    struct copl_invite *about)
{
	enum copl_status st = fill_title(x, to, title, &about->title);

	about->lang = x->w->project->languages[x->language].tag;
	about->closes = "";
	about->address =
	    copl_recipient_address(to, x->form->id, about->lang, x->arena);
	if (st == COPL_OK && about->address == NULL)
		st = COPL_E_NOMEM;
	if (st == COPL_OK && strstr(words, "{closes}") != NULL)
		st = copl_values_date(&x->values, about->lang,
		    x->form->form->closes, to->zone == NULL ? "UTC" : to->zone,
		    &about->closes);
	return st;
}

/* More messages are worse than more characters: scripts differ in room. */
static bool is_longer(
    const struct reach *x, const struct copl_sms *sms, size_t units)
{
	if (x->longest == NULL)
		return true;
	if (x->kind == COPL_INVITE_SMS && sms->parts != x->sms.parts)
		return sms->parts > x->sms.parts;
	return units > x->units;
}

static enum copl_status measure(struct reach *x,
    const struct copl_recipient *to, const char *title, const char *words)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(COPL_XML_MAX);
	struct copl_invite about;
	struct copl_sms sms;
	size_t units;
	enum copl_status st = describe(x, to, title, words, &about);

	if (st != COPL_OK)
		return st;
	copl_invite_text(x->kind, words, &about, &text);
	st = text.st;
	copl_sms_count(copl_strbuf_text(&text), &sms);
	units = x->kind == COPL_INVITE_SMS
		    ? sms.units
		    : copl_social_count(copl_strbuf_text(&text), about.address);
	if (is_longer(x, &sms, units)) {
		x->longest = to;
		x->units = units;
		x->sms = sms;
	}
	copl_strbuf_clear(&text);
	return st;
}

/* ---- what is too long ---- */

static void say_sms(struct reach *x, struct copl_place at)
{
	if (x->sms.parts <= COPL_SMS_PARTS_MAX)
		return;
	copl_report(x->r, COPL_ERROR, "invitation-sms-length", at,
	    _("the text message for the form \"%s\" of \"%s\" takes %zu "
	      "characters with its title and address, and two messages hold "
	      "%zu in this script: shorten this text or the title, or give "
	      "the recipient a shorter address in <forms>"),
	    x->form->id, x->longest->id, x->units, x->sms.room);
}

static void say_social(struct reach *x, struct copl_place at)
{
	if (x->units <= COPL_SOCIAL_MAX)
		return;
	copl_report(x->r, COPL_ERROR, "invitation-social-length", at,
	    _("the text for social media for the form \"%s\" of \"%s\" counts "
	      "%zu with its title and address, and there is room for %d: "
	      "shorten this text or the title, or give the recipient a "
	      "shorter address in <forms>"),
	    x->form->id, x->longest->id, x->units, COPL_SOCIAL_MAX);
}

/* A zone that is none was told of with the project. */
static bool has_zone(struct reach *x, const struct copl_recipient *to)
{
	enum copl_status st =
	    to->zone == NULL ? COPL_OK : copl_locale_zone_known(to->zone);

	x->r->nomem |= st == COPL_E_NOMEM;
	return st == COPL_OK;
}

/* One finding for all recipients: the one with the longest says it. */
static enum copl_status check_form(struct reach *x, struct words words)
{
	const struct copl_project *p = x->w->project;
	const char *tag = p->languages[x->language].tag;
	struct words title = words_of(x, x->form, "about/title");
	enum copl_status st = COPL_OK;
	size_t i;

	x->longest = NULL;
	if (title.text == NULL || words.text == NULL)
		return COPL_OK;
	for (i = 0; i < p->nrecipients && st == COPL_OK; i++)
		if (p->recipients[i].forms != NULL &&
		    has_zone(x, &p->recipients[i]) &&
		    copl_recipient_speaks(&p->recipients[i], tag))
			st = measure(
			    x, &p->recipients[i], title.text, words.text);
	if (st != COPL_OK || x->longest == NULL)
		return st;
	if (x->kind == COPL_INVITE_SMS)
		say_sms(x, words.at);
	else
		say_social(x, words.at);
	return COPL_OK;
}

static enum copl_status check_language(
    struct reach *x, const struct copl_master *interface)
{
	static const enum copl_invite_kind kinds[] = {
	    COPL_INVITE_SMS, COPL_INVITE_SOCIAL};
	enum copl_status st = COPL_OK;
	size_t i, k;

	/* Longer on purpose, and sent to nobody. */
	if (copl_pseudo_language(x->w->project->languages[x->language].tag))
		return COPL_OK;
	for (k = 0; k < COPL_COUNT(kinds); k++) {
		struct words words =
		    words_of(x, interface, copl_invite_words(kinds[k]));

		x->kind = kinds[k];
		for (i = 0; i < x->w->nmasters && st == COPL_OK; i++) {
			x->form = &x->w->masters[i];
			if (x->form->form != NULL && x->form->catalogs != NULL)
				st = check_form(x, words);
		}
	}
	return st;
}

static const struct copl_master *interface_of(const struct copl_workspace *w)
{
	size_t i;

	for (i = 0; i < w->nmasters; i++)
		if (w->masters[i].kind == COPL_MASTER_INTERFACE &&
		    w->masters[i].catalogs != NULL)
			return &w->masters[i];
	return NULL;
}

enum copl_status copl_reach_check(
    const struct copl_workspace *w, bool fallback, struct copl_reporter *r)
{
	const struct copl_master *interface = interface_of(w);
	struct reach x = {
	    .w = w, .r = r, .arena = copl_arena_new(), .fallback = fallback};
	enum copl_status st = COPL_OK;

	if (x.arena == NULL)
		return COPL_E_NOMEM;
	x.values.arena = x.arena;
	for (; interface != NULL && w->project->html_output &&
	       x.language < w->project->nlanguages && st == COPL_OK;
	     x.language++) {
		st = copl_locale_known(w->project->languages[x.language].tag);
		if (st == COPL_OK)
			st = check_language(&x, interface);
		else if (st == COPL_E_NOTFOUND)
			st = COPL_OK; /* refused already */
	}
	copl_values_free(&x.values);
	copl_arena_free(x.arena);
	return st;
}
