/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the forms lie that renderers are tested with. */
#ifndef HELP_RENDER_H
#define HELP_RENDER_H

#include <stdio.h>
#include <stdlib.h>

/* Good until the next call. */
static inline const char *path_of(const char *name)
{
	static char path[4096];
	const char *top = getenv("top_srcdir");

	snprintf(path, sizeof(path), "%s/tests/render/%s",
	    top == NULL ? "." : top, name);
	return path;
}

#endif
