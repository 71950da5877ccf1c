/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_ACCESS_H
#define COPL_ACCESS_H

#include "net/net.h"
#include "project/project.h"

/*
 * The secrets of one run.  Each place is asked once, however many endpoints
 * name it, and what it gave is zeroed in the end.  A place that failed has
 * one finding and is not asked again.
 */
struct copl_secrets;

enum copl_status copl_secrets_new(struct copl_secrets **out) COPL_MUST_CHECK;
void copl_secrets_free(struct copl_secrets *s);

/*
 * The secret of a place, without line ends behind it and without control
 * characters but line feeds.  *out stays as long as s.
 * anew: asked once more, for one that is not valid any more; not of an open
 * file, which has been read.
 * COPL_E_INVALID: there is none; findings, at ref->at: secret-missing,
 * secret-readable, secret-shape, secret-command.
 */
enum copl_status copl_secret_ask(struct copl_secrets *s,
    const struct copl_secret_ref *ref, bool anew, struct copl_reporter *r,
    const char **out) COPL_MUST_CHECK;

/* A part of one that is none itself, such as who it is of; stays as s does. */
const char *copl_secrets_part(
    struct copl_secrets *s, const char *text, size_t len);

/*
 * How the endpoint is spoken to.  Of sigv4, which is no business of net,
 * user and secret are what signs: the access key id, and the secret key with
 * the session token, if there is one, on a line of its own.  Texts belong to
 * the endpoint and to s.  The rest is as for copl_secret_ask().
 */
enum copl_status copl_access_make(struct copl_secrets *s,
    const struct copl_endpoint *e, bool anew, struct copl_reporter *r,
    struct copl_net_access *out) COPL_MUST_CHECK;

/* ---- spawn.c ---- */

enum copl_spawn_end {
	COPL_SPAWN_DONE,
	COPL_SPAWN_NOT_STARTED, /* errno says why */
	COPL_SPAWN_FAILED, /* its exit status, or 128 + signal, in *status */
	COPL_SPAWN_TOO_LONG, /* more output than room */
	COPL_SPAWN_TOO_SLOW
};
/*
 * Runs a program, found as the system finds it, with nothing to read, and
 * takes what it prints; what it prints as errors goes where ours go.  In any
 * end it is over and out is not.
 */
enum copl_spawn_end copl_spawn_read(char *const *argv, unsigned limit_ms,
    char *out, size_t room, size_t *len, int *status);

#endif
