/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Releases, and the questions of their forms. */
#include "config.h"
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include "base/i18n.h"
#include "tally/tally.h"

static struct copl_place at(const char *file)
{
	return (struct copl_place){file, 0, 0};
}

/* ---- one release ---- */

/* Is this the localized form of a language, "F.LANG.xml"? */
static bool is_form_file(
    const struct copl_manifest_file *f, const char *form, const char *lang)
{
	const char *name = copl_path_name(f->path);
	size_t n;

	if (f->form == NULL || f->lang == NULL || strcmp(f->form, form) != 0 ||
	    (lang != NULL && strcmp(f->lang, lang) != 0))
		return false;
	n = strlen(form);
	return strncmp(name, form, n) == 0 && name[n] == '.' &&
	       strncmp(name + n + 1, f->lang, strlen(f->lang)) == 0 &&
	       strcmp(name + n + 1 + strlen(f->lang), ".xml") == 0;
}

static const struct copl_manifest_file *form_file(
    const struct copl_manifest *m, const char *form, const char *lang)
{
	size_t i;

	for (i = 0; i < m->nfiles; i++)
		if (is_form_file(&m->files[i], form, lang))
			return &m->files[i];
	return NULL;
}

/* The bytes that the manifest means, or a finding. */
static enum copl_status load_xml(const struct tally_release *release,
    const struct copl_manifest_file *f, struct copl_reporter *r,
    struct copl_xml **xml)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	struct copl_arena *a = copl_arena_new();
	char *path =
	    a == NULL ? NULL : copl_path_join(a, release->dir, f->path);
	enum copl_status st = COPL_E_NOMEM;

	if (path != NULL)
		st = copl_file_read(path, COPL_RELEASE_FILE_MAX, r, &bytes);
	if (st == COPL_OK)
		st = copl_verify_file(
		    f, release->dir, copl_strbuf_text(&bytes), bytes.len, r);
	if (st == COPL_OK)
		st = copl_xml_read(copl_strbuf_text(&bytes), bytes.len, path,
		    COPL_XML_STRICT, r, xml);
	copl_strbuf_clear(&bytes);
	copl_arena_free(a);
	return st;
}

enum copl_status tally_form_load(const struct tally_release *release,
    const char *form, const char *lang, struct copl_reporter *r,
    struct copl_xml **xml, struct copl_form **out)
{
	const struct copl_manifest_file *f =
	    form_file(release->manifest, form, lang);
	enum copl_status st;

	*xml = NULL;
	*out = NULL;
	if (f == NULL)
		return COPL_E_NOTFOUND;
	st = load_xml(release, f, r, xml);
	if (st == COPL_OK)
		st = copl_form_read_localized(*xml, r, out);
	if (st == COPL_OK)
		return st;
	copl_form_free(*out);
	copl_xml_free(*xml);
	*out = NULL;
	*xml = NULL;
	return st;
}

/* ---- questions of all releases ---- */

struct tally_form *tally_form_find(struct tally_forms *fs, const char *id)
{
	size_t i;

	for (i = 0; i < fs->nforms; i++)
		if (strcmp(fs->forms[i].id, id) == 0)
			return &fs->forms[i];
	return NULL;
}

static size_t counters_of(const struct tally_question *q)
{
	return q->nparts * (q->ncodes + 1);
}

/* The question of a newer release that asks the same, or a new one. */
static enum copl_status put_question(struct tally_form *form,
    const struct tally_question *q, size_t release, size_t *index)
{
	struct tally_question *grown;
	size_t i;

	for (i = 0; i < form->nquestions; i++)
		if (strcmp(form->questions[i].id, q->id) == 0 &&
		    strcmp(form->questions[i].shape, q->shape) == 0)
			break;
	if (i == form->nquestions) {
		grown = copl_grow(form->questions, form->nquestions,
		    &form->room, sizeof(*form->questions));
		if (grown == NULL)
			return COPL_E_NOMEM;
		form->questions = grown;
		grown[i] = *q;
		grown[i].at = form->ncounters;
		form->ncounters += counters_of(q);
		form->nquestions++;
	}
	form->questions[i].releases |= UINT64_C(1) << release;
	*index = i;
	return COPL_OK;
}

static enum copl_status put_section(struct tally_forms *fs,
    struct tally_form *form, struct tally_edition *e, const struct copl_form *f,
    const struct copl_section *s)
{
	enum copl_status st = COPL_OK;
	size_t i, index;

	for (i = 0; i < s->nitems && st == COPL_OK; i++) {
		struct tally_question q;

		if (s->items[i].kind == COPL_NOTE_ITEM)
			continue;
		if (!tally_question_make(fs->arena, f, s, &s->items[i], &q))
			return COPL_E_NOMEM;
		st = put_question(form, &q, e->release, &index);
		if (st == COPL_OK && !copl_map_put(&e->ids, q.id, index, NULL))
			st = COPL_E_NOMEM;
	}
	return st;
}

static enum copl_status put_edition(struct tally_forms *fs,
    struct tally_form *form, size_t release, const struct copl_form *f)
{
	struct tally_edition *e = &form->editions[form->neditions];
	enum copl_status st = COPL_OK;
	size_t i;

	*e = (struct tally_edition){.release = release,
	    .version = copl_arena_strdup(fs->arena, f->version)};
	form->neditions++;
	if (e->version == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < f->nsections && st == COPL_OK; i++)
		st = put_section(fs, form, e, f, &f->sections[i]);
	return st;
}

static enum copl_status need_form(
    struct tally_forms *fs, const char *id, struct tally_form **out)
{
	*out = tally_form_find(fs, id);
	if (*out != NULL)
		return COPL_OK;
	if (fs->nforms == TALLY_FORMS_MAX)
		return COPL_E_LIMIT;
	*out = &fs->forms[fs->nforms];
	**out = (struct tally_form){.id = copl_arena_strdup(fs->arena, id),
	    .editions = copl_arena_alloc(
		fs->arena, TALLY_RELEASES_MAX * sizeof(*(*out)->editions))};
	if ((*out)->id == NULL || (*out)->editions == NULL)
		return COPL_E_NOMEM;
	fs->nforms++;
	return COPL_OK;
}

static enum copl_status read_form(struct tally_forms *fs, size_t release,
    const char *id, struct copl_reporter *r)
{
	struct copl_form *f = NULL;
	struct copl_xml *xml = NULL;
	struct tally_form *form;
	enum copl_status st = need_form(fs, id, &form);

	if (st == COPL_OK && form->neditions > 0 &&
	    form->editions[form->neditions - 1].release == release)
		return COPL_OK;
	if (st == COPL_OK)
		st = tally_form_load(
		    &fs->releases[release], id, NULL, r, &xml, &f);
	if (st == COPL_OK)
		st = put_edition(fs, form, release, f);
	copl_form_free(f);
	copl_xml_free(xml);
	return st == COPL_E_NOTFOUND ? COPL_OK : st;
}

static enum copl_status read_forms_of(
    struct tally_forms *fs, size_t release, struct copl_reporter *r)
{
	const struct copl_manifest *m = fs->releases[release].manifest;
	const char *last = "";
	enum copl_status st = COPL_OK;
	size_t i;

	for (i = 0; i < m->nfiles && st == COPL_OK; i++) {
		const char *id = m->files[i].form;

		if (id == NULL || strcmp(id, last) == 0)
			continue;
		last = id;
		st = read_form(fs, release, id, r);
	}
	return st;
}

/* ---- folders ---- */

static enum copl_status add_release(
    struct tally_forms *fs, const char *dir, struct copl_reporter *r)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_MANIFEST_MAX);
	struct tally_release *to = &fs->releases[fs->nreleases];
	char *path = copl_path_join(fs->arena, dir, COPL_MANIFEST);
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	if (path != NULL)
		st = copl_file_read(path, COPL_MANIFEST_MAX, r, &bytes);
	if (st == COPL_OK && fs->nreleases == TALLY_RELEASES_MAX) {
		copl_report(r, COPL_ERROR, "tally-limit", at(dir),
		    _("this is one release more than the %d that can be "
		      "counted together"),
		    TALLY_RELEASES_MAX);
		st = COPL_E_LIMIT;
	}
	if (st == COPL_OK)
		st = copl_manifest_read(copl_strbuf_text(&bytes), bytes.len,
		    path, r, &to->manifest);
	copl_strbuf_clear(&bytes);
	if (st != COPL_OK)
		return st;
	to->version = to->manifest->version;
	to->dir = copl_arena_strdup(fs->arena, dir);
	/* The same one twice, as a link or a recipient's set. */
	for (i = 0; i < fs->nreleases; i++)
		if (fs->releases[i].version == to->version)
			break;
	if (i == fs->nreleases)
		fs->nreleases++;
	else
		copl_manifest_free(to->manifest);
	return to->dir == NULL ? COPL_E_NOMEM : COPL_OK;
}

static bool is_number(const char *name)
{
	return *name != '\0' && strspn(name, "0123456789") == strlen(name);
}

static enum copl_status add_folder(
    struct tally_forms *fs, const char *dir, struct copl_reporter *r)
{
	char *path = copl_path_join(fs->arena, dir, COPL_MANIFEST);
	const char **names;
	enum copl_status st;
	size_t n, i, before = fs->nreleases;

	if (path == NULL)
		return COPL_E_NOMEM;
	if (copl_path_exists(path))
		return add_release(fs, dir, r);
	st = copl_dir_list(dir, fs->arena, r, &names, &n);
	for (i = 0; i < n && st == COPL_OK; i++) {
		char *inner = copl_path_join(fs->arena, dir, names[i]);
		char *manifest = inner == NULL ? NULL
					       : copl_path_join(fs->arena,
						     inner, COPL_MANIFEST);

		if (manifest == NULL)
			st = COPL_E_NOMEM;
		else if (is_number(names[i]) && copl_path_exists(manifest))
			st = add_release(fs, inner, r);
	}
	if (st == COPL_OK && fs->nreleases == before) {
		copl_report(r, COPL_ERROR, "tally-release", at(dir),
		    _("there is no release in this folder: name one, an "
		      "installed set, or the folder of all releases"));
		st = COPL_E_INVALID;
	}
	return st;
}

static int newest_first(const void *a, const void *b)
{
	const struct tally_release *x = a, *y = b;

	return (x->version < y->version) - (x->version > y->version);
}

enum copl_status tally_forms_read(struct tally_forms *fs,
    const char *const *dirs, size_t n, struct copl_reporter *r)
{
	enum copl_status st = COPL_OK;
	size_t i;

	memset(fs, 0, sizeof(*fs));
	fs->arena = copl_arena_new();
	if (fs->arena == NULL)
		return COPL_E_NOMEM;
	for (i = 0; i < n && st == COPL_OK; i++)
		st = add_folder(fs, dirs[i], r);
	qsort(fs->releases, fs->nreleases, sizeof(*fs->releases), newest_first);
	for (i = 0; i < fs->nreleases && st == COPL_OK; i++)
		st = read_forms_of(fs, i, r);
	return st;
}

void tally_forms_clear(struct tally_forms *fs)
{
	size_t i, k;

	for (i = 0; i < fs->nforms; i++) {
		struct tally_form *f = &fs->forms[i];

		for (k = 0; k < f->neditions; k++)
			copl_map_free(&f->editions[k].ids);
		for (k = 0; k < f->ngroups; k++)
			free(f->groups[k].counts);
		free(f->groups);
		free(f->questions);
		free(f->seen);
		copl_map_free(&f->group_ids);
	}
	for (i = 0; i < fs->nreleases; i++)
		copl_manifest_free(fs->releases[i].manifest);
	copl_arena_free(fs->arena);
	memset(fs, 0, sizeof(*fs));
}
