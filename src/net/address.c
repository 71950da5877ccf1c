/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include "net/net_priv.h"

struct block {
	uint8_t bytes[16];
	uint8_t bits;
	enum copl_address_scope scope;
};

/* The first that fits decides. */
static const struct block blocks4[] = {
    {{0}, 8, COPL_SCOPE_NEVER}, /* "this network" */
    {{10}, 8, COPL_SCOPE_PRIVATE},
    {{100, 100, 100, 200}, 32, COPL_SCOPE_NEVER}, /* metadata */
    {{100, 64}, 10, COPL_SCOPE_PRIVATE}, /* shared by a carrier */
    {{127}, 8, COPL_SCOPE_LOOPBACK},
    {{169, 254, 169, 254}, 32, COPL_SCOPE_NEVER}, /* metadata */
    {{169, 254, 170, 2}, 32, COPL_SCOPE_NEVER}, /* metadata */
    {{169, 254}, 16, COPL_SCOPE_PRIVATE}, /* link-local */
    {{172, 16}, 12, COPL_SCOPE_PRIVATE},
    {{192, 0, 0}, 24, COPL_SCOPE_PRIVATE}, /* protocol assignments */
    {{192, 168}, 16, COPL_SCOPE_PRIVATE},
    {{198, 18}, 15, COPL_SCOPE_PRIVATE}, /* measuring devices */
    {{224}, 4, COPL_SCOPE_NEVER}, /* groups */
    {{240}, 4, COPL_SCOPE_NEVER}, /* reserved, and broadcast */
};

static const struct block blocks6[] = {
    {{0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}, 128,
	COPL_SCOPE_NEVER}, /* metadata */
    {{0x20, 0x01}, 32, COPL_SCOPE_PRIVATE}, /* Teredo */
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, COPL_SCOPE_PRIVATE}, /* NAT64 */
    {{0xfc}, 7, COPL_SCOPE_PRIVATE}, /* unique local */
    {{0xfe, 0x80}, 10, COPL_SCOPE_PRIVATE}, /* link-local */
    {{0xfe, 0xc0}, 10, COPL_SCOPE_PRIVATE}, /* site-local */
    {{0xff}, 8, COPL_SCOPE_NEVER}, /* groups */
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

static enum copl_address_scope look_up(
    const struct block *list, size_t n, const uint8_t *address)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (begins(address, list[i].bytes, list[i].bits))
			return list[i].scope;
	return COPL_SCOPE_PUBLIC;
}

static enum copl_address_scope scope4(const uint8_t *address)
{
	return look_up(blocks4, COPL_COUNT(blocks4), address);
}

static enum copl_address_scope scope6(const uint8_t *address)
{
	static const uint8_t loopback[16] = {[15] = 1};
	size_t i;

	if (memcmp(address, loopback, sizeof(loopback)) == 0)
		return COPL_SCOPE_LOOPBACK;
	for (i = 0; i < COPL_COUNT(carriers); i++)
		if (begins(address, carriers[i].bytes, carriers[i].bits))
			return scope4(address + carriers[i].at);
	return look_up(blocks6, COPL_COUNT(blocks6), address);
}

enum copl_address_scope copl_address_scope(
    const struct sockaddr *sa, socklen_t len)
{
	if (sa->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
		struct sockaddr_in v4;

		memcpy(&v4, (const void *)sa, sizeof(v4));
		return scope4((const uint8_t *)&v4.sin_addr);
	}
	if (sa->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
		struct sockaddr_in6 v6;

		memcpy(&v6, (const void *)sa, sizeof(v6));
		return scope6(v6.sin6_addr.s6_addr);
	}
	return COPL_SCOPE_NEVER;
}

enum copl_address_scope copl_address_scope_text(const char *host)
{
	char plain[INET6_ADDRSTRLEN];
	uint8_t address[16];
	size_t len = strcspn(host, "%"); /* then the name of a link */

	if (len >= sizeof(plain))
		return COPL_SCOPE_NEVER;
	memcpy(plain, host, len);
	plain[len] = '\0';
	if (inet_pton(AF_INET, plain, address) == 1)
		return scope4(address);
	if (inet_pton(AF_INET6, plain, address) == 1)
		return scope6(address);
	return COPL_SCOPE_NEVER;
}

bool copl_address_allowed(enum copl_address_scope scope, bool loopback_target,
    const struct copl_net_access *access)
{
	/* What says that it is this machine must not lead elsewhere. */
	if (loopback_target)
		return scope == COPL_SCOPE_LOOPBACK;
	switch (scope) {
	case COPL_SCOPE_PUBLIC:
		return true;
	case COPL_SCOPE_LOOPBACK:
	case COPL_SCOPE_PRIVATE:
		return access->private_ok;
	case COPL_SCOPE_NEVER:
		break;
	}
	return false;
}
