/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/i18n.h"
#include "work/init_priv.h"

static enum copl_status join_languages(
    const struct init *in, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < in->nlanguages; i++) {
		copl_strbuf_puts(out, i > 0 ? " " : "");
		copl_strbuf_puts(out, in->languages[i].tag);
	}
	return out->st;
}

static enum copl_status tell_created(struct init *in)
{
	struct copl_strbuf tags = COPL_STRBUF_INIT(4096);
	enum copl_status st = join_languages(in, &tags);
	const struct copl_field fields[] = {
	    {"dir", in->dir},
	    {"form", in->form},
	    {"language", in->master->tag},
	    {"languages", copl_strbuf_text(&tags)},
	    {"opens", in->opens},
	    {"closes", in->closes},
	    {"keep-until", in->keep_until},
	};

	if (st == COPL_OK)
		copl_tell(in->r, "created", fields, COPL_COUNT(fields),
		    _("%s: a new consultation with the form %s, written in "
		      "%s\n"
		      "languages: %s\n"
		      "open from %.10s to %.10s, answers kept until %s"),
		    in->dir, in->form, in->master->tag, copl_strbuf_text(&tags),
		    in->opens, in->closes, in->keep_until);
	copl_strbuf_clear(&tags);
	return st;
}

static void drop(void *arg, const struct copl_diag *d)
{
	(void)arg;
	(void)d;
}

/*
 * The starter is good, tests/e2e/init.sh sees to that.  What is found in it
 * all the same comes from a lack of memory that a library below took for
 * something else, and is not for the user.
 */
static enum copl_status make_files(struct init *in)
{
	static const struct copl_sink nobody = {.diag = drop};
	struct copl_reporter quiet, *r = in->r;
	enum copl_status st;

	copl_reporter_init(&quiet, &nobody);
	in->r = &quiet;
	st = init_files(in);
	in->r = r;
	if (st != COPL_E_BUG && (st != COPL_OK || quiet.n > 0))
		st = COPL_E_NOMEM;
	return copl_reporter_end(&quiet, st);
}

enum copl_status copl_init(
    const struct copl_init_options *options, const struct copl_sink *sink)
{
	struct init in = {.o = options};
	enum copl_status st = COPL_E_NOMEM;
	struct copl_reporter r;
	size_t i;

	copl_reporter_init(&r, sink);
	in.r = &r;
	in.arena = copl_arena_new();
	if (in.arena != NULL)
		st = init_plan(&in);
	if (st == COPL_OK)
		st = make_files(&in);
	if (st == COPL_OK)
		st = init_output(&in);
	if (st == COPL_OK)
		st = tell_created(&in);
	for (i = 0; i < in.nfiles; i++)
		copl_strbuf_clear(&in.files[i].bytes);
	free(in.files);
	copl_arena_free(in.arena);
	return copl_reporter_end(&r, st);
}
