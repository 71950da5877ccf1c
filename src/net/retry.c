/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "base/base.h"
#include "net/retry.h"

#define DAY_S INT64_C(86400)
#define DEAD_S (5 * DAY_S)

static enum copl_attempt judge_server(long status)
{
	switch (status) {
	case 501:
	case 505:
	case 506:
	case 508:
	case 510:
		return COPL_TRY_REFUSED; /* it will never know how */
	default:
		return status < 600 ? COPL_TRY_BUSY : COPL_TRY_REFUSED;
	}
}

enum copl_attempt copl_retry_judge(long status)
{
	switch (status) {
	case 200:
	case 201:
	case 202: /* kept for later: reading back decides */
	case 204:
		return COPL_TRY_DONE;
	case 401:
	case 407:
		return COPL_TRY_AUTH;
	case 408:
	case 423:
	case 425:
	case 429:
		return COPL_TRY_BUSY;
	case 409:
	case 412:
		return COPL_TRY_CONFLICT;
	case 410:
		return COPL_TRY_GONE;
	default:
		break;
	}
	if (status >= 300 && status < 400)
		return COPL_TRY_MOVED;
	return status >= 500 ? judge_server(status) : COPL_TRY_REFUSED;
}

/* Doubles from first_ms up to most_ms without overflow. */
static uint64_t ceiling(const struct copl_retry_policy *p, uint32_t n)
{
	uint64_t wait = p->first_ms;

	while (--n > 0 && wait > 0 && wait < p->most_ms)
		wait *= 2;
	return wait < p->most_ms ? wait : p->most_ms;
}

/* Up to a fifth more: those who were told the same time come apart. */
static uint64_t spread_later(uint64_t ms, uint32_t dice)
{
	return ms + dice % (ms / 5 + 1);
}

struct copl_retry_step copl_retry_next(const struct copl_retry_policy *p,
    enum copl_attempt got, uint32_t n, uint64_t now_ms, uint64_t after_ms,
    uint32_t dice)
{
	const struct copl_retry_step stop = {false, 0};
	struct copl_retry_step step = {true, 0};
	uint64_t wait;

	if (got != COPL_TRY_BUSY && got != COPL_TRY_UNREACHABLE &&
	    got != COPL_TRY_LOCAL)
		return stop;
	if (n >= p->attempts)
		return stop;
	/* Full jitter: offices that fell over together rise apart. */
	wait = dice % (ceiling(p, n) + 1);
	if (wait < after_ms)
		wait = spread_later(after_ms, dice);
	step.at_ms = now_ms + wait;
	return step.at_ms > p->deadline_ms || wait > p->deadline_ms ? stop
								    : step;
}

/* Only digits, at most a day; negative: anything else. */
static int64_t read_seconds(const char *field)
{
	int64_t seconds = 0;
	size_t i;

	for (i = 0; field[i] != '\0'; i++) {
		if (!copl_is_digit(field[i]))
			return -1;
		if (seconds < DAY_S)
			seconds = seconds * 10 + (field[i] - '0');
	}
	return i == 0 ? -1 : seconds;
}

uint64_t copl_retry_after_ms(const char *field, int64_t date, int64_t now)
{
	int64_t seconds = read_seconds(field), then;

	if (date == 0)
		date = now;
	if (seconds < 0 && date > 0 && copl_http_date(field, &then))
		seconds = then - date;
	if (seconds < 0)
		return 0;
	return (uint64_t)(seconds < DAY_S ? seconds : DAY_S) * 1000;
}

uint64_t copl_retry_days(uint32_t failures, uint32_t dice)
{
	static const uint32_t waits[] = {
	    300, 1800, 7200, 18000, 36000, 50400, 86400};
	size_t i = failures == 0 ? 0 : failures - 1;
	uint64_t wait =
	    waits[i < COPL_COUNT(waits) ? i : COPL_COUNT(waits) - 1];

	return wait - wait / 5 + dice % (2 * (wait / 5) + 1);
}

bool copl_retry_dead(int64_t since, int64_t now)
{
	return since > 0 && now >= since && now - since >= DEAD_S;
}
