/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_PROJECT_H
#define COPL_PROJECT_H

#include "xml/xml.h"

#define COPL_PROJECT_NS "urn:cop-l10n:project:1"

/* The project file, consultation.xml: immutable once loaded. */

/* How its texts speak to young people, in languages that know two ways. */
enum copl_address {
	COPL_ADDRESS_NONE, /* not said */
	COPL_ADDRESS_INFORMAL,
	COPL_ADDRESS_FORMAL
};

struct copl_language {
	const char *tag; /* BCP 47: "zh-Hans" */
	const char *catalog; /* "zh_CN": po/<form>/<catalog>.po */
	enum copl_address address;
	int64_t due; /* the day its translation must be there, or the
		      * project's, as copl_date_parse() gives it; -1: not
		      * said */
	struct copl_place at;
};

enum copl_recipient_kind { COPL_OFFICE, COPL_MEMBER_STATE, COPL_PARTNER };

/* What stands at the other side of an endpoint. */
enum copl_driver_kind {
	COPL_DRIVER_OFFICE, /* cop-l10n serve */
	COPL_DRIVER_PUT, /* any server that takes PUT: WebDAV, nginx, Apache */
	COPL_DRIVER_S3, /* a bucket, or a folder in one */
	COPL_DRIVER_DIR /* a folder of this computer */
};

enum copl_endpoint_auth {
	COPL_ENDPOINT_NONE,
	COPL_ENDPOINT_BASIC,
	COPL_ENDPOINT_BEARER,
	COPL_ENDPOINT_DIGEST,
	COPL_ENDPOINT_SIGV4
};

/* What proves that an endpoint holds a file. */
enum copl_endpoint_verify {
	COPL_VERIFY_RECEIPT, /* its digest in the answer, else read back */
	COPL_VERIFY_READBACK /* always read back */
};

/* Where a secret is kept; never the secret itself. */
enum copl_secret_kind {
	COPL_SECRET_NONE,
	COPL_SECRET_FILE, /* value: its path, for opening */
	COPL_SECRET_FD, /* value: the number of an open file, "3" */
	COPL_SECRET_COMMAND /* value: a program and its arguments */
};
struct copl_secret_ref {
	enum copl_secret_kind kind;
	const char *value;
	struct copl_place at;
};

struct copl_endpoint {
	const char *id; /* "africa" or "africa_2"; unique in the project */
	const char *url; /* ends with a slash; unique too */
	struct copl_place at;
	enum copl_driver_kind driver;
	const char *folder; /* of COPL_DRIVER_DIR, for opening; else NULL */
	enum copl_endpoint_auth auth;
	const char *user; /* or access key id; NULL: not said */
	struct copl_secret_ref secret;
	/* Paths for opening; NULL: not said. */
	const char *ca, *cert, *cert_key;
	struct copl_secret_ref cert_pass;
	const char *pins[2]; /* "sha256//BASE64" of a public key */
	size_t npins;
	bool private_ok; /* private and link-local addresses too */
	bool cleartext_ok; /* http: beyond this computer */
	bool http2;
	const char *region; /* of S3, never NULL there */
	enum copl_endpoint_verify verify;
	unsigned per_minute; /* requests; 0: no limit */
	unsigned timeout_s; /* for an answer; 0: not said */
	bool disabled;
};

/* "put", as the project file says it. */
const char *copl_driver_name(enum copl_driver_kind kind);
const char *copl_endpoint_auth_name(enum copl_endpoint_auth auth);

/*
 * Who at an office reads what young people write about being hurt, and must
 * act on it.  It is recorded and not shown to young people.
 */
struct copl_safeguarding {
	const char *email; /* NULL: not said */
	const char *role;
};

struct copl_recipient {
	const char *id;
	enum copl_recipient_kind kind;
	const struct copl_language **languages; /* in the recipient's order */
	size_t nlanguages;
	const struct copl_language **left_out; /* that it would have got */
	size_t nleft_out;
	bool to_be_confirmed; /* whether the languages are right */
	int guardian_age; /* -1: not said */
	const char *zone; /* IANA; NULL: UTC */
	const char *name; /* in the project's own language */
	const char *email;
	struct copl_safeguarding safeguarding; /* or the project's */
	const char *helpline; /* NULL: the form's default */
	const char *forms; /* where young people find them; NULL: not said */
	const char *responses; /* where answers go; NULL: on paper */
	struct copl_endpoint *endpoints;
	size_t nendpoints;
	bool fetches; /* <pickup by="fetch"/> */
	bool zip; /* <pickup by="zip"/> */
	bool picks_up; /* <pickup> is there, whatever it says */
	struct copl_place at;
};

/* What a text is about; copl_text_kind_of() says it of a unit. */
enum copl_text_kind {
	COPL_TEXT_CONSENT,
	COPL_TEXT_PRIVACY,
	COPL_TEXT_HELP,
	COPL_TEXT_ERROR, /* what is said about a mistake */
	COPL_TEXT_QUESTION, /* everything else in a form */
	COPL_TEXT_INTERFACE, /* everything else around the forms */
	COPL_TEXT_NAME /* in the project file: title, names of recipients */
};
#define COPL_TEXT_KINDS 7
/* "consent", as the project file says it. */
const char *copl_text_kind_name(enum copl_text_kind kind);

/*
 * What must be true before texts are published: in each of its languages,
 * of each of its kinds, so many per cent have at least this state.  Beside
 * the gates of a project stands one that nobody can take away: all texts
 * about consent and privacy are reviewed, in every language.
 */
struct copl_release_gate {
	unsigned texts; /* bit 1u << kind */
	const struct copl_language **languages;
	size_t nlanguages; /* 0: all that are translated */
	bool approved; /* false: reviewed is enough */
	unsigned percent; /* 1 to 100 */
	struct copl_place at;
};
#define COPL_RELEASE_GATE_ALWAYS                                               \
	((1u << COPL_TEXT_CONSENT) | (1u << COPL_TEXT_PRIVACY))

struct copl_project_form {
	const char *src; /* as written, relative to the project folder */
	const char *path; /* for opening: with the project folder */
	struct copl_place at;
};

struct copl_project {
	struct copl_arena *arena;
	struct copl_xml *xml; /* owned */
	const char *dir; /* folder of the project file */
	const char *id;
	const char *lang;
	const char *title;
	struct copl_language *languages;
	size_t nlanguages;
	const char *interface_path;
	struct copl_place interface_at;
	struct copl_project_form *forms;
	size_t nforms;
	bool xml_output;
	bool html_output;
	bool odk_output;
	const char *glossary_path; /* NULL: the shipped terms */
	struct copl_place glossary_at;
	/* Folder with LANG.po of earlier consultations; NULL: none. */
	const char *compendium_path;
	struct copl_place compendium_at;
	int64_t translation_due; /* as in struct copl_language */
	struct copl_release_gate *gates;
	size_t ngates;
	struct copl_safeguarding safeguarding; /* of recipients without own */
	struct copl_recipient *recipients;
	size_t nrecipients;
	struct copl_language *left_out; /* by copl_project_leave_out() */
	size_t nleft_out;
};

#define COPL_PROJECT_FILE "consultation.xml"

/*
 * Loads dir/consultation.xml.  Findings: project-*, xml-*, io-*, all at
 * once.  The caller owns *out.  Does not open the forms.
 */
enum copl_status copl_project_load(const char *dir, struct copl_reporter *r,
    struct copl_project **out) COPL_MUST_CHECK;
void copl_project_free(struct copl_project *p);
/* NULL: the project has no such language or recipient. */
const struct copl_language *copl_project_language(
    const struct copl_project *p, const char *tag);
/* The same for whoever may say it as the catalog's file does: "zh_CN". */
const struct copl_language *copl_project_language_named(
    const struct copl_project *p, const char *name);
const struct copl_recipient *copl_project_recipient(
    const struct copl_project *p, const char *id);
/* Does the recipient get this language? */
bool copl_recipient_speaks(const struct copl_recipient *r, const char *tag);

/*
 * The address that invites to a form in a language: its page when <forms>
 * names the folder of the set, else what stands there.  In the arena.  NULL:
 * memory is out; the recipient must have an address.
 */
const char *copl_recipient_address(const struct copl_recipient *r,
    const char *form, const char *lang, struct copl_arena *a) COPL_MUST_CHECK;

/*
 * The words of a command, parted by blanks; single and double quotes hold
 * blanks together and are taken away, and nothing else is special.  NULL
 * ends the list.  NULL: a quote does not end, there is no word, or more than
 * 64; *nomem says whether memory is out instead.
 */
char **copl_argv_split(struct copl_arena *a, const char *s, bool *nomem);

/*
 * Takes a language out of the project and of all its recipients, as if they
 * never had it, but for the lists "left_out".  COPL_E_NOTFOUND: there is no
 * such language; COPL_E_NOMEM: the project is no good any more.
 */
enum copl_status copl_project_leave_out(struct copl_project *p, const char *tag)
    COPL_MUST_CHECK;

#endif
