/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LINT_EXPLAIN_PRIV_H
#define COPL_LINT_EXPLAIN_PRIV_H

#include "lint/explain.h"

/* The examples in one language, which who reads it can look through. */
struct lint_examples {
	const struct copl_lint_example *list;
	size_t n;
};

extern const struct lint_examples lint_examples_ar, lint_examples_zh,
    lint_examples_fr, lint_examples_ru, lint_examples_es;

#endif
