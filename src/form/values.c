/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include "base/i18n.h"
#include "form/form_priv.h"

#define NUMBER_MAX 1000000
#define AGE_MAX 120
#define POINT_MAX 1000

/* Letters, digits and the extra characters, 1 to 32 of them. */
static bool is_made_of(const char *s, const char *extra)
{
	size_t n = 0;

	while (copl_is_alpha(s[n]) || copl_is_digit(s[n]) ||
	       (s[n] != '\0' && strchr(extra, s[n]) != NULL))
		n++;
	return s[n] == '\0' && n >= 1 && n <= 32;
}

static bool is_code(const char *s)
{
	return *s != '_' && *s != '-' && is_made_of(s, "_-");
}

bool copl_form_word_in(const char *words, const char *word)
{
	size_t len = strlen(word);
	const char *p = words;

	if (len == 0 || strchr(word, ' ') != NULL)
		return false;
	while ((p = strstr(p, word)) != NULL) {
		if ((p == words || p[-1] == ' ') &&
		    (p[len] == ' ' || p[len] == '\0'))
			return true;
		p += len;
	}
	return false;
}

/* At most max digits are added to *n; returns what follows them. */
static const char *add_digits(const char *s, size_t max, int64_t *n)
{
	for (; max > 0 && copl_is_digit(*s); s++, max--)
		*n = *n * 10 + (*s - '0');
	return s;
}

bool copl_form_decimal(const char *s, int64_t *out)
{
	const char *whole = s + (*s == '-' || *s == '+'), *end, *part;
	int64_t n = 0;
	size_t digits, missing = 6;

	end = add_digits(whole, 12, &n);
	digits = (size_t)(end - whole);
	if (*end == '.') {
		part = end + 1;
		end = add_digits(part, 6, &n);
		digits += (size_t)(end - part);
		missing -= (size_t)(end - part);
	}
	if (*end != '\0' || digits == 0)
		return false;
	for (; missing > 0; missing--)
		n *= 10;
	*out = *s == '-' ? -n : n;
	return true;
}

bool copl_form_point(const char *s, long *out)
{
	bool minus = *s == '-';
	uint64_t n;

	if (!copl_number_parse(s + (minus || *s == '+'), POINT_MAX, &n))
		return false;
	*out = minus ? -(long)n : (long)n;
	return true;
}

static bool is_number(const char *s, uint64_t min, uint64_t max)
{
	uint64_t n;

	return copl_number_parse(s, max, &n) && n >= min;
}

static bool is_day(const char *s)
{
	int64_t day;

	return copl_date_parse(s, &day);
}

static bool number_ok(enum copl_form_value kind, const char *s)
{
	int64_t decimal;
	long point;

	switch ((int)kind) {
	case VALUE_AGE:
		return is_number(s, 0, AGE_MAX);
	case VALUE_COUNT:
		return is_number(s, 0, NUMBER_MAX);
	case VALUE_POSITIVE:
		return is_number(s, 1, NUMBER_MAX);
	case VALUE_POINT:
		return copl_form_point(s, &point);
	default:
		return copl_form_decimal(s, &decimal);
	}
}

static bool time_ok(enum copl_form_value kind, const char *s)
{
	struct copl_instant instant;

	switch ((int)kind) {
	case VALUE_INSTANT:
		return copl_instant_parse(s, &instant);
	case VALUE_DAY_MIN:
		return is_day(s) || strcmp(s, "opens") == 0;
	case VALUE_DAY_MAX:
		return is_day(s) || copl_form_word_in("today closes", s);
	default:
		return is_day(s);
	}
}

static bool word_ok(const struct copl_form_attr_rule *rule, const char *s)
{
	switch ((int)rule->value) {
	case VALUE_NAME:
		return copl_shape_is_name(s);
	case VALUE_CODE:
		return is_code(s);
	case VALUE_YES_NO:
		return copl_form_word_in("yes no", s);
	case VALUE_LANGUAGE:
		return copl_shape_is_tag(s);
	case VALUE_TOKEN:
		return is_made_of(s, "._-");
	case VALUE_WORD:
		return copl_form_word_in(rule->words, s);
	default:
		return copl_shape_is_address(s);
	}
}

bool copl_form_value_ok(const struct copl_form_attr_rule *rule, const char *s)
{
	switch (rule->value) {
	case VALUE_TEXT:
		return true;
	case VALUE_CONDITION:
		return s[strspn(s, " \t\r\n")] != '\0';
	case VALUE_INSTANT:
	case VALUE_DAY:
	case VALUE_DAY_MIN:
	case VALUE_DAY_MAX:
		return time_ok(rule->value, s);
	case VALUE_AGE:
	case VALUE_COUNT:
	case VALUE_POSITIVE:
	case VALUE_POINT:
	case VALUE_DECIMAL:
		return number_ok(rule->value, s);
	case VALUE_NAME:
	case VALUE_CODE:
	case VALUE_YES_NO:
	case VALUE_LANGUAGE:
	case VALUE_TOKEN:
	case VALUE_WORD:
	case VALUE_HREF:
		return word_ok(rule, s);
	}
	return false;
}

const char *copl_form_value_advice(const struct copl_form_attr_rule *rule)
{
	static const char *const advice[] = {
	    [VALUE_TEXT] = N_("write a text"),
	    [VALUE_NAME] = N_("use small letters a-z, digits and \"_\", begin "
			      "with a letter, at most 32 characters"),
	    [VALUE_CODE] = N_("use letters A-Z a-z, digits, \"_\" and \"-\", "
			      "begin with a letter or digit, at most 32 "
			      "characters"),
	    [VALUE_YES_NO] = N_("write \"yes\" or \"no\""),
	    [VALUE_LANGUAGE] = N_("write a language tag such as \"fr\" or "
				  "\"zh-Hans\""),
	    [VALUE_TOKEN] = N_("use letters, digits, \".\", \"_\" and \"-\", "
			       "at most 32 characters"),
	    [VALUE_WORD] = N_("use one of the words that are allowed here"),
	    [VALUE_INSTANT] = N_("write a day, a time and its zone, such as "
				 "\"2027-03-31T12:00:00Z\" or "
				 "\"2027-03-31T12:00:00+02:00\""),
	    [VALUE_DAY] = N_("write a day such as \"2027-12-31\""),
	    [VALUE_DAY_MIN] = N_("write a day such as \"2027-12-31\", or "
				 "\"opens\""),
	    [VALUE_DAY_MAX] = N_("write a day such as \"2027-12-31\", or "
				 "\"today\" or \"closes\""),
	    [VALUE_AGE] = N_("write a whole number from 0 to 120"),
	    [VALUE_COUNT] = N_("write a whole number from 0 to 1000000"),
	    [VALUE_POSITIVE] = N_("write a whole number from 1 to 1000000"),
	    [VALUE_POINT] = N_("write a whole number from -1000 to 1000"),
	    [VALUE_DECIMAL] = N_("write a number such as \"10\" or \"0.5\""),
	    [VALUE_HREF] = N_("write an address that begins with https:// "
			      "(or http://, mailto:, tel:) and has no blanks"),
	    [VALUE_CONDITION] = N_("write a condition such as \"seen = "
				   "'often'\", or remove the attribute"),
	};

	return _(advice[rule->value]);
}
