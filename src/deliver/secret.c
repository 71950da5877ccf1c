/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/i18n.h"
#include "deliver/access.h"
#include "net/secret.h"

#define COMMAND_MS 30000

struct secret {
	char *text; /* NULL: it could not be had */
	size_t len;
};

struct copl_secrets {
	struct copl_arena *arena; /* names of places */
	struct copl_map places; /* "kind value", to its last secret */
	size_t *last;
	size_t nplaces, places_room;
	/* Those that were replaced stay: somebody may still use them. */
	struct secret *list;
	size_t n, room;
	struct copl_secret_text text; /* zeroed after each use */
};

enum copl_status copl_secrets_new(struct copl_secrets **out)
{
	struct copl_secrets *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return COPL_E_NOMEM;
	s->arena = copl_arena_new();
	if (s->arena == NULL) {
		free(s);
		return COPL_E_NOMEM;
	}
	*out = s;
	return COPL_OK;
}

void copl_secrets_free(struct copl_secrets *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->n; i++) {
		if (s->list[i].text != NULL)
			explicit_bzero(s->list[i].text, s->list[i].len);
		free(s->list[i].text);
	}
	free(s->list);
	free(s->last);
	copl_map_free(&s->places);
	copl_arena_free(s->arena);
	explicit_bzero(&s->text, sizeof(s->text));
	free(s);
}

const char *copl_secrets_part(
    struct copl_secrets *s, const char *text, size_t len)
{
	return copl_arena_strndup(s->arena, text, len);
}

/* ---- where it is ---- */

struct asking {
	struct copl_secrets *s;
	const struct copl_secret_ref *ref;
	struct copl_reporter *r;
};

static bool read_fd(struct asking *q)
{
	uint64_t fd = 0;

	if (copl_number_parse(q->ref->value, 255, &fd) &&
	    copl_secret_read_fd((int)fd, &q->s->text))
		return true;
	copl_secret_missing("fd:", q->ref->value, errno, q->ref->at, q->r);
	return false;
}

static void command_failed(
    const struct asking *q, enum copl_spawn_end end, int status, int error)
{
	char text[300];

	switch (end) {
	case COPL_SPAWN_NOT_STARTED:
		snprintf(text, sizeof(text), _("it cannot be started: %s"),
		    strerror(error));
		break;
	case COPL_SPAWN_FAILED:
		snprintf(text, sizeof(text),
		    _("it ended with status %d; run it by hand to see why"),
		    status);
		break;
	case COPL_SPAWN_TOO_LONG:
		snprintf(text, sizeof(text), _("it prints more than %d bytes"),
		    COPL_SECRET_MAX);
		break;
	case COPL_SPAWN_TOO_SLOW:
	case COPL_SPAWN_DONE:
		snprintf(text, sizeof(text),
		    _("it did not end within %d seconds"), COMMAND_MS / 1000);
		break;
	}
	copl_report(q->r, COPL_ERROR, "secret-command", q->ref->at,
	    _("the command for the secret failed: %s"), text);
}

static bool run_command(struct asking *q)
{
	bool nomem = false;
	char **argv = copl_argv_split(q->s->arena, q->ref->value, &nomem);
	enum copl_spawn_end end;
	int status, error;

	if (nomem)
		q->r->nomem = true;
	else if (argv == NULL)
		copl_report(q->r, COPL_ERROR, "secret-command", q->ref->at,
		    _("the command for the secret is no program with up to 63 "
		      "arguments: look for a quote that does not end"));
	if (argv == NULL)
		return false;
	end = copl_spawn_read(argv, COMMAND_MS, q->s->text.raw,
	    sizeof(q->s->text.raw), &q->s->text.len, &status);
	error = errno;
	if (end != COPL_SPAWN_DONE)
		command_failed(q, end, status, error);
	return end == COPL_SPAWN_DONE;
}

/* ---- what it is ---- */

static enum copl_status keep(struct asking *q, struct secret *out)
{
	struct copl_secret_text *text = &q->s->text;
	char *copy;

	if (!copl_secret_check(text, q->ref->at, q->r))
		return COPL_OK;
	copy = malloc(text->len + 1);
	if (copy == NULL)
		return COPL_E_NOMEM;
	memcpy(copy, text->raw, text->len);
	copy[text->len] = '\0';
	out->text = copy;
	out->len = text->len;
	return COPL_OK;
}

/* A secret that could not be had is COPL_OK too, without text. */
static enum copl_status ask(struct asking *q, struct secret *out)
{
	enum copl_status st = COPL_OK;
	bool ok = false;

	switch (q->ref->kind) {
	case COPL_SECRET_FILE:
		ok = copl_secret_read_file(q->ref->value, false, q->ref->at,
			 q->r, &q->s->text) == COPL_OK;
		break;
	case COPL_SECRET_FD:
		ok = read_fd(q);
		break;
	case COPL_SECRET_COMMAND:
		ok = run_command(q);
		break;
	case COPL_SECRET_NONE:
		break;
	}
	if (ok)
		st = keep(q, out);
	explicit_bzero(&q->s->text, sizeof(q->s->text));
	return q->r->nomem ? COPL_E_NOMEM : st;
}

/* ---- what was asked already ---- */

static enum copl_status place_of(
    struct copl_secrets *s, const struct copl_secret_ref *ref, size_t *out)
{
	const char *key =
	    copl_arena_printf(s->arena, "%d %s", (int)ref->kind, ref->value);
	size_t *last;

	if (key == NULL || !copl_map_put(&s->places, key, s->nplaces, out))
		return COPL_E_NOMEM;
	if (*out < s->nplaces)
		return COPL_OK;
	last = copl_grow(s->last, s->nplaces, &s->places_room, sizeof(*last));
	if (last == NULL)
		return COPL_E_NOMEM;
	s->last = last;
	s->last[s->nplaces++] = SIZE_MAX;
	return COPL_OK;
}

enum copl_status copl_secret_ask(struct copl_secrets *s,
    const struct copl_secret_ref *ref, bool anew, struct copl_reporter *r,
    const char **out)
{
	struct asking q = {.s = s, .ref = ref, .r = r};
	struct secret *list;
	size_t place = 0;
	enum copl_status st = place_of(s, ref, &place);

	*out = NULL;
	if (st != COPL_OK)
		return st;
	if (s->last[place] == SIZE_MAX ||
	    (anew && ref->kind != COPL_SECRET_FD)) {
		list = copl_grow(s->list, s->n, &s->room, sizeof(*list));
		if (list == NULL)
			return COPL_E_NOMEM;
		s->list = list;
		memset(&list[s->n++], 0, sizeof(*list));
		st = ask(&q, &list[s->n - 1]);
		if (st != COPL_OK)
			return st;
		s->last[place] = s->n - 1;
	}
	*out = s->list[s->last[place]].text;
	return *out == NULL ? COPL_E_INVALID : COPL_OK;
}
