/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include "base/i18n.h"
#include "project/project_priv.h"

#define URL_MAX_BYTES 1000
#define HOST_MAX_BYTES 253 /* of a name in the DNS */

/* The parts of an address, which they point into. */
struct url {
	bool tls;
	const char *host;
	size_t host_len;
	const char *path; /* what follows host and port */
};

static bool is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f ||
		    strchr("<>\"{}|\\^`", *s) != NULL)
			return false;
	return true;
}

/* Behind the "]" of an address of IPv6; NULL: it is none. */
static const char *literal_end(const char *s)
{
	char text[INET6_ADDRSTRLEN];
	unsigned char address[sizeof(struct in6_addr)];
	size_t len = strcspn(s + 1, "]");

	if (s[len + 1] != ']' || len >= sizeof(text))
		return NULL;
	memcpy(text, s + 1, len);
	text[len] = '\0';
	return inet_pton(AF_INET6, text, address) == 1 ? s + len + 2 : NULL;
}

/* Behind a host name or "[...]"; NULL: neither. */
static const char *host_end(const char *s)
{
	const char *p = s;

	if (*s == '[')
		return literal_end(s);
	while (copl_is_alpha(*p) || copl_is_digit(*p) || *p == '.' || *p == '-')
		p++;
	return p == s || p - s > HOST_MAX_BYTES ? NULL : p;
}

/* Behind ":" and a port, if there is one; NULL: it is wrong. */
static const char *port_end(const char *s)
{
	uint64_t port = 0;

	if (*s != ':')
		return s;
	for (s++; copl_is_digit(*s) && port <= 65535; s++)
		port = port * 10 + (uint64_t)(*s - '0');
	return port >= 1 && port <= 65535 ? s : NULL;
}

static bool split(const char *s, struct url *out)
{
	const char *end, *path;

	out->tls = strncmp(s, "https://", 8) == 0;
	if (!out->tls && strncmp(s, "http://", 7) != 0)
		return false;
	out->host = s + (out->tls ? 8 : 7);
	end = host_end(out->host);
	if (end == NULL)
		return false;
	out->host_len = (size_t)(end - out->host);
	path = port_end(end);
	if (path == NULL)
		return false;
	out->path = path;
	return *path == '\0' || strchr("/?#", *path) != NULL;
}

/* Behind a number from 0 to 255; NULL: there is none. */
static const char *octet_end(const char *s)
{
	unsigned n = 0;
	const char *p = s;

	for (; copl_is_digit(*p) && p - s < 3; p++)
		n = n * 10 + (unsigned)(*p - '0');
	return p == s || n > 255 ? NULL : p;
}

/* 127.0.0.0/8 in its usual form of four numbers. */
static bool is_loopback_number(const char *s, size_t len)
{
	const char *p = s;
	int parts;

	if (len < 4 || memcmp(s, "127.", 4) != 0)
		return false;
	for (parts = 1; parts <= 4; parts++) {
		p = octet_end(p);
		if (p == NULL)
			return false;
		if (parts < 4 && *p++ != '.')
			return false;
	}
	return p == s + len;
}

static bool is_loopback(const struct url *u)
{
	return (u->host_len == 9 && memcmp(u->host, "localhost", 9) == 0) ||
	       (u->host_len == 5 && memcmp(u->host, "[::1]", 5) == 0) ||
	       is_loopback_number(u->host, u->host_len);
}

static bool has_user(const char *s)
{
	const char *host = strstr(s, "//");

	return host != NULL && host[2 + strcspn(host + 2, "@/?#")] == '@';
}

static const char *endpoint_fault(const struct url *u)
{
	size_t len = strlen(u->path);

	if (strpbrk(u->path, "?#") != NULL)
		return _("an endpoint is a folder: remove what follows \"?\" "
			 "or \"#\"");
	if (len == 0 || u->path[len - 1] != '/')
		return _("an endpoint is a folder: its address must end with "
			 "a slash");
	if (strstr(u->path, "/../") != NULL || strstr(u->path, "/./") != NULL)
		return _("the address of an endpoint cannot have \"..\" or "
			 "\".\" in it: write the folder itself");
	return NULL;
}

static const char *fault_of(const char *url, struct url *u)
{
	if (strlen(url) > URL_MAX_BYTES)
		return _("the address is longer than 1000 bytes: use a "
			 "shorter one");
	if (!is_plain(url))
		return _("an address has no blanks and only ASCII characters: "
			 "write others as %XX and the host name as xn--...");
	if (has_user(url))
		return _("an address cannot hold a user name or password: "
			 "remove what stands before \"@\"");
	if (!split(url, u))
		return _("this is not an address: it must begin with "
			 "https:// and the name of a host");
	return NULL;
}

const char *copl_project_url_fault(const char *url, bool endpoint)
{
	struct url u = {.host = "", .path = ""};
	const char *fault = fault_of(url, &u);

	if (fault != NULL)
		return fault;
	if (!u.tls && !is_loopback(&u))
		return _("http:// is allowed on this very computer only: "
			 "write https://");
	return endpoint ? endpoint_fault(&u) : NULL;
}

const char *copl_project_open_url_fault(const char *url)
{
	struct url u = {.host = "", .path = ""};
	const char *fault = fault_of(url, &u);

	return fault != NULL ? fault : endpoint_fault(&u);
}

bool copl_project_url_is_sealed(const char *url)
{
	struct url u;

	return split(url, &u) && (u.tls || is_loopback(&u));
}

const char *copl_project_url_key(struct copl_arena *a, const char *url)
{
	char *key = copl_arena_strdup(a, url), *p;
	struct url u;
	size_t port;

	if (key == NULL || !split(key, &u))
		return key;
	for (p = key; p < u.host + u.host_len; p++)
		if (copl_is_upper(*p))
			*p = (char)(*p + ('a' - 'A'));
	port = strspn(p, ":0123456789");
	if ((u.tls && port == 4 && memcmp(p, ":443", 4) == 0) ||
	    (!u.tls && port == 3 && memcmp(p, ":80", 3) == 0))
		memmove(p, p + port, strlen(p + port) + 1);
	return key;
}
