/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a project wants to be true before it is published. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "project/project_priv.h"

static const char *const kinds[COPL_TEXT_KINDS] = {
    [COPL_TEXT_CONSENT] = "consent",
    [COPL_TEXT_PRIVACY] = "privacy",
    [COPL_TEXT_HELP] = "help",
    [COPL_TEXT_ERROR] = "error",
    [COPL_TEXT_QUESTION] = "question",
    [COPL_TEXT_INTERFACE] = "interface",
    [COPL_TEXT_NAME] = "name",
};
#define ALL_KINDS ((1u << COPL_TEXT_KINDS) - 1)

const char *copl_text_kind_name(enum copl_text_kind kind)
{
	return kinds[kind];
}

/* ---- texts ---- */

/* The bits of a word; 0: it names no kind of text. */
static unsigned bits_of(const char *word)
{
	unsigned i;

	if (strcmp(word, "all") == 0)
		return ALL_KINDS;
	for (i = 0; i < COPL_TEXT_KINDS; i++)
		if (strcmp(kinds[i], word) == 0)
			return 1u << i;
	return 0;
}

static void add_kind(struct copl_project_reader *rd, const char *word,
    struct copl_place at, void *arg)
{
	struct copl_release_gate *g = arg;
	unsigned bits = bits_of(word);

	if (bits == 0)
		copl_report(rd->r, COPL_ERROR, "project-bad-value", at,
		    _("\"%.*s\" is no kind of text: write \"all\", or some of "
		      "consent, privacy, help, error, question, interface and "
		      "name"),
		    copl_project_shown(word), word);
	else if ((g->texts & bits) != 0)
		copl_report(rd->r, COPL_ERROR, "project-duplicate", at,
		    _("\"%s\" is in this list already: remove one of the two"),
		    word);
	g->texts |= bits;
}

static void read_texts(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_release_gate *g)
{
	if (copl_project_each_word(rd, n, "texts", add_kind, g) == 0 &&
	    xmlHasProp(n, (const xmlChar *)"texts") != NULL)
		copl_project_bad_value(rd, n, "texts", "",
		    _("write \"all\", or some of consent, privacy, help, "
		      "error, question, interface and name"));
}

/* ---- how much, and where ---- */

static void read_languages(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_release_gate *g)
{
	if (!copl_project_read_tags(rd, n, &g->languages, &g->nlanguages))
		copl_project_bad_value(rd, n, "languages", "",
		    _("write tags of languages, or remove this attribute: "
		      "without it the gate is for all languages"));
}

static void read_state(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_release_gate *g)
{
	const char *s = copl_project_get(rd, n, "state");

	g->approved = s != NULL && strcmp(s, "approved") == 0;
	if (s != NULL && !g->approved && strcmp(s, "reviewed") != 0)
		copl_project_bad_value(rd, n, "state", s,
		    _("write \"reviewed\" or \"approved\"; that all texts are "
		      "translated is always asked"));
}

static void read_percent(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_release_gate *g)
{
	const char *s = copl_project_get(rd, n, "percent");
	uint64_t percent;

	g->percent = 100;
	if (s == NULL)
		return;
	if (!copl_number_parse(s, 100, &percent) || percent == 0)
		copl_project_bad_value(rd, n, "percent", s,
		    _("write a whole number from 1 to 100"));
	else
		g->percent = (unsigned)percent;
}

/*
 * Who writes "consent" and "90" believes that a tenth may stay unread.  With
 * "all" nobody does: the per cents are for the other kinds then.
 */
static void check_always(struct copl_project_reader *rd, const xmlNode *n,
    const struct copl_release_gate *g)
{
	if (g->percent == 100 || g->approved || g->texts == ALL_KINDS ||
	    (g->texts & COPL_RELEASE_GATE_ALWAYS) == 0)
		return;
	copl_report(rd->r, COPL_ERROR, "project-gate-low",
	    copl_project_at(rd, n, "percent"),
	    _("texts about consent and privacy must always be reviewed, all "
	      "of them: take consent and privacy out of this gate, or write "
	      "percent=\"100\""));
}

static void read_gate(struct copl_project_reader *rd, const xmlNode *n,
    struct copl_release_gate *out)
{
	out->at = copl_xml_place(rd->p->xml, n);
	read_texts(rd, n, out);
	read_languages(rd, n, out);
	read_state(rd, n, out);
	read_percent(rd, n, out);
	check_always(rd, n, out);
}

void copl_project_read_gates(
    struct copl_project_reader *rd, const xmlNode *root)
{
	struct copl_project *p = rd->p;
	const xmlNode *all = copl_project_child(root, "publish");
	const xmlNode *n = all == NULL ? NULL : copl_project_child(all, "gate");

	if (n == NULL)
		return;
	p->gates = copl_project_alloc(
	    rd, copl_project_count(all, "gate"), sizeof(*p->gates));
	for (; n != NULL && p->gates != NULL; n = copl_project_next(n))
		read_gate(rd, n, &p->gates[p->ngates++]);
}
