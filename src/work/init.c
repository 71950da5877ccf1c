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
		st = init_files(&in);
	if (st == COPL_OK && r.nomem)
		st = COPL_E_NOMEM;
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
