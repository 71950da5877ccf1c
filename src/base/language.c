/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <strings.h>
#include "base/language.h"

#define Q_ONE 1000U

/* ---- reading a field ---- */

static const char *skip_blanks(const char *s)
{
	while (copl_is_space(*s))
		s++;
	return s;
}

/* "0", "0.25", "1.000" in thousandths; false: it is no weight. */
static bool read_weight(const char *s, size_t len, unsigned *q)
{
	unsigned value, unit = 100;
	size_t i;

	if (len == 0 || len > 5 || (s[0] != '0' && s[0] != '1') ||
	    (len > 1 && s[1] != '.'))
		return false;
	value = s[0] == '1' ? Q_ONE : 0;
	for (i = 2; i < len; i++) {
		if (!copl_is_digit(s[i]))
			return false;
		value += (unsigned)(s[i] - '0') * unit;
		unit /= 10;
	}
	*q = value;
	return value <= Q_ONE;
}

/* What stands behind the tag; without a weight it is 1. */
static bool read_parameters(const char *s, const char *end, unsigned *q)
{
	*q = Q_ONE;
	while (end > s && copl_is_space(end[-1]))
		end--;
	s = skip_blanks(s);
	if (s >= end)
		return true;
	if (*s != ';')
		return false;
	s = skip_blanks(s + 1);
	if (end - s < 3 || (*s != 'q' && *s != 'Q') || s[1] != '=')
		return false;
	return read_weight(s + 2, (size_t)(end - s - 2), q);
}

/* One part, up to end. */
static bool read_range(
    const char *s, const char *end, struct copl_language_range *out)
{
	size_t len;

	s = skip_blanks(s);
	len = strcspn(s, ",; \t\r\n");
	if (len == 0 || len >= sizeof(out->tag))
		return false;
	memcpy(out->tag, s, len);
	out->tag[len] = '\0';
	if (strcmp(out->tag, "*") != 0 && !copl_shape_is_tag(out->tag))
		return false;
	return read_parameters(s + len, end, &out->q);
}

size_t copl_language_ranges(
    const char *field, struct copl_language_range out[COPL_LANGUAGE_RANGES_MAX])
{
	size_t n = 0;

	while (*field != '\0' && n < COPL_LANGUAGE_RANGES_MAX) {
		const char *end = field + strcspn(field, ",");

		if (read_range(field, end, &out[n]))
			n++;
		field = *end == ',' ? end + 1 : end;
	}
	return n;
}

/* ---- comparing ---- */

/* Is tag the range, or the range with more behind it?  (RFC 4647, 3.3.1) */
static bool begins_with(const char *tag, const char *range, size_t len)
{
	return strncasecmp(tag, range, len) == 0 &&
	       (tag[len] == '\0' || tag[len] == '-');
}

/* The part of a tag that says the script: four letters, early in it. */
static const char *script_of(const char *tag)
{
	static const struct {
		const char *region;
		const char *script;
	} chinese[] = {{"CN", "Hans"}, {"SG", "Hans"}, {"MY", "Hans"},
	    {"TW", "Hant"}, {"HK", "Hant"}, {"MO", "Hant"}};
	const char *p = tag;
	size_t i;

	while ((p = strchr(p, '-')) != NULL) {
		size_t len = strcspn(++p, "-");

		if (len == 4 && copl_is_alpha(*p))
			return p;
		for (i = 0; i < COPL_COUNT(chinese) && len == 2; i++)
			if (begins_with(tag, "zh", 2) &&
			    strncasecmp(p, chinese[i].region, 2) == 0)
				return chinese[i].script;
	}
	return NULL;
}

static bool scripts_agree(const char *a, const char *b)
{
	const char *x = script_of(a), *y = script_of(b);

	return x == NULL || y == NULL || strncasecmp(x, y, 4) == 0;
}

/* The longest range that the tag begins with decides. */
static bool is_shut_out(
    const struct copl_language_range *ranges, size_t n, const char *tag)
{
	size_t longest = 0, i;
	bool out = false;

	for (i = 0; i < n; i++) {
		size_t len = strlen(ranges[i].tag);

		if (!begins_with(tag, ranges[i].tag, len) || len < longest)
			continue;
		out = ranges[i].q == 0 && (len > longest || out);
		longest = len;
	}
	return out;
}

struct choice {
	const struct copl_language_range *ranges;
	size_t n;
	const char *const *tags;
	size_t m;
};

static bool fits(const struct choice *c, size_t i)
{
	return !is_shut_out(c->ranges, c->n, c->tags[i]);
}

/* The range without its last part, nor a single letter before that. */
static size_t shorten(const char *range, size_t len)
{
	while (len > 0 && range[len - 1] != '-')
		len--;
	if (len == 0)
		return 0;
	len--;
	if (len >= 2 && range[len - 2] == '-')
		len -= 2;
	return len;
}

static size_t look_up(const struct choice *c, const char *range)
{
	size_t len, i;

	if (strcmp(range, "*") == 0)
		return c->m;
	for (len = strlen(range); len > 0; len = shorten(range, len))
		for (i = 0; i < c->m; i++)
			if (strncasecmp(c->tags[i], range, len) == 0 &&
			    c->tags[i][len] == '\0' && fits(c, i))
				return i;
	len = strcspn(range, "-");
	for (i = 0; i < c->m; i++)
		if (begins_with(c->tags[i], range, len) &&
		    scripts_agree(c->tags[i], range) && fits(c, i))
			return i;
	return c->m;
}

size_t copl_language_lookup(const struct copl_language_range *ranges, size_t n,
    const char *const *tags, size_t m)
{
	const struct choice c = {ranges, n, tags, m};
	unsigned below = Q_ONE + 1;

	for (;;) {
		unsigned q = 0;
		size_t i, got;

		for (i = 0; i < n; i++)
			if (ranges[i].q < below && ranges[i].q > q)
				q = ranges[i].q;
		if (q == 0)
			return m;
		for (i = 0; i < n; i++) {
			got = ranges[i].q == q ? look_up(&c, ranges[i].tag) : m;
			if (got < m)
				return got;
		}
		below = q;
	}
}
