/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "base/base.h"
#include "net/retry.h"

#define DAY_S UINT64_C(86400)

enum copl_attempt copl_retry_judge(long status)
{
	switch (status) {
	case 200:
	case 201:
	case 202: /* kept for later: reading back decides */
	case 204:
		return COPL_TRY_DONE;
	case 408:
	case 423:
	case 425:
	case 429:
		return COPL_TRY_BUSY;
	default:
		break;
	}
	if (status >= 300 && status < 400)
		return COPL_TRY_MOVED;
	return status >= 500 && status < 600 ? COPL_TRY_BUSY : COPL_TRY_REFUSED;
}

/* Doubles from first_ms up to most_ms without overflow. */
static uint64_t ceiling(const struct copl_retry_policy *p, uint32_t n)
{
	uint64_t wait = p->first_ms;

	while (--n > 0 && wait > 0 && wait < p->most_ms)
		wait *= 2;
	return wait < p->most_ms ? wait : p->most_ms;
}

struct copl_retry_step copl_retry_next(const struct copl_retry_policy *p,
    enum copl_attempt got, uint32_t n, uint64_t now_ms, uint64_t after_ms,
    uint32_t dice)
{
	const struct copl_retry_step stop = {false, 0};
	struct copl_retry_step step = {true, 0};
	uint64_t wait;

	if (got != COPL_TRY_BUSY && got != COPL_TRY_UNREACHABLE)
		return stop;
	if (n >= p->attempts)
		return stop;
	/* Full jitter: offices that fell over together rise apart. */
	wait = dice % (ceiling(p, n) + 1);
	if (wait < after_ms)
		wait = after_ms;
	step.at_ms = now_ms + wait;
	return step.at_ms > p->deadline_ms ? stop : step;
}

uint64_t copl_retry_after_ms(const char *field)
{
	uint64_t seconds = 0;
	size_t i;

	for (i = 0; field[i] != '\0'; i++) {
		if (!copl_is_digit(field[i]))
			return 0;
		if (seconds < DAY_S)
			seconds = seconds * 10 + (uint64_t)(field[i] - '0');
	}
	return (seconds < DAY_S ? seconds : DAY_S) * 1000;
}
