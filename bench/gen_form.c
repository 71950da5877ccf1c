/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form itself, and the list of what is in it. */
#include "config.h"
#include <stdbool.h>
#include <string.h>
#include "gen.h"

/* Elements are broken into lines of this many columns. */
enum { COLUMNS = 78 };

struct writer {
	struct form *form;
	FILE *file;
	size_t want;
	uint32_t line;
	uint64_t dice;
	struct buf text;
	struct buf other;
};

/* Of the percent values 0 to 99, PERCENT say yes. */
static bool luck(struct writer *w, unsigned percent)
{
	return dice(&w->dice) % 100 < percent;
}

static bool full(const struct writer *w)
{
	return w->form->units == w->want;
}

static void out(struct writer *w, const char *text)
{
	for (const char *p = strchr(text, '\n'); p != NULL;
	     p = strchr(p + 1, '\n'))
		w->line++;
	fputs(text, w->file);
}

static void enlarge(struct form *form)
{
	size_t slots = form->slots == 0 ? 1024 : form->slots * 2;

	form->table = grow(form->table, slots, sizeof(*form->table));
	memset(form->table, 0, slots * sizeof(*form->table));
	form->slots = slots;
	for (size_t i = 0; i < form->strings; i++) {
		size_t at = form->string[i].hash & (slots - 1);

		while (form->table[at] != 0)
			at = (at + 1) & (slots - 1);
		form->table[at] = (uint32_t)i + 1;
	}
	form->string = grow(form->string, slots, sizeof(*form->string));
}

/* The number of the text in w->text, old or new. */
static uint32_t intern(struct writer *w, enum kind kind, uint64_t seed)
{
	struct form *form = w->form;
	uint64_t hash = hash_bytes(w->text.at, w->text.len);
	size_t at = 0;

	if (form->strings * 2 >= form->slots)
		enlarge(form);
	for (at = hash & (form->slots - 1); form->table[at] != 0;
	     at = (at + 1) & (form->slots - 1)) {
		const struct string *s = &form->string[form->table[at] - 1];

		if (s->hash != hash)
			continue;
		phrases_compose(form->phrases, s->kind, s->seed, 0, &w->other);
		if (strcmp(w->other.at, w->text.at) == 0)
			return form->table[at] - 1;
	}
	form->string[form->strings] =
	    (struct string){seed, hash, kind, w->line};
	form->table[at] = (uint32_t)++form->strings;
	return (uint32_t)form->strings - 1;
}

/* Makes a new unit and leaves its text in w->text. */
static void unit(struct writer *w, enum kind kind)
{
	struct form *form = w->form;
	uint64_t seed = dice(&w->dice);

	phrases_compose(form->phrases, kind, seed, 0, &w->text);
	if (form->units % 1024 == 0)
		form->unit =
		    grow(form->unit, form->units + 1024, sizeof(*form->unit));
	form->unit[form->units++] = intern(w, kind, seed);
}

static size_t columns(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

/* The length of the next word: up to a blank that is not in a tag. */
static size_t word(const char *text)
{
	bool tag = false;
	size_t n = 0;

	for (; text[n] != '\0' && (tag || text[n] != ' '); n++)
		tag = text[n] == '<' || (tag && text[n] != '>');
	return n;
}

/* The text over several lines, each INDENT blanks in. */
static void wrapped(struct writer *w, int indent)
{
	const char *text = w->text.at;
	size_t used = 0;

	while (*text != '\0') {
		size_t len = word(text);
		size_t cols = columns(text, len);

		if (used == 0 || used + 1 + cols > COLUMNS) {
			fprintf(w->file, "\n%*s", indent, "");
			w->line++;
			used = (size_t)indent + cols;
		} else {
			fputc(' ', w->file);
			used += 1 + cols;
		}
		fwrite(text, 1, len, w->file);
		text += len + (text[len] == ' ');
	}
}

/* An element of one unit, on one line where it fits. */
static void element(struct writer *w, const char *name, enum kind kind, int at)
{
	if (full(w))
		return;
	unit(w, kind);
	fprintf(w->file, "%*s<%s>", at, "", name);
	if ((size_t)at + strlen(name) * 2 + 5 +
		columns(w->text.at, w->text.len) <=
	    COLUMNS) {
		fputs(w->text.at, w->file);
	} else {
		wrapped(w, at + 2);
		fprintf(w->file, "\n%*s", at, "");
		w->line++;
	}
	fprintf(w->file, "</%s>", name);
	out(w, "\n");
}

static void answers(struct writer *w)
{
	size_t count = 3 + dice(&w->dice) % 4;

	if (luck(w, 25)) {
		if (full(w))
			return;
		unit(w, KIND_PROMPT);
		fprintf(
		    w->file, "      <open placeholder=\"%s\"/>", w->text.at);
		out(w, "\n");
		return;
	}
	out(w, "      <choices>\n");
	for (size_t i = 0; i < count; i++)
		element(
		    w, "choice", luck(w, 16) ? KIND_ANSWER : KIND_CHOICE, 8);
	out(w, "      </choices>\n");
}

static void section(struct writer *w, size_t number)
{
	size_t count = 4 + dice(&w->dice) % 5;

	fprintf(w->file, "  <section id=\"s%zu\">", number);
	out(w, "\n");
	fprintf(w->file, "    <code>S-%zu</code>", number);
	out(w, "\n");
	element(w, "title", KIND_TITLE, 4);
	element(w, "p", KIND_P, 4);
	for (size_t i = 0; i < count && !full(w); i++) {
		fprintf(w->file, "    <question id=\"s%zu.q%zu\">", number, i);
		out(w, "\n");
		element(w, "text", KIND_TEXT, 6);
		if (luck(w, 40))
			element(w, "hint", KIND_HINT, 6);
		answers(w);
		out(w, "    </question>\n");
	}
	out(w, "  </section>\n");
}

void gen_form(struct form *form, size_t want)
{
	struct writer w = {.form = form, .want = want, .line = 1, .dice = 7};

	w.file = gen_open(form->folder, "form.xml");
	out(&w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!-- made by bench/gen -->\n"
		"<enquiry id=\"bench\" xml:lang=\"en\">\n");
	element(&w, "title", KIND_TITLE, 2);
	for (size_t i = 1; !full(&w); i++)
		section(&w, i);
	out(&w, "</enquiry>\n");
	gen_close(w.file);
	buf_free(&w.text);
	buf_free(&w.other);
}
