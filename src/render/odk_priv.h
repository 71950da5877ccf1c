/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ODK_PRIV_H
#define COPL_ODK_PRIV_H

#include "render/render_priv.h"

/* Of one condition, however many questions it looks at. */
#define ODK_XPATH_MAX ((size_t)64 << 10)

/* Is a thing asked of the recipient at all? */
enum odk_fate {
	ODK_MAYBE, /* it depends on answers */
	ODK_NEVER, /* it is left out */
	ODK_ALWAYS
};

/* A question or note with its place in the forms of all languages. */
struct odk_item {
	const struct copl_section *section; /* of the first language */
	const struct copl_question *q;
	size_t s;
	size_t i;
	enum odk_fate fate; /* of its section's condition and its own */
};

/* The form while it is made: its parts grow side by side. */
struct odk {
	const struct copl_odk *in;
	const struct copl_form *form; /* of the first language */
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct copl_strbuf *itext; /* one per language */
	struct copl_strbuf data; /* the primary instance */
	struct copl_strbuf lists; /* the secondary instances */
	struct copl_strbuf binds;
	struct copl_strbuf body;
	struct copl_map names; /* ids of questions, to items */
	struct copl_map texts; /* ids of texts that are there already */
	struct copl_map listed; /* secondary instances, the same */
	struct odk_item *items; /* in the order of the form */
	size_t nitems;
	enum copl_status st; /* the first failure */
};

/* ---- odk_text.c: texts ---- */

/* Where a text will be shown decides what can be marked in it. */
enum odk_room {
	ODK_RICH, /* labels and hints of questions */
	ODK_PLAIN, /* answers, messages, headings of groups: no marks */
	ODK_TITLE /* the name of the form: nothing is read as a mark */
};

/* A text in one language, on its way. */
struct odk_pen {
	struct odk *o;
	size_t lang;
	const struct copl_odk_language *l;
	bool rtl;
	enum odk_room room;
	const char *id; /* of the text, for findings */
	struct copl_strbuf *out; /* as clients read it, not yet XML */
};

struct odk_arg {
	const char *name;
	const char *text; /* plain text, or */
	const xmlNode *node; /* a text of the form */
};

/* The content of a text element. */
void odk_inline(struct odk_pen *p, const xmlNode *text);
/* The same as a paragraph that stands out. */
void odk_heading(struct odk_pen *p, const xmlNode *text);
/* Paragraphs and bullets that are children of a node; NULL: nothing. */
void odk_flow(struct odk_pen *p, const xmlNode *flow);
/* A text of the interface. */
void odk_words(struct odk_pen *p, const char *id, const struct odk_arg *args,
    size_t nargs);
void odk_words_heading(struct odk_pen *p, const char *id);
void odk_words_numbers(struct odk_pen *p, const char *id, const char *name1,
    long value1, const char *name2, long value2);
/* What comes next stands on a new line, or in a new paragraph. */
void odk_line(struct odk_pen *p);
void odk_paragraph(struct odk_pen *p);
/* An answer; what has no letters keeps its order in any form. */
void odk_option(struct odk_pen *p, const xmlNode *label);

/* Which part of a form a text is about. */
struct odk_what {
	size_t s; /* section */
	size_t i; /* item in it */
	size_t n; /* option, row, place */
	size_t list; /* of the form's shared lists */
};
typedef void odk_say(struct odk_pen *p, const struct odk_what *w);
/*
 * A text in every language under one id.  An id that is there already is left
 * alone.
 */
void odk_itext(struct odk *o, const char *id, enum odk_room room, odk_say *say,
    const struct odk_what *w);
const struct copl_section *odk_section(
    const struct odk_pen *p, const struct odk_what *w);
const struct copl_question *odk_question(
    const struct odk_pen *p, const struct odk_what *w);
/* The nth answer of the first language: each language has its own order. */
const xmlNode *odk_answer(const struct odk_pen *p, const struct odk_what *w);

/* ---- odk_mark.c: what stands in a text, as clients read it ---- */

/* Marks in a flat text; no XML document can hold these characters. */
#define ODK_STRONG '\1'
#define ODK_STRONG_END '\2'
#define ODK_EM '\3'
#define ODK_EM_END '\4'
#define ODK_LINK '\5'
#define ODK_LINK_END '\6'
/*
 * Writes a flat text, in which placeholders have been replaced; white space is
 * collapsed.  urls: one for each link, in their order.
 */
void odk_mark(struct odk_pen *p, const char *flat, const char *const *urls);

/* ---- odk_check.c: what clients would misread ---- */
void odk_check_text(
    const struct odk_pen *p, const char *flat, struct copl_place at);
/* Names of the form that the ODK form needs itself. */
void odk_check_names(struct odk *o);

/* ---- odk_when.c: conditions ---- */
/* Fills in the fate of each item. */
void odk_fates(struct odk *o);
enum odk_fate odk_fate(const struct odk *o, const struct copl_when *when);
/*
 * The condition as XPath; in: the section in which it stands, its own
 * condition is not said again; NULL: none.
 */
void odk_when(struct odk *o, const struct copl_when *when,
    const struct copl_section *in, struct copl_strbuf *out);
/* "/data/section/question" */
void odk_path(const struct odk_item *item, struct copl_strbuf *out);
const struct odk_item *odk_item(
    const struct odk *o, const struct copl_question *q);

/* ---- odk_question.c, odk_answer.c, odk_grid.c: questions ---- */

struct odk_bind {
	const char *path;
	const char *type;
	const char *required; /* NULL: not */
	const char *relevant; /* NULL: always */
	const char *constraint; /* NULL: none */
	const struct odk_item *item; /* whose message is shown; NULL: note */
};
void odk_put_bind(struct odk *o, const struct odk_bind *b);
void odk_put_question(struct odk *o, const struct odk_item *item);
/* <label ref="jr:itext('...')"/> */
void odk_put_ref(struct odk *o, const char *element, const char *id);
/* A list of answers as <itemset>; the list is made when it is new. */
void odk_put_choices(struct odk *o, const struct odk_item *item);
/* Numbers, in the same way. */
void odk_put_numbers(struct odk *o, unsigned first, unsigned last);
/* path: of its node; relevant: its own condition, NULL: none. */
void odk_put_choose(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant);
void odk_put_consent(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant);
void odk_put_rating(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant);
void odk_put_rank(struct odk *o, const struct odk_item *item, const char *path,
    const char *relevant);
void odk_put_textbox(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant);
void odk_put_number(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant);
void odk_put_date(struct odk *o, const struct odk_item *item, const char *path,
    const char *relevant);
void odk_put_grid(struct odk *o, const struct odk_item *item, const char *path,
    const char *relevant);
void odk_put_places(struct odk *o, const struct odk_item *item,
    const char *path, const char *relevant);
/* The places that each answer of a rank can get, in rows; 0: ODK's own way. */
unsigned odk_places(const struct copl_question *q);
void odk_put_label(struct odk *o, const struct odk_item *item);
/* A text that is only read: its node, bind and control. */
void odk_put_note(struct odk *o, const char *parent, const char *name,
    const char *text, const char *relevant);
void odk_fail(struct odk *o, enum copl_status st);
/* A string in the arena; "" and o->st when memory is out. */
const char *odk_printf(struct odk *o, const char *fmt, ...) COPL_PRINTF(2, 3);

#endif
