/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ANSWERS_H
#define COPL_ANSWERS_H

#include <time.h>
#include "form/form.h"

/*
 * One answer to a consultation form: taken from what came over the wire,
 * judged by the typed form that rendered the page, written as XML that no
 * language colours, and read again for counting.  docs/answers.md says what
 * the fields and the stored file look like.
 */
#define COPL_ANSWER_NS "urn:cop-l10n:answer:1"

/* Of one post or instance; more is refused before anything is judged. */
#define COPL_ANSWER_FIELDS_MAX 4000
#define COPL_ANSWER_FIELD_MAX ((size_t)64 << 10) /* bytes of a value */
#define COPL_ANSWER_TEXT_MAX ((size_t)160 << 10) /* of all values */
/* A stored answer: holds the above however it has to be escaped. */
#define COPL_ANSWER_MAX ((size_t)2 << 20)
/* _id or meta/instanceID: letters, digits and - : . _ */
#define COPL_ANSWER_ID_MAX 100
/* Characters beside "Something else", as the page has it. */
#define COPL_ANSWER_OTHER_MAX 200

/* ---- the rules of one form ---- */

/*
 * Read once from F.LANG.xml of an installed set; immutable afterwards, so that
 * many threads may judge by it at once.
 */
struct copl_answer_form;

/* What the set says stands in the form itself, see docs/release-format.md. */
#define COPL_GUARDIAN_AGE_OF_FORM (-2)
/*
 * xml is borrowed for the time of the call only.  name is for findings.
 * guardian_age: below it somebody needs a guardian; -1 nobody does;
 * COPL_GUARDIAN_AGE_OF_FORM: what the document says.  Findings: xml-*, form-*,
 * answer-guardian-age.  The caller owns *out.
 */
enum copl_status copl_answer_form_read(const char *xml, size_t len,
    const char *name, int guardian_age, struct copl_reporter *r,
    struct copl_answer_form **out) COPL_MUST_CHECK;
void copl_answer_form_free(struct copl_answer_form *f);
/* The typed form: id, version, opens, closes, keep_until, questions. */
const struct copl_form *copl_answer_form_typed(
    const struct copl_answer_form *f);
int copl_answer_form_guardian_age(const struct copl_answer_form *f);
/* NULL: the set says of nobody that these forms are theirs. */
const char *copl_answer_form_recipient(const struct copl_answer_form *f);
/* Is it a draft's? */
bool copl_answer_form_draft(const struct copl_answer_form *f);

/* ---- what came ---- */

/* A field as posted: decoded bytes, borrowed, of any content. */
struct copl_answer_field {
	const char *name;
	size_t namelen;
	const char *value;
	size_t len;
};

/*
 * What the server knows and the answer only claims.  Strings are borrowed and
 * must outlive the answer.
 */
struct copl_answer_about {
	const char *id; /* of the answer: the token, or instanceID; NULL: what
			 * the fields _id or meta/instanceID say */
	uint64_t release; /* version of the installed manifest */
	const char *recipient; /* of the installed set; NULL: what is said */
	time_t now; /* kept as the hour that has begun */
};

enum copl_answer_fault_kind {
	COPL_FAULT_MISSING, /* required, and not there */
	COPL_FAULT_OPTION, /* no such option, row or place */
	COPL_FAULT_RANGE, /* below min, above max, or between two steps */
	COPL_FAULT_TOO_MANY,
	COPL_FAULT_TOO_FEW,
	COPL_FAULT_EXCLUSIVE, /* an option that stands alone, with others */
	COPL_FAULT_RANK, /* a place twice, or one left out */
	COPL_FAULT_LONG, /* more characters than there is room for */
	COPL_FAULT_NUMBER, /* not a number */
	COPL_FAULT_DATE, /* no such day, or a part is missing */
	COPL_FAULT_CONSENT, /* not given */
	COPL_FAULT_TEXT, /* control characters; where people cannot write, or
			  * when it is not UTF-8, refused as a whole */
	/* No page of ours sends these: the answer is refused as a whole. */
	COPL_FAULT_FIELD, /* the form has no such field */
	COPL_FAULT_TWICE /* a second value where there is one */
};
struct copl_answer_fault {
	enum copl_answer_fault_kind kind;
	const struct copl_question *question; /* NULL: of no question; then
					       * these are the last ones */
	const char *field; /* name of the posted field it is about, as the page
			    * has it ("grid.row", "_version"); NULL: the whole
			    * question, or a name that cannot be shown */
};
/* "missing", "option" ...: for logs and tests. */
const char *copl_answer_fault_name(enum copl_answer_fault_kind kind);

/*
 * The value of one question, or of one part of it.  Codes are values of
 * options, numbers in ASCII, an ISO date of its precision ("2027-03"), text
 * with line ends as LF, "yes" of a consent; of a rank the options, first place
 * first, and "" for a place that nothing was given (only where none is
 * required).
 */
struct copl_answer_value {
	const struct copl_question *question;
	const char *part; /* a grid's row; the option whose text box it is;
			   * NULL: the question itself */
	const char *const *codes; /* of choose-many in the form's order */
	size_t n; /* never 0 */
};

struct copl_answer {
	struct copl_arena *arena;
	/* Strings of the form are borrowed from it, which must outlive this. */
	const char *id; /* NULL: none was sent */
	const char *form;
	const char *version;
	uint64_t release;
	const char *lang; /* NULL: not known (ODK does not say) */
	const char *recipient; /* NULL: nobody's */
	bool draft;
	bool refused; /* hostile: a fault that no page of ours can cause */
	time_t hour;
	struct copl_answer_value *values; /* in the form's order, hidden ones
					   * dropped; all that could be read,
					   * also when there are faults */
	size_t nvalues;
	struct copl_answer_fault *faults; /* in the form's order, at most
					   * COPL_ANSWER_FIELDS_MAX */
	size_t nfaults;
};

/*
 * Judges posted fields.  COPL_OK also when there are faults; COPL_E_LIMIT when
 * there is too much to judge, COPL_E_NOMEM.  Fields whose names begin with
 * "_" are _form, _version, _lang, _recipient, _draft, _id; other such names
 * are faults.  _form and _version must be the form's own, _lang its language,
 * or the answer is refused.  The caller frees *out, whatever came back.
 */
enum copl_status copl_answer_take_fields(const struct copl_answer_form *f,
    const struct copl_answer_field *fields, size_t n,
    const struct copl_answer_about *about, struct copl_answer *out)
    COPL_MUST_CHECK;
/*
 * The same from an instance of our own odk.xml.  COPL_E_PARSE: not an
 * instance of this form.  *out keeps nothing of the instance.
 */
struct copl_odk_instance;
enum copl_status copl_answer_take_odk(const struct copl_answer_form *f,
    const struct copl_odk_instance *instance,
    const struct copl_answer_about *about, struct copl_answer *out)
    COPL_MUST_CHECK;
void copl_answer_free(struct copl_answer *a);

/*
 * An instance as a phone sent it, read once for who asks which form it is of
 * and for who judges it.  COPL_E_PARSE: not well-formed, a DTD, too deep;
 * COPL_E_LIMIT, COPL_E_NOMEM.  The caller frees *out, NULL unless COPL_OK.
 */
enum copl_status copl_odk_instance_read(const char *xml, size_t len,
    struct copl_odk_instance **out) COPL_MUST_CHECK;
void copl_odk_instance_free(struct copl_odk_instance *instance);

/*
 * Which form it is of, before the rules of that are looked up: strings in the
 * arena, NULL when not said.
 */
struct copl_odk_claim {
	const char *form; /* _form */
	const char *version; /* _version */
	const char *recipient;
	const char *draft;
	const char *id; /* meta/instanceID */
};
enum copl_status copl_odk_instance_claim(
    const struct copl_odk_instance *instance, struct copl_arena *arena,
    struct copl_odk_claim *out) COPL_MUST_CHECK;

/* ---- as it is stored ---- */

/* Only an answer without faults and with an id; COPL_E_BUG otherwise. */
enum copl_status copl_answer_write(
    const struct copl_answer *a, struct copl_strbuf *out) COPL_MUST_CHECK;

/* One value as it was stored; strings live until the next read. */
struct copl_answer_pair {
	const char *question;
	const char *part; /* NULL: none */
	const char *const *codes;
	size_t n;
};
struct copl_answer_record {
	const char *id;
	const char *form;
	const char *version;
	uint64_t release;
	const char *lang; /* NULL: not known */
	const char *recipient; /* NULL: nobody's */
	bool draft;
	time_t hour;
	const struct copl_answer_pair *pairs; /* in the order of the file */
	size_t npairs;
};
/*
 * Reads stored answers, one after the other, into memory that is used again.
 * One for each thread.
 */
struct copl_answer_reader;
struct copl_answer_reader *copl_answer_reader_new(void) COPL_MUST_CHECK;
void copl_answer_reader_free(struct copl_answer_reader *rd);
/*
 * name is for findings: xml-syntax, xml-dtd, xml-encoding, answer-malformed.
 * COPL_E_PARSE, COPL_E_INVALID, COPL_E_LIMIT.  *out is valid until the next
 * call.
 */
enum copl_status copl_answer_read(struct copl_answer_reader *rd,
    const char *bytes, size_t len, const char *name, struct copl_reporter *r,
    struct copl_answer_record *out) COPL_MUST_CHECK;

#endif
