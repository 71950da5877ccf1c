/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "work/import_priv.h"
#include "work/pack_priv.h"

/* Only a name that we give to packs leads to a file. */
static bool is_pack_name(const char *s)
{
	size_t n = strlen(s), i;

	for (i = 0; i < n; i++)
		if (!copl_is_alpha(s[i]) && !copl_is_digit(s[i]) &&
		    s[i] != '-' && s[i] != '_')
			return false;
	return n > 0 && n < 80;
}

static const char *pack_of(const struct import *im)
{
	size_t i;

	for (i = 0; i < im->came.n; i++)
		if (im->came.list[i].pack != NULL)
			return im->came.list[i].pack;
	return NULL;
}

enum copl_status import_load_sent(struct import *im)
{
	const char *pack = pack_of(im);
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_ZIP_TOTAL_MAX);
	struct copl_reporter quiet;
	const char *path;
	enum copl_status st;

	if (pack == NULL || !is_pack_name(pack))
		return COPL_OK;
	path = copl_arena_printf(
	    im->arena, "%s/%s/%s.zip", im->o->dir, PACK_FOLDER, pack);
	if (path == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(path))
		return COPL_OK;
	st = copl_file_read(path, COPL_ZIP_TOTAL_MAX, im->r, &bytes);
	if (st != COPL_OK)
		goto out;
	/* Damaged, it leaves to the project to say what was sent. */
	copl_reporter_init(&quiet, NULL);
	st = copl_returns_read(
	    copl_strbuf_text(&bytes), bytes.len, path, &quiet, &im->sent);
	st = copl_reporter_end(&quiet, st);
	im->pack = st == COPL_OK ? pack : NULL;
	st = st == COPL_E_NOMEM ? st : COPL_OK;
out:
	copl_strbuf_clear(&bytes);
	return st;
}
