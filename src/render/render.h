/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_RENDER_H
#define COPL_RENDER_H

#include "form/form.h"
#include "locale/locale.h"
#include "xml/xml.h"

#define COPL_INTERFACE_NS "urn:cop-l10n:interface:1"

/*
 * base64 (RFC 4648, padded) of the SHA-256 of some bytes: what a content
 * security policy names a style sheet by.  The caller has it, we need not.
 */
typedef void copl_sha256_b64_fn(const void *bytes, size_t len, char out[45]);
/*
 * How digests are made, and those that every page needs: kept between pages,
 * because the same style is hashed for each.  Not for several threads.
 */
struct copl_render_digest {
	copl_sha256_b64_fn *b64;
	char style[45]; /* empty until the first page */
	char form_style[45]; /* of a page with questions */
	char draft_style[45]; /* of what a draft adds */
};

/*
 * Words of the pages that are not in a form, in one language: the localized
 * interface document, read once per language.
 */
struct copl_interface;
/*
 * Findings: interface-root when it is no interface document,
 * interface-missing for each text that a page needs, interface-duplicate.
 * Does not keep x.
 */
enum copl_status copl_interface_read(const struct copl_xml *x,
    struct copl_reporter *r, struct copl_interface **out) COPL_MUST_CHECK;
/* The same for a translation that is being worked on: findings stop nothing. */
enum copl_status copl_interface_read_unfinished(const struct copl_xml *x,
    struct copl_reporter *r, struct copl_interface **out) COPL_MUST_CHECK;
void copl_interface_free(struct copl_interface *i);
/* Never NULL: empty when there is no such text. */
const char *copl_interface_text(const struct copl_interface *i, const char *id);

/*
 * Puts lists with order="collate" into the order of the language that the
 * form is in.  Done once, before any page of it is made.
 */
enum copl_status copl_render_collate(struct copl_form *form, const char *lang,
    struct copl_reporter *r) COPL_MUST_CHECK;

struct copl_alternate { /* the same page in another language */
	const char *lang;
	const char *href;
};

struct copl_param_value {
	const char *name;
	const char *value; /* plain text, ready to show */
};

/*
 * Called around each text, so that a preview can point at it: text is the
 * element of the form's document, or words the id of an interface text (the
 * other is NULL).  What it writes must be fit for where phrasing content is.
 */
struct copl_text_marker {
	void (*put)(void *arg, struct copl_strbuf *out, const xmlNode *text,
	    const char *words, bool end);
	void *arg;
};

/* One page for one recipient in one language. */
struct copl_page {
	const struct copl_form *form; /* typed, from the localized XML */
	const struct copl_interface *words; /* the same language */
	const char *lang;
	/*
	 * What the form declares; "opens", "closes" and "office", "contact"
	 * besides, because the page itself speaks of them.
	 */
	const struct copl_param_value *params;
	size_t nparams;
	int guardian_age; /* -1: nobody needs a guardian */
	const char *helpline; /* NULL: the form's */
	const char *responses; /* form action; NULL: on paper */
	const char *recipient; /* goes with the answers; NULL: nobody's */
	const char *fallback; /* language of texts that are not translated;
			       * NULL: there are none */
	bool draft; /* not for young people yet: says so at the top */
	/* In the recipient's order; lang's own may be among them. */
	const struct copl_alternate *alternates;
	size_t nalternates;
	struct copl_render_digest *digest;
	const struct copl_text_marker *mark; /* NULL: a page as it is shipped */
};

/*
 * One self-contained HTML page: no script, no outside request.  Written to
 * memory; out->st tells of a failure too.  The same page gives the same
 * bytes.
 *
 * Names of the fields that come back: a question's id; "grid.row";
 * "rank.option"; "date.year", ".month", ".day"; "question.option" for the
 * text beside an open answer; _form, _version, _lang and _recipient; _draft,
 * with the value yes, from a draft.
 */
enum copl_status copl_render_html(
    const struct copl_page *page, struct copl_strbuf *out) COPL_MUST_CHECK;

/*
 * The same page, to out, which is empty; and to slots the places in it where
 * a server puts answers back, and what it says then, in the words of the page
 * or the form: COPL_SLOTS_NS, forms/schema/cop-slots.rnc.  Nothing for a page
 * from which answers cannot be sent.
 */
enum copl_status copl_render_html_slots(const struct copl_page *page,
    struct copl_strbuf *out, struct copl_strbuf *slots) COPL_MUST_CHECK;

/*
 * The pages before the first day, after the last one and behind an answer
 * that has been stored: the form's title, what there is to say, and its help.
 * Nothing can be sent from them.  Alternates are those of the same state.
 */
enum copl_page_state { COPL_PAGE_SOON, COPL_PAGE_CLOSED, COPL_PAGE_SENT };
enum copl_status copl_render_state(const struct copl_page *page,
    enum copl_page_state state, struct copl_strbuf *out) COPL_MUST_CHECK;

/* ---- a page in pieces, for looking at one question at a time ---- */

enum copl_piece_kind {
	COPL_PIECE_TOP, /* title, summary, facts */
	COPL_PIECE_PRIVACY,
	COPL_PIECE_HELP,
	COPL_PIECE_LANGUAGES, /* which text prevails */
	COPL_PIECE_SECTION, /* what stands above its questions */
	COPL_PIECE_ITEM, /* a question, or a text between questions */
	COPL_PIECE_SENDING, /* the button, or that there is none */
	COPL_PIECE_PAPER, /* instead of it: answers cannot be sent */
	COPL_PIECE_CONTACT,
	COPL_PIECE_SOON, /* what the pages of enum copl_page_state say */
	COPL_PIECE_CLOSED,
	COPL_PIECE_SENT
};
struct copl_piece {
	enum copl_piece_kind kind;
	const struct copl_section *section; /* of SECTION, ITEM */
	const struct copl_question *question; /* of ITEM */
};
/* In the order of the page, then what is shown at other times. */
enum copl_status copl_render_pieces(const struct copl_form *form,
    struct copl_arena *a, struct copl_piece **out, size_t *n) COPL_MUST_CHECK;
/*
 * A piece as it is on the page, but that nothing is hidden by skip logic: in
 * an element of class "shown", whose style copl_render_pieces_style() writes,
 * so that nothing of the page around it changes the piece or is changed.
 */
void copl_render_piece(const struct copl_page *page,
    const struct copl_piece *piece, struct copl_strbuf *out);
void copl_render_pieces_style(struct copl_strbuf *out);

/* ---- one form in all languages for the clients of ODK ---- */

struct copl_odk_language {
	const char *tag;
	const struct copl_form *form; /* typed, from the localized XML */
	const struct copl_interface *words; /* the same language */
	const struct copl_param_value *params; /* as in struct copl_page */
	size_t nparams;
	const char *fallback; /* as in struct copl_page */
};
struct copl_odk {
	/* In the recipient's order; the same form in each. */
	const struct copl_odk_language *languages;
	size_t nlanguages;
	int guardian_age; /* -1: nobody needs a guardian */
	const char *helpline; /* NULL: the form's */
	const char *recipient; /* goes with the answers; NULL: nobody's */
	bool draft; /* as in struct copl_page; its version ends in "-draft" */
};

/*
 * One ODK XForm, as ODK Collect, Enketo and ODK Web Forms read it.  Written
 * to memory; the same form gives the same bytes.  Findings, all at once:
 * odk-text for a text that clients would read as marks, odk-placeholder,
 * odk-name, odk-too-large.
 *
 * Data: a group for each section, in it an element for each question; see
 * docs/odk.md.  _form, _version and _recipient besides, _draft in a draft.
 */
enum copl_status copl_render_odk(const struct copl_odk *odk,
    struct copl_reporter *r, struct copl_strbuf *out) COPL_MUST_CHECK;

/* ---- the index of a release or of one recipient's set ---- */

struct copl_index_link {
	const char *lang;
	const char *title; /* in that language */
	const char *href;
	const char *title_lang; /* the title is in this one; NULL: as above */
	/* What invites to the form, for who is to hand it on; NULL: none, for
	 * all links of a group. */
	const char *invite;
	const char *poster;
};
struct copl_index_group { /* one recipient */
	const char *name; /* NULL: the page is about one recipient only */
	const char *kind; /* id of the heading: "index_office"...; NULL */
	const struct copl_index_link *links; /* grouped by language, UN order */
	size_t nlinks;
};
struct copl_index_without { /* a language that the release leaves out */
	const char *lang;
	const char *reason; /* as the secretariat wrote it */
	const char *reason_lang;
};
struct copl_index_page {
	const char *title; /* the project's title in lang */
	const char *lang; /* of the page's own words */
	const struct copl_interface *const *words; /* one per language */
	const char *const *langs;
	size_t nlangs;
	const struct copl_index_group *groups;
	size_t ngroups;
	const struct copl_index_without *without;
	size_t nwithout;
	bool draft; /* says so in every language */
	const char *sums; /* name of the digest list; NULL: none */
	struct copl_render_digest *digest;
};
enum copl_status copl_render_index(const struct copl_index_page *page,
    struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
