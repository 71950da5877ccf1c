/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdbool.h>
#include <string.h>
#include "aid.h"
#include "phrases.h"
#include "po.h"

enum { COLUMNS = 79 };

static const char *const plural[LANGS] = {
    NULL,
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "nplurals=1; plural=0;",
    "nplurals=2; plural=(n > 1);",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && "
    "n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "nplurals=2; plural=(n != 1);",
    "nplurals=2; plural=(n > 1);",
};

/* One character of UTF-8 at TEXT; its length into *LEN. */
static uint32_t character(const char *text, size_t *len)
{
	unsigned char c = (unsigned char)text[0];
	uint32_t value = c;

	*len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (c >= 0x80)
		value = c & (0xffu >> (*len + 1));
	for (size_t i = 1; i < *len; i++)
		value = value << 6 | ((unsigned char)text[i] & 0x3f);
	return value;
}

static bool wide(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0xd7a3) || (c >= 0xff01 && c <= 0xff60);
}

/* Closing and opening marks, which stay with the word beside them. */
static bool clings(uint32_t c)
{
	return (c >= 0x2018 && c <= 0x201f) || c == 0xff0c || c == 0xff1f ||
	       c == 0xff1a || c == 0x3002;
}

/* Whether a line may end between these two characters. */
static bool may_break(uint32_t before, uint32_t after)
{
	if (after == ' ' || before == 0)
		return false;
	if (before == ' ' || before == '/')
		return true;
	if (!wide(before) && !wide(after))
		return false;
	return !clings(after) && (before < 0x2018 || before > 0x201f);
}

static size_t width(uint32_t c)
{
	if (c >= 0x64b && c <= 0x65f)
		return 0;
	return wide(c) ? 2 : 1;
}

/* Escapes TEXT for a PO string. */
static void escape(struct buf *out, const char *text)
{
	buf_clear(out);
	buf_add(out, "", 0);
	for (; *text != '\0'; text++)
		if (*text == '\n')
			buf_str(out, "\\n");
		else if (*text == '"' || *text == '\\') {
			buf_str(out, "\\");
			buf_add(out, text, 1);
		} else
			buf_add(out, text, 1);
}

static size_t text_width(const char *text)
{
	size_t sum = 0;
	size_t len = 0;

	for (; *text != '\0'; text += len)
		sum += width(character(text, &len));
	return sum;
}

/* How many bytes of TEXT go onto one line. */
static size_t line_bytes(const char *text)
{
	uint32_t before = 0;
	size_t last = 0;
	size_t sum = 0;
	size_t len = 0;
	size_t at = 0;

	for (; text[at] != '\0'; at += len) {
		uint32_t c = character(text + at, &len);

		if (may_break(before, c))
			last = at;
		sum += width(c);
		if (sum > COLUMNS - 2 && last > 0)
			return last;
		before = c;
	}
	return at;
}

/* KEY and TEXT, which is escaped already. */
static void lines(FILE *file, const char *key, const char *text)
{
	if (strlen(key) + 3 + text_width(text) <= COLUMNS) {
		fprintf(file, "%s \"%s\"\n", key, text);
		return;
	}
	fprintf(file, "%s \"\"\n", key);
	while (*text != '\0') {
		size_t len = line_bytes(text);

		fprintf(file, "\"%.*s\"\n", (int)len, text);
		text += len;
	}
}

void po_field(FILE *file, const char *key, const char *text)
{
	struct buf safe = {NULL, 0, 0};

	escape(&safe, text);
	lines(file, key, safe.at);
	buf_free(&safe);
}

void po_header(FILE *file, const char *name, size_t lang)
{
	const char *line = NULL;
	struct buf text = {NULL, 0, 0};

	fprintf(file,
	    "msgid \"\"\n"
	    "msgstr \"\"\n"
	    "\"Project-Id-Version: bench 1\\n\"\n"
	    "\"POT-Creation-Date: 2027-01-12 08:00+0000\\n\"\n"
	    "\"PO-Revision-Date: 2027-01-12 08:00+0000\\n\"\n"
	    "\"Last-Translator: Bench <bench@example.org>\\n\"\n"
	    "\"Language-Team: %s <%s@example.org>\\n\"\n"
	    "\"Language: %s\\n\"\n"
	    "\"MIME-Version: 1.0\\n\"\n"
	    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"Content-Transfer-Encoding: 8bit\\n\"\n",
	    name, name, name);
	buf_str(&text, "Plural-Forms: ");
	buf_str(&text, plural[lang]);
	buf_str(&text, "\\n");
	for (line = text.at; *line != '\0';) {
		size_t len = line_bytes(line);

		fprintf(file, "\"%.*s\"\n", (int)len, line);
		line += len;
	}
	buf_free(&text);
}
