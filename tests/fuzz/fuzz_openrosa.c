/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdint.h>
#include <string.h>
#include "serve/openrosa.h"
#include "xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINES 7

/* The line that begins at *s; *s moves behind it. */
static char *line(char **s)
{
	char *begin = *s, *end = strchr(begin, '\n');

	if (end == NULL) {
		*s = begin + strlen(begin);
		return begin;
	}
	*end = '\0';
	*s = end + 1;
	return begin;
}

/* What stands in an address must not end it, nor begin markup. */
static void check_base(char *const lines[LINES], char base[COPL_OPENROSA_BASE])
{
	const struct copl_openrosa_client client = {.host = lines[1],
	    .proxy = true,
	    .forwarded = *lines[2] == '\0' ? NULL : lines[2],
	    .forwarded_proto = lines[3],
	    .forwarded_host = *lines[4] == '\0' ? NULL : lines[4],
	    .forwarded_prefix = *lines[5] == '\0' ? NULL : lines[5]};
	const char *s;

	if (!copl_openrosa_base(&client, base)) {
		memcpy(base, "http://h", sizeof("http://h"));
		return;
	}
	if (strncmp(base, "http://", 7) != 0 &&
	    strncmp(base, "https://", 8) != 0)
		__builtin_trap();
	for (s = base; *s != '\0'; s++)
		if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f ||
		    strchr("<>\"'&@?#\\", *s) != NULL)
			__builtin_trap();
}

static void check_path(const char *path)
{
	char *id = malloc(strlen(path) + 1);

	if (id == NULL)
		return;
	if (copl_openrosa_route(path, id) != COPL_OPENROSA_NONE &&
	    strchr(id, '/') != NULL)
		__builtin_trap();
	free(id);
}

struct bytes {
	const char *s;
	size_t len;
};

static enum copl_status read_form(void *arg, const char *path, size_t max,
    struct copl_reporter *r, struct copl_strbuf *out)
{
	const struct bytes *b = arg;

	(void)path;
	(void)max;
	(void)r;
	copl_strbuf_reset(out);
	copl_strbuf_add(out, b->s, b->len);
	return out->st;
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

/* Whatever a form says of itself, the list of it can be read. */
static void check_list(const struct copl_openrosa *o, const char *base,
    const char *accept, struct copl_reporter *r)
{
	const struct copl_openrosa_ask ask = {
	    .base = base, .accept_language = accept, .verbose = true};
	struct copl_strbuf out = COPL_STRBUF_INIT(1 << 20);
	struct copl_strbuf languages = COPL_STRBUF_INIT(1 << 20);
	struct copl_xml *x = NULL;

	if (copl_openrosa_list(o, &ask, &out, &languages) != COPL_OK ||
	    copl_xml_read(out.s, out.len, "list", COPL_XML_STRICT, r, &x) !=
		COPL_OK ||
	    count(out.s, "<formID>") != o->nforms ||
	    count(out.s, "<name>") != o->nforms ||
	    count(out.s, "<hash>md5:") != o->nforms ||
	    count(out.s, "<downloadUrl>") != o->nforms)
		__builtin_trap();
	copl_xml_free(x);
	copl_strbuf_clear(&out);
	copl_strbuf_clear(&languages);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *s = text, *lines[LINES];
	char base[COPL_OPENROSA_BASE], sha256[COPL_SHA256_HEX];
	struct copl_manifest_file file = {
	    .path = "f.odk.xml", .type = "application/xml", .sha256 = sha256};
	struct copl_manifest m = {.files = &file, .nfiles = 1};
	struct copl_openrosa *o = NULL;
	struct copl_reporter r;
	struct bytes form;
	size_t i;

	if (text == NULL)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	for (i = 0; i < LINES; i++)
		lines[i] = line(&s);
	form = (struct bytes){s, (size_t)(text + size - s)};
	file.length = form.len;
	copl_sha256_hex(form.s, form.len, sha256);
	check_path(lines[0]);
	check_base(lines, base);
	copl_reporter_init(&r, NULL);
	if (copl_openrosa_load(&m, read_form, &form, "set", &r, &o) == COPL_OK)
		check_list(o, base, lines[6], &r);
	copl_openrosa_free(o);
	(void)copl_reporter_end(&r, COPL_OK);
	free(text);
	return 0;
}
