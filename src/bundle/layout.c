/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "bundle/layout.h"

#define DIGITS (COPL_SHA256_HEX - 1)

/* Hosts tell the media type from it: ".html" of "youth.fr.html". */
static const char *ending(const char *path)
{
	const char *dot = strrchr(copl_path_name(path), '.');

	return dot == NULL ? "" : dot;
}

char *copl_layout_file(const struct copl_manifest_file *f, struct copl_arena *a)
{
	return copl_arena_printf(
	    a, COPL_BY_DIGEST "/%s%s", f->sha256, ending(f->path));
}

char *copl_layout_voucher(
    const char *sha256, const char *name, struct copl_arena *a)
{
	return copl_arena_printf(a, COPL_BY_DIGEST "/%s.%s", sha256, name);
}

bool copl_layout_is(const char *name, const char *sha256)
{
	return strncmp(name, sha256, DIGITS) == 0 &&
	       (name[DIGITS] == '\0' || name[DIGITS] == '.');
}
