/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_RENDER_PRIV_H
#define COPL_RENDER_PRIV_H

#include "render/render.h"

/* Inline elements one within another; the parser allows far fewer. */
#define RENDER_INLINE_DEPTH 64
/* Below this many characters nobody needs to be told of the room. */
#define RENDER_ROOM_WORTH_TELLING 100
/* Of a text, where the form does not say how many. */
#define RENDER_LINES_USUAL 4

/* What every part of a page is written with. */
struct render_pen {
	struct copl_strbuf *out;
	const struct copl_page *page; /* NULL: an index */
	const struct copl_interface *words;
	bool rtl;
	bool draft; /* the page is one of a draft */
	bool plain; /* text only, no element: titles, attributes */
	bool in_link; /* links do not nest */
	struct copl_strbuf *slots; /* NULL: nobody asks for them */
};

/* ---- interface.c ---- */
/* The placeholder whose number chooses the form of a text; NULL: none. */
const char *render_count(const struct copl_interface *i, const char *id);
/* The text for a number; never NULL. */
const char *render_form_for(
    const struct copl_interface *i, const char *id, unsigned long number);
const struct copl_calendar *render_calendar(const struct copl_interface *i);

/* ---- text.c: text with its inline elements and {placeholders} ---- */
void render_put(struct render_pen *p, const char *markup);
void render_text(struct render_pen *p, const char *text);
/* A space, then name="value". */
void render_attr(struct render_pen *p, const char *name, const char *value);
/* The content of a text element. */
void render_inline(struct render_pen *p, const xmlNode *text);
/* The same without any markup. */
void render_plain(struct render_pen *p, const xmlNode *text);
/* Paragraphs and bullets that are children of a node; NULL: nothing. */
void render_flow(struct render_pen *p, const xmlNode *flow);
/* lang="..." dir="..." hreflang or not, for a part in another language. */
void render_lang(struct render_pen *p, const char *lang);
void render_autonym(struct render_pen *p, const char *lang);

struct render_arg {
	const char *name;
	const char *text; /* plain text, or */
	const struct copl_strbuf *html; /* ready markup */
};
/* A text of the interface; its {placeholders} are args or the page's. */
void render_words(struct render_pen *p, const char *id,
    const struct render_arg *args, size_t nargs);
/* The same with numbers only. */
void render_words_number(
    struct render_pen *p, const char *id, const char *name, long value);
void render_words_numbers(struct render_pen *p, const char *id,
    const char *name1, long value1, const char *name2, long value2);

/* A text with {language}: the name of a language in that language. */
void render_words_language(
    struct render_pen *p, const char *id, const char *lang);

/* ---- frame.c: what stands around every page of a form ---- */
void render_heading(struct render_pen *p, const char *id, const char *words);
/* Languages, title, summary; facts: for whom and until when. */
void render_header(struct render_pen *p, bool facts);
/* The form's title, and its summary if there is one. */
void render_title(struct render_pen *p);
/* For whom the form is and until when. */
void render_facts(struct render_pen *p);
/* A box with a heading; flow NULL: nothing. */
void render_block(struct render_pen *p, const char *id, const char *words,
    const xmlNode *flow);
void render_contact(struct render_pen *p);
/* A text with {date}, which is a parameter of the page. */
void render_words_date(
    struct render_pen *p, const char *words, const char *param);
/* The form's help once more, below a line of the interface. */
void render_help_here(struct render_pen *p, const char *words);

/* Only addresses that a reader's browser should follow. */
bool render_is_address(const char *href);
/* The id that a link of a form names; NULL: none. */
const char *render_link_id(const xmlNode *n);

/* ---- draft.c: pages that are not for young people yet ---- */
/* What only such pages have; the policy names it by its digest. */
extern const char render_draft_style[];
/* "Draft – " before the title of the page. */
void render_draft_title(struct render_pen *p);
/* The banner above everything, to be closed; the text stands between. */
void render_draft_open(struct render_pen *p);
void render_draft_close(struct render_pen *p);
/* All of it, in the language of the page. */
void render_draft_banner(struct render_pen *p);

/* ---- poster_code.c ---- */
/* A QR code in SVG, with the light around it.  COPL_E_LIMIT: too long. */
enum copl_status render_code(struct render_pen *p, const char *address)
    COPL_MUST_CHECK;

/* ---- style.c ---- */
/* Of every page, and what a page with questions adds to it. */
extern const char render_style[];
extern const char render_form_style[];

/* ---- page.c: parts of a page with questions ---- */
/* What the languages have to say about each other. */
void render_about_languages(struct render_pen *p);
/* What stands above the questions; the element <section> is not closed. */
void render_section_head(
    struct render_pen *p, const struct copl_section *s, size_t number);
/* The button and what is said beside it, or that answers cannot be sent. */
void render_sending(struct render_pen *p);
void render_page(struct render_pen *p);

/* ---- slots.c: where answers are put back ---- */
/* The place is where the page ends now.  Does nothing when nobody asks. */
void render_slot(struct render_pen *p, const char *kind);
/* part: of the question; NULL: all of it.  value: of the option; NULL. */
void render_slot_of(struct render_pen *p, const char *kind, const char *part,
    const char *value);
/* Around the places of a question: what to call it, what to say of it. */
void render_slots_open(struct render_pen *p, const struct copl_question *q);
void render_slots_close(struct render_pen *p, const struct copl_question *q);
/* Characters in the box beside "Something else". */
#define RENDER_OTHER_MAX 200
/* ---- state.c ---- */
void render_state(struct render_pen *p, enum copl_page_state state);

/* ---- head.c ---- */
/*
 * Everything up to and with <body>.  more: a style sheet of this page
 * alone, which has questions; NULL: it has none.  action: where the form
 * goes, NULL: nowhere.
 */
void render_head_open(struct render_pen *p, const char *lang);
void render_head_close(struct render_pen *p, struct copl_render_digest *digest,
    const char *more, const char *action);
/* Has the address a scheme and host that a policy can name? */
bool render_can_send(const char *action);

/* ---- skip.c: when a question is asked ---- */
/* Style rules that hide what is not asked, for the page's form. */
void render_skip_style(struct render_pen *p);
/* The sentence for paper and old browsers; NULL: nothing. */
void render_skip_words(struct render_pen *p, const struct copl_when *when);
/* Can it never be true for the page's recipient, as where nobody needs a
 * guardian? */
bool render_never(const struct render_pen *p, const struct copl_when *when);
/* The condition as a selector that is put behind "form". */
void render_skip_selector(struct render_pen *p, const struct copl_when *when);

/* ---- question.c ---- */
void render_question(struct render_pen *p, const struct copl_section *s,
    const struct copl_question *q);
/* "one", "many", ... */
const char *render_kind(enum copl_question_kind kind);
/* The message, hidden until a rule is broken. */
void render_error(struct render_pen *p, const struct copl_question *q);
/* aria-describedby with what there is to tell about a question. */
void render_described(struct render_pen *p, const struct copl_question *q);
/* id="o-question-value" and for="..." */
void render_option_id(struct render_pen *p, const char *attr,
    const struct copl_question *q, const char *value);
/* One whole number or -1; at most LONG_MAX of what is written. */
long render_number(const char *s);

/* ---- choice.c, field.c: what one answers with ---- */
void render_choose(
    struct render_pen *p, const struct copl_question *q, bool required);
void render_rating(
    struct render_pen *p, const struct copl_question *q, bool required);
void render_grid(
    struct render_pen *p, const struct copl_question *q, bool required);
void render_rank(
    struct render_pen *p, const struct copl_question *q, bool required);
void render_textbox(
    struct render_pen *p, const struct copl_question *q, bool required);
void render_numberbox(
    struct render_pen *p, const struct copl_question *q, bool required);
void render_date(
    struct render_pen *p, const struct copl_question *q, bool required);
void render_consent(
    struct render_pen *p, const struct copl_question *q, bool required);
/* An option's text; what has no letters keeps its order in any page. */
void render_option_label(struct render_pen *p, const xmlNode *label);
/* Digits, blanks, signs and dashes only, such as "10–12"? */
bool render_has_no_letters(const char *s);

/* ---- check.c: rules that style alone can hold an answer to ---- */
/* Rules that show the message of a broken rule, for the page's form. */
void render_check_style(struct render_pen *p);
/* The same where it takes :has(). */
void render_check_has_style(struct render_pen *p);
/* Rules that list what is still to be answered beside the button. */
void render_todo_style(struct render_pen *p);
/* The list itself. */
void render_todo(struct render_pen *p);

#endif
