/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_BREAKER_H
#define COPL_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Keeps a dead server from costing more than its share: open after three
 * failures of the transport in a row, or when of at least ten outcomes within
 * five minutes 70 % were bad; for 30 seconds, doubled each time up to half an
 * hour.  Then one may try: its success closes the breaker, its failure opens
 * it again.  Begins as zeros.  Pure: now is any clock of milliseconds that
 * never goes back.
 */
#define COPL_BREAKER_SLICES 5

struct copl_breaker {
	uint64_t slice; /* number of the youngest minute that was counted */
	uint16_t all[COPL_BREAKER_SLICES]; /* outcomes, a slice a minute */
	uint16_t bad[COPL_BREAKER_SLICES];
	uint64_t until; /* 0: closed */
	uint64_t probe_at; /* when the one that may try began; 0: none does */
	uint8_t row; /* failures of the transport in a row */
	uint8_t opened; /* times in a row */
};

/* Of one exchange: ok is false if no complete answer came. */
void copl_breaker_note(struct copl_breaker *b, bool ok, uint64_t now);
/* An answer came, but that the server is busy: bad, yet it lives. */
void copl_breaker_note_busy(struct copl_breaker *b, uint64_t now);

/*
 * When one may start: 0: now.  While one tries after a pause, the answer is
 * five minutes after it began; ask again when it is done.
 */
uint64_t copl_breaker_open_until(const struct copl_breaker *b, uint64_t now);
/* To be called when one starts, so that no second one tries with it. */
void copl_breaker_start(struct copl_breaker *b, uint64_t now);

#endif
