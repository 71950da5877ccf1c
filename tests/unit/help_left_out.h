/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * For tests that need what a machine may not have: skip() of cmocka would
 * print "not ok".
 */
#ifndef HELP_LEFT_OUT_H
#define HELP_LEFT_OUT_H

#include <stdlib.h>

/* What the machine does not let us try. */
static inline void left_out(const char *why)
{
	print_message("# left out: %s\n", why);
}

/* In CI everything is installed, so that nothing is left out unnoticed. */
static inline void not_installed(const char *what)
{
	if (getenv("CI") != NULL)
		fail_msg("%s is not installed", what);
	print_message("# left out: %s is not installed\n", what);
}

#endif
