/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "net/breaker.h"

#define SLICE_MS UINT64_C(60000)
#define ROW_MOST 3
#define SAMPLE_LEAST 10
#define BAD_PERCENT 70
#define PAUSE_MS UINT64_C(30000)
#define PAUSE_MOST_MS UINT64_C(1800000)
/* One that tries and was never heard of again holds up no longer than so. */
#define PROBE_MS UINT64_C(300000)

/* Forgets the minutes that are older than the window. */
static void turn(struct copl_breaker *b, uint64_t now)
{
	uint64_t slice = now / SLICE_MS, n = slice - b->slice;

	if (slice <= b->slice)
		return;
	if (n > COPL_BREAKER_SLICES)
		n = COPL_BREAKER_SLICES;
	for (; n > 0; n--) {
		size_t i = (slice - n + 1) % COPL_BREAKER_SLICES;

		b->all[i] = b->bad[i] = 0;
	}
	b->slice = slice;
}

static void count(struct copl_breaker *b, bool bad, uint64_t now)
{
	size_t i;

	turn(b, now);
	i = b->slice % COPL_BREAKER_SLICES;
	if (b->all[i] == UINT16_MAX)
		return;
	b->all[i]++;
	b->bad[i] = (uint16_t)(b->bad[i] + bad);
}

static bool is_mostly_bad(const struct copl_breaker *b)
{
	uint32_t all = 0, bad = 0;
	size_t i;

	for (i = 0; i < COPL_BREAKER_SLICES; i++) {
		all += b->all[i];
		bad += b->bad[i];
	}
	return all >= SAMPLE_LEAST && bad * 100 >= all * BAD_PERCENT;
}

static void open_it(struct copl_breaker *b, uint64_t now)
{
	uint64_t pause = PAUSE_MS;
	uint8_t k;

	for (k = 0; k < b->opened && pause < PAUSE_MOST_MS; k++)
		pause *= 2;
	if (b->opened < UINT8_MAX)
		b->opened++;
	b->until = now + (pause < PAUSE_MOST_MS ? pause : PAUSE_MOST_MS);
	b->probe_at = 0;
}

static void close_it(struct copl_breaker *b)
{
	memset(b, 0, sizeof(*b));
}

/* Was it open, and is this the outcome of one that tried after the pause? */
static bool is_probe(const struct copl_breaker *b, uint64_t now)
{
	return b->until != 0 && now >= b->until;
}

void copl_breaker_note(struct copl_breaker *b, bool ok, uint64_t now)
{
	bool probe = is_probe(b, now);

	if (ok && probe) {
		close_it(b);
		count(b, false, now);
		return;
	}
	count(b, !ok, now);
	if (!ok && b->row < UINT8_MAX)
		b->row++;
	else if (ok)
		b->row = 0;
	if (probe ||
	    (b->until == 0 && (b->row >= ROW_MOST || is_mostly_bad(b))))
		open_it(b, now);
}

void copl_breaker_note_busy(struct copl_breaker *b, uint64_t now)
{
	bool probe = is_probe(b, now);

	count(b, true, now);
	b->row = 0;
	if (probe || (b->until == 0 && is_mostly_bad(b)))
		open_it(b, now);
}

uint64_t copl_breaker_open_until(const struct copl_breaker *b, uint64_t now)
{
	uint64_t until = b->until;

	if (b->probe_at != 0)
		until = b->probe_at + PROBE_MS;
	return now < until ? until : 0;
}

void copl_breaker_start(struct copl_breaker *b, uint64_t now)
{
	if (is_probe(b, now))
		b->probe_at = now > 0 ? now : 1;
}
