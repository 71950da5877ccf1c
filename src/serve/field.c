/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <strings.h>
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

/* Strong comparison: a weak tag is none. */
static bool strong_tag_listed(const char *field, const char *sha256)
{
	size_t len = strlen(sha256);

	field = skip_blanks(field);
	if (strcmp(field, "*") == 0)
		return true;
	for (; *field != '\0'; field = skip_blanks(next_member(field)))
		if (*field == '"' && strncmp(field + 1, sha256, len) == 0 &&
		    field[1 + len] == '"')
			return true;
	return false;
}

bool copl_gate_match(const struct copl_gate_pass *pass, const char *sha256)
{
	if (pass->if_match != NULL)
		return sha256 != NULL &&
		       strong_tag_listed(pass->if_match, sha256);
	if (pass->if_none_match != NULL && sha256 != NULL)
		return !copl_gate_etag_listed(pass->if_none_match, sha256);
	return true;
}

/* The type without what stands behind a semicolon. */
static bool type_is(const char *type, const char *want)
{
	char word[80];
	size_t len = strcspn(type, "; \t");

	if (len >= sizeof(word))
		return false;
	memcpy(word, type, len);
	word[len] = '\0';
	return copl_gate_name_is(word, want);
}

bool copl_gate_type_ok(const char *path, const char *type)
{
	static const struct {
		const char *ext;
		const char *types[3];
	} rows[] = {
	    {".html", {"text/html", "application/xhtml+xml"}},
	    {".xml", {"application/xml", "text/xml"}},
	    {".zip", {"application/zip"}},
	};
	const char *dot = strrchr(path, '.');
	size_t i, k;

	if (type_is(type, "application/octet-stream"))
		return true;
	for (i = 0; dot != NULL && i < COPL_COUNT(rows); i++) {
		if (strcmp(dot, rows[i].ext) != 0)
			continue;
		for (k = 0; rows[i].types[k] != NULL; k++)
			if (type_is(type, rows[i].types[k]))
				return true;
		return false;
	}
	/* What a form of a page sends is never a file. */
	return strncasecmp(type, "multipart/", 10) != 0 &&
	       !type_is(type, "application/x-www-form-urlencoded");
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
