/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "serve/openrosa.h"

#define ID_MAX 100

struct loading {
	struct copl_openrosa *o;
	copl_read_fn *read;
	void *arg;
	const char *where;
	struct copl_reporter *r;
};

void copl_openrosa_free(struct copl_openrosa *o)
{
	if (o == NULL)
		return;
	copl_arena_free(o->arena);
	free(o);
}

const struct copl_openrosa_form *copl_openrosa_find(
    const struct copl_openrosa *o, const char *id)
{
	size_t i;

	for (i = 0; i < o->nforms; i++)
		if (strcmp(o->forms[i].about.id, id) == 0)
			return &o->forms[i];
	return NULL;
}

static bool is_odk(const struct copl_manifest_file *f)
{
	size_t len = strlen(f->path), end = sizeof(COPL_ODK_SUFFIX) - 1;

	return len > end && strcmp(f->path + len - end, COPL_ODK_SUFFIX) == 0;
}

/* An id stands in addresses: only what needs no escape there. */
static bool is_id(const char *s)
{
	size_t len = strlen(s);

	return len <= ID_MAX &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyz"
			 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789._-") == len &&
	       s[0] != '.';
}

static bool has_name(const struct copl_odk_about *about)
{
	size_t i;

	for (i = 0; i < about->nnames; i++)
		if (about->names[i].name != NULL)
			return true;
	return about->title != NULL;
}

/* Why a client could not take it; NULL: it can. */
static const char *lack(
    const struct copl_openrosa *o, const struct copl_odk_about *about)
{
	if (about->id == NULL || !is_id(about->id))
		return _("it has no id of letters, digits, \".\", \"_\" and "
			 "\"-\"");
	if (!has_name(about))
		return _("it has no title");
	if (copl_openrosa_find(o, about->id) != NULL)
		return _("another form of this set has the same id");
	return NULL;
}

static void leave_out(
    struct loading *d, const struct copl_manifest_file *f, const char *why)
{
	const char *path = copl_path_join(d->o->arena, d->where, f->path);

	if (path == NULL)
		d->r->nomem = true;
	copl_report(d->r, COPL_WARNING, "openrosa-form",
	    (struct copl_place){path, 0, 0},
	    _("phones with ODK cannot get this form from here: %s"), why);
}

/* Takes the form up, or says why not. */
static enum copl_status add(struct loading *d,
    const struct copl_manifest_file *f, const struct copl_strbuf *bytes)
{
	struct copl_openrosa_form *form = &d->o->forms[d->o->nforms];
	struct copl_reporter quiet;
	const char *why = NULL;
	enum copl_status st;

	copl_reporter_init(&quiet, NULL);
	st = copl_odk_about_read(copl_strbuf_text(bytes), bytes->len, f->path,
	    d->o->arena, &quiet, &form->about);
	if (st == COPL_E_NOMEM)
		return st;
	if (st != COPL_OK)
		why = _("it is not well-formed XML");
	else
		why = lack(d->o, &form->about);
	if (why == NULL &&
	    !copl_openrosa_md5(copl_strbuf_text(bytes), bytes->len, form->md5))
		why = _("this machine does not offer MD5, by which phones "
			"tell forms apart");
	form->path = copl_arena_strdup(d->o->arena, f->path);
	if (form->path == NULL)
		return COPL_E_NOMEM;
	if (why != NULL)
		leave_out(d, f, why);
	else
		d->o->nforms++;
	return COPL_OK;
}

static enum copl_status read_form(
    struct loading *d, const struct copl_manifest_file *f)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st =
	    d->read(d->arg, f->path, COPL_RELEASE_FILE_MAX, d->r, &bytes);

	if (st == COPL_OK)
		st = copl_verify_file(
		    f, d->where, copl_strbuf_text(&bytes), bytes.len, d->r);
	if (st == COPL_OK)
		st = add(d, f, &bytes);
	copl_strbuf_clear(&bytes);
	return st;
}

static enum copl_status load(struct loading *d, const struct copl_manifest *m)
{
	enum copl_status st = COPL_OK;
	size_t n = 0, i;

	for (i = 0; i < m->nfiles; i++)
		n += is_odk(&m->files[i]);
	d->o->arena = copl_arena_new();
	if (d->o->arena == NULL)
		return COPL_E_NOMEM;
	d->o->forms =
	    copl_arena_alloc(d->o->arena, (n + 1) * sizeof(*d->o->forms));
	if (d->o->forms == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < m->nfiles && st == COPL_OK; i++)
		if (is_odk(&m->files[i]))
			st = read_form(d, &m->files[i]);
	return st;
}

enum copl_status copl_openrosa_load(const struct copl_manifest *m,
    copl_read_fn *read, void *arg, const char *where, struct copl_reporter *r,
    struct copl_openrosa **out)
{
	struct loading d = {.read = read, .arg = arg, .where = where, .r = r};
	enum copl_status st;

	*out = NULL;
	d.o = calloc(1, sizeof(*d.o));
	if (d.o == NULL)
		return COPL_E_NOMEM;
	st = load(&d, m);
	if (st == COPL_OK)
		*out = d.o;
	else
		copl_openrosa_free(d.o);
	return st;
}
