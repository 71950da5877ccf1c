/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_NET_RETRY_H
#define COPL_NET_RETRY_H

#include <stdbool.h>
#include <stdint.h>

/* What one attempt came to, in the words of the policy, not of libcurl. */
enum copl_attempt {
	COPL_TRY_DONE, /* the other side has it */
	COPL_TRY_REFUSED, /* asking again the same way is rude */
	COPL_TRY_AUTH, /* user, password or token are not accepted */
	COPL_TRY_CONFLICT, /* the other side holds something else meanwhile */
	COPL_TRY_GONE, /* the endpoint is given up */
	COPL_TRY_MOVED, /* a redirect: never followed with content */
	COPL_TRY_BUSY, /* a later try may succeed */
	COPL_TRY_UNREACHABLE, /* no complete answer */
	COPL_TRY_UNSAFE, /* the certificate is wrong: not again in this run */
	COPL_TRY_LOCAL /* this machine lacks something: sockets, a file */
};

/* What the status of an answer to a PUT says. */
enum copl_attempt copl_retry_judge(long status);

struct copl_retry_policy {
	uint32_t first_ms; /* ceiling of the wait after the first failure */
	uint32_t most_ms; /* no ceiling is higher */
	uint32_t attempts; /* tries in all; at least 1 */
	uint64_t deadline_ms; /* no try starts later, on the caller's clock */
};

struct copl_retry_step {
	bool again; /* false: leave it to the next run */
	uint64_t at_ms; /* when, on the caller's clock */
};

/*
 * What follows attempt number n (from 1) that ended at now_ms.  after_ms is
 * the server's Retry-After, 0 if it sent none; dice is any 32 random bits.
 * Pure, so that a test can walk a whole outage in microseconds.
 */
struct copl_retry_step copl_retry_next(const struct copl_retry_policy *p,
    enum copl_attempt got, uint32_t n, uint64_t now_ms, uint64_t after_ms,
    uint32_t dice);

/*
 * Retry-After as milliseconds from now, at most one day: seconds, or one of
 * the three forms of dates in HTTP, by the server's own clock if it sent a
 * Date (now: ours; both in seconds since 1970, 0 if not known).  0 when it is
 * empty, negative, past, or nothing of that kind.
 */
uint64_t copl_retry_after_ms(const char *field, int64_t date, int64_t now);

/* ---- over days ---- */

/*
 * Seconds until the next run may try after that many failed runs in a row:
 * 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, then 24 h, each +-20 %.
 */
uint64_t copl_retry_days(uint32_t failures, uint32_t dice);

/* Only failures since then (seconds since 1970), for five days or longer? */
bool copl_retry_dead(int64_t since, int64_t now);

/* One of the three forms of a date in HTTP, in seconds since 1970. */
bool copl_http_date(const char *s, int64_t *out);

#endif
