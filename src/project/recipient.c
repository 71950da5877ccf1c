/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

#define GUARDIAN_AGE_MAX 25

/* ---- attributes ---- */

static void read_kind(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_recipient *out)
{
	static const char *const names[] = {
	    [COPL_OFFICE] = "office",
	    [COPL_MEMBER_STATE] = "member-state",
	    [COPL_PARTNER] = "partner",
	};
	const char *kind = copl_project_get(rd, n, "kind");
	size_t i;

	for (i = 0; kind != NULL && i < COPL_COUNT(names); i++)
		if (strcmp(kind, names[i]) == 0) {
			out->kind = (enum copl_recipient_kind)i;
			return;
		}
	if (kind != NULL)
		copl_project_bad_value(rd, n, "kind", kind,
		    _("write \"office\", \"member-state\" or \"partner\""));
}

static void read_status(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_recipient *out)
{
	const char *s = copl_project_get(rd, n, "languages-status");

	out->to_be_confirmed = s != NULL && strcmp(s, "to-be-confirmed") == 0;
	if (s != NULL && !out->to_be_confirmed && strcmp(s, "confirmed") != 0)
		copl_project_bad_value(rd, n, "languages-status", s,
		    _("write \"confirmed\" or \"to-be-confirmed\""));
}

static void read_age(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_recipient *out)
{
	const char *s = copl_project_get(rd, n, "guardian-age");
	uint64_t age;

	out->guardian_age = -1;
	if (s == NULL)
		return;
	if (copl_number_parse(s, GUARDIAN_AGE_MAX, &age))
		out->guardian_age = (int)age;
	else
		copl_project_bad_value(rd, n, "guardian-age", s,
		    _("write a whole number from 0 to 25"));
}

static void read_zone(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_recipient *out)
{
	out->zone = copl_project_get(rd, n, "zone");
	if (out->zone != NULL && !copl_project_is_zone(out->zone))
		copl_project_bad_value(rd, n, "zone", out->zone,
		    _("write the name of a time zone such as "
		      "\"Africa/Addis_Ababa\""));
}

/* ---- languages ---- */

/* A list separated by blanks; each finding stands at its own tag. */
static void read_languages(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_recipient *out)
{
	if (!copl_project_read_tags(rd, n, &out->languages, &out->nlanguages))
		copl_report(rd->r, COPL_ERROR, "project-language",
		    copl_project_at(rd, n, "languages"),
		    _("the recipient has no language: write the tags of its "
		      "languages, separated by blanks"));
}

/* ---- what stands inside ---- */

/* The address in a child's href; NULL: none that can be used. */
static const char *read_href(
    struct copl_project_reader *rd, const xmlNode *parent, const char *name)
{
	const xmlNode *n = copl_project_child(parent, name);
	const char *href = n == NULL ? NULL : copl_project_get(rd, n, "href");
	const char *fault =
	    href == NULL ? NULL : copl_project_url_fault(href, false);

	if (fault != NULL)
		copl_report(rd->r, COPL_ERROR, "project-url",
		    copl_project_at(rd, n, "href"), "%s", fault);
	return href;
}

static void read_contact(struct copl_project_reader *rd,
    const xmlNode *recipient, struct copl_recipient *out)
{
	const xmlNode *n = copl_project_child(recipient, "contact");

	out->email = n == NULL ? NULL : copl_project_get(rd, n, "email");
	if (out->email != NULL && !copl_shape_is_email(out->email))
		copl_project_bad_value(rd, n, "email", out->email,
		    _("write an e-mail address such as \"cop@example.org\""));
}

static void read_pickup(struct copl_project_reader *rd,
    const xmlNode *recipient, struct copl_recipient *out)
{
	const xmlNode *n = copl_project_child(recipient, "pickup");
	const char *by = n == NULL ? NULL : copl_project_get(rd, n, "by");

	if (by == NULL)
		return;
	out->fetches = strcmp(by, "fetch") == 0;
	out->zip = strcmp(by, "zip") == 0;
	if (!out->fetches && !out->zip)
		copl_project_bad_value(
		    rd, n, "by", by, _("write \"fetch\" or \"zip\""));
}

/* ---- endpoints ---- */

static struct copl_place attr_place(
    const struct copl_settings *s, enum copl_setting which)
{
	const struct copl_project_reader *rd = s->arg;

	return copl_project_at(rd, rd->endpoint, copl_setting_name(which));
}

/* Without an id of its own: the recipient's, or that with a number. */
static const char *endpoint_id(
    struct copl_project_reader *rd, const char *recipient, size_t number)
{
	const char *id;

	if (recipient == NULL || number == 1)
		return recipient;
	id = copl_arena_printf(rd->p->arena, "%s_%zu", recipient, number);
	if (id == NULL)
		rd->r->nomem = true;
	return id;
}

static void read_endpoints(struct copl_project_reader *rd,
    const xmlNode *recipient, struct copl_recipient *out)
{
	const xmlNode *n = copl_project_child(recipient, "endpoint");
	struct copl_settings s = {.place = attr_place, .arg = rd};
	size_t i;

	out->endpoints = copl_project_alloc(rd,
	    copl_project_count(recipient, "endpoint"), sizeof(*out->endpoints));
	for (; n != NULL && out->endpoints != NULL; n = copl_project_next(n)) {
		struct copl_endpoint *e = &out->endpoints[out->nendpoints++];

		rd->endpoint = n;
		s.at = copl_xml_place(rd->p->xml, n);
		for (i = 0; i < COPL_SETTINGS; i++)
			s.value[i] = copl_project_get(
			    rd, n, copl_setting_name((enum copl_setting)i));
		e->id = endpoint_id(rd, out->id, out->nendpoints);
		copl_project_read_endpoint(rd, &s, e);
	}
}

static void read_id(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_recipient *out)
{
	size_t line;

	out->id = copl_project_get(rd, n, "id");
	if (out->id == NULL)
		return;
	if (!copl_shape_is_name(out->id))
		copl_project_bad_value(rd, n, "id", out->id,
		    _("use small letters a-z, digits and \"_\", begin with a "
		      "letter, at most 32 characters"));
	line = copl_project_first_use(rd, &rd->recipients, out->id, n);
	if (line != 0)
		copl_report(rd->r, COPL_ERROR, "project-duplicate",
		    copl_project_at(rd, n, "id"),
		    _("the recipient \"%s\" is on line %zu already: give "
		      "this one another id"),
		    out->id, line);
}

void copl_project_read_recipient(struct copl_project_reader *rd,
    const xmlNode *n, struct copl_recipient *out)
{
	const xmlNode *name = copl_project_child(n, "name");

	out->at = copl_xml_place(rd->p->xml, n);
	read_id(rd, n, out);
	read_kind(rd, n, out);
	read_languages(rd, n, out);
	read_status(rd, n, out);
	read_age(rd, n, out);
	read_zone(rd, n, out);
	if (name != NULL)
		out->name = copl_xml_get_text(name, rd->p->arena, rd->r);
	read_contact(rd, n, out);
	out->safeguarding = copl_project_read_safeguarding(rd, n);
	out->helpline = read_href(rd, n, "helpline");
	out->forms = copl_project_read_forms(rd, n);
	out->responses = read_href(rd, n, "responses");
	read_endpoints(rd, n, out);
	read_pickup(rd, n, out);
	out->picks_up = copl_project_child(n, "pickup") != NULL;
}

/* ---- rules between them ---- */

static bool somebody_reads(
    const struct copl_project *p, const struct copl_language *l)
{
	size_t i;

	for (i = 0; i < p->nrecipients; i++)
		if (copl_project_has_language(p->recipients[i].languages,
			p->recipients[i].nlanguages, l))
			return true;
	return false;
}

static void check_reached(struct copl_project_reader *rd)
{
	size_t i;

	for (i = 0; i < rd->p->nrecipients && !rd->table_lost; i++) {
		const struct copl_recipient *r = &rd->p->recipients[i];

		if (r->nendpoints == 0 && !r->picks_up)
			copl_report(rd->r, COPL_ERROR, "project-unreachable",
			    r->at,
			    _("nothing reaches this recipient: add <endpoint "
			      "url=\"...\"/> or <pickup by=\"fetch\"/>"));
	}
}

void copl_project_check_recipients(struct copl_project_reader *rd)
{
	const struct copl_project *p = rd->p;
	size_t i;

	check_reached(rd);
	/* A slip in a tag is one finding, not two. */
	if (rd->r->errors > rd->errors)
		return;
	for (i = 0; i < p->nlanguages; i++)
		if (!somebody_reads(p, &p->languages[i]))
			copl_report(rd->r, COPL_WARNING,
			    "project-unused-language", p->languages[i].at,
			    _("no recipient gets the language \"%s\""),
			    p->languages[i].tag);
}
