/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/i18n.h"
#include "deliver/access.h"

#define COMMAND_MS 30000
#define FD_MS 10000
/* Nobody but the owner writes it, and beyond the group nobody reads it. */
#define MODE_TOO_OPEN (S_IWGRP | S_IRWXO)

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
	char raw[COPL_SECRET_MAX + 1]; /* zeroed after each use */
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
	explicit_bzero(s->raw, sizeof(s->raw));
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
	size_t len; /* bytes in s->raw */
};

static void missing(const struct asking *q, int error)
{
	copl_report(q->r, COPL_ERROR, "secret-missing", q->ref->at,
	    _("the secret cannot be read from %s%s: %s"),
	    q->ref->kind == COPL_SECRET_FD ? "fd:" : "", q->ref->value,
	    strerror(error));
}

static bool is_closed_file(const struct asking *q, int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0) {
		missing(q, errno);
		return false;
	}
	if (!S_ISREG(st.st_mode)) {
		copl_report(q->r, COPL_ERROR, "secret-missing", q->ref->at,
		    _("%s is no file that could hold a secret"), q->ref->value);
		return false;
	}
	if ((st.st_mode & MODE_TOO_OPEN) == 0)
		return true;
	copl_report(q->r, COPL_ERROR, "secret-readable", q->ref->at,
	    _("others can read or change the secret in %s: take that right "
	      "away, as with chmod 600, and think about a new secret"),
	    q->ref->value);
	return false;
}

/* To its end, at most one byte more than allowed; false leaves errno. */
static bool read_to_end(struct asking *q, int fd)
{
	uint64_t until = copl_net_clock_ms() + FD_MS;

	while (q->len < sizeof(q->s->raw)) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		uint64_t now = copl_net_clock_ms();
		ssize_t n;

		errno = ETIMEDOUT;
		if (now >= until)
			return false;
		if (poll(&p, 1, (int)(until - now)) < 0 && errno != EINTR)
			return false;
		if (p.revents == 0)
			continue;
		errno = EBADF;
		if ((p.revents & POLLNVAL) != 0)
			return false;
		n = read(fd, q->s->raw + q->len, sizeof(q->s->raw) - q->len);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (n == 0)
			break;
		if (n > 0)
			q->len += (size_t)n;
	}
	return true;
}

static bool read_file(struct asking *q)
{
	int fd =
	    open(q->ref->value, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	bool ok;

	if (fd < 0) {
		missing(q, errno);
		return false;
	}
	ok = is_closed_file(q, fd);
	if (ok && !read_to_end(q, fd)) {
		missing(q, errno);
		ok = false;
	}
	close(fd);
	return ok;
}

static bool read_fd(struct asking *q)
{
	uint64_t fd = 0;

	if (copl_number_parse(q->ref->value, 255, &fd) &&
	    read_to_end(q, (int)fd))
		return true;
	missing(q, errno);
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
	end = copl_spawn_read(
	    argv, COMMAND_MS, q->s->raw, sizeof(q->s->raw), &q->len, &status);
	error = errno;
	if (end != COPL_SPAWN_DONE)
		command_failed(q, end, status, error);
	return end == COPL_SPAWN_DONE;
}

/* ---- what it is ---- */

/* Without its last line ends; what is wrong with it, or NULL. */
static const char *fault_of(struct asking *q)
{
	const char *s = q->s->raw;
	size_t i;

	if (q->len > COPL_SECRET_MAX)
		return _("the secret is longer than 16384 bytes: this is the "
			 "wrong file or command");
	while (q->len > 0 && (s[q->len - 1] == '\n' || s[q->len - 1] == '\r'))
		q->len--;
	if (q->len == 0)
		return _("there is no secret: the file or output is empty");
	for (i = 0; i < q->len; i++)
		if (((unsigned char)s[i] < ' ' && s[i] != '\n') || s[i] == 0x7f)
			return _("the secret has control characters in it, "
				 "which cannot be sent: write it anew, as "
				 "plain text");
	return NULL;
}

static enum copl_status keep(struct asking *q, struct secret *out)
{
	const char *fault = fault_of(q);

	if (fault != NULL) {
		copl_report(
		    q->r, COPL_ERROR, "secret-shape", q->ref->at, "%s", fault);
		return COPL_OK;
	}
	out->text = malloc(q->len + 1);
	if (out->text == NULL)
		return COPL_E_NOMEM;
	memcpy(out->text, q->s->raw, q->len);
	out->text[q->len] = '\0';
	out->len = q->len;
	return COPL_OK;
}

/* A secret that could not be had is COPL_OK too, without text. */
static enum copl_status ask(struct asking *q, struct secret *out)
{
	enum copl_status st = COPL_OK;
	bool ok = false;

	switch (q->ref->kind) {
	case COPL_SECRET_FILE:
		ok = read_file(q);
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
	explicit_bzero(q->s->raw, sizeof(q->s->raw));
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
