/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "bundle/content.h"
#include "bundle/install.h"
#include "serve/collect.h"

/* So many missing files are named in an answer. */
#define MISSING_SHOWN 100

/* The set as it would be: what waits, over what is in place. */
struct overlay {
	char *staging;
	char *current;
	const struct copl_strbuf *manifest;
	bool sealed; /* a signature waits, so none in place counts */
};

/* Keeps the first error, for the answer, and hands everything on. */
struct listening {
	const struct copl_sink *sink;
	char code[64];
	char text[1024];
};

static void on_diag(void *arg, const struct copl_diag *d)
{
	struct listening *l = arg;

	if (l->code[0] == '\0' && d->severity == COPL_ERROR) {
		snprintf(l->code, sizeof(l->code), "%s", d->code);
		snprintf(l->text, sizeof(l->text), "%s", d->text);
		l->text[copl_utf8_valid(l->text, strlen(l->text))] = '\0';
	}
	if (l->sink != NULL && l->sink->diag != NULL)
		l->sink->diag(l->sink->arg, d);
}

static void on_event(void *arg, const struct copl_event *e)
{
	struct listening *l = arg;

	if (l->sink != NULL && l->sink->event != NULL)
		l->sink->event(l->sink->arg, e);
}

static enum copl_status read_overlay(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	const struct overlay *o = arg;

	copl_strbuf_reset(out);
	out->max = max;
	if (strcmp(path, COPL_MANIFEST) == 0) {
		copl_strbuf_add(
		    out, copl_strbuf_text(o->manifest), o->manifest->len);
		return out->st;
	}
	if (!o->sealed && (strcmp(path, COPL_MANIFEST_SIG) == 0 ||
			      strcmp(path, COPL_MANIFEST_SIG2) == 0))
		return copl_read_dir(o->current, path, max, r, out);
	return copl_read_dir(o->staging, path, max, r, out);
}

struct taking {
	struct serving *s;
	struct copl_reporter *r;
	struct copl_arena *arena;
	struct overlay overlay;
	struct copl_trust trust;
	struct copl_manifest *manifest;
	size_t missing;
	struct copl_strbuf names; /* of missing files, as a JSON member */
};

static bool is_in(const char *folder, const struct copl_manifest_file *f,
    struct copl_strbuf *bytes)
{
	struct copl_reporter quiet;
	char *dir = strdup(folder);
	enum copl_status st;

	if (dir == NULL)
		return false;
	copl_reporter_init(&quiet, NULL);
	st = copl_read_dir(dir, f->path, COPL_RELEASE_FILE_MAX, &quiet, bytes);
	free(dir);
	return st == COPL_OK &&
	       copl_verify_file(f, NULL, copl_strbuf_text(bytes), bytes->len,
		   &quiet) == COPL_OK;
}

/* All that is missing, and all that readers could not use. */
static enum copl_status look_for_files(struct taking *t)
{
	struct copl_strbuf bytes = COPL_STRBUF_INIT(COPL_RELEASE_FILE_MAX);
	enum copl_status st = COPL_OK, bad;
	size_t i;

	copl_strbuf_puts(&t->names, "\"missing\":[");
	for (i = 0; i < t->manifest->nfiles; i++) {
		const struct copl_manifest_file *f = &t->manifest->files[i];

		if (is_in(t->overlay.staging, f, &bytes) ||
		    is_in(t->overlay.current, f, &bytes)) {
			bad = copl_content_check(
			    f, copl_strbuf_text(&bytes), bytes.len, t->r);
			st = bad == COPL_OK ? st : bad;
			continue;
		}
		if (t->missing++ >= MISSING_SHOWN)
			continue;
		if (t->missing > 1)
			copl_strbuf_puts(&t->names, ",");
		copl_json_put_string(&t->names, f->path);
	}
	copl_strbuf_puts(&t->names, "]");
	copl_strbuf_clear(&bytes);
	return st == COPL_OK ? t->names.st : st;
}

static enum copl_status verify(struct taking *t)
{
	struct serving *s = t->s;
	struct copl_verify how = {.now = serve_now(s),
	    .read = read_overlay,
	    .read_arg = &t->overlay,
	    .where = s->o->dir,
	    .draft = true, /* told when it is in place */
	    .published =
		s->shelf->manifest != NULL && !s->shelf->manifest->draft};
	enum copl_status st = COPL_OK;

	t->trust = s->trust;
	if (s->choose)
		st = copl_trust_choose(
		    &how, NULL, s->o->fingerprint, &t->trust, t->r);
	if (st == COPL_OK)
		st = copl_verify_manifest(&how, &t->trust, t->r, &t->manifest);
	if (st == COPL_OK)
		st = look_for_files(t);
	return st;
}

static void tell_installed(struct taking *t)
{
	const struct copl_manifest *m = t->manifest;
	char version[24], files[24];
	const struct copl_field fields[] = {{"version", version},
	    {"sha256", t->s->shelf->sha256}, {"files", files},
	    {"recipient", m->recipient == NULL ? "" : m->recipient},
	    {"path", t->s->current}, {"draft", m->draft ? "yes" : "no"}};

	snprintf(version, sizeof(version), "%" PRIu64, m->version);
	snprintf(files, sizeof(files), "%zu", m->nfiles);
	copl_tell(t->r, "installed", fields, COPL_COUNT(fields),
	    _("release %s is in place: %s files"), version, files);
}

static enum copl_status install(struct taking *t)
{
	struct serving *s = t->s;
	const struct copl_install in = {.dir = s->o->dir,
	    .manifest = t->manifest,
	    .trust = &t->trust,
	    .read = read_overlay,
	    .read_arg = &t->overlay,
	    .where = s->o->dir};
	struct copl_trust before = s->trust;
	enum copl_status st = copl_install(&in, t->r, NULL);
	struct shelf *shelf = NULL;
	bool in_place;

	if (st != COPL_OK)
		return st;
	s->trust = t->trust;
	s->choose = false;
	st = serve_load(s, t->r, &shelf);
	if (st == COPL_OK) {
		in_place = shelf->manifest != NULL;
		serve_show(s, shelf);
		if (!in_place)
			st = COPL_E_IO;
	}
	if (st == COPL_OK)
		st = stage_clear(s, t->r);
	if (st == COPL_OK) {
		serve_tell_pinned(s, &before, t->r);
		tell_installed(t);
		collect_tell(s, t->r);
	}
	return st;
}

static void put_receipt(
    const struct serving *s, unsigned status, struct answer *out)
{
	const struct copl_manifest *m = s->shelf->manifest;

	out->status = status;
	out->type = "application/json";
	copl_strbuf_printf(&out->body,
	    "{\"version\":%" PRIu64 ",\"sha256\":\"%s\"}\n",
	    m == NULL ? 0 : m->version, s->shelf->sha256);
}

static void tell_refused(
    const struct serving *s, unsigned status, const char *reason)
{
	char number[16];
	const struct copl_field fields[] = {
	    {"status", number}, {"reason", reason}};
	struct copl_reporter r;

	copl_reporter_init(&r, s->sink);
	snprintf(number, sizeof(number), "%u", status);
	copl_tell(&r, "refused", fields, COPL_COUNT(fields),
	    _("a release was refused (%s); the set in place stays"), reason);
}

static unsigned status_for(enum copl_status st)
{
	switch (st) {
	case COPL_E_TRUST:
		return 403;
	case COPL_E_NOMEM:
		return 503;
	case COPL_E_IO:
		return 507;
	case COPL_OK:
	case COPL_E_INVALID:
	case COPL_E_PARSE:
	case COPL_E_NOTFOUND:
	case COPL_E_LIMIT:
	case COPL_E_INCOMPLETE:
	case COPL_E_REFUSED:
	case COPL_E_LOCKED:
	case COPL_E_BUG:
		break;
	}
	return 422;
}

/* Signatures that did not fit must not wait for the next manifest. */
static void drop_signatures(struct taking *t)
{
	static const char *const names[] = {
	    COPL_MANIFEST_SIG, COPL_MANIFEST_SIG2};
	struct copl_reporter quiet;
	size_t i;

	copl_reporter_init(&quiet, NULL);
	for (i = 0; i < COPL_COUNT(names); i++) {
		const char *full =
		    copl_path_join(t->arena, t->overlay.staging, names[i]);

		if (full != NULL && copl_path_exists(full) &&
		    copl_dir_remove(full, &quiet) == COPL_OK &&
		    t->s->staged > 0)
			t->s->staged--;
	}
}

static enum copl_status prepare(struct taking *t)
{
	const char *sig;

	t->arena = copl_arena_new();
	if (t->arena == NULL)
		return COPL_E_NOMEM;
	t->overlay.staging = copl_arena_strdup(t->arena, t->s->staging);
	t->overlay.current = copl_arena_strdup(t->arena, t->s->current);
	sig = copl_path_join(t->arena, t->s->staging, COPL_MANIFEST_SIG);
	if (t->overlay.staging == NULL || t->overlay.current == NULL ||
	    sig == NULL)
		return COPL_E_NOMEM;
	t->overlay.sealed = copl_path_exists(sig);
	return COPL_OK;
}

static void refuse(struct taking *t, enum copl_status st,
    const struct listening *heard, struct answer *out)
{
	unsigned status = st == COPL_OK ? 409 : status_for(st);

	if (status == 409) {
		answer_problem(out, status,
		    _("files that the manifest names are not here"),
		    copl_strbuf_text(&t->names));
		tell_refused(t->s, status, "set-incomplete");
		return;
	}
	answer_problem(out, status,
	    heard->text[0] == '\0' ? _("it could not be put in place")
				   : heard->text,
	    NULL);
	if (st == COPL_E_TRUST)
		drop_signatures(t);
	tell_refused(t->s, status,
	    heard->code[0] == '\0' ? "not-installed" : heard->code);
}

static bool is_in_place(const struct serving *s, const struct copl_strbuf *body)
{
	char digest[COPL_SHA256_HEX];

	copl_sha256_hex(copl_strbuf_text(body), body->len, digest);
	return s->shelf->manifest != NULL &&
	       strcmp(digest, s->shelf->sha256) == 0;
}

static void take(
    struct serving *s, const struct copl_strbuf *body, struct answer *out)
{
	struct listening heard = {.sink = s->sink};
	const struct copl_sink sink = {on_diag, on_event, &heard};
	struct copl_reporter r;
	struct taking t = {.s = s,
	    .r = &r,
	    .overlay = {.manifest = body},
	    .names = COPL_STRBUF_INIT((size_t)65536)};
	enum copl_status st;

	copl_reporter_init(&r, &sink);
	st = prepare(&t);
	if (st == COPL_OK)
		st = verify(&t);
	if (st == COPL_OK && t.missing == 0)
		st = install(&t);
	st = copl_reporter_end(&r, st);
	if (st == COPL_OK && t.missing == 0)
		put_receipt(s, 201, out);
	else
		refuse(&t, st, &heard, out);
	copl_manifest_free(t.manifest);
	copl_strbuf_clear(&t.names);
	copl_arena_free(t.arena);
}

/* What was sent a second time, because its answer was lost, is a success
 * whatever it was to take the place of. */
void take_manifest(struct serving *s, const struct copl_gate_pass *pass,
    const struct copl_strbuf *body, struct answer *out)
{
	const char *there;

	pthread_mutex_lock(&s->publish);
	there = s->shelf->manifest == NULL ? NULL : s->shelf->sha256;
	if (is_in_place(s, body))
		put_receipt(s, 200, out);
	else if (!copl_gate_match(pass, there))
		answer_problem(out, 412,
		    _("another release is in place than the request says: "
		      "look at it, and decide again"),
		    NULL);
	else
		take(s, body, out);
	if (out->status < 300)
		answer_receipt(out, body);
	pthread_mutex_unlock(&s->publish);
}
