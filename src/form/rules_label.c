/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules about the words of questions and answers: long, short, twice. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define LABEL_WORDS_MAX 20
#define LABEL_SENTENCES_MAX 2
#define SHORT_WORDS_MAX 2
/* The same for languages without blanks, in characters. */
#define LABEL_CHARS_MAX 50
#define SHORT_CHARS_MAX 4
#define OPTION_CHARS_MAX 2

#define ITS_NS "http://www.w3.org/2005/11/its"

/* ---- too long ---- */

static void check_length(struct copl_form_reader *rd, const xmlNode *n,
    const char *plain, bool unspaced)
{
	size_t chars = copl_utf8_count(plain, strlen(plain));
	size_t words = copl_form_count_words(plain);
	size_t sentences = copl_form_count_sentences(plain);

	if (!unspaced && words > LABEL_WORDS_MAX)
		copl_report(rd->r, COPL_WARNING, "form-long-label",
		    copl_form_at(rd, n),
		    _("the question has %zu words, more than %d: make it "
		      "shorter or move a part to <hint>"),
		    words, LABEL_WORDS_MAX);
	else if (unspaced && chars > LABEL_CHARS_MAX)
		copl_report(rd->r, COPL_WARNING, "form-long-label",
		    copl_form_at(rd, n),
		    _("the question has %zu characters, more than %d: make "
		      "it shorter or move a part to <hint>"),
		    chars, LABEL_CHARS_MAX);
	else if (sentences > LABEL_SENTENCES_MAX)
		copl_report(rd->r, COPL_WARNING, "form-long-label",
		    copl_form_at(rd, n),
		    _("the question has %zu sentences, more than %d: keep "
		      "the question here and move the rest to <hint>"),
		    sentences, LABEL_SENTENCES_MAX);
}

/* ---- too short to be translated alone ---- */

/* Everybody knows what they mean, whoever says them. */
static const char *const yes_and_no[] = {" yes ", " no ", " oui ", " non ",
    " sí ", " si ", " да ", " нет ", " نعم ", " لا ", " 是 ", " 否 ", " 有 ",
    " 没有 ", " 会 ", " 不会 "};

static bool is_yes_or_no(struct copl_form_reader *rd, const char *plain)
{
	struct copl_strbuf folded = COPL_STRBUF_INIT(COPL_XML_MAX);
	bool found = false;
	size_t i;

	if (!copl_form_fold(plain, strlen(plain), &folded))
		rd->r->nomem = true;
	for (i = 0; i < COPL_COUNT(yes_and_no) && !found; i++)
		found = strcmp(copl_strbuf_text(&folded), yes_and_no[i]) == 0;
	copl_strbuf_clear(&folded);
	return found;
}

static bool has_note(const xmlNode *n)
{
	return xmlHasNsProp(n, (const xmlChar *)"note", NULL) != NULL ||
	       xmlHasNsProp(n, (const xmlChar *)"locNote",
		   (const xmlChar *)ITS_NS) != NULL;
}

static bool stays(const xmlNode *n)
{
	const xmlAttr *a = xmlHasNsProp(n, (const xmlChar *)"translate", NULL);

	return a != NULL && a->children != NULL &&
	       xmlStrEqual(a->children->content, (const xmlChar *)"no");
}

static bool is_short(const char *plain, bool unspaced, bool option)
{
	size_t most = option ? OPTION_CHARS_MAX : SHORT_CHARS_MAX;

	if (unspaced)
		return copl_utf8_count(plain, strlen(plain)) <= most;
	return copl_form_count_words(plain) <= (option ? 1 : SHORT_WORDS_MAX);
}

static void check_short(struct copl_form_reader *rd, const xmlNode *n,
    const char *plain, bool unspaced, bool option)
{
	if (!is_short(plain, unspaced, option) || stays(n))
		return;
	/* A note of the question speaks about all that stands in it. */
	if (has_note(n) || (n->parent != NULL && has_note(n->parent)))
		return;
	if (option && (!copl_form_has_letter(plain) || is_yes_or_no(rd, plain)))
		return;
	copl_report(rd->r, COPL_WARNING, "form-short-label",
	    copl_form_at(rd, n),
	    _("\"%s\" is too short to be translated well: add note=\"...\" "
	      "and tell the translators what it means here"),
	    copl_form_shown(rd, plain));
}

void copl_form_check_label(
    struct copl_form_reader *rd, const xmlNode *n, const char *plain)
{
	static const char short_ones[] = "label row unit low high";
	const char *name = (const char *)n->name;
	bool unspaced = copl_form_unspaced(rd->form->lang);

	if (*plain == '\0')
		return;
	if (strcmp(name, "label") == 0)
		check_length(rd, n, plain, unspaced);
	if (copl_form_word_in(short_ones, name) ||
	    (strcmp(name, "title") == 0 &&
		copl_xml_is(n->parent, COPL_FORM_NS, "section")))
		check_short(rd, n, plain, unspaced, false);
	else if (strcmp(name, "option") == 0)
		check_short(rd, n, plain, unspaced, true);
}

/* ---- the same words twice ---- */

struct twice {
	struct copl_form_reader *rd;
	struct copl_map seen; /* text: index of its element */
	struct copl_form_text text;
	struct copl_strbuf plain;
};

/*
 * The line of the first element with these words, which are in *text; 0: there
 * is none.
 */
static size_t line_of_first(
    struct twice *t, const xmlNode *n, const char **text)
{
	const struct copl_xml *x = t->rd->xml;
	size_t first = copl_xml_index(n);

	*text = copl_form_words_of(t->rd, n, &t->text, &t->plain);
	if (*text == NULL)
		return 0;
	if (!copl_map_put(&t->seen, *text, first, &first)) {
		t->rd->r->nomem = true;
		return 0;
	}
	if (first == copl_xml_index(n))
		return 0;
	return copl_xml_at(x, x->elements[first].start).line;
}

static void same_answer(struct twice *t, const xmlNode *n)
{
	const char *text;
	size_t line = line_of_first(t, n, &text);

	if (line != 0)
		copl_report(t->rd->r, COPL_ERROR, "form-duplicate-label",
		    copl_form_at(t->rd, n),
		    _("\"%s\" is written on line %zu already, and people "
		      "could not tell the two apart: change or remove one"),
		    copl_form_shown(t->rd, text), line);
}

static void check_list(struct twice *t, const struct copl_choices *list)
{
	size_t i;

	copl_map_free(&t->seen);
	for (i = 0; i < list->n; i++)
		same_answer(t, list->options[i].label);
}

static void check_item(struct twice *t, const struct copl_question *q)
{
	size_t i;

	if (q->choices != NULL && q->choices->node == q->node)
		check_list(t, q->choices);
	copl_map_free(&t->seen);
	for (i = 0; i < q->nrows; i++)
		same_answer(t, q->rows[i].label);
}

static void check_questions(struct twice *t)
{
	struct copl_form_reader *rd = t->rd;
	const char *text;
	size_t i, line;

	copl_map_free(&t->seen);
	for (i = 0; i < rd->nitems; i++) {
		const xmlNode *label = rd->items[i]->label;

		line = label == NULL ? 0 : line_of_first(t, label, &text);
		if (line != 0)
			copl_report(rd->r, COPL_WARNING, "form-duplicate-label",
			    copl_form_at(rd, label),
			    _("the question on line %zu has the same words: "
			      "say how this one differs, or remove it"),
			    line);
	}
}

void copl_form_check_same(struct copl_form_reader *rd)
{
	const struct copl_form *f = rd->form;
	struct twice t = {.rd = rd,
	    .text = COPL_FORM_TEXT_INIT,
	    .plain = COPL_STRBUF_INIT(COPL_XML_MAX)};
	size_t i;

	for (i = 0; i < f->nchoices; i++)
		check_list(&t, &f->choices[i]);
	for (i = 0; i < rd->nitems; i++)
		check_item(&t, rd->items[i]);
	check_questions(&t);
	copl_map_free(&t.seen);
	copl_form_text_clear(&t.text);
	copl_strbuf_clear(&t.plain);
}
