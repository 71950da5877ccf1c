/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include "bundle/bundle.h"
#include "serve/collect_rate.h"

/* Above this times the limit nothing is read any more. */
#define FLOOD 4

static int64_t window_of(int64_t now)
{
	return now / COLLECT_RATE_SECONDS;
}

unsigned collect_rate_wait(int64_t now)
{
	return (unsigned)(COLLECT_RATE_SECONDS - now % COLLECT_RATE_SECONDS);
}

enum copl_status collect_rate_open(struct collect_rate *r, uint32_t limit,
    collect_dice_fn *dice, void *arg, int64_t now)
{
	size_t i;

	memset(r, 0, sizeof(*r));
	pthread_mutex_init(&r->lock, NULL);
	r->limit = limit;
	r->dice = dice;
	r->dice_arg = arg;
	r->window = window_of(now);
	for (i = 0; i < COPL_COUNT(r->cells); i++) {
		r->cells[i] = calloc(COLLECT_RATE_CELLS, sizeof(uint32_t));
		if (r->cells[i] == NULL)
			return COPL_E_NOMEM;
	}
	return dice(arg, r->key, sizeof(r->key)) ? COPL_OK : COPL_E_IO;
}

void collect_rate_close(struct collect_rate *r)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(r->cells); i++)
		free(r->cells[i]);
	explicit_bzero(r->key, sizeof(r->key));
	pthread_mutex_destroy(&r->lock);
}

static size_t from_v6(
    const unsigned char bytes[16], unsigned char out[COLLECT_PEER_SIZE])
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

	/* ::ffff:192.0.2.1 */
	if (memcmp(bytes, mapped, sizeof(mapped)) == 0) {
		memcpy(out, bytes + sizeof(mapped), 4);
		return 4;
	}
	memcpy(out, bytes, COLLECT_PEER_SIZE);
	return COLLECT_PEER_SIZE;
}

size_t collect_rate_peer(
    const struct sockaddr *a, unsigned char out[COLLECT_PEER_SIZE])
{
	union {
		const struct sockaddr *any;
		const struct sockaddr_in *v4;
		const struct sockaddr_in6 *v6;
	} u = {.any = a};

	if (a == NULL)
		return 0;
	if (a->sa_family == AF_INET) {
		memcpy(out, &u.v4->sin_addr, 4);
		return 4;
	}
	if (a->sa_family == AF_INET6)
		return from_v6(u.v6->sin6_addr.s6_addr, out);
	return 0;
}

size_t collect_rate_forwarded(
    const char *field, unsigned char out[COLLECT_PEER_SIZE])
{
	const char *last = strrchr(field, ',');
	char word[INET6_ADDRSTRLEN];
	unsigned char bytes[16];
	size_t len;

	last = last == NULL ? field : last + 1;
	last += strspn(last, " \t");
	len = strcspn(last, " \t");
	if (len == 0 || len >= sizeof(word) ||
	    last[len + strspn(last + len, " \t")] != '\0')
		return 0;
	memcpy(word, last, len);
	word[len] = '\0';
	if (inet_pton(AF_INET, word, out) == 1)
		return 4;
	return inet_pton(AF_INET6, word, bytes) == 1 ? from_v6(bytes, out) : 0;
}

/* Another ten minutes have begun: what was counted is forgotten. */
static void turn(struct collect_rate *r, int64_t window)
{
	size_t i;

	if (window == r->window)
		return;
	r->window = window;
	for (i = 0; i < COPL_COUNT(r->cells); i++)
		memset(r->cells[i], 0, COLLECT_RATE_CELLS * sizeof(uint32_t));
	/* Without dice the old key serves: a count is a count. */
	(void)!r->dice(r->dice_arg, r->key, sizeof(r->key));
}

/* The smaller of its two numbers, this post counted. */
static uint32_t count(
    struct collect_rate *r, const unsigned char *peer, size_t len)
{
	unsigned char mac[COPL_SHA256_BYTES];
	uint32_t least = UINT32_MAX;
	size_t i;

	copl_hmac_sha256(r->key, sizeof(r->key), peer, len, mac);
	for (i = 0; i < COPL_COUNT(r->cells); i++) {
		size_t at = (size_t)mac[2 * i] << 8 | mac[2 * i + 1];
		uint32_t *cell = &r->cells[i][at];

		if (*cell < UINT32_MAX)
			(*cell)++;
		if (*cell < least)
			least = *cell;
	}
	explicit_bzero(mac, sizeof(mac));
	return least;
}

enum collect_rate_verdict collect_rate_count(
    struct collect_rate *r, const unsigned char *peer, size_t len, int64_t now)
{
	uint32_t n;

	if (r->limit == 0 || len == 0)
		return COLLECT_RATE_OK;
	pthread_mutex_lock(&r->lock);
	turn(r, window_of(now));
	n = count(r, peer, len);
	pthread_mutex_unlock(&r->lock);
	if (n <= r->limit)
		return COLLECT_RATE_OK;
	return n / FLOOD <= r->limit ? COLLECT_RATE_OVER : COLLECT_RATE_FLOOD;
}
