/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The tag of a language in the first line, and a catalog, which is checked
 * with all that a project could know of it.  Checking ends, and says what is
 * wrong in readable lines; what can be put right is right afterwards.
 */
#include "config.h"
#include "fuzz.h"
#include "glossary/glossary.h"
#include "lint/fix.h"
#include "lint/lint.h"

static const struct copl_glossary *glossary(void)
{
	static struct copl_glossary *g; /* one for all runs */

	if (g == NULL)
		must(copl_glossary_shipped(&g) == COPL_OK);
	return g;
}

static void lint(const struct copl_catalog *c, const struct copl_lint *how)
{
	struct fuzz_heard h;
	enum copl_status st = copl_lint_catalog(c, how, fuzz_listen(&h));

	st = fuzz_end(&h, st);
	must(st == COPL_OK || st == COPL_E_INVALID || st == COPL_E_NOMEM);
}

/* Its own messages as what the master says, each with a limit. */
static void lint_with_units(const struct copl_catalog *c, struct copl_lint how)
{
	struct copl_lint_unit *units = calloc(c->nmessages + 1, sizeof(*units));
	size_t i, n = 0;

	must(units != NULL);
	for (i = 0; i < c->nmessages; i++) {
		const struct copl_message *m = &c->messages[i];

		if (i % 5 == 4)
			continue;
		units[n++] = (struct copl_lint_unit){.id = m->ctxt,
		    .msgid = i % 7 == 6 ? "Another text." : m->id,
		    .maxchars = (unsigned)(i % 3 * 10),
		    .group = i % 2 == 0 ? "q" : NULL,
		    .optional = i % 4 == 0,
		    .plural = m->plural};
	}
	how.units = units;
	how.nunits = n;
	how.release = true;
	how.address = COPL_LINT_ADDRESS_INFORMAL;
	lint(c, &how);
	free(units);
}

/* Put right once, there is nothing more to do. */
static void fix(
    struct copl_lint_fix *f, const struct copl_message *m, const char *str)
{
	struct copl_strbuf once = COPL_STRBUF_INIT((size_t)1 << 22);
	struct copl_strbuf twice = COPL_STRBUF_INIT((size_t)1 << 22);

	must(copl_lint_fix_text(f, m, m->id, str, &once) == COPL_OK);
	must((f->done[0] == NULL) ==
	     (strcmp(copl_strbuf_text(&once), str) == 0));
	must(copl_lint_fix_text(f, m, m->id, copl_strbuf_text(&once), &twice) ==
	     COPL_OK);
	must(f->done[0] == NULL);
	must(strcmp(copl_strbuf_text(&once), copl_strbuf_text(&twice)) == 0);
	copl_strbuf_clear(&once);
	copl_strbuf_clear(&twice);
}

static void fix_all(const struct copl_catalog *c, const char *tag)
{
	struct copl_lint_fix f = {.tag = tag, .c = c};
	unsigned map[COPL_PLURALS_MAX];
	size_t i, k;

	for (i = 0; i < c->nmessages; i++)
		for (k = 0; k < c->messages[i].nstr; k++)
			fix(&f, &c->messages[i], c->messages[i].str[k]);
	(void)copl_lint_fix_plural(&f, map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data, *end = rest + size;
	struct copl_catalog *c = NULL;
	struct fuzz_heard h;
	struct fuzz_part tag;

	if (size > 1 << 14)
		return 0;
	tag = fuzz_cut(&rest, end, "\n");
	if (fuzz_end(&h, copl_catalog_read(rest, (size_t)(end - rest), "f.po",
			     fuzz_listen(&h), &c)) == COPL_OK &&
	    copl_shape_is_tag(tag.s)) {
		const struct copl_lint how = {.tag = tag.s,
		    .name = tag.s,
		    .source_lang = "en",
		    .show_ignored = true,
		    .glossary = glossary()};

		lint(c, &how);
		lint_with_units(c, how);
		fix_all(c, tag.s);
	}
	copl_catalog_free(c);
	free(tag.s);
	return 0;
}
