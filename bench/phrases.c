/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "aid.h"
#include "phrases.h"

enum { SLOTS = 24, PATTERNS = 8, WORDS = 24, ZH = 2 };

/* Of a hundred strings that may hold inline markup, so many do. */
enum { MARKED = 14 };

const char *const lang_name[LANGS] = {"en", "ar", "zh", "fr", "ru", "es", "pt"};

static const char *const kind_name[KINDS] = {
    "title", "p", "text", "hint", "choice", "prompt", "answer"};

struct phrase {
	const char *text[LANGS];
};

struct slot {
	const char *name;
	size_t first;
	size_t count;
};

struct pattern {
	size_t words;
	size_t slot[WORDS];
	bool glued[WORDS];
};

struct phrases {
	struct buf file;
	struct phrase *phrase;
	size_t count;
	struct slot slot[SLOTS];
	size_t slots;
	struct pattern pattern[KINDS][PATTERNS];
	size_t patterns[KINDS];
};

/* The next of the pieces of *REST that SEP divides, or NULL. */
static char *piece(char **rest, char sep)
{
	char *start = *rest;
	char *end = NULL;

	if (start == NULL)
		return NULL;
	end = strchr(start, sep);
	if (end != NULL)
		*end++ = '\0';
	*rest = end;
	return start;
}

static void begin_slot(struct phrases *p, const char *name)
{
	if (p->slots == SLOTS)
		die("phrases: too many slots");
	p->slot[p->slots++] = (struct slot){name, p->count, 0};
}

static void add_phrase(struct phrases *p, char *line)
{
	struct phrase phrase = {{NULL}};

	for (size_t i = 0; i < LANGS; i++) {
		phrase.text[i] = piece(&line, '|');
		if (phrase.text[i] == NULL)
			die("phrases: a language is missing");
	}
	if (line != NULL || p->slots == 0)
		die("phrases: %s: not expected", phrase.text[0]);
	p->phrase = grow(p->phrase, p->count + 1, sizeof(*p->phrase));
	p->phrase[p->count++] = phrase;
	p->slot[p->slots - 1].count++;
}

static size_t find_slot(const struct phrases *p, const char *name)
{
	for (size_t i = 0; i < p->slots; i++)
		if (strcmp(p->slot[i].name, name) == 0)
			return i;
	die("phrases: no slot %s", name);
}

static void add_pattern(struct phrases *p, char *line)
{
	const char *name = piece(&line, ' ');
	struct pattern *pattern = NULL;
	size_t kind = 0;

	if (name == NULL)
		die("phrases: a pattern without a kind");
	while (kind < KINDS && strcmp(kind_name[kind], name) != 0)
		kind++;
	if (kind == KINDS || p->patterns[kind] == PATTERNS)
		die("phrases: pattern %s: unknown or one too many", name);
	pattern = &p->pattern[kind][p->patterns[kind]++];
	while ((name = piece(&line, ' ')) != NULL) {
		if (pattern->words == WORDS)
			die("phrases: pattern %s is too long", kind_name[kind]);
		pattern->glued[pattern->words] = name[0] == '+';
		pattern->slot[pattern->words++] =
		    find_slot(p, name + (name[0] == '+'));
	}
}

struct phrases *phrases_load(const char *path)
{
	struct phrases *p = grow(NULL, 1, sizeof(*p));
	char *rest = NULL;
	char *line = NULL;

	memset(p, 0, sizeof(*p));
	buf_load(&p->file, path);
	rest = p->file.at;
	while ((line = piece(&rest, '\n')) != NULL) {
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (strncmp(line, "slot ", 5) == 0)
			begin_slot(p, line + 5);
		else if (strncmp(line, "pattern ", 8) == 0)
			add_pattern(p, line + 8);
		else
			add_phrase(p, line);
	}
	for (size_t i = 0; i < KINDS; i++)
		if (p->patterns[i] == 0)
			die("phrases: no pattern %s", kind_name[i]);
	return p;
}

void phrases_free(struct phrases *phrases)
{
	if (phrases == NULL)
		return;
	free(phrases->phrase);
	buf_free(&phrases->file);
	free(phrases);
}

/* TEXT with its {a} and {b} replaced by two years that SEED gives. */
static void add_years(struct buf *out, const char *text, uint64_t seed)
{
	uint64_t from = 1980 + dice(&seed) % 40;
	uint64_t to = from + 1 + dice(&seed) % 30;

	for (const char *brace = strchr(text, '{'); brace != NULL;
	     brace = strchr(text, '{')) {
		buf_add(out, text, (size_t)(brace - text));
		buf_num(out, brace[1] == 'a' ? from : to);
		text = brace + 3;
	}
	buf_str(out, text);
}

/* The word that is marked in this string; WORDS for none. */
static size_t marked_word(
    enum kind kind, const struct pattern *pattern, uint64_t *state)
{
	bool marked = dice(state) % 100 < MARKED;
	size_t word = dice(state) % pattern->words;

	if (!marked || kind == KIND_PROMPT || kind == KIND_ANSWER)
		return WORDS;
	return pattern->glued[word] ? 0 : word;
}

void phrases_compose(const struct phrases *phrases, enum kind kind,
    uint64_t seed, size_t lang, struct buf *out)
{
	static const char *const tag[] = {"em", "strong", "a"};
	const struct pattern *pattern =
	    &phrases->pattern[kind][dice(&seed) % phrases->patterns[kind]];
	size_t mark = marked_word(kind, pattern, &seed);
	size_t which = dice(&seed) % 3;
	uint64_t target = dice(&seed) % 1000;

	buf_clear(out);
	for (size_t i = 0; i < pattern->words; i++) {
		const struct slot *slot = &phrases->slot[pattern->slot[i]];
		size_t n = slot->first + dice(&seed) % slot->count;

		if (i > 0 && !pattern->glued[i] && lang != ZH)
			buf_str(out, " ");
		if (i == mark) {
			buf_str(out, "<");
			buf_str(out, tag[which]);
			if (which == 2) {
				buf_str(out, " href=\"#q");
				buf_num(out, target);
				buf_str(out, "\"");
			}
			buf_str(out, ">");
		}
		add_years(out, phrases->phrase[n].text[lang], seed);
		if (i == mark) {
			buf_str(out, "</");
			buf_str(out, tag[which]);
			buf_str(out, ">");
		}
	}
}
