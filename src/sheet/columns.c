/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The columns of a table and the attributes they stand for. */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form.h"
#include "sheet/sheet_priv.h"

/* ---- names; the first one of a field is the one that is written ---- */

static const struct {
	const char *name;
	enum sheet_field field;
	enum sheet_part part;
} names[] = {
    {"type", SHEET_COL_TYPE, 0},
    {"name", SHEET_COL_NAME, 0},
    {"label", SHEET_COL_TEXT, SHEET_LABEL},
    {"hint", SHEET_COL_TEXT, SHEET_HINT},
    {"required", SHEET_COL_REQUIRED, 0},
    {"relevant", SHEET_COL_RELEVANT, 0},
    {"constraint_message", SHEET_COL_TEXT, SHEET_ERROR},
    {"appearance", SHEET_COL_APPEARANCE, 0},
    {"sensitive", SHEET_COL_SENSITIVE, 0},
    {"min", SHEET_COL_MIN, 0},
    {"max", SHEET_COL_MAX, 0},
    {"step", SHEET_COL_STEP, 0},
    {"unit", SHEET_COL_TEXT, SHEET_UNIT},
    {"low", SHEET_COL_TEXT, SHEET_LOW},
    {"high", SHEET_COL_TEXT, SHEET_HIGH},
    {"top", SHEET_COL_TOP, 0},
    {"lines", SHEET_COL_LINES, 0},
    {"maxlength", SHEET_COL_MAXLENGTH, 0},
    {"precision", SHEET_COL_PRECISION, 0},
    {"shuffle", SHEET_COL_SHUFFLE, 0},
    {"exclusive", SHEET_COL_EXCLUSIVE, 0},
    {"other", SHEET_COL_OTHER, 0},
    {"from_age", SHEET_COL_FROM_AGE, 0},
    {"kind", SHEET_COL_KIND, 0},
    {"order", SHEET_COL_ORDER, 0},
    {"value", SHEET_COL_VALUE, 0},
    {"use", SHEET_COL_USE, 0},
    {"example", SHEET_COL_EXAMPLE, 0},
    {"href", SHEET_COL_HREF, 0},
    {"recipient", SHEET_COL_RECIPIENT, 0},
    {"per_language", SHEET_COL_PER_LANGUAGE, 0},
    {"keep_until", SHEET_COL_KEEP_UNTIL, 0},
    {"version", SHEET_COL_VERSION, 0},
    {"language", SHEET_COL_LANGUAGE, 0},
    {"prevails", SHEET_COL_PREVAILS, 0},
    {"dir", SHEET_COL_DIR, 0},
    /* other words for them */
    {"when", SHEET_COL_RELEVANT, 0},
    {"error", SHEET_COL_TEXT, SHEET_ERROR},
    {"id", SHEET_COL_NAME, 0},
    {"from", SHEET_COL_MIN, 0},
    {"to", SHEET_COL_MAX, 0},
    {"at", SHEET_COL_VALUE, 0},
    {"default_language", SHEET_COL_LANGUAGE, 0},
};
/* Those before "when" are written. */
#define NAMES_WRITTEN (COPL_COUNT(names) - 7)

static const char *const parts[SHEET_PARTS] = {
    [SHEET_LABEL] = "",
    [SHEET_HINT] = "hint_",
    [SHEET_ERROR] = "constraint_message_",
    [SHEET_LOW] = "low_",
    [SHEET_HIGH] = "high_",
    [SHEET_UNIT] = "unit_",
    [SHEET_ALL] = "all_",
};

static const struct {
	const char *name;
	const char *attr;
} text_attrs[] = {
    {"note", "note"},
    {"count", "count"},
    {"maxchars", "maxchars"},
    {"translate", "translate"},
    {"lang", "xml:lang"},
    {"space", "xml:space"},
};

static const struct {
	const char *name;
	const char *advice;
} unsupported[] = {
    {"choice_filter", N_("all answers of a list are shown: make one list for "
			 "each case")},
    {"calculation", N_("a form does not calculate")},
    {"constraint", N_("use the columns min, max, step and maxlength")},
    {"parameters", N_("use the columns min, max, step and shuffle")},
    {"default", N_("no answer is given before a person gives it")},
    {"read_only", N_("use a row of type note for a text")},
    {"readonly", N_("use a row of type note for a text")},
    {"repeat_count", N_("no part of a form is repeated")},
    {"required_message", N_("one sentence serves for all mistakes: put it "
			    "into constraint_message")},
    {"guidance_hint", N_("put the text into the column hint")},
    {"list_name", N_("a list is a row \"choices NAME\" with its options "
		     "below it")},
    {"trigger", N_("a form does not calculate")},
    {"image", N_("a form holds no pictures")},
    {"audio", N_("a form holds no recordings")},
    {"video", N_("a form holds no films")},
};

/* ---- reading a name ---- */

/* "Constraint message" and "from-age" are names too. */
static char *plain_name(const char *cell, struct copl_arena *a)
{
	char *name;
	size_t len, i;

	while (copl_is_space(*cell))
		cell++;
	len = strlen(cell);
	while (len > 0 && copl_is_space(cell[len - 1]))
		len--;
	name = copl_arena_strndup(a, cell, len);
	for (i = 0; name != NULL && i < len; i++) {
		if (strncmp(name + i, "its:", 4) == 0)
			break; /* capitals matter in these */
		if (copl_is_upper(name[i]))
			name[i] = (char)(name[i] | 0x20);
		else if (copl_is_space(name[i]) || name[i] == '-')
			name[i] = '_';
	}
	return name;
}

static bool is_its(const char *name)
{
	size_t n;

	if (strncmp(name, "its:", 4) != 0)
		return false;
	for (n = 4; copl_is_alpha(name[n]); n++)
		;
	return n > 4 && name[n] == '\0' && strcmp(name, "its:version") != 0;
}

/* The name of an attribute of a text, behind that of its part. */
static bool read_text_attr(const char *name, struct sheet_column *out)
{
	size_t i;

	out->field = SHEET_COL_TEXT_ATTR;
	out->attr = name;
	if (is_its(name))
		return true;
	for (i = 0; i < COPL_COUNT(text_attrs); i++) {
		if (strcmp(text_attrs[i].name, name) != 0)
			continue;
		out->attr = text_attrs[i].attr;
		return true;
	}
	return false;
}

static bool read_part(const char *name, struct sheet_column *out)
{
	size_t i;

	if (strncmp(name, "error_", 6) == 0) {
		out->part = SHEET_ERROR;
		return read_text_attr(name + 6, out);
	}
	for (i = 0; i < SHEET_PARTS; i++) {
		size_t len = strlen(parts[i]);

		if (strncmp(name, parts[i], len) != 0)
			continue;
		out->part = (enum sheet_part)i;
		if (read_text_attr(name + len, out))
			return true;
	}
	return false;
}

static bool read_unsupported(const char *name, struct sheet_column *out)
{
	size_t i;

	out->field = SHEET_COL_UNSUPPORTED;
	if (strstr(name, "::") != NULL) {
		out->advice =
		    N_("a table holds one language, that of the form; "
		       "translations come from catalogs");
		return true;
	}
	for (i = 0; i < COPL_COUNT(unsupported); i++) {
		if (strcmp(unsupported[i].name, name) != 0)
			continue;
		out->advice = unsupported[i].advice;
		return true;
	}
	return false;
}

enum sheet_column_result sheet_column_read(
    const char *cell, struct copl_arena *a, struct sheet_column *out)
{
	const char *name = plain_name(cell, a);
	size_t i;

	memset(out, 0, sizeof(*out));
	if (name == NULL)
		return SHEET_COLUMN_NOMEM;
	for (i = 0; i < COPL_COUNT(names); i++) {
		if (strcmp(names[i].name, name) != 0)
			continue;
		out->field = names[i].field;
		out->part = names[i].part;
		return SHEET_COLUMN_OK;
	}
	if (read_part(name, out) || read_unsupported(name, out))
		return SHEET_COLUMN_OK;
	return SHEET_COLUMN_UNKNOWN;
}

const char *sheet_column_near(const char *cell, struct copl_arena *a)
{
	const char *name = plain_name(cell, a), *best = NULL;
	size_t least = SIZE_MAX, i;

	for (i = 0; name != NULL && i < COPL_COUNT(names); i++) {
		size_t d = copl_form_typing_errors(name, names[i].name);

		if (d >= least)
			continue;
		least = d;
		best = names[i].name;
	}
	for (i = 0; name != NULL && i < COPL_COUNT(text_attrs); i++) {
		size_t d = copl_form_typing_errors(name, text_attrs[i].name);

		if (d >= least)
			continue;
		least = d;
		best = text_attrs[i].name;
	}
	return best;
}

const char *sheet_column_name(size_t i, enum sheet_field *field)
{
	if (i >= NAMES_WRITTEN)
		return NULL;
	*field = names[i].field;
	return names[i].name;
}

const char *sheet_part_name(enum sheet_part part)
{
	return parts[part];
}

/* ---- what stands in which rows ---- */

const char *sheet_part_element(enum sheet_kind kind, enum sheet_part part)
{
	static const char *const elements[] = {
	    [SHEET_HINT] = "hint",
	    [SHEET_ERROR] = "error",
	    [SHEET_LOW] = "low",
	    [SHEET_HIGH] = "high",
	    [SHEET_UNIT] = "unit",
	};

	if (part == SHEET_LABEL)
		return sheet_kind_label(kind);
	return part == SHEET_ALL ? sheet_kind_element(kind) : elements[part];
}

bool sheet_part_allowed(enum sheet_kind kind, enum sheet_part part)
{
	switch (part) {
	case SHEET_LABEL:
		return sheet_kind_label(kind) != NULL;
	case SHEET_HINT:
	case SHEET_ERROR:
		return sheet_kind_in(kind, SHEET_QUESTIONS);
	case SHEET_LOW:
	case SHEET_HIGH:
		return kind == SHEET_RATING;
	case SHEET_UNIT:
		return kind == SHEET_NUMBER;
	case SHEET_ALL:
		return sheet_kind_in(kind,
		    SHEET_QUESTIONS | SHEET_FLOWS | SHEET_BIT(SHEET_BULLETS));
	case SHEET_PARTS:
		break;
	}
	return false;
}

bool sheet_column_allowed(enum sheet_kind kind, const struct sheet_column *c)
{
	switch ((int)c->field) {
	case SHEET_COL_TYPE:
	case SHEET_COL_UNSUPPORTED:
	case SHEET_COL_NONE:
		return true;
	case SHEET_COL_NAME:
		if (kind == SHEET_CHOICES || kind == SHEET_END)
			return true;
		break;
	case SHEET_COL_APPEARANCE:
		return kind == SHEET_TEXT || kind == SHEET_DATE;
	case SHEET_COL_TEXT:
		return sheet_part_allowed(kind, c->part);
	case SHEET_COL_TEXT_ATTR:
		if (kind == SHEET_PARAM || kind == SHEET_LINK)
			return c->part == SHEET_LABEL &&
			       strcmp(c->attr, "note") == 0;
		return sheet_part_allowed(kind, c->part);
	}
	return sheet_attr_of(kind, c->field) != NULL;
}

#define B(kind) SHEET_BIT(SHEET_##kind)
static const struct sheet_attr attrs[] = {
    {SHEET_COL_NAME, "id",
	B(FORM) | B(LINK) | B(SECTION) | B(NOTE) | B(ROW) | SHEET_QUESTIONS,
	SHEET_WORD},
    {SHEET_COL_NAME, "value", B(OPTION), SHEET_WORD},
    {SHEET_COL_NAME, "name", B(PARAM), SHEET_WORD},
    {SHEET_COL_VERSION, "version", B(FORM), SHEET_WORD},
    {SHEET_COL_LANGUAGE, "xml:lang", B(FORM), SHEET_WORD},
    {SHEET_COL_PREVAILS, "prevails", B(FORM), SHEET_WORD},
    {SHEET_COL_DIR, "dir", B(FORM), SHEET_WORD},
    {SHEET_COL_VALUE, "at", B(OPENS) | B(CLOSES), SHEET_WORD},
    {SHEET_COL_VALUE, "value", B(PARAM), SHEET_AS_IS},
    {SHEET_COL_USE, "use", B(PARAM), SHEET_WORD},
    {SHEET_COL_EXAMPLE, "example", B(PARAM), SHEET_AS_IS},
    {SHEET_COL_HREF, "href", B(LINK), SHEET_WORD},
    {SHEET_COL_RECIPIENT, "recipient", B(LINK), SHEET_WORD},
    {SHEET_COL_PER_LANGUAGE, "per-language", B(LINK), SHEET_YES_NO},
    {SHEET_COL_KEEP_UNTIL, "keep-until", B(PRIVACY), SHEET_WORD},
    {SHEET_COL_KIND, "kind", B(CHOICES), SHEET_WORD},
    {SHEET_COL_ORDER, "order", B(CHOICES) | B(ONE) | B(MANY), SHEET_WORD},
    {SHEET_COL_MIN, "min-age", B(AUDIENCE), SHEET_WORD},
    {SHEET_COL_MAX, "max-age", B(AUDIENCE), SHEET_WORD},
    {SHEET_COL_MIN, "from", B(RATING), SHEET_WORD},
    {SHEET_COL_MAX, "to", B(RATING), SHEET_WORD},
    {SHEET_COL_MIN, "min", B(MANY) | B(DATE), SHEET_WORD},
    {SHEET_COL_MAX, "max", B(MANY) | B(DATE), SHEET_WORD},
    {SHEET_COL_MIN, "min", B(NUMBER), SHEET_DECIMAL},
    {SHEET_COL_MAX, "max", B(NUMBER), SHEET_DECIMAL},
    {SHEET_COL_STEP, "step", B(NUMBER), SHEET_DECIMAL},
    {SHEET_COL_TOP, "top", B(RANK), SHEET_WORD},
    {SHEET_COL_LINES, "lines", B(TEXT), SHEET_WORD},
    {SHEET_COL_MAXLENGTH, "maxlength", B(TEXT), SHEET_WORD},
    {SHEET_COL_PRECISION, "precision", B(DATE), SHEET_WORD},
    {SHEET_COL_EXCLUSIVE, "exclusive", B(OPTION), SHEET_YES_NO},
    {SHEET_COL_OTHER, "other", B(OPTION), SHEET_YES_NO},
    {SHEET_COL_FROM_AGE, "from-age", B(OPTION), SHEET_WORD},
    {SHEET_COL_REQUIRED, "required", SHEET_QUESTIONS, SHEET_YES_NO},
    {SHEET_COL_RELEVANT, "when", SHEET_QUESTIONS | B(NOTE) | B(SECTION),
	SHEET_CONDITION},
    {SHEET_COL_SENSITIVE, "sensitive", SHEET_QUESTIONS, SHEET_YES_NO},
    {SHEET_COL_SHUFFLE, "shuffle", B(ONE) | B(MANY), SHEET_YES_NO},
};

const struct sheet_attr *sheet_attr_of(
    enum sheet_kind kind, enum sheet_field field)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(attrs); i++)
		if (attrs[i].field == field &&
		    sheet_kind_in(kind, attrs[i].kinds))
			return &attrs[i];
	return NULL;
}

const struct sheet_attr *sheet_attr_named(
    enum sheet_kind kind, const char *attr)
{
	size_t i;

	for (i = 0; i < COPL_COUNT(attrs); i++)
		if (strcmp(attrs[i].attr, attr) == 0 &&
		    sheet_kind_in(kind, attrs[i].kinds))
			return &attrs[i];
	return NULL;
}

/* ---- what a row cannot do without ---- */

static const struct {
	uint32_t kinds;
	enum sheet_field field;
	enum sheet_part part;
} needs[] = {
    {B(FORM) | B(PARAM) | B(LINK) | B(OPTION) | B(SECTION) | B(NOTE) | B(ROW) |
	    SHEET_QUESTIONS,
	SHEET_COL_NAME, 0},
    {B(FORM), SHEET_COL_LANGUAGE, 0},
    {B(OPENS) | B(CLOSES), SHEET_COL_VALUE, 0},
    {B(AUDIENCE) | B(RATING), SHEET_COL_MIN, 0},
    {B(RATING), SHEET_COL_MAX, 0},
    {B(LINK), SHEET_COL_HREF, 0},
    {B(TITLE) | B(SUMMARY) | B(CONTACT) | B(OPTION) | B(SECTION) | B(ROW) |
	    B(PARAGRAPH) | B(BULLET) | SHEET_QUESTIONS,
	SHEET_COL_TEXT, SHEET_LABEL},
    {B(RATING), SHEET_COL_TEXT, SHEET_LOW},
    {B(RATING), SHEET_COL_TEXT, SHEET_HIGH},
};

bool sheet_needed(enum sheet_kind kind, size_t i, struct sheet_column *out)
{
	size_t k;

	memset(out, 0, sizeof(*out));
	for (k = 0; k < COPL_COUNT(needs); k++) {
		if (!sheet_kind_in(kind, needs[k].kinds) || i-- > 0)
			continue;
		out->field = needs[k].field;
		out->part = needs[k].part;
		return true;
	}
	return false;
}
