/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "lint/language.h"

static const struct lint_mark arabic_marks[] = {
    {',', "\u060c"}, {';', "\u061b"}, {'?', "\u061f"}, {'\0', NULL}};
static const struct lint_mark chinese_marks[] = {{',', "\uff0c"},
    {'.', "\u3002"}, {'?', "\uff1f"}, {'!', "\uff01"}, {':', "\uff1a"},
    {';', "\uff1b"}, {'\0', NULL}};

/* Persian and Urdu letters; those for foreign sounds are used in Arabic. */
static const struct lint_twin arabic_twins[] = {{0x06a9, 0x0643},
    {0x06cc, 0x064a}, {0x06c1, 0x0647}, {0x06be, 0x0647}, {0x06d5, 0x0647},
    {0x06c0, 0x0629}, {0x06c3, 0x0629}, {0x06d0, 0x064a}, {0x06cd, 0x064a},
    {0x06aa, 0x0643}, {0x06ba, 0x0646}, {0x06d2, 0x064a}, {0, 0}};
static const uint32_t arabic_letters[][2] = {{0x0621, 0x063a}, {0x0641, 0x064a},
    {0x0671, 0x0671}, {0x067e, 0x067e}, {0x0686, 0x0686}, {0x0698, 0x0698},
    {0x06a2, 0x06a2}, {0x06a4, 0x06a5}, {0x06a7, 0x06a8}, {0x06ad, 0x06ad},
    {0x06af, 0x06af}};

/* Ukrainian i for a typing slip, and so on. */
static const struct lint_twin russian_twins[] = {{0x0456, 0x0438},
    {0x0406, 0x0418}, {0x0454, 0x044d}, {0x0404, 0x042d}, {0, 0}};
static const uint32_t russian_letters[][2] = {
    {0x0401, 0x0401}, {0x0410, 0x044f}, {0x0451, 0x0451}};

/* What French and Spanish write, with foreign names as newspapers do. */
static const uint32_t western_letters[][2] = {{0x0041, 0x005a},
    {0x0061, 0x007a}, {0x00aa, 0x00aa}, {0x00ba, 0x00ba}, {0x00c0, 0x00d6},
    {0x00d8, 0x00f6}, {0x00f8, 0x00ff}, {0x0152, 0x0153}, {0x0178, 0x0178}};

/* Kana and Hangul come from another language's keyboard. */
static const uint32_t chinese_letters[][2] = {{0x3005, 0x3007},
    {0x3100, 0x312f}, {0x31a0, 0x31bf}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff},
    {0xf900, 0xfaff}, {0x20000, 0x3ffff}};

#define LETTERS(a) .letters = (a), .nletters = COPL_COUNT(a)

static const struct lint_language rows[] = {
    {
	.lang = "ar",
	.prefixes = "\u0648 \u0641 \u0628 \u0643 \u0644 \u0627\u0644 "
		    "\u0644\u0644 \u0628\u0627\u0644 \u0648\u0627\u0644 "
		    "\u0643\u0627\u0644 \u0641\u0627\u0644 \u0633 "
		    "\u0648\u0628 \u0648\u0644 \u0648\u0628\u0627\u0644 "
		    "\u0648\u0644\u0644 \u0641\u0628 \u0641\u0644",
	.of_range = "\u0625\u0644\u0649 \u0648",
	.quotes = "\u201c\u2026\u201d or \u00ab\u2026\u00bb",
	.marks = arabic_marks,
	.twins = arabic_twins,
	LETTERS(arabic_letters),
    },
    {
	.lang = "en",
	.of_range = "to through and until",
    },
    {
	.lang = "es",
	.informal = "t\u00fa T\u00fa tu tus ti te contigo tuyo tuya tuyos "
		    "tuyas",
	/* "ustedes" is the plural of both in most of the world. */
	.formal = "usted",
	.of_range = "a y hasta",
	.quotes = "\u00ab\u2026\u00bb or \u201c\u2026\u201d",
	.inverted = true,
	LETTERS(western_letters),
    },
    {
	.lang = "fr",
	.informal = "tu toi te ta tes",
	.formal = "vous votre vos veuillez",
	.informal_end = "-tu -toi",
	.formal_end = "-vous",
	.elided = "t",
	.twice = "vous nous",
	.of_range = "\u00e0 et",
	.quotes = "\u00ab\u00a0\u2026\u00a0\u00bb",
	.spaced = true,
	LETTERS(western_letters),
    },
    {
	.lang = "ru",
	.informal =
	    "\u0442\u044b \u0422\u044b \u0442\u0435\u0431\u044f "
	    "\u0422\u0435\u0431\u044f \u0442\u0435\u0431\u0435 "
	    "\u0422\u0435\u0431\u0435 \u0442\u043e\u0431\u043e\u0439 "
	    "\u0442\u043e\u0431\u043e\u044e \u0442\u0432\u043e\u0439 "
	    "\u0422\u0432\u043e\u0439 \u0442\u0432\u043e\u044f "
	    "\u0422\u0432\u043e\u044f \u0442\u0432\u043e\u0451 "
	    "\u0422\u0432\u043e\u0451 \u0442\u0432\u043e\u0435 "
	    "\u0422\u0432\u043e\u0435 \u0442\u0432\u043e\u0438 "
	    "\u0422\u0432\u043e\u0438 \u0442\u0432\u043e\u0435\u0433\u043e "
	    "\u0442\u0432\u043e\u0435\u0439 \u0442\u0432\u043e\u0438\u0445 "
	    "\u0442\u0432\u043e\u0435\u043c\u0443 "
	    "\u0442\u0432\u043e\u0438\u043c \u0442\u0432\u043e\u0451\u043c "
	    "\u0442\u0432\u043e\u0435\u043c \u0442\u0432\u043e\u044e "
	    "\u0442\u0432\u043e\u0438\u043c\u0438",
	.formal =
	    "\u0432\u044b \u0412\u044b \u0432\u0430\u0441 \u0412\u0430\u0441 "
	    "\u0432\u0430\u043c \u0412\u0430\u043c \u0432\u0430\u043c\u0438 "
	    "\u0412\u0430\u043c\u0438 \u0432\u0430\u0448 \u0412\u0430\u0448 "
	    "\u0432\u0430\u0448\u0430 \u0412\u0430\u0448\u0430 "
	    "\u0432\u0430\u0448\u0435 \u0412\u0430\u0448\u0435 "
	    "\u0432\u0430\u0448\u0438 \u0412\u0430\u0448\u0438 "
	    "\u0432\u0430\u0448\u0435\u0433\u043e "
	    "\u0432\u0430\u0448\u0435\u0439 \u0432\u0430\u0448\u0438\u0445 "
	    "\u0432\u0430\u0448\u0435\u043c\u0443 "
	    "\u0432\u0430\u0448\u0438\u043c \u0432\u0430\u0448\u0435\u043c "
	    "\u0432\u0430\u0448\u0443 \u0412\u0430\u0448\u0443 "
	    "\u0432\u0430\u0448\u0438\u043c\u0438",
	.of_range = "\u0434\u043e \u043f\u043e \u0438",
	.quotes = "\u00ab\u2026\u00bb, inside them \u201e\u2026\u201c",
	.twins = russian_twins,
	LETTERS(russian_letters),
    },
    {
	.lang = "zh",
	.informal = "\u4f60",
	.formal = "\u60a8",
	.of_range = "\u5230 \u81f3",
	.quotes = "\u201c\u2026\u201d",
	.marks = chinese_marks,
	LETTERS(chinese_letters),
	.unspaced = true,
    },
    {.lang = "ja", .unspaced = true},
    {.lang = "th", .unspaced = true, .unmarked = true, .guided = true},
    {.lang = "lo", .unspaced = true, .unmarked = true, .guided = true},
    {.lang = "km", .unspaced = true, .guided = true},
    {.lang = "my", .unspaced = true, .guided = true},
};

const struct lint_language *lint_language_of(const char *tag)
{
	static const struct lint_language none = {.lang = ""};
	size_t len = strcspn(tag, "-_"), i;

	for (i = 0; i < COPL_COUNT(rows); i++)
		if (strlen(rows[i].lang) == len &&
		    memcmp(rows[i].lang, tag, len) == 0)
			return &rows[i];
	return &none;
}

const struct lint_mark *lint_mark_of(const struct lint_language *own, char c)
{
	const struct lint_mark *m = own->marks;

	for (; m != NULL && m->ascii != '\0'; m++)
		if (m->ascii == c)
			return m;
	return NULL;
}

const char *lint_idle_character(const struct lint_language *own, size_t i)
{
	static const char *const idle[] = {"\ufeff", "\u200b", "\u2060"};
	size_t n = own->guided ? 1 : COPL_COUNT(idle);

	return i < n ? idle[i] : NULL;
}
