/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which language and which form a file is for. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "work/import_priv.h"

/* ---- language ---- */

/* "zh_CN.UTF-8" as "zh-cn". */
static void normalize(const char *s, char *out, size_t size)
{
	size_t n = 0;

	for (; *s != '\0' && *s != '.' && *s != '@' && n + 1 < size; s++) {
		char c = *s == '_' ? '-' : *s;

		out[n++] = copl_is_upper(c) ? (char)(c - 'A' + 'a') : c;
	}
	out[n] = '\0';
}

/* Traditional characters are another language to their readers. */
static bool is_traditional(const char *tag)
{
	static const char *const marks[] = {"-hant", "-tw", "-hk", "-mo"};
	size_t i;

	for (i = 0; i < COPL_COUNT(marks); i++)
		if (strstr(tag, marks[i]) != NULL)
			return true;
	return false;
}

static bool same_language(const char *a, const char *b)
{
	size_t n = strcspn(a, "-");

	return n > 0 && n == strcspn(b, "-") && memcmp(a, b, n) == 0 &&
	       is_traditional(a) == is_traditional(b);
}

const struct copl_language *import_language(
    const struct copl_project *p, const char *name)
{
	const struct copl_language *near = NULL;
	char want[80], tag[80];
	size_t n = 0, i;

	normalize(name, want, sizeof(want));
	for (i = 0; i < p->nlanguages; i++) {
		const struct copl_language *l = &p->languages[i];

		normalize(l->catalog, tag, sizeof(tag));
		if (strcmp(tag, want) == 0)
			return l;
		normalize(l->tag, tag, sizeof(tag));
		if (strcmp(tag, want) == 0)
			return l;
		if (same_language(tag, want)) {
			near = l;
			n++;
		}
	}
	return n == 1 ? near : NULL;
}

/* "CATALOG-YYYYMMDD-HHMMSS" is a pack of the language of CATALOG. */
static bool is_pack_of(const char *pack, const struct copl_language *l)
{
	size_t n = strlen(l->catalog);

	return strncmp(pack, l->catalog, n) == 0 && pack[n] == '-' &&
	       copl_is_digit(pack[n + 1]);
}

bool import_answers_pack(struct import *im, const struct copl_language *l,
    const struct copl_return *one)
{
	const struct copl_project *p = im->w->project;
	size_t i;

	if (one->pack == NULL || is_pack_of(one->pack, l))
		return true;
	for (i = 0; i < p->nlanguages; i++) {
		if (!is_pack_of(one->pack, &p->languages[i]))
			continue;
		copl_report(im->r, COPL_ERROR, "import-language",
		    (struct copl_place){one->file, 0, 0},
		    _("the file says that it is in \"%s\", but it was sent "
		      "to be translated into \"%s\": put the language right "
		      "in the file, and send it again"),
		    l->tag, p->languages[i].tag);
		im->refused = true;
		return false;
	}
	return true;
}

/* ---- form ---- */

/* How many of the texts a master's catalog has; SIZE_MAX: no memory. */
static size_t score(struct import *im, const struct copl_master *m,
    const struct copl_return *one)
{
	struct import_merge merge;
	size_t n = SIZE_MAX;

	if (m->catalogs[im->index].catalog == NULL)
		return 0;
	if (import_merge_begin(
		&merge, m->catalogs[im->index].catalog, im->arena))
		n = import_merge_score(&merge, one);
	import_merge_end(&merge);
	return n;
}

const struct copl_master *import_master(
    struct import *im, const struct copl_return *one)
{
	const struct copl_master *best = NULL;
	size_t most = 0, i;

	for (i = 0; i < im->w->nmasters; i++) {
		const struct copl_master *m = &im->w->masters[i];
		size_t n;

		if (m->catalogs == NULL || m->catalogs[im->index].own)
			continue;
		n = score(im, m, one);
		if (n == SIZE_MAX) {
			im->r->nomem = true;
			return NULL;
		}
		/* What the file says of itself decides between equals. */
		if (n > most || (n == most && n > 0 && one->form != NULL &&
				    strcmp(one->form, m->id) == 0)) {
			most = n;
			best = m;
		}
	}
	if (best == NULL)
		copl_report(im->r, COPL_ERROR, "import-form",
		    (struct copl_place){one->file, 0, 0},
		    _("no form of this project has the texts of this file: "
		      "it belongs to another consultation, or is empty"));
	return best;
}
