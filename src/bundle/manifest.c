/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <string.h>
#include "bundle/manifest_priv.h"

static int by_path(const void *a, const void *b)
{
	const struct copl_manifest_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

void copl_manifest_sort(struct copl_manifest *m)
{
	if (m->nfiles > 0)
		qsort(m->files, m->nfiles, sizeof(*m->files), by_path);
}

const struct copl_manifest_file *copl_manifest_find(
    const struct copl_manifest *m, const char *path)
{
	const struct copl_manifest_file key = {.path = path};

	if (m->nfiles == 0)
		return NULL;
	return bsearch(&key, m->files, m->nfiles, sizeof(*m->files), by_path);
}

void copl_manifest_free(struct copl_manifest *m)
{
	if (m == NULL)
		return;
	copl_arena_free(m->arena);
	free(m);
}

static void put_number(
    struct copl_strbuf *out, const char *name, uint64_t value)
{
	copl_strbuf_printf(out, " %s=\"%" PRIu64 "\"", name, value);
}

static void put_instant(
    struct copl_strbuf *out, const char *name, int64_t seconds)
{
	char text[COPL_INSTANT_SIZE];

	copl_instant_format(seconds, text);
	copl_xml_put_named(out, name, text);
}

static void put_file(
    struct copl_strbuf *out, const struct copl_manifest_file *f)
{
	copl_strbuf_puts(out, "  <file");
	copl_xml_put_named(out, "path", f->path);
	copl_xml_put_named(out, "form", f->form);
	copl_xml_put_named(out, "lang", f->lang);
	copl_xml_put_named(out, "recipient", f->recipient);
	copl_xml_put_named(out, "type", f->type);
	put_number(out, "length", f->length);
	copl_xml_put_named(out, "sha256", f->sha256);
	copl_strbuf_puts(out, "/>\n");
}

static void put_without(
    struct copl_strbuf *out, const struct copl_manifest_without *w)
{
	copl_strbuf_puts(out, "  <without");
	copl_xml_put_named(out, "lang", w->lang);
	copl_xml_put_named(out, "reason", w->reason);
	copl_strbuf_puts(out, "/>\n");
}

static void put_fallback(
    struct copl_strbuf *out, const struct copl_manifest_fallback *f)
{
	copl_strbuf_puts(out, "  <fallback");
	copl_xml_put_named(out, "form", f->form);
	copl_xml_put_named(out, "lang", f->lang);
	put_number(out, "texts", f->texts);
	copl_strbuf_puts(out, "/>\n");
}

enum copl_status copl_manifest_write(
    const struct copl_manifest *m, struct copl_strbuf *out)
{
	size_t i;

	if (m->nfiles > COPL_RELEASE_FILES_MAX)
		return COPL_E_LIMIT;
	for (i = 1; i < m->nfiles; i++)
		if (by_path(&m->files[i - 1], &m->files[i]) >= 0)
			return COPL_E_BUG;
	copl_strbuf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<manifest xmlns=\"" MANIFEST_NS "\"");
	put_number(out, "version", m->version);
	copl_xml_put_named(out, "project", m->project);
	copl_xml_put_named(out, "recipient", m->recipient);
	put_instant(out, "created", m->created);
	put_instant(out, "expires", m->expires);
	copl_xml_put_named(out, "draft", m->draft ? "yes" : NULL);
	copl_strbuf_puts(out, ">\n");
	for (i = 0; i < m->nkeys; i++) {
		copl_strbuf_puts(out, "  <key");
		copl_xml_put_named(out, "public", m->keys[i]);
		copl_strbuf_puts(out, "/>\n");
	}
	for (i = 0; i < m->nwithout; i++)
		put_without(out, &m->without[i]);
	for (i = 0; i < m->nfallback; i++)
		put_fallback(out, &m->fallback[i]);
	for (i = 0; i < m->nfiles; i++)
		put_file(out, &m->files[i]);
	copl_strbuf_puts(out, "</manifest>\n");
	return out->st;
}

enum copl_status copl_manifest_sums(
    const struct copl_manifest *m, struct copl_strbuf *out)
{
	size_t i;

	for (i = 0; i < m->nfiles; i++)
		copl_strbuf_printf(
		    out, "%s  %s\n", m->files[i].sha256, m->files[i].path);
	return out->st;
}

void copl_manifest_comment(
    const struct copl_manifest *m, struct copl_strbuf *out)
{
	char created[COPL_INSTANT_SIZE], expires[COPL_INSTANT_SIZE];

	copl_instant_format(m->created, created);
	copl_instant_format(m->expires, expires);
	copl_strbuf_printf(out, "cop-l10n release %" PRIu64 " project %s",
	    m->version, m->project);
	if (m->recipient != NULL)
		copl_strbuf_printf(out, " recipient %s", m->recipient);
	copl_strbuf_printf(out, " created %s expires %s", created, expires);
	if (m->draft)
		copl_strbuf_puts(out, " draft");
}
