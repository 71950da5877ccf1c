/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Servers and ODK Collect take a form with an id and version that they know
 * for the form they know, whatever it says, or refuse it.  So new content
 * gets a new version, whether or not somebody thought of it: "2-r7" is
 * version 2 of the form as it has been since release 7.
 */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "build/build_priv.h"

/* Where the version of an ODK form stands, and what it is as written. */
struct version {
	size_t at;
	size_t len;
};

/* Only the root of the instance can look like this: texts hold no "<". */
static bool find(const struct copl_strbuf *bytes, struct version *out)
{
	static const char root[] = "<data id=\"", attr[] = "\" version=\"";
	const char *s = copl_strbuf_text(bytes), *p = strstr(s, root), *end;

	if (p == NULL)
		return false;
	p += sizeof(root) - 1;
	p += strcspn(p, "\"");
	if (strncmp(p, attr, sizeof(attr) - 1) != 0)
		return false;
	p += sizeof(attr) - 1;
	end = strchr(p, '"');
	if (end == NULL)
		return false;
	out->at = (size_t)(p - s);
	out->len = (size_t)(end - p);
	return true;
}

/* "2-r7" or, of a draft, "2-r7-draft", of version "2": is that what is here? */
static bool is_made_of(
    const char *made, size_t len, const char *own, size_t own_len, bool draft)
{
	static const char mark[] = "-draft";
	size_t mlen = draft ? sizeof(mark) - 1 : 0, i;

	if (len < own_len + mlen + 3 || memcmp(made, own, own_len) != 0 ||
	    memcmp(made + own_len, "-r", 2) != 0 ||
	    memcmp(made + len - mlen, mark, mlen) != 0)
		return false;
	for (i = own_len + 2; i < len - mlen; i++)
		if (!copl_is_digit(made[i]))
			return false;
	return true;
}

/* Are these the same form but for what release its version names? */
static bool same_form(const struct copl_strbuf *now, const struct version *v,
    const struct copl_strbuf *old, bool draft)
{
	static const char mark[] = "-draft";
	size_t own = v->len - (draft ? sizeof(mark) - 1 : 0);
	size_t tail = now->len - v->at - v->len;
	struct version was;

	return find(old, &was) && was.at == v->at &&
	       is_made_of(
		   old->s + was.at, was.len, now->s + v->at, own, draft) &&
	       old->len - was.at - was.len == tail &&
	       memcmp(old->s, now->s, v->at) == 0 &&
	       memcmp(old->s + was.at + was.len, now->s + v->at + v->len,
		   tail) == 0;
}

/* The form of the latest release; empty: it has none that is sound. */
static enum copl_status read_old(struct build *b,
    const struct build_previous *p, const char *path, struct copl_strbuf *out)
{
	const struct copl_manifest_file *f =
	    p->latest == NULL ? NULL : copl_manifest_find(p->latest, path);
	const char *folder, *name;
	struct copl_reporter quiet;
	enum copl_status st;

	if (f == NULL)
		return COPL_OK;
	folder = copl_path_join(b->arena, b->o->output, build_link_name(b));
	name = folder == NULL ? NULL : copl_path_join(b->arena, folder, path);
	if (name == NULL)
		return COPL_E_NOMEM;
	if (!copl_path_exists(name))
		return COPL_OK;
	/* Taken for another form, it would have all devices fetch it again. */
	st = copl_file_read(name, COPL_RELEASE_FILE_MAX, b->r, out);
	if (st != COPL_OK)
		return st;
	copl_reporter_init(&quiet, NULL);
	st = copl_verify_file(f, name, copl_strbuf_text(out), out->len, &quiet);
	if (st != COPL_OK)
		copl_strbuf_reset(out);
	return copl_reporter_end(&quiet, st) == COPL_E_NOMEM ? COPL_E_NOMEM
							     : COPL_OK;
}

/* What stands before the version, a new one, and what stands behind it. */
static enum copl_status write_new(struct build *b,
    const struct copl_strbuf *bytes, const struct version *v,
    struct copl_strbuf *out)
{
	size_t own = v->len - (b->draft ? strlen("-draft") : 0);

	copl_strbuf_add(out, bytes->s, v->at + own);
	copl_strbuf_printf(out, "-r%" PRIu64, b->version);
	copl_strbuf_add(out, bytes->s + v->at + own, bytes->len - v->at - own);
	return out->st;
}

static enum copl_status settle(
    struct build *b, const struct build_previous *p, struct build_file *f)
{
	struct copl_strbuf old = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_strbuf new = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX + 64);
	enum copl_status st = COPL_E_BUG;
	struct version v;

	if (!find(&f->bytes, &v))
		goto out;
	st = read_old(b, p, f->info.path, &old);
	if (st != COPL_OK)
		goto out;
	if (old.len > 0 && same_form(&f->bytes, &v, &old, b->draft)) {
		st = build_change(b, f, &old);
		goto out;
	}
	st = write_new(b, &f->bytes, &v, &new);
	if (st == COPL_OK)
		st = build_change(b, f, &new);
out:
	copl_strbuf_clear(&old);
	copl_strbuf_clear(&new);
	return st;
}

enum copl_status build_odk_versions(
    struct build *b, const struct build_previous *p)
{
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < b->nfiles && st == COPL_OK; i++)
		if (b->files[i].odk)
			st = settle(b, p, &b->files[i]);
	return st;
}
