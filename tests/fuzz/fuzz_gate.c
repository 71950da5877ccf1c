/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "serve/gate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINES_MAX 100
#define BODY_MAX 1000

/* The word before the separator; *s moves behind it. */
static char *word(char **s, char separator)
{
	char *begin = *s, *end = strchr(begin, separator);

	if (end == NULL) {
		*s = begin + strlen(begin);
		return begin;
	}
	*end = '\0';
	*s = end + 1;
	return begin;
}

/* What came in must be what the gate promises to let in. */
static void check(
    const struct copl_gate_request *q, const struct copl_gate_pass *pass)
{
	static const char known[] = ".well-known/";
	size_t hosts = 0, codings = 0, lengths = 0, i;
	const char *path = pass->path;

	for (i = 0; i < q->nheaders; i++) {
		const char *name = q->headers[i].name;

		hosts += copl_gate_name_is(name, "Host");
		codings += copl_gate_name_is(name, "Transfer-Encoding");
		lengths += copl_gate_name_is(name, "Content-Length");
	}
	if (pass->method != COPL_GATE_PUT &&
	    strncmp(path, known, sizeof(known) - 1) == 0)
		path += sizeof(known) - 1;
	if (hosts != 1 || codings != 0 || lengths > 1 ||
	    pass->length > BODY_MAX || !copl_path_is_safe(path) ||
	    (pass->method == COPL_GATE_PUT && lengths == 0) ||
	    (pass->method != COPL_GATE_PUT && pass->length > 0))
		__builtin_trap();
}

static void read_fields(const struct copl_gate_pass *pass)
{
	static const char b64[] =
	    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

	if (pass->content_digest != NULL &&
	    copl_gate_digest_ok(pass->content_digest, b64) &&
	    copl_gate_digest_ok(pass->content_digest, "AAAA") &&
	    strstr(pass->content_digest, "sha-256=:") == pass->content_digest)
		__builtin_trap(); /* two digests cannot both be right */
	if (pass->if_none_match != NULL &&
	    copl_gate_etag_listed(pass->if_none_match, "abc") &&
	    strcmp(pass->if_none_match, "*") != 0 &&
	    strstr(pass->if_none_match, "\"abc\"") == NULL &&
	    strchr(pass->if_none_match, '*') == NULL)
		__builtin_trap();
	if (pass->authorization != NULL &&
	    copl_gate_token_ok(pass->authorization, "s3cret") &&
	    strstr(pass->authorization, " s3cret") == NULL)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct copl_gate_header headers[LINES_MAX];
	struct copl_gate_request q = {.headers = headers, .max_body = BODY_MAX};
	struct copl_gate_pass pass;
	const char *why = NULL;
	char *text = malloc(size + 1), *s = text;
	unsigned status;

	if (text == NULL)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	q.method = word(&s, ' ');
	q.target = word(&s, ' ');
	q.version = word(&s, '\n');
	while (*s != '\0' && q.nheaders < LINES_MAX) {
		char *line = word(&s, '\n');

		headers[q.nheaders].name = word(&line, ':');
		headers[q.nheaders++].value = *line == ' ' ? line + 1 : line;
	}
	status = copl_gate_judge(&q, &pass, &why);
	if (why == NULL || (status != 0 && (status < 400 || status > 599)))
		__builtin_trap();
	if (status == 0) {
		check(&q, &pass);
		read_fields(&pass);
	}
	free(text);
	return 0;
}
