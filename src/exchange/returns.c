/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What came back, whatever kind of file it is. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "exchange/exchange_priv.h"

#define FILE_MAX COPL_ZIP_TOTAL_MAX

struct copl_return *xl_return_new(
    struct copl_returns *rs, enum copl_return_kind kind, const char *file)
{
	struct copl_return *list =
	    copl_grow(rs->list, rs->n, &rs->room, sizeof(*list));
	struct copl_return *one;

	if (list == NULL)
		return NULL;
	rs->list = list;
	one = &rs->list[rs->n++];
	memset(one, 0, sizeof(*one));
	one->kind = kind;
	one->file = copl_arena_strdup(rs->arena, file);
	return one->file == NULL ? NULL : one;
}

struct copl_taken *xl_taken_new(
    struct copl_returns *rs, struct copl_return *one)
{
	struct copl_taken *list =
	    copl_grow(one->list, one->n, &one->room, sizeof(*list));

	(void)rs;
	if (list == NULL)
		return NULL;
	one->list = list;
	memset(&one->list[one->n], 0, sizeof(*list));
	return &one->list[one->n++];
}

bool xl_taken_forms(struct copl_returns *rs, struct copl_taken *t, size_t n)
{
	const char **str;

	if (n <= t->nstr)
		return true;
	str = copl_arena_alloc(rs->arena, n * sizeof(*str));
	if (str == NULL)
		return false;
	if (t->nstr > 0)
		memcpy(str, t->str, t->nstr * sizeof(*str));
	t->str = str;
	t->nstr = n;
	return true;
}

void copl_returns_free(struct copl_returns *rs)
{
	size_t i;

	for (i = 0; i < rs->n; i++)
		free(rs->list[i].list);
	free(rs->list);
	copl_arena_free(rs->arena);
	memset(rs, 0, sizeof(*rs));
}

/* ---- which kind is it? ---- */

/* First bytes that are no BOM, NUL (of UTF-16) or blank. */
static void first_bytes(const char *s, size_t len, char out[16])
{
	size_t i, n = 0;

	for (i = 0; i < len && n < 15; i++)
		if ((unsigned char)s[i] < 0x80 && s[i] != '\0' &&
		    !(n == 0 && copl_is_space(s[i])))
			out[n++] = s[i];
	out[n] = '\0';
}

static bool ends_in(const char *name, const char *ending)
{
	size_t n = strlen(name), k = strlen(ending);

	return n >= k && strcasecmp(name + n - k, ending) == 0;
}

enum kind { KIND_ZIP, KIND_XML, KIND_PO, KIND_TABLE, KIND_OTHER };

static bool is_html(const char *head, const char *name)
{
	return ends_in(name, ".html") || ends_in(name, ".htm") ||
	       strncasecmp(head, "<!doctype html", 14) == 0 ||
	       strncasecmp(head, "<html", 5) == 0;
}

static enum kind kind_of(const char *bytes, size_t len, const char *name)
{
	char head[16];

	if (len >= 4 && memcmp(bytes, "PK\3\4", 4) == 0)
		return KIND_ZIP;
	first_bytes(bytes, len, head);
	if (head[0] == '<')
		return is_html(head, name) ? KIND_OTHER : KIND_XML;
	if (head[0] == '#' || strncmp(head, "msgid", 5) == 0 ||
	    strncmp(head, "msgctxt", 7) == 0 || ends_in(name, ".po"))
		return KIND_PO;
	if (ends_in(name, ".csv") || ends_in(name, ".tsv") ||
	    ends_in(name, ".txt") || memchr(bytes, ':', len) != NULL)
		return KIND_TABLE;
	return KIND_OTHER;
}

/* ---- a zip ---- */

struct unpack {
	struct copl_returns *rs;
	struct copl_reporter *r;
	const char *zip;
};

/* Only what translators work in; what computers put beside it is not. */
static bool wanted(void *arg, const char *name)
{
	struct unpack *u = arg;
	const char *last = copl_path_name(name);

	if (last[0] == '.' || strstr(name, "__MACOSX") != NULL)
		return false;
	if (ends_in(last, ".po") || ends_in(last, ".xlf") ||
	    ends_in(last, ".xliff") || ends_in(last, ".mqxliff") ||
	    ends_in(last, ".sdlxliff") || strcasecmp(last, "review.csv") == 0)
		return true;
	u->rs->skipped++;
	return false;
}

static enum copl_status read_one(struct copl_returns *rs, const char *bytes,
    size_t len, const char *name, struct copl_reporter *r)
{
	/* UTF-16 becomes half as much again. */
	struct copl_strbuf text = COPL_STRBUF_INIT(FILE_MAX * 2);
	enum kind kind = kind_of(bytes, len, name);
	enum copl_status st;

	if (kind == KIND_XML)
		return xl_read_xliff(rs, bytes, len, name, r);
	if (kind != KIND_PO && kind != KIND_TABLE) {
		copl_report(r, COPL_ERROR, "import-kind",
		    (struct copl_place){name, 0, 0},
		    _("this file cannot be taken back: send the catalog "
		      "(.po), the XLIFF file (.xlf), the table (review.csv), "
		      "or the whole zip"));
		return COPL_E_INVALID;
	}
	st = xl_plain_text(bytes, len, name, r, &text);
	if (st == COPL_OK && kind == KIND_PO)
		st = xl_read_po(rs, copl_strbuf_text(&text), text.len, name, r);
	else if (st == COPL_OK)
		st = xl_read_table(
		    rs, copl_strbuf_text(&text), text.len, name, r);
	copl_strbuf_clear(&text);
	return st;
}

static enum copl_status unpack_one(
    void *arg, const char *name, const char *bytes, size_t len)
{
	struct unpack *u = arg;
	char *shown = copl_arena_printf(u->rs->arena, "%s/%s",
	    copl_path_name(u->zip), copl_path_name(name));

	if (shown == NULL)
		return COPL_E_NOMEM;
	return read_one(u->rs, bytes, len, shown, u->r);
}

static enum copl_status read_zip(struct copl_returns *rs, const char *bytes,
    size_t len, const char *file, struct copl_reporter *r)
{
	struct unpack u = {rs, r, file};
	enum copl_status st;

	st = copl_zip_read(bytes, len, file, r, wanted, unpack_one, &u);
	if (st != COPL_OK || rs->n > 0)
		return st;
	copl_report(r, COPL_ERROR, "import-zip",
	    (struct copl_place){file, 0, 0},
	    _("this zip holds no catalog (.po), no XLIFF file (.xlf) and no "
	      "review.csv: add the file with the translation"));
	return COPL_E_INVALID;
}

/* ---- doors ---- */

enum copl_status copl_returns_read(const char *bytes, size_t len,
    const char *file, struct copl_reporter *r, struct copl_returns *out)
{
	enum copl_status st;

	memset(out, 0, sizeof(*out));
	out->arena = copl_arena_new();
	if (out->arena == NULL)
		return COPL_E_NOMEM;
	if (kind_of(bytes, len, file) == KIND_ZIP)
		st = read_zip(out, bytes, len, file, r);
	else
		st = read_one(out, bytes, len, file, r);
	return r->nomem ? COPL_E_NOMEM : st;
}
