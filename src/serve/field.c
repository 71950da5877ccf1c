/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "serve/gate.h"

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

/* Behind this member of a dictionary: at the next one or at the end. */
static const char *next_member(const char *s)
{
	bool quoted = false;

	for (; *s != '\0' && (quoted || *s != ','); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == '\\' && quoted && s[1] != '\0')
			s++;
	}
	return *s == ',' ? s + 1 : s;
}

bool copl_gate_digest_ok(const char *field, const char *sha256_b64)
{
	static const char key[] = "sha-256=";
	size_t klen = sizeof(key) - 1, len = strlen(sha256_b64);

	for (field = skip_blanks(field); *field != '\0';
	     field = skip_blanks(next_member(field))) {
		const char *value;

		if (strncmp(field, key, klen) != 0)
			continue;
		value = field + klen;
		if (*value != ':' || strncmp(value + 1, sha256_b64, len) != 0 ||
		    value[1 + len] != ':')
			return false;
	}
	return true;
}

bool copl_gate_etag_listed(const char *field, const char *sha256)
{
	size_t len = strlen(sha256);

	field = skip_blanks(field);
	if (strcmp(field, "*") == 0)
		return true;
	for (; *field != '\0'; field = skip_blanks(next_member(field))) {
		const char *tag = field;

		/* A weak tag compares like a strong one here. */
		if (tag[0] == 'W' && tag[1] == '/')
			tag += 2;
		if (*tag == '"' && strncmp(tag + 1, sha256, len) == 0 &&
		    tag[1 + len] == '"')
			return true;
	}
	return false;
}

bool copl_gate_token_ok(const char *field, const char *token)
{
	static const char scheme[] = "Bearer ";
	size_t skip = sizeof(scheme) - 1, len = strlen(token), n, i;
	unsigned char differ = 0;
	char word[sizeof(scheme)];

	if (strlen(field) < skip)
		return false;
	memcpy(word, field, skip);
	word[skip] = '\0';
	if (!copl_gate_name_is(word, scheme))
		return false;
	field += skip;
	n = strlen(field);
	for (i = 0; i < n; i++)
		differ |= (unsigned char)(field[i] ^ token[i % (len + 1)]);
	return n == len && len > 0 && differ == 0;
}
