/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Locale filters: extended filtering of RFC 4647, 3.3.2. */
#include "config.h"
#include <string.h>
#include <strings.h>
#include "its/its_priv.h"

static size_t subtag(const char *s, const char *end)
{
	size_t n = 0;

	while (s + n < end && s[n] != '-')
		n++;
	return n;
}

static bool equals(const char *a, size_t alen, const char *b, size_t blen)
{
	return alen == blen && strncasecmp(a, b, alen) == 0;
}

static const char *behind(const char *s, size_t len, const char *end)
{
	s += len;
	return s < end ? s + 1 : end;
}

/* Does a language range such as "*-CH" match a tag such as "de-CH"? */
static bool range_matches(
    const char *range, const char *range_end, const char *tag)
{
	const char *tag_end = tag + strlen(tag);
	size_t r = subtag(range, range_end), t = subtag(tag, tag_end);

	if (!equals(range, r, "*", 1) && !equals(range, r, tag, t))
		return false;
	range = behind(range, r, range_end);
	tag = behind(tag, t, tag_end);
	while (range < range_end) {
		r = subtag(range, range_end);
		t = subtag(tag, tag_end);
		if (equals(range, r, "*", 1)) {
			range = behind(range, r, range_end);
			continue;
		}
		if (tag < tag_end && equals(range, r, tag, t))
			range = behind(range, r, range_end);
		else if (tag == tag_end || t == 1)
			return false; /* a singleton: what follows is its own */
		tag = behind(tag, t, tag_end);
	}
	return true;
}

static bool listed(const char *list, const char *tag)
{
	const char *p = list;

	while (*p != '\0') {
		const char *end;

		p += strspn(p, ", \t\r\n");
		end = p + strcspn(p, ", \t\r\n");
		if (end > p && range_matches(p, end, tag))
			return true;
		p = end;
	}
	return false;
}

bool copl_its_locale_keeps(const struct copl_its_value *v, const char *tag)
{
	const char *list = v->f[COPL_ITS_F_LOCALES];
	const char *type = v->f[COPL_ITS_F_LOCALES_TYPE];
	bool exclude = type != NULL && strcmp(type, "exclude") == 0;

	if (list == NULL || (!exclude && strcmp(list, "*") == 0))
		return true;
	return listed(list, tag) != exclude;
}
