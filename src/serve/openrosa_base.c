/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Under which address a client knows this server, and what it asks of it. */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "serve/gate.h"
#include "serve/openrosa.h"

#define HOST_SIZE 262
#define PREFIX_SIZE 200

static bool is_port(const char *s)
{
	uint64_t port;

	return copl_number_parse(s, 65535, &port) && port > 0;
}

/* "forms.example.org", "192.0.2.1:8101", "[2001:db8::1]:8101" */
static bool is_host(const char *s)
{
	size_t n;

	if (*s == '[') {
		n = strspn(s + 1, "0123456789abcdefABCDEF:.");
		if (n < 2 || s[1 + n] != ']')
			return false;
		s += n + 2;
	} else {
		for (n = 0; copl_is_alpha(s[n]) || copl_is_digit(s[n]) ||
			    s[n] == '.' || s[n] == '-' || s[n] == '_';)
			n++;
		if (n == 0 || s[0] == '.' || s[0] == '-')
			return false;
		s += n;
	}
	return *s == '\0' || (*s == ':' && is_port(s + 1));
}

/* The first of a list with commas, blanks around it taken off. */
static bool first_of(const char *list, char *out, size_t room)
{
	size_t len;

	list += strspn(list, " \t");
	len = strcspn(list, ",");
	while (len > 0 && (list[len - 1] == ' ' || list[len - 1] == '\t'))
		len--;
	if (len == 0 || len >= room)
		return false;
	memcpy(out, list, len);
	out[len] = '\0';
	return true;
}

/* Behind a value, which may stand in quotes; NULL: it does not end. */
static const char *read_value(const char *s, char *out, size_t room)
{
	bool quoted = *s == '"';
	size_t n = 0;

	for (s += quoted; *s != '\0' && *s != '"'; s++) {
		if (!quoted && strchr(";, \t", *s) != NULL)
			break;
		if (*s == '\\' && quoted && s[1] != '\0')
			s++;
		if (n + 1 >= room)
			return NULL;
		out[n++] = *s;
	}
	out[n] = '\0';
	if (quoted && *s != '"')
		return NULL;
	return s + quoted;
}

/* A parameter of the first element of a Forwarded field (RFC 7239). */
static bool forwarded(
    const char *field, const char *want, char *out, size_t room)
{
	char name[16], value[HOST_SIZE];

	while (*field != '\0' && *field != ',') {
		size_t n;

		field += strspn(field, "; \t");
		n = strcspn(field, "=;, \t");
		if (field[n] != '=' || n >= sizeof(name))
			return false;
		memcpy(name, field, n);
		name[n] = '\0';
		field = read_value(field + n + 1, value, sizeof(value));
		if (field == NULL)
			return false;
		if (copl_gate_name_is(name, want)) {
			snprintf(out, room, "%s", value);
			return strlen(value) < room;
		}
		field += strspn(field, " \t");
	}
	return false;
}

/* Does the client speak TLS with the proxy, or with us? */
static bool is_tls(const struct copl_openrosa_client *c)
{
	char proto[8];

	if (!c->proxy)
		return c->tls;
	if (c->forwarded != NULL)
		return forwarded(c->forwarded, "proto", proto, sizeof(proto))
			   ? copl_gate_name_is(proto, "https")
			   : c->tls;
	if (c->forwarded_proto != NULL &&
	    first_of(c->forwarded_proto, proto, sizeof(proto)))
		return copl_gate_name_is(proto, "https");
	return c->tls;
}

static bool find_host(
    const struct copl_openrosa_client *c, char *out, size_t room)
{
	bool found = false;

	if (c->proxy && c->forwarded != NULL)
		found = forwarded(c->forwarded, "host", out, room);
	else if (c->proxy && c->forwarded_host != NULL)
		found = first_of(c->forwarded_host, out, room);
	if (found)
		return is_host(out);
	if (c->host == NULL || strlen(c->host) >= room)
		return false;
	memcpy(out, c->host, strlen(c->host) + 1);
	return is_host(out);
}

/* Where the proxy has put us: "/africa"; "" where it does not say. */
static bool find_prefix(
    const struct copl_openrosa_client *c, char *out, size_t room)
{
	size_t len;

	out[0] = '\0';
	if (!c->proxy || c->forwarded_prefix == NULL)
		return true;
	if (!first_of(c->forwarded_prefix, out, room))
		return false;
	len = strlen(out);
	if (out[len - 1] == '/')
		out[--len] = '\0';
	return len == 0 || (out[0] == '/' && copl_path_is_safe(out + 1));
}

bool copl_openrosa_base(
    const struct copl_openrosa_client *c, char out[COPL_OPENROSA_BASE])
{
	char host[HOST_SIZE], prefix[PREFIX_SIZE];
	size_t len = c->origin == NULL ? 0 : strlen(c->origin);

	if (len >= COPL_OPENROSA_BASE)
		return false;
	if (len > 0) {
		if (c->origin[len - 1] == '/')
			len--;
		memcpy(out, c->origin, len);
		out[len] = '\0';
		return true;
	}
	if (!find_host(c, host, sizeof(host)) ||
	    !find_prefix(c, prefix, sizeof(prefix)))
		return false;
	snprintf(out, COPL_OPENROSA_BASE, "%s://%s%s",
	    is_tls(c) ? "https" : "http", host, prefix);
	return true;
}

/* ---- what is asked for ---- */

static bool ends(const char *s, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len > n && strcmp(s + len - n, with) == 0;
}

enum copl_openrosa_what copl_openrosa_route(const char *path, char *id)
{
	static const char folder[] = "forms/", form[] = ".xml",
			  manifest[] = "/manifest";
	enum copl_openrosa_what what = COPL_OPENROSA_NONE;
	size_t len, cut = 0;

	id[0] = '\0';
	if (strcmp(path, "formList") == 0)
		return COPL_OPENROSA_LIST;
	if (strncmp(path, folder, sizeof(folder) - 1) != 0)
		return COPL_OPENROSA_NONE;
	path += sizeof(folder) - 1;
	len = strlen(path);
	if (ends(path, len, manifest)) {
		what = COPL_OPENROSA_MANIFEST;
		cut = sizeof(manifest) - 1;
	} else if (ends(path, len, form)) {
		what = COPL_OPENROSA_FORM;
		cut = sizeof(form) - 1;
	}
	memcpy(id, path, len - cut);
	id[len - cut] = '\0';
	return what != COPL_OPENROSA_NONE && strchr(id, '/') == NULL
		   ? what
		   : COPL_OPENROSA_NONE;
}

bool copl_openrosa_unescape(const char *s, char *out, size_t room)
{
	size_t n = 0;

	for (; *s != '\0'; s++) {
		char c = *s;

		if (c == '%') {
			int byte = copl_percent_byte(s);

			if (byte <= 0)
				return false;
			c = (char)byte;
			s += 2;
		}
		if (n + 1 >= room)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return true;
}
