/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FORM_PRIV_H
#define COPL_FORM_PRIV_H

#include "form/form.h"

/* ---- schema.c: the vocabulary as tables ---- */

enum copl_form_value {
	VALUE_TEXT, /* anything */
	VALUE_NAME,
	VALUE_CODE,
	VALUE_YES_NO,
	VALUE_LANGUAGE,
	VALUE_TOKEN,
	VALUE_WORD, /* one of the rule's words */
	VALUE_INSTANT,
	VALUE_DAY,
	VALUE_DAY_MIN, /* a day or "opens" */
	VALUE_DAY_MAX, /* a day, "today" or "closes" */
	VALUE_AGE,
	VALUE_COUNT, /* 0 or more */
	VALUE_POSITIVE, /* 1 or more */
	VALUE_POINT, /* of a rating: a small whole number */
	VALUE_DECIMAL,
	VALUE_HREF,
	VALUE_CONDITION
};

struct copl_form_attr_rule {
	const char *name; /* with its prefix; NULL ends the list */
	enum copl_form_value value;
	bool required;
	const char *words; /* VALUE_WORD: separated by blanks */
};

/* Elements that may stand for one another. */
enum copl_form_group {
	GROUP_NONE,
	GROUP_ITEM, /* questions and notes */
	GROUP_FLOW, /* p, bullets */
	GROUP_INLINE /* strong, em, a, term */
};

struct copl_form_child_rule {
	const char *name; /* NULL: any element of the group */
	enum copl_form_group group;
	unsigned min;
	unsigned max; /* 0 ends the list */
};

enum copl_form_content {
	CONTENT_NONE,
	CONTENT_CHILDREN, /* in the order of the rules, no text */
	CONTENT_INLINE, /* text with inline elements */
	CONTENT_TEXT /* text only */
};

/* Attributes that several elements share, besides their own. */
#define SHARED_TEXT 1u /* for translators; its:* and xml:space too */
#define SHARED_QUESTION 2u
#define SHARED_SHUFFLE 4u

#define NO_KIND (-1)

/* In the order of enum copl_param_type. */
#define PARAM_TYPES "text date email url number percent list"

struct copl_form_element {
	const char *name;
	const struct copl_form_child_rule *children;
	const struct copl_form_attr_rule *attrs; /* NULL: none of its own */
	enum copl_form_group group;
	enum copl_form_content content;
	unsigned shared;
	int kind; /* enum copl_question_kind of an item, or NO_KIND */
};

/* NULL: there is no such element. */
const struct copl_form_element *copl_form_element(const char *name);
/* The same by number, NULL behind the last. */
const struct copl_form_element *copl_form_element_at(size_t i);
/* The i-th list of attributes an element may have; NULL behind the last. */
const struct copl_form_attr_rule *copl_form_attr_rules(
    const struct copl_form_element *e, size_t i);

/* May its text have plural forms? */
bool copl_form_may_count(const struct copl_form_element *e);
/* Has it: does the node say "count"? */
bool copl_form_counts(const xmlNode *n);

/* ---- values.c ---- */

bool copl_form_value_ok(
    const struct copl_form_attr_rule *rule, const char *value);
/* What to write instead, a translated clause. */
const char *copl_form_value_advice(const struct copl_form_attr_rule *rule);
/* Is word one of those in words, separated by blanks? */
bool copl_form_word_in(const char *words, const char *word);
/* Millionths; at most 12 digits before and 6 behind the point. */
bool copl_form_decimal(const char *s, int64_t *out);
/* A whole number between -1000 and 1000. */
bool copl_form_point(const char *s, long *out);

/* ---- what reading a form passes around ---- */

/* A condition that tests what is not asked before it. */
struct copl_form_later {
	const xmlNode *node; /* has the condition */
	const struct copl_question *question; /* is tested there */
	struct copl_place at;
};

struct copl_form_reader {
	const struct copl_xml *xml;
	struct copl_reporter *r;
	struct copl_form *form;
	size_t errors; /* the reporter's when this form began */
	bool unknown; /* a name was not found: it may be one called unused */
	bool too_many; /* of something: the rest is not looked at */
	bool localized; /* texts are translated: no advice about wording */
	bool unfinished; /* the texts are not looked at */
	struct copl_question **items; /* questions and notes in order */
	const struct copl_section **section_of; /* as many as items */
	size_t nitems;
	struct copl_form_later *later;
	size_t nlater;
	size_t later_room;
	struct copl_map ids; /* of sections, items and lists: element index */
	struct copl_map asked; /* ids of questions: index in items */
	bool *param_used; /* as many as params */
	bool *link_used;
	bool *choices_used;
	struct copl_strbuf plain; /* the text that is being looked at */
};

/* In the form's arena, zeroed; NULL when memory is out, which is noted. */
void *copl_form_alloc(struct copl_form_reader *rd, size_t n, size_t size)
    COPL_MUST_CHECK;
/* An attribute's value or NULL. */
const char *copl_form_get(
    struct copl_form_reader *rd, const xmlNode *n, const char *name);
bool copl_form_get_yes(
    struct copl_form_reader *rd, const xmlNode *n, const char *name);
/* fallback: absent or not a number, which has been reported already. */
unsigned copl_form_get_number(struct copl_form_reader *rd, const xmlNode *n,
    const char *name, unsigned fallback);
/* First child element of that name, NULL: none. */
const xmlNode *copl_form_child(const xmlNode *parent, const char *name);
size_t copl_form_count(const xmlNode *parent, const char *name);
struct copl_place copl_form_at(
    const struct copl_form_reader *rd, const xmlNode *n);
struct copl_place copl_form_attr_at(
    const struct copl_form_reader *rd, const xmlNode *n, const char *name);
/* A value short enough to be shown in a finding; never NULL. */
const char *copl_form_shown(struct copl_form_reader *rd, const char *s);

/* ---- suggest.c: did you mean ---- */

struct copl_form_suggest {
	const char *word;
	const char *best;
	size_t distance;
};
/* Someone with very many errors has another problem: nothing is offered. */
struct copl_form_suggest copl_form_suggest_for(
    const struct copl_form_reader *rd, const char *word);
void copl_form_suggest_offer(
    struct copl_form_suggest *s, const char *candidate);
/* "; did you mean "x"?" or "", never NULL. */
const char *copl_form_suggest_end(
    struct copl_form_reader *rd, const struct copl_form_suggest *s);

/* ---- text.c: text with the place of each byte ---- */

struct copl_form_text {
	struct copl_strbuf s; /* markup is one byte COPL_FORM_TAG */
	size_t *at; /* offset in the document of each byte */
	size_t room;
	size_t end; /* offset in the document behind the text */
};
#define COPL_FORM_TAG '\001'
#define COPL_FORM_TEXT_INIT                                                    \
	{                                                                      \
		COPL_STRBUF_INIT(COPL_XML_MAX * 4), NULL, 0, 0                 \
	}
/* The text of the document from one offset to another, references decoded. */
bool copl_form_text_read(struct copl_form_reader *rd, size_t from, size_t to,
    struct copl_form_text *out) COPL_MUST_CHECK;
struct copl_place copl_form_text_place(const struct copl_form_reader *rd,
    const struct copl_form_text *t, size_t i);
void copl_form_text_clear(struct copl_form_text *t);

/* ---- words.c: a text as people read it ---- */

/* Without markup, white space collapsed. */
void copl_form_plain(const struct copl_form_text *t, struct copl_strbuf *out);
/* That of an element, in the form's arena; NULL: it has none. */
const char *copl_form_words_of(struct copl_form_reader *rd, const xmlNode *n,
    struct copl_form_text *t, struct copl_strbuf *plain);
/* Has the language no blanks between words? */
bool copl_form_unspaced(const char *lang);
size_t copl_form_count_words(const char *plain);
/* Bytes of the first sentence. */
size_t copl_form_sentence(const char *plain);
size_t copl_form_count_sentences(const char *plain);
bool copl_form_has_letter(const char *s);
/*
 * Letters and digits only, no capitals, one blank around each word:
 * " what is your e mail ".  False: memory is out.
 */
bool copl_form_fold(const char *s, size_t len, struct copl_strbuf *out)
    COPL_MUST_CHECK;

/* ---- when.c: the condition language, without any form ---- */

struct copl_when_hooks {
	/*
	 * A comparison was read: may set test->question.  The offsets are
	 * those of the question and of the value (MINOR: of the operator).
	 */
	void (*test)(void *arg, struct copl_when *test, const char *question,
	    size_t question_at, size_t value_at);
	/* What stops the reading, once, as a translated sentence. */
	void (*wrong)(
	    void *arg, const char *code, size_t at, const char *sentence);
	void *arg;
};
/* Deeper parentheses, more comparisons or more bytes are refused. */
#define COPL_WHEN_DEPTH_MAX 64
#define COPL_WHEN_TESTS_MAX 64
#define COPL_WHEN_LENGTH_MAX 4000
/* *out lives in the arena; NULL unless COPL_OK. */
enum copl_status copl_when_parse(const char *text, struct copl_arena *a,
    const struct copl_when_hooks *hooks, const struct copl_when **out)
    COPL_MUST_CHECK;

/* The comparisons of a condition, at most COPL_WHEN_TESTS_MAX. */
size_t copl_when_tests(const struct copl_when *w,
    const struct copl_when *out[COPL_WHEN_TESTS_MAX]);

/* ---- reach_search.c: is there somebody who sees it? ---- */

enum copl_reach { COPL_REACH_NOBODY, COPL_REACH_SOMEBODY, COPL_REACH_UNKNOWN };

#define COPL_REACH_QUESTIONS_MAX 24
/* What is searched for: answers that make some conditions true, one false. */
struct copl_reach_aim {
	const struct copl_when *yes[2]; /* NULL: nothing is asked of it */
	const struct copl_when *no;
	size_t before; /* may test items before this one */
	bool all_asked; /* as if every question were asked */
	const struct copl_question *asked; /* as if this one were */
};
/*
 * Exact, as long as there are few questions and few answers: otherwise, and
 * when a condition is wrong in another way, the answer is that it is unknown.
 * *work is how many comparisons may still be made in this form; never has a
 * mark for each item that is known to be seen by nobody: it counts as asked.
 * With who, it is set to the questions that matter, *n of them.
 */
enum copl_reach copl_reach_search(const struct copl_form_reader *rd,
    const struct copl_reach_aim *aim, const bool *never, size_t *work,
    const struct copl_question *who[COPL_REACH_QUESTIONS_MAX], size_t *n);

/* ---- the passes, in this order; each reports all it finds ---- */

void copl_form_check_structure(
    struct copl_form_reader *rd, const xmlNode *root);
void copl_form_read_about(struct copl_form_reader *rd, const xmlNode *about);
void copl_form_read_lists(struct copl_form_reader *rd, const xmlNode *root);
void copl_form_read_options(struct copl_form_reader *rd, const xmlNode *parent,
    struct copl_choices *list);
/* The shared list that "use" of a node names; NULL: none, which is reported. */
const struct copl_choices *copl_form_shared_list(
    struct copl_form_reader *rd, const xmlNode *node, const char *use);
void copl_form_read_list_params(struct copl_form_reader *rd);
void copl_form_read_item(struct copl_form_reader *rd, const xmlNode *node,
    struct copl_question *out);
void copl_form_check_ids(struct copl_form_reader *rd);
void copl_form_check_options(struct copl_form_reader *rd);
void copl_form_check_lists(struct copl_form_reader *rd);
void copl_form_check_questions(struct copl_form_reader *rd);
void copl_form_check_people(struct copl_form_reader *rd);
void copl_form_check_about(struct copl_form_reader *rd);
void copl_form_read_conditions(struct copl_form_reader *rd);
void copl_form_check_later(struct copl_form_reader *rd);
void copl_form_check_reach(struct copl_form_reader *rd);
void copl_form_check_texts(struct copl_form_reader *rd);
/* One text, as copl_form_plain() gives it. */
void copl_form_check_label(
    struct copl_form_reader *rd, const xmlNode *n, const char *plain);
void copl_form_check_same(struct copl_form_reader *rd);
void copl_form_check_personal(struct copl_form_reader *rd);
void copl_form_check_plurals(struct copl_form_reader *rd);
void copl_form_check_unused(struct copl_form_reader *rd);

#endif
