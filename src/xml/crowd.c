/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tags with so many attributes that libxml2, which compares each with each,
 * would never be done.
 */
#include "config.h"
#include <string.h>
#include "xml/xml_priv.h"

#define BLOCK ((size_t)2048)

/*
 * A tag holds no second '<', and an attribute takes five bytes.  So one with
 * too many has a whole block without any.
 */
_Static_assert(2 * BLOCK <= 5 * XML_ATTRS_MAX, "no crowd between two blocks");

static bool has_long_gap(const char *s, size_t len)
{
	size_t at;

	for (at = 0; at + BLOCK <= len; at += BLOCK)
		if (memchr(s + at, '<', BLOCK) == NULL)
			return true;
	return false;
}

/* Quoted values up to the end of a tag. */
static size_t values(const char *s, size_t len)
{
	size_t at = 0, n = 0;

	while (at < len && s[at] != '>') {
		size_t next = xml_behind_opaque(s, len, at);

		n += next != at;
		at = next != at ? next : at + 1;
	}
	return n;
}

/* In an entity's value the '<' of a tag may be written as a reference. */
static size_t equal_signs(const char *s, size_t len)
{
	size_t n = 0;
	const char *p;

	for (p = s; (p = memchr(p, '=', len - (size_t)(p - s))) != NULL; p++)
		n++;
	return n;
}

static bool is_crowded(const char *s, size_t len)
{
	if (len < 5 * XML_ATTRS_MAX)
		return false;
	return values(s + 1, len - 1) > XML_ATTRS_MAX ||
	       (s[1] == '!' && equal_signs(s, len) > XML_ATTRS_MAX);
}

size_t xml_crowded_tag(const char *s, size_t len)
{
	size_t at = 0;
	const char *p;

	if (!has_long_gap(s, len))
		return len;
	while ((p = memchr(s + at, '<', len - at)) != NULL) {
		size_t start = (size_t)(p - s);
		const char *next;

		at = strncmp(p, "<![CDATA[", 9) == 0
			 ? xml_behind(s, len, start + 9, "]]>")
			 : xml_behind_opaque(s, len, start);
		if (at != start)
			continue;
		at = start + 1;
		next = memchr(s + at, '<', len - at);
		if (is_crowded(
			p, next == NULL ? len - start : (size_t)(next - p)))
			return start;
	}
	return len;
}
