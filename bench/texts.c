/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "project.h"

/* A link of phrases.txt, <a href="#q7">, becomes what SHAPE needs. */
static void put_links(const char *text, enum shape shape, struct buf *out)
{
	const char *link = NULL;

	buf_clear(out);
	buf_add(out, "", 0);
	while ((link = strstr(text, "<a ")) != NULL) {
		buf_add(out, text, (size_t)(link - text));
		buf_str(
		    out, shape == SHAPE_CATALOG ? "<a>" : "<a to=\"more\">");
		text = strchr(link, '>') + 1;
	}
	buf_str(out, text);
}

/* In Arabic, a value stands apart from the direction of the text. */
static void put_value(const char *value, size_t lang, struct buf *out)
{
	bool apart = strcmp(lang_name[lang], "ar") == 0;

	buf_str(out, apart ? " \xe2\x81\xa8" : " ");
	buf_str(out, value);
	buf_str(out, apart ? "\xe2\x81\xa9" : "");
}

void texts_get(const struct texts *texts, size_t i, size_t lang,
    enum shape shape, struct buf *out)
{
	const struct unit *unit = &texts->unit[i];
	const char *tail = unit->tail;
	struct buf text = {NULL, 0, 0};

	phrases_compose(texts->phrases, unit->kind, unit->seed, lang, &text);
	put_links(text.at, shape, out);
	if (shape == SHAPE_RESULT && strcmp(tail, " {contact}") == 0)
		put_value(CONTACT, lang, out);
	else if (shape == SHAPE_RESULT && strcmp(tail, " {guardian_age}") == 0)
		put_value(GUARDIAN_AGE, lang, out);
	else
		buf_str(out, tail);
	buf_free(&text);
}

/* Whether the last of the texts equals one of the APART before it. */
static bool repeats(const struct texts *texts, size_t apart, const char *last)
{
	struct buf text = {NULL, 0, 0};
	size_t n = texts->n - 1;
	bool same = false;

	for (size_t i = n - (apart < n ? apart : n); i < n && !same; i++) {
		texts_get(texts, i, 0, SHAPE_MASTER, &text);
		same = strcmp(text.at, last) == 0;
	}
	buf_free(&text);
	return same;
}

void texts_add(struct texts *texts, const char *owner, const char *part,
    enum kind kind, const char *tail, size_t apart, struct buf *out)
{
	struct buf id = {NULL, 0, 0};
	struct unit *unit = NULL;

	if (texts->n % 1024 == 0)
		texts->unit =
		    grow(texts->unit, texts->n + 1024, sizeof(*texts->unit));
	buf_str(&id, owner);
	if (part != NULL) {
		buf_str(&id, "/");
		buf_str(&id, part);
	}
	unit = &texts->unit[texts->n++];
	*unit = (struct unit){id.at, tail, kind, 0};
	do {
		unit->seed = dice(&texts->dice);
		texts_get(texts, texts->n - 1, 0, SHAPE_MASTER, out);
	} while (repeats(texts, apart, out->at));
}

void texts_free(struct texts *texts)
{
	for (size_t i = 0; i < texts->n; i++)
		free(texts->unit[i].id);
	free(texts->unit);
}
