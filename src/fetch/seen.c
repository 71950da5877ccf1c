/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdio.h>
#include <string.h>
#include "fetch/seen.h"

#define SEEN_MAX ((size_t)4096)

static char *seen_path(const char *dir, struct copl_arena *a)
{
	return copl_path_join(a, dir, COPL_STATE_DIR "/seen");
}

/* The rest of the line that begins with this word. */
static void take(const char *text, const char *word, char *out, size_t room)
{
	const char *at = strstr(text, word);
	size_t len;

	if (at == NULL || (at > text && at[-1] != '\n'))
		return;
	at += strlen(word);
	len = strcspn(at, "\n");
	if (len < room)
		snprintf(out, room, "%.*s", (int)len, at);
}

enum copl_status copl_seen_load(const char *dir, struct copl_seen *out)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(SEEN_MAX);
	struct copl_arena *a = copl_arena_new();
	struct copl_reporter quiet;
	char *path;

	memset(out, 0, sizeof(*out));
	copl_reporter_init(&quiet, NULL);
	path = a == NULL ? NULL : seen_path(dir, a);
	if (path != NULL && copl_path_exists(path) &&
	    copl_file_read(path, SEEN_MAX, &quiet, &text) == COPL_OK) {
		const char *s = copl_strbuf_text(&text);

		take(s, "url ", out->url, sizeof(out->url));
		take(s, "etag ", out->etag, sizeof(out->etag));
		take(s, "manifest ", out->sha256, sizeof(out->sha256));
	}
	copl_strbuf_clear(&text);
	copl_arena_free(a);
	return path == NULL || quiet.nomem ? COPL_E_NOMEM : COPL_OK;
}

void copl_seen_save(const char *dir, const struct copl_seen *s)
{
	struct copl_strbuf text = COPL_STRBUF_INIT(SEEN_MAX);
	struct copl_arena *a = copl_arena_new();
	struct copl_reporter quiet;
	char *path;

	copl_reporter_init(&quiet, NULL);
	path = a == NULL ? NULL : seen_path(dir, a);
	copl_strbuf_printf(&text,
	    "# cop-l10n seen 1: what the address called its manifest\n"
	    "url %s\netag %s\nmanifest %s\n",
	    s->url, s->etag, s->sha256);
	if (path != NULL && text.st == COPL_OK &&
	    copl_file_output(path, text.s, text.len, 0644, &quiet, NULL) ==
		COPL_E_NOMEM)
		quiet.nomem = true;
	copl_strbuf_clear(&text);
	copl_arena_free(a);
}
