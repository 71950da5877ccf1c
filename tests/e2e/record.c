/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * usage: record DIR STATE
 * For tests that are about published releases: the records of the project in
 * DIR say of every translation that it has the state.
 */
#include "config.h"
#include "../unit/help_review.h"

int main(int argc, char **argv)
{
	enum copl_review_state state;

	if (argc != 3 || !copl_review_state_parse(argv[2], &state))
		return 2;
	help_review_project(argv[1], state);
	return 0;
}
