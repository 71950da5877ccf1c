/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "bundle/own.h"
#include "bundle/verify_priv.h"

enum copl_status copl_own_manifest(const char *dir, int64_t now, bool installed,
    struct copl_reporter *r, struct copl_manifest **out)
{
	struct copl_trust t = {.nkeys = 0};
	struct copl_verify how = {.now = now,
	    .installed = installed,
	    .draft = true,
	    .read = copl_read_dir};
	char *arg = strdup(dir);
	enum copl_status st = COPL_E_NOMEM;

	*out = NULL;
	if (arg == NULL)
		return st;
	how.read_arg = arg;
	how.where = arg;
	st = copl_verify_offered(&how, r, &t);
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &t, r, out);
	free(arg);
	return st;
}

enum copl_status copl_own_file(const char *dir,
    const struct copl_manifest_file *f, struct copl_reporter *r,
    struct copl_strbuf *out)
{
	char *arg = strdup(dir);
	enum copl_status st = COPL_E_NOMEM;

	if (arg == NULL)
		return st;
	st = copl_read_dir(arg, f->path, COPL_RELEASE_FILE_MAX, r, out);
	/* A file that is not there has no bytes. */
	if (st == COPL_E_NOTFOUND)
		copl_strbuf_reset(out);
	if (st == COPL_OK || st == COPL_E_NOTFOUND)
		st = copl_verify_file(
		    f, dir, copl_strbuf_text(out), out->len, r);
	free(arg);
	return st;
}
