/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_FILL_H
#define COPL_FILL_H

#include "base/base.h"

/*
 * A form's page given back with what was answered: nobody writes it twice.
 *
 * The page is not parsed.  Beside each page a release has its slots,
 * "F.LANG.slots.xml": where in the page's bytes an answer is put, and the
 * words that tell what is missing, in the page's language.  See
 * docs/release-format.md.
 */

struct copl_answer_field;
struct copl_answer_fault;

/* Immutable once read; several threads may fill with it. */
struct copl_slots;
/*
 * Findings, all at once: slots-root when it is no such file, slots-place
 * for a place outside the page or before the one that precedes it,
 * slots-value for anything else that is missing or not to be understood;
 * those of copl_xml_read().  name is what the findings call it.  Does not
 * keep xml.
 */
enum copl_status copl_slots_read(const char *xml, size_t len, const char *name,
    struct copl_reporter *r, struct copl_slots **out) COPL_MUST_CHECK;
void copl_slots_free(struct copl_slots *s);
/* Are they of this page?  Looks at its length and around each place. */
bool copl_slots_fit(const struct copl_slots *s, const char *page, size_t len);

/* What is said at the top, before anything else; the page opens at it. */
enum copl_fill_banner {
	COPL_FILL_SILENT,
	/* And which questions to look at; when there is none on the page, as
	 * where the form has changed meanwhile, the next is said. */
	COPL_FILL_INCOMPLETE,
	COPL_FILL_NOT_STORED /* please send again in a minute */
};
/* Everything may be empty: then the page comes out as it is. */
struct copl_fill {
	/* As posted: of hidden questions too, of whatever bytes. */
	const struct copl_answer_field *fields;
	size_t nfields;
	/* A question that is not on the page is told of nowhere. */
	const struct copl_answer_fault *faults;
	size_t nfaults;
	const char *token; /* value of the hidden field "_id"; NULL: none */
	/*
	 * The folder of the page, "/africa/", for its links to other
	 * languages where it is not sent from there; NULL: as they are.
	 */
	const char *base;
	enum copl_fill_banner banner;
};
/*
 * Writes the page with insertions: whatever was posted, the bytes of the page
 * come out in their order and every byte of a participant is escaped.  What
 * is not UTF-8 becomes U+FFFD, control characters are left out.
 * COPL_E_INVALID: the slots are not of this page; nothing was written.  Else
 * out->st.  A pure function, of any thread.
 */
enum copl_status copl_page_fill(const char *page, size_t len,
    const struct copl_slots *s, const struct copl_fill *what,
    struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
