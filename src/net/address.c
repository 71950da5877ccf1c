/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include "net/net_priv.h"

struct block {
	uint8_t bytes[16];
	uint8_t bits;
	enum copl_reach reach;
};

/* The first that fits decides. */
static const struct block blocks4[] = {
    {{0}, 8, COPL_REACH_NEVER}, /* "this network" */
    {{10}, 8, COPL_REACH_PRIVATE},
    {{100, 100, 100, 200}, 32, COPL_REACH_NEVER}, /* metadata */
    {{100, 64}, 10, COPL_REACH_PRIVATE}, /* shared by a carrier */
    {{127}, 8, COPL_REACH_LOOPBACK},
    {{169, 254, 169, 254}, 32, COPL_REACH_NEVER}, /* metadata */
    {{169, 254, 170, 2}, 32, COPL_REACH_NEVER}, /* metadata */
    {{169, 254}, 16, COPL_REACH_PRIVATE}, /* link-local */
    {{172, 16}, 12, COPL_REACH_PRIVATE},
    {{192, 0, 0}, 24, COPL_REACH_PRIVATE}, /* protocol assignments */
    {{192, 168}, 16, COPL_REACH_PRIVATE},
    {{198, 18}, 15, COPL_REACH_PRIVATE}, /* measuring devices */
    {{224}, 4, COPL_REACH_NEVER}, /* groups */
    {{240}, 4, COPL_REACH_NEVER}, /* reserved, and broadcast */
};

static const struct block blocks6[] = {
    {{0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}, 128,
	COPL_REACH_NEVER}, /* metadata */
    {{0x20, 0x01}, 32, COPL_REACH_PRIVATE}, /* Teredo */
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, COPL_REACH_PRIVATE}, /* NAT64 */
    {{0xfc}, 7, COPL_REACH_PRIVATE}, /* unique local */
    {{0xfe, 0x80}, 10, COPL_REACH_PRIVATE}, /* link-local */
    {{0xfe, 0xc0}, 10, COPL_REACH_PRIVATE}, /* site-local */
    {{0xff}, 8, COPL_REACH_NEVER}, /* groups */
};

/* Where the address of IPv4 begins that counts, behind these bits. */
static const struct {
	uint8_t bytes[12];
	uint8_t bits, at;
} carriers[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, 12}, /* mapped */
    {{0}, 96, 12}, /* compatible */
    {{0x00, 0x64, 0xff, 0x9b}, 96, 12}, /* NAT64 */
    {{0x20, 0x02}, 16, 2}, /* 6to4 */
};

static bool begins(const uint8_t *a, const uint8_t *b, unsigned bits)
{
	unsigned rest = bits % 8;

	if (memcmp(a, b, bits / 8) != 0)
		return false;
	return rest == 0 || ((a[bits / 8] ^ b[bits / 8]) >> (8 - rest)) == 0;
}

static enum copl_reach look_up(
    const struct block *list, size_t n, const uint8_t *address)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (begins(address, list[i].bytes, list[i].bits))
			return list[i].reach;
	return COPL_REACH_PUBLIC;
}

static enum copl_reach reach4(const uint8_t *address)
{
	return look_up(blocks4, COPL_COUNT(blocks4), address);
}

static enum copl_reach reach6(const uint8_t *address)
{
	static const uint8_t loopback[16] = {[15] = 1};
	size_t i;

	if (memcmp(address, loopback, sizeof(loopback)) == 0)
		return COPL_REACH_LOOPBACK;
	for (i = 0; i < COPL_COUNT(carriers); i++)
		if (begins(address, carriers[i].bytes, carriers[i].bits))
			return reach4(address + carriers[i].at);
	return look_up(blocks6, COPL_COUNT(blocks6), address);
}

enum copl_reach copl_address_reach(const struct sockaddr *sa, socklen_t len)
{
	if (sa->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
		struct sockaddr_in v4;

		memcpy(&v4, (const void *)sa, sizeof(v4));
		return reach4((const uint8_t *)&v4.sin_addr);
	}
	if (sa->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
		struct sockaddr_in6 v6;

		memcpy(&v6, (const void *)sa, sizeof(v6));
		return reach6(v6.sin6_addr.s6_addr);
	}
	return COPL_REACH_NEVER;
}

enum copl_reach copl_address_reach_text(const char *host)
{
	char plain[INET6_ADDRSTRLEN];
	uint8_t address[16];
	size_t len = strcspn(host, "%"); /* then the name of a link */

	if (len >= sizeof(plain))
		return COPL_REACH_NEVER;
	memcpy(plain, host, len);
	plain[len] = '\0';
	if (inet_pton(AF_INET, plain, address) == 1)
		return reach4(address);
	if (inet_pton(AF_INET6, plain, address) == 1)
		return reach6(address);
	return COPL_REACH_NEVER;
}

bool copl_address_allowed(enum copl_reach reach, bool loopback_target,
    const struct copl_net_access *access)
{
	/* What says that it is this machine must not lead elsewhere. */
	if (loopback_target)
		return reach == COPL_REACH_LOOPBACK;
	switch (reach) {
	case COPL_REACH_PUBLIC:
		return true;
	case COPL_REACH_LOOPBACK:
	case COPL_REACH_PRIVATE:
		return access->private_ok;
	case COPL_REACH_NEVER:
		break;
	}
	return false;
}
