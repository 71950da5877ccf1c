/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions that ask who somebody is. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/personal.h"

/* A longer one is reported as such, and is read by nobody. */
#define TEXT_BYTES_MAX 2000

struct asking {
	const char *lang;
	bool unspaced;
	const struct copl_personal_manners *manners;
};

static bool same_language(const char *ours, const char *lang)
{
	size_t len = strlen(ours);

	return lang != NULL && strncmp(ours, lang, len) == 0 &&
	       (lang[len] == '\0' || lang[len] == '-');
}

/* The next phrase of a list; its length in *len, 0 at the end. */
static const char *phrase(const char *list, size_t *len)
{
	*len = strcspn(list, "|");
	return list;
}

static const char *behind_phrase(const char *list, size_t len)
{
	return list[len] == '|' ? list + len + 1 : list + len;
}

/* ---- phrases in " a folded sentence " ---- */

/* Is p the begin of a word?  Arabic writes "and" and "with" together. */
static bool begins_word(const struct asking *a, const char *s, const char *p)
{
	static const char *const joined[] = {"و", "ب", "ل"};
	size_t i, n;

	if (a->unspaced || p[-1] == ' ')
		return true;
	for (i = 0; strcmp(a->lang, "ar") == 0 && i < COPL_COUNT(joined); i++) {
		n = strlen(joined[i]);
		if ((size_t)(p - s) > n && memcmp(p - n, joined[i], n) == 0 &&
		    p[-(ptrdiff_t)n - 1] == ' ')
			return true;
	}
	return false;
}

static bool has_phrase(
    const struct asking *a, const char *s, const char *phrase_at, size_t len)
{
	const char *p = s + 1, *end = s + strlen(s);

	while ((p = memmem(p, (size_t)(end - p), phrase_at, len)) != NULL) {
		if (begins_word(a, s, p) && (a->unspaced || p[len] == ' '))
			return true;
		p++;
	}
	return false;
}

/* Bytes of the longest phrase of a list that is somewhere; 0: none is. */
static size_t has_any(const struct asking *a, const char *s, const char *list)
{
	size_t len, best = 0;
	const char *p;

	for (p = phrase(list, &len); len > 0;
	     p = phrase(behind_phrase(p, len), &len))
		if (len > best && has_phrase(a, s, p, len))
			best = len;
	return best;
}

/* Bytes of the longest phrase of a list that stands at s; 0: none does. */
static size_t longest(const struct asking *a, const char *s, const char *list)
{
	size_t len, best = 0;
	const char *p;

	for (p = phrase(list, &len); len > 0;
	     p = phrase(behind_phrase(p, len), &len))
		if (len > best && strncmp(s, p, len) == 0 &&
		    (a->unspaced || s[len] == ' '))
			best = len;
	return best;
}

/* The longest phrase that stands alone, of all kinds; *len is 0: none. */
static enum copl_personal longest_alone(
    const struct asking *a, const char *s, size_t *len)
{
	enum copl_personal what = COPL_PERSONAL_NONE;
	const struct copl_personal_words *w;
	size_t i;

	*len = 0;
	for (i = 0; (w = copl_personal_words(i)) != NULL; i++) {
		size_t n = 0;

		if (strcmp(w->lang, a->lang) == 0)
			n = longest(a, s, w->alone);
		if (n <= *len)
			continue;
		*len = n;
		what = w->what;
	}
	return what;
}

/* "Please write your name": a phrase, and nothing else but politeness. */
static enum copl_personal says_only(const struct asking *a, const char *s)
{
	enum copl_personal found = COPL_PERSONAL_NONE, what;
	size_t len, polite;

	for (s += *s == ' '; *s != '\0'; s += *s == ' ') {
		what = longest_alone(a, s, &len);
		polite = longest(a, s, a->manners->polite);
		if (len == 0 && polite == 0)
			return COPL_PERSONAL_NONE;
		if (len >= polite && found == COPL_PERSONAL_NONE)
			found = what;
		s += len >= polite ? len : polite;
	}
	return found;
}

/* "your name" is less than "your name on this platform". */
static enum copl_personal in_sentence(const struct asking *a, const char *s)
{
	enum copl_personal what = COPL_PERSONAL_NONE;
	const struct copl_personal_words *w;
	size_t i, len, best = 0;

	if (has_any(a, s, a->manners->harmless) > 0)
		return COPL_PERSONAL_NONE;
	for (i = 0; (w = copl_personal_words(i)) != NULL; i++) {
		len = strcmp(w->lang, a->lang) == 0 ? has_any(a, s, w->anywhere)
						    : 0;
		if (len <= best)
			continue;
		best = len;
		what = w->what;
	}
	return best > 0 ? what : says_only(a, s);
}

static const struct copl_personal_manners *manners_of(const char *lang)
{
	const struct copl_personal_manners *m;
	size_t i;

	for (i = 0; (m = copl_personal_manners(i)) != NULL; i++)
		if (same_language(m->lang, lang))
			break;
	return m;
}

/* What a text in a language asks for. */
static enum copl_personal asked_by_text(
    struct copl_form_reader *rd, const char *lang, const char *plain)
{
	struct copl_strbuf folded = COPL_STRBUF_INIT(COPL_XML_MAX);
	enum copl_personal what = COPL_PERSONAL_NONE;
	struct asking a = {.manners = manners_of(lang)};

	if (a.manners == NULL || strlen(plain) > TEXT_BYTES_MAX)
		return COPL_PERSONAL_NONE;
	a.lang = a.manners->lang;
	a.unspaced = copl_form_unspaced(lang);
	while (*plain != '\0' && what == COPL_PERSONAL_NONE) {
		size_t len = copl_form_sentence(plain);

		if (!copl_form_fold(plain, len, &folded)) {
			rd->r->nomem = true;
			break;
		}
		what = in_sentence(&a, copl_strbuf_text(&folded));
		plain += len;
		plain += *plain == ' ';
	}
	copl_strbuf_clear(&folded);
	return what;
}

/* ---- ids ---- */

static bool is_one_of(const char *list, const char *id)
{
	size_t len, n = strlen(id);
	const char *p;

	for (p = phrase(list, &len); len > 0;
	     p = phrase(behind_phrase(p, len), &len))
		if (len == n && memcmp(p, id, n) == 0)
			return true;
	return false;
}

/* The same for the id of a question. */
static enum copl_personal asked_by_id(const char *lang, const char *id)
{
	const struct copl_personal_words *w;
	size_t i;

	for (i = 0; (w = copl_personal_words(i)) != NULL; i++) {
		/* Ids are often in English, whatever the form is in. */
		if (!same_language(w->lang, lang) && strcmp(w->lang, "en") != 0)
			continue;
		if (is_one_of(w->ids, id))
			return w->what;
	}
	return COPL_PERSONAL_NONE;
}

/* ---- the rule ---- */

static const char *advice(enum copl_personal what)
{
	switch (what) {
	case COPL_PERSONAL_NAME:
		return _("this seems to ask for a name, which the report does "
			 "not need and which tells who answered: leave the "
			 "question out");
	case COPL_PERSONAL_EMAIL:
		return _("this seems to ask for an e-mail address, which "
			 "tells who answered: leave the question out; in "
			 "<contact> people find where they can write");
	case COPL_PERSONAL_PHONE:
		return _("this seems to ask for a telephone number, which "
			 "tells who answered: leave the question out; in "
			 "<contact> people find where they can write");
	case COPL_PERSONAL_ADDRESS:
		return _("this seems to ask where exactly somebody lives: ask "
			 "for a large region instead, or for \"city\" and "
			 "\"countryside\", with <choose-one>");
	case COPL_PERSONAL_SCHOOL:
		return _("this seems to ask which school somebody goes to, "
			 "which tells who answered: ask for the kind of "
			 "school instead, with <choose-one>");
	case COPL_PERSONAL_BIRTH:
		return _("this seems to ask for an exact age or day of birth: "
			 "ask for an age group instead, with <choose-one> and "
			 "from-age");
	case COPL_PERSONAL_NUMBER:
		return _("this seems to ask for the number of a document, "
			 "which tells who answered: leave the question out");
	case COPL_PERSONAL_ACCOUNT:
		return _("this seems to ask for an account in social media, "
			 "which tells who answered: ask which apps people use "
			 "instead, with <choose-many>");
	case COPL_PERSONAL_NONE:
		break;
	}
	return "";
}

static enum copl_personal in_element(struct copl_form_reader *rd,
    const xmlNode *n, struct copl_form_text *t, struct copl_strbuf *plain)
{
	const char *text =
	    n == NULL ? NULL : copl_form_words_of(rd, n, t, plain);

	return text == NULL ? COPL_PERSONAL_NONE
			    : asked_by_text(rd, rd->form->lang, text);
}

/* One finding a question, where it is clearest. */
static void check_question(struct copl_form_reader *rd,
    const struct copl_question *q, struct copl_form_text *t,
    struct copl_strbuf *plain)
{
	struct copl_place at = copl_form_at(rd, q->node);
	enum copl_personal what = in_element(rd, q->label, t, plain);

	if (what != COPL_PERSONAL_NONE) {
		at = copl_form_at(rd, q->label);
	} else {
		what = in_element(rd, q->hint, t, plain);
		if (what != COPL_PERSONAL_NONE)
			at = copl_form_at(rd, q->hint);
	}
	if (what == COPL_PERSONAL_NONE && q->id != NULL) {
		what = asked_by_id(rd->form->lang, q->id);
		at = copl_form_attr_at(rd, q->node, "id");
	}
	if (what != COPL_PERSONAL_NONE)
		copl_report(rd->r, COPL_WARNING, "form-personal-data", at, "%s",
		    advice(what));
}

void copl_form_check_personal(struct copl_form_reader *rd)
{
	struct copl_form_text t = COPL_FORM_TEXT_INIT;
	struct copl_strbuf plain = COPL_STRBUF_INIT(COPL_XML_MAX);
	size_t i;

	for (i = 0; i < rd->nitems; i++) {
		const struct copl_question *q = rd->items[i];

		if (q->kind == COPL_TEXT || q->kind == COPL_NUMBER ||
		    q->kind == COPL_DATE)
			check_question(rd, q, &t, &plain);
	}
	copl_form_text_clear(&t);
	copl_strbuf_clear(&plain);
}
