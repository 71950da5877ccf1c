/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wrong and right texts of every language.  A test puts each through the
 * checks: a wrong one draws this finding and no other, a right one none.
 */
#include "config.h"
#include "lint/explain_priv.h"

const struct copl_lint_example *copl_lint_example_at(size_t i)
{
	static const struct lint_examples *const languages[] = {
	    &lint_examples_ar, &lint_examples_zh, &lint_examples_fr,
	    &lint_examples_ru, &lint_examples_es};
	size_t k;

	for (k = 0; k < COPL_COUNT(languages); k++) {
		if (i < languages[k]->n)
			return &languages[k]->list[i];
		i -= languages[k]->n;
	}
	return NULL;
}
