/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LINT_EXPLAIN_H
#define COPL_LINT_EXPLAIN_H

#include "base/base.h"

/* What a check is about, for who meets it.  Texts are N_(): translate them. */
struct copl_lint_explanation {
	const char *code; /* as it stands behind a finding */
	enum copl_severity severity; /* the usual one */
	const char *looks; /* what it looks at */
	const char *why; /* why that matters to who fills in the form */
	const char *write; /* what to do */
};

/* In the order of their codes; NULL: behind the last. */
const struct copl_lint_explanation *copl_lint_explanation_at(size_t i);
/* NULL: there is no such check. */
const struct copl_lint_explanation *copl_lint_explain(const char *code);

/* What a wrong and a right text are. */
enum copl_lint_sample {
	COPL_SAMPLE_TEXT, /* a translation */
	COPL_SAMPLE_TEXTS, /* of several messages, one a line */
	COPL_SAMPLE_ANSWERS, /* answers to one question, one a line */
	COPL_SAMPLE_ADDRESS, /* where a link leads */
	COPL_SAMPLE_SHORT, /* at most 12 characters */
	COPL_SAMPLE_STORED, /* at most 24 bytes of UTF-8 */
	COPL_SAMPLE_ALLOWED, /* any characters but "*" */
	COPL_SAMPLE_LOCALIZED, /* a translation as localize takes it */
	COPL_SAMPLE_FORM, /* a catalog; the source is what the form asks */
	COPL_SAMPLE_HEADER, /* a line of the header; there is no source */
	COPL_SAMPLE_ENTRY, /* lines of the catalog; there is no source */
	COPL_SAMPLE_FILE /* a whole catalog; there is no source */
};
struct copl_lint_example {
	const char *code;
	const char *lang; /* name of the catalog: "zh_CN" */
	enum copl_lint_sample sample;
	const char *source;
	const char *wrong;
	const char *right;
};
/*
 * All of them, by language in the order of the United Nations and then by
 * code; NULL: behind the last.
 */
const struct copl_lint_example *copl_lint_example_at(size_t i);

#endif
