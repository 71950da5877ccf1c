/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "deliver/s3_error.h"
#include "deliver/sigv4.h"

/*
 * A bucket, or a folder in one, at whatever speaks the protocol of S3.  The
 * address says whether the name of the bucket is in the host or in the path:
 * both are signed alike.  Every file is proven by its bytes; nothing is ever
 * deleted.
 */

#define EMPTY_SHA256                                                           \
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* The secret key, and on a second line the session's token. */
static void read_who(const struct copl_target *t, struct copl_sigv4 *out)
{
	const char *key = t->access->secret;
	size_t len = strcspn(key, "\n");

	*out = (struct copl_sigv4){.id = t->access->user,
	    .key = key,
	    .key_len = len,
	    .token = key[len] == '\n' ? key + len + 1 : NULL,
	    .region = t->endpoint->region,
	    .now = t->now};
}

static enum copl_status s3_ask(const struct copl_target *t,
    const struct copl_ask *ask, struct copl_asking *out)
{
	const struct copl_set_file *f = ask->file;
	bool put = ask->kind == COPL_ASK_PUT;
	struct copl_sigv4 who;
	enum copl_status st;

	if (ask->kind == COPL_ASK_FOLDER || t->access == NULL ||
	    t->access->user == NULL || t->access->secret == NULL)
		return COPL_E_INVALID;
	st = put ? copl_asking_put(out, t, ask) : copl_asking_get(out, t, ask);
	if (st == COPL_OK)
		st =
		    copl_sigv4_url(t->url, f->path, out->url, sizeof(out->url));
	if (st == COPL_OK && put)
		st = copl_asking_add(
		    out, "X-Amz-Checksum-Sha256", "%s", f->sha256_b64);
	if (st != COPL_OK)
		return st;
	read_who(t, &who);
	return copl_sigv4_sign(out, &who, put ? f->sha256 : EMPTY_SHA256);
}

static bool is_among(const char *code, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(code, list[i]) == 0)
			return true;
	return false;
}

/* S3 says with words what the status does not. */
static struct copl_hearing failure(
    enum copl_status st, const struct copl_net_answer *a)
{
	static const char *const who[] = {"InvalidAccessKeyId",
	    "SignatureDoesNotMatch", "AccessDenied", "ExpiredToken",
	    "InvalidToken", "TokenRefreshRequired", "AccountProblem"};
	static const char *const busy[] = {"SlowDown", "RequestTimeout",
	    "OperationAborted", "ConditionalRequestConflict", "InternalError"};
	struct copl_hearing h = copl_hear_failure(st, a);
	char code[64];

	if (st != COPL_OK || !copl_s3_error(a, "Code", code, sizeof(code)))
		return h;
	if (is_among(code, who, COPL_COUNT(who)))
		h.attempt = COPL_TRY_AUTH;
	else if (is_among(code, busy, COPL_COUNT(busy)))
		h.attempt = COPL_TRY_BUSY;
	return h;
}

static bool says(const struct copl_net_answer *a, const char *code)
{
	char said[64];

	return copl_s3_error(a, "Code", said, sizeof(said)) &&
	       strcmp(said, code) == 0;
}

static struct copl_hearing hear_get(const struct copl_ask *ask,
    enum copl_status st, const struct copl_net_answer *a)
{
	/* Who may not list a bucket is not told what is not there. */
	if (st == COPL_OK && ask->kind == COPL_ASK_LOOK && a->status == 403 &&
	    says(a, "AccessDenied"))
		return (struct copl_hearing){.means = COPL_MEANS_ABSENT};
	if (st == COPL_OK && a->status != 200 &&
	    (a->status != 404 || says(a, "NoSuchBucket")))
		return failure(st, a);
	return copl_hear_get(ask->file, st, a);
}

static struct copl_hearing s3_hear(const struct copl_target *t,
    const struct copl_ask *ask, enum copl_status st,
    const struct copl_net_answer *a)
{
	(void)t;
	if (ask->kind != COPL_ASK_PUT)
		return hear_get(ask, st, a);
	if (st == COPL_OK && copl_retry_judge(a->status) == COPL_TRY_DONE)
		return copl_hear_receipt(ask->file, a);
	if (st == COPL_OK && a->status == 412)
		return (struct copl_hearing){.means = COPL_MEANS_CHANGED};
	return failure(st, a);
}

const struct copl_driver copl_driver_s3 = {.name = "s3",
    .ask = s3_ask,
    .hear = s3_hear};
