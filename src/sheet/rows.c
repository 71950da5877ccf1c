/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can stand in the column "type". */
#include "config.h"
#include <string.h>
#include "form/form.h"
#include "sheet/sheet_priv.h"

static const struct {
	const char *type; /* as it is written */
	const char *element;
	const char *label;
} kinds[SHEET_KINDS] = {
    [SHEET_FORM] = {"form", "consultation", NULL},
    [SHEET_TITLE] = {"title", "title", "title"},
    [SHEET_SUMMARY] = {"summary", "summary", "summary"},
    [SHEET_OPENS] = {"opens", "opens", NULL},
    [SHEET_CLOSES] = {"closes", "closes", NULL},
    [SHEET_AUDIENCE] = {"audience", "audience", NULL},
    [SHEET_PARAM] = {"param", "param", NULL},
    [SHEET_LINK] = {"link", "link", NULL},
    [SHEET_CONTACT] = {"contact", "contact", "contact"},
    [SHEET_PRIVACY] = {"privacy", "privacy", "p"},
    [SHEET_HELP] = {"help", "help", "p"},
    [SHEET_CHOICES] = {"choices", "choices", NULL},
    [SHEET_OPTION] = {"option", "option", "option"},
    [SHEET_SECTION] = {"begin_group", "section", "title"},
    [SHEET_END] = {"end_group", NULL, NULL},
    [SHEET_INTRO] = {"intro", "intro", "p"},
    [SHEET_NOTE] = {"note", "note", "p"},
    [SHEET_THANKS] = {"thanks", "thanks", "p"},
    [SHEET_PARAGRAPH] = {"paragraph", "p", "p"},
    [SHEET_BULLETS] = {"bullets", "bullets", NULL},
    [SHEET_BULLET] = {"bullet", "item", "item"},
    [SHEET_ROW] = {"row", "row", "row"},
    [SHEET_ONE] = {"select_one", "choose-one", "label"},
    [SHEET_MANY] = {"select_multiple", "choose-many", "label"},
    [SHEET_RATING] = {"range", "rating", "label"},
    [SHEET_GRID] = {"grid", "grid", "label"},
    [SHEET_RANK] = {"rank", "rank", "label"},
    [SHEET_TEXT] = {"text", "text", "label"},
    [SHEET_NUMBER] = {"decimal", "number", "label"},
    [SHEET_DATE] = {"date", "date", "label"},
    [SHEET_CONSENT] = {"consent", "consent", "label"},
};

const char *sheet_kind_type(enum sheet_kind kind)
{
	return kinds[kind].type;
}

const char *sheet_kind_element(enum sheet_kind kind)
{
	return kinds[kind].element;
}

const char *sheet_kind_label(enum sheet_kind kind)
{
	return kinds[kind].label;
}

/* Other words; blanks and hyphens are "_" here. */
static const struct {
	const char *word;
	enum sheet_kind kind;
	const char *arg;
} words[] = {
    {"section", SHEET_SECTION, NULL},
    {"choose_one", SHEET_ONE, NULL},
    {"choose_many", SHEET_MANY, NULL},
    {"select_many", SHEET_MANY, NULL},
    {"rating", SHEET_RATING, NULL},
    {"number", SHEET_NUMBER, NULL},
    {"integer", SHEET_NUMBER, NULL},
    {"acknowledge", SHEET_CONSENT, "participant"},
    {"trigger", SHEET_CONSENT, "participant"},
    {"consent_by", SHEET_CONSENT, NULL},
    {"item", SHEET_BULLET, NULL},
    {"p", SHEET_PARAGRAPH, NULL},
    {"settings", SHEET_FORM, NULL},
};

/* Types of XLSForm that ask for something no form asks for. */
static const char *const unsupported[] = {"start", "end", "today", "deviceid",
    "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "calculate", "hidden", "geopoint", "geotrace", "geoshape", "image", "audio",
    "video", "file", "barcode", "time", "datetime", "begin_repeat",
    "end_repeat", "xml_external", "csv_external", "select_one_from_file",
    "select_multiple_from_file", "select_one_external", "background_audio"};

/* The first n words of a cell with "_" between, in small letters. */
static const char *head_of(
    const char *cell, size_t n, struct copl_arena *a, const char **rest)
{
	char *head = copl_arena_strdup(a, cell);
	size_t out = 0;

	if (head == NULL)
		return NULL;
	for (; n > 0 && *cell != '\0'; n--) {
		if (out > 0)
			head[out++] = '_';
		for (; *cell != '\0' && !copl_is_space(*cell); cell++)
			head[out++] = copl_is_upper(*cell)
					  ? (char)(*cell | 0x20)
				      : *cell == '-' ? '_'
						     : *cell;
		while (copl_is_space(*cell))
			cell++;
	}
	head[out] = '\0';
	*rest = *cell == '\0' ? NULL : cell;
	return head;
}

static bool find_word(const char *head, struct sheet_type *out)
{
	size_t i;

	for (i = 0; i < SHEET_KINDS; i++) {
		if (strcmp(kinds[i].type, head) != 0)
			continue;
		out->kind = (enum sheet_kind)i;
		out->word = kinds[i].type;
		out->group = i == SHEET_SECTION;
		return true;
	}
	for (i = 0; i < COPL_COUNT(words); i++) {
		if (strcmp(words[i].word, head) != 0)
			continue;
		out->kind = words[i].kind;
		out->word = words[i].word;
		out->arg = words[i].arg;
		out->integer = strcmp(head, "integer") == 0;
		return true;
	}
	return false;
}

static bool is_unsupported(const char *head)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(unsupported); i++)
		if (strcmp(unsupported[i], head) == 0)
			return true;
	return false;
}

static size_t skip_blanks(const char *cell)
{
	size_t n = 0;

	while (copl_is_space(cell[n]))
		n++;
	return n;
}

enum sheet_type_result sheet_type_read(
    const char *cell, struct copl_arena *a, struct sheet_type *out)
{
	size_t n;

	memset(out, 0, sizeof(*out));
	cell += skip_blanks(cell);
	/* "end" alone is another type than "end group". */
	for (n = 3; n > 0; n--) {
		const char *rest = NULL, *head = head_of(cell, n, a, &rest);

		if (head == NULL)
			return SHEET_TYPE_NOMEM;
		if (is_unsupported(head))
			return SHEET_TYPE_UNSUPPORTED;
		if (!find_word(head, out))
			continue;
		if (rest != NULL)
			out->arg = rest;
		return SHEET_TYPE_OK;
	}
	return SHEET_TYPE_UNKNOWN;
}

const char *sheet_type_near(const char *cell, struct copl_arena *a)
{
	const char *best = NULL, *rest, *head;
	size_t least = SIZE_MAX, i, d;

	head = head_of(cell + skip_blanks(cell), 1, a, &rest);
	for (i = 0; head != NULL && i < SHEET_KINDS; i++) {
		d = copl_form_typing_errors(head, kinds[i].type);
		if (d < least) {
			least = d;
			best = kinds[i].type;
		}
	}
	for (i = 0; head != NULL && i < COPL_COUNT(words); i++) {
		d = copl_form_typing_errors(head, words[i].word);
		if (d < least) {
			least = d;
			best = words[i].word;
		}
	}
	return best;
}
