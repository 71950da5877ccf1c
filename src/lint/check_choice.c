/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "lint/lint_priv.h"

struct label {
	const char *group;
	size_t group_len;
	char *skeleton; /* what tells it from others */
	const struct copl_message *m;
};

static int by_group(const void *a, const void *b)
{
	const struct label *x = a, *y = b;
	int d;

	if (x->group_len != y->group_len)
		return x->group_len < y->group_len ? -1 : 1;
	d = memcmp(x->group, y->group, x->group_len);
	if (d == 0)
		d = strcmp(x->skeleton, y->skeleton);
	if (d == 0)
		d = x->m->start < y->m->start ? -1 : 1;
	return d;
}

/* Parts of a question that are not an answer. */
static bool is_answer(const char *part)
{
	static const char roles[] = "label hint error title summary contact "
				    "unit intro text";

	return !lint_in_list(roles, part, strlen(part)) &&
	       strchr(part, '/') == NULL &&
	       !(part[0] == 'p' && copl_is_digit(part[1]));
}

/*
 * Without a master at hand the context tells: "seen/often", or
 * "q5.choice.often".
 */
static bool group_of_context(const char *ctxt, struct label *out)
{
	const char *cut = strstr(ctxt, ".choice.");

	if (cut == NULL)
		cut = strchr(ctxt, '/');
	if (cut == NULL || (*cut == '/' && !is_answer(cut + 1)))
		return false;
	out->group = ctxt;
	out->group_len = (size_t)(cut - ctxt);
	return true;
}

/* False: the message is no answer. */
static bool group_of(
    const struct lint *l, const struct copl_message *m, struct label *out)
{
	const struct copl_lint_unit *u;

	if (m->ctxt == NULL)
		return false;
	if (l->how->units == NULL)
		return group_of_context(m->ctxt, out);
	u = lint_unit(l, m->ctxt, m->id);
	if (u == NULL || u->group == NULL)
		return false;
	out->group = u->group;
	out->group_len = strlen(u->group);
	return true;
}

bool lint_is_answer(const struct lint *l, const struct copl_message *m)
{
	struct label unused;

	return group_of(l, m, &unused);
}

static bool is_translated(const struct copl_message *m)
{
	return !m->obsolete && !m->fuzzy && m->plural == NULL &&
	       m->str[0][0] != '\0';
}

/* All translated labels that belong to a group, sorted. */
static size_t collect(struct lint *l, struct label *labels)
{
	size_t n = 0, i;

	for (i = 0; i < l->c->nmessages; i++) {
		const struct copl_message *m = &l->c->messages[i];

		if (!is_translated(m) || !group_of(l, m, &labels[n]))
			continue;
		labels[n].m = m;
		labels[n].skeleton = lint_skeleton(m->str[0]);
		if (labels[n].skeleton == NULL) {
			l->st = COPL_E_NOMEM;
			break;
		}
		n++;
	}
	qsort(labels, n, sizeof(*labels), by_group);
	return n;
}

static bool same(const struct label *a, const struct label *b)
{
	return a->skeleton[0] != '\0' && a->group_len == b->group_len &&
	       memcmp(a->group, b->group, a->group_len) == 0 &&
	       strcmp(a->skeleton, b->skeleton) == 0 &&
	       strcmp(a->m->id, b->m->id) != 0;
}

void lint_duplicate_choice(struct lint *l)
{
	struct label *labels = calloc(l->c->nmessages + 1, sizeof(*labels));
	size_t n = 0, i;

	if (labels == NULL) {
		l->st = COPL_E_NOMEM;
		return;
	}
	n = collect(l, labels);
	for (i = 1; i < n; i++)
		if (same(&labels[i - 1], &labels[i]))
			lint_report(l, labels[i].m, COPL_ERROR,
			    "duplicate-choice-label",
			    _("this answer reads like the one in line %zu; two "
			      "answers to one question must differ"),
			    (size_t)labels[i - 1].m->at.line);
	for (i = 0; i < n; i++)
		free(labels[i].skeleton);
	free(labels);
}

/* A number behind a word, both in one line; 0: there is none. */
static unsigned number_after(const char *s, const char *word)
{
	const char *p = s == NULL ? NULL : strcasestr(s, word);
	unsigned n = 0;

	if (p == NULL)
		return 0;
	p += strlen(word);
	p += strspn(p, " \t:=");
	while (copl_is_digit(*p) && n < 100000)
		n = n * 10 + (unsigned)(*p++ - '0');
	return n;
}

/*
 * Room for a translation, in characters: as its master says, or a comment or
 * flag of the message, in our words or in Weblate's.
 */
static unsigned room_of(const struct lint *l, const struct copl_message *m)
{
	static const char *const words[] = {"at most ", "max-length",
	    "maxlength", "max length", "maximum length"};
	unsigned n = l->unit == NULL ? 0 : l->unit->maxchars;
	size_t i;

	if (n > 0 || l->how->units != NULL ||
	    (m->extracted == NULL && m->flags == NULL))
		return n;
	for (i = 0; i < COPL_COUNT(words) && n == 0; i++) {
		n = number_after(m->extracted, words[i]);
		if (n == 0 && i > 0)
			n = number_after(m->flags, words[i]);
		if (i == 0 && n > 0 && m->extracted != NULL &&
		    strstr(m->extracted, "character") == NULL)
			n = 0; /* "at most 3 answers" */
	}
	return n;
}

void lint_max_length(struct lint *l, const struct lint_text *t)
{
	unsigned room = room_of(l, t->m);
	size_t n;

	/* Bytes are at least characters. */
	if (room == 0 || strlen(t->plain_str) <= room)
		return;
	n = lint_graphemes(t->plain_str);
	if (n > room)
		lint_report_text(l, t, t->str, COPL_ERROR, "max-length",
		    _("the translation has %zu characters; there is room for "
		      "%u"),
		    n, room);
}

void lint_address(struct lint *l, const struct lint_text *t)
{
	if (l->unit == NULL || !l->unit->address ||
	    copl_shape_is_address(t->str))
		return;
	lint_report(l, t->m, COPL_ERROR, "link-address",
	    _("this must be an address that begins with https:// (or http://, "
	      "mailto:, tel:) and has no blanks; if your language has no page "
	      "of its own, write the address of the source again"));
}
