/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_COLLECT_RATE_H
#define COPL_SERVE_COLLECT_RATE_H

#include <pthread.h>
#include <sys/socket.h>
#include "base/base.h"

/*
 * So many posts in ten minutes from one address, and nobody can find out
 * afterwards whose they were: what is kept is a table of numbers.  Where in
 * it an address is counted follows from a hash with a random key, and every
 * ten minutes the numbers become zero and the key another one.  Nothing of
 * it is ever written.  Two rows, so that two addresses that fall together in
 * one hardly ever do in the other.
 *
 * COPL_COLLECT_RATE is for a school behind one address: 1200 pupils who send in
 * the same ten minutes.
 */
#define COLLECT_RATE_SECONDS 600
#define COLLECT_RATE_CELLS 65536
#define COLLECT_RATE_KEY 32

/* Dice: fills out with so many random bytes; false: there are none. */
typedef bool collect_dice_fn(void *arg, unsigned char *out, size_t len);

struct collect_rate {
	pthread_mutex_t lock;
	uint32_t limit; /* 0: none */
	collect_dice_fn *dice;
	void *dice_arg;
	int64_t window; /* number of the ten minutes that are counted */
	unsigned char key[COLLECT_RATE_KEY];
	uint32_t *cells[2];
};
/* COPL_E_NOMEM, or COPL_E_IO when there are no dice. */
enum copl_status collect_rate_open(struct collect_rate *r, uint32_t limit,
    collect_dice_fn *dice, void *arg, int64_t now) COPL_MUST_CHECK;
void collect_rate_close(struct collect_rate *r);

/*
 * What counts as one address: an IPv4 address, or the /64 of an IPv6 one, of
 * which a household has all.  Returns its length; 0: not an address.
 */
#define COLLECT_PEER_SIZE 8
size_t collect_rate_peer(
    const struct sockaddr *a, unsigned char out[COLLECT_PEER_SIZE]);
/*
 * The same for what a proxy says in X-Forwarded-For: the last of the list,
 * which is the proxy's own word.
 */
size_t collect_rate_forwarded(
    const char *field, unsigned char out[COLLECT_PEER_SIZE]);

enum collect_rate_verdict {
	COLLECT_RATE_OK,
	COLLECT_RATE_OVER, /* 429, with the answers given back */
	COLLECT_RATE_FLOOD /* so many more that nothing is read: 429 at once */
};
/* Counts one post. */
enum collect_rate_verdict collect_rate_count(
    struct collect_rate *r, const unsigned char *peer, size_t len, int64_t now);
/* Seconds until the numbers become zero. */
unsigned collect_rate_wait(int64_t now);

#endif
