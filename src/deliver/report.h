/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_DELIVER_REPORT_H
#define COPL_DELIVER_REPORT_H

#include <copl10n/report.h>
#include "bundle/bundle.h"
#include "ledger/ledger.h"
#include "project/project.h"

/*
 * Who holds what since when, for people who were not there: first all of it
 * is gathered, then written as a page or told as events.
 */
enum report_state {
	REPORT_HOLDS, /* the release, all of it */
	REPORT_WAITS, /* the next push goes on */
	REPORT_REFUSED,
	REPORT_GONE, /* it said that nothing is to be sent there any more */
	REPORT_DEAD, /* only failures for days */
	REPORT_NOT_TRIED /* nobody has sent this release there yet */
};
#define REPORT_STATES 6

/* One endpoint. */
struct report_row {
	const struct copl_recipient *to;
	const struct copl_endpoint *endpoint;
	enum report_state state;
	uint64_t held; /* release; 0: none that we know of */
	int64_t held_since;
	int64_t tried_at; /* the last run that sent something; 0: none */
	const char *reason; /* a finding's code; NULL: it went well */
};

struct report_version {
	uint64_t version;
	size_t holders;
	int64_t created; /* 0: its manifest is not here any more */
	bool draft;
};

struct report {
	struct copl_arena *arena;
	const struct copl_report_options *o;
	const struct copl_sink *sink;
	struct copl_project *project;
	struct copl_manifest *release;
	char seal[COPL_SHA256_HEX]; /* SHA-256 of its manifest */
	char fingerprint[COPL_FINGERPRINT_SIZE]; /* of the key that signed */
	struct report_row *rows; /* by kind of recipient, in its order */
	size_t nrows;
	size_t counts[REPORT_STATES];
	struct report_version *versions; /* newest first */
	size_t nversions;
};

/* ---- report_read.c ---- */
/* What an endpoint's state is.  s NULL: the ledger does not know it. */
enum report_state report_judge(
    const struct copl_ledger_standing *s, uint64_t held, uint64_t version);
/* Findings: project-*, manifest-*, release-*, signature-*, ledger-*. */
enum copl_status report_read(struct report *rep, struct copl_reporter *r)
    COPL_MUST_CHECK;
void report_clear(struct report *rep);

/* ---- report_words.c ---- */
const char *report_state_text(enum report_state state);
/* "holds", for programs. */
const char *report_state_name(enum report_state state);
/* Why it was not delivered, and who does something about it; NULL: the code
 * is none that people get to see. */
const char *report_reason_text(const char *code);

/* ---- report_names.c: names in the language of a page ---- */
struct report_name {
	const char *text;
	const char *lang; /* that it is in */
};
struct report_names;
enum copl_status report_names_open(const struct report *rep, const char *lang,
    struct report_names **out) COPL_MUST_CHECK;
/* The first failure since it was opened. */
enum copl_status report_names_close(struct report_names *n);
struct report_name report_project_title(const struct report_names *n);
struct report_name report_recipient_name(
    const struct report_names *n, const struct copl_recipient *to);
/*
 * Its title, in the arena of the report; its id where it has none, or where
 * the title could not be read.
 */
struct report_name report_form_title(struct report_names *n, const char *form);

/* ---- report_style.c ---- */
/* What the page has beside the style of all reports. */
extern const char report_style[];

/* ---- report_html.c ---- */
/* The page, in the language that this thread speaks. */
enum copl_status report_html(const struct report *rep, const char *lang,
    struct copl_strbuf *out) COPL_MUST_CHECK;

#endif
