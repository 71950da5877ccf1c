/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/i18n.h"
#include "work/pseudo.h"
#include "work/work.h"

static const struct {
	const char *name; /* of the catalog */
	const char *tag;
} languages[] = {
    [COPL_PSEUDO_ACCENTS] = {"en_XA", "en-XA"},
    [COPL_PSEUDO_ARABIC] = {"ar_XB", "ar-XB"},
};

bool copl_pseudo_language(const char *tag)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(languages); i++)
		if (strcmp(languages[i].tag, tag) == 0)
			return true;
	return false;
}

/* ---- one catalog ---- */

/* The number in "At most 40 characters." among the notes; 0: there is none. */
static unsigned room_of(const char *notes)
{
	static const char mark[] = "At most ";
	const char *p = notes == NULL ? NULL : strstr(notes, mark);
	unsigned n = 0;

	if (p == NULL)
		return 0;
	for (p += sizeof(mark) - 1; copl_is_digit(*p) && n < 1000000; p++)
		n = n * 10 + (unsigned)(*p - '0');
	return strncmp(p, " characters", 11) == 0 ? n : 0;
}

/* Formats with directives: all but those with braces. */
static bool has_directives(const struct copl_message *m)
{
	static const char *const formats[] = {"c-format", "python-format",
	    "objc-format", "sh-format", "perl-format", "php-format",
	    "lua-format", "qt-format", "boost-format", "gcc-internal-format"};
	size_t i;

	for (i = 0; i < COPL_COUNT(formats); i++)
		if (copl_message_has_flag(m, formats[i]))
			return true;
	return false;
}

/* Flags of the entry without "fuzzy", which a made text is not. */
static void put_other_flags(struct copl_strbuf *out, const char *flags)
{
	copl_strbuf_reset(out);
	while (*flags != '\0') {
		size_t n = strcspn(flags, ", \n");

		if (n > 0 && !(n == 5 && memcmp(flags, "fuzzy", 5) == 0)) {
			copl_strbuf_puts(out, out->len == 0 ? "" : ", ");
			copl_strbuf_add(out, flags, n);
		}
		flags += n + (flags[n] != '\0');
	}
}

struct pseudo {
	struct copl_arena *a;
	enum copl_pseudo_kind kind;
	struct copl_plural plural;
	struct copl_strbuf flags; /* of one message */
	struct copl_strbuf text; /* of one form */
	struct copl_strbuf *out;
};

/* Form k: of one number the singular serves, unless that says "one day". */
static const char *made_of(
    struct pseudo *p, const struct copl_message *m, unsigned k)
{
	unsigned form = 0;

	if (m->plural == NULL)
		return m->id;
	if (copl_plural_form(&p->plural, 1, &form) && form == k)
		return m->id;
	return m->plural;
}

static enum copl_status put_message(
    struct pseudo *p, const struct copl_message *m)
{
	const struct copl_pseudo_how how = {
	    p->kind, has_directives(m), room_of(m->extracted)};
	struct copl_entry e = {.extracted = m->extracted,
	    .ref = m->refs,
	    .ctxt = m->ctxt,
	    .id = m->id,
	    .plural = m->plural};
	const char *forms[COPL_PLURALS_MAX];
	unsigned n = m->plural == NULL ? 1 : p->plural.n, k;

	if (m->flags != NULL) {
		put_other_flags(&p->flags, m->flags);
		e.flags = p->flags.len == 0 ? NULL : p->flags.s;
	}
	for (k = 0; k < n; k++) {
		copl_strbuf_reset(&p->text);
		copl_pseudo_text(&how, made_of(p, m, k), &p->text);
		if (p->text.st != COPL_OK)
			return p->text.st;
		forms[k] = copl_arena_strdup(p->a, copl_strbuf_text(&p->text));
		if (forms[k] == NULL)
			return COPL_E_NOMEM;
	}
	copl_po_put_forms(p->out, m->comment, &e, forms, n);
	return p->flags.st != COPL_OK ? p->flags.st : p->out->st;
}

enum copl_status copl_pseudo_catalog(const struct copl_catalog *template,
    enum copl_pseudo_kind kind, const char *created, struct copl_strbuf *out)
{
	const char *name = languages[kind].name;
	struct copl_po_header h = {.language = name,
	    .project = copl_catalog_field(template, "Project-Id-Version", NULL),
	    .created = created,
	    .comment = "Made by cop-l10n pseudo for looking at pages: not a "
		       "translation."};
	struct pseudo p = {.kind = kind,
	    .out = out,
	    .flags = {.max = COPL_CATALOG_MAX},
	    .text = {.max = COPL_CATALOG_MAX}};
	enum copl_status st = COPL_E_NOMEM;
	unsigned nplurals;
	size_t i;

	h.plural_forms = copl_plural_forms(name, &nplurals);
	p.a = copl_arena_new();
	if (p.a == NULL)
		goto out;
	if (!copl_plural_of(name, &p.plural)) {
		st = COPL_E_BUG;
		goto out;
	}
	copl_po_put_header(out, &h);
	st = out->st;
	for (i = 0; i < template->nmessages && st == COPL_OK; i++)
		if (!template->messages[i].obsolete)
			st = put_message(&p, &template->messages[i]);
out:
	copl_strbuf_clear(&p.flags);
	copl_strbuf_clear(&p.text);
	copl_arena_free(p.a);
	return st;
}

/* ---- files ---- */

struct made {
	const char *path;
	enum copl_pseudo_kind kind;
	size_t messages;
	struct copl_strbuf bytes;
};
/* All files; none is written before every one is there. */
struct job {
	const struct copl_pseudo_options *o;
	struct copl_reporter *r;
	struct copl_arena *a;
	char created[COPL_CREATED_SIZE];
	struct made *list;
	size_t n;
	size_t room;
};

static size_t count_live(const struct copl_catalog *c)
{
	size_t n = 0, i;

	for (i = 0; i < c->nmessages; i++)
		n += !c->messages[i].obsolete;
	return n;
}

/* folder NULL: straight into the folder for the output. */
static enum copl_status make(struct job *j, const struct copl_catalog *c,
    const char *folder, enum copl_pseudo_kind kind)
{
	struct made *list = copl_grow(j->list, j->n, &j->room, sizeof(*list));
	struct made *m;

	if (list == NULL)
		return COPL_E_NOMEM;
	j->list = list;
	m = &list[j->n++];
	*m = (struct made){.kind = kind, .messages = count_live(c)};
	m->bytes.max = COPL_CATALOG_MAX;
	m->path = copl_arena_printf(j->a, "%s/%s%s%s.po", j->o->output,
	    folder == NULL ? "" : folder, folder == NULL ? "" : "/",
	    languages[kind].name);
	if (m->path == NULL)
		return COPL_E_NOMEM;
	return copl_pseudo_catalog(c, kind, j->created, &m->bytes);
}

static enum copl_status make_all(
    struct job *j, const struct copl_catalog *c, const char *folder)
{
	enum copl_status st = COPL_OK;

	if (!j->o->no_accents)
		st = make(j, c, folder, COPL_PSEUDO_ACCENTS);
	if (st == COPL_OK && !j->o->no_arabic)
		st = make(j, c, folder, COPL_PSEUDO_ARABIC);
	return st;
}

/* From the template that the texts of a document make. */
static enum copl_status of_units(struct job *j, const struct copl_units *u,
    const char *ref, const char *folder)
{
	struct copl_strbuf pot = COPL_STRBUF_INIT(COPL_CATALOG_MAX);
	struct copl_catalog *c = NULL;
	enum copl_status st = copl_units_template(u, ref, NULL, &pot);

	if (st == COPL_OK)
		st = copl_catalog_read(pot.s, pot.len, ref, j->r, &c);
	if (st == COPL_OK)
		st = make_all(j, c, folder);
	copl_catalog_free(c);
	copl_strbuf_clear(&pot);
	return st;
}

static enum copl_status of_document(struct job *j, const char *path)
{
	const struct copl_l10n_options how = {.its = j->o->its};
	struct copl_units *u = NULL;
	struct copl_xml *x = NULL;
	enum copl_status st = copl_units_load(path, &how, j->r, &x, &u);

	if (st == COPL_OK)
		st = of_units(j, u, copl_path_name(path), NULL);
	copl_units_free(u);
	copl_xml_free(x);
	return st;
}

static enum copl_status of_catalog(struct job *j, const char *path)
{
	struct copl_catalog *c = NULL;
	enum copl_status st = copl_catalog_load(path, j->r, &c);

	if (st == COPL_OK)
		st = make_all(j, c, NULL);
	copl_catalog_free(c);
	return st;
}

/* Forms, interface and the project's own texts, each in a folder. */
static enum copl_status of_project(struct job *j)
{
	struct copl_workspace *w = NULL;
	enum copl_status st = copl_workspace_load(
	    ".", &(struct copl_workspace_load){.lint = false}, j->r, &w);
	size_t i;

	for (i = 0; st == COPL_OK && i < w->nmasters; i++)
		st = of_units(j, w->masters[i].units, w->masters[i].src,
		    w->masters[i].id);
	copl_workspace_free(w);
	return st;
}

static enum copl_status write_made(struct job *j, const struct made *m)
{
	char messages[24];
	const struct copl_field fields[] = {{"file", m->path},
	    {"language", languages[m->kind].tag}, {"messages", messages}};
	size_t len = (size_t)(strrchr(m->path, '/') - m->path);
	char *dir = copl_arena_strndup(j->a, m->path, len);
	enum copl_status st =
	    dir == NULL ? COPL_E_NOMEM : copl_dir_make(dir, j->r);

	if (st == COPL_OK)
		st = copl_file_replace(m->path, copl_strbuf_text(&m->bytes),
		    m->bytes.len, 0666, j->r, NULL);
	if (st != COPL_OK)
		return st;
	snprintf(messages, sizeof(messages), "%zu", m->messages);
	copl_tell(j->r, "pseudo", fields, COPL_COUNT(fields),
	    P_("%s: %zu message", "%s: %zu messages", m->messages), m->path,
	    m->messages);
	return COPL_OK;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

enum copl_status copl_pseudo(const char *path,
    const struct copl_pseudo_options *options, const struct copl_sink *sink)
{
	struct copl_reporter r;
	struct job j = {.o = options, .r = &r};
	enum copl_status st = COPL_E_NOMEM;
	size_t i;

	copl_reporter_init(&r, sink);
	copl_heading_created(options->now, j.created);
	j.a = copl_arena_new();
	if (j.a != NULL && path == NULL)
		st = of_project(&j);
	else if (j.a != NULL &&
		 (ends_with(path, ".po") || ends_with(path, ".pot")))
		st = of_catalog(&j, path);
	else if (j.a != NULL)
		st = of_document(&j, path);
	for (i = 0; st == COPL_OK && i < j.n; i++)
		st = write_made(&j, &j.list[i]);
	for (i = 0; i < j.n; i++)
		copl_strbuf_clear(&j.list[i].bytes);
	free(j.list);
	copl_arena_free(j.a);
	return copl_reporter_end(&r, st);
}
