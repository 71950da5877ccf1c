/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Texts that have a form for each kind of number: "You have {days} day.",
 * "You have {days} days."  The catalog's language says how many there are.
 */
#include "config.h"
#include <string.h>
#include "l10n/apply_priv.h"

/* The forms of a text in one language. */
struct forms {
	const struct copl_unit *unit;
	const struct copl_message *message; /* NULL: the source's own */
	struct copl_plural *rule; /* n is 0: not known */
	size_t n;
};

/*
 * Who reads the document counts by the one rule of the table.  Catalogs may
 * have another one for the same language, with other forms in another order.
 */
void l10n_read_plural(struct splice *s)
{
	const char *forms = copl_catalog_field(s->c, "Plural-Forms", NULL);
	const char *usual = NULL;
	struct copl_plural known;
	unsigned n;

	if (forms == NULL || !copl_plural_parse(forms, &s->plural)) {
		s->plural.n = 0;
		return;
	}
	if (s->how->lang != NULL)
		usual = copl_plural_forms(s->how->lang, &n);
	if (usual == NULL || !copl_plural_parse(usual, &known) ||
	    copl_plural_agree(&s->plural, &known) ||
	    !copl_plural_map(&s->plural, &known, s->map))
		return;
	s->nmapped = known.n;
}

static bool is_one(const struct forms *f, size_t k)
{
	return f->rule->n > 0 && copl_plural_serves_one(f->rule, (unsigned)k);
}

static bool is_singular(const struct forms *f, size_t k)
{
	return f->rule->n > 0 && copl_plural_is_singular(f->rule, (unsigned)k);
}

static const char *text_of(const struct forms *f, size_t k)
{
	return f->message != NULL ? f->message->str[k]
				  : f->unit->forms[k].msgid;
}

/*
 * What a form is a translation of.  That of the number 1 may say "one day"
 * as its source does, or write the number all the same.
 */
static const struct copl_inline *source_of(const struct forms *f, size_t k)
{
	const struct copl_unit *u = f->unit;
	bool adds;

	if (f->message == NULL)
		return &u->forms[k];
	adds = strchr(f->message->str[k], '{') != NULL &&
	       strchr(u->text.msgid, '{') == NULL;
	return is_singular(f, k) && !adds ? &u->forms[0]
					  : &u->forms[u->nforms - 1];
}

static bool are_good(struct splice *s, const struct forms *f)
{
	bool good = true;
	size_t k;

	for (k = 0; k < f->n; k++) {
		good &= l10n_is_good(s, f->unit, f->message, k,
		    source_of(f, k)->msgid, is_one(f, k));
		good &= l10n_in_limits(s, f->unit, f->message, k);
	}
	return good;
}

bool l10n_is_whole(struct splice *s, const struct copl_unit *unit,
    const struct copl_message *m)
{
	const struct forms f = {unit, m, &s->plural, m->nstr};
	bool good;

	if (unit->nforms > 0)
		return are_good(s, &f);
	good = l10n_is_good(s, unit, m, 0, m->id, false);
	return l10n_in_limits(s, unit, m, 0) && good;
}

/* ---- one form ---- */

/* Where no rule is known, the first form is for 1, as in most languages. */
static size_t chosen(const struct splice *s, const struct forms *f)
{
	const char *name = f->unit->value->f[COPL_ITS_F_PLURAL];
	unsigned long number;
	unsigned k;

	if (!s->how->count(s->how->param_arg, name, &number))
		return f->n - 1;
	if (f->rule->n == f->n && copl_plural_form(f->rule, number, &k))
		return k;
	return number == 1 ? 0 : f->n - 1;
}

/* ---- all of them ---- */

static bool same_as_source(const struct forms *f)
{
	size_t k;

	if (f->message == NULL)
		return true;
	if (f->n != f->unit->nforms)
		return false;
	for (k = 0; k < f->n; k++)
		if (strcmp(f->message->str[k], f->unit->forms[k].msgid) != 0)
			return false;
	return true;
}

static bool any_placeholder(const struct forms *f)
{
	size_t k;

	for (k = 0; k < f->n; k++)
		if (strchr(text_of(f, k), '{') != NULL)
			return true;
	return false;
}

/* Tags and layout are those of the source's first form. */
static void put_forms(struct splice *s, const struct forms *f)
{
	const struct copl_xml_element *list = s->u->xml->elements;
	const struct copl_xml_element *outer = &list[f->unit->element];
	const struct copl_xml_element *first = &list[f->unit->element + 1];
	const char *text = s->u->xml->text.s;
	uint32_t last = f->unit->element + 1, i;
	bool maps = f->message != NULL && s->nmapped > 0 && f->n == s->plural.n;
	size_t n = maps ? s->nmapped : f->n, k, form;

	for (i = last; i < outer->next; i = list[i].next)
		last = i;
	for (k = 0; k < n; k++) {
		form = maps ? s->map[k] : k;
		copl_strbuf_add(s->out, text + outer->content,
		    first->content - outer->content);
		l10n_write_text(s, source_of(f, form), '\0', text_of(f, form));
		copl_strbuf_add(
		    s->out, text + first->close, first->end - first->close);
	}
	copl_strbuf_add(
	    s->out, text + list[last].end, outer->close - list[last].end);
}

void l10n_put_plural(
    struct splice *s, uint32_t index, const struct l10n_target *t)
{
	const struct copl_unit *unit = &s->u->list[index];
	struct copl_plural own = {.n = 0};
	struct forms f = {.unit = unit, .rule = &own, .n = unit->nforms};
	size_t k;

	if (t->state == L10N_TRANSLATED) {
		f.message = t->message;
		f.n = t->message->nstr;
		f.rule = &s->plural;
		if (!are_good(s, &f))
			return;
	} else if (s->u->lang == NULL || !copl_plural_of(s->u->lang, &own)) {
		own.n = 0;
	}
	if (s->how->count != NULL) {
		k = chosen(s, &f);
		l10n_write_text(s, source_of(&f, k), '\0', text_of(&f, k));
	} else if (!s->how->rewrite_all && same_as_source(&f) &&
		   (s->how->param == NULL || !any_placeholder(&f))) {
		l10n_put_range(s, unit->start, unit->end, index);
	} else {
		put_forms(s, &f);
	}
}
