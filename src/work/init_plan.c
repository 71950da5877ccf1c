/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "locale/locale.h"
#include "work/init_priv.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)
#define NOW_MAX INT64_C(253370764800) /* year 9999: room to add to */
/* Proposals: a month to get ready, a quarter to answer, half a year to read. */
#define DAYS_TO_OPEN 28
#define DAYS_OPEN 91
#define DAYS_KEPT 182
#define HOUR_OPENS 8
#define HOUR_CLOSES 12 /* the same day from UTC-12 to UTC+11 */
#define LANGUAGES_MAX_BYTES 1000

static const struct copl_place nowhere;

/* At most so many bytes of what was typed stand in a sentence. */
static int shown(const char *s)
{
	return (int)copl_utf8_valid(s, strnlen(s, 60));
}

/* ---- names ---- */

static enum copl_status plan_dir(struct init *in)
{
	const char *dir = in->o->dir;
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	in->dir = copl_arena_strndup(in->arena, dir, len);
	return in->dir == NULL ? COPL_E_NOMEM : COPL_OK;
}

static enum copl_status plan_id(struct init *in)
{
	const char *id = in->o->id == NULL ? INIT_STARTER_ID : in->o->id;
	bool taken =
	    strcmp(id, "interface") == 0 || strcmp(id, "consultation") == 0;

	if (!copl_shape_is_name(id))
		copl_report(in->r, COPL_ERROR, "init-id", nowhere,
		    _("\"%.*s\" cannot be an id: use small letters a-z, digits "
		      "and \"_\", begin with a letter, at most 32 characters"),
		    shown(id), id);
	else if (taken)
		copl_report(in->r, COPL_ERROR, "init-id", nowhere,
		    _("\"%s\" cannot be an id: the catalogs in po/ have a "
		      "folder of this name already"),
		    id);
	in->id = id;
	in->form = copl_arena_printf(in->arena, "forms/%s.xml", id);
	return in->form == NULL ? COPL_E_NOMEM : COPL_OK;
}

/* ---- languages ---- */

static bool is_between(char c)
{
	return copl_is_space(c) || c == ',';
}

/* ASCII only; "zh_CN" is "zh-cn". */
static char folded(char c)
{
	if (c == '_')
		return '-';
	return copl_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

static bool same_tag(const char *a, const char *b)
{
	for (; *a != '\0' && folded(*a) == folded(*b); a++)
		b++;
	return *a == '\0' && *b == '\0';
}

/* The starter's language that a tag means; NULL: it has none. */
static const struct init_language *meant_by(const char *tag)
{
	size_t i;

	for (i = 0; i < INIT_SIX; i++)
		if (same_tag(tag, init_six[i].tag) ||
		    same_tag(tag, init_six[i].catalog))
			return &init_six[i];
	return NULL;
}

static enum copl_status name_language(
    struct init *in, char *tag, struct init_language *l)
{
	const struct init_language *known = meant_by(tag);
	char *catalog;

	if (known != NULL) {
		*l = *known;
		return COPL_OK;
	}
	catalog = copl_arena_strdup(in->arena, tag);
	if (catalog == NULL)
		return COPL_E_NOMEM;
	l->tag = tag;
	l->catalog = catalog;
	for (; *catalog != '\0'; catalog++)
		if (*catalog == '-')
			*catalog = '_';
	return COPL_OK;
}

static void check_language(struct init *in, const struct init_language *l)
{
	const struct init_language *other = in->languages;
	enum copl_status known = copl_shape_is_tag(l->tag)
				     ? copl_locale_known(l->tag)
				     : COPL_E_NOTFOUND;

	if (same_tag(l->tag, "zh"))
		copl_report(in->r, COPL_ERROR, "init-language", nowhere,
		    _("\"%s\" does not say in which script: write zh-Hans or "
		      "zh-Hant"),
		    l->tag);
	else if (known == COPL_E_NOMEM)
		in->r->nomem = true;
	else if (known != COPL_OK)
		copl_report(in->r, COPL_ERROR, "init-language", nowhere,
		    _("\"%.*s\" is not a known language tag: write, for "
		      "example, fr or zh-Hans"),
		    shown(l->tag), l->tag);
	for (; other < l; other++)
		if (same_tag(other->tag, l->tag))
			copl_report(in->r, COPL_ERROR, "init-language", nowhere,
			    _("the language \"%s\" is given twice"), l->tag);
}

/* Cuts the list at its blanks and commas. */
static enum copl_status read_languages(struct init *in, char *list)
{
	char *p = list;

	while (*p != '\0') {
		struct init_language *l = &in->languages[in->nlanguages];
		enum copl_status st;
		char *end = p;

		while (*end != '\0' && !is_between(*end))
			end++;
		if (*end != '\0')
			*end++ = '\0';
		if (*p != '\0') {
			st = name_language(in, p, l);
			if (st != COPL_OK)
				return st;
			check_language(in, l);
			in->nlanguages++;
		}
		p = end;
	}
	if (in->nlanguages == 0)
		copl_report(in->r, COPL_ERROR, "init-language", nowhere,
		    _("no language is given: write, for example, \"ar fr "
		      "en\""));
	return COPL_OK;
}

static enum copl_status plan_languages(struct init *in)
{
	const char *given = in->o->languages;
	size_t n =
	    given == NULL ? INIT_SIX : strnlen(given, LANGUAGES_MAX_BYTES);
	char *list;

	in->languages =
	    copl_arena_alloc(in->arena, (n + 1) * sizeof(*in->languages));
	if (in->languages == NULL)
		return COPL_E_NOMEM;
	if (given == NULL) {
		memcpy(in->languages, init_six, n * sizeof(*init_six));
		in->nlanguages = n;
		return COPL_OK;
	}
	if (n == LANGUAGES_MAX_BYTES) {
		copl_report(in->r, COPL_ERROR, "init-language", nowhere,
		    _("the list of languages is longer than %d bytes"),
		    LANGUAGES_MAX_BYTES);
		return COPL_OK;
	}
	list = copl_arena_strndup(in->arena, given, n);
	return list == NULL ? COPL_E_NOMEM : read_languages(in, list);
}

static const struct init_language *find(const struct init *in, const char *tag)
{
	size_t i;

	for (i = 0; i < in->nlanguages; i++)
		if (same_tag(in->languages[i].tag, tag))
			return &in->languages[i];
	return NULL;
}

/* Without a wish English, or else the first whose texts there are. */
static const struct init_language *propose(const struct init *in)
{
	const struct init_language *l = find(in, "en");
	size_t i;

	for (i = 0; l == NULL && i < in->nlanguages; i++)
		if (in->languages[i].known)
			l = &in->languages[i];
	return l;
}

static void plan_master(struct init *in)
{
	const char *tag = in->o->lang;
	const struct init_language *known = tag == NULL ? NULL : meant_by(tag);

	if (tag != NULL && known == NULL) {
		copl_report(in->r, COPL_ERROR, "init-master", nowhere,
		    _("there is no form to start from in \"%.*s\": choose one "
		      "of ar, zh-Hans, en, fr, ru and es"),
		    shown(tag), tag);
		return;
	}
	in->master = tag == NULL ? propose(in) : find(in, known->tag);
	if (in->master != NULL || in->nlanguages == 0)
		return;
	if (tag == NULL)
		copl_report(in->r, COPL_ERROR, "init-master", nowhere,
		    _("the form to start from is there in ar, zh-Hans, en, fr, "
		      "ru and es: add one of them to the languages"));
	else
		copl_report(in->r, COPL_ERROR, "init-master", nowhere,
		    _("the form is to be written in %s, which is not among "
		      "the languages: add it to them"),
		    known->tag);
}

/* ---- days ---- */

static int64_t day_of(int64_t seconds)
{
	int64_t rest = seconds % DAY;

	return seconds - (rest < 0 ? rest + DAY : rest);
}

/* A day, at an hour in UTC, or an instant; NULL: the proposal stays. */
static void read_day(struct init *in, const char *option, const char *text,
    int hour, int64_t *out)
{
	struct copl_instant at;
	int64_t day;

	if (text == NULL)
		return;
	if (copl_date_parse(text, &day))
		*out = day + hour * HOUR;
	else if (hour > 0 && copl_instant_parse(text, &at))
		*out = at.seconds;
	else
		copl_report(in->r, COPL_ERROR, "init-day", nowhere,
		    hour > 0 ? _("%s needs a day like 2027-03-31, or an "
				 "instant like 2027-03-31T12:00:00Z, not "
				 "\"%.*s\"")
			     : _("%s needs a day like 2027-12-31, not "
				 "\"%.*s\""),
		    option, shown(text), text);
}

static void check_days(
    struct init *in, int64_t opens, int64_t closes, int64_t keep)
{
	if (closes <= in->o->now)
		copl_report(in->r, COPL_ERROR, "init-day", nowhere,
		    _("the form would close at %s, which is over already: "
		      "choose a later day"),
		    in->closes);
	else if (closes <= opens)
		copl_report(in->r, COPL_ERROR, "init-day", nowhere,
		    _("the form would close at %s, before it opens at %s: "
		      "choose an earlier day to open or a later one to close"),
		    in->closes, in->opens);
	if (keep < day_of(closes))
		copl_report(in->r, COPL_ERROR, "init-day", nowhere,
		    _("the answers would be deleted on %s, before the form "
		      "closes at %s: choose a later day"),
		    in->keep_until, in->closes);
}

static void plan_days(struct init *in)
{
	const struct copl_init_options *o = in->o;
	size_t errors = in->r->errors;
	int64_t now = o->now, opens, closes, keep;

	if (now < 0)
		now = 0;
	if (now > NOW_MAX)
		now = NOW_MAX;
	opens = day_of(now) + DAYS_TO_OPEN * DAY + HOUR_OPENS * HOUR;
	read_day(in, "opens", o->opens, HOUR_OPENS, &opens);
	closes = day_of(opens) + DAYS_OPEN * DAY + HOUR_CLOSES * HOUR;
	read_day(in, "closes", o->closes, HOUR_CLOSES, &closes);
	keep = day_of(closes) + DAYS_KEPT * DAY;
	read_day(in, "keep-until", o->keep_until, 0, &keep);
	copl_instant_format(opens, in->opens);
	copl_instant_format(closes, in->closes);
	copl_instant_format(keep, in->keep_until);
	in->keep_until[strlen("2027-12-31")] = '\0';
	if (in->r->errors == errors)
		check_days(in, opens, closes, keep);
}

enum copl_status init_plan(struct init *in)
{
	size_t errors = in->r->errors;
	enum copl_status st = plan_dir(in);

	if (st == COPL_OK)
		st = plan_id(in);
	if (st == COPL_OK)
		st = plan_languages(in);
	if (st != COPL_OK)
		return st;
	plan_master(in);
	plan_days(in);
	copl_heading_created(in->o->now, in->created);
	return in->r->errors > errors ? COPL_E_INVALID : COPL_OK;
}
